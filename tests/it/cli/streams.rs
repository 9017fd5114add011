//! What goes where: standard output for results, standard error for the rest, no colour in pipes, any thread count.

use super::support::{BINARY, Desk, shipped};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

#[test]
fn json_is_all_there_is_on_standard_output() {
    let desk = Desk::new();
    let out = desk.good(&["run", "floor.toml", "-n", "5", "--json"]);
    let summary: serde_json::Value = serde_json::from_str(&out).expect("one JSON value and nothing else");
    for key in ["mean", "half_width", "p05", "p95"] {
        assert!(summary["queues"]["orders"]["service_level"].get(key).is_some(), "{key}");
        assert!(summary["total"]["abandon_rate"].get(key).is_some(), "{key}");
        assert!(summary["teams"]["tier1"]["occupancy"].get(key).is_some(), "{key}");
    }
    assert!(summary["run"]["contacts"].as_u64().is_some_and(|n| n > 0));
    assert_eq!(summary["run"]["replications"], 5);
    // Undefined is null: one replication has no interval.
    let one: serde_json::Value = serde_json::from_str(&desk.good(&["run", "floor.toml", "-n", "1", "--json"])).unwrap();
    assert!(one["queues"]["orders"]["service_level"]["half_width"].is_null());
}

#[test]
fn warnings_go_to_standard_error() {
    let desk = Desk::new();
    let (code, out, err) = desk.run(&["run", "floor.toml", "-n", "2", "--json", "--set", "team.tier1.agents=0"]);
    assert_eq!(code, 0);
    assert!(err.starts_with("warning: "), "{err}");
    serde_json::from_str::<serde_json::Value>(&out).expect("JSON only");
}

#[test]
fn pipes_get_neither_colour_nor_a_progress_bar() {
    let desk = Desk::new();
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "xterm-256color")] {
        let output = desk.command(&["run", "floor.toml", "-n", "50"]).env(name, value).output().unwrap();
        assert!(!output.stdout.contains(&0x1b), "{name}");
        assert_eq!(output.stderr, b"", "{name}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = Command::new(BINARY)
        .args(["validate", "--schema"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let mut message = String::new();
    child.stderr.take().unwrap().read_to_string(&mut message).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!((first.as_str(), message.as_str()), ("{\n", ""));
}

/// Text, JSON, CSV and SVG; PNG too on one machine.
#[test]
fn every_byte_is_the_same_for_1_2_and_8_threads() {
    let desk = Desk::new();
    let file = shipped("retail-support.toml");
    let results = |threads: &str| {
        let args = ["run", file.to_str().unwrap(), "-n", "70", "--threads", threads, "--out", "out"];
        let text = desk.good(&args);
        let files = desk.names("out").into_iter().map(|name| {
            let bytes = std::fs::read(desk.path("out").join(&name)).unwrap();
            (name, bytes)
        });
        (text, files.collect::<Vec<_>>())
    };
    let one = results("1");
    for threads in ["2", "8"] {
        let other = results(threads);
        assert_eq!(one.0, other.0, "text with {threads} threads");
        for (a, b) in one.1.iter().zip(&other.1) {
            assert!(a == b, "{} with {threads} threads", a.0);
        }
    }
}
