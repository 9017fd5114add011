//! MISSED: what the plan does not reach, and why.

use super::PlanReport;
use crate::experiment::{Estimate, GoalPart};
use crate::planner::{Unmet, may_stay, open_at_the_end};
use crate::report::numbers::{clock, count, percent, short_percent};
use crate::scenario::PlanScope;

/// Most unreached goals told one by one.
const MOST_UNMET: usize = 3;

/// What is not reached, and why.
pub(super) fn out_of_reach(report: &PlanReport<'_>) -> String {
    let unmet = &report.plan.unmet;
    let mut sentences: Vec<String> = unmet.iter().take(MOST_UNMET).map(|&u| one_unmet(report, u)).collect();
    if unmet.len() > MOST_UNMET {
        sentences.push(format!("And {} more: requirements.json.", unmet.len() - MOST_UNMET));
    }
    sentences.join(" ")
}

fn one_unmet(report: &PlanReport<'_>, unmet: Unmet) -> String {
    let scenario = report.scenario;
    match unmet {
        Unmet::Interval { queue, interval } if leaves_too_many(report, queue).is_some() => {
            format!("{} {}: {}.", scenario.queues[queue].name, report.moment(interval), left(report, queue))
        }
        Unmet::Interval { queue, interval } => {
            let result = &report.plan.results.queues[queue].intervals[interval];
            let figures = figures(report, queue, |part| result.get(part.interval_metric()));
            format!(
                "{} {}: {}; {}.",
                scenario.queues[queue].name,
                report.moment(interval),
                figures.unwrap_or_default(),
                why(report, queue, Some(interval))
            )
        }
        Unmet::Total { queue } => {
            let result = &report.plan.results.queues[queue];
            let name = &scenario.queues[queue].name;
            let figures = figures(report, queue, |part| result.get(part.metric()));
            match (leaves_too_many(report, queue), figures) {
                (Some(_), _) => format!("{name}: {}.", left(report, queue)),
                (None, None) => format!("{name}: {}.", as_written(report, queue)),
                (None, Some(figures)) => format!("{name}: {figures}; {}.", why_in_total(report, queue)),
            }
        }
        Unmet::Occupancy { team, interval } => {
            let cap = scenario.teams[team].max_occupancy.unwrap_or(1.0);
            let found = report.plan.results.teams[team].intervals[interval].occupancy.mean.unwrap_or(0.0);
            format!(
                "{} {}: occupancy {} of at most {} %; {}.",
                scenario.teams[team].name,
                report.moment(interval),
                percent(found),
                short_percent(cap),
                limits(report, &[team], Some(interval))
            )
        }
        Unmet::Days => {
            let asked = scenario.plan.days.unwrap_or(1.0);
            let met = report.plan.results.total.goal_met.and_then(|p| p.share()).unwrap_or(0.0);
            format!("Every goal holds on {} of days, not on the {} % asked for.", percent(met), short_percent(asked))
        }
    }
}

/// "SL 71.2 % of 80 %, abandon 9.1 % of at most 5 %": what is missed, or else too close to be sure.
/// `None` where every figure is as it should be.
fn figures(report: &PlanReport<'_>, queue: usize, of: impl Fn(GoalPart) -> Estimate) -> Option<String> {
    let goal = report.scenario.queues[queue].goal.iter().flat_map(GoalPart::stated);
    let found: Vec<(GoalPart, f64, Estimate)> = goal.map(|(part, target)| (part, target, of(part))).collect();
    let missed = |share_of_half_width: f64| -> Vec<String> {
        let beyond = found.iter().filter_map(|&(part, target, estimate)| {
            let (mean, slack) = (estimate.mean?, share_of_half_width * estimate.half_width.unwrap_or(0.0));
            let reached = match part {
                GoalPart::ServiceLevel => mean - slack >= target,
                _ => mean + slack <= target,
            };
            (!reached).then(|| figure(part, mean, target))
        });
        beyond.collect()
    };
    match (missed(0.0), missed(1.0)) {
        (missed, _) if !missed.is_empty() => Some(missed.join(", ")),
        (_, close) if close.is_empty() => None,
        (_, close) => Some(format!("{}, too close to be sure", close.join(", "))),
    }
}

