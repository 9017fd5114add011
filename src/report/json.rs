//! `summary.json`: every figure over the run, with the definitions it follows.

use serde_json::{Map, Value, json};

use super::RunReport;
use super::cover::covers;
use super::fte;
use super::numbers::nine_digits;
use super::people;
use super::robust;
use crate::engine::GENERATOR;
use crate::experiment::{
    AgentMetric, Ended, Estimate, GoalPart, GoalReport, Proportion, QueueMetric, QueueResult, Reached, TeamMetric,
    TeamResult,
};
use crate::planner::{Prediction, StaffPool, without_formula};
use crate::scenario::{AbandonFormula, Period, Queue, ServiceLevelFormula};

/// Counted up when a key changes its meaning or goes away; new keys leave it as it is.
pub const SCHEMA_VERSION: u32 = 1;

/// The summary of a run.
///
/// Figures stand under `queues.<name>.<metric>`, `total.<metric>`, `teams.<name>.<metric>` and
/// `total_teams.<metric>`, each as `{ "mean", "half_width", "p05", "p95" }`, null where undefined.
pub fn summary_json(report: &RunReport<'_>) -> Value {
    let (scenario, results) = (report.scenario, report.results);
    let mut run = json!({
        "seed": results.seed,
        "requested": results.requested,
        "replications": results.replications,
        "days_per_replication": report.counted_days(),
        "contacts": results.contacts,
        "warm_up_s": number(Some(scenario.run.warm_up_s)),
    });
    // Only where they are used, so that nothing else changes.
    if scenario.run.control_variates {
        run["control_variates"] = json!(true);
    }
    if results.ended != Ended::Complete || !results.precision.is_empty() {
        run["ended"] = json!(ended(results.ended));
        run["precision"] = results.precision.iter().map(reached).collect();
    }
    let queues = scenario.queues.iter().zip(&results.queues).map(|(q, r)| (q.name.clone(), queue(r)));
    let teams = scenario.teams.iter().zip(&results.teams).map(|(t, r)| (t.name.clone(), team(r)));
    let mut summary = json!({
        "schema_version": SCHEMA_VERSION,
        "callwright": env!("CARGO_PKG_VERSION"),
        "generator": GENERATOR,
        "input_hash": report.input_hash,
        "people_effects": people::state(scenario, results),
        "scenario": floor(report),
        "run": run,
        "total": queue(&results.total),
        "total_teams": team(&results.total_team),
        "queues": queues.collect::<Map<_, _>>(),
        "teams": teams.collect::<Map<_, _>>(),
        "full_time_equivalents": full_time(report),
        "goals": goals(report),
        "need": need(report),
        "beside": beside(report),
        "definitions": definitions(report),
    });
    if let Value::Object(keys) = &mut summary {
        keys.extend(people::json_keys(report));
        keys.extend(report.robust.map(|others| ("robust".to_owned(), robust::json(report, others))));
    }
    summary
}

fn ended(of: Ended) -> &'static str {
    match of {
        Ended::Complete => "complete",
        Ended::AtMost => "max_replications",
        Ended::TimeIsUp => "time_limit",
        Ended::Stopped => "stopped",
    }
}

fn reached(of: &Reached) -> Value {
    json!({
        "figure": of.target.figure.name(),
        "asked": of.target.width.to_string(),
        "half_width_asked": number(of.wanted),
        "half_width": number(of.half_width),
        "met": of.met,
    })
}

pub(super) fn number(value: Option<f64>) -> Value {
    value.and_then(nine_digits).map_or(Value::Null, Value::from)
}

pub(super) fn estimate(of: Estimate) -> Value {
    json!({
        "mean": number(of.mean),
        "half_width": number(of.half_width),
        "p05": number(of.p05),
        "p95": number(of.p95),
    })
}

pub(super) fn proportion(of: Option<Proportion>) -> Value {
    let (low, high) = of.and_then(|p| p.interval_95()).unzip();
    json!({
        "mean": number(of.and_then(|p| p.share())),
        "half_width": null,
        "p05": null,
        "p95": null,
        "low": number(low),
        "high": number(high),
    })
}

fn queue(result: &QueueResult) -> Value {
    let mut metrics: Map<String, Value> =
        QueueMetric::ALL.iter().map(|&m| (m.name().to_owned(), estimate(result.get(m)))).collect();
    metrics.insert("goal_met_probability".to_owned(), proportion(result.goal_met));
    Value::Object(metrics)
}

