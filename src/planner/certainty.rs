//! What it costs to be surer: the least hours found with which every goal of the day holds on 18, and on 19, of 20
//! days.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::plan::{Effort, effort};
use super::search::{Heads, Search};
use crate::error::Result;
use crate::experiment::{Proportion, Results};
use crate::scenario::Scenario;

/// One level of certainty.
#[derive(Debug, Clone, PartialEq)]
pub struct Certainty {
    /// Share of days on which every goal should hold; `None` = the plan itself.
    pub asked: Option<f64>,
    /// Share of simulated days on which every goal held.
    pub met: Option<Proportion>,
    /// Hours and money.
    pub effort: Effort,
    /// People on the phone, team by team.
    pub on_phone: Heads,
}

/// Levels beyond the plan itself.
const LEVELS: [f64; 2] = [0.9, 0.95];

/// People are added in turn where a goal is closest to being missed; how many, and what share of days that gives.
struct Ladder {
    base: Heads,
    order: Vec<(usize, usize)>,
    replications: u32,
    /// What has been simulated, by people added.
    known: BTreeMap<usize, Proportion>,
    /// Steps that need not be told apart: chance moves the share of days by more.
    step: usize,
}

/// The plan, and what more certain ones cost. A level that is out of reach ends the list.
pub(super) fn price_of_certainty(
    scenario: &Scenario,
    search: &mut Search<'_>,
    results: &Results,
) -> Result<Vec<Certainty>> {
    let met = results.total.goal_met;
    let mut levels =
        vec![Certainty { asked: None, met, effort: effort(scenario, &search.heads)?, on_phone: search.heads.clone() }];
    let Some(mut ladder) = Ladder::new(search, results) else { return Ok(levels) };
    for asked in LEVELS {
        let Some(added) = ladder.climb(search, asked)? else { break };
        let heads = ladder.heads(search, added);
        let met = ladder.known.get(&added).copied();
        levels.push(Certainty { asked: Some(asked), met, effort: effort(scenario, &heads)?, on_phone: heads });
    }
    search.heads = ladder.base;
    Ok(levels)
}

/// Adds people until every goal holds on the share of days that is asked; leaves the staff as it is where that is out
/// of reach.
pub(super) fn raise_to(search: &mut Search<'_>, results: Rc<Results>, asked: f64) -> Result<Rc<Results>> {
    let Some(mut ladder) = Ladder::new(search, &results) else { return Ok(results) };
    ladder.step = 1;
    let added = ladder.climb(search, asked)?.unwrap_or(0);
    search.heads = ladder.heads(search, added);
    search.simulate(ladder.replications)
}

impl Ladder {
    /// `None` where no goal is judged by the day.
    fn new(search: &Search<'_>, results: &Results) -> Option<Self> {
        let order = search.most_wanted(results);
        let known = BTreeMap::from([(0, results.total.goal_met?)]);
        let replications = search.replications();
        Some(Self { base: search.heads.clone(), step: (order.len() / 24).max(1), order, replications, known })
    }

    /// The base with `added` more agents, in turn over the cells.
    fn heads(&self, search: &Search<'_>, added: usize) -> Heads {
        let mut heads = self.base.clone();
        for &(team, interval) in self.order.iter().cycle().take(added) {
            if search.has_room(team, heads[team][interval]) {
                heads[team][interval] += 1;
            }
        }
        heads
    }

    fn try_with(&mut self, search: &mut Search<'_>, added: usize) -> Result<()> {
        search.heads = self.heads(search, added);
        let met = search.simulate(self.replications)?.total.goal_met;
        self.known.insert(added, met.unwrap_or_default());
        Ok(())
    }

    /// The fewest additions that are enough, to a step; `None` when none are.
    fn climb(&mut self, search: &mut Search<'_>, asked: f64) -> Result<Option<usize>> {
        let most = 4 * self.order.len();
        loop {
            let enough = |met: &Proportion| met.share().is_some_and(|share| share >= asked);
            let high = self.known.iter().find(|(_, met)| enough(met)).map(|(&added, _)| added);
            let low = self.known.iter().rev().find(|(added, _)| high.is_none_or(|high| **added < high));
            let low = low.map(|(&added, _)| added);
            let next = match (low, high) {
                (None, high) => return Ok(high),
                (Some(low), Some(high)) if high - low <= self.step => return Ok(Some(high)),
                (Some(low), Some(high)) => self.between(low, high, asked),
                (Some(low), None) if low >= most => return Ok(None),
                (Some(low), None) => self.beyond(low, asked).min(most),
            };
            self.try_with(search, next)?;
        }
    }

    /// Log odds of a day that meets every goal.
    fn odds(&self, added: usize) -> f64 {
        let met = self.known[&added];
        let (hits, n) = (met.hits as f64 + 0.5, met.n as f64 + 1.0);
        libm::log(hits / (n - hits))
    }

    /// A little above the number that a straight line through two known ones gives, well inside them.
    fn between(&self, low: usize, high: usize, asked: f64) -> usize {
        let target = libm::log(asked / (1.0 - asked).max(1e-3));
        let (from, to) = (self.odds(low), self.odds(high));
        let share = if to > from { ((target - from) / (to - from)).clamp(0.0, 1.0) } else { 0.5 };
        let guess = low + (share * (high - low) as f64).ceil() as usize;
        guess.clamp(low + 1, high - 1)
    }

    /// Where a line through the last two known ones would reach the target, at most three times as far.
    fn beyond(&self, low: usize, asked: f64) -> usize {
        let first_step = (self.order.len() / 6).max(2);
        let before = self.known.range(..low).next_back().map(|(&added, _)| added);
        let Some(before) = before else { return low + first_step };
        let slope = (self.odds(low) - self.odds(before)) / (low - before) as f64;
        let target = libm::log(asked / (1.0 - asked).max(1e-3));
        let missing = if slope > 0.0 { (target - self.odds(low)) / slope } else { f64::INFINITY };
        low + (missing.min(3.0 * (low + first_step) as f64).ceil() as usize).max(1)
    }
}
