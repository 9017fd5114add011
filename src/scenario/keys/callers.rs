//! What callers do besides waiting: menus, announcements, call-backs, redials, transfers; and calls that agents make.

use super::channels::{LIVE, VOICE};
use super::outcomes::{COMPLEXITY, CUSTOMER_VALUE, MOOD, OFFER, REASON, REPEAT};
use super::times::TIME;
use super::{LENGTH, LIMIT, SHARE};
use crate::scenario::grammar::Form::{Flag, Share, Table, Text, Whole, Word};
use crate::scenario::grammar::Preset::{Absent, Required, Value};
use crate::scenario::grammar::{Fields, Form, Key};

/// Most attempts of a customer, or to reach one.
const ATTEMPTS: Form = Whole { min: 1, max: 1_000 };

pub(super) const IVR: Key = Key::new(
    "ivr",
    &[LENGTH, Table(Fields { keys: IVR_KEYS, lone: Some("time") })],
    Absent("there is no menu"),
    "Menu before the queue: its time, and the share of callers it serves; it holds a line but no agent.",
    "{ time = \"45s\", self_served = \"20%\" }",
)
.aka(&["menu", "bot", "chatbot"])
.channels(LIVE);

const IVR_KEYS: &[Key] = &[
    Key::new("time", TIME, Required, "Time spent in the menu.", "\"45s\"").whole(),
    Key::new(
        "self_served",
        &[SHARE],
        Value("\"0%\""),
        "Share of callers who need nobody after the menu; they are not offered.",
        "\"20%\"",
    )
    .aka(&["self_service", "contained", "containment"]),
];

pub(super) const ANNOUNCE: Key = Key::new(
    "announce",
    &[Table(Fields { keys: ANNOUNCE_KEYS, lone: None })],
    Absent("nothing is announced"),
    "Callers who find nobody free are told how long the first in the queue has waited so far.",
    "{ balk = \"100%\", patience = \"150%\" }",
)
.aka(&["announcement", "expected_wait", "ewt"])
.channels(LIVE);

const ANNOUNCE_KEYS: &[Key] = &[
    Key::new(
        "balk",
        &[SHARE],
        Value("\"100%\""),
        "Share that leaves at once, among callers whose patience is shorter than the wait they are told.",
        "\"60%\"",
    ),
    Key::new(
        "patience",
        &[Share { min: 0.01, max: 100.0 }],
        Value("\"100%\""),
        "Factor on the patience of those who stay.",
        "\"150%\"",
    ),
];

pub(super) const CALL_BACK: Key = Key::new(
    "call_back",
    &[Table(Fields { keys: CALL_BACK_KEYS, lone: None })],
    Absent("none is offered"),
    "Offer to be called back, made to callers who find nobody free.",
    "{ over = \"2m\", accept = \"40%\", queue = \"call-backs\" }",
)
.aka(&["callback", "callbacks", "call_backs", "virtual_hold"])
.channels(LIVE);

const CALL_BACK_KEYS: &[Key] = &[
    Key::new(
        "over",
        &[LIMIT],
        Value("\"0s\""),
        "The offer is made when the first in the queue has waited at least this long.",
        "\"2m\"",
    )
    .aka(&["threshold"]),
    Key::new("accept", &[SHARE], Required, "Share of those who are offered a call-back that accept.", "\"40%\"")
        .aka(&["share", "probability", "acceptance"]),
    Key::new("queue", &[Text], Required, "Queue of the call-backs; it has `dial`.", "\"call-backs\""),
    Key::new(
        "after",
        TIME,
        Absent("at once: the call-back joins its queue when the offer is accepted"),
        "Time after which the call-back joins its queue.",
        "\"1h\"",
    )
    .whole()
    .aka(&["delay"]),
];

pub(super) const TRANSFER: Key = Key::new(
    "transfer",
    &[Table(Fields { keys: TRANSFER_KEYS, lone: None })],
    Absent("nobody is transferred"),
    "Contacts that are handed on to another queue after the conversation.",
    "{ probability = \"15%\", queue = \"tier2\" }",
)
.aka(&["transfers", "escalation", "escalate"])
.channels(LIVE);

