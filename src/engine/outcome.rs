//! What comes of conversations where people differ: times, outcomes, and the contacts these lead to.

use super::conversation::{draw_times, to_ticks};
use super::floor::Floor;
use super::loops::Due;
use super::observer::{Contact, Conversation, Marks, Observer, Origin, PickUp, Sequel};
use super::streams::Purpose;
use crate::model::{Bits, Case, Outcomes, Pick, Queue, Serving, TICKS_PER_SECOND};
use crate::people::{Caller, Came, Chance, Outcome, State, converse};
use crate::scenario::Who;

/// Ticks in a minute.
const MINUTE: f64 = 60.0 * TICKS_PER_SECOND;

/// A contact's own uniform numbers for the decisions of a conversation. Most need several: two each come from one word.
struct Numbers<'c> {
    contact: &'c Contact,
    mood: f64,
    resolved: f64,
    satisfied: f64,
    retained: f64,
}

impl<'c> Numbers<'c> {
    #[inline(always)]
    fn of(contact: &'c Contact) -> Self {
        let [mood, resolved] = contact.key.pair(Purpose::Mood);
        let [satisfied, retained] = contact.key.pair(Purpose::Satisfied);
        Self { contact, mood, resolved, satisfied, retained }
    }

    #[inline(always)]
    fn of_chance(&self, chance: Chance) -> f64 {
        let key = self.contact.key;
        match chance {
            Chance::Calmed => key.stream(Purpose::Calmed).uniform(),
            Chance::Transferred => key.stream(Purpose::HandedOn).uniform(),
            Chance::Resolved => self.resolved,
            Chance::Offered => key.pair(Purpose::Offered)[0],
            Chance::Sold => key.pair(Purpose::Offered)[1],
            Chance::Satisfied => self.satisfied,
            Chance::Retained => self.retained,
        }
    }
}

impl Outcomes {
    /// Whether unsolved problems lead to anything.
    #[inline]
    fn may_return(&self) -> bool {
        self.repeat.is_some() || self.follow_up.is_some()
    }

    /// The case a caller belongs to.
    #[inline]
    pub(super) fn case(&self, contact: &Contact) -> &Case {
        if self.cases.len() == 1 {
            return &self.cases[0];
        }
        let u = contact.key.caller().stream(Purpose::Reason).uniform();
        let index = self.cases.iter().take(self.cases.len() - 1).filter(|case| u >= case.upto).count();
        &self.cases[index]
    }
}

impl Queue {
    /// Whether its callers say how satisfied they are.
    pub(super) fn rates(&self) -> bool {
        let cases = self.outcomes.iter().flat_map(|outcomes| &outcomes.cases);
        cases.into_iter().any(|case| case.stated.satisfied.is_some())
    }
}

