//! Hours and money: team by team, and what else the plan could cost.

use super::PlanReport;
use super::cover::{Basis, CoverHours, TeamCover};
use crate::planner::{Effort, without_formula};
use crate::report::fte;
use crate::report::layout::{Cell, Column, Style, Table, Tone, paragraph};
use crate::report::numbers::{hours, money};
use crate::report::text::queues::of_twenty;

/// Most teams in the table.
const MOST_ROWS: usize = 12;

/// TEAMS: hours needed against hours there.
pub(super) fn teams(report: &PlanReport<'_>, covers: &[TeamCover<'_>], style: Style) -> String {
    let columns = vec![
        Column::left("TEAMS need", 0),
        Column::right("on phone h", 2),
        Column::right("paid h", 2),
        Column::right("FTE", 2),
        Column::right("cost", 2),
        Column::right("file has", 2),
        Column::left("", 1),
        Column::right("short h", 2),
        Column::right("over h", 2),
    ];
    let mut order: Vec<usize> = (0..covers.len()).collect();
    order.sort_by(|&a, &b| covers[b].hours().need.total_cmp(&covers[a].hours().need));
    order.truncate(MOST_ROWS);
    order.sort_unstable();
    let mut rows: Vec<Vec<Cell>> = order.iter().map(|&c| row(report, &covers[c])).collect();
    if covers.len() > 1 {
        rows.push(total(report, covers));
    }
    let mut lines = Table { columns, rows }.lines(style);
    let mut notes = Vec::new();
    if covers.len() > order.len() {
        notes.push(format!("{} more teams: requirements.csv", covers.len() - order.len()));
    }
    let unplanned: Vec<&str> = (0..report.plan.teams.len())
        .filter(|&t| !report.plan.teams[t].planned)
        .map(|t| report.scenario.teams[t].name.as_str())
        .collect();
    if !unplanned.is_empty() {
        notes.push(format!("no goal to plan {} by: as the file has it", unplanned.join(", ")));
    }
    notes.extend(fte::words(report.scenario));
    notes.extend(losses(report));
    notes.extend(shares(report));
    lines.extend(notes.iter().map(|note| paragraph("", note, 2, style)));
    lines.join("\n")
}

/// As a column has room for it.
fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::OnPhone => "on phone",
        Basis::Paid => "paid",
    }
}

/// Hours of one team in the plan.
fn effort(report: &PlanReport<'_>, cover: &TeamCover<'_>) -> (f64, f64, Option<f64>) {
    let plan = &report.plan.teams[cover.team];
    let hour = f64::from(report.scenario.timeline.interval_s) / 3600.0;
    let sum = |people: &[u32]| people.iter().map(|&n| f64::from(n)).sum::<f64>() * hour;
    let paid = sum(&plan.paid);
    (sum(&plan.on_phone), paid, report.scenario.teams[cover.team].cost_per_hour.map(|rate| rate * paid))
}

fn row(report: &PlanReport<'_>, cover: &TeamCover<'_>) -> Vec<Cell> {
    let (on_phone_h, paid_h, cost) = effort(report, cover);
    let of = cover.hours();
    let mut row = vec![
        cover.name.into(),
        hours(on_phone_h).into(),
        hours(paid_h).into(),
        full_time(report, paid_h),
        cost_cell(report, cost),
    ];
    row.extend([hours(of.have).into(), Cell::new(basis_words(cover.basis), Tone::Quiet)]);
    row.extend(gaps(of));
    row
}

fn total(report: &PlanReport<'_>, covers: &[TeamCover<'_>]) -> Vec<Cell> {
    let all = covers.iter().map(|c| effort(report, c));
    let (on_phone_h, paid_h) = all.clone().fold((0.0, 0.0), |sum, e| (sum.0 + e.0, sum.1 + e.1));
    let cost = all.filter_map(|e| e.2).reduce(|a, b| a + b);
    let sum = covers.iter().map(TeamCover::hours).fold(CoverHours::default(), CoverHours::plus);
    let alike = covers.windows(2).all(|pair| pair[0].basis == pair[1].basis);
    let mut row = vec![
        Cell::from("all"),
        hours(on_phone_h).into(),
        hours(paid_h).into(),
        full_time(report, paid_h),
        cost_cell(report, cost),
    ];
    row.push(if alike { hours(sum.have).into() } else { "".into() });
    row.push(if alike { Cell::new(basis_words(covers[0].basis), Tone::Quiet) } else { "".into() });
    row.extend(if alike { gaps(sum) } else { ["".into(), "".into()] });
    row
}

/// Full-time equivalents; empty where the file does not say how long a week is.
fn full_time(report: &PlanReport<'_>, paid_h: f64) -> Cell {
    fte::of_hours(report.scenario, paid_h).map_or_else(String::new, hours).into()
}

fn cost_cell(report: &PlanReport<'_>, cost: Option<f64>) -> Cell {
    let stated = report.scenario.teams.iter().any(|t| t.cost_per_hour.is_some());
    let missing = if stated { "-" } else { "" };
    cost.map_or_else(|| missing.to_owned(), |cost| money(cost, false, &report.scenario.currency)).into()
}

