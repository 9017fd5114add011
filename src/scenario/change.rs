//! The value side of `--set`: a new value, or a change of the old one (`+3`, `-30s`, `*1.1`).

use super::grammar::{self, Form};
use super::tree::{self, Node, Value};
use crate::error::{Place, Problem};
use crate::units;

/// What to do with the old value.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// Replace it.
    To(Node),
    /// Add a number, a time or a share, written with its sign.
    Plus(String),
    /// Multiply it.
    Times(f64),
}

impl Change {
    /// Reads the text after `=`.
    pub fn parse(text: &str, place: Place) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::new("", "--set: the value is missing")
                .at(place)
                .help("write path=value; for an empty text path=\"\""));
        }
        if let Some(factor) = text.strip_prefix('*') {
            let factor = factor.trim();
            let value = if factor.ends_with('%') { units::parse_share(factor).ok() } else { factor.parse().ok() };
            let value = value.filter(|x: &f64| x.is_finite() && *x >= 0.0);
            return value.map(Self::Times).ok_or_else(|| {
                Problem::new("", format!("--set: `{factor}` is not a factor")).at(place).help("write for example *1.1")
            });
        }
        let signed = text
            .strip_prefix(['+', '-'])
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '.'));
        if signed {
            return Ok(Self::Plus(text.chars().filter(|c| !c.is_whitespace()).collect()));
        }
        let parsed = tree::parse(&format!("x = {text}"), place.file).ok().and_then(|root| root.get("x").cloned());
        // What is no TOML value is a text without its quotes: patience=3m. A time of day would be one, start=08:30.
        let is_clock = |n: &Node| matches!(&n.value, Value::Date(date) if !date.contains('-'));
        let mut node = parsed.filter(|n| !is_clock(n)).unwrap_or(Node::new(place, Value::Text(text.into())));
        stamp(&mut node, place);
        Ok(Self::To(node))
    }

    /// The new value.
    pub fn apply(&self, old: Option<&Node>, forms: &'static [Form], path: &str, place: Place) -> Result<Node, Problem> {
        if let Self::To(node) = self {
            return Ok(node.clone());
        }
        let Some(old) = old else {
            let problem =
                Problem::new(path, format!("--set: `{path}` has no value yet that could be changed")).at(place);
            return Err(problem.help("set it to a value, without + - or *"));
        };
        let value = self.changed(old, forms).map_err(|why| {
            let shown = if old.table().is_none() { format!(" = {}", old.shown()) } else { String::new() };
            Problem::new(path, format!("--set: `{path}`{shown} cannot be changed so: {why}")).at(place)
        })?;
        Ok(Node::new(place, value))
    }

    fn changed(&self, old: &Node, forms: &'static [Form]) -> Result<Value, String> {
        match &old.value {
            Value::List(list) => {
                let inner = grammar::entries(forms).unwrap_or(&[]);
                let changed = list.iter().map(|n| Ok(Node::new(n.place, self.changed(n, inner)?)));
                Ok(Value::List(changed.collect::<Result<_, String>>()?))
            }
            Value::Table(table) => self.changed_table(table, forms),
            Value::Whole(n) => self.whole(*n, forms),
            Value::Number(x) => self.number(*x),
            Value::Text(text) => self.text(text),
            Value::Flag(_) | Value::Date(_) => Err("it is not a number".into()),
        }
    }

    /// All weekday groups of a value, or the mean of a random time.
    fn changed_table(&self, table: &tree::Table, forms: &'static [Form]) -> Result<Value, String> {
        let lone = grammar::fields(forms).and_then(|f| f.lone);
        let mut changed = table.clone();
        if let (Some(inner), None) = (grammar::by_weekday(forms), grammar::fields(forms)) {
            for entry in &mut changed.entries {
                entry.node.value = self.changed(&entry.node, inner)?;
            }
            return Ok(Value::Table(changed));
        }
        let field = lone.and_then(|key| Some((changed.get_mut(key)?, grammar::fields(forms)?.get(key)?)));
        match field {
            Some((entry, key)) => {
                entry.node.value = self.changed(&entry.node, key.forms)?;
                Ok(Value::Table(changed))
            }
            None if table.get("scale").is_some()
                || grammar::fields(forms).is_some_and(|f| f.get("scale").is_some()) =>
            {
                Err("it may be given in several ways; change its `scale`, for example scale=*1.1".into())
            }
            None => Err("it is a table; change one of its keys".into()),
        }
    }

    fn whole(&self, n: i64, forms: &[Form]) -> Result<Value, String> {
        let only_whole = forms.iter().any(|f| matches!(f, Form::Whole { .. }));
        match self {
            Self::Plus(delta) if only_whole => {
                let delta: i64 = delta.parse().map_err(|_| format!("`{delta}` is not a whole number"))?;
                n.checked_add(delta).map(Value::Whole).ok_or_else(|| "the sum is too large".into())
            }
            // Heads are counted, so a factor is rounded to the nearest whole number.
            Self::Times(factor) if only_whole => Ok(Value::Whole((n as f64 * factor).round() as i64)),
            _ => self.number(n as f64),
        }
    }

    fn number(&self, x: f64) -> Result<Value, String> {
        match self {
            Self::Plus(delta) => {
                let (sign, size) = sign_and_size(delta);
                let size = if size.ends_with('%') {
                    units::parse_share(size)
                } else {
                    size.parse().map_err(|_| format!("`{delta}` is not a number"))
                }?;
                Ok(Value::Number(x + sign * size))
            }
            Self::Times(factor) => Ok(Value::Number(x * factor)),
            Self::To(node) => Ok(node.value.clone()),
        }
    }

    /// A time, a share or a service level.
    fn text(&self, text: &str) -> Result<Value, String> {
        if let Ok(seconds) = units::parse_duration(text) {
            let new = match self {
                Self::Plus(delta) => {
                    let (sign, size) = sign_and_size(delta);
                    seconds + sign * units::parse_duration(size)?
                }
                Self::Times(factor) => seconds * factor,
                Self::To(_) => seconds,
            };
            return if new >= 0.0 {
                Ok(Value::Text(units::duration(new)))
            } else {
                Err("the result would be negative".into())
            };
        }
        let share = units::parse_share(text).map_err(|_| "it is not a number, a time or a share".to_owned())?;
        let new = match self {
            Self::Plus(delta) => {
                let (sign, size) = sign_and_size(delta);
                if !size.ends_with('%') {
                    return Err(format!("`{delta}` is not a share; write \"{delta}%\""));
                }
                let size = units::parse_share(size)?;
                // Shares are decimal numbers on paper: 5% + 2% is 7%, not 7.000000000000001%.
                ((share + sign * size) * 1e12).round() / 1e12
            }
            Self::Times(factor) => share * factor,
            Self::To(_) => share,
        };
        Ok(Value::Number(new))
    }
}

fn sign_and_size(delta: &str) -> (f64, &str) {
    match delta.strip_prefix('-') {
        Some(size) => (-1.0, size),
        None => (1.0, delta.trim_start_matches('+')),
    }
}

/// Everything in a value from the command line stands in that argument.
fn stamp(node: &mut Node, place: Place) {
    node.place = place;
    match &mut node.value {
        Value::List(list) => list.iter_mut().for_each(|n| stamp(n, place)),
        Value::Table(table) => table.entries.iter_mut().for_each(|e| {
            e.key_place = place;
            stamp(&mut e.node, place);
        }),
        _ => {}
    }
}
