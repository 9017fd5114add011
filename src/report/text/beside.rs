//! BESIDE: what the Erlang formulas say about the pooled staff, next to the simulation, and why they differ.

use crate::experiment::QueueMetric;
use crate::planner::{Prediction, QueueBeside, without_formula};
use crate::report::RunReport;
use crate::report::layout::{Cell, Column, Style, Table, Tone, paragraph};
use crate::report::numbers::{clock, percent};

/// Most queues in the table.
const MOST_ROWS: usize = 12;

/// The table and the sentences below it; nothing when no formula applies anywhere.
pub(super) fn section(report: &RunReport<'_>, style: Style) -> String {
    let known = |b: &&QueueBeside| b.run_erlang_a.is_some();
    if !report.beside.iter().any(|b| known(&b)) {
        return String::new();
    }
    let shown = report.beside.iter().enumerate().filter(|(_, b)| known(b)).take(MOST_ROWS);
    let rows = shown.clone().map(|(queue, beside)| row(report, queue, beside)).collect();
    let columns = vec![
        Column::left("BESIDE", 0),
        Column::right("SL here", 2),
        Column::right("Erlang A", 2),
        Column::right("Erlang C", 2).spare(2),
        Column::right("abandon here", 2),
        Column::right("Erlang A", 2),
        Column::right("ASA here", 2).spare(1),
        Column::right("Erlang A", 2).spare(1),
    ];
    let mut lines = Table { columns, rows }.lines(style);
    let calls = report.scenario.queues.iter().all(|queue| without_formula(queue).is_none());
    let only_calls = if calls { "" } else { "; they know calls that come in, nothing else" };
    let legend = "the formulas see everybody who shares queues as one pool of equal people in a steady state";
    lines.push(paragraph("", &format!("{legend}{only_calls}"), 2, style));
    lines.extend(
        shown.filter_map(|(queue, beside)| reasons(report, queue, beside)).map(|t| paragraph("", &t, 2, style)),
    );
    lines.join("\n")
}

fn row(report: &RunReport<'_>, queue: usize, beside: &QueueBeside) -> Vec<Cell> {
    let result = &report.results.queues[queue];
    let plain = |text: String| Cell::new(text, Tone::Plain);
    let here =
        |metric, show: &dyn Fn(f64) -> String| plain(result.get(metric).mean.map_or_else(|| "-".to_owned(), show));
    let of = |prediction: Option<Prediction>, show: &dyn Fn(Prediction) -> String| {
        plain(prediction.map_or_else(|| "-".to_owned(), show))
    };
    let erlang_c = beside.run_erlang_c.map_or_else(|| unstable(report, queue, beside), |c| percent(c.service_level));
    vec![
        plain(report.scenario.queues[queue].name.clone()),
        here(QueueMetric::ServiceLevel, &percent),
        of(beside.run_erlang_a, &|p| percent(p.service_level)),
        plain(erlang_c),
        here(QueueMetric::AbandonRate, &percent),
        of(beside.run_erlang_a, &|p| percent(p.abandon_rate)),
        here(QueueMetric::AsaS, &clock),
        of(beside.run_erlang_a, &|p| clock(p.asa_s)),
    ]
}

/// In how many intervals the pool has more work than people.
fn unstable(report: &RunReport<'_>, queue: usize, beside: &QueueBeside) -> String {
    let volume = &report.scenario.queues[queue].volume;
    let with_volume = beside.erlang_c.iter().zip(volume).filter(|(_, v)| **v > 0.0);
    let (missing, all) = with_volume.fold((0, 0), |(m, n), (c, _)| (m + usize::from(c.is_none()), n + 1));
    format!("unstable {missing} of {all}")
}

/// "orders: 5.1 points below Erlang A: days vary -2.1, ..."
fn reasons(report: &RunReport<'_>, queue: usize, beside: &QueueBeside) -> Option<String> {
    if beside.causes.is_empty() {
        return None;
    }
    let gap: f64 = beside.causes.iter().map(|(_, points)| points).sum();
    let points = |share: f64| format!("{:+.1}", 100.0 * share);
    let causes: Vec<String> = beside
        .causes
        .iter()
        .map(|(cause, share)| format!("{} {}", beside.words(report.scenario, *cause), points(*share)))
        .collect();
    let name = &report.scenario.queues[queue].name;
    let side = if gap < 0.0 { "below" } else { "above" };
    Some(format!("{name}: SL {:.1} points {side} Erlang A: {}.", 100.0 * gap.abs(), causes.join(", ")))
}
