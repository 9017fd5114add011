//! The scenario language: every key, in the order of the reference page.
//!
//! This table is the only place where a key, its range, its default and its meaning are written down.

use super::grammar::Form::{ByWeekday, Choice, Date, Duration, Hours, Later as NotYet, List, Named, Number, OnPeriods, ServiceLevel, Share, Table, Text, Whole, Word};
use super::grammar::Preset::{Absent, Required, Value};
use super::grammar::{Fields, Form, Key};

/// Most queues, and most teams, of a floor.
pub(super) const MAX_NAMES: usize = 1_000;

const DAY: f64 = 86_400.0;
/// One microsecond, the clock tick of the simulation: the shortest time that is one.
const TICK: f64 = 1e-6;

const NUMBER: Form = Number { min: 0.0, max: 1e7 };
const NUMBERS: Form = List(&[NUMBER]);
const HEADS: Form = Whole { min: 0, max: 1_000_000 };
const LENGTH: Form = Duration { min: TICK, max: 30.0 * DAY };
const LIMIT: Form = Duration { min: 0.0, max: 30.0 * DAY };
const SHARE: Form = Share { min: 0.0, max: 1.0 };
const MONEY: Form = Number { min: 0.0, max: 1e9 };
const LINES: &[Form] = &[Whole { min: 1, max: 10_000_000 }, Word("unlimited", "nobody hears a busy signal")];
const HOURS: &[Form] = &[Hours, ByWeekday(&[Hours])];

/// The whole file.
pub(super) const ROOT: Fields = Fields { keys: TOP, lone: None };

const TOP: &[Key] = &[
    Key::new("extends", &[Text], Absent("the file stands alone"), "Start from another scenario file; what stands here replaces or adds to it.", "\"base.toml\""),
    Key::new("name", &[Text], Absent("the name of the file"), "Title of the floor, for people.", "\"Retail support, a Monday\""),
    Key::new("interval", &[Duration { min: 60.0, max: DAY }], Required, "Reporting and planning interval; it divides an hour or is a whole number of hours.", "\"30m\"").aka(&["intervals", "interval_length", "period"]),
    Key::new("open", HOURS, Required, "Opening hours, for every day or by weekday; they may cross midnight; \"24h\" never closes.", "\"08:00-20:00\"").whole().aka(&["hours", "opening_hours", "opens"]),
    Key::new("days", &[Whole { min: 1, max: 3_660 }], Value("1"), "Calendar days in one simulated replication.", "7").aka(&["duration", "horizon"]),
    Key::new("first_day", &[Date], Absent("days are counted from a Monday and have no date"), "Date of the first day; names dates and weekdays in the output and makes dated CSV files readable.", "2026-03-02").aka(&["start", "date", "start_date"]),
    Key::new("timezone", &[Text], Value("\"UTC\""), "IANA time zone; a day has 23 or 25 hours when its clock changes.", "\"Europe/Paris\"").aka(&["tz", "time_zone", "zone"]),
    Key::new("closed", &[List(&[Date])], Value("[]"), "Dates on which the floor does not open.", "[2026-12-25]").aka(&["holidays", "closed_days"]),
    Key::new("after_close", &[Choice(&[("serve", "callers still waiting at closing time are served"), ("drop", "they are dropped")])], Value("\"serve\""), "What happens to callers still waiting at closing time.", "\"drop\""),
    Key::new("lines", LINES, Value("\"unlimited\""), "Telephone lines shared by all voice queues; a caller who finds none hears a busy signal.", "60").aka(&["trunks"]),
    Key::new("currency", &[Text], Value("\"\""), "Currency sign or code for money in reports.", "\"€\""),
    Key::new("full_time_week", &[Duration { min: 3_600.0, max: 7.0 * DAY }], Absent("full-time equivalents are not reported"), "Paid time of one full-time person in a week, to turn hours into full-time equivalents.", "\"38h\"").aka(&["fte", "fte_hours"]),
    Key::new("queue", &[Named { what: "queue", forms: &[Table(Fields { keys: QUEUE, lone: None })] }], Required, "One kind of contact, as an ACD counts it.", "").aka(&["queues"]),
    Key::new("team", &[Named { what: "team", forms: &[Table(Fields { keys: TEAM, lone: None })] }], Required, "A group of interchangeable people.", "").aka(&["teams", "agents", "agent"]),
    Key::new("shape", &[Named { what: "shape", forms: &[Table(Fields { keys: SHAPE, lone: None })] }], Absent("no shared shapes"), "A named profile of the day that several queues can use.", "").aka(&["shapes", "profile"]),
    Key::new("routing", &[Table(Fields { keys: ROUTING, lone: None })], Absent("the defaults of its keys"), "Who gets what.", ""),
    Key::new("run", &[Table(Fields { keys: RUN, lone: None })], Absent("the defaults of its keys"), "How to simulate the floor.", ""),
    Key::later("plan", "`plan` settings come with the staffing planner"),
    Key::later("check", "`check` settings come with the CI verdict"),
    Key::later("effects", "people effects come with people; without them all agents of a team are alike"),
    Key::later("correlation", "the busyness of each queue is independent; leave it out"),
    Key::later("anchor", "people effects come with people; leave it out"),
    Key::later("fcr_window", "repeat contacts come later; leave it out"),
];

