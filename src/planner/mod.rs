//! How many people: formulas for the first guess, experiments for the proof.

mod need;
mod pools;

pub use need::{Need, TeamNeed, need_by_formula};
pub use pools::{StaffPool, all_pools, first_choice_pools};
