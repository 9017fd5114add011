//! Which way of writing says exactly what is planned.

use crate::scenario::explain::quoted_key;
use crate::scenario::read::{Layout, Spot};
use crate::scenario::types::{Day, Timeline};
use crate::scenario::words::WEEKDAYS;

use super::layout::list_text;

/// People by interval as the language writes them.
pub(super) enum Form {
    /// Always the same number.
    Same(u32),
    /// The same list on all days.
    List(Series),
    /// A list per weekday group.
    Weekdays(Vec<(String, Series)>),
    /// A list per simulated day, each with the name of the day.
    Days(Vec<(String, Series)>),
}

/// One list and where on the clock it starts.
#[derive(Clone, PartialEq)]
pub(super) struct Series {
    pub heads: Vec<u32>,
    /// Seconds since midnight of each entry.
    pub starts: Vec<u64>,
    pub interval_s: u64,
}

/// What to do when two intervals that share an entry should have different people.
#[derive(Clone, Copy, PartialEq)]
enum Conflict {
    Fail,
    TakeMore,
}

/// The shortest form for these people, one per open interval of the floor; a list stays a list.
pub(super) fn choose(layout: &Layout, timeline: &Timeline, heads: &[u32], was_list: bool) -> Form {
    let mut open = layout.spots.iter().zip(heads).filter(|(spot, _)| spot.is_some()).map(|(_, n)| *n);
    let first = open.next().unwrap_or(0);
    let same = open.all(|n| n == first);
    let list = flat(layout, heads);
    if let (Some(list), true) = (&list, was_list || !same) {
        return Form::List(list.clone());
    }
    if same {
        return Form::Same(first);
    }
    weekdays(layout, heads, Conflict::Fail)
        .map(Form::Weekdays)
        .or_else(|| days(layout, timeline, heads).map(Form::Days))
        .or_else(|| weekdays(layout, heads, Conflict::TakeMore).map(Form::Weekdays))
        .unwrap_or(Form::Same(heads.iter().max().copied().unwrap_or(0)))
}

/// One list for all days, if the days have the same length and the same people.
fn flat(layout: &Layout, heads: &[u32]) -> Option<Series> {
    let used = layout.used_weekdays();
    let mut hours = (0..7).filter(|d| used[*d]).filter_map(|d| layout.hours[d]);
    let first = hours.next()?;
    let length = layout.length(first);
    let entries = entries(layout, heads).map(|(spot, n)| (spot.index, n));
    hours
        .all(|h| layout.length(h) == length)
        .then(|| fill(length, entries, Conflict::Fail))?
        .map(|heads| series(layout, heads, u64::from(first.start)))
}

fn weekdays(layout: &Layout, heads: &[u32], conflict: Conflict) -> Option<Vec<(String, Series)>> {
    let mut groups: Vec<(Vec<usize>, Series)> = Vec::new();
    for day in (0..7).filter(|d| layout.used_weekdays()[*d]) {
        let hours = layout.hours[day]?;
        let entries = entries(layout, heads).filter(|(s, _)| s.weekday == day).map(|(s, n)| (s.index, n));
        let list = series(layout, fill(layout.length(hours), entries, conflict)?, u64::from(hours.start));
        match groups.iter_mut().find(|(_, other)| *other == list) {
            Some((days, _)) => days.push(day),
            None => groups.push((vec![day], list)),
        }
    }
    Some(groups.into_iter().map(|(days, list)| (group_name(&days), list)).collect())
}

/// One list per simulated day.
fn days(layout: &Layout, timeline: &Timeline, heads: &[u32]) -> Option<Vec<(String, Series)>> {
    let mut spots = entries(layout, heads).peekable();
    let mut lists = Vec::new();
    for (number, day) in timeline.days.iter().enumerate() {
        let mut today = Vec::new();
        while let Some(entry) = spots.next_if(|(spot, _)| spot.day == number) {
            today.push(entry);
        }
        lists.push((day.label.clone(), one_day(layout, timeline, day, &today)?));
    }
    Some(lists)
}