const QUEUE: &[Key] = &[
    Key::new("channel", &[Choice(&[("voice", "telephone calls")]), NotYet(&["chat", "email", "social"], "only \"voice\" is simulated so far")], Value("\"voice\""), "How the contact arrives.", "\"voice\""),
    Key::new("volume", &[Table(Fields { keys: VOLUME, lone: None })], Required, "Expected contacts, as the ACD counts offered calls.", "{ per_hour = 120 }").whole().aka(&["volumes", "calls", "contacts", "forecast"]),
    Key::new("arrivals", &[Choice(&[("poisson", "at random, at the rate of each interval"), ("fixed", "exactly the stated counts, at random instants of the interval"), ("trace", "at the instants of a CSV file with one row per contact")])], Value("\"poisson\""), "How contacts arrive.", "\"fixed\""),
    Key::new("day_cv", &[Number { min: 0.0, max: 3.0 }, Share { min: 0.0, max: 3.0 }], Value("0"), "Day-to-day uncertainty of the whole volume: coefficient of variation of the day's busyness factor.", "0.08"),
    Key::new("talk", TIME, Absent("`aht` says it"), "Talk time; either talk, hold and wrap, or aht.", "{ mean = \"4m\", cv = 0.8 }").whole().replaces(&["aht"]).aka(&["talk_time"]),
    Key::new("hold", &[Word("none", "callers are not put on hold"), LENGTH, Table(Fields { keys: HOLD_KEYS, lone: Some("mean") })], Value("\"none\""), "Hold time: at most one hold per contact, with its probability.", "{ mean = \"25s\", probability = 0.3 }").whole().replaces(&["aht"]),
    Key::new("wrap", &[Word("none", "no work after the call"), LENGTH, Table(TIME_FIELDS)], Value("\"none\""), "Work after the caller has left.", "\"40s\"").whole().replaces(&["aht"]).aka(&["acw", "after_call_work", "wrap_up", "wrapup"]),
    Key::new("aht", &[LENGTH, Table(Fields { keys: AHT_KEYS, lone: Some("mean") })], Absent("`talk`, `hold` and `wrap` say it"), "Whole handle time instead of talk, hold and wrap; lognormal with cv 0.8 unless stated otherwise.", "\"4m48s\"").whole().replaces(&["talk", "hold", "wrap"]).aka(&["handle_time", "average_handle_time", "handling_time", "service_time"]),
    Key::new("patience", &[Word("unlimited", "nobody hangs up"), LENGTH, Table(TIME_FIELDS)], Required, "Time a caller is willing to wait.", "{ mean = \"3m\" }").whole().aka(&["abandonment", "time_to_abandon"]),
    Key::new("balk", &[SHARE], Value("\"0%\""), "Share of callers who leave at once when nobody is free.", "\"20%\""),
    Key::new("priority", &[Whole { min: -1_000, max: 1_000 }], Value("1"), "Lower is served first.", "2").aka(&["prio"]),
    Key::new("weight", &[Number { min: 0.0, max: 1e6 }], Value("1"), "Weight of a second of waiting under call_choice \"weighted-wait\".", "2.5"),
    Key::new("lines", LINES, Value("\"unlimited\""), "Telephone lines of this queue alone.", "30").aka(&["trunks"]),
    Key::new("short_abandon", &[LIMIT], Value("\"5s\""), "Callers who hang up within this time are \"short\"; only formulas that say so use it.", "\"5s\""),
    Key::new("target_time", &[LIMIT], Absent("the time of the goal, else 20s"), "Time T of the service level when the goal states none.", "\"20s\"").aka(&["threshold"]),
    Key::new("service_level_formula", &[Choice(SL_FORMULAS)], Value("\"offered\""), "How the service level is counted; T is its time.", "\"offered\""),
    Key::new("abandon_formula", &[Choice(&[("all", "abandoned / offered"), ("net_of_short", "short abandons left out above and below")])], Value("\"all\""), "How abandonment is counted, in the goal too.", "\"net_of_short\""),
    Key::new("goal", &[Table(Fields { keys: GOAL, lone: None })], Absent("no goal is judged"), "What good service means; every stated part must hold.", "{ service_level = \"80% in 20s\", abandon = \"5%\" }").aka(&["goals", "target", "sla"]),
    Key::new("agent_choice", AGENT_CHOICE, Absent("that of [routing]"), "Which idle agent a contact of this queue gets.", "\"random\""),
    Key::later("first_contact_resolution", "outcomes come with people; leave it out"),
    Key::later("satisfaction", "outcomes come with people; leave it out"),
    Key::later("callers", "moods, redials and repeats come later; leave the table out"),
    Key::later("ivr", "an IVR comes later; give the contacts that pass it as volume"),
    Key::later("queue_capacity", "limited places in queue come later; write `lines` = lines of this queue"),
    Key::later("call_back", "call-backs come later; leave it out"),
    Key::later("transfer", "transfers come later; leave it out"),
    Key::later("concurrency", "chat comes later; leave it out"),
];

