//! Erlang C (M/M/s): nobody hangs up, nobody is turned away, first come first served.
//!
//! From Erlang B with `s - a` formed once: `C(s,a) = s / ((s-a) y + a)`, `y = 1/B(s,a)`. All terms are positive,
//! so nothing is lost near full load. Sources: Erlang 1917; Cooper 1981, "Introduction to Queueing Theory", 3.5.

use super::b::{SLACK, inverse_blocking};
use super::error::{ErlangError, Result, check_load, not_negative, positive, share_below_one};

/// The steady state of `agents` facing `load` erlangs, nobody hanging up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangC {
    agents: f64,
    load: f64,
    aht_s: f64,
    spare: f64,
    p_wait: f64,
    p_no_wait: f64,
}

/// Erlang C with its load and handle time.
///
/// `load` in erlangs (calls per second times `aht_s`), `aht_s` the mean handle time in seconds.
///
/// # Errors
/// [`ErlangError::Unstable`] when `load >= agents` and there is any load; a negative or non-finite load; a handle
/// time that is not above zero.
///
/// ```
/// // 240 calls in half an hour of 300 s each are 40 erlangs.
/// let floor = callwright::erlang::c::erlang_c(45, 40.0, 300.0).unwrap();
/// assert!((floor.service_level(20.0).unwrap() - 0.755873403877611).abs() < 1e-13);
/// ```
pub fn erlang_c(agents: u64, load: f64, aht_s: f64) -> Result<ErlangC> {
    positive("aht_s", aht_s)?;
    if check_load(load)? >= agents as f64 && load > 0.0 {
        return Err(unstable(agents, load));
    }
    Ok(ErlangC::from_inverse(agents, load, aht_s, inverse_blocking(agents, load)))
}

#[cold]
pub(super) fn unstable(agents: u64, load: f64) -> ErlangError {
    ErlangError::Unstable { agents, load, needed: smallest_stable(load) }
}

/// The smallest whole number above `load`; a load within rounding of a whole number counts as that number.
pub(super) fn smallest_stable(load: f64) -> u64 {
    if load == 0.0 { 0 } else { libm::floor(load * (1.0 + 4.0 * f64::EPSILON)) as u64 + 1 }
}

impl ErlangC {
    /// From `y = 1/B(agents, load)`; `load` must be below `agents`.
    pub(super) fn from_inverse(agents: u64, load: f64, aht_s: f64, y: f64) -> Self {
        let (agents, spare) = (agents as f64, agents as f64 - load);
        let whole = spare * y + load;
        let (p_wait, p_no_wait) =
            if load == 0.0 || whole.is_infinite() { (0.0, 1.0) } else { (agents / whole, spare * (y - 1.0) / whole) };
        Self { agents, load, aht_s, spare, p_wait, p_no_wait }
    }

    /// `P(W > 0)`: the share of calls that wait.
    pub fn p_wait(&self) -> f64 {
        self.p_wait
    }

    /// Mean wait of all calls (s); all are answered, so this is the ASA too.
    pub fn asa_s(&self) -> f64 {
        self.p_wait * self.mean_wait_of_waiters_s()
    }

    /// Mean wait of the calls that wait (s): `aht / (s - a)`. Infinite with no agents and no load.
    pub fn mean_wait_of_waiters_s(&self) -> f64 {
        if self.spare > 0.0 { self.aht_s / self.spare } else { 0.0 }
    }

    /// `P(W <= target) = 1 - C exp(-(s-a) target/aht)`; the same by every service-level formula, as nobody hangs up.
    ///
    /// # Errors
    /// A negative or non-finite `target_s`.
    pub fn service_level(&self, target_s: f64) -> Result<f64> {
        Ok(self.share_within(not_negative("target_s", target_s)?))
    }

    /// [`Self::service_level`] of a checked target, as a sum of positive terms.
    pub(super) fn share_within(&self, target_s: f64) -> f64 {
        self.p_no_wait - self.p_wait * libm::expm1(-self.spare * target_s / self.aht_s)
    }

    /// Mean number waiting.
    pub fn mean_queue(&self) -> f64 {
        if self.load == 0.0 { 0.0 } else { self.p_wait * self.load / self.spare }
    }

    /// Share of agent time busy.
    pub fn occupancy(&self) -> f64 {
        if self.load == 0.0 { 0.0 } else { self.load / self.agents }
    }

    /// The wait (s) that a share `q` of the calls does not exceed; 0 when at least that share, within rounding, does
    /// not wait.
    ///
    /// # Errors
    /// `q` outside 0 up to but not including 1.
    pub fn wait_percentile_s(&self, q: f64) -> Result<f64> {
        let above = 1.0 - share_below_one("q", q)?;
        if self.p_wait <= above * (1.0 + SLACK) {
            return Ok(0.0);
        }
        Ok(self.mean_wait_of_waiters_s() * libm::log(self.p_wait / above))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overload_is_a_state_not_a_number() {
        for load in [10.0, 12.5] {
            let error = erlang_c(10, load, 300.0).unwrap_err();
            assert!(matches!(error, ErlangError::Unstable { agents: 10, needed: 11 | 13, .. }), "{error}");
        }
    }

    #[test]
    fn no_calls_no_wait() {
        let quiet = erlang_c(0, 0.0, 300.0).unwrap();
        assert_eq!((quiet.p_wait(), quiet.asa_s(), quiet.occupancy(), quiet.mean_queue()), (0.0, 0.0, 0.0, 0.0));
        assert_eq!(quiet.service_level(0.0), Ok(1.0));
    }
}
