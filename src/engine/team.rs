//! The people of one team: who is on duty, who is free, who leaves next.

use super::tournament::{OUT, Tournament, instant, player};
use crate::model::{LAST_TICK, Team as TeamModel, Tick};

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
    /// Kept only where people change anything.
    stints: Vec<Stint>,
    /// Kept only for named people.
    persons: Vec<Person>,
    /// When the present day began.
    pub(super) day_start: Tick,
    /// When more people than wanted were last on duty.
    surplus_ended: Tick,
}

/// How long an agent has been on duty, all in all.
#[derive(Debug, Clone, Copy, Default)]
struct Stint {
    before: Tick,
    /// On duty since then.
    since: Option<Tick>,
}

impl Stint {
    fn begin(&mut self, now: Tick) {
        self.since = Some(now);
    }

    fn end(&mut self, at: Tick) {
        self.before += self.since.take().map_or(0, |since| at.saturating_sub(since));
    }
}

/// How busy an agent has been since the day's opening.
#[derive(Debug, Clone, Copy, Default)]
struct Load {
    busy: Tick,
    staffed: Tick,
    on_duty_since: Tick,
}

/// Whether a named person is on duty, and with what he or she is busy beyond that.
#[derive(Debug, Clone, Copy, Default)]
struct Person {
    on_duty: bool,
    /// Off duty, but with a contact until then; [`LAST_TICK`] = not known yet.
    busy_until: Tick,
    /// Since when, and since which segment, that contact has kept the person from leaving.
    kept: Option<(Tick, usize)>,
}

/// Time on duty beyond the planned end: from, the segment of that instant, to.
pub(super) type Overrun = (Tick, usize, Tick);

