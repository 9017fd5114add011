//! What the formulas say beside the simulation, and what explains the difference.
//!
//! The formulas see each connected set of queues and teams as one pool of equal agents in a steady state. The
//! simulation sees the floor as written. Where the two differ much, properties of the scenario are switched off one
//! after the other, with the same random numbers, to see which of them makes the difference.

use rustc_hash::FxHashMap;

use super::demand::Demand;
use super::pools::{StaffPool, all_pools, measure};
use super::unseen::unseen;
use crate::erlang::{Patience, Performance, Pool};
use crate::error::Result;
use crate::experiment::{Options, QueueMetric, Results, simulate};
use crate::model::compile;
use crate::scenario::{Dist, Scenario};

/// Differences of service level below this are not worth an explanation.
const LARGE: f64 = 0.02;

/// Most replications of a scenario with a property switched off ...
const REPLICATIONS: u64 = 100;
/// ... and most contacts in them: some seconds, in which nothing moves on the screen.
const CONTACTS: u64 = 10_000_000;

/// What a formula says about a queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// Service level by the queue's own time and formula.
    pub service_level: f64,
    /// Share that hangs up.
    pub abandon_rate: f64,
    /// Mean wait of the answered \[s\].
    pub asa_s: f64,
}

/// The formulas beside one queue's simulated figures.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueBeside {
    /// Queues and teams that the formulas treat as one.
    pub pool: StaffPool,
    /// Erlang C by open interval; `None` without volume, without staff, or where the queue would grow without end.
    pub erlang_c: Vec<Option<Prediction>>,
    /// Erlang A by open interval; `None` without volume.
    pub erlang_a: Vec<Option<Prediction>>,
    /// Erlang C over the run, weighted by volume; `None` when an interval with volume has none.
    pub run_erlang_c: Option<Prediction>,
    /// Erlang A over the run.
    pub run_erlang_a: Option<Prediction>,
    /// What makes the simulated service level differ from Erlang A, in shares of one; empty when it hardly does.
    pub causes: Vec<(Cause, f64)>,
}

impl QueueBeside {
    /// A cause in a planner's words; what no formula sees is named as far as the floor has it.
    pub fn words(&self, scenario: &Scenario, cause: Cause) -> String {
        match cause {
            Cause::Besides => format!("{} ({})", cause.words(), unseen(scenario, &self.pool).join(", ")),
            _ => cause.words().to_owned(),
        }
    }
}

/// A property of the scenario that the formulas do not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Days vary by more than chance (`day_cv`).
    DayFactor,
    /// Handle times or patience are not exponential.
    TimeSpread,
    /// Not every agent takes every contact, or not equally fast, or by priority.
    Sharing,
    /// The floor starts empty and a queue is carried from one interval into the next.
    CarriedOver,
    /// What [`unseen()`](super::unseen()) names.
    Besides,
}

impl Cause {
    fn words(self) -> &'static str {
        match self {
            Self::DayFactor => "days vary",
            Self::TimeSpread => "spread of handle times and patience",
            Self::Sharing => "who may take what, and in which order",
            Self::CarriedOver => "queue carried from one interval into the next",
            Self::Besides => "what no formula sees",
        }
    }
}

/// The formulas beside the results of every queue that they know ([`super::without_formula`]).
///
/// # Errors
/// [`crate::Error::Refused`] when the threads of an additional simulation cannot be started.
pub fn beside(scenario: &Scenario, results: &Results, options: &Options) -> Result<Vec<QueueBeside>> {
    let (demand, mut floors) = (Demand::of(scenario), Floors::default());
    let mut found: Vec<Option<QueueBeside>> = vec![None; scenario.queues.len()];
    for pool in all_pools(scenario).into_iter().filter_map(|pool| pool.with_formula(scenario)) {
        let intervals = 0..scenario.timeline.intervals.len();
        let work: Vec<Option<Pool>> = intervals.map(|interval| pool.load(scenario, &demand, interval).ok()).collect();
        for &queue in &pool.queues {
            found[queue] = Some(predict(scenario, &demand, queue, &pool, &work, &mut floors));
        }
    }
    let mut alone = |queue| {
        let pool = StaffPool { teams: Vec::new(), queues: vec![queue] };
        let intervals = scenario.timeline.intervals.len();
        predict(scenario, &demand, queue, &pool, &vec![None; intervals], &mut floors)
    };
    let mut found: Vec<QueueBeside> =
        found.into_iter().enumerate().map(|(queue, known)| known.unwrap_or_else(|| alone(queue))).collect();
    explain(scenario, results, options, &mut found)?;
    Ok(found)
}

/// Floors the formulas have been asked about: many intervals are alike.
#[derive(Default)]
struct Floors(FxHashMap<[u64; 4], Option<Performance>>);

impl Floors {
    fn get(&mut self, pool: &Pool, agents: u64) -> Option<&Performance> {
        let patience = pool.patience.mean_s().unwrap_or(f64::INFINITY);
        let key = [pool.load.to_bits(), pool.aht_s.to_bits(), patience.to_bits(), agents];
        self.0.entry(key).or_insert_with(|| pool.evaluate(agents).ok()).as_ref()
    }
}

