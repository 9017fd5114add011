//! When the next contact of a queue arrives.

use super::streams::{ContactKey, DayKey, Purpose, Stream};
use crate::model::{Arrivals, Bits, Correlation, Model, Queue, RatePiece, Tick};
use crate::special;

/// Serial numbers of repeats of contacts before the first day begin here.
const EARLY_SERIAL: u64 = 1 << 40;

/// One queue's contacts, produced one at a time in order of arrival.
///
/// The n-th contact of a day stays the n-th whatever the volume: a Poisson day is a fixed sequence of exponential
/// gaps with mean one, stretched by the cumulative rate.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) queue: usize,
    /// Repeats of contacts before the first day, not the queue's own fresh contacts.
    pub(super) early: bool,
    replication: u64,
    day: usize,
    key: DayKey,
    /// Serial number of the next contact among the day's.
    serial: u64,
    gaps: Stream,
    /// 1 / busyness factor of the day.
    calm: f64,
    /// The same from here on (expected contacts at factor 1) in the late part of the day.
    late: Option<(f64, f64)>,
    /// Expected contacts (at factor 1) up to the next arrival.
    elapsed: f64,
    /// Interval in which the search for the next arrival goes on ...
    interval: usize,
    /// ... and the first that is not the day's any more.
    day_end: usize,
    /// `fixed`: instants of the interval still to come, last first. `trace`: unused.
    placed: Vec<Tick>,
    /// `trace`: index of the next instant.
    next_trace: usize,
}

impl Source {
    /// One for each queue, then one for each that repeats of contacts before the first day come to.
    pub(super) fn all(model: &Model) -> Vec<Self> {
        let own = (0..model.queues.len()).map(|queue| Self::new(queue, false));
        let early = (0..model.queues.len()).filter(|&queue| model.queues[queue].early.is_some());
        own.chain(early.map(|queue| Self::new(queue, true))).collect()
    }

    fn new(queue: usize, early: bool) -> Self {
        let key = DayKey::new(0, 0, 0, 0);
        Self {
            queue,
            early,
            replication: 0,
            day: 0,
            key,
            serial: 0,
            gaps: key.stream(Purpose::Arrivals),
            calm: 1.0,
            late: None,
            elapsed: 0.0,
            interval: 0,
            day_end: 0,
            placed: Vec::new(),
            next_trace: 0,
        }
    }

    /// Starts a replication; returns the first arrival.
    pub(super) fn reset(&mut self, model: &Model, replication: u64) -> Option<Tick> {
        self.replication = replication;
        self.next_trace = 0;
        self.placed.clear();
        self.start_day(model, 0);
        self.next(model)
    }

    /// The name of the contact whose arrival was returned last.
    #[inline]
    pub(super) fn contact(&self) -> ContactKey {
        self.key.contact(self.serial - 1 + if self.early { EARLY_SERIAL } else { 0 })
    }

    fn start_day(&mut self, model: &Model, day: usize) {
        let queue = &model.queues[self.queue];
        self.day = day;
        self.key = DayKey::new(model.seed, self.replication, day as u64, queue.name_hash);
        self.serial = 0;
        self.elapsed = 0.0;
        self.interval = model.segments[model.days[day].first].interval;
        self.day_end = self.interval + model.days[day].intervals;
        self.gaps = self.key.stream(if self.early { Purpose::EarlyRepeats } else { Purpose::Arrivals });
        (self.calm, self.late) = match (&queue.day_factor, &model.correlation) {
            (None, _) => (1.0, None),
            (Some(_), _) if self.early => (1.0, None),
            // A factor of zero would be a day without contacts: an infinite gap.
            (Some(factor), None) => {
                (1.0 / factor.draw(&model.zig, &mut self.key.stream(Purpose::DayFactor)).max(f64::MIN_POSITIVE), None)
            }
            (Some(_), Some(correlation)) => self.tied_factors(model, correlation),
        };
    }

