//! A scenario read, checked and complete: every default filled in, every list expanded to one value per interval.
//!
//! This is the first of the two representations of a floor. Names are still names and times are seconds; the
//! second representation, [`crate::model`], is what the engine runs.

use std::sync::Arc;

use super::callers::Callers;
use super::channels::Channel;
use super::outcomes::{Crew, Outcomes, PeopleSettings};
use super::people::People;
use super::precision::Precision;
use crate::people::Trait;

/// One floor.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Title, for people.
    pub name: String,
    /// The days and intervals in which the floor is open.
    pub timeline: Timeline,
    /// What happens to callers still waiting at closing time.
    pub after_close: AfterClose,
    /// Telephone lines shared by all voice queues; `None` = unlimited.
    pub lines: Option<u32>,
    /// Places for waiting contacts of all queues together; `None` = unlimited.
    pub queue_capacity: Option<u32>,
    /// Currency sign or code for money in reports ("€"); empty when none is stated.
    pub currency: String,
    /// Paid time of one full-time person in a week \[s\], where the file states it.
    pub full_time_week_s: Option<f64>,
    /// Queues in file order.
    pub queues: Vec<Queue>,
    /// Teams in file order.
    pub teams: Vec<Team>,
    /// Who gets what.
    pub routing: Routing,
    /// What ties the busyness of queues and of the parts of a day together; `None` = nothing does.
    pub correlation: Option<Correlation>,
    /// How to simulate it.
    pub run: Run,
    /// What a staffing plan for it has to show.
    pub plan: PlanSettings,
    /// When it has got worse.
    pub check: CheckSettings,
    /// How people change what happens.
    pub people: PeopleSettings,
}

/// The openings of the floor on one continuous time axis (seconds since local midnight of the first day;
/// clock changes are already accounted for, so the axis never jumps).
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// Length of a reporting interval \[s\].
    pub interval_s: u32,
    /// IANA time zone name.
    pub timezone: String,
    /// Openings, in order.
    pub days: Vec<Day>,
    /// Open intervals of all days, in order; each exactly `interval_s` long.
    pub intervals: Vec<Interval>,
    /// The floor never closes between days (open = "24h"): one closing, at the end of the replication.
    pub round_the_clock: bool,
}

/// One opening.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// "Mon 2 Mar 2026", or "day 1" when the scenario has no first_day.
    pub label: String,
    /// Calendar date the opening starts on, when known.
    pub date: Option<jiff::civil::Date>,
    /// Index of its first interval in [`Timeline::intervals`].
    pub first_interval: usize,
    /// How many intervals it has.
    pub interval_count: usize,
}

/// One open interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// Start \[s\] on the time axis.
    pub start_s: u64,
    /// Local clock time of the start, "08:30".
    pub label: String,
    /// The day it belongs to.
    pub day: usize,
}

/// What happens to callers still waiting at closing time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterClose {
    /// Waiting callers are served.
    Serve,
    /// Waiting callers are dropped at closing time.
    Drop,
}

/// Correlation of busyness factors (of their normal scores).
#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    /// Between any two queues on a day.
    pub queues: f64,
    /// A second factor rules the part of the day from this time after opening on \[s\]; correlation with the first.
    pub late: Option<(f64, f64)>,
}

