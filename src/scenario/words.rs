//! The small texts of the language: opening hours, weekday groups, goals, dates, names.

use crate::units::{parse_duration, parse_share};

/// Days of the week, Monday first, as the file names them.
pub(super) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Opening hours in seconds after local midnight; `end` may lie after 24 h.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hours {
    pub start: u32,
    pub end: u32,
}

/// Reads "08:00-20:00", "22:00-06:00" or "24h".
pub(super) fn hours(text: &str) -> Result<Hours, String> {
    const ADVICE: &str = "write \"08:00-20:00\", \"22:00-06:00\" over midnight, or \"24h\"";
    if text.trim() == "24h" {
        return Ok(Hours { start: 0, end: 86_400 });
    }
    let (from, to) = text.split_once(['-', '–']).ok_or_else(|| format!("`{text}` is not opening hours; {ADVICE}"))?;
    let wrong = |part: &str| format!("`{}` is not a time of day; {ADVICE}", part.trim());
    let start = clock(from.trim()).filter(|s| *s < 86_400).ok_or_else(|| wrong(from))?;
    let end = clock(to.trim()).ok_or_else(|| wrong(to))?;
    match () {
        () if start == 0 && end == 0 => Ok(Hours { start, end: 86_400 }),
        () if start == end => {
            Err("opening and closing time are the same; write \"24h\" for a floor that never closes".into())
        }
        () if end < start => Ok(Hours { start, end: end + 86_400 }),
        () => Ok(Hours { start, end }),
    }
}

/// Seconds after midnight of "8:05" or "08:05"; "24:00" is allowed.
fn clock(text: &str) -> Option<u32> {
    let (h, m) = text.split_once(':')?;
    let digits = |t: &str| (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(h) || m.len() != 2 || !digits(m) {
        return None;
    }
    let (h, m): (u32, u32) = (h.parse().ok()?, m.parse().ok()?);
    (m < 60 && h * 60 + m <= 24 * 60).then_some(h * 3_600 + m * 60)
}

/// Reads "08:00" into seconds after midnight.
pub(super) fn time_of_day(text: &str) -> Result<u32, String> {
    let wrong = || format!("`{text}` is not a time of day; write for example \"08:00\"");
    clock(text.trim()).filter(|s| *s < 86_400).ok_or_else(wrong)
}

/// Reads "mon", "mon-fri", "fri-mon", "mon,wed" into one flag per weekday, Monday first.
pub(super) fn weekdays(text: &str) -> Option<[bool; 7]> {
    let mut days = [false; 7];
    for part in text.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (mut day, last) = (weekday(from)?, weekday(to)?);
        days[day] = true;
        while day != last {
            day = (day + 1) % 7;
            days[day] = true;
        }
    }
    Some(days)
}

/// Index of a weekday, written with three letters or in full.
pub(super) fn weekday(text: &str) -> Option<usize> {
    const FULL: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let plain = text.trim().to_ascii_lowercase();
    (0..7).find(|i| WEEKDAYS[*i] == plain || FULL[*i] == plain)
}

/// Longest target time: emails have days.
const MOST_TARGET_S: f64 = 7.0 * 86_400.0;

/// Reads "80% in 20s", "80/20" or "80%" into the share and the time, if it states one.
pub(super) fn service_level(text: &str) -> Result<(f64, Option<f64>), String> {
    const ADVICE: &str = "write \"80% in 20s\" or \"80/20\"";
    let (share, time) = if let Some((share, seconds)) = text.split_once('/') {
        let number =
            |t: &str| t.trim().parse::<f64>().map_err(|_| format!("`{text}` is not a service level; {ADVICE}"));
        number(share)?;
        number(seconds)?;
        (parse_share(&format!("{}%", share.trim()))?, Some(number(seconds)?))
    } else if let Some((share, time)) = text.split_once(" in ") {
        (parse_share(share)?, Some(parse_duration(time)?))
    } else {
        (parse_share(text).map_err(|_| format!("`{text}` is not a service level; {ADVICE}"))?, None)
    };
    let fits = (0.0..=1.0).contains(&share) && time.is_none_or(|t| (0.0..=MOST_TARGET_S).contains(&t));
    if fits {
        Ok((share, time))
    } else {
        Err(format!("`{text}` is out of range: at most 100% in at most 7 days; {ADVICE}"))
    }
}

