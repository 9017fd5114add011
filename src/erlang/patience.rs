//! How long callers are willing to wait: the distributions of the scenario language, as the formulas need them.
//!
//! M/M/s+G needs four functions of a waiting time `x`: the survival function `G`, the distribution function `F`,
//! the partial mean `M(x) = E[R; R <= x]` and the shortfall `K(x) = Integral_0^x F = x F(x) - M(x)`. Each is
//! computed so
//! that its relative error stays small where it is tiny: a queue of two seconds meets the far left tail of a
//! patience of two minutes.

use std::sync::Arc;

use super::error::{Result, not_negative, positive, require, share};
use crate::special::{exp_excess_given, gamma_lower, gamma_upper, normal_cdf, poisson_probability};

/// A patience distribution, checked on construction. All times in seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Patience {
    law: Law,
    balk: f64,
}

#[derive(Debug, Clone, PartialEq)]
enum Law {
    Never,
    Constant { at: f64 },
    Exponential { mean: f64 },
    Lognormal { mean: f64, mu: f64, sigma: f64 },
    Gamma { shape: f64, scale: f64 },
    Weibull { mean: f64, shape: f64, scale: f64 },
    Uniform { min: f64, max: f64 },
    Triangular { min: f64, mode: f64, max: f64 },
    Hyperexponential { share: f64, means: [f64; 2] },
    Empirical { values: Arc<[f64]>, sums: Arc<[f64]> },
}

/// The four functions at one waiting time.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub(super) survival: f64,
    pub(super) cdf: f64,
    pub(super) partial_mean: f64,
    pub(super) shortfall: f64,
}

impl At {
    /// From `F`, `G` and `M`; the shortfall follows.
    fn new(x: f64, cdf: f64, survival: f64, partial_mean: f64) -> Self {
        Self { survival, cdf, partial_mean, shortfall: (x * cdf - partial_mean).max(0.0) }
    }

    fn nobody_yet() -> Self {
        Self { survival: 1.0, cdf: 0.0, partial_mean: 0.0, shortfall: 0.0 }
    }

    fn everybody(x: f64, mean: f64) -> Self {
        Self { survival: 0.0, cdf: 1.0, partial_mean: mean, shortfall: x - mean }
    }
}

impl Patience {
    /// Nobody ever hangs up.
    pub fn never() -> Self {
        Self { law: Law::Never, balk: 0.0 }
    }

    /// Everybody waits exactly `mean_s`: a caller whose wait would reach it hangs up at that time.
    ///
    /// # Errors
    /// A time that is not above zero.
    pub fn constant(mean_s: f64) -> Result<Self> {
        Ok(Law::Constant { at: positive("patience_s", mean_s)? }.into())
    }

    /// Exponential: Erlang A.
    ///
    /// # Errors
    /// A mean that is not above zero.
    pub fn exponential(mean_s: f64) -> Result<Self> {
        Ok(Law::Exponential { mean: positive("patience_s", mean_s)? }.into())
    }

    /// Lognormal by mean and coefficient of variation.
    ///
    /// # Errors
    /// A mean that is not above zero; a coefficient of variation outside 0.001 to 1000.
    pub fn lognormal(mean_s: f64, cv: f64) -> Result<Self> {
        let mean = positive("patience_s", mean_s)?;
        let variance = libm::log1p(spread(cv)? * cv);
        Ok(Law::Lognormal { mean, mu: libm::log(mean) - 0.5 * variance, sigma: libm::sqrt(variance) }.into())
    }

    /// Gamma by mean and coefficient of variation.
    ///
    /// # Errors
    /// A mean that is not above zero; a coefficient of variation outside 0.001 to 1000.
    pub fn gamma(mean_s: f64, cv: f64) -> Result<Self> {
        let shape = 1.0 / (spread(cv)? * cv);
        Ok(Law::Gamma { shape, scale: positive("patience_s", mean_s)? / shape }.into())
    }

    /// Sum of `k` equal exponential phases.
    ///
    /// # Errors
    /// A mean that is not above zero; no phase at all, or more than a million.
    pub fn erlang(mean_s: f64, k: u32) -> Result<Self> {
        let shape = f64::from(k);
        require(
            (1..=1_000_000).contains(&k),
            "k",
            shape,
            "1 to 1000000",
            "1 is exponential; for very many use constant.",
        )?;
        Ok(Law::Gamma { shape, scale: positive("patience_s", mean_s)? / shape }.into())
    }

