//! What the engine runs: immutable, dense numbers instead of names, compiled samplers, ticks instead of seconds.
//!
//! [`compile`] is the one door into this room: it is the only place where names become numbers, and the last place
//! where anything can fail. The engine trusts what it finds here.

mod calls;
mod compile;
mod crew;
mod early;
mod people;
mod sampler;
mod ziggurat;

pub use calls::{CallBack, Callers, Chat, Dial, HandOver, Kind, Messages, Redial};
pub use compile::compile;
pub use crew::{Case, Crew, FollowUp, MILLION, Outcomes, Peopled, Repeat, trained};
pub use people::{Duty, People, Stretch};
pub use sampler::{Bits, Sampler};
pub use ziggurat::Ziggurat;

use crate::people::Trait;
use crate::scenario::{AfterClose, ServiceLevelFormula};

/// An instant or a length of time: one tick is one microsecond.
pub type Tick = u64;

/// Ticks in a second.
pub const TICKS_PER_SECOND: f64 = 1e6;

/// The longest single time (talk, wrap, patience that ends) the engine represents: 2^40 ticks, some 12.7 days.
/// Longer draws are cut to it.
pub const LONGEST_TIME: Tick = 1 << 40;

/// An agent, team or queue number takes this many bits of the engine's keys ...
pub const GROUP_BITS: u32 = 18;
/// ... so this many fit in one team, and this many teams and queues in one floor.
pub const MOST_IN_A_GROUP: usize = 1 << GROUP_BITS;
/// The other bits are the instant: 2^46 microseconds, some 814 days.
pub const LAST_TICK: Tick = (1 << (64 - GROUP_BITS)) - 2;

/// A caller who never gives up.
pub const FOREVER: Tick = Tick::MAX;

/// Seconds to the nearest tick.
pub fn ticks(seconds: f64) -> Tick {
    (seconds * TICKS_PER_SECOND + 0.5) as Tick
}

/// One floor, compiled.
#[derive(Debug, Clone)]
pub struct Model {
    /// Seed of all randomness.
    pub seed: u64,
    /// Stretches of time in order: the open intervals, and behind each closing the gap to the next opening.
    pub segments: Vec<Segment>,
    /// First instant behind each segment, side by side: what the statistics look at all the time.
    pub segment_ends: Vec<Tick>,
    /// Start of each open interval.
    pub interval_starts: Vec<Tick>,
    /// Length of an interval.
    pub interval_ticks: Tick,
    /// The openings.
    pub days: Vec<DaySpan>,
    /// Statistics count from this segment on (warm-up).
    pub counted_from: usize,
    /// Queues in file order.
    pub queues: Vec<Queue>,
    /// Teams in file order.
    pub teams: Vec<Team>,
    /// Telephone lines shared by all queues; `None` = unlimited.
    pub lines: Option<u32>,
    /// Places for waiting contacts of all queues; `None` = unlimited.
    pub queue_capacity: Option<u32>,
    /// Whether any queue has limited places, of its own or shared.
    pub counts_places: bool,
    /// Whether any line limit exists at all: without one the engine keeps no account of lines.
    pub counts_lines: bool,
    /// What happens to callers waiting at closing time.
    pub after_close: AfterClose,
    /// Open time before each segment, side by side: the clock by which messages wait.
    pub open_before: Vec<Tick>,
    /// Whether anybody redials, is transferred, called back or served by a menu, or leaves a message: only then such
    /// contacts are counted apart.
    pub counts_loops: bool,
    /// Whether any team has named people or chats: only then overrun, absence and contacts in hand are counted.
    pub counts_duties: bool,
    /// What ties busyness factors together.
    pub correlation: Option<Correlation>,
    /// How people change what happens; `None` = all agents of a team are alike and nothing comes of conversations.
    pub people: Option<Peopled>,
    /// Tables of the ziggurat method.
    pub zig: Ziggurat,
}

impl Model {
    /// Open time of a segment \[ticks\]; 0 for a gap after closing.
    pub fn open_ticks(&self, segment: usize) -> Tick {
        let s = &self.segments[segment];
        if s.open { s.end - s.start } else { 0 }
    }

