//! Messages that a plan leaves in the backlog.
//!
//! A message that is not yet due when the simulation ends is in no service level, so a plan could leave all late ones
//! to nobody. They may stay only as long as the backlog does not grow: no more of them than there were at the start,
//! or than came in during the last interval. More than that are missed, those that came first.

use super::judge::Margin;
use crate::experiment::{GoalPart, IntervalMetric, QueueMetric, QueueResult};
use crate::scenario::Scenario;

/// Messages too many, on the average day, that chance may leave.
const CHANCE: f64 = 0.5;

/// The messages of one queue that are open at the end, although they may not stay.
pub(super) struct Leftovers {
    /// By interval of arrival: how many, and of how many that came.
    excess: Vec<(f64, f64)>,
}

impl Leftovers {
    /// `None` for calls and chats, and without a goal.
    pub(super) fn of(scenario: &Scenario, queue: usize, result: &QueueResult) -> Option<Self> {
        scenario.queues[queue].goal.as_ref()?;
        let mut allowed = may_stay(scenario, queue)?;
        let mut excess = vec![(0.0, 0.0); result.intervals.len()];
        for (of, interval) in excess.iter_mut().zip(&result.intervals).rev() {
            let mean = |metric| interval.get(metric).mean.unwrap_or(0.0);
            // One that is open and due is missed already.
            let stays = mean(IntervalMetric::Open).min(mean(IntervalMetric::Undecided));
            *of = ((stays - allowed).max(0.0), mean(IntervalMetric::Offered));
            allowed = (allowed - stays).max(0.0);
        }
        Some(Self { excess })
    }

    /// How far an interval is from leaving too many; `None` where it leaves none that may not stay.
    pub(super) fn margin(&self, interval: usize) -> Option<Margin> {
        margin(self.excess[interval])
    }

    /// The same over the run.
    pub(super) fn total(&self) -> Option<Margin> {
        margin(self.excess.iter().fold((0.0, 0.0), |sum, of| (sum.0 + of.0, sum.1 + of.1)))
    }
}

fn margin((excess, offered): (f64, f64)) -> Option<Margin> {
    let distance = (CHANCE - excess) / offered.max(1.0);
    (excess > 0.0).then_some(Margin { distance, part: Some(GoalPart::ServiceLevel) })
}

/// Messages of a queue that may be open at the end of the simulated time; `None` for calls and chats.
pub fn may_stay(scenario: &Scenario, queue: usize) -> Option<f64> {
    let stated = &scenario.queues[queue];
    let backlog = f64::from(stated.channel.messages()?.backlog);
    Some(backlog.max(stated.volume.last().copied().unwrap_or(0.0)).max(1.0))
}

/// Mean number of messages of a queue that are open at the end of a replication.
pub fn open_at_the_end(scenario: &Scenario, result: &QueueResult) -> f64 {
    let warm_up_s = scenario.run.warm_up_s;
    let first = scenario.timeline.intervals.first().map_or(0.0, |i| i.start_s as f64) + warm_up_s;
    let counted = |day: &&crate::scenario::Day| {
        let last = day.first_interval + day.interval_count.max(1) - 1;
        scenario.timeline.intervals[last].start_s as f64 >= first
    };
    let days = scenario.timeline.days.iter().filter(counted).count();
    result.get(QueueMetric::Open).mean.unwrap_or(0.0) * days as f64
}
