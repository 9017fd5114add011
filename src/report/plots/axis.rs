//! The clock along the bottom: open intervals side by side, closed time left out.

use std::ops::Range;

use crate::report::RunReport;
use crate::report::numbers::later;

/// More columns than this cannot be told apart: intervals are put together by the hour, then by the day.
const MOST_COLUMNS: usize = 1_000;

/// Room for a label of a clock time, and of a day [px].
const CLOCK_ROOM: f64 = 46.0;
const DAY_ROOM: f64 = 84.0;

/// Intervals as columns of equal width.
pub(in crate::report) struct TimeAxis {
    /// Intervals of each column.
    pub(in crate::report) columns: Vec<Range<usize>>,
    /// What a column is: "30 min", "hour", "day".
    pub(in crate::report) unit: String,
    /// Clock times at column edges.
    pub(in crate::report) clocks: Vec<(usize, String)>,
    /// First column of each day that starts after the first, for a line between days.
    pub(in crate::report) day_edges: Vec<usize>,
    /// Days by the edges between which their label is centred.
    pub(in crate::report) days: Vec<(usize, usize, String)>,
}

impl TimeAxis {
    /// The axis of a report's counted intervals, `width` pixels wide.
    pub(in crate::report) fn new(report: &RunReport<'_>, width: f64) -> Self {
        let (columns, unit) = columns(report);
        let timeline = &report.scenario.timeline;
        let day_of = |column: &Range<usize>| timeline.intervals[column.start].day;
        let starts: Vec<usize> =
            (0..columns.len()).filter(|&c| c == 0 || day_of(&columns[c]) != day_of(&columns[c - 1])).collect();
        let mut days = Vec::new();
        for (index, &start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(columns.len());
            days.push((start, end, report.short_day(day_of(&columns[start])).to_owned()));
        }
        let each = width / days.len().max(1) as f64;
        let clocks = if unit == "day" { Vec::new() } else { clocks(report, &columns, width) };
        if each < DAY_ROOM {
            let step = (DAY_ROOM / each).ceil() as usize;
            days = days.into_iter().step_by(step).map(|(start, _, label)| (start, start + 1, label)).collect();
        }
        // A line between days only where it separates more than it covers.
        let day_edges = if each < 12.0 { Vec::new() } else { starts.into_iter().skip(1).collect() };
        if timeline.days.len() == 1 {
            days.clear();
        }
        Self { columns, unit, clocks, day_edges, days }
    }

    /// Number of columns.
    pub(in crate::report) fn len(&self) -> usize {
        self.columns.len()
    }

    /// The mean over each column of a figure that every interval has.
    pub(in crate::report) fn means(&self, of: impl Fn(usize) -> f64) -> Vec<f64> {
        self.columns.iter().map(|c| c.clone().map(&of).sum::<f64>() / c.len() as f64).collect()
    }

    /// The sum over each column of a figure that every interval has.
    pub(in crate::report) fn sums(&self, of: impl Fn(usize) -> f64) -> Vec<f64> {
        self.columns.iter().map(|c| c.clone().map(&of).sum()).collect()
    }
}

fn columns(report: &RunReport<'_>) -> (Vec<Range<usize>>, String) {
    let timeline = &report.scenario.timeline;
    let counted = report.counted();
    if counted.len() <= MOST_COLUMNS {
        let unit = crate::report::numbers::spoken_time(f64::from(timeline.interval_s));
        return (counted.map(|i| i..i + 1).collect(), unit);
    }
    let hour = |i: usize| (timeline.intervals[i].day, timeline.intervals[i].label.get(..2).unwrap_or("").to_owned());
    let by_hour = group(counted.clone(), hour);
    if by_hour.len() <= MOST_COLUMNS {
        return (by_hour, "hour".to_owned());
    }
    (group(counted, |i| timeline.intervals[i].day), "day".to_owned())
}

fn group<K: PartialEq>(intervals: Range<usize>, key: impl Fn(usize) -> K) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for i in intervals {
        match groups.last_mut() {
            Some(group) if key(group.start) == key(i) => group.end = i + 1,
            _ => groups.push(i..i + 1),
        }
    }
    groups
}

/// Clock times at full hours, as many as there is room for.
fn clocks(report: &RunReport<'_>, columns: &[Range<usize>], width: f64) -> Vec<(usize, String)> {
    let timeline = &report.scenario.timeline;
    let label = |c: usize| timeline.intervals[columns[c].start].label.as_str();
    let hour = |label: &str| label.strip_suffix(":00").and_then(|hour| hour.parse::<u32>().ok());
    let at_hours = |step: u32| -> Vec<(usize, String)> {
        let full = (0..columns.len()).filter(|&c| hour(label(c)).is_some_and(|h| h.is_multiple_of(step)));
        full.map(|c| (c, label(c).to_owned())).collect()
    };
    let room = (width / CLOCK_ROOM) as usize;
    let steps: &[u32] = if timeline.days.len() == 1 { &[1, 2, 3, 4, 6, 12] } else { &[1, 2, 3, 4, 6] };
    let Some(mut clocks) = steps.iter().map(|&step| at_hours(step)).find(|clocks| clocks.len() < room) else {
        return Vec::new();
    };
    // The closing time, where it keeps the rhythm.
    if let [.., before, last] = clocks.as_slice()
        && timeline.days.len() == 1
        && last.0 + (last.0 - before.0) == columns.len()
    {
        let end = &timeline.intervals[columns[columns.len() - 1].end - 1];
        clocks.push((columns.len(), later(&end.label, timeline.interval_s)));
    }
    clocks
}
