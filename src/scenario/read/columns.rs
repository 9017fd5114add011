//! Columns of CSV files as values per interval, with the place of every fault.

use super::Reader;
use crate::error::{Place, Problem};
use crate::scenario::calendar::Calendar;
use crate::scenario::files::nearest_file;
use crate::scenario::moments::date_order;
use crate::scenario::rows::{self, Fault, Mapping, TimeSpec};
use crate::scenario::table::{Ambiguous, CsvTable, Decimal, number};
use crate::scenario::tree::Node;
use crate::units;
use std::path::PathBuf;
use std::rc::Rc;

/// How the numbers of a column are written, if that is known, and which are allowed.
#[derive(Default)]
pub(super) struct Numbers {
    pub decimal: Option<Decimal>,
    pub range: Option<(f64, f64)>,
}

impl Reader<'_> {
    /// The numbers of a CSV column, one per open interval.
    pub(super) fn csv_series(
        &mut self,
        node: &Node,
        path: &str,
        queue: &str,
        calendar: &Calendar,
        range: (f64, f64),
    ) -> Option<Vec<f64>> {
        let file = node.get("csv")?;
        let table = self.csv(file, path)?;
        // Each is looked at even when another is wrong, so that all is shown at once.
        let column = self.column(&table, node.get("column"), file, path, Some(queue));
        let mapping = self.mapping(node, &table, file, path, calendar)?;
        let column = column?;
        let decimal = self.decimal(node, &table, column, file, path);
        let mut rows = mapping.rows.clone();
        if !mapping.faults.is_empty() {
            rows.extend(&mapping.unplaced);
            rows.sort_unstable();
        }
        let values = self.numbers(&table, column, file, path, &rows, &Numbers { decimal, range: Some(range) });
        let decimal = decimal?;
        if mapping.unplaced.is_empty() {
            self.leftovers(&table, column, decimal, &mapping, file, path)?;
        }
        values.filter(|_| mapping.faults.is_empty())
    }

    /// Contacts in closed hours are an error; rows of other days are counted and named.
    fn leftovers(
        &mut self,
        table: &CsvTable,
        column: usize,
        decimal: Decimal,
        mapping: &Mapping,
        file: &Node,
        path: &str,
    ) -> Option<()> {
        let value = |row: &usize| number(table.cell(*row, column), decimal).unwrap_or(0.0);
        let busy: Vec<usize> = mapping.closed.iter().copied().filter(|r| value(r) != 0.0).collect();
        if let Some(first) = busy.first() {
            let sum: f64 = busy.iter().map(value).sum();
            let message = format!(
                "column `{}` has {} contacts in hours in which the floor is closed: {}",
                table.columns[column],
                round(sum),
                rows::lines_text(table, &busy)
            );
            self.fault(
                table,
                file,
                path,
                Fault::new(message, "change `open`, or leave these rows out").at(*first, column),
            );
            return None;
        }
        if !mapping.outside.is_empty() {
            let sum: f64 = mapping.outside.iter().map(value).sum();
            let name = file.text().unwrap_or("the file");
            let message = format!(
                "{} rows of {name} are outside the simulated days and ignored ({} contacts)",
                mapping.outside.len(),
                round(sum)
            );
            self.warn(path, file.place, message, "set first_day and days to simulate them");
        }
        Some(())
    }

    fn mapping(
        &mut self,
        node: &Node,
        table: &CsvTable,
        file: &Node,
        path: &str,
        calendar: &Calendar,
    ) -> Option<Rc<Mapping>> {
        let spec = self.time_spec(node, path)?;
        let source = self.path_of(file)?;
        let filter = node.get("where").map(where_pairs);
        let id = (source, spec.clone(), filter);
        if let Some(known) = self.mappings.get(&id) {
            return Some(known.clone());
        }
        let keep = self.kept_rows(node, table, file, path)?;
        let mapping = Rc::new(rows::map(table, &spec, calendar, &keep));
        // Once for all queues that use the file in this way.
        mapping.faults.iter().for_each(|fault| self.fault(table, file, path, fault.clone()));
        Some(self.mappings.entry(id).or_insert(mapping).clone())
    }

    pub(super) fn time_spec(&mut self, node: &Node, path: &str) -> Option<TimeSpec> {
        let columns = match node.get("time") {
            None => vec![],
            Some(time) => match time.list() {
                None => vec![time.text()?.to_owned()],
                Some(list) if list.len() <= 2 && !list.is_empty() => {
                    list.iter().map(|n| n.text().map(str::to_owned)).collect::<Option<_>>()?
                }
                Some(list) => {
                    self.problem(
                        path,
                        time.place,
                        format!("`time` names {} columns", list.len()),
                        "name one column, or two: the date (or weekday) and the time of day",
                    );
                    return None;
                }
            },
        };
        let dates = node.get("dates").and_then(Node::text).map(str::to_owned);
        if let Some(wrong) = dates.as_deref().filter(|d| date_order(d).is_none()) {
            let place = node.get("dates").map_or(node.place, |n| n.place);
            self.problem(
                path,
                place,
                format!("`{wrong}` does not say the order of day, month and year"),
                "write dates = \"day/month/year\", \"month/day/year\" or \"year-month-day\"",
            );
            return None;
        }
        Some(TimeSpec { columns, dates })
    }

    /// Rows that `where` keeps.
    pub(super) fn kept_rows(&mut self, node: &Node, table: &CsvTable, file: &Node, path: &str) -> Option<Vec<usize>> {
        let Some(filter) = node.get("where") else { return Some((0..table.rows.len()).collect()) };
        let mut keep: Vec<usize> = (0..table.rows.len()).collect();
        for (name, value) in where_pairs(filter) {
            let column = match table.column(&name) {
                Ok(column) => column,
                Err(why) => {
                    self.fault(
                        table,
                        file,
                        path,
                        Fault::new(format!("the file {why}"), "name in `where` columns of the file"),
                    );
                    return None;
                }
            };
            let before = keep.clone();
            keep.retain(|row| table.cell(*row, column) == value);
            if keep.is_empty() {
                let mut found: Vec<&str> = before.iter().take(100_000).map(|r| table.cell(*r, column)).collect();
                found.sort_unstable();
                found.dedup();
                let shown = found.iter().take(10).map(|v| format!("\"{v}\"")).collect::<Vec<_>>().join(", ");
                self.problem(
                    path,
                    filter.place,
                    format!("no row of the file has \"{value}\" in column `{name}`"),
                    format!("found there: {shown}"),
                );
                return None;
            }
        }
        Some(keep)
    }

    pub(super) fn path_of(&self, file: &Node) -> Option<PathBuf> {
        Some(self.folders.get(file.place.file)?.join(file.text()?))
    }

    /// Reads the CSV file that a node names.
    pub(super) fn csv(&mut self, file: &Node, path: &str) -> Option<Rc<CsvTable>> {
        let full = self.path_of(file)?;
        match self.tables.get(&full) {
            Ok(table) => Some(table),
            Err(why) => {
                let near = nearest_file(&full).map_or(String::new(), |n| format!("did you mean \"{n}\"? "));
                let advice = format!("{near}the path is relative to the scenario file");
                self.problem(path, file.place, format!("cannot read {}: {why}", file.shown()), advice);
                None
            }
        }
    }

    /// The column named in the scenario, else one named like the queue, else the only one.
    pub(super) fn column(
        &mut self,
        table: &CsvTable,
        named: Option<&Node>,
        file: &Node,
        path: &str,
        queue: Option<&str>,
    ) -> Option<usize> {
        let wanted = named.and_then(Node::text).or(queue.filter(|_| table.columns.len() > 1));
        match wanted.map_or(
            if table.columns.len() == 1 {
                Ok(0)
            } else {
                Err(format!("has {} columns; say which: column = \"{}\"", table.columns.len(), table.columns[0]))
            },
            |name| table.column(name),
        ) {
            Ok(column) => Some(column),
            Err(why) => {
                let place = named.map_or(file.place, |n| n.place);
                self.problem(
                    path,
                    place,
                    format!("{} {why}", file.text().unwrap_or("the file")),
                    "name a column of the file with column = \"...\"",
                );
                None
            }
        }
    }

    fn decimal(&mut self, node: &Node, table: &CsvTable, column: usize, file: &Node, path: &str) -> Option<Decimal> {
        match (node.get("decimal").and_then(Node::text), table.decimal(column)) {
            (Some(","), _) => Some(Decimal::Comma),
            (Some(_), _) => Some(Decimal::Point),
            (None, Ok(decimal)) => Some(decimal),
            (None, Err(Ambiguous(row))) => {
                let message = format!(
                    "`{}` can be read as {} or {}",
                    table.cell(row, column),
                    table.cell(row, column).replace(',', ""),
                    table.cell(row, column).replace(',', ".")
                );
                self.fault(table, file, path, Fault::new(message, "write decimal = \".\" if the comma groups thousands, decimal = \",\" if it is the decimal sign").at(row, column));
                None
            }
        }
    }

    /// The numbers of a column in the given rows; cells that hold none, or one out of range, are problems.
    pub(super) fn numbers(
        &mut self,
        table: &CsvTable,
        column: usize,
        file: &Node,
        path: &str,
        rows: &[usize],
        form: &Numbers,
    ) -> Option<Vec<f64>> {
        let decimal = form.decimal.or_else(|| table.decimal(column).ok()).unwrap_or(Decimal::Point);
        let (mut values, mut faults) = (Vec::with_capacity(rows.len()), Vec::new());
        for &row in rows {
            match self.value(table, (row, column), file, decimal, form.range) {
                Ok(value) => values.push(value),
                Err(fault) => faults.push(fault.at(row, column)),
            }
        }
        let faultless = faults.is_empty();
        rows::together(table, faults).into_iter().for_each(|fault| self.fault(table, file, path, fault));
        faultless.then_some(values)
    }

    fn value(
        &self,
        table: &CsvTable,
        (row, column): (usize, usize),
        file: &Node,
        decimal: Decimal,
        range: Option<(f64, f64)>,
    ) -> Result<f64, Fault> {
        let cell = table.cell(row, column);
        let why = match (number(cell, decimal), range) {
            (Some(value), Some((min, max))) if value >= 0.0 && !(min..=max).contains(&value) => {
                return Err(Fault::new(format!("{cell} is out of range; allowed: {min} to {max}"), "correct the cell"));
            }
            (Some(value), _) if value >= 0.0 => return Ok(value),
            (Some(_), _) => format!("`{cell}` is negative"),
            (None, _) if cell.is_empty() => "the cell is empty".into(),
            (None, _) => format!("`{cell}` is not a number"),
        };
        let name = file.text().unwrap_or("the file");
        let message = format!("{name}, line {}, column `{}`: {why}", table.line(row), table.columns[column]);
        Err(Fault::new(message, "write a number of at least 0"))
    }

    /// A problem in a CSV file: shown in the file where it is in a cell, else at its name in the scenario.
    pub(super) fn fault(&mut self, table: &CsvTable, file: &Node, path: &str, fault: Fault) {
        let mut problem = Problem::new(path, fault.message).at(file.place).help(fault.help);
        if let Some((row, column)) = fault.cell {
            let (start, end) = table.span(row, column);
            let name = self.path_of(file).map_or(String::new(), |p| p.display().to_string());
            let index = self.sources.add_once(&name, &table.text);
            problem.related.push((file.place, "named here".into()));
            problem.place = Some(Place { file: index, start, end });
        }
        self.problems.push(problem);
    }
}

pub(super) fn where_pairs(filter: &Node) -> Vec<(String, String)> {
    let text = |n: &Node| n.text().map_or_else(|| n.shown(), |t| t.trim().to_owned());
    filter.table().map_or(Vec::new(), |t| t.entries.iter().map(|e| (e.key.clone(), text(&e.node))).collect())
}

fn round(sum: f64) -> String {
    units::thousands(sum, usize::from(sum.fract() != 0.0))
}
