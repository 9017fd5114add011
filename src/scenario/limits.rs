//! How large a floor may be, named once: the language refuses what lies beyond, the model relies on it.

use super::types::Timeline;

const DAY_S: f64 = 86_400.0;

/// The longest time that may be stated (a mean, a smallest or largest value): a draw that the model has to cut then lies
/// far beyond it.
pub const LONGEST_STATED_S: f64 = 7.0 * DAY_S;

/// Calendar days of a replication: as many as the model's clock holds, see `model::compile`.
pub const MOST_DAYS: u32 = 787;

/// Queues and teams times stretches of time: some 600 MB of results at most.
pub const MOST_CELLS: usize = 3_000_000;

/// People in one team.
pub const MOST_PEOPLE: u32 = 1 << 18;

/// Open intervals, and the time after each closing.
pub fn stretches(timeline: &Timeline) -> usize {
    let length = u64::from(timeline.interval_s);
    let runs_on = |pair: &&[super::types::Interval]| pair[1].start_s <= pair[0].start_s + length;
    let intervals = &timeline.intervals;
    2 * intervals.len() - intervals.windows(2).filter(runs_on).count()
}
