//! How an experiment goes, on a terminal; and its early end by Ctrl-C.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::{Error, Result};

/// A bar on standard error when that is a terminal and nobody asked for quiet; nothing otherwise.
pub(super) struct Progress {
    bar: ProgressBar,
    stop: Arc<AtomicBool>,
}

impl Progress {
    /// Starts to listen for Ctrl-C: the first ends the experiment with what it has, the second ends the program.
    pub(super) fn start(replications: u64, quiet: bool) -> Result<Self> {
        let bar = if quiet || !std::io::stderr().is_terminal() { ProgressBar::hidden() } else { shown(replications) };
        let stop = Arc::new(AtomicBool::new(false));
        let (flag, on_screen) = (Arc::clone(&stop), bar.clone());
        ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
            on_screen.println("finishing the replications under way; Ctrl-C again ends at once and keeps nothing");
        })
        .map_err(|e| Error::Refused(format!("cannot listen for Ctrl-C: {e}")))?;
        Ok(Self { bar, stop })
    }

    /// One more replication is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
    }

    /// Set when the user wants an end.
    pub(super) fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    /// Takes the bar off the screen.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn shown(replications: u64) -> ProgressBar {
    let template = "simulating {bar:30} {pos}/{len} replications, {eta} left (Ctrl-C keeps what is done)";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(replications).with_style(style)
}

/// How many staffings have been simulated, on a terminal.
pub(super) struct Staffings {
    bar: ProgressBar,
}

impl Staffings {
    /// Shows itself on standard error when that is a terminal and nobody asked for quiet.
    pub(super) fn start(quiet: bool) -> Self {
        let shown = !quiet && std::io::stderr().is_terminal();
        let bar = if shown { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        Self { bar }
    }

    /// One more is about to be simulated.
    pub(super) fn step(&self, done: u32) {
        self.bar.set_message(format!("{done} staffings simulated"));
        self.bar.tick();
    }

    /// Takes itself off the screen.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
