//! `sweep.svg`: lines with their bands over one factor, heat maps over two, dots over each of more.

use super::{SweepReport, title};
use crate::experiment::sweep::{Measured, as_number};
use crate::experiment::{Figure, Unit};
use crate::report::compare::scaled;
use crate::report::numbers::thousands;
use crate::report::plots::svg::{AXIS, Anchor, GRID, INK, Pen, Svg, Type, fit};

const WIDTH: f64 = 900.0;
const LEFT: f64 = 90.0;
const RIGHT: f64 = 40.0;
const TOP: f64 = 70.0;
const HEAD: f64 = 34.0;
const FOOT: f64 = 44.0;
const HEIGHT: f64 = 210.0;
const LINE: &str = "#0072b2";
const BEST: &str = "#d55e00";

/// Panels drawn.
const MOST_PANELS: usize = 4;
/// Cells of a heat map in one direction.
const MOST_CELLS: usize = 60;

/// The picture.
pub(super) fn sweep_plot(report: &SweepReport<'_>) -> String {
    let factors = report.design.factors.len();
    let shown: Vec<usize> = report.shown.iter().copied().take(MOST_PANELS).collect();
    match (factors, report.design.is_grid()) {
        (1, _) => lines(report, &shown.iter().map(|at| (0, *at)).collect::<Vec<_>>(), report.design.is_grid()),
        (2, true) => heat_maps(report, &shown),
        _ => {
            let figure = shown.first().copied().unwrap_or(0);
            lines(report, &(0..factors.min(2 * MOST_PANELS)).map(|factor| (factor, figure)).collect::<Vec<_>>(), false)
        }
    }
}

fn page(report: &SweepReport<'_>, height: f64, remark: &str) -> (Svg, String) {
    let mut svg = Svg::new(WIDTH, height);
    let title = format!("{} · sweep", report.scenario.name);
    let held = report.points.held.len() as u64;
    let left_out = if held < report.points.done { format!(" · the first {held} points") } else { String::new() };
    let note = format!(
        "{} replications of each point, seed {}, same callers · {remark}{left_out}",
        thousands(f64::from(report.replications())),
        report.scenario.run.seed
    );
    svg.headline(&title, &note);
    (svg, title)
}

/// The values of a factor as places on an axis: numbers where all are, else one after the other.
fn places(report: &SweepReport<'_>, factor: usize) -> (Vec<f64>, Vec<(f64, String)>) {
    let values: Vec<&String> = report.points.held.iter().map(|(values, _)| &values[factor]).collect();
    let numbers: Option<Vec<f64>> = values.iter().map(|value| as_number(value)).collect();
    let mut marks: Vec<(f64, String)> = Vec::new();
    let places: Vec<f64> = numbers.unwrap_or_else(|| {
        let mut known: Vec<&String> = Vec::new();
        let mut at = |value| {
            let index = known.iter().position(|other| *other == value).unwrap_or(known.len());
            if index == known.len() {
                known.push(value);
            }
            index as f64
        };
        values.iter().map(|value| at(*value)).collect()
    });
    marks.extend(places.iter().zip(&values).map(|(at, value)| (*at, (*value).clone())));
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    marks.dedup_by(|a, b| a.0 == b.0);
    (places, marks)
}

/// Panels one under the other, each a figure over a factor: joined where the points lie on one line.
fn lines(report: &SweepReport<'_>, panels: &[(usize, usize)], joined: bool) -> String {
    let height = TOP + panels.len() as f64 * (HEAD + HEIGHT + FOOT);
    let (mut svg, name) = page(report, height.max(140.0), "band and bars: 95 %");
    for (index, &(factor, figure)) in panels.iter().enumerate() {
        let top = TOP + HEAD + index as f64 * (HEAD + HEIGHT + FOOT);
        panel(&mut svg, report, factor, figure, top, joined);
    }
    svg.finish(&name)
}