fn gaps(of: CoverHours) -> [Cell; 2] {
    let tone = if of.short > 0.0 { Tone::Bad } else { Tone::Plain };
    [Cell::new(hours(of.short), tone), hours(of.over).into()]
}

/// People come whole.
fn losses(report: &PlanReport<'_>) -> Option<String> {
    let lost = report.plan.effort(report.scenario).ok()?.rounding_h;
    (lost >= 0.05).then(|| {
        let word = report.interval_word();
        format!("{} of the paid hours are rounding up: people come whole, {word} by {word}.", hours(lost))
    })
}

/// How much of a shared need is whose.
fn shares(report: &PlanReport<'_>) -> Vec<String> {
    let (scenario, shares) = (report.scenario, &report.plan.queue_shares);
    let mut pools: Vec<&[usize]> = shares.iter().map(|s| s.teams.as_slice()).collect();
    pools.dedup();
    let sentence = |teams: &[usize]| {
        let names: Vec<&str> = teams.iter().map(|&t| scenario.teams[t].name.as_str()).collect();
        let parts: Vec<String> = shares
            .iter()
            .filter(|s| s.teams == teams)
            .map(|s| format!("{} h less without {}", hours(s.on_phone_h), scenario.queues[s.queue].name))
            .collect();
        format!("{} would need {} (on the phone, by formula).", names.join("+"), parts.join(", "))
    };
    pools.into_iter().map(sentence).collect()
}

/// WHAT IF: the price of certainty by simulation, and a harder world by formula.
pub(super) fn what_if(report: &PlanReport<'_>, style: Style) -> String {
    let plan = report.plan;
    let columns = vec![
        Column::left("WHAT IF", 0),
        Column::right("on phone h", 2),
        Column::right("paid h", 2),
        Column::right("cost", 2),
        Column::left("every goal holds on", 2),
    ];
    let base = plan.certainty.first().map(|c| c.effort).unwrap_or_default();
    let mut rows = Vec::new();
    for level in &plan.certainty {
        let met = level.met.map_or_else(String::new, |met| of_twenty(met, "days"));
        let label = match level.asked {
            None => "this plan (average day)".to_owned(),
            Some(share) => format!("surer: {:.0} of 20 days", 20.0 * share),
        };
        let mut row = vec![Cell::from(label)];
        row.extend(match level.asked {
            None => [hours(base.on_phone_h).into(), hours(base.paid_h).into(), cost_cell(report, base.cost)],
            Some(_) => more(report, difference(level.effort, base)),
        });
        row.push(met.into());
        rows.push(row);
    }
    for change in &plan.sensitivity {
        let more_of =
            Effort { on_phone_h: change.on_phone_h, paid_h: change.paid_h, cost: change.cost, rounding_h: 0.0 };
        let mut row = vec![Cell::from(format!("{}, by formula", change.change))];
        row.extend(more(report, more_of));
        row.push("".into());
        rows.push(row);
    }
    let mut lines = Table { columns, rows }.lines(style);
    let judged_by_day = plan.certainty.first().is_some_and(|level| level.met.is_some());
    if (1..3).contains(&plan.certainty.len()) && judged_by_day {
        let asked = if plan.certainty.len() == 1 { "18" } else { "19" };
        let limited = report.scenario.teams.iter().any(|team| team.max_agents.is_some());
        let limit = if limited { "within the teams' limits" } else { "of every staffing that was tried" };
        lines.push(paragraph("", &format!("{asked} of 20 days are out of reach {limit}."), 2, style));
    }
    if plan.sensitivity.iter().any(|change| change.on_phone_h == 0.0 && change.paid_h == 0.0) {
        let text = format!("+0.0 by formula: nowhere a whole person more in any {}", report.interval_word());
        lines.push(paragraph("", &text, 2, style));
    }
    let left_out: Vec<&str> = report.scenario.queues.iter().filter_map(without_formula).collect();
    if let (Some(kind), false) = (left_out.first(), plan.sensitivity.is_empty()) {
        lines.push(paragraph("", &format!("by formula: calls only, without {kind}"), 2, style));
    }
    lines.join("\n")
}

fn difference(of: Effort, base: Effort) -> Effort {
    Effort {
        on_phone_h: of.on_phone_h - base.on_phone_h,
        paid_h: of.paid_h - base.paid_h,
        cost: of.cost.zip(base.cost).map(|(a, b)| a - b),
        rounding_h: of.rounding_h - base.rounding_h,
    }
}

fn more(report: &PlanReport<'_>, of: Effort) -> [Cell; 3] {
    let signed = |value: f64, text: String| if value >= 0.0 { format!("+{text}") } else { text };
    let cost = of.cost.map(|cost| signed(cost, money(cost, false, &report.scenario.currency)));
    [
        signed(of.on_phone_h, hours(of.on_phone_h)).into(),
        signed(of.paid_h, hours(of.paid_h)).into(),
        cost.unwrap_or_default().into(),
    ]
}
