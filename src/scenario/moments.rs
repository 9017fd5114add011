//! Dates and times of day as CSV files write them.

use super::calendar::Calendar;
use super::rows::{Fault, TimeSpec};
use jiff::civil::{Date, DateTime, Time};

/// What a row says about its time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell {
    Index(u32),
    /// Seconds after midnight.
    Clock(f64),
    Full(DateTime),
}

/// "08:00", "8:00 AM", "08:00-08:30", "2026-03-02 08:00", "2026-03-02T08:00:00Z" or the number of an interval.
pub(super) fn time_cell(text: &str, spec: &TimeSpec, calendar: &Calendar) -> Result<Cell, Fault> {
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
pub(super) fn date_cell(text: &str, spec: &TimeSpec) -> Result<Date, Fault> {
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

/// A local date and a time of day.
pub(super) fn at(date: Date, clock: f64) -> DateTime {
    let midnight = date.to_datetime(Time::midnight());
    midnight.saturating_add(jiff::SignedDuration::from_secs_f64(clock))
}
