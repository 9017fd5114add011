//! From the checked tree to the [`Scenario`]: meaning, cross-references and completeness.
//!
//! Forms have been checked by [`super::check`]; a value that cannot be read here has been reported there.

mod breaks;
mod callers;
mod channels;
mod columns;
mod crew;
mod demand;
mod header;
mod loops;
mod outcomes;
mod people;
mod profiles;
mod queue;
mod roster;
mod roster_columns;
mod rules;
mod series;
mod shifts;
mod team;
mod times;
mod volume;

pub(super) use series::{Layout, Spot};

use super::calendar::Calendar;
use super::check::Problems;
use super::grammar::Fields;
use super::rows::{Mapping, TimeSpec};
use super::source::Sources;
use super::table::Tables;
use super::tree::{Node, Value};
use super::types::Scenario;
use super::{keys, limits, words};
use crate::error::{Place, Problem};
use crate::units;
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::rc::Rc;

/// A file, how it says its times, and which of its rows count.
type MappingId = (PathBuf, TimeSpec, Option<Vec<(String, String)>>);

/// Reads a scenario and collects what is wrong on the way.
pub(super) struct Reader<'a> {
    pub root: &'a Node,
    pub problems: Problems,
    pub warnings: Vec<Problem>,
    /// CSV files read so far.
    pub tables: Tables,
    /// Rows of the open intervals, found once for all queues that use a file in the same way.
    mappings: FxHashMap<MappingId, Rc<Mapping>>,
    pub sources: &'a mut Sources,
    /// Directory that relative paths in each source start from.
    pub folders: &'a [PathBuf],
    /// Values as `--explain` shows them where that is not what was written: path to TOML text.
    pub shown: FxHashMap<String, String>,
    /// Remarks of `--explain` at the end of a section: path to text.
    pub notes: FxHashMap<String, String>,
    /// People by name, their days of work and pieces of their schedules so far.
    crowd: [u64; 3],
}

impl<'a> Reader<'a> {
    pub fn new(
        root: &'a Node,
        folders: &'a [PathBuf],
        tables: Tables,
        sources: &'a mut Sources,
        problems: Problems,
    ) -> Self {
        let (mappings, shown, notes) = Default::default();
        Self { root, problems, warnings: Vec::new(), tables, mappings, sources, folders, shown, notes, crowd: [0; 3] }
    }

    /// The scenario, unless something essential is missing; problems tell.
    pub fn scenario(&mut self, fallback_name: &str) -> Option<Scenario> {
        let calendar = self.calendar();
        let calendar = calendar.filter(|c| self.small_enough(c));
        let queue_names = self.names("queue");
        let queues = self.queues(calendar.as_ref());
        let teams = self.teams(calendar.as_ref(), &queue_names);
        self.check_warm_up(calendar.as_ref());
        self.check_shapes();
        self.check_training();
        let calendar = calendar?;
        let scenario = self.assemble(fallback_name, calendar, queues?, teams?)?;
        self.check_coverage(&scenario);
        self.check_callers(&scenario);
        self.check_gaps(&scenario);
        Some(scenario)
    }

    fn small_enough(&mut self, calendar: &Calendar) -> bool {
        let rows = self.names("queue").len() + self.names("team").len();
        let stretches = limits::stretches(&calendar.timeline);
        let cells = rows * stretches;
        if cells <= limits::MOST_CELLS {
            return true;
        }
        let message = format!(
            "{rows} queues and teams in {stretches} intervals (the time after each closing is one) are {cells} cells; at \
             most {}",
            limits::MOST_CELLS
        );
        let problem = Problem::new("days", message).at(self.root.get("days").map_or(self.root.place, |n| n.place));
        self.problems.push(problem.help("simulate fewer days, use a longer interval, or split the floor"));
        false
    }

    /// The names of all queues (or teams), in file order.
    fn names(&self, section: &str) -> Vec<String> {
        self.root
            .get(section)
            .and_then(Node::table)
            .map_or(Vec::new(), |t| t.entries.iter().map(|e| e.key.clone()).collect())
    }

    fn problem(&mut self, path: impl Into<String>, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem::new(path, message).at(place).help(help));
    }

    fn warn(&mut self, path: impl Into<String>, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.warnings.push(Problem::new(path, message).at(place).help(help));
    }
}

/// Reading values whose form has been checked; `None` when they are absent or wrong.
impl Node {
    pub fn share(&self) -> Option<f64> {
        self.number().or_else(|| units::parse_share(self.text()?).ok()).filter(|x| x.is_finite())
    }

    pub fn seconds(&self) -> Option<f64> {
        units::parse_duration(self.text()?).ok()
    }

    pub fn whole(&self) -> Option<i64> {
        if let Value::Whole(n) = self.value { Some(n) } else { None }
    }

    pub fn count(&self) -> Option<u32> {
        self.whole().and_then(|n| u32::try_from(n).ok())
    }

    /// A finite number that is not negative.
    pub fn amount(&self) -> Option<f64> {
        self.number().filter(|x| x.is_finite() && *x >= 0.0)
    }

    pub fn flag(&self) -> Option<bool> {
        if let Value::Flag(flag) = self.value { Some(flag) } else { None }
    }

    /// Seconds after midnight.
    pub fn time_of_day(&self) -> Option<u32> {
        words::time_of_day(self.text()?).ok()
    }

    pub fn date(&self) -> Option<jiff::civil::Date> {
        if let Value::Date(date) = &self.value { words::date(date).ok() } else { None }
    }
}

/// The value of a key: what is written, else its default from the table of keys, so that each default stands once.
fn or_default<T>(table: &Node, fields: Fields, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<T> {
    match table.get(key) {
        Some(node) => read(node),
        None => read(&default_node(fields, key)?),
    }
}

/// The default of a key as if it had been written.
pub(super) fn default_node(fields: Fields, key: &str) -> Option<Node> {
    let text = fields.get(key)?.default()?;
    let root = super::tree::parse(&format!("x = {text}"), usize::MAX).ok()?;
    root.get("x").cloned()
}

/// The keys of a section such as "routing", or of each queue or team.
fn section(name: &str) -> Fields {
    use super::grammar::{fields, named};
    let forms = keys::ROOT.get(name).map_or(&[][..], |k| k.forms);
    fields(forms).or_else(|| fields(named(forms)?.1)).unwrap_or(Fields { keys: &[], lone: None })
}
