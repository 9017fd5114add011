//! Whether service was as good as the scenario asks.

use super::metrics::{Counts, IntervalMetric, QueueMetric, abandon_rate, service_level};
use super::results::Proportion;
use crate::engine::{LoopCell, QueueCell};
use crate::model::TICKS_PER_SECOND;
use crate::scenario::{Goal, Period, Queue};
use crate::stats::RatioSums;

/// A stated part of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoalPart {
    /// At least this service level.
    ServiceLevel,
    /// At most this abandonment rate.
    Abandon,
    /// At most this average speed of answer \[s\].
    Asa,
    /// At most this share that has to wait.
    PWait,
}

/// How one part of a goal fared over the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartReport {
    /// Which.
    pub part: GoalPart,
    /// What the scenario asks.
    pub target: f64,
    /// What the run gave (ratio over the run); `None` without contacts.
    pub value: Option<f64>,
    /// Whether the run figure reaches the target.
    pub met: bool,
    /// Days on which it held by itself, of those with contacts.
    pub days: Proportion,
}

/// How a queue's goal fared.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalReport {
    /// Part by part, over the run.
    pub parts: Vec<PartReport>,
    /// Periods (`over`) in which every part held, of those with contacts.
    pub periods: Proportion,
    /// How many independent periods these are worth: fewer, where those of one replication go together.
    pub independent: f64,
    /// Whether the goal's own sentence (`over`, `on`) holds.
    pub met: bool,
}

impl GoalPart {
    /// The stated parts of a goal with their targets.
    pub fn stated(goal: &Goal) -> impl Iterator<Item = (Self, f64)> + use<> {
        let parts = [
            (Self::ServiceLevel, goal.service_level),
            (Self::Abandon, goal.abandon),
            (Self::Asa, goal.asa_s),
            (Self::PWait, goal.p_wait),
        ];
        parts.into_iter().filter_map(|(part, target)| Some((part, target?)))
    }

    /// The metric of the run it judges.
    pub fn metric(self) -> QueueMetric {
        match self {
            Self::ServiceLevel => QueueMetric::ServiceLevel,
            Self::Abandon => QueueMetric::AbandonRate,
            Self::Asa => QueueMetric::AsaS,
            Self::PWait => QueueMetric::PWait,
        }
    }

    /// The metric of an interval it judges.
    pub fn interval_metric(self) -> IntervalMetric {
        match self {
            Self::ServiceLevel => IntervalMetric::ServiceLevel,
            Self::Abandon => IntervalMetric::AbandonRate,
            Self::Asa => IntervalMetric::AsaS,
            Self::PWait => IntervalMetric::PWait,
        }
    }

    /// The figure this part judges, as numerator and denominator.
    pub(super) fn parts(self, queue: &Queue, counts: &Counts<'_>) -> (f64, f64) {
        let cell = counts.cell;
        match self {
            Self::ServiceLevel => {
                service_level(queue.service_level_formula, queue.channel.messages().is_some(), counts)
            }
            Self::Abandon => abandon_rate(queue.abandon_formula, cell),
            Self::Asa => (cell.wait_answered as f64 / TICKS_PER_SECOND, f64::from(cell.answered)),
            Self::PWait => (f64::from(cell.waited), f64::from(cell.offered)),
        }
    }

    /// Whether a figure (numerator, denominator) reaches the target; an empty one does.
    pub(super) fn holds(self, (x, y): (f64, f64), target: f64) -> bool {
        // Compared as x against target x y, with room for the rounding of a decimal target.
        let bound = target * y;
        let slack = 1e-9 * bound.abs();
        match self {
            Self::ServiceLevel => x >= bound - slack,
            Self::Abandon | Self::Asa | Self::PWait => x <= bound + slack,
        }
    }
}

/// How many parts a goal may have.
pub(super) const PARTS: usize = 4;

/// Counts a day for each stated part, if there is anything by which it could be judged.
pub(super) fn count_parts(queue: &Queue, goal: &Goal, counts: &Counts<'_>, into: &mut [Proportion; PARTS]) {
    if counts.can_be_judged() {
        GoalPart::stated(goal).for_each(|(part, target)| {
            into[part as usize].count(part.holds(part.parts(queue, counts), target));
        });
    }
}

/// Whether every stated part holds for these counts; `None` without contacts that could be judged.
pub(super) fn holds(queue: &Queue, goal: &Goal, counts: &Counts<'_>) -> Option<bool> {
    let part_holds = |(part, target): (GoalPart, f64)| part.holds(part.parts(queue, counts), target);
    counts.can_be_judged().then(|| GoalPart::stated(goal).all(part_holds))
}

/// Periods over the design effect: the variance between replications over that of independent periods.
pub(super) fn independent(periods: Proportion, clusters: &RatioSums, replications: u64) -> f64 {
    let (n, all) = (periods.n as f64, replications as f64);
    let Some(share) = periods.share() else { return 0.0 };
    let alone = share * (1.0 - share) / n;
    match clusters.standard_error(replications) {
        Some(error) if error > 0.0 && alone > 0.0 => n.min(alone / (error * error) * n),
        // Periods that are all alike do not tell how they go together: each replication counts once.
        _ => n.min(all),
    }
}

/// Counts the periods of one replication in which a queue's goal held.
pub(super) fn count_periods(
    queue: &Queue,
    goal: &Goal,
    days: &[Counts<'_>],
    intervals: &[Counts<'_>],
    into: &mut Proportion,
) {
    let mut count = |counts: &Counts<'_>| {
        if let Some(met) = holds(queue, goal, counts) {
            into.count(met);
        }
    };
    match goal.over {
        Period::Interval => intervals.iter().for_each(count),
        Period::Day => days.iter().for_each(count),
        Period::Week => days.chunks(7).for_each(|week| {
            let (mut cell, mut loops) = (QueueCell::default(), LoopCell::default());
            for day in week {
                cell.add(day.cell);
                day.loops.into_iter().for_each(|day| loops.add(day));
            }
            count(&Counts { cell: &cell, loops: Some(&loops), outcomes: None });
        }),
    }
}
