//! Reports: the screen, the summary, the tables, the pictures.

mod files;
mod floor;
mod handmade;
mod mechanisms;
mod text;
mod why;
