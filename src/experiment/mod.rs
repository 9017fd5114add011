//! Many replications of one floor: simulated in parallel, folded in order, summed up with intervals.
//!
//! [`simulate`] is the door. Replications are independent and each is simulated by one thread; their tallies are
//! folded one after the other in the order of their numbers, so the results do not depend on how many threads
//! there were.

mod collector;
mod drivers;
mod first_attempts;
mod goals;
mod metrics;
mod paired;
mod results;
mod simulate;
mod waits;

pub use drivers::{Drivers, drivers};
pub use first_attempts::{first_attempts, settle_repeats, with_first_attempts};
pub use goals::{GoalPart, GoalReport, PartReport};
pub use metrics::{AgentMetric, Better, IntervalMetric, QueueMetric, TeamMetric, Unit};
pub use paired::{Compared, Comparison, Difference, Metric, Scope, ScopeDifferences, Unmatched, compare};
pub use results::{
    AgentResult, Estimate, IntervalResult, PairResult, Proportion, QueueResult, Results, TeamIntervalResult,
    TeamResult, WaitBucket,
};
pub use simulate::{DayRow, Options, Watcher, simulate};
