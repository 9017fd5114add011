//! Replications in parallel, folded in order.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::checkpoint::Checkpoint;
use super::collector::{Collector, Room};
use super::precision::{Target, reached, targets};
use super::results::{Ended, Results};
use crate::engine::{AgentCell, DutyCell, Floor, LoopCell, OutcomeCell, PairCell, QueueCell, Tally, TeamCell};
use crate::error::{Error, Result};
use crate::model::Model;
use crate::scenario::Scenario;

/// After every so many replications, and only then, an experiment may end by itself.
pub const CHECKPOINT: u64 = 100;

/// Replications simulated between two folds, if memory allows.
const BATCH: usize = CHECKPOINT as usize;

/// Memory for the tallies of a batch and the floors of all threads, in bytes.
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
    /// After every [`CHECKPOINT`] replications, and at the end (`last`): what has been done can be kept. Only of
    /// [`simulate_until_precise`].
    fn checkpoint(&self, _make: &dyn Fn() -> Checkpoint, _last: bool) {}
    /// Asked after every [`CHECKPOINT`] replications; if not, the experiment ends with what it has.
    fn has_time(&self) -> bool {
        true
    }
    /// Set to end the experiment early: replications finished in order so far are kept.
    fn stop(&self) -> Option<&AtomicBool> {
        None
    }
}

/// Nobody watches.
impl Watcher for () {}

/// Simulates `scenario.run.replications` replications, whatever precision the scenario states.
///
/// # Errors
/// [`Error::Refused`] when the thread pool cannot be built.
pub fn simulate(scenario: &Scenario, model: &Model, options: &Options, watcher: &dyn Watcher) -> Result<Results> {
    let mut collector = Collector::new(scenario, model, Room::of([model]));
    let requested = u64::from(scenario.run.replications);
    let mut fold = |tallies: &[&Tally<'_>]| drop(collector.fold(tallies[0], &mut |row: &DayRow<'_>| watcher.day(row)));
    let end = replicate(&[model], 0..requested, options, watcher, &mut fold)?;
    Ok(collector.results(requested, ended(end), Vec::new()))
}

/// Simulates until every figure is as precise as the scenario states, or until it may have no more replications
/// (`run.max_replications`); without a stated precision, exactly `run.replications`.
///
/// Precision is looked at after every [`CHECKPOINT`] replications only, from `run.replications` on: what is found does
/// not depend on threads, and is what an experiment of that many replications would find. From a checkpoint it goes on
/// where that was left, and ends as if it had never been left.
///
/// # Errors
/// [`Error::Refused`] when the checkpoint is of another floor.
/// [`Error::Refused`] when the scenario states a precision of something it has not, and when the thread pool cannot be
/// built.
pub fn simulate_until_precise(
    scenario: &Scenario,
    model: &Model,
    from: Option<&Checkpoint>,
    options: &Options,
    watcher: &dyn Watcher,
) -> Result<Results> {
    let targets = targets(scenario).map_err(|wrong| {
        Error::Refused(wrong.into_iter().map(|(_, why)| format!("run.precision: {why}")).collect::<Vec<_>>().join("\n"))
    })?;
    let mut collector = Collector::new(scenario, model, Room::of([model]));
    if let Some(checkpoint) = from {
        checkpoint.fits(scenario).and_then(|()| checkpoint.restore(&mut collector)).map_err(Error::Refused)?;
    }
    let first = collector.replications();
    let mut search = Search { scenario, collector, targets, least: u64::from(scenario.run.replications), watcher };
    let most = u64::from(scenario.run.most_replications());
    // Whoever was cut off right after the last look at the precision must not miss it.
    let seen = first > 0 && first.is_multiple_of(CHECKPOINT) && search.is_precise();
    let end = if seen { End::Enough } else { replicate(&[model], first..most, options, watcher, &mut search)? };
    watcher.checkpoint(&|| Checkpoint::new(scenario, &search.collector), true);
    Ok(search.results(most, end))
}

