//! Floors that are different and must come to the same.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use callwright::engine::{Contact, ContactKey, Conversation, Floor, Observer, PickUp, Tally};
use callwright::model::{Model, Tick, compile};
use callwright::scenario::*;

use super::random_floors::{self, Dice, Special};

// ---- chats one at a time --------------------------------------------------------------------------------------------

/// All cells of a tally, whether the model counts them or not.
fn cells(model: &Model, tally: &Tally<'_>) -> String {
    let segments = 0..model.segments.len();
    let by_segment = |of: usize| (0..of).flat_map(|index| segments.clone().map(move |segment| (index, segment)));
    let loops: Vec<_> = by_segment(model.queues.len()).map(|(queue, segment)| tally.loops(queue, segment)).collect();
    let duties: Vec<_> = by_segment(model.teams.len()).map(|(team, segment)| tally.duties(team, segment)).collect();
    let Tally { queues, teams, pairs, waits, .. } = tally;
    format!("{queues:?} {teams:?} {pairs:?} {waits:?} {loops:?} {duties:?}")
}

#[test]
fn chats_one_at_a_time_are_calls_on_random_floors() {
    use Special::{Announce, Blend, CallBack, Credit, Menu, Messages, People, Redial, Reserve, Warm};
    let (mut chats, mut answered) = (0, 0);
    for seed in 0..300 {
        let all = [People, Menu, Announce, Redial, Warm, CallBack, Credit, Reserve, Messages, Blend];
        let dice = &mut Dice::new(seed + 31_313);
        let specials: Vec<Special> = all.into_iter().filter(|_| dice.below(2) == 0).collect();
        let mut calls = random_floors::special_floor(seed, &specials);
        // Chats hold no line.
        calls.lines = None;
        calls.queues.iter_mut().for_each(|queue| queue.lines = None);
        let mut chat = calls.clone();
        for queue in chat.queues.iter_mut().filter(|q| q.channel == Channel::Voice && q.callers.dial.is_none()) {
            let slowdown = 0.5;
            queue.channel = Channel::Chat(Chat { concurrency: 1, slowdown, silent: 0.0, silent_timeout_s: 60.0 });
            chats += 1;
        }
        let results = [calls, chat].map(|scenario| {
            let model = compile(&scenario).unwrap();
            let mut tally = Tally::new(&model);
            Floor::new(&model).run(2, &mut tally);
            answered += tally.queues.iter().map(|cell| cell.answered).sum::<u32>();
            cells(&model, &tally)
        });
        assert!(results[0] == results[1], "floor {seed}");
    }
    assert!(chats > 400 && answered > 20_000, "{chats} {answered}");
}

/// Runs a shipped scenario; returns its files by name.
fn run(settings: &[&str]) -> BTreeMap<String, String> {
    let out = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_callwright"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["run", "scenarios/escalation.toml", "--replications", "10"]);
    for setting in settings {
        command.args(["--set", setting]);
    }
    let output = command.arg("--out").arg(out.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    let files = std::fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), text(&path))).collect()
}

/// A CSV file without the columns of Erlang formulas, which know no chats.
fn simulated(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let formula = |name: &str| {
        name.starts_with("erlang_") || ["needed", "needed_h", "short_h", "over_h", "short_over"].contains(&name)
    };
    let kept: Vec<bool> = reader.headers().unwrap().iter().map(|name| !formula(name)).collect();
    let rows = reader.records().map(|row| row.unwrap());
    let cells = |row: csv::StringRecord| {
        row.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell.into()).collect()
    };
    rows.map(cells).collect()
}

#[test]
fn chats_one_at_a_time_are_calls_in_every_file() {
    // Chats do not ring, and nobody keeps a customer company.
    let same = ["team.specialists.ring_time=0s", "queue.support.transfer.warm=false"];
    let chat = [
        "queue.support.channel=chat",
        "queue.tier2.channel=chat",
        "queue.support.concurrency=1",
        "queue.tier2.concurrency=1",
    ];
    let (calls, chats) = (run(&same), run(&[&same[..], &chat[..]].concat()));
    let mut compared = 0;
    for (name, text) in calls.iter().filter(|(name, _)| name.ends_with(".csv")) {
        assert_eq!(simulated(text), simulated(&chats[name]), "{name}");
        compared += simulated(text).len();
    }
    assert!(compared > 100, "{compared} rows");
    let [calls, chats] =
        [&calls, &chats].map(|files| -> serde_json::Value { serde_json::from_str(&files["summary.json"]).unwrap() });
    for key in ["run", "total", "total_teams", "queues", "teams", "goals"] {
        assert_eq!(calls[key], chats[key], "{key}");
    }
}

