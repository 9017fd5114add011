//! The people each team needs by formula, interval by interval.

use super::demand::Demand;
use super::pools::{StaffPool, first_choice_pools};
use crate::scenario::Scenario;

/// Need by formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// One entry per team that is the first choice of a queue with a goal; teams that only help out have none.
    pub teams: Vec<TeamNeed>,
}

/// What one team needs. Teams that are equally the first choice of a queue share one need.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamNeed {
    /// The teams it is for (usually one).
    pub teams: Vec<usize>,
    /// People on the phone by open interval of the timeline; `None` = no staffing meets the goal.
    pub on_phone: Vec<Option<u32>>,
}

/// The smallest number of people for which every goal holds in each interval by Erlang A: each team carries the
/// whole work of the queues that try it first, contacts handed on to them included, as if the floor were steady and nobody else helped. Queues that no
/// formula knows ([`super::without_formula`]) are not in it.
pub fn need_by_formula(scenario: &Scenario) -> Need {
    let demand = Demand::of(scenario);
    let pools = first_choice_pools(scenario).into_iter().filter_map(|pool| pool.with_formula(scenario));
    Need { teams: pools.filter_map(|pool| pool_need(scenario, &demand, &pool)).collect() }
}

fn pool_need(scenario: &Scenario, demand: &Demand, pool: &StaffPool) -> Option<TeamNeed> {
    let intervals = 0..scenario.timeline.intervals.len();
    let on_phone: Option<Vec<Option<u32>>> = intervals
        .map(|interval| {
            let goals = pool.goals(scenario, demand, interval)?;
            let work = pool.load(scenario, demand, interval);
            Some(work.and_then(|work| work.requirement(&goals)).ok().and_then(|need| u32::try_from(need.agents).ok()))
        })
        .collect();
    Some(TeamNeed { teams: pool.teams.clone(), on_phone: on_phone? })
}
