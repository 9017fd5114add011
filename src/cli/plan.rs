//! `callwright plan`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::moment::intervals_at;
use super::progress::Staffings;
use super::scenario_args::ScenarioArgs;
use super::screen::{style, written};
use crate::error::{Error, Result};
use crate::experiment::Options;
use crate::planner::{Plan, explain, plan as find_plan, spot, staff};
use crate::report::{
    PlanReport, explanation_text, plan_text, prepare_plan, quoted, requirements_csv, requirements_json,
};
use crate::scenario::{Loaded, Request, Scenario, load, nearest, takes_agents, with_agents, write_text};

#[derive(Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Simulated days (or periods of several days) by which each staffing is judged
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true)]
    replications: Option<u64>,
    /// Seed of all randomness
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Threads; the plan does not depend on it [default: all processors]
    #[arg(long, value_name = "T", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=1024))]
    threads: u16,
    /// Write requirements.csv, requirements.json and a plot into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write a copy of the scenario staffed by the plan; best beside the scenario, whose files it uses
    #[arg(long, value_name = "FILE")]
    write_agents: Option<PathBuf>,
    /// Print the plan as JSON, and nothing else
    #[arg(long, conflicts_with_all = ["csv", "explain"])]
    json: bool,
    /// Print the people needed as CSV, and nothing else
    #[arg(long, conflicts_with = "explain")]
    csv: bool,
    /// Print nothing but errors
    #[arg(short, long, conflicts_with_all = ["json", "csv", "explain"])]
    quiet: bool,
    /// Show why an interval needs its people: formula by formula, then by simulation
    #[arg(long)]
    explain: bool,
    /// The interval to explain: 10:30, or "Tue 10:30" [default: where most people are missing]
    #[arg(long, value_name = "TIME", requires = "explain")]
    at: Option<String>,
    /// The team to explain
    #[arg(long, value_name = "NAME", requires = "explain")]
    team: Option<String>,
    /// The queue to explain
    #[arg(long, value_name = "NAME", requires = "explain")]
    queue: Option<String>,
}

/// What `--at`, `--team` and `--queue` mean, looked up before anything is simulated.
struct Wanted {
    intervals: Vec<usize>,
    team: Option<usize>,
    queue: Option<usize>,
}

pub(super) fn plan(args: &PlanArgs) -> Result<ExitCode> {
    let loaded = args.scenario.load_to_simulate(&args.changes())?;
    let scenario = &loaded.scenario;
    let wanted = args.wanted(scenario)?;
    if let Some(file) = &args.write_agents {
        takes_agents(scenario)?;
        can_be_written(file)?;
    }
    let folder = args.out.as_deref().map(prepare_plan).transpose()?;
    let options = Options { threads: usize::from(args.threads) };

    let progress = Staffings::start(args.quiet);
    let step = |trial| progress.step(trial);
    // What certainty costs stands on no screen of an explanation.
    let plan = match args.explain && folder.is_none() {
        true => staff(scenario, &options, &step)?,
        false => find_plan(scenario, &options, &step)?,
    };
    progress.finish();

    let report = PlanReport {
        scenario,
        staffed: &plan.staffed(scenario),
        plan: &plan,
        input_hash: &loaded.input_hash,
        scenario_file: &args.scenario.file.to_string_lossy(),
    };
    let files = folder.map_or_else(|| Ok(Vec::new()), |folder| folder.write(&report))?;
    args.write_agents.as_deref().map_or(Ok(()), |file| write_agents(&loaded, &plan, file))?;
    if args.json {
        super::print(&format!("{:#}\n", requirements_json(&report)))?;
    } else if args.csv {
        super::print(&table(&report)?)?;
    } else if args.explain {
        let spot = spot(scenario, &plan, wanted.team, wanted.queue, &wanted.intervals)?;
        super::print(&explanation_text(&report, &explain(scenario, &plan, spot, &options)?, style()))?;
        super::print(&(written(&files) + &args.staffed_copy()))?;
    } else if !args.quiet {
        super::print(&plan_text(&report, style()))?;
        super::print(&(written(&files) + &args.staffed_copy()))?;
    }
    Ok(verdict(&plan))
}

/// A plan that leaves a goal unreached is a verdict that failed.
fn verdict(plan: &Plan) -> ExitCode {
    if plan.unmet.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// The table as text.
fn table(report: &PlanReport<'_>) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in requirements_csv(report) {
        writer.write_record(&line).map_err(|e| Error::Refused(e.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|e| Error::Refused(e.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Says before the search what would fail after it.
fn can_be_written(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.is_dir(), file.is_dir()) {
        (true, false) => Ok(()),
        (_, true) => Err(Error::Refused(format!("cannot write {}: a folder has this name", file.display()))),
        (false, _) => Err(Error::Refused(format!(
            "cannot write {}: there is no folder {}\n  help: create the folder first",
            file.display(),
            folder.display()
        ))),
    }
}

/// Writes the staffed copy, and makes sure that it can be read where it stands.
fn write_agents(loaded: &Loaded, plan: &Plan, file: &Path) -> Result<()> {
    let (on_phone, paid): (Vec<_>, Vec<_>) = plan.teams.iter().map(|t| (t.on_phone.clone(), t.paid.clone())).unzip();
    write_text(file, &with_agents(loaded, &on_phone, &paid)?)?;
    load(&Request::file(file)).map(|_| ()).map_err(|error| {
        Error::Refused(format!(
            "{} is written but cannot be read there\n  help: it uses files beside the scenario: write it into that \
             folder\n{error}",
            file.display()
        ))
    })
}

impl PlanArgs {
    /// Where the staffed copy is, and what to do with it.
    fn staffed_copy(&self) -> String {
        let next = |file: &PathBuf| {
            let file = file.display().to_string();
            format!("wrote {file}: try it with  callwright run {}\n", quoted(&file))
        };
        self.write_agents.as_ref().map_or_else(String::new, next)
    }

    /// The flags that are values of the scenario.
    fn changes(&self) -> Vec<String> {
        let replications = self.replications.map(|n| format!("plan.replications={n}"));
        [replications, self.seed.map(|seed| format!("run.seed={seed}"))].into_iter().flatten().collect()
    }

    fn wanted(&self, scenario: &Scenario) -> Result<Wanted> {
        let teams = scenario.teams.iter().map(|t| t.name.as_str()).collect::<Vec<_>>();
        let queues = scenario.queues.iter().map(|q| q.name.as_str()).collect::<Vec<_>>();
        Ok(Wanted {
            intervals: match &self.at {
                Some(text) => intervals_at(&scenario.timeline, text)?,
                None => (0..scenario.timeline.intervals.len()).collect(),
            },
            team: self.team.as_deref().map(|name| named("team", name, &teams)).transpose()?,
            queue: self.queue.as_deref().map(|name| named("queue", name, &queues)).transpose()?,
        })
    }
}

/// The position of a name, or the name that may have been meant.
fn named(what: &str, name: &str, all: &[&str]) -> Result<usize> {
    all.iter().position(|n| *n == name).ok_or_else(|| {
        let help = match nearest(name, all.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the {what}s are: {}", all.join(", ")),
        };
        Error::Refused(format!("there is no {what} named `{name}`\n  help: {help}"))
    })
}
