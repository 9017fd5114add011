//! All integration tests in one binary.
//!
//! | module | what it holds callwright against |
//! |---|---|
//! | `calculator` | the command `erlang`: screens, published figures, refusals, files of volumes |
//! | `check` | verdicts: how often they are wrong, what they find, every format, baselines |
//! | `cli` | the program: commands, flags, exit codes, streams, what is left on disk |
//! | `compare` | floors with the same callers: errors by other means, coverage, screens, files, bad input |
//! | `engine` | exact values of queueing theory, conservation laws, a naive second engine |
//! | `erlang` | reference tables computed at 50 digits |
//! | `golden` | the outputs of two scenarios as they were |
//! | `language` | the scenario language: what is read, what is refused and in which words |
//! | `pages` | README and docs: every metric defined, every link and command there |
//! | `people` | agents and callers: every arrow by itself, averages that stay as stated, loops, laws that hold exactly |
//! | `plan` | staffing plans: that they hold and are minimal, screens, files, bad input |
//! | `report` | screens, files and pictures: expected text, shapes of JSON and CSV, escaping |
//! | `stories` | the shipped pairs of floors about people, and what each shows |
//! | `walls` | the rooms of the house: who may import whom |

mod calculator;
mod check;
mod cli;
mod compare;
mod engine;
mod erlang;
mod experiment;
mod floors;
mod golden;
mod language;
mod pages;
mod people;
mod plan;
mod report;
mod stories;
mod walls;
