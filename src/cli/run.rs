//! `callwright run`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use clap::Args;

use super::checkpoint::Keeper;
use super::limits::LimitFlags;
use super::people::half_and_double;
use super::progress::{Progress, nothing_done};
use super::scenario_args::{RunFlags, ScenarioArgs};
use super::screen::{style, written};
use crate::error::Result;
use crate::experiment::{Checkpoint, DayRow, Ended, Options, Results, Watcher, simulate, simulate_until_precise};
use crate::model::compile;
use crate::planner::{beside, need_by_formula};
use crate::report::{
    Folder, ReplicationsCsv, RunReport, precision_text, prepare, prepare_with_people, robust_run_text, summary_json,
    text,
};
use crate::scenario::Scenario;

#[derive(Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    run: RunFlags,
    #[command(flatten)]
    limits: LimitFlags,
    /// Keep what is done in this file, and go on from it when it is there: the same command again after a crash ends
    /// with the same results
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Do it again with every effect of people half and twice as strong, and say whether the verdict survives
    #[arg(long)]
    robust: bool,
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
    deadline: Option<Instant>,
    keeper: Option<&'a Keeper>,
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

    fn checkpoint(&self, make: &dyn Fn() -> Checkpoint, last: bool) {
        if let Some(keeper) = self.keeper {
            keeper.keep(make, last, self.replications);
        }
    }

    fn has_time(&self) -> bool {
        self.deadline.is_none_or(|deadline| Instant::now() < deadline)
    }

    fn stop(&self) -> Option<&AtomicBool> {
        self.progress.stop()
    }
}

pub(super) fn run(args: &RunArgs) -> Result<ExitCode> {
    let loaded = args.scenario.load_to_simulate([args.run.values(), args.limits.values()?].concat())?;
    let scenario = &loaded.scenario;
    let model = compile(scenario)?;
    let others = match args.robust && model.people.is_some() {
        true => half_and_double(&args.scenario, &args.run.values(), scenario)?,
        false => Vec::new(),
    };
    let rounds = 1 + others.len() as u64;
    let progress = Progress::start(u64::from(scenario.run.most_replications()) * rounds, args.run.quiet)?;
    let folder =
        args.out.as_deref().map(if model.people.is_some() { prepare_with_people } else { prepare }).transpose()?;
    progress.interrupt().guard(folder.as_ref().map(Folder::unfinished));
    let keeper = args.checkpoint.as_deref().map(Keeper::new).transpose()?;
    let from = keeper.as_ref().map_or(Ok(None), |keeper| keeper.read(scenario, folder.is_some()))?;
    progress.begin_at(from.as_ref().map_or(0, |from| from.replications));
    let begin = |folder: &Folder| match &keeper {
        Some(keeper) => {
            let rows = from.as_ref().and_then(|from| from.rows).unwrap_or(0);
            folder.replications_beside(scenario, &keeper.rows_file(), rows)
        }
        None => folder.replications(scenario),
    };
    let replications = folder.as_ref().map(begin).transpose()?;

    let deadline = args.limits.deadline();
    let listeners =
        Listeners { progress: &progress, replications: replications.as_ref(), deadline, keeper: keeper.as_ref() };
    let options = args.run.options();
    let results = simulate_until_precise(scenario, &model, from.as_ref(), &options, &listeners)?;
    let others = others_simulated(&others, results.replications, &options, &progress)?;
    progress.finish();
    if results.replications == 0 {
        return Err(nothing_done());
    }

    let report = RunReport {
        scenario,
        results: &results,
        need: &need_by_formula(scenario),
        beside: &beside(scenario, &results, &options)?,
        input_hash: &loaded.input_hash,
        scenario_file: &args.scenario.file.to_string_lossy(),
        robust: (args.robust && model.people.is_some()).then_some(&others),
    };
    let files = match (folder, replications) {
        (Some(folder), Some(replications)) => folder.write(&report, replications)?,
        _ => Vec::new(),
    };
    if args.json {
        super::print(&format!("{:#}\n", summary_json(&report)))?;
    } else if !args.run.quiet {
        super::print(&text(&report, style()))?;
        if args.robust && report.robust.is_none() {
            super::print("\nROBUST   the file says nothing of people, so there are no effects to halve and double.\n")?;
        } else if args.robust {
            super::print(&format!("\n{}", robust_run_text(&report, style())))?;
        }
        super::print(&written(&files))?;
    }
    if args.json || args.run.quiet {
        say_how_it_ended(&results);
    }
    Ok(ExitCode::SUCCESS)
}

/// The same floor at other strengths of the effects of people, with as many replications; without those a stop left
/// with none.
fn others_simulated(
    others: &[(f64, Scenario)],
    replications: u64,
    options: &Options,
    progress: &Progress,
) -> Result<Vec<(f64, Results)>> {
    let simulated = |(factor, scenario): &(f64, Scenario)| {
        let mut scenario = scenario.clone();
        scenario.run.replications = replications.try_into().unwrap_or(u32::MAX);
        Ok((*factor, simulate(&scenario, &compile(&scenario)?, options, progress)?))
    };
    let mut others = others.iter().map(simulated).collect::<Result<Vec<_>>>()?;
    others.retain(|(_, results)| results.replications > 0);
    Ok(others)
}

/// What the screen would have said.
fn say_how_it_ended(results: &Results) {
    let Results { replications, requested, ended, .. } = results;
    match ended {
        Ended::Complete => {}
        Ended::AtMost => anstream::eprintln!("{}", precision_text(results).unwrap_or_default()),
        Ended::TimeIsUp => anstream::eprintln!("the time is up: {replications} of {requested} replications done"),
        Ended::Stopped => anstream::eprintln!("stopped early: {replications} of {requested} replications kept"),
    }
}
