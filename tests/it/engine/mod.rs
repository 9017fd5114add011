//! The engine against theory.

mod jobs;
mod multi_skill;
mod reference;
mod steady;
mod transient;
