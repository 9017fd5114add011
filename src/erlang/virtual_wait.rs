//! The virtual wait: how long a caller with endless patience would wait. The engine behind Erlang A and M/M/s+G.
//!
//! With `s` agents, load `a`, handle time `1/mu` and patience survival `G`, the virtual wait has the density
//! `lambda p_{s-1} e^{h(x)}`, `h(x) = Integral_0^x (lambda G(v) - s mu) dv`, on `x > 0`, and an atom at 0 of weight
//! `p_{s-1} / B(s-1, a)` (Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005, "Call centers with impatient
//! customers", section 4). Everything a planner asks is an integral of `e^h` times `G`, `F` or a partial mean, over a
//! stretch of waits: sums of positive terms.
//!
//! `h` is concave, so each stretch is integrated from its most likely wait outwards, both ways, on panels over
//! which `e^h` changes by at most `e^13`, until the rest is provably negligible. The work does not depend on the
//! number of agents or on how patient callers are, and `h` is taken relative to its peak, so nothing overflows.

use super::gauss;
use super::patience::{At, Patience};
use super::service_level::Within;
use crate::special::{exp_excess_given, log_excess};

/// Largest change of `h` over one panel.
const PANEL_FOLDS: f64 = 13.0;
/// A tail is left out when it is below this share of what it would be added to. The margin under f64's 1e-16
/// leaves room for [`Node::weight`] to be tilted to a neighbouring number of agents.
const NEGLIGIBLE: f64 = 1e-19;

/// `e^h` of one floor, relative to its peak.
#[derive(Debug, Clone)]
pub(super) struct Density<'p> {
    agents: f64,
    aht_s: f64,
    patience: &'p Patience,
    /// Load of those who do not balk (erlangs).
    joining: f64,
    /// The most likely positive wait (s); 0 when the density only falls.
    pub(super) mode_s: f64,
    /// `h(mode)`, as `h(0) = 0`.
    pub(super) climb: f64,
    mode_shortfall: f64,
}

/// One quadrature node: a wait, the density there times the quadrature weight, and what patience makes of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Wait less the mode (s); kept apart because the mode may be 1e9 times the spread.
    pub(super) from_mode_s: f64,
    pub(super) weight: f64,
    survival: f64,
    cdf: f64,
    partial_mean: f64,
}

/// Integrals of `e^h` times something over a stretch of virtual waits.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Moments {
    /// 1: arrivals with such a virtual wait.
    pub(super) mass: f64,
    /// `G`: those who are answered.
    pub(super) answered: f64,
    /// `F`: those who hang up first.
    pub(super) abandoned: f64,
    /// `x`.
    pub(super) wait: f64,
    /// `x G`: waits of the answered.
    pub(super) answered_wait: f64,
    /// `M`: waits of those who hang up.
    pub(super) abandoned_wait: f64,
}

impl Moments {
    /// Adds a node standing for `weight` arrivals with virtual wait `wait_s`.
    #[inline]
    fn add(&mut self, node: &Node, weight: f64, wait_s: f64) {
        self.mass += weight;
        self.answered += weight * node.survival;
        self.abandoned += weight * node.cdf;
        self.wait += weight * wait_s;
        self.answered_wait += weight * node.survival * wait_s;
        self.abandoned_wait += weight * node.partial_mean;
    }

    /// Both stretches.
    pub(super) fn plus(&self, other: &Self) -> Self {
        Self {
            mass: self.mass + other.mass,
            answered: self.answered + other.answered,
            abandoned: self.abandoned + other.abandoned,
            wait: self.wait + other.wait,
            answered_wait: self.answered_wait + other.answered_wait,
            abandoned_wait: self.abandoned_wait + other.abandoned_wait,
        }
    }

    /// The sums over nodes whose weights are multiplied by `tilts`, one each.
    pub(super) fn tilted(nodes: &[Node], tilts: impl Iterator<Item = f64>, mode_s: f64) -> Self {
        let mut sums = Self::default();
        for (node, tilt) in nodes.iter().zip(tilts) {
            sums.add(node, node.weight * tilt, mode_s + node.from_mode_s);
        }
        sums
    }
}

/// How the atom and the density share the arrivals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Split {
    /// Share that finds a free agent.
    pub(super) p_no_wait: f64,
    /// Share of arrivals per unit of [`Moments::mass`].
    pub(super) scale: f64,
}

