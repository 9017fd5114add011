//! RESULT, WORST, WHY and NEXT: what it comes to, in sentences.

use super::INDENT;
use crate::experiment::{Estimate, GoalPart, IntervalMetric, Proportion, QueueMetric};
use crate::planner::without_formula;
use crate::report::RunReport;
use crate::report::cover::{Cover, CoverHours, cover_of};
use crate::report::diagnosis::{Cause, cause, misses, worst_interval, worst_queue};
use crate::report::layout::{Style, paragraph};
use crate::report::numbers::{capital, count, hours, in_words, percent, short_percent, spoken_time};
use crate::report::text::queues::of_twenty;
use crate::units::quoted;

/// Blocked or dropped contacts above this share are worth a sentence.
const WORTH_SAYING: f64 = 0.001;

/// The first line: who misses a goal, and on how many days all goals hold.
pub(super) fn result(report: &RunReport<'_>, style: Style) -> String {
    let sentences = [verdict(report), days_in_twenty(report), too_close(report)];
    let text = sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
    paragraph("RESULT", &text, INDENT, style)
}

fn verdict(report: &RunReport<'_>) -> Option<String> {
    let queues = &report.scenario.queues;
    let total = &report.results.total;
    let with_goal: Vec<usize> = (0..queues.len()).filter(|&q| queues[q].goal.is_some()).collect();
    let missing: Vec<usize> = with_goal.iter().copied().filter(|&q| misses(report, q)).collect();
    if total.get(QueueMetric::Attempted).mean.unwrap_or(0.0) == 0.0 {
        return Some("Nobody calls: no contacts in the simulated time.".to_owned());
    }
    Some(match (with_goal.len(), missing.len()) {
        (0, _) => without_goals(report),
        (1, 0) => format!("{} meets its goal.", queues[with_goal[0]].name),
        (1, _) => format!("{} misses its goal.", queues[with_goal[0]].name),
        (2, 0) => "Both queues meet their goals.".to_owned(),
        (n, 0) => format!("All {} queues meet their goals.", in_words(n)),
        (2, 2) => "Both queues miss a goal.".to_owned(),
        (n, m) if n == m => format!("All {} queues miss a goal.", in_words(n)),
        (n, m) => {
            let verb = if m == 1 { "misses" } else { "miss" };
            format!("{} of {} queues {verb} a goal.", capital(&in_words(m)), in_words(n))
        }
    })
}

fn without_goals(report: &RunReport<'_>) -> String {
    let (queues, total) = (&report.scenario.queues, &report.results.total);
    let share = |metric| total.get(metric).mean.map_or_else(|| "-".to_owned(), percent);
    let in_time = match queues.iter().all(|q| q.target_time_s == queues[0].target_time_s) {
        true => format!("within {}", spoken_time(queues[0].target_time_s)),
        false => "in time".to_owned(),
    };
    let (level, abandon) = (share(QueueMetric::ServiceLevel), share(QueueMetric::AbandonRate));
    format!("No goals are stated. Service level {level} {in_time}; {abandon} hang up.")
}

/// "1 day in 20 meets them all."
fn days_in_twenty(report: &RunReport<'_>) -> Option<String> {
    let with_goal = report.scenario.queues.iter().filter(|q| q.goal.is_some()).count();
    let met = report.results.total.goal_met?;
    let object = if with_goal == 1 { "it" } else { "them all" };
    Some(match (met.n, met.hits) {
        (1, 0) => format!("The one simulated day does not meet {object}."),
        (1, _) => format!("The one simulated day meets {object}."),
        (n, 1) if n < 20 => format!("1 of {n} simulated days meets {object}."),
        (n, hits) if n < 20 => format!("{hits} of {n} simulated days meet {object}."),
        _ => days_phrase(met, object),
    })
}

fn days_phrase(met: Proportion, object: &str) -> String {
    match of_twenty(met, "").split_once(" of ").map(|(n, _)| n.to_owned()).unwrap_or_default().as_str() {
        "0" => format!("No day meets {object}."),
        "<1" => format!("Fewer than 1 day in 20 meets {object}."),
        "1" => format!("1 day in 20 meets {object}."),
        "20" => format!("Every day meets {object}."),
        ">19" => format!("More than 19 days in 20 meet {object}."),
        n => format!("{n} days in 20 meet {object}."),
    }
}

