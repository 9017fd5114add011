//! RESULT: what it comes to, in a sentence.

use super::INDENT;
use crate::experiment::{GoalPart, Proportion, QueueMetric};
use crate::report::RunReport;
use crate::report::diagnosis::misses;
use crate::report::layout::{Style, paragraph};
use crate::report::numbers::{capital, in_words, percent, spoken_time};
use crate::report::text::queues::of_twenty;

/// The first line: who misses a goal, and on how many days all goals hold.
pub(super) fn result(report: &RunReport<'_>, style: Style) -> String {
    let sentences = [verdict(report), days_in_twenty(report), too_close(report)];
    let text = sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
    paragraph("RESULT", &text, INDENT, style)
}

fn verdict(report: &RunReport<'_>) -> Option<String> {
    let queues = &report.scenario.queues;
    let total = &report.results.total;
    let with_goal: Vec<usize> = (0..queues.len()).filter(|&q| queues[q].goal.is_some()).collect();
    let missing: Vec<usize> = with_goal.iter().copied().filter(|&q| misses(report, q)).collect();
    if total.get(QueueMetric::Attempted).mean.unwrap_or(0.0) == 0.0 {
        return Some("Nobody calls: no contacts in the simulated time.".to_owned());
    }
    Some(match (with_goal.len(), missing.len()) {
        (0, _) => without_goals(report),
        (1, 0) => format!("{} meets its goal.", queues[with_goal[0]].name),
        (1, _) => format!("{} misses its goal.", queues[with_goal[0]].name),
        (2, 0) if queues.len() > 2 => "Both queues that state a goal meet it.".to_owned(),
        (2, 0) => "Both queues meet their goals.".to_owned(),
        (n, 0) => format!("All {} queues meet their goals.", in_words(n)),
        (2, 2) => "Both queues miss a goal.".to_owned(),
        (n, m) if n == m => format!("All {} queues miss a goal.", in_words(n)),
        (n, m) => {
            let verb = if m == 1 { "misses" } else { "miss" };
            format!("{} of {} queues {verb} a goal.", capital(&in_words(m)), in_words(n))
        }
    })
}

fn without_goals(report: &RunReport<'_>) -> String {
    let (queues, total) = (&report.scenario.queues, &report.results.total);
    let share = |metric| total.get(metric).mean.map_or_else(|| "-".to_owned(), percent);
    let in_time = match queues.iter().all(|q| q.target_time_s == queues[0].target_time_s) {
        true => format!("within {}", spoken_time(queues[0].target_time_s)),
        false => "in time".to_owned(),
    };
    let (level, abandon) = (share(QueueMetric::ServiceLevel), share(QueueMetric::AbandonRate));
    format!("No goals are stated. Service level {level} {in_time}; {abandon} hang up.")
}

/// "1 day in 20 meets them all."
fn days_in_twenty(report: &RunReport<'_>) -> Option<String> {
    let with_goal = report.scenario.queues.iter().filter(|q| q.goal.is_some()).count();
    let met = report.results.total.goal_met?;
    let object = if with_goal == 1 { "it" } else { "them all" };
    Some(match (met.n, met.hits) {
        (1, 0) => format!("The one simulated day does not meet {object}."),
        (1, _) => format!("The one simulated day meets {object}."),
        (n, 1) if n < 20 => format!("1 of {n} simulated days meets {object}."),
        (n, hits) if n < 20 => format!("{hits} of {n} simulated days meet {object}."),
        _ => days_phrase(met, object),
    })
}

fn days_phrase(met: Proportion, object: &str) -> String {
    match of_twenty(met, "").split_once(" of ").map(|(n, _)| n.to_owned()).unwrap_or_default().as_str() {
        "0" => format!("No day meets {object}."),
        "<1" => format!("Fewer than 1 day in 20 meets {object}."),
        "1" => format!("1 day in 20 meets {object}."),
        "20" => format!("Every day meets {object}."),
        ">19" => format!("More than 19 days in 20 meet {object}."),
        n => format!("{n} days in 20 meet {object}."),
    }
}

/// Figures whose distance from the goal is within their own ±.
fn too_close(report: &RunReport<'_>) -> Option<String> {
    let mut close = Vec::new();
    for (queue, result) in report.scenario.queues.iter().zip(&report.results.queues) {
        for part in result.goal.iter().flat_map(|g| &g.parts) {
            let half_width = result.get(part.part.metric()).half_width;
            if part.value.zip(half_width).is_some_and(|(value, h)| (value - part.target).abs() < h) {
                close.push(format!("{} {}", queue.name, part_name(part.part)));
            }
        }
    }
    match close.len() {
        0 => None,
        1..=3 => Some(format!("Too close to call, within ± of the goal: {}.", close.join(", "))),
        n => Some(format!("{n} figures are within ± of their goal: too close to call.")),
    }
}

fn part_name(part: GoalPart) -> &'static str {
    match part {
        GoalPart::ServiceLevel => "SL",
        GoalPart::Abandon => "abandon",
        GoalPart::Asa => "ASA",
        GoalPart::PWait => "waiting",
    }
}
