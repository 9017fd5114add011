//! `shifts = [...]`: people scheduled, shift by shift.

use super::breaks::Item;
use super::crew::{Kind, Ledger, Part};
use super::{Reader, default_node};
use crate::error::Problem;
use crate::scenario::calendar::Calendar;
use crate::scenario::explain::toml_text;
use crate::scenario::grammar::{Fields, entries, fields};
use crate::scenario::tree::{Node, Value};
use crate::scenario::words::{self, Hours};
use crate::units;
use jiff::civil::Date;

/// Most shifts of a team.
const MAX_SHIFTS: usize = 1_000;

/// The days on which something begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Days {
    Week([bool; 7]),
    Dates(Vec<Date>),
    Span(Option<Date>, Option<Date>),
}

impl Days {
    pub fn has(&self, date: Date) -> bool {
        match self {
            Self::Week(days) => days[date.weekday().to_monday_zero_offset() as usize],
            Self::Dates(dates) => dates.contains(&date),
            Self::Span(from, until) => from.is_none_or(|d| d <= date) && until.is_none_or(|d| date <= d),
        }
    }

    /// Weekdays that may occur.
    pub fn weekdays(&self) -> [bool; 7] {
        match self {
            Self::Week(days) => *days,
            Self::Dates(dates) => {
                let mut days = [false; 7];
                dates.iter().for_each(|d| days[d.weekday().to_monday_zero_offset() as usize] = true);
                days
            }
            Self::Span(..) => [true; 7],
        }
    }
}

/// One shift as it is written.
pub(super) struct Shift {
    pub path: String,
    pub name: String,
    /// Seconds after midnight.
    pub start: u32,
    pub length: u32,
    pub agents: u32,
    pub days: Days,
    /// Breaks and activities of its own.
    pub items: Vec<Item>,
}

impl Shift {
    /// "08:00-16:00".
    pub fn hours(&self) -> String {
        clocks(self.start, self.length)
    }
}

/// "08:00-16:00" for a beginning and a length.
pub(super) fn clocks(start: u32, length: u32) -> String {
    format!("{}-{}", units::clock(start.into()), units::clock((start + length).into()))
}

/// The keys of the tables in a list.
pub(super) fn list_fields(key: &str) -> Fields {
    let none = Fields { keys: &[], lone: None };
    super::section("team").get(key).and_then(|k| fields(entries(k.forms)?)).unwrap_or(none)
}

/// What a team's shifts and what interrupts them look like on the time axis.
pub(super) struct Rota<'a> {
    pub shifts: &'a [Shift],
    /// Breaks and activities of the whole team.
    pub items: &'a [Item],
    pub calendar: &'a Calendar,
}

