//! The figures of a run by their names in `summary.json`: `queues.orders.service_level`, `total_teams.cost`.

use super::metrics::{Better, QueueMetric, TeamMetric, Unit};
use super::results::{Estimate, Proportion, Results};
use crate::scenario::{Scenario, nearest};

/// A figure over the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Metric {
    /// Of a queue, or of all queues.
    Queue(QueueMetric),
    /// Share of days on which every goal of a queue, or of all queues, held.
    GoalMet,
    /// Of a team, or of all teams.
    Team(TeamMetric),
}

impl Metric {
    /// Name in CSV and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queue(metric) => metric.name(),
            Self::GoalMet => "goal_met_probability",
            Self::Team(metric) => metric.name(),
        }
    }

    /// Unit.
    pub fn unit(self) -> Unit {
        match self {
            Self::Queue(metric) => metric.unit(),
            Self::GoalMet => Unit::Share,
            Self::Team(metric) => metric.unit(),
        }
    }

    /// Which direction is better.
    pub fn better(self) -> Better {
        match self {
            Self::Queue(metric) => metric.better(),
            Self::GoalMet => Better::Higher,
            Self::Team(metric) => metric.better(),
        }
    }

    fn of_queues() -> impl Iterator<Item = Self> + Clone {
        QueueMetric::ALL.iter().map(|&metric| Self::Queue(metric)).chain([Self::GoalMet])
    }

    fn of_teams() -> impl Iterator<Item = Self> + Clone {
        TeamMetric::ALL.iter().map(|&metric| Self::Team(metric))
    }
}

/// What a figure belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All queues of a floor together, also those that only one of the floors has.
    AllQueues,
    /// The queue of this name.
    Queue(String),
    /// All teams of a floor together, also those that only one of the floors has.
    AllTeams,
    /// The team of this name.
    Team(String),
}

/// A figure of a floor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// Of what.
    pub scope: Scope,
    /// Which.
    pub metric: Metric,
    /// Position of the queue or team; that of all together comes last.
    pub(super) index: usize,
}

/// What planners call figures that have another name in the files.
const ALSO: [(&str, &str); 5] = [
    ("sl", "service_level"),
    ("abandon", "abandon_rate"),
    ("days_met", "goal_met_probability"),
    ("cost_per_contact", "cost_per_handled"),
    ("overtime", "overtime_h"),
];

impl Figure {
    /// Reads `queues.NAME.METRIC`, `total.METRIC`, `teams.NAME.METRIC`, `total_teams.METRIC`, or a metric alone, which is
    /// that of all queues or all teams.
    ///
    /// # Errors
    /// What there is no such thing as, and what may have been meant.
    pub fn parse(text: &str, scenario: &Scenario) -> Result<Self, String> {
        let Some((head, rest)) = text.trim().split_once('.') else { return Self::lone(text.trim()) };
        let queues = || scenario.queues.iter().map(|queue| queue.name.as_str());
        let teams = || scenario.teams.iter().map(|team| team.name.as_str());
        match head {
            "total" => Self::find(Scope::AllQueues, usize::MAX, rest, Metric::of_queues()),
            "total_teams" => Self::find(Scope::AllTeams, usize::MAX, rest, Metric::of_teams()),
            "queues" | "queue" => {
                let (index, name, metric) = named("queue", rest, queues())?;
                Self::find(Scope::Queue(name), index, metric, Metric::of_queues())
            }
            "teams" | "team" => {
                let (index, name, metric) = named("team", rest, teams())?;
                Self::find(Scope::Team(name), index, metric, Metric::of_teams())
            }
            other => {
                let known = ["queues", "teams", "total", "total_teams"];
                let near = nearest(other, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                Err(format!(
                    "`{text}` is no figure: it begins with none of queues.NAME, teams.NAME, total and total_teams{near}"
                ))
            }
        }
    }

    /// A figure of a queue.
    pub(super) fn of_queue(scenario: &Scenario, index: usize, metric: QueueMetric) -> Self {
        Self { scope: Scope::Queue(scenario.queues[index].name.clone()), metric: Metric::Queue(metric), index }
    }

    /// Every figure of a floor, in the order of the output.
    pub fn all(scenario: &Scenario) -> Vec<Self> {
        let queue = |(index, scope): (usize, Scope)| {
            Metric::of_queues().map(move |metric| Self { scope: scope.clone(), metric, index })
        };
        let team = |(index, scope): (usize, Scope)| {
            Metric::of_teams().map(move |metric| Self { scope: scope.clone(), metric, index })
        };
        let queues = scenario.queues.iter().enumerate().map(|(index, q)| (index, Scope::Queue(q.name.clone())));
        let teams = scenario.teams.iter().enumerate().map(|(index, t)| (index, Scope::Team(t.name.clone())));
        let queues = [(usize::MAX, Scope::AllQueues)].into_iter().chain(queues).flat_map(queue);
        queues.chain([(usize::MAX, Scope::AllTeams)].into_iter().chain(teams).flat_map(team)).collect()
    }

    /// A metric alone.
    fn lone(text: &str) -> Result<Self, String> {
        let known = Metric::of_queues().chain(Metric::of_teams());
        let found = find(text, known.clone()).ok_or_else(|| no_metric(text, known))?;
        let scope = if let Metric::Team(_) = found { Scope::AllTeams } else { Scope::AllQueues };
        Ok(Self { scope, metric: found, index: usize::MAX })
    }

    fn find(
        scope: Scope,
        index: usize,
        name: &str,
        known: impl Iterator<Item = Metric> + Clone,
    ) -> Result<Self, String> {
        let metric = find(name, known.clone()).ok_or_else(|| no_metric(name, known))?;
        Ok(Self { scope, metric, index })
    }

    /// Its name in `summary.json`.
    pub fn name(&self) -> String {
        let metric = self.metric.name();
        match &self.scope {
            Scope::AllQueues => format!("total.{metric}"),
            Scope::Queue(name) => format!("queues.{name}.{metric}"),
            Scope::AllTeams => format!("total_teams.{metric}"),
            Scope::Team(name) => format!("teams.{name}.{metric}"),
        }
    }

    /// What a run found.
    pub fn of(&self, results: &Results) -> Estimate {
        match self.metric {
            Metric::Queue(metric) => self.queue(results).get(metric),
            Metric::GoalMet => of_proportion(self.queue(results).goal_met.unwrap_or_default()),
            Metric::Team(metric) => results.teams.get(self.index).unwrap_or(&results.total_team).get(metric),
        }
    }

    /// The count behind it, where it is a share of days.
    pub fn proportion(&self, results: &Results) -> Option<Proportion> {
        (self.metric == Metric::GoalMet).then(|| self.queue(results).goal_met).flatten()
    }

    fn queue<'r>(&self, results: &'r Results) -> &'r super::results::QueueResult {
        results.queues.get(self.index).unwrap_or(&results.total)
    }
}

