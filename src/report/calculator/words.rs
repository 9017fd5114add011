//! Goals and figures in a planner's words.

use super::{Model, Question};
use crate::erlang::{ErlangError, Formula, GoalKind};
use crate::report::numbers::{percent, short_percent, spoken_time};
use crate::units::thousands;

/// The name of a goal in CSV and JSON.
pub fn goal_key(goal: GoalKind) -> &'static str {
    match goal {
        GoalKind::ServiceLevel(_) => "service_level",
        GoalKind::Asa => "asa",
        GoalKind::PWait => "p_wait",
        GoalKind::Abandon => "abandon",
        GoalKind::Blocking => "blocking",
        GoalKind::Occupancy => "occupancy",
        GoalKind::MinAgents => "min_agents",
        GoalKind::SteadyState => "steady_state",
    }
}

/// The title of its column.
pub(super) fn short(goal: GoalKind) -> &'static str {
    match goal {
        GoalKind::ServiceLevel(_) => "SL",
        GoalKind::Asa => "ASA",
        GoalKind::PWait => "P(wait)",
        GoalKind::Abandon => "abandon",
        GoalKind::Blocking => "blocked",
        GoalKind::Occupancy => "occupancy",
        GoalKind::MinAgents => "minimum",
        GoalKind::SteadyState => "load",
    }
}

/// In a sentence.
pub(super) fn name(goal: GoalKind) -> &'static str {
    match goal {
        GoalKind::ServiceLevel(_) => "the service level",
        GoalKind::Asa => "the ASA",
        GoalKind::PWait => "the share that waits",
        GoalKind::Abandon => "abandonment",
        GoalKind::Blocking => "blocking",
        GoalKind::Occupancy => "occupancy",
        GoalKind::MinAgents => "the minimum",
        GoalKind::SteadyState => "keeping up with the load",
    }
}

/// A goal as it was stated: "service level 80 % in 20 s".
pub(super) fn statement(question: &Question, goal: GoalKind) -> String {
    let goals = &question.goals;
    let most = |what: &str, limit: Option<f64>| format!("{what} at most {} %", short_percent(limit.unwrap_or(1.0)));
    match goal {
        GoalKind::ServiceLevel(i) => {
            let goal = &goals.service_levels[i];
            format!("service level {} % in {}", short_percent(goal.share), spoken_time(goal.measure.target_s))
        }
        GoalKind::Asa => format!("ASA at most {}", spoken_time(goals.asa_s.unwrap_or(0.0))),
        GoalKind::PWait => most("P(wait)", goals.p_wait),
        GoalKind::Abandon => most("abandonment", goals.abandon.map(|goal| goal.share)),
        GoalKind::Blocking => most("blocking", goals.blocking),
        GoalKind::Occupancy => most("occupancy", goals.max_occupancy),
        GoalKind::MinAgents => format!("at least {}", count(question, goals.min_agents)),
        GoalKind::SteadyState => "a queue that does not grow without end".into(),
    }
}

/// The goals in the order of their columns.
pub(super) fn stated(question: &Question) -> Vec<GoalKind> {
    let goals = &question.goals;
    let all = [
        (!goals.service_levels.is_empty(), GoalKind::ServiceLevel(0)),
        (goals.asa_s.is_some(), GoalKind::Asa),
        (goals.p_wait.is_some(), GoalKind::PWait),
        (goals.abandon.is_some(), GoalKind::Abandon),
        (goals.blocking.is_some(), GoalKind::Blocking),
        (goals.max_occupancy.is_some(), GoalKind::Occupancy),
        (goals.min_agents > 0, GoalKind::MinAgents),
    ];
    all.into_iter().filter_map(|(stated, goal)| stated.then_some(goal)).collect()
}

/// The figure a goal is about; with more digits where one decimal would hide that it misses.
pub(super) fn figure(question: &Question, goal: GoalKind, row: &super::Row) -> String {
    let (of, goals) = (&row.figures, &question.goals);
    let share = |share: Option<f64>, limit: Option<f64>| match (share, limit) {
        (None, _) => "unknown".into(),
        (Some(share), Some(limit)) if (share - limit).abs() < 5e-4 => format!("{:.4} %", 100.0 * share),
        (Some(share), _) => percent(share),
    };
    match goal {
        GoalKind::ServiceLevel(i) => share(of.service_level, goals.service_levels.get(i).map(|goal| goal.share)),
        GoalKind::Asa => of.asa_s.map_or_else(|| "unknown".into(), seconds),
        GoalKind::PWait => share(of.p_wait, goals.p_wait),
        GoalKind::Abandon => share(of.abandon, goals.abandon.map(|goal| goal.share)),
        GoalKind::Blocking => share(of.blocking, goals.blocking),
        GoalKind::Occupancy => share(of.occupancy, goals.max_occupancy),
        GoalKind::MinAgents | GoalKind::SteadyState => count(question, row.size),
    }
}

/// "8.2 s" below a minute, else rounded to whole seconds as m:ss.
pub(super) fn seconds(seconds: f64) -> String {
    if seconds < 59.95 { format!("{seconds:.1} s") } else { crate::units::minutes(seconds) }
}

/// "44 agents", "1 line".
pub(super) fn count(question: &Question, n: u64) -> String {
    let what = if question.model == Model::B { "line" } else { "agent" };
    format!("{} {what}{}", whole(n), if n == 1 { "" } else { "s" })
}

/// A whole number with thousands separators.
pub(super) fn whole(n: u64) -> String {
    crate::report::numbers::thousands(n as f64)
}

/// A figure with at most two decimals, three digits below one: "40", "83.33", "0.0125".
pub(super) fn plain(value: f64) -> String {
    if value >= 1.0 {
        let text = thousands(value, 2);
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    format!("{value:.2e}").parse::<f64>().unwrap_or(value).to_string()
}

/// As the scenario file writes a formula, and what it divides by what.
pub(super) fn formula(formula: Formula) -> (&'static str, &'static str) {
    match formula {
        Formula::Offered => ("offered", "answered in time / offered"),
        Formula::IgnoreAbandonsInGoal => ("ignore_abandons_in_goal", "answered in time / (offered - hung up in time)"),
        Formula::CountAbandonsInGoal => ("count_abandons_in_goal", "(answered in time + hung up in time) / offered"),
        Formula::AnsweredOnly => ("answered_only", "answered in time / answered"),
        Formula::CountShortAbandons => ("count_short_abandons", "(answered in time + short abandons) / offered"),
        Formula::NetOfShort => ("net_of_short", "answered in time / (offered - short abandons)"),
    }
}

/// Why there is no answer, in the words of the question.
pub fn refusal(question: &Question, error: &ErlangError) -> String {
    match error {
        ErlangError::Unreachable { goal, reason } => {
            format!("{}: no staffing meets this goal because {reason}", statement(question, *goal))
        }
        other => other.to_string(),
    }
}
