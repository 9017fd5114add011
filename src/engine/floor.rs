//! The event loop and what happens at each event.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::arrivals::Source;
use super::lines::Lines;
use super::observer::{Contact, Conversation, Observer, PickUp};
use super::streams::{ContactKey, Purpose};
use super::team::Team;
use super::tournament::{OUT, Tournament, instant, player};
use crate::model::{Bits, FOREVER, LONGEST_TIME, Model, Pick, Sampler, Skill, TICKS_PER_SECOND, Tick};
use crate::scenario::AfterClose;

/// One floor, reusable: each [`Floor::run`] is one replication from an empty floor. It allocates nothing once its
/// buffers have grown to the size the scenario needs.
#[derive(Debug, Clone)]
pub struct Floor<'m> {
    model: &'m Model,
    sources: Vec<Source>,
    /// Queues, by the instant of their next arrival.
    arrivals: Tournament,
    waiting: Vec<VecDeque<Contact>>,
    teams: Vec<Team>,
    /// Teams that must be watched, by the instant of their next free agent.
    watched: Tournament,
    lines: Lines,
    /// By queue: 0 = empty, 1 = somebody waits, 1 + k = the first has waited as long as the k-th delay.
    levels: Vec<u32>,
    /// When a waiting contact becomes visible to teams that help out later, and its queue.
    delays: BinaryHeap<Reverse<(Tick, u32)>>,
    segment: usize,
    /// When the current segment ends; for a closing one tick later, so that all else at that instant comes first.
    boundary: Tick,
}

impl<'m> Floor<'m> {
    /// An empty floor.
    pub fn new(model: &'m Model) -> Self {
        Self {
            model,
            sources: (0..model.queues.len()).map(Source::new).collect(),
            arrivals: Tournament::new(model.queues.len()),
            waiting: vec![VecDeque::new(); model.queues.len()],
            teams: model.teams.iter().map(Team::new).collect(),
            watched: Tournament::new(model.teams.len()),
            lines: Lines::default(),
            levels: vec![0; model.queues.len()],
            delays: BinaryHeap::new(),
            segment: 0,
            boundary: 0,
        }
    }

    /// Simulates replication number `replication` (from 0) and tells `observer` about it.
    pub fn run<O: Observer>(&mut self, replication: u64, observer: &mut O) {
        observer.begin();
        self.reset(replication);
        self.enter_segment(0, observer);
        loop {
            let arrival = self.arrivals.first();
            let free = self.watched.first();
            let delay = self.delays.peek().map_or(Tick::MAX, |&Reverse((at, _))| at);
            if self.boundary <= instant(arrival.min(free)).min(delay) {
                self.on_boundary(observer);
            } else if instant(free) <= instant(arrival).min(delay) {
                if free == OUT {
                    return;
                }
                self.on_agent_free(player(free), observer);
            } else if delay <= instant(arrival) {
                self.on_delay_over(observer);
            } else {
                self.on_arrival(player(arrival), instant(arrival), observer);
            }
        }
    }

    fn reset(&mut self, replication: u64) {
        self.waiting.iter_mut().for_each(VecDeque::clear);
        self.watched.clear();
        self.arrivals.clear();
        self.lines.reset(self.model.queues.len());
        self.levels.fill(0);
        self.delays.clear();
        for (team, model) in self.teams.iter_mut().zip(&self.model.teams) {
            team.reset(model);
        }
        for (queue, source) in self.sources.iter_mut().enumerate() {
            if let Some(at) = source.reset(self.model, replication) {
                self.arrivals.set(queue, at);
            }
        }
    }

    // ---- the calendar -------------------------------------------------------------------------------------------

    fn on_boundary<O: Observer>(&mut self, observer: &mut O) {
        let ended = &self.model.segments[self.segment];
        if ended.open {
            for team in 0..self.teams.len() {
                self.count_staffed(team, ended.end, observer);
            }
        }
        if ended.closes {
            self.close(ended.end, observer);
        }
        self.enter_segment(self.segment + 1, observer);
    }

    fn enter_segment<O: Observer>(&mut self, index: usize, observer: &mut O) {
        let segment = &self.model.segments[index];
        let now = segment.start;
        self.segment = index;
        self.boundary = if segment.closes { segment.end + 1 } else { segment.end };
        if segment.open {
            self.change_staffing(index, now);
        }
        for queue in 0..self.waiting.len() {
            if self.model.queues[queue].unserved_from == index {
                self.drop_all(queue, now, observer);
            }
        }
    }

