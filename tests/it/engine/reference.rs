//! Rows of the reference tables in `tests/data/reference` (the `#` lines of each file name columns, units, source).

use std::collections::HashMap;
use std::path::Path;

/// One row by column name.
pub struct Row(HashMap<String, String>);

impl Row {
    /// A cell as text.
    pub fn text(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("the table has no column {column}"))
    }

    /// A cell as a number; "inf" is infinite.
    pub fn number(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("{column} = {:?} is no number", self.text(column)))
    }

    /// A cell as a number, if it is filled.
    pub fn maybe(&self, column: &str) -> Option<f64> {
        self.text(column).parse().ok()
    }
}

/// All rows of a table.
pub fn table(file: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/reference").join(file);
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_path(&path).expect("the table is there");
    let columns = reader.headers().expect("a header").clone();
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row");
            Row(columns.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect())
        })
        .collect()
}
