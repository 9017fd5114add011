//! A profile turned into what a conversation needs: factors and sums that do not depend on the caller.

use super::caller::{MOODS, Mood};
use super::effects::Effects;
use super::traits::{Profile, Trait};
use crate::special::exp;

/// Weeks after which handle times and resolution are those of an experienced agent.
const FIRST_YEAR: f64 = 52.0;

/// An agent as a conversation sees one. For a [`Profile`] of averages every factor is exactly 1 and every term 0.
///
/// What most conversations need comes first, to be close together in the processor's cache.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C)]
pub struct Agent {
    /// Factors on talk by mood of the caller.
    pub(super) talk: [f64; MOODS.len()],
    pub(super) hold: f64,
    pub(super) wrap: f64,
    pub(super) resolved: f64,
    /// Per unit of complexity.
    pub(super) resolved_by_complexity: f64,
    /// By how the caller feels in the end.
    pub(super) satisfied: [f64; MOODS.len()],
    pub(super) sold: f64,
    pub(super) retained: f64,
    pub(super) calmed: f64,
    /// Cost of a switch is multiplied by this.
    pub(super) switch: f64,
    /// A further factor on talk when the caller has been here before.
    pub(super) recall: f64,
    pub(super) transferred: f64,
    /// Standard deviation of good and bad days.
    pub(super) shock_sd: f64,
    /// Strain of an irate caller who was not calmed.
    pub(super) strain: f64,
    /// Probabilities of absence and lateness are multiplied by this.
    pub(super) unreliable: f64,
}

impl Default for Agent {
    fn default() -> Self {
        Self::new(&Profile::default(), &Effects::default())
    }
}

impl Agent {
    /// What a profile comes to under these effects.
    pub fn new(profile: &Profile, e: &Effects) -> Self {
        let z = |of| profile.z(of);
        let weeks = profile.weeks.map_or(FIRST_YEAR, |weeks| weeks.clamp(1.0, FIRST_YEAR));
        // ln(52 / 52) is exactly 0.
        let learning = libm::log(FIRST_YEAR / weeks);
        let experience = e.experience_time * learning;
        let shield = exp(-e.patience_shield * z(Trait::Patience));
        let talk = |mood: Mood| {
            let confused = if mood == Mood::Confused { e.communication_talk_confused } else { e.communication_talk };
            exp(shield * libm::log(e.talk_with(mood)) - e.efficiency_time * z(Trait::Efficiency)
                + e.empathy_talk * z(Trait::Empathy)
                - confused * z(Trait::Communication)
                - e.knowledge_talk * z(Trait::Knowledge)
                + experience)
        };
        let satisfied = |feels: Mood| {
            let empathy = if feels.is_heated() { e.satisfied_empathy_upset } else { e.satisfied_empathy };
            empathy * z(Trait::Empathy)
                + e.satisfied_communication * z(Trait::Communication)
                + e.satisfied_attitude * z(Trait::Attitude)
                - e.satisfied_in(feels) * shield
        };
        Self {
            talk: MOODS.map(talk),
            recall: exp(-e.memory_repeat * z(Trait::Memory)),
            hold: exp(experience - e.knowledge_hold * z(Trait::Knowledge) - e.memory_time * z(Trait::Memory)),
            wrap: exp(experience
                - e.efficiency_time * z(Trait::Efficiency)
                - e.memory_time * z(Trait::Memory)
                - e.time_management_wrap * z(Trait::TimeManagement)),
            calmed: e.calmed_empathy * z(Trait::Empathy)
                + e.calmed_patience * z(Trait::Patience)
                + e.calmed_professionalism * z(Trait::Professionalism)
                + e.calmed_communication * z(Trait::Communication),
            resolved: e.resolved_knowledge * z(Trait::Knowledge) + e.resolved_communication * z(Trait::Communication)
                - e.resolved_experience * learning,
            resolved_by_complexity: e.resolved_problem_solving * z(Trait::ProblemSolving),
            transferred: -e.transferred_knowledge * z(Trait::Knowledge)
                - e.transferred_problem_solving * z(Trait::ProblemSolving),
            satisfied: MOODS.map(satisfied),
            sold: e.sold_sales * z(Trait::Sales) + e.sold_persuasion * z(Trait::Persuasion),
            retained: e.retained_persuasion * z(Trait::Persuasion),
            switch: exp(-e.switch_adaptability * z(Trait::Adaptability)),
            shock_sd: e.shock_sd * exp(-e.shock_professionalism * z(Trait::Professionalism)),
            strain: exp(e.strain_empathy * z(Trait::Empathy) - e.strain_attitude * z(Trait::Attitude)),
            unreliable: exp(-e.absence_professionalism * z(Trait::Professionalism)),
        }
    }

    /// Expected factor on the talk time with a calm first-time caller: what "fastest" compares.
    pub fn talk_factor(&self) -> f64 {
        self.talk[Mood::Calm as usize]
    }

    /// Factor on the hold time.
    pub fn hold_factor(&self) -> f64 {
        self.hold
    }

    /// Factor on the wrap-up time.
    pub fn wrap_factor(&self) -> f64 {
        self.wrap
    }

    /// Standard deviation of an agent's good and bad days, on the logit of satisfaction.
    pub fn shock_sd(&self) -> f64 {
        self.shock_sd
    }

    /// Factor on probabilities of absence and lateness.
    pub fn unreliability(&self) -> f64 {
        self.unreliable
    }
}

impl Effects {
    /// Factor on talk by the caller's mood.
    pub fn talk_with(&self, mood: Mood) -> f64 {
        match mood {
            Mood::Calm => 1.0,
            Mood::Confused => self.talk_confused,
            Mood::Upset => self.talk_upset,
            Mood::Irate => self.talk_irate,
        }
    }

    /// What a mood takes off the logit of satisfaction.
    pub fn satisfied_in(&self, mood: Mood) -> f64 {
        match mood {
            Mood::Calm => 0.0,
            Mood::Confused => self.satisfied_confused,
            Mood::Upset => self.satisfied_upset,
            Mood::Irate => self.satisfied_irate,
        }
    }
}
