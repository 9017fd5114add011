//! Reports: the screen, the summary, the tables, the pictures.

mod files;
mod floor;
mod handmade;
mod mechanisms;
pub mod people;
mod text;
mod why;
