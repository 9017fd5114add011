//! `callwright check`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::plan::can_be_written;
use super::progress::Progress;
use super::scenario_args::{RunFlags, ScenarioArgs, run_flags, typed_sets};
use super::screen::style;
use crate::check::{
    Baseline, Drift, Finding, Judgement, Kept, Verdict, decide, figures, paired_changes, states_goals, weigh_changes,
    weigh_goals,
};
use crate::error::{Error, Result};
use crate::experiment::{Compared, Results, compare, simulate};
use crate::model::compile;
use crate::report::{
    Against, CheckReport, CheckedScenario, annotations, check_json, check_junit, check_markdown, check_text,
};
use crate::scenario::{Flag, InputChange, Loaded, Scenario, input_changes, nearest, write_text};

#[derive(Args)]
pub(super) struct CheckArgs {
    /// Scenario files, or folders with nothing but scenarios in their *.toml files
    #[arg(value_name = "SCENARIO", required = true)]
    scenarios: Vec<PathBuf>,
    /// Change a value of every scenario: team.tier1.agents=+3
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Hold the scenarios against this baseline instead of their goals
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Keep the scenarios and their figures as a baseline, and judge nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "against", "strict", "junit", "markdown", "json"])]
    save_baseline: Option<PathBuf>,
    /// Show what changed, then take it as the new baseline: nothing fails
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
    /// Hold the scenario against another scenario file instead of its goals
    #[arg(long, value_name = "SCENARIO", conflicts_with = "baseline")]
    against: Option<PathBuf>,
    /// Count what the files say of people: traits, moods, repeats; without it everybody has the stated averages
    #[arg(long)]
    with_people: bool,
    /// Fail also where the evidence is not enough to say that all is well
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    run: RunFlags,
    /// Write the verdict as JUnit XML
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write the verdict as a comment for a pull request
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// Write the verdict as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// A scenario to be checked.
struct Subject {
    file: String,
    name: String,
    loaded: Loaded,
    /// What it was; `None` = it is held against its goals, or not judged.
    before: Option<Before>,
}

/// What a scenario is held against.
struct Before {
    against: Against,
    loaded: Loaded,
    changes: Vec<InputChange>,
    /// The figures that were kept, and the same scenario as it was kept.
    kept: Option<(Kept, Scenario)>,
}

pub(super) fn check(args: &CheckArgs) -> Result<ExitCode> {
    args.files().try_for_each(|file| can_be_written(file))?;
    let old = args.baseline.as_deref().map(Baseline::read).transpose()?;
    let subjects = args.subjects(old.as_ref())?;
    let work = subjects.iter().map(Subject::replications).sum();
    let progress = Progress::start(work, args.run.quiet)?;
    let job = Job { args, progress: &progress };
    if let Some(file) = &args.save_baseline {
        let baseline = job.keep(&subjects, Baseline::default(), &BTreeMap::new())?;
        progress.finish();
        return job.write_baseline(file, &baseline, subjects.len()).map(|()| ExitCode::SUCCESS);
    }
    let mut results = BTreeMap::new();
    let weighed = subjects.iter().map(|subject| job.weighed(subject, &mut results)).collect::<Result<Vec<_>>>()?;
    let (judgements, drifts): (Vec<Judgement>, Vec<Vec<Drift>>) = weighed.into_iter().unzip();
    let verdicts = subjects.iter().zip(drifts).zip(decide(judgements));
    let report = CheckReport {
        scenarios: verdicts.map(|((subject, drift), verdict)| job.checked(subject, drift, verdict)).collect(),
        strict: args.strict,
        updated: args.update_baseline,
        sets: typed_sets(&args.sets),
        settings: args.run.typed() + if args.with_people { " --with-people" } else { "" },
    };
    let new = match (&args.baseline, old) {
        (Some(file), Some(old)) if args.update_baseline => Some((file, job.keep(&subjects, old, &results)?)),
        _ => None,
    };
    progress.finish();
    job.publish(&report)?;
    if let Some((file, baseline)) = new {
        job.write_baseline(file, &baseline, subjects.len())?;
    }
    Ok(ExitCode::from(u8::from(report.failed())))
}

impl CheckArgs {
    /// Files to be written.
    fn files(&self) -> impl Iterator<Item = &PathBuf> {
        let updated = self.baseline.as_ref().filter(|_| self.update_baseline);
        [&self.junit, &self.markdown, &self.json, &self.save_baseline].into_iter().flatten().chain(updated)
    }

