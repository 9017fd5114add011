//! A sweep: a tidy table with one row per point and figure, a plot, and the best point on the screen.

mod csv;
mod folder;
mod json;
mod plot;
mod text;

pub use csv::{Points, SweepCsv};
pub use folder::{SweepFolder, prepare_sweep};
pub use text::sweep_text;

use crate::experiment::Figure;
use crate::experiment::sweep::{Choice, Design, Measured};
use crate::report::compare::{label, scope_name, value};
use crate::report::numbers::{first_digit, thousands};
use crate::scenario::Scenario;

/// All that a report of a sweep is made from.
#[derive(Debug, Clone, Copy)]
pub struct SweepReport<'a> {
    /// The floor before anything is varied.
    pub scenario: &'a Scenario,
    /// The file and its changes as the user typed them.
    pub source: &'a str,
    /// Which points.
    pub design: &'a Design,
    /// All figures that are kept, point by point.
    pub figures: &'a [Figure],
    /// Which of them are shown.
    pub shown: &'a [usize],
    /// What is best, if that was asked.
    pub choice: Option<&'a Choice>,
    /// The points, as far as they are held in memory.
    pub points: &'a Points,
    /// Names everything that the figures depend on.
    pub identity: &'a str,
}

impl SweepReport<'_> {
    fn replications(&self) -> u32 {
        self.scenario.run.replications
    }

    fn currency(&self) -> &str {
        &self.scenario.currency
    }

    /// "team.tier1.agents=46, queue.orders.patience.mean=3m".
    fn values(&self, point: u64) -> String {
        let values = self.design.values(point);
        let pairs = self.design.factors.iter().zip(values).map(|(factor, value)| format!("{}={value}", factor.path));
        pairs.collect::<Vec<_>>().join(", ")
    }

    /// "77.3 % ±0.4".
    fn figure(&self, figure: &Figure, of: &Measured) -> String {
        let unit = figure.metric.unit();
        let shown = value(of.mean, unit, self.currency());
        let scale = if unit == crate::experiment::Unit::Share { 100.0 } else { 1.0 };
        match of.half_width.filter(|half_width| of.mean.is_some() && *half_width > 0.0) {
            Some(half_width) if scale * half_width < 1e6 => format!("{shown} ±{}", first_digit(scale * half_width)),
            Some(half_width) => format!("{shown} ±{}", thousands(half_width)),
            None => shown,
        }
    }

    /// The position of a figure among those that are kept.
    fn position(&self, figure: &Figure) -> Option<usize> {
        self.figures.iter().position(|other| other == figure)
    }
}

/// "SL of orders".
fn title(figure: &Figure) -> String {
    format!("{} of {}", label(figure.metric), scope_name(&figure.scope))
}
