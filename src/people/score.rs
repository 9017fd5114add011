//! Scores from figures: where people stand among their colleagues, and how sure that is.

use super::traits::{AVERAGE, MOST_SCORE, POINTS};

/// Scores of people from a figure of each (higher = better), on a scale on which people are about normal.
///
/// `noise` is the variance that chance alone gives each figure; 0 = none. What is left of the variance over people is
/// that between them, s². A score is 50 + 20 w (x - mean) / s with the weight w = s² / (s² + noise): who was seen on few
/// contacts moves toward the average. Everybody is average where people differ no more than by chance.
pub fn score(figures: &[f64], noise: &[f64]) -> Vec<f64> {
    let n = figures.len() as f64;
    let mean = figures.iter().sum::<f64>() / n;
    let all = figures.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0).max(1.0);
    let between = all - noise.iter().sum::<f64>() / n;
    // What remains of differences that are all chance is rounding.
    if between.is_nan() || between <= 1e-12 {
        return vec![AVERAGE; figures.len()];
    }
    let one = |(x, noise): (&f64, &f64)| {
        let weight = between / (between + noise);
        (AVERAGE + POINTS * weight * (x - mean) / between.sqrt()).clamp(0.0, MOST_SCORE)
    };
    figures.iter().zip(noise).map(one).collect()
}
