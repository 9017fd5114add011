//! Erlang A (M/M/s+M): Erlang C with callers who hang up after an exponential time.
//!
//! Exact, and it has a steady state at any load. Sources: Palm 1957; Garnett, Mandelbaum and Reiman 2002,
//! "Designing a call center with impatient customers"; Mandelbaum and Zeltyn 2007, "Service engineering in
//! action: the Palm/Erlang-A queue". The service levels, waits and tails are those of [`ImpatientQueue`].

use super::error::Result;
use super::general_patience::{ImpatientQueue, impatient_queue};
use super::patience::Patience;

/// Erlang A with its load (erlangs), mean handle time (s) and mean patience (s).
///
/// As patience grows it approaches Erlang C (where that is stable), as it shrinks Erlang B; both ends are reached
/// without a switch of method.
///
/// # Errors
/// A negative or non-finite load; a handle or patience time that is not above zero; no agents but calls.
///
/// ```
/// use callwright::erlang::{a::erlang_a, ServiceLevel};
/// // 600 calls an hour of 300 s, 50 agents, callers hang up after 2 minutes on average.
/// let floor = erlang_a(50, 50.0, 300.0, 120.0).unwrap();
/// assert!((floor.p_abandon() - 0.0689354391184365).abs() < 1e-14);
/// let level = floor.service_level(&ServiceLevel::offered(20.0)).unwrap();
/// assert!((level - 0.783871862377596).abs() < 1e-13);
/// ```
pub fn erlang_a(agents: u64, load: f64, aht_s: f64, patience_s: f64) -> Result<ImpatientQueue> {
    impatient_queue(agents, load, aht_s, &Patience::exponential(patience_s)?)
}
