//! Who calls, and what comes of the conversations: keys of a queue and of its callers.

use super::callers::ATTEMPTS_QUEUE;
use super::channels::LIVE;
use super::times::TIME;
use super::{AGENT_CHOICES, LIMIT, MONEY, NUMBER_ANY, SHARE};
use crate::scenario::grammar::Form::{self, Flag, Number, Share, Table, Text};
use crate::scenario::grammar::Preset::{Absent, Required, Value};
use crate::scenario::grammar::{Fields, Key};

/// A share of something that happens to some but never to all.
const INSIDE: Form = Share { min: 0.001, max: 0.999 };

pub(super) const RESOLUTION: Key = Key::new(
    "first_contact_resolution",
    &[INSIDE],
    Absent("all problems are solved at once"),
    "Share of problems solved at the first contact, over all callers and agents; a reason may state its own.",
    "\"72%\"",
)
.aka(&["fcr", "resolution", "resolved", "resolution_rate"]);

pub(super) const SATISFACTION: Key = Key::new(
    "satisfaction",
    &[INSIDE],
    Absent("nobody is asked"),
    "Share of handled callers who rate top box without having waited; a reason may state its own.",
    "\"78%\"",
)
.aka(&["csat", "satisfied"]);

pub(super) const RETENTION: Key = Key::new(
    "retention",
    &[INSIDE],
    Absent("customers are not counted; 99.5% where `value` or cancellations are stated"),
    "Share of customers who stay after a contact; a reason may state its own, cancellations stay with 50%.",
    "\"99.5%\"",
)
.aka(&["retained", "loyalty"]);

pub(super) const VERIFY: Key = Key::new(
    "verify",
    &[LIMIT],
    Value("\"0s\""),
    "Time of each talk in which the agent verifies the solution before closing; part of the stated talk time.",
    "\"20s\"",
)
.aka(&["verification", "verify_the_fix"]);

pub(super) const FOLLOW_UP: Key = Key::new(
    "follow_up",
    &[Table(Fields { keys: FOLLOW_UP_KEYS, lone: None })],
    Absent("nobody is called again"),
    "Agents promise to come back to customers whose problem is not solved; these do not call again themselves.",
    "{ share = \"30%\", after = \"2h\", queue = \"follow-ups\" }",
)
.aka(&["followup", "follow_ups"]);

const FOLLOW_UP_KEYS: &[Key] = &[
    Key::new("share", &[SHARE], Required, "Share of the unsolved problems with such a promise.", "\"30%\"")
        .aka(&["probability", "chance"]),
    Key::new("queue", &[Text], Required, "Queue of these calls; it has `dial`.", "\"follow-ups\""),
    Key::new("after", TIME, Absent("at once"), "Time after which the call joins its queue.", "\"2h\"")
        .whole()
        .aka(&["delay"]),
];

pub(super) const ABUSE: Key = Key::new(
    "abuse",
    &[SHARE, Table(Fields { keys: ABUSE_KEYS, lone: Some("share") })],
    Absent("nobody is abusive"),
    "Abusive callers among the irate, and when the agent may end their call.",
    "{ share = \"20%\", end_after = \"1m\" }",
)
.aka(&["abusive"])
.channels(LIVE);

const ABUSE_KEYS: &[Key] = &[
    Key::new("share", &[SHARE], Required, "Share of the irate callers who are abusive.", "\"20%\""),
    Key::new("end_after", &[LIMIT], Absent("agents bear it"), "The call is ended after so much talk.", "\"1m\"")
        .aka(&["end", "after"]),
];

/// Set in the queue by who calls: the words of `agent_choice` for each.
pub(super) const MATCHING: &[Key] = &[
    choice("calm", "Callers who are calm."),
    choice("confused", "Confused callers."),
    choice("upset", "Upset callers."),
    choice("irate", "Irate callers."),
    choice("question", "Callers with a question."),
    choice("complaint", "Callers with a complaint."),
    choice("support", "Callers who need support."),
    choice("order", "Callers who order or return something."),
    choice("cancellation", "Callers who want to leave."),
    choice("sale", "Callers who want to buy."),
    choice("others", "All other callers.").aka(&["other", "default", "rest"]),
];

