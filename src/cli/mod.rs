//! The command line: one small file per subcommand. Nothing is computed here.
//!
//! Exit codes: 0 = done, 1 = a verdict that failed, 2 = a bad scenario or bad use, 130 = ended by the user with nothing
//! to keep.

mod agents;
mod check;
mod checkpoint;
mod compare;
mod drivers;
mod erlang;
mod init;
mod interrupt;
mod limits;
mod moment;
mod people;
mod plan;
mod progress;
mod run;
mod scenario_args;
mod screen;
mod sweep;
mod validate;

use std::io::{ErrorKind, Read, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::{Error, Result};

/// Exit code for a bad scenario or bad use.
const BAD_USE: u8 = 2;

/// Exit code when the user wanted an end before there was anything to keep: that of a program killed by Ctrl-C.
const INTERRUPTED: u8 = 130;

#[derive(Parser)]
#[command(name = "callwright", version, about, long_about = None, max_term_width = 100)]
#[command(after_help = "Start with:  callwright init floor.toml  and then  callwright run floor.toml")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Simulate a scenario and show what happens
    Run(run::RunArgs),
    /// Find the least staff that meets the goals, interval by interval, and what it costs
    Plan(plan::PlanArgs),
    /// What changes from one scenario to another, and whether that is more than chance
    Compare(compare::CompareArgs),
    /// Try many values at once: every combination or a sample of them, and which is best
    Sweep(Box<sweep::SweepArgs>),
    /// Did it get worse? A verdict for CI: scenarios against their goals, a baseline, or another scenario
    Check(check::CheckArgs),
    /// Read a scenario: what is wrong with it, every value it has, or the language itself
    Validate(validate::ValidateArgs),
    /// Write a commented scenario to start from, with its CSV file
    Init(init::InitArgs),
    /// What drives the floor: each trait's effect on every figure, with intervals
    Drivers(drivers::DriversArgs),
    /// Who the agents of a scenario are; or scores of yours from their handle times, resolution, satisfaction and sales
    Agents(agents::AgentsArgs),
    /// How many agents (c, a) or lines (b) by the Erlang formulas, and why
    Erlang(Box<erlang::ErlangArgs>),
}

/// Reads the arguments, runs the command, and says how it went.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output and are no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { BAD_USE } else { 0 });
        }
    };
    match execute(cli.command) {
        Ok(code) => code,
        Err(error) => {
            // Whoever would read it may be gone.
            let _ = writeln!(anstream::stderr(), "{}", error.to_string().trim_end());
            ExitCode::from(if matches!(error, Error::Stopped(_)) { INTERRUPTED } else { BAD_USE })
        }
    }
}

fn execute(command: Command) -> Result<ExitCode> {
    match command {
        Command::Run(args) => run::run(&args),
        Command::Plan(args) => plan::plan(&args),
        Command::Compare(args) => compare::compare(&args),
        Command::Sweep(args) => sweep::sweep(&args),
        Command::Check(args) => check::check(&args),
        Command::Validate(args) => validate::validate(&args),
        Command::Init(args) => init::init(&args),
        Command::Drivers(args) => drivers::drivers(&args),
        Command::Agents(args) => agents::agents(&args),
        Command::Erlang(args) => erlang::erlang(&args),
    }
}

/// Prints to standard output. A reader that has gone away (`| head`) is no failure; a full disk is.
fn print(text: &str) -> Result<()> {
    print_all(text.as_bytes())
}

/// The same for what need not be in memory.
fn print_all(mut from: impl Read) -> Result<()> {
    let mut out = anstream::stdout().lock();
    match std::io::copy(&mut from, &mut out).and_then(|_| out.flush()) {
        Err(source) if source.kind() != ErrorKind::BrokenPipe => {
            Err(Error::File { action: "write", path: "standard output".into(), source, advice: None })
        }
        _ => Ok(()),
    }
}
