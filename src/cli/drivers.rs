//! `callwright drivers`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::people::half_and_double;
use super::progress::Progress;
use super::scenario_args::{ScenarioArgs, run_flags};
use super::screen::{style, written};
use crate::error::{Error, Result};
use crate::experiment::{Drivers, Options, drivers as simulate_drivers};
use crate::model::compile;
use crate::people::TRAITS;
use crate::report::{
    DriversFolder, DriversReport, Robustness, drivers_csv, drivers_json, drivers_text, prepare_drivers,
};
use crate::scenario::{Flag, Scenario};

#[derive(Args)]
pub(super) struct DriversArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Number of replications (simulated days, or simulated periods of several days) of each floor
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true)]
    replications: Option<u64>,
    /// Seed of all randomness
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Threads; the results do not depend on it [default: all processors]
    #[arg(long, value_name = "T", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=1024))]
    threads: u16,
    /// Do it again with every effect half and twice as strong, and say which conclusions survive
    #[arg(long)]
    robust: bool,
    /// Write drivers.csv, drivers.json and a plot into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the drivers as JSON, and nothing else
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print the drivers as CSV, and nothing else
    #[arg(long)]
    csv: bool,
    /// Print nothing but errors
    #[arg(short, long, conflicts_with_all = ["json", "csv"])]
    quiet: bool,
}

pub(super) fn drivers(args: &DriversArgs) -> Result<ExitCode> {
    let loaded = args.scenario.load_to_simulate(args.flags())?;
    let scenario = &loaded.scenario;
    let others = if args.robust { half_and_double(&args.scenario, &args.flags(), scenario)? } else { Vec::new() };
    let floors = (1 + TRAITS.len()) as u64 * (1 + others.len() as u64);
    let progress = Progress::start(u64::from(scenario.run.replications) * floors, args.quiet)?;
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
    } else if !args.quiet {
        super::print(&drivers_text(&report, style()))?;
        super::print(&written(&files))?;
    }
    Ok(ExitCode::SUCCESS)
}

impl DriversArgs {
    fn flags(&self) -> Vec<Flag> {
        run_flags(self.replications, self.seed)
    }

    fn simulated(&self, scenario: &Scenario, progress: &Progress) -> Result<Drivers> {
        let options = Options { threads: usize::from(self.threads) };
        let found = simulate_drivers(scenario, &options, progress)?;
        match found.baseline.replications {
            0 => Err(Error::Stopped("stopped before the first replication was done: there is nothing to show".into())),
            _ => Ok(found),
        }
    }
}
