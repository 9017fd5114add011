//! NEXT: a step the planner can take at once, and never the command just typed.

use super::why::MANY;
use crate::experiment::QueueMetric;
use crate::report::RunReport;
use crate::report::cover::Cover;
use crate::report::diagnosis::Cause;
use crate::units::quoted;

/// A team short in this share of its intervals is short all day.
const ALL_DAY: f64 = 0.75;

/// The step.
pub(super) fn next(report: &RunReport<'_>, cause: &Cause, cover: Option<&Cover>, worst: Option<usize>) -> String {
    let file = quoted(report.scenario_file);
    let run_with = |change: String| format!("callwright run {file} --set {}", quoted(&change));
    let key = |team: usize, key: &str| format!("team.{}.{key}", report.scenario.teams[team].name);
    let step = match cause {
        Cause::NothingWrong if many_blocked(report).is_some() => {
            format!("more room: {}", run_with(many_blocked(report).unwrap_or_default()))
        }
        Cause::NothingWrong => {
            let sets: String = tenth_more(report).iter().map(|change| format!(" --set {}", quoted(change))).collect();
            format!("10 % more contacts: callwright run {file}{sets}")
        }
        Cause::NoContacts | Cause::NoGoal | Cause::Unmeetable { .. } => {
            format!("what the file says: callwright validate {file} --explain")
        }
        Cause::Ringing { team, .. } => {
            format!("without it: {}", run_with(key(*team, "ring_time=0s")))
        }
        Cause::Kept { team, queue, .. } => {
            let least = format!("reserve.{}=0", report.scenario.queues[*queue].name);
            format!("without it: {}", run_with(key(*team, &least)))
        }
        Cause::TooFewHours(_) | Cause::WrongHours(_) => more_people(report, cause, cover, worst),
        _ => plan(&file),
    };
    format!("{step} · details: --out DIR (CSV, JSON, plots)")
}

/// A tenth more than now, as numbers: a step that was taken is not proposed again. Queues to which nobody comes by
/// themselves state no volume that could grow.
fn tenth_more(report: &RunReport<'_>) -> Vec<String> {
    let queues = &report.scenario.queues;
    let more = |scale: f64| format!("volume.scale={:.0}%", 110.0 * scale);
    let grows = |queue: &&crate::scenario::Queue| queue.volume.iter().any(|volume| *volume > 0.0);
    if queues.iter().all(|queue| grows(&queue) && queue.scale == queues[0].scale) {
        return vec![format!("queue.*.{}", more(queues[0].scale))];
    }
    queues.iter().filter(grows).map(|queue| format!("queue.{}.{}", queue.name, more(queue.scale))).collect()
}

/// What to change where many get no line or no place in the queue.
fn many_blocked(report: &RunReport<'_>) -> Option<String> {
    let share = |result: &crate::experiment::QueueResult| result.get(QueueMetric::BlockedRate).mean.unwrap_or(0.0);
    if share(&report.results.total) < MANY {
        return None;
    }
    let scenario = report.scenario;
    let twice = |lines: Option<u32>, places: Option<u32>| match (lines, places) {
        (Some(lines), _) => Some(format!("lines={}", lines.max(1).saturating_mul(2))),
        (None, places) => places.map(|places| format!("queue_capacity={}", places.max(1).saturating_mul(2))),
    };
    if let Some(change) = twice(scenario.lines, scenario.queue_capacity) {
        return Some(change);
    }
    let queues = scenario.queues.iter().zip(&report.results.queues);
    let worst = queues.filter(|(q, _)| q.lines.is_some() || q.queue_capacity.is_some());
    let (queue, _) = worst.max_by(|a, b| share(a.1).total_cmp(&share(b.1)))?;
    Some(format!("queue.{}.{}", queue.name, twice(queue.lines, queue.queue_capacity)?))
}

fn plan(file: &str) -> String {
    format!("the people it takes: callwright plan {file}")
}

fn more_people(report: &RunReport<'_>, cause: &Cause, cover: Option<&Cover>, worst: Option<usize>) -> String {
    let file = quoted(report.scenario_file);
    let Some(cover) = cover else { return plan(&file) };
    if let Some((team, missing)) = short_all_day(report, cover) {
        let stated = &report.scenario.teams[team];
        let all = stated.on_phone.iter().copied().max().unwrap_or(0) + missing;
        let change = format!("team.{}.agents={all}", stated.name);
        return format!("{missing} more all day: callwright run {file} --set {}", quoted(&change));
    }
    let constant = cover.teams.iter().any(|&team| states_one_number(report, team));
    let missing = worst.and_then(|at| Some((at, -cover.gap(at)?.round()))).filter(|(_, missing)| *missing >= 1.0);
    match missing {
        Some((at, missing)) if !constant => {
            let from = if matches!(cause, Cause::WrongHours(_)) { to_spare(report, cover, at) } else { String::new() };
            format!("in {file} give {} {missing:.0} more at {}{from}", cover.name, report.moment(at))
        }
        _ => plan(&file),
    }
}

/// Whether the same number of people is on the phone whenever the team is open: there is no time at which more could
/// be given.
fn states_one_number(report: &RunReport<'_>, team: usize) -> bool {
    let stated = &report.scenario.teams[team];
    let mut open = report.counted().filter(|&i| stated.open[i]).map(|i| stated.on_phone[i]);
    let first = open.next();
    stated.people.is_none() && open.all(|people| Some(people) == first)
}

/// The one team of a cover that states one number, and by how much it is too small nearly everywhere.
fn short_all_day(report: &RunReport<'_>, cover: &Cover) -> Option<(usize, u32)> {
    let &[team] = cover.teams.as_slice() else { return None };
    let stated = &report.scenario.teams[team];
    if !states_one_number(report, team) || stated.scheduled.is_some() {
        return None;
    }
    let mut missing: Vec<f64> =
        report.counted().filter(|&i| stated.open[i]).filter_map(|i| Some(-cover.gap(i)?)).collect();
    missing.sort_by(f64::total_cmp);
    let short = missing.iter().filter(|missing| **missing >= 1.0).count();
    let median = missing.get(missing.len() / 2)?.max(1.0);
    (short as f64 >= ALL_DAY * missing.len() as f64).then_some((team, median as u32))
}

/// Where on the same day people could come from.
fn to_spare(report: &RunReport<'_>, cover: &Cover, at: usize) -> String {
    let timeline = &report.scenario.timeline;
    let day = &timeline.days[timeline.intervals[at].day];
    let from = cover.most_to_spare(day.first_interval..day.first_interval + day.interval_count);
    from.map_or_else(String::new, |(i, people)| format!(" ({people} to spare at {})", timeline.intervals[i].label))
}
