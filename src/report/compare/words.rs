//! Figures and their names as planners read them.

use super::figures::Figure;
use crate::experiment::{Difference, Metric, QueueMetric, Scope, TeamMetric, Unit};
use crate::report::numbers::{count, hours, money, percent, thousands};

/// "SL", "cost/contact"; the name in the files where planners have no shorter one.
pub(in crate::report) fn label(metric: Metric) -> &'static str {
    match metric {
        Metric::Queue(QueueMetric::ServiceLevel) => "SL",
        Metric::Queue(QueueMetric::AbandonRate) => "abandon",
        Metric::Queue(QueueMetric::AsaS) => "ASA",
        Metric::Queue(QueueMetric::ResolutionRate) => "resolution",
        Metric::Queue(QueueMetric::Csat) => "satisfaction",
        Metric::Queue(QueueMetric::RetentionRate) => "customers kept",
        Metric::GoalMet => "days met",
        Metric::Team(TeamMetric::Occupancy) => "occupancy",
        Metric::Team(TeamMetric::OvertimeH) => "overtime h",
        Metric::Team(TeamMetric::PaidH) => "paid h",
        Metric::Team(TeamMetric::CostPerHandled) => "cost/contact",
        other => other.name(),
    }
}

/// "orders", "all queues".
pub(in crate::report) fn scope_name(scope: &Scope) -> &str {
    match scope {
        Scope::AllQueues => "all queues",
        Scope::AllTeams => "all teams",
        Scope::Queue(name) | Scope::Team(name) => name,
    }
}

/// "SL of orders".
pub(super) fn full_name(figure: &Figure<'_>) -> String {
    format!("{} of {}", label(figure.difference.metric), scope_name(figure.scope))
}

pub(super) fn is_of_team(scope: &Scope) -> bool {
    matches!(scope, Scope::AllTeams | Scope::Team(_))
}

/// A value with its unit; a dash where there is none.
pub(in crate::report) fn value(value: Option<f64>, unit: Unit, currency: &str) -> String {
    let Some(value) = value else { return "-".into() };
    match unit {
        Unit::Share => percent(value),
        Unit::Ratio | Unit::Average => format!("{value:.2}"),
        Unit::Seconds if value >= 9_999.5 => format!("{} s", thousands(value)),
        Unit::Seconds => format!("{value:.1} s"),
        Unit::Hours => hours(value),
        Unit::PerDay => count(value),
        Unit::MoneyPerDay => money(value, false, currency),
        Unit::Money => money(value, true, currency),
    }
}

/// What a unit is drawn and compared in: shares in percentage points.
pub(in crate::report) fn scaled(value: f64, unit: Unit) -> f64 {
    if unit == Unit::Share { 100.0 * value } else { value }
}

/// "+1.52 ±0.08": with as many decimals as the half-width can carry.
pub(super) fn difference(figure: &Figure<'_>) -> String {
    difference_of(figure.difference)
}

/// The same of a difference alone.
pub(in crate::report) fn difference_of(of: &Difference) -> String {
    let unit = of.metric.unit();
    let Some(difference) = of.difference.map(|d| scaled(d, unit)) else { return String::new() };
    let width = of.half_width().map(|width| scaled(width, unit));
    let decimals = decimals(unit, width);
    match width {
        Some(width) => format!("{} ±{width:.decimals$}", signed(difference, decimals)),
        None => signed(difference, decimals),
    }
}

/// Those of the values, and up to three more to show a small half-width.
fn decimals(unit: Unit, width: Option<f64>) -> usize {
    let least = match unit {
        Unit::Ratio | Unit::Average | Unit::Money => 2,
        Unit::MoneyPerDay => 0,
        Unit::Share | Unit::Seconds | Unit::Hours | Unit::PerDay => 1,
    };
    let width = width.filter(|width| *width > 0.0).unwrap_or(1.0);
    let enough = |decimals: &usize| width * [1.0, 1e1, 1e2, 1e3, 1e4, 1e5][*decimals] >= 0.95;
    (least..least + 3).find(enough).unwrap_or(least + 3)
}

/// With its sign; nothing has none.
fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    if text.bytes().any(|b| (b'1'..=b'9').contains(&b)) { text } else { text[1..].to_owned() }
}

/// "0", "1,200", "over a million".
pub(super) fn many(n: u64) -> String {
    if n > 1_000_000 { "over a million".into() } else { thousands(n as f64) }
}
