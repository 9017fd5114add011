//! What all plots share: the page with its title and legend, and panels with their scales.

use super::axis::TimeAxis;
use super::svg::{AXIS, Anchor, GRID, INK, MUTED, Pen, Svg, Type, fit, text_width};
use crate::report::RunReport;
use crate::report::numbers::thousands;

/// Width of a page [px].
pub(in crate::report) const WIDTH: f64 = 900.0;
/// Room left of the panels, for the labels of the scale.
pub(in crate::report) const LEFT: f64 = 62.0;
/// Room right of the panels, for labels of goals.
pub(in crate::report) const RIGHT: f64 = 58.0;
/// Width of the panels.
pub(in crate::report) const PANEL_WIDTH: f64 = WIDTH - LEFT - RIGHT;
/// From the top of the page to the legend.
const TITLE_ROOM: f64 = 62.0;
/// Height of a line of the legend.
const LEGEND_LINE: f64 = 20.0;
/// Below the lowest panel: clock times, days.
const FOOT: f64 = 50.0;
/// Above each panel: its name.
const PANEL_HEAD: f64 = 34.0;

/// A mark of the legend.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) enum Mark {
    Line(Pen),
    Area(&'static str, f64),
    Dot(&'static str),
}

/// The page: a title, a subtitle, a legend, and below it panels one under the other.
pub(in crate::report) struct Page {
    pub(in crate::report) svg: Svg,
    title: String,
    panel_tops: Vec<f64>,
    panel_height: f64,
    bottom: f64,
}

impl Page {
    /// A page for `panels` panels of a height, with its title and legend drawn.
    pub(in crate::report) fn new(
        report: &RunReport<'_>,
        shows: &str,
        note: &str,
        legend: &[(Mark, String)],
        panels: usize,
        height: f64,
    ) -> Self {
        Self::titled(format!("{} · {shows}", report.scenario.name), note, legend, panels, height)
    }

    /// The same under a title of its own.
    pub(super) fn titled(title: String, note: &str, legend: &[(Mark, String)], panels: usize, height: f64) -> Self {
        let lines = legend_lines(legend);
        let top = TITLE_ROOM + lines.len() as f64 * LEGEND_LINE;
        let panel_tops: Vec<f64> = (0..panels).map(|p| top + PANEL_HEAD + p as f64 * (height + PANEL_HEAD)).collect();
        let bottom = top + panels as f64 * (height + PANEL_HEAD);
        let mut svg = Svg::new(WIDTH, bottom + FOOT);
        svg.headline(&title, note);
        draw_legend(&mut svg, &lines);
        Self { svg, title, panel_tops, panel_height: height, bottom }
    }

    /// One of the panels, with its name and a remark drawn above it.
    pub(in crate::report) fn panel(&mut self, index: usize, name: &str, remark: &str, top: Scale) -> Panel {
        let panel = Panel { y: self.panel_tops[index], height: self.panel_height, scale: top };
        let bold = Type { size: 12.5, colour: INK, bold: true, anchor: Anchor::Start };
        let name = fit(name, 14.0, 330.0);
        self.svg.text((LEFT, panel.y - 10.0), &name, bold);
        let x = LEFT + if name.is_empty() { 0.0 } else { text_width(&name, 13.6) + 8.0 };
        self.svg.text((x, panel.y - 10.0), &fit(remark, 11.0, WIDTH - RIGHT - x), Type::small(Anchor::Start));
        panel.grid(&mut self.svg);
        panel
    }

    /// Lines between days in every panel, clock times and days below the last.
    pub(in crate::report) fn time_axis(&mut self, axis: &TimeAxis) {
        let x = |edge: usize| x_of(axis, edge as f64);
        let last = self.panel_tops.len() - 1;
        for (index, &top) in self.panel_tops.clone().iter().enumerate() {
            let bottom = top + self.panel_height;
            for &edge in &axis.day_edges {
                self.svg.line((x(edge), top), (x(edge), bottom), Pen::solid(AXIS, 1.0));
            }
            for (edge, label) in &axis.clocks {
                self.svg.line((x(*edge), bottom), (x(*edge), bottom + 4.0), Pen::solid(AXIS, 1.0));
                if index == last {
                    self.svg.text((x(*edge), bottom + 17.0), label, Type::small(Anchor::Middle));
                }
            }
        }
        let below = self.bottom + if axis.clocks.is_empty() { 19.0 } else { 35.0 };
        for (from, to, label) in &axis.days {
            let middle = 0.5 * (x(*from) + x(*to));
            self.svg.text((middle, below), label, Type { colour: INK, ..Type::small(Anchor::Middle) });
        }
    }

    /// The finished document.
    pub(in crate::report) fn finish(self) -> String {
        self.svg.finish(&self.title)
    }
}

/// Horizontal place of a column edge; halves are the middles of columns.
pub(in crate::report) fn x_of(axis: &TimeAxis, edge: f64) -> f64 {
    LEFT + PANEL_WIDTH * edge / axis.len().max(1) as f64
}

/// Legend entries broken into lines that fit the page.
fn legend_lines(entries: &[(Mark, String)]) -> Vec<Vec<(Mark, String, f64)>> {
    let mut lines: Vec<Vec<(Mark, String, f64)>> = Vec::new();
    let mut x = WIDTH;
    for (mark, text) in entries {
        let text = fit(text, 11.5, 300.0);
        let width = 30.0 + text_width(&text, 11.5) + 18.0;
        if x + width > WIDTH - 24.0 {
            lines.push(Vec::new());
            x = LEFT;
        }
        lines.last_mut().expect("a line was just begun").push((*mark, text, x));
        x += width;
    }
    lines
}

fn draw_legend(svg: &mut Svg, lines: &[Vec<(Mark, String, f64)>]) {
    for (index, line) in lines.iter().enumerate() {
        let y = TITLE_ROOM + 14.0 + index as f64 * LEGEND_LINE;
        for (mark, text, x) in line {
            match *mark {
                Mark::Line(pen) => svg.line((*x, y - 4.0), (x + 22.0, y - 4.0), pen),
                Mark::Dot(fill) => svg.dot((x + 11.0, y - 4.0), 3.6, fill),
                Mark::Area(fill, opacity) => svg.rect([*x, y - 9.0, 22.0, 10.0], fill, opacity),
            }
            let set = Type { size: 11.5, colour: INK, bold: false, anchor: Anchor::Start };
            svg.text((x + 28.0, y), text, set);
        }
    }
}

/// The values of a panel's vertical axis, in equal steps.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Scale {
    bottom: f64,
    top: f64,
    steps: usize,
    percent: bool,
}