fn panel(svg: &mut Svg, report: &SweepReport<'_>, factor: usize, at: usize, top: f64, joined: bool) {
    let figure = &report.figures[at];
    let unit = figure.metric.unit();
    let (places, marks) = places(report, factor);
    let of = |value: Option<f64>| value.map(|value| scaled(value, unit));
    // Place, figure, ends of the interval, number of the point.
    let mut points: Vec<(f64, f64, f64, f64, usize)> = places
        .iter()
        .zip(&report.points.held)
        .enumerate()
        .filter_map(|(index, (x, (_, measured)))| {
            let Measured { mean, low, high, .. } = measured[at];
            let mean = of(mean)?;
            Some((*x, mean, of(low).unwrap_or(mean), of(high).unwrap_or(mean), index))
        })
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let over = Scale::over(points.iter().flat_map(|p| [p.2, p.3]));
    let across = (marks.first().map_or(0.0, |m| m.0), marks.last().map_or(1.0, |m| m.0));
    let x = |value: f64| {
        let range = if across.1 > across.0 { (value - across.0) / (across.1 - across.0) } else { 0.5 };
        LEFT + 12.0 + (WIDTH - LEFT - RIGHT - 24.0) * range
    };
    let y = |value: f64| top + HEIGHT * (1.0 - over.share(value));
    let bold = Type { size: 12.5, colour: INK, bold: true, anchor: Anchor::Start };
    svg.text((LEFT, top - 10.0), &fit(&panel_title(report, figure), 14.0, WIDTH - LEFT - RIGHT), bold);
    for tick in over.ticks() {
        svg.line((LEFT, y(tick)), (WIDTH - RIGHT, y(tick)), Pen::solid(GRID, 1.0));
        svg.text((LEFT - 8.0, y(tick) + 4.0), &over.label(tick), Type::small(Anchor::End));
    }
    svg.line((LEFT, top + HEIGHT), (WIDTH - RIGHT, top + HEIGHT), Pen::solid(AXIS, 1.0));
    let mut free = f64::NEG_INFINITY;
    for (place, label) in &marks {
        let room = 7.5 * label.chars().count().min(20) as f64;
        if x(*place) - 0.5 * room > free {
            svg.line((x(*place), top + HEIGHT), (x(*place), top + HEIGHT + 4.0), Pen::solid(AXIS, 1.0));
            svg.text((x(*place), top + HEIGHT + 17.0), &fit(label, 11.0, 150.0), Type::small(Anchor::Middle));
            free = x(*place) + 0.5 * room;
        }
    }
    let path = &report.design.factors[factor].path;
    svg.text((0.5 * (LEFT + WIDTH - RIGHT), top + HEIGHT + 34.0), path, Type::small(Anchor::Middle));
    if joined {
        let upper = points.iter().map(|p| (x(p.0), y(p.3)));
        let band: Vec<(f64, f64)> = upper.chain(points.iter().rev().map(|p| (x(p.0), y(p.2)))).collect();
        svg.area(&band, LINE, 0.18);
        svg.polyline(&points.iter().map(|p| (x(p.0), y(p.1))).collect::<Vec<_>>(), Pen::solid(LINE, 2.0));
    }
    let best = best(report);
    for p in &points {
        let colour = if best == Some(p.4) { BEST } else { LINE };
        if !joined {
            svg.line((x(p.0), y(p.2)), (x(p.0), y(p.3)), Pen::solid(colour, 1.2));
        }
        svg.dot((x(p.0), y(p.1)), if best == Some(p.4) { 5.0 } else { 3.2 }, colour);
    }
}

fn best(report: &SweepReport<'_>) -> Option<usize> {
    report.choice.and_then(|choice| choice.best.as_ref()).map(|best| best.point as usize)
}

fn panel_title(report: &SweepReport<'_>, figure: &Figure) -> String {
    let unit = match figure.metric.unit() {
        Unit::Share => " [%]".to_owned(),
        Unit::Seconds => " [s]".to_owned(),
        Unit::Hours => " [h a day]".to_owned(),
        Unit::PerDay => " [per day]".to_owned(),
        Unit::MoneyPerDay => format!(" [{} a day]", report.scenario.currency),
        Unit::Money => format!(" [{}]", report.scenario.currency),
        Unit::Ratio | Unit::Average => String::new(),
    };
    title(figure) + &unit
}

/// One map per figure: the first factor across, the second upwards, dark where the figure is large.
fn heat_maps(report: &SweepReport<'_>, shown: &[usize]) -> String {
    let counts: Vec<usize> =
        report.design.factors.iter().map(|factor| factor.count().map_or(1, |count| count as usize)).collect();
    let (columns, rows) = (counts[0].min(MOST_CELLS), counts[1].min(MOST_CELLS));
    let cell = (360.0 / rows as f64).clamp(8.0, 34.0);
    let height = HEAD + FOOT + cell * rows as f64;
    let (mut svg, name) = page(report, TOP + shown.len() as f64 * height, "intervals: sweep.csv");
    for (index, &at) in shown.iter().enumerate() {
        let top = TOP + HEAD + index as f64 * height;
        map(&mut svg, report, at, top, (columns, rows), counts[1], cell);
    }
    svg.finish(&name)
}

