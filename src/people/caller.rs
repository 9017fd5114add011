//! Who calls: mood, reason, complexity.

use std::sync::Arc;

/// How a caller feels when the agent answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Mood {
    /// As most are.
    Calm,
    /// Does not know what to ask for.
    Confused,
    /// Annoyed.
    Upset,
    /// Furious.
    Irate,
}

/// From the best to the worst.
pub(super) const MOODS: [Mood; 4] = [Mood::Calm, Mood::Confused, Mood::Upset, Mood::Irate];

impl Mood {
    /// From the best to the worst.
    pub const ALL: [Self; 4] = MOODS;

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Confused => "confused",
            Self::Upset => "upset",
            Self::Irate => "irate",
        }
    }

    /// Upset or irate: there is something to calm.
    pub fn is_heated(self) -> bool {
        self >= Self::Upset
    }
}

/// What a caller wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Reason {
    /// To know something.
    Question,
    /// To complain.
    Complaint,
    /// Something does not work.
    Support,
    /// To order or return something.
    Order,
    /// To leave.
    Cancellation,
    /// To buy.
    Sale,
}

impl Reason {
    /// In the order of every table.
    pub const ALL: [Self; 6] =
        [Self::Question, Self::Complaint, Self::Support, Self::Order, Self::Cancellation, Self::Sale];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Complaint => "complaint",
            Self::Support => "support",
            Self::Order => "order",
            Self::Cancellation => "cancellation",
            Self::Sale => "sale",
        }
    }
}

/// Shares of the moods of those who do not wait, cumulated from the best to the worst; infinite from the last that
/// anybody has, so that nobody is beyond it whatever the rounding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moods([f64; MOODS.len()]);

impl Default for Moods {
    /// Everybody is calm, also after a wait.
    fn default() -> Self {
        Self([f64::INFINITY; MOODS.len()])
    }
}

impl Moods {
    /// From shares that sum to 1.
    pub fn new(shares: [f64; MOODS.len()]) -> Self {
        let mut sum = 0.0;
        let mut cumulated = shares.map(|share| {
            sum += share;
            sum
        });
        let last = shares.iter().rposition(|&share| share > 0.0).unwrap_or(0);
        cumulated[last..].fill(f64::INFINITY);
        Self(cumulated)
    }

    /// Share of a mood.
    pub fn share(&self, mood: Mood) -> f64 {
        let upto = |index: usize| self.0[index].min(1.0);
        let at = mood as usize;
        upto(at) - if at > 0 { upto(at - 1) } else { 0.0 }
    }

    #[inline]
    fn index(&self, u: f64) -> usize {
        let [calm, confused, upset, _] = self.0;
        usize::from(u >= calm) + usize::from(u >= confused) + usize::from(u >= upset)
    }

    /// The mood at a place in (0, 1).
    #[inline]
    pub fn at(&self, u: f64) -> Mood {
        MOODS[self.index(u)]
    }

    /// The same after a wait that moved the place up by `shift`: at most one mood worse.
    #[inline]
    pub fn after_wait(&self, u: f64, shift: f64) -> Mood {
        let before = self.index(u);
        // Most do not wait.
        let after = if shift == 0.0 { before } else { self.index(u + shift).min(before + 1) };
        MOODS[after]
    }
}

/// How hard problems are: Beta with this mean and standard deviation, by its quantiles.
#[derive(Debug, Clone, PartialEq)]
pub struct Complexity {
    mean: f64,
    quantiles: Arc<[f64; Self::STEPS + 1]>,
}

impl Complexity {
    /// Steps between quantiles kept.
    const STEPS: usize = 256;
    /// Cells of the grid on which the density is summed up.
    const CELLS: usize = 8192;

    /// From a mean in (0, 1) and a standard deviation below the square root of mean (1 - mean); 0 = all alike.
    pub fn new(mean: f64, sd: f64) -> Self {
        let quantiles = if sd == 0.0 { [mean; Self::STEPS + 1] } else { beta_quantiles(mean, sd) };
        Self { mean, quantiles: Arc::new(quantiles) }
    }

    /// Mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The value at a place in (0, 1).
    pub fn at(&self, u: f64) -> f64 {
        self.of_word((u * 2.0 * (1u64 << 63) as f64) as u64)
    }

