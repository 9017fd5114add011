//! Below QUEUES: what contacts do besides waiting, a line for each queue where they do.

use crate::experiment::{IntervalMetric, QueueMetric};
use crate::planner::open_at_the_end;
use crate::report::RunReport;
use crate::report::numbers::{clock, count, percent, spoken_time};

/// Most queues with a line.
const MOST_LINES: usize = 8;

/// The lines of the queues with a row.
pub(super) fn sentences(report: &RunReport<'_>, shown: &[usize]) -> Vec<String> {
    let told = |&queue: &usize| {
        let facts: Vec<String> = facts(report, queue).into_iter().flatten().collect();
        (!facts.is_empty()).then(|| format!("{}: {}", report.scenario.queues[queue].name, facts.join("; ")))
    };
    let mut lines: Vec<String> = shown.iter().filter_map(told).collect();
    if lines.len() > MOST_LINES {
        let rest = lines.len() - MOST_LINES;
        lines.truncate(MOST_LINES);
        lines.push(format!("and {rest} more queue{} of this kind: queues.csv", if rest == 1 { "" } else { "s" }));
    }
    lines
}

fn facts(report: &RunReport<'_>, queue: usize) -> [Option<String>; 8] {
    let (stated, result) = (&report.scenario.queues[queue], &report.results.queues[queue]);
    let mean = |metric| result.get(metric).mean.unwrap_or(0.0);
    let share = |part: f64, whole: f64| if whole > 0.0 { percent(part / whole) } else { "-".to_owned() };
    let (attempted, offered, answered) =
        (mean(QueueMetric::Attempted), mean(QueueMetric::Offered), mean(QueueMetric::Answered));
    let (redials, received) = (mean(QueueMetric::Redials), mean(QueueMetric::TransfersIn));
    let menu = stated.callers.ivr.as_ref().filter(|ivr| ivr.self_served > 0.0).map(|_| {
        let served = mean(QueueMetric::SelfServed);
        let callers = attempted + served - received - mean(QueueMetric::CallBacks);
        format!("menu served {} of {} callers", share(served, callers), count(callers))
    });
    let redial = (stated.callers.redial.is_some() || redials > 0.0).then(|| {
        format!("{} of the attempts are redials: {} of {}", share(redials, attempted), count(redials), count(attempted))
    });
    let call_back = stated.callers.call_back.as_ref().map(|_| {
        let accepted = mean(QueueMetric::Deferred);
        format!("call-backs: {} accepted ({})", count(accepted), share(accepted, offered))
    });
    let dial = stated.callers.dial.as_ref().map(|_| {
        let reached = result.get(QueueMetric::ReachedRate).mean.map_or_else(|| "-".to_owned(), percent);
        let waited = result.get(QueueMetric::AsaS).mean.map_or_else(|| "-".to_owned(), clock);
        format!("{} calls to customers, {reached} reached, waited {waited} on average", count(answered))
    });
    let handed_on = mean(QueueMetric::Transferred);
    let transfer = stated.callers.transfer.as_ref().filter(|_| handed_on > 0.0).map(|transfer| {
        let to = &report.scenario.queues[transfer.queue].name;
        format!("handed on to {to}: {} ({})", count(handed_on), share(handed_on, answered))
    });
    let came =
        (received > 0.0).then(|| format!("handed on from others: {} of {} offered", count(received), count(offered)));
    let lost = Some(mean(QueueMetric::LostToHorizon)).filter(|lost| *lost > 0.0);
    let lost = lost.map(|lost| format!("{} attempts would come after the end", count(lost)));
    [menu, redial, call_back, dial, transfer, came, messages(report, queue), lost]
}

/// The backlog of a queue of messages.
pub(super) fn messages(report: &RunReport<'_>, queue: usize) -> Option<String> {
    let (stated, result) = (&report.scenario.queues[queue], &report.results.queues[queue]);
    let start = stated.channel.messages()?.backlog;
    let timeline = &report.scenario.timeline;
    let lasts: Vec<usize> = timeline.days.iter().map(|day| day.first_interval + day.interval_count - 1).collect();
    let backlogs: Vec<f64> = lasts
        .into_iter()
        .filter(|last| report.counted().contains(last))
        .filter_map(|last| result.intervals[last].get(IntervalMetric::MeanQueue).mean)
        .collect();
    let backlog = backlogs.iter().sum::<f64>() / backlogs.len().max(1) as f64;
    let level = result.get(QueueMetric::ServiceLevel).mean;
    let in_time = level.map_or_else(
        || "none due".to_owned(),
        |level| format!("{} of those due answered in {}", percent(level), spoken_time(stated.target_time_s)),
    );
    let open = open_at_the_end(report.scenario, result);
    let interval = spoken_time(f64::from(timeline.interval_s));
    Some(format!(
        "{start} in the backlog at the start, {} in the last {interval} of a day, {} open at the end; {in_time}; waits in \
         opening hours",
        count(backlog),
        count(open)
    ))
}
