//! The reference page of the language, written from the table of keys.

use super::grammar::{self, Fields, Form, Key, Preset};
use super::keys;
use std::fmt::Write;

/// The text of `docs/reference.md`.
pub fn reference_markdown() -> String {
    let mut pages = Vec::new();
    collect("the top of the file", keys::ROOT, &mut pages);
    let mut out = String::from(INTRODUCTION);
    for (titles, fields) in &pages {
        out.push_str(&page(titles, *fields));
    }
    out
}

const INTRODUCTION: &str = "\
# The scenario language

This page is generated from the tables of keys in `src/scenario/keys/`; `callwright validate --schema` prints the
same as JSON Schema, and `callwright validate --explain FILE` prints a scenario with every default filled in.

- A scenario is a TOML file. A key belongs to the last `[section]` above it, so keys of the whole floor stand first.
- **Times** carry units, from large to small: `\"45s\"`, `\"4m30s\"`, `\"1h\"`, `\"14 months\"`. Units: ms, s, m, h, d, w,
  month(s). A month is 30.4375 days.
- **Shares** are `\"80%\"` or `0.8`.
- **Random times** (talk, hold, wrap, patience, the times of menus, redials and call-backs) are `\"4m\"` or `{ mean = \"4m\" }` (exponential), `{ mean = \"4m\", cv = 0.8 }`
  (lognormal), or `{ dist = ..., ... }`.
- **Lists** have one entry per interval of an opening. With days of different length, write one list per weekday group:
  `{ mon-fri = [...], sat = [...] }`; or one list per simulated day: `[[...], [...]]`. When the clock changes, entries for
  hours that are skipped are left out and entries for hours that come twice are used twice.
- **Names** of queues, teams and shapes have 1 to 64 letters, digits, spaces, `-` or `_`.
- **Weekdays** are mon, tue, wed, thu, fri, sat, sun, ranges such as `mon-fri`, and lists such as `\"mon,wed\"`. A floor
  without `first_day` starts on a Monday. An opening over midnight belongs to the day it starts.
- **Paths** name values everywhere: `queue.orders.patience.mean`. `--set PATH=VALUE` sets one, written in the file or not;
  `PATH=+3`, `PATH=-30s` and `PATH=*1.1` change it; `*` stands for every queue or team and `[0]` for a list entry:
  `--set 'team.*.agents=+1'`, `--set team.tier1.agents[3]=12`. Head counts are rounded after a factor.
- **`extends = \"base.toml\"`** starts from another file: tables merge key by key; lists, volumes, times, opening hours and
  other values are replaced whole, and a value stated in another way (`scheduled` for `agents`, `aht` for `talk`) replaces it.
- **CSV files** may use comma, semicolon or tab, decimal point or comma, quotes and a byte-order mark. Rows are placed by
  a column `interval` (from 0) or `start` (08:00), with `weekday` or `date` where days differ, or by the columns that
  `time` names. Dates are calendar dates; an interval number or a weekday belongs to the day on which the opening starts.
  Every open interval needs a row. Contacts in closed hours are errors; rows of other days are ignored with a warning.
- A team states its people in one way. `agents` are on the phone. With `scheduled`, people on the phone are `scheduled` x
  (1 - planned - unplanned shrinkage), rounded down. `shifts` and `roster` are people by name, hour by hour.
- **Shifts** begin by the clock on the wall and last as long as they last, also when the clock changes. A shift belongs to
  the opening in which it starts, or to the first one it reaches. Time outside the opening hours of floor and team is paid
  but not on the phone. On a floor that never closes, the first morning is worked by the night shift of the day before.
- **Breaks and activities** are at a time of day (`start`), so long after the start of the shift (`after`), or spread over a
  window (`between`): then as few as possible are away at once, and evenly so, on full five minutes where that fits.
  Those of a team are for every shift that covers them; a window is shared by all these shifts. What is at a fixed time
  comes first; a break that would fall into it moves to the nearest free time of its window.
- **Rosters** have a row per person and stretch of time. `start` and `end` are times of day with a column `date` or
  `weekday` (without one, of every day), or date and time. Narrow rows lie on top of wide ones, and later rows on top of
  earlier ones of the same length. Rows outside the simulated days are ignored with a warning.
