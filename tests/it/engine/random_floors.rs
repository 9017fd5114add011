//! Random small floors that use every mechanism of the engine: several days, falling and rising head counts, teams
//! that go home early, lines, balking, priorities, weights, pools, slow helpers, holds and wrap-up.

use callwright::model::Bits;
use callwright::scenario::*;

use crate::floors;

/// A small generator of its own (xorshift64*), so that a floor is named by a number.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// One of 0 .. n.
    pub fn below(&mut self, n: usize) -> usize {
        (self.uniform() * n as f64) as usize
    }

    fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }
}

impl Bits for Dice {
    fn next_u64(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}

fn time(dice: &mut Dice, mean: f64) -> Dist {
    match dice.below(6) {
        0 => Dist::Constant { mean: mean.round() },
        1 => Dist::Lognormal { mean, cv: 0.8 },
        2 => Dist::Gamma { mean, cv: 1.5 },
        3 => Dist::Uniform { min: 0.0, max: 2.0 * mean },
        4 => Dist::Hyperexponential { mean, cv: 2.0 },
        _ => Dist::Exponential { mean },
    }
}

fn queue(dice: &mut Dice, name: &str, intervals: usize) -> Queue {
    let mean = dice.between(20.0, 200.0);
    let volume = (0..intervals).map(|_| if dice.chance(0.1) { 0.0 } else { dice.between(0.0, 25.0) }).collect();
    let mut queue = floors::queue(name, volume, mean, 0.0);
    queue.arrivals = if dice.chance(0.2) { Arrivals::Fixed } else { Arrivals::Poisson };
    queue.day_cv = dice.pick(&[0.0, 0.3]);
    queue.handle.talk = time(dice, mean);
    queue.handle.hold = dice.chance(0.3).then(|| (time(dice, 15.0), 0.4));
    queue.handle.wrap = dice.chance(0.5).then(|| time(dice, 30.0));
    if dice.chance(0.3) {
        queue.handle.factor_by_interval = (0..intervals).map(|_| dice.between(0.7, 1.4)).collect();
    }
    let patience = dice.between(5.0, 150.0);
    queue.patience = dice.chance(0.8).then(|| time(dice, patience));
    queue.balk = dice.pick(&[0.0, 0.0, 0.2]);
    queue.priority = dice.below(3) as i32;
    queue.weight = dice.pick(&[1.0, 0.5, 3.0]);
    queue.lines = dice.chance(0.15).then(|| 1 + dice.below(6) as u32);
    queue.queue_capacity = dice.chance(0.15).then(|| dice.below(4) as u32);
    queue.target_time_s = dice.pick(&[0.0, 20.0, 60.0]);
    queue.goal = dice.chance(0.6).then_some(Goal {
        service_level: Some(0.8),
        abandon: None,
        asa_s: None,
        p_wait: None,
        over: Period::Day,
        on: None,
    });
    queue.agent_choice = dice.chance(0.3).then(|| {
        dice.pick(&[AgentChoice::Random, AgentChoice::LeastOccupied, AgentChoice::Fastest, AgentChoice::LongestIdle])
    });
    queue
}

fn team(dice: &mut Dice, name: &str, queues: usize, intervals: usize) -> Team {
    let mut skills: Vec<(usize, i32, f64)> = Vec::new();
    for queue in 0..queues {
        if dice.chance(0.6) {
            skills.push((queue, 1 + dice.below(3) as i32, dice.pick(&[1.0, 1.0, 1.3, 0.8])));
        }
    }
    let heads = (0..intervals).map(|_| if dice.chance(0.15) { 0 } else { dice.below(5) as u32 }).collect();
    let mut team = floors::team(name, heads, &skills);
    for skill in &mut team.skills {
        skill.after_s = dice.pick(&[0.0, 0.0, 0.0, 20.0, 60.0]);
    }
    team.call_choice = dice
        .chance(0.3)
        .then(|| dice.pick(&[CallChoice::LongestWait, CallChoice::Preference, CallChoice::ClosestToGoal]));
    team
}

/// Floor number `seed`.
pub fn floor(seed: u64) -> Scenario {
    let dice = &mut Dice::new(seed);
    let (days, per_day, pause) = (1 + dice.below(3), 1 + dice.below(6), dice.pick(&[0_u64, 900, 36_000]));
    let intervals = days * per_day;
    let (queues, teams) = (1 + dice.below(4), 1 + dice.below(4));
    let queues: Vec<Queue> = (0..queues).map(|i| queue(dice, &format!("queue {i}"), intervals)).collect();
    let teams = (0..teams).map(|i| team(dice, &format!("team {i}"), queues.len(), intervals)).collect();
    let mut scenario = floors::floor(floors::days(days, per_day, 900, pause, 0), queues, teams);
    scenario.after_close = dice.pick(&[AfterClose::Serve, AfterClose::Drop]);
    scenario.lines = dice.chance(0.2).then(|| 2 + dice.below(10) as u32);
    scenario.routing.call_choice = dice.pick(&[
        CallChoice::Priority,
        CallChoice::LongestWait,
        CallChoice::Preference,
        CallChoice::WeightedWait,
        CallChoice::ClosestToGoal,
    ]);
    scenario.queue_capacity = dice.chance(0.1).then(|| dice.below(8) as u32);
    scenario.run.seed = seed;
    scenario
}

/// A mechanism that plain floors do not have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Special {
    People,
    Menu,
    Announce,
    Redial,
    Cold,
    Warm,
    Ring,
    CallBack,
    Credit,
    Reserve,
    Messages,
    Chats,
    Blend,
}

