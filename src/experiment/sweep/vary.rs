//! What a sweep varies: `team.tier1.agents=40..60:2`, `queue.orders.patience.mean=2m,3m,4m`.

use crate::units::{self, parse_duration, parse_share};

/// Most values of one factor that are written out.
const MOST_VALUES: f64 = 1e6;

/// A value of the scenario that is varied, and the values it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// Its path, as `--set` takes it.
    pub path: String,
    values: Values,
}

#[derive(Debug, Clone, PartialEq)]
enum Values {
    /// One by one.
    List(Vec<String>),
    /// From one end to the other.
    Range(Span),
}

#[derive(Debug, Clone, PartialEq)]
struct Span {
    /// "", "+" or "*", before each value.
    sign: &'static str,
    kind: Kind,
    low: f64,
    high: f64,
    /// `None` = every value between the ends, for samples.
    step: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Whole,
    Number,
    Share,
    Time,
}

impl Factor {
    /// Reads `PATH=VALUES`: values with commas between them, or `low..high:step` (of whole numbers the step may be left
    /// out, for samples any).
    ///
    /// # Errors
    /// What is wrong and what to write.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some((path, values)) = text.split_once('=') else {
            return Err(format!("`{text}` varies nothing; write for example team.tier1.agents=40..60:2"));
        };
        let (path, values) = (path.trim(), values.trim());
        if path.is_empty() || values.is_empty() {
            return Err(format!("`{text}` varies nothing; write for example queue.orders.patience.mean=2m,3m,4m"));
        }
        let pieces = pieces(values);
        if let ([lone], Some(span)) = (&pieces[..], pieces.first().and_then(|piece| Span::parse(piece))) {
            let span = span.map_err(|why| format!("`{path}={lone}`: {why}"))?;
            return Ok(Self { path: path.into(), values: Values::Range(span) });
        }
        let mut list = Vec::new();
        for piece in pieces {
            match Span::parse(&piece) {
                None => list.push(piece),
                Some(span) => {
                    let span = span.map_err(|why| format!("`{path}={piece}`: {why}"))?;
                    let count =
                        span.count().ok_or_else(|| format!("`{path}={piece}` needs a step: {}", span.advice()))?;
                    list.extend((0..count).map(|index| span.value(index)));
                }
            }
        }
        if list.iter().any(|value| value.trim().is_empty()) {
            return Err(format!("`{text}` has an empty value; write for example {path}=2m,3m,4m"));
        }
        Ok(Self { path: path.into(), values: Values::List(list) })
    }

    /// How many values it takes on a grid.
    ///
    /// # Errors
    /// That it has no step.
    pub fn count(&self) -> Result<u64, String> {
        match &self.values {
            Values::List(list) => Ok(list.len() as u64),
            Values::Range(span) => {
                span.count().ok_or_else(|| format!("{} needs a step: {}; or --samples", self.path, span.advice()))
            }
        }
    }

    /// The value of this number on the grid.
    pub fn value(&self, index: u64) -> String {
        match &self.values {
            Values::List(list) => list[index as usize % list.len()].clone(),
            Values::Range(span) => span.value(index),
        }
    }

    /// The value that far (0 to 1) on the way from the first to the last.
    pub fn at(&self, share: f64) -> String {
        match &self.values {
            Values::List(list) => list[((share * list.len() as f64) as usize).min(list.len() - 1)].clone(),
            Values::Range(span) => span.at(share),
        }
    }
}

/// A value as a number, where it is one: "40", "+3", "2m", "80%".
pub fn as_number(value: &str) -> Option<f64> {
    let plain = value.trim().trim_start_matches(['+', '*']);
    let number = plain.parse().ok().or_else(|| parse_duration(plain).ok()).or_else(|| parse_share(plain).ok());
    number.filter(|number: &f64| number.is_finite())
}

impl Span {
    /// `None` when it is no range at all.
    fn parse(text: &str) -> Option<Result<Self, String>> {
        let (ends, step) = text.split_once(':').map_or((text, None), |(ends, step)| (ends, Some(step.trim())));
        let (low, high) = ends.split_once("..")?;
        let (low, high) = (low.trim(), high.trim());
        let sign = ["+", "*"].into_iter().find(|sign| low.starts_with(sign)).unwrap_or("");
        let bare = |text: &str| text.strip_prefix(sign).unwrap_or(text).to_owned();
        let (low, high) = (number(&bare(low))?, number(&bare(high))?);
        Some(Self::of(sign, low, high, step))
    }

    fn of(sign: &'static str, low: (f64, Kind), high: (f64, Kind), step: Option<&str>) -> Result<Self, String> {
        let kind = match (low.1, high.1) {
            (a, b) if a == b => a,
            (Kind::Whole | Kind::Number, Kind::Whole | Kind::Number) => Kind::Number,
            _ => return Err("both ends must be of one kind: 40..60:2, 2m..4m:30s, 80%..120%:5%".into()),
        };
        let step = match step.map(|step| (step, number(step))) {
            None => (kind == Kind::Whole).then_some((1.0, Kind::Whole)),
            Some((_, Some(step))) => Some(step),
            Some((text, None)) => return Err(format!("the step `{text}` is no number; write for example 40..60:2")),
        };
        let numbers = |kind| matches!(kind, Kind::Whole | Kind::Number);
        let kind = match step {
            Some((_, of)) if of == kind => kind,
            Some((_, of)) if numbers(of) && numbers(kind) => Kind::Number,
            Some(_) => return Err("the step must be of the kind of the ends: 40..60:2, 2m..4m:30s".into()),
            None => kind,
        };
        let span = Self { sign, kind, low: low.0, high: high.0, step: step.map(|(step, _)| step) };
        match span {
            _ if span.high < span.low => Err("it runs backwards; write the smaller end first".into()),
            Self { step: Some(step), .. } if step <= 0.0 => Err("its step must be above 0".into()),
            Self { step: Some(step), .. } if (span.high - span.low) / step > MOST_VALUES => {
                Err("it has more than a million values; take larger steps, or --samples with a range without a step"
                    .into())
            }
            span => Ok(span),
        }
    }

