//! The staffing formulas. Reference tables with their sources are in `tests/data/reference/`.
//!
//! - `table`: reads a reference table and compares with a gate, printing the row and all its values
//! - `loss`: Erlang B, its inverses, fractional servers, extended Erlang B
//! - `waiting`: Erlang C, priorities, general handle times
//! - `impatience`: Erlang A, general patience, finite lines, redials
//! - `required`: staffing requirements, shrinkage, goals that cannot be met
//! - `limits`: Halfin-Whitt and Garnett, Erlang A towards B and C, extremes of size and patience
//! - `properties`: what must hold for any input
//! - `mistakes`: published figures, and errors of public tools that must not be ours

mod impatience;
mod limits;
mod loss;
mod mistakes;
mod properties;
mod required;
mod table;
mod waiting;
