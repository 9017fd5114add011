//! Interval by interval: load, what the formulas ask, what simulation finds, what the file has.

use std::ops::Range;

use super::PlanReport;
use super::cover::{Basis, TeamCover, binding_words, formula_of};
use crate::planner::Binding;
use crate::report::grid::{DayColumns, Row, blocks, columns};
use crate::report::layout::{Style, Tone, paragraph, shorten};

/// Most teams shown; those with the greatest shortage, then need.
const MOST_TEAMS: usize = 4;

/// Up to this many lines every row is shown, beyond it only the most important ones.
const MOST_LINES: usize = 34;

/// The columns of names.
const NAME: usize = 14;

/// The block of one day: the one with the greatest shortage, else need.
pub(super) fn section(report: &PlanReport<'_>, covers: &[TeamCover<'_>], style: Style) -> String {
    let timeline = &report.scenario.timeline;
    let day = day_shown(report, covers);
    let columns = columns(timeline, day);
    let shown = shown(covers, &columns);
    let letters = Letters::new(report, &shown, &columns);
    let rows = |all: bool| -> Vec<Row> {
        shown.iter().flat_map(|cover| team_rows(report, cover, &columns, &letters, all)).collect()
    };
    let mut lines = caption(report, day, &columns, style);
    let mut table = blocks(&columns, &rows(true), style);
    let shortened = table.len() > MOST_LINES;
    if shortened {
        let mut rows = rows(false);
        table = blocks(&columns, &rows, style);
        if table.len() > MOST_LINES {
            // Needs and what is missing say what the file has.
            rows.retain(|row| !row.label.starts_with("  file has"));
            table = blocks(&columns, &rows, style);
        }
    }
    lines.extend(table);
    lines.extend(notes(covers.len() - shown.len(), shortened, &letters, style));
    lines.join("\n")
}

fn day_shown(report: &PlanReport<'_>, covers: &[TeamCover<'_>]) -> usize {
    let intervals = |day: usize| {
        let day = &report.scenario.timeline.days[day];
        day.first_interval..day.first_interval + day.interval_count
    };
    let weight = |day: usize| {
        let short: f64 = covers.iter().flat_map(|c| intervals(day).map(|i| (-c.gap(i)).max(0.0))).sum();
        let need: u64 = covers.iter().flat_map(|c| intervals(day).map(|i| u64::from(c.need[i]))).sum();
        ((60.0 * short) as i64, need)
    };
    (0..report.scenario.timeline.days.len()).max_by_key(|&d| (weight(d), std::cmp::Reverse(d))).unwrap_or(0)
}

fn caption(report: &PlanReport<'_>, day: usize, columns: &DayColumns, style: Style) -> Vec<String> {
    let days = &report.scenario.timeline.days;
    let mut words = Vec::new();
    if days.len() > 1 {
        words.push(format!("{}, of {} days the one with most to change", days[day].label, days.len()));
    }
    words.extend(columns.words());
    if words.is_empty() { Vec::new() } else { vec![paragraph("", &words.join("; "), 0, style)] }
}

fn shown<'c, 'a>(covers: &'c [TeamCover<'a>], columns: &DayColumns) -> Vec<&'c TeamCover<'a>> {
    let day = columns.groups.first().map_or(0, |g| g.start)..columns.groups.last().map_or(0, |g| g.end);
    let weight = |cover: &TeamCover<'_>| {
        let short: f64 = day.clone().map(|i| (-cover.gap(i)).max(0.0)).sum();
        ((60.0 * short) as i64, day.clone().map(|i| u64::from(cover.need[i])).sum::<u64>())
    };
    let mut order: Vec<usize> = (0..covers.len()).collect();
    order.sort_by_key(|&c| std::cmp::Reverse(weight(&covers[c])));
    order.truncate(MOST_TEAMS);
    order.sort_unstable();
    order.into_iter().map(|c| &covers[c]).collect()
}

/// What decides, by a letter.
struct Letters {
    known: Vec<(Binding, String)>,
}

