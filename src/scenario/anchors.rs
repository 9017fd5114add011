//! What keeps the stated averages where people differ: found from the file that states the talk time of a queue.
//!
//! **The rule**, one for all figures of a queue: its people, moods, reasons, problems and policies are those of the file
//! whose `talk` (or `aht`) is in force, with what that file itself extends, without `--set` and without what training
//! adds. So a file that extends it, `--set` and training move away from the stated averages. Where that file is no
//! complete floor, the first one that extends it and is complete takes its place. A figure that file does not state is
//! anchored where it is stated, to the same people. The sizes of effects are those in force: they are a belief about
//! people, not a change of the floor.

use super::outcomes::{Outcomes, PeopleSettings, ReasonShare};
use super::people::People;
use super::shelf::Shelf;
use super::source::Sources;
use super::tree::Node;
use super::types::{Dist, Queue, Scenario, Team};
use super::{Problems, check, files, read, table};
use crate::error::{Place, Problem};
use crate::people::{
    self, Anchor, Case, Complexity, Effects, Group, Profile, SPREAD, Spread, Targets, population, stated_logit,
};
use crate::units;
use std::path::PathBuf;
use std::sync::Arc;

/// Profiles by which the people of a roster stand for what is not stated of them.
const DRAWS: usize = 1_000;
/// Sections that say nothing of the people and callers of a floor.
const OUTWARD: [&str; 8] = ["run", "plan", "check", "effects", "anchor", "fcr_window", "name", "currency"];

/// The floors as they were before the last files and arguments.
pub(super) struct Bases<'a> {
    /// Trees of the files, the scenario itself first, each without what it extends.
    pub layers: &'a [Node],
    pub sets: &'a [String],
    pub folders: &'a [PathBuf],
    pub shelf: Option<Arc<Shelf>>,
    pub sources: &'a Sources,
}

/// Remarks for `--explain`.
#[derive(Default)]
pub(super) struct Found {
    /// Path and value of each anchor that was found.
    pub shown: Vec<(String, String)>,
    /// Path and text.
    pub notes: Vec<(String, String)>,
}

/// Fills in the anchors of all queues.
pub(super) fn apply(scenario: &mut Scenario, root: &Node, bases: &Bases<'_>, problems: &mut Problems) -> Found {
    let mut found = Found::default();
    if !scenario.people.anchored {
        scenario.queues.iter_mut().for_each(|queue| queue.outcomes.anchor = Anchor::default());
        return found;
    }
    let mut floors: Vec<Option<Option<Scenario>>> = vec![None; bases.layers.len()];
    for index in 0..scenario.queues.len() {
        if !differs(scenario, index) {
            continue;
        }
        let name = scenario.queues[index].name.clone();
        let written = root.get("queue").and_then(|q| q.get(&name));
        if written.is_none_or(|q| q.get("anchored").is_none()) {
            let layer = bases.layer_of(&name);
            let base = bases.floor(layer, &mut floors).unwrap_or(scenario);
            scenario.queues[index].outcomes.anchor = anchor(base, &scenario.queues[index], &scenario.people);
            let path = format!("queue.{name}.anchored");
            let source = bases.sources.get(layer).filter(|_| layer > 0);
            found.notes.push((path.clone(), source.map_or("found".into(), |source| format!("from {}", source.name))));
            found.shown.push((path, toml(&scenario.queues[index].outcomes.anchor)));
        }
        let queue = &scenario.queues[index];
        if queue.outcomes.anchor.times[0] <= 0.0 {
            problems.push(too_short(queue, written, root.place, scenario.people.strength));
        }
        if queue.outcomes.anchor != Anchor::default() {
            found.notes.push((format!("queue.{name}"), note(queue)));
        }
    }
    found.shown.retain(|(_, text)| *text != toml(&Anchor::default()));
    found
}

