//! The scenario language, from the outside.

mod shipped;