const fn choice(name: &'static str, doc: &'static str) -> Key {
    Key::new(name, AGENT_CHOICES, Absent("like all others"), doc, "\"best:patience\"")
}

pub(super) const ANCHORED: Key = Key::new(
    "anchored",
    &[Table(Fields { keys: ANCHORED_KEYS, lone: None })],
    Absent("found from the people and callers of the file that states the talk time"),
    "What keeps the stated averages, as `validate --explain` writes it; not for files written by hand.",
    "{ talk = 0.97, resolved = 0.08 }",
)
.whole();

const ANCHORED_KEYS: &[Key] = &[
    factor("talk", "Factor on the talk time."),
    factor("hold", "Factor on the hold time."),
    factor("wrap", "Factor on the wrap-up time."),
    shift("resolved", "Shift of the logit of first_contact_resolution."),
    shift("transferred", "Shift of the logit of transfers."),
    shift("satisfied", "Shift of the logit of satisfaction."),
    shift("sold", "Shift of the logit of conversion."),
    shift("retained", "Shift of the logit of retention."),
];

const fn factor(name: &'static str, doc: &'static str) -> Key {
    Key::new(name, &[Number { min: 1e-9, max: 1e9 }], Value("1"), doc, "0.97")
}

const fn shift(name: &'static str, doc: &'static str) -> Key {
    Key::new(name, &[NUMBER_ANY], Value("0"), doc, "0.08")
}

pub(super) const MOOD: Key = Key::new(
    "mood",
    &[Table(Fields { keys: MOODS, lone: None })],
    Absent("everybody is calm"),
    "How callers feel who do not wait; the shares sum to 100%.",
    "{ calm = \"70%\", confused = \"15%\", upset = \"10%\", irate = \"5%\" }",
)
.whole()
.aka(&["moods"]);

const MOODS: &[Key] = &[
    Key::new("calm", &[SHARE], Value("\"0%\""), "Share of calm callers.", "\"70%\""),
    Key::new("confused", &[SHARE], Value("\"0%\""), "Share of confused callers.", "\"15%\""),
    Key::new("upset", &[SHARE], Value("\"0%\""), "Share of upset callers.", "\"10%\""),
    Key::new("irate", &[SHARE], Value("\"0%\""), "Share of irate callers.", "\"5%\"").aka(&["angry"]),
];

pub(super) const REASON: Key = Key::new(
    "reason",
    &[Table(Fields { keys: REASONS, lone: None })],
    Absent("reasons are not told apart"),
    "Why people call; the shares sum to 100%.",
    "{ question = \"80%\", complaint = \"15%\", cancellation = { share = \"5%\", complexity = 0.5 } }",
)
.whole()
.aka(&["reasons"]);

const REASONS: &[Key] = &[
    reason("question", "To know something."),
    reason("complaint", "To complain.").aka(&["complaints"]),
    reason("support", "Something does not work."),
    reason("order", "To order or return something.").aka(&["return"]),
    reason("cancellation", "To leave.").aka(&["cancel"]),
    reason("sale", "To buy; an offer is made to all of them unless `chance` says otherwise.").aka(&["sales"]),
];

const fn reason(name: &'static str, doc: &'static str) -> Key {
    let forms = &[SHARE, Table(Fields { keys: REASON_KEYS, lone: Some("share") })];
    Key::new(name, forms, Absent("nobody calls for it"), doc, "{ share = \"10%\", complexity = 0.6 }")
}

