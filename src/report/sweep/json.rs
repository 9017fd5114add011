//! `sweep.json`: what was varied, what was asked, and the best point.

use serde_json::{Map, Value, json};

use super::SweepReport;
use crate::engine::GENERATOR;
use crate::experiment::sweep::{Choice, Shown};
use crate::report::SCHEMA_VERSION;
use crate::report::json::number;

/// The sweep for programs; its figures stand in the table.
pub(super) fn sweep_json(report: &SweepReport<'_>) -> Value {
    let design = report.design;
    let factor = |(index, factor): (usize, &crate::experiment::sweep::Factor)| {
        let values = factor.count().ok().filter(|_| design.is_grid());
        json!({ "path": factor.path, "values": values, "column": index + 2 })
    };
    json!({
        "schema_version": SCHEMA_VERSION,
        "callwright": env!("CARGO_PKG_VERSION"),
        "generator": GENERATOR,
        "identity": report.identity,
        "source": report.source,
        "name": report.scenario.name,
        "run": { "seed": report.scenario.run.seed, "replications": report.replications() },
        "design": if design.is_grid() { "grid" } else { "latin_hypercube" },
        "points": report.points.done,
        "factors": design.factors.iter().enumerate().map(factor).collect::<Vec<_>>(),
        "figures": report.figures.iter().map(|figure| figure.name()).collect::<Vec<_>>(),
        "choice": report.choice.map(|choice| of_choice(report, choice)),
    })
}

fn of_choice(report: &SweepReport<'_>, choice: &Choice) -> Value {
    let constraint = |c: &crate::experiment::sweep::Constraint| {
        let bound = if c.at_least { "at least" } else { "at most" };
        json!({ "figure": c.figure.name(), "bound": bound, "value": number(Some(c.bound)) })
    };
    json!({
        "figure": choice.objective.figure.name(),
        "wanted": if choice.objective.largest { "largest" } else { "smallest" },
        "subject_to": choice.constraints.iter().map(constraint).collect::<Vec<_>>(),
        "confidence": number(Some(choice.confidence)),
        "best": choice.best.as_ref().map(|shown| point(report, shown)),
        "nearest": choice.nearest.as_ref().filter(|_| choice.best.is_none()).map(|shown| point(report, shown)),
    })
}

fn point(report: &SweepReport<'_>, shown: &Shown) -> Value {
    let paths = report.design.factors.iter().map(|factor| factor.path.clone());
    let values: Map<String, Value> =
        paths.zip(report.design.values(shown.point)).map(|(path, value)| (path, Value::from(value))).collect();
    json!({
        "point": shown.point + 1,
        "values": values,
        "objective": number(Some(shown.objective)),
        "confidence": shown.confidence.iter().map(|c| number(Some(*c))).collect::<Vec<_>>(),
    })
}
