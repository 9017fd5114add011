//! `requirements.csv`: one row per team and interval.

use super::PlanReport;
use super::cover::{Basis, TeamCover, covers, formula_of};
use crate::experiment::{Estimate, IntervalMetric};
use crate::planner::Binding;
use crate::report::csv_files::{cells_of_estimate, header_of_estimate, when};
use crate::report::numbers::nine_digits_text;

/// Figures of a queue shown with each row.
const FIGURES: [IntervalMetric; 4] =
    [IntervalMetric::ServiceLevel, IntervalMetric::AbandonRate, IntervalMetric::AsaS, IntervalMetric::PWait];

/// The table, its header first.
///
/// `load`, `erlang_c` and `erlang_a` are of the queues that try this team first, empty where the team shares them with
/// another one or only helps out. `required` are people on the phone, `paid` those to be paid so that as many are;
/// `stated` and `short_over` are in `stated_basis`. Service is that of `queue`: the binding one, else the one the team
/// is most for.
pub fn requirements_csv(report: &PlanReport<'_>) -> Vec<Vec<String>> {
    let fixed = [
        "day",
        "date",
        "interval",
        "start",
        "team",
        "load",
        "erlang_c",
        "erlang_a",
        "required",
        "paid",
        "stated",
        "stated_basis",
        "short_over",
        "binding_goal",
        "binding_queue",
        "queue",
    ];
    let mut header: Vec<String> = fixed.map(str::to_owned).to_vec();
    header.extend(FIGURES.iter().flat_map(|m| header_of_estimate(m.name(), false)));
    header.push("goal_met_probability".to_owned());
    header.extend(header_of_estimate("occupancy", false));
    let mut lines = vec![header];
    for cover in covers(report) {
        lines.extend((0..cover.need.len()).map(|interval| row(report, &cover, interval)));
    }
    lines
}

fn row(report: &PlanReport<'_>, cover: &TeamCover<'_>, interval: usize) -> Vec<String> {
    let plan = &report.plan.teams[cover.team];
    let number = |value: f64| nine_digits_text(Some(value));
    let mut row = when(&report.as_run(), interval);
    row.push(cover.name.to_owned());
    row.extend(match formula_of(report, cover.team).map(|need| &need.intervals[interval]) {
        Some(need) => {
            [number(need.load), need.erlang_c.map_or_else(String::new, |n| n.to_string()), need.erlang_a.to_string()]
        }
        None => Default::default(),
    });
    row.extend([plan.on_phone[interval], plan.paid[interval]].map(|n| n.to_string()));
    row.push(number(cover.have[interval]));
    row.push(basis_name(cover.basis).to_owned());
    row.push(number(cover.gap(interval)));
    let binding = plan.binding[interval];
    row.push(binding.map_or("", binding_goal).to_owned());
    row.push(binding.and_then(|b| binding_queue(report, b)).unwrap_or_default());
    let queue = match binding {
        Some(Binding::Goal(queue, _)) => queue,
        _ => main_queue(report, cover.team),
    };
    row.push(report.scenario.queues[queue].name.clone());
    let figures = &report.plan.results.queues[queue].intervals[interval];
    row.extend(FIGURES.iter().flat_map(|&m| cells_of_estimate(figures.get(m), false)));
    row.push(nine_digits_text(figures.goal_met.and_then(|p| p.share())));
    let occupancy: Estimate = report.plan.results.teams[cover.team].intervals[interval].occupancy;
    row.extend(cells_of_estimate(occupancy, false));
    row
}

pub(super) fn basis_name(basis: Basis) -> &'static str {
    match basis {
        Basis::OnPhone => "on_phone",
        Basis::Paid => "paid",
    }
}

/// "service_level", "occupancy", "min_agents" ...
pub(super) fn binding_goal(binding: Binding) -> &'static str {
    match binding {
        Binding::Goal(_, part) => part.metric().name(),
        Binding::Occupancy => "max_occupancy",
        Binding::Minimum => "min_agents",
    }
}

pub(super) fn binding_queue(report: &PlanReport<'_>, binding: Binding) -> Option<String> {
    match binding {
        Binding::Goal(queue, _) => Some(report.scenario.queues[queue].name.clone()),
        Binding::Occupancy | Binding::Minimum => None,
    }
}

/// The queue with a goal that a team prefers.
fn main_queue(report: &PlanReport<'_>, team: usize) -> usize {
    let skills = report.scenario.teams[team].skills.iter();
    let rank = |s: &&crate::scenario::Skill| (report.scenario.queues[s.queue].goal.is_none(), s.preference, s.queue);
    skills.min_by_key(rank).map_or(0, |s| s.queue)
}
