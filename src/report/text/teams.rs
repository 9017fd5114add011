//! TEAMS: people on the phone and paid, how busy they were, hours short and over, cost.

use super::people::{hands, most_at_work};
use crate::experiment::{TeamMetric, TeamResult};
use crate::planner::without_formula;
use crate::report::RunReport;
use crate::report::cover::{Cover, CoverHours, planned_hours};
use crate::report::fte;
use crate::report::layout::{Cell, Column, Style, Table, Tone, paragraph};
use crate::report::numbers::{hours, money, percent, thousands};
use crate::scenario::Team;

/// Most teams in the table.
const MOST_ROWS: usize = 12;

/// The table and what it leaves out.
pub(super) fn section(report: &RunReport<'_>, covers: &[Cover], style: Style) -> String {
    let teams = &report.scenario.teams;
    let shown = shown(report);
    let mut rows: Vec<Vec<Cell>> = shown.iter().map(|&team| row(report, covers, team)).collect();
    rows.extend(covers.iter().filter(|c| c.teams.len() > 1).map(|c| shared_row(report, c)));
    if teams.len() > 1 {
        rows.push(total_row(report, covers));
    }
    let mut lines = Table { columns: columns(), rows }.lines(style);
    if teams.len() > shown.len() {
        let rest = teams.len() - shown.len();
        let text = format!("and {rest} more team{}: --json or teams.csv", if rest == 1 { "" } else { "s" });
        lines.push(paragraph("", &text, 2, style));
    }
    lines.push(paragraph("", &legend(report, covers), 2, style));
    lines.extend(hands(report).iter().map(|text| paragraph("", text, 2, style)));
    lines.join("\n")
}

/// The teams with most hours on the phone, in file order.
fn shown(report: &RunReport<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..report.scenario.teams.len()).collect();
    order.sort_by(|&a, &b| planned_hours(report, b).total_cmp(&planned_hours(report, a)));
    order.truncate(MOST_ROWS);
    order.sort_unstable();
    order
}

fn columns() -> Vec<Column> {
    vec![
        Column::left("TEAMS", 0),
        Column::right("people", 2),
        Column::right("on phone h", 2),
        Column::right("paid h", 2),
        Column::right("FTE", 2),
        Column::right("occupancy", 2),
        Column::right("peak", 2).spare(2),
        Column::left("", 1).spare(2),
        Column::right("short h", 2),
        Column::right("over h", 2),
        Column::right("cost", 2),
        Column::right("per contact", 1).spare(1),
    ]
}

fn row(report: &RunReport<'_>, covers: &[Cover], team: usize) -> Vec<Cell> {
    let (stated, result) = (&report.scenario.teams[team], &report.results.teams[team]);
    let most = most_at_work(report, team);
    let (peak, when) = peak(report, team);
    let mut row = vec![stated.name.as_str().into(), thousands(f64::from(most)).into()];
    row.push(hours(planned_hours(report, team)).into());
    row.push(if paid_by_the_hour(stated) { mean(result, TeamMetric::PaidH, hours) } else { "-".into() });
    row.push(full_time(report, Some(team), paid_by_the_hour(stated)));
    row.push(mean(result, TeamMetric::Occupancy, percent));
    row.extend([peak, when]);
    match covers.iter().find(|c| c.teams == [team]) {
        Some(cover) => row.extend(gaps(cover.hours(report))),
        None if covers.is_empty() => row.extend(["".into(), "".into()]),
        None => row.extend(["-".into(), "-".into()]),
    }
    row.extend(costs(report, result));
    row
}

/// Hours short and over of teams that share one need.
fn shared_row(report: &RunReport<'_>, cover: &Cover) -> Vec<Cell> {
    let hours_of = cover.hours(report);
    let mut row = vec![Cell::from(cover.name.as_str()), "".into(), hours(hours_of.have).into()];
    row.extend((0..5).map(|_| Cell::from("")));
    row.extend(gaps(hours_of));
    row.extend(["".into(), "".into()]);
    row
}

fn total_row(report: &RunReport<'_>, covers: &[Cover]) -> Vec<Cell> {
    let (teams, total) = (&report.scenario.teams, &report.results.total_team);
    let on_phone = (0..teams.len()).map(|t| planned_hours(report, t)).sum();
    let all_paid = teams.iter().all(paid_by_the_hour);
    let sum = covers.iter().map(|c| c.hours(report)).fold(CoverHours::default(), |sum, h| CoverHours {
        short: sum.short + h.short,
        over: sum.over + h.over,
        ..sum
    });
    let mut row = vec![Cell::from("all"), "".into(), hours(on_phone).into()];
    row.push(if all_paid { mean(total, TeamMetric::PaidH, hours) } else { "".into() });
    row.push(full_time(report, None, all_paid));
    row.push(mean(total, TeamMetric::Occupancy, percent));
    row.extend(["".into(), "".into()]);
    row.extend(if covers.is_empty() { ["".into(), "".into()] } else { gaps(sum) });
    row.extend(costs(report, total));
    row
}

