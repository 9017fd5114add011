//! Why the figures in the file stay what they are.
//!
//! Handle time, resolution, satisfaction, conversion, transfers and retention are stated as the telephone system, the
//! survey and the sales system report them: over all callers and agents. When people differ, factors are divided, and
//! logits shifted, such that their mean over the stated population - everybody counted by time on the phone, callers
//! who do not wait - is what is stated; only who gets what changes.

use super::agent::Agent;
use super::caller::{Complexity, MOODS, Mood};
use super::effects::Effects;
use super::encounter::{Encounter, Stated, chance, logit};
use super::state::State;
use super::traits::{Profile, Spread, TRAITS, Tenure};
use crate::special::normal_quantile;

/// Divisors of times and shifts of logits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anchor {
    /// Factors on talk, hold and wrap. Not positive: the stated talk time is shorter than what the file says is part of
    /// it (offers, verifying).
    pub times: [f64; 3],
    /// Shift of the logit of resolution.
    pub resolved: f64,
    /// Of being handed on.
    pub transferred: f64,
    /// Of satisfaction.
    pub satisfied: f64,
    /// Of conversion.
    pub sold: f64,
    /// Of keeping the customer.
    pub retained: f64,
}

impl Default for Anchor {
    /// Nothing is shifted.
    fn default() -> Self {
        Self { times: [1.0; 3], resolved: 0.0, transferred: 0.0, satisfied: 0.0, sold: 0.0, retained: 0.0 }
    }
}

/// People who serve a queue: those of one team.
#[derive(Debug, Clone)]
pub struct Group {
    /// By trait.
    pub spreads: [Spread; TRAITS.len()],
    /// Time on the job; `None` = long.
    pub tenure: Option<Tenure>,
    /// Everybody by name; empty = drawn from the spreads.
    pub profiles: Vec<Profile>,
    /// Hours on the phone.
    pub weight: f64,
}

/// The callers of a queue who come for one reason.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// Their share.
    pub share: f64,
    /// What is stated about them, not anchored.
    pub stated: Stated,
    /// How hard their problems are.
    pub complexity: Option<&'a Complexity>,
    /// Share of the irate who are abusive.
    pub abusive: f64,
}

/// What is stated over all callers and agents of the queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Targets {
    /// Mean talk time \[s\].
    pub talk_s: f64,
    /// Share resolved.
    pub resolved: Option<f64>,
    /// Share handed on.
    pub transferred: f64,
    /// Share rated top box.
    pub satisfied: Option<f64>,
    /// Share of offers taken.
    pub sold: Option<f64>,
    /// Share of customers kept.
    pub retained: Option<f64>,
}

/// People drawn for a team whose people differ: a prime number, so that multiplying runs through all of them.
const PEOPLE: usize = 1021;
/// Multiplier of a lattice rule with good projections (L'Ecuyer 1999).
const LATTICE: usize = 331;
/// Values of complexity looked at.
const NODES: usize = 32;

/// The anchors of one queue.
pub fn anchor(groups: &[Group], cases: &[Case<'_>], targets: &Targets, effects: &Effects) -> Anchor {
    let agents: Vec<(Agent, f64)> = groups.iter().flat_map(|group| people(group, effects)).collect();
    if agents.is_empty() {
        return Anchor::default();
    }
    let crowd = Crowd { agents: &agents, cases, effects };
    crowd.anchor(targets)
}

/// Equally likely people of a team, with their weights.
fn people(group: &Group, effects: &Effects) -> Vec<(Agent, f64)> {
    let drawn = || population(&group.spreads, group.tenure);
    let profiles = if group.profiles.is_empty() { drawn() } else { group.profiles.clone() };
    let each = group.weight / profiles.len() as f64;
    profiles.iter().map(|profile| (Agent::new(profile, effects), each)).collect()
}

/// Equally likely people of a team, one when all are alike: a lattice rule over traits and time on the job, in which
/// each takes evenly spread quantiles.
pub fn population(spreads: &[Spread; TRAITS.len()], tenure: Option<Tenure>) -> Vec<Profile> {
    let alike = tenure.is_none() && spreads.iter().all(|spread| spread.sd == 0.0);
    let people = if alike { 1 } else { PEOPLE };
    (0..people)
        .map(|person| {
            let mut place = person;
            let mut next = || {
                let u = (place as f64 + 0.5) / people as f64;
                place = place * LATTICE % people;
                u
            };
            let weeks = tenure.map(|tenure| tenure.weeks(-libm::log(next())));
            Profile { scores: spreads.map(|spread| spread.score(normal_quantile(next()))), weeks }
        })
        .collect()
}

/// Everybody who may meet.
struct Crowd<'a> {
    agents: &'a [(Agent, f64)],
    cases: &'a [Case<'a>],
    effects: &'a Effects,
}

