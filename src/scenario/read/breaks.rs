//! What takes people of a shift away: breaks, meetings, training.

use super::crew::{Kind, Ledger, Part};
use super::shifts::{Days, Rota, Shift, clocks, list_fields};
use super::{Reader, or_default};
use crate::error::{Place, Problem};
use crate::scenario::calendar::{self, Calendar};
use crate::scenario::tree::Node;
use crate::units;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Most breaks of a shift, and most activities.
const MAX_ITEMS: usize = 50;
const DAY: u32 = 86_400;
const MINUTE: i64 = 60;

/// A break or an activity.
#[derive(Debug)]
pub(super) struct Item {
    pub path: String,
    pub place: Place,
    pub name: String,
    /// Seconds.
    pub length: u32,
    pub when: When,
    /// How many take part; `None` = everybody.
    pub agents: Option<u32>,
    pub days: Days,
    pub paid: bool,
    /// Work off the phone, not a break.
    pub work: bool,
}

/// When it is; seconds after midnight, or after the start of the shift.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    At(u32),
    After(u32),
    Between(u32, u32),
}

impl Item {
    /// "`lunch` (30m between 11:30 and 14:00)", for messages.
    fn shown(&self) -> String {
        let length = units::duration(self.length.into());
        let clock = |s: u32| units::clock(s.into());
        match self.when {
            When::At(at) => format!("`{}` ({})", self.name, clocks(at, self.length)),
            When::After(after) => {
                format!("`{}` ({length}, {} after the start)", self.name, units::duration(after.into()))
            }
            When::Between(from, to) => format!("`{}` ({length} between {} and {})", self.name, clock(from), clock(to)),
        }
    }

    /// Beginning and end of the time in which it may be, after the start of a shift that begins at this time of day.
    fn window(&self, start: u32) -> (u32, u32) {
        let since = |clock: u32, from: u32| (clock + DAY - from) % DAY;
        match self.when {
            When::At(at) => (since(at, start), since(at, start) + self.length),
            When::After(after) => (after, after + self.length),
            When::Between(from, to) => (since(from, start), since(from, start) + since(to, from)),
        }
    }

    fn fits(&self, shift: &Shift) -> bool {
        self.window(shift.start).1 <= shift.length
    }

    fn is_fixed(&self) -> bool {
        !matches!(self.when, When::Between(..))
    }
}

