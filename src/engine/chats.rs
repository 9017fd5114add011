//! Several contacts in the hands of one agent: each goes on more slowly the more there are.

use super::floor::Floor;
use super::observer::{Contact, Conversation, Observer, PickUp};
use super::tournament::{OUT, Tournament, instant, player};
use crate::model::{Kind, LAST_TICK, LONGEST_TIME, Model, Serving, Tick};
use crate::people::Outcome;

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
    busy_since: Tick,
    busy_segment: usize,
}

/// One contact in hand.
#[derive(Debug, Clone)]
struct InHand {
    contact: Contact,
    pick_up: PickUp,
    conversation: Conversation,
    /// What comes of it, where people change anything.
    outcome: Option<Outcome>,
    serving: Serving,
    /// Work left at [`Hands::since`], in ticks of an agent who does nothing else.
    left: Tick,
    /// When it ends if nothing changes.
    end: Tick,
    slowdown: f64,
    /// The customer has left unnoticed.
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
        busy.map_or(0, |hands| now - hands.busy_since.max(from))
    }

    /// Number of contacts in hand, and since when, of an agent who has some and may take another.
    pub(super) fn open_slot(&self, team: usize, agent: usize) -> Option<(u32, Tick)> {
        let hands = self.of(team, agent)?;
        // Beside a call, which is never slowed down, there is no room for anything else.
        let open = !hands.contacts.is_empty() && hands.contacts.iter().all(|c| c.slowdown >= 0.0);
        open.then_some((hands.contacts.len() as u32, hands.since))
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
            contact.left = contact.left.saturating_sub(done);
        }
        self.since = now;
    }

    /// When each ends at the present pace; returns the first instant.
    fn plan(&mut self) -> Option<Tick> {
        for index in 0..self.contacts.len() {
            let factor = self.factor(&self.contacts[index]);
            let contact = &mut self.contacts[index];
            let takes = (libm::ceil(contact.left as f64 * factor) as Tick).min(LONGEST_TIME);
            contact.end = (self.since + takes).min(LAST_TICK - 1);
        }
        self.contacts.iter().map(|contact| contact.end).min()
    }
}

impl Floor<'_> {
    /// Whether the contact just picked up is one of several the agent may have.
    pub(super) fn takes_in_hand(&self, pick_up: &PickUp) -> bool {
        match self.model.queues[pick_up.queue].kind {
            Kind::Chat(_) => true,
            Kind::Call => self.model.teams[pick_up.team].blend,
            Kind::Message(_) => false,
        }
    }

    /// The agent takes another contact in hand.
    pub(super) fn take_in_hand(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        conversation: &Conversation,
        serving: Serving,
        outcome: Option<Outcome>,
    ) {
        self.take(InHand {
            outcome,
            contact: *contact,
            pick_up: *pick_up,
            conversation: *conversation,
            serving,
            left: conversation.total(),
            end: 0,
            slowdown: match self.model.queues[pick_up.queue].kind {
                Kind::Chat(chat) => chat.slowdown,
                _ => CALL,
            },
            deserted: false,
        });
    }

    fn take(&mut self, new: InHand) {
        let PickUp { team, agent, at, segment, .. } = new.pick_up;
        let index = self.desk.first[team] + agent;
        let hands = &mut self.desk.hands[index];
        hands.advance(at);
        if hands.contacts.is_empty() {
            (hands.busy_since, hands.busy_segment) = (at, segment);
            self.teams[team].engage(agent);
        }
        hands.contacts.push(new);
        if let Some(end) = hands.plan() {
            self.desk.ends.set(index, end);
        }
        self.watch(team);
        self.look_at_calendar();
    }

    /// The customer has left unnoticed: the agent finds nobody, after a while.
    pub(super) fn find_nobody<O: Observer>(&mut self, contact: &Contact, pick_up: &PickUp, observer: &mut O) {
        observer.abandoned(pick_up.queue, contact);
        let Kind::Chat(chat) = self.model.queues[pick_up.queue].kind else { return };
        let conversation = Conversation { talk: chat.silent_timeout, ..Conversation::default() };
        if self.model.teams[pick_up.team].chats > 1 {
            self.take(InHand {
                outcome: None,
                contact: *contact,
                pick_up: *pick_up,
                conversation,
                serving: Serving::default(),
                left: chat.silent_timeout,
                end: 0,
                slowdown: chat.slowdown,
                deserted: true,
            });
        } else {
            let until = pick_up.at + chat.silent_timeout;
            self.teams[pick_up.team].occupy(pick_up.agent, until, chat.silent_timeout);
            self.watch(pick_up.team);
            observer.busy(pick_up.team, pick_up.agent, pick_up.segment, pick_up.at, until);
        }
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
        let hands = &mut self.desk.hands[index];
        let (team, agent, busy_since, segment) = (hands.team, hands.agent, hands.busy_since, hands.busy_segment);
        match hands.plan() {
            Some(end) => self.desk.ends.set(index, end),
            None => {
                self.desk.ends.take_out(index);
                observer.busy(team, agent, segment, busy_since, now);
                let today = busy_since.max(self.teams[team].day_start);
                self.teams[team].set_free(agent, now, now - today);
            }
        }
        self.watch(team);
    }

    fn end_in_hand<O: Observer>(&mut self, ended: InHand, now: Tick, observer: &mut O) {
        let InHand { contact, pick_up, conversation, serving, deserted, outcome, .. } = ended;
        if deserted {
            return;
        }
        observer.answered(&contact, &pick_up, &conversation.stretched_to(now - pick_up.at));
        observer.in_hand(&pick_up, now);
        if self.has_lines(pick_up.queue) {
            if contact.waited {
                self.lines.stays(pick_up.queue, contact.gives_up);
            }
            self.lines.lets_go(pick_up.queue, now);
        }
        let hand_over = self.handed_on(&contact, pick_up.queue, serving, outcome.as_ref());
        self.came_of(&contact, &pick_up, outcome, now, observer);
        if let Some(to) = hand_over {
            observer.transferred(pick_up.queue, &contact);
            self.leg_to(&contact, pick_up.queue, now, crate::model::HandOver { warm: false, ..to });
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
