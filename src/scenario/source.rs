//! The texts a scenario was read from: files and `--set` arguments, so that every problem can show its place.

use crate::error::Place;

/// Texts in the order they were read; [`Place::file`] is an index into them.
#[derive(Debug, Clone, Default)]
pub struct Sources(Vec<Source>);

/// One text with the name it is shown under.
#[derive(Debug, Clone)]
pub struct Source {
    /// File name as the user gave it, "--set", or "command line".
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Sources {
    /// Adds a text and returns its index.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> usize {
        self.0.push(Source { name: name.into(), text: text.into() });
        self.0.len() - 1
    }

    /// Adds a text unless one of that name is there already, and returns its index.
    pub(super) fn add_once(&mut self, name: &str, text: &str) -> usize {
        match self.0.iter().position(|s| s.name == name) {
            Some(index) => index,
            None => self.add(name, text),
        }
    }

    /// The text with this index.
    pub fn get(&self, file: usize) -> Option<&Source> {
        self.0.get(file)
    }

    /// All texts in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.iter()
    }

    /// Line of a place, from 1; 0 when the place is unknown.
    pub fn line(&self, place: Place) -> usize {
        self.get(place.file).map_or(0, |s| line_of(&s.text, place.start))
    }

    /// "file.toml:31", for comments and related places.
    pub fn name_and_line(&self, place: Place) -> String {
        self.get(place.file).map_or(String::new(), |s| format!("{}:{}", s.name, line_of(&s.text, place.start)))
    }
}

/// Line number, from 1, of a byte offset.
pub(super) fn line_of(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|b| **b == b'\n').count()
}
