//! Who the people of a team are, what training adds to them, and how much all that changes.

use super::callers::{entries, optional};
use super::{Reader, or_default, section};
use crate::people::{Effects, Kind, Spread, TRAITS, Tenure};
use crate::scenario::grammar::fields;
use crate::scenario::keys;
use crate::scenario::tree::{Entry, Node};
use crate::scenario::words::nearest;
use crate::scenario::{Crew, PeopleSettings};
use crate::units;

const WEEK_S: f64 = 7.0 * 86_400.0;
/// A working week, where the file states none.
const FULL_TIME_WEEK_S: f64 = 40.0 * 3_600.0;

impl Reader<'_> {
    /// The people of a team as the file describes them, training included.
    pub(super) fn crew_of(&mut self, node: &Node, path: &str, name: &str) -> Option<Crew> {
        let mut crew = self.training_of(name)?;
        let traits = node.get("traits");
        for (index, of) in TRAITS.iter().enumerate() {
            if let Some(stated) = traits.and_then(|t| t.get(of.name())) {
                crew.spreads[index] = spread(stated)?;
            }
        }
        crew.tenure = optional(node.get("tenure"), |n| self.tenure(n, &format!("{path}.tenure")))?;
        crew.quota = optional(node.get("quota"), Node::amount)?;
        crew.stated |= traits.is_some() || crew.tenure.is_some() || crew.quota.is_some();
        Some(crew)
    }

    fn tenure(&mut self, node: &Node, path: &str) -> Option<Tenure> {
        let weeks = |seconds: f64| seconds / WEEK_S;
        if let Some(mean) = node.seconds() {
            self.shown.insert(path.into(), format!("{{ mean = \"{}\", min = \"0s\" }}", node.text()?.trim()));
            return Some(Tenure { mean_weeks: weeks(mean), min_weeks: 0.0 });
        }
        let keys = fields(section("team").get("tenure")?.forms)?;
        let mean = node.get("mean")?.seconds()?;
        let min = or_default(node, keys, "min", Node::seconds)?;
        if min > mean {
            let stated = node.get("min").unwrap_or(node);
            let message = format!("the shortest time on the job, {}, is longer than the mean", stated.shown());
            self.problem(format!("{path}.min"), stated.place, message, "let `min` be at most `mean`");
            return None;
        }
        Some(Tenure { mean_weeks: weeks(mean), min_weeks: weeks(min) })
    }

    /// What all training together does to a team.
    fn training_of(&mut self, team: &str) -> Option<Crew> {
        let mut crew = Crew::default();
        let root = self.root;
        for entry in entries(root.get("training")).filter(|e| takes_part(&e.node, team)) {
            let node = &entry.node;
            let (hours, every) = (node.get("hours")?.seconds()?, node.get("every")?.seconds()?);
            let week_s = root.get("full_time_week").and_then(Node::seconds).unwrap_or(FULL_TIME_WEEK_S);
            crew.training_share += hours / (every / WEEK_S * week_s);
            crew.training_cost += node.get("cost").map_or(Some(0.0), Node::amount)? / (every / 86_400.0);
            for (gain, of) in crew.gains.iter_mut().zip(TRAITS) {
                let stated = node.get("traits").and_then(|t| t.get(of.name()));
                *gain += stated.map_or(Some(0.0), Node::number)?;
            }
            crew.stated = true;
        }
        if crew.stated {
            self.notes.insert(format!("team.{team}"), training_note(&crew));
        }
        Some(crew)
    }

    /// Teams that training names exist, and it leaves time for work.
    pub(super) fn check_training(&mut self) {
        let (root, teams) = (self.root, self.names("team"));
        for Entry { key, node, .. } in entries(root.get("training")) {
            for stated in node.get("teams").and_then(Node::list).into_iter().flatten() {
                let Some(name) = stated.text().filter(|name| !teams.iter().any(|t| t == name)) else { continue };
                let help = match nearest(name, teams.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("the teams are: {}", teams.iter().take(20).cloned().collect::<Vec<_>>().join(", ")),
                };
                self.problem(
                    format!("training.{key}.teams"),
                    stated.place,
                    format!("there is no team named `{name}`"),
                    help,
                );
            }
        }
    }

    pub(super) fn people_settings(&mut self) -> Option<PeopleSettings> {
        let root = self.root;
        let empty = Node::new(root.place, crate::scenario::tree::Value::Table(Default::default()));
        let effects = root.get("effects").unwrap_or(&empty);
        let strength = or_default(effects, section("effects"), "strength", Node::share)?;
        let run = root.get("run").unwrap_or(&empty);
        let word = |node: &Node| node.text().map(str::to_owned);
        Some(PeopleSettings {
            effects: sizes(effects)?.scaled(strength),
            strength,
            anchored: or_default(root, keys::ROOT, "anchor", word)? == "stated",
            fcr_window_s: or_default(root, keys::ROOT, "fcr_window", Node::seconds)?,
            fixed_population: or_default(run, section("run"), "population", word)? == "fixed",
            steady_loops: or_default(run, section("run"), "loops", word)? == "steady",
            left_out: false,
        })
    }
}

fn takes_part(training: &Node, team: &str) -> bool {
    training.get("teams").and_then(Node::list).is_none_or(|teams| teams.iter().any(|t| t.text() == Some(team)))
}

/// What training does to a team, for `--explain`.
fn training_note(crew: &Crew) -> String {
    let gains = crew.gains.iter().zip(TRAITS).filter(|(gain, _)| **gain != 0.0);
    let gains = gains.map(|(gain, of)| format!("{} {gain:+}", of.name())).collect::<Vec<_>>().join(", ");
    let share = units::share((crew.training_share * 1e6).round() / 1e6);
    let cost = (crew.training_cost * 100.0).round() / 100.0;
    format!("training takes {share} of paid time, added to planned shrinkage; {cost} per person and day; {gains}")
}

/// A bare score is everybody's.
fn spread(node: &Node) -> Option<Spread> {
    match node.number() {
        Some(mean) => Some(Spread { mean, sd: 0.0 }),
        None => {
            let keys = fields(fields(section("team").get("traits")?.forms)?.keys.first()?.forms)?;
            Some(Spread {
                mean: or_default(node, keys, "mean", Node::amount)?,
                sd: or_default(node, keys, "sd", Node::amount)?,
            })
        }
    }
}

/// All sizes, before `strength`.
fn sizes(node: &Node) -> Option<Effects> {
    let mut effects = Effects::default();
    for effect in Effects::TABLE {
        if let Some(stated) = node.get(effect.name) {
            let value = match effect.kind {
                Kind::Time | Kind::Length => stated.seconds(),
                Kind::Level => stated.share(),
                Kind::Term | Kind::Factor | Kind::Step => stated.number(),
            };
            (effect.set)(&mut effects, value?);
        }
    }
    let flag = |key: &str| or_default(node, section("effects"), key, Node::flag);
    (effects.fatigue, effects.strain, effects.pressure) = (flag("fatigue")?, flag("strain")?, flag("pressure")?);
    Some(effects)
}
