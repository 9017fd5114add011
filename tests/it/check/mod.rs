//! Verdicts.

mod command;
mod formats;
mod rates;
mod refused;
