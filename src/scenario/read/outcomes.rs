//! Who calls, and what comes of the conversations.

use super::callers::{entries, optional, queue_entry};
use super::channels::channel_word;
use super::{Reader, or_default, section};
use crate::error::Place;
use crate::people::{Anchor, Mood, Reason};
use crate::scenario::grammar::{Fields, fields};
use crate::scenario::keys;
use crate::scenario::tree::Node;
use crate::scenario::types::AgentChoice;
use crate::scenario::{Abuse, ComplexityStated, FollowUp, OfferStated, Outcomes, ReasonShare, Repeat, Who};
use crate::units;

/// Share of customers who stay, where something is said of customers but not that.
const RETENTION: f64 = 0.995;
/// The same of those who call to leave.
const RETENTION_OF_LEAVERS: f64 = 0.5;
/// How far shares may miss 1.
const ROUNDING: f64 = 1e-9;

impl Reader<'_> {
    pub(super) fn outcomes(&mut self, node: &Node, path: &str, name: &str) -> Option<Outcomes> {
        let callers = node.get("callers");
        let who = |key: &str| callers.and_then(|c| c.get(key));
        let below = |key: &str| format!("{path}.callers.{key}");
        let share = |key: &str| optional(node.get(key), Node::share);
        let moods = optional(who("mood"), |n| self.moods(n, &below("mood")));
        let offer = optional(who("offer"), offer);
        let reasons = match who("reason") {
            Some(n) => self.reasons(n, &below("reason"), who("offer").is_some()),
            None => Some(Vec::new()),
        };
        let complexity = optional(who("complexity"), |n| self.complexity(n, &below("complexity")));
        let repeat = optional(who("repeat"), |n| self.repeat(n, &below("repeat"), node, name));
        let follow_up = optional(node.get("follow_up"), |n| self.follow_up(n, &format!("{path}.follow_up"), name));
        let (moods, reasons, value) = (moods?, reasons?, optional(who("value"), Node::amount)?);
        let outcomes = Outcomes {
            unsolved: None,
            first_contact_resolution: share("first_contact_resolution")?,
            satisfaction: share("satisfaction")?,
            retention: self.retention(node, path, &reasons, value.is_some())?,
            verify_s: or_default(node, section("queue"), "verify", Node::seconds)?,
            follow_up: follow_up?,
            abuse: optional(node.get("abuse"), abuse)?,
            matching: self.matching(node, path, moods.is_some(), &reasons)?,
            complexity: complexity?,
            repeat: repeat?,
            offer: offer?,
            value,
            moods,
            reasons,
            anchor: optional(node.get("anchored"), anchored)?.unwrap_or_default(),
        };
        self.check_outcomes(node, path, &outcomes);
        Some(outcomes)
    }

    fn moods(&mut self, node: &Node, path: &str) -> Option<[f64; 4]> {
        let keys = fields(keys::CALLERS.get("mood")?.forms)?;
        let mut shares = [0.0; 4];
        for (share, mood) in shares.iter_mut().zip(Mood::ALL) {
            *share = or_default(node, keys, mood.name(), Node::share)?;
        }
        self.sum_to_one(&shares, "moods", "calm", path, node.place)?;
        Some(shares)
    }

    /// Shares of all callers: says by how much they miss 100 %.
    fn sum_to_one(&mut self, shares: &[f64], what: &str, first: &str, path: &str, place: Place) -> Option<()> {
        let sum: f64 = shares.iter().sum();
        let rounded = |x: f64| units::share((x * 1e9).round() / 1e9);
        let (miss, word) = match sum - 1.0 {
            over if over > ROUNDING => (over, "too much"),
            under if under < -ROUNDING => (-under, "missing"),
            _ => return Some(()),
        };
        let message = format!("the shares of the {what} sum to {}: {} is {word}", rounded(sum), rounded(miss));
        let help = format!("let them sum to 100%; who changes one changes another, for example `{first}`, as well");
        self.problem(path, place, message, help);
        None
    }

    fn reasons(&mut self, node: &Node, path: &str, has_offer: bool) -> Option<Vec<ReasonShare>> {
        let reasons: Vec<Option<ReasonShare>> = Reason::ALL
            .into_iter()
            .filter_map(|reason| Some((reason, node.get(reason.name())?)))
            .map(|(reason, n)| self.reason(reason, n, &format!("{path}.{}", reason.name()), has_offer))
            .collect();
        let reasons = reasons.into_iter().collect::<Option<Vec<_>>>()?;
        let shares: Vec<f64> = reasons.iter().map(|r| r.share).collect();
        let first = reasons.first().map_or("question", |r| r.reason.name());
        self.sum_to_one(&shares, "reasons", first, path, node.place)?;
        Some(reasons)
    }

    fn reason(&mut self, reason: Reason, node: &Node, path: &str, has_offer: bool) -> Option<ReasonShare> {
        let own = |key: &str| optional(node.get(key), Node::share);
        if let Some(chance) = node.get("chance").filter(|_| !has_offer) {
            let help = "add offer = { conversion = \"8%\" } to the callers, or remove `chance`";
            self.problem(
                format!("{path}.chance"),
                chance.place,
                "`chance` says how many get the offer, but there is none",
                help,
            );
            return None;
        }
        let default = |of: Reason, value: f64| (reason == of).then_some(value);
        let (retention, chance) = (own("retention")?, own("chance")?);
        let read = ReasonShare {
            reason,
            share: node.share().or_else(|| node.get("share")?.share())?,
            complexity: optional(node.get("complexity"), |n| self.complexity(n, &format!("{path}.complexity")))?,
            first_contact_resolution: own("first_contact_resolution")?,
            satisfaction: own("satisfaction")?,
            retention: retention.or(default(Reason::Cancellation, RETENTION_OF_LEAVERS)),
            chance: chance.or(default(Reason::Sale, 1.0).filter(|_| has_offer)),
        };
        self.show_reason(node, path, &read);
        Some(read)
    }

    /// Defaults of a reason, for `--explain`.
    fn show_reason(&mut self, node: &Node, path: &str, read: &ReasonShare) {
        let values = [("retention", read.retention), ("chance", read.chance)];
        let new: Vec<(&str, String)> = values
            .into_iter()
            .filter(|(key, _)| node.get(key).is_none())
            .filter_map(|(key, value)| Some((key, share_toml(value?))))
            .collect();
        if node.table().is_some() {
            new.into_iter().for_each(|(key, text)| drop(self.shown.insert(format!("{path}.{key}"), text)));
        } else if !new.is_empty() {
            let pairs = new.iter().map(|(key, text)| format!(", {key} = {text}")).collect::<String>();
            self.shown.insert(path.into(), format!("{{ share = {}{pairs} }}", share_toml(read.share)));
        }
    }

    fn complexity(&mut self, node: &Node, path: &str) -> Option<ComplexityStated> {
        if let Some(mean) = node.share() {
            return Some(ComplexityStated { mean, sd: 0.0 });
        }
        let keys = fields(keys::CALLERS.get("complexity")?.forms)?;
        let mean = node.get("mean")?.share()?;
        let sd = or_default(node, keys, "sd", Node::share)?;
        let most = (mean * (1.0 - mean)).sqrt();
        // At the bound all problems are either trivial or as hard as can be; just below it no number tells them apart.
        if sd > 0.98 * most {
            let place = node.get("sd").map_or(node.place, |n| n.place);
            let largest = (0.98 * most * 1e3).floor() / 1e3;
            let message = format!("problems between 0 and 1 with mean {mean} cannot have a standard deviation of {sd}");
            self.problem(format!("{path}.sd"), place, message, format!("write at most {largest} with this mean"));
            return None;
        }
        Some(ComplexityStated { mean, sd })
    }

    fn repeat(&mut self, node: &Node, path: &str, queue: &Node, own: &str) -> Option<Repeat> {
        let keys = fields(keys::CALLERS.get("repeat")?.forms)?;
        let after = self.random_time(node, path, keys, "after");
        let target = optional(node.get("queue"), |_| self.queue_that_customers_reach(node, path, own))?;
        if target.is_none() && queue.get("dial").is_some() {
            let message =
                format!("customers of `{own}` are called by agents; the file does not say where they call back");
            self.problem(path, node.place, message, "name the queue they reach: queue = \"...\"");
            return None;
        }
        let own = self.names("queue").iter().position(|name| name == own);
        Some(Repeat {
            probability: node.get("probability")?.share()?,
            after: after??,
            queue: target.filter(|q| Some(*q) != own),
            same_agent: or_default(node, keys, "same_agent", Node::flag)?,
        })
    }

    /// The queue named by `queue`, on any channel, unless agents call its customers.
    fn queue_that_customers_reach(&mut self, node: &Node, path: &str, own: &str) -> Option<usize> {
        let queue = self.queue_named(node, path, own)?;
        let other = queue_entry(self.root, queue)?;
        if other.node.get("dial").is_none() || channel_word(&other.node)? != "voice" {
            return Some(queue);
        }
        let message = format!("nobody comes again to `{}`: it has `dial`, so agents call its customers", other.key);
        self.problem(format!("{path}.queue"), node.get("queue")?.place, message, "name a queue without `dial`");
        None
    }

    fn follow_up(&mut self, node: &Node, path: &str, own: &str) -> Option<FollowUp> {
        let keys = fields(section("queue").get("follow_up")?.forms)?;
        let after = self.random_time(node, path, keys, "after");
        let queue = self.queue_named(node, path, own)?;
        self.is_dialled(node, path, queue, "follow-ups")?;
        Some(FollowUp { share: node.get("share")?.share()?, after: after?, queue })
    }

    /// Share of customers who stay; a default wherever anything is said of customers.
    fn retention(&mut self, node: &Node, path: &str, reasons: &[ReasonShare], valued: bool) -> Option<Option<f64>> {
        if let Some(stated) = node.get("retention") {
            return stated.share().map(Some);
        }
        let wanted = valued || reasons.iter().any(|r| r.retention.is_some());
        if wanted {
            self.shown.insert(format!("{path}.retention"), share_toml(RETENTION));
        }
        Some(wanted.then_some(RETENTION))
    }

    /// Who is chosen for whom, in the order of the file.
    fn matching(
        &mut self,
        node: &Node,
        path: &str,
        has_moods: bool,
        reasons: &[ReasonShare],
    ) -> Option<Vec<(Who, AgentChoice)>> {
        let mut all = Vec::new();
        for entry in entries(node.get("agent_choice")).filter(|e| e.key != "others") {
            let who = Who::named(&entry.key)?;
            let (known, group) = match who {
                Who::Mood(_) => (has_moods, "mood"),
                Who::Reason(reason) => (reasons.iter().any(|r| r.reason == reason), "reason"),
            };
            if !known {
                let message = format!("callers of [{path}] have no {group} `{}`", entry.key);
                let help = format!("add it to `{group}` in [{path}.callers], or remove it here");
                self.problem(format!("{path}.agent_choice.{}", entry.key), entry.key_place, message, help);
                return None;
            }
            all.push((who, AgentChoice::from_word(entry.node.text()?)?));
        }
        Some(all)
    }

    /// Parts that need another one to have any say.
    fn check_outcomes(&mut self, node: &Node, path: &str, outcomes: &Outcomes) {
        let place = |keys: &[&str]| keys.iter().try_fold(node, |n, key| n.get(key)).map_or(node.place, |n| n.place);
        let solved = outcomes.first_contact_resolution.is_some()
            || outcomes.reasons.iter().any(|r| r.first_contact_resolution.is_some());
        let advice = "add first_contact_resolution = \"72%\" to the queue";
        if !solved && outcomes.repeat.is_some() {
            let message = "nobody comes again: the queue does not say how many problems are solved";
            self.problem(format!("{path}.callers.repeat"), place(&["callers", "repeat"]), message, advice);
        }
        if !solved && outcomes.follow_up.is_some() {
            let message = "nobody is called again: the queue does not say how many problems are solved";
            self.problem(format!("{path}.follow_up"), place(&["follow_up"]), message, advice);
        }
        if !solved && outcomes.verify_s > 0.0 {
            let message =
                "`verify` takes time but changes nothing: the queue does not say how many problems are solved";
            self.warn(format!("{path}.verify"), place(&["verify"]), message, advice);
        }
        let irate = outcomes.moods.is_some_and(|m| m[Mood::Irate as usize] > 0.0);
        if outcomes.abuse.is_some() && !irate {
            let message = "`abuse` changes nothing: no caller is irate";
            let help = "add `mood` with a share of irate callers, or remove `abuse`";
            self.warn(format!("{path}.abuse"), place(&["abuse"]), message, help);
        }
    }
}

