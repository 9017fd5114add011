//! Finite lines: M/M/s/K and M/M/s/K+M. `lines` trunks hold at most that many calls, waiting or talking; a call
//! that finds all taken is blocked. First come first served; exponential patience or none.
//!
//! Birth-and-death: with `j` waiting the weight is `q_j = prod_{i<=j} a/(s + i r)`, `r = aht/patience`; the states
//! with a
//! free agent weigh `1/B(s,a) - 1` together. The weights are built from the most likely `j` both ways, so neither
//! overflow
//! nor cancellation can touch them. The wait of a call that finds `j` waiting ends after `j + 1` departures, at rates
//! `s mu + i theta`: with `x = e^(-theta t)`, `P(V_j > t) = I_x(s/r, j+1)`, a beta distribution, which here is the
//! sum of
//! the first `j + 1` negative binomial probabilities; Poisson when nobody hangs up (Riordan 1962, "Stochastic service
//! systems", chapter 6; Palm 1957).

use super::b::inverse_blocking;
use super::error::{Result, check_load, not_negative, positive, require, share_below_one};
use super::root::time_with_tail;
use super::service_level::{ServiceLevel, Within, share};
use crate::special::{negative_binomial_probability, poisson_probability};

/// Weights below this, relative to the largest, are left out.
const VANISHING: f64 = 1e-300;

/// Most places in the queue.
const MOST_PLACES: u64 = 10_000_000;

/// The steady state of a floor with a fixed number of lines.
#[derive(Debug, Clone)]
pub struct FiniteLine {
    agents: f64,
    load: f64,
    aht_s: f64,
    /// `aht/patience`; 0 = nobody hangs up.
    ratio: f64,
    p_idle: f64,
    p_block: f64,
    p_answered: f64,
    mean_queue: f64,
    /// Probability to find `first + i` calls waiting, all agents busy, and a line free.
    waiting: Vec<f64>,
    first: usize,
}

/// M/M/s/K, or M/M/s/K+M with a mean patience.
///
/// `lines` counts agents and places in the queue together. `load` in erlangs, times in seconds; `patience_s` `None` =
/// nobody hangs up. Stable at any load. More agents block fewer calls unless callers hang up sooner than a call lasts
/// (`patience_s < aht_s`): then a waiting caller frees a line sooner than a served one.
///
/// # Errors
/// Fewer lines than agents; no agents but calls; a negative or non-finite load; a time that is not above zero.
pub fn finite_line(agents: u64, lines: u64, load: f64, aht_s: f64, patience_s: Option<f64>) -> Result<FiniteLine> {
    let (load, aht_s) = (check_load(load)?, positive("aht_s", aht_s)?);
    let ratio = patience_s.map_or(Ok(0.0), |patience| Ok(aht_s / positive("patience_s", patience)?))?;
    require(lines >= agents, "lines", lines as f64, "at least as many as agents", "A line is held while talking too.")?;
    let places = lines - agents;
    require(
        places <= MOST_PLACES,
        "lines",
        lines as f64,
        "up to ten million more than agents",
        "Leave them out: so many never fill.",
    )?;
    require(
        agents > 0 || load == 0.0,
        "agents",
        0.0,
        "1 or more when there are calls",
        "Nobody would ever be answered.",
    )?;
    let mut floor = FiniteLine {
        agents: agents as f64,
        load,
        aht_s,
        ratio,
        p_idle: 1.0,
        p_block: 0.0,
        p_answered: 1.0,
        mean_queue: 0.0,
        waiting: Vec::new(),
        first: 0,
    };
    if load > 0.0 {
        floor.solve(agents, places as usize);
    }
    Ok(floor)
}

impl FiniteLine {
    fn solve(&mut self, agents: u64, places: usize) {
        let (s, a) = (self.agents, self.load);
        let (first, mut weights) = self.queue_weights(places);
        let none_waiting = if first == 0 { weights[0] } else { 0.0 };
        // All states with a free agent: 1/B(s) - 1 = (s/a) / B(s-1), relative to the state with all just busy.
        let before = inverse_blocking(agents - 1, a);
        let idle = if none_waiting > 0.0 { s / a * before * none_waiting } else { 0.0 };
        let busy: f64 = weights.iter().sum();
        if idle.is_infinite() {
            return;
        }
        let whole = idle + busy;
        for weight in &mut weights {
            *weight /= whole;
        }
        self.p_idle = idle / whole;
        // Flow balance: answered = carried / a.
        self.p_answered = s / a * (none_waiting * (before - 1.0) + busy) / whole;
        self.mean_queue = weights.iter().enumerate().map(|(i, p)| (first + i) as f64 * p).sum();
        if first + weights.len() == places + 1 {
            self.p_block = weights.pop().unwrap_or(0.0);
        }
        (self.first, self.waiting) = (first, weights);
    }

