//! What conversations decide by their chances, without an exponential in most cases.

use super::encounter::chance;

/// Logits between which chances are tabulated, ...
const LEAST: f64 = -12.0;
/// ... this many for each unit.
const STEPS: f64 = 8.0;
const CELLS: usize = 193;
/// More than any error of the tabulated chances.
const SLACK: f64 = 1e-11;

/// Chances at the lower edge of each cell and behind the last. The first and the last cell go on for ever.
static CHANCES: [f64; CELLS + 1] = chances();

const fn chances() -> [f64; CELLS + 1] {
    let mut chances = [0.0; CELLS + 1];
    let mut cell = 1;
    while cell < CELLS {
        chances[cell] = 1.0 / (1.0 + exp(-LEAST - (cell as f64 - 0.5) / STEPS));
        cell += 1;
    }
    chances[CELLS] = 1.0;
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
    // Adding this rounds to a whole number and leaves it in the low bits.
    const ROUND: f64 = (1u64 << 52) as f64;
    let place = ((logit - LEAST) * STEPS).max(0.0).min((CELLS - 1) as f64);
    let cell = (place + ROUND).to_bits() as u8 as usize;
    let (low, high) = (CHANCES[cell] - SLACK, CHANCES[cell + 1] + SLACK);
    if low <= u && u <= high {
        return happens_just(u, logit);
    }
    // No branch on what happens: nobody could predict it.
    u < low
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
