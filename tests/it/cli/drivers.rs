//! `callwright drivers`.

#![allow(clippy::disallowed_methods, reason = "what a test expects need not be the same bits on every machine")]

use super::support::Desk;
use crate::report::people::rows;
use serde_json::Value;

/// Nobody waits, nobody returns: what a trait does to a conversation is all it does.
const QUIET: &str = r#"interval = "30m"
open = "09:00-17:00"

[queue.q]
volume = { per_hour = 60 }
talk = "3m"
wrap = "1m"
patience = "unlimited"
first_contact_resolution = "72%"

[team.t]
agents = 60
skills = { q = 1 }
"#;

fn quiet(more: &[&str]) -> String {
    Desk::with("q.toml", QUIET).good(&[&["drivers", "q.toml", "-n", "40"], more].concat())
}

/// By hand: efficiency multiplies talk and wrap by exp(-0.18), time management wrap by exp(-0.12), knowledge talk by
/// exp(-0.04); knowledge turns 72 % into 1 / (1 + exp(-(ln(0.72/0.28) + 0.35))) = 78.49 %.
#[test]
fn effects_without_waits_are_those_of_the_table() {
    let json: Value = serde_json::from_str(&quiet(&["--json"])).unwrap();
    let aht = &json["figures"]["aht_s"];
    let today = aht["today"].as_f64().unwrap();
    let after = |of: &str| aht["traits"][of]["value"].as_f64().unwrap();
    // Ticks are rounded to a microsecond.
    assert!((after("efficiency") / today - (-0.18f64).exp()).abs() < 1e-6);
    for nothing in ["empathy", "sales", "attitude", "persuasion", "patience"] {
        let factor = if nothing == "empathy" { f64::NAN } else { after(nothing) / today };
        assert!(nothing == "empathy" || factor == 1.0, "{nothing}: {factor}");
    }
    let knowledge = &json["figures"]["resolution_rate"]["traits"]["knowledge"];
    let expected = 1.0 / (1.0 + (-((0.72f64 / 0.28).ln() + 0.35)).exp());
    let standard_error = knowledge["half_width"].as_f64().unwrap() / 2.0227;
    let today = json["figures"]["resolution_rate"]["today"].as_f64().unwrap();
    // The difference against the exact one: a pair has less error than either value (|z| < 4.5, 7e-6).
    let z = (knowledge["difference"].as_f64().unwrap() - (expected - 0.72)) / standard_error;
    assert!(z.abs() < 4.5, "z = {z}, today {today}");
    assert_eq!(knowledge["verdict"], "better");
    assert_eq!(json["people_stated"], true);
}

/// A file that says nothing of people: everybody is average, and it says so.
#[test]
fn a_file_without_people_has_drivers_too() {
    let text = Desk::new().good(&["drivers", "floor.toml", "-n", "10"]);
    assert!(text.contains("people effects: off · "), "{text}");
    assert!(text.contains("says nothing of people"), "{text}");
    let json = Desk::new().good(&["drivers", "floor.toml", "-n", "10", "--json"]);
    assert!(json.contains("\"people_effects\": \"off\""), "{json}");
    assert!(text.contains("+1 SD efficiency:"), "{text}");
}

#[test]
fn all_formats_tell_the_same() {
    let desk = Desk::with("q.toml", QUIET);
    let printed = desk.good(&["drivers", "q.toml", "-n", "10", "--out", "out"]);
    assert_eq!(desk.names("out"), ["drivers.csv", "drivers.json", "drivers.png", "drivers.svg"]);
    assert!(printed.lines().any(|line| line.starts_with("efficiency")), "{printed}");
    let csv = std::fs::read_to_string(desk.path("out/drivers.csv")).unwrap();
    assert_eq!(csv, desk.good(&["drivers", "q.toml", "-n", "10", "--csv"]));
    let json: Value = serde_json::from_str(&std::fs::read_to_string(desk.path("out/drivers.json")).unwrap()).unwrap();
    let rows = rows(&csv);
    for (metric, figure) in json["figures"].as_object().unwrap() {
        for (of, effect) in figure["traits"].as_object().unwrap() {
            let whole = |scope: &str| scope.starts_with("all_");
            let row = rows.iter().find(|r| r["trait"] == *of && r["metric"] == *metric && whole(&r["scope"])).unwrap();
            assert_eq!(row["difference"].parse::<f64>().ok(), effect["difference"].as_f64(), "{of} on {metric}");
            assert_eq!(row["verdict"], effect["verdict"].as_str().unwrap());
        }
    }
    let svg = std::fs::read_to_string(desk.path("out/drivers.svg")).unwrap();
    assert!(svg.contains("time management") && svg.contains("resolution %"));
}

#[test]
fn robust_says_what_survives() {
    let text = quiet(&["--robust"]);
    let robust = text.split("\nROBUST").nth(1).expect("a paragraph");
    assert!(robust.contains("none of the") && robust.contains("40 replications"), "{robust}");
}
