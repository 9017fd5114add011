//! callwright simulates a customer-service floor and plans who must be on it.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod engine;
pub mod error;
pub mod experiment;
pub mod model;
pub mod planner;
pub mod report;
pub mod scenario;
pub mod stats;

pub use error::{Error, Result};
