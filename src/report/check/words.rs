//! Figures, differences and reasons in words, alike in all formats for people.

use super::{Against, CheckReport, CheckedScenario};
use crate::check::{Finding, Outcome, Rule};
use crate::experiment::Unit;
use crate::report::numbers::{clock, first_digit, money, percent, short_percent, spoken_time, thousands};
use crate::scenario::InputChange;

/// "FAIL", "unsure" ...
pub(super) fn outcome(of: Outcome) -> &'static str {
    match of {
        Outcome::Fail => "FAIL",
        other => other.name(),
    }
}

/// The name of a figure on a screen: without its unit.
pub(super) fn metric(finding: &Finding) -> String {
    match finding.metric.split_once('@') {
        Some((metric, at)) => format!("{} {at}", short(metric)),
        None => short(&finding.metric).to_owned(),
    }
}

fn short(metric: &str) -> &str {
    match metric {
        "asa_s" => "asa",
        "abandon_rate" => "abandon",
        other => other,
    }
}

/// "77.3 %", "0:10", "8,624 €", or a dash.
pub(super) fn value(of: Option<f64>, unit: Unit, currency: &str) -> String {
    let Some(value) = of else { return "-".to_owned() };
    match unit {
        Unit::Share => percent(value),
        Unit::Seconds => clock(value),
        _ => money(value, false, currency),
    }
}

/// "79.9 %", or "77.3 % -> 73.9 %".
pub(super) fn figure(finding: &Finding, currency: &str) -> String {
    let now = value(finding.value, finding.unit, currency);
    match finding.rule {
        Rule::Goal { .. } => match finding.half_width {
            Some(half_width) if finding.value.is_some() => format!("{now} {}", margin(half_width, finding.unit)),
            _ => now,
        },
        Rule::Change { before, .. } => format!("{} -> {now}", value(before, finding.unit, currency)),
    }
}

/// "-3.4 ±0.6"; nothing for goals.
pub(super) fn difference(finding: &Finding, currency: &str) -> String {
    let Rule::Change { difference: Some(difference), .. } = finding.rule else { return String::new() };
    let amount = match finding.unit {
        Unit::Share => signed(100.0 * difference, 1),
        Unit::Seconds if difference.abs() < 9.95 => format!("{} s", signed(difference, 1)),
        Unit::Seconds => format!("{} s", signed(difference, 0)),
        _ => {
            let sign = if difference >= 0.5 { "+" } else { "" };
            format!("{sign}{}", money(difference, false, currency))
        }
    };
    match finding.half_width.filter(|half_width| *half_width > 0.0) {
        Some(half_width) => format!("{amount} {}", margin(half_width, finding.unit)),
        None => amount,
    }
}

fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    if text.trim_start_matches(['+', '-']).chars().all(|c| c == '0' || c == '.') {
        text.trim_start_matches(['+', '-']).to_owned()
    } else {
        text
    }
}

fn margin(half_width: f64, unit: Unit) -> String {
    let scale = if unit == Unit::Share { 100.0 } else { 1.0 };
    format!("±{}", first_digit(scale * half_width))
}

/// "goal 80 %", "tolerance 1.0".
pub(super) fn limit(finding: &Finding, currency: &str) -> String {
    match (finding.rule, finding.unit) {
        (Rule::Goal { target, .. }, Unit::Share) => format!("goal {} %", short_percent(target)),
        (Rule::Goal { target, .. }, Unit::Seconds) => format!("goal {}", spoken_time(target)),
        (Rule::Goal { target, .. }, _) => format!("goal {target}"),
        (Rule::Change { tolerance, .. }, Unit::Share) => format!("tolerance {:.1}", 100.0 * tolerance),
        (Rule::Change { tolerance, .. }, Unit::Seconds) => format!("tolerance {:.1} s", tolerance),
        (Rule::Change { tolerance, .. }, _) => format!("tolerance {}", money(tolerance, false, currency)),
    }
}

/// Why it came out so: "worse than tolerance 1.0", "800 days would decide (ran 200)".
pub(super) fn remark(finding: &Finding, scenario: &CheckedScenario) -> String {
    let limit = limit(finding, &scenario.currency);
    match (finding.outcome, finding.rule) {
        (Outcome::Unsure, Rule::Change { .. }) => undecided(finding, scenario),
        (Outcome::Unsure, Rule::Goal { .. }) => format!("{limit} · {}", undecided(finding, scenario)),
        (Outcome::Fail, Rule::Change { .. }) => format!("worse than {limit}"),
        (Outcome::Fail, Rule::Goal { .. }) => format!("misses its {limit}"),
        (Outcome::Better, _) => String::new(),
        (Outcome::Pass, _) if finding.value.is_none() => "no contacts".to_owned(),
        (Outcome::Pass, _) => limit,
    }
}

