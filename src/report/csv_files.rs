//! CSV files: tidy tables, one header row, units in the names, an empty cell where a figure is undefined.
//!
//! Estimates take the columns `x`, `x_half_width` (of the 95 % interval) and, where the spread over days is known,
//! `x_p05` and `x_p95`. `scope` tells a queue or team from the total. Days count from 1, intervals of a day from 0,
//! as in the CSV files a scenario reads. A later version may append columns, never move them: metrics that came later
//! stand behind all columns there were.

use super::RunReport;
use super::cover::{Cover, covers, planned_hours};
use super::fte;
use super::json::{abandon_name, formula_name};
use super::numbers::nine_digits_text;
use crate::experiment::{
    Estimate, IntervalMetric, QueueMetric, QueueResult, TeamIntervalResult, TeamMetric, TeamResult,
};
use crate::planner::{Prediction, on_phone_by_plan};
use crate::scenario::Queue;

/// The header or one row of a table.
type Line = Vec<String>;

/// A file's name and its table.
pub(super) struct CsvFile {
    pub(super) name: &'static str,
    pub(super) lines: Vec<Line>,
}

/// All tables of a run but `replications.csv`, which is written while the run goes on.
pub(super) fn files(report: &RunReport<'_>) -> Vec<CsvFile> {
    let covers = covers(report);
    vec![
        CsvFile { name: "queues.csv", lines: queues(report) },
        CsvFile { name: "teams.csv", lines: teams(report, &covers) },
        CsvFile { name: "queue_teams.csv", lines: queue_teams(report) },
        CsvFile { name: "intervals.csv", lines: intervals(report) },
        CsvFile { name: "team_intervals.csv", lines: team_intervals(report, &covers) },
    ]
}

impl CsvFile {
    /// Writes the table.
    pub(super) fn write(&self, to: impl std::io::Write) -> std::io::Result<()> {
        let mut writer = csv::Writer::from_writer(to);
        self.lines.iter().try_for_each(|line| writer.write_record(line))?;
        writer.flush()
    }
}

fn texts<const N: usize>(cells: [&str; N]) -> Line {
    cells.map(str::to_owned).to_vec()
}

fn number(value: f64) -> String {
    nine_digits_text(Some(value))
}

pub(super) fn header_of_estimate(name: &str, spread: bool) -> Line {
    let mut header = vec![name.to_owned(), format!("{name}_half_width")];
    if spread {
        header.extend([format!("{name}_p05"), format!("{name}_p95")]);
    }
    header
}

pub(super) fn cells_of_estimate(of: Estimate, spread: bool) -> Line {
    let mut cells = vec![of.mean, of.half_width];
    if spread {
        cells.extend([of.p05, of.p95]);
    }
    cells.into_iter().map(nine_digits_text).collect()
}

/// "queue" rows and one "total" row.
fn with_total<'r, T>(all: &'r [T], total: &'r T) -> impl Iterator<Item = (Option<usize>, &'r T)> {
    all.iter().enumerate().map(|(index, one)| (Some(index), one)).chain([(None, total)])
}

fn queues(report: &RunReport<'_>) -> Vec<Line> {
    let mut header = texts([
        "scope",
        "queue",
        "target_time_s",
        "service_level_formula",
        "abandon_formula",
        "goal_met",
        "goal_met_probability",
        "goal_met_probability_low",
        "goal_met_probability_high",
    ]);
    let (first, appended) = QueueMetric::ALL.split_at(QueueMetric::TransfersIn as usize);
    let names = |metrics: &[QueueMetric]| metrics.iter().flat_map(|m| header_of_estimate(m.name(), true)).collect();
    header.extend::<Line>(names(first));
    header.extend(texts(PREDICTED));
    header.extend::<Line>(names(appended));
    let row = |(index, result): (Option<usize>, &QueueResult)| {
        let mut row = match index.map(|i| &report.scenario.queues[i]) {
            Some(queue) => stated(queue),
            None => texts(["total", "total", "", "", ""]),
        };
        let (low, high) = result.goal_met.and_then(|p| p.interval_95()).unzip();
        row.push(result.goal.as_ref().map_or_else(String::new, |goal| goal.met.to_string()));
        row.extend([result.goal_met.and_then(|p| p.share()), low, high].map(nine_digits_text));
        row.extend(first.iter().flat_map(|&m| cells_of_estimate(result.get(m), true)));
        let beside = index.and_then(|i| report.beside.get(i));
        row.extend(predicted(beside.and_then(|b| b.run_erlang_c), beside.and_then(|b| b.run_erlang_a)));
        row.extend(appended.iter().flat_map(|&m| cells_of_estimate(result.get(m), true)));
        row
    };
    [header].into_iter().chain(with_total(&report.results.queues, &report.results.total).map(row)).collect()
}

