//! The top of the file, `[routing]`, `[run]` and `[plan]`.

use super::{Reader, or_default, section};
use crate::error::Problem;
use crate::scenario::calendar::{self, Calendar, Header};
use crate::scenario::keys;
use crate::scenario::precision::Precision;
use crate::scenario::tree::Node;
use crate::scenario::types::{
    AfterClose, AgentChoice, CallChoice, CheckSettings, PlanScope, PlanSettings, Queue, Routing, Run, Scenario, Team,
    TimeTolerance,
};
use crate::scenario::words::{self, Hours, WEEKDAYS, nearest};
use crate::units;
use jiff::tz::TimeZone;

impl Reader<'_> {
    pub fn calendar(&mut self) -> Option<Calendar> {
        let interval_s = self.interval();
        let open = self.root.get("open").and_then(|n| self.hours(n, "open", interval_s));
        let zone = self.zone();
        let (interval_s, open, (zone, zone_name)) = (interval_s?, open?, zone?);
        let root = self.root;
        let header = Header {
            interval_s,
            open,
            days: or_default(root, keys::ROOT, "days", Node::count)?,
            first_day: match root.get("first_day") {
                Some(node) => Some(node.date()?),
                None => None,
            },
            zone,
            zone_name,
            closed: or_default(root, keys::ROOT, "closed", |n| n.list()?.iter().map(Node::date).collect())?,
        };
        self.check_closed(&header);
        match calendar::expand(&header) {
            Ok(calendar) => Some(calendar),
            Err(message) => {
                let place = root.get("open").map_or(root.place, |n| n.place);
                self.problems.push(Problem::new("open", message).at(place));
                None
            }
        }
    }

    fn interval(&mut self) -> Option<u32> {
        let node = self.root.get("interval")?;
        let seconds = node.seconds()?;
        let fits = seconds.fract() == 0.0 && (3_600.0 % seconds == 0.0 || seconds % 3_600.0 == 0.0);
        if !fits {
            let message = format!(
                "an interval of {} does not divide an hour and is not a whole number of hours",
                units::duration(seconds)
            );
            self.problem("interval", node.place, message, "write for example \"15m\", \"30m\", \"1h\" or \"2h\"");
        }
        (fits && (60.0..=86_400.0).contains(&seconds)).then_some(seconds as u32)
    }

    /// Opening hours by weekday, checked against the interval and each other.
    pub(super) fn hours(&mut self, node: &Node, path: &str, interval_s: Option<u32>) -> Option<[Option<Hours>; 7]> {
        let mut open = [None; 7];
        if let Some(text) = node.text() {
            let hours = words::hours(text).ok()?;
            open = [Some(hours); 7];
            self.hours_fit(hours, path, node, interval_s?)?;
        }
        for entry in node.table().map_or(&[][..], |t| &t.entries) {
            let hours = words::hours(entry.node.text()?).ok()?;
            self.hours_fit(hours, &format!("{path}.{}", entry.key), &entry.node, interval_s?)?;
            for day in
                words::weekdays(&entry.key)?.iter().enumerate().filter(|(_, in_group)| **in_group).map(|(day, _)| day)
            {
                open[day] = Some(hours);
            }
        }
        if let Some((day, next)) = calendar::overlap(&open) {
            let text =
                |d: usize| open[d].map_or(String::new(), |h| format!("{} {}", WEEKDAYS[d], calendar::hours_text(h)));
            let message = format!("opening hours overlap: {} runs into {}", text(day), text(next));
            self.problem(path, node.place, message, "let each opening end before the next one starts");
            return None;
        }
        open.iter().any(Option::is_some).then_some(open)
    }

    fn hours_fit(&mut self, hours: Hours, path: &str, node: &Node, interval_s: u32) -> Option<()> {
        let length = units::duration(f64::from(interval_s));
        let shown = calendar::hours_text(hours);
        if !hours.start.is_multiple_of(interval_s) {
            let before = hours.start / interval_s * interval_s;
            let message = format!("{shown} does not start on a multiple of the interval of {length}");
            let advice = format!(
                "intervals start at {}, {}; or use a shorter interval",
                units::clock(before.into()),
                units::clock((before + interval_s).into())
            );
            self.problem(path, node.place, message, advice);
            return None;
        }
        let span = hours.end - hours.start;
        if !span.is_multiple_of(interval_s) {
            let message = format!(
                "{shown} is {} long, not a whole number of intervals of {length}",
                units::duration(span.into())
            );
            let end = hours.start + span / interval_s * interval_s;
            let advice = format!(
                "close at {} or at {}, or use a shorter interval",
                units::clock(end.into()),
                units::clock((end + interval_s).into())
            );
            self.problem(path, node.place, message, advice);
            return None;
        }
        Some(())
    }

    fn zone(&mut self) -> Option<(TimeZone, String)> {
        let name = or_default(self.root, keys::ROOT, "timezone", |n| n.text().map(str::to_owned))?;
        let database = jiff::tz::db();
        if let Ok(zone) = database.get(&name) {
            let exact = zone.iana_name().unwrap_or("UTC").to_owned();
            return Some((zone, exact));
        }
        let all: Vec<String> = database.available().map(|n| n.to_string()).collect();
        let near =
            nearest(&name, all.iter().map(String::as_str)).map_or(String::new(), |n| format!("did you mean \"{n}\"? "));
        let place = self.root.get("timezone").map_or(self.root.place, |n| n.place);
        let message = format!("`{name}` is not a known time zone");
        self.problem(
            "timezone",
            place,
            message,
            format!("{near}write an IANA name such as \"Europe/Paris\" or \"America/New_York\""),
        );
        None
    }

    fn check_closed(&mut self, header: &Header) {
        let Some(node) = self.root.get("closed").filter(|_| !header.closed.is_empty()) else { return };
        if header.first_day.is_none() {
            self.problem(
                "closed",
                node.place,
                "`closed` names dates, but the simulated days have none",
                "write first_day = 2026-03-02, the date of the first day",
            );
        }
    }

    pub(super) fn check_warm_up(&mut self, calendar: Option<&Calendar>) {
        let Some(node) = self.root.get("run").and_then(|r| r.get("warm_up")) else { return };
        let (Some(warm_up), Some(calendar)) = (node.seconds(), calendar) else { return };
        let intervals = &calendar.timeline.intervals;
        let (Some(first), Some(last)) = (intervals.first(), intervals.last()) else { return };
        let length = (last.start_s - first.start_s) as f64 + f64::from(calendar.timeline.interval_s);
        if warm_up >= length {
            let message = format!(
                "a warm-up of {} leaves nothing to count: the simulated days last {}",
                units::duration(warm_up),
                units::duration(length)
            );
            self.problem("run.warm_up", node.place, message, "shorten warm_up or simulate more days");
            return;
        }
        let end = first.start_s as f64 + warm_up;
        // The engine counts in microseconds.
        let Some(next) = intervals.iter().position(|interval| interval.start_s as f64 > end - 1e-6) else { return };
        if intervals[next].start_s as f64 - end < 1e-6 {
            return;
        }
        let closes = intervals[next - 1].start_s as f64 + f64::from(calendar.timeline.interval_s);
        let (days, when) = (&calendar.timeline.days, &intervals[next]);
        let why = match end < closes {
            true => format!("inside the interval that starts at {}", intervals[next - 1].label),
            false => "while the floor is closed".to_owned(),
        };
        let message =
            format!("a warm-up of {} ends {why}; it must end where an interval starts", units::duration(warm_up));
        let help = format!(
            "write warm_up = \"{}\", which ends {} at {}",
            units::duration((when.start_s - first.start_s) as f64),
            days[when.day].label,
            when.label
        );
        self.problem("run.warm_up", node.place, message, help);
    }

    pub(super) fn assemble(
        &mut self,
        fallback_name: &str,
        calendar: Calendar,
        queues: Vec<Queue>,
        teams: Vec<Team>,
    ) -> Option<Scenario> {
        let root = self.root;
        let text = |key: &str| root.get(key).and_then(Node::text).map(str::to_owned);
        if root.get("name").is_none() {
            self.shown.insert("name".into(), crate::scenario::explain::toml_text(fallback_name));
        }
        let empty = Node::new(root.place, crate::scenario::tree::Value::Table(Default::default()));
        let stated = |key: &str| root.get(key).unwrap_or(&empty);
        let correlation = self.correlation(&calendar, &queues)?;
        Some(Scenario {
            name: text("name").unwrap_or_else(|| fallback_name.to_owned()),
            timeline: calendar.timeline,
            after_close: or_default(root, keys::ROOT, "after_close", |n| AfterClose::from_word(n.text()?))?,
            lines: or_default(root, keys::ROOT, "lines", lines)?,
            queue_capacity: or_default(root, keys::ROOT, "queue_capacity", lines)?,
            currency: text("currency").unwrap_or_default(),
            full_time_week_s: root.get("full_time_week").and_then(Node::seconds),
            queues,
            teams,
            routing: routing(stated("routing"))?,
            correlation,
            run: self.run(stated("run"))?,
            plan: plan(stated("plan"))?,
            check: check(stated("check"))?,
            people: self.people_settings()?,
        })
    }
}

