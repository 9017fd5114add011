//! `requirements.json`: the whole plan for programs.

use serde_json::{Map, Value, json};

use super::PlanReport;
use super::cover::{CoverHours, TeamCover, covers, formula_of};
use super::csv::{basis_name, binding_goal, binding_queue};
use crate::engine::GENERATOR;
use crate::experiment::{IntervalMetric, QueueResult};
use crate::planner::{Certainty, Effort, QueueShare, Sensitivity, Unmet, stated_effort};
use crate::report::SCHEMA_VERSION;
use crate::report::fte;
use crate::report::json::{floor, number, proportion};
use crate::report::people;
use crate::scenario::{PlanScope, Scenario};

/// The plan: settings, totals, certainty, sensitivity, and per team and queue one array over the intervals.
pub fn requirements_json(report: &PlanReport<'_>) -> Value {
    let (scenario, plan, covers) = (report.scenario, report.plan, covers(report));
    let queues = scenario.queues.iter().zip(&plan.results.queues);
    json!({
        "schema_version": SCHEMA_VERSION,
        "callwright": env!("CARGO_PKG_VERSION"),
        "generator": GENERATOR,
        "input_hash": report.input_hash,
        "people_effects": people::state(report.scenario, &report.plan.results),
        "scenario": floor(&report.as_run()),
        "plan": settings(report),
        "goals_met": plan.unmet.is_empty(),
        "unmet": plan.unmet.iter().map(|&u| unmet(report, u)).collect::<Vec<_>>(),
        "totals": totals(report, &covers),
        "certainty": plan.certainty.iter().map(|level| certainty(scenario, level)).collect::<Vec<_>>(),
        "sensitivity": plan.sensitivity.iter().map(sensitivity).collect::<Vec<_>>(),
        "queue_shares": plan.queue_shares.iter().map(|s| queue_share(report, s)).collect::<Vec<_>>(),
        "days_met": {
            "every_goal": proportion(plan.results.total.goal_met),
            "queues": queues.clone().map(|(q, r)| (q.name.clone(), proportion(r.goal_met))).collect::<Map<_, _>>(),
        },
        "intervals": (0..scenario.timeline.intervals.len()).map(|i| moment(report, i)).collect::<Vec<_>>(),
        "teams": covers.iter().map(|c| (c.name.to_owned(), team(report, c))).collect::<Map<_, _>>(),
        "queues": queues.map(|(q, r)| (q.name.clone(), queue(r))).collect::<Map<_, _>>(),
    })
}

fn settings(report: &PlanReport<'_>) -> Value {
    let settings = &report.scenario.plan;
    let scope = match settings.scope {
        PlanScope::Interval => "interval",
        PlanScope::Day => "day",
        PlanScope::Goal => "goal",
    };
    json!({
        "seed": report.plan.results.seed,
        "replications": report.plan.results.replications,
        "evidence": number(Some(settings.evidence)),
        "scope": scope,
        "days": number(settings.days),
        "staffings_simulated": report.plan.trials,
        "shared_teams": report.shares_queues(),
    })
}

fn moment(report: &PlanReport<'_>, interval: usize) -> Value {
    let timeline = &report.scenario.timeline;
    let at = &timeline.intervals[interval];
    let day = &timeline.days[at.day];
    json!({
        "day": at.day + 1,
        "date": day.date.map(|date| date.to_string()),
        "interval": interval - day.first_interval,
        "start": at.label,
    })
}

fn unmet(report: &PlanReport<'_>, unmet: Unmet) -> Value {
    let (queue, team) = (|q: usize| &report.scenario.queues[q].name, |t: usize| &report.scenario.teams[t].name);
    match unmet {
        Unmet::Interval { queue: q, interval } => json!({ "queue": queue(q), "at": moment(report, interval) }),
        Unmet::Total { queue: q } => json!({ "queue": queue(q), "at": null }),
        Unmet::Occupancy { team: t, interval } => json!({ "team": team(t), "at": moment(report, interval) }),
        Unmet::Days => json!({ "days": number(report.scenario.plan.days), "at": null }),
    }
}

