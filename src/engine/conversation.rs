//! Conversations: how they begin, how long they take, who stays on the line for whom.

use super::floor::Floor;
use super::loops::Due;
use super::observer::{Contact, Conversation, Marks, Observer, Origin, PickUp};
use super::streams::Purpose;
use crate::model::{
    Bits, FOREVER, HandOver, Kind, LONGEST_TIME, Model, Queue, Sampler, Serving, TICKS_PER_SECOND, Tick, Way,
};
use crate::people::{Outcome, Times};
use crate::special::{ROUND, between};

/// Hand-overs of one contact, at most: a guard against floors that pass callers around for ever.
const MOST_HAND_OVERS: u8 = 20;

/// An agent who stays with the caller until another agent answers.
#[derive(Debug, Clone)]
pub(super) struct Parked {
    /// Name of the caller's next contact.
    next: super::ContactKey,
    contact: Contact,
    pick_up: PickUp,
    conversation: Conversation,
    /// Since when he or she only waits.
    since: Tick,
    /// Time both agents talk.
    together: Tick,
}

impl Floor<'_> {
    /// The one place where a conversation begins.
    #[inline(always)]
    pub(super) fn start_conversation<O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        serving: &Serving,
        observer: &mut O,
    ) {
        match serving.way {
            Way::Plain => self.start_plain(contact, pick_up, serving, observer),
            Way::Steady => self.start_with_people::<true, O>(contact, pick_up, serving, observer),
            _ => self.start_otherwise(contact, pick_up, serving, observer),
        }
    }

    /// The rarer ways, out of the way of the loop of events.
    #[inline(never)]
    fn start_otherwise<O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        serving: &Serving,
        observer: &mut O,
    ) {
        match serving.way {
            Way::Peopled => self.start_with_people::<false, O>(contact, pick_up, serving, observer),
            _ => self.start_special(contact, pick_up, serving, observer),
        }
    }

    #[inline(never)]
    fn start_plain<O: Observer>(&mut self, contact: &Contact, pick_up: &PickUp, serving: &Serving, observer: &mut O) {
        let conversation = self.converse(contact, pick_up.queue, serving.ticks_per_second);
        self.hold_line(contact, pick_up, &conversation);
        self.occupy(pick_up, pick_up.at + conversation.total(), conversation.total());
        observer.answered(contact, pick_up, &conversation);
        observer.worked(pick_up, pick_up.at + conversation.total());
    }

    #[inline(always)]
    pub(super) fn occupy(&mut self, pick_up: &PickUp, until: Tick, busy: Tick) {
        self.teams[pick_up.team].occupy(pick_up.agent, until, busy);
        self.watch(pick_up.team);
    }

    /// The line is held until the caller leaves, not while the agent wraps up.
    #[inline(always)]
    pub(super) fn hold_line(&mut self, contact: &Contact, pick_up: &PickUp, conversation: &Conversation) {
        if self.has_lines(pick_up.queue) {
            if contact.waited {
                self.lines.stays(pick_up.queue, contact.gives_up);
            }
            self.lines.lets_go(pick_up.queue, pick_up.at + conversation.talk + conversation.hold);
        }
    }

    /// A conversation with anything out of the ordinary: ringing, outgoing calls, hand-overs, chats, messages.
    #[cold]
    fn start_special<O: Observer>(&mut self, contact: &Contact, pick_up: &PickUp, serving: &Serving, observer: &mut O) {
        let model = &self.model.queues[pick_up.queue];
        if contact.marks.has(Marks::SILENT) && contact.gives_up < pick_up.at {
            return self.find_nobody(contact, pick_up, observer);
        }
        let ring = self.model.teams[pick_up.team].ring;
        if ring > 0 && model.kind == Kind::Call && model.callers.dial.is_none() {
            return self.ring(contact, pick_up, serving, ring, observer);
        }
        match model.kind {
            Kind::Message(message) => self.start_message(contact, pick_up, message.preempt, serving, observer),
            _ => self.answer(contact, pick_up, serving, observer),
        }
    }

    /// The agent's telephone rings; the caller still waits, and may give up.
    fn ring<O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        serving: &Serving,
        ring: Tick,
        observer: &mut O,
    ) {
        let mut contact = *contact;
        let (queue, now) = (pick_up.queue, pick_up.at);
        if !contact.waited {
            contact.gives_up = self.patience_ends(queue, &contact);
        }
        if contact.gives_up >= now + ring {
            let at = now + ring;
            let segment = self.segment_at(at);
            return self.answer(&contact, &PickUp { at, segment, ..*pick_up }, serving, observer);
        }
        if self.has_lines(queue) && !contact.waited {
            self.lines.lets_go(queue, contact.gives_up);
        }
        if self.blends(pick_up.team) {
            self.ring_in_vain(&contact, pick_up);
        } else {
            self.occupy(pick_up, contact.gives_up, 0);
        }
        observer.abandoned(queue, &contact);
        self.gone(queue, &contact, contact.gives_up, observer);
    }

    /// The segment of an instant not before now.
    pub(super) fn segment_at(&self, at: Tick) -> usize {
        let ends = &self.model.segment_ends[self.segment..];
        self.segment + ends.iter().position(|&end| at < end).unwrap_or(ends.len() - 1)
    }

    /// An agent answers (or reaches nobody).
    fn answer<O: Observer>(&mut self, contact: &Contact, pick_up: &PickUp, serving: &Serving, observer: &mut O) {
        if let Some(talk) = self.dial(contact, pick_up, observer) {
            return self.work(contact, pick_up, &Conversation { talk, ..Conversation::default() }, observer);
        }
        let (mut conversation, came) = self.talk::<false>(contact, pick_up, serving);
        conversation.talk += self.meet_companion(contact, pick_up.at, observer);
        self.hold_line(contact, pick_up, &conversation);
        let to = self.handed_on(contact, pick_up.queue, serving, came.as_ref().map(|(_, outcome)| outcome));
        self.came_of(contact, pick_up, came, pick_up.at + conversation.talk + conversation.hold, observer);
        match (self.model.queues[pick_up.queue].kind, to) {
            (Kind::Chat(chat), to) if self.model.teams[pick_up.team].chats > 1 => {
                self.take_chat(contact, pick_up, &conversation, chat, to);
            }
            (_, Some(to)) => self.hand_over(contact, pick_up, &conversation, to, observer),
            (_, None) => self.work(contact, pick_up, &conversation, observer),
        }
    }

    /// The agent is with the contact until it is over.
    fn work<O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        conversation: &Conversation,
        observer: &mut O,
    ) {
        if self.blends(pick_up.team) {
            return self.take_call(contact, pick_up, conversation, conversation.total());
        }
        self.occupy(pick_up, pick_up.at + conversation.total(), conversation.total());
        tell(contact, pick_up, conversation, observer);
    }

    /// Where the contact is handed on to, if it is.
    pub(super) fn handed_on(
        &self,
        contact: &Contact,
        queue: usize,
        serving: &Serving,
        outcome: Option<&Outcome>,
    ) -> Option<HandOver> {
        let hand_over = self.model.queues[queue].callers.hand_over?;
        let chosen = match outcome {
            Some(outcome) => outcome.is_transferred(),
            None => contact.key.stream(Purpose::HandedOn).uniform() < serving.transfer,
        };
        (chosen && contact.attempt < MOST_HAND_OVERS).then_some(hand_over)
    }

    /// The caller is handed on when the conversation ends; the agent leaves the line then, or stays for company.
    fn hand_over<O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        conversation: &Conversation,
        to: HandOver,
        observer: &mut O,
    ) {
        let since = pick_up.at + conversation.talk + conversation.hold;
        let next = self.leg_to(contact, since, to);
        observer.transferred(pick_up.queue, contact);
        if to.warm {
            if self.blends(pick_up.team) {
                self.take_call(contact, pick_up, conversation, FOREVER);
            } else {
                self.teams[pick_up.team].park(pick_up.agent, conversation.total());
                self.watch(pick_up.team);
            }
            self.parked.push(Parked {
                next,
                contact: *contact,
                pick_up: *pick_up,
                conversation: *conversation,
                since,
                together: to.time,
            });
        } else {
            self.work(contact, pick_up, conversation, observer);
        }
    }

    /// Sends the caller to another queue at an instant, where he or she has a line, free or not.
    pub(super) fn leg_to(&mut self, contact: &Contact, at: Tick, to: HandOver) -> super::ContactKey {
        let queue = to.queue as usize;
        let mut marks = Marks(contact.marks.0 & Marks::VALUED).with(Marks::AHEAD).with(Marks::HANDLED);
        if to.warm {
            marks = marks.with(Marks::ACCOMPANIED);
        }
        let next = Contact { marks, ..contact.follow_up(Origin::Transfer) };
        if self.has_lines(queue) {
            self.lines.stays(queue, at);
        }
        self.push_timer(at, Due::HandOver, queue, next);
        next.key
    }

    /// The second agent answers: both talk for a while, then the first is free. Returns that while.
    fn meet_companion<O: Observer>(&mut self, contact: &Contact, now: Tick, observer: &mut O) -> Tick {
        if !contact.marks.has(Marks::ACCOMPANIED) {
            return 0;
        }
        let together = self.parked.iter().find(|p| p.next == contact.key).map_or(0, |p| p.together);
        self.release(contact, now, together, observer);
        together
    }

    /// Nobody will answer this contact: an agent who stayed with the caller is free.
    pub(super) fn release_companion<O: Observer>(&mut self, contact: &Contact, at: Tick, observer: &mut O) {
        if contact.marks.has(Marks::ACCOMPANIED) {
            self.release(contact, at, 0, observer);
        }
    }

    fn release<O: Observer>(&mut self, next: &Contact, at: Tick, together: Tick, observer: &mut O) {
        let Some(index) = self.parked.iter().position(|p| p.next == next.key) else { return };
        let Parked { contact, pick_up, mut conversation, since, .. } = self.parked.swap_remove(index);
        let planned = conversation.total();
        conversation.hold += at - since;
        conversation.talk += together;
        let until = pick_up.at + conversation.total();
        if self.blends(pick_up.team) {
            return self.end_company(&contact, &pick_up, &conversation, until);
        }
        self.teams[pick_up.team].set_free(pick_up.agent, until);
        self.teams[pick_up.team].count_busy(pick_up.agent, pick_up.at, conversation.total() - planned);
        self.watch(pick_up.team);
        // Before anybody asks this agent, who has no wrap-up.
        if until == self.now && self.teams[pick_up.team].has_surplus() {
            self.first_leaves(pick_up.team, self.now, observer);
        }
        tell(&contact, &pick_up, &conversation, observer);
    }

    /// How long the parts of a conversation take.
    #[inline(always)]
    pub(super) fn converse(&self, contact: &Contact, queue: usize, ticks_per_second: f64) -> Conversation {
        let times = draw_times(self.model, contact, &self.model.queues[queue], ticks_per_second);
        Conversation { talk: to_ticks(times.talk), hold: to_ticks(times.hold), wrap: to_ticks(times.wrap) }
    }
}

