//! Control variates: what is known beforehand makes a ratio more precise.

use super::ratio::RatioSums;

/// Most controls at a time.
pub const CONTROLS: usize = 2;

/// Sums over replications of the controls: figures whose expectation is known to be zero.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ControlSums {
    c: [f64; CONTROLS],
    /// Products: of the first with itself, of both, of the second with itself.
    cc: [f64; 3],
}

/// Sums of the products of a ratio's numerators and denominators with the controls.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ControlledSums {
    xc: [f64; CONTROLS],
    yc: [f64; CONTROLS],
}

crate::stored_by_fields!(ControlSums { c, cc });
crate::stored_by_fields!(ControlledSums { xc, yc });

/// A ratio after its controls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Controlled {
    /// The figure.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// How many controls were of use: each takes a degree of freedom.
    pub used: usize,
}

impl ControlSums {
    /// Adds one replication.
    pub fn add(&mut self, c: [f64; CONTROLS]) {
        self.c[0] += c[0];
        self.c[1] += c[1];
        self.cc[0] += c[0] * c[0];
        self.cc[1] += c[0] * c[1];
        self.cc[2] += c[1] * c[1];
    }

    /// The inverse of the matrix of sums of squares about the means; controls that never vary, or that say what another
    /// says, are left out. And how many are left.
    fn inverse(&self, n: f64) -> ([f64; 3], usize) {
        let about = |product: f64, a: f64, b: f64| product - a * b / n;
        let [a, b] = self.c;
        let [aa, ab, bb] = [about(self.cc[0], a, a), about(self.cc[1], a, b), about(self.cc[2], b, b)];
        // What is left of a cancellation is no variance.
        let varies = |square: f64, size: f64| square > 1e-12 * size;
        match (varies(aa, self.cc[0]), varies(bb, self.cc[2])) {
            (true, true) => match aa * bb - ab * ab {
                det if det > 1e-9 * aa * bb => ([bb / det, -ab / det, aa / det], 2),
                _ => ([1.0 / aa, 0.0, 0.0], 1),
            },
            (true, false) => ([1.0 / aa, 0.0, 0.0], 1),
            (false, true) => ([0.0, 0.0, 1.0 / bb], 1),
            (false, false) => ([0.0; 3], 0),
        }
    }
}

fn quadratic([aa, ab, bb]: [f64; 3], [a, b]: [f64; CONTROLS]) -> f64 {
    aa * a * a + 2.0 * ab * a * b + bb * b * b
}

impl ControlledSums {
    /// Adds one replication: numerator, denominator, controls.
    pub fn add(&mut self, x: f64, y: f64, c: [f64; CONTROLS]) {
        for (j, c) in c.into_iter().enumerate() {
            self.xc[j] += x * c;
            self.yc[j] += y * c;
        }
    }

    /// The ratio less what its regression on the controls says of their deviation from zero (Lavenberg and Welch 1981,
    /// with the ratio's residuals of the delta method in the place of the observations). `None` where the controls are of
    /// no use: without a ratio, without variation, or from too few replications.
    pub fn estimate(&self, ratio: &RatioSums, controls: &ControlSums, n: u64) -> Option<Controlled> {
        let r = ratio.ratio()?;
        let count = n as f64;
        let (inverse, used) = controls.inverse(count);
        if used == 0 || n < 10 + used as u64 {
            return None;
        }
        let scale = ratio.denominator() / count;
        let with = |j: usize| (self.xc[j] - r * self.yc[j]) / scale;
        let (products, means) = ([with(0), with(1)], controls.c.map(|sum| sum / count));
        let [aa, ab, bb] = inverse;
        let slopes = [aa * products[0] + ab * products[1], ab * products[0] + bb * products[1]];
        let (squares, size) = ratio.squares(r);
        let left = squares / (scale * scale) - quadratic(inverse, products);
        let left = if left > 1e-12 * size / (scale * scale) { left } else { 0.0 };
        let degrees = count - 1.0 - used as f64;
        let variance = left / degrees * (1.0 / count + quadratic(inverse, means));
        let value = r - slopes[0] * means[0] - slopes[1] * means[1];
        Some(Controlled { value, standard_error: variance.sqrt(), used })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve replications: the mean of x = 2 + 3 c + e, with a second control that is no more than twice the first.
    fn sums(second: impl Fn(f64) -> f64) -> (RatioSums, ControlledSums, ControlSums) {
        let (mut ratio, mut with, mut controls) =
            (RatioSums::default(), ControlledSums::default(), ControlSums::default());
        for i in 0..12 {
            let c = f64::from(i) - 4.0;
            let e = if i % 2 == 0 { 0.25 } else { -0.25 };
            let controls_of = [c, second(c)];
            let x = 2.0 + 3.0 * c + e;
            ratio.add(x, 1.0);
            with.add(x, 1.0, controls_of);
            controls.add(controls_of);
        }
        (ratio, with, controls)
    }

    #[test]
    fn agrees_with_a_regression_by_hand() {
        // Least squares of x on c: slope 3 - 1.5/143 (sum of e c = -1.5, sum of squares of c = 143), at c = 0.
        let (ratio, with, controls) = sums(|_| 0.0);
        let found = with.estimate(&ratio, &controls, 12).unwrap();
        let slope = 3.0 - 1.5 / 143.0;
        assert!((found.value - (2.0 + 3.0 * 1.5 - slope * 1.5)).abs() < 1e-12, "{found:?}");
        let left: f64 = 12.0 * 0.0625 - 1.5 * 1.5 / 143.0;
        let variance = left / 10.0 * (1.0 / 12.0 + 1.5 * 1.5 / 143.0);
        assert!((found.standard_error - variance.sqrt()).abs() < 1e-12, "{found:?}");
        assert_eq!(found.used, 1, "what never varies is no control");
    }

    #[test]
    fn a_control_that_says_the_same_again_changes_nothing() {
        let alone = sums(|_| 0.0);
        let twice = sums(|c| 2.0 * c);
        assert_eq!(alone.1.estimate(&alone.0, &alone.2, 12), twice.1.estimate(&twice.0, &twice.2, 12));
    }

    #[test]
    fn few_replications_have_no_controls() {
        let (ratio, with, controls) = sums(|_| 0.0);
        assert_eq!(with.estimate(&ratio, &controls, 10), None);
        assert_eq!(ControlledSums::default().estimate(&RatioSums::default(), &controls, 12), None);
    }
}
