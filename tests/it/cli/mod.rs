//! The program as a user meets it: commands, flags, exit codes, what goes to which stream, what is left on disk.

pub mod support;

mod agents;
mod bad_input;
mod commands;
mod drivers;
mod explained;
mod out;
mod people;
mod stop;
mod streams;
