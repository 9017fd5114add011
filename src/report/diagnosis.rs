//! Where service is worst, and the one cause the data show for it.

use super::RunReport;
use super::cover::{Cover, CoverHours, cover_of, planned_hours};
use super::workload::Workload;
use crate::experiment::{IntervalMetric, QueueMetric, TeamMetric};
use crate::scenario::Queue;

/// Hours that differ by less than this share of the need count as equal.
const SLACK: f64 = 0.02;

/// Why service is as it is. Exactly one is named, the first that holds.
#[derive(Debug, Clone)]
pub(super) enum Cause {
    /// Nobody called.
    NoContacts,
    /// Nothing is stated that could be missed.
    NoGoal,
    /// Every goal holds.
    NothingWrong,
    /// No number of people would do.
    Unmeetable { at: usize },
    /// A team's telephones ring longer than callers are to wait, or so many hours that too few are left.
    Ringing { team: usize, hours: f64 },
    /// Fewer hours than needed, however they are spread.
    TooFewHours(CoverHours),
    /// Enough hours by plan, but too many of them are lost.
    NotThere(CoverHours, Lost),
    /// Enough hours for calls, but not for what the same people do besides.
    OtherWork(CoverHours, Workload),
    /// Enough hours, but people are kept free for another queue.
    Kept { team: usize, queue: usize, agents: u32 },
    /// Enough hours, but not when they are needed.
    WrongHours(CoverHours),
    /// Good days meet the goals, busy days do not; the people are those the formula asks for.
    BusyDays,
    /// The people are those the formula asks for, and still it is not enough.
    BeyondTheFormula,
    /// No formula says what the team of this queue needs.
    NoNeedKnown,
}

/// Hours per day on the phone by plan that are not worked.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Lost {
    pub(super) absent: f64,
    pub(super) late: f64,
}

impl Lost {
    /// Of some teams, as simulated.
    pub(super) fn of(report: &RunReport<'_>, teams: &[usize]) -> Self {
        let mut lost = Self::default();
        for &team in teams.iter().filter(|&&t| report.scenario.teams[t].people.is_some()) {
            let mean = |metric| report.results.teams[team].get(metric).mean;
            let absent = planned_hours(report, team) * mean(TeamMetric::Absence).unwrap_or(0.0);
            lost.absent += absent;
            lost.late += (planned_hours(report, team) - absent) * (1.0 - mean(TeamMetric::Adherence).unwrap_or(1.0));
        }
        lost
    }

    pub(super) fn hours(self) -> f64 {
        self.absent + self.late
    }
}

/// What a goal compares: a figure of a queue, over the run or in an interval.
struct Figures {
    offered: f64,
    service_level: Option<f64>,
    abandon: Option<f64>,
    asa_s: Option<f64>,
    p_wait: Option<f64>,
}

impl Figures {
    /// The largest share of contacts by which a stated part is missed; below zero when all are met. Without a goal
    /// the share not answered in time. `None` without contacts.
    fn excess(&self, queue: &Queue) -> Option<f64> {
        if self.offered <= 0.0 {
            return None;
        }
        let Some(goal) = &queue.goal else { return Some(1.0 - self.service_level?) };
        let above = |value: Option<f64>, limit: Option<f64>| Some(value? - limit?);
        let parts = [
            above(goal.service_level, self.service_level),
            above(self.abandon, goal.abandon),
            above(self.p_wait, goal.p_wait),
            self.asa_s.zip(goal.asa_s).map(|(asa, limit)| (asa - limit) / asa.max(limit).max(1e-9)),
        ];
        parts.into_iter().flatten().max_by(f64::total_cmp)
    }

    /// Excess in contacts, so that a handful of calls at night does not outrank a bad hour.
    fn weight(&self, queue: &Queue) -> Option<f64> {
        self.excess(queue).map(|excess| if excess > 0.0 { excess * self.offered } else { excess })
    }
}

fn over_the_run(report: &RunReport<'_>, queue: usize) -> Figures {
    let get = |metric| report.results.queues[queue].get(metric).mean;
    Figures {
        offered: get(QueueMetric::Offered).unwrap_or(0.0),
        service_level: get(QueueMetric::ServiceLevel),
        abandon: get(QueueMetric::AbandonRate),
        asa_s: get(QueueMetric::AsaS),
        p_wait: get(QueueMetric::PWait),
    }
}

