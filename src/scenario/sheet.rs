//! A planner's CSV file for other rooms: cells in every dialect, problems shown where they stand.

use super::check::Problems;
use super::rows::lines_text;
use super::source::Sources;
use super::table::{Ambiguous, CsvTable, Decimal, Tables, number};
use crate::error::{Error, Place, Problem, Result};
use crate::units::parse_duration;
use std::path::Path;
use std::rc::Rc;

/// A CSV file and what is wrong with it so far.
pub(crate) struct Sheet {
    table: Rc<CsvTable>,
    sources: Sources,
    problems: Problems,
}

impl Sheet {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let refused = |why: String| Error::Refused(format!("cannot read {}: {why}", path.display()));
        let table = Tables::default().get(path).map_err(refused)?;
        let mut sources = Sources::default();
        sources.add(path.display().to_string(), table.text.clone());
        Ok(Self { table, sources, problems: Problems::default() })
    }

    /// Number of rows below the header.
    pub(crate) fn len(&self) -> usize {
        self.table.rows.len()
    }

    /// Names of the columns.
    pub(crate) fn columns(&self) -> &[String] {
        &self.table.columns
    }

    /// A column by name, in any case.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.table.column(name).ok()
    }

    /// A column by name, in any case; two of that name are a problem.
    pub(crate) fn find_one(&mut self, name: &str) -> Option<usize> {
        let found = self.find(name);
        if let (None, Some(both)) = (found, self.table.doubled(name)) {
            self.fault(self.table.named(name)[0], &format!("it stands twice: {both}"), "remove or rename one of them");
        }
        found
    }

    /// "lines 3-5 and 9", of rows.
    pub(crate) fn lines(&self, rows: &[usize]) -> String {
        lines_text(&self.table, rows)
    }

    /// A column that must be there.
    pub(crate) fn require(&mut self, name: &str, help: &str) -> Option<usize> {
        match self.table.column(name) {
            Ok(column) => Some(column),
            Err(why) => {
                let problem = Problem::new(name, format!("the file {why}")).help(help);
                self.problems.push(problem.at(Place { file: 0, start: 0, end: 0 }));
                None
            }
        }
    }

    /// A cell; empty when the row is too short.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &str {
        self.table.cell(row, column)
    }

    /// Line of a row in the file, from 1.
    pub(crate) fn line(&self, row: usize) -> u64 {
        self.table.line(row)
    }

    /// The numbers of a column, zero or more; a bad cell is a problem and becomes `None`.
    pub(crate) fn numbers(&mut self, column: usize) -> Vec<Option<f64>> {
        let Some(decimal) = self.decimal(column) else { return vec![None; self.len()] };
        let one = |row: usize| {
            let cell = self.table.cell(row, column);
            match number(cell, decimal) {
                Some(value) if value >= 0.0 => Ok(value),
                Some(_) => Err(format!("`{cell}` is negative")),
                None if cell.is_empty() => Err("the cell is empty".into()),
                None => Err(format!("`{cell}` is not a number")),
            }
        };
        let values: Vec<_> = (0..self.len()).map(one).collect();
        self.kept(column, values, "write a number of at least 0")
    }

    /// The lengths of time of a column, each with its unit, with a decimal point or comma.
    pub(crate) fn durations(&mut self, column: usize) -> Vec<Option<f64>> {
        let one = |row: usize| match self.table.cell(row, column) {
            "" => Err("the cell is empty".into()),
            cell => parse_duration(&cell.replace(',', ".")).map_err(|why| format!("`{cell}`: {why}")),
        };
        let values: Vec<_> = (0..self.len()).map(one).collect();
        let name = &self.table.columns[column];
        let help = format!("if the column holds plain seconds, name it `{name}_s`");
        self.kept(column, values, &help)
    }

    fn kept(&mut self, column: usize, values: Vec<std::result::Result<f64, String>>, help: &str) -> Vec<Option<f64>> {
        let one = |(row, value): (usize, std::result::Result<f64, String>)| {
            value.map_err(|why| self.problem(row, column, &why, help)).ok()
        };
        values.into_iter().enumerate().map(one).collect()
    }

    fn decimal(&mut self, column: usize) -> Option<Decimal> {
        match self.table.decimal(column) {
            Ok(decimal) => Some(decimal),
            Err(Ambiguous(row)) => {
                let cell = self.table.cell(row, column).to_owned();
                let why = format!("`{cell}` can be read as {} or {}", cell.replace(',', ""), cell.replace(',', "."));
                self.problem(row, column, &why, "write the numbers of this column without thousands separators");
                None
            }
        }
    }

    /// Something is wrong with a cell.
    pub(crate) fn problem(&mut self, row: usize, column: usize, why: &str, help: &str) {
        let (start, end) = self.table.span(row, column);
        let name = &self.table.columns[column];
        let message = format!("line {}, column `{name}`: {why}", self.table.line(row));
        self.problems.push(Problem::new(name, message).at(Place { file: 0, start, end }).help(help));
    }

    /// Something is wrong with a column as a whole.
    pub(crate) fn fault(&mut self, column: usize, why: &str, help: &str) {
        let name = &self.table.columns[column];
        let problem = Problem::new(name, format!("column `{name}`: {why}")).help(help);
        self.problems.push(problem.at(Place { file: 0, start: 0, end: 0 }));
    }

    /// All problems at once, if there are any.
    pub(crate) fn check(&mut self) -> Result<()> {
        let problems = std::mem::take(&mut self.problems);
        if problems.is_empty() { Ok(()) } else { Err(super::failed(problems, &self.sources)) }
    }
}
