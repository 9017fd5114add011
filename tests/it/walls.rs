//! The rooms of the house import in one direction only, and some crates stay in one room.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Room, and the rooms of this crate it may import.
const ROOMS: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("error", &["scenario"]),
    ("stats", &[]),
    ("special", &[]),
    ("erlang", &["special", "units", "error"]),
    ("people", &["special"]),
    ("scenario", &["people", "special", "units", "error"]),
    ("model", &["scenario", "people", "special", "units", "error"]),
    ("engine", &["model", "scenario", "people", "special", "units"]),
    ("experiment", &["engine", "model", "scenario", "people", "stats", "units", "error"]),
    ("planner", &["erlang", "people", "experiment", "engine", "model", "scenario", "stats", "units", "error"]),
    ("check", &["experiment", "engine", "scenario", "stats", "error"]),
    (
        "report",
        &["check", "people", "planner", "experiment", "engine", "erlang", "scenario", "stats", "units", "error"],
    ),
    (
        "cli",
        &[
            "report",
            "check",
            "planner",
            "experiment",
            "engine",
            "erlang",
            "model",
            "people",
            "scenario",
            "stats",
            "units",
            "error",
        ],
    ),
];

/// Crate, and the only rooms that may use it.
const CRATES: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("rayon", &["experiment"]),
    ("indicatif", &["cli"]),
    ("ctrlc", &["cli"]),
    ("nix", &["cli"]),
    ("csv", &["report", "scenario", "cli"]),
    ("plotters", &["report"]),
    ("resvg", &["report"]),
    ("toml", &["scenario"]),
    ("toml_edit", &["scenario"]),
    ("annotate_snippets", &["scenario"]),
    ("jiff", &["scenario"]),
];

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("src is there").map(|e| e.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(sources(&entry));
        } else if entry.extension().is_some_and(|e| e == "rs") {
            found.push(entry);
        }
    }
    found
}

/// (room, file, line) for every line of code outside comments.
fn lines() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    for file in sources(&src) {
        let inside = file.strip_prefix(&src).expect("found there").to_owned();
        let room = inside.iter().next().expect("a name").to_string_lossy().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&file).expect("readable");
        let code = text.lines().filter(|l| !l.trim_start().starts_with("//"));
        all.extend(code.map(|line| (room.clone(), inside.clone(), line.to_owned())));
    }
    all
}

#[test]
fn imports_point_one_way() {
    let mut seen = BTreeSet::new();
    for (room, file, line) in lines() {
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            assert!(
                ["lib", "main"].contains(&room.as_str()),
                "src/{room} is no room of the house: add it to the table"
            );
            continue;
        };
        seen.insert(room.clone());
        for (name, _) in ROOMS.iter().filter(|(name, _)| *name != room) {
            if line.contains(&format!("crate::{name}::")) || line.contains(&format!("use crate::{name};")) {
                assert!(allowed.contains(name), "{} may not import {name}: {line}", file.display());
            }
        }
    }
    assert_eq!(seen.len(), ROOMS.len(), "every room of the table exists");
}

#[test]
fn some_crates_stay_in_their_room() {
    for (room, file, line) in lines() {
        for (name, rooms) in CRATES {
            let used = line.contains(&format!("use {name}::")) || line.contains(&format!(" {name}::"));
            assert!(!used || rooms.contains(&room.as_str()), "{} may not use {name}: {line}", file.display());
        }
    }
}
