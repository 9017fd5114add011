//! In which values two scenarios differ.

use callwright::scenario::{Change, Request, differences, load};
use std::path::{Path, PathBuf};

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

/// The changes that `--set` makes.
fn changes(name: &str, sets: &[&str]) -> Vec<Change> {
    let a = load(&Request::file(shipped(name))).unwrap();
    let b = load(&sets.iter().fold(Request::file(shipped(name)), |r, set| r.set(*set))).unwrap();
    differences(&a, &b)
}

/// "path: from -> to".
fn lines(changes: &[Change]) -> Vec<String> {
    let side = |of: &Option<String>| of.clone().unwrap_or_else(|| "-".into());
    changes.iter().map(|c| format!("{}: {} -> {}", c.path, side(&c.from), side(&c.to))).collect()
}

#[test]
fn values_are_told_with_their_paths() {
    let sets = ["team.agents.agents=+3", "queue.calls.patience=90s", "queue.calls.goal.abandon=4%"];
    assert_eq!(
        lines(&changes("single-queue.toml", &sets)),
        ["queue.calls.patience.mean: 2m -> 1m30s", "queue.calls.goal.abandon: - -> 4%", "team.agents.agents: 80 -> 83"]
    );
}

#[test]
fn an_entry_of_a_list_has_its_number() {
    let sets = ["team.helpdesk.shifts[1].agents=5", "run.seed=9", "run.replications=3", "name=x", "plan.evidence=90%"];
    assert_eq!(lines(&changes("helpdesk.toml", &sets)), ["team.helpdesk.shifts[1].agents: 3 -> 5"]);
}

#[test]
fn many_numbers_are_told_by_their_total() {
    let list = (1..=48).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
    let set = format!("queue.calls.volume={{ per_interval = [{list}] }}");
    let found = lines(&changes("single-queue.toml", &[&set, "team.agents.agents=80"]));
    assert!(found.iter().any(|line| line.ends_with("per_interval: - -> 48 values, total 1176")), "{found:?}");
}

#[test]
fn the_same_has_no_changes() {
    for name in ["helpdesk.toml", "retail-support.toml", "chat-and-email.toml", "night-shift.toml"] {
        assert_eq!(changes(name, &[]), []);
    }
}
