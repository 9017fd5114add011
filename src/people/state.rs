//! What a working day does to a person: fatigue, strain, hurry, good and bad days.

use super::agent::Agent;
use super::caller::Mood;
use super::effects::Effects;
use super::traits::Tenure;

/// An agent at the beginning of a conversation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State {
    /// Factor on handle time ([`fatigue`]).
    pub fatigue: f64,
    /// Points of strain.
    pub strain: f64,
    /// The last contact of this shift was of another queue or channel.
    pub switched: bool,
    /// A good or bad day, on the logit of satisfaction.
    pub shock: f64,
    /// Share of talk pressed out by a quota ([`quota_hurry`]).
    pub hurry: f64,
    /// Callers wait, and agents hurry then.
    pub pressed: bool,
    /// Logit of an average agent of the team handing the contact on; negative infinity = never.
    pub transferred: f64,
}

impl Default for State {
    fn default() -> Self {
        Self::RESTED
    }
}

impl State {
    /// Nothing has happened yet.
    pub const RESTED: Self = Self {
        fatigue: 1.0,
        strain: 0.0,
        switched: false,
        shock: 0.0,
        hurry: 0.0,
        pressed: false,
        transferred: f64::NEG_INFINITY,
    };

    /// What hurry costs on the logits of resolution and satisfaction.
    #[inline]
    pub(super) fn lost_quality(&self, effects: &Effects) -> f64 {
        if self.hurry == 0.0 && !self.pressed {
            return 0.0;
        }
        effects.quota_quality * self.hurry + if self.pressed { effects.pressure_quality } else { 0.0 }
    }

    /// Factor on talk by hurry.
    #[inline]
    pub(super) fn talk(&self, effects: &Effects) -> f64 {
        (1.0 - self.hurry) * if self.pressed { (1.0 - effects.pressure_talk).max(0.0) } else { 1.0 }
    }

    /// Factor on wrap-up: records suffer first.
    #[inline]
    pub(super) fn wrap(&self) -> f64 {
        (1.0 - self.hurry) * (1.0 - self.hurry)
    }
}

/// Factor on handle time after so long on the floor \[s\], breaks not counted.
pub fn fatigue(worked_s: f64, effects: &Effects) -> f64 {
    if !effects.fatigue || worked_s <= effects.fatigue_after {
        return 1.0;
    }
    libm::pow(worked_s / effects.fatigue_after, effects.fatigue_time)
}

/// Share of talk an agent presses out to reach a quota \[contacts an hour\], whose own handle time would be this \[s\].
pub fn quota_hurry(quota: f64, handle_s: f64, effects: &Effects) -> f64 {
    (1.0 - 3600.0 / (quota * handle_s)).clamp(0.0, effects.quota_most)
}

/// What is left of strain after so long on the floor \[s\].
pub fn strain_now(strain: f64, passed_s: f64, effects: &Effects) -> f64 {
    if strain == 0.0 { 0.0 } else { strain * libm::exp2(-passed_s / effects.strain_half_life) }
}

/// Strain after a conversation.
pub fn strain_after(strain: f64, agent: &Agent, mood: Mood, calmed: bool) -> f64 {
    if mood == Mood::Irate && !calmed { strain + agent.strain } else { strain }
}

/// Mean factor on handle time over a team's time on the job, by 4,096 equally likely people.
pub fn mean_experience(tenure: &Tenure, effects: &Effects) -> f64 {
    const PEOPLE: usize = 4096;
    let factor = |i: usize| {
        let weeks = tenure.weeks(-libm::log((i as f64 + 0.5) / PEOPLE as f64)).clamp(1.0, 52.0);
        libm::pow(52.0 / weeks, effects.experience_time)
    };
    (0..PEOPLE).map(factor).sum::<f64>() / PEOPLE as f64
}
