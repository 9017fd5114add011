//! The balanced scorecard of a team: fast, good, selling, cheap, and what it costs the people themselves.

use crate::experiment::{AgentMetric, Better, Estimate, TeamMetric, TeamResult};
use crate::report::RunReport;
use crate::report::numbers::nine_digits_text;

/// What is weighed against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Dimension {
    Speed,
    Quality,
    Sales,
    Cost,
    Strain,
}

impl Dimension {
    pub(in crate::report) fn name(self) -> &'static str {
        match self {
            Self::Speed => "speed",
            Self::Quality => "quality",
            Self::Sales => "sales",
            Self::Cost => "cost",
            Self::Strain => "strain",
        }
    }
}

const CARD: [(Dimension, TeamMetric); 12] = [
    (Dimension::Speed, TeamMetric::AhtS),
    (Dimension::Speed, TeamMetric::Answered),
    (Dimension::Speed, TeamMetric::AnsweredInGoalRate),
    (Dimension::Quality, TeamMetric::ResolutionRate),
    (Dimension::Quality, TeamMetric::Csat),
    (Dimension::Quality, TeamMetric::CalmedRate),
    (Dimension::Sales, TeamMetric::Sales),
    (Dimension::Sales, TeamMetric::Conversion),
    (Dimension::Sales, TeamMetric::Revenue),
    (Dimension::Cost, TeamMetric::CostPerHandled),
    (Dimension::Strain, TeamMetric::Occupancy),
    (Dimension::Strain, TeamMetric::Strain),
];

/// One figure of it.
pub(in crate::report) struct Entry {
    pub(in crate::report) dimension: Dimension,
    pub(in crate::report) metric: TeamMetric,
    pub(in crate::report) value: Estimate,
}

/// The figures a team has.
pub(in crate::report) fn scorecard(team: &TeamResult) -> Vec<Entry> {
    let entry = |&(dimension, metric): &(Dimension, TeamMetric)| Entry { dimension, metric, value: team.get(metric) };
    CARD.iter().map(entry).filter(|entry| entry.value.mean.is_some()).collect()
}

const HEADER: [&str; 12] = [
    "scope",
    "team",
    "dimension",
    "metric",
    "unit",
    "better",
    "value",
    "value_half_width",
    "value_p05",
    "value_p95",
    "of_agents_p05",
    "of_agents_p95",
];

/// `scorecard.csv`: one row for each team, dimension and figure.
pub(in crate::report) fn scorecard_csv(report: &RunReport<'_>) -> Vec<Vec<String>> {
    let teams = report.scenario.teams.iter().zip(&report.results.teams).enumerate();
    let rows = teams.flat_map(|(index, (team, result))| lines(report, ["team", &team.name], Some(index), result));
    let total = lines(report, ["total", "total"], None, &report.results.total_team);
    [HEADER.map(String::from).to_vec()].into_iter().chain(rows).chain(total).collect()
}

fn lines(report: &RunReport<'_>, scope: [&str; 2], team: Option<usize>, result: &TeamResult) -> Vec<Vec<String>> {
    let line = |entry: Entry| {
        let better = match entry.metric.better() {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neither => "",
        };
        let fixed =
            [scope[0], scope[1], entry.dimension.name(), entry.metric.name(), entry.metric.unit().name(), better];
        let of_agent = AgentMetric::ALL.iter().find(|metric| metric.name() == entry.metric.name());
        let spread = team.zip(of_agent).map(|(team, &metric)| super::spread(report, team, metric).0);
        let Estimate { mean, half_width, p05, p95 } = entry.value;
        let [low, _, high] = spread.unwrap_or_default();
        let numbers = [mean, half_width, p05, p95, low, high].map(nine_digits_text);
        fixed.map(String::from).into_iter().chain(numbers).collect()
    };
    scorecard(result).into_iter().map(line).collect()
}