fn team(result: &TeamResult) -> Value {
    TeamMetric::ALL.iter().map(|&m| (m.name().to_owned(), estimate(result.get(m)))).collect::<Map<_, _>>().into()
}

pub(super) fn floor(report: &RunReport<'_>) -> Value {
    let timeline = &report.scenario.timeline;
    let date = |day: Option<&crate::scenario::Day>| day.and_then(|d| d.date).map(|d| d.to_string());
    json!({
        "name": report.scenario.name,
        "first_day": date(timeline.days.first()),
        "last_day": date(timeline.days.last()),
        "days": timeline.days.len(),
        "interval_s": timeline.interval_s,
        "intervals": timeline.intervals.len(),
        "timezone": timeline.timezone,
        "currency": (!report.scenario.currency.is_empty()).then_some(&report.scenario.currency),
    })
}

/// The pools that the formulas see, what they say about each queue, and what explains a large difference.
fn beside(report: &RunReport<'_>) -> Value {
    let mut pools: Vec<&StaffPool> = Vec::new();
    let mut queues = Map::new();
    for (stated, beside) in report.scenario.queues.iter().zip(report.beside) {
        let known = pools.iter().position(|pool| **pool == beside.pool);
        let pool = known.unwrap_or_else(|| {
            pools.push(&beside.pool);
            pools.len() - 1
        });
        let because = beside
            .causes
            .iter()
            .map(|(cause, share)| json!({ "cause": beside.words(report.scenario, *cause), "service_level_difference": number(Some(*share)) }));
        let value = json!({
            "pool": pool,
            "erlang_c": prediction(beside.run_erlang_c),
            "erlang_a": prediction(beside.run_erlang_a),
            "because": because.collect::<Vec<_>>(),
            "without_formula": without_formula(stated),
        });
        queues.insert(stated.name.clone(), value);
    }
    let pool = |pool: &StaffPool| {
        let queues = pool.queues.iter().map(|&q| &report.scenario.queues[q].name);
        let teams = pool.teams.iter().map(|&t| &report.scenario.teams[t].name);
        json!({ "queues": queues.collect::<Vec<_>>(), "teams": teams.collect::<Vec<_>>() })
    };
    json!({ "pools": pools.into_iter().map(pool).collect::<Vec<_>>(), "queues": queues })
}

fn prediction(of: Option<Prediction>) -> Value {
    let figures = |p: Prediction| {
        json!({
            "service_level": number(Some(p.service_level)),
            "asa_s": number(Some(p.asa_s)),
            "abandon_rate": number(Some(p.abandon_rate)),
        })
    };
    of.map_or(Value::Null, figures)
}

/// Paid hours a week over `full_time_week`; null where the file does not say how long that is.
fn full_time(report: &RunReport<'_>) -> Value {
    if report.scenario.full_time_week_s.is_none() {
        return Value::Null;
    }
    let teams = report.scenario.teams.iter().enumerate();
    json!({
        "full_time_week_s": number(report.scenario.full_time_week_s),
        "teams": teams.map(|(t, team)| (team.name.clone(), number(fte::of_team(report, Some(t))))).collect::<Map<_, _>>(),
        "total": number(fte::of_team(report, None)),
    })
}

fn goals(report: &RunReport<'_>) -> Value {
    let stated = report.scenario.queues.iter().zip(&report.results.queues);
    let judged: Vec<_> = stated.filter_map(|(q, r)| Some((q, r.goal.as_ref()?))).collect();
    let met = (!judged.is_empty()).then(|| judged.iter().all(|(_, goal)| goal.met));
    let queues: Map<String, Value> = judged.into_iter().map(|(q, g)| (q.name.clone(), goal(q, g))).collect();
    json!({ "met": met, "queues": queues })
}

fn goal(queue: &Queue, fared: &GoalReport) -> Value {
    let stated = queue.goal.as_ref();
    let over = stated.map(|goal| match goal.over {
        Period::Interval => "interval",
        Period::Day => "day",
        Period::Week => "week",
    });
    let part = |part: &crate::experiment::PartReport| {
        let metric = part.part.metric().name();
        let target = number(Some(part.target));
        json!({
            "metric": metric,
            "bound": bound(part.part),
            "target": target,
            "value": number(part.value),
            "met": part.met,
            "days": part.days.n,
            "days_met": part.days.hits,
        })
    };
    json!({
        "met": fared.met,
        "over": over,
        "on": number(stated.and_then(|goal| goal.on)),
        "periods": fared.periods.n,
        "periods_met": fared.periods.hits,
        "parts": fared.parts.iter().map(part).collect::<Vec<_>>(),
    })
}

