//! `--out DIR` of drivers: checked before the simulation, filled behind it, never half-written.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{DriversReport, csv, drivers_json, plot};
use crate::error::{Error, Result};
use crate::report::csv_files::CsvFile;
use crate::report::folder::{Folder, Unfinished, prepare_for};
use crate::report::plots::png;

/// Names of the files; the last is there only when all others are.
const FILES: [&str; 4] = ["drivers.csv", "drivers.svg", "drivers.png", "drivers.json"];

/// A folder that takes drivers.
#[derive(Debug)]
pub struct DriversFolder(Folder);

/// Makes the folder if need be, and makes sure that it can be written to.
///
/// # Errors
/// [`Error::File`] when the folder cannot be made or written to, or when a name it needs is that of a folder.
pub fn prepare_drivers(dir: &Path) -> Result<DriversFolder> {
    prepare_for(dir, &FILES).map(DriversFolder)
}

impl DriversFolder {
    /// What must be taken away should the program have to end before the folder is complete.
    pub fn unfinished(&self) -> Unfinished {
        self.0.unfinished()
    }

    /// Writes all files and moves them to their places; returns their paths.
    ///
    /// # Errors
    /// [`Error::File`] when one of them cannot be written. Nothing is moved before all are complete.
    pub fn write(self, report: &DriversReport<'_>) -> Result<Vec<PathBuf>> {
        let table = CsvFile { name: FILES[0], lines: csv::table(report) };
        self.0.stage(table.name, |to| table.write(to))?;
        let svg = plot::drivers_plot(report);
        let picture = png(&svg).map_err(Error::Refused)?;
        self.0.stage(FILES[1], |to| to.write_all(svg.as_bytes()))?;
        self.0.stage(FILES[2], |to| to.write_all(&picture))?;
        self.0.stage(FILES[3], |to| {
            serde_json::to_writer_pretty(&mut *to, &drivers_json(report))?;
            to.write_all(b"\n")
        })?;
        self.0.finish()
    }
}
