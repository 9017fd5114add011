//! The two functions that conversations spend their time in, without an exponential in most cases.

use std::sync::LazyLock;

use super::encounter::chance;

/// Logits between which chances are tabulated, ...
const LEAST: f64 = -12.0;
/// ... this many for each unit.
const STEPS: f64 = 8.0;
const CELLS: usize = 192;
/// More than any error of the tabulated chances.
const SLACK: f64 = 1e-12;

static CHANCES: LazyLock<[f64; CELLS + 1]> =
    LazyLock::new(|| std::array::from_fn(|cell| chance(LEAST + cell as f64 / STEPS)));

/// Whether something of this logit happens at this uniform number: `u < chance(logit)`, to the last bit. Only near that
/// bound it must be known exactly.
#[inline]
pub(super) fn happens(u: f64, logit: f64) -> bool {
    let place = (logit - LEAST) * STEPS;
    if (0.0..CELLS as f64).contains(&place) {
        let cell = place as usize;
        let chances = &*CHANCES;
        if u < chances[cell] - SLACK {
            return true;
        }
        if u > chances[cell + 1] + SLACK {
            return false;
        }
    }
    u < chance(logit)
}

/// Exponents between -`WIDTH` and `WIDTH` are tabulated, this many for each unit.
const FINE: f64 = 64.0;
const WIDTH: f64 = 2.0;
const EXPONENTS: usize = 256;

static EXPONENTIALS: LazyLock<[f64; EXPONENTS + 1]> =
    LazyLock::new(|| std::array::from_fn(|place| libm::exp(place as f64 / FINE - WIDTH)));

/// exp(x), with a relative error below 1e-14; 1 at 0.
#[inline]
pub(super) fn exp(x: f64) -> f64 {
    let place = (x + WIDTH) * FINE + 0.5;
    if !(0.5..EXPONENTS as f64).contains(&place) {
        return libm::exp(x);
    }
    let place = place as usize;
    let rest = x - (place as f64 / FINE - WIDTH);
    // At most 1/128, so that the next term is below 4e-16.
    let series = 1.0 + rest * (1.0 + rest * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0)))));
    EXPONENTIALS[place] * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_chances_and_exponentials_are_those_of_the_slow_way() {
        for step in -40_000..40_000 {
            let x = f64::from(step) / 2_900.0;
            let p = chance(x);
            for u in [p - 1e-3, p - 1e-9, p - 1e-13, p - 1e-16, p, p + 1e-16, p + 1e-13, p + 1e-9, p + 1e-3] {
                assert_eq!(happens(u, x), u < p, "{u} {x}");
            }
            assert!((exp(x) / libm::exp(x) - 1.0).abs() < 1e-14, "{x}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(!happens(0.5, f64::NEG_INFINITY) && happens(0.5, f64::INFINITY));
    }
}