const SL_FORMULAS: &[(&str, &str)] = &[
    ("offered", "answered within T / offered"),
    ("ignore_abandons_in_goal", "answered within T / (offered less those abandoned within T)"),
    ("count_abandons_in_goal", "(answered + abandoned within T) / offered"),
    ("answered_only", "answered within T / answered"),
    ("count_short_abandons", "(answered within T + short abandons) / offered"),
    ("net_of_short", "answered within T / (offered less short abandons)"),
];

const AGENT_CHOICE: &[Form] = &[
    Choice(&[
        ("longest-idle", "the agent idle for longest"),
        ("least-occupied", "the agent with the smallest busy share of the day"),
        ("fastest", "the agent with the smallest expected handle time"),
        ("random", "any idle agent with equal probability"),
    ]),
    NotYet(&["best:"], "choosing by a trait comes with people; write \"longest-idle\""),
];

const CALL_CHOICE: &[Form] = &[
    Choice(&[
        ("priority", "the queue with the lowest priority number, then the longest wait"),
        ("longest-wait", "the longest wait"),
        ("preference", "the agent's lowest preference number, then the longest wait"),
        ("weighted-wait", "the largest weight x wait"),
    ]),
    NotYet(&["closest-to-goal"], "it comes later; write \"priority\" or \"longest-wait\""),
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
    Key::later("counts", "redials and repeats come later; until then all volume is offered volume"),
];