    fn change_staffing(&mut self, index: usize, now: Tick) {
        let new_day = self.model.days[self.model.segments[index].day].first == index;
        let after_gap = index == 0 || !self.model.segments[index - 1].open;
        for (team, model) in self.model.teams.iter().enumerate() {
            if new_day {
                self.teams[team].start_day(now, after_gap);
            }
            self.teams[team].want(model.heads[index], now);
            self.watch(team);
        }
    }

    /// Closing time: callers still waiting are turned away, or stay where somebody on duty can serve them.
    fn close<O: Observer>(&mut self, now: Tick, observer: &mut O) {
        for queue in 0..self.waiting.len() {
            let choices = &self.model.queues[queue].choices;
            let served = choices.iter().any(|c| self.teams[c.team as usize].is_staffed());
            if self.model.after_close == AfterClose::Drop || !served {
                self.drop_all(queue, now, observer);
            }
        }
    }

    /// Tells the observer how long the team's people have been on duty in the current segment.
    fn count_staffed<O: Observer>(&mut self, team: usize, now: Tick, observer: &mut O) {
        let ticks = self.teams[team].count_staffed(now);
        if self.model.segments[self.segment].open {
            observer.staffed(team, self.segment, ticks);
        }
    }

    // ---- an agent frees -----------------------------------------------------------------------------------------

    /// A watched team's next agent is free: leaves if there are too many, takes a waiting contact, or is idle.
    fn on_agent_free<O: Observer>(&mut self, team: usize, observer: &mut O) {
        let key = self.teams[team].first_free();
        let (now, agent) = (instant(key), player(key));
        if self.teams[team].has_surplus() {
            self.count_staffed(team, now, observer);
            self.teams[team].leave(agent, now);
            self.watch(team);
        } else if let Some((queue, ticks_per_second)) = self.choose_contact(team, now, observer) {
            let contact = self.take_first(queue, now);
            let pick_up = PickUp { queue, team, agent, at: now, segment: self.segment };
            self.start_conversation(&contact, &pick_up, ticks_per_second, observer);
        }
    }

    /// The queue whose first contact the team's freed agent takes, by the team's rule.
    fn choose_contact<O: Observer>(&mut self, team: usize, now: Tick, observer: &mut O) -> Option<(usize, f64)> {
        let model = &self.model.teams[team];
        let mut best: Option<(&Skill, Tick)> = None;
        for skill in &model.skills {
            if best.is_some_and(|(b, _)| b.rank != skill.rank) {
                break;
            }
            let Some(arrived) = self.first_waiting(skill.queue as usize, now, observer) else { continue };
            if self.levels[skill.queue as usize] < skill.level {
                continue;
            }
            let score = |skill: &Skill, since: Tick| skill.weight * ((now - since) as f64 - skill.head_start);
            let better = match best {
                None => true,
                Some((_, longest)) if !model.scored => arrived < longest,
                Some((b, longest)) => score(skill, arrived) > score(b, longest),
            };
            if better {
                best = Some((skill, arrived));
            }
        }
        best.map(|(skill, _)| (skill.queue as usize, skill.ticks_per_second))
    }

    /// Arrival of the first contact that still waits; those before it have given up.
    #[inline]
    fn first_waiting<O: Observer>(&mut self, queue: usize, now: Tick, observer: &mut O) -> Option<Tick> {
        while let Some(first) = self.waiting[queue].front() {
            if first.gives_up >= now {
                return Some(first.arrived);
            }
            observer.abandoned(queue, first);
            self.take_first(queue, now);
        }
        None
    }

    // ---- a contact arrives --------------------------------------------------------------------------------------

    fn on_arrival<O: Observer>(&mut self, queue: usize, now: Tick, observer: &mut O) {
        let key = self.sources[queue].contact();
        match self.sources[queue].next(self.model) {
            Some(at) => self.arrivals.set(queue, at),
            None => self.arrivals.take_out(queue),
        }
        let mut contact = Contact { key, arrived: now, gives_up: FOREVER, segment: self.segment as u32, waited: false };
        if self.model.counts_lines && !self.lines.seize(self.model, queue, now) {
            observer.blocked(queue, &contact);
            return;
        }
        if let Some((team, agent, ticks_per_second)) = self.choose_agent(queue, now, 0, key) {
            let pick_up = PickUp { queue, team, agent, at: now, segment: self.segment };
            self.start_conversation(&contact, &pick_up, ticks_per_second, observer);
        } else {
            contact.waited = true;
            self.join_queue(queue, contact, observer);
        }
    }

