//! What conversations decide by their chances, without an exponential in most cases.

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
