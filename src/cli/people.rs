//! What several commands need of people: other strengths of their effects, floors without them.

use super::scenario_args::ScenarioArgs;
use crate::error::{Error, Result};
use crate::scenario::{Flag, Scenario};

/// The highest strength the language takes.
const MOST_STRENGTH: f64 = 10.0;

/// The floor with every effect half and twice as strong, its anchors found anew, and the factors.
pub(super) fn half_and_double(
    args: &ScenarioArgs,
    flags: &[Flag],
    scenario: &Scenario,
) -> Result<Vec<(f64, Scenario)>> {
    [0.5, 2.0].into_iter().map(|factor| Ok((factor, at_strength(args, flags, scenario, factor)?))).collect()
}

fn at_strength(args: &ScenarioArgs, flags: &[Flag], scenario: &Scenario, factor: f64) -> Result<Scenario> {
    let strength = (factor * scenario.people.strength).min(MOST_STRENGTH);
    let value = format!("{}%", 100.0 * strength);
    let flag = Flag { name: "--robust", path: "effects.strength", value };
    let flags = flags.iter().cloned().chain([flag]).collect();
    Ok(args.again().load_to_simulate(flags)?.scenario)
}

/// A table as text.
pub(super) fn csv_text(lines: &[Vec<String>]) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        writer.write_record(line).map_err(|e| Error::Refused(e.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|e| Error::Refused(e.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