// ---- messages that are put down -------------------------------------------------------------------------------------

/// When each contact of some queues was answered, or gave up.
struct Waits {
    queues: usize,
    by_contact: BTreeMap<(usize, ContactKey), (Tick, Tick, &'static str)>,
}

impl Waits {
    fn note(&mut self, queue: usize, contact: &Contact, end: Tick, fate: &'static str) {
        if queue < self.queues {
            self.by_contact.insert((queue, contact.key), (contact.arrived, end, fate));
        }
    }
}

impl Observer for Waits {
    fn begin(&mut self, _: u64) {}
    fn blocked(&mut self, queue: usize, contact: &Contact) {
        self.note(queue, contact, contact.arrived, "blocked");
    }
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, _: &Conversation) {
        self.note(pick_up.queue, contact, pick_up.at, "answered");
    }
    fn abandoned(&mut self, queue: usize, contact: &Contact) {
        self.note(queue, contact, contact.gives_up, "abandoned");
    }
    fn dropped(&mut self, queue: usize, contact: &Contact, at: Tick) {
        self.note(queue, contact, at, "dropped");
    }
    fn deferred(&mut self, queue: usize, contact: &Contact) {
        self.note(queue, contact, contact.arrived, "deferred");
    }
    fn worked(&mut self, _: &PickUp, _: Tick) {}
    fn staffed(&mut self, _: usize, _: usize, _: Tick) {}
}

/// A floor whose people are all alike for each queue, and as many all day: who of them answers changes no wait.
fn alike(seed: u64, specials: &[Special]) -> Scenario {
    let mut scenario = random_floors::special_floor(seed, specials);
    let teams = scenario.teams.len();
    for (index, team) in scenario.teams.iter_mut().enumerate() {
        team.skills.retain(|skill| skill.queue % teams == index);
        let most = team.on_phone.iter().copied().max().unwrap();
        team.on_phone.fill(most);
    }
    scenario
}

#[test]
fn messages_that_are_put_down_delay_no_call() {
    use Special::{Announce, CallBack, Cold, Credit, Menu, Redial};
    let (mut waited, mut messages) = (0, 0);
    for seed in 0..300 {
        let all = [Menu, Announce, Redial, Cold, CallBack, Credit];
        let dice = &mut Dice::new(seed + 47_474);
        let specials: Vec<Special> = all.into_iter().filter(|_| dice.below(2) == 0).collect();
        let without = alike(seed, &specials);
        let mut with = without.clone();
        let first = with.queues.len();
        let volume = vec![12.0; with.timeline.intervals.len()];
        let mut email = crate::floors::queue("email", volume, 300.0, 0.0);
        email.channel = Channel::Email(Messages { preempt: true, backlog: 5, while_closed: Vec::new() });
        with.queues.push(email);
        for team in &mut with.teams {
            team.skills.extend(crate::floors::team("", Vec::new(), &[(first, 1, 1.0)]).skills);
        }
        let [without, with] = [without, with].map(|scenario| {
            let model = compile(&scenario).unwrap();
            let mut waits = Waits { queues: first, by_contact: BTreeMap::new() };
            let mut tally = Tally::new(&model);
            Floor::new(&model).run(1, &mut waits);
            Floor::new(&model).run(1, &mut tally);
            messages += tally.queues.iter().skip(first * model.segments.len()).map(|cell| cell.answered).sum::<u32>();
            waits.by_contact
        });
        assert_eq!(without.len(), with.len(), "floor {seed}");
        for (contact, fate) in &without {
            assert_eq!(Some(fate), with.get(contact), "floor {seed}: {contact:?}");
            waited += u32::from(fate.1 > fate.0);
        }
    }
    assert!(waited > 5_000 && messages > 1_000, "{waited} {messages}");
}
