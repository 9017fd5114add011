//! Gauss-Legendre quadrature with 16 nodes.
//!
//! Exact for polynomials of degree 31; on a panel over which a log-concave function changes by a factor `e^13` the
//! relative error stays below 1e-14.

/// Positive nodes on [-1, 1] and their weights; the rule is symmetric.
const HALF_RULE: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_58),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_74),
    (0.755_404_408_355_003, 0.124_628_971_255_533_88),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_79),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_894),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_096),
];

/// Calls `visit(x, weight)` for the 16 nodes of the panel from `from` to `to`.
#[inline]
pub(super) fn nodes(from: f64, to: f64, mut visit: impl FnMut(f64, f64)) {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    for (node, weight) in HALF_RULE {
        visit(middle - half * node, half * weight);
        visit(middle + half * node, half * weight);
    }
}

/// The integral of `f` over one panel.
pub(super) fn integral(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    let mut sum = 0.0;
    nodes(from, to, |x, weight| sum += weight * f(x));
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_for_degree_31() {
        let got = integral(0.0, 1.0, |x| libm::pow(x, 31.0));
        assert!((got - 1.0 / 32.0).abs() < 1e-16, "{got}");
    }
}
