//! Laws that hold exactly, in every replication, on floors that mix all mechanisms.

use std::collections::{BTreeSet, HashMap};

use callwright::engine::{
    Contact, ContactKey, Conversation, Floor, LoopCell, Marks, Observer, Origin, PickUp, Purpose, QueueCell, Tally,
};
use callwright::model::{Bits, Model, Tick, compile};
use callwright::scenario::{Callers, Channel, Scenario};

use super::random_floors;

/// What one queue's contacts came to, counted one by one, beside the tally.
#[derive(Default, Clone)]
struct Book {
    fates: u32,
    fresh: u32,
    blocked: u32,
    dropped: u32,
    abandoned: u32,
    answered: u32,
    unreached: u32,
    wait: Tick,
    handle: Tick,
}

/// Counts contact by contact.
struct Ledger<'m> {
    model: &'m Model,
    books: Vec<Book>,
    told: BTreeSet<(usize, ContactKey)>,
    /// Outgoing calls nobody took that are tried again.
    tries_to_come: u32,
    redials_to_come: u32,
    /// By team: time with contacts one at a time.
    worked: Vec<Tick>,
    /// By team and agent: when each of several contacts was in hand.
    in_hand: HashMap<(usize, usize), Vec<(Tick, Tick)>>,
}

impl<'m> Ledger<'m> {
    fn new(model: &'m Model) -> Self {
        Self {
            model,
            books: vec![Book::default(); model.queues.len()],
            told: BTreeSet::new(),
            tries_to_come: 0,
            redials_to_come: 0,
            worked: vec![0; model.teams.len()],
            in_hand: HashMap::new(),
        }
    }

    /// Every contact has one fate; messages wait by the clock of opening hours.
    fn fate(&mut self, queue: usize, contact: &Contact, end: Tick) -> &mut Book {
        assert!(self.told.insert((queue, contact.key)), "told twice: {contact:?}");
        let book = &mut self.books[queue];
        book.fates += 1;
        book.fresh += u32::from(contact.origin == Origin::Fresh);
        let open = |s: &&callwright::model::Segment| !self.model.queues[queue].kind.is_message() || s.open;
        let part = |s: &callwright::model::Segment| end.min(s.end).saturating_sub(contact.arrived.max(s.start));
        book.wait += self.model.segments.iter().filter(open).map(part).sum::<Tick>();
        book
    }

    /// Whether the caller tries again, from the contact's own draw.
    fn count_redial(&mut self, queue: usize, contact: &Contact) {
        let Some(redial) = &self.model.queues[queue].callers.redial else { return };
        let again = contact.key.stream(Purpose::Redials).uniform() < redial.probability;
        let caller = contact.origin == Origin::Fresh || contact.origin == Origin::Redial;
        self.redials_to_come += u32::from(caller && again && u32::from(contact.attempt) < redial.attempts);
    }

    fn closing(&self) -> Tick {
        self.model.segments.iter().rfind(|s| s.open).unwrap().end
    }
}

impl Observer for Ledger<'_> {
    fn begin(&mut self, _: u64) {}
    fn blocked(&mut self, queue: usize, contact: &Contact) {
        self.fate(queue, contact, contact.arrived).blocked += 1;
        self.count_redial(queue, contact);
    }
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, conversation: &Conversation) {
        let book = self.fate(pick_up.queue, contact, pick_up.at);
        book.answered += 1;
        book.handle += conversation.total();
    }
    fn abandoned(&mut self, queue: usize, contact: &Contact) {
        self.fate(queue, contact, contact.gives_up).abandoned += 1;
        self.count_redial(queue, contact);
    }
    fn dropped(&mut self, queue: usize, contact: &Contact, at: Tick) {
        self.fate(queue, contact, at).dropped += 1;
    }
    fn deferred(&mut self, queue: usize, contact: &Contact) {
        self.fate(queue, contact, contact.arrived);
    }
    fn still_open(&mut self, queue: usize, contact: &Contact) {
        let end = self.closing();
        assert!(!contact.marks.has(Marks::PUT_DOWN), "answered and open: {contact:?}");
        self.fate(queue, contact, end);
    }
    fn worked(&mut self, pick_up: &PickUp, to: Tick) {
        self.worked[pick_up.team] += to - pick_up.at;
    }
    fn in_hand(&mut self, pick_up: &PickUp, to: Tick) {
        self.in_hand.entry((pick_up.team, pick_up.agent)).or_default().push((pick_up.at, to));
    }
    fn unreached(&mut self, queue: usize, contact: &Contact) {
        self.books[queue].unreached += 1;
        let attempts = self.model.queues[queue].callers.dial.as_ref().unwrap().attempts;
        self.tries_to_come += u32::from(u32::from(contact.attempt) + 1 < attempts);
    }
    fn staffed(&mut self, _: usize, _: usize, _: Tick) {}
}

