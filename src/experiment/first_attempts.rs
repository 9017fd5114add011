//! Volume as an ACD counts it already contains redials and repeats: how many of the stated contacts are first attempts.

use super::metrics::QueueMetric;
use super::simulate::{Options, simulate};
use crate::error::Result;
use crate::model::compile;
use crate::scenario::{Arrivals, Scenario, VolumeCounts};

/// Contacts simulated in each round: the share is then known to some half of a percentage point.
const CONTACTS: f64 = 100_000.0;

/// Rounds, each of which halves the logarithm of what is missing.
const ROUNDS: u32 = 10;

/// Rounds after which the share of unsolved contacts is settled: it hardly depends on the repeats themselves.
const SETTLING: u32 = 3;

/// The seed of the search: the share belongs to the floor, not to the run.
const SEED: u64 = 20_260_302;

/// By queue: the share of its stated volume that are first attempts, so that the floor as it stands offers the stated
/// volume, redials and repeats included. 1 where none reach the queue, or where the volume counts fresh contacts.
///
/// # Errors
/// [`crate::error::Error::Refused`] when the floor cannot be simulated.
pub fn first_attempts(scenario: &Scenario) -> Result<Vec<f64>> {
    let (mut shares, mut counted) = (vec![1.0; scenario.queues.len()], Vec::new());
    for queue in (0..shares.len()).filter(|&queue| contains_loops(scenario, queue)) {
        match scenario.queues[queue].stated_first_attempts {
            Some(share) => shares[queue] = share,
            None => counted.push(queue),
        }
    }
    if counted.is_empty() {
        return Ok(shares);
    }
    let stated = |queue: usize| scenario.queues[queue].volume.iter().sum::<f64>();
    let mut pilot = pilot(scenario);
    for _ in 0..ROUNDS {
        with_first_attempts(&mut pilot, scenario, &shares);
        let results = simulate(&pilot, &compile(&pilot)?, &Options::default(), &())?;
        for &queue in &counted {
            let per_day = results.queues[queue].get(QueueMetric::Offered).mean.unwrap_or(0.0);
            let offered = per_day * scenario.timeline.days.len() as f64;
            if offered > 0.0 {
                shares[queue] = (shares[queue] * (stated(queue) / offered).sqrt()).clamp(0.001, 1.0);
            }
        }
        note_unsolved(&mut pilot, &results);
    }
    Ok(shares)
}

/// Finds out which share of each queue's contacts ends unsolved on this floor, by which repeats of contacts before the
/// first day are counted.
///
/// # Errors
/// [`crate::error::Error::Refused`] when the floor cannot be simulated.
pub fn settle_repeats(scenario: &mut Scenario) -> Result<()> {
    if !scenario.people.steady_loops || scenario.queues.iter().all(|queue| queue.outcomes.repeat.is_none()) {
        return Ok(());
    }
    let mut pilot = pilot(scenario);
    for _ in 0..SETTLING {
        let results = simulate(&pilot, &compile(&pilot)?, &Options::default(), &())?;
        note_unsolved(&mut pilot, &results);
    }
    for (queue, pilot) in scenario.queues.iter_mut().zip(&pilot.queues) {
        queue.outcomes.unsolved = pilot.outcomes.unsolved;
    }
    Ok(())
}

/// The floor with as many replications as show a share.
fn pilot(scenario: &Scenario) -> Scenario {
    let per_replication: f64 = scenario.queues.iter().flat_map(|queue| &queue.volume).sum();
    let mut pilot = scenario.clone();
    pilot.run.seed = SEED;
    pilot.run.warm_up_s = 0.0;
    pilot.run.control_variates = false;
    pilot.run.replications = (CONTACTS / per_replication.max(1.0)).clamp(2.0, 2_000.0) as u32;
    pilot
}

fn note_unsolved(pilot: &mut Scenario, results: &super::Results) {
    for (queue, result) in pilot.queues.iter_mut().zip(&results.queues) {
        let per_day = |metric| result.get(metric).mean.unwrap_or(0.0);
        let offered = per_day(QueueMetric::Offered);
        if queue.outcomes.repeat.is_some() && offered > 0.0 {
            queue.outcomes.unsolved = Some(per_day(QueueMetric::Unsolved) / offered);
        }
    }
}

/// Whether the stated volume of a queue contains redials or repeats.
fn contains_loops(scenario: &Scenario, queue: usize) -> bool {
    let stated = &scenario.queues[queue];
    let lead_here = |(index, other): (usize, &crate::scenario::Queue)| {
        other.callers.redial.as_ref().is_some_and(|redial| redial.queue.unwrap_or(index) == queue)
            || other.outcomes.repeat.as_ref().is_some_and(|repeat| repeat.queue.unwrap_or(index) == queue)
    };
    stated.counts == VolumeCounts::Offered
        && !matches!(stated.arrivals, Arrivals::Trace(_))
        && stated.volume.iter().any(|volume| *volume > 0.0)
        && scenario.queues.iter().enumerate().any(lead_here)
}

/// Gives `scenario` the volumes of `stated`, reduced to their first attempts.
pub fn with_first_attempts(scenario: &mut Scenario, stated: &Scenario, shares: &[f64]) {
    for ((queue, stated), share) in scenario.queues.iter_mut().zip(&stated.queues).zip(shares) {
        queue.volume = stated.volume.iter().map(|volume| volume * share).collect();
        queue.first_attempts = *share;
    }
}
