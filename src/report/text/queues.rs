//! QUEUES: what callers got, against what was promised.

use super::callers;
use crate::experiment::{Estimate, GoalPart, Proportion, QueueMetric, QueueResult};
use crate::report::RunReport;
use crate::report::diagnosis::{misses, worst_queue};
use crate::report::layout::{Cell, Column, Style, Table, Tone, paragraph};
use crate::report::numbers::{clock, count, first_digit, percent, short_percent, spoken_time, thousands};
use crate::scenario::{Goal, Period, Queue, ServiceLevelFormula};

/// Most queues in the table; the others share one line.
const MOST_ROWS: usize = 12;

/// Most queues whose spread of days is told.
const MOST_RANGES: usize = 6;

/// Days below which a 5th and a 95th percentile say nothing.
const ENOUGH_DAYS: u64 = 20;

/// The table and the lines below it.
pub(super) fn section(report: &RunReport<'_>, style: Style) -> String {
    let shown = shown(report);
    let mut lines = table(report, &shown, style);
    let days = [nine_days_in_ten(report, &shown), parts_of_days(report)];
    let notes = [the_rest(report, &shown)].into_iter().chain(days).chain([other_formulas(report)]);
    let sentences =
        notes.into_iter().flatten().chain(sentences_of_goals(report)).chain(callers::sentences(report, &shown));
    lines.extend(sentences.map(|text| paragraph("", &text, 2, style)));
    lines.join("\n")
}

/// The table alone, for a floor staffed by plan.
pub(in crate::report) fn short_section(report: &RunReport<'_>, style: Style) -> String {
    let shown = shown(report);
    let mut lines = table(report, &shown, style);
    let backlog = |&queue: &usize| {
        callers::messages(report, queue).map(|words| format!("{}: {words}", report.scenario.queues[queue].name))
    };
    let backlogs: Vec<String> = shown.iter().filter_map(backlog).collect();
    let sentences = the_rest(report, &shown).into_iter().chain(sentences_of_goals(report)).chain(backlogs);
    lines.extend(sentences.map(|text| paragraph("", &text, 2, style)));
    lines.join("\n")
}

fn table(report: &RunReport<'_>, shown: &[usize], style: Style) -> Vec<String> {
    let mut rows: Vec<Vec<Cell>> = shown.iter().map(|&queue| row(report, queue)).collect();
    if report.scenario.queues.len() > 1 {
        rows.push(total_row(report));
    }
    Table { columns: columns(), rows }.lines(style)
}

/// The queues with a row, in file order: those that miss their goal first, then the busiest.
fn shown(report: &RunReport<'_>) -> Vec<usize> {
    let offered = |queue: usize| report.results.queues[queue].get(QueueMetric::Offered).mean.unwrap_or(0.0);
    let mut order: Vec<usize> = (0..report.scenario.queues.len()).collect();
    order.sort_by(|&a, &b| misses(report, b).cmp(&misses(report, a)).then(offered(b).total_cmp(&offered(a))));
    order.truncate(MOST_ROWS);
    order.sort_unstable();
    order
}

fn columns() -> Vec<Column> {
    vec![
        Column::left("QUEUES", 0),
        Column::right("offered", 1),
        Column::right("blocked", 1),
        Column::right("answered", 1).spare(6),
        Column::right("aband.", 1).spare(7),
        Column::right("dropped", 1),
        Column::right("SL", 2),
        Column::left("", 1).spare(2),
        Column::left("goal", 2),
        Column::right("abandon", 1),
        Column::left("", 1).spare(3),
        Column::left("goal", 2),
        Column::right("must wait", 1).spare(1),
        Column::left("goal", 1).spare(1),
        Column::right("ASA", 1),
        Column::left("goal", 1),
        Column::right("p90", 1).spare(5),
        Column::right("AHT", 1).spare(4),
        Column::right("days met", 2),
    ]
}

