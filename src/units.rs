//! Durations, shares and counts the way planners write and read them.
//!
//! Inside the program a time is an `f64` in seconds and a share an `f64` between 0 and 1. This module is the only
//! place where they become text or come from it.

/// Units of a duration: what is written, and its length in seconds. A month is a twelfth of 365.25 days.
const UNITS: [(&str, f64); 8] = [
    ("month", 30.4375 * 86_400.0),
    ("months", 30.4375 * 86_400.0),
    ("w", 604_800.0),
    ("d", 86_400.0),
    ("h", 3_600.0),
    ("m", 60.0),
    ("s", 1.0),
    ("ms", 0.001),
];

/// What people write instead of a unit, and the unit they mean.
const NOT_UNITS: [(&str, &str); 17] = [
    ("sec", "s"),
    ("secs", "s"),
    ("second", "s"),
    ("seconds", "s"),
    ("min", "m"),
    ("mins", "m"),
    ("minute", "m"),
    ("minutes", "m"),
    ("hr", "h"),
    ("hrs", "h"),
    ("hour", "h"),
    ("hours", "h"),
    ("day", "d"),
    ("days", "d"),
    ("week", "w"),
    ("weeks", "w"),
    ("mo", " months"),
];

/// Reads `"45s"`, `"4m30s"`, `"1h"`, `"14 months"` into seconds.
///
/// Units run from large to small, each at most once: month(s), w, d, h, m, s, ms.
///
/// # Errors
/// What is wrong and what to write, in one sentence.
///
/// ```
/// use callwright::units::parse_duration;
/// assert_eq!(parse_duration("4m30s"), Ok(270.0));
/// assert!(parse_duration("90").unwrap_err().contains("90s"));
/// ```
pub fn parse_duration(text: &str) -> Result<f64, String> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err("an empty text is not a time; write for example \"45s\" or \"4m30s\"".into());
    }
    if rest.starts_with(['-', '+']) {
        return Err("a time has no sign; write for example \"45s\"".into());
    }
    let (mut total, mut smallest) = (0.0, f64::INFINITY);
    while !rest.is_empty() {
        let (number, after) = split_number(rest);
        let value: f64 = number
            .parse()
            .map_err(|_| format!("`{rest}` is not a number with a unit; write for example \"45s\" or \"4m30s\""))?;
        let (word, after) = split_word(after.trim_start());
        let length = unit_length(number, word, text)?;
        if length >= smallest {
            return Err("units run from large to small, each once; write for example \"1h30m\"".into());
        }
        smallest = length;
        // A thousandth is divided, not multiplied, so that "250ms" is exactly 0.25.
        total += if word == "ms" { value / 1_000.0 } else { value * length };
        rest = after.trim_start();
    }
    if total.is_finite() { Ok(total) } else { Err("that time is too long to be a number".into()) }
}

fn split_number(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len()))
}

fn split_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()))
}

fn unit_length(number: &str, word: &str, text: &str) -> Result<f64, String> {
    if let Some((_, length)) = UNITS.iter().find(|(unit, _)| *unit == word) {
        return Ok(*length);
    }
    if word.is_empty() {
        return Err(match text.split_once(':') {
            Some((m, s)) if m.parse::<u32>().is_ok() && s.parse::<u32>().is_ok() => {
                format!("a time is written with units; write \"{m}m{s}s\"")
            }
            _ => bare_duration(number),
        });
    }
    let plain = word.to_lowercase();
    let meant = NOT_UNITS.iter().find(|(wrong, _)| *wrong == plain).map(|(_, unit)| *unit);
    let meant = meant.or_else(|| UNITS.iter().find(|(unit, _)| *unit == plain).map(|(unit, _)| *unit));
    Err(match meant {
        Some(unit) => format!("`{word}` is not a unit of time; write \"{number}{unit}\""),
        None => format!("`{word}` is not a unit of time; the units are ms, s, m, h, d, w and months"),
    })
}

