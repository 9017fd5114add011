//! CSV files as planners export them: separator, decimal sign, byte-order mark and quotes are recognised.

use super::shelf::Shelf;
use super::words::nearest;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Largest CSV file.
const MAX_BYTES: u64 = 64 << 20;

/// CSV files by path; each is read once however many queues use it.
#[derive(Debug, Default)]
pub(super) struct Tables {
    read: FxHashMap<PathBuf, Result<Rc<CsvTable>, String>>,
    /// Where files stand; `None` = on disk.
    shelf: Option<Arc<Shelf>>,
}

impl Tables {
    /// Nothing read yet.
    pub fn new(shelf: Option<Arc<Shelf>>) -> Self {
        Self { read: FxHashMap::default(), shelf }
    }

    /// Files that have been looked for, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.read.keys()
    }

    pub fn get(&mut self, path: &Path) -> Result<Rc<CsvTable>, String> {
        if let Some(known) = self.read.get(path) {
            return known.clone();
        }
        let table = match &self.shelf {
            Some(shelf) => shelf.get(path).map_err(|e| e.to_string()).and_then(|text| CsvTable::parse(text.to_owned())),
            None => CsvTable::read(path),
        };
        let table = table.map(Rc::new);
        self.read.insert(path.to_owned(), table.clone());
        table
    }
}

/// A CSV file in memory.
#[derive(Debug)]
pub(super) struct CsvTable {
    pub text: String,
    pub columns: Vec<String>,
    pub rows: Vec<csv::StringRecord>,
    separator: u8,
    /// Bytes before the part that the CSV reader saw (byte-order mark, `sep=` line) and lines in it.
    skipped: (usize, u64),
}

/// The decimal sign of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimal {
    Point,
    Comma,
}

/// A column of which a file leaves open whether "1,804" is 1804 or 1.804: the first such row.
#[derive(Debug)]
pub(super) struct Ambiguous(pub usize);

impl CsvTable {
    fn read(path: &Path) -> Result<Self, String> {
        Self::parse(Self::text_of(path)?)
    }

    /// A CSV file's text.
    pub fn text_of(path: &Path) -> Result<String, String> {
        let size = std::fs::metadata(path).map_err(|e| e.to_string())?.len();
        if size > MAX_BYTES {
            return Err(format!("the file has {} MB; at most {} MB", size >> 20, MAX_BYTES >> 20));
        }
        let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
        String::from_utf8(bytes).map_err(|e| {
            let line = 1 + e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
            format!("line {line} is not UTF-8 text; save the file as \"CSV UTF-8\"")
        })
    }

    /// Splits a text into rows.
    pub fn parse(text: String) -> Result<Self, String> {
        let bom = text.strip_prefix('\u{feff}').map_or(0, |_| 3);
        // Some spreadsheets name the separator in a first line of its own.
        let named =
            text[bom..].lines().next().and_then(|l| l.trim().strip_prefix("sep=")).and_then(|s| s.bytes().next());
        let skipped = if named.is_some() { text[bom..].find('\n').map_or(text.len(), |i| bom + i + 1) } else { bom };
        let body = &text[skipped..];
        let separator = named.unwrap_or_else(|| separator(body.lines().find(|l| !l.trim().is_empty()).unwrap_or("")));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(body.as_bytes());
        let columns: Vec<String> = reader.headers().map_err(|e| e.to_string())?.iter().map(str::to_owned).collect();
        if columns.iter().all(String::is_empty) {
            return Err("the file has no header line with the names of its columns".into());
        }
        let rows = reader.records().filter(|r| r.as_ref().map_or(true, |r| r.iter().any(|c| !c.is_empty())));
        let rows: Vec<_> = rows.collect::<Result<_, _>>().map_err(|e| e.to_string())?;
        Ok(Self { columns, rows, separator, skipped: (skipped, u64::from(named.is_some())), text })
    }

