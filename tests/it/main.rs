//! The integration tests, one binary. Index:
//!
//! - `erlang`: the staffing formulas against the reference tables, their properties, and known errors of public tools.

mod erlang;
