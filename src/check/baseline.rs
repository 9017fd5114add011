//! Scenarios and their figures as they were, in a file that stands alone and can be compared line by line.

use super::changes::JUDGED;
use crate::engine::GENERATOR;
use crate::error::{Error, Result};
use crate::experiment::{Results, TeamMetric};
use crate::scenario::{Scenario, Shelf};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Counted up when a program that knows only the old form could misread the new one.
const FORM: u64 = 1;

/// Largest baseline.
const MAX_BYTES: u64 = 256 << 20;

/// Digits of a kept figure: enough to notice any change, few enough to read.
const DIGITS: usize = 6;

/// Scenarios by the names of their files, without ending.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Baseline {
    /// Name and what was kept of it.
    pub scenarios: BTreeMap<String, Kept>,
}

/// One scenario as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The version of callwright that kept it.
    pub version: String,
    /// Its generator of randomness.
    pub generator: String,
    /// Seed of the figures.
    pub seed: u64,
    /// Replications of the figures.
    pub replications: u64,
    /// `--set` arguments it was read with.
    pub sets: Vec<String>,
    /// Whether what the scenario says of people counted.
    pub with_people: bool,
    /// The scenario file, on the shelf.
    pub main: String,
    /// The texts of all it was read from.
    pub shelf: Arc<Shelf>,
    /// The judged figures, rounded: "orders/service_level".
    pub figures: BTreeMap<String, Option<f64>>,
}

/// A figure that the same scenario no longer gives: the program changed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// "orders/service_level".
    pub name: String,
    /// What was kept.
    pub kept: Option<f64>,
    /// What the same scenario gives now, rounded alike.
    pub now: Option<f64>,
}

/// The judged figures, rounded, by name.
pub fn figures(scenario: &Scenario, results: &Results) -> BTreeMap<String, Option<f64>> {
    let mut figures = BTreeMap::new();
    for (queue, result) in scenario.queues.iter().zip(&results.queues) {
        for metric in JUDGED {
            figures.insert(format!("{}/{}", queue.name, metric.name()), rounded(result.get(metric).mean));
        }
    }
    let cost = TeamMetric::Cost;
    figures.insert(format!("total/{}", cost.name()), rounded(results.total_team.get(cost).mean));
    figures
}

fn rounded(value: Option<f64>) -> Option<f64> {
    format!("{:.*e}", DIGITS - 1, value?).parse().ok().map(|value: f64| value + 0.0)
}

impl Kept {
    /// What this version keeps of a scenario.
    pub fn new(scenario: &Scenario, results: &Results, sets: &[String], main: String, shelf: Shelf) -> Self {
        Self {
            with_people: false,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            generator: GENERATOR.to_owned(),
            seed: results.seed,
            replications: results.replications,
            sets: sets.to_vec(),
            main,
            shelf: Arc::new(shelf),
            figures: figures(scenario, results),
        }
    }

    /// The same, kept with what the scenario says of people, or without.
    #[must_use]
    pub fn people(self, with: bool) -> Self {
        Self { with_people: with, ..self }
    }

    /// Figures that differ from what the same scenario gives now.
    pub fn drift(&self, now: &BTreeMap<String, Option<f64>>) -> Vec<Drift> {
        let value = |of: &BTreeMap<String, Option<f64>>, name: &str| of.get(name).copied().flatten();
        let drift =
            |name: &String| Drift { name: name.clone(), kept: value(&self.figures, name), now: value(now, name) };
        self.figures.keys().map(drift).filter(|drift| drift.kept != drift.now).collect()
    }