fn undecided(finding: &Finding, scenario: &CheckedScenario) -> String {
    let ran = scenario.verdict.replications;
    let one_sided = matches!(finding.rule, Rule::Change { before, .. } if before.is_none() != finding.value.is_none());
    if one_sided {
        return "only one of the two has this figure".to_owned();
    }
    if ran < 2 {
        return "one replication decides nothing: -n 200".to_owned();
    }
    match finding.would_decide {
        Some(n) => format!("{} {} would decide (ran {ran})", thousands(n as f64), replications(scenario)),
        None => format!("too close for any number of {} (ran {ran})", replications(scenario)),
    }
}

/// What a replication is.
pub(super) fn replications(scenario: &CheckedScenario) -> &'static str {
    if scenario.days == 1 { "days" } else { "replications" }
}

/// "scenarios/retail.toml against baseline base.json".
pub(super) fn title(scenario: &CheckedScenario) -> String {
    let against = match &scenario.against {
        Against::Goals => "its goals".to_owned(),
        Against::Baseline { file, version } => format!("baseline {file} (callwright {version})"),
        Against::File(file) => file.clone(),
    };
    format!("{} against {against}", scenario.file)
}

/// "team.tier1.shifts[1].agents 8 -> 7".
pub(super) fn change(of: &InputChange) -> String {
    let shown = |value: &Option<String>| value.as_deref().map_or_else(|| "not stated".to_owned(), spaced_percent);
    match of {
        InputChange::Value { path, before, after } => format!("{path} {} -> {}", shown(before), shown(after)),
        InputChange::Lines { file, changed, lines } => format!("{file}: {changed} of {lines} lines"),
    }
}

/// "104%" as figures of a report are written: "104 %".
fn spaced_percent(text: &str) -> String {
    match text.strip_suffix('%') {
        Some(number) if number.parse::<f64>().is_ok() => format!("{number} %"),
        _ => text.to_owned(),
    }
}

/// Most changes that are listed.
const MOST_CHANGES: usize = 12;

/// The changes one by one, and how many more there are.
pub(super) fn changes(scenario: &CheckedScenario) -> Vec<String> {
    let mut lines: Vec<String> = scenario.changes.iter().take(MOST_CHANGES).map(change).collect();
    if scenario.changes.len() > MOST_CHANGES {
        lines.push(format!("and {} more", scenario.changes.len() - MOST_CHANGES));
    }
    match &scenario.against {
        Against::Goals => Vec::new(),
        _ if lines.is_empty() => vec!["nothing in the scenario".to_owned()],
        _ => lines,
    }
}

/// What the program changed by itself.
pub(super) fn drift(scenario: &CheckedScenario) -> Option<String> {
    if scenario.drift.is_empty() {
        return None;
    }
    let Against::Baseline { version, .. } = &scenario.against else { return None };
    let number = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), |value| value.to_string());
    let each = |d: &crate::check::Drift| format!("{} {} -> {}", d.name, number(d.kept), number(d.now));
    let mut listed: Vec<String> = scenario.drift.iter().take(4).map(each).collect();
    if scenario.drift.len() > 4 {
        listed.push(format!("and {} more", scenario.drift.len() - 4));
    }
    Some(format!(
        "the program, not the scenario, changed what the baseline gives since callwright {version}: {}. Both sides of this \
         verdict are simulated by callwright {}.",
        listed.join(", "),
        env!("CARGO_PKG_VERSION")
    ))
}

/// What to do about a failure.
pub(super) fn advice(report: &CheckReport, scenario: &CheckedScenario) -> Option<String> {
    if report.updated || !scenario.verdict.failed(report.strict) {
        return None;
    }
    let (sets, settings) = (&report.sets, &report.settings);
    let file = format!("{}{sets}", crate::report::quoted(&scenario.file));
    Some(match &scenario.against {
        Against::Goals if scenario.verdict.outcome() == Outcome::Fail => {
            format!("callwright plan {file} says how many people the goals need")
        }
        Against::Baseline { file: baseline, .. } => {
            let baseline = crate::report::quoted(baseline);
            format!("if this is meant to be: callwright check {file} --baseline {baseline}{settings} --update-baseline")
        }
        _ => format!("callwright run {file}{settings} shows where"),
    })
}

/// "1 scenario failed", "2 unsure" ...
pub(super) fn tally(report: &CheckReport) -> String {
    let count = |wanted: Outcome| {
        let of = |s: &CheckedScenario| s.verdict.outcome().max(Outcome::Pass);
        report.scenarios.iter().filter(|s| of(s) == wanted).count()
    };
    let parts = [Outcome::Fail, Outcome::Unsure, Outcome::Pass].map(|of| (outcome(of), count(of)));
    let listed: Vec<String> = parts.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{n} {word}")).collect();
    format!("{} scenarios: {}", report.scenarios.len(), listed.join(", "))
}
