//! Which queues share which teams, and the load they bring in an interval as the Erlang formulas see it.

use super::demand::Demand;
use crate::erlang::{AbandonGoal, Formula, Goals, Patience, Pool, Result, ServiceLevel, ServiceLevelGoal};
use crate::scenario::{AbandonFormula, Channel, Queue, Scenario, ServiceLevelFormula};

/// A connected set of queues and teams.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffPool {
    /// Teams, in file order.
    pub teams: Vec<usize>,
    /// Queues they serve, in file order.
    pub queues: Vec<usize>,
}

/// Pools by first choice: a queue belongs to the teams an arriving contact tries first; teams that only help out
/// belong to none.
pub fn first_choice_pools(scenario: &Scenario) -> Vec<StaffPool> {
    connect(scenario, |queue| {
        let preference =
            |team: usize| scenario.teams[team].skills.iter().filter(|s| s.queue == queue).map(|s| s.preference).min();
        let best = (0..scenario.teams.len()).filter_map(preference).min();
        (0..scenario.teams.len()).filter(|&team| best.is_some() && preference(team) == best).collect()
    })
}

/// What kind of contacts of a queue no Erlang formula knows, in a planner's words; `None` for calls that come in.
///
/// Messages wait in a backlog for an idle agent, outgoing calls begin when an agent is free, chats share an agent.
pub fn without_formula(queue: &Queue) -> Option<&'static str> {
    match &queue.channel {
        Channel::Voice if queue.callers.dial.is_some() => Some("outgoing calls"),
        Channel::Voice => None,
        Channel::Chat(_) => Some("chats"),
        Channel::Email(_) | Channel::Social(_) => Some("messages"),
    }
}

/// Pools by any skill.
pub fn all_pools(scenario: &Scenario) -> Vec<StaffPool> {
    let skilled = |team: usize, queue: usize| scenario.teams[team].skills.iter().any(|s| s.queue == queue);
    connect(scenario, |queue| (0..scenario.teams.len()).filter(|&team| skilled(team, queue)).collect())
}

/// Joins the teams of each queue; pools in the order of their first team.
fn connect(scenario: &Scenario, teams_of: impl Fn(usize) -> Vec<usize>) -> Vec<StaffPool> {
    let served: Vec<Vec<usize>> = (0..scenario.queues.len()).map(teams_of).collect();
    let mut pool_of: Vec<usize> = (0..scenario.teams.len()).collect();
    for teams in &served {
        for pair in teams.windows(2) {
            let (keep, join) = (pool_of[pair[0]].min(pool_of[pair[1]]), pool_of[pair[0]].max(pool_of[pair[1]]));
            pool_of.iter_mut().filter(|p| **p == join).for_each(|p| *p = keep);
        }
    }
    let mut pools = Vec::new();
    for first in 0..scenario.teams.len() {
        let teams: Vec<usize> = (0..scenario.teams.len()).filter(|&t| pool_of[t] == first).collect();
        let in_pool = |q: &usize| served[*q].first().is_some_and(|&team| pool_of[team] == first);
        let queues: Vec<usize> = (0..scenario.queues.len()).filter(in_pool).collect();
        if !teams.is_empty() && !queues.is_empty() {
            pools.push(StaffPool { teams, queues });
        }
    }
    pools
}

impl StaffPool {
    /// The pool with only those of its queues that a formula knows; `None` when there are none.
    pub(super) fn with_formula(self, scenario: &Scenario) -> Option<Self> {
        let known = |q: &usize| without_formula(&scenario.queues[*q]).is_none();
        let queues: Vec<usize> = self.queues.into_iter().filter(known).collect();
        (!queues.is_empty()).then_some(Self { teams: self.teams, queues })
    }

