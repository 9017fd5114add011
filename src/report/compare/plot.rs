//! `compare.svg`: each difference with its interval, on one scale per unit.

use super::figures::{Figure, Verdict, figures};
use super::words::{difference, full_name, scaled};
use super::{CompareReport, LETTERS};
use crate::experiment::Unit;
use crate::report::numbers::thousands;
use crate::report::plots::SHORT;
use crate::report::plots::svg::{AXIS, Anchor, GRID, INK, MUTED, Pen, Svg, Type, fit};

const WIDTH: f64 = 900.0;
/// Room for names on the left, for figures on the right.
const LEFT: f64 = 260.0;
const RIGHT: f64 = 150.0;
/// Height of a row, and of what stands above and below the rows of a unit.
const ROW: f64 = 22.0;
const HEAD: f64 = 34.0;
const FOOT: f64 = 26.0;
/// Rows drawn.
const MOST: usize = 80;

const BETTER: &str = "#009e73";

const UNITS: [Unit; 8] =
    [Unit::Share, Unit::Seconds, Unit::PerDay, Unit::Hours, Unit::MoneyPerDay, Unit::Money, Unit::Ratio, Unit::Average];

/// The picture.
pub(super) fn differences(report: &CompareReport<'_>) -> String {
    let figures = figures(report);
    let drawn: Vec<Figure<'_>> = figures.into_iter().filter(|figure| figure.difference.difference.is_some()).collect();
    let groups = groups(&drawn[..drawn.len().min(MOST)]);
    let height: f64 = groups.iter().map(|(_, rows)| HEAD + FOOT + ROW * rows.len() as f64).sum();
    let mut svg = Svg::new(WIDTH, 84.0 + height.max(60.0) + 12.0);
    let title = title(report);
    title_lines(&mut svg, report, &title, drawn.len());
    let mut top = 84.0;
    for (unit, rows) in &groups {
        top = group(&mut svg, report, *unit, rows, top);
    }
    if groups.is_empty() {
        svg.text((24.0, 120.0), "nothing to compare", Type { size: 12.0, ..Type::small(Anchor::Start) });
    }
    svg.finish(&title)
}

fn title(report: &CompareReport<'_>) -> String {
    let others = LETTERS[1..report.floors.len()].join(", ");
    format!("{} · {others} against A", report.floors[0].scenario.name)
}

fn title_lines(svg: &mut Svg, report: &CompareReport<'_>, title: &str, count: usize) {
    let (n, unit) = (thousands(report.replications() as f64), report.unit_of_time());
    let left_out = if count > MOST { format!(" · the first {MOST} of {count} figures") } else { String::new() };
    let note = format!("difference with its 95 % interval · {n} simulated {unit} of each, same callers{left_out}");
    svg.headline(title, &note);
    let mut x = 24.0;
    for (colour, word) in [(BETTER, "better"), (SHORT, "worse"), (MUTED, "no evidence, or neither is better")] {
        svg.dot((x + 4.0, 69.0), 4.0, colour);
        svg.text((x + 13.0, 73.0), word, Type::small(Anchor::Start));
        x += 70.0;
    }
}

/// The figures of each unit, in their order.
fn groups<'f, 'a>(figures: &'f [Figure<'a>]) -> Vec<(Unit, Vec<&'f Figure<'a>>)> {
    let of = |unit: Unit| (unit, figures.iter().filter(|f| f.difference.metric.unit() == unit).collect::<Vec<_>>());
    UNITS.into_iter().map(of).filter(|(_, rows)| !rows.is_empty()).collect()
}