    /// The value at the place of a uniform random word: its first bits name the step, the next 32 the place inside.
    #[inline]
    pub fn of_word(&self, word: u64) -> f64 {
        const STEP_BITS: u32 = Complexity::STEPS.ilog2();
        let step = (word >> (u64::BITS - STEP_BITS)) as usize;
        let inside = f64::from((word >> (32 - STEP_BITS)) as u32) * (1.0 / (1u64 << 32) as f64);
        let (low, high) = (self.quantiles[step], self.quantiles[step + 1]);
        low + inside * (high - low)
    }
}

/// Quantiles of a Beta distribution. With c = sin^2 t its density in t is sin(t)^(2a-1) cos(t)^(2b-1), which has no
/// poles but at the ends; there the mass of a cell follows a power of its width.
fn beta_quantiles(mean: f64, sd: f64) -> [f64; Complexity::STEPS + 1] {
    let k = mean * (1.0 - mean) / (sd * sd) - 1.0;
    let (a, b) = (mean * k, (1.0 - mean) * k);
    let cells = Complexity::CELLS;
    let width = std::f64::consts::FRAC_PI_2 / cells as f64;
    // Relative to the peak, so that narrow distributions do not underflow.
    let peak_t =
        libm::asin(((2.0 * a - 1.0).max(1e-9) / ((2.0 * a - 1.0).max(1e-9) + (2.0 * b - 1.0).max(1e-9))).sqrt());
    let log_density = |t: f64| (2.0 * a - 1.0) * libm::log(libm::sin(t)) + (2.0 * b - 1.0) * libm::log(libm::cos(t));
    let top = log_density(peak_t);
    let mass: Vec<f64> = (0..cells)
        .map(|cell| {
            let middle = libm::exp(log_density((cell as f64 + 0.5) * width) - top);
            // The integral of t^(p-1) over the first cell against its midpoint value.
            let end = |p: f64| libm::pow(2.0, p - 1.0) / p;
            match cell {
                0 => middle * end(2.0 * a),
                _ if cell == cells - 1 => middle * end(2.0 * b),
                _ => middle,
            }
        })
        .collect();
    let mut upto = 0.0;
    let through: Vec<f64> = mass
        .iter()
        .map(|mass| {
            upto += mass;
            upto
        })
        .collect();
    let quantile = |p: f64| {
        let wanted = p * upto;
        let cell = through.partition_point(|through| *through < wanted).min(cells - 1);
        let inside = (1.0 - (through[cell] - wanted) / mass[cell].max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        let part = match cell {
            0 => libm::pow(inside, 0.5 / a),
            _ if cell == cells - 1 => 1.0 - libm::pow(1.0 - inside, 0.5 / b),
            _ => inside,
        };
        let sine = libm::sin((cell as f64 + part) * width);
        sine * sine
    };
    let steps = Complexity::STEPS;
    let mut quantiles = std::array::from_fn(|step| quantile(step as f64 / steps as f64));
    // The ends lie such that the outermost steps have their means: some distributions have long tails there.
    let mean_of =
        |step: f64| (0..64).map(|i| quantile((step + (f64::from(i) + 0.5) / 64.0) / steps as f64)).sum::<f64>() / 64.0;
    quantiles[0] = (2.0 * mean_of(0.0) - quantiles[1]).clamp(0.0, quantiles[1]);
    quantiles[steps] = (2.0 * mean_of(steps as f64 - 1.0) - quantiles[steps - 1]).clamp(quantiles[steps - 1], 1.0);
    quantiles
}

/// The caller of one conversation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Caller {
    /// Place among the moods.
    pub mood: f64,
    /// How hard the problem is; `None` = not stated.
    pub complexity: Option<f64>,
    /// Minutes waited.
    pub waited_min: f64,
    /// Comes again with the same problem.
    pub returns: bool,
    /// Abusive when irate.
    pub abusive: bool,
    /// Nobody has handled the problem before.
    pub first: bool,
}

impl Default for Caller {
    fn default() -> Self {
        Self { mood: 0.5, complexity: None, waited_min: 0.0, returns: false, abusive: false, first: true }
    }
}
