//! All integration tests in one binary.
//!
//! | module | what it holds callwright against |
//! |---|---|
//! | `engine` | exact values of queueing theory, conservation laws, a naive second engine |

mod engine;
mod floors;
