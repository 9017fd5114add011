//! `callwright plan` as a program.

use callwright::scenario::{Request, load};

use super::floor::simulated;
use crate::cli::support::{Desk, FLOOR, shipped};

/// A floor with a comment that must survive.
fn commented() -> Desk {
    Desk::with("floor.toml", &FLOOR.replace("agents = 10", "agents = 10   # since March\nmax_agents = 30"))
}

#[test]
fn a_staffed_copy_keeps_its_comments_and_meets_the_goals() {
    let desk = commented();
    let out = desk.good(&["plan", "floor.toml", "-n", "300", "--seed", "5", "--write-agents", "staffed.toml"]);
    assert!(out.contains("wrote staffed.toml: try it with  callwright run staffed.toml"), "{out}");
    let text = std::fs::read_to_string(desk.path("staffed.toml")).unwrap();
    assert!(text.contains("# since March"), "{text}");
    let scenario = load(&Request::file(desk.path("staffed.toml"))).unwrap().scenario;
    assert_ne!(scenario.teams[0].on_phone, [10; 4]);
    let results = simulated(&scenario, 6, 400);
    assert!(results.queues[0].goal.as_ref().unwrap().met);
    assert!(desk.good(&["run", "staffed.toml"]).contains("orders meets its goal"));
}

#[test]
fn json_and_csv_are_all_that_is_printed() {
    let desk = Desk::new();
    let json = desk.good(&["plan", "floor.toml", "-n", "60", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["plan"]["replications"], 60);
    let csv = desk.good(&["plan", "floor.toml", "-n", "60", "--csv", "--threads", "1"]);
    assert_eq!(csv.lines().count(), 5);
    let required: Vec<&str> = csv.lines().skip(1).map(|row| row.split(',').nth(8).unwrap()).collect();
    let same: Vec<String> =
        json["teams"]["tier1"]["required"].as_array().unwrap().iter().map(|n| n.to_string()).collect();
    assert_eq!(required, same);
    assert_eq!(desk.good(&["plan", "floor.toml", "-n", "60", "--quiet"]), "");
}

#[test]
fn an_explanation_finds_its_interval() {
    let desk = Desk::new();
    let at = |time: &str| desk.good(&["plan", "floor.toml", "-n", "60", "--explain", "--at", time]);
    assert!(at("09:30").starts_with("orders, 09:30-10:00, answered by tier1"));
    assert_eq!(at("09:45"), at("09:30"));
    let largest = desk.good(&["plan", "floor.toml", "-n", "60", "--explain", "--queue", "orders"]);
    assert!(largest.starts_with("orders, 09:30-10:00"), "{largest}");
}

#[test]
fn what_cannot_be_explained_is_refused_before_anything_is_simulated() {
    let desk = Desk::new();
    let bad = |args: &[&str]| desk.bad(&[&["plan", "floor.toml", "--explain", "-n", "1000000"], args].concat());
    let closed = bad(&["--at", "10:00"]);
    assert!(closed.contains("outside the opening hours") && closed.contains("from 08:00 to 09:30"), "{closed}");
    assert!(bad(&["--at", "noon"]).contains("is not a time of day"));
    assert!(bad(&["--at", "Tue 09:00"]).contains("is on no day"));
    assert!(bad(&["--team", "teir1"]).contains("did you mean `tier1`?"));
    assert!(bad(&["--queue", "billing"]).contains("the queues are: orders"));
    assert!(desk.bad(&["plan", "floor.toml", "--at", "09:00"]).contains("--explain"));
    assert!(desk.bad(&["plan", "floor.toml", "--write-agents", "no/such/x.toml"]).contains("create the folder first"));
}

#[test]
fn goals_that_are_missing_or_out_of_reach_are_refused_with_the_reason() {
    let desk = Desk::with("floor.toml", &FLOOR.replace("goal = { service_level = \"80/20\" }\n", ""));
    let none = desk.bad(&["plan", "floor.toml"]);
    assert!(none.contains("no queue states a goal") && none.contains("help: add for example goal"), "{none}");
    let desk = Desk::new();
    for (goal, reason) in [("service_level=100%", "is never certain"), ("abandon=0%", "limited patience")] {
        let message = desk.bad(&["plan", "floor.toml", "--set", &format!("queue.orders.goal.{goal}")]);
        assert!(message.contains(reason) && message.contains("orders at 08:00"), "{message}");
    }
}

#[test]
fn a_bound_that_keeps_a_goal_out_of_reach_is_said_and_fails() {
    let desk = Desk::new();
    let (code, out, _) = desk.run(&["plan", "floor.toml", "-n", "60", "--set", "team.tier1.max_agents=4"]);
    assert_eq!(code, 1);
    assert!(out.contains("come closest to every goal") && out.contains("MISSED   orders 09:30: SL "), "{out}");
    assert!(out.contains("tier1 may have 4 (max_agents)"), "{out}");
}

#[test]
fn a_shipped_floor_is_planned_into_a_folder() {
    let desk = Desk::new();
    let file = shipped("helpdesk.toml");
    let out = desk.good(&["plan", file.to_str().unwrap(), "-n", "60", "--out", "plan"]);
    assert!(out.contains("wrote plan: requirements.csv, requirement.svg, requirement.png, requirements.json"), "{out}");
    assert_eq!(desk.names("plan").len(), 4);
}

/// A plan is about head counts; shifts are not overwritten by them.
#[test]
fn a_floor_with_shifts_is_planned_in_head_counts() {
    let shifts = "shifts = [{ start = \"08:00\", length = \"2h\", agents = 10 }]";
    let desk = Desk::with("floor.toml", &FLOOR.replace("agents = 10", shifts));
    let heads = Desk::new().good(&["plan", "floor.toml", "-n", "60", "--csv"]);
    assert_eq!(desk.good(&["plan", "floor.toml", "-n", "60", "--csv"]), heads);
    let refused = desk.bad(&["plan", "floor.toml", "-n", "1000000", "--write-agents", "staffed.toml"]);
    assert!(refused.contains("team `tier1` states its people by shifts or a roster"), "{refused}");
    assert!(!desk.path("staffed.toml").exists());
}
