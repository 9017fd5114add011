//! Conversations: ringing, outgoing calls, hand-overs and messages.

use callwright::engine::{Contact, ContactKey, Conversation, DayKey, Marks, Observer, Origin, PickUp, Purpose};
use callwright::model::{Bits, FOREVER, Kind, Tick};

use super::entering::next_contact;
use super::floor::{Call, Class, Doing, Due, Naive, Warm, uniform};

impl<O: Observer> Naive<'_, O> {
    pub fn conversation(&self, queue: usize, contact: &Contact, team: usize) -> Conversation {
        let q = &self.model.queues[queue];
        let factor = q.handle_factor.get(contact.segment as usize).copied().unwrap_or(1.0);
        let scale = self.choice(queue, team).serving.ticks_per_second * factor;
        let held = q.hold.as_ref().filter(|(_, p)| uniform(contact.key, Purpose::HoldHappens) < *p);
        Conversation {
            talk: self.ticks(contact.key, &q.talk, Purpose::Talk, scale),
            hold: held.map_or(0, |(length, _)| self.ticks(contact.key, length, Purpose::Hold, scale)),
            wrap: q.wrap.as_ref().map_or(0, |wrap| self.ticks(contact.key, wrap, Purpose::Wrap, scale)),
        }
    }

    pub fn pick_up(&self, agent: usize, queue: usize, now: Tick, segment: usize) -> PickUp {
        let a = &self.agents[agent];
        PickUp { queue, team: a.team, agent: a.number, at: now, segment }
    }

    /// The agent takes the contact, from the queue or as it arrives.
    pub fn take(&mut self, agent: usize, call: Call, now: Tick) {
        let q = &self.model.queues[call.queue];
        match q.kind {
            Kind::Chat(_) if self.model.teams[self.agents[agent].team].chats > 1 => self.take_chat(agent, &call, now),
            Kind::Chat(chat) => self.take_only_chat(agent, &call, chat.silent_timeout, now),
            Kind::Message(_) => self.take_message(agent, call, now),
            Kind::Call => {
                self.progress(agent, now);
                let ring = self.model.teams[self.agents[agent].team].ring;
                if ring > 0 && q.callers.dial.is_none() {
                    self.ring(agent, call, ring, now);
                } else {
                    self.begin(agent, &call, now, self.segment);
                }
                self.plan_ends(agent, now);
            }
        }
    }

    /// One chat at a time is like a call.
    fn take_only_chat(&mut self, agent: usize, call: &Call, silent_timeout: Tick, now: Tick) {
        if !call.is_silent(now) {
            return self.begin(agent, call, now, self.segment);
        }
        self.observer.abandoned(call.queue, &call.contact);
        let until = now + silent_timeout;
        self.observer.busy(self.agents[agent].team, self.agents[agent].number, self.segment, now, until);
        self.book_busy(agent, now, silent_timeout);
        self.agents[agent].doing = Some(Doing::Call { until });
        self.instants.insert(until);
    }

    /// With this and nothing else until then, or perhaps with chats beside it.
    fn occupy(&mut self, agent: usize, pick_up: PickUp, until: Tick) {
        if self.blends(pick_up.team) {
            self.observer.in_hand(&pick_up, until);
        } else {
            self.observer.worked(&pick_up, until);
            self.book_busy(agent, pick_up.at, until - pick_up.at);
        }
        self.agents[agent].doing = Some(Doing::Call { until });
        self.instants.insert(until);
    }

    fn ring(&mut self, agent: usize, mut call: Call, ring: Tick, now: Tick) {
        if !call.contact.waited {
            call.contact.gives_up = self.patience(call.queue, &call.contact, now);
        }
        let answered = call.contact.gives_up >= now + ring;
        let until = if answered { now + ring } else { call.contact.gives_up };
        self.instants.insert(until);
        self.agents[agent].doing = Some(Doing::Ring { call, until, answered });
    }

    /// Class 4: callers whom nobody answered in time. Their agents are free since class 0.
    pub fn hang_up_while_ringing(&mut self, now: Tick) {
        for call in std::mem::take(&mut self.rung_out) {
            self.abandon(call.queue, &call.contact, now);
        }
    }

    fn begin(&mut self, agent: usize, call: &Call, now: Tick, segment: usize) {
        let (queue, contact) = (call.queue, &call.contact);
        let pick_up = self.pick_up(agent, queue, now, segment);
        self.gets_busy(agent, now, segment);
        let dial = self.model.queues[queue].callers.dial.as_ref();
        if dial.is_some_and(|dial| uniform(contact.key, Purpose::Reached) >= dial.reach) {
            return self.nobody_there(agent, call, pick_up);
        }
        let mut parts = self.conversation(queue, contact, pick_up.team);
        if contact.marks.has(Marks::ACCOMPANIED) {
            parts.talk += self.company_ends(contact.key, now, true);
        }
        let leaves = now + parts.talk + parts.hold;
        let second = self.hand_over(queue, contact, pick_up.team, leaves);
        let Some((second, Some(time))) = second else {
            if second.is_none() {
                self.release_line(contact.key, leaves);
            }
            return self.converse(agent, contact, pick_up, parts);
        };
        self.instants.insert(leaves);
        let warm = Warm { contact: *contact, pick_up, parts, second, time };
        self.agents[agent].doing = Some(Doing::WarmTalk { warm, until: leaves });
    }

    /// A conversation all of which is known.
    fn converse(&mut self, agent: usize, contact: &Contact, pick_up: PickUp, parts: Conversation) {
        self.observer.answered(contact, &pick_up, &parts);
        self.occupy(agent, pick_up, pick_up.at + parts.total());
    }

    /// Busy time of the day on which it began.
    pub fn book_busy(&mut self, agent: usize, from: Tick, ticks: Tick) {
        let day = self.model.segments[self.segment].day;
        if from >= self.model.segments[self.model.days[day].first].start {
            self.agents[agent].busy += ticks;
        }
    }

    /// Decides whether the contact is handed on when the caller is done: the second leg's name, and when an agent
    /// keeps the caller company the time both then talk.
    pub fn hand_over(
        &mut self,
        queue: usize,
        contact: &Contact,
        team: usize,
        leaves: Tick,
    ) -> Option<(ContactKey, Option<Tick>)> {
        let to = self.model.queues[queue].callers.hand_over?;
        let share = self.choice(queue, team).serving.transfer;
        if contact.attempt >= 20 || uniform(contact.key, Purpose::HandedOn) >= share {
            return None;
        }
        self.observer.transferred(queue, contact);
        let mut second = next_contact(contact, Origin::Transfer);
        second.marks = second.marks.with(Marks::AHEAD);
        if to.warm {
            second.marks = second.marks.with(Marks::ACCOMPANIED);
        }
        self.lines.iter_mut().filter(|l| l.key == contact.key).for_each(|l| l.key = second.key);
        self.instants.insert(leaves);
        self.due.push(Due { at: leaves, class: Class::HandOver, queue: to.queue as usize, contact: second });
        Some((second.key, to.warm.then_some(to.time)))
    }

    /// The agent who keeps the caller of this second leg company is released; returns the time both talk.
    pub fn company_ends(&mut self, second: ContactKey, now: Tick, answered: bool) -> Tick {
        let (agent, warm) = (0..self.agents.len())
            .find_map(|a| match self.agents[a].doing {
                Some(Doing::Company { warm } | Doing::WarmTalk { warm, .. }) if warm.second == second => {
                    Some((a, warm))
                }
                _ => None,
            })
            .unwrap();
        let mut parts = warm.parts;
        let time = if answered { warm.time } else { 0 };
        parts.hold += now - (warm.pick_up.at + parts.talk + parts.hold);
        parts.talk += time;
        self.converse(agent, &warm.contact, warm.pick_up, parts);
        if now == warm.pick_up.at + parts.total() {
            self.hands_free(agent, now);
        }
        time
    }

    /// The customer does not answer: time lost, and perhaps another attempt.
    fn nobody_there(&mut self, agent: usize, call: &Call, pick_up: PickUp) {
        let (queue, contact) = (call.queue, &call.contact);
        let dial = self.model.queues[queue].callers.dial.as_ref().unwrap();
        self.observer.unreached(queue, contact);
        self.converse(agent, contact, pick_up, Conversation { talk: dial.no_answer, ..Conversation::default() });
        if u32::from(contact.attempt) + 1 < dial.attempts {
            let contact = next_contact(contact, Origin::CallBack);
            let wait = self.seconds(contact.key, &dial.retry, Purpose::RetryAfter);
            let at = pick_up.at + dial.no_answer + wait;
            self.come_again(Due { at, class: Class::CallBack, queue, contact }, self.segment);
        }
    }

    fn take_message(&mut self, agent: usize, call: Call, now: Tick) {
        let pick_up = self.pick_up(agent, call.queue, now, self.segment);
        let mut work = call.left;
        if !call.contact.marks.has(Marks::PUT_DOWN) {
            let parts = self.conversation(call.queue, &call.contact, pick_up.team);
            self.observer.answered(&call.contact, &pick_up, &parts);
            work = parts.total();
        }
        self.instants.insert(now + work);
        self.agents[agent].doing = Some(Doing::Message { call, pick_up, until: now + work });
    }

    pub fn put_message_down(&mut self, agent: usize, now: Tick) {
        let Some(Doing::Message { mut call, pick_up, until }) = self.agents[agent].doing.take() else { unreachable!() };
        self.observer.worked(&pick_up, now);
        self.book_busy(agent, pick_up.at, now - pick_up.at);
        call.contact.marks = call.contact.marks.with(Marks::PUT_DOWN);
        call.left = until - now;
        call.joined = -self.joined;
        self.joined += 1;
        self.agents[agent].since = now;
        let delays = &self.model.queues[call.queue].delays;
        self.instants.extend(delays.iter().map(|delay| call.contact.arrived + delay).filter(|&at| at > now));
        self.waiting.push(call);
    }

    /// Messages that came in while the floor was closed wait from the first instant of the opening.
    pub fn night_messages(&mut self, now: Tick) {
        let day = self.model.segments[self.segment].day;
        if self.model.days[day].first != self.segment {
            return;
        }
        for (queue, q) in self.model.queues.iter().enumerate() {
            let Kind::Message(messages) = q.kind else { continue };
            let name = DayKey::new(self.model.seed, self.replication, day as u64, q.name_hash);
            let mean = q.callers.while_closed.get(day).copied().unwrap_or(0.0);
            self.instants.extend(q.delays.iter().map(|delay| now + delay));
            let backlog = if day == 0 { u64::from(messages.backlog) } else { 0 };
            for serial in 0..backlog + self.poisson(mean, &mut name.stream(Purpose::WhileClosed)) {
                let contact = self.fresh_contact(queue, name.contact((1 << 32) + serial), now);
                let contact = Contact { waited: true, gives_up: FOREVER, ..contact };
                self.waiting.push(Call { queue, contact, joined: self.joined, left: 0, gone: false });
                self.joined += 1;
            }
        }
    }

    /// As many exponential gaps as fit into the mean.
    fn poisson(&self, mean: f64, gaps: &mut impl Bits) -> u64 {
        let mut sum = 0.0;
        let fits = std::iter::from_fn(|| {
            sum += self.model.zig.exponential(gaps);
            (mean > 0.0 && sum <= mean).then_some(())
        });
        fits.count() as u64
    }

    /// Class 0.
    pub fn work_ends(&mut self, now: Tick) {
        self.chats_end(now);
        for agent in 0..self.agents.len() {
            let until = match &self.agents[agent].doing {
                Some(
                    Doing::Ring { until, .. }
                    | Doing::Call { until }
                    | Doing::WarmTalk { until, .. }
                    | Doing::Message { until, .. },
                ) => *until,
                Some(Doing::Company { .. }) | None => continue,
            };
            if until <= now {
                self.next_part(agent, now);
            }
        }
    }

    fn next_part(&mut self, agent: usize, now: Tick) {
        match *self.agents[agent].doing.as_ref().unwrap() {
            // The instant at which an interval begins belongs to it.
            Doing::Ring { call, answered: true, .. } => return self.begin(agent, &call, now, self.segment_of(now)),
            Doing::WarmTalk { warm, .. } => {
                self.agents[agent].doing = Some(Doing::Company { warm });
                return;
            }
            Doing::Ring { call, answered: false, .. } => self.rung_out.push(call),
            Doing::Message { pick_up, until, .. } => {
                self.observer.worked(&pick_up, until);
                self.book_busy(agent, pick_up.at, until - pick_up.at);
            }
            Doing::Call { .. } | Doing::Company { .. } => {}
        }
        self.hands_free(agent, now);
    }
}
