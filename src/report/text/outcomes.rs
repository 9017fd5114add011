//! PEOPLE, OUTCOMES and KEPT: who answers and what comes of the conversations. Nothing where people change nothing.

use crate::experiment::{AgentMetric, Estimate, QueueMetric, QueueResult, TeamMetric, TeamResult};
use crate::report::RunReport;
use crate::report::layout::{Cell, Column, Style, Table, paragraph};
use crate::report::numbers::{clock, count, first_digit, money, percent, thousands};
use crate::report::people::{grades_in_use, is_on, over_all, spread};
use crate::report::text::INDENT;

/// Most rows of a table.
const MOST_ROWS: usize = 12;

/// All three blocks.
pub(super) fn section(report: &RunReport<'_>, style: Style) -> String {
    if !is_on(report.results) {
        return String::new();
    }
    let blocks = [people(report, style), outcomes(report, style), kept(report, style)];
    blocks.into_iter().filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The scorecard of each team: fast, good, selling, cheap, strained.
fn people(report: &RunReport<'_>, style: Style) -> String {
    let columns = vec![
        Column::left("PEOPLE", 0),
        Column::right("AHT", 2),
        Column::right("of agents", 2),
        Column::right("resolution", 2),
        Column::right("csat", 2),
        Column::right("conversion", 2),
        Column::right("sales", 2).spare(1),
        Column::right("occupancy", 2).spare(2),
        Column::right("per contact", 2).spare(3),
        Column::right("strain", 2),
        Column::right("in goal", 2),
    ];
    let teams = &report.scenario.teams;
    let of_team = |index: usize| team(report, &teams[index].name, Some(index), &report.results.teams[index]);
    let mut rows: Vec<Vec<Cell>> = (0..teams.len().min(MOST_ROWS)).map(of_team).collect();
    if teams.len() > 1 {
        rows.push(team(report, "all", None, &report.results.total_team));
    }
    let mut lines = Table { columns, rows }.lines(style);
    if teams.len() > MOST_ROWS {
        let text = format!("and {} more: scorecard.csv", teams.len() - MOST_ROWS);
        lines.push(paragraph("", &text, 2, style));
    }
    let of = if over_all(report.scenario) { "over all days" } else { "in replication 1, chance included" };
    let legend = format!(
        "of agents: AHT of your agents, 5th-95th percentile, {of}; in goal: answered within the time of its queue"
    );
    lines.push(paragraph("", &legend, 2, style));
    let strength = match report.scenario.people.strength {
        1.0 => String::new(),
        strength => format!("; all at {:.0} % of their size", 100.0 * strength),
    };
    let effects = format!("effects in use: {}{strength}", grades_in_use(report.scenario).words());
    lines.push(paragraph("", &effects, 2, style));
    lines.join("\n")
}

fn team(report: &RunReport<'_>, name: &str, index: Option<usize>, result: &TeamResult) -> Vec<Cell> {
    let mean = |metric, text: &dyn Fn(f64) -> String| -> Cell {
        result.get(metric).mean.map_or_else(String::new, text).into()
    };
    let cost = |value: f64| money(value, true, &report.scenario.currency);
    vec![
        name.into(),
        mean(TeamMetric::AhtS, &clock),
        index.map_or_else(String::new, |team| of_agents(report, team)).into(),
        share(result.get(TeamMetric::ResolutionRate)),
        share(result.get(TeamMetric::Csat)),
        share(result.get(TeamMetric::Conversion)),
        some(result.get(TeamMetric::Sales), count),
        mean(TeamMetric::Occupancy, &percent),
        mean(TeamMetric::CostPerHandled, &cost),
        if report.scenario.people.effects.strain {
            mean(TeamMetric::Strain, &|points| format!("{points:.2}"))
        } else {
            "".into()
        },
        // Without its interval, so that cost stays on the screen beside it.
        mean(TeamMetric::AnsweredInGoalRate, &percent),
    ]
}

/// "3:52-5:56".
fn of_agents(report: &RunReport<'_>, team: usize) -> String {
    match spread(report, team, AgentMetric::AhtS) {
        ([Some(low), _, Some(high)], people) if people > 1 => format!("{}-{}", clock(low), clock(high)),
        _ => "-".into(),
    }
}

/// "72.0 % ±0.4"; empty where there is none.
fn share(of: Estimate) -> Cell {
    let text = match (of.mean, of.half_width) {
        (Some(mean), Some(half_width)) => format!("{} ±{}", percent(mean), first_digit(100.0 * half_width)),
        (Some(mean), None) => percent(mean),
        (None, _) => String::new(),
    };
    text.into()
}

/// A count or sum, if there is any.
fn some(of: Estimate, text: impl Fn(f64) -> String) -> Cell {
    of.mean.filter(|mean| *mean > 0.0).map_or_else(String::new, text).into()
}

/// What comes of the contacts of each queue.
fn outcomes(report: &RunReport<'_>, style: Style) -> String {
    let columns = vec![
        Column::left("OUTCOMES", 0),
        Column::right("fresh", 2),
        Column::right("redials", 2),
        Column::right("repeats", 2),
        Column::right("resolution", 2),
        Column::right("fcr", 2),
        Column::right("csat", 2),
        Column::right("conversion", 2),
        Column::right("sales", 2),
        Column::right("revenue", 2),
    ];
    let (queues, results) = (&report.scenario.queues, report.results);
    let of_queue = |index: usize| queue(report, &queues[index].name, &results.queues[index]);
    let mut rows: Vec<Vec<Cell>> = (0..queues.len().min(MOST_ROWS)).map(of_queue).collect();
    if queues.len() > 1 {
        rows.push(queue(report, "all", &results.total));
    }
    let mut lines = Table { columns, rows }.lines(style);
    if queues.len() > MOST_ROWS {
        lines.push(paragraph("", &format!("and {} more: queues.csv", queues.len() - MOST_ROWS), 2, style));
    }
    let told = queues.iter().zip(&results.queues).take(MOST_ROWS).filter_map(|(q, result)| moods(&q.name, result));
    lines.extend(told.map(|text| paragraph("", &text, 2, style)));
    lines.join("\n")
}

fn queue(report: &RunReport<'_>, name: &str, result: &QueueResult) -> Vec<Cell> {
    let revenue = |value: f64| money(value, false, &report.scenario.currency);
    vec![
        name.into(),
        count(result.get(QueueMetric::Fresh).mean.unwrap_or(0.0)).into(),
        some(result.get(QueueMetric::Redials), count),
        some(result.get(QueueMetric::Repeats), count),
        share(result.get(QueueMetric::ResolutionRate)),
        share(result.get(QueueMetric::Fcr)),
        share(result.get(QueueMetric::Csat)),
        share(result.get(QueueMetric::Conversion)),
        some(result.get(QueueMetric::Sales), count),
        some(result.get(QueueMetric::Revenue), revenue),
    ]
}

/// "orders: 15.0 % upset or irate when answered, 30.2 % of them calmed"
fn moods(name: &str, result: &QueueResult) -> Option<String> {
    let upset = result.get(QueueMetric::UpsetRate).mean.filter(|share| *share > 0.0)?;
    let calmed = result.get(QueueMetric::CalmedRate).mean.map_or_else(|| "-".to_owned(), percent);
    let ended = result.get(QueueMetric::AbuseEnded).mean.filter(|calls| *calls > 0.0);
    let ended = ended.map_or_else(String::new, |calls| format!("; {} calls a day ended for abuse", count(calls)));
    Some(format!("{name}: {} upset or irate when answered, {calmed} of them calmed{ended}", percent(upset)))
}

/// Customers and money kept, an account of its own.
fn kept(report: &RunReport<'_>, style: Style) -> String {
    let accounts = report.scenario.queues.iter().zip(&report.results.queues);
    let lines: Vec<String> =
        accounts.filter_map(|(queue, result)| account(report, &queue.name, result)).take(MOST_ROWS).collect();
    if lines.is_empty() {
        return String::new();
    }
    let text = format!("{}. An account of its own, in no cost.", lines.join("; "));
    paragraph("KEPT", &text, INDENT, style)
}

/// "orders: 99.4 % ±0.05 stay after a contact, 3.2 customers a day leave, worth 960 € ±40"
fn account(report: &RunReport<'_>, name: &str, result: &QueueResult) -> Option<String> {
    let stay = result.get(QueueMetric::RetentionRate);
    let (rate, lost) = (stay.mean?, result.get(QueueMetric::CustomersLost).mean?);
    // Nothing is known of customers where the queue says nothing of them.
    let stated = report.scenario.queues.iter().find(|queue| queue.name == name)?;
    let known = stated.outcomes.retention.is_some() || stated.outcomes.reasons.iter().any(|r| r.retention.is_some());
    if !known {
        return None;
    }
    let pm = stay.half_width.map_or_else(String::new, |width| format!(" ±{}", first_digit(100.0 * width)));
    let value = result.get(QueueMetric::ValueLost);
    let worth = value.mean.map_or_else(String::new, |worth| {
        let pm = value.half_width.map_or_else(String::new, |width| format!(" ±{}", thousands(width)));
        format!(", worth {}{pm}", money(worth, false, &report.scenario.currency))
    });
    Some(format!(
        "{name}: {:.2} %{pm} stay after a contact, {} customers a day leave{worth}",
        100.0 * rate,
        count(lost)
    ))
}
