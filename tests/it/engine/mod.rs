//! The engine against theory.

mod conservation;
mod jobs;
mod multi_skill;
mod naive;
mod random_floors;
mod reference;
mod samplers;
mod steady;
mod transient;