impl Who {
    /// Those the word stands for.
    fn named(word: &str) -> Option<Self> {
        let mood = Mood::ALL.into_iter().find(|m| m.name() == word).map(Self::Mood);
        mood.or_else(|| Reason::ALL.into_iter().find(|r| r.name() == word).map(Self::Reason))
    }
}

/// The choice for a queue's other callers: a word, or `others` of a table.
pub(super) fn agent_choice(node: &Node) -> Option<Option<AgentChoice>> {
    let stated = node.get("agent_choice").map(|n| if n.table().is_some() { n.get("others") } else { Some(n) });
    optional(stated.flatten(), |n| AgentChoice::from_word(n.text()?))
}

/// What `--explain` has written.
fn anchored(node: &Node) -> Option<Anchor> {
    let keys = section("queue").get("anchored").and_then(|k| fields(k.forms))?;
    let number = |key: &str| or_default(node, keys, key, Node::number);
    Some(Anchor {
        times: [number("talk")?, number("hold")?, number("wrap")?],
        resolved: number("resolved")?,
        transferred: number("transferred")?,
        satisfied: number("satisfied")?,
        sold: number("sold")?,
        retained: number("retained")?,
    })
}

fn offer(node: &Node) -> Option<OfferStated> {
    let keys = keys::CALLERS.get("offer").and_then(|k| fields(k.forms)).unwrap_or(Fields { keys: &[], lone: None });
    Some(OfferStated {
        chance: or_default(node, keys, "chance", Node::share)?,
        conversion: node.get("conversion")?.share()?,
        revenue: or_default(node, keys, "revenue", Node::amount)?,
        talk_s: or_default(node, keys, "talk", Node::seconds)?,
    })
}

fn abuse(node: &Node) -> Option<Abuse> {
    Some(Abuse {
        share: node.share().or_else(|| node.get("share")?.share())?,
        end_after_s: optional(node.get("end_after"), Node::seconds)?,
    })
}

/// A share as TOML.
fn share_toml(value: f64) -> String {
    let text = units::share(value);
    if text.ends_with('%') { format!("\"{text}\"") } else { crate::scenario::tree::number_text(value) }
}
