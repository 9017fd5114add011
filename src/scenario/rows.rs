//! Which row of a CSV file belongs to which open interval.

use super::calendar::{Calendar, weekdays_text};
use super::moments::{Cell, at, date_cell, time_cell};
use super::table::CsvTable;
use super::words::weekday;
use crate::units;
use jiff::civil::{Date, DateTime};
use rustc_hash::FxHashMap;

/// How a file says when its rows are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct TimeSpec {
    /// Columns named in the scenario: none, one or two.
    pub columns: Vec<String>,
    /// Order of day, month and year.
    pub dates: Option<String>,
}

/// Something wrong with a file: in one cell, or as a whole.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub cell: Option<(usize, usize)>,
    pub message: String,
    pub help: String,
}

impl Fault {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { cell: None, message: message.into(), help: help.into() }
    }

    pub fn at(mut self, row: usize, column: usize) -> Self {
        self.cell = Some((row, column));
        self
    }
}

/// The rows of the open intervals, and of the rest.
#[derive(Debug, Default)]
pub(super) struct Mapping {
    /// Row of each open interval.
    pub rows: Vec<usize>,
    /// Rows on simulated days in hours in which the floor is closed.
    pub closed: Vec<usize>,
    /// Rows on other days.
    pub outside: Vec<usize>,
    /// Rows whose time cannot be read.
    pub unplaced: Vec<usize>,
    /// What is wrong; then some open intervals may have no row.
    pub faults: Vec<Fault>,
}

/// What identifies an interval in this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Wall(DateTime),
    DayIndex(Date, u32),
    WeekIndex(usize, u32),
    Index(u32),
}

/// The columns that hold the time.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeColumns {
    day: Option<(usize, bool)>,
    time: usize,
}

/// Finds the time columns of a file.
pub(super) fn time_columns(table: &CsvTable, spec: &TimeSpec, dated: bool) -> Result<TimeColumns, Fault> {
    let find = |name: &str| {
        table.column(name).map_err(|why| {
            Fault::new(
                format!("the file {why}"),
                "name the time columns with time = \"...\" or time = [\"date\", \"interval\"]",
            )
        })
    };
    match &spec.columns[..] {
        [one] => return Ok(TimeColumns { day: None, time: find(one)? }),
        [day, time] => {
            let day = find(day)?;
            let weekdays = table.rows.first().is_some_and(|_| weekday(table.cell(0, day)).is_some());
            return Ok(TimeColumns { day: Some((day, weekdays)), time: find(time)? });
        }
        _ => {}
    }
    let known = ["interval", "start", "time", "interval_start", "start_time"];
    let Some(time) = known.iter().find_map(|n| table.column(n).ok()) else {
        let columns = table.columns.iter().take(20).map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ");
        return Err(Fault::new(
            format!("the file has no column `interval` or `start`; it has {columns}"),
            "name the column of the time: time = \"...\", or [\"date\", \"...\"] if date and time of day stand apart",
        ));
    };
    let (date, weekday) = (table.column("date").ok(), table.column("weekday").ok());
    let day = match (date, weekday) {
        (Some(date), None) => Some((date, false)),
        (Some(date), Some(_)) if dated => Some((date, false)),
        (_, weekday) => weekday.map(|w| (w, true)),
    };
    Ok(TimeColumns { day, time })
}

/// One fault for all that are alike: what is wrong with the first, and on which lines else.
pub(super) fn together(table: &CsvTable, faults: Vec<Fault>) -> Vec<Fault> {
    let mut kinds: Vec<(Fault, Vec<usize>)> = Vec::new();
    for fault in faults {
        match kinds.iter_mut().find(|(first, _)| first.help == fault.help || first.message == fault.message) {
            Some((_, rows)) => rows.extend(fault.cell.map(|(row, _)| row)),
            None => kinds.push((fault, Vec::new())),
        }
    }
    let named = |(mut fault, rows): (Fault, Vec<usize>)| {
        if !rows.is_empty() {
            fault.message.push_str(&format!("; see also {}", lines_text(table, &rows)));
        }
        fault
    };
    kinds.into_iter().map(named).collect()
}

