//! Interval by interval: service of the worst queue, people on the phone, people needed, the difference.

use std::ops::Range;

use crate::experiment::IntervalMetric;
use crate::report::RunReport;
use crate::report::cover::Cover;
use crate::report::diagnosis::{worst_day, worst_queue};
use crate::report::grid::{DayColumns, Row, blocks, cell_width, columns};
use crate::report::layout::{Style, Tone, paragraph, shorten};

/// Most teams shown; those shortest of people.
const MOST_TEAMS: usize = 4;

/// Columns a name may take in a label at least, and at most.
const NAME: [usize; 2] = [14, 30];

/// The whole block; empty when there is neither a queue to show nor a need.
pub(super) fn section(report: &RunReport<'_>, covers: &[Cover], style: Style) -> String {
    let queue = worst_queue(report);
    let day = match queue.and_then(|q| worst_day(report, q)) {
        Some(day) => day,
        None => report.counted().next().map_or(0, |i| report.scenario.timeline.intervals[i].day),
    };
    let columns = columns(&report.scenario.timeline, day);
    // What the narrowest table leaves free beside " on phone".
    let name = style.columns().saturating_sub(3 * columns.groups.len() + 9).clamp(NAME[0], NAME[1]);
    let mut rows: Vec<Row> = queue.map(|q| service_level(report, q, &columns, name)).into_iter().collect();
    let shown = shown(report, covers, &columns);
    rows.extend(shown.iter().flat_map(|cover| staffing(cover, &columns, name)));
    if rows.is_empty() {
        return String::new();
    }
    let mut lines = caption(report, queue, day, &columns, style);
    lines.extend(blocks(&columns, &rows, style));
    lines.extend(notes(&rows, covers.len() - shown.len(), style));
    lines.join("\n")
}

fn caption(
    report: &RunReport<'_>,
    queue: Option<usize>,
    day: usize,
    columns: &DayColumns,
    style: Style,
) -> Vec<String> {
    let days = &report.scenario.timeline.days;
    let mut words = Vec::new();
    if days.len() > 1 {
        let worst = queue.map(|q| format!(", of {} days the worst for {}", days.len(), report.scenario.queues[q].name));
        words.push(format!("{}{}", days[day].label, worst.unwrap_or_default()));
    }
    words.extend(columns.words());
    if words.is_empty() { Vec::new() } else { vec![paragraph("", &words.join("; "), 0, style)] }
}

fn service_level(report: &RunReport<'_>, queue: usize, columns: &DayColumns, name: usize) -> Row {
    let (stated, result) = (&report.scenario.queues[queue], &report.results.queues[queue]);
    let goal = stated.goal.as_ref().and_then(|g| g.service_level);
    let level = |group: &Range<usize>| {
        let pairs = group.clone().filter_map(|i| {
            let interval = &result.intervals[i];
            Some((interval.get(IntervalMetric::ServiceLevel).mean?, interval.get(IntervalMetric::Offered).mean?))
        });
        let (sum, weight) = pairs.fold((0.0, 0.0), |(s, w), (level, offered)| (s + level * offered, w + offered));
        (weight > 0.0).then(|| sum / weight)
    };
    let cell = |group: &Range<usize>| match level(group) {
        None => ("-".to_owned(), Tone::Quiet),
        Some(level) => {
            let tone = if goal.is_some_and(|goal| level < goal) { Tone::Bad } else { Tone::Plain };
            (format!("{:.0}", 100.0 * level), tone)
        }
    };
    let label = format!("{} SL %", shorten(&stated.name, name));
    Row { label, cells: columns.groups.iter().map(cell).collect() }
}

/// The covers that are shortest of people on this day, in their order.
fn shown<'c>(report: &RunReport<'_>, covers: &'c [Cover], columns: &DayColumns) -> Vec<&'c Cover> {
    let day = columns.groups.first().map_or(0, |g| g.start)..columns.groups.last().map_or(0, |g| g.end);
    let short = |cover: &Cover| {
        let missing: f64 = day.clone().filter_map(|i| cover.gap(i)).map(|gap| (-gap).max(0.0)).sum();
        (60.0 * missing) as i64
    };
    let mut order: Vec<usize> = (0..covers.len()).collect();
    order.sort_by_key(|&c| std::cmp::Reverse((short(&covers[c]), (covers[c].hours(report).have * 4.0) as i64)));
    order.truncate(MOST_TEAMS);
    order.sort_unstable();
    order.into_iter().map(|c| &covers[c]).collect()
}

/// On the phone, needs, short / over: the last as the difference of what the other two show.
fn staffing(cover: &Cover, columns: &DayColumns, name: usize) -> [Row; 3] {
    let average = |group: &Range<usize>, of: &dyn Fn(usize) -> Option<f64>| {
        let sum: Option<f64> = group.clone().map(of).sum();
        sum.map(|sum| (sum / group.len() as f64).round() as i64)
    };
    let have = |group: &Range<usize>| average(group, &|i| Some(cover.have[i]));
    let need = |group: &Range<usize>| average(group, &|i| cover.need[i].map(f64::from));
    let plain = |value: Option<i64>| (value.map_or_else(|| "?".to_owned(), |v| v.to_string()), Tone::Plain);
    let row = |label: String, cell: &dyn Fn(&Range<usize>) -> (String, Tone)| Row {
        label,
        cells: columns.groups.iter().map(cell).collect(),
    };
    [
        row(format!("{} on phone", shorten(&cover.name, name)), &|group| plain(have(group))),
        row("  needs".to_owned(), &|group| plain(need(group))),
        row("  short / over".to_owned(), &|group| match have(group).zip(need(group)).map(|(have, need)| have - need) {
            None => ("?".to_owned(), Tone::Bad),
            Some(0) => ("·".to_owned(), Tone::Quiet),
            Some(gap) if gap < 0 => (gap.to_string(), Tone::Bad),
            Some(gap) => (format!("+{gap}"), Tone::Plain),
        }),
    ]
}

fn notes(rows: &[Row], more_teams: usize, style: Style) -> Vec<String> {
    let mut notes = Vec::new();
    let full = rows.iter().filter(|row| row.label.ends_with('%')).flat_map(|row| &row.cells).any(|c| c.0 == "100");
    if full && cell_width(rows) < 3 {
        notes.push("99 = 99 % or more".to_owned());
    }
    if rows.iter().flat_map(|row| &row.cells).any(|c| c.0 == "?") {
        notes.push("? = no staffing meets the goal".to_owned());
    }
    if more_teams > 0 {
        notes.push(format!("{more_teams} more teams with a need: team_intervals.csv"));
    }
    if notes.is_empty() { notes } else { vec![style.paint(&paragraph("", &notes.join(" · "), 0, style), Tone::Quiet)] }
}
