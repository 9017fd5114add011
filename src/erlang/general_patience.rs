//! M/M/s+G: exponential handle times, callers who hang up after a time of any distribution, first come first served.
//!
//! Exact; computed to 1e-9 or better for anything like a floor. Digits run out with very long patience in overload, in
//! proportion to arrival rate times mean patience, 1e-16 of it; exponential patience has a form that keeps them.
//! Source: Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005, section 4. Erlang A is the case of exponential
//! patience, see [`super::a`].

use super::b::inverse_blocking;
use super::c::unstable;
use super::error::{Result, check_load, not_negative, positive, require, share_below_one};
use super::patience::Patience;
use super::root::time_with_tail;
use super::service_level::{ServiceLevel, Within, share};
use super::virtual_wait::{Density, Moments, Split};

/// The steady state of a floor whose callers hang up.
#[derive(Debug, Clone)]
pub struct ImpatientQueue {
    agents: u64,
    load: f64,
    aht_s: f64,
    patience: Patience,
    split: Split,
    all: Moments,
}

/// M/M/s+G with its load (erlangs), mean handle time (s) and patience.
///
/// # Errors
/// A negative or non-finite load; a handle time that is not above zero; no agents but calls (then everybody hangs
/// up); [`super::ErlangError::Unstable`] when nobody ever hangs up and the agents cannot keep up.
///
/// ```
/// use callwright::erlang::{Patience, general_patience::impatient_queue};
/// let patience = Patience::lognormal(120.0, 1.3).unwrap();
/// let floor = impatient_queue(50, 50.0, 300.0, &patience).unwrap();
/// assert!(floor.p_abandon() > 0.05 && floor.p_abandon() < 0.08);
/// ```
pub fn impatient_queue(agents: u64, load: f64, aht_s: f64, patience: &Patience) -> Result<ImpatientQueue> {
    let (load, aht_s) = (check_load(load)?, positive("aht_s", aht_s)?);
    let (split, all) = if load == 0.0 {
        (Split { p_no_wait: 1.0, scale: 0.0 }, Moments::default())
    } else {
        require(
            agents > 0,
            "agents",
            0.0,
            "1 or more when there are calls",
            "With nobody on the phone everybody hangs up.",
        )?;
        let density = Density::new(agents, load, aht_s, patience)
            .ok_or_else(|| unstable(agents, load * (1.0 - patience.balk())))?;
        let all = density.moments(0.0, f64::INFINITY);
        (Split::new(inverse_blocking(agents - 1, load), density.climb, load, aht_s, all.mass), all)
    };
    Ok(ImpatientQueue { agents, load, aht_s, patience: patience.clone(), split, all })
}

impl ImpatientQueue {
    /// Share of calls that find no free agent, those who later hang up included.
    pub fn p_wait(&self) -> f64 {
        self.split.scale * self.all.mass
    }

    /// Share of calls that hang up.
    pub fn p_abandon(&self) -> f64 {
        self.split.scale * self.all.abandoned
    }

    /// Share of calls that are answered.
    pub fn p_answered(&self) -> f64 {
        self.split.p_no_wait + self.split.scale * self.all.answered
    }

    /// Mean time in queue of all calls, answered or not (s).
    pub fn mean_wait_s(&self) -> f64 {
        self.split.scale * (self.all.answered_wait + self.all.abandoned_wait)
    }

    /// Mean wait of answered calls (s), those answered at once included.
    pub fn asa_s(&self) -> f64 {
        self.split.scale * self.all.answered_wait / self.p_answered()
    }

    /// Mean wait of those who hang up (s); `None` when nobody does.
    pub fn mean_wait_abandoned_s(&self) -> Option<f64> {
        (self.all.abandoned > 0.0).then(|| self.all.abandoned_wait / self.all.abandoned)
    }

    /// Mean virtual wait (s): what a caller of endless patience would see, over all arrivals.
    pub fn mean_offered_wait_s(&self) -> f64 {
        self.split.scale * self.all.wait
    }

    /// Mean wait of those who wait at all, answered or not (s); `None` when nobody does.
    pub fn mean_wait_of_waiters_s(&self) -> Option<f64> {
        (self.all.mass > 0.0).then(|| (self.all.answered_wait + self.all.abandoned_wait) / self.all.mass)
    }

    /// Mean number waiting.
    pub fn mean_queue(&self) -> f64 {
        self.load / self.aht_s * self.mean_wait_s()
    }

    /// Share of agent time busy.
    pub fn occupancy(&self) -> f64 {
        if self.load == 0.0 { 0.0 } else { self.load * self.p_answered() / self.agents as f64 }
    }

    /// What has become of a call `time_s` after it joined the queue.
    ///
    /// # Errors
    /// A negative or non-finite time.
    pub fn within(&self, time_s: f64) -> Result<Within> {
        Ok(self.state_at(not_negative("time_s", time_s)?))
    }

    /// The service level by its formula.
    ///
    /// # Errors
    /// A negative or non-finite time in it.
    pub fn service_level(&self, measure: &ServiceLevel) -> Result<f64> {
        measure.check()?;
        let at_target = self.state_at(measure.target_s);
        let abandon_time_s = measure.abandon_time_s();
        let at_short = if abandon_time_s == measure.target_s { at_target } else { self.state_at(abandon_time_s) };
        Ok(share(measure.formula, at_target, at_short, self.p_answered()))
    }

    /// The wait (s) that a share `q` of the answered calls does not exceed.
    ///
    /// # Errors
    /// `q` outside 0 up to but not including 1.
    pub fn answer_wait_percentile_s(&self, q: f64) -> Result<f64> {
        let above = (1.0 - share_below_one("q", q)?) * self.p_answered();
        let Some(density) = self.density() else { return Ok(0.0) };
        Ok(time_with_tail(above, self.first_step_s(), |time_s| {
            self.split.scale * density.moments(time_s, f64::INFINITY).answered
        }))
    }

    /// The time in queue (s) that a share `q` of all calls, answered or not, does not exceed.
    ///
    /// # Errors
    /// `q` outside 0 up to but not including 1.
    pub fn wait_percentile_s(&self, q: f64) -> Result<f64> {
        let above = 1.0 - share_below_one("q", q)?;
        let Some(density) = self.density() else { return Ok(0.0) };
        Ok(time_with_tail(above, self.first_step_s(), |time_s| {
            let longer = density.moments(time_s, f64::INFINITY).mass;
            self.split.scale * longer * self.patience.survival_and_cdf(time_s).0
        }))
    }

    fn first_step_s(&self) -> f64 {
        self.aht_s / self.agents as f64
    }

    fn density(&self) -> Option<Density<'_>> {
        if self.load == 0.0 { None } else { Density::new(self.agents, self.load, self.aht_s, &self.patience) }
    }

    fn state_at(&self, time_s: f64) -> Within {
        let Some(density) = self.density() else {
            return Within { answered: 1.0, abandoned: 0.0, waiting: 0.0 };
        };
        let below = density.moments(0.0, time_s);
        let above = density.moments(time_s, f64::INFINITY);
        self.split.within(&below, &above, &self.patience, time_s)
    }
}
