//! Each metric's one definition: a name, a unit, a sentence, and a numerator and denominator whose sums over
//! replications make the figure (semantics of `docs/metrics.md`).

use crate::engine::{AgentCell, DutyCell, LoopCell, OutcomeCell, QueueCell, STRAIN_UNIT, TeamCell};
use crate::model::{MILLION, TICKS_PER_SECOND};
use crate::people::Came;
use crate::scenario::{AbandonFormula, ServiceLevelFormula};

/// What a figure is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Share of one.
    Share,
    /// One count over another; may be above one.
    Ratio,
    /// Seconds.
    Seconds,
    /// Hours per day.
    Hours,
    /// Contacts per day.
    PerDay,
    /// Time average of a number.
    Average,
    /// The scenario's currency, per day.
    MoneyPerDay,
    /// The scenario's currency.
    Money,
}

/// Which direction of a figure is better for callers or for the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// The higher the better.
    Higher,
    /// The lower the better.
    Lower,
    /// Neither by itself.
    Neither,
}

/// Makes an enum of metrics with its table of names, units and definitions.
macro_rules! metrics {
    ($(#[$doc:meta])* $enum:ident { $($variant:ident $name:literal $unit:ident $sentence:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $enum { $(#[doc = $sentence] $variant,)* }

        impl $enum {
            /// All of them, in the order of the output.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Name in CSV and JSON.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Unit.
            pub fn unit(self) -> Unit {
                match self { $(Self::$variant => Unit::$unit),* }
            }

            /// Definition in a sentence.
            pub fn definition(self) -> &'static str {
                match self { $(Self::$variant => $sentence),* }
            }
        }
    };
}

