//! `plan --explain`: why this many people, in one interval.

use super::PlanReport;
use super::cover::{Basis, binding_words};
use crate::erlang::GoalKind;
use crate::experiment::{Estimate, GoalPart};
use crate::planner::{Ask, Explanation, Neighbour, Rung, Verdict, Work};
use crate::report::layout::{Cell, Column, Style, Table, Tone, paragraph};
use crate::report::numbers::{
    clock, count, first_digit, hours, later, listed, percent, short_percent, spoken_time, thousands,
};
use crate::report::text::INDENT;
use crate::report::text::queues::of_twenty;
use crate::scenario::{Dist, Queue, ServiceLevelFormula};

/// The screen.
pub fn explanation_text(report: &PlanReport<'_>, of: &Explanation, style: Style) -> String {
    let mut facts = vec![work(report, of, style)];
    let lines = [
        ("Goals", goals(report, of)),
        ("ANSWER", answer(report, of)),
        ("Decides", decides(report, of)),
        ("Shared", shared(report, of)),
    ];
    let told = lines.into_iter().filter(|(_, text)| !text.is_empty());
    facts.extend(told.map(|(head, text)| paragraph(head, &text, INDENT, style)));
    let sections = [title(report, of, style), facts.join("\n"), steps(report, of, style), table(report, of, style)];
    sections.join("\n\n") + "\n"
}

/// "orders, Mon 2 Mar 10:30-11:00, answered by tier1", and what people are counted in.
fn title(report: &PlanReport<'_>, of: &Explanation, style: Style) -> String {
    let timeline = &report.scenario.timeline;
    let at = &timeline.intervals[of.spot.interval];
    let day = match timeline.days[at.day].date {
        None if timeline.days.len() == 1 => String::new(),
        _ => format!(" {}", report.as_run().short_day(at.day)),
    };
    let time = format!("{}-{}", at.label, later(&at.label, timeline.interval_s));
    let team = &report.scenario.teams[of.spot.team].name;
    let queues: Vec<&str> = of.work.iter().map(|w| report.scenario.queues[w.queue].name.as_str()).collect();
    let text = format!("{},{day} {time}, answered by {team} · all people are \"on the phone\"", listed(&queues));
    paragraph("", &text, 0, style)
}

