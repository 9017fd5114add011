//! Contacts that come again or later: out of the menu, redialling, handed on, called back.

use std::cmp::{Ordering, Reverse};

use super::arrivals::Source;
use super::conversation::to_ticks;
use super::floor::{CLASS_BITS, Floor};
use super::observer::{Contact, Marks, Observer, Origin, PickUp};
use super::streams::{ContactKey, Purpose};
use crate::model::{Arrivals, Bits, FOREVER, Sampler, TICKS_PER_SECOND, Tick};
use crate::scenario::AfterClose;

/// Waits reach the delay of a team.
pub(super) const DELAY_CLASS: u64 = 3;

/// What falls due for a contact; the number is its class among the events of one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub(super) enum Due {
    /// Patience ends.
    GivesUp = 4,
    /// It leaves the menu.
    MenuOver = 6,
    /// It is tried again.
    Redial = 7,
    /// It comes again, its problem was not solved.
    Repeat = 8,
    /// It is handed on.
    HandOver = 9,
    /// It is to be called.
    CallBack = 10,
}

/// Something that falls due for one contact.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timer {
    key: u64,
    due: Due,
    queue: u32,
    contact: Contact,
}

impl Timer {
    fn order(&self) -> (u64, u32, super::ContactKey) {
        (self.key, self.queue, self.contact.key)
    }
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Timer {}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl Contact {
    /// The contact this one leads to.
    pub(super) fn follow_up(&self, origin: Origin) -> Self {
        Self {
            key: self.key.next(origin),
            origin,
            attempt: self.attempt.saturating_add(1),
            marks: Marks(self.marks.0 & (Marks::VALUED | Marks::HANDLED)),
            gives_up: FOREVER,
            waited: false,
            ..*self
        }
    }
}

impl Floor<'_> {
    pub(super) fn push_timer(&mut self, at: Tick, due: Due, queue: usize, contact: Contact) {
        let timer = Timer { key: at << CLASS_BITS | due as u64, due, queue: queue as u32, contact };
        self.timers.push(Reverse(timer));
        self.next_timer = self.next_timer.min(timer.key);
    }

    /// Brings [`Floor::next_timer`] up to date.
    pub(super) fn look_at_timers(&mut self) {
        let timer = self.timers.peek().map_or(u64::MAX, |Reverse(timer)| timer.key);
        self.next_timer = timer.min(self.first_delay());
    }

    /// The first of all timers falls due.
    #[inline(never)]
    pub(super) fn on_timer<O: Observer>(&mut self, observer: &mut O) {
        if self.first_delay() == self.next_timer {
            return self.on_delay_over(observer);
        }
        let Some(Reverse(Timer { key, due, queue, contact })) = self.timers.pop() else { return };
        self.look_at_timers();
        let (now, queue) = (key >> CLASS_BITS, queue as usize);
        self.now = now;
        match due {
            Due::GivesUp => self.on_gives_up(queue, &contact, observer),
            Due::MenuOver | Due::HandOver => self.join_late(queue, contact, observer),
            Due::Redial | Due::Repeat | Due::CallBack => self.come_again(queue, contact, due, observer),
        }
    }

    /// A caller whose leaving has consequences gives up, unless served before.
    fn on_gives_up<O: Observer>(&mut self, queue: usize, contact: &Contact, observer: &mut O) {
        let Some(place) = self.place_of_waiting(queue, contact) else { return };
        // Whoever leaves unnoticed stays in the queue.
        if !contact.marks.has(Marks::SILENT) {
            self.remove_waiting(queue, place);
            observer.abandoned(queue, contact);
        }
        // Those who were idle before come before whoever is freed by this.
        self.serve_first(queue, self.now, observer);
        self.gone(queue, contact, self.now, observer);
    }

    // ---- arrivals -----------------------------------------------------------------------------------------------

    #[inline(always)]
    pub(super) fn on_arrival<O: Observer>(&mut self, source: usize, now: Tick, observer: &mut O) {
        self.now = now;
        let key = self.sources[source].contact();
        match self.sources[source].next(self.model) {
            Some(at) => self.arrivals.set(source, at),
            None => self.arrivals.take_out(source),
        }
        let Source { queue, early, .. } = self.sources[source];
        if early {
            return self.enter_from_before(queue, key, observer);
        }
        // Passed on by reference until it has its place in a queue: to copy what has just been written, the processor
        // waits until it is there.
        let mut contact = Contact::fresh(self.model, queue, key, now, self.segment);
        self.enter(queue, &mut contact, observer);
    }

