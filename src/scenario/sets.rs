//! `--set path=value`: edits of the tree before it is checked.
//!
//! A path exists if the language allows it, written or not. The new value remembers the argument it came from, so a
//! bad one is shown in the argument.

use super::change::Change;
use super::check::{Problems, join};
use super::grammar::{self, Form, Key};
use super::source::Sources;
use super::tree::{self, Entry, Node, Table, Value};
use super::words::{nearest, weekdays};
use super::{Flag, keys, read};
use crate::error::{Place, Problem};

/// Applies all arguments in order.
pub(super) fn apply(root: &mut Node, arguments: &[String], sources: &mut Sources, problems: &mut Problems) {
    for argument in arguments {
        let file = sources.add("--set", argument.clone());
        // A failed edit leaves nothing half-written behind.
        let mut edited = root.clone();
        match apply_one(&mut edited, argument, file) {
            Ok(()) => *root = edited,
            Err(problem) => problems.push(problem),
        }
    }
}

/// Applies values that have a flag of their own; a bad one is shown as the flag it was.
pub(super) fn apply_flags(root: &mut Node, flags: &[Flag], sources: &mut Sources, problems: &mut Problems) {
    for Flag { name, path, value } in flags {
        let text = format!("{name} {value}");
        let (start, end) = (name.len() + 1, text.len());
        let file = sources.add("command line", text);
        let (place, steps) = (Place { file, start, end }, steps(path, file));
        let edit = Change::parse(value, place).map(|change| Edit { change, place, queues: Vec::new() });
        if let Err(problem) = steps.and_then(|steps| edit?.fields(root, keys::ROOT, &steps, "")) {
            problems.push(problem);
        }
    }
}

fn apply_one(root: &mut Node, argument: &str, file: usize) -> Result<(), Problem> {
    let whole = Place { file, start: 0, end: argument.len() };
    let Some((path, value)) = argument.split_once('=') else {
        return Err(Problem::new("", format!("`{argument}` sets nothing"))
            .at(whole)
            .help("write path=value, for example team.tier1.agents=48"));
    };
    let steps = steps(path, file)?;
    if steps.first().is_some_and(|s| s.kind == StepKind::Name("extends".into())) {
        return Err(Problem::new("extends", "`extends` is read before --set").at(whole).help("write it in the file"));
    }
    let place = Place { file, start: path.len() + 1, end: argument.len() };
    let queues = root
        .get("queue")
        .and_then(Node::table)
        .map_or(Vec::new(), |t| t.entries.iter().map(|e| e.key.clone()).collect());
    let edit = Edit { change: Change::parse(value, place)?, place, queues };
    edit.fields(root, keys::ROOT, &steps, "")
}

/// One part of a path, and where it stands in the argument.
#[derive(Debug, Clone)]
struct Step {
    kind: StepKind,
    place: Place,
}

#[derive(Debug, Clone, PartialEq)]
enum StepKind {
    Name(String),
    Index(usize),
    All,
}

/// Splits "team.*.agents[3]" into its steps; a part with dots may stand in quotes.
fn steps(path: &str, file: usize) -> Result<Vec<Step>, Problem> {
    let mut steps = Vec::new();
    let mut at = 0;
    for part in path.split('.') {
        let place = Place { file, start: at, end: at + part.len() };
        at += part.len() + 1;
        let wrong = |why: &str| {
            Problem::new("", format!("`{path}` is not a path: {why}"))
                .at(place)
                .help("write for example queue.orders.patience.mean=3m, or team.*.agents=+1")
        };
        let mut pieces = part.trim().split('[');
        let name = pieces.next().unwrap_or("").trim().trim_matches('"');
        if name.is_empty() {
            return Err(wrong("a name is missing"));
        }
        let kind = if name == "*" { StepKind::All } else { StepKind::Name(name.into()) };
        steps.push(Step { kind, place });
        for piece in pieces {
            let index = piece.trim().strip_suffix(']').and_then(|n| n.trim().parse().ok());
            let index = index.ok_or_else(|| wrong("an entry of a list is written [0], counted from 0"))?;
            steps.push(Step { kind: StepKind::Index(index), place });
        }
    }
    if steps.len() > 12 {
        Err(Problem::new("", format!("`{path}` is longer than any path of the language")))
    } else {
        Ok(steps)
    }
}

struct Edit {
    change: Change,
    /// Of the value in the argument.
    place: Place,
    /// Names of all queues, for new skills.
    queues: Vec<String>,
}

