//! A day's intervals side by side, hours across, folded to the width of the screen.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::layout::{Style, Tone, pad};
use crate::scenario::Timeline;

/// More intervals than this in a day are shown hour by hour.
const MOST_COLUMNS: usize = 60;

/// One line of figures, a cell per column.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) cells: Vec<(String, Tone)>,
}

/// The day's intervals, put together hour by hour where they are many.
pub(super) struct DayColumns {
    pub(super) groups: Vec<Range<usize>>,
    /// Hour of each column, "08" ...
    hours: Vec<String>,
    /// ... and whether it is another one than that of the column before.
    begins: Vec<bool>,
    hourly: bool,
}

impl DayColumns {
    /// What must be known of them, in words.
    pub(super) fn words(&self) -> Vec<String> {
        let averages = self.hourly.then(|| "hour by hour, averages".to_owned());
        let again = (1..self.hours.len()).find(|&at| self.begins[at] && self.hours[at] == self.hours[at - 1]);
        let twice = again.map(|at| format!("the clock goes back: {} comes twice", self.hours[at]));
        averages.into_iter().chain(twice).collect()
    }
}

fn hour(timeline: &Timeline, interval: usize) -> &str {
    timeline.intervals[interval].label.split(':').next().unwrap_or("")
}

/// Whether an hour begins with an interval: another one than before, or the same again where the clock goes back.
fn begins_hour(timeline: &Timeline, interval: usize) -> bool {
    let label = |interval: usize| &timeline.intervals[interval].label;
    hour(timeline, interval) != hour(timeline, interval - 1) || label(interval) <= label(interval - 1)
}

/// The columns of a day.
pub(super) fn columns(timeline: &Timeline, day: usize) -> DayColumns {
    let day = &timeline.days[day];
    let intervals = day.first_interval..day.first_interval + day.interval_count;
    let hourly = day.interval_count > MOST_COLUMNS;
    let mut groups: Vec<Range<usize>> = Vec::new();
    for i in intervals {
        match groups.last_mut() {
            Some(group) if hourly && !begins_hour(timeline, i) => group.end = i + 1,
            _ => groups.push(i..i + 1),
        }
    }
    let hours = groups.iter().map(|g| hour(timeline, g.start).to_owned()).collect();
    let begins = groups.iter().enumerate().map(|(at, g)| at == 0 || begins_hour(timeline, g.start)).collect();
    DayColumns { groups, hours, begins, hourly }
}

/// The rows under their hours, in as many blocks as the width asks for.
pub(super) fn blocks(columns: &DayColumns, rows: &[Row], style: Style) -> Vec<String> {
    let label = rows.iter().map(|r| r.label.width()).max().unwrap_or(0);
    let cell = 1 + cell_width(rows);
    let fitting = ((style.columns() - label) / cell).max(1);
    let mut lines = Vec::new();
    for block in split(&columns.begins, fitting) {
        if block.start > 0 {
            lines.push(String::new());
        }
        lines.push(style.paint(&hour_line(columns, block.clone(), label, cell), Tone::Strong));
        lines.extend(rows.iter().map(|row| line(row, block.clone(), label, cell, style)));
    }
    lines
}

/// Room for the longest cell that cannot do with two columns (see [`shown_cell`]).
pub(super) fn cell_width(rows: &[Row]) -> usize {
    let widths = rows.iter().flat_map(|row| &row.cells).map(|cell| shown_cell(&cell.0, 2).width());
    widths.max().unwrap_or(0).max(2)
}

/// "99" stands for 100 and "12" for +12 where a third column would make the table half as wide again.
fn shown_cell(text: &str, width: usize) -> &str {
    match text {
        "100" if width < 3 => "99",
        text if text.len() > width => text.strip_prefix('+').unwrap_or(text),
        text => text,
    }
}

/// Blocks of at most `fitting` columns of nearly equal length that begin with an hour where that is possible.
fn split(begins: &[bool], fitting: usize) -> Vec<Range<usize>> {
    let count = begins.len().div_ceil(fitting);
    let even = begins.len().div_ceil(count.max(1));
    let (mut blocks, mut start) = (Vec::new(), 0);
    while start < begins.len() {
        let limit = (start + fitting).min(begins.len());
        let begins_hour = |&at: &usize| at == begins.len() || begins[at];
        let from = (start + even).min(limit);
        let end =
            (from..=limit).find(begins_hour).or_else(|| (start + 1..from).rev().find(begins_hour)).unwrap_or(limit);
        blocks.push(start..end);
        start = end;
    }
    blocks
}

fn hour_line(columns: &DayColumns, block: Range<usize>, label: usize, cell: usize) -> String {
    let mut line = " ".repeat(label);
    for at in block.clone() {
        let first = at == block.start || columns.begins[at];
        line.push_str(&format!("{:>cell$}", if first { columns.hours[at].as_str() } else { "" }));
    }
    line.trim_end().to_owned()
}

fn line(row: &Row, block: Range<usize>, label: usize, cell: usize, style: Style) -> String {
    let mut line = pad(&row.label, label);
    for (text, tone) in &row.cells[block] {
        let text = shown_cell(text, cell - 1);
        line.push_str(&" ".repeat(cell - text.width()));
        line.push_str(&style.paint(text, *tone));
    }
    line
}
