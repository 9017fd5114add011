//! The mathematics of staffing: exact Erlang formulas and their inverses, as pure functions.
//!
//! Reading order: [`b`] (loss), [`c`] (nobody hangs up), [`a`] and [`general_patience`] (callers hang up), [`finite`]
//! (finite lines), then [`Pool`], which picks among them, and [`Pool::requirement`], the way back: the smallest
//! number of agents for which every
//! goal holds, and which goal decides. [`shrinkage`] turns people on the phone into people paid.
//! [`priority`] is exact too; [`general_service`] and [`redial`] hold approximations and say so.
//!
//! | question | exact | where |
//! |---|---|---|
//! | share blocked with `s` lines | yes | [`b::blocking`], [`b::servers_for_blocking`], [`b::load_for_blocking`] |
//! | waits when nobody hangs up | yes | [`c::erlang_c`] |
//! | waits and abandonment | yes, for exponential handle times | [`a::erlang_a`], [`general_patience::impatient_queue`] |
//! | the same with finite lines | yes, for exponential patience | [`finite::finite_line`] |
//! | waits with other handle times | one server only | [`general_service`] |
//! | redials | no, optimistic | [`redial`] |
//!
//! # Conventions
//! Times in seconds (`_s`), load in erlangs: `load = calls per second x aht_s`. Shares from 0 to 1. Arrivals are
//! Poisson and the floor is in steady
//! state; a floor that changes within minutes, shares agents between unlike queues or has other handle times is for
//! the simulator.
//! A floor that cannot keep up while nobody hangs up is [`ErlangError::Unstable`], never a number. No calls is
//! valid: nobody
//! waits and nobody is needed.
//!
//! All logarithms and exponentials are `libm`'s, so results are the same on every platform.
//!
//! ```
//! use callwright::erlang::{Goals, Patience, Pool, shrinkage::gross_heads};
//!
//! // 240 calls in half an hour, 5 minutes each, callers hang up after 3 minutes on average.
//! let pool = Pool::new(240.0, 1800.0, 300.0, Patience::exponential(180.0).unwrap()).unwrap();
//! let need = pool.requirement(&Goals::service_level(0.8, 20.0)).unwrap();
//! assert_eq!(need.agents, 43);
//! assert_eq!(gross_heads(need.agents, 0.22, 0.08), Ok(62));
//! ```

pub mod a;
pub mod b;
pub mod c;
mod error;
pub mod finite;
mod gauss;
pub mod general_patience;
pub mod general_service;
mod goals;
mod patience;
mod pool;
pub mod priority;
pub mod redial;
mod requirement;
mod root;
mod service_level;
pub mod shrinkage;
mod tilted;
mod virtual_wait;

pub use error::{ErlangError, Result};
pub use goals::{AbandonGoal, GoalKind, Goals, ServiceLevelGoal};
pub use patience::Patience;
pub use pool::{Performance, Pool};
pub use requirement::{Ask, Requirement};
pub use service_level::{Formula, ServiceLevel, Within};
