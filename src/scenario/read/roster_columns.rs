//! Which column of a roster is which, and what is in none of them.

use super::Reader;
use super::columns::where_pairs;
use crate::scenario::table::CsvTable;
use crate::scenario::tree::Node;
use crate::scenario::words::weekday;

/// What each column is called where the scenario does not say; `day` is one of dates or of weekdays, as its cells are.
const NAMES: [(&str, &[&str]); 6] = [
    ("agent", &["agent", "employee", "agent_name", "person"]),
    ("start", &["start", "start_time", "from"]),
    ("end", &["end", "end_time", "to"]),
    ("activity", &["activity"]),
    ("date", &["date", "shift_date", "work_date", "start_date"]),
    ("weekday", &["weekday"]),
];

/// Cells of a column that are looked at to see what it holds.
const LOOKED_AT: usize = 200;

/// Where the columns of a roster are.
pub(super) struct Columns {
    pub agent: usize,
    pub start: usize,
    pub end: usize,
    pub activity: Option<usize>,
    pub date: Option<usize>,
    pub weekday: Option<usize>,
}

impl Reader<'_> {
    pub(super) fn roster_columns(&mut self, node: &Node, table: &CsvTable, file: &Node, path: &str) -> Option<Columns> {
        let named = node.get("columns");
        let mut found = [None; 6];
        for (slot, (key, usual)) in found.iter_mut().zip(NAMES) {
            let stated = named.and_then(|n| n.get(key));
            let column = match stated.map(|n| (n, table.column(n.text().unwrap_or("")))) {
                Some((_, column)) => column,
                None => usual.iter().find_map(|n| table.column(n).ok()).ok_or_else(|| twice(table, usual)),
            };
            *slot = match column {
                Ok(column) => Some(column),
                Err(why) if stated.is_none() && why.is_empty() && !["agent", "start", "end"].contains(&key) => None,
                Err(why) => {
                    let why = if why.is_empty() { table.column(key).err().unwrap_or_default() } else { why };
                    let message = format!("{} {why}", file.text().unwrap_or("the file"));
                    let help = format!("say which column it is: columns = {{ {key} = \"...\" }}");
                    self.problem(path, stated.map_or(file.place, |n| n.place), message, help);
                    return None;
                }
            };
        }
        let [agent, start, end, activity, mut date, mut weekday] = found;
        if date.or(weekday).is_none()
            && let Ok(day) = table.column("day")
        {
            let slot = if cells(table, day).all(is_weekday) { &mut weekday } else { &mut date };
            *slot = Some(day);
        }
        Some(Columns { agent: agent?, start: start?, end: end?, activity, date, weekday })
    }

    /// Warns of columns that are not read. One that says on which day a row is must be: everybody would work every day.
    pub(super) fn unread_columns(
        &mut self,
        node: &Node,
        table: &CsvTable,
        columns: &Columns,
        file: &Node,
        path: &str,
        dated: bool,
    ) -> Option<()> {
        let read = read_columns(node, table, columns);
        let unread: Vec<usize> = (0..table.columns.len()).filter(|column| !read.contains(column)).collect();
        let name = file.text().unwrap_or("the file");
        if !dated && columns.date.or(columns.weekday).is_none() {
            let says_when = |column: &usize| {
                let of = |is: fn(&str) -> bool| cells(table, *column).next().is_some() && cells(table, *column).all(is);
                of(is_date).then_some("date").or(of(is_weekday).then_some("weekday"))
            };
            if let Some((column, key)) = unread.iter().find_map(|column| Some((*column, says_when(column)?))) {
                let column = &table.columns[column];
                let message = format!(
                    "column `{column}` of {name} holds {key}s, but is not read as such: all rows would be of every day"
                );
                self.problem(path, file.place, message, format!("write columns = {{ {key} = \"{column}\" }}"));
                return None;
            }
        }
        let names: Vec<String> =
            unread.iter().map(|c| &table.columns[*c]).filter(|n| !n.is_empty()).map(|n| format!("`{n}`")).collect();
        if !names.is_empty() {
            let (s, are) = if names.len() == 1 { ("", "is") } else { ("s", "are") };
            let message = format!("column{s} {} of {name} {are} not read", names.join(", "));
            let help = "if the roster needs it, say what it is: columns = { date = \"...\", activity = \"...\" }";
            self.warn(path, file.place, message, help);
        }
        Some(())
    }
}

/// What is wrong where one of these names stands twice; else empty.
fn twice(table: &CsvTable, names: &[&str]) -> String {
    let doubled = names.iter().find(|name| table.named(name).len() > 1);
    doubled.and_then(|name| table.column(name).err()).unwrap_or_default()
}

/// The columns that say anything: those of the roster, of its team, and those by which rows are chosen.
fn read_columns(node: &Node, table: &CsvTable, columns: &Columns) -> Vec<usize> {
    let mut read = vec![columns.agent, columns.start, columns.end];
    read.extend([columns.activity, columns.date, columns.weekday].into_iter().flatten());
    let chosen = node.get("where").map_or_else(Vec::new, where_pairs);
    let named =
        chosen.iter().map(|(name, _)| name.as_str()).chain(node.get("team").and_then(Node::text)).chain(["team"]);
    let named = named.chain(crate::people::TRAITS.iter().map(|of| of.name())).chain(super::profiles::WEEKS);
    read.extend(named.filter_map(|name| table.column(name).ok()));
    read
}

/// The first cells of a column that are not empty.
fn cells(table: &CsvTable, column: usize) -> impl Iterator<Item = &str> {
    (0..table.rows.len()).map(move |row| table.cell(row, column).trim()).filter(|cell| !cell.is_empty()).take(LOOKED_AT)
}

fn is_weekday(cell: &str) -> bool {
    weekday(cell).is_some()
}

/// A day, a month and a year in any order: "2026-03-02", "02/03/2026", "2.3.26".
fn is_date(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['-', '/', '.']).collect();
    let digits = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(digits)
}
