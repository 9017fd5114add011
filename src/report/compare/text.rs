//! The comparison on a terminal: what was changed, what came of it, and how sure that is.

use super::figures::{Figure, Verdict, figures};
use super::words::{difference, full_name, is_of_team, label, many, scope_name, value};
use super::{CompareReport, LETTERS};
use crate::experiment::{Comparison, Metric, QueueMetric, Scope, Unmatched};
use crate::report::layout::{Cell, Column, Style, Table, Tone, paragraph};
use crate::report::numbers::{in_words, thousands};
use crate::report::text::INDENT;
use crate::report::text::header::formula_in_words;
use crate::scenario::{AbandonFormula, Change, Goal, Queue, Run, Scenario};

/// Names in a sentence, before they are only counted.
const MOST_NAMES: usize = 6;

/// From this on it is said what the same callers are worth.
const WORTH_SAYING: f64 = 1.5;

/// Changed values shown.
const MOST_CHANGES: usize = 40;

/// The comparison as text, no line longer than the style's width, with a line feed at its end.
pub fn compare_text(report: &CompareReport<'_>, style: Style) -> String {
    let figures = figures(report);
    let mut sections = vec![header(report, style)];
    for comparison in &report.compared.comparisons {
        let own: Vec<Figure<'_>> =
            figures.iter().filter(|figure| figure.comparison.changed == comparison.changed).copied().collect();
        sections.push(changes(report, comparison, style));
        sections.push(result(report, comparison, &own, style));
        sections.push(table(report, comparison, &own, false, style));
        sections.push(table(report, comparison, &own, true, style));
    }
    sections.push(evidence(report, &figures, style));
    let mut text = sections.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

fn header(report: &CompareReport<'_>, style: Style) -> String {
    let mut lines: Vec<String> = report
        .floors
        .iter()
        .zip(LETTERS)
        .map(|(floor, letter)| paragraph(letter, &format!("{} · {}", floor.scenario.name, floor.source), 3, style))
        .collect();
    let results = &report.compared.results[0];
    let (n, unit) = (thousands(results.replications as f64), report.unit_of_time());
    let unit = if results.replications == 1 { unit.trim_end_matches('s') } else { unit };
    let how = if results.replications > 1 { "± = 95 %, of the difference" } else { "one replication: no ±" };
    let matched = |comparison: &Comparison| comparison.scopes.iter().any(|s| matches!(s.scope, Scope::Queue(_)));
    let same = if report.compared.comparisons.iter().any(matched) { ", with the same callers" } else { "" };
    let people = report.compared.results.iter().any(crate::report::people::is_on);
    let people = if people { " · people effects: on, illustrative" } else { "" };
    let sentence = format!("{n} simulated {unit} of each, seed {}{same} · {how}{people}", results.seed);
    lines.push(paragraph("", &sentence, 0, style));
    if results.replications < results.requested {
        let requested = thousands(results.requested as f64);
        lines.push(paragraph("", &format!("stopped early: {n} of {requested} replications kept"), 0, style));
    }
    lines.extend(report.notes.iter().map(|note| paragraph("", note, 0, style)));
    lines.join("\n")
}

fn changes(report: &CompareReport<'_>, comparison: &Comparison, style: Style) -> String {
    let floor = &report.floors[comparison.changed];
    let letter = LETTERS[comparison.changed];
    if floor.changes.is_empty() {
        let text = if is_same(report.floors[0].scenario, floor.scenario) {
            format!("nothing: A and {letter} say the same")
        } else {
            "no value of the scenarios: what differs is in the files they name".into()
        };
        return paragraph("CHANGED", &text, INDENT, style);
    }
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "not stated".into());
    let line = |(index, change): (usize, &Change)| {
        let head = if index == 0 { "CHANGED" } else { " " };
        paragraph(head, &format!("{}  {} -> {}", change.path, side(&change.from), side(&change.to)), INDENT, style)
    };
    let told: Vec<&Change> = floor.changes.iter().filter(|change| !is_whole(change)).collect();
    let mut lines: Vec<String> = told.iter().copied().take(MOST_CHANGES).enumerate().map(line).collect();
    if told.len() > MOST_CHANGES {
        lines.push(format!("{:INDENT$}and {} more, all in compare.json", "", told.len() - MOST_CHANGES));
    }
    lines.join("\n")
}

