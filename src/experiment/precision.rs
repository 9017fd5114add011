//! When an experiment is precise enough.

use super::collector::Collector;
use super::figure::Figure;
use super::metrics::{QueueMetric, Unit};
use super::results::Estimate;
use crate::scenario::{Precision, Scenario, Width};

/// A figure and the half-width its interval is to reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Which figure.
    pub figure: Figure,
    /// As it was written.
    pub width: Width,
}

/// How precise a figure became.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// Which figure, and how precise it was to be.
    pub target: Target,
    /// The half-width that was wanted, in the figure's own unit; `None` = a share of a figure that has no value.
    pub wanted: Option<f64>,
    /// The half-width it has; `None` = none.
    pub half_width: Option<f64>,
    /// Whether that is precise enough.
    pub met: bool,
}

impl Target {
    fn reached(&self, estimate: Estimate) -> Reached {
        let wanted = match self.width {
            Width::Points(width) | Width::Number(width) => Some(width),
            Width::Time(seconds) if self.figure.metric.unit() == Unit::Hours => Some(seconds / 3600.0),
            Width::Time(seconds) => Some(seconds),
            Width::Relative(share) => estimate.mean.map(|mean| share * mean.abs()),
        };
        let half_width = estimate.mean.and(estimate.half_width);
        let met = wanted.zip(half_width).is_some_and(|(wanted, half_width)| half_width <= wanted);
        Reached { target: self.clone(), wanted, half_width, met }
    }
}

/// What is stated under `[run] precision`, figure by figure; or what is wrong with it: which of them, why, what to write.
///
/// # Errors
/// Every sentence that names no figure of this floor, or a width that is none of this figure.
pub fn targets(scenario: &Scenario) -> Result<Vec<Target>, Vec<(usize, String)>> {
    let (mut targets, mut wrong) = (Vec::new(), Vec::new());
    for (index, stated) in scenario.run.precision.iter().enumerate() {
        match of_sentence(scenario, stated) {
            Ok(found) => targets.extend(found),
            Err(why) => wrong.push((index, why)),
        }
    }
    if wrong.is_empty() { Ok(targets) } else { Err(wrong) }
}

fn of_sentence(scenario: &Scenario, stated: &Precision) -> Result<Vec<Target>, String> {
    let width = stated.width;
    let Some(name) = &stated.figure else {
        // Of every queue that has contacts: nothing else could become precise.
        let metric = if let Width::Time(_) = width { QueueMetric::AsaS } else { QueueMetric::ServiceLevel };
        let busy = |index: &usize| scenario.queues[*index].volume.iter().any(|volume| *volume > 0.0);
        let queues = (0..scenario.queues.len()).filter(busy);
        return Ok(queues.map(|index| Target { figure: Figure::of_queue(scenario, index, metric), width }).collect());
    };
    let figure = Figure::parse(name, scenario)?;
    let help = match (figure.metric.unit(), width) {
        (_, Width::Relative(_)) => None,
        (Unit::Share, Width::Points(_)) => None,
        (Unit::Share, Width::Number(number)) if number < 1.0 => None,
        (Unit::Share, _) => Some("is a share; write for example \"0.5%\" (points) or \"2% relative\""),
        (Unit::Seconds, Width::Time(_)) => None,
        (Unit::Seconds, _) => Some("is a time; write for example \"2s\" or \"2% relative\""),
        (Unit::Hours, Width::Time(_) | Width::Number(_)) => None,
        (Unit::Hours, Width::Points(_)) => Some("is in hours; write for example \"30m\" or \"2% relative\""),
        (_, Width::Number(_)) => None,
        _ => Some("is a number; write for example \"50\" or \"2% relative\""),
    };
    match help {
        None => Ok(vec![Target { figure, width }]),
        Some(help) => Err(format!("`{width}` is no precision of {}: that {help}", figure.name())),
    }
}

/// How precise the figures are.
pub(super) fn reached(targets: &[Target], collector: &Collector<'_>) -> Vec<Reached> {
    targets.iter().map(|target| target.reached(collector.estimate(&target.figure))).collect()
}
