//! What the engine tells the outside while it runs.

use super::streams::ContactKey;
use crate::model::Tick;

/// A contact on its way through the floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// Its name, from which all its own numbers follow.
    pub key: ContactKey,
    /// When it arrived.
    pub arrived: Tick,
    /// Waiting longer than until this instant it has abandoned; [`crate::model::FOREVER`] = never.
    pub gives_up: Tick,
    /// Segment of its arrival.
    pub segment: u32,
    /// Whether it found no agent free on arrival.
    pub waited: bool,
}

/// Lengths of the parts of a conversation \[ticks\].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Conversation {
    /// Talking.
    pub talk: Tick,
    /// On hold.
    pub hold: Tick,
    /// After the caller has left.
    pub wrap: Tick,
}

impl Conversation {
    /// Handle time.
    #[inline]
    pub fn total(&self) -> Tick {
        self.talk + self.hold + self.wrap
    }

    /// Adds another conversation's times.
    #[inline]
    pub fn add(&mut self, other: &Self) {
        self.talk += other.talk;
        // Most scenarios have no hold and many no wrap-up.
        if other.hold + other.wrap > 0 {
            self.hold += other.hold;
            self.wrap += other.wrap;
        }
    }
}

/// The pick-up of a contact.
#[derive(Debug, Clone, Copy)]
pub struct PickUp {
    /// Its queue.
    pub queue: usize,
    /// Who answers.
    pub team: usize,
    /// The agent's number in the team.
    pub agent: usize,
    /// When.
    pub at: Tick,
    /// Segment of that instant.
    pub segment: usize,
}

/// Receives what happens. Contacts are reported once, when it is known what became of their wait; an abandonment
/// may be reported later than it happened, but never after the end of the replication.
pub trait Observer {
    /// A replication begins.
    fn begin(&mut self);
    /// A contact found no line.
    fn blocked(&mut self, queue: usize, contact: &Contact);
    /// A contact is answered.
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, conversation: &Conversation);
    /// A contact left at `contact.gives_up` without an answer.
    fn abandoned(&mut self, queue: usize, contact: &Contact);
    /// A contact was turned away at `at`.
    fn dropped(&mut self, queue: usize, contact: &Contact, at: Tick);
    /// People of a team were on duty: `ticks` agent-ticks more in this open segment.
    fn staffed(&mut self, team: usize, segment: usize, ticks: Tick);
}
