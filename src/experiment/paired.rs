//! Several floors with the same callers: what changes from one to the other, and how sure that is.
//!
//! A contact's own numbers depend on the seed, the replication, the name of its queue and its serial number only, so
//! floors that are simulated with one seed see the same callers. Replication by replication the floors are pairs, and
//! the error of their difference is what remains when all that both have in common has cancelled.

use super::collector::{Collector, Reading, Room};
use super::figure::{Metric, Scope};
use super::metrics::{Parts, QueueMetric, TeamMetric};
use super::results::Results;
use super::simulate::{Options, Watcher, ended, replicate};
use super::waits::{PairedQuantile, QUANTILES};
use crate::engine::Tally;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::scenario::Scenario;
use crate::stats::{PairedErrors, PairedRatioSums, student_p_value, student_two_sided};

/// The risk of an interval of 95 %.
const RISK: f64 = 0.05;

/// One figure on both floors, and the difference between them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Which figure.
    pub metric: Metric,
    /// On the baseline and on the changed floor; `None` = undefined there.
    pub values: [Option<f64>; 2],
    /// Standard error of each value alone; `None` without a difference, or from one replication.
    pub alone: Option<[f64; 2]>,
    /// Changed floor - baseline; `None` unless both have a value.
    pub difference: Option<f64>,
    /// Standard error of the difference, by pairs; `None` from one replication.
    pub standard_error: Option<f64>,
    /// Degrees of freedom of the standard error: replications - 1, for quantiles groups of replications - 1.
    pub degrees: u64,
}

impl Difference {
    /// Half-width of the 95 % interval of the difference.
    pub fn half_width(&self) -> Option<f64> {
        self.half_width_at(RISK)
    }

    /// Half-width of the interval that misses the difference with this probability.
    pub fn half_width_at(&self, risk: f64) -> Option<f64> {
        self.standard_error.map(|error| if error > 0.0 { error * student_two_sided(self.degrees, risk) } else { 0.0 })
    }

    /// Probability of a difference at least as large if there were none (two-sided, Student's t). 1 for two floors that
    /// are alike in every replication, 0 for a difference that is the same in every replication.
    pub fn p_value(&self) -> Option<f64> {
        let (difference, error) = (self.difference?, self.standard_error?);
        Some(match error {
            0.0 if difference == 0.0 => 1.0,
            0.0 => 0.0,
            error => student_p_value(self.degrees, difference / error),
        })
    }

    /// How many times more replications two independent seeds would need for the same error: the variance they would
    /// have over that of the pairs. `None` when pairs leave no variance.
    pub fn variance_factor(&self) -> Option<f64> {
        let ([a, b], error) = (self.alone?, self.standard_error?);
        (error > 0.0).then(|| (a * a + b * b) / (error * error))
    }

    /// How many of `replications` (those it rests on) would leave an interval of this risk without a zero in it, if the
    /// difference is what it seems to be. `None` when no number would: nothing seems to differ.
    pub fn replications_to_decide(&self, replications: u64, risk: f64) -> Option<u64> {
        let (difference, width) = (self.difference?.abs(), self.half_width_at(risk)?);
        let times = width / difference;
        let needed = replications as f64 * times * times;
        needed.is_finite().then(|| (needed.ceil() as u64).max(2))
    }
}

/// All figures of one queue, one team, or all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeDifferences {
    /// Of what.
    pub scope: Scope,
    /// Metric by metric, in the order of the output; also those that one floor or both do not have.
    pub differences: Vec<Difference>,
}

impl ScopeDifferences {
    /// One figure; `None` if this scope has no such metric.
    pub fn get(&self, metric: Metric) -> Option<&Difference> {
        self.differences.iter().find(|d| d.metric == metric)
    }
}

/// Queues and teams that only one of two floors has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unmatched {
    /// Names of queues.
    pub queues: Vec<String>,
    /// Names of teams.
    pub teams: Vec<String>,
}

