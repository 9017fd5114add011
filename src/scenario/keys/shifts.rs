//! Named people: shifts with breaks and other work, rosters, absence and lateness.

use super::times::{DATES, LATENESS_KEYS, WHERE};
use super::{DAY, HEADS};
use crate::scenario::grammar::Form::{Clock, Date, Duration, Flag, List, Table, Text, Weekdays};
use crate::scenario::grammar::Preset::{Absent, Required, Value};
use crate::scenario::grammar::{Fields, Form, Key};

/// Length of a shift, or of what interrupts it.
const SPAN: Form = Duration { min: 60.0, max: DAY };

pub(super) const SHIFTS_KEY: Key = Key::new(
    "shifts",
    &[List(&[Table(Fields { keys: SHIFT, lone: None })])],
    Absent("`agents` says it"),
    "People scheduled, shift by shift; breaks, other work and shrinkage are taken off.",
    "[{ start = \"08:00\", length = \"8h\", agents = 25 }]",
)
.replaces(&["agents", "scheduled", "roster"])
.aka(&["shift"]);

pub(super) const ROSTER_KEY: Key = Key::new(
    "roster",
    &[Text, Table(Fields { keys: ROSTER, lone: Some("csv") })],
    Absent("`agents` says it"),
    "People scheduled, as a CSV file with one row per person and stretch of time: agent, start, end, activity, and team, date or weekday.",
    "{ csv = \"roster.csv\", on_phone = [\"Open time\"], unpaid = [\"Lunch\"] }",
)
.replaces(&["agents", "scheduled", "shifts", "breaks", "activities"])
.whole()
.aka(&["rota", "schedule", "schedules"]);

pub(super) const BREAKS_KEY: Key = Key::new(
    "breaks",
    &[List(&[Table(Fields { keys: BREAK, lone: None })])],
    Absent("no breaks but those of the shifts"),
    "Breaks of every shift that covers them; those between two times are spread over all these shifts together.",
    "[{ name = \"lunch\", length = \"30m\", between = [\"11:30\", \"14:00\"], paid = false }]",
)
.aka(&["lunch"]);

pub(super) const ACTIVITIES_KEY: Key = Key::new(
    "activities",
    &[List(&[Table(Fields { keys: ACTIVITY, lone: None })])],
    Absent("no work off the phone but that of the shifts"),
    "Planned work off the phone, such as meetings and training, in every shift that covers it.",
    "[{ name = \"meeting\", start = \"09:00\", length = \"30m\", days = \"mon\" }]",
)
.aka(&["meetings", "training", "off_phone"]);

pub(super) const LATENESS_KEY: Key = Key::new(
    "lateness",
    &[Table(Fields { keys: LATENESS_KEYS, lone: None })],
    Absent("everybody is on time"),
    "How often people of shifts and rosters come late, and by how much; the end of their work stays.",
    "{ probability = \"10%\", mean = \"8m\" }",
)
.aka(&["late"]);

pub(super) const PAID_ABSENCE_KEY: Key = Key::new(
    "paid_absence",
    &[Flag],
    Absent("absent people are paid"),
    "Whether people of shifts and rosters are paid on a day on which they are absent.",
    "false",
);

pub(super) const BESIDES_SCHEDULE: Key = Key::new(
    "besides_schedule",
    &[super::team::SHRINKAGE_SHARE],
    Absent("nothing is missing in the schedule"),
    "Share of the scheduled time on the phone that is lost to what shifts or roster do not show.",
    "\"12%\"",
)
.aka(&["beside", "besides"]);

const NAME: Key = Key::new("name", &[Text], Absent("the start of the shift"), "Name of the shift.", "\"early\"");
const LENGTH: Key = Key::new("length", &[SPAN], Required, "Length from beginning to end, in whole minutes.", "\"30m\"")
    .aka(&["duration", "hours", "end", "until", "to"]);
const DAYS: Key = Key::new(
    "days",
    &[Weekdays, List(&[Date]), Table(Fields { keys: FROM_UNTIL, lone: None })],
    Value("\"mon-sun\""),
    "Days on which it begins: weekdays, a list of dates, or the dates from one to another.",
    "\"mon-fri\"",
)
.whole()
.aka(&["weekdays", "day", "dates"]);
const PAID: Key = Key::new("paid", &[Flag], Value("true"), "Whether this time is paid.", "false");
const AT: Key =
    Key::new("start", &[Clock], Absent("`between` or `after` says it"), "Everybody at this time of day.", "\"09:00\"")
        .replaces(&["between", "after"])
        .aka(&["at", "time"]);
