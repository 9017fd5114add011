//! `[check]`: when a scenario has got worse.

use super::SHARE;
use crate::scenario::grammar::Form::{Duration, Share};
use crate::scenario::grammar::Key;
use crate::scenario::grammar::Preset::{Absent, Value};
use crate::scenario::limits;

pub(super) const CHECK: &[Key] = &[
    Key::new(
        "alpha",
        // Beyond a half, a verdict would be more often wrong than right.
        &[Share { min: 1e-6, max: 0.5 }],
        Value("\"1%\""),
        "Risk of a false alarm of the whole verdict of `callwright check`, whatever the number of goals or figures.",
        "\"5%\"",
    )
    .aka(&["risk", "significance"]),
    Key::new(
        "shares",
        &[SHARE],
        Value("\"1%\""),
        "How much worse service levels and abandonment may get, in percentage points: from 80% to 79%.",
        "\"2%\"",
    ),
    Key::new(
        "times",
        &[SHARE, Duration { min: 0.0, max: limits::LONGEST_STATED_S }],
        Value("\"5%\""),
        "How much longer the average speed of answer may get: a share of what it was, or a time.",
        "\"3s\"",
    )
    .aka(&["asa", "asa_s"]),
    Key::new(
        "cost",
        &[SHARE],
        Value("\"1%\""),
        "How much the total cost may rise, as a share of what it was.",
        "\"0%\"",
    ),
    Key::new(
        "service_level",
        &[SHARE],
        Absent("`shares` holds for it"),
        "How much lower service levels may get, in percentage points.",
        "\"0.5%\"",
    ),
    Key::new(
        "abandon",
        &[SHARE],
        Absent("`shares` holds for it"),
        "How much higher abandonment rates may get, in percentage points.",
        "\"0.5%\"",
    )
    .aka(&["abandon_rate"]),
];
