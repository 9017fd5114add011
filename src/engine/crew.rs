//! The people of a replication: who they are, how their day has been, and how long they were there.

use super::observer::{Contact, Origin};
use super::streams::{ContactKey, DayKey, Purpose};
use crate::model::{Bits, Model, Peopled, TICKS_PER_SECOND, Tick, trained};
use crate::people::{
    Agent, Came, Mood, Outcome, Profile, State, TRAITS, fatigue, quota_hurry, strain_after, strain_now,
};

/// In place of a day: what belongs to a person for good.
const FOR_GOOD: u64 = u64::MAX;
/// Whoever has been away for longer than this begins a new shift.
const NEW_SHIFT: Tick = 4 * 3_600 * TICKS_PER_SECOND as Tick;
/// No contact yet in this shift.
const NONE: u32 = u32::MAX;

/// Everybody on the floor, team by team; empty where people change nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Crew {
    workers: Vec<Worker>,
    profiles: Vec<Profile>,
    /// By team: the number of its first.
    first: Vec<usize>,
    /// Repeats still to come that ask for the agent of before: team and number.
    pub(super) asked: Vec<(ContactKey, (usize, usize))>,
    /// The replication whose people these are.
    drawn_for: Option<u64>,
}

/// One person in the course of a replication. Whole lines of the processor's cache, those that every conversation needs
/// first.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
struct Worker {
    /// A good or bad day.
    shock: f64,
    /// Queue of the last contact of the shift.
    last: u32,
    agent: Agent,
    /// Points of strain at [`Worker::strain_at`].
    strain: f64,
    strain_at: Tick,
    /// On the floor since then ...
    since: Tick,
    /// ... and before that, in this shift, for so long.
    worked: Tick,
    /// Named people: off duty since then.
    left: Tick,
}

impl Crew {
    pub(super) fn new(model: &Model) -> Self {
        let mut crew = Self::default();
        let Some(people) = &model.people else { return crew };
        for team in &model.teams {
            crew.first.push(crew.workers.len());
            let fresh = Worker::new(Agent::new(&Profile::default(), &people.effects));
            crew.workers.resize(crew.workers.len() + team.most, fresh);
        }
        crew.profiles = vec![Profile::default(); crew.workers.len()];
        crew
    }

    /// Draws the people of a replication.
    pub(super) fn reset(&mut self, model: &Model, replication: u64) {
        self.asked.clear();
        let Some(people) = &model.people else { return };
        let replication = if people.fixed { 0 } else { replication };
        if self.drawn_for != Some(replication) {
            self.draw(model, people, replication);
        }
        self.workers.iter_mut().for_each(|worker| *worker = Worker::new(worker.agent));
    }

    fn draw(&mut self, model: &Model, people: &Peopled, replication: u64) {
        let everybody_before = self.drawn_for.is_some();
        self.drawn_for = Some(replication);
        for (team, stated) in model.teams.iter().enumerate() {
            let Some(crew) = &stated.crew else { continue };
            for position in 0..stated.most {
                let place = self.first[team] + position;
                match crew.alike {
                    // Those who are alike are the same in all replications.
                    Some(_) if everybody_before => {}
                    Some((profile, agent)) => (self.profiles[place], self.workers[place].agent) = (profile, agent),
                    None => {
                        let profile = profile(model, team, position, replication);
                        self.profiles[place] = profile;
                        self.workers[place].agent = Agent::new(&profile, &people.effects);
                    }
                }
            }
        }
    }

    /// The agent a contact asks for, if it does.
    pub(super) fn asked_for(&self, contact: &Contact) -> Option<(usize, usize)> {
        let asked = if contact.origin == Origin::Repeat { &self.asked[..] } else { &[] };
        asked.iter().find(|(key, _)| *key == contact.key).map(|(_, agent)| *agent)
    }

    /// A person's profile; `None` where people change nothing.
    pub(super) fn profile(&self, team: usize, agent: usize) -> Option<&Profile> {
        self.profiles.get(*self.first.get(team)? + agent)
    }

    pub(super) fn agent(&self, team: usize, agent: usize) -> Option<&Agent> {
        self.workers.get(*self.first.get(team)? + agent).map(|worker| &worker.agent)
    }

    /// A new day of a team: a good or a bad one for each.
    pub(super) fn start_day(&mut self, model: &Model, replication: u64, team: usize, day: usize, now: Tick) {
        let (Some(people), Some(crew)) = (&model.people, &model.teams[team].crew) else { return };
        let rated = people.effects.shock_sd > 0.0 && model.queues.iter().any(|queue| queue.rates());
        for (position, &name) in crew.names.iter().enumerate() {
            let worker = &mut self.workers[self.first[team] + position];
            if rated {
                let mut stream = DayKey::new(model.seed, replication, day as u64, name).stream(Purpose::Shock);
                worker.shock = worker.agent.shock_sd() * model.zig.normal(&mut stream);
            }
            if model.teams[team].people.is_none() {
                // Head counts begin their shift with the day, and the night is a break for them, who never leave.
                (worker.since, worker.worked, worker.last) = (now, 0, NONE);
                worker.strain = people.effects.strain_break * worker.strain_at(now, people);
                worker.strain_at = now;
            }
        }
    }

