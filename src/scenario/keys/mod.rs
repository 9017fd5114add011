//! The scenario language: every key, in the order of the reference page.
//!
//! These tables are the only place where a key, its range, its default and its meaning are written down.

mod callers;
mod channels;
mod crew;
mod demand;
mod effects;
mod outcomes;
mod plan;
mod queue;
mod rules;
mod shifts;
mod team;
mod times;
mod verdict;

use super::grammar::Form::{
    ByWeekday, Choice, Date, Duration, Flag, Hours, List, Named, Number, Share, Table, Text, Whole, Word,
};
use super::grammar::Preset::{Absent, Required, Value};
use super::grammar::{Fields, Form, Key};
use super::limits;
pub(super) use callers::CALLERS;
use crew::TRAINING;
use demand::CORRELATION;
use effects::EFFECTS;
use plan::PLAN;
use queue::QUEUE;
use team::TEAM;
use verdict::CHECK;

/// Most queues, and most teams, of a floor.
pub(super) const MAX_NAMES: usize = 1_000;

const DAY: f64 = 86_400.0;
/// One microsecond, the clock tick of the simulation: the shortest time that is one.
const TICK: f64 = 1e-6;

const NUMBER: Form = Number { min: 0.0, max: 1e7 };
/// A number of either sign.
const NUMBER_ANY: Form = Number { min: -1e7, max: 1e7 };
const NUMBERS: Form = List(&[NUMBER]);
const HEADS: Form = Whole { min: 0, max: limits::MOST_PEOPLE as i64 };
const LENGTH: Form = Duration { min: TICK, max: limits::LONGEST_STATED_S };
const LIMIT: Form = Duration { min: 0.0, max: limits::LONGEST_STATED_S };
const SHARE: Form = Share { min: 0.0, max: 1.0 };
const MONEY: Form = Number { min: 0.0, max: 1e9 };
const PLACES: &[Form] = &[Whole { min: 0, max: 10_000_000 }, Word("unlimited", "everybody may wait")];
const LINES: &[Form] = &[Whole { min: 1, max: 10_000_000 }, Word("unlimited", "nobody hears a busy signal")];
const HOURS: &[Form] = &[Hours, ByWeekday(&[Hours])];

/// The whole file.
pub(super) const ROOT: Fields = Fields { keys: TOP, lone: None };

