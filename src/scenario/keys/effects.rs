//! `[effects]`: the sizes by which people change what happens, one key for each of the table of [`Effects`].

use super::{LENGTH, LIMIT, SHARE};
use crate::people::{Effect, Effects, Kind};
use crate::scenario::grammar::Form::{self, Flag, Number, Share};
use crate::scenario::grammar::Key;
use crate::scenario::grammar::Preset::Value;

pub(super) const EFFECTS: &[Key] = &KEYS;

const COUNT: usize = Effects::TABLE.len();
const FIRST: [Key; 4] = [
    Key::new(
        "strength",
        &[Share { min: 0.0, max: 10.0 }],
        Value("\"100%\""),
        "All effects so many times as strong: \"0%\" switches them off, \"200%\" doubles them.",
        "\"50%\"",
    )
    .aka(&["scale", "factor"]),
    Key::new("fatigue", &[Flag], Value("false"), "Handle times grow with the hours on the floor.", "true"),
    Key::new("strain", &[Flag], Value("false"), "Irate callers leave a trace in agents; breaks relieve it.", "true")
        .aka(&["stress"]),
    Key::new("pressure", &[Flag], Value("false"), "Agents hurry while callers wait, at a price in quality.", "true")
        .aka(&["hurry"]),
];
const KEYS: [Key; FIRST.len() + COUNT] = {
    let mut keys = [FIRST[0]; FIRST.len() + COUNT];
    let mut index = 0;
    while index < keys.len() {
        keys[index] = if index < FIRST.len() { FIRST[index] } else { key(&Effects::TABLE[index - FIRST.len()]) };
        index += 1;
    }
    keys
};

const TERM: &[Form] = &[Number { min: -10.0, max: 10.0 }];
const STEP: &[Form] = &[Number { min: 0.0, max: 10.0 }];
const FACTOR: &[Form] = &[Number { min: 0.1, max: 10.0 }];

const fn key(effect: &'static Effect) -> Key {
    let (forms, text): (&'static [Form], _) = match effect.kind {
        Kind::Term => (TERM, effect.text),
        Kind::Factor => (FACTOR, effect.text),
        Kind::Step => (STEP, effect.text),
        // The only levels that are shares lie between 0 and 1; a logit may be anything.
        Kind::Level if effect.default > 0.0 => (&[SHARE], effect.text),
        Kind::Level => (TERM, effect.text),
        Kind::Time => (&[LIMIT], duration(effect.default)),
        Kind::Length => (&[LENGTH], duration(effect.default)),
    };
    Key::new(effect.name, forms, Value(text), effect.doc, text)
}

/// The defaults that are times, as they are written; a new one does not compile before it has its text here.
const fn duration(seconds: f64) -> &'static str {
    match seconds as u32 {
        10 => "\"10s\"",
        7_200 => "\"2h\"",
        14_400 => "\"4h\"",
        _ => panic!("how is this time written?"),
    }
}
