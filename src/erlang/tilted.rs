//! M/M/s+G at many neighbouring numbers of agents, for the search.
//!
//! One more agent multiplies the density of the virtual wait by `e^(-mu x)` and continues the Erlang B recursion by
//! a step.
//! So the quadrature nodes of one number of agents serve its neighbours: their weights are tilted, not computed anew.

use super::b::Recursion;
use super::goals::{GoalKind, Goals};
use super::patience::Patience;
use super::service_level::{Within, share};
use super::virtual_wait::{Density, Moments, Node, Split};

/// Largest tilt `e^(+-this)` across a stretch that the nodes are good for: the tails left out, 1e-19, then stay below
/// 2e-14, far finer than any goal.
const LARGEST_TILT: f64 = 12.0;

/// The state at one number of agents, movable.
#[derive(Debug)]
pub(super) struct Tilted<'p> {
    load: f64,
    aht_s: f64,
    patience: &'p Patience,
    breaks: Vec<f64>,
    recursion: Recursion,
    /// The waits at which stretches end (s); the last stretch has no end.
    times_s: Vec<f64>,
    nodes: Vec<Node>,
    /// What one more agent multiplies each node's weight by, up to a common factor.
    decays: Vec<f64>,
    /// Index into `nodes` where each stretch ends.
    ends: Vec<usize>,
    stretches: Vec<Moments>,
    built_at: u64,
    built: Option<Density<'p>>,
    /// Length of the longest stretch (handle times).
    reach: f64,
    agents: u64,
    all: Moments,
    split: Split,
}

impl<'p> Tilted<'p> {
    pub(super) fn new(load: f64, aht_s: f64, patience: &'p Patience, times_s: Vec<f64>) -> Self {
        Self {
            load,
            aht_s,
            patience,
            breaks: patience.breaks(),
            recursion: Recursion::new(load),
            times_s,
            nodes: Vec::with_capacity(160),
            decays: Vec::with_capacity(160),
            ends: Vec::new(),
            stretches: Vec::new(),
            built_at: 0,
            built: None,
            reach: f64::INFINITY,
            agents: 0,
            all: Moments::default(),
            split: Split { p_no_wait: 1.0, scale: 0.0 },
        }
    }

    /// The figure a goal is about, with this many agents; `None` when there is no steady state.
    pub(super) fn figure(&mut self, agents: u64, goals: &Goals, kind: GoalKind) -> Option<f64> {
        self.move_to(agents)?;
        let (split, all) = (&self.split, &self.all);
        let answered = split.p_no_wait + split.scale * all.answered;
        Some(match kind {
            GoalKind::ServiceLevel(i) => {
                let measure = &goals.service_levels[i].measure;
                let at_target = self.within(measure.target_s);
                share(measure.formula, at_target, self.within(measure.abandon_time_s()), answered)
            }
            GoalKind::Asa => split.scale * all.answered_wait / answered,
            GoalKind::PWait => split.scale * all.mass,
            GoalKind::Abandon => self.abandonment(goals),
            GoalKind::Occupancy => self.load * answered / agents as f64,
            GoalKind::Blocking | GoalKind::MinAgents | GoalKind::SteadyState => 0.0,
        })
    }

    fn abandonment(&self, goals: &Goals) -> f64 {
        let all = self.split.scale * self.all.abandoned;
        match goals.abandon.and_then(|goal| goal.net_of_short_s) {
            None => all,
            Some(short_s) => {
                let early = self.within(short_s);
                let counted = early.answered + early.waiting;
                if counted > 0.0 { (all - early.abandoned).max(0.0) / counted } else { 0.0 }
            }
        }
    }

    fn within(&self, time_s: f64) -> Within {
        let index = self.times_s.partition_point(|&t| t < time_s);
        let sum = |stretches: &[Moments]| stretches.iter().fold(Moments::default(), |sum, next| sum.plus(next));
        let (below, above) = (sum(&self.stretches[..=index]), sum(&self.stretches[index + 1..]));
        self.split.within(&below, &above, self.patience, time_s)
    }

    fn move_to(&mut self, agents: u64) -> Option<()> {
        if agents == self.agents && self.built.is_some() {
            return Some(());
        }
        let change = agents.abs_diff(self.built_at);
        match &self.built {
            Some(density) if change as f64 * self.reach <= LARGEST_TILT => {
                let up = agents > self.built_at;
                let mut start = 0;
                for (stretch, &end) in self.stretches.iter_mut().zip(&self.ends) {
                    let powers = self.decays[start..end].iter().map(|&decay| power(decay, change));
                    let tilts = powers.map(|power| if up { power } else { 1.0 / power });
                    *stretch = Moments::tilted(&self.nodes[start..end], tilts, density.mode_s);
                    start = end;
                }
            }
            _ => self.build(agents)?,
        }
        self.settle(agents);
        Some(())
    }

    fn build(&mut self, agents: u64) -> Option<()> {
        let density = Density::new(agents, self.load, self.aht_s, self.patience)?;
        self.nodes.clear();
        self.ends.clear();
        self.stretches.clear();
        self.reach = 0.0;
        let mut from_s = 0.0;
        for i in 0..=self.times_s.len() {
            let to_s = self.times_s.get(i).copied().unwrap_or(f64::INFINITY);
            let start = self.nodes.len();
            self.stretches.push(density.stretch(from_s, to_s, &self.breaks, &mut self.nodes));
            self.ends.push(self.nodes.len());
            let places = self.nodes[start..].iter().map(|node| node.from_mode_s);
            let (low, high) = places.fold((0.0_f64, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
            self.reach = self.reach.max((high - low) / self.aht_s);
            from_s = to_s;
        }
        self.decays.clear();
        self.decays.extend(self.nodes.iter().map(|node| libm::exp(-node.from_mode_s / self.aht_s)));
        (self.built_at, self.built) = (agents, Some(density));
        Some(())
    }

    /// Completes a move: totals, and the share of those who find a free agent.
    fn settle(&mut self, agents: u64) {
        self.agents = agents;
        self.all = self.stretches.iter().fold(Moments::default(), |sum, next| sum.plus(next));
        let Some(density) = &self.built else { return };
        let change = agents as f64 - self.built_at as f64;
        let climb = density.climb - change * density.mode_s / self.aht_s;
        let before = self.recursion.inverse(agents - 1);
        self.split = Split::new(before, climb, self.load, self.aht_s, self.all.mass);
    }
}

/// `base^exponent` by repeated squaring.
#[inline]
fn power(mut base: f64, mut exponent: u64) -> f64 {
    let mut product = 1.0;
    while exponent > 0 {
        if exponent & 1 == 1 {
            product *= base;
        }
        base *= base;
        exponent >>= 1;
    }
    product
}