metrics! {
    /// Figures of a queue, and of all queues, over the run.
    QueueMetric {
        Attempted "attempted" PerDay "Contacts that tried to get in: offered + blocked.",
        Offered "offered" PerDay "Contacts that reached the queue: answered + abandoned + dropped + deferred + open.",
        Fresh "fresh" PerDay "First attempts among the attempted.",
        Redials "redials" PerDay "Attempts after an abandonment or a busy signal.",
        Repeats "repeats" PerDay "Contacts because the problem was not solved.",
        Answered "answered" PerDay "Contacts an agent picked up.",
        Abandoned "abandoned" PerDay "Contacts that gave up waiting.",
        ShortAbandoned "short_abandoned" PerDay "Abandoned within short_abandon.",
        Blocked "blocked" PerDay "Contacts that found no line (busy signal).",
        Dropped "dropped" PerDay "Waiting contacts turned away at closing, or when nobody will come on duty.",
        ServiceLevel "service_level" Share "Service level by the queue's own time and service_level_formula.",
        SlOffered "service_level_offered" Share "Answered in time / offered.",
        SlIgnore "service_level_ignore_abandons_in_goal" Share "Answered in time / (answered + abandoned - abandoned in time).",
        SlCount "service_level_count_abandons_in_goal" Share "(Answered in time + abandoned in time) / (answered + abandoned).",
        SlAnswered "service_level_answered_only" Share "Answered in time / answered.",
        SlCountShort "service_level_count_short_abandons" Share "(Answered in time + short abandons) / (answered + abandoned).",
        SlNetOfShort "service_level_net_of_short" Share "Answered in time / (answered + abandoned - short abandons).",
        AsaS "asa_s" Seconds "Mean wait of answered contacts (average speed of answer).",
        WaitS "wait_s" Seconds "Mean wait of all contacts that reached the queue.",
        WaitGivenWaitS "wait_given_wait_s" Seconds "Mean wait of those who found no agent free.",
        AnswerWaitP50S "answer_wait_p50_s" Seconds "Median wait of answered contacts.",
        AnswerWaitP90S "answer_wait_p90_s" Seconds "90th percentile of the wait of answered contacts.",
        AnswerWaitP95S "answer_wait_p95_s" Seconds "95th percentile of the wait of answered contacts.",
        AnswerWaitP99S "answer_wait_p99_s" Seconds "99th percentile of the wait of answered contacts.",
        WaitMaxS "wait_max_s" Seconds "Longest wait of a day, mean over days.",
        PWait "p_wait" Share "Share of contacts that reached the queue and found no agent free.",
        AbandonRate "abandon_rate" Share "Abandoned / offered (or net of short abandons, by abandon_formula).",
        ShortAbandonRate "short_abandon_rate" Share "Short abandons / offered.",
        BlockedRate "blocked_rate" Share "Blocked / attempted.",
        AhtS "aht_s" Seconds "Mean handle time: talk + hold + wrap.",
        TalkS "talk_s" Seconds "Mean talk time per handled contact.",
        HoldS "hold_s" Seconds "Mean hold time per handled contact.",
        WrapS "wrap_s" Seconds "Mean wrap-up time per handled contact.",
        MeanQueue "mean_queue" Average "Contacts waiting, time average over opening hours.",
        MeanInService "mean_in_service" Average "Contacts being handled (wrap included), time average over opening hours.",
        TransfersIn "transfers_in" PerDay "Contacts handed on from another queue, among the attempted.",
        CallBacks "call_backs" PerDay "Promised calls and further tries of outgoing calls, among the attempted.",
        Deferred "deferred" PerDay "Accepted a call-back instead of waiting, among the offered.",
        Open "open" PerDay "Messages still in the backlog at the end, among the offered, by day of arrival.",
        SelfServed "self_served" PerDay "Callers who needed nobody after the menu; not among the attempted.",
        Unreached "unreached" PerDay "Outgoing calls the customer did not take, among the answered.",
        Transferred "transferred" PerDay "Handed on to another queue, among the answered.",
        LostToHorizon "lost_to_horizon" PerDay "Further attempts and call-backs that would come after the end of the replication; not among the attempted.",
        Undecided "undecided" PerDay "Messages whose goal time ends after the replication, among the offered: no service level counts them.",
        ReachedRate "reached_rate" Share "Outgoing calls the customer took / outgoing calls made.",
        OfferedPerFresh "offered_per_fresh" Ratio "(Offered + blocked) / fresh.",
        ResolutionRate "resolution_rate" Share "Problems solved at the first handling / problems handled for the first time.",
        Unsolved "unsolved" PerDay "Contacts handled, and not handed on, whose problem is not solved.",
        Fcr "fcr" Share "Problems handled for the first time without a return within fcr_window / all of them; none when the run ends sooner.",
        Csat "csat" Share "Rated top box / handled contacts that are asked (those handed on are not).",
        Offers "offers" PerDay "Offers made.",
        Sales "sales" PerDay "Offers taken.",
        Conversion "conversion" Share "Offers taken / made.",
        Revenue "revenue" MoneyPerDay "Money of the offers taken.",
        CustomersLost "customers_lost" PerDay "Customers who leave after a contact.",
        RetentionRate "retention_rate" Share "Customers who stay / contacts handled.",
        ValueLost "value_lost" MoneyPerDay "Worth of the customers lost; by itself, never in cost.",
        UpsetRate "upset_rate" Share "Callers upset or irate when answered / handled.",
        CalmedRate "calmed_rate" Share "Of these, calmed.",
        AbuseEnded "abuse_ended" PerDay "Calls ended for abuse.",
        RepeatsDueLater "repeats_due_later" PerDay "Repeats that would come after the end of the replication; not among the attempted.",
        CsatMean "csat_mean" Ratio "Mean rating from 1 to 5 (top box) of handled contacts that are asked.",
    }
}

metrics! {
    /// Figures of a queue in an interval. Contacts belong to the interval in which they arrived.
    IntervalMetric {
        Offered "offered" PerDay "Contacts that arrived in the interval and reached the queue, per day.",
        Answered "answered" PerDay "Of these, answered.",
        Abandoned "abandoned" PerDay "Of these, gave up.",
        Blocked "blocked" PerDay "Arrived in the interval and found no line.",
        Dropped "dropped" PerDay "Of the offered, turned away.",
        ServiceLevel "service_level" Share "Service level by the queue's own time and formula.",
        AbandonRate "abandon_rate" Share "Abandonment rate by the queue's formula.",
        PWait "p_wait" Share "Share that found no agent free.",
        AsaS "asa_s" Seconds "Mean wait of the answered.",
        WaitS "wait_s" Seconds "Mean wait of all.",
        WaitMaxS "wait_max_s" Seconds "Longest wait, mean over days.",
        AhtS "aht_s" Seconds "Mean handle time.",
        MeanQueue "mean_queue" Average "Contacts waiting in the interval, time average.",
        MeanInService "mean_in_service" Average "Contacts being handled in the interval, time average.",
        Redials "redials" PerDay "Of the offered and blocked, attempts after an abandonment or a busy signal.",
        TransfersIn "transfers_in" PerDay "Of the offered and blocked, handed on from another queue.",
        CallBacks "call_backs" PerDay "Of the offered and blocked, promised calls and further tries.",
        Deferred "deferred" PerDay "Of the offered, accepted a call-back.",
        Open "open" PerDay "Of the offered, messages still in the backlog at the end.",
        SelfServed "self_served" PerDay "Callers of the interval who needed nobody after the menu.",
        Unreached "unreached" PerDay "Of the answered, outgoing calls the customer did not take.",
        Transferred "transferred" PerDay "Of the answered, handed on to another queue.",
        Undecided "undecided" PerDay "Of the offered, messages whose goal time ends after the replication.",
        Repeats "repeats" PerDay "Of the offered and blocked, contacts because the problem was not solved.",
        ResolutionRate "resolution_rate" Share "Problems of the interval solved at the first handling.",
        Fcr "fcr" Share "Problems of the interval without a return within fcr_window.",
        Csat "csat" Share "Contacts of the interval rated top box, of those asked.",
        Sales "sales" PerDay "Offers taken by contacts of the interval.",
        Conversion "conversion" Share "Offers taken / made.",
        Revenue "revenue" MoneyPerDay "Money of the offers taken.",
        CustomersLost "customers_lost" PerDay "Customers who leave after a contact of the interval.",
        CsatMean "csat_mean" Ratio "Mean rating from 1 to 5 of contacts of the interval that are asked.",
    }
}

