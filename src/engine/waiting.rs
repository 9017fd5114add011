//! Queues: who joins, who is first, who sees whom, who is turned away.

use std::cmp::Reverse;
use std::collections::VecDeque;

use super::conversation::to_ticks;
use super::floor::{CLASS_BITS, Floor};
use super::loops::{DELAY_CLASS, Due};
use super::observer::{Contact, Marks, Observer, PickUp};
use super::streams::Purpose;
use crate::model::{Bits, FOREVER, Kind, LONGEST_TIME, Model, Queue, TICKS_PER_SECOND, Tick};

impl Queue {
    /// Since when the contact counts as waiting: its arrival, or earlier with credit.
    #[inline]
    pub(super) fn since(&self, contact: &Contact) -> Tick {
        match self.callers.credit {
            Some((_, time)) if contact.marks.has(Marks::VALUED) => contact.arrived.saturating_sub(time),
            _ => contact.arrived,
        }
    }

    /// Whether its contacts take one of the limited places when they wait.
    fn needs_place(&self) -> bool {
        !self.kind.is_message() && self.callers.dial.is_none()
    }

    /// Place in the queue: lower goes first.
    pub(super) fn rank(&self, contact: &Contact) -> (bool, Tick) {
        (!contact.is_ahead(), self.since(contact))
    }
}

