//! Quantiles for 95 % intervals, by `libm` so that they are the same on every machine.

/// The 97.5 % point of the standard normal distribution.
const NORMAL_95: f64 = 1.959_963_984_540_054;

/// Up to this many degrees of freedom the distribution function is summed term by term.
const SUMMED: u64 = 2_000;

/// The 97.5 % point of Student's t distribution with `degrees` of freedom (at least one).
pub fn student_95(degrees: u64) -> f64 {
    student_central(degrees, 0.95)
}

/// The point that |T| exceeds with probability `risk` (0 < risk < 1).
pub fn student_two_sided(degrees: u64, risk: f64) -> f64 {
    student_central(degrees, 1.0 - risk)
}

/// The probability that |T| exceeds `t`. Beyond 2,000 degrees by a normal approximation (Abramowitz and Stegun
/// 26.7.8), good to 1e-7.
pub fn student_p_value(degrees: u64, t: f64) -> f64 {
    let (degrees, t) = (degrees.max(1), t.abs());
    if t.is_infinite() {
        return 0.0;
    }
    if degrees > SUMMED {
        let n = degrees as f64;
        let z = t * (1.0 - 0.25 / n) / (1.0 + t * t / (2.0 * n)).sqrt();
        return libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2);
    }
    let angle = libm::atan(t / (degrees as f64).sqrt());
    (1.0 - central_probability(angle, degrees)).clamp(0.0, 1.0)
}

/// The `confidence` point of Student's t distribution, for a bound on one side (0.5 < confidence < 1).
pub fn student_one_sided(degrees: u64, confidence: f64) -> f64 {
    student_central(degrees, 2.0 * confidence - 1.0)
}

/// The point that |T| exceeds with probability 1 - `central`.
///
/// The distribution function has a closed form for whole degrees (Abramowitz and Stegun 26.7.3 and 26.7.4), solved
/// by bisection; beyond 2,000 degrees the expansion around the normal point (26.7.5) is exact to 1e-12.
fn student_central(degrees: u64, central: f64) -> f64 {
    let degrees = degrees.max(1);
    if degrees > SUMMED {
        let (z, n) = (normal_central(central), degrees as f64);
        let first = z * (z * z + 1.0) / 4.0;
        let second = z * ((5.0 * z * z + 16.0) * z * z + 3.0) / 96.0;
        let third = z * (((3.0 * z * z + 19.0) * z * z + 17.0) * z * z - 15.0) / 384.0;
        return z + (first + (second + third / n) / n) / n;
    }
    let angle = bisect(std::f64::consts::FRAC_PI_2, |angle| central_probability(angle, degrees) < central);
    (degrees as f64).sqrt() * libm::tan(angle)
}

/// The point that |Z| exceeds with probability 1 - `central`.
fn normal_central(central: f64) -> f64 {
    bisect(40.0, |z| libm::erf(z * std::f64::consts::FRAC_1_SQRT_2) < central)
}

/// Where `below` turns false between 0 and `high`.
fn bisect(mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    let mut low = 0.0;
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if below(middle) { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// P(|T| <= t) for t = tan(angle) sqrt(degrees).
fn central_probability(angle: f64, degrees: u64) -> f64 {
    let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
    let odd = degrees % 2 == 1;
    // Odd: cos + 2/3 cos³ + 2·4/(3·5) cos⁵ ...; even: 1 + 1/2 cos² + 1·3/(2·4) cos⁴ ...
    let mut term = if odd { cosine } else { 1.0 };
    let mut sum = 0.0;
    let mut power = if odd { 1 } else { 0 };
    while power + 2 <= degrees {
        sum += term;
        power += 2;
        term *= cosine * cosine * (power - 1) as f64 / power as f64;
    }
    if odd { std::f64::consts::FRAC_2_PI * (angle + sine * sum) } else { sine * sum }
}

/// Wilson's 95 % interval of a probability after `hits` out of `n` (Wilson 1927); `None` for n = 0.
pub fn wilson_95(hits: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let z = NORMAL_95;
    let (n, p) = (n as f64, hits as f64 / n as f64);
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
    Some(((centre - spread).max(0.0), (centre + spread).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    #[test]
    fn student_points_match_the_printed_tables() {
        for (degrees, point) in [(1, 12.706_205), (3, 3.182_446), (19, 2.093_024), (199, 1.971_957), (1999, 1.961_152)]
        {
            assert!((student_95(degrees) - point).abs() < 1e-6, "{degrees}: {}", student_95(degrees));
        }
    }

    #[test]
    fn one_sided_points_match_the_printed_tables() {
        for (degrees, confidence, point) in [(19, 0.95, 1.729_133), (199, 0.99, 2.345_232), (1_000_000, 0.9, 1.281_552)]
        {
            let found = student_one_sided(degrees, confidence);
            assert!((found - point).abs() < 2e-6, "{degrees} {confidence}: {found}");
        }
    }

    #[test]
    fn student_points_match_another_library() {
        for degrees in [1, 2, 3, 4, 5, 10, 29, 39, 100, 199, 1000, 1999, 2000, 2001, 5000] {
            let other = StudentsT::new(0.0, 1.0, degrees as f64).unwrap().inverse_cdf(0.975);
            assert!((student_95(degrees) / other - 1.0).abs() < 1e-8, "{degrees}: {} {other}", student_95(degrees));
        }
    }

    #[test]
    fn p_values_match_another_library_and_undo_the_points() {
        for degrees in [1, 2, 5, 19, 199, 1999, 2000, 2001, 100_000] {
            let other = StudentsT::new(0.0, 1.0, degrees as f64).unwrap();
            for t in [0.0, 0.3, 1.0, 2.0, 3.5, -4.5] {
                let (found, expected) = (student_p_value(degrees, t), 2.0 * other.cdf(-f64::abs(t)));
                assert!((found - expected).abs() < 1e-7, "{degrees} {t}: {found} {expected}");
            }
            for risk in [0.2, 0.05, 0.001] {
                let back = student_p_value(degrees, student_two_sided(degrees, risk));
                assert!((back - risk).abs() < 1e-7, "{degrees} {risk}: {back}");
            }
        }
        assert_eq!([10, 1_000_000].map(|degrees| student_p_value(degrees, f64::INFINITY)), [0.0, 0.0]);
    }

    #[test]
    fn wilson_matches_a_published_example() {
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
        let (low, high) = wilson_95(81, 263).unwrap();
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
        assert_eq!(wilson_95(0, 0), None);
    }
}