/// One floor against the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Which of the floors, from 1; 0 is the baseline.
    pub changed: usize,
    /// Replications it rests on.
    pub replications: u64,
    /// All queues, the queues of both, all teams, the teams of both; in the order of the baseline.
    pub scopes: Vec<ScopeDifferences>,
    /// What only the baseline has, and what only the changed floor has.
    pub unmatched: [Unmatched; 2],
}

impl Comparison {
    /// The figures of a queue, a team, or all of them; `None` if not both floors have it.
    pub fn scope(&self, scope: &Scope) -> Option<&ScopeDifferences> {
        self.scopes.iter().find(|s| s.scope == *scope)
    }
}

/// What several floors with the same callers found.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Floor by floor, as [`super::simulate()`] finds it.
    pub results: Vec<Results>,
    /// Every floor but the first against the first.
    pub comparisons: Vec<Comparison>,
}

/// Simulates floors with common random numbers and compares each with the first, the baseline.
///
/// All must have the same seed and number of replications. Queues and teams are matched by their names. The results do
/// not depend on the number of threads; with two floors in the other order differences change their sign and nothing
/// else. Memory does not grow with the number of replications. `watcher` hears of each replication of each floor, not
/// of days; a replication counts when all floors have finished it.
///
/// # Errors
/// [`Error::Refused`] for less than two floors, for different seeds or numbers of replications, and when the threads
/// cannot be started.
///
/// ```
/// use callwright::experiment::{Metric, Options, QueueMetric, Scope, compare};
/// use callwright::model::compile;
/// use callwright::scenario::{Request, load};
///
/// let file = || Request::file("scenarios/single-queue.toml").set("run.replications=20");
/// let (a, b) = (load(&file())?.scenario, load(&file().set("team.agents.agents=+1"))?.scenario);
/// let (model_a, model_b) = (compile(&a)?, compile(&b)?);
/// let compared = compare(&[(&a, &model_a), (&b, &model_b)], &Options::default(), &())?;
///
/// let all = compared.comparisons[0].scope(&Scope::AllQueues).unwrap();
/// let level = all.get(Metric::Queue(QueueMetric::ServiceLevel)).unwrap();
/// assert!(level.difference.unwrap() > level.half_width().unwrap());
/// # Ok::<(), callwright::Error>(())
/// ```
pub fn compare(floors: &[(&Scenario, &Model)], options: &Options, watcher: &dyn Watcher) -> Result<Compared> {
    let [(baseline, _), others @ ..] = floors else { return Err(too_few()) };
    if others.is_empty() {
        return Err(too_few());
    }
    check_alike(floors)?;
    let models: Vec<&Model> = floors.iter().map(|(_, model)| *model).collect();
    let room = Room::of(models.iter().copied());
    // Values must differ by what the pairs say.
    let plain: Vec<Scenario> = floors.iter().map(|(scenario, _)| without_controls(scenario)).collect();
    let mut collectors: Vec<Collector<'_>> =
        plain.iter().zip(&models).map(|(scenario, model)| Collector::new(scenario, model, room)).collect();
    let mut pairs: Vec<Pair> = others.iter().map(|(other, _)| Pair::new(baseline, other)).collect();
    let mut fold = |tallies: &[&Tally<'_>]| {
        let fold = |(collector, tally): (&mut Collector<'_>, &&Tally<'_>)| collector.fold(tally, &mut |_| ());
        let readings: Vec<Reading> = collectors.iter_mut().zip(tallies).map(fold).collect();
        pairs.iter_mut().zip(&readings[1..]).for_each(|(pair, reading)| pair.fold(&readings[0], reading));
    };
    let requested = u64::from(baseline.run.replications);
    let end = replicate(&models, 0..requested, options, watcher, &mut fold)?;
    let comparison = |(index, pair): (usize, &Pair)| {
        let changed = index + 1;
        pair.comparison(changed, [baseline, floors[changed].0], [&collectors[0], &collectors[changed]])
    };
    Ok(Compared {
        results: collectors.iter().map(|collector| collector.results(requested, ended(end), Vec::new())).collect(),
        comparisons: pairs.iter().enumerate().map(comparison).collect(),
    })
}

