//! A TOML file as a tree in which every key and value remembers where it stands.
//!
//! `extends` and `--set` work on this tree; the reader then turns it into a [`super::Scenario`].

use crate::error::{Place, Problem};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Longest list a scenario may hold.
pub(super) const MAX_ENTRIES: usize = 50_000;
/// Most keys in one table (a floor has at most 1,000 queues).
const MAX_KEYS: usize = 5_000;
/// Deepest nesting of tables and lists.
const MAX_DEPTH: usize = 16;

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub place: Place,
    pub value: Value,
}

/// What TOML can say.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
    Date(String),
    List(Vec<Node>),
    Table(Table),
}

/// Keys in the order they were written.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub entries: Vec<Entry>,
    /// Opened by a `[header]` (not written in braces): only then can a later key fall into it by accident.
    pub header: bool,
}

/// One key of a table.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub key: String,
    pub key_place: Place,
    pub node: Node,
}

impl Table {
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|e| e.key == key)
    }

    pub fn remove(&mut self, key: &str) {
        self.entries.retain(|e| e.key != key);
    }
}

impl Node {
    pub fn new(place: Place, value: Value) -> Self {
        Self { place, value }
    }

    pub fn table(&self) -> Option<&Table> {
        if let Value::Table(table) = &self.value { Some(table) } else { None }
    }

    pub fn table_mut(&mut self) -> Option<&mut Table> {
        if let Value::Table(table) = &mut self.value { Some(table) } else { None }
    }

    pub fn list(&self) -> Option<&[Node]> {
        if let Value::List(list) = &self.value { Some(list) } else { None }
    }

    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// A number written as such, whole or not.
    pub fn number(&self) -> Option<f64> {
        match self.value {
            Value::Whole(n) => Some(n as f64),
            Value::Number(x) => Some(x),
            _ => None,
        }
    }

    pub fn get(&self, key: &str) -> Option<&Node> {
        self.table()?.get(key).map(|e| &e.node)
    }

    /// The value as the user would write it, shortened for messages.
    pub fn shown(&self) -> String {
        match &self.value {
            Value::Text(text) if text.chars().count() > 60 => {
                format!("\"{}...\"", text.chars().take(57).collect::<String>())
            }
            Value::Text(text) => format!("\"{text}\""),
            Value::Whole(n) => n.to_string(),
            Value::Number(x) => number_text(*x),
            Value::Flag(flag) => flag.to_string(),
            Value::Date(date) => date.clone(),
            Value::List(list) => format!("a list of {} values", list.len()),
            Value::Table(_) => "a table".into(),
        }
    }
}

/// TOML wants a point or an exponent in a number that is not whole.
pub(super) fn number_text(x: f64) -> String {
    if x.is_nan() { "nan".into() } else { format!("{x:?}") }
}

/// Parses a TOML text.
///
/// # Errors
/// The parser's first complaint, at its place; what follows it is usually its echo.
pub(super) fn parse(text: &str, file: usize) -> Result<Node, Problem> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let at = |span: Range<usize>| Place { file, start: span.start, end: span.end };
    if let Some(error) = errors.first() {
        let problem = Problem::new("", format!("this is not valid TOML: {}", error.message()))
            .at(at(error.span().unwrap_or(0..0)))
            .help(toml_advice(error.message()));
        return Err(problem);
    }
    let place = Place { file, start: 0, end: 0 };
    let root = convert_table(table.get_ref(), text, file, 0)?;
    Ok(Node::new(place, Value::Table(Table { header: true, ..root })))
}

fn toml_advice(message: &str) -> &'static str {
    if message.contains("expected day between") {
        "there is no such day in the calendar"
    } else if message.contains("must be quoted") || message.contains("datetime") {
        "text, times, hours and shares stand in quotes: \"voice\", \"45s\", \"08:00-20:00\", \"80%\""
    } else if message.contains("duplicate key") {
        "every key stands once in its table; remove one of the two"
    } else {
        "a line is `key = value`, a section starts with [name]; a list is [1, 2, 3]"
    }
}

fn convert_table(table: &DeTable<'_>, text: &str, file: usize, depth: usize) -> Result<Table, Problem> {
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table {
        let span = key.span();
        let key_place = Place { file, start: span.start, end: span.end };
        entries.push(Entry { key: key.get_ref().to_string(), key_place, node: convert(value, text, file, depth + 1)? });
    }
    if entries.len() > MAX_KEYS {
        let place = entries[MAX_KEYS].key_place;
        return Err(
            Problem::new("", format!("a table of {} keys is too long; at most {MAX_KEYS}", entries.len())).at(place)
        );
    }
    // The parser sorts by name; people think in the order of the file.
    entries.sort_by_key(|e| e.key_place.start);
    Ok(Table { entries, header: false })
}

fn convert(value: &toml::Spanned<DeValue<'_>>, text: &str, file: usize, depth: usize) -> Result<Node, Problem> {
    let span = value.span();
    let place = Place { file, start: span.start, end: span.end };
    if depth > MAX_DEPTH {
        return Err(Problem::new("", format!("tables and lists are nested more than {MAX_DEPTH} deep")).at(place));
    }
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(n) => Value::Whole(i64::from_str_radix(n.as_str(), n.radix()).map_err(|_| {
            Problem::new("", format!("{} is too large a number", text.get(span.clone()).unwrap_or("this"))).at(place)
        })?),
        DeValue::Float(x) => Value::Number(x.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) if list.len() > MAX_ENTRIES => {
            return Err(Problem::new(
                "",
                format!("a list of {} values is too long; at most {MAX_ENTRIES}", list.len()),
            )
            .at(place));
        }
        DeValue::Array(list) => {
            Value::List(list.iter().map(|v| convert(v, text, file, depth + 1)).collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => {
            let header = text.as_bytes().get(span.start) == Some(&b'[');
            Value::Table(Table { header, ..convert_table(table, text, file, depth)? })
        }
    };
    Ok(Node::new(place, value))
}