impl Reader<'_> {
    /// The breaks and activities of a shift, or of all shifts of a team.
    pub(super) fn items(
        &mut self,
        table: &Node,
        path: &str,
        shift: Option<&Shift>,
        calendar: &Calendar,
    ) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        for key in ["breaks", "activities"] {
            let Some(node) = table.get(key) else { continue };
            let list = node.list()?;
            if list.len() > MAX_ITEMS {
                let message = format!("{} {key} are too many; at most {MAX_ITEMS}", list.len());
                self.problem(format!("{path}.{key}"), node.place, message, "leave the rest to another shift or team");
                return None;
            }
            for (i, node) in list.iter().enumerate() {
                let item = self.item(node, format!("{path}.{key}[{i}]"), key, calendar)?;
                if let Some(shift) = shift.filter(|s| !item.fits(s)) {
                    self.does_not_fit(&item, &format!("shift `{}` ({})", shift.name, shift.hours()));
                    return None;
                }
                items.push(item);
            }
        }
        Some(items)
    }

    fn does_not_fit(&mut self, item: &Item, home: &str) {
        let message = format!("{} does not fit into {home}", item.shown());
        let help = match item.when {
            When::At(_) => "let it begin and end within the shift",
            When::After(_) => "let it begin earlier, or make it shorter",
            When::Between(..) => "let both times lie within the shift",
        };
        self.problem(item.path.clone(), item.place, message, help);
    }

    fn item(&mut self, node: &Node, path: String, key: &str, calendar: &Calendar) -> Option<Item> {
        let keys = list_fields(key);
        let length = self.whole_minutes(node.get("length")?, &format!("{path}.length"))?;
        Some(Item {
            place: node.place,
            name: or_default(node, keys, "name", |n| n.text().map(str::to_owned))?,
            length,
            when: self.when(node, &path, length)?,
            agents: node.get("agents").map_or(Some(None), |n| n.count().map(Some))?,
            days: match key {
                "breaks" => Days::Week([true; 7]),
                _ => self.days(node, &path, keys, calendar)?,
            },
            paid: or_default(node, keys, "paid", Node::flag)?,
            work: key == "activities",
            path,
        })
    }

    fn when(&mut self, node: &Node, path: &str, length: u32) -> Option<When> {
        let stated: Vec<(&str, &Node)> =
            ["start", "after", "between"].into_iter().filter_map(|k| Some((k, node.get(k)?))).collect();
        let help = "write one of start = \"10:00\", after = \"4h\" or between = [\"11:30\", \"14:00\"]";
        match stated[..] {
            [("start", at)] => Some(When::At(at.time_of_day()?)),
            [("after", after)] => self.whole_minutes(after, &format!("{path}.after")).map(When::After),
            [(_, between)] => self.between(between, path, length),
            [] => {
                self.problem(path, node.place, "this does not say when it is", help);
                None
            }
            [(first, _), (second, other), ..] => {
                let message = format!("`{first}` and `{second}` both say when it is");
                self.problem(path, other.place, message, help);
                None
            }
        }
    }

    fn between(&mut self, node: &Node, path: &str, length: u32) -> Option<When> {
        let times: Vec<u32> = node.list()?.iter().map(Node::time_of_day).collect::<Option<_>>()?;
        let path = format!("{path}.between");
        let [from, to] = times[..] else {
            let message = format!("`between` has {} times, not two", times.len());
            self.problem(path, node.place, message, "write for example between = [\"11:30\", \"14:00\"]");
            return None;
        };
        let window = (to + DAY - from) % DAY;
        if window >= length {
            return Some(When::Between(from, to));
        }
        let clock = |s: u32| units::clock(s.into());
        let message =
            format!("{} do not fit between {} and {}", units::duration(length.into()), clock(from), clock(to));
        self.problem(path, node.place, message, "the first is the earliest beginning, the second the latest end");
        None
    }

    /// What stands for the whole team must fit into some shift.
    pub(super) fn check_items_apply(&mut self, shifts: &[Shift], items: &[Item]) -> Option<()> {
        let Some(item) = items.iter().find(|item| !shifts.iter().any(|s| item.fits(s))) else { return Some(()) };
        self.does_not_fit(item, "any shift of the team");
        None
    }

    /// Two things at fixed times must not need the same people at once.
    pub(super) fn check_fixed_items(&mut self, shifts: &[Shift], team: &[Item]) -> Option<()> {
        for shift in shifts {
            let fixed: Vec<&Item> = shift.items.iter().chain(team).filter(|i| i.is_fixed() && i.fits(shift)).collect();
            for (n, item) in fixed.iter().enumerate() {
                let (from, to) = item.window(shift.start);
                let meets = |other: &&&Item| {
                    let (start, end) = other.window(shift.start);
                    let (a, b) = (item.days.weekdays(), other.days.weekdays());
                    from < end && start < to && (0..7).any(|d| a[d] && b[d])
                };
                let Some(other) = fixed[..n].iter().find(meets) else { continue };
                let message = format!(
                    "{} and {} are at the same time in shift `{}` ({})",
                    item.shown(),
                    other.shown(),
                    shift.name,
                    shift.hours()
                );
                let mut problem = Problem::new(item.path.clone(), message).at(item.place);
                problem.related.push((other.place, "the other one".into()));
                let help = "move one of them, or let people take turns: between = [\"11:30\", \"14:00\"]";
                self.problems.push(problem.help(help));
                return None;
            }
        }
        Some(())
    }
}

/// Who is away when, by shift and person.
type Away = Vec<Vec<Vec<Part>>>;

/// People of one shift on one day.
#[derive(Clone, Copy)]
struct Crew {
    shift: usize,
    span: (i64, i64),
}

