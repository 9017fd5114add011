//! `[team.*]`: people, skills, bounds, cost.

use super::crew::{QUOTA_KEY, TENURE_KEY, TRAITS_KEY};
use super::rules::{BLEND, COST_PER_TALK_MINUTE, MIN_COMMITMENT, RESERVE, RING_TIME};
use super::shifts::{
    ACTIVITIES_KEY, BESIDES_SCHEDULE, BREAKS_KEY, LATENESS_KEY, PAID_ABSENCE_KEY, ROSTER_KEY, SHIFTS_KEY,
};
use super::{CALL_CHOICE, HEADS, HOURS, LIMIT, MONEY, SHARE};
use crate::scenario::grammar::Form::{ByWeekday, List, Named, Share, Table, Text, Whole};
use crate::scenario::grammar::Preset::{Absent, Required, Value};
use crate::scenario::grammar::{Fields, Form, Key};

pub(super) const TEAM: &[Key] = &[
    Key::new(
        "agents",
        HEAD_COUNTS,
        Absent("`scheduled` says it"),
        "People on the phone, after shrinkage: one number, or one per interval.",
        "45",
    )
    .replaces(&["scheduled", "shifts", "roster", "breaks", "activities"])
    .aka(&["staff", "people", "heads", "headcount", "count", "size", "fte"]),
    Key::new(
        "scheduled",
        HEAD_COUNTS,
        Absent("`agents` says it"),
        "People paid; shrinkage is taken off and the rest rounded down.",
        "60",
    )
    .replaces(&["agents", "shifts", "roster", "breaks", "activities"])
    .aka(&["paid", "gross"]),
    SHIFTS_KEY,
    BREAKS_KEY,
    ACTIVITIES_KEY,
    ROSTER_KEY,
    Key::new(
        "skills",
        &[Named {
            what: "queue",
            forms: &[Whole { min: -1_000, max: 1_000 }, Table(Fields { keys: SKILL, lone: Some("preference") })],
        }],
        Required,
        "Queues the team serves; the number orders the teams a contact tries, lowest first.",
        "{ orders = 1, returns = { preference = 2, handle_time = \"110%\" } }",
    )
    .aka(&["skill", "queues", "serves"]),
    Key::new(
        "open",
        HOURS,
        Absent("the hours of the floor"),
        "Hours of the team, when shorter than those of the floor; its lists then cover its own hours.",
        "\"09:00-17:00\"",
    )
    .whole()
    .aka(&["hours"]),
    Key::new(
        "shrinkage",
        &[SHRINKAGE_SHARE, Table(Fields { keys: SHRINKAGE, lone: Some("planned") })],
        Value("\"0%\""),
        "Share of paid time in which people are not on the phone; planned and unplanned are added.",
        "{ planned = \"22%\", unplanned = \"8%\" }",
    )
    .whole(),
    LATENESS_KEY,
    PAID_ABSENCE_KEY,
    Key::new("min_agents", &[HEADS], Absent("none"), "Fewest people on the phone a planner may use.", "2")
        .aka(&["min", "minimum"]),
    Key::new("max_agents", &[HEADS], Absent("none"), "Most people on the phone a planner may use.", "60")
        .aka(&["max", "maximum"]),
    Key::new("max_occupancy", &[SHARE], Absent("no cap"), "Occupancy cap the planner keeps.", "\"88%\"")
        .aka(&["occupancy"]),
    Key::new("cost_per_hour", &[MONEY], Absent("cost is not reported"), "Cost of a paid hour.", "24.0")
        .aka(&["cost", "wage", "rate", "salary"]),
    Key::new(
        "cost_per_handled",
        &[MONEY],
        Absent("no fee"),
        "Fee for a handled contact, as outsourcers charge it.",
        "3.10",
    )
    .aka(&["cost_per_contact", "cost_per_call"]),
    COST_PER_TALK_MINUTE,
    MIN_COMMITMENT,
    Key::new("site", &[Text], Absent("no site is named"), "Where the team sits, for people.", "\"outsourced\""),
    Key::new(
        "call_choice",
        CALL_CHOICE,
        Absent("that of [routing]"),
        "Which waiting contact a freed agent of this team takes.",
        "\"longest-wait\"",
    ),
    RESERVE,
    RING_TIME,
    BLEND,
    TRAITS_KEY,
    TENURE_KEY,
    QUOTA_KEY,
];

const HEAD_COUNTS: &[Form] = &[HEADS, List(&[HEADS, List(&[HEADS])]), ByWeekday(&[HEADS, List(&[HEADS])])];
pub(super) const SHRINKAGE_SHARE: Form = Share { min: 0.0, max: 0.95 };

const SHRINKAGE: &[Key] = &[
    Key::new("planned", &[SHRINKAGE_SHARE], Value("\"0%\""), "Leave, training, meetings, breaks.", "\"22%\""),
    Key::new("unplanned", &[SHRINKAGE_SHARE], Value("\"0%\""), "Sickness, lateness.", "\"8%\""),
    BESIDES_SCHEDULE,
];

const SKILL: &[Key] = &[
    Key::new(
        "preference",
        &[Whole { min: -1_000, max: 1_000 }],
        Value("1"),
        "Lowest is tried first by an arriving contact; equal numbers are one pool.",
        "2",
    )
    .aka(&["priority", "level"]),
    Key::new(
        "handle_time",
        &[Share { min: 0.01, max: 100.0 }],
        Value("\"100%\""),
        "Factor on talk, hold and wrap when this team serves this queue.",
        "\"110%\"",
    )
    .aka(&["speed", "efficiency"]),
    Key::new(
        "after",
        &[LIMIT],
        Value("\"0s\""),
        "The team helps out only with contacts that have waited this long.",
        "\"60s\"",
    )
    .aka(&["delay", "overflow", "overflow_after"]),
    Key::new(
        "transfer",
        &[SHARE],
        Absent("that of the queue"),
        "Share of the contacts this team hands on, where the queue has `transfer` and the team another share.",
        "\"10%\"",
    ),
];