/// Weighted logits whose mean chance is to be moved.
#[derive(Default)]
struct Terms(Vec<(f64, f64)>);

impl Terms {
    fn add(&mut self, weight: f64, logit: f64) {
        if weight > 0.0 {
            self.0.push((weight, logit));
        }
    }

    /// The shift that makes the mean chance `target`; Newton's method kept inside a shrinking bracket.
    fn shift_to(&self, target: f64) -> f64 {
        let all: f64 = self.0.iter().map(|(weight, _)| weight).sum();
        if all == 0.0 || !(0.0..=1.0).contains(&target) || target == 0.0 || target == 1.0 {
            return 0.0;
        }
        let (mut low, mut high, mut shift) = (-40.0, 40.0, 0.0);
        for _ in 0..100 {
            let (mut mean, mut slope) = (0.0, 0.0);
            for (weight, logit) in &self.0 {
                let p = chance(logit + shift);
                mean += weight * p;
                slope += weight * p * (1.0 - p);
            }
            let miss = mean / all - target;
            if miss.abs() < 1e-13 {
                break;
            }
            if miss > 0.0 {
                high = shift
            } else {
                low = shift
            }
            let next = shift - miss * all / slope;
            shift = if next > low && next < high { next } else { 0.5 * (low + high) };
        }
        shift
    }
}

/// Shares of callers, by how they feel in the end and whether their problem is solved.
struct Ends {
    weight: f64,
    feels: Mood,
    resolved: bool,
}

impl<'a> Crowd<'a> {
    fn anchor(&self, targets: &Targets) -> Anchor {
        let mut anchor = Anchor::default();
        // Calls ended for abuse are never resolved and never rated.
        let heard = 1.0 - self.ended();
        if let Some(target) = targets.resolved {
            anchor.resolved = self.resolution().shift_to((target / heard).min(1.0 - 1e-9));
        }
        if targets.transferred > 0.0 {
            let stated = stated_logit(targets.transferred);
            anchor.transferred = self.transfers(stated).shift_to((targets.transferred / heard).min(1.0 - 1e-9));
        }
        if let Some(target) = targets.satisfied {
            anchor.satisfied = self.satisfaction(anchor.resolved).shift_to((target / heard).min(1.0 - 1e-9));
        }
        if let Some(target) = targets.sold {
            anchor.sold = self.sales(anchor.resolved).shift_to(target);
        }
        if let Some(target) = targets.retained {
            anchor.retained = self.retention(&anchor).shift_to(target);
        }
        anchor.times = self.times(targets.talk_s, anchor.resolved);
        anchor
    }

