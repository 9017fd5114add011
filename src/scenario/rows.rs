//! Which row of a CSV file belongs to which open interval.

use super::calendar::{Calendar, weekdays_text};
use super::table::CsvTable;
use super::words::weekday;
use crate::units;
use jiff::civil::{Date, DateTime, Time};
use rustc_hash::{FxHashMap, FxHashSet};

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
}

/// What a row says about its time.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cell {
    Index(u32),
    /// Seconds after midnight.
    Clock(f64),
    Full(DateTime),
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

/// Gives every open interval its row, among the rows that `keep` names.
pub(super) fn map(table: &CsvTable, spec: &TimeSpec, calendar: &Calendar, keep: &[usize]) -> Result<Mapping, Fault> {
    let columns = time_columns(table, spec, calendar.dated)?;
    let mut keys: Vec<(usize, Option<Key>)> = Vec::with_capacity(keep.len());
    for &row in keep {
        keys.push((row, key(table, columns, spec, calendar, row)?));
    }
    let mut by_key: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (row, key) in &keys {
        if let Some(key) = key {
            by_key.entry(*key).or_default().push(*row);
        }
    }
    let dated_clock = keys.iter().any(|(_, k)| matches!(k, Some(Key::Wall(_))));
    let by_date = keys.iter().any(|(_, k)| matches!(k, Some(Key::DayIndex(..))));
    let by_weekday = keys.iter().any(|(_, k)| matches!(k, Some(Key::WeekIndex(..))));
    let wanted = |i: usize| {
        let (slot, day) = (calendar.slots[i], calendar.timeline.intervals[i].day);
        match () {
            () if dated_clock => Key::Wall(slot.wall),
            () if by_date => Key::DayIndex(calendar.dates[day], slot.index),
            () if by_weekday => Key::WeekIndex(calendar.weekdays[day], slot.index),
            () => Key::Index(slot.index),
        }
    };
    let mut mapping = Mapping::default();
    let mut missing = Vec::new();
    let mut turn: FxHashMap<Key, usize> = FxHashMap::default();
    let mut used: FxHashSet<Key> = FxHashSet::default();
    for i in 0..calendar.slots.len() {
        let key = wanted(i);
        match by_key.get(&key) {
            Some(rows) => {
                // An hour that comes twice may have two rows; then they are taken in order.
                let nth = turn.entry(key).or_insert(0);
                mapping.rows.push(rows[(*nth).min(rows.len() - 1)]);
                *nth += 1;
                used.insert(key);
            }
            None => missing.push(i),
        }
    }
    check_twice(table, columns, &by_key, &turn, dated_clock)?;
    check_missing(calendar, &missing)?;
    for (row, key) in keys {
        if key.is_some_and(|k| used.contains(&k)) {
            continue;
        }
        let inside = key.is_none_or(|k| on_simulated_day(k, calendar));
        if let (Some(Key::Wall(wall)), true) = (key, inside) {
            check_aligned(wall, calendar).map_err(|f| f.at(row, columns.time))?;
        }
        if inside { mapping.closed.push(row) } else { mapping.outside.push(row) }
    }
    Ok(mapping)
}