metrics! {
    /// Figures of a team, and of all teams, over the run.
    TeamMetric {
        Answered "answered" PerDay "Contacts picked up.",
        Occupancy "occupancy" Share "(Talk + hold + wrap) / time on duty, in opening hours.",
        Utilisation "utilisation" Share "Handling time / paid time.",
        AhtS "aht_s" Seconds "Mean handle time: talk + hold + wrap.",
        TalkS "talk_s" Seconds "Mean talk time.",
        HoldS "hold_s" Seconds "Mean hold time.",
        WrapS "wrap_s" Seconds "Mean wrap-up time.",
        OnPhoneH "on_phone_h" Hours "Hours on the phone (on duty), per day.",
        PaidH "paid_h" Hours "Paid hours, overtime included, per day.",
        AfterCloseS "after_close_s" Seconds "Agent time after closing, per day.",
        OverrunS "overrun_s" Seconds "Agent time past the planned end inside opening hours, per day.",
        Cost "cost" MoneyPerDay "Paid hours x rate + fees, per day.",
        CostPerHandled "cost_per_handled" Money "Cost per contact handled.",
        ScheduledH "scheduled_h" Hours "Hours on the phone by plan, per day.",
        OvertimeH "overtime_h" Hours "Paid beyond the plan: agent time after closing and past the planned end, per day.",
        Adherence "adherence" Share "On duty in the own schedule / scheduled time of those who came; named people only.",
        Absence "absence" Share "Scheduled time on the phone of those absent all day / scheduled time of all; named people only.",
        ConcurrencyUsed "concurrency_used" Share "Mean number of contacts in hand of agents who have any / the most chats they may have.",
        Fees "fees" MoneyPerDay "Fees per contact and per minute of talk, on each day at least min_commitment.",
        ResolutionRate "resolution_rate" Share "Problems solved at the first handling / problems the team handled for the first time.",
        Csat "csat" Share "Rated top box / contacts the team handled that are asked.",
        Sales "sales" PerDay "Offers taken.",
        Conversion "conversion" Share "Offers taken / made.",
        Revenue "revenue" MoneyPerDay "Money of the offers taken.",
        RetentionRate "retention_rate" Share "Customers who stay / contacts handled.",
        CalmedRate "calmed_rate" Share "Callers calmed / callers upset or irate when answered.",
        Strain "strain" Average "Points of strain with which agents go into a conversation, mean.",
        TrainingCost "training_cost" MoneyPerDay "Training by its own cost, without the time it takes; part of cost.",
        CsatMean "csat_mean" Ratio "Mean rating from 1 to 5 of contacts the team handled that are asked.",
        AnsweredInGoalRate "answered_in_goal_rate" Share "Picked up within the goal time of their queue / picked up (messages whose time is over).",
    }
}

metrics! {
    /// Figures of one person over the run.
    AgentMetric {
        Answered "answered" PerDay "Contacts picked up.",
        AhtS "aht_s" Seconds "Mean handle time: talk + hold + wrap.",
        TalkS "talk_s" Seconds "Mean talk time.",
        HoldS "hold_s" Seconds "Mean hold time.",
        WrapS "wrap_s" Seconds "Mean wrap-up time.",
        OnPhoneH "on_phone_h" Hours "Hours on duty in opening hours, per day.",
        Occupancy "occupancy" Share "Busy / on duty, in opening hours.",
        ResolutionRate "resolution_rate" Share "Problems solved at the first handling.",
        Csat "csat" Share "Rated top box, of those asked.",
        Sales "sales" PerDay "Offers taken.",
        Conversion "conversion" Share "Offers taken / made.",
        Revenue "revenue" MoneyPerDay "Money of the offers taken.",
        RetentionRate "retention_rate" Share "Customers who stay / contacts handled.",
        CalmedRate "calmed_rate" Share "Callers calmed / callers upset or irate when answered.",
        Strain "strain" Average "Points of strain with which the person goes into a conversation, mean.",
        CsatMean "csat_mean" Ratio "Mean rating from 1 to 5, of those asked.",
    }
}

