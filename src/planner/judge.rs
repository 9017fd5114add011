//! Whether simulated service is good enough, interval by interval: each goal of each queue with the stated
//! confidence.

use super::leftovers::Leftovers;
use crate::experiment::{Estimate, GoalPart, IntervalMetric, QueueResult, Results};
use crate::scenario::{PlanScope, PlanSettings, Scenario};
use crate::stats::{student_95, student_one_sided};

/// Intervals for which the file states no contacts are judged when at least this many come: handed on, called back,
/// dialled again.
const FEWEST: f64 = 0.02;

/// How far each queue is from missing a goal.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judgement {
    /// Queue by queue, interval by interval: the smallest margin over the queue's goals. Zero or more = every goal
    /// holds with the stated confidence; infinite = nothing to judge.
    pub(super) margins: Vec<Vec<Margin>>,
    /// Margins of the day's (or the whole run's) totals, queue by queue; only judged when the scope asks for it.
    pub(super) totals: Vec<Margin>,
    /// Team by team, interval by interval: occupancy cap less occupancy; infinite without a cap.
    pub(super) occupancy: Vec<Vec<f64>>,
    /// Share of simulated days on which every goal held, less the share that is asked; infinite when none is.
    pub(super) days: f64,
}

impl Judgement {
    /// Takes the margins of some intervals from another one.
    pub(super) fn restore(&mut self, other: &Self, intervals: std::ops::Range<usize>) {
        let queues = self.margins.iter_mut().zip(&other.margins);
        queues.for_each(|(to, from)| to[intervals.clone()].copy_from_slice(&from[intervals.clone()]));
        let teams = self.occupancy.iter_mut().zip(&other.occupancy);
        teams.for_each(|(to, from)| to[intervals.clone()].copy_from_slice(&from[intervals.clone()]));
    }
}

/// The goal closest to being missed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Margin {
    /// Distance of the confidence bound from the target, as a share of one (waits: of the target).
    pub(super) distance: f64,
    /// Which goal.
    pub(super) part: Option<GoalPart>,
}

impl Margin {
    const NONE: Self = Self { distance: f64::INFINITY, part: None };

    fn or_worse(self, other: Option<Self>) -> Self {
        other.filter(|other| other.distance < self.distance).unwrap_or(self)
    }

    pub(super) fn holds(self) -> bool {
        self.distance >= -1e-9
    }
}

/// Turns results into margins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judge<'a> {
    scenario: &'a Scenario,
    settings: &'a PlanSettings,
}

impl<'a> Judge<'a> {
    pub(super) fn new(scenario: &'a Scenario) -> Self {
        Self { scenario, settings: &scenario.plan }
    }

    pub(super) fn judge(&self, results: &Results) -> Judgement {
        let queues = self.scenario.queues.iter().zip(&results.queues).enumerate();
        let mut margins = Vec::with_capacity(results.queues.len());
        let mut totals = Vec::with_capacity(results.queues.len());
        let scale = self.scale(results.replications);
        for (index, (queue, result)) in queues {
            let left = Leftovers::of(self.scenario, index, result);
            let of_interval = |i: usize| {
                let offered = result.intervals[i].get(IntervalMetric::Offered).mean.unwrap_or(0.0);
                if queue.volume[i] <= 0.0 && offered < FEWEST {
                    return Margin::NONE;
                }
                let margin = self.margin(index, scale, |part| result.intervals[i].get(part.interval_metric()));
                left.as_ref().map_or(margin, |left| margin.or_worse(left.margin(i)))
            };
            margins.push((0..result.intervals.len()).map(of_interval).collect());
            let total = match self.promised_share(index, result) {
                Some(margin) => margin,
                None => self.margin(index, scale, |part| result.get(part.metric())),
            };
            totals.push(left.as_ref().map_or(total, |left| total.or_worse(left.total())));
        }
        Judgement { margins, totals, occupancy: self.occupancy(results), days: self.days(results) }
    }

    /// Where goals are judged as they are written and one asks for a share of periods: the distance of that share.
    fn promised_share(&self, queue: usize, result: &QueueResult) -> Option<Margin> {
        let goal = self.scenario.queues[queue].goal.as_ref()?;
        let (asked, periods) = (goal.on?, result.goal.as_ref()?.periods);
        let held = periods.share().filter(|_| self.settings.scope == PlanScope::Goal)?;
        // Normal bound at the promised share: it is the edge that is asked about.
        let z = student_one_sided(u64::MAX, self.settings.evidence);
        let slack = z * (asked * (1.0 - asked) / periods.n as f64).sqrt();
        let part = GoalPart::stated(goal).next().map(|(part, _)| part);
        Some(Margin { distance: held - slack.min(1.0 - asked) - asked, part })
    }

    /// Half-widths of 95 % intervals times this are the distance of the confidence bound that is asked for.
    fn scale(&self, replications: u64) -> f64 {
        // A coarse trial is judged as if it had all the replications of the plan: as wide as the last word will be.
        let coarse = (replications as f64 / f64::from(self.settings.replications)).min(1.0).sqrt();
        coarse * student_one_sided(replications - 1, self.settings.evidence) / student_95(replications - 1)
    }

    /// The smallest margin of a queue's goals.
    fn margin(&self, queue: usize, scale: f64, figure: impl Fn(GoalPart) -> Estimate) -> Margin {
        let Some(goal) = &self.scenario.queues[queue].goal else { return Margin::NONE };
        GoalPart::stated(goal)
            .filter_map(|(part, target)| {
                let estimate = figure(part);
                let (mean, slack) = (estimate.mean?, scale * estimate.half_width.unwrap_or(0.0));
                Some(Margin { distance: part.distance(mean, slack, target), part: Some(part) })
            })
            .reduce(|a, b| if b.distance < a.distance { b } else { a })
            .unwrap_or(Margin::NONE)
    }

    fn occupancy(&self, results: &Results) -> Vec<Vec<f64>> {
        let teams = self.scenario.teams.iter().zip(&results.teams);
        teams
            .map(|(team, result)| {
                let distance = |occupancy: Estimate| match (team.max_occupancy, occupancy.mean) {
                    (Some(cap), Some(mean)) => cap - mean,
                    _ => f64::INFINITY,
                };
                result.intervals.iter().map(|i| distance(i.occupancy)).collect()
            })
            .collect()
    }

    fn days(&self, results: &Results) -> f64 {
        let met = results.total.goal_met.and_then(|p| p.share());
        match (self.settings.days, met) {
            (Some(asked), Some(met)) => met - asked,
            _ => f64::INFINITY,
        }
    }

    /// Whether each interval is judged, or only totals.
    pub(super) fn by_interval(&self) -> bool {
        use crate::scenario::Period;
        match self.settings.scope {
            PlanScope::Interval => true,
            PlanScope::Day => false,
            PlanScope::Goal => {
                let mut goals = self.scenario.queues.iter().filter_map(|q| q.goal.as_ref());
                goals.all(|goal| goal.over == Period::Interval && goal.on.is_none())
            }
        }
    }
}

impl GoalPart {
    /// Distance of the confidence bound from the target in the good direction; waits as a share of the target.
    pub(super) fn distance(self, mean: f64, slack: f64, target: f64) -> f64 {
        match self {
            Self::ServiceLevel => mean - slack - target,
            Self::Abandon | Self::PWait => target - (mean + slack),
            Self::Asa => (target - (mean + slack)) / target.max(1.0),
        }
    }
}
