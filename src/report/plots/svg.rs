//! Just enough SVG: shapes, lines and text, with coordinates to a hundredth of a pixel.

use std::fmt::Write;

/// Colour of text.
pub(in crate::report) const INK: &str = "#1f2933";
/// Colour of less important text.
pub(in crate::report) const MUTED: &str = "#66727f";
/// Colour of axes.
pub(in crate::report) const AXIS: &str = "#b8c1ca";
/// Colour of grid lines.
pub(in crate::report) const GRID: &str = "#e8ecf0";

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Pen {
    pub(in crate::report) colour: &'static str,
    pub(in crate::report) width: f64,
    pub(in crate::report) dashes: &'static str,
}

impl Pen {
    pub(in crate::report) fn solid(colour: &'static str, width: f64) -> Self {
        Self { colour, width, dashes: "" }
    }

    pub(in crate::report) fn dashed(colour: &'static str, width: f64) -> Self {
        Self { colour, width, dashes: "5 3" }
    }

    fn attributes(self) -> String {
        let dashes =
            if self.dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", self.dashes) };
        format!("stroke=\"{}\" stroke-width=\"{}\"{dashes}", self.colour, number(self.width))
    }
}

/// Where a text stands relative to its point.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Type {
    pub(in crate::report) size: f64,
    pub(in crate::report) colour: &'static str,
    pub(in crate::report) bold: bool,
    pub(in crate::report) anchor: Anchor,
}

impl Type {
    pub(in crate::report) fn small(anchor: Anchor) -> Self {
        Self { size: 11.0, colour: MUTED, bold: false, anchor }
    }
}

/// A picture being drawn.
pub(in crate::report) struct Svg {
    width: f64,
    height: f64,
    body: String,
}

impl Svg {
    pub(in crate::report) fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    /// Title and remark at the top of a picture, cut to its width.
    pub(in crate::report) fn headline(&mut self, title: &str, remark: &str) {
        let (room, bold) = (self.width - 48.0, Type { size: 17.0, colour: INK, bold: true, anchor: Anchor::Start });
        self.text((24.0, 32.0), &fit(title, 18.5, room), bold);
        self.text((24.0, 52.0), &fit(remark, 12.0, room), Type { size: 12.0, ..Type::small(Anchor::Start) });
    }

    pub(in crate::report) fn rect(&mut self, [x, y, width, height]: [f64; 4], fill: &str, opacity: f64) {
        let [x, y, width, height] = [x, y, width, height].map(number);
        let opacity = opacity_attribute(opacity);
        let _ =
            writeln!(self.body, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{opacity}/>"#);
    }

    pub(in crate::report) fn line(&mut self, from: (f64, f64), to: (f64, f64), pen: Pen) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
        let pen = pen.attributes();
        let _ = writeln!(self.body, r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {pen}/>"#);
    }

    pub(in crate::report) fn dot(&mut self, (x, y): (f64, f64), radius: f64, fill: &str) {
        let [x, y, r] = [x, y, radius].map(number);
        let _ = writeln!(
            self.body,
            r##"<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" stroke="#ffffff" stroke-width="1"/>"##
        );
    }

    /// An open line through points.
    pub(in crate::report) fn polyline(&mut self, points: &[(f64, f64)], pen: Pen) {
        if points.len() > 1 {
            let (path, pen) = (path(points), pen.attributes());
            let _ = writeln!(self.body, r#"<path d="{path}" fill="none" {pen} stroke-linejoin="round"/>"#);
        }
    }

    /// A filled outline.
    pub(in crate::report) fn area(&mut self, points: &[(f64, f64)], fill: &str, opacity: f64) {
        if points.len() > 2 {
            let (path, opacity) = (path(points), opacity_attribute(opacity));
            let _ = writeln!(self.body, r#"<path d="{path}Z" fill="{fill}"{opacity}/>"#);
        }
    }

    pub(in crate::report) fn text(&mut self, (x, y): (f64, f64), text: &str, set: Type) {
        let [x, y, size] = [x, y, set.size].map(number);
        let anchor = match set.anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = if set.bold { r#" font-weight="bold""# } else { "" };
        let (fill, text) = (set.colour, escape(text));
        let _ = writeln!(
            self.body,
            r#"<text x="{x}" y="{y}" font-size="{size}" fill="{fill}"{anchor}{weight}>{text}</text>"#
        );
    }

    /// The whole document.
    pub(in crate::report) fn finish(self, title: &str) -> String {
        let [width, height] = [self.width, self.height].map(number);
        let title = escape(title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" font-family=\"DejaVu Sans, sans-serif\">\n<title>{title}</title>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            self.body
        )
    }
}

fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (index, &(x, y)) in points.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if index == 0 { 'M' } else { 'L' }, number(x), number(y));
    }
    path
}

fn opacity_attribute(opacity: f64) -> String {
    if opacity < 1.0 { format!(" fill-opacity=\"{}\"", number(opacity)) } else { String::new() }
}

/// Two decimals at most.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text as XML takes it; characters XML has no place for are left out.
pub(in crate::report) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// About how wide a text is at a size, in DejaVu Sans; rather too wide than too narrow.
pub(in crate::report) fn text_width(text: &str, size: f64) -> f64 {
    let width = |letter: char| match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '·' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 0.41,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 0.99,
        letter if letter.is_ascii_lowercase() || letter.is_ascii_digit() => 0.64,
        letter if letter.is_ascii() => 0.76,
        _ => 0.8,
    };
    text.chars().map(width).sum::<f64>() * size
}

/// A text cut with an ellipsis where it is wider than `most`.
pub(in crate::report) fn fit(text: &str, size: f64, most: f64) -> String {
    if text_width(text, size) <= most {
        return text.to_owned();
    }
    let mut short = text.to_owned();
    while !short.is_empty() && text_width(&short, size) + size > most {
        short.pop();
    }
    short.trim_end().to_owned() + "…"
}
