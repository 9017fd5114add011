//! What people change, in a planner's terms: effects in use and their grades, one line for everybody, a scorecard for
//! each team.

mod agents_csv;
mod effects;
mod scorecard;

pub(super) use agents_csv::{agents_csv, codes, of_profile, shifts};
pub(super) use effects::{Grades, grades_in_use};
pub(super) use scorecard::{scorecard, scorecard_csv};

use serde_json::{Map, Value, json};

use super::RunReport;
use super::json::{estimate, number};
use crate::experiment::{AgentMetric, QueueMetric, Results};
use crate::people::TRAITS;
use crate::scenario::Scenario;
use crate::stats::percentile;

/// Whether people change anything on the floor these results are of.
pub(super) fn is_on(results: &Results) -> bool {
    results.total.get(QueueMetric::Unsolved).mean.is_some()
}

/// "off", or "on, illustrative" as long as no size has been estimated from data.
pub(super) fn state(scenario: &Scenario, results: &Results) -> &'static str {
    match (is_on(results), scenario.people.left_out) {
        (true, _) => "on, illustrative",
        (false, true) => "off (--with-people)",
        (false, false) => "off",
    }
}

/// Whether the figures of each person are those of all replications.
pub(super) fn over_all(scenario: &Scenario) -> bool {
    scenario.people.fixed_population
}

/// The spread of a figure over the people of a team: 5th, 50th and 95th percentile and how many people have it.
pub(super) fn spread(report: &RunReport<'_>, team: usize, metric: AgentMetric) -> ([Option<f64>; 3], usize) {
    let of_team = report.results.agents.iter().filter(|agent| agent.team == team);
    let mut values: Vec<f64> = of_team.filter_map(|agent| agent.get(metric).mean).collect();
    values.sort_unstable_by(f64::total_cmp);
    ([0.05, 0.5, 0.95].map(|share| percentile(&values, share)), values.len())
}

/// Keys of the summary that exist only where people change anything.
pub(super) fn json_keys(report: &RunReport<'_>) -> Map<String, Value> {
    let mut keys = Map::new();
    if !is_on(report.results) {
        return keys;
    }
    let Grades { counts: [a, b, c], .. } = grades_in_use(report.scenario);
    keys.insert("effects_in_use".into(), json!({ "A": a, "B": b, "C": c }));
    keys.insert("effects_strength".into(), number(Some(report.scenario.people.strength)));
    keys.insert("agents".into(), agents(report));
    keys.insert("scorecard".into(), scorecards(report));
    keys
}

/// Of each team: how many people, who they are, and how their figures spread.
fn agents(report: &RunReport<'_>) -> Value {
    let of_team = |(index, team): (usize, &crate::scenario::Team)| {
        let people: Vec<_> = report.results.agents.iter().filter(|agent| agent.team == index).collect();
        let traits = TRAITS.into_iter().map(|of| {
            let scores: Vec<f64> = people.iter().map(|agent| agent.profile.scores[of as usize]).collect();
            let (mean, sd) = mean_and_sd(&scores);
            (of.name().to_owned(), json!({ "mean": number(mean), "sd": number(sd) }))
        });
        let weeks: Vec<f64> = people.iter().filter_map(|agent| agent.profile.weeks).collect();
        let (weeks, weeks_sd) = mean_and_sd(&weeks);
        let metrics = AgentMetric::ALL.iter().map(|&metric| {
            let ([p05, p50, p95], n) = spread(report, index, metric);
            let spread = json!({ "people": n, "p05": number(p05), "p50": number(p50), "p95": number(p95) });
            (metric.name().to_owned(), spread)
        });
        let value = json!({
            "people": people.len(),
            "replications": if over_all(report.scenario) { json!("all") } else { json!(1) },
            "traits": traits.collect::<Map<_, _>>(),
            "weeks": { "mean": number(weeks), "sd": number(weeks_sd) },
            "metrics": metrics.collect::<Map<_, _>>(),
        });
        (team.name.clone(), value)
    };
    report.scenario.teams.iter().enumerate().map(of_team).collect::<Map<_, _>>().into()
}

fn scorecards(report: &RunReport<'_>) -> Value {
    let of_team = |(index, team): (usize, &crate::scenario::Team)| {
        let mut dimensions: Map<String, Value> = Map::new();
        for entry in scorecard(&report.results.teams[index]) {
            let metrics = dimensions.entry(entry.dimension.name()).or_insert_with(|| json!({}));
            metrics[entry.metric.name()] = estimate(entry.value);
        }
        (team.name.clone(), Value::Object(dimensions))
    };
    report.scenario.teams.iter().enumerate().map(of_team).collect::<Map<_, _>>().into()
}

/// Mean and standard deviation (n - 1); nothing of nobody, no deviation of one.
pub(super) fn mean_and_sd(values: &[f64]) -> (Option<f64>, Option<f64>) {
    let n = values.len() as f64;
    if values.is_empty() {
        return (None, None);
    }
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    (Some(mean), (values.len() > 1).then(|| (squares / (n - 1.0)).sqrt()))
}
