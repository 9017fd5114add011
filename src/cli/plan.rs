//! `callwright plan`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::moment::intervals_at;
use super::progress::Staffings;
use super::scenario_args::{RunFlags, ScenarioArgs, flag};
use super::screen::{about, style, written};
use crate::error::{Error, Result};
use crate::planner::{Explanation, Outlook, Plan, explain, outlook, plan as find_plan, spot, staff};
use crate::report::{
    PlanFolder, PlanReport, explanation_text, plan_text, prepare_plan, quoted, requirements_csv, requirements_json,
};
use crate::scenario::{Flag, Loaded, Request, Scenario, load, nearest, takes_agents, with_agents, write_text};
use crate::units::{self, thousands};

#[derive(Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    run: RunFlags,
    /// Write requirements.csv, requirements.json and a plot into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write a copy of the scenario staffed by the plan; best beside the scenario, whose files it uses
    #[arg(long, value_name = "FILE")]
    write_agents: Option<PathBuf>,
    /// Print the plan as JSON, and nothing else
    #[arg(long, conflicts_with_all = ["csv", "explain", "quiet"])]
    json: bool,
    /// Print the people needed as CSV, and nothing else
    #[arg(long, conflicts_with_all = ["explain", "quiet"])]
    csv: bool,
    /// Count what the file says of people: traits, moods, repeats; without it everybody has the stated averages
    #[arg(long)]
    with_people: bool,
    /// Search even when that will take hours
    #[arg(long)]
    yes: bool,
    /// Show why an interval needs its people: formula by formula, then by simulation
    #[arg(long, conflicts_with = "quiet")]
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

/// Searches that take longer are announced ...
const WORTH_SAYING_S: f64 = 30.0;
/// ... and, beyond this, only begun when that is wanted.
const WORTH_ASKING_S: f64 = 3_600.0;

/// What `--at`, `--team` and `--queue` mean, looked up before anything is simulated.
struct Wanted {
    intervals: Vec<usize>,
    team: Option<usize>,
    queue: Option<usize>,
}

pub(super) fn plan(args: &PlanArgs) -> Result<ExitCode> {
    let loaded = args.scenario.clone().people(args.with_people).load_to_simulate(args.flags())?;
    let scenario = &loaded.scenario;
    let wanted = args.wanted(scenario)?;
    if let Some(file) = &args.write_agents {
        takes_agents(scenario)?;
        can_be_written(file)?;
    }
    let progress = Staffings::start(args.run.quiet)?;
    let folder = args.out.as_deref().map(prepare_plan).transpose()?;
    progress.interrupt().guard(folder.as_ref().map(PlanFolder::unfinished));
    let found = args.search(scenario, &wanted, &progress);
    progress.finish();
    let (plan, story) = found?;

    let report = PlanReport {
        scenario,
        staffed: &plan.staffed(scenario),
        plan: &plan,
        input_hash: &loaded.input_hash,
        scenario_file: &args.scenario.file.to_string_lossy(),
    };
    let files = folder.map_or_else(|| Ok(Vec::new()), |folder| folder.write(&report))?;
    let write = |file| progress.interrupt().undisturbed(|| write_agents(&loaded, &plan, file));
    args.write_agents.as_deref().map_or(Ok(()), write)?;
    if args.json {
        super::print(&format!("{:#}\n", requirements_json(&report)))?;
    } else if args.csv {
        super::print(&table(&report)?)?;
    } else if let Some(story) = story {
        super::print(&explanation_text(&report, &story, style()))?;
        super::print(&(written(&files) + &args.staffed_copy()))?;
    } else if !args.run.quiet {
        super::print(&plan_text(&report, style()))?;
        super::print(&(written(&files) + &args.staffed_copy()))?;
    }
    Ok(verdict(&plan))
}

/// What makes a search shorter, with the values there are.
fn shorter(scenario: &Scenario) -> String {
    let mut ways = vec![format!("fewer --replications (now {})", thousands(f64::from(scenario.plan.replications), 0))];
    let days = scenario.timeline.days.len();
    if days > 1 {
        ways.push(format!("fewer days (now {days})"));
    }
    ways.push(format!("a longer interval (now {})", units::duration(f64::from(scenario.timeline.interval_s))));
    if scenario.teams.len() > 1 {
        ways.push(format!("several scenarios of fewer teams each (now {})", scenario.teams.len()));
    }
    format!("it gets shorter with {}", ways.join(", "))
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
pub(super) fn can_be_written(file: &Path) -> Result<()> {
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

    /// The plan; and why the interval asked about needs its people.
    fn search(
        &self,
        scenario: &Scenario,
        wanted: &Wanted,
        progress: &Staffings,
    ) -> Result<(Plan, Option<Explanation>)> {
        let options = self.run.options();
        self.look_ahead(scenario, &outlook(scenario, &options, progress)?, progress)?;
        // What certainty costs stands on no screen of an explanation.
        let plan = match self.explain && self.out.is_none() {
            true => staff(scenario, &options, progress)?,
            false => find_plan(scenario, &options, progress)?,
        };
        if !self.explain {
            return Ok((plan, None));
        }
        let spot = spot(scenario, &plan, wanted.team, wanted.queue, &wanted.intervals)?;
        let story = explain(scenario, &plan, spot, &options, progress)?;
        Ok((plan, Some(story)))
    }

    /// Says how long the search will take where that is long, and asks first where it is very long.
    fn look_ahead(&self, scenario: &Scenario, outlook: &Outlook, progress: &Staffings) -> Result<()> {
        let takes = format!(
            "about {} (half or twice that is possible): some {} staffings, {} simulated days",
            about(outlook.seconds),
            thousands(f64::from(outlook.staffings), 0),
            thousands(outlook.replications as f64 * scenario.timeline.days.len() as f64, 0),
        );
        if outlook.seconds > WORTH_ASKING_S && !self.yes {
            let shorter = shorter(scenario);
            return Err(Error::Refused(format!(
                "this plan will take {takes}\n  help: add --yes to search all the same\n  help: {shorter}"
            )));
        }
        if outlook.seconds > WORTH_SAYING_S && !self.run.quiet {
            progress.say(&format!("this plan will take {takes}"));
        }
        Ok(())
    }

    /// The flags that are values of the scenario.
    fn flags(&self) -> Vec<Flag> {
        let replications = flag("--replications", "plan.replications", self.run.replications);
        replications.into_iter().chain(flag("--seed", "run.seed", self.run.seed)).collect()
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
