//! What people change, on the screen and in files.

use crate::cli::support::{Desk, shipped};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const FLOOR: &str = include_str!("../../data/people/floor.toml");

fn desk() -> Desk {
    Desk::with("shop.toml", FLOOR)
}

/// A CSV file, row by row, by the names of its columns.
pub fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn file(desk: &Desk, name: &str) -> Vec<BTreeMap<String, String>> {
    rows(&std::fs::read_to_string(desk.path(name)).unwrap())
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is `{}`", row[column]))
}

/// The whole screen, as it was. `CALLWRIGHT_BLESS=1 cargo test --release --test it golden` writes it anew.
#[test]
fn golden_screen_of_a_people_floor() {
    let golden: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/people/screen.txt");
    let screen = desk().good(&["run", "shop.toml"]);
    if std::env::var_os("CALLWRIGHT_BLESS").is_some() {
        std::fs::write(&golden, &screen).unwrap();
    }
    assert_eq!(screen, std::fs::read_to_string(golden).unwrap());
}

/// Nothing of it shows on a floor on which people change nothing.
#[test]
fn off_is_off() {
    let desk = Desk::new();
    let screen = desk.good(&["run", "floor.toml", "-n", "5", "--out", "out"]);
    assert!(screen.lines().nth(1).unwrap().ends_with("people effects: off"), "{screen}");
    assert!(!["PEOPLE", "OUTCOMES", "KEPT"].iter().any(|head| screen.contains(head)), "{screen}");
    assert!(!desk.names("out").iter().any(|name| name == "agents.csv" || name == "scorecard.csv"));
    assert!(file(&desk, "out/teams.csv").iter().all(|row| row["answered_in_goal_rate"].is_empty()));
    let summary: Value =
        serde_json::from_str(&std::fs::read_to_string(desk.path("out/summary.json")).unwrap()).unwrap();
    assert_eq!(summary["people_effects"], "off");
    assert!(summary.get("agents").is_none() && summary["definitions"].get("agent_metrics").is_none());
    assert!(shipped("helpdesk.toml").exists());
}

/// What everybody did adds up to what their team did: with the same people in all replications both rest on the same
/// contacts.
#[test]
fn agents_add_up_to_their_team() {
    let desk = desk();
    desk.good(&["run", "shop.toml", "--set", "run.population=fixed", "--out", "out"]);
    let (agents, teams) = (file(&desk, "out/agents.csv"), file(&desk, "out/teams.csv"));
    assert_eq!(agents.len(), 7);
    assert!(agents.iter().all(|a| a["figures_replications"] == "40" && a["profile_replication"] == "1"));
    assert!(agents.iter().all(|a| number(a, "aht_s_half_width") > 0.0));
    for team in ["shop", "new"] {
        let own: Vec<_> = agents.iter().filter(|agent| agent["team"] == team).collect();
        let total = teams.iter().find(|row| row["scope"] == "team" && row["team"] == team).unwrap();
        let sum = |column: &str| own.iter().map(|agent| number(agent, column)).sum::<f64>();
        let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-6 * b.abs().max(1e-9), "{team}: {a} and {b}");
        near(sum("answered"), number(total, "answered"));
        near(sum("on_phone_h"), number(total, "on_phone_h"));
        near(sum("sales"), number(total, "sales"));
        near(sum("revenue"), number(total, "revenue"));
        let handled: f64 = own.iter().map(|agent| number(agent, "answered") * number(agent, "aht_s")).sum();
        near(handled, number(total, "answered") * number(total, "aht_s"));
    }
}

