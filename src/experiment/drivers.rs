//! What drives a floor: everybody one standard deviation better in one trait, trait by trait, with the same callers.

use super::paired::{Compared, Comparison, compare};
use super::results::Results;
use super::simulate::{Options, Watcher};
use crate::error::Result;
use crate::model::{Model, compile};
use crate::people::{POINTS, TRAITS, Trait};
use crate::scenario::Scenario;

/// The floor as it is, and what each trait does to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// The floor as it is.
    pub baseline: Results,
    /// Everybody one standard deviation (20 points) better in the trait, against the floor as it is; scores end at 100.
    pub traits: Vec<(Trait, Comparison)>,
}

/// Simulates the floor and, with the same callers and people, thirteen floors on which everybody is better in one trait.
///
/// Stated averages do not hold on those: they are of the floor as it is. Where a scenario says nothing of people,
/// everybody is average. `watcher` hears of each replication of each of the fourteen floors.
///
/// # Errors
/// As for [`compare`].
pub fn drivers(scenario: &Scenario, options: &Options, watcher: &dyn Watcher) -> Result<Drivers> {
    let mut baseline = scenario.clone();
    // Somebody answers, whatever the file says of them.
    baseline.teams.iter_mut().for_each(|team| team.crew.stated = true);
    let better = |of: Trait| {
        let mut floor = baseline.clone();
        floor.teams.iter_mut().for_each(|team| team.crew.gains[of as usize] += POINTS);
        floor
    };
    let floors: Vec<Scenario> = std::iter::once(baseline.clone()).chain(TRAITS.map(better)).collect();
    let models: Vec<Model> = floors.iter().map(compile).collect::<Result<_>>()?;
    let pairs: Vec<(&Scenario, &Model)> = floors.iter().zip(&models).collect();
    let Compared { mut results, comparisons } = compare(&pairs, options, watcher)?;
    Ok(Drivers { baseline: results.swap_remove(0), traits: TRAITS.into_iter().zip(comparisons).collect() })
}
