//! From scheduled time, however it was stated, to people: clipped to opening hours, added up, and checked.

use super::Reader;
use super::series::Layout;
use super::team::Shrinkage;
use super::times::{Bare, dist_toml};
use crate::error::Place;
use crate::scenario::StatedProfile;
use crate::scenario::calendar::Calendar;
use crate::scenario::grammar::fields;
use crate::scenario::people::{Duty, Lateness, People, Person, Stretch};
use crate::scenario::rotation::{self, seconds_by_interval};
use crate::scenario::tree::{Entry, Node, number_text};
use crate::scenario::types::Scenario;
use crate::units;
use rustc_hash::FxHashMap;

/// Most people by name on a floor.
pub(super) const MAX_PERSONS: u64 = 100_000;
/// Most days of work of all of them together.
pub(super) const MAX_DUTIES: u64 = 2_000_000;
/// Most pieces of schedule: shifts, breaks, rows.
pub(super) const MAX_PARTS: u64 = 10_000_000;

/// What a piece of scheduled time is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    pub name: String,
    pub on_phone: bool,
    pub paid: bool,
    /// Work off the phone, not a break.
    pub work: bool,
}

/// A piece of one person's time; seconds of the axis, which are negative before the first day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub from: i64,
    pub to: i64,
    /// Index among the kinds.
    pub kind: usize,
}

/// Hours of a team within one opening.
struct Open {
    day: usize,
    from: i64,
    to: i64,
}

/// People in the making.
pub(super) struct Ledger {
    pub kinds: Vec<Kind>,
    known: FxHashMap<Kind, usize>,
    persons: Vec<Person>,
    open: Vec<Open>,
    /// Where work is cut off that goes on in the opening after the simulated days, and the start of that opening.
    end: Option<(i64, i64)>,
    /// Seconds by kind inside opening hours, or of any time for work off the phone.
    seconds: Vec<u64>,
    /// On the phone by schedule while the team is closed.
    closed_s: u64,
    /// Changes of people scheduled and of people away, by second.
    changes: FxHashMap<i64, (i64, i64)>,
}

impl Ledger {
    pub fn new(calendar: &Calendar, layout: &Layout) -> Self {
        let mut open: Vec<Open> = Vec::new();
        let length = i64::from(calendar.timeline.interval_s);
        for (interval, _) in calendar.timeline.intervals.iter().zip(&layout.spots).filter(|(_, spot)| spot.is_some()) {
            let from = interval.start_s as i64;
            match open.last_mut() {
                Some(last) if last.day == interval.day && last.to == from => last.to = from + length,
                _ => open.push(Open { day: interval.day, from, to: from + length }),
            }
        }
        let end = next_opening(calendar, layout, open.last().map_or(0, |o| o.to));
        Self {
            kinds: Vec::new(),
            known: FxHashMap::default(),
            persons: Vec::new(),
            open,
            end,
            seconds: Vec::new(),
            closed_s: 0,
            changes: FxHashMap::default(),
        }
    }

    /// The kind of this name, new or known.
    pub fn kind(&mut self, kind: Kind) -> usize {
        if let Some(known) = self.known.get(&kind) {
            return *known;
        }
        self.known.insert(kind.clone(), self.kinds.len());
        self.kinds.push(kind);
        self.seconds.push(0);
        self.kinds.len() - 1
    }

    /// So many new people, and the number of the first of them.
    pub fn people(&mut self, shift: &str, count: u32) -> usize {
        let first = self.persons.len();
        self.persons.extend((0..count).map(|position| Person {
            shift: shift.into(),
            position,
            duties: Vec::new(),
            profile: StatedProfile::default(),
        }));
        first
    }

    /// What a roster says of its people, by name.
    pub fn profiles(&mut self, mut profiles: FxHashMap<String, StatedProfile>) {
        for person in &mut self.persons {
            person.profile = profiles.remove(&person.shift).unwrap_or_default();
        }
    }

    /// Whether time between these seconds belongs to a simulated opening.
    pub fn opening(&self, from: i64, to: i64) -> Option<usize> {
        let next = self.open.get(self.open.partition_point(|o| o.to <= from))?;
        (next.from < to).then_some(next.day)
    }

    /// Adds one stretch of a person's work; all of it in order of time and without overlaps. False when the team is
    /// closed all that time.
    pub fn work(&mut self, person: usize, parts: &[Part]) -> bool {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
        let Some(day) = self.opening(first.from, last.to) else { return false };
        self.add(person, day, parts);
        true
    }

    /// Adds work at a time when the team is closed to a day of the floor: it is paid.
    pub fn work_apart(&mut self, person: usize, day: usize, parts: &[Part]) {
        self.add(person, day, parts);
    }

