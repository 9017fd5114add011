//! What the formulas ask, pool by pool and interval by interval.

use super::demand::Demand;
use super::pools::{StaffPool, first_choice_pools};
use crate::erlang::{ErlangError, GoalKind, Goals, Patience, Pool};
use crate::error::{Error, Result};
use crate::scenario::Scenario;

/// The need of the teams that are the first choice of the same queues.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolNeed {
    /// Teams and queues.
    pub pool: StaffPool,
    /// By open interval.
    pub intervals: Vec<IntervalNeed>,
}

/// The need of a pool in one interval.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalNeed {
    /// Offered load \[erlangs\].
    pub load: f64,
    /// Mean handle time \[s\].
    pub aht_s: f64,
    /// People on the phone by Erlang C (nobody hangs up); `None` when a goal about hanging up makes no sense there.
    pub erlang_c: Option<u32>,
    /// People on the phone by Erlang A.
    pub erlang_a: u32,
    /// The goals that decide by Erlang A, with what each goal alone would ask.
    pub asks: Vec<(GoalKind, u32)>,
}

/// The need of every pool that has a goal, by the queues that a formula knows ([`super::without_formula`]); may be
/// empty.
///
/// # Errors
/// [`Error::Refused`] when no staffing meets a goal, with the reason.
pub(super) fn by_formula(scenario: &Scenario) -> Result<Vec<PoolNeed>> {
    let pools = first_choice_pools(scenario).into_iter().filter_map(|pool| pool.with_formula(scenario));
    needs(scenario, pools)
}

/// As [`by_formula`], but messages, chats and outgoing calls are taken for calls: no need to show to anybody, only the
/// size from which a search starts.
///
/// # Errors
/// [`Error::Refused`] when nobody states a goal, or no staffing meets one, with the reason.
pub(super) fn rough_needs(scenario: &Scenario) -> Result<Vec<PoolNeed>> {
    let needs = needs(scenario, first_choice_pools(scenario).into_iter())?;
    if needs.is_empty() {
        return Err(Error::Refused(
            "no queue states a goal, so there is nothing to plan for\n  help: add for example goal = { service_level = \
             \"80% in 20s\" } to a queue"
                .into(),
        ));
    }
    Ok(needs)
}

fn needs(scenario: &Scenario, pools: impl Iterator<Item = StaffPool>) -> Result<Vec<PoolNeed>> {
    let demand = Demand::of(scenario);
    let mut needs = Vec::new();
    for pool in pools {
        let intervals: Option<Vec<Goals>> =
            (0..scenario.timeline.intervals.len()).map(|i| pool.goals(scenario, &demand, i)).collect();
        let Some(goals) = intervals else { continue };
        let of_interval = |(i, goals): (usize, &Goals)| {
            interval_need(scenario, &demand, &pool, i, goals).map_err(|e| unreachable(scenario, &pool, i, &e))
        };
        let intervals = goals.iter().enumerate().map(of_interval).collect::<Result<Vec<_>>>()?;
        needs.push(PoolNeed { pool, intervals });
    }
    Ok(needs)
}

/// The need of one pool in one interval.
pub(super) fn interval_need(
    scenario: &Scenario,
    demand: &Demand,
    pool: &StaffPool,
    interval: usize,
    goals: &Goals,
) -> std::result::Result<IntervalNeed, ErlangError> {
    let work = pool.load(scenario, demand, interval)?;
    let need = work.requirement(goals)?;
    let patient = Pool { patience: Patience::never(), ..work.clone() };
    let heads = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(IntervalNeed {
        load: work.load,
        aht_s: work.aht_s,
        erlang_c: patient.requirement(&Goals { abandon: None, ..goals.clone() }).ok().map(|r| heads(r.agents)),
        erlang_a: heads(need.agents),
        asks: need.asks.iter().map(|ask| (ask.goal, heads(ask.agents))).collect(),
    })
}

fn unreachable(scenario: &Scenario, pool: &StaffPool, interval: usize, error: &ErlangError) -> Error {
    let names: Vec<&str> = pool.queues.iter().map(|&q| scenario.queues[q].name.as_str()).collect();
    let label = &scenario.timeline.intervals[interval].label;
    Error::Refused(format!("no staffing meets the goals of {} at {label}: {error}", names.join(", ")))
}