fn check_twice(
    table: &CsvTable,
    columns: TimeColumns,
    by_key: &FxHashMap<Key, Vec<usize>>,
    turn: &FxHashMap<Key, usize>,
    doubled: bool,
) -> Result<(), Fault> {
    let too_many =
        |key: &Key, rows: &[usize]| rows.len() > if doubled { turn.get(key).copied().unwrap_or(1) } else { 1 };
    let twice = by_key
        .iter()
        .filter(|(key, rows)| turn.contains_key(key) && too_many(key, rows))
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

fn check_dated(calendar: &Calendar, found: Date) -> Result<(), Fault> {
    if calendar.dated {
        Ok(())
    } else {
        Err(Fault::new(
            "the file has dates, but the scenario does not say which days it simulates",
            format!("write first_day = {found} at the top of the scenario"),
        ))
    }
}

fn at(date: Date, clock: f64) -> DateTime {
    let midnight = date.to_datetime(Time::midnight());
    midnight.saturating_add(jiff::SignedDuration::from_secs_f64(clock))
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

/// The instants of a call log, in seconds on the time axis: those inside opening hours, sorted, and the rest by row.
pub(super) fn instants(
    table: &CsvTable,
    spec: &TimeSpec,
    calendar: &Calendar,
    keep: &[usize],
) -> Result<(Vec<f64>, Mapping), Fault> {
    let columns = time_columns(table, spec, calendar.dated)?;
    let (mut times, mut mapping) = (Vec::with_capacity(keep.len()), Mapping::default());
    for &row in keep {
        let (date, axis) = instant(table, columns, spec, calendar, row)?;
        if date < calendar.first || date >= calendar.end {
            mapping.outside.push(row);
        } else if interval_at(axis, calendar).is_none() {
            mapping.closed.push(row);
        } else {
            times.push(axis);
        }
    }
    times.sort_by(f64::total_cmp);
    Ok((times, mapping))
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

/// "08:00", "8:00 AM", "08:00-08:30", "2026-03-02 08:00", "2026-03-02T08:00:00Z" or the number of an interval.
fn time_cell(text: &str, spec: &TimeSpec, calendar: &Calendar) -> Result<Cell, Fault> {
    if let Ok(index) = text.parse() {
        return Ok(Cell::Index(index));
    }
    if let Some(clock) = clock(text) {
        return Ok(Cell::Clock(clock));
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Ok(Cell::Full(instant.to_zoned(calendar.zone.clone()).datetime()));
    }
    let Some((day, time)) = text.split_once(['T', ' ']) else {
        return Err(Fault::new(
            format!("`{text}` is not a time"),
            "write for example 08:00, 2026-03-02 08:00, or the number of the interval from 0",
        ));
    };
    let date = date_cell(day, spec)?;
    let clock =
        clock(time).ok_or_else(|| Fault::new(format!("`{time}` is not a time of day"), "write for example 08:00"))?;
    Ok(Cell::Full(at(date, clock)))
}

/// Seconds after midnight of a time of day; of a range its start.
fn clock(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some((from, to)) = text.split_once(['-', '–']) {
        return clock(to).and_then(|_| clock(from));
    }
    let upper = text.to_ascii_uppercase();
    let (digits, half) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(rest), _) => (rest.trim(), Some(0.0)),
        (_, Some(rest)) => (rest.trim(), Some(12.0)),
        _ => (upper.as_str(), None),
    };
    let mut parts = digits.split(':');
    let (h, m) = (parts.next()?, parts.next()?);
    let s = parts.next().unwrap_or("0");
    let plain = |t: &str| !t.is_empty() && t.len() <= 12 && t.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if parts.next().is_some() || !plain(h) || !plain(m) || !plain(s) {
        return None;
    }
    let (mut h, m, s): (f64, f64, f64) =
        (h.parse::<u32>().ok()?.into(), m.parse::<u32>().ok()?.into(), s.parse().ok()?);
    if let Some(add) = half {
        h = h % 12.0 + add;
    }
    (h < 24.0 && m < 60.0 && s < 60.0).then_some(h * 3_600.0 + m * 60.0 + s)
}

/// A date: always 2026-03-02, and whatever `dates` says.
fn date_cell(text: &str, spec: &TimeSpec) -> Result<Date, Fault> {
    if let Ok(date) = text.trim().parse::<Date>() {
        return Ok(date);
    }
    let numbers: Vec<i64> = text.trim().split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    let Some(pattern) = &spec.dates else {
        let help = if numbers.len() == 3 {
            "say how dates are written: dates = \"day/month/year\" or \"month/day/year\""
        } else {
            "write for example 2026-03-02"
        };
        return Err(Fault::new(format!("`{text}` is not a date that can be read in one way only"), help));
    };
    let order: Vec<&str> = date_order(pattern).unwrap_or_default();
    let part = |name: &str| order.iter().position(|w| *w == name).and_then(|i| numbers.get(i).copied());
    let date = match (part("year"), part("month"), part("day")) {
        (Some(year), Some(month), Some(day)) if numbers.len() == 3 => {
            let year = if year < 100 { 2_000 + year } else { year };
            Date::new(
                i16::try_from(year).unwrap_or(0),
                i8::try_from(month).unwrap_or(0),
                i8::try_from(day).unwrap_or(0),
            )
            .ok()
        }
        _ => None,
    };
    date.ok_or_else(|| {
        Fault::new(format!("`{text}` is not a date written as {pattern}"), "change `dates`, or write 2026-03-02")
    })
}

/// The words of "day/month/year" in their order.
pub(super) fn date_order(pattern: &str) -> Option<Vec<&str>> {
    let words: Vec<&str> = pattern.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()).collect();
    let complete = words.len() == 3 && ["day", "month", "year"].iter().all(|w| words.contains(w));
    complete.then_some(words)
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
