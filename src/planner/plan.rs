//! A staffing plan: what the formulas ask, what simulation finds, what it costs, and how sure it is.

use super::certainty::{Certainty, price_of_certainty, raise_to};
use super::formula::{PoolNeed, by_formula, rough_needs};
use super::judge::{Judge, Judgement};
use super::search::{Heads, Search, SearchWatcher, is_planned};
use super::sensitivity::{QueueShare, Sensitivity, queue_shares, sensitivities};
use super::stated::on_phone_by_plan;
use crate::erlang::shrinkage::gross_heads;
use crate::error::{Error, Result};
use crate::experiment::{GoalPart, Options, QueueResult, Results};
use crate::model::compile;
use crate::scenario::{Scenario, Team};

/// A staffing plan for a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What the formulas ask, pool by pool (teams that are the first choice of the same queues), by the queues that they
    /// know ([`super::without_formula`]).
    pub formula: Vec<PoolNeed>,
    /// What simulation found, team by team.
    pub teams: Vec<TeamPlan>,
    /// The plan, simulated.
    pub results: Results,
    /// What no staffing within the stated limits reaches; of each queue the worst interval first.
    pub unmet: Vec<Unmet>,
    /// What more certain plans cost; the plan itself first. Empty after [`staff`].
    pub certainty: Vec<Certainty>,
    /// What the plan would need if the world were a little harder, by formula.
    pub sensitivity: Vec<Sensitivity>,
    /// How much of the need of teams that serve several queues is whose, by formula.
    pub queue_shares: Vec<QueueShare>,
    /// Staffings that were simulated on the way.
    pub trials: u32,
}

/// What one team needs.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamPlan {
    /// People on the phone by open interval.
    pub on_phone: Vec<u32>,
    /// People to be paid so that as many are on the phone, rounded up.
    pub paid: Vec<u32>,
    /// What would be missed first with fewer people; `None` where nobody is needed.
    pub binding: Vec<Option<Binding>>,
    /// False for a team that nothing can be planned by: none of its queues has a goal. It stays as the file has it.
    pub planned: bool,
}

/// What keeps a team from being smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Binding {
    /// A goal of a queue.
    Goal(usize, GoalPart),
    /// The team's occupancy cap.
    Occupancy,
    /// The team's stated minimum.
    Minimum,
}

/// Something the plan does not reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unmet {
    /// A queue's goal in an interval.
    Interval {
        /// Queue.
        queue: usize,
        /// Interval.
        interval: usize,
    },
    /// A queue's goal over the day, over the run, or as it is written.
    Total {
        /// Queue.
        queue: usize,
    },
    /// A team's occupancy cap in an interval.
    Occupancy {
        /// Team.
        team: usize,
        /// Interval.
        interval: usize,
    },
    /// The share of days on which every goal holds.
    Days,
}

/// Hours and money of a staffing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Effort {
    /// Hours on the phone, over the whole plan.
    pub on_phone_h: f64,
    /// Paid hours.
    pub paid_h: f64,
    /// Cost of the paid hours; `None` when the scenario states no rate.
    pub cost: Option<f64>,
    /// Paid hours lost because people come in whole numbers.
    pub rounding_h: f64,
}

/// Finds the least staff that meets the goals of a scenario, and what it would cost to be surer; see the `[plan]`
/// table for what that means.
///
/// # Errors
/// [`Error::Refused`] when no queue has a goal, or when no staffing meets one, with the reason; [`Error::Stopped`]
/// when the watcher wants an end before there is a plan.
pub fn plan(scenario: &Scenario, options: &Options, watcher: &dyn SearchWatcher) -> Result<Plan> {
    let (mut plan, mut search) = find(scenario, options, watcher)?;
    plan.certainty = price_of_certainty(scenario, &mut search, &plan.results)?;
    plan.trials = search.trials;
    Ok(plan)
}

/// As [`plan()`], without the price of certainty.
///
/// # Errors
/// As [`plan()`].
pub fn staff(scenario: &Scenario, options: &Options, watcher: &dyn SearchWatcher) -> Result<Plan> {
    find(scenario, options, watcher).map(|(plan, _)| plan)
}

