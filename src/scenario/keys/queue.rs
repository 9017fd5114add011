//! `[queue.*]`: contacts, how they arrive, how long they take, what is expected.

use super::callers::{ANNOUNCE, CALL_BACK, CALLERS_KEY, DIAL, IVR, TRANSFER};
use super::channels::{
    BACKLOG, CHANNEL, CONCURRENCY, LIVE, PREEMPT, SILENT, SILENT_TIMEOUT, SLOWDOWN, VOICE, WHILE_CLOSED,
};
use super::demand::{COUNTS, FIRST_ATTEMPTS, PROMOTIONS};
use super::outcomes::{ABUSE, ANCHORED, FOLLOW_UP, MATCHING, RESOLUTION, RETENTION, SATISFACTION, VERIFY};
use super::times::{AHT_KEYS, DATES, DECIMAL, HOLD_KEYS, TIME, TIME_COLUMN, TIME_FIELDS, WHERE};
use super::{AGENT_CHOICE, LENGTH, LIMIT, LINES, NUMBER, NUMBERS, PLACES, SHARE};
use crate::scenario::grammar::Form::{
    ByWeekday, Choice, List, Number, OnPeriods, ServiceLevel, Share, Table, Text, Whole, Word,
};
use crate::scenario::grammar::Preset::{Absent, Value};
use crate::scenario::grammar::{Fields, Key};

pub(super) const QUEUE: &[Key] = &[
    CHANNEL,
    CONCURRENCY,
    SLOWDOWN,
    SILENT,
    SILENT_TIMEOUT,
    PREEMPT,
    BACKLOG,
    Key::new(
        "volume",
        &[Table(Fields { keys: VOLUME, lone: None })],
        Absent("none of its own with `dial`; all others need it"),
        "Expected contacts, as the ACD counts offered calls.",
        "{ per_hour = 120 }",
    )
    .whole()
    .aka(&["volumes", "calls", "contacts", "forecast"]),
    Key::new(
        "arrivals",
        &[Choice(&[
            ("poisson", "at random, at the rate of each interval"),
            ("fixed", "exactly the stated counts, at random instants of the interval"),
            ("trace", "at the instants of a CSV file with one row per contact"),
        ])],
        Value("\"poisson\""),
        "How contacts arrive.",
        "\"fixed\"",
    ),
    Key::new(
        "day_cv",
        &[Number { min: 0.0, max: 3.0 }, Share { min: 0.0, max: 3.0 }],
        Value("0"),
        "Day-to-day uncertainty of the whole volume: coefficient of variation of the day's busyness factor.",
        "0.08",
    ),
    Key::new(
        "talk",
        TIME,
        Absent("`aht` says it"),
        "Talk time; either talk, hold and wrap, or aht.",
        "{ mean = \"4m\", cv = 0.8 }",
    )
    .whole()
    .replaces(&["aht"])
    .aka(&["talk_time"]),
    Key::new(
        "hold",
        &[Word("none", "callers are not put on hold"), LENGTH, Table(Fields { keys: HOLD_KEYS, lone: Some("mean") })],
        Value("\"none\""),
        "Hold time: at most one hold per contact, with its probability.",
        "{ mean = \"25s\", probability = 0.3 }",
    )
    .whole()
    .replaces(&["aht"]),
    Key::new(
        "wrap",
        &[Word("none", "no work after the call"), LENGTH, Table(TIME_FIELDS)],
        Value("\"none\""),
        "Work after the caller has left.",
        "\"40s\"",
    )
    .whole()
    .replaces(&["aht"])
    .aka(&["acw", "after_call_work", "wrap_up", "wrapup"]),
    Key::new(
        "aht",
        &[LENGTH, Table(Fields { keys: AHT_KEYS, lone: Some("mean") })],
        Absent("`talk`, `hold` and `wrap` say it"),
        "Whole handle time instead of talk, hold and wrap; lognormal with cv 0.8 unless stated otherwise.",
        "\"4m48s\"",
    )
    .whole()
    .replaces(&["talk", "hold", "wrap"])
    .aka(&["handle_time", "average_handle_time", "handling_time", "service_time"]),
    Key::new(
        "patience",
        &[Word("unlimited", "nobody hangs up"), LENGTH, Table(TIME_FIELDS)],
        Absent("unlimited with `dial`; all others need it"),
        "Time a caller is willing to wait.",
        "{ mean = \"3m\" }",
    )
    .whole()
    .aka(&["abandonment", "time_to_abandon"])
    .channels(LIVE),
    Key::new("balk", &[SHARE], Value("\"0%\""), "Share of callers who leave at once when nobody is free.", "\"20%\"")
        .channels(LIVE),
    IVR,
    ANNOUNCE,
    CALL_BACK,
    TRANSFER,
    DIAL,
    Key::new("priority", &[Whole { min: -1_000, max: 1_000 }], Value("1"), "Lower is served first.", "2")
        .aka(&["prio"]),
    Key::new(
        "weight",
        &[Number { min: 0.0, max: 1e6 }],
        Value("1"),
        "Weight of a second of waiting under call_choice \"weighted-wait\".",
        "2.5",
    ),
    Key::new("lines", LINES, Value("\"unlimited\""), "Telephone lines of this queue alone.", "30")
        .aka(&["trunks"])
        .channels(VOICE),
    Key::new(
        "queue_capacity",
        PLACES,
        Value("\"unlimited\""),
        "Places for waiting contacts of this queue; who finds none free hears a busy signal.",
        "20",
    )
    .aka(&["capacity", "max_queue", "queue_size"])
    .channels(LIVE),
    Key::new(
        "short_abandon",
        &[LIMIT],
        Value("\"5s\""),
        "Callers who hang up within this time are \"short\"; only formulas that say so use it.",
        "\"5s\"",
    )
    .channels(LIVE),
    Key::new(
        "target_time",
        &[LIMIT],
        Absent("the time of the goal, else 20s"),
        "Time T of the service level when the goal states none.",
        "\"20s\"",
    )
    .aka(&["threshold"]),
    Key::new(
        "service_level_formula",
        &[Choice(SL_FORMULAS)],
        Value("\"offered\""),
        "How the service level is counted; T is its time.",
        "\"offered\"",
    ),
    Key::new(
        "abandon_formula",
        &[Choice(&[("all", "abandoned / offered"), ("net_of_short", "short abandons left out above and below")])],
        Value("\"all\""),
        "How abandonment is counted, in the goal too.",
        "\"net_of_short\"",
    ),
    Key::new(
        "goal",
        &[Table(Fields { keys: GOAL, lone: None })],
        Absent("no goal is judged"),
        "What good service means; every stated part must hold.",
        "{ service_level = \"80% in 20s\", abandon = \"5%\" }",
    )
    .aka(&["goals", "target", "sla"]),
    Key::new(
        "agent_choice",
        &[AGENT_CHOICE, Table(Fields { keys: MATCHING, lone: Some("others") })],
        Absent("that of [routing]"),
        "Which idle agent a contact of this queue gets; by mood or reason of the caller in a table, in the order written.",
        "{ irate = \"best:patience\", sale = \"best:sales\", others = \"longest-idle\" }",
    ),
    RESOLUTION,
    SATISFACTION,
    RETENTION,
    VERIFY,
    FOLLOW_UP,
    ABUSE,
    ANCHORED,
    CALLERS_KEY,
];