/// A share of days with half the length of Wilson's interval.
pub(super) fn of_proportion(days: Proportion) -> Estimate {
    let half_width = days.interval_95().map(|(low, high)| 0.5 * (high - low));
    Estimate { mean: days.share(), half_width, p05: None, p95: None }
}

/// The name of a queue or team at the front of `rest`, its position, and what stands behind it. Names may hold dots.
fn named<'n, 't>(
    what: &str,
    rest: &'t str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Result<(usize, String, &'t str), String> {
    let plain = rest.strip_prefix('"').map_or(rest.to_owned(), |quoted| quoted.replacen('"', "", 1));
    let begins = |name: &&str| plain.strip_prefix(*name).is_some_and(|behind| behind.starts_with('.'));
    if let Some((index, name)) = names.clone().enumerate().filter(|(_, n)| begins(n)).max_by_key(|(_, n)| n.len()) {
        return Ok((index, name.to_owned(), rest.rsplit_once('.').map_or("", |(_, metric)| metric)));
    }
    let wanted = rest.rsplit_once('.').map_or(rest, |(name, _)| name);
    Err(match nearest(wanted, names.clone()) {
        Some(near) => format!("there is no {what} named `{wanted}`; did you mean `{near}`?"),
        None => {
            format!("there is no {what} named `{wanted}`; the {what}s are {}", names.collect::<Vec<_>>().join(", "))
        }
    })
}

fn find(name: &str, known: impl Iterator<Item = Metric> + Clone) -> Option<Metric> {
    let name = ALSO.iter().find(|(also, _)| *also == name).map_or(name, |(_, name)| name);
    // "asa" for asa_s, "paid" for paid_h.
    let same = |metric: &Metric| {
        let known = metric.name();
        known == name || known.strip_suffix("_s").or(known.strip_suffix("_h")) == Some(name)
    };
    known.clone().find(|metric| metric.name() == name).or_else(|| known.clone().find(same))
}

#[cold]
fn no_metric(name: &str, known: impl Iterator<Item = Metric> + Clone) -> String {
    match nearest(name, known.clone().map(Metric::name)) {
        Some(near) => format!("there is no figure `{name}` here; did you mean `{near}`?"),
        None => format!(
            "there is no figure `{name}` here; there are {}",
            known.map(Metric::name).collect::<Vec<_>>().join(", ")
        ),
    }
}
