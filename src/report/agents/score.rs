//! Scores of one's own people.

use serde_json::{Map, Value, json};

use crate::report::json::number;
use crate::report::layout::{Cell, Column, Style, Table, paragraph};
use crate::report::numbers::nine_digits_text;
use crate::scenario::Kpis;

/// Most people listed on a screen.
const MOST_ROWS: usize = 60;

/// The file's own columns, and a column for each score behind them.
pub(crate) fn scores_lines(kpis: &Kpis) -> Vec<Vec<String>> {
    let names = kpis.scores.iter().map(|(of, _)| of.name().to_owned());
    let header = kpis.columns.iter().cloned().chain(names).collect();
    let row = |(row, cells): (usize, &Vec<String>)| {
        let scores = kpis.scores.iter().map(|(_, scores)| nine_digits_text(Some(rounded(scores[row]))));
        cells.iter().cloned().chain(scores).collect()
    };
    [header].into_iter().chain(kpis.rows.iter().enumerate().map(row)).collect()
}

/// Tenths of a point are more than anybody knows.
fn rounded(score: f64) -> f64 {
    (10.0 * score).round() / 10.0
}

/// The scores by agent.
pub(crate) fn scores_json(kpis: &Kpis) -> Value {
    let agent = |(row, name): (usize, &String)| {
        let scores = kpis.scores.iter().map(|(of, scores)| (of.name().to_owned(), number(Some(rounded(scores[row])))));
        json!({ "agent": name, "traits": scores.collect::<Map<_, _>>() })
    };
    json!({
        "callwright": env!("CARGO_PKG_VERSION"),
        "weighted_by_contacts": kpis.weighted,
        "agents": kpis.agents.iter().enumerate().map(agent).collect::<Vec<_>>(),
    })
}

/// The scores on a terminal.
pub(crate) fn scores_text(kpis: &Kpis, style: Style) -> String {
    let mut columns = vec![Column::left("AGENT", 0)];
    columns.extend(kpis.scores.iter().map(|(of, _)| Column::right(of.name(), 2)));
    let row = |row: usize| -> Vec<Cell> {
        let scores = kpis.scores.iter().map(|(_, scores)| Cell::from(format!("{:.1}", scores[row])));
        std::iter::once(Cell::from(kpis.agents[row].as_str())).chain(scores).collect()
    };
    let rows = (0..kpis.agents.len().min(MOST_ROWS)).map(row).collect();
    let mut lines = Table { columns, rows }.lines(style);
    if kpis.agents.len() > MOST_ROWS {
        lines.push(paragraph(
            "",
            &format!("and {} more: --csv, --json or --out", kpis.agents.len() - MOST_ROWS),
            2,
            style,
        ));
    }
    let weighted = match kpis.weighted {
        true => "who was seen on few contacts moves toward 50",
        false => "a column `contacts` would move those seen on few contacts toward 50",
    };
    let legend = format!(
        "scores 0 to 100 among these people, 50 is their average, 20 points one standard deviation between them: \
         efficiency from AHT, knowledge from FCR, empathy from CSAT, sales from conversion; {weighted}; all other traits \
         stay 50"
    );
    lines.push(paragraph("", &legend, 2, style));
    lines.join("\n") + "\n"
}