/// Full-time equivalents; empty where the file does not say how long a week is.
fn full_time(report: &RunReport<'_>, team: Option<usize>, paid: bool) -> Cell {
    match fte::of_team(report, team) {
        None => "".into(),
        Some(_) if !paid => if team.is_some() { "-" } else { "" }.into(),
        Some(fte) => hours(fte).into(),
    }
}

/// A team that costs only fees is paid by somebody else.
fn paid_by_the_hour(team: &Team) -> bool {
    team.cost_per_hour.is_some() || !states_fee(team)
}

fn states_fee(team: &Team) -> bool {
    team.cost_per_handled.or(team.cost_per_talk_minute).or(team.min_commitment).is_some()
}

fn mean(result: &TeamResult, metric: TeamMetric, text: impl Fn(f64) -> String) -> Cell {
    result.get(metric).mean.map_or_else(|| "-".to_owned(), text).into()
}

fn gaps(of: CoverHours) -> [Cell; 2] {
    let short_tone = if of.short > 0.0 { Tone::Bad } else { Tone::Plain };
    [Cell::new(hours(of.short), short_tone), hours(of.over).into()]
}

/// Cost and cost per contact; empty where no team states a cost.
fn costs(report: &RunReport<'_>, result: &TeamResult) -> [Cell; 2] {
    let stated = report.scenario.teams.iter().any(|t| t.cost_per_hour.is_some() || states_fee(t));
    let missing = if stated { "-" } else { "" };
    let text = |metric, cents| {
        let value = result.get(metric).mean;
        value.map_or_else(|| missing.to_owned(), |v| money(v, cents, &report.scenario.currency)).into()
    };
    [text(TeamMetric::Cost, false), text(TeamMetric::CostPerHandled, true)]
}

/// The highest occupancy of an interval with people planned, and when that is.
fn peak(report: &RunReport<'_>, team: usize) -> (Cell, Cell) {
    let (planned, result) = (&report.scenario.teams[team].on_phone, &report.results.teams[team]);
    let staffed = report.counted().filter(|&i| planned[i] > 0);
    let occupancies = staffed.filter_map(|i| Some((i, result.intervals[i].occupancy.mean?)));
    match occupancies.reduce(|best, next| if next.1 > best.1 { next } else { best }) {
        Some((at, share)) => (format!("{:.0} %", 100.0 * share).into(), report.moment(at).into()),
        None => ("-".into(), "".into()),
    }
}

/// What the columns mean on this floor.
fn legend(report: &RunReport<'_>, covers: &[Cover]) -> String {
    let (named, counted): (Vec<&Team>, Vec<&Team>) = report.scenario.teams.iter().partition(|t| t.people.is_some());
    let mut shrinkages: Vec<f64> = counted.iter().map(|t| t.shrinkage_planned + t.shrinkage_unplanned).collect();
    shrinkages.sort_by(f64::total_cmp);
    let (low, high) = (shrinkages.first().copied().unwrap_or(0.0), shrinkages.last().copied().unwrap_or(0.0));
    let mut paid = match () {
        () if counted.is_empty() => "as scheduled".to_owned(),
        () if high == 0.0 => "no shrinkage".to_owned(),
        () if low == high => format!("shrinkage {:.0} %", 100.0 * high),
        () => format!("shrinkage {:.0}-{:.0} %", 100.0 * low, 100.0 * high),
    };
    if !named.is_empty() && !counted.is_empty() {
        paid.push_str(", shifts as scheduled");
    }
    if !report.scenario.teams.iter().all(paid_by_the_hour) {
        paid.push_str(", none of teams that cost fees only");
    }
    let per_day = if report.scenario.timeline.days.len() > 1 { "hours and cost per day; " } else { "" };
    let at_work = if named.is_empty() { "" } else { ", of shifts at work, breaks included; on phone h: by plan" };
    format!(
        "{per_day}people: most on the phone at once{at_work}; paid h: {paid}, overtime included{}{}",
        fte::words(report.scenario).map_or_else(String::new, |words| format!("; {words}")),
        need(report, covers)
    )
}

/// What the need rests on, and whom it leaves out.
fn need(report: &RunReport<'_>, covers: &[Cover]) -> String {
    let queues = &report.scenario.queues;
    let mut kinds: Vec<&str> = queues.iter().filter_map(without_formula).collect();
    if !covers.is_empty() {
        kinds.extend(queues.iter().filter_map(|q| q.callers.redial.as_ref()).map(|_| "redials"));
    }
    kinds.sort_unstable();
    kinds.dedup();
    let left_out = match (kinds.is_empty(), covers.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!("; no formula gives a need for {}", kinds.join(" or ")),
        (false, false) => format!(", which leaves out {}", kinds.join(", ")),
    };
    let need = if covers.is_empty() { "" } else { "; short and over: on the phone against the need by Erlang A" };
    format!("{need}{left_out}")
}
