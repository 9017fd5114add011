//! Ctrl-C, and what else asks a program to end: the first time it ends with what is done, the second time at once.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use indicatif::ProgressBar;

use super::INTERRUPTED;
use crate::error::{Error, Result};
use crate::report::Unfinished;

/// Listens until the program ends.
pub(super) struct Interrupt(Arc<Shared>);

struct Shared {
    stop: AtomicBool,
    bar: ProgressBar,
    /// What the first signal means, for the screen with the bar.
    first: &'static str,
    /// The folder to be taken away by the second one. Held while something must not be cut in two.
    unfinished: Mutex<Option<Unfinished>>,
}

impl Interrupt {
    /// Starts to listen. Best before anything is made that would have to be taken away.
    pub(super) fn listen(bar: ProgressBar, first: &'static str) -> Result<Self> {
        let shared = Arc::new(Shared { stop: AtomicBool::new(false), bar, first, unfinished: Mutex::new(None) });
        let listening = Arc::clone(&shared);
        keep_hang_ups_ignored();
        ctrlc::set_handler(move || listening.interrupted())
            .map_err(|e| Error::Refused(format!("cannot listen for Ctrl-C: {e}")))?;
        Ok(Self(shared))
    }

    /// Set when the user wants an end.
    pub(super) fn stop(&self) -> &AtomicBool {
        &self.0.stop
    }

    /// From now on this is taken away when the program must end at once.
    pub(super) fn guard(&self, unfinished: Option<Unfinished>) {
        *self.0.unfinished() = unfinished;
    }

    /// Does something that must not be cut in two.
    pub(super) fn undisturbed<R>(&self, work: impl FnOnce() -> R) -> R {
        let _held = self.0.unfinished();
        work()
    }
}

/// Under `nohup` the end of the terminal is ignored. Listening would undo that, so the signal is blocked first: for this
/// thread and all that it starts.
#[cfg(target_os = "linux")]
fn keep_hang_ups_ignored() {
    use nix::sys::signal::{SigSet, Signal};

    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    if ignored.is_some_and(|signals| signals & (1 << (Signal::SIGHUP as u32 - 1)) != 0) {
        let mut hang_up = SigSet::empty();
        hang_up.add(Signal::SIGHUP);
        let _ = hang_up.thread_block();
    }
}

#[cfg(not(target_os = "linux"))]
fn keep_hang_ups_ignored() {}

impl Shared {
    fn unfinished(&self) -> MutexGuard<'_, Option<Unfinished>> {
        self.unfinished.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn interrupted(&self) {
        if !self.stop.swap(true, Ordering::SeqCst) {
            self.bar.println(self.first);
            return;
        }
        // The program ends while everything is held: nobody can make anything new in the meantime.
        match self.unfinished().as_ref() {
            Some(unfinished) => unfinished.discard_and(|| self.end()),
            None => self.end(),
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
        // The terminal may be gone; that is no reason to stay.
        let _ = writeln!(std::io::stderr(), "stopped at once: nothing is kept");
        std::process::exit(INTERRUPTED.into())
    }
}