/// What the formulas say about the pooled staff; empty where a formula has no answer.
const PREDICTED: [&str; 5] =
    ["erlang_c_service_level", "erlang_c_asa_s", "erlang_a_service_level", "erlang_a_asa_s", "erlang_a_abandon_rate"];

fn predicted(erlang_c: Option<Prediction>, erlang_a: Option<Prediction>) -> [String; 5] {
    [
        erlang_c.map(|p| p.service_level),
        erlang_c.map(|p| p.asa_s),
        erlang_a.map(|p| p.service_level),
        erlang_a.map(|p| p.asa_s),
        erlang_a.map(|p| p.abandon_rate),
    ]
    .map(nine_digits_text)
}

fn stated(queue: &Queue) -> Line {
    let (formula, abandon) = (formula_name(queue.service_level_formula), abandon_name(queue.abandon_formula));
    texts(["queue", &queue.name, &number(queue.target_time_s), formula, abandon])
}

fn teams(report: &RunReport<'_>, covers: &[Cover]) -> Vec<Line> {
    let mut header = texts(["scope", "team", "most_on_phone", "planned_on_phone_h", "needed_h", "short_h", "over_h"]);
    header.extend(TeamMetric::ALL.iter().flat_map(|m| header_of_estimate(m.name(), true)));
    header.push("fte".to_owned());
    let row = |(index, result): (Option<usize>, &TeamResult)| {
        let mut row = match index {
            Some(team) => planned(report, covers, team),
            None => texts(["total", "total", "", &number(all_planned(report)), "", "", ""]),
        };
        row.extend(TeamMetric::ALL.iter().flat_map(|&m| cells_of_estimate(result.get(m), true)));
        row.push(nine_digits_text(fte::of_team(report, index)));
        row
    };
    let shared = covers.iter().filter(|c| c.teams.len() > 1).map(|cover| {
        let mut row = texts(["shared", &cover.name, ""]);
        row.push(number(cover.hours(report).have));
        row.extend(hours_of(report, Some(cover)));
        row.resize(header.len(), String::new());
        row
    });
    let shared: Vec<Line> = shared.collect();
    let rows = with_total(&report.results.teams, &report.results.total_team).map(row);
    [header].into_iter().chain(rows).chain(shared).collect()
}

fn all_planned(report: &RunReport<'_>) -> f64 {
    (0..report.scenario.teams.len()).map(|team| planned_hours(report, team)).sum()
}

fn planned(report: &RunReport<'_>, covers: &[Cover], team: usize) -> Line {
    let stated = &report.scenario.teams[team];
    let most = stated.on_phone[report.counted()].iter().max().copied().unwrap_or(0);
    let mut row = texts(["team", &stated.name, &most.to_string(), &number(planned_hours(report, team))]);
    row.extend(hours_of(report, covers.iter().find(|c| c.teams == [team])));
    row
}

/// Needed, short and over.
fn hours_of(report: &RunReport<'_>, cover: Option<&Cover>) -> [String; 3] {
    let hours = cover.map(|c| c.hours(report));
    [hours.map(|h| h.need), hours.map(|h| h.short), hours.map(|h| h.over)].map(nine_digits_text)
}

fn queue_teams(report: &RunReport<'_>) -> Vec<Line> {
    let mut header = texts(["queue", "team"]);
    let names = ["answered", "talk_s", "hold_s", "wrap_s", "aht_s"];
    header.extend(names.iter().flat_map(|name| header_of_estimate(name, false)));
    let row = |pair: &crate::experiment::PairResult| {
        let (queue, team) = (&report.scenario.queues[pair.queue], &report.scenario.teams[pair.team]);
        let mut row = texts([&queue.name, &team.name]);
        let estimates = [pair.answered, pair.talk_s, pair.hold_s, pair.wrap_s, pair.aht_s];
        row.extend(estimates.into_iter().flat_map(|e| cells_of_estimate(e, false)));
        row
    };
    [header].into_iter().chain(report.results.pairs.iter().map(row)).collect()
}

/// Day, date, interval of the day and its local start.
pub(super) fn when(report: &RunReport<'_>, interval: usize) -> Line {
    let timeline = &report.scenario.timeline;
    let at = &timeline.intervals[interval];
    let day = &timeline.days[at.day];
    let date = day.date.map_or_else(String::new, |date| date.to_string());
    vec![(at.day + 1).to_string(), date, (interval - day.first_interval).to_string(), at.label.clone()]
}

/// Whether days are known to spread about this figure of an interval.
fn has_spread(metric: IntervalMetric) -> bool {
    matches!(metric, IntervalMetric::ServiceLevel | IntervalMetric::AbandonRate)
}

