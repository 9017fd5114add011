//! The command: its screen, its files, what it refuses.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::cli::support::{BINARY, Desk, FLOOR};

/// A desk with the floor, and the same floor with a change in `other.toml`.
fn desk(from: &str, to: &str) -> Desk {
    let desk = Desk::new();
    assert!(FLOOR.contains(from), "{from}");
    std::fs::write(desk.path("other.toml"), FLOOR.replacen(from, to, 1)).unwrap();
    desk
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_screen_shows_changes_differences_and_verdicts() {
    let text = desk("agents = 10", "agents = 7").good(&["compare", "floor.toml", "other.toml", "-n", "100"]);
    assert_eq!(text, include_str!("screen.txt"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

/// The screen in the README is the screen of the command above it.
#[test]
fn the_readme_shows_what_the_command_prints() {
    let root = env!("CARGO_MANIFEST_DIR");
    let args = ["compare", "scenarios/helpdesk.toml", "--set", "team.helpdesk.shifts[0].agents=+1"];
    let output = std::process::Command::new(BINARY).current_dir(root).args(args).output().unwrap();
    let screen = String::from_utf8(output.stdout).unwrap();
    let readme = std::fs::read_to_string(format!("{root}/README.md")).unwrap();
    let shown = readme.split("```text\nA  IT helpdesk").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(format!("A  IT helpdesk{shown}"), screen);
}

#[test]
fn a_change_by_set_is_that_of_a_file() {
    let desk = desk("agents = 10", "agents = 12");
    let figures = |args: &[&str]| {
        let args = [&["compare", "floor.toml", "-n", "40", "--json"], args].concat();
        json(&desk.good(&args))["comparisons"].clone()
    };
    assert_eq!(figures(&["other.toml"]), figures(&["--set", "team.tier1.agents=12"]));
    assert_eq!(figures(&["other.toml"]), figures(&["--set", "team.tier1.agents=+2", "--threads", "1"]));
}

#[test]
fn a_scenario_is_like_its_copy() {
    let text = desk("agents = 10", "agents = 10").good(&["compare", "floor.toml", "other.toml", "-n", "30", "--all"]);
    assert!(text.contains("nothing: A and B say the same") && text.contains("B is like A in every figure"), "{text}");
    assert!(!text.contains("better") && !text.contains("worse") && text.contains("0.0 ±0.0  alike"), "{text}");
}

#[test]
fn what_a_plan_or_a_verdict_has_to_show_changes_nothing_on_the_floor() {
    let desk = Desk::new();
    let also = "\n[check]\nalpha = \"5%\"\ntimes = \"9s\"\n[plan]\ndays = \"90%\"\n";
    std::fs::write(desk.path("other.toml"), format!("name = \"other\"\n{FLOOR}{also}")).unwrap();
    let text = desk.good(&["compare", "floor.toml", "other.toml", "-n", "20"]);
    assert!(text.contains("CHANGED  nothing: A and B say the same"), "{text}");
}

#[test]
fn a_warning_is_shown_once() {
    let floor = FLOOR.replace("[queue.orders]", "[queue.orders]\narrivals = \"fixed\"\nday_cv = 0.1");
    let desk = Desk::with("floor.toml", &floor);
    let compare = |set: &str| desk.run(&["compare", "floor.toml", "-n", "5", "-q", "--set", set]).2;
    assert_eq!(compare("team.tier1.agents=+1").matches("warning").count(), 1, "{}", compare("team.tier1.agents=+1"));
    // One that the change brings is not lost.
    let fine = Desk::new();
    let args = [
        "compare",
        "floor.toml",
        "-n",
        "5",
        "-q",
        "--set",
        "queue.orders.arrivals=fixed",
        "--set",
        "queue.orders.day_cv=0.1",
    ];
    assert_eq!(fine.run(&args).2.matches("warning").count(), 1);
}

#[test]
fn one_seed_and_length_are_used_for_all_and_that_is_said() {
    let desk = desk("agents = 10\n", "agents = 12\n");
    let other = std::fs::read_to_string(desk.path("other.toml")).unwrap();
    std::fs::write(desk.path("other.toml"), other + "\n[run]\nseed = 7\nreplications = 12\n").unwrap();
    let text = desk.good(&["compare", "floor.toml", "other.toml"]);
    assert!(text.contains("200 simulated days of each, seed 1, with the same callers"), "{text}");
    assert!(text.contains("other.toml states seed 7 and 12 replications: those of the baseline are used"), "{text}");
    let text = desk.good(&["compare", "floor.toml", "other.toml", "-n", "9", "--seed", "3"]);
    assert!(text.contains("9 simulated days of each, seed 3") && !text.contains("states"), "{text}");
}

#[test]
fn what_has_another_name_is_listed_and_not_compared() {
    let desk = Desk::new();
    std::fs::write(desk.path("other.toml"), FLOOR.replace("orders", "sales")).unwrap();
    let text = desk.good(&["compare", "floor.toml", "other.toml", "-n", "20"]);
    for words in ["Only in A, in the figures of all but not by itself: queue orders.", "Only in B", "all queues"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("with the same callers"), "{text}");
}

#[test]
fn another_way_to_measure_is_said() {
    let text = desk("80/20", "80/60").good(&["compare", "floor.toml", "other.toml", "-n", "20"]);
    assert!(text.contains("SL of orders is not the same figure: A answered within 20 s / offered"), "{text}");
    assert!(text.contains("days met: each floor by its own goals."), "{text}");
}

#[test]
fn several_scenarios_are_each_compared_with_the_first() {
    let desk = desk("agents = 10", "agents = 12");
    std::fs::write(desk.path("third.toml"), FLOOR.replace("agents = 10", "agents = 9")).unwrap();
    let text = desk.good(&["compare", "floor.toml", "other.toml", "third.toml", "-n", "50"]);
    assert!(text.contains("B against A: better: SL of orders"), "{text}");
    assert!(text.contains("C against A: ") && text.contains("team.tier1.agents  10 -> 9"), "{text}");
    let alone = json(&desk.good(&["compare", "floor.toml", "third.toml", "-n", "50", "--json"]));
    let all = json(&desk.good(&["compare", "floor.toml", "other.toml", "third.toml", "-n", "50", "--json"]));
    let level = |of: &Value, index: usize| of["comparisons"][index]["scopes"][0]["metrics"]["service_level"].clone();
    assert_eq!(level(&alone, 0)["half_width"], level(&all, 1)["half_width"]);
}

#[test]
fn one_replication_has_no_verdict() {
    let text = desk("agents = 10", "agents = 12").good(&["compare", "floor.toml", "other.toml", "-n", "1"]);
    assert!(text.contains("One replication says nothing about B against A") && !text.contains("EVIDENCE"), "{text}");
}

#[test]
fn bad_use_is_refused_with_advice_and_leaves_nothing() {
    let desk = desk("agents = 10", "agents = 12");
    std::fs::create_dir(desk.path("sub")).unwrap();
    for (args, words) in [
        (&[][..], &["<SCENARIO>"][..]),
        (&["floor.toml"], &["nothing to be compared with", "--set team.NAME.agents=+1"]),
        (&["floor.toml", "floor.toml"], &["floor.toml is named twice", "--set"]),
        (&["floor.toml", "sub/../floor.toml"], &["is named twice"]),
        (&["floor.toml", "other.toml", "--set", "team.tier1.agents=3"], &["--set goes with one scenario", "extends"]),
        (&["floor.toml", "none.toml"], &["none.toml"]),
        (&["floor.toml", "--set", "queue.sales.patience=2m"], &["there is no queue named `sales`"]),
        (&["floor.toml", "--set", "team.tier1.agents=-99"], &["agents"]),
        (&["floor.toml", "other.toml", "-n", "0"], &["allowed: 1 to"]),
    ] {
        let message = desk.bad(&[&["compare"], args, &["--out", "results"]].concat());
        assert!(words.iter().all(|word| message.contains(word)), "{args:?} should say {words:?}:\n{message}");
    }
    let many: Vec<String> = (0..11).map(|n| format!("{n}.toml")).collect();
    let args: Vec<&str> = ["compare"].into_iter().chain(many.iter().map(String::as_str)).collect();
    assert!(desk.bad(&args).contains("11 scenarios are too many: allowed: 2 to 10"));
    assert_eq!(desk.names("."), ["floor.toml", "other.toml", "sub"]);
}

#[test]
fn quiet_prints_nothing_and_the_files_do_not_depend_on_threads() {
    let desk = desk("agents = 10", "agents = 12");
    let write = |out: &str, threads: &str| {
        let args = ["compare", "floor.toml", "other.toml", "-n", "40", "-q", "--out", out, "--threads", threads];
        assert_eq!(desk.good(&args), "");
        desk.names(out)
            .into_iter()
            .map(|name| (name.clone(), std::fs::read(desk.path(out).join(name)).unwrap()))
            .collect::<BTreeMap<_, _>>()
    };
    let one = write("one", "1");
    assert_eq!(one.keys().collect::<Vec<_>>(), ["compare.csv", "compare.json", "compare.svg"]);
    assert_eq!(one, write("four", "4"));
}

#[test]
fn the_table_has_one_row_per_floor_scope_and_metric() {
    let desk = desk("agents = 10", "agents = 12");
    desk.good(&["compare", "floor.toml", "other.toml", "-n", "40", "--out", "out"]);
    let mut reader = csv::Reader::from_path(desk.path("out/compare.csv")).unwrap();
    let column = |reader: &mut csv::Reader<_>, name: &str| {
        reader.headers().unwrap().iter().position(|header| header == name).unwrap_or_else(|| panic!("{name}"))
    };
    let [value, difference] = ["value", "difference"].map(|name| column(&mut reader, name));
    let mut values: BTreeMap<(String, String, String), Vec<(String, String)>> = BTreeMap::new();
    for row in reader.records().map(Result::unwrap) {
        let key = [2, 3, 4].map(|index| row[index].to_owned());
        values.entry(key.into()).or_default().push((row[value].to_owned(), row[difference].to_owned()));
    }
    assert!(values.values().all(|rows| rows.len() == 2), "each floor once");
    let level = &values[&("queue".into(), "orders".into(), "service_level".into())];
    let number = |text: &str| text.parse::<f64>().unwrap();
    assert_eq!(level[0].1, "", "the baseline has no difference");
    assert!((number(&level[1].0) - number(&level[0].0) - number(&level[1].1)).abs() < 1e-8);
}

/// The same error from the files that `run` leaves, replication by replication.
#[test]
fn the_error_of_a_mean_is_that_of_the_rows_of_replications_csv() {
    let desk = desk("agents = 10", "agents = 11");
    let days = |file: &str| -> Vec<f64> {
        desk.good(&["run", file, "-n", "60", "-q", "--out", "runs"]);
        let mut reader = csv::Reader::from_path(desk.path("runs/replications.csv")).unwrap();
        let abandoned = reader.headers().unwrap().iter().position(|h| h == "abandoned").unwrap();
        let rows = reader.records().map(Result::unwrap).filter(|row| &row[3] == "queue");
        rows.map(|row| row[abandoned].parse().unwrap()).collect()
    };
    let differences: Vec<f64> = days("other.toml").iter().zip(days("floor.toml")).map(|(b, a)| b - a).collect();
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let squares: f64 = differences.iter().map(|d| (d - mean) * (d - mean)).sum();
    let half_width = (squares / (n - 1.0) / n).sqrt() * callwright::stats::student_95(59);
    let found = json(&desk.good(&["compare", "floor.toml", "other.toml", "-n", "60", "--json"]));
    let found = &found["comparisons"][0]["scopes"][1]["metrics"]["abandoned"];
    assert!((found["difference"].as_f64().unwrap() / mean - 1.0).abs() < 1e-7, "{found} {mean}");
    assert!((found["half_width"].as_f64().unwrap() / half_width - 1.0).abs() < 1e-7, "{found} {half_width}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_whole_pairs_or_nothing() {
    use std::process::{Command, Stdio};
    use std::time::Duration;
    let desk = desk("agents = 10", "agents = 12");
    let args = ["compare", "floor.toml", "other.toml", "-n", "5000000", "-q", "--out", "out"];
    let child = Command::new(BINARY).current_dir(desk.path(".")).args(args).stderr(Stdio::piped()).spawn().unwrap();
    let deadline = std::time::Instant::now() + Duration::from_secs(60);
    while !desk.path("out").is_dir() || desk.names("out").is_empty() {
        assert!(std::time::Instant::now() < deadline, "it never began to write");
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(500));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{message}");
    assert!(message.contains("of 5000000 replications kept"), "{message}");
    let run = json(&std::fs::read_to_string(desk.path("out/compare.json")).unwrap())["run"].clone();
    assert!(run["replications"].as_u64().unwrap() < run["requested"].as_u64().unwrap(), "{run}");
}
