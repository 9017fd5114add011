//! What callers do besides waiting, and the ways by which contacts come, compiled.

use super::{Sampler, Tick, ticks};
use crate::scenario::{self, Scenario};

/// Way of a queue's contacts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// One at a time.
    Call,
    /// Several at a time.
    Chat(Chat),
    /// From a backlog, in idle time.
    Message(Messages),
}

impl Kind {
    /// Whether these are messages.
    pub fn is_message(&self) -> bool {
        matches!(self, Self::Message(_))
    }
}

/// Several contacts at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chat {
    /// Most contacts an agent has in hand.
    pub concurrency: u32,
    /// Each contact in hand beyond one lengthens it by this share.
    pub slowdown: f64,
    /// Share of the impatient who leave unnoticed.
    pub silent: f64,
    /// Time until an agent notices.
    pub silent_timeout: Tick,
}

/// A backlog worked in idle time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Messages {
    /// Put down at once for a call.
    pub preempt: bool,
    /// Waiting at the first opening.
    pub backlog: u32,
}

/// What callers of a queue do besides waiting.
#[derive(Debug, Clone, Default)]
pub struct Callers {
    /// Time in a menu \[s\] and the share it serves.
    pub ivr: Option<(Sampler, f64)>,
    /// Share of those told more than their patience who leave; factor on the patience of the others.
    pub announce: Option<(f64, f64)>,
    /// Offer to be called back.
    pub call_back: Option<CallBack>,
    /// Further attempts.
    pub redial: Option<Redial>,
    /// Share of valued customers and the time by which they are ranked forward.
    pub credit: Option<(f64, Tick)>,
    /// Where contacts are handed on to; the share is the team's ([`super::Serving::transfer`]).
    pub hand_over: Option<HandOver>,
    /// Agents call the customers.
    pub dial: Option<Dial>,
    /// Expected messages that came in while the floor was closed, by day; empty = none.
    pub while_closed: Vec<f64>,
}

/// Offer to be called back.
#[derive(Debug, Clone)]
pub struct CallBack {
    /// Made when the first in the queue has waited at least this.
    pub over: Tick,
    /// Share that accepts.
    pub accept: f64,
    /// Queue of the call-backs.
    pub queue: u32,
    /// Time until the call-back is due \[s\]; `None` = at once.
    pub after: Option<Sampler>,
}

/// Further attempts after an abandonment or a busy signal.
#[derive(Debug, Clone)]
pub struct Redial {
    /// Probability of each.
    pub probability: f64,
    /// Time until then \[s\].
    pub after: Sampler,
    /// Most of them.
    pub attempts: u32,
    /// Their queue.
    pub queue: u32,
}

/// Hand-over to another queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HandOver {
    /// Where to.
    pub queue: u32,
    /// The first agent stays until the second has answered.
    pub warm: bool,
    /// Time both then talk.
    pub time: Tick,
}

/// Outgoing calls.
#[derive(Debug, Clone)]
pub struct Dial {
    /// Probability that the customer answers.
    pub reach: f64,
    /// Time lost when not.
    pub no_answer: Tick,
    /// Time until the next attempt \[s\].
    pub retry: Sampler,
    /// Most attempts in all.
    pub attempts: u32,
}

pub(super) fn kind(channel: &scenario::Channel) -> Kind {
    use scenario::Channel;
    match channel {
        Channel::Voice => Kind::Call,
        Channel::Chat(chat) => Kind::Chat(Chat {
            concurrency: chat.concurrency.max(1),
            slowdown: chat.slowdown,
            silent: chat.silent,
            silent_timeout: ticks(chat.silent_timeout_s),
        }),
        Channel::Email(m) | Channel::Social(m) => Kind::Message(Messages { preempt: m.preempt, backlog: m.backlog }),
    }
}

pub(super) fn callers(scenario: &Scenario, queue: usize) -> Callers {
    let stated = &scenario.queues[queue].callers;
    Callers {
        ivr: stated.ivr.as_ref().map(|ivr| (Sampler::new(&ivr.time), ivr.self_served)),
        announce: stated.announce.as_ref().map(|a| (a.balk, a.patience)),
        call_back: stated.call_back.as_ref().map(|offer| CallBack {
            over: ticks(offer.over_s),
            accept: offer.accept,
            queue: offer.queue as u32,
            after: offer.after.as_ref().map(Sampler::new),
        }),
        redial: stated.redial.as_ref().map(|redial| Redial {
            probability: redial.probability,
            after: Sampler::new(&redial.after),
            attempts: redial.attempts.unwrap_or(u32::MAX),
            queue: redial.queue.unwrap_or(queue) as u32,
        }),
        credit: stated.credit.as_ref().map(|credit| (credit.share, ticks(credit.time_s))),
        hand_over: stated.transfer.as_ref().map(|transfer| HandOver {
            queue: transfer.queue as u32,
            warm: transfer.warm,
            time: ticks(transfer.handover_s),
        }),
        dial: stated.dial.as_ref().map(|dial| Dial {
            reach: dial.reach,
            no_answer: ticks(dial.no_answer_s),
            retry: Sampler::new(&dial.retry),
            attempts: dial.attempts,
        }),
        while_closed: scenario.queues[queue].channel.messages().map_or(Vec::new(), |m| m.while_closed.clone()),
    }
}

/// Whether the queue's contacts do nothing but wait, talk and leave.
pub(super) fn is_plain(kind: &Kind, callers: &Callers) -> bool {
    *kind == Kind::Call
        && callers.ivr.is_none()
        && callers.announce.is_none()
        && callers.call_back.is_none()
        && callers.redial.is_none()
        && callers.credit.is_none()
        && callers.hand_over.is_none()
        && callers.dial.is_none()
}
