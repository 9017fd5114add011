//! An experiment that can be taken up again: what has been folded so far, in a file.
//!
//! The file holds the sums themselves, to the bit, so that an experiment that was cut off and taken up again ends with
//! the same bytes as one that was not. It is used only by the version that wrote it, for the floor and the seed it was
//! written for.

use std::fmt::Write;

use serde_json::{Value, json};

use super::collector::Collector;
use crate::engine::GENERATOR;
use crate::scenario::{Run, Scenario};
use crate::stats::Stored;

/// The first line of the file. Counted up when the sums are kept in another way.
const HEAD: &str = "callwright checkpoint 1";

/// Bytes of the check sum at the end.
const SUM: usize = 16;

/// An experiment as far as it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Replications done.
    pub replications: u64,
    /// Bytes of the rows of these replications that are kept beside it; `None` = no rows are kept.
    pub rows: Option<u64>,
    /// Names the floor and the seed.
    identity: String,
    /// The floor's name and seed, for messages.
    floor: String,
    /// The sums.
    state: Vec<u8>,
}

impl Checkpoint {
    pub(super) fn new(scenario: &Scenario, collector: &Collector<'_>) -> Self {
        let mut state = Vec::new();
        collector.store(&mut state);
        Self {
            replications: collector.replications(),
            rows: None,
            identity: identity(scenario),
            floor: floor(scenario),
            state,
        }
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let head = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "generator": GENERATOR,
            "identity": self.identity,
            "floor": self.floor,
            "replications": self.replications,
            "rows": self.rows,
        });
        let mut bytes = format!("{HEAD}\n{head}\n").into_bytes();
        bytes.extend_from_slice(&self.state);
        let sum = Fnv::of(&bytes);
        bytes.extend_from_slice(&sum);
        bytes
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Why it cannot be used, and what to do.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let anew = "remove it to start anew, or name another file";
        let damaged = || format!("it is damaged or incomplete; {anew}");
        let Some(rest) = bytes.strip_prefix(b"callwright checkpoint ") else {
            return Err("it is no checkpoint of callwright; name another file".into());
        };
        if !bytes.starts_with(format!("{HEAD}\n").as_bytes()) {
            let form = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
            let form = String::from_utf8_lossy(&form[..form.len().min(20)]).into_owned();
            return Err(format!("it has form {form}, which this version of callwright does not know; {anew}"));
        }
        let (content, sum) = bytes.split_at_checked(bytes.len().saturating_sub(SUM)).ok_or_else(damaged)?;
        if Fnv::of(content) != sum {
            return Err(damaged());
        }
        let behind = &content[HEAD.len() + 1..];
        let end = behind.iter().position(|byte| *byte == b'\n').ok_or_else(damaged)?;
        let head: Value = serde_json::from_slice(&behind[..end]).map_err(|_| damaged())?;
        let text = |key: &str| head.get(key).and_then(Value::as_str).map(str::to_owned).ok_or_else(damaged);
        let (version, generator) = (text("version")?, text("generator")?);
        if (version.as_str(), generator.as_str()) != (env!("CARGO_PKG_VERSION"), GENERATOR) {
            return Err(format!(
                "it was written by callwright {version} ({generator}), and another version may count otherwise; {anew}"
            ));
        }
        Ok(Self {
            replications: head.get("replications").and_then(Value::as_u64).ok_or_else(damaged)?,
            rows: head.get("rows").and_then(Value::as_u64),
            identity: text("identity")?,
            floor: text("floor")?,
            state: behind[end + 1..].to_vec(),
        })
    }

    /// Whether it was written for this floor and seed.
    ///
    /// # Errors
    /// For which it was.
    pub fn fits(&self, scenario: &Scenario) -> Result<(), String> {
        if self.identity == identity(scenario) {
            return Ok(());
        }
        let (was, is) = (&self.floor, floor(scenario));
        let what = if *was == is { format!("{was}, whose values were others") } else { format!("{was}, this is {is}") };
        Err(format!("it belongs to {what}; remove it to start anew, or name another file"))
    }

    /// Takes the sums up again.
    pub(super) fn restore(&self, collector: &mut Collector<'_>) -> Result<(), String> {
        let mut from = &self.state[..];
        let restored = collector.restore(&mut from);
        match restored.is_some() && from.is_empty() && collector.replications() == self.replications {
            true => Ok(()),
            false => Err("its sums are not those of this floor; remove it to start anew, or name another file".into()),
        }
    }
}

fn floor(scenario: &Scenario) -> String {
    let controls = if scenario.run.control_variates { ", control variates" } else { "" };
    format!("\"{}\" with seed {}{controls}", scenario.name, scenario.run.seed)
}

/// Names everything that results depend on but how many replications there are.
fn identity(scenario: &Scenario) -> String {
    let run = &scenario.run;
    let plain = Run { control_variates: run.control_variates, ..Run::plain(0, run.seed, run.warm_up_s) };
    let mut hash = Fnv::new();
    // Piece by piece: the text of a large floor in one would take gigabytes. A hash cannot fail.
    let Scenario { queues, teams, timeline, routing, correlation, people, .. } = scenario;
    let head = (&scenario.after_close, &scenario.lines, &scenario.queue_capacity, routing, correlation, plain);
    let _ = write!(hash, "{head:?} {timeline:?} {queues:?} {teams:?} {people:?}");
    hash.hex()
}

/// FNV-1a with 128 bits: it guards against mistakes and broken files, not against forgery.
pub(super) struct Fnv(u128);

impl Fnv {
    pub(super) fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    pub(super) fn hex(&self) -> String {
        format!("{:032x}", self.0)
    }

    fn of(bytes: &[u8]) -> [u8; SUM] {
        let mut hash = Self::new();
        hash.add(bytes);
        hash.0.to_be_bytes()
    }
}

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.add(text.as_bytes());
        Ok(())
    }
}