const BETWEEN: Key = Key::new(
    "between",
    &[List(&[Clock])],
    Absent("`start` or `after` says it"),
    "Earliest beginning and latest end; people take turns so that as few as possible are away at once.",
    "[\"11:30\", \"14:00\"]",
)
.replaces(&["start", "after"])
.aka(&["window"]);
const AFTER: Key = Key::new(
    "after",
    &[Duration { min: 0.0, max: DAY }],
    Absent("`start` or `between` says it"),
    "So long after the start of the shift, everybody of the shift at once.",
    "\"4h\"",
)
.replaces(&["start", "between"]);

const SHIFT: &[Key] = &[
    NAME,
    Key::new("start", &[Clock], Required, "Local time at which the shift begins, to the minute.", "\"08:00\"")
        .aka(&["from", "begin", "begins"]),
    Key { doc: "Time that passes from its beginning to its end, in whole minutes.", example: "\"8h\"", ..LENGTH },
    Key::new("agents", &[HEADS], Required, "People in this shift.", "25").aka(&[
        "people",
        "staff",
        "heads",
        "headcount",
        "count",
    ]),
    DAYS,
    Key {
        preset: Absent("those of the team"),
        doc: "Breaks of this shift, besides those of the team; spread over the people of this shift.",
        ..BREAKS_KEY
    },
    Key {
        preset: Absent("those of the team"),
        doc: "Planned work off the phone of this shift, besides that of the team.",
        ..ACTIVITIES_KEY
    },
];

const FROM_UNTIL: &[Key] = &[
    Key::new("from", &[Date], Absent("the first day"), "First date.", "2026-03-02"),
    Key::new("until", &[Date], Absent("the last day"), "Last date.", "2026-03-13").aka(&["to"]),
];

const BREAK: &[Key] = &[
    Key::new("name", &[Text], Value("\"break\""), "Name of the break.", "\"lunch\""),
    LENGTH,
    BETWEEN,
    AFTER,
    AT,
    PAID,
];

const ACTIVITY: &[Key] = &[
    Key::new("name", &[Text], Value("\"other work\""), "What is done.", "\"meeting\""),
    LENGTH,
    AT,
    BETWEEN,
    AFTER,
    Key::new("agents", &[HEADS], Absent("everybody"), "How many take part, the first of the shift.", "5")
        .aka(&["people"]),
    Key { doc: "Days of shifts on which it takes place.", example: "\"tue\"", ..DAYS },
    PAID,
];

const ROSTER: &[Key] = &[
    Key::new("csv", &[Text], Required, "CSV file with the roster, relative to the scenario file.", "\"roster.csv\"")
        .aka(&["file"]),
    Key::new(
        "team",
        &[Text],
        Absent("the name of the team, in a column `team`; all rows when there is none"),
        "What the column `team` says for this team, or the column that has the names of the teams.",
        "\"Tier 1\"",
    ),
    Key::new(
        "on_phone",
        &[List(&[Text])],
        Value("[\"phone\"]"),
        "Activities in which people take contacts; all others are work off the phone. Without a column `activity` all rows are on the phone.",
        "[\"Open time\"]",
    )
    .aka(&["phone", "open_time"]),
    Key::new("unpaid", &[List(&[Text])], Value("[]"), "Activities that are not paid.", "[\"Lunch\"]"),
    Key::new(
        "columns",
        &[Table(Fields { keys: COLUMNS, lone: None })],
        Absent("agent (or employee, agent_name, person), team, date (shift_date, work_date, start_date) or weekday (day: either), start (start_time, from), end (end_time, to), activity; a warning names all others"),
        "Names of the columns where the file has others.",
        "{ agent = \"Who\", start = \"Begin\", end = \"Until\" }",
    )
    .whole(),
    DATES,
    WHERE,
];

const COLUMNS: &[Key] = &[
    column("agent", "Name or number of the person.", "\"Who\""),
    column("date", "Date on which the row begins.", "\"Planned for\""),
    column("weekday", "Weekday on which the row begins.", "\"Weekday\""),
    column("start", "Beginning: a time of day, or date and time.", "\"Begin\""),
    column(
        "end",
        "End: a time of day (on the next day if it is not after the beginning), or date and time.",
        "\"Until\"",
    ),
    column("activity", "What the person does.", "\"Activity\""),
];

const fn column(name: &'static str, doc: &'static str, example: &'static str) -> Key {
    Key::new(name, &[Text], Absent("a column of a usual name, see above"), doc, example)
}
