//! What happens on a floor that the Erlang formulas know nothing of, in a planner's words.

use super::pools::StaffPool;
use crate::scenario::{Channel, Queue, Scenario, Team};

/// What makes the queues and teams of a pool more than callers who wait, agents who answer and head counts; empty
/// where nothing does.
pub fn unseen(scenario: &Scenario, pool: &StaffPool) -> Vec<&'static str> {
    let teams = || pool.teams.iter().map(|&t| &scenario.teams[t]);
    let queues = || teams().flat_map(|team| &team.skills).map(|skill| &scenario.queues[skill.queue]);
    let queue = |is: fn(&Queue) -> bool| queues().any(is);
    let team = |is: fn(&Team) -> bool| teams().any(is);
    let handed_here = teams().flat_map(|team| &team.skills).any(|skill| {
        let to = scenario.queues.iter().filter_map(|q| q.callers.transfer.as_ref()).map(|transfer| transfer.queue);
        to.into_iter().any(|to| to == skill.queue)
    });
    let all = [
        (queue(|q| q.callers.redial.is_some()), "redials"),
        (handed_here || queue(|q| q.callers.transfer.is_some()), "hand-overs"),
        (queue(|q| q.callers.ivr.is_some()), "the menu"),
        (queue(|q| q.callers.announce.is_some()), "announcements"),
        (queue(|q| q.callers.call_back.is_some()), "call-backs"),
        (queue(|q| q.callers.credit.is_some()), "valued customers first"),
        (queue(|q| q.callers.dial.is_some()), "outgoing calls"),
        (queue(|q| matches!(q.channel, Channel::Chat(_))), "chats"),
        (queue(|q| q.channel.messages().is_some()), "messages"),
        (team(|t| !t.reserve.is_empty()), "reserves"),
        (team(|t| t.ring_s > 0.0), "ring time"),
        (team(|t| t.people.as_ref().is_some_and(|p| p.absence > 0.0 || p.lateness.is_some())), "absence and lateness"),
        (team(|t| t.people.is_some()), "people who come and go within an interval"),
    ];
    all.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect()
}