    /// Everything to be checked, read before anything is simulated; all that is wrong with it at once.
    fn subjects(&self, baseline: Option<&Baseline>) -> Result<Vec<Subject>> {
        let files = scenario_files(&self.scenarios)?;
        if self.against.is_some() && files.len() > 1 {
            let count = files.len();
            return Err(Error::Refused(format!(
                "--against holds one scenario against another, but {count} are given\n  help: give one, or use --baseline"
            )));
        }
        let (mut subjects, mut errors) = (Vec::<Subject>::new(), Vec::new());
        for file in &files {
            match self.subject(file, baseline) {
                Ok(subject) => subjects.push(subject),
                Err(error) => errors.push(error.to_string().trim_end().to_owned()),
            }
        }
        match errors.is_empty() {
            true => names_differ(&subjects).map(|()| subjects),
            false => Err(Error::Refused(errors.join("\n\n"))),
        }
    }

    fn subject(&self, file: &Path, baseline: Option<&Baseline>) -> Result<Subject> {
        let loaded =
            ScenarioArgs::new(file, &self.sets).people(self.with_people).load_to_simulate(self.run.values())?;
        let name = file.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
        let before = match (baseline, &self.baseline, &self.against) {
            (Some(baseline), Some(at), _) => self.kept(baseline, at, &name, &loaded)?,
            (_, _, Some(other)) => Some(against(other, &loaded, self.with_people)?),
            _ => None,
        };
        let subject = Subject { file: file.display().to_string(), name, loaded, before };
        let judged_by_goals = baseline.is_none() && self.against.is_none() && self.save_baseline.is_none();
        if judged_by_goals {
            states_goals(&subject.loaded.scenario)
                .map_err(|error| Error::Refused(format!("{}: {error}", subject.file)))?;
        }
        Ok(subject)
    }

    /// What the baseline knows of a scenario. `None` = nothing that can be compared, but it will be replaced.
    fn kept(&self, baseline: &Baseline, at: &Path, name: &str, loaded: &Loaded) -> Result<Option<Before>> {
        let shown = at.display();
        let Some(kept) = baseline.scenarios.get(name) else {
            if self.update_baseline {
                return Ok(None);
            }
            let known = baseline.scenarios.keys().map(String::as_str);
            let near = nearest(name, known.clone()).map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
            let known = known.collect::<Vec<_>>().join(", ");
            return Err(Error::Refused(format!(
                "the baseline {shown} does not know the scenario `{name}`{near}; it knows {known}\n  help: add it with \
                 --update-baseline"
            )));
        };
        if kept.with_people != self.with_people && people_words(&loaded.scenario).is_some() {
            let other = || Error::Refused(self.other_people(at, name));
            return if self.update_baseline { Ok(None) } else { Err(other()) };
        }
        let read = |flags: Vec<Flag>| {
            let args = ScenarioArgs::kept(&kept.main, &kept.sets, kept.shelf.clone()).people(self.with_people);
            args.load_to_simulate(flags).map_err(|error| {
                let help = "write the baseline anew: --update-baseline, or --save-baseline FILE";
                Error::Refused(format!("the scenario `{name}` in {shown} cannot be read\n{error}\n  help: {help}"))
            })
        };
        let settings = |seed: u64, replications: u64| run_flags(Some(replications), Some(seed));
        let run = &loaded.scenario.run;
        let (before, as_kept) =
            match (read(settings(run.seed, run.replications.into())), read(settings(kept.seed, kept.replications))) {
                (Ok(before), Ok(as_kept)) => (before, as_kept),
                (Err(_), _) | (_, Err(_)) if self.update_baseline => return Ok(None),
                (Err(error), _) | (_, Err(error)) => return Err(error),
            };
        if let Err(why) = same_names(&before.scenario, &loaded.scenario) {
            let help = "if it is meant to be: --update-baseline";
            let other =
                || Error::Refused(format!("`{name}` is another scenario than in {shown}: {why}\n  help: {help}"));
            return if self.update_baseline { Ok(None) } else { Err(other()) };
        }
        Ok(Some(Before {
            against: Against::Baseline { file: shown.to_string(), version: kept.version.clone() },
            changes: input_changes(&before, loaded)?,
            loaded: before,
            kept: Some((kept.clone(), as_kept.scenario)),
        }))
    }

    /// A baseline counts people, this check does not, or the reverse.
    fn other_people(&self, at: &Path, name: &str) -> String {
        let shown = at.display();
        let (made, now, advice) = match self.with_people {
            true => ("without", "with", "leave --with-people out"),
            false => ("with", "without", "add --with-people"),
        };
        format!(
            "`{name}` was kept in {shown} {made} --with-people, and this check is {now} it: their figures are not alike\n  \
             help: {advice}, or take this as the new baseline: --update-baseline"
        )
    }
}