const REASON_KEYS: &[Key] = &[
    Key::new("share", &[SHARE], Required, "Share of the callers.", "\"10%\""),
    COMPLEXITY,
    of_reason("first_contact_resolution", "Share of these problems solved at the first contact.").aka(&["fcr"]),
    of_reason("satisfaction", "Share of these callers who rate top box.").aka(&["csat"]),
    Key::new(
        "retention",
        &[INSIDE],
        Absent("that of the queue; 50% of cancellations"),
        "Share of these who stay.",
        "\"50%\"",
    ),
    Key::new(
        "chance",
        &[SHARE],
        Absent("that of the offer; 100% of sales"),
        "Share of these callers, resolved and calm or confused, to whom the offer is made.",
        "\"100%\"",
    ),
];

const fn of_reason(name: &'static str, doc: &'static str) -> Key {
    Key::new(name, &[INSIDE], Absent("that of the queue"), doc, "\"60%\"")
}

pub(super) const COMPLEXITY: Key = Key::new(
    "complexity",
    &[INSIDE, Table(Fields { keys: COMPLEXITY_KEYS, lone: Some("mean") })],
    Absent("problems are all alike"),
    "How hard problems are, from 0 (trivial) to 1 (hard).",
    "{ mean = 0.3, sd = 0.2 }",
)
.aka(&["difficulty"]);

const COMPLEXITY_KEYS: &[Key] = &[
    Key::new("mean", &[INSIDE], Required, "Mean.", "0.3").aka(&["average", "avg"]),
    Key::new(
        "sd",
        &[Share { min: 0.0, max: 0.5 }],
        Value("0"),
        "Standard deviation, below the square root of mean (1 - mean).",
        "0.2",
    )
    .aka(&["stddev", "spread"]),
];

pub(super) const REPEAT: Key = Key::new(
    "repeat",
    &[Table(Fields { keys: REPEAT_KEYS, lone: None })],
    Absent("nobody comes again"),
    "Another contact of callers whose problem was not solved.",
    "{ probability = \"80%\", after = \"1d\" }",
)
.aka(&["repeats", "callers_again", "recontact"]);

const REPEAT_KEYS: &[Key] = &[
    Key::new("probability", &[SHARE], Required, "Probability of another contact, each time anew.", "\"80%\"")
        .aka(&["share", "chance"]),
    Key::new("after", TIME, Value("\"1d\""), "Time until then.", "\"1d\"").whole().aka(&["delay"]),
    ATTEMPTS_QUEUE,
    Key::new(
        "same_agent",
        &[Flag],
        Value("false"),
        "The agent of the contact before takes it where he or she is free.",
        "true",
    ),
];

pub(super) const OFFER: Key = Key::new(
    "offer",
    &[Table(Fields { keys: OFFER_KEYS, lone: None })],
    Absent("nothing is offered"),
    "Cross-selling, to callers whose problem is solved and who are calm or confused.",
    "{ chance = \"40%\", conversion = \"8%\", revenue = 25.0, talk = \"45s\" }",
)
.aka(&["offers", "cross_selling", "upselling", "sales"]);

const OFFER_KEYS: &[Key] = &[
    Key::new("chance", &[SHARE], Value("\"100%\""), "Share of these callers to whom it is made.", "\"40%\"")
        .aka(&["probability", "share"]),
    Key::new("conversion", &[INSIDE], Required, "Share of the offers that are taken.", "\"8%\"")
        .aka(&["conversion_rate"]),
    Key::new("revenue", &[MONEY], Value("0"), "Money per sale.", "25.0").aka(&["value", "price"]),
    Key::new("talk", &[LIMIT], Value("\"0s\""), "Time it takes; part of the stated talk time.", "\"45s\"")
        .aka(&["time", "talk_time"]),
];

pub(super) const CUSTOMER_VALUE: Key = Key::new(
    "value",
    &[MONEY],
    Absent("money kept is not reported"),
    "Worth of keeping a customer, for the loyalty account.",
    "300.0",
)
.aka(&["customer_value", "lifetime_value", "clv"]);
