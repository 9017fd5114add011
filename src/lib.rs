//! callwright simulates a customer-service floor and plans who must be on it.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod error;
pub mod scenario;
pub mod units;

pub use error::{Error, Result};
