//! A second engine, written to be read: it steps through all instants in strict order and scans lists. Given the
//! same first attempts it must find the same counts, waits and times as the fast one; everything that follows from
//! them (further attempts, hand-overs, call-backs, absences) it makes itself, from the names of the random streams.

mod chats;
mod duty;
mod entering;
mod floor;
mod routing;
mod service;

use std::fmt::Debug;

use callwright::engine::{
    Contact, ContactKey, Conversation, Floor, LoopCell, Observer, PickUp, QueueCell, Tally, TeamCell,
};
use callwright::model::{Model, Tick, compile};
use callwright::scenario::{Callers, Channel, Scenario};

use super::random_floors::{self, Special};
use floor::Naive;

/// Collects every contact (its arrival and its name), whatever becomes of it.
#[derive(Default)]
struct Contacts(Vec<(Tick, usize, ContactKey)>);

impl Observer for Contacts {
    fn begin(&mut self, _: u64) {
        self.0.clear();
    }
    fn blocked(&mut self, queue: usize, contact: &Contact) {
        self.0.push((contact.arrived, queue, contact.key));
    }
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, _: &Conversation) {
        self.0.push((contact.arrived, pick_up.queue, contact.key));
    }
    fn abandoned(&mut self, queue: usize, contact: &Contact) {
        self.0.push((contact.arrived, queue, contact.key));
    }
    fn dropped(&mut self, queue: usize, contact: &Contact, _: Tick) {
        self.0.push((contact.arrived, queue, contact.key));
    }
    fn worked(&mut self, _: &PickUp, _: Tick) {}
    fn staffed(&mut self, _: usize, _: usize, _: Tick) {}
}

/// The first attempts, from a floor on which nothing but arrivals is the same: a contact then is seen when it comes,
/// not when it leaves the menu. Sorted so that one instant's arrivals come in queue order.
fn first_attempts(scenario: &Scenario, replication: u64) -> Vec<(Tick, usize, ContactKey)> {
    let mut plain = scenario.clone();
    for queue in &mut plain.queues {
        queue.callers = Callers::default();
        queue.channel = Channel::Voice;
    }
    for team in &mut plain.teams {
        team.people = None;
        team.ring_s = 0.0;
        team.blend = false;
        team.reserve.clear();
    }
    let mut contacts = Contacts::default();
    Floor::new(&compile(&plain).unwrap()).run(replication, &mut contacts);
    contacts.0.sort_by_key(|c| (c.0, c.1));
    contacts.0
}

/// Both engines on one floor: the first difference between them, and what the fast one found, summed over queues.
fn compare(scenario: &Scenario) -> (Option<String>, QueueCell, LoopCell) {
    let model = compile(scenario).unwrap();
    let (mut fast, mut slow) = (Tally::new(&model), Tally::new(&model));
    Floor::new(&model).run(3, &mut fast);
    slow.begin(3);
    let mut naive = Naive::new(&model, 3, slow);
    naive.run(&first_attempts(scenario, 3));
    let (mut sum, mut loops) = (QueueCell::default(), LoopCell::default());
    fast.queues.iter().for_each(|cell| sum.add(cell));
    fast.loops.iter().for_each(|cell| loops.add(cell));
    (difference(&model, &fast, &naive.observer), sum, loops)
}

fn difference(model: &Model, fast: &Tally<'_>, slow: &Tally<'_>) -> Option<String> {
    let n = model.segments.len();
    // Head counts on duty are a matter of the calendar, which the slow engine does not tell.
    let team = |tally: &Tally<'_>| -> Vec<TeamCell> {
        let cells = tally.teams.iter().enumerate();
        let staffed =
            |index: usize, cell: &TeamCell| model.teams[index / n].people.as_ref().map_or(0, |_| cell.staffed);
        cells.map(|(index, cell)| TeamCell { staffed: staffed(index, cell), ..*cell }).collect()
    };
    unlike("queue", &fast.queues, &slow.queues, n)
        .or_else(|| unlike("loops of queue", &fast.loops, &slow.loops, n))
        .or_else(|| unlike("team", &team(fast), &team(slow), n))
        .or_else(|| unlike("duties of team", &fast.duties, &slow.duties, n))
        .or_else(|| unlike("queue by team", &fast.pairs, &slow.pairs, model.teams.len()))
        .or_else(|| unlike("waits of queue", &fast.waits, &slow.waits, 1))
}