/// Floor number `seed` with about half of the mechanisms.
pub fn mixed_floor(seed: u64) -> Scenario {
    use Special::*;
    // Among warm hand-overs some are cold.
    let all = [People, Menu, Announce, Redial, Warm, Ring, CallBack, Credit, Reserve, Messages, Chats, Blend];
    let dice = &mut Dice::new(seed.wrapping_add(555_555));
    let specials: Vec<Special> = all.into_iter().filter(|_| dice.chance(0.5)).collect();
    special_floor(seed, &specials)
}

/// Floor number `seed` with these mechanisms, each where the dice want it.
pub fn special_floor(seed: u64, specials: &[Special]) -> Scenario {
    let mut scenario = floor(seed.wrapping_add(1_000_000));
    let dice = &mut Dice::new(seed.wrapping_add(77_777));
    let has = |special| specials.contains(&special);
    // Queues change their kind first, then come the ways between them.
    if has(Special::Chats) {
        chats(dice, &mut scenario);
    }
    if has(Special::Messages) {
        messages(dice, &mut scenario);
    }
    if has(Special::CallBack) {
        call_backs(dice, &mut scenario);
    }
    for special in specials {
        match special {
            Special::People => people(dice, &mut scenario),
            Special::Menu => menus(dice, &mut scenario),
            Special::Announce => announcements(dice, &mut scenario),
            Special::Redial => redials(dice, &mut scenario),
            Special::Cold | Special::Warm => hand_overs(dice, &mut scenario, *special == Special::Warm),
            Special::Ring => scenario.teams.iter_mut().for_each(|t| t.ring_s = dice.pick(&[0.0, 3.0, 7.5])),
            Special::Credit => credits(dice, &mut scenario),
            Special::Reserve => reserves(dice, &mut scenario),
            Special::Blend => scenario.teams.iter_mut().for_each(|team| team.blend = dice.chance(0.6)),
            Special::Chats | Special::Messages | Special::CallBack => {}
        }
    }
    scenario
}

fn is_live(queue: &Queue) -> bool {
    queue.channel.messages().is_none() && queue.callers.dial.is_none()
}

/// Another live queue, if there is one.
fn other_queue(dice: &mut Dice, scenario: &Scenario, own: usize) -> Option<usize> {
    let others: Vec<usize> = (0..scenario.queues.len()).filter(|&q| q != own && is_live(&scenario.queues[q])).collect();
    (!others.is_empty()).then(|| dice.pick(&others))
}

