//! `--out DIR` of a plan: checked before the search, filled behind it, never half-written.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{PlanReport, requirement_plot, requirements_csv, requirements_json};
use crate::error::{Error, Result};
use crate::report::csv_files::CsvFile;
use crate::report::folder::{Folder, Unfinished, prepare_for};
use crate::report::plots::png;

/// Names of the files; the last is there only when all others are.
const FILES: [&str; 4] = ["requirements.csv", "requirement.svg", "requirement.png", "requirements.json"];

/// A folder that takes a plan.
#[derive(Debug)]
pub struct PlanFolder(Folder);

/// Makes the folder if need be, and makes sure that a plan can be written to it.
///
/// # Errors
/// [`Error::File`] when the folder cannot be made or written to, or when a name it needs is that of a folder.
pub fn prepare_plan(dir: &Path) -> Result<PlanFolder> {
    prepare_for(dir, &FILES).map(PlanFolder)
}

impl PlanFolder {
    /// What must be taken away should the program have to end before the folder is complete.
    pub fn unfinished(&self) -> Unfinished {
        self.0.unfinished()
    }

    /// Writes all files and moves them to their places; returns their paths.
    ///
    /// # Errors
    /// [`Error::File`] when one of them cannot be written. Nothing is moved before all of them are complete.
    pub fn write(self, report: &PlanReport<'_>) -> Result<Vec<PathBuf>> {
        let table = CsvFile { name: FILES[0], lines: requirements_csv(report) };
        self.0.stage(table.name, |to| table.write(to))?;
        let svg = requirement_plot(report);
        self.0.stage("requirement.svg", |to| to.write_all(svg.as_bytes()))?;
        let png = png(&svg).map_err(Error::Refused)?;
        self.0.stage("requirement.png", |to| to.write_all(&png))?;
        self.0.stage("requirements.json", |to| {
            serde_json::to_writer_pretty(&mut *to, &requirements_json(report))?;
            to.write_all(b"\n")
        })?;
        self.0.finish()
    }
}