impl Scale {
    /// All shares.
    pub(in crate::report) fn shares() -> Self {
        Self { bottom: 0.0, top: 1.0, steps: 5, percent: true }
    }

    /// Shares from a full tenth below `least` up; from zero when that is not much more.
    pub(in crate::report) fn shares_from(least: f64) -> Self {
        match (10.0 * least).floor() as u8 {
            ..5 => Self::shares(),
            tenths => {
                let tenths = tenths.min(8);
                Self { bottom: f64::from(tenths) / 10.0, top: 1.0, steps: usize::from(10 - tenths), percent: true }
            }
        }
    }

    /// Shares up to at least `most`.
    pub(in crate::report) fn shares_to(most: f64) -> Self {
        if most > 0.8 {
            return Self::shares();
        }
        let scale = Self::counts_to((100.0 * most).max(1.0));
        Self { top: scale.top / 100.0, percent: true, ..scale }
    }

    /// Counts up to at least `most`, in round steps.
    pub(in crate::report) fn counts_to(most: f64) -> Self {
        Self::in_steps_from(0.1, most)
    }

    /// Whole numbers up to at least `most`.
    pub(in crate::report) fn people_to(most: f64) -> Self {
        Self::in_steps_from(1.0, most)
    }

    /// Steps of 1, 2, 5, 10 ... times the least one, five at most.
    fn in_steps_from(least: f64, most: f64) -> Self {
        let most = most.max(least);
        let mut step = least;
        for factor in [2.0, 2.5, 2.0].into_iter().cycle() {
            if most <= 5.0 * step {
                break;
            }
            step *= factor;
        }
        let steps = (most / step - 1e-9).ceil().max(1.0);
        Self { bottom: 0.0, top: step * steps, steps: steps as usize, percent: false }
    }

    fn label(self, value: f64) -> String {
        match self.percent {
            true => format!("{} %", round(100.0 * value)),
            false if value >= 1000.0 => thousands(value),
            false => round(value),
        }
    }
}

/// At most two decimals.
fn round(value: f64) -> String {
    ((value * 100.0).round() / 100.0).to_string()
}

/// A rectangle with a vertical scale.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Panel {
    y: f64,
    height: f64,
    scale: Scale,
}

