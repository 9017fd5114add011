//! A scenario with all it reads, kept as texts: so that it can be read again where its files are no more, or others.

use super::Loaded;
use super::table::{CsvTable, Tables};
use crate::error::{Error, Place, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The texts of files, by their paths as seen from the folder of the scenario file; on every system with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Path and text.
    pub files: BTreeMap<String, String>,
}

/// What a scenario was read from.
#[derive(Debug, Clone)]
pub(super) struct Read {
    /// `None` = from disk.
    pub shelf: Option<Arc<Shelf>>,
    /// How many of the sources, from the first, are scenario files.
    pub layers: usize,
    /// CSV files.
    pub tables: Vec<PathBuf>,
}

impl Shelf {
    /// The text of a file.
    ///
    /// # Errors
    /// [`Error::Refused`] when it does not stand here.
    pub fn get(&self, path: &Path) -> Result<&str> {
        let name = slashed(path);
        // A file that was named by an absolute path may be kept under what it is seen from the scenario.
        let same = |kept: &&String| path.is_absolute() && path.ends_with(Path::new(kept.as_str()));
        let found = self.files.get(&name).or_else(|| self.files.get(self.files.keys().find(same)?));
        found.map(String::as_str).ok_or_else(|| {
            let kept = self.files.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            Error::Refused(format!("`{name}` is not among the files kept here: {kept}"))
        })
    }
}

impl Loaded {
    /// The name of the scenario file as its folder knows it: a path on the shelf.
    pub fn file_name(&self) -> String {
        self.sources.get(0).map_or_else(String::new, |main| self.seen_from_home(Path::new(&main.name)))
    }

    /// The texts of everything the scenario was read from: the file, those it extends, their CSV files.
    ///
    /// # Errors
    /// [`Error::File`] when a CSV file has gone since.
    pub fn shelf(&self) -> Result<Shelf> {
        let mut files = BTreeMap::new();
        for source in self.sources.iter().take(self.read.layers) {
            files.insert(self.seen_from_home(Path::new(&source.name)), source.text.clone());
        }
        for path in &self.read.tables {
            files.insert(self.seen_from_home(path), self.table_text(path)?);
        }
        Ok(Shelf { files })
    }

    fn table_text(&self, path: &Path) -> Result<String> {
        if let Some(shelf) = &self.read.shelf {
            return shelf.get(path).map(str::to_owned);
        }
        CsvTable::text_of(path).map_err(|why| Error::Refused(format!("cannot read {}: {why}", path.display())))
    }

    /// A path as seen from the folder of the scenario file, as far as its text tells.
    fn seen_from_home(&self, path: &Path) -> String {
        let home = self.folders.first().map_or(Path::new(""), PathBuf::as_path);
        slashed(path.strip_prefix(home).unwrap_or(path))
    }
}

fn slashed(path: &Path) -> String {
    let text = path.display().to_string();
    if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

impl Loaded {
    /// For another look at the CSV files.
    pub(super) fn tables_again(&self) -> Tables {
        Tables::new(self.read.shelf.clone())
    }

    /// The CSV files, as paths on the shelf.
    pub(super) fn tables(&self) -> impl Iterator<Item = String> + use<'_> {
        self.read.tables.iter().map(|path| self.seen_from_home(path))
    }

    /// Where the value of a key of a section stands; of a list, where its entry stands. `None` when it is not stated.
    pub fn place_of(&self, section: &str, key: &str, entry: usize) -> Option<Place> {
        let node = self.root.get(section)?.get(key)?;
        Some(node.list().and_then(|list| list.get(entry)).unwrap_or(node).place)
    }

    /// File and line of the value at a path, or of the nearest table around it that is written in the file.
    pub fn line_of(&self, steps: &[&str]) -> Option<(String, usize)> {
        let (mut node, mut place) = (&self.root, None);
        for step in steps {
            let Some(entry) = node.table().and_then(|table| table.get(step)) else { break };
            (node, place) = (&entry.node, Some(entry.key_place));
        }
        let place = place?;
        let source = self.sources.get(place.file).filter(|_| place.file < self.read.layers)?;
        Some((source.name.clone(), self.sources.line(place)))
    }
}
