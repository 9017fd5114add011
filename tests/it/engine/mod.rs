//! The engine against theory.

mod conservation;
mod jobs;
mod loops;
mod multi_skill;
mod naive;
mod random_floors;
mod reference;
mod samplers;
mod shifts;
mod steady;
mod transient;
