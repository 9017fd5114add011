//! ANSWER, OUT OF REACH, JUDGED and NEXT: the plan in sentences.

use super::PlanReport;
use super::cover::{Basis, CoverHours, TeamCover};
use crate::experiment::{Estimate, GoalPart};
use crate::planner::{Unmet, stated_effort};
use crate::report::layout::{Style, paragraph};
use crate::report::numbers::{clock, hours, money, percent, short_percent, thousands};
use crate::report::text::{INDENT, quoted};
use crate::scenario::PlanScope;

/// Hours below this share of the need are no difference.
const SLACK: f64 = 0.02;

/// Most unreached goals told one by one.
const MOST_UNMET: usize = 3;

pub(super) fn answer(report: &PlanReport<'_>, covers: &[TeamCover<'_>], style: Style) -> String {
    let sentences = [what_it_takes(report), against_the_file(report, covers)];
    let mut lines = vec![paragraph("ANSWER", &sentences.join(" "), INDENT, style)];
    if !report.plan.unmet.is_empty() {
        lines.push(paragraph("MISSED", &out_of_reach(report), INDENT, style));
    }
    lines.join("\n")
}

/// "193.5 h on the phone (276.4 h paid, 6,634 €) meet every goal in every half hour."
fn what_it_takes(report: &PlanReport<'_>) -> String {
    let effort = report.plan.effort(report.scenario).unwrap_or_default();
    let mut paid = format!("{} h paid", hours(effort.paid_h));
    if let Some(cost) = effort.cost {
        paid.push_str(&format!(", {}", money(cost, false, &report.scenario.currency)));
    }
    let where_ = match report.scenario.plan.scope {
        PlanScope::Interval => format!("in every {}", report.interval_word()),
        PlanScope::Day => "over the day".to_owned(),
        PlanScope::Goal => "as it is written".to_owned(),
    };
    let meets = if report.plan.unmet.is_empty() { "meet every goal" } else { "come closest to every goal" };
    format!("{} h on the phone ({paid}){} {meets} {where_}.", hours(effort.on_phone_h), over_days(report))
}

/// " over 7 days"; nothing for one day.
fn over_days(report: &PlanReport<'_>) -> String {
    match report.scenario.timeline.days.len() {
        1 => String::new(),
        days => format!(" over {days} days"),
    }
}

fn against_the_file(report: &PlanReport<'_>, covers: &[TeamCover<'_>]) -> String {
    let paid = covers.iter().any(|c| c.basis == Basis::Paid);
    let stated = stated_effort(report.scenario).unwrap_or_default();
    let has = match paid {
        true => format!("The file has {} h paid", hours(stated.paid_h)),
        false => format!("The file has {}", hours(stated.on_phone_h)),
    };
    let sum = covers.iter().map(TeamCover::hours).fold(CoverHours::default(), CoverHours::plus);
    if sum.short < 0.05 && sum.over < 0.05 {
        return format!("{has}: exactly these people.");
    }
    format!("{has}: {} h short, {} h over{}", hours(sum.short), hours(sum.over), advice(covers, sum))
}

/// What short and over hours together mean.
fn advice(covers: &[TeamCover<'_>], sum: CoverHours) -> String {
    let slack = SLACK * sum.need;
    // Hours can only be moved inside a team.
    let movable: f64 = covers.iter().map(|c| c.hours()).map(|h| h.short.min(h.over)).sum();
    match () {
        () if sum.short < 0.05 => ". More than is needed.".to_owned(),
        () if sum.short <= slack && sum.over <= slack => ". As good as right.".to_owned(),
        () if sum.over < 0.05 => {
            ". Too few at every hour that needs more: hire, or give up part of the goal.".to_owned()
        }
        () if movable >= 0.95 * sum.short && sum.have > 1.1 * sum.need => {
            ". More than is needed, but not at the right time: move before hiring.".to_owned()
        }
        () if movable >= 0.95 * sum.short => ". Enough hours at the wrong time: move before hiring.".to_owned(),
        () if movable > slack => format!(
            ". Move {} h inside the teams before hiring; {} h are missing even then.",
            hours(movable),
            hours(sum.short - movable)
        ),
        () if sum.short > sum.over => {
            format!("; {} h are missing, however they are spread.", hours(sum.short - sum.over))
        }
        () => ".".to_owned(),
    }
}

/// What is not reached, and why.
fn out_of_reach(report: &PlanReport<'_>) -> String {
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
        Unmet::Interval { queue, interval } => {
            let result = &report.plan.results.queues[queue].intervals[interval];
            let figures = figures(report, queue, |part| result.get(part.interval_metric()));
            format!(
                "{} {}: {figures}; {}.",
                scenario.queues[queue].name,
                report.moment(interval),
                why(report, queue, Some(interval))
            )
        }
        Unmet::Total { queue } => {
            let result = &report.plan.results.queues[queue];
            let figures = figures(report, queue, |part| result.get(part.metric()));
            format!("{}: {figures}; {}.", scenario.queues[queue].name, why(report, queue, None))
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
fn figures(report: &PlanReport<'_>, queue: usize, of: impl Fn(GoalPart) -> Estimate) -> String {
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
        (missed, _) if !missed.is_empty() => missed.join(", "),
        (_, close) => format!("{}, too close to be sure", close.join(", ")),
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

/// What a plan has to show, and that it shows it.
pub(super) fn judged(report: &PlanReport<'_>, style: Style) -> String {
    let settings = &report.scenario.plan;
    let what = match settings.scope {
        PlanScope::Interval => format!("every {} with contacts reaches each goal", report.interval_word()),
        PlanScope::Day => "the day as a whole reaches each goal".to_owned(),
        PlanScope::Goal => "each goal holds as it is written".to_owned(),
    };
    let days = settings.days.map_or_else(String::new, |s| format!(", and all hold on {} % of days", short_percent(s)));
    let minimal = match (report.shares_queues(), report.plan.unmet.is_empty()) {
        (true, _) => {
            "Teams share queues: found by simulation, no single agent can be taken away; another mix of teams may do \
             with less."
        }
        (false, true) => "No single agent can be taken away.",
        (false, false) => "",
    };
    let text = format!(
        "{what} with {} % confidence (one-sided){days}; {} days simulated per staffing, {} staffings. {minimal}",
        short_percent(settings.evidence),
        thousands(report.plan.results.replications as f64 * report.scenario.timeline.days.len() as f64),
        thousands(f64::from(report.plan.trials)),
    );
    paragraph("JUDGED", text.trim_end(), INDENT, style)
}

/// A step the planner can take at once.
pub(super) fn next(report: &PlanReport<'_>, covers: &[TeamCover<'_>], style: Style) -> String {
    let file = quoted(report.scenario_file);
    let worst = covers.iter().flat_map(|c| (0..c.need.len()).map(move |i| (c.gap(i), c.name, i))).min_by_key(|w| w.0);
    let step = match worst {
        Some((gap, name, interval)) if gap < 0 => format!(
            "why {} more {} at {}: callwright plan {file} --explain --team {} --at {}",
            -gap,
            name,
            report.moment(interval),
            quoted(name),
            quoted(&report.moment(interval))
        ),
        _ => format!("why: callwright plan {file} --explain"),
    };
    paragraph("NEXT", &format!("{step} · files: --out DIR (CSV, JSON, plot), --write-agents FILE"), INDENT, style)
}