/// The list of a day: as long as the opening, or, when the clock changes, as long as what really passes.
fn one_day(layout: &Layout, timeline: &Timeline, day: &Day, today: &[(Spot, u32)]) -> Option<Series> {
    let Some((spot, _)) = today.first() else { return Some(series(layout, Vec::new(), 0)) };
    let hours = layout.hours[spot.weekday]?;
    let by_entry = fill(layout.length(hours), today.iter().map(|(s, n)| (s.index, *n)), Conflict::Fail);
    // The reader takes a list as long as the day for one of what really passes.
    let plain = layout.length(hours) != day.interval_count || today.iter().all(|(s, _)| s.passed == s.index);
    if let (Some(heads), true) = (by_entry, plain) {
        return Some(series(layout, heads, u64::from(hours.start)));
    }
    let passing = today.len() == day.interval_count && today.iter().enumerate().all(|(i, (s, _))| s.passed == i);
    let heads = today.iter().map(|(_, n)| *n).collect();
    let intervals = &timeline.intervals[day.first_interval..][..day.interval_count];
    let starts = intervals.iter().map(|i| clock_seconds(&i.label)).collect();
    passing.then_some(Series { heads, starts, interval_s: u64::from(layout.interval_s) })
}

/// Seconds since midnight of "08:30".
fn clock_seconds(label: &str) -> u64 {
    let (hour, minute) = label.split_once(':').unwrap_or(("0", "0"));
    3_600 * hour.parse::<u64>().unwrap_or(0) + 60 * minute.parse::<u64>().unwrap_or(0)
}

/// Each interval in which the team is open, with its people.
fn entries<'a>(layout: &'a Layout, heads: &'a [u32]) -> impl Iterator<Item = (Spot, u32)> + 'a {
    layout.spots.iter().zip(heads).filter_map(|(spot, n)| spot.map(|s| (s, *n)))
}

/// A list from its entries; an hour that does not pass (a skipped one, or one before the floor opens) is staffed like
/// its neighbour.
fn fill(length: usize, entries: impl Iterator<Item = (usize, u32)>, conflict: Conflict) -> Option<Vec<u32>> {
    let mut list: Vec<Option<u32>> = vec![None; length];
    for (index, heads) in entries {
        let entry = list.get_mut(index)?;
        match *entry {
            Some(other) if other != heads && conflict == Conflict::Fail => return None,
            Some(other) => *entry = Some(other.max(heads)),
            None => *entry = Some(heads),
        }
    }
    let mut last = list.iter().find_map(|n| *n)?;
    let full = list.into_iter().map(|n| {
        last = n.unwrap_or(last);
        last
    });
    Some(full.collect())
}

fn series(layout: &Layout, heads: Vec<u32>, start: u64) -> Series {
    let interval_s = u64::from(layout.interval_s);
    let starts = (0..heads.len() as u64).map(|i| (start + i * interval_s) % 86_400).collect();
    Series { heads, starts, interval_s }
}

/// "mon", "mon-fri" or "mon,wed".
fn group_name(days: &[usize]) -> String {
    match days {
        [first, .., last] if days.len() == last - first + 1 => format!("{}-{}", WEEKDAYS[*first], WEEKDAYS[*last]),
        _ => days.iter().map(|d| WEEKDAYS[*d]).collect::<Vec<_>>().join(","),
    }
}

impl Form {
    /// As TOML.
    pub fn text(&self) -> String {
        match self {
            Self::Same(n) => n.to_string(),
            Self::List(list) => list_text(list, 0),
            Self::Weekdays(groups) => {
                let pairs: Vec<String> =
                    groups.iter().map(|(days, list)| format!("{} = {}", quoted_key(days), one_or_list(list))).collect();
                format!("{{ {} }}", pairs.join(", "))
            }
            Self::Days(days) => {
                let line = |(day, list): &(String, Series)| format!("  {},  # {day}\n", list_text(list, 2));
                format!("[\n{}]", days.iter().map(line).collect::<String>())
            }
        }
    }
}

fn one_or_list(list: &Series) -> String {
    match list.heads.first() {
        Some(first) if list.heads.iter().all(|n| n == first) => first.to_string(),
        _ => list_text(list, 0),
    }
}
