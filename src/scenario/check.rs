//! Is every key known and every value of an allowed form? One walk over the tree along the table of keys.
//!
//! After it the reader may take forms for granted: what it cannot read has been reported here.

use super::grammar::{self, Fields, Form, Key, Preset};
use super::source::{Sources, line_of};
use super::tree::{Entry, Node, Table, Value};
use super::{keys, words};
use crate::error::Problem;
use crate::units;

/// How many problems are kept; the rest is counted.
const MAX_PROBLEMS: usize = 100;

/// Problems collected so far.
#[derive(Debug, Default)]
pub(super) struct Problems {
    pub list: Vec<Problem>,
    pub more: usize,
    /// Sections are so mixed up that reading on would only produce echoes.
    pub unreadable: bool,
    /// Paths of keys that are written, but under another table: they are not missing as well.
    fallen: Vec<Box<str>>,
}

impl Problems {
    pub fn push(&mut self, problem: Problem) {
        // A value of a wrong form is reported once, not again by those who need it.
        let known = self.list.iter().any(|p| p.place == problem.place && p.path == problem.path);
        if known || self.fallen.contains(&problem.path) {
            return;
        }
        if self.list.len() < MAX_PROBLEMS { self.list.push(problem) } else { self.more += 1 }
    }

    /// A key that stands under another table than the one it belongs to.
    fn push_fallen(&mut self, problem: Problem) {
        self.list.retain(|p| p.path != problem.path);
        let path = problem.path.clone();
        self.push(problem);
        self.fallen.push(path);
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// Checks the whole tree.
pub(super) fn forms(root: &Node, sources: &Sources, problems: &mut Problems) {
    let mut check = Check { sources, problems, above: Vec::new() };
    if let Some(table) = root.table() {
        check.fields(root, table, keys::ROOT, "");
    }
}

struct Check<'a> {
    sources: &'a Sources,
    problems: &'a mut Problems,
    /// Tables around the present one, outermost first, with their keys and paths.
    above: Vec<(&'a Node, Fields, String)>,
}

impl<'a> Check<'a> {
    fn fields(&mut self, node: &'a Node, table: &'a Table, fields: Fields, path: &str) {
        self.above.push((node, fields, path.into()));
        for entry in &table.entries {
            let path = join(path, &entry.key);
            match fields.get(&entry.key) {
                Some(key) => self.value(&entry.node, key.forms, &path, key),
                None => match self.fallen_in(entry) {
                    Some(problem) => self.problems.push_fallen(problem),
                    None => {
                        let problem = self.unknown(entry, &path);
                        self.problems.push(problem);
                    }
                },
            }
        }
        self.above.pop();
        for key in fields.keys.iter().filter(|k| k.preset == Preset::Required && table.get(k.name).is_none()) {
            self.problems.push(missing(node, key, path));
        }
    }

    fn value(&mut self, node: &'a Node, forms: &'static [Form], path: &str, key: &Key) {
        match &node.value {
            Value::Table(table) => self.table(node, table, forms, path, key),
            Value::List(list) => self.list(node, list, forms, path, key),
            _ => {
                if let Err(problem) = scalar(node, forms, path) {
                    self.problems.push(problem.help_example(key));
                }
            }
        }
    }

    fn list(&mut self, node: &'a Node, list: &'a [Node], forms: &'static [Form], path: &str, key: &Key) {
        let Some(inner) = grammar::entries(forms) else {
            return self.problems.push(mismatch(node, forms, path).help_example(key));
        };
        for (i, item) in list.iter().enumerate() {
            self.value(item, inner, &format!("{path}[{i}]"), key);
        }
    }

    fn table(&mut self, node: &'a Node, table: &'a Table, forms: &'static [Form], path: &str, key: &Key) {
        if let Some(fields) = grammar::fields(forms) {
            self.fields(node, table, fields, path);
        } else if let Some(inner) = grammar::by_weekday(forms) {
            self.by_weekday(table, inner, path, key);
        } else if let Some((what, inner)) = grammar::named(forms) {
            self.named(node, table, (what, inner), path, key);
        } else {
            self.problems.push(mismatch(node, forms, path).help_example(key));
        }
    }

    fn named(
        &mut self,
        node: &'a Node,
        table: &'a Table,
        (what, inner): (&str, &'static [Form]),
        path: &str,
        key: &Key,
    ) {
        if table.entries.is_empty() {
            self.problems
                .push(Problem::new(path, format!("`{path}` is empty; at least one {what} is needed")).at(node.place));
        }
        if table.entries.len() > keys::MAX_NAMES {
            let message = format!("{} {what}s are too many; at most {}", table.entries.len(), keys::MAX_NAMES);
            return self.problems.push(Problem::new(path, message).at(node.place));
        }
        if let Some(problem) = nameless(node, table, what, inner).filter(|_| self.above.len() == 1) {
            self.problems.unreadable = true;
            return self.problems.push(problem);
        }
        for entry in &table.entries {
            let path = join(path, &entry.key);
            // CSV columns have the names their makers gave them.
            if let (true, Err(allowed)) = (what != "column", words::name(&entry.key)) {
                self.problems.push(
                    Problem::new(&path, format!("`{}` cannot be the name of a {what}", short(&entry.key)))
                        .at(entry.key_place)
                        .help(allowed),
                );
            }
            if grammar::fields(inner).is_some_and(|f| f.lone.is_none()) && entry.node.table().is_none() {
                self.problems.push(not_a_section(entry, &path, what, self.above.len() == 1));
            } else {
                self.value(&entry.node, inner, &path, key);
            }
        }
    }

    fn by_weekday(&mut self, table: &'a Table, inner: &'static [Form], path: &str, key: &Key) {
        let mut taken: [Option<&Entry>; 7] = [None; 7];
        for entry in &table.entries {
            let path = join(path, &entry.key);
            let Some(days) = words::weekdays(&entry.key) else {
                let problem =
                    Problem::new(&path, format!("`{}` is not a weekday or a group of weekdays", short(&entry.key)));
                self.problems.push(
                    problem.at(entry.key_place).help(
                        "write mon, tue, wed, thu, fri, sat, sun, a range like mon-fri, or \"mon,wed\" in quotes",
                    ),
                );
                continue;
            };
            for day in (0..7).filter(|d| days[*d]) {
                if let Some(other) = taken[day].replace(entry) {
                    let mut problem = Problem::new(
                        &path,
                        format!("{} is in two groups: `{}` and `{}`", words::WEEKDAYS[day], other.key, entry.key),
                    )
                    .at(entry.key_place);
                    problem.related.push((other.key_place, "the other group".into()));
                    self.problems.push(problem.help("let every weekday stand in one group only"));
                    break;
                }
            }
            self.value(&entry.node, inner, &path, key);
        }
    }

    /// An unknown key: does it have another name here, is it a typing slip, or does it belong to another section?
    fn unknown(&self, entry: &Entry, path: &str) -> Problem {
        let (fields, here) = self.above.last().map_or((keys::ROOT, ""), |(_, fields, here)| (*fields, here.as_str()));
        let problem =
            Problem::new(path, format!("unknown key `{}` {}", short(&entry.key), in_section(here))).at(entry.key_place);
        if let Some(key) = fields.keys.iter().find(|k| k.aka.contains(&entry.key.to_lowercase().as_str())) {
            return problem.help(format!("it is called `{}` here: {} = {}", key.name, key.name, example(key)));
        }
        // A key of another section is no typing slip: `redial` does not mean `dial`.
        if let Some(home) = home_of(&entry.key) {
            return problem.help(format!("`{}` belongs to {home}", entry.key));
        }
        if let Some(near) = words::nearest(&entry.key, fields.keys.iter().map(|k| k.name)) {
            return problem.help(format!("did you mean `{near}`?"));
        }
        problem.help(format!(
            "known keys {}: {}",
            in_section(here),
            fields.keys.iter().map(|k| k.name).collect::<Vec<_>>().join(", ")
        ))
    }

    /// The trap of TOML: a key written below a sub-table's header belongs to that sub-table.
    fn fallen_in(&self, entry: &Entry) -> Option<Problem> {
        let (inside, outer) = self.above.split_last()?;
        if !inside.0.table().is_some_and(|t| t.header) {
            return None;
        }
        let (owner, _, owner_path) = outer.iter().rev().find(|(_, fields, _)| fields.get(&entry.key).is_some())?;
        let first = first_header_below(owner)?;
        let line = self.sources.get(first.file).map_or(0, |s| line_of(&s.text, first.start));
        let home = if owner_path.is_empty() { "the top of the file".into() } else { format!("[{owner_path}]") };
        let message =
            format!("`{}` belongs to {home}; you wrote it under [{}]: move it above line {line}", entry.key, inside.2);
        let mut problem = Problem::new(join(owner_path, &entry.key), message).at(entry.key_place);
        problem.related.push((first, "above this line".into()));
        Some(problem.help("in TOML a key belongs to the last [section] above it"))
    }
}

/// The first `[header]` of a table inside this one.
fn first_header_below(owner: &Node) -> Option<crate::error::Place> {
    let tables = owner.table()?.entries.iter().filter(|e| e.node.table().is_some());
    tables
        .filter_map(|e| {
            if e.node.table().is_some_and(|t| t.header) { Some(e.node.place) } else { first_header_below(&e.node) }
        })
        .filter(|p| p.file == owner.place.file)
        .min()
}

/// `[queue]` instead of `[queue.orders]`: its keys are those of a queue.
fn nameless(node: &Node, table: &Table, what: &str, inner: &'static [Form]) -> Option<Problem> {
    let fields = grammar::fields(inner)?;
    let first =
        table.entries.iter().find(|e| fields.get(&e.key).is_some() && !e.node.table().is_some_and(|t| t.header))?;
    let place = if table.header { node.place } else { first.key_place };
    Some(
        Problem::new(what, format!("every {what} has a name, and `{}` stands in [{what}]", first.key))
            .at(place)
            .help(format!("write [{what}.NAME] above it, for example [{what}.orders]")),
    )
}

/// A named entry that should be a section of its own.
fn not_a_section(entry: &Entry, path: &str, what: &str, top: bool) -> Problem {
    let problem = Problem::new(path, format!("`{path}` is {}, not a {what}", entry.node.shown())).at(entry.key_place);
    let problem =
        if top { problem.help(format!("every {what} has a section of its own: [{what}.NAME]")) } else { problem };
    match (home_of(&entry.key), words::nearest(&entry.key, keys::ROOT.keys.iter().map(|k| k.name))) {
        (Some(home), _) => problem.help(format!("`{}` belongs to {home}", entry.key)),
        (None, Some(near)) => problem.help(format!("did you mean `{near}` at the top of the file?")),
        _ => problem,
    }
}

pub(super) fn missing(node: &Node, key: &Key, path: &str) -> Problem {
    let message = match (key.name, path) {
        ("queue" | "team", "") => format!("the floor has no {}", key.name),
        (name, "") => format!("`{name}` is missing at the top of the file"),
        (name, path) => format!("`{name}` is missing in [{path}]"),
    };
    let advice = match key.name {
        "queue" => "write at least one section [queue.NAME] with volume, talk (or aht) and patience".into(),
        "team" => "write at least one section [team.NAME] with agents and skills".into(),
        name => format!("write for example {name} = {}: {}", key.example, lower_first(key.doc.trim_end_matches('.'))),
    };
    Problem::new(join(path, key.name), message).at(node.place).help(advice)
}

/// Checks a value that is neither list nor table.
fn scalar(node: &Node, forms: &'static [Form], path: &str) -> Result<(), Problem> {
    let mut reason = None;
    // A share within a time is no share, whatever else the value might be.
    let timed = node.text().is_some_and(|text| text.contains(" in ") || text.contains('/'));
    for form in forms {
        match fits(node, form) {
            Some(Ok(())) => return Ok(()),
            Some(Err(why)) if timed && matches!(form, Form::ServiceLevel) => {
                return Err(Problem::new(path, format!("`{path}`: {why}")).at(node.place));
            }
            Some(Err(why)) => reason = Some(why),
            None => {}
        }
    }
    let problem = match reason {
        Some(why) => Problem::new(path, format!("`{path}`: {why}")).at(node.place),
        None => return Err(mismatch(node, forms, path)),
    };
    let words = forms.iter().filter_map(|f| if let Form::Word(word, _) = f { Some(*word) } else { None });
    Err(match node.text().and_then(|t| words::nearest(t, words)) {
        Some(near) => problem.help(format!("did you mean \"{near}\"?")),
        None => problem,
    })
}

/// `None` when the form is for values of another kind; `Some(Err(why))` when this one is wrong for it.
fn fits(node: &Node, form: &Form) -> Option<Result<(), String>> {
    let text = node.text();
    let within = |x: f64, min: f64, max: f64, show: fn(f64) -> String| in_range(x, min, max, show);
    Some(match form {
        Form::Text => text
            .map(|t| if t.len() <= 1_000 { Ok(()) } else { Err("the text is longer than 1,000 characters".into()) })?,
        Form::Word(word, _) => {
            if text? == *word {
                Ok(())
            } else {
                return None;
            }
        }
        Form::Choice(words) => one_of(text?, words),
        Form::Whole { min, max } => match node.value {
            Value::Whole(n) if (*min..=*max).contains(&n) => Ok(()),
            Value::Whole(n) => Err(format!("{n} is out of range; allowed: {min} to {max}")),
            Value::Number(x) => Err(format!("{x} is not a whole number; allowed: {min} to {max}")),
            _ => return None,
        },
        Form::Number { min, max } => within(node.number()?, *min, *max, |x| x.to_string()),
        Form::Share { min, max } => share_fits(node, *min, *max)?,
        Form::Duration { min, max } => match (text, node.number()) {
            (Some(text), _) => units::parse_duration(text).and_then(|s| within(s, *min, *max, units::duration)),
            (None, Some(x)) if x < 0.0 => {
                Err(format!("a time cannot be negative, and {} has no unit; write for example \"45s\"", node.shown()))
            }
            (None, Some(x)) if !x.is_finite() => Err("that is not a number; write for example \"45s\"".into()),
            (None, Some(x)) => Err(units::bare_duration(&x.to_string())),
            _ => return None,
        },
        Form::Date => match (&node.value, text) {
            (Value::Date(date), _) => words::date(date).map(drop),
            (_, Some(text)) if words::date(text).is_ok() => Err(format!("a date stands without quotes; write {text}")),
            (_, Some(text)) => Err(format!("`{text}` is not a date; write for example 2026-03-02, without quotes")),
            _ => return None,
        },
        Form::Flag => match (&node.value, text) {
            (Value::Flag(_), _) => Ok(()),
            (_, Some(word @ ("true" | "false"))) => Err(format!("{word} stands without quotes; write {word}")),
            _ => return None,
        },
        Form::Clock => match (&node.value, text) {
            (Value::Date(time), _) if !time.contains('-') => {
                Err(format!("a time of day stands in quotes; write \"{}\"", time.get(..5).unwrap_or(time)))
            }
            _ => words::time_of_day(text?).map(drop),
        },
        Form::Weekdays => weekdays_fit(text?),
        Form::Hours => words::hours(text?).map(drop),
        Form::ServiceLevel => words::service_level(text?).map(drop),
        Form::OnPeriods => words::on_periods(text?).map(drop),
        Form::List(_) | Form::ByWeekday(_) | Form::Table(_) | Form::Named { .. } => return None,
    })
}

fn share_fits(node: &Node, min: f64, max: f64) -> Option<Result<(), String>> {
    let value = match (node.text(), node.number()) {
        (Some(text), _) => units::parse_share(text),
        // 1.1 is a fine factor, but 80 is a forgotten percent sign.
        (None, Some(x)) if x > max.clamp(1.0, 10.0) => Err(units::bare_share(x)),
        (None, Some(x)) => Ok(x),
        _ => return None,
    };
    Some(value.and_then(|x| in_range(x, min, max, units::share)))
}

fn in_range(x: f64, min: f64, max: f64, show: fn(f64) -> String) -> Result<(), String> {
    if !x.is_finite() {
        return Err("that is not a finite number".into());
    }
    if (min..=max).contains(&x) {
        Ok(())
    } else {
        Err(format!("{} is out of range; allowed: {} to {}", show_signed(x, show), show(min), show(max)))
    }
}

fn show_signed(x: f64, show: fn(f64) -> String) -> String {
    if x < 0.0 { format!("-{}", show(-x)) } else { show(x) }
}

fn weekdays_fit(text: &str) -> Result<(), String> {
    words::weekdays(text).map(drop).ok_or_else(|| {
        format!("\"{}\" is not a weekday or a group of weekdays; write \"mon-fri\" or \"mon,wed\"", short(text))
    })
}

fn one_of(text: &str, words: &[(&str, &str)]) -> Result<(), String> {
    if words.iter().any(|(w, _)| *w == text) {
        return Ok(());
    }
    let near = words::nearest(text, words.iter().map(|(w, _)| *w));
    let near = near.map(|n| format!("; did you mean \"{n}\"?")).unwrap_or_default();
    let all = words.iter().map(|(w, _)| format!("\"{w}\"")).collect::<Vec<_>>().join(", ");
    Err(format!("\"{}\" is none of {all}{near}", short(text)))
}

fn mismatch(node: &Node, forms: &[Form], path: &str) -> Problem {
    Problem::new(path, format!("`{path}` cannot be {}", node.shown()))
        .at(node.place)
        .help(format!("allowed: {}", grammar::in_words(forms)))
}

trait Example {
    fn help_example(self, key: &Key) -> Self;
}

impl Example for Problem {
    /// Adds how the key is written, unless the advice already shows it.
    fn help_example(self, key: &Key) -> Self {
        let told = ["write ", "out of range", "finite", "none of"].iter().any(|t| self.message.contains(t));
        if told || key.example.is_empty() {
            self
        } else {
            self.help(format!("for example {} = {}", key.name, key.example))
        }
    }
}

fn example(key: &Key) -> &'static str {
    if key.example.is_empty() { "..." } else { key.example }
}

/// The section a key belongs to, when exactly this word is a key elsewhere.
fn home_of(word: &str) -> Option<String> {
    let homes = [("", keys::ROOT)].into_iter().chain(sections());
    let (home, _) = homes.into_iter().find(|(_, fields)| fields.keys.iter().any(|k| k.name == word))?;
    Some(if home.is_empty() { "the top of the file".into() } else { format!("[{home}]") })
}

/// The sections of a file and the keys of each.
fn sections() -> Vec<(&'static str, Fields)> {
    let section = |key: &'static Key| match grammar::named(key.forms) {
        Some((_, inner)) => grammar::fields(inner),
        None => grammar::fields(key.forms),
    };
    let title = |name| match name {
        "queue" => "queue.NAME",
        "team" => "team.NAME",
        "shape" => "shape.NAME",
        "training" => "training.NAME",
        other => other,
    };
    let top = keys::ROOT.keys.iter().filter_map(|k| Some((title(k.name), section(k)?)));
    top.chain([("queue.NAME.callers", keys::CALLERS)]).collect()
}

fn in_section(path: &str) -> String {
    if path.is_empty() { "at the top of the file".into() } else { format!("in [{path}]") }
}

fn short(text: &str) -> String {
    if text.chars().count() > 60 { format!("{}...", text.chars().take(57).collect::<String>()) } else { text.into() }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_lowercase().chain(chars).collect())
}

/// `queue.orders` + `patience`.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.into() } else { format!("{path}.{key}") }
}