/// Revenue is sales times the price; every sale is an offer taken; fresh and repeats are the attempts there are.
#[test]
fn outcomes_hang_together() {
    let desk = desk();
    desk.good(&["run", "shop.toml", "--out", "out"]);
    let queues = file(&desk, "out/queues.csv");
    let orders = &queues[0];
    let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-6 * b.abs().max(1e-9), "{a} and {b}");
    near(number(orders, "revenue"), 25.0 * number(orders, "sales"));
    near(number(orders, "value_lost"), 300.0 * number(orders, "customers_lost"));
    near(number(orders, "conversion"), number(orders, "sales") / number(orders, "offers"));
    near(number(orders, "fresh") + number(orders, "repeats"), number(orders, "attempted"));
    // Intervals hold all contacts of the day but those that come after closing.
    let intervals = file(&desk, "out/intervals.csv");
    let of_orders = intervals.iter().filter(|row| row["scope"] == "queue" && row["queue"] == "orders");
    let sales: f64 = of_orders.map(|row| number(row, "sales")).sum();
    assert!(sales <= number(orders, "sales") * (1.0 + 1e-9) && sales > 0.9 * number(orders, "sales"));
}

/// The spread in the summary is that of the people in the table, by hand.
#[test]
fn the_spread_over_agents_is_that_of_the_table() {
    let desk = desk();
    desk.good(&["run", "shop.toml", "--out", "out"]);
    let agents = file(&desk, "out/agents.csv");
    let mut times: Vec<f64> = agents.iter().filter(|a| a["team"] == "shop").map(|a| number(a, "aht_s")).collect();
    times.sort_by(f64::total_cmp);
    // Type 7 of five values: positions 0.2 and 3.8.
    let (low, high) = (times[0] + 0.2 * (times[1] - times[0]), times[3] + 0.8 * (times[4] - times[3]));
    let summary: Value =
        serde_json::from_str(&std::fs::read_to_string(desk.path("out/summary.json")).unwrap()).unwrap();
    let spread = &summary["agents"]["shop"]["metrics"]["aht_s"];
    assert_eq!(spread["people"], 5);
    assert!((spread["p05"].as_f64().unwrap() - low).abs() < 1e-5, "{spread} against {low}");
    assert!((spread["p95"].as_f64().unwrap() - high).abs() < 1e-5, "{spread} against {high}");
    let clock = |s: f64| format!("{}:{:02}", s.round() as u64 / 60, s.round() as u64 % 60);
    let screen = desk.good(&["run", "shop.toml"]);
    assert!(screen.contains(&format!("{}-{}", clock(low), clock(high))), "{screen}");
    // The scorecard has the same figures as the table of teams.
    let (cards, teams) = (file(&desk, "out/scorecard.csv"), file(&desk, "out/teams.csv"));
    for card in &cards {
        let team = teams.iter().find(|row| row["scope"] == card["scope"] && row["team"] == card["team"]).unwrap();
        assert_eq!(card["value"], team[&card["metric"]], "{card:?}");
    }
    let dimensions: std::collections::BTreeSet<&str> = cards.iter().map(|card| card["dimension"].as_str()).collect();
    assert_eq!(dimensions.into_iter().collect::<Vec<_>>(), ["cost", "quality", "sales", "speed", "strain"]);
}

/// One queue, first the one team, after 15 s the other: a part of what the second picks up has waited too long.
const HELPED: &str = r#"interval = "30m"
open = "09:00-13:00"

[queue.q]
volume = { per_hour = 120 }
talk = "4m"
patience = "2m"
goal = { service_level = "80/20" }

[team.near]
agents = 5
skills = { q = 1 }
traits = { efficiency = { mean = 50, sd = 15 } }

[team.far]
agents = 4
skills = { q = { preference = 2, after = "15s" } }

[run]
replications = 30
"#;

