//! Who is on duty: head counts, and people with names.

use callwright::engine::{DayKey, Observer, Purpose};
use callwright::model::{Bits, LONGEST_TIME, People, TICKS_PER_SECOND, Tick};

use super::floor::{Duty, Naive};

impl<O: Observer> Naive<'_, O> {
    fn present(&self, team: usize) -> usize {
        self.agents.iter().filter(|a| a.team == team && a.duty != Duty::Off).count()
    }

    /// Those who are idle, longest idle first.
    pub fn idle(&self) -> Vec<usize> {
        let mut idle: Vec<usize> = (0..self.agents.len()).filter(|&a| self.agents[a].is_idle()).collect();
        idle.sort_by_key(|&a| (self.agents[a].since, self.agents[a].team, self.agents[a].number));
        idle
    }

    /// Whether a team by head count has more people than it should.
    pub fn has_surplus(&self, team: usize) -> bool {
        self.model.teams[team].people.is_none() && self.present(team) > self.wanted[team] as usize
    }

    pub fn surplus_leaves(&mut self, now: Tick) {
        for agent in self.idle() {
            let team = self.agents[agent].team;
            if self.has_surplus(team) {
                self.go_off(agent, now);
                self.absent[team].push(agent);
            }
        }
        for team in 0..self.surplus.len() {
            let has = self.has_surplus(team);
            let (had, ended) = self.surplus[team];
            self.surplus[team] = (has, if had && !has { now } else { ended });
        }
    }

    fn go_off(&mut self, agent: usize, now: Tick) {
        let a = &mut self.agents[agent];
        a.duty = Duty::Off;
        a.staffed += now - a.on_duty_since;
    }

    /// The first instant of an interval; the first of a day begins the day for everybody.
    pub fn enter_segment(&mut self, index: usize, now: Tick) {
        let model = self.model;
        self.segment = index;
        let day = model.segments[index].day;
        if model.days[day].first != index {
            return;
        }
        if index == 0 || !model.segments[index - 1].open {
            self.wanted.fill(0);
            self.surplus_leaves(now);
            for agent in 0..self.agents.len() {
                if model.teams[self.agents[agent].team].people.is_some() {
                    self.planned_end(agent, now);
                }
            }
        }
        for agent in &mut self.agents {
            (agent.busy, agent.staffed, agent.on_duty_since) = (0, 0, now);
        }
        for (team, t) in model.teams.iter().enumerate() {
            if let Some(people) = &t.people {
                self.look_at_duties(team, people, day);
            }
        }
    }

    fn look_at_duties(&mut self, team: usize, people: &People, day: usize) {
        for duty in &people.days[day] {
            let person = duty.person as usize;
            let name = people.names[person];
            let key = DayKey::new(self.model.seed, self.replication, day as u64, name);
            let planned: Tick = duty.stretches.iter().map(|s| s.to - s.from).sum();
            if key.stream(Purpose::Absent).uniform() < people.absence {
                self.observer.absent(team, self.segment, planned, duty.paid);
                continue;
            }
            let mut limit = 0;
            if let (Some((probability, by)), Some(first)) = (&people.lateness, duty.stretches.first())
                && key.stream(Purpose::Late).uniform() < *probability
            {
                let seconds = by.draw(&self.model.zig, &mut key.stream(Purpose::Lateness));
                limit = first.from + ((seconds * TICKS_PER_SECOND + 0.5) as Tick).min(LONGEST_TIME);
            }
            let mut worked = 0;
            for stretch in &duty.stretches {
                let from = stretch.from.max(limit);
                if from >= stretch.to {
                    continue;
                }
                worked += stretch.to - from;
                self.shifts.push((from, true, team, person));
                self.instants.insert(from);
                if !stretch.closes {
                    self.shifts.push((stretch.to, false, team, person));
                    self.instants.insert(stretch.to);
                }
            }
            if worked < planned {
                self.observer.late(team, self.segment, planned - worked);
            }
        }
    }

    fn shifts_at(&mut self, now: Tick, comes: bool) -> Vec<usize> {
        let at = |agents: &[super::floor::Agent], team, person| {
            agents.iter().position(|a| a.team == team && a.number == person).unwrap()
        };
        let mut here: Vec<usize> = self
            .shifts
            .iter()
            .filter(|s| s.0 == now && s.1 == comes)
            .map(|&(_, _, team, person)| at(&self.agents, team, person))
            .collect();
        self.shifts.retain(|s| s.0 != now || s.1 != comes);
        here.sort_unstable();
        here
    }

    pub fn people_leave(&mut self, now: Tick) {
        for agent in self.shifts_at(now, false) {
            self.planned_end(agent, now);
        }
    }

    /// Goes, or finishes what is in hand first.
    fn planned_end(&mut self, agent: usize, now: Tick) {
        if self.agents[agent].duty != Duty::On {
            return;
        }
        self.tell_staffed(agent, now);
        if self.agents[agent].is_busy() {
            self.agents[agent].duty = Duty::Leaving(now, self.segment);
        } else {
            self.go_off(agent, now);
        }
    }

    pub fn people_come(&mut self, now: Tick) {
        for agent in self.shifts_at(now, true) {
            let a = &mut self.agents[agent];
            match a.duty {
                Duty::Off => (a.since, a.on_duty_since) = (now, now),
                Duty::Leaving(from, segment) => self.observer.overrun(a.team, segment, from, now),
                Duty::On => unreachable!("comes twice"),
            }
            a.duty = Duty::On;
            a.came = (now, self.segment);
        }
    }

    /// A named person's time on duty by plan, in open segments.
    pub fn tell_staffed(&mut self, agent: usize, to: Tick) {
        let (team, (from, first)) = (self.agents[agent].team, self.agents[agent].came);
        if self.model.teams[team].people.is_none() {
            return;
        }
        for (index, s) in self.model.segments.iter().enumerate().skip(first).filter(|(_, s)| s.open) {
            if s.start < to && s.end > from {
                self.observer.staffed(team, index, to.min(s.end) - from.max(s.start));
            }
        }
    }

    /// The last work in hand is done: a person past the planned end goes.
    pub fn is_done(&mut self, agent: usize, now: Tick) {
        let a = &mut self.agents[agent];
        a.since = now;
        if a.is_busy() {
            return;
        }
        if let Duty::Leaving(from, segment) = a.duty {
            self.observer.overrun(a.team, segment, from, now);
            self.go_off(agent, now);
        }
    }

    pub fn heads_change(&mut self, now: Tick) {
        let model = self.model;
        for team in 0..model.teams.len() {
            if model.teams[team].people.is_none() {
                self.wanted[team] = model.teams[team].heads[self.segment];
            }
        }
        self.surplus_leaves(now);
        for team in 0..model.teams.len() {
            while self.present(team) < self.wanted[team] as usize {
                let agent = self.absent[team].pop().unwrap();
                let a = &mut self.agents[agent];
                (a.duty, a.since, a.on_duty_since) = (Duty::On, now, now);
            }
        }
    }
}
