//! Several contacts in the hands of one agent: each goes on more slowly the more there are.

use super::floor::Floor;
use super::observer::{Contact, Conversation, Observer, PickUp};
use super::tournament::{OUT, Tournament, instant, player};
use crate::model::{Chat, FOREVER, HandOver, Kind, LAST_TICK, LONGEST_TIME, Model, Tick};

/// The hands of all agents who may have several contacts.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    /// By team: the number of its first agent here.
    first: Vec<usize>,
    hands: Vec<Hands>,
    /// Agents by the instant at which the first of their contacts ends.
    ends: Tournament,
}

/// What one agent has in hand.
#[derive(Debug, Clone, Default)]
struct Hands {
    team: usize,
    agent: usize,
    contacts: Vec<InHand>,
    /// Since when the number has been what it is.
    since: Tick,
    /// Since when the agent is busy; while a call rings and nothing else is in hand, from when.
    busy_since: Tick,
    busy_segment: usize,
}

/// One contact in hand.
#[derive(Debug, Clone)]
struct InHand {
    contact: Contact,
    /// A call may still ring.
    pick_up: PickUp,
    conversation: Conversation,
    /// Work left at [`Hands::since`], in ticks of an agent who does nothing else; [`FOREVER`] = the agent keeps a caller
    /// company, nobody knows for how long.
    left: Tick,
    /// When it ends if nothing changes.
    end: Tick,
    slowdown: f64,
    /// Where the customer goes when it ends.
    hand_over: Option<HandOver>,
    /// Nobody is there: the customer has left unnoticed, or gives up while it rings.
    deserted: bool,
}

impl Desk {
    pub(super) fn new(model: &Model) -> Self {
        let mut desk = Self { first: Vec::new(), hands: Vec::new(), ends: Tournament::default() };
        for (team, stated) in model.teams.iter().enumerate() {
            desk.first.push(desk.hands.len());
            let most = if stated.chats > 1 { stated.most } else { 0 };
            desk.hands.extend((0..most).map(|agent| Hands { team, agent, ..Hands::default() }));
        }
        desk.ends = Tournament::new(desk.hands.len());
        desk
    }

    pub(super) fn clear(&mut self) {
        self.hands.iter_mut().for_each(|hands| hands.contacts.clear());
        self.ends.clear();
    }

    /// When the first contact in hand ends.
    #[inline]
    pub(super) fn next_end(&self) -> Tick {
        match self.ends.first() {
            OUT => Tick::MAX,
            key => instant(key),
        }
    }

    fn of(&self, team: usize, agent: usize) -> Option<&Hands> {
        let last = self.first.get(team + 1).copied().unwrap_or(self.hands.len());
        self.hands[self.first[team]..last].get(agent)
    }

    /// Contacts in the agent's hands.
    pub(super) fn in_hand(&self, team: usize, agent: usize) -> u32 {
        self.of(team, agent).map_or(0, |hands| hands.contacts.len() as u32)
    }

    /// For how long, since `from` at most, the agent has been busy with what is in hand.
    pub(super) fn busy_for(&self, team: usize, agent: usize, from: Tick, now: Tick) -> Tick {
        let busy = self.of(team, agent).filter(|hands| !hands.contacts.is_empty());
        busy.map_or(0, |hands| now.saturating_sub(hands.busy_since.max(from)))
    }

    /// Number of contacts in hand, and since when, of an agent who has some and may take another.
    pub(super) fn open_slot(&self, team: usize, agent: usize) -> Option<(u32, Tick)> {
        let hands = self.of(team, agent)?;
        // Beside a call, which is never slowed down, there is no room for anything else.
        let open = !hands.contacts.is_empty() && hands.contacts.iter().all(|c| c.slowdown >= 0.0);
        open.then_some((hands.contacts.len() as u32, hands.since))
    }

    /// Looks at when the first of the contacts in these hands ends.
    fn plan(&mut self, index: usize) {
        match self.hands[index].plan() {
            Some(end) if end < FOREVER => self.ends.set(index, end),
            _ => self.ends.take_out(index),
        }
    }
}

