//! WORST, WHY and NEXT: where service is worst, what the data show for a cause, and what to do about it.

use super::INDENT;
use super::next::next;
use crate::experiment::{Estimate, IntervalMetric, QueueMetric};
use crate::planner::{open_at_the_end, unseen, without_formula};
use crate::report::RunReport;
use crate::report::cover::{Cover, CoverHours, cover_of};
use crate::report::diagnosis::{Cause, Lost, cause, helpers, misses, worst_interval, worst_queue};
use crate::report::layout::{Style, paragraph};
use crate::report::numbers::{count, hours, listed, percent, short_percent, spoken_time};
use crate::report::workload::Workload;

/// Blocked or dropped contacts above this share are worth a sentence ...
const WORTH_SAYING: f64 = 0.001;
/// ... and blocked ones above this a reservation about goals that hold.
pub(super) const MANY: f64 = 0.1;

/// WORST, WHY and NEXT.
pub(super) fn explanation(report: &RunReport<'_>, covers: &[Cover], style: Style) -> String {
    let queue = worst_queue(report);
    let worst = worst_interval(report);
    let cause = cause(report, covers, queue);
    let cover = queue.and_then(|q| cover_of(report, covers, q));
    let mut lines = Vec::new();
    if let Some((queue, interval)) = worst {
        let cover = cover_of(report, covers, queue);
        lines.push(paragraph("WORST", &worst_line(report, cover, queue, interval), INDENT, style));
    }
    let why = [
        Some(why(report, &cause, cover, queue, worst.is_some())),
        lost_besides(report, &cause, cover),
        other_short_teams(report, covers, queue),
        blocked(report),
        dropped(report),
    ];
    lines.push(paragraph("WHY", &why.into_iter().flatten().collect::<Vec<_>>().join(" "), INDENT, style));
    let at = worst.filter(|(worst, _)| Some(*worst) == queue).map(|(_, at)| at);
    lines.push(paragraph("NEXT", &next(report, &cause, cover, at), INDENT, style));
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
            "; {:.0} on the phone{}, {need}; {}",
            cover.have[interval],
            if Lost::of(report, &cover.teams).hours() > 0.0 { " by plan" } else { "" },
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
    let more = |at: usize| cover.have[at].round() - cover.have[interval].round();
    match rest.find(|&at| more(at) >= 1.0) {
        Some(at) => format!("{:.0} more at {}", more(at), timeline.intervals[at].label),
        None => "no more people that day".to_owned(),
    }
}

fn why(report: &RunReport<'_>, cause: &Cause, cover: Option<&Cover>, queue: Option<usize>, any_miss: bool) -> String {
    let team = cover.map_or("", |c| c.name.as_str());
    let name = |team: usize| report.scenario.teams[team].name.as_str();
    let has = |h: &CoverHours| format!("{team} has {} h and needs {}", hours(h.have), hours(h.need));
    match cause {
        Cause::NoContacts => "there is nobody to serve: the expected volume is zero.".to_owned(),
        Cause::NoGoal => {
            "no queue states a goal, so nothing can be missed: write goal = \"80% in 20s\" in a queue.".to_owned()
        }
        Cause::NothingWrong => nothing_wrong(report, cover, queue, any_miss),
        Cause::Unmeetable { at } => {
            format!(
                "no number of people meets this goal at {}: look at the goal, not at the staffing.",
                report.moment(*at)
            )
        }
        Cause::Ringing { team, hours } => ringing(report, *team, queue, *hours),
        Cause::TooFewHours(h) => {
            let help = cover.zip(queue).map(|(cover, queue)| helpers(report, cover, queue)).unwrap_or_default();
            let names: Vec<&str> = help.iter().map(|&t| name(t)).collect();
            let missing = format!("{}: {} h too few", has(h), hours(h.need - h.have));
            match names.len() {
                0 => format!("{missing}, however they are spread."),
                1 => format!("{missing}; {} helps out, but not enough.", names[0]),
                _ => format!("{missing}; {} help out, but not enough.", listed(&names)),
            }
        }
        Cause::NotThere(h, lost) => format!(
            "{}, but {}: {} h are left.",
            has(h),
            lost_words(*lost, h.have, "of them"),
            hours((h.have - lost.hours()).max(0.0))
        ),
        Cause::OtherWork(h, work) => {
            format!("{} for calls; {} on top, of which no formula knows.", has(h), work_words(work))
        }
        Cause::Kept { team, queue, agents } => format!(
            "{} keeps {agents} people free for {} (reserve): {} left for the rest.",
            name(*team),
            report.scenario.queues[*queue].name,
            if report.scenario.teams[*team].on_phone.iter().all(|people| people <= agents) {
                "nobody is"
            } else {
                "too few are"
            }
        ),
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
        Cause::BeyondTheFormula => beyond(report, team, queue),
        Cause::NoNeedKnown => queue.map_or_else(String::new, |queue| no_need_known(report, queue)),
    }
}