/// One kind of contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    /// Its key in the file.
    pub name: String,
    /// How the contacts come.
    pub channel: Channel,
    /// Expected contacts in each open interval (scale applied).
    pub volume: Vec<f64>,
    /// How they arrive.
    pub arrivals: Arrivals,
    /// The factor that `volume.scale` states, for reports; `volume` contains it already.
    pub scale: f64,
    /// What the stated volume counts.
    pub counts: VolumeCounts,
    /// Share of the stated volume that `volume` contains: first attempts, once redials have been taken out.
    pub first_attempts: f64,
    /// That share as the file states it; `None` = it is found by simulation.
    pub stated_first_attempts: Option<f64>,
    /// CV of the day's busyness factor; 0 = none.
    pub day_cv: f64,
    /// Handle time.
    pub handle: Handle,
    /// Time a caller is willing to wait; `None` = unlimited.
    pub patience: Option<Dist>,
    /// Share of callers who leave at once when no agent is free.
    pub balk: f64,
    /// Lower is served first.
    pub priority: i32,
    /// Weight for weighted-wait routing.
    pub weight: f64,
    /// Own trunk group; `None` = unlimited.
    pub lines: Option<u32>,
    /// Places for its waiting contacts; `None` = unlimited.
    pub queue_capacity: Option<u32>,
    /// Abandoned within this is "short" \[s\].
    pub short_abandon_s: f64,
    /// T of the service level \[s\]: the goal's own, else `target_time`, else 20.
    pub target_time_s: f64,
    /// Which of the six formulas.
    pub service_level_formula: ServiceLevelFormula,
    /// Which of the two.
    pub abandon_formula: AbandonFormula,
    /// What good service means here; `None` when nothing is stated.
    pub goal: Option<Goal>,
    /// Overrides `routing.agent_choice` for contacts of this queue.
    pub agent_choice: Option<AgentChoice>,
    /// What its callers do besides waiting.
    pub callers: Callers,
    /// Who calls, and what comes of the conversations.
    pub outcomes: Outcomes,
}

/// What a stated volume counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VolumeCounts {
    /// All contacts as an ACD counts them, redials included.
    #[default]
    Offered,
    /// First attempts only.
    Fresh,
}

/// How contacts arrive.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrivals {
    /// Poisson, rate constant within each interval.
    Poisson,
    /// Exactly the stated counts (round-to-sum over the day), uniform in the interval.
    Fixed,
    /// At given instants, seconds on the time axis, sorted.
    Trace(Arc<Vec<f64>>),
}

/// Talk, hold and wrap; or one handle time.
#[derive(Debug, Clone, PartialEq)]
pub struct Handle {
    /// Talk time (or the whole handle time when the file says `aht`).
    pub talk: Dist,
    /// At most one hold per contact: its length when it happens, and the probability that it does.
    pub hold: Option<(Dist, f64)>,
    /// Wrap-up after the caller has left.
    pub wrap: Option<Dist>,
    /// Factor on all three by arrival interval (per-interval AHT); empty = 1 everywhere.
    pub factor_by_interval: Vec<f64>,
}

/// A distribution of a time, in seconds.
#[derive(Debug, Clone, PartialEq)]
pub enum Dist {
    /// Always the mean.
    Constant {
        /// Mean \[s\].
        mean: f64,
    },
    /// Exponential.
    Exponential {
        /// Mean \[s\].
        mean: f64,
    },
    /// Lognormal by mean and coefficient of variation.
    Lognormal {
        /// Mean \[s\].
        mean: f64,
        /// Standard deviation / mean, above 0.
        cv: f64,
    },
    /// Gamma by mean and coefficient of variation.
    Gamma {
        /// Mean \[s\].
        mean: f64,
        /// Standard deviation / mean, above 0.
        cv: f64,
    },
    /// Sum of `k` equal exponential phases.
    Erlang {
        /// Mean of the sum \[s\].
        mean: f64,
        /// Number of phases, at least 1.
        k: u32,
    },
    /// Weibull by mean and shape (1 = exponential).
    Weibull {
        /// Mean \[s\].
        mean: f64,
        /// Shape, above 0.
        shape: f64,
    },
    /// Uniform on [min, max].
    Uniform {
        /// Smallest value \[s\].
        min: f64,
        /// Largest value \[s\].
        max: f64,
    },
    /// Triangular.
    Triangular {
        /// Smallest value \[s\].
        min: f64,
        /// Most likely value \[s\].
        mode: f64,
        /// Largest value \[s\].
        max: f64,
    },
    /// Two exponential phases with balanced means, cv >= 1.
    Hyperexponential {
        /// Mean \[s\].
        mean: f64,
        /// Standard deviation / mean, at least 1.
        cv: f64,
    },
    /// Drawn with equal probability from a list of observed values (sorted).
    Empirical {
        /// The values \[s\].
        values: Arc<Vec<f64>>,
    },
}

