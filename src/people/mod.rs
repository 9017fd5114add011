//! People: what agents are like, who calls, and what happens between them.
//!
//! The whole room is one pure function, [`converse`], and what goes into it: the [`Profile`] of an agent, its
//! [`State`] at that moment, the [`Caller`], what the queue states ([`Stated`]) and the [`Effects`] that tie them
//! together. No clock, no queue, no generator: whoever asks brings the times drawn from the queue's distributions and
//! the contact's own uniform numbers. Probabilities add up on the logit scale, times multiply.
//!
//! Reading order: `traits`, `effects`, `agent`, `caller`, `encounter` (the chances), `quick` (how they are met), `came`
//! and `converse` (what comes of it), `anchor` (why the averages in the file stay what they are), `state` (what a working
//! day does to a person), `score` (traits from figures).
//!
//! **Neutral**: with a score of 50 in every trait, no moods, no complexity and nothing stated, every factor is exactly
//! 1 and every shift exactly 0.

mod agent;
mod anchor;
mod caller;
mod came;
mod converse;
mod effects;
mod encounter;
mod quick;
mod score;
mod state;
mod traits;

pub use agent::Agent;
pub use anchor::{Anchor, Case, Group, SPREAD, Targets, anchor, population, stated_logit};
pub use caller::{Caller, Complexity, Mood, Moods, Reason};
pub use came::{Came, CameSet};
pub use converse::{Chance, Outcome, TOP_BOX, Times, converse};
pub use effects::{Effect, Effects, Grade, Kind};
pub use encounter::{Offer, Stated, chance, logit, resolution};
pub use score::score;
pub use state::{State, fatigue, mean_experience, quota_hurry, strain_after, strain_now};
pub use traits::{MOST_SCORE, POINTS, Profile, Spread, TRAITS, Tenure, Trait};