fn work(report: &PlanReport<'_>, of: &Explanation, style: Style) -> String {
    let only = of.work.len() == 1;
    let mut lines: Vec<String> = of.work.iter().map(|w| work_line(report, *w, only, of.pool.is_none())).collect();
    if !only {
        lines.push(format!("{:.1} erlangs in all", of.work.iter().map(|w| w.load).sum::<f64>()));
    }
    let line = |(index, text): (usize, &String)| paragraph(if index == 0 { "Work" } else { " " }, text, INDENT, style);
    lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// "120 calls × 4:47.5 (talk 4:00, hold 0:07.5, wrap 0:40) = 9.6 h in 30 min = 19.2 erlangs".
fn work_line(report: &PlanReport<'_>, work: Work, only: bool, helps: bool) -> String {
    let queue = &report.scenario.queues[work.queue];
    let name = if only { "calls".to_owned() } else { queue.name.clone() };
    let about = if helps { "about " } else { "" };
    format!(
        "{about}{} {name} × {}{} = {} h in {} = {:.1} erlangs",
        count(work.contacts),
        fine_clock(work.aht_s),
        parts(queue),
        hours(work.contacts * work.aht_s / 3600.0),
        spoken_time(f64::from(report.scenario.timeline.interval_s)),
        work.load
    )
}

/// " (talk 4:00, hold 0:07.5, wrap 0:40)"; nothing for one time alone.
fn parts(queue: &Queue) -> String {
    let handle = &queue.handle;
    let hold = handle.hold.as_ref().map(|(dist, p)| ("hold", p * dist.mean()));
    let wrap = handle.wrap.as_ref().map(|dist| ("wrap", Dist::mean(dist)));
    if (hold.is_none() && wrap.is_none()) || !handle.factor_by_interval.is_empty() {
        return String::new();
    }
    let all = [Some(("talk", handle.talk.mean())), hold, wrap].into_iter().flatten();
    let text: Vec<String> = all.map(|(name, s)| format!("{name} {}", fine_clock(s))).collect();
    format!(" ({})", text.join(", "))
}

/// m:ss, with a tenth of a second where there is one.
fn fine_clock(seconds: f64) -> String {
    let tenths = (seconds * 10.0).round();
    let whole = (tenths / 10.0).floor();
    let rest = tenths - whole * 10.0;
    if rest == 0.0 { clock(whole) } else { format!("{}.{rest:.0}", clock(whole)) }
}

fn goals(report: &PlanReport<'_>, of: &Explanation) -> String {
    let queue = &report.scenario.queues[of.spot.queue];
    let team = &report.scenario.teams[of.spot.team];
    let prefix = if of.work.len() == 1 { String::new() } else { format!("{}: ", queue.name) };
    let stated = queue.goal.iter().flat_map(GoalPart::stated);
    let mut goals: Vec<String> = stated.map(|(part, target)| goal_words(queue, part, target)).collect();
    goals.extend(team.max_occupancy.map(|cap| format!("occupancy <= {} %", short_percent(cap))));
    goals.extend(team.min_agents.map(|least| format!("at least {}", people(least))));
    goals.extend(team.max_agents.map(|most| format!("at most {}", people(most))));
    if goals.is_empty() { "none stated".to_owned() } else { prefix + &goals.join(" · ") }
}

fn people(n: u32) -> String {
    if n == 1 { "1 person".to_owned() } else { format!("{} people", thousands(f64::from(n))) }
}

fn goal_words(queue: &Queue, part: GoalPart, target: f64) -> String {
    let share = short_percent(target);
    match part {
        GoalPart::ServiceLevel => {
            let of = match queue.service_level_formula {
                ServiceLevelFormula::Offered => "of offered",
                ServiceLevelFormula::IgnoreAbandonsInGoal => "of offered less abandoned in time",
                ServiceLevelFormula::CountAbandonsInGoal => "of offered, abandoned in time counted as served",
                ServiceLevelFormula::AnsweredOnly => "of answered",
                ServiceLevelFormula::CountShortAbandons => "of offered, short abandons counted as served",
                ServiceLevelFormula::NetOfShort => "of offered less short abandons",
            };
            format!("{share} % in {} {of}", spoken_time(queue.target_time_s))
        }
        GoalPart::Abandon => format!("abandon <= {share} %"),
        GoalPart::Asa => format!("ASA <= {}", clock(target)),
        GoalPart::PWait => format!("at most {share} % wait"),
    }
}

/// "22 on the phone = 32 paid (22 / (1 - 30 %) = 31.4, rounded up). You have 19: 3 short."
fn answer(report: &PlanReport<'_>, of: &Explanation) -> String {
    let (team, plan) = (&report.scenario.teams[of.spot.team], &report.plan.teams[of.spot.team]);
    let (net, gross) = (plan.on_phone[of.spot.interval], plan.paid[of.spot.interval]);
    let shrinkage = team.shrinkage_planned + team.shrinkage_unplanned;
    let exact = f64::from(net) / (1.0 - shrinkage);
    let paid = match shrinkage > 0.0 {
        true => format!(
            " = {gross} paid ({net} / (1 - {} %) = {exact:.1}{})",
            short_percent(shrinkage),
            if (exact - f64::from(gross)).abs() < 1e-9 { "" } else { ", rounded up" }
        ),
        false => format!(" = {gross} paid (no shrinkage)"),
    };
    let (have, need, basis) = match &team.scheduled {
        Some(paid) => (paid[of.spot.interval], gross, Basis::Paid),
        None => (team.on_phone[of.spot.interval], net, Basis::OnPhone),
    };
    let unit = if basis == Basis::Paid { " paid" } else { "" };
    let verdict = match i64::from(have) - i64::from(need) {
        0 => "as many as needed".to_owned(),
        gap if gap < 0 => format!("{} short", -gap),
        gap => format!("{gap} over"),
    };
    format!("{net} on the phone{paid}. You have {have}{unit}: {verdict}.")
}

/// "by formula service level and abandon (22 each); occupancy alone would ask 21, the minimum 2. By simulation orders SL."
fn decides(report: &PlanReport<'_>, of: &Explanation) -> String {
    let mut sentences = Vec::new();
    let simulated = report.plan.teams[of.spot.team].binding[of.spot.interval];
    sentences.extend(simulated.map(|b| format!("in simulation {}.", binding_words(report.scenario, b))));
    let most = of.asks.iter().map(|a| a.people).max();
    if let Some(most) = most {
        let name = |ask: &Ask| ask_words(report, of, ask);
        let top: Vec<String> = of.asks.iter().filter(|a| a.people == most).map(name).collect();
        let each = if top.len() > 1 { " each" } else { "" };
        let refs: Vec<&str> = top.iter().map(String::as_str).collect();
        let rest: Vec<String> =
            of.asks.iter().filter(|a| worth_telling(a, most)).map(|a| format!("{} {}", name(a), a.people)).collect();
        let alone = if rest.is_empty() { String::new() } else { format!("; alone would ask: {}", rest.join(", ")) };
        sentences.push(format!("By Erlang A {} ({most}{each}){alone}.", listed(&refs)));
    }
    sentences.join(" ")
}

/// That somebody has to answer goes without saying.
fn worth_telling(ask: &Ask, most: u32) -> bool {
    ask.people < most && ask.goal != GoalKind::SteadyState
}

fn ask_words(report: &PlanReport<'_>, of: &Explanation, ask: &Ask) -> String {
    let whose = match ask.queue {
        Some(queue) if of.work.len() > 1 => format!(" of {}", report.scenario.queues[queue].name),
        _ => String::new(),
    };
    let what = match ask.goal {
        GoalKind::ServiceLevel(_) => "service level",
        GoalKind::Asa => "ASA",
        GoalKind::PWait => "waiting",
        GoalKind::Abandon => "abandon",
        GoalKind::Blocking => "blocking",
        GoalKind::Occupancy => "occupancy",
        GoalKind::MinAgents => "the minimum",
        GoalKind::SteadyState => "a queue that does not grow",
    };
    format!("{what}{whose}")
}

/// Who else these people work for, and who else answers these queues.
fn shared(report: &PlanReport<'_>, of: &Explanation) -> String {
    let scenario = report.scenario;
    let name = |team: usize| scenario.teams[team].name.as_str();
    let mut sentences = Vec::new();
    let extra = |w: &Work| {
        let queue = &scenario.queues[w.queue].name;
        format!("about {} {queue} ({:.1} erlangs)", count(w.contacts), w.load)
    };
    if !of.other_work.is_empty() {
        let all: Vec<String> = of.other_work.iter().map(extra).collect();
        sentences.push(format!("{} also takes {}.", name(of.spot.team), all.join(", ")));
    }
    match &of.pool {
        None => sentences.push("Nobody's first choice: no formula says what it needs, only simulation.".to_owned()),
        Some(pool) => {
            let others: Vec<&str> = pool.teams.iter().filter(|t| **t != of.spot.team).map(|&t| name(t)).collect();
            if !others.is_empty() {
                sentences.push(format!("With {}, equally their first choice, {} people.", listed(&others), of.planned));
            }
            sentences.extend(helpers(report, of));
        }
    }
    let by_queue = report.plan.queue_shares.iter().filter(|s| s.teams.contains(&of.spot.team));
    let parts: Vec<String> = by_queue
        .map(|s| format!("without {} {} fewer", scenario.queues[s.queue].name, s.people[of.spot.interval]))
        .collect();
    if !parts.is_empty() {
        sentences.push(format!("By Erlang A {}.", parts.join(", ")));
    }
    sentences.join(" ")
}

/// Teams that take a queue's contacts when its own are busy.
fn helpers(report: &PlanReport<'_>, of: &Explanation) -> Option<String> {
    let pool = of.pool.as_ref()?;
    let helps = |t: &usize| {
        let team = &report.scenario.teams[*t];
        !pool.teams.contains(t)
            && report.plan.teams[*t].on_phone[of.spot.interval] > 0
            && team.skills.iter().any(|s| pool.queues.contains(&s.queue))
    };
    let names: Vec<&str> =
        (0..report.scenario.teams.len()).filter(helps).map(|t| report.scenario.teams[t].name.as_str()).collect();
    (!names.is_empty()).then(|| format!("Help comes from {}.", listed(&names)))
}

/// How we got there.
fn steps(report: &PlanReport<'_>, of: &Explanation, style: Style) -> String {
    let columns = vec![
        Column::left("How we got there", 0),
        Column::right("people", 2),
        Column::right("SL", 3),
        Column::left("", 1),
        Column::right("abandon", 2),
        Column::left("", 1),
        Column::left("", 2),
    ];
    let mut rows = Vec::new();
    let calls: f64 = of.work.iter().map(|w| w.contacts).sum();
    if let Some(by) = &of.erlang_c {
        let fewer = match by.one_fewer {
            Some(level) => format!("{} would give {}", by.people - 1, percent(level)),
            None if by.people > 0 => format!("with {} the queue grows without end", by.people - 1),
            None => String::new(),
        };
        rows.push(rung_row("  Erlang C: nobody hangs up".to_owned(), by, "-".to_owned(), fewer));
    }
    if let Some(by) = of.erlang_a.as_ref().filter(|_| patience(report, of).is_some()) {
        let label = format!("  Erlang A: callers wait {} on average", clock(patience(report, of).unwrap_or(0.0)));
        rows.push(rung_row(label, by, percent(by.abandon), format!("{} hang up", count(by.abandon * calls))));
    }
    let spot = of.rows.iter().find(|row| row.people == report.plan.teams[of.spot.team].on_phone[of.spot.interval]);
    if let Some(row) = spot {
        let days = thousands(report.plan.results.replications as f64);
        let mut cells = vec![Cell::from(format!("  your file, {days} simulated days")), of.planned.to_string().into()];
        cells.extend(estimate(row.service_level));
        cells.extend(estimate(row.abandon));
        cells.push("".into());
        rows.push(cells);
    }
    let mut lines = Table { columns, rows }.lines(style);
    lines.extend(difference(of, spot).map(|text| paragraph("     ", &text, 6, style)));
    lines.extend(difference_note(report, of, style));
    lines.join("\n")
}

/// Mean patience of the pool's callers, where they have one.
fn patience(report: &PlanReport<'_>, of: &Explanation) -> Option<f64> {
    let queue = |w: &Work| &report.scenario.queues[w.queue];
    let calls: f64 = of.work.iter().map(|w| w.contacts).sum();
    let weighted = of.work.iter().map(|w| Some(queue(w).patience.as_ref()?.mean() * w.contacts));
    let sum: Option<f64> = weighted.sum();
    sum.filter(|_| calls > 0.0).map(|sum| sum / calls)
}

fn rung_row(label: String, by: &Rung, abandon: String, remark: String) -> Vec<Cell> {
    let level = by.service_level.map_or_else(|| "-".to_owned(), percent);
    vec![label.into(), by.people.to_string().into(), level.into(), "".into(), abandon.into(), "".into(), remark.into()]
}

fn estimate(of: Estimate) -> [Cell; 2] {
    let half_width = of.half_width.map_or_else(String::new, |h| format!("±{}", first_digit(100.0 * h)));
    [of.mean.map_or_else(|| "-".to_owned(), percent).into(), Cell::new(half_width, Tone::Quiet)]
}

/// What makes the simulated figure differ from Erlang A's with as many people.
fn difference(of: &Explanation, planned: Option<&Neighbour>) -> Option<String> {
    let found = planned?.service_level.mean?;
    let formula = of.same_people?;
    let steady = of.steady_days.and_then(|e| e.mean);
    let mut parts = vec![format!("Erlang A with {}: {}", of.planned, percent(formula))];
    if let Some(steady) = steady {
        parts.push(format!("days vary: {}", points(found - steady)));
    }
    parts.push(format!("the rest: {}", points(steady.unwrap_or(found) - formula)));
    Some(parts.join(" · "))
}

/// What "the rest" is made of on this floor.
fn difference_note(report: &PlanReport<'_>, of: &Explanation, style: Style) -> Option<String> {
    of.same_people?;
    let mut causes = Vec::new();
    let exponential = |q: usize| matches!(report.scenario.queues[q].handle.talk, Dist::Exponential { .. });
    if !of.work.iter().all(|w| exponential(w.queue)) {
        causes.push("the spread of handle times");
    }
    causes.push("the queue left by the interval before");
    if !of.other_work.is_empty() {
        causes.push("work for other queues");
    }
    if helpers(report, of).is_some() {
        causes.push("help from other teams");
    }
    Some(paragraph("     ", &format!("(the rest: {})", listed(&causes)), 6, style))
}

/// "+1.3 points".
fn points(share: f64) -> String {
    let rounded = (share * 1000.0).round() / 10.0;
    format!("{rounded:+.1} points")
}

/// One or two people more or fewer.
fn table(report: &PlanReport<'_>, of: &Explanation, style: Style) -> String {
    let columns = vec![
        Column::right("People", 0),
        Column::right("SL", 3),
        Column::left("", 1),
        Column::right("abandon", 2),
        Column::left("", 1),
        Column::right("occupancy", 2),
        Column::left("days met", 3),
        Column::left("", 2),
    ];
    let planned = report.plan.teams[of.spot.team].on_phone[of.spot.interval];
    let have = report.scenario.teams[of.spot.team].on_phone[of.spot.interval];
    let rows = of.rows.iter().map(|row| {
        let mark = if row.people == planned { "> " } else { "" };
        let mut cells = vec![Cell::new(format!("{mark}{}", row.people), Tone::Strong)];
        cells.extend(estimate(row.service_level));
        cells.extend(estimate(row.abandon));
        let occupancy = row.occupancy.mean.map_or_else(|| "-".to_owned(), |s| format!("{:.0} %", 100.0 * s));
        cells.push(occupancy.into());
        cells.push(row.met.map_or_else(|| "-".to_owned(), |met| of_twenty(met, "")).into());
        cells.push(remark(row, planned, have, style));
        cells
    });
    let mut lines = Table { columns, rows: rows.collect() }.lines(style);
    let queue = &report.scenario.queues[of.spot.queue];
    let team = &report.scenario.teams[of.spot.team].name;
    let goal = queue.goal.as_ref().map_or_else(String::new, |goal| {
        let parts: Vec<String> = GoalPart::stated(goal).map(|(part, target)| goal_words(queue, part, target)).collect();
        format!("; days met: those on which this {} alone has {}", report.interval_word(), parts.join(", "))
    });
    let text = format!("{} served with so many of {team}, everybody else as planned{goal}", queue.name);
    lines.push(style.paint(&paragraph("", &text, 0, style), Tone::Quiet));
    lines.join("\n")
}

/// What there is to say about a number; in few words where the screen is narrow.
fn remark(row: &Neighbour, planned: u32, have: u32, style: Style) -> Cell {
    let wide = style.columns() >= 100;
    let say = |long: &'static str, short: &'static str| if wide { long } else { short };
    let mut words = Vec::new();
    if row.people == have {
        words.push("you have");
    }
    match row.verdict {
        Verdict::Missed if row.people >= planned => words.push(say("goal missed on the average day", "missed")),
        Verdict::Likely => words.push(say("met, but too close to be sure", "too close")),
        Verdict::Met if row.people == planned => words.push(say("goal met on the average day", "goal met")),
        Verdict::Missed | Verdict::Met => {}
    }
    let tone = if row.verdict == Verdict::Missed { Tone::Bad } else { Tone::Good };
    Cell::new(words.join("; "), tone)
}
