//! `init`: a commented scenario to start from, with its CSV file.

use crate::error::{Error, Result};
use crate::units::quoted;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The starter scenario; it reads its volumes from a file beside it.
const SCENARIO: &str = include_str!("starter.toml");
/// Volumes of the starter scenario.
const CSV: &str = include_str!("starter.csv");
/// What the scenario calls its CSV file.
const CSV_NAME: &str = "starter.csv";

/// A starter scenario as text, and its CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starter {
    /// The scenario.
    pub scenario: String,
    /// Name of the CSV file, as the scenario writes it.
    pub csv_name: String,
    /// The CSV file.
    pub csv: &'static str,
}

/// The starter for a scenario file of this name: `floor.toml` reads `floor-volumes.csv`.
pub fn starter(file_stem: &str) -> Starter {
    let csv_name = format!("{file_stem}-volumes.csv");
    Starter { scenario: SCENARIO.replace(CSV_NAME, &csv_name), csv_name, csv: CSV }
}

/// Writes the starter scenario to `path` and its CSV file beside it, and returns both paths.
///
/// # Errors
/// A file that exists already is never overwritten; when the second file cannot be written the first is removed.
pub fn write_starter(path: &Path) -> Result<[PathBuf; 2]> {
    let stem = path.file_stem().map_or("floor".into(), |s| s.to_string_lossy().into_owned());
    let parts = starter(&stem);
    let csv_path = path.with_file_name(&parts.csv_name);
    if path.exists() {
        return Err(taken(path, &stem));
    }
    write_new(&csv_path, parts.csv).map_err(|error| csv_is_in_the_way(error, path))?;
    if let Err(error) = write_new(path, &parts.scenario) {
        // The CSV file is ours: it did not exist a moment ago.
        let _ = fs::remove_file(&csv_path);
        return Err(error);
    }
    Ok([path.to_owned(), csv_path])
}

/// The scenario is there: the user wants to use it, or another one.
fn taken(path: &Path, stem: &str) -> Error {
    let shown = |path: &Path| quoted(&path.display().to_string());
    let other = path.with_file_name(format!("{stem}-2.toml"));
    let advice = format!(
        "to use it: callwright run {}\n  help: for another one: callwright init {}",
        shown(path),
        shown(&other)
    );
    let source = std::io::ErrorKind::AlreadyExists.into();
    Error::File { action: "write", path: path.to_owned(), source, advice: Some(advice) }
}

/// Nobody has asked for a CSV file: says why it is written.
fn csv_is_in_the_way(error: Error, scenario: &Path) -> Error {
    match error {
        Error::File { action, path, source, .. } if source.kind() == std::io::ErrorKind::AlreadyExists => {
            let why = format!(
                "it would hold the volumes of {}; name another scenario file, or remove it",
                scenario.display()
            );
            Error::File { action, path, source, advice: Some(why) }
        }
        other => other,
    }
}

fn write_new(path: &Path, text: &str) -> Result<()> {
    let written =
        fs::OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut f| f.write_all(text.as_bytes()));
    written.map_err(|source| {
        let advice = match source.kind() {
            std::io::ErrorKind::AlreadyExists => "name a file that does not exist yet, or remove this one",
            std::io::ErrorKind::NotFound => "create the folder first",
            _ => "choose a place you may write to",
        };
        Error::File { action: "write", path: path.to_owned(), source, advice: Some(advice.into()) }
    })
}