/// Queue metrics from this one on, and interval metrics, exist only where the model counts loops.
pub(super) const PLAIN_QUEUE_METRICS: usize = QueueMetric::TransfersIn as usize;
/// Queue metrics from this one on exist only where people change anything.
pub(super) const LOOP_QUEUE_METRICS: usize = QueueMetric::ResolutionRate as usize;
pub(super) const PLAIN_INTERVAL_METRICS: usize = IntervalMetric::Redials as usize;

/// Numerator and denominator of one replication (or day).
pub(super) type Parts = (f64, f64);

/// A queue's counts in a segment or in several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts<'c> {
    pub(super) cell: &'c QueueCell,
    /// `None` where the model counts no loops.
    pub(super) loops: Option<&'c LoopCell>,
    /// `None` where people change nothing.
    pub(super) outcomes: Option<&'c OutcomeCell>,
}

impl Counts<'_> {
    fn undecided(&self) -> u32 {
        self.loops.map_or(0, |loops| loops.undecided)
    }

    /// Whether anything is there by which a goal could be judged.
    pub(super) fn can_be_judged(&self) -> bool {
        self.cell.offered > self.undecided()
    }
}

/// What a queue's definitions need besides the counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct QueueContext {
    pub(super) formula: ServiceLevelFormula,
    pub(super) abandon_formula: AbandonFormula,
    /// The contacts are messages.
    pub(super) messages: bool,
    /// The contacts are outgoing calls.
    pub(super) outgoing: bool,
    /// Returns within the window of `fcr` can be seen.
    pub(super) fcr: bool,
    /// A worth of customers is stated.
    pub(super) valued: bool,
    /// Days covered.
    pub(super) days: f64,
    /// Open ticks covered.
    pub(super) open_ticks: f64,
}

/// Parts of a service level by one of the six formulas. Nobody abandons a message, so for messages all six are the
/// same: answered in time of those whose time is over.
pub(super) fn service_level(formula: ServiceLevelFormula, messages: bool, counts: &Counts<'_>) -> Parts {
    let c = counts.cell;
    let (a, b) = (f64::from(c.answered), f64::from(c.abandoned));
    let (a_t, b_t, b_s) = (f64::from(c.answered_in_goal), f64::from(c.abandoned_in_goal), f64::from(c.short_abandoned));
    if messages {
        return (a_t, f64::from(c.offered - counts.undecided()));
    }
    match formula {
        ServiceLevelFormula::Offered => (a_t, f64::from(c.offered)),
        ServiceLevelFormula::IgnoreAbandonsInGoal => (a_t, a + b - b_t),
        ServiceLevelFormula::CountAbandonsInGoal => (a_t + b_t, a + b),
        ServiceLevelFormula::AnsweredOnly => (a_t, a),
        ServiceLevelFormula::CountShortAbandons => (a_t + b_s, a + b),
        ServiceLevelFormula::NetOfShort => (a_t, a + b - b_s),
    }
}

/// Parts of the abandonment rate by one of the two formulas.
pub(super) fn abandon_rate(formula: AbandonFormula, c: &QueueCell) -> Parts {
    let (b, offered, short) = (f64::from(c.abandoned), f64::from(c.offered), f64::from(c.short_abandoned));
    match formula {
        AbandonFormula::All => (b, offered),
        AbandonFormula::NetOfShort => (b - short, offered - short),
    }
}

fn share(some: u32, of: u32) -> Parts {
    (f64::from(some), f64::from(of))
}

fn seconds(ticks: u64) -> f64 {
    ticks as f64 / TICKS_PER_SECOND
}