fn without_controls(scenario: &Scenario) -> Scenario {
    let mut plain = scenario.clone();
    plain.run.control_variates = false;
    plain
}

fn too_few() -> Error {
    Error::Refused("a comparison needs two floors or more: give the baseline and what it is compared with".into())
}

/// Without one seed and one number of replications there are no pairs.
fn check_alike(floors: &[(&Scenario, &Model)]) -> Result<()> {
    let of = |(scenario, model): &(&Scenario, &Model)| (model.seed, scenario.run.replications);
    let (seed, replications) = of(&floors[0]);
    for (index, floor) in floors.iter().enumerate() {
        let (other_seed, other_replications) = of(floor);
        if (other_seed, other_replications) != (seed, replications) {
            let number = index + 1;
            return Err(Error::Refused(format!(
                "floor {number} has seed {other_seed} and {other_replications} replications, the first has seed {seed} \
                 and {replications}: floors see the same callers only with one seed; set run.seed and \
                 run.replications to the same values in all of them"
            )));
        }
    }
    Ok(())
}

/// Sums of the baseline and one other floor.
struct Pair {
    /// Index on both floors of what has the same name; that of all queues (teams) together comes last.
    queues: Vec<[usize; 2]>,
    teams: Vec<[usize; 2]>,
    sums_of_queues: Vec<Vec<PairedRatioSums>>,
    goals: Vec<PairedRatioSums>,
    sums_of_teams: Vec<Vec<PairedRatioSums>>,
}

impl Pair {
    fn new(a: &Scenario, b: &Scenario) -> Self {
        let (queues, teams) = (matched(&queues(a), &queues(b)), matched(&teams(a), &teams(b)));
        let sums = |count: usize, metrics: usize| vec![vec![PairedRatioSums::default(); metrics]; count];
        Self {
            sums_of_queues: sums(queues.len(), QueueMetric::ALL.len()),
            goals: vec![PairedRatioSums::default(); queues.len()],
            sums_of_teams: sums(teams.len(), TeamMetric::ALL.len()),
            queues,
            teams,
        }
    }

    /// Adds what the next replication gave on both floors.
    fn fold(&mut self, a: &Reading, b: &Reading) {
        for ((&[in_a, in_b], sums), goals) in self.queues.iter().zip(&mut self.sums_of_queues).zip(&mut self.goals) {
            let parts = a.queues[in_a].iter().zip(&b.queues[in_b]);
            sums.iter_mut().zip(parts).for_each(|(sums, (&a, &b))| sums.add(a, b));
            goals.add(a.goals[in_a], b.goals[in_b]);
        }
        for (&[in_a, in_b], sums) in self.teams.iter().zip(&mut self.sums_of_teams) {
            let parts = a.teams[in_a].iter().zip(&b.teams[in_b]);
            sums.iter_mut().zip(parts).for_each(|(sums, (a, b))| sums.add(a.unwrap_or(NOTHING), b.unwrap_or(NOTHING)));
        }
    }

