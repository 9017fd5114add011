//! What comes of conversations where people differ: times, outcomes, and the contacts these lead to.

use super::conversation::to_ticks;
use super::floor::Floor;
use super::loops::Due;
use super::observer::{Contact, Conversation, Marks, Observer, Origin, PickUp};
use super::streams::Purpose;
use crate::model::{Bits, Case, Outcomes, Pick, Queue, Serving, TICKS_PER_SECOND};
use crate::people::{Caller, Chance, Outcome, converse};
use crate::scenario::Who;

/// Ticks in a minute.
const MINUTE: f64 = 60.0 * TICKS_PER_SECOND;

/// The stream that decides.
fn purpose(chance: Chance) -> Purpose {
    match chance {
        Chance::Calmed => Purpose::Calmed,
        Chance::Transferred => Purpose::HandedOn,
        Chance::Resolved => Purpose::Resolved,
        Chance::Offered => Purpose::Offered,
        Chance::Sold => Purpose::Sold,
        Chance::Satisfied => Purpose::Satisfied,
        Chance::Retained => Purpose::Retained,
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

impl Floor<'_> {
    /// [`Floor::start_conversation`] for a plain one in which people change something.
    #[inline(never)]
    pub(super) fn start_with_people<O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        serving: &Serving,
        observer: &mut O,
    ) {
        let (conversation, outcome) = self.talk(contact, pick_up, serving);
        self.hold_line(contact, pick_up, &conversation);
        self.occupy(pick_up, pick_up.at + conversation.total(), conversation.total());
        observer.answered(contact, pick_up, &conversation);
        observer.worked(pick_up, pick_up.at + conversation.total());
        self.came_of(contact, pick_up, outcome.as_ref(), pick_up.at + conversation.talk + conversation.hold, observer);
    }

    /// The conversation of an agent and a caller: how long it takes, and what comes of it where that is simulated.
    #[inline(always)]
    pub(super) fn talk(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        serving: &Serving,
    ) -> (Conversation, Option<Outcome>) {
        let model = self.model;
        let queue = &model.queues[pick_up.queue];
        let (Some(people), Some(outcomes)) = (&model.people, &queue.outcomes) else {
            return (self.converse(contact, pick_up.queue, serving.ticks_per_second), None);
        };
        let pressed = people.effects.pressure && self.callers_wait(pick_up.team);
        let (agent, mut state) = self.crew.state(model, people, pick_up, pressed);
        state.transferred = serving.transfer_logit;
        let case = outcomes.case(contact);
        // Nobody sits and waits for the answer to a message.
        let waited = if queue.kind.is_message() { 0 } else { pick_up.at - contact.arrived };
        let uniform = |purpose: Purpose| contact.key.stream(purpose).uniform();
        let person = contact.key.caller();
        let caller = Caller {
            mood: uniform(Purpose::Mood),
            complexity: case.complexity.as_ref().map(|c| c.at(person.stream(Purpose::Complexity).uniform())),
            waited_min: waited as f64 / MINUTE,
            returns: contact.origin == Origin::Repeat,
            abusive: outcomes.abusive > 0.0 && uniform(Purpose::Abusive) < outcomes.abusive,
        };
        let drawn = self.draw_times(contact, queue, serving.ticks_per_second);
        let outcome =
            converse(agent, &state, &caller, &case.stated, &people.effects, &drawn, |chance| uniform(purpose(chance)));
        self.crew.remember(people, pick_up, &outcome);
        let times = &outcome.times;
        let conversation =
            Conversation { talk: to_ticks(times.talk), hold: to_ticks(times.hold), wrap: to_ticks(times.wrap) };
        (conversation, Some(outcome))
    }

    /// Whether anybody waits whom the team can serve; messages press nobody.
    fn callers_wait(&self, team: usize) -> bool {
        let waits = |queue: usize| self.levels[queue] > 0 && !self.model.queues[queue].kind.is_message();
        self.model.teams[team].skills.iter().any(|skill| waits(skill.queue as usize))
    }

    /// Tells what came of a conversation that ended at `end`; an unsolved problem may come back.
    #[inline]
    pub(super) fn came_of<O: Observer>(
        &mut self,
        contact: &Contact,
        pick_up: &PickUp,
        outcome: Option<&Outcome>,
        end: u64,
        observer: &mut O,
    ) {
        let (Some(outcome), Some(people)) = (outcome, &self.model.people) else { return };
        let mut returns = false;
        let may_return = self.model.queues[pick_up.queue].outcomes.as_ref().is_some_and(Outcomes::may_return);
        if may_return && !outcome.resolved && !outcome.transferred {
            let due = self.comes_back(contact, pick_up, end);
            returns = due.is_some_and(|due| due - end <= people.fcr_window);
        }
        observer.outcome(contact, pick_up, outcome, returns);
    }

    /// An unsolved problem: the agent promises to come back to the customer, or the customer calls again. Returns when
    /// the customer does.
    #[inline(never)]
    fn comes_back(&mut self, contact: &Contact, pick_up: &PickUp, end: u64) -> Option<u64> {
        let outcomes = self.model.queues[pick_up.queue].outcomes.as_ref()?;
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
        let mood = case.stated.moods.at(contact.key.stream(Purpose::Mood).uniform());
        let fits = |who: &Who| match who {
            Who::Mood(wanted) => *wanted == mood,
            Who::Reason(wanted) => Some(*wanted) == case.reason,
        };
        outcomes.matching.iter().find(|(who, _)| fits(who)).map_or(model.pick, |(_, pick)| *pick)
    }
}