impl Person {
    /// The contact that keeps the person ends by `now` at the latest, as far as duty is concerned.
    fn end_overrun(&mut self, now: Tick) -> Option<Overrun> {
        let (since, segment) = self.kept.take()?;
        let until = self.busy_until.min(now);
        (until > since).then_some((since, segment, until))
    }
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
            stints: vec![Stint::default(); if model.crew.is_some() { model.most } else { 0 }],
            persons: vec![Person::default(); if model.people.is_some() { model.most } else { 0 }],
            day_start: 0,
            surplus_ended: 0,
        }
    }

    pub(super) fn reset(&mut self, model: &TeamModel) {
        self.agents.clear();
        self.absent.clear();
        self.absent.extend((0..model.most as u32).rev());
        (self.present, self.wanted, self.waiting_queues, self.counted_to) = (0, 0, 0, 0);
        self.surplus_ended = 0;
        self.loads.fill(Load::default());
        self.persons.fill(Person::default());
        self.stints.fill(Stint::default());
        if model.people.is_some() {
            // Nobody leaves for being too many.
            self.wanted = u32::MAX;
        }
    }

    /// The key of the agent who is free first.
    #[inline]
    pub(super) fn first_free(&self) -> u64 {
        self.agents.first()
    }

    /// The key of the agent who is free after `n` others.
    pub(super) fn nth_free(&self, n: usize) -> u64 {
        let mut first: Vec<u64> = Vec::with_capacity(n + 1);
        for &key in self.agents.keys().iter().filter(|&&key| key != OUT) {
            let place = first.partition_point(|&other| other < key);
            if place <= n {
                first.truncate(n);
                first.insert(place, key);
            }
        }
        first.get(n).copied().unwrap_or(OUT)
    }

    /// Agents idle now.
    pub(super) fn count_idle(&self, now: Tick) -> u32 {
        self.agents.keys().iter().filter(|&&key| instant(key) <= now).count() as u32
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

    /// Since when those with contacts in hand may take another, as far as the head count goes.
    pub(super) fn surplus_ended(&self) -> Tick {
        self.surplus_ended
    }

    fn look_at_surplus(&mut self, had_surplus: bool, now: Tick) {
        if had_surplus && !self.has_surplus() {
            self.surplus_ended = now;
        }
    }

    /// Whether anybody will go on taking contacts.
    pub(super) fn is_staffed(&self) -> bool {
        self.wanted > 0 && self.present > 0
    }

    /// Whether an agent who is not idle is on duty.
    pub(super) fn is_on_duty(&self, agent: usize) -> bool {
        self.persons.get(agent).is_none_or(|person| person.on_duty)
    }

    /// The agent is busy until `until`, of which `busy` counts as work.
    #[inline]
    pub(super) fn occupy(&mut self, agent: usize, until: Tick, busy: Tick) {
        // Absurdly long conversations one after the other would run off the clock.
        self.agents.set(agent, until.min(LAST_TICK - 1));
        if let Some(load) = self.loads.get_mut(agent) {
            load.busy += busy;
        }
    }

    /// The agent is busy, it is not known for how long: until [`Team::set_free`].
    pub(super) fn park(&mut self, agent: usize, busy: Tick) {
        self.occupy(agent, LAST_TICK, busy);
        self.agents.set(agent, LAST_TICK);
    }

    /// The agent has contacts in hand: nothing else until [`Team::set_free`].
    pub(super) fn engage(&mut self, agent: usize) {
        self.agents.take_out(agent);
    }

    /// The agent puts work down, begun at `began`, of which so much was left.
    pub(super) fn interrupt(&mut self, agent: usize, began: Tick, now: Tick, left: Tick) {
        self.agents.set(agent, now);
        self.change_busy(agent, began, |busy| busy - left);
    }

    /// Work begun at `began` made the agent busy for so much longer.
    pub(super) fn count_busy(&mut self, agent: usize, began: Tick, longer: Tick) {
        self.change_busy(agent, began, |busy| busy + longer);
    }

    /// Yesterday's work does not count today.
    fn change_busy(&mut self, agent: usize, began: Tick, change: impl Fn(Tick) -> Tick) {
        if began >= self.day_start
            && let Some(load) = self.loads.get_mut(agent)
        {
            load.busy = change(load.busy);
        }
    }

    /// Agent-ticks on duty since the last call.
    pub(super) fn count_staffed(&mut self, now: Tick) -> Tick {
        let ticks = u64::from(self.present) * (now - self.counted_to);
        self.counted_to = now;
        ticks
    }

    // ---- head counts ----------------------------------------------------------------------------------------------

    /// A new number of people is wanted from now on: the idle leave first (the longest idle of them first), the
    /// busy when they finish; newcomers are idle from now.
    pub(super) fn want(&mut self, heads: u32, now: Tick) {
        let had_surplus = self.has_surplus();
        self.wanted = heads;
        while self.has_surplus() && instant(self.agents.first()) <= now {
            self.leave(player(self.agents.first()), now);
        }
        self.look_at_surplus(had_surplus, now);
        while self.present < heads {
            let agent = self.absent.pop().expect("a team never wants more people than its largest number");
            self.agents.set(agent as usize, now);
            self.present += 1;
            if let Some(load) = self.loads.get_mut(agent as usize) {
                load.on_duty_since = now;
            }
            if let Some(stint) = self.stints.get_mut(agent as usize) {
                stint.begin(now);
            }
        }
    }

    /// A new day: those idle since yesterday start afresh.
    pub(super) fn start_day(&mut self, now: Tick, after_gap: bool) {
        if after_gap {
            self.counted_to = now;
            self.want(0, now);
            // Whoever is still busy with a contact of yesterday is on duty again.
            let present = self.stints.iter_mut().zip(self.agents.keys()).filter(|(_, key)| **key != OUT);
            present.for_each(|(stint, _)| stint.begin(now));
        }
        self.day_start = now;
        self.loads.iter_mut().for_each(|load| *load = Load { on_duty_since: now, ..Load::default() });
    }

    /// There are more people than wanted: this one, who is free now, leaves.
    pub(super) fn leave_surplus(&mut self, agent: usize, now: Tick) {
        self.leave(agent, now);
        self.look_at_surplus(true, now);
    }

    /// The agent goes off duty.
    fn leave(&mut self, agent: usize, now: Tick) {
        self.agents.take_out(agent);
        self.absent.push(agent as u32);
        self.present -= 1;
        self.count_load(agent, now);
        self.end_stint(agent, now);
    }

    fn end_stint(&mut self, agent: usize, at: Tick) {
        if let Some(stint) = self.stints.get_mut(agent) {
            stint.end(at);
        }
    }

    /// Time on duty counts from now on only.
    pub(super) fn forget_stints(&mut self, now: Tick) {
        for stint in &mut self.stints {
            *stint = Stint { before: 0, since: stint.since.map(|_| now) };
        }
    }

    /// The floor closes: what follows is not counted.
    pub(super) fn close_stints(&mut self, closing: Tick) {
        self.stints.iter_mut().for_each(|stint| stint.end(closing));
    }

    /// More time on duty in opening hours, by staying for a contact.
    pub(super) fn add_to_stint(&mut self, agent: usize, ticks: Tick) {
        if let Some(stint) = self.stints.get_mut(agent) {
            stint.before += ticks;
        }
    }

    /// How long each agent has been on duty in opening hours.
    pub(super) fn stints(&self) -> impl Iterator<Item = (usize, Tick)> {
        self.stints.iter().enumerate().map(|(agent, stint)| (agent, stint.before))
    }

    fn count_load(&mut self, agent: usize, now: Tick) {
        if let Some(load) = self.loads.get_mut(agent) {
            load.staffed += now - load.on_duty_since;
        }
    }

    // ---- named people ---------------------------------------------------------------------------------------------

    /// A new day of named people; after a gap, in this segment, nobody is on duty any more.
    pub(super) fn start_named_day(&mut self, now: Tick, after_gap: Option<usize>, has_chats: impl Fn(usize) -> bool) {
        if let Some(segment) = after_gap {
            self.counted_to = now;
            for agent in 0..self.persons.len() {
                self.go_off(agent, now, segment, has_chats(agent));
            }
        }
        self.day_start = now;
        self.loads.iter_mut().for_each(|load| *load = Load { on_duty_since: now, ..Load::default() });
    }

    /// The person's stretch ends; he or she takes nothing more. What is in hand is finished first: that is overrun,
    /// told when the person comes back or at the end.
    pub(super) fn go_off(&mut self, agent: usize, now: Tick, segment: usize, has_chats: bool) {
        let key = self.agents.keys()[agent];
        let person = &mut self.persons[agent];
        if !person.on_duty {
            return;
        }
        person.on_duty = false;
        person.busy_until = if has_chats { LAST_TICK } else { busy_until(key, now) };
        person.kept = (person.busy_until > now).then_some((now, segment));
        self.agents.take_out(agent);
        self.present -= 1;
        self.count_load(agent, now);
        self.end_stint(agent, now);
    }

    /// The person is on duty from now on; returns the overrun that ends with that.
    pub(super) fn come_on(&mut self, agent: usize, now: Tick, has_chats: bool) -> Option<Overrun> {
        let person = &mut self.persons[agent];
        if person.on_duty {
            return None;
        }
        person.on_duty = true;
        self.present += 1;
        let free = person.busy_until.max(now);
        let overrun = person.end_overrun(now);
        if let Some(stint) = self.stints.get_mut(agent) {
            stint.begin(now);
        }
        if !has_chats {
            self.agents.set(agent, free);
        }
        if let Some(load) = self.loads.get_mut(agent) {
            load.on_duty_since = now;
            load.staffed += overrun.map_or(0, |(since, _, until)| until.saturating_sub(since.max(self.day_start)));
        }
        overrun
    }

    /// It is known now that the agent is free at `until`.
    pub(super) fn set_free(&mut self, agent: usize, until: Tick) {
        let until = until.min(LAST_TICK - 1);
        if self.is_on_duty(agent) {
            self.agents.set(agent, until);
        } else {
            self.persons[agent].busy_until = until;
        }
    }

    /// Overrun of those who have not come back.
    pub(super) fn last_overruns(&mut self) -> Vec<(usize, Overrun)> {
        let persons = self.persons.iter_mut().enumerate();
        persons.filter_map(|(agent, person)| Some((agent, person.end_overrun(Tick::MAX)?))).collect()
    }

    /// Share of the time on duty an agent has been busy today; `in_hand` is the time with the contacts now in hand.
    pub(super) fn busy_share(&self, agent: usize, now: Tick, in_hand: Tick) -> f64 {
        let load = &self.loads[agent];
        let staffed = load.staffed + (now - load.on_duty_since);
        if staffed == 0 { 0.0 } else { (load.busy + in_hand) as f64 / staffed as f64 }
    }
}

/// Until when the holder of a key is busy; `now` for the idle.
fn busy_until(key: u64, now: Tick) -> Tick {
    if key == OUT { now } else { instant(key).max(now) }
}
