//! Repeats of contacts before the first day: a floor that opens today has customers from last week.
//!
//! The days before are taken to be like those simulated, each a day earlier, with the same share of problems not
//! solved; their repeats come in as a Poisson stream at the expected rate. What falls due while the floor is closed
//! comes in the first interval of the next opening.

use super::{Bits, RatePiece, Sampler, TICKS_PER_SECOND, Ziggurat};
use crate::scenario::{Arrivals, Dist, Queue, Scenario, Timeline, VolumeCounts};

/// Delays drawn for each interval of an earlier day.
const DELAYS: usize = 256;
const DAY_S: f64 = 86_400.0;
/// Earlier days looked at: the longest time the engine knows.
const DAYS_BACK: u32 = 13;

/// By queue: expected repeats of contacts before the first day, as a rate; `None` = there are none.
pub(super) fn early_repeats(scenario: &Scenario) -> Vec<Option<Vec<RatePiece>>> {
    let intervals = scenario.timeline.intervals.len();
    let mut counts = vec![vec![0.0; intervals]; scenario.queues.len()];
    if scenario.people.steady_loops {
        let totals = all_attempts(scenario);
        for (from, queue) in scenario.queues.iter().enumerate() {
            let Some(repeat) = &queue.outcomes.repeat else { continue };
            if !matches!(queue.arrivals, Arrivals::Trace(_)) {
                let per_contact = totals[from] * returning(queue);
                let to = repeat.queue.unwrap_or(from);
                let due = spread(&scenario.timeline, &queue.volume, &repeat.after, per_contact);
                due.add_to(&mut counts[to], &scenario.timeline, &scenario.queues[to].volume);
            }
        }
    }
    counts.iter().map(|counts| pieces(&scenario.timeline, counts)).collect()
}

/// Share of a queue's contacts that lead to a repeat.
fn returning(queue: &Queue) -> f64 {
    let outcomes = &queue.outcomes;
    let unsolved = outcomes.unsolved.unwrap_or(1.0 - outcomes.stated_resolution());
    let promised = outcomes.follow_up.as_ref().map_or(0.0, |promise| promise.share);
    let again = outcomes.repeat.as_ref().map_or(0.0, |repeat| repeat.probability);
    unsolved * (1.0 - promised) * again
}

/// By queue: all attempts of a day over its fresh ones. Where the volume counts what is offered they are known; else
/// repeats add up, also through other queues.
fn all_attempts(scenario: &Scenario) -> Vec<f64> {
    let sum = |queue: &Queue| queue.volume.iter().sum::<f64>();
    let fresh: Vec<f64> = scenario.queues.iter().map(sum).collect();
    let mut all = fresh.clone();
    for _ in 0..100 {
        let mut next = fresh.clone();
        for (from, queue) in scenario.queues.iter().enumerate() {
            if let Some(repeat) = &queue.outcomes.repeat {
                next[repeat.queue.unwrap_or(from)] += all[from] * returning(queue);
            }
        }
        for (queue, next) in scenario.queues.iter().zip(&mut next) {
            if queue.counts == VolumeCounts::Offered {
                *next = sum(queue) / queue.first_attempts;
            }
        }
        all = next;
    }
    let ratio = |(all, fresh): (&f64, &f64)| if *fresh > 0.0 { all / fresh } else { 0.0 };
    all.iter().zip(&fresh).map(ratio).collect()
}

/// Expected repeats of earlier days' contacts that fall due ...
struct DueRepeats {
    /// ... in each open interval,
    open: Vec<f64>,
    /// ... while the floor is closed, by the day that opens next.
    closed: Vec<f64>,
}

impl DueRepeats {
    /// Adds them to a queue's counts; those of closed hours in proportion to the day's volume.
    fn add_to(&self, counts: &mut [f64], timeline: &Timeline, volume: &[f64]) {
        counts.iter_mut().zip(&self.open).for_each(|(count, due)| *count += due);
        for (day, due) in timeline.days.iter().zip(&self.closed) {
            let intervals = day.first_interval..day.first_interval + day.interval_count;
            let all: f64 = volume[intervals.clone()].iter().sum();
            for interval in intervals {
                let share = if all > 0.0 { volume[interval] / all } else { 1.0 / day.interval_count as f64 };
                counts[interval] += due * share;
            }
        }
    }
}

fn spread(timeline: &Timeline, volume: &[f64], after: &Dist, per_contact: f64) -> DueRepeats {
    let days = timeline.days.len();
    let mut due = DueRepeats { open: vec![0.0; timeline.intervals.len()], closed: vec![0.0; days] };
    let interval_s = f64::from(timeline.interval_s);
    let delays = delays(after);
    for back in 1..=DAYS_BACK {
        // The days before repeat those simulated.
        let like = &timeline.days[days - 1 - (back as usize - 1) % days];
        let midnight = (timeline.intervals[like.first_interval].start_s / DAY_S as u64) as f64 * DAY_S;
        let of_day = volume.iter().enumerate().skip(like.first_interval).take(like.interval_count);
        for (interval, volume) in of_day {
            let start = timeline.intervals[interval].start_s as f64 - midnight - f64::from(back) * DAY_S;
            let each = volume * per_contact / DELAYS as f64;
            for (number, delay) in delays.iter().enumerate() {
                // Arrivals and delays must not rise together.
                let into = ((number * 101) % DELAYS) as f64 + 0.5;
                due.count(timeline, start + interval_s * into / DELAYS as f64 + delay, each);
            }
        }
    }
    due
}

impl DueRepeats {
    fn count(&mut self, timeline: &Timeline, at: f64, each: f64) {
        let intervals = &timeline.intervals;
        let first = intervals.first().map_or(0.0, |i| i.start_s as f64);
        let interval_s = f64::from(timeline.interval_s);
        let index = intervals.partition_point(|i| i.start_s as f64 + interval_s <= at);
        // What fell due before the last closing came on an earlier day; that closing was when the last day's is.
        let length = intervals.iter().filter(|i| i.day == 0).count() as f64 * interval_s;
        if index == intervals.len() || at < first - (DAY_S - length).max(0.0) {
            return;
        }
        if intervals[index].start_s as f64 <= at {
            self.open[index] += each;
        } else {
            self.closed[intervals[index].day] += each;
        }
    }
}

/// Equally likely delays \[s\].
fn delays(after: &Dist) -> Vec<f64> {
    /// A fixed sequence of well-mixed words: these draws belong to the floor, not to a replication.
    struct Words(u64);
    impl Bits for Words {
        fn next_u64(&mut self) -> u64 {
            self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            (self.0 ^ (self.0 >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ (self.0 >> 33)
        }
    }
    let (sampler, zig, mut words) = (Sampler::new(after), Ziggurat::default(), Words(1));
    let most = super::LONGEST_TIME as f64 / TICKS_PER_SECOND;
    (0..DELAYS).map(|_| sampler.draw(&zig, &mut words).min(most)).collect()
}

fn pieces(timeline: &Timeline, counts: &[f64]) -> Option<Vec<RatePiece>> {
    if counts.iter().all(|count| *count == 0.0) {
        return None;
    }
    Some(super::compile::rate_pieces(counts, timeline))
}