impl Floor<'_> {
    /// Whether contacts of the queue hold telephone lines that are counted.
    #[inline]
    pub(super) fn has_lines(&self, queue: usize) -> bool {
        self.model.counts_lines && self.model.queues[queue].holds_line
    }

    /// A contact reaches its queue: it gets an agent, or waits.
    #[inline(always)]
    pub(super) fn join<O: Observer>(&mut self, queue: usize, contact: &mut Contact, observer: &mut O) {
        let now = contact.arrived;
        if let Some(found) = self.find_agent(queue, now, 0, contact, observer) {
            let pick_up = PickUp { queue, team: found.team, agent: found.agent, at: now, segment: self.segment };
            self.start_conversation(contact, &pick_up, found.serving, observer);
        } else {
            contact.waited = true;
            self.join_queue(queue, contact, observer);
        }
    }

    fn join_queue<O: Observer>(&mut self, queue: usize, contact: &mut Contact, observer: &mut O) {
        let model = &self.model.queues[queue];
        let now = contact.arrived;
        if self.model.counts_places && !self.has_place(queue, now) {
            self.release_line(queue);
            observer.blocked(queue, contact);
            return self.gone(queue, contact, now, observer);
        }
        contact.gives_up = self.patience_ends(queue, contact);
        if model.balk > 0.0 && contact.key.stream(Purpose::Balk).uniform() < model.balk {
            return self.leave_at_once(queue, contact, observer);
        }
        if !model.plain && !self.stays_when_told(queue, contact, observer) {
            return;
        }
        if self.segment >= model.unserved_from {
            self.release_line(queue);
            observer.dropped(queue, contact, now);
            return self.release_companion(contact, now, observer);
        }
        if self.has_lines(queue) {
            self.lines.lets_go(queue, contact.gives_up);
        }
        self.wait(queue, contact);
    }

    /// When the caller's patience ends; drawn at the arrival in the queue.
    pub(super) fn patience_ends(&self, queue: usize, contact: &Contact) -> Tick {
        self.model.queues[queue].patience.as_ref().map_or(FOREVER, |patience| {
            let seconds = patience.draw(&self.model.zig, &mut contact.key.stream(Purpose::Patience));
            contact.arrived + to_ticks(seconds * TICKS_PER_SECOND)
        })
    }

    pub(super) fn release_line(&mut self, queue: usize) {
        if self.has_lines(queue) {
            self.lines.lets_go_at_once(self.model, queue);
        }
    }

    /// The caller hangs up on finding nobody free.
    #[inline(never)]
    fn leave_at_once<O: Observer>(&mut self, queue: usize, contact: &mut Contact, observer: &mut O) {
        contact.gives_up = contact.arrived;
        self.release_line(queue);
        observer.abandoned(queue, contact);
        self.gone(queue, contact, contact.arrived, observer);
    }

    /// What a caller who has to wait is told, and does about it: leaves, takes a call-back, or stays.
    #[cold]
    fn stays_when_told<O: Observer>(&mut self, queue: usize, contact: &mut Contact, observer: &mut O) -> bool {
        let model = &self.model.queues[queue];
        let now = contact.arrived;
        if let Kind::Chat(chat) = model.kind
            && contact.key.stream(Purpose::Silent).uniform() < chat.silent
        {
            contact.marks = contact.marks.with(Marks::SILENT);
        }
        self.discard_gone(queue, now, observer);
        let Some(told) = self.waiting[queue].front().map(|first| now - first.arrived) else { return true };
        if let Some((balk, patience)) = model.callers.announce
            && contact.gives_up != FOREVER
        {
            let lasts = contact.gives_up - now;
            if lasts < told && contact.key.stream(Purpose::LeavesWhenTold).uniform() < balk {
                self.leave_at_once(queue, contact, observer);
                return false;
            }
            contact.gives_up = now + ((lasts as f64 * patience + 0.5) as Tick).min(LONGEST_TIME);
        }
        !self.takes_call_back(queue, contact, told, observer)
    }

    /// Puts a contact into its place in the queue.
    #[inline(always)]
    pub(super) fn wait(&mut self, queue: usize, contact: &Contact) {
        let model = &self.model.queues[queue];
        let now = self.now;
        // A message put down has waited since it came.
        for delay in model.delays.iter().filter(|&delay| contact.arrived + delay > now || contact.arrived == now) {
            self.delays.push(Reverse((contact.arrived + delay, queue as u32)));
        }
        if !model.delays.is_empty() {
            self.look_at_timers();
        }
        if !model.plain || model.sorted {
            self.watch_patience(queue, contact);
        }
        let place = if model.sorted { self.place_of(queue, contact) } else { self.waiting[queue].len() };
        if place == self.waiting[queue].len() {
            self.waiting[queue].push_back(*contact);
        } else {
            self.waiting[queue].insert(place, *contact);
        }
        if place == 0 {
            self.level_changes(queue, now, true);
        }
    }

    fn place_of(&self, queue: usize, contact: &Contact) -> usize {
        let model = &self.model.queues[queue];
        let own = model.rank(contact);
        let put_down = contact.marks.has(Marks::PUT_DOWN);
        self.waiting[queue].partition_point(|other| model.rank(other) < own || (!put_down && model.rank(other) == own))
    }

    /// A caller whose end of patience has consequences is looked at when it comes.
    fn watch_patience(&mut self, queue: usize, contact: &Contact) {
        let model = &self.model.queues[queue];
        let uncovers = model.sorted && !model.delays.is_empty();
        let matters = uncovers || model.callers.redial.is_some() || contact.marks.has(Marks::ACCOMPANIED);
        if contact.gives_up != FOREVER && matters {
            self.push_timer(contact.gives_up, Due::GivesUp, queue, *contact);
        }
    }

    /// Where in its queue a contact stands that still waits.
    pub(super) fn place_of_waiting(&self, queue: usize, contact: &Contact) -> Option<usize> {
        let (model, waiting) = (&self.model.queues[queue], &self.waiting[queue]);
        let own = model.rank(contact);
        let first = waiting.partition_point(|other| model.rank(other) < own);
        let mut same = (first..waiting.len()).take_while(|&place| model.rank(&waiting[place]) == own);
        same.find(|&place| waiting[place].key == contact.key)
    }

    /// Takes a contact out of its queue, wherever it stands.
    pub(super) fn remove_waiting(&mut self, queue: usize, place: usize) {
        self.waiting[queue].remove(place);
        if place == 0 {
            self.level_changes(queue, self.now, false);
        }
    }

    /// Takes those off the head of the queue who have given up.
    #[inline(always)]
    pub(super) fn discard_gone<O: Observer>(&mut self, queue: usize, now: Tick, observer: &mut O) {
        while let Some(first) = self.waiting[queue].front() {
            if first.gives_up >= now || first.marks.has(Marks::SILENT) {
                return;
            }
            observer.abandoned(queue, first);
            self.take_first(queue, now);
        }
    }

    /// Messages are out of sight while the floor is closed.
    #[inline(always)]
    fn is_hidden(&self, queue: usize) -> bool {
        self.model.queues[queue].kind.is_message() && !self.model.segments[self.segment].open
    }

    /// Brings the queue's level up to date, and the teams that see its first contact because of it. A delay that is
    /// over at this very instant counts once its turn has come, `timers_done`.
    #[inline]
    pub(super) fn level_changes(&mut self, queue: usize, now: Tick, timers_done: bool) {
        let model = &self.model.queues[queue];
        let hidden = self.is_hidden(queue);
        let level = self.waiting[queue].front().filter(|_| !hidden).map_or(0, |first| {
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
            } else if sees && model.looks {
                self.watch(choice.team as usize);
            }
        }
    }

    #[inline]
    pub(super) fn take_first(&mut self, queue: usize, now: Tick) -> Contact {
        let contact = self.waiting[queue].pop_front().expect("the caller has seen the first contact");
        let model = &self.model.queues[queue];
        // Where contacts overtake, the next may have waited longer than the one that goes.
        if self.waiting[queue].is_empty() || self.levels[queue] > 1 || (model.sorted && !model.delays.is_empty()) {
            self.level_changes(queue, now, false);
            // ... and may be worth putting a message down.
            if self.levels[queue] > 1 && self.messages.any_at_work() {
                self.look_later(now, queue as u32);
            }
        }
        contact
    }

    /// A contact has waited long enough for a team that helps out later: if somebody there is idle, the
    /// conversation starts at once. It is then the first of its queue: whoever was before it has been served or has
    /// given up.
    pub(super) fn on_delay_over<O: Observer>(&mut self, observer: &mut O) {
        let Some(Reverse((now, queue))) = self.delays.pop() else { return };
        self.look_at_timers();
        self.now = now;
        self.serve_heads(queue as usize, now, observer);
        self.level_changes(queue as usize, now, true);
    }

    /// The first of a queue is looked at then, as if a delay were over.
    pub(super) fn look_later(&mut self, at: Tick, queue: u32) {
        self.delays.push(Reverse((at, queue)));
        self.look_at_timers();
    }

    /// If an idle agent sees the first of a queue that helpers serve after a time, the conversation starts.
    pub(super) fn serve_first<O: Observer>(&mut self, queue: usize, now: Tick, observer: &mut O) {
        if !self.model.queues[queue].delays.is_empty() {
            self.serve_heads(queue, now, observer);
        }
        self.level_changes(queue, now, true);
    }

    fn serve_heads<O: Observer>(&mut self, queue: usize, now: Tick, observer: &mut O) {
        while !self.is_hidden(queue) {
            self.discard_gone(queue, now, observer);
            let Some(&first) = self.waiting[queue].front() else { break };
            let waited = now - first.arrived;
            let Some(found) = self.find_agent(queue, now, waited, &first, observer) else { break };
            let contact = self.take_first(queue, now);
            let pick_up = PickUp { queue, team: found.team, agent: found.agent, at: now, segment: self.segment };
            self.start_conversation(&contact, &pick_up, found.serving, observer);
        }
    }

    /// Key of the first delay that is over.
    pub(super) fn first_delay(&self) -> u64 {
        self.delays.peek().map_or(u64::MAX, |&Reverse((at, _))| at << CLASS_BITS | DELAY_CLASS)
    }

    /// Whether there is a place for one more waiting contact. Looks at everybody who waits: limits are small. Messages
    /// and customers to be called need none.
    fn has_place(&self, queue: usize, now: Tick) -> bool {
        let queues = &self.model.queues;
        if !queues[queue].needs_place() {
            return true;
        }
        // Nobody knows of those who have left unnoticed.
        let here = |q: &VecDeque<Contact>| {
            q.iter().filter(|contact| contact.gives_up > now || contact.marks.has(Marks::SILENT)).count()
        };
        let in_all = || -> usize {
            queues.iter().zip(&self.waiting).filter(|(q, _)| q.needs_place()).map(|(_, waiting)| here(waiting)).sum()
        };
        queues[queue].queue_capacity.is_none_or(|places| here(&self.waiting[queue]) < places as usize)
            && self.model.queue_capacity.is_none_or(|places| in_all() < places as usize)
    }

    /// The end of the replication: those nobody will ever look at (behind a reserve, or waiting for agents who wait for
    /// each other) have given up, or are turned away.
    pub(super) fn finish_waiting<O: Observer>(&mut self, observer: &mut O) {
        let closing = self.model.segments.iter().rfind(|s| s.open).map_or(0, |s| s.end);
        for queue in 0..self.waiting.len() {
            if self.model.queues[queue].kind.is_message() {
                continue;
            }
            for contact in std::mem::take(&mut self.waiting[queue]) {
                if contact.gives_up != FOREVER {
                    observer.abandoned(queue, &contact);
                    continue;
                }
                let at = closing.max(contact.arrived);
                observer.dropped(queue, &contact, at);
                self.release_companion(&contact, at, observer);
            }
        }
    }

    /// Turns away everybody who still waits.
    pub(super) fn drop_all<O: Observer>(&mut self, queue: usize, now: Tick, observer: &mut O) {
        while !self.waiting[queue].is_empty() {
            let contact = self.take_first(queue, now);
            if contact.gives_up <= now {
                observer.abandoned(queue, &contact);
                continue;
            }
            if self.has_lines(queue) {
                self.lines.stays(queue, contact.gives_up);
                self.lines.lets_go(queue, now);
            }
            observer.dropped(queue, &contact, now);
            self.release_companion(&contact, now, observer);
        }
    }
}

impl Contact {
    /// Goes before those who are not ahead.
    pub(super) fn is_ahead(&self) -> bool {
        self.marks.has(Marks::AHEAD)
    }

    /// A contact that arrives now, for the first time.
    pub(super) fn fresh(model: &Model, queue: usize, key: super::ContactKey, now: Tick, segment: usize) -> Self {
        let credit = model.queues[queue].callers.credit;
        let valued = credit.is_some_and(|(share, _)| key.stream(Purpose::Valued).uniform() < share);
        Self {
            key,
            arrived: now,
            gives_up: FOREVER,
            segment: segment as u32,
            waited: false,
            origin: super::Origin::Fresh,
            attempt: 0,
            marks: if valued { Marks(Marks::VALUED) } else { Marks::default() },
        }
    }
}
