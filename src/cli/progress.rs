//! How an experiment or a search goes, on a terminal; and its early end.

use std::io::IsTerminal;
use std::sync::atomic::AtomicBool;

use indicatif::{ProgressBar, ProgressStyle};

use super::interrupt::Interrupt;
use crate::error::{Error, Result};
use crate::experiment::Watcher;
use crate::planner::SearchWatcher;

/// A bar on standard error when that is a terminal and nobody asked for quiet; nothing otherwise.
pub(super) struct Progress {
    bar: ProgressBar,
    interrupt: Interrupt,
}

impl Progress {
    /// Starts to listen for Ctrl-C, too: the first ends the experiment with what it has.
    pub(super) fn start(replications: u64, quiet: bool) -> Result<Self> {
        let bar = if is_shown(quiet) { replications_bar(replications) } else { ProgressBar::hidden() };
        let first = "finishing the replications under way; Ctrl-C again ends at once and keeps nothing";
        Ok(Self { interrupt: Interrupt::listen(bar.clone(), first)?, bar })
    }

    /// So many replications were done before.
    pub(super) fn begin_at(&self, replications: u64) {
        self.bar.set_position(replications);
    }

    /// What the user may say meanwhile.
    pub(super) fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }

    /// Takes the bar off the screen.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watcher for Progress {
    fn replication_done(&self) {
        self.bar.inc(1);
    }

    fn stop(&self) -> Option<&AtomicBool> {
        Some(self.interrupt.stop())
    }
}

/// The experiment was stopped too early to have found anything.
pub(super) fn nothing_done() -> Error {
    Error::Stopped("stopped before the first replication was done: there is nothing to show".into())
}

fn is_shown(quiet: bool) -> bool {
    !quiet && std::io::stderr().is_terminal()
}

fn replications_bar(replications: u64) -> ProgressBar {
    let template = "simulating {bar:30} {pos}/{len} replications, {eta} left (Ctrl-C keeps what is done)";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(replications).with_style(style)
}

/// How many staffings have been simulated, on a terminal.
pub(super) struct Staffings {
    bar: ProgressBar,
    interrupt: Interrupt,
}

impl Staffings {
    /// Shows itself on standard error when that is a terminal and nobody asked for quiet. Starts to listen for
    /// Ctrl-C, too: the first ends the search, which then has nothing to keep.
    pub(super) fn start(quiet: bool) -> Result<Self> {
        let bar = if is_shown(quiet) { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        let first = "ending the search without a plan; Ctrl-C again ends at once";
        Ok(Self { interrupt: Interrupt::listen(bar.clone(), first)?, bar })
    }

    /// What the user may say meanwhile.
    pub(super) fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }

    /// Takes itself off the screen.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Staffings {
    /// A line on standard error.
    pub(super) fn say(&self, text: &str) {
        self.bar.suspend(|| anstream::eprintln!("{text}"));
    }
}

impl SearchWatcher for Staffings {
    fn staffing(&self, done: u32) {
        self.bar.set_message(format!("{done} staffings simulated"));
        self.bar.tick();
    }

    fn stop(&self) -> Option<&AtomicBool> {
        Some(self.interrupt.stop())
    }
}
