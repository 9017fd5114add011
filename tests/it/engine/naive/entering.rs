//! How contacts come to a queue, wait, leave without an answer and come again.

use callwright::engine::{Contact, ContactKey, Marks, Observer, Origin, Purpose};
use callwright::model::{FOREVER, Kind, LONGEST_TIME, Tick};
use callwright::scenario::AfterClose;

use super::floor::{Call, Class, Due, Line, Naive, uniform};

/// The contact that this one leads to.
pub fn next_contact(contact: &Contact, origin: Origin) -> Contact {
    let valued = if contact.marks.has(Marks::VALUED) { Marks::VALUED } else { 0 };
    Contact {
        key: contact.key.next(origin),
        origin,
        attempt: contact.attempt.saturating_add(1),
        marks: Marks(valued),
        waited: false,
        ..*contact
    }
}

impl<O: Observer> Naive<'_, O> {
    pub fn enter_fresh(&mut self, queue: usize, key: ContactKey, now: Tick) {
        let contact = self.fresh_contact(queue, key, now);
        self.enter(queue, contact, now);
    }

    fn lines_taken(&self, queue: Option<usize>, now: Tick) -> usize {
        self.lines.iter().filter(|l| queue.is_none_or(|q| q == l.queue) && l.until > now).count()
    }

    pub fn release_line(&mut self, key: ContactKey, at: Tick) {
        self.lines.iter_mut().filter(|l| l.key == key).for_each(|l| l.until = at.min(l.until));
    }

    /// First attempts and redials: a line, the menu, the queue.
    fn enter(&mut self, queue: usize, contact: Contact, now: Tick) {
        let model = self.model;
        let q = &model.queues[queue];
        let contact = Contact { arrived: now, segment: self.segment as u32, ..contact };
        if q.holds_line {
            let full = |limit: Option<u32>, taken: usize| limit.is_some_and(|limit| taken >= limit as usize);
            if full(model.lines, self.lines_taken(None, now)) || full(q.lines, self.lines_taken(Some(queue), now)) {
                return self.block(queue, &contact, now);
            }
            self.lines.push(Line { queue, key: contact.key, until: FOREVER });
        }
        let Some((time, self_served)) = &q.callers.ivr else { return self.join(queue, contact, now) };
        let out = now + self.seconds(contact.key, time, Purpose::Menu);
        if uniform(contact.key, Purpose::SelfServed) < *self_served {
            self.release_line(contact.key, out);
            return self.observer.self_served(queue, self.segment);
        }
        self.put_down_as_due(Due { at: out, class: Class::Menu, queue, contact });
    }

    fn put_down_as_due(&mut self, due: Due) {
        self.instants.insert(due.at);
        self.due.push(due);
    }

    /// Redials and call-backs that would find the floor closed come at the next opening, if there is one.
    pub fn come_again(&mut self, due: Due, decided: usize) {
        let segment = self.segment_of(due.at);
        let at = match self.model.next_opening(segment) {
            _ if self.model.segments[segment].open => due.at,
            Some(first) => self.model.segments[first].start,
            None => return self.observer.lost(due.queue, decided),
        };
        self.put_down_as_due(Due { at, ..due });
    }

    pub fn enter_due(&mut self, due: Due, now: Tick) {
        let Due { class, queue, contact, .. } = due;
        if class == Class::HandOver {
            self.move_line(contact.key, queue, now);
        }
        if matches!(class, Class::Menu | Class::HandOver) && !self.model.segments[self.segment].open {
            let serves = self.model.after_close == AfterClose::Serve && self.is_staffed(queue);
            if !serves {
                let contact = Contact { arrived: now, segment: self.segment as u32, waited: false, ..contact };
                return self.drop_contact(queue, &contact, now);
            }
        }
        if class == Class::Redial { self.enter(queue, contact, now) } else { self.join(queue, contact, now) }
    }

    /// The line of the first leg, which already goes by the name of the second, comes to the second's queue; where there
    /// was none one is taken, free or not.
    fn move_line(&mut self, key: ContactKey, queue: usize, now: Tick) {
        let holds = self.model.queues[queue].holds_line;
        self.lines.retain(|l| l.until > now);
        if holds && self.lines.iter().all(|l| l.key != key) {
            self.lines.push(Line { queue, key, until: FOREVER });
        }
        for line in self.lines.iter_mut().filter(|l| l.key == key) {
            (line.queue, line.until) = (queue, if holds { line.until } else { now });
        }
    }

    pub fn join(&mut self, queue: usize, contact: Contact, now: Tick) {
        let model = self.model;
        let q = &model.queues[queue];
        let mut contact =
            Contact { arrived: now, segment: self.segment as u32, gives_up: FOREVER, waited: false, ..contact };
        let mut call = Call { queue, contact, joined: self.joined, left: 0, gone: false };
        self.joined += 1;
        if let Some(agent) = self.choose_agent(queue, &contact, now) {
            return self.take(agent, call, now);
        }
        if let Some(agent) = self.choose_interrupted(queue, &contact, now) {
            self.put_message_down(agent, now);
            return self.take(agent, call, now);
        }
        contact.waited = true;
        if self.is_full(queue) {
            return self.block(queue, &contact, now);
        }
        contact.gives_up = self.patience(queue, &contact, now);
        let told = self.head(queue).map(|first| now - self.waiting[first].contact.arrived);
        if q.balk > 0.0 && uniform(contact.key, Purpose::Balk) < q.balk {
            return self.abandon(queue, &Contact { gives_up: now, ..contact }, now);
        }
        if let (Some(told), Some((leaves, factor))) = (told, q.callers.announce) {
            if contact.gives_up - now < told && uniform(contact.key, Purpose::LeavesWhenTold) < leaves {
                return self.abandon(queue, &Contact { gives_up: now, ..contact }, now);
            }
            if contact.gives_up != FOREVER {
                let patience = ((contact.gives_up - now) as f64 * factor + 0.5) as Tick;
                contact.gives_up = now + patience.min(LONGEST_TIME);
            }
        }
        if told.is_some_and(|told| self.accepts_call_back(queue, &contact, told)) {
            return self.defer(queue, &contact, now);
        }
        if self.segment >= q.unserved_from {
            return self.drop_contact(queue, &contact, now);
        }
        if let Kind::Chat(chat) = q.kind
            && uniform(contact.key, Purpose::Silent) < chat.silent
        {
            contact.marks = contact.marks.with(Marks::SILENT);
        }
        self.instants.extend(q.delays.iter().map(|delay| now + delay));
        if contact.gives_up != FOREVER {
            self.instants.insert(contact.gives_up);
        }
        call.contact = contact;
        self.waiting.push(call);
    }

    /// Only whoever could hear a busy signal takes a place.
    fn is_full(&self, queue: usize) -> bool {
        let queues = &self.model.queues;
        let takes = |queue: usize| !queues[queue].kind.is_message() && queues[queue].callers.dial.is_none();
        let full = |limit: Option<u32>, taken: usize| limit.is_some_and(|limit| taken >= limit as usize);
        let here = self.waiting.iter().filter(|c| c.queue == queue).count();
        let in_all = self.waiting.iter().filter(|c| takes(c.queue)).count();
        takes(queue) && (full(queues[queue].queue_capacity, here) || full(self.model.queue_capacity, in_all))
    }

    pub fn patience(&self, queue: usize, contact: &Contact, now: Tick) -> Tick {
        let patience = self.model.queues[queue].patience.as_ref();
        patience.map_or(FOREVER, |p| now + self.seconds(contact.key, p, Purpose::Patience))
    }

    fn accepts_call_back(&self, queue: usize, contact: &Contact, told: Tick) -> bool {
        let first_hand = matches!(contact.origin, Origin::Fresh | Origin::Redial);
        self.model.queues[queue].callers.call_back.as_ref().is_some_and(|offer| {
            told >= offer.over && first_hand && uniform(contact.key, Purpose::AcceptsCallBack) < offer.accept
        })
    }

    fn defer(&mut self, queue: usize, contact: &Contact, now: Tick) {
        let offer = self.model.queues[queue].callers.call_back.as_ref().unwrap();
        self.observer.deferred(queue, contact);
        self.release_line(contact.key, now);
        let to = offer.queue as usize;
        let contact = Contact { attempt: 0, ..next_contact(contact, Origin::CallBack) };
        match &offer.after {
            None if self.model.segments[self.segment].open => self.join(to, contact, now),
            after => {
                let wait = after.as_ref().map_or(0, |a| self.seconds(contact.key, a, Purpose::CallBackAfter));
                self.come_again(Due { at: now + wait, class: Class::CallBack, queue: to, contact }, self.segment);
            }
        }
    }

    fn block(&mut self, queue: usize, contact: &Contact, now: Tick) {
        self.observer.blocked(queue, contact);
        self.leave(contact, now);
        self.redial(queue, contact, now);
    }

    pub fn abandon(&mut self, queue: usize, contact: &Contact, now: Tick) {
        self.observer.abandoned(queue, contact);
        self.leave(contact, now);
        self.redial(queue, contact, now);
    }

    /// A waiting contact is turned away; a customer who has gone unnoticed gave up before.
    pub fn drop_waiting(&mut self, call: &Call, now: Tick) {
        if call.gone {
            self.observer.abandoned(call.queue, &call.contact);
        } else if call.contact.marks.has(Marks::SILENT) && call.contact.gives_up <= now {
            self.abandon(call.queue, &call.contact, now);
        } else {
            self.drop_contact(call.queue, &call.contact, now);
        }
    }

    fn drop_contact(&mut self, queue: usize, contact: &Contact, now: Tick) {
        self.observer.dropped(queue, contact, now);
        self.leave(contact, now);
    }

    /// The caller is gone: the line is free, and an agent who kept company is too.
    fn leave(&mut self, contact: &Contact, now: Tick) {
        self.release_line(contact.key, now);
        if contact.marks.has(Marks::ACCOMPANIED) {
            self.company_ends(contact.key, now, false);
        }
    }

    pub fn redial(&mut self, queue: usize, contact: &Contact, now: Tick) {
        let Some(redial) = &self.model.queues[queue].callers.redial else { return };
        let first_hand = matches!(contact.origin, Origin::Fresh | Origin::Redial);
        if !first_hand || u32::from(contact.attempt) >= redial.attempts {
            return;
        }
        if uniform(contact.key, Purpose::Redials) < redial.probability {
            let contact = next_contact(contact, Origin::Redial);
            let at = now + self.seconds(contact.key, &redial.after, Purpose::RedialAfter);
            let due = Due { at, class: Class::Redial, queue: redial.queue as usize, contact };
            self.come_again(due, self.segment);
        }
    }
}
