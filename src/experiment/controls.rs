//! What is known of a floor before it is simulated: how many callers are expected, and how much work they bring.
//!
//! By how much a replication had more of both than expected is a control: its expectation is exactly zero, and most of
//! what makes one day better than another goes with it.

use super::metrics::Parts;
use crate::engine::Tally;
use crate::model::{Model, TICKS_PER_SECOND};
use crate::scenario::{Arrivals, Channel, Queue, Scenario};
use crate::stats::{CONTROLS, ControlSums, Controlled, ControlledSums, RatioSums};

/// What is expected of the queues and their people.
pub(super) struct Expected {
    /// First attempts in the counted part of a replication; `None` where that is not known exactly.
    arrivals: Vec<Option<f64>>,
    /// Mean handle time \[s\]; `None` where it depends on more than the queue and the team.
    handle_s: Vec<Option<f64>>,
    /// Factors of queue x team on the handle time.
    factors: Vec<f64>,
}

impl Expected {
    pub(super) fn of(scenario: &Scenario, model: &Model) -> Self {
        let volume = |queue: &Queue| {
            let counted = model.segments[model.counted_from..].iter().filter(|segment| segment.open);
            counted.map(|segment| queue.volume[segment.interval]).sum::<f64>()
        };
        let handed_on = scenario.queues.iter().any(|queue| queue.callers.transfer.is_some())
            || scenario.teams.iter().any(|team| team.skills.iter().any(|skill| skill.transfer.is_some()));
        let arrivals = |queue: &Queue| comes_at_random(queue).then(|| volume(queue));
        let handle = |queue: &Queue| (!handed_on && is_plain_talk(queue)).then(|| mean_handle_s(queue));
        let mut factors = vec![1.0; scenario.queues.len() * scenario.teams.len()];
        for (index, team) in scenario.teams.iter().enumerate() {
            for skill in &team.skills {
                factors[skill.queue * scenario.teams.len() + index] = skill.handle_time;
            }
        }
        Self {
            arrivals: scenario.queues.iter().map(arrivals).collect(),
            handle_s: scenario.queues.iter().map(handle).collect(),
            factors,
        }
    }

    /// By how much a replication had more callers (queue by queue) and more work (in all, \[s\]) than expected. `fresh` are
    /// its first attempts.
    pub(super) fn surplus(&self, tally: &Tally<'_>, fresh: &[f64]) -> (Vec<f64>, f64) {
        let more = |(expected, fresh): (&Option<f64>, &f64)| expected.map_or(0.0, |expected| fresh - expected);
        let callers: Vec<f64> = self.arrivals.iter().zip(fresh).map(more).collect();
        let teams = self.factors.len() / self.arrivals.len().max(1);
        let mut work = 0.0;
        for (queue, handle_s) in self.handle_s.iter().enumerate() {
            let Some(handle_s) = handle_s else { continue };
            work += callers[queue] * handle_s;
            for team in 0..teams {
                let pair = queue * teams + team;
                let cell = &tally.pairs[pair];
                let expected = f64::from(cell.answered) * handle_s * self.factors[pair];
                work += cell.handled.total() as f64 / TICKS_PER_SECOND - expected;
            }
        }
        (callers, work)
    }
}

/// Poisson arrivals whose number is that of the contacts that reach the queue: no menu, no messages of closed hours.
fn comes_at_random(queue: &Queue) -> bool {
    let at_once = queue.callers.ivr.is_none() && queue.callers.dial.is_none();
    matches!(queue.arrivals, Arrivals::Poisson) && at_once && queue.channel.messages().is_none()
}

/// Whoever is answered talks as long as anybody would: the length is drawn without regard to what happened before.
fn is_plain_talk(queue: &Queue) -> bool {
    let same_all_day = queue.handle.factor_by_interval.is_empty();
    matches!(queue.channel, Channel::Voice) && queue.callers.dial.is_none() && same_all_day
}

fn mean_handle_s(queue: &Queue) -> f64 {
    let handle = &queue.handle;
    let hold = handle.hold.as_ref().map_or(0.0, |(length, probability)| probability * length.mean());
    handle.talk.mean() + hold + handle.wrap.as_ref().map_or(0.0, crate::scenario::Dist::mean)
}

/// Sums of the controls of a queue or a team, and of their products with its metrics; empty where none are wanted.
#[derive(Debug, Clone, Default)]
pub(super) struct ControlledMetrics {
    controls: ControlSums,
    metrics: Vec<ControlledSums>,
}

crate::stored_by_fields!(ControlledMetrics { controls, metrics });

impl ControlledMetrics {
    pub(super) fn new(metrics: usize) -> Self {
        Self { controls: ControlSums::default(), metrics: vec![ControlledSums::default(); metrics] }
    }

    /// Adds one replication; a metric may have nothing in it.
    pub(super) fn add(&mut self, controls: [f64; CONTROLS], parts: impl Iterator<Item = Option<Parts>>) {
        self.controls.add(controls);
        for (sums, part) in self.metrics.iter_mut().zip(parts) {
            part.into_iter().for_each(|(x, y)| sums.add(x, y, controls));
        }
    }

    /// A metric after its controls; `None` where there are none, or none of use.
    pub(super) fn estimate(&self, metric: usize, ratio: &RatioSums, replications: u64) -> Option<Controlled> {
        self.metrics.get(metric)?.estimate(ratio, &self.controls, replications)
    }
}
