//! What the user writes: the scenario language, from text to a checked and complete [`Scenario`].
//!
//! The way of a file: `files` reads it and whatever it `extends`, `tree` keeps the place of every value, `sets`
//! applies `--set`, `check` compares the tree with the table of keys (`keys`), `read` turns it into a [`Scenario`].
//! All problems are collected on the way and shown at once. `write_agents` goes the other way: planned people into the
//! text of the file.

mod anchors;
mod calendar;
mod callers;
mod change;
mod changes;
mod channels;
mod check;
mod choices;
mod differ;
mod explain;
mod files;
mod grammar;
mod hash;
mod keys;
mod kpis;
pub mod limits;
mod moments;
mod outcomes;
mod people;
mod plain;
mod precision;
mod quantile;
mod read;
mod reference;
mod render;
mod returns;
mod rotation;
mod rows;
mod schema;
mod sets;
mod sheet;
mod shelf;
mod source;
mod starter;
mod table;
mod tree;
mod types;
mod words;
mod write_agents;
mod write_text;

pub use callers::*;
pub use changes::{InputChange, input_changes};
pub use channels::*;
pub use differ::{Change, differences};
pub use explain::explain;
pub(crate) use kpis::{Kpis, kpis};
pub use outcomes::*;
pub use people::*;
pub use precision::{Precision, Width};
pub use reference::reference_markdown;
pub use render::{Severity, render, render_all};
pub use schema::schema;
pub(crate) use sheet::Sheet;
pub use shelf::Shelf;
pub use source::{Source, Sources};
pub use starter::{Starter, starter, write_starter};
pub use types::*;
pub(crate) use words::nearest;
pub use write_agents::{takes_agents, with_agents};
pub use write_text::write_text;

use crate::error::{Error, Problem, Result};
use check::Problems;
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Reads "80% in 20s" or "80/20" into the share and the time (s); "80%" states no time.
pub(crate) fn parse_service_level(text: &str) -> std::result::Result<(f64, Option<f64>), String> {
    words::service_level(text)
}

/// What to load.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The scenario file.
    pub path: PathBuf,
    /// `--set` arguments, "path=value", in order.
    pub sets: Vec<String>,
    /// Other arguments that are values of the scenario, applied last.
    pub flags: Vec<Flag>,
    /// Where the scenario and all it reads stand; `None` = on disk.
    pub shelf: Option<Arc<Shelf>>,
}

/// An argument of the command line that is a value of the scenario: `--seed 7`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// As the user writes it: "--seed".
    pub name: &'static str,
    /// The scenario path it sets: "run.seed".
    pub path: &'static str,
    /// The value.
    pub value: String,
}

impl Request {
    /// A scenario file as it stands.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// Adds a `--set` argument.
    #[must_use]
    pub fn set(mut self, argument: impl Into<String>) -> Self {
        self.sets.push(argument.into());
        self
    }
}

/// A scenario and what is worth knowing about where it came from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The floor.
    pub scenario: Scenario,
    /// What may not be what was meant; [`render`] shows it.
    pub warnings: Vec<Problem>,
    /// The texts it was read from.
    pub sources: Sources,
    /// Names the content of the scenario, the numbers of its CSV files included; not its paths, layout, seed or
    /// numbers of replications.
    pub input_hash: String,
    /// The merged tree.
    root: tree::Node,
    /// Folder of each source that has one.
    folders: Vec<PathBuf>,
    /// Values as `--explain` shows them where that is not what was written.
    shown: FxHashMap<String, String>,
    /// Remarks of `--explain` at the end of a section: path to lines.
    notes: FxHashMap<String, String>,
    /// What it was read from.
    read: shelf::Read,
}

impl Loaded {
    /// The file that states the volume of a queue: this one, or one it extends; `None` when it was given otherwise.
    pub fn volume_file(&self, queue: &str) -> Option<PathBuf> {
        let volume = self.root.get("queue")?.get(queue)?.get("volume")?;
        let name = &self.sources.get(volume.place.file)?.name;
        (name != "--set").then(|| PathBuf::from(name))
    }

    /// Lets `--explain` show which share of a queue's stated volume are first attempts.
    pub(crate) fn show_first_attempts(&mut self, queue: &str, share: f64) {
        self.shown.insert(format!("queue.{queue}.volume.first_attempts"), format!("{share:?}"));
    }
}

/// Reads a scenario file with all it refers to.
///
/// # Errors
/// Everything that is wrong with it at once, rendered; or a file that cannot be read.
pub fn load(request: &Request) -> Result<Loaded> {
    let text = match request.shelf.as_deref() {
        None => files::scenario_text(&request.path)?,
        shelf => files::text_from(shelf, &request.path)?,
    };
    load_text(request, text)
}

/// Reads a text as if it were what stands in the scenario file.
fn load_text(request: &Request, text: String) -> Result<Loaded> {
    let mut sources = Sources::default();
    let mut problems = Problems::default();
    let shelf = request.shelf.clone();
    let merged = files::read(&request.path, text, shelf.as_deref(), &mut sources, &mut problems)?;
    let Some(files::Merged { mut root, layers: mut trees, mut folders }) = merged.filter(|_| problems.is_empty())
    else {
        return Err(failed(problems, &sources));
    };
    let layers = folders.len();
    if trees.is_empty() && !request.sets.is_empty() {
        trees.push(root.clone());
    }
    sets::apply(&mut root, &request.sets, &mut sources, &mut problems);
    sets::apply_flags(&mut root, &request.flags, &mut sources, &mut problems);
    // A path in a --set argument starts, like those in the file, from the file's folder.
    let folder = folders[0].clone();
    folders.resize(folders.len() + request.sets.len() + request.flags.len(), folder);
    check::forms(&root, &sources, &mut problems);
    let mut reader = read::Reader::new(&root, &folders, table::Tables::new(shelf.clone()), &mut sources, problems);
    let name = request.path.file_stem().map_or(String::new(), |s| s.to_string_lossy().into_owned());
    let mut scenario = if reader.problems.unreadable { None } else { reader.scenario(&name) };
    let (mut problems, mut warnings) = (reader.problems, reader.warnings);
    let (mut shown, mut notes) = (reader.shown, reader.notes);
    let mut tables: Vec<PathBuf> = reader.tables.paths().cloned().collect();
    tables.sort();
    if let Some(scenario) = scenario.as_mut().filter(|_| problems.is_empty()) {
        let (layers, sets) = (trees.as_slice(), request.sets.as_slice());
        let bases = anchors::Bases { layers, sets, folders: &folders, shelf: shelf.clone(), sources: &sources };
        let found = anchors::apply(scenario, &root, &bases, &mut problems);
        shown.extend(found.shown);
        notes.extend(found.notes);
        returns::check(scenario, &root, &mut problems, &mut warnings);
    }
    match scenario.filter(|_| problems.is_empty()) {
        Some(scenario) => {
            let read = shelf::Read { shelf, layers, tables };
            let input_hash = hash::of(&scenario);
            Ok(Loaded { input_hash, scenario, warnings, sources, root, folders, shown, notes, read })
        }
        None => Err(failed(problems, &sources)),
    }
}

fn failed(problems: Problems, sources: &Sources) -> Error {
    let Problems { mut list, more, .. } = problems;
    list.sort_by_key(|p| p.place);
    let mut rendered = render_all(&list, Severity::Error, sources);
    if more > 0 {
        rendered.push_str(&format!("\n... and {more} more problems\n"));
    }
    Error::Problems { problems: list, rendered }
}
