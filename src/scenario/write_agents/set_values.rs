//! Values of `--set` arguments, written where they belong in the file.

use super::{put, section};
use crate::scenario::Loaded;
use crate::scenario::check::join;
use crate::scenario::explain::{quoted_key, relative, toml_text};
use crate::scenario::grammar::{self, Fields};
use crate::scenario::keys;
use crate::scenario::tree::{Entry, Node, Table, Value, number_text};
use toml_edit::{Item, TableLike};

/// How closely to look, which is no part of the floor.
const NOT_THE_FLOOR: [&str; 3] = ["run.seed", "run.replications", "plan.replications"];

/// Finds the values in the merged tree that come from `--set`.
pub(super) struct SetValues<'a> {
    loaded: &'a Loaded,
    /// Whether each source is an argument.
    is_set: Vec<bool>,
}

impl<'a> SetValues<'a> {
    pub fn new(loaded: &'a Loaded) -> Self {
        Self { loaded, is_set: loaded.sources.iter().map(|s| s.name == "--set").collect() }
    }

    /// The arguments whose values are written, each on one line.
    pub fn written(&self) -> Vec<String> {
        let arguments = self.loaded.sources.iter().filter(|s| s.name == "--set").map(|s| s.text.trim());
        let floor = |text: &&str| !NOT_THE_FLOOR.contains(&text.split('=').next().unwrap_or("").trim());
        arguments.filter(floor).map(|text| text.replace(['\n', '\r'], " ")).collect()
    }

    pub fn write(&self, doc: &mut toml_edit::Table) {
        for entry in self.changed(self.loaded.root.table()) {
            let Some(key) = keys::ROOT.get(&entry.key) else { continue };
            if let Some(fields) = grammar::fields(key.forms) {
                self.settings(doc, entry, fields);
            } else if let Some((_, forms)) = grammar::named(key.forms) {
                let fields = grammar::fields(forms).unwrap_or(Fields { keys: &[], lone: None });
                self.named(doc, entry, fields);
            } else {
                self.key(doc, entry, keys::ROOT, "");
            }
        }
    }

    /// `[routing]`, `[run]`, `[plan]`.
    fn settings(&self, doc: &mut toml_edit::Table, entry: &Entry, fields: Fields) {
        let kept = |e: &&Entry| !NOT_THE_FLOOR.contains(&join(&entry.key, &e.key).as_str());
        let mut entries = self.changed(entry.node.table()).filter(kept).peekable();
        if entries.peek().is_none() {
            return;
        }
        let table = doc.entry(&entry.key).or_insert_with(|| Item::Table(toml_edit::Table::new()));
        if let Some(table) = table.as_table_like_mut() {
            entries.for_each(|e| self.key(table, e, fields, &entry.key));
        }
    }

    /// Queues, teams, shapes.
    fn named(&self, doc: &mut toml_edit::Table, entry: &Entry, fields: Fields) {
        for named in self.changed(entry.node.table()) {
            let Some(table) = section(doc, &entry.key, &named.key) else { continue };
            let path = join(&entry.key, &named.key);
            self.changed(named.node.table()).for_each(|e| self.key(table, e, fields, &path));
        }
    }

    /// Writes a key, and takes away those that say the same in another way.
    fn key(&self, doc: &mut dyn TableLike, entry: &Entry, fields: Fields, path: &str) {
        for other in fields.get(&entry.key).map_or(&[][..], |key| key.replaces) {
            doc.remove(other);
        }
        self.entry(doc, entry, &join(path, &entry.key));
    }

    fn entry(&self, doc: &mut dyn TableLike, entry: &Entry, path: &str) {
        let was_set = self.was_set(&entry.node);
        let inner = doc.get_mut(&entry.key);
        match (inner.and_then(Item::as_table_like_mut), entry.node.table()) {
            (Some(inner), Some(table)) if !was_set => self.table(inner, table, path),
            _ => self.value(doc, entry, path),
        }
    }

    /// Changes the keys of a table that is written in the file.
    fn table(&self, doc: &mut dyn TableLike, table: &Table, path: &str) {
        let gone: Vec<String> = doc.iter().map(|(k, _)| k.to_owned()).filter(|k| table.get(k).is_none()).collect();
        gone.iter().for_each(|key| {
            doc.remove(key);
        });
        self.changed(Some(table)).for_each(|e| self.entry(doc, e, &join(path, &e.key)));
    }

    fn value(&self, doc: &mut dyn TableLike, entry: &Entry, path: &str) {
        if let Ok(value) = self.toml(&entry.node, path).parse() {
            put(doc, &entry.key, value);
        }
    }

    fn was_set(&self, node: &Node) -> bool {
        self.is_set.get(node.place.file).copied().unwrap_or(false)
    }

    fn has_set(&self, node: &Node) -> bool {
        self.was_set(node)
            || match &node.value {
                Value::List(list) => list.iter().any(|n| self.has_set(n)),
                Value::Table(table) => table.entries.iter().any(|e| self.has_set(&e.node)),
                _ => false,
            }
    }

    fn changed<'t>(&'t self, table: Option<&'t Table>) -> impl Iterator<Item = &'t Entry> {
        table.into_iter().flat_map(|t| &t.entries).filter(|e| self.has_set(&e.node))
    }

    fn toml(&self, node: &Node, path: &str) -> String {
        match &node.value {
            Value::Text(text) => toml_text(&self.seen_from_here(text, node, path)),
            Value::Whole(n) => n.to_string(),
            Value::Number(x) => number_text(*x),
            Value::Flag(flag) => flag.to_string(),
            Value::Date(date) => date.clone(),
            Value::List(list) => {
                format!("[{}]", list.iter().map(|n| self.toml(n, path)).collect::<Vec<_>>().join(", "))
            }
            Value::Table(table) => {
                let pair = |e: &Entry| format!("{} = {}", quoted_key(&e.key), self.toml(&e.node, &join(path, &e.key)));
                format!("{{ {} }}", table.entries.iter().map(pair).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// A path to a CSV file that a base in another folder names, as seen from the folder of the scenario file.
    fn seen_from_here(&self, text: &str, node: &Node, path: &str) -> String {
        let is_file = path.ends_with(".csv") || path.ends_with(".file");
        let folders = &self.loaded.folders;
        match (folders.get(node.place.file), folders.first()) {
            (Some(own), Some(home)) if is_file && own != home => relative(&own.join(text), home).display().to_string(),
            _ => text.into(),
        }
    }
}
