//! What differs between two scenarios as they are written.

use super::Loaded;
use super::check::join;
use super::tree::{Entry, Node, Value, number_text};
use crate::error::Result;

/// Something that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputChange {
    /// A value.
    Value {
        /// Its path: `team.tier1.shifts[1].agents`.
        path: String,
        /// What it was; `None` = it was not stated.
        before: Option<String>,
        /// What it is; `None` = it is not stated.
        after: Option<String>,
    },
    /// Lines of a CSV file.
    Lines {
        /// Its name as the scenario writes it.
        file: String,
        /// How many differ.
        changed: usize,
        /// How many there are.
        lines: usize,
    },
}

/// Every value that one of two scenarios states otherwise than the other, in the order of the files; then the CSV files
/// that differ. How a scenario is simulated and judged (`run`, `plan`, `check`) is no part of the floor.
///
/// # Errors
/// When a CSV file can no longer be read.
pub fn input_changes(before: &Loaded, after: &Loaded) -> Result<Vec<InputChange>> {
    let mut changes = Vec::new();
    compare("", Some(&before.root), Some(&after.root), &mut changes);
    let settings = ["run", "plan", "check"];
    changes.retain(|change| match change {
        InputChange::Value { path, .. } => !settings.contains(&path.split('.').next().unwrap_or_default()),
        InputChange::Lines { .. } => true,
    });
    csv_files(before, after, &mut changes)?;
    Ok(changes)
}

fn compare(path: &str, before: Option<&Node>, after: Option<&Node>, changes: &mut Vec<InputChange>) {
    match (before.map(|n| &n.value), after.map(|n| &n.value)) {
        (Some(Value::Table(a)), Some(Value::Table(b))) => {
            let new = b.entries.iter().filter(|entry| a.get(&entry.key).is_none());
            for Entry { key, .. } in a.entries.iter().chain(new) {
                let (before, after) = (a.get(key).map(|e| &e.node), b.get(key).map(|e| &e.node));
                compare(&join(path, key), before, after, changes);
            }
        }
        (Some(Value::List(a)), Some(Value::List(b))) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                compare(&format!("{path}[{index}]"), Some(a), Some(b), changes);
            }
        }
        _ => {
            let (text_before, text_after) = (before.map(text), after.map(text));
            if text_before != text_after {
                let short = |node: Option<&Node>| node.map(Node::shown_bare);
                let path = path.to_owned();
                changes.push(InputChange::Value { path, before: short(before), after: short(after) });
            }
        }
    }
}

/// The whole value, to tell two apart.
fn text(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::List(list) => list.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Table(table) => {
            let pairs = table.entries.iter().map(|e| format!("{} = {}", e.key, text(&e.node)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::Number(x) if x.fract() == 0.0 => format!("{x}"),
        Value::Number(x) => number_text(*x),
        _ => node.shown(),
    }
}

impl Node {
    /// The value for a line of changes: short, without quotes.
    fn shown_bare(&self) -> String {
        match &self.value {
            Value::Text(_) | Value::Table(_) | Value::Number(_) => {
                let text = text(self);
                if text.chars().count() > 40 { text.chars().take(37).collect::<String>() + "..." } else { text }
            }
            Value::List(list) => format!("{} values", list.len()),
            _ => self.shown(),
        }
    }
}

/// CSV files that both use and whose lines differ; a file that only one uses is told by the path that names it.
fn csv_files(before: &Loaded, after: &Loaded, changes: &mut Vec<InputChange>) -> Result<()> {
    let (old, new) = (before.shelf()?, after.shelf()?);
    let is_table = |loaded: &Loaded, name: &str| loaded.tables().any(|table| table == name);
    for (name, text) in &new.files {
        let Some(other) = old.files.get(name).filter(|other| *other != text) else { continue };
        if is_table(after, name) && is_table(before, name) {
            let lines = other.lines().count().max(text.lines().count());
            let same = other.lines().zip(text.lines()).filter(|(a, b)| a == b).count();
            if lines > same {
                changes.push(InputChange::Lines { file: name.clone(), changed: lines - same, lines });
            }
        }
    }
    Ok(())
}
