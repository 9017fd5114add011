//! `callwright init`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::error::Result;
use crate::scenario::write_starter;

#[derive(Args)]
pub(super) struct InitArgs {
    /// The scenario file to write; its CSV file is written beside it
    #[arg(value_name = "FILE", default_value = "floor.toml")]
    file: PathBuf,
}

pub(super) fn init(args: &InitArgs) -> Result<ExitCode> {
    let [scenario, csv] = write_starter(&args.file)?;
    super::print(&format!(
        "wrote {} and {}\nNEXT  callwright run {}\n",
        scenario.display(),
        csv.display(),
        scenario.display()
    ));
    Ok(ExitCode::SUCCESS)
}