/// An experiment that ends when it is precise enough.
struct Search<'a> {
    scenario: &'a Scenario,
    collector: Collector<'a>,
    targets: Vec<Target>,
    least: u64,
    watcher: &'a dyn Watcher,
}

impl Search<'_> {
    fn is_precise(&self) -> bool {
        let enough = !self.targets.is_empty() && self.collector.replications() >= self.least;
        enough && reached(&self.targets, &self.collector).iter().all(|of| of.met)
    }

    fn results(&self, most: u64, end: End) -> Results {
        let precision = reached(&self.targets, &self.collector);
        let ended = match end {
            // Precise enough, without having had to be asked.
            End::Enough if precision.iter().all(|of| of.met) => Ended::Complete,
            End::Enough => Ended::AtMost,
            other => ended(other),
        };
        // Who is precise enough has all that was asked for.
        let requested = if ended == Ended::Complete { self.collector.replications() } else { most };
        self.collector.results(requested, ended, precision)
    }
}

impl Sink for Search<'_> {
    fn fold(&mut self, tallies: &[&Tally<'_>]) {
        let watcher = self.watcher;
        self.collector.fold(tallies[0], &mut |row| watcher.day(row));
    }

    fn goes_on(&mut self) -> bool {
        self.watcher.checkpoint(&|| Checkpoint::new(self.scenario, &self.collector), false);
        !self.is_precise()
    }
}

/// What comes of a replication of one floor, kept from batch to batch.
struct Bench<'m> {
    tally: Tally<'m>,
    done: bool,
}

/// Where threads simulate: each has its own place for each floor, so that it stays close to the thread's processor.
struct Places<'a, 'm> {
    models: &'a [&'m Model],
    /// Thread by thread, made when needed. No thread ever waits for another's.
    floors: Vec<Mutex<Option<Floor<'m>>>>,
}

impl<'a, 'm> Places<'a, 'm> {
    fn new(models: &'a [&'m Model]) -> Self {
        let floors = (0..rayon::current_num_threads() * models.len()).map(|_| Mutex::default()).collect();
        Self { models, floors }
    }

    fn run(&self, model: usize, replication: u64, tally: &mut Tally<'m>) {
        let place = self.models.len() * rayon::current_thread_index().unwrap_or(0) + model;
        let mut floor = self.floors[place].lock().unwrap_or_else(PoisonError::into_inner);
        floor.get_or_insert_with(|| Floor::new(self.models[model])).run(replication, tally);
    }
}

/// Why there are no more replications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// All are done, or the sink wanted no more.
    Enough,
    /// The watcher's time is up.
    TimeIsUp,
    /// The watcher wanted an end.
    Stopped,
}

/// Why an experiment of a fixed length ended.
pub(super) fn ended(end: End) -> Ended {
    match end {
        End::Enough => Ended::Complete,
        End::TimeIsUp => Ended::TimeIsUp,
        End::Stopped => Ended::Stopped,
    }
}

