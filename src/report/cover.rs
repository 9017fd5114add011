//! People on the phone against the need by formula, interval by interval.

use std::ops::Range;

use super::RunReport;
use crate::experiment::TeamMetric;
use crate::planner::without_formula;

/// A team, or several that share one need, with its people and its need.
#[derive(Debug, Clone)]
pub(super) struct Cover {
    /// The teams.
    pub(super) teams: Vec<usize>,
    /// Their names, "tier1+desk".
    pub(super) name: String,
    /// People on the phone by open interval.
    pub(super) have: Vec<u32>,
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
    pub(super) fn gap(&self, interval: usize) -> Option<i64> {
        self.need[interval].map(|need| i64::from(self.have[interval]) - i64::from(need))
    }

    /// Hours per counted day.
    pub(super) fn hours(&self, report: &RunReport<'_>) -> CoverHours {
        let per_person = report.interval_h() / report.counted_days().max(1) as f64;
        let mut hours = CoverHours::default();
        for interval in report.counted() {
            hours.have += f64::from(self.have[interval]) * per_person;
            hours.need += self.need[interval].map_or(0.0, |need| f64::from(need) * per_person);
            let gap = self.gap(interval).unwrap_or(0) as f64 * per_person;
            hours.short += (-gap).max(0.0);
            hours.over += gap.max(0.0);
        }
        hours
    }

    /// Whether the same people also have contacts that are not in the need: of a kind no formula knows, handed on, or
    /// redials.
    pub(super) fn has_other_work(&self, report: &RunReport<'_>) -> bool {
        let queues = &report.scenario.queues;
        let comes_again = |index: usize| {
            queues.iter().enumerate().any(|(from, queue)| {
                let redials_to = queue.callers.redial.as_ref().map(|redial| redial.queue.unwrap_or(from));
                let handed_to = queue.callers.transfer.as_ref().map(|transfer| transfer.queue);
                [redials_to, handed_to].contains(&Some(index))
            })
        };
        let skills = self.teams.iter().flat_map(|&team| &report.scenario.teams[team].skills);
        skills.into_iter().any(|skill| without_formula(&queues[skill.queue]).is_some() || comes_again(skill.queue))
    }

    /// The interval of a range that has most people to spare, if any.
    pub(super) fn most_to_spare(&self, range: Range<usize>) -> Option<usize> {
        range.filter(|&i| self.gap(i) > Some(0)).max_by_key(|&i| (self.gap(i), std::cmp::Reverse(i)))
    }
}

/// One cover per need, in the order of the first team.
pub(super) fn covers(report: &RunReport<'_>) -> Vec<Cover> {
    let teams = &report.scenario.teams;
    let people = |of: &[usize], i: usize| of.iter().map(|&t| teams[t].on_phone[i]).sum();
    let cover = |need: &crate::planner::TeamNeed| Cover {
        teams: need.teams.clone(),
        name: need.teams.iter().map(|&t| teams[t].name.as_str()).collect::<Vec<_>>().join("+"),
        have: (0..report.scenario.timeline.intervals.len()).map(|i| people(&need.teams, i)).collect(),
        need: need.on_phone.clone(),
    };
    let mut covers: Vec<Cover> = report.need.teams.iter().map(cover).collect();
    covers.sort_by_key(|c| c.teams.first().copied());
    covers
}

/// The cover of the teams that a queue's contacts try first.
pub(super) fn cover_of<'c>(report: &RunReport<'_>, covers: &'c [Cover], queue: usize) -> Option<&'c Cover> {
    let first = report.first_choice(queue);
    covers.iter().find(|cover| cover.teams.iter().any(|team| first.contains(team)))
}

/// Hours per counted day a team's plan puts on the phone; of named people to the minute, not interval by interval.
pub(super) fn planned_hours(report: &RunReport<'_>, team: usize) -> f64 {
    let scheduled = report.results.teams[team].get(TeamMetric::ScheduledH).mean;
    if let (Some(_), Some(hours)) = (&report.scenario.teams[team].people, scheduled) {
        return hours;
    }
    let people: u64 = report.scenario.teams[team].on_phone[report.counted()].iter().map(|&n| u64::from(n)).sum();
    people as f64 * report.interval_h() / report.counted_days().max(1) as f64
}
