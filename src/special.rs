//! The few special functions the formulas need, on `libm` so that every platform computes the same bits.
//!
//! `statrs` has gamma functions too, but takes its logarithms from `num-traits`, which falls back to the C library
//! of the machine as soon as any crate turns on `num-traits/std`.

use std::f64::consts::{LN_2, PI};

const STEPS: usize = 64;
/// Bits of 2^(i/64), correctly rounded.
#[rustfmt::skip]
static POWERS: [u64; STEPS] = [
    0x3ff0_0000_0000_0000, 0x3ff0_2c9a_3e77_8061, 0x3ff0_59b0_d315_8574, 0x3ff0_8745_1875_9bc8,
    0x3ff0_b558_6cf9_890f, 0x3ff0_e3ec_32d3_d1a2, 0x3ff1_1301_d012_5b51, 0x3ff1_429a_aea9_2de0,
    0x3ff1_72b8_3c7d_517b, 0x3ff1_a35b_eb6f_cb75, 0x3ff1_d487_3168_b9aa, 0x3ff2_063b_8862_8cd6,
    0x3ff2_387a_6e75_6238, 0x3ff2_6b45_65e2_7cdd, 0x3ff2_9e9d_f51f_dee1, 0x3ff2_d285_a6e4_030b,
    0x3ff3_06fe_0a31_b715, 0x3ff3_3c08_b264_16ff, 0x3ff3_71a7_373a_a9cb, 0x3ff3_a7db_34e5_9ff7,
    0x3ff3_dea6_4c12_3422, 0x3ff4_160a_21f7_2e2a, 0x3ff4_4e08_6061_892d, 0x3ff4_86a2_b5c1_3cd0,
    0x3ff4_bfda_d536_2a27, 0x3ff4_f9b2_769d_2ca7, 0x3ff5_342b_569d_4f82, 0x3ff5_6f47_36b5_27da,
    0x3ff5_ab07_dd48_5429, 0x3ff5_e76f_15ad_2148, 0x3ff6_247e_b03a_5585, 0x3ff6_6238_8255_2225,
    0x3ff6_a09e_667f_3bcd, 0x3ff6_dfb2_3c65_1a2f, 0x3ff7_1f75_e8ec_5f74, 0x3ff7_5feb_5642_67c9,
    0x3ff7_a114_73eb_0187, 0x3ff7_e2f3_36cf_4e62, 0x3ff8_2589_994c_ce13, 0x3ff8_68d9_9b44_92ed,
    0x3ff8_ace5_422a_a0db, 0x3ff8_f1ae_9915_7736, 0x3ff9_3737_b0cd_c5e5, 0x3ff9_7d82_9fde_4e50,
    0x3ff9_c491_82a3_f090, 0x3ffa_0c66_7b5d_e565, 0x3ffa_5503_b23e_255d, 0x3ffa_9e6b_5579_fdbf,
    0x3ffa_e89f_995a_d3ad, 0x3ffb_33a2_b84f_15fb, 0x3ffb_7f76_f2fb_5e47, 0x3ffb_cc1e_904b_c1d2,
    0x3ffc_199b_dd85_529c, 0x3ffc_67f1_2e57_d14b, 0x3ffc_b720_dcef_9069, 0x3ffd_072d_4a07_897c,
    0x3ffd_5818_dcfb_a487, 0x3ffd_a9e6_03db_3285, 0x3ffd_fc97_337b_9b5f, 0x3ffe_502e_e78b_3ff6,
    0x3ffe_a4af_a2a4_90da, 0x3ffe_fa1b_ee61_5a27, 0x3fff_5076_5b6e_4540, 0x3fff_a7c1_819e_90d8,
];

/// Adding this to a number below 2^51 in size rounds it to a whole one and leaves that in the low bits.
pub const ROUND: f64 = (3u64 << 51) as f64;

/// The nearest number between two bounds; the lower one for no number. Two steps of the processor, where `clamp` must
/// answer for more.
#[inline(always)]
pub fn between(low: f64, x: f64, high: f64) -> f64 {
    let x = if x > low { x } else { low };
    if x < high { x } else { high }
}

