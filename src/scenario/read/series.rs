//! Values per interval: one number, a list, a list per weekday group or a list per simulated day.

use super::Reader;
use crate::error::Problem;
use crate::scenario::calendar::{self, Calendar};
use crate::scenario::tree::Node;
use crate::scenario::words::{Hours, WEEKDAYS, weekdays};
use crate::units;
use jiff::Span;

/// Which entry of which list each open interval takes.
pub(in crate::scenario) struct Layout {
    pub hours: [Option<Hours>; 7],
    pub interval_s: u32,
    /// One per open interval of the floor; `None` where a team is closed.
    pub spots: Vec<Option<Spot>>,
    /// Openings of the floor, by number of intervals.
    pub day_lengths: Vec<usize>,
}

/// The place of one interval in the lists.
#[derive(Clone, Copy)]
pub(in crate::scenario) struct Spot {
    /// Opening of the floor.
    pub day: usize,
    /// Weekday on which the list starts, Monday = 0.
    pub weekday: usize,
    /// Entry of the list.
    pub index: usize,
    /// How many intervals of the opening have passed; other than `index` after a clock change.
    pub passed: usize,
}

impl Layout {
    /// The floor's own hours.
    pub fn floor(calendar: &Calendar) -> Self {
        let spots = calendar.slots.iter().enumerate().map(|(i, slot)| {
            let day = calendar.timeline.intervals[i].day;
            let passed = i - calendar.timeline.days[day].first_interval;
            Some(Spot { day, weekday: calendar.weekdays[day], index: slot.index as usize, passed })
        });
        Self::new(calendar, calendar.open, spots.collect())
    }

    /// The hours of a team inside those of the floor.
    pub fn team(calendar: &Calendar, hours: [Option<Hours>; 7]) -> Self {
        let spots = (0..calendar.slots.len()).map(|i| Self::team_spot(calendar, &hours, i));
        let spots = spots.collect();
        Self::new(calendar, hours, spots)
    }

    fn new(calendar: &Calendar, hours: [Option<Hours>; 7], spots: Vec<Option<Spot>>) -> Self {
        let day_lengths = calendar.timeline.days.iter().map(|d| d.interval_count).collect();
        Self { hours, interval_s: calendar.timeline.interval_s, spots, day_lengths }
    }

    fn team_spot(calendar: &Calendar, hours: &[Option<Hours>; 7], interval: usize) -> Option<Spot> {
        let wall = calendar.slots[interval].wall;
        let day = calendar.timeline.intervals[interval].day;
        // An opening over midnight belongs to the day it starts, so the day before counts too.
        [0, 1].into_iter().find_map(|back| {
            let date = wall.date().checked_sub(Span::new().days(back)).ok()?;
            let weekday = date.weekday().to_monday_zero_offset() as usize;
            let since = u32::try_from(wall.duration_since(date.at(0, 0, 0, 0)).as_secs()).ok()?;
            let h = hours[weekday].filter(|h| (h.start..h.end).contains(&since))?;
            let index = ((since - h.start) / calendar.timeline.interval_s) as usize;
            Some(Spot { day, weekday, index, passed: index })
        })
    }

    /// Entries in a list for these hours.
    pub fn length(&self, hours: Hours) -> usize {
        ((hours.end - hours.start) / self.interval_s) as usize
    }

    /// Weekdays that occur in the simulated days.
    pub fn used_weekdays(&self) -> [bool; 7] {
        let mut used = [false; 7];
        self.spots.iter().flatten().for_each(|s| used[s.weekday] = true);
        used
    }
}

