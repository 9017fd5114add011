//! `--write-agents`: the scenario's own text with the planned people in it.

mod form;
mod layout;
mod set_values;

use super::check::Problems;
use super::read::Reader;
use super::{Loaded, Request, Scenario, Team, load_text};
use crate::error::{Error, Result};
use form::Form;
use set_values::SetValues;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

/// First line of a file with planned people.
const HEADER: &str = "# Staffed by callwright plan.";

/// The scenario's text with the planned people written into it: one entry per team and open interval of the floor in
/// both lists, 0 where the team is not open. A team that states `agents` gets the people on the phone, one that
/// states `scheduled` the people paid.
///
/// Comments, order and layout stay; a list of the same form is changed number by number. Otherwise the shortest form
/// is chosen that says exactly what is planned: one number, one list, a list per weekday group, a list per day.
/// Where none does (hours that come twice when the clock changes) the larger number is written.
/// Values of `--set` arguments are written too, but not `run.seed` and the numbers of replications: they are no part
/// of the floor. With `extends` all goes into the top file; the text belongs into the folder of the scenario file.
/// The text is loaded once before it is returned: it has at least the planned people on the phone everywhere.
///
/// # Errors
/// [`Error::Refused`] when the lists do not fit the scenario, or when a loaded text is not the floor that was planned.
pub fn with_agents(loaded: &Loaded, staff: &[Vec<u32>], scheduled: &[Vec<u32>]) -> Result<String> {
    takes_agents(&loaded.scenario)?;
    fits(&loaded.scenario, staff, scheduled)?;
    let source = loaded.sources.get(0).map_or("", |s| s.text.as_str());
    let mut doc: DocumentMut = source.parse().map_err(|e| Error::Refused(format!("cannot edit the scenario: {e}")))?;
    let sets = SetValues::new(loaded);
    sets.write(doc.as_table_mut());
    for (team, form) in loaded.scenario.teams.iter().zip(forms(loaded, staff, scheduled, &doc)?) {
        write_team(doc.as_table_mut(), team, &form);
    }
    let text = with_header(like_the_source(doc.to_string(), source), &sets.written());
    check(loaded, &text, staff)?;
    Ok(text)
}

/// Whether head counts can be written into the file of this floor.
///
/// # Errors
/// [`Error::Refused`] when a team states its people by name: head counts would throw away its shifts.
pub fn takes_agents(scenario: &Scenario) -> Result<()> {
    let Some(team) = scenario.teams.iter().find(|t| t.people.is_some()) else { return Ok(()) };
    let name = &team.name;
    Err(Error::Refused(format!(
        "the planned people cannot be written into the file: team `{name}` states its people by shifts or a roster, and \
         the plan is in head counts per interval\n  help: leave --write-agents out and change the shifts by the plan's \
         table, or write `agents` in place of the shifts first"
    )))
}

/// The list a team states: people paid, or people on the phone.
fn key(team: &Team) -> &'static str {
    if team.scheduled.is_some() { "scheduled" } else { "agents" }
}

/// One number per team and interval, and nobody where the team is not open.
fn fits(scenario: &Scenario, staff: &[Vec<u32>], scheduled: &[Vec<u32>]) -> Result<()> {
    let intervals = scenario.timeline.intervals.len();
    let sizes =
        |lists: &[Vec<u32>]| lists.len() == scenario.teams.len() && lists.iter().all(|list| list.len() == intervals);
    if !sizes(staff) || !sizes(scheduled) {
        let teams = scenario.teams.len();
        return Err(Error::Refused(format!("a plan of this floor has {teams} lists of {intervals} numbers")));
    }
    for (team, heads) in scenario.teams.iter().zip(staff).chain(scenario.teams.iter().zip(scheduled)) {
        if let Some(i) = (0..intervals).find(|i| heads[*i] > 0 && !team.open[*i]) {
            let start = &scenario.timeline.intervals[i].label;
            return Err(Error::Refused(format!(
                "the plan has people in team `{}` at {start}, outside its hours",
                team.name
            )));
        }
    }
    Ok(())
}

