//! What the user writes.

mod types;

pub use types::*;

/// The texts a scenario was read from, for error messages.
#[derive(Debug, Clone, Default)]
pub struct Sources;
