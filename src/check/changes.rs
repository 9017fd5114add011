//! Paired differences against the tolerances of the scenario.

use super::evidence::Evidence;
use super::verdict::{Finding, Judgement, Outcome, Rule, Verdict, decide_alone};
use crate::experiment::{Better, Comparison, Metric, QueueMetric, Scope, TeamMetric};
use crate::scenario::{CheckSettings, TimeTolerance};
use crate::stats::student_95;

/// A figure before and after, with the error of the difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Name of the queue, or "total".
    pub scope: String,
    /// Which figure.
    pub metric: Metric,
    /// What it was; `None` = there was none.
    pub before: Option<f64>,
    /// What it is; `None` = there is none.
    pub after: Option<f64>,
    /// Standard error of after - before; `None` = unknown.
    pub standard_error: Option<f64>,
    /// Degrees of freedom of the error.
    pub degrees: u64,
}

/// The figures of a queue that may not get worse.
pub(super) const JUDGED: [QueueMetric; 3] = [QueueMetric::ServiceLevel, QueueMetric::AbandonRate, QueueMetric::AsaS];

/// The figures that may not get worse, out of a comparison: of each queue service level, abandonment and speed of
/// answer; of all teams the cost. Figures that neither floor has are left out.
pub fn paired_changes(comparison: &Comparison) -> Vec<Change> {
    let judged = |scope: &Scope| match scope {
        Scope::Queue(name) => (name.clone(), JUDGED.map(Metric::Queue).to_vec()),
        Scope::AllTeams => ("total".to_owned(), vec![Metric::Team(TeamMetric::Cost)]),
        Scope::AllQueues | Scope::Team(_) => (String::new(), Vec::new()),
    };
    let mut changes = Vec::new();
    for scope in &comparison.scopes {
        let (name, metrics) = judged(&scope.scope);
        let found = metrics.into_iter().filter_map(|metric| scope.get(metric));
        changes.extend(found.filter(|d| d.values != [None, None]).map(|difference| Change {
            scope: name.clone(),
            metric: difference.metric,
            before: difference.values[0],
            after: difference.values[1],
            standard_error: difference.standard_error,
            degrees: difference.degrees,
        }));
    }
    changes
}

/// Judges whether anything got worse by more than is tolerated, in the only scenario that is judged.
pub fn judge_changes(changes: &[Change], settings: &CheckSettings, replications: u64, seed: u64) -> Verdict {
    decide_alone(weigh_changes(changes, settings, replications, seed))
}

/// The evidence on whether anything got worse by more than is tolerated.
pub fn weigh_changes(changes: &[Change], settings: &CheckSettings, replications: u64, seed: u64) -> Judgement {
    let findings = changes.iter().map(|change| finding(change, settings)).collect();
    let evidence = changes.iter().map(|change| evidence(change, settings)).collect();
    Judgement::new(findings, evidence, settings.alpha, (replications, seed))
}

impl Change {
    fn difference(&self) -> Option<f64> {
        Some(self.after? - self.before?)
    }

    /// How much worse it may get, in its own unit.
    fn tolerance(&self, settings: &CheckSettings) -> f64 {
        let before = self.before.unwrap_or(0.0).abs();
        match (self.metric, settings.times) {
            (Metric::Queue(QueueMetric::ServiceLevel), _) => settings.service_level,
            (Metric::Queue(QueueMetric::AbandonRate), _) => settings.abandon,
            (Metric::Queue(QueueMetric::AsaS), TimeTolerance::Seconds(seconds)) => seconds,
            (Metric::Queue(QueueMetric::AsaS), TimeTolerance::OfBefore(share)) => share * before,
            _ => settings.cost * before,
        }
    }
}

fn evidence(change: &Change, settings: &CheckSettings) -> Evidence {
    let Some(difference) = change.difference() else { return Evidence::NONE };
    let worsening = if change.metric.better() == Better::Higher { -difference } else { difference };
    let tolerance = change.tolerance(settings);
    let excess = worsening - tolerance;
    // A tolerance that is met to the last bit is met.
    let excess = if excess.abs() < 1e-12 * tolerance { 0.0 } else { excess };
    Evidence::of_mean(excess, change.standard_error, change.degrees).with_improvement(worsening, change.standard_error)
}

fn finding(change: &Change, settings: &CheckSettings) -> Finding {
    Finding {
        scope: change.scope.clone(),
        metric: change.metric.name().to_owned(),
        unit: change.metric.unit(),
        rule: Rule::Change {
            before: change.before,
            difference: change.difference(),
            tolerance: change.tolerance(settings),
        },
        value: change.after,
        half_width: change.difference().and(change.standard_error).map(|error| error * student_95(change.degrees)),
        outcome: Outcome::Unsure,
        would_decide: None,
    }
}
