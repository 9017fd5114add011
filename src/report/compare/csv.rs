//! `compare.csv`: one row per floor, scope and metric.

use super::figures::{Figure, figures};
use super::{CompareReport, LETTERS};
use crate::experiment::{Better, Difference, Estimate, Metric, QueueMetric, Scope, TeamMetric};
use crate::report::numbers::nine_digits_text;

const HEADER: [&str; 16] = [
    "floor",
    "source",
    "scope",
    "name",
    "metric",
    "unit",
    "better",
    "value",
    "value_half_width",
    "difference",
    "difference_half_width",
    "degrees",
    "p_value",
    "variance_factor",
    "replications_to_decide",
    "verdict",
];

/// The table, its header first: every metric of every queue and team, whatever is shown on the screen.
pub(super) fn table(report: &CompareReport<'_>) -> Vec<Vec<String>> {
    let figures = figures(report);
    let mut lines = vec![HEADER.map(str::to_owned).to_vec()];
    for floor in 0..report.floors.len() {
        for (scope, values) in scopes(report, floor) {
            let rows = values.into_iter().map(|(metric, value)| row(report, &figures, floor, &scope, metric, value));
            lines.extend(rows);
        }
    }
    lines
}

type Values = Vec<(Metric, Estimate)>;

/// Everything a floor has, with its values.
fn scopes(report: &CompareReport<'_>, floor: usize) -> Vec<(Scope, Values)> {
    let (scenario, results) = (report.floors[floor].scenario, &report.compared.results[floor]);
    let of_queue = |queue: &crate::experiment::QueueResult| -> Values {
        let met = Estimate { mean: queue.goal_met.and_then(|met| met.share()), ..Estimate::default() };
        let metrics = QueueMetric::ALL.iter().map(|&m| (Metric::Queue(m), queue.get(m)));
        metrics.chain([(Metric::GoalMet, met)]).collect()
    };
    let of_team = |team: &crate::experiment::TeamResult| -> Values {
        TeamMetric::ALL.iter().map(|&m| (Metric::Team(m), team.get(m))).collect()
    };
    let queues = scenario.queues.iter().zip(&results.queues).map(|(q, r)| (Scope::Queue(q.name.clone()), of_queue(r)));
    let teams = scenario.teams.iter().zip(&results.teams).map(|(t, r)| (Scope::Team(t.name.clone()), of_team(r)));
    let all_queues = [(Scope::AllQueues, of_queue(&results.total))];
    let all_teams = [(Scope::AllTeams, of_team(&results.total_team))];
    all_queues.into_iter().chain(queues).chain(all_teams).chain(teams).collect()
}

fn row(
    report: &CompareReport<'_>,
    figures: &[Figure<'_>],
    floor: usize,
    scope: &Scope,
    metric: Metric,
    value: Estimate,
) -> Vec<String> {
    let (kind, name) = scope_columns(scope);
    let fixed = [LETTERS[floor], &report.floors[floor].source, kind, name, metric.name(), metric.unit().name()];
    let mut row: Vec<String> = fixed.map(str::to_owned).to_vec();
    row.push(better_name(metric).to_owned());
    row.extend([value.mean, value.half_width].map(nine_digits_text));
    let comparison = floor.checked_sub(1).map(|index| &report.compared.comparisons[index]);
    let found = comparison.and_then(|comparison| comparison.scope(scope)?.get(metric));
    let replications = report.replications();
    row.extend(found.map_or_else(Default::default, |found| of_difference(found, replications)));
    let shown = |f: &&Figure<'_>| f.comparison.changed == floor && f.scope == scope && f.difference.metric == metric;
    let verdict = figures.iter().find(shown).and_then(|figure| figure.verdict.name());
    row.push(verdict.unwrap_or_default().to_owned());
    row
}

/// The six columns of a difference.
fn of_difference(found: &Difference, replications: u64) -> [String; 6] {
    let needed = found.replications_to_decide(replications, super::figures::RISK);
    [
        nine_digits_text(found.difference),
        nine_digits_text(found.half_width()),
        found.standard_error.map_or_else(String::new, |_| found.degrees.to_string()),
        nine_digits_text(found.p_value()),
        nine_digits_text(found.variance_factor()),
        nine_digits_text(needed.map(|n| n as f64)),
    ]
}

/// "queue" and its name; "total" where it is all of them.
pub(in crate::report) fn scope_columns(scope: &Scope) -> (&'static str, &str) {
    match scope {
        Scope::AllQueues => ("all_queues", "total"),
        Scope::Queue(name) => ("queue", name),
        Scope::AllTeams => ("all_teams", "total"),
        Scope::Team(name) => ("team", name),
    }
}

pub(super) fn better_name(metric: Metric) -> &'static str {
    match metric.better() {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Neither => "",
    }
}