impl Panel {
    /// Vertical place of a value; what lies outside the scale is drawn at its edge.
    pub(in crate::report) fn y_of(&self, value: f64) -> f64 {
        self.y
            + self.height * (1.0 - ((value - self.scale.bottom) / (self.scale.top - self.scale.bottom)).clamp(0.0, 1.0))
    }

    /// Vertical place of the lower edge.
    pub(in crate::report) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    fn grid(&self, svg: &mut Svg) {
        for step in 0..=self.scale.steps {
            let Scale { bottom, top, steps, .. } = self.scale;
            let value = bottom + (top - bottom) * step as f64 / steps as f64;
            let y = self.y_of(value);
            svg.line((LEFT, y), (LEFT + PANEL_WIDTH, y), Pen::solid(if step == 0 { AXIS } else { GRID }, 1.0));
            svg.text((LEFT - 8.0, y + 4.0), &self.scale.label(value), Type::small(Anchor::End));
        }
    }

    /// A horizontal line with its value at the right end.
    pub(in crate::report) fn goal(&self, svg: &mut Svg, value: f64, label: &str) {
        let y = self.y_of(value);
        svg.line((LEFT, y), (LEFT + PANEL_WIDTH, y), Pen::dashed(INK, 1.2));
        svg.text((LEFT + PANEL_WIDTH + 6.0, y + 4.0), label, Type { colour: INK, ..Type::small(Anchor::Start) });
    }

    /// Steps along column edges, the first value in column `first`.
    pub(in crate::report) fn steps(
        &self,
        axis: &TimeAxis,
        first: usize,
        values: impl Iterator<Item = f64>,
    ) -> Vec<(f64, f64)> {
        let corners = |(index, value): (usize, f64)| {
            let left = (first + index) as f64;
            [(x_of(axis, left), self.y_of(value)), (x_of(axis, left + 1.0), self.y_of(value))]
        };
        values.enumerate().flat_map(corners).collect()
    }

    /// Points in the middle of columns, as runs without a gap.
    pub(in crate::report) fn runs(&self, axis: &TimeAxis, values: &[Option<f64>]) -> Vec<Vec<(f64, f64)>> {
        let mut runs = vec![Vec::new()];
        for (c, value) in values.iter().enumerate() {
            let run: &mut Vec<(f64, f64)> = runs.last_mut().expect("starts with one");
            match value {
                Some(value) => run.push((x_of(axis, c as f64 + 0.5), self.y_of(*value))),
                None if !run.is_empty() => runs.push(Vec::new()),
                None => {}
            }
        }
        runs
    }

    /// The band between two series, wherever both are known.
    pub(in crate::report) fn band(
        &self,
        svg: &mut Svg,
        axis: &TimeAxis,
        low: &[Option<f64>],
        high: &[Option<f64>],
        colour: &str,
    ) {
        let known = |of: &[Option<f64>], other: &[Option<f64>]| -> Vec<Option<f64>> {
            of.iter().zip(other).map(|(value, other)| other.and(*value)).collect()
        };
        let (low, high) = (self.runs(axis, &known(low, high)), self.runs(axis, &known(high, low)));
        for (low, high) in low.into_iter().zip(high) {
            let outline: Vec<(f64, f64)> = high.into_iter().chain(low.into_iter().rev()).collect();
            svg.area(&outline, colour, 0.18);
        }
    }

    /// A sentence in the middle of a panel that has nothing to show.
    pub(in crate::report) fn nothing(&self, svg: &mut Svg, text: &str) {
        let place = (LEFT + 0.5 * PANEL_WIDTH, self.y + 0.5 * self.height + 4.0);
        svg.text(place, text, Type { size: 12.0, colour: MUTED, bold: false, anchor: Anchor::Middle });
    }
}

/// "Mon 2 Mar 2026, Europe/Paris · 200 simulated days".
pub(in crate::report) fn subtitle(report: &RunReport<'_>, note: &str) -> String {
    let days = &report.scenario.timeline.days;
    let n = thousands(report.results.replications as f64);
    let (first, last) = (days.first().map_or("", |d| &d.label), days.last().map_or("", |d| &d.label));
    let calendar = days.first().is_some_and(|d| d.date.is_some());
    let zone = if calendar { format!(", {}", report.scenario.timeline.timezone) } else { String::new() };
    let when = match days.len() {
        1 => format!("{first}{zone} · {n} simulated day{}", if report.results.replications == 1 { "" } else { "s" }),
        many => format!("{first} to {last}{zone} · {n} × {many} simulated days"),
    };
    if note.is_empty() { when } else { format!("{when} · {note}") }
}
