//! What every command that reads a scenario takes.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::error::Result;
use crate::scenario::{Flag, Loaded, Request, Severity, load, render_all};

#[derive(Args)]
pub(super) struct ScenarioArgs {
    /// The scenario file
    #[arg(value_name = "SCENARIO")]
    pub(super) file: PathBuf,
    /// Change a value: team.tier1.agents=+3, queue.*.volume.scale=110%, queue.orders.patience=2m
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
}

/// A flag that was given.
pub(super) fn flag(name: &'static str, path: &'static str, value: Option<u64>) -> Option<Flag> {
    value.map(|value| Flag { name, path, value: value.to_string() })
}

impl ScenarioArgs {
    pub(super) fn new(file: &Path, sets: &[String]) -> Self {
        Self { file: file.to_owned(), sets: sets.to_vec() }
    }

    /// Loads the scenario, values of other flags on top, and shows its warnings on standard error.
    pub(super) fn load(&self, flags: Vec<Flag>) -> Result<Loaded> {
        let loaded = load(&Request { path: self.file.clone(), sets: self.sets.clone(), flags })?;
        if !loaded.warnings.is_empty() {
            anstream::eprintln!("{}", render_all(&loaded.warnings, Severity::Warning, &loaded.sources).trim_end());
        }
        Ok(loaded)
    }
}
