//! One replication of a floor, event by event. Nothing here can fail: [`crate::model::compile`] has checked
//! everything.
//!
//! # Ordering contract
//! Time is in whole ticks (1 µs). At one instant things happen in this order, never by chance:
//! 0. conversations end, 1. people go off duty, 2. people come on duty, then waiting contacts are handed out (agents
//! in order of idle since, team order in the file, number), 4. callers give up, 5. contacts arrive (queues in file
//! order), 6. the floor closes. So a caller whose patience ends at the very instant an agent frees is served, and
//! an agent whose conversation ends when the team shrinks leaves.
//!
//! # Where the speed comes from
//! Two kinds of event never have to happen on their own, because what they change can be seen later, exactly:
//! - *A conversation ends and nobody waits.* An agent whose free instant has passed simply is idle; only the teams
//!   with somebody waiting (or somebody who has to leave) are watched.
//! - *A caller gives up.* Whoever looks at the head of a queue discards those whose patience has ended.

mod arrivals;
mod calendar;
mod cells;
mod chats;
mod conversation;
mod crew;
mod duty;
mod floor;
mod lines;
mod loops;
mod messages;
mod observer;
mod outcome;
mod routing;
mod streams;
mod tally;
mod team;
mod tournament;
mod wait_histogram;
mod waiting;

pub use cells::{AgentCell, DutyCell, LoopCell, OutcomeCell, PairCell, QueueCell, STRAIN_UNIT, TeamCell};
pub use crew::profile;
pub use floor::Floor;
pub use observer::{Contact, Conversation, Marks, Observer, Origin, PickUp, Sequel};
pub use streams::{ContactKey, DayKey, GENERATOR, Purpose, Stream};
pub use tally::Tally;
pub use wait_histogram::WaitHistogram;
