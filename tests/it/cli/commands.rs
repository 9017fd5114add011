//! Every command and flag.

use super::support::{Desk, shipped};

#[test]
fn help_and_version_are_no_failure() {
    let desk = Desk::new();
    for args in [&["--help"][..], &["run", "--help"], &["validate", "--help"], &["init", "--help"], &["help", "run"]] {
        assert!(desk.good(args).contains("Usage: callwright"), "{args:?}");
    }
    assert_eq!(desk.good(&["--version"]), concat!("callwright ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn bad_use_is_exit_code_2_with_advice() {
    let desk = Desk::new();
    for (args, words) in [
        (&[][..], "Usage: callwright <COMMAND>"),
        (&["rum"], "'run'"),
        (&["run"], "<SCENARIO>"),
        (&["run", "floor.toml", "--jsn"], "--json"),
        (&["run", "floor.toml", "--threads", "many"], "--threads"),
        (&["run", "floor.toml", "--replications", "-5"], "-5"),
        (&["run", "floor.toml", "-n", "0"], "allowed: 1 to"),
        (&["run", "floor.toml", "--out", ""], "--out"),
        (&["validate"], "--schema"),
        (&["validate", "--explain"], "SCENARIO"),
        (&["validate", "floor.toml", "--schema"], "--schema"),
    ] {
        let message = desk.bad(args);
        assert!(message.contains(words), "{args:?} should say {words:?}:\n{message}");
    }
}

#[test]
fn run_shows_a_verdict_and_the_next_step() {
    let desk = Desk::new();
    let text = desk.good(&["run", "floor.toml", "-n", "20"]);
    for words in ["20 simulated days, seed 1", "RESULT", "QUEUES", "TEAMS", "WHY", "NEXT", "callwright run floor.toml"]
    {
        assert!(text.contains(words), "{words:?} is missing:\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "too wide for a pipe:\n{text}");
}

#[test]
fn many_threads_are_no_problem() {
    let desk = Desk::new();
    let all = |threads| desk.good(&["run", "floor.toml", "-n", "70", "--json", "--threads", threads]);
    assert_eq!(all("100"), all("1"));
}

#[test]
fn quiet_prints_nothing() {
    assert_eq!(Desk::new().good(&["run", "floor.toml", "-n", "5", "--quiet"]), "");
}

#[test]
fn flags_are_values_of_the_scenario() {
    let desk = Desk::new();
    let flags = desk.good(&["run", "floor.toml", "-n", "7", "--seed", "3", "--json"]);
    let sets = desk.good(&["run", "floor.toml", "--set", "run.replications=7", "--set", "run.seed=3", "--json"]);
    assert_eq!(flags, sets);
    let run = &serde_json::from_str::<serde_json::Value>(&flags).unwrap()["run"];
    assert_eq!((run["replications"].as_u64(), run["seed"].as_u64()), (Some(7), Some(3)));
    assert_ne!(flags, desk.good(&["run", "floor.toml", "-n", "7", "--seed", "4", "--json"]));
}

#[test]
fn set_changes_the_floor() {
    let desk = Desk::new();
    let level = |sets: &[&str]| {
        let mut args = vec!["run", "floor.toml", "-n", "40", "--json"];
        args.extend(sets.iter().flat_map(|set| ["--set", set]));
        let summary: serde_json::Value = serde_json::from_str(&desk.good(&args)).unwrap();
        summary["queues"]["orders"]["service_level"]["mean"].as_f64().unwrap()
    };
    let stated = level(&[]);
    assert!(level(&["team.tier1.agents=+3"]) > stated);
    assert!(level(&["queue.*.volume.scale=130%"]) < stated);
}

#[test]
fn validate_says_fine_or_what_is_wrong() {
    let desk = Desk::new();
    assert_eq!(desk.good(&["validate", "floor.toml"]), "floor.toml: fine (1 queue, 1 team, 1 day, 4 intervals)\n");
    assert!(desk.bad(&["validate", "floor.toml", "--set", "team.tier1.agents=many"]).contains("team.tier1.agents"));
}

#[test]
fn explain_prints_a_scenario_that_means_the_same() {
    let desk = Desk::new();
    let explained = desk.good(&["validate", "floor.toml", "--explain"]);
    assert!(explained.contains("after_close = \"serve\"  # default"), "{explained}");
    std::fs::write(desk.path("explained.toml"), explained).unwrap();
    let summary =
        |file| serde_json::from_str::<serde_json::Value>(&desk.good(&["run", file, "-n", "5", "--json"])).unwrap();
    assert_eq!(summary("floor.toml")["queues"], summary("explained.toml")["queues"]);
}

#[test]
fn schema_is_json() {
    let schema: serde_json::Value = serde_json::from_str(&Desk::new().good(&["validate", "--schema"])).unwrap();
    assert!(schema["properties"]["queue"].is_object());
}

#[test]
fn init_writes_a_scenario_that_runs_and_overwrites_nothing() {
    let desk = Desk::new();
    let said = desk.good(&["init", "my floor.toml"]);
    assert_eq!(said, "wrote my floor.toml and my floor-volumes.csv\nNEXT  callwright run 'my floor.toml'\n");
    desk.good(&["run", "my floor.toml", "-n", "5"]);
    let before = std::fs::read(desk.path("my floor.toml")).unwrap();
    let taken = desk.bad(&["init", "my floor.toml"]);
    assert!(taken.starts_with("cannot write my floor.toml: "), "{taken}");
    assert!(taken.contains("callwright run 'my floor.toml'") && taken.contains("init 'my floor-2.toml'"), "{taken}");
    std::fs::write(desk.path("other-volumes.csv"), "mine").unwrap();
    let csv = desk.bad(&["init", "other.toml"]);
    assert!(csv.contains("other-volumes.csv") && csv.contains("the volumes of other.toml"), "{csv}");
    std::fs::remove_file(desk.path("other-volumes.csv")).unwrap();
    assert_eq!(std::fs::read(desk.path("my floor.toml")).unwrap(), before);

    assert!(desk.bad(&["init", "floor.toml"]).contains("cannot write floor.toml"));
    assert_eq!(desk.names("."), ["floor.toml", "my floor-volumes.csv", "my floor.toml"]);
    assert!(desk.bad(&["init", "nowhere/x.toml"]).contains("create the folder first"));
}

/// On wide floors lists of names for each queue made most of the file.
#[test]
fn the_summary_names_each_pool_once() {
    let file = shipped("retail-support.toml");
    let text = Desk::new().good(&["run", file.to_str().unwrap(), "-n", "2", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let pools = serde_json::json!([{
        "queues": ["orders", "returns", "billing"],
        "teams": ["tier1", "desk", "partner"],
    }]);
    assert_eq!(json["beside"]["pools"], pools);
    for queue in ["orders", "returns", "billing"] {
        assert_eq!(json["beside"]["queues"][queue]["pool"], 0);
        assert!(json["beside"]["queues"][queue]["erlang_a"]["service_level"].is_number());
    }
}

#[test]
fn shipped_scenarios_run() {
    for name in ["helpdesk", "retail-support", "single-queue", "multi-skill-day", "bank-2003"] {
        let file = shipped(&format!("{name}.toml"));
        let text = Desk::new().good(&["run", file.to_str().unwrap(), "-n", "2"]);
        assert!(text.contains("RESULT"), "{name}:\n{text}");
    }
}
