//! The people of one team: who is on duty, who is free, who leaves next.

use super::tournament::{OUT, Tournament, instant, player};
use crate::model::{Team as TeamModel, Tick};

/// One team during a replication.
///
/// An agent's key in the tree is the instant at which he or she is, or will be, free. A key in the past means idle
/// since then, so nothing has to happen when a conversation ends and nobody waits.
#[derive(Debug, Clone)]
pub(super) struct Team {
    agents: Tournament,
    absent: Vec<u32>,
    /// People on duty, including those who leave after their conversation.
    present: u32,
    /// People the plan wants on duty.
    wanted: u32,
    /// Skilled queues that have somebody in them.
    pub(super) waiting_queues: u32,
    /// Since when `present` has been what it is.
    counted_to: Tick,
    /// Kept only when a rule asks for it.
    loads: Vec<Load>,
}

/// How busy an agent has been since the day's opening.
#[derive(Debug, Clone, Copy, Default)]
struct Load {
    busy: Tick,
    staffed: Tick,
    on_duty_since: Tick,
}

impl Team {
    pub(super) fn new(model: &TeamModel) -> Self {
        Self {
            agents: Tournament::new(model.most),
            absent: Vec::with_capacity(model.most),
            present: 0,
            wanted: 0,
            waiting_queues: 0,
            counted_to: 0,
            loads: vec![Load::default(); if model.tracks_load { model.most } else { 0 }],
        }
    }

    pub(super) fn reset(&mut self, model: &TeamModel) {
        self.agents.clear();
        self.absent.clear();
        self.absent.extend((0..model.most as u32).rev());
        (self.present, self.wanted, self.waiting_queues, self.counted_to) = (0, 0, 0, 0);
        self.loads.fill(Load::default());
    }

    /// The key of the agent who is free first.
    #[inline]
    pub(super) fn first_free(&self) -> u64 {
        self.agents.first()
    }

    /// Keys of all agents by number.
    pub(super) fn keys(&self) -> &[u64] {
        self.agents.keys()
    }

    /// Whether the end of the next conversation must be looked at: somebody waits, or somebody has to leave.
    #[inline]
    pub(super) fn must_watch(&self) -> bool {
        self.waiting_queues > 0 || self.has_surplus()
    }

    /// Whether more people are on duty than wanted: whoever is free next leaves.
    #[inline]
    pub(super) fn has_surplus(&self) -> bool {
        self.present > self.wanted
    }

    /// Whether anybody will go on taking contacts.
    pub(super) fn is_staffed(&self) -> bool {
        self.wanted > 0
    }

    /// The agent is busy until `until`.
    #[inline]
    pub(super) fn occupy(&mut self, agent: usize, now: Tick, until: Tick) {
        self.agents.set(agent, until);
        if let Some(load) = self.loads.get_mut(agent) {
            load.busy += until - now;
        }
    }

    /// Agent-ticks on duty since the last call.
    pub(super) fn count_staffed(&mut self, now: Tick) -> Tick {
        let ticks = u64::from(self.present) * (now - self.counted_to);
        self.counted_to = now;
        ticks
    }

    /// A new number of people is wanted from now on: the idle leave first (the longest idle of them first), the
    /// busy when they finish; newcomers are idle from now.
    pub(super) fn want(&mut self, heads: u32, now: Tick) {
        self.wanted = heads;
        while self.has_surplus() && instant(self.agents.first()) <= now {
            self.leave(player(self.agents.first()), now);
        }
        while self.present < heads {
            let agent = self.absent.pop().expect("a team never wants more people than its largest number");
            self.agents.set(agent as usize, now);
            self.present += 1;
            if let Some(load) = self.loads.get_mut(agent as usize) {
                load.on_duty_since = now;
            }
        }
    }

    /// A new day: those idle since yesterday start afresh.
    pub(super) fn start_day(&mut self, now: Tick, after_gap: bool) {
        if after_gap {
            self.counted_to = now;
            self.want(0, now);
        }
        self.loads.iter_mut().for_each(|load| *load = Load { on_duty_since: now, ..Load::default() });
    }

    /// The agent goes off duty.
    pub(super) fn leave(&mut self, agent: usize, now: Tick) {
        self.agents.take_out(agent);
        self.absent.push(agent as u32);
        self.present -= 1;
        if let Some(load) = self.loads.get_mut(agent) {
            load.staffed += now - load.on_duty_since;
        }
    }

    /// Share of the time on duty an idle agent has been busy today.
    pub(super) fn busy_share(&self, agent: usize, now: Tick) -> f64 {
        let load = &self.loads[agent];
        let staffed = load.staffed + (now - load.on_duty_since);
        if staffed == 0 { 0.0 } else { load.busy as f64 / staffed as f64 }
    }

    /// Whether nobody is on duty.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.agents.first() == OUT
    }
}