    /// Weibull by mean and shape (1 = exponential, below 1: many hang up early).
    ///
    /// # Errors
    /// A mean that is not above zero; a shape outside 0.05 to 1000.
    pub fn weibull(mean_s: f64, shape: f64) -> Result<Self> {
        let mean = positive("patience_s", mean_s)?;
        let usable = (0.05..=1000.0).contains(&shape);
        require(usable, "shape", shape, "0.05 to 1000", "1 is exponential; for more than 1000 use constant.")?;
        let scale = mean / libm::tgamma(1.0 + 1.0 / shape);
        Ok(Law::Weibull { mean, shape, scale }.into())
    }

    /// Uniform on `[min_s, max_s]`.
    ///
    /// # Errors
    /// A negative minimum; a maximum that is not above it.
    pub fn uniform(min_s: f64, max_s: f64) -> Result<Self> {
        let (min, max) = (not_negative("min_s", min_s)?, positive("max_s", max_s)?);
        require(min < max, "max_s", max, "above min_s", "Use constant when they are equal.")?;
        Ok(Law::Uniform { min, max }.into())
    }

    /// Triangular on `[min_s, max_s]` with its peak at `mode_s`.
    ///
    /// # Errors
    /// A negative minimum; values out of order.
    pub fn triangular(min_s: f64, mode_s: f64, max_s: f64) -> Result<Self> {
        let (min, mode, max) =
            (not_negative("min_s", min_s)?, not_negative("mode_s", mode_s)?, positive("max_s", max_s)?);
        require(min < max, "max_s", max, "above min_s", "Use constant when they are equal.")?;
        require(min <= mode && mode <= max, "mode_s", mode, "min_s to max_s", "The peak lies between the ends.")?;
        Ok(Law::Triangular { min, mode, max }.into())
    }

    /// Two exponential phases with balanced means: `share = (1 + sqrt((cv^2-1)/(cv^2+1))) / 2`, rates `2 share / mean`
    /// and `2 (1-share) / mean`.
    ///
    /// # Errors
    /// A mean that is not above zero; a coefficient of variation outside 1 to 1000.
    pub fn hyperexponential(mean_s: f64, cv: f64) -> Result<Self> {
        let (mean, square) = (positive("patience_s", mean_s)?, spread(cv)? * cv);
        require(cv >= 1.0, "cv", cv, "1 or more", "Below 1 use gamma, erlang or lognormal.")?;
        let half_gap = 0.5 * libm::sqrt((square - 1.0) / (square + 1.0));
        // 1/2 - half_gap without cancellation at large cv.
        let small = 0.5 / (square + 1.0) / (0.5 + half_gap);
        Ok(Law::Hyperexponential { share: 1.0 - small, means: [0.5 * mean / (1.0 - small), 0.5 * mean / small] }.into())
    }

    /// Drawn with equal probability from observed times, in any order.
    ///
    /// # Errors
    /// No values, or one that is negative or not finite; only zeros.
    pub fn empirical(values_s: &[f64]) -> Result<Self> {
        require(!values_s.is_empty(), "values_s", 0.0, "at least one value", "The list of observed times is empty.")?;
        for &value in values_s {
            not_negative("values_s", value)?;
        }
        let mut values = values_s.to_vec();
        values.sort_by(f64::total_cmp);
        let sums: Vec<f64> = std::iter::once(0.0)
            .chain(values.iter().scan(0.0, |sum, value| {
                *sum += value;
                Some(*sum)
            }))
            .collect();
        positive("mean of values_s", sums[values.len()])?;
        Ok(Law::Empirical { values: values.into(), sums: sums.into() }.into())
    }

    /// The same, with this share of callers leaving at once when no agent is free.
    ///
    /// # Errors
    /// A share outside 0 to 1.
    pub fn with_balk(mut self, balk: f64) -> Result<Self> {
        self.balk = share("balk", balk)?;
        Ok(self)
    }

    /// Share of callers who leave at once when no agent is free.
    pub fn balk(&self) -> f64 {
        self.balk
    }

    /// Mean patience of those who do not balk (s); `None` when nobody hangs up.
    pub fn mean_s(&self) -> Option<f64> {
        match &self.law {
            Law::Never => None,
            Law::Constant { at } => Some(*at),
            Law::Exponential { mean } | Law::Lognormal { mean, .. } | Law::Weibull { mean, .. } => Some(*mean),
            Law::Gamma { shape, scale } => Some(shape * scale),
            Law::Uniform { min, max } => Some(0.5 * (min + max)),
            Law::Triangular { min, mode, max } => Some((min + mode + max) / 3.0),
            Law::Hyperexponential { share, means } => Some(share * means[0] + (1.0 - share) * means[1]),
            Law::Empirical { values, sums } => Some(sums[values.len()] / values.len() as f64),
        }
    }

