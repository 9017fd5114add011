//! The answer as JSON: inputs as they were understood, the requirement with its reasons, the table.

use serde_json::{Map, Value, json};

use super::answer::State;
use super::csv_text::{figure_names, figure_values};
use super::words::{formula, goal_key};
use super::{Answer, Model, Need, Question, Row, VolumeRow};
use crate::erlang::GoalKind;
use crate::report::json::SCHEMA_VERSION;
use crate::report::numbers::nine_digits;

/// One question: `inputs`, `load_erlangs`, `required`, `asks`, `table`.
pub fn answer_json(answer: &Answer) -> Value {
    let question = &answer.question;
    let mut whole = head(question);
    whole.insert("inputs".into(), inputs(question, true));
    whole.insert("load_erlangs".into(), number(Some(answer.load)));
    whole.insert("required".into(), required(question.model, answer.need.as_ref()));
    whole.insert("asks".into(), asks(question.model, answer.need.as_ref()));
    whole.insert("table".into(), answer.rows.iter().map(|row| table_row(answer, row)).collect());
    Value::Object(whole)
}

/// A file of volumes: `inputs` common to all rows, and `rows`.
pub fn volumes_json(question: &Question, rows: &[VolumeRow]) -> Value {
    let mut whole = head(question);
    whole.insert("inputs".into(), inputs(question, false));
    let row = |row: &VolumeRow| {
        let (of, load) = (&row.answer().question, row.answer().load);
        let mut cells = Map::new();
        cells.insert("label".into(), row.label.clone().into());
        for (key, value) in [
            ("calls", Some(of.calls)),
            ("aht_s", Some(of.aht_s)),
            ("patience_s", of.patience_s),
            ("load_erlangs", Some(load)),
        ] {
            cells.insert(key.into(), number(value));
        }
        cells.insert("required".into(), required(of.model, Some(row.need())));
        cells.insert("asks".into(), asks(of.model, Some(row.need())));
        cells.insert("state".into(), state(row.row().state).into());
        cells.extend(figures(of.model, row.row()));
        Value::Object(cells)
    };
    whole.insert("rows".into(), rows.iter().map(row).collect());
    Value::Object(whole)
}

fn head(question: &Question) -> Map<String, Value> {
    let mut head = Map::new();
    head.insert("schema_version".into(), SCHEMA_VERSION.into());
    head.insert("callwright".into(), env!("CARGO_PKG_VERSION").into());
    head.insert("model".into(), format!("erlang_{}", question.model.letter()).into());
    head
}

fn number(value: Option<f64>) -> Value {
    value.and_then(nine_digits).map_or(Value::Null, Value::from)
}

/// `agents`, or `lines` for Erlang B.
fn size_key(model: Model) -> &'static str {
    if model == Model::B { "lines" } else { "agents" }
}

/// What was asked; without the work when each row of a file has its own.
fn inputs(question: &Question, work: bool) -> Value {
    let mut inputs = Map::new();
    if work {
        inputs.insert("calls".into(), number(Some(question.calls)));
    }
    inputs.insert("per_s".into(), number(Some(question.per_s)));
    if work {
        inputs.insert("aht_s".into(), number(Some(question.aht_s)));
    }
    if question.model == Model::B {
        inputs.insert("lines".into(), question.evaluate.into());
    } else {
        if work {
            inputs.insert("patience_s".into(), number(question.patience_s));
        }
        inputs.insert("lines".into(), question.lines.into());
        inputs.insert("agents".into(), question.evaluate.into());
        inputs.insert("shrinkage".into(), number(question.shrinkage));
    }
    inputs.insert("goals".into(), goals(question));
    Value::Object(inputs)
}

fn goals(question: &Question) -> Value {
    let goals = &question.goals;
    if question.model == Model::B {
        return json!({ "blocking": number(goals.blocking) });
    }
    let level = goals.service_levels.first().map(|goal| {
        json!({
            "share": number(Some(goal.share)),
            "within_s": number(Some(goal.measure.target_s)),
            "formula": formula(goal.measure.formula).0,
            "short_abandon_s": number(Some(goal.measure.short_abandon_s)),
        })
    });
    json!({
        "service_level": level,
        "asa_s": number(goals.asa_s),
        "p_wait": number(goals.p_wait),
        "abandon": number(goals.abandon.map(|goal| goal.share)),
        "blocking": number(goals.blocking),
        "occupancy": number(goals.max_occupancy),
        "min_agents": goals.min_agents,
    })
}

fn keys(goals: &[GoalKind]) -> Vec<&'static str> {
    goals.iter().map(|&goal| goal_key(goal)).collect()
}

fn required(model: Model, need: Option<&Need>) -> Value {
    let Some(need) = need else { return Value::Null };
    let mut required = Map::new();
    required.insert(size_key(model).into(), need.size.into());
    if model != Model::B {
        required.insert("scheduled".into(), need.scheduled.into());
    }
    required.insert("binding".into(), keys(&need.binding).into());
    Value::Object(required)
}

fn asks(model: Model, need: Option<&Need>) -> Value {
    let asks = need.into_iter().flat_map(|need| &need.asks);
    asks.map(|ask| json!({ "goal": goal_key(ask.goal), (size_key(model)): ask.agents })).collect()
}

/// The word for a state.
pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Steady => "steady",
        State::Unstable => "unstable",
        State::NoCalls => "no calls",
    }
}

/// Whether every goal holds; `None` without goals.
pub(super) fn goals_met(answer: &Answer, row: &Row) -> Option<bool> {
    let asked = answer.question.has_goals() || answer.question.goals.min_agents > 0;
    asked.then_some(row.missed.is_empty())
}

fn figures(model: Model, row: &Row) -> impl Iterator<Item = (String, Value)> {
    let values = figure_values(model, &row.figures);
    figure_names(model).iter().zip(values).map(|(&name, value)| (name.to_owned(), number(value)))
}

fn table_row(answer: &Answer, row: &Row) -> Value {
    let model = answer.question.model;
    let mut cells = Map::new();
    cells.insert(size_key(model).into(), row.size.into());
    if model != Model::B {
        cells.insert("scheduled".into(), row.scheduled.into());
    }
    cells.extend(figures(model, row));
    cells.insert("state".into(), state(row.state).into());
    cells.insert("goals_met".into(), goals_met(answer, row).into());
    cells.insert("missed".into(), keys(&row.missed).into());
    cells.insert("required".into(), row.required.into());
    Value::Object(cells)
}
