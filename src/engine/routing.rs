//! Who gets what: the contact a freed agent takes, the agent an arriving contact gets.

use super::floor::Floor;
use super::observer::{Contact, Observer, PickUp};
use super::streams::Purpose;
use super::tournament::{OUT, instant, player};
use crate::model::Bits;
use crate::model::{Kind, Pick, Serving, Skill, Tick};

/// An agent found for a contact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found<'m> {
    pub(super) team: usize,
    pub(super) agent: usize,
    pub(super) serving: &'m Serving,
}

/// An agent who might be chosen.
#[derive(Debug, Clone, Copy)]
struct Candidate<'m> {
    found: Found<'m>,
    in_hand: u32,
    idle_since: Tick,
}

/// The first contact of a queue as the rules see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    /// Arrival, or earlier with credit.
    since: Tick,
    ahead: bool,
}

/// What a freed agent would take.
struct Best<'s> {
    skill: &'s Skill,
    rank: i32,
    since: Tick,
}

impl<'m> Floor<'m> {
    // ---- an agent frees -----------------------------------------------------------------------------------------

    /// A watched team's next agent is free: leaves if there are too many, takes a waiting contact, or is idle.
    pub(super) fn on_agent_free<O: Observer>(&mut self, team: usize, observer: &mut O) {
        let key = self.next_for_work(team);
        let (now, agent) = (instant(key).max(self.now), player(key));
        self.now = now;
        if self.teams[team].has_surplus() && instant(self.teams[team].first_free()) <= now {
            self.first_leaves(team, now, observer);
        } else if let Some((queue, serving)) = self.choose_contact(team, agent, now, observer) {
            let contact = self.take_first(queue, now);
            let pick_up = PickUp { queue, team, agent, at: now, segment: self.segment };
            self.start_conversation(&contact, &pick_up, serving, observer);
        }
    }

    /// There are more people than wanted: whoever is free first leaves.
    #[inline]
    pub(super) fn first_leaves<O: Observer>(&mut self, team: usize, now: Tick, observer: &mut O) {
        let leaver = player(self.teams[team].first_free());
        self.count_staffed(team, now, observer);
        self.teams[team].leave_surplus(leaver, now);
        self.watch(team);
    }

    /// The queue whose first contact the team's freed agent takes, by the team's rule.
    fn choose_contact<O: Observer>(
        &mut self,
        team: usize,
        agent: usize,
        now: Tick,
        observer: &mut O,
    ) -> Option<(usize, &'m Serving)> {
        let model = &self.model.teams[team];
        let idle = if model.reserves { self.teams[team].count_idle(now) } else { u32::MAX };
        let in_hand = if model.chats > 1 { self.desk.in_hand(team, agent) } else { 0 };
        let mut best: Option<Best<'_>> = None;
        for skill in &model.skills {
            // A contact handed on has a rank one better than its queue's.
            if best.as_ref().is_some_and(|b| b.rank < skill.rank - i32::from(model.ranks_transfers)) {
                break;
            }
            let Some(head) = self.first_waiting(skill.queue as usize, now, observer) else { continue };
            if self.levels[skill.queue as usize] < skill.level
                || (skill.reserve > 0 && idle <= skill.reserve)
                || in_hand > skill.in_hand
            {
                continue;
            }
            let rank = skill.rank - i32::from(head.ahead && model.ranks_transfers);
            let score = |skill: &Skill, since: Tick| skill.weight * ((now - since) as f64 - skill.head_start);
            let better = match &best {
                None => true,
                Some(b) if rank != b.rank => rank < b.rank,
                Some(b) if !model.scored => head.since < b.since,
                Some(b) => score(skill, head.since) > score(b.skill, b.since),
            };
            if better {
                best = Some(Best { skill, rank, since: head.since });
            }
        }
        best.map(|b| (b.skill.queue as usize, &b.skill.serving))
    }

    /// The first contact that still waits; those before it have given up.
    #[inline(always)]
    fn first_waiting<O: Observer>(&mut self, queue: usize, now: Tick, observer: &mut O) -> Option<Head> {
        self.discard_gone(queue, now, observer);
        let first = self.waiting[queue].front()?;
        if !self.model.queues[queue].sorted {
            return Some(Head { since: first.arrived, ahead: false });
        }
        Some(Head { since: self.model.queues[queue].since(first), ahead: first.is_ahead() })
    }

