//! A ratio of sums over independent replications, with its confidence interval.

/// Sums over replications of a numerator x and a denominator y.
///
/// The estimate is sum x / sum y, never a mean of ratios. Its standard error is that of the ratio estimator (delta
/// method; Cochran, *Sampling Techniques*, 1977, section 6.4): with d = x - r y, se = sd(d) / (sqrt(n) mean y).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RatioSums {
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

crate::stored_by_fields!(RatioSums { x, y, xx, xy, yy });

impl RatioSums {
    /// Adds one replication.
    #[inline]
    pub fn add(&mut self, x: f64, y: f64) {
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.xy += x * y;
        self.yy += y * y;
    }

    /// Sum of numerators.
    pub fn numerator(&self) -> f64 {
        self.x
    }

    /// Sum of denominators.
    pub fn denominator(&self) -> f64 {
        self.y
    }

    /// The ratio; `None` when nothing was counted in the denominator.
    pub fn ratio(&self) -> Option<f64> {
        (self.y > 0.0).then(|| self.x / self.y)
    }

    /// Sum of squares of the residuals x - r y, and the size of what it is left of.
    pub(super) fn squares(&self, r: f64) -> (f64, f64) {
        (self.xx - 2.0 * r * self.xy + r * r * self.yy, self.xx + r * r * self.yy)
    }

    /// Standard error over `n` replications; `None` below two of them.
    pub fn standard_error(&self, n: u64) -> Option<f64> {
        let r = self.ratio()?;
        if n < 2 {
            return None;
        }
        let n = n as f64;
        let (squares, size) = self.squares(r);
        // What is left of a cancellation is no variance.
        let variance = if squares > 1e-13 * size { squares / (n - 1.0) } else { 0.0 };
        Some((variance / n).sqrt() / (self.y / n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_worked_example() {
        // x = 1 3 2 6, y = 2 4 3 7: r = 12/16; d = -0.5 0 -0.25 0.75, sum d² = 0.875.
        let mut sums = RatioSums::default();
        for (x, y) in [(1.0, 2.0), (3.0, 4.0), (2.0, 3.0), (6.0, 7.0)] {
            sums.add(x, y);
        }
        assert_eq!(sums.ratio(), Some(0.75));
        let expected = (0.875_f64 / 3.0 / 4.0).sqrt() / 4.0;
        assert!((sums.standard_error(4).unwrap() - expected).abs() < 1e-15);
    }

    #[test]
    fn is_undefined_without_data_and_has_no_error_from_one_replication() {
        let mut sums = RatioSums::default();
        assert_eq!(sums.ratio(), None);
        sums.add(1.0, 2.0);
        assert_eq!(sums.standard_error(1), None);
        sums.add(2.0, 4.0);
        assert_eq!(sums.standard_error(2), Some(0.0));
    }
}
