//! Reference tables and gates.

use std::collections::HashMap;
use std::path::PathBuf;

/// One row: column name to text.
pub struct Row {
    cells: HashMap<String, String>,
    text: String,
}

impl Row {
    pub fn text(&self, column: &str) -> &str {
        self.cells.get(column).unwrap_or_else(|| panic!("no column {column}"))
    }

    pub fn number(&self, column: &str) -> f64 {
        self.maybe(column).unwrap_or_else(|| panic!("no number in {column}: {}", self.text))
    }

    /// `None` for an empty cell.
    pub fn maybe(&self, column: &str) -> Option<f64> {
        let cell = self.text(column);
        (!cell.is_empty()).then(|| cell.parse().unwrap_or_else(|_| panic!("{column} = {cell}: {}", self.text)))
    }

    pub fn count(&self, column: &str) -> u64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("{column}: {}", self.text))
    }

    /// Offered load from `calls_per_hour` and `aht_s`.
    pub fn load(&self) -> f64 {
        self.number("calls_per_hour") * self.number("aht_s") / 3600.0
    }
}

/// All rows of `tests/data/reference/NAME.csv`.
pub fn rows(name: &str) -> Vec<Row> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/reference/{name}.csv"));
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| Row {
        cells: header.iter().zip(record.iter()).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect(),
        text: header
            .iter()
            .zip(record.iter())
            .map(|(name, cell)| format!("{name}={cell}"))
            .collect::<Vec<_>>()
            .join(" "),
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Collects what misses its gate; all of it is printed at the end.
#[derive(Default)]
pub struct Gate {
    missed: Vec<String>,
    compared: usize,
}

impl Gate {
    /// `|got - want| <= relative |want|`, and equal where the wanted value is zero or infinite.
    pub fn close(&mut self, row: &Row, column: &str, got: f64, relative: f64) {
        self.close_above(row, column, got, relative, 0.0);
    }

    /// The same, except that a wanted value of at most `negligible` only asks for `|got| <= 2 negligible`.
    pub fn close_above(&mut self, row: &Row, column: &str, got: f64, relative: f64, negligible: f64) {
        let want = row.number(column);
        self.compared += 1;
        let ok = if want.abs() <= negligible {
            got.abs() <= 2.0 * negligible
        } else {
            got == want || (got - want).abs() <= relative * want.abs()
        };
        if !ok {
            let error = (got - want).abs() / want.abs();
            self.missed.push(format!(
                "{column}: got {got:e}, want {want:e}, relative error {error:e} > {relative:e}\n    {}",
                row.text
            ));
        }
    }

    /// Any other condition on a row.
    pub fn holds(&mut self, row: &Row, ok: bool, what: impl FnOnce() -> String) {
        self.compared += 1;
        if !ok {
            self.missed.push(format!("{}\n    {}", what(), row.text));
        }
    }

    /// Panics with everything that missed; also when fewer figures were compared than the table holds.
    pub fn done(self, at_least: usize) {
        assert!(
            self.missed.is_empty(),
            "{} of {} figures miss the gate:\n{}",
            self.missed.len(),
            self.compared,
            self.missed.join("\n")
        );
        assert!(self.compared >= at_least, "only {} figures compared, {at_least} expected", self.compared);
    }
}
