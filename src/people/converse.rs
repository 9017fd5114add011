//! The conversation.

use super::agent::Agent;
use super::caller::{Caller, Mood};
use super::effects::Effects;
use super::encounter::{Encounter, Stated};
use super::quick::happens;
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
    /// Whether the caller rates top box.
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
    /// Calm again at the end, though upset or irate before.
    pub calmed: bool,
    /// Ended for abuse.
    pub ended: bool,
    /// Handed on: nothing else below is decided here.
    pub transferred: bool,
    /// The problem is solved (or nothing is stated about it).
    pub resolved: bool,
    /// An offer was made ...
    pub offered: bool,
    /// ... and taken.
    pub sold: bool,
    /// The caller rates top box (false where nothing is stated).
    pub satisfied: bool,
    /// The caller's rating, from 1 to [`TOP_BOX`]; 0 where nobody is asked.
    pub rating: u8,
    /// The customer stays.
    pub retained: bool,
    /// Something is stated about solving problems ...
    pub judged: bool,
    /// ... about satisfaction ...
    pub rated: bool,
    /// ... about keeping the customer.
    pub held: bool,
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
    let at = Encounter { agent, state, stated, effects, mood, complexity, waited_min };
    let mut times = times(&at, caller.returns, drawn);
    if let (true, Mood::Irate, Some(end_s)) = (caller.abusive, mood, stated.end_abuse_s) {
        return ended(&at, times, end_s);
    }
    let calmed = mood.is_heated() && happens(uniform(Chance::Calmed), at.toward_calm());
    let feels = if calmed { Mood::Calm } else { mood };
    if state.transferred > f64::NEG_INFINITY && happens(uniform(Chance::Transferred), at.toward_transfer()) {
        return Outcome { calmed, transferred: true, ..undecided(&at, times) };
    }
    let resolved = match stated.resolved {
        Some(r) => happens(uniform(Chance::Resolved), r + at.toward_resolution()),
        None => true,
    };
    let mut sold = false;
    let offer = stated.offer.filter(|offer| resolved & !feels.is_heated() & (uniform(Chance::Offered) < offer.chance));
    if let Some(offer) = offer {
        times.talk += offer.talk_s * drawn.per_second;
        sold = happens(uniform(Chance::Sold), offer.sold + agent.sold);
    }
    let rating = match stated.satisfied {
        Some(s) => rate(uniform(Chance::Satisfied), s + at.toward_satisfaction(resolved, feels), effects.rating_step),
        None => 0,
    };
    let satisfied = rating == TOP_BOX;
    // Where nobody is asked, nobody is disappointed.
    let content = satisfied || stated.satisfied.is_none();
    let retained = match stated.retained {
        Some(r) => happens(uniform(Chance::Retained), r + at.toward_retention(resolved, content)),
        None => true,
    };
    Outcome {
        times,
        strain: state.strain,
        mood,
        calmed,
        ended: false,
        transferred: false,
        resolved,
        offered: offer.is_some(),
        sold,
        satisfied,
        rating,
        retained,
        judged: stated.resolved.is_some(),
        rated: stated.satisfied.is_some(),
        held: stated.retained.is_some(),
    }
}

/// A caller's rating, given the logit of the top box: each lower one or better is a step more likely (proportional odds,
/// McCullagh 1980).
#[inline(always)]
fn rate(u: f64, top_box: f64, step: f64) -> u8 {
    let mut rating = TOP_BOX;
    let mut logit = top_box;
    while rating > 1 && !happens(u, logit) {
        rating -= 1;
        logit += step;
    }
    rating
}

/// The abuse policy ends the call: nothing is solved and nobody is content.
#[cold]
fn ended(at: &Encounter<'_>, mut times: Times, end_s: f64) -> Outcome {
    times.talk = times.talk.min(end_s * times.per_second);
    let (resolved, rated) = (at.stated.resolved.is_none(), at.stated.satisfied.is_some());
    Outcome { ended: true, resolved, rated, rating: u8::from(rated), ..undecided(at, times) }
}

/// What is known before anything comes of it.
fn undecided(at: &Encounter<'_>, times: Times) -> Outcome {
    Outcome {
        times,
        strain: at.state.strain,
        mood: at.mood,
        calmed: false,
        ended: false,
        transferred: false,
        resolved: false,
        offered: false,
        sold: false,
        satisfied: false,
        rating: 0,
        retained: true,
        judged: at.stated.resolved.is_some(),
        rated: false,
        held: false,
    }
}

#[inline(always)]
fn times(at: &Encounter<'_>, returns: bool, drawn: &Times) -> Times {
    let (agent, state, [talk, hold, wrap]) = (at.agent, at.state, at.stated.times);
    let shared = at.by_complexity() * state.fatigue;
    let recall = if returns { agent.recall } else { 1.0 };
    let mut talk = drawn.talk * (talk * agent.talk[at.mood as usize] * recall * shared * state.talk(at.effects));
    if state.switched {
        talk += at.effects.switch_talk * agent.switch * drawn.per_second;
    }
    if at.stated.verify_s > 0.0 {
        talk += at.stated.verify_s * drawn.per_second;
    }
    Times {
        talk,
        hold: drawn.hold * (hold * agent.hold * state.fatigue),
        wrap: drawn.wrap * (wrap * agent.wrap * shared * state.wrap()),
        per_second: drawn.per_second,
    }
}
