//! The plan's people against those the file has, team by team: on the phone, or paid where the file states paid
//! people.

use super::PlanReport;
use crate::experiment::GoalPart;
use crate::planner::{Binding, PoolNeed, on_phone_by_plan};
use crate::report::workload::Workload;
use crate::scenario::Scenario;

/// How people are counted when plan and file are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    OnPhone,
    Paid,
}

impl Basis {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::OnPhone => "on the phone",
            Self::Paid => "paid",
        }
    }
}

/// One team, planned and as it is.
pub(super) struct TeamCover<'a> {
    pub(super) team: usize,
    pub(super) name: &'a str,
    pub(super) basis: Basis,
    /// In the basis.
    pub(super) need: &'a [u32],
    /// In the basis; named people by plan, to the minute.
    pub(super) have: Vec<f64>,
    /// Length of an interval.
    hour: f64,
}

/// Hours over the whole plan.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct CoverHours {
    pub(super) need: f64,
    pub(super) have: f64,
    pub(super) short: f64,
    pub(super) over: f64,
}

impl CoverHours {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            need: self.need + other.need,
            have: self.have + other.have,
            short: self.short + other.short,
            over: self.over + other.over,
        }
    }
}

impl TeamCover<'_> {
    /// People too many, or below zero missing.
    pub(super) fn gap(&self, interval: usize) -> f64 {
        self.have[interval] - f64::from(self.need[interval])
    }

    pub(super) fn hours(&self) -> CoverHours {
        (0..self.need.len()).map(|i| self.hours_at(i)).fold(CoverHours::default(), CoverHours::plus)
    }

    fn hours_at(&self, interval: usize) -> CoverHours {
        let gap = self.gap(interval) * self.hour;
        CoverHours {
            need: f64::from(self.need[interval]) * self.hour,
            have: self.have[interval] * self.hour,
            short: (-gap).max(0.0),
            over: gap.max(0.0),
        }
    }
}

/// Every team that is planned, in file order.
pub(super) fn covers<'a>(report: &PlanReport<'a>) -> Vec<TeamCover<'a>> {
    let hour = f64::from(report.scenario.timeline.interval_s) / 3600.0;
    let teams = report.scenario.teams.iter().zip(&report.plan.teams).enumerate();
    teams
        .filter(|(_, (_, plan))| plan.planned)
        .map(|(team, (stated, plan))| {
            let (basis, need, have) = match &stated.scheduled {
                Some(paid) => (Basis::Paid, &plan.paid, paid.iter().map(|&n| f64::from(n)).collect()),
                None => (Basis::OnPhone, &plan.on_phone, on_phone_by_plan(report.scenario, team)),
            };
            TeamCover { team, name: &stated.name, basis, need, have, hour }
        })
        .collect()
}

/// The formulas' need of a team that is alone the first choice of its queues; none where it mostly does what no
/// formula knows.
pub(super) fn formula_of<'a>(report: &PlanReport<'a>, team: usize) -> Option<&'a PoolNeed> {
    let known = || !Workload::of(&report.as_run(), &[team]).is_mostly_other();
    report.plan.formula.iter().find(|need| need.pool.teams == [team] && known())
}

/// "orders SL", "occupancy", "minimum".
pub(super) fn binding_words(scenario: &Scenario, binding: Binding) -> String {
    match binding {
        Binding::Goal(queue, part) => format!("{} {}", scenario.queues[queue].name, part_words(part)),
        Binding::Occupancy => "occupancy cap".to_owned(),
        Binding::Minimum => "minimum".to_owned(),
    }
}

/// "SL", "abandon", "ASA", "waiting".
pub(super) fn part_words(part: GoalPart) -> &'static str {
    match part {
        GoalPart::ServiceLevel => "SL",
        GoalPart::Abandon => "abandon",
        GoalPart::Asa => "ASA",
        GoalPart::PWait => "waiting",
    }
}
