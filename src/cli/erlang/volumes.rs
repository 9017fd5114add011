//! `--from volumes.csv`: one question per row.

use std::path::Path;

use super::flags::Flags;
use crate::error::{Error, Result};
use crate::report::calculator::{Model, Question, VolumeRow, refusal, requirement_only};
use crate::scenario::Sheet;

/// Columns that say which row it is, put together in the order of the file.
const LABELS: [&str; 11] =
    ["label", "queue", "date", "day", "weekday", "interval_start", "interval", "start", "start_time", "time", "name"];

/// More problems of this kind are counted, not shown.
const MOST_SHOWN: usize = 10;

/// Every row of the file, answered.
pub(super) fn answers(file: &Path, flags: &Flags, common: &Question) -> Result<Vec<VolumeRow>> {
    let mut sheet = Sheet::read(file)?;
    let questions = questions(&mut sheet, flags, common);
    sheet.check()?;
    if questions.is_empty() {
        return Err(Error::Refused(format!("{}: the file has a header, but no rows", file.display())));
    }
    let labels = labels(&sheet);
    let (mut rows, mut refused) = (Vec::with_capacity(questions.len()), Vec::new());
    for (row, question) in questions.iter().enumerate() {
        match requirement_only(question) {
            Ok(answer) => rows.extend(VolumeRow::new(labels[row].clone(), answer)),
            Err(error) => refused.push(format!("line {}: {}", sheet.line(row), refusal(question, &error))),
        }
    }
    if refused.is_empty() { Ok(rows) } else { Err(Error::Refused(list(file, &refused))) }
}

fn list(file: &Path, refused: &[String]) -> String {
    let more = refused.len().saturating_sub(MOST_SHOWN);
    let rest = if more > 0 { format!("\n... and {more} more rows") } else { String::new() };
    format!("{}, {}{rest}", file.display(), refused[..refused.len() - more].join("\n"))
}

fn questions(sheet: &mut Sheet, flags: &Flags, common: &Question) -> Vec<Question> {
    let column = sheet.require("calls", "give the file a header line with a column `calls`");
    let calls = match column {
        Some(column) => sheet.numbers(column),
        None => vec![None; sheet.len()],
    };
    let aht = times(sheet, "aht", flags.aht.is_some(), common.aht_s);
    let patience = match common.model {
        Model::A if flags.patience.as_deref() != Some("unlimited") => {
            times(sheet, "patience", flags.patience.is_some(), common.patience_s.unwrap_or(0.0))
        }
        _ => vec![None; sheet.len()],
    };
    let row = |((calls, aht_s), patience_s): ((Option<f64>, Option<f64>), Option<f64>)| Question {
        // A missing figure is a problem of the sheet by now.
        calls: calls.unwrap_or(0.0),
        aht_s: aht_s.unwrap_or(0.0),
        patience_s,
        ..common.clone()
    };
    calls.into_iter().zip(aht).zip(patience).map(row).collect()
}

/// A time of each row: from the column `NAME` (with units) or `NAME_s` (plain seconds), else from the flag.
fn times(sheet: &mut Sheet, name: &str, flag: bool, common: f64) -> Vec<Option<f64>> {
    let in_seconds = format!("{name}_s");
    let (spoken, plain) = (sheet.find(name), sheet.find(&in_seconds));
    let Some(column) = spoken.or(plain) else {
        if !flag {
            let help =
                format!("add a column `{name}` (300s, 5m) or `{in_seconds}` (plain seconds), or the flag --{name}");
            sheet.require(name, &help);
        }
        return vec![Some(common); sheet.len()];
    };
    if flag {
        sheet.fault(column, &format!("both the file and --{name} state it"), "leave one of them out");
    }
    let values = if spoken.is_some() { sheet.durations(column) } else { sheet.numbers(column) };
    for (row, _) in values.iter().enumerate().filter(|(_, value)| **value == Some(0.0)) {
        sheet.problem(
            row,
            column,
            "must be more than zero",
            "a call that takes no time, or a caller who never waits, has no queue",
        );
    }
    values
}

/// What each row is called; its line where the file has no name for it.
fn labels(sheet: &Sheet) -> Vec<String> {
    let known = |name: &String| LABELS.contains(&name.to_lowercase().as_str());
    let columns: Vec<usize> = (0..sheet.columns().len()).filter(|&c| known(&sheet.columns()[c])).collect();
    let label = |row: usize| {
        let parts: Vec<&str> = columns.iter().map(|&c| sheet.cell(row, c)).filter(|cell| !cell.is_empty()).collect();
        if parts.is_empty() { format!("line {}", sheet.line(row)) } else { parts.join(" ") }
    };
    (0..sheet.len()).map(label).collect()
}
