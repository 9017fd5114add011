//! How long the answered waited: the share answered within t, by queue.

use super::frame::{LEFT, Mark, PANEL_WIDTH, Page, Panel, Scale, subtitle};
use super::svg::{AXIS, Anchor, Pen, Type};
use super::{MOST, PALETTE, largest};
use crate::experiment::{QueueMetric, WaitBucket};
use crate::report::RunReport;
use crate::report::numbers::{clock, spoken_time};

const HEIGHT: f64 = 360.0;

/// Points of a curve nearer than this are not drawn [px].
const NEAR: f64 = 0.7;

pub(super) fn wait_distribution(report: &RunReport<'_>) -> String {
    let all = &report.scenario.queues;
    let shown = largest(all.len(), MOST, |q| report.results.queues[q].get(QueueMetric::Answered).mean.unwrap_or(0.0));
    let left_out = if all.len() > MOST { format!("the {MOST} busiest of {} queues", all.len()) } else { String::new() };
    let legend: Vec<(Mark, String)> = shown
        .iter()
        .zip(PALETTE)
        .map(|(&queue, colour)| (Mark::Line(Pen::solid(colour, 2.2)), entry(report, queue)))
        .collect();
    let mut page = Page::new(report, "wait of answered contacts", &subtitle(report, &left_out), &legend, 1, HEIGHT);
    let at_once = shown.iter().filter_map(|&q| report.results.queues[q].waits.first()).map(|w| w.cumulative_share);
    let least = at_once.reduce(f64::min);
    let scale = least.map_or_else(Scale::shares, |least| Scale::shares_from(least - 0.05));
    let panel =
        page.panel(0, "", "share of the answered who waited at most this long; dots: time of the service level", scale);
    let (step, end) = time_scale(longest(report, &shown));
    time_axis(&mut page, &panel, step, end);
    for (&queue, colour) in shown.iter().zip(PALETTE) {
        let waits = &report.results.queues[queue].waits;
        page.svg.polyline(&curve(waits, &panel, end), Pen::solid(colour, 2.2));
        let target = all[queue].target_time_s;
        if let Some(share) = share_within(waits, target).filter(|_| target <= end) {
            let place = (x_of(target, end), panel.y_of(share));
            page.svg.line((place.0, panel.bottom()), place, Pen::dashed(colour, 1.2));
            page.svg.dot(place, 4.5, colour);
        }
    }
    if shown.iter().all(|&q| report.results.queues[q].waits.is_empty()) {
        panel.nothing(&mut page.svg, "nobody was answered");
    }
    page.finish()
}

fn entry(report: &RunReport<'_>, queue: usize) -> String {
    let (stated, result) = (&report.scenario.queues[queue], &report.results.queues[queue]);
    match result.get(QueueMetric::SlAnswered).mean {
        Some(share) => format!("{}: {:.1} % in {}", stated.name, 100.0 * share, spoken_time(stated.target_time_s)),
        None => format!("{}: nobody answered", stated.name),
    }
}

/// A wait worth showing: well beyond every target, and where 19 of 20 have been answered.
fn longest(report: &RunReport<'_>, shown: &[usize]) -> f64 {
    let of = |&queue: &usize| {
        let p95 = report.results.queues[queue].get(QueueMetric::AnswerWaitP95S).mean.unwrap_or(0.0);
        (1.25 * p95).max(1.5 * report.scenario.queues[queue].target_time_s)
    };
    shown.iter().map(of).fold(10.0, f64::max)
}

/// Step and end of a time scale in round steps.
fn time_scale(longest: f64) -> (f64, f64) {
    const STEPS: [f64; 15] =
        [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0];
    let step = STEPS.into_iter().find(|step| longest / step <= 12.0).unwrap_or((longest / 12.0).ceil());
    (step, step * (longest / step).ceil())
}

fn x_of(seconds: f64, end: f64) -> f64 {
    LEFT + PANEL_WIDTH * (seconds / end).min(1.0)
}

fn time_axis(page: &mut Page, panel: &Panel, step: f64, end: f64) {
    let bottom = panel.bottom();
    let ticks = (end / step).round() as usize;
    for tick in 0..=ticks {
        let seconds = step * tick as f64;
        let label = if end <= 90.0 { format!("{seconds} s") } else { clock(seconds) };
        page.svg.line((x_of(seconds, end), bottom), (x_of(seconds, end), bottom + 4.0), Pen::solid(AXIS, 1.0));
        page.svg.text((x_of(seconds, end), bottom + 17.0), &label, Type::small(Anchor::Middle));
    }
    let unit = if end <= 90.0 { "wait" } else { "wait, minutes:seconds" };
    page.svg.text((LEFT + 0.5 * PANEL_WIDTH, bottom + 36.0), unit, Type::small(Anchor::Middle));
}

fn curve(waits: &[WaitBucket], panel: &Panel, end: f64) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for bucket in waits.iter().take_while(|bucket| bucket.up_to_s <= end) {
        let x = x_of(bucket.up_to_s, end);
        if points.last().is_none_or(|last| x - last.0 >= NEAR) {
            points.push((x, panel.y_of(bucket.cumulative_share)));
        }
    }
    if let Some(share) = share_within(waits, end) {
        points.push((x_of(end, end), panel.y_of(share)));
    }
    points
}

/// The share answered within a time, linear between the edges of buckets.
fn share_within(waits: &[WaitBucket], seconds: f64) -> Option<f64> {
    let above = waits.iter().position(|bucket| bucket.up_to_s > seconds);
    match above {
        None => waits.last().map(|last| last.cumulative_share),
        Some(0) => None,
        Some(above) => {
            let (from, to) = (waits[above - 1], waits[above]);
            let part = (seconds - from.up_to_s) / (to.up_to_s - from.up_to_s);
            Some(from.cumulative_share + part * (to.cumulative_share - from.cumulative_share))
        }
    }
}
