//! The answer on a screen: the number first, then why, then what it rests on, then the table.

use super::answer::{Need, State};
use super::words::{count, figure, formula, name, plain, seconds, short, stated, statement, whole};
use super::{Answer, Model, Question, Row};
use crate::erlang::{Formula, GoalKind, b};
use crate::report::layout::{Cell, Column, Style, Table, Tone, paragraph};
use crate::report::numbers::{percent, short_percent, spoken_time};
use crate::units::{minutes, thousands};

/// Column at which sentences behind a head word start.
pub(super) const INDENT: usize = 9;

/// The answer as text, no line longer than the style's width, with a line feed at its end.
pub fn answer_text(answer: &Answer, style: Style) -> String {
    let mut lines = vec![paragraph("ANSWER", &verdict(answer), INDENT, style)];
    let sentences = [
        ("WHY", answer.need.as_ref().map(|need| why(answer, need)).unwrap_or_default()),
        ("LOAD", load(answer)),
        ("GOALS", goals(&answer.question)),
        ("MODEL", model(&answer.question)),
    ];
    let said = sentences.iter().filter(|(_, text)| !text.is_empty());
    lines.extend(said.map(|(head, text)| paragraph(head, text, INDENT, style)));
    if answer.load > 0.0 {
        lines.push(String::new());
        lines.extend(table(answer, style));
        lines.extend(legend(&answer.question).map(|text| paragraph("", &text, 2, style)));
    }
    lines.join("\n") + "\n"
}

/// The requirement, or the judgement of the one number asked about.
fn verdict(answer: &Answer) -> String {
    let question = &answer.question;
    match (&answer.need, question.evaluate, answer.rows.first()) {
        (need, Some(_), Some(row)) => judgement(answer, need.as_ref(), row),
        (Some(need), ..) if question.model == Model::B => format!("{}.", count(question, need.size)),
        (Some(need), ..) => format!("{}.", people(question, need.size, need.scheduled)),
        (None, ..) => String::new(),
    }
}

/// "44 agents on the phone = 63 paid (44 / (1 - 30 %) = 62.86, rounded up)".
fn people(question: &Question, agents: u64, scheduled: Option<u64>) -> String {
    let on_phone = format!("{} on the phone", count(question, agents));
    let (Some(paid), Some(shrinkage)) = (scheduled, question.shrinkage) else { return on_phone };
    let share = short_percent(shrinkage);
    let exact = thousands(agents as f64 / (1.0 - shrinkage), 2);
    let exact = exact.trim_end_matches('0').trim_end_matches('.');
    let rounded = if exact == whole(paid) { "" } else { ", rounded up" };
    format!("{on_phone} = {} paid ({} / (1 - {share} %) = {exact}{rounded})", whole(paid), whole(agents))
}

fn judgement(answer: &Answer, need: Option<&Need>, row: &Row) -> String {
    let question = &answer.question;
    let who =
        if question.model == Model::B { count(question, row.size) } else { people(question, row.size, row.scheduled) };
    let state = match row.state {
        State::Unstable => format!("{who}: unstable: the queue grows without end"),
        State::NoCalls => format!("{who}: nobody calls"),
        State::Steady if question.model == Model::B => {
            format!("{who} block {} of the calls", percent(row.figures.blocking.unwrap_or(0.0)))
        }
        State::Steady => format!("{who}: {}", at_a_glance(question, row)),
    };
    let verdict = match stated(question).len() {
        0 => String::new(),
        _ if row.missed.is_empty() => " Every goal holds.".to_owned(),
        _ => format!(" Missed: {}.", missed(question, &row.missed)),
    };
    let needed = need
        .filter(|need| need.size != row.size)
        .map_or_else(String::new, |need| format!(" Required: {}.", count(question, need.size)));
    format!("{state}.{verdict}{needed}")
}

/// The figures of a floor in one sentence.
fn at_a_glance(question: &Question, row: &Row) -> String {
    let mut goals = vec![GoalKind::ServiceLevel(0), GoalKind::Asa, GoalKind::Abandon, GoalKind::Occupancy];
    goals.retain(|goal| match goal {
        GoalKind::ServiceLevel(_) => row.figures.service_level.is_some(),
        GoalKind::Abandon => question.model == Model::A,
        _ => true,
    });
    goals.iter().map(|&goal| format!("{} {}", name(goal), figure(question, goal, row))).collect::<Vec<_>>().join(", ")
}

fn missed(question: &Question, goals: &[GoalKind]) -> String {
    let said = goals.iter().filter(|&&goal| goal != GoalKind::SteadyState);
    said.map(|&goal| statement(question, goal)).collect::<Vec<_>>().join("; ")
}

