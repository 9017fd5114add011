//! The least staff that meets the goals in simulation.
//!
//! Two moves, both over the whole day at once with common random numbers: *fill* adds people wherever a goal is
//! missed until none is; *thin* (in its own file) tries to take people away, in many intervals at a time that lie
//! too far apart to disturb each other, and gives back those that were needed. What is left has no interval from
//! which a single agent could be taken.

use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::bounds::most_people;
use super::judge::{Judge, Judgement};
use super::plan::Binding;
use super::thin::{Effect, Thinning};
use crate::error::{Error, Result};
use crate::experiment::{Options, Results, Watcher, simulate};
use crate::model::compile;
use crate::scenario::{Scenario, Skill};

/// People on the phone, team by team, interval by interval.
pub type Heads = Vec<Vec<u32>>;

/// Rounds of filling before the rest is called out of reach.
const MOST_ROUNDS: usize = 80;

/// Replications of the first, coarse search.
pub(super) const COARSE: u32 = 100;

/// Rounds of thinning after which what the last filling added stays.
const MOST_REPAIRS: usize = 3;

/// Who wants to know how a search goes, and may end it.
pub trait SearchWatcher: Sync {
    /// One more staffing is about to be simulated, after so many.
    fn staffing(&self, _done: u32) {}
    /// Set to end the search early: there is no plan then.
    fn stop(&self) -> Option<&AtomicBool> {
        None
    }
}

/// Nobody watches.
impl SearchWatcher for () {}

/// Ends the simulation of a staffing with the search.
struct Stopping<'a>(&'a dyn SearchWatcher);

impl Watcher for Stopping<'_> {
    fn stop(&self) -> Option<&AtomicBool> {
        self.0.stop()
    }
}

/// Simulates a staffing in full.
///
/// # Errors
/// [`Error::Stopped`] when the user wanted an end first; [`Error::Refused`] as [`simulate`] and [`compile`].
pub(super) fn simulate_all(scenario: &Scenario, options: &Options, watcher: &dyn SearchWatcher) -> Result<Results> {
    let stopped = || Error::Stopped("stopped before the plan was complete: nothing is kept".into());
    // Compiling a large floor takes seconds, too.
    if watcher.stop().is_some_and(|stop| stop.load(Ordering::Relaxed)) {
        return Err(stopped());
    }
    let results = simulate(scenario, &compile(scenario)?, options, &Stopping(watcher))?;
    if results.replications < results.requested { Err(stopped()) } else { Ok(results) }
}

/// A search on one scenario.
pub(super) struct Search<'a> {
    pub(super) scenario: Scenario,
    options: &'a Options,
    watcher: &'a dyn SearchWatcher,
    pub(super) heads: Heads,
    pub(super) trials: u32,
    /// How many intervals a change in one can reach.
    pub(super) reach: usize,
    /// What was missed when somebody was taken away, team by team and interval by interval.
    pub(super) binding: Vec<Vec<Option<Binding>>>,
    /// What the last person taken away did.
    pub(super) effects: Vec<Vec<Option<Effect>>>,
    /// The staffing the search began with.
    first: Heads,
    /// More people than a team can use, team by team ...
    most: Vec<u32>,
    /// ... and where as many did not help, team by team and interval by interval.
    futile: Vec<Vec<bool>>,
    /// The staffing simulated last.
    last: Option<(Heads, u32, Rc<Results>)>,
}

impl<'a> Search<'a> {
    pub(super) fn new(scenario: &Scenario, heads: Heads, options: &'a Options, watcher: &'a dyn SearchWatcher) -> Self {
        let intervals = scenario.timeline.intervals.len();
        let mut planned = scenario.clone();
        // A plan is about head counts, also for teams that state shifts.
        planned.teams.iter_mut().for_each(|t| t.people = None);
        Self {
            scenario: planned,
            options,
            watcher,
            trials: 0,
            reach: reach(scenario),
            binding: vec![vec![None; intervals]; heads.len()],
            effects: vec![vec![None; intervals]; heads.len()],
            first: heads.clone(),
            most: most_people(scenario),
            futile: vec![vec![false; intervals]; heads.len()],
            heads,
            last: None,
        }
    }

    /// Finds the staff: coarsely first, then with all replications.
    pub(super) fn run(&mut self) -> Result<Rc<Results>> {
        let replications = self.scenario.plan.replications;
        if replications > 2 * COARSE {
            self.pass(COARSE, 1)?;
        }
        self.pass(replications, MOST_REPAIRS)?;
        self.simulate(replications)
    }

