//! `--out DIR` of a comparison: checked before the simulation, filled behind it, never half-written.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{CompareReport, compare_json, csv, plot};
use crate::error::Result;
use crate::report::csv_files::CsvFile;
use crate::report::folder::{Folder, Unfinished, prepare_for};

/// Names of the files; the last is there only when all others are.
const FILES: [&str; 3] = ["compare.csv", "compare.svg", "compare.json"];

/// A folder that takes a comparison.
#[derive(Debug)]
pub struct CompareFolder(Folder);

/// Makes the folder if need be, and makes sure that a comparison can be written to it.
///
/// # Errors
/// [`crate::error::Error::File`] when the folder cannot be made or written to, or when a name it needs is that of a
/// folder.
pub fn prepare_compare(dir: &Path) -> Result<CompareFolder> {
    prepare_for(dir, &FILES).map(CompareFolder)
}

impl CompareFolder {
    /// What must be taken away should the program have to end before the folder is complete.
    pub fn unfinished(&self) -> Unfinished {
        self.0.unfinished()
    }

    /// Writes all files and moves them to their places; returns their paths.
    ///
    /// # Errors
    /// [`crate::error::Error::File`] when one of them cannot be written. Nothing is moved before all are complete.
    pub fn write(self, report: &CompareReport<'_>) -> Result<Vec<PathBuf>> {
        let table = CsvFile { name: FILES[0], lines: csv::table(report) };
        self.0.stage(table.name, |to| table.write(to))?;
        let svg = plot::differences(report);
        self.0.stage(FILES[1], |to| to.write_all(svg.as_bytes()))?;
        self.0.stage(FILES[2], |to| {
            serde_json::to_writer_pretty(&mut *to, &compare_json(report))?;
            to.write_all(b"\n")
        })?;
        self.0.finish()
    }
}
