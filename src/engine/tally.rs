//! The standard observer: whole-number sums per queue and interval, per team and interval, per queue and team.
//!
//! Counts and ticks are integers, so sums do not depend on their order. What belongs to a contact is booked where
//! it arrived; what belongs to time is booked where the time passed.

use super::observer::{Contact, Conversation, Marks, Observer, Origin, PickUp};
use crate::model::{Model, Tick};
use crate::people::Outcome;

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

/// What came of conversations: of one queue or team in one segment, or of one agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutcomeCell {
    /// Contacts handled and not handed on.
    pub handled: u32,
    /// First handlings of a problem that may be solved, those handed on among them ...
    pub first: u32,
    /// ... of these solved ...
    pub first_resolved: u32,
    /// ... and of these the customer comes again within the window of `fcr`.
    pub first_returned: u32,
    /// Problems that may be solved in a contact, whatever the attempt ...
    pub judged: u32,
    /// ... and are.
    pub resolved: u32,
    /// Asked how satisfied they are ...
    pub rated: u32,
    /// ... and rated top box.
    pub satisfied: u32,
    /// Offers made ...
    pub offers: u32,
    /// ... and taken.
    pub sales: u32,
    /// Customers who may be lost ...
    pub held: u32,
    /// ... and are.
    pub lost_customers: u32,
    /// Callers who were upset or irate ...
    pub heated: u32,
    /// ... and calmed.
    pub calmed: u32,
    /// Calls ended for abuse.
    pub ended: u32,
    /// Sum of the strain agents brought along \[2^-20 points\].
    pub strain: u64,
    /// Money of the sales \[millionths\].
    pub revenue: u64,
    /// Worth of the customers lost \[millionths\].
    pub lost_value: u64,
}

/// Scale of [`OutcomeCell::strain`].
pub const STRAIN_UNIT: f64 = 1.0 / (1u64 << 20) as f64;

impl OutcomeCell {
    /// One conversation.
    #[inline]
    fn of(contact: &Contact, outcome: &Outcome, returns: bool, (revenue, value): (u64, u64)) -> Self {
        let first = outcome.judged && !contact.marks.has(Marks::HANDLED);
        let stays = !outcome.transferred;
        let (sold, lost) = (outcome.sold && stays, !outcome.retained && stays);
        Self {
            handled: u32::from(stays),
            first: u32::from(first),
            first_resolved: u32::from(first && outcome.resolved && stays),
            first_returned: u32::from(first && returns),
            judged: u32::from(outcome.judged && stays),
            resolved: u32::from(outcome.resolved && outcome.judged && stays),
            rated: u32::from(outcome.rated),
            satisfied: u32::from(outcome.satisfied),
            offers: u32::from(outcome.offered),
            sales: u32::from(sold),
            held: u32::from(outcome.held),
            lost_customers: u32::from(lost),
            heated: u32::from(outcome.mood.is_heated()),
            calmed: u32::from(outcome.calmed),
            ended: u32::from(outcome.ended),
            strain: (outcome.strain / STRAIN_UNIT) as u64,
            revenue: if sold { revenue } else { 0 },
            lost_value: if lost { value } else { 0 },
        }
    }

