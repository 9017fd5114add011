//! The standard observer: whole-number sums per queue and interval, per team and interval, per queue and team.
//!
//! Counts and ticks are integers, so sums do not depend on their order. What belongs to a contact is booked where
//! it arrived; what belongs to time is booked where the time passed.

use super::observer::{Contact, Conversation, Observer, PickUp};
use crate::model::{Model, Tick};

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
    /// Contacts picked up in this segment.
    pub answered: u32,
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
        self.handled.add(&other.handled);
        self.busy += other.busy;
        self.staffed += other.staffed;
    }
}

/// Counts of waits above zero of answered contacts, in buckets 10 ms wide up to 1.28 s and 1.6 % wide above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitHistogram {
    counts: Vec<u32>,
    /// All buckets from here on are empty.
    used: usize,
}

impl WaitHistogram {
    /// Ticks in the smallest bucket: 10 ms.
    const UNIT: Tick = 10_000;
    /// Buckets per doubling.
    const STEPS: u64 = 64;
    /// Buckets in all: two linear runs of `STEPS`, then doublings up to [`crate::model::LONGEST_TIME`] and beyond.
    pub const BUCKETS: usize = 22 * Self::STEPS as usize;

    /// All zero.
    pub fn new() -> Self {
        Self { counts: vec![0; Self::BUCKETS], used: 0 }
    }

    /// Counts one wait.
    #[inline]
    pub fn add(&mut self, wait: Tick) {
        let bucket = Self::bucket(wait);
        self.counts[bucket] += 1;
        self.used = self.used.max(bucket + 1);
    }

    /// Adds another histogram's counts.
    pub fn merge(&mut self, other: &Self) {
        self.counts.iter_mut().zip(other.counts()).for_each(|(a, b)| *a += b);
        self.used = self.used.max(other.used);
    }

    /// All zero again.
    pub fn clear(&mut self) {
        self.counts[..self.used].fill(0);
        self.used = 0;
    }

    /// Counts by bucket, up to the last that is not empty.
    pub fn counts(&self) -> &[u32] {
        &self.counts[..self.used]
    }

    /// How many waits were counted.
    pub fn total(&self) -> u64 {
        self.counts().iter().map(|&count| u64::from(count)).sum()
    }

    #[inline]
    fn bucket(wait: Tick) -> usize {
        let units = wait / Self::UNIT;
        let doublings = (units / Self::STEPS).checked_ilog2().unwrap_or(0);
        let bucket = u64::from(doublings) * Self::STEPS + (units >> doublings);
        (bucket as usize).min(Self::BUCKETS - 1)
    }

    /// Lower edge of a bucket \[s\]; that of the bucket behind it is its upper edge.
    pub fn edge_s(bucket: usize) -> f64 {
        let (bucket, steps) = (bucket as u64, Self::STEPS);
        let doublings = (bucket / steps).saturating_sub(1);
        let units = (bucket - doublings * steps) << doublings;
        (units * Self::UNIT) as f64 / crate::model::TICKS_PER_SECOND
    }
}

impl Default for WaitHistogram {
    fn default() -> Self {
        Self::new()
    }
}

/// What one replication came to.
#[derive(Debug, Clone)]
pub struct Tally<'m> {
    model: &'m Model,
    /// Queue by queue, each with all its segments.
    pub queues: Vec<QueueCell>,
    /// Team by team, each with all its segments.
    pub teams: Vec<TeamCell>,
    /// Queue by queue, each with all teams.
    pub pairs: Vec<PairCell>,
    /// Waits above zero of answered contacts, by queue.
    pub waits: Vec<WaitHistogram>,
}

impl<'m> Tally<'m> {
    /// An empty tally for a model.
    pub fn new(model: &'m Model) -> Self {
        let (queues, teams, segments) = (model.queues.len(), model.teams.len(), model.segments.len());
        Self {
            model,
            queues: vec![QueueCell::default(); queues * segments],
            teams: vec![TeamCell::default(); teams * segments],
            pairs: vec![PairCell::default(); queues * teams],
            waits: vec![WaitHistogram::new(); queues],
        }
    }

    /// A queue's cells, by segment.
    pub fn queue(&self, queue: usize) -> &[QueueCell] {
        let n = self.model.segments.len();
        &self.queues[queue * n..(queue + 1) * n]
    }

