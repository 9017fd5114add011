//! Which effects can matter on a floor, and how well they are known.

use crate::people::{Effect, Effects, Grade, Kind, TRAITS, Trait};
use crate::scenario::{Scenario, Team};

/// How many effects of each grade are in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) struct Grades {
    /// A, B and C.
    pub(in crate::report) counts: [usize; 3],
}

impl Grades {
    /// "2 measured in the field (A), 14 with a published direction (B), 11 assumed (C)".
    pub(in crate::report) fn words(&self) -> String {
        let names = ["measured in the field (A)", "of published direction (B)", "assumed (C)"];
        let parts = self.counts.iter().zip(names).filter(|(count, _)| **count > 0);
        let parts: Vec<String> = parts.map(|(count, name)| format!("{count} {name}")).collect();
        if parts.is_empty() { "none".into() } else { parts.join(", ") }
    }
}

/// Of the effects that can matter: their trait differs somewhere, what they act on is stated, and they are not 0.
pub(in crate::report) fn grades_in_use(scenario: &Scenario) -> Grades {
    let stated = Mentioned::of(scenario);
    let mut counts = [0; 3];
    for effect in Effects::TABLE.iter().filter(|effect| stated.uses(effect, &scenario.people.effects)) {
        counts[match effect.grade {
            Grade::A => 0,
            Grade::B => 1,
            Grade::C => 2,
        }] += 1;
    }
    Grades { counts }
}

/// What the file mentions.
struct Mentioned {
    traits: [bool; TRAITS.len()],
    tenure: bool,
    quota: bool,
    switches: bool,
    unreliable: bool,
    moods: bool,
    complexity: bool,
    resolution: bool,
    verify: bool,
    transfer: bool,
    satisfaction: bool,
    offer: bool,
    retention: bool,
    repeat: bool,
}

impl Mentioned {
    fn of(scenario: &Scenario) -> Self {
        let (queues, teams) = (&scenario.queues, &scenario.teams);
        let any = |has: fn(&crate::scenario::Outcomes) -> bool| queues.iter().any(|queue| has(&queue.outcomes));
        Self {
            traits: TRAITS.map(|of| teams.iter().any(|team| differs(team, of))),
            tenure: teams.iter().any(|team| team.crew.tenure.is_some() || has_weeks(team)),
            quota: teams.iter().any(|team| team.crew.quota.is_some()),
            switches: teams.iter().any(|team| team.skills.len() > 1),
            unreliable: teams
                .iter()
                .filter_map(|team| team.people.as_ref())
                .any(|people| people.absence > 0.0 || people.lateness.is_some()),
            moods: any(|outcomes| outcomes.moods.is_some()),
            complexity: any(|outcomes| {
                outcomes.complexity.is_some() || outcomes.reasons.iter().any(|reason| reason.complexity.is_some())
            }),
            resolution: any(|outcomes| {
                let own = outcomes.reasons.iter().any(|reason| reason.first_contact_resolution.is_some());
                outcomes.first_contact_resolution.is_some() || own
            }),
            verify: any(|outcomes| outcomes.verify_s > 0.0),
            transfer: queues.iter().any(|queue| queue.callers.transfer.is_some())
                || teams.iter().flat_map(|team| &team.skills).any(|skill| skill.transfer.is_some()),
            satisfaction: any(|outcomes| {
                outcomes.satisfaction.is_some() || outcomes.reasons.iter().any(|reason| reason.satisfaction.is_some())
            }),
            offer: any(|outcomes| outcomes.offer.is_some()),
            retention: any(|outcomes| outcomes.retention.is_some()),
            repeat: any(|outcomes| outcomes.repeat.is_some()),
        }
    }

    fn uses(&self, effect: &Effect, effects: &Effects) -> bool {
        let name = effect.name;
        let value = (effect.get)(effects);
        let neutral = match effect.kind {
            Kind::Term | Kind::Time => value == 0.0,
            Kind::Factor => value == 1.0,
            Kind::Level | Kind::Step | Kind::Length => true,
        };
        let of_trait = TRAITS.into_iter().find(|of| name.contains(of.name()));
        !neutral && of_trait.is_none_or(|of| self.traits[of as usize]) && self.acts(name, effects)
    }

    /// Whether there is anything for it to act on.
    fn acts(&self, name: &str, effects: &Effects) -> bool {
        match name {
            "patience_shield"
            | "communication_talk_confused"
            | "talk_confused"
            | "talk_upset"
            | "talk_irate"
            | "mood_waiting" => self.moods,
            "satisfied_confused" | "satisfied_upset" | "satisfied_irate" | "satisfied_empathy_upset" => {
                self.moods && self.satisfaction
            }
            "memory_repeat" => self.repeat,
            "complexity_time" => self.complexity,
            "resolved_complexity" | "resolved_problem_solving" => self.complexity && self.resolution,
            "resolved_experience" => self.tenure && self.resolution,
            "resolved_verify" => self.verify && self.resolution,
            "satisfied_unresolved" => self.satisfaction && self.resolution,
            "satisfied_strain" => effects.strain && self.satisfaction,
            "retained_unresolved" => self.retention && self.resolution,
            "retained_unsatisfied" => self.retention && self.satisfaction,
            "switch_satisfied" => self.switches && self.satisfaction,
            "experience_time" => self.tenure,
            "absence_professionalism" => self.unreliable,
            "strain_absence" => effects.strain && self.unreliable,
            "fatigue_time" => effects.fatigue,
            _ => self.acts_by_kind(name, effects),
        }
    }

    fn acts_by_kind(&self, name: &str, effects: &Effects) -> bool {
        match name.split('_').next().unwrap_or_default() {
            "calmed" => self.moods,
            "resolved" => self.resolution,
            "transferred" => self.transfer,
            "satisfied" | "shock" => self.satisfaction,
            "sold" => self.offer,
            "retained" => self.retention,
            "switch" => self.switches,
            "strain" => effects.strain && self.moods,
            "pressure" => effects.pressure,
            "quota" => self.quota,
            // Traits on times always find a time.
            _ => true,
        }
    }
}

/// Whether somebody of the team is not average in this.
fn differs(team: &Team, of: Trait) -> bool {
    let (crew, at) = (&team.crew, of as usize);
    let drawn = crew.spreads[at] != Default::default() || crew.gains[at] != 0.0;
    let persons = team.people.iter().flat_map(|people| &people.persons);
    drawn || persons.into_iter().any(|person| person.profile.scores[at].is_some_and(|score| score != 50.0))
}

fn has_weeks(team: &Team) -> bool {
    let persons = team.people.iter().flat_map(|people| &people.persons);
    persons.into_iter().any(|person| person.profile.weeks.is_some())
}
