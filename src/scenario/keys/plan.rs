//! `[plan]`: what a staffing plan has to show, and how much is simulated to show it.

use crate::scenario::grammar::Form::{Choice, Share, Whole};
use crate::scenario::grammar::Key;
use crate::scenario::grammar::Preset::{Absent, Value};

pub(super) const PLAN: &[Key] = &[
    Key::new(
        "evidence",
        // One-sided: a half would be no evidence at all, the whole is never to be had.
        &[Share { min: 0.501, max: 0.9999 }],
        Value("\"95%\""),
        "One-sided confidence with which a plan must show that it reaches a goal.",
        "\"99%\"",
    )
    .aka(&["confidence", "certainty"]),
    Key::new(
        "scope",
        &[Choice(&[
            ("interval", "every interval with volume reaches each target"),
            ("day", "every day as a whole does"),
            ("goal", "each goal as it is written, with its `over` and `on`"),
        ])],
        Value("\"interval\""),
        "What must reach the targets.",
        "\"day\"",
    ),
    Key::new(
        "days",
        &[Share { min: 0.01, max: 1.0 }],
        Absent("the share of days that meet every goal is only reported"),
        "Share of the simulated days on which every goal must hold as well.",
        "\"90%\"",
    ),
    Key::new(
        "replications",
        &[Whole { min: 2, max: 10_000_000 }],
        Value("500"),
        "Simulated days (or periods of several days) by which a staffing is judged.",
        "2000",
    )
    .aka(&["runs", "reps"]),
];
