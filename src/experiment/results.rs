//! What an experiment found.

use super::goals::GoalReport;
use super::metrics::{AgentMetric, IntervalMetric, QueueMetric, TeamMetric};
use super::precision::Reached;
use crate::people::Profile;

/// A figure with its uncertainty and its spread over days. `None` = undefined (never 0, never NaN).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Estimate {
    /// The figure: a ratio of sums over replications.
    pub mean: Option<f64>,
    /// Half-width of its 95 % interval; `None` from one replication.
    pub half_width: Option<f64>,
    /// 5th percentile of the daily values.
    pub p05: Option<f64>,
    /// 95th percentile of the daily values.
    pub p95: Option<f64>,
}

/// A probability estimated by counting, with Wilson's 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Proportion {
    /// Times it happened.
    pub hits: u64,
    /// Times it could have happened.
    pub n: u64,
}

crate::stored_by_fields!(Proportion { hits, n });

impl Proportion {
    /// One more time it could have happened, and whether it did.
    pub fn count(&mut self, happened: bool) {
        self.n += 1;
        self.hits += u64::from(happened);
    }

    /// The share; `None` when it could never have happened.
    pub fn share(&self) -> Option<f64> {
        (self.n > 0).then(|| self.hits as f64 / self.n as f64)
    }

    /// Wilson's 95 % interval.
    pub fn interval_95(&self) -> Option<(f64, f64)> {
        crate::stats::wilson_95(self.hits, self.n)
    }
}

/// Why an experiment had no more replications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ended {
    /// All that were asked for are done; where a precision was asked for, it is reached.
    #[default]
    Complete,
    /// It may have no more, and is not as precise as was asked for.
    AtMost,
    /// Its time was over.
    TimeIsUp,
    /// The user wanted an end.
    Stopped,
}

/// Everything one experiment found. Queues, teams and intervals are in the order of the scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// Replications these figures rest on.
    pub replications: u64,
    /// Replications that were asked for.
    pub requested: u64,
    /// Why there were not more.
    pub ended: Ended,
    /// How precise the figures became for which the scenario states a precision.
    pub precision: Vec<Reached>,
    /// Seed.
    pub seed: u64,
    /// Contacts simulated in the counted part of all replications (blocked ones included).
    pub contacts: u64,
    /// Queues.
    pub queues: Vec<QueueResult>,
    /// All queues together; service level by each queue's own time and formula.
    pub total: QueueResult,
    /// Teams.
    pub teams: Vec<TeamResult>,
    /// All teams together.
    pub total_team: TeamResult,
    /// Queue by queue, each with every team skilled for it.
    pub pairs: Vec<PairResult>,
    /// Everybody, team by team; empty where people change nothing.
    pub agents: Vec<AgentResult>,
}

/// One queue's figures.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueResult {
    /// Figures over the run, indexed by [`QueueMetric`].
    pub metrics: Vec<Estimate>,
    /// Share of days on which every goal held; `None` without goals.
    pub goal_met: Option<Proportion>,
    /// How each part of the goal fared; `None` without goals (always for the total).
    pub goal: Option<GoalReport>,
    /// Figures by open interval of the whole simulated time.
    pub intervals: Vec<IntervalResult>,
    /// Distribution of the wait of answered contacts, in rising order.
    pub waits: Vec<WaitBucket>,
}

impl QueueResult {
    /// One figure.
    pub fn get(&self, metric: QueueMetric) -> Estimate {
        self.metrics[metric as usize]
    }
}

/// One queue in one interval.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalResult {
    /// Figures indexed by [`IntervalMetric`]; p05 and p95 only for shares, to half a point.
    pub metrics: Vec<Estimate>,
    /// Share of days on which every goal held in this interval; `None` without goals or contacts.
    pub goal_met: Option<Proportion>,
}

impl IntervalResult {
    /// One figure.
    pub fn get(&self, metric: IntervalMetric) -> Estimate {
        self.metrics[metric as usize]
    }
}

/// Share of answered contacts by wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WaitBucket {
    /// Upper edge \[s\]; 0 for those who did not wait.
    pub up_to_s: f64,
    /// Share of answered contacts that waited at most this long.
    pub cumulative_share: f64,
}

/// One team's figures.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamResult {
    /// Figures over the run, indexed by [`TeamMetric`].
    pub metrics: Vec<Estimate>,
    /// By open interval.
    pub intervals: Vec<TeamIntervalResult>,
}

impl TeamResult {
    /// One figure.
    pub fn get(&self, metric: TeamMetric) -> Estimate {
        self.metrics[metric as usize]
    }
}

/// One team in one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TeamIntervalResult {
    /// Busy share of the time on duty.
    pub occupancy: Estimate,
    /// Agents on duty, time average (those finishing after their time included).
    pub on_duty: Estimate,
    /// Agents busy, time average.
    pub busy: Estimate,
    /// Contacts picked up, per day.
    pub answered: Estimate,
}

/// One queue served by one team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairResult {
    /// Queue.
    pub queue: usize,
    /// Team.
    pub team: usize,
    /// Contacts answered, per day.
    pub answered: Estimate,
    /// Mean talk time \[s\].
    pub talk_s: Estimate,
    /// Mean hold time \[s\].
    pub hold_s: Estimate,
    /// Mean wrap-up time \[s\].
    pub wrap_s: Estimate,
    /// Mean handle time \[s\].
    pub aht_s: Estimate,
}

/// One person.
#[derive(Debug, Clone, PartialEq)]
pub struct AgentResult {
    /// Team.
    pub team: usize,
    /// Number in the team.
    pub position: usize,
    /// Scores and time on the job in replication 1.
    pub profile: Profile,
    /// Figures indexed by [`AgentMetric`]: over all replications where the same people serve in all of them, else of
    /// replication 1 and without intervals.
    pub metrics: Vec<Estimate>,
}

impl AgentResult {
    /// One figure.
    pub fn get(&self, metric: AgentMetric) -> Estimate {
        self.metrics[metric as usize]
    }
}
