//! What a verdict consists of.

use super::evidence::Evidence;
use crate::experiment::Unit;
use crate::stats::holm;

/// What the evidence says of one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Shown to be better than before.
    Better,
    /// Shown to be all right.
    Pass,
    /// Neither shown.
    Unsure,
    /// Shown to be wrong.
    Fail,
}

impl Outcome {
    /// Name in JSON: "fail" ...
    pub fn name(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Pass => "pass",
            Self::Unsure => "unsure",
            Self::Fail => "fail",
        }
    }
}

/// By what a figure is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// A goal of the scenario.
    Goal {
        /// The figure it asks for.
        target: f64,
        /// At least that; else at most.
        at_least: bool,
    },
    /// What it was before.
    Change {
        /// The figure as it was; `None` = there was none.
        before: Option<f64>,
        /// How much it changed.
        difference: Option<f64>,
        /// How much worse it may get, in its own unit.
        tolerance: f64,
    },
}

/// The judgement of one figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Name of the queue, or "total".
    pub scope: String,
    /// Name of the figure: "service_level", "service_level@08:30", "goal_periods".
    pub metric: String,
    /// Unit of the figure.
    pub unit: Unit,
    /// By what it is judged.
    pub rule: Rule,
    /// The figure; `None` = there is none.
    pub value: Option<f64>,
    /// Half-width of the 95 % interval of the figure, or of its change.
    pub half_width: Option<f64>,
    /// What the evidence says.
    pub outcome: Outcome,
    /// How many replications would probably decide where this is unsure; `None` = no number that can be had.
    pub would_decide: Option<u64>,
}

impl Finding {
    /// "orders/service_level".
    pub fn name(&self) -> String {
        format!("{}/{}", self.scope, self.metric)
    }
}

/// The judgement of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Figure by figure.
    pub findings: Vec<Finding>,
    /// The risk of a false alarm.
    pub alpha: f64,
    /// Replications it rests on.
    pub replications: u64,
    /// Their seed.
    pub seed: u64,
}

impl Verdict {
    /// The outcome of the whole: the worst of all figures.
    pub fn outcome(&self) -> Outcome {
        let worst = self.findings.iter().map(|finding| finding.outcome).max();
        worst.unwrap_or(Outcome::Pass).max(Outcome::Pass)
    }

    /// Whether it is a failure; `strict` wants everything shown.
    pub fn failed(&self, strict: bool) -> bool {
        self.outcome() == Outcome::Fail || strict && self.outcome() == Outcome::Unsure
    }

    /// How many figures have this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.findings.iter().filter(|finding| finding.outcome == outcome).count()
    }
}

/// Turns evidence into outcomes: all figures share the risk, in either direction.
pub(super) fn decide(findings: &mut [Finding], evidence: &[Evidence], alpha: f64, replications: u64) {
    let shown = |side: fn(&Evidence) -> f64| holm(&evidence.iter().map(side).collect::<Vec<_>>(), alpha);
    let (wrong, right, better) = (shown(|e| e.wrong), shown(|e| e.right), shown(|e| e.better));
    let share = alpha / findings.len().max(1) as f64;
    for (index, (finding, evidence)) in findings.iter_mut().zip(evidence).enumerate() {
        finding.outcome = match (wrong[index], better[index], right[index]) {
            (true, ..) => Outcome::Fail,
            (_, true, _) => Outcome::Better,
            (_, _, true) => Outcome::Pass,
            _ => Outcome::Unsure,
        };
        let unsure = finding.outcome == Outcome::Unsure;
        finding.would_decide = unsure.then(|| evidence.would_decide(share, replications)).flatten();
    }
}