const TOP: &[Key] = &[
    Key::new(
        "extends",
        &[Text],
        Absent("the file stands alone"),
        "Start from another scenario file; what stands here replaces or adds to it.",
        "\"base.toml\"",
    ),
    Key::new(
        "name",
        &[Text],
        Absent("the name of the file"),
        "Title of the floor, for people.",
        "\"Retail support, a Monday\"",
    ),
    Key::new(
        "interval",
        &[Duration { min: 60.0, max: DAY }],
        Required,
        "Reporting and planning interval; it divides an hour or is a whole number of hours.",
        "\"30m\"",
    )
    .aka(&["intervals", "interval_length", "period"]),
    Key::new(
        "open",
        HOURS,
        Required,
        "Opening hours, for every day or by weekday; they may cross midnight; \"24h\" never closes.",
        "\"08:00-20:00\"",
    )
    .whole()
    .aka(&["hours", "opening_hours", "opens"]),
    Key::new(
        "days",
        &[Whole { min: 1, max: limits::MOST_DAYS as i64 }],
        Value("1"),
        "Calendar days in one simulated replication.",
        "7",
    )
    .aka(&["duration", "horizon"]),
    Key::new(
        "first_day",
        &[Date],
        Absent("days are counted from a Monday and have no date"),
        "Date of the first day; names dates and weekdays in the output and makes dated CSV files readable.",
        "2026-03-02",
    )
    .aka(&["start", "date", "start_date"]),
    Key::new(
        "timezone",
        &[Text],
        Value("\"UTC\""),
        "IANA time zone; a day has 23 or 25 hours when its clock changes.",
        "\"Europe/Paris\"",
    )
    .aka(&["tz", "time_zone", "zone"]),
    Key::new("closed", &[List(&[Date])], Value("[]"), "Dates on which the floor does not open.", "[2026-12-25]")
        .aka(&["holidays", "closed_days"]),
    Key::new(
        "after_close",
        &[Choice(&[("serve", "callers still waiting at closing time are served"), ("drop", "they are dropped")])],
        Value("\"serve\""),
        "What happens to callers still waiting at closing time.",
        "\"drop\"",
    ),
    Key::new(
        "lines",
        LINES,
        Value("\"unlimited\""),
        "Telephone lines shared by all voice queues; a caller who finds none hears a busy signal.",
        "60",
    )
    .aka(&["trunks"]),
    Key::new(
        "queue_capacity",
        PLACES,
        Value("\"unlimited\""),
        "Places for waiting contacts of all queues together; who finds none free hears a busy signal.",
        "40",
    )
    .aka(&["capacity", "max_queue"]),
    Key::new("currency", &[Text], Value("\"\""), "Currency sign or code for money in reports.", "\"€\""),
    Key::new(
        "full_time_week",
        &[Duration { min: 3_600.0, max: 7.0 * DAY }],
        Absent("full-time equivalents are not reported"),
        "Paid time of one full-time person in a week, to turn hours into full-time equivalents.",
        "\"38h\"",
    )
    .aka(&["fte", "fte_hours"]),
    Key::new(
        "queue",
        &[Named { what: "queue", forms: &[Table(Fields { keys: QUEUE, lone: None })] }],
        Required,
        "One kind of contact, as an ACD counts it.",
        "",
    )
    .aka(&["queues"]),
    Key::new(
        "team",
        &[Named { what: "team", forms: &[Table(Fields { keys: TEAM, lone: None })] }],
        Required,
        "A group of interchangeable people.",
        "",
    )
    .aka(&["teams", "agents", "agent"]),
    Key::new(
        "shape",
        &[Named { what: "shape", forms: &[Table(Fields { keys: SHAPE, lone: None })] }],
        Absent("no shared shapes"),
        "A named profile of the day that several queues can use.",
        "",
    )
    .aka(&["shapes", "profile"]),
    Key::new(
        "routing",
        &[Table(Fields { keys: ROUTING, lone: None })],
        Absent("the defaults of its keys"),
        "Who gets what.",
        "",
    ),
    Key::new(
        "correlation",
        &[Table(Fields { keys: CORRELATION, lone: None })],
        Absent("the busyness of each queue is its own"),
        "What ties the busyness of queues, and of the parts of a day, together.",
        "",
    ),
    Key::new(
        "training",
        &[Named { what: "training", forms: &[Table(Fields { keys: TRAINING, lone: None })] }],
        Absent("nobody is trained"),
        "A programme that takes people off the phone, costs money and raises scores.",
        "",
    )
    .aka(&["trainings", "programme", "program"]),
    Key::new(
        "run",
        &[Table(Fields { keys: RUN, lone: None })],
        Absent("the defaults of its keys"),
        "How to simulate the floor.",
        "",
    ),
    Key::new(
        "plan",
        &[Table(Fields { keys: PLAN, lone: None })],
        Absent("the defaults of its keys"),
        "What a staffing plan has to show.",
        "",
    ),
    Key::new(
        "check",
        &[Table(Fields { keys: CHECK, lone: None })],
        Absent("the defaults of its keys"),
        "When `callwright check` says that the floor has got worse.",
        "",
    ),
    Key::new(
        "effects",
        &[Table(Fields { keys: EFFECTS, lone: None })],
        Absent("the defaults of its keys"),
        "By how much people change what happens. All sizes are illustrative until your own data replace them; each key \
         ends with its grade: A measured in the field, B direction published, C assumed.",
        "",
    )
    .aka(&["effect"]),
    Key::new(
        "anchor",
        &[Choice(&[
            (
                "stated",
                "handle time, resolution, satisfaction and sales stay as stated on average; who gets what changes",
            ),
            ("none", "stated figures are those of an average agent and a calm caller"),
        ])],
        Value("\"stated\""),
        "Whether the figures of a file are averages over the callers and agents that the same file describes. A file \
         that extends it, --set and training move away from them.",
        "\"none\"",
    ),
    Key::new(
        "fcr_window",
        &[Duration { min: 60.0, max: limits::MOST_DAYS as f64 * DAY }],
        Value("\"7d\""),
        "A first contact without a return within this time counts for `fcr`.",
        "\"7d\"",
    )
    .aka(&["repeat_window"]),
];

const SHAPE: &[Key] = &[Key::new(
    "weights",
    &[NUMBERS, ByWeekday(&[NUMBERS])],
    Required,
    "One weight per open interval; only their proportions count.",
    "[4, 7, 9, 8, 6]",
)];

