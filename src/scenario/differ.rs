//! In which values two scenarios differ, defaults and inherited values included.

use super::Loaded;
use super::check::join;
use super::explain::{explain, quoted_key};
use super::tree::{Node, Value, number_text, parse};

/// A value that is not the same in two scenarios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its path as `--set` takes it.
    pub path: String,
    /// In the first; `None` = not stated.
    pub from: Option<String>,
    /// In the second; `None` = not stated.
    pub to: Option<String>,
}

/// What changes nothing that happens on the floor: names, plans, verdicts, how long and with which seed it is simulated.
const OUTWARD: [&str; 9] = [
    "name",
    "extends",
    "plan",
    "check",
    "run.seed",
    "run.replications",
    "run.precision",
    "run.max_replications",
    "run.control_variates",
];

/// Lists of numbers with more changes than this are told by their totals.
const ONE_BY_ONE: usize = 3;

/// Longest value that is shown in full.
const LONGEST: usize = 48;

/// The values that differ, in the order of the first scenario. What call logs and observed times hold is not among
/// them: only the names of their files are.
pub fn differences(a: &Loaded, b: &Loaded) -> Vec<Change> {
    let tree = |loaded: &Loaded| parse(&explain(loaded), 0).ok();
    let mut changes = Vec::new();
    compare("", tree(a).as_ref(), tree(b).as_ref(), &mut changes);
    changes
}

fn compare(path: &str, a: Option<&Node>, b: Option<&Node>, changes: &mut Vec<Change>) {
    if OUTWARD.contains(&path) {
        return;
    }
    let (Some(in_a), Some(in_b)) = (a, b) else {
        let shown = |node: Option<&Node>| node.map(|node| shorten(&inline(node)));
        return changes.push(Change { path: path.into(), from: shown(a), to: shown(b) });
    };
    match (&in_a.value, &in_b.value) {
        (Value::Table(of_a), Value::Table(of_b)) => {
            let more = of_b.entries.iter().filter(|entry| of_a.get(&entry.key).is_none());
            for entry in of_a.entries.iter().chain(more) {
                let (a, b) = (of_a.get(&entry.key), of_b.get(&entry.key));
                let below = join(path, &quoted_key(&entry.key));
                compare(&below, a.map(|a| &a.node), b.map(|b| &b.node), changes);
            }
        }
        (Value::List(of_a), Value::List(of_b)) => compare_lists(path, of_a, of_b, changes),
        _ if inline(in_a) == inline(in_b) => {}
        _ => changes.push(change(path, inline(in_a), inline(in_b))),
    }
}

fn compare_lists(path: &str, a: &[Node], b: &[Node], changes: &mut Vec<Change>) {
    let mut below = Vec::new();
    if a.len() == b.len() {
        for (index, (a, b)) in a.iter().zip(b).enumerate() {
            compare(&format!("{path}[{index}]"), Some(a), Some(b), &mut below);
        }
        if below.len() <= ONE_BY_ONE || a.iter().any(|node| node.number().is_none()) {
            return changes.append(&mut below);
        }
    }
    changes.push(change(path, summary(a), summary(b)));
}

fn change(path: &str, from: String, to: String) -> Change {
    Change { path: path.into(), from: Some(shorten(&from)), to: Some(shorten(&to)) }
}

/// "18 values, total 560"; a list of other things as it is written.
fn summary(list: &[Node]) -> String {
    let numbers: Option<Vec<f64>> = list.iter().map(Node::number).collect();
    match numbers.filter(|numbers| numbers.len() > ONE_BY_ONE) {
        Some(numbers) => {
            let total = (numbers.iter().sum::<f64>() * 1e6).round() / 1e6;
            format!("{} values, total {total}", numbers.len())
        }
        None => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
    }
}

/// A value on one line, texts without quotes.
fn inline(node: &Node) -> String {
    match &node.value {
        Value::Text(text) if text.is_empty() => "\"\"".into(),
        Value::Text(text) => text.clone(),
        Value::Whole(n) => n.to_string(),
        Value::Number(x) => number_text(*x),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.clone(),
        Value::List(list) => summary(list),
        Value::Table(table) => {
            let pairs = table.entries.iter().map(|e| format!("{} = {}", quoted_key(&e.key), inline(&e.node)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.into();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}
