//! Where all randomness comes from. This is the only file that names a generator.
//!
//! Every number belongs to a **named stream**: a seed, a replication, a day, a queue (by the hash of its name), a
//! contact's serial number among that day's fresh contacts, its attempt, and a [`Purpose`]. A stream is SplitMix64
//! (Steele, Lea and Flood 2014) started at a state mixed from that name, so a contact's patience is the same
//! number whatever the staffing, the routing, the other queues or the number of threads: common random numbers
//! between scenarios, by construction.

use crate::model::Bits;

/// Name and version of the generator, for `summary.json`. Changing any constant below changes every result:
/// count the version up.
pub const GENERATOR: &str = "splitmix64-named-streams/1";

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
const SERIAL: u64 = 0xd1b5_4a32_d192_ed03;
/// The part of a contact's name that all attempts of a caller share: 24 bits.
const CALLER: u64 = !0 << 40;
const PURPOSE: u64 = 0x8cb9_2ba7_2f3d_8dd7;

/// What a number is for. A new mechanism gets a new code and never shifts an old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Gaps between arrivals (belongs to a queue's day).
    Arrivals = 1,
    /// Busyness factor (belongs to a queue's day).
    DayFactor = 2,
    /// Time a caller is willing to wait.
    Patience = 3,
    /// Talk time.
    Talk = 4,
    /// Whether there is a hold.
    HoldHappens = 5,
    /// Hold time.
    Hold = 6,
    /// Wrap-up time.
    Wrap = 7,
    /// Whether a caller who finds nobody free leaves at once.
    Balk = 8,
    /// Which of the idle agents, under `agent_choice = "random"`.
    AgentPick = 9,
    /// Time in the menu before the queue.
    Menu = 10,
    /// Whether the menu serves the caller.
    SelfServed = 11,
    /// Whether a caller who is told the expected wait leaves if it exceeds the patience.
    LeavesWhenTold = 12,
    /// Whether a call-back is accepted.
    AcceptsCallBack = 13,
    /// Time until the call-back is due.
    CallBackAfter = 14,
    /// Whether there is another attempt.
    Redials = 15,
    /// Time until the other attempt.
    RedialAfter = 16,
    /// Whether the customer belongs to the valued.
    Valued = 17,
    /// Whether the contact is handed on.
    HandedOn = 18,
    /// Whether the customer answers an outgoing call.
    Reached = 19,
    /// Time until the next outgoing call.
    RetryAfter = 20,
    /// Whether an impatient customer leaves unnoticed.
    Silent = 21,
    /// Whether a person is absent (belongs to a person's day).
    Absent = 22,
    /// Whether a person is late.
    Late = 23,
    /// By how much.
    Lateness = 24,
    /// Messages that came in while the floor was closed (belongs to a queue's day).
    WhileClosed = 25,
    /// Normal score that all queues share on a day.
    CommonFactor = 26,
    /// The same for the late part of the day.
    CommonLateFactor = 27,
    /// A queue's own normal score of the late part of the day.
    LateFactor = 28,
    /// Reason of calling (belongs to the caller, whatever the attempt).
    Reason = 29,
    /// How hard the caller's problem is (likewise).
    Complexity = 30,
    /// Place among the moods, and whether the problem is solved: a [`ContactKey::pair`].
    Mood = 31,
    /// Whether an irate caller is abusive.
    Abusive = 32,
    /// Whether a caller is calmed.
    Calmed = 33,
    /// Whether an offer is made, and whether it is taken: a pair.
    Offered = 35,
    /// How the caller rates, and whether the customer stays: a pair.
    Satisfied = 37,
    /// Whether a caller whose problem is not solved comes again.
    Repeats = 39,
    /// Time until then.
    RepeatAfter = 40,
    /// Whether the agent promises to come back.
    FollowedUp = 41,
    /// Time until then.
    FollowUpAfter = 42,
    /// Score of a trait (belongs to a person).
    Trait = 43,
    /// Time on the job (belongs to a person).
    Tenure = 44,
    /// A good or bad day (belongs to a person's day).
    Shock = 45,
    /// Gaps between repeats of contacts before the first day (belongs to a queue's day).
    EarlyRepeats = 46,
    /// When on the next day a customer comes whose repeat fell due while the floor was closed.
    RepeatOnDay = 47,
}

/// The name of one queue's one day in one replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayKey(u64);

impl DayKey {
    /// Mixes the parts of the name, one after the other.
    pub fn new(seed: u64, replication: u64, day: u64, queue_hash: u64) -> Self {
        let parts = [replication, day, queue_hash];
        Self(parts.iter().fold(mix(seed ^ GOLDEN), |key, &part| mix(key.wrapping_add(mix(part ^ SERIAL)))))
    }

    /// A stream that belongs to the day as a whole.
    pub fn stream(self, purpose: Purpose) -> Stream {
        ContactKey(self.0).stream(purpose)
    }

    /// The name of the day's `serial`-th fresh contact (from 0), first attempt.
    #[inline]
    pub fn contact(self, serial: u64) -> ContactKey {
        ContactKey(mix(self.0 ^ (serial + 1).wrapping_mul(SERIAL)))
    }
}

/// The name of one contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactKey(u64);

impl ContactKey {
    /// The name of the contact that this one leads to: a further attempt, a hand-over or a call-back, by the code of
    /// its [`super::Origin`]. What names the caller stays.
    pub fn next(self, origin: super::Origin) -> Self {
        let other = mix(self.0.wrapping_add(GOLDEN) ^ (origin as u64 + 1).wrapping_mul(SERIAL));
        Self((self.0 & CALLER) | (other & !CALLER))
    }

    /// The name of what stays with the caller over all attempts.
    #[inline]
    pub fn caller(self) -> Self {
        Self(self.0 & CALLER)
    }

    /// Two uniform numbers in (0, 1) of 32 bits each, for what is decided in the same conversation: the halves of a
    /// stream's first word.
    #[inline]
    pub fn pair(self, purpose: Purpose) -> [f64; 2] {
        let word = self.stream(purpose).next_u64();
        const UNIT: f64 = 1.0 / (1u64 << 32) as f64;
        [(word >> 32) as i32, word as i32].map(|half| f64::from(half) * UNIT + (0.5 + 0.5 * UNIT))
    }

    /// The contact's numbers for one purpose.
    #[inline]
    pub fn stream(self, purpose: Purpose) -> Stream {
        Stream(self.0 ^ (purpose as u64).wrapping_mul(PURPOSE))
    }
}

/// A stream of uniform 64-bit words.
#[derive(Debug, Clone)]
pub struct Stream(u64);

impl Bits for Stream {
    #[inline]
    fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }
}

/// Stafford's variant 13 of the MurmurHash3 finaliser: a bijection of 64 bits that flips each output bit with
/// probability near one half for each flipped input bit.
#[inline]
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