impl Split {
    /// From `1/B(s-1, a)`, the height of the peak and the mass of the density below it.
    pub(super) fn new(inverse_before: f64, climb: f64, load: f64, aht_s: f64, mass: f64) -> Self {
        let idle = inverse_before * libm::exp(-climb);
        let rate = load / aht_s;
        if idle.is_infinite() {
            return Self { p_no_wait: 1.0, scale: 0.0 };
        }
        let whole = idle + rate * mass;
        Self { p_no_wait: idle / whole, scale: rate / whole }
    }

    /// The state `time_s` after joining, from the moments of shorter and longer virtual waits.
    pub(super) fn within(&self, below: &Moments, above: &Moments, patience: &Patience, time_s: f64) -> Within {
        let (survival, cdf) = patience.survival_and_cdf(time_s);
        Within {
            answered: self.p_no_wait + self.scale * below.answered,
            abandoned: self.scale * (below.abandoned + cdf * above.mass),
            waiting: self.scale * survival * above.mass,
        }
    }
}

impl<'p> Density<'p> {
    /// `None` when nobody hangs up and the agents cannot keep up. `load` and `agents` above zero.
    pub(super) fn new(agents: u64, load: f64, aht_s: f64, patience: &'p Patience) -> Option<Self> {
        let (agents, joining) = (agents as f64, load * (1.0 - patience.balk()));
        let mut density = Self { agents, aht_s, patience, joining, mode_s: 0.0, climb: 0.0, mode_shortfall: 0.0 };
        if joining >= agents && patience.never_hangs_up() {
            return None;
        }
        if joining > agents {
            density.find_peak();
        }
        Some(density)
    }

    fn find_peak(&mut self) {
        if let Some(mean) = self.patience.exponential_law_s() {
            let excess = (self.joining - self.agents) / self.agents;
            self.mode_s = mean * libm::log1p(excess);
            self.climb = self.agents * mean / self.aht_s * log_excess(excess);
            return;
        }
        self.mode_s = self.patience.time_at_survival(self.agents / self.joining);
        self.mode_shortfall = self.patience.at(self.mode_s).shortfall;
        let gain = (self.joining - self.agents) * self.mode_s - self.joining * self.mode_shortfall;
        self.climb = gain / self.aht_s;
    }

    /// `h(mode + from_mode) - h(mode)`, never above 0; `at` is the patience there.
    #[inline]
    fn exponent(&self, from_mode_s: f64, at: &At) -> f64 {
        if self.mode_s > 0.0
            && let Some(mean) = self.patience.exponential_law_s()
        {
            // At the peak lambda G = s mu, and h falls away as -s mu mean (e^-y - 1 + y) with y = from_mode/mean;
            // there e^-y is G relative to its value at the peak.
            let excess = exp_excess_given(from_mode_s / mean, at.survival * (self.joining / self.agents));
            return -self.agents * mean / self.aht_s * excess;
        }
        let spare = self.agents - self.joining;
        -(spare * from_mode_s + self.joining * (at.shortfall - self.mode_shortfall)) / self.aht_s
    }

    fn exponent_at(&self, from_mode_s: f64) -> f64 {
        self.exponent(from_mode_s, &self.patience.at(self.mode_s + from_mode_s))
    }

    /// The moments of virtual waits from `from_s` to `to_s` (may be infinite).
    pub(super) fn moments(&self, from_s: f64, to_s: f64) -> Moments {
        let mut nodes = Vec::new();
        self.stretch(from_s, to_s, &self.patience.breaks(), &mut nodes)
    }

    /// The same, with the nodes appended to `nodes`. `breaks` are those of the patience.
    pub(super) fn stretch(&self, from_s: f64, to_s: f64, breaks: &[f64], nodes: &mut Vec<Node>) -> Moments {
        let (from, to) = (from_s - self.mode_s, to_s - self.mode_s);
        let peak = 0.0_f64.clamp(from, to);
        let mut walk = Walk { density: self, breaks, nodes, sums: Moments::default() };
        walk.right(peak, to);
        walk.left(peak, from);
        walk.sums
    }

    /// A width over which `h` cannot change by more than one panel's worth.
    fn safe_step(&self) -> f64 {
        PANEL_FOLDS * self.aht_s / self.agents.max(self.joining)
    }
}

