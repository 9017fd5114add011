//! `callwright run`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::Args;

use super::people::{Steps, half_and_double};
use super::progress::Progress;
use super::scenario_args::{ScenarioArgs, run_flags};
use super::screen::{style, written};
use crate::error::{Error, Result};
use crate::experiment::{DayRow, Options, Results, Watcher, simulate};
use crate::model::compile;
use crate::planner::{beside, need_by_formula};
use crate::report::{
    Folder, ReplicationsCsv, RunReport, prepare, prepare_with_people, robust_run_json, robust_run_text, summary_json,
    text,
};
use crate::scenario::{Flag, Scenario};

#[derive(Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Number of replications (simulated days, or simulated periods of several days)
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true)]
    replications: Option<u64>,
    /// Seed of all randomness
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Threads; the results do not depend on it [default: all processors]
    #[arg(long, value_name = "T", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=1024))]
    threads: u16,
    /// Do it again with every effect of people half and twice as strong, and say whether the verdict survives
    #[arg(long)]
    robust: bool,
    /// Write summary.json, CSV files and plots into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the summary as JSON, and nothing else
    #[arg(long)]
    json: bool,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// Passes what happens on to the progress bar and the file of replications.
struct Listeners<'a> {
    progress: &'a Progress,
    replications: Option<&'a ReplicationsCsv>,
}

impl Watcher for Listeners<'_> {
    fn replication_done(&self) {
        self.progress.step();
    }

    fn day(&self, row: &DayRow<'_>) {
        if let Some(file) = self.replications {
            file.day(row);
        }
    }

    fn stop(&self) -> Option<&AtomicBool> {
        Some(self.progress.interrupt().stop())
    }
}

pub(super) fn run(args: &RunArgs) -> Result<ExitCode> {
    let loaded = args.scenario.load_to_simulate(args.flags())?;
    let scenario = &loaded.scenario;
    let model = compile(scenario)?;
    let others = match args.robust && model.people.is_some() {
        true => half_and_double(&args.scenario, &args.flags(), scenario)?,
        false => Vec::new(),
    };
    let progress = Progress::start(u64::from(scenario.run.replications) * (1 + others.len() as u64), args.quiet)?;
    let folder =
        args.out.as_deref().map(if model.people.is_some() { prepare_with_people } else { prepare }).transpose()?;
    progress.interrupt().guard(folder.as_ref().map(Folder::unfinished));
    let replications = folder.as_ref().map(|f| f.replications(scenario)).transpose()?;

    let listeners = Listeners { progress: &progress, replications: replications.as_ref() };
    let options = Options { threads: usize::from(args.threads) };
    let results = simulate(scenario, &model, &options, &listeners)?;
    let others = others_simulated(&others, &options, &progress)?;
    progress.finish();
    if results.replications == 0 {
        return Err(Error::Stopped("stopped before the first replication was done: there is nothing to show".into()));
    }

    let report = RunReport {
        scenario,
        results: &results,
        need: &need_by_formula(scenario),
        beside: &beside(scenario, &results, &options)?,
        input_hash: &loaded.input_hash,
        scenario_file: &args.scenario.file.to_string_lossy(),
    };
    let files = match (folder, replications) {
        (Some(folder), Some(replications)) => folder.write(&report, replications)?,
        _ => Vec::new(),
    };
    if args.json {
        let mut summary = summary_json(&report);
        if !others.is_empty() {
            summary["robust"] = robust_run_json(&report, &others);
        }
        super::print(&format!("{summary:#}\n"))?;
    } else if !args.quiet {
        super::print(&text(&report, style()))?;
        if args.robust && others.is_empty() {
            super::print("\nROBUST   the file says nothing of people, so there are no effects to halve and double.\n")?;
        } else if args.robust {
            super::print(&format!("\n{}", robust_run_text(&report, &others, style())))?;
        }
        super::print(&written(&files))?;
    }
    if (args.json || args.quiet) && results.replications < results.requested {
        anstream::eprintln!("stopped early: {} of {} replications kept", results.replications, results.requested);
    }
    Ok(ExitCode::SUCCESS)
}

/// The same floor at other strengths of the effects of people.
fn others_simulated(others: &[(f64, Scenario)], options: &Options, progress: &Progress) -> Result<Vec<(f64, Results)>> {
    let simulated = |(factor, scenario): &(f64, Scenario)| {
        Ok((*factor, simulate(scenario, &compile(scenario)?, options, &Steps(progress))?))
    };
    others.iter().map(simulated).collect()
}

impl RunArgs {
    /// The flags that are values of the scenario.
    fn flags(&self) -> Vec<Flag> {
        run_flags(self.replications, self.seed)
    }
}
