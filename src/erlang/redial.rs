//! Callers who try again: **optimistic approximations** that treat redials as fresh Poisson calls.
//!
//! A redial really comes while the floor is still full, so the true loss is higher; these figures are exact only as
//! the delay before the redial grows (Cohen 1957; Phung-Duc 2019, "Retrial queueing models: a survey", equation 1).
//! For short delays simulate.

use super::b::{carried, inverse_blocking};
use super::error::{ErlangError, Result, check_load, require, share};
use super::pool::{Performance, Pool};
use super::root::falling_root;

/// Extended Erlang B.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExtendedErlangB {
    /// Fresh and repeated attempts (erlangs).
    pub total_load: f64,
    /// Blocking of each attempt.
    pub blocking: f64,
    /// Mean number of busy lines.
    pub carried: f64,
}

/// **Approximation**: Erlang B when a share `recall` of the blocked attempts tries again at once, as extra Poisson
/// load. Solves `a = fresh_load + recall a B(lines, a)`. `recall = 1` is Cohen's fixed point.
///
/// # Errors
/// [`ErlangError::Unstable`] when everybody redials and the fresh load is not below the lines; an argument
/// outside its domain.
pub fn extended_erlang_b(lines: u64, fresh_load: f64, recall: f64) -> Result<ExtendedErlangB> {
    let (fresh, recall) = (check_load(fresh_load)?, share("recall", recall)?);
    let loss = |load: f64| Ok(1.0 / inverse_blocking(lines, load));
    let total_load = attempts(fresh, recall, lines, loss)?;
    Ok(ExtendedErlangB { total_load, blocking: loss(total_load)?, carried: carried(lines, total_load)? })
}

/// A pool whose lost callers try again.
#[derive(Debug, Clone)]
pub struct WithRedials {
    /// Fresh and repeated attempts (erlangs).
    pub total_load: f64,
    /// The steady state at that load; its shares are per attempt.
    pub performance: Performance,
}

/// **Approximation**: the pool's formula at the load `a` that solves `a = fresh + redial a (P_block + P_abandon)(a)`,
/// each share of attempts; `pool.load` is the fresh load.
///
/// # Errors
/// Those of the pool's formula; [`ErlangError::Unstable`] when everybody redials until served and the fresh load
/// is not below the agents.
pub fn with_redials(pool: &Pool, agents: u64, redial: f64) -> Result<WithRedials> {
    let redial = share("redial", redial)?;
    let at = |load: f64| Pool { load, ..pool.clone() }.evaluate(agents);
    let total_load = attempts(check_load(pool.load)?, redial, agents, |load| Ok(lost(&at(load)?)))?;
    Ok(WithRedials { total_load, performance: at(total_load)? })
}

/// Share of attempts that is blocked or hangs up.
fn lost(performance: &Performance) -> f64 {
    match performance {
        Performance::FiniteLine(floor) => floor.p_block() + floor.p_abandon_of_attempted(),
        other => other.p_abandon(),
    }
}

/// The load at which fresh work and what is not lost for good balance: `a (1 - again loss(a)) = fresh`. The left
/// side grows with
/// `a`, from `fresh` at most to `fresh` at least over the bracket.
fn attempts(fresh: f64, again: f64, servers: u64, loss: impl Fn(f64) -> Result<f64>) -> Result<f64> {
    loss(fresh)?;
    if fresh == 0.0 || again == 0.0 {
        return Ok(fresh);
    }
    if again == 1.0 && fresh >= servers as f64 && loss(fresh)? > 0.0 {
        return Err(ErlangError::Unstable { agents: servers, load: fresh, needed: fresh as u64 + 1 });
    }
    let missing = |load: f64| fresh - load * (1.0 - again * loss(load).unwrap_or(1.0));
    let mut high = fresh;
    while missing(high) > 0.0 {
        high *= 2.0;
        require(high.is_finite(), "fresh_load", fresh, "below the agents", "Everybody redials until served.")?;
    }
    Ok(if high == fresh { fresh } else { falling_root(0.5 * high, high, missing) })
}
