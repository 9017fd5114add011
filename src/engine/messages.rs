//! Messages: a backlog worked in idle time, put down for calls where the queue says so.

use super::floor::Floor;
use super::observer::{Contact, Marks, Observer, PickUp};
use super::routing::Found;
use super::streams::{ContactKey, DayKey, Purpose, Stream};
use super::tournament::instant;
use crate::model::{FOREVER, Kind, Model, Serving, Tick};

/// Serial numbers of messages that came in while the floor was closed begin here.
const NIGHT_SERIAL: u64 = 1 << 32;

/// Messages agents work on, or have put down.
#[derive(Debug, Clone, Default)]
pub(super) struct Messages {
    at_work: Vec<AtWork>,
    /// Work left of those put down.
    put_down: Vec<(ContactKey, Tick)>,
    /// When enough agents will be idle for one more to put a message down, and the queue they are asked for.
    looks: Vec<(Tick, u32)>,
}

/// A message that can be put down.
#[derive(Debug, Clone)]
struct AtWork {
    contact: Contact,
    pick_up: PickUp,
    until: Tick,
}

impl Messages {
    pub(super) fn clear(&mut self) {
        self.at_work.clear();
        self.put_down.clear();
        self.looks.clear();
    }

    /// Whether anybody works on a message that can be put down.
    pub(super) fn any_at_work(&self) -> bool {
        !self.at_work.is_empty()
    }

    fn take_up(&mut self, key: ContactKey) -> Option<Tick> {
        let index = self.put_down.iter().position(|(other, _)| *other == key)?;
        Some(self.put_down.swap_remove(index).1)
    }
}