/// Gives every open interval its row, among the rows that `keep` names.
pub(super) fn map(table: &CsvTable, spec: &TimeSpec, calendar: &Calendar, keep: &[usize]) -> Mapping {
    let columns = match time_columns(table, spec, calendar.dated) {
        Ok(columns) => columns,
        Err(fault) => return Mapping { unplaced: keep.to_vec(), faults: vec![fault], ..Mapping::default() },
    };
    let (mut mapping, mut faults) = (Mapping::default(), Vec::new());
    let mut keys: Vec<(usize, Option<Key>)> = Vec::with_capacity(keep.len());
    for &row in keep {
        match key(table, columns, spec, calendar, row) {
            Ok(key) => keys.push((row, key)),
            Err(fault) => {
                mapping.unplaced.push(row);
                faults.push(fault);
            }
        }
    }
    let mut by_key: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (row, key) in &keys {
        if let Some(key) = key {
            by_key.entry(*key).or_default().push(*row);
        }
    }
    let kind = Kind::of(&keys);
    let mut missing = Vec::new();
    let mut used: FxHashMap<Key, usize> = FxHashMap::default();
    for i in 0..calendar.slots.len() {
        let key = kind.key(calendar, i);
        let Some(rows) = by_key.get(&key) else {
            missing.push(i);
            continue;
        };
        // An hour that comes twice may have two rows; then they are taken in order.
        let nth = used.entry(key).or_insert(0);
        mapping.rows.push(rows[(*nth).min(rows.len() - 1)]);
        *nth += 1;
    }
    faults.extend(check_twice(table, columns, &by_key, &used, kind).err());
    // Rows whose time cannot be read are probably those that are missing.
    if mapping.unplaced.len() < missing.len() && (keep.is_empty() || !keys.is_empty()) {
        faults.extend(check_missing(calendar, &missing).err());
    }
    for (row, key) in keys.into_iter().filter(|(_, key)| key.is_none_or(|k| !used.contains_key(&k))) {
        let inside = key.is_none_or(|k| on_simulated_day(k, calendar));
        if let (Some(Key::Wall(wall)), true) = (key, inside) {
            faults.extend(check_aligned(wall, calendar).map_err(|f| f.at(row, columns.time)).err());
        }
        if inside { mapping.closed.push(row) } else { mapping.outside.push(row) }
    }
    mapping.faults = together(table, faults);
    mapping
}

/// How the rows of a file are told apart: the most exact way that occurs in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Wall,
    Date,
    Weekday,
    Plain,
}

impl Kind {
    fn of(keys: &[(usize, Option<Key>)]) -> Self {
        let occurs = |is: fn(&Key) -> bool| keys.iter().filter_map(|(_, key)| key.as_ref()).any(is);
        match () {
            () if occurs(|k| matches!(k, Key::Wall(_))) => Self::Wall,
            () if occurs(|k| matches!(k, Key::DayIndex(..))) => Self::Date,
            () if occurs(|k| matches!(k, Key::WeekIndex(..))) => Self::Weekday,
            () => Self::Plain,
        }
    }

    /// The key that the row of an open interval has.
    fn key(self, calendar: &Calendar, interval: usize) -> Key {
        let (slot, day) = (calendar.slots[interval], calendar.timeline.intervals[interval].day);
        match self {
            Self::Wall => Key::Wall(slot.wall),
            Self::Date => Key::DayIndex(calendar.dates[day], slot.index),
            Self::Weekday => Key::WeekIndex(calendar.weekdays[day], slot.index),
            Self::Plain => Key::Index(slot.index),
        }
    }
}

/// A time may have as many rows as it occurs on the clock: two in the hour that comes twice.
fn check_twice(
    table: &CsvTable,
    columns: TimeColumns,
    by_key: &FxHashMap<Key, Vec<usize>>,
    used: &FxHashMap<Key, usize>,
    kind: Kind,
) -> Result<(), Fault> {
    let too_many = |times: usize, rows: &[usize]| rows.len() > if kind == Kind::Wall { times } else { 1 };
    let twice = by_key
        .iter()
        .filter(|(key, rows)| used.get(key).is_some_and(|times| too_many(*times, rows)))
        .min_by_key(|(_, rows)| rows[1]);
    let Some((_, rows)) = twice else { return Ok(()) };
    let message = format!("lines {} and {} are for the same interval", table.line(rows[0]), table.line(rows[1]));
    let help = "one row per interval; if the file holds several queues below each other, pick one: where = { queue = \"...\" }";
    Err(Fault::new(message, help).at(rows[1], columns.time))
}

fn check_missing(calendar: &Calendar, missing: &[usize]) -> Result<(), Fault> {
    let name = |i: usize| {
        let interval = &calendar.timeline.intervals[i];
        format!("{} {}", calendar.timeline.days[interval.day].label, interval.label)
    };
    let Some(first) = missing.first() else { return Ok(()) };
    let shown = missing.iter().take(4).map(|i| name(*i)).collect::<Vec<_>>().join(", ");
    let rest = if missing.len() > 4 { format!(" and {} more", missing.len() - 4) } else { String::new() };
    let message =
        format!("the file has no row for {} of {} open intervals: {shown}{rest}", missing.len(), calendar.slots.len());
    Err(Fault::new(message, format!("add a row for {} (0 if nobody calls), or change `open`", name(*first))))
}

