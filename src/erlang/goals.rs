//! What good service means, as numbers a staffing can be tested against.

use std::fmt;

use super::b::SLACK;
use super::error::{Result, not_negative, share};
use super::service_level::ServiceLevel;

/// A share of contacts to be served in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServiceLevelGoal {
    /// At least this share.
    pub share: f64,
    /// Of what, within what.
    pub measure: ServiceLevel,
}

/// A limit on hanging up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AbandonGoal {
    /// At most this share.
    pub share: f64,
    /// `None`: `B / offered`. `Some(t)`: those gone within `t` seconds count on neither side, `(B - B_t)/(offered -
    /// B_t)`.
    pub net_of_short_s: Option<f64>,
}

/// Every goal stated must hold; an empty set asks for a steady state only.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Goals {
    /// One per queue that shares the agents, each with its own time and formula.
    pub service_levels: Vec<ServiceLevelGoal>,
    /// Largest mean wait of answered contacts (s).
    pub asa_s: Option<f64>,
    /// Largest share that has to wait.
    pub p_wait: Option<f64>,
    /// Largest share that hangs up.
    pub abandon: Option<AbandonGoal>,
    /// Largest share blocked; only with a finite number of lines.
    pub blocking: Option<f64>,
    /// Largest share of agent time busy.
    pub max_occupancy: Option<f64>,
    /// Fewest agents, calls or not.
    pub min_agents: u64,
}

/// Which of the goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoalKind {
    /// The service level with this index in [`Goals::service_levels`].
    ServiceLevel(usize),
    /// Mean wait of answered contacts.
    Asa,
    /// Share that has to wait.
    PWait,
    /// Share that hangs up.
    Abandon,
    /// Share blocked.
    Blocking,
    /// Occupancy cap.
    Occupancy,
    /// Fewest agents.
    MinAgents,
    /// No goal, but a need: a queue that does not grow without end, and somebody to answer.
    SteadyState,
}

impl fmt::Display for GoalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ServiceLevel(_) => "service level",
            Self::Asa => "mean wait of answered calls",
            Self::PWait => "share that waits",
            Self::Abandon => "abandonment",
            Self::Blocking => "blocking",
            Self::Occupancy => "occupancy",
            Self::MinAgents => "smallest number of agents",
            Self::SteadyState => "a queue that does not grow without end",
        })
    }
}

impl Goals {
    /// A single service-level goal by formula `offered`: `Goals::service_level(0.8, 20.0)`.
    pub fn service_level(share: f64, target_s: f64) -> Self {
        let goal = ServiceLevelGoal { share, measure: ServiceLevel::offered(target_s) };
        Self { service_levels: vec![goal], ..Self::default() }
    }

    pub(super) fn check(&self) -> Result<()> {
        for goal in &self.service_levels {
            share("service level goal", goal.share)?;
            goal.measure.check()?;
        }
        if let Some(goal) = self.abandon {
            share("abandonment goal", goal.share)?;
            not_negative("short_abandon_s", goal.net_of_short_s.unwrap_or(0.0))?;
        }
        not_negative("asa_s goal", self.asa_s.unwrap_or(0.0))?;
        for (name, goal) in
            [("p_wait goal", self.p_wait), ("blocking goal", self.blocking), ("max_occupancy", self.max_occupancy)]
        {
            share(name, goal.unwrap_or(0.0))?;
        }
        Ok(())
    }

    /// The goals that are tested against a figure of the floor (not the minimum, not the steady state).
    pub(super) fn stated(&self) -> impl Iterator<Item = GoalKind> {
        let flags = [
            (self.asa_s.is_some(), GoalKind::Asa),
            (self.p_wait.is_some(), GoalKind::PWait),
            (self.abandon.is_some(), GoalKind::Abandon),
            (self.blocking.is_some(), GoalKind::Blocking),
            (self.max_occupancy.is_some(), GoalKind::Occupancy),
        ];
        let levels = (0..self.service_levels.len()).map(GoalKind::ServiceLevel);
        levels.chain(flags.into_iter().filter_map(|(stated, kind)| stated.then_some(kind)))
    }

    /// Whether a figure meets the goal; a goal met exactly counts, within rounding.
    pub(super) fn met(&self, kind: GoalKind, figure: f64) -> bool {
        let at_most = |limit: Option<f64>| figure <= limit.unwrap_or(f64::INFINITY) * (1.0 + SLACK);
        match kind {
            GoalKind::ServiceLevel(i) => figure >= self.service_levels[i].share * (1.0 - SLACK),
            GoalKind::Asa => at_most(self.asa_s),
            GoalKind::PWait => at_most(self.p_wait),
            GoalKind::Abandon => at_most(self.abandon.map(|goal| goal.share)),
            GoalKind::Blocking => at_most(self.blocking),
            GoalKind::Occupancy => at_most(self.max_occupancy),
            GoalKind::MinAgents | GoalKind::SteadyState => true,
        }
    }

    /// The waits (s) at which the goals look at the floor, in order, each once.
    pub(super) fn times_s(&self) -> Vec<f64> {
        let mut times: Vec<f64> = Vec::with_capacity(4);
        for goal in &self.service_levels {
            times.extend([goal.measure.target_s, goal.measure.abandon_time_s()]);
        }
        times.extend(self.abandon.and_then(|goal| goal.net_of_short_s));
        times.sort_by(f64::total_cmp);
        times.dedup();
        times
    }
}
