//! What every command that reads a scenario takes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::error::Result;
use crate::experiment::{first_attempts, settle_repeats, with_first_attempts};
use crate::scenario::{Flag, Loaded, Queue, Request, Scenario, Severity, Shelf, load, render_all};

#[derive(Args, Clone)]
pub(super) struct ScenarioArgs {
    /// The scenario file
    #[arg(value_name = "SCENARIO")]
    pub(super) file: PathBuf,
    /// Change a value: team.tier1.agents=+3, queue.*.volume.scale=110%, queue.orders.patience=2m
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Where the scenario stands; `None` = on disk.
    #[arg(skip)]
    shelf: Option<Arc<Shelf>>,
    /// Its warnings have been shown.
    #[arg(skip)]
    again: bool,
    /// Only stated averages are wanted.
    #[arg(skip)]
    without_people: bool,
}

/// A flag that was given.
pub(super) fn flag(name: &'static str, path: &'static str, value: Option<u64>) -> Option<Flag> {
    value.map(|value| Flag { name, path, value: value.to_string() })
}

/// The flags of how to run.
pub(super) fn run_flags(replications: Option<u64>, seed: Option<u64>) -> Vec<Flag> {
    let replications = flag("--replications", "run.replications", replications);
    replications.into_iter().chain(flag("--seed", "run.seed", seed)).collect()
}

impl ScenarioArgs {
    pub(super) fn new(file: &Path, sets: &[String]) -> Self {
        Self { file: file.to_owned(), sets: sets.to_vec(), shelf: None, again: false, without_people: false }
    }

    /// A scenario that was kept; its warnings have been shown when it was.
    pub(super) fn kept(file: &str, sets: &[String], shelf: Arc<Shelf>) -> Self {
        Self { shelf: Some(shelf), ..Self::new(Path::new(file), sets) }
    }

    /// With what the file says of people, or with stated averages only.
    pub(super) fn people(self, with: bool) -> Self {
        Self { without_people: !with, ..self }
    }

    /// The same scenario, to be loaded once more: its warnings have been shown.
    pub(super) fn again(&self) -> Self {
        Self {
            again: true,
            without_people: self.without_people,
            shelf: self.shelf.clone(),
            ..Self::new(&self.file, &self.sets)
        }
    }

    /// Loads the scenario, values of other flags on top, and shows its warnings on standard error.
    pub(super) fn load(&self, flags: Vec<Flag>) -> Result<Loaded> {
        let shelf = self.shelf.clone();
        let loaded = load(&Request { path: self.file.clone(), sets: self.sets.clone(), flags, shelf })?;
        if !loaded.warnings.is_empty() && self.shelf.is_none() && !self.again {
            anstream::eprintln!("{}", render_all(&loaded.warnings, Severity::Warning, &loaded.sources).trim_end());
        }
        Ok(loaded)
    }

    /// The same, with the redials that the stated volumes contain taken out: what is simulated are first attempts.
    pub(super) fn load_to_simulate(&self, flags: Vec<Flag>) -> Result<Loaded> {
        let mut loaded = self.load(flags)?;
        if self.without_people {
            loaded.scenario.leave_people_out();
        }
        let loops = |queue: &Queue| queue.callers.redial.is_some() || queue.outcomes.repeat.is_some();
        if !loaded.scenario.queues.iter().any(loops) {
            return Ok(loaded);
        }
        let stated = loaded.scenario.clone();
        let mut shares = vec![1.0; stated.queues.len()];
        let mut known: Vec<(PathBuf, Option<Scenario>)> = Vec::new();
        for (index, (queue, share)) in stated.queues.iter().zip(&mut shares).enumerate() {
            // The figure belongs to the floor of the file that states it, not to what --set or `extends` make of it.
            let file = loaded.volume_file(&queue.name).unwrap_or_else(|| self.file.clone());
            if !known.iter().any(|(other, _)| *other == file) {
                known.push((file.clone(), self.with_shares(&file)?));
            }
            let base = known.iter().find(|(other, _)| *other == file).and_then(|(_, base)| base.as_ref());
            let same = base.and_then(|base| base.queues.iter().find(|other| other.name == queue.name));
            *share = match same.filter(|same| same.counts == queue.counts) {
                Some(same) => same.first_attempts,
                None => first_attempts(&stated)?[index],
            };
        }
        with_first_attempts(&mut loaded.scenario, &stated, &shares);
        settle_repeats(&mut loaded.scenario)?;
        Ok(loaded)
    }

    /// A file's floor as it stands, its volumes reduced to first attempts; `None` when the file is no floor by itself.
    fn with_shares(&self, file: &Path) -> Result<Option<Scenario>> {
        let Ok(base) = load(&Request { shelf: self.shelf.clone(), ..Request::file(file) }) else { return Ok(None) };
        let mut base = base.scenario;
        if self.without_people {
            base.leave_people_out();
        }
        let mut scenario = base.clone();
        let shares = first_attempts(&scenario)?;
        with_first_attempts(&mut scenario, &base, &shares);
        Ok(Some(scenario))
    }
}