/// Which goal decides, what the others alone would ask, and what one agent fewer would give.
fn why(answer: &Answer, need: &Need) -> String {
    let question = &answer.question;
    if answer.load == 0.0 {
        let rest = if need.size > 0 { "the minimum stays" } else { "nobody is needed" };
        return format!("Nobody calls, so {rest}.");
    }
    let mut sentences = Vec::new();
    if question.model != Model::B {
        sentences.push(decides(question, need));
    }
    let others: Vec<String> = need
        .asks
        .iter()
        .filter(|ask| worth_saying(question, need, ask.goal))
        .map(|ask| format!("{} {}", name(ask.goal), whole(ask.agents)))
        .collect();
    if !others.is_empty() {
        sentences.push(format!("The others alone: {}.", others.join(", ")));
    }
    if let Some(fewer) = &answer.one_fewer {
        sentences.push(one_fewer(question, need, fewer));
    }
    if question.model == Model::B {
        sentences.extend(room(answer, need));
    }
    sentences.join(" ")
}

fn decides(question: &Question, need: &Need) -> String {
    let names: Vec<&str> = need.binding.iter().map(|&goal| name(goal)).collect();
    let together = need.asks.iter().all(|ask| ask.agents < need.size);
    let verb = if names.len() == 1 { "decides" } else { "decide" };
    let each = if names.len() > 1 { format!(" ({} each)", whole(need.size)) } else { String::new() };
    let said = format!("{} {verb}{each}", listed(&names));
    let said = crate::report::numbers::capital(&said);
    if together {
        format!("{said}; all goals together ask {}.", count(question, need.size))
    } else {
        format!("{said}.")
    }
}

