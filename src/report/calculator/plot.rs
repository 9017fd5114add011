//! What is drawn: the figures at every number of agents around the answer.

use std::path::Path;

use super::answer::{Desk, Row};
use super::words::{count, plain, statement, whole};
use super::{Answer, Model, Question};
use crate::erlang::{GoalKind, Result};
use crate::report::folder::write_file;
use crate::report::numbers::{percent, short_percent, spoken_time};
use crate::report::plots::{Chart, ChartPanel, chart, png};

/// Points of a curve.
const MOST_POINTS: u64 = 120;

/// Draws the answer and writes it to a file, SVG or PNG by its extension; the file is never half-written.
///
/// # Errors
/// A file that cannot be written; an extension that is neither.
pub fn write_plot(answer: &Answer, path: &Path) -> crate::Result<()> {
    let svg = drawing(answer)?;
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("svg") => write_file(path, svg.as_bytes()),
        Some("png") => write_file(path, &png(&svg).map_err(crate::Error::Refused)?),
        _ => Err(crate::Error::Refused(format!("{}: a plot is a .svg or a .png file", path.display()))),
    }
}

fn drawing(answer: &Answer) -> Result<String> {
    let question = &answer.question;
    let sizes = sizes(answer)?;
    let desk = Desk::new(question)?;
    let rows = sizes.iter().map(|&size| desk.row(size)).collect::<Result<Vec<_>>>()?;
    let panels = panels(question, &rows);
    Ok(chart(&Chart {
        title: title(question),
        note: note(question),
        unit: if question.model == Model::B { "lines" } else { "agents on the phone" },
        sizes: (sizes[0], sizes[sizes.len() - 1]),
        marked: answer.need.as_ref().map(|need| (need.size, format!("{}: the fewest", count(question, need.size)))),
        asked: question.evaluate.map(|size| (size, count(question, size))),
        panels,
    }))
}

fn title(question: &Question) -> String {
    let (calls, per, aht) = (plain(question.calls), spoken_time(question.per_s), spoken_time(question.aht_s));
    format!("{} · {calls} calls in {per}, {aht} each", question.model.name())
}

fn note(question: &Question) -> String {
    let load = question.calls * question.aht_s / question.per_s;
    let mut parts = vec![format!("{} erlangs", plain(load))];
    parts.extend(question.patience_s.map(|patience| format!("patience {} on average", spoken_time(patience))));
    parts.extend(question.lines.map(|lines| format!("{} lines", whole(lines))));
    // The other goals are lines of their own.
    let hidden = [GoalKind::Asa, GoalKind::Occupancy, GoalKind::MinAgents];
    let hidden = super::words::stated(question).into_iter().filter(|goal| hidden.contains(goal));
    parts.extend(hidden.map(|goal| statement(question, goal)));
    parts.join(" · ")
}

/// Every number around the answer up to the likely ends, or in strides when that is too many.
fn sizes(answer: &Answer) -> Result<Vec<u64>> {
    let question = &answer.question;
    let desk = Desk::new(question)?;
    let marks = [answer.need.as_ref().map(|need| need.size), question.evaluate].into_iter().flatten();
    let (low, high) = marks.fold((u64::MAX, 0), |(low, high), mark| (low.min(mark), high.max(mark)));
    let around = (libm::ceil(1.7 * libm::sqrt(answer.load)) as u64).max(6);
    let first = low.saturating_sub(around).max(1).max(desk.keeps_up());
    let last = high.max(first).saturating_add(around).min(question.lines.unwrap_or(u64::MAX)).max(first + 1);
    let stride = (last - first).div_ceil(MOST_POINTS).max(1);
    let most = question.lines.unwrap_or(u64::MAX);
    let all = (0..=(last - first) / stride).map(|step| first + step * stride);
    let mut sizes: Vec<u64> = all.chain(answer.need.iter().map(|need| need.size)).chain(question.evaluate).collect();
    sizes.retain(|size| (1..=most).contains(size));
    sizes.sort_unstable();
    sizes.dedup();
    Ok(sizes)
}

fn panels(question: &Question, rows: &[Row]) -> Vec<ChartPanel> {
    let points = |of: fn(&Row) -> Option<f64>| rows.iter().filter_map(|row| Some((row.size, of(row)?))).collect();
    let goal = |limit: Option<f64>| limit.map(|limit| (limit, format!("{} %", short_percent(limit))));
    let goals = &question.goals;
    let panel = |name, remark: String, values: Vec<(u64, f64)>, limit, ceiling| ChartPanel {
        name,
        remark,
        values,
        goal: goal(limit),
        ceiling,
        label: percent,
    };
    let mut panels = Vec::new();
    if question.model == Model::B {
        let remark = "calls that find no free line".to_owned();
        return vec![panel("blocking", remark, points(|row| row.figures.blocking), goals.blocking, true)];
    }
    match goals.service_levels.first() {
        Some(level) => {
            let remark = format!("within {}", spoken_time(level.measure.target_s));
            let values = points(|row| row.figures.service_level);
            panels.push(panel("service level", remark, values, Some(level.share), false));
        }
        None => {
            let remark = "callers who find no free agent".to_owned();
            panels.push(panel("share that waits", remark, points(|row| row.figures.p_wait), goals.p_wait, true));
        }
    }
    if question.patience_s.is_some() {
        let limit = goals.abandon.map(|goal| goal.share);
        let remark = "hang up before they are answered".to_owned();
        panels.push(panel("abandonment", remark, points(|row| row.figures.abandon), limit, true));
    }
    panels
}
