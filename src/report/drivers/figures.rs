//! Which figures are shown, and which of them are more than chance.

use crate::experiment::{Better, Comparison, Difference, Drivers, Metric, QueueMetric, Scope, TeamMetric};
use crate::people::Trait;
use crate::stats::holm;

/// The risk that any figure shown as an effect is chance.
pub(super) const RISK: f64 = 0.05;

/// A figure of the whole floor, and how a planner calls it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    pub(super) metric: Metric,
    /// With its unit, over a column.
    pub(super) title: &'static str,
    /// In a sentence.
    pub(super) name: &'static str,
    /// The higher, the sooner it is left out on a narrow screen.
    pub(super) spare: u8,
}

const fn shown(metric: Metric, title: &'static str, name: &'static str, spare: u8) -> Shown {
    Shown { metric, title, name, spare }
}

const SHOWN: [Shown; 13] = [
    shown(Metric::Queue(QueueMetric::ServiceLevel), "SL %", "SL", 0),
    shown(Metric::Queue(QueueMetric::AhtS), "AHT s", "AHT", 0),
    shown(Metric::Queue(QueueMetric::ResolutionRate), "resolution %", "resolution", 0),
    shown(Metric::Queue(QueueMetric::Csat), "csat %", "csat", 0),
    shown(Metric::Queue(QueueMetric::Conversion), "conversion %", "conversion", 0),
    shown(Metric::Team(TeamMetric::CostPerHandled), "per contact", "cost per contact", 1),
    shown(Metric::Queue(QueueMetric::Repeats), "repeats", "repeats a day", 2),
    shown(Metric::Queue(QueueMetric::Sales), "sales", "sales a day", 3),
    shown(Metric::Queue(QueueMetric::AbandonRate), "abandon %", "abandon", 4),
    shown(Metric::Queue(QueueMetric::RetentionRate), "stay %", "customers who stay", 5),
    shown(Metric::Queue(QueueMetric::CalmedRate), "calmed %", "upset callers calmed", 6),
    shown(Metric::Team(TeamMetric::Occupancy), "occupancy %", "occupancy", 7),
    shown(Metric::Queue(QueueMetric::Fcr), "fcr %", "fcr", 8),
];

/// One trait's effect on one figure.
#[derive(Clone, Copy)]
pub(super) struct Effect<'a> {
    pub(super) of: Trait,
    pub(super) difference: &'a Difference,
    /// More than chance, corrected for all that are shown.
    pub(super) found: bool,
}

impl Effect<'_> {
    /// Whether it is for the better; `None` where neither direction is.
    pub(super) fn is_better(&self) -> Option<bool> {
        let more = self.difference.difference? > 0.0;
        match self.difference.metric.better() {
            Better::Higher => Some(more),
            Better::Lower => Some(!more),
            Better::Neither => None,
        }
    }

    pub(super) fn verdict(&self) -> &'static str {
        match (self.found, self.is_better()) {
            (false, _) => "no_evidence",
            (true, Some(true)) => "better",
            (true, Some(false)) => "worse",
            (true, None) => "changed",
        }
    }
}

/// The figures the floor has, each with the effects of all traits.
pub(super) fn effects<'a>(drivers: &'a Drivers) -> Vec<(Shown, Vec<Effect<'a>>)> {
    let of_figure = |shown: &Shown| {
        let scope = match shown.metric {
            Metric::Team(_) => Scope::AllTeams,
            Metric::Queue(_) | Metric::GoalMet => Scope::AllQueues,
        };
        let effect = |(of, comparison): &'a (Trait, Comparison)| {
            let difference = comparison.scope(&scope)?.get(shown.metric)?;
            difference.difference?;
            Some(Effect { of: *of, difference, found: false })
        };
        let effects: Vec<Effect<'_>> = drivers.traits.iter().filter_map(effect).collect();
        let says_something = effects.iter().any(|effect| {
            effect.difference.values[0].is_some_and(|value| value != 0.0) || effect.difference.difference != Some(0.0)
        });
        (!effects.is_empty() && says_something).then_some((*shown, effects))
    };
    let mut all: Vec<(Shown, Vec<Effect<'_>>)> = SHOWN.iter().filter_map(of_figure).collect();
    let p = |effect: &Effect<'_>| effect.difference.p_value().unwrap_or(1.0);
    let p_values: Vec<f64> = all.iter().flat_map(|(_, effects)| effects.iter().map(p)).collect();
    let effects = all.iter_mut().flat_map(|(_, effects)| effects.iter_mut());
    for (effect, found) in effects.zip(holm(&p_values, RISK)) {
        effect.found = found && effect.difference.difference != Some(0.0);
    }
    all
}