fn effort(scenario: &Scenario, of: Effort) -> Value {
    json!({
        "on_phone_h": number(Some(of.on_phone_h)),
        "paid_h": number(Some(of.paid_h)),
        "cost": number(of.cost),
        "rounding_h": number(Some(of.rounding_h)),
        "fte": number(fte::of_hours(scenario, of.paid_h)),
    })
}

fn totals(report: &PlanReport<'_>, covers: &[TeamCover<'_>]) -> Value {
    json!({
        "required": effort(report.scenario, report.plan.effort(report.scenario).unwrap_or_default()),
        "stated": effort(report.scenario, stated_effort(report.scenario).unwrap_or_default()),
        "teams": covers.iter().map(|c| (c.name.to_owned(), hours(c))).collect::<Map<_, _>>(),
    })
}

fn hours(cover: &TeamCover<'_>) -> Value {
    let CoverHours { need, have, short, over } = cover.hours();
    json!({
        "basis": basis_name(cover.basis),
        "required_h": number(Some(need)),
        "stated_h": number(Some(have)),
        "short_h": number(Some(short)),
        "over_h": number(Some(over)),
    })
}

fn certainty(scenario: &Scenario, level: &Certainty) -> Value {
    json!({ "asked": number(level.asked), "every_goal_holds_on": proportion(level.met), "effort": effort(scenario, level.effort) })
}

fn sensitivity(of: &Sensitivity) -> Value {
    json!({
        "change": of.change,
        "by": "erlang-a",
        "more_on_phone_h": number(Some(of.on_phone_h)),
        "more_paid_h": number(Some(of.paid_h)),
        "more_cost": number(of.cost),
    })
}

fn queue_share(report: &PlanReport<'_>, share: &QueueShare) -> Value {
    json!({
        "teams": share.teams.iter().map(|&t| &report.scenario.teams[t].name).collect::<Vec<_>>(),
        "queue": report.scenario.queues[share.queue].name,
        "by": "erlang-a",
        "less_on_phone_h_without_it": number(Some(share.on_phone_h)),
        "people": share.people,
    })
}

fn team(report: &PlanReport<'_>, cover: &TeamCover<'_>) -> Value {
    let plan = &report.plan.teams[cover.team];
    let formula = formula_of(report, cover.team);
    let by = |of: &dyn Fn(&crate::planner::IntervalNeed) -> Value| -> Value {
        formula.map_or(Value::Null, |need| need.intervals.iter().map(of).collect())
    };
    json!({
        "load": by(&|need| number(Some(need.load))),
        "erlang_c": by(&|need| json!(need.erlang_c)),
        "erlang_a": by(&|need| json!(need.erlang_a)),
        "required": plan.on_phone,
        "paid": plan.paid,
        "stated": cover.have.iter().map(|&people| whole(people)).collect::<Vec<_>>(),
        "stated_basis": basis_name(cover.basis),
        "short_over": (0..cover.need.len()).map(|i| whole(cover.gap(i))).collect::<Vec<_>>(),
        "binding_goal": plan.binding.iter().map(|b| b.map(binding_goal)).collect::<Vec<_>>(),
        "binding_queue": plan.binding.iter().map(|b| b.and_then(|b| binding_queue(report, b))).collect::<Vec<_>>(),
    })
}

/// People: whole numbers as such.
fn whole(people: f64) -> Value {
    if people.fract() == 0.0 { json!(people as i64) } else { number(Some(people)) }
}

/// Service with the plan, one array per figure.
fn queue(result: &QueueResult) -> Value {
    use IntervalMetric as M;
    let mut arrays = Map::new();
    for metric in [M::ServiceLevel, M::AbandonRate, M::AsaS, M::PWait] {
        let each = |of: fn(crate::experiment::Estimate) -> Option<f64>| -> Value {
            result.intervals.iter().map(|i| number(of(i.get(metric)))).collect()
        };
        arrays.insert(metric.name().to_owned(), each(|e| e.mean));
        arrays.insert(format!("{}_half_width", metric.name()), each(|e| e.half_width));
    }
    let met = result.intervals.iter().map(|i| number(i.goal_met.and_then(|p| p.share())));
    arrays.insert("goal_met_probability".to_owned(), met.collect());
    arrays.into()
}