/// The advice for a number that should have been a time: in seconds, and in minutes when that reads better.
pub fn bare_duration(number: &str) -> String {
    let minutes = number.parse::<f64>().ok().filter(|n| *n >= 60.0 && n % 60.0 == 0.0).map(duration);
    match minutes {
        Some(other) => format!("a time needs a unit; write \"{number}s\" or \"{other}\""),
        None => format!("a time needs a unit; write \"{number}s\" if you mean seconds, \"{number}m\" if minutes"),
    }
}

/// Prints seconds so that [`parse_duration`] reads exactly the same number back: `"4m30s"`, `"1h"`, `"250ms"`.
pub fn duration(seconds: f64) -> String {
    if seconds == 0.0 {
        return "0s".into();
    }
    if seconds < 1.0 {
        let text = format!("{}ms", seconds * 1_000.0);
        return if parse_duration(&text) == Ok(seconds) { text } else { format!("{seconds}s") };
    }
    let whole = seconds.trunc();
    let (h, m) = ((whole / 3_600.0).trunc(), (whole % 3_600.0 / 60.0).trunc());
    let s = seconds - h * 3_600.0 - m * 60.0;
    let mut text = String::new();
    for (value, unit) in [(h, "h"), (m, "m"), (s, "s")] {
        if value > 0.0 {
            text.push_str(&format!("{value}{unit}"));
        }
    }
    // 287.3 - 240 is 47.30000000000001: then plain seconds read better and are exact.
    let plain = format!("{seconds}s");
    if parse_duration(&text) == Ok(seconds) && text.len() <= plain.len().max(9) { text } else { plain }
}

/// Reads `"80%"` or `"0.8"` into 0.8.
///
/// # Errors
/// What is wrong and what to write, in one sentence.
pub fn parse_share(text: &str) -> Result<f64, String> {
    let trimmed = text.trim();
    let wrong = || format!("`{text}` is not a share; write for example \"80%\" or 0.8");
    let plain = |t: &str| t.trim().chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    match trimmed.strip_suffix('%') {
        // Shifting the decimal point in the text keeps "6.3%" equal to 0.063 to the last bit.
        Some(number) if plain(number) => format!("{}e-2", number.trim()).parse().map_err(|_| wrong()),
        None if plain(trimmed) => {
            let value: f64 = trimmed.parse().map_err(|_| wrong())?;
            if value > 1.0 { Err(bare_share(value)) } else { Ok(value) }
        }
        _ => Err(wrong()),
    }
}

/// The advice for a number above 1 that should have been a share.
pub fn bare_share(number: f64) -> String {
    format!("a share is between 0 and 1 or has a percent sign; write \"{number}%\" or {}", shift_decimal(number, -2))
}

/// Prints a share so that [`parse_share`] reads exactly the same number back: `"80%"`.
pub fn share(value: f64) -> String {
    let text = format!("{}%", shift_decimal(value, 2));
    if parse_share(&text) == Ok(value) { text } else { value.to_string() }
}

/// value x 10^places without the rounding of a multiplication: the shortest decimal text is shifted.
fn shift_decimal(value: f64, places: i32) -> f64 {
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent = exponent.parse::<i32>().unwrap_or(0) + places;
    format!("{digits}e{exponent}").parse().unwrap_or(value)
}

/// Minutes and seconds as reports print them: `4:48`; an hour and more as `1:02:03`.
pub fn minutes(seconds: f64) -> String {
    let s = seconds.round().max(0.0) as u64;
    if s < 3_600 {
        format!("{}:{:02}", s / 60, s % 60)
    } else {
        format!("{}:{:02}:{:02}", s / 3_600, s / 60 % 60, s % 60)
    }
}

/// Time of day: `08:30`; seconds past midnight, beyond 24 h it starts again.
pub fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}", seconds / 3_600 % 24, seconds / 60 % 60)
}

/// Hours with one decimal, as reports print agent time: `195.0`, `1,204.5`.
pub fn hours(seconds: f64) -> String {
    thousands(seconds / 3_600.0, 1)
}