fn intervals(report: &RunReport<'_>) -> Vec<Line> {
    let mut header = texts(["scope", "queue", "day", "date", "interval", "start", "volume_expected"]);
    let (first, appended) = IntervalMetric::ALL.split_at(IntervalMetric::Redials as usize);
    header.extend(first.iter().flat_map(|&m| header_of_estimate(m.name(), has_spread(m))));
    header.extend(texts(PREDICTED));
    header.push("goal_met_probability".to_owned());
    header.extend(appended.iter().flat_map(|m| header_of_estimate(m.name(), false)));
    let mut lines = vec![header];
    for (index, result) in with_total(&report.results.queues, &report.results.total) {
        let [scope, name] = index.map_or(["total", "total"], |i| ["queue", &report.scenario.queues[i].name]);
        for interval in report.counted() {
            let volume = match index {
                Some(queue) => report.scenario.queues[queue].volume[interval],
                None => report.scenario.queues.iter().map(|q| q.volume[interval]).sum(),
            };
            let mut row = texts([scope, name]);
            row.extend(when(report, interval));
            row.push(number(volume));
            let figures = &result.intervals[interval];
            row.extend(first.iter().flat_map(|&m| cells_of_estimate(figures.get(m), has_spread(m))));
            let beside = index.and_then(|i| report.beside.get(i));
            row.extend(predicted(beside.and_then(|b| b.erlang_c[interval]), beside.and_then(|b| b.erlang_a[interval])));
            row.push(nine_digits_text(figures.goal_met.and_then(|p| p.share())));
            row.extend(appended.iter().flat_map(|&m| cells_of_estimate(figures.get(m), false)));
            lines.push(row);
        }
    }
    lines
}

fn team_intervals(report: &RunReport<'_>, covers: &[Cover]) -> Vec<Line> {
    let mut header = texts(["scope", "team", "day", "date", "interval", "start"]);
    header.extend(texts(["on_phone", "scheduled", "needed", "short_over"]));
    header.extend(["occupancy", "on_duty", "busy", "answered"].iter().flat_map(|name| header_of_estimate(name, false)));
    header.push("on_phone_by_plan".to_owned());
    let width = header.len();
    let mut lines = vec![header];
    for (index, result) in with_total(&report.results.teams, &report.results.total_team) {
        let own = index.and_then(|team| covers.iter().find(|c| c.teams == [team]));
        let by_plan = by_plan(report, index);
        for interval in report.counted() {
            let mut row = match index {
                Some(team) => people(report, team, interval),
                None => total_people(report, interval),
            };
            row.extend(need_and_gap(own, interval));
            row.extend(figures(&result.intervals[interval]));
            row.push(number(by_plan[interval]));
            lines.push(row);
        }
    }
    for cover in covers.iter().filter(|c| c.teams.len() > 1) {
        for interval in report.counted() {
            let mut row = texts(["shared", &cover.name]);
            row.extend(when(report, interval));
            row.extend([number(cover.have[interval].round()), String::new()]);
            row.extend(need_and_gap(Some(cover), interval));
            row.resize(width - 1, String::new());
            row.push(number(cover.have[interval]));
            lines.push(row);
        }
    }
    lines
}

/// People of a team, or of all, on the phone by plan.
fn by_plan(report: &RunReport<'_>, team: Option<usize>) -> Vec<f64> {
    let teams = team.map_or(0..report.scenario.teams.len(), |team| team..team + 1);
    let mut sum = vec![0.0; report.scenario.timeline.intervals.len()];
    for team in teams {
        sum.iter_mut().zip(on_phone_by_plan(report.scenario, team)).for_each(|(sum, people)| *sum += people);
    }
    sum
}

fn people(report: &RunReport<'_>, team: usize, interval: usize) -> Line {
    let stated = &report.scenario.teams[team];
    let mut row = texts(["team", &stated.name]);
    row.extend(when(report, interval));
    row.push(stated.on_phone[interval].to_string());
    row.push(stated.scheduled.as_ref().map_or_else(String::new, |paid| paid[interval].to_string()));
    row
}

fn total_people(report: &RunReport<'_>, interval: usize) -> Line {
    let on_phone: u64 = report.scenario.teams.iter().map(|t| u64::from(t.on_phone[interval])).sum();
    let mut row = texts(["total", "total"]);
    row.extend(when(report, interval));
    row.extend([on_phone.to_string(), String::new()]);
    row
}

fn need_and_gap(cover: Option<&Cover>, interval: usize) -> [String; 2] {
    let need = cover.and_then(|c| c.need[interval]).map_or_else(String::new, |need| need.to_string());
    let gap = nine_digits_text(cover.and_then(|c| c.gap(interval)));
    [need, gap]
}

fn figures(of: &TeamIntervalResult) -> Line {
    [of.occupancy, of.on_duty, of.busy, of.answered].into_iter().flat_map(|e| cells_of_estimate(e, false)).collect()
}
