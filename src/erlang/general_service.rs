//! Handle times that are not exponential, nobody hanging up: M/G/1 exactly, M/G/s by approximations.
//!
//! `scv` is the squared coefficient of variation of the handle time: 0 constant, 1 exponential. The functions whose
//! name starts with `approximate` are approximations; for a floor that matters, simulate.

use super::c::erlang_c;
use super::error::{Result, not_negative, positive};

/// Mean wait in M/G/1 (s), exact: `rho (1 + scv) / 2 * aht / (1 - rho)` (Pollaczek 1930, Khinchine 1932). `load` = rho.
///
/// # Errors
/// [`super::ErlangError::Unstable`] at a load of 1 or more; an argument outside its domain.
pub fn mean_wait_one_server_s(load: f64, aht_s: f64, scv: f64) -> Result<f64> {
    let exponential = erlang_c(1, load, aht_s)?.asa_s();
    Ok(0.5 * (1.0 + not_negative("scv", scv)?) * exponential)
}

/// **Approximation** of the mean wait in M/G/s (s): `(1 + scv)/2` times that of M/M/s (Lee and Longton 1957;
/// Allen-Cunneen with
/// Poisson arrivals). Exact for one server and for exponential times; for constant times and many servers at low
/// load it is too low by a third and more.
///
/// # Errors
/// As [`erlang_c`]; a negative or non-finite `scv`.
pub fn approximate_mean_wait_s(agents: u64, load: f64, aht_s: f64, scv: f64) -> Result<f64> {
    Ok(0.5 * (1.0 + not_negative("scv", scv)?) * erlang_c(agents, load, aht_s)?.asa_s())
}

/// **Approximation** of the mean wait in M/D/s (constant handle times) (s), by Cosmetatos 1975 in Kimura's form:
/// `W(M/M/s)/2 * (1 + (1-rho)(s-1)(sqrt(4+5s)-2)/(16 rho s))`. Within a few per cent from 50 % occupancy up;
/// far too high at very low load and many servers.
///
/// # Errors
/// As [`erlang_c`].
pub fn approximate_mean_wait_constant_s(agents: u64, load: f64, aht_s: f64) -> Result<f64> {
    let exponential = erlang_c(agents, load, aht_s)?.asa_s();
    if load == 0.0 {
        return Ok(0.0);
    }
    let (s, rho) = (agents as f64, load / agents as f64);
    // (1 - rho)/(rho s) = (s - a)/(a s)
    let correction = (s - load) * (s - 1.0) * (libm::sqrt(4.0 + 5.0 * s) - 2.0) / (16.0 * rho * s * s);
    Ok(0.5 * exponential * (1.0 + correction))
}

/// **Approximation** of `P(W <= target)` in M/G/s: Erlang C's share that waits, an exponential wait of those, with
/// the mean of
/// [`approximate_mean_wait_s`]. Exact for exponential times.
///
/// # Errors
/// As [`erlang_c`]; a negative or non-finite `scv` or target.
pub fn approximate_service_level(agents: u64, load: f64, aht_s: f64, scv: f64, target_s: f64) -> Result<f64> {
    let stretch = 0.5 * (1.0 + not_negative("scv", scv)?);
    erlang_c(agents, load, aht_s)?.service_level(not_negative("target_s", target_s)? / positive("scv", stretch)?)
}
