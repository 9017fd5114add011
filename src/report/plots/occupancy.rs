//! How busy teams are: occupancy by interval with its 95 % interval.

use super::axis::TimeAxis;
use super::frame::{Mark, PANEL_WIDTH, Page, Scale, subtitle};
use super::svg::Pen;
use super::{MOST, PALETTE, largest};
use crate::experiment::{TeamMetric, TeamResult};
use crate::report::RunReport;
use crate::report::cover::planned_hours;
use crate::report::numbers::{percent, short_percent};

const HEIGHT: f64 = 320.0;

pub(super) fn occupancy(report: &RunReport<'_>) -> String {
    let axis = TimeAxis::new(report, PANEL_WIDTH);
    let teams = &report.scenario.teams;
    let shown = largest(teams.len(), MOST, |t| planned_hours(report, t));
    let mut note = "band: 95 % interval".to_owned();
    if teams.len() > MOST {
        note.push_str(&format!(" · the {MOST} largest of {} teams", teams.len()));
    }
    let legend: Vec<(Mark, String)> = shown
        .iter()
        .zip(PALETTE)
        .map(|(&team, colour)| (Mark::Line(Pen::solid(colour, 2.2)), entry(report, team)))
        .collect();
    let mut page = Page::new(report, "occupancy by team", &subtitle(report, &note), &legend, 1, HEIGHT);
    let panel = page.panel(0, "", "share of the time on the phone spent with contacts", Scale::shares());
    for (&team, colour) in shown.iter().zip(PALETTE) {
        let [mean, low, high] = series(&axis, &report.results.teams[team], &teams[team].on_phone);
        panel.band(&mut page.svg, &axis, &low, &high, colour);
        if let Some(cap) = teams[team].max_occupancy {
            panel.goal(&mut page.svg, cap, &format!("{} %", short_percent(cap)));
        }
        for run in panel.runs(&axis, &mean) {
            page.svg.polyline(&run, Pen::solid(colour, 2.2));
        }
    }
    page.time_axis(&axis);
    page.finish()
}

fn entry(report: &RunReport<'_>, team: usize) -> String {
    let name = &report.scenario.teams[team].name;
    match report.results.teams[team].get(TeamMetric::Occupancy).mean {
        Some(share) => format!("{name}: {}", percent(share)),
        None => format!("{name}: nobody on the phone"),
    }
}

/// Mean and 95 % interval by column; over several intervals together, weighted by the people on duty. Where nobody is
/// planned there is no occupancy: who finishes a conversation there is always busy.
fn series(axis: &TimeAxis, result: &TeamResult, planned: &[u32]) -> [Vec<Option<f64>>; 3] {
    let mean = |c: &std::ops::Range<usize>| {
        let pairs = c
            .clone()
            .filter(|&i| planned[i] > 0)
            .filter_map(|i| result.intervals[i].occupancy.mean.zip(result.intervals[i].on_duty.mean));
        let (sum, weight) = pairs.fold((0.0, 0.0), |(s, w), (share, people)| (s + share * people, w + people));
        (weight > 0.0).then(|| sum / weight)
    };
    let edge = |sign: f64| {
        let of = move |c: &std::ops::Range<usize>| {
            let occupancy = result.intervals[c.start].occupancy;
            let edge = occupancy.mean? + sign * occupancy.half_width?;
            (c.len() == 1 && planned[c.start] > 0).then_some(edge.clamp(0.0, 1.0))
        };
        axis.columns.iter().map(of).collect()
    };
    [axis.columns.iter().map(mean).collect(), edge(-1.0), edge(1.0)]
}