    /// A named person comes on duty.
    pub(super) fn comes(&mut self, team: usize, agent: usize, now: Tick) {
        if let Some(&first) = self.first.get(team) {
            let worker = &mut self.workers[first + agent];
            // Strain wears off on the floor, not at home.
            (worker.since, worker.strain_at) = (now, now);
            if now - worker.left.min(now) > NEW_SHIFT {
                (worker.worked, worker.last) = (0, NONE);
            }
        }
    }

    /// A named person goes off duty, for a break or for the day.
    pub(super) fn leaves(&mut self, model: &Model, team: usize, agent: usize, now: Tick) {
        let Some(people) = &model.people else { return };
        let worker = &mut self.workers[self.first[team] + agent];
        worker.worked += now.saturating_sub(worker.since);
        worker.strain = people.effects.strain_break * worker.strain_at(now, people);
        (worker.strain_at, worker.left) = (now, now);
    }

    /// Points of strain when the person was last there.
    pub(super) fn strain(&self, team: usize, agent: usize) -> f64 {
        self.first.get(team).map_or(0.0, |first| self.workers[first + agent].strain)
    }

    /// Somebody has a conversation: `converse` knows what comes of it, given the agent and the state he or she is in.
    /// `floor` is what of that state the person has no part in.
    /// `STEADY` as in [`Peopled::steady`]: the path is chosen when the scenario is known, not for each contact.
    #[inline(always)]
    pub(super) fn serve<const STEADY: bool>(
        &mut self,
        model: &Model,
        people: &Peopled,
        at: &super::PickUp,
        floor: State,
        converse: impl FnOnce(&Agent, &State) -> Outcome,
    ) -> Outcome {
        let worker = &mut self.workers[self.first[at.team] + at.agent];
        let switched = worker.last != NONE && worker.last as usize != at.queue;
        worker.last = at.queue as u32;
        let steady = State { switched, shock: worker.shock, ..floor };
        if STEADY {
            return converse(&worker.agent, &steady);
        }
        let state = worker.state(model, people, at, steady);
        let outcome = converse(&worker.agent, &state);
        if people.effects.strain && outcome.mood == Mood::Irate {
            worker.strain = strain_after(state.strain, &worker.agent, outcome.mood, outcome.has(Came::Calmed));
            worker.strain_at = at.at;
        }
        outcome
    }
}

impl Worker {
    fn new(agent: Agent) -> Self {
        Self { agent, shock: 0.0, strain: 0.0, strain_at: 0, since: 0, worked: 0, left: 0, last: NONE }
    }

    /// What the day has made of somebody who is otherwise like this.
    fn state(&self, model: &Model, people: &Peopled, at: &super::PickUp, steady: State) -> State {
        let effects = &people.effects;
        State {
            fatigue: if effects.fatigue { fatigue(self.worked_s(at.at), effects) } else { 1.0 },
            strain: if effects.strain { self.strain_at(at.at, people) } else { 0.0 },
            hurry: if people.quotas { self.hurry(model, people, at) } else { 0.0 },
            ..steady
        }
    }

    fn worked_s(&self, now: Tick) -> f64 {
        (self.worked + now.saturating_sub(self.since)) as f64 / TICKS_PER_SECOND
    }

    fn strain_at(&self, now: Tick, people: &Peopled) -> f64 {
        strain_now(self.strain, now.saturating_sub(self.strain_at) as f64 / TICKS_PER_SECOND, &people.effects)
    }

    /// Share of talk pressed out to reach the team's quota.
    fn hurry(&self, model: &Model, people: &Peopled, at: &super::PickUp) -> f64 {
        let quota = model.teams[at.team].crew.as_ref().and_then(|crew| crew.quota);
        let (Some(quota), Some(outcomes)) = (quota, &model.queues[at.queue].outcomes) else { return 0.0 };
        let [talk, hold, wrap] = outcomes.mean_times_s;
        let handle_s =
            talk * self.agent.talk_factor() + hold * self.agent.hold_factor() + wrap * self.agent.wrap_factor();
        quota_hurry(quota, handle_s, &people.effects)
    }
}

/// The scores and the time on the job of one person in one replication.
pub fn profile(model: &Model, team: usize, position: usize, replication: u64) -> Profile {
    let Some(crew) = &model.teams[team].crew else { return Profile::default() };
    let name = DayKey::new(model.seed, replication, FOR_GOOD, crew.names[position]);
    let mut drawn = Profile::default();
    for (number, (score, spread)) in drawn.scores.iter_mut().zip(&crew.spreads).enumerate() {
        // A trait has its own stream, so that stating another never shifts it.
        let mut stream = name.contact(number as u64).stream(Purpose::Trait);
        let normal = if spread.sd > 0.0 { model.zig.normal(&mut stream) } else { 0.0 };
        *score = spread.score(normal);
    }
    drawn.weeks = crew.tenure.map(|tenure| {
        let stream = name.contact(TRAITS.len() as u64).stream(Purpose::Tenure);
        tenure.weeks(-libm::log({ stream }.uniform()))
    });
    let stated = crew.stated.get(position).map_or(drawn, |stated| stated.over(drawn));
    trained(stated, &crew.gains)
}