    fn count(&self) -> Option<u64> {
        self.step.map(|step| ((self.high - self.low) / step + 1e-9) as u64 + 1)
    }

    fn value(&self, index: u64) -> String {
        self.text(self.low + index as f64 * self.step.unwrap_or(0.0))
    }

    fn at(&self, share: f64) -> String {
        match self.count() {
            Some(count) => self.value(((share * count as f64) as u64).min(count - 1)),
            None => self.text(self.low + share * (self.high - self.low)),
        }
    }

    fn text(&self, value: f64) -> String {
        // Six digits behind the point are more than anybody wants to read of a sample.
        let rounded = (value * 1e6).round() / 1e6;
        let text = match self.kind {
            Kind::Whole => format!("{}", rounded.round()),
            Kind::Number => format!("{rounded}"),
            Kind::Share => units::share(rounded),
            Kind::Time => units::duration((value * 1e3).round() / 1e3),
        };
        format!("{}{text}", self.sign)
    }

    fn advice(&self) -> String {
        let step = Self { sign: "", ..self.clone() }.text((self.high - self.low) / 10.0);
        format!("write for example {}..{}:{step}", self.text(self.low), self.text(self.high))
    }
}

fn number(text: &str) -> Option<(f64, Kind)> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        let kind = if text.bytes().all(|b| b.is_ascii_digit() || b == b'-') { Kind::Whole } else { Kind::Number };
        return number.is_finite().then_some((number, kind));
    }
    let share = text.ends_with('%').then(|| parse_share(text).ok()).flatten().map(|share| (share, Kind::Share));
    share.or_else(|| parse_duration(text).ok().map(|time| (time, Kind::Time)))
}

/// Parts between commas that stand in no brackets and no quotes.
fn pieces(text: &str) -> Vec<String> {
    let (mut pieces, mut depth, mut quote) = (vec![String::new()], 0_i32, None);
    for letter in text.chars() {
        match (letter, quote) {
            (',', None) if depth == 0 => {
                pieces.push(String::new());
                continue;
            }
            ('"' | '\'', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            ('[' | '{', None) => depth += 1,
            (']' | '}', None) => depth -= 1,
            _ => {}
        }
        pieces.last_mut().expect("there is always one").push(letter);
    }
    pieces.into_iter().map(|piece| piece.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let factor = Factor::parse(text).unwrap();
        (0..factor.count().unwrap()).map(|index| factor.value(index)).collect()
    }

    #[test]
    fn values_are_listed_or_run_from_end_to_end() {
        assert_eq!(all("a=40..46:2"), ["40", "42", "44", "46"]);
        assert_eq!(all("a=1..3"), ["1", "2", "3"]);
        assert_eq!(all("a=2m,3m,4m"), ["2m", "3m", "4m"]);
        assert_eq!(all("a=2m..3m:30s"), ["2m", "2m30s", "3m"]);
        assert_eq!(all("a=80%..100%:10%"), ["80%", "90%", "100%"]);
        assert_eq!(all("a=0.1..0.4:0.1"), ["0.1", "0.2", "0.3", "0.4"]);
        assert_eq!(all("a=+0..+4:2"), ["+0", "+2", "+4"]);
        assert_eq!(all("a=1..2,9"), ["1", "2", "9"]);
        assert_eq!(all("a=[1, 2],[3, 4]"), ["[1, 2]", "[3, 4]"]);
        assert_eq!(all("a=../x.csv,../y.csv"), ["../x.csv", "../y.csv"]);
    }

    #[test]
    fn samples_fall_between_the_ends() {
        let factor = Factor::parse("a=1.5..2.5").unwrap();
        assert!(factor.count().unwrap_err().contains("needs a step: write for example 1.5..2.5:0.1"));
        assert_eq!([0.0, 0.5, 0.999_999].map(|share| factor.at(share)), ["1.5", "2", "2.499999"]);
        let whole = Factor::parse("a=1..4").unwrap();
        assert_eq!([0.0, 0.3, 0.6, 0.99].map(|share| whole.at(share)), ["1", "2", "3", "4"]);
        assert_eq!(Factor::parse("a=x,y").unwrap().at(0.7), "y");
    }

    #[test]
    fn what_varies_nothing_says_what_to_write() {
        for (text, words) in [
            ("team.t.agents", "varies nothing"),
            ("a=", "varies nothing"),
            ("a=60..40:2", "backwards"),
            ("a=1..2:0", "above 0"),
            ("a=1..2:x", "no number"),
            ("a=1..2m", "one kind"),
            ("a=1m..2m:3", "kind of the ends"),
            ("a=1,,2", "empty value"),
            ("a=0..1e9:1e-3", "more than a million"),
            ("a=1.5..2.5,3", "needs a step"),
        ] {
            let message = Factor::parse(text).unwrap_err();
            assert!(message.contains(words), "{text}: {message}");
        }
    }

    #[test]
    fn values_are_numbers_where_they_are() {
        let cases =
            [("40", Some(40.0)), ("+3", Some(3.0)), ("2m", Some(120.0)), ("80%", Some(0.8)), ("priority", None)];
        for (text, number) in cases {
            assert_eq!(as_number(text), number, "{text}");
        }
    }
}
