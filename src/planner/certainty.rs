//! What it costs to be surer: the least hours found with which every goal of the day holds on 18, and on 19, of 20
//! days.

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

/// The plan, and what more certain ones cost: people are added in turn where a goal is closest to being missed, as
/// few as reach the level.
pub(super) fn price_of_certainty(scenario: &Scenario, search: &mut Search<'_>, results: &Results) -> Result<Vec<Certainty>> {
    let base = search.heads.clone();
    let mut levels = vec![Certainty {
        asked: None,
        met: results.total.goal_met,
        effort: effort(scenario, &base)?,
        on_phone: base.clone(),
    }];
    let order = search.most_wanted(results);
    let mut least = 0;
    for asked in LEVELS {
        let mut sure = |added: usize| -> Result<(bool, Option<Proportion>)> {
            let met = if added == 0 {
                results.total.goal_met
            } else {
                search.heads = with_more(search, &base, &order, added);
                search.simulate(scenario.plan.replications)?.total.goal_met
            };
            Ok((met.and_then(|p| p.share()).is_some_and(|share| share >= asked), met))
        };
        let Some((added, met)) = fewest(least, 4 * order.len(), &mut sure)? else { break };
        let heads = with_more(search, &base, &order, added);
        levels.push(Certainty { asked: Some(asked), met, effort: effort(scenario, &heads)?, on_phone: heads });
        least = added;
    }
    search.heads = base;
    Ok(levels)
}

/// The base with `added` more agents, in turn over the cells of `order`.
fn with_more(search: &Search<'_>, base: &Heads, order: &[(usize, usize)], added: usize) -> Heads {
    let mut heads = base.clone();
    for &(team, interval) in order.iter().cycle().take(added) {
        if search.has_room(team, heads[team][interval]) {
            heads[team][interval] += 1;
        }
    }
    heads
}

/// The fewest additions from `least` to `most` that are enough, by growing steps and halving; `None` when `most` is
/// not enough.
fn fewest<T>(
    least: usize,
    most: usize,
    enough: &mut dyn FnMut(usize) -> Result<(bool, T)>,
) -> Result<Option<(usize, T)>> {
    let (mut low, mut high, mut step) = (least, least, (most / 64).max(2));
    let mut found = loop {
        let (fine, value) = enough(high)?;
        if fine {
            break value;
        }
        if high >= most {
            return Ok(None);
        }
        low = high + 1;
        high = (high + step).min(most);
        step *= 2;
    };
    while low < high {
        let middle = low + (high - low) / 2;
        let (fine, value) = enough(middle)?;
        if fine {
            (high, found) = (middle, value);
        } else {
            low = middle + 1;
        }
    }
    Ok(Some((high, found)))
}