/// Whether the same happens on two floors.
fn is_same(a: &Scenario, b: &Scenario) -> bool {
    let run = Run { warm_up_s: b.run.warm_up_s, ..a.run.clone() };
    *a == Scenario { name: a.name.clone(), run, plan: a.plan.clone(), check: a.check.clone(), ..b.clone() }
}

/// A whole queue or team that one of the floors does not have: said where the figures are.
fn is_whole(change: &Change) -> bool {
    let below = change.path.strip_prefix("queue.").or(change.path.strip_prefix("team."));
    below.is_some_and(|name| !name.contains('.')) && (change.from.is_none() || change.to.is_none())
}

fn result(report: &CompareReport<'_>, comparison: &Comparison, figures: &[Figure<'_>], style: Style) -> String {
    let letter = LETTERS[comparison.changed];
    let of = |wanted: fn(Verdict) -> bool| figures.iter().filter(|f| wanted(f.verdict)).collect::<Vec<_>>();
    let better = of(|v| v == Verdict::Better);
    let worse = of(|v| v == Verdict::Worse);
    let open = of(|v| matches!(v, Verdict::NoEvidence(_)));
    let parts: Vec<String> = [("better", &better), ("worse", &worse), ("no evidence either way", &open)]
        .into_iter()
        .filter(|(_, figures)| !figures.is_empty())
        .map(|(word, figures)| format!("{word}: {}", names(figures)))
        .collect();
    let sentence = match (parts.is_empty(), comparison.replications) {
        (true, ..2) => format!("One replication says nothing about {letter} against A: use -n."),
        (true, _) => format!("{letter} is like A in every figure shown."),
        _ => format!("{letter} against A: {}.", parts.join("; ")),
    };
    let mut lines = vec![paragraph("RESULT", &sentence, INDENT, style)];
    let said = unlike(report, comparison).into_iter().chain(only_in(comparison, letter));
    lines.extend(said.map(|sentence| paragraph("", &sentence, 0, style)));
    lines.join("\n")
}

/// The figures by name while they are few, else the first of them.
fn names(figures: &[&Figure<'_>]) -> String {
    let shown = if figures.len() > MOST_NAMES { MOST_NAMES - 2 } else { figures.len() };
    let names = figures[..shown].iter().map(|figure| full_name(figure)).collect::<Vec<_>>().join(", ");
    if shown < figures.len() { format!("{names} and {} more", in_words(figures.len() - shown)) } else { names }
}

/// Queues whose figures are not measured alike on both floors.
fn unlike(report: &CompareReport<'_>, comparison: &Comparison) -> Vec<String> {
    let (a, b) = (report.floors[0].scenario, report.floors[comparison.changed].scenario);
    let letter = LETTERS[comparison.changed];
    let pairs = || a.queues.iter().filter_map(|q| Some((q, b.queues.iter().find(|other| other.name == q.name)?)));
    let mut said: Vec<String> = pairs()
        .filter(|(a, b)| measure(a) != measure(b))
        .map(|(a, b)| format!("SL of {} is not the same figure: A {}, {letter} {}.", a.name, measure(a), measure(b)))
        .collect();
    let abandon = pairs().filter(|(a, b)| a.abandon_formula != b.abandon_formula);
    said.extend(abandon.map(|(a, b)| {
        let formula = |queue: &Queue| match queue.abandon_formula {
            AbandonFormula::All => "all",
            AbandonFormula::NetOfShort => "net of short ones",
        };
        format!("abandon of {} is not the same figure: A {}, {letter} {}.", a.name, formula(a), formula(b))
    }));
    let goal = |queue: &Queue| queue.goal.as_ref().map(|g: &Goal| (g.service_level, g.abandon, g.asa_s, g.p_wait));
    if pairs().any(|(a, b)| goal(a) != goal(b) || a.target_time_s != b.target_time_s) {
        said.push("days met: each floor by its own goals.".into());
    }
    let (currency_a, currency_b) = (&a.currency, &b.currency);
    if currency_a != currency_b {
        said.push(format!("cost is not the same figure: A in \"{currency_a}\", {letter} in \"{currency_b}\"."));
    }
    said
}

fn measure(queue: &Queue) -> String {
    formula_in_words(queue.service_level_formula, Some(queue.target_time_s))
}

/// What has no counterpart.
fn only_in(comparison: &Comparison, letter: &str) -> Vec<String> {
    let [a, b] = &comparison.unmatched;
    let list = |floor: &str, of: &Unmatched| {
        let parts = [("queue", &of.queues), ("team", &of.teams)].into_iter().filter(|(_, names)| !names.is_empty());
        let parts: Vec<String> = parts.map(|(what, names)| format!("{what} {}", names.join(", "))).collect();
        (!parts.is_empty())
            .then(|| format!("Only in {floor}, in the figures of all but not by itself: {}.", parts.join("; ")))
    };
    [list("A", a), list(letter, b)].into_iter().flatten().collect()
}

fn table(report: &CompareReport<'_>, of: &Comparison, figures: &[Figure<'_>], teams: bool, style: Style) -> String {
    let shown: Vec<&Figure<'_>> = figures.iter().filter(|figure| is_of_team(figure.scope) == teams).collect();
    if shown.is_empty() {
        return String::new();
    }
    let columns = vec![
        Column::left(if teams { "TEAMS" } else { "QUEUES" }, 0),
        Column::left("", 2),
        Column::right("A", 2),
        Column::right(LETTERS[of.changed], 2),
        Column::right("difference", 2),
        Column::left("verdict", 2),
        Column::left("would decide", 2).spare(1),
    ];
    let row = |(index, figure): (usize, &&Figure<'_>)| {
        let repeated = index > 0 && shown[index - 1].scope == figure.scope;
        row(report, figure, if repeated { "" } else { scope_name(figure.scope) })
    };
    Table { columns, rows: shown.iter().enumerate().map(row).collect() }.lines(style).join("\n")
}

