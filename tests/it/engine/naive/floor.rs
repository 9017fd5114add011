//! The state of the floor and the strict order of what happens at one instant.

use std::collections::BTreeSet;

use callwright::engine::{Contact, ContactKey, Conversation, Marks, Observer, Origin, PickUp, Purpose};
use callwright::model::{FOREVER, Kind, LONGEST_TIME, Model, Sampler, TICKS_PER_SECOND, Tick};
use callwright::scenario::AfterClose;

use super::chats::InHand;

/// What an agent does beside chats.
pub enum Doing {
    /// The telephone rings; `answered` = the caller stays until then.
    Ring { call: Call, until: Tick, answered: bool },
    /// Talk, hold and wrap-up of which everything has been told.
    Call { until: Tick },
    /// Talks and will then keep the caller company.
    WarmTalk { warm: Warm, until: Tick },
    /// Keeps a caller company until another agent answers.
    Company { warm: Warm },
    /// Works on a message that may be put down.
    Message { call: Call, pick_up: PickUp, until: Tick },
}

/// The first leg of a warm hand-over.
#[derive(Clone, Copy)]
pub struct Warm {
    pub contact: Contact,
    pub pick_up: PickUp,
    pub parts: Conversation,
    /// Name of the second leg.
    pub second: ContactKey,
    /// Time both agents then talk.
    pub time: Tick,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Duty {
    Off,
    On,
    /// Past the planned end (an instant and its segment) with work in hand: takes nothing more.
    Leaving(Tick, usize),
}

pub struct Agent {
    pub team: usize,
    pub number: usize,
    pub duty: Duty,
    pub doing: Option<Doing>,
    pub hands: Vec<InHand>,
    /// Since the end of the last work, the last change of the chats in hand, or coming on duty.
    pub since: Tick,
    /// Busy and on duty since the day's opening, for "least-occupied".
    pub busy: Tick,
    pub staffed: Tick,
    pub on_duty_since: Tick,
    /// Since when chats are in hand and no call, with its segment.
    pub busy_from: (Tick, usize),
    /// Last coming by plan, with its segment: where the staffed time that is told begins.
    pub came: (Tick, usize),
}

impl Agent {
    pub fn is_idle(&self) -> bool {
        self.duty == Duty::On && self.doing.is_none() && self.hands.is_empty()
    }

    pub fn is_busy(&self) -> bool {
        self.doing.is_some() || !self.hands.is_empty()
    }
}

/// A contact in its queue.
#[derive(Clone, Copy)]
pub struct Call {
    pub queue: usize,
    pub contact: Contact,
    /// Contacts that joined before it.
    pub joined: i64,
    /// Work left of a message that was put down.
    pub left: Tick,
    /// The customer has gone unnoticed.
    pub gone: bool,
}

impl Call {
    /// Whether the customer has gone, which nobody knows before taking the chat.
    pub fn is_silent(&self, now: Tick) -> bool {
        self.gone && self.contact.gives_up < now
    }
}

/// A contact on its way to a queue.
#[derive(Clone, Copy)]
pub struct Due {
    pub at: Tick,
    pub class: Class,
    pub queue: usize,
    pub contact: Contact,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Menu,
    Redial,
    HandOver,
    CallBack,
}

/// A telephone line and the contact that holds it until then.
pub struct Line {
    pub queue: usize,
    pub key: ContactKey,
    pub until: Tick,
}

pub struct Naive<'m, O> {
    pub model: &'m Model,
    pub replication: u64,
    pub agents: Vec<Agent>,
    /// Of teams by head count: who is not on duty, the next to come last.
    pub absent: Vec<Vec<usize>>,
    pub wanted: Vec<u32>,
    /// Of each team: whether it has more people than wanted, and when that last ended.
    pub surplus: Vec<(bool, Tick)>,
    /// Sorted by nothing: `head` looks for the first of a queue.
    pub waiting: Vec<Call>,
    pub joined: i64,
    /// Callers who hung up at this instant while the telephone rang.
    pub rung_out: Vec<Call>,
    pub lines: Vec<Line>,
    pub due: Vec<Due>,
    /// Named people who leave (false) or come (true): instant, which of the two, team, person.
    pub shifts: Vec<(Tick, bool, usize, usize)>,
    pub instants: BTreeSet<Tick>,
    pub segment: usize,
    pub observer: O,
}