impl Reader<'_> {
    fn run(&mut self, node: &Node) -> Option<Run> {
        let keys = section("run");
        let run = Run {
            replications: or_default(node, keys, "replications", Node::count)?,
            seed: or_default(node, keys, "seed", |n| u64::try_from(n.whole()?).ok())?,
            warm_up_s: or_default(node, keys, "warm_up", Node::seconds)?,
            precision: node.get("precision").map_or(Some(Vec::new()), |stated| self.precision(stated))?,
            max_replications: node.get("max_replications").and_then(Node::count),
            control_variates: or_default(node, keys, "control_variates", Node::flag)?,
        };
        let stated = node.get("max_replications").zip(run.max_replications);
        if let Some((place, most)) = stated.map(|(node, most)| (node.place, most)) {
            let least = run.replications;
            if run.precision.is_empty() {
                let message = "max_replications does nothing without `precision`";
                self.warn(
                    "run.max_replications",
                    place,
                    message,
                    "state a precision, such as \"0.5%\", or leave it out",
                );
            } else if most < least {
                let message =
                    format!("at most {most} replications are fewer than the {least} there are to be at least");
                let help = format!("allowed: {least} or more; or fewer `replications`");
                self.problem("run.max_replications", place, message, help);
            }
        }
        Some(run)
    }

    fn precision(&mut self, node: &Node) -> Option<Vec<Precision>> {
        let sentences = match node.text() {
            Some(_) => std::slice::from_ref(node),
            None => node.list()?,
        };
        let mut read = Vec::new();
        for sentence in sentences {
            match Precision::parse(sentence.text()?) {
                Ok(precision) => read.push(precision),
                Err(why) => self.problems.push(Problem::new("run.precision", why).at(sentence.place)),
            }
        }
        (read.len() == sentences.len()).then_some(read)
    }
}

