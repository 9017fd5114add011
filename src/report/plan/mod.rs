//! A staffing plan for people and for programs: the screen, the story of one number, table, summary and plot.
//!
//! ```text
//! plan_text()          answer first, then interval by interval, hours, what if, service with the plan
//! explanation_text()   why this many people in one interval
//! prepare_plan()       -> PlanFolder: requirements.csv, requirements.json, requirement.svg and .png
//! ```
//!
//! Figures of the plan's simulation are those of a run of the floor staffed by it, so header, queues and axes are
//! shared with the report of a run.

mod answer;
mod by_interval;
mod cover;
mod csv;
mod explanation;
mod folder;
mod hours;
mod json;
mod plot;
mod text;
mod unmet;

pub use csv::requirements_csv;
pub use explanation::explanation_text;
pub use folder::{PlanFolder, prepare_plan};
pub use json::requirements_json;
pub use plot::requirement_plot;
pub use text::plan_text;

use super::RunReport;
use crate::planner::{Need, Plan};
use crate::scenario::Scenario;

/// All that the report of a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanReport<'a> {
    /// The floor as the file has it.
    pub scenario: &'a Scenario,
    /// The floor with the plan's people: [`Plan::staffed`].
    pub staffed: &'a Scenario,
    /// The plan.
    pub plan: &'a Plan,
    /// Hash of everything the user put in.
    pub input_hash: &'a str,
    /// The scenario file as the user typed it; only for the command in the last line of the text.
    pub scenario_file: &'a str,
}

/// The plan's own figures need no formula beside them.
static NO_NEED: Need = Need { teams: Vec::new() };

impl<'a> PlanReport<'a> {
    /// The plan's simulation as a run of the floor staffed by it.
    pub(super) fn as_run(&self) -> RunReport<'a> {
        RunReport {
            scenario: self.staffed,
            results: &self.plan.results,
            need: &NO_NEED,
            beside: &[],
            input_hash: self.input_hash,
            scenario_file: self.scenario_file,
            robust: None,
        }
    }

    /// Whether some team serves a queue that another one serves as well.
    pub(super) fn shares_queues(&self) -> bool {
        (0..self.scenario.queues.len()).any(|queue| {
            let serves = |team: &&crate::scenario::Team| team.skills.iter().any(|s| s.queue == queue);
            self.scenario.teams.iter().filter(serves).count() > 1
        })
    }

    /// "09:30", or with several days "Tue 3 Mar 09:30".
    pub(super) fn moment(&self, interval: usize) -> String {
        self.as_run().moment(interval)
    }

    /// "quarter hour", "half hour", "hour" or "20-minute interval".
    pub(super) fn interval_word(&self) -> String {
        match self.scenario.timeline.interval_s {
            900 => "quarter hour".to_owned(),
            1800 => "half hour".to_owned(),
            3600 => "hour".to_owned(),
            s => format!("{}-minute interval", f64::from(s) / 60.0),
        }
    }
}
