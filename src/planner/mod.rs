//! How many people: formulas for the first guess, experiments for the proof.

mod need;

pub use need::{Need, TeamNeed};