    /// The pool's work in an interval: contacts added, handle time and patience weighted by them, by Erlang A
    /// (or C, when nobody ever hangs up).
    ///
    /// # Errors
    /// Never for a checked scenario; the formulas check their arguments again.
    pub fn load(&self, scenario: &Scenario, demand: &Demand, interval: usize) -> Result<Pool> {
        let volume = |q: usize| demand.at(q, interval);
        let calls: f64 = self.queues.iter().map(|&q| volume(q)).sum();
        let weigh = |value: &dyn Fn(usize) -> f64| -> f64 {
            if calls > 0.0 {
                self.queues.iter().map(|&q| volume(q) * value(q)).sum::<f64>() / calls
            } else {
                value(self.queues[0])
            }
        };
        let aht_s = weigh(&|q| self.handle_s(scenario, q, interval));
        let patience_s = |q: usize| scenario.queues[q].patience.as_ref().map(crate::scenario::Dist::mean);
        let patience = if self.queues.iter().all(|&q| patience_s(q).is_some()) {
            Patience::exponential(weigh(&|q| patience_s(q).unwrap_or_default()))?
        } else {
            // Callers who never hang up hang up at rate 0: rates are weighed, not means.
            let rate = weigh(&|q| patience_s(q).map_or(0.0, |mean| 1.0 / mean));
            if rate > 0.0 { Patience::exponential(1.0 / rate)? } else { Patience::never() }
        };
        Pool::new(calls, f64::from(scenario.timeline.interval_s), aht_s, patience)
    }

    /// Mean handle time of a queue in an interval, with the pool's teams as they handle it on average \[s\].
    pub fn handle_s(&self, scenario: &Scenario, queue: usize, interval: usize) -> f64 {
        let factors: Vec<f64> = self
            .teams
            .iter()
            .flat_map(|&t| scenario.teams[t].skills.iter().filter(|s| s.queue == queue).map(|s| s.handle_time))
            .collect();
        let speed = factors.iter().sum::<f64>() / factors.len().max(1) as f64;
        speed * mean_handle_s(&scenario.queues[queue], interval)
    }

    /// Every goal of every queue with contacts in the interval, and what the teams ask; `None` when nobody states
    /// anything.
    pub fn goals(&self, scenario: &Scenario, demand: &Demand, interval: usize) -> Option<Goals> {
        let mut goals = Goals::default();
        let mut stated = false;
        for &index in &self.queues {
            let queue = &scenario.queues[index];
            let Some(goal) = &queue.goal else { continue };
            stated = true;
            if demand.at(index, interval) <= 0.0 {
                continue;
            }
            if let Some(share) = goal.service_level {
                goals.service_levels.push(ServiceLevelGoal { share, measure: measure(queue) });
            }
            let tighter = |old: Option<f64>, new: Option<f64>| [old, new].into_iter().flatten().reduce(f64::min);
            goals.asa_s = tighter(goals.asa_s, goal.asa_s);
            goals.p_wait = tighter(goals.p_wait, goal.p_wait);
            if let Some(share) = goal.abandon
                && goals.abandon.is_none_or(|old| share < old.share)
            {
                let net_of_short_s =
                    (queue.abandon_formula == AbandonFormula::NetOfShort).then_some(queue.short_abandon_s);
                goals.abandon = Some(AbandonGoal { share, net_of_short_s });
            }
        }
        for team in self.teams.iter().map(|&t| &scenario.teams[t]) {
            stated |= team.min_agents.is_some() || team.max_occupancy.is_some();
            goals.min_agents += u64::from(team.min_agents.unwrap_or(0));
            goals.max_occupancy = [goals.max_occupancy, team.max_occupancy].into_iter().flatten().reduce(f64::min);
        }
        stated.then_some(goals)
    }
}

/// Mean handle time of a queue's contacts that arrive in an interval \[s\].
pub(super) fn mean_handle_s(queue: &Queue, interval: usize) -> f64 {
    let handle = &queue.handle;
    let hold = handle.hold.as_ref().map_or(0.0, |(length, p)| p * length.mean());
    let wrap = handle.wrap.as_ref().map_or(0.0, crate::scenario::Dist::mean);
    handle.factor_by_interval.get(interval).unwrap_or(&1.0) * (handle.talk.mean() + hold + wrap)
}

/// A queue's service level as the formulas name it.
pub(super) fn measure(queue: &Queue) -> ServiceLevel {
    let formula = match queue.service_level_formula {
        ServiceLevelFormula::Offered => Formula::Offered,
        ServiceLevelFormula::IgnoreAbandonsInGoal => Formula::IgnoreAbandonsInGoal,
        ServiceLevelFormula::CountAbandonsInGoal => Formula::CountAbandonsInGoal,
        ServiceLevelFormula::AnsweredOnly => Formula::AnsweredOnly,
        ServiceLevelFormula::CountShortAbandons => Formula::CountShortAbandons,
        ServiceLevelFormula::NetOfShort => Formula::NetOfShort,
    };
    ServiceLevel { formula, target_s: queue.target_time_s, short_abandon_s: queue.short_abandon_s }
}