impl Edit {
    /// A step into a table with known keys.
    fn fields(&self, node: &mut Node, fields: grammar::Fields, steps: &[Step], path: &str) -> Result<(), Problem> {
        let Some((step, rest)) = steps.split_first() else { return Ok(()) };
        let StepKind::Name(name) = &step.kind else {
            return Err(self.no_such(step, path, "its keys have names", None));
        };
        let path = join(path, name);
        let key = match fields.get(name) {
            Some(key) => key,
            None => {
                let near = nearest(name, fields.keys.iter().map(|k| k.name))
                    .or_else(|| fields.keys.iter().find(|k| k.aka.contains(&name.as_str())).map(|k| k.name));
                let known = fields.keys.iter().map(|k| k.name).collect::<Vec<_>>().join(", ");
                let why =
                    if near.is_some() { format!("there is no key `{name}`") } else { format!("known there: {known}") };
                return Err(self.no_such(step, &path, &why, near));
            }
        };
        let Some(table) = node.table_mut() else {
            return Err(self.no_such(step, &path, "the value above it is not a table", None));
        };
        if rest.is_empty() {
            return self.put(table, fields, key, &path, step);
        }
        if table.get(name).is_none() {
            if matches!(rest[0].kind, StepKind::Index(_)) {
                let other = key.replaces.iter().find(|k| table.get(k).is_some());
                let problem = self.no_such(step, &path, "it is not stated", None);
                return Err(match other {
                    Some(other) => problem.help(format!("`{other}` is stated there; change that")),
                    None => problem,
                });
            }
            self.drop_others(table, key);
            table.entries.push(self.entry(name, Value::Table(Table::default()), step));
        }
        let Some(entry) = table.get_mut(name) else { return Ok(()) };
        self.below(&mut entry.node, key, key.forms, rest, &path)
    }

    /// Writes the value of a key.
    fn put(
        &self,
        table: &mut Table,
        fields: grammar::Fields,
        key: &'static Key,
        path: &str,
        step: &Step,
    ) -> Result<(), Problem> {
        refuse_heads_beside_names(table, key, path, step)?;
        let old = table.get(key.name).map(|e| e.node.clone());
        let other = key.replaces.iter().find(|k| table.get(k).is_some());
        let old = old.or_else(|| if other.is_none() { read::default_node(fields, key.name) } else { None });
        let new = match (self.change.apply(old.as_ref(), key.forms, path, self.place), other) {
            (Err(problem), Some(other)) if old.is_none() => {
                return Err(problem.help(format!("`{other}` is stated there; change that")));
            }
            (new, _) => new?,
        };
        self.drop_others(table, key);
        match table.get_mut(key.name) {
            Some(entry) => entry.node = new,
            None => table.entries.push(Entry { key: key.name.into(), key_place: step.place, node: new }),
        }
        Ok(())
    }

    fn drop_others(&self, table: &mut Table, key: &Key) {
        key.replaces.iter().for_each(|other| table.remove(other));
    }

    fn entry(&self, name: &str, value: Value, step: &Step) -> Entry {
        Entry { key: name.into(), key_place: step.place, node: Node::new(step.place, value) }
    }

    /// A step into whatever the forms of a value allow.
    fn below(
        &self,
        node: &mut Node,
        key: &'static Key,
        forms: &'static [Form],
        steps: &[Step],
        path: &str,
    ) -> Result<(), Problem> {
        let Some(step) = steps.first() else {
            *node = self.change.apply(Some(node), forms, path, self.place)?;
            return Ok(());
        };
        if let StepKind::Index(index) = step.kind {
            return self.list_entry(node, key, forms, index, steps, path);
        }
        if let Some((what, inner)) = grammar::named(forms) {
            return self.named(node, key, (what, inner), steps, path);
        }
        if let Some(fields) = grammar::fields(forms) {
            promote(node, fields);
            return self.fields(node, fields, steps, path);
        }
        if let Some(inner) = grammar::by_weekday(forms) {
            return self.weekday(node, key, inner, steps, path);
        }
        Err(self.no_such(step, path, "it is a single value", None))
    }

    fn list_entry(
        &self,
        node: &mut Node,
        key: &'static Key,
        forms: &'static [Form],
        index: usize,
        steps: &[Step],
        path: &str,
    ) -> Result<(), Problem> {
        let (Value::List(list), Some(inner)) = (&mut node.value, grammar::entries(forms)) else {
            return Err(self.no_such(&steps[0], path, "it is not a list", None));
        };
        let length = list.len();
        match list.get_mut(index) {
            Some(item) => self.below(item, key, inner, &steps[1..], &format!("{path}[{index}]")),
            None => Err(self.no_such(
                &steps[0],
                &format!("{path}[{index}]"),
                &format!("the list has {length} entries, counted from 0"),
                None,
            )),
        }
    }

