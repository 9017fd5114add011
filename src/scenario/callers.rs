//! What callers do besides waiting: pass a menu, hear an announcement, take a call-back, dial again, are handed on.

use super::types::Dist;

/// Each mechanism of a queue's callers; absent unless the file mentions it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Callers {
    /// A menu before the queue.
    pub ivr: Option<Ivr>,
    /// What a caller who finds nobody free is told.
    pub announce: Option<Announce>,
    /// An offer to be called back.
    pub call_back: Option<CallBack>,
    /// Another attempt after an abandonment or a busy signal.
    pub redial: Option<Redial>,
    /// Callers who are ranked as if they had waited longer.
    pub credit: Option<Credit>,
    /// Hand-over to another queue after the conversation.
    pub transfer: Option<Transfer>,
    /// Agents call the customers of this queue.
    pub dial: Option<Dial>,
}

/// A menu before the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Ivr {
    /// Time spent in it.
    pub time: Dist,
    /// Share of callers who need nobody after it.
    pub self_served: f64,
}

/// The expected wait is told to callers who find nobody free: the time the first in the queue has waited so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Announce {
    /// Share of those whose patience is shorter than the told wait who leave at once.
    pub balk: f64,
    /// Factor on the patience of those who stay.
    pub patience: f64,
}

/// An offer to be called back.
#[derive(Debug, Clone, PartialEq)]
pub struct CallBack {
    /// Offered when the told wait is at least this \[s\].
    pub over_s: f64,
    /// Share of callers who accept.
    pub accept: f64,
    /// Queue of the call-backs, which has [`Callers::dial`].
    pub queue: usize,
    /// The customer is called after this time; `None` = keeps the place in line (joins the queue at once).
    pub after: Option<Dist>,
}

/// Another attempt after an abandonment or a busy signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Redial {
    /// Probability of each further attempt.
    pub probability: f64,
    /// Time until then.
    pub after: Dist,
    /// Most attempts after the first; `None` = unlimited.
    pub attempts: Option<u32>,
    /// Queue of the further attempts, when it is another one.
    pub queue: Option<usize>,
}

/// Valued customers.
#[derive(Debug, Clone, PartialEq)]
pub struct Credit {
    /// Their share.
    pub share: f64,
    /// They are ranked as if they had waited so much longer \[s\].
    pub time_s: f64,
}

/// Hand-over to another queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// Share of handled contacts that are handed on; a skill may state its own.
    pub probability: f64,
    /// Where to.
    pub queue: usize,
    /// The first agent stays on the line until the second has answered.
    pub warm: bool,
    /// Time both agents then talk \[s\]; 0 for a cold transfer.
    pub handover_s: f64,
}

/// Agents call the customers of this queue: call-backs and campaigns.
#[derive(Debug, Clone, PartialEq)]
pub struct Dial {
    /// Probability that the customer answers.
    pub reach: f64,
    /// Time lost when not \[s\].
    pub no_answer_s: f64,
    /// Time until the next attempt.
    pub retry: Dist,
    /// Most attempts in all.
    pub attempts: u32,
}
