//! `callwright sweep`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;

use super::progress::Progress;
use super::scenario_args::{RunFlags, ScenarioArgs};
use super::screen::{about, style, written};
use crate::error::{Error, Result};
use crate::experiment::sweep::{
    Choice, Constraint, Design, Factor, Measured, Objective, identity, sweep as simulate_all,
};
use crate::experiment::{Figure, Metric, QueueMetric, Results, Scope, TeamMetric, simulate};
use crate::model::compile;
use crate::report::{Points, SweepCsv, SweepReport, prepare_sweep, sweep_text};
use crate::scenario::{Loaded, Scenario, Shelf};
use crate::units::{parse_share, thousands};

#[derive(Args)]
pub(super) struct SweepArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// What to vary: team.tier1.agents=40..60:2, queue.orders.patience.mean=2m,3m,4m; again for each further value
    #[arg(long, value_name = "PATH=VALUES", required = true)]
    vary: Vec<String>,
    /// So many points of a Latin hypercube instead of every combination
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    samples: Option<u64>,
    /// A figure to keep and to show, by its name in summary.json [default: those a planner looks at first]
    #[arg(long, value_name = "FIGURE")]
    of: Vec<String>,
    /// Keep every figure, not only those a planner looks at first
    #[arg(long)]
    all: bool,
    /// Mark the point with the smallest figure: cost
    #[arg(long, value_name = "FIGURE", alias = "minimize", conflicts_with = "maximise")]
    minimise: Option<String>,
    /// Mark the point with the largest figure
    #[arg(long, value_name = "FIGURE", alias = "maximize")]
    maximise: Option<String>,
    /// Only among points that keep to this bound: "queues.orders.service_level >= 80%"
    #[arg(long, value_name = "BOUND")]
    subject_to: Vec<String>,
    /// With what confidence each bound must be kept
    #[arg(long, value_name = "SHARE", default_value = "95%", value_parser = confidence)]
    confidence: f64,
    #[command(flatten)]
    run: RunFlags,
    /// Write sweep.csv, a plot and sweep.json into this folder; points that are done stay in it, and the same command
    /// again goes on from them
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the table as CSV, and nothing else
    #[arg(long, conflicts_with = "quiet")]
    csv: bool,
    /// Simulate even when that will take hours
    #[arg(long)]
    yes: bool,
}

/// Sweeps that take longer are announced ...
const WORTH_SAYING_S: f64 = 30.0;
/// ... and, beyond this or with more points, only begun when that is wanted.
const WORTH_ASKING_S: f64 = 3_600.0;
const MANY_POINTS: u64 = 100_000;
/// Replications that are timed.
const TIMED: u32 = 8;
/// Values of a factor that are tried before anything is simulated.
const TRIED: u64 = 64;

fn confidence(text: &str) -> std::result::Result<f64, String> {
    let share = parse_share(text)?;
    match (0.5..1.0).contains(&share) {
        true => Ok(share),
        false => Err(format!("a confidence of `{text}`; allowed: 50% to 99.99%")),
    }
}

