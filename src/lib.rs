#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod check;
pub mod cli;
pub mod engine;
pub mod erlang;
pub mod error;
pub mod experiment;
pub mod model;
pub mod people;
pub mod planner;
pub mod report;
pub mod scenario;
mod special;
pub mod stats;
pub mod units;

pub use error::{Error, Result};