    fn named(
        &self,
        node: &mut Node,
        key: &'static Key,
        (what, inner): (&str, &'static [Form]),
        steps: &[Step],
        path: &str,
    ) -> Result<(), Problem> {
        let (step, rest) = (&steps[0], &steps[1..]);
        let Some(table) = node.table_mut() else { return Err(self.no_such(step, path, "it is not a table", None)) };
        if step.kind == StepKind::All {
            if table.entries.is_empty() {
                return Err(self.no_such(step, path, &format!("there is no {what}"), None));
            }
            return table
                .entries
                .iter_mut()
                .try_for_each(|e| self.below(&mut e.node, key, inner, rest, &join(path, &e.key)));
        }
        let StepKind::Name(name) = &step.kind else { return Ok(()) };
        if table.get(name).is_none() {
            // Only a skill or a reserve can be new: its name is that of a queue.
            let is_skill = ["skills", "reserve"].contains(&key.name);
            if !(is_skill && self.queues.contains(name)) {
                let known: Vec<&str> = if is_skill {
                    self.queues.iter().map(String::as_str).collect()
                } else {
                    table.entries.iter().map(|e| e.key.as_str()).collect()
                };
                let near = nearest(name, known.iter().copied());
                return Err(self.no_such(step, &join(path, name), &format!("there is no {what} named `{name}`"), near));
            }
            table.entries.push(self.entry(
                name,
                if rest.is_empty() {
                    Value::Whole(i64::from(key.name == "skills"))
                } else {
                    Value::Table(Table::default())
                },
                step,
            ));
        }
        let Some(entry) = table.get_mut(name) else { return Ok(()) };
        self.below(&mut entry.node, key, inner, rest, &join(path, name))
    }

    fn weekday(
        &self,
        node: &mut Node,
        key: &'static Key,
        inner: &'static [Form],
        steps: &[Step],
        path: &str,
    ) -> Result<(), Problem> {
        let (step, rest) = (&steps[0], &steps[1..]);
        let Some(table) = node.table_mut() else {
            return Err(self.no_such(
                step,
                path,
                "it is the same on all days; set it whole, for example { mon-fri = ..., sat = ... }",
                None,
            ));
        };
        if step.kind == StepKind::All {
            return table
                .entries
                .iter_mut()
                .try_for_each(|e| self.below(&mut e.node, key, inner, rest, &join(path, &e.key)));
        }
        let StepKind::Name(name) = &step.kind else { return Ok(()) };
        if table.get(name).is_none() {
            let groups = table.entries.iter().map(|e| e.key.as_str()).collect::<Vec<_>>().join(", ");
            let (Some(wanted), true) = (weekdays(name), rest.is_empty()) else {
                return Err(self.no_such(
                    step,
                    &join(path, name),
                    &format!("the groups there are {groups}"),
                    nearest(name, table.entries.iter().map(|e| e.key.as_str())),
                ));
            };
            let shares = |e: &&Entry| weekdays(&e.key).is_some_and(|days| (0..7).any(|d| days[d] && wanted[d]));
            if let Some(other) = table.entries.iter().find(shares) {
                return Err(self.no_such(
                    step,
                    &join(path, name),
                    &format!("`{}` has the same days; set that", other.key),
                    None,
                ));
            }
            table.entries.push(self.entry(name, Value::Table(Table::default()), step));
            let new = self.change.apply(None, inner, &join(path, name), self.place)?;
            return table.get_mut(name).map_or(Ok(()), |e| {
                e.node = new;
                Ok(())
            });
        }
        let Some(entry) = table.get_mut(name) else { return Ok(()) };
        self.below(&mut entry.node, key, inner, rest, &join(path, name))
    }

    fn no_such(&self, step: &Step, path: &str, why: &str, near: Option<&str>) -> Problem {
        let problem = Problem::new(path, format!("--set: `{path}` does not exist: {why}")).at(step.place);
        match near {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        }
    }
}

/// A head count would throw away everybody's shifts, which is hardly what somebody who adds three people means.
fn refuse_heads_beside_names(table: &Table, key: &Key, path: &str, step: &Step) -> Result<(), Problem> {
    let by_name = ["shifts", "roster"].into_iter().find(|way| table.get(way).is_some());
    let Some(way) = by_name.filter(|_| ["agents", "scheduled"].contains(&key.name)) else { return Ok(()) };
    let team = path.strip_suffix(&format!(".{}", key.name)).unwrap_or(path);
    let problem = Problem::new(path, format!("--set: `{team}` states its people by `{way}`, not by `{}`", key.name));
    let problem = problem.at(step.place);
    Err(match way {
        "shifts" => problem.help(format!("change a shift: {team}.shifts[0].agents=+3")),
        _ => problem.help("change the file of the roster, or write `agents` in place of it into the scenario"),
    })
}

/// A bare value becomes a table when a key of that table is set: `talk = "4m"` is `talk = { mean = "4m" }`.
fn promote(node: &mut Node, fields: grammar::Fields) {
    let (Some(lone), None) = (fields.lone, node.table()) else { return };
    let place = node.place;
    let old = std::mem::replace(node, Node::new(place, Value::Table(Table::default())));
    // "unlimited" and "none" are no mean.
    let is_word = ["csv", "others"].contains(&lone) && old.text().is_some();
    let is_value = old.seconds().is_some() || old.share().is_some() || is_word;
    if let (true, Some(table)) = (is_value, node.table_mut()) {
        table.entries.push(tree::Entry { key: lone.into(), key_place: place, node: old });
    }
}
