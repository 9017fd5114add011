//! Non-preemptive priorities, M/M/s: a freed agent takes the oldest call of the highest class; nobody hangs up and all
//! classes have the same exponential handle time.
//!
//! Exact. Sources: Cobham 1954, "Priority assignment in waiting line problems"; Kella and Yechiali 1985.

use super::c::{ErlangC, erlang_c};
use super::error::{Result, check_load, not_negative, require};

/// What one class sees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PriorityClass {
    /// Share of its calls that wait: the same for every class.
    pub p_wait: f64,
    /// Mean wait of all its calls (s).
    pub mean_wait_s: f64,
    /// Mean wait of those that wait (s).
    pub mean_wait_of_waiters_s: f64,
    /// Mean number of its calls waiting.
    pub mean_queue: f64,
}

/// The waits of each class, highest first: `E[W_k | W_k > 0] = aht s / ((s - A_{k-1}) (s - A_k))`, `A_k` the load of
/// the classes up
/// to `k`. `loads` in erlangs.
///
/// # Errors
/// [`super::ErlangError::Unstable`] when all classes together are too much; an argument outside its domain.
pub fn priority_classes(agents: u64, loads: &[f64], aht_s: f64) -> Result<Vec<PriorityClass>> {
    let p_wait = together(agents, loads, aht_s)?.p_wait();
    let (s, mut above) = (agents as f64, 0.0);
    let class = |&load: &f64| {
        let up_to = above + load;
        let mean_wait_of_waiters_s = if s > 0.0 { aht_s * s / ((s - above) * (s - up_to)) } else { 0.0 };
        above = up_to;
        let mean_wait_s = p_wait * mean_wait_of_waiters_s;
        PriorityClass { p_wait, mean_wait_s, mean_wait_of_waiters_s, mean_queue: load / aht_s * mean_wait_s }
    };
    Ok(loads.iter().map(class).collect())
}

/// `P(W <= target)` of the highest class: `1 - C exp(-(s - a_1) target/aht)`, as behind it nobody counts.
///
/// # Errors
/// As [`priority_classes`]; a negative or non-finite target.
pub fn first_class_service_level(agents: u64, loads: &[f64], aht_s: f64, target_s: f64) -> Result<f64> {
    require(!loads.is_empty(), "loads", 0.0, "at least one class", "Give the load of each class, highest first.")?;
    let all = together(agents, loads, aht_s)?;
    let spare = agents as f64 - loads[0];
    let late = libm::exp(-spare * not_negative("target_s", target_s)? / aht_s);
    Ok(1.0 - all.p_wait() * late)
}

/// All classes as one queue.
fn together(agents: u64, loads: &[f64], aht_s: f64) -> Result<ErlangC> {
    for &load in loads {
        check_load(load)?;
    }
    erlang_c(agents, loads.iter().sum(), aht_s)
}
