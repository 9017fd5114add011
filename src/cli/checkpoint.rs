//! `--checkpoint FILE`: what is done so far, in a file, so that a run that is cut off can be taken up again.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::plan::can_be_written;
use crate::error::{Error, Result};
use crate::experiment::Checkpoint;
use crate::report::ReplicationsCsv;
use crate::scenario::Scenario;

/// Between two writes passes at least so many times what the last one took, so that a run takes no more than a little longer.
const REST: u32 = 20;
/// Not more often than that.
const LEAST_REST: Duration = Duration::from_millis(100);
/// No checkpoint is as large.
const MOST_BYTES: u64 = 4 << 30;

/// The file of a run, and when it was last written.
pub(super) struct Keeper {
    file: PathBuf,
    state: Mutex<State>,
}

struct State {
    next: Instant,
    told: bool,
}

impl Keeper {
    pub(super) fn new(file: &Path) -> Result<Self> {
        can_be_written(file)?;
        Ok(Self { file: file.to_owned(), state: Mutex::new(State { next: Instant::now() + LEAST_REST, told: false }) })
    }

    /// Where the rows of the replications stand.
    pub(super) fn rows_file(&self) -> PathBuf {
        beside(&self.file, ".rows")
    }

    /// What stands in the file, if there is one; it must be of this floor, and no longer than is asked for.
    pub(super) fn read(&self, scenario: &Scenario, with_rows: bool) -> Result<Option<Checkpoint>> {
        let size = match fs::metadata(&self.file) {
            Ok(about) => about.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(self.failed("read", source)),
        };
        let cannot = |why: String| Error::Refused(format!("cannot go on from {}: {why}", self.file.display()));
        if size > MOST_BYTES {
            return Err(cannot("it is no checkpoint of callwright; name another file".into()));
        }
        let bytes = fs::read(&self.file).map_err(|source| self.failed("read", source))?;
        let checkpoint = Checkpoint::from_bytes(&bytes).map_err(cannot)?;
        checkpoint.fits(scenario).map_err(cannot)?;
        let (done, most) = (checkpoint.replications, u64::from(scenario.run.most_replications()));
        if done > most {
            return Err(cannot(format!(
                "it holds {done} replications, more than the {most} asked for\n  help: ask for {done} or more, or remove it \
                 to start anew"
            )));
        }
        match (checkpoint.rows, with_rows) {
            (None, true) => Err(cannot(
                "it was begun without --out, so the rows of its replications are missing\n  help: leave out --out, or \
                 remove it to start anew"
                    .into(),
            )),
            (Some(_), false) => {
                Err(cannot("it was begun with --out\n  help: give --out too, or remove it to start anew".into()))
            }
            (Some(rows), true) if fs::metadata(self.rows_file()).map_or(0, |about| about.len()) < rows => Err(cannot(
                format!("{} is missing or too short; remove both to start anew", self.rows_file().display()),
            )),
            _ => Ok(Some(checkpoint)),
        }
    }

    /// Writes the file where that is due; the last time in any case.
    pub(super) fn keep(&self, make: &dyn Fn() -> Checkpoint, last: bool, rows: Option<&ReplicationsCsv>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let begin = Instant::now();
        if begin < state.next && !last {
            return;
        }
        let written = self.write(make, rows);
        state.next = begin + (REST * begin.elapsed()).max(LEAST_REST);
        if let (Err(error), false) = (written, state.told) {
            // The run itself is all right.
            anstream::eprintln!("{error}\n  the run goes on without a checkpoint");
            state.told = true;
        }
    }

    /// In one go: whoever reads the file finds the old or the new one whole.
    fn write(&self, make: &dyn Fn() -> Checkpoint, rows: Option<&ReplicationsCsv>) -> Result<()> {
        let rows = rows.map(ReplicationsCsv::flushed).transpose()?;
        let mut checkpoint = make();
        checkpoint.rows = rows;
        let bytes = checkpoint.to_bytes();
        let new = beside(&self.file, ".new");
        let write = || {
            let mut file = fs::File::create(&new)?;
            file.write_all(&bytes)?;
            file.sync_data()?;
            fs::rename(&new, &self.file)
        };
        write().map_err(|source| self.failed("write", source))
    }

    fn failed(&self, action: &'static str, source: io::Error) -> Error {
        Error::File { action, path: self.file.clone(), source, advice: None }
    }
}

/// The file's name with something behind it.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
