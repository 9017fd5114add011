//! `callwright agents`.

#![allow(clippy::disallowed_methods, reason = "what a test expects need not be the same bits on every machine")]

use super::support::Desk;
use crate::report::people::rows;

const PEOPLE: &str = include_str!("../../data/people/floor.toml");

/// Two ways to the same people: the list, and the file of a run.
#[test]
fn the_list_shows_the_people_of_a_run() {
    let desk = Desk::with("shop.toml", PEOPLE);
    desk.good(&["run", "shop.toml", "--seed", "7", "-n", "3", "--quiet", "--out", "out"]);
    let list = rows(&desk.good(&["agents", "shop.toml", "--seed", "7", "--csv"]));
    let run = rows(&std::fs::read_to_string(desk.path("out/agents.csv")).unwrap());
    assert_eq!((list.len(), run.len()), (7, 7));
    for (a, b) in list.iter().zip(&run) {
        for column in ["agent", "team", "position", "weeks"] {
            assert_eq!(a[column], b[column], "{column}");
        }
        for of in ["efficiency", "knowledge", "sales"] {
            assert_eq!(a[of], b[&format!("score_{of}")], "{of}");
        }
    }
    assert!(list.iter().any(|a| a["efficiency"] != "50") && list.iter().all(|a| a["sales"] == "50"));
    // By hand: exp(-0.18 z of efficiency - 0.04 z of knowledge).
    for agent in list.iter().filter(|agent| agent["team"] == "shop") {
        let z = |of: &str| (agent[of].parse::<f64>().unwrap() - 50.0) / 20.0;
        let expected = (-0.18 * z("efficiency") - 0.04 * z("knowledge")).exp();
        assert!((agent["talk_factor"].parse::<f64>().unwrap() - expected).abs() < 1e-7);
    }
    let json: serde_json::Value =
        serde_json::from_str(&desk.good(&["agents", "shop.toml", "--seed", "7", "--json"])).unwrap();
    let own: Vec<f64> = list[..5].iter().map(|a| a["knowledge"].parse().unwrap()).collect();
    let mean = own.iter().sum::<f64>() / 5.0;
    let shown = json["teams"]["shop"]["summary"]["knowledge"]["mean"].as_f64().unwrap();
    assert!((shown - mean).abs() < 1e-6);
    let text = desk.good(&["agents", "shop.toml", "--seed", "7"]);
    assert!(text.contains("shop-5") && text.contains("shop mean") && text.contains("5 people: nine in ten"), "{text}");
}

/// 60, 120 and 240 s are one standard deviation (ln 2) apart: 70, 50 and 30. With 64 contacts each chance gives
/// 0.64 / 64 = 0.01 of the variance: s² = 0.470453, w = 0.979186, and 50 ± 20 x 0.979186 x 0.693147 / 0.685896 = ± 19.8.
#[test]
fn scores_by_hand() {
    let desk = Desk::with("k.csv", "agent,aht_s\nann,60\nbob,120\ncem,240\n");
    let efficiency = |text: &str| -> Vec<String> { rows(text).iter().map(|row| row["efficiency"].clone()).collect() };
    assert_eq!(efficiency(&desk.good(&["agents", "--score", "k.csv", "--csv"])), ["70", "50", "30"]);
    std::fs::write(desk.path("c.csv"), "Agent;AHT;Contacts\nann;1:00;64\nbob;2:00;64\ncem;4:00;64\n").unwrap();
    assert_eq!(efficiency(&desk.good(&["agents", "--score", "c.csv", "--csv"])), ["69.8", "50", "30.2"]);
    // Ten contacts each and half a point between them: that is chance.
    std::fs::write(desk.path("n.csv"), "agent,fcr,contacts\nann,0.70,10\nbob,0.71,10\ncem,0.72,10\n").unwrap();
    let knowledge = rows(&desk.good(&["agents", "--score", "n.csv", "--csv"]));
    assert!(knowledge.iter().all(|row| row["knowledge"] == "50"), "{knowledge:?}");
}