pub(super) fn sweep(args: &SweepArgs) -> Result<ExitCode> {
    let loaded = args.scenario.load_to_simulate(args.run.values())?;
    let scenario = &loaded.scenario;
    let floors = Floors::new(args, &loaded)?;
    let mut choice = args.choice(scenario)?;
    let asked = args.of.iter().map(|name| figure("--of", name, scenario)).collect::<Result<Vec<_>>>()?;
    let figures = args.figures(scenario, &asked, choice.as_ref());
    floors.try_values()?;
    args.look_ahead(&floors, scenario)?;

    let identity = identity(&floors.shelf.files, &args.scenario.sets, scenario, &floors.design, &figures);
    let scratch = match args.out {
        Some(_) => None,
        None => Some(tempfile::tempdir().map_err(scratch_failed)?),
    };
    let dir = args.out.as_deref().or(scratch.as_ref().map(|dir| dir.path())).unwrap_or(Path::new("."));
    let folder = prepare_sweep(dir, &identity)?;
    if !folder.is_complete() {
        let (mut table, done) = folder.open(&floors.design, &figures, scenario.run.replications)?;
        args.simulate(&floors, &figures, done, &mut table)?;
    }
    let path = folder.table();
    let seen = choice.as_mut().map(|choice| (choice, scenario.run.replications));
    let points = SweepCsv::read(&path, floors.design.factors.len(), &figures, seen)?;
    if points.done == 0 {
        return Err(Error::Stopped("stopped before the first point was done: there is nothing to show".into()));
    }
    let shown = shown(scenario, &figures, &asked, choice.as_ref(), &points);
    let report = SweepReport {
        scenario,
        source: &floors.source,
        design: &floors.design,
        figures: &figures,
        shown: &shown,
        choice: choice.as_ref(),
        points: &points,
        identity: &identity,
    };
    let complete = points.done == floors.design.points();
    // The table may get another name meanwhile; it may be larger than memory.
    let table = if args.csv { Some(std::fs::File::open(&path).map_err(scratch_failed)?) } else { None };
    let files = if complete { folder.finish(&report)? } else { Vec::new() };
    if let Some(table) = table {
        super::print_all(table)?;
    } else if !args.run.quiet {
        super::print(&sweep_text(&report, style()))?;
        super::print(&if args.out.is_some() { written(&files) } else { String::new() })?;
    }
    if let (false, Some(dir)) = (complete, &args.out) {
        anstream::eprintln!(
            "{} of {} points are kept in {}: the same command again goes on from them",
            points.done,
            floors.design.points(),
            dir.display()
        );
    }
    let found = choice.as_ref().is_none_or(|choice| choice.best.is_some());
    Ok(ExitCode::from(u8::from(!found)))
}

fn scratch_failed(source: std::io::Error) -> Error {
    let advice = Some("name a folder with --out".into());
    Error::File { action: "use", path: std::env::temp_dir(), source, advice }
}

fn figure(flag: &str, name: &str, scenario: &Scenario) -> Result<Figure> {
    Figure::parse(name, scenario).map_err(|why| Error::Refused(format!("{flag} {name}: {why}")))
}

/// The floors of a sweep, each read anew from texts that do not change meanwhile.
struct Floors<'a> {
    args: &'a ScenarioArgs,
    main: String,
    shelf: Arc<Shelf>,
    flags: RunValues,
    design: Design,
    source: String,
}

/// What all points have in common: they are compared with the same callers.
fn not_of_a_point(path: &str) -> Option<String> {
    let instead = match path {
        "run.seed" => "for another seed of all points write --seed 7",
        "run.replications" => "for another number at all points write -n 500",
        "run.precision" | "run.max_replications" => "a sweep simulates each point as often as -n says",
        _ => return None,
    };
    Some(format!("{path} is the same at all points of a sweep, so that they have the same callers; {instead}"))
}

/// Seed and replications of all points.
type RunValues = (u64, u64);

impl<'a> Floors<'a> {
    fn new(args: &'a SweepArgs, loaded: &Loaded) -> Result<Self> {
        let mut wrong = Vec::new();
        let mut factors: Vec<Factor> = Vec::new();
        for text in &args.vary {
            match Factor::parse(text) {
                Ok(factor) if factors.iter().any(|other| other.path == factor.path) => {
                    wrong.push(format!("{} is varied twice; write all its values into one --vary", factor.path));
                }
                Ok(factor) => match not_of_a_point(&factor.path) {
                    Some(why) => wrong.push(why),
                    None => factors.push(factor),
                },
                Err(why) => wrong.push(why),
            }
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(
                wrong.iter().map(|why| format!("--vary: {why}")).collect::<Vec<_>>().join("\n"),
            ));
        }
        let run = &loaded.scenario.run;
        let design = match args.samples {
            None => Design::grid(factors).map_err(|why| format!("--vary: {why}")),
            Some(samples) => Design::samples(factors, samples, run.seed).map_err(|why| format!("--samples: {why}")),
        };
        Ok(Self {
            args: &args.scenario,
            main: loaded.file_name(),
            shelf: Arc::new(loaded.shelf()?),
            flags: (run.seed, run.replications.into()),
            design: design.map_err(Error::Refused)?,
            source: args.scenario.typed(),
        })
    }

    /// The floor with these values.
    fn with(&self, values: &[(&str, String)]) -> Result<Scenario> {
        let sets: Vec<String> = values.iter().map(|(path, value)| format!("{path}={value}")).collect();
        let point = self.args.varied(&self.main, &sets, Arc::clone(&self.shelf));
        let (seed, replications) = self.flags;
        let flags = super::scenario_args::run_flags(Some(replications), Some(seed));
        Ok(point.load_to_simulate(flags)?.scenario)
    }

    fn at(&self, point: u64) -> Result<Scenario> {
        let paths = self.design.factors.iter().map(|factor| factor.path.as_str());
        let values: Vec<(&str, String)> = paths.zip(self.design.values(point)).collect();
        self.with(&values).map_err(|error| {
            let values: Vec<String> = values.iter().map(|(path, value)| format!("{path}={value}")).collect();
            Error::Refused(format!("point {} ({})\n{}", point + 1, values.join(", "), error.to_string().trim_end()))
        })
    }

    /// Refuses values that no floor can have before anything is simulated: each alone, all that is wrong at once.
    fn try_values(&self) -> Result<()> {
        let mut wrong: Vec<String> = Vec::new();
        for factor in &self.design.factors {
            let values: Vec<String> = match factor.count() {
                Ok(count) => (0..count.min(TRIED))
                    .map(|i| factor.value(i * (count - 1).max(1) / (count.min(TRIED) - 1).max(1)))
                    .collect(),
                Err(_) => vec![factor.at(0.0), factor.at(1.0)],
            };
            let bad = values.into_iter().find_map(|value| self.with(&[(&factor.path, value)]).err());
            wrong.extend(bad.map(|error| error.to_string().trim_end().to_owned()));
        }
        if wrong.is_empty() { Ok(()) } else { Err(Error::Refused(wrong.join("\n\n"))) }
    }
}

