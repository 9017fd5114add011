//! Erlang B (M/M/s/s): every line is a server, a call that finds none free is lost.
//!
//! `B(s,a) = (a^s/s!) / sum_{j<=s} a^j/j!`. Everything here works on its reciprocal `y = 1/B`, for which the
//! forward recursion `y_s = 1 + (s/a) y_{s-1}` adds only positive numbers and forgets its start: an error shrinks
//! by `1 - B` at every step. So the recursion need not begin at zero servers, and costs a few multiples of
//! `sqrt(a)` steps even at a million servers.
//!
//! Sources: A. K. Erlang 1917; Jagerman 1974, "Some properties of the Erlang loss function", BSTJ 53 (continuous
//! extension); Farmer and Kaufman 1978 (numerics).

use super::error::{Result, check_load, not_negative, require, share};
use super::gauss;

/// How many e-folds of forgetting count as complete: `e^-40` is below half an ulp of 1.
const FORGOTTEN: f64 = 40.0;

/// Blocking probability: the share of calls that find all `servers` busy.
///
/// `load` in erlangs, zero or more. Without any load nothing is blocked, whatever the number of servers.
/// Underflows to 0 where B < 1e-308; [`ln_blocking`] stays usable there.
///
/// # Errors
/// A negative, infinite or NaN load.
///
/// ```
/// let b = callwright::erlang::b::blocking(10, 5.0).unwrap();
/// assert!((b - 0.018384570336648133).abs() < 1e-15);
/// ```
pub fn blocking(servers: u64, load: f64) -> Result<f64> {
    Ok(1.0 / inverse_blocking(servers, check_load(load)?))
}

/// Natural logarithm of [`blocking`], also where the probability itself underflows.
///
/// # Errors
/// A negative, infinite or NaN load. Zero load gives minus infinity.
pub fn ln_blocking(servers: u64, load: f64) -> Result<f64> {
    let load = check_load(load)?;
    if load == 0.0 {
        return Ok(f64::NEG_INFINITY);
    }
    // y is carried as y * BIG^bigs. Once it has passed BIG, `one`, the 1 of the recursion, no longer counts.
    const BIG: f64 = 1e150;
    let (mut y, mut s) = start_of(servers as f64, 0.0, load);
    let (mut one, mut bigs) = (1.0, 0.0);
    while s < servers as f64 {
        if one == 0.0 && servers as f64 - s > LONG {
            return Ok(-(libm::log(y) + bigs * libm::log(BIG)) - ln_product(s, servers as f64, load));
        }
        s += 1.0;
        y = one + s / load * y;
        if y > BIG {
            y /= BIG;
            one = 0.0;
            bigs += 1.0;
        }
    }
    Ok(-(libm::log(y) + bigs * libm::log(BIG)))
}

/// More factors than this are multiplied by Stirling's formula; for fewer, the loop is more accurate.
const LONG: f64 = 1e7;

/// `ln` of the product of `i/load` for `i` from `from + 1` to `to`.
fn ln_product(from: f64, to: f64, load: f64) -> f64 {
    libm::lgamma(to + 1.0) - libm::lgamma(from + 1.0) - (to - from) * libm::log(load)
}

/// Carried load `a (1 - B)` (erlangs): the mean number of busy servers.
///
/// # Errors
/// A negative, infinite or NaN load.
pub fn carried(servers: u64, load: f64) -> Result<f64> {
    let load = check_load(load)?;
    if servers == 0 || load == 0.0 {
        return Ok(0.0);
    }
    // a (1 - 1/y_s) = s y_{s-1} / y_s: no difference, so heavy overload (y near 1) keeps its digits.
    let (s, before) = (servers as f64, inverse_blocking(servers - 1, load));
    Ok(if before.is_infinite() { load } else { s * before / (1.0 + s / load * before) })
}

/// Erlang B for a number of servers that need not be whole: `1/B = a * Integral_0^inf e^(-a t) (1+t)^x dt`.
///
/// Agrees with [`blocking`] at whole numbers. Interpolates smoothly between them; useful for part-time agents
/// and for sizing by equations (Jagerman 1974, theorem 3).
///
/// # Errors
/// A negative, infinite or NaN argument.
pub fn blocking_fractional(servers: f64, load: f64) -> Result<f64> {
    let (servers, load) = (not_negative("servers", servers)?, check_load(load)?);
    if load == 0.0 {
        return Ok(if servers > 0.0 { 0.0 } else { 1.0 / inverse_blocking(0, load) });
    }
    let fraction = servers - libm::floor(servers);
    let (start, mut s) = start_of(servers, fraction, load);
    let mut y = if s == fraction { inverse_at_fraction(fraction, load) } else { start };
    while s < servers - 0.5 {
        s += 1.0;
        y = 1.0 + s / load * y;
    }
    Ok(1.0 / y)
}

/// `Integral_0^inf e^-u (1 + u/a)^x du` for `0 <= x < 1`, on panels short enough for both factors.
fn inverse_at_fraction(x: f64, load: f64) -> f64 {
    let integrand = |u: f64| libm::exp(-u + x * libm::log1p(u / load));
    let (mut from, mut sum) = (0.0, 0.0);
    while from < 48.0 {
        let to = f64::min(from + 8.0, load.max(4.0 * from));
        sum += gauss::integral(from, to, integrand);
        from = to;
    }
    sum
}

