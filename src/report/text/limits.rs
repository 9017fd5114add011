//! How a run ended: how precise its figures became, and what cut it short.

use crate::experiment::{Ended, Reached, Results, Unit};
use crate::report::RunReport;
use crate::report::numbers::thousands;

/// Sentences for the header; none for a run of a fixed length that was not cut short.
pub(in crate::report) fn sentences(report: &RunReport<'_>) -> Vec<String> {
    let results = report.results;
    cut_short(results).into_iter().chain(precision(results)).collect()
}

fn cut_short(results: &Results) -> Option<String> {
    let (kept, requested) = (thousands(results.replications as f64), thousands(results.requested as f64));
    let most = if results.precision.is_empty() { "" } else { "at most " };
    match results.ended {
        Ended::TimeIsUp => Some(format!("the time is up: {kept} of {most}{requested} replications done")),
        Ended::Stopped => Some(format!("stopped early: {kept} of {most}{requested} replications kept")),
        Ended::Complete | Ended::AtMost => None,
    }
}

/// What a precision was asked for, and what it became.
pub(in crate::report) fn precision(results: &Results) -> Option<String> {
    if results.precision.is_empty() {
        return None;
    }
    let n = thousands(results.replications as f64);
    let how = match results.ended {
        Ended::Complete => format!("precise after {n} replications"),
        Ended::AtMost => format!("not as precise as asked for at the maximum of {n} replications"),
        Ended::TimeIsUp | Ended::Stopped => format!("precision after {n} replications"),
    };
    Some(format!("{how}: {}", results.precision.iter().map(one).collect::<Vec<_>>().join(" · ")))
}

/// "queues.orders.service_level ±0.48 points (asked for 0.5)".
fn one(of: &Reached) -> String {
    let unit = of.target.figure.metric.unit();
    let shown = |width: Option<f64>| width.map_or_else(|| "none".to_owned(), |width| amount(width, unit));
    let still = if of.met { "" } else { ", not reached" };
    let name = of.target.figure.name();
    match of.half_width {
        None => format!("{name} has no interval (asked for {}{still})", of.target.width),
        reached => format!("{name} ±{} (asked for {}{still})", shown(reached), of.target.width),
    }
}

/// A half-width to three digits, in the unit in which it is read.
fn amount(width: f64, unit: Unit) -> String {
    let (value, behind) = match unit {
        Unit::Share => (100.0 * width, " %"),
        Unit::Seconds => (width, " s"),
        Unit::Hours => (width, " h"),
        _ => (width, ""),
    };
    let decimals = [100.0, 10.0, 1.0, 0.1].iter().position(|step| value >= *step).unwrap_or(4);
    format!("{value:.decimals$}{behind}")
}
