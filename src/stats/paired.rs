//! The difference of two ratios of sums over the same replications.

/// Sums over replications of the numerators x and denominators y of two ratios, A and B, and of their products.
///
/// Replications of two floors that see the same callers are pairs: what both have in common cancels in B - A. By the
/// delta method each replication moves the difference by d = (xB - RB yB) / mean yB - (xA - RA yA) / mean yA, so that
/// se = sd(d) / sqrt(n). The sums are all it takes: memory does not grow with the number of replications.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PairedRatioSums {
    a: Side,
    b: Side,
    /// xA xB, yA yB, xA yB, yA xB.
    xx: f64,
    yy: f64,
    xy: f64,
    yx: f64,
}

/// One of the two ratios by itself.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Side {
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

/// Sums of squares of what the replications move; relative to the mean denominators.
struct Squares {
    a: f64,
    b: f64,
    difference: f64,
}

/// Standard errors of two ratios and of their difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedErrors {
    /// Of A alone.
    pub a: f64,
    /// Of B alone.
    pub b: f64,
    /// Of B - A, by pairs.
    pub difference: f64,
}

impl Side {
    fn add(&mut self, (x, y): (f64, f64)) {
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.xy += x * y;
        self.yy += y * y;
    }

    fn ratio(&self) -> Option<f64> {
        (self.y > 0.0).then(|| self.x / self.y)
    }
}

impl PairedRatioSums {
    /// Adds one replication: numerator and denominator of A, and of B.
    #[inline]
    pub fn add(&mut self, a: (f64, f64), b: (f64, f64)) {
        self.a.add(a);
        self.b.add(b);
        self.xx += a.0 * b.0;
        self.yy += a.1 * b.1;
        self.xy += a.0 * b.1;
        self.yx += a.1 * b.0;
    }

    /// Both ratios; `None` where nothing was counted in the denominator.
    pub fn ratios(&self) -> [Option<f64>; 2] {
        [self.a.ratio(), self.b.ratio()]
    }

    /// B - A; `None` unless both exist. What differs in the last bits of the sums only is the same.
    pub fn difference(&self) -> Option<f64> {
        let (a, b) = (self.a.ratio()?, self.b.ratio()?);
        let difference = b - a;
        Some(if difference.abs() > 1e-12 * (a.abs() + b.abs()) { difference } else { 0.0 })
    }

    /// Standard errors over `n` replications; `None` below two of them, or without a difference.
    pub fn standard_errors(&self, n: u64) -> Option<PairedErrors> {
        let (a, b) = (self.a.ratio()?, self.b.ratio()?);
        if n < 2 {
            return None;
        }
        let n = n as f64;
        let squares = self.squares(a, b, n);
        let error = |squares: f64| (squares / (n - 1.0) / n).sqrt();
        Some(PairedErrors { a: error(squares.a), b: error(squares.b), difference: error(squares.difference) })
    }

    /// Written so that A and B may change places without a changed bit, and so that the same floor twice gives zero.
    fn squares(&self, a: f64, b: f64, n: f64) -> Squares {
        // Products of the residuals x - r y over the mean denominators, and the sizes they are left of.
        let alone = |side: &Side, r: f64| {
            let (scale, cross) = (side.y * side.y / n / n, r * side.xy);
            let size = side.xx + r * r * side.yy;
            ((size - (cross + cross)) / scale, size / scale)
        };
        let ((aa, size_a), (bb, size_b)) = (alone(&self.a, a), alone(&self.b, b));
        let scale = self.a.y * self.b.y / n / n;
        let both = ((self.xx + a * b * self.yy) - (b * self.xy + a * self.yx)) / scale;
        // What is left of a cancellation is no variance.
        let clean = |squares: f64, size: f64| if squares > 1e-13 * size { squares } else { 0.0 };
        Squares {
            a: clean(aa, size_a),
            b: clean(bb, size_b),
            difference: clean((aa + bb) - (both + both), size_a + size_b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::RatioSums;

    /// Numerator and denominator of one replication.
    type Parts = (f64, f64);

    const PAIRS: [(Parts, Parts); 5] = [
        ((1.0, 2.0), (2.0, 2.5)),
        ((3.0, 4.0), (3.5, 4.0)),
        ((2.0, 3.0), (2.5, 3.0)),
        ((6.0, 7.0), (6.0, 7.5)),
        ((2.0, 5.0), (4.0, 5.0)),
    ];

    fn sums(pairs: &[(Parts, Parts)]) -> PairedRatioSums {
        let mut sums = PairedRatioSums::default();
        pairs.iter().for_each(|&(a, b)| sums.add(a, b));
        sums
    }

    #[test]
    fn agrees_with_the_definition_replication_by_replication() {
        let n = PAIRS.len() as f64;
        let total = |part: fn(&(Parts, Parts)) -> f64| PAIRS.iter().map(part).sum::<f64>();
        let (ya, yb) = (total(|p| p.0.1), total(|p| p.1.1));
        let (ra, rb) = (total(|p| p.0.0) / ya, total(|p| p.1.0) / yb);
        let moves = |(a, b): &(Parts, Parts)| (b.0 - rb * b.1) / (yb / n) - (a.0 - ra * a.1) / (ya / n);
        let squares: f64 = PAIRS.iter().map(|p| moves(p) * moves(p)).sum();
        let sums = sums(&PAIRS);
        assert_eq!(sums.difference(), Some(rb - ra));
        let error = sums.standard_errors(5).unwrap().difference;
        assert!((error / (squares / (n - 1.0) / n).sqrt() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn each_side_alone_is_the_ratio_estimator() {
        let (mut a, mut b) = (RatioSums::default(), RatioSums::default());
        for (of_a, of_b) in PAIRS {
            a.add(of_a.0, of_a.1);
            b.add(of_b.0, of_b.1);
        }
        let errors = sums(&PAIRS).standard_errors(5).unwrap();
        assert!((errors.a / a.standard_error(5).unwrap() - 1.0).abs() < 1e-12);
        assert!((errors.b / b.standard_error(5).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(sums(&PAIRS).ratios(), [a.ratio(), b.ratio()]);
    }

    #[test]
    fn changing_places_changes_only_the_sign() {
        let there = sums(&PAIRS);
        let back = sums(&PAIRS.map(|(a, b)| (b, a)));
        assert_eq!(there.difference(), back.difference().map(|d| -d));
        let (there, back) = (there.standard_errors(5).unwrap(), back.standard_errors(5).unwrap());
        assert_eq!((there.a, there.b, there.difference), (back.b, back.a, back.difference));
    }

    #[test]
    fn the_last_bits_of_a_sum_are_no_difference() {
        let price = |n: f64| (3.1 * n, n);
        let fee = sums(&[(price(30.0), price(24.0)), (price(37.0), price(29.0)), (price(41.0), price(33.0))]);
        assert_eq!((fee.difference(), fee.standard_errors(3).unwrap().difference), (Some(0.0), 0.0));
    }

    #[test]
    fn the_same_twice_is_exactly_zero_and_nothing_is_nothing() {
        let same = sums(&PAIRS.map(|(a, _)| (a, a)));
        assert_eq!((same.difference(), same.standard_errors(5).unwrap().difference), (Some(0.0), 0.0));
        assert_eq!(PairedRatioSums::default().difference(), None);
        assert_eq!(sums(&PAIRS[..1]).standard_errors(1), None);
    }
}
