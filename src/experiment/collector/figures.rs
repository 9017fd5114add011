//! Sums become figures with intervals.

use super::{Collector, INTERVAL_METRICS, IntervalSums, QueueSums, TeamSums};
use crate::engine;
use crate::experiment::controls::ControlledMetrics;
use crate::experiment::figure::{Figure, Metric, of_proportion};
use crate::experiment::goals::{self, GoalPart, GoalReport, PartReport};
use crate::experiment::metrics::{IntervalMetric, QueueMetric, TeamMetric, Unit};
use crate::experiment::precision::Reached;
use crate::experiment::results::{
    AgentResult, Ended, Estimate, IntervalResult, PairResult, Proportion, QueueResult, Results, TeamIntervalResult,
    TeamResult,
};
use crate::experiment::waits::{QUANTILES, WaitBlocks};
use crate::stats::{CONTROLS, RatioSums, ThinnedSample, student_95};

impl Collector<'_> {
    fn rests(&self) -> Rests {
        let student = |used: u64| student_95(self.replications.saturating_sub(1 + used));
        Rests { replications: self.replications, student: [student(0), student(1), student(2)] }
    }

    /// Waits of a queue, or of all queues together.
    pub(in crate::experiment) fn waits(&self, queue: Option<usize>) -> &WaitBlocks {
        &queue.map_or(&self.total, |queue| &self.queues[queue]).waits
    }

    /// One of the figures over the run, as [`Collector::results`] will have it but for the spread of days.
    pub(in crate::experiment) fn estimate(&self, figure: &Figure) -> Estimate {
        let on = self.rests();
        let queue = || self.queues.get(figure.index).unwrap_or(&self.total);
        match figure.metric {
            Metric::GoalMet => of_proportion(queue().goal_days),
            Metric::Team(metric) => {
                let team = self.teams.get(figure.index).unwrap_or(&self.total_team);
                controlled(&team.run[metric as usize], &team.controlled, metric as usize, metric.unit(), on)
            }
            Metric::Queue(metric) => {
                let quantile = (metric as usize).checked_sub(QueueMetric::AnswerWaitP50S as usize);
                match quantile.filter(|quantile| *quantile < QUANTILES.len()) {
                    Some(quantile) => queue().waits.estimates()[quantile],
                    None => {
                        let sums = queue();
                        controlled(&sums.run[metric as usize], &sums.controlled, metric as usize, metric.unit(), on)
                    }
                }
            }
        }
    }

    /// The results of all replications folded so far.
    pub(in crate::experiment) fn results(&self, requested: u64, ended: Ended, precision: Vec<Reached>) -> Results {
        let on = self.rests();
        let queue = |(index, sums): (usize, &QueueSums)| {
            let goal = self.scenario.queues[index].goal.is_some().then(|| self.goal_report(index, sums));
            sums.result(on, goal, sums.goal_days)
        };
        Results {
            replications: self.replications,
            requested,
            ended,
            precision,
            seed: self.model.seed,
            contacts: self.contacts,
            queues: self.queues.iter().enumerate().map(queue).collect(),
            total: self.total.result(on, None, self.total.goal_days),
            teams: self.teams.iter().map(|t| t.result(on)).collect(),
            total_team: self.total_team.result(on),
            pairs: self.pair_results(),
            agents: self.agent_results(),
        }
    }

    fn goal_report(&self, index: usize, sums: &QueueSums) -> GoalReport {
        let queue = &self.scenario.queues[index];
        let goal = queue.goal.as_ref().expect("asked only for queues with a goal");
        let parts: Vec<PartReport> = GoalPart::stated(goal)
            .map(|(part, target)| {
                let (run, metric) = (&sums.run[part.metric() as usize], part.metric());
                let controlled = controlled(run, &sums.controlled, metric as usize, metric.unit(), self.rests());
                let (parts, value) = match self.expected {
                    Some(_) => (controlled.mean.map_or((0.0, 0.0), |value| (value, 1.0)), controlled.mean),
                    None => ((run.numerator(), run.denominator()), run.ratio()),
                };
                let days = sums.part_days[part as usize];
                PartReport { part, target, value, met: part.holds(parts, target), days }
            })
            .collect();
        let met = match (goal.on, goal.over) {
            (Some(share), _) => sums.goal_periods.hits as f64 >= share * sums.goal_periods.n as f64 - 1e-9,
            (None, crate::scenario::Period::Interval) => sums.intervals.iter().all(|i| i.meets(goal)),
            (None, _) => parts.iter().all(|p| p.met),
        };
        let independent = goals::independent(sums.goal_periods, &sums.goal_clusters, self.replications);
        GoalReport { parts, periods: sums.goal_periods, independent, met }
    }

    fn agent_results(&self) -> Vec<AgentResult> {
        let fixed = self.model.people.as_ref().is_some_and(|people| people.fixed);
        // Of people who are others in each replication only the first is shown, and one replication has no interval.
        let on = if fixed { self.rests() } else { Rests { replications: 1, ..self.rests() } };
        let people = self.model.teams.iter().enumerate().flat_map(|(team, t)| (0..t.most).map(move |p| (team, p)));
        people
            .zip(&self.agents)
            .map(|((team, position), sums)| AgentResult {
                team,
                position,
                profile: engine::profile(self.model, team, position, 0),
                metrics: sums.iter().map(|sum| estimate(sum, on)).collect(),
            })
            .collect()
    }

    fn pair_results(&self) -> Vec<PairResult> {
        let (on, teams) = (self.rests(), self.model.teams.len());
        let mut pairs = Vec::new();
        for (queue, model) in self.model.queues.iter().enumerate() {
            let mut skilled: Vec<usize> = model.choices.iter().map(|c| c.team as usize).collect();
            skilled.sort_unstable();
            for team in skilled {
                let [answered, talk_s, hold_s, wrap_s, aht_s] =
                    self.pairs[queue * teams + team].map(|s| estimate(&s, on));
                pairs.push(PairResult { queue, team, answered, talk_s, hold_s, wrap_s, aht_s });
            }
        }
        pairs
    }
}

