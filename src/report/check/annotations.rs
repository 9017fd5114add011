//! Lines that GitHub shows beside the changed code.

use super::words::drift;
use super::{CheckReport, CheckedScenario};
use crate::check::{Finding, Outcome};

/// One workflow command per figure that failed or is unsure.
pub fn annotations(report: &CheckReport) -> String {
    report.scenarios.iter().map(|scenario| of_scenario(report, scenario)).collect()
}

fn of_scenario(report: &CheckReport, scenario: &CheckedScenario) -> String {
    let mut lines = String::new();
    for (finding, place) in scenario.verdict.findings.iter().zip(&scenario.places) {
        let level = match (report.fails(finding) && !report.updated, finding.outcome) {
            (true, _) => "error",
            (_, Outcome::Fail | Outcome::Unsure) => "warning",
            _ => continue,
        };
        lines.push_str(&line(level, scenario, place.as_ref(), &message(scenario, finding)));
    }
    if let Some(text) = drift(scenario) {
        lines.push_str(&line("notice", scenario, None, &text));
    }
    lines
}

fn message(scenario: &CheckedScenario, finding: &Finding) -> String {
    format!("{}: {}", scenario.name_of(finding), super::junit::story(scenario, finding))
}

fn line(level: &str, scenario: &CheckedScenario, place: Option<&(String, usize)>, message: &str) -> String {
    let (file, line) = place.map_or((scenario.file.as_str(), 1), |(file, line)| (file.as_str(), *line));
    format!("::{level} file={},line={line},title=callwright check::{}\n", property(file), data(message))
}

/// Text behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
