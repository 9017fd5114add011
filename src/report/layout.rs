//! Text in columns: cells with a tone, tables that fit a width, sentences that wrap.

use owo_colors::OwoColorize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How text is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour it; all that colour says is also said in words.
    pub colour: bool,
    /// Columns of the terminal; at least 80 are used.
    pub width: usize,
}

impl Style {
    /// Black on white, `width` columns.
    pub fn plain(width: usize) -> Self {
        Self { colour: false, width }
    }

    pub(super) fn columns(self) -> usize {
        self.width.max(80)
    }

    pub(super) fn paint(self, text: &str, tone: Tone) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        match tone {
            Tone::Plain => text.to_owned(),
            Tone::Good => text.green().to_string(),
            Tone::Bad => text.red().bold().to_string(),
            Tone::Strong => text.bold().to_string(),
            Tone::Quiet => text.dimmed().to_string(),
        }
    }
}

/// What colour adds to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Good,
    Bad,
    Strong,
    Quiet,
}

/// One cell of a table.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: printable(&text.into()), tone }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text, Tone::Plain)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, Tone::Plain)
    }
}

/// One column of a table; left out when all its cells are empty.
#[derive(Debug, Clone)]
pub(super) struct Column {
    title: &'static str,
    right: bool,
    gap: usize,
    /// Columns with the highest number go first when the table is too wide; 0 always stays.
    spare: u8,
}

impl Column {
    pub(super) fn left(title: &'static str, gap: usize) -> Self {
        Self { title, right: false, gap, spare: 0 }
    }

    pub(super) fn right(title: &'static str, gap: usize) -> Self {
        Self { title, right: true, gap, spare: 0 }
    }

    pub(super) fn spare(self, spare: u8) -> Self {
        Self { spare, ..self }
    }
}

/// A table whose first column holds names.
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Its lines, the titles first, none longer than the style's width.
    pub(super) fn lines(mut self, style: Style) -> Vec<String> {
        let used: Vec<bool> =
            (0..self.columns.len()).map(|c| c == 0 || self.rows.iter().any(|row| !row[c].text.is_empty())).collect();
        self.retain(&used);
        while self.width_without_names() + self.width(0).min(20) > style.columns() && self.drop_a_spare_column() {}
        let names = style.columns().saturating_sub(self.width_without_names()).max(6);
        for row in &mut self.rows {
            row[0].text = shorten(&row[0].text, names);
        }
        let widths: Vec<usize> = (0..self.columns.len()).map(|c| self.width(c)).collect();
        let titles: Vec<Cell> = self.columns.iter().map(|c| Cell::new(c.title, Tone::Strong)).collect();
        std::iter::once(&titles).chain(&self.rows).map(|row| self.line(row, &widths, style)).collect()
    }

    fn retain(&mut self, keep: &[bool]) {
        for row in &mut self.rows {
            let mut index = 0;
            row.retain(|_| {
                index += 1;
                keep[index - 1]
            });
        }
        let mut index = 0;
        self.columns.retain(|_| {
            index += 1;
            keep[index - 1]
        });
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().map(|row| row[column].text.width());
        cells.chain([self.columns[column].title.width()]).max().unwrap_or(0)
    }

    fn width_without_names(&self) -> usize {
        (1..self.columns.len()).map(|c| self.width(c) + self.columns[c].gap).sum()
    }

    fn drop_a_spare_column(&mut self) -> bool {
        let most = self.columns.iter().map(|c| c.spare).max().unwrap_or(0);
        let keep: Vec<bool> = self.columns.iter().map(|c| most == 0 || c.spare < most).collect();
        self.retain(&keep);
        most > 0
    }

    fn line(&self, row: &[Cell], widths: &[usize], style: Style) -> String {
        let mut line = String::new();
        let mut due = 0;
        for ((cell, column), &width) in row.iter().zip(&self.columns).zip(widths) {
            let room = width - cell.text.width().min(width);
            let before = column.gap + due + if column.right { room } else { 0 };
            due = if column.right { 0 } else { room };
            if cell.text.is_empty() {
                due += before + if column.right { 0 } else { cell.text.width() };
                continue;
            }
            line.push_str(&" ".repeat(before));
            line.push_str(&style.paint(&cell.text, cell.tone));
        }
        line
    }
}

/// The text without line feeds, escape sequences and other control characters a name may hold.
fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '?' } else { letter }).collect()
}

/// At most `width` columns of a text, with an ellipsis where something was cut off.
pub(super) fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = 0;
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used + 1 > width {
            break;
        }
        short.push(letter);
    }
    short + "…"
}

/// A text padded to `width` columns.
pub(super) fn pad(text: &str, width: usize) -> String {
    let text = printable(text);
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Sentences behind a head word, wrapped; further lines are indented by `indent` columns.
pub(super) fn paragraph(head: &str, text: &str, indent: usize, style: Style) -> String {
    let mut lines = Vec::new();
    let mut line = if head.is_empty() { String::new() } else { pad(head, indent) };
    let mut words_in_line = 0;
    // A number stays with its unit.
    let text = printable(text).replace(" %", "\u{a0}%");
    for word in text.split(' ') {
        if words_in_line > 0 && line.width() + 1 + word.width() > style.columns() {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
            words_in_line = 0;
        }
        if words_in_line > 0 {
            line.push(' ');
        }
        line.push_str(&shorten(word, style.columns() - indent));
        words_in_line += 1;
    }
    lines.push(line);
    if let Some(rest) = lines[0].strip_prefix(head) {
        lines[0] = style.paint(head, Tone::Strong) + rest;
    }
    lines.join("\n").replace('\u{a0}', " ")
}