/// The files, and of folders all scenarios in them, in order.
fn scenario_files(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in given {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let failed = |source| Error::File { action: "read", path: path.clone(), source, advice: None };
        let entries = std::fs::read_dir(path).map_err(failed)?;
        let mut found = entries.map(|e| e.map(|e| e.path())).collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
        found.retain(|file| file.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml")) && file.is_file());
        found.sort();
        if found.is_empty() {
            let folder = path.display();
            return Err(Error::Refused(format!("there is no scenario (*.toml) in {folder}\n  help: name a file")));
        }
        // In the present folder files go by their names alone.
        let bare = |file: PathBuf| file.strip_prefix(".").map(Path::to_owned).unwrap_or(file);
        files.extend(found.into_iter().map(bare));
    }
    Ok(files)
}

/// Names stand in baselines and in the names of tests.
fn names_differ(subjects: &[Subject]) -> Result<()> {
    for (index, subject) in subjects.iter().enumerate() {
        if let Some(other) = subjects[..index].iter().find(|other| other.name == subject.name) {
            return Err(Error::Refused(format!(
                "{} and {} have the same name `{}`, and verdicts go by names\n  help: rename one, or check them one by one",
                other.file, subject.file, subject.name
            )));
        }
    }
    Ok(())
}

fn against(other: &Path, loaded: &Loaded, with_people: bool) -> Result<Before> {
    let run = &loaded.scenario.run;
    let settings = run_flags(Some(run.replications.into()), Some(run.seed));
    let before = ScenarioArgs::new(other, &[]).people(with_people).load_to_simulate(settings)?;
    same_names(&before.scenario, &loaded.scenario).map_err(|why| {
        Error::Refused(format!(
            "{} is another floor: {why}\n  help: only the same queues and teams can be compared",
            other.display()
        ))
    })?;
    let changes = input_changes(&before, loaded)?;
    Ok(Before { against: Against::File(other.display().to_string()), loaded: before, changes, kept: None })
}

/// Whether two floors have the same queues and teams; what differs if not.
fn same_names(before: &Scenario, after: &Scenario) -> std::result::Result<(), String> {
    let queues = |floor: &Scenario| floor.queues.iter().map(|q| q.name.clone()).collect::<Vec<_>>();
    let teams = |floor: &Scenario| floor.teams.iter().map(|t| t.name.clone()).collect::<Vec<_>>();
    for (what, old, new) in [("queues", queues(before), queues(after)), ("teams", teams(before), teams(after))] {
        if old.iter().any(|name| !new.contains(name)) || new.iter().any(|name| !old.contains(name)) {
            return Err(format!("its {what} were {}, now they are {}", old.join(", "), new.join(", ")));
        }
    }
    Ok(())
}

impl Subject {
    /// Replications of all its simulations.
    fn replications(&self) -> u64 {
        let n = u64::from(self.loaded.scenario.run.replications);
        match &self.before {
            None => n,
            Some(before) => {
                2 * n + if self.runs_as_kept() { before.kept.as_ref().map_or(0, |(k, _)| k.replications) } else { 0 }
            }
        }
    }

    /// Whether the kept figures rest on another seed or number of replications than the comparison.
    fn runs_as_kept(&self) -> bool {
        let run = &self.loaded.scenario.run;
        let kept = self.before.as_ref().and_then(|before| before.kept.as_ref());
        kept.is_some_and(|(kept, _)| (kept.seed, kept.replications) != (run.seed, run.replications.into()))
    }

    /// Where a finding stands in the scenario.
    fn place(&self, finding: &Finding) -> Option<(String, usize)> {
        let part = match finding.metric.split('@').next().unwrap_or_default() {
            "service_level" => "service_level",
            "abandon_rate" => "abandon",
            "asa_s" => "asa",
            "p_wait" => "p_wait",
            _ => "on",
        };
        match &self.before {
            _ if finding.scope == "total" => None,
            None => self.loaded.line_of(&["queue", &finding.scope, "goal", part]),
            Some(_) => self.loaded.line_of(&["queue", &finding.scope]),
        }
    }
}

/// What is done with the subjects.
struct Job<'a> {
    args: &'a CheckArgs,
    progress: &'a Progress,
}