/// Whether people make a difference in a queue.
fn differs(scenario: &Scenario, queue: usize) -> bool {
    let serves = |team: &&Team| team.skills.iter().any(|skill| skill.queue == queue);
    scenario.queues[queue].outcomes.any() || scenario.teams.iter().filter(serves).any(|team| team.crew.stated)
}

impl Bases<'_> {
    /// The file whose talk time is in force.
    fn layer_of(&self, queue: &str) -> usize {
        let states = |layer: &Node| {
            let node = layer.get("queue").and_then(|q| q.get(queue));
            node.is_some_and(|q| q.get("talk").is_some() || q.get("aht").is_some())
        };
        self.layers.iter().position(states).unwrap_or(0)
    }

    /// The floor of a file; `None` when it is the one at hand, or nothing is complete without `--set`.
    fn floor<'b>(&self, layer: usize, floors: &'b mut [Option<Option<Scenario>>]) -> Option<&'b Scenario> {
        if layer == 0 && !self.sets.iter().any(|set| moves(set)) {
            return None;
        }
        let complete =
            (0..=layer).rev().find(|layer| floors[*layer].get_or_insert_with(|| self.read(*layer)).is_some());
        floors[complete?].as_ref()?.as_ref()
    }

    fn read(&self, layer: usize) -> Option<Scenario> {
        let root = files::merged(self.layers[layer..].to_vec())?;
        let mut problems = Problems::default();
        check::forms(&root, self.sources, &mut problems);
        let mut sources = self.sources.clone();
        let tables = table::Tables::new(self.shelf.clone());
        let mut reader = read::Reader::new(&root, self.folders, tables, &mut sources, problems);
        if !reader.problems.is_empty() {
            return None;
        }
        let scenario = reader.scenario("");
        scenario.filter(|_| reader.problems.is_empty())
    }
}

/// Whether a `--set` argument changes people or callers.
fn moves(set: &str) -> bool {
    let first = set.split(['.', '=']).next().unwrap_or("").trim();
    !OUTWARD.contains(&first)
}

/// The anchor of a queue, from the people and callers of `base`.
fn anchor(base: &Scenario, queue: &Queue, settings: &PeopleSettings) -> Anchor {
    let Some(index) = base.queues.iter().position(|q| q.name == queue.name).filter(|i| differs(base, *i)) else {
        return Anchor::default();
    };
    let (effects, groups, before) = (&settings.effects, groups(base, index), &base.queues[index]);
    let mut anchor = of(before, &before.outcomes, &groups, effects);
    let (then, now) = (&before.outcomes, &queue.outcomes);
    let more = Outcomes {
        first_contact_resolution: then.first_contact_resolution.or(now.first_contact_resolution),
        satisfaction: then.satisfaction.or(now.satisfaction),
        retention: then.retention.or(now.retention),
        offer: then.offer.or(now.offer),
        ..then.clone()
    };
    if more != *then {
        let times = anchor.times;
        anchor = Anchor { times, ..of(before, &more, &groups, effects) };
    }
    anchor
}

fn of(queue: &Queue, outcomes: &Outcomes, groups: &[Group], effects: &Effects) -> Anchor {
    let plain = Outcomes { anchor: Anchor::default(), ..outcomes.clone() };
    let reasons: Vec<Option<&ReasonShare>> = match plain.reasons.is_empty() {
        true => vec![None],
        false => plain.reasons.iter().filter(|reason| reason.share > 0.0).map(Some).collect(),
    };
    let complexities: Vec<Option<Complexity>> = reasons
        .iter()
        .map(|reason| Some(plain.complexity_of(*reason)?).map(|c| Complexity::new(c.mean, c.sd)))
        .collect();
    let cases: Vec<Case<'_>> = reasons
        .iter()
        .zip(&complexities)
        .map(|(reason, complexity)| Case {
            share: reason.map_or(1.0, |reason| reason.share),
            stated: plain.stated(*reason),
            complexity: complexity.as_ref(),
            abusive: plain.abuse.map_or(0.0, |abuse| abuse.share),
        })
        .collect();
    people::anchor(groups, &cases, &targets(queue, &plain), effects)
}