/// A row between two interval starts of an opening is neither open nor closed but misplaced.
fn check_aligned(wall: DateTime, calendar: &Calendar) -> Result<(), Fault> {
    let after = calendar.slots.partition_point(|s| s.wall <= wall);
    let Some(before) = after.checked_sub(1).map(|i| calendar.slots[i].wall) else { return Ok(()) };
    let since = wall.duration_since(before).as_secs();
    let length = i64::from(calendar.timeline.interval_s);
    if since == 0 || since >= length {
        return Ok(());
    }
    let length = units::duration(length as f64);
    Err(Fault::new(
        format!("{:02}:{:02} is not the start of an interval of {length}", wall.hour(), wall.minute()),
        "give one row per interval of the scenario, or change `interval`",
    ))
}

fn on_simulated_day(key: Key, calendar: &Calendar) -> bool {
    match key {
        // After midnight the hours may still belong to the last day's opening, but a row there matched already.
        Key::Wall(wall) => wall.date() >= calendar.first && wall.date() < calendar.end,
        Key::DayIndex(date, _) => date >= calendar.first && date < calendar.end,
        Key::WeekIndex(weekday, _) => calendar.weekdays.contains(&weekday),
        Key::Index(_) => true,
    }
}

/// The key of a row; `None` when its time of day is outside the opening hours.
fn key(
    table: &CsvTable,
    columns: TimeColumns,
    spec: &TimeSpec,
    calendar: &Calendar,
    row: usize,
) -> Result<Option<Key>, Fault> {
    let text = table.cell(row, columns.time);
    let cell = time_cell(text, spec, calendar).map_err(|f| f.at(row, columns.time))?;
    let Some((column, is_weekday)) = columns.day else {
        return match cell {
            Cell::Full(wall) => dated(wall, calendar).map(Some).map_err(|f| f.at(row, columns.time)),
            Cell::Index(index) => Ok(Some(Key::Index(index))),
            Cell::Clock(clock) => index_of_clock(clock, one_opening(calendar)?, calendar)
                .map(|i| i.map(Key::Index))
                .map_err(|f| f.at(row, columns.time)),
        };
    };
    let day = table.cell(row, column);
    if is_weekday {
        let weekday = weekday(day).ok_or_else(|| {
            Fault::new(format!("`{day}` is not a weekday"), "write mon, tue, wed, thu, fri, sat or sun").at(row, column)
        })?;
        return match cell {
            Cell::Index(index) => Ok(Some(Key::WeekIndex(weekday, index))),
            Cell::Clock(clock) => {
                let index =
                    index_of_clock(clock, calendar.open[weekday], calendar).map_err(|f| f.at(row, columns.time))?;
                // Closed at that time: still a row of that weekday, so that other days are told from closed hours.
                Ok(Some(Key::WeekIndex(weekday, index.unwrap_or(u32::MAX))))
            }
            Cell::Full(wall) => dated(wall, calendar).map(Some).map_err(|f| f.at(row, columns.time)),
        };
    }
    let date = date_cell(day, spec).map_err(|f| f.at(row, column))?;
    check_dated(calendar, date).map_err(|f| f.at(row, column))?;
    Ok(Some(match cell {
        Cell::Index(index) => Key::DayIndex(date, index),
        Cell::Clock(clock) => Key::Wall(at(date, clock)),
        Cell::Full(wall) => Key::Wall(wall),
    }))
}

fn dated(wall: DateTime, calendar: &Calendar) -> Result<Key, Fault> {
    check_dated(calendar, wall.date()).map(|()| Key::Wall(wall))
}

pub(super) fn check_dated(calendar: &Calendar, found: Date) -> Result<(), Fault> {
    if calendar.dated {
        Ok(())
    } else {
        Err(Fault::new(
            "the file has dates, but the scenario does not say which days it simulates",
            format!("write first_day = {found} at the top of the scenario"),
        ))
    }
}

/// The opening hours, when all simulated days have the same.
fn one_opening(calendar: &Calendar) -> Result<Option<super::words::Hours>, Fault> {
    let first = calendar.weekdays.first().and_then(|w| calendar.open[*w]);
    let other = calendar.weekdays.iter().find(|w| calendar.open[**w] != first);
    match other {
        None => Ok(first),
        Some(other) => {
            let message = format!(
                "the file does not say which day its rows are for, and {} has other hours than {}",
                weekdays_text(&[*other]),
                weekdays_text(&calendar.weekdays[..1])
            );
            Err(Fault::new(message, "add a column `weekday` or `date` to the file"))
        }
    }
}