    /// The agent a contact gets that has waited for `waited`: first pool with an idle agent, and there by the
    /// queue's rule.
    #[inline]
    fn choose_agent(&self, queue: usize, now: Tick, waited: Tick, key: ContactKey) -> Option<(usize, usize, f64)> {
        let model = &self.model.queues[queue];
        if model.pick != Pick::LongestIdle {
            return self.choose_agent_by_looking(queue, now, waited, key);
        }
        let mut best: Option<(Tick, u64, usize)> = None;
        for (index, choice) in model.choices.iter().enumerate() {
            if best.is_some_and(|(_, _, b)| model.choices[b].pool != choice.pool) {
                break;
            }
            let first = self.teams[choice.team as usize].first_free();
            let idle_since = instant(first);
            if idle_since <= now && choice.after <= waited && best.is_none_or(|(since, _, _)| idle_since < since) {
                best = Some((idle_since, first, index));
            }
        }
        best.map(|(_, first, index)| {
            let choice = &model.choices[index];
            (choice.team as usize, player(first), choice.ticks_per_second)
        })
    }

    /// The same for rules that need to see every idle agent of the pool.
    #[cold]
    fn choose_agent_by_looking(
        &self,
        queue: usize,
        now: Tick,
        waited: Tick,
        key: ContactKey,
    ) -> Option<(usize, usize, f64)> {
        let model = &self.model.queues[queue];
        for pool in model.choices.chunk_by(|a, b| a.pool == b.pool) {
            let idle = || {
                pool.iter().filter(|choice| choice.after <= waited).flat_map(|choice| {
                    let team = choice.team as usize;
                    let free = self.teams[team].keys().iter().filter(|&&k| instant(k) <= now);
                    free.map(move |&k| (team, player(k), choice.ticks_per_second, instant(k)))
                })
            };
            let chosen = match model.pick {
                Pick::Random => {
                    let count = idle().count();
                    let pick = (key.stream(Purpose::AgentPick).uniform() * count as f64) as usize;
                    idle().nth(pick.min(count.saturating_sub(1)))
                }
                Pick::LeastOccupied => idle().min_by(|a, b| {
                    let share = |x: &(usize, usize, f64, Tick)| self.teams[x.0].busy_share(x.1, now);
                    share(a).total_cmp(&share(b)).then(a.3.cmp(&b.3))
                }),
                Pick::LongestIdle => idle().min_by_key(|x| x.3),
            };
            if let Some((team, agent, ticks_per_second, _)) = chosen {
                return Some((team, agent, ticks_per_second));
            }
        }
        None
    }

    fn join_queue<O: Observer>(&mut self, queue: usize, mut contact: Contact, observer: &mut O) {
        let model = &self.model.queues[queue];
        let now = contact.arrived;
        if self.model.counts_places && !self.has_place(queue, now) {
            self.lines.lets_go_at_once(self.model, queue);
            observer.blocked(queue, &contact);
            return;
        }
        if let Some(patience) = &model.patience {
            let seconds = patience.draw(&self.model.zig, &mut contact.key.stream(Purpose::Patience));
            contact.gives_up = now + to_ticks(seconds * TICKS_PER_SECOND);
        }
        if model.balk > 0.0 && contact.key.stream(Purpose::Balk).uniform() < model.balk {
            contact.gives_up = now;
            self.lines.lets_go_at_once(self.model, queue);
            observer.abandoned(queue, &contact);
        } else if self.segment >= model.unserved_from {
            self.lines.lets_go_at_once(self.model, queue);
            observer.dropped(queue, &contact, now);
        } else {
            if self.model.counts_lines {
                self.lines.lets_go(queue, contact.gives_up);
            }
            let delays = model.delays.iter().map(|delay| Reverse((now + delay, queue as u32)));
            self.delays.extend(delays);
            self.waiting[queue].push_back(contact);
            if self.waiting[queue].len() == 1 {
                self.level_changes(queue, now, true);
            }
        }
    }

    // ---- queues -------------------------------------------------------------------------------------------------

    /// Brings the queue's level up to date, and the teams that see its first contact because of it. A delay that is
    /// over at this very instant counts once its turn has come, `timers_done`.
    #[inline]
    fn level_changes(&mut self, queue: usize, now: Tick, timers_done: bool) {
        let model = &self.model.queues[queue];
        let level = self.waiting[queue].front().map_or(0, |first| {
            let waited = now - first.arrived + Tick::from(timers_done);
            1 + model.delays.iter().filter(|&&delay| waited > delay).count() as u32
        });
        let before = std::mem::replace(&mut self.levels[queue], level);
        for choice in &model.choices {
            let (saw, sees) = (choice.level <= before, choice.level <= level);
            if saw != sees {
                let waiting = &mut self.teams[choice.team as usize].waiting_queues;
                *waiting = if sees { *waiting + 1 } else { *waiting - 1 };
                self.watch(choice.team as usize);
            }
        }
    }

