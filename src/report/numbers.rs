//! Numbers as people and files want them.

/// A value rounded to nine significant digits; `None` for what is no number. Zero has no sign.
///
/// Every number in CSV and JSON goes through here, so that the last bits of a sum never show.
pub fn nine_digits(value: f64) -> Option<f64> {
    if !value.is_finite() {
        return None;
    }
    if value.fract() == 0.0 && value.abs() < 1e9 {
        return Some(value + 0.0);
    }
    format!("{value:.8e}").parse::<f64>().ok().map(|rounded| rounded + 0.0)
}

/// The same as text without an exponent; empty where there is no value.
pub fn nine_digits_text(value: Option<f64>) -> String {
    value.and_then(nine_digits).map_or_else(String::new, |value| value.to_string())
}

/// Rounded to its first significant digit: 0.87 is "0.9", 12 is "10", 0.034 is "0.03".
pub fn first_digit(value: f64) -> String {
    let scientific = format!("{:.0e}", value.abs());
    let exponent: i32 = scientific.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let rounded: f64 = scientific.parse().unwrap_or(value);
    format!("{rounded:.*}", usize::try_from(-exponent).unwrap_or(0))
}

/// Whole number with thousands separators: "1,804".
pub fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0.0 && digits != "0" { format!("-{text}") } else { text }
}

/// "a", "a and b", "a, b and c".
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A count per day: whole from ten on, one decimal below.
pub fn count(value: f64) -> String {
    if value == 0.0 || value >= 9.95 { thousands(value) } else { format!("{value:.1}") }
}

/// Hours with one decimal and thousands separators: "1,204.5".
pub fn hours(value: f64) -> String {
    let tenths = (value * 10.0).round();
    let whole = (tenths / 10.0).trunc();
    format!("{}.{:.0}", thousands(whole), (tenths - whole * 10.0).abs())
}

/// A share in percent with one decimal: "77.3 %".
pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share + 0.0)
}

/// A share in whole percent, or with as many decimals as it was stated with: "80", "97.5".
pub fn short_percent(share: f64) -> String {
    let rounded = (share * 1e6).round() / 1e4;
    rounded.to_string()
}

/// Seconds as m:ss, or h:mm:ss from an hour on.
pub fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0).round() as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A length of time as it is spoken: "20 s", "2.5 s", "3 min", "1 h".
pub fn spoken_time(seconds: f64) -> String {
    let (value, unit) = match seconds {
        s if s >= 3600.0 && s % 3600.0 == 0.0 => (s / 3600.0, "h"),
        s if s >= 120.0 && s % 60.0 == 0.0 => (s / 60.0, "min"),
        s => (s, "s"),
    };
    format!("{value} {unit}")
}

/// Money, with or without cents; `currency` may be empty.
pub fn money(value: f64, cents: bool, currency: &str) -> String {
    let amount = if cents {
        let whole = value.abs().trunc();
        let rest = (value.abs() * 100.0).round() - whole * 100.0;
        let (whole, rest) = if rest >= 100.0 { (whole + 1.0, rest - 100.0) } else { (whole, rest) };
        format!("{}{}.{rest:02.0}", if value < 0.0 { "-" } else { "" }, thousands(whole))
    } else {
        thousands(value)
    };
    if currency.is_empty() { amount } else { format!("{amount} {currency}") }
}

/// Small numbers as words: "two", "12", ...
pub fn in_words(n: usize) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// The first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The clock time `seconds` after "HH:MM"; midnight at the end of a day is 24:00.
pub fn later(label: &str, seconds: u32) -> String {
    let Some((hour, minute)) = label.split_once(':') else { return label.to_owned() };
    let parse = |text: &str| text.parse::<u32>().unwrap_or(0);
    let minutes = parse(hour) * 60 + parse(minute) + seconds / 60;
    let minutes = if minutes > 24 * 60 { minutes - 24 * 60 } else { minutes };
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_digits_are_kept_and_nothing_else() {
        assert_eq!(nine_digits(0.123_456_789_49), Some(0.123_456_789));
        assert_eq!(nine_digits(1_804.333_333_333), Some(1_804.333_33));
        assert_eq!(nine_digits(12_345_678_912.0), Some(12_345_678_900.0));
        assert_eq!(nine_digits(1.0 / 3.0 * 1e-7), Some(3.333_333_33e-8));
        assert_eq!([f64::NAN, f64::INFINITY].map(nine_digits), [None, None]);
        assert!(nine_digits(-0.0).is_some_and(f64::is_sign_positive));
        assert_eq!(nine_digits_text(Some(2_830.0)), "2830");
        assert_eq!(nine_digits_text(Some(3.333_333_333_3e-8)), "0.0000000333333333");
        assert_eq!(nine_digits_text(None), "");
    }

    #[test]
    fn precision_is_told_by_its_first_digit() {
        let cases =
            [(0.92, "0.9"), (0.0345, "0.03"), (12.0, "10"), (0.98, "1"), (0.0, "0"), (1.6, "2"), (0.096, "0.1")];
        for (value, text) in cases {
            assert_eq!(first_digit(value), text, "{value}");
        }
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(
            [0.0, 999.6, 1_804.2, 1_234_567.0, -1_200.0, -0.2].map(thousands),
            ["0", "1,000", "1,804", "1,234,567", "-1,200", "0"]
        );
        assert_eq!([0.0, 3.24, 9.96, 1_804.0].map(count), ["0", "3.2", "10", "1,804"]);
        assert_eq!([0.0, 195.04, 0.97, 1_204.46].map(hours), ["0.0", "195.0", "1.0", "1,204.5"]);
        assert_eq!([0.0, 9.6, 59.6, 287.5, 3_600.0].map(clock), ["0:00", "0:10", "1:00", "4:48", "1:00:00"]);
        assert_eq!([20.0, 2.5, 90.0, 1_800.0, 3_600.0].map(spoken_time), ["20 s", "2.5 s", "90 s", "30 min", "1 h"]);
        assert_eq!([0.8, 0.975, 1.0 / 3.0].map(short_percent), ["80", "97.5", "33.3333"]);
        assert_eq!(
            [(4_992.4, false), (2.765, true), (0.999, true), (-3.5, true)].map(|(v, c)| money(v, c, "€")),
            ["4,992 €", "2.77 €", "1.00 €", "-3.50 €"]
        );
        assert_eq!([later("19:30", 1_800), later("23:45", 900), later("23:30", 3_600)], ["20:00", "24:00", "00:30"]);
        assert_eq!([capital("two"), in_words(3), in_words(25), percent(-0.0)], ["Two", "three", "25", "0.0 %"]);
    }
}