    /// Nobody hangs up and nobody balks: Erlang C.
    pub fn is_unlimited(&self) -> bool {
        self.law == Law::Never && self.balk == 0.0
    }

    /// The mean, when patience is exponential without balking: Erlang A.
    pub(super) fn exponential_mean_s(&self) -> Option<f64> {
        match self.law {
            Law::Exponential { mean } if self.balk == 0.0 => Some(mean),
            _ => None,
        }
    }

    /// The mean, when patience is exponential, balking or not.
    pub(super) fn exponential_law_s(&self) -> Option<f64> {
        match self.law {
            Law::Exponential { mean } => Some(mean),
            _ => None,
        }
    }

    /// Whether those who do not balk never hang up.
    pub(super) fn never_hangs_up(&self) -> bool {
        self.law == Law::Never
    }

    /// Everyone, balking included: share still there after a wait of `x` seconds, and share gone by then.
    pub(super) fn survival_and_cdf(&self, x: f64) -> (f64, f64) {
        let at = self.at(x);
        ((1.0 - self.balk) * at.survival, self.balk + (1.0 - self.balk) * at.cdf)
    }

    /// The four functions of those who do not balk, at `x` seconds.
    #[inline]
    pub(super) fn at(&self, x: f64) -> At {
        if let Law::Exponential { mean } = self.law {
            return exponential_at(x, mean);
        }
        self.law.at(x)
    }

    /// The smallest wait (s) after which at most this share (below 1) of those who do not balk is still there.
    pub(super) fn time_at_survival(&self, level: f64) -> f64 {
        let mut high = self.mean_s().unwrap_or(f64::MAX);
        while self.at(high).survival > level && high < f64::MAX / 2.0 {
            high *= 2.0;
        }
        let mut low = 0.0;
        loop {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                return high;
            }
            if self.at(middle).survival > level { low = middle } else { high = middle }
        }
    }

    /// Waits (s) at which a quadrature panel must end, in order: jumps and kinks, and steps fine enough for the
    /// smooth stretches (a function of `ln x` needs panels of ratio 4 at most, `e^-z` a few units of `z`).
    pub(super) fn breaks(&self) -> Vec<f64> {
        self.law.breaks()
    }
}

impl From<Law> for Patience {
    fn from(law: Law) -> Self {
        Self { law, balk: 0.0 }
    }
}

/// A coefficient of variation.
fn spread(cv: f64) -> Result<f64> {
    let usable = (0.001..=1000.0).contains(&cv);
    require(
        usable,
        "cv",
        cv,
        "0.001 to 1000",
        "1 is the spread of the exponential; for less than 0.001 use constant.",
    )?;
    Ok(cv)
}

#[inline]
fn exponential_at(x: f64, mean: f64) -> At {
    let z = x / mean;
    let survival = libm::exp(-z);
    let excess = exp_excess_given(z, survival);
    let (cdf, partial) =
        if z > 0.5 { (1.0 - survival, 1.0 - survival * (1.0 + z)) } else { (z - excess, z * (z - excess) - excess) };
    At { survival, cdf, partial_mean: mean * partial, shortfall: mean * excess }
}

impl Law {
    fn at(&self, x: f64) -> At {
        if x < 0.0 {
            return At::nobody_yet();
        }
        match self {
            Self::Never => At::nobody_yet(),
            Self::Constant { at } if x < *at => At::nobody_yet(),
            Self::Constant { at } => At::everybody(x, *at),
            Self::Exponential { mean } => exponential_at(x, *mean),
            Self::Lognormal { mean, mu, sigma } => {
                let z = (libm::log(x) - mu) / sigma;
                At::new(x, normal_cdf(z), normal_cdf(-z), mean * normal_cdf(z - sigma))
            }
            Self::Gamma { shape, scale } => {
                let z = x / scale;
                // P(k+1) is P(k) less the Poisson term: a sum this way round.
                let above = gamma_lower(shape + 1.0, z);
                At::new(x, above + poisson_probability(*shape, z), gamma_upper(*shape, z), shape * scale * above)
            }
            Self::Weibull { mean, shape, scale } => {
                let z = libm::pow(x / scale, *shape);
                At::new(x, -libm::expm1(-z), libm::exp(-z), mean * gamma_lower(1.0 + 1.0 / shape, z))
            }
            Self::Uniform { min, max } => uniform_at(x, *min, *max),
            Self::Triangular { min, mode, max } => triangular_at(x, *min, *mode, *max),
            Self::Hyperexponential { share, means } => {
                let [a, b] = means.map(|mean| exponential_at(x, mean));
                let mix = |a: f64, b: f64| share * a + (1.0 - share) * b;
                At {
                    survival: mix(a.survival, b.survival),
                    cdf: mix(a.cdf, b.cdf),
                    partial_mean: mix(a.partial_mean, b.partial_mean),
                    shortfall: mix(a.shortfall, b.shortfall),
                }
            }
            Self::Empirical { values, sums } => {
                let (gone, all) = (values.partition_point(|&value| value <= x), values.len());
                let n = all as f64;
                At::new(x, gone as f64 / n, (all - gone) as f64 / n, sums[gone] / n)
            }
        }
    }