/// "a, b and c".
fn listed(names: &[&str]) -> String {
    match names {
        [] => "the load".into(),
        [one] => (*one).into(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn worth_saying(question: &Question, need: &Need, goal: GoalKind) -> bool {
    // That somebody must be there when callers hang up, or when lines end the queue, goes without saying.
    let obvious = goal == GoalKind::SteadyState && (question.patience_s.is_some() || question.lines.is_some());
    !need.binding.contains(&goal) && !obvious
}

fn one_fewer(question: &Question, need: &Need, fewer: &Row) -> String {
    let with = format!("With {}", count(question, fewer.size));
    if fewer.state == State::Unstable {
        return format!("{with} the queue would grow without end.");
    }
    let missed = fewer.missed.iter().find(|goal| need.binding.contains(goal)).or(fewer.missed.first());
    match missed {
        Some(GoalKind::MinAgents) | None => String::new(),
        Some(&goal) => format!("{with} {} would be {}.", name(goal), figure(question, goal, fewer)),
    }
}

/// How much more work the lines could carry.
fn room(answer: &Answer, need: &Need) -> Option<String> {
    let most = b::load_for_blocking(need.size, answer.question.goals.blocking?).ok()?;
    let at = short_percent(answer.question.goals.blocking?);
    Some(format!("At {at} % they could carry an offered load of {} erlangs.", plain(most)))
}

fn load(answer: &Answer) -> String {
    let question = &answer.question;
    let (calls, aht, per) = (plain(question.calls), minutes_of(question.aht_s), spoken_time(question.per_s));
    if answer.load == 0.0 {
        return format!("No calls in {per}: 0 erlangs.");
    }
    let busy = if question.model == Model::B { "lines" } else { "people" };
    let erlangs = plain(answer.load);
    format!(
        "{calls} calls in {per}, {aht} each = {} h of work = {erlangs} erlangs: the work of {erlangs} {busy} busy \
         without a pause.",
        plain(question.calls * question.aht_s / 3600.0)
    )
}

/// m:ss where that is exact, else spoken.
fn minutes_of(seconds: f64) -> String {
    if seconds >= 60.0 && seconds.fract() == 0.0 { minutes(seconds) } else { spoken_time(seconds) }
}

fn goals(question: &Question) -> String {
    stated(question).iter().map(|&goal| statement(question, goal)).collect::<Vec<_>>().join(" · ")
}

fn model(question: &Question) -> String {
    let lines = question.lines.map_or_else(String::new, |lines| {
        format!(" {} lines, talking and waiting together; who finds all taken is blocked.", whole(lines))
    });
    let text = match (question.model, question.patience_s) {
        (Model::B, _) => {
            "Erlang B: nobody waits; a call that finds no free line is lost and does not come back.".into()
        }
        (Model::A, Some(patience)) => {
            format!("Erlang A: callers hang up after {} on average (exponential).", minutes_of(patience))
        }
        (Model::A, None) => "Erlang A with unlimited patience, which is Erlang C: nobody hangs up.".into(),
        (Model::C, _) => "Erlang C: nobody hangs up, so it asks for more people than a floor where callers do.".into(),
    };
    format!("{text}{lines}")
}

fn table(answer: &Answer, style: Style) -> Vec<String> {
    let question = &answer.question;
    let width = answer.rows.iter().map(|row| whole(row.size).len()).max().unwrap_or(0);
    let rows = answer.rows.iter().map(|row| cells(question, row, width)).collect();
    let mut lines = Table { columns: columns(question), rows }.lines(style);
    for (line, row) in lines.iter_mut().skip(1).zip(&answer.rows) {
        if row.state == State::Unstable {
            line.push_str(&style.paint("  unstable: the queue grows without end", Tone::Bad));
        }
    }
    lines
}

fn columns(question: &Question) -> Vec<Column> {
    if question.model == Model::B {
        let figures = ["blocked", "carried", "per line"];
        let columns = figures.map(|title| Column::right(title, 2));
        return [Column::left("  lines", 0)].into_iter().chain(columns).chain([Column::left("goals", 2)]).collect();
    }
    let figures = ["paid", "SL", "ASA", "P(wait)", "abandon", "blocked", "occupancy"];
    let spare = |title: &str| match title {
        "P(wait)" => 2,
        "ASA" => 1,
        _ => 0,
    };
    let figures = figures.map(|title| Column::right(title, 2).spare(spare(title)));
    [Column::left("  agents", 0)].into_iter().chain(figures).chain([Column::left("goals", 2)]).collect()
}

fn cells(question: &Question, row: &Row, width: usize) -> Vec<Cell> {
    let tone = if row.required { Tone::Strong } else { Tone::Plain };
    let mark = if row.required { '>' } else { ' ' };
    let mut cells = vec![Cell::new(format!("{mark} {:>width$}", whole(row.size)), tone)];
    let of = &row.figures;
    let cell = |goal: GoalKind, text: Option<String>| {
        Cell::new(text.unwrap_or_default(), if row.missed.contains(&goal) { Tone::Bad } else { tone })
    };
    let share = |goal: GoalKind, value: Option<f64>| cell(goal, value.map(percent));
    if question.model == Model::B {
        cells.push(share(GoalKind::Blocking, of.blocking));
        cells.push(Cell::new(of.carried.map(|carried| thousands(carried, 1)).unwrap_or_default(), tone));
    } else {
        cells.push(Cell::new(row.scheduled.map(whole).unwrap_or_default(), tone));
        cells.push(share(GoalKind::ServiceLevel(0), of.service_level));
        cells.push(cell(GoalKind::Asa, of.asa_s.map(seconds)));
        cells.push(share(GoalKind::PWait, of.p_wait));
        cells.push(share(GoalKind::Abandon, of.abandon.filter(|_| question.model == Model::A)));
        cells.push(share(GoalKind::Blocking, of.blocking));
    }
    cells.push(share(GoalKind::Occupancy, of.occupancy));
    cells.push(remark(question, row));
    cells
}

/// "ok", "!! SL, ASA", and which row is the answer.
fn remark(question: &Question, row: &Row) -> Cell {
    if row.state == State::Unstable || stated(question).is_empty() {
        return Cell::from("");
    }
    if row.missed.is_empty() {
        return Cell::new(if row.required { "ok, the fewest" } else { "ok" }, Tone::Good);
    }
    let missed: Vec<&str> = row.missed.iter().map(|&goal| short(goal)).collect();
    let said = match missed.as_slice() {
        [first, rest @ ..] if rest.len() > 1 => format!("{first} and {} more", rest.len()),
        few => few.join(", "),
    };
    Cell::new(format!("!! {said}"), Tone::Bad)
}

/// What the columns are.
pub(super) fn legend(question: &Question) -> impl Iterator<Item = String> {
    let mut parts = Vec::new();
    if let Some(goal) = question.goals.service_levels.first() {
        let (_, by) = formula(goal.measure.formula);
        let within = spoken_time(goal.measure.target_s);
        let short = match goal.measure.formula {
            Formula::CountShortAbandons | Formula::NetOfShort => {
                format!("; short: hung up within {}", spoken_time(goal.measure.short_abandon_s))
            }
            _ => String::new(),
        };
        parts.push(format!("SL = {by}, in time: within {within}{short}"));
    }
    if question.model == Model::B {
        parts.push("carried = busy lines on average; per line = share of time a line is busy".into());
    } else {
        parts.push("ASA = mean wait of the answered".into());
    }
    if question.shrinkage.is_some() {
        let share = short_percent(question.shrinkage.unwrap_or(0.0));
        parts.push(format!("paid = agents / (1 - {share} %), rounded up"));
    }
    [parts.join(" · ")].into_iter()
}
