//! Paid hours as full-time equivalents: hours a week over the paid week of one full-time person.

use super::RunReport;
use crate::experiment::TeamMetric;
use crate::scenario::{Scenario, Timeline};

/// Days in a week.
const WEEK: f64 = 7.0;

/// Weeks that the simulated time stands for: a floor open on fewer days than seven has these days in its week.
fn weeks(timeline: &Timeline) -> f64 {
    let dates = timeline.days.first().and_then(|day| day.date).zip(timeline.days.last().and_then(|day| day.date));
    let days = match dates {
        Some((first, last)) => f64::from((last - first).get_days()) + 1.0,
        None => timeline.days.len() as f64,
    };
    (days / WEEK).max(1.0)
}

/// Full-time equivalents of paid hours over all simulated days; `None` where the file has no `full_time_week`.
pub(super) fn of_hours(scenario: &Scenario, paid_h: f64) -> Option<f64> {
    Some(paid_h / weeks(&scenario.timeline) / (scenario.full_time_week_s? / 3600.0))
}

/// Of a team's paid hours in a run, or of all teams'.
pub(super) fn of_team(report: &RunReport<'_>, team: Option<usize>) -> Option<f64> {
    let results = report.results;
    let result = team.map_or(&results.total_team, |team| &results.teams[team]);
    // Days that only warm the floor up are taken to be like the others.
    of_hours(report.scenario, result.get(TeamMetric::PaidH).mean? * report.scenario.timeline.days.len() as f64)
}

/// "FTE: paid hours a week / 38.0 h", and which week is meant.
pub(super) fn words(scenario: &Scenario) -> Option<String> {
    let week_h = scenario.full_time_week_s? / 3600.0;
    let days = scenario.timeline.days.len();
    let meant = match (weeks(&scenario.timeline) > 1.0 || days >= WEEK as usize, days) {
        (true, _) => String::new(),
        (false, 1) => ", of a week with this one day".to_owned(),
        (false, days) => format!(", of a week with these {days} days"),
    };
    Some(format!("FTE: paid hours a week / {} h{meant}", super::numbers::hours(week_h)))
}
