//! What conversations decide by their chances, without an exponential in most cases.

use super::encounter::chance;
use crate::special::{ROUND, between};

/// Logits between which chances are tabulated, ...
const LEAST: f64 = -12.0;
/// ... this many for each unit.
const STEPS: f64 = 8.0;
const CELLS: usize = 193;
/// More than any error of the tabulated chances.
const SLACK: f64 = 1e-11;

/// Middle of the chances of each cell of logits, and how far from it they lie at most; the first and the last cell go on
/// for ever.
static CHANCES: [(f64, f64); CELLS] = chances();

const fn chances() -> [(f64, f64); CELLS] {
    let mut chances = [(0.0, 0.0); CELLS];
    let (mut cell, mut low) = (0, 0.0);
    while cell < CELLS {
        let edge = LEAST + (cell as f64 + 0.5) / STEPS;
        let high = if cell + 1 < CELLS { 1.0 / (1.0 + exp(-edge)) } else { 1.0 };
        chances[cell] = (0.5 * (low + high), 0.5 * (high - low) + SLACK);
        (cell, low) = (cell + 1, high);
    }
    chances
}

/// e^x for |x| < 12 at compile time, to 12 digits: the 4096th part by its series, and that twelve times squared.
const fn exp(x: f64) -> f64 {
    let part = x / 4096.0;
    let mut power = 1.0 + part * (1.0 + part / 2.0 * (1.0 + part / 3.0 * (1.0 + part / 4.0 * (1.0 + part / 5.0))));
    let mut squared = 0;
    while squared < 12 {
        power *= power;
        squared += 1;
    }
    power
}

/// Whether something of this logit happens at this uniform number: `u < chance(logit)`, to the last bit. Only near that
/// bound it must be known exactly.
#[inline(always)]
pub(super) fn happens(u: f64, logit: f64) -> bool {
    let place = between(0.0, (logit - LEAST) * STEPS, (CELLS - 1) as f64);
    let (middle, near) = CHANCES[(place + ROUND).to_bits() as u8 as usize];
    // The only branch, and one that is seldom taken: nobody could predict what happens.
    if (u - middle).abs() <= near { happens_just(u, logit) } else { u < middle }
}

#[cold]
#[inline(never)]
fn happens_just(u: f64, logit: f64) -> bool {
    u < chance(logit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_chances_are_those_of_the_slow_way() {
        for step in -40_000..40_000 {
            let x = f64::from(step) / 2_900.0;
            let p = chance(x);
            for u in [p - 1e-3, p - 1e-9, p - 1e-13, p - 1e-16, p, p + 1e-16, p + 1e-13, p + 1e-9, p + 1e-3] {
                assert_eq!(happens(u, x), u < p, "{u} {x}");
            }
        }
        assert!(!happens(0.5, f64::NEG_INFINITY) && happens(0.5, f64::INFINITY));
    }
}