    #[inline]
    fn take_first(&mut self, queue: usize, now: Tick) -> Contact {
        let contact = self.waiting[queue].pop_front().expect("the caller has seen the first contact");
        if self.waiting[queue].is_empty() || self.levels[queue] > 1 {
            self.level_changes(queue, now, false);
        }
        contact
    }

    /// A contact has waited long enough for a team that helps out later: if somebody there is idle, the
    /// conversation starts at once. It is then the first of its queue: whoever was before it has been served or has
    /// given up.
    fn on_delay_over<O: Observer>(&mut self, observer: &mut O) {
        let Some(Reverse((now, queue))) = self.delays.pop() else { return };
        let queue = queue as usize;
        while let Some(arrived) = self.first_waiting(queue, now, observer) {
            let key = self.waiting[queue][0].key;
            let Some((team, agent, ticks_per_second)) = self.choose_agent(queue, now, now - arrived, key) else {
                break;
            };
            let contact = self.take_first(queue, now);
            let pick_up = PickUp { queue, team, agent, at: now, segment: self.segment };
            self.start_conversation(&contact, &pick_up, ticks_per_second, observer);
        }
        self.level_changes(queue, now, true);
    }

    /// Whether there is a place for one more waiting contact. Looks at everybody who waits: limits are small.
    fn has_place(&self, queue: usize, now: Tick) -> bool {
        let here = |q: &VecDeque<Contact>| q.iter().filter(|contact| contact.gives_up > now).count();
        let own = self.model.queues[queue].queue_capacity;
        let shared = self.model.queue_capacity;
        own.is_none_or(|places| here(&self.waiting[queue]) < places as usize)
            && shared.is_none_or(|places| self.waiting.iter().map(here).sum::<usize>() < places as usize)
    }

    /// Turns away everybody who still waits.
    fn drop_all<O: Observer>(&mut self, queue: usize, now: Tick, observer: &mut O) {
        while !self.waiting[queue].is_empty() {
            let contact = self.take_first(queue, now);
            if contact.gives_up <= now {
                observer.abandoned(queue, &contact);
                continue;
            }
            if self.model.counts_lines {
                self.lines.stays(queue, contact.gives_up);
                self.lines.lets_go(queue, now);
            }
            observer.dropped(queue, &contact, now);
        }
    }

    // ---- conversations ------------------------------------------------------------------------------------------

    /// The one place where a conversation begins.
    #[inline]
    fn start_conversation<O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        ticks_per_second: f64,
        observer: &mut O,
    ) {
        let conversation = self.converse(contact, pick_up.queue, ticks_per_second);
        self.teams[pick_up.team].occupy(pick_up.agent, pick_up.at, pick_up.at + conversation.total());
        self.watch(pick_up.team);
        if self.model.counts_lines {
            if contact.waited {
                self.lines.stays(pick_up.queue, contact.gives_up);
            }
            self.lines.lets_go(pick_up.queue, pick_up.at + conversation.talk + conversation.hold);
        }
        observer.answered(contact, pick_up, &conversation);
    }

    /// How long the parts of a conversation take.
    #[inline]
    fn converse(&self, contact: &Contact, queue: usize, ticks_per_second: f64) -> Conversation {
        let model = &self.model.queues[queue];
        let scale = match model.handle_factor.get(contact.segment as usize) {
            Some(factor) => ticks_per_second * factor,
            None => ticks_per_second,
        };
        let draw = |sampler: &Sampler, purpose: Purpose| {
            to_ticks(scale * sampler.draw(&self.model.zig, &mut contact.key.stream(purpose)))
        };
        let hold = match &model.hold {
            Some((length, p)) if contact.key.stream(Purpose::HoldHappens).uniform() < *p => draw(length, Purpose::Hold),
            _ => 0,
        };
        Conversation {
            talk: draw(&model.talk, Purpose::Talk),
            hold,
            wrap: model.wrap.as_ref().map_or(0, |wrap| draw(wrap, Purpose::Wrap)),
        }
    }

    /// Keeps the team's entry among the watched up to date.
    #[inline]
    fn watch(&mut self, team: usize) {
        let state = &self.teams[team];
        if state.must_watch() && !state.is_empty() {
            self.watched.set(team, instant(state.first_free()));
        } else {
            self.watched.take_out(team);
        }
    }
}

/// Ticks, cut to what the engine can represent.
#[inline]
fn to_ticks(ticks: f64) -> Tick {
    // The bound makes the cheaper conversion safe.
    (ticks + 0.5).min(LONGEST_TIME as f64) as i64 as Tick
}