impl QueueMetric {
    /// Which direction is better.
    pub fn better(self) -> Better {
        match self {
            Self::Answered | Self::ServiceLevel | Self::SlOffered | Self::SlIgnore | Self::SlCount => Better::Higher,
            Self::SlAnswered | Self::SlCountShort | Self::SlNetOfShort | Self::ReachedRate => Better::Higher,
            Self::Abandoned | Self::ShortAbandoned | Self::Blocked | Self::Dropped | Self::Open => Better::Lower,
            Self::AbandonRate | Self::ShortAbandonRate | Self::BlockedRate | Self::PWait => Better::Lower,
            Self::AsaS | Self::WaitS | Self::WaitGivenWaitS | Self::WaitMaxS | Self::MeanQueue => Better::Lower,
            Self::AnswerWaitP50S | Self::AnswerWaitP90S | Self::AnswerWaitP95S | Self::AnswerWaitP99S => Better::Lower,
            Self::Redials | Self::Repeats | Self::OfferedPerFresh | Self::LostToHorizon => Better::Lower,
            Self::Attempted | Self::Offered | Self::Fresh | Self::AhtS | Self::TalkS | Self::HoldS | Self::WrapS => {
                Better::Neither
            }
            Self::MeanInService | Self::TransfersIn | Self::CallBacks | Self::Deferred | Self::SelfServed => {
                Better::Neither
            }
            Self::Unreached | Self::Transferred | Self::Undecided => Better::Neither,
            Self::ResolutionRate | Self::Fcr | Self::Csat | Self::Sales | Self::Conversion => Better::Higher,
            Self::Revenue | Self::RetentionRate | Self::CalmedRate | Self::CsatMean => Better::Higher,
            Self::Unsolved | Self::CustomersLost | Self::ValueLost | Self::RepeatsDueLater => Better::Lower,
            Self::Offers | Self::UpsetRate | Self::AbuseEnded => Better::Neither,
        }
    }

    /// Whether the denominator is the same for all queues (days, open time), so that a total must not add it up.
    pub(super) fn shares_denominator(self) -> bool {
        matches!(self.unit(), Unit::PerDay | Unit::Average | Unit::MoneyPerDay) || self == Self::WaitMaxS
    }

    /// Numerator and denominator from a queue's counts. A service time or queue length covers open segments only,
    /// so `open` holds the time sums of those, `counts` the counts of all.
    pub(super) fn parts(self, counts: &Counts<'_>, open: &QueueCell, context: &QueueContext) -> Parts {
        let all = counts.cell;
        let loops = || counts.loops.copied().unwrap_or_default();
        let per_day = |count: u32| (f64::from(count), context.days);
        let level = |formula| service_level(formula, context.messages, counts);
        let attempted = all.offered + all.blocked;
        let answered = f64::from(all.answered);
        use ServiceLevelFormula as F;
        match self {
            Self::Attempted => per_day(attempted),
            Self::Offered => per_day(all.offered),
            Self::Fresh => per_day(attempted - loops().again()),
            Self::Redials => per_day(loops().redials),
            Self::Repeats => per_day(loops().repeats),
            Self::Answered => per_day(all.answered),
            Self::Abandoned => per_day(all.abandoned),
            Self::ShortAbandoned => per_day(all.short_abandoned),
            Self::Blocked => per_day(all.blocked),
            Self::Dropped => per_day(all.dropped),
            Self::ServiceLevel => level(context.formula),
            Self::SlOffered => level(F::Offered),
            Self::SlIgnore => level(F::IgnoreAbandonsInGoal),
            Self::SlCount => level(F::CountAbandonsInGoal),
            Self::SlAnswered => level(F::AnsweredOnly),
            Self::SlCountShort => level(F::CountShortAbandons),
            Self::SlNetOfShort => level(F::NetOfShort),
            Self::AsaS => (seconds(all.wait_answered), answered),
            Self::WaitS => (seconds(all.wait_all), f64::from(all.offered)),
            Self::WaitGivenWaitS => (seconds(all.wait_all), f64::from(all.waited)),
            Self::AnswerWaitP50S | Self::AnswerWaitP90S | Self::AnswerWaitP95S | Self::AnswerWaitP99S => (0.0, 0.0),
            Self::WaitMaxS => (seconds(all.wait_max), context.days),
            Self::PWait => (f64::from(all.waited), f64::from(all.offered)),
            Self::AbandonRate => abandon_rate(context.abandon_formula, all),
            Self::ShortAbandonRate => (f64::from(all.short_abandoned), f64::from(all.offered)),
            Self::BlockedRate => (f64::from(all.blocked), f64::from(attempted)),
            Self::AhtS => (seconds(all.handled.total()), answered),
            Self::TalkS => (seconds(all.handled.talk), answered),
            Self::HoldS => (seconds(all.handled.hold), answered),
            Self::WrapS => (seconds(all.handled.wrap), answered),
            Self::MeanQueue => (open.waiting_time as f64, context.open_ticks),
            Self::MeanInService => (open.service_time as f64, context.open_ticks),
            Self::TransfersIn => per_day(loops().received),
            Self::CallBacks => per_day(loops().call_backs),
            Self::Deferred => per_day(loops().deferred),
            Self::Open => per_day(loops().open),
            Self::SelfServed => per_day(loops().self_served),
            Self::Unreached => per_day(loops().unreached),
            Self::Transferred => per_day(loops().transferred),
            Self::LostToHorizon => per_day(loops().lost),
            Self::Undecided => per_day(loops().undecided),
            Self::ReachedRate if context.outgoing => (answered - f64::from(loops().unreached), answered),
            Self::ReachedRate => (0.0, 0.0),
            Self::OfferedPerFresh => (f64::from(attempted), f64::from(attempted - loops().again())),
            Self::RepeatsDueLater => per_day(loops().repeats_later),
            _ => counts.outcomes.map_or((0.0, 0.0), |outcomes| self.parts_of_outcomes(outcomes, context)),
        }
    }

