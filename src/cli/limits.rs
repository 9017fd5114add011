//! How long a run goes on: until it is precise, or until its time is up.

use std::time::{Duration, Instant};

use clap::Args;

use crate::error::{Error, Result};
use crate::scenario::Flag;
use crate::units::parse_duration;

#[derive(Args)]
pub(super) struct LimitFlags {
    /// Add replications until the 95% interval is this narrow: 0.5% (points), 2s, "2% relative"; also
    /// "2s of queues.orders.asa_s"
    #[arg(long, value_name = "WIDTH")]
    precision: Vec<String>,
    /// The figure to be so precise, by its name in summary.json [default: every queue's service_level; of a time, asa_s]
    #[arg(long, value_name = "FIGURE", requires = "precision")]
    of: Vec<String>,
    /// With --precision: stop at so many replications, precise or not (-n is then the least number) [default: 10000]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    max_replications: Option<u64>,
    /// Stop when this time is over, at the next 100 replications: 5m
    #[arg(long, value_name = "TIME", value_parser = time_limit)]
    time_limit: Option<Duration>,
    /// Make intervals narrower by what is known of the callers
    #[arg(long)]
    control_variates: bool,
}

fn time_limit(text: &str) -> std::result::Result<Duration, String> {
    let seconds = parse_duration(text)?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "that time is too long".into())
}

impl LimitFlags {
    /// Those that are values of the scenario.
    pub(super) fn values(&self) -> Result<Vec<Flag>> {
        let sentences = self.sentences()?;
        // A JSON string is one of TOML, too.
        let listed: Vec<String> = sentences.iter().map(|s| serde_json::Value::from(s.as_str()).to_string()).collect();
        let value = if let [one] = &listed[..] { one.clone() } else { format!("[{}]", listed.join(", ")) };
        let precision = Flag { name: "--precision", path: "run.precision", value };
        let most = self.max_replications.map(|most| Flag {
            name: "--max-replications",
            path: "run.max_replications",
            value: most.to_string(),
        });
        let controls = Flag { name: "--control-variates", path: "run.control_variates", value: "true".into() };
        let precision = (!sentences.is_empty()).then_some(precision);
        Ok(precision.into_iter().chain(most).chain(self.control_variates.then_some(controls)).collect())
    }

    /// "0.5% of queues.orders.service_level", one for each figure.
    fn sentences(&self) -> Result<Vec<String>> {
        let pair = |(width, of): (&String, &String)| format!("{width} of {of}");
        let whole = self.precision.iter().find(|width| width.contains(" of ")).filter(|_| !self.of.is_empty());
        match (self.precision.len(), self.of.len(), whole) {
            (_, _, Some(whole)) => Err(Error::Refused(format!(
                "--precision \"{whole}\" names its figure, so --of is one too many\n  help: give either all figures with \
                 `of` in --precision, or each with an --of of its own"
            ))),
            (_, 0, None) => Ok(self.precision.clone()),
            (1, _, None) => Ok(self.of.iter().map(|of| pair((&self.precision[0], of))).collect()),
            (widths, figures, None) if widths == figures => Ok(self.precision.iter().zip(&self.of).map(pair).collect()),
            (widths, figures, None) => Err(Error::Refused(format!(
                "{widths} --precision and {figures} --of do not go together\n  help: one --of for each --precision, in \
                 order, or one --precision for all; or --precision \"2s of queues.orders.asa_s\""
            ))),
        }
    }

    /// When the time is up.
    pub(super) fn deadline(&self) -> Option<Instant> {
        Instant::now().checked_add(self.time_limit?)
    }
}
