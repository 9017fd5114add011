//! Several chats in one pair of hands.

use callwright::engine::{Contact, Conversation, Observer, PickUp};
use callwright::model::{Kind, Tick};

use super::floor::{Call, Doing, Naive};

/// A chat in hand.
#[derive(Clone, Copy)]
pub struct InHand {
    pub contact: Contact,
    pub pick_up: PickUp,
    /// As drawn.
    pub parts: Conversation,
    /// Work left at the last change of what the agent has in hand ...
    pub left: Tick,
    /// ... and the instant of that change.
    pub seen: Tick,
    pub end: Tick,
    /// Nobody is there any more.
    pub silent: bool,
}

impl<O: Observer> Naive<'_, O> {
    /// How much longer a chat takes with what the agent has in hand.
    fn slowness(&self, agent: usize, queue: usize) -> f64 {
        let Kind::Chat(chat) = self.model.queues[queue].kind else { unreachable!() };
        let a = &self.agents[agent];
        let count = a.hands.len() + usize::from(a.doing.is_some());
        1.0 + chat.slowdown * (count as f64 - 1.0)
    }

    /// Before anything changes in the agent's hands: the work done since the last change.
    pub fn progress(&mut self, agent: usize, now: Tick) {
        for index in 0..self.agents[agent].hands.len() {
            let slowness = self.slowness(agent, self.agents[agent].hands[index].pick_up.queue);
            let chat = &mut self.agents[agent].hands[index];
            chat.left = chat.left.saturating_sub(((now - chat.seen) as f64 / slowness).floor() as Tick);
            chat.seen = now;
        }
    }

    /// After it: when the chats will end.
    pub fn plan_ends(&mut self, agent: usize, now: Tick) {
        for index in 0..self.agents[agent].hands.len() {
            let slowness = self.slowness(agent, self.agents[agent].hands[index].pick_up.queue);
            let chat = &mut self.agents[agent].hands[index];
            chat.end = now + (chat.left as f64 * slowness).ceil() as Tick;
            self.instants.insert(chat.end);
        }
    }

    pub fn take_chat(&mut self, agent: usize, call: &Call, now: Tick) {
        let Kind::Chat(chat) = self.model.queues[call.queue].kind else { unreachable!() };
        let pick_up = self.pick_up(agent, call.queue, now, self.segment);
        let silent = call.is_silent(now);
        let mut parts = self.conversation(call.queue, &call.contact, pick_up.team);
        if silent {
            self.observer.abandoned(call.queue, &call.contact);
            parts = Conversation { talk: chat.silent_timeout, hold: 0, wrap: 0 };
        }
        self.progress(agent, now);
        self.gets_busy(agent, now, self.segment);
        let a = &mut self.agents[agent];
        let left = parts.total();
        a.hands.push(InHand { contact: call.contact, pick_up, parts, left, seen: now, end: now, silent });
        a.since = now;
        self.plan_ends(agent, now);
    }

    pub fn chats_end(&mut self, now: Tick) {
        for agent in 0..self.agents.len() {
            if self.agents[agent].hands.iter().all(|chat| chat.end > now) {
                continue;
            }
            self.progress(agent, now);
            let (ended, stay) = std::mem::take(&mut self.agents[agent].hands).into_iter().partition(|c| c.end <= now);
            self.agents[agent].hands = stay;
            let ended: Vec<InHand> = ended;
            ended.iter().for_each(|chat| self.tell_chat(chat, now));
            self.gets_free(agent, now);
            self.plan_ends(agent, now);
            self.is_done(agent, now);
        }
    }

    fn tell_chat(&mut self, chat: &InHand, now: Tick) {
        if chat.silent {
            return;
        }
        self.observer.in_hand(&chat.pick_up, now);
        // Hold and wrap-up keep their shares, rounded down.
        let (total, work) = (now - chat.pick_up.at, chat.parts.total());
        let share =
            |part: Tick| (u128::from(part) * u128::from(total)).checked_div(u128::from(work)).unwrap_or(0) as Tick;
        let (hold, wrap) = (share(chat.parts.hold), share(chat.parts.wrap));
        let told = Conversation { talk: total - hold - wrap, hold, wrap };
        self.observer.answered(&chat.contact, &chat.pick_up, &told);
        self.hand_over(chat.pick_up.queue, &chat.contact, chat.pick_up.team, now);
    }

    /// Whether calls count as in hand beside chats.
    pub fn blends(&self, team: usize) -> bool {
        self.model.teams[team].blend && self.model.teams[team].chats > 1
    }

    /// Contacts in hand: chats, and a call beside which there may be chats.
    fn has_in_hand(&self, agent: usize) -> bool {
        let a = &self.agents[agent];
        let talks = matches!(a.doing, Some(Doing::Call { .. } | Doing::WarmTalk { .. } | Doing::Company { .. }));
        !a.hands.is_empty() || (talks && self.blends(a.team))
    }

    /// Before a contact comes in hand.
    pub fn gets_busy(&mut self, agent: usize, now: Tick, segment: usize) {
        if !self.has_in_hand(agent) {
            self.agents[agent].busy_from = (now, segment);
        }
    }

    /// After one has left.
    fn gets_free(&mut self, agent: usize, now: Tick) {
        if !self.has_in_hand(agent) {
            let (from, segment) = self.agents[agent].busy_from;
            self.observer.busy(self.agents[agent].team, self.agents[agent].number, segment, from, now);
            self.agents[agent].busy += self.busy_today(agent, now);
        }
    }

    /// What the agent does beside chats is over.
    pub fn hands_free(&mut self, agent: usize, now: Tick) {
        self.progress(agent, now);
        let was_in_hand = self.has_in_hand(agent);
        self.agents[agent].doing = None;
        if was_in_hand {
            self.gets_free(agent, now);
        }
        self.plan_ends(agent, now);
        self.is_done(agent, now);
    }

    /// Time with chats in hand since the day's opening.
    pub fn busy_today(&self, agent: usize, now: Tick) -> Tick {
        let day = self.model.segments[self.segment].day;
        let opening = self.model.segments[self.model.days[day].first].start;
        now - self.agents[agent].busy_from.0.max(opening).min(now)
    }
}
