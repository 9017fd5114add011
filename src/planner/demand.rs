//! Contacts that will reach each queue, interval by interval, as far as the file tells: its own volume less those whom
//! the menu serves, and those that other queues hand on, one conversation later.

use super::pools::mean_handle_s;
use crate::scenario::{Scenario, Transfer};

/// Hand-overs of hand-overs that are followed: circles lose some contacts each time.
const MOST_HANDS: usize = 100;

/// Fewer contacts handed on in an interval are none.
const FEW: f64 = 0.01;

/// Expected contacts by queue and open interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand(Vec<Vec<f64>>);

impl Demand {
    /// What a scenario states, and what follows from it.
    pub fn of(scenario: &Scenario) -> Self {
        let served = |queue: &crate::scenario::Queue| queue.callers.ivr.as_ref().map_or(0.0, |ivr| ivr.self_served);
        let own: Vec<Vec<f64>> =
            scenario.queues.iter().map(|q| q.volume.iter().map(|v| v * (1.0 - served(q))).collect()).collect();
        if scenario.queues.iter().all(|queue| queue.callers.transfer.is_none()) {
            return Self(own);
        }
        let (mut handed, mut wave) = (vec![vec![0.0; scenario.timeline.intervals.len()]; own.len()], own.clone());
        for _ in 0..MOST_HANDS {
            wave = handed_on(scenario, &wave);
            add(&mut handed, &wave);
            if wave.iter().flatten().all(|contacts| *contacts < 0.1 * FEW) {
                break;
            }
        }
        handed.iter_mut().flatten().filter(|contacts| **contacts < FEW).for_each(|contacts| *contacts = 0.0);
        add(&mut handed, &own);
        Self(handed)
    }

    /// Expected contacts of a queue in an interval.
    pub fn at(&self, queue: usize, interval: usize) -> f64 {
        self.0[queue][interval]
    }

    /// Expected contacts of a queue by interval.
    pub fn of_queue(&self, queue: usize) -> &[f64] {
        &self.0[queue]
    }
}

fn add(to: &mut [Vec<f64>], more: &[Vec<f64>]) {
    let pairs = to.iter_mut().flatten().zip(more.iter().flatten());
    pairs.for_each(|(to, more)| *to += more);
}

/// Where the contacts of one wave are handed on to, when each takes its queue's mean handle time.
fn handed_on(scenario: &Scenario, wave: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let intervals = scenario.timeline.intervals.len();
    let mut next = vec![vec![0.0; intervals]; wave.len()];
    for (from, queue) in scenario.queues.iter().enumerate() {
        let Some(transfer) = &queue.callers.transfer else { continue };
        let share = share_handed_on(scenario, from, transfer);
        for (interval, came) in wave[from].iter().enumerate() {
            let contacts = share * came;
            let late = mean_handle_s(queue, interval) / f64::from(scenario.timeline.interval_s);
            let (whole, rest) = (late.floor(), late.fract());
            for (later, part) in [(whole as usize, 1.0 - rest), (whole as usize + 1, rest)] {
                if let Some(at) = interval_later(scenario, interval, later) {
                    next[transfer.queue][at] += part * contacts;
                }
            }
        }
    }
    next
}

/// The interval so many later, unless the floor closes before.
fn interval_later(scenario: &Scenario, interval: usize, later: usize) -> Option<usize> {
    let intervals = &scenario.timeline.intervals;
    let at = interval.checked_add(later)?;
    let apart_s = u64::from(scenario.timeline.interval_s).checked_mul(later as u64)?;
    (intervals.get(at)?.start_s == intervals[interval].start_s + apart_s).then_some(at)
}

/// Share that is handed on by those who take a contact first.
fn share_handed_on(scenario: &Scenario, queue: usize, transfer: &Transfer) -> f64 {
    let skills = || scenario.teams.iter().flat_map(|team| &team.skills).filter(|skill| skill.queue == queue);
    let Some(first) = skills().map(|skill| skill.preference).min() else { return 0.0 };
    let shares = skills().filter(|s| s.preference == first).map(|s| s.transfer.unwrap_or(transfer.probability));
    let (sum, n) = shares.fold((0.0, 0.0), |(sum, n), share| (sum + share, n + 1.0));
    sum / n
}
