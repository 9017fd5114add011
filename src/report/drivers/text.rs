//! Drivers on a terminal: a table of effects, then what counts most for each figure.

use super::DriversReport;
use super::figures::{Effect, Shown, effects};
use crate::experiment::Unit;
use crate::people::TRAITS;
use crate::report::compare::words::{difference_of, value};
use crate::report::layout::{Cell, Column, Style, Table, Tone, paragraph};
use crate::report::numbers::{clock, first_digit, thousands};
use crate::report::people::grades_in_use;
use crate::report::text::INDENT;

/// Most traits told for a figure.
const MOST: usize = 3;

/// The drivers as text, no line longer than the style's width, with a line feed at its end.
pub fn drivers_text(report: &DriversReport<'_>, style: Style) -> String {
    let figures = effects(report.drivers);
    let mut sections =
        vec![header(report, style), table(report, &figures, style), what_counts(report, &figures, style)];
    if let Some(robust) = report.robust {
        sections.push(paragraph("ROBUST", &robust.sentence(report), INDENT, style));
    }
    let mut text = sections.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

fn header(report: &DriversReport<'_>, style: Style) -> String {
    let baseline = &report.drivers.baseline;
    let unit = if report.scenario.timeline.days.len() == 1 { "days" } else { "replications" };
    let n = thousands(report.replications() as f64);
    let how = if report.replications() > 1 { "± = 95 %, of the difference" } else { "one replication: no ±" };
    let mut lines = vec![
        paragraph("", &format!("{} · {}", report.scenario.name, report.source), 0, style),
        format!(
            "people effects: {} · {n} simulated {unit} of each, seed {}, same callers",
            report.people_effects(),
            baseline.seed
        ),
        paragraph("", &format!("{how} · effects in use today: {}", grades_in_use(report.scenario).words()), 2, style),
    ];
    if !report.stated {
        let text = "The file says nothing of people: everybody is average today. Sizes of effects: illustrative.";
        lines.push(paragraph("", text, 0, style));
    }
    if baseline.replications < baseline.requested {
        let requested = thousands(baseline.requested as f64);
        lines.push(format!("stopped early: {n} of {requested} replications kept"));
    }
    lines.join("\n")
}

fn table(report: &DriversReport<'_>, figures: &[(Shown, Vec<Effect<'_>>)], style: Style) -> String {
    let mut columns = vec![Column::left("+1 SD", 0)];
    columns.extend(figures.iter().map(|(shown, _)| Column::right(shown.title, 2).spare(shown.spare)));
    let currency = &report.scenario.currency;
    let today = figures.iter().map(|(shown, effects)| Cell::from(today(shown, effects, currency)));
    let mut rows = vec![std::iter::once(Cell::from("today")).chain(today).collect::<Vec<_>>()];
    for of in TRAITS {
        let cells =
            figures.iter().map(|(_, effects)| effects.iter().find(|effect| effect.of == of).map_or("".into(), cell));
        rows.push(std::iter::once(Cell::from(of.name())).chain(cells).collect());
    }
    let mut lines = Table { columns, rows }.lines(style);
    let legend = "what 20 points more in one trait across the floor add to today's figure, waits and repeats \
                  included; · = no evidence of any effect (Holm over all of them, 5 %); all figures: drivers.csv";
    lines.push(paragraph("", legend, 2, style));
    lines.join("\n")
}

fn today(shown: &Shown, effects: &[Effect<'_>], currency: &str) -> String {
    let today = effects.iter().find_map(|effect| effect.difference.values[0]);
    value(today, shown.metric.unit(), currency)
}

fn cell(effect: &Effect<'_>) -> Cell {
    match (effect.found, effect.is_better()) {
        (false, _) => Cell::new("·", Tone::Quiet),
        (true, Some(true)) => Cell::new(difference_of(effect.difference), Tone::Good),
        (true, Some(false)) => Cell::new(difference_of(effect.difference), Tone::Bad),
        (true, None) => Cell::new(difference_of(effect.difference), Tone::Plain),
    }
}

/// For each figure the traits that move it most: "resolution: +1 SD knowledge: 72.0 -> 78.5 % ±0.4".
fn what_counts(report: &DriversReport<'_>, figures: &[(Shown, Vec<Effect<'_>>)], style: Style) -> String {
    let currency = &report.scenario.currency;
    let told = figures.iter().filter_map(|(shown, effects)| {
        let mut found: Vec<&Effect<'_>> = effects.iter().filter(|effect| effect.found).collect();
        let size = |effect: &Effect<'_>| effect.difference.difference.unwrap_or(0.0).abs();
        found.sort_by(|a, b| size(b).total_cmp(&size(a)));
        found.truncate(MOST);
        let tell = |effect: &&Effect<'_>| {
            format!("+1 SD {}: {}", effect.of.name().replace('_', " "), from_to(effect, currency))
        };
        let traits: Vec<String> = found.iter().map(tell).collect();
        (!traits.is_empty()).then(|| paragraph("", &format!("{}: {}", shown.name, traits.join("; ")), 2, style))
    });
    let lines: Vec<String> = told.collect();
    if lines.is_empty() {
        return paragraph("COUNTS", "no trait moves any figure more than chance does.", INDENT, style);
    }
    [vec![style.paint("WHAT COUNTS MOST", Tone::Strong)], lines].concat().join("\n")
}

/// "72.0 -> 78.5 % ±0.4".
fn from_to(effect: &Effect<'_>, currency: &str) -> String {
    let unit = effect.difference.metric.unit();
    let [from, to] = effect.difference.values;
    let width = effect.difference.half_width();
    let (from, to, width) = match unit {
        Unit::Share => {
            let text = |value: Option<f64>| format!("{:.1}", 100.0 * value.unwrap_or(0.0));
            (text(from), text(to) + " %", width.map(|width| first_digit(100.0 * width)))
        }
        Unit::Seconds => {
            let text = |value: Option<f64>| clock(value.unwrap_or(0.0));
            (text(from), text(to), width.map(|width| first_digit(width) + " s"))
        }
        _ => (value(from, unit, currency), value(to, unit, currency), width.map(first_digit)),
    };
    let width = width.map_or_else(String::new, |width| format!(" ±{width}"));
    format!("{from} -> {to}{width}")
}
