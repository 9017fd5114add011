//! `callwright drivers`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::people::half_and_double;
use super::progress::{Progress, nothing_done};
use super::scenario_args::{RunFlags, ScenarioArgs};
use super::screen::{style, written};
use crate::error::Result;
use crate::experiment::{Drivers, drivers as simulate_drivers};
use crate::model::compile;
use crate::people::TRAITS;
use crate::report::{
    DriversFolder, DriversReport, Robustness, drivers_csv, drivers_json, drivers_text, prepare_drivers,
};
use crate::scenario::Scenario;

#[derive(Args)]
pub(super) struct DriversArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    run: RunFlags,
    /// Do it again with every effect half and twice as strong, and say which conclusions survive
    #[arg(long)]
    robust: bool,
    /// Write drivers.csv, drivers.json and a plot into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the drivers as JSON, and nothing else
    #[arg(long, conflicts_with_all = ["csv", "quiet"])]
    json: bool,
    /// Print the drivers as CSV, and nothing else
    #[arg(long, conflicts_with = "quiet")]
    csv: bool,
}

pub(super) fn drivers(args: &DriversArgs) -> Result<ExitCode> {
    let loaded = args.scenario.load_to_simulate(args.run.values())?;
    let scenario = &loaded.scenario;
    let others = if args.robust { half_and_double(&args.scenario, &args.run.values(), scenario)? } else { Vec::new() };
    let floors = (1 + TRAITS.len()) as u64 * (1 + others.len() as u64);
    let progress = Progress::start(u64::from(scenario.run.replications) * floors, args.run.quiet)?;
    let folder = args.out.as_deref().map(prepare_drivers).transpose()?;
    progress.interrupt().guard(folder.as_ref().map(DriversFolder::unfinished));
    let found = args.simulated(scenario, &progress)?;
    let mut strengths = Vec::new();
    for (factor, other) in &others {
        strengths.push((*factor, args.simulated(other, &progress)?));
    }
    progress.finish();

    let robust = args.robust.then_some(Robustness { strengths });
    let report = DriversReport {
        scenario,
        drivers: &found,
        input_hash: &loaded.input_hash,
        source: &args.scenario.file.to_string_lossy(),
        stated: compile(scenario)?.people.is_some(),
        robust: robust.as_ref(),
    };
    let files = folder.map_or_else(|| Ok(Vec::new()), |folder| folder.write(&report))?;
    if args.json {
        super::print(&format!("{:#}\n", drivers_json(&report)))?;
    } else if args.csv {
        super::print(&super::people::csv_text(&drivers_csv(&report))?)?;
    } else if !args.run.quiet {
        super::print(&drivers_text(&report, style()))?;
        super::print(&written(&files))?;
    }
    Ok(ExitCode::SUCCESS)
}

impl DriversArgs {
    fn simulated(&self, scenario: &Scenario, progress: &Progress) -> Result<Drivers> {
        let found = simulate_drivers(scenario, &self.run.options(), progress)?;
        match found.baseline.replications {
            0 => Err(nothing_done()),
            _ => Ok(found),
        }
    }
}
