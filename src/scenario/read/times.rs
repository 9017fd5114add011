//! Random times: every distribution of the language.

use super::columns::Numbers;
use super::{Reader, or_default};
use crate::error::Problem;
use crate::scenario::grammar::Fields;
use crate::scenario::limits::LONGEST_STATED_S;
use crate::scenario::tree::Node;
use crate::scenario::types::Dist;
use crate::units;
use std::sync::Arc;

/// Largest cv of a uniform time that is nowhere negative: 1 / sqrt(3).
const MAX_UNIFORM_CV: f64 = 0.577_350_269_189_625_8;
/// Most observed values of an empirical distribution.
const MAX_VALUES: usize = 1_000_000;

/// What a mean without a distribution stands for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Bare {
    Exponential,
    /// Lognormal with this cv: whole handle times.
    Lognormal(f64),
}

/// Parameters that each distribution takes, in its possible ways.
const TAKES: &[(&str, &[&[&str]])] = &[
    ("exponential", &[&["mean"]]),
    ("lognormal", &[&["mean", "cv"]]),
    ("gamma", &[&["mean", "cv"]]),
    ("erlang", &[&["mean", "k"]]),
    ("weibull", &[&["mean", "shape"], &["mean", "cv"]]),
    ("uniform", &[&["min", "max"], &["mean", "cv"]]),
    ("triangular", &[&["min", "mode", "max"]]),
    ("constant", &[&["mean"]]),
    ("hyperexponential", &[&["mean", "cv"]]),
    ("empirical", &[&["file"]]),
];

/// All keys that are parameters of some distribution.
const PARAMETERS: [&str; 8] = ["mean", "cv", "shape", "k", "min", "mode", "max", "file"];

