//! `run --checkpoint`: cut off at any moment and started again, a run ends with the bytes it would have ended with.

use std::path::Path;

use crate::cli::support::{BINARY, Desk, FLOOR};

/// Everything in a folder but what a program that was killed could not take away.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// A floor with whatever the sums have room for: goals, redials, people by name, two queues, two days.
const MIXED: &str = r#"interval = "1h"
open = "08:00-12:00"
days = 2
lines = 30

[queue.calls]
volume = { per_interval = [40, 60, 50, 40] }
talk = { mean = "4m", cv = 0.8 }
patience = "2m"
day_cv = 0.1
goal = { service_level = "80/20", abandon = "5%" }
callers = { redial = { probability = 0.4, after = "10m", attempts = 2 } }

[queue.mail]
channel = "email"
volume = { per_hour = 6 }
talk = "5m"
goal = { service_level = "90% in 2h" }

[team.front]
agents = 4
skills = { calls = 1 }
cost_per_hour = 20.0

[team.back]
shifts = [{ start = "08:00", length = "4h", agents = 3 }]
skills = { calls = 2, mail = 1 }
cost_per_hour = 25.0
shrinkage = { unplanned = "10%" }
"#;

/// Killed again and again, each time a little later, until a run ends by itself.
#[cfg(unix)]
#[test]
fn a_killed_run_ends_with_the_same_bytes() {
    use std::process::{Command, Stdio};
    use std::time::Duration;
    for (threads, first) in [("1", 250), ("8", 400)] {
        let desk = Desk::with("floor.toml", MIXED);
        let args = ["run", "floor.toml", "-n", "4750", "-q", "--threads", threads, "--out"];
        desk.good(&[&args[..], &["whole"]].concat());
        let kept = [&args[..], &["cut", "--checkpoint", "run.ckpt"]].concat();
        let (mut pause, mut kills, mut after_some) = (first, 0, 0);
        loop {
            let mut command = Command::new(BINARY);
            let child = command.current_dir(desk.path(".")).args(&kept).stdout(Stdio::null()).stderr(Stdio::piped());
            let mut child = child.spawn().unwrap();
            std::thread::sleep(Duration::from_millis(pause));
            if child.try_wait().unwrap().is_some() {
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            (pause, kills) = (pause * 3 / 2, kills + 1);
            after_some += u32::from(desk.path("run.ckpt").exists());
            assert!(kills < 60, "it never comes to an end");
        }
        assert!(after_some >= 1, "killed {kills} times, but never with something done");
        // The last one may still have been at work when it was found dead; once more nothing is left to do.
        desk.good(&kept);
        assert_eq!(contents(&desk.path("cut")), contents(&desk.path("whole")), "{threads} threads, {kills} kills");
        assert!(!desk.path("run.ckpt.new").exists());
    }
}

#[test]
fn a_run_goes_on_where_a_shorter_one_ended() {
    let desk = Desk::with("floor.toml", MIXED);
    let run = |n: &str, more: &[&str]| desk.good(&[&["run", "floor.toml", "-q", "-n", n], more].concat());
    run("130", &["--checkpoint", "run.ckpt", "--out", "first", "--threads", "1"]);
    run("130", &["--out", "other"]);
    assert_eq!(contents(&desk.path("first")), contents(&desk.path("other")));
    run("350", &["--checkpoint", "run.ckpt", "--out", "longer", "--threads", "8"]);
    run("350", &["--out", "whole"]);
    assert_eq!(contents(&desk.path("longer")), contents(&desk.path("whole")));
}

#[test]
fn precision_is_looked_at_where_it_was_left() {
    let desk = Desk::new();
    let precise = ["run", "floor.toml", "--precision", "1%", "--checkpoint", "run.ckpt", "--json"];
    let first = desk.good(&precise);
    assert_eq!(first, desk.good(&precise), "done is done");
    std::fs::remove_file(desk.path("run.ckpt")).unwrap();
    desk.good(&["run", "floor.toml", "-n", "100", "--checkpoint", "run.ckpt", "-q"]);
    assert_eq!(first, desk.good(&precise));
}

#[test]
fn a_checkpoint_that_does_not_fit_is_refused_and_left_alone() {
    let desk = Desk::new();
    let run = ["run", "floor.toml", "-q", "--checkpoint", "run.ckpt"];
    desk.good(&[&run[..], &["-n", "120"]].concat());
    let kept = std::fs::read(desk.path("run.ckpt")).unwrap();
    let refused = |change: &dyn Fn(&mut Vec<u8>), more: &[&str], words: &[&str]| {
        let mut bytes = kept.clone();
        change(&mut bytes);
        std::fs::write(desk.path("run.ckpt"), &bytes).unwrap();
        let message = desk.bad(&[&run[..], more].concat());
        assert!(message.contains("cannot go on from run.ckpt: "), "{message}");
        assert!(words.iter().all(|word| message.contains(word)), "{words:?}: {message}");
        assert_eq!(std::fs::read(desk.path("run.ckpt")).unwrap(), bytes, "it is left alone");
    };
    let as_it_is: &dyn Fn(&mut Vec<u8>) = &|_| ();
    refused(as_it_is, &["--seed", "2"], &["with seed 1, this is", "with seed 2", "remove it"]);
    refused(as_it_is, &["--set", "team.tier1.agents=11"], &["whose values were others"]);
    refused(as_it_is, &["--control-variates"], &["control variates"]);
    refused(as_it_is, &["--out", "new"], &["begun without --out"]);
    assert!(!desk.path("new").exists());
    refused(as_it_is, &["-n", "90"], &["120 replications, more than the 90"]);
    refused(&|bytes| bytes.truncate(bytes.len() / 2), &[], &["damaged or incomplete"]);
    refused(&|bytes| bytes.truncate(30), &[], &["damaged or incomplete"]);
    refused(&|bytes| bytes.clear(), &[], &["no checkpoint of callwright"]);
    refused(&|bytes| *bytes = FLOOR.into(), &[], &["no checkpoint of callwright"]);
    // Any byte, wherever it stands.
    for step in 1..20 {
        refused(
            &|bytes| {
                let at = bytes.len() * step / 20;
                bytes[at] ^= 1
            },
            &[],
            &["damaged or incomplete"],
        );
    }
    let head = |from: &str, to: &str| {
        let text = |bytes: &mut Vec<u8>| {
            let at = bytes.windows(from.len()).position(|w| w == from.as_bytes()).unwrap();
            bytes.splice(at..at + from.len(), to.bytes());
        };
        refused(&text, &[], &["form 9, which this version"]);
    };
    head("checkpoint 1\n", "checkpoint 9\n");
    std::fs::write(desk.path("run.ckpt"), &kept).unwrap();
    desk.good(&run);
    // Not even read.
    std::fs::create_dir(desk.path("folder")).unwrap();
    for file in ["folder", "nowhere/run.ckpt"] {
        let message = desk.bad(&["run", "floor.toml", "-q", "--checkpoint", file]);
        assert!(message.contains("cannot write") && message.contains(file), "{message}");
    }
}

/// A checkpoint of another version that is otherwise all right: only its version is another.
#[test]
fn another_version_starts_anew() {
    use callwright::experiment::Checkpoint;
    let desk = Desk::new();
    desk.good(&["run", "floor.toml", "-n", "100", "-q", "--checkpoint", "run.ckpt"]);
    let bytes = std::fs::read(desk.path("run.ckpt")).unwrap();
    assert_eq!(Checkpoint::from_bytes(&bytes).unwrap().replications, 100);
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    let at = bytes.windows(version.len()).position(|w| w == version.as_bytes()).expect("the version stands in it");
    let mut other = bytes[..bytes.len() - 16].to_vec();
    other.splice(at..at + version.len(), "\"version\":\"9.9.9\"".bytes());
    let mut sum = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for byte in &other {
        sum = (sum ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    other.extend(sum.to_be_bytes());
    std::fs::write(desk.path("run.ckpt"), other).unwrap();
    let message = desk.bad(&["run", "floor.toml", "-n", "100", "--checkpoint", "run.ckpt"]);
    assert!(
        message.contains("written by callwright 9.9.9") && message.contains("remove it to start anew"),
        "{message}"
    );
}