    /// Factors of the early and the late part of the day that go together with those of other queues and with each
    /// other: normal scores with the stated correlations, turned into gamma factors by their quantiles (NORTA,
    /// Cario and Nelson 1997).
    #[cold]
    fn tied_factors(&self, model: &Model, correlation: &Correlation) -> (f64, Option<(f64, f64)>) {
        let queue = &model.queues[self.queue];
        let common = DayKey::new(model.seed, self.replication, self.day as u64, 0);
        let score = |shared: Purpose, own: Purpose| {
            let shared = model.zig.normal(&mut common.stream(shared));
            let own = model.zig.normal(&mut self.key.stream(own));
            correlation.queues.sqrt() * shared + (1.0 - correlation.queues).sqrt() * own
        };
        let shape = 1.0 / (queue.day_cv * queue.day_cv);
        let calm = |score: f64| {
            // Scores beyond eight standard deviations have no quantile that differs from 0 or 1.
            let p = special::normal_cdf(score.clamp(-8.0, 8.0));
            1.0 / special::gamma_quantile(shape, p).max(1e-9)
        };
        let early = score(Purpose::CommonFactor, Purpose::DayFactor);
        let late = correlation.late.and_then(|(from, rho)| {
            let other = score(Purpose::CommonLateFactor, Purpose::LateFactor);
            let late = rho * early + (1.0 - rho * rho).sqrt() * other;
            Some((self.expected_before(model, from)?, calm(late)))
        });
        (calm(early), late)
    }

    /// Expected contacts of the day (at factor 1) before the first interval that starts so long after the opening.
    fn expected_before(&self, model: &Model, from: Tick) -> Option<f64> {
        let Arrivals::Poisson(pieces) = &model.queues[self.queue].arrivals else { return None };
        let from = model.interval_starts[self.interval] + from;
        (self.interval..self.day_end).find(|&i| model.interval_starts[i] >= from).map(|i| pieces[i].before)
    }

    /// Goes to the next day; false when there is none.
    #[cold]
    fn next_day(&mut self, model: &Model) -> bool {
        let more = self.day + 1 < model.days.len();
        if more {
            self.start_day(model, self.day + 1);
        }
        more
    }

    /// The next arrival, or `None` when the replication has no more.
    #[inline]
    pub(super) fn next(&mut self, model: &Model) -> Option<Tick> {
        let queue: &Queue = &model.queues[self.queue];
        match &queue.arrivals {
            _ if self.early => self.next_early(model),
            Arrivals::Poisson(pieces) => self.next_poisson(model, pieces),
            Arrivals::Fixed(counts) => self.next_fixed(model, counts),
            Arrivals::Trace(times) => self.next_traced(model, times),
        }
    }

    #[cold]
    fn next_early(&mut self, model: &Model) -> Option<Tick> {
        self.next_poisson(model, model.queues[self.queue].early.as_deref()?)
    }

    #[inline(always)]
    fn next_poisson(&mut self, model: &Model, pieces: &[RatePiece]) -> Option<Tick> {
        loop {
            self.elapsed += self.calm * model.zig.exponential(&mut self.gaps);
            if let Some((from, calm)) = self.late.filter(|(from, _)| self.elapsed > *from) {
                self.elapsed = from + (self.elapsed - from) * (calm / self.calm);
                (self.calm, self.late) = (calm, None);
            }
            while self.interval < self.day_end && self.elapsed >= pieces[self.interval].through {
                self.interval += 1;
            }
            if self.interval < self.day_end {
                self.serial += 1;
                return Some(self.place(model, &pieces[self.interval]));
            }
            if !self.next_day(model) {
                return None;
            }
        }
    }

    #[inline]
    fn place(&self, model: &Model, piece: &RatePiece) -> Tick {
        let into = ((self.elapsed - piece.before) * piece.ticks_each) as i64 as Tick;
        model.interval_starts[self.interval] + into.min(model.interval_ticks - 1)
    }

    fn next_fixed(&mut self, model: &Model, counts: &[u32]) -> Option<Tick> {
        while self.placed.is_empty() {
            while self.interval >= self.day_end {
                if !self.next_day(model) {
                    return None;
                }
            }
            let start = model.interval_starts[self.interval];
            for _ in 0..counts[self.interval] {
                let at = (self.gaps.uniform() * model.interval_ticks as f64) as Tick;
                self.placed.push(start + at.min(model.interval_ticks - 1));
            }
            self.placed.sort_unstable_by(|a, b| b.cmp(a));
            self.interval += 1;
        }
        self.serial += 1;
        self.placed.pop()
    }

    fn next_traced(&mut self, model: &Model, times: &[Tick]) -> Option<Tick> {
        let at = *times.get(self.next_trace)?;
        self.next_trace += 1;
        while model.days.get(self.day + 1).is_some_and(|day| at >= model.segments[day.first].start) {
            self.next_day(model);
        }
        self.serial += 1;
        Some(at)
    }
}