    fn add(&mut self, person: usize, day: usize, parts: &[Part]) {
        // Work that began before the simulated days counts from their beginning; work that goes on in the opening
        // after them counts to their end, so that each hour of a floor that never closes is paid once.
        let last = parts.last().map_or(0, |p| p.to);
        let until = self.end.filter(|(_, next)| last > *next).map_or(i64::MAX, |(end, _)| end);
        let (mut on_phone, mut paid) = (Vec::with_capacity(parts.len()), 0);
        for part in parts {
            let part = Part { from: part.from.max(0), to: part.to.min(until), ..*part };
            if part.from < part.to {
                paid += self.part(part, &mut on_phone);
            }
        }
        self.add_duty(person, day, on_phone, paid);
    }

    /// Counts one part, adds its time on the phone, and returns the seconds it is paid for.
    fn part(&mut self, part: Part, on_phone: &mut Vec<Stretch>) -> u64 {
        let kind = &self.kinds[part.kind];
        let (is_phone, is_paid) = (kind.on_phone, kind.paid);
        let length = (part.to - part.from) as u64;
        let mut inside = 0;
        let first = self.open.partition_point(|o| o.to <= part.from);
        for index in first..self.open.len() {
            let (from, to) = (part.from.max(self.open[index].from), part.to.min(self.open[index].to));
            if from >= to {
                break;
            }
            inside += (to - from) as u64;
            self.change(from, to, !is_phone);
            if is_phone {
                push_stretch(on_phone, Stretch { from_s: from as u64, to_s: to as u64 });
            }
        }
        if is_phone {
            self.seconds[part.kind] += inside;
            self.closed_s += length - inside;
        } else {
            self.seconds[part.kind] += length;
        }
        if is_paid { length } else { 0 }
    }

    fn change(&mut self, from: i64, to: i64, away: bool) {
        for (second, sign) in [(from, 1), (to, -1)] {
            let change = self.changes.entry(second).or_default();
            change.0 += sign;
            change.1 += if away { sign } else { 0 };
        }
    }

    /// One person has one duty per opening: the end of one night and the beginning of the next are parts of it.
    fn add_duty(&mut self, person: usize, day: usize, on_phone: Vec<Stretch>, paid: u64) {
        let person = &mut self.persons[person];
        match person.duties.last_mut() {
            Some(duty) if duty.day == day => {
                on_phone.into_iter().for_each(|s| push_stretch(&mut duty.on_phone, s));
                duty.paid_s += paid as f64;
            }
            _ => person.duties.push(Duty { day, on_phone, paid_s: paid as f64 }),
        }
    }

    /// The moment at which the largest share of the scheduled people is away: (second, away, scheduled).
    fn most_away(&self) -> Option<(i64, i64, i64)> {
        let mut changes: Vec<(i64, (i64, i64))> = self.changes.iter().map(|(s, c)| (*s, *c)).collect();
        changes.sort_unstable();
        let (mut scheduled, mut away) = (0, 0);
        let mut worst: Option<(i64, i64, i64)> = None;
        for (second, change) in changes {
            scheduled += change.0;
            away += change.1;
            if away > 0 && worst.is_none_or(|(_, a, s)| away * s > a * scheduled) {
                worst = Some((second, away, scheduled));
            }
        }
        worst
    }

    /// Scheduled time by what it is for.
    fn activities(&self, besides_s: u64) -> Vec<(String, f64)> {
        let phone: u64 = self.kinds.iter().zip(&self.seconds).filter(|(k, _)| k.on_phone).map(|(_, s)| s).sum();
        let mut all: Vec<(String, f64)> = vec![("phone".into(), (phone - besides_s) as f64)];
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        let off = self.kinds.iter().zip(&self.seconds).filter(|(k, _)| !k.on_phone);
        let rest = [("not in the schedule", besides_s), ("outside opening hours", self.closed_s)];
        for (name, seconds) in off.map(|(k, s)| (k.name.as_str(), *s)).chain(rest).filter(|(_, s)| *s > 0) {
            let index = *known.entry(name).or_insert(all.len());
            match all.get_mut(index) {
                Some((_, sum)) => *sum += seconds as f64,
                None => all.push((name.into(), seconds as f64)),
            }
        }
        all
    }
}

/// Where the simulated days end and the next opening would start, if the days were to go on.
fn next_opening(calendar: &Calendar, layout: &Layout, last: i64) -> Option<(i64, i64)> {
    let weekday = calendar.end.weekday().to_monday_zero_offset() as usize;
    let (floor, team) = (calendar.open[weekday]?, layout.hours[weekday]?);
    let start = calendar.second(calendar.end, floor.start.max(team.start))?;
    Some((calendar.second(calendar.end, 0)?.max(last), start))
}