/// `e^x`, off by three units in the last place at most and exactly 1 at 0: `libm`'s in a third of the time, for those
/// who need one for each contact. By Tang, "Table-driven implementation of the exponential function" (1989).
#[inline]
pub fn exp(x: f64) -> f64 {
    if !matches!(x.abs(), 0.0..=700.0) {
        return libm::exp(x);
    }
    // ln 2 / 64 in two parts, the first with so few digits that its multiples are exact.
    const STEP: f64 = LN_2 / STEPS as f64;
    const STEP_HIGH: f64 = f64::from_bits(STEP.to_bits() & (!0 << 27));
    const STEP_LOW: f64 = (STEP - STEP_HIGH) + LN_2_REST / STEPS as f64;
    // What `LN_2` leaves out of the logarithm of 2.
    const LN_2_REST: f64 = 2.319_046_813_846_299_6e-17;
    let shifted = x * (1.0 / STEP) + ROUND;
    let (whole, steps) = (shifted.to_bits() as i32 as i64, shifted - ROUND);
    let rest = (x - steps * STEP_HIGH) - steps * STEP_LOW;
    // |rest| < 0.0055, so that the next term is below 4e-17.
    let series = rest + rest * rest * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0))));
    let power = f64::from_bits(POWERS[whole as usize % STEPS]);
    let scale = f64::from_bits(((1023 + (whole >> STEPS.ilog2())) as u64) << 52);
    (power + power * series) * scale
}

/// `e^-y - 1 + y`, without cancellation at small `y`, given `exp = e^-y`.
#[inline]
pub fn exp_excess_given(y: f64, exp: f64) -> f64 {
    if y.abs() > 0.25 {
        return (exp - 1.0) + y;
    }
    // y^2 (1/2! - y/3! + y^2/4! - ...); twelve terms leave 1e-18 of the first at |y| = 1/4.
    const TERMS: [f64; 12] = [
        1.0 / 2.0,
        -1.0 / 6.0,
        1.0 / 24.0,
        -1.0 / 120.0,
        1.0 / 720.0,
        -1.0 / 5_040.0,
        1.0 / 40_320.0,
        -1.0 / 362_880.0,
        1.0 / 3_628_800.0,
        -1.0 / 39_916_800.0,
        1.0 / 479_001_600.0,
        -1.0 / 6_227_020_800.0,
    ];
    y * y * TERMS.iter().rev().fold(0.0, |sum, term| sum * y + term)
}

/// `d - ln(1 + d)` for `d > -1`, without cancellation at small `d`.
pub fn log_excess(d: f64) -> f64 {
    if d.abs() > 0.1 {
        return d - libm::log1p(d);
    }
    // With v = d/(2+d): ln(1+d) = 2 atanh v, and d - 2v = d v.
    let v = d / (2.0 + d);
    let v2 = v * v;
    let series = (1..12).rev().fold(0.0, |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * v2);
    v * (d - 2.0 * series)
}

/// `ln Gamma(x+1)` less its leading Stirling terms `(x + 1/2) ln x - x + ln sqrt(2 pi)`, for `x > 0`
/// (Loader 2000, "Fast and accurate computation of binomial probabilities", section 2).
fn stirling_error(x: f64) -> f64 {
    if x < 16.0 {
        return libm::lgamma(x + 1.0) - (x + 0.5) * libm::log(x) + x - 0.5 * libm::log(2.0 * PI);
    }
    const TERMS: [f64; 6] = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0];
    let x2 = x * x;
    TERMS.iter().rev().fold(0.0, |sum, term| sum / x2 + term) / x
}

/// Poisson probability of `k` (real, 0 or more) at `mean`: `mean^k e^-mean / Gamma(k+1)` (Loader 2000, section 3).
pub fn poisson_probability(k: f64, mean: f64) -> f64 {
    if mean == 0.0 {
        return if k == 0.0 { 1.0 } else { 0.0 };
    }
    if k == 0.0 {
        return libm::exp(-mean);
    }
    // k ln(k/mean) + mean - k = k (d - ln(1+d)) with d = mean/k - 1.
    let deviance = k * log_excess((mean - k) / k);
    libm::exp(-stirling_error(k) - deviance) / libm::sqrt(2.0 * PI * k)
}