fn figure(part: GoalPart, mean: f64, target: f64) -> String {
    match part {
        GoalPart::ServiceLevel => format!("SL {} of {} %", percent(mean), short_percent(target)),
        GoalPart::Abandon => format!("abandon {} of at most {} %", percent(mean), short_percent(target)),
        GoalPart::PWait => format!("{} wait, at most {} % may", percent(mean), short_percent(target)),
        GoalPart::Asa => format!("ASA {} of at most {}", clock(mean), clock(target)),
    }
}

/// Messages of a queue that are open at the end, and that may be, where there are too many.
fn leaves_too_many(report: &PlanReport<'_>, queue: usize) -> Option<(f64, f64)> {
    let allowed = may_stay(report.scenario, queue)?;
    let open = open_at_the_end(report.scenario, &report.plan.results.queues[queue]);
    (open > allowed).then_some((open, allowed))
}

fn left(report: &PlanReport<'_>, queue: usize) -> String {
    let (open, allowed) = leaves_too_many(report, queue).unwrap_or_default();
    let backlog = report.scenario.queues[queue].channel.messages().map_or(0, |messages| messages.backlog);
    format!(
        "{} messages are left at the end; {backlog} were there at the start, {} may stay",
        count(open),
        count(allowed)
    )
}

/// A goal on a share of periods, or over every interval, that the average of the plan does not show.
fn as_written(report: &PlanReport<'_>, queue: usize) -> String {
    let held = report.plan.results.queues[queue].goal.as_ref().and_then(|goal| goal.periods.share()).unwrap_or(0.0);
    let asked = report.scenario.queues[queue].goal.as_ref().and_then(|goal| goal.on);
    let asked = asked.map_or_else(|| "all of them".to_owned(), |share| format!("{} %", short_percent(share)));
    let advice = match report.scenario.plan.scope {
        PlanScope::Goal => "",
        _ => "; scope = \"goal\" under [plan] plans for the goal as it is written",
    };
    format!("the goal holds in {} of its periods, {asked} were asked{advice}", percent(held))
}

/// Why a queue misses its goal over the run.
fn why_in_total(report: &PlanReport<'_>, queue: usize) -> String {
    let told = |u: &Unmet| matches!(u, Unmet::Interval { queue: q, .. } if *q == queue);
    match report.scenario.plan.scope {
        PlanScope::Interval if !report.plan.unmet.iter().any(told) => {
            format!("every {} reaches it, so it is contacts after closing that do not", report.interval_word())
        }
        _ => why(report, queue, None),
    }
}

/// Why nobody can be added for a queue.
fn why(report: &PlanReport<'_>, queue: usize, interval: Option<usize>) -> String {
    let teams = &report.scenario.teams;
    let skilled: Vec<usize> = (0..teams.len()).filter(|&t| teams[t].skills.iter().any(|s| s.queue == queue)).collect();
    limits(report, &skilled, interval)
}

fn limits(report: &PlanReport<'_>, teams: &[usize], interval: Option<usize>) -> String {
    let stated = |t: usize| &report.scenario.teams[t];
    let open: Vec<usize> = teams.iter().copied().filter(|&t| interval.is_none_or(|i| stated(t).open[i])).collect();
    if open.is_empty() {
        return "no team that serves it is open".to_owned();
    }
    let capped: Vec<String> = open
        .iter()
        .filter_map(|&t| stated(t).max_agents.map(|most| format!("{} may have {most} (max_agents)", stated(t).name)))
        .collect();
    match capped.len() {
        0 => "no staffing that was tried is enough".to_owned(),
        _ => capped.join(", "),
    }
}
