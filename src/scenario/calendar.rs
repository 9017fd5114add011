//! Opening hours, weekdays, closed dates and clock changes expanded into one axis of open intervals.

use super::types::{Day, Interval, Timeline};
use super::words::{Hours, WEEKDAYS};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};

/// Most open intervals of a replication.
pub(super) const MAX_INTERVALS: usize = 400_000;

/// What the header says about time, checked one by one.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub interval_s: u32,
    /// Hours by weekday, Monday first; `None` = closed.
    pub open: [Option<Hours>; 7],
    pub days: u32,
    pub first_day: Option<Date>,
    pub zone: TimeZone,
    pub zone_name: String,
    pub closed: Vec<Date>,
}

/// The timeline and what only the reader needs: which entry of a day's list each interval takes.
#[derive(Debug, Clone)]
pub(super) struct Calendar {
    pub timeline: Timeline,
    pub open: [Option<Hours>; 7],
    /// Per open interval.
    pub slots: Vec<Slot>,
    /// Weekday (Monday = 0) on which each opening starts.
    pub weekdays: Vec<usize>,
    /// Calendar date on which each opening starts; days of a scenario without dates are counted from a Monday.
    pub dates: Vec<Date>,
    pub dated: bool,
    /// First calendar date after the simulated days.
    pub end: Date,
    pub first: Date,
    pub zone: TimeZone,
}

/// Where an interval stands on the clock on the wall.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// Entry of the opening's list.
    pub index: u32,
    /// Local date and time of its start.
    pub wall: DateTime,
}

impl Calendar {
    /// Entries in a list for the openings of this weekday.
    pub fn list_length(&self, hours: Hours) -> usize {
        ((hours.end - hours.start) / self.timeline.interval_s) as usize
    }

    pub fn interval_count(&self) -> usize {
        self.timeline.intervals.len()
    }

    /// Seconds on the time axis of a local date and time.
    pub fn axis(&self, wall: DateTime) -> Option<f64> {
        let start = self.first.to_zoned(self.zone.clone()).ok()?.timestamp();
        let then = self.zone.to_ambiguous_zoned(wall).compatible().ok()?.timestamp();
        Some(then.duration_since(start).as_secs_f64())
    }

    /// Second on the time axis of a time of day; negative before the first day.
    pub fn second(&self, date: Date, clock: u32) -> Option<i64> {
        let wall = date.at(0, 0, 0, 0).checked_add(Span::new().seconds(i64::from(clock))).ok()?;
        Some(self.axis(wall)?.floor() as i64)
    }

    /// All simulated dates, open or not, and the one before them, whose night shifts may reach into the first day.
    pub fn dates_and_eve(&self) -> Vec<Date> {
        let eve = self.first.yesterday().unwrap_or(self.first);
        eve.series(Span::new().days(1)).take_while(|date| *date < self.end).collect()
    }

    /// The opening that starts on the local date of a second of the time axis.
    pub fn day_of(&self, second: i64) -> Option<usize> {
        let midnight = self.first.to_zoned(self.zone.clone()).ok()?;
        let date = midnight.checked_add(Span::new().try_seconds(second).ok()?).ok()?.date();
        self.dates.binary_search(&date).ok()
    }

    /// "Mon 2 Mar 2026 11:30" or "day 1 11:30" for a second of the time axis.
    pub fn moment(&self, second: i64) -> String {
        let midnight = self.first.to_zoned(self.zone.clone()).ok();
        let at = midnight.and_then(|m| m.checked_add(Span::new().try_seconds(second).ok()?).ok());
        let Some(at) = at else { return String::new() };
        let clock = format!("{:02}:{:02}", at.hour(), at.minute());
        if self.dated {
            return format!("{} {clock}", date_label(at.date()));
        }
        let days = at.date().since(self.first).map_or(0, |span| span.get_days());
        format!("day {} {clock}", days + 1)
    }
}