/// Adds a queue that some teams serve.
fn add_queue(dice: &mut Dice, scenario: &mut Scenario, name: &str, most: f64) -> usize {
    let (index, intervals) = (scenario.queues.len(), scenario.timeline.intervals.len());
    let mut queue = queue(dice, name, intervals);
    queue.volume.iter_mut().for_each(|volume| *volume *= most / 25.0);
    (queue.patience, queue.balk, queue.lines, queue.queue_capacity) = (None, 0.0, None, None);
    scenario.queues.push(queue);
    for team in &mut scenario.teams {
        if dice.chance(0.7) {
            let after_s = dice.pick(&[0.0, 0.0, 0.0, 30.0]);
            let skill = (index, 1 + dice.below(3) as i32, dice.pick(&[1.0, 1.2]));
            let mut skills = floors::team("", Vec::new(), &[skill]).skills;
            skills[0].after_s = after_s;
            team.skills.append(&mut skills);
        }
    }
    index
}

fn people(dice: &mut Dice, scenario: &mut Scenario) {
    let timeline = scenario.timeline.clone();
    for team in &mut scenario.teams {
        if dice.chance(0.2) {
            continue;
        }
        let persons = (0..1 + dice.below(6) as u32)
            .map(|position| Person {
                shift: dice.pick(&["early", "late"]).into(),
                position,
                duties: (0..timeline.days.len())
                    .filter_map(|day| if dice.chance(0.8) { Some(duty(dice, &timeline, day)) } else { None })
                    .collect(),
            })
            .collect();
        team.people = Some(People {
            persons,
            absence: dice.pick(&[0.0, 0.2]),
            lateness: dice.chance(0.5).then(|| Lateness { probability: 0.4, time: time(dice, 400.0) }),
            paid_absence: dice.chance(0.5),
            activities: Vec::new(),
        });
    }
}

/// Up to three stretches at odd times, at times of the timetable, or to the end of the opening.
fn duty(dice: &mut Dice, timeline: &Timeline, day: usize) -> Duty {
    let Day { first_interval, interval_count, .. } = timeline.days[day];
    let length = u64::from(timeline.interval_s);
    let start = timeline.intervals[first_interval].start_s;
    let total = interval_count as u64 * length;
    let mut bounds: Vec<u64> = (0..2 * (1 + dice.below(3)))
        .map(|_| match dice.below(6) {
            0 => 0,
            1 => total,
            2 => length * dice.below(interval_count + 1) as u64,
            _ => dice.below(total as usize + 1) as u64,
        })
        .collect();
    bounds.sort_unstable();
    let stretches = bounds.chunks(2).filter(|b| b[0] < b[1]);
    let on_phone: Vec<Stretch> = stretches.map(|b| Stretch { from_s: start + b[0], to_s: start + b[1] }).collect();
    let paid_s = on_phone.iter().map(|s| (s.to_s - s.from_s) as f64).sum();
    Duty { day, on_phone, paid_s }
}

fn menus(dice: &mut Dice, scenario: &mut Scenario) {
    for queue in scenario.queues.iter_mut().filter(|q| is_live(q)) {
        queue.callers.ivr =
            dice.chance(0.6).then(|| Ivr { time: time(dice, 40.0), self_served: dice.pick(&[0.0, 0.3]) });
    }
}

fn announcements(dice: &mut Dice, scenario: &mut Scenario) {
    for queue in scenario.queues.iter_mut().filter(|q| is_live(q)) {
        queue.callers.announce = dice
            .chance(0.6)
            .then(|| Announce { balk: dice.pick(&[0.0, 0.5, 1.0]), patience: dice.pick(&[0.5, 1.0, 2.0]) });
    }
}

fn redials(dice: &mut Dice, scenario: &mut Scenario) {
    for index in 0..scenario.queues.len() {
        if !is_live(&scenario.queues[index]) || dice.chance(0.3) {
            continue;
        }
        let other = other_queue(dice, scenario, index);
        let after = dice.between(10.0, 1500.0);
        scenario.queues[index].callers.redial = Some(Redial {
            probability: dice.pick(&[0.5, 0.8]),
            after: time(dice, after),
            attempts: dice.pick(&[Some(1), Some(2), Some(5), None]),
            queue: other.filter(|_| dice.chance(0.3)),
        });
    }
}

