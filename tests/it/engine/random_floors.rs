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
