//! `roster = ...`: people scheduled, one row of a CSV file per person and stretch of time.

use super::crew::{Kind, Ledger, Part};
use super::roster_columns::Columns;
use super::{Reader, or_default};
use crate::error::Problem;
use crate::scenario::calendar::Calendar;
use crate::scenario::grammar::{Fields, fields};
use crate::scenario::moments::{Cell, at, date_cell, time_cell};
use crate::scenario::rows::{Fault, TimeSpec, check_dated, together};
use crate::scenario::table::CsvTable;
use crate::scenario::tree::Node;
use crate::scenario::words::weekday;
use crate::units;
use jiff::civil::{Date, DateTime};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

const DAY: f64 = 86_400.0;

/// When the rows of a file are.
struct Times<'a> {
    table: &'a CsvTable,
    columns: &'a Columns,
    spec: &'a TimeSpec,
    calendar: &'a Calendar,
    /// All dates a row without one may stand for.
    dates: &'a [Date],
}

/// Rows by person and activity, in the order in which both are met.
#[derive(Default)]
struct Rows {
    agents: Vec<String>,
    activities: Vec<String>,
    /// By person: from, to, activity.
    work: Vec<Vec<(i64, i64, usize)>>,
    /// Rows that are on no simulated day.
    outside: usize,
}

