//! What is written about callwright is true: every metric is defined, every file and link exists.

use callwright::experiment::{AgentMetric, IntervalMetric, QueueMetric, TeamMetric};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The text between a heading and the next one.
fn section<'t>(page: &'t str, heading: &str) -> &'t str {
    let start = page.find(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no section {heading}")) + 1;
    page[start..].find("\n## ").map_or(&page[start..], |length| &page[start..start + length])
}

#[test]
fn every_metric_is_defined() {
    let page = page("docs/metrics.md");
    let names = |metrics: Vec<&'static str>, heading: &str| {
        for name in metrics {
            assert!(section(&page, heading).contains(&format!("`{name}`")), "{name} is missing under {heading}");
        }
    };
    names(QueueMetric::ALL.iter().map(|m| m.name()).collect(), "Queues");
    names(IntervalMetric::ALL.iter().map(|m| m.name()).collect(), "Intervals");
    names(TeamMetric::ALL.iter().map(|m| m.name()).collect(), "Teams");
    names(AgentMetric::ALL.iter().map(|m| m.name()).collect(), "Agents");
}

#[test]
fn links_lead_somewhere() {
    for name in [
        "README.md",
        "CHANGELOG.md",
        "docs/metrics.md",
        "docs/semantics.md",
        "docs/people.md",
        "docs/ci.md",
        "docs/experiments.md",
    ] {
        let text = page(name);
        for link in text.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap_or_default()) {
            if !link.is_empty() && !link.contains("://") {
                let target = root().join(name).parent().unwrap().join(link);
                assert!(target.exists(), "{name} links to {link}");
            }
        }
    }
}

/// The scenario the README shows is the one it says it is.
#[test]
fn the_readme_shows_a_shipped_scenario() {
    let helpdesk = page("scenarios/helpdesk.toml");
    let floor: String =
        helpdesk.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    assert!(page("README.md").contains(&format!("```toml\n{floor}```")), "the README should show\n{floor}");
}

/// The screen in the README is the screen of the command above it.
#[test]
fn the_readme_shows_what_its_first_command_prints() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_callwright"))
        .current_dir(root())
        .args(["run", "scenarios/retail-support.toml"])
        .output()
        .unwrap();
    let screen = String::from_utf8(output.stdout).unwrap();
    let readme = page("README.md");
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block of output");
    for line in shown.lines().filter(|line| *line != "...") {
        assert!(
            screen.lines().any(|printed| printed == line),
            "the README shows\n{line}\nbut the program prints\n{screen}"
        );
    }
}

/// The gate begins with the test command of the README.
#[test]
fn the_gate_runs_the_commands_of_the_readme() {
    let (readme, gate) = (page("README.md"), page(".ci/run"));
    for command in ["cargo test --release", "cargo run --release -- run scenarios/retail-support.toml"] {
        assert!(readme.contains(command) && gate.contains(command), "{command}");
    }
}
