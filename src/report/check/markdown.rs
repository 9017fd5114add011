//! A comment on a pull request.

use super::words::{self, advice, changes, difference, drift, figure, metric, remark, tally, title};
use super::{CheckReport, CheckedScenario};
use crate::check::{Finding, Outcome};
use std::fmt::Write;

/// Figures of a scenario that passed are folded away beyond this many.
const MOST_ROWS: usize = 40;

/// The comment: verdict, what changed, and a table per scenario; what failed first.
pub fn check_markdown(report: &CheckReport) -> String {
    let verdict = words::outcome(report.outcome().max(Outcome::Pass));
    let mut out = format!("## callwright check: {verdict}\n");
    if report.scenarios.len() > 1 {
        let _ = write!(out, "\n{}\n", escaped(&tally(report)));
    }
    report.scenarios.iter().for_each(|scenario| section(report, scenario, &mut out));
    out
}

fn section(report: &CheckReport, scenario: &CheckedScenario, out: &mut String) {
    let outcome = words::outcome(scenario.verdict.outcome());
    let _ = write!(out, "\n### {outcome}: {}\n", escaped(&title(scenario)));
    let changed = changes(scenario);
    if !changed.is_empty() {
        out.push_str("\nChanged:\n\n");
        changed.iter().for_each(|change| {
            let _ = writeln!(out, "- {}", code(change));
        });
    }
    if let Some(text) = drift(scenario) {
        let _ = write!(out, "\n> **Note:** {}\n", escaped(&text));
    }
    table(scenario, out);
    let verdict = &scenario.verdict;
    let _ = write!(
        out,
        "\n{} simulated {}, seed {}; ± is a 95 % interval; risk of a false alarm {} %.\n",
        verdict.replications,
        words::replications(scenario),
        verdict.seed,
        crate::report::numbers::short_percent(verdict.alpha),
    );
    if let Some(text) = advice(report, scenario) {
        let _ = write!(out, "\nNext: {}\n", code(&text));
    }
}

fn table(scenario: &CheckedScenario, out: &mut String) {
    out.push_str("\n| verdict | | figure | | difference | |\n|---|---|---|---|---|---|\n");
    let mut findings: Vec<&Finding> = scenario.verdict.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.outcome == Outcome::Fail));
    for finding in findings.iter().take(MOST_ROWS) {
        let word = words::outcome(finding.outcome);
        let word = if finding.outcome == Outcome::Fail { format!("**{word}**") } else { word.to_owned() };
        let cells = [
            escaped(&finding.scope),
            escaped(&metric(finding)),
            escaped(&figure(finding, &scenario.currency)),
            escaped(&difference(finding, &scenario.currency)),
            escaped(&remark(finding, scenario)),
        ];
        let _ = writeln!(out, "| {word} | {} |", cells.join(" | "));
    }
    if findings.len() > MOST_ROWS {
        let _ = writeln!(out, "\nand {} figures more", findings.len() - MOST_ROWS);
    }
}

/// Text that is not to be read as Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '|' | '*' | '`' | '[' | ']' | '\\' | '#' | '_' => {
                out.push('\\');
                out.push(letter);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text between backquotes.
fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.contains('`') { escaped(&text) } else { format!("`{text}`") }
}
