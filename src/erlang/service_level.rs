//! The six service-level formulas of the trade, over one pair of figures: what happened within a time.

use super::error::{Result, not_negative};

/// How answered and abandoned contacts are set against each other. `A` answered, `B` abandoned, `A_T` and `B_T`
/// those within the target time `T`, `B_s` those who hung up within the short-abandon time; all waits inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Formula {
    /// `A_T / (A + B)`: every offered contact counts. The usual one.
    Offered,
    /// `A_T / (A + B - B_T)`.
    IgnoreAbandonsInGoal,
    /// `(A_T + B_T) / (A + B)`.
    CountAbandonsInGoal,
    /// `A_T / A`.
    AnsweredOnly,
    /// `(A_T + B_s) / (A + B)`. With a short-abandon time above `T` more agents can lower it.
    CountShortAbandons,
    /// `A_T / (A + B - B_s)`.
    NetOfShort,
}

/// A service level to be measured: which formula, which times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServiceLevel {
    /// Which of the six.
    pub formula: Formula,
    /// `T` (s), inclusive.
    pub target_s: f64,
    /// Who hangs up within this is a short abandon (s); read only by the two formulas that name `B_s`.
    pub short_abandon_s: f64,
}

impl ServiceLevel {
    /// By formula [`Formula::Offered`].
    pub fn offered(target_s: f64) -> Self {
        Self { formula: Formula::Offered, target_s, short_abandon_s: 0.0 }
    }

    pub(super) fn check(&self) -> Result<()> {
        not_negative("target_s", self.target_s)?;
        not_negative("short_abandon_s", self.short_abandon_s)?;
        Ok(())
    }

    /// The time whose abandons the formula names.
    pub(super) fn abandon_time_s(&self) -> f64 {
        match self.formula {
            Formula::CountShortAbandons | Formula::NetOfShort => self.short_abandon_s,
            _ => self.target_s,
        }
    }
}

/// What has become of a contact a given time after it joined the queue; the three shares add up to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Within {
    /// Answered by then.
    pub answered: f64,
    /// Hung up by then.
    pub abandoned: f64,
    /// Still waiting: `P(W > t)`.
    pub waiting: f64,
}

/// The service level from the state at the target time, the state at the formula's abandon time and the share that
/// is answered at all. 1 when the formula divides by nobody.
pub(super) fn share(formula: Formula, at_target: Within, at_short: Within, answered: f64) -> f64 {
    let in_time = at_target.answered;
    let (top, bottom) = match formula {
        Formula::Offered => (in_time, 1.0),
        Formula::IgnoreAbandonsInGoal => (in_time, in_time + at_target.waiting),
        Formula::CountAbandonsInGoal => (in_time + at_target.abandoned, 1.0),
        Formula::AnsweredOnly => (in_time, answered),
        Formula::CountShortAbandons => (in_time + at_short.abandoned, 1.0),
        Formula::NetOfShort => (in_time, at_short.answered + at_short.waiting),
    };
    if bottom > 0.0 { (top / bottom).min(1.0) } else { 1.0 }
}
