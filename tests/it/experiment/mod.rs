//! Experiments: precision, checkpoints, intervals that hold what they promise.

mod checkpoint;
mod coverage;
mod page;
mod precision;
mod sweep;
