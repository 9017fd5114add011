//! Service level and abandonment by interval: a panel per queue, with the spread of days and the goal.

use super::axis::TimeAxis;
use super::frame::{Mark, PANEL_WIDTH, Page, Scale, subtitle};
use super::svg::{INK, Pen};
use super::{MOST, PALETTE, SHORT, largest};
use crate::experiment::{Estimate, IntervalMetric, QueueMetric};
use crate::report::RunReport;
use crate::report::numbers::{percent, short_percent, spoken_time};
use crate::scenario::Queue;

/// Columns up to which each has a dot.
const MOST_DOTS: usize = 72;

/// Which share, and what it is compared with.
struct Kind {
    interval: IntervalMetric,
    run: QueueMetric,
    goal: fn(&Queue) -> Option<f64>,
    /// Whether more is worse.
    ceiling: bool,
}

/// A queue's shares by column.
struct Series {
    mean: Vec<Option<f64>>,
    low: Vec<Option<f64>>,
    high: Vec<Option<f64>>,
}

pub(super) fn service_level(report: &RunReport<'_>) -> String {
    let goal = |q: &Queue| q.goal.as_ref().and_then(|g| g.service_level);
    let kind = Kind { interval: IntervalMetric::ServiceLevel, run: QueueMetric::ServiceLevel, goal, ceiling: false };
    let remark = |q: &Queue| format!("within {}", spoken_time(q.target_time_s));
    draw(report, "service level by time of arrival", &kind, remark)
}

pub(super) fn abandonment(report: &RunReport<'_>) -> String {
    let goal = |q: &Queue| q.goal.as_ref().and_then(|g| g.abandon);
    let kind = Kind { interval: IntervalMetric::AbandonRate, run: QueueMetric::AbandonRate, goal, ceiling: true };
    draw(report, "abandonment by time of arrival", &kind, |_| "hang up before they are answered".to_owned())
}

fn draw(report: &RunReport<'_>, shows: &str, kind: &Kind, remark: impl Fn(&Queue) -> String) -> String {
    let axis = TimeAxis::new(report, PANEL_WIDTH);
    let all = &report.scenario.queues;
    let shown = largest(all.len(), MOST, |q| all[q].volume.iter().sum());
    let series: Vec<Series> = shown.iter().map(|&q| series(report, &axis, q, kind)).collect();
    let left_out = if all.len() > MOST { format!("the {MOST} busiest of {} queues", all.len()) } else { String::new() };
    let height = if shown.len() == 1 {
        300.0
    } else if shown.len() <= 3 {
        150.0
    } else {
        110.0
    };
    let legend = legend(report, &series, kind);
    let mut page = Page::new(report, shows, &subtitle(report, &left_out), &legend, shown.len(), height);
    let scale = scale(&series, kind, &shown, all);
    for (index, (&queue, of)) in shown.iter().zip(&series).enumerate() {
        let run = report.results.queues[queue]
            .get(kind.run)
            .mean
            .map(|share| format!("{} {}", percent(share), remark(&all[queue])));
        let panel = page.panel(index, &all[queue].name, &run.unwrap_or_default(), scale);
        let colour = PALETTE[index];
        panel.band(&mut page.svg, &axis, &of.low, &of.high, colour);
        let goal = (kind.goal)(&all[queue]);
        if let Some(goal) = goal {
            panel.goal(&mut page.svg, goal, &format!("{} %", short_percent(goal)));
        }
        for run in panel.runs(&axis, &of.mean) {
            page.svg.polyline(&run, Pen::solid(colour, 2.0));
        }
        dots(
            &mut page,
            &panel,
            &axis,
            &of.mean,
            |value| goal.is_some_and(|g| if kind.ceiling { value > g } else { value < g }),
            colour,
        );
        if of.mean.iter().all(Option::is_none) {
            panel.nothing(&mut page.svg, "no contacts");
        }
    }
    page.time_axis(&axis);
    page.finish()
}

fn dots(
    page: &mut Page,
    panel: &super::frame::Panel,
    axis: &TimeAxis,
    values: &[Option<f64>],
    misses: impl Fn(f64) -> bool,
    colour: &str,
) {
    if axis.len() > MOST_DOTS {
        return;
    }
    for (c, value) in values.iter().enumerate() {
        if let Some(value) = *value {
            let place = (super::frame::x_of(axis, c as f64 + 0.5), panel.y_of(value));
            let (radius, fill) = if misses(value) { (4.6, SHORT) } else { (3.4, colour) };
            page.svg.dot(place, radius, fill);
        }
    }
}

fn series(report: &RunReport<'_>, axis: &TimeAxis, queue: usize, kind: &Kind) -> Series {
    let intervals = &report.results.queues[queue].intervals;
    let get = |i: usize| -> Estimate { intervals[i].get(kind.interval) };
    let single = |part: fn(Estimate) -> Option<f64>| -> Vec<Option<f64>> {
        // Percentiles of several intervals together are not known.
        axis.columns.iter().map(|c| if c.len() == 1 { part(get(c.start)) } else { None }).collect()
    };
    let mean = |c: &std::ops::Range<usize>| {
        if c.len() == 1 {
            return get(c.start).mean;
        }
        let pairs = c.clone().filter_map(|i| get(i).mean.zip(intervals[i].get(IntervalMetric::Offered).mean));
        let (sum, weight) = pairs.fold((0.0, 0.0), |(s, w), (share, offered)| (s + share * offered, w + offered));
        (weight > 0.0).then(|| sum / weight)
    };
    let mut of =
        Series { mean: axis.columns.iter().map(mean).collect(), low: single(|e| e.p05), high: single(|e| e.p95) };
    if report.results.replications < 20 {
        // Too few days for a band.
        of.low.fill(None);
        of.high.fill(None);
    }
    of
}

fn legend(report: &RunReport<'_>, series: &[Series], kind: &Kind) -> Vec<(Mark, String)> {
    let mut legend = vec![(
        Mark::Line(Pen::solid(PALETTE[0], 2.0)),
        if report.results.replications == 1 { "simulated".to_owned() } else { "all days together".to_owned() },
    )];
    if series.iter().any(|s| s.low.iter().any(Option::is_some)) {
        legend.push((Mark::Area(PALETTE[0], 0.18), "nine days in ten".to_owned()));
    }
    if report.scenario.queues.iter().any(|q| (kind.goal)(q).is_some()) {
        legend.push((Mark::Line(Pen::dashed(INK, 1.2)), "goal".to_owned()));
        let dots = series.first().is_some_and(|s| s.mean.len() <= MOST_DOTS);
        if dots {
            legend.push((Mark::Dot(SHORT), "misses it".to_owned()));
        }
    }
    legend
}

fn scale(series: &[Series], kind: &Kind, shown: &[usize], queues: &[Queue]) -> Scale {
    if !kind.ceiling {
        return Scale::shares();
    }
    let figures = series.iter().flat_map(|s| s.high.iter().chain(&s.mean)).copied().flatten();
    let goals = shown.iter().filter_map(|&q| (kind.goal)(&queues[q])).map(|goal| 1.3 * goal);
    Scale::shares_to(figures.chain(goals).fold(0.0, f64::max))
}