fn in_interval(report: &RunReport<'_>, queue: usize, interval: usize) -> Figures {
    let get = |metric| report.results.queues[queue].intervals[interval].get(metric).mean;
    Figures {
        offered: get(IntervalMetric::Offered).unwrap_or(0.0),
        service_level: get(IntervalMetric::ServiceLevel),
        abandon: get(IntervalMetric::AbandonRate),
        asa_s: get(IntervalMetric::AsaS),
        p_wait: get(IntervalMetric::PWait),
    }
}

fn heaviest(candidates: impl Iterator<Item = (usize, Option<f64>)>) -> Option<usize> {
    let known = candidates.filter_map(|(index, weight)| Some((index, weight?)));
    // The first of equals.
    known.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(index, _)| index)
}

/// Whether a queue's goal is missed, as its own sentence has it.
pub(super) fn misses(report: &RunReport<'_>, queue: usize) -> bool {
    report.results.queues[queue].goal.as_ref().is_some_and(|goal| !goal.met)
}

/// The queue that misses its goal by most contacts; where none does, the one nearest to missing it.
pub(super) fn worst_queue(report: &RunReport<'_>) -> Option<usize> {
    let queues = &report.scenario.queues;
    let any_goal = queues.iter().any(|q| q.goal.is_some());
    let any_miss = (0..queues.len()).any(|q| misses(report, q));
    let candidate = |&q: &usize| (!any_goal || queues[q].goal.is_some()) && (!any_miss || misses(report, q));
    heaviest((0..queues.len()).filter(candidate).map(|q| (q, over_the_run(report, q).weight(&queues[q]))))
}

/// The queue and interval to look at first: of the worst queue, or else of another one, the interval in which most
/// contacts go without the service that is promised; `None` where every interval gives it.
pub(super) fn worst_interval(report: &RunReport<'_>) -> Option<(usize, usize)> {
    let queues = &report.scenario.queues;
    let any_goal = queues.iter().any(|q| q.goal.is_some());
    let of_queue = |queue: usize| {
        let weights = report.counted().map(|i| (i, in_interval(report, queue, i).weight(&queues[queue])));
        let at = heaviest(weights.filter(|(_, weight)| weight.is_some_and(|weight| weight > 0.0)))?;
        Some((queue, at))
    };
    let weight = |&(queue, at): &(usize, usize)| in_interval(report, queue, at).weight(&queues[queue]).unwrap_or(0.0);
    let others = (0..queues.len()).filter(|&q| !any_goal || queues[q].goal.is_some()).filter_map(of_queue);
    let heaviest = || others.reduce(|best, next| if weight(&next) > weight(&best) { next } else { best });
    worst_queue(report).and_then(of_queue).or_else(heaviest)
}

/// The day on which most contacts of a queue go without the service it promises.
pub(super) fn worst_day(report: &RunReport<'_>, queue: usize) -> Option<usize> {
    let stated = &report.scenario.queues[queue];
    let counted = report.counted();
    let days = report.scenario.timeline.days.iter().enumerate();
    heaviest(days.map(|(index, day)| {
        let intervals = (day.first_interval..day.first_interval + day.interval_count).filter(|i| counted.contains(i));
        let weights = intervals.filter_map(|i| in_interval(report, queue, i).weight(stated));
        (index, weights.map(|w| w.max(0.0)).reduce(|a, b| a + b))
    }))
}

/// Why `queue`, the worst, is served as it is.
pub(super) fn cause(report: &RunReport<'_>, covers: &[Cover], queue: Option<usize>) -> Cause {
    let Some(queue) = queue else { return Cause::NoContacts };
    if report.scenario.queues[queue].goal.is_none() {
        return Cause::NoGoal;
    }
    if !misses(report, queue) {
        return Cause::NothingWrong;
    }
    match cover_of(report, covers, queue) {
        Some(cover) => cause_of_a_miss(report, cover, queue),
        None => Cause::NoNeedKnown,
    }
}