    /// `q_j` around its largest, which is 1: the first `j` kept, and the values.
    fn queue_weights(&self, places: usize) -> (usize, Vec<f64>) {
        let step = |j: usize| self.load / (self.agents + j as f64 * self.ratio);
        let surplus = (self.load - self.agents).max(0.0);
        let mode = if surplus == 0.0 { 0.0 } else { libm::floor(surplus / self.ratio) };
        let mode = (mode as usize).min(places);
        let mut down = vec![1.0];
        while down.len() <= mode && down[down.len() - 1] > VANISHING {
            let j = mode + 1 - down.len();
            down.push(down[down.len() - 1] / step(j));
        }
        let first = mode + 1 - down.len();
        down.reverse();
        let mut weight = 1.0;
        for j in mode + 1..=places {
            weight *= step(j);
            if weight <= VANISHING {
                break;
            }
            down.push(weight);
        }
        (first, down)
    }

    /// Share of attempts that find all lines taken.
    pub fn p_block(&self) -> f64 {
        self.p_block
    }

    /// Share of attempts that get a line but no free agent.
    pub fn p_wait_of_attempted(&self) -> f64 {
        self.waiting.iter().sum()
    }

    /// Share of calls that got a line and find no free agent.
    pub fn p_wait(&self) -> f64 {
        self.per_accepted(self.p_wait_of_attempted())
    }

    /// Share of attempts that hang up.
    pub fn p_abandon_of_attempted(&self) -> f64 {
        if self.load == 0.0 { 0.0 } else { self.mean_queue * self.ratio / self.load }
    }

    /// Share of calls that got a line and hang up.
    pub fn p_abandon(&self) -> f64 {
        self.per_accepted(self.p_abandon_of_attempted())
    }

    /// Mean time in queue of calls that got a line, answered or not (s).
    pub fn mean_wait_s(&self) -> f64 {
        if self.load == 0.0 { 0.0 } else { self.per_accepted(self.mean_queue * self.aht_s / self.load) }
    }

    /// Mean wait of answered calls (s).
    pub fn asa_s(&self) -> f64 {
        let mut wait = 0.0;
        let mut sum = 0.0;
        for j in 0..self.first + self.waiting.len() {
            let rate = self.agents + (j + 1) as f64 * self.ratio;
            wait += self.aht_s / rate;
            if j >= self.first {
                sum += self.waiting[j - self.first] * self.agents / rate * wait;
            }
        }
        sum / self.p_answered
    }

    /// Mean number waiting.
    pub fn mean_queue(&self) -> f64 {
        self.mean_queue
    }

    /// Share of agent time busy.
    pub fn occupancy(&self) -> f64 {
        if self.load == 0.0 { 0.0 } else { self.load * self.p_answered / self.agents }
    }

    /// What has become of an attempt `time_s` after it got a line; the shares add up to 1 with [`Self::p_block`].
    ///
    /// # Errors
    /// A negative or non-finite time.
    pub fn within_of_attempted(&self, time_s: f64) -> Result<Within> {
        let time_s = not_negative("time_s", time_s)?;
        let (served_above, _) = self.departures(time_s, 1.0);
        let (_, still_below) = self.departures(time_s, 0.0);
        let patient = libm::exp(-time_s * self.ratio / self.aht_s);
        let (mut answered, mut waiting) = (self.p_idle, 0.0);
        for (i, p) in self.waiting.iter().enumerate() {
            let j = (self.first + i) as f64;
            answered += p * self.agents / (self.agents + (j + 1.0) * self.ratio) * served_above[i];
            waiting += p * patient * still_below[i];
        }
        Ok(Within { answered, abandoned: (1.0 - self.p_block - answered - waiting).max(0.0), waiting })
    }

    /// The same, of the calls that got a line.
    ///
    /// # Errors
    /// A negative or non-finite time.
    pub fn within(&self, time_s: f64) -> Result<Within> {
        let attempted = self.within_of_attempted(time_s)?;
        Ok(Within {
            answered: self.per_accepted(attempted.answered),
            abandoned: self.per_accepted(attempted.abandoned),
            waiting: self.per_accepted(attempted.waiting),
        })
    }

    /// The service level by its formula, of the calls that got a line (blocked calls never reach the queue).
    ///
    /// # Errors
    /// A negative or non-finite time in it.
    pub fn service_level(&self, measure: &ServiceLevel) -> Result<f64> {
        measure.check()?;
        let at_target = self.within(measure.target_s)?;
        let at_short = self.within(measure.abandon_time_s())?;
        Ok(share(measure.formula, at_target, at_short, self.per_accepted(self.p_answered)))
    }

    /// The wait (s) that a share `q` of the answered calls does not exceed.
    ///
    /// # Errors
    /// `q` outside 0 up to but not including 1.
    pub fn answer_wait_percentile_s(&self, q: f64) -> Result<f64> {
        let above = (1.0 - share_below_one("q", q)?) * self.p_answered;
        let tail = |time_s: f64| {
            let (_, not_yet) = self.departures(time_s, 1.0);
            let served = |i: usize| self.agents / (self.agents + (self.first + i + 1) as f64 * self.ratio);
            self.waiting.iter().enumerate().map(|(i, p)| p * served(i) * not_yet[i]).sum()
        };
        Ok(time_with_tail(above, self.aht_s / self.agents.max(1.0), tail))
    }

