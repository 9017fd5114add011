//! The conversation.

use super::agent::Agent;
use super::caller::{Caller, Mood};
use super::came::{Came, CameSet};
use super::effects::Effects;
use super::encounter::{Encounter, Stated, when};
use super::quick::{happens, rate};
use super::state::State;

/// What a uniform number of the contact decides. The order is that of the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Chance {
    /// Whether an upset or irate caller is calmed.
    Calmed,
    /// Whether the contact is handed on.
    Transferred,
    /// Whether the problem is solved.
    Resolved,
    /// Whether an offer is made.
    Offered,
    /// Whether it is taken.
    Sold,
    /// How the caller rates.
    Satisfied,
    /// Whether the customer stays.
    Retained,
}

/// Parts of a handle time, in the unit of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Times {
    /// Talking.
    pub talk: f64,
    /// On hold.
    pub hold: f64,
    /// After the caller has left.
    pub wrap: f64,
    /// That unit, per second.
    pub per_second: f64,
}

/// The best rating of satisfaction.
pub const TOP_BOX: u8 = 5;

/// What came of a conversation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// How long it took.
    pub times: Times,
    /// Points of strain the agent brought along.
    pub strain: f64,
    /// The caller's mood when the agent answered.
    pub mood: Mood,
    /// The caller's rating, from 1 to [`TOP_BOX`]; 0 where nobody is asked.
    pub rating: u8,
    /// All else.
    pub came: CameSet,
}

impl Outcome {
    /// Whether this came of it.
    #[inline]
    pub fn has(&self, what: Came) -> bool {
        self.came.has(what)
    }

    /// Handed on: nothing but whether the caller was calmed is decided here.
    #[inline]
    pub fn is_transferred(&self) -> bool {
        !self.has(Came::Handled)
    }

    /// Handled and not solved.
    #[inline]
    pub fn is_unsolved(&self) -> bool {
        self.has(Came::Judged) && !self.has(Came::Resolved)
    }
}

/// One conversation: `drawn` are the times from the queue's own distributions, `uniform` gives the contact's own number
/// in (0, 1) for each decision and is asked only where the decision is stated.
///
/// Formulas: the table of [`Effects`] and `docs/people.md`.
#[inline(always)]
pub fn converse(
    agent: &Agent,
    state: &State,
    caller: &Caller,
    stated: &Stated,
    effects: &Effects,
    drawn: &Times,
    uniform: impl Fn(Chance) -> f64,
) -> Outcome {
    let mood = stated.moods.after_wait(caller.mood, effects.mood_waiting * caller.waited_min);
    let (complexity, waited_min) = (caller.complexity, caller.waited_min);
    let switch = if state.switched { agent.switch } else { 0.0 };
    let at = Encounter { agent, state, stated, effects, mood, complexity, waited_min, switch };
    let mut times = times(&at, caller.returns, drawn);
    if let (true, Mood::Irate, Some(end_s)) = (caller.abusive, mood, stated.end_abuse_s) {
        return ended(&at, times, caller.first, end_s);
    }
    let calmed = mood.is_heated() && happens(uniform(Chance::Calmed), at.toward_calm());
    let feels = if calmed { Mood::Calm } else { mood };
    let came = CameSet::default().with(Came::Heated, mood.is_heated()).with(Came::Calmed, calmed);
    if state.transferred > f64::NEG_INFINITY && happens(uniform(Chance::Transferred), at.toward_transfer()) {
        let came = came.with(Came::First, caller.first & stated.resolved.is_some());
        return Outcome { times, strain: state.strain, mood, rating: 0, came };
    }
    let (mut came, mut resolved) = (came.with(Came::Handled, true), true);
    if let Some(r) = stated.resolved {
        resolved = happens(uniform(Chance::Resolved), r + at.toward_resolution());
        came = judged(came, caller.first, resolved);
    }
    if let Some(offer) = stated.offer {
        let offered = resolved & !feels.is_heated() & (uniform(Chance::Offered) < offer.chance);
        let sold = offered & happens(uniform(Chance::Sold), offer.sold + agent.sold);
        times.talk += when(offered, offer.talk_s * drawn.per_second);
        came = came.with(Came::Offered, offered).with(Came::Sold, sold);
    }
    // Where nobody is asked, nobody is disappointed.
    let (mut rating, mut satisfied) = (0, true);
    if let Some(s) = stated.satisfied {
        let logit = s + at.toward_satisfaction(resolved, feels);
        rating = rate(uniform(Chance::Satisfied), logit, effects.rating_step);
        satisfied = rating == TOP_BOX;
        came = came.with(Came::Rated, true).with(Came::Satisfied, satisfied);
    }
    if let Some(r) = stated.retained {
        let retained = happens(uniform(Chance::Retained), r + at.toward_retention(resolved, satisfied));
        came = came.with(Came::Held, true).with(Came::Lost, !retained);
    }
    Outcome { times, strain: state.strain, mood, rating, came }
}

/// A problem that may be solved, and is or not.
#[inline(always)]
fn judged(came: CameSet, first: bool, resolved: bool) -> CameSet {
    let all = came.with(Came::Judged, true).with(Came::First, first);
    all.with(Came::Resolved, resolved).with(Came::FirstResolved, first & resolved)
}

/// The abuse policy ends the call: nothing is solved and nobody is content.
#[cold]
fn ended(at: &Encounter<'_>, mut times: Times, first: bool, end_s: f64) -> Outcome {
    times.talk = times.talk.min(end_s * times.per_second);
    let came = CameSet::default().with(Came::Handled, true).with(Came::Heated, true).with(Came::Ended, true);
    let came = if at.stated.resolved.is_some() { judged(came, first, false) } else { came };
    let rated = at.stated.satisfied.is_some();
    Outcome {
        times,
        strain: at.state.strain,
        mood: at.mood,
        rating: u8::from(rated),
        came: came.with(Came::Rated, rated),
    }
}

#[inline(always)]
fn times(at: &Encounter<'_>, returns: bool, drawn: &Times) -> Times {
    let (agent, state, [talk, hold, wrap]) = (at.agent, at.state, at.stated.times);
    let shared = at.by_complexity() * state.fatigue;
    let recall = if returns { agent.recall } else { 1.0 };
    let talk = drawn.talk * (talk * agent.talk[at.mood as usize] * recall * shared * state.talk(at.effects));
    let more_s = at.effects.switch_talk * at.switch + at.stated.verify_s;
    Times {
        talk: talk + more_s * drawn.per_second,
        hold: drawn.hold * (hold * agent.hold * state.fatigue),
        wrap: drawn.wrap * (wrap * agent.wrap * shared * state.wrap()),
        per_second: drawn.per_second,
    }
}
