//! All integration tests in one binary.
//!
//! - `language`: the scenario language: what is read, what is refused and in which words.

mod language;
