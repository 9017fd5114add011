//! Named people: who comes and leaves when, who is absent or late, who stays for a contact.

use super::conversation::to_ticks;
use super::floor::Floor;
use super::observer::Observer;
use super::streams::{DayKey, Purpose};
use super::team::Overrun;
use crate::model::{Bits, Duty, People, TICKS_PER_SECOND, Tick};
use crate::people::{chance, logit};

const LEAVES: u8 = 1;
const COMES: u8 = 2;

/// Comings and goings of the current day, and of a night that began the day before.
#[derive(Debug, Clone, Default)]
pub(super) struct Duties {
    events: Vec<Event>,
    /// Those before this one are over.
    done: usize,
}

/// In the order of events: instant, class, team, person.
type Event = (Tick, u8, u32, u32);

impl Duties {
    pub(super) fn clear(&mut self) {
        self.events.clear();
        self.done = 0;
    }

    /// Instant of the next one.
    #[inline]
    pub(super) fn next(&self) -> Tick {
        self.events.get(self.done).map_or(Tick::MAX, |event| event.0)
    }

    /// Puts a new day's events among what is left of the old.
    pub(super) fn sort(&mut self) {
        self.events.drain(..self.done);
        self.done = 0;
        self.events.sort_unstable();
    }

    fn pop(&mut self) -> Option<Event> {
        let event = self.events.get(self.done).copied();
        self.done += 1;
        event
    }
}

impl Floor<'_> {
    /// A new day of a team of named people: after a gap everybody is off first; those who are neither absent nor on
    /// another day's duty come as planned, or late.
    pub(super) fn start_duties<O: Observer>(&mut self, team: usize, now: Tick, after_gap: bool, observer: &mut O) {
        let Some(people) = &self.model.teams[team].people else { return };
        let desk = &self.desk;
        let has_chats = |agent| desk.in_hand(team, agent) > 0;
        self.teams[team].start_named_day(now, after_gap.then_some(self.segment), has_chats);
        self.watch(team);
        let day = self.model.segments[self.segment].day;
        for duty in &people.days[day] {
            let name = DayKey::new(self.model.seed, self.replication, day as u64, people.names[duty.person as usize]);
            let (absence, unreliable) = self.reliability(people, team, duty.person as usize);
            if absence > 0.0 && name.stream(Purpose::Absent).uniform() < absence {
                let on_phone = duty.stretches.iter().map(|s| s.to - s.from).sum();
                observer.absent(team, self.segment, on_phone, duty.paid);
                continue;
            }
            let lost = self.plan_day(team, duty, self.first_presence(people, duty, name, unreliable));
            if lost > 0 {
                observer.late(team, self.segment, lost);
            }
        }
    }

    /// Probability that a person is absent today, and the factor on that of being late: as stated for an average one.
    fn reliability(&self, people: &People, team: usize, person: usize) -> (f64, f64) {
        let (Some(agent), Some(settings)) = (self.crew.agent(team, person), &self.model.people) else {
            return (people.absence, 1.0);
        };
        let unreliable = agent.unreliability();
        let absence = (unreliable * people.absence).min(1.0);
        let strain = self.crew.strain(team, person);
        if strain == 0.0 || absence == 0.0 || absence == 1.0 {
            return (absence, unreliable);
        }
        (chance(logit(absence) + settings.effects.strain_absence * strain), unreliable)
    }

    /// Nobody comes before this instant: the beginning of the first stretch, or later by chance.
    fn first_presence(&self, people: &People, duty: &Duty, name: DayKey, unreliable: f64) -> Tick {
        let late = |probability: f64| name.stream(Purpose::Late).uniform() < unreliable * probability;
        match (&people.lateness, duty.stretches.first()) {
            (Some((probability, time)), Some(first)) if late(*probability) => {
                let seconds = time.draw(&self.model.zig, &mut name.stream(Purpose::Lateness));
                first.from + to_ticks(seconds * TICKS_PER_SECOND)
            }
            _ => 0,
        }
    }

    /// Enters a person's comings and goings; returns the time lost to lateness.
    fn plan_day(&mut self, team: usize, duty: &Duty, not_before: Tick) -> Tick {
        let (team, person) = (team as u32, duty.person);
        let mut lost = 0;
        for stretch in &duty.stretches {
            let from = stretch.from.max(not_before);
            lost += from.min(stretch.to) - stretch.from;
            if from >= stretch.to {
                continue;
            }
            self.duties.events.push((from, COMES, team, person));
            if !stretch.closes {
                self.duties.events.push((stretch.to, LEAVES, team, person));
            }
        }
        lost
    }

    /// The next person leaves or comes.
    pub(super) fn on_duty<O: Observer>(&mut self, observer: &mut O) {
        let Some((now, class, team, agent)) = self.duties.pop() else { return };
        let (team, agent) = (team as usize, agent as usize);
        self.count_staffed(team, now, observer);
        let has_chats = self.desk.in_hand(team, agent) > 0;
        if class == LEAVES {
            self.teams[team].go_off(agent, now, self.segment, has_chats);
            self.crew.leaves(self.model, team, agent, now);
        } else {
            if let Some((since, segment, until)) = self.teams[team].come_on(agent, now, has_chats) {
                observer.overrun(team, segment, since, until);
                self.count_overrun(team, agent, (since, segment, until));
                self.look_at_returner(team);
            }
            self.crew.comes(team, agent, now);
        }
        self.watch(team);
    }

    /// The end of the replication: how long everybody was on duty, where that is asked.
    pub(super) fn finish_stints<O: Observer>(&mut self, observer: &mut O) {
        for (team, state) in self.teams.iter().enumerate() {
            state.stints().for_each(|(agent, ticks)| observer.on_duty(team, agent, ticks));
        }
    }

    /// Time on duty beyond the plan counts in opening hours, after the warm-up.
    fn count_overrun(&mut self, team: usize, agent: usize, (since, segment, until): Overrun) {
        let counted_from = self.model.segments[self.model.counted_from].start;
        let mut ticks = 0;
        for segment in &self.model.segments[segment..] {
            if segment.start >= until {
                break;
            }
            if segment.open {
                let from = since.max(segment.start).max(counted_from);
                ticks += until.min(segment.end).saturating_sub(from);
            }
        }
        self.teams[team].add_to_stint(agent, ticks);
    }

    /// The end of the replication: whoever stayed for a contact has gone.
    pub(super) fn finish_duties<O: Observer>(&mut self, observer: &mut O) {
        for team in 0..self.teams.len() {
            for (agent, overrun) in self.teams[team].last_overruns() {
                let (since, segment, until) = overrun;
                observer.overrun(team, segment, since, until);
                self.count_overrun(team, agent, overrun);
            }
        }
    }
}