    fn json(&self) -> Value {
        // Line by line, so that a difference between two baselines reads like one between two scenarios.
        let lines = |text: &String| Value::from(text.split('\n').map(Value::from).collect::<Vec<_>>());
        let files: Map<String, Value> =
            self.shelf.files.iter().map(|(name, text)| (name.clone(), lines(text))).collect();
        json!({
            "version": self.version,
            "generator": self.generator,
            "seed": self.seed,
            "replications": self.replications,
            "set": self.sets,
            "with_people": self.with_people,
            "figures": self.figures,
            "scenario": self.main,
            "files": files,
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let texts = |value: &Value| -> Option<Vec<String>> {
            value.as_array()?.iter().map(|v| v.as_str().map(str::to_owned)).collect()
        };
        let file = |(name, lines): (&String, &Value)| Some((name.clone(), texts(lines)?.join("\n")));
        let figure = |(name, value): (&String, &Value)| match value {
            Value::Null => Some((name.clone(), None)),
            value => Some((name.clone(), Some(value.as_f64()?))),
        };
        let kept = Self {
            version: text("version")?,
            generator: text("generator")?,
            seed: value.get("seed")?.as_u64()?,
            replications: value.get("replications")?.as_u64().filter(|n| (1..=10_000_000).contains(n))?,
            sets: texts(value.get("set")?)?,
            // Baselines of before say nothing of it.
            with_people: value.get("with_people").map_or(Some(false), Value::as_bool)?,
            main: text("scenario")?,
            shelf: Arc::new(Shelf { files: value.get("files")?.as_object()?.iter().map(file).collect::<Option<_>>()? }),
            figures: value.get("figures")?.as_object()?.iter().map(figure).collect::<Option<_>>()?,
        };
        kept.shelf.files.contains_key(&kept.main).then_some(kept)
    }
}

impl Baseline {
    /// The text of the file, sorted.
    pub fn text(&self) -> String {
        let scenarios: Map<String, Value> =
            self.scenarios.iter().map(|(name, kept)| (name.clone(), kept.json())).collect();
        format!("{:#}\n", json!({ "callwright_baseline": FORM, "scenarios": scenarios }))
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// [`Error::File`] when the file cannot be read, [`Error::Refused`] when it is no baseline.
    pub fn read(path: &Path) -> Result<Self> {
        let failed = |source: std::io::Error| {
            let advice = match source.kind() {
                std::io::ErrorKind::NotFound => "write one first: callwright check SCENARIO --save-baseline FILE",
                _ => "name a file that `callwright check --save-baseline` wrote",
            };
            Error::File { action: "read", path: path.to_owned(), source, advice: Some(advice.into()) }
        };
        let size = std::fs::metadata(path).map_err(failed)?.len();
        if size > MAX_BYTES {
            let (size, most) = (size >> 20, MAX_BYTES >> 20);
            return Err(garbled(path, &format!("it has {size} MB; at most {most} MB")));
        }
        Self::parse(&std::fs::read_to_string(path).map_err(failed)?).map_err(|why| garbled(path, &why))
    }

    fn parse(text: &str) -> std::result::Result<Self, String> {
        let root: Value = serde_json::from_str(text).map_err(|e| format!("it is no JSON: {e}"))?;
        match root.get("callwright_baseline").and_then(Value::as_u64) {
            Some(FORM) => {}
            Some(form) => return Err(format!("it has form {form}, this version of callwright knows form {FORM}")),
            None => return Err("it has no `callwright_baseline`".to_owned()),
        }
        let entries = root.get("scenarios").and_then(Value::as_object).ok_or("it has no `scenarios`")?;
        let kept = |(name, value): (&String, &Value)| {
            let kept = Kept::from_json(value).ok_or_else(|| format!("its scenario `{name}` is incomplete"))?;
            Ok((name.clone(), kept))
        };
        Ok(Self { scenarios: entries.iter().map(kept).collect::<std::result::Result<_, String>>()? })
    }
}

fn garbled(path: &Path, why: &str) -> Error {
    Error::Refused(format!(
        "{} is not a baseline: {why}\n  help: write it anew: callwright check SCENARIO --save-baseline {}",
        path.display(),
        path.display()
    ))
}
