//! A name for the content of a scenario: the same for the same floor, whatever file it was written in.

use super::outcomes::{Crew, Outcomes, PeopleSettings, StatedProfile};
use super::types::{PlanSettings, Run, Scenario};

/// 32 hexadecimal digits over everything but the seed and the numbers of replications, which outputs state themselves,
/// and what counts as worse.
///
/// What a scenario does not mention (`None`, an empty list, `false`) is left out, so that a key the language gains
/// later does not rename the floors that do not use it. FNV-1a with 128 bits: it guards against mistakes, not against
/// forgery, and is the same on every machine.
pub(super) fn of(scenario: &Scenario) -> String {
    let Scenario { queues, teams, .. } = scenario;
    let run = Run::plain(0, 0, scenario.run.warm_up_s);
    let plan = PlanSettings { replications: 0, ..scenario.plan.clone() };
    let people = PeopleSettings::default();
    let head = Scenario { queues: vec![], teams: vec![], run, plan, people, ..scenario.clone() };
    // Debug output of numbers is exact: the shortest text that reads back as the same bits.
    let mut hash = Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    let plain = Plain::default();
    hash.add(&mentioned(&without_check(&plain.without(&format!("{head:?}")))));
    if scenario.people != PeopleSettings::default() {
        hash.add(&format!("{:?}", scenario.people));
    }
    queues.iter().for_each(|queue| hash.add(&mentioned(&plain.without(&format!("{queue:?}")))));
    for team in teams {
        // Person by person: all in one text would need gigabytes on the largest floors.
        let persons = team.people.iter().flat_map(|p| &p.persons);
        persons.for_each(|person| hash.add(&mentioned(&plain.without(&format!("{person:?}")))));
        let mut team = team.clone();
        team.people.iter_mut().for_each(|p| p.persons.clear());
        hash.add(&mentioned(&plain.without(&format!("{team:?}"))));
    }
    format!("{:032x}", hash.0)
}

/// Fields of people as they are where nothing is said of them: they are left out whole.
struct Plain([String; 4]);

impl Default for Plain {
    fn default() -> Self {
        Self([
            format!(", people: {:?}", PeopleSettings::default()),
            format!(", outcomes: {:?}", Outcomes::default()),
            format!(", crew: {:?}", Crew::default()),
            format!(", profile: {:?}", StatedProfile::default()),
        ])
    }
}

impl Plain {
    fn without(&self, debug: &str) -> String {
        let last =
            |text: &String| self.0.iter().find_map(|field| text.find(field.as_str()).map(|at| at..at + field.len()));
        let mut text = debug.to_owned();
        while let Some(field) = last(&text) {
            text.replace_range(field, "");
        }
        text
    }
}

/// What counts as worse, the last field, is no part of the floor.
fn without_check(debug: &str) -> String {
    debug.rsplit_once(", check: CheckSettings {").map_or(debug.to_owned(), |(floor, _)| format!("{floor} }}"))
}

/// The text of a value without the fields that say nothing.
fn mentioned(debug: &str) -> String {
    let mut text = String::with_capacity(debug.len());
    for (index, field) in debug.split(", ").enumerate() {
        let bare = field.trim_end_matches([' ', '}']);
        let (opening, name) = bare.split_at(bare.rfind("{ ").map_or(0, |at| at + 2));
        if index > 0 && !opening.is_empty() {
            text.push_str(", ");
        }
        if [": None", ": []", ": false"].iter().any(|nothing| name.ends_with(nothing)) {
            text.push_str(opening);
            text.push_str(&field[bare.len()..]);
        } else {
            text.push_str(if index > 0 && opening.is_empty() { ", " } else { "" });
            text.push_str(field);
        }
    }
    text
}

struct Fnv(u128);

impl Fnv {
    fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{mentioned, without_check};

    #[test]
    fn what_counts_as_worse_is_no_part_of_the_floor() {
        let load = |text: &str| {
            let request = crate::scenario::Request::file("floor.toml");
            crate::scenario::load_text(&request, text.to_owned()).unwrap().input_hash
        };
        let floor = "interval = \"1h\"\nopen = \"24h\"\nqueue.q = { volume = { per_day = 9 }, talk = \"1m\", patience = \"1m\" }\n\
                     team.t = { agents = 2, skills = { q = 1 } }\n";
        assert_eq!(load(floor), load(&format!("{floor}[check]\nalpha = 0.2\ntimes = \"9s\"\n")));
        assert_ne!(load(floor), load(&format!("{floor}[plan]\ndays = \"90%\"\n")));
        assert_eq!(without_check("S { a: 1, check: CheckSettings { alpha: 0.1 } }"), "S { a: 1 }");
    }

    #[test]
    fn fields_that_say_nothing_are_left_out() {
        let text = "Queue { name: \"x\", goal: None, lines: Some(3), callers: Callers { ivr: None, redial: None }, blend: false }";
        let more =
            "Queue { name: \"x\", lines: Some(3), callers: Callers { ivr: None, new: None, list: [] }, later: None }";
        assert_eq!(mentioned(text), mentioned(more));
        assert_ne!(mentioned(text), mentioned(&text.replace("Some(3)", "None")));
    }
}