    /// A customer of an earlier day comes again.
    #[cold]
    fn enter_from_before<O: Observer>(&mut self, queue: usize, key: ContactKey, observer: &mut O) {
        let contact = Contact::fresh(self.model, queue, key, self.now, self.segment);
        let marks = contact.marks.with(Marks::HANDLED);
        self.enter_again(queue, &mut Contact { origin: Origin::Repeat, attempt: 1, marks, ..contact }, observer);
    }

    /// A caller dials: needs a line, passes the menu, joins the queue.
    #[inline(always)]
    fn enter<O: Observer>(&mut self, queue: usize, contact: &mut Contact, observer: &mut O) {
        let now = contact.arrived;
        if self.has_lines(queue) && !self.lines.seize(self.model, queue, now) {
            observer.blocked(queue, contact);
            return self.gone(queue, contact, now, observer);
        }
        if self.model.queues[queue].callers.ivr.is_some() {
            return self.pass_menu(queue, contact, observer);
        }
        self.join(queue, contact, observer);
    }

    #[cold]
    fn pass_menu<O: Observer>(&mut self, queue: usize, contact: &Contact, observer: &mut O) {
        let Some((time, self_served)) = &self.model.queues[queue].callers.ivr else { return };
        let at = contact.arrived + self.later(time, contact, Purpose::Menu);
        if contact.key.stream(Purpose::SelfServed).uniform() < *self_served {
            if self.has_lines(queue) {
                self.lines.lets_go(queue, at);
            }
            observer.self_served(queue, self.segment);
        } else {
            self.push_timer(at, Due::MenuOver, queue, *contact);
        }
    }

    pub(super) fn later(&self, time: &Sampler, contact: &Contact, purpose: Purpose) -> Tick {
        to_ticks(TICKS_PER_SECOND * time.draw(&self.model.zig, &mut contact.key.stream(purpose)))
    }

    /// A caller who is on the line already joins a queue; after closing only if somebody is there for it.
    fn join_late<O: Observer>(&mut self, queue: usize, mut contact: Contact, observer: &mut O) {
        (contact.arrived, contact.segment) = (self.now, self.segment as u32);
        let open = self.model.segments[self.segment].open;
        if open || (self.model.after_close == AfterClose::Serve && self.is_served(queue)) {
            return self.join_otherwise(queue, &mut contact, observer);
        }
        self.release_line(queue);
        observer.dropped(queue, &contact, self.now);
        self.release_companion(&contact, self.now, observer);
    }

    #[inline(never)]
    fn enter_again<O: Observer>(&mut self, queue: usize, contact: &mut Contact, observer: &mut O) {
        self.enter(queue, contact, observer);
    }

    /// [`Floor::join`] for all but the common way.
    #[inline(never)]
    fn join_otherwise<O: Observer>(&mut self, queue: usize, contact: &mut Contact, observer: &mut O) {
        self.join(queue, contact, observer);
    }

    /// A caller tries again, or is to be called; when the floor is closed, at the next opening.
    fn come_again<O: Observer>(&mut self, queue: usize, mut contact: Contact, due: Due, observer: &mut O) {
        if !self.model.segments[self.segment].open {
            match self.model.next_opening(self.segment) {
                Some(opening) if due == Due::Repeat => {
                    let at = self.in_the_course_of(self.model.segments[opening].day, queue, &contact);
                    self.push_timer(at, due, queue, contact);
                }
                Some(opening) => self.push_timer(self.model.segments[opening].start, due, queue, contact),
                None if due == Due::Repeat => observer.repeat_later(queue, contact.segment as usize),
                None => observer.lost(queue, contact.segment as usize),
            }
            return;
        }
        (contact.arrived, contact.segment) = (self.now, self.segment as u32);
        if due == Due::Redial || due == Due::Repeat {
            self.enter_again(queue, &mut contact, observer);
        } else {
            self.join_otherwise(queue, &mut contact, observer);
        }
    }

