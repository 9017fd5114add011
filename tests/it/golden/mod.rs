//! Outputs as they were: the text, JSON and CSV of two scenarios, 20 replications, seed 1.
//!
//! JSON is compared key by key and CSV column by column, by name: what a later version appends does not matter, what
//! it changes does. A difference is value-breaking and belongs into the change log. With `CALLWRIGHT_BLESS=1` the
//! files in `tests/data/golden` are written anew instead:
//! `CALLWRIGHT_BLESS=1 cargo test --release --test it golden`.

use callwright::engine::GENERATOR;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files that are compared besides the text.
const FILES: [&str; 7] = [
    "summary.json",
    "queues.csv",
    "teams.csv",
    "queue_teams.csv",
    "intervals.csv",
    "team_intervals.csv",
    "replications.csv",
];

#[test]
fn helpdesk() {
    check("helpdesk");
}

#[test]
fn retail_support() {
    check("retail-support");
}

/// Results belong to a generator: another one is another name.
#[test]
fn the_generator_is_the_one_of_the_golden_files() {
    assert_eq!(GENERATOR, "splitmix64-named-streams/1");
}

fn check(name: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/golden").join(name);
    let fresh = tempfile::tempdir().unwrap();
    let text = simulate(name, fresh.path());
    fs::write(fresh.path().join("screen.txt"), text).unwrap();
    let files: Vec<&str> = FILES.into_iter().chain(["screen.txt"]).collect();
    if std::env::var_os("CALLWRIGHT_BLESS").is_some() {
        fs::create_dir_all(&golden).unwrap();
        for file in files {
            fs::copy(fresh.path().join(file), golden.join(file)).unwrap();
        }
        return;
    }
    let mut differences = Vec::new();
    for file in files {
        let read = |folder: &Path| {
            let path: PathBuf = folder.join(file);
            fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        };
        let (was, is) = (read(&golden), read(fresh.path()));
        match Path::new(file).extension().and_then(|e| e.to_str()) {
            Some("json") => compare_json(file, &json(&was), &json(&is), &mut differences),
            Some("csv") => compare_csv(file, &was, &is, &mut differences),
            _ if was != is => differences.push(format!("{file} was\n{was}\nand is\n{is}")),
            _ => {}
        }
    }
    let shown = differences.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} values of {name} changed, for example\n{shown}", differences.len());
}

/// Runs the program in the project's folder; returns the screen without the line that names the folder.
fn simulate(name: &str, out: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_callwright"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", &format!("scenarios/{name}.toml"), "--replications", "20", "--seed", "1", "--out"])
        .arg(out)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter(|line| !line.starts_with("wrote ")).map(|line| format!("{line}\n")).collect()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn compare_json(path: &str, was: &Value, is: &Value, differences: &mut Vec<String>) {
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            // The version may differ, and so may the hash of a scenario that gained a key; the results may not.
            for (key, was) in was.iter().filter(|(key, _)| !["callwright", "input_hash"].contains(&key.as_str())) {
                match is.get(key) {
                    Some(is) => compare_json(&format!("{path} {key}"), was, is, differences),
                    None => differences.push(format!("{path}: {key} is gone")),
                }
            }
        }
        _ if was == is => {}
        _ => differences.push(format!("{path}: was {was}, is {is}")),
    }
}

fn compare_csv(file: &str, was: &str, is: &str, differences: &mut Vec<String>) {
    let (was, is) = (columns(was), columns(is));
    for (name, was) in &was {
        let Some(is) = is.get(name) else {
            differences.push(format!("{file}: column {name} is gone"));
            continue;
        };
        if was.len() != is.len() {
            differences.push(format!("{file}: {} rows were {}", is.len(), was.len()));
            return;
        }
        for (row, (was, is)) in was.iter().zip(is).enumerate().filter(|(_, (was, is))| was != is) {
            differences.push(format!("{file}: {name} of row {} was {was}, is {is}", row + 1));
        }
    }
}

/// Columns of a CSV file by name.
fn columns(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    names.into_iter().enumerate().map(|(i, name)| (name, rows.iter().map(|row| row[i].to_owned()).collect())).collect()
}
