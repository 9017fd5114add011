//! Expected contacts per interval in all their forms, and what comes from CSV files.

use super::Reader;
use super::series::Layout;
use crate::error::Problem;
use crate::scenario::calendar::Calendar;
use crate::scenario::rows::{self, Fault};
use crate::scenario::tree::{Node, number_text};
use crate::scenario::words::{WEEKDAYS, weekdays};
use crate::units;

/// Most contacts of one replication.
const MAX_CONTACTS: f64 = 1e8;

/// The ways to state a volume; exactly one is used.
const WAYS: [&str; 4] = ["per_interval", "per_hour", "per_day", "csv"];
/// Keys that only go with a CSV file.
const CSV_ONLY: [&str; 5] = ["column", "where", "time", "dates", "decimal"];

/// Contacts per interval before `scale`, or the instants of a call log.
pub(super) enum Contacts {
    Expected(Vec<f64>),
    Instants(Vec<f64>),
}

impl Reader<'_> {
    /// Reads `volume`; `trace` when the file is a call log with one row per contact.
    pub(super) fn volume(
        &mut self,
        node: &Node,
        path: &str,
        queue: &str,
        trace: bool,
        calendar: &Calendar,
    ) -> Option<Contacts> {
        let way = self.one_way(node, path)?;
        self.companions(node, path, way)?;
        if trace {
            return self.trace(node, path, way, calendar);
        }
        let layout = Layout::floor(calendar);
        let stated = node.get(way)?;
        let inner = format!("{path}.{way}");
        let expected = match way {
            "per_interval" => self.series(stated, &inner, &layout, Node::amount)?,
            "per_hour" => vec![stated.amount()? * f64::from(layout.interval_s) / 3_600.0; layout.spots.len()],
            "per_day" => self.per_day(node, stated, path, &layout)?,
            _ => self.csv_series(node, path, queue, calendar, (0.0, 1e7))?,
        };
        if way == "csv" {
            self.shown.insert(format!("{path}.per_interval"), by_day(&expected, calendar, |x| number_text(*x)));
        }
        Some(Contacts::Expected(expected))
    }

    /// More contacts than any floor has are a slip; with all factors applied.
    pub(super) fn not_too_many(&mut self, expected: &[f64], node: &Node, path: &str) -> Option<()> {
        let total: f64 = expected.iter().sum();
        // Not a number is too many as well.
        if total.is_nan() || total > MAX_CONTACTS {
            let message = format!(
                "{} contacts in one replication are too many; at most {}",
                units::thousands(total, 0),
                units::thousands(MAX_CONTACTS, 0)
            );
            self.problem(path, node.place, message, "simulate fewer days, or split the queue");
            return None;
        }
        Some(())
    }

    /// A shape that no queue names is probably misspelt somewhere.
    pub(super) fn check_shapes(&mut self) {
        let root = self.root;
        let tables = |section: &str| root.get(section).and_then(Node::table).map_or(&[][..], |t| &t.entries);
        let used: Vec<&str> =
            tables("queue").iter().filter_map(|q| q.node.get("volume")?.get("shape")?.text()).collect();
        for shape in tables("shape").iter().filter(|s| !used.contains(&s.key.as_str())) {
            self.warn(
                format!("shape.{}", shape.key),
                shape.key_place,
                format!("no queue uses the shape `{}`", shape.key),
                format!("write volume = {{ per_day = ..., shape = \"{}\" }}, or remove it", shape.key),
            );
        }
    }

    fn one_way(&mut self, node: &Node, path: &str) -> Option<&'static str> {
        let stated: Vec<&'static str> = WAYS.into_iter().filter(|w| node.get(w).is_some()).collect();
        match stated[..] {
            [one] => Some(one),
            [] => {
                self.problem(path, node.place, format!("`{path}` states no number of contacts"), "write one of { per_interval = [...] }, { per_hour = 120 }, { per_day = 1800 } or { csv = \"volumes.csv\" }");
                None
            }
            [first, second, ..] => {
                let place = |key: &str| node.table().and_then(|t| t.get(key)).map_or(node.place, |e| e.key_place);
                let mut problem =
                    Problem::new(path, format!("`{path}` states the contacts in two ways: `{first}` and `{second}`"))
                        .at(place(second));
                problem.related.push((place(first), "the other one".into()));
                self.problems.push(problem.help("keep one of them"));
                None
            }
        }
    }

    /// Keys that say something about another way of stating the volume than the one used.
    fn companions(&mut self, node: &Node, path: &str, way: &str) -> Option<()> {
        let stray = |keys: &[&'static str], home: &'static str| {
            keys.iter().find_map(|k| Some((*k, node.get(k)?.place, home))).filter(|_| way != home)
        };
        let Some((key, place, home)) = stray(&["shape"], "per_day").or_else(|| stray(&CSV_ONLY, "csv")) else {
            return Some(());
        };
        self.problem(
            path,
            place,
            format!("`{key}` goes with `{home}`, but the volume is stated by `{way}`"),
            format!("remove `{key}`, or state the volume by `{home}`"),
        );
        None
    }

    fn per_day(&mut self, node: &Node, stated: &Node, path: &str, layout: &Layout) -> Option<Vec<f64>> {
        let totals = self.day_totals(stated, &format!("{path}.per_day"), layout)?;
        let weights = match node.get("shape") {
            Some(shape) => self.weights(shape, &format!("{path}.shape"), layout)?,
            None => vec![1.0; layout.spots.len()],
        };
        let mut sums = vec![0.0; layout.day_lengths.len()];
        layout.spots.iter().zip(&weights).for_each(|(s, w)| {
            if let Some(s) = s {
                sums[s.day] += w
            }
        });
        if let Some(shape) = node.get("shape").filter(|_| sums.contains(&0.0)) {
            self.problem(
                path,
                shape.place,
                "all weights of the shape are zero on a day",
                "give at least one interval a weight",
            );
            return None;
        }
        let share =
            |(s, w): (&Option<super::series::Spot>, &f64)| s.map_or(0.0, |s| totals[s.weekday] * w / sums[s.day]);
        Some(layout.spots.iter().zip(&weights).map(share).collect())
    }

    /// Contacts of a day by weekday.
    pub(super) fn day_totals(&mut self, node: &Node, path: &str, layout: &Layout) -> Option<[f64; 7]> {
        if let Some(total) = node.amount() {
            return Some([total; 7]);
        }
        let mut totals = [None; 7];
        for entry in &node.table()?.entries {
            let (days, total) = (weekdays(&entry.key)?, entry.node.amount()?);
            for day in (0..7).filter(|d| days[*d]) {
                if layout.hours[day].is_none() && total > 0.0 {
                    self.problem(
                        path,
                        entry.key_place,
                        format!("{} has {total} contacts but is not open", WEEKDAYS[day]),
                        "leave the day out, or give it opening hours in `open`",
                    );
                    return None;
                }
                totals[day] = Some(total);
            }
        }
        if let Some(spot) = layout.spots.iter().flatten().find(|s| totals[s.weekday].is_none()) {
            self.problem(
                path,
                node.place,
                format!("`{path}` says nothing for {}, which is open", WEEKDAYS[spot.weekday]),
                "add the weekday, for example { mon = 2100, tue-fri = 1800 }",
            );
            return None;
        }
        Some(totals.map(Option::unwrap_or_default))
    }

    /// Weights given in place or by the name of a shared shape.
    fn weights(&mut self, node: &Node, path: &str, layout: &Layout) -> Option<Vec<f64>> {
        let Some(name) = node.text() else { return self.series(node, path, layout, Node::amount) };
        let root = self.root;
        if let Some(weights) = root.get("shape").and_then(|s| s.get(name)).map(|s| s.get("weights")) {
            return self.series(weights?, &format!("shape.{name}.weights"), layout, Node::amount);
        }
        let names = self.names("shape");
        let near = crate::scenario::words::nearest(name, names.iter().map(String::as_str));
        let advice = near
            .map_or(format!("add a section [shape.{name}] with weights = [...]"), |n| format!("did you mean \"{n}\"?"));
        self.problem(path, node.place, format!("there is no shape named `{name}`"), advice);
        None
    }

    /// The instants of a call log.
    fn trace(&mut self, node: &Node, path: &str, way: &str, calendar: &Calendar) -> Option<Contacts> {
        if way != "csv" {
            let place = node.get(way).map_or(node.place, |n| n.place);
            self.problem(
                path,
                place,
                "arrivals = \"trace\" takes its instants from a CSV file with one row per contact",
                "write volume = { csv = \"calls.csv\", time = \"arrived\" }",
            );
            return None;
        }
        for key in ["scale", "column", "promotions"] {
            if let Some(stray) = node.get(key).filter(|n| n.share() != Some(1.0)) {
                self.problem(
                    path,
                    stray.place,
                    format!("`{key}` does not go with arrivals = \"trace\": the file has one row per contact"),
                    format!("remove `{key}`"),
                );
                return None;
            }
        }
        let file = node.get("csv")?;
        let table = self.csv(file, path)?;
        let keep = self.kept_rows(node, &table, file, path)?;
        match rows::instants(&table, &self.time_spec(node, path)?, calendar, &keep) {
            Err(faults) => {
                faults.into_iter().for_each(|fault| self.fault(&table, file, path, fault));
                None
            }
            Ok((_, rest)) if !rest.closed.is_empty() => {
                let message = format!(
                    "contacts arrive in hours in which the floor is closed: {} ({} in all)",
                    rows::lines_text(&table, &rest.closed),
                    rest.closed.len()
                );
                self.fault(
                    &table,
                    file,
                    path,
                    Fault::new(message, "change `open`, or leave these rows out").at(rest.closed[0], 0),
                );
                None
            }
            Ok((instants, rest)) => {
                if !rest.outside.is_empty() {
                    let message = format!(
                        "{} rows of {} are outside the simulated days and ignored",
                        rest.outside.len(),
                        file.text().unwrap_or("the file")
                    );
                    self.warn(path, file.place, message, "set first_day and days to simulate them");
                }
                Some(Contacts::Instants(instants))
            }
        }
    }
}

/// Values per interval as TOML: one list, or one list per day when there are several.
pub(super) fn by_day<T>(values: &[T], calendar: &Calendar, text: impl Fn(&T) -> String) -> String {
    let day = |d: &crate::scenario::types::Day| {
        let values = &values[d.first_interval..d.first_interval + d.interval_count];
        format!("[{}]", values.iter().map(&text).collect::<Vec<_>>().join(", "))
    };
    let days = &calendar.timeline.days;
    let lists = days.iter().map(day).collect::<Vec<_>>().join(", ");
    if days.len() == 1
        && calendar.slots.iter().enumerate().all(|(i, s)| s.index as usize == i)
        && calendar.slots.len() == calendar.open[calendar.weekdays[0]].map_or(0, |h| calendar.list_length(h))
    {
        return lists;
    }
    format!("[{lists}]")
}
