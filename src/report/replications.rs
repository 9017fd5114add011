//! `replications.csv`: one row per replication, day and queue, written while the experiment runs.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::numbers::nine_digits_text;
use crate::error::{Error, Result};
use crate::experiment::{DayRow, QueueMetric, Watcher};
use crate::scenario::Scenario;

/// Writes each day as it comes, so memory does not grow with the number of replications.
///
/// It is a [`Watcher`]; a caller with a watcher of its own hands its rows on to [`ReplicationsCsv::day`]. A disk that
/// fails does not stop the experiment: the first error is kept and returned at the end, by
/// [`super::Folder::write`].
#[derive(Debug)]
pub struct ReplicationsCsv {
    /// Where it will stand, for messages.
    path: PathBuf,
    /// Where it stands meanwhile, if not in the folder's hidden folder: beside a checkpoint.
    kept: Option<PathBuf>,
    names: Vec<String>,
    /// Day number and date of each opening.
    days: Vec<[String; 2]>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    writer: csv::Writer<BufWriter<File>>,
    failed: Option<csv::Error>,
    row: csv::StringRecord,
}

impl ReplicationsCsv {
    /// Starts the file with its header; it will be moved to `path` in the end.
    pub(super) fn create(file: io::Result<File>, path: PathBuf, scenario: &Scenario) -> Result<Self> {
        let error = |source| Error::File { action: "write", path: path.clone(), source, advice: None };
        let file = file.map_err(error)?;
        let is_new = file.metadata().map_err(error)?.len() == 0;
        let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(BufWriter::new(file));
        if is_new {
            let fixed = ["replication", "day", "date", "scope", "queue"];
            let header = fixed.into_iter().chain(metrics().map(QueueMetric::name));
            writer.write_record(header).map_err(|e| error(e.into()))?;
        }
        let date = |day: &crate::scenario::Day| day.date.map_or_else(String::new, |date| date.to_string());
        let days = scenario.timeline.days.iter().enumerate().map(|(i, day)| [(i + 1).to_string(), date(day)]).collect();
        let names = scenario.queues.iter().map(|q| q.name.clone()).collect();
        let state = Mutex::new(State { writer, failed: None, row: csv::StringRecord::new() });
        Ok(Self { path, kept: None, names, days, state })
    }

    /// The same, standing in a file of its own meanwhile, whose first `rows` bytes are taken up again.
    pub(super) fn create_beside(kept: &Path, rows: u64, path: PathBuf, scenario: &Scenario) -> Result<Self> {
        let open = || {
            let mut file = File::options().create(true).truncate(false).write(true).open(kept)?;
            file.set_len(rows)?;
            file.seek(SeekFrom::End(0))?;
            Ok(file)
        };
        let failed = |source| Error::File { action: "write", path: kept.to_owned(), source, advice: None };
        let file: io::Result<File> = open();
        let rows = Self::create(Ok(file.map_err(failed)?), path, scenario)?;
        Ok(Self { kept: Some(kept.to_owned()), ..rows })
    }

    /// Bytes written so far; all of them are in the file.
    ///
    /// # Errors
    /// [`Error::File`] when they are not.
    pub fn flushed(&self) -> Result<u64> {
        let error = |source| Error::File { action: "write", path: self.path.clone(), source, advice: None };
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        state.writer.flush().and_then(|()| Ok(state.writer.get_ref().get_ref().metadata()?.len())).map_err(error)
    }

    /// Where it stands, if not in the folder's hidden folder.
    pub(super) fn kept(&self) -> Option<PathBuf> {
        self.kept.clone()
    }

    /// Flushes the file and says whether all of it could be written.
    pub(super) fn finish(self) -> Result<()> {
        let error = |source| Error::File { action: "write", path: self.path.clone(), source, advice: None };
        let mut state = self.state.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        match state.failed.take() {
            Some(failed) => Err(error(failed.into())),
            None => state.writer.flush().map_err(error),
        }
    }
}

/// The metrics of a day: waits are not kept contact by contact, so a day has no quantiles.
fn metrics() -> impl Iterator<Item = QueueMetric> {
    use QueueMetric as M;
    let quantile = |m: &M| matches!(m, M::AnswerWaitP50S | M::AnswerWaitP90S | M::AnswerWaitP95S | M::AnswerWaitP99S);
    M::ALL.iter().copied().filter(move |m| !quantile(m))
}

impl Watcher for ReplicationsCsv {
    fn day(&self, row: &DayRow<'_>) {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let State { writer, failed, row: record } = &mut *state;
        if failed.is_some() {
            return;
        }
        let [day, date] = &self.days[row.day];
        let [scope, queue] = row.queue.map_or(["total", "total"], |q| ["queue", &self.names[q]]);
        record.clear();
        record.push_field(&(row.replication + 1).to_string());
        [day, date, scope, queue].into_iter().for_each(|field| record.push_field(field));
        metrics().for_each(|m| record.push_field(&nine_digits_text(row.values[m as usize])));
        *failed = writer.write_record(&*record).err();
    }
}