fn row(report: &RunReport<'_>, queue: usize) -> Vec<Cell> {
    let (stated, result) = (&report.scenario.queues[queue], &report.results.queues[queue]);
    let goal = stated.goal.as_ref();
    let tone = if misses(report, queue) { Tone::Strong } else { Tone::Plain };
    let mut row = vec![Cell::new(stated.name.as_str(), tone)];
    row.extend(counts(result));
    row.extend(rate(result.get(QueueMetric::ServiceLevel)));
    row.push(match goal.and_then(|g| g.service_level) {
        Some(share) => {
            let goal = format!("{}/{}", short_percent(share), goal_time(stated.target_time_s));
            marked(goal, result, GoalPart::ServiceLevel)
        }
        None => format!("-/{}", goal_time(stated.target_time_s)).into(),
    });
    row.extend(rate(result.get(QueueMetric::AbandonRate)));
    row.push(limit(report, queue, GoalPart::Abandon, |g| g.abandon));
    let waits = report.scenario.queues.iter().any(|q| q.goal.as_ref().is_some_and(|g| g.p_wait.is_some()));
    row.push(if waits { share_text(result.get(QueueMetric::PWait)).into() } else { "".into() });
    row.push(limit(report, queue, GoalPart::PWait, |g| g.p_wait));
    row.push(time(result.get(QueueMetric::AsaS)));
    row.push(limit(report, queue, GoalPart::Asa, |g| g.asa_s));
    row.push(time(result.get(QueueMetric::AnswerWaitP90S)));
    row.push(time(result.get(QueueMetric::AhtS)));
    row.push(days_met(report, result.goal_met).into());
    row
}

fn total_row(report: &RunReport<'_>) -> Vec<Cell> {
    let total = &report.results.total;
    let any_goal = report.scenario.queues.iter().any(|q| q.goal.is_some());
    let mut row = vec![Cell::from("all")];
    row.extend(counts(total));
    row.extend(rate(total.get(QueueMetric::ServiceLevel)));
    row.push(if any_goal { "own goal" } else { "own time" }.into());
    row.extend(rate(total.get(QueueMetric::AbandonRate)));
    row.extend((0..3).map(|_| Cell::from("")));
    row.push(time(total.get(QueueMetric::AsaS)));
    row.push("".into());
    row.push(time(total.get(QueueMetric::AnswerWaitP90S)));
    row.push(time(total.get(QueueMetric::AhtS)));
    row.push(days_met(report, total.goal_met).into());
    row
}

/// Offered, blocked, answered, abandoned, dropped; the rare ones empty unless they happen.
fn counts(result: &QueueResult) -> [Cell; 5] {
    let mean = |metric| result.get(metric).mean.unwrap_or(0.0);
    let rare = |metric| if mean(metric) > 0.0 { count(mean(metric)).into() } else { Cell::from("") };
    [
        count(mean(QueueMetric::Offered)).into(),
        rare(QueueMetric::Blocked),
        count(mean(QueueMetric::Answered)).into(),
        count(mean(QueueMetric::Abandoned)).into(),
        rare(QueueMetric::Dropped),
    ]
}

/// The T of "80/20", in seconds; long ones as "30min", "4h".
fn goal_time(seconds: f64) -> String {
    if seconds < 600.0 { seconds.to_string() } else { spoken_time(seconds).replace(' ', "") }
}

fn share_text(estimate: Estimate) -> String {
    estimate.mean.map_or_else(|| "-".to_owned(), percent)
}

/// A share and its half-width in points.
fn rate(estimate: Estimate) -> [Cell; 2] {
    let half_width = estimate.half_width.map_or_else(String::new, |h| format!("±{}", first_digit(100.0 * h)));
    [share_text(estimate).into(), Cell::new(half_width, Tone::Quiet)]
}

fn time(estimate: Estimate) -> Cell {
    estimate.mean.map_or_else(|| "-".to_owned(), clock).into()
}

