//! `drivers.svg`: a panel for each figure, a row for each trait, its effect with its interval.

use super::DriversReport;
use super::figures::{Effect, Shown, effects};
use crate::people::TRAITS;
use crate::report::compare::words::scaled;
use crate::report::numbers::thousands;
use crate::report::plots::SHORT;
use crate::report::plots::svg::{AXIS, Anchor, GRID, INK, MUTED, Pen, Svg, Type};

const WIDTH: f64 = 960.0;
/// Room for the names of traits.
const LEFT: f64 = 140.0;
const RIGHT: f64 = 20.0;
const ACROSS: usize = 3;
const GAP: f64 = 36.0;
const PANEL: f64 = (WIDTH - LEFT - RIGHT - GAP * (ACROSS - 1) as f64) / ACROSS as f64;
const ROW: f64 = 17.0;
const ROWS: f64 = ROW * TRAITS.len() as f64;
/// What stands above and below the rows of a panel.
const HEAD: f64 = 30.0;
const FOOT: f64 = 34.0;
const TOP: f64 = 84.0;
const BETTER: &str = "#009e73";

/// The picture.
pub(super) fn drivers_plot(report: &DriversReport<'_>) -> String {
    let figures = effects(report.drivers);
    let lines = figures.len().div_ceil(ACROSS).max(1) as f64;
    let mut svg = Svg::new(WIDTH, TOP + lines * (HEAD + ROWS + FOOT) + 8.0);
    let title = format!("{} · what one standard deviation more does", report.scenario.name);
    head(&mut svg, report, &title);
    for (index, (shown, effects)) in figures.iter().enumerate() {
        let (column, line) = (index % ACROSS, index / ACROSS);
        let top = TOP + line as f64 * (HEAD + ROWS + FOOT);
        if column == 0 {
            names(&mut svg, top + HEAD);
        }
        panel(&mut svg, shown, effects, (LEFT + column as f64 * (PANEL + GAP), top));
    }
    svg.finish(&title)
}

fn head(svg: &mut Svg, report: &DriversReport<'_>, title: &str) {
    let n = thousands(report.replications() as f64);
    let note = format!(
        "20 points more across the floor, trait by trait, against today, with 95 % intervals · {n} replications of each · \
         effects: illustrative"
    );
    svg.headline(title, &note);
    let mut x = 24.0;
    for (colour, word) in [(BETTER, "better"), (SHORT, "worse"), (INK, "changed"), (MUTED, "no evidence")] {
        svg.dot((x + 4.0, 69.0), 4.0, colour);
        svg.text((x + 13.0, 73.0), word, Type::small(Anchor::Start));
        x += 74.0;
    }
}

fn names(svg: &mut Svg, top: f64) {
    let set = Type { size: 11.5, colour: INK, bold: false, anchor: Anchor::End };
    for (row, of) in TRAITS.iter().enumerate() {
        svg.text((LEFT - 10.0, top + ROW * (row as f64 + 0.5) + 4.0), &of.name().replace('_', " "), set);
    }
}

fn panel(svg: &mut Svg, shown: &Shown, effects: &[Effect<'_>], (left, top): (f64, f64)) {
    let bold = Type { size: 12.5, colour: INK, bold: true, anchor: Anchor::Start };
    svg.text((left, top + 20.0), shown.title, bold);
    let (first, bottom) = (top + HEAD, top + HEAD + ROWS);
    let (low, high, step) = scale(effects);
    let x = |value: f64| left + PANEL * ((value - low) / (high - low)).clamp(0.0, 1.0);
    for tick in (low / step).round() as i64..=(high / step).round() as i64 {
        let value = tick as f64 * step;
        svg.line((x(value), first), (x(value), bottom), Pen::solid(if tick == 0 { INK } else { GRID }, 1.0));
        let text = ((value * 1e9).round() / 1e9 + 0.0).to_string();
        svg.text((x(value), bottom + 14.0), &text, Type::small(Anchor::Middle));
    }
    svg.line((left, bottom), (left + PANEL, bottom), Pen::solid(AXIS, 1.0));
    for effect in effects {
        let y = first + ROW * (effect.of as usize as f64 + 0.5);
        let (middle, width) = middle_and_width(effect);
        let colour = match effect.verdict() {
            "better" => BETTER,
            "worse" => SHORT,
            "changed" => INK,
            _ => MUTED,
        };
        svg.line((x(middle - width), y), (x(middle + width), y), Pen::solid(colour, 2.2));
        svg.dot((x(middle), y), 3.8, colour);
    }
}

fn middle_and_width(effect: &Effect<'_>) -> (f64, f64) {
    let unit = effect.difference.metric.unit();
    let of = |value: Option<f64>| scaled(value.unwrap_or(0.0), unit);
    (of(effect.difference.difference), of(effect.difference.half_width()))
}

/// From, to and step of an axis in at most four round steps, with zero on it.
fn scale(effects: &[Effect<'_>]) -> (f64, f64, f64) {
    let ends = effects.iter().map(middle_and_width).flat_map(|(middle, width)| [middle - width, middle + width]);
    let (low, high) = ends.fold((0.0, 0.0), |(low, high): (f64, f64), x| (low.min(x), high.max(x)));
    let range = if high > low { high - low } else { 1.0 };
    let mut step = 1e-9;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle() {
        if range <= 4.0 * step {
            break;
        }
        step *= factor;
    }
    let down = (low / step - 1e-9).floor() * step;
    let up = (high / step + 1e-9).ceil() * step;
    (down, if up > down { up } else { down + step }, step)
}