impl Reader<'_> {
    /// Everybody's work from the file.
    pub(super) fn roster(
        &mut self,
        team: &Node,
        path: &str,
        name: &str,
        ledger: &mut Ledger,
        calendar: &Calendar,
    ) -> Option<()> {
        let node = team.get("roster")?;
        let path = format!("{path}.roster");
        let file = node.get("csv").unwrap_or(node);
        let table = self.csv(file, &path)?;
        let spec = self.time_spec(node, &path)?;
        let columns = self.roster_columns(node, &table, file, &path)?;
        let keep = self.kept_rows(node, &table, file, &path)?;
        let keep = self.rows_of_team(node, &table, file, &path, name, keep)?;
        let dates = calendar.dates_and_eve();
        let times = Times { table: &table, columns: &columns, spec: &spec, calendar, dates: &dates };
        self.unread_columns(node, &table, &columns, file, &path, times.are_dated(&keep))?;
        let rows = match self.roster_rows(&times, &keep, file, &path)? {
            Ok(rows) => rows,
            Err(faults) => {
                together(&table, faults).into_iter().for_each(|fault| self.fault(&table, file, &path, fault));
                return None;
            }
        };
        let kinds = self.roster_kinds(node, file, &path, &rows, columns.activity.is_some(), ledger)?;
        self.outside_rows(file, &path, &rows)?;
        lay_out(rows, &kinds, ledger, calendar);
        ledger.profiles(self.profiles(&table, columns.agent, &keep, file, &path)?);
        Some(())
    }

    /// The rows of one team, where the file has several.
    fn rows_of_team(
        &mut self,
        node: &Node,
        table: &CsvTable,
        file: &Node,
        path: &str,
        name: &str,
        mut keep: Vec<usize>,
    ) -> Option<Vec<usize>> {
        let stated = node.get("team");
        let word = stated.and_then(Node::text).unwrap_or(name);
        let (column, value) = match (stated.and_then(|_| table.column(word).ok()), table.column("team").ok()) {
            (Some(column), _) => (column, name),
            (None, Some(column)) => (column, word),
            (None, None) => {
                let Some(stated) = stated else { return Some(keep) };
                let message = format!("{} has neither a column `team` nor one named `{word}`", file.text()?);
                let help = "leave `team` out if all rows are of this team, or name the column of the teams";
                self.problem(path, stated.place, message, help);
                return None;
            }
        };
        let mut found: Vec<String> = keep.iter().take(100_000).map(|r| table.cell(*r, column).to_owned()).collect();
        keep.retain(|row| table.cell(*row, column).to_lowercase() == value.to_lowercase());
        if !keep.is_empty() {
            return Some(keep);
        }
        found.sort_unstable();
        found.dedup();
        let shown = found.iter().take(10).map(|v| format!("\"{v}\"")).collect::<Vec<_>>().join(", ");
        let message = format!("no row of {} has \"{value}\" in column `{}`", file.text()?, table.columns[column]);
        let help = format!("found there: {shown}; say which is this team: team = \"...\"");
        self.problem(path, stated.map_or(file.place, |n| n.place), message, help);
        None
    }

    /// All rows on the time axis, or all that is wrong with them; `None` when there are too many.
    fn roster_rows(
        &mut self,
        times: &Times<'_>,
        keep: &[usize],
        file: &Node,
        path: &str,
    ) -> Option<Result<Rows, Vec<Fault>>> {
        let mut faults = Vec::new();
        let (mut rows, mut agents, mut activities) = (Rows::default(), Names::default(), Names::default());
        let end = times.calendar.second(times.calendar.end, 0)?;
        let mut pieces = 0_u64;
        for &row in keep {
            let spans = match times.spans(row) {
                Ok(spans) => spans,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            let name = times.table.cell(row, times.columns.agent);
            if name.is_empty() {
                let fault = Fault::new("the row does not say whose it is", "write a name or number");
                faults.push(fault.at(row, times.columns.agent));
                continue;
            }
            let inside: Vec<(i64, i64)> = spans.into_iter().filter(|(from, to)| *to > 0 && *from < end).collect();
            pieces += inside.len() as u64;
            if pieces > super::crew::MAX_PARTS {
                self.room_for(0, 0, pieces, path, file.place);
                return None;
            }
            if inside.is_empty() {
                rows.outside += 1;
                continue;
            }
            let agent = agents.index(name);
            let activity = activities.index(times.columns.activity.map_or("phone", |c| times.table.cell(row, c)));
            rows.work.resize_with(agents.list.len().max(rows.work.len()), Vec::new);
            rows.work[agent].extend(inside.into_iter().map(|(from, to)| (from, to, activity)));
        }
        if !faults.is_empty() {
            return Some(Err(faults));
        }
        (rows.agents, rows.activities) = (agents.list, activities.list);
        let duties = rows.work.iter().map(|w| w.len().min(times.dates.len()) as u64).sum();
        self.room_for(rows.agents.len() as u64, duties, pieces, path, file.place).then_some(Ok(rows))
    }

    /// What each activity of the file is, and what is said of activities that are not in it.
    fn roster_kinds(
        &mut self,
        node: &Node,
        file: &Node,
        path: &str,
        rows: &Rows,
        has_activities: bool,
        ledger: &mut Ledger,
    ) -> Option<Vec<usize>> {
        let plain = |text: &str| text.trim().to_lowercase();
        let keys = super::section("team").get("roster").and_then(|k| fields(k.forms));
        let keys = keys.unwrap_or(Fields { keys: &[], lone: None });
        let list = |key: &str| {
            or_default(node, keys, key, |n| {
                n.list()?.iter().map(|n| Some(plain(n.text()?))).collect::<Option<Vec<_>>>()
            })
        };
        let (on_phone, unpaid) = (list("on_phone")?, list("unpaid")?);
        if has_activities && !rows.activities.is_empty() {
            let found: FxHashSet<String> = rows.activities.iter().map(|a| plain(a)).collect();
            let words = on_phone.iter().map(|w| ("on_phone", w)).chain(unpaid.iter().map(|w| ("unpaid", w)));
            if let Some((key, word)) = words.into_iter().find(|(_, word)| !found.contains(*word)) {
                self.unknown_activity(node, file, path, rows, (key, word));
                return None;
            }
        }
        let set = |list: Vec<String>| list.into_iter().collect::<FxHashSet<String>>();
        let (on_phone, unpaid) = (set(on_phone), set(unpaid));
        let kind = |activity: &String| {
            let (phone, paid) =
                (!has_activities || on_phone.contains(&plain(activity)), !unpaid.contains(&plain(activity)));
            let name = if activity.is_empty() { "other work" } else { activity };
            // What is not paid is a break.
            ledger.kind(Kind { name: name.into(), on_phone: phone, paid, work: paid })
        };
        Some(rows.activities.iter().map(kind).collect())
    }

    fn unknown_activity(&mut self, node: &Node, file: &Node, path: &str, rows: &Rows, (key, word): (&str, &str)) {
        let mut hours = vec![0; rows.activities.len()];
        rows.work.iter().flatten().for_each(|(from, to, activity)| hours[*activity] += to - from);
        let mut all: Vec<(i64, &str)> = hours.into_iter().zip(rows.activities.iter().map(String::as_str)).collect();
        all.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let shown = all.iter().take(20).map(|(s, name)| format!("\"{name}\" ({} h)", units::hours(*s as f64)));
        let shown = shown.collect::<Vec<_>>().join(", ");
        let rest = if all.len() > 20 { format!(" and {} more", all.len() - 20) } else { String::new() };
        let stated = node.get(key);
        let written = stated.and_then(Node::list).into_iter().flatten().filter_map(Node::text);
        let word = written.into_iter().find(|w| w.trim().to_lowercase() == word).unwrap_or(word);
        let message = format!("no activity of {} is \"{word}\"", file.text().unwrap_or("the file"));
        let problem = Problem::new(format!("{path}.{key}"), message).at(stated.map_or(file.place, |n| n.place));
        let problem = problem.help(format!("found there: {shown}{rest}"));
        let most = all.first().map_or("", |(_, name)| name);
        self.problems.push(match stated {
            Some(_) => problem,
            None => problem.help(format!("say which are on the phone: on_phone = [\"{most}\"]")),
        });
    }

    fn outside_rows(&mut self, file: &Node, path: &str, rows: &Rows) -> Option<()> {
        let name = file.text().unwrap_or("the file");
        if rows.agents.is_empty() {
            let message = format!("no row of {name} is on a simulated day");
            self.problem(path, file.place, message, "change first_day and days, or give the roster of these days");
            return None;
        }
        if rows.outside > 0 {
            let message = format!("{} rows of {name} are outside the simulated days and ignored", rows.outside);
            self.warn(path, file.place, message, "set first_day and days to simulate them");
        }
        Some(())
    }
}