/// Draws the rows of one unit; returns where the next begins.
fn group(svg: &mut Svg, report: &CompareReport<'_>, unit: Unit, rows: &[&Figure<'_>], top: f64) -> f64 {
    let bold = Type { size: 12.5, colour: INK, bold: true, anchor: Anchor::Start };
    svg.text((24.0, top + 22.0), &unit_name(report, unit), bold);
    let (first, bottom) = (top + HEAD, top + HEAD + ROW * rows.len() as f64);
    let axis = Axis::over(rows, unit);
    for tick in axis.ticks() {
        let x = axis.x(tick);
        svg.line((x, first), (x, bottom), Pen::solid(if tick == 0.0 { INK } else { GRID }, 1.0));
        svg.text((x, bottom + 14.0), &axis.label(tick), Type::small(Anchor::Middle));
    }
    svg.line((LEFT, bottom), (WIDTH - RIGHT, bottom), Pen::solid(AXIS, 1.0));
    for (index, figure) in rows.iter().enumerate() {
        draw(svg, report, &axis, figure, first + ROW * (index as f64 + 0.5));
    }
    bottom + FOOT
}

fn draw(svg: &mut Svg, report: &CompareReport<'_>, axis: &Axis, figure: &Figure<'_>, y: f64) {
    let unit = figure.difference.metric.unit();
    let colour = match figure.verdict {
        Verdict::Better => BETTER,
        Verdict::Worse => SHORT,
        _ => MUTED,
    };
    let letter =
        if report.floors.len() > 2 { format!("{}: ", LETTERS[figure.comparison.changed]) } else { String::new() };
    let set = Type { size: 11.5, colour: INK, bold: false, anchor: Anchor::End };
    svg.text((LEFT - 12.0, y + 4.0), &fit(&(letter + &full_name(figure)), 11.5, LEFT - 36.0), set);
    let middle = scaled(figure.difference.difference.unwrap_or(0.0), unit);
    let width = scaled(figure.difference.half_width().unwrap_or(0.0), unit);
    svg.line((axis.x(middle - width), y), (axis.x(middle + width), y), Pen::solid(colour, 2.4));
    svg.dot((axis.x(middle), y), 4.2, colour);
    svg.text((WIDTH - RIGHT + 12.0, y + 4.0), &difference(figure), Type::small(Anchor::Start));
}

fn unit_name(report: &CompareReport<'_>, unit: Unit) -> String {
    let money = || if report.currency().is_empty() { "money" } else { report.currency() };
    match unit {
        Unit::Share => "percentage points".into(),
        Unit::Seconds => "seconds".into(),
        Unit::PerDay => "per day".into(),
        Unit::Hours => "hours per day".into(),
        Unit::MoneyPerDay => format!("{} per day", money()),
        Unit::Money => money().into(),
        Unit::Ratio => "ratio".into(),
        Unit::Average => "mean number".into(),
    }
}

/// A scale from side to side, in round steps, with zero on it.
struct Axis {
    low: f64,
    high: f64,
    step: f64,
}

impl Axis {
    fn over(rows: &[&Figure<'_>], unit: Unit) -> Self {
        let ends = |figure: &&Figure<'_>| {
            let middle = scaled(figure.difference.difference.unwrap_or(0.0), unit);
            let width = scaled(figure.difference.half_width().unwrap_or(0.0), unit);
            [middle - width, middle + width]
        };
        let (low, high) = rows.iter().flat_map(ends).fold((0.0, 0.0), |(l, h): (f64, f64), x| (l.min(x), h.max(x)));
        let range = if high > low { high - low } else { 1.0 };
        let mut step = 1e-9;
        for factor in [2.0, 2.5, 2.0].into_iter().cycle() {
            if range <= 6.0 * step {
                break;
            }
            step *= factor;
        }
        Self { low: (low / step - 1e-9).floor() * step, high: (high / step + 1e-9).ceil().max(1.0) * step, step }
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let (first, last, step) =
            ((self.low / self.step).round() as i64, (self.high / self.step).round() as i64, self.step);
        (first..=last).map(move |tick| tick as f64 * step)
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn label(&self, value: f64) -> String {
        if self.step >= 1_000.0 {
            return thousands(value);
        }
        let rounded = (value * 1e9).round() / 1e9 + 0.0;
        rounded.to_string()
    }
}
