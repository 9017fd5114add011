//! Who the people of a floor are: their scores, what these come to, and scores of one's own people from their figures.

mod list;
mod score;

pub use list::{AgentsReport, Individual, agents_csv_lines, agents_json, agents_text};
pub(crate) use score::{scores_json, scores_lines, scores_text};
