//! How lists of people look: new ones like those of the shipped scenarios, old ones as they were.

use super::form::Series;
use crate::units;
use std::fmt::Write;
use toml_edit::Value;

/// Longest list on one line.
const SHORT: usize = 12;

/// A list; a long one in lines of whole hours, each with its hours.
pub(super) fn list_text(list: &Series, indent: usize) -> String {
    let numbers: Vec<String> = list.heads.iter().map(u32::to_string).collect();
    if numbers.len() <= SHORT {
        return format!("[{}]", numbers.join(", "));
    }
    let (width, per_line) = (numbers.iter().map(String::len).max().unwrap_or(1), per_line(list.interval_s));
    let mut text = String::from("[\n");
    for (line, chunk) in numbers.chunks(per_line).enumerate() {
        let padded: Vec<String> = chunk.iter().map(|n| format!("{n:>width$},")).collect();
        let (row, full) = (padded.join(" "), per_line * (width + 2) - 1);
        let (first, last) = (list.starts[line * per_line], list.starts[line * per_line + chunk.len() - 1]);
        let end = (last + list.interval_s - 1) % 86_400 + 1;
        let end = if end == 86_400 { "24:00".into() } else { units::clock(end) };
        let _ = writeln!(text, "{:indent$}  {row:full$}   # {}-{end}", "", units::clock(first));
    }
    let _ = write!(text, "{:indent$}]", "");
    text
}

/// About eight to twelve numbers: whole hours, or a part that divides the hour.
fn per_line(interval_s: u64) -> usize {
    match 3_600 / interval_s.clamp(1, 3_600) {
        1..=3 => 12,
        per_hour @ 4..=6 => 2 * per_hour as usize,
        per_hour => (1..=12).rev().find(|n| per_hour.is_multiple_of(*n)).unwrap_or(12) as usize,
    }
}

/// Numbers at the same places.
pub(super) fn same_shape(old: &Value, new: &Value) -> bool {
    match (old, new) {
        _ if number(old).is_some() && number(new).is_some() => true,
        (Value::Array(old), Value::Array(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same_shape(old, new))
        }
        (Value::InlineTable(old), Value::InlineTable(new)) => {
            let shared = |(key, new): (&str, &Value)| old.get(key).is_some_and(|old| same_shape(old, new));
            old.len() == new.len() && new.iter().all(shared)
        }
        _ => false,
    }
}

/// Puts the numbers of one value into the layout of another of the same shape.
pub(super) fn copy_numbers(old: &mut Value, new: &Value) {
    match (old, new) {
        (Value::Array(old), Value::Array(new)) => {
            let columns = old.iter().any(|v| prefix(v).contains('\n')) && old.iter().all(|v| number(v).is_some());
            old.iter_mut()
                .zip(new)
                .for_each(|(old, new)| if columns { copy_in_column(old, new) } else { copy_numbers(old, new) });
        }
        (Value::InlineTable(old), Value::InlineTable(new)) => {
            for (key, new) in new {
                if let Some(old) = old.get_mut(key) {
                    copy_numbers(old, new);
                }
            }
        }
        (old, new) => {
            // The same number stays as it is written, 1_000 for example.
            if number(old).is_none() || number(old) != number(new) {
                let decor = old.decor().clone();
                *old = new.clone();
                *old.decor_mut() = decor;
            }
        }
    }
}

/// A longer number takes, a shorter one gives back, blanks before it: columns stay columns.
fn copy_in_column(old: &mut Value, new: &Value) {
    let width = |v: &Value| v.clone().decorated("", "").to_string().len();
    let before = width(old);
    copy_numbers(old, new);
    let after = width(old);
    let text = prefix(old).to_owned();
    let start = text.trim_end_matches(' ');
    let blanks = text.len() - start.len();
    // At least one blank behind a comma; a line may lose all but two of its own.
    let least = blanks.min(if start.ends_with('\n') { 2 } else { 1 });
    let blanks = (blanks + before).saturating_sub(after).max(least);
    old.decor_mut().set_prefix(format!("{start}{:blanks$}", ""));
}

fn number(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|n| n as f64))
}

fn prefix(value: &Value) -> &str {
    value.decor().prefix().and_then(|p| p.as_str()).unwrap_or("")
}