impl Rota<'_> {
    /// Who is away when on this date: what is at a fixed time first, then what may move.
    ///
    /// # Errors
    /// When somebody's breaks leave no room for another.
    pub(super) fn away(
        &self,
        spans: &[Option<(i64, i64)>],
        date: Date,
        ledger: &mut Ledger,
    ) -> Result<Away, Box<Problem>> {
        let heads = |shift: &Shift, span: &Option<(i64, i64)>| span.map_or(0, |_| shift.agents as usize);
        let mut away: Away =
            self.shifts.iter().zip(spans).map(|(shift, span)| vec![Vec::new(); heads(shift, span)]).collect();
        let crew = |shift: usize| spans[shift].map(|span| Crew { shift, span });
        for fixed in [true, false] {
            for (index, shift) in self.shifts.iter().enumerate() {
                for item in shift.items.iter().filter(|i| i.is_fixed() == fixed && i.days.has(date)) {
                    let crews: Vec<Crew> = crew(index).into_iter().collect();
                    self.place(item, &crews, date, &mut away, ledger)?;
                }
            }
            for item in self.items.iter().filter(|i| i.is_fixed() == fixed && i.days.has(date)) {
                let covering = (0..self.shifts.len()).filter(|s| item.fits(&self.shifts[*s]));
                let mut crews: Vec<Crew> = covering.filter_map(crew).collect();
                crews.sort_by_key(|c| c.span.0);
                self.place(item, &crews, date, &mut away, ledger)?;
            }
        }
        Ok(away)
    }

    /// Finds a time for everybody of these shifts who takes part.
    fn place(
        &self,
        item: &Item,
        crews: &[Crew],
        date: Date,
        away: &mut Away,
        ledger: &mut Ledger,
    ) -> Result<(), Box<Problem>> {
        let kind = ledger.kind(Kind { name: item.name.clone(), on_phone: false, paid: item.paid, work: item.work });
        let people = crews.iter().flat_map(|c| (0..away[c.shift].len()).map(|person| (*c, person)));
        let people: Vec<(Crew, usize)> = people.take(item.agents.map_or(usize::MAX, |n| n as usize)).collect();
        // People who share a window take turns; after midnight it is another one.
        let mut by_window: BTreeMap<(i64, i64), Vec<(Crew, usize)>> = BTreeMap::new();
        for (crew, person) in people {
            let Some(window) = self.window(item, crew, date) else { continue };
            by_window.entry(window).or_default().push((crew, person));
        }
        for (window, people) in by_window {
            let starts = spread(people.len(), window, item.length.into());
            for ((crew, person), start) in people.into_iter().zip(starts) {
                let taken = &mut away[crew.shift][person];
                let Some(from) = free_start(start, window, crew.span, item.length.into(), taken) else {
                    return Err(self.no_room(item, crew, date));
                };
                let part = Part { from, to: from + i64::from(item.length), kind };
                taken.insert(taken.partition_point(|p| p.from < from), part);
            }
        }
        Ok(())
    }

    /// The window on the axis; of something at a fixed time, exactly that time.
    fn window(&self, item: &Item, crew: Crew, date: Date) -> Option<(i64, i64)> {
        let shift = &self.shifts[crew.shift];
        let clock = |after: u32| self.calendar.second(date, shift.start + after);
        let (from, to) = item.window(shift.start);
        match item.when {
            When::At(_) => clock(from).map(|start| (start, start + i64::from(item.length))),
            When::After(_) => Some((crew.span.0 + i64::from(from), crew.span.0 + i64::from(to))),
            When::Between(..) => Some((clock(from)?, clock(to)?)),
        }
    }

    fn no_room(&self, item: &Item, crew: Crew, date: Date) -> Box<Problem> {
        let shift = &self.shifts[crew.shift];
        let day = if self.calendar.dated { format!(" on {}", calendar::date_label(date)) } else { String::new() };
        let message = format!(
            "other breaks and activities leave no room for {} in shift `{}` ({}){day}",
            item.shown(),
            shift.name,
            shift.hours()
        );
        let problem = Problem::new(item.path.clone(), message).at(item.place);
        Box::new(problem.help("move it, or give it a longer window"))
    }
}

/// Beginnings for `n` people who take turns in a window: as few as possible are away at once, and as evenly as that
/// allows; on full five minutes if that costs nobody's turn, else on full minutes.
fn spread(n: usize, window: (i64, i64), length: i64) -> Vec<i64> {
    let inside = |grid: i64| {
        let from = window.0.div_euclid(grid) * grid + if window.0.rem_euclid(grid) > 0 { grid } else { 0 };
        (from, window.1.div_euclid(grid) * grid)
    };
    let turns = |(from, to): (i64, i64)| ((to - from) / length).max(0) as usize;
    let at_once = |turns: usize| n.div_ceil(turns.max(1));
    let (fine, coarse) = (inside(MINUTE), inside(5 * MINUTE));
    let fits = length % (5 * MINUTE) == 0 && turns(coarse) > 0 && at_once(turns(coarse)) == at_once(turns(fine));
    let (grid, (from, to)) = if fits { (5 * MINUTE, coarse) } else { (MINUTE, fine) };
    let most = at_once(turns((from, to)));
    let room = (to - from - length).max(0);
    let mut starts: Vec<i64> = Vec::with_capacity(n);
    for i in 0..n {
        let even =
            if n > 1 { (i as i64 * room + (n as i64 - 1) * grid / 2) / ((n as i64 - 1) * grid) * grid } else { 0 };
        // Nobody leaves before the one who left `most` turns ago is back, and all who follow must still fit in.
        let earliest = if i >= most { starts[i - most] - from + length } else { 0 };
        let followers = ((n - 1 - i) / most.max(1)) as i64;
        let latest = (to - from) - length * (1 + followers);
        starts.push(from + even.max(earliest).min(latest.max(0)));
    }
    starts
}