    fn comparison(&self, changed: usize, [a, b]: [&Scenario; 2], collectors: [&Collector<'_>; 2]) -> Comparison {
        let replications = collectors[0].replications();
        let queues = self.queues.iter().enumerate().map(|(row, &[in_a, in_b])| {
            let name = a.queues.get(in_a).map(|queue| queue.name.clone());
            let waits = [(in_a, a), (in_b, b)].map(|(index, floor)| (index < floor.queues.len()).then_some(index));
            let quantiles = collectors[0].waits(waits[0]).paired(collectors[1].waits(waits[1]));
            let differences = self.queue(row, &quantiles, replications);
            ScopeDifferences { scope: name.map_or(Scope::AllQueues, Scope::Queue), differences }
        });
        let teams = self.teams.iter().zip(&self.sums_of_teams).map(|(&[in_a, _], sums)| {
            let name = a.teams.get(in_a).map(|team| team.name.clone());
            let of =
                |(&metric, sums): (&TeamMetric, &PairedRatioSums)| from_sums(Metric::Team(metric), sums, replications);
            let differences = TeamMetric::ALL.iter().zip(sums).map(of).collect();
            ScopeDifferences { scope: name.map_or(Scope::AllTeams, Scope::Team), differences }
        });
        // Computed in the order of the sums, shown with all of them together first.
        let [mut queues, mut teams]: [Vec<ScopeDifferences>; 2] = [queues.collect(), teams.collect()];
        queues.rotate_right(1);
        teams.rotate_right(1);
        queues.append(&mut teams);
        Comparison { changed, replications, scopes: queues, unmatched: [unmatched(a, b), unmatched(b, a)] }
    }

    fn queue(&self, row: usize, quantiles: &[PairedQuantile; 4], replications: u64) -> Vec<Difference> {
        let first = QueueMetric::AnswerWaitP50S as usize;
        let of = |(index, (&metric, sums)): (usize, (&QueueMetric, &PairedRatioSums))| {
            let quantile = index.checked_sub(first).filter(|quantile| *quantile < QUANTILES.len());
            match quantile {
                Some(quantile) => from_groups(Metric::Queue(metric), &quantiles[quantile]),
                None => from_sums(Metric::Queue(metric), sums, replications),
            }
        };
        let mut differences: Vec<Difference> =
            QueueMetric::ALL.iter().zip(&self.sums_of_queues[row]).enumerate().map(of).collect();
        differences.push(from_sums(Metric::GoalMet, &self.goals[row], replications));
        differences
    }
}

/// A replication without anything of the kind.
const NOTHING: Parts = (0.0, 0.0);

fn from_sums(metric: Metric, sums: &PairedRatioSums, replications: u64) -> Difference {
    let errors = sums.standard_errors(replications);
    Difference { difference: sums.difference(), ..difference(metric, sums.ratios(), errors, replications) }
}

fn from_groups(metric: Metric, quantile: &PairedQuantile) -> Difference {
    let both = quantile.values[0].and(quantile.values[1]);
    difference(metric, quantile.values, both.and(quantile.errors), quantile.groups)
}

/// `n` is the number of independent values behind the errors.
fn difference(metric: Metric, values: [Option<f64>; 2], errors: Option<PairedErrors>, n: u64) -> Difference {
    let [a, b] = values;
    Difference {
        metric,
        values,
        alone: errors.map(|errors| [errors.a, errors.b]),
        difference: a.zip(b).map(|(a, b)| b - a),
        standard_error: errors.map(|errors| errors.difference),
        degrees: n.saturating_sub(1),
    }
}

/// Indices on both floors of what has the same name; at the end those that stand for all of them.
fn matched(a: &[&str], b: &[&str]) -> Vec<[usize; 2]> {
    let on_b = |(index, name): (usize, &&str)| b.iter().position(|other| other == name).map(|other| [index, other]);
    a.iter().enumerate().filter_map(on_b).chain([[a.len(), b.len()]]).collect()
}

/// Names on `a` that are not on `b`.
fn unmatched(a: &Scenario, b: &Scenario) -> Unmatched {
    let only = |a: Vec<&str>, b: Vec<&str>| a.iter().filter(|name| !b.contains(name)).map(|n| n.to_string()).collect();
    Unmatched { queues: only(queues(a), queues(b)), teams: only(teams(a), teams(b)) }
}

fn queues(floor: &Scenario) -> Vec<&str> {
    floor.queues.iter().map(|queue| queue.name.as_str()).collect()
}

fn teams(floor: &Scenario) -> Vec<&str> {
    floor.teams.iter().map(|team| team.name.as_str()).collect()
}
