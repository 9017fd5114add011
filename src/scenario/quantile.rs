//! Quantiles of stated times.

use super::types::Dist;
use crate::special::{gamma_quantile, normal_quantile};

impl Dist {
    /// The time that a share `p` of all do not exceed, for `0 < p < 1`.
    pub fn quantile(&self, p: f64) -> f64 {
        let exponential = -libm::log1p(-p);
        match self {
            Self::Constant { mean } => *mean,
            Self::Exponential { mean } => mean * exponential,
            Self::Lognormal { mean, cv } => {
                let variance = libm::log1p(cv * cv);
                mean * libm::exp(variance.sqrt() * normal_quantile(p) - 0.5 * variance)
            }
            Self::Gamma { mean, cv } => mean * gamma_quantile(1.0 / (cv * cv), p),
            Self::Erlang { mean, k } => mean * gamma_quantile(f64::from(*k), p),
            Self::Weibull { mean, shape } => {
                mean / libm::tgamma(1.0 + 1.0 / shape) * libm::pow(exponential, 1.0 / shape)
            }
            Self::Uniform { min, max } => min + p * (max - min),
            Self::Triangular { min, mode, max } => triangular(*min, *mode, *max, p),
            Self::Hyperexponential { mean, cv } => mean * hyperexponential(*cv, p),
            Self::Empirical { values } => values[((p * values.len() as f64) as usize).min(values.len() - 1)],
        }
    }
}

fn triangular(min: f64, mode: f64, max: f64, p: f64) -> f64 {
    let span = max - min;
    if p * span < mode - min {
        min + (p * span * (mode - min)).sqrt()
    } else {
        max - ((1.0 - p) * span * (max - mode)).sqrt()
    }
}

/// Of two exponential phases with balanced means, mean 1 together: by bisection.
fn hyperexponential(cv: f64, p: f64) -> f64 {
    let square = cv * cv;
    let first = 0.5 * (1.0 + ((square - 1.0) / (square + 1.0)).max(0.0).sqrt());
    let above = |x: f64| first * libm::exp(-2.0 * first * x) + (1.0 - first) * libm::exp(-2.0 * (1.0 - first) * x);
    let (mut low, mut high) = (0.0, 1.0);
    while above(high) > 1.0 - p {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        *(if above(middle) > 1.0 - p { &mut low } else { &mut high }) = middle;
    }
    high
}
