//! `compare.json`: the whole comparison for programs.

use serde_json::{Map, Value, json};

use super::csv::{better_name, scope_columns};
use super::figures::{Figure, RISK, figures};
use super::{CompareReport, LETTERS, robust};
use crate::engine::GENERATOR;
use crate::experiment::{Comparison, Difference, ScopeDifferences, Unmatched};
use crate::report::SCHEMA_VERSION;
use crate::report::json::number;
use crate::scenario::Change;

/// The floors, what differs between their scenarios, and every figure of each comparison.
pub fn compare_json(report: &CompareReport<'_>) -> Value {
    let results = &report.compared.results[0];
    let figures = figures(report);
    let mut whole = json!({
        "schema_version": SCHEMA_VERSION,
        "callwright": env!("CARGO_PKG_VERSION"),
        "generator": GENERATOR,
        "run": { "seed": results.seed, "replications": results.replications, "requested": results.requested },
        "notes": report.notes,
        "verdicts": {
            "risk": RISK,
            "correction": "Holm over all figures with a verdict",
            "figures": figures.iter().filter(|f| f.verdict.name().is_some()).count(),
        },
        "floors": (0..report.floors.len()).map(|index| floor(report, index)).collect::<Vec<_>>(),
        "comparisons": report.compared.comparisons.iter().map(|c| comparison(c, &figures)).collect::<Vec<_>>(),
    });
    // Only where it was asked for, so that nothing else changes.
    if let Some(others) = report.robust {
        whole["robust"] = robust::json(report, others);
    }
    whole
}

fn floor(report: &CompareReport<'_>, index: usize) -> Value {
    let floor = &report.floors[index];
    let change = |c: &Change| json!({ "path": c.path, "from": c.from, "to": c.to });
    json!({
        "floor": LETTERS[index],
        "source": floor.source,
        "name": floor.scenario.name,
        "input_hash": floor.input_hash,
        "changes": floor.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn comparison(of: &Comparison, figures: &[Figure<'_>]) -> Value {
    let only = |names: &Unmatched| json!({ "queues": names.queues, "teams": names.teams });
    json!({
        "baseline": LETTERS[0],
        "changed": LETTERS[of.changed],
        "only_in_baseline": only(&of.unmatched[0]),
        "only_in_changed": only(&of.unmatched[1]),
        "scopes": of.scopes.iter().map(|s| scope(of, s, figures)).collect::<Vec<_>>(),
    })
}

fn scope(comparison: &Comparison, scope: &ScopeDifferences, figures: &[Figure<'_>]) -> Value {
    let (kind, name) = scope_columns(&scope.scope);
    let own: Vec<&Figure<'_>> =
        figures.iter().filter(|f| f.comparison.changed == comparison.changed && *f.scope == scope.scope).collect();
    let metrics: Map<String, Value> = scope
        .differences
        .iter()
        .map(|d| {
            let verdict = own.iter().find(|f| f.difference.metric == d.metric).and_then(|f| f.verdict.name());
            (d.metric.name().to_owned(), difference(d, comparison.replications, verdict))
        })
        .collect();
    json!({ "scope": kind, "name": name, "metrics": metrics })
}

fn difference(of: &Difference, replications: u64, verdict: Option<&str>) -> Value {
    json!({
        "unit": of.metric.unit().name(),
        "better": Some(better_name(of.metric)).filter(|better| !better.is_empty()),
        "values": of.values.map(number),
        "difference": number(of.difference),
        "half_width": number(of.half_width()),
        "degrees": of.standard_error.map(|_| of.degrees),
        "p_value": number(of.p_value()),
        "variance_factor": number(of.variance_factor()),
        "replications_to_decide": of.replications_to_decide(replications, RISK),
        "verdict": verdict,
    })
}