fn find<'a>(scenario: &Scenario, options: &'a Options, watcher: &'a dyn SearchWatcher) -> Result<(Plan, Search<'a>)> {
    compile(scenario)?;
    let (formula, rough) = (by_formula(scenario)?, rough_needs(scenario)?);
    let mut search = Search::new(scenario, first_guess(scenario, &rough), options, watcher);
    let mut results = search.run()?;
    if let Some(asked) = scenario.plan.days {
        results = raise_to(&mut search, results, asked)?;
    }
    let judgement = Judge::new(scenario).judge(&results);
    let plan = Plan {
        teams: team_plans(scenario, &search, &judgement)?,
        unmet: unmet(scenario, &judgement, &results),
        certainty: Vec::new(),
        sensitivity: sensitivities(scenario, &formula)?,
        queue_shares: queue_shares(scenario, &formula, &search.heads)?,
        formula,
        trials: search.trials,
        results: (*results).clone(),
    };
    Ok((plan, search))
}

impl Plan {
    /// The scenario with the plan's people on the phone.
    pub fn staffed(&self, scenario: &Scenario) -> Scenario {
        let mut staffed = scenario.clone();
        staffed.run.replications = scenario.plan.replications;
        for (team, plan) in staffed.teams.iter_mut().zip(&self.teams) {
            team.on_phone.clone_from(&plan.on_phone);
            team.people = None;
            if team.scheduled.is_some() {
                team.scheduled = Some(plan.paid.clone());
            }
        }
        staffed
    }

    /// Hours and money of the plan.
    ///
    /// # Errors
    /// Never for a checked scenario.
    pub fn effort(&self, scenario: &Scenario) -> Result<Effort> {
        effort(scenario, &self.teams.iter().map(|t| t.on_phone.clone()).collect())
    }
}

/// Hours and money of the people a scenario states; people paid where it states those.
///
/// # Errors
/// Never for a checked scenario.
pub fn stated_effort(scenario: &Scenario) -> Result<Effort> {
    let hours = f64::from(scenario.timeline.interval_s) / 3600.0;
    let mut sum = Effort::default();
    for (index, team) in scenario.teams.iter().enumerate() {
        if team.people.is_some() {
            sum.add_named(team, on_phone_by_plan(scenario, index).iter().sum::<f64>() * hours);
            continue;
        }
        let paid = match &team.scheduled {
            Some(paid) => paid.clone(),
            None => paid_heads(team, &team.on_phone)?,
        };
        sum.add(team, &team.on_phone, &paid, hours);
    }
    Ok(sum)
}

/// Where the search starts: first-choice teams at their need by Erlang A, teams that only help out as stated.
pub(super) fn first_guess(scenario: &Scenario, needs: &[PoolNeed]) -> Heads {
    let mut heads: Heads = scenario.teams.iter().map(|t| t.on_phone.clone()).collect();
    for need in needs {
        for (interval, requirement) in need.intervals.iter().enumerate() {
            let open: Vec<usize> =
                need.pool.teams.iter().copied().filter(|&t| scenario.teams[t].open[interval]).collect();
            let stated: u32 = open.iter().map(|&t| scenario.teams[t].on_phone[interval]).sum();
            let mut left = requirement.erlang_a;
            for (position, &team) in open.iter().enumerate() {
                let share = if stated > 0 {
                    f64::from(scenario.teams[team].on_phone[interval]) / f64::from(stated)
                } else {
                    1.0 / open.len() as f64
                };
                let last = position + 1 == open.len();
                let part = if last { left } else { ((share * f64::from(requirement.erlang_a)) as u32).min(left) };
                left -= part;
                heads[team][interval] = part;
            }
        }
    }
    for (team, heads) in scenario.teams.iter().zip(&mut heads) {
        for (_, heads) in heads.iter_mut().enumerate().filter(|(i, _)| team.open[*i]) {
            *heads = (*heads).max(team.min_agents.unwrap_or(0)).min(team.max_agents.unwrap_or(u32::MAX));
        }
    }
    heads
}

fn team_plans(scenario: &Scenario, search: &Search<'_>, judgement: &Judgement) -> Result<Vec<TeamPlan>> {
    let plan = |(index, team): (usize, &Team)| {
        let heads = &search.heads[index];
        let binding = (0..heads.len()).map(|i| match (heads[i], search.binding[index][i]) {
            (0, _) => None,
            (people, _) if team.min_agents == Some(people) => Some(Binding::Minimum),
            (_, Some(missed)) => Some(missed),
            (_, None) => closest(team, judgement, i),
        });
        let planned = is_planned(scenario, index);
        Ok(TeamPlan {
            paid: match &team.scheduled {
                Some(stated) if !planned => stated.clone(),
                _ => paid_heads(team, heads)?,
            },
            on_phone: heads.clone(),
            binding: binding.collect(),
            planned,
        })
    };
    scenario.teams.iter().enumerate().map(plan).collect()
}

