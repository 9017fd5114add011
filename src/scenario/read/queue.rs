//! `[queue.*]`.

use super::callers::optional;
use super::header::lines;
use super::outcomes::agent_choice;
use super::series::Layout;
use super::times::{Bare, dist_toml, unit_length};
use super::volume::{Contacts, by_day};
use super::{Reader, or_default, section};
use crate::error::Problem;
use crate::scenario::calendar::Calendar;
use crate::scenario::grammar::{Fields, fields};
use crate::scenario::limits::LONGEST_STATED_S;
use crate::scenario::rows::interval_at;
use crate::scenario::tree::{Entry, Node};
use crate::scenario::types::{
    AbandonFormula, Arrivals, Dist, Goal, Handle, Period, Queue, ServiceLevelFormula, VolumeCounts,
};
use crate::scenario::words;
use crate::units;
use std::sync::Arc;

/// T where neither goal nor queue states one: the trade's habit.
const DEFAULT_TARGET_S: f64 = 20.0;
/// Spread of whole handle times where none is stated.
const AHT_CV: f64 = 0.8;
/// Handle times per interval from a CSV file \[s\].
const AHT_RANGE: (f64, f64) = (1e-6, LONGEST_STATED_S);

impl Reader<'_> {
    pub(super) fn queues(&mut self, calendar: Option<&Calendar>) -> Option<Vec<Queue>> {
        let root = self.root;
        let table = root.get("queue").and_then(Node::table)?;
        let queues: Vec<Option<Queue>> = table.entries.iter().map(|entry| self.queue(entry, calendar)).collect();
        queues.into_iter().collect()
    }

    fn queue(&mut self, entry: &Entry, calendar: Option<&Calendar>) -> Option<Queue> {
        let (node, name) = (&entry.node, &entry.key);
        node.table()?;
        let path = format!("queue.{name}");
        let keys = section("queue");
        let contacts = self.contacts(node, &path, name, calendar);
        let volume = contacts.as_ref().map_or(&[][..], |(volume, _)| volume);
        let handle = self.handle(node, &path, name, volume, calendar);
        let channel = self.channel(node, &path, calendar);
        let patience = self.patience(node, &path);
        let callers = self.callers(node, &path, name);
        let outcomes = self.outcomes(node, &path, name);
        let goal = self.goal(node, &path);
        let target_time_s = self.target_time(node, &path);
        let (volume, arrivals) = contacts?;
        Some(Queue {
            name: name.clone(),
            channel: channel?,
            counts: counts(node)?,
            first_attempts: 1.0,
            stated_first_attempts: self.first_attempts(node, &path)?,
            callers: callers?,
            outcomes: outcomes?,
            volume,
            arrivals,
            day_cv: or_default(node, keys, "day_cv", Node::share)?,
            scale: match node.get("volume").and_then(|v| v.get("scale")) {
                Some(scale) => scale.share()?,
                None => 1.0,
            },
            handle: handle?,
            patience: patience?,
            balk: or_default(node, keys, "balk", Node::share)?,
            priority: or_default(node, keys, "priority", |n| i32::try_from(n.whole()?).ok())?,
            weight: or_default(node, keys, "weight", Node::amount)?,
            lines: or_default(node, keys, "lines", lines)?,
            queue_capacity: or_default(node, keys, "queue_capacity", lines)?,
            short_abandon_s: or_default(node, keys, "short_abandon", Node::seconds)?,
            target_time_s,
            service_level_formula: or_default(node, keys, "service_level_formula", |n| {
                ServiceLevelFormula::from_word(n.text()?)
            })?,
            abandon_formula: or_default(node, keys, "abandon_formula", |n| AbandonFormula::from_word(n.text()?))?,
            goal,
            agent_choice: agent_choice(node)?,
        })
    }

    /// Volume per interval, scale applied, and how it arrives.
    fn contacts(
        &mut self,
        node: &Node,
        path: &str,
        name: &str,
        calendar: Option<&Calendar>,
    ) -> Option<(Vec<f64>, Arrivals)> {
        let word = or_default(node, section("queue"), "arrivals", |n| n.text().map(str::to_owned))?;
        self.check_day_cv(node, path, &word);
        let Some(volume) = node.get("volume") else {
            // Calls that agents make may all come from call-backs.
            return if node.get("dial").is_some() && word != "trace" {
                let none = vec![0.0; calendar?.interval_count()];
                Some((none, if word == "fixed" { Arrivals::Fixed } else { Arrivals::Poisson }))
            } else {
                self.missing_in_queue(node, path, "volume")
            };
        };
        let calendar = calendar?;
        let scale = volume.get("scale").map_or(Some(1.0), Node::share)?;
        Some(match self.volume(volume, &format!("{path}.volume"), name, word == "trace", calendar)? {
            Contacts::Expected(mut expected) => {
                expected.iter_mut().for_each(|v| *v *= scale);
                let path = format!("{path}.volume");
                self.promote(volume, &path, calendar, &mut expected)?;
                self.not_too_many(&expected, volume, &path)?;
                (expected, if word == "fixed" { Arrivals::Fixed } else { Arrivals::Poisson })
            }
            Contacts::Instants(instants) => {
                let mut counts = vec![0.0; calendar.interval_count()];
                instants.iter().filter_map(|t| interval_at(*t, calendar)).for_each(|i| counts[i] += 1.0);
                (counts, Arrivals::Trace(Arc::new(instants)))
            }
        })
    }

    /// The share of first attempts that `--explain` wrote, if it did.
    fn first_attempts(&mut self, node: &Node, path: &str) -> Option<Option<f64>> {
        let Some(volume) = node.get("volume") else { return Some(None) };
        let stated = optional(volume.get("first_attempts"), Node::share)?;
        let why = match (counts(node)?, node.get("arrivals").and_then(Node::text)) {
            (VolumeCounts::Fresh, _) => "counts = \"fresh\": all of the volume are first attempts",
            (_, Some("trace")) => "arrivals = \"trace\": all contacts come when the file says",
            _ => return Some(stated),
        };
        if let Some(unused) = volume.get("first_attempts") {
            let message = format!("first_attempts is not used with {why}");
            self.warn(format!("{path}.volume.first_attempts"), unused.place, message, "remove first_attempts");
        }
        Some(None)
    }

    fn check_day_cv(&mut self, node: &Node, path: &str, arrivals: &str) {
        if let Some(cv) = node.get("day_cv").filter(|n| arrivals != "poisson" && n.share().is_some_and(|x| x > 0.0)) {
            let message = format!("arrivals = \"{arrivals}\" ignores day_cv: the counts are what the file says");
            self.warn(format!("{path}.day_cv"), cv.place, message, "remove day_cv, or write arrivals = \"poisson\"");
        }
    }

    /// Talk, hold and wrap, or one handle time.
    fn handle(
        &mut self,
        node: &Node,
        path: &str,
        name: &str,
        volume: &[f64],
        calendar: Option<&Calendar>,
    ) -> Option<Handle> {
        let entry = |key: &str| node.table().and_then(|t| t.get(key));
        if let Some(aht) = entry("aht") {
            if let Some(other) = ["talk", "hold", "wrap"].into_iter().find_map(entry) {
                let mut problem = Problem::new(path, format!("`aht` and `{}` both state the handle time", other.key))
                    .at(other.key_place);
                problem.related.push((aht.key_place, "`aht` is all of talk, hold and wrap".into()));
                self.problems.push(problem.help("keep `aht`, or `talk` with `hold` and `wrap`"));
                return None;
            }
            return self.aht(&aht.node, &format!("{path}.aht"), name, volume, calendar);
        }
        let Some(talk) = entry("talk") else {
            let place = entry("hold").or(entry("wrap")).map_or(node.place, |e| e.key_place);
            self.problem(
                format!("{path}.talk"),
                place,
                format!("`talk` is missing in [{path}]"),
                "write talk = { mean = \"4m\", cv = 0.8 }, or aht = \"4m48s\" for talk, hold and wrap together",
            );
            return None;
        };
        let talk = self.stated_time(&talk.node, &format!("{path}.talk"), "talk");
        let hold = self.hold(node, path);
        let wrap = match node.get("wrap").filter(|n| n.text() != Some("none")) {
            Some(n) => Some(self.stated_time(n, &format!("{path}.wrap"), "wrap")?),
            None => None,
        };
        Some(Handle { talk: talk?, hold: hold?, wrap, factor_by_interval: Vec::new() })
    }

    fn hold(&mut self, node: &Node, path: &str) -> Option<Option<(Dist, f64)>> {
        let Some(hold) = node.get("hold").filter(|n| n.text() != Some("none")) else { return Some(None) };
        let path = format!("{path}.hold");
        let keys = time_fields("hold");
        let probability = or_default(hold, keys, "probability", Node::share)?;
        let dist = self.time(hold, &path, Bare::Exponential, keys)?;
        if let Some(text) = dist_toml(&dist) {
            self.shown.insert(
                path,
                format!("{}, probability = {} }}", text.trim_end_matches(" }"), quoted_share(probability)),
            );
        }
        Some((probability > 0.0).then_some((dist, probability)))
    }

    /// A time that `--explain` shows with its distribution.
    pub(super) fn stated_time(&mut self, node: &Node, path: &str, key: &str) -> Option<Dist> {
        let dist = self.time(node, path, Bare::Exponential, time_fields(key))?;
        if let Some(text) = dist_toml(&dist) {
            self.shown.insert(path.into(), text);
        }
        Some(dist)
    }

    fn aht(
        &mut self,
        node: &Node,
        path: &str,
        name: &str,
        volume: &[f64],
        calendar: Option<&Calendar>,
    ) -> Option<Handle> {
        let by_interval: Vec<&str> = ["per_interval", "csv"].into_iter().filter(|k| node.get(k).is_some()).collect();
        self.no_strays(node, path, &["where", "time", "dates", "decimal"], by_interval == ["csv"], "`csv`")?;
        if by_interval.is_empty() {
            let talk = self.time(node, path, Bare::Lognormal(AHT_CV), time_fields("aht"))?;
            if let Some(text) = dist_toml(&talk) {
                self.shown.insert(path.into(), text);
            }
            return Some(Handle { talk, hold: None, wrap: None, factor_by_interval: Vec::new() });
        }
        if let Some(extra) = ["mean", "min", "mode", "max", "file"]
            .into_iter()
            .chain(by_interval.get(1).copied())
            .find(|k| node.get(k).is_some())
        {
            let place = node.get(extra).map_or(node.place, |n| n.place);
            self.problem(
                path,
                place,
                format!("`{}` and `{extra}` both state the handle time", by_interval[0]),
                "keep one of them",
            );
            return None;
        }
        self.no_strays(node, path, &["column", "unit"], by_interval == ["csv"], "`csv`")?;
        let calendar = calendar?;
        let means = match node.get("per_interval") {
            Some(list) => {
                self.series(list, &format!("{path}.per_interval"), &Layout::floor(calendar), Node::seconds)?
            }
            None => {
                let unit = or_default(node, time_fields("aht"), "unit", |n| n.text().and_then(unit_length))?;
                let range = (AHT_RANGE.0 / unit, AHT_RANGE.1 / unit);
                self.csv_series(node, path, name, calendar, range)?.into_iter().map(|x| x * unit).collect()
            }
        };
        self.handle_by_interval(node, path, &means, volume, calendar)
    }

    /// One distribution for the whole day and a factor per interval, so that the spread keeps its shape.
    fn handle_by_interval(
        &mut self,
        node: &Node,
        path: &str,
        means: &[f64],
        volume: &[f64],
        calendar: &Calendar,
    ) -> Option<Handle> {
        let total: f64 = volume.iter().sum();
        let mean = if total > 0.0 {
            means.iter().zip(volume).map(|(m, v)| m * v).sum::<f64>() / total
        } else {
            means.iter().sum::<f64>() / means.len().max(1) as f64
        };
        let talk = self.scaled_dist(node, path, mean)?;
        let shape = dist_toml(&talk)?;
        let lists = by_day(means, calendar, |s| format!("\"{}\"", units::duration(*s)));
        let mean_text = format!("mean = \"{}\"", units::duration(mean));
        self.shown.insert(path.into(), shape.replace(&mean_text, &format!("per_interval = {lists}")));
        Some(Handle { talk, hold: None, wrap: None, factor_by_interval: means.iter().map(|m| m / mean).collect() })
    }

    /// The shape of a handle time whose mean is given by interval.
    fn scaled_dist(&mut self, node: &Node, path: &str, mean: f64) -> Option<Dist> {
        let number = |key: &str| node.get(key).and_then(Node::amount);
        let word = node.get("dist").map_or(Some("lognormal"), Node::text)?;
        Some(match (word, number("cv"), number("k"), number("shape")) {
            ("exponential", None, None, None) => Dist::Exponential { mean },
            ("constant", None, None, None) => Dist::Constant { mean },
            ("lognormal" | "gamma", Some(0.0), None, None) => Dist::Constant { mean },
            ("lognormal", cv, None, None) => Dist::Lognormal { mean, cv: cv.unwrap_or(AHT_CV) },
            ("gamma", Some(cv), None, None) => Dist::Gamma { mean, cv },
            ("erlang", None, Some(k), None) => Dist::Erlang { mean, k: k as u32 },
            ("weibull", None, None, Some(shape)) => Dist::Weibull { mean, shape },
            _ => {
                let place = node.get("dist").map_or(node.place, |n| n.place);
                self.problem(
                    path,
                    place,
                    format!("a {word} handle time per interval is not described by these parameters"),
                    "write lognormal or gamma with cv, erlang with k, weibull with shape, exponential or constant",
                );
                return None;
            }
        })
    }

    fn goal(&mut self, node: &Node, path: &str) -> Option<Goal> {
        let goal = node.get("goal")?;
        let part = |key: &str, read: fn(&Node) -> Option<f64>| goal.get(key).and_then(read);
        let keys = fields(section("queue").get("goal")?.forms)?;
        let over = or_default(goal, keys, "over", |n| Period::from_word(n.text()?))?;
        let goal_path = format!("{path}.goal");
        let stated = ["service_level", "abandon", "asa", "p_wait"];
        if stated.iter().all(|k| goal.get(k).is_none()) {
            self.problem(
                &goal_path,
                goal.place,
                "the goal states nothing to reach",
                "write for example goal = { service_level = \"80% in 20s\", abandon = \"5%\" }",
            );
        }
        let on = goal.get("on").and_then(Node::text).and_then(|t| words::on_periods(t).ok());
        if let Some((_, word)) = on.filter(|(_, word)| *word != over.word()) {
            let place = goal.get("on").map_or(goal.place, |n| n.place);
            self.problem(
                &goal_path,
                place,
                format!("the goal is judged over each {}, but `on` counts {word}s", over.word()),
                format!("write on = \"90% of {}s\", or over = \"{word}\"", over.word()),
            );
        }
        Some(Goal {
            service_level: part("service_level", |n| {
                n.number().or_else(|| words::service_level(n.text()?).ok().map(|(share, _)| share))
            }),
            abandon: part("abandon", Node::share),
            asa_s: part("asa", Node::seconds),
            p_wait: part("p_wait", Node::share),
            over,
            on: on.map(|(share, _)| share),
        })
    }

    /// T: the goal's own time wins over `target_time`.
    fn target_time(&mut self, node: &Node, path: &str) -> f64 {
        let goal = node.get("goal").and_then(|g| g.get("service_level"));
        let own = goal.and_then(Node::text).and_then(|t| words::service_level(t).ok()?.1);
        let stated = node.get("target_time");
        let seconds = stated.and_then(Node::seconds);
        if let (Some(own), Some(stated), Some(seconds)) = (own, stated, seconds)
            && own != seconds
        {
            let message =
                format!("target_time = {} is not used: the goal says {}", stated.shown(), units::duration(own));
            self.warn(
                format!("{path}.target_time"),
                stated.place,
                message,
                "remove target_time, or write the time in the goal only",
            );
        }
        own.or(seconds).unwrap_or(DEFAULT_TARGET_S)
    }
}

/// What the stated volume counts.
fn counts(node: &Node) -> Option<VolumeCounts> {
    let stated = node.get("volume").and_then(|v| v.get("counts"));
    stated.map_or(Some(VolumeCounts::Offered), |n| VolumeCounts::from_word(n.text()?))
}

/// The keys of the table form of a time.
fn time_fields(key: &str) -> Fields {
    section("queue").get(key).and_then(|k| fields(k.forms)).unwrap_or(Fields { keys: &[], lone: None })
}

fn quoted_share(value: f64) -> String {
    let text = units::share(value);
    if text.ends_with('%') { format!("\"{text}\"") } else { crate::scenario::tree::number_text(value) }
}