impl Reader<'_> {
    /// A distribution: `"4m"`, `{ mean, cv }`, `{ dist = ..., ... }`.
    pub(super) fn time(&mut self, node: &Node, path: &str, bare: Bare, fields: Fields) -> Option<Dist> {
        let dist = match node.seconds() {
            Some(mean) => bare_dist(mean, bare),
            None => self.time_table(node, path, bare, fields)?,
        };
        Some(dist)
    }

    fn time_table(&mut self, node: &Node, path: &str, bare: Bare, fields: Fields) -> Option<Dist> {
        let given: Vec<&str> = PARAMETERS.into_iter().filter(|p| node.get(p).is_some()).collect();
        let name = match node.get("dist") {
            Some(word) => word.text()?,
            None if given == ["mean"] && node.table().is_some_and(|t| t.get("column").or(t.get("unit")).is_none()) => {
                return Some(bare_dist(node.get("mean")?.seconds()?, bare));
            }
            None if given == ["mean", "cv"] => "lognormal",
            None => {
                self.say_which(node, path, &given);
                return None;
            }
        };
        let (_, ways) = TAKES.iter().find(|(n, _)| *n == name)?;
        let lone_mean = name == "lognormal" && given == ["mean"];
        if let (true, Bare::Lognormal(cv)) = (lone_mean, bare) {
            return Some(Dist::Lognormal { mean: node.get("mean")?.seconds()?, cv });
        }
        if !ways.iter().any(|way| way.len() == given.len() && way.iter().all(|p| given.contains(p))) {
            let written = if given.is_empty() { "nothing".into() } else { given.join(", ") };
            let needs = ways.iter().map(|w| w.join(", ")).collect::<Vec<_>>().join("; or ");
            let article = if name.starts_with(['e', 'u']) && name != "uniform" { "an" } else { "a" };
            self.problem(
                path,
                node.place,
                format!("{article} {name} time has {written}, but takes {needs}"),
                format!("write for example {}", sample(name)),
            );
            return None;
        }
        self.no_strays(node, path, &["column", "unit"], name == "empirical", "dist = \"empirical\"")?;
        self.build(name, node, path, fields)
    }

    /// Keys that have no say here must not look as if they had.
    pub(super) fn no_strays(
        &mut self,
        node: &Node,
        path: &str,
        keys: &[&str],
        allowed: bool,
        home: &str,
    ) -> Option<()> {
        let Some((key, stray)) = keys.iter().find_map(|k| Some((*k, node.get(k)?))).filter(|_| !allowed) else {
            return Some(());
        };
        self.problem(path, stray.place, format!("`{key}` only goes with {home}"), format!("remove `{key}`"));
        None
    }

    fn say_which(&mut self, node: &Node, path: &str, given: &[&str]) {
        let fits = TAKES.iter().find(|(_, ways)| ways.contains(&given));
        let written = if given.is_empty() { "no mean".into() } else { given.join(", ") };
        let advice = match fits {
            Some((name, _)) => format!("add dist = \"{name}\""),
            None => "write { mean = \"4m\" }, { mean = \"4m\", cv = 0.8 } or name a distribution with dist".into(),
        };
        self.problem(path, node.place, format!("`{path}` has {written} and no dist, so its shape is open"), advice);
    }

    fn build(&mut self, name: &str, node: &Node, path: &str, fields: Fields) -> Option<Dist> {
        let seconds = |key: &str| node.get(key)?.seconds();
        let number = |key: &str| node.get(key)?.amount();
        Some(match name {
            "exponential" => Dist::Exponential { mean: seconds("mean")? },
            "constant" => Dist::Constant { mean: seconds("mean")? },
            "erlang" => Dist::Erlang { mean: seconds("mean")?, k: node.get("k")?.count()? },
            "triangular" => self.triangular(node, path)?,
            "empirical" => self.empirical(node, path, fields)?,
            "uniform" => self.uniform(node, path)?,
            "weibull" => match number("shape") {
                Some(shape) => Dist::Weibull { mean: seconds("mean")?, shape },
                None => self.weibull_by_cv(node, path, seconds("mean")?, number("cv")?)?,
            },
            // Without spread each of these is a constant.
            "lognormal" | "gamma" if number("cv")? == 0.0 => Dist::Constant { mean: seconds("mean")? },
            "lognormal" => Dist::Lognormal { mean: seconds("mean")?, cv: number("cv")? },
            "gamma" => Dist::Gamma { mean: seconds("mean")?, cv: number("cv")? },
            _ => self.hyperexponential(node, path, seconds("mean")?, number("cv")?)?,
        })
    }

    fn hyperexponential(&mut self, node: &Node, path: &str, mean: f64, cv: f64) -> Option<Dist> {
        if cv >= 1.0 {
            return Some(Dist::Hyperexponential { mean, cv });
        }
        let place = node.get("cv").map_or(node.place, |n| n.place);
        self.problem(
            path,
            place,
            format!("a hyperexponential time varies more than an exponential one: its cv is at least 1, not {cv}"),
            "write cv = 1.0 or more, or use dist = \"gamma\"",
        );
        None
    }

    fn weibull_by_cv(&mut self, node: &Node, path: &str, mean: f64, cv: f64) -> Option<Dist> {
        // cv of a Weibull time falls from 429.8 at shape 0.2 towards 0; solve for the shape on a logarithmic scale.
        let cv_of = |shape: f64| {
            let log_ratio = libm::lgamma(1.0 + 2.0 / shape) - 2.0 * libm::lgamma(1.0 + 1.0 / shape);
            libm::sqrt(libm::expm1(log_ratio).max(0.0))
        };
        let (mut low, mut high): (f64, f64) = (0.1, 1_000.0);
        if cv <= cv_of(high) || cv >= cv_of(low) {
            let place = node.get("cv").map_or(node.place, |n| n.place);
            self.problem(
                path,
                place,
                format!("no Weibull time has a cv of {cv}"),
                "write a cv from 0.01 to 20, or give the shape",
            );
            return None;
        }
        for _ in 0..200 {
            let middle = libm::sqrt(low * high);
            if cv_of(middle) > cv { low = middle } else { high = middle }
        }
        Some(Dist::Weibull { mean, shape: libm::sqrt(low * high) })
    }

    fn uniform(&mut self, node: &Node, path: &str) -> Option<Dist> {
        if let (Some(mean), Some(cv)) = (node.get("mean"), node.get("cv")) {
            let (mean, cv, place) = (mean.seconds()?, cv.amount()?, cv.place);
            if cv > MAX_UNIFORM_CV {
                self.problem(
                    path,
                    place,
                    format!("a uniform time with cv {cv} would be negative at times; its cv is at most 0.577"),
                    "write a smaller cv, or min and max",
                );
                return None;
            }
            let half = mean * cv / MAX_UNIFORM_CV;
            if mean + half > LONGEST_STATED_S {
                let (largest, allowed) = (units::duration(mean + half), units::duration(LONGEST_STATED_S));
                self.problem(
                    path,
                    node.place,
                    format!("the largest value of this uniform time is {largest}; allowed: up to {allowed}"),
                    "write a smaller mean or cv",
                );
                return None;
            }
            return Some(if cv == 0.0 {
                Dist::Constant { mean }
            } else {
                Dist::Uniform { min: (mean - half).max(0.0), max: mean + half }
            });
        }
        let (min, max) = (node.get("min")?.seconds()?, node.get("max")?.seconds()?);
        self.in_order(node, path, &[("min", min), ("max", max)])?;
        Some(Dist::Uniform { min, max })
    }

    fn triangular(&mut self, node: &Node, path: &str) -> Option<Dist> {
        let (min, mode, max) = (node.get("min")?.seconds()?, node.get("mode")?.seconds()?, node.get("max")?.seconds()?);
        self.in_order(node, path, &[("min", min), ("mode", mode), ("max", max)])?;
        Some(Dist::Triangular { min, mode, max })
    }

    fn in_order(&mut self, node: &Node, path: &str, values: &[(&str, f64)]) -> Option<()> {
        let rising = values.windows(2).all(|w| w[0].1 <= w[1].1);
        if rising && values.first()?.1 < values.last()?.1 {
            return Some(());
        }
        let shown = values.iter().map(|(k, v)| format!("{k} = {}", units::duration(*v))).collect::<Vec<_>>().join(", ");
        let order = values.iter().map(|(k, _)| *k).collect::<Vec<_>>().join(" <= ");
        self.problem(
            path,
            node.place,
            format!("{shown} are not in order"),
            format!("let {order}, and the last be larger than the first"),
        );
        None
    }

    fn empirical(&mut self, node: &Node, path: &str, fields: Fields) -> Option<Dist> {
        let file = node.get("file")?;
        let unit = or_default(node, fields, "unit", |n| n.text().and_then(unit_length))?;
        let table = self.csv(file, path)?;
        let column = self.column(&table, node.get("column"), file, path, None)?;
        let mut values =
            self.numbers(&table, column, file, path, &(0..table.rows.len()).collect::<Vec<_>>(), &Numbers::default())?;
        values.iter_mut().for_each(|v| *v *= unit);
        values.sort_by(f64::total_cmp);
        if let Some(longest) = values.last().filter(|longest| **longest > LONGEST_STATED_S) {
            let (longest, allowed) = (units::duration(*longest), units::duration(LONGEST_STATED_S));
            let message =
                format!("column `{}` holds a time of {longest}; allowed: up to {allowed}", table.columns[column]);
            self.problem(path, file.place, message, "correct the file, or say the unit of its numbers with `unit`");
            return None;
        }
        if values.is_empty() || values.len() > MAX_VALUES || values.iter().all(|v| *v == 0.0) {
            let message = format!(
                "column `{}` holds {} values; an empirical time needs 1 to {MAX_VALUES}, not all zero",
                table.columns[column],
                values.len()
            );
            self.problems.push(Problem::new(path, message).at(file.place));
            return None;
        }
        Some(Dist::Empirical { values: Arc::new(values) })
    }
}