/// A Monday: where days without a date are counted from.
const NO_DATE: Date = jiff::civil::date(2001, 1, 1);

/// Lays out all openings.
///
/// # Errors
/// What does not fit, in one sentence with advice.
pub(super) fn expand(header: &Header) -> Result<Calendar, String> {
    check_count(header)?;
    // Without a date there is no clock change either: UTC has none.
    let zone = if header.first_day.is_some() { header.zone.clone() } else { TimeZone::UTC };
    let first = header.first_day.unwrap_or(NO_DATE);
    let midnight = first.to_zoned(zone.clone()).map_err(|e| e.to_string())?;
    let end = first.checked_add(Span::new().days(header.days)).map_err(|e| e.to_string())?;
    let timeline = Timeline {
        interval_s: header.interval_s,
        timezone: header.zone_name.clone(),
        days: vec![],
        intervals: vec![],
        round_the_clock: false,
    };
    let mut calendar = Calendar {
        timeline,
        open: header.open,
        slots: vec![],
        weekdays: vec![],
        dates: vec![],
        dated: header.first_day.is_some(),
        end,
        first,
        zone,
    };
    for day in 0..header.days {
        let date = first.checked_add(Span::new().days(day)).map_err(|e| e.to_string())?;
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        if let Some(hours) = header.open[weekday].filter(|_| !header.closed.contains(&date)) {
            calendar.add_opening(day, date, hours, &midnight)?;
        }
    }
    if calendar.timeline.days.is_empty() {
        return Err("the floor is not open on any of the simulated days; change open, closed, first_day or days".into());
    }
    calendar.timeline.round_the_clock = calendar.never_closes(header.open);
    Ok(calendar)
}

/// An upper bound before anything is laid out.
fn check_count(header: &Header) -> Result<(), String> {
    let week: u64 = header.open.iter().flatten().map(|h| u64::from((h.end - h.start) / header.interval_s)).sum();
    let count = week * u64::from(header.days).div_ceil(7);
    if count > MAX_INTERVALS as u64 {
        let (days, length) = (header.days, crate::units::duration(f64::from(header.interval_s)));
        return Err(format!(
            "{days} days in intervals of {length} are about {count} intervals; at most {MAX_INTERVALS}: simulate fewer days or use a longer interval"
        ));
    }
    Ok(())
}

impl Calendar {
    fn add_opening(&mut self, number: u32, date: Date, hours: Hours, midnight: &Zoned) -> Result<(), String> {
        let slots = self.local_slots(date, hours)?;
        // An opening inside the hour that the clock skips does not take place.
        if slots.is_empty() {
            return Ok(());
        }
        let day = self.timeline.days.len();
        let first_interval = self.timeline.intervals.len();
        for (start, slot) in &slots {
            let start_s = (start - midnight.timestamp().as_second()).max(0) as u64;
            let label = format!("{:02}:{:02}", slot.wall.hour(), slot.wall.minute());
            self.timeline.intervals.push(Interval { start_s, label, day });
            self.slots.push(*slot);
        }
        let label = if self.dated { date_label(date) } else { format!("day {}", number + 1) };
        self.timeline.days.push(Day {
            label,
            date: self.dated.then_some(date),
            first_interval,
            interval_count: slots.len(),
        });
        self.weekdays.push(date.weekday().to_monday_zero_offset() as usize);
        self.dates.push(date);
        Ok(())
    }