impl Reader<'_> {
    /// One value per open interval; `T::default()` where the layout is closed.
    pub(super) fn series<T: Copy + Default>(
        &mut self,
        node: &Node,
        path: &str,
        layout: &Layout,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        if node.table().is_some() {
            return self.series_by_weekday(node, path, layout, read);
        }
        let Some(list) = node.list() else {
            let value = read(node)?;
            return Some(layout.spots.iter().map(|s| s.map_or(T::default(), |_| value)).collect());
        };
        if list.iter().any(|n| n.list().is_some()) {
            return self.series_by_day(node, path, layout, read);
        }
        let used = layout.used_weekdays();
        let lengths: Vec<(usize, Hours)> =
            (0..7).filter(|d| used[*d]).filter_map(|d| Some((d, layout.hours[d]?))).collect();
        if let Some((first, hours)) = lengths.first()
            && let Some((other, longer)) = lengths.iter().find(|(_, h)| layout.length(*h) != layout.length(*hours))
        {
            let count = |d: usize, h: Hours| format!("{} has {} intervals", WEEKDAYS[d], layout.length(h));
            let message = format!(
                "one list cannot fit days of different length: {}, {}",
                count(*first, *hours),
                count(*other, *longer)
            );
            self.problem(
                path,
                node.place,
                message,
                "write one list per weekday group: { mon-fri = [...], sat = [...] }",
            );
            return None;
        }
        for (_, hours) in lengths.iter().take(1) {
            self.list_fits(node, path, layout, *hours)?;
        }
        let values: Vec<T> = list.iter().map(read).collect::<Option<_>>()?;
        Some(layout.spots.iter().map(|s| s.map_or(T::default(), |s| values[s.index])).collect())
    }

    fn series_by_weekday<T: Copy + Default>(
        &mut self,
        node: &Node,
        path: &str,
        layout: &Layout,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut by_day: [Option<Vec<T>>; 7] = Default::default();
        for entry in &node.table()?.entries {
            let path = format!("{path}.{}", entry.key);
            for day in (0..7).filter(|d| weekdays(&entry.key).is_some_and(|days| days[*d])) {
                let Some(hours) = layout.hours[day] else {
                    self.problem(
                        &path,
                        entry.key_place,
                        format!("{} has values but is not open", WEEKDAYS[day]),
                        "leave the day out, or give it opening hours in `open`",
                    );
                    return None;
                };
                by_day[day] = Some(self.day_values(&entry.node, &path, layout, hours, &read)?);
            }
        }
        let used = layout.used_weekdays();
        let lacking: Vec<usize> = (0..7).filter(|d| used[*d] && by_day[*d].is_none()).collect();
        if !lacking.is_empty() {
            let message = format!("`{path}` says nothing for {}, which is open", calendar::weekdays_text(&lacking));
            self.problem(
                path,
                node.place,
                message,
                "add the missing weekdays, for example { mon-fri = ..., sat-sun = ... }",
            );
            return None;
        }
        let value =
            |s: &Option<Spot>| s.and_then(|s| by_day[s.weekday].as_ref()?.get(s.index).copied()).unwrap_or_default();
        Some(layout.spots.iter().map(value).collect())
    }

    /// The list of one weekday, or one number for all of it.
    fn day_values<T: Copy>(
        &mut self,
        node: &Node,
        path: &str,
        layout: &Layout,
        hours: Hours,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        match node.list() {
            Some(list) => {
                self.list_fits(node, path, layout, hours)?;
                list.iter().map(read).collect()
            }
            None => read(node).map(|value| vec![value; layout.length(hours)]),
        }
    }

    fn series_by_day<T: Copy + Default>(
        &mut self,
        node: &Node,
        path: &str,
        layout: &Layout,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let lists = node.list()?;
        let days = layout.day_lengths.len();
        if lists.len() != days {
            let message = format!("`{path}` has {} lists, but {days} simulated days are open", lists.len());
            self.problem(path, node.place, message, "write one list per open day, or one list for all of them");
            return None;
        }
        let mut values: Vec<Vec<T>> = Vec::with_capacity(days);
        for (day, list) in lists.iter().enumerate() {
            let path = format!("{path}[{day}]");
            let Some(entries) = list.list() else {
                self.problem(
                    path,
                    list.place,
                    "numbers and lists stand side by side",
                    "write one list per open day, or one flat list",
                );
                return None;
            };
            let weekday = layout.spots.iter().flatten().find(|s| s.day == day).map(|s| s.weekday);
            let Some(hours) = weekday.and_then(|w| layout.hours[w]) else {
                values.push(Vec::new());
                continue;
            };
            // On a day of 23 or 25 hours a list may also count the intervals that really pass.
            if entries.len() != layout.day_lengths[day] {
                self.list_fits(list, &path, layout, hours)?;
            }
            values.push(entries.iter().map(&read).collect::<Option<_>>()?);
        }
        let really = |s: &Spot| values[s.day].len() == layout.day_lengths[s.day];
        let value = |s: &Option<Spot>| {
            s.and_then(|s| values[s.day].get(if really(&s) { s.passed } else { s.index }).copied()).unwrap_or_default()
        };
        Some(layout.spots.iter().map(value).collect())
    }

    /// A list has one entry per interval of the opening.
    fn list_fits(&mut self, node: &Node, path: &str, layout: &Layout, hours: Hours) -> Option<()> {
        let (has, needs) = (node.list()?.len(), layout.length(hours));
        if has == needs {
            return Some(());
        }
        let step = units::duration(f64::from(layout.interval_s));
        let start = |i: usize| units::clock(u64::from(hours.start) + i as u64 * u64::from(layout.interval_s));
        let message = format!(
            "`{path}` has {has} entries, but {} in intervals of {step} needs {needs}",
            calendar::hours_text(hours)
        );
        let advice = match has {
            0 => format!("write {needs} numbers, the first for {}, the last for {}", start(0), start(needs - 1)),
            _ if has + 1 == needs => format!("entry {has} is for {}; {} is missing", start(has - 1), start(has)),
            _ if has < needs => format!(
                "entry {has} is for {}; those from {} to {} are missing",
                start(has - 1),
                start(has),
                start(needs - 1)
            ),
            _ => format!("entry {needs} is for {}, the last interval; {} too many", start(needs - 1), has - needs),
        };
        self.problems.push(Problem::new(path, message).at(node.place).help(advice));
        None
    }
}