    fn breaks(&self) -> Vec<f64> {
        const RATIO: f64 = 1.386_294_361_119_890_6; // ln 4
        match self {
            Self::Never => Vec::new(),
            Self::Constant { at } => vec![*at],
            Self::Exponential { mean } => tail_steps(*mean).to_vec(),
            Self::Lognormal { mu, sigma, .. } => powers(*mu, sigma * 9.0, sigma * 9.0, RATIO.min(2.0 * sigma)),
            Self::Gamma { shape, scale } => gamma_breaks(*shape, *scale, RATIO),
            Self::Weibull { shape, scale, .. } => {
                // F moves over a ratio of e^(1/shape); below e^-40 of the scale it is a power of x too small to matter.
                let mut breaks = powers(libm::log(*scale), 40.0, 4.0 / shape, RATIO.min(2.0 / shape));
                breaks.retain(|x| x.is_finite());
                breaks
            }
            Self::Uniform { min, max } => vec![*min, *max],
            Self::Triangular { min, mode, max } => vec![*min, *mode, *max],
            Self::Hyperexponential { means, .. } => sorted(means.map(tail_steps).concat()),
            Self::Empirical { values, .. } => sorted(values.to_vec()),
        }
    }
}

fn uniform_at(x: f64, min: f64, max: f64) -> At {
    if x <= min {
        return At::nobody_yet();
    }
    if x >= max {
        return At::everybody(x, 0.5 * (min + max));
    }
    let (cdf, survival) = ((x - min) / (max - min), (max - x) / (max - min));
    At { survival, cdf, partial_mean: 0.5 * (x + min) * cdf, shortfall: 0.5 * (x - min) * cdf }
}

fn triangular_at(x: f64, min: f64, mode: f64, max: f64) -> At {
    let mean = (min + mode + max) / 3.0;
    if x <= min {
        return At::nobody_yet();
    }
    if x >= max {
        return At::everybody(x, mean);
    }
    if x <= mode {
        let cdf = (x - min) * (x - min) / ((max - min) * (mode - min));
        let shortfall = cdf * (x - min) / 3.0;
        return At { survival: 1.0 - cdf, cdf, partial_mean: cdf * (2.0 * x + min) / 3.0, shortfall };
    }
    // Beyond the peak, with t past it: sums of positive terms, exact for small t too.
    let (rise, fall, width, t) = (mode - min, max - mode, max - min, x - mode);
    let cdf = (rise + t * (2.0 * fall - t) / fall) / width;
    let partial_mean =
        (rise * (2.0 * mode + min) / 3.0 + (mode * t * (2.0 * fall - t) + t * t * (fall - t / 1.5)) / fall) / width;
    let shortfall = (rise * rise / 3.0 + rise * t + t * t * (fall - t / 3.0) / fall) / width;
    At { survival: (max - x) * (max - x) / (width * fall), cdf, partial_mean, shortfall }
}

/// Ends of the panels of an exponential tail, wider as it matters less.
fn tail_steps(mean: f64) -> [f64; 6] {
    [3.0, 7.0, 12.0, 18.0, 27.0, 40.0].map(|z| z * mean)
}

/// `e^(centre + j step)` from `below` under to `above` over the centre.
fn powers(centre: f64, below: f64, above: f64, step: f64) -> Vec<f64> {
    let (first, last) = (-libm::ceil(below / step) as i32, libm::ceil(above / step) as i32);
    (first..=last).map(|j| libm::exp(centre + f64::from(j) * step)).collect()
}

fn gamma_breaks(shape: f64, scale: f64, ratio: f64) -> Vec<f64> {
    let (mean, sd) = (shape * scale, libm::sqrt(shape) * scale);
    let far = libm::log(40.0 * scale / mean).max(0.0);
    let mut breaks = powers(libm::log(mean), 40.0, far, ratio);
    breaks.extend((-5..=5).map(|j| mean + 2.0 * f64::from(j) * sd).filter(|&x| x > 0.0));
    breaks.extend(tail_steps(scale).map(|z| mean + z));
    sorted(breaks)
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}
