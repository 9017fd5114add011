//! Many replications of one floor: simulated in parallel, folded in order, summed up with intervals.
//!
//! [`simulate`] is the door, [`simulate_until_precise`] the one to as many replications as a precision takes. Replications are independent and each is simulated by one thread; their tallies are
//! folded one after the other in the order of their numbers, so the results do not depend on how many threads
//! there were.

mod checkpoint;
mod collector;
mod controls;
mod drivers;
mod figure;
mod first_attempts;
mod goals;
mod metrics;
mod paired;
mod precision;
mod results;
mod simulate;
pub mod sweep;
mod waits;

pub use checkpoint::Checkpoint;
pub use drivers::{Drivers, drivers};
pub use figure::{Figure, Metric, Scope};
pub use first_attempts::{first_attempts, settle_repeats, with_first_attempts};
pub use goals::{GoalPart, GoalReport, PartReport};
pub use metrics::{AgentMetric, Better, IntervalMetric, QueueMetric, TeamMetric, Unit};
pub use paired::{Compared, Comparison, Difference, ScopeDifferences, Unmatched, compare};
pub use precision::{Reached, Target, targets};
pub use results::{
    AgentResult, Ended, Estimate, IntervalResult, PairResult, Proportion, QueueResult, Results, TeamIntervalResult,
    TeamResult, WaitBucket,
};
pub use simulate::{CHECKPOINT, DayRow, Options, Watcher, simulate, simulate_until_precise};
