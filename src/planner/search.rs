//! The least staff that meets the goals in simulation.
//!
//! Two moves, both over the whole day at once with common random numbers: *fill* adds people wherever a goal is
//! missed until none is; *thin* tries to take people away, one per interval and team, in many intervals at a time
//! that lie too far apart to disturb each other, and gives back those that were needed. What is left has no interval
//! from which a single agent could be taken.

use super::judge::{Judge, Judgement};
use crate::error::Result;
use crate::experiment::{Options, Results, simulate};
use crate::model::compile;
use crate::scenario::Scenario;

/// People on the phone, team by team, interval by interval.
pub type Heads = Vec<Vec<u32>>;

/// Rounds of filling before the rest is called out of reach.
const MOST_ROUNDS: usize = 80;

/// Replications of the first, coarse search.
const COARSE: u32 = 100;

/// A search on one scenario.
pub(super) struct Search<'a> {
    scenario: Scenario,
    options: &'a Options,
    /// Called before each simulated staffing, with the number of those before it.
    on_trial: &'a dyn Fn(u32),
    pub(super) heads: Heads,
    pub(super) trials: u32,
    /// How many intervals a change in one can reach.
    reach: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(scenario: &Scenario, heads: Heads, options: &'a Options, on_trial: &'a dyn Fn(u32)) -> Self {
        let reach = reach(scenario);
        Self { scenario: scenario.clone(), options, on_trial, heads, trials: 0, reach }
    }

    /// Finds the staff: coarsely first, then with all replications.
    pub(super) fn run(&mut self) -> Result<Results> {
        let replications = self.scenario.plan.replications;
        if replications > 2 * COARSE {
            self.pass(COARSE)?;
        }
        self.pass(replications)?;
        self.simulate(replications)
    }

    fn pass(&mut self, replications: u32) -> Result<()> {
        self.fill(replications)?;
        if Judge::new(&self.scenario).by_interval() {
            self.thin_intervals(replications)?;
        } else {
            self.thin_day(replications)?;
        }
        // Giving back is local; what two distant changes did together shows only now.
        self.fill(replications)
    }

    /// Simulates the present staff.
    pub(super) fn simulate(&mut self, replications: u32) -> Result<Results> {
        (self.on_trial)(self.trials);
        self.trials += 1;
        self.scenario.run.replications = replications;
        for (team, heads) in self.scenario.teams.iter_mut().zip(&self.heads) {
            team.on_phone.clone_from(heads);
        }
        simulate(&self.scenario, &compile(&self.scenario)?, self.options, &())
    }

    fn judge(&mut self, replications: u32) -> Result<Judgement> {
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
        self.heads[team][interval] = (self.heads[team][interval] + more.max(1)).min(most);
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
            if added < at_once && let Some(team) = self.most_helpful(interval, &|q| missing[q]) {
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
            let help: f64 = skills.iter().map(|s| missing(s.queue) / (1.0 + 0.05 * f64::from(s.preference.max(0)))).sum();
            help / self.price(team)
        };
        (0..self.heads.len())
            .filter(|&team| self.may_add(team, interval) && help(team) > 0.0)
            .max_by(|&a, &b| help(a).total_cmp(&help(b)).then(b.cmp(&a)))
    }

    fn may_add(&self, team: usize, interval: usize) -> bool {
        self.scenario.teams[team].open[interval] && self.has_room(team, self.heads[team][interval])
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
                let team = self.most_helpful(i, &|q| if distance(q).is_finite() { 1.0 / (0.05 + distance(q).abs()) } else { 0.0 })?;
                let closest = (0..judgement.margins.len()).map(distance).fold(f64::INFINITY, f64::min);
                Some((closest, team, i))
            })
            .collect();
        cells.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        cells.into_iter().map(|(_, team, interval)| (team, interval)).collect()
    }

    /// What an hour of the team costs, relative to the others; teams without an hourly rate are cheap to have.
    fn price(&self, team: usize) -> f64 {
        let rates: Vec<f64> = self.scenario.teams.iter().filter_map(|t| t.cost_per_hour).collect();
        if rates.is_empty() {
            return 1.0;
        }
        let mean = rates.iter().sum::<f64>() / rates.len() as f64;
        self.scenario.teams[team].cost_per_hour.map_or(0.2, |rate| (rate / mean.max(1e-9)).max(0.05))
    }

    // ---- thin ---------------------------------------------------------------------------------------------------

    /// Takes people away where each interval is judged on its own.
    fn thin_intervals(&mut self, replications: u32) -> Result<()> {
        let intervals = self.scenario.timeline.intervals.len();
        // Who could not be spared once can never be: all later staffings are smaller.
        let mut needed = vec![vec![false; intervals]; self.heads.len()];
        let mut judgement = self.judge(replications)?;
        loop {
            let mut tried = false;
            for phase in 0..self.reach {
                let cells: Vec<(usize, usize)> = (phase..intervals)
                    .step_by(self.reach)
                    .filter_map(|i| Some((self.most_spare(&judgement, &needed, i)?, i)))
                    .collect();
                if !cells.is_empty() {
                    judgement = self.try_without(&cells, &mut needed, replications)?;
                    tried = true;
                }
            }
            if !tried {
                return Ok(());
            }
        }
    }

    /// The team that can spare somebody most easily: whose queues are furthest from missing a goal, for what it
    /// costs; among equals the one with fewer skills, so that the flexible stay.
    fn most_spare(&self, judgement: &Judgement, needed: &[Vec<bool>], interval: usize) -> Option<usize> {
        let spare = |team: usize| {
            let queues = self.scenario.teams[team].skills.iter().map(|s| judgement.margins[s.queue][interval].distance);
            let least = queues.fold(1.0, f64::min);
            self.price(team) * (0.05 + least.max(0.0))
        };
        let skills = |team: usize| self.scenario.teams[team].skills.len();
        (0..self.heads.len())
            .filter(|&team| !needed[team][interval] && self.may_spare(team, interval))
            .max_by(|&a, &b| spare(a).total_cmp(&spare(b)).then(skills(b).cmp(&skills(a))).then(b.cmp(&a)))
    }

    fn may_spare(&self, team: usize, interval: usize) -> bool {
        let stated = &self.scenario.teams[team];
        stated.open[interval] && self.heads[team][interval] > stated.min_agents.unwrap_or(0)
    }

    /// Takes one agent from each cell and gives back those that were needed.
    fn try_without(
        &mut self,
        cells: &[(usize, usize)],
        needed: &mut [Vec<bool>],
        replications: u32,
    ) -> Result<Judgement> {
        cells.iter().for_each(|&(team, interval)| self.heads[team][interval] -= 1);
        let judgement = self.judge(replications)?;
        for &(team, interval) in cells {
            let until = (interval + self.reach).min(self.scenario.timeline.intervals.len());
            let fine = (interval..until).all(|i| {
                judgement.margins.iter().all(|queue| queue[i].holds()) && judgement.occupancy[team][i] >= 0.0
            });
            if !fine {
                self.heads[team][interval] += 1;
                needed[team][interval] = true;
            }
        }
        Ok(judgement)
    }

    /// Dearest teams first; among equals those with fewer skills, so that the flexible stay.
    fn removal_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.heads.len()).collect();
        order.sort_by(|&a, &b| {
            let skills = |t: usize| self.scenario.teams[t].skills.len();
            self.price(b).total_cmp(&self.price(a)).then(skills(a).cmp(&skills(b))).then(a.cmp(&b))
        });
        order
    }

    /// The next team in `order` that has somebody to spare in the interval.
    fn next_to_spare(&self, order: &[usize], next: &mut usize, interval: usize) -> Option<usize> {
        while let Some(&team) = order.get(*next) {
            if self.may_spare(team, interval) {
                return Some(team);
            }
            *next += 1;
        }
        None
    }

    /// Takes people away where only totals are judged: from the intervals with most to spare, many at a time, and
    /// half as many when that was too much.
    fn thin_day(&mut self, replications: u32) -> Result<()> {
        let order = self.removal_order();
        let mut kept = vec![0; self.scenario.timeline.intervals.len()];
        let mut at_once = (kept.len() / 4).max(1);
        loop {
            let judgement = self.judge(replications)?;
            let mut cells: Vec<(f64, usize, usize)> = (0..kept.len())
                .filter_map(|i| {
                    let team = self.next_to_spare(&order, &mut kept[i], i)?;
                    let spare = judgement.margins.iter().map(|q| q[i].distance).fold(f64::INFINITY, f64::min);
                    Some((spare, team, i))
                })
                .collect();
            if cells.is_empty() {
                return Ok(());
            }
            cells.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
            cells.truncate(at_once);
            cells.iter().for_each(|&(_, team, interval)| self.heads[team][interval] -= 1);
            let judgement = self.judge(replications)?;
            if judgement.totals.iter().all(|m| m.holds()) && judgement.days >= 0.0 {
                continue;
            }
            cells.iter().for_each(|&(_, team, interval)| self.heads[team][interval] += 1);
            if at_once == 1 {
                kept[cells[0].2] += 1;
            }
            at_once = (at_once / 2).max(1);
        }
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
