//! callwright simulates a customer-service floor and plans who must be on it.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod erlang;
pub mod error;
pub mod scenario;

pub use error::{Error, Result};