/// The least step that moves on from `here`, so that no rounding can hold a walk in place.
fn nudge(here: f64) -> f64 {
    f64::MIN_POSITIVE.max(2.0 * f64::EPSILON * here.abs())
}

/// Integration outwards from a peak. Positions are waits less the mode.
struct Walk<'a, 'p> {
    density: &'a Density<'p>,
    breaks: &'a [f64],
    nodes: &'a mut Vec<Node>,
    sums: Moments,
}

impl Walk<'_, '_> {
    fn right(&mut self, from: f64, to: f64) {
        let (mut here, mut step) = (from, self.density.safe_step());
        while here < to {
            let wait = self.density.mode_s + here;
            let next_break = self.breaks[self.breaks.partition_point(|&x| x <= wait)..].first();
            let limit = next_break.map_or(to, |x| to.min(x - self.density.mode_s));
            step = self.fit(here, step, limit - here);
            let next = if here + step < limit { here + step } else { limit };
            self.panel(here, next);
            if self.done_right(next) {
                return;
            }
            here = next.max(here + nudge(here));
        }
    }

    fn left(&mut self, from: f64, to: f64) {
        let (mut here, mut step) = (from, self.density.safe_step());
        while here > to {
            let wait = self.density.mode_s + here;
            let next_break = self.breaks[..self.breaks.partition_point(|&x| x < wait)].last();
            let limit = next_break.map_or(to, |x| to.max(x - self.density.mode_s));
            step = self.fit(here, -step, here - limit);
            let next = if here - step > limit { here - step } else { limit };
            self.panel(next, here);
            if self.done_left(next) {
                return;
            }
            here = next.min(here - nudge(here));
        }
    }

    /// A wide step from `here`, near `step` (whose sign is the direction), over which `h` falls by at most one panel's
    /// worth; no need to look beyond `room`.
    fn fit(&self, here: f64, step: f64, room: f64) -> f64 {
        let height = self.density.exponent_at(here);
        let (sign, mut step) = (step.signum(), step.abs());
        for _ in 0..40 {
            let fall = height - self.density.exponent_at(here + sign * step.min(room));
            if fall > PANEL_FOLDS {
                // `h` is concave: the fall shrinks at least as fast as the step.
                step = step.min(room) * (PANEL_FOLDS / fall).max(0.1);
            } else if step >= room || fall > 0.7 * PANEL_FOLDS {
                break;
            } else {
                // Near the peak the fall grows like the square of the step.
                step *= libm::sqrt(0.95 * PANEL_FOLDS / fall.max(1e-9)).clamp(1.1, 20.0);
            }
        }
        step
    }

    fn panel(&mut self, from: f64, to: f64) {
        let density = self.density;
        let balk = density.patience.balk();
        gauss::nodes(from, to, |from_mode_s, weight| {
            let wait_s = density.mode_s + from_mode_s;
            let at = density.patience.at(wait_s);
            let node = Node {
                from_mode_s,
                weight: weight * libm::exp(density.exponent(from_mode_s, &at)),
                survival: (1.0 - balk) * at.survival,
                cdf: balk + (1.0 - balk) * at.cdf,
                partial_mean: (1.0 - balk) * at.partial_mean,
            };
            self.sums.add(&node, node.weight, wait_s);
            self.nodes.push(node);
        });
    }

    /// Bound of the density's mass beyond `here`, and the state of patience there. As `h` is concave, the mass
    /// is at most the density divided by its logarithmic slope.
    fn beyond(&self, here: f64) -> (f64, At) {
        let density = self.density;
        let at = density.patience.at(density.mode_s + here);
        let height = libm::exp(density.exponent(here, &at));
        let slope = (density.joining * at.survival - density.agents).abs() / density.aht_s;
        (if height == 0.0 { 0.0 } else { height / slope }, at)
    }

    fn done_right(&self, here: f64) -> bool {
        let (rest, at) = self.beyond(here);
        rest <= NEGLIGIBLE * self.sums.mass
            && rest <= NEGLIGIBLE * self.sums.abandoned
            && rest * at.survival <= NEGLIGIBLE * self.sums.answered
    }

    fn done_left(&self, here: f64) -> bool {
        let (rest, at) = self.beyond(here);
        rest <= NEGLIGIBLE * self.sums.mass
            && rest <= NEGLIGIBLE * self.sums.answered
            && rest * at.cdf <= NEGLIGIBLE * self.sums.abandoned
    }
}
