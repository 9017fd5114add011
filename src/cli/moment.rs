//! Points in time on the command line: "10:30", "Tue 10:30", "2026-03-03 10:30", "day 2 10:30".

use crate::error::{Error, Result};
use crate::scenario::{Day, Timeline};

/// The open intervals that contain a time of day: one on each day, or on the days that are named.
pub(super) fn intervals_at(timeline: &Timeline, text: &str) -> Result<Vec<usize>> {
    let (day, time) = match text.trim().rsplit_once([' ', 'T']) {
        Some((day, time)) => (Some(day.trim()), time),
        None => (None, text.trim()),
    };
    let Some(minute) = minute_of_day(time) else {
        return Err(refused(text, "is not a time of day", "write for example 10:30, or \"Tue 10:30\""));
    };
    let days: Vec<usize> =
        (0..timeline.days.len()).filter(|&d| day.is_none_or(|day| is_day(&timeline.days[d], d, day))).collect();
    if days.is_empty() {
        return Err(refused(text, "is on no day of this scenario", &format!("the days are: {}", names(timeline))));
    }
    let found: Vec<usize> = (0..timeline.intervals.len())
        .filter(|&i| days.contains(&timeline.intervals[i].day) && contains(timeline, i, minute))
        .collect();
    if found.is_empty() {
        return Err(refused(text, "is outside the opening hours", &hours(timeline, &days)));
    }
    Ok(found)
}

fn refused(text: &str, what: &str, help: &str) -> Error {
    Error::Refused(format!("`{text}` {what}\n  help: {help}"))
}

/// Minutes after midnight.
fn minute_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let number = |t: &str| t.parse::<u32>().ok().filter(|_| t.len() <= 2 && t.bytes().all(|b| b.is_ascii_digit()));
    let (hour, minute) = (number(hour)?, number(minute)?);
    (hour < 24 && minute < 60).then_some(60 * hour + minute)
}

fn contains(timeline: &Timeline, interval: usize, minute: u32) -> bool {
    let start = minute_of_day(&timeline.intervals[interval].label);
    start.is_some_and(|start| (minute + 24 * 60 - start) % (24 * 60) < timeline.interval_s.div_ceil(60))
}

/// "Tue", "Tue 3 Mar", "2026-03-03", "day 2".
fn is_day(day: &Day, index: usize, text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let label = day.label.to_lowercase();
    let date = day.date.is_some_and(|date| date.to_string() == text);
    date || label == text || label.starts_with(&format!("{text} ")) || format!("day {}", index + 1) == text
}

fn names(timeline: &Timeline) -> String {
    const MOST: usize = 10;
    let mut names: Vec<&str> = timeline.days.iter().take(MOST).map(|d| d.label.as_str()).collect();
    if timeline.days.len() > MOST {
        names.push("...");
    }
    names.join(", ")
}

/// "intervals of 30 min start from 08:00 to 19:30", of the first of the days.
fn hours(timeline: &Timeline, days: &[usize]) -> String {
    let day = &timeline.days[days[0]];
    let label = |i: usize| timeline.intervals[i].label.as_str();
    let (first, last) = (day.first_interval, day.first_interval + day.interval_count.max(1) - 1);
    let length = f64::from(timeline.interval_s) / 60.0;
    format!("its intervals of {length} min start from {} to {} ({})", label(first), label(last), day.label)
}
