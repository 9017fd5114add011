//! Verdicts for people and for machines: the screen, JUnit, Markdown, JSON, annotations.
//!
//! One file per format. All of them name a figure alike: `retail/orders/service_level`.

mod annotations;
mod json;
mod junit;
mod markdown;
mod text;
mod words;

pub use annotations::annotations;
pub use json::check_json;
pub use junit::check_junit;
pub use markdown::check_markdown;
pub use text::check_text;

use crate::check::{Drift, Finding, Outcome, Verdict};
use crate::scenario::InputChange;

/// What a scenario was held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// Its own goals.
    Goals,
    /// A baseline: its file, and the version of callwright that wrote it.
    Baseline {
        /// As the user typed it.
        file: String,
        /// "0.1.0"
        version: String,
    },
    /// Another scenario file, as the user typed it.
    File(String),
}

/// All that is said about one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedScenario {
    /// The scenario file as the user typed it.
    pub file: String,
    /// Its name without folder and ending.
    pub name: String,
    /// What it was held against.
    pub against: Against,
    /// What differs in the input.
    pub changes: Vec<InputChange>,
    /// What the program changed by itself.
    pub drift: Vec<Drift>,
    /// The judgement.
    pub verdict: Verdict,
    /// File and line of each finding in the scenario.
    pub places: Vec<Option<(String, usize)>>,
    /// Whether people effects count, where the scenario says something of people.
    pub people: Option<&'static str>,
    /// Currency of money.
    pub currency: String,
    /// Simulated days of a replication.
    pub days: usize,
}

/// A whole call of `check`.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckReport {
    /// Scenario by scenario.
    pub scenarios: Vec<CheckedScenario>,
    /// Whether what is not shown to be right counts as wrong.
    pub strict: bool,
    /// The baseline was written anew: nothing fails.
    pub updated: bool,
    /// The `--set` arguments of the call, as a shell takes them: " --set a=b", or nothing.
    pub sets: String,
    /// Its other values, likewise: " -n 50 --seed 3".
    pub settings: String,
}

impl CheckReport {
    /// Whether anything failed.
    pub fn failed(&self) -> bool {
        !self.updated && self.scenarios.iter().any(|scenario| scenario.verdict.failed(self.strict))
    }

    fn exit_code(&self) -> u8 {
        u8::from(self.failed())
    }

    /// The worst outcome of all scenarios.
    fn outcome(&self) -> Outcome {
        self.scenarios.iter().map(|s| s.verdict.outcome()).max().unwrap_or(Outcome::Pass)
    }

    fn fails(&self, finding: &Finding) -> bool {
        finding.outcome == Outcome::Fail || self.strict && finding.outcome == Outcome::Unsure
    }
}

impl CheckedScenario {
    /// "retail/orders/service_level": stable, whatever the verdict.
    fn name_of(&self, finding: &Finding) -> String {
        format!("{}/{}", self.name, finding.name())
    }
}
