//! The ziggurat method (Marsaglia and Tsang, 2000) for the exponential and the normal distribution, 256 layers.
//!
//! Written here rather than taken from a crate because the tails and wedges take a logarithm and an exponential,
//! and those must come from `libm`: a crate's answer depends on which features the rest of the build turns on.

use super::sampler::Bits;

const LAYERS: usize = 256;

/// Right edge of the base layer and area of each layer of exp(-x).
const EXPONENTIAL: (f64, f64) = (7.697_117_470_131_05, 0.003_949_659_822_581_557);
/// The same for exp(-x²/2), x >= 0.
const NORMAL: (f64, f64) = (3.654_152_885_361_009, 0.004_928_673_233_974_655);

/// The layers of both distributions.
#[derive(Clone)]
pub struct Ziggurat {
    exponential: Layers,
    normal: Layers,
}

/// Right edges `x` and heights `f` of the layers, widest first.
#[derive(Clone)]
struct Layers {
    x: [f64; LAYERS + 1],
    f: [f64; LAYERS + 1],
}

impl Layers {
    fn new((edge, area): (f64, f64), density: impl Fn(f64) -> f64, inverse: impl Fn(f64) -> f64) -> Self {
        let mut x = [0.0; LAYERS + 1];
        x[0] = area / density(edge);
        x[1] = edge;
        for i in 2..LAYERS {
            x[i] = inverse(area / x[i - 1] + density(x[i - 1]));
        }
        Self { x, f: x.map(density) }
    }

    /// Whether a point in the wedge between layer `i`'s rectangle and the curve is under the curve.
    #[inline]
    fn wedge(&self, i: usize, density: f64, bits: &mut impl Bits) -> bool {
        self.f[i + 1] + (self.f[i] - self.f[i + 1]) * bits.uniform() < density
    }
}

impl Default for Ziggurat {
    fn default() -> Self {
        Self {
            exponential: Layers::new(EXPONENTIAL, |x| libm::exp(-x), |y| -libm::log(y)),
            normal: Layers::new(NORMAL, |x| libm::exp(-0.5 * x * x), |y| (-2.0 * libm::log(y)).sqrt()),
        }
    }
}

impl std::fmt::Debug for Ziggurat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ziggurat")
    }
}

impl Ziggurat {
    /// A standard exponential number.
    #[inline]
    pub fn exponential(&self, bits: &mut impl Bits) -> f64 {
        let word = bits.next_u64();
        let layer = (word & 0xff) as usize;
        let x = unit(word) * self.exponential.x[layer];
        if x < self.exponential.x[layer + 1] {
            return x;
        }
        self.exponential_rest(layer, x, bits)
    }

    #[cold]
    #[inline(never)]
    fn exponential_rest(&self, mut layer: usize, mut x: f64, bits: &mut impl Bits) -> f64 {
        loop {
            if layer == 0 {
                return EXPONENTIAL.0 - libm::log(bits.uniform());
            }
            if self.exponential.wedge(layer, libm::exp(-x), bits) {
                return x;
            }
            let word = bits.next_u64();
            layer = (word & 0xff) as usize;
            x = unit(word) * self.exponential.x[layer];
            if x < self.exponential.x[layer + 1] {
                return x;
            }
        }
    }

    /// A standard normal number.
    #[inline]
    pub fn normal(&self, bits: &mut impl Bits) -> f64 {
        let word = bits.next_u64();
        let layer = (word & 0xff) as usize;
        let x = signed_unit(word) * self.normal.x[layer];
        if x.abs() < self.normal.x[layer + 1] {
            return x;
        }
        self.normal_rest(layer, x, bits)
    }

    #[cold]
    #[inline(never)]
    fn normal_rest(&self, mut layer: usize, mut x: f64, bits: &mut impl Bits) -> f64 {
        loop {
            if layer == 0 {
                return normal_tail(x < 0.0, bits);
            }
            if self.normal.wedge(layer, libm::exp(-0.5 * x * x), bits) {
                return x;
            }
            let word = bits.next_u64();
            layer = (word & 0xff) as usize;
            x = signed_unit(word) * self.normal.x[layer];
            if x.abs() < self.normal.x[layer + 1] {
                return x;
            }
        }
    }
}

/// The tail beyond the base layer (Marsaglia 1964).
fn normal_tail(negative: bool, bits: &mut impl Bits) -> f64 {
    let edge = NORMAL.0;
    loop {
        let x = -libm::log(bits.uniform()) / edge;
        let y = -libm::log(bits.uniform());
        if 2.0 * y >= x * x {
            return if negative { -(edge + x) } else { edge + x };
        }
    }
}

/// The upper 53 bits of a word as a number in [0, 1); the lowest byte chose the layer.
#[inline]
fn unit(word: u64) -> f64 {
    (word >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
}

/// The upper 53 bits of a word as a number in [-1, 1).
#[inline]
fn signed_unit(word: u64) -> f64 {
    ((word as i64) >> 11) as f64 * (1.0 / (1u64 << 52) as f64)
}