    /// The same for what comes of conversations.
    fn parts_of_outcomes(self, c: &OutcomeCell, context: &QueueContext) -> Parts {
        let per_day = |count: u32| (f64::from(count), context.days);
        let money = |millionths: u64| (millionths as f64 / MILLION, context.days);
        match self {
            Self::ResolutionRate => share(c[Came::FirstResolved], c[Came::First]),
            Self::Unsolved => per_day(c[Came::Judged] - c[Came::Resolved]),
            Self::Fcr if context.fcr => share(c[Came::First] - c[Came::FirstReturned], c[Came::First]),
            Self::Csat => share(c[Came::Satisfied], c[Came::Rated]),
            Self::CsatMean => share(c.points, c[Came::Rated]),
            Self::Offers => per_day(c[Came::Offered]),
            Self::Sales => per_day(c[Came::Sold]),
            Self::Conversion => share(c[Came::Sold], c[Came::Offered]),
            Self::Revenue => money(c.revenue),
            Self::CustomersLost => per_day(c[Came::Lost]),
            Self::RetentionRate => share(c[Came::Held] - c[Came::Lost], c[Came::Held]),
            Self::ValueLost if context.valued => money(c.lost_value),
            Self::UpsetRate => share(c[Came::Heated], c[Came::Handled]),
            Self::CalmedRate => share(c[Came::Calmed], c[Came::Heated]),
            Self::AbuseEnded => per_day(c[Came::Ended]),
            _ => (0.0, 0.0),
        }
    }
}

impl LoopCell {
    /// Attempts that are not the first.
    fn again(&self) -> u32 {
        self.redials + self.received + self.call_backs + self.repeats
    }
}

impl IntervalMetric {
    pub(super) fn shares_denominator(self) -> bool {
        matches!(self.unit(), Unit::PerDay | Unit::Average | Unit::MoneyPerDay) || self == Self::WaitMaxS
    }

    /// Numerator and denominator from an interval's counts.
    pub(super) fn parts(self, counts: &Counts<'_>, context: &QueueContext) -> Parts {
        let run = match self {
            Self::Offered => QueueMetric::Offered,
            Self::Answered => QueueMetric::Answered,
            Self::Abandoned => QueueMetric::Abandoned,
            Self::Blocked => QueueMetric::Blocked,
            Self::Dropped => QueueMetric::Dropped,
            Self::ServiceLevel => QueueMetric::ServiceLevel,
            Self::AbandonRate => QueueMetric::AbandonRate,
            Self::PWait => QueueMetric::PWait,
            Self::AsaS => QueueMetric::AsaS,
            Self::WaitS => QueueMetric::WaitS,
            Self::WaitMaxS => QueueMetric::WaitMaxS,
            Self::AhtS => QueueMetric::AhtS,
            Self::MeanQueue => QueueMetric::MeanQueue,
            Self::MeanInService => QueueMetric::MeanInService,
            Self::Redials => QueueMetric::Redials,
            Self::TransfersIn => QueueMetric::TransfersIn,
            Self::CallBacks => QueueMetric::CallBacks,
            Self::Deferred => QueueMetric::Deferred,
            Self::Open => QueueMetric::Open,
            Self::SelfServed => QueueMetric::SelfServed,
            Self::Unreached => QueueMetric::Unreached,
            Self::Transferred => QueueMetric::Transferred,
            Self::Undecided => QueueMetric::Undecided,
            Self::Repeats => QueueMetric::Repeats,
            Self::ResolutionRate => QueueMetric::ResolutionRate,
            Self::Fcr => QueueMetric::Fcr,
            Self::Csat => QueueMetric::Csat,
            Self::Sales => QueueMetric::Sales,
            Self::Conversion => QueueMetric::Conversion,
            Self::Revenue => QueueMetric::Revenue,
            Self::CustomersLost => QueueMetric::CustomersLost,
            Self::CsatMean => QueueMetric::CsatMean,
        };
        run.parts(counts, counts.cell, context)
    }
}

