//! More people than any team could ever use: a search that gets there has tried somebody who does not help.

use super::demand::Demand;
use super::pools::mean_handle_s;
use crate::scenario::{Queue, Scenario, Team};

/// Agents beyond a multiple of the load: the variation of small loads, busy days.
const SPARE: f64 = 20.0;

/// Multiple of the load of the busiest interval.
const TIMES_THE_LOAD: f64 = 3.0;

/// By team: its size is out of all proportion to its work beyond this.
pub(super) fn most_people(scenario: &Scenario) -> Vec<u32> {
    let demand = Demand::of(scenario);
    let load = |queue: usize| {
        let work = |i: usize| demand.at(queue, i) * mean_handle_s(&scenario.queues[queue], i);
        (0..scenario.timeline.intervals.len()).map(work).fold(0.0, f64::max) / f64::from(scenario.timeline.interval_s)
    };
    let loads: Vec<f64> = (0..scenario.queues.len()).map(load).collect();
    let of_team = |team: &Team| {
        let skills = || team.skills.iter().map(|skill| skill.queue);
        let calls: f64 = team.skills.iter().map(|s| s.handle_time.max(1.0) * loads[s.queue]).sum();
        let messages: f64 = skills().map(|q| waiting_messages(&scenario.queues[q])).sum();
        let kept: u32 = team.reserve.iter().map(|(_, agents)| *agents).sum();
        let stated = team.on_phone.iter().copied().max().unwrap_or(0);
        ((SPARE + TIMES_THE_LOAD * calls + messages) as u32).saturating_add(kept).saturating_add(stated)
    };
    scenario.teams.iter().map(of_team).collect()
}

/// Messages that can wait at an opening: each could have an agent of its own.
fn waiting_messages(queue: &Queue) -> f64 {
    let Some(messages) = queue.channel.messages() else { return 0.0 };
    f64::from(messages.backlog) + messages.while_closed.iter().copied().fold(0.0, f64::max)
}