/// Slowdown of a call among chats: none, and nothing else may be taken beside it.
const CALL: f64 = -1.0;

impl Hands {
    fn factor(&self, contact: &InHand) -> f64 {
        1.0 + contact.slowdown.max(0.0) * (self.contacts.len() - 1) as f64
    }

    /// Takes the work done since the last change off what is left.
    fn advance(&mut self, now: Tick) {
        for index in 0..self.contacts.len() {
            let factor = self.factor(&self.contacts[index]);
            let done = ((now - self.since) as f64 / factor) as Tick;
            let contact = &mut self.contacts[index];
            if contact.left < FOREVER {
                contact.left = contact.left.saturating_sub(done);
            }
        }
        self.since = now;
    }

    /// When each ends at the present pace; returns the first instant.
    fn plan(&mut self) -> Option<Tick> {
        for index in 0..self.contacts.len() {
            let factor = self.factor(&self.contacts[index]);
            let contact = &mut self.contacts[index];
            let takes = (libm::ceil(contact.left as f64 * factor) as Tick).min(LONGEST_TIME);
            let end = (self.since + takes).min(LAST_TICK - 1);
            contact.end = if contact.left < FOREVER { end } else { FOREVER };
        }
        self.contacts.iter().map(|contact| contact.end).min()
    }
}

