//! Quantiles for 95 % intervals.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The 97.5 % point of the standard normal distribution.
pub fn normal_quantile_95() -> f64 {
    1.959_963_984_540_054
}

/// The 97.5 % point of Student's t distribution with `degrees` of freedom (at least one).
pub fn student_95(degrees: u64) -> f64 {
    if degrees > 1_000_000 {
        return normal_quantile_95();
    }
    StudentsT::new(0.0, 1.0, degrees.max(1) as f64).map_or(f64::INFINITY, |t| t.inverse_cdf(0.975))
}

/// Wilson's 95 % interval of a probability after `hits` out of `n` (Wilson 1927); `None` for n = 0.
pub fn wilson_95(hits: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let z = normal_quantile_95();
    let (n, p) = (n as f64, hits as f64 / n as f64);
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
    Some(((centre - spread).max(0.0), (centre + spread).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_points_match_the_printed_tables() {
        for (degrees, point) in [(1, 12.706_205), (3, 3.182_446), (19, 2.093_024), (199, 1.971_957), (1999, 1.961_152)] {
            assert!((student_95(degrees) - point).abs() < 1e-5, "{degrees}: {}", student_95(degrees));
        }
    }

    #[test]
    fn wilson_matches_a_published_example() {
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
        let (low, high) = wilson_95(81, 263).unwrap();
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
        assert_eq!(wilson_95(0, 0), None);
    }
}
