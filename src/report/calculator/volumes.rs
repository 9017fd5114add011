//! One requirement per row of a file of volumes, on a screen.

use super::answer::State;
use super::text::{INDENT, legend};
use super::words::{plain, short, whole};
use super::{Answer, Model, Need, Question, Row};
use crate::report::layout::{Cell, Column, Style, Table, Tone, paragraph};
use crate::report::numbers::{hours, percent};
use crate::units::duration;

/// A row of the file, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct VolumeRow {
    /// The row's name, its time, or its line.
    pub label: String,
    answer: Answer,
    need: Need,
    row: Row,
}

impl VolumeRow {
    /// A label and its answer; `None` when the answer has no requirement.
    pub fn new(label: String, answer: Answer) -> Option<Self> {
        let (need, row) = (answer.need.clone()?, answer.rows.first().cloned()?);
        Some(Self { label, answer, need, row })
    }

    /// The question of the row, and its load.
    pub(super) fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The requirement.
    pub(super) fn need(&self) -> &Need {
        &self.need
    }

    /// Its figures.
    pub(super) fn row(&self) -> &Row {
        &self.row
    }
}

/// All rows as text, no line longer than the style's width, with a line feed at its end.
pub fn volumes_text(question: &Question, rows: &[VolumeRow], style: Style) -> String {
    let mut lines = vec![paragraph("ANSWER", &sum(question, rows), INDENT, style), String::new()];
    let cells = rows.iter().map(|row| cells(question, row)).collect();
    lines.extend(Table { columns: columns(question), rows: cells }.lines(style));
    lines.extend(legend(question).map(|text| paragraph("", &text, 2, style)));
    lines.join("\n") + "\n"
}

/// "24 rows: 3 to 46 agents on the phone, together 312.5 h = 450.0 h paid".
fn sum(question: &Question, rows: &[VolumeRow]) -> String {
    let n = if rows.len() == 1 { "1 row".to_owned() } else { format!("{} rows", rows.len()) };
    let least = rows.iter().map(|row| row.need.size).min().unwrap_or(0);
    let most = rows.iter().map(|row| row.need.size).max().unwrap_or(0);
    let range = if least == most { whole(most) } else { format!("{} to {}", whole(least), whole(most)) };
    if question.model == Model::B {
        return format!("{n}: {range} lines.");
    }
    let total = |of: &dyn Fn(&VolumeRow) -> u64| {
        hours(rows.iter().map(|row| of(row) as f64).sum::<f64>() * question.per_s / 3600.0)
    };
    let on_phone = total(&|row| row.need.size);
    let paid = question.shrinkage.map_or_else(String::new, |_| {
        format!(" = {} h paid", total(&|row| row.need.scheduled.unwrap_or(row.need.size)))
    });
    format!("{n}: {range} agents on the phone, together {on_phone} h{paid}.")
}

fn columns(question: &Question) -> Vec<Column> {
    let mut columns = vec![Column::left("row", 0), Column::right("calls", 2), Column::right("AHT", 2).spare(3)];
    columns.push(Column::right("patience", 2).spare(4));
    columns.push(Column::right("erlangs", 2).spare(2));
    if question.model == Model::B {
        columns.extend(["lines", "blocked", "per line"].map(|title| Column::right(title, 2)));
        return columns;
    }
    columns.push(Column::right("agents", 2));
    columns.push(Column::right("paid", 2));
    columns.push(Column::right("SL", 2));
    columns.push(Column::right("ASA", 2).spare(1));
    columns.extend(["abandon", "blocked", "occupancy"].map(|title| Column::right(title, 2)));
    columns.push(Column::left("decides", 2));
    columns
}

fn cells(question: &Question, row: &VolumeRow) -> Vec<Cell> {
    let (of, figures) = (&row.answer.question, &row.row.figures);
    let share = |value: Option<f64>| Cell::from(value.map(percent).unwrap_or_default());
    let text = |text: Option<String>| Cell::from(text.unwrap_or_default());
    let mut cells = vec![Cell::from(row.label.as_str()), Cell::from(plain(of.calls)), Cell::from(duration(of.aht_s))];
    cells.push(text(of.patience_s.map(duration)));
    cells.push(Cell::from(plain(row.answer.load)));
    cells.push(Cell::new(whole(row.need.size), Tone::Strong));
    if question.model == Model::B {
        cells.extend([share(figures.blocking), share(figures.occupancy)]);
        return cells;
    }
    cells.push(text(row.need.scheduled.map(whole)));
    cells.push(share(figures.service_level));
    cells.push(text(figures.asa_s.map(super::words::seconds)));
    cells.push(share(figures.abandon.filter(|_| question.model == Model::A)));
    cells.extend([share(figures.blocking), share(figures.occupancy)]);
    let goals: Vec<&str> = row.need.binding.iter().map(|&goal| short(goal)).collect();
    cells.push(Cell::from(if row.row.state == State::NoCalls { "no calls".to_owned() } else { goals.join(", ") }));
    cells
}
