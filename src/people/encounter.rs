//! One agent and one caller: the chances of everything that may come of their conversation.

use super::agent::Agent;
use super::caller::{Mood, Moods};
use super::effects::Effects;
use super::state::State;
use crate::special;

/// log(p / (1 - p)).
pub fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

/// A term that is there when something happened, which nobody could predict: without a branch.
#[inline(always)]
pub(super) fn when(happened: bool, term: f64) -> f64 {
    term * f64::from(u8::from(happened))
}

/// The probability with this logit.
#[inline]
pub fn chance(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}

/// What a queue states about its conversations (for one reason of calling), anchored: logits and factors as they hold
/// for an average agent and a calm caller. Absent = not simulated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stated {
    /// Factors on the drawn talk, hold and wrap.
    pub times: [f64; 3],
    /// Shares of the moods.
    pub moods: Moods,
    /// Mean complexity.
    pub complexity: f64,
    /// Logit of resolution.
    pub resolved: Option<f64>,
    /// Logit of satisfaction.
    pub satisfied: Option<f64>,
    /// Offers made.
    pub offer: Option<Offer>,
    /// Logit of keeping the customer.
    pub retained: Option<f64>,
    /// Time by which the agent verifies the solution \[s\]; 0 = does not.
    pub verify_s: f64,
    /// An abusive caller's talk is ended after this time \[s\].
    pub end_abuse_s: Option<f64>,
}

impl Default for Stated {
    fn default() -> Self {
        Self {
            times: [1.0; 3],
            moods: Moods::default(),
            complexity: 0.0,
            resolved: None,
            satisfied: None,
            offer: None,
            retained: None,
            verify_s: 0.0,
            end_abuse_s: None,
        }
    }
}

/// An offer to the caller.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offer {
    /// Share of the resolved calm or confused callers to whom it is made.
    pub chance: f64,
    /// Logit of its being taken.
    pub sold: f64,
    /// Time it takes \[s\].
    pub talk_s: f64,
}

/// Everything that is known when a conversation begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Encounter<'a> {
    pub(super) agent: &'a Agent,
    pub(super) state: &'a State,
    pub(super) stated: &'a Stated,
    pub(super) effects: &'a Effects,
    pub(super) mood: Mood,
    pub(super) complexity: Option<f64>,
    pub(super) waited_min: f64,
    /// The agent's share of the cost of a switch; 0 where there is none.
    pub(super) switch: f64,
}

/// Chance that an agent in this state solves a problem.
pub fn resolution(agent: &Agent, state: &State, stated: &Stated, effects: &Effects, complexity: Option<f64>) -> f64 {
    Encounter { agent, state, stated, effects, mood: Mood::Calm, complexity, waited_min: 0.0, switch: 0.0 }.resolved()
}

impl Encounter<'_> {
    /// Factor on talk and wrap by complexity.
    #[inline]
    pub(super) fn by_complexity(&self) -> f64 {
        let beyond = |c: f64| c - self.stated.complexity;
        self.complexity.map_or(1.0, |c| special::exp(self.effects.complexity_time * beyond(c)))
    }

    /// Logit of an upset or irate caller being calmed.
    #[inline]
    pub(super) fn toward_calm(&self) -> f64 {
        self.effects.calmed_level + self.agent.calmed
    }

    /// Chance that the problem is solved; 1 where nothing is stated.
    #[inline]
    pub(super) fn resolved(&self) -> f64 {
        self.stated.resolved.map_or(1.0, |stated| chance(stated + self.toward_resolution()))
    }

    /// What moves the logit of resolution.
    #[inline]
    pub(super) fn toward_resolution(&self) -> f64 {
        let verify = if self.stated.verify_s > 0.0 { self.effects.resolved_verify } else { 0.0 };
        let complexity = self.complexity.map_or(0.0, |c| {
            self.agent.resolved_by_complexity * c - self.effects.resolved_complexity * (c - self.stated.complexity)
        });
        self.agent.resolved + complexity + verify - self.state.lost_quality(self.effects)
    }

    /// Logit of the contact being handed on.
    #[inline]
    pub(super) fn toward_transfer(&self) -> f64 {
        self.state.transferred + self.agent.transferred
    }

    /// What moves the logit of satisfaction of a caller who now feels like this.
    #[inline]
    pub(super) fn toward_satisfaction(&self, resolved: bool, feels: Mood) -> f64 {
        let (e, agent, state) = (self.effects, self.agent, self.state);
        let unresolved = when(!resolved, e.satisfied_unresolved);
        agent.satisfied[feels as usize]
            - unresolved
            - e.satisfied_waiting * self.waited_min
            - e.satisfied_strain * state.strain
            + state.shock
            - e.switch_satisfied * self.switch
            - state.lost_quality(e)
    }

    /// Chance that an offer is made.
    pub(super) fn offered(&self, resolved: bool, feels: Mood) -> f64 {
        self.stated.offer.map_or(0.0, |offer| if resolved && !feels.is_heated() { offer.chance } else { 0.0 })
    }

    #[inline]
    pub(super) fn toward_retention(&self, resolved: bool, satisfied: bool) -> f64 {
        self.agent.retained
            - when(!resolved, self.effects.retained_unresolved)
            - when(!satisfied, self.effects.retained_unsatisfied)
    }
}