    /// Index of a column by name, in any case.
    ///
    /// # Errors
    /// What the file has instead.
    pub fn column(&self, name: &str) -> Result<usize, String> {
        let wanted = name.trim();
        let hits = |same: &dyn Fn(&str) -> bool| {
            (0..self.columns.len()).filter(|i| same(&self.columns[*i])).collect::<Vec<_>>()
        };
        let mut found = hits(&|c| c == wanted);
        if found.is_empty() {
            found = hits(&|c| c.to_lowercase() == wanted.to_lowercase());
        }
        match found[..] {
            [one] => Ok(one),
            [] => Err(format!("has no column `{wanted}`; {}", self.has_columns(wanted))),
            _ => Err(format!("has {} columns named `{wanted}`; rename all but one", found.len())),
        }
    }

    /// The columns of a name, in any case.
    pub fn named(&self, name: &str) -> Vec<usize> {
        let wanted = name.trim().to_lowercase();
        (0..self.columns.len()).filter(|column| self.columns[*column].trim().to_lowercase() == wanted).collect()
    }

    /// "`knowledge` (column 4) and `Knowledge` (column 7)"; `None` = no two columns have the name.
    pub fn doubled(&self, name: &str) -> Option<String> {
        let named = self.named(name);
        let told: Vec<String> = named.iter().map(|at| format!("`{}` (column {})", self.columns[*at], at + 1)).collect();
        (told.len() > 1).then(|| told.join(" and "))
    }

    fn has_columns(&self, wanted: &str) -> String {
        let near = nearest(wanted, self.columns.iter().map(String::as_str))
            .map_or(String::new(), |n| format!(" (did you mean `{n}`?)"));
        let mut shown = self.columns.iter().take(20).map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ");
        if self.columns.len() > 20 {
            shown.push_str(&format!(" and {} more", self.columns.len() - 20));
        }
        format!("it has {shown}{near}")
    }

    /// A cell; empty when the row is too short.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows[row].get(column).unwrap_or("")
    }

    /// Line of a row in the file, from 1.
    pub fn line(&self, row: usize) -> u64 {
        self.rows[row].position().map_or(0, |p| p.line()) + self.skipped.1
    }

    /// Bytes of a cell in the text, for underlining.
    pub fn span(&self, row: usize, column: usize) -> (usize, usize) {
        let start = self.skipped.0 + self.rows[row].position().map_or(0, |p| p.byte() as usize);
        let start = start + self.text[start..].len() - self.text[start..].trim_start_matches(['\r', '\n']).len();
        let line = self.text[start..].lines().next().unwrap_or("");
        let (mut quoted, mut nth, mut from) = (false, 0, 0);
        for (i, byte) in line.bytes().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                _ if byte == self.separator && !quoted => {
                    if nth == column {
                        return (start + from, start + i);
                    }
                    (nth, from) = (nth + 1, i + 1);
                }
                _ => {}
            }
        }
        if nth == column { (start + from, start + line.len()) } else { (start, start + line.len()) }
    }

    /// The decimal sign of a column, from the cells that leave no doubt.
    pub fn decimal(&self, column: usize) -> Result<Decimal, Ambiguous> {
        let mut doubt = None;
        for row in 0..self.rows.len() {
            match evidence(self.cell(row, column)) {
                Evidence::Sure(decimal) => return Ok(decimal),
                Evidence::Doubt => doubt = doubt.or(Some(row)),
                Evidence::None => {}
            }
        }
        doubt.map_or(Ok(Decimal::Point), |row| Err(Ambiguous(row)))
    }
}

/// The separator that the header line has most of, outside quotes.
fn separator(header: &str) -> u8 {
    let count = |separator: u8| {
        let mut quoted = false;
        header
            .bytes()
            .filter(|b| {
                quoted ^= *b == b'"';
                !quoted && *b == separator
            })
            .count()
    };
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|s| count(*s)).unwrap_or(b',')
}

enum Evidence {
    None,
    Doubt,
    Sure(Decimal),
}

