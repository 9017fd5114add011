//! `drivers.json`: the same for programs.

use serde_json::{Map, Value, json};

use super::DriversReport;
use super::figures::{Effect, RISK, effects};
use crate::engine::GENERATOR;
use crate::report::SCHEMA_VERSION;
use crate::report::compare::csv::better_name;
use crate::report::json::number;
use crate::report::people::{Grades, grades_in_use};

/// Figure by figure: its value today and what each trait does to it.
pub fn drivers_json(report: &DriversReport<'_>) -> Value {
    let baseline = &report.drivers.baseline;
    let Grades { counts: [a, b, c] } = grades_in_use(report.scenario);
    let effect = |effect: &Effect<'_>| {
        let of = effect.difference;
        let value = json!({
            "value": number(of.values[1]),
            "difference": number(of.difference),
            "half_width": number(of.half_width()),
            "p_value": number(of.p_value()),
            "verdict": effect.verdict(),
        });
        (effect.of.name().to_owned(), value)
    };
    let figures = effects(report.drivers).into_iter().map(|(shown, effects)| {
        let value = json!({
            "unit": shown.metric.unit().name(),
            "better": Some(better_name(shown.metric)).filter(|better| !better.is_empty()),
            "today": number(effects[0].difference.values[0]),
            "traits": effects.iter().map(effect).collect::<Map<_, _>>(),
        });
        (shown.metric.name().to_owned(), value)
    });
    let figures: Map<String, Value> = figures.collect();
    json!({
        "schema_version": SCHEMA_VERSION,
        "callwright": env!("CARGO_PKG_VERSION"),
        "generator": GENERATOR,
        "input_hash": report.input_hash,
        "people_effects": report.people_effects(),
        "people_stated": report.stated,
        "effects_in_use": { "A": a, "B": b, "C": c },
        "effects_strength": number(Some(report.scenario.people.strength)),
        "points": crate::people::POINTS,
        "run": { "seed": baseline.seed, "replications": baseline.replications, "requested": baseline.requested },
        "verdicts": { "risk": RISK, "correction": "Holm over all figures and traits" },
        "figures": figures,
        "robust": report.robust.map(|robust| robust.json(report)),
    })
}