    fn pass(&mut self, replications: u32, repairs: usize) -> Result<()> {
        self.fill(replications)?;
        if !Judge::new(&self.scenario).by_interval() {
            self.thin_day(replications)?;
            return self.fill(replications);
        }
        let mut thinning = Thinning::new(&self.heads);
        for _ in 0..repairs {
            self.thin_intervals(replications, &mut thinning)?;
            // Giving back is local; what two distant changes did together shows only now.
            let thin = self.heads.clone();
            self.fill(replications)?;
            if !thinning.reopen(&thin, &self.heads, self.reach) {
                break;
            }
        }
        Ok(())
    }

    /// Replications by which the plan is judged.
    pub(super) fn replications(&self) -> u32 {
        self.scenario.plan.replications
    }

    /// Simulates the present staff.
    pub(super) fn simulate(&mut self, replications: u32) -> Result<Rc<Results>> {
        if let Some((heads, n, results)) = &self.last
            && *n == replications
            && *heads == self.heads
        {
            return Ok(Rc::clone(results));
        }
        self.watcher.staffing(self.trials);
        self.trials += 1;
        self.scenario.run.replications = replications;
        for (team, heads) in self.scenario.teams.iter_mut().zip(&self.heads) {
            team.on_phone.clone_from(heads);
        }
        let results = Rc::new(simulate_all(&self.scenario, self.options, self.watcher)?);
        self.last = Some((self.heads.clone(), replications, Rc::clone(&results)));
        Ok(results)
    }

    pub(super) fn judge(&mut self, replications: u32) -> Result<Judgement> {
        let results = self.simulate(replications)?;
        Ok(Judge::new(&self.scenario).judge(&results))
    }

    // ---- fill ---------------------------------------------------------------------------------------------------

    /// Adds people until every goal holds, or nobody can be added where one does not.
    fn fill(&mut self, replications: u32) -> Result<()> {
        for _ in 0..MOST_ROUNDS {
            let judgement = self.judge(replications)?;
            if !self.add(&judgement) {
                break;
            }
        }
        Ok(())
    }

    /// Adds people where goals are missed; false when nothing was added.
    fn add(&mut self, judgement: &Judgement) -> bool {
        if Judge::new(&self.scenario).by_interval() {
            let intervals = self.scenario.timeline.intervals.len();
            let added = (0..intervals).filter(|&i| self.add_in_interval(judgement, i)).count();
            added > 0
        } else {
            self.add_for_totals(judgement)
        }
    }

    fn add_in_interval(&mut self, judgement: &Judgement, interval: usize) -> bool {
        let mut added = false;
        for team in 0..self.heads.len() {
            if judgement.occupancy[team][interval] < 0.0 && self.may_add(team, interval) {
                self.heads[team][interval] += 1;
                added = true;
            }
        }
        let missing = |queue: usize| -judgement.margins[queue][interval].distance.min(0.0);
        if !added && let Some(team) = self.most_helpful(interval, &missing) {
            let worst = (0..self.scenario.queues.len()).map(missing).fold(0.0, f64::max);
            self.grow(team, interval, worst);
            added = true;
        }
        added
    }

    /// Adds as many as a gap of `missing` calls for: one, or a tenth of the team for each quarter that is missing.
    fn grow(&mut self, team: usize, interval: usize, missing: f64) {
        let heads = f64::from(self.heads[team][interval]);
        let more = (0.4 * missing.min(1.0) * heads) as u32;
        let most = self.scenario.teams[team].max_agents.unwrap_or(u32::MAX);
        let grown = (self.heads[team][interval] + more.max(1)).min(most);
        self.futile[team][interval] = grown > self.most[team];
        self.heads[team][interval] = if grown > self.most[team] { self.first[team][interval] } else { grown };
    }