/// Probability of `k` failures before the `successes`-th success (`successes` real, more than 0) when a trial
/// succeeds with probability `x` and fails with probability `fail = 1 - x` (Loader 2000, section 4).
pub fn negative_binomial_probability(k: f64, successes: f64, x: f64, fail: f64) -> f64 {
    if k == 0.0 {
        return libm::exp(successes * if x > 0.5 { libm::log1p(-fail) } else { libm::log(x) });
    }
    let trials = successes + k;
    let correction = stirling_error(trials) - stirling_error(successes) - stirling_error(k);
    let gap = successes * fail - k * x;
    let deviance = successes * log_excess(-gap / successes) + k * log_excess(gap / k);
    let binomial = libm::exp(correction - deviance) * libm::sqrt(trials / (2.0 * PI * successes * k));
    binomial * successes / trials
}

/// Regularised lower incomplete gamma function `P(shape, x)`: the gamma distribution function (DLMF 8.2.4).
pub fn gamma_lower(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x < shape + 1.0 { gamma_series(shape, x) } else { 1.0 - gamma_fraction(shape, x) }
}

/// Regularised upper incomplete gamma function `Q(shape, x) = 1 - P(shape, x)`.
pub fn gamma_upper(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if x < shape + 1.0 { 1.0 - gamma_series(shape, x) } else { gamma_fraction(shape, x) }
}

/// Quantile of the gamma distribution with this shape and mean 1, for `0 < p < 1`: `P(shape, shape x) = p` solved by
/// bisection on the logarithm, to the last digits.
pub fn gamma_quantile(shape: f64, p: f64) -> f64 {
    // Upper tails are compared in the upper half, where the lower ones have lost their digits.
    let below = |log: f64| {
        let x = shape * libm::exp(log);
        if p > 0.5 { gamma_upper(shape, x) > 1.0 - p } else { gamma_lower(shape, x) < p }
    };
    let (mut low, mut high) = (-1.0, 1.0);
    while !below(low) && low > -700.0 {
        low *= 2.0;
    }
    while below(high) && high < 700.0 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    libm::exp(0.5 * (low + high))
}

/// DLMF 8.11.4: `P = x^a e^-x / Gamma(a+1) * (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...)`.
fn gamma_series(shape: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut n) = (1.0, 1.0, shape);
    while term > sum * 1e-17 {
        n += 1.0;
        term *= x / n;
        sum += term;
    }
    sum * poisson_probability(shape, x)
}

/// DLMF 8.9.2, evaluated by Lentz's method.
fn gamma_fraction(shape: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    // x^a e^-x / Gamma(a) = a * Poisson(a; x)
    let front = if x.is_finite() { shape * poisson_probability(shape, x) } else { 0.0 };
    if front == 0.0 {
        return 0.0;
    }
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut fraction = d;
    let mut i = 0.0;
    loop {
        i += 1.0;
        let numerator = -i * (i - shape);
        b += 2.0;
        d = 1.0 / nonzero(numerator * d + b, TINY);
        c = nonzero(b + numerator / c, TINY);
        let change = c * d;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 || i > 1e6 {
            return fraction * front;
        }
    }
}

fn nonzero(value: f64, tiny: f64) -> f64 {
    if value.abs() < tiny { tiny } else { value }
}