impl<'m> Floor<'m> {
    /// An agent takes up a message.
    pub(super) fn start_message<O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        preempt: bool,
        serving: &Serving,
        observer: &mut O,
    ) {
        let work = match self.messages.take_up(contact.key) {
            Some(left) => left,
            None => {
                let (conversation, came) = self.talk::<false>(contact, pick_up, serving);
                observer.answered(contact, pick_up, &conversation);
                self.came_of(contact, pick_up, came, pick_up.at + conversation.total(), observer);
                conversation.total()
            }
        };
        let until = pick_up.at + work;
        self.teams[pick_up.team].occupy(pick_up.agent, until, work);
        if preempt {
            self.messages.at_work.push(AtWork { contact: *contact, pick_up: *pick_up, until });
        } else {
            observer.worked(pick_up, until);
        }
        self.watch(pick_up.team);
    }

    /// An agent who puts a message down for a contact that has waited for `waited` and found nobody idle: of the
    /// first pool that has any, the one who took it up last.
    #[inline]
    pub(super) fn interrupt<O: Observer>(
        &mut self,
        queue: usize,
        now: Tick,
        waited: Tick,
        observer: &mut O,
    ) -> Option<Found<'m>> {
        if !self.messages.any_at_work() || self.model.queues[queue].kind.is_message() {
            return None;
        }
        self.interrupt_message(queue, now, waited, observer)
    }

    #[cold]
    fn interrupt_message<O: Observer>(
        &mut self,
        queue: usize,
        now: Tick,
        waited: Tick,
        observer: &mut O,
    ) -> Option<Found<'m>> {
        self.end_messages(now, observer);
        let found = self.most_recent(queue, now, waited)?;
        self.put_down(found, now, observer);
        Some(found.1)
    }

    /// A reserve must be met by others.
    fn most_recent(&self, queue: usize, now: Tick, waited: Tick) -> Option<(usize, Found<'m>)> {
        let at_work = &self.messages.at_work;
        for pool in self.model.queues[queue].choices.chunk_by(|a, b| a.pool == b.pool) {
            let spares = |team: u32, reserve: u32| reserve == 0 || self.teams[team as usize].count_idle(now) >= reserve;
            let usable = pool.iter().filter(|choice| choice.after <= waited && spares(choice.team, choice.reserve));
            let busy = usable.flat_map(|choice| {
                let team = choice.team as usize;
                let of_team = at_work.iter().enumerate().filter(move |(_, work)| work.pick_up.team == team);
                of_team.map(move |(index, work)| (index, work, &choice.serving))
            });
            let on_duty = busy.filter(|(_, work, _)| self.may_stop(work));
            let chosen = on_duty
                .min_by_key(|(_, work, _)| (std::cmp::Reverse(work.pick_up.at), work.pick_up.team, work.pick_up.agent));
            if let Some((index, work, serving)) = chosen {
                return Some((index, Found { team: work.pick_up.team, agent: work.pick_up.agent, serving }));
            }
        }
        None
    }

    /// Somebody whose time is over finishes the message instead.
    fn may_stop(&self, work: &AtWork) -> bool {
        instant(self.teams[work.pick_up.team].keys()[work.pick_up.agent]) == work.until
    }

    /// A contact that a reserve holds back is looked at again when so many agents of the team are idle that one more may
    /// put a message down for it.
    pub(super) fn plan_interruptions(&mut self, team: usize) {
        if !self.messages.any_at_work() {
            return;
        }
        let now = self.now;
        self.messages.looks.retain(|look| look.0 >= now);
        for skill in &self.model.teams[team].skills {
            let waits = self.levels[skill.queue as usize] >= skill.level && skill.reserve > 0;
            if !waits || self.model.queues[skill.queue as usize].kind.is_message() {
                continue;
            }
            let at = instant(self.teams[team].nth_free(skill.reserve as usize - 1)).max(now);
            let of_team = |work: &&AtWork| work.pick_up.team == team && work.until > at && self.may_stop(work);
            let look = (at, skill.queue);
            if self.messages.at_work.iter().any(|work| of_team(&work)) && !self.messages.looks.contains(&look) {
                self.messages.looks.push(look);
                self.look_later(at, skill.queue);
            }
        }
    }

    /// Somebody of the team comes back with a contact still in hand: if it is a message, a contact may be waiting for whom
    /// it is put down.
    pub(super) fn look_at_returner(&mut self, team: usize) {
        if self.messages.any_at_work() {
            self.model.teams[team].skills.iter().for_each(|skill| self.look_later(self.now, skill.queue));
        }
    }

    fn put_down<O: Observer>(&mut self, (index, found): (usize, Found<'_>), now: Tick, observer: &mut O) {
        let AtWork { mut contact, pick_up, until } = self.messages.at_work.swap_remove(index);
        observer.worked(&pick_up, now);
        self.messages.put_down.push((contact.key, until - now));
        contact.marks = contact.marks.with(Marks::PUT_DOWN);
        self.teams[found.team].interrupt(found.agent, pick_up.at, now, until - now);
        self.wait_otherwise(pick_up.queue, &contact);
    }

    /// Tells the observer of messages that have been finished.
    fn end_messages<O: Observer>(&mut self, now: Tick, observer: &mut O) {
        self.messages.at_work.retain(|work| {
            let over = work.until <= now;
            if over {
                observer.worked(&work.pick_up, work.until);
            }
            !over
        });
    }

    #[inline(never)]
    fn wait_otherwise(&mut self, queue: usize, contact: &Contact) {
        self.wait(queue, contact);
    }

    /// At an opening: messages that are there already, or came in while the floor was closed.
    pub(super) fn messages_of_the_night(&mut self, now: Tick) {
        let day = self.model.segments[self.segment].day;
        for (queue, model) in self.model.queues.iter().enumerate() {
            let Kind::Message(message) = model.kind else { continue };
            let key = DayKey::new(self.model.seed, self.replication, day as u64, model.name_hash);
            let mean = model.callers.while_closed.get(day).copied().unwrap_or(0.0);
            let first = if day == 0 { u64::from(message.backlog) } else { 0 };
            let count = first + poisson(self.model, mean, key.stream(Purpose::WhileClosed));
            for serial in 0..count {
                let key = key.contact(NIGHT_SERIAL + serial);
                let contact = Contact::fresh(self.model, queue, key, now, self.segment);
                self.wait_otherwise(queue, &Contact { waited: true, gives_up: FOREVER, ..contact });
            }
        }
    }

    /// The end of the replication: nothing more happens to messages.
    pub(super) fn finish_messages<O: Observer>(&mut self, observer: &mut O) {
        self.end_messages(Tick::MAX, observer);
        for (queue, _) in self.model.queues.iter().enumerate().filter(|(_, model)| model.kind.is_message()) {
            let unanswered = self.waiting[queue].iter().filter(|c| !c.marks.has(Marks::PUT_DOWN));
            unanswered.for_each(|contact| observer.still_open(queue, contact));
        }
    }
}

/// A Poisson number: unit-rate gaps that fit into the mean.
fn poisson(model: &Model, mean: f64, mut gaps: Stream) -> u64 {
    let mut elapsed = model.zig.exponential(&mut gaps);
    let mut count = 0;
    while elapsed <= mean {
        elapsed += model.zig.exponential(&mut gaps);
        count += 1;
    }
    count
}