impl SweepArgs {
    fn choice(&self, scenario: &Scenario) -> Result<Option<Choice>> {
        let wanted = match (&self.minimise, &self.maximise) {
            (Some(name), _) => Some((figure("--minimise", name, scenario)?, false)),
            (_, Some(name)) => Some((figure("--maximise", name, scenario)?, true)),
            (None, None) => None,
        };
        let bound = |text: &String| Constraint::parse(text, scenario).map_err(|why| format!("--subject-to: {why}"));
        let (bounds, wrong): (Vec<_>, Vec<_>) = self.subject_to.iter().map(bound).partition(|bound| bound.is_ok());
        let wrong: Vec<String> = wrong.into_iter().filter_map(std::result::Result::err).collect();
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong.join("\n")));
        }
        match (wanted, self.subject_to.is_empty()) {
            (Some((figure, largest)), _) => {
                let bounds = bounds.into_iter().flatten().collect();
                Ok(Some(Choice::new(Objective { figure, largest }, bounds, self.confidence)))
            }
            (None, true) => Ok(None),
            (None, false) => Err(Error::Refused(
                "--subject-to says what must hold, but not what to look for among the points\n  help: add --minimise cost"
                    .into(),
            )),
        }
    }

    /// What is kept of each point.
    fn figures(&self, scenario: &Scenario, asked: &[Figure], choice: Option<&Choice>) -> Vec<Figure> {
        let kept = |figure: &Figure| self.all || is_looked_at(figure, scenario);
        let mut figures: Vec<Figure> = Figure::all(scenario).into_iter().filter(kept).collect();
        for figure in asked.iter().cloned().chain(choice.map_or_else(Vec::new, Choice::figures)) {
            if !figures.contains(&figure) {
                figures.push(figure);
            }
        }
        figures
    }

    /// Simulates the points that are not done, and writes each as it is done.
    fn simulate(&self, floors: &Floors<'_>, figures: &[Figure], done: u64, table: &mut SweepCsv) -> Result<()> {
        let (points, each) = (floors.design.points(), floors.flags.1);
        let progress = Progress::start(points.saturating_mul(each), self.run.quiet || self.csv)?;
        progress.begin_at(done * each);
        let read = |results: &Results| figures.iter().map(|f| Measured::of(f, results)).collect::<Vec<_>>();
        let mut take = |point: u64, found: Vec<Measured>| table.add(point, &floors.design.values(point), &found);
        let floor = |point: u64| floors.at(point);
        let ended = simulate_all(done..points, &floor, &read, &self.run.options(), &progress, &mut take);
        progress.finish();
        ended.map(drop)
    }

    /// Says how long the sweep will take where that is long, and asks first where it is very long.
    fn look_ahead(&self, floors: &Floors<'_>, scenario: &Scenario) -> Result<()> {
        let points = floors.design.points();
        let seconds = self.seconds(floors, scenario)?;
        let takes = format!(
            "about {} (half or twice that is possible): {} points of {} replications",
            about(seconds),
            thousands(points as f64, 0),
            thousands(f64::from(scenario.run.replications), 0)
        );
        if (seconds > WORTH_ASKING_S || points >= MANY_POINTS) && !self.yes {
            return Err(Error::Refused(format!(
                "this sweep will take {takes}\n  help: add --yes to simulate all the same\n  help: it gets shorter with fewer \
                 values, with --samples 200, or with fewer --replications"
            )));
        }
        if seconds > WORTH_SAYING_S && !self.run.quiet && !self.csv {
            anstream::eprintln!("this sweep will take {takes}");
        }
        Ok(())
    }

    /// Times the first and the last point, on one thread.
    fn seconds(&self, floors: &Floors<'_>, scenario: &Scenario) -> Result<f64> {
        let points = floors.design.points();
        let mut seconds = 0.0;
        for point in [0, points - 1] {
            let begin = Instant::now();
            let mut floor = floors.at(point)?;
            let model = compile(&floor)?;
            let read_s = begin.elapsed().as_secs_f64();
            floor.run.replications = floor.run.replications.min(TIMED);
            let begin = Instant::now();
            simulate(&floor, &model, &crate::experiment::Options { threads: 1 }, &())?;
            let each_s = begin.elapsed().as_secs_f64() / f64::from(floor.run.replications);
            seconds += 0.5 * (read_s + each_s * f64::from(scenario.run.replications));
        }
        Ok(seconds * points as f64 / self.run.processors() as f64)
    }
}

