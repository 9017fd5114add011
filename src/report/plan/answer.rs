//! ANSWER, JUDGED and NEXT: the plan in sentences.

use super::PlanReport;
use super::cover::{Basis, CoverHours, TeamCover};
use super::unmet::out_of_reach;
use crate::experiment::QueueMetric;
use crate::planner::stated_effort;
use crate::report::layout::{Style, paragraph};
use crate::report::numbers::{hours, money, short_percent, thousands};
use crate::report::text::why::blocked;
use crate::report::text::{INDENT, quoted};
use crate::scenario::{PlanScope, takes_agents};

/// Hours below this share of the need are no difference.
const SLACK: f64 = 0.02;

pub(super) fn answer(report: &PlanReport<'_>, covers: &[TeamCover<'_>], style: Style) -> String {
    let nobody = nobody_comes(report);
    let first = if nobody { "Nobody comes: the expected volume is zero.".to_owned() } else { what_it_takes(report) };
    let sentences = [Some(first), Some(against_the_file(report, covers)), blocked(&report.as_run())];
    let text = sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut lines = vec![paragraph("ANSWER", &text, INDENT, style)];
    if !report.plan.unmet.is_empty() {
        lines.push(paragraph("MISSED", &out_of_reach(report), INDENT, style));
    }
    lines.join("\n")
}

/// Whether no contact came in the simulation.
pub(super) fn nobody_comes(report: &PlanReport<'_>) -> bool {
    report.plan.results.total.get(QueueMetric::Attempted).mean.unwrap_or(0.0) == 0.0
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

/// What a plan has to show, and that it shows it.
pub(super) fn judged(report: &PlanReport<'_>, style: Style) -> String {
    let settings = &report.scenario.plan;
    let what = match settings.scope {
        PlanScope::Interval => format!("every {} with contacts reaches each goal", report.interval_word()),
        PlanScope::Day => "the day as a whole reaches each goal".to_owned(),
        PlanScope::Goal => "each goal holds as it is written".to_owned(),
    };
    let days = settings.days.map_or_else(String::new, |s| format!(", and all hold on {} % of days", short_percent(s)));
    let messages = report.scenario.queues.iter().any(|queue| queue.channel.messages().is_some());
    let minimal = match (report.shares_queues() || messages, report.plan.unmet.is_empty()) {
        (true, _) if messages => {
            "Messages can be answered later: found by simulation; the same hours at other times may do with less."
        }
        (true, _) => {
            "Teams share queues: found by simulation, no single agent can be taken away; another mix of teams may do \
             with less."
        }
        (false, true) => "No single agent can be taken away.",
        (false, false) => "",
    };
    let (minimal, backlog) = match nobody_comes(report) {
        true => ("", ""),
        false if messages => (minimal, "; no more messages are left than there were, or than come in last"),
        false => (minimal, ""),
    };
    let staffings = if report.plan.trials == 1 { "staffing" } else { "staffings" };
    let text = format!(
        "{what} with {} % confidence (one-sided){days}{backlog}; {} days simulated per staffing, {} {staffings}. {minimal}",
        short_percent(settings.evidence),
        thousands(report.plan.results.replications as f64 * report.scenario.timeline.days.len() as f64),
        thousands(f64::from(report.plan.trials)),
    );
    paragraph("JUDGED", text.trim_end(), INDENT, style)
}

/// A step the planner can take at once.
pub(super) fn next(report: &PlanReport<'_>, covers: &[TeamCover<'_>], style: Style) -> String {
    let file = quoted(report.scenario_file);
    let worst = covers.iter().flat_map(|c| (0..c.need.len()).map(move |i| (c.gap(i).round() as i64, c.name, i)));
    let worst = worst.min_by_key(|w| w.0);
    let step = match worst {
        Some((gap, name, interval)) if gap < 0 => format!(
            "why {} more {} at {}: callwright plan {file} --explain --team {} --at {}",
            -gap,
            name,
            report.moment(interval),
            quoted(name),
            quoted(&report.moment(interval))
        ),
        _ if nobody_comes(report) => format!("what the file says: callwright validate {file} --explain"),
        _ => format!("why: callwright plan {file} --explain"),
    };
    let copy = if takes_agents(report.scenario).is_ok() { ", --write-agents FILE" } else { "" };
    paragraph("NEXT", &format!("{step} · files: --out DIR (CSV, JSON, plot){copy}"), INDENT, style)
}