fn bare_dist(mean: f64, bare: Bare) -> Dist {
    match bare {
        Bare::Exponential => Dist::Exponential { mean },
        Bare::Lognormal(cv) => Dist::Lognormal { mean, cv },
    }
}

/// Seconds of one unit of a CSV column.
pub(super) fn unit_length(unit: &str) -> Option<f64> {
    units::parse_duration(&format!("1{unit}")).ok()
}

fn sample(name: &str) -> String {
    let parameters = match name {
        "exponential" | "constant" => "mean = \"4m\"",
        "erlang" => "mean = \"4m\", k = 2",
        "weibull" => "mean = \"4m\", shape = 1.5",
        "uniform" => "min = \"2m\", max = \"6m\"",
        "triangular" => "min = \"2m\", mode = \"3m\", max = \"7m\"",
        "empirical" => "file = \"talk.csv\", column = \"talk_s\"",
        "hyperexponential" => "mean = \"4m\", cv = 1.5",
        _ => "mean = \"4m\", cv = 0.8",
    };
    format!("{{ dist = \"{name}\", {parameters} }}")
}

/// A distribution as the scenario language writes it.
pub(super) fn dist_toml(dist: &Dist) -> Option<String> {
    let t = |x: &f64| format!("\"{}\"", units::duration(*x));
    let n = |x: &f64| crate::scenario::tree::number_text(*x);
    let body = match dist {
        Dist::Constant { mean } => format!("dist = \"constant\", mean = {}", t(mean)),
        Dist::Exponential { mean } => format!("dist = \"exponential\", mean = {}", t(mean)),
        Dist::Lognormal { mean, cv } => format!("dist = \"lognormal\", mean = {}, cv = {}", t(mean), n(cv)),
        Dist::Gamma { mean, cv } => format!("dist = \"gamma\", mean = {}, cv = {}", t(mean), n(cv)),
        Dist::Erlang { mean, k } => format!("dist = \"erlang\", mean = {}, k = {k}", t(mean)),
        Dist::Weibull { mean, shape } => format!("dist = \"weibull\", mean = {}, shape = {}", t(mean), n(shape)),
        Dist::Uniform { min, max } => format!("dist = \"uniform\", min = {}, max = {}", t(min), t(max)),
        Dist::Triangular { min, mode, max } => {
            format!("dist = \"triangular\", min = {}, mode = {}, max = {}", t(min), t(mode), t(max))
        }
        Dist::Hyperexponential { mean, cv } => {
            format!("dist = \"hyperexponential\", mean = {}, cv = {}", t(mean), n(cv))
        }
        // The values stay in their file.
        Dist::Empirical { .. } => return None,
    };
    Some(format!("{{ {body} }}"))
}
