//! A file of figures per agent: handle time, resolution, satisfaction, conversion.

use super::sheet::Sheet;
use crate::error::Result;
use crate::people::{Trait, score};
use std::path::Path;

/// Spread of handle times between contacts of one agent: standard deviation / mean.
const CV: f64 = 0.8;
/// Shares this near to 0 or 1 are taken as if they were so far away: their logit would be infinite.
const LEAST_SHARE: f64 = 0.005;

/// A figure, the trait it tells of, the names of its column and of the column that counts what it rests on.
struct Figure {
    of: Trait,
    names: &'static [&'static str],
    counts: &'static [&'static str],
}

const FIGURES: [Figure; 4] = [
    Figure { of: Trait::Efficiency, names: &["aht_s", "aht"], counts: &["contacts"] },
    Figure { of: Trait::Knowledge, names: &["fcr", "resolution", "resolution_rate"], counts: &["contacts"] },
    Figure { of: Trait::Empathy, names: &["csat", "satisfaction"], counts: &["surveys", "contacts"] },
    Figure { of: Trait::Sales, names: &["conversion", "conversion_rate"], counts: &["offers", "contacts"] },
];

/// What a file of figures says of people.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Kpis {
    /// The file's own columns and rows.
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// Names or codes of the people.
    pub(crate) agents: Vec<String>,
    /// Scores by trait; the traits no column tells of are missing.
    pub(crate) scores: Vec<(Trait, Vec<f64>)>,
    /// Scores move toward the average where they rest on few contacts.
    pub(crate) weighted: bool,
}

/// Reads a file and scores its people.
///
/// # Errors
/// All that is wrong with it at once.
pub(crate) fn kpis(path: &Path) -> Result<Kpis> {
    let mut sheet = Sheet::read(path)?;
    let agent = ["agent", "employee", "agent_name", "person"].iter().find_map(|name| sheet.find(name));
    let agent = agent.or_else(|| sheet.require("agent", "name the column of the people `agent`"));
    let found: Vec<(&Figure, usize, Option<usize>)> = FIGURES
        .iter()
        .filter_map(|figure| {
            let column = figure.names.iter().find_map(|name| sheet.find_one(name))?;
            Some((figure, column, figure.counts.iter().find_map(|name| sheet.find(name))))
        })
        .collect();
    if found.is_empty() {
        sheet.require("aht_s", "scores need one of the columns aht_s, fcr, csat and conversion at least");
    }
    let agents: Vec<String> =
        (0..sheet.len()).map(|row| agent.map_or("", |at| sheet.cell(row, at)).to_owned()).collect();
    if let Some(column) = agent {
        everybody_once(&mut sheet, &agents, column);
    }
    let mut read = Vec::new();
    for (figure, column, counts) in &found {
        let values =
            if figure.of == Trait::Efficiency { times(&mut sheet, *column) } else { shares(&mut sheet, *column) };
        let counts = counts.map(|column| (column, sheet.numbers(column)));
        if let Some((column, counts)) = &counts {
            let nothing: Vec<usize> = (0..counts.len()).filter(|&row| counts[row] == Some(0.0)).collect();
            for row in nothing {
                sheet.problem(row, *column, "nothing was counted", "leave out people without contacts");
            }
        }
        read.push((figure.of, values, counts.map(|(_, counts)| counts)));
    }
    if sheet.len() < 3 && agent.is_some() && !found.is_empty() {
        sheet.fault(agent.unwrap_or(0), "scores compare people: three at least are needed", "add the others");
    }
    sheet.check()?;
    let weighted = read.iter().any(|(.., counts)| counts.is_some());
    let scores = read.into_iter().map(|(of, values, counts)| (of, scored(of, &values, counts.as_deref()))).collect();
    let width = sheet.columns().len();
    let cells = |row: usize| (0..width).map(|column| sheet.cell(row, column).to_owned()).collect();
    let rows = (0..sheet.len()).map(cells).collect();
    Ok(Kpis { columns: sheet.columns().to_vec(), rows, agents, scores, weighted })
}

fn everybody_once(sheet: &mut Sheet, agents: &[String], column: usize) {
    for row in 0..agents.len() {
        if agents[row].is_empty() {
            sheet.problem(row, column, "the cell is empty", "write who it is");
        } else if let Some(first) = agents[..row].iter().position(|other| *other == agents[row]) {
            let why = format!("`{}` stands in line {} already", agents[row], sheet.line(first));
            sheet.problem(row, column, &why, "one row for each agent: add up the periods first");
        }
    }
}

