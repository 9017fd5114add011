//! What the engine tells the outside while it runs.

use super::streams::ContactKey;
use crate::model::Tick;
use crate::people::Outcome;

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
    /// What made it come.
    pub origin: Origin,
    /// Attempts (or hand-overs) before it.
    pub attempt: u8,
    /// What sets it apart.
    pub marks: Marks,
}

/// What made a contact come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Origin {
    /// A first attempt.
    Fresh,
    /// A further attempt after an abandonment or a busy signal.
    Redial,
    /// Handed on by an agent.
    Transfer,
    /// A promise to call back, or a further attempt to reach the customer.
    CallBack,
    /// The problem was not solved before.
    Repeat,
}

/// What sets a contact apart from others of its queue, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(pub u8);

impl Marks {
    /// Belongs to a valued customer: ranked as if it had waited longer.
    pub const VALUED: u8 = 1;
    /// Goes before all that are not.
    pub const AHEAD: u8 = 2;
    /// Will leave unnoticed.
    pub const SILENT: u8 = 4;
    /// Has been worked on and put down.
    pub const PUT_DOWN: u8 = 8;
    /// An agent holds the line until another answers.
    pub const ACCOMPANIED: u8 = 16;
    /// An agent has handled the problem before.
    pub const HANDLED: u8 = 32;

    /// Whether the mark is set.
    #[inline]
    pub fn has(self, mark: u8) -> bool {
        self.0 & mark != 0
    }

    /// With the mark.
    #[must_use]
    pub fn with(self, mark: u8) -> Self {
        Self(self.0 | mark)
    }

    /// Without the mark.
    #[must_use]
    pub fn without(self, mark: u8) -> Self {
        Self(self.0 & !mark)
    }
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

/// To what an outcome leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sequel {
    /// The customer comes again with the same problem, within the window of `fcr`.
    pub returns: bool,
    /// Money of the sale \[millionths\].
    pub revenue: u64,
    /// Worth of the customer who is lost \[millionths\].
    pub lost_value: u64,
}

/// Receives what happens. Contacts are reported once, when it is known what became of their wait; an abandonment
/// may be reported later than it happened, but never after the end of the replication.
pub trait Observer {
    /// The replication with this number (from 0) begins.
    fn begin(&mut self, replication: u64);
    /// A contact found no line.
    fn blocked(&mut self, queue: usize, contact: &Contact);
    /// A contact is answered. The time this takes is told apart ([`Observer::worked`] or [`Observer::in_hand`]), the
    /// end of a wait once, perhaps later.
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, conversation: &Conversation);
    /// The agent who picked up is busy with the contact until `to`, and with nothing else.
    fn worked(&mut self, pick_up: &PickUp, to: Tick);
    /// A contact left at `contact.gives_up` without an answer.
    fn abandoned(&mut self, queue: usize, contact: &Contact);
    /// A contact was turned away at `at`.
    fn dropped(&mut self, queue: usize, contact: &Contact, at: Tick);
    /// People of a team were on duty: `ticks` agent-ticks more in this open segment.
    fn staffed(&mut self, team: usize, segment: usize, ticks: Tick);

    /// The contact is in the hands of an agent who may have others, until `to`.
    fn in_hand(&mut self, _pick_up: &PickUp, _to: Tick) {}
    /// An agent with several contacts in hand is busy with them during this time; `segment` is that of `from`.
    fn busy(&mut self, _team: usize, _agent: usize, _segment: usize, _from: Tick, _to: Tick) {}
    /// A caller accepted to be called back instead of waiting.
    fn deferred(&mut self, _queue: usize, _contact: &Contact) {}
    /// A caller in this segment needed nobody after the menu.
    fn self_served(&mut self, _queue: usize, _segment: usize) {}
    /// An answered contact was an outgoing call that the customer did not take.
    fn unreached(&mut self, _queue: usize, _contact: &Contact) {}
    /// An answered contact is handed on to another queue.
    fn transferred(&mut self, _queue: usize, _contact: &Contact) {}
    /// What came of a conversation that is told by [`Observer::answered`], too, and to what it leads.
    fn outcome(&mut self, _contact: &Contact, _pick_up: &PickUp, _outcome: &Outcome, _sequel: &Sequel) {}
    /// An agent was on duty for so long in all, in opening hours; told at the end, where people change anything.
    fn on_duty(&mut self, _team: usize, _agent: usize, _ticks: Tick) {}
    /// A repeat would come after the end of the replication.
    fn repeat_later(&mut self, _queue: usize, _segment: usize) {}
    /// A further attempt (or call-back) would come after the end of the replication; it was decided in this segment.
    fn lost(&mut self, _queue: usize, _segment: usize) {}
    /// A message is still in the backlog at the end.
    fn still_open(&mut self, _queue: usize, _contact: &Contact) {}
    /// An agent is on duty beyond the planned end because of a contact; `segment` is that of `from`.
    fn overrun(&mut self, _team: usize, _segment: usize, _from: Tick, _to: Tick) {}
    /// A person does not come on the day that begins with this segment: time on the phone by plan, and paid time.
    fn absent(&mut self, _team: usize, _segment: usize, _on_phone: Tick, _paid: Tick) {}
    /// A person comes late on that day, and is missing for this time on the phone.
    fn late(&mut self, _team: usize, _segment: usize, _ticks: Tick) {}
}
