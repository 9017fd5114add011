//! Random times, compiled: each distribution holds the numbers its draw needs and nothing else.
//!
//! All mathematics goes through `libm` or plain arithmetic, never through the C library, so a draw is the same
//! number on every machine.

use std::sync::Arc;

use super::ziggurat::Ziggurat;
use crate::scenario::Dist;
use crate::special;

/// A source of uniform random 64-bit words.
pub trait Bits {
    /// The next word.
    fn next_u64(&mut self) -> u64;

    /// A uniform number in (0, 1): 53 random bits, centred so that neither end can occur.
    #[inline]
    fn uniform(&mut self) -> f64 {
        ((self.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1u64 << 53) as f64)
    }
}

/// A distribution of a time, ready to draw from. Values are in the unit the mean was given in.
#[derive(Debug, Clone, PartialEq)]
pub enum Sampler {
    /// Always the same value.
    Constant(f64),
    /// Exponential with this mean.
    Exponential(f64),
    /// exp(mu + sigma Z).
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// A gamma with shape one or more.
    Gamma(GammaShape),
    /// A gamma with shape below one: one with shape + 1, times U^(1/shape) (the number is 1/shape).
    GammaBelowOne(GammaShape, f64),
    /// scale E^(1/shape).
    Weibull {
        /// Scale.
        scale: f64,
        /// 1 / shape.
        inverse_shape: f64,
    },
    /// min + span U.
    Uniform {
        /// Smallest value.
        min: f64,
        /// Largest less smallest.
        span: f64,
    },
    /// By inversion.
    Triangular {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Probability of lying below the mode.
        cut: f64,
    },
    /// An exponential of one of two means.
    Hyperexponential {
        /// Probability of the first.
        probability: f64,
        /// First mean.
        first: f64,
        /// Second mean.
        second: f64,
    },
    /// One of the observed values.
    Empirical(Arc<Vec<f64>>),
}

/// What Marsaglia and Tsang's method needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaShape {
    d: f64,
    c: f64,
    scale: f64,
}

impl GammaShape {
    fn new(shape: f64, scale: f64) -> Self {
        let d = shape - 1.0 / 3.0;
        Self { d, c: 1.0 / (9.0 * d).sqrt(), scale }
    }
}

impl Sampler {
    /// Compiles a distribution whose parameters have been checked.
    pub fn new(dist: &Dist) -> Self {
        match *dist {
            Dist::Constant { mean } => Self::Constant(mean),
            Dist::Exponential { mean } => Self::Exponential(mean),
            Dist::Lognormal { mean, cv } => {
                let variance = libm::log1p(cv * cv);
                Self::Lognormal { mu: libm::log(mean) - 0.5 * variance, sigma: variance.sqrt() }
            }
            Dist::Gamma { mean, cv } => Self::gamma(mean, 1.0 / (cv * cv)),
            Dist::Erlang { mean, k } => Self::gamma(mean, f64::from(k)),
            Dist::Weibull { mean, shape } => {
                Self::Weibull { scale: mean / libm::tgamma(1.0 + 1.0 / shape), inverse_shape: 1.0 / shape }
            }
            Dist::Uniform { min, max } => Self::Uniform { min, span: max - min },
            Dist::Triangular { min, mode, max } => {
                Self::Triangular { min, max, cut: if max > min { (mode - min) / (max - min) } else { 0.5 } }
            }
            Dist::Hyperexponential { mean, cv } => {
                let square = cv * cv;
                let p = 0.5 * (1.0 + ((square - 1.0) / (square + 1.0)).max(0.0).sqrt());
                Self::Hyperexponential { probability: p, first: mean / (2.0 * p), second: mean / (2.0 * (1.0 - p)) }
            }
            Dist::Empirical { ref values } => Self::Empirical(values.clone()),
        }
    }

    /// A gamma distribution by mean and shape.
    pub fn gamma(mean: f64, shape: f64) -> Self {
        let scale = mean / shape;
        if shape >= 1.0 {
            Self::Gamma(GammaShape::new(shape, scale))
        } else {
            Self::GammaBelowOne(GammaShape::new(shape + 1.0, scale), 1.0 / shape)
        }
    }

    /// Draws one value.
    #[inline]
    pub fn draw(&self, zig: &Ziggurat, bits: &mut impl Bits) -> f64 {
        match *self {
            Self::Constant(value) => value,
            Self::Exponential(mean) => mean * zig.exponential(bits),
            Self::Lognormal { mu, sigma } => special::exp(mu + sigma * zig.normal(bits)),
            _ => self.draw_rarer(zig, bits),
        }
    }

    /// The less common distributions, out of the way of the common ones.
    #[inline(never)]
    fn draw_rarer(&self, zig: &Ziggurat, bits: &mut impl Bits) -> f64 {
        match *self {
            Self::Constant(_) | Self::Exponential(_) | Self::Lognormal { .. } => self.draw(zig, bits),
            Self::Gamma(shape) => gamma_at_least_one(shape, zig, bits),
            Self::GammaBelowOne(shape, inverse_shape) => {
                gamma_at_least_one(shape, zig, bits) * libm::exp(libm::log(bits.uniform()) * inverse_shape)
            }
            Self::Weibull { scale, inverse_shape } => {
                scale * libm::exp(libm::log(zig.exponential(bits).max(f64::MIN_POSITIVE)) * inverse_shape)
            }
            Self::Uniform { min, span } => min + span * bits.uniform(),
            Self::Triangular { min, max, cut } => {
                let u = bits.uniform();
                if u < cut {
                    min + (max - min) * (u * cut).sqrt()
                } else {
                    max - (max - min) * ((1.0 - u) * (1.0 - cut)).sqrt()
                }
            }
            Self::Hyperexponential { probability, first, second } => {
                let mean = if bits.uniform() < probability { first } else { second };
                mean * zig.exponential(bits)
            }
            Self::Empirical(ref values) => {
                let index = (bits.uniform() * values.len() as f64) as usize;
                values[index.min(values.len() - 1)]
            }
        }
    }
}

/// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000), shape >= 1.
fn gamma_at_least_one(GammaShape { d, c, scale }: GammaShape, zig: &Ziggurat, bits: &mut impl Bits) -> f64 {
    loop {
        let x = zig.normal(bits);
        let root = 1.0 + c * x;
        if root <= 0.0 {
            continue;
        }
        let v = root * root * root;
        let u = bits.uniform();
        let square = x * x;
        if u < 1.0 - 0.0331 * square * square || libm::log(u) < 0.5 * square + d * (1.0 - v + libm::log(v)) {
            return scale * d * v;
        }
    }
}