/// What a planner looks at first.
fn is_looked_at(figure: &Figure, scenario: &Scenario) -> bool {
    use QueueMetric as Q;
    use TeamMetric as T;
    let metric = match figure.metric {
        Metric::Queue(metric) => {
            matches!(metric, Q::Offered | Q::ServiceLevel | Q::AbandonRate | Q::AsaS | Q::AnswerWaitP90S)
        }
        Metric::GoalMet => true,
        Metric::Team(metric) => matches!(metric, T::Occupancy | T::PaidH | T::OvertimeH | T::Cost | T::CostPerHandled),
    };
    // One queue and all queues are the same.
    let told_apart = match figure.scope {
        Scope::Queue(_) => scenario.queues.len() > 1,
        Scope::Team(_) => scenario.teams.len() > 1,
        Scope::AllQueues | Scope::AllTeams => true,
    };
    metric && (told_apart || !matches!(figure.scope, Scope::Team(_)))
}

/// Positions of the figures on the screen: those asked for, else the first a planner looks at; only what has a value.
fn shown(
    scenario: &Scenario,
    figures: &[Figure],
    asked: &[Figure],
    choice: Option<&Choice>,
    points: &Points,
) -> Vec<usize> {
    let position = |figure: &Figure| figures.iter().position(|other| other == figure);
    let mut wanted: Vec<usize> = choice.map_or_else(Vec::new, Choice::figures).iter().filter_map(position).collect();
    wanted.extend(asked.iter().filter_map(position));
    if asked.is_empty() {
        let first = |metric: Metric| {
            figures.iter().position(|f| f.metric == metric && matches!(f.scope, Scope::AllQueues | Scope::AllTeams))
        };
        let metrics = [
            Metric::Queue(QueueMetric::ServiceLevel),
            Metric::Queue(QueueMetric::AsaS),
            Metric::Queue(QueueMetric::AbandonRate),
            Metric::Team(TeamMetric::Occupancy),
            Metric::Team(TeamMetric::Cost),
        ];
        wanted.extend(metrics.into_iter().filter_map(first));
    }
    let mut shown: Vec<usize> = Vec::new();
    for at in wanted {
        let has_value = points.held.iter().any(|(_, measured)| measured[at].mean.is_some());
        // One queue and all queues are the same.
        let lone = match figures[at].metric {
            Metric::Team(_) => scenario.teams.len() == 1,
            _ => scenario.queues.len() == 1,
        };
        let told = |other: &usize| *other == at || lone && figures[*other].metric == figures[at].metric;
        if has_value && !shown.iter().any(told) {
            shown.push(at);
        }
    }
    shown
}