/// Whoever answers, a contact is answered in time or not: the teams' own service levels, weighted by what they answer,
/// are that of the queue they share.
#[test]
fn service_levels_of_teams_make_that_of_their_queue() {
    let desk = Desk::with("f.toml", HELPED);
    desk.good(&["run", "f.toml", "--out", "out"]);
    let (queues, teams) = (file(&desk, "out/queues.csv"), file(&desk, "out/teams.csv"));
    let own: Vec<_> = teams.iter().filter(|row| row["scope"] == "team").collect();
    let rate = |row: &BTreeMap<String, String>| number(row, "answered_in_goal_rate");
    assert!(rate(own[0]) - rate(own[1]) > 0.03, "{} and {}", rate(own[0]), rate(own[1]));
    let in_goal: f64 = own.iter().map(|row| rate(row) * number(row, "answered")).sum();
    let answered: f64 = own.iter().map(|row| number(row, "answered")).sum();
    let level = number(&queues[0], "service_level_answered_only");
    assert!((in_goal / answered - level).abs() < 1e-7, "{} and {level}", in_goal / answered);
    let total = teams.iter().find(|row| row["scope"] == "total").unwrap();
    assert!((rate(total) - level).abs() < 1e-7);
    assert!(number(own[1], "answered_in_goal_rate_half_width") > 0.0);
    let cards = file(&desk, "out/scorecard.csv");
    let far = cards.iter().find(|card| card["team"] == "far" && card["metric"] == "answered_in_goal_rate").unwrap();
    assert_eq!((far["dimension"].as_str(), far["better"].as_str()), ("speed", "higher"));
    assert_eq!(far["value"], own[1]["answered_in_goal_rate"]);
    let screen = desk.good(&["run", "f.toml"]);
    let row = screen.split("\nPEOPLE").nth(1).unwrap().lines().find(|line| line.starts_with("far")).unwrap();
    assert!(row.contains(&format!("{:.1} %", 100.0 * rate(own[1]))), "{screen}");
}

/// Messages whose time is not over at the end are in no service level, not in that of a team either.
#[test]
fn service_levels_of_teams_leave_out_undecided_messages() {
    let messages = HELPED.replace("patience = \"2m\"\n", "channel = \"email\"\n").replace("80/20", "80% in 30m");
    let messages = messages.replace("agents = 5", "agents = 10").replace(", after = \"15s\"", "");
    let desk = Desk::with("f.toml", &messages);
    desk.good(&["run", "f.toml", "--out", "out"]);
    let (queues, teams) = (file(&desk, "out/queues.csv"), file(&desk, "out/teams.csv"));
    assert!(number(&queues[0], "undecided") > 30.0);
    let total = teams.iter().find(|row| row["scope"] == "total").unwrap();
    // With so many people nothing that is judged stays open.
    assert_eq!(total["answered_in_goal_rate"], queues[0]["service_level"]);
}

/// Grades of the effects that can matter, counted by hand from the table of the reference page.
#[test]
fn grades_are_those_of_the_effects_in_use() {
    let floor = |queue: &str, traits: &str| {
        format!(
            "interval = \"30m\"\nopen = \"09:00-10:00\"\n[queue.q]\nvolume = {{ per_hour = 20 }}\ntalk = \"3m\"\n\
             patience = \"3m\"\n{queue}\n[team.t]\nagents = 3\nskills = {{ q = 1 }}\ntraits = {{ {traits} }}\n"
        )
    };
    let in_use = |text: String| {
        let screen = Desk::with("f.toml", &text).good(&["run", "f.toml", "-n", "2"]);
        let line = screen.lines().find(|line| line.contains("effects in use")).expect("a line").to_owned();
        line.split(": ").nth(1).unwrap().to_owned()
    };
    // efficiency_time.
    assert_eq!(in_use(floor("", "efficiency = 60")), "1 measured in the field (A)");
    // knowledge_hold (B), knowledge_talk (C); without a stated resolution no resolved_knowledge.
    assert_eq!(in_use(floor("", "knowledge = 60")), "1 of published direction (B), 1 assumed (C)");
    // With it resolved_knowledge (B) as well.
    let stated = "first_contact_resolution = \"70%\"";
    assert_eq!(in_use(floor(stated, "knowledge = 60")), "2 of published direction (B), 1 assumed (C)");
}