const WHERE: Key = Key::new("where", &[Named { what: "column", forms: &[Text, Whole { min: i64::MIN, max: i64::MAX }] }], Absent("all rows are used"), "Only rows of the CSV file in which these columns hold these values.", "{ queue = \"Accounts\" }").whole();
const TIME_COLUMN: Key = Key::new("time", &[Text, List(&[Text])], Absent("columns `interval` or `start`, with `date` or `weekday`"), "Column of the CSV file that holds the time, or two: the date (or weekday) and the time of day.", "[\"date\", \"interval\"]");
const DATES: Key = Key::new("dates", &[Text], Absent("2026-03-02"), "Order of day, month and year in the dates of the CSV file.", "\"day/month/year\"");
const DECIMAL: Key = Key::new("decimal", &[Choice(&[(".", "1,804.5"), (",", "1.804,5")])], Absent("seen from the file"), "Decimal sign of the CSV file, when the file leaves it open.", "\",\"");

const TIME_FIELDS: Fields = Fields { keys: TIME_KEYS, lone: Some("mean") };
const TIME: &[Form] = &[LENGTH, Table(TIME_FIELDS)];

const DIST: Key = Key::new("dist", &[Choice(&[
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
])], Absent("exponential, or lognormal when cv is given"), "Shape of the distribution.", "\"gamma\"").aka(&["distribution", "type"]);
const MEAN: Key = Key::new("mean", &[LENGTH], Absent("the other parameters say it"), "Mean.", "\"4m\"").aka(&["average", "avg"]);
const CV: Key = Key::new("cv", &[Number { min: 0.0, max: 20.0 }], Absent("as the distribution implies"), "Coefficient of variation: standard deviation / mean.", "0.8").aka(&["sd", "stddev"]);
const SHAPE_NUMBER: Key = Key::new("shape", &[Number { min: 0.1, max: 1_000.0 }], Absent("cv says it"), "Shape of a Weibull distribution; 1 is exponential.", "1.5");
const PHASES: Key = Key::new("k", &[Whole { min: 1, max: 1_000 }], Absent("only for erlang"), "Number of phases of an Erlang distribution.", "2").aka(&["phases", "stages"]);
const MIN: Key = Key::new("min", &[LIMIT], Absent("mean and cv say it"), "Smallest value of a uniform or triangular distribution.", "\"30s\"");
const MODE: Key = Key::new("mode", &[LIMIT], Absent("only for triangular"), "Most likely value of a triangular distribution.", "\"2m\"");
const MAX: Key = Key::new("max", &[LENGTH], Absent("mean and cv say it"), "Largest value of a uniform or triangular distribution.", "\"10m\"");
const FILE: Key = Key::new("file", &[Text], Absent("only for empirical"), "CSV file with observed times, relative to the scenario file.", "\"talk.csv\"").aka(&["csv"]);
const COLUMN: Key = Key::new("column", &[Text], Absent("the only column"), "Column of that file.", "\"talk_s\"");
const UNIT: Key = Key::new("unit", &[Choice(&[("ms", "milliseconds"), ("s", "seconds"), ("m", "minutes"), ("h", "hours")])], Value("\"s\""), "Unit of the numbers in the CSV file.", "\"s\"");

const TIME_KEYS: &[Key] = &[DIST, MEAN, CV, SHAPE_NUMBER, PHASES, MIN, MODE, MAX, FILE, COLUMN, UNIT];

const HOLD_KEYS: &[Key] = &[
    DIST, MEAN, CV, SHAPE_NUMBER, PHASES, MIN, MODE, MAX, FILE, COLUMN, UNIT,
    Key::new("probability", &[SHARE], Value("\"100%\""), "Share of contacts that are put on hold.", "0.3").aka(&["chance", "share"]),
];

