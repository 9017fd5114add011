//! People on the phone against the need by formula, interval by interval.

use std::ops::Range;

use super::RunReport;
use super::workload::Workload;
use crate::planner::{on_phone_by_plan, without_formula};

/// A team, or several that share one need, with its people and its need.
#[derive(Debug, Clone)]
pub(super) struct Cover {
    /// The teams.
    pub(super) teams: Vec<usize>,
    /// Their names, "tier1+desk".
    pub(super) name: String,
    /// People on the phone by plan, by open interval.
    pub(super) have: Vec<f64>,
    /// People needed by open interval; `None` where no staffing meets the goal.
    pub(super) need: Vec<Option<u32>>,
}

/// Hours per day.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CoverHours {
    pub(super) have: f64,
    pub(super) need: f64,
    pub(super) short: f64,
    pub(super) over: f64,
}

impl Cover {
    /// People too many (or, below zero, missing) in an interval.
    pub(super) fn gap(&self, interval: usize) -> Option<f64> {
        self.need[interval].map(|need| self.have[interval] - f64::from(need))
    }

    /// Hours per counted day.
    pub(super) fn hours(&self, report: &RunReport<'_>) -> CoverHours {
        let per_person = report.interval_h() / report.counted_days().max(1) as f64;
        let mut hours = CoverHours::default();
        for interval in report.counted() {
            hours.have += self.have[interval] * per_person;
            hours.need += self.need[interval].map_or(0.0, |need| f64::from(need) * per_person);
            let gap = self.gap(interval).unwrap_or(0.0) * per_person;
            hours.short += (-gap).max(0.0);
            hours.over += gap.max(0.0);
        }
        hours
    }

    /// The interval of a range that has most people to spare, if any, and how many.
    pub(super) fn most_to_spare(&self, range: Range<usize>) -> Option<(usize, i64)> {
        let spare = range.filter_map(|i| Some((i, self.gap(i)?.floor() as i64))).filter(|(_, spare)| *spare > 0);
        spare.max_by_key(|&(i, spare)| (spare, std::cmp::Reverse(i)))
    }
}

/// One cover per need, in the order of the first team; none for teams that mostly do what no formula knows.
pub(super) fn covers(report: &RunReport<'_>) -> Vec<Cover> {
    let teams = &report.scenario.teams;
    let people = |of: &[usize]| {
        let mut sum = vec![0.0; report.scenario.timeline.intervals.len()];
        for &team in of {
            sum.iter_mut().zip(on_phone_by_plan(report.scenario, team)).for_each(|(sum, people)| *sum += people);
        }
        sum
    };
    let cover = |need: &crate::planner::TeamNeed| Cover {
        teams: need.teams.clone(),
        name: need.teams.iter().map(|&t| teams[t].name.as_str()).collect::<Vec<_>>().join("+"),
        have: people(&need.teams),
        need: need.on_phone.clone(),
    };
    let known = report.need.teams.iter().filter(|need| !Workload::of(report, &need.teams).is_mostly_other());
    let mut covers: Vec<Cover> = known.map(cover).collect();
    covers.sort_by_key(|c| c.teams.first().copied());
    covers
}

/// The cover of the teams that a queue's contacts try first; none where no formula knows the queue.
pub(super) fn cover_of<'c>(report: &RunReport<'_>, covers: &'c [Cover], queue: usize) -> Option<&'c Cover> {
    if without_formula(&report.scenario.queues[queue]).is_some() {
        return None;
    }
    let first = report.first_choice(queue);
    covers.iter().find(|cover| cover.teams.iter().any(|team| first.contains(team)))
}

/// Hours per counted day a team's plan puts on the phone; of named people to the minute.
pub(super) fn planned_hours(report: &RunReport<'_>, team: usize) -> f64 {
    let people: f64 = on_phone_by_plan(report.scenario, team)[report.counted()].iter().sum();
    people * report.interval_h() / report.counted_days().max(1) as f64
}
