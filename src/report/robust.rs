//! Whether the verdict of a run survives halving and doubling every effect of people.

use serde_json::{Value, json};

use super::RunReport;
use super::json::number;
use super::layout::{Style, paragraph};
use super::numbers::percent;
use super::text::INDENT;
use crate::experiment::{QueueMetric, Results};

/// The same floor at other strengths: the factor on all effects, and what was found then.
pub(super) type Strengths<'a> = &'a [(f64, Results)];

/// A queue whose verdict turns at another strength.
struct Turned<'a> {
    factor: f64,
    queue: usize,
    results: &'a Results,
}

fn turned<'a>(report: &RunReport<'_>, others: Strengths<'a>) -> Vec<Turned<'a>> {
    let met = |results: &Results, queue: usize| results.queues[queue].goal.as_ref().map(|goal| goal.met);
    let queues = 0..report.scenario.queues.len();
    let of = |(factor, results): &'a (f64, Results)| {
        let turned = queues.clone().filter(move |&queue| met(results, queue) != met(report.results, queue));
        turned.map(move |queue| Turned { factor: *factor, queue, results })
    };
    others.iter().flat_map(of).collect()
}

/// "ROBUST  With every effect halved and doubled each queue meets or misses its goal as above."
pub fn robust_run_text(report: &RunReport<'_>, style: Style) -> String {
    let Some(others) = report.robust else { return String::new() };
    let with_goal = report.results.queues.iter().filter(|queue| queue.goal.is_some()).count();
    let turned = turned(report, others);
    let text = if with_goal == 0 {
        "No goal is stated, so there is no verdict that other strengths of the effects could change.".to_owned()
    } else if others.is_empty() {
        "Stopped before the floor was simulated with other strengths of the effects.".to_owned()
    } else if turned.is_empty() {
        "The verdict survives: with every effect of people halved and doubled each goal is met or missed as above."
            .into()
    } else {
        let tell = |of: &Turned<'_>| {
            let (result, name) = (&of.results.queues[of.queue], &report.scenario.queues[of.queue].name);
            let verb = if result.goal.as_ref().is_some_and(|goal| goal.met) { "meets" } else { "misses" };
            let level = result.get(QueueMetric::ServiceLevel).mean.map_or_else(String::new, percent);
            format!("at {:.0} % {name} {verb} its goal (SL {level})", 100.0 * of.factor)
        };
        let told: Vec<String> = turned.iter().take(6).map(tell).collect();
        format!("The verdict depends on the size of the effects, which are illustrative: {}.", told.join("; "))
    };
    paragraph("ROBUST", &text, INDENT, style) + "\n"
}

/// The same for programs.
pub(super) fn json(report: &RunReport<'_>, others: Strengths<'_>) -> Value {
    let turned = turned(report, others);
    let tell = |of: &Turned<'_>| {
        let queue = &of.results.queues[of.queue];
        json!({
            "factor": of.factor,
            "queue": report.scenario.queues[of.queue].name,
            "met": queue.goal.as_ref().map(|goal| goal.met),
            "service_level": number(queue.get(QueueMetric::ServiceLevel).mean),
        })
    };
    json!({
        "factors": others.iter().map(|(factor, _)| *factor).collect::<Vec<_>>(),
        "survives": (!others.is_empty()).then_some(turned.is_empty()),
        "turned": turned.iter().map(tell).collect::<Vec<_>>(),
        "replications": others.first().map(|(_, results)| results.replications),
        "goals": report.results.queues.iter().filter(|queue| queue.goal.is_some()).count(),
    })
}