/// Figures whose distance from the goal is within their own ±.
fn too_close(report: &RunReport<'_>) -> Option<String> {
    let mut close = Vec::new();
    for (queue, result) in report.scenario.queues.iter().zip(&report.results.queues) {
        for part in result.goal.iter().flat_map(|g| &g.parts) {
            let half_width = result.get(part.part.metric()).half_width;
            if part.value.zip(half_width).is_some_and(|(value, h)| (value - part.target).abs() < h) {
                close.push(format!("{} {}", queue.name, part_name(part.part)));
            }
        }
    }
    match close.len() {
        0 => None,
        1..=3 => Some(format!("Too close to call, within ± of the goal: {}.", close.join(", "))),
        n => Some(format!("{n} figures are within ± of their goal: too close to call.")),
    }
}

fn part_name(part: GoalPart) -> &'static str {
    match part {
        GoalPart::ServiceLevel => "SL",
        GoalPart::Abandon => "abandon",
        GoalPart::Asa => "ASA",
        GoalPart::PWait => "waiting",
    }
}

/// WORST, WHY and NEXT.
pub(super) fn explanation(report: &RunReport<'_>, covers: &[Cover], style: Style) -> String {
    let queue = worst_queue(report);
    let worst = queue.and_then(|q| Some((q, worst_interval(report, q)?)));
    let cause = cause(report, covers, queue);
    let cover = queue.and_then(|q| cover_of(report, covers, q));
    let mut lines = Vec::new();
    if let Some((queue, interval)) = worst {
        lines.push(paragraph("WORST", &worst_line(report, cover, queue, interval), INDENT, style));
    }
    let why = [Some(why(report, &cause, cover, queue)), blocked(report), dropped(report)];
    lines.push(paragraph("WHY", &why.into_iter().flatten().collect::<Vec<_>>().join(" "), INDENT, style));
    lines.push(paragraph("NEXT", &next(report, &cause, cover, worst.map(|w| w.1)), INDENT, style));
    lines.join("\n")
}

fn worst_line(report: &RunReport<'_>, cover: Option<&Cover>, queue: usize, interval: usize) -> String {
    let result = &report.results.queues[queue].intervals[interval];
    let share = |estimate: Estimate| estimate.mean.map_or_else(|| "-".to_owned(), |s| format!("{:.0} %", 100.0 * s));
    let name = &report.scenario.queues[queue].name;
    let level = share(result.get(IntervalMetric::ServiceLevel));
    let abandon = share(result.get(IntervalMetric::AbandonRate));
    let mut text = format!("{name} {}: SL {level}", report.moment(interval));
    if report.scenario.queues[queue].channel.messages().is_none() {
        text.push_str(&format!(", {abandon} hang up"));
    }
    if let Some(cover) = cover {
        let need = cover.need[interval].map_or_else(|| "no number is enough".to_owned(), |n| format!("{n} needed"));
        text.push_str(&format!(
            "; {} on the phone, {need}; {}",
            cover.have[interval],
            what_comes_next(report, cover, interval)
        ));
    }
    text
}

/// When more people than now are on the phone, the same day.
fn what_comes_next(report: &RunReport<'_>, cover: &Cover, interval: usize) -> String {
    let timeline = &report.scenario.timeline;
    let day = &timeline.days[timeline.intervals[interval].day];
    let mut rest = interval + 1..day.first_interval + day.interval_count;
    match rest.find(|&i| cover.have[i] > cover.have[interval]) {
        Some(at) => format!("{} more at {}", cover.have[at] - cover.have[interval], timeline.intervals[at].label),
        None => "no more people that day".to_owned(),
    }
}