/// The smallest number of servers with blocking at most `target`.
///
/// # Errors
/// `load` negative or not finite; `target` outside 0 to 1, or 0 (some calls are always lost: the answer would be
/// infinite) unless there is no load.
pub fn servers_for_blocking(load: f64, target: f64) -> Result<u64> {
    let (load, target) = (check_load(load)?, share("target", target)?);
    if load == 0.0 {
        return Ok(0);
    }
    require(target > 0.0, "target", target, "more than 0, up to 1", "No finite number of lines loses nothing.")?;
    // B >= 1 - s/a, so fewer than a (1 - target) servers cannot do.
    let mut servers = libm::floor(load * (1.0 - target)) as u64;
    let mut y = inverse_blocking(servers, load);
    let enough = (1.0 - SLACK) / target;
    while y < enough {
        servers += 1;
        y = 1.0 + servers as f64 / load * y;
    }
    // The bound may round up past a goal met exactly.
    while servers > 0 && inverse_blocking(servers - 1, load) >= enough {
        servers -= 1;
    }
    Ok(servers)
}

/// A goal counts as met within this relative rounding error.
pub(super) const SLACK: f64 = 1e-12;

/// The largest load (erlangs) that `servers` carry with blocking at most `target`.
///
/// Newton's method on `ln B` against `ln a`, whose slope `s - a(1-B)` is known exactly.
///
/// # Errors
/// `target` outside 0 to 1, or 1 (any load does).
pub fn load_for_blocking(servers: u64, target: f64) -> Result<f64> {
    share("target", target)?;
    require(target < 1.0, "target", target, "0 up to but not including 1", "Any load meets a blocking of 100 %.")?;
    if servers == 0 || target == 0.0 {
        return Ok(0.0);
    }
    let (mut low, mut high) = (0.0, servers as f64 / (1.0 - target));
    let mut load = 0.5 * high;
    for _ in 0..200 {
        let y = inverse_blocking(servers, load);
        if y * target > 1.0 {
            low = load
        } else {
            high = load
        }
        let slope = servers as f64 - load * ((y - 1.0) / y);
        let mut next = load * libm::exp(libm::log(target * y) / slope);
        if !(next > low && next < high) {
            next = 0.5 * (low + high);
        }
        if (next - load).abs() <= 2.0 * f64::EPSILON * load {
            return Ok(next);
        }
        load = next;
    }
    Ok(load)
}

/// `1/B(s,a)`; infinite when B underflows, and for zero load.
pub(super) fn inverse_blocking(servers: u64, load: f64) -> f64 {
    if load == 0.0 {
        return f64::INFINITY;
    }
    let last = servers as f64;
    let (mut y, mut s) = start_of(last, 0.0, load);
    while s < last && y < f64::INFINITY {
        s += 1.0;
        y = 1.0 + s / load * y;
    }
    y
}

/// Where the recursion may begin so that its start is forgotten at `servers`: `(y, s)`, with `s` a whole
/// number of steps above `fraction`.
///
/// From `n = min(servers, a)` back by `k` steps an error shrinks by `prod i/a <= exp(-(k d + k^2/2)/a)`, with
/// `d = a - n`. The start itself is between `1` and `a/(a-s)` (as `B >= 1 - s/a`); the latter is used.
fn start_of(servers: f64, fraction: f64, load: f64) -> (f64, f64) {
    let top = servers.min(load);
    let below = load - top;
    let steps = libm::sqrt(below * below + 2.0 * FORGOTTEN * load) - below + 2.0;
    let s = libm::floor(top - steps) + fraction;
    if s > fraction { (load / (load - s), s) } else { (1.0, fraction) }
}

/// One Erlang B recursion at a fixed load, continued on demand and remembered: the searches for a staffing read
/// it at many neighbouring numbers of agents.
#[derive(Debug, Clone)]
pub(super) struct Recursion {
    load: f64,
    first: u64,
    inverse: Vec<f64>,
}

impl Recursion {
    pub(super) fn new(load: f64) -> Self {
        Self { load, first: 0, inverse: Vec::new() }
    }

    /// `1/B(servers, load)`.
    pub(super) fn inverse(&mut self, servers: u64) -> f64 {
        if self.inverse.is_empty() {
            self.first = servers;
            self.inverse.push(inverse_blocking(servers, self.load));
        }
        if servers < self.first {
            return inverse_blocking(servers, self.load);
        }
        let index = (servers - self.first) as usize;
        while self.inverse.len() <= index {
            let y = self.inverse[self.inverse.len() - 1];
            if y.is_infinite() {
                return y;
            }
            let s = self.first + self.inverse.len() as u64;
            self.inverse.push(1.0 + s as f64 / self.load * y);
        }
        self.inverse[index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_start_is_forgotten() {
        for (servers, load) in [(40, 500.0), (600, 500.0), (500, 500.0), (3000, 5000.0), (20_000, 19_500.0)] {
            let full = (1..=servers).fold(1.0, |y, s| 1.0 + s as f64 / load * y);
            let short = inverse_blocking(servers, load);
            assert!((short / full - 1.0).abs() < 1e-13, "{servers} {load}: {short} {full}");
        }
    }

    #[test]
    fn the_remembered_recursion_is_the_same() {
        let mut recursion = Recursion::new(57.3);
        for servers in [60, 61, 75, 58, 70] {
            let (got, want) = (recursion.inverse(servers), inverse_blocking(servers, 57.3));
            assert!((got / want - 1.0).abs() < 1e-14, "{servers}: {got} {want}");
        }
    }

    #[test]
    fn zero_load_blocks_nobody() {
        assert_eq!(blocking(0, 0.0), Ok(0.0));
        assert_eq!(carried(3, 0.0), Ok(0.0));
        assert_eq!(servers_for_blocking(0.0, 0.0), Ok(0));
    }
}
