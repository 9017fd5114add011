//! Which agent a contact gets, and which contact an agent takes.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use callwright::engine::{Contact, Marks, Observer, Purpose};
use callwright::model::{Kind, Pick, Skill, TeamChoice, Tick};

use super::floor::{Call, Doing, Duty, Naive, uniform};

impl<O: Observer> Naive<'_, O> {
    /// The instant since which a contact counts as waiting in its queue.
    fn since(&self, queue: usize, contact: &Contact) -> Tick {
        let credit = self.model.queues[queue].callers.credit.filter(|_| contact.marks.has(Marks::VALUED));
        contact.arrived.saturating_sub(credit.map_or(0, |(_, time)| time))
    }

    /// The first waiting contact of a queue.
    pub fn head(&self, queue: usize) -> Option<usize> {
        let order = |c: &Call| (!c.contact.marks.has(Marks::AHEAD), self.since(queue, &c.contact), c.joined);
        (0..self.waiting.len()).filter(|&i| self.waiting[i].queue == queue).min_by_key(|&i| order(&self.waiting[i]))
    }

    pub fn choice(&self, queue: usize, team: usize) -> &TeamChoice {
        self.model.queues[queue].choices.iter().find(|c| c.team as usize == team).unwrap()
    }

    /// Whether the agent has a hand free for a contact of this queue.
    fn can_take(&self, agent: usize, queue: usize) -> bool {
        let a = &self.agents[agent];
        if a.duty != Duty::On || a.doing.is_some() || self.has_surplus(a.team) {
            return false;
        }
        match self.model.queues[queue].kind {
            Kind::Chat(chat) => a.hands.len() < chat.concurrency as usize,
            Kind::Call => a.hands.is_empty() || self.model.teams[a.team].blend,
            kind @ Kind::Message(_) => a.hands.is_empty() && self.is_open_for(&kind),
        }
    }

    /// Agents of the team are kept free for other queues; `freed` of them are about to be idle.
    fn is_kept_free(&self, team: usize, reserve: u32, freed: usize) -> bool {
        let idle = self.agents.iter().filter(|a| a.team == team && a.is_idle()).count();
        reserve > 0 && idle + freed <= reserve as usize
    }

    /// The waiting contact an agent takes: best rank, then largest weight x wait, then the skill list's order.
    fn choose_call(&self, agent: usize, now: Tick) -> Option<usize> {
        let team = self.agents[agent].team;
        let mut best: Option<(i32, f64, usize)> = None;
        for skill in &self.model.teams[team].skills {
            let Some(index) = self.offer(agent, skill, now) else { continue };
            let contact = &self.waiting[index].contact;
            let promoted = self.model.teams[team].ranks_transfers && contact.marks.has(Marks::AHEAD);
            let rank = skill.rank - i32::from(promoted);
            let waited = now - self.since(skill.queue as usize, contact);
            let score = skill.weight * (waited as f64 - skill.head_start);
            if best.is_none_or(|(first, top, _)| rank < first || (rank == first && score > top)) {
                best = Some((rank, score, index));
            }
        }
        best.map(|(_, _, index)| index)
    }

    /// The first contact of a queue, if the agent may take it.
    fn offer(&self, agent: usize, skill: &Skill, now: Tick) -> Option<usize> {
        let (team, queue) = (self.agents[agent].team, skill.queue as usize);
        let index = self.head(queue)?;
        // A delay that is over at this instant counts only when its turn comes, in `delays_over`.
        let after = self.choice(queue, team).after;
        let is_early = after > 0 && now - self.waiting[index].contact.arrived <= after;
        let takes = self.can_take(agent, queue) && !self.is_kept_free(team, skill.reserve, 0);
        (takes && !is_early).then_some(index)
    }

    /// Contacts whose delay is over now are given to whoever is idle, by the contact's preferences.
    pub fn delays_over(&mut self, now: Tick) {
        for queue in 0..self.model.queues.len() {
            let mut interrupts = false;
            while let Some(index) = self.head(queue) {
                let contact = self.waiting[index].contact;
                let idle = self.choose_agent(queue, &contact, now);
                let Some(agent) = idle.or_else(|| self.choose_interrupted(queue, &contact, now)) else { break };
                let call = self.waiting.remove(index);
                if idle.is_none() {
                    self.put_message_down(agent, now);
                    interrupts = true;
                }
                self.take(agent, call, now);
            }
            // What has been put down goes to whoever has been idle for longest.
            if interrupts {
                self.hand_out(now);
            }
        }
    }

    /// A caller who has just become the first of a queue may reach agents who were idle all the time.
    pub fn uncovered(&mut self, now: Tick) {
        for queue in (0..self.model.queues.len()).filter(|&q| !self.model.queues[q].kind.is_message()) {
            while let Some(index) = self.head(queue) {
                let agent = self.choose_agent(queue, &self.waiting[index].contact, now);
                let Some(agent) = agent.filter(|&a| self.agents[a].since < now) else { break };
                let call = self.waiting.remove(index);
                self.take(agent, call, now);
            }
        }
    }

    /// Waiting contacts go to teams in the order in which they became able to take something, then in file order; inside
    /// a team to those with fewest in hand, idle for longest.
    pub fn hand_out(&mut self, now: Tick) {
        loop {
            let able = |a: usize| Some((self.able_since(a, now)?, a));
            let taker = (0..self.agents.len()).filter_map(able).min_by_key(|&(since, a)| {
                let agent = &self.agents[a];
                (since, agent.team, agent.hands.len(), agent.since, agent.number)
            });
            let Some((_, agent)) = taker else { return };
            let index = self.choose_call(agent, now).unwrap();
            let call = self.waiting.remove(index);
            self.take(agent, call, now);
            self.surplus_leaves(now);
        }
    }

    /// Since when the agent's team can take something the agent may take now: with a reserve, since enough are idle;
    /// while there are too many on duty, nobody takes anything.
    fn able_since(&self, agent: usize, now: Tick) -> Option<Tick> {
        let team = self.agents[agent].team;
        let since = |skill: &Skill| {
            self.offer(agent, skill, now)?;
            let able = |a: &usize| match skill.reserve {
                0 => self.can_take(*a, skill.queue as usize),
                _ => self.agents[*a].is_idle(),
            };
            let of_team = (0..self.agents.len()).filter(|&a| self.agents[a].team == team).filter(able);
            let mut since: Vec<Tick> = of_team.map(|a| self.agents[a].since).collect();
            since.sort_unstable();
            since.get(skill.reserve as usize).map(|&since| since.max(self.surplus[team].1))
        };
        self.model.teams[team].skills.iter().filter_map(since).min()
    }

    /// The agent an arriving contact gets: of the first pool with anybody, those with fewest in hand, then the rule.
    pub fn choose_agent(&self, queue: usize, contact: &Contact, now: Tick) -> Option<usize> {
        let q = &self.model.queues[queue];
        let pools: BTreeSet<u32> = q.choices.iter().map(|c| c.pool).collect();
        for pool in pools {
            let mut free: Vec<usize> = (0..self.agents.len())
                .filter(|&a| self.can_take(a, queue) && self.suits(a, queue, pool, contact, now))
                .filter(|&a| {
                    !self.is_kept_free(self.agents[a].team, self.choice(queue, self.agents[a].team).reserve, 0)
                })
                .collect();
            let Some(fewest) = free.iter().map(|&a| self.agents[a].hands.len()).min() else { continue };
            free.retain(|&a| self.agents[a].hands.len() == fewest);
            return Some(self.pick(q.pick, contact, &free, now));
        }
        None
    }

    /// Whether the agent's team is in the pool and helps with a contact that has waited so long.
    fn suits(&self, agent: usize, queue: usize, pool: u32, contact: &Contact, now: Tick) -> bool {
        let team = self.agents[agent].team;
        let choice = self.model.queues[queue].choices.iter().find(|c| c.team as usize == team);
        choice.is_some_and(|c| c.pool == pool && c.after <= now - contact.arrived)
    }

    fn pick(&self, rule: Pick, contact: &Contact, free: &[usize], now: Tick) -> usize {
        let mut free = free.to_vec();
        free.sort_by_key(|&a| (self.agents[a].since, self.agents[a].team, self.agents[a].number));
        match rule {
            Pick::LongestIdle => free[0],
            Pick::Random => {
                free.sort_unstable();
                free[(uniform(contact.key, Purpose::AgentPick) * free.len() as f64) as usize]
            }
            Pick::LeastOccupied => {
                let share = |a: usize| {
                    let agent = &self.agents[a];
                    let staffed = agent.staffed + now - agent.on_duty_since;
                    let busy = agent.busy + if agent.hands.is_empty() { 0 } else { self.busy_today(a, now) };
                    if staffed == 0 { 0.0 } else { busy as f64 / staffed as f64 }
                };
                free.into_iter().reduce(|a, b| if share(b) < share(a) { b } else { a }).unwrap()
            }
        }
    }

    /// Who puts down a message for this contact: of the first pool with anybody, who took it up last.
    pub fn choose_interrupted(&self, queue: usize, contact: &Contact, now: Tick) -> Option<usize> {
        let q = &self.model.queues[queue];
        if q.kind.is_message() {
            return None;
        }
        let pools: BTreeSet<u32> = q.choices.iter().map(|c| c.pool).collect();
        pools.into_iter().find_map(|pool| {
            let taken_up = |a: usize| match &self.agents[a].doing {
                Some(Doing::Message { call, pick_up, .. }) => match self.model.queues[call.queue].kind {
                    Kind::Message(messages) if messages.preempt => Some(pick_up.at),
                    _ => None,
                },
                _ => None,
            };
            (0..self.agents.len())
                .filter(|&a| self.agents[a].duty == Duty::On && self.suits(a, queue, pool, contact, now))
                .filter(|&a| {
                    let team = self.agents[a].team;
                    !self.is_kept_free(team, self.choice(queue, team).reserve, 1)
                })
                .filter_map(|a| Some((taken_up(a)?, Reverse(a))))
                .max()
                .map(|(_, Reverse(agent))| agent)
        })
    }
}