const ROUTING: &[Key] = &[
    Key::new(
        "agent_choice",
        AGENT_CHOICES,
        Value("\"longest-idle\""),
        "Which idle agent an arriving contact gets, among the teams with the lowest preference number.",
        "\"longest-idle\"",
    ),
    Key::new(
        "call_choice",
        CALL_CHOICE,
        Value("\"priority\""),
        "Which waiting contact a freed agent takes.",
        "\"longest-wait\"",
    ),
];

const RUN: &[Key] = &[
    Key::new(
        "replications",
        &[Whole { min: 1, max: 10_000_000 }],
        Value("200"),
        "Independent repetitions of the simulated days.",
        "1000",
    )
    .aka(&["runs", "reps"]),
    Key::new("seed", &[Whole { min: 0, max: i64::MAX }], Value("1"), "Seed of all randomness.", "7"),
    Key::new(
        "warm_up",
        &[Duration { min: 0.0, max: limits::MOST_DAYS as f64 * DAY }],
        Value("\"0s\""),
        "Simulated but not counted, from the first opening.",
        "\"1h\"",
    )
    .aka(&["warmup"]),
    Key::new(
        "precision",
        &[Text, List(&[Text])],
        Absent("exactly `replications` are simulated"),
        "How narrow 95% intervals are to become: `run` then adds replications, 100 at a time, until every named half-width \
         is reached. \"0.5%\" is in points, \"2s\" a time, \"2% relative\" a share of the figure; without `of` it is that of \
         every queue's service level (of a time: average speed of answer). `replications` is then the least number.",
        "[\"0.5% of queues.orders.service_level\", \"2s of queues.orders.asa_s\"]",
    )
    .aka(&["half_width", "accuracy"]),
    Key::new(
        "max_replications",
        &[Whole { min: 1, max: 10_000_000 }],
        Absent("10000, or `replications` where that is more"),
        "Most replications, where `precision` is stated: the run ends there, precise or not.",
        "5000",
    )
    .aka(&["maximum", "most_replications"]),
    Key::new(
        "control_variates",
        &[Flag],
        Value("false"),
        "Use what is known of the callers (how many are expected, how long their calls are on average) to make the \
         intervals of figures over the run narrower.",
        "true",
    ),
    Key::new(
        "population",
        &[Choice(&[
            ("per-replication", "each replication has people of its own, drawn from what the teams state"),
            ("fixed", "the people of the first replication serve in all"),
        ])],
        Value("\"per-replication\""),
        "Whether the people stay the same from replication to replication.",
        "\"fixed\"",
    ),
    Key::new(
        "loops",
        &[Choice(&[
            ("steady", "repeats of contacts before the first day come in as if all days had been alike"),
            ("none", "nobody comes again from before the first day"),
        ])],
        Value("\"steady\""),
        "What comes in from before the simulated days.",
        "\"none\"",
    ),
];

const AGENT_CHOICES: &[Form] = &[AGENT_CHOICE];
const AGENT_CHOICE: Form = Choice(&[
    ("longest-idle", "the agent idle for longest"),
    ("least-occupied", "the agent with the smallest busy share of the day"),
    ("fastest", "the agent with the smallest expected handle time"),
    ("random", "any idle agent with equal probability"),
    ("best:patience", "the agent with the highest score of patience"),
    ("best:efficiency", "the agent with the highest score of efficiency"),
    ("best:sales", "the agent with the highest score of sales"),
    ("best:empathy", "the agent with the highest score of empathy"),
    ("best:communication", "the agent with the highest score of communication"),
    ("best:knowledge", "the agent with the highest score of knowledge"),
    ("best:memory", "the agent with the highest score of memory"),
    ("best:problem_solving", "the agent with the highest score of problem_solving"),
    ("best:adaptability", "the agent with the highest score of adaptability"),
    ("best:attitude", "the agent with the highest score of attitude"),
    ("best:professionalism", "the agent with the highest score of professionalism"),
    ("best:persuasion", "the agent with the highest score of persuasion"),
    ("best:time_management", "the agent with the highest score of time_management"),
]);

const CALL_CHOICE: &[Form] = &[Choice(&[
    ("priority", "the queue with the lowest priority number, then the longest wait"),
    ("longest-wait", "the longest wait"),
    ("preference", "the agent's lowest preference number, then the longest wait"),
    ("weighted-wait", "the largest weight x wait"),
    ("closest-to-goal", "the largest wait less the goal time; queues without a goal last"),
])];
