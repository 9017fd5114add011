//! The calculator: one question to the Erlang formulas, and its answer as text, CSV, JSON and plot.
//!
//! [`Question`] is what the planner asks, [`answer`] asks the formulas and picks the rows of the table; the other
//! files print. Nothing here computes a figure of its own.

mod answer;
mod csv_text;
mod json;
mod plot;
mod text;
mod volumes;
mod words;

pub use answer::{Answer, Figures, Need, Row, State, answer, requirement_only};
pub use csv_text::{answer_csv, volumes_csv};
pub use json::{answer_json, volumes_json};
pub use plot::write_plot;
pub use text::answer_text;
pub use volumes::{VolumeRow, volumes_text};
pub use words::{goal_key, refusal};

use crate::erlang::{Goals, Patience, Pool, Result};

/// Which formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Nobody hangs up.
    C,
    /// Callers hang up.
    A,
    /// Nobody waits: a call that finds no free line is lost.
    B,
}

impl Model {
    /// As the command line names it.
    pub fn letter(self) -> &'static str {
        match self {
            Self::C => "c",
            Self::A => "a",
            Self::B => "b",
        }
    }

    /// As people name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::C => "Erlang C",
            Self::A => "Erlang A",
            Self::B => "Erlang B",
        }
    }
}

/// What the planner asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Which formula.
    pub model: Model,
    /// Calls in [`Self::per_s`].
    pub calls: f64,
    /// Length of the interval (s).
    pub per_s: f64,
    /// Mean handle time (s).
    pub aht_s: f64,
    /// Mean patience (s); `None` = nobody hangs up.
    pub patience_s: Option<f64>,
    /// Telephone lines of a floor with agents; `None` = enough. Not for Erlang B.
    pub lines: Option<u64>,
    /// What good service is.
    pub goals: Goals,
    /// Share of paid time not on the phone.
    pub shrinkage: Option<f64>,
    /// The one number of agents (of lines, for Erlang B) that is to be judged.
    pub evaluate: Option<u64>,
}

impl Question {
    /// Whether anything is asked that a number of agents can miss; a minimum alone is not.
    pub fn has_goals(&self) -> bool {
        let Goals { service_levels, asa_s, p_wait, abandon, blocking, max_occupancy, min_agents: _ } = &self.goals;
        let limits = [*asa_s, *p_wait, *blocking, *max_occupancy];
        !service_levels.is_empty() || abandon.is_some() || limits.iter().any(Option::is_some)
    }

    /// The floor the formulas see.
    ///
    /// # Errors
    /// A figure outside its domain.
    pub fn pool(&self) -> Result<Pool> {
        let patience = self.patience_s.map_or(Ok(Patience::never()), Patience::exponential)?;
        let pool = Pool::new(self.calls, self.per_s, self.aht_s, patience)?;
        Ok(match self.lines {
            Some(lines) => pool.with_lines(lines),
            None => pool,
        })
    }
}
