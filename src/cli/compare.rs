//! `callwright compare`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::people::half_and_double;
use super::progress::{Progress, nothing_done};
use super::scenario_args::{RunFlags, ScenarioArgs, typed_sets};
use super::screen::{style, written};
use crate::error::{Error, Problem, Result};
use crate::experiment::{Compared, Options, compare as simulate_pairs};
use crate::model::compile;
use crate::report::{
    CompareFolder, CompareReport, ComparedFloor, MOST_FLOORS, compare_json, compare_text, prepare_compare, quoted,
    robust_compare_text,
};
use crate::scenario::{Loaded, Scenario, differences};

#[derive(Args)]
pub(super) struct CompareArgs {
    /// The baseline, and the scenarios to compare with it; one alone with --set
    #[arg(value_name = "SCENARIO", required = true)]
    files: Vec<PathBuf>,
    /// Compare the one scenario with itself after a change: team.tier1.agents=+3
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    #[command(flatten)]
    run: RunFlags,
    /// Do it again with every effect of people half and twice as strong, and say whether the differences survive
    #[arg(long)]
    robust: bool,
    /// Show every figure, not only those a planner looks at first
    #[arg(long)]
    all: bool,
    /// Write compare.csv, compare.json and a plot into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the comparison as JSON, and nothing else
    #[arg(long)]
    json: bool,
}

/// A scenario as loaded, and how the user named it.
struct Read {
    loaded: Loaded,
    source: String,
}

pub(super) fn compare(args: &CompareArgs) -> Result<ExitCode> {
    args.check()?;
    let mut read = args.read()?;
    let notes = with_one_seed(&mut read);
    let models = read.iter().map(|read| compile(&read.loaded.scenario)).collect::<Result<Vec<_>>>()?;
    let pairs: Vec<_> = read.iter().map(|read| &read.loaded.scenario).zip(&models).collect();
    let replications = u64::from(read[0].loaded.scenario.run.replications);
    let robust = args.robust && models.iter().any(|model| model.people.is_some());
    let rounds = if robust { 3 } else { 1 };
    let progress = Progress::start(rounds * replications * read.len() as u64, args.run.quiet)?;
    let folder = args.out.as_deref().map(prepare_compare).transpose()?;
    progress.interrupt().guard(folder.as_ref().map(CompareFolder::unfinished));

    let options = args.run.options();
    let compared = simulate_pairs(&pairs, &options, &progress)?;
    let others = if robust { args.at_other_strengths(&read, &options, &progress)? } else { Vec::new() };
    progress.finish();
    let kept = compared.results[0].replications;
    if kept == 0 {
        return Err(nothing_done());
    }

    let floors: Vec<ComparedFloor<'_>> = read.iter().map(|of| floor(&read[0], of)).collect();
    let report = CompareReport {
        floors: &floors,
        compared: &compared,
        notes: &notes,
        all: args.all,
        robust: robust.then_some(&others),
    };
    let files = folder.map_or_else(|| Ok(Vec::new()), |folder| folder.write(&report))?;
    if args.json {
        super::print(&format!("{:#}\n", compare_json(&report)))?;
    } else if !args.run.quiet {
        super::print(&compare_text(&report, style()))?;
        if args.robust && !robust {
            super::print("\nROBUST   no file says anything of people, so there are no effects to halve and double.\n")?;
        } else if robust {
            super::print(&format!("\n{}", robust_compare_text(&report, style())))?;
        }
        super::print(&written(&files))?;
    }
    if (args.json || args.run.quiet) && kept < replications {
        anstream::eprintln!("stopped early: {kept} of {replications} replications kept");
    }
    Ok(ExitCode::SUCCESS)
}

fn floor<'a>(baseline: &'a Read, of: &'a Read) -> ComparedFloor<'a> {
    ComparedFloor {
        source: of.source.clone(),
        scenario: &of.loaded.scenario,
        input_hash: &of.loaded.input_hash,
        changes: differences(&baseline.loaded, &of.loaded),
    }
}