impl<'m, O: Observer> Naive<'m, O> {
    pub fn new(model: &'m Model, replication: u64, observer: O) -> Self {
        let mut agents = Vec::new();
        let mut absent = Vec::new();
        for (team, t) in model.teams.iter().enumerate() {
            absent.push((agents.len()..agents.len() + t.most).rev().collect());
            agents.extend((0..t.most).map(|number| Agent {
                team,
                number,
                duty: Duty::Off,
                doing: None,
                hands: Vec::new(),
                since: 0,
                busy: 0,
                staffed: 0,
                on_duty_since: 0,
                busy_from: (0, 0),
                came: (0, 0),
            }));
        }
        Self {
            model,
            replication,
            agents,
            absent,
            wanted: vec![0; model.teams.len()],
            surplus: vec![(false, 0); model.teams.len()],
            waiting: Vec::new(),
            joined: 0,
            rung_out: Vec::new(),
            lines: Vec::new(),
            due: Vec::new(),
            shifts: Vec::new(),
            instants: BTreeSet::new(),
            segment: 0,
            observer,
        }
    }

    /// A random time in ticks: rounded, and cut to the longest there is.
    pub fn ticks(&self, key: ContactKey, sampler: &Sampler, purpose: Purpose, scale: f64) -> Tick {
        ((scale * sampler.draw(&self.model.zig, &mut key.stream(purpose)) + 0.5) as Tick).min(LONGEST_TIME)
    }

    pub fn seconds(&self, key: ContactKey, sampler: &Sampler, purpose: Purpose) -> Tick {
        self.ticks(key, sampler, purpose, TICKS_PER_SECOND)
    }

    /// The segment of an instant; the instant of closing is after it.
    pub fn segment_of(&self, at: Tick) -> usize {
        self.model.segments.iter().position(|s| at < s.end).unwrap()
    }

    /// Whatever somebody can take now is taken, until nobody can.
    fn settle(&mut self, now: Tick) {
        loop {
            let before = (self.waiting.len(), self.agents.iter().filter(|a| a.is_busy()).count());
            self.surplus_leaves(now);
            self.uncovered(now);
            self.hand_out(now);
            self.delays_over(now);
            if before == (self.waiting.len(), self.agents.iter().filter(|a| a.is_busy()).count()) {
                return;
            }
        }
    }

    fn drop_where(&mut self, now: Tick, drops: impl Fn(&Self, usize) -> bool) {
        let (stay, go) = std::mem::take(&mut self.waiting).into_iter().partition(|c| !drops(self, c.queue));
        self.waiting = stay;
        let go: Vec<Call> = go;
        go.iter().for_each(|call| self.drop_waiting(call, now));
    }

    /// Whether anybody on duty can serve the queue.
    pub fn is_staffed(&self, queue: usize) -> bool {
        self.model.queues[queue].choices.iter().any(|choice| {
            let team = choice.team as usize;
            match self.model.teams[team].people {
                None => self.wanted[team] > 0,
                Some(_) => self.agents.iter().any(|a| a.team == team && a.duty == Duty::On),
            }
        })
    }

    /// Class 4. Who leaves unnoticed stays in the list.
    fn give_up(&mut self, now: Tick) {
        let is_over = |c: &Call| c.contact.gives_up <= now && !c.gone;
        for index in 0..self.waiting.len() {
            let call = self.waiting[index];
            if is_over(&call) && call.contact.marks.has(Marks::SILENT) {
                self.waiting[index].gone = true;
                self.redial(call.queue, &call.contact, now);
            }
        }
        let (gone, stay) = std::mem::take(&mut self.waiting).into_iter().partition(is_over);
        self.waiting = stay;
        let gone: Vec<Call> = gone;
        gone.iter().for_each(|call| self.abandon(call.queue, &call.contact, now));
        self.hang_up_while_ringing(now);
    }

    /// Classes 6 to 9.
    fn next_due(&mut self, now: Tick) -> Option<Due> {
        let order = |d: &Due| (d.class, d.queue, d.contact.key);
        let next = (0..self.due.len()).filter(|&i| self.due[i].at <= now).min_by_key(|&i| order(&self.due[i]))?;
        Some(self.due.remove(next))
    }

