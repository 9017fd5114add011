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
const PURPOSE: u64 = 0x8cb9_2ba7_2f3d_8dd7;

/// What a number is for. The list is only ever extended: a new mechanism never shifts an old one.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactKey(u64);

impl ContactKey {
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