    // ---- a contact arrives --------------------------------------------------------------------------------------

    /// An idle agent for a contact that has waited for `waited`, or one who puts a message down for it.
    #[inline(always)]
    pub(super) fn find_agent<O: Observer>(
        &mut self,
        queue: usize,
        now: Tick,
        waited: Tick,
        contact: &Contact,
        observer: &mut O,
    ) -> Option<Found<'m>> {
        match self.choose_agent(queue, now, waited, contact) {
            None => self.interrupt(queue, now, waited, observer),
            found => found,
        }
    }

    /// The agent a contact gets that has waited for `waited`: first pool with an idle agent, and there by the
    /// queue's rule.
    #[inline(always)]
    fn choose_agent(&self, queue: usize, now: Tick, waited: Tick, contact: &Contact) -> Option<Found<'m>> {
        let model = &self.model.queues[queue];
        if model.looks {
            return self.choose_agent_by_looking(queue, now, waited, contact);
        }
        let mut best: Option<(Tick, u64, usize)> = None;
        for (index, choice) in model.choices.iter().enumerate() {
            if best.is_some_and(|(_, _, b)| model.choices[b].pool != choice.pool) {
                break;
            }
            let first = self.teams[choice.team as usize].first_free();
            let idle_since = instant(first);
            if idle_since <= now && choice.after <= waited && best.is_none_or(|(since, _, _)| idle_since < since) {
                best = Some((idle_since, first, index));
            }
        }
        best.map(|(_, first, index)| {
            let choice = &model.choices[index];
            Found { team: choice.team as usize, agent: player(first), serving: &choice.serving }
        })
    }

    /// The same for rules that need to see every agent of the pool.
    #[cold]
    fn choose_agent_by_looking(&self, queue: usize, now: Tick, waited: Tick, contact: &Contact) -> Option<Found<'m>> {
        let model = &self.model.queues[queue];
        let pick = self.pick_for(queue, contact);
        let asked = self.crew.asked_for(contact);
        for pool in model.choices.chunk_by(|a, b| a.pool == b.pool) {
            let usable = || {
                pool.iter().filter(move |choice| choice.after <= waited && self.spares(choice, now)).flat_map(
                    move |choice| {
                        let team = choice.team as usize;
                        (0..self.model.teams[team].most).filter_map(move |agent| {
                            let (in_hand, idle_since) = self.readiness(team, agent, queue, now)?;
                            let found = Found { team, agent, serving: &choice.serving };
                            Some(Candidate { found, in_hand, idle_since })
                        })
                    },
                )
            };
            let known = asked.and_then(|asked| usable().find(|c| (c.found.team, c.found.agent) == asked));
            if let Some(known) = known {
                return Some(known.found);
            }
            let Some(fewest) = usable().map(|c| c.in_hand).min() else { continue };
            let candidates = || usable().filter(move |c| c.in_hand == fewest);
            let chosen = match pick {
                Pick::Random => {
                    let count = candidates().count();
                    let pick = (contact.key.stream(Purpose::AgentPick).uniform() * count as f64) as usize;
                    candidates().nth(pick.min(count - 1))
                }
                Pick::LeastOccupied => candidates().min_by(|a, b| {
                    let share = |c: &Candidate<'_>| {
                        let (team, agent) = (&self.teams[c.found.team], c.found.agent);
                        team.busy_share(agent, now, self.desk.busy_for(c.found.team, agent, team.day_start, now))
                    };
                    share(a).total_cmp(&share(b)).then(a.idle_since.cmp(&b.idle_since))
                }),
                Pick::LongestIdle => candidates().min_by_key(|c| c.idle_since),
                Pick::Best(best) => candidates().min_by(|a, b| {
                    let score = |c: &Candidate<'_>| self.score(&c.found, best);
                    score(b).total_cmp(&score(a)).then(a.idle_since.cmp(&b.idle_since))
                }),
                Pick::Fastest => candidates().min_by(|a, b| {
                    let handle = |c: &Candidate<'_>| self.expected_handle(queue, &c.found);
                    handle(a).total_cmp(&handle(b)).then(a.idle_since.cmp(&b.idle_since))
                }),
            };
            if let Some(candidate) = chosen {
                return Some(candidate.found);
            }
        }
        None
    }

    fn score(&self, found: &Found<'_>, of: crate::people::Trait) -> f64 {
        self.crew.profile(found.team, found.agent).map_or(0.0, |profile| profile.scores[of as usize])
    }

    /// How long the agent is expected to take for a caller of the queue, in any unit.
    fn expected_handle(&self, queue: usize, found: &Found<'_>) -> f64 {
        let (Some(agent), Some(outcomes)) =
            (self.crew.agent(found.team, found.agent), &self.model.queues[queue].outcomes)
        else {
            return found.serving.ticks_per_second;
        };
        let [talk, hold, wrap] = outcomes.mean_times_s;
        found.serving.ticks_per_second
            * (talk * agent.talk_factor() + hold * agent.hold_factor() + wrap * agent.wrap_factor())
    }

    /// Whether so many agents of the team are idle that one may serve this queue.
    fn spares(&self, choice: &crate::model::TeamChoice, now: Tick) -> bool {
        choice.reserve == 0 || self.teams[choice.team as usize].count_idle(now) > choice.reserve
    }

    /// Contacts in hand and idle since, for an agent who may take a contact of this queue now.
    fn readiness(&self, team: usize, agent: usize, queue: usize, now: Tick) -> Option<(u32, Tick)> {
        let key = self.teams[team].keys()[agent];
        if instant(key) <= now {
            return Some((0, instant(key)));
        }
        let model = &self.model.teams[team];
        if model.chats == 1 || self.teams[team].has_surplus() || !self.teams[team].is_on_duty(agent) {
            return None;
        }
        let (in_hand, since) = self.desk.open_slot(team, agent)?;
        let most = match self.model.queues[queue].kind {
            Kind::Chat(chat) => chat.concurrency,
            Kind::Call if model.blend => u32::MAX,
            _ => 0,
        };
        (in_hand < most).then_some((in_hand, since))
    }

    // ---- whom to watch ------------------------------------------------------------------------------------------

    /// Keeps the team's entry among the watched up to date.
    #[inline(always)]
    pub(super) fn watch(&mut self, team: usize) {
        if !self.teams[team].must_watch() {
            return self.watched.take_out(team);
        }
        match self.next_for_work(team) {
            OUT => self.watched.take_out(team),
            key => self.watched.set(team, instant(key)),
        }
    }

    /// Key of the agent of a watched team who is first able to take something that waits (or to leave): the instant
    /// since or from which this is so, and the number.
    #[inline(always)]
    fn next_for_work(&mut self, team: usize) -> u64 {
        let model = &self.model.teams[team];
        if !model.reserves && model.chats == 1 {
            return self.teams[team].first_free();
        }
        self.plan_special_work(team)
    }

    #[cold]
    #[inline(never)]
    fn plan_special_work(&mut self, team: usize) -> u64 {
        self.plan_interruptions(team);
        self.next_for_special_work(team)
    }

    fn next_for_special_work(&self, team: usize) -> u64 {
        let (model, state) = (&self.model.teams[team], &self.teams[team]);
        let first = state.first_free();
        if state.has_surplus() {
            return first;
        }
        let visible = |skill: &&Skill| self.levels[skill.queue as usize] >= skill.level;
        let seen = || model.skills.iter().filter(visible);
        // Somebody wholly free, as soon as enough others are.
        let Some(reserve) = seen().map(|skill| skill.reserve).min() else { return first };
        let enough = if reserve == 0 { first } else { state.nth_free(reserve as usize) };
        let whole =
            if first == OUT || enough == OUT { OUT } else { super::tournament::key(instant(enough), player(first)) };
        if model.chats == 1 {
            return whole;
        }
        let most = seen().filter(|skill| skill.reserve == 0).map(|skill| skill.in_hand).max().unwrap_or(0);
        let slots = || {
            (0..model.most).filter(|&agent| state.is_on_duty(agent)).filter_map(|agent| {
                let (in_hand, since) = self.desk.open_slot(team, agent)?;
                (in_hand <= most).then_some((in_hand, since, agent))
            })
        };
        // Whoever has nothing in hand goes before those with a free slot, and those with fewest in hand before others.
        let since = slots().map(|(_, since, _)| since.max(state.surplus_ended())).min();
        let since = since.unwrap_or(Tick::MAX).min(instant(whole));
        let free = (instant(whole) <= self.now).then_some(player(whole));
        match free.or(slots().min().map(|(_, _, agent)| agent)) {
            Some(agent) => super::tournament::key(since, agent),
            None => whole,
        }
    }
}