/// A team's times of one day.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TeamDay {
    /// Sums over the counted segments of the day.
    pub(super) all: TeamCell,
    /// Busy agent-ticks in open segments.
    pub(super) busy_open: u64,
    /// Paid hours without overtime.
    pub(super) paid_h: f64,
    /// Agent-ticks the plan wants on duty.
    pub(super) planned: u64,
    /// What only named people and chats have.
    pub(super) duties: DutyCell,
    /// Named people: agent-ticks on the phone by plan of all duties that begin on this day.
    pub(super) rostered: Option<u64>,
    /// Most chats an agent has in hand; 1 = no chats beside each other.
    pub(super) chats: u32,
    /// What the team costs.
    pub(super) prices: Prices,
    /// What came of its conversations; `None` where people change nothing.
    pub(super) outcomes: Option<OutcomeCell>,
}

/// What a team costs, as far as it is stated.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Prices {
    /// A paid hour.
    pub(super) hour: Option<f64>,
    /// A handled contact.
    pub(super) contact: Option<f64>,
    /// A minute of talk.
    pub(super) talk_minute: Option<f64>,
    /// The least fee of this day; 0 on a day on which the team is closed.
    pub(super) least_fee: Option<f64>,
    /// Training of the whole team, a day.
    pub(super) training: Option<f64>,
}

impl TeamDay {
    fn after_close(&self) -> u64 {
        self.all.busy - self.busy_open
    }

    fn overrun(&self) -> u64 {
        match self.rostered {
            Some(_) => self.duties.overrun,
            None => self.all.staffed.saturating_sub(self.planned),
        }
    }

    fn overtime_h(&self) -> f64 {
        seconds(self.after_close() + self.overrun()) / 3600.0
    }

    fn paid_with_overtime_h(&self) -> f64 {
        self.paid_h + self.overtime_h()
    }

    /// `None` when the scenario states no fee.
    fn fees(&self) -> Option<f64> {
        let Prices { contact, talk_minute, least_fee, .. } = self.prices;
        contact.or(talk_minute).or(least_fee)?;
        let contacts = contact.unwrap_or(0.0) * f64::from(self.all.answered);
        let talk = talk_minute.unwrap_or(0.0) * seconds(self.all.handled.talk) / 60.0;
        Some((contacts + talk).max(least_fee.unwrap_or(0.0)))
    }

    /// `None` when the scenario states no cost.
    fn cost(&self) -> Option<f64> {
        let hours = self.prices.hour.map(|rate| rate * self.paid_with_overtime_h());
        let costs = [hours, self.fees(), self.prices.training];
        costs.iter().any(Option::is_some).then(|| costs.iter().flatten().sum())
    }

    /// Time on duty and scheduled time of those who came.
    fn adherence(&self) -> Option<Parts> {
        let came = seconds(self.rostered?) - seconds(self.duties.absent);
        Some((came - seconds(self.duties.late), came))
    }
}

impl TeamMetric {
    /// Which direction is better.
    pub fn better(self) -> Better {
        match self {
            Self::PaidH | Self::AfterCloseS | Self::OverrunS | Self::OvertimeH | Self::Absence => Better::Lower,
            Self::Cost | Self::CostPerHandled | Self::Fees => Better::Lower,
            Self::Adherence => Better::Higher,
            Self::Answered | Self::Occupancy | Self::Utilisation | Self::ConcurrencyUsed => Better::Neither,
            Self::AhtS | Self::TalkS | Self::HoldS | Self::WrapS | Self::OnPhoneH | Self::ScheduledH => Better::Neither,
            Self::ResolutionRate | Self::Csat | Self::Sales | Self::Conversion | Self::Revenue => Better::Higher,
            Self::RetentionRate | Self::CalmedRate | Self::CsatMean | Self::AnsweredInGoalRate => Better::Higher,
            Self::Strain | Self::TrainingCost => Better::Lower,
        }
    }

    pub(super) fn shares_denominator(self) -> bool {
        matches!(self.unit(), Unit::PerDay | Unit::Hours | Unit::MoneyPerDay)
            || matches!(self, Self::AfterCloseS | Self::OverrunS)
    }