/// What is stated over all callers; a reason with a figure of its own takes its part in the mean.
fn targets(queue: &Queue, outcomes: &Outcomes) -> Targets {
    let over_reasons = |of_queue: Option<f64>, own: fn(&ReasonShare) -> Option<f64>| {
        if outcomes.reasons.is_empty() {
            return of_queue;
        }
        let figures = outcomes.reasons.iter().filter_map(|reason| Some((reason.share, own(reason).or(of_queue)?)));
        let (share, sum) = figures.fold((0.0, 0.0), |(share, sum), (part, x)| (share + part, sum + part * x));
        (share > 0.0).then(|| sum / share)
    };
    Targets {
        talk_s: queue.handle.talk.mean(),
        talk_spread: talk_spread(&queue.handle.talk),
        resolved: over_reasons(outcomes.first_contact_resolution, |reason| reason.first_contact_resolution),
        transferred: queue.callers.transfer.as_ref().map_or(0.0, |transfer| transfer.probability),
        satisfied: over_reasons(outcomes.satisfaction, |reason| reason.satisfaction),
        sold: outcomes.offer.map(|offer| offer.conversion),
        retained: over_reasons(outcomes.retention, |reason| reason.retention),
    }
}

/// Equally likely talk times over their mean.
fn talk_spread(talk: &Dist) -> [f64; SPREAD] {
    std::array::from_fn(|place| talk.quantile((place as f64 + 0.5) / SPREAD as f64) / talk.mean())
}

/// The teams that serve a queue, by their hours on the phone; those that help out later only where there are no others.
fn groups(scenario: &Scenario, queue: usize) -> Vec<Group> {
    let at_once = |team: &&Team| team.skills.iter().any(|skill| skill.queue == queue && skill.after_s == 0.0);
    let ever = |team: &&Team| team.skills.iter().any(|skill| skill.queue == queue);
    let mut teams: Vec<&Team> = scenario.teams.iter().filter(at_once).collect();
    if teams.is_empty() {
        teams = scenario.teams.iter().filter(ever).collect();
    }
    let mut groups: Vec<Group> =
        teams.iter().flat_map(|team| of_team(team, f64::from(scenario.timeline.interval_s))).collect();
    if groups.iter().all(|group| group.weight == 0.0) {
        groups.iter_mut().for_each(|group| group.weight = 1.0);
    }
    groups
}

fn of_team(team: &Team, interval_s: f64) -> Vec<Group> {
    let (spreads, tenure) = (team.crew.spreads, team.crew.tenure);
    let persons = team.people.as_ref().map_or(&[][..], |people| &people.persons);
    if !team.people.as_ref().is_some_and(People::has_profiles) {
        let planned = || team.on_phone.iter().map(|heads| f64::from(*heads) * interval_s).sum();
        let weight = if persons.is_empty() { planned() } else { persons.iter().map(on_phone_s).sum() };
        return vec![Group { spreads, tenure, profiles: Vec::new(), weight }];
    }
    let drawn = population(&spreads, tenure);
    // Neighbours in the lattice are far apart, so that each person gets a fair share of what is not stated.
    let each = if drawn.len() == 1 { 1 } else { DRAWS.div_ceil(persons.len()) };
    let group = |(number, person): (usize, &super::people::Person)| {
        let draws = (0..each).map(|draw| drawn[(number * each + draw) % drawn.len()]);
        let profiles: Vec<Profile> = draws.map(|profile| person.profile.over(profile)).collect();
        Group { spreads: [Spread::default(); people::TRAITS.len()], tenure: None, profiles, weight: on_phone_s(person) }
    };
    persons.iter().enumerate().map(group).collect()
}

fn on_phone_s(person: &super::people::Person) -> f64 {
    let stretches = person.duties.iter().flat_map(|duty| &duty.on_phone);
    stretches.map(|stretch| (stretch.to_s - stretch.from_s) as f64).sum()
}

