//! How narrow an interval is to become: "0.5% of queues.orders.service_level".

use crate::units::{self, parse_duration, parse_share};

/// A figure and the half-width that its 95 % interval is to reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Precision {
    /// The half-width.
    pub width: Width,
    /// The figure as it was written; `None` = what a planner looks at first, of every queue.
    pub figure: Option<String>,
}

/// A half-width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// A share of one, in points: "0.5%".
    Points(f64),
    /// A time \[s\]: "2s".
    Time(f64),
    /// In the figure's own unit: "50".
    Number(f64),
    /// A share of the figure itself: "2% relative".
    Relative(f64),
}

impl Precision {
    /// Reads "0.5% of queues.orders.service_level", "2s of queues.orders.asa_s", "2% relative", "50 of total_teams.cost".
    ///
    /// # Errors
    /// What is wrong and what to write, in one sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (width, figure) = match text.split_once(" of ") {
            Some((width, figure)) => (width, Some(figure.trim().to_owned())),
            None => (text, None),
        };
        if figure.as_deref() == Some("") {
            return Err(format!("`{text}` names no figure; write for example \"0.5% of queues.orders.service_level\""));
        }
        let width = Width::parse(width.trim())?;
        if let (Width::Number(_), None) = (width, &figure) {
            return Err(format!(
                "`{text}` does not say of what; write for example \"{text} of total_teams.cost\", or \"0.5%\" for service levels"
            ));
        }
        Ok(Self { width, figure })
    }
}

impl Width {
    fn parse(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is no precision; write for example \"0.5%\" (points), \"2s\" (a time), \"2% relative\" or \"50\""
            )
        };
        let relative = text.strip_suffix("relative").map(str::trim);
        let width = match (relative, text.parse::<f64>()) {
            (Some(share), _) => Self::Relative(parse_share(share).map_err(|_| wrong())?),
            (None, Ok(number)) => Self::Number(number),
            (None, Err(_)) if text.ends_with('%') => Self::Points(parse_share(text).map_err(|_| wrong())?),
            (None, Err(_)) => Self::Time(parse_duration(text).map_err(|_| wrong())?),
        };
        let (Self::Points(value) | Self::Time(value) | Self::Number(value) | Self::Relative(value)) = width;
        match value > 0.0 && value.is_finite() {
            true => Ok(width),
            false => {
                Err(format!("a precision of `{text}` takes for ever; allowed: anything above 0, such as \"0.5%\""))
            }
        }
    }
}

impl std::fmt::Display for Width {
    /// As it is written.
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Points(share) => write!(to, "{}", units::share(*share)),
            Self::Time(seconds) => write!(to, "{}", units::duration(*seconds)),
            Self::Number(number) => write!(to, "{number}"),
            Self::Relative(share) => write!(to, "{} relative", units::share(*share)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_read_and_printed_back() {
        for (text, width, figure) in [
            ("0.5%", Width::Points(0.005), None),
            ("2s of queues.orders.asa_s", Width::Time(2.0), Some("queues.orders.asa_s")),
            ("2% relative of queues.orders.asa_s", Width::Relative(0.02), Some("queues.orders.asa_s")),
            ("50 of total_teams.cost", Width::Number(50.0), Some("total_teams.cost")),
            ("1% relative", Width::Relative(0.01), None),
        ] {
            let read = Precision::parse(text).unwrap();
            assert_eq!((read.width, read.figure.as_deref()), (width, figure), "{text}");
            assert_eq!(read.width.to_string(), text.split(" of ").next().unwrap());
        }
    }

    #[test]
    fn what_is_no_precision_says_what_to_write() {
        for (text, words) in [
            ("", "no precision"),
            ("narrow", "write for example \"0.5%\""),
            ("0% of queues.a.service_level", "takes for ever"),
            ("-1s", "no precision"),
            ("-3 of total_teams.cost", "takes for ever"),
            ("5", "does not say of what"),
            ("0.5% of ", "names no figure"),
            ("nan of total_teams.cost", "takes for ever"),
        ] {
            let message = Precision::parse(text).unwrap_err();
            assert!(message.contains(words), "{text}: {message}");
        }
    }
}