    /// Numerator and denominator of one day; `None` where the scenario states no cost, or has nothing of the kind.
    pub(super) fn parts(self, day: &TeamDay) -> Option<Parts> {
        let all = &day.all;
        let answered = f64::from(all.answered);
        Some(match self {
            Self::Answered => (answered, 1.0),
            Self::Occupancy => (seconds(day.busy_open), seconds(all.staffed)),
            Self::Utilisation => (seconds(all.busy), 3600.0 * day.paid_with_overtime_h()),
            Self::AhtS => (seconds(all.handled.total()), answered),
            Self::TalkS => (seconds(all.handled.talk), answered),
            Self::HoldS => (seconds(all.handled.hold), answered),
            Self::WrapS => (seconds(all.handled.wrap), answered),
            Self::OnPhoneH => (seconds(all.staffed) / 3600.0, 1.0),
            Self::PaidH => (day.paid_with_overtime_h(), 1.0),
            Self::AfterCloseS => (seconds(day.after_close()), 1.0),
            Self::OverrunS => (seconds(day.overrun()), 1.0),
            Self::Cost => (day.cost()?, 1.0),
            Self::CostPerHandled => (day.cost()?, answered),
            Self::ScheduledH => (seconds(day.planned) / 3600.0, 1.0),
            Self::OvertimeH => (day.overtime_h(), 1.0),
            Self::Adherence => day.adherence()?,
            Self::Absence => (seconds(day.duties.absent), seconds(day.rostered?)),
            Self::ConcurrencyUsed if day.chats > 1 => {
                (seconds(day.duties.in_hand), seconds(day.duties.in_hand_busy) * f64::from(day.chats))
            }
            Self::ConcurrencyUsed => return None,
            Self::Fees => (day.fees()?, 1.0),
            Self::TrainingCost => (day.prices.training?, 1.0),
            Self::AnsweredInGoalRate => {
                // Shown where people are weighed against each other, and nowhere else.
                day.outcomes.as_ref()?;
                share(all.answered_in_goal, all.answered - all.undecided)
            }
            _ => self.parts_of_outcomes(day.outcomes.as_ref()?),
        })
    }

    /// The same for what comes of conversations.
    fn parts_of_outcomes(self, c: &OutcomeCell) -> Parts {
        match self {
            Self::ResolutionRate => share(c[Came::FirstResolved], c[Came::First]),
            Self::Csat => share(c[Came::Satisfied], c[Came::Rated]),
            Self::CsatMean => share(c.points, c[Came::Rated]),
            Self::Sales => (f64::from(c[Came::Sold]), 1.0),
            Self::Conversion => share(c[Came::Sold], c[Came::Offered]),
            Self::Revenue => (c.revenue as f64 / MILLION, 1.0),
            Self::RetentionRate => share(c[Came::Held] - c[Came::Lost], c[Came::Held]),
            Self::CalmedRate => share(c[Came::Calmed], c[Came::Heated]),
            Self::Strain => (c.strain as f64 * STRAIN_UNIT, f64::from(c[Came::Handled])),
            _ => (0.0, 0.0),
        }
    }
}

impl AgentMetric {
    /// Numerator and denominator of one replication.
    pub(super) fn parts(self, cell: &AgentCell, days: f64) -> Parts {
        let (c, answered) = (&cell.outcomes, f64::from(cell.answered));
        match self {
            Self::Answered => (answered, days),
            Self::AhtS => (seconds(cell.handled.total()), answered),
            Self::TalkS => (seconds(cell.handled.talk), answered),
            Self::HoldS => (seconds(cell.handled.hold), answered),
            Self::WrapS => (seconds(cell.handled.wrap), answered),
            Self::OnPhoneH => (seconds(cell.on_duty) / 3600.0, days),
            Self::Occupancy => (seconds(cell.busy), seconds(cell.on_duty)),
            Self::ResolutionRate => share(c[Came::FirstResolved], c[Came::First]),
            Self::Csat => share(c[Came::Satisfied], c[Came::Rated]),
            Self::CsatMean => share(c.points, c[Came::Rated]),
            Self::Sales => (f64::from(c[Came::Sold]), days),
            Self::Conversion => share(c[Came::Sold], c[Came::Offered]),
            Self::Revenue => (c.revenue as f64 / MILLION, days),
            Self::RetentionRate => share(c[Came::Held] - c[Came::Lost], c[Came::Held]),
            Self::CalmedRate => share(c[Came::Calmed], c[Came::Heated]),
            Self::Strain => (c.strain as f64 * STRAIN_UNIT, f64::from(c[Came::Handled])),
        }
    }
}