/// A limit as stated and whether it holds; "-" where only other queues state it.
fn limit(report: &RunReport<'_>, queue: usize, part: GoalPart, of: fn(&Goal) -> Option<f64>) -> Cell {
    let stated = |q: &Queue| q.goal.as_ref().and_then(of);
    match stated(&report.scenario.queues[queue]) {
        Some(limit) => {
            let text = if part == GoalPart::Asa { clock(limit) } else { format!("{} %", short_percent(limit)) };
            marked(text, &report.results.queues[queue], part)
        }
        None if report.scenario.queues.iter().any(|q| stated(q).is_some()) => "-".into(),
        None => "".into(),
    }
}

/// A part of a goal, and whether the run's figure reaches it.
fn marked(goal: String, result: &QueueResult, part: GoalPart) -> Cell {
    let fared = result.goal.as_ref().and_then(|goal| goal.parts.iter().find(|p| p.part == part));
    match fared.filter(|part| part.value.is_some()) {
        Some(part) if part.met => Cell::new(format!("{goal} ok"), Tone::Good),
        Some(_) => Cell::new(format!("{goal} !!"), Tone::Bad),
        None => goal.into(),
    }
}

/// "4 of 20" days, or the days themselves when there are fewer.
fn days_met(report: &RunReport<'_>, met: Option<Proportion>) -> String {
    let any_goal = report.results.total.goal_met.is_some();
    met.map_or_else(|| if any_goal { "-".to_owned() } else { String::new() }, |met| of_twenty(met, ""))
}

/// A proportion in twentieths: "4 of 20", "<1 of 20" where it is small but happens.
pub(in crate::report) fn of_twenty(met: Proportion, unit: &str) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    if met.n < 20 {
        return format!("{} of {}{unit}", met.hits, met.n);
    }
    let twentieths = (met.hits as f64 / met.n as f64 * 20.0).round() as u64;
    match twentieths {
        0 if met.hits > 0 => format!("<1 of 20{unit}"),
        20 if met.hits < met.n => format!(">19 of 20{unit}"),
        n => format!("{n} of 20{unit}"),
    }
}

/// What the table leaves out.
fn the_rest(report: &RunReport<'_>, shown: &[usize]) -> Option<String> {
    let rest: Vec<usize> = (0..report.scenario.queues.len()).filter(|q| !shown.contains(q)).collect();
    let offered: f64 = rest.iter().filter_map(|&q| report.results.queues[q].get(QueueMetric::Offered).mean).sum();
    let missing = rest.iter().filter(|&&q| misses(report, q)).count();
    let fate = match missing {
        0 => String::new(),
        n => format!(", {n} of them miss a goal"),
    };
    let queues = if rest.len() == 1 { "queue" } else { "queues" };
    (!rest.is_empty()).then(|| {
        format!("and {} more {queues} with {} contacts{fate}: --json or queues.csv", rest.len(), thousands(offered))
    })
}

fn nine_days_in_ten(report: &RunReport<'_>, shown: &[usize]) -> Option<String> {
    if report.results.replications * (report.counted_days() as u64) < ENOUGH_DAYS {
        return None;
    }
    let range = |&queue: &usize| {
        let level = report.results.queues[queue].get(QueueMetric::ServiceLevel);
        let (low, high) = level.p05.zip(level.p95)?;
        let name = &report.scenario.queues[queue].name;
        let (low, high) = (format!("{:.0}", 100.0 * low), format!("{:.0}", 100.0 * high));
        Some(if low == high { format!("{name} {low} %") } else { format!("{name} {low}-{high} %") })
    };
    let few = if shown.len() > MOST_RANGES { worst_queue(report).into_iter().collect() } else { shown.to_vec() };
    let ranges: Vec<String> = few.iter().filter_map(range).collect();
    (!ranges.is_empty()).then(|| format!("Nine days in ten: SL of {}.", ranges.join(", ")))
}