fn cause_of_a_miss(report: &RunReport<'_>, cover: &Cover, queue: usize) -> Cause {
    if let Some(at) = report.counted().find(|&i| cover.need[i].is_none()) {
        return Cause::Unmeetable { at };
    }
    let hours = cover.hours(report);
    let slack = SLACK * hours.need;
    let lost = Lost::of(report, &cover.teams);
    let there = hours.have - lost.hours();
    let work = Workload::of(report, &cover.teams);
    let kept = kept(report, cover, queue);
    let all_kept = |(team, _, agents): &(usize, usize, u32)| {
        report.scenario.teams[*team].on_phone.iter().all(|people| people <= agents)
    };
    if let Some(cause) = ringing(report, cover, queue, there - hours.need + slack) {
        cause
    } else if let Some((team, queue, agents)) = kept.filter(all_kept) {
        Cause::Kept { team, queue, agents }
    } else if hours.have < hours.need - slack {
        Cause::TooFewHours(hours)
    } else if there < hours.need - slack {
        Cause::NotThere(hours, lost)
    } else if work.other_h() > slack && there < hours.need + work.other_h() {
        Cause::OtherWork(hours, work)
    } else if let Some((team, queue, agents)) = kept {
        Cause::Kept { team, queue, agents }
    } else if hours.short > slack {
        Cause::WrongHours(hours)
    } else if report.scenario.queues[queue].day_cv > 0.0 && good_days_meet_the_goal(report, queue) {
        Cause::BusyDays
    } else {
        Cause::BeyondTheFormula
    }
}

/// Whether telephones ring for longer than the goal allows, or for more hours than there are to spare.
fn ringing(report: &RunReport<'_>, cover: &Cover, queue: usize, spare_h: f64) -> Option<Cause> {
    let ring_s = |team: usize| report.scenario.teams[team].ring_s;
    let team =
        cover.teams.iter().copied().filter(|&t| ring_s(t) > 0.0).max_by(|&a, &b| ring_s(a).total_cmp(&ring_s(b)))?;
    let answered = |&t: &usize| report.results.teams[t].get(TeamMetric::Answered).mean.unwrap_or(0.0);
    let hours: f64 = cover.teams.iter().map(|t| answered(t) * ring_s(*t) / 3600.0).sum();
    let too_long = ring_s(team) >= report.scenario.queues[queue].target_time_s;
    (too_long || (spare_h >= 0.0 && hours > spare_h)).then_some(Cause::Ringing { team, hours })
}

/// The team of a cover that keeps most people free for another queue, and for which.
fn kept(report: &RunReport<'_>, cover: &Cover, queue: usize) -> Option<(usize, usize, u32)> {
    let reserves = cover.teams.iter().flat_map(|&team| {
        report.scenario.teams[team].reserve.iter().map(move |&(queue, agents)| (team, queue, agents))
    });
    reserves.filter(|(_, for_queue, _)| *for_queue != queue).max_by_key(|(_, _, agents)| *agents)
}

/// Teams that take a queue's contacts when those it tries first are busy.
pub(super) fn helpers(report: &RunReport<'_>, cover: &Cover, queue: usize) -> Vec<usize> {
    let serves = |team: &usize| report.scenario.teams[*team].skills.iter().any(|skill| skill.queue == queue);
    let staffed = |team: &usize| report.scenario.teams[*team].on_phone.iter().any(|people| *people > 0);
    let teams = 0..report.scenario.teams.len();
    teams.filter(|team| !cover.teams.contains(team) && serves(team) && staffed(team)).collect()
}

/// Whether a good day (one in twenty) meets every stated part.
fn good_days_meet_the_goal(report: &RunReport<'_>, queue: usize) -> bool {
    let result = &report.results.queues[queue];
    let best = Figures {
        offered: 1.0,
        service_level: result.get(QueueMetric::ServiceLevel).p95,
        abandon: result.get(QueueMetric::AbandonRate).p05,
        asa_s: result.get(QueueMetric::AsaS).p05,
        p_wait: result.get(QueueMetric::PWait).p05,
    };
    best.excess(&report.scenario.queues[queue]).is_some_and(|excess| excess <= 0.0)
}