/// Length of the union of stretches.
fn union(stretches: &mut [(Tick, Tick)]) -> Tick {
    stretches.sort_unstable();
    let (mut length, mut end) = (0, 0);
    for &mut (from, to) in stretches {
        length += to.max(end) - from.max(end);
        end = end.max(to);
    }
    length
}

/// A mixed floor on which every contact is told of: the menu serves nobody, and nobody leaves a chat unnoticed (whose
/// slot is busy with no contact).
fn floor(seed: u64) -> Scenario {
    let mut scenario = random_floors::mixed_floor(seed);
    for queue in &mut scenario.queues {
        if let Some(ivr) = &mut queue.callers.ivr {
            ivr.self_served = 0.0;
        }
        if let Channel::Chat(chat) = &mut queue.channel {
            chat.silent = 0.0;
        }
    }
    scenario
}

/// First attempts by queue, counted on a floor that has nothing but arrivals in common.
fn first_attempts(scenario: &Scenario, replication: u64) -> Vec<u32> {
    let mut bare = scenario.clone();
    for queue in &mut bare.queues {
        (queue.callers, queue.channel) = (Callers::default(), Channel::Voice);
    }
    bare.teams.iter_mut().for_each(|team| (team.people, team.ring_s, team.blend) = (None, 0.0, false));
    bare.teams.iter_mut().for_each(|team| team.reserve.clear());
    let model = compile(&bare).unwrap();
    let mut tally = Tally::new(&model);
    Floor::new(&model).run(replication, &mut tally);
    let attempted = |queue: usize| tally.queue(queue).iter().map(|cell| cell.offered + cell.blocked).sum();
    (0..model.queues.len()).map(attempted).collect()
}

fn sums(model: &Model, tally: &Tally<'_>, queue: usize) -> (QueueCell, LoopCell) {
    let (mut cell, mut turns) = (QueueCell::default(), LoopCell::default());
    for segment in 0..model.segments.len() {
        let (c, t) = (&tally.queue(queue)[segment], tally.loops(queue, segment));
        assert_eq!(c.offered, c.answered + c.abandoned + c.dropped + t.deferred + t.open);
        cell.add(c);
        turns.add(&t);
    }
    (cell, turns)
}