/// Reads "90% of days" into the share and the period word in the singular.
pub(super) fn on_periods(text: &str) -> Result<(f64, &'static str), String> {
    let wrong = || {
        format!(
            "`{text}` is not a share of periods; write \"90% of days\", \"90% of intervals\", \"90% of weeks\" or \"average\""
        )
    };
    let (share, word) = text.split_once(" of ").ok_or_else(wrong)?;
    let word = ["interval", "day", "week"].into_iter().find(|w| word.trim() == format!("{w}s")).ok_or_else(wrong)?;
    let share = parse_share(share)?;
    if (0.0..=1.0).contains(&share) { Ok((share, word)) } else { Err(wrong()) }
}

/// Longest name of a queue, team or shape.
const MAX_NAME: usize = 64;

/// Names stand in paths, files and tables, so they are plain: letters, digits, spaces, `-` and `_`.
pub(super) fn name(text: &str) -> Result<(), String> {
    let allowed = "a name has 1 to 64 letters, digits, spaces, `-` or `_`, and no space at its ends";
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let fits = plain && !text.is_empty() && text.trim() == text && text.chars().count() <= MAX_NAME;
    if fits { Ok(()) } else { Err(allowed.into()) }
}

/// A date of the calendar; TOML has checked its shape, not that there is such a day in this century.
pub(super) fn date(text: &str) -> Result<jiff::civil::Date, String> {
    let date: jiff::civil::Date =
        text.parse().map_err(|_| format!("`{text}` is not a date; write for example 2026-03-02"))?;
    if (1970..=2200).contains(&date.year()) {
        Ok(date)
    } else {
        Err(format!("`{text}` is out of range; years from 1970 to 2200"))
    }
}

/// The candidate that looks most like `word`, if one does.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer words are no typing slips of a key; comparing them would only cost time.
    if word.len() > 80 {
        return None;
    }
    let plain = |t: &str| t.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(word);
    let scored = candidates.into_iter().map(|c| (distance(&wanted, &plain(c)), c));
    let (far, best) = scored.min_by_key(|(d, _)| *d)?;
    let length = wanted.chars().count().max(best.chars().count());
    (far <= (length / 3).max(1) && far < length).then_some(best)
}

/// Edits (insert, delete, replace, swap of neighbours) from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_weekdays() {
        assert_eq!(hours("08:00-20:00"), Ok(Hours { start: 28_800, end: 72_000 }));
        assert_eq!(hours("22:00-06:00"), Ok(Hours { start: 79_200, end: 108_000 }));
        assert_eq!(hours("24h"), Ok(Hours { start: 0, end: 86_400 }));
        assert_eq!(hours("0:00-24:00"), Ok(Hours { start: 0, end: 86_400 }));
        assert!(hours("08:00-08:00").unwrap_err().contains("24h"));
        assert!(
            hours("8-20").is_err()
                && hours("08:00").is_err()
                && hours("25:00-26:00").is_err()
                && hours("08:60-09:00").is_err()
        );
        assert_eq!(weekdays("mon-wed"), Some([true, true, true, false, false, false, false]));
        assert_eq!(weekdays("sat-mon"), Some([true, false, false, false, false, true, true]));
        assert_eq!(weekdays("mon,Friday"), Some([true, false, false, false, true, false, false]));
        assert_eq!(weekdays("someday"), None);
    }

    #[test]
    fn goals() {
        assert_eq!(service_level("80/20"), Ok((0.8, Some(20.0))));
        assert_eq!(service_level("80% in 20s"), Ok((0.8, Some(20.0))));
        assert_eq!(service_level("92.5% in 1m"), Ok((0.925, Some(60.0))));
        assert_eq!(service_level("75%"), Ok((0.75, None)));
        assert!(service_level("8000/20").is_err() && service_level("80/x").is_err() && service_level("fast").is_err());
        assert_eq!(on_periods("90% of days"), Ok((0.9, "day")));
        assert!(on_periods("90%").is_err() && on_periods("120% of days").is_err());
    }

    #[test]
    fn nearest_words() {
        let keys = ["patience", "priority", "service_level", "agents"];
        assert_eq!(nearest("patence", keys), Some("patience"));
        assert_eq!(nearest("service-level", keys), Some("service_level"));
        assert_eq!(nearest("pirority", keys), Some("priority"));
        assert_eq!(nearest("zzz", keys), None);
        assert_eq!(nearest(&"x".repeat(100_000), keys), None);
    }
}