/// How long the parts of a conversation take, in ticks and parts of ticks.
#[inline(always)]
pub(super) fn draw_times(model: &Model, contact: &Contact, queue: &Queue, ticks_per_second: f64) -> Times {
    let scale = match queue.handle_factor.get(contact.segment as usize) {
        Some(factor) => ticks_per_second * factor,
        None => ticks_per_second,
    };
    let draw = |sampler: &Sampler, purpose: Purpose| scale * sampler.draw(&model.zig, &mut contact.key.stream(purpose));
    let hold = match &queue.hold {
        Some((length, p)) if contact.key.stream(Purpose::HoldHappens).uniform() < *p => draw(length, Purpose::Hold),
        _ => 0.0,
    };
    Times {
        talk: draw(&queue.talk, Purpose::Talk),
        hold,
        wrap: queue.wrap.as_ref().map_or(0.0, |wrap| draw(wrap, Purpose::Wrap)),
        per_second: TICKS_PER_SECOND,
    }
}

/// Tells of a conversation that was not plain: out of the way of those that are.
#[inline(never)]
fn tell<O: Observer>(contact: &Contact, pick_up: &PickUp, conversation: &Conversation, observer: &mut O) {
    observer.answered(contact, pick_up, conversation);
    observer.worked(pick_up, pick_up.at + conversation.total());
}

/// Whole ticks, cut to what the engine can represent.
#[inline]
pub(super) fn to_ticks(ticks: f64) -> Tick {
    // Half the work of a conversion that must answer for every number.
    (between(0.0, ticks, LONGEST_TIME as f64) + ROUND).to_bits() - ROUND.to_bits()
}
