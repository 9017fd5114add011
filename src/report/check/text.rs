//! The screen.

use super::words::{self, advice, changes, difference, drift, figure, metric, remark, tally, title};
use super::{Against, CheckReport, CheckedScenario};
use crate::check::Outcome;
use crate::report::layout::{Cell, Column, Style, Table, Tone, pad, paragraph, shorten};
use unicode_width::UnicodeWidthStr;

/// Columns of the head words.
const INDENT: usize = 10;

/// Widest name of a queue.
const NAME: usize = 20;

/// The verdict: scenario by scenario, what changed on top, then figure by figure.
pub fn check_text(report: &CheckReport, style: Style) -> String {
    let mut blocks: Vec<String> = report.scenarios.iter().map(|scenario| block(report, scenario, style)).collect();
    if report.scenarios.len() > 1 {
        blocks.push(right_aligned(&tally(report), &exit_code(report), style));
    }
    blocks.join("\n\n") + "\n"
}

fn exit_code(report: &CheckReport) -> String {
    format!("exit code {}", report.exit_code())
}

fn block(report: &CheckReport, scenario: &CheckedScenario, style: Style) -> String {
    let mut lines = vec![head(report, scenario, style)];
    let verdict = &scenario.verdict;
    let simulated = format!(
        "{} simulated {}, seed {} · risk of a false alarm {} %{} · ± = 95 %{}{}",
        verdict.replications,
        words::replications(scenario),
        verdict.seed,
        crate::report::numbers::short_percent(verdict.alpha),
        if report.scenarios.len() > 1 { " in all" } else { "" },
        if scenario.against == Against::Goals { "" } else { " · same callers before and after" },
        scenario.people.map_or_else(String::new, |people| format!(" · people effects: {people}")),
    );
    lines.push(paragraph("", &simulated, 0, style));
    let changed = changes(scenario);
    if !changed.is_empty() {
        lines.push(paragraph("changed", &changed.join(" · "), INDENT, style));
    }
    lines.extend(drift(scenario).map(|text| paragraph("program", &text, INDENT, style)));
    lines.extend(table(report, scenario).lines(style).into_iter().skip(1));
    lines.extend(advice(report, scenario).map(|text| paragraph("NEXT", &text, INDENT, style)));
    lines.join("\n")
}

fn head(report: &CheckReport, scenario: &CheckedScenario, style: Style) -> String {
    let outcome = scenario.verdict.outcome();
    let word = format!("{}  ", words::outcome(outcome));
    let title = pad(&shorten(&title(scenario), style.columns() - 22), 0);
    let code = if report.scenarios.len() == 1 { exit_code(report) } else { String::new() };
    right_aligned(&format!("{word}{title}"), &code, style).replacen(&word, &style.paint(&word, tone(outcome)), 1)
}

fn right_aligned(left: &str, right: &str, style: Style) -> String {
    let gap = style.columns().saturating_sub(left.width() + right.width()).max(2);
    format!("{left}{}{right}", " ".repeat(gap)).trim_end().to_owned()
}

fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Fail => Tone::Bad,
        Outcome::Better => Tone::Good,
        Outcome::Unsure => Tone::Strong,
        Outcome::Pass => Tone::Plain,
    }
}

fn table(report: &CheckReport, scenario: &CheckedScenario) -> Table {
    let columns = vec![
        Column::left("", 0),
        Column::left("", 2),
        Column::left("", 2),
        Column::right("", 2),
        Column::right("", 2),
        Column::left("", 2),
    ];
    let row = |finding| {
        let finding: &crate::check::Finding = finding;
        let tone = if report.fails(finding) { Tone::Bad } else { tone(finding.outcome) };
        vec![
            Cell::new(format!("  {}", words::outcome(finding.outcome)), tone),
            Cell::from(shorten(&finding.scope, NAME)),
            Cell::from(metric(finding)),
            Cell::from(figure(finding, &scenario.currency)),
            Cell::from(difference(finding, &scenario.currency)),
            Cell::from(remark(finding, scenario)),
        ]
    };
    Table { columns, rows: scenario.verdict.findings.iter().map(row).collect() }
}
