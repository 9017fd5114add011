//! A second engine, written to be read: it steps through all instants in strict order and scans lists. Fed the
//! same contacts it must find the same counts, waits and times as the fast one.

use std::collections::BTreeSet;

use callwright::engine::{Contact, Conversation, Floor, Observer, PickUp, Purpose, QueueCell, Tally};
use callwright::model::{Bits, FOREVER, Model, Pick, Sampler, TICKS_PER_SECOND, TeamChoice, Tick, compile};
use callwright::scenario::AfterClose;

use super::random_floors;

/// Collects every contact (its arrival and its name), whatever becomes of it.
#[derive(Default)]
pub struct Contacts(pub Vec<(Tick, usize, Contact)>);

impl Observer for Contacts {
    fn begin(&mut self) {
        self.0.clear();
    }
    fn blocked(&mut self, queue: usize, contact: &Contact) {
        self.0.push((contact.arrived, queue, *contact));
    }
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, _: &Conversation) {
        self.0.push((contact.arrived, pick_up.queue, *contact));
    }
    fn abandoned(&mut self, queue: usize, contact: &Contact) {
        self.0.push((contact.arrived, queue, *contact));
    }
    fn dropped(&mut self, queue: usize, contact: &Contact, _: Tick) {
        self.0.push((contact.arrived, queue, *contact));
    }
    fn worked(&mut self, _: &PickUp, _: Tick) {}
    fn staffed(&mut self, _: usize, _: usize, _: Tick) {}
}

struct Agent {
    team: usize,
    number: usize,
    /// `None` = off duty.
    free_at: Option<Tick>,
    busy: Tick,
    staffed: Tick,
    on_duty_since: Tick,
}

struct Call {
    queue: usize,
    contact: Contact,
    /// When it lets go of its line, as far as known.
    hangs_up: Tick,
}

struct Naive<'m, O> {
    model: &'m Model,
    agents: Vec<Agent>,
    absent: Vec<Vec<usize>>,
    wanted: Vec<u32>,
    waiting: Vec<Call>,
    /// Callers in conversation: (queue, until).
    talking: Vec<(usize, Tick)>,
    instants: BTreeSet<Tick>,
    segment: usize,
    observer: O,
}

