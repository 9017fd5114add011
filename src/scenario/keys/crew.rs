//! Who the people of a team are, and `[training.*]`, which makes them better.

use super::{DAY, MONEY};
use crate::scenario::grammar::Form::{Choice, Duration, List, Number, Table, Text};
use crate::scenario::grammar::Preset::{Absent, Required, Value};
use crate::scenario::grammar::{Fields, Form, Key};

const SCORE: Form = Number { min: 0.0, max: 100.0 };
/// Fifty years.
const LONG: Form = Duration { min: 0.0, max: 18_262.0 * DAY };

pub(super) const TRAITS_KEY: Key = Key::new(
    "traits",
    &[Table(Fields { keys: TRAITS, lone: None })],
    Absent("everybody is average"),
    "What the people are like: scores from 0 to 100; 50 is average, 20 points are one standard deviation.",
    "{ patience = 55, efficiency = { mean = 50, sd = 15 } }",
)
.aka(&["trait", "skills_profile", "profile", "scores"]);

const TRAITS: &[Key] = &[
    score("patience", "Bears upset and irate callers."),
    score("efficiency", "Works fast."),
    score("sales", "Turns offers into sales."),
    score("empathy", "Feels with the caller."),
    score("communication", "Listens and explains."),
    score("knowledge", "Knows the answers."),
    score("memory", "Remembers cases and where things are."),
    score("problem_solving", "Finds answers nobody has written down."),
    score("adaptability", "Switches between kinds of work."),
    score("attitude", "Likes the work."),
    score("professionalism", "Delivers the same quality every day."),
    score("persuasion", "Wins people over."),
    score("time_management", "Keeps records short and times kept."),
];

const fn score(name: &'static str, doc: &'static str) -> Key {
    let forms = &[SCORE, Table(Fields { keys: SPREAD, lone: Some("mean") })];
    Key::new(name, forms, Value("50"), doc, "{ mean = 55, sd = 15 }")
}

const SPREAD: &[Key] = &[
    Key::new("mean", &[SCORE], Value("50"), "Mean score.", "55").aka(&["average", "avg"]),
    Key::new("sd", &[Number { min: 0.0, max: 50.0 }], Value("0"), "Standard deviation between people.", "15")
        .aka(&["stddev", "spread"]),
];

pub(super) const TENURE_KEY: Key = Key::new(
    "tenure",
    &[LONG, Table(Fields { keys: TENURE, lone: Some("mean") })],
    Absent("everybody has learnt the job"),
    "Time on the job: `min` and an exponential time on top; a bare time is the mean. In the first year people learn.",
    "{ mean = \"14 months\", min = \"1 month\" }",
)
.aka(&["experience", "weeks", "seniority"]);

const TENURE: &[Key] = &[
    Key::new("mean", &[LONG], Required, "Mean over the people of the team.", "\"14 months\"").aka(&["average", "avg"]),
    Key::new("min", &[LONG], Value("\"0s\""), "Shortest time; the same as `mean` = everybody has it.", "\"1 month\""),
];

pub(super) const QUOTA_KEY: Key = Key::new(
    "quota",
    &[Number { min: 0.1, max: 3_600.0 }],
    Absent("no quota"),
    "Contacts an hour that every agent is to reach; slow agents hurry, at a price in quality.",
    "12",
)
.aka(&["calls_per_hour", "target_per_hour"]);

pub(super) const TRAINING: &[Key] = &[
    Key::new("teams", &[List(&[Text])], Absent("all teams"), "Teams that take part.", "[\"tier1\"]").aka(&["team"]),
    Key::new(
        "hours",
        &[Duration { min: 60.0, max: 366.0 * DAY }],
        Required,
        "Paid time off the phone per person and training; added to the planned shrinkage.",
        "\"8h\"",
    )
    .aka(&["length", "duration", "time"]),
    Key::new(
        "every",
        &[Duration { min: DAY, max: 3_653.0 * DAY }],
        Required,
        "How long it lasts until it is repeated.",
        "\"26w\"",
    )
    .aka(&["lasts", "interval", "period"]),
    Key::new("cost", &[MONEY], Value("0"), "Cost per person and training, besides paid time.", "300.0").aka(&[
        "price",
        "fee",
        "cost_per_person",
    ]),
    Key::new(
        "way",
        &[Choice(&[
            ("class", "in a class"),
            ("role-play", "by playing parts"),
            ("observing", "beside a colleague"),
            ("coaching", "with a coach"),
        ])],
        Value("\"class\""),
        "How it is done, for people.",
        "\"role-play\"",
    )
    .aka(&["method", "kind", "type"]),
    Key::new(
        "traits",
        &[Table(Fields { keys: GAINS, lone: None })],
        Required,
        "Points it adds to the scores of those who take part.",
        "{ empathy = 10 }",
    )
    .aka(&["gains", "adds"]),
];

const GAINS: &[Key] = &[
    gain("patience"),
    gain("efficiency"),
    gain("sales"),
    gain("empathy"),
    gain("communication"),
    gain("knowledge"),
    gain("memory"),
    gain("problem_solving"),
    gain("adaptability"),
    gain("attitude"),
    gain("professionalism"),
    gain("persuasion"),
    gain("time_management"),
];

const fn gain(name: &'static str) -> Key {
    Key::new(name, &[Number { min: -100.0, max: 100.0 }], Value("0"), "Points added.", "10")
}