/// A number with thousands separators and a fixed number of decimals: `1,804`, `4,992.50`.
pub fn thousands(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let negative = value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let mut out = String::from(if negative { "-" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// A file name as a shell takes it: in quotes where it needs them.
pub fn quoted(file: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:\\".contains(c);
    if !file.is_empty() && file.chars().all(plain) {
        file.to_owned()
    } else {
        format!("'{}'", file.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read() {
        for (text, seconds) in [
            ("45s", 45.0),
            ("4m30s", 270.0),
            ("1h", 3600.0),
            ("1.5h", 5400.0),
            ("4m 47.5s", 287.5),
            ("250ms", 0.25),
            ("2d", 172_800.0),
            ("1w", 604_800.0),
            ("14 months", 14.0 * 30.4375 * 86_400.0),
            ("1 month", 30.4375 * 86_400.0),
            ("0s", 0.0),
        ] {
            assert_eq!(parse_duration(text), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn bad_durations_say_what_to_write() {
        for (text, advice) in [
            ("180", "write \"180s\" or \"3m\""),
            ("90", "\"90s\" if you mean seconds, \"90m\" if minutes"),
            ("14mo", "write \"14 months\""),
            ("20min", "write \"20m\""),
            ("20M", "write \"20m\""),
            ("4:30", "write \"4m30s\""),
            ("-5s", "no sign"),
            ("30s4m", "large to small"),
            ("4m4m", "large to small"),
            ("3 parsecs", "the units are"),
            ("", "empty"),
            ("soon", "not a number with a unit"),
            ("1..5s", "not a number"),
        ] {
            let message = parse_duration(text).unwrap_err();
            assert!(message.contains(advice), "{text}: {message}");
        }
        assert!(parse_duration(&format!("{}h", "9".repeat(400))).unwrap_err().contains("too long"));
    }

    #[test]
    fn printed_durations_read_back_exactly() {
        for (seconds, text) in [
            (270.0, "4m30s"),
            (3600.0, "1h"),
            (0.25, "250ms"),
            (287.5, "4m47.5s"),
            (5445.0, "1h30m45s"),
            (0.0, "0s"),
            (90_000.0, "25h"),
        ] {
            assert_eq!(duration(seconds), text);
        }
        for i in 0..20_000 {
            let x = f64::from(i) * 0.173 + f64::from(i * i) * 0.001;
            assert_eq!(parse_duration(&duration(x)), Ok(x), "{x} printed as {}", duration(x));
        }
    }

    #[test]
    fn shares_read_back_exactly() {
        assert_eq!(parse_share("80%"), Ok(0.8));
        assert_eq!(parse_share("6.3 %"), Ok(0.063));
        assert_eq!(parse_share("0.8"), Ok(0.8));
        assert_eq!(parse_share("110%"), Ok(1.1));
        assert!(parse_share("80").unwrap_err().contains("write \"80%\" or 0.8"));
        assert!(parse_share("eighty").is_err() && parse_share("NaN").is_err() && parse_share("%").is_err());
        assert_eq!(share(0.8), "80%");
        assert_eq!(share(0.063), "6.3%");
        for i in 0..=10_000 {
            let x = f64::from(i) / 7_919.0;
            assert_eq!(parse_share(&share(x)).or_else(|_| share(x).parse::<f64>()), Ok(x));
        }
    }

    #[test]
    fn reports_print_planner_style() {
        assert_eq!(minutes(288.4), "4:48");
        assert_eq!(minutes(10.0), "0:10");
        assert_eq!(minutes(3723.0), "1:02:03");
        assert_eq!(clock(30_600), "08:30");
        assert_eq!(hours(702_000.0), "195.0");
        assert_eq!(thousands(1804.0, 0), "1,804");
        assert_eq!(thousands(-1_234_567.891, 2), "-1,234,567.89");
        assert_eq!(thousands(-0.004, 2), "0.00");
        assert_eq!(thousands(999.0, 0), "999");
    }
}
