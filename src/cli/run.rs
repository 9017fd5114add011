//! `callwright run`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::Args;

use super::progress::Progress;
use super::scenario_args::{RunFlags, ScenarioArgs};
use super::screen::{style, written};
use crate::error::{Error, Result};
use crate::experiment::{DayRow, Watcher, simulate};
use crate::model::compile;
use crate::planner::{beside, need_by_formula};
use crate::report::{Folder, ReplicationsCsv, RunReport, prepare, summary_json, text};

#[derive(Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    run: RunFlags,
    /// Write summary.json, CSV files and plots into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the summary as JSON, and nothing else
    #[arg(long)]
    json: bool,
}

/// Passes what happens on to the progress bar and the file of replications.
struct Listeners<'a> {
    progress: &'a Progress,
    replications: Option<&'a ReplicationsCsv>,
}

impl Watcher for Listeners<'_> {
    fn replication_done(&self) {
        self.progress.replication_done();
    }

    fn day(&self, row: &DayRow<'_>) {
        if let Some(file) = self.replications {
            file.day(row);
        }
    }

    fn stop(&self) -> Option<&AtomicBool> {
        self.progress.stop()
    }
}

pub(super) fn run(args: &RunArgs) -> Result<ExitCode> {
    let loaded = args.scenario.load_to_simulate(args.run.values())?;
    let scenario = &loaded.scenario;
    let model = compile(scenario)?;
    let progress = Progress::start(u64::from(scenario.run.replications), args.run.quiet)?;
    let folder = args.out.as_deref().map(prepare).transpose()?;
    progress.interrupt().guard(folder.as_ref().map(Folder::unfinished));
    let replications = folder.as_ref().map(|f| f.replications(scenario)).transpose()?;

    let listeners = Listeners { progress: &progress, replications: replications.as_ref() };
    let options = args.run.options();
    let results = simulate(scenario, &model, &options, &listeners)?;
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
        super::print(&format!("{:#}\n", summary_json(&report)))?;
    } else if !args.run.quiet {
        super::print(&text(&report, style()))?;
        super::print(&written(&files))?;
    }
    if (args.json || args.run.quiet) && results.replications < results.requested {
        anstream::eprintln!("stopped early: {} of {} replications kept", results.replications, results.requested);
    }
    Ok(ExitCode::SUCCESS)
}
