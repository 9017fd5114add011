//! `validate --explain`: the scenario with every value it uses, as a scenario file.

use super::Loaded;
use super::check::join;
use super::grammar::{self, Fields, Form, Key, Preset};
use super::keys;
use super::tree::{Entry, Node, Table, Value, number_text};
use crate::people::Effects;
use std::path::{Component, Path, PathBuf};

/// Prints every value, defaults included, as TOML that loads again to the same scenario when it stands in the folder
/// of the scenario file. Volumes from CSV files are printed as numbers; call logs and observed times stay in their files.
pub fn explain(loaded: &Loaded) -> String {
    let mut out = Printer { loaded, text: String::new() };
    out.text.push_str("# Every value of this scenario, defaults included.\n");
    out.section("", loaded.root.table(), keys::ROOT);
    out.text
}

struct Printer<'a> {
    loaded: &'a Loaded,
    text: String,
}

impl Printer<'_> {
    fn section(&mut self, path: &str, table: Option<&Table>, fields: Fields) {
        let is_section = |key: &Key| {
            path.is_empty() && (grammar::named(key.forms).is_some() || grammar::fields(key.forms).is_some())
        };
        let channel = table.and_then(|t| t.get("channel")?.node.text()).unwrap_or("voice");
        for key in fields.keys.iter().filter(|k| !is_section(k) && k.goes_with(channel)) {
            self.line(path, table, key);
        }
        for note in self.loaded.notes.get(path).into_iter().flat_map(|notes| notes.lines()) {
            self.text.push_str(&format!("# {note}\n"));
        }
        for key in fields.keys.iter().filter(|k| is_section(k)) {
            let below = table.and_then(|t| t.get(key.name)).and_then(|e| e.node.table());
            if let Some(inner) = grammar::fields(key.forms) {
                self.text.push_str(&format!("\n[{}]\n", key.name));
                self.section(key.name, below, inner);
            }
            let inner = grammar::named(key.forms).and_then(|(_, forms)| grammar::fields(forms));
            for entry in below.map_or(&[][..], |t| &t.entries) {
                let Some(inner) = inner else { continue };
                self.text.push_str(&format!("\n[{}.{}]\n", key.name, quoted_key(&entry.key)));
                self.section(&join(key.name, &entry.key), entry.node.table(), inner);
            }
        }
    }

    /// `key = value`, or a comment that says what its absence means.
    fn line(&mut self, path: &str, table: Option<&Table>, key: &'static Key) {
        let entry = table.and_then(|t| t.get(key.name));
        let full = join(path, key.name);
        let value = self.loaded.shown.get(&full).cloned().or_else(|| Some(self.value(&entry?.node, key.forms, &full)));
        let (value, origin) = match (value, entry, key.preset) {
            (Some(value), Some(entry), _) => (value, self.origin(entry)),
            (Some(value), None, _) => (value, self.loaded.notes.get(&full).cloned().or_else(|| Some("default".into()))),
            (None, _, Preset::Value(default)) => {
                // What another key replaces has no say: with `aht`, hold is part of it.
                if self.replaced(table, key) {
                    return;
                }
                (default.into(), Some("default".into()))
            }
            (None, _, Preset::Absent(meaning))
                if !["extends", "anchored"].contains(&key.name) && !self.replaced(table, key) =>
            {
                return self.text.push_str(&format!("# {} is not stated: {meaning}\n", key.name));
            }
            _ => return,
        };
        let graded = Effects::named(key.name).filter(|_| path == "effects");
        let grade = graded.map(|effect| format!("grade {}, illustrative", effect.grade.letter()));
        let comment = origin.into_iter().chain(grade).collect::<Vec<_>>().join("; ");
        let comment = if comment.is_empty() { comment } else { format!("  # {comment}") };
        self.text.push_str(&format!("{} = {value}{comment}\n", key.name));
    }

    fn replaced(&self, table: Option<&Table>, key: &Key) -> bool {
        key.replaces.iter().any(|other| table.is_some_and(|t| t.get(other).is_some()))
    }

    /// Where a value comes from, if not from the scenario file itself.
    fn origin(&self, entry: &Entry) -> Option<String> {
        let place = entry.node.place;
        let source = self.loaded.sources.get(place.file).filter(|_| place.file != 0)?;
        Some(if source.name == "--set" {
            format!("--set {}", source.text.replace(['\n', '\r'], " "))
        } else {
            self.loaded.sources.name_and_line(place)
        })
    }

    fn value(&self, node: &Node, forms: &'static [Form], path: &str) -> String {
        match &node.value {
            Value::Text(text) => quoted(&self.relative(text, node, path)),
            Value::Whole(n) => n.to_string(),
            Value::Number(x) => number_text(*x),
            Value::Flag(flag) => flag.to_string(),
            Value::Date(date) => date.clone(),
            Value::List(list) => {
                let inner = grammar::entries(forms).unwrap_or(&[]);
                let entry = |(i, n): (usize, &Node)| self.value(n, inner, &format!("{path}[{i}]"));
                format!("[{}]", list.iter().enumerate().map(entry).collect::<Vec<_>>().join(", "))
            }
            Value::Table(table) => format!("{{ {} }}", self.pairs(table, forms, path).join(", ")),
        }
    }

    fn pairs(&self, table: &Table, forms: &'static [Form], path: &str) -> Vec<String> {
        if let Some(fields) = grammar::fields(forms) {
            // What is shown in another way than it is written is not shown as written too.
            let other = |key: &Key| table.get(key.name).is_none() && self.shown(path, key).is_some();
            let hidden = |key: &Key| fields.keys.iter().any(|k| k.replaces.contains(&key.name) && other(k));
            let pair = |key: &'static Key| {
                let stated = || table.get(key.name).map(|e| self.value(&e.node, key.forms, &join(path, key.name)));
                let value = self.shown(path, key).cloned().or_else(stated).or(key.default().map(str::to_owned));
                value.map(|value| format!("{} = {value}", key.name))
            };
            return fields.keys.iter().filter(|k| !hidden(k)).filter_map(pair).collect();
        }
        let inner = grammar::named(forms).map(|(_, inner)| inner).or_else(|| grammar::by_weekday(forms)).unwrap_or(&[]);
        let pair = |entry: &Entry| {
            let lone = grammar::fields(inner)
                .and_then(|f| f.lone)
                .filter(|_| entry.node.table().is_none() && grammar::named(forms).is_some());
            let value = match lone {
                // A bare preference is shown with what else holds for the skill.
                Some(lone) => {
                    let table = Table { entries: vec![Entry { key: lone.into(), ..entry.clone() }], header: false };
                    format!("{{ {} }}", self.pairs(&table, inner, path).join(", "))
                }
                None => self.value(&entry.node, inner, &join(path, &entry.key)),
            };
            format!("{} = {value}", quoted_key(&entry.key))
        };
        table.entries.iter().map(pair).collect()
    }

    /// What the reader shows of a key where that is not what was written.
    fn shown(&self, path: &str, key: &Key) -> Option<&String> {
        self.loaded.shown.get(&join(path, key.name))
    }

    /// Paths to CSV files start from the folder of the scenario file, also when a base in another folder names them.
    fn relative(&self, text: &str, node: &Node, path: &str) -> String {
        let is_file = [".csv", ".file", ".roster"].iter().any(|key| path.ends_with(key));
        let folders = &self.loaded.folders;
        let (Some(own), Some(home)) = (folders.get(node.place.file), folders.first()) else { return text.into() };
        if !is_file || own == home { text.into() } else { relative(&own.join(text), home).display().to_string() }
    }
}

