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
    /// Equally likely talk times over their mean, in rising order: how much is cut off by ending calls.
    pub talk_spread: [f64; SPREAD],
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

/// Talk times that stand for all.
pub const SPREAD: usize = 64;
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
    let kept = vec![1.0; agents.len()];
    Crowd { agents: &agents, kept, cases, effects }.anchor(targets)
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
    /// With the time on the phone.
    agents: &'a [(Agent, f64)],
    /// By agent: share of the callers who are not handed on.
    kept: Vec<f64>,
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
    fn anchor(mut self, targets: &Targets) -> Anchor {
        let mut anchor = Anchor::default();
        let ended = self.ended();
        if targets.transferred > 0.0 {
            let stated = stated_logit(targets.transferred);
            let target = targets.transferred / (1.0 - ended);
            anchor.transferred = self.transfers(stated).shift_to(target.min(1.0 - 1e-9));
            let kept = |(agent, _): &(Agent, f64)| 1.0 - chance(stated + anchor.transferred + agent.transferred);
            self.kept = self.agents.iter().map(kept).collect();
        }
        // Calls ended for abuse are never resolved and rated badly; those handed on are neither.
        let heard = (1.0 - ended) * self.share_kept();
        let heard = heard / (heard + ended);
        if let Some(target) = targets.resolved {
            anchor.resolved = self.resolution().shift_to((target / heard).min(1.0 - 1e-9));
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
        anchor.times = self.times(targets, anchor.resolved);
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

    /// The same, counted by callers who are not handed on.
    fn each_kept(&self, mut visit: impl FnMut(&'a Agent, &'a Case<'a>, f64)) {
        for ((agent, weight), kept) in self.agents.iter().zip(&self.kept) {
            for case in self.cases {
                visit(agent, case, weight * kept * case.share);
            }
        }
    }

    /// Share of callers who are not handed on.
    fn share_kept(&self) -> f64 {
        let (mut all, mut stay) = (0.0, 0.0);
        self.agents
            .iter()
            .zip(&self.kept)
            .for_each(|((_, weight), kept)| (all, stay) = (all + weight, stay + weight * kept));
        stay / all
    }

    fn encounter<'b>(&'b self, agent: &'b Agent, case: &'b Case<'b>, mood: Mood, c: Option<f64>) -> Encounter<'b> {
        let (stated, effects) = (&case.stated, self.effects);
        Encounter { agent, state: &State::RESTED, stated, effects, mood, complexity: c, waited_min: 0.0, switch: 0.0 }
    }

    /// Share of calls ended for abuse.
    fn ended(&self) -> f64 {
        self.cases.iter().map(|case| case.share * case.ended()).sum()
    }

    fn resolution(&self) -> Terms {
        let mut terms = Terms::default();
        self.each_kept(|agent, case, weight| {
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
            let calmed =
                if mood.is_heated() { chance(self.encounter(agent, case, mood, None).toward_calm()) } else { 0.0 };
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
        self.each_kept(|agent, case, weight| {
            let Some(stated) = case.stated.satisfied else { return };
            for end in self.ends(agent, case, resolved) {
                let toward = self.encounter(agent, case, end.feels, None).toward_satisfaction(end.resolved, end.feels);
                for (share, shock) in good_and_bad_days(agent) {
                    terms.add(weight * end.weight * share, stated + toward + shock);
                }
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
        self.each_kept(|agent, case, weight| {
            let Some(offer) = case.stated.offer else { return };
            terms.add(weight * self.offered(agent, case, resolved), offer.sold + agent.sold);
        });
        terms
    }

    fn retention(&self, anchor: &Anchor) -> Terms {
        let mut terms = Terms::default();
        self.each_kept(|agent, case, weight| {
            let Some(stated) = case.stated.retained else { return };
            for end in self.ends(agent, case, anchor.resolved) {
                let at = self.encounter(agent, case, end.feels, None);
                let content = case.stated.satisfied.map_or(1.0, |satisfied| {
                    let logit = satisfied + anchor.satisfied + at.toward_satisfaction(end.resolved, end.feels);
                    good_and_bad_days(agent).iter().map(|(share, shock)| share * chance(logit + shock)).sum()
                });
                for (satisfied, p) in [(true, content), (false, 1.0 - content)] {
                    terms.add(weight * end.weight * p, stated + at.toward_retention(end.resolved, satisfied));
                }
            }
        });
        terms
    }

    /// Divisors of talk, hold and wrap; what the file adds to talk (offers, verifying) is taken out of it first.
    fn times(&self, targets: &Targets, resolved: f64) -> [f64; 3] {
        let (mut all, mut added, mut sums) = (0.0, 0.0, [0.0; 3]);
        self.each(|agent, case, weight| {
            all += weight;
            added += weight * (1.0 - case.ended()) * case.stated.verify_s;
            let by_complexity: f64 =
                case.nodes().map(|(part, c)| part * self.encounter(agent, case, Mood::Calm, c).by_complexity()).sum();
            let talk: f64 = case.moods().map(|(mood, share)| share * agent.talk[mood as usize]).sum();
            for (sum, factor) in sums.iter_mut().zip([talk * by_complexity, agent.hold, agent.wrap * by_complexity]) {
                *sum += weight * factor;
            }
        });
        self.each_kept(|agent, case, weight| {
            if let Some(offer) = case.stated.offer.filter(|offer| offer.talk_s > 0.0) {
                added += weight * offer.talk_s * self.offered(agent, case, resolved);
            }
        });
        let [talk, hold, wrap] = sums.map(|sum| sum / all);
        let left_s = targets.talk_s - added / all;
        let factor = if self.ended() > 0.0 {
            self.factor_with_ended(targets, left_s, talk)
        } else if added > 0.0 {
            left_s / targets.talk_s / talk
        } else {
            1.0 / talk
        };
        [factor, 1.0 / hold, 1.0 / wrap]
    }

    /// The factor on talk where some calls are cut off: all together are to take `left_s`, those not cut off take `talk`
    /// of their drawn time.
    fn factor_with_ended(&self, targets: &Targets, left_s: f64, talk: f64) -> f64 {
        if left_s <= 0.0 {
            return left_s / targets.talk_s;
        }
        let (mut low, mut high) = (0.0, left_s / (targets.talk_s * talk.max(1e-9)));
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            let sum = middle * targets.talk_s * talk + self.ended_s(targets, middle);
            *(if sum < left_s { &mut low } else { &mut high }) = middle;
        }
        if high > 1e-12 { high } else { 0.0 }
    }

    /// Talk time of calls ended for abuse, per call of the queue.
    fn ended_s(&self, targets: &Targets, factor: f64) -> f64 {
        let (mut all, mut sum, mut turn) = (0.0, 0.0, 0);
        // Where there are many people each meets some of the talk times, by turns.
        let each = SPREAD.min(4096_usize.div_ceil(self.agents.len()));
        self.each(|agent, case, weight| {
            all += weight;
            let Some(end_s) = case.stated.end_abuse_s else { return };
            for (part, c) in case.nodes() {
                let hard = self.encounter(agent, case, Mood::Irate, c).by_complexity();
                let mean_s = factor * targets.talk_s * agent.talk[Mood::Irate as usize] * hard;
                for _ in 0..each {
                    turn = (turn + 23) % SPREAD;
                    let talk_s = mean_s * targets.talk_spread[turn] + case.stated.verify_s;
                    sum += weight * case.ended() * part * talk_s.min(end_s) / each as f64;
                }
            }
        });
        sum / all
    }
}

/// Shares of an agent's days and what they do to the logit of satisfaction: three points of Gauss and Hermite.
fn good_and_bad_days(agent: &Agent) -> [(f64, f64); 3] {
    let shock = 3.0_f64.sqrt() * agent.shock_sd();
    [(1.0 / 6.0, -shock), (2.0 / 3.0, 0.0), (1.0 / 6.0, shock)]
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
