//! `callwright validate`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::scenario_args::ScenarioArgs;
use crate::error::Result;
use crate::model::compile;
use crate::scenario::{explain, schema};

#[derive(Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(["file", "schema"]))]
pub(super) struct ValidateArgs {
    /// The scenario file
    #[arg(value_name = "SCENARIO")]
    file: Option<PathBuf>,
    /// Change a value first: team.tier1.agents=+3
    #[arg(long = "set", value_name = "PATH=VALUE", requires = "file")]
    sets: Vec<String>,
    /// Print the scenario with every value it has, defaults included
    #[arg(long, requires = "file")]
    explain: bool,
    /// Print the JSON Schema of the scenario language
    #[arg(long, conflicts_with_all = ["file", "explain"])]
    schema: bool,
}

pub(super) fn validate(args: &ValidateArgs) -> Result<ExitCode> {
    let Some(file) = &args.file else {
        super::print(&format!("{:#}\n", schema()))?;
        return Ok(ExitCode::SUCCESS);
    };
    let given = ScenarioArgs::new(file, &args.sets);
    let mut loaded = given.load(Vec::new())?;
    compile(&loaded.scenario)?;
    if args.explain {
        given.show_first_attempts(&mut loaded)?;
        super::print(&explain(&loaded))?;
    } else {
        let scenario = &loaded.scenario;
        super::print(&format!(
            "{}: fine ({}, {}, {}, {})\n",
            file.display(),
            count(scenario.queues.len(), "queue"),
            count(scenario.teams.len(), "team"),
            count(scenario.timeline.days.len(), "day"),
            count(scenario.timeline.intervals.len(), "interval"),
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
