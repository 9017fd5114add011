//! A sweep on a terminal: point by point while they are few, and the best.

use super::{SweepReport, title};
use crate::experiment::sweep::{Choice, Constraint, Measured, Shown};
use crate::report::layout::{Cell, Column, Style, Table, Tone, paragraph, shorten};
use crate::report::numbers::thousands;
use crate::report::text::INDENT;
use crate::units::quoted;

/// Points shown.
const MOST_POINTS: usize = 40;
/// Columns for a value of a factor.
const WIDEST: usize = 26;

/// The sweep as text, no line longer than the style's width, with a line feed at its end.
pub fn sweep_text(report: &SweepReport<'_>, style: Style) -> String {
    let mut sections = vec![header(report, style), table(report, style)];
    sections.extend(report.choice.map(|choice| best(report, choice, style)));
    sections.join("\n\n") + "\n"
}

fn header(report: &SweepReport<'_>, style: Style) -> String {
    let factors: Vec<String> = report.design.factors.iter().map(|factor| factor.path.clone()).collect();
    let (done, all) = (report.points.done, report.design.points());
    let kind = if report.design.is_grid() { "points" } else { "points of a Latin hypercube" };
    let first = format!("{} · {}", report.scenario.name, report.source);
    let varied = format!("varied: {} · {} {kind}", factors.join(", "), thousands(all as f64));
    let unit = if report.scenario.timeline.days.len() == 1 { "days" } else { "replications" };
    let (number, sure) = match report.replications() {
        1 => (format!("one simulated {}", unit.trim_end_matches('s')), "one replication: no ±"),
        n => (format!("{} simulated {unit}", thousands(f64::from(n))), "± = 95 %"),
    };
    let how = format!("{number} of each, seed {}, with the same callers · {sure}", report.scenario.run.seed);
    let mut lines =
        vec![paragraph("", &first, 0, style), paragraph("", &varied, 0, style), paragraph("", &how, 0, style)];
    if done < all {
        let left = format!("stopped early: {} of {} points done", thousands(done as f64), thousands(all as f64));
        lines.push(paragraph("", &left, 0, style));
    }
    lines.join("\n")
}

/// Titles are made of names, so they stand in the first row.
fn table(report: &SweepReport<'_>, style: Style) -> String {
    let factors = report.design.factors.len();
    let mut columns = vec![Column::left("", 0)];
    columns.extend((0..factors).map(|_| Column::right("", 2)));
    // Those behind go first where the screen is narrow.
    columns.extend((0..report.shown.len()).map(|index| Column::right("", 2).spare(index as u8)));
    let mut titles = vec![Cell::from("")];
    let last = |path: &str| {
        path.rsplit_once('.').map_or(path.to_owned(), |(head, key)| {
            let name = head.rsplit_once('.').map_or(head, |(_, name)| name);
            format!("{name}.{key}")
        })
    };
    titles.extend(report.design.factors.iter().map(|f| Cell::new(shorten(&last(&f.path), WIDEST), Tone::Strong)));
    titles.extend(report.shown.iter().map(|at| Cell::new(title(&report.figures[*at]), Tone::Strong)));
    let best = report.choice.and_then(|choice| choice.best.as_ref()).map(|best| best.point);
    let order = order(report);
    let row = |point: &usize| {
        let (values, measured) = &report.points.held[*point];
        let marked = best == Some(*point as u64);
        let mut row = vec![Cell::new(if marked { ">" } else { " " }, Tone::Good)];
        row.extend(values.iter().map(|value| Cell::from(shorten(value, WIDEST))));
        row.extend(report.shown.iter().map(|at| Cell::from(report.figure(&report.figures[*at], &measured[*at]))));
        row
    };
    let rows = [titles].into_iter().chain(order.iter().map(row)).collect();
    let mut lines: Vec<String> = Table { columns, rows }.lines(style).into_iter().skip(1).collect();
    let more = report.points.done.saturating_sub(order.len() as u64);
    if more > 0 {
        lines.push(format!("  and {} more, all in sweep.csv (--out DIR)", thousands(more as f64)));
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// All points while they are few, else the first; the best among them in any case.
fn order(report: &SweepReport<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..report.points.held.len().min(MOST_POINTS)).collect();
    let best = report.choice.and_then(|choice| choice.best.as_ref()).map(|best| best.point as usize);
    if let Some(best) = best.filter(|best| !order.contains(best) && *best < report.points.held.len()) {
        order.pop();
        order.push(best);
    }
    order
}

fn best(report: &SweepReport<'_>, choice: &Choice, style: Style) -> String {
    let direction = if choice.objective.largest { "largest" } else { "smallest" };
    let objective = title(&choice.objective.figure);
    let wanted = format!("{:.0} %", 100.0 * choice.confidence);
    match (&choice.best, &choice.nearest) {
        (Some(best), _) => {
            let held = held(choice, best);
            let text = format!(
                "point {} has the {direction} {objective}{}: {}. {}{held}",
                best.point + 1,
                if choice.constraints.is_empty() { "" } else { " of those that keep to every bound" },
                report.values(best.point),
                figures(report, choice, best),
            );
            let sets: String = report
                .design
                .factors
                .iter()
                .zip(report.design.values(best.point))
                .map(|(factor, value)| format!(" --set {}", quoted(&format!("{}={value}", factor.path))))
                .collect();
            let next = format!("callwright run {}{sets}", report.source);
            [paragraph("BEST", &text, INDENT, style), paragraph("NEXT", &next, INDENT, style)].join("\n")
        }
        (None, Some(_)) if report.replications() < 2 => {
            let text = "one replication cannot show that a bound is kept: no point is the best. Simulate more, such as -n 200.";
            paragraph("BEST", text, INDENT, style)
        }
        (None, Some(nearest)) => {
            let text = format!(
                "no point keeps to every bound with a confidence of {wanted}. Nearest is point {}: {}. {}{}",
                nearest.point + 1,
                report.values(nearest.point),
                figures(report, choice, nearest),
                held(choice, nearest)
            );
            paragraph("BEST", &text, INDENT, style)
        }
        (None, None) => paragraph("BEST", &format!("no point has a value of {objective}."), INDENT, style),
    }
}

/// "SL of orders 81.2 % ±0.5, cost of all teams 8,200 €."
fn figures(report: &SweepReport<'_>, choice: &Choice, shown: &Shown) -> String {
    let Some((_, measured)) = report.points.held.get(shown.point as usize) else { return String::new() };
    let of = |figure: &crate::experiment::Figure| {
        let measured: &Measured = report.position(figure).map_or(&measured[0], |at| &measured[at]);
        format!("{} {}", title(figure), report.figure(figure, measured))
    };
    format!("{}. ", choice.figures().iter().map(of).collect::<Vec<_>>().join(", "))
}

/// With what confidence each constraint holds.
fn held(choice: &Choice, shown: &Shown) -> String {
    let one = |(constraint, confidence): (&Constraint, &f64)| {
        let sure = match 100.0 * confidence {
            sure if sure > 99.9 => "more than 99.9 %".to_owned(),
            sure if sure < 0.1 => "less than 0.1 %".to_owned(),
            sure => format!("{sure:.1} %"),
        };
        format!("{} holds with a confidence of {sure}", constraint.text)
    };
    let each: Vec<String> = choice.constraints.iter().zip(&shown.confidence).map(one).collect();
    if each.is_empty() { String::new() } else { format!("{}.", each.join("; ")) }
}