/// On how many days each part of a goal held by itself, where a goal has several and days differ.
fn parts_of_days(report: &RunReport<'_>) -> Option<String> {
    let queue = |(queue, result): (&Queue, &QueueResult)| {
        let parts = &result.goal.as_ref()?.parts;
        let mixed = parts.iter().any(|part| part.days.hits < part.days.n);
        let part = |part: &crate::experiment::PartReport| {
            let word = match part.part {
                GoalPart::ServiceLevel => "SL",
                GoalPart::Abandon => "abandon",
                GoalPart::Asa => "ASA",
                GoalPart::PWait => "must wait",
            };
            format!("{word} {}", days_met(report, Some(part.days)))
        };
        let words: Vec<String> = parts.iter().map(part).collect();
        (parts.len() > 1 && mixed).then(|| format!("{} {}", queue.name, words.join(", ")))
    };
    let queues: Vec<String> =
        report.scenario.queues.iter().zip(&report.results.queues).filter_map(queue).take(MOST_RANGES).collect();
    (!queues.is_empty()).then(|| format!("Days on which each goal held by itself: {}.", queues.join("; ")))
}

/// The same waits by the five formulas the worst queue does not use.
fn other_formulas(report: &RunReport<'_>) -> Option<String> {
    use ServiceLevelFormula as F;
    let queue = worst_queue(report)?;
    let all = [
        (F::Offered, QueueMetric::SlOffered, "of all offered"),
        (F::IgnoreAbandonsInGoal, QueueMetric::SlIgnore, "early abandons ignored"),
        (F::CountAbandonsInGoal, QueueMetric::SlCount, "counted"),
        (F::AnsweredOnly, QueueMetric::SlAnswered, "of answered only"),
        (F::CountShortAbandons, QueueMetric::SlCountShort, "short abandons counted"),
        (F::NetOfShort, QueueMetric::SlNetOfShort, "taken out"),
    ];
    let stated = &report.scenario.queues[queue];
    if stated.channel.messages().is_some() {
        // Nobody abandons a message: all formulas say the same.
        return None;
    }
    let figure = |(formula, metric, words): (F, QueueMetric, &str)| {
        let value = report.results.queues[queue].get(metric).mean?;
        (formula != stated.service_level_formula).then(|| format!("{words} {:.1}", 100.0 * value))
    };
    let figures: Vec<String> = all.into_iter().filter_map(figure).collect();
    (!figures.is_empty()).then(|| format!("{} by other formulas: {}.", stated.name, figures.join(", ")))
}

/// Goals that are not simply about the average day, in their own words.
fn sentences_of_goals(report: &RunReport<'_>) -> Vec<String> {
    let special = |q: &Queue| q.goal.as_ref().is_some_and(|g| g.on.is_some() || g.over != Period::Day);
    let sentence = |(queue, result): (&Queue, &QueueResult)| {
        let (goal, fared) = (queue.goal.as_ref()?, result.goal.as_ref()?);
        let (one, many) = match goal.over {
            Period::Interval => ("interval", "intervals"),
            Period::Day => ("day", "days"),
            Period::Week => ("week", "weeks"),
        };
        let asked = match goal.on {
            Some(share) => format!("on {} % of {many}", short_percent(share)),
            None if goal.over == Period::Interval => "in the average of every interval".to_owned(),
            None => format!("over the average {one}"),
        };
        let verdict = if fared.met { "ok" } else { "!!" };
        let held = of_twenty(fared.periods, many);
        Some(format!(
            "{}: goal asked {asked}, in {}; held on {held} {verdict}",
            queue.name,
            spoken_time(queue.target_time_s)
        ))
    };
    let pairs = report.scenario.queues.iter().zip(&report.results.queues);
    pairs.filter(|(q, _)| special(q)).take(MOST_ROWS).filter_map(sentence).collect()
}
