//! What drives a floor, for planners and for programs: each trait's effect on each figure, with its interval.

mod csv;
mod figures;
mod folder;
mod json;
mod plot;
mod robust;
mod text;

pub use folder::{DriversFolder, prepare_drivers};
pub use json::drivers_json;
pub use robust::Robustness;
pub use text::drivers_text;

use crate::experiment::Drivers;
use crate::scenario::Scenario;

/// All that a report of drivers is made from.
#[derive(Debug, Clone, Copy)]
pub struct DriversReport<'a> {
    /// The floor.
    pub scenario: &'a Scenario,
    /// What the experiment found.
    pub drivers: &'a Drivers,
    /// Hash of everything the user put in.
    pub input_hash: &'a str,
    /// The scenario as the user named it.
    pub source: &'a str,
    /// Whether the file says anything of people.
    pub stated: bool,
    /// The same with all effects half and twice as strong, where that was asked for.
    pub robust: Option<&'a Robustness>,
}

/// `drivers.csv` as a table, its header first.
pub fn drivers_csv(report: &DriversReport<'_>) -> Vec<Vec<String>> {
    csv::table(report)
}

impl DriversReport<'_> {
    /// Whether people effects count on the floor as it is today.
    fn people_effects(&self) -> &'static str {
        if self.stated { "on, illustrative" } else { "off" }
    }

    fn replications(&self) -> u64 {
        self.drivers.baseline.replications
    }
}