impl Letters {
    fn new(report: &PlanReport<'_>, shown: &[&TeamCover<'_>], columns: &DayColumns) -> Self {
        let mut known: Vec<(Binding, String)> = Vec::new();
        for cover in shown {
            for i in columns.groups.iter().cloned().flatten() {
                if let Some(binding) = report.plan.teams[cover.team].binding[i]
                    && !known.iter().any(|(b, _)| *b == binding)
                {
                    known.push((binding, binding_words(report.scenario, binding)));
                }
            }
        }
        Self { known }
    }

    /// "a", "b" ... in the order of appearance.
    fn of(&self, binding: Option<Binding>) -> String {
        let position = binding.and_then(|binding| self.known.iter().position(|(b, _)| *b == binding));
        let letter = |p: usize| u8::try_from(p).ok().filter(|p| *p < 26).map_or('?', |p| char::from(b'a' + p));
        position.map_or_else(|| "·".to_owned(), |p| letter(p).to_string())
    }
}

fn team_rows(
    report: &PlanReport<'_>,
    cover: &TeamCover<'_>,
    columns: &DayColumns,
    letters: &Letters,
    all: bool,
) -> Vec<Row> {
    let plan = &report.plan.teams[cover.team];
    let name = shorten(cover.name, NAME);
    let row = |label: String, cell: &dyn Fn(&Range<usize>) -> (String, Tone)| Row {
        label,
        cells: columns.groups.iter().map(cell).collect(),
    };
    let people = |label: &str, of: &dyn Fn(usize) -> Option<f64>| {
        row(label.to_owned(), &|group| {
            (mean(group, of).map_or_else(|| "-".to_owned(), |v| format!("{v:.0}")), Tone::Plain)
        })
    };
    let heads = |label: &str, of: &[u32]| people(label, &|i| Some(f64::from(of[i])));
    let stated = |label: &str| people(label, &|i| Some(cover.have[i]));
    let formula = formula_of(report, cover.team);
    let mut rows = Vec::new();
    if all && let Some(formula) = formula {
        rows.push(people(&format!("{name} load, erl"), &|i| Some(formula.intervals[i].load)));
        rows.push(people("  Erlang C", &|i| formula.intervals[i].erlang_c.map(f64::from)));
        rows.push(people("  Erlang A", &|i| Some(f64::from(formula.intervals[i].erlang_a))));
    }
    let needs = Row { label: format!("{name} needs"), ..heads("", &plan.on_phone) };
    let bare = !all || formula.is_none();
    rows.push(if bare { needs } else { Row { label: "  needs on phone".to_owned(), ..needs } });
    if all && plan.paid != plan.on_phone {
        rows.push(heads("  = paid", &plan.paid));
    }
    let has = if cover.basis == Basis::Paid { "  file has paid" } else { "  file has" };
    rows.push(stated(has));
    rows.push(row("  short / over".to_owned(), &|group| gap_cell(group, cover)));
    if all {
        let decides = |group: &Range<usize>| (letters.of(plan.binding[group.start]), Tone::Quiet);
        rows.push(row("  decides".to_owned(), &decides));
    }
    rows
}

fn mean(group: &Range<usize>, of: &dyn Fn(usize) -> Option<f64>) -> Option<f64> {
    let sum: Option<f64> = group.clone().map(of).sum();
    sum.map(|sum| sum / group.len() as f64)
}

fn gap_cell(group: &Range<usize>, cover: &TeamCover<'_>) -> (String, Tone) {
    let gap = group.clone().map(|i| cover.gap(i)).sum::<f64>() / group.len() as f64;
    match gap.round() as i64 {
        0 => ("·".to_owned(), Tone::Quiet),
        gap if gap < 0 => (gap.to_string(), Tone::Bad),
        gap => (format!("+{gap}"), Tone::Plain),
    }
}

fn notes(more: usize, shortened: bool, letters: &Letters, style: Style) -> Vec<String> {
    let mut notes = Vec::new();
    if shortened {
        notes.push(
            "people on the phone; load, Erlang C and A, paid people and what decides: requirements.csv".to_owned(),
        );
    } else {
        let words = letters.known.iter().map(|(binding, words)| format!("{} {words}", letters.of(Some(*binding))));
        notes.push("needs: people on the phone, by simulation".to_owned());
        let words = words.collect::<Vec<_>>();
        if !words.is_empty() {
            notes.push(format!("decides: {}", words.join(", ")));
        }
    }
    if more > 0 {
        notes.push(format!("{more} more team{}: requirements.csv", if more == 1 { "" } else { "s" }));
    }
    vec![style.paint(&paragraph("", &notes.join(" · "), 0, style), Tone::Quiet)]
}