/// Names in the order in which they are met.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    known: FxHashMap<String, usize>,
}

impl Names {
    fn index(&mut self, name: &str) -> usize {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        self.known.insert(name.into(), self.list.len());
        self.list.push(name.into());
        self.list.len() - 1
    }
}

impl Times<'_> {
    /// Beginning and end on the time axis, once for every date the row stands for.
    fn spans(&self, row: usize) -> Result<Vec<(i64, i64)>, Fault> {
        let (start, end) = (self.cell(row, self.columns.start)?, self.cell(row, self.columns.end)?);
        if let Cell::Full(start) = start {
            check_dated(self.calendar, start.date()).map_err(|f| f.at(row, self.columns.start))?;
            return Ok(vec![self.span(row, start, end)?]);
        }
        let Cell::Clock(clock) = start else { return Err(self.no_time(row, self.columns.start)) };
        let dates = self.dates(row)?;
        let spans = dates.into_iter().map(|date| self.span(row, at(date, clock), end)).collect::<Result<_, _>>()?;
        Ok(spans)
    }

    /// Whether the rows say by themselves on which date they begin.
    fn are_dated(&self, keep: &[usize]) -> bool {
        keep.first().is_some_and(|&row| matches!(self.cell(row, self.columns.start), Ok(Cell::Full(_))))
    }

    fn cell(&self, row: usize, column: usize) -> Result<Cell, Fault> {
        let text = self.table.cell(row, column);
        if text == "24:00" {
            return Ok(Cell::Clock(DAY));
        }
        match time_cell(text, self.spec, self.calendar) {
            Ok(Cell::Index(_)) => Err(self.no_time(row, column)),
            other => other.map_err(|f| f.at(row, column)),
        }
    }

    fn no_time(&self, row: usize, column: usize) -> Fault {
        let text = self.table.cell(row, column);
        Fault::new(format!("`{text}` is not a time"), "write for example 08:00 or 2026-03-02 08:00").at(row, column)
    }

    /// The dates on which the row begins.
    fn dates(&self, row: usize) -> Result<Vec<Date>, Fault> {
        if let Some(column) = self.columns.date {
            let fault = |f: Fault| f.at(row, column);
            let date = date_cell(self.table.cell(row, column), self.spec).map_err(fault)?;
            check_dated(self.calendar, date).map_err(fault)?;
            return Ok(vec![date]);
        }
        let Some(column) = self.columns.weekday else { return Ok(self.dates.to_vec()) };
        let text = self.table.cell(row, column);
        let Some(day) = weekday(text) else {
            let help = "write mon, tue, wed, thu, fri, sat or sun";
            return Err(Fault::new(format!("`{text}` is not a weekday"), help).at(row, column));
        };
        let begins = |date: &&Date| date.weekday().to_monday_zero_offset() as usize == day;
        Ok(self.dates.iter().filter(begins).copied().collect())
    }

    /// From a local beginning to the end: a time of day that is not after the beginning is one of the next day.
    fn span(&self, row: usize, start: DateTime, end: Cell) -> Result<(i64, i64), Fault> {
        let end = match end {
            Cell::Full(end) => end,
            Cell::Clock(clock) => {
                let end = at(start.date(), clock);
                if end > start { end } else { at(start.date().tomorrow().unwrap_or(start.date()), clock) }
            }
            Cell::Index(_) => return Err(self.no_time(row, self.columns.end)),
        };
        if end <= start {
            let message = format!("the row ends {end}, not after it begins {start}");
            return Err(Fault::new(message.replace('T', " "), "correct one of the two times").at(row, self.columns.end));
        }
        let second = |wall: DateTime| self.calendar.axis(wall).map(|s| s.floor() as i64);
        let span = second(start).zip(second(end));
        span.ok_or_else(|| {
            Fault::new("this time is out of range", "write a date of these years").at(row, self.columns.end)
        })
    }
}