/// Entry of the opening's list for a time of day; `None` when closed then.
fn index_of_clock(clock: f64, hours: Option<super::words::Hours>, calendar: &Calendar) -> Result<Option<u32>, Fault> {
    let Some(hours) = hours else { return Ok(None) };
    let length = f64::from(calendar.timeline.interval_s);
    let since = (clock - f64::from(hours.start)).rem_euclid(86_400.0);
    if since >= f64::from(hours.end - hours.start) {
        return Ok(None);
    }
    if since % length != 0.0 {
        let message =
            format!("{} is not the start of an interval of {}", units::clock(clock as u64), units::duration(length));
        return Err(Fault::new(message, "give one row per interval of the scenario, or change `interval`"));
    }
    Ok(Some((since / length) as u32))
}

/// The instants of a call log, in seconds on the time axis: those inside opening hours, sorted, and the rest by row; or
/// all that is wrong.
pub(super) fn instants(
    table: &CsvTable,
    spec: &TimeSpec,
    calendar: &Calendar,
    keep: &[usize],
) -> Result<(Vec<f64>, Mapping), Vec<Fault>> {
    let columns = time_columns(table, spec, calendar.dated).map_err(|fault| vec![fault])?;
    let (mut times, mut mapping) = (Vec::with_capacity(keep.len()), Mapping::default());
    let mut faults = Vec::new();
    for &row in keep {
        let (date, axis) = match instant(table, columns, spec, calendar, row) {
            Ok(instant) => instant,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        if date < calendar.first || date >= calendar.end {
            mapping.outside.push(row);
        } else if interval_at(axis, calendar).is_none() {
            mapping.closed.push(row);
        } else {
            times.push(axis);
        }
    }
    times.sort_by(f64::total_cmp);
    if faults.is_empty() { Ok((times, mapping)) } else { Err(together(table, faults)) }
}

/// The open interval that an instant of the axis lies in.
pub(super) fn interval_at(axis: f64, calendar: &Calendar) -> Option<usize> {
    let after = calendar.timeline.intervals.partition_point(|i| i.start_s as f64 <= axis);
    let index = after.checked_sub(1)?;
    (axis < calendar.timeline.intervals[index].start_s as f64 + f64::from(calendar.timeline.interval_s))
        .then_some(index)
}

fn instant(
    table: &CsvTable,
    columns: TimeColumns,
    spec: &TimeSpec,
    calendar: &Calendar,
    row: usize,
) -> Result<(Date, f64), Fault> {
    let text = table.cell(row, columns.time);
    let fault = |f: Fault| f.at(row, columns.time);
    // A bare number in a call log is seconds after midnight, not the number of an interval.
    let cell = match text.parse::<f64>() {
        Ok(seconds) if (0.0..=366.0 * 86_400.0).contains(&seconds) => Cell::Clock(seconds),
        _ => time_cell(text, spec, calendar).map_err(fault)?,
    };
    let date = match (columns.day, cell) {
        (_, Cell::Full(wall)) => check_dated(calendar, wall.date()).map(|()| wall.date()).map_err(fault)?,
        (Some((column, false)), _) => {
            let date = date_cell(table.cell(row, column), spec).map_err(|f| f.at(row, column))?;
            check_dated(calendar, date).map(|()| date).map_err(|f| f.at(row, column))?
        }
        (Some((column, true)), _) => {
            return Err(Fault::new(
                "a call log needs dates, not weekdays",
                "name a date column: time = [\"date\", \"time\"]",
            )
            .at(row, column));
        }
        (None, _) => calendar.first,
    };
    let axis = match cell {
        Cell::Full(wall) => calendar.axis(wall),
        Cell::Clock(clock) => calendar.axis(at(date, clock)),
        Cell::Index(_) => None,
    };
    let axis = axis.ok_or_else(|| {
        fault(Fault::new(format!("`{text}` is not an instant"), "write for example 2026-03-02 08:00:12"))
    })?;
    Ok((date, axis))
}

/// "lines 3-5, 9 and 12", for messages about many rows.
pub(super) fn lines_text(table: &CsvTable, rows: &[usize]) -> String {
    let lines: Vec<u64> = rows.iter().map(|r| table.line(*r)).collect();
    let mut parts: Vec<String> = Vec::new();
    let mut i = 0;
    while i < lines.len() && parts.len() < 6 {
        let mut end = i;
        while end + 1 < lines.len() && lines[end + 1] == lines[end] + 1 {
            end += 1;
        }
        parts.push(if end > i { format!("{}-{}", lines[i], lines[end]) } else { lines[i].to_string() });
        i = end + 1;
    }
    let rest = if i < lines.len() { " ..." } else { "" };
    format!("{} {}{rest}", if lines.len() == 1 { "line" } else { "lines" }, parts.join(", "))
}