    /// Open time before an instant of a segment: differences of it are waits by the clock of messages.
    pub fn open_clock(&self, segment: usize, at: Tick) -> Tick {
        let s = &self.segments[segment];
        self.open_before[segment] + if s.open { at.min(s.end) - s.start } else { 0 }
    }

    /// Open time of the whole replication.
    pub fn open_total(&self) -> Tick {
        let last = self.segments.len() - 1;
        self.open_before[last] + self.open_ticks(last)
    }

    /// The first open segment behind this one that begins an opening, if there is one.
    pub fn next_opening(&self, segment: usize) -> Option<usize> {
        let day = self.segments[segment].day + 1;
        self.days.get(day).map(|day| day.first)
    }
}

/// Correlation of the normal scores of busyness factors.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    /// Between any two queues on a day.
    pub queues: f64,
    /// From this time after the opening on a second factor rules; correlation with the first.
    pub late: Option<(Tick, f64)>,
}

/// A stretch of time in which rates and staffing are constant.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// First instant.
    pub start: Tick,
    /// First instant behind it; [`Tick::MAX`] for the last gap.
    pub end: Tick,
    /// An open interval, or the time after closing.
    pub open: bool,
    /// The day it belongs to; a gap belongs to the day that has just closed.
    pub day: usize,
    /// Whether the floor closes at the end of this interval.
    pub closes: bool,
    /// The interval's index in the scenario's timeline; for a gap that of the interval before it.
    pub interval: usize,
}

/// One opening as segments.
#[derive(Debug, Clone, PartialEq)]
pub struct DaySpan {
    /// First segment.
    pub first: usize,
    /// Number of open segments.
    pub intervals: usize,
    /// One past its last segment, the gap after closing included.
    pub end: usize,
}

/// One kind of contact.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Hash of its name: its part in the name of every random stream.
    pub name_hash: u64,
    /// How contacts arrive.
    pub arrivals: Arrivals,
    /// Repeats of contacts before the first day; `None` = there are none.
    pub early: Option<Vec<RatePiece>>,
    /// The day's busyness factor; `None` = always 1.
    pub day_factor: Option<Sampler>,
    /// Its coefficient of variation.
    pub day_cv: f64,
    /// Way of its contacts.
    pub kind: Kind,
    /// What its callers do besides waiting.
    pub callers: Callers,
    /// Whether a contact holds a telephone line.
    pub holds_line: bool,
    /// Who calls and what comes of it; `None` where people change nothing.
    pub outcomes: Option<Outcomes>,
    /// Whether contacts may overtake (credit, transfers, resumed messages).
    pub sorted: bool,
    /// Whether its contacts do nothing but wait, talk to an agent and leave.
    pub plain: bool,
    /// Whether an agent can only be found by looking at everybody (a rule, a reserve, contacts in hand).
    pub looks: bool,
    /// Talk time \[s\].
    pub talk: Sampler,
    /// Length \[s\] and probability of a hold.
    pub hold: Option<(Sampler, f64)>,
    /// Wrap-up time \[s\].
    pub wrap: Option<Sampler>,
    /// Factor on all three by segment; empty = 1 everywhere.
    pub handle_factor: Vec<f64>,
    /// Time a caller is willing to wait \[s\]; `None` = unlimited.
    pub patience: Option<Sampler>,
    /// Share of callers who leave at once when no agent is free.
    pub balk: f64,
    /// A wait of at most this is within the goal.
    pub target: Tick,
    /// A wait of at most this makes an abandonment short.
    pub short_abandon: Tick,
    /// Own trunk group.
    pub lines: Option<u32>,
    /// Places for its waiting contacts.
    pub queue_capacity: Option<u32>,
    /// The different delays after which teams help out, in rising order; empty when all take contacts at once.
    pub delays: Vec<Tick>,
    /// Teams an arriving contact tries, in order; equal `pool` numbers are one pool.
    pub choices: Vec<TeamChoice>,
    /// Which idle agent of the first pool that has one.
    pub pick: Pick,
    /// From this segment on no skilled agent is ever on duty again; `usize::MAX` = never so.
    pub unserved_from: usize,
    /// Which service-level formula its figures use.
    pub formula: ServiceLevelFormula,
}

