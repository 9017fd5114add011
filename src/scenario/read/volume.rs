//! Expected contacts per interval in all their forms, and what comes from CSV files.

use super::series::Layout;
use super::Reader;
use crate::error::{Place, Problem};
use crate::scenario::calendar::Calendar;
use crate::scenario::rows::{self, Fault, Mapping, TimeSpec};
use crate::scenario::table::{Ambiguous, CsvTable, Decimal, number};
use crate::scenario::tree::{Node, number_text};
use crate::scenario::words::{WEEKDAYS, weekdays};
use crate::units;
use std::path::PathBuf;
use std::rc::Rc;

/// Most contacts of one replication.
const MAX_CONTACTS: f64 = 1e8;

/// The ways to state a volume; exactly one is used.
const WAYS: [&str; 4] = ["per_interval", "per_hour", "per_day", "csv"];
/// Keys that only go with a CSV file.
const CSV_ONLY: [&str; 5] = ["column", "where", "time", "dates", "decimal"];

/// Contacts per interval before `scale`, or the instants of a call log.
pub(super) enum Contacts {
    Expected(Vec<f64>),
    Instants(Vec<f64>),
}

impl Reader<'_> {
    /// Reads `volume`; `trace` when the file is a call log with one row per contact.
    pub(super) fn volume(&mut self, node: &Node, path: &str, queue: &str, trace: bool, calendar: &Calendar) -> Option<Contacts> {
        let way = self.one_way(node, path)?;
        self.companions(node, path, way)?;
        if trace {
            return self.trace(node, path, way, calendar);
        }
        let layout = Layout::floor(calendar);
        let stated = node.get(way)?;
        let inner = format!("{path}.{way}");
        let expected = match way {
            "per_interval" => self.series(stated, &inner, &layout, Node::amount)?,
            "per_hour" => vec![stated.amount()? * f64::from(layout.interval_s) / 3_600.0; layout.spots.len()],
            "per_day" => self.per_day(node, stated, path, &layout)?,
            _ => self.csv_series(node, path, queue, calendar, (0.0, 1e7))?,
        };
        if way == "csv" {
            let scale = node.get("scale").map_or("\"100%\"".into(), Node::shown);
            self.shown.insert(path.into(), format!("{{ per_interval = {}, scale = {scale} }}", by_day(&expected, calendar, |x| number_text(*x))));
        }
        let total: f64 = expected.iter().sum();
        if total > MAX_CONTACTS {
            let message = format!("{} contacts in one replication are too many; at most {}", units::thousands(total, 0), units::thousands(MAX_CONTACTS, 0));
            self.problem(path, node.place, message, "simulate fewer days, or split the queue");
            return None;
        }
        Some(Contacts::Expected(expected))
    }

    /// A shape that no queue names is probably misspelt somewhere.
    pub(super) fn check_shapes(&mut self) {
        let root = self.root;
        let tables = |section: &str| root.get(section).and_then(Node::table).map_or(&[][..], |t| &t.entries);
        let used: Vec<&str> = tables("queue").iter().filter_map(|q| q.node.get("volume")?.get("shape")?.text()).collect();
        for shape in tables("shape").iter().filter(|s| !used.contains(&s.key.as_str())) {
            self.warn(format!("shape.{}", shape.key), shape.key_place, format!("no queue uses the shape `{}`", shape.key), format!("write volume = {{ per_day = ..., shape = \"{}\" }}, or remove it", shape.key));
        }
    }

    fn one_way(&mut self, node: &Node, path: &str) -> Option<&'static str> {
        let stated: Vec<&'static str> = WAYS.into_iter().filter(|w| node.get(w).is_some()).collect();
        match stated[..] {
            [one] => Some(one),
            [] => {
                self.problem(path, node.place, format!("`{path}` states no number of contacts"), "write one of { per_interval = [...] }, { per_hour = 120 }, { per_day = 1800 } or { csv = \"volumes.csv\" }");
                None
            }
            [first, second, ..] => {
                let place = |key: &str| node.table().and_then(|t| t.get(key)).map_or(node.place, |e| e.key_place);
                let mut problem = Problem::new(path, format!("`{path}` states the contacts in two ways: `{first}` and `{second}`")).at(place(second));
                problem.related.push((place(first), "the other one".into()));
                self.problems.push(problem.help("keep one of them"));
                None
            }
        }
    }

    /// Keys that say something about another way of stating the volume than the one used.
    fn companions(&mut self, node: &Node, path: &str, way: &str) -> Option<()> {
        let stray = |keys: &[&'static str], home: &'static str| {
            keys.iter().find_map(|k| Some((*k, node.get(k)?.place, home))).filter(|_| way != home)
        };
        let Some((key, place, home)) = stray(&["shape"], "per_day").or_else(|| stray(&CSV_ONLY, "csv")) else { return Some(()) };
        self.problem(path, place, format!("`{key}` goes with `{home}`, but the volume is stated by `{way}`"), format!("remove `{key}`, or state the volume by `{home}`"));
        None
    }

    fn per_day(&mut self, node: &Node, stated: &Node, path: &str, layout: &Layout) -> Option<Vec<f64>> {
        let totals = self.day_totals(stated, &format!("{path}.per_day"), layout)?;
        let weights = match node.get("shape") {
            Some(shape) => self.weights(shape, &format!("{path}.shape"), layout)?,
            None => vec![1.0; layout.spots.len()],
        };
        let mut sums = vec![0.0; layout.day_lengths.len()];
        layout.spots.iter().zip(&weights).for_each(|(s, w)| if let Some(s) = s { sums[s.day] += w });
        if let Some(shape) = node.get("shape").filter(|_| sums.contains(&0.0)) {
            self.problem(path, shape.place, "all weights of the shape are zero on a day", "give at least one interval a weight");
            return None;
        }
        let share = |(s, w): (&Option<super::series::Spot>, &f64)| s.map_or(0.0, |s| totals[s.weekday] * w / sums[s.day]);
        Some(layout.spots.iter().zip(&weights).map(share).collect())
    }

    /// Contacts of a day by weekday.
    fn day_totals(&mut self, node: &Node, path: &str, layout: &Layout) -> Option<[f64; 7]> {
        if let Some(total) = node.amount() {
            return Some([total; 7]);
        }
        let mut totals = [None; 7];
        for entry in &node.table()?.entries {
            let (days, total) = (weekdays(&entry.key)?, entry.node.amount()?);
            for day in (0..7).filter(|d| days[*d]) {
                if layout.hours[day].is_none() && total > 0.0 {
                    self.problem(path, entry.key_place, format!("{} has {total} contacts but is not open", WEEKDAYS[day]), "leave the day out, or give it opening hours in `open`");
                    return None;
                }
                totals[day] = Some(total);
            }
        }
        if let Some(spot) = layout.spots.iter().flatten().find(|s| totals[s.weekday].is_none()) {
            self.problem(path, node.place, format!("`{path}` says nothing for {}, which is open", WEEKDAYS[spot.weekday]), "add the weekday, for example { mon = 2100, tue-fri = 1800 }");
            return None;
        }
        Some(totals.map(Option::unwrap_or_default))
    }

    /// Weights given in place or by the name of a shared shape.
    fn weights(&mut self, node: &Node, path: &str, layout: &Layout) -> Option<Vec<f64>> {
        let Some(name) = node.text() else { return self.series(node, path, layout, Node::amount) };
        let root = self.root;
        if let Some(weights) = root.get("shape").and_then(|s| s.get(name)).map(|s| s.get("weights")) {
            return self.series(weights?, &format!("shape.{name}.weights"), layout, Node::amount);
        }
        let names = self.names("shape");
        let near = crate::scenario::words::nearest(name, names.iter().map(String::as_str));
        let advice = near.map_or(format!("add a section [shape.{name}] with weights = [...]"), |n| format!("did you mean \"{n}\"?"));
        self.problem(path, node.place, format!("there is no shape named `{name}`"), advice);
        None
    }

    /// The numbers of a CSV column, one per open interval.
    pub(super) fn csv_series(&mut self, node: &Node, path: &str, queue: &str, calendar: &Calendar, range: (f64, f64)) -> Option<Vec<f64>> {
        let file = node.get("csv")?;
        let table = self.csv(file, path)?;
        let column = self.column(&table, node.get("column"), file, path, Some(queue))?;
        let mapping = self.mapping(node, &table, file, path, calendar)?;
        let decimal = self.decimal(node, &table, column, file, path)?;
        let values = self.numbers(&table, column, file, path, &mapping.rows, Some(decimal))?;
        if let Some(row) = mapping.rows.iter().zip(&values).find(|(_, v)| !(range.0..=range.1).contains(*v)).map(|(r, _)| *r) {
            self.fault(&table, file, path, Fault::new(format!("{} is out of range; allowed: {} to {}", table.cell(row, column), range.0, range.1), "correct the cell").at(row, column));
            return None;
        }
        self.leftovers(&table, column, decimal, &mapping, file, path)?;
        Some(values)
    }

    /// Contacts in closed hours are an error; rows of other days are counted and named.
    fn leftovers(&mut self, table: &CsvTable, column: usize, decimal: Decimal, mapping: &Mapping, file: &Node, path: &str) -> Option<()> {
        let value = |row: &usize| number(table.cell(*row, column), decimal).unwrap_or(0.0);
        let busy: Vec<usize> = mapping.closed.iter().copied().filter(|r| value(r) != 0.0).collect();
        if let Some(first) = busy.first() {
            let sum: f64 = busy.iter().map(value).sum();
            let message = format!("column `{}` has {} contacts in hours in which the floor is closed: {}", table.columns[column], round(sum), rows::lines_text(table, &busy));
            self.fault(table, file, path, Fault::new(message, "change `open`, or leave these rows out").at(*first, column));
            return None;
        }
        if !mapping.outside.is_empty() {
            let sum: f64 = mapping.outside.iter().map(value).sum();
            let name = file.text().unwrap_or("the file");
            let message = format!("{} rows of {name} are outside the simulated days and ignored ({} contacts)", mapping.outside.len(), round(sum));
            self.warn(path, file.place, message, "set first_day and days to simulate them");
        }
        Some(())
    }

    /// The instants of a call log.
    fn trace(&mut self, node: &Node, path: &str, way: &str, calendar: &Calendar) -> Option<Contacts> {
        if way != "csv" {
            let place = node.get(way).map_or(node.place, |n| n.place);
            self.problem(path, place, "arrivals = \"trace\" takes its instants from a CSV file with one row per contact", "write volume = { csv = \"calls.csv\", time = \"arrived\" }");
            return None;
        }
        for key in ["scale", "column"] {
            if let Some(stray) = node.get(key).filter(|n| n.share() != Some(1.0)) {
                self.problem(path, stray.place, format!("`{key}` does not go with arrivals = \"trace\": the file has one row per contact"), format!("remove `{key}`"));
                return None;
            }
        }
        let file = node.get("csv")?;
        let table = self.csv(file, path)?;
        let keep = self.kept_rows(node, &table, file, path)?;
        match rows::instants(&table, &self.time_spec(node, path)?, calendar, &keep) {
            Err(fault) => {
                self.fault(&table, file, path, fault);
                None
            }
            Ok((_, rest)) if !rest.closed.is_empty() => {
                let message = format!("contacts arrive in hours in which the floor is closed: {} ({} in all)", rows::lines_text(&table, &rest.closed), rest.closed.len());
                self.fault(&table, file, path, Fault::new(message, "change `open`, or leave these rows out").at(rest.closed[0], 0));
                None
            }
            Ok((instants, rest)) => {
                if !rest.outside.is_empty() {
                    let message = format!("{} rows of {} are outside the simulated days and ignored", rest.outside.len(), file.text().unwrap_or("the file"));
                    self.warn(path, file.place, message, "set first_day and days to simulate them");
                }
                Some(Contacts::Instants(instants))
            }
        }
    }

    fn mapping(&mut self, node: &Node, table: &CsvTable, file: &Node, path: &str, calendar: &Calendar) -> Option<Rc<Mapping>> {
        let spec = self.time_spec(node, path)?;
        let source = self.path_of(file)?;
        let filter = node.get("where").map(where_pairs);
        let id = (source, spec.clone(), filter);
        if let Some(known) = self.mappings.get(&id) {
            return Some(known.clone());
        }
        let keep = self.kept_rows(node, table, file, path)?;
        match rows::map(table, &spec, calendar, &keep) {
            Ok(mapping) => Some(self.mappings.entry(id).or_insert(Rc::new(mapping)).clone()),
            Err(fault) => {
                self.fault(table, file, path, fault);
                None
            }
        }
    }

    fn time_spec(&mut self, node: &Node, path: &str) -> Option<TimeSpec> {
        let columns = match node.get("time") {
            None => vec![],
            Some(time) => match time.list() {
                None => vec![time.text()?.to_owned()],
                Some(list) if list.len() <= 2 && !list.is_empty() => list.iter().map(|n| n.text().map(str::to_owned)).collect::<Option<_>>()?,
                Some(list) => {
                    self.problem(path, time.place, format!("`time` names {} columns", list.len()), "name one column, or two: the date (or weekday) and the time of day");
                    return None;
                }
            },
        };
        let dates = node.get("dates").and_then(Node::text).map(str::to_owned);
        if let Some(wrong) = dates.as_deref().filter(|d| rows::date_order(d).is_none()) {
            let place = node.get("dates").map_or(node.place, |n| n.place);
            self.problem(path, place, format!("`{wrong}` does not say the order of day, month and year"), "write dates = \"day/month/year\", \"month/day/year\" or \"year-month-day\"");
            return None;
        }
        Some(TimeSpec { columns, dates })
    }

    /// Rows that `where` keeps.
    fn kept_rows(&mut self, node: &Node, table: &CsvTable, file: &Node, path: &str) -> Option<Vec<usize>> {
        let Some(filter) = node.get("where") else { return Some((0..table.rows.len()).collect()) };
        let mut keep: Vec<usize> = (0..table.rows.len()).collect();
        for (name, value) in where_pairs(filter) {
            let column = match table.column(&name) {
                Ok(column) => column,
                Err(why) => {
                    self.fault(table, file, path, Fault::new(format!("the file {why}"), "name in `where` columns of the file"));
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
                self.problem(path, filter.place, format!("no row of the file has \"{value}\" in column `{name}`"), format!("found there: {shown}"));
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
                let near = crate::scenario::files::nearest_file(&full).map_or(String::new(), |n| format!("did you mean \"{n}\"? "));
                let advice = format!("{near}the path is relative to the scenario file");
                self.problem(path, file.place, format!("cannot read {}: {why}", file.shown()), advice);
                None
            }
        }
    }

    /// The column named in the scenario, else one named like the queue, else the only one.
    pub(super) fn column(&mut self, table: &CsvTable, named: Option<&Node>, file: &Node, path: &str, queue: Option<&str>) -> Option<usize> {
        let wanted = named.and_then(Node::text).or(queue.filter(|_| table.columns.len() > 1));
        match wanted.map_or(if table.columns.len() == 1 { Ok(0) } else { Err(format!("has {} columns; say which: column = \"{}\"", table.columns.len(), table.columns[0])) }, |name| table.column(name)) {
            Ok(column) => Some(column),
            Err(why) => {
                let place = named.map_or(file.place, |n| n.place);
                self.problem(path, place, format!("{} {why}", file.text().unwrap_or("the file")), "name a column of the file with column = \"...\"");
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
                let message = format!("`{}` can be read as {} or {}", table.cell(row, column), table.cell(row, column).replace(',', ""), table.cell(row, column).replace(',', "."));
                self.fault(table, file, path, Fault::new(message, "write decimal = \".\" if the comma groups thousands, decimal = \",\" if it is the decimal sign").at(row, column));
                None
            }
        }
    }

    /// The numbers of a column in the given rows; the first bad cell is a problem.
    pub(super) fn numbers(&mut self, table: &CsvTable, column: usize, file: &Node, path: &str, rows: &[usize], decimal: Option<Decimal>) -> Option<Vec<f64>> {
        let decimal = decimal.or_else(|| table.decimal(column).ok()).unwrap_or(Decimal::Point);
        let mut values = Vec::with_capacity(rows.len());
        for &row in rows {
            let cell = table.cell(row, column);
            let why = match number(cell, decimal) {
                Some(value) if value >= 0.0 => {
                    values.push(value);
                    continue;
                }
                Some(_) => format!("`{cell}` is negative"),
                None if cell.is_empty() => "the cell is empty".into(),
                None => format!("`{cell}` is not a number"),
            };
            let message = format!("{}, line {}, column `{}`: {why}", file.text().unwrap_or("the file"), table.line(row), table.columns[column]);
            self.fault(table, file, path, Fault::new(message, "write a number of at least 0").at(row, column));
            return None;
        }
        Some(values)
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

fn where_pairs(filter: &Node) -> Vec<(String, String)> {
    let text = |n: &Node| n.text().map_or_else(|| n.shown(), |t| t.trim().to_owned());
    filter.table().map_or(Vec::new(), |t| t.entries.iter().map(|e| (e.key.clone(), text(&e.node))).collect())
}

fn round(sum: f64) -> String {
    units::thousands(sum, usize::from(sum.fract() != 0.0))
}

/// Values per interval as TOML: one list, or one list per day when there are several.
pub(super) fn by_day<T>(values: &[T], calendar: &Calendar, text: impl Fn(&T) -> String) -> String {
    let day = |d: &crate::scenario::types::Day| {
        let values = &values[d.first_interval..d.first_interval + d.interval_count];
        format!("[{}]", values.iter().map(&text).collect::<Vec<_>>().join(", "))
    };
    let days = &calendar.timeline.days;
    let lists = days.iter().map(day).collect::<Vec<_>>().join(", ");
    if days.len() == 1 && calendar.slots.iter().enumerate().all(|(i, s)| s.index as usize == i) && calendar.slots.len() == calendar.open[calendar.weekdays[0]].map_or(0, |h| calendar.list_length(h)) {
        return lists;
    }
    format!("[{lists}]")
}
