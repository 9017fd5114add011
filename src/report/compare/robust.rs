//! Whether what a comparison found survives halving and doubling every effect of people.

use serde_json::{Value, json};

use super::figures::{Figure, Verdict, figures};
use super::words::{difference_of, full_name};
use super::{CompareReport, LETTERS};
use crate::experiment::{Compared, Difference};
use crate::report::json::number;
use crate::report::layout::{Style, paragraph};
use crate::report::text::INDENT;

/// The same comparison at other strengths: the factor on all effects, and what was found then.
pub(super) type Strengths<'a> = &'a [(f64, Compared)];

/// A difference that turns into its opposite.
struct Turned<'a> {
    factor: f64,
    figure: Figure<'a>,
    other: &'a Difference,
}

/// How many differences were found, and which of them turn: the other direction, and more than its own interval.
fn judged<'a>(report: &CompareReport<'a>, others: Strengths<'a>) -> (usize, Vec<Turned<'a>>) {
    let decided = |figure: &Figure<'_>| matches!(figure.verdict, Verdict::Better | Verdict::Worse);
    let found: Vec<Figure<'a>> = figures(report).into_iter().filter(decided).collect();
    let mut turned = Vec::new();
    for figure in &found {
        for (factor, compared) in others {
            let comparison = &compared.comparisons[figure.comparison.changed - 1];
            let other = comparison.scope(figure.scope).and_then(|scope| scope.get(figure.difference.metric));
            if let Some(other) = other.filter(|other| is_opposite(figure.difference, other)) {
                turned.push(Turned { factor: *factor, figure: *figure, other });
            }
        }
    }
    (found.len(), turned)
}

fn is_opposite(here: &Difference, there: &Difference) -> bool {
    let (here, other) = (here.difference.unwrap_or(0.0), there.difference.unwrap_or(0.0));
    here * other < 0.0 && other.abs() > there.half_width().unwrap_or(0.0)
}

/// "ROBUST  All 7 differences found keep their direction with every effect of people halved and doubled."
pub fn robust_compare_text(report: &CompareReport<'_>, style: Style) -> String {
    let Some(others) = report.robust else { return String::new() };
    let (found, turned) = judged(report, others);
    let text = if found == 0 {
        "Nothing was found that other strengths of the effects could change.".to_owned()
    } else if others.is_empty() {
        "Stopped before the floors were simulated with other strengths of the effects.".to_owned()
    } else if turned.is_empty() {
        format!("None of the {found} differences found turns with every effect of people halved and doubled.")
    } else {
        let tell = |of: &Turned<'_>| {
            format!("at {:.0} % {} is {}", 100.0 * of.factor, full_name(&of.figure), difference_of(of.other))
        };
        let told: Vec<String> = turned.iter().take(6).map(tell).collect();
        format!("The conclusion depends on the size of the effects, which are illustrative: {}.", told.join("; "))
    };
    paragraph("ROBUST", &text, INDENT, style) + "\n"
}

/// The same for programs.
pub(super) fn json(report: &CompareReport<'_>, others: Strengths<'_>) -> Value {
    let (found, turned) = judged(report, others);
    let tell = |of: &Turned<'_>| {
        json!({
            "factor": of.factor,
            "figure": full_name(&of.figure),
            "metric": of.figure.difference.metric.name(),
            "changed": LETTERS[of.figure.comparison.changed],
            "difference": number(of.other.difference),
            "half_width": number(of.other.half_width()),
        })
    };
    json!({
        "factors": others.iter().map(|(factor, _)| *factor).collect::<Vec<_>>(),
        "found": found,
        "survives": (!others.is_empty()).then_some(turned.is_empty()),
        "turned": turned.iter().map(tell).collect::<Vec<_>>(),
        "replications": others.first().map(|(_, compared)| compared.results[0].replications),
    })
}
