//! The commands of docs/experiments.md do what the page says they do: at least, they run.

use std::path::Path;
use std::process::Command;

use crate::cli::support::{BINARY, Desk, FLOOR};

/// A line of a shell: words, some of them in quotes; a comment ends it.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            '#' if !quoted => break,
            ' ' if !quoted => words.push(String::new()),
            letter => words.last_mut().unwrap().push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/experiments.md")).unwrap()
}

#[test]
fn every_command_of_the_page_runs() {
    let desk = Desk::new();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    std::fs::create_dir(desk.path("scenarios")).unwrap();
    let files = std::fs::read_dir(scenarios).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
    for entry in files {
        std::fs::copy(entry.path(), desk.path("scenarios").join(entry.file_name())).unwrap();
    }
    let page = page();
    let commands: Vec<&str> = page.lines().filter(|line| line.starts_with("callwright ")).collect();
    assert!(commands.len() >= 11, "{commands:?}");
    for line in commands {
        let args = words(line);
        let output = Command::new(BINARY).current_dir(desk.path(".")).args(&args[1..]).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), error.as_str()), (Some(0), ""), "{line}");
    }
    for file in ["night.ckpt", "night/summary.json", "grid/sweep.csv"] {
        assert!(desk.path(file).is_file(), "{file}");
    }
}

#[test]
fn what_the_page_puts_into_a_scenario_is_read() {
    let page = page();
    let block = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let desk = Desk::with("floor.toml", &format!("{}\n{block}", FLOOR.replace("orders", "calls")));
    assert!(desk.good(&["validate", "floor.toml"]).contains("fine"));
}
