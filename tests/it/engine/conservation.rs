//! Laws that hold exactly, in every replication, whatever the floor.

use std::collections::HashMap;

use callwright::engine::{Contact, Conversation, Floor, Observer, PickUp, QueueCell, Tally};
use callwright::model::{Model, Sampler, Tick, compile};

use super::random_floors;
use crate::floors;

/// Adds up everything contact by contact, beside the tally.
#[derive(Default)]
struct Ledger {
    handle: Tick,
    wait: Tick,
    offered: u64,
    blocked: u64,
    staffed: Tick,
}

impl Observer for Ledger {
    fn begin(&mut self, _: u64) {}
    fn blocked(&mut self, _: usize, _: &Contact) {
        self.blocked += 1;
    }
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, conversation: &Conversation) {
        self.offered += 1;
        self.wait += pick_up.at - contact.arrived;
        self.handle += conversation.total();
    }
    fn abandoned(&mut self, _: usize, contact: &Contact) {
        self.offered += 1;
        self.wait += contact.gives_up - contact.arrived;
    }
    fn dropped(&mut self, _: usize, contact: &Contact, at: Tick) {
        self.offered += 1;
        self.wait += at - contact.arrived;
    }
    fn worked(&mut self, _: &PickUp, _: Tick) {}
    fn staffed(&mut self, _: usize, _: usize, ticks: Tick) {
        self.staffed += ticks;
    }
}

#[test]
fn contacts_and_time_are_conserved_in_every_interval_of_every_replication() {
    for seed in 0..300 {
        let scenario = random_floors::floor(seed);
        let model = compile(&scenario).unwrap();
        let (mut floor, mut tally) = (Floor::new(&model), Tally::new(&model));
        for replication in 0..4 {
            floor.run(replication, &mut tally);
            let mut ledger = Ledger::default();
            Floor::new(&model).run(replication, &mut ledger);
            let mut sum = QueueCell::default();
            for cell in &tally.queues {
                assert_eq!(cell.offered, cell.answered + cell.abandoned + cell.dropped, "floor {seed}");
                assert!(cell.answered_in_goal <= cell.answered && cell.short_abandoned <= cell.abandoned);
                sum.add(cell);
            }
            // Little's law as an identity: the integral of the number waiting is the sum of the waits.
            assert_eq!(sum.waiting_time, ledger.wait, "floor {seed}");
            assert_eq!(sum.wait_all, ledger.wait, "floor {seed}");
            assert_eq!((u64::from(sum.offered), u64::from(sum.blocked)), (ledger.offered, ledger.blocked));
            // Busy seconds in opening hours and after closing together are the handle times.
            let busy: Tick = tally.teams.iter().map(|cell| cell.busy).sum();
            assert_eq!(busy, ledger.handle, "floor {seed}");
            assert_eq!(sum.service_time, ledger.handle, "floor {seed}");
            assert_eq!(sum.handled.total(), ledger.handle, "floor {seed}");
            assert_eq!(tally.teams.iter().map(|cell| cell.staffed).sum::<Tick>(), ledger.staffed, "floor {seed}");
            nobody_is_busier_than_present(&model, &tally, seed);
        }
    }
}

fn nobody_is_busier_than_present(model: &Model, tally: &Tally<'_>, seed: u64) {
    for team in 0..model.teams.len() {
        for (index, cell) in tally.team(team).iter().enumerate().filter(|(i, _)| model.segments[*i].open) {
            // Somebody still busy with yesterday's last call when the floor opens is on duty again only then.
            assert!(cell.busy <= cell.staffed, "floor {seed}, team {team}, segment {index}: {cell:?}");
        }
    }
}

/// Every number a contact owns, by its name.
#[derive(Default)]
struct Draws(HashMap<String, (Tick, Option<Tick>, Option<Conversation>)>);

impl Draws {
    fn note(&mut self, queue: usize, contact: &Contact, patience: Option<Tick>, conversation: Option<Conversation>) {
        self.0.insert(format!("{queue} {:?}", contact.key), (contact.arrived, patience, conversation));
    }
}