fn map(
    svg: &mut Svg,
    report: &SweepReport<'_>,
    at: usize,
    top: f64,
    (columns, rows): (usize, usize),
    stride: usize,
    cell: f64,
) {
    let figure = &report.figures[at];
    let unit = figure.metric.unit();
    let value = |column: usize, row: usize| {
        let (_, measured) = report.points.held.get(column * stride + row)?;
        measured[at].mean.map(|mean| scaled(mean, unit))
    };
    let all = (0..columns).flat_map(|c| (0..rows).filter_map(move |r| value(c, r)));
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    let bold = Type { size: 12.5, colour: INK, bold: true, anchor: Anchor::Start };
    svg.text((LEFT, top - 10.0), &fit(&panel_title(report, figure), 14.0, WIDTH - LEFT - RIGHT), bold);
    let left = LEFT + 40.0;
    let width = (WIDTH - left - RIGHT) / columns as f64;
    let best = best(report);
    for column in 0..columns {
        for row in 0..rows {
            let Some(value) = value(column, row) else { continue };
            let share = if high > low { (value - low) / (high - low) } else { 0.5 };
            let (x, y) = (left + width * column as f64, top + cell * (rows - 1 - row) as f64);
            let is_best = best == Some(column * stride + row);
            svg.rect([x, y, width, cell], if is_best { BEST } else { "#ffffff" }, 1.0);
            let rim = if is_best { 3.0 } else { 0.5 };
            svg.rect([x + rim, y + rim, width - 2.0 * rim, cell - 2.0 * rim], "#ffffff", 1.0);
            svg.rect([x + rim, y + rim, width - 2.0 * rim, cell - 2.0 * rim], LINE, 0.05 + 0.9 * share);
            if width >= 34.0 && cell >= 14.0 {
                let colour = if share > 0.55 { "#ffffff" } else { INK };
                let set = Type { size: 10.5, colour, bold: is_best, anchor: Anchor::Middle };
                svg.text((x + 0.5 * width, y + 0.5 * cell + 4.0), &short(value, high - low), set);
            }
        }
    }
    let step = (rows as f64 * 13.0 / (cell * rows as f64)).ceil().max(1.0) as usize;
    for row in (0..rows).step_by(step) {
        let label = report.design.factors[1].value(row as u64);
        let y = top + cell * (rows - 1 - row) as f64 + 0.5 * cell + 4.0;
        svg.text((left - 6.0, y), &fit(&label, 11.0, left - 30.0), Type::small(Anchor::End));
    }
    let bottom = top + cell * rows as f64;
    let step = (56.0 / width).ceil().max(1.0) as usize;
    for column in (0..columns).step_by(step) {
        let label = report.design.factors[0].value(column as u64);
        let x = left + width * (column as f64 + 0.5);
        svg.text((x, bottom + 14.0), &fit(&label, 11.0, 120.0), Type::small(Anchor::Middle));
    }
    let [across, up] = [0, 1].map(|factor: usize| report.design.factors[factor].path.as_str());
    let axes = format!("across: {across} · upwards: {up}");
    svg.text(
        (0.5 * (left + WIDTH - RIGHT), bottom + 32.0),
        &fit(&axes, 11.0, WIDTH - 48.0),
        Type::small(Anchor::Middle),
    );
}

/// A number with as many decimals as tell cells apart.
fn short(value: f64, range: f64) -> String {
    match range {
        range if range >= 20.0 => thousands(value),
        range if range >= 2.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// A scale in round steps.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    fn over(values: impl Iterator<Item = f64>) -> Self {
        let ends = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        let (low, high) = if ends.0 <= ends.1 { ends } else { (0.0, 1.0) };
        let range = if high > low { high - low } else { low.abs().max(1.0) * 0.1 };
        let mut step = 1e-9;
        for factor in [2.0, 2.5, 2.0].into_iter().cycle() {
            if range <= 6.0 * step {
                break;
            }
            step *= factor;
        }
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil().max((low / step).floor() + 1.0) * step,
            step,
        }
    }

    fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let (first, step) = ((self.low / self.step).round(), self.step);
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count.min(20)).map(move |tick| (first + tick as f64) * step)
    }

    fn label(&self, value: f64) -> String {
        if self.step >= 1_000.0 {
            return thousands(value);
        }
        ((value * 1e9).round() / 1e9 + 0.0).to_string()
    }
}