fn evidence(cell: &str) -> Evidence {
    let (commas, points) = (cell.matches(',').count(), cell.matches('.').count());
    let three = |sign| cell.rsplit_once(sign).is_some_and(|(_, after): (&str, &str)| after.len() == 3);
    match (commas, points) {
        (0, 0) => Evidence::None,
        (1.., 1..) => Evidence::Sure(if cell.rfind(',') > cell.rfind('.') { Decimal::Comma } else { Decimal::Point }),
        (2.., 0) => Evidence::Sure(Decimal::Point),
        (0, 2..) => Evidence::Sure(Decimal::Comma),
        (1, 0) if three(',') && !cell.starts_with(['0', ',']) => Evidence::Doubt,
        (1, 0) => Evidence::Sure(Decimal::Comma),
        _ if three('.') => Evidence::None,
        _ => Evidence::Sure(Decimal::Point),
    }
}

/// Reads a number with this decimal sign; the other sign, spaces and apostrophes may group thousands.
pub(super) fn number(cell: &str, decimal: Decimal) -> Option<f64> {
    let (point, group) = if decimal == Decimal::Point { ('.', ',') } else { (',', '.') };
    let (whole, fraction) = cell.split_once(point).unwrap_or((cell, ""));
    let grouped = |c: char| c == group || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'');
    let mut groups = whole.split(grouped);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let unsigned = first.strip_prefix('-').unwrap_or(first);
    let well_grouped = rest.is_empty() || (1..=3).contains(&unsigned.len()) && rest.iter().all(|g| g.len() == 3);
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if !well_grouped
        || !digits(unsigned)
        || !rest.iter().all(|g| digits(g))
        || !digits(fraction)
        || unsigned.is_empty() && fraction.is_empty()
    {
        return None;
    }
    format!("{first}{}.{fraction}0", rest.concat()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_both_styles() {
        for (cell, decimal, value) in [
            ("12", Decimal::Point, Some(12.0)),
            ("1,804.5", Decimal::Point, Some(1804.5)),
            ("1.804,5", Decimal::Comma, Some(1804.5)),
            ("12,5", Decimal::Comma, Some(12.5)),
            ("1 804", Decimal::Comma, Some(1804.0)),
            (".5", Decimal::Point, Some(0.5)),
            ("-3", Decimal::Point, Some(-3.0)),
            ("12,50", Decimal::Point, None),
            ("1e3", Decimal::Point, None),
            ("nan", Decimal::Point, None),
            ("", Decimal::Point, None),
            ("-", Decimal::Point, None),
        ] {
            assert_eq!(number(cell, decimal), value, "{cell}");
        }
    }

    #[test]
    fn dialects() {
        for text in [
            "start,a\n08:00,1\n",
            "start;a\r\n08:00;1\r\n",
            "\u{feff}start\ta\n08:00\t1\n",
            "sep=;\nstart;a\n08:00;1\n",
            "\"start\";\"a\"\n\"08:00\";\"1\"\n;;\n",
        ] {
            let table = CsvTable::parse(text.into()).unwrap();
            assert_eq!(table.columns, ["start", "a"], "{text:?}");
            assert_eq!(table.rows.len(), 1);
            assert_eq!((table.cell(0, 0), table.cell(0, 1)), ("08:00", "1"));
            let (from, to) = table.span(0, 1);
            assert!(["1", "\"1\""].contains(&&table.text[from..to]), "{text:?}: {:?}", &table.text[from..to]);
        }
    }

    #[test]
    fn decimal_sign_of_a_column() {
        let decimal = |cells: &str| CsvTable::parse(format!("a;b\n{}", cells.replace('|', ";x\n"))).unwrap().decimal(0);
        assert_eq!(decimal("1|2,5|").unwrap(), Decimal::Comma);
        assert_eq!(decimal("1,804|2.5|").unwrap(), Decimal::Point);
        assert_eq!(decimal("1|2|").unwrap(), Decimal::Point);
        assert_eq!(decimal("7|1,804|").unwrap_err().0, 1);
    }
}
