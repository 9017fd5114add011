//! Expected volume by queue, and below it for each team the people on the phone against the need.

use std::cmp::Ordering;
use std::ops::Range;

use super::axis::TimeAxis;
use super::frame::{Mark, PANEL_WIDTH, Page, Scale, subtitle};
use super::svg::{INK, Pen};
use super::{MOST, OTHERS, PALETTE, SHORT, largest};
use crate::planner::on_phone_by_plan;
use crate::report::RunReport;
use crate::report::cover::covers;
use crate::report::numbers::hours;

/// Most teams with a panel.
const MOST_TEAMS: usize = 5;

/// Colour of people on the phone, and of those that are not needed.
const PEOPLE: &str = "#0072b2";
const OVER: &str = "#56b4e9";

/// A panel's people.
struct Staff {
    name: String,
    have: Vec<f64>,
    /// Empty where no need is known.
    need: Vec<Option<f64>>,
    remark: String,
}

pub(super) fn volume_and_staffing(report: &RunReport<'_>) -> String {
    let axis = TimeAxis::new(report, PANEL_WIDTH);
    let staff = staff(report, &axis);
    let queues = largest(report.scenario.queues.len(), MOST, |q| report.scenario.queues[q].volume.iter().sum());
    let layers = layers(report, &axis, &queues);
    let mut legend: Vec<(Mark, String)> =
        layers.iter().map(|(name, colour, _)| (Mark::Area(colour, 0.85), name.clone())).collect();
    legend.extend(legend_of_staff(&staff));
    let left_out = left_out(report, &staff);
    let mut page =
        Page::new(report, "volume and staffing", &subtitle(report, &left_out), &legend, 1 + staff.len(), 128.0);
    draw_volume(&mut page, &axis, &layers);
    for (index, team) in staff.iter().enumerate() {
        draw_staff(&mut page, &axis, index + 1, team);
    }
    page.time_axis(&axis);
    page.finish()
}

fn left_out(report: &RunReport<'_>, staff: &[Staff]) -> String {
    let all = report.scenario.teams.len();
    if staff.len() == MOST_TEAMS && all > MOST_TEAMS {
        format!("the {MOST_TEAMS} largest of {all} teams")
    } else {
        String::new()
    }
}

