//! WORST, WHY and NEXT on floors whose trouble is known; hours on the phone have one figure; full-time equivalents.

use serde_json::Value;

use crate::cli::support::{Desk, FLOOR, shipped};

const SHIFT: &str = r#"interval = "30m"
open = "08:00-16:00"
[queue.a]
volume = { per_hour = 60 }
aht = "4m"
patience = "3m"
goal = { service_level = "80/20" }
[team.t]
shifts = [{ start = "08:00", length = "8h", agents = 8 }]
skills = { a = 1 }
"#;

const HEADS: &str = r#"interval = "30m"
open = "08:00-12:00"
[queue.a]
volume = { per_hour = 60 }
aht = "4m"
patience = "3m"
goal = { service_level = "80/20" }
[queue.b]
volume = { per_hour = 5 }
aht = "4m"
patience = "3m"
[team.t]
agents = 9
skills = { a = 1, b = 1 }
"#;

/// The screen, without its line ends.
fn screen(text: &str, sets: &[&str]) -> String {
    let desk = Desk::with("floor.toml", text);
    let mut args = vec!["run", "floor.toml", "-n", "60"];
    sets.iter().for_each(|set| args.extend(["--set", set]));
    let (code, out, err) = desk.run(&args);
    assert_eq!(code, 0, "{err}");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(screen: &str, all: &[&str]) {
    for words in all {
        assert!(screen.contains(words), "`{words}` is missing in\n{screen}");
    }
}

#[test]
fn why_names_people_who_are_not_there() {
    assert!(screen(SHIFT, &[]).contains("a meets its goal"));
    let absent = screen(SHIFT, &["team.t.shrinkage.unplanned=80%"]);
    says(
        &absent,
        &[
            "WHY t has 64.0 h and needs 48.0, but ",
            "are lost to absence (8",
            "NEXT the people it takes: callwright plan",
        ],
    );
    assert!(!absent.contains("Move people"), "{absent}");
    let late = screen(SHIFT, &["team.t.lateness={probability=\"100%\", mean=\"6h\"}"]);
    says(&late, &["are lost to lateness ("]);
}

#[test]
fn why_names_ring_time_reserves_and_places_in_the_queue() {
    let ringing = screen(HEADS, &["team.t.ring_time=30s"]);
    says(
        &ringing,
        &["WHY the telephones of t ring for 30 s, the goal asks for an answer in 20 s: nobody can be in time."],
    );
    says(&ringing, &["NEXT without it: callwright run floor.toml --set 'team.t.ring_time=0s'"]);
    let kept = screen(HEADS, &["team.t.reserve={b=20}"]);
    says(&kept, &["WHY t keeps 20 people free for b (reserve): nobody is left for the rest.", "team.t.reserve.b=0"]);
    let full = screen(HEADS, &["queue_capacity=1", "team.t.agents=5"]);
    says(&full, &["find no place in the queue (queue_capacity) and are in no service level."]);
    assert!(!full.contains("every line taken"), "{full}");
    let lines = screen(HEADS, &["lines=2"]);
    says(&lines, &["WHY every goal holds, but only for those who get in.", "find every line taken", "--set 'lines=4'"]);
}

#[test]
fn why_names_other_work_and_backlogs() {
    let outgoing = "dial = { reach = \"100%\", attempts = 1, retry = \"1h\" }\nvolume = { per_hour = 60 }";
    let text = HEADS.replace("volume = { per_hour = 5 }", outgoing).replace("patience = \"3m\"\n[team", "[team");
    let calls = screen(&text, &["team.t.agents=7"]);
    says(&calls, &["the same people have ", "h of outgoing calls a day"]);
    // More time goes into mail than into calls: no formula says how many people that needs.
    let mail =
        "channel = \"email\"\nbacklog = 900\nvolume = { per_hour = 200 }\ngoal = { service_level = \"90% in 1h\" }";
    let text = HEADS.replace("volume = { per_hour = 5 }", mail).replace("patience = \"3m\"\n[team", "[team");
    let backlog = screen(&text, &["team.t.agents=14"]);
    says(
        &backlog,
        &["messages are open at the end, 900 were at the start", "NEXT the people it takes: callwright plan"],
    );
    for wrong in [" needs ", "short / over", "needed;"] {
        assert!(!backlog.contains(wrong), "{wrong}\n{backlog}");
    }
}

#[test]
fn constant_teams_get_more_people_all_day() {
    let short = screen(HEADS, &["team.t.agents=5"]);
    let next = short.split("NEXT ").nth(1).unwrap();
    assert!(next.contains(" more all day: callwright run floor.toml --set 'team.t.agents="), "{next}");
    let people: u32 =
        next.split("team.t.agents=").nth(1).unwrap().split(' ').next().unwrap().trim_matches('\'').parse().unwrap();
    // Erlang A asks the same number everywhere; then there is nobody to add.
    let json = Desk::with("floor.toml", HEADS).good(&["run", "floor.toml", "-n", "20", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["need"][0]["needed_h"].as_f64().unwrap(), f64::from(4 * people));
    let enough = screen(HEADS, &[&format!("team.t.agents={people}")]);
    assert!(!enough.contains("more all day"), "{enough}");
}

#[test]
fn helpers_and_second_levels_are_part_of_the_story() {
    let out = Desk::new().good(&["run", shipped("outsourcer-overflow.toml").to_str().unwrap(), "-n", "60"]);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    says(&out, &["because partner takes part of the work: own alone would be 20.5 h short by formula."]);
    let json = Desk::new().good(&["run", shipped("escalation.toml").to_str().unwrap(), "-n", "20", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let need = json["need"].as_array().unwrap().iter().find(|need| need["teams"][0] == "specialists").unwrap();
    // 6 own contacts and 15 % of 80 an hour, a quarter of an hour each, are 4.5 erlangs: more than four people.
    assert!(need["needed_h"].as_f64().unwrap() > 4.5 * 8.0, "{need}");
}

/// Every shipped scenario: WORST is an interval that misses something, NEXT can be typed.
#[test]
fn the_next_step_can_be_typed_and_the_worst_interval_is_bad() {
    let folder = shipped("");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let file = file.to_str().unwrap();
        let (_, out, _) = Desk::new().run(&["run", file, "-n", "20"]);
        let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
        let next = out.split("NEXT ").nth(1).unwrap().split(" · details").next().unwrap();
        let typed = format!("callwright run {file}");
        assert!(!next.ends_with(&typed), "{file}: {next}");
        if next.contains(" --set ") {
            let sets = next.split(" --set ").skip(1).map(|set| set.trim_matches('\''));
            let args: Vec<&str> = ["validate", file].into_iter().chain(sets.flat_map(|set| ["--set", set])).collect();
            let (code, _, err) = Desk::new().run(&args);
            assert_eq!(code, 0, "{next}\n{err}");
            seen += 1;
        }
        assert!(!out.contains("SL 100 %,") || !out.contains("WORST"), "{file}: {out}");
    }
    assert!(seen >= 5, "{seen} steps with a change");
}

#[test]
fn hours_on_the_phone_have_one_figure() {
    for name in ["helpdesk.toml", "retail-support.toml", "night-shift.toml", "bank-2003.toml"] {
        let desk = Desk::new();
        let file = shipped(name);
        desk.run(&["run", file.to_str().unwrap(), "-n", "4", "--out", "out"]);
        let json: Value = serde_json::from_slice(&std::fs::read(desk.path("out/summary.json")).unwrap()).unwrap();
        let mut teams = csv::Reader::from_path(desk.path("out/teams.csv")).unwrap();
        let rows: Vec<csv::StringRecord> = teams.records().map(Result::unwrap).collect();
        let number = |of: &Value, key: &str| of[key].as_f64().unwrap();
        for need in json["need"].as_array().unwrap() {
            let [needed, short, over] = ["needed_h", "short_h", "over_h"].map(|key| number(need, key));
            let planned = number(need, "on_phone_h");
            assert!((needed - short + over - planned).abs() < 1e-6, "{name}: {need}");
            let name = need["teams"][0].as_str().unwrap();
            let row = rows.iter().find(|row| &row[1] == name).unwrap();
            assert!((row[3].parse::<f64>().unwrap() - planned).abs() < 1e-6, "{name}: {row:?}");
            // The schedule itself, as the engine has it.
            let scheduled = json["teams"][name]["scheduled_h"]["mean"].as_f64().unwrap();
            assert!((scheduled - planned).abs() < 1e-6, "{name}: {scheduled} by schedule, {planned} here");
        }
    }
}

#[test]
fn paid_hours_are_told_in_full_time_people() {
    let text = format!("full_time_week = \"10h\"\n{FLOOR}");
    let desk = Desk::with("floor.toml", &text);
    let out = desk.good(&["run", "floor.toml", "-n", "20", "--out", "out"]);
    assert!(out.contains(" FTE ") && out.contains("of a week with this one day"), "{out}");
    let json: Value = serde_json::from_slice(&std::fs::read(desk.path("out/summary.json")).unwrap()).unwrap();
    let paid = json["teams"]["tier1"]["paid_h"]["mean"].as_f64().unwrap();
    let fte = json["full_time_equivalents"]["teams"]["tier1"].as_f64().unwrap();
    assert!((fte - paid / 10.0).abs() < 1e-6, "{fte} of {paid} h");
    let mut teams = csv::Reader::from_path(desk.path("out/teams.csv")).unwrap();
    let row = teams.records().next().unwrap().unwrap();
    assert!((row[row.len() - 1].parse::<f64>().unwrap() - fte).abs() < 1e-6);
    // Two weeks of ten people for two hours a day are 140 h a week.
    let weeks = Desk::with("floor.toml", &format!("days = 14\nfirst_day = 2026-03-02\n{text}"));
    let plan = weeks.run(&["plan", "floor.toml", "-n", "20", "--json"]).1;
    let plan: Value = serde_json::from_str(&plan).unwrap();
    assert!((plan["totals"]["stated"]["fte"].as_f64().unwrap() - 14.0).abs() < 1e-9, "{}", plan["totals"]);
    let without = Desk::new().good(&["run", "floor.toml", "-n", "20", "--json"]);
    assert!(serde_json::from_str::<Value>(&without).unwrap()["full_time_equivalents"].is_null());
}
