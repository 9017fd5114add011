//! Reading scenario files: size, encoding, names that are nearly right, and chains of `extends`.

use super::check::Problems;
use super::grammar::{self, Fields};
use super::shelf::Shelf;
use super::source::Sources;
use super::tree::{self, Node, Table};
use super::{keys, words};
use crate::error::{Error, Place, Problem, Result};
use std::path::{Path, PathBuf};

/// Largest scenario file.
const MAX_BYTES: u64 = 16 << 20;
/// Longest chain of `extends`.
const MAX_CHAIN: usize = 16;

/// A scenario file and everything it extends, merged; `folders` has the directory of each source.
pub(super) struct Merged {
    pub root: Node,
    /// The files one by one, where there are several; the scenario itself first.
    pub layers: Vec<Node>,
    pub folders: Vec<PathBuf>,
}

/// Reads a file, whose text is given, and its bases.
pub(super) fn read(
    path: &Path,
    text: String,
    shelf: Option<&Shelf>,
    sources: &mut Sources,
    problems: &mut Problems,
) -> Result<Option<Merged>> {
    let mut folders = Vec::new();
    let mut chain = vec![canonical(path)];
    let Some(root) = parse(path, text, sources, &mut folders, problems) else { return Ok(None) };
    let mut layers = vec![root];
    while let Some(next) = layers.last().and_then(|r| r.get("extends")).cloned() {
        let Some(base) = base_of(&next, &folders, &mut chain, problems) else { break };
        let text = match text_from(shelf, &base) {
            Ok(text) => text,
            Err(error) => {
                problems.push(unreadable(error).at(next.place));
                break;
            }
        };
        let Some(root) = parse(&base, text, sources, &mut folders, problems) else { break };
        layers.push(root);
    }
    let several = if layers.len() > 1 { layers.clone() } else { Vec::new() };
    Ok(merged(layers).map(|root| Merged { root, layers: several, folders }))
}

/// Files, each of which extends the next one, as one.
pub(super) fn merged(layers: Vec<Node>) -> Option<Node> {
    let mut root = layers.into_iter().rev().reduce(|base, over| merge(base, over, keys::ROOT))?;
    root.place = Place { file: 0, start: 0, end: 0 };
    if let Some(table) = root.table_mut() {
        table.remove("extends");
    }
    Some(root)
}

fn parse(
    path: &Path,
    text: String,
    sources: &mut Sources,
    folders: &mut Vec<PathBuf>,
    problems: &mut Problems,
) -> Option<Node> {
    let file = sources.add(path.display().to_string(), text);
    folders.push(path.parent().unwrap_or(Path::new("")).to_owned());
    tree::parse(&sources.get(file)?.text, file).map_err(|problem| problems.push(problem)).ok()
}

/// A base that cannot be read, as a problem of the file that names it.
fn unreadable(error: Error) -> Problem {
    match error {
        Error::File { path, source, advice, .. } => {
            let problem = Problem::new("extends", format!("cannot read {}: {source}", path.display()));
            problem.help(advice.unwrap_or_else(|| "the path is relative to the file that says `extends`".into()))
        }
        other => Problem::new("extends", other.to_string()),
    }
}