const AHT_KEYS: &[Key] = &[
    DIST, MEAN, CV, SHAPE_NUMBER, PHASES, MIN, MODE, MAX, FILE,
    Key::new("per_interval", &[List(&[LENGTH, List(&[LENGTH])]), ByWeekday(&[List(&[LENGTH])])], Absent("the same all day"), "Mean of each open interval by arrival, or such a list per weekday group, or one such list per simulated day.", "[\"4m40s\", \"4m50s\"]").replaces(&["mean", "csv", "min", "mode", "max", "file"]),
    Key::new("csv", &[Text], Absent("the same all day"), "CSV file with the mean of each interval, relative to the scenario file.", "\"forecast.csv\"").replaces(&["mean", "per_interval", "min", "mode", "max", "file"]),
    Key::new("column", &[Text], Absent("the only column"), "Column of that file.", "\"orders_aht_s\""),
    UNIT, WHERE, TIME_COLUMN, DATES, DECIMAL,
];

const GOAL: &[Key] = &[
    Key::new("service_level", &[ServiceLevel, SHARE], Absent("not judged"), "Share of contacts answered in time.", "\"80% in 20s\"").aka(&["sl", "sla", "service"]),
    Key::new("abandon", &[SHARE], Absent("not judged"), "Largest share of callers who hang up.", "\"5%\"").aka(&["abandon_rate", "abandonment", "max_abandon"]),
    Key::new("asa", &[LIMIT], Absent("not judged"), "Largest mean wait of answered contacts.", "\"45s\"").aka(&["average_speed_of_answer", "wait"]),
    Key::new("p_wait", &[SHARE], Absent("not judged"), "Largest share of contacts that have to wait.", "\"30%\""),
    Key::new("over", &[Choice(&[("interval", "each interval"), ("day", "each opening"), ("week", "seven openings in a row")])], Value("\"day\""), "Period the goal is judged over.", "\"day\"").aka(&["per", "period"]),
    Key::new("on", &[Word("average", "over all periods together"), OnPeriods], Value("\"average\""), "On the average, or on a share of the periods.", "\"90% of days\""),
];

const TEAM: &[Key] = &[
    Key::new("agents", HEAD_COUNTS, Absent("`scheduled` says it"), "People on the phone, after shrinkage: one number, or one per interval.", "45").replaces(&["scheduled"]).aka(&["staff", "people", "heads", "headcount", "count", "size", "fte"]),
    Key::new("scheduled", HEAD_COUNTS, Absent("`agents` says it"), "People paid; shrinkage is taken off and the rest rounded down.", "60").replaces(&["agents"]).aka(&["paid", "gross"]),
    Key::new("skills", &[Named { what: "queue", forms: &[Whole { min: -1_000, max: 1_000 }, Table(Fields { keys: SKILL, lone: Some("preference") })] }], Required, "Queues the team serves; the number orders the teams a contact tries, lowest first.", "{ orders = 1, returns = { preference = 2, handle_time = \"110%\" } }").aka(&["skill", "queues", "serves"]),
    Key::new("open", HOURS, Absent("the hours of the floor"), "Hours of the team, when shorter than those of the floor; its lists then cover its own hours.", "\"09:00-17:00\"").whole().aka(&["hours"]),
    Key::new("shrinkage", &[SHRINKAGE_SHARE, Table(Fields { keys: SHRINKAGE, lone: Some("planned") })], Value("\"0%\""), "Share of paid time in which people are not on the phone; planned and unplanned are added.", "{ planned = \"22%\", unplanned = \"8%\" }").whole(),
    Key::new("min_agents", &[HEADS], Absent("none"), "Fewest people on the phone a planner may use.", "2").aka(&["min", "minimum"]),
    Key::new("max_agents", &[HEADS], Absent("none"), "Most people on the phone a planner may use.", "60").aka(&["max", "maximum"]),
    Key::new("max_occupancy", &[SHARE], Absent("no cap"), "Occupancy cap the planner keeps.", "\"88%\"").aka(&["occupancy"]),
    Key::new("cost_per_hour", &[MONEY], Absent("cost is not reported"), "Cost of a paid hour.", "24.0").aka(&["cost", "wage", "rate", "salary"]),
    Key::new("cost_per_handled", &[MONEY], Absent("no fee"), "Fee for a handled contact, as outsourcers charge it.", "3.10").aka(&["cost_per_contact", "cost_per_call"]),
    Key::new("site", &[Text], Absent("no site is named"), "Where the team sits, for people.", "\"outsourced\""),
    Key::new("call_choice", CALL_CHOICE, Absent("that of [routing]"), "Which waiting contact a freed agent of this team takes.", "\"longest-wait\""),
    Key::later("shifts", "write `agents` = people on the phone, one number or one per interval"),
    Key::later("roster", "write `agents` = people on the phone, one number or one per interval"),
    Key::later("breaks", "write `agents` = people on the phone per interval, breaks already taken off"),
    Key::later("traits", "people come later; all agents of a team are alike"),
    Key::later("tenure", "people come later; all agents of a team are alike"),
    Key::later("reserve", "reserve rules come later; leave it out"),
    Key::later("ring_time", "ring time comes later; leave it out"),
    Key::later("paid_absence", "absence comes with shifts; leave it out"),
];

