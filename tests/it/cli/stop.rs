//! Ctrl-C and its like: what is done is kept, and is what a run of that length would have been; where there is nothing
//! to keep, nothing is left.
#![cfg(unix)]

use super::support::{BINARY, Desk, FLOOR, shipped};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Each replication of this floor takes many seconds.
fn slow() -> Desk {
    let floor = FLOOR.replace("[10, 20, 30, 40]", "[100000, 100000, 100000, 100000]");
    Desk::with("floor.toml", &format!("days = 200\n{floor}"))
}

/// A program that has been started and may be sent signals.
struct Running(Child);

impl Running {
    fn start(desk: &Desk, args: &[&str]) -> Self {
        let mut command = Command::new(BINARY);
        command.current_dir(desk.path(".")).args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self(command.spawn().unwrap())
    }

    /// Waits until results are being collected in a folder.
    #[track_caller]
    fn until_it_writes_to(self, desk: &Desk, folder: &str) -> Self {
        let deadline = Instant::now() + Duration::from_secs(60);
        let staging = || desk.names(folder).iter().any(|name| name.starts_with(".callwright-"));
        while !(desk.path(folder).is_dir() && staging()) {
            assert!(Instant::now() < deadline, "it never began to write");
            std::thread::sleep(Duration::from_millis(5));
        }
        // The experiment itself begins right behind.
        std::thread::sleep(Duration::from_millis(100));
        self
    }

    fn signal(self, name: &str) -> Self {
        assert!(Command::new("kill").args([name, &self.0.id().to_string()]).status().unwrap().success());
        std::thread::sleep(Duration::from_millis(100));
        self
    }

    fn end(self) -> Output {
        self.0.wait_with_output().unwrap()
    }
}

#[test]
fn a_plan_that_is_stopped_leaves_nothing() {
    for signal in ["-INT", "-TERM"] {
        let desk = Desk::new();
        // A search that nobody would wait for.
        let args = ["plan", "floor.toml", "-n", "100000", "--out", "new/plan", "--write-agents", "staffed.toml"];
        let output = Running::start(&desk, &args).until_it_writes_to(&desk, "new/plan").signal(signal).end();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(130), 0), "{signal}: {message}");
        assert!(message.ends_with("stopped before the plan was complete: nothing is kept\n"), "{message}");
        assert_eq!(desk.names("."), ["floor.toml"], "{signal}");
    }
}

#[test]
fn a_plan_of_hours_is_begun_only_when_that_is_wanted() {
    let desk = Desk::with("floor.toml", &format!("days = 300\n{FLOOR}"));
    let args = ["plan", "floor.toml", "-n", "10000000", "--out", "plan"];
    let refused = desk.bad(&args);
    assert!(refused.starts_with("this plan will take about "), "{refused}");
    for part in ["add --yes", "fewer --replications (now 10,000,000)", "fewer days (now 300)", "interval (now 30m)"] {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    assert_eq!(desk.names("."), ["floor.toml"]);

    let begun = Running::start(&desk, &[&args[..], &["--yes"]].concat()).until_it_writes_to(&desk, "plan");
    std::thread::sleep(Duration::from_secs(1));
    let output = begun.signal("-INT").end();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with("this plan will take about ") && !message.contains("--yes"), "{message}");
    assert_eq!(output.status.code(), Some(130), "{message}");
}

#[test]
fn a_second_signal_ends_at_once_and_leaves_nothing() {
    for (command, second) in [("run", "-INT"), ("run", "-TERM"), ("plan", "-INT")] {
        let desk = slow();
        std::fs::create_dir(desk.path("kept")).unwrap();
        std::fs::write(desk.path("kept/notes.txt"), "mine").unwrap();
        for folder in ["kept", "new/inside"] {
            let args = [command, "floor.toml", "--threads", "1", "--out", folder];
            let running = Running::start(&desk, &args).until_it_writes_to(&desk, folder).signal("-INT");
            let before = Instant::now();
            let output = running.signal(second).end();
            let message = String::from_utf8(output.stderr).unwrap();
            assert_eq!((output.status.code(), output.stdout.len()), (Some(130), 0), "{args:?}: {message}");
            assert_eq!(message, "stopped at once: nothing is kept\n");
            assert!(before.elapsed() < Duration::from_secs(2), "{:?}", before.elapsed());
        }
        assert_eq!(
            (desk.names("."), desk.names("kept")),
            (vec!["floor.toml".into(), "kept".into()], vec!["notes.txt".into()])
        );
    }
}

#[test]
fn sigterm_keeps_what_is_done() {
    let desk = Desk::new();
    let args = ["run", "floor.toml", "-n", "10000000", "--out", "cut"];
    let output = Running::start(&desk, &args).until_it_writes_to(&desk, "cut").signal("-TERM").end();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("stopped early: "), "{text}");
    assert!(desk.path("cut/summary.json").is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn nohup_outlives_its_terminal() {
    let desk = Desk::new();
    let mut command = Command::new("nohup");
    command.current_dir(desk.path(".")).args([BINARY, "run", "floor.toml", "-n", "10000000", "--out", "cut"]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut running = Running(child).until_it_writes_to(&desk, "cut").signal("-HUP");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(running.0.try_wait().unwrap(), None, "the hang-up has ended it");
    assert_eq!(running.signal("-TERM").end().status.code(), Some(0));
}

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
