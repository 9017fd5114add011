//! Whether drivers stay what they are when every effect is half or twice as strong.

use serde_json::{Value, json};

use super::DriversReport;
use super::figures::{Effect, effects};
use crate::experiment::{Drivers, Metric};
use crate::people::Trait;
use crate::report::numbers::thousands;

/// The same floor with all effects at other strengths.
#[derive(Debug, Clone, PartialEq)]
pub struct Robustness {
    /// Factor on all effects, and what was found then.
    pub strengths: Vec<(f64, Drivers)>,
}

/// An effect that turns into its opposite.
struct Turned {
    factor: f64,
    of: Trait,
    metric: Metric,
    name: &'static str,
}

impl Robustness {
    /// Effects found on the floor as stated, and those of them with another sign at another strength.
    fn judged(&self, report: &DriversReport<'_>) -> (usize, Vec<Turned>) {
        let (mut found, mut turned) = (0, Vec::new());
        for (shown, own) in effects(report.drivers) {
            for effect in own.iter().filter(|effect| effect.found) {
                found += 1;
                for (factor, drivers) in &self.strengths {
                    if self.is_turned(effect, shown.metric, drivers) {
                        turned.push(Turned { factor: *factor, of: effect.of, metric: shown.metric, name: shown.name });
                    }
                }
            }
        }
        (found, turned)
    }

    fn is_turned(&self, effect: &Effect<'_>, metric: Metric, drivers: &Drivers) -> bool {
        let all = effects(drivers);
        let other = all.iter().find(|(shown, _)| shown.metric == metric);
        let other = other.and_then(|(_, effects)| effects.iter().find(|other| other.of == effect.of));
        let sign = |effect: &Effect<'_>| effect.difference.difference.map_or(0.0, f64::signum);
        other.is_some_and(|other| other.found && sign(other) != sign(effect))
    }

    /// "Halving and doubling every effect (50 days of each): all 31 effects keep their direction."
    pub(super) fn sentence(&self, report: &DriversReport<'_>) -> String {
        let (found, turned) = self.judged(report);
        let n = self.strengths.first().map_or(0, |(_, drivers)| drivers.baseline.replications);
        let how = format!("Halving and doubling every effect ({} replications of each)", thousands(n as f64));
        if turned.is_empty() {
            return format!("{how}: none of the {found} effects turns into its opposite.");
        }
        let tell = |turned: &Turned| {
            format!("{} on {} at {:.0} %", turned.of.name().replace('_', " "), turned.name, 100.0 * turned.factor)
        };
        let told: Vec<String> = turned.iter().take(6).map(tell).collect();
        format!("{how}: {} of {found} effects turn into their opposite: {}.", turned.len(), told.join(", "))
    }

    pub(super) fn json(&self, report: &DriversReport<'_>) -> Value {
        let (found, turned) = self.judged(report);
        let tell = |turned: &Turned| json!({ "factor": turned.factor, "trait": turned.of.name(), "metric": turned.metric.name() });
        json!({
            "factors": self.strengths.iter().map(|(factor, _)| *factor).collect::<Vec<_>>(),
            "replications": self.strengths.first().map(|(_, drivers)| drivers.baseline.replications),
            "effects": found,
            "turned": turned.iter().map(tell).collect::<Vec<_>>(),
            "survives": turned.is_empty(),
        })
    }
}