fn bound(part: GoalPart) -> &'static str {
    match part {
        GoalPart::ServiceLevel => "at least",
        GoalPart::Abandon | GoalPart::Asa | GoalPart::PWait => "at most",
    }
}

/// People on the phone against the need by formula, in hours per day.
fn need(report: &RunReport<'_>) -> Value {
    let one = |cover: &super::cover::Cover| {
        let hours = cover.hours(report);
        let unmeetable = report.counted().filter(|&i| cover.need[i].is_none()).count();
        json!({
            "teams": cover.teams.iter().map(|&t| &report.scenario.teams[t].name).collect::<Vec<_>>(),
            "formula": "erlang-a",
            "on_phone_h": number(Some(hours.have)),
            "needed_h": number(Some(hours.need)),
            "short_h": number(Some(hours.short)),
            "over_h": number(Some(hours.over)),
            "intervals_without_answer": unmeetable,
        })
    };
    covers(report).iter().map(one).collect()
}

fn definitions(report: &RunReport<'_>) -> Value {
    let queue = |queue: &Queue| {
        let formula = service_level_metric(queue.service_level_formula);
        json!({
            "service_level_formula": formula_name(queue.service_level_formula),
            "service_level": formula.definition(),
            "target_time_s": number(Some(queue.target_time_s)),
            "abandon_formula": abandon_name(queue.abandon_formula),
            "short_abandon_s": number(Some(queue.short_abandon_s)),
        })
    };
    let queue_metrics = QueueMetric::ALL.iter().map(|m| (m.name(), m.unit().name(), m.definition()));
    let team_metrics = TeamMetric::ALL.iter().map(|m| (m.name(), m.unit().name(), m.definition()));
    let agent_metrics = AgentMetric::ALL.iter().map(|m| (m.name(), m.unit().name(), m.definition()));
    let mut definitions = json!({
        "estimate": "mean: ratio of sums over replications; half_width: of its 95 % interval (ratio estimator, Student t, \
                     null for one replication); p05, p95: percentiles (type 7) of the daily values.",
        "goal_met_probability": "Share of simulated days on which every stated goal held on the day's totals; low and high: \
                                 Wilson's 95 % interval.",
        "queues": report.scenario.queues.iter().map(|q| (q.name.clone(), queue(q))).collect::<Map<_, _>>(),
        "queue_metrics": table(queue_metrics),
        "team_metrics": table(team_metrics),
    });
    if people::is_on(report.results) {
        definitions["agent_metrics"] = table(agent_metrics);
    }
    definitions
}

fn table<'m>(metrics: impl Iterator<Item = (&'m str, &'m str, &'m str)>) -> Value {
    metrics
        .map(|(name, unit, text)| (name.to_owned(), json!({ "unit": unit, "definition": text })))
        .collect::<Map<_, _>>()
        .into()
}

/// The metric that is always by this formula.
fn service_level_metric(formula: ServiceLevelFormula) -> QueueMetric {
    match formula {
        ServiceLevelFormula::Offered => QueueMetric::SlOffered,
        ServiceLevelFormula::IgnoreAbandonsInGoal => QueueMetric::SlIgnore,
        ServiceLevelFormula::CountAbandonsInGoal => QueueMetric::SlCount,
        ServiceLevelFormula::AnsweredOnly => QueueMetric::SlAnswered,
        ServiceLevelFormula::CountShortAbandons => QueueMetric::SlCountShort,
        ServiceLevelFormula::NetOfShort => QueueMetric::SlNetOfShort,
    }
}

/// As the scenario file writes it.
pub(super) fn formula_name(formula: ServiceLevelFormula) -> &'static str {
    service_level_metric(formula).name().trim_start_matches("service_level_")
}

/// As the scenario file writes it.
pub(super) fn abandon_name(formula: AbandonFormula) -> &'static str {
    match formula {
        AbandonFormula::All => "all",
        AbandonFormula::NetOfShort => "net_of_short",
    }
}