impl Reader<'_> {
    /// Everybody's work, day by day.
    pub(super) fn shifts(
        &mut self,
        team: &Node,
        path: &str,
        ledger: &mut Ledger,
        calendar: &Calendar,
        hours: [Option<Hours>; 7],
    ) -> Option<()> {
        let node = team.get("shifts")?;
        let shifts = self.written_shifts(node, path, calendar)?;
        let items = self.items(team, path, None, calendar)?;
        self.check_items_apply(&shifts, &items)?;
        self.check_fixed_items(&shifts, &items)?;
        let dates = calendar.dates_and_eve();
        self.fits_memory(node, path, &shifts, &items, dates.len())?;
        let worked = self.lay_out(&Rota { shifts: &shifts, items: &items, calendar }, ledger, &dates)?;
        for (index, _) in worked.iter().enumerate().filter(|(_, worked)| !**worked) {
            self.never_worked(node, index, &shifts[index], hours);
        }
        Some(())
    }

    fn written_shifts(&mut self, node: &Node, path: &str, calendar: &Calendar) -> Option<Vec<Shift>> {
        let list = node.list()?;
        if list.is_empty() || list.len() > MAX_SHIFTS {
            let message = format!("[{path}] has {} shifts; allowed: 1 to {MAX_SHIFTS}", list.len());
            let help = "write for example shifts = [{ start = \"08:00\", length = \"8h\", agents = 25 }]";
            self.problem(format!("{path}.shifts"), node.place, message, help);
            return None;
        }
        let names = self.shift_names(list, &format!("{path}.shifts"))?;
        let shifts: Vec<Option<Shift>> = (list.iter().zip(names).enumerate())
            .map(|(i, (shift, name))| self.shift(shift, format!("{path}.shifts[{i}]"), name, calendar))
            .collect();
        shifts.into_iter().collect()
    }

    /// Names tell people apart, so each stands once; a shift without one is called after its beginning.
    fn shift_names(&mut self, list: &[Node], path: &str) -> Option<Vec<String>> {
        let mut names: Vec<Option<String>> = vec![None; list.len()];
        for (i, shift) in list.iter().enumerate() {
            let Some(node) = shift.get("name") else { continue };
            let name = node.text()?.trim();
            if name.is_empty() || name.chars().count() > 64 || name.chars().any(char::is_control) {
                let message = format!("{} cannot be the name of a shift", node.shown());
                self.problem(format!("{path}[{i}].name"), node.place, message, "a name has 1 to 64 characters");
                return None;
            }
            if let Some(other) = names.iter().position(|n| n.as_deref() == Some(name)) {
                let message = format!("two shifts are named `{name}`");
                let mut problem = Problem::new(format!("{path}[{i}].name"), message).at(node.place);
                problem.related.push((list[other].get("name")?.place, "the other one".into()));
                self.problems.push(problem.help("the name tells people apart: give each shift its own"));
                return None;
            }
            names[i] = Some(name.into());
        }
        for (i, shift) in list.iter().enumerate() {
            if names[i].is_none() {
                let start = shift.get("start")?.text()?.trim();
                let tried = (1..).map(|n| if n == 1 { start.into() } else { format!("{start} ({n})") });
                let free = tried.into_iter().find(|t: &String| !names.iter().flatten().any(|n| n == t))?;
                self.shown.insert(format!("{path}[{i}].name"), toml_text(&free));
                names[i] = Some(free);
            }
        }
        names.into_iter().collect()
    }

    fn shift(&mut self, node: &Node, path: String, name: String, calendar: &Calendar) -> Option<Shift> {
        let length = self.whole_minutes(node.get("length")?, &format!("{path}.length"))?;
        let shift = Shift {
            name,
            start: node.get("start")?.time_of_day()?,
            length,
            agents: node.get("agents")?.count()?,
            days: self.days(node, &path, list_fields("shifts"), calendar)?,
            items: Vec::new(),
            path,
        };
        let items = self.items(node, &shift.path, Some(&shift), calendar)?;
        Some(Shift { items, ..shift })
    }

    /// A length in seconds that is a whole number of minutes.
    pub(super) fn whole_minutes(&mut self, node: &Node, path: &str) -> Option<u32> {
        let seconds = node.seconds()?;
        if seconds % 60.0 == 0.0 {
            return Some(seconds as u32);
        }
        let down = units::duration((seconds / 60.0).floor() * 60.0);
        let message = format!("{} is not a whole number of minutes", units::duration(seconds));
        self.problem(path, node.place, message, format!("write for example \"{down}\""));
        None
    }

    /// `days` of a shift or an activity.
    pub(super) fn days(&mut self, table: &Node, path: &str, keys: Fields, calendar: &Calendar) -> Option<Days> {
        let default;
        let node = match table.get("days") {
            Some(node) => node,
            None => {
                default = default_node(keys, "days")?;
                &default
            }
        };
        let days = match (&node.value, node.text()) {
            (_, Some(text)) => return Some(Days::Week(words::weekdays(text)?)),
            (Value::List(list), _) => Days::Dates(list.iter().map(Node::date).collect::<Option<_>>()?),
            _ => {
                let date = |key: &str| node.get(key).map_or(Some(None), |n| n.date().map(Some));
                Days::Span(date("from")?, date("until")?)
            }
        };
        let path = format!("{path}.days");
        if !calendar.dated {
            let message = "`days` names dates, but the simulated days have none";
            let help = "write first_day = 2026-03-02, the date of the first day, or weekdays: days = \"mon-fri\"";
            self.problem(path, node.place, message, help);
            return None;
        }
        if let Days::Span(Some(from), Some(until)) = days
            && until < from
        {
            let message = format!("no day is from {from} until {until}");
            self.problem(path, node.place, message, "let `until` be `from` or later");
            return None;
        }
        Some(days)
    }

    /// Refuses what would not fit, before it is laid out.
    fn fits_memory(&mut self, node: &Node, path: &str, shifts: &[Shift], items: &[Item], dates: usize) -> Option<()> {
        let dates = dates as u64;
        let persons = shifts.iter().map(|s| u64::from(s.agents)).sum::<u64>();
        let weekdays = |s: &Shift| s.days.weekdays().iter().filter(|d| **d).count() as u64;
        let days = |s: &Shift| dates.div_ceil(7).saturating_mul(weekdays(s)).min(dates);
        let duties = shifts.iter().map(|s| u64::from(s.agents).saturating_mul(days(s))).sum();
        let pieces = |s: &Shift| 1 + 2 * (s.items.len() + items.len()) as u64;
        let parts = shifts.iter().map(|s| u64::from(s.agents.max(1)).saturating_mul(days(s)) * pieces(s)).sum();
        self.room_for(persons, duties, parts, &format!("{path}.shifts"), node.place).then_some(())
    }

    /// Puts everybody's days into the ledger; tells which shifts are worked at all.
    fn lay_out(&mut self, rota: &Rota<'_>, ledger: &mut Ledger, dates: &[Date]) -> Option<Vec<bool>> {
        let phone = ledger.kind(Kind { name: "phone".into(), on_phone: true, paid: true, work: true });
        let first: Vec<usize> = rota.shifts.iter().map(|s| ledger.people(&s.name, s.agents)).collect();
        let mut ends = vec![i64::MIN; rota.shifts.len()];
        let mut worked = vec![false; rota.shifts.len()];
        for date in dates {
            let spans: Vec<Option<(i64, i64)>> =
                rota.shifts.iter().zip(&mut ends).map(|(shift, end)| rota.span(shift, *date, end, ledger)).collect();
            if spans.iter().all(Option::is_none) {
                continue;
            }
            let away = rota.away(&spans, *date, ledger).map_err(|problem| self.problems.push(*problem)).ok()?;
            for (shift, (span, people)) in spans.iter().zip(away).enumerate() {
                let Some(span) = span else { continue };
                worked[shift] = true;
                for (person, away) in people.into_iter().enumerate() {
                    ledger.work(first[shift] + person, &around(*span, &away, phone));
                }
            }
        }
        Some(worked)
    }

    /// A shift that is on no simulated day: because of its hours, or of its days?
    fn never_worked(&mut self, node: &Node, index: usize, shift: &Shift, hours: [Option<Hours>; 7]) {
        let place = node.list().and_then(|l| l.get(index)?.get("start")).map_or(node.place, |n| n.place);
        let weekdays = shift.days.weekdays();
        let ever = (0..7).any(|day| weekdays[day] && meets(shift, day, &hours));
        let start = format!("{}.start", shift.path);
        if !ever {
            let message = format!("shift `{}` ({}) lies wholly outside the opening hours", shift.name, shift.hours());
            self.problem(start, place, message, "change its start, length or days, or `open`");
        } else if !matches!(shift.days, Days::Week(_)) {
            let message = format!("shift `{}` is on none of the simulated days", shift.name);
            self.warn(start, place, message, "change its `days`, or first_day and days of the floor");
        }
    }
}

