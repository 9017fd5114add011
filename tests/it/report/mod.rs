//! Reports: the screen, the summary, the tables, the pictures.

mod floor;
