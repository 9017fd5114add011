//! The requirement against the staffing, a panel for each team.

use std::cmp::Ordering;
use std::ops::Range;

use super::PlanReport;
use super::cover::{Basis, TeamCover, covers, formula_of};
use crate::report::numbers::hours;
use crate::report::plots::axis::TimeAxis;
use crate::report::plots::frame::{Mark, PANEL_WIDTH, Page, Scale, subtitle};
use crate::report::plots::svg::{INK, MUTED, Pen};
use crate::report::plots::{SHORT, largest};

/// Most teams with a panel.
const MOST_TEAMS: usize = 6;

/// People the file has, those that are not needed, and the need.
const HAVE: &str = "#0072b2";
const OVER: &str = "#56b4e9";

/// Simulated need as steps, the file's people as a line, Erlang A dashed; short and over shaded.
pub fn requirement_plot(report: &PlanReport<'_>) -> String {
    let (run, covers) = (report.as_run(), covers(report));
    let axis = TimeAxis::new(&run, PANEL_WIDTH);
    let shown = largest(covers.len(), MOST_TEAMS, |c| covers[c].hours().need);
    let legend = [
        (Mark::Line(Pen::solid(INK, 2.2)), "needed (simulation)".to_owned()),
        (Mark::Line(Pen { dashes: "2 3", ..Pen::solid(MUTED, 1.5) }), "Erlang A".to_owned()),
        (Mark::Line(Pen::solid(HAVE, 2.2)), "in the file".to_owned()),
        (Mark::Area(SHORT, 0.35), "short".to_owned()),
        (Mark::Area(OVER, 0.25), "over".to_owned()),
    ];
    let left_out = if shown.len() < covers.len() {
        format!("the {MOST_TEAMS} largest of {} teams", covers.len())
    } else {
        String::new()
    };
    let mut page =
        Page::new(&run, "people needed and people there", &subtitle(&run, &left_out), &legend, shown.len(), 150.0);
    for (index, &cover) in shown.iter().enumerate() {
        draw(&mut page, &axis, index, report, &covers[cover]);
    }
    page.time_axis(&axis);
    page.finish()
}

fn draw(page: &mut Page, axis: &TimeAxis, index: usize, report: &PlanReport<'_>, cover: &TeamCover<'_>) {
    let (need, have) = (axis.means(|i| f64::from(cover.need[i])), axis.means(|i| cover.have[i]));
    // A formula knows people on the phone only.
    let formula = formula_of(report, cover.team).filter(|_| cover.basis == Basis::OnPhone);
    let formula = formula.map(|of| axis.means(|i| f64::from(of.intervals[i].erlang_a)));
    let all = need.iter().chain(&have).chain(formula.iter().flatten());
    let of = cover.hours();
    let remark = format!("people {} · {} h short, {} h over", cover.basis.words(), hours(of.short), hours(of.over));
    let panel = page.panel(index, cover.name, &remark, Scale::people_to(all.copied().fold(0.0, f64::max)));
    for (kind, run) in runs(&have, &need) {
        let upper = panel.steps(axis, run.start, run.clone().map(|c| have[c].max(need[c])));
        let lower = panel.steps(axis, run.start, run.map(|c| have[c].min(need[c])));
        let outline: Vec<(f64, f64)> = upper.into_iter().chain(lower.into_iter().rev()).collect();
        match kind {
            Ordering::Less => page.svg.area(&outline, SHORT, 0.35),
            Ordering::Equal => {}
            Ordering::Greater => page.svg.area(&outline, OVER, 0.25),
        }
    }
    let lines = [(Some(have), Pen::solid(HAVE, 2.2)), (Some(need), Pen::solid(INK, 2.2))];
    let dashed = (formula, Pen { dashes: "2 3", ..Pen::solid(MUTED, 1.5) });
    for (values, pen) in lines.into_iter().chain([dashed]) {
        if let Some(values) = values {
            page.svg.polyline(&panel.steps(axis, 0, values.into_iter()), pen);
        }
    }
}

/// Stretches of columns that are alike: short, just right, over.
fn runs(have: &[f64], need: &[f64]) -> Vec<(Ordering, Range<usize>)> {
    let mut runs: Vec<(Ordering, Range<usize>)> = Vec::new();
    for (c, (have, need)) in have.iter().zip(need).enumerate() {
        let kind = have.total_cmp(need);
        match runs.last_mut() {
            Some((last, run)) if *last == kind => run.end = c + 1,
            _ => runs.push((kind, c..c + 1)),
        }
    }
    runs
}