impl QueueSums {
    fn result(&self, on: Rests, goal: Option<GoalReport>, goal_days: Proportion) -> QueueResult {
        let figure = |(index, metric): (usize, &QueueMetric)| {
            let figure = controlled(&self.run[index], &self.controlled, index, metric.unit(), on);
            with_spread(figure, &self.daily[index])
        };
        let mut metrics: Vec<Estimate> = QueueMetric::ALL.iter().enumerate().map(figure).collect();
        let first = QueueMetric::AnswerWaitP50S as usize;
        metrics[first..first + QUANTILES.len()].copy_from_slice(&self.waits.estimates());
        QueueResult {
            metrics,
            goal_met: (goal_days.n > 0).then_some(goal_days),
            goal,
            intervals: self.intervals.iter().map(|i| i.result(on)).collect(),
            waits: self.waits.distribution(),
        }
    }
}

impl IntervalSums {
    fn meets(&self, goal: &crate::scenario::Goal) -> bool {
        GoalPart::stated(goal).all(|(part, target)| {
            let run = &self.run[part.interval_metric() as usize];
            part.holds((run.numerator(), run.denominator()), target)
        })
    }

    fn result(&self, on: Rests) -> IntervalResult {
        let mut metrics: Vec<Estimate> = self.run.iter().chain(&self.loops).map(|run| estimate(run, on)).collect();
        metrics.resize(INTERVAL_METRICS, Estimate::default());
        for (metric, sketch) in
            [(IntervalMetric::ServiceLevel, &self.service_level), (IntervalMetric::AbandonRate, &self.abandon_rate)]
        {
            let estimate = &mut metrics[metric as usize];
            (estimate.p05, estimate.p95) = (sketch.quantile(0.05), sketch.quantile(0.95));
        }
        IntervalResult { metrics, goal_met: (self.goal_days.n > 0).then_some(self.goal_days) }
    }
}

impl TeamSums {
    fn result(&self, on: Rests) -> TeamResult {
        let figure = |(index, metric): (usize, &TeamMetric)| {
            let figure = controlled(&self.run[index], &self.controlled, index, metric.unit(), on);
            with_spread(figure, &self.daily[index])
        };
        TeamResult {
            metrics: TeamMetric::ALL.iter().enumerate().map(figure).collect(),
            intervals: self
                .intervals
                .iter()
                .map(|sums| {
                    let [occupancy, on_duty, busy, answered] = sums.map(|s| estimate(&s, on));
                    TeamIntervalResult { occupancy, on_duty, busy, answered }
                })
                .collect(),
        }
    }
}

/// What turns sums into estimates: the number of replications and Student's point for it.
#[derive(Clone, Copy)]
struct Rests {
    replications: u64,
    /// With none, one, or two controls.
    student: [f64; CONTROLS + 1],
}

fn estimate(sums: &RatioSums, on: Rests) -> Estimate {
    let half_width = sums.standard_error(on.replications).map(|error| error * on.student[0]);
    Estimate { mean: sums.ratio(), half_width, p05: None, p95: None }
}

/// The same with the controls of its queue or team, where there are any.
fn controlled(sums: &RatioSums, with: &ControlledMetrics, metric: usize, unit: Unit, on: Rests) -> Estimate {
    let Some(found) = with.estimate(metric, sums, on.replications) else { return estimate(sums, on) };
    let most = if unit == Unit::Share { 1.0 } else { f64::INFINITY };
    Estimate {
        mean: Some(found.value.clamp(0.0, most)),
        half_width: Some(found.standard_error * on.student[found.used]),
        p05: None,
        p95: None,
    }
}

fn with_spread(figure: Estimate, daily: &ThinnedSample) -> Estimate {
    let [p05, p95] = daily.percentiles([0.05, 0.95]);
    Estimate { p05, p95, ..figure }
}
