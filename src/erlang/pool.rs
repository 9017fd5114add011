//! One pool: interchangeable agents, one line of callers. Chooses the formula the pool asks for.

use super::c::{ErlangC, erlang_c};
use super::error::{Result, check_load, not_negative, positive, require};
use super::finite::{FiniteLine, finite_line};
use super::general_patience::{ImpatientQueue, impatient_queue};
use super::patience::Patience;
use super::service_level::{ServiceLevel, Within};

/// The work a pool of agents faces.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Offered load (erlangs): contacts per second times mean handle time.
    pub load: f64,
    /// Mean handle time (s).
    pub aht_s: f64,
    /// How long callers are willing to wait.
    pub patience: Patience,
    /// Telephone lines, agents' included; `None` = unlimited. Only with exponential or unlimited patience.
    pub lines: Option<u64>,
}

impl Pool {
    /// From a volume: `calls` in an interval of `per_s` seconds.
    ///
    /// # Errors
    /// A negative or non-finite volume; a time that is not above zero.
    pub fn new(calls: f64, per_s: f64, aht_s: f64, patience: Patience) -> Result<Self> {
        let (calls, per_s) = (not_negative("calls", calls)?, positive("per_s", per_s)?);
        let load = calls * positive("aht_s", aht_s)? / per_s;
        Ok(Self { load: check_load(load)?, aht_s, patience, lines: None })
    }

    /// The same with a finite number of lines.
    #[must_use]
    pub fn with_lines(mut self, lines: u64) -> Self {
        self.lines = Some(lines);
        self
    }

    /// The steady state with this many agents, by Erlang C, Erlang A, M/M/s+G or the finite-line formulas.
    ///
    /// # Errors
    /// Those of the formula; [`super::ErlangError::Unstable`] when nobody hangs up and the agents cannot keep up;
    /// lines with a
    /// patience that is neither exponential nor unlimited.
    pub fn evaluate(&self, agents: u64) -> Result<Performance> {
        if let Some(lines) = self.lines {
            let patience_s = self.line_patience_s()?;
            return Ok(Performance::FiniteLine(finite_line(agents, lines, self.load, self.aht_s, patience_s)?));
        }
        if self.patience.is_unlimited() {
            return Ok(Performance::Patient(erlang_c(agents, self.load, self.aht_s)?));
        }
        Ok(Performance::Impatient(impatient_queue(agents, self.load, self.aht_s, &self.patience)?))
    }

    /// Mean patience for the finite-line formulas.
    pub(super) fn line_patience_s(&self) -> Result<Option<f64>> {
        let exponential = self.patience.exponential_mean_s();
        require(
            exponential.is_some() || self.patience.is_unlimited(),
            "lines",
            self.lines.unwrap_or(0) as f64,
            "with exponential or unlimited patience, no balking",
            "Leave out the lines, or simulate this floor.",
        )?;
        Ok(exponential)
    }
}

/// The steady state of a pool, whichever formula gave it. Shares are of the contacts that reached the queue
/// (blocked ones did not).
#[derive(Debug, Clone)]
pub enum Performance {
    /// Erlang C.
    Patient(ErlangC),
    /// Erlang A or M/M/s+G.
    Impatient(ImpatientQueue),
    /// Finite lines.
    FiniteLine(FiniteLine),
}

impl Performance {
    /// Share that finds no free agent.
    pub fn p_wait(&self) -> f64 {
        match self {
            Self::Patient(floor) => floor.p_wait(),
            Self::Impatient(floor) => floor.p_wait(),
            Self::FiniteLine(floor) => floor.p_wait(),
        }
    }

    /// Share that hangs up.
    pub fn p_abandon(&self) -> f64 {
        match self {
            Self::Patient(_) => 0.0,
            Self::Impatient(floor) => floor.p_abandon(),
            Self::FiniteLine(floor) => floor.p_abandon(),
        }
    }

    /// Share of attempts that is blocked.
    pub fn p_block(&self) -> f64 {
        match self {
            Self::Patient(_) | Self::Impatient(_) => 0.0,
            Self::FiniteLine(floor) => floor.p_block(),
        }
    }

    /// Mean wait of answered contacts (s).
    pub fn asa_s(&self) -> f64 {
        match self {
            Self::Patient(floor) => floor.asa_s(),
            Self::Impatient(floor) => floor.asa_s(),
            Self::FiniteLine(floor) => floor.asa_s(),
        }
    }

    /// Mean time in queue of all contacts, answered or not (s).
    pub fn mean_wait_s(&self) -> f64 {
        match self {
            Self::Patient(floor) => floor.asa_s(),
            Self::Impatient(floor) => floor.mean_wait_s(),
            Self::FiniteLine(floor) => floor.mean_wait_s(),
        }
    }

    /// Mean number waiting.
    pub fn mean_queue(&self) -> f64 {
        match self {
            Self::Patient(floor) => floor.mean_queue(),
            Self::Impatient(floor) => floor.mean_queue(),
            Self::FiniteLine(floor) => floor.mean_queue(),
        }
    }

    /// Share of agent time busy.
    pub fn occupancy(&self) -> f64 {
        match self {
            Self::Patient(floor) => floor.occupancy(),
            Self::Impatient(floor) => floor.occupancy(),
            Self::FiniteLine(floor) => floor.occupancy(),
        }
    }

    /// The wait (s) that a share `q` of the answered contacts does not exceed.
    ///
    /// # Errors
    /// `q` outside 0 up to but not including 1.
    pub fn answer_wait_percentile_s(&self, q: f64) -> Result<f64> {
        match self {
            Self::Patient(floor) => floor.wait_percentile_s(q),
            Self::Impatient(floor) => floor.answer_wait_percentile_s(q),
            Self::FiniteLine(floor) => floor.answer_wait_percentile_s(q),
        }
    }

    /// What has become of a contact `time_s` after it joined the queue.
    ///
    /// # Errors
    /// A negative or non-finite time.
    pub fn within(&self, time_s: f64) -> Result<Within> {
        match self {
            Self::Patient(floor) => {
                let answered = floor.service_level(time_s)?;
                Ok(Within { answered, abandoned: 0.0, waiting: 1.0 - answered })
            }
            Self::Impatient(floor) => floor.within(time_s),
            Self::FiniteLine(floor) => floor.within(time_s),
        }
    }

    /// The service level by its formula.
    ///
    /// # Errors
    /// A negative or non-finite time in it.
    pub fn service_level(&self, measure: &ServiceLevel) -> Result<f64> {
        match self {
            Self::Patient(floor) => floor.service_level(measure.target_s),
            Self::Impatient(floor) => floor.service_level(measure),
            Self::FiniteLine(floor) => floor.service_level(measure),
        }
    }
}
