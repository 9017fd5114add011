//! What conversations decide by their chances, without an exponential in most cases: not the chance of a logit is
//! compared with the uniform number, but the logit with that of the number, which is tabulated.

use super::converse::TOP_BOX;
use super::encounter::chance;
use crate::special::{ROUND, between};

/// Cells of equal width into which (0, 1) is cut.
const CELLS: usize = 128;
/// More than any error of the tabulated logits.
const SLACK: f64 = 1e-9;

/// Between which logits the numbers of each cell lie.
static LOGITS: [(f64, f64); CELLS] = logits();

const fn logits() -> [(f64, f64); CELLS] {
    let logs = logarithms();
    // Nothing is known of the first: a number that rounding has made 1 falls there, too.
    let mut logits = [(f64::NEG_INFINITY, f64::INFINITY); CELLS];
    let mut cell = 1;
    while cell < CELLS {
        logits[cell].0 = logs[cell] - logs[CELLS - cell] - SLACK;
        if cell + 1 < CELLS {
            logits[cell].1 = logs[cell + 1] - logs[CELLS - cell - 1] + SLACK;
        }
        cell += 1;
    }
    logits
}

/// Logarithms of whole numbers at compile time, each from that of the one before: ln(n / (n-1)) = 2 atanh(1 / (2n-1)).
const fn logarithms() -> [f64; CELLS] {
    let mut logs = [0.0; CELLS];
    let mut n = 2;
    while n < CELLS {
        let x = 1.0 / (2 * n - 1) as f64;
        let (mut power, mut sum, mut k) = (x, 0.0, 1);
        while k < 40 {
            sum += power / k as f64;
            power *= x * x;
            k += 2;
        }
        logs[n] = logs[n - 1] + 2.0 * sum;
        n += 1;
    }
    logs
}

/// The logits of the numbers around this one.
#[inline(always)]
fn cell(u: f64) -> (f64, f64) {
    // From 1 to 2 the digits of a number begin with its fraction's.
    LOGITS[((1.0 + u).to_bits() >> (f64::MANTISSA_DIGITS - 1 - CELLS.ilog2())) as usize % CELLS]
}

/// Whether something of this logit happens at this uniform number: `u < chance(logit)`, to the last bit. Only near that
/// bound it must be known exactly.
#[inline(always)]
pub(super) fn happens(u: f64, logit: f64) -> bool {
    let (low, high) = cell(u);
    let (surely, perhaps) = (logit >= high, logit >= low);
    // The only branch, and one that is seldom taken: nobody could predict what happens.
    if surely == perhaps { surely } else { happens_just(u, logit) }
}

#[cold]
#[inline(never)]
fn happens_just(u: f64, logit: f64) -> bool {
    u < chance(logit)
}

/// A rating, given the logit of the best: each lower one or better is a step, of 0 to 10, more likely (proportional odds,
/// McCullagh 1980).
#[inline(always)]
pub(super) fn rate(u: f64, best: f64, step: f64) -> u8 {
    let (low, high) = cell(u);
    // A file may say -0.
    let each = 1.0 / step.abs();
    let (most, least) = (missed(best, each, high), missed(best, each, low));
    if most == least { TOP_BOX - most } else { rate_just(u, best, step) }
}

/// How many of the logits of ratings above the worst do not reach a bound: each step (`each` is 1 / step) one does.
#[inline(always)]
fn missed(best: f64, each: f64, bound: f64) -> u8 {
    const MOST: f64 = TOP_BOX as f64 - 1.0;
    // Rounded up.
    (between(-0.5, (bound - best) * each, MOST - 0.5) + 0.5 + ROUND).to_bits() as u8
}

#[cold]
#[inline(never)]
fn rate_just(u: f64, best: f64, step: f64) -> u8 {
    1 + (0..TOP_BOX - 1).map(|lower| u8::from(happens(u, best + f64::from(lower) * step))).sum::<u8>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_chances_are_those_of_the_slow_way() {
        for step in -10_000..10_000 {
            let x = f64::from(step) / 725.0;
            let p = chance(x);
            for off in [1e-3, 1e-9, 1e-13, 1e-16, 0.0, -1e-16, -1e-13, -1e-9, -1e-3] {
                let u = (p + off).clamp(0.0, 1.0);
                assert_eq!(happens(u, x), u < p, "{u} {x}");
                for apart in [-0.0, 0.0, 0.003, 0.7, 10.0] {
                    let rating = 1 + (0..4).filter(|lower| u < chance(x + f64::from(*lower) * apart)).count();
                    assert_eq!(usize::from(rate(u, x, apart)), rating, "{u} {x} {apart}");
                }
            }
        }
        assert!(!happens(0.5, f64::NEG_INFINITY) && happens(0.5, f64::INFINITY));
    }
}
