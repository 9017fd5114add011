//! The engine against theory.

mod conservation;
mod conservation_mixed;
mod jobs;
mod loops;
mod multi_skill;
mod naive;
pub mod random_floors;
mod reference;
mod same_as;
mod samplers;
mod shifts;
mod steady;
mod transient;