fn row(report: &CompareReport<'_>, figure: &Figure<'_>, name: &str) -> Vec<Cell> {
    let metric = figure.difference.metric;
    let [a, b] = figure.difference.values.map(|v| value(v, metric.unit(), report.currency()));
    let (verdict, tone) = match figure.verdict {
        Verdict::Better => ("better", Tone::Good),
        Verdict::Worse => ("worse", Tone::Bad),
        Verdict::NoEvidence(_) => ("no evidence", Tone::Quiet),
        Verdict::Alike => ("alike", Tone::Quiet),
        Verdict::Unknown if figure.difference.difference.is_none() => ("not in both", Tone::Quiet),
        Verdict::Neutral | Verdict::Unknown => ("", Tone::Plain),
    };
    let decides = match figure.verdict {
        Verdict::NoEvidence(Some(n)) => format!("{} {}", many(n), report.unit_of_time()),
        Verdict::NoEvidence(None) => "nothing seems to differ".into(),
        _ => String::new(),
    };
    vec![
        name.into(),
        label(metric).into(),
        a.into(),
        b.into(),
        difference(figure).into(),
        Cell::new(verdict, tone),
        decides.into(),
    ]
}

/// How the verdicts are to be read.
fn evidence(report: &CompareReport<'_>, figures: &[Figure<'_>], style: Style) -> String {
    let judged = figures.iter().filter(|f| f.verdict.name().is_some()).count();
    if judged == 0 {
        return String::new();
    }
    let mut sentences = vec![match judged {
        1 => "The verdict is wrong with a probability of 5 % at most.".to_owned(),
        _ => format!(
            "Who looks at many figures finds something by chance: the verdicts on these {judged} are corrected for that \
             (Holm), so that any of them is wrong with a probability of 5 % at most. Each ± is of its one figure alone."
        ),
    }];
    if figures.iter().any(|f| matches!(f.verdict, Verdict::NoEvidence(_))) {
        let unit = report.unit_of_time();
        sentences.push(format!(
            "No evidence is none either way: so many {unit} (-n) would decide, if the difference is \
                                what it seems to be."
        ));
    }
    sentences.extend(saved(report, figures));
    paragraph("EVIDENCE", &sentences.join(" "), INDENT, style)
}

/// What the same callers are worth.
fn saved(report: &CompareReport<'_>, figures: &[Figure<'_>]) -> Option<String> {
    let level = |f: &&Figure<'_>| f.difference.metric == Metric::Queue(QueueMetric::ServiceLevel);
    let (figure, factor) = figures.iter().filter(level).find_map(|f| Some((f, f.difference.variance_factor()?)))?;
    if factor < WORTH_SAYING {
        return None;
    }
    let times = if factor >= 9.95 { thousands(factor) } else { format!("{factor:.1}") };
    let unit = report.unit_of_time();
    Some(format!(
        "With other callers on each floor the ± of {} would take {times} times the {unit}.",
        full_name(figure)
    ))
}