    /// Calls `visit` with each agent and case, and their weight.
    fn each(&self, mut visit: impl FnMut(&'a Agent, &'a Case<'a>, f64)) {
        for (agent, weight) in self.agents {
            for case in self.cases {
                visit(agent, case, weight * case.share);
            }
        }
    }

    fn encounter<'b>(&'b self, agent: &'b Agent, case: &'b Case<'b>, mood: Mood, c: Option<f64>) -> Encounter<'b> {
        let (stated, effects) = (&case.stated, self.effects);
        Encounter { agent, state: &State::RESTED, stated, effects, mood, complexity: c, waited_min: 0.0 }
    }

    /// Share of calls ended for abuse.
    fn ended(&self) -> f64 {
        self.cases.iter().map(|case| case.share * case.ended()).sum()
    }

    fn resolution(&self) -> Terms {
        let mut terms = Terms::default();
        self.each(|agent, case, weight| {
            let Some(stated) = case.stated.resolved else { return };
            let weight = weight * (1.0 - case.ended());
            for (part, c) in case.nodes() {
                terms.add(weight * part, stated + self.encounter(agent, case, Mood::Calm, c).toward_resolution());
            }
        });
        terms
    }

    fn transfers(&self, stated: f64) -> Terms {
        let mut terms = Terms::default();
        self.each(|agent, case, weight| {
            terms.add(weight * (1.0 - case.ended()), stated + agent.transferred);
        });
        terms
    }

    /// How the callers of a case feel in the end, with this agent.
    fn ends(&self, agent: &Agent, case: &Case<'_>, shift: f64) -> Vec<Ends> {
        let resolved = self.mean_resolved(agent, case, shift);
        let mut ends = Vec::with_capacity(16);
        for (mood, share) in case.moods() {
            let calmed = if mood.is_heated() { self.encounter(agent, case, mood, None).calmed() } else { 0.0 };
            for (feels, part) in [(Mood::Calm, calmed), (mood, 1.0 - calmed)] {
                for (solved, p) in [(true, resolved), (false, 1.0 - resolved)] {
                    ends.push(Ends { weight: share * part * p, feels, resolved: solved });
                }
            }
        }
        ends
    }

    fn mean_resolved(&self, agent: &Agent, case: &Case<'_>, shift: f64) -> f64 {
        let Some(stated) = case.stated.resolved else { return 1.0 };
        let at = |c| chance(stated + shift + self.encounter(agent, case, Mood::Calm, c).toward_resolution());
        case.nodes().map(|(part, c)| part * at(c)).sum()
    }

    fn satisfaction(&self, resolved: f64) -> Terms {
        let mut terms = Terms::default();
        self.each(|agent, case, weight| {
            let Some(stated) = case.stated.satisfied else { return };
            for end in self.ends(agent, case, resolved) {
                let toward = self.encounter(agent, case, end.feels, None).toward_satisfaction(end.resolved, end.feels);
                terms.add(weight * end.weight, stated + toward);
            }
        });
        terms
    }

    /// Share of the callers of a case to whom this agent makes an offer.
    fn offered(&self, agent: &Agent, case: &Case<'_>, resolved: f64) -> f64 {
        let chance_at = |end: &Ends| self.encounter(agent, case, end.feels, None).offered(end.resolved, end.feels);
        self.ends(agent, case, resolved).iter().map(|end| end.weight * chance_at(end)).sum()
    }

    fn sales(&self, resolved: f64) -> Terms {
        let mut terms = Terms::default();
        self.each(|agent, case, weight| {
            let Some(offer) = case.stated.offer else { return };
            terms.add(weight * self.offered(agent, case, resolved), offer.sold + agent.sold);
        });
        terms
    }

    fn retention(&self, anchor: &Anchor) -> Terms {
        let mut terms = Terms::default();
        self.each(|agent, case, weight| {
            let Some(stated) = case.stated.retained else { return };
            for end in self.ends(agent, case, anchor.resolved) {
                let at = self.encounter(agent, case, end.feels, None);
                let content = case
                    .stated
                    .satisfied
                    .map_or(1.0, |satisfied| at.satisfied(satisfied + anchor.satisfied, end.resolved, end.feels));
                for (satisfied, p) in [(true, content), (false, 1.0 - content)] {
                    terms.add(weight * end.weight * p, stated + at.toward_retention(end.resolved, satisfied));
                }
            }
        });
        terms
    }

    /// Divisors of talk, hold and wrap; what the file adds to talk (offers, verifying) is taken out of it first.
    fn times(&self, talk_s: f64, resolved: f64) -> [f64; 3] {
        let (mut all, mut added, mut sums) = (0.0, 0.0, [0.0; 3]);
        self.each(|agent, case, weight| {
            all += weight;
            let offer_s = case.stated.offer.map_or(0.0, |offer| offer.talk_s);
            added += weight * (case.stated.verify_s + offer_s * self.offered_if_any(agent, case, resolved));
            let by_complexity: f64 =
                case.nodes().map(|(part, c)| part * self.encounter(agent, case, Mood::Calm, c).by_complexity()).sum();
            let talk: f64 = MOODS.iter().map(|&mood| case.stated.moods.share(mood) * agent.talk[mood as usize]).sum();
            for (sum, factor) in sums.iter_mut().zip([talk * by_complexity, agent.hold, agent.wrap * by_complexity]) {
                *sum += weight * factor;
            }
        });
        let left = if added > 0.0 { 1.0 - added / all / talk_s } else { 1.0 };
        let [talk, hold, wrap] = sums.map(|sum| all / sum);
        [left * talk, hold, wrap]
    }

    fn offered_if_any(&self, agent: &Agent, case: &Case<'_>, resolved: f64) -> f64 {
        if case.stated.offer.is_some() { self.offered(agent, case, resolved) } else { 0.0 }
    }
}

impl Case<'_> {
    /// Share of these calls that are ended for abuse.
    fn ended(&self) -> f64 {
        match self.stated.end_abuse_s {
            Some(_) => self.stated.moods.share(Mood::Irate) * self.abusive,
            None => 0.0,
        }
    }

    /// Moods that occur in calls that are not ended, and their shares.
    fn moods(&self) -> impl Iterator<Item = (Mood, f64)> + '_ {
        MOODS.iter().map(|&mood| {
            let ended = if mood == Mood::Irate { self.ended() } else { 0.0 };
            (mood, self.stated.moods.share(mood) - ended)
        })
    }

    /// Values of complexity with their shares.
    fn nodes(&self) -> impl Iterator<Item = (f64, Option<f64>)> + '_ {
        let nodes = if self.complexity.is_some() { NODES } else { 1 };
        let at = move |node: usize| self.complexity.map(|c| c.at((node as f64 + 0.5) / nodes as f64));
        (0..nodes).map(move |node| (1.0 / nodes as f64, at(node)))
    }
}

/// The logit of a stated share, kept away from the ends.
pub fn stated_logit(share: f64) -> f64 {
    logit(share.clamp(1e-9, 1.0 - 1e-9))
}