impl<'m> Floor<'m> {
    /// A conversation that is nothing but talk, hold and wrap, in which people change something.
    #[inline(never)]
    pub(super) fn start_with_people<const STEADY: bool, O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        serving: &Serving,
        observer: &mut O,
    ) {
        let (conversation, came) = self.talk::<STEADY>(contact, pick_up, serving);
        self.came_of(contact, pick_up, came, pick_up.at + conversation.talk + conversation.hold, observer);
        self.hold_line(contact, pick_up, &conversation);
        self.occupy(pick_up, pick_up.at + conversation.total(), conversation.total());
        observer.answered(contact, pick_up, &conversation);
        observer.worked(pick_up, pick_up.at + conversation.total());
    }

    /// The conversation of an agent and a caller: how long it takes, and what comes of it where that is simulated.
    #[inline(always)]
    pub(super) fn talk<const STEADY: bool>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        serving: &Serving,
    ) -> (Conversation, Option<(&'m Outcomes, Outcome)>) {
        let model = self.model;
        let queue = &model.queues[pick_up.queue];
        let (Some(people), Some(outcomes)) = (&model.people, &queue.outcomes) else {
            return (self.converse(contact, pick_up.queue, serving.ticks_per_second), None);
        };
        let pressed = !STEADY && people.effects.pressure && self.callers_wait(pick_up.team);
        let case = outcomes.case(contact);
        // Nobody sits and waits for the answer to a message.
        let waited = if queue.kind.is_message() { 0 } else { pick_up.at - contact.arrived };
        let (numbers, person) = (Numbers::of(contact), contact.key.caller());
        let caller = Caller {
            mood: numbers.mood,
            complexity: case.complexity.as_ref().map(|c| c.of_word(person.stream(Purpose::Complexity).next_u64())),
            waited_min: waited as i64 as f64 * (1.0 / MINUTE),
            returns: contact.origin == Origin::Repeat,
            first: !contact.marks.has(Marks::HANDLED),
            abusive: outcomes.abusive > 0.0 && contact.key.stream(Purpose::Abusive).uniform() < outcomes.abusive,
        };
        let drawn = draw_times(model, contact, queue, serving.ticks_per_second);
        let floor = State { pressed, transferred: serving.transfer_logit, ..State::RESTED };
        let outcome = self.crew.serve::<STEADY>(model, people, pick_up, floor, |agent, state| {
            converse(agent, state, &caller, &case.stated, &people.effects, &drawn, |chance| numbers.of_chance(chance))
        });
        let times = &outcome.times;
        let conversation =
            Conversation { talk: to_ticks(times.talk), hold: to_ticks(times.hold), wrap: to_ticks(times.wrap) };
        (conversation, Some((outcomes, outcome)))
    }

    /// Whether anybody waits whom the team can serve; messages press nobody.
    fn callers_wait(&self, team: usize) -> bool {
        let waits = |queue: usize| self.levels[queue] > 0 && !self.model.queues[queue].kind.is_message();
        self.model.teams[team].skills.iter().any(|skill| waits(skill.queue as usize))
    }

    /// Tells what came of a conversation that ends at `end`; an unsolved problem may come back.
    #[inline(always)]
    pub(super) fn came_of<O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        came: Option<(&Outcomes, Outcome)>,
        end: u64,
        observer: &mut O,
    ) {
        let Some((outcomes, outcome)) = came else { return };
        let mut sequel = Sequel {
            returns: false,
            revenue: if outcome.has(Came::Sold) { outcomes.revenue } else { 0 },
            lost_value: if outcome.has(Came::Lost) { outcomes.value } else { 0 },
        };
        if outcomes.may_return() && outcome.is_unsolved() {
            sequel.returns = self.comes_back_soon(contact, pick_up, outcomes, end);
        }
        observer.outcome(contact, pick_up, &outcome, &sequel);
    }

    /// Whether the customer comes back within the window of `fcr`.
    #[inline(never)]
    fn comes_back_soon(&mut self, contact: &Contact, pick_up: &PickUp, outcomes: &Outcomes, end: u64) -> bool {
        let due = self.comes_back(contact, pick_up, outcomes, end);
        let people = self.model.people.as_ref();
        due.zip(people).is_some_and(|(due, people)| due - end <= people.fcr_window)
    }

    /// An unsolved problem: the agent promises to come back to the customer, or the customer calls again. Returns when
    /// the customer does.
    fn comes_back(&mut self, contact: &Contact, pick_up: &PickUp, outcomes: &Outcomes, end: u64) -> Option<u64> {
        let uniform = |purpose: Purpose| contact.key.stream(purpose).uniform();
        if let Some(promise) = outcomes.follow_up.as_ref().filter(|p| uniform(Purpose::FollowedUp) < p.share) {
            let next = Contact { attempt: 0, ..self.again(contact, Origin::CallBack) };
            let wait = promise.after.as_ref().map_or(0, |after| self.later(after, &next, Purpose::FollowUpAfter));
            self.push_timer(end + wait, Due::CallBack, promise.queue as usize, next);
            return None;
        }
        let repeat = outcomes.repeat.as_ref().filter(|r| uniform(Purpose::Repeats) < r.probability)?;
        let next = self.again(contact, Origin::Repeat);
        if repeat.same_agent {
            self.crew.asked.push((next.key, (pick_up.team, pick_up.agent)));
        }
        let due = end + self.later(&repeat.after, &next, Purpose::RepeatAfter);
        self.push_timer(due, Due::Repeat, repeat.queue as usize, next);
        Some(due)
    }

    fn again(&self, contact: &Contact, origin: Origin) -> Contact {
        let next = contact.follow_up(origin);
        Contact { segment: self.segment as u32, marks: next.marks.with(Marks::HANDLED), ..next }
    }

    /// The rule by which this caller gets one of several idle agents.
    pub(super) fn pick_for(&self, queue: usize, contact: &Contact) -> Pick {
        let model = &self.model.queues[queue];
        let Some(outcomes) = model.outcomes.as_ref().filter(|outcomes| !outcomes.matching.is_empty()) else {
            return model.pick;
        };
        let case = outcomes.case(contact);
        let mood = case.stated.moods.at(contact.key.pair(Purpose::Mood)[0]);
        let fits = |who: &Who| match who {
            Who::Mood(wanted) => *wanted == mood,
            Who::Reason(wanted) => Some(*wanted) == case.reason,
        };
        outcomes.matching.iter().find(|(who, _)| fits(who)).map_or(model.pick, |(_, pick)| *pick)
    }
}
