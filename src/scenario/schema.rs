//! The JSON Schema of the language, for editors and other programs.

use super::grammar::{Fields, Form, Key, Preset};
use super::keys;
use serde_json::{Map, Value, json};

/// JSON Schema (draft 2020-12) of a scenario file. It knows forms and ranges; what belongs together, such as list
/// lengths and opening hours, only [`super::load`] can tell.
pub fn schema() -> Value {
    let mut schema = table(keys::ROOT);
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".into(), json!("callwright scenario"));
    schema.insert(
        "description".into(),
        json!("A customer-service floor: what arrives, who answers, by which rules, and what good service means."),
    );
    Value::Object(schema)
}

fn table(fields: Fields) -> Map<String, Value> {
    let properties: Map<String, Value> = fields.keys.iter().map(|k| (k.name.to_owned(), key(k))).collect();
    let required: Vec<&str> = fields.keys.iter().filter(|k| k.preset == Preset::Required).map(|k| k.name).collect();
    let mut schema = object(json!({ "type": "object", "properties": properties, "additionalProperties": false }));
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    let exclusive = exclusive_pairs(fields);
    if !exclusive.is_empty() {
        schema.insert("allOf".into(), json!(exclusive));
    }
    schema
}

/// Keys that say the same thing in two ways exclude each other.
fn exclusive_pairs(fields: Fields) -> Vec<Value> {
    let pairs = fields.keys.iter().flat_map(|k| k.replaces.iter().map(|other| (k.name, *other)));
    // Each pair once; only keys that both replace each other are alternatives, the others are companions.
    let mutual = |(a, b): &(&str, &str)| a < b && fields.get(b).is_some_and(|k| k.replaces.contains(a));
    pairs.filter(mutual).map(|(a, b)| json!({ "not": { "required": [a, b] } })).collect()
}

fn key(key: &'static Key) -> Value {
    let mut schema = object(any_of(key.forms));
    schema.insert("description".into(), json!(key.doc));
    if let Some(default) = key.default().and_then(to_json) {
        schema.insert("default".into(), default);
    }
    if let Some(example) = to_json(key.example) {
        schema.insert("examples".into(), json!([example]));
    }
    Value::Object(schema)
}

fn any_of(forms: &'static [Form]) -> Value {
    let mut schemas: Vec<Value> = forms.iter().map(form).collect();
    if schemas.len() == 1 { schemas.remove(0) } else { json!({ "anyOf": schemas }) }
}

fn form(form: &'static Form) -> Value {
    const TIME: &str = r"^\s*([0-9.]+\s*(months?|w|d|h|ms|m|s)\s*)+$";
    const CLOCK: &str = "[0-9]{1,2}:[0-9]{2}";
    const DAY: &str = "(mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?|sun(day)?)";
    match form {
        Form::Word(word, meaning) => json!({ "const": word, "description": meaning }),
        Form::Choice(words) => {
            let meaning = words.iter().map(|(w, m)| format!("{w}: {m}")).collect::<Vec<_>>().join("; ");
            json!({ "enum": words.iter().map(|(w, _)| *w).collect::<Vec<_>>(), "description": meaning })
        }
        Form::Text => json!({ "type": "string", "maxLength": 1000 }),
        Form::Whole { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Form::Number { min, max } => json!({ "type": "number", "minimum": min, "maximum": max }),
        Form::Share { min, max } => {
            json!({ "anyOf": [{ "type": "number", "minimum": min, "maximum": max }, { "type": "string", "pattern": r"^\s*[0-9.]+\s*%?\s*$" }] })
        }
        Form::Duration { .. } => json!({ "type": "string", "pattern": TIME }),
        Form::Date => json!({ "type": "string", "format": "date" }),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Clock => json!({ "type": "string", "pattern": format!(r"^\s*{CLOCK}\s*$") }),
        Form::Weekdays => json!({ "type": "string", "pattern": format!("^{DAY}([-,]{DAY})*$") }),
        Form::Hours => json!({ "type": "string", "pattern": format!(r"^\s*(24h|{CLOCK}\s*[-–]\s*{CLOCK})\s*$") }),
        Form::ServiceLevel => json!({ "type": "string", "pattern": r"^[0-9.]+(\s*%?( in .+)?|/[0-9.]+)$" }),
        Form::OnPeriods => json!({ "type": "string", "pattern": r"^[0-9.]+\s*%? of (intervals|days|weeks)$" }),
        Form::List(inner) => json!({ "type": "array", "items": any_of(inner) }),
        Form::ByWeekday(inner) => {
            let groups = format!("^{DAY}([-,]{DAY})*$");
            json!({ "type": "object", "patternProperties": { groups: any_of(inner) }, "additionalProperties": false, "minProperties": 1 })
        }
        Form::Table(fields) => Value::Object(table(*fields)),
        Form::Named { forms, .. } => {
            json!({ "type": "object", "additionalProperties": any_of(forms), "minProperties": 1, "maxProperties": keys::MAX_NAMES })
        }
    }
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}

/// A TOML value as JSON; dates become texts.
fn to_json(toml: &str) -> Option<Value> {
    let table: toml::Table = toml::from_str(&format!("x = {toml}")).ok()?;
    Some(plain(table.get("x")?))
}

fn plain(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(list) => list.iter().map(plain).collect(),
        toml::Value::Table(table) => table.iter().map(|(k, v)| (k.clone(), plain(v))).collect(),
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(n) => json!(n),
        toml::Value::Float(x) => json!(x),
        toml::Value::Boolean(flag) => json!(flag),
    }
}