/// Standard normal distribution function.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// The standard normal number below which a share `p` in (0, 1) lies: Newton's method from a rational first guess
/// (Abramowitz and Stegun 26.2.23).
pub fn normal_quantile(p: f64) -> f64 {
    let tail = p.min(1.0 - p);
    let t = (-2.0 * libm::log(tail)).sqrt();
    let first =
        t - (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    // In the upper tail, where `first` is positive: the tail is exact there, 1 - p would not be.
    let density = |z: f64| libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
    let mut z = first;
    for _ in 0..3 {
        let miss = normal_cdf(-z) - tail;
        z += miss / density(z);
    }
    if p < 0.5 { -z } else { z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_quantiles_of_the_tables() {
        // R: qnorm(c(.975, .5, 1e-10, .3)), printed with 16 digits.
        close(normal_quantile(0.975), 1.959_963_984_540_054, 1e-14);
        assert!(normal_quantile(0.5).abs() < 1e-15);
        close(normal_quantile(1e-10), -6.361_340_902_404_056, 1e-14);
        close(normal_quantile(0.3), -0.524_400_512_708_041, 1e-14);
    }

    fn close(got: f64, want: f64, rel: f64) {
        assert!((got - want).abs() <= rel * want.abs(), "got {got:e}, want {want:e}");
    }

    // Wanted values where no closed form stands beside them: 40-digit arithmetic (mpmath), rounded.
    #[test]
    fn small_differences_keep_their_digits() {
        let excess = |y: f64| exp_excess_given(y, libm::exp(-y));
        close(excess(1e-8), 4.999_999_983_333_333e-17, 1e-15);
        close(excess(-0.3), 0.049_858_807_576_003_104, 1e-14);
        close(excess(0.7), 0.196_585_303_791_409_5, 1e-15);
        close(log_excess(1e-7), 4.999_999_666_666_692e-15, 1e-15);
        close(log_excess(-0.09), 0.004_310_679_471_241_327, 1e-15);
    }

    #[test]
    fn the_quick_exponential_is_that_of_libm_to_three_last_places() {
        assert_eq!(exp(0.0), 1.0);
        for step in -100_000..=100_000 {
            // Up to where the slow one has taken over.
            let x = f64::from(step) * 0.007_09;
            close(exp(x), libm::exp(x), 3.0 * f64::EPSILON);
            let small = x / 700.0;
            close(exp(small), libm::exp(small), 3.0 * f64::EPSILON);
        }
        assert!(exp(f64::NAN).is_nan());
        assert_eq!((exp(f64::INFINITY), exp(f64::NEG_INFINITY), exp(1e300)), (f64::INFINITY, 0.0, f64::INFINITY));
        // exp(1) and exp(-20) in 17 digits.
        close(exp(1.0), std::f64::consts::E, f64::EPSILON);
        close(exp(-20.0), 2.061_153_622_438_558e-9, 3.0 * f64::EPSILON);
    }

    #[test]
    fn incomplete_gamma_against_closed_forms() {
        // P(1, x) = 1 - e^-x; P(1/2, x^2) = erf x; Q(3, x) = e^-x (1 + x + x^2/2).
        close(gamma_lower(1.0, 0.2), -libm::expm1(-0.2), 1e-14);
        close(gamma_lower(0.5, 4.0), libm::erf(2.0), 1e-14);
        close(gamma_upper(3.0, 9.0), libm::exp(-9.0) * (1.0 + 9.0 + 40.5), 1e-13);
    }

    #[test]
    fn gamma_quantiles_against_closed_forms() {
        // Shape 1 is exponential; shape 1/2 is half a squared normal: P(|Z| < 1.959963984540054) = 0.95.
        for p in [1e-6, 0.1, 0.5, 0.9, 1.0 - 1e-6] {
            close(gamma_quantile(1.0, p), -libm::log1p(-p), 1e-9);
        }
        close(gamma_quantile(0.5, 0.95), 3.841_458_820_694_124, 1e-12);
        // Root of the regularised incomplete gamma function found with 30 digits (mpmath).
        close(gamma_quantile(156.25, 0.05), 0.872_149_357_074_940_9, 1e-11);
    }

    #[test]
    fn probabilities_sum_to_one() {
        let poisson: f64 = (0..200).map(|k| poisson_probability(f64::from(k), 55.5)).sum();
        close(poisson, 1.0, 1e-13);
        let binomial: f64 = (0..4000).map(|k| negative_binomial_probability(f64::from(k), 7.3, 0.04, 0.96)).sum();
        close(binomial, 1.0, 1e-12);
    }
}
