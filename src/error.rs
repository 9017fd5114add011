//! Errors with a place, a value, an allowed range and advice.
//!
//! A planner's mistake is a [`Problem`]; all problems of a file travel together in [`Error::Problems`] and are
//! printed at once. Everything else that can go wrong names the thing it went wrong with.

use std::path::PathBuf;

/// One thing wrong with what the user wrote: where, what, and what to write instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Where it stands; `None` when it belongs to no single place.
    pub place: Option<Place>,
    /// The scenario path it concerns (`queue.orders.patience.mean`); empty when there is none.
    pub path: Box<str>,
    /// What is wrong, with the offending value in it.
    pub message: String,
    /// What is allowed and what to write instead.
    pub help: Vec<String>,
    /// Other places that belong to the story ("the other one stands here").
    pub related: Vec<(Place, String)>,
}

impl Problem {
    /// A problem without a place; add one with [`Problem::at`].
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: None,
            path: path.into().into_boxed_str(),
            message: message.into(),
            help: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Sets where the problem stands.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Adds one line of advice.
    #[must_use]
    pub fn help(mut self, advice: impl Into<String>) -> Self {
        self.help.push(advice.into());
        self
    }
}

/// A stretch of text in a source file, as byte offsets into its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Index of the file in the [`crate::scenario::Sources`] it was read into.
    pub file: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Everything callwright can fail with.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Problems in what the user wrote, already rendered with file, line, column and underlined text.
    #[error("{rendered}")]
    Problems {
        /// The problems, in the order of the file.
        problems: Vec<Problem>,
        /// The same as text for a terminal.
        rendered: String,
    },
    /// A file that could not be read or written.
    #[error("cannot {action} {}: {source}{}", path.display(), advice.as_deref().map(|a| format!("\n  help: {a}")).unwrap_or_default())]
    File {
        /// "read", "write", "create the folder" ...
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
        /// What to do about it.
        advice: Option<String>,
    },
    /// A request that makes no sense or is too large, with its reason and what to do instead.
    #[error("{0}")]
    Refused(String),
    /// The user asked for an end before there was anything to keep.
    #[error("{0}")]
    Stopped(String),
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;