    fn close(&mut self, now: Tick) {
        let model = self.model;
        self.drop_where(now, |me, queue| {
            let stays = model.after_close == AfterClose::Serve && me.is_staffed(queue);
            !stays && !model.queues[queue].kind.is_message()
        });
        self.segment += 1;
    }

    /// `fresh`: first attempts in order of arrival, those of one instant in the order of queues.
    pub fn run(&mut self, fresh: &[(Tick, usize, ContactKey)]) {
        let segments = &self.model.segments;
        self.instants.extend(fresh.iter().map(|c| c.0));
        self.instants.extend(segments.iter().flat_map(|s| [s.start, s.end]).filter(|&t| t != Tick::MAX));
        let mut fresh = fresh.iter().peekable();
        let mut entered = 0;
        while let Some(now) = self.instants.pop_first() {
            let opens = entered < segments.len() && segments[entered].open && segments[entered].start == now;
            self.people_and_work(now, opens.then_some(entered)); // 0 to 2
            entered += usize::from(opens);
            self.drop_where(now, |me, queue| me.segment >= me.model.queues[queue].unserved_from);
            self.delays_over(now); // 3
            self.give_up(now); // 4
            self.settle(now);
            while let Some(&(_, queue, key)) = fresh.next_if(|contact| contact.0 == now) {
                self.enter_fresh(queue, key, now); // 5
                self.settle(now);
            }
            // The instant of closing finds the floor closed.
            if segments[self.segment].closes && segments[self.segment].end == now {
                self.close(now);
                entered = self.segment + 1;
            }
            while let Some(due) = self.next_due(now) {
                self.enter_due(due, now); // 6 to 9
                self.settle(now);
            }
        }
        self.end();
    }

    /// Classes 0 to 2; `opens` = the interval that begins.
    fn people_and_work(&mut self, now: Tick, opens: Option<usize>) {
        self.work_ends(now);
        self.surplus_leaves(now);
        if let Some(segment) = opens {
            self.enter_segment(segment, now);
        }
        self.people_leave(now);
        self.people_come(now);
        if opens.is_some() {
            self.heads_change(now);
            self.night_messages(now);
        }
        self.hand_out(now);
    }

    /// What is in the backlog, and those on duty when nothing happens any more.
    fn end(&mut self) {
        self.drop_stranded();
        while let Some(now) = self.instants.pop_first() {
            self.work_ends(now);
        }
        for agent in 0..self.agents.len() {
            if self.agents[agent].duty == Duty::On {
                self.tell_staffed(agent, self.model.segment_ends[self.model.segments.len() - 2]);
            }
        }
        for call in &self.waiting {
            if self.model.queues[call.queue].kind.is_message() && call.left == 0 {
                self.observer.still_open(call.queue, &call.contact);
            }
        }
    }

    /// Who waits behind a reserve, or for agents who wait for each other, would wait for ever.
    fn drop_stranded(&mut self) {
        let closing = self.model.segments.iter().rfind(|s| s.open).unwrap().end;
        let is_message = |c: &Call| self.model.queues[c.queue].kind.is_message();
        let (messages, stranded) = std::mem::take(&mut self.waiting).into_iter().partition(is_message);
        self.waiting = messages;
        let stranded: Vec<Call> = stranded;
        stranded.iter().for_each(|call| self.drop_waiting(call, closing.max(call.contact.arrived)));
    }

    pub fn fresh_contact(&self, queue: usize, key: ContactKey, now: Tick) -> Contact {
        let share = self.model.queues[queue].callers.credit.map_or(0.0, |(share, _)| share);
        let valued = uniform(key, Purpose::Valued) < share;
        Contact {
            key,
            arrived: now,
            gives_up: FOREVER,
            segment: self.segment as u32,
            waited: false,
            origin: Origin::Fresh,
            attempt: 0,
            marks: Marks(if valued { Marks::VALUED } else { 0 }),
        }
    }

    pub fn is_open_for(&self, kind: &Kind) -> bool {
        !kind.is_message() || self.model.segments[self.segment].open
    }
}

pub fn uniform(key: ContactKey, purpose: Purpose) -> f64 {
    use callwright::model::Bits;
    key.stream(purpose).uniform()
}
