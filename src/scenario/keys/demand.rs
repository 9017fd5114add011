//! What moves the volume: campaigns, and busyness that queues share.

use super::SHARE;
use crate::scenario::grammar::Form::{Choice, Clock, Date, List, Share, Table, Weekdays, Word};
use crate::scenario::grammar::Preset::{Absent, Required, Value};
use crate::scenario::grammar::{Fields, Key};

pub(super) const COUNTS: Key = Key::new(
    "counts",
    &[Choice(&[
        ("offered", "all calls as an ACD counts them: further attempts of callers who gave up are in it already"),
        ("fresh", "first attempts only; further attempts come on top"),
    ])],
    Value("\"offered\""),
    "What the numbers count.",
    "\"fresh\"",
);

pub(super) const FIRST_ATTEMPTS: Key = Key::new(
    "first_attempts",
    &[Share { min: 0.001, max: 1.0 }],
    Absent("found by simulation of the floor of the file that states the volume"),
    "Share of the stated contacts that are first attempts, as `validate --explain` writes it; not for files written by hand.",
    "0.87",
);

pub(super) const PROMOTIONS: Key = Key::new(
    "promotions",
    &[List(&[Table(Fields { keys: PROMOTION, lone: None })])],
    Absent("none"),
    "Times in which more (or fewer) contacts come than the numbers say; where two overlap, both factors count.",
    "[{ from = \"10:00\", to = \"12:00\", factor = \"150%\" }]",
)
.aka(&["promotion", "campaigns", "events"]);

const PROMOTION: &[Key] = &[
    Key::new(
        "from",
        &[Clock],
        Value("\"00:00\""),
        "Time of day at which it starts; an interval is in it when it starts in it.",
        "\"10:00\"",
    )
    .aka(&["start"]),
    Key::new(
        "to",
        &[Clock, Word("24:00", "midnight")],
        Value("\"24:00\""),
        "Time of day at which it ends; may lie behind midnight.",
        "\"12:00\"",
    )
    .aka(&["end", "until"]),
    Key::new(
        "days",
        &[Weekdays, List(&[Date])],
        Absent("every day"),
        "Weekdays or dates of the openings it falls into.",
        "\"sat\"",
    )
    .aka(&["day", "dates", "weekdays"]),
    Key::new("factor", &[Share { min: 0.0, max: 1_000.0 }], Required, "Factor on the volume.", "\"150%\"")
        .aka(&["scale", "multiplier"]),
];

pub(super) const CORRELATION: &[Key] = &[
    Key::new(
        "queues",
        &[SHARE],
        Value("\"0%\""),
        "Correlation between the busyness of any two queues on a day, for queues with day_cv.",
        "\"60%\"",
    ),
    Key::new(
        "late",
        &[SHARE],
        Absent("one busyness factor rules the whole day"),
        "Correlation of the busyness late in the day with that of the hours before.",
        "\"70%\"",
    ),
    Key::new(
        "late_from",
        &[Clock],
        Absent("one busyness factor rules the whole day"),
        "Time of day from which the late busyness rules.",
        "\"13:00\"",
    ),
];
