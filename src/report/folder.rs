//! `--out DIR`: checked before the simulation, filled behind it, never half-written.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

use super::RunReport;
use super::csv_files::{self, CsvFile};
use super::json::summary_json;
use super::people::{agents_csv, scorecard_csv};
use super::plots::{FILES, FILES_WITH_PEOPLE, plots, png};
use super::replications::ReplicationsCsv;
use crate::error::{Error, Result};
use crate::scenario::Scenario;

/// A folder that takes results: everything is written to a hidden folder inside it first and moved at the end.
///
/// Dropped before [`Folder::write`] has succeeded it leaves nothing behind. Other files in it are not touched.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    unfinished: Unfinished,
    /// Names of the files it will hold, in the order in which they appear.
    files: &'static [&'static str],
}

/// What a [`Folder`] leaves to take away as long as it is not complete; for who has to end the program meanwhile.
#[derive(Debug, Clone)]
pub struct Unfinished(Arc<Mutex<Places>>);

#[derive(Debug)]
struct Places {
    /// Gone once its files have been moved, or are not wanted any more.
    staging: Option<TempDir>,
    /// Folders that did not exist before, the innermost first.
    made: Vec<PathBuf>,
}

impl Unfinished {
    fn new(made: Vec<PathBuf>) -> Self {
        Self(Arc::new(Mutex::new(Places { staging: None, made })))
    }

    /// Takes away what is not complete, and does something while nobody can write to the folder.
    pub fn discard_and<R>(&self, then: impl FnOnce() -> R) -> R {
        let mut places = self.places();
        places.take_away();
        then()
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Places {
    fn take_away(&mut self) {
        self.staging = None;
        for dir in self.made.drain(..) {
            // Refused, as it should be, for a folder that somebody has put something into.
            let _ = fs::remove_dir(dir);
        }
    }

    /// A file in the hidden folder.
    fn create(&self, name: &str) -> io::Result<File> {
        let staging = self.staging.as_ref().ok_or(io::ErrorKind::NotFound)?;
        File::create(staging.path().join(name))
    }
}

/// Makes the folder if need be, and makes sure that results can be written to it.
///
/// # Errors
/// [`Error::File`] when the folder cannot be made or written to, or when a name it needs is that of a folder.
pub fn prepare(dir: &Path) -> Result<Folder> {
    prepare_for(dir, &FILES)
}

/// The same for a floor on which people change what happens: there are files of agents, too.
///
/// # Errors
/// As for [`prepare`].
pub fn prepare_with_people(dir: &Path) -> Result<Folder> {
    prepare_for(dir, &FILES_WITH_PEOPLE)
}

/// The same for other files than those of a run.
pub(super) fn prepare_for(dir: &Path, files: &'static [&'static str]) -> Result<Folder> {
    let made: Vec<PathBuf> =
        dir.ancestors().take_while(|d| !d.as_os_str().is_empty() && !d.exists()).map(Path::to_owned).collect();
    // From here on, dropping it takes the new folders away again.
    let folder = Folder { dir: dir.to_owned(), unfinished: Unfinished::new(made), files };
    if let Err(source) = fs::create_dir_all(dir) {
        let advice =
            if dir.exists() { "a file has this name" } else { "its parent cannot be written to, or is a file" };
        return Err(failed("create the folder", dir, source, Some(&format!("{advice}; name another folder"))));
    }
    let staging = tempfile::Builder::new().prefix(".callwright-").tempdir_in(dir);
    let advice = "results need a folder you may write to; name another one";
    folder.unfinished.places().staging =
        Some(staging.map_err(|source| failed("write to the folder", dir, plain(source), Some(advice)))?);
    for name in files {
        let path = dir.join(name);
        if path.is_dir() {
            let source = io::Error::from(io::ErrorKind::IsADirectory);
            return Err(failed("write", &path, source, Some("a folder has the name of a result file; rename it")));
        }
    }
    Ok(folder)
}

/// The error without the name of the hidden folder in it.
fn plain(error: io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| io::Error::from(error.kind()), io::Error::from_raw_os_error)
}

fn failed(action: &'static str, path: &Path, source: io::Error, advice: Option<&str>) -> Error {
    Error::File { action, path: path.to_owned(), source, advice: advice.map(str::to_owned) }
}

