//! What every command that reads a scenario takes.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;

use crate::error::{Error, Problem, Result};
use crate::experiment::{Options, first_attempts, settle_repeats, targets, with_first_attempts};
use crate::scenario::{
    Arrivals, Flag, Loaded, Queue, Request, Scenario, Severity, Shelf, VolumeCounts, load, render_all,
};
use crate::units::quoted;

#[derive(Args, Clone)]
pub(super) struct ScenarioArgs {
    /// The scenario file
    #[arg(value_name = "SCENARIO")]
    pub(super) file: PathBuf,
    /// Change a value: team.tier1.agents=+3, queue.*.volume.scale=110%, queue.orders.patience=2m
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(super) sets: Vec<String>,
    /// Where the scenario stands; `None` = on disk.
    #[arg(skip)]
    shelf: Option<Arc<Shelf>>,
    /// Floors of files that state volumes, reduced to first attempts: the same for all points of a sweep.
    #[arg(skip)]
    bases: Bases,
    /// Warnings the user has seen.
    #[arg(skip)]
    seen: Vec<Problem>,
    /// All its warnings have been shown.
    #[arg(skip)]
    again: bool,
    /// Only stated averages are wanted.
    #[arg(skip)]
    without_people: bool,
}

/// A file, and its floor if it is one by itself.
type Bases = Arc<Mutex<Vec<(PathBuf, Option<Scenario>)>>>;

/// What every command that simulates takes.
#[derive(Args)]
pub(super) struct RunFlags {
    /// Number of replications (simulated days, or simulated periods of several days)
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true)]
    pub(super) replications: Option<u64>,
    /// Seed of all randomness
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
    /// Threads; the results do not depend on it [default: all processors]
    #[arg(long, value_name = "T", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=1024))]
    threads: u16,
    /// Print nothing but errors
    #[arg(short, long)]
    pub(super) quiet: bool,
}

impl RunFlags {
    /// Those that are values of the scenario.
    pub(super) fn values(&self) -> Vec<Flag> {
        run_flags(self.replications, self.seed)
    }

    /// Threads there will be.
    pub(super) fn processors(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads.into(),
        }
    }

    pub(super) fn options(&self) -> Options {
        Options { threads: usize::from(self.threads) }
    }

    /// Those that change results, as they were typed: " -n 50 --seed 3".
    pub(super) fn typed(&self) -> String {
        let typed = |flag: &str, value: Option<u64>| value.map_or_else(String::new, |value| format!(" {flag} {value}"));
        typed("-n", self.replications) + &typed("--seed", self.seed)
    }
}

/// Whether what is to be precise is there; figures have their names in the experiment, which the language does not know.
fn figures_exist(loaded: &Loaded) -> Result<()> {
    let Err(wrong) = targets(&loaded.scenario) else { return Ok(()) };
    let problem = |(index, why): (usize, String)| Problem {
        place: loaded.place_of("run", "precision", index),
        ..Problem::new("run.precision", why)
    };
    let problems: Vec<Problem> = wrong.into_iter().map(problem).collect();
    let rendered = render_all(&problems, Severity::Error, &loaded.sources);
    Err(Error::Problems { problems, rendered })
}

/// Whether customers come again on this floor.
fn has_loops(scenario: &Scenario) -> bool {
    scenario.queues.iter().any(|queue| queue.callers.redial.is_some() || queue.outcomes.repeat.is_some())
}

/// `--set` arguments as a shell takes them, each with a space before it.
pub(super) fn typed_sets(sets: &[String]) -> String {
    sets.iter().map(|set| format!(" --set {}", quoted(set))).collect()
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
        Self {
            file: file.to_owned(),
            sets: sets.to_vec(),
            shelf: None,
            bases: Bases::default(),
            seen: Vec::new(),
            again: false,
            without_people: false,
        }
    }

    /// The same scenario with more of its values changed, read from what was kept of it.
    pub(super) fn varied(&self, file: &str, more: &[String], shelf: Arc<Shelf>) -> Self {
        let sets = [&self.sets, more].concat();
        Self { bases: Arc::clone(&self.bases), ..Self::kept(file, &sets, shelf) }
    }

    /// The file and its changes as a shell takes them.
    pub(super) fn typed(&self) -> String {
        format!("{}{}", quoted(&self.file.to_string_lossy()), typed_sets(&self.sets))
    }

    /// Without these warnings, should it give them again.
    pub(super) fn not_again(mut self, seen: &[Problem]) -> Self {
        self.seen = seen.to_vec();
        self
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
            bases: Arc::clone(&self.bases),
            ..Self::new(&self.file, &self.sets)
        }
    }

    /// Loads the scenario, values of other flags on top, and shows its warnings on standard error.
    pub(super) fn load(&self, flags: Vec<Flag>) -> Result<Loaded> {
        let shelf = self.shelf.clone();
        let loaded = load(&Request { path: self.file.clone(), sets: self.sets.clone(), flags, shelf })?;
        figures_exist(&loaded)?;
        let told = |warning: &&Problem| {
            self.seen.iter().any(|seen| (&seen.path, &seen.message) == (&warning.path, &warning.message))
        };
        let new: Vec<Problem> = loaded.warnings.iter().filter(|warning| !told(warning)).cloned().collect();
        if !new.is_empty() && self.shelf.is_none() && !self.again {
            anstream::eprintln!("{}", render_all(&new, Severity::Warning, &loaded.sources).trim_end());
        }
        Ok(loaded)
    }

    /// The same, with the redials that the stated volumes contain taken out: what is simulated are first attempts.
    pub(super) fn load_to_simulate(&self, flags: Vec<Flag>) -> Result<Loaded> {
        let mut loaded = self.load(flags)?;
        if self.without_people {
            loaded.scenario.leave_people_out();
        }
        if !has_loops(&loaded.scenario) {
            return Ok(loaded);
        }
        let stated = loaded.scenario.clone();
        let shares = self.shares(&loaded)?;
        with_first_attempts(&mut loaded.scenario, &stated, &shares);
        settle_repeats(&mut loaded.scenario)?;
        Ok(loaded)
    }

    /// Lets `--explain` say which share of a volume are first attempts where that belongs to another floor than the one
    /// it writes: the file that states the volume, or this one without `--set`.
    pub(super) fn show_first_attempts(&self, loaded: &mut Loaded) -> Result<()> {
        let moved = |queue: &Queue| {
            let elsewhere = loaded.volume_file(&queue.name).is_some_and(|file| file != self.file);
            let found = queue.counts == VolumeCounts::Offered && !matches!(queue.arrivals, Arrivals::Trace(_));
            found && queue.volume.iter().any(|volume| *volume > 0.0) && (elsewhere || !self.sets.is_empty())
        };
        let moved: Vec<usize> =
            (0..loaded.scenario.queues.len()).filter(|i| moved(&loaded.scenario.queues[*i])).collect();
        if moved.is_empty() || !has_loops(&loaded.scenario) {
            return Ok(());
        }
        let shares = self.shares(loaded)?;
        for index in moved {
            let name = loaded.scenario.queues[index].name.clone();
            loaded.show_first_attempts(&name, shares[index]);
        }
        Ok(())
    }

    /// By queue: the share of its stated volume that are first attempts.
    fn shares(&self, loaded: &Loaded) -> Result<Vec<f64>> {
        let stated = &loaded.scenario;
        let mut shares = vec![1.0; stated.queues.len()];
        let mut known = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
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
                None => first_attempts(stated)?[index],
            };
        }
        Ok(shares)
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