#[test]
fn shares_are_read_as_planners_write_them() {
    let desk = Desk::with("a.csv", "agent,csat\nann,0.72\nbob,0.80\ncem,0.91\n");
    std::fs::write(desk.path("b.csv"), "agent;csat\nann;72 %\nbob;80 %\ncem;91 %\n").unwrap();
    std::fs::write(desk.path("c.csv"), "agent;csat\nann;72\nbob;80\ncem;91\n").unwrap();
    let empathy = |file: &str| {
        let rows = rows(&desk.good(&["agents", "--score", file, "--csv"]));
        rows.iter().map(|row| row["empathy"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(empathy("a.csv"), empathy("b.csv"));
    assert_eq!(empathy("a.csv"), empathy("c.csv"));
    desk.good(&["agents", "--score", "a.csv", "--out", "scored.csv"]);
    let written = std::fs::read_to_string(desk.path("scored.csv")).unwrap();
    assert!(written.starts_with("agent,csat,empathy\nann,0.72,"), "{written}");
}

#[test]
fn what_is_wrong_with_a_file_is_told_at_once() {
    let desk = Desk::with("k.csv", "agent,aht_s,csat\nann,0,0.7\nann,many,1.5\n,100,80\n");
    let message = desk.bad(&["agents", "--score", "k.csv"]);
    for part in ["no handle time", "`many` is not a number", "stands in line 2 already", "the cell is empty"] {
        assert!(message.contains(part), "{part}\n{message}");
    }
    std::fs::write(desk.path("e.csv"), "name,calls\nann,10\n").unwrap();
    let message = desk.bad(&["agents", "--score", "e.csv"]);
    assert!(message.contains("agent") && message.contains("aht_s"), "{message}");
    std::fs::write(desk.path("p.csv"), "agent,csat\nann,72 %\nbob,101 %\ncem,80 %\n").unwrap();
    assert!(desk.bad(&["agents", "--score", "p.csv"]).contains("more than all"));
    desk.bad(&["agents"]);
    desk.bad(&["agents", "--score", "missing.csv"]);
}

/// People with known scores work; their figures, and nothing else, give scores that are nearly the true ones. The seed
/// is fixed: either it holds or it does not.
#[test]
fn scores_come_back() {
    let floor = r#"interval = "30m"
open = "09:00-17:00"
[queue.q]
volume = { per_hour = 300 }
talk = "3m"
patience = "unlimited"
first_contact_resolution = "70%"
satisfaction = "75%"
[queue.q.callers]
offer = { chance = 0.6, conversion = 0.2, revenue = 10.0, talk = "10s" }
[team.t]
agents = 30
skills = { q = 1 }
[team.t.traits]
efficiency = { mean = 50, sd = 20 }
knowledge = { mean = 50, sd = 20 }
empathy = { mean = 50, sd = 20 }
sales = { mean = 50, sd = 20 }
[run]
replications = 60
population = "fixed"
"#;
    let desk = Desk::with("f.toml", floor);
    desk.good(&["run", "f.toml", "--quiet", "--out", "out"]);
    let agents = rows(&std::fs::read_to_string(desk.path("out/agents.csv")).unwrap());
    let mut kpis = String::from("agent,aht_s,fcr,csat,conversion,contacts,offers\n");
    for a in &agents {
        let contacts = 60.0 * a["answered"].parse::<f64>().unwrap();
        let offers = 60.0 * a["sales"].parse::<f64>().unwrap() / a["conversion"].parse::<f64>().unwrap();
        let figures = ["agent", "aht_s", "resolution_rate", "csat", "conversion"].map(|column| a[column].clone());
        kpis.push_str(&format!("{},{contacts:.0},{offers:.0}\n", figures.join(",")));
    }
    std::fs::write(desk.path("kpis.csv"), kpis).unwrap();
    let scored = rows(&desk.good(&["agents", "--score", "kpis.csv", "--csv"]));
    for of in ["efficiency", "knowledge", "empathy", "sales"] {
        let pairs: Vec<(f64, f64)> = agents
            .iter()
            .zip(&scored)
            .map(|(a, s)| (a[&format!("score_{of}")].parse().unwrap(), s[of].parse().unwrap()))
            .collect();
        let r = correlation(&pairs);
        assert!(r > 0.8, "{of}: correlation {r}");
    }
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (mx, my) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|&(x, y)| f(x - mx, y - my)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

/// What is written can be read as a roster: no trait stands in two columns.
#[test]
fn scores_do_not_double_a_column() {
    let desk = Desk::with("k.csv", "agent,fcr,Knowledge\nann,0.72,40\nbob,0.80,50\ncem,0.91,60\n");
    for more in [&["--out", "scored.csv"][..], &["--csv"]] {
        let message = desk.bad(&[&["agents", "--score", "k.csv"], more].concat());
        assert!(
            message.contains("column 3 of k.csv is `Knowledge`") && message.contains("help: rename it"),
            "{message}"
        );
    }
    assert!(!desk.path("scored.csv").exists());
    assert!(desk.good(&["agents", "--score", "k.csv"]).contains("knowledge"));
    std::fs::write(desk.path("d.csv"), "agent,fcr,csat,fcr\nann,0.7,0.7,0.7\nbob,0.8,0.8,0.8\ncem,0.9,0.9,0.9\n")
        .unwrap();
    let message = desk.bad(&["agents", "--score", "d.csv"]);
    assert!(message.contains("it stands twice: `fcr` (column 2) and `fcr` (column 4)"), "{message}");
}

#[test]
fn two_scales_in_one_column_are_told_by_line() {
    let desk = Desk::with("k.csv", "agent,csat\nann,0.72\nbob,80\ncem,91\ndan,0.6\neve,1\n");
    let message = desk.bad(&["agents", "--score", "k.csv"]);
    let expected = "column `csat`: shares of one (0.72 in lines 2, 5) stand beside percent (80 in lines 3-4)";
    assert!(message.contains(expected) && message.contains("0.8 %"), "{message}");
    // With signs small shares are no riddle.
    std::fs::write(desk.path("s.csv"), "agent,conversion\nann,0.8 %\nbob,2 %\ncem,3 %\n").unwrap();
    desk.good(&["agents", "--score", "s.csv"]);
}

#[test]
fn a_file_without_people_says_so() {
    let desk = Desk::new();
    let text = desk.good(&["agents", "floor.toml"]);
    assert!(text.contains("people effects: off · the file says nothing of people"), "{text}");
    let json = |desk: &Desk, file: &str| -> serde_json::Value {
        serde_json::from_str(&desk.good(&["agents", file, "--json"])).unwrap()
    };
    assert_eq!(json(&desk, "floor.toml")["people_effects"], "off");
    let desk = Desk::with("shop.toml", PEOPLE);
    assert!(desk.good(&["agents", "shop.toml"]).contains("people effects: on, illustrative · drawn anew"));
    assert_eq!(json(&desk, "shop.toml")["people_effects"], "on, illustrative");
}
