//! Which figures are shown, and what can be said of each.

use super::CompareReport;
use crate::experiment::{Better, Comparison, Difference, Metric, QueueMetric, Scope, TeamMetric};
use crate::stats::holm;

/// The risk that any verdict of a report is wrong.
pub(super) const RISK: f64 = 0.05;

/// What a planner reads.
const DEFAULT: [Metric; 9] = [
    Metric::Queue(QueueMetric::ServiceLevel),
    Metric::Queue(QueueMetric::AbandonRate),
    Metric::Queue(QueueMetric::AsaS),
    Metric::GoalMet,
    Metric::Team(TeamMetric::Occupancy),
    Metric::Team(TeamMetric::OvertimeH),
    Metric::Team(TeamMetric::PaidH),
    Metric::Team(TeamMetric::Cost),
    Metric::Team(TeamMetric::CostPerHandled),
];

/// What a planner reads besides on a floor of people, where there is any of it.
const OUTCOMES: [Metric; 6] = [
    Metric::Queue(QueueMetric::ResolutionRate),
    Metric::Queue(QueueMetric::Repeats),
    Metric::Queue(QueueMetric::Csat),
    Metric::Queue(QueueMetric::Conversion),
    Metric::Queue(QueueMetric::Revenue),
    Metric::Queue(QueueMetric::RetentionRate),
];

/// What can be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Better,
    Worse,
    /// The same in every replication.
    Alike,
    /// So many replications would decide; `None` = no number would, as nothing seems to differ.
    NoEvidence(Option<u64>),
    /// Neither direction is better.
    Neutral,
    /// Undefined on one of the floors, or only one replication.
    Unknown,
}

impl Verdict {
    /// Name in CSV and JSON.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Better => Some("better"),
            Self::Worse => Some("worse"),
            Self::Alike => Some("alike"),
            Self::NoEvidence(_) => Some("no_evidence"),
            Self::Neutral | Self::Unknown => None,
        }
    }
}

/// One figure of one comparison.
#[derive(Clone, Copy)]
pub(super) struct Figure<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) scope: &'a Scope,
    pub(super) difference: &'a Difference,
    pub(super) verdict: Verdict,
}

/// The figures shown, comparison by comparison; with verdicts that hold for all of them together.
pub(super) fn figures<'a>(report: &CompareReport<'a>) -> Vec<Figure<'a>> {
    let of_scope = |comparison: &'a Comparison| {
        let scopes = comparison.scopes.iter().filter(move |scope| is_told_apart(comparison, &scope.scope));
        scopes.flat_map(move |scope| {
            scope.differences.iter().map(move |difference| (comparison, &scope.scope, difference))
        })
    };
    let shown = report.compared.comparisons.iter().flat_map(of_scope).filter(|(_, _, difference)| {
        let some = |of: fn(f64) -> bool| difference.values.iter().any(|value| value.is_some_and(of));
        (report.all || DEFAULT.contains(&difference.metric)) && some(|_| true)
            || OUTCOMES.contains(&difference.metric) && some(|value| value != 0.0)
    });
    let figure = |(comparison, scope, difference)| Figure { comparison, scope, difference, verdict: Verdict::Unknown };
    let mut figures: Vec<Figure<'a>> = shown.map(figure).collect();
    judge(&mut figures);
    figures
}

/// All queues (teams) together are shown where they are more than the only one there is.
fn is_told_apart(comparison: &Comparison, scope: &Scope) -> bool {
    let [a, b] = &comparison.unmatched;
    let lone = |of: fn(&Scope) -> bool| comparison.scopes.iter().filter(|s| of(&s.scope)).count() == 1;
    match scope {
        Scope::AllQueues => !lone(|s| matches!(s, Scope::Queue(_))) || a.queues.len() + b.queues.len() > 0,
        Scope::AllTeams => !lone(|s| matches!(s, Scope::Team(_))) || a.teams.len() + b.teams.len() > 0,
        Scope::Queue(_) | Scope::Team(_) => true,
    }
}

fn judge(figures: &mut [Figure<'_>]) {
    let judged: Vec<(usize, f64)> = figures
        .iter()
        .enumerate()
        .filter(|(_, figure)| figure.difference.metric.better() != Better::Neither)
        .filter_map(|(index, figure)| Some((index, figure.difference.p_value()?)))
        .collect();
    let p_values: Vec<f64> = judged.iter().map(|(_, p)| *p).collect();
    let found = holm(&p_values, RISK);
    // What the next figure would be held against.
    let level = RISK / found.iter().filter(|found| !**found).count().max(1) as f64;
    for (&(index, _), found) in judged.iter().zip(found) {
        figures[index].verdict = verdict(&figures[index], found, level);
    }
    for figure in figures.iter_mut().filter(|figure| figure.difference.metric.better() == Better::Neither) {
        figure.verdict = Verdict::Neutral;
    }
}

fn verdict(figure: &Figure<'_>, found: bool, level: f64) -> Verdict {
    let Difference { metric, difference, standard_error, .. } = *figure.difference;
    let more = difference.is_some_and(|difference| difference > 0.0);
    if difference == Some(0.0) && standard_error == Some(0.0) {
        return Verdict::Alike;
    }
    if !found {
        return Verdict::NoEvidence(figure.difference.replications_to_decide(figure.comparison.replications, level));
    }
    if more == (metric.better() == Better::Higher) { Verdict::Better } else { Verdict::Worse }
}