fn too_short(queue: &Queue, written: Option<&Node>, place: Place, strength: f64) -> Problem {
    let key = if written.is_some_and(|q| q.get("aht").is_some()) { "aht" } else { "talk" };
    let place = written.and_then(|q| q.get(key)).map_or(place, |n| n.place);
    let (outcomes, talk_s) = (&queue.outcomes, queue.handle.talk.mean());
    let path = format!("queue.{}.{key}", queue.name);
    if outcomes.verify_s + outcomes.offer.map_or(0.0, |offer| offer.talk_s) < talk_s {
        return too_strong(path, talk_s, strength).at(place);
    }
    let verify = (outcomes.verify_s > 0.0).then(|| format!("{} of verifying", units::duration(outcomes.verify_s)));
    let offer = outcomes.offer.filter(|offer| offer.talk_s > 0.0);
    let offer = offer.map(|offer| format!("offers of {}", units::duration(offer.talk_s)));
    let parts = verify.into_iter().chain(offer).collect::<Vec<_>>().join(" and ");
    let message =
        format!("the stated talk time of {} contains {parts}, which alone take longer", units::duration(talk_s));
    let help = "state the talk time with all that is in it, or write anchor = \"none\" at the top of the file";
    Problem::new(path, message).at(place).help(help)
}

/// Effects that stretch the talk of some people beyond all measure.
fn too_strong(path: String, talk_s: f64, strength: f64) -> Problem {
    let message = format!(
        "with people effects this strong (strength = \"{}\" in [effects]) no talk time of an average agent gives the \
         stated {} over all people",
        units::share(strength),
        units::duration(talk_s)
    );
    let help = "lower `strength` or the sizes in [effects], let traits and complexity spread less, or write \
                anchor = \"none\" at the top of the file";
    Problem::new(path, message).help(help)
}

/// An anchor as `anchored` says it.
fn toml(anchor: &Anchor) -> String {
    let Anchor { times: [talk, hold, wrap], resolved, transferred, satisfied, sold, retained } = anchor;
    format!(
        "{{ talk = {talk:?}, hold = {hold:?}, wrap = {wrap:?}, resolved = {resolved:?}, transferred = {transferred:?}, \
         satisfied = {satisfied:?}, sold = {sold:?}, retained = {retained:?} }}"
    )
}

/// Stated value, factor and anchored base, line by line.
fn note(queue: &Queue) -> String {
    let (anchor, outcomes) = (&queue.outcomes.anchor, &queue.outcomes);
    let times =
        [Some(&queue.handle.talk), queue.handle.hold.as_ref().map(|(hold, _)| hold), queue.handle.wrap.as_ref()];
    let times = ["talk", "hold", "wrap"].iter().zip(times).zip(anchor.times).filter_map(|((name, dist), factor)| {
        let mean = dist?.mean();
        let base = mean * factor;
        let base = if base < 60.0 { (base * 10.0).round() / 10.0 } else { base.round() };
        Some(format!("anchored: {name} {} x {factor:.4} = {}", units::duration(mean), units::duration(base.max(0.0))))
    });
    let transfer = queue.callers.transfer.as_ref().map(|transfer| transfer.probability);
    let shares = [
        ("first_contact_resolution", outcomes.first_contact_resolution, anchor.resolved),
        ("transfer", transfer.filter(|p| *p > 0.0 && *p < 1.0), anchor.transferred),
        ("satisfaction", outcomes.satisfaction, anchor.satisfied),
        ("conversion", outcomes.offer.map(|offer| offer.conversion), anchor.sold),
        ("retention", outcomes.retention, anchor.retained),
    ];
    let shares = shares.into_iter().filter_map(|(name, share, shift)| {
        let share = share?;
        let base = (people::chance(stated_logit(share) + shift) * 1e4).round() / 1e4;
        Some(format!("anchored: {name} {}, logit {shift:+.4} = {}", units::share(share), units::share(base)))
    });
    times.chain(shares).collect::<Vec<_>>().join("\n")
}