/// The beginning nearest to the wanted one at which the person is not away yet, within the window and the shift.
fn free_start(wanted: i64, window: (i64, i64), span: (i64, i64), length: i64, taken: &[Part]) -> Option<i64> {
    // When the clock changes, a window may end after the shift: what is left of it counts, or else the end of the shift.
    let (mut first, mut last) = (window.0.max(span.0), window.1.min(span.1) - length);
    if first > last {
        (first, last) = (span.0, span.1 - length);
    }
    let wanted = wanted.clamp(first, last.max(first));
    let free =
        |start: i64| (first..=last).contains(&start) && taken.iter().all(|p| start >= p.to || start + length <= p.from);
    let farthest = (wanted - first).max(last - wanted).max(0) / MINUTE;
    (0..=farthest).find_map(|minutes| {
        [wanted + minutes * MINUTE, wanted - minutes * MINUTE].into_iter().find(|start| free(*start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(n: usize, from: i64, to: i64, length: i64) -> Vec<i64> {
        spread(n, (from * MINUTE, to * MINUTE), length * MINUTE).into_iter().map(|s| s / MINUTE).collect()
    }

    /// How many are away at the worst moment.
    fn at_once(starts: &[i64], length: i64) -> usize {
        starts.iter().map(|s| starts.iter().filter(|o| **o <= *s && *s < **o + length).count()).max().unwrap_or(0)
    }

    #[test]
    fn turns_are_spread_evenly() {
        assert_eq!(minutes(1, 690, 840, 30), [690]);
        assert_eq!(minutes(3, 690, 840, 30), [690, 750, 810]);
        assert_eq!(minutes(5, 690, 840, 30), [690, 720, 750, 780, 810]);
        // One more than there are places: two at once cannot be helped, and need not be more.
        assert_eq!(minutes(6, 690, 840, 30), [690, 715, 740, 760, 785, 810]);
        assert_eq!(minutes(10, 690, 840, 30), [690, 690, 720, 720, 750, 750, 780, 780, 810, 810]);
        assert!(minutes(0, 690, 840, 30).is_empty());
    }

    #[test]
    fn five_minutes_only_where_they_cost_nothing() {
        // From 11:32 to 12:32 there is room for two breaks of 30 minutes, but not on full five minutes.
        assert_eq!(minutes(2, 692, 752, 30), [692, 722]);
        assert_eq!(minutes(1, 692, 752, 30), [695]);
        assert_eq!(minutes(2, 690, 720, 13), [690, 707]);
    }

    #[test]
    fn never_more_at_once_than_needed() {
        for n in 1..60 {
            for (window, length) in [(150, 30), (150, 45), (61, 20), (30, 30), (240, 15), (95, 7)] {
                let starts = minutes(n, 691, 691 + window, length);
                assert_eq!(at_once(&starts, length), n.div_ceil((window / length) as usize), "{n} {window} {length}");
                assert!(starts.iter().all(|s| *s >= 691 && *s + length <= 691 + window), "{starts:?}");
                assert!(starts.windows(2).all(|w| w[0] <= w[1]));
            }
        }
    }

    #[test]
    fn a_taken_time_is_avoided() {
        let taken = [Part { from: 600, to: 1_200, kind: 0 }];
        assert_eq!(free_start(600, (0, 3_600), (0, 7_200), 300, &taken), Some(300));
        assert_eq!(free_start(1_140, (0, 3_600), (0, 7_200), 300, &taken), Some(1_200));
        assert_eq!(free_start(600, (600, 1_200), (0, 7_200), 300, &taken), None);
    }
}
