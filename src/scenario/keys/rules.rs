//! Rules that a team keeps when it takes contacts, and what partners charge.

use super::{HEADS, LIMIT, MONEY};
use crate::scenario::grammar::Form::{Flag, Named};
use crate::scenario::grammar::Key;
use crate::scenario::grammar::Preset::{Absent, Value};

pub(super) const RESERVE: Key = Key::new(
    "reserve",
    &[Named { what: "queue", forms: &[HEADS] }],
    Absent("nobody is kept free"),
    "So many people are kept free for a queue: the team takes others only while more than these are idle.",
    "{ vip = 2 }",
);

pub(super) const RING_TIME: Key = Key::new(
    "ring_time",
    &[LIMIT],
    Value("\"0s\""),
    "Time from the moment a call is given to an agent until it is answered; the caller still waits.",
    "\"4s\"",
)
.aka(&["ring", "ringing"]);

pub(super) const BLEND: Key =
    Key::new("blend", &[Flag], Value("false"), "Agents with a chat in hand take calls too.", "true").aka(&["blended"]);

pub(super) const COST_PER_TALK_MINUTE: Key = Key::new(
    "cost_per_talk_minute",
    &[MONEY],
    Absent("no fee"),
    "Fee for a minute of talk, as outsourcers charge it.",
    "0.65",
)
.aka(&["cost_per_minute"]);

pub(super) const MIN_COMMITMENT: Key =
    Key::new("min_commitment", &[MONEY], Absent("none"), "Least fee for a day, whatever is handled.", "400.0").aka(&[
        "minimum_commitment",
        "min_fee",
        "minimum_fee",
    ]);
