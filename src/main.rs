//! The command-line program: arguments, a library call, an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    callwright::cli::main()
}