fn why(report: &RunReport<'_>, cause: &Cause, cover: Option<&Cover>, queue: Option<usize>) -> String {
    let team = cover.map_or("", |c| c.name.as_str());
    let has = |h: &CoverHours| format!("{team} has {} h and needs {}", hours(h.have), hours(h.need));
    match cause {
        Cause::NoContacts => "there is nobody to serve: the expected volume is zero.".to_owned(),
        Cause::NoGoal => {
            "no queue states a goal, so nothing can be missed: write goal = \"80% in 20s\" in a queue.".to_owned()
        }
        Cause::NothingWrong => nothing_wrong(report, cover),
        Cause::Unmeetable { at } => {
            format!(
                "no number of people meets this goal at {}: look at the goal, not at the staffing.",
                report.moment(*at)
            )
        }
        Cause::TooFewHours(h) => {
            format!("{}: {} h too few, however they are spread.", has(h), hours(h.need - h.have))
        }
        Cause::WrongHours(h) if h.have > h.need * 1.05 => {
            format!(
                "{}: more than enough, but {} h{} are missing when they are needed. Move people before hiring.",
                has(h),
                hours(h.short),
                a_day(report)
            )
        }
        Cause::WrongHours(h) => format!("{}: right number, wrong hours. Move people before hiring.", has(h)),
        Cause::BusyDays => format!(
            "{team} has the people an average day needs, but days vary ±{} %: good days meet the goal, busy days do not.",
            queue.map_or_else(String::new, |q| short_percent(report.scenario.queues[q].day_cv))
        ),
        Cause::BeyondTheFormula => format!(
            "{team} has the people the formula asks for; what it leaves out decides (callers carried over from the \
             interval before, long handle times, priorities, work for other queues)."
        ),
        Cause::NoNeedKnown => match queue.and_then(|q| without_formula(&report.scenario.queues[q])) {
            Some(kind) => format!("no formula says how many people {kind} need; see the tables above."),
            None => {
                "no team has this queue as its first choice with a need by formula; see the table above.".to_owned()
            }
        },
    }
}

/// Hours are per day; that goes without saying when there is only one.
fn a_day(report: &RunReport<'_>) -> &'static str {
    if report.scenario.timeline.days.len() > 1 { " a day" } else { "" }
}

fn nothing_wrong(report: &RunReport<'_>, cover: Option<&Cover>) -> String {
    let spare = cover.map(|c| (c, c.hours(report))).filter(|(_, h)| h.over - h.short > 0.05 * h.need);
    match spare {
        Some((cover, h)) => format!(
            "nothing is wrong; {} has {} h{} on the phone and needs {} by formula.",
            cover.name,
            hours(h.have),
            a_day(report),
            hours(h.need)
        ),
        None => "nothing is wrong: every goal holds.".to_owned(),
    }
}

fn blocked(report: &RunReport<'_>) -> Option<String> {
    let total = &report.results.total;
    let share = total.get(QueueMetric::BlockedRate).mean.filter(|share| *share > WORTH_SAYING)?;
    let calls = count(total.get(QueueMetric::Blocked).mean.unwrap_or(0.0));
    Some(format!(
        "{calls} calls a day ({}) find every line taken and are in no service level: that is lines, not people.",
        percent(share)
    ))
}

fn dropped(report: &RunReport<'_>) -> Option<String> {
    let total = &report.results.total;
    let dropped = total.get(QueueMetric::Dropped).mean?;
    let offered = total.get(QueueMetric::Offered).mean.filter(|offered| dropped > WORTH_SAYING * offered)?;
    let share = percent(dropped / offered);
    Some(format!(
        "{} contacts a day ({share}) are turned away: still waiting when nobody is left to serve them.",
        count(dropped)
    ))
}

/// A step the planner can take at once.
fn next(report: &RunReport<'_>, cause: &Cause, cover: Option<&Cover>, worst: Option<usize>) -> String {
    let file = quoted(report.scenario_file);
    let missing = cover.zip(worst).and_then(|(cover, at)| Some((cover, at, -cover.gap(at).filter(|gap| *gap < 0)?)));
    let step = match (cause, missing) {
        (Cause::TooFewHours(_) | Cause::WrongHours(_), Some((cover, at, missing))) => {
            let from = if matches!(cause, Cause::WrongHours(_)) { to_spare(report, cover, at) } else { String::new() };
            format!("in {file} give {} {missing} more at {}{from}", cover.name, report.moment(at))
        }
        (Cause::NothingWrong, _) => {
            format!("10 % more contacts: callwright run {file} --set 'queue.*.volume.scale=110%'")
        }
        _ => format!("callwright run {file}"),
    };
    format!("{step} · details: --out DIR (CSV, JSON, plots)")
}

/// Where on the same day people could come from.
fn to_spare(report: &RunReport<'_>, cover: &Cover, at: usize) -> String {
    let timeline = &report.scenario.timeline;
    let day = &timeline.days[timeline.intervals[at].day];
    let from = cover.most_to_spare(day.first_interval..day.first_interval + day.interval_count);
    let people = from.and_then(|i| Some((cover.gap(i)?, &timeline.intervals[i].label)));
    people.map_or_else(String::new, |(n, label)| format!(" ({n} to spare at {label})"))
}
