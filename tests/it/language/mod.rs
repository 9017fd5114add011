//! The scenario language, from the outside.

mod support;

mod shipped;
