//! Verdicts of the program: what passes, what fails, exit codes, baselines.

use crate::cli::support::{Desk, FLOOR, shipped};

/// The same floor with people who are more than enough.
fn good_floor() -> String {
    FLOOR.replace("agents = 10", "agents = 8\ncost_per_hour = 20")
}

fn good_desk() -> Desk {
    Desk::with("floor.toml", &good_floor())
}

#[test]
fn goals_pass_and_fail_with_exit_codes() {
    let desk = good_desk();
    let text = desk.good(&["check", "floor.toml"]);
    assert!(text.starts_with("pass  floor.toml against its goals") && text.contains("exit code 0"), "{text}");
    let (code, text, error) = desk.run(&["check", "floor.toml", "--set", "team.tier1.agents=-3"]);
    assert_eq!((code, error.as_str()), (1, ""));
    for words in ["FAIL  floor.toml", "exit code 1", "misses its goal 80 %", "NEXT", "callwright plan floor.toml"] {
        assert!(text.contains(words), "{words:?} is missing:\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "too wide for a pipe:\n{text}");
}

#[test]
fn what_is_not_shown_is_unsure_and_fails_only_when_strict() {
    let desk = good_desk();
    // One day decides nothing.
    let text = desk.good(&["check", "floor.toml", "-n", "1"]);
    assert!(text.starts_with("unsure") && text.contains("one replication decides nothing"), "{text}");
    assert_eq!(desk.run(&["check", "floor.toml", "-n", "1", "--strict"]).0, 1);
    // Neither do a few days close to the goal; it says how many would.
    let near = ["check", "floor.toml", "-n", "20", "--set", "team.tier1.agents=6"];
    let text = desk.good(&near);
    assert!(text.contains("would decide (ran 20)") || text.contains("too close for any number"), "{text}");
    assert_eq!(desk.run(&[&near[..], &["--strict"]].concat()).0, 1);
    assert_eq!(desk.run(&["check", "floor.toml", "--strict"]).0, 0);
}

#[test]
fn a_share_of_days_is_judged_as_it_is_promised() {
    let text = good_floor().replace("\"80/20\" }", "\"80/20\", on = \"50% of days\" }");
    let desk = Desk::with("floor.toml", &text);
    let said = desk.good(&["check", "floor.toml"]);
    assert!(said.contains("goal_days") && said.contains("goal 50 %"), "{said}");
    assert_eq!(desk.run(&["check", "floor.toml", "--set", "team.tier1.agents=5"]).0, 1);
}

#[test]
fn goals_over_intervals_are_judged_one_by_one() {
    let desk = Desk::with("floor.toml", &good_floor().replace("\"80/20\" }", "\"80/20\", over = \"interval\" }"));
    let said = desk.good(&["check", "floor.toml", "--set", "team.tier1.agents=+2"]);
    assert_eq!(said.matches("service_level ").count(), 4, "{said}");
    assert!(said.contains("service_level 09:30"), "{said}");
}

#[test]
fn a_baseline_passes_what_is_the_same_and_fails_what_is_worse() {
    let desk = good_desk();
    assert_eq!(desk.good(&["check", "floor.toml", "--save-baseline", "base.json"]), "wrote base.json: 1 scenario\n");
    let text = desk.good(&["check", "floor.toml", "--baseline", "base.json", "--strict"]);
    assert!(text.contains("nothing in the scenario") && text.contains("tolerance 1.0"), "{text}");

    std::fs::write(desk.path("floor.toml"), good_floor().replace("agents = 8", "agents = 6")).unwrap();
    let (code, text, _) = desk.run(&["check", "floor.toml", "--baseline", "base.json"]);
    assert_eq!(code, 1, "{text}");
    for words in ["team.tier1.agents 8 -> 6", "worse than tolerance 1.0", "better  total", "--update-baseline"] {
        assert!(text.contains(words), "{words:?} is missing:\n{text}");
    }
    // More people are better service at a higher cost, unless that is tolerated.
    std::fs::write(desk.path("floor.toml"), good_floor().replace("agents = 8", "agents = 9")).unwrap();
    let (code, text, _) = desk.run(&["check", "floor.toml", "--baseline", "base.json"]);
    assert!(code == 1 && text.contains("better  orders") && text.contains("FAIL    total"), "{text}");
    desk.good(&["check", "floor.toml", "--baseline", "base.json", "--set", "check.cost=20%"]);
}

#[test]
fn a_baseline_is_updated_and_the_rest_of_it_stays() {
    let desk = good_desk();
    std::fs::write(desk.path("other.toml"), good_floor()).unwrap();
    desk.good(&["check", "floor.toml", "other.toml", "--save-baseline", "base.json"]);
    let before = std::fs::read_to_string(desk.path("base.json")).unwrap();
    std::fs::write(desk.path("floor.toml"), good_floor().replace("agents = 8", "agents = 6")).unwrap();
    let text = desk.good(&["check", "floor.toml", "--baseline", "base.json", "--update-baseline"]);
    assert!(text.contains("FAIL    orders") && text.ends_with("wrote base.json: 1 scenario\n"), "{text}");
    let after = std::fs::read_to_string(desk.path("base.json")).unwrap();
    let half = |text: &str| text.split("\"other\": {").nth(1).map(str::to_owned);
    assert_ne!(before, after);
    assert_eq!(half(&before), half(&after), "what was not checked stays as it was");
    desk.good(&["check", "floor.toml", "other.toml", "--baseline", "base.json"]);
}

#[test]
fn a_baseline_stands_alone() {
    // A base in another folder, a CSV file, a --set and another seed: all of it is in the baseline.
    let desk = good_desk();
    std::fs::create_dir(desk.path("common")).unwrap();
    std::fs::create_dir(desk.path("floors")).unwrap();
    let volume = "volume = { per_interval = [10, 20, 30, 40] }";
    let base = good_floor().replace(volume, "volume = { csv = \"volumes.csv\", column = \"orders\" }");
    std::fs::write(desk.path("common/base.toml"), base).unwrap();
    std::fs::write(desk.path("common/volumes.csv"), "interval,orders\n0,10\n1,20\n2,30\n3,40\n").unwrap();
    std::fs::write(desk.path("floors/today.toml"), "extends = \"../common/base.toml\"\nrun = { seed = 5 }\n").unwrap();
    let check = ["check", "floors", "--set", "team.tier1.agents=+1"];
    desk.good(&[&check[..], &["--save-baseline", "base.json"]].concat());
    let kept = std::fs::read_to_string(desk.path("base.json")).unwrap();
    for words in ["\"../common/base.toml\": [", "\"../common/volumes.csv\": [", "\"seed\": 5", "agents=+1"] {
        assert!(kept.contains(words), "{words:?} is missing:\n{kept}");
    }
    std::fs::write(desk.path("common/volumes.csv"), "interval,orders\n0,10\n1,90\n2,30\n3,90\n").unwrap();
    let (code, text, _) = desk.run(&[&check[..], &["--baseline", "base.json"]].concat());
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("../common/volumes.csv: 2 of 5 lines"), "{text}");
}

#[test]
fn what_the_program_changed_is_told_from_what_the_scenario_changed() {
    let desk = good_desk();
    desk.good(&["check", "floor.toml", "-n", "30", "--save-baseline", "base.json"]);
    // The kept figures rest on 30 days; they are those of the same program even if more are simulated now.
    let text = desk.good(&["check", "floor.toml", "--baseline", "base.json"]);
    assert!(!text.contains("the program"), "{text}");
    let kept = std::fs::read_to_string(desk.path("base.json")).unwrap();
    let start = kept.find("\"orders/service_level\": ").unwrap() + "\"orders/service_level\": ".len();
    let end = start + kept[start..].find(',').unwrap_or(1);
    std::fs::write(desk.path("base.json"), format!("{}0.5{}", &kept[..start], &kept[end..])).unwrap();
    let text = desk.good(&["check", "floor.toml", "--baseline", "base.json"]).replace("\n          ", " ");
    assert!(text.contains("the program, not the scenario, changed"), "{text}");
    assert!(text.contains("orders/service_level 0.5 -> 0.9"), "{text}");
}

#[test]
fn a_scenario_is_held_against_another_one() {
    let desk = good_desk();
    std::fs::write(desk.path("old.toml"), good_floor()).unwrap();
    desk.good(&["check", "floor.toml", "--against", "old.toml"]);
    let (code, text, _) =
        desk.run(&["check", "floor.toml", "--against", "old.toml", "--set", "queue.orders.volume.scale=130%"]);
    assert!(code == 1 && text.contains("volume.scale not stated -> 130 %"), "{text}");
}

#[test]
fn tolerances_are_those_of_the_scenario() {
    let desk = good_desk();
    std::fs::write(desk.path("old.toml"), good_floor()).unwrap();
    let worse = ["check", "floor.toml", "--against", "old.toml", "--set", "team.tier1.agents=7"];
    assert_eq!(desk.run(&worse).0, 1);
    let tolerant = ["--set", "check.service_level=20%", "--set", "check.abandon=20%", "--set", "check.times=1m"];
    let text = desk.good(&[&worse[..], &tolerant].concat());
    assert!(text.contains("tolerance 20.0") && text.contains("tolerance 60.0 s"), "{text}");
}

#[test]
fn the_next_step_is_the_same_call_again() {
    let desk = good_desk();
    desk.good(&["check", "floor.toml", "-n", "50", "--save-baseline", "base.json"]);
    let call = ["check", "floor.toml", "--baseline", "base.json", "-n", "60", "--set", "team.tier1.agents=-2"];
    let (code, text, _) = desk.run(&call);
    let next = "callwright check floor.toml --set 'team.tier1.agents=-2' --baseline base.json -n 60 --update-baseline";
    assert!(code == 1 && text.replace("\n          ", " ").contains(next), "{text}");
}

#[test]
fn a_folder_is_checked_file_by_file() {
    let desk = good_desk();
    std::fs::write(desk.path("bad.toml"), good_floor().replace("agents = 8", "agents = 5")).unwrap();
    let (code, text, _) = desk.run(&["check", "."]);
    assert_eq!(code, 1);
    assert!(text.contains("FAIL  bad.toml") && text.contains("pass  floor.toml"), "{text}");
    assert!(text.contains("2 scenarios: 1 FAIL, 1 pass"), "{text}");
    assert!(text.contains("risk of a false alarm 1 % in all"), "{text}");
    assert_eq!(desk.run(&["check", ".", "--quiet"]).1, "");
}

#[test]
fn the_workflow_checks_scenarios_that_meet_their_goals() {
    let workflow = std::fs::read_to_string(shipped("../.github/workflows/check-scenarios.yml")).unwrap();
    let named: Vec<&str> =
        workflow.split_whitespace().filter_map(|w| w.strip_prefix("scenarios/")?.strip_suffix(".toml")).collect();
    assert!(named.len() >= 5, "{named:?}");
    let files: Vec<_> = named.iter().map(|name| shipped(&format!("{name}.toml"))).collect();
    let mut args = vec!["check"];
    args.extend(files.iter().map(|file| file.to_str().unwrap()));
    Desk::new().good(&args);
}
