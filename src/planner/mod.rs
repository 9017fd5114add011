//! How many people: formulas for the first guess, experiments for the proof.
//!
//! [`plan()`] is the door: `demand` adds up what reaches each queue, `formula` asks
//! Erlang A pool by pool, `search` (and `thin`) finds the least staff by
//! simulation as `judge` understands the goals, `certainty` and `sensitivity` say what else the answer could cost.
//! [`outlook()`] says beforehand how long that will take. [`explain()`] tells how one number of a plan came about. [`need_by_formula`] is the quick answer that `run` shows
//! beside its results.

mod beside;
mod bounds;
mod certainty;
mod demand;
mod explain;
mod formula;
mod judge;
mod leftovers;
mod need;
mod outlook;
mod plan;
mod pools;
mod search;
mod sensitivity;
mod stated;
mod thin;
mod unseen;

pub use beside::{Cause, Prediction, QueueBeside, beside};
pub use certainty::Certainty;
pub use demand::Demand;
pub use explain::{Ask, Explanation, Neighbour, Rung, Spot, Verdict, Work, explain, spot};
pub use formula::{IntervalNeed, PoolNeed};
pub use leftovers::{may_stay, open_at_the_end};
pub use need::{Need, TeamNeed, need_by_formula};
pub use outlook::{Outlook, outlook};
pub use plan::{Binding, Effort, Plan, TeamPlan, Unmet, plan, staff, stated_effort};
pub use pools::{StaffPool, all_pools, first_choice_pools, without_formula};
pub use search::{Heads, SearchWatcher};
pub use sensitivity::{QueueShare, Sensitivity};
pub use stated::on_phone_by_plan;
pub use unseen::unseen;