    /// The intervals of one opening in the order in which they pass, with their start as a Unix second.
    fn local_slots(&self, date: Date, hours: Hours) -> Result<Vec<(i64, Slot)>, String> {
        let midnight = date.at(0, 0, 0, 0);
        let civil = |s: u32| midnight.checked_add(Span::new().seconds(i64::from(s))).map_err(|e| e.to_string());
        let (open, close) = (civil(hours.start)?, civil(hours.end)?);
        let earlier = |wall: DateTime| self.zone.to_ambiguous_zoned(wall).earlier().map_err(|e| e.to_string());
        let (from, last) = (earlier(open)?, self.zone.to_ambiguous_zoned(close).later().map_err(|e| e.to_string())?);
        if from.offset() == last.offset() && from.datetime() == open {
            let interval = i64::from(self.timeline.interval_s);
            let slot = |i: i64| {
                let wall = open.checked_add(Span::new().seconds(i * interval)).map_err(|e| e.to_string())?;
                Ok((from.timestamp().as_second() + i * interval, Slot { index: i as u32, wall }))
            };
            return (0..self.list_length(hours) as i64).map(slot).collect();
        }
        self.slots_across_clock_change(date, (open, close), (from, &last))
    }

    /// When the clock changes, local intervals that do not exist are missing and those that come twice are there twice.
    fn slots_across_clock_change(
        &self,
        date: Date,
        (open, close): (DateTime, DateTime),
        (from, last): (Zoned, &Zoned),
    ) -> Result<Vec<(i64, Slot)>, String> {
        let interval = i64::from(self.timeline.interval_s);
        let mut at = from;
        let mut runs: Vec<Vec<(i64, Slot)>> = vec![vec![]];
        while at < *last {
            let wall = at.datetime();
            let since = wall.duration_since(open).as_secs();
            if since % interval != 0 {
                let length = crate::units::duration(interval as f64);
                return Err(format!(
                    "on {} the clock changes within an interval of {length}; use an interval that divides the change, such as \"30m\"",
                    date_label(date)
                ));
            }
            let inside = wall >= open && wall < close;
            match runs.last_mut() {
                Some(run) if inside => {
                    run.push((at.timestamp().as_second(), Slot { index: (since / interval) as u32, wall }))
                }
                Some(run) if !run.is_empty() => runs.push(vec![]),
                _ => {}
            }
            at = at.checked_add(Span::new().seconds(interval)).map_err(|e| e.to_string())?;
        }
        // An opening that starts or ends inside the hour that comes twice would fall apart: its longest part stays.
        Ok(runs.into_iter().rev().max_by_key(Vec::len).unwrap_or_default())
    }

    fn never_closes(&self, open: [Option<Hours>; 7]) -> bool {
        let whole_day = Some(Hours { start: 0, end: 86_400 });
        let length = u64::from(self.timeline.interval_s);
        let touching = self.timeline.intervals.windows(2).all(|w| w[0].start_s + length == w[1].start_s);
        touching && self.weekdays.iter().all(|w| open[*w] == whole_day)
    }
}

/// "Mon 2 Mar 2026".
pub(super) fn date_label(date: Date) -> String {
    date.strftime("%a %-d %b %Y").to_string()
}

/// Two openings that overlap, as weekdays, if there are any. Each may run into the next day.
pub(super) fn overlap(open: &[Option<Hours>; 7]) -> Option<(usize, usize)> {
    (0..7).map(|day| (day, (day + 1) % 7)).find(|(day, next)| match (open[*day], open[*next]) {
        (Some(today), Some(tomorrow)) => today.end > tomorrow.start + 86_400,
        _ => false,
    })
}

/// "mon 08:00-20:00", for messages.
pub(super) fn hours_text(hours: Hours) -> String {
    if hours == (Hours { start: 0, end: 86_400 }) {
        return "24h".into();
    }
    let clock = |s: u32| if s == 86_400 { "24:00".into() } else { crate::units::clock(u64::from(s)) };
    format!("{}-{}", clock(hours.start), clock(hours.end))
}

/// "mon", "mon-fri" or "mon, wed" for a set of weekdays.
pub(super) fn weekdays_text(days: &[usize]) -> String {
    let consecutive = days.len() > 2 && days.windows(2).all(|w| w[1] == w[0] + 1);
    match days {
        [first, .., last] if consecutive => format!("{}-{}", WEEKDAYS[*first], WEEKDAYS[*last]),
        _ => days.iter().map(|d| WEEKDAYS[*d]).collect::<Vec<_>>().join(", "),
    }
}