fn ringing(report: &RunReport<'_>, team: usize, queue: Option<usize>, ring_h: f64) -> String {
    let stated = &report.scenario.teams[team];
    let ring = spoken_time(stated.ring_s);
    match queue.map(|q| report.scenario.queues[q].target_time_s).filter(|target_s| stated.ring_s >= *target_s) {
        Some(target_s) => format!(
            "the telephones of {} ring for {ring}, the goal asks for an answer in {}: nobody can be in time.",
            stated.name,
            spoken_time(target_s)
        ),
        None => format!(
            "the telephones of {} ring for {ring} a call, {} h a day in all, of which no formula knows.",
            stated.name,
            hours(ring_h)
        ),
    }
}

/// "3.1 h of them are lost to absence (5.0 %) and 1.0 h to lateness".
fn lost_words(lost: Lost, planned_h: f64, whose: &str) -> String {
    let share = |part: f64| percent(part / planned_h.max(1e-9));
    let absent = (lost.absent >= 0.05).then(|| format!("absence ({})", share(lost.absent)));
    let late = (lost.late >= 0.05).then(|| format!("lateness ({})", share(lost.late)));
    let both: Vec<String> = absent.into_iter().chain(late).collect();
    format!("{} h {whose} are lost to {}", hours(lost.hours()), both.join(" and "))
}

/// "12.0 h a day go into messages and 3.0 h into chats".
fn work_words(work: &Workload) -> String {
    let parts: Vec<String> = work.other.iter().map(|(kind, h)| format!("{} h of {kind}", hours(*h))).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    format!("the same people have {} a day", listed(&parts))
}

fn beyond(report: &RunReport<'_>, team: &str, queue: Option<usize>) -> String {
    let pool = queue.and_then(|q| report.beside.get(q)).map(|beside| &beside.pool);
    let mut besides = pool.map_or_else(Vec::new, |pool| unseen(report.scenario, pool));
    besides.extend(["callers carried over from the interval before", "long handle times", "priorities"]);
    format!("{team} has the people the formula asks for; what it leaves out decides ({}).", besides.join(", "))
}

/// A queue of messages or outgoing calls, or one whose people mostly do such work.
fn no_need_known(report: &RunReport<'_>, queue: usize) -> String {
    let (stated, result) = (&report.scenario.queues[queue], &report.results.queues[queue]);
    if let Some(messages) = stated.channel.messages() {
        return format!(
            "{} messages are open at the end, {} were at the start: the people who answer {} have too little time left \
             for them.",
            count(open_at_the_end(report.scenario, result)),
            messages.backlog,
            stated.name
        );
    }
    match without_formula(stated) {
        Some(kind) => format!("no formula says how many people {kind} need; callwright plan finds it by simulation."),
        None => {
            let work = Workload::of(report, &report.first_choice(queue));
            match work.is_mostly_other() {
                true => format!("{}: more than their calls, and no formula says what that needs.", work_words(&work)),
                false => {
                    "no team has this queue as its first choice with a need by formula; see the table above.".to_owned()
                }
            }
        }
    }
}