/// Everybody's layers as one line of time each: narrow ones on top of wide ones, later rows on top of earlier ones.
fn lay_out(rows: Rows, kinds: &[usize], ledger: &mut Ledger, calendar: &Calendar) {
    for (name, mut work) in rows.agents.iter().zip(rows.work) {
        let person = ledger.people(name, 1);
        work.sort_by_key(|(from, to, _)| from - to);
        let mut line = BTreeMap::new();
        work.into_iter().for_each(|(from, to, activity)| paint(&mut line, from, to, kinds[activity]));
        let mut parts: Vec<Part> = Vec::new();
        for (from, (to, kind)) in line {
            if parts.last().is_some_and(|last| last.to < from) {
                work_on(ledger, person, &parts, calendar);
                parts.clear();
            }
            match parts.last_mut() {
                Some(last) if last.kind == kind => last.to = to,
                _ => parts.push(Part { from, to, kind }),
            }
        }
        work_on(ledger, person, &parts, calendar);
    }
}

/// Paid work on a day of the floor, but apart from its opening, is part of that day.
fn work_on(ledger: &mut Ledger, person: usize, parts: &[Part], calendar: &Calendar) {
    if !ledger.work(person, parts)
        && let Some(first) = parts.first().filter(|p| p.from >= 0)
        && let Some(day) = calendar.day_of(first.from)
    {
        ledger.work_apart(person, day, parts);
    }
}

/// Covers what lies below.
fn paint(line: &mut BTreeMap<i64, (i64, usize)>, from: i64, to: i64, kind: usize) {
    if let Some((start, (end, below))) = line.range(..from).next_back().map(|(s, e)| (*s, *e))
        && end > from
    {
        line.insert(start, (from, below));
        line.insert(from, (end, below));
    }
    while let Some((start, (end, below))) = line.range(from..to).next().map(|(s, e)| (*s, *e)) {
        line.remove(&start);
        if end > to {
            line.insert(to, (end, below));
        }
    }
    line.insert(from, (to, kind));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers() {
        let mut line = BTreeMap::new();
        paint(&mut line, 0, 100, 1);
        paint(&mut line, 20, 30, 2);
        paint(&mut line, 25, 60, 3);
        paint(&mut line, 90, 120, 4);
        let all: Vec<_> = line.into_iter().map(|(from, (to, kind))| (from, to, kind)).collect();
        assert_eq!(all, [(0, 20, 1), (20, 25, 2), (25, 60, 3), (60, 90, 1), (90, 120, 4)]);
    }
}