/// How contacts arrive, by open interval.
#[derive(Debug, Clone)]
pub enum Arrivals {
    /// Poisson with a constant rate inside each interval.
    Poisson(Vec<RatePiece>),
    /// Exactly this many in each interval, uniformly placed.
    Fixed(Vec<u32>),
    /// At these instants (sorted).
    Trace(Vec<Tick>),
}

/// The cumulative rate of a day up to and through one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatePiece {
    /// Expected contacts of the day before this interval.
    pub before: f64,
    /// Expected contacts of the day up to its end.
    pub through: f64,
    /// Ticks per expected contact (0 in an interval without volume, where it is never used).
    pub ticks_each: f64,
}

/// A team as seen by an arriving contact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TeamChoice {
    /// The team.
    pub team: u32,
    /// Number of the pool; the list is sorted by it.
    pub pool: u32,
    /// The team takes only contacts that have waited this long.
    pub after: Tick,
    /// How many of the queue's delays the first contact must have passed for the team to see it, plus one.
    pub level: u32,
    /// The team takes a contact only when more agents than this are idle.
    pub reserve: u32,
    /// How the team serves the queue.
    pub serving: Serving,
}

/// What can happen in the conversations of a team with the callers of a queue: known with the scenario, so that no
/// contact has to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// Nothing but talk, hold and wrap.
    #[default]
    Plain,
    /// The same but for what people change, who are [`Peopled::steady`].
    Steady,
    /// The same but for what people change.
    Peopled,
    /// Anything.
    Special,
}

/// How a team serves a queue.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Serving {
    /// What conversations are like.
    pub way: Way,
    /// Ticks per drawn second: the skill's handle-time factor in the engine's unit.
    pub ticks_per_second: f64,
    /// Share of contacts handed on.
    pub transfer: f64,
    /// Its logit, for an average agent: negative infinity = never.
    pub transfer_logit: f64,
}

/// Which of several idle agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// Idle for longest ("fastest" compiles to this: its pools are split by handle-time factor).
    LongestIdle,
    /// Smallest share of time on duty spent busy since the day's opening.
    LeastOccupied,
    /// Uniformly at random.
    Random,
    /// Highest score of this trait.
    Best(Trait),
    /// Shortest expected handle time, where people differ.
    Fastest,
}

/// One group of interchangeable people.
#[derive(Debug, Clone)]
pub struct Team {
    /// People on duty by segment; after closing the last interval's number.
    pub heads: Vec<u32>,
    /// The largest of them.
    pub most: usize,
    /// Queues a freed agent looks at, in order of `rank`.
    pub skills: Vec<Skill>,
    /// Whether somebody asks how busy each agent has been today ([`Pick::LeastOccupied`]).
    pub tracks_load: bool,
    /// Whether waits are scored (otherwise the longest wait of the best rank wins).
    pub scored: bool,
    /// Whether a transferred contact's rank is one better.
    pub ranks_transfers: bool,
    /// Everybody by name; `None` = head counts.
    pub people: Option<People>,
    /// Time from the assignment of a call until the agent answers.
    pub ring: Tick,
    /// Most chats an agent has in hand; 1 = no chats beside each other.
    pub chats: u32,
    /// Whether an agent with a chat in hand takes a call.
    pub blend: bool,
    /// Whether agents are kept free for some queue.
    pub reserves: bool,
    /// Who they are; `None` where people change nothing.
    pub crew: Option<Crew>,
}

/// A queue as seen by a freed agent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Skill {
    /// The queue.
    pub queue: u32,
    /// Lower ranks are looked at first; only inside a rank do waits decide.
    pub rank: i32,
    /// The largest weight x (wait - head start) of a rank wins.
    pub weight: f64,
    /// Taken off the wait [ticks].
    pub head_start: f64,
    /// As [`TeamChoice::level`].
    pub level: u32,
    /// As [`TeamChoice::reserve`].
    pub reserve: u32,
    /// Most contacts in hand with which an agent takes one of this queue, less one.
    pub in_hand: u32,
    /// How the team serves the queue.
    pub serving: Serving,
}