const SL_FORMULAS: &[(&str, &str)] = &[
    ("offered", "answered within T / offered"),
    ("ignore_abandons_in_goal", "answered within T / (offered less those abandoned within T)"),
    ("count_abandons_in_goal", "(answered + abandoned within T) / offered"),
    ("answered_only", "answered within T / answered"),
    ("count_short_abandons", "(answered within T + short abandons) / offered"),
    ("net_of_short", "answered within T / (offered less short abandons)"),
];

const VOLUME: &[Key] = &[
    Key::new("per_interval", &[List(&[NUMBER, NUMBERS]), ByWeekday(&[NUMBERS])], Absent("another form says it"), "Contacts in each open interval of the day, or such a list per weekday group, or one such list per simulated day.", "[40, 55, 70]").replaces(&["per_hour", "per_day", "shape", "csv", "column", "where", "time", "dates", "decimal"]),
    Key::new("per_hour", &[NUMBER], Absent("another form says it"), "The same number of contacts in every hour.", "120").replaces(&["per_interval", "per_day", "shape", "csv", "column", "where", "time", "dates", "decimal"]),
    Key::new("per_day", &[NUMBER, ByWeekday(&[NUMBER])], Absent("another form says it"), "Contacts in a day, or by weekday; spread by `shape`.", "{ mon = 2100, tue-fri = 1800 }").replaces(&["per_interval", "per_hour", "csv", "column", "where", "time", "dates", "decimal"]),
    Key::new("shape", &[Text, NUMBERS, ByWeekday(&[NUMBERS])], Absent("the day is flat"), "With per_day: one weight per interval, only their proportions count; or the name of a [shape.NAME].", "\"weekday\""),
    Key::new("csv", &[Text], Absent("another form says it"), "File with the numbers, relative to the scenario file.", "\"volumes.csv\"").replaces(&["per_interval", "per_hour", "per_day", "shape"]),
    Key::new("column", &[Text], Absent("the column named like the queue"), "Column of the CSV file that holds the contacts.", "\"orders\""),
    WHERE,
    TIME_COLUMN,
    DATES,
    DECIMAL,
    Key::new("scale", &[Share { min: 0.0, max: 1_000.0 }], Value("\"100%\""), "Factor on all the numbers, whichever way they are given.", "\"110%\"").aka(&["factor", "multiplier"]),
    COUNTS,
    FIRST_ATTEMPTS,
    WHILE_CLOSED,
    PROMOTIONS,
];

const GOAL: &[Key] = &[
    Key::new(
        "service_level",
        &[ServiceLevel, SHARE],
        Absent("not judged"),
        "Share of contacts answered in time.",
        "\"80% in 20s\"",
    )
    .aka(&["sl", "sla", "service"]),
    Key::new("abandon", &[SHARE], Absent("not judged"), "Largest share of callers who hang up.", "\"5%\"").aka(&[
        "abandon_rate",
        "abandonment",
        "max_abandon",
    ]),
    Key::new("asa", &[LIMIT], Absent("not judged"), "Largest mean wait of answered contacts.", "\"45s\"")
        .aka(&["average_speed_of_answer", "wait"]),
    Key::new("p_wait", &[SHARE], Absent("not judged"), "Largest share of contacts that have to wait.", "\"30%\""),
    Key::new(
        "over",
        &[Choice(&[("interval", "each interval"), ("day", "each opening"), ("week", "seven openings in a row")])],
        Value("\"day\""),
        "Period the goal is judged over.",
        "\"day\"",
    )
    .aka(&["per", "period"]),
    Key::new(
        "on",
        &[Word("average", "over all periods together"), OnPeriods],
        Value("\"average\""),
        "On the average, or on a share of the periods.",
        "\"90% of days\"",
    ),
];
