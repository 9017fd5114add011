//! `callwright agents`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::people::csv_text;
use super::scenario_args::{ScenarioArgs, run_flags};
use super::screen::style;
use crate::engine::profile;
use crate::error::{Error, Result};
use crate::model::compile;
use crate::people::{TRAITS, Trait};
use crate::report::{
    AgentsReport, Individual, agents_csv_lines, agents_json, agents_text, quoted, scores_json, scores_lines,
    scores_text,
};
use crate::scenario::{Scenario, kpis, write_text};

#[derive(Args)]
#[command(
    after_help = "agents --score: a row per agent with `agent`, any of `aht_s`, `fcr`, `csat`, `conversion`, and \
                        `contacts` (for csat also `surveys`, for conversion `offers`). A score is 50 + 20 w (x - mean) / s: \
                        x = -ln(AHT) or the logit of the share, s the standard deviation between agents without chance, \
                        w = s² / (s² + variance by chance)."
)]
pub(super) struct AgentsArgs {
    /// The scenario file
    #[arg(value_name = "SCENARIO", required_unless_present = "score", conflicts_with = "score")]
    file: Option<PathBuf>,
    /// Change a value: team.tier1.traits.knowledge=60
    #[arg(long = "set", value_name = "PATH=VALUE", conflicts_with = "score")]
    sets: Vec<String>,
    /// Seed of all randomness
    #[arg(long, value_name = "S", allow_negative_numbers = true, conflicts_with = "score")]
    seed: Option<u64>,
    /// Show the names a roster has
    #[arg(long, conflicts_with = "score")]
    names: bool,
    /// Score your own people by a CSV file of their AHT, FCR, CSAT and conversion
    #[arg(long, value_name = "KPIS.CSV")]
    score: Option<PathBuf>,
    /// Write the file again with a column for each score behind its own
    #[arg(long, value_name = "FILE", requires = "score")]
    out: Option<PathBuf>,
    /// Print JSON, and nothing else
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, and nothing else
    #[arg(long)]
    csv: bool,
}

pub(super) fn agents(args: &AgentsArgs) -> Result<ExitCode> {
    match (&args.score, &args.file) {
        (Some(file), _) => score(args, file)?,
        (None, Some(file)) => list(args, file)?,
        // clap asks for one of them.
        (None, None) => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn list(args: &AgentsArgs, file: &Path) -> Result<()> {
    let loaded = ScenarioArgs::new(file, &args.sets).load(run_flags(None, args.seed))?;
    let mut scenario = loaded.scenario;
    let stated = compile(&scenario)?.people.is_some();
    // Somebody answers, whatever the file says of them.
    scenario.teams.iter_mut().for_each(|team| team.crew.stated = true);
    let people = people(&scenario)?;
    let report =
        AgentsReport { scenario: &scenario, people: &people, seed: scenario.run.seed, stated, names: args.names };
    if args.json {
        super::print(&format!("{:#}\n", agents_json(&report)))
    } else if args.csv {
        super::print(&csv_text(&agents_csv_lines(&report))?)
    } else {
        super::print(&agents_text(&report, style()))
    }
}

/// Everybody of replication 1.
fn people(scenario: &Scenario) -> Result<Vec<Individual>> {
    let model = compile(scenario)?;
    let of_team = |team: usize| {
        let individual = |position: usize| Individual { team, position, profile: profile(&model, team, position, 0) };
        (0..model.teams[team].most).map(individual).collect::<Vec<_>>()
    };
    Ok((0..model.teams.len()).flat_map(of_team).collect())
}

/// A roster with two columns of a trait is refused: none is written.
fn traits_once(header: &[String], file: &Path) -> Result<()> {
    let same = |name: &String, of: Trait| name.trim().eq_ignore_ascii_case(of.name());
    for of in TRAITS {
        let columns: Vec<usize> = (0..header.len()).filter(|column| same(&header[*column], of)).collect();
        if let [first, _, ..] = columns[..] {
            return Err(Error::Refused(format!(
                "column {} of {} is `{}`, and the scores would add another `{}`\n  help: rename it, or leave it out",
                first + 1,
                file.display(),
                header[first],
                of.name()
            )));
        }
    }
    Ok(())
}

fn score(args: &AgentsArgs, file: &Path) -> Result<()> {
    let kpis = kpis(file)?;
    let lines = scores_lines(&kpis);
    if args.out.is_some() || args.csv {
        traits_once(&lines[0], file)?;
    }
    if let Some(out) = &args.out {
        write_text(out, &csv_text(&lines)?)?;
    }
    if args.json {
        super::print(&format!("{:#}\n", scores_json(&kpis)))?;
    } else if args.csv {
        super::print(&csv_text(&lines)?)?;
    } else {
        super::print(&scores_text(&kpis, style()))?;
        if let Some(out) = &args.out {
            super::print(&format!("wrote {}\n", quoted(&out.to_string_lossy())))?;
        }
    }
    Ok(())
}