const TRANSFER_KEYS: &[Key] = &[
    Key::new(
        "probability",
        &[SHARE],
        Required,
        "Share of the handled contacts that are transferred; a skill may state another one for its team.",
        "\"15%\"",
    )
    .aka(&["share", "chance"]),
    Key::new("queue", &[Text], Required, "Queue that takes them over.", "\"tier2\"").aka(&["to"]),
    Key::new(
        "warm",
        &[Flag],
        Value("false"),
        "The first agent stays on the line until the second has answered.",
        "true",
    ),
    Key::new(
        "handover",
        &[LIMIT],
        Absent("30s when warm; a cold transfer has none"),
        "Time for which both agents talk at a warm transfer.",
        "\"30s\"",
    ),
];

pub(super) const DIAL: Key = Key::new(
    "dial",
    &[Table(Fields { keys: DIAL_KEYS, lone: None })],
    Absent("the customers call"),
    "Agents call the customers of this queue: call-backs, campaigns, work for idle time; nobody waits on the line.",
    "{ reach = \"70%\", attempts = 3 }",
)
.aka(&["outbound", "dialer", "dialler"])
.channels(VOICE);

const DIAL_KEYS: &[Key] = &[
    Key::new("reach", &[SHARE], Value("\"100%\""), "Probability that the customer answers an attempt.", "\"70%\"")
        .aka(&["right_party", "answer"]),
    Key::new(
        "no_answer",
        &[LIMIT],
        Value("\"30s\""),
        "Time of the agent that an attempt without an answer takes.",
        "\"30s\"",
    ),
    Key::new("retry", TIME, Value("\"30m\""), "Time until the next attempt.", "\"30m\"").whole(),
    Key::new("attempts", &[ATTEMPTS], Value("1"), "Most attempts in all to reach a customer.", "3")
        .aka(&["max_attempts", "tries"]),
];

pub(super) const CALLERS_KEY: Key = Key::new(
    "callers",
    &[Table(CALLERS)],
    Absent("callers are all alike and call once"),
    "Who calls.",
    "{ redial = { probability = \"40%\", after = \"10m\" } }",
)
.aka(&["caller", "customers"]);

/// `[queue.NAME.callers]`.
pub(in crate::scenario) const CALLERS: Fields = Fields {
    keys: &[
        Key::new(
            "redial",
            &[Table(Fields { keys: REDIAL, lone: None })],
            Absent("nobody tries again"),
            "Another attempt after an abandonment or a busy signal.",
            "{ probability = \"40%\", after = \"10m\", attempts = 3 }",
        )
        .aka(&["redials", "retry", "retrials"])
        .channels(LIVE),
        Key::new(
            "credit",
            &[Table(Fields { keys: CREDIT, lone: None })],
            Absent("all callers rank alike"),
            "Valued customers, ranked as if they had waited longer than they have.",
            "{ share = \"10%\", time = \"2m\" }",
        )
        .aka(&["vip"])
        .channels(LIVE),
        MOOD,
        REASON,
        COMPLEXITY,
        REPEAT,
        OFFER,
        CUSTOMER_VALUE,
    ],
    lone: None,
};

const REDIAL: &[Key] = &[
    Key::new(
        "probability",
        &[SHARE],
        Required,
        "Probability that a caller who gave up, or heard a busy signal, tries again; each time anew.",
        "\"40%\"",
    )
    .aka(&["share", "chance"]),
    Key::new("after", TIME, Required, "Time until the next attempt.", "\"10m\"").whole().aka(&["delay"]),
    Key::new(
        "attempts",
        &[Word("unlimited", "as long as the probability lets them"), ATTEMPTS],
        Value("\"unlimited\""),
        "Most attempts of a caller after the first one.",
        "3",
    )
    .aka(&["max_attempts", "tries"]),
    ATTEMPTS_QUEUE,
];

pub(super) const ATTEMPTS_QUEUE: Key = Key::new(
    "queue",
    &[Text],
    Absent("the same queue"),
    "Queue of the further attempts, when it is another one.",
    "\"emergency\"",
);

const CREDIT: &[Key] = &[
    Key::new("share", &[SHARE], Required, "Share of callers who are valued customers.", "\"10%\""),
    Key::new("time", &[LENGTH], Required, "They are ranked as if they had waited so much longer.", "\"2m\""),
];
