//! Each kind of bad input: exit code 2, a place, advice, and nothing written. The language tests hold the words.

use super::support::{Desk, FLOOR};

/// What is replaced in the floor, by what, and what the message must say.
const WRONG: &[(&str, &str, &[&str])] = &[
    ("[queue.orders]", "[queue.orders", &["not valid TOML", "floor.toml:4"]),
    ("patience", "patiense", &["`patiense`", "did you mean `patience`", "floor.toml:7:1"]),
    ("talk = \"4m\"", "talk = 240", &["a time needs a unit", "\"4m\"", "floor.toml:6:8"]),
    ("\"80/20\"", "80", &["\"80%\" or 0.8"]),
    ("agents = 10", "agents = -1", &["-1 is out of range"]),
    ("[10, 20, 30, 40]", "[10, 20, 30, nan]", &["not a finite number"]),
    ("[10, 20, 30, 40]", "[10, 20, 30]", &["3 entries", "needs 4"]),
    ("{ per_interval = [10, 20, 30, 40] }", "{ csv = \"none.csv\" }", &["none.csv", "relative to the scenario file"]),
    ("skills = { orders = 1 }", "skills = { oders = 1 }", &["no team is skilled for queue `orders`", "did you mean"]),
    ("interval = \"30m\"", "interval = \"25m\"", &["does not divide an hour"]),
    ("\"08:00-10:00\"", "{ mon-fri = \"08:00-10:00\", wed = \"09:00-10:00\" }", &["wed is in two groups"]),
    ("agents = 10", "agents = 10\npriority = 2", &["`priority` belongs to [queue.NAME]"]),
];

#[test]
fn a_wrong_scenario_is_refused_by_every_command_and_leaves_nothing() {
    for (right, wrong, words) in WRONG {
        assert!(FLOOR.contains(right), "{right}");
        let desk = Desk::with("floor.toml", &FLOOR.replacen(right, wrong, 1));
        for args in [
            &["run", "floor.toml"][..],
            &["run", "floor.toml", "--json"],
            &["run", "floor.toml", "--out", "results"],
            &["validate", "floor.toml"],
            &["validate", "floor.toml", "--explain"],
        ] {
            let message = desk.bad(args);
            for word in *words {
                assert!(message.contains(word), "{args:?} with {wrong:?} should say {word:?}:\n{message}");
            }
        }
        assert_eq!(desk.names("."), ["floor.toml"], "{wrong}");
    }
}

#[test]
fn all_problems_come_at_once() {
    let floor = FLOOR.replace("talk = \"4m\"", "talk = 240").replace("agents = 10", "agents = -1");
    let message = Desk::with("floor.toml", &floor).bad(&["run", "floor.toml"]);
    assert_eq!(message.matches("error: ").count(), 2, "{message}");
}

#[test]
fn csv_problems_name_row_and_column() {
    let desk = Desk::with("floor.toml", &FLOOR.replace("{ per_interval = [10, 20, 30, 40] }", "{ csv = \"v.csv\" }"));
    for (csv, words) in [
        ("start,orders\n08:00,1\n08:30,2\n09:00,x\n09:30,4\n", &["v.csv", "4", "orders"][..]),
        ("start,calls\n08:00,1\n08:30,2\n09:00,3\n09:30,4\n", &["no column `orders`", "calls"]),
        ("start,orders\n08:00,1\n08:30,2\n09:00,3\n", &["09:30"]),
    ] {
        std::fs::write(desk.path("v.csv"), csv).unwrap();
        let message = desk.bad(&["run", "floor.toml", "--out", "results"]);
        for word in words {
            assert!(message.contains(word), "should say {word:?}:\n{message}");
        }
    }
    assert_eq!(desk.names("."), ["floor.toml", "v.csv"]);
}

#[test]
fn a_set_that_leads_nowhere_is_refused() {
    let desk = Desk::new();
    let message = desk.bad(&["run", "floor.toml", "--set", "team.tier1.agnets=3"]);
    assert!(message.contains("did you mean `agents`?"), "{message}");
    assert!(desk.bad(&["run", "floor.toml", "--set", "team.tier9.agents=3"]).contains("tier1"));
    assert!(desk.bad(&["run", "floor.toml", "--set", "agents"]).contains("="));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let desk = Desk::new();
    std::fs::write(desk.path("sunday.toml"), "").unwrap();
    let near = desk.bad(&["run", "flor.toml"]);
    for part in [
        "cannot read flor.toml",
        "did you mean floor.toml?",
        "scenario files in this folder: sunday.toml",
        "callwright init flor.toml",
    ] {
        assert!(near.contains(part), "{part}: {near}");
    }
    std::fs::create_dir(desk.path("none here")).unwrap();
    let alone = desk.bad(&["run", "none here/x.toml"]);
    assert!(alone.contains("callwright init 'none here/x.toml'") && !alone.contains("scenario files"), "{alone}");
    assert!(desk.bad(&["run", "."]).contains("it is a folder"));
}

#[test]
fn a_flag_out_of_range_is_shown_as_it_was_written() {
    let desk = Desk::new();
    for (command, short, least) in [("run", "-n", 1), ("plan", "--replications", 2)] {
        let message = desk.bad(&[command, "floor.toml", short, "0"]);
        assert!(message.contains(&format!("0 is out of range; allowed: {least} to 10000000")), "{message}");
        assert!(message.contains("command line:1:16") && message.contains("| --replications 0\n"), "{message}");
    }
    let message = desk.bad(&["run", "floor.toml", "--seed", "9223372036854775808", "--set", "run.seed=1"]);
    assert!(message.contains("| --seed 9223372036854775808\n"), "{message}");
}

/// Larger than memory or patience allow: refused at once, with what to change.
#[test]
fn floors_that_are_too_large_are_refused_with_a_reason() {
    let desk = Desk::new();
    for sets in [
        &["days=3660", "run.replications=10000000"][..],
        &["team.tier1.agents=300000"],
        &["queue.orders.volume={per_hour=10000000}", "days=365"],
    ] {
        let mut args = vec!["run", "floor.toml"];
        args.extend(sets.iter().flat_map(|set| ["--set", set]));
        let message = desk.bad(&args);
        assert!(message.contains("at most") || message.contains("allowed: "), "{sets:?}:\n{message}");
    }
}

/// Ten thousand agents, a year of days, hundreds of queues: no problem.
#[test]
fn large_floors_run() {
    let desk = Desk::new();
    desk.good(&["run", "floor.toml", "-n", "1", "--set", "days=365", "-q"]);
    let busy = ["--set", "team.tier1.agents=10000", "--set", "queue.orders.volume={per_hour=120000}"];
    desk.good(&[&["run", "floor.toml", "-n", "1", "-q"][..], &busy].concat());
    let queues: String = (0..200)
        .map(|i| format!("[queue.q{i}]\nvolume = {{ per_hour = 9 }}\ntalk = \"4m\"\npatience = \"3m\"\n"))
        .chain((0..200).map(|i| format!("[team.t{i}]\nagents = 2\nskills = {{ q{i} = 1, q{} = 2 }}\n", (i + 1) % 200)))
        .collect();
    std::fs::write(desk.path("many.toml"), format!("interval = \"30m\"\nopen = \"08:00-10:00\"\n{queues}")).unwrap();
    desk.good(&["run", "many.toml", "-n", "2", "-q"]);
}
