//! Plans: that they hold, that nobody in them could be spared, and what is printed about them.

mod bounds;
mod command;
mod floor;
mod report;
mod shipped;
mod steady;
mod what_arrives;