    /// When on this day a customer comes whose repeat fell due while the floor was closed: as the queue's own contacts
    /// do.
    fn in_the_course_of(&self, day: usize, queue: usize, contact: &Contact) -> Tick {
        let span = &self.model.days[day];
        let first = self.model.segments[span.first].interval;
        let mut u = contact.key.stream(Purpose::RepeatOnDay).uniform();
        let mut interval = first + ((u * span.intervals as f64) as usize).min(span.intervals - 1);
        u = u * span.intervals as f64 - (interval - first) as f64;
        if let Arrivals::Poisson(pieces) = &self.model.queues[queue].arrivals {
            let pieces = &pieces[first..first + span.intervals];
            let all = pieces[span.intervals - 1].through;
            if all > 0.0 {
                let place = contact.key.stream(Purpose::RepeatOnDay).uniform() * all;
                let index = pieces.partition_point(|piece| piece.through <= place).min(span.intervals - 1);
                let piece = &pieces[index];
                (interval, u) = (first + index, (place - piece.before) / (piece.through - piece.before));
            }
        }
        let into = (u * self.model.interval_ticks as f64) as Tick;
        self.model.interval_starts[interval] + into.min(self.model.interval_ticks - 1)
    }

    // ---- what becomes of callers who were not served -------------------------------------------------------------

    /// A caller has left without being served at `at`: whoever kept company is free, and there may be another attempt.
    #[inline(never)]
    pub(super) fn gone<O: Observer>(&mut self, queue: usize, contact: &Contact, at: Tick, observer: &mut O) {
        self.release_companion(contact, at, observer);
        let Some(redial) = &self.model.queues[queue].callers.redial else { return };
        let comes_back = matches!(contact.origin, Origin::Fresh | Origin::Redial)
            && u32::from(contact.attempt) < redial.attempts
            && contact.key.stream(Purpose::Redials).uniform() < redial.probability;
        if comes_back {
            let next = Contact { segment: self.segment_at(at) as u32, ..contact.follow_up(Origin::Redial) };
            let due = at + self.later(&redial.after, &next, Purpose::RedialAfter);
            self.push_timer(due, Due::Redial, redial.queue as usize, next);
        }
    }

    /// Whether the caller takes a call-back instead of waiting.
    pub(super) fn takes_call_back<O: Observer>(
        &mut self,
        queue: usize,
        contact: &Contact,
        told: Tick,
        observer: &mut O,
    ) -> bool {
        let Some(offer) = &self.model.queues[queue].callers.call_back else { return false };
        let takes = told >= offer.over
            && matches!(contact.origin, Origin::Fresh | Origin::Redial)
            && contact.key.stream(Purpose::AcceptsCallBack).uniform() < offer.accept;
        if takes {
            self.release_line(queue);
            observer.deferred(queue, contact);
            let next = Contact { attempt: 0, ..contact.follow_up(Origin::CallBack) };
            match &offer.after {
                None => self.come_again(offer.queue as usize, next, Due::CallBack, observer),
                Some(after) => {
                    let due = contact.arrived + self.later(after, &next, Purpose::CallBackAfter);
                    self.push_timer(due, Due::CallBack, offer.queue as usize, next);
                }
            }
        }
        takes
    }

    /// An outgoing call: the time it takes to find that nobody answers; `None` when the customer does (or when it is
    /// none).
    pub(super) fn dial<O: Observer>(&mut self, contact: &Contact, pick_up: &PickUp, observer: &mut O) -> Option<Tick> {
        let dial = self.model.queues[pick_up.queue].callers.dial.as_ref()?;
        if contact.key.stream(Purpose::Reached).uniform() < dial.reach {
            return None;
        }
        observer.unreached(pick_up.queue, contact);
        if u32::from(contact.attempt) + 1 < dial.attempts {
            let next = Contact { segment: self.segment as u32, ..contact.follow_up(Origin::CallBack) };
            let due = pick_up.at + dial.no_answer + self.later(&dial.retry, &next, Purpose::RetryAfter);
            self.push_timer(due, Due::CallBack, pick_up.queue, next);
        }
        Some(dial.no_answer)
    }
}
