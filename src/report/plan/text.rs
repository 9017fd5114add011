//! The plan on a terminal: the answer first, then what it rests on, then what to do.

use super::PlanReport;
use super::answer::{answer, judged, next};
use super::by_interval;
use super::cover::covers;
use super::hours;
use crate::report::layout::{Style, Tone};
use crate::report::text::{header, queues};

/// The plan as text, no line longer than the style's width, with a line feed at its end.
pub fn plan_text(report: &PlanReport<'_>, style: Style) -> String {
    let (run, covers) = (report.as_run(), covers(report));
    let sections = [
        header::header(&run, style),
        answer(report, &covers, style),
        by_interval::section(report, &covers, style),
        hours::teams(report, &covers, style),
        hours::what_if(report, style),
        format!("{}\n{}", style.paint("SERVICE WITH THE PLAN", Tone::Strong), queues::short_section(&run, style)),
        format!("{}\n{}", judged(report, style), next(report, &covers, style)),
    ];
    let mut text = sections.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}
