//! Floors to plan for, and the yardstick for plans.

use callwright::experiment::{Estimate, GoalPart, Options, Results, simulate};
use callwright::model::compile;
use callwright::planner::{Plan, staff};
use callwright::scenario::{Request, Scenario, load};
use callwright::stats::{student_95, student_one_sided};
use std::path::Path;

pub fn options() -> Options {
    Options { threads: 0 }
}

/// A shipped scenario, judged by so many replications.
pub fn shipped(name: &str, replications: u32) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let request = Request::file(path).set(format!("plan.replications={replications}"));
    load(&request).unwrap_or_else(|e| panic!("{e}")).scenario
}

/// The plan without the price of certainty.
pub fn planned(scenario: &Scenario) -> Plan {
    staff(scenario, &options(), &()).unwrap_or_else(|e| panic!("{e}"))
}

pub fn simulated(scenario: &Scenario, seed: u64, replications: u32) -> Results {
    let mut scenario = scenario.clone();
    (scenario.run.seed, scenario.run.replications) = (seed, replications);
    simulate(&scenario, &compile(&scenario).unwrap(), &options(), &()).unwrap()
}

/// How far an estimate is beyond its target in the good direction, and its standard error.
pub fn beyond(part: GoalPart, target: f64, estimate: Estimate, replications: u64) -> Option<(f64, f64)> {
    let error = estimate.half_width? / student_95(replications - 1);
    let mean = estimate.mean?;
    Some((if part == GoalPart::ServiceLevel { mean - target } else { target - mean }, error))
}

/// (queue, interval, distance, standard error) of every goal in every interval.
pub fn distances(scenario: &Scenario, results: &Results) -> Vec<(usize, usize, f64, f64)> {
    let mut all = Vec::new();
    for (q, queue) in scenario.queues.iter().enumerate() {
        for (part, target) in queue.goal.iter().flat_map(GoalPart::stated) {
            for (i, interval) in results.queues[q].intervals.iter().enumerate() {
                let estimate = interval.get(part.interval_metric());
                all.extend(beyond(part, target, estimate, results.replications).map(|(d, e)| (q, i, d, e)));
            }
        }
    }
    all
}

/// Whether all goals in some intervals hold with the evidence that the scenario asks for.
pub fn holds_with_evidence(scenario: &Scenario, results: &Results, intervals: std::ops::Range<usize>) -> bool {
    let t = student_one_sided(results.replications - 1, scenario.plan.evidence);
    distances(scenario, results).iter().filter(|d| intervals.contains(&d.1)).all(|d| d.2 - t * d.3 >= -1e-9)
}
