//! Shares against the number of agents (or lines): a panel per share, its goal, and the answer marked.

use super::frame::{LEFT, Mark, PANEL_WIDTH, Page, Panel, Scale};
use super::svg::{AXIS, Anchor, INK, Pen, Type, text_width};
use super::{PALETTE, SHORT};
use crate::report::numbers::thousands;

/// Points up to which each has a dot.
const MOST_DOTS: usize = 72;

/// Colour of the answer.
const ANSWER: &str = PALETTE[2];

/// What is to be drawn.
pub(in crate::report) struct Chart {
    pub(in crate::report) title: String,
    pub(in crate::report) note: String,
    /// What is counted along the bottom.
    pub(in crate::report) unit: &'static str,
    /// The least and the largest number.
    pub(in crate::report) sizes: (u64, u64),
    /// The answer and how the legend names it.
    pub(in crate::report) marked: Option<(u64, String)>,
    /// The number asked about.
    pub(in crate::report) asked: Option<(u64, String)>,
    pub(in crate::report) panels: Vec<ChartPanel>,
}

/// One share.
pub(in crate::report) struct ChartPanel {
    pub(in crate::report) name: &'static str,
    pub(in crate::report) remark: String,
    pub(in crate::report) values: Vec<(u64, f64)>,
    /// The target and its label.
    pub(in crate::report) goal: Option<(f64, String)>,
    /// Whether more is worse.
    pub(in crate::report) ceiling: bool,
    /// How a value is written.
    pub(in crate::report) label: fn(f64) -> String,
}

/// The picture.
pub(in crate::report) fn chart(of: &Chart) -> String {
    let height = if of.panels.len() == 1 { 300.0 } else { 210.0 };
    let mut page = Page::titled(of.title.clone(), &of.note, &legend(of), of.panels.len(), height);
    for (index, part) in of.panels.iter().enumerate() {
        let panel = page.panel(index, part.name, &remark(of, part), scale(part));
        ticks(&mut page, &panel, of, index + 1 == of.panels.len());
        if let Some((target, label)) = &part.goal {
            panel.goal(&mut page.svg, *target, label);
        }
        curve(&mut page, &panel, of, part, PALETTE[index]);
        if part.values.is_empty() {
            panel.nothing(&mut page.svg, "no calls, or a queue that grows without end");
        }
        for (mark, colour) in [(&of.asked, INK), (&of.marked, ANSWER)] {
            if let Some((size, _)) = mark {
                highlight(&mut page, &panel, of, part, (*size, colour));
            }
        }
    }
    page.finish()
}

/// What the share is, and its value at the marked numbers.
fn remark(of: &Chart, part: &ChartPanel) -> String {
    let mut marks: Vec<u64> = [&of.asked, &of.marked].into_iter().flatten().map(|mark| mark.0).collect();
    marks.sort_unstable();
    marks.dedup();
    let value = |size: &u64| part.values.iter().find(|value| value.0 == *size);
    let said = marks
        .iter()
        .filter_map(value)
        .map(|&(size, value)| format!(" · {} with {}", (part.label)(value), thousands(size as f64)));
    part.remark.clone() + &said.collect::<String>()
}

fn legend(of: &Chart) -> Vec<(Mark, String)> {
    let mut legend: Vec<(Mark, String)> = of
        .panels
        .iter()
        .zip(PALETTE)
        .map(|(panel, colour)| (Mark::Line(Pen::solid(colour, 2.0)), panel.name.to_owned()))
        .collect();
    if of.panels.iter().any(|panel| panel.goal.is_some()) {
        legend.push((Mark::Line(Pen::dashed(INK, 1.2)), "goal".to_owned()));
        if of
            .panels
            .iter()
            .any(|panel| panel.values.len() <= MOST_DOTS && panel.values.iter().any(|v| misses(panel, v.1)))
        {
            legend.push((Mark::Dot(SHORT), "misses it".to_owned()));
        }
    }
    legend.extend(of.marked.iter().map(|(_, text)| (Mark::Dot(ANSWER), text.clone())));
    legend.extend(of.asked.iter().map(|(_, text)| (Mark::Dot(INK), text.clone())));
    legend
}

fn scale(part: &ChartPanel) -> Scale {
    if !part.ceiling {
        return Scale::shares();
    }
    let goal = part.goal.as_ref().map_or(0.0, |(target, _)| 1.3 * target);
    Scale::shares_to(part.values.iter().map(|v| v.1).fold(goal, f64::max))
}

fn x_of(of: &Chart, size: u64) -> f64 {
    let (first, last) = of.sizes;
    LEFT + PANEL_WIDTH * (size.saturating_sub(first) as f64 + 0.5) / ((last - first) as f64 + 1.0)
}

/// Numbers along the bottom in round steps.
fn ticks(page: &mut Page, panel: &Panel, of: &Chart, labelled: bool) {
    let (first, last) = of.sizes;
    let room = text_width(&thousands(last as f64), 11.0) + 14.0;
    let most = (PANEL_WIDTH / room) as u64;
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|digit: u64| digit * 10_u64.pow(power)));
    let step = steps.into_iter().find(|step| (last - first) / step < most).unwrap_or(u64::MAX);
    let bottom = panel.bottom();
    for size in (first.div_ceil(step)..=last / step).map(|n| n * step) {
        let x = x_of(of, size);
        page.svg.line((x, bottom), (x, bottom + 4.0), Pen::solid(AXIS, 1.0));
        if labelled {
            page.svg.text((x, bottom + 17.0), &thousands(size as f64), Type::small(Anchor::Middle));
        }
    }
    if labelled {
        page.svg.text((LEFT + 0.5 * PANEL_WIDTH, bottom + 36.0), of.unit, Type::small(Anchor::Middle));
    }
}

fn misses(part: &ChartPanel, value: f64) -> bool {
    // As for the goals themselves: met exactly is met, within rounding.
    let Some((target, _)) = part.goal else { return false };
    if part.ceiling { value > target * (1.0 + 1e-12) } else { value < target * (1.0 - 1e-12) }
}

fn curve(page: &mut Page, panel: &Panel, of: &Chart, part: &ChartPanel, colour: &'static str) {
    let place = |&(size, value): &(u64, f64)| (x_of(of, size), panel.y_of(value));
    let points: Vec<(f64, f64)> = part.values.iter().map(place).collect();
    page.svg.polyline(&points, Pen::solid(colour, 2.0));
    if part.values.len() > MOST_DOTS {
        return;
    }
    for (point, (_, value)) in points.into_iter().zip(&part.values) {
        let (radius, fill) = if misses(part, *value) { (4.0, SHORT) } else { (3.4, colour) };
        page.svg.dot(point, radius, fill);
    }
}

/// A number of agents: a line from the bottom and a large dot.
fn highlight(page: &mut Page, panel: &Panel, of: &Chart, part: &ChartPanel, (size, colour): (u64, &'static str)) {
    let x = x_of(of, size);
    let Some(&(_, value)) = part.values.iter().find(|v| v.0 == size) else { return };
    let y = panel.y_of(value);
    page.svg.line((x, panel.bottom()), (x, y), Pen::dashed(colour, 1.2));
    page.svg.dot((x, y), 5.6, colour);
}