/// Whether the shift that begins on this weekday meets an opening.
fn meets(shift: &Shift, day: usize, hours: &[Option<Hours>; 7]) -> bool {
    let (from, to) = (i64::from(shift.start), i64::from(shift.start) + i64::from(shift.length));
    [-1, 0, 1].into_iter().any(|shifted: i64| {
        let weekday = (day as i64 + shifted).rem_euclid(7) as usize;
        let midnight = 86_400 * shifted;
        hours[weekday].is_some_and(|h| from < midnight + i64::from(h.end) && to > midnight + i64::from(h.start))
    })
}

impl Rota<'_> {
    /// Beginning and end of a shift on the axis; `None` on days on which it is not worked. `end` is where its people
    /// stopped the day before: when the clock goes forward, shifts of 24 hours would overlap.
    fn span(&self, shift: &Shift, date: Date, end: &mut i64, ledger: &Ledger) -> Option<(i64, i64)> {
        if !shift.days.has(date) {
            return None;
        }
        let start = self.calendar.second(date, shift.start)?;
        let (from, to) = (start.max(*end), start + i64::from(shift.length));
        ledger.opening(from, to)?;
        *end = to;
        Some((from, to))
    }
}

/// A day's work: on the phone, but for what takes people away.
fn around((from, to): (i64, i64), away: &[Part], phone: usize) -> Vec<Part> {
    let (mut parts, mut at) = (Vec::with_capacity(2 * away.len() + 1), from);
    for part in away {
        if at < part.from {
            parts.push(Part { from: at, to: part.from, kind: phone });
        }
        parts.push(*part);
        at = part.to;
    }
    if at < to {
        parts.push(Part { from: at, to, kind: phone });
    }
    parts
}