fn hand_overs(dice: &mut Dice, scenario: &mut Scenario, warm: bool) {
    for index in 0..scenario.queues.len() {
        let Some(to) = other_queue(dice, scenario, index) else { continue };
        if scenario.queues[index].channel.messages().is_some() || dice.chance(0.3) {
            continue;
        }
        let chats = |q: usize| scenario.queues[q].channel.chat().is_some();
        // With unlimited patience those who keep company could wait for each other for ever.
        let warm = warm && !chats(index) && !chats(to) && scenario.queues[to].patience.is_some() && dice.chance(0.8);
        if warm {
            // An agent who is free at the very instant of the second's answer may or may not count as idle before it.
            let queue = &mut scenario.queues[index];
            queue.handle.wrap.get_or_insert(Dist::Exponential { mean: 7.0 });
        }
        scenario.queues[index].callers.transfer = Some(Transfer {
            probability: dice.pick(&[0.2, 0.5, 0.9]),
            queue: to,
            warm,
            handover_s: if warm { dice.pick(&[0.0, 20.0]) } else { 0.0 },
        });
        for skill in scenario.teams.iter_mut().flat_map(|team| &mut team.skills).filter(|s| s.queue == index) {
            skill.transfer = dice.chance(0.3).then(|| dice.pick(&[0.0, 0.4]));
        }
    }
}

fn call_backs(dice: &mut Dice, scenario: &mut Scenario) {
    let most = dice.pick(&[0.0, 5.0]);
    let to = add_queue(dice, scenario, "call-backs", most);
    scenario.queues[to].callers.dial = Some(Dial {
        reach: dice.pick(&[0.4, 0.8, 1.0]),
        no_answer_s: dice.pick(&[10.0, 30.0]),
        retry: time(dice, 300.0),
        attempts: 1 + dice.below(3) as u32,
    });
    for queue in scenario.queues.iter_mut().filter(|q| is_live(q)) {
        queue.callers.call_back = dice.chance(0.8).then(|| CallBack {
            over_s: dice.pick(&[0.0, 10.0, 45.0]),
            accept: dice.pick(&[0.3, 0.8]),
            queue: to,
            after: dice.chance(0.5).then(|| time(dice, 500.0)),
        });
    }
}

fn credits(dice: &mut Dice, scenario: &mut Scenario) {
    for queue in scenario.queues.iter_mut().filter(|q| q.channel.messages().is_none()) {
        queue.callers.credit =
            dice.chance(0.6).then(|| Credit { share: 0.4, time_s: dice.pick(&[15.0, 60.0, 3000.0]) });
    }
}

fn reserves(dice: &mut Dice, scenario: &mut Scenario) {
    for team in &mut scenario.teams {
        let kept_for: Vec<usize> = team.skills.iter().map(|skill| skill.queue).collect();
        team.reserve = kept_for
            .into_iter()
            .filter_map(|q| if dice.chance(0.4) { Some((q, 1 + dice.below(2) as u32)) } else { None })
            .collect();
    }
}

fn messages(dice: &mut Dice, scenario: &mut Scenario) {
    let days = scenario.timeline.days.len();
    for number in 0..1 + dice.below(2) {
        let queue = add_queue(dice, scenario, &format!("messages {number}"), 12.0);
        let messages = Messages {
            preempt: dice.chance(0.6),
            backlog: dice.below(8) as u32,
            while_closed: if dice.chance(0.5) {
                (0..days).map(|_| dice.between(0.0, 6.0)).collect()
            } else {
                Vec::new()
            },
        };
        scenario.queues[queue].channel =
            if dice.chance(0.5) { Channel::Email(messages) } else { Channel::Social(messages) };
    }
}

fn chats(dice: &mut Dice, scenario: &mut Scenario) {
    for queue in &mut scenario.queues {
        if dice.chance(0.3) {
            continue;
        }
        queue.lines = None;
        queue.channel = Channel::Chat(Chat {
            concurrency: 1 + dice.below(4) as u32,
            slowdown: dice.pick(&[0.0, 0.25, 0.8]),
            silent: dice.pick(&[0.0, 0.5]),
            silent_timeout_s: dice.pick(&[30.0, 120.0]),
        });
    }
}
