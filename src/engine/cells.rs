//! What a replication is summed up in: one cell for each queue, team or person and stretch of time.

use super::observer::{Conversation, Sequel};
use crate::model::Tick;
use crate::people::{Came, Outcome};

/// One queue in one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueCell {
    /// Contacts that reached the queue.
    pub offered: u32,
    /// Answered ...
    pub answered: u32,
    /// ... of these within the goal time.
    pub answered_in_goal: u32,
    /// Gave up ...
    pub abandoned: u32,
    /// ... of these within the goal time.
    pub abandoned_in_goal: u32,
    /// ... of these short.
    pub short_abandoned: u32,
    /// Found no line.
    pub blocked: u32,
    /// Turned away.
    pub dropped: u32,
    /// Found no agent free on arrival.
    pub waited: u32,
    /// Sum of waits of the answered \[ticks\].
    pub wait_answered: Tick,
    /// Sum of waits of all \[ticks\].
    pub wait_all: Tick,
    /// Longest wait \[ticks\].
    pub wait_max: Tick,
    /// Sum of the conversations of the answered.
    pub handled: Conversation,
    /// Contact-ticks spent waiting inside this segment.
    pub waiting_time: Tick,
    /// Contact-ticks spent with an agent (wrap-up included) inside this segment.
    pub service_time: Tick,
}

/// One team in one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TeamCell {
    /// Contacts picked up in this segment ...
    pub answered: u32,
    /// ... of these within the goal time of their queue, ...
    pub answered_in_goal: u32,
    /// ... and messages whose goal time ends after the replication: no service level counts them.
    pub undecided: u32,
    /// Sum of their conversations.
    pub handled: Conversation,
    /// Agent-ticks spent with contacts inside this segment.
    pub busy: Tick,
    /// Agent-ticks on duty inside this segment.
    pub staffed: Tick,
}

/// One queue served by one team, over the counted part of the replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PairCell {
    /// Contacts answered.
    pub answered: u32,
    /// Sum of their conversations.
    pub handled: Conversation,
}

/// One queue in one segment: contacts that come again, later or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LoopCell {
    /// Further attempts after an abandonment or a busy signal, among the attempted.
    pub redials: u32,
    /// Handed on from another queue, among the attempted.
    pub received: u32,
    /// Promised calls and further tries of outgoing calls, among the attempted.
    pub call_backs: u32,
    /// Accepted a call-back instead of waiting, among the offered.
    pub deferred: u32,
    /// Still in the backlog at the end, among the offered.
    pub open: u32,
    /// Served by the menu; not among the attempted.
    pub self_served: u32,
    /// Outgoing calls nobody took, among the answered.
    pub unreached: u32,
    /// Handed on to another queue, among the answered.
    pub transferred: u32,
    /// Would have come again after the end of the replication.
    pub lost: u32,
    /// Come again with a problem that was not solved, among the attempted.
    pub repeats: u32,
    /// Would have done so after the end of the replication.
    pub repeats_later: u32,
    /// Messages whose goal time ends after the replication, among the offered: no service level counts them.
    pub undecided: u32,
}

impl LoopCell {
    /// Adds another cell's sums.
    pub fn add(&mut self, other: &Self) {
        self.redials += other.redials;
        self.received += other.received;
        self.call_backs += other.call_backs;
        self.deferred += other.deferred;
        self.open += other.open;
        self.self_served += other.self_served;
        self.unreached += other.unreached;
        self.transferred += other.transferred;
        self.lost += other.lost;
        self.repeats += other.repeats;
        self.repeats_later += other.repeats_later;
        self.undecided += other.undecided;
    }
}

/// One team in one segment: what only named people and chats have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DutyCell {
    /// Agent-ticks on duty beyond the planned end, among the staffed.
    pub overrun: Tick,
    /// Contact-ticks in the hands of agents who may have several.
    pub in_hand: Tick,
    /// Agent-ticks busy with these, among the busy.
    pub in_hand_busy: Tick,
    /// Agent-ticks on the phone by plan of people absent all day (in the first segment of the day).
    pub absent: Tick,
    /// Their paid time.
    pub absent_paid: Tick,
    /// Agent-ticks missed by being late (in the first segment of the day).
    pub late: Tick,
}

