//! One floor at many points: every combination of some values, or a sample of them, all with the same callers.

mod choice;
mod design;
mod vary;

pub use choice::{Choice, Constraint, Measured, Objective, Shown};
pub use design::Design;
pub use vary::{Factor, as_number};

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::checkpoint::Fnv;
use super::figure::Figure;
use super::results::Results;
use super::simulate::{Options, Watcher, simulate};
use crate::engine::GENERATOR;
use crate::error::Result;
use crate::model::compile;
use crate::scenario::Scenario;

/// Names everything that the figures of a sweep depend on: the texts of the scenario, what is varied, how long and with
/// which seed each point is simulated, which figures are kept, and the version.
pub fn identity(
    texts: &BTreeMap<String, String>,
    sets: &[String],
    scenario: &Scenario,
    design: &Design,
    figures: &[Figure],
) -> String {
    let mut hash = Fnv::new();
    let names: Vec<String> = figures.iter().map(Figure::name).collect();
    let (version, run, factors) = (env!("CARGO_PKG_VERSION"), &scenario.run, &design.factors);
    let points = (design.points(), design.is_grid());
    // A hash cannot fail.
    let _ = write!(hash, "{version} {GENERATOR} {texts:?} {sets:?} {run:?} {factors:?} {points:?} {names:?}");
    hash.hex()
}

/// Points done but waiting for an earlier one.
const MOST_WAITING: usize = 1_024;

/// Simulates the floors at these points and hands over what is found, in order; returns how many were done before the
/// watcher wanted an end.
///
/// Few points are simulated one after the other, each on all threads; many side by side, each on one. What is found does
/// not depend on that. `read` takes from the results what is kept; at no time more than some points are in memory.
///
/// # Errors
/// Those of `floor`, which may refuse a point, and of `take`; what came before has been handed over.
pub fn sweep<T: Send>(
    points: Range<u64>,
    floor: &(dyn Fn(u64) -> Result<Scenario> + Sync),
    read: &(dyn Fn(&Results) -> T + Sync),
    options: &Options,
    watcher: &dyn Watcher,
    take: &mut (dyn FnMut(u64, T) -> Result<()> + Send),
) -> Result<u64> {
    let threads = match options.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let side_by_side = points.end.saturating_sub(points.start) >= 4 * threads as u64;
    let (workers, each) = if side_by_side { (threads, Options { threads: 1 }) } else { (1, options.clone()) };
    let first = points.start;
    let queue = Queue {
        next: AtomicU64::new(first),
        halted: AtomicBool::new(false),
        line: Mutex::new(Line { due: first, waiting: BTreeMap::new(), take, failed: None }),
        moved: Condvar::new(),
    };
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| queue.work(points.end, floor, read, &each, watcher));
        }
    });
    let line = queue.line.into_inner().unwrap_or_else(PoisonError::into_inner);
    line.failed.map_or(Ok(line.due - first), |(_, error)| Err(error))
}

struct Queue<'a, T> {
    next: AtomicU64,
    halted: AtomicBool,
    line: Mutex<Line<'a, T>>,
    moved: Condvar,
}

/// What is done and waits for its turn.
struct Line<'a, T> {
    due: u64,
    waiting: BTreeMap<u64, T>,
    take: &'a mut (dyn FnMut(u64, T) -> Result<()> + Send),
    /// The first point that failed, and why.
    failed: Option<(u64, crate::error::Error)>,
}

impl<'a, T: Send> Queue<'a, T> {
    fn work(
        &self,
        end: u64,
        floor: &(dyn Fn(u64) -> Result<Scenario> + Sync),
        read: &(dyn Fn(&Results) -> T + Sync),
        options: &Options,
        watcher: &dyn Watcher,
    ) {
        let stopped = || watcher.stop().is_some_and(|stop| stop.load(Ordering::Relaxed));
        while !stopped() && !self.halted.load(Ordering::Relaxed) {
            let point = self.next.fetch_add(1, Ordering::Relaxed);
            if point >= end {
                break;
            }
            let found = floor(point).and_then(|scenario| {
                let results = simulate(&scenario, &compile(&scenario)?, options, watcher)?;
                // A point cut short is no point.
                Ok((results.replications == results.requested).then(|| read(&results)))
            });
            match found {
                Ok(Some(found)) => self.hand_over(point, found),
                Ok(None) => self.halt(),
                Err(error) => self.fail(point, error),
            }
        }
    }

    fn line(&self) -> MutexGuard<'_, Line<'a, T>> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hand_over(&self, point: u64, found: T) {
        let mut line = self.line();
        while line.waiting.len() >= MOST_WAITING && point != line.due && !self.halted.load(Ordering::Relaxed) {
            line = self.moved.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        line.waiting.insert(point, found);
        line.move_up();
        let failed = line.failed.is_some();
        drop(line);
        self.moved.notify_all();
        if failed {
            self.halt();
        }
    }

    fn fail(&self, point: u64, error: crate::error::Error) {
        let mut line = self.line();
        // The same one is named whatever the number of threads: the first that fails of those begun.
        if line.failed.as_ref().is_none_or(|(first, _)| point < *first) {
            line.failed = Some((point, error));
        }
        drop(line);
        self.halt();
    }

    /// Ends the others, too; nobody may wait for what will never come.
    fn halt(&self) {
        self.halted.store(true, Ordering::Relaxed);
        self.moved.notify_all();
    }
}

impl<T> Line<'_, T> {
    /// Hands over all that are due, until one is missing or cannot be taken.
    fn move_up(&mut self) {
        while self.failed.is_none() {
            let Some(found) = self.waiting.remove(&self.due) else { break };
            match (self.take)(self.due, found) {
                Ok(()) => self.due += 1,
                Err(error) => self.failed = Some((self.due, error)),
            }
        }
    }
}
