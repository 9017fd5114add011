//! Which point is best: the least (or most) of a figure, where constraints are shown to hold.

use crate::experiment::figure::{Figure, Metric};
use crate::experiment::metrics::Unit;
use crate::experiment::results::{Estimate, Results};
use crate::scenario::Scenario;
use crate::stats::{student_95, student_p_value, wilson_95};
use crate::units::{parse_duration, parse_share};

/// A figure of one point.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measured {
    /// The figure.
    pub mean: Option<f64>,
    /// Half-width of its 95 % interval.
    pub half_width: Option<f64>,
    /// Ends of its 95 % interval.
    pub low: Option<f64>,
    /// The upper one.
    pub high: Option<f64>,
    /// 5th percentile of the days.
    pub p05: Option<f64>,
    /// 95th percentile of the days.
    pub p95: Option<f64>,
}

impl Measured {
    /// What a run found.
    pub fn of(figure: &Figure, results: &Results) -> Self {
        let Estimate { mean, half_width, p05, p95 } = figure.of(results);
        let (low, high) = match figure.proportion(results) {
            Some(days) => wilson_95(days.hits, days.n).unzip(),
            None => (mean.zip(half_width).map(|(m, h)| m - h), mean.zip(half_width).map(|(m, h)| m + h)),
        };
        Self { mean, half_width, low, high, p05, p95 }
    }
}

/// What is to be as small or as large as may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// The figure.
    pub figure: Figure,
    /// As large as may be; else as small.
    pub largest: bool,
}

/// A bound on a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraint {
    /// The figure.
    pub figure: Figure,
    /// At least the bound; else at most.
    pub at_least: bool,
    /// The bound, in the figure's own unit.
    pub bound: f64,
    /// As it was written.
    pub text: String,
}

impl Constraint {
    /// Reads "queues.orders.service_level >= 80%".
    ///
    /// # Errors
    /// What is wrong and what to write.
    pub fn parse(text: &str, scenario: &Scenario) -> Result<Self, String> {
        let example = "write for example \"queues.orders.service_level >= 80%\"";
        let parts =
            text.split_once(">=").map(|parts| (parts, true)).or(text.split_once("<=").map(|parts| (parts, false)));
        let Some(((figure, bound), at_least)) = parts else {
            return Err(format!("`{text}` holds nothing to a bound: >= or <= is missing; {example}"));
        };
        let (figure, bound) = (Figure::parse(figure, scenario)?, bound.trim());
        let unit = figure.metric.unit();
        let number = match unit {
            Unit::Share => parse_share(bound).map_err(|why| format!("`{text}`: {why}"))?,
            Unit::Seconds => parse_duration(bound).map_err(|why| format!("`{text}`: {why}"))?,
            _ => bound.parse().map_err(|_| format!("`{text}`: `{bound}` is no number; {example}"))?,
        };
        if !f64::is_finite(number) {
            return Err(format!("`{text}`: `{bound}` is no number; {example}"));
        }
        Ok(Self { figure, at_least, bound: number, text: text.trim().to_owned() })
    }

    /// How sure it is that it holds: one-sided, by Student's t; a share of days by the score test.
    pub fn confidence(&self, of: &Measured, replications: u64) -> f64 {
        let Some(mean) = of.mean else { return 0.0 };
        let degrees = replications.saturating_sub(1);
        let error = match (self.figure.metric, of.half_width) {
            _ if replications < 2 => return 0.0,
            (Metric::GoalMet, _) => (self.bound * (1.0 - self.bound) / replications as f64).max(0.0).sqrt(),
            (_, Some(half_width)) => half_width / student_95(degrees),
            (_, None) => return 0.0,
        };
        let room = if self.at_least { mean - self.bound } else { self.bound - mean };
        if error <= 0.0 {
            return if room >= 0.0 { 1.0 } else { 0.0 };
        }
        let tail = 0.5 * student_p_value(degrees, room / error);
        if room >= 0.0 { 1.0 - tail } else { tail }
    }
}

/// A point with what makes it the best (or the nearest to being allowed).
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Number of the point.
    pub point: u64,
    /// Its objective.
    pub objective: f64,
    /// How sure each constraint is.
    pub confidence: Vec<f64>,
}

/// Looks at one point after the other and remembers the best.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is to be small or large.
    pub objective: Objective,
    /// What must be shown to hold.
    pub constraints: Vec<Constraint>,
    /// With what confidence each of them.
    pub confidence: f64,
    /// The best point at which everything holds.
    pub best: Option<Shown>,
    /// Where none does: the one whose least sure constraint is surest.
    pub nearest: Option<Shown>,
}

impl Choice {
    /// Nothing seen yet.
    pub fn new(objective: Objective, constraints: Vec<Constraint>, confidence: f64) -> Self {
        Self { objective, constraints, confidence, best: None, nearest: None }
    }

    /// The figures it looks at: the objective, then the constraints.
    pub fn figures(&self) -> Vec<Figure> {
        [&self.objective.figure].into_iter().chain(self.constraints.iter().map(|c| &c.figure)).cloned().collect()
    }

    /// The next point, with those figures.
    pub fn see(&mut self, point: u64, figures: &[Measured], replications: u64) {
        let Some((objective, others)) = figures.split_first() else { return };
        let Some(mean) = objective.mean else { return };
        let confidence: Vec<f64> =
            self.constraints.iter().zip(others).map(|(c, figure)| c.confidence(figure, replications)).collect();
        let least = |shown: &[f64]| shown.iter().copied().fold(1.0, f64::min);
        let holds = least(&confidence) >= self.confidence;
        let shown = Shown { point, objective: mean, confidence };
        let better = |best: &Shown| if self.objective.largest { mean > best.objective } else { mean < best.objective };
        if holds {
            // Of equals the first.
            if self.best.as_ref().is_none_or(better) {
                self.best = Some(shown);
            }
        } else if self.nearest.as_ref().is_none_or(|near| least(&shown.confidence) > least(&near.confidence)) {
            self.nearest = Some(shown);
        }
    }
}
