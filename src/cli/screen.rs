//! What the terminal can show.

use std::io::IsTerminal;
use std::path::PathBuf;

use crate::report::Style;
use crate::units::thousands;

/// Colour and width of the terminal; plain and wide enough for any table in a pipe.
pub(super) fn style() -> Style {
    let terminal = std::io::stdout().is_terminal();
    let colour = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let width = if terminal { terminal_width() } else { 100 };
    Style { colour: terminal && colour, width }
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}

/// "wrote DIR: a, b, c"; nothing without files.
pub(super) fn written(files: &[PathBuf]) -> String {
    let Some(dir) = files.first().and_then(|f| f.parent()) else { return String::new() };
    let names: Vec<String> = files.iter().filter_map(|f| Some(f.file_name()?.to_string_lossy().into_owned())).collect();
    format!("wrote {}: {}\n", dir.display(), names.join(", "))
}

/// "40 s", "12 min", "3 h", "5 days".
pub(super) fn about(seconds: f64) -> String {
    let (length, unit) = match seconds {
        s if s < 90.0 => (1.0, "s"),
        s if s < 5_400.0 => (60.0, "min"),
        s if s < 172_800.0 => (3_600.0, "h"),
        _ => (86_400.0, "days"),
    };
    format!("{} {unit}", thousands(seconds / length, 0))
}