    /// Totals are judged: people go where service is worst.
    fn add_for_totals(&mut self, judgement: &Judgement) -> bool {
        let short_of_days = judgement.days < 0.0;
        let missing: Vec<f64> = judgement
            .totals
            .iter()
            .map(|m| if short_of_days { 0.05_f64.max(-m.distance) } else { -m.distance.min(0.0) })
            .collect();
        if missing.iter().all(|&m| m <= 1e-9) {
            return false;
        }
        let mut places: Vec<(f64, usize)> = (0..self.scenario.timeline.intervals.len())
            .map(|i| {
                let wanting = (0..missing.len()).filter(|&q| missing[q] > 1e-9);
                (wanting.map(|q| judgement.margins[q][i].distance).fold(f64::INFINITY, f64::min), i)
            })
            .filter(|(distance, _)| distance.is_finite())
            .collect();
        places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let at_once = (places.len() / 8).max(1);
        let mut added = 0;
        for (_, interval) in places {
            if added < at_once
                && let Some(team) = self.most_helpful(interval, &|q| missing[q])
            {
                self.heads[team][interval] += 1;
                added += 1;
            }
        }
        added > 0
    }

    /// The team whose next agent helps the queues that miss their goals most, for its cost.
    fn most_helpful(&self, interval: usize, missing: &dyn Fn(usize) -> f64) -> Option<usize> {
        let help = |team: usize| {
            let skills = &self.scenario.teams[team].skills;
            let late = |s: &Skill| s.after_s >= self.scenario.queues[s.queue].target_time_s;
            let one = |s: &Skill| {
                let help = missing(s.queue) / (1.0 + 0.05 * f64::from(s.preference.max(0)));
                // Whoever takes contacts only when their goal time is over helps last.
                if late(s) { 0.01 * help } else { help }
            };
            let help: f64 = skills.iter().map(one).sum();
            help / self.price(team)
        };
        (0..self.heads.len())
            .filter(|&team| self.may_add(team, interval) && !self.futile[team][interval] && help(team) > 0.0)
            .max_by(|&a, &b| help(a).total_cmp(&help(b)).then(b.cmp(&a)))
    }

    fn may_add(&self, team: usize, interval: usize) -> bool {
        is_planned(&self.scenario, team)
            && self.scenario.teams[team].open[interval]
            && self.has_room(team, self.heads[team][interval])
    }

    /// Whether a team of this many may grow.
    pub(super) fn has_room(&self, team: usize, heads: u32) -> bool {
        self.scenario.teams[team].max_agents.is_none_or(|most| heads < most)
    }

    /// Team and interval in the order in which more people would do most for the goals of the day: where service is
    /// closest to its goals first.
    pub(super) fn most_wanted(&self, results: &Results) -> Vec<(usize, usize)> {
        let judgement = Judge::new(&self.scenario).judge(results);
        let mut cells: Vec<(f64, usize, usize)> = (0..self.scenario.timeline.intervals.len())
            .filter_map(|i| {
                let distance = |q: usize| judgement.margins[q][i].distance;
                let team = self.most_helpful(i, &|q| {
                    if distance(q).is_finite() { 1.0 / (0.05 + distance(q).abs()) } else { 0.0 }
                })?;
                let closest = (0..judgement.margins.len()).map(distance).fold(f64::INFINITY, f64::min);
                Some((closest, team, i))
            })
            .collect();
        cells.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        cells.into_iter().map(|(_, team, interval)| (team, interval)).collect()
    }

    /// What an hour of the team costs, relative to the others; teams without an hourly rate are cheap to have.
    pub(super) fn price(&self, team: usize) -> f64 {
        let rates: Vec<f64> = self.scenario.teams.iter().filter_map(|t| t.cost_per_hour).collect();
        if rates.is_empty() {
            return 1.0;
        }
        let mean = rates.iter().sum::<f64>() / rates.len() as f64;
        self.scenario.teams[team].cost_per_hour.map_or(0.2, |rate| (rate / mean.max(1e-9)).max(0.05))
    }
}

/// A change in an interval is felt until its contacts are answered and the queue it left has gone: the interval
/// itself and as many more as a handle time and a patience last, three in all at most.
fn reach(scenario: &Scenario) -> usize {
    let longest = |q: &crate::scenario::Queue| {
        q.handle.talk.mean() + q.patience.as_ref().map_or(f64::from(scenario.timeline.interval_s), |p| p.mean())
    };
    let tail = scenario.queues.iter().map(longest).fold(0.0, f64::max);
    (1 + (tail / f64::from(scenario.timeline.interval_s)).ceil() as usize).clamp(2, 3)
}

/// Whether there is anything a team's size could be judged by: a goal of one of its queues, or a cap of its own.
/// Other teams stay as they are.
pub(super) fn is_planned(scenario: &Scenario, team: usize) -> bool {
    let team = &scenario.teams[team];
    team.max_occupancy.is_some() || team.skills.iter().any(|s| scenario.queues[s.queue].goal.is_some())
}
