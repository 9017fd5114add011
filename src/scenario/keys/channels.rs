//! Ways by which contacts come, and the keys that only some of them know.

use super::{LIMIT, NUMBER, SHARE};
use crate::scenario::grammar::Form::{ByWeekday, Choice, Flag, Share, Whole};
use crate::scenario::grammar::Key;
use crate::scenario::grammar::Preset::{Absent, Value};

/// Somebody waits and may leave.
pub(super) const LIVE: &[&str] = &["voice", "chat"];
pub(super) const VOICE: &[&str] = &["voice"];
const CHAT: &[&str] = &["chat"];
const MESSAGES: &[&str] = &["email", "social"];

pub(super) const CHANNEL: Key = Key::new(
    "channel",
    &[Choice(&[
        ("voice", "telephone calls, one at a time"),
        ("chat", "text chats; an agent may have several at a time"),
        ("email", "emails, worked when no call or chat waits; their wait counts opening hours only"),
        ("social", "messages of social networks, worked like emails"),
    ])],
    Value("\"voice\""),
    "How the contact arrives.",
    "\"chat\"",
);

pub(super) const CONCURRENCY: Key = Key::new(
    "concurrency",
    &[Whole { min: 1, max: 20 }],
    Value("1"),
    "Most chats an agent has in hand at a time.",
    "3",
)
.aka(&["concurrent", "max_chats", "simultaneous"])
.channels(CHAT);

pub(super) const SLOWDOWN: Key = Key::new(
    "slowdown",
    &[Share { min: 0.0, max: 10.0 }],
    Value("\"0%\""),
    "Each chat in hand beyond the first lengthens all of them by this share.",
    "\"20%\"",
)
.channels(CHAT);

pub(super) const SILENT: Key = Key::new(
    "silent",
    &[SHARE],
    Value("\"0%\""),
    "Share of the customers who give up waiting that leave without closing the chat.",
    "\"30%\"",
)
.aka(&["silent_abandon", "silent_abandonment"])
.channels(CHAT);

pub(super) const SILENT_TIMEOUT: Key = Key::new(
    "silent_timeout",
    &[LIMIT],
    Value("\"2m\""),
    "Time for which a chat whose customer left silently takes up a place of the agent.",
    "\"2m\"",
)
.channels(CHAT);

pub(super) const PREEMPT: Key = Key::new(
    "preempt",
    &[Flag],
    Value("false"),
    "An agent puts the message down at once for a call or chat and takes it up again afterwards.",
    "true",
)
.aka(&["preemptive", "interrupt"])
.channels(MESSAGES);

pub(super) const BACKLOG: Key = Key::new(
    "backlog",
    &[Whole { min: 0, max: 1_000_000 }],
    Value("0"),
    "Messages that wait already at the first opening.",
    "120",
)
.channels(MESSAGES);

/// A key of `volume`, which itself all channels know.
pub(super) const WHILE_CLOSED: Key = Key::new(
    "while_closed",
    &[NUMBER, ByWeekday(&[NUMBER])],
    Absent("none come"),
    "Messages (email, social) expected to have come in while the floor was closed before an opening, or by weekday.",
    "{ mon = 90, tue-fri = 35 }",
)
.aka(&["overnight"]);