/// Gives all scenarios the seed and the number of replications of the first; says where that is not what they state.
fn with_one_seed(read: &mut [Read]) -> Vec<String> {
    let run = read[0].loaded.scenario.run.clone();
    let mut notes = Vec::new();
    for other in &mut read[1..] {
        let own = &mut other.loaded.scenario.run;
        if (own.seed, own.replications) != (run.seed, run.replications) {
            notes.push(format!(
                "{} states seed {} and {} replications: those of the baseline are used, {} and {}.",
                other.source, own.seed, own.replications, run.seed, run.replications
            ));
        }
        (own.seed, own.replications) = (run.seed, run.replications);
    }
    notes
}

impl CompareArgs {
    /// Refuses what cannot differ, or could mean two things.
    fn check(&self) -> Result<()> {
        let refused = |text: String| Err(Error::Refused(text));
        let first = self.files.first().map(|file| quoted(&file.to_string_lossy())).unwrap_or_default();
        match (self.files.len(), self.sets.is_empty()) {
            (1, true) => refused(format!(
                "{first} alone has nothing to be compared with\n  help: name a second scenario, or a change: \
                 callwright compare {first} --set team.NAME.agents=+1"
            )),
            (2.., false) => refused(
                "--set goes with one scenario, which is compared with itself after the change; with several it is not \
                 clear which to change\n  help: leave out --set, or write the change into a file that `extends` the other"
                    .into(),
            ),
            (count, _) if count > MOST_FLOORS => {
                refused(format!("{count} scenarios are too many: allowed: 2 to {MOST_FLOORS} in one comparison"))
            }
            _ => self.twice().map_or(Ok(()), |file| {
                refused(format!(
                    "{} is named twice: a scenario does not differ from itself\n  help: name another file, or one file \
                     and a change with --set",
                    file.display()
                ))
            }),
        }
    }

    /// A file that is named more than once, in one way or another.
    fn twice(&self) -> Option<&Path> {
        let place = |file: &PathBuf| std::fs::canonicalize(file).unwrap_or_else(|_| file.clone());
        let places: Vec<PathBuf> = self.files.iter().map(place).collect();
        let index = (1..places.len()).find(|&index| places[..index].contains(&places[index]))?;
        Some(&self.files[index])
    }

    /// The same comparison with every effect half and twice as strong, without what a stop left undone.
    fn at_other_strengths(
        &self,
        read: &[Read],
        options: &Options,
        progress: &Progress,
    ) -> Result<Vec<(f64, Compared)>> {
        let flags = self.run.values();
        let run = &read[0].loaded.scenario.run;
        let mut floors: [Vec<Scenario>; 2] = Default::default();
        let mut factors = [1.0; 2];
        for (index, of) in read.iter().enumerate() {
            let (file, sets) = match self.sets.is_empty() || index == 0 {
                true => (&self.files[index], &[][..]),
                false => (&self.files[0], self.sets.as_slice()),
            };
            let found = half_and_double(&ScenarioArgs::new(file, sets), &flags, &of.loaded.scenario)?;
            for (at, (factor, mut scenario)) in found.into_iter().enumerate() {
                (scenario.run.seed, scenario.run.replications) = (run.seed, run.replications);
                factors[at] = factor;
                floors[at].push(scenario);
            }
        }
        let compared = |(factor, floors): (f64, &Vec<Scenario>)| {
            let models = floors.iter().map(compile).collect::<Result<Vec<_>>>()?;
            let pairs: Vec<_> = floors.iter().zip(&models).collect();
            Ok((factor, simulate_pairs(&pairs, options, progress)?))
        };
        let mut others = factors.into_iter().zip(&floors).map(compared).collect::<Result<Vec<_>>>()?;
        others.retain(|(_, compared)| compared.results[0].replications > 0);
        Ok(others)
    }

    fn read(&self) -> Result<Vec<Read>> {
        let load = |file: &Path, sets: &[String], seen: &[Problem]| {
            let loaded = ScenarioArgs::new(file, sets).not_again(seen).load_to_simulate(self.run.values())?;
            Ok(Read { loaded, source: format!("{}{}", file.display(), typed_sets(sets)) })
        };
        let mut read = self.files.iter().map(|file| load(file, &[], &[])).collect::<Result<Vec<_>>>()?;
        if !self.sets.is_empty() {
            read.push(load(&self.files[0], &self.sets, &read[0].loaded.warnings)?);
        }
        Ok(read)
    }
}