impl Dist {
    /// Mean \[s\].
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant { mean }
            | Self::Exponential { mean }
            | Self::Lognormal { mean, .. }
            | Self::Gamma { mean, .. }
            | Self::Erlang { mean, .. }
            | Self::Weibull { mean, .. }
            | Self::Hyperexponential { mean, .. } => *mean,
            Self::Uniform { min, max } => 0.5 * (min + max),
            Self::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Self::Empirical { values } => values.iter().sum::<f64>() / values.len().max(1) as f64,
        }
    }
}

/// The six service-level formulas of the trade (`docs/metrics.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceLevelFormula {
    /// A_T / (A + B + D): every offered contact counts.
    Offered,
    /// A_T / (A + B - B_T).
    IgnoreAbandonsInGoal,
    /// (A_T + B_T) / (A + B).
    CountAbandonsInGoal,
    /// A_T / A.
    AnsweredOnly,
    /// (A_T + B_s) / (A + B).
    CountShortAbandons,
    /// A_T / (A + B - B_s).
    NetOfShort,
}

/// How abandonment is expressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbandonFormula {
    /// B / offered.
    All,
    /// (B - B_s) / (offered - B_s).
    NetOfShort,
}

/// What good service means; every stated part must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// Share to be answered within [`Queue::target_time_s`].
    pub service_level: Option<f64>,
    /// Largest abandonment rate.
    pub abandon: Option<f64>,
    /// Largest mean wait of answered contacts \[s\].
    pub asa_s: Option<f64>,
    /// Largest share that has to wait.
    pub p_wait: Option<f64>,
    /// The period the goal is judged over.
    pub over: Period,
    /// `None` = on the average; `Some(share)` = on at least this share of the periods.
    pub on: Option<f64>,
}

/// Goal period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Each reporting interval.
    Interval,
    /// Each opening.
    Day,
    /// Seven consecutive openings.
    Week,
}

/// One group of interchangeable people.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    /// Its key in the file.
    pub name: String,
    /// Whether the team may be on duty in each open interval of the floor: its own hours, or all of them.
    pub open: Vec<bool>,
    /// People on the phone in each open interval (0 where the team is closed).
    pub on_phone: Vec<u32>,
    /// People paid in each open interval, where the file states them (`scheduled`).
    pub scheduled: Option<Vec<u32>>,
    /// Everybody by name, where the file states shifts or a roster; `on_phone` then is the mean number on duty by
    /// plan, rounded.
    pub people: Option<People>,
    /// Which queues it serves.
    pub skills: Vec<Skill>,
    /// Planned shrinkage (share of paid time).
    pub shrinkage_planned: f64,
    /// Unplanned shrinkage (share of paid time).
    pub shrinkage_unplanned: f64,
    /// Cost of a paid hour.
    pub cost_per_hour: Option<f64>,
    /// Fee per handled contact.
    pub cost_per_handled: Option<f64>,
    /// Fee per minute of talk.
    pub cost_per_talk_minute: Option<f64>,
    /// Least fee for a day (a partner's minimum commitment).
    pub min_commitment: Option<f64>,
    /// Where the team sits, for people ("outsourced").
    pub site: Option<String>,
    /// Bounds and caps a planner keeps.
    pub min_agents: Option<u32>,
    /// Most people the planner may use.
    pub max_agents: Option<u32>,
    /// Occupancy cap the planner keeps.
    pub max_occupancy: Option<f64>,
    /// Overrides `routing.call_choice` for agents of this team.
    pub call_choice: Option<CallChoice>,
    /// So many agents are kept free for a queue: (queue, agents).
    pub reserve: Vec<(usize, u32)>,
    /// Time from the assignment of a call until the agent answers \[s\].
    pub ring_s: f64,
    /// Agents with a chat in hand take calls too.
    pub blend: bool,
    /// Who they are.
    pub crew: Crew,
}

/// A team's ability to serve a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Skill {
    /// Index of the queue in [`Scenario::queues`].
    pub queue: usize,
    /// Lower is tried first by an arriving contact; equal numbers form one pool.
    pub preference: i32,
    /// Factor on talk, hold and wrap.
    pub handle_time: f64,
    /// The team takes only contacts that have waited this long \[s\]; 0 = at once.
    pub after_s: f64,
    /// Share of contacts this team hands on, where it differs from the queue's.
    pub transfer: Option<f64>,
}

