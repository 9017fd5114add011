//! The comparison of floors with the same callers: its errors against other ways to get them, its command, its files.

mod command;
mod coverage;
mod errors;