fn unlike<T: PartialEq + Debug>(what: &str, fast: &[T], slow: &[T], columns: usize) -> Option<String> {
    let index = (0..fast.len().max(slow.len())).find(|&i| fast.get(i) != slow.get(i))?;
    let (row, column) = (index / columns, index % columns);
    Some(format!("{what} {row}, cell {column}:\n  fast {:?}\n  slow {:?}", fast.get(index), slow.get(index)))
}

/// No floor may differ; the message says how many do, and where the first ones do.
fn compare_all(floors: impl Iterator<Item = (u64, Scenario)>) -> (QueueCell, LoopCell) {
    let (mut sum, mut loops) = (QueueCell::default(), LoopCell::default());
    let mut differ = Vec::new();
    for (seed, scenario) in floors {
        let (difference, queues, turns) = compare(&scenario);
        differ.extend(difference.map(|difference| format!("floor {seed}, {difference}")));
        sum.add(&queues);
        loops.add(&turns);
    }
    assert!(differ.is_empty(), "{} floors differ:\n{}", differ.len(), differ[..differ.len().min(5)].join("\n"));
    (sum, loops)
}

#[test]
fn finds_the_same_as_the_fast_engine_on_random_floors() {
    let (sum, _) = compare_all((0..400).map(|seed| (seed, random_floors::floor(seed))));
    let QueueCell { answered, abandoned, blocked, dropped, .. } = sum;
    assert!(
        answered > 20_000 && abandoned > 10_000 && blocked > 1_000 && dropped > 300,
        "{answered} {abandoned} {blocked} {dropped}"
    );
}

fn compare_special(specials: &[Special], floors: u64) -> (QueueCell, LoopCell) {
    compare_all((0..floors).map(|seed| (seed, random_floors::special_floor(seed, specials))))
}

#[test]
fn named_people() {
    let (sum, _) = compare_special(&[Special::People], 400);
    assert!(sum.answered > 10_000 && sum.dropped > 300, "{sum:?}");
}

#[test]
fn menus_announcements_and_redials() {
    compare_special(&[Special::Menu], 200);
    compare_special(&[Special::Announce], 200);
    compare_special(&[Special::Redial], 200);
    compare_special(&[Special::Menu, Special::Announce, Special::Redial], 200);
}

#[test]
fn cold_hand_overs() {
    compare_special(&[Special::Cold], 400);
}

#[test]
fn warm_hand_overs() {
    compare_special(&[Special::Warm], 400);
}

#[test]
fn ringing() {
    compare_special(&[Special::Ring], 400);
}

#[test]
fn call_backs() {
    compare_special(&[Special::CallBack], 400);
}

#[test]
fn credits() {
    compare_special(&[Special::Credit], 400);
}

#[test]
fn reserves() {
    compare_special(&[Special::Reserve], 400);
}

#[test]
fn messages() {
    compare_special(&[Special::Messages], 400);
}

#[test]
fn chats() {
    compare_special(&[Special::Chats], 400);
}

#[test]
fn chats_and_calls_in_the_same_hands() {
    compare_special(&[Special::Chats, Special::Blend], 200);
    compare_special(&[Special::Chats, Special::Blend, Special::Cold], 200);
}

/// All mechanisms with each other, each on about half of the floors.
#[test]
fn everything_mixed() {
    compare_all((0..600).map(|seed| (seed, random_floors::mixed_floor(seed))));
}
