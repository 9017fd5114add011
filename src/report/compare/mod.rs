//! Floors with the same callers, side by side: a text for planners, files for programs, and a plot.

pub(super) mod csv;
mod figures;
mod folder;
mod json;
mod plot;
mod robust;
mod text;
pub(super) mod words;

pub use folder::{CompareFolder, prepare_compare};
pub use json::compare_json;
pub use robust::robust_compare_text;
pub use text::compare_text;

pub(super) use csv::scope_columns;
pub(super) use words::{label, scaled, scope_name, value};

use crate::experiment::Compared;
use crate::scenario::{Change, Scenario};

/// All that a report of a comparison is made from.
#[derive(Debug, Clone, Copy)]
pub struct CompareReport<'a> {
    /// The baseline, then the floors it is compared with.
    pub floors: &'a [ComparedFloor<'a>],
    /// What the experiment found on them.
    pub compared: &'a Compared,
    /// What the reader must know besides, in sentences.
    pub notes: &'a [String],
    /// Whether to show every figure, not only those a planner looks at.
    pub all: bool,
    /// The same with all effects half and twice as strong, where that was asked for and people change anything.
    pub robust: Option<robust::Strengths<'a>>,
}

/// One of the floors.
#[derive(Debug, Clone)]
pub struct ComparedFloor<'a> {
    /// The file and its changes as the user typed them.
    pub source: String,
    /// The floor.
    pub scenario: &'a Scenario,
    /// Hash of everything the user put in.
    pub input_hash: &'a str,
    /// In which values it differs from the baseline; empty for the baseline itself.
    pub changes: Vec<Change>,
}

/// Most floors in one comparison.
pub const MOST_FLOORS: usize = LETTERS.len();

/// What the floors are called.
const LETTERS: [&str; 10] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];

impl CompareReport<'_> {
    /// Replications the figures rest on.
    fn replications(&self) -> u64 {
        self.compared.results[0].replications
    }

    fn currency(&self) -> &str {
        &self.floors[0].scenario.currency
    }

    /// "days" where a replication is a day of all floors, else "replications".
    fn unit_of_time(&self) -> &'static str {
        let one_day = self.floors.iter().all(|floor| floor.scenario.timeline.days.len() == 1);
        if one_day { "days" } else { "replications" }
    }
}
