//! One replication: the state of a floor and the event loop. What happens at each event stands in the files around
//! it: `calendar` (segments, closing), `duty` (people come and leave), `routing` (who gets what), `waiting` (queues),
//! `conversation`, `loops` (redials, menus, hand-overs, call-backs), `chats` and `messages`.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::arrivals::Source;
use super::chats::Desk;
use super::conversation::Parked;
use super::crew::Crew;
use super::duty::Duties;
use super::lines::Lines;
use super::loops::Timer;
use super::messages::Messages;
use super::observer::{Contact, Observer};
use super::team::Team;
use super::tournament::{Tournament, instant, player};
use crate::model::{LAST_TICK, Model, Tick};

/// One floor, reusable: each [`Floor::run`] is one replication from an empty floor. It allocates nothing once its
/// buffers have grown to the size the scenario needs.
#[derive(Debug, Clone)]
pub struct Floor<'m> {
    pub(super) model: &'m Model,
    pub(super) replication: u64,
    /// The instant of the event under way.
    pub(super) now: Tick,
    pub(super) sources: Vec<Source>,
    /// Sources, by the instant of their next arrival.
    pub(super) arrivals: Tournament,
    pub(super) waiting: Vec<VecDeque<Contact>>,
    pub(super) teams: Vec<Team>,
    /// Teams that must be watched, by the instant of their next free agent.
    pub(super) watched: Tournament,
    pub(super) lines: Lines,
    /// By queue: 0 = empty, 1 = somebody waits, 1 + k = the first has waited as long as the k-th delay.
    pub(super) levels: Vec<u32>,
    /// When a waiting contact becomes visible to teams that help out later, and its queue.
    pub(super) delays: BinaryHeap<Reverse<(Tick, u32)>>,
    /// Whatever else falls due for a single contact.
    pub(super) timers: BinaryHeap<Reverse<Timer>>,
    /// Key of the first of both.
    pub(super) next_timer: u64,
    pub(super) segment: usize,
    /// When the current segment ends; for a closing one tick later, so that all else at that instant comes first.
    pub(super) boundary: Tick,
    /// The first of the boundary, the next coming or going of a person, and the next end of a chat.
    pub(super) calendar: Tick,
    pub(super) duties: Duties,
    /// Agents with chats in hand.
    pub(super) desk: Desk,
    /// Agents who stay on the line until another answers.
    pub(super) parked: Vec<Parked>,
    pub(super) messages: Messages,
    pub(super) crew: Crew,
}

/// A contact that arrives now comes after those whose patience ends, before those who come again.
pub(super) const FRESH_CLASS: u64 = 5;
/// Bits of a timer's class in its key.
pub(super) const CLASS_BITS: u32 = 4;

impl<'m> Floor<'m> {
    /// An empty floor.
    pub fn new(model: &'m Model) -> Self {
        let sources = Source::all(model);
        Self {
            model,
            replication: 0,
            now: 0,
            arrivals: Tournament::new(sources.len()),
            sources,
            waiting: vec![VecDeque::new(); model.queues.len()],
            teams: model.teams.iter().map(Team::new).collect(),
            watched: Tournament::new(model.teams.len()),
            lines: Lines::default(),
            levels: vec![0; model.queues.len()],
            delays: BinaryHeap::new(),
            timers: BinaryHeap::new(),
            next_timer: u64::MAX,
            segment: 0,
            boundary: 0,
            calendar: 0,
            duties: Duties::default(),
            desk: Desk::new(model),
            parked: Vec::new(),
            messages: Messages::default(),
            crew: Crew::new(model),
        }
    }

    /// Simulates replication number `replication` (from 0) and tells `observer` about it.
    // By itself, so that its loop has all registers for the floor and the observer.
    #[inline(never)]
    pub fn run<O: Observer>(&mut self, replication: u64, observer: &mut O) {
        observer.begin(replication);
        self.reset(replication);
        self.enter_segment(0, observer);
        loop {
            let arrival = self.arrivals.first();
            let free = self.watched.first();
            let timer = self.next_timer;
            let first = instant(arrival.min(free)).min(timer >> CLASS_BITS);
            if self.calendar <= first {
                self.on_calendar(observer);
            } else if instant(free) <= first {
                if instant(free) >= LAST_TICK {
                    break;
                }
                self.on_agent_free(player(free), observer);
            } else if timer < (instant(arrival) << CLASS_BITS | FRESH_CLASS) {
                self.on_timer(observer);
            } else {
                self.on_arrival(player(arrival), instant(arrival), observer);
            }
        }
        self.finish_waiting(observer);
        self.finish_hands(observer);
        self.finish_messages(observer);
        self.finish_duties(observer);
        self.finish_stints(observer);
    }

    fn reset(&mut self, replication: u64) {
        self.replication = replication;
        self.now = 0;
        self.waiting.iter_mut().for_each(VecDeque::clear);
        self.watched.clear();
        self.arrivals.clear();
        self.lines.reset(self.model.queues.len());
        self.levels.fill(0);
        self.delays.clear();
        self.timers.clear();
        self.next_timer = u64::MAX;
        self.duties.clear();
        self.desk.clear();
        self.parked.clear();
        self.messages.clear();
        self.crew.reset(self.model, replication);
        for (team, model) in self.teams.iter_mut().zip(&self.model.teams) {
            team.reset(model);
        }
        for (index, source) in self.sources.iter_mut().enumerate() {
            if let Some(at) = source.reset(self.model, replication) {
                self.arrivals.set(index, at);
            }
        }
    }
}
