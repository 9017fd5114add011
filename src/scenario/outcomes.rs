//! Who calls, what comes of the conversations, and who the agents are: everything the [`crate::people`] room needs,
//! as the file states it. Absent unless the file mentions it.

use super::types::{AgentChoice, Dist};
use crate::people::{
    Anchor, Effects, Mood, Moods, Offer, Profile, Reason, Spread, Stated, TRAITS, Tenure, stated_logit,
};

/// What a queue states about its callers and about what comes of their conversations.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcomes {
    /// Share of problems solved at the first contact.
    pub first_contact_resolution: Option<f64>,
    /// Share of handled contacts rated top box.
    pub satisfaction: Option<f64>,
    /// Share of customers who stay after a contact; stated, or the default where anything is said of customers.
    pub retention: Option<f64>,
    /// The agent verifies the solution for so long before closing \[s\]; 0 = does not.
    pub verify_s: f64,
    /// A promise to come back to the customer whose problem is not solved.
    pub follow_up: Option<FollowUp>,
    /// Shares of the moods, in the order of [`Mood::ALL`].
    pub moods: Option<[f64; 4]>,
    /// Why people call; shares sum to 1.
    pub reasons: Vec<ReasonShare>,
    /// How hard problems are.
    pub complexity: Option<ComplexityStated>,
    /// Abusive callers.
    pub abuse: Option<Abuse>,
    /// Another contact when the problem was not solved.
    pub repeat: Option<Repeat>,
    /// Cross-selling.
    pub offer: Option<OfferStated>,
    /// Worth of keeping a customer, in money.
    pub value: Option<f64>,
    /// Who is chosen for callers of a mood or reason, first match first; others by [`super::Queue::agent_choice`].
    pub matching: Vec<(Who, AgentChoice)>,
    /// Divisors and shifts that keep the stated averages; neutral under `anchor = "none"`.
    pub anchor: Anchor,
    /// Share of this queue's contacts that end unsolved, where a pilot has shown it: repeats of contacts before the
    /// first day are counted by it.
    pub unsolved: Option<f64>,
}

/// Mean and standard deviation of complexity, 0 trivial to 1 hard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ComplexityStated {
    /// Mean, inside (0, 1).
    pub mean: f64,
    /// Standard deviation, below sqrt(mean (1 - mean)).
    pub sd: f64,
}

/// One reason of calling, and where it differs from the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct ReasonShare {
    /// The reason.
    pub reason: Reason,
    /// Its share.
    pub share: f64,
    /// How hard its problems are.
    pub complexity: Option<ComplexityStated>,
    /// Its own share solved at the first contact.
    pub first_contact_resolution: Option<f64>,
    /// Its own share rated top box.
    pub satisfaction: Option<f64>,
    /// Its own share of customers who stay.
    pub retention: Option<f64>,
    /// Its own share of resolved callers to whom an offer is made.
    pub chance: Option<f64>,
}

/// Abusive callers and the policy toward them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Abuse {
    /// Share of the irate.
    pub share: f64,
    /// The agent ends the call after this much talk \[s\]; `None` = bears it.
    pub end_after_s: Option<f64>,
}

/// Another contact when the problem was not solved.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeat {
    /// Probability.
    pub probability: f64,
    /// Time until then.
    pub after: Dist,
    /// Its queue, when it is another one.
    pub queue: Option<usize>,
    /// The agent of the contact before is asked first.
    pub same_agent: bool,
}

/// The agent comes back to a customer whose problem is not solved.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    /// Share of the unresolved to whom it is promised; these do not repeat.
    pub share: f64,
    /// Time until then; `None` = at once.
    pub after: Option<Dist>,
    /// Queue of the outgoing calls.
    pub queue: usize,
}

/// Cross-selling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OfferStated {
    /// Share of resolved calm or confused callers to whom an offer is made.
    pub chance: f64,
    /// Share of offers taken.
    pub conversion: f64,
    /// Money per sale.
    pub revenue: f64,
    /// Time an offer takes \[s\].
    pub talk_s: f64,
}

/// Callers set apart for routing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// By mood, as it is before waiting.
    Mood(Mood),
    /// By reason.
    Reason(Reason),
}

/// Who the people of a team are.
#[derive(Debug, Clone, PartialEq)]
pub struct Crew {
    /// Whether the file says anything about them.
    pub stated: bool,
    /// By trait.
    pub spreads: [Spread; TRAITS.len()],
    /// Time on the job; `None` = long enough.
    pub tenure: Option<Tenure>,
    /// Contacts an hour that every agent is to reach.
    pub quota: Option<f64>,
    /// Points that training adds to each trait.
    pub gains: [f64; TRAITS.len()],
    /// Cost of training, per person and day.
    pub training_cost: f64,
    /// Share of paid time that training takes; part of the planned shrinkage already.
    pub training_share: f64,
}

