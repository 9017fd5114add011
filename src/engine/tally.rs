//! The standard observer: whole-number sums per queue and interval, per team and interval, per queue and team.
//!
//! Counts and ticks are integers, so sums do not depend on their order. What belongs to a contact is booked where
//! it arrived; what belongs to time is booked where the time passed.

use super::cells::{AgentCell, DutyCell, LoopCell, OutcomeCell, PairCell, QueueCell, TeamCell};
use super::observer::{Contact, Conversation, Observer, Origin, PickUp, Sequel};
use super::wait_histogram::WaitHistogram;
use crate::model::{Model, Tick};
use crate::people::Outcome;

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
    /// Team by team, each with all its days; empty where people change nothing.
    pub team_outcomes: Vec<OutcomeCell>,
    /// Everybody, team by team; empty where people change nothing, and after the first replication unless the same
    /// people serve in all.
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
            team_outcomes: vec![OutcomeCell::default(); if peopled { teams * model.days.len() } else { 0 }],
            agents: Vec::new(),
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

    /// What came of a team's conversations that began on a day, after the warm-up.
    pub fn team_outcomes(&self, team: usize, day: usize) -> OutcomeCell {
        self.team_outcomes.get(team * self.model.days.len() + day).copied().unwrap_or_default()
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

    /// The team and the segment of a pick-up.
    #[inline(always)]
    fn team_cell(&mut self, pick_up: &PickUp) -> &mut TeamCell {
        &mut self.teams[pick_up.team * self.model.segments.len() + pick_up.segment]
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

    /// One person over the counted part of the replication, where people are kept.
    #[inline(always)]
    fn agent(&mut self, team: usize, agent: usize) -> Option<&mut AgentCell> {
        // Most replications keep nobody.
        if self.agents.is_empty() { None } else { self.agents.get_mut(self.first_agent[team] + agent) }
    }

    /// The same for a pick-up that is counted: after the warm-up, as for teams.
    #[inline(always)]
    fn agent_of(&mut self, pick_up: &PickUp) -> Option<&mut AgentCell> {
        if pick_up.segment >= self.model.counted_from { self.agent(pick_up.team, pick_up.agent) } else { None }
    }

    /// Books the time an agent is busy in the open segments that are counted.
    #[inline(never)]
    fn agent_busy(&mut self, team: usize, agent: usize, segment: usize, from: Tick, to: Tick) {
        let mut busy = 0;
        Self::by_segment(self.model, segment, from, to, |s, ticks| {
            busy += if self.model.segments[s].open && s >= self.model.counted_from { ticks } else { 0 };
        });
        if let Some(cell) = self.agent(team, agent) {
            cell.busy += busy;
        }
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
    fn begin(&mut self, replication: u64) {
        self.queues.fill(QueueCell::default());
        self.teams.fill(TeamCell::default());
        self.pairs.fill(PairCell::default());
        self.waits.iter_mut().for_each(WaitHistogram::clear);
        self.loops.fill(LoopCell::default());
        self.duties.fill(DutyCell::default());
        self.outcomes.fill(OutcomeCell::default());
        self.team_outcomes.fill(OutcomeCell::default());
        let keeps_agents = self.model.people.as_ref().is_some_and(|people| replication == 0 || people.fixed);
        let agents = self.model.teams.iter().map(|team| if keeps_agents { team.most } else { 0 }).sum();
        self.agents.clear();
        self.agents.resize(agents, AgentCell::default());
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
            let decided = self.is_decided(pick_up.queue, contact);
            self.team_cell(pick_up).undecided += u32::from(!decided);
            (wait, decided)
        } else {
            (pick_up.at - contact.arrived, true)
        };
        let in_goal = judged && wait <= queue.target;
        let cell = self.waited(pick_up.queue, contact, pick_up.at, wait);
        cell.answered += 1;
        cell.answered_in_goal += u32::from(in_goal);
        cell.wait_answered += wait;
        cell.handled.add(conversation);

        let team = self.team_cell(pick_up);
        team.answered += 1;
        team.answered_in_goal += u32::from(in_goal);
        team.handled.add(conversation);

        if contact.segment as usize >= model.counted_from {
            let pair = &mut self.pairs[pick_up.queue * model.teams.len() + pick_up.team];
            pair.answered += 1;
            pair.handled.add(conversation);
            if wait > 0 {
                self.waits[pick_up.queue].add(wait);
            }
        }
        if let Some(agent) = self.agent_of(pick_up) {
            agent.answered += 1;
            agent.handled.add(conversation);
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

    #[inline(always)]
    fn outcome(&mut self, contact: &Contact, pick_up: &PickUp, outcome: &Outcome, sequel: &Sequel) {
        let (model, cell) = (self.model, OutcomeCell::of(outcome, sequel));
        self.outcomes[pick_up.queue * model.segments.len() + contact.segment as usize].add(&cell);
        if pick_up.segment >= model.counted_from {
            let day = model.segments[pick_up.segment].day;
            self.team_outcomes[pick_up.team * model.days.len() + day].add(&cell);
        }
        if let Some(agent) = self.agent_of(pick_up) {
            agent.outcomes.add(&cell);
        }
    }

    fn on_duty(&mut self, team: usize, agent: usize, ticks: Tick) {
        if let Some(cell) = self.agent(team, agent) {
            cell.on_duty += ticks;
        }
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