/// Name, colour and contacts per column of each layer, the lowest first.
fn layers(report: &RunReport<'_>, axis: &TimeAxis, queues: &[usize]) -> Vec<(String, &'static str, Vec<f64>)> {
    let all = &report.scenario.queues;
    let mut layers: Vec<(String, &'static str, Vec<f64>)> = queues
        .iter()
        .zip(PALETTE)
        .map(|(&q, colour)| (all[q].name.clone(), colour, axis.sums(|i| all[q].volume[i])))
        .collect();
    let others: Vec<usize> = (0..all.len()).filter(|q| !queues.contains(q)).collect();
    if !others.is_empty() {
        let volume = axis.sums(|i| others.iter().map(|&q| all[q].volume[i]).sum());
        layers.push((format!("{} other queues", others.len()), OTHERS, volume));
    }
    layers
}

fn draw_volume(page: &mut Page, axis: &TimeAxis, layers: &[(String, &'static str, Vec<f64>)]) {
    let mut tops = vec![vec![0.0; axis.len()]];
    for (_, _, volume) in layers {
        let below = tops.last().expect("starts with one");
        tops.push(below.iter().zip(volume).map(|(a, b)| a + b).collect());
    }
    let most = tops.last().into_iter().flatten().fold(0.0, |most: f64, &v| most.max(v));
    let panel = page.panel(
        0,
        "Volume",
        &format!("expected contacts per {}", axis.unit),
        Scale::counts_to(if most > 0.0 { most } else { 1.0 }),
    );
    for (index, (_, colour, _)) in layers.iter().enumerate() {
        let edge = |top: &[f64]| panel.steps(axis, 0, top.iter().copied());
        let (below, above) = (edge(&tops[index]), edge(&tops[index + 1]));
        let outline: Vec<(f64, f64)> = above.into_iter().chain(below.into_iter().rev()).collect();
        page.svg.area(&outline, colour, 0.85);
    }
    if most == 0.0 {
        panel.nothing(&mut page.svg, "no contacts are expected");
    }
}

/// Teams that share a need are one panel; teams without a need follow those with one.
fn staff(report: &RunReport<'_>, axis: &TimeAxis) -> Vec<Staff> {
    let covers = covers(report);
    let a_day = if report.scenario.timeline.days.len() > 1 { " a day" } else { "" };
    let mut staff = Vec::new();
    for cover in &covers {
        let of = cover.hours(report);
        let column = |c: &Range<usize>| {
            let sum: Option<u32> = c.clone().map(|i| cover.need[i]).sum();
            sum.map(|sum| f64::from(sum) / c.len() as f64)
        };
        staff.push(Staff {
            name: cover.name.clone(),
            have: axis.means(|i| cover.have[i]),
            need: axis.columns.iter().map(column).collect(),
            remark: format!("people on the phone · {} h short, {} h over{a_day}", hours(of.short), hours(of.over)),
        });
    }
    for (index, team) in report.scenario.teams.iter().enumerate() {
        if !covers.iter().any(|c| c.teams.contains(&index)) {
            let people = on_phone_by_plan(report.scenario, index);
            let have = axis.means(|i| people[i]);
            let remark = "people on the phone".to_owned();
            staff.push(Staff { name: team.name.clone(), have, need: Vec::new(), remark });
        }
    }
    let shown = largest(staff.len(), MOST_TEAMS, |s| staff[s].have.iter().sum());
    let mut index = 0;
    staff.retain(|_| {
        index += 1;
        shown.contains(&(index - 1))
    });
    staff
}

fn legend_of_staff(staff: &[Staff]) -> Vec<(Mark, String)> {
    let mut legend = vec![(Mark::Line(Pen::solid(PEOPLE, 2.2)), "on the phone".to_owned())];
    if staff.iter().any(|s| !s.need.is_empty()) {
        legend.push((Mark::Line(Pen::dashed(INK, 1.6)), "needed (Erlang A)".to_owned()));
        legend.push((Mark::Area(SHORT, 0.35), "short".to_owned()));
        legend.push((Mark::Area(OVER, 0.25), "over".to_owned()));
    }
    legend
}

fn draw_staff(page: &mut Page, axis: &TimeAxis, index: usize, team: &Staff) {
    let most = team.have.iter().copied().chain(team.need.iter().copied().flatten()).fold(0.0, f64::max);
    let panel = page.panel(index, &team.name, &team.remark, Scale::people_to(most));
    for (kind, run) in runs(team) {
        let people = |c: usize| (team.have[c], team.need[c].unwrap_or(team.have[c]));
        let upper = panel.steps(axis, run.start, run.clone().map(|c| people(c).0.max(people(c).1)));
        let lower = panel.steps(axis, run.start, run.map(|c| people(c).0.min(people(c).1)));
        let outline: Vec<(f64, f64)> = upper.into_iter().chain(lower.into_iter().rev()).collect();
        match kind {
            Ordering::Less => page.svg.area(&outline, SHORT, 0.35),
            Ordering::Equal => {}
            Ordering::Greater => page.svg.area(&outline, OVER, 0.25),
        }
    }
    page.svg.polyline(&panel.steps(axis, 0, team.have.iter().copied()), Pen::solid(PEOPLE, 2.2));
    let mut from = 0;
    for known in team.need.split(Option::is_none) {
        page.svg.polyline(&panel.steps(axis, from, known.iter().copied().flatten()), Pen::dashed(INK, 1.6));
        from += known.len() + 1;
    }
}

/// Stretches of columns that are alike: short, just right (or without a known need), over.
fn runs(team: &Staff) -> Vec<(Ordering, Range<usize>)> {
    let mut runs: Vec<(Ordering, Range<usize>)> = Vec::new();
    for (c, need) in team.need.iter().enumerate() {
        let kind = need.map_or(Ordering::Equal, |need| team.have[c].total_cmp(&need));
        match runs.last_mut() {
            Some((last, run)) if *last == kind => run.end = c + 1,
            _ => runs.push((kind, c..c + 1)),
        }
    }
    runs
}