/// How each team's people are written.
fn forms(loaded: &Loaded, staff: &[Vec<u32>], scheduled: &[Vec<u32>], doc: &DocumentMut) -> Result<Vec<Form>> {
    let mut sources = loaded.sources.clone();
    let mut reader =
        Reader::new(&loaded.root, &loaded.folders, loaded.tables_again(), &mut sources, Problems::default());
    let unreadable = || Error::Refused("the hours of the scenario cannot be read again".into());
    let calendar = reader.calendar().ok_or_else(unreadable)?;
    let teams = loaded.scenario.teams.iter().enumerate();
    let form = |(t, team): (usize, &Team)| {
        let layout = reader.layout_of(&team.name, &calendar).ok_or_else(unreadable)?;
        let heads = if team.scheduled.is_some() { &scheduled[t] } else { &staff[t] };
        let old = doc.get("team").and_then(|i| i.get(&team.name)?.get(key(team)));
        Ok(form::choose(&layout, &calendar.timeline, heads, old.is_some_and(Item::is_array)))
    };
    teams.map(form).collect()
}

fn write_team(root: &mut Table, team: &Team, form: &Form) {
    let Some(table) = section(root, "team", &team.name) else { return };
    let Ok(new) = form.text().parse::<Value>() else { return };
    let (key, other) = if team.scheduled.is_some() { ("scheduled", "agents") } else { ("agents", "scheduled") };
    // A --set may have changed which of the two the team states.
    table.remove(other);
    put(table, key, new);
}

/// The table of a queue or team, made if the file has none.
fn section<'a>(root: &'a mut Table, kind: &str, name: &str) -> Option<&'a mut dyn TableLike> {
    let names = root.entry(kind).or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let names = names.as_table_like_mut()?;
    if names.get(name).is_none() {
        names.insert(name, Item::Table(Table::new()));
    }
    names.get_mut(name)?.as_table_like_mut()
}

/// Writes a value: into the layout of the old one if it has the same shape, else in its place, else as a new key.
fn put(table: &mut dyn TableLike, key: &str, mut new: Value) {
    match table.get_mut(key) {
        Some(Item::Value(old)) if layout::same_shape(old, &new) => layout::copy_numbers(old, &new),
        Some(Item::Value(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        Some(old) => *old = Item::Value(new),
        None => {
            // Between braces the blank before the closing one belongs to the last value.
            if let Some((_, Item::Value(last))) = table.iter_mut().last()
                && last.decor().suffix().and_then(|s| s.as_str()) == Some(" ")
            {
                last.decor_mut().set_suffix("");
                new.decor_mut().set_prefix(" ");
                new.decor_mut().set_suffix(" ");
            }
            table.insert(key, Item::Value(new));
        }
    }
}

/// The editor writes line feeds only.
fn like_the_source(text: String, source: &str) -> String {
    let windows = source.contains('\n') && source.matches('\n').count() == source.matches("\r\n").count();
    if windows { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text }
}

/// Says at the top where the numbers come from, once.
fn with_header(text: String, sets: &[String]) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: String = sets.iter().map(|set| format!("# With --set {set}{end}")).collect();
    match text.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix(end)) {
        Some(rest) => format!("{HEADER}{end}{lines}{rest}"),
        None => format!("{HEADER}{end}{lines}{end}{text}"),
    }
}

/// Loads the text and compares it with what was planned.
fn check(loaded: &Loaded, text: &str, staff: &[Vec<u32>]) -> Result<()> {
    let path = loaded.sources.get(0).map_or("", |s| s.name.as_str());
    let again = load_text(&Request::file(path), text.to_owned())
        .map_err(|e| Error::Refused(format!("the planned people cannot be written into {path}:\n{e}")))?;
    let (mut new, old) = (again.scenario, &loaded.scenario);
    let enough =
        |(team, planned): (&Team, &Vec<u32>)| team.on_phone.iter().zip(planned).all(|(has, needs)| has >= needs);
    if let Some((team, _)) = new.teams.iter().zip(staff).find(|pair| !enough(*pair)) {
        let message = format!("the people paid in team `{}` leave fewer on the phone than are planned", team.name);
        return Err(Error::Refused(message));
    }
    for (team, before) in new.teams.iter_mut().zip(&old.teams) {
        team.on_phone.clone_from(&before.on_phone);
        team.scheduled.clone_from(&before.scheduled);
    }
    (new.run.seed, new.run.replications) = (old.run.seed, old.run.replications);
    new.plan.replications = old.plan.replications;
    if new == *old {
        return Ok(());
    }
    let advice = "write the values of --set into the file first";
    Err(Error::Refused(format!("{path} with the planned people is not the floor that was planned; {advice}")))
}
