//! `drivers.csv`: one row per trait, scope and metric, whatever is shown on the screen.

use super::DriversReport;
use super::figures::effects;
use crate::experiment::{Difference, Metric, Scope};
use crate::people::Trait;
use crate::report::compare::csv::{better_name, scope_columns};
use crate::report::numbers::nine_digits_text;

const HEADER: [&str; 13] = [
    "trait",
    "points",
    "scope",
    "name",
    "metric",
    "unit",
    "better",
    "today",
    "changed",
    "difference",
    "difference_half_width",
    "p_value",
    "verdict",
];

pub(super) fn table(report: &DriversReport<'_>) -> Vec<Vec<String>> {
    let shown = effects(report.drivers);
    let verdict = |of: Trait, scope: &Scope, metric: Metric| {
        let whole_floor = matches!(scope, Scope::AllQueues | Scope::AllTeams);
        let (_, effects) = shown.iter().find(|(shown, _)| whole_floor && shown.metric == metric)?;
        effects.iter().find(|effect| effect.of == of).map(|effect| effect.verdict())
    };
    let mut lines = vec![HEADER.map(str::to_owned).to_vec()];
    for (of, comparison) in &report.drivers.traits {
        for scope in &comparison.scopes {
            let known = scope.differences.iter().filter(|difference| difference.difference.is_some());
            lines.extend(known.map(|difference| {
                let verdict = verdict(*of, &scope.scope, difference.metric).unwrap_or_default();
                row(*of, &scope.scope, difference, verdict)
            }));
        }
    }
    lines
}

fn row(of: Trait, scope: &Scope, difference: &Difference, verdict: &str) -> Vec<String> {
    let (kind, name) = scope_columns(scope);
    let metric = difference.metric;
    let points = nine_digits_text(Some(crate::people::POINTS));
    let fixed = [of.name(), &points, kind, name, metric.name(), metric.unit().name(), better_name(metric)];
    let [today, changed] = difference.values;
    let numbers = [today, changed, difference.difference, difference.half_width(), difference.p_value()];
    let mut row: Vec<String> = fixed.map(str::to_owned).to_vec();
    row.extend(numbers.map(nine_digits_text));
    row.push(verdict.to_owned());
    row
}