impl Default for Crew {
    fn default() -> Self {
        Self {
            stated: false,
            spreads: [Spread::default(); TRAITS.len()],
            tenure: None,
            quota: None,
            gains: [0.0; TRAITS.len()],
            training_cost: 0.0,
            training_share: 0.0,
        }
    }
}

/// What a roster states about one person; the rest follows the team.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StatedProfile {
    /// By trait.
    pub scores: [Option<f64>; TRAITS.len()],
    /// Weeks on the job.
    pub weeks: Option<f64>,
}

impl StatedProfile {
    /// What is stated, over what would be drawn.
    #[must_use]
    pub fn over(&self, drawn: Profile) -> Profile {
        let mut profile = drawn;
        for (score, stated) in profile.scores.iter_mut().zip(self.scores) {
            *score = stated.unwrap_or(*score);
        }
        Profile { weeks: self.weeks.or(drawn.weeks), ..profile }
    }
}

/// How people change what happens, on the whole floor.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleSettings {
    /// All sizes, `strength` applied.
    pub effects: Effects,
    /// Factor on all effects.
    pub strength: f64,
    /// Whether the stated averages are kept.
    pub anchored: bool,
    /// A contact without a return within this time counts as solved for `fcr` \[s\].
    pub fcr_window_s: f64,
    /// The people of replication 1 serve in all.
    pub fixed_population: bool,
    /// Repeats of contacts before the first day come in as on a steady floor.
    pub steady_loops: bool,
    /// What the file says of people was taken out of the scenario.
    pub left_out: bool,
}

impl Default for PeopleSettings {
    fn default() -> Self {
        Self {
            effects: Effects::default(),
            strength: 1.0,
            anchored: true,
            fcr_window_s: 7.0 * 86_400.0,
            fixed_population: false,
            steady_loops: true,
            left_out: false,
        }
    }
}

impl Default for Outcomes {
    fn default() -> Self {
        Self {
            first_contact_resolution: None,
            satisfaction: None,
            retention: None,
            verify_s: 0.0,
            follow_up: None,
            moods: None,
            reasons: Vec::new(),
            complexity: None,
            abuse: None,
            repeat: None,
            offer: None,
            value: None,
            matching: Vec::new(),
            anchor: Anchor::default(),
            unsolved: None,
        }
    }
}

impl Outcomes {
    /// Share of problems solved at the first contact over all reasons of calling; 1 where nothing is stated.
    pub fn stated_resolution(&self) -> f64 {
        let queue = self.first_contact_resolution.unwrap_or(1.0);
        if self.reasons.is_empty() {
            return queue;
        }
        self.reasons.iter().map(|reason| reason.share * reason.first_contact_resolution.unwrap_or(queue)).sum()
    }

    /// Mean complexity over all reasons of calling; 0 where none is stated.
    pub fn mean_complexity(&self) -> f64 {
        let queue = self.complexity.map_or(0.0, |c| c.mean);
        if self.reasons.is_empty() {
            return queue;
        }
        self.reasons.iter().map(|reason| reason.share * reason.complexity.map_or(queue, |c| c.mean)).sum()
    }

    /// How hard the problems of a reason are.
    pub fn complexity_of(&self, reason: Option<&ReasonShare>) -> Option<ComplexityStated> {
        reason.and_then(|reason| reason.complexity).or(self.complexity)
    }

    /// What holds for callers with one reason, anchored: its own figures, or the queue's.
    pub fn stated(&self, reason: Option<&ReasonShare>) -> Stated {
        let of = |own: Option<f64>, queue: Option<f64>, shift| own.or(queue).map(|share| stated_logit(share) + shift);
        let anchor = &self.anchor;
        let resolved = reason.and_then(|reason| reason.first_contact_resolution);
        Stated {
            times: anchor.times,
            moods: self.moods.map_or(Moods::default(), Moods::new),
            complexity: self.mean_complexity(),
            resolved: of(resolved, self.first_contact_resolution, anchor.resolved),
            satisfied: of(reason.and_then(|reason| reason.satisfaction), self.satisfaction, anchor.satisfied),
            retained: of(reason.and_then(|reason| reason.retention), self.retention, anchor.retained),
            offer: self.offer.map(|offer| Offer {
                chance: reason.and_then(|reason| reason.chance).unwrap_or(offer.chance),
                sold: stated_logit(offer.conversion) + anchor.sold,
                talk_s: offer.talk_s,
            }),
            verify_s: self.verify_s,
            end_abuse_s: self.abuse.and_then(|abuse| abuse.end_after_s),
        }
    }

    /// Whether conversations have anything but lengths.
    pub fn any(&self) -> bool {
        *self != Self { anchor: self.anchor, unsolved: self.unsolved, ..Self::default() }
    }
}