impl Floor<'_> {
    /// Whether the team's agents have calls in hand beside chats.
    #[inline]
    pub(super) fn blends(&self, team: usize) -> bool {
        self.model.teams[team].blend && self.model.teams[team].chats > 1
    }

    /// The agent takes another chat in hand.
    pub(super) fn take_chat(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        conversation: &Conversation,
        chat: Chat,
        hand_over: Option<HandOver>,
    ) {
        let left = conversation.total();
        self.take(InHand { slowdown: chat.slowdown, hand_over, ..InHand::new(contact, pick_up, conversation, left) });
    }

    /// The agent takes a call beside chats, for so much longer from the pick-up on, or until somebody else answers
    /// ([`FOREVER`]). It counts as in hand while it rings.
    pub(super) fn take_call(&mut self, contact: &Contact, pick_up: &PickUp, conversation: &Conversation, lasts: Tick) {
        let left = if lasts == FOREVER { FOREVER } else { pick_up.at + lasts - self.now };
        self.take(InHand::new(contact, pick_up, conversation, left));
    }

    /// The agent's telephone rings beside chats until the caller gives up.
    pub(super) fn ring_in_vain(&mut self, contact: &Contact, pick_up: &PickUp) {
        let (never, left) = (PickUp { at: FOREVER, ..*pick_up }, contact.gives_up - self.now);
        self.take(InHand { deserted: true, ..InHand::new(contact, &never, &Conversation::default(), left) });
    }

    fn take(&mut self, new: InHand) {
        let PickUp { team, agent, at, segment, .. } = new.pick_up;
        let index = self.desk.first[team] + agent;
        let hands = &mut self.desk.hands[index];
        hands.advance(self.now);
        if hands.contacts.is_empty() {
            (hands.busy_since, hands.busy_segment) = (at, segment);
            self.teams[team].engage(agent);
        }
        hands.contacts.push(new);
        self.desk.plan(index);
        self.watch(team);
        self.look_at_calendar();
    }

    /// The customer has left unnoticed: the agent finds nobody, after a while.
    pub(super) fn find_nobody<O: Observer>(&mut self, contact: &Contact, pick_up: &PickUp, observer: &mut O) {
        observer.abandoned(pick_up.queue, contact);
        let Kind::Chat(chat) = self.model.queues[pick_up.queue].kind else { return };
        let conversation = Conversation { talk: chat.silent_timeout, ..Conversation::default() };
        if self.model.teams[pick_up.team].chats > 1 {
            let new = InHand::new(contact, pick_up, &conversation, chat.silent_timeout);
            self.take(InHand { slowdown: chat.slowdown, deserted: true, ..new });
        } else {
            let until = pick_up.at + chat.silent_timeout;
            self.teams[pick_up.team].occupy(pick_up.agent, until, chat.silent_timeout);
            self.watch(pick_up.team);
            observer.busy(pick_up.team, pick_up.segment, pick_up.at, until);
        }
    }

    /// It is known now that a call in hand, until now of unknown length, ends at `until`.
    pub(super) fn end_company(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        conversation: &Conversation,
        until: Tick,
    ) {
        let index = self.desk.first[pick_up.team] + pick_up.agent;
        let hands = &mut self.desk.hands[index];
        // What is cleared up at the end of the replication may lie before the last event.
        hands.since = hands.since.min(until);
        let left = until - hands.since;
        if let Some(call) = hands.contacts.iter_mut().find(|c| c.contact.key == contact.key) {
            (call.conversation, call.left) = (*conversation, left);
        }
        self.desk.plan(index);
        self.look_at_calendar();
    }

    /// The first of all contacts in hand ends, and whatever else the same agent ends at that instant.
    pub(super) fn on_chat_end<O: Observer>(&mut self, observer: &mut O) {
        let key = self.desk.ends.first();
        let (now, index) = (instant(key), player(key));
        self.desk.hands[index].advance(now);
        while let Some(place) = self.desk.hands[index].contacts.iter().position(|c| c.end <= now) {
            let ended = self.desk.hands[index].contacts.remove(place);
            self.end_in_hand(ended, now, observer);
        }
        self.desk.plan(index);
        let hands = &self.desk.hands[index];
        let (team, agent) = (hands.team, hands.agent);
        let is_free = hands.contacts.is_empty();
        if hands.contacts.iter().all(|contact| contact.pick_up.at > now) {
            self.end_busy(index, now, observer);
        }
        if is_free {
            self.teams[team].set_free(agent, now);
        }
        self.watch(team);
    }

    /// Nothing is in the agent's hands any more, or only a call that rings.
    fn end_busy<O: Observer>(&mut self, index: usize, now: Tick, observer: &mut O) {
        let hands = &mut self.desk.hands[index];
        let (team, agent, since, segment) = (hands.team, hands.agent, hands.busy_since, hands.busy_segment);
        if let Some(rings) = hands.contacts.first() {
            (hands.busy_since, hands.busy_segment) = (rings.pick_up.at, rings.pick_up.segment);
        }
        if since < now {
            observer.busy(team, segment, since, now);
            let today = since.max(self.teams[team].day_start);
            self.teams[team].count_busy(agent, today, now - today);
        }
    }

    fn end_in_hand<O: Observer>(&mut self, ended: InHand, now: Tick, observer: &mut O) {
        let InHand { contact, pick_up, conversation, hand_over, deserted, .. } = ended;
        if deserted {
            return;
        }
        observer.answered(&contact, &pick_up, &conversation.stretched_to(now - pick_up.at));
        observer.in_hand(&pick_up, now);
        if let Some(to) = hand_over {
            observer.transferred(pick_up.queue, &contact);
            self.leg_to(&contact, now, HandOver { warm: false, ..to });
        }
    }

    /// The end of the replication: calls in hand whose end has become known only now.
    pub(super) fn finish_hands<O: Observer>(&mut self, observer: &mut O) {
        while self.desk.next_end() < Tick::MAX {
            self.on_chat_end(observer);
        }
    }
}

impl InHand {
    /// A contact that is not slowed, and ends with itself.
    fn new(contact: &Contact, pick_up: &PickUp, conversation: &Conversation, left: Tick) -> Self {
        Self {
            contact: *contact,
            pick_up: *pick_up,
            conversation: *conversation,
            left,
            end: 0,
            slowdown: CALL,
            hand_over: None,
            deserted: false,
        }
    }
}

impl Conversation {
    /// The same parts of another total.
    fn stretched_to(&self, total: Tick) -> Self {
        let planned = self.total();
        if planned == total || planned == 0 {
            return Self { talk: self.talk + total - planned, ..*self };
        }
        let part = |ticks: Tick| (u128::from(ticks) * u128::from(total) / u128::from(planned)) as Tick;
        let (hold, wrap) = (part(self.hold), part(self.wrap));
        Self { talk: total - hold - wrap, hold, wrap }
    }
}
