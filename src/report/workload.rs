//! What the people of some teams did, in hours per day: work that the formulas know, and other work.

use super::RunReport;
use crate::experiment::TeamMetric;
use crate::planner::without_formula;

/// Hours of handling per day.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Workload {
    /// Calls that come in.
    pub(super) calls_h: f64,
    /// By kind: "messages", "chats", "outgoing calls"; those that an agent does not put down for a call.
    pub(super) other: Vec<(&'static str, f64)>,
    /// Messages that are put down when a call comes.
    pub(super) put_down_h: f64,
}

impl Workload {
    /// Of these teams, as simulated.
    pub(super) fn of(report: &RunReport<'_>, teams: &[usize]) -> Self {
        let mut sum = Self::default();
        for pair in report.results.pairs.iter().filter(|pair| teams.contains(&pair.team)) {
            let queue = &report.scenario.queues[pair.queue];
            let Some((answered, aht_s)) = pair.answered.mean.zip(pair.aht_s.mean) else { continue };
            let hours = answered * aht_s / 3600.0 / in_hand(report, pair.team, pair.queue);
            match without_formula(queue) {
                None => sum.calls_h += hours,
                Some(_) if queue.channel.messages().is_some_and(|messages| messages.preempt) => sum.put_down_h += hours,
                Some(kind) => match sum.other.iter_mut().find(|(known, _)| *known == kind) {
                    Some((_, sum)) => *sum += hours,
                    None => sum.other.push((kind, hours)),
                },
            }
        }
        sum
    }

    /// Hours of work that no formula knows and that keeps people from calls.
    pub(super) fn other_h(&self) -> f64 {
        self.other.iter().map(|(_, hours)| hours).sum()
    }

    /// Whether most of the work is of a kind that no formula knows.
    pub(super) fn is_mostly_other(&self) -> bool {
        self.other_h() + self.put_down_h > self.calls_h
    }
}

/// Contacts of the queue that one person of the team has at a time: chats several, all others one.
fn in_hand(report: &RunReport<'_>, team: usize, queue: usize) -> f64 {
    let Some(_) = report.scenario.queues[queue].channel.chat() else { return 1.0 };
    let chats =
        report.scenario.teams[team].skills.iter().filter_map(|s| report.scenario.queues[s.queue].channel.chat());
    let most = chats.map(|chat| chat.concurrency).max().unwrap_or(1);
    let used = report.results.teams[team].get(TeamMetric::ConcurrencyUsed).mean.unwrap_or(1.0);
    (used * f64::from(most)).max(1.0)
}
