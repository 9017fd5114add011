//! Replications in parallel, folded in order.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::collector::{Collector, Room};
use super::results::Results;
use crate::engine::{AgentCell, DutyCell, Floor, LoopCell, OutcomeCell, PairCell, QueueCell, Tally, TeamCell};
use crate::error::{Error, Result};
use crate::model::Model;
use crate::scenario::Scenario;

/// Replications simulated between two folds, if memory allows.
const BATCH: usize = 64;

/// Memory for the tallies of a batch, in bytes.
const BATCH_MEMORY: usize = 256 << 20;

/// How to run an experiment. Nothing here changes its results, except how many replications there are.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Threads; 0 = as many as there are processors.
    pub threads: usize,
}

/// One replication's one day of one queue (`None` = all queues).
#[derive(Debug, Clone, Copy)]
pub struct DayRow<'a> {
    /// Number of the replication, from 0.
    pub replication: u64,
    /// Number of the day in the timeline, from 0.
    pub day: usize,
    /// The queue.
    pub queue: Option<usize>,
    /// Values indexed by [`super::QueueMetric`].
    pub values: &'a [Option<f64>],
}

/// Who wants to know how an experiment goes, and may end it.
pub trait Watcher: Sync {
    /// One more replication is done (called from any thread).
    fn replication_done(&self) {}
    /// A finished replication's day; called in the order of replications, days and queues.
    fn day(&self, _row: &DayRow<'_>) {}
    /// Set to end the experiment early: replications finished in order so far are kept.
    fn stop(&self) -> Option<&AtomicBool> {
        None
    }
}

/// Nobody watches.
impl Watcher for () {}

/// Simulates `scenario.run.replications` replications.
///
/// # Errors
/// [`Error::Refused`] when the thread pool cannot be built.
pub fn simulate(scenario: &Scenario, model: &Model, options: &Options, watcher: &dyn Watcher) -> Result<Results> {
    let mut collector = Collector::new(scenario, model, Room::of([model]));
    replicate(&[model], scenario.run.replications, options, watcher, &mut |tallies| {
        collector.fold(tallies[0], &mut |row| watcher.day(row));
    })?;
    Ok(collector.results(u64::from(scenario.run.replications)))
}

/// A place to simulate one floor in, kept from batch to batch.
struct Bench<'m> {
    floor: Floor<'m>,
    tally: Tally<'m>,
    done: bool,
}

/// Simulates so many replications of all floors, each on one thread, and gives `fold` the tallies of a replication,
/// floor by floor: in the order of their numbers, and only replications that all floors have finished.
pub(super) fn replicate(
    models: &[&Model],
    replications: u32,
    options: &Options,
    watcher: &dyn Watcher,
    fold: &mut (dyn FnMut(&[&Tally<'_>]) + Send),
) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build()
        .map_err(|e| Error::Refused(format!("cannot start {} threads: {e}", options.threads)))?;
    pool.install(|| in_batches(models, u64::from(replications), watcher, fold));
    Ok(())
}

fn in_batches(models: &[&Model], requested: u64, watcher: &dyn Watcher, fold: &mut dyn FnMut(&[&Tally<'_>])) {
    let bench = |model| Bench { floor: Floor::new(model), tally: Tally::new(model), done: false };
    let rows = 0..batch_size(models, requested);
    let mut benches: Vec<Bench<'_>> = rows.flat_map(|_| models.iter().copied().map(bench)).collect();
    let (floors, stopped) = (models.len(), || watcher.stop().is_some_and(|stop| stop.load(Ordering::Relaxed)));
    let mut first = 0;
    while first < requested && !stopped() {
        let count = (requested - first).min((benches.len() / floors) as u64) as usize;
        benches[..count * floors].par_iter_mut().enumerate().with_max_len(1).for_each(|(index, bench)| {
            bench.done = !stopped();
            if bench.done {
                bench.floor.run(first + (index / floors) as u64, &mut bench.tally);
                watcher.replication_done();
            }
        });
        let whole = benches[..count * floors].chunks(floors).take_while(|row| row.iter().all(|bench| bench.done));
        for row in whole {
            let tallies: Vec<&Tally<'_>> = row.iter().map(|bench| &bench.tally).collect();
            fold(&tallies);
        }
        first += count as u64;
    }
}

/// Replications between two folds: as many as fit into the memory, and enough for all threads.
fn batch_size(models: &[&Model], requested: u64) -> usize {
    let bytes: usize = models.iter().map(|model| tally_bytes(model)).sum();
    let least = rayon::current_num_threads().div_ceil(models.len());
    (BATCH_MEMORY / bytes.max(1)).clamp(least, BATCH.max(least)).min(requested.max(1) as usize)
}

/// Bytes of one person's profile and state in the engine, roughly.
const PERSON: usize = 400;

fn tally_bytes(model: &Model) -> usize {
    let queue = size_of::<QueueCell>() + if model.counts_loops { size_of::<LoopCell>() } else { 0 };
    let team = size_of::<TeamCell>() + if model.counts_duties { size_of::<DutyCell>() } else { 0 };
    let (outcome, person) = match model.people {
        Some(_) => (size_of::<OutcomeCell>(), size_of::<AgentCell>() + PERSON),
        None => (0, 0),
    };
    let cells = model.queues.len() * (queue + outcome) + model.teams.len() * (team + outcome);
    let pairs = model.queues.len() * model.teams.len() * size_of::<PairCell>();
    let tally = cells * model.segments.len() + model.queues.len() * 8_192 + pairs;
    let people: usize = model.teams.iter().map(|t| (32 + person) * t.most).sum();
    tally + people
}
