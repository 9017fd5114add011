//! Random times, and where the numbers of a CSV file stand.

use super::{LENGTH, LIMIT, SHARE};
use crate::scenario::grammar::Form::{ByWeekday, Choice, List, Named, Number, Table, Text, Whole};
use crate::scenario::grammar::Preset::{Absent, Required, Value};
use crate::scenario::grammar::{Fields, Form, Key};

pub(super) const WHERE: Key = Key::new(
    "where",
    &[Named { what: "column", forms: &[Text, Whole { min: i64::MIN, max: i64::MAX }] }],
    Absent("all rows are used"),
    "Only rows of the CSV file in which these columns hold these values.",
    "{ queue = \"Accounts\" }",
)
.whole();
pub(super) const TIME_COLUMN: Key = Key::new(
    "time",
    &[Text, List(&[Text])],
    Absent("columns `interval` or `start`, with `date` or `weekday`"),
    "Column of the CSV file that holds the time, or two: the date (or weekday) and the time of day.",
    "[\"date\", \"interval\"]",
);
pub(super) const DATES: Key = Key::new(
    "dates",
    &[Text],
    Absent("2026-03-02"),
    "Order of day, month and year in the dates of the CSV file.",
    "\"day/month/year\"",
);
pub(super) const DECIMAL: Key = Key::new(
    "decimal",
    &[Choice(&[(".", "1,804.5"), (",", "1.804,5")])],
    Absent("seen from the file"),
    "Decimal sign of the CSV file, when the file leaves it open.",
    "\",\"",
);

pub(super) const TIME_FIELDS: Fields = Fields { keys: TIME_KEYS, lone: Some("mean") };
pub(super) const TIME: &[Form] = &[LENGTH, Table(TIME_FIELDS)];

const DIST: Key = Key::new(
    "dist",
    &[Choice(&[
        ("exponential", "by mean"),
        ("lognormal", "by mean and cv"),
        ("gamma", "by mean and cv"),
        ("erlang", "by mean and k, the number of phases"),
        ("weibull", "by mean and cv, or mean and shape"),
        ("uniform", "by mean and cv, or min and max"),
        ("triangular", "by min, mode and max"),
        ("constant", "by mean"),
        ("hyperexponential", "by mean and cv of at least 1: two phases with balanced means"),
        ("empirical", "drawn from the values of a CSV column: file and column"),
    ])],
    Absent("exponential, or lognormal when cv is given"),
    "Shape of the distribution.",
    "\"gamma\"",
)
.aka(&["distribution", "type"]);
const MEAN: Key =
    Key::new("mean", &[LENGTH], Absent("the other parameters say it"), "Mean.", "\"4m\"").aka(&["average", "avg"]);
const CV: Key = Key::new(
    "cv",
    &[Number { min: 0.0, max: 20.0 }],
    Absent("as the distribution implies"),
    "Coefficient of variation: standard deviation / mean.",
    "0.8",
)
.aka(&["sd", "stddev"]);
const SHAPE_NUMBER: Key = Key::new(
    "shape",
    &[Number { min: 0.1, max: 1_000.0 }],
    Absent("cv says it"),
    "Shape of a Weibull distribution; 1 is exponential.",
    "1.5",
);
const PHASES: Key = Key::new(
    "k",
    &[Whole { min: 1, max: 1_000 }],
    Absent("only for erlang"),
    "Number of phases of an Erlang distribution.",
    "2",
)
.aka(&["phases", "stages"]);
const MIN: Key = Key::new(
    "min",
    &[LIMIT],
    Absent("mean and cv say it"),
    "Smallest value of a uniform or triangular distribution.",
    "\"30s\"",
);
const MODE: Key = Key::new(
    "mode",
    &[LIMIT],
    Absent("only for triangular"),
    "Most likely value of a triangular distribution.",
    "\"2m\"",
);
const MAX: Key = Key::new(
    "max",
    &[LENGTH],
    Absent("mean and cv say it"),
    "Largest value of a uniform or triangular distribution.",
    "\"10m\"",
);
const FILE: Key = Key::new(
    "file",
    &[Text],
    Absent("only for empirical"),
    "CSV file with observed times, relative to the scenario file.",
    "\"talk.csv\"",
)
.aka(&["csv"]);
const COLUMN: Key = Key::new("column", &[Text], Absent("the only column"), "Column of that file.", "\"talk_s\"");
const UNIT: Key = Key::new(
    "unit",
    &[Choice(&[("ms", "milliseconds"), ("s", "seconds"), ("m", "minutes"), ("h", "hours")])],
    Value("\"s\""),
    "Unit of the numbers in the CSV file.",
    "\"s\"",
);

const TIME_KEYS: &[Key] = &[DIST, MEAN, CV, SHAPE_NUMBER, PHASES, MIN, MODE, MAX, FILE, COLUMN, UNIT];

pub(super) const HOLD_KEYS: &[Key] = &[
    DIST,
    MEAN,
    CV,
    SHAPE_NUMBER,
    PHASES,
    MIN,
    MODE,
    MAX,
    FILE,
    COLUMN,
    UNIT,
    Key::new("probability", &[SHARE], Value("\"100%\""), "Share of contacts that are put on hold.", "0.3")
        .aka(&["chance", "share"]),
];

pub(super) const LATENESS_KEYS: &[Key] = &[
    DIST,
    MEAN,
    CV,
    SHAPE_NUMBER,
    PHASES,
    MIN,
    MODE,
    MAX,
    FILE,
    COLUMN,
    UNIT,
    Key::new("probability", &[SHARE], Required, "Share of a person's days that begin late.", "\"10%\"")
        .aka(&["chance", "share"]),
];

pub(super) const AHT_KEYS: &[Key] = &[
    DIST,
    MEAN,
    CV,
    SHAPE_NUMBER,
    PHASES,
    MIN,
    MODE,
    MAX,
    FILE,
    Key::new(
        "per_interval",
        &[List(&[LENGTH, List(&[LENGTH])]), ByWeekday(&[List(&[LENGTH])])],
        Absent("the same all day"),
        "Mean of each open interval by arrival, or such a list per weekday group, or one such list per simulated day.",
        "[\"4m40s\", \"4m50s\"]",
    )
    .replaces(&["mean", "csv", "min", "mode", "max", "file"]),
    Key::new(
        "csv",
        &[Text],
        Absent("the same all day"),
        "CSV file with the mean of each interval, relative to the scenario file.",
        "\"forecast.csv\"",
    )
    .replaces(&["mean", "per_interval", "min", "mode", "max", "file"]),
    Key::new("column", &[Text], Absent("the only column"), "Column of that file.", "\"orders_aht_s\""),
    UNIT,
    WHERE,
    TIME_COLUMN,
    DATES,
    DECIMAL,
];
