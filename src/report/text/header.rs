//! What was simulated, and by which conventions.

use super::limits;
use crate::report::RunReport;
use crate::report::layout::{Style, paragraph, shorten};
use crate::report::numbers::{later, short_percent, spoken_time, thousands};
use crate::report::people;
use crate::scenario::{AbandonFormula, Queue, ServiceLevelFormula, Timeline};

/// The header lines.
pub(in crate::report) fn header(report: &RunReport<'_>, style: Style) -> String {
    let mut lines = vec![
        paragraph(
            &shorten(&report.scenario.name, style.columns() / 2),
            &format!("{}{}", when(report), how_many(report)),
            0,
            style,
        ),
        paragraph("", &conventions(report), 0, style),
    ];
    lines.extend(formulas_by_queue(report).iter().map(|line| paragraph("", line, 0, style)));
    lines.extend(limits::sentences(report).iter().map(|line| paragraph("", line, 0, style)));
    lines.join("\n")
}

fn when(report: &RunReport<'_>) -> String {
    let timeline = &report.scenario.timeline;
    let hours = if timeline.round_the_clock { "round the clock".to_owned() } else { hours(timeline) };
    let (Some(first), Some(last)) = (timeline.days.first(), timeline.days.last()) else { return String::new() };
    let days = timeline.days.len();
    let (date, zone) = match (first.date, days) {
        (Some(_), 1) => (format!(", {}", first.label), format!(" {}", timeline.timezone)),
        (Some(_), _) => {
            (format!(", {} to {} ({days} days)", first.label, last.label), format!(" {}", timeline.timezone))
        }
        (None, 1) => (String::new(), String::new()),
        (None, _) => (format!(", {days} days"), String::new()),
    };
    format!("{date} · {hours}{zone} · {}", spoken_time(f64::from(timeline.interval_s)))
}

/// "08:00-20:00", or that it differs from day to day.
fn hours(timeline: &Timeline) -> String {
    let opening = |day: &crate::scenario::Day| {
        let last = day.first_interval + day.interval_count.max(1) - 1;
        let (start, end) = (&timeline.intervals[day.first_interval].label, &timeline.intervals[last].label);
        format!("{start}-{}", later(end, timeline.interval_s))
    };
    let openings: Vec<String> = timeline.days.iter().map(opening).collect();
    if openings.iter().all(|o| *o == openings[0]) { openings[0].clone() } else { "hours by day".to_owned() }
}

fn how_many(report: &RunReport<'_>) -> String {
    let results = report.results;
    let n = thousands(results.replications as f64);
    let plural = if results.replications == 1 { "" } else { "s" };
    let what = match report.scenario.timeline.days.len() {
        1 => format!("{n} simulated day{plural}"),
        days => format!("{n} replication{plural} of {days} days"),
    };
    format!(" · {what}, seed {}", results.seed)
}

fn conventions(report: &RunReport<'_>) -> String {
    let queues = &report.scenario.queues;
    let sl = match common(queues, |q| q.service_level_formula) {
        Some(formula) => format!(
            "SL = {}",
            formula_in_words(formula, common(queues, |q| q.target_time_s.to_bits()).map(f64::from_bits))
        ),
        None => "SL = by each queue's formula".to_owned(),
    };
    let abandon = match common(queues, |q| q.abandon_formula) {
        Some(AbandonFormula::All) | None => "",
        Some(AbandonFormula::NetOfShort) => " · abandon net of short ones",
    };
    let precision = if report.results.replications > 1 { " · ± = 95 %" } else { " · one replication: no ±" };
    format!(
        "{sl}{abandon}{precision}{} · people effects: {}",
        day_to_day(queues),
        people::state(report.scenario, report.results)
    )
}

fn day_to_day(queues: &[Queue]) -> String {
    let varying = || queues.iter().map(|q| q.day_cv).filter(|cv| *cv > 0.0);
    let (low, high) = (varying().fold(f64::INFINITY, f64::min), varying().fold(0.0, f64::max));
    if high == 0.0 {
        return String::new();
    }
    let spread =
        if low == high { short_percent(low) } else { format!("{}-{}", short_percent(low), short_percent(high)) };
    format!(" · days vary ±{spread} %")
}

/// What all queues have in common, if they do.
fn common<T: PartialEq>(queues: &[Queue], of: impl Fn(&Queue) -> T) -> Option<T> {
    let first = of(queues.first()?);
    queues.iter().all(|q| of(q) == first).then_some(first)
}

/// "answered within 20 s / offered".
pub(in crate::report) fn formula_in_words(formula: ServiceLevelFormula, target_s: Option<f64>) -> String {
    let in_time = target_s.map_or_else(|| "in time".to_owned(), |t| format!("within {}", spoken_time(t)));
    match formula {
        ServiceLevelFormula::Offered => format!("answered {in_time} / offered"),
        ServiceLevelFormula::IgnoreAbandonsInGoal => format!("answered {in_time} / (offered - abandoned in time)"),
        ServiceLevelFormula::CountAbandonsInGoal => format!("(answered + abandoned {in_time}) / offered"),
        ServiceLevelFormula::AnsweredOnly => format!("answered {in_time} / answered"),
        ServiceLevelFormula::CountShortAbandons => format!("(answered {in_time} + short abandons) / offered"),
        ServiceLevelFormula::NetOfShort => format!("answered {in_time} / (offered - short abandons)"),
    }
}

/// One line per formula when queues do not share theirs.
fn formulas_by_queue(report: &RunReport<'_>) -> Vec<String> {
    use ServiceLevelFormula as F;
    let queues = &report.scenario.queues;
    let all = [
        F::Offered,
        F::IgnoreAbandonsInGoal,
        F::CountAbandonsInGoal,
        F::AnsweredOnly,
        F::CountShortAbandons,
        F::NetOfShort,
    ];
    let users = |formula: F| -> Vec<&str> {
        queues.iter().filter(|q| q.service_level_formula == formula).map(|q| q.name.as_str()).collect()
    };
    let mut lines = Vec::new();
    if common(queues, |q| q.service_level_formula).is_none() {
        let used = all.into_iter().filter(|f| !users(*f).is_empty());
        lines.extend(used.map(|f| format!("SL of {} = {}", users(f).join(", "), formula_in_words(f, None))));
    }
    if common(queues, |q| q.abandon_formula).is_none() {
        let net = queues.iter().filter(|q| q.abandon_formula == AbandonFormula::NetOfShort).map(|q| q.name.as_str());
        lines.push(format!("abandon of {} net of short ones", net.collect::<Vec<_>>().join(", ")));
    }
    lines
}
