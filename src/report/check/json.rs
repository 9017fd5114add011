//! The verdict for programs.

use super::words::change;
use super::{Against, CheckReport, CheckedScenario};
use crate::check::{Drift, Finding, Outcome, Rule};
use crate::report::SCHEMA_VERSION;
use crate::report::json::number;
use serde_json::{Value, json};

/// Everything the screen says, and the exact figures.
pub fn check_json(report: &CheckReport) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "callwright": env!("CARGO_PKG_VERSION"),
        "verdict": report.outcome().max(Outcome::Pass).name(),
        "failed": report.failed(),
        "strict": report.strict,
        "baseline_updated": report.updated,
        "scenarios": report.scenarios.iter().map(scenario).collect::<Vec<_>>(),
    })
}

fn scenario(of: &CheckedScenario) -> Value {
    let (kind, file) = match &of.against {
        Against::Goals => ("goals", None),
        Against::Baseline { file, .. } => ("baseline", Some(file)),
        Against::File(file) => ("scenario", Some(file)),
    };
    let drift = |d: &Drift| json!({ "name": d.name, "kept": number(d.kept), "now": number(d.now) });
    json!({
        "name": of.name,
        "file": of.file,
        "against": { "kind": kind, "file": file },
        "verdict": of.verdict.outcome().name(),
        "alpha": of.verdict.alpha,
        "seed": of.verdict.seed,
        "replications": of.verdict.replications,
        "changed": of.changes.iter().map(change).collect::<Vec<_>>(),
        "changed_by_program": of.drift.iter().map(drift).collect::<Vec<_>>(),
        "findings": of.verdict.findings.iter().zip(&of.places).map(|(f, p)| finding(of, f, p.as_ref())).collect::<Vec<_>>(),
    })
}

fn finding(scenario: &CheckedScenario, of: &Finding, place: Option<&(String, usize)>) -> Value {
    let (target, before, difference, tolerance) = match of.rule {
        Rule::Goal { target, .. } => (Some(target), None, None, None),
        Rule::Change { before, difference, tolerance } => (None, before, difference, Some(tolerance)),
    };
    json!({
        "name": scenario.name_of(of),
        "queue": of.scope,
        "metric": of.metric,
        "unit": of.unit.name(),
        "verdict": of.outcome.name(),
        "value": number(of.value),
        "before": number(before),
        "difference": number(difference),
        "half_width": number(of.half_width),
        "target": number(target),
        "tolerance": number(tolerance),
        "replications_to_decide": of.would_decide,
        "file": place.map(|(file, _)| file),
        "line": place.map(|(_, line)| line),
    })
}
