//! Columns of a roster that say what its people are like: traits, and weeks on the job.

use super::Reader;
use super::columns::Numbers;
use crate::people::{MOST_SCORE, TRAITS};
use crate::scenario::StatedProfile;
use crate::scenario::rows::Fault;
use crate::scenario::table::CsvTable;
use crate::scenario::tree::Node;
use rustc_hash::FxHashMap;

/// Columns of the time on the job.
pub(super) const WEEKS: [&str; 2] = ["weeks", "tenure_weeks"];
/// Fifty years.
const MOST_WEEKS: f64 = 2_609.0;

impl Reader<'_> {
    /// What the rows say of each person; rows of a person may leave it to another one, but not say two things.
    pub(super) fn profiles(
        &mut self,
        table: &CsvTable,
        agent: usize,
        rows: &[usize],
        file: &Node,
        path: &str,
    ) -> Option<FxHashMap<String, StatedProfile>> {
        let mut profiles: FxHashMap<String, StatedProfile> = FxHashMap::default();
        let mut column_of = |name: &str, most: f64, put: &dyn Fn(&mut StatedProfile) -> &mut Option<f64>| {
            if let Some(both) = table.doubled(name) {
                let message = format!("{} says `{name}` twice: {both}", file.text().unwrap_or("the file"));
                self.problem(path, file.place, message, "remove or rename one of them");
                return None;
            }
            let Ok(column) = table.column(name) else { return Some(()) };
            let rows: Vec<usize> = rows.iter().copied().filter(|r| !table.cell(*r, column).is_empty()).collect();
            let form = Numbers { decimal: None, range: Some((0.0, most)) };
            let values = self.numbers(table, column, file, path, &rows, &form)?;
            for (row, value) in rows.into_iter().zip(values) {
                let name = table.cell(row, agent);
                let slot = put(profiles.entry(name.to_owned()).or_default());
                if let Some(other) = slot.replace(value).filter(|other| *other != value) {
                    let message =
                        format!("{name} has `{}` = {value} here and {other} in a row before", table.columns[column]);
                    let fault = Fault::new(message, "say it once, or the same in all rows of the person");
                    self.fault(table, file, path, fault.at(row, column));
                    return None;
                }
            }
            Some(())
        };
        for (index, of) in TRAITS.iter().enumerate() {
            column_of(of.name(), MOST_SCORE, &|profile| &mut profile.scores[index])?;
        }
        for name in WEEKS {
            column_of(name, MOST_WEEKS, &|profile| &mut profile.weeks)?;
        }
        Some(profiles)
    }
}
