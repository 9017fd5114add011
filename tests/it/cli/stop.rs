//! Ctrl-C: what is done is kept, and is what a run of that length would have been.
#![cfg(unix)]

use super::support::{BINARY, Desk, shipped};
use std::process::{Command, Stdio};
use std::time::Duration;

#[test]
fn ctrl_c_keeps_what_is_done() {
    let desk = Desk::new();
    let file = shipped("helpdesk.toml");
    let child = Command::new(BINARY)
        .current_dir(desk.path("."))
        .args(["run", file.to_str().unwrap(), "-n", "10000000", "--out", "cut"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(700));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("stopped early: ") && text.contains(" of 10,000,000 replications kept"), "{text}");

    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    let summary = |name: &str| serde_json::from_str::<serde_json::Value>(&read(name)).unwrap();
    let cut = summary("cut/summary.json");
    let kept = cut["run"]["replications"].as_u64().unwrap();
    assert_eq!(read("cut/replications.csv").lines().count() as u64, 1 + 2 * kept, "a row per queue, and the total");

    desk.good(&["run", file.to_str().unwrap(), "-n", &kept.to_string(), "--out", "whole", "-q"]);
    for name in desk.names("whole") {
        if name == "summary.json" {
            for part in ["queues", "teams", "goals", "need", "beside"] {
                assert_eq!(cut[part], summary("whole/summary.json")[part], "{part}");
            }
        } else {
            let same = std::fs::read(desk.path("cut").join(&name)).unwrap()
                == std::fs::read(desk.path("whole").join(&name)).unwrap();
            assert!(same, "{name} of the run cut short");
        }
    }
    assert_eq!(desk.names("cut"), desk.names("whole"), "nothing else is left behind");
}
