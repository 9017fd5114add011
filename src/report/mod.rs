//! Results for people and for programs: a terminal report, a JSON summary, CSV files and plots.
//!
//! One file per format; none of them simulates or estimates anything. What all formats agree on stands in
//! [`RunReport`] (which intervals and days count), `cover` (people against the need by formula) and `diagnosis`
//! (the worst interval and its cause).
//!
//! ```text
//! text()          the screen: verdict first, queues, teams, interval by interval, worst interval, why, next
//! summary_json()  everything over the run, machine-readable
//! prepare()       -> Folder: checked before the simulation, filled in one go behind it
//! ```
//!
//! Every number in a file has nine significant digits; nothing depends on threads, the clock or the place of a file.

mod agents;
pub mod calculator;
mod check;
mod compare;
mod cover;
mod csv_files;
mod diagnosis;
mod drivers;
mod folder;
mod fte;
mod grid;
mod json;
mod layout;
mod numbers;
mod people;
mod plan;
mod plots;
mod replications;
mod robust;
mod sweep;
mod text;
mod workload;

pub use agents::{AgentsReport, Individual, agents_csv_lines, agents_json, agents_text};
pub(crate) use agents::{scores_json, scores_lines, scores_text};
pub use check::{
    Against, CheckReport, CheckedScenario, annotations, check_json, check_junit, check_markdown, check_text,
};
pub use compare::{
    CompareFolder, CompareReport, ComparedFloor, MOST_FLOORS, compare_json, compare_text, prepare_compare,
    robust_compare_text,
};
pub use drivers::{DriversFolder, DriversReport, Robustness, drivers_csv, drivers_json, drivers_text, prepare_drivers};
pub use folder::{Folder, Unfinished, prepare, prepare_with_people};
pub use json::{SCHEMA_VERSION, summary_json};
pub use layout::Style;
pub use numbers::{nine_digits, nine_digits_text};
pub use plan::{
    PlanFolder, PlanReport, explanation_text, plan_text, prepare_plan, requirement_plot, requirements_csv,
    requirements_json,
};
pub use plots::{Plot, plots};
pub use replications::ReplicationsCsv;
pub use robust::robust_run_text;
pub use sweep::{Points, SweepCsv, SweepFolder, SweepReport, prepare_sweep, sweep_text};
pub use text::{quoted, text};

/// What a precision was asked for, and what it became, in a sentence; `None` where none was asked for.
pub fn precision_text(results: &Results) -> Option<String> {
    text::limits::precision(results)
}

use std::ops::Range;

use crate::experiment::Results;
use crate::planner::{Need, QueueBeside};
use crate::scenario::Scenario;

/// All that a report of one run is made from.
#[derive(Debug, Clone, Copy)]
pub struct RunReport<'a> {
    /// The floor.
    pub scenario: &'a Scenario,
    /// What the experiment found on it.
    pub results: &'a Results,
    /// The people it needs by formula.
    pub need: &'a Need,
    /// What the formulas say about each queue; may be empty.
    pub beside: &'a [QueueBeside],
    /// Hash of everything the user put in.
    pub input_hash: &'a str,
    /// The scenario file as the user typed it; only for the command in the last line of the text.
    pub scenario_file: &'a str,
    /// The same floor with all effects half and twice as strong, where that was asked for and people change anything.
    pub robust: Option<robust::Strengths<'a>>,
}

impl RunReport<'_> {
    /// The open intervals that count: all but those of the warm-up.
    fn counted(&self) -> Range<usize> {
        let intervals = &self.scenario.timeline.intervals;
        let first = intervals.first().map_or(0.0, |i| i.start_s as f64) + self.scenario.run.warm_up_s;
        intervals.iter().position(|i| i.start_s as f64 >= first).unwrap_or(intervals.len())..intervals.len()
    }

    /// Days with an interval that counts.
    fn counted_days(&self) -> usize {
        let first = self.counted().start;
        self.scenario.timeline.days.iter().filter(|d| d.first_interval + d.interval_count > first).count()
    }

    /// Length of an interval \[h\].
    fn interval_h(&self) -> f64 {
        f64::from(self.scenario.timeline.interval_s) / 3600.0
    }

    /// "09:30"; with several days "Tue 3 Mar 09:30".
    fn moment(&self, interval: usize) -> String {
        let timeline = &self.scenario.timeline;
        let at = &timeline.intervals[interval];
        if timeline.days.len() == 1 { at.label.clone() } else { format!("{} {}", self.short_day(at.day), at.label) }
    }

    /// "Tue 3 Mar", or "day 2" without a calendar.
    fn short_day(&self, day: usize) -> &str {
        let day = &self.scenario.timeline.days[day];
        match day.date {
            Some(_) => day.label.rsplit_once(' ').map_or(&day.label, |(short, _year)| short),
            None => &day.label,
        }
    }

    /// Teams that an arriving contact of a queue tries first.
    fn first_choice(&self, queue: usize) -> Vec<usize> {
        let preference = |team: usize| {
            let skills = &self.scenario.teams[team].skills;
            skills.iter().find(|s| s.queue == queue).map(|s| s.preference)
        };
        let teams = 0..self.scenario.teams.len();
        let best = teams.clone().filter_map(preference).min();
        teams.filter(|&t| best.is_some() && preference(t) == best).collect()
    }
}
