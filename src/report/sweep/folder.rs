//! `--out DIR` of a sweep: points are kept in it as they are done, so that it can go on where it stopped.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::csv::SweepCsv;
use super::{SweepReport, json::sweep_json, plot};
use crate::error::{Error, Result};
use crate::experiment::Figure;
use crate::experiment::sweep::Design;
use crate::report::folder::write_file;
use crate::report::plots::png;

/// Points while a sweep goes on, and which sweep that is.
const PART: &str = "sweep.csv.part";
const PART_OF: &str = "sweep.part.json";
/// When it is done. The last is there only when all others are.
const TABLE: &str = "sweep.csv";
const PLOT: &str = "sweep.svg";
const PICTURE: &str = "sweep.png";
const SUMMARY: &str = "sweep.json";

/// A folder that takes a sweep.
#[derive(Debug)]
pub struct SweepFolder {
    dir: PathBuf,
    /// All points are in it.
    complete: bool,
}

/// Makes the folder if need be, and looks whether this sweep has been begun in it, or even finished.
///
/// # Errors
/// [`Error::File`] when it cannot be made or read, [`Error::Refused`] when another sweep stands in it.
pub fn prepare_sweep(dir: &Path, identity: &str) -> Result<SweepFolder> {
    let failed = |source| Error::File {
        action: "create the folder",
        path: dir.to_owned(),
        source,
        advice: Some("name a folder you may write to".into()),
    };
    fs::create_dir_all(dir).map_err(failed)?;
    for name in [TABLE, PLOT, PICTURE, SUMMARY, PART, PART_OF] {
        if dir.join(name).is_dir() {
            return Err(Error::Refused(format!("cannot write {}: a folder has this name", dir.join(name).display())));
        }
    }
    let (part_of, done) = (identity_in(&dir.join(PART_OF)), identity_in(&dir.join(SUMMARY)));
    let other = |what: &str| {
        Err(Error::Refused(format!(
            "{} holds {what} of other values, figures, seed or replications\n  help: name another folder, or remove it",
            dir.display()
        )))
    };
    match (part_of, done) {
        (Some(found), _) if found != identity => other("an unfinished sweep"),
        (None, Some(found)) if found != identity => other("a sweep"),
        (None, Some(_)) if dir.join(TABLE).is_file() => Ok(SweepFolder { dir: dir.to_owned(), complete: true }),
        _ => {
            let part_of = format!("{:#}\n", json!({ "identity": identity }));
            write_file(&dir.join(PART_OF), part_of.as_bytes())?;
            Ok(SweepFolder { dir: dir.to_owned(), complete: false })
        }
    }
}

fn identity_in(file: &Path) -> Option<String> {
    let value: Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    Some(value.get("identity").and_then(Value::as_str).unwrap_or_default().to_owned())
}

impl SweepFolder {
    /// Whether nothing is left to simulate.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The table as far as it goes, and how many points that is.
    ///
    /// # Errors
    /// As [`SweepCsv::open`].
    pub fn open(&self, design: &Design, figures: &[Figure], replications: u32) -> Result<(SweepCsv, u64)> {
        SweepCsv::open(&self.dir.join(PART), design, figures, replications)
    }

    /// Where the table stands.
    pub fn table(&self) -> PathBuf {
        self.dir.join(if self.complete { TABLE } else { PART })
    }

    /// Writes what belongs to a sweep that is done, and gives the table its name; returns the paths.
    ///
    /// # Errors
    /// [`Error::File`] when something cannot be written.
    pub fn finish(self, report: &SweepReport<'_>) -> Result<Vec<PathBuf>> {
        let svg = plot::sweep_plot(report);
        write_file(&self.dir.join(PLOT), svg.as_bytes())?;
        write_file(&self.dir.join(PICTURE), &png(&svg).map_err(Error::Refused)?)?;
        let failed = |source| Error::File { action: "write", path: self.dir.join(TABLE), source, advice: None };
        if !self.complete {
            fs::rename(self.dir.join(PART), self.dir.join(TABLE)).map_err(failed)?;
        }
        write_file(&self.dir.join(SUMMARY), format!("{:#}\n", sweep_json(report)).as_bytes())?;
        // Behind all else: until now the sweep could have gone on.
        let _ = fs::remove_file(self.dir.join(PART_OF));
        Ok([TABLE, PLOT, PICTURE, SUMMARY].map(|name| self.dir.join(name)).to_vec())
    }
}
