//! The table as CSV: one header row, an empty cell where there is no figure. Columns may be appended, never moved.

use super::json::state;
use super::words::goal_key;
use super::{Answer, Figures, Model, VolumeRow};
use crate::erlang::GoalKind;
use crate::report::numbers::nine_digits_text;

/// The table of one question.
pub fn answer_csv(answer: &Answer) -> String {
    let model = answer.question.model;
    let mut header: Vec<&str> = sizes(model).to_vec();
    header.extend(figure_names(model));
    header.extend(["state", "goals_met", "missed", "required"]);
    let mut lines = vec![texts(&header)];
    for row in &answer.rows {
        let mut line = size_cells(model, row.size, row.scheduled);
        line.extend(figures(model, &row.figures));
        line.push(state(row.state).into());
        line.push(super::json::goals_met(answer, row).map_or_else(String::new, |met| met.to_string()));
        line.push(keys(&row.missed));
        line.push(row.required.to_string());
        lines.push(line);
    }
    written(&lines)
}

/// One line per row of the file of volumes.
pub fn volumes_csv(rows: &[VolumeRow]) -> String {
    let model = rows.first().map_or(Model::C, |row| row.answer().question.model);
    let mut header = vec!["label", "calls", "aht_s", "patience_s", "load_erlangs"];
    header.extend(sizes(model));
    header.push("binding");
    header.extend(figure_names(model));
    let mut lines = vec![texts(&header)];
    for row in rows {
        let (question, need) = (&row.answer().question, row.need());
        let stated = [Some(question.calls), Some(question.aht_s), question.patience_s, Some(row.answer().load)];
        let mut line = vec![row.label.clone()];
        line.extend(stated.map(nine_digits_text));
        line.extend(size_cells(model, need.size, need.scheduled));
        line.push(keys(&need.binding));
        line.extend(figures(model, &row.row().figures));
        lines.push(line);
    }
    written(&lines)
}

fn sizes(model: Model) -> &'static [&'static str] {
    if model == Model::B { &["lines"] } else { &["agents", "scheduled"] }
}

fn size_cells(model: Model, size: u64, scheduled: Option<u64>) -> Vec<String> {
    let mut cells = vec![size.to_string()];
    if model != Model::B {
        cells.push(scheduled.map_or_else(String::new, |heads| heads.to_string()));
    }
    cells
}

/// Names of the figures, as in the files of a run.
pub(super) fn figure_names(model: Model) -> &'static [&'static str] {
    match model {
        Model::B => &["blocked_rate", "carried_erlangs", "occupancy"],
        Model::C | Model::A => &["service_level", "asa_s", "p_wait", "abandon_rate", "blocked_rate", "occupancy"],
    }
}

/// The figures in that order.
pub(super) fn figure_values(model: Model, of: &Figures) -> Vec<Option<f64>> {
    match model {
        Model::B => vec![of.blocking, of.carried, of.occupancy],
        Model::C | Model::A => vec![of.service_level, of.asa_s, of.p_wait, of.abandon, of.blocking, of.occupancy],
    }
}

fn figures(model: Model, of: &Figures) -> impl Iterator<Item = String> {
    figure_values(model, of).into_iter().map(nine_digits_text)
}

fn keys(goals: &[GoalKind]) -> String {
    goals.iter().map(|&goal| goal_key(goal)).collect::<Vec<_>>().join(" ")
}

fn texts(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|&cell| cell.to_owned()).collect()
}

fn written(lines: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        // A vector takes every byte.
        let _ = writer.write_record(line);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