/// The file that `extends` names, unless the chain is too long or goes round.
fn base_of(node: &Node, folders: &[PathBuf], chain: &mut Vec<PathBuf>, problems: &mut Problems) -> Option<PathBuf> {
    let base = folders.get(node.place.file)?.join(node.text()?);
    let name = canonical(&base);
    let complaint = if chain.contains(&name) {
        format!("`extends` goes round in a circle: {} is already part of it", base.display())
    } else if chain.len() >= MAX_CHAIN {
        format!("more than {MAX_CHAIN} files extend each other")
    } else {
        chain.push(name);
        return Some(base);
    };
    problems.push(Problem::new("extends", complaint).at(node.place).help("let the last file of the chain stand alone"));
    None
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Most scenario files that are named beside the one that is missing.
const MOST_NAMED: usize = 8;

/// The text of the scenario file; when there is none, what the user may do instead.
pub(super) fn scenario_text(path: &Path) -> Result<String> {
    text_of(path).map_err(|error| match error {
        Error::File { action, path, source, advice } if source.kind() == std::io::ErrorKind::NotFound => {
            let fresh = if path.extension().is_none() { path.with_extension("toml") } else { path.clone() };
            let shown = crate::units::quoted(&fresh.display().to_string());
            let init = (!fresh.exists()).then(|| format!("a new scenario to start from: callwright init {shown}"));
            let advice = advice.into_iter().chain(files_beside(&path)).chain(init);
            let advice = Some(advice.collect::<Vec<_>>().join("\n  help: "));
            Error::File { action, path, source, advice }
        }
        other => other,
    })
}

/// "scenario files in scenarios: a.toml, b.toml", without the one that has been named.
fn files_beside(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names = names_in(folder)?;
    let near = nearest_file(path);
    names.retain(|name| name.to_lowercase().ends_with(".toml") && Some(name) != near.as_ref());
    names.sort();
    let more = names.len().saturating_sub(MOST_NAMED);
    names.truncate(MOST_NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let folder = if folder == Path::new(".") { "this folder".into() } else { folder.display().to_string() };
    (!names.is_empty()).then(|| format!("scenario files in {folder}: {}{rest}", names.join(", ")))
}

fn names_in(folder: &Path) -> Option<Vec<String>> {
    let entries = std::fs::read_dir(folder).ok()?.flatten().take(10_000);
    Some(entries.filter_map(|e| e.file_name().into_string().ok()).collect())
}

/// A file's text, from the shelf if there is one.
pub(super) fn text_from(shelf: Option<&Shelf>, path: &Path) -> Result<String> {
    match shelf {
        Some(shelf) => shelf.get(path).map(str::to_owned),
        None => text_of(path),
    }
}

/// A file's text.
pub(super) fn text_of(path: &Path) -> Result<String> {
    let failed = |source, advice| Error::File { action: "read", path: path.to_owned(), source, advice };
    let meta = std::fs::metadata(path).map_err(|e| {
        let advice = nearest_file(path).map(|n| format!("did you mean {}?", path.with_file_name(n).display()));
        failed(e, advice)
    })?;
    if meta.is_dir() {
        let advice = "name the scenario file in it, for example scenarios/helpdesk.toml".to_owned();
        return Err(failed(std::io::Error::other("it is a folder"), Some(advice)));
    }
    if meta.len() > MAX_BYTES {
        return Err(Error::Refused(format!(
            "{} has {} MB; a scenario file has at most {} MB: keep long lists in CSV files",
            path.display(),
            meta.len() >> 20,
            MAX_BYTES >> 20
        )));
    }
    let bytes = std::fs::read(path).map_err(|e| failed(e, None))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| failed(std::io::Error::other("it is not UTF-8 text"), Some("save it as UTF-8".into())))?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// The file in the same folder whose name looks most like this one.
pub(super) fn nearest_file(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names = names_in(folder)?;
    let wanted = path.file_name()?.to_str()?;
    let stem = |name: &str| Path::new(name).file_stem().and_then(|s| s.to_str()).map(str::to_owned);
    let same_stem = names.iter().find(|n| n.as_str() != wanted && stem(n) == stem(wanted));
    same_stem
        .map(String::as_str)
        .or_else(|| words::nearest(wanted, names.iter().map(String::as_str).filter(|n| *n != wanted)))
        .map(str::to_owned)
}

/// Lays one scenario over another: tables merge, everything that stands for one value is replaced whole.
fn merge(base: Node, over: Node, fields: Fields) -> Node {
    let (tree::Value::Table(mut base_table), tree::Value::Table(over_table)) = (base.value, over.value) else {
        return Node::new(over.place, tree::Value::Table(Table::default()));
    };
    for entry in over_table.entries {
        let key = fields.get(&entry.key);
        for other in key.map_or(&[][..], |k| k.replaces) {
            base_table.remove(other);
        }
        let Some(below) = base_table.get_mut(&entry.key) else {
            base_table.entries.push(entry);
            continue;
        };
        let inner = key.filter(|k| !k.whole).and_then(|k| grammar::fields(k.forms));
        let names = key.and_then(|k| grammar::named(k.forms));
        below.key_place = entry.key_place;
        below.node = match (&below.node.table(), &entry.node.table(), inner, names) {
            (Some(_), Some(_), Some(fields), _) => merge(below.node.clone(), entry.node, fields),
            (Some(_), Some(_), None, Some((_, forms))) if key.is_some_and(|k| !k.whole) => {
                merge_named(below.node.clone(), entry.node, grammar::fields(forms))
            }
            _ => entry.node,
        };
    }
    Node::new(over.place, tree::Value::Table(Table { header: over_table.header, entries: base_table.entries }))
}

/// Queues, teams, skills: those of the same name merge, new ones come last.
fn merge_named(base: Node, over: Node, fields: Option<Fields>) -> Node {
    let (tree::Value::Table(mut base_table), tree::Value::Table(over_table)) = (base.value, over.value) else {
        return Node::new(over.place, tree::Value::Table(Table::default()));
    };
    for entry in over_table.entries {
        let Some(below) = base_table.get_mut(&entry.key) else {
            base_table.entries.push(entry);
            continue;
        };
        below.key_place = entry.key_place;
        below.node = match (below.node.table(), entry.node.table(), fields) {
            (Some(_), Some(_), Some(fields)) => merge(below.node.clone(), entry.node, fields),
            _ => entry.node,
        };
    }
    Node::new(over.place, tree::Value::Table(Table { header: over_table.header, entries: base_table.entries }))
}