impl<O: Observer> Naive<'_, O> {
    fn draw(&self, contact: &Contact, sampler: &Sampler, purpose: Purpose, scale: f64) -> Tick {
        (scale * sampler.draw(&self.model.zig, &mut contact.key.stream(purpose)) + 0.5) as Tick
    }

    fn conversation(&self, call: &Call, scale: f64) -> Conversation {
        let queue = &self.model.queues[call.queue];
        let factor = queue.handle_factor.get(call.contact.segment as usize).copied().unwrap_or(1.0);
        let scale = scale * factor;
        let held = queue.hold.as_ref().filter(|(_, p)| call.contact.key.stream(Purpose::HoldHappens).uniform() < *p);
        Conversation {
            talk: self.draw(&call.contact, &queue.talk, Purpose::Talk, scale),
            hold: held.map_or(0, |(length, _)| self.draw(&call.contact, length, Purpose::Hold, scale)),
            wrap: queue.wrap.as_ref().map_or(0, |wrap| self.draw(&call.contact, wrap, Purpose::Wrap, scale)),
        }
    }

    fn present(&self, team: usize) -> usize {
        self.agents.iter().filter(|a| a.team == team && a.free_at.is_some()).count()
    }

    fn start(&mut self, agent: usize, call: &Call, scale: f64, now: Tick) {
        let parts = self.conversation(call, scale);
        let until = now + parts.talk + parts.hold + parts.wrap;
        let a = &mut self.agents[agent];
        a.free_at = Some(until);
        a.busy += until - now;
        let pick_up = PickUp { queue: call.queue, team: a.team, agent: a.number, at: now, segment: self.segment };
        self.instants.insert(until);
        self.talking.push((call.queue, now + parts.talk + parts.hold));
        self.observer.answered(&call.contact, &pick_up, &parts);
        self.observer.worked(&pick_up, until);
    }

    fn leave(&mut self, agent: usize, now: Tick) {
        let a = &mut self.agents[agent];
        a.free_at = None;
        a.staffed += now - a.on_duty_since;
        self.absent[a.team].push(agent);
    }

    /// Those who are idle at `now`, longest idle first.
    fn idle(&self, now: Tick) -> Vec<usize> {
        let mut idle: Vec<usize> =
            (0..self.agents.len()).filter(|&a| self.agents[a].free_at.is_some_and(|t| t <= now)).collect();
        idle.sort_by_key(|&a| (self.agents[a].free_at, self.agents[a].team, self.agents[a].number));
        idle
    }

    fn surplus_leaves(&mut self, now: Tick) {
        for agent in self.idle(now) {
            let team = self.agents[agent].team;
            if self.present(team) > self.wanted[team] as usize {
                self.leave(agent, now);
            }
        }
    }

    fn enter_segment(&mut self, index: usize, now: Tick) {
        let model = self.model;
        self.segment = index;
        if !model.segments[index].open {
            return;
        }
        let new_day = model.days[model.segments[index].day].first == index;
        let after_gap = index == 0 || !model.segments[index - 1].open;
        if new_day && after_gap {
            self.wanted.fill(0);
            self.surplus_leaves(now);
        }
        if new_day {
            for agent in &mut self.agents {
                (agent.busy, agent.staffed, agent.on_duty_since) = (0, 0, now);
            }
        }
        for team in 0..model.teams.len() {
            self.wanted[team] = model.teams[team].heads[index];
        }
        self.surplus_leaves(now);
        for team in 0..model.teams.len() {
            while self.present(team) < self.wanted[team] as usize {
                let agent = self.absent[team].pop().unwrap();
                self.agents[agent].free_at = Some(now);
                self.agents[agent].on_duty_since = now;
            }
        }
    }

    /// The waiting call an agent takes: best rank, then largest weight x wait, then the skill list's order.
    fn choose_call(&self, team: usize, now: Tick) -> Option<(usize, f64)> {
        let model = &self.model.teams[team];
        let mut best: Option<(i32, f64, usize, f64)> = None;
        for skill in &model.skills {
            // Only the first of each queue is compared; the list is in order of arrival.
            let Some(index) = self.waiting.iter().position(|c| c.queue == skill.queue as usize) else { continue };
            let waited = now - self.waiting[index].contact.arrived;
            // A delay that is over at this instant counts only when its turn comes, in `delays_over`.
            let after = self.choice(skill.queue as usize, team).after;
            if after > 0 && waited <= after {
                continue;
            }
            let score = skill.weight * (waited as f64 - skill.head_start);
            if best.is_none_or(|(rank, top, ..)| skill.rank < rank || (skill.rank == rank && score > top)) {
                best = Some((skill.rank, score, index, skill.serving.ticks_per_second));
            }
        }
        best.map(|(_, _, index, scale)| (index, scale))
    }

    fn choice(&self, queue: usize, team: usize) -> &TeamChoice {
        self.model.queues[queue].choices.iter().find(|c| c.team as usize == team).unwrap()
    }

    /// Contacts whose delay is over now are given to whoever is idle, by the contact's preferences.
    fn delays_over(&mut self, now: Tick) {
        for queue in 0..self.model.queues.len() {
            while let Some(index) = self.waiting.iter().position(|c| c.queue == queue) {
                let contact = self.waiting[index].contact;
                let Some((agent, scale)) = self.choose_agent(queue, &contact, now) else { break };
                let call = self.waiting.remove(index);
                self.start(agent, &call, scale, now);
            }
        }
    }

    fn hand_out(&mut self, now: Tick) {
        loop {
            let taken = self.idle(now).into_iter().find_map(|a| Some((a, self.choose_call(self.agents[a].team, now)?)));
            let Some((agent, (index, scale))) = taken else { return };
            let call = self.waiting.remove(index);
            self.start(agent, &call, scale, now);
            self.surplus_leaves(now);
        }
    }

    fn lines_taken(&self, queue: Option<usize>, now: Tick) -> usize {
        let of = |q: usize| queue.is_none_or(|queue| q == queue);
        self.waiting.iter().filter(|c| of(c.queue) && c.hangs_up > now).count()
            + self.talking.iter().filter(|&&(q, until)| of(q) && until > now).count()
    }

    fn arrive(&mut self, queue: usize, contact: Contact, now: Tick) {
        let model = self.model;
        let q = &model.queues[queue];
        let full = |limit: Option<u32>, taken: usize| limit.is_some_and(|limit| taken >= limit as usize);
        let mut call = Call {
            queue,
            contact: Contact { gives_up: FOREVER, segment: self.segment as u32, waited: false, ..contact },
            hangs_up: FOREVER,
        };
        if full(model.lines, self.lines_taken(None, now)) || full(q.lines, self.lines_taken(Some(queue), now)) {
            return self.observer.blocked(queue, &call.contact);
        }
        if let Some((agent, scale)) = self.choose_agent(queue, &call.contact, now) {
            return self.start(agent, &call, scale, now);
        }
        let here = |queue: Option<usize>| self.waiting.iter().filter(|c| queue.is_none_or(|q| c.queue == q)).count();
        if full(q.queue_capacity, here(Some(queue))) || full(model.queue_capacity, here(None)) {
            return self.observer.blocked(queue, &call.contact);
        }
        call.contact.waited = true;
        if let Some(patience) = &q.patience {
            call.contact.gives_up = now + self.draw(&call.contact, patience, Purpose::Patience, TICKS_PER_SECOND);
        }
        if q.balk > 0.0 && call.contact.key.stream(Purpose::Balk).uniform() < q.balk {
            call.contact.gives_up = now;
            return self.observer.abandoned(queue, &call.contact);
        }
        if self.segment >= q.unserved_from {
            return self.observer.dropped(queue, &call.contact, now);
        }
        self.instants.extend(q.delays.iter().map(|delay| now + delay));
        call.hangs_up = call.contact.gives_up;
        if call.hangs_up != FOREVER {
            self.instants.insert(call.hangs_up);
        }
        self.waiting.push(call);
    }

    fn choose_agent(&self, queue: usize, contact: &Contact, now: Tick) -> Option<(usize, f64)> {
        let q = &self.model.queues[queue];
        let pools: BTreeSet<u32> = q.choices.iter().map(|c| c.pool).collect();
        for pool in pools {
            let waited = now - contact.arrived;
            let fits = |c: &TeamChoice, a: usize| c.pool == pool && c.team as usize == self.agents[a].team;
            let choice = |a: usize| q.choices.iter().find(|c| fits(c, a) && c.after <= waited);
            let mut idle: Vec<usize> = self.idle(now).into_iter().filter(|&a| choice(a).is_some()).collect();
            if idle.is_empty() {
                continue;
            }
            let chosen = match q.pick {
                Pick::LongestIdle => idle[0],
                Pick::Random => {
                    idle.sort_by_key(|&a| (self.agents[a].team, self.agents[a].number));
                    idle[(contact.key.stream(Purpose::AgentPick).uniform() * idle.len() as f64) as usize]
                }
                Pick::LeastOccupied => {
                    let share = |a: usize| {
                        let agent = &self.agents[a];
                        let staffed = agent.staffed + now - agent.on_duty_since;
                        if staffed == 0 { 0.0 } else { agent.busy as f64 / staffed as f64 }
                    };
                    idle.into_iter().reduce(|a, b| if share(b) < share(a) { b } else { a }).unwrap()
                }
            };
            return Some((chosen, choice(chosen).unwrap().serving.ticks_per_second));
        }
        None
    }

    fn drop_where(&mut self, now: Tick, drops: impl Fn(&Self, usize) -> bool) {
        let (stay, go) = std::mem::take(&mut self.waiting).into_iter().partition(|c| !drops(self, c.queue));
        self.waiting = stay;
        go.iter().for_each(|call| self.observer.dropped(call.queue, &call.contact, now));
    }

    fn run(&mut self, contacts: &[(Tick, usize, Contact)]) {
        let segments = &self.model.segments;
        self.instants.extend(contacts.iter().map(|c| c.0));
        self.instants.extend(segments.iter().flat_map(|s| [s.start, s.end]).filter(|&t| t != Tick::MAX));
        let mut next = 0;
        let mut entered = 0;
        while let Some(now) = self.instants.pop_first() {
            self.surplus_leaves(now); // 0
            while entered < segments.len() && segments[entered].open && segments[entered].start == now {
                self.enter_segment(entered, now); // 1, 2
                entered += 1;
            }
            self.hand_out(now);
            let unserved = |me: &Self, queue: usize| me.segment >= me.model.queues[queue].unserved_from;
            self.drop_where(now, unserved);
            self.delays_over(now); // 3
            let (stay, gone) = std::mem::take(&mut self.waiting).into_iter().partition(|c| c.contact.gives_up > now);
            self.waiting = stay;
            gone.iter().for_each(|call: &Call| self.observer.abandoned(call.queue, &call.contact)); // 4
            while next < contacts.len() && contacts[next].0 == now {
                self.arrive(contacts[next].1, contacts[next].2, now); // 5
                next += 1;
            }
            if segments[self.segment].closes && segments[self.segment].end == now {
                let model = self.model;
                self.drop_where(now, |me, queue| {
                    let served = model.queues[queue].choices.iter().any(|c| me.wanted[c.team as usize] > 0);
                    model.after_close == AfterClose::Drop || !served
                });
                self.segment += 1;
                entered = self.segment + 1;
            }
        }
    }
}