/// Adds a stretch behind the others; one that touches the last makes it longer.
fn push_stretch(stretches: &mut Vec<Stretch>, next: Stretch) {
    match stretches.last_mut() {
        Some(last) if last.to_s == next.from_s => last.to_s = next.to_s,
        _ => stretches.push(next),
    }
}

/// What is taken off besides the schedule, and what the warnings need to know.
pub(super) struct Losses {
    pub share: f64,
    pub absence: f64,
    pub place: Place,
}

impl Reader<'_> {
    /// The people of a team that states shifts or a roster, and how many are on the phone by open interval.
    pub(super) fn by_name(
        &mut self,
        team: &Node,
        path: &str,
        entry: &Entry,
        shrinkage: &Shrinkage,
        calendar: &Calendar,
        layout: &Layout,
    ) -> Option<(People, Vec<u32>)> {
        let mut ledger = Ledger::new(calendar, layout);
        match entry.key.as_str() {
            "shifts" => self.shifts(team, path, &mut ledger, calendar, layout.hours)?,
            _ => {
                self.no_strays(team, path, &["breaks", "activities"], false, "`shifts`: a roster shows them itself")?;
                let name = path.strip_prefix("team.").unwrap_or(path);
                self.roster(team, path, name, &mut ledger, calendar)?;
            }
        }
        self.check_counted_once(team, path, shrinkage, &ledger)?;
        let share = shrinkage.planned + shrinkage.besides + shrinkage.training;
        let losses = Losses { share, absence: shrinkage.unplanned, place: entry.key_place };
        self.crew(team, path, ledger, &losses, calendar)
    }

    /// Time in the schedule is planned shrinkage already.
    fn check_counted_once(&mut self, team: &Node, path: &str, shrinkage: &Shrinkage, ledger: &Ledger) -> Option<()> {
        let Some(node) = team.get("shrinkage").filter(|_| shrinkage.planned > 0.0) else { return Some(()) };
        let path = format!("{path}.shrinkage");
        let share = units::share(shrinkage.planned);
        let names = |is: fn(&Kind) -> bool| {
            let names: Vec<String> = ledger.kinds.iter().filter(|k| is(k)).map(|k| format!("`{}`", k.name)).collect();
            (!names.is_empty()).then(|| names.iter().take(5).cloned().collect::<Vec<_>>().join(", "))
        };
        let help = "write shrinkage = { besides_schedule = \"12%\" }: what is not in the schedule";
        if shrinkage.besides > 0.0 {
            let message = "`planned` and `besides_schedule` both say what is taken off the schedule";
            self.problem(path, node.place, message, "keep `besides_schedule`");
            return None;
        }
        if let Some(work) = names(|k| !k.on_phone && k.work) {
            let message = format!("planned shrinkage of {share} is counted twice: the schedule shows {work} already");
            self.problem(path, node.place, message, help);
            return None;
        }
        if let Some(breaks) = names(|k| !k.on_phone) {
            let message = format!("planned shrinkage of {share} is taken off besides {breaks} of the schedule");
            self.warn(path, node.place, message, format!("if it contains breaks they are counted twice; {help}"));
        }
        Some(())
    }

    /// Counts people and their work; false when there are more than a floor may have.
    pub(super) fn room_for(&mut self, persons: u64, duties: u64, parts: u64, path: &str, place: Place) -> bool {
        let sum = |old: u64, more: u64| old.saturating_add(more);
        self.crowd = [sum(self.crowd[0], persons), sum(self.crowd[1], duties), sum(self.crowd[2], parts)];
        let limits = [
            (MAX_PERSONS, "people by name", "split the floor, or state large teams with `agents`"),
            (MAX_DUTIES, "days of work of all people", "simulate fewer days, or state large teams with `agents`"),
            (MAX_PARTS, "pieces of schedule", "simulate fewer days, or state large teams with `agents`"),
        ];
        for (count, (most, what, help)) in self.crowd.into_iter().zip(limits) {
            if count > most {
                let shown = units::thousands(count as f64, 0);
                let message = format!("{shown} {what} are too many; at most {}", units::thousands(most as f64, 0));
                self.problem(path, place, message, help);
                return false;
            }
        }
        true
    }

    /// Everybody of a team, with what no schedule shows taken off.
    pub(super) fn crew(
        &mut self,
        node: &Node,
        path: &str,
        ledger: Ledger,
        losses: &Losses,
        calendar: &Calendar,
    ) -> Option<(People, Vec<u32>)> {
        self.warn_many_away(path, &ledger, losses.place, calendar);
        let mut ledger = ledger;
        let mut persons = std::mem::take(&mut ledger.persons);
        persons.retain(|p| !p.duties.is_empty());
        let besides_s = match rotation::take_off(&mut persons, &calendar.timeline, losses.share) {
            Ok(seconds) => seconds,
            Err(message) => {
                let help = "use a longer interval, simulate fewer days, or state the team with `agents`";
                self.problem(format!("{path}.shrinkage"), losses.place, message, help);
                return None;
            }
        };
        let half = u64::from(calendar.timeline.interval_s) / 2;
        let heads = |s: &u64| u32::try_from((s + half) / u64::from(calendar.timeline.interval_s)).unwrap_or(u32::MAX);
        let on_phone = seconds_by_interval(&persons, &calendar.timeline).iter().map(heads).collect();
        let people = People {
            activities: ledger.activities(besides_s),
            persons,
            absence: losses.absence,
            lateness: self.lateness(node, path)?,
            paid_absence: node.get("paid_absence").and_then(Node::flag).unwrap_or(true),
        };
        Some((people, on_phone))
    }

    fn lateness(&mut self, team: &Node, path: &str) -> Option<Option<Lateness>> {
        let Some(node) = team.get("lateness") else { return Some(None) };
        let path = format!("{path}.lateness");
        let keys = fields(super::section("team").get("lateness")?.forms)?;
        let probability = node.get("probability")?.share()?;
        let time = self.time(node, &path, Bare::Exponential, keys)?;
        if let Some(text) = dist_toml(&time) {
            let share = units::share(probability);
            let share = if share.ends_with('%') { format!("\"{share}\"") } else { number_text(probability) };
            self.shown.insert(path, format!("{}, probability = {share} }}", text.trim_end_matches(" }")));
        }
        Some((probability > 0.0).then_some(Lateness { probability, time }))
    }

    fn warn_many_away(&mut self, path: &str, ledger: &Ledger, place: Place, calendar: &Calendar) {
        // One person away is not too many, however small the team.
        let worst = ledger.most_away().filter(|(_, away, scheduled)| *away > 1 && 3 * away > *scheduled);
        let Some((second, away, scheduled)) = worst else { return };
        let message = format!(
            "{away} of {scheduled} people of [{path}] are on a break or at other work at once, {}",
            calendar.moment(second)
        );
        let help = "let them take turns: between = [\"11:30\", \"14:00\"] with a longer window";
        self.warn(path, place, message, help);
    }

    /// Open intervals with contacts in which nobody by name, and nobody else, could take them.
    pub(super) fn check_gaps(&mut self, scenario: &Scenario) {
        let present = scenario.teams.iter().map(|team| match &team.people {
            Some(people) => seconds_by_interval(&people.persons, &scenario.timeline).iter().map(|s| *s > 0).collect(),
            None => team.on_phone.iter().map(|n| *n > 0).collect(),
        });
        let present: Vec<Vec<bool>> = present.collect();
        for (index, queue) in scenario.queues.iter().enumerate() {
            let skilled: Vec<usize> = (0..scenario.teams.len())
                .filter(|t| scenario.teams[*t].skills.iter().any(|s| s.queue == index))
                .collect();
            if skilled.iter().all(|t| scenario.teams[*t].people.is_none()) {
                continue;
            }
            let gaps: Vec<usize> = (0..queue.volume.len())
                .filter(|i| queue.volume[*i] > 0.0 && !skilled.iter().any(|t| present[*t][*i]))
                .collect();
            if !gaps.is_empty() && gaps.len() < queue.volume.iter().filter(|v| **v > 0.0).count() {
                self.warn_gaps(scenario, &queue.name, &queue.volume, &gaps);
            }
        }
    }

    fn warn_gaps(&mut self, scenario: &Scenario, queue: &str, volume: &[f64], gaps: &[usize]) {
        let label = |i: usize| {
            let interval = &scenario.timeline.intervals[i];
            match scenario.timeline.days.len() {
                1 => interval.label.clone(),
                _ => format!("{} {}", scenario.timeline.days[interval.day].label, interval.label),
            }
        };
        let shown = gaps.iter().take(4).map(|i| label(*i)).collect::<Vec<_>>().join(", ");
        let rest = if gaps.len() > 4 { format!(" and {} more", gaps.len() - 4) } else { String::new() };
        let contacts: f64 = gaps.iter().map(|i| volume[*i]).sum();
        let message = format!(
            "nobody who can take `{queue}` is on the phone in {} of the open intervals, in which {} contacts come: {shown}{rest}",
            gaps.len(),
            units::thousands(contacts, 0)
        );
        let place = self.root.get("queue").and_then(|q| q.get(queue)).map_or(self.root.place, |n| n.place);
        self.warn(format!("queue.{queue}"), place, message, "let a shift begin earlier or end later, or spread breaks");
    }
}
