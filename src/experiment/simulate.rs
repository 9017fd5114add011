//! Replications in parallel, folded in order.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::collector::Collector;
use super::results::Results;
use crate::engine::{DutyCell, Floor, LoopCell, PairCell, QueueCell, Tally, TeamCell};
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
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build()
        .map_err(|e| Error::Refused(format!("cannot start {} threads: {e}", options.threads)))?;
    Ok(pool.install(|| run(scenario, model, watcher)))
}

/// A place to simulate in, kept from batch to batch.
struct Bench<'m> {
    floor: Floor<'m>,
    tally: Tally<'m>,
    done: bool,
}

fn run(scenario: &Scenario, model: &Model, watcher: &dyn Watcher) -> Results {
    let requested = u64::from(scenario.run.replications);
    let mut collector = Collector::new(scenario, model);
    let mut benches: Vec<Bench<'_>> = (0..batch_size(model, requested))
        .map(|_| Bench { floor: Floor::new(model), tally: Tally::new(model), done: false })
        .collect();
    let stopped = || watcher.stop().is_some_and(|stop| stop.load(Ordering::Relaxed));
    while collector.replications() < requested && !stopped() {
        let first = collector.replications();
        let count = (requested - first).min(benches.len() as u64) as usize;
        benches[..count].par_iter_mut().enumerate().with_max_len(1).for_each(|(index, bench)| {
            bench.done = !stopped();
            if bench.done {
                bench.floor.run(first + index as u64, &mut bench.tally);
                watcher.replication_done();
            }
        });
        for bench in benches[..count].iter().take_while(|bench| bench.done) {
            collector.fold(&bench.tally, &mut |row| watcher.day(row));
        }
    }
    collector.results(requested)
}

fn batch_size(model: &Model, requested: u64) -> usize {
    let queue = size_of::<QueueCell>() + if model.counts_loops { size_of::<LoopCell>() } else { 0 };
    let team = size_of::<TeamCell>() + if model.counts_duties { size_of::<DutyCell>() } else { 0 };
    let cells = model.queues.len() * queue + model.teams.len() * team;
    let pairs = model.queues.len() * model.teams.len() * size_of::<PairCell>();
    let tally = cells * model.segments.len() + model.queues.len() * 8_192 + pairs;
    let people: usize = model.teams.iter().map(|t| 32 * t.most).sum();
    (BATCH_MEMORY / (tally + people).max(1)).clamp(rayon::current_num_threads(), BATCH).min(requested.max(1) as usize)
}