/// What came of conversations: of one queue in one segment, of one team on one day, or of one agent. How often something
/// of [`Came`] did is `cell[Came::Sold]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutcomeCell {
    counts: [u32; 16],
    /// Sum of the ratings from 1 to 5.
    pub points: u32,
    /// Sum of the strain agents brought along \[2^-20 points\].
    pub strain: u64,
    /// Money of the sales \[millionths\].
    pub revenue: u64,
    /// Worth of the customers lost \[millionths\].
    pub lost_value: u64,
}

/// Four counts at a time, by the bits of what counts.
static FOUR_BITS: [[u32; 4]; 16] = {
    let mut counts = [[0; 4]; 16];
    let mut bits = 0;
    while bits < 16 {
        counts[bits] = [bits as u32 & 1, bits as u32 >> 1 & 1, bits as u32 >> 2 & 1, bits as u32 >> 3 & 1];
        bits += 1;
    }
    counts
};

/// Scale of [`OutcomeCell::strain`].
pub const STRAIN_UNIT: f64 = 1.0 / (1u64 << 20) as f64;

impl std::ops::Index<Came> for OutcomeCell {
    type Output = u32;

    fn index(&self, what: Came) -> &u32 {
        &self.counts[what as usize]
    }
}

impl OutcomeCell {
    /// One conversation.
    #[inline(always)]
    pub(super) fn of(outcome: &Outcome, sequel: &Sequel) -> Self {
        let returned = sequel.returns & outcome.has(Came::First);
        let came = usize::from(outcome.came.with(Came::FirstReturned, returned).bits());
        let mut counts = [0; 16];
        for (group, counts) in counts.chunks_exact_mut(4).enumerate() {
            counts.copy_from_slice(&FOUR_BITS[came >> (4 * group) & 15]);
        }
        Self {
            counts,
            points: u32::from(outcome.rating),
            strain: if outcome.strain > 0.0 { (outcome.strain / STRAIN_UNIT) as u64 } else { 0 },
            revenue: sequel.revenue,
            lost_value: sequel.lost_value,
        }
    }

    /// Adds another cell's sums.
    #[inline]
    pub fn add(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, other)| *count += other);
        self.points += other.points;
        self.strain += other.strain;
        self.revenue += other.revenue;
        self.lost_value += other.lost_value;
    }
}

/// One person over the counted part of the replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AgentCell {
    /// Contacts picked up.
    pub answered: u32,
    /// Sum of their conversations.
    pub handled: Conversation,
    /// Ticks busy in opening hours.
    pub busy: Tick,
    /// Ticks on duty in opening hours.
    pub on_duty: Tick,
    /// What came of the conversations.
    pub outcomes: OutcomeCell,
}

impl DutyCell {
    /// Adds another cell's sums.
    pub fn add(&mut self, other: &Self) {
        self.overrun += other.overrun;
        self.in_hand += other.in_hand;
        self.in_hand_busy += other.in_hand_busy;
        self.absent += other.absent;
        self.absent_paid += other.absent_paid;
        self.late += other.late;
    }
}

impl QueueCell {
    /// Adds another cell's sums.
    pub fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.answered_in_goal += other.answered_in_goal;
        self.abandoned += other.abandoned;
        self.abandoned_in_goal += other.abandoned_in_goal;
        self.short_abandoned += other.short_abandoned;
        self.blocked += other.blocked;
        self.dropped += other.dropped;
        self.waited += other.waited;
        self.wait_answered += other.wait_answered;
        self.wait_all += other.wait_all;
        self.wait_max = self.wait_max.max(other.wait_max);
        self.handled.add(&other.handled);
        self.waiting_time += other.waiting_time;
        self.service_time += other.service_time;
    }
}

impl TeamCell {
    /// Adds another cell's sums.
    pub fn add(&mut self, other: &Self) {
        self.answered += other.answered;
        self.answered_in_goal += other.answered_in_goal;
        self.undecided += other.undecided;
        self.handled.add(&other.handled);
        self.busy += other.busy;
        self.staffed += other.staffed;
    }
}