    /// Adds another cell's sums.
    #[inline]
    pub fn add(&mut self, other: &Self) {
        self.handled += other.handled;
        self.first += other.first;
        self.first_resolved += other.first_resolved;
        self.first_returned += other.first_returned;
        self.judged += other.judged;
        self.resolved += other.resolved;
        self.rated += other.rated;
        self.satisfied += other.satisfied;
        self.offers += other.offers;
        self.sales += other.sales;
        self.held += other.held;
        self.lost_customers += other.lost_customers;
        self.heated += other.heated;
        self.calmed += other.calmed;
        self.ended += other.ended;
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

    /// From counts by bucket, as [`WaitHistogram::counts`] gives them; further ones are left out.
    pub fn from_counts(counts: &[u32]) -> Self {
        let mut all = Self::new();
        all.used = counts.len().min(Self::BUCKETS);
        all.counts[..all.used].copy_from_slice(&counts[..all.used]);
        all
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
    /// Queue by queue, each with all its segments; empty unless the model counts loops.
    pub loops: Vec<LoopCell>,
    /// Team by team, each with all its segments; empty unless the model counts duties.
    pub duties: Vec<DutyCell>,
    /// Queue by queue, each with all its segments; empty where people change nothing.
    pub outcomes: Vec<OutcomeCell>,
    /// The same for teams.
    pub team_outcomes: Vec<OutcomeCell>,
    /// Everybody, team by team; empty where people change nothing.
    pub agents: Vec<AgentCell>,
    /// By team: the number of its first agent.
    first_agent: Vec<usize>,
}

impl<'m> Tally<'m> {
    /// An empty tally for a model.
    pub fn new(model: &'m Model) -> Self {
        let (queues, teams, segments) = (model.queues.len(), model.teams.len(), model.segments.len());
        let mut people = 0;
        let mut count = |team: &crate::model::Team| {
            people += team.most;
            people - team.most
        };
        let first_agent = model.teams.iter().map(&mut count).collect();
        let peopled = model.people.is_some();
        Self {
            model,
            queues: vec![QueueCell::default(); queues * segments],
            teams: vec![TeamCell::default(); teams * segments],
            pairs: vec![PairCell::default(); queues * teams],
            waits: vec![WaitHistogram::new(); queues],
            loops: vec![LoopCell::default(); if model.counts_loops { queues * segments } else { 0 }],
            duties: vec![DutyCell::default(); if model.counts_duties { teams * segments } else { 0 }],
            outcomes: vec![OutcomeCell::default(); if peopled { queues * segments } else { 0 }],
            team_outcomes: vec![OutcomeCell::default(); if peopled { teams * segments } else { 0 }],
            agents: vec![AgentCell::default(); if peopled { people } else { 0 }],
            first_agent,
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

    /// What a queue's contacts did besides waiting, in a segment.
    pub fn loops(&self, queue: usize, segment: usize) -> LoopCell {
        self.loops.get(queue * self.model.segments.len() + segment).copied().unwrap_or_default()
    }

    /// What came of a queue's conversations, by the segment in which the contact arrived.
    pub fn outcomes(&self, queue: usize, segment: usize) -> OutcomeCell {
        self.outcomes.get(queue * self.model.segments.len() + segment).copied().unwrap_or_default()
    }

    /// What came of a team's conversations, by the segment in which they began.
    pub fn team_outcomes(&self, team: usize, segment: usize) -> OutcomeCell {
        self.team_outcomes.get(team * self.model.segments.len() + segment).copied().unwrap_or_default()
    }

    /// What only named people and chats have, in a segment.
    pub fn duties(&self, team: usize, segment: usize) -> DutyCell {
        self.duties.get(team * self.model.segments.len() + segment).copied().unwrap_or_default()
    }

    fn loop_cell(&mut self, queue: usize, segment: usize) -> &mut LoopCell {
        &mut self.loops[queue * self.model.segments.len() + segment]
    }

    fn duty_cell(&mut self, team: usize, segment: usize) -> &mut DutyCell {
        &mut self.duties[team * self.model.segments.len() + segment]
    }

    /// What made a contact come, where that is counted.
    #[inline(always)]
    fn count_origin(&mut self, queue: usize, contact: &Contact) {
        if contact.origin == Origin::Fresh {
            return;
        }
        let cell = self.loop_cell(queue, contact.segment as usize);
        match contact.origin {
            Origin::Fresh => {}
            Origin::Redial => cell.redials += 1,
            Origin::Transfer => cell.received += 1,
            Origin::CallBack => cell.call_backs += 1,
            Origin::Repeat => cell.repeats += 1,
        }
    }

    /// A message is judged only if its goal time ends inside the replication.
    fn is_decided(&mut self, queue: usize, contact: &Contact) -> bool {
        let arrived = self.model.open_clock(contact.segment as usize, contact.arrived);
        let decided = arrived + self.model.queues[queue].target <= self.model.open_total();
        self.loop_cell(queue, contact.segment as usize).undecided += u32::from(!decided);
        decided
    }

    /// Books the time an agent is busy in the open segments that are counted.
    fn agent_busy(&mut self, team: usize, agent: usize, segment: usize, from: Tick, to: Tick) {
        let mut busy = 0;
        Self::by_segment(self.model, segment, from, to, |s, ticks| {
            busy += if self.model.segments[s].open && s >= self.model.counted_from { ticks } else { 0 };
        });
        self.agents[self.first_agent[team] + agent].busy += busy;
    }

    /// Calls `book` with each segment that [from, to) touches and the ticks it has in it.
    #[inline(always)]
    fn by_segment(model: &Model, segment: usize, from: Tick, to: Tick, mut book: impl FnMut(usize, Tick)) {
        if to <= model.segment_ends[segment] {
            book(segment, to - from);
        } else {
            Self::over_segments(model, segment, from, to, book);
        }
    }

    /// [`Tally::by_segment`] for what goes on beyond the segment it began in.
    #[inline(never)]
    fn over_segments(model: &Model, mut segment: usize, mut from: Tick, to: Tick, mut book: impl FnMut(usize, Tick)) {
        while to > model.segment_ends[segment] {
            let end = model.segment_ends[segment];
            book(segment, end - from);
            (from, segment) = (end, segment + 1);
        }
        book(segment, to - from);
    }

    /// Books a contact that waited until `end`; `wait` is the time that counts.
    #[inline(always)]
    fn waited(&mut self, queue: usize, contact: &Contact, end: Tick, wait: Tick) -> &mut QueueCell {
        self.count_origin(queue, contact);
        let first = queue * self.model.segments.len();
        let segment = contact.segment as usize;
        let closed_counts = !self.model.queues[queue].kind.is_message();
        let cell = &mut self.queues[first + segment];
        cell.offered += 1;
        cell.waited += u32::from(contact.waited);
        if wait > 0 {
            cell.wait_all += wait;
            cell.wait_max = cell.wait_max.max(wait);
            Self::by_segment(self.model, segment, contact.arrived, end, |s, ticks| {
                if closed_counts || self.model.segments[s].open {
                    self.queues[first + s].waiting_time += ticks;
                }
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
        self.loops.fill(LoopCell::default());
        self.duties.fill(DutyCell::default());
        self.outcomes.fill(OutcomeCell::default());
        self.team_outcomes.fill(OutcomeCell::default());
        self.agents.fill(AgentCell::default());
    }

    fn blocked(&mut self, queue: usize, contact: &Contact) {
        self.count_origin(queue, contact);
        self.queues[queue * self.model.segments.len() + contact.segment as usize].blocked += 1;
    }

    #[inline(always)]
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, conversation: &Conversation) {
        let model = self.model;
        let queue = &model.queues[pick_up.queue];
        let (wait, judged) = if queue.kind.is_message() {
            let arrived = model.open_clock(contact.segment as usize, contact.arrived);
            let wait = model.open_clock(pick_up.segment, pick_up.at) - arrived;
            (wait, self.is_decided(pick_up.queue, contact))
        } else {
            (pick_up.at - contact.arrived, true)
        };
        let in_goal = judged && wait <= queue.target;
        let cell = self.waited(pick_up.queue, contact, pick_up.at, wait);
        cell.answered += 1;
        cell.answered_in_goal += u32::from(in_goal);
        cell.wait_answered += wait;
        cell.handled.add(conversation);

        let team = &mut self.teams[pick_up.team * model.segments.len() + pick_up.segment];
        team.answered += 1;
        team.handled.add(conversation);

        if contact.segment as usize >= model.counted_from {
            let pair = &mut self.pairs[pick_up.queue * model.teams.len() + pick_up.team];
            pair.answered += 1;
            pair.handled.add(conversation);
            if wait > 0 {
                self.waits[pick_up.queue].add(wait);
            }
            if !self.agents.is_empty() {
                let agent = &mut self.agents[self.first_agent[pick_up.team] + pick_up.agent];
                agent.answered += 1;
                agent.handled.add(conversation);
            }
        }
    }

    #[inline(always)]
    fn worked(&mut self, pick_up: &PickUp, to: Tick) {
        let segments = self.model.segments.len();
        let (first_of_queue, first_of_team) = (pick_up.queue * segments, pick_up.team * segments);
        Self::by_segment(self.model, pick_up.segment, pick_up.at, to, |s, ticks| {
            self.queues[first_of_queue + s].service_time += ticks;
            self.teams[first_of_team + s].busy += ticks;
        });
        if !self.agents.is_empty() {
            self.agent_busy(pick_up.team, pick_up.agent, pick_up.segment, pick_up.at, to);
        }
    }

    fn abandoned(&mut self, queue: usize, contact: &Contact) {
        let wait = contact.gives_up - contact.arrived;
        let model = &self.model.queues[queue];
        let (in_goal, short) = (wait <= model.target, wait <= model.short_abandon);
        let cell = self.waited(queue, contact, contact.gives_up, wait);
        cell.abandoned += 1;
        cell.abandoned_in_goal += u32::from(in_goal);
        cell.short_abandoned += u32::from(short);
    }

    fn dropped(&mut self, queue: usize, contact: &Contact, at: Tick) {
        self.waited(queue, contact, at, at - contact.arrived).dropped += 1;
    }

    fn staffed(&mut self, team: usize, segment: usize, ticks: Tick) {
        self.teams[team * self.model.segments.len() + segment].staffed += ticks;
    }

    fn in_hand(&mut self, pick_up: &PickUp, to: Tick) {
        let segments = self.model.segments.len();
        let (first_of_queue, first_of_team) = (pick_up.queue * segments, pick_up.team * segments);
        Self::by_segment(self.model, pick_up.segment, pick_up.at, to, |s, ticks| {
            self.queues[first_of_queue + s].service_time += ticks;
            self.duties[first_of_team + s].in_hand += ticks;
        });
    }

    fn busy(&mut self, team: usize, agent: usize, segment: usize, from: Tick, to: Tick) {
        let first = team * self.model.segments.len();
        Self::by_segment(self.model, segment, from, to, |s, ticks| {
            self.teams[first + s].busy += ticks;
            if let Some(cell) = self.duties.get_mut(first + s) {
                cell.in_hand_busy += ticks;
            }
        });
        if !self.agents.is_empty() {
            self.agent_busy(team, agent, segment, from, to);
        }
    }

    fn deferred(&mut self, queue: usize, contact: &Contact) {
        self.waited(queue, contact, contact.arrived, 0);
        self.loop_cell(queue, contact.segment as usize).deferred += 1;
    }

    fn self_served(&mut self, queue: usize, segment: usize) {
        self.loop_cell(queue, segment).self_served += 1;
    }

    fn unreached(&mut self, queue: usize, contact: &Contact) {
        self.loop_cell(queue, contact.segment as usize).unreached += 1;
    }

    fn transferred(&mut self, queue: usize, contact: &Contact) {
        self.loop_cell(queue, contact.segment as usize).transferred += 1;
    }

    fn outcome(&mut self, contact: &Contact, pick_up: &PickUp, outcome: &Outcome, returns: bool) {
        let segments = self.model.segments.len();
        let money = self.model.queues[pick_up.queue].outcomes.as_ref().map_or((0, 0), |o| (o.revenue, o.value));
        let cell = OutcomeCell::of(contact, outcome, returns, money);
        self.outcomes[pick_up.queue * segments + contact.segment as usize].add(&cell);
        self.team_outcomes[pick_up.team * segments + pick_up.segment].add(&cell);
        if contact.segment as usize >= self.model.counted_from {
            self.agents[self.first_agent[pick_up.team] + pick_up.agent].outcomes.add(&cell);
        }
    }

    fn on_duty(&mut self, team: usize, agent: usize, ticks: Tick) {
        self.agents[self.first_agent[team] + agent].on_duty += ticks;
    }

    fn repeat_later(&mut self, queue: usize, segment: usize) {
        self.loop_cell(queue, segment).repeats_later += 1;
    }

    fn lost(&mut self, queue: usize, segment: usize) {
        self.loop_cell(queue, segment).lost += 1;
    }

    /// Waits until the end of the last opening.
    fn still_open(&mut self, queue: usize, contact: &Contact) {
        let wait = self.model.open_total() - self.model.open_clock(contact.segment as usize, contact.arrived);
        let end = self.model.segments.iter().rfind(|s| s.open).map_or(contact.arrived, |s| s.end);
        self.is_decided(queue, contact);
        self.waited(queue, contact, end.max(contact.arrived), wait);
        self.loop_cell(queue, contact.segment as usize).open += 1;
    }

    fn overrun(&mut self, team: usize, segment: usize, from: Tick, to: Tick) {
        let first = team * self.model.segments.len();
        Self::by_segment(self.model, segment, from, to, |s, ticks| {
            if self.model.segments[s].open {
                self.teams[first + s].staffed += ticks;
                self.duties[first + s].overrun += ticks;
            }
        });
    }

    fn absent(&mut self, team: usize, segment: usize, on_phone: Tick, paid: Tick) {
        let cell = self.duty_cell(team, segment);
        cell.absent += on_phone;
        cell.absent_paid += paid;
    }

    fn late(&mut self, team: usize, segment: usize, ticks: Tick) {
        self.duty_cell(team, segment).late += ticks;
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