/// Scores by one figure of everybody. Handle times are compared by their logarithm, shares by their logit.
fn scored(of: Trait, values: &[Option<f64>], counts: Option<&[Option<f64>]>) -> Vec<f64> {
    let count = |row: usize| counts.and_then(|counts| counts[row]);
    let scale = |row: usize| {
        let value = values[row].unwrap_or_default();
        if of == Trait::Efficiency {
            return (-libm::log(value), count(row).map_or(0.0, |n| CV * CV / n));
        }
        // Half a contact more on each side: nobody is perfect after three contacts.
        let share = match count(row) {
            Some(n) => (n * value + 0.5) / (n + 1.0),
            None => value.clamp(LEAST_SHARE, 1.0 - LEAST_SHARE),
        };
        let logit = libm::log(share / (1.0 - share));
        (logit, count(row).map_or(0.0, |n| 1.0 / (n * share * (1.0 - share))))
    };
    let (figures, noise): (Vec<f64>, Vec<f64>) = (0..values.len()).map(scale).unzip();
    score(&figures, &noise)
}

/// Times in seconds: "285", "4:45", "4m45s".
fn times(sheet: &mut Sheet, column: usize) -> Vec<Option<f64>> {
    let cells: Vec<String> = (0..sheet.len()).map(|row| sheet.cell(row, column).to_owned()).collect();
    let plain = |cell: &str| cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    let in_seconds = sheet.columns()[column].to_ascii_lowercase().ends_with("_s");
    let values = match () {
        () if in_seconds => sheet.numbers(column),
        () if cells.iter().any(|cell| cell.contains(':')) => clocks(sheet, column, &cells),
        () if cells.iter().all(|cell| plain(cell)) => sheet.numbers(column),
        () => sheet.durations(column),
    };
    for (row, value) in values.iter().enumerate() {
        if *value == Some(0.0) {
            sheet.problem(row, column, "no handle time", "a mean handle time is longer than 0 s");
        }
    }
    values
}

fn clocks(sheet: &mut Sheet, column: usize, cells: &[String]) -> Vec<Option<f64>> {
    let read = |cell: &str| -> Option<f64> {
        let parts: Vec<f64> = cell.split(':').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
        let all_right = (2..=3).contains(&parts.len()) && parts.iter().all(|part| (0.0..1e6).contains(part));
        all_right.then(|| parts.iter().fold(0.0, |sum, part| 60.0 * sum + part))
    };
    let mut values = Vec::new();
    for (row, cell) in cells.iter().enumerate() {
        let value = read(cell);
        if value.is_none() {
            sheet.problem(row, column, &format!("`{cell}` is no time"), "write m:ss or h:mm:ss");
        }
        values.push(value);
    }
    values
}

/// Without a sign 0.72 and 72 may be meant alike: one of the two scales holds for the whole column.
fn one_scale(sheet: &mut Sheet, column: usize, values: &[Option<f64>]) {
    let rows =
        |is: fn(f64) -> bool| -> Vec<usize> { (0..values.len()).filter(|row| values[*row].is_some_and(is)).collect() };
    let (below, above) = (rows(|value| value > 0.0 && value < 1.0), rows(|value| value > 1.0));
    if let (Some(first), Some(other)) = (below.first(), above.first()) {
        let why = format!(
            "shares of one ({} in {}) stand beside percent ({} in {})",
            sheet.cell(*first, column),
            sheet.lines(&below),
            sheet.cell(*other, column),
            sheet.lines(&above),
        );
        sheet.fault(column, &why, "write all of them like 0.72, or all of them with a sign: 72 %, 0.8 %");
    }
}

/// Shares of one: "0.72", "72", "72 %". A column is in percent when one of its numbers is above 1.
fn shares(sheet: &mut Sheet, column: usize) -> Vec<Option<f64>> {
    let cells: Vec<String> = (0..sheet.len()).map(|row| sheet.cell(row, column).to_owned()).collect();
    let percent = |cell: &String| cell.trim().strip_suffix('%').map(|number| number.trim().replace(',', "."));
    let signed: Option<Vec<String>> = cells.iter().map(percent).collect();
    let values = match &signed {
        Some(numbers) => numbers.iter().map(|number| number.parse::<f64>().ok().filter(|x| *x >= 0.0)).collect(),
        None => sheet.numbers(column),
    };
    if signed.is_none() {
        one_scale(sheet, column, &values);
    }
    let in_percent = signed.is_some() || values.iter().flatten().any(|value| *value > 1.0);
    let whole = if in_percent { 100.0 } else { 1.0 };
    for (row, value) in values.iter().enumerate() {
        match value {
            Some(value) if *value > whole => {
                let why = format!("`{}` is more than all", cells[row]);
                sheet.problem(row, column, &why, "allowed: 0 to 1, or 0 % to 100 %");
            }
            None if signed.is_some() => {
                sheet.problem(row, column, &format!("`{}` is no share", cells[row]), "write it like 72 %");
            }
            _ => {}
        }
    }
    values.into_iter().map(|value| Some(value? / whole)).collect()
}
