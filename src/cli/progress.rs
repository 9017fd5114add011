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
        let stop = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stop);
        ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
        })
        .map_err(|e| Error::Refused(format!("cannot listen for Ctrl-C: {e}")))?;
        let bar = if quiet || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let style = ProgressStyle::with_template("simulating {bar:30} {pos}/{len} days, {eta} left (Ctrl-C keeps what is done)");
            ProgressBar::new(replications).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        };
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