fn routing(node: &Node) -> Option<Routing> {
    let keys = section("routing");
    Some(Routing {
        agent_choice: or_default(node, keys, "agent_choice", |n| AgentChoice::from_word(n.text()?))?,
        call_choice: or_default(node, keys, "call_choice", |n| CallChoice::from_word(n.text()?))?,
    })
}

fn plan(node: &Node) -> Option<PlanSettings> {
    let keys = section("plan");
    Some(PlanSettings {
        evidence: or_default(node, keys, "evidence", Node::share)?,
        scope: or_default(node, keys, "scope", |n| PlanScope::from_word(n.text()?))?,
        days: node.get("days").and_then(Node::share),
        replications: or_default(node, keys, "replications", Node::count)?,
    })
}

fn check(node: &Node) -> Option<CheckSettings> {
    let keys = section("check");
    let shares = or_default(node, keys, "shares", Node::share)?;
    let times = |n: &Node| {
        // "5%" is no time, "5s" no share.
        n.share().map(TimeTolerance::OfBefore).or_else(|| n.seconds().map(TimeTolerance::Seconds))
    };
    Some(CheckSettings {
        alpha: or_default(node, keys, "alpha", Node::share)?,
        service_level: node.get("service_level").and_then(Node::share).unwrap_or(shares),
        abandon: node.get("abandon").and_then(Node::share).unwrap_or(shares),
        times: or_default(node, keys, "times", times)?,
        cost: or_default(node, keys, "cost", Node::share)?,
    })
}

/// A number of lines or places, or `Some(None)` for "unlimited".
pub(super) fn lines(node: &Node) -> Option<Option<u32>> {
    if node.text() == Some("unlimited") { Some(None) } else { node.count().map(Some) }
}
