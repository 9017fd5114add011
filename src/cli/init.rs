//! `callwright init`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::error::Result;
use crate::report::quoted;
use crate::scenario::write_starter;

#[derive(Args)]
pub(super) struct InitArgs {
    /// The scenario file to write; its CSV file is written beside it
    #[arg(value_name = "FILE", default_value = "floor.toml")]
    file: PathBuf,
}

pub(super) fn init(args: &InitArgs) -> Result<ExitCode> {
    let [scenario, csv] = write_starter(&args.file)?;
    let (scenario, csv) = (scenario.display().to_string(), csv.display());
    super::print(&format!("wrote {scenario} and {csv}\nNEXT  callwright run {}\n", quoted(&scenario)))?;
    Ok(ExitCode::SUCCESS)
}
