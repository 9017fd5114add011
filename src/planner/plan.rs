//! A staffing plan: what the formulas ask, what simulation finds, what it costs, and how sure it is.

use super::certainty::{Certainty, price_of_certainty};
use super::formula::{PoolNeed, by_formula};
use super::judge::{Judge, Judgement};
use super::search::{Heads, Search};
use super::sensitivity::{QueueShare, Sensitivity, queue_shares, sensitivities};
use crate::erlang::shrinkage::gross_heads;
use crate::error::{Error, Result};
use crate::experiment::{GoalPart, Options, Results};
use crate::model::compile;
use crate::scenario::Scenario;

/// A staffing plan for a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What the formulas ask, pool by pool (teams that are the first choice of the same queues).
    pub formula: Vec<PoolNeed>,
    /// What simulation found, team by team.
    pub teams: Vec<TeamPlan>,
    /// The plan, simulated.
    pub results: Results,
    /// Goals that no staffing within the stated limits reaches: (queue, interval).
    pub unmet: Vec<(usize, usize)>,
    /// What more certain plans cost; the plan itself first.
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
    /// The goal that would be missed first with fewer people, and its queue; `None` where nothing decides but the
    /// minimum.
    pub binding: Vec<Option<(usize, GoalPart)>>,
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

/// Finds the least staff that meets the goals of a scenario; see the `[plan]` table for what that means.
/// `on_trial` is called before each simulated staffing.
///
/// # Errors
/// [`Error::Refused`] when no queue has a goal, or when no staffing meets one, with the reason.
pub fn plan(scenario: &Scenario, options: &Options, on_trial: &dyn Fn(u32)) -> Result<Plan> {
    compile(scenario)?;
    let formula = by_formula(scenario)?;
    let mut search = Search::new(scenario, first_guess(scenario, &formula), options, on_trial);
    let results = search.run()?;
    let judgement = Judge::new(scenario).judge(&results);
    let teams = team_plans(scenario, &search.heads, &judgement)?;
    let certainty = price_of_certainty(scenario, &mut search, &results)?;
    Ok(Plan {
        teams,
        unmet: unmet(scenario, &judgement),
        certainty,
        sensitivity: sensitivities(scenario, &formula)?,
        queue_shares: queue_shares(scenario)?,
        formula,
        trials: search.trials,
        results,
    })
}

/// Where the search starts: first-choice teams at their need by Erlang A, teams that only help out as stated.
fn first_guess(scenario: &Scenario, formula: &[PoolNeed]) -> Heads {
    let mut heads: Heads = scenario.teams.iter().map(|t| t.on_phone.clone()).collect();
    for need in formula {
        for (interval, requirement) in need.intervals.iter().enumerate() {
            let open: Vec<usize> = need.pool.teams.iter().copied().filter(|&t| scenario.teams[t].open[interval]).collect();
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

fn team_plans(scenario: &Scenario, heads: &Heads, judgement: &Judgement) -> Result<Vec<TeamPlan>> {
    let plan = |(index, team): (usize, &crate::scenario::Team)| {
        let binding = (0..heads[index].len())
            .map(|interval| {
                let margins = team.skills.iter().map(|s| (s.queue, judgement.margins[s.queue][interval]));
                let least = margins.filter(|(_, m)| m.part.is_some()).reduce(|a, b| {
                    if b.1.distance < a.1.distance { b } else { a }
                });
                least.and_then(|(queue, margin)| Some((queue, margin.part?)))
            })
            .collect();
        Ok(TeamPlan { paid: paid_heads(team, &heads[index])?, on_phone: heads[index].clone(), binding })
    };
    scenario.teams.iter().enumerate().map(plan).collect()
}

/// People to be paid for people on the phone.
pub(super) fn paid_heads(team: &crate::scenario::Team, on_phone: &[u32]) -> Result<Vec<u32>> {
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
        let on_phone_h = heads.iter().map(|&n| f64::from(n)).sum::<f64>() * hours;
        let paid_h = paid_heads(team, heads)?.iter().map(|&n| f64::from(n)).sum::<f64>() * hours;
        sum.on_phone_h += on_phone_h;
        sum.paid_h += paid_h;
        sum.rounding_h += paid_h - on_phone_h / (1.0 - team.shrinkage_planned - team.shrinkage_unplanned);
        if let Some(rate) = team.cost_per_hour {
            *sum.cost.get_or_insert(0.0) += rate * paid_h;
        }
    }
    Ok(sum)
}

fn unmet(scenario: &Scenario, judgement: &Judgement) -> Vec<(usize, usize)> {
    if !Judge::new(scenario).by_interval() {
        return Vec::new();
    }
    let missed = |queue: usize| {
        let margins = &judgement.margins[queue];
        (0..margins.len()).filter(|&i| !margins[i].holds()).map(move |i| (queue, i))
    };
    (0..judgement.margins.len()).flat_map(missed).collect()
}