/// What becomes of the tallies.
pub(super) trait Sink: Send {
    /// Takes those of the next replication, floor by floor.
    fn fold(&mut self, tallies: &[&Tally<'_>]);

    /// Asked after every [`CHECKPOINT`] replications: whether it wants more.
    fn goes_on(&mut self) -> bool {
        true
    }
}

impl<F: FnMut(&[&Tally<'_>]) + Send> Sink for F {
    fn fold(&mut self, tallies: &[&Tally<'_>]) {
        self(tallies);
    }
}

/// Simulates these replications of all floors, each on one thread, and gives `sink` the tallies of a replication,
/// floor by floor: in the order of their numbers, and only replications that all floors have finished.
pub(super) fn replicate(
    models: &[&Model],
    replications: Range<u64>,
    options: &Options,
    watcher: &dyn Watcher,
    sink: &mut dyn Sink,
) -> Result<End> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build()
        .map_err(|e| Error::Refused(format!("cannot start {} threads: {e}", options.threads)))?;
    Ok(pool.install(|| in_batches(models, replications, watcher, sink)))
}

fn in_batches(models: &[&Model], replications: Range<u64>, watcher: &dyn Watcher, sink: &mut dyn Sink) -> End {
    let Range { start: mut first, end } = replications;
    let bench = |model| Bench { tally: Tally::new(model), done: false };
    let places = Places::new(models);
    let rows = 0..batch_size(models, end.saturating_sub(first));
    let mut benches: Vec<Bench<'_>> = rows.flat_map(|_| models.iter().copied().map(bench)).collect();
    let (floors, stopped) = (models.len(), || watcher.stop().is_some_and(|stop| stop.load(Ordering::Relaxed)));
    while first < end && !stopped() {
        // Up to the next checkpoint.
        let ahead = (CHECKPOINT - first % CHECKPOINT).min(end - first);
        let count = ahead.min((benches.len() / floors) as u64) as usize;
        benches[..count * floors].par_iter_mut().enumerate().with_max_len(1).for_each(|(index, bench)| {
            bench.done = !stopped();
            if bench.done {
                places.run(index % floors, first + (index / floors) as u64, &mut bench.tally);
                watcher.replication_done();
            }
        });
        let whole = benches[..count * floors].chunks(floors).take_while(|row| row.iter().all(|bench| bench.done));
        let mut folded = 0;
        for row in whole {
            let tallies: Vec<&Tally<'_>> = row.iter().map(|bench| &bench.tally).collect();
            sink.fold(&tallies);
            folded += 1;
        }
        first += folded;
        if folded < count as u64 {
            break;
        }
        if first.is_multiple_of(CHECKPOINT) && first < end {
            if !sink.goes_on() {
                return End::Enough;
            }
            if !watcher.has_time() {
                return End::TimeIsUp;
            }
        }
    }
    if first < end { End::Stopped } else { End::Enough }
}

/// Bytes of one person in the engine, roughly.
const PERSON: usize = 432;
/// The same where people change nothing.
const PLACE: usize = 32;

/// Replications between two folds: as many as fit into the memory, and enough for all threads.
fn batch_size(models: &[&Model], requested: u64) -> usize {
    let threads = rayon::current_num_threads();
    let floors: usize = models.iter().map(|model| floor_bytes(model)).sum();
    let tallies: usize = models.iter().map(|model| tally_bytes(model)).sum();
    let least = threads.div_ceil(models.len());
    let room = BATCH_MEMORY.saturating_sub(threads * floors);
    (room / tallies.max(1)).clamp(least, BATCH.max(least)).min(requested.max(1) as usize)
}

/// Bytes of a floor, roughly: what it knows of each person, with and without a profile and the state of a day.
fn floor_bytes(model: &Model) -> usize {
    let person = if model.people.is_some() { PERSON } else { PLACE };
    model.teams.iter().map(|team| person * team.most).sum()
}

fn tally_bytes(model: &Model) -> usize {
    let queue = size_of::<QueueCell>() + if model.counts_loops { size_of::<LoopCell>() } else { 0 };
    let team = size_of::<TeamCell>() + if model.counts_duties { size_of::<DutyCell>() } else { 0 };
    let cells = (model.queues.len() * queue + model.teams.len() * team) * model.segments.len();
    let pairs = model.queues.len() * model.teams.len() * size_of::<PairCell>();
    cells + model.queues.len() * 8_192 + pairs + outcome_bytes(model)
}

fn outcome_bytes(model: &Model) -> usize {
    let Some(people) = &model.people else { return 0 };
    let cells = model.queues.len() * model.segments.len() + model.teams.len() * model.days.len();
    let persons: usize = model.teams.iter().map(|team| if people.fixed { team.most } else { 0 }).sum();
    cells * size_of::<OutcomeCell>() + persons * size_of::<AgentCell>()
}
