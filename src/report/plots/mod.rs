//! Plots as SVG, and PNG made from the very same SVG.
//!
//! The SVG is written directly, by the small helper in `svg`: panels that share one clock axis, steps with shortage
//! and surplus shaded between them, bands, and labels placed by the width of their text are all that is needed.
//! `plotters` places everything on whole pixels and switches on a feature of `num-traits` that lets sampled values
//! depend on the machine. Text is set in DejaVu Sans, a subset of which comes with the crate for PNG.

pub(super) mod axis;
pub(super) mod frame;
mod occupancy;
mod png;
mod shares;
mod staffing;
pub(super) mod svg;
mod volume;
mod waits;

pub(super) use png::png;
pub(super) use staffing::{Chart, ChartPanel, chart};

use super::RunReport;

/// Names of all files a folder of results has.
pub(super) const FILES: [&str; 17] = [
    "queues.csv",
    "teams.csv",
    "queue_teams.csv",
    "intervals.csv",
    "team_intervals.csv",
    "replications.csv",
    "volume_and_staffing.svg",
    "volume_and_staffing.png",
    "service_level.svg",
    "service_level.png",
    "abandonment.svg",
    "abandonment.png",
    "wait_distribution.svg",
    "wait_distribution.png",
    "occupancy.svg",
    "occupancy.png",
    // Last, so that it is there only when all others are.
    "summary.json",
];

/// The same where people change what happens.
pub(super) const FILES_WITH_PEOPLE: [&str; 19] = {
    let mut names = [""; 19];
    (names[0], names[1]) = ("agents.csv", "scorecard.csv");
    let mut index = 0;
    while index < FILES.len() {
        names[index + 2] = FILES[index];
        index += 1;
    }
    names
};

/// One plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plot {
    /// File name without extension.
    pub name: &'static str,
    /// The picture.
    pub svg: String,
}

/// All plots of a run.
pub fn plots(report: &RunReport<'_>) -> Vec<Plot> {
    vec![
        Plot { name: "volume_and_staffing", svg: volume::volume_and_staffing(report) },
        Plot { name: "service_level", svg: shares::service_level(report) },
        Plot { name: "abandonment", svg: shares::abandonment(report) },
        Plot { name: "wait_distribution", svg: waits::wait_distribution(report) },
        Plot { name: "occupancy", svg: occupancy::occupancy(report) },
    ]
}

/// Okabe and Ito's palette, told apart by the colour-blind; its red is kept for what is short.
const PALETTE: [&str; 6] = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#8c6d31"];

/// What is missing.
pub(super) const SHORT: &str = "#d55e00";

/// What stands for all that is not shown one by one.
const OTHERS: &str = "#9aa5b1";

/// Queues or teams drawn one by one.
const MOST: usize = PALETTE.len();

/// The indices of the `most` largest, in their order.
pub(super) fn largest(count: usize, most: usize, size: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| size(b).total_cmp(&size(a)));
    order.truncate(most);
    order.sort_unstable();
    order
}
