//! What cannot be judged: refused with exit code 2 and advice, before anything is simulated.

use crate::cli::support::{Desk, FLOOR};

#[track_caller]
fn says(desk: &Desk, args: &[&str], words: &[&str]) {
    let message = desk.bad(args);
    assert!(words.iter().all(|word| message.contains(word)), "{args:?} should say {words:?}:\n{message}");
}

#[test]
fn a_scenario_without_goals() {
    let desk = Desk::with("floor.toml", &FLOOR.replace("goal = { service_level = \"80/20\" }\n", ""));
    says(
        &desk,
        &["check", "floor.toml"],
        &["floor.toml", "no queue states a goal", "goal = \"80% in 20s\"", "[queue.orders]"],
    );
    desk.good(&["check", "floor.toml", "-n", "20", "--save-baseline", "base.json"]);
    desk.good(&["check", "floor.toml", "-n", "20", "--baseline", "base.json"]);
}

#[test]
fn files_that_are_no_scenarios() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("empty")).unwrap();
    std::fs::write(desk.path("notes.toml"), "title = \"notes\"\n").unwrap();
    says(&desk, &["check", "."], &["notes.toml", "title"]);
    says(&desk, &["check", "empty"], &["no scenario (*.toml) in empty"]);
    says(&desk, &["check", "flor.toml"], &["cannot read flor.toml", "floor.toml"]);
    says(&desk, &["check"], &["<SCENARIO>"]);
    std::fs::create_dir(desk.path("more")).unwrap();
    std::fs::write(desk.path("more/floor.toml"), FLOOR).unwrap();
    says(&desk, &["check", "floor.toml", "more"], &["same name `floor`", "rename one"]);
    says(&desk, &["check", "floor.toml", "notes.toml", "--against", "floor.toml"], &["--against", "2 are given"]);
}

#[test]
fn baselines_that_are_none() {
    let desk = Desk::new();
    let check = ["check", "floor.toml", "--baseline", "base.json"];
    says(&desk, &check, &["cannot read base.json", "--save-baseline"]);
    for text in [
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"callwright_baseline\": 1}",
        "{\"callwright_baseline\": 1, \"scenarios\": {\"floor\": {}}}",
        "{\"callwright_baseline\": 1, \"scenarios\": {\"floor\": 7}}",
        "{\"callwright_baseline\": 99, \"scenarios\": {}}",
    ] {
        std::fs::write(desk.path("base.json"), text).unwrap();
        says(&desk, &check, &["base.json is not a baseline", "--save-baseline base.json"]);
    }
    std::fs::write(desk.path("base.json"), [0xff, 0xfe]).unwrap();
    says(&desk, &check, &["cannot read base.json"]);
}

#[test]
fn baselines_of_another_scenario() {
    let desk = Desk::new();
    desk.good(&["check", "floor.toml", "-n", "20", "--save-baseline", "base.json"]);
    std::fs::write(desk.path("other.toml"), FLOOR).unwrap();
    says(
        &desk,
        &["check", "other.toml", "--baseline", "base.json"],
        &["does not know the scenario `other`", "it knows floor"],
    );
    std::fs::write(desk.path("floor.toml"), FLOOR.replace("orders", "sales")).unwrap();
    let check = ["check", "floor.toml", "-n", "20", "--baseline", "base.json"];
    says(&desk, &check, &["another scenario", "its queues were orders, now they are sales", "--update-baseline"]);
    let update = [&check[..], &["--update-baseline"]].concat();
    desk.good(&update);
    desk.good(&check);
    std::fs::write(desk.path("floor.toml"), FLOOR.replace("tier1", "desk").replace("orders", "sales")).unwrap();
    says(&desk, &check, &["its teams were tier1, now they are desk"]);
}

#[test]
fn a_kept_scenario_that_can_no_longer_be_read() {
    let desk = Desk::new();
    desk.good(&["check", "floor.toml", "-n", "20", "--save-baseline", "base.json"]);
    let kept = std::fs::read_to_string(desk.path("base.json")).unwrap();
    std::fs::write(desk.path("base.json"), kept.replace("agents = 10", "agents = many")).unwrap();
    says(&desk, &["check", "floor.toml", "--baseline", "base.json"], &["cannot be read", "--update-baseline"]);
    desk.good(&["check", "floor.toml", "-n", "20", "--baseline", "base.json", "--update-baseline"]);
    desk.good(&["check", "floor.toml", "-n", "20", "--baseline", "base.json"]);
}

#[test]
fn flags_that_do_not_go_together_and_places_that_cannot_be_written() {
    let desk = Desk::new();
    says(&desk, &["check", "floor.toml", "--update-baseline"], &["--baseline"]);
    says(&desk, &["check", "floor.toml", "--baseline", "a", "--against", "b"], &["--against"]);
    says(&desk, &["check", "floor.toml", "--save-baseline", "a", "--strict"], &["--strict"]);
    says(&desk, &["check", "floor.toml", "--junit", "nowhere/x.xml"], &["nowhere", "create the folder first"]);
    assert_eq!(desk.names("."), ["floor.toml"]);
}

/// Figures with people and without are not alike, whoever made them.
#[test]
fn a_baseline_that_counts_people_otherwise() {
    let desk = Desk::with("shop.toml", include_str!("../../data/people/floor.toml"));
    let n = ["-n", "5"];
    desk.good(&[&["check", "shop.toml", "--save-baseline", "with.json", "--with-people"], &n[..]].concat());
    desk.good(&[&["check", "shop.toml", "--save-baseline", "without.json"], &n[..]].concat());
    let check = |file: &str, more: &[&str]| {
        [&["check", "shop.toml", "--baseline"], &[file][..], &n, more]
            .concat()
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<String>>()
    };
    let refused = |file: &str, more: &[&str], words: &[&str]| {
        let args = check(file, more);
        says(&desk, &args.iter().map(String::as_str).collect::<Vec<_>>(), words);
    };
    let good = |file: &str, more: &[&str]| {
        let args = check(file, more);
        desk.good(&args.iter().map(String::as_str).collect::<Vec<_>>())
    };
    refused("with.json", &[], &["`shop` was kept in with.json with --with-people", "help: add --with-people"]);
    let words = ["`shop` was kept in without.json without --with-people", "leave --with-people out"];
    refused("without.json", &["--with-people"], &words);
    // A baseline of before says nothing of it: without.
    let text = std::fs::read_to_string(desk.path("without.json")).unwrap();
    let old = text.replace("      \"with_people\": false,\n", "").replace(",\n      \"with_people\": false", "");
    assert!(text != old);
    std::fs::write(desk.path("old.json"), old).unwrap();
    refused("old.json", &["--with-people"], &["old.json without --with-people"]);
    for (file, more) in [("with.json", &["--with-people"][..]), ("without.json", &[]), ("old.json", &[])] {
        let text = good(file, more);
        assert!(text.starts_with("pass") && !text.contains("gives other figures"), "{text}");
    }
    good("old.json", &["--with-people", "--update-baseline"]);
    good("old.json", &["--with-people"]);
    // Where nothing is said of people both are the same.
    let desk = Desk::new();
    desk.good(&["check", "floor.toml", "-n", "5", "--save-baseline", "with.json", "--with-people"]);
    desk.good(&["check", "floor.toml", "-n", "5", "--baseline", "with.json"]);
}
