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

/// A scenario's figures with their evidence, before anything is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Figure by figure, all of them unsure.
    findings: Vec<Finding>,
    evidence: Vec<Evidence>,
    alpha: f64,
    replications: u64,
    seed: u64,
}

impl Judgement {
    pub(super) fn new(
        findings: Vec<Finding>,
        evidence: Vec<Evidence>,
        alpha: f64,
        (replications, seed): (u64, u64),
    ) -> Self {
        Self { findings, evidence, alpha, replications, seed }
    }
}

/// Turns the evidence on several scenarios into verdicts. All their figures share the risk, in either direction: with one
/// `alpha` for all, any false alarm among them has at most that probability, however many scenarios and figures there
/// are. Where the scenarios state different risks, each figure is held against its own (Holm's procedure on p / alpha);
/// the risk of any false alarm is then at most the largest.
pub fn decide(judgements: Vec<Judgement>) -> Vec<Verdict> {
    let sides: [fn(&Evidence) -> f64; 3] = [|e| e.wrong, |e| e.better, |e| e.right];
    let [wrong, better, right] = sides.map(|side| {
        let in_risks = |of: &Judgement| of.evidence.iter().map(|e| side(e) / of.alpha).collect::<Vec<_>>();
        holm(&judgements.iter().flat_map(in_risks).collect::<Vec<_>>(), 1.0).into_iter()
    });
    let mut shown = wrong.zip(better).zip(right);
    let figures = judgements.iter().map(|of| of.findings.len()).sum::<usize>().max(1);
    let verdict = |of: Judgement| {
        let Judgement { mut findings, evidence, alpha, replications, seed } = of;
        for ((finding, evidence), shown) in findings.iter_mut().zip(&evidence).zip(&mut shown) {
            finding.outcome = match shown {
                ((true, _), _) => Outcome::Fail,
                ((_, true), _) => Outcome::Better,
                (_, true) => Outcome::Pass,
                _ => Outcome::Unsure,
            };
            let unsure = finding.outcome == Outcome::Unsure;
            finding.would_decide =
                unsure.then(|| evidence.would_decide(alpha / figures as f64, replications)).flatten();
        }
        Verdict { findings, alpha, replications, seed }
    };
    judgements.into_iter().map(verdict).collect()
}

/// The verdict on a scenario that is judged alone.
pub(super) fn decide_alone(judgement: Judgement) -> Verdict {
    decide(vec![judgement]).swap_remove(0)
}