/// Sorted so that one instant's arrivals come in queue order.
fn contacts(model: &Model, replication: u64) -> Vec<(Tick, usize, Contact)> {
    let mut contacts = Contacts::default();
    Floor::new(model).run(replication, &mut contacts);
    contacts.0.sort_by_key(|c| (c.0, c.1));
    contacts.0
}

#[test]
fn finds_the_same_as_the_fast_engine_on_random_floors() {
    let (mut answered, mut abandoned, mut blocked, mut dropped) = (0, 0, 0, 0);
    for seed in 0..400 {
        let scenario = random_floors::floor(seed);
        let model = compile(&scenario).unwrap();
        let mut fast = Tally::new(&model);
        Floor::new(&model).run(3, &mut fast);

        let mut agents = Vec::new();
        let mut absent = Vec::new();
        for (team, t) in model.teams.iter().enumerate() {
            absent.push((agents.len()..agents.len() + t.most).rev().collect());
            agents.extend((0..t.most).map(|number| Agent {
                team,
                number,
                free_at: None,
                busy: 0,
                staffed: 0,
                on_duty_since: 0,
            }));
        }
        let mut slow = Tally::new(&model);
        slow.begin();
        let mut naive = Naive {
            model: &model,
            agents,
            absent,
            wanted: vec![0; model.teams.len()],
            waiting: Vec::new(),
            talking: Vec::new(),
            instants: BTreeSet::new(),
            segment: 0,
            observer: slow,
        };
        naive.run(&contacts(&model, 3));
        slow = naive.observer;
        for (index, (f, s)) in fast.queues.iter().zip(&slow.queues).enumerate() {
            assert_eq!(f, s, "floor {seed}, queue cell {index}");
        }
        assert_eq!(fast.pairs, slow.pairs, "floor {seed}");
        for (f, s) in fast.teams.iter().zip(&slow.teams) {
            assert_eq!((f.answered, f.busy), (s.answered, s.busy), "floor {seed}");
        }
        let mut sum = QueueCell::default();
        fast.queues.iter().for_each(|cell| sum.add(cell));
        answered += sum.answered;
        abandoned += sum.abandoned;
        blocked += sum.blocked;
        dropped += sum.dropped;
    }
    assert!(
        answered > 20_000 && abandoned > 10_000 && blocked > 1_000 && dropped > 300,
        "{answered} {abandoned} {blocked} {dropped}"
    );
}
