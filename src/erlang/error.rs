//! What can go wrong in a formula: an argument outside its domain, a floor without a steady state, a goal out of reach.

use super::goals::GoalKind;

/// Why a formula or an inverse has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ErlangError {
    /// An argument outside the domain of the formula.
    #[error("{name} is {value}; allowed: {allowed}. {advice}")]
    Parameter {
        /// The parameter's name in the signature (`aht_s`, `load` ...).
        name: &'static str,
        /// What was given.
        value: f64,
        /// The allowed range.
        allowed: &'static str,
        /// What to do instead.
        advice: &'static str,
    },
    /// Nobody hangs up and there is at least as much work as people: the queue grows without end, so there is
    /// no mean wait, service level or occupancy to report.
    #[error(
        "{agents} agents cannot keep up with {load} erlangs: the queue grows without end; at least {needed} are needed"
    )]
    Unstable {
        /// Agents asked about.
        agents: u64,
        /// Offered load that must be served (erlangs).
        load: f64,
        /// The smallest number of agents with a steady state.
        needed: u64,
    },
    /// A goal that no staffing can meet.
    #[error("no staffing meets the goal on {goal}: {reason}")]
    Unreachable {
        /// Which goal.
        goal: GoalKind,
        /// Why, in a planner's words.
        reason: String,
    },
}

impl From<ErlangError> for crate::Error {
    fn from(error: ErlangError) -> Self {
        Self::Refused(error.to_string())
    }
}

/// Shorthand for results of this room.
pub type Result<T> = std::result::Result<T, ErlangError>;

#[cold]
fn refuse(name: &'static str, value: f64, allowed: &'static str, advice: &'static str) -> ErlangError {
    ErlangError::Parameter { name, value, allowed, advice }
}

/// No time is longer: 1e9 seconds are 31 years, and "never hangs up" has its own name.
const LARGEST: f64 = 1e9;

/// A load from 0 to a billion erlangs.
pub(super) fn check_load(load: f64) -> Result<f64> {
    if (0.0..=1e9).contains(&load) {
        return Ok(load);
    }
    Err(refuse(
        "load",
        load,
        "0 to 1e9 erlangs",
        "Load is calls per second times handle time; check the volume and its unit.",
    ))
}

/// A finite number, zero or more.
pub(super) fn not_negative(name: &'static str, value: f64) -> Result<f64> {
    if (0.0..=LARGEST).contains(&value) {
        return Ok(value);
    }
    Err(refuse(name, value, "0 to 1e9", "Check the figures it was computed from; times are in seconds."))
}

/// A finite number above zero.
pub(super) fn positive(name: &'static str, value: f64) -> Result<f64> {
    if value > 0.0 && value <= LARGEST {
        return Ok(value);
    }
    Err(refuse(
        name,
        value,
        "more than 0, up to 1e9",
        "Times are in seconds; a handle or patience time of zero has no queue.",
    ))
}

/// A share from 0 to 1, both allowed.
pub(super) fn share(name: &'static str, value: f64) -> Result<f64> {
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    Err(refuse(name, value, "0 to 1", "Write a percentage as a fraction: 80 % is 0.8."))
}

/// A share from 0 up to, but not including, 1.
pub(super) fn share_below_one(name: &'static str, value: f64) -> Result<f64> {
    if (0.0..1.0).contains(&value) {
        return Ok(value);
    }
    Err(refuse(name, value, "0 up to but not including 1", "Write a percentage as a fraction: 30 % is 0.3."))
}

/// Any other range, tested by the caller.
pub(super) fn require(
    ok: bool,
    name: &'static str,
    value: f64,
    allowed: &'static str,
    advice: &'static str,
) -> Result<()> {
    if ok { Ok(()) } else { Err(refuse(name, value, allowed, advice)) }
}