const HEAD_COUNTS: &[Form] = &[HEADS, List(&[HEADS, List(&[HEADS])]), ByWeekday(&[HEADS, List(&[HEADS])])];
const SHRINKAGE_SHARE: Form = Share { min: 0.0, max: 0.95 };

const SHRINKAGE: &[Key] = &[
    Key::new("planned", &[SHRINKAGE_SHARE], Value("\"0%\""), "Leave, training, meetings, breaks.", "\"22%\""),
    Key::new("unplanned", &[SHRINKAGE_SHARE], Value("\"0%\""), "Sickness, lateness.", "\"8%\""),
    Key::later("besides_schedule", "it belongs to `shifts` and `roster`; write { planned, unplanned }"),
];

const SKILL: &[Key] = &[
    Key::new("preference", &[Whole { min: -1_000, max: 1_000 }], Value("1"), "Lowest is tried first by an arriving contact; equal numbers are one pool.", "2").aka(&["priority", "level"]),
    Key::new("handle_time", &[Share { min: 0.01, max: 100.0 }], Value("\"100%\""), "Factor on talk, hold and wrap when this team serves this queue.", "\"110%\"").aka(&["speed", "efficiency"]),
    Key::later("after", "a delay before a team helps out comes later; without it the team takes contacts at once"),
];

const SHAPE: &[Key] = &[
    Key::new("weights", &[NUMBERS, ByWeekday(&[NUMBERS])], Required, "One weight per open interval; only their proportions count.", "[4, 7, 9, 8, 6]"),
];

const ROUTING: &[Key] = &[
    Key::new("agent_choice", AGENT_CHOICE, Value("\"longest-idle\""), "Which idle agent an arriving contact gets, among the teams with the lowest preference number.", "\"longest-idle\""),
    Key::new("call_choice", CALL_CHOICE, Value("\"priority\""), "Which waiting contact a freed agent takes.", "\"longest-wait\""),
];

const RUN: &[Key] = &[
    Key::new("replications", &[Whole { min: 1, max: 10_000_000 }], Value("200"), "Independent repetitions of the simulated days.", "1000").aka(&["runs", "reps"]),
    Key::new("seed", &[Whole { min: 0, max: i64::MAX }], Value("1"), "Seed of all randomness.", "7"),
    Key::new("warm_up", &[Duration { min: 0.0, max: 3_660.0 * DAY }], Value("\"0s\""), "Simulated but not counted, from the first opening.", "\"1h\"").aka(&["warmup"]),
    Key::later("population", "people come later; leave it out"),
    Key::later("loops", "repeat contacts come later; leave it out"),
];