    fn per_accepted(&self, of_attempted: f64) -> f64 {
        of_attempted / (1.0 - self.p_block)
    }

    /// For each kept `j`: the probabilities that more than `j`, and that at most `j`, of those ahead have gone by
    /// `time_s`. `extra` is 0 for the wait itself and 1 for the wait given that the caller does not hang up.
    fn departures(&self, time_s: f64, extra: f64) -> (Vec<f64>, Vec<f64>) {
        let law = if self.ratio == 0.0 {
            Departures::Poisson { mean: self.agents * time_s / self.aht_s }
        } else {
            let z = time_s * self.ratio / self.aht_s;
            Departures::NegativeBinomial {
                successes: self.agents / self.ratio + extra,
                x: libm::exp(-z),
                fail: -libm::expm1(-z),
            }
        };
        law.tails(self.first, self.waiting.len())
    }
}

/// The number of departures ahead within a time.
#[derive(Debug, Clone, Copy)]
enum Departures {
    Poisson { mean: f64 },
    NegativeBinomial { successes: f64, x: f64, fail: f64 },
}

impl Departures {
    fn probability(self, k: f64) -> f64 {
        match self {
            Self::Poisson { mean } => poisson_probability(k, mean),
            Self::NegativeBinomial { successes, x, fail } => negative_binomial_probability(k, successes, x, fail),
        }
    }

    /// `P(k+1) / P(k)`.
    fn step(self, k: f64) -> f64 {
        match self {
            Self::Poisson { mean } => mean / (k + 1.0),
            Self::NegativeBinomial { successes, fail, .. } => (successes + k) / (k + 1.0) * fail,
        }
    }

    fn mode(self) -> f64 {
        libm::floor(match self {
            Self::Poisson { mean } => mean,
            Self::NegativeBinomial { successes, x, fail } => ((successes - 1.0) * fail / x).max(0.0),
        })
    }

    /// `P(N > j)` and `P(N <= j)` for `count` values from `first`, each by additions only.
    fn tails(self, first: usize, count: usize) -> (Vec<f64>, Vec<f64>) {
        let probabilities = self.run(first, count);
        let mut below = probabilities.clone();
        let mut sum = if first == 0 { 0.0 } else { self.lower_tail((first - 1) as f64) };
        for value in &mut below {
            sum += *value;
            *value = sum;
        }
        let mut above = probabilities;
        let all_but = below.last().copied().unwrap_or(0.0);
        let mut sum = if all_but < 0.9 { 1.0 - all_but } else { self.upper_tail((first + count) as f64) };
        for value in above.iter_mut().rev() {
            sum += std::mem::replace(value, sum);
        }
        (above, below)
    }

    /// Probabilities of `first .. first + count`, from the most likely of them both ways.
    fn run(self, first: usize, count: usize) -> Vec<f64> {
        let mut values = vec![0.0; count];
        if count == 0 {
            return values;
        }
        let mode = self.mode().clamp(first as f64, (first + count - 1) as f64) as usize - first;
        values[mode] = self.probability((first + mode) as f64);
        for i in mode + 1..count {
            values[i] = values[i - 1] * self.step((first + i - 1) as f64);
        }
        for i in (0..mode).rev() {
            let step = self.step((first + i) as f64);
            values[i] = if step > 0.0 { values[i + 1] / step } else { self.probability((first + i) as f64) };
        }
        values
    }

    /// `P(N <= k)`, from its largest term downwards.
    fn lower_tail(self, k: f64) -> f64 {
        let top = k.min(self.mode());
        let largest = self.probability(top);
        let (mut sum, mut term, mut j) = (largest, largest, top);
        while j > 0.0 && term > sum * 1e-18 {
            j -= 1.0;
            term /= self.step(j);
            sum += term;
        }
        (term, j) = (largest, top);
        while j < k {
            term *= self.step(j);
            j += 1.0;
            sum += term;
        }
        sum
    }

    /// `P(N >= k)` for `k` above the mode.
    fn upper_tail(self, k: f64) -> f64 {
        let (mut term, mut j) = (self.probability(k), k);
        let mut sum = term;
        while term > sum * 1e-18 && term > 0.0 {
            term *= self.step(j);
            j += 1.0;
            sum += term;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_add_up() {
        let laws = [
            Departures::Poisson { mean: 12.5 },
            Departures::Poisson { mean: 0.0 },
            Departures::NegativeBinomial { successes: 33.3, x: 0.7, fail: 0.3 },
            Departures::NegativeBinomial { successes: 0.4, x: 1e-9, fail: 1.0 - 1e-9 },
            Departures::NegativeBinomial { successes: 5.0, x: 1.0, fail: 0.0 },
            Departures::NegativeBinomial { successes: 5.0, x: 0.0, fail: 1.0 },
        ];
        for law in laws {
            let (above, below) = law.tails(3, 40);
            for (up, down) in above.iter().zip(&below) {
                assert!((up + down - 1.0).abs() < 1e-13, "{law:?}: {up} {down}");
            }
        }
    }
}