/// Hours are per day; that goes without saying when there is only one.
fn a_day(report: &RunReport<'_>) -> &'static str {
    if report.scenario.timeline.days.len() > 1 { " a day" } else { "" }
}

fn nothing_wrong(report: &RunReport<'_>, cover: Option<&Cover>, queue: Option<usize>, any_miss: bool) -> String {
    let blocked = report.results.total.get(QueueMetric::BlockedRate).mean.unwrap_or(0.0);
    if blocked > MANY {
        return "every goal holds, but only for those who get in.".to_owned();
    }
    let holds = if any_miss { "every goal holds over the run" } else { "nothing is wrong: every goal holds" };
    let Some((cover, queue)) = cover.zip(queue) else { return format!("{holds}.") };
    let (h, work) = (cover.hours(report), Workload::of(report, &cover.teams));
    let help: Vec<&str> =
        helpers(report, cover, queue).into_iter().map(|t| report.scenario.teams[t].name.as_str()).collect();
    if h.short > 0.05 * h.need && !help.is_empty() {
        let takes = if help.len() == 1 { "takes" } else { "take" };
        return format!(
            "{holds}, because {} {takes} part of the work: {} alone would be {} h short by formula.",
            listed(&help),
            cover.name,
            hours(h.short)
        );
    }
    if h.over - h.short > 0.05 * h.need && work.other_h() + work.put_down_h <= 0.05 * h.need {
        return format!(
            "{holds}; {} has {} h{} on the phone and needs {} by formula.",
            cover.name,
            hours(h.have),
            a_day(report),
            hours(h.need)
        );
    }
    format!("{holds}.")
}

/// Absence and lateness where something else is the first cause of a miss.
fn lost_besides(report: &RunReport<'_>, cause: &Cause, cover: Option<&Cover>) -> Option<String> {
    let (Cause::TooFewHours(h) | Cause::WrongHours(h)) = cause else { return None };
    let lost = Lost::of(report, &cover?.teams);
    let text = lost_words(lost, h.have, "by plan");
    (lost.hours() > 0.02 * h.need).then(|| format!("And {text}."))
}

/// Teams of other queues that miss their goals, and have too few hours as well.
fn other_short_teams(report: &RunReport<'_>, covers: &[Cover], worst: Option<usize>) -> Option<String> {
    let own = worst.and_then(|q| cover_of(report, covers, q)).map(|cover| &cover.teams);
    let queues = (0..report.scenario.queues.len()).filter(|&q| Some(q) != worst && misses(report, q));
    let mut short: Vec<&Cover> = Vec::new();
    for cover in queues.filter_map(|q| cover_of(report, covers, q)) {
        let h = cover.hours(report);
        let known = Some(&cover.teams) == own || short.iter().any(|other| other.teams == cover.teams);
        if !known && h.have < 0.98 * h.need {
            short.push(cover);
        }
    }
    let words: Vec<String> = short
        .iter()
        .map(|cover| {
            let h = cover.hours(report);
            format!("{} has {} h and needs {}", cover.name, hours(h.have), hours(h.need))
        })
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    (!words.is_empty()).then(|| format!("Too few as well: {}.", listed(&words)))
}

/// Calls that find no line, or no place in the queue: which of the two, the file tells.
pub(in crate::report) fn blocked(report: &RunReport<'_>) -> Option<String> {
    let total = &report.results.total;
    let share = total.get(QueueMetric::BlockedRate).mean.filter(|share| *share > WORTH_SAYING)?;
    let calls = count(total.get(QueueMetric::Blocked).mean.unwrap_or(0.0));
    let scenario = report.scenario;
    let lines = scenario.lines.is_some() || scenario.queues.iter().any(|q| q.lines.is_some());
    let places = scenario.queue_capacity.is_some() || scenario.queues.iter().any(|q| q.queue_capacity.is_some());
    let (find, means) = match (lines, places) {
        (_, false) => ("find every line taken", ": that is lines, not people"),
        (false, true) => ("find no place in the queue (queue_capacity)", ""),
        (true, true) => ("find every line taken or no place in the queue", ""),
    };
    Some(format!("{calls} calls a day ({}) {find} and are in no service level{means}.", percent(share)))
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
