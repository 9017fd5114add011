//! Problems as pictures: file, line, column, the text underlined, what to write instead.

use super::source::{Sources, line_of};
use crate::error::{Place, Problem};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// How loud a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The scenario cannot be used.
    Error,
    /// It can, but it may not say what was meant.
    Warning,
}

/// Problems of which places further apart than this are shown in pictures of their own.
const SAME_PICTURE: usize = 4_000;

/// One problem as text for a terminal, without colours.
pub fn render(problem: &Problem, severity: Severity, sources: &Sources) -> String {
    let level = if severity == Severity::Error { Level::ERROR } else { Level::WARNING };
    let mut group = Group::with_title(level.primary_title(problem.message.clone()));
    if let Some(place) = problem.place {
        group = picture(group, place, problem, sources);
    }
    for (place, note) in problem.related.iter().filter(|(p, _)| problem.place.is_none_or(|main| !together(main, *p))) {
        group = group.element(Level::NOTE.message(format!("{note}: {}", sources.name_and_line(*place))));
    }
    for help in &problem.help {
        group = group.element(Level::HELP.message(help.clone()));
    }
    Renderer::plain().render(&[group]) + "\n"
}

/// All problems, in the order of the file, with a blank line between them.
pub fn render_all(problems: &[Problem], severity: Severity, sources: &Sources) -> String {
    problems.iter().map(|p| render(p, severity, sources)).collect::<Vec<_>>().join("\n")
}

fn together(a: Place, b: Place) -> bool {
    a.file == b.file && a.start.abs_diff(b.start) < SAME_PICTURE
}

fn picture<'a>(group: Group<'a>, place: Place, problem: &'a Problem, sources: &'a Sources) -> Group<'a> {
    let Some(source) = sources.get(place.file) else { return group };
    if place.start == place.end && place.start == 0 {
        return group.element(Origin::path(&source.name));
    }
    let near: Vec<&(Place, String)> = problem.related.iter().filter(|(p, _)| together(place, *p)).collect();
    let from = near.iter().map(|(p, _)| p.start).chain([place.start]).min().unwrap_or(0);
    let to = near.iter().map(|(p, _)| p.end).chain([place.end]).max().unwrap_or(0);
    // Only the lines concerned are handed on: drawing stays fast in a file of a million lines.
    let text = &source.text;
    let first = text[..floor(text, from)].rfind('\n').map_or(0, |i| i + 1);
    let last = text[floor(text, to)..].find('\n').map_or(text.len(), |i| floor(text, to) + i);
    let within = |p: Place| {
        let start = floor(text, p.start).clamp(first, last) - first;
        // A table or a long list is underlined on its first line only.
        let line_end = text[first + start..last].find('\n').map_or(last, |i| first + start + i) - first;
        start..floor(text, p.end).clamp(first, last).saturating_sub(first).clamp(start, line_end.max(start))
    };
    let snippet = Snippet::source(&text[first..last]).line_start(line_of(text, first)).path(source.name.as_str());
    let snippet = snippet.annotation(AnnotationKind::Primary.span(within(place)));
    group.element(
        near.into_iter()
            .fold(snippet, |s, (p, note)| s.annotation(AnnotationKind::Context.span(within(*p)).label(note.as_str()))),
    )
}

/// The nearest character boundary at or below a byte offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