/// Writes one file beside its place and moves it there, so that it is never half-written.
pub(super) fn write_file(path: &Path, content: &[u8]) -> Result<()> {
    let wrong = |source: io::Error, advice: Option<&str>| failed("write", path, plain(source), advice);
    if path.is_dir() {
        return Err(wrong(io::ErrorKind::IsADirectory.into(), Some("a folder has this name; name another file")));
    }
    let parent = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let advice = "its folder must exist, and you must be allowed to write to it";
    let staging =
        tempfile::Builder::new().prefix(".callwright-").tempdir_in(parent).map_err(|e| wrong(e, Some(advice)))?;
    let staged = staging.path().join("file");
    fs::write(&staged, content).map_err(|e| wrong(e, None))?;
    fs::rename(&staged, path).map_err(|e| wrong(e, None))
}

impl Folder {
    /// Starts `replications.csv`, to be given to the experiment as (part of) its watcher.
    ///
    /// # Errors
    /// [`Error::File`] when it cannot be written.
    pub fn replications(&self, scenario: &Scenario) -> Result<ReplicationsCsv> {
        let file = self.unfinished.places().create("replications.csv");
        ReplicationsCsv::create(file, self.dir.join("replications.csv"), scenario)
    }

    /// The same, standing in `kept` meanwhile, which outlives the program; its first `rows` bytes are taken up again.
    ///
    /// # Errors
    /// [`Error::File`] when it cannot be written.
    pub fn replications_beside(&self, scenario: &Scenario, kept: &Path, rows: u64) -> Result<ReplicationsCsv> {
        ReplicationsCsv::create_beside(kept, rows, self.dir.join("replications.csv"), scenario)
    }

    /// Writes all files and moves them to their places; returns their paths.
    ///
    /// # Errors
    /// [`Error::File`] when one of them cannot be written. Nothing is moved before all of them are complete.
    pub fn write(mut self, report: &RunReport<'_>, replications: ReplicationsCsv) -> Result<Vec<PathBuf>> {
        let kept = replications.kept();
        replications.finish()?;
        if let Some(kept) = kept {
            self.stage("replications.csv", |to| io::copy(&mut File::open(kept)?, to).map(drop))?;
        }
        for file in csv_files::files(report) {
            self.stage(file.name, |to| file.write(to))?;
        }
        if self.files == FILES_WITH_PEOPLE {
            let agents = CsvFile { name: "agents.csv", lines: agents_csv(report) };
            let scorecard = CsvFile { name: "scorecard.csv", lines: scorecard_csv(report) };
            for file in [agents, scorecard] {
                self.stage(file.name, |to| file.write(to))?;
            }
        }
        for plot in plots(report) {
            self.stage(&format!("{}.svg", plot.name), |to| to.write_all(plot.svg.as_bytes()))?;
            let png = png(&plot.svg).map_err(Error::Refused)?;
            self.stage(&format!("{}.png", plot.name), |to| to.write_all(&png))?;
        }
        self.stage("summary.json", |to| {
            serde_json::to_writer_pretty(&mut *to, &summary_json(report))?;
            to.write_all(b"\n")
        })?;
        self.move_all()
    }

    /// Moves what has been staged to its place; returns the paths.
    pub(super) fn finish(mut self) -> Result<Vec<PathBuf>> {
        self.move_all()
    }

    /// What must be taken away should the program have to end before the folder is complete.
    pub fn unfinished(&self) -> Unfinished {
        self.unfinished.clone()
    }

    /// Writes one of the files to the hidden folder.
    pub(super) fn stage(
        &self,
        name: &str,
        write: impl FnOnce(&mut io::BufWriter<File>) -> io::Result<()>,
    ) -> Result<()> {
        let in_place = self.dir.join(name);
        // Bound first: the writing itself must not keep anybody from discarding the folder.
        let file = self.unfinished.places().create(name);
        let result = file.and_then(|file| {
            let mut writer = io::BufWriter::new(file);
            write(&mut writer)?;
            writer.flush()
        });
        result.map_err(|source| failed("write", &in_place, source, None))
    }

    /// Nobody can discard the folder meanwhile: all files are there, or none.
    fn move_all(&mut self) -> Result<Vec<PathBuf>> {
        let mut places = self.unfinished.places();
        let mut paths = Vec::new();
        for name in self.files {
            let path = self.dir.join(name);
            let staging = places.staging.as_ref().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound));
            let moved = staging.and_then(|staging| fs::rename(staging.path().join(name), &path));
            moved.map_err(|source| failed("write", &path, source, None))?;
            places.made.clear();
            paths.push(path);
        }
        places.staging = None;
        Ok(paths)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        self.unfinished.places().take_away();
    }
}