/// `work` is the pool's, by interval.
fn predict(
    scenario: &Scenario,
    demand: &Demand,
    queue: usize,
    pool: &StaffPool,
    work: &[Option<Pool>],
    floors: &mut Floors,
) -> QueueBeside {
    let intervals = scenario.timeline.intervals.len();
    let stated = &scenario.queues[queue];
    let (mut erlang_c, mut erlang_a) = (Vec::with_capacity(intervals), Vec::with_capacity(intervals));
    for interval in 0..intervals {
        let agents: u64 = pool.teams.iter().map(|&t| u64::from(scenario.teams[t].on_phone[interval])).sum();
        let work = work[interval].as_ref().filter(|_| demand.at(queue, interval) > 0.0);
        let mut ask = |work: Option<&Pool>| {
            let floor = floors.get(work?, agents)?;
            let service_level = floor.service_level(&measure(stated)).ok()?;
            Some(Prediction { service_level, abandon_rate: floor.p_abandon(), asa_s: floor.asa_s() })
        };
        let patient = work.map(|work| Pool { patience: Patience::never(), ..work.clone() });
        erlang_c.push(ask(patient.as_ref()));
        erlang_a.push(ask(work));
    }
    let run_erlang_c = over_run(demand.of_queue(queue), &erlang_c);
    let run_erlang_a = over_run(demand.of_queue(queue), &erlang_a);
    QueueBeside { pool: pool.clone(), erlang_c, erlang_a, run_erlang_c, run_erlang_a, causes: Vec::new() }
}

/// Mean over intervals, weighted by volume (waits by the answered); `None` when one with volume is missing.
fn over_run(volume: &[f64], predictions: &[Option<Prediction>]) -> Option<Prediction> {
    let (mut calls, mut answered) = (0.0, 0.0);
    let mut sum = Prediction { service_level: 0.0, abandon_rate: 0.0, asa_s: 0.0 };
    for (&volume, prediction) in volume.iter().zip(predictions).filter(|(v, _)| **v > 0.0) {
        let p = (*prediction)?;
        let taken = volume * (1.0 - p.abandon_rate);
        calls += volume;
        answered += taken;
        sum.service_level += volume * p.service_level;
        sum.abandon_rate += volume * p.abandon_rate;
        sum.asa_s += taken * p.asa_s;
    }
    (calls > 0.0).then(|| Prediction {
        service_level: sum.service_level / calls,
        abandon_rate: sum.abandon_rate / calls,
        asa_s: if answered > 0.0 { sum.asa_s / answered } else { 0.0 },
    })
}

/// Fills in the causes where a queue's simulated service level is far from Erlang A.
fn explain(scenario: &Scenario, results: &Results, options: &Options, found: &mut [QueueBeside]) -> Result<()> {
    let level = |results: &Results, queue: usize| results.queues[queue].get(QueueMetric::ServiceLevel);
    let differs: Vec<usize> = (0..found.len())
        .filter(|&q| {
            let simulated = level(results, q);
            let gap = simulated.mean.zip(found[q].run_erlang_a).map(|(s, a)| (s - a.service_level).abs());
            gap.is_some_and(|gap| gap > LARGE.max(1.5 * simulated.half_width.unwrap_or(0.0)))
        })
        .collect();
    // As many as were kept, should the run have been cut short: it must equal a run of that length.
    let affordable = CONTACTS * results.replications / results.contacts.max(1);
    let replications = affordable.min(results.replications).min(REPLICATIONS);
    if differs.is_empty() || replications == 0 {
        return Ok(());
    }
    // From the floor as written to what the formulas see, one property at a time.
    let mut floor = scenario.clone();
    floor.run.replications = u32::try_from(replications).unwrap_or(u32::MAX);
    let mut steps = vec![(None, simulate(&floor, &compile(&floor)?, options, &())?)];
    if floor.queues.iter().any(|q| q.day_cv > 0.0) {
        floor.queues.iter_mut().for_each(|q| q.day_cv = 0.0);
        steps.push((Some(Cause::DayFactor), simulate(&floor, &compile(&floor)?, options, &())?));
    }
    if floor.queues.iter().any(|q| !is_exponential(q)) {
        floor.queues.iter_mut().for_each(make_exponential);
        steps.push((Some(Cause::TimeSpread), simulate(&floor, &compile(&floor)?, options, &())?));
    }
    for queue in differs {
        let value = |step: usize| level(&steps[step].1, queue).mean.unwrap_or_default();
        let mut causes: Vec<(Cause, f64)> =
            (1..steps.len()).filter_map(|s| Some((steps[s].0?, value(s - 1) - value(s)))).collect();
        let plain = found[queue].run_erlang_a.map_or(0.0, |a| a.service_level);
        let gap = level(results, queue).mean.unwrap_or_default() - plain;
        let rest = if !unseen(scenario, &found[queue].pool).is_empty() {
            Cause::Besides
        } else if found[queue].pool.teams.len() > 1 || found[queue].pool.queues.len() > 1 {
            Cause::Sharing
        } else {
            Cause::CarriedOver
        };
        let explained: f64 = causes.iter().map(|(_, share)| share).sum();
        causes.push((rest, gap - explained));
        found[queue].causes = causes;
    }
    Ok(())
}

fn is_exponential(queue: &crate::scenario::Queue) -> bool {
    let exponential = |dist: &Dist| matches!(dist, Dist::Exponential { .. });
    exponential(&queue.handle.talk)
        && queue.handle.hold.is_none()
        && queue.handle.wrap.is_none()
        && queue.patience.as_ref().is_none_or(exponential)
}

/// One exponential handle time with the same mean, and exponential patience.
fn make_exponential(queue: &mut crate::scenario::Queue) {
    let handle = &mut queue.handle;
    let hold = handle.hold.take().map_or(0.0, |(length, p)| p * length.mean());
    let wrap = handle.wrap.take().map_or(0.0, |wrap| wrap.mean());
    handle.talk = Dist::Exponential { mean: handle.talk.mean() + hold + wrap };
    if let Some(patience) = &mut queue.patience {
        *patience = Dist::Exponential { mean: patience.mean() };
    }
}