/// The goal of a team's queues that is closest to being missed.
fn closest(team: &Team, judgement: &Judgement, interval: usize) -> Option<Binding> {
    let margins = team.skills.iter().map(|s| (s.queue, judgement.margins[s.queue][interval]));
    let least =
        margins.filter(|(_, m)| m.part.is_some()).reduce(|a, b| if b.1.distance < a.1.distance { b } else { a });
    least.and_then(|(queue, margin)| Some(Binding::Goal(queue, margin.part?)))
}

/// People to be paid for people on the phone.
pub(super) fn paid_heads(team: &Team, on_phone: &[u32]) -> Result<Vec<u32>> {
    let gross = |&net: &u32| {
        let gross = gross_heads(u64::from(net), team.shrinkage_planned, team.shrinkage_unplanned);
        gross.map_err(|e| Error::Refused(e.to_string())).map(|heads| u32::try_from(heads).unwrap_or(u32::MAX))
    };
    on_phone.iter().map(gross).collect()
}

/// Hours and money of people on the phone.
pub(super) fn effort(scenario: &Scenario, heads: &Heads) -> Result<Effort> {
    let hours = f64::from(scenario.timeline.interval_s) / 3600.0;
    let mut sum = Effort::default();
    for (team, heads) in scenario.teams.iter().zip(heads) {
        sum.add(team, heads, &paid_heads(team, heads)?, hours);
    }
    Ok(sum)
}

impl Effort {
    /// Adds a team's intervals of so many hours.
    fn add(&mut self, team: &Team, on_phone: &[u32], paid: &[u32], hours: f64) {
        let sum = |people: &[u32]| people.iter().map(|&n| f64::from(n)).sum::<f64>() * hours;
        self.add_hours(team, sum(on_phone), sum(paid));
    }

    /// Adds so many hours on the phone of named people: nothing is rounded up.
    fn add_named(&mut self, team: &Team, on_phone_h: f64) {
        self.add_hours(team, on_phone_h, on_phone_h / (1.0 - team.shrinkage_planned - team.shrinkage_unplanned));
    }

    fn add_hours(&mut self, team: &Team, on_phone_h: f64, paid_h: f64) {
        self.on_phone_h += on_phone_h;
        self.paid_h += paid_h;
        self.rounding_h += paid_h - on_phone_h / (1.0 - team.shrinkage_planned - team.shrinkage_unplanned);
        if let Some(rate) = team.cost_per_hour {
            *self.cost.get_or_insert(0.0) += rate * paid_h;
        }
    }
}

/// Whether a queue misses a part of its goal over the run, or the goal as it is written.
fn misses(result: &QueueResult) -> bool {
    result.goal.as_ref().is_some_and(|goal| !goal.met || goal.parts.iter().any(|part| !part.met))
}

fn unmet(scenario: &Scenario, judgement: &Judgement, results: &Results) -> Vec<Unmet> {
    let intervals = scenario.timeline.intervals.len();
    let mut unmet = Vec::new();
    for (queue, margins) in judgement.margins.iter().enumerate() {
        if Judge::new(scenario).by_interval() {
            let mut missed: Vec<usize> = (0..intervals).filter(|&i| !margins[i].holds()).collect();
            missed.sort_by(|&a, &b| margins[a].distance.total_cmp(&margins[b].distance));
            unmet.extend(missed.into_iter().map(|interval| Unmet::Interval { queue, interval }));
        } else if !judgement.totals[queue].holds() {
            unmet.push(Unmet::Total { queue });
        }
        // What the run as a whole misses is missed, whatever its intervals show: contacts after closing are in none.
        let told = |u: &Unmet| matches!(u, Unmet::Interval { queue: q, .. } | Unmet::Total { queue: q } if *q == queue);
        if misses(&results.queues[queue]) && !unmet.iter().any(told) {
            unmet.push(Unmet::Total { queue });
        }
    }
    for (team, margins) in judgement.occupancy.iter().enumerate() {
        let above = (0..intervals).filter(|&i| margins[i] < 0.0);
        unmet.extend(above.map(|interval| Unmet::Occupancy { team, interval }));
    }
    if judgement.days < 0.0 {
        unmet.push(Unmet::Days);
    }
    unmet
}