/// `path` as seen from `folder`.
pub(super) fn relative(path: &Path, folder: &Path) -> PathBuf {
    let absolute = |p: &Path| std::path::absolute(p).unwrap_or_else(|_| p.to_owned());
    let (path, folder) = (absolute(path), absolute(folder));
    let (to, from): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (path.components().collect(), folder.components().collect());
    let shared = to.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let up = from[shared..].iter().map(|_| Component::ParentDir);
    up.chain(to[shared..].iter().copied()).collect()
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.into()).to_string()
}

pub(super) fn quoted_key(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { key.into() } else { quoted(key) }
}

/// A text as TOML.
pub(super) fn toml_text(text: &str) -> String {
    quoted(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::read;

    fn every_key(fields: Fields, visit: &mut dyn FnMut(Fields, &'static Key)) {
        for key in fields.keys.iter() {
            visit(fields, key);
            let below = [
                grammar::fields(key.forms),
                grammar::named(key.forms).and_then(|(_, f)| grammar::fields(f)),
                grammar::entries(key.forms).and_then(grammar::fields),
            ];
            below.into_iter().flatten().for_each(|f| every_key(f, visit));
        }
    }

    #[test]
    fn every_default_and_example_is_valid_toml_of_an_allowed_form() {
        every_key(keys::ROOT, &mut |fields, key| {
            if key.default().is_some() {
                assert!(read::default_node(fields, key.name).is_some(), "{}", key.name);
            }
            assert!(key.doc.ends_with('.') && !key.forms.is_empty(), "{}", key.name);
            let parsed = crate::scenario::tree::parse(
                &format!("x = {}", if key.example.is_empty() { "1" } else { key.example }),
                0,
            );
            assert!(parsed.is_ok(), "{}: {}", key.name, key.example);
        });
    }
}