#[test]
fn contacts_are_conserved_on_floors_of_all_mechanisms() {
    let mut seen = LoopCell::default();
    for seed in 0..300 {
        let scenario = floor(seed);
        let model = compile(&scenario).unwrap();
        let (mut ledger, mut tally) = (Ledger::new(&model), Tally::new(&model));
        Floor::new(&model).run(3, &mut ledger);
        Floor::new(&model).run(3, &mut tally);
        let arrivals = first_attempts(&scenario, 3);
        let (mut all, mut lost_tries, mut ends_of_calls, mut begins_of_calls) = (LoopCell::default(), 0, 0, 0);
        for (index, queue) in model.queues.iter().enumerate() {
            let (cell, turns) = sums(&model, &tally, index);
            let book = &ledger.books[index];
            assert_eq!(cell.offered + cell.blocked, book.fates, "floor {seed}: attempted");
            let fresh = book.fates - turns.redials - turns.received - turns.call_backs;
            assert_eq!(fresh, book.fresh, "floor {seed}: fresh");
            if queue.kind.is_message() {
                assert!(fresh >= arrivals[index], "floor {seed}: messages of the night come beside the others");
            } else {
                assert_eq!(fresh, arrivals[index], "floor {seed}: every first attempt has one fate");
            }
            if queue.callers.dial.is_some() {
                lost_tries += turns.lost;
                begins_of_calls += fresh;
                ends_of_calls += book.answered - book.unreached + book.blocked + book.dropped + turns.lost;
                assert_eq!(book.abandoned, 0, "nobody is impatient to be called");
            }
            all.add(&turns);
        }
        assert_eq!(all.transferred, all.received, "floor {seed}: hand-overs");
        assert_eq!(all.deferred + ledger.tries_to_come, all.call_backs + lost_tries, "floor {seed}: calls to make");
        let given_up = all.unreached - ledger.tries_to_come;
        assert_eq!(all.deferred + begins_of_calls, ends_of_calls + given_up, "floor {seed}: customers to call");
        assert_eq!(ledger.redials_to_come, all.redials + all.lost - lost_tries, "floor {seed}: redials");
        seen.add(&all);
    }
    let LoopCell { redials, received, call_backs, deferred, open, unreached, lost, .. } = seen;
    let counts = [redials, received, call_backs, deferred, open, unreached, lost];
    assert!(counts.iter().all(|&count| count > 500), "too few to mean anything: {counts:?}");
}

#[test]
fn time_is_conserved_on_floors_of_all_mechanisms() {
    let (mut beside, mut in_hand_in_all) = (0, 0);
    for seed in 0..300 {
        let model = compile(&floor(seed)).unwrap();
        let (mut ledger, mut tally) = (Ledger::new(&model), Tally::new(&model));
        Floor::new(&model).run(5, &mut ledger);
        Floor::new(&model).run(5, &mut tally);
        for (index, queue) in model.queues.iter().enumerate() {
            let (cell, _) = sums(&model, &tally, index);
            let book = &ledger.books[index];
            // Little's law as an identity: the integral of the number waiting is the sum of the waits.
            assert_eq!((cell.waiting_time, cell.wait_all), (book.wait, book.wait), "floor {seed}, queue {index}");
            assert_eq!(cell.handled.total(), book.handle, "floor {seed}, queue {index}");
            // What is left of a message put down may never be done.
            let left =
                if queue.kind.is_message() { cell.service_time..=book.handle } else { book.handle..=book.handle };
            assert!(left.contains(&cell.service_time) && left.contains(&book.handle), "floor {seed}, queue {index}");
        }
        for team in 0..model.teams.len() {
            let agents = ledger.in_hand.iter_mut().filter(|((of, _), _)| *of == team);
            let (mut some, mut sum) = (0, 0);
            for (_, stretches) in agents {
                sum += stretches.iter().map(|(from, to)| to - from).sum::<Tick>();
                some += union(stretches);
            }
            // An agent with several in hand is busy once.
            let busy: Tick = tally.team(team).iter().map(|cell| cell.busy).sum();
            assert_eq!(busy, ledger.worked[team] + some, "floor {seed}, team {team}");
            let duties = (0..model.segments.len()).map(|segment| tally.duties(team, segment));
            let counted = duties.fold((0, 0), |sum, cell| (sum.0 + cell.in_hand, sum.1 + cell.in_hand_busy));
            assert_eq!(counted, (sum, some), "floor {seed}, team {team}");
            (beside, in_hand_in_all) = (beside + sum - some, in_hand_in_all + sum);
        }
    }
    assert!(beside * 10 > in_hand_in_all, "hardly any contact was beside another: {beside} of {in_hand_in_all}");
}