    /// A team's cells, by segment.
    pub fn team(&self, team: usize) -> &[TeamCell] {
        let n = self.model.segments.len();
        &self.teams[team * n..(team + 1) * n]
    }

    /// Calls `book` with each segment that [from, to) touches and the ticks it has in it.
    #[inline]
    fn by_segment(model: &Model, mut segment: usize, from: Tick, to: Tick, mut book: impl FnMut(usize, Tick)) {
        let mut from = from;
        loop {
            let end = model.segment_ends[segment];
            if to <= end {
                book(segment, to - from);
                return;
            }
            book(segment, end - from);
            from = end;
            segment += 1;
        }
    }

    /// Books a contact that waited until `end`.
    #[inline]
    fn waited(&mut self, queue: usize, contact: &Contact, end: Tick) -> &mut QueueCell {
        let first = queue * self.model.segments.len();
        let segment = contact.segment as usize;
        let wait = end - contact.arrived;
        let cell = &mut self.queues[first + segment];
        cell.offered += 1;
        cell.waited += u32::from(contact.waited);
        if wait > 0 {
            cell.wait_all += wait;
            cell.wait_max = cell.wait_max.max(wait);
            Self::by_segment(self.model, segment, contact.arrived, end, |s, ticks| {
                self.queues[first + s].waiting_time += ticks;
            });
        }
        &mut self.queues[first + segment]
    }
}

impl Observer for Tally<'_> {
    fn begin(&mut self) {
        self.queues.fill(QueueCell::default());
        self.teams.fill(TeamCell::default());
        self.pairs.fill(PairCell::default());
        self.waits.iter_mut().for_each(WaitHistogram::clear);
    }

    fn blocked(&mut self, queue: usize, contact: &Contact) {
        self.queues[queue * self.model.segments.len() + contact.segment as usize].blocked += 1;
    }

    #[inline]
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, conversation: &Conversation) {
        let model = self.model;
        let segments = model.segments.len();
        let wait = pick_up.at - contact.arrived;
        let in_goal = wait <= model.queues[pick_up.queue].target;
        let cell = self.waited(pick_up.queue, contact, pick_up.at);
        cell.answered += 1;
        cell.answered_in_goal += u32::from(in_goal);
        cell.wait_answered += wait;
        cell.handled.add(conversation);

        let (first_of_queue, first_of_team) = (pick_up.queue * segments, pick_up.team * segments);
        let end = pick_up.at + conversation.total();
        Self::by_segment(model, pick_up.segment, pick_up.at, end, |s, ticks| {
            self.queues[first_of_queue + s].service_time += ticks;
            self.teams[first_of_team + s].busy += ticks;
        });
        let team = &mut self.teams[first_of_team + pick_up.segment];
        team.answered += 1;
        team.handled.add(conversation);

        if contact.segment as usize >= model.counted_from {
            let pair = &mut self.pairs[pick_up.queue * model.teams.len() + pick_up.team];
            pair.answered += 1;
            pair.handled.add(conversation);
            if wait > 0 {
                self.waits[pick_up.queue].add(wait);
            }
        }
    }

    fn abandoned(&mut self, queue: usize, contact: &Contact) {
        let wait = contact.gives_up - contact.arrived;
        let model = &self.model.queues[queue];
        let (in_goal, short) = (wait <= model.target, wait <= model.short_abandon);
        let cell = self.waited(queue, contact, contact.gives_up);
        cell.abandoned += 1;
        cell.abandoned_in_goal += u32::from(in_goal);
        cell.short_abandoned += u32::from(short);
    }

    fn dropped(&mut self, queue: usize, contact: &Contact, at: Tick) {
        self.waited(queue, contact, at).dropped += 1;
    }

    fn staffed(&mut self, team: usize, segment: usize, ticks: Tick) {
        self.teams[team * self.model.segments.len() + segment].staffed += ticks;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wait_lies_between_the_edges_of_its_bucket() {
        let mut wait = 1;
        while wait < crate::model::LONGEST_TIME {
            let bucket = WaitHistogram::bucket(wait);
            let seconds = wait as f64 / 1e6;
            assert!(WaitHistogram::edge_s(bucket) <= seconds && seconds < WaitHistogram::edge_s(bucket + 1), "{wait}");
            wait = wait * 21 / 20 + 1;
        }
    }
}
