//! All integration tests in one binary.
//!
//! | module | what it holds callwright against |
//! |---|---|
//! | `calculator` | the command `erlang`: screens, published figures, refusals, files of volumes |
//! | `engine` | exact values of queueing theory, conservation laws, a naive second engine |
//! | `erlang` | reference tables computed at 50 digits |
//! | `language` | the scenario language: what is read, what is refused and in which words |
//! | `report` | screens, files and pictures: expected text, shapes of JSON and CSV, escaping |
//! | `walls` | the rooms of the house: who may import whom |

mod calculator;
mod engine;
mod erlang;
mod floors;
mod language;
mod report;
mod walls;