- **Stated figures and people.** Where agents or callers differ, handle times, resolution, satisfaction, conversion,
  transfers and retention stay on average what the file states, over the people, moods, reasons and problems of that same
  file; only who gets what changes. For each queue that is the file whose `talk` (or `aht`) is in force, with what it
  extends. A file that extends it, `--set` and `training` move away from its averages. `anchor = \"none\"` takes stated
  figures as those of an average agent and a calm caller. A bare `tenure` is the mean of an exponential time.
- **Columns of rosters** named like a trait, and `weeks`, say what a person is like; an empty cell follows the team.
- **Shrinkage of people by name**: in every interval the people on the phone times `besides_schedule` are owed, with what
  is left over from before, and as many whole people are off the phone for that interval, each in turn. `planned` does
  the same, where the schedule shows no work off the phone. `unplanned` is the chance that a person is absent for a day.
";

/// Tables in the order in which they are met; those with the same keys share a page.
fn collect(title: &str, fields: Fields, pages: &mut Vec<(Vec<String>, Fields)>) {
    let keys = |f: Fields| f.keys.iter().map(|k| (k.name, k.doc)).collect::<Vec<_>>();
    if let Some((titles, _)) = pages.iter_mut().find(|(_, other)| keys(*other) == keys(fields)) {
        titles.push(title.into());
        return;
    }
    pages.push((vec![title.into()], fields));
    let base = if title.starts_with("the top") { String::new() } else { format!("{title}.") };
    for key in fields.keys.iter() {
        if let Some(inner) = grammar::fields(key.forms) {
            collect(&format!("{base}{}", key.name), inner, pages);
        }
        if let Some(inner) = grammar::entries(key.forms).and_then(grammar::fields) {
            collect(&format!("{base}{}[0]", key.name), inner, pages);
        }
        if let Some((what, inner)) =
            grammar::named(key.forms).and_then(|(what, forms)| Some((what, grammar::fields(forms)?)))
        {
            let name = if key.name == "skills" { what.to_uppercase() } else { "NAME".into() };
            collect(&format!("{base}{}.{name}", key.name), inner, pages);
        }
    }
}

fn page(titles: &[String], fields: Fields) -> String {
    let title = titles
        .iter()
        .map(|t| if t.starts_with("the top") { "The top of the file".into() } else { format!("`{t}`") })
        .collect::<Vec<_>>()
        .join(", ");
    let mut out =
        format!("\n## {title}\n\n| key | what it says | value | when absent | example |\n|---|---|---|---|---|\n");
    for key in fields.keys.iter() {
        let absent = match key.preset {
            Preset::Required => "required".into(),
            Preset::Value(text) => format!("`{text}`"),
            Preset::Absent(words) => words.into(),
        };
        let example = if key.example.is_empty() { String::new() } else { format!("`{}`", key.example) };
        let row = [format!("`{}`", key.name), said(key), values(key), absent, example]
            .map(|cell: String| cell.replace('|', "\\|"));
        // Writing to a String cannot fail.
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    let mut choices: Vec<(String, Vec<String>)> = Vec::new();
    for key in fields.keys {
        let words = meanings(key);
        match choices.iter_mut().find(|(known, _)| *known == words) {
            Some((_, names)) => names.push(format!("`{}`", key.name)),
            None => choices.push((words, vec![format!("`{}`", key.name)])),
        }
    }
    for (words, names) in choices.iter().filter(|(words, _)| !words.is_empty()) {
        let _ = write!(out, "\n{}:\n\n{words}", names.join(", "));
    }
    out
}

/// What the key says, and for which channels when not for all.
fn said(key: &Key) -> String {
    if key.channels.is_empty() { key.doc.into() } else { format!("{} ({} only)", key.doc, key.channels.join(", ")) }
}

/// What may be written, without repeating the keys of tables that have a page of their own.
fn values(key: &Key) -> String {
    let words = key.forms.iter().map(|form| match form {
        Form::Table(_) => "a table, see below".into(),
        Form::List(inner) if grammar::fields(inner).is_some() => "a list of tables, see below".into(),
        Form::Choice(_) => "a word, see below".into(),
        other => grammar::in_words(std::slice::from_ref(other)),
    });
    words.collect::<Vec<String>>().join("; or ")
}

/// The words of a choice and what they mean.
fn meanings(key: &Key) -> String {
    let words: Vec<&(&str, &str)> =
        key.forms.iter().flat_map(|f| if let Form::Choice(words) = f { *words } else { &[] }).collect();
    words.iter().map(|(word, meaning)| format!("- `\"{word}\"`: {meaning}\n")).collect()
}