impl Observer for Draws {
    fn begin(&mut self, _: u64) {}
    fn blocked(&mut self, queue: usize, contact: &Contact) {
        self.note(queue, contact, None, None);
    }
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, conversation: &Conversation) {
        let patience = contact.waited.then_some(contact.gives_up - contact.arrived);
        self.note(pick_up.queue, contact, patience, Some(*conversation));
    }
    fn abandoned(&mut self, queue: usize, contact: &Contact) {
        self.note(queue, contact, Some(contact.gives_up - contact.arrived), None);
    }
    fn dropped(&mut self, queue: usize, contact: &Contact, _: Tick) {
        self.note(queue, contact, Some(contact.gives_up - contact.arrived), None);
    }
    fn worked(&mut self, _: &PickUp, _: Tick) {}
    fn staffed(&mut self, _: usize, _: usize, _: Tick) {}
}

#[test]
fn head_counts_change_no_draw_of_any_contact() {
    let build = |heads: u32| {
        let mut queue = floors::queue("calls", vec![80.0; 8], 240.0, 90.0);
        queue.handle.wrap = Some(callwright::scenario::Dist::Lognormal { mean: 40.0, cv: 1.0 });
        queue.day_cv = 0.2;
        let other = floors::queue("other", vec![30.0; 8], 200.0, 60.0);
        let skills = [(0, 1, 1.0), (1, 1, 1.0)];
        floors::floor(floors::one_day(8, 1800), vec![queue, other], vec![floors::team("t", vec![heads; 8], &skills)])
    };
    let draws = |heads: u32| {
        let (scenario, mut draws) = (build(heads), Draws::default());
        Floor::new(&compile(&scenario).unwrap()).run(7, &mut draws);
        draws.0
    };
    let (few, many) = (draws(9), draws(13));
    assert_eq!(few.len(), many.len());
    let (mut patiences, mut conversations) = (0, 0);
    for (name, (arrived, patience, conversation)) in &few {
        let other = &many[name];
        assert_eq!(arrived, &other.0);
        if let (Some(a), Some(b)) = (patience, other.1) {
            assert_eq!(*a, b);
            patiences += 1;
        }
        if let (Some(a), Some(b)) = (conversation, other.2) {
            assert_eq!(*a, b);
            conversations += 1;
        }
    }
    assert!(patiences > 200 && conversations > 400, "{patiences} {conversations}");
}

/// A wait of exactly T is within T; 20.4 s is not 20 s.
#[test]
fn the_bounds_of_a_goal_are_exact() {
    use callwright::scenario::{Arrivals, Dist};
    // One agent, handle time 60 s; calls at 0 s and 40 s: the second waits exactly 20 s, or 20.4 s.
    for (second, in_goal) in [(40.0, 2), (39.6, 1)] {
        let mut queue = floors::queue("calls", vec![2.0], 60.0, 0.0);
        queue.handle.talk = Dist::Constant { mean: 60.0 };
        queue.arrivals = Arrivals::Trace(vec![28_800.0, 28_800.0 + second].into());
        let mut timeline = floors::one_day(1, 1800);
        timeline.intervals[0].start_s = 28_800;
        let scenario = floors::floor(timeline, vec![queue], vec![floors::team("one", vec![1], &[(0, 1, 1.0)])]);
        let model = compile(&scenario).unwrap();
        let mut tally = Tally::new(&model);
        Floor::new(&model).run(0, &mut tally);
        assert_eq!((tally.queues[0].answered, tally.queues[0].answered_in_goal), (2, in_goal));
    }
}

/// A caller whose patience ends at the very instant an agent frees is served; one tick earlier is too late.
#[test]
fn an_agent_who_frees_at_the_last_instant_serves() {
    use callwright::scenario::{Arrivals, Dist};
    for (patience, answered) in [(20.0, 2), (19.999_999, 1)] {
        let mut queue = floors::queue("calls", vec![2.0], 60.0, 0.0);
        queue.handle.talk = Dist::Constant { mean: 60.0 };
        queue.patience = Some(Dist::Constant { mean: patience });
        queue.arrivals = Arrivals::Trace(vec![0.0, 40.0].into());
        let scenario =
            floors::floor(floors::one_day(1, 1800), vec![queue], vec![floors::team("one", vec![1], &[(0, 1, 1.0)])]);
        let model = compile(&scenario).unwrap();
        assert!(matches!(model.queues[0].talk, Sampler::Constant(_)));
        let mut tally = Tally::new(&model);
        Floor::new(&model).run(0, &mut tally);
        assert_eq!((tally.queues[0].answered, tally.queues[0].abandoned), (answered, 2 - answered));
    }
}