/// Who gets what.
#[derive(Debug, Clone, PartialEq)]
pub struct Routing {
    /// Which idle agent an arriving contact gets.
    pub agent_choice: AgentChoice,
    /// Which waiting contact a freed agent takes.
    pub call_choice: CallChoice,
}

/// Which of several idle agents an arriving contact gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentChoice {
    /// Idle for longest.
    LongestIdle,
    /// Smallest busy / staffed share since opening.
    LeastOccupied,
    /// Smallest expected handle time for this queue.
    Fastest,
    /// The contact's own uniform picks.
    Random,
    /// Highest score of this trait.
    Best(Trait),
}

/// Which waiting contact a freed agent takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallChoice {
    /// Queue priority, then longest wait.
    Priority,
    /// Longest wait only.
    LongestWait,
    /// The agent's lowest preference number, then longest wait.
    Preference,
    /// Largest weight x wait.
    WeightedWait,
    /// Closest to its goal time, or furthest past it; queues without a goal last.
    ClosestToGoal,
}

/// How to simulate.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Number of independent replications.
    pub replications: u32,
    /// Seed of all randomness.
    pub seed: u64,
    /// Simulated but not counted, from the first opening \[s\].
    pub warm_up_s: f64,
    /// How narrow intervals are to become: `replications` is then the least number. Empty = exactly `replications`.
    pub precision: Vec<Precision>,
    /// Most replications, where a precision is stated.
    pub max_replications: Option<u32>,
    /// Whether what is known of arrivals and work makes intervals narrower.
    pub control_variates: bool,
}

impl Run {
    /// So many replications, and nothing else that is not the default.
    pub fn plain(replications: u32, seed: u64, warm_up_s: f64) -> Self {
        Self { replications, seed, warm_up_s, precision: Vec::new(), max_replications: None, control_variates: false }
    }

    /// Replications at which an experiment that wants a precision ends in any case.
    pub fn most_replications(&self) -> u32 {
        match (self.precision.is_empty(), self.max_replications) {
            (true, _) => self.replications,
            (false, Some(most)) => most,
            (false, None) => self.replications.max(MAX_REPLICATIONS),
        }
    }
}

/// Most replications where the scenario does not say.
const MAX_REPLICATIONS: u32 = 10_000;

/// What a staffing plan has to show.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanSettings {
    /// One-sided confidence with which each goal must be reached; above 0.5 and below 1.
    pub evidence: f64,
    /// What must reach the targets.
    pub scope: PlanScope,
    /// Share of the simulated days on which every goal must hold as well; `None` = it is only reported.
    pub days: Option<f64>,
    /// Replications by which a staffing is judged.
    pub replications: u32,
}

impl Default for PlanSettings {
    /// As if the file said nothing.
    fn default() -> Self {
        Self { evidence: 0.95, scope: PlanScope::Interval, days: None, replications: 500 }
    }
}

/// What must reach the targets of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanScope {
    /// Every interval with volume.
    Interval,
    /// Every day as a whole.
    Day,
    /// Each goal as it is written, with its period and share of periods.
    Goal,
}

/// When a floor has got worse.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckSettings {
    /// Risk of a false alarm of the whole verdict.
    pub alpha: f64,
    /// How much a service level may fall, as a share of one.
    pub service_level: f64,
    /// How much an abandonment rate may rise, as a share of one.
    pub abandon: f64,
    /// How much longer answers may take.
    pub times: TimeTolerance,
    /// How much the cost may rise, as a share of what it was.
    pub cost: f64,
}

impl Default for CheckSettings {
    /// As if the file said nothing.
    fn default() -> Self {
        Self { alpha: 0.01, service_level: 0.01, abandon: 0.01, times: TimeTolerance::OfBefore(0.05), cost: 0.01 }
    }
}

/// How much longer a time may get.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TimeTolerance {
    /// By this share of what it was.
    OfBefore(f64),
    /// By this time \[s\].
    Seconds(f64),
}