impl Job<'_> {
    fn simulated(&self, scenario: &Scenario) -> Result<Results> {
        let results = simulate(scenario, &compile(scenario)?, &self.args.run.options(), self.progress)?;
        if results.replications < results.requested { Err(stopped()) } else { Ok(results) }
    }

    fn compared(&self, before: &Scenario, after: &Scenario) -> Result<Compared> {
        let models = (compile(before)?, compile(after)?);
        let floors = [(before, &models.0), (after, &models.1)];
        let compared = compare(&floors, &self.args.run.options(), self.progress)?;
        let all = compared.results.iter().all(|results| results.replications == results.requested);
        if all { Ok(compared) } else { Err(stopped()) }
    }

    /// Simulates and gathers the evidence; what the scenario itself gave goes into `results`.
    fn weighed(&self, subject: &Subject, results: &mut BTreeMap<String, Results>) -> Result<(Judgement, Vec<Drift>)> {
        let scenario = &subject.loaded.scenario;
        let (judgement, drift, now) = match &subject.before {
            Some(before) => self.against_before(subject, before)?,
            None => {
                let now = self.simulated(scenario)?;
                // What the baseline does not know yet is taken as it is.
                let judgement = match self.args.baseline {
                    Some(_) => weigh_changes(&[], &scenario.check, now.replications, now.seed),
                    None => weigh_goals(scenario, &now)?,
                };
                (judgement, Vec::new(), now)
            }
        };
        results.insert(subject.name.clone(), now);
        Ok((judgement, drift))
    }

    fn checked(&self, subject: &Subject, drift: Vec<Drift>, verdict: Verdict) -> CheckedScenario {
        let scenario = &subject.loaded.scenario;
        let places = verdict.findings.iter().map(|finding| subject.place(finding)).collect();
        let against = match (&subject.before, &self.args.baseline) {
            (Some(before), _) => before.against.clone(),
            (None, Some(file)) => {
                Against::Baseline { file: file.display().to_string(), version: env!("CARGO_PKG_VERSION").to_owned() }
            }
            (None, None) => Against::Goals,
        };
        CheckedScenario {
            file: subject.file.clone(),
            name: subject.name.clone(),
            against,
            changes: subject.before.as_ref().map_or_else(Vec::new, |before| before.changes.clone()),
            drift,
            verdict,
            places,
            people: people_words(scenario),
            currency: scenario.currency.clone(),
            days: scenario.timeline.days.len(),
        }
    }

    fn against_before(&self, subject: &Subject, before: &Before) -> Result<(Judgement, Vec<Drift>, Results)> {
        let scenario = &subject.loaded.scenario;
        let mut compared = self.compared(&before.loaded.scenario, scenario)?;
        let (Some(now), Some(then), Some(comparison)) =
            (compared.results.pop(), compared.results.pop(), compared.comparisons.pop())
        else {
            return Err(stopped());
        };
        let judgement = weigh_changes(&paired_changes(&comparison), &scenario.check, now.replications, now.seed);
        let drift = match &before.kept {
            None => Vec::new(),
            Some((kept, as_kept)) if subject.runs_as_kept() => kept.drift(&figures(as_kept, &self.simulated(as_kept)?)),
            Some((kept, as_kept)) => kept.drift(&figures(as_kept, &then)),
        };
        Ok((judgement, drift, now))
    }

    /// The baseline with these scenarios in it; those it knows otherwise stay.
    fn keep(&self, subjects: &[Subject], mut into: Baseline, known: &BTreeMap<String, Results>) -> Result<Baseline> {
        for subject in subjects {
            let (loaded, scenario) = (&subject.loaded, &subject.loaded.scenario);
            let results = match known.get(&subject.name) {
                Some(results) => results.clone(),
                None => self.simulated(scenario)?,
            };
            let kept = Kept::new(scenario, &results, &self.args.sets, loaded.file_name(), loaded.shelf()?);
            into.scenarios.insert(subject.name.clone(), kept.people(self.args.with_people));
        }
        Ok(into)
    }

    fn write_baseline(&self, file: &Path, baseline: &Baseline, count: usize) -> Result<()> {
        self.progress.interrupt().undisturbed(|| write_text(file, &baseline.text()))?;
        let what = if count == 1 { "1 scenario".to_owned() } else { format!("{count} scenarios") };
        let said = format!("wrote {}: {what}\n", file.display());
        if self.args.run.quiet { Ok(()) } else { super::print(&said) }
    }

    /// Files first: who reads the screen may look for them.
    fn publish(&self, report: &CheckReport) -> Result<()> {
        let write = |file: &Option<PathBuf>, text: &dyn Fn() -> String| {
            let Some(file) = file else { return Ok(()) };
            self.progress.interrupt().undisturbed(|| write_text(file, &text()))
        };
        write(&self.args.junit, &|| check_junit(report))?;
        write(&self.args.markdown, &|| check_markdown(report))?;
        write(&self.args.json, &|| format!("{:#}\n", check_json(report)))?;
        if !self.args.run.quiet {
            super::print(&check_text(report, style()))?;
        }
        if std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") {
            super::print(&annotations(report))?;
        }
        Ok(())
    }
}

/// Whether people count, where the file says something of them.
fn people_words(scenario: &Scenario) -> Option<&'static str> {
    match scenario.people.left_out {
        true => Some("off (--with-people)"),
        false => compile(scenario).ok().and_then(|model| model.people).map(|_| "on, illustrative"),
    }
}

fn stopped() -> Error {
    Error::Stopped("stopped before all replications were done: there is no verdict".into())
}
