//! The report on a terminal: the verdict first, then the figures it rests on, then what to do.

mod beside;
mod by_interval;
mod callers;
pub(super) mod header;
pub(super) mod limits;
mod next;
mod outcomes;
mod people;
pub(super) mod queues;
mod teams;
mod verdict;
pub(super) mod why;

pub use crate::units::quoted;

use super::RunReport;
use super::cover::covers;
use super::layout::Style;

/// The report as text, no line longer than the style's width, with a line feed at its end.
pub fn text(report: &RunReport<'_>, style: Style) -> String {
    let covers = covers(report);
    let sections = [
        header::header(report, style),
        verdict::result(report, style),
        queues::section(report, style),
        teams::section(report, &covers, style),
        people::section(report, style),
        outcomes::section(report, style),
        beside::section(report, style),
        by_interval::section(report, &covers, style),
        why::explanation(report, &covers, style),
    ];
    let mut text = sections.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

/// Column at which sentences behind a head word start.
pub(super) const INDENT: usize = 9;
