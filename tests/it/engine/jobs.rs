//! The two whole-day cases that other simulators were measured on (reference README, "Whole-day cases").
//! Both start empty, close after twelve hours and serve out; T = 20 s.

use callwright::experiment::{Estimate, QueueMetric, TeamMetric};
use callwright::scenario::*;

use crate::floors::*;

/// Percent, for figures printed in percent.
fn percent(e: Estimate) -> Estimate {
    Estimate { mean: e.mean.map(|x| 100.0 * x), half_width: e.half_width.map(|x| 100.0 * x), ..e }
}

/// Job A: 1000 calls an hour for twelve hours, 300 s, 80 agents, patience 120 s; exact values.
#[test]
fn job_a_agrees_with_the_exact_day() {
    let mut scenario = floor(
        one_day(24, 1800),
        vec![queue("calls", vec![500.0; 24], 300.0, 120.0)],
        vec![team("agents", vec![80; 24], &[(0, 1, 1.0)])],
    );
    scenario.run.replications = 4000;
    let results = run(&scenario);
    let (queue, n) = (&results.queues[0], results.replications);
    let mut yardstick = Yardstick::default();
    let mut compare = |what, estimate, exact| yardstick.compare(what, estimate, n, exact, 0.0);
    compare("offered", queue.get(QueueMetric::Offered), 12_000.0);
    compare("abandoned %", percent(queue.get(QueueMetric::AbandonRate)), 7.5315);
    compare("mean wait of all", queue.get(QueueMetric::WaitS), 9.0378);
    compare("mean wait of answered", queue.get(QueueMetric::AsaS), 8.6203);
    compare("answered in 20 s / offered %", percent(queue.get(QueueMetric::ServiceLevel)), 75.927);
    compare("P(wait) %", percent(queue.get(QueueMetric::PWait)), 51.296);
    compare("occupancy %", percent(results.teams[0].get(TeamMetric::Occupancy)), 95.634);
    yardstick.verdict(7, None);
}

/// Expected totals of the 48 quarter hours of job B.
const JOB_B_VOLUME: [f64; 48] = [
    75.99, 78.54, 82.69, 89.00, 97.98, 109.87, 124.48, 140.98, 157.90, 173.31, 185.10, 191.51, 191.52, 185.12, 173.35,
    158.00, 141.17, 124.86, 110.61, 99.34, 91.41, 86.79, 85.23, 86.47, 90.28, 96.48, 104.87, 115.11, 126.68, 138.79,
    150.44, 160.53, 167.98, 171.93, 171.93, 167.97, 160.53, 150.43, 138.76, 126.61, 114.96, 104.52, 95.73, 88.73,
    83.44, 79.65, 77.06, 75.37,
];

fn job_b() -> Scenario {
    let lognormal = |name: &str, share: f64, mean: f64, patience: f64| {
        let mut queue = queue(name, JOB_B_VOLUME.iter().map(|v| v * share).collect(), mean, patience);
        queue.handle.talk = Dist::Lognormal { mean, cv: 0.8 };
        queue.service_level_formula = ServiceLevelFormula::IgnoreAbandonsInGoal;
        queue
    };
    let specialists = |name: &str, n: u32, queue: usize| team(name, vec![n; 48], &[(queue, 1, 1.0)]);
    let mut scenario = floor(
        one_day(48, 900),
        vec![
            lognormal("T1", 0.45, 240.0, 90.0),
            lognormal("T2", 0.32, 360.0, 150.0),
            lognormal("T3", 0.23, 480.0, 300.0),
        ],
        vec![
            specialists("G1", 12, 0),
            specialists("G2", 14, 1),
            specialists("G3", 12, 2),
            team("G4", vec![10; 48], &[(0, 2, 1.0), (1, 2, 1.0), (2, 2, 1.0)]),
        ],
    );
    scenario.routing.call_choice = CallChoice::LongestWait;
    scenario
}

/// Job B: three queues, specialists before generalists, longest wait first; figures of several simulators with
/// their half-widths.
#[test]
fn job_b_agrees_with_other_simulators() {
    let mut scenario = job_b();
    scenario.run.replications = 4000;
    let results = run(&scenario);
    let n = results.replications;
    let mut yardstick = Yardstick::default();
    // (service level %, ±), (wait of all, ±), (wait of answered, ±), (abandoned %, ±)
    let printed = [
        [(65.731, 0.106), (16.428, 0.057), (14.323, 0.054), (18.257, 0.057)],
        [(65.358, 0.127), (19.652, 0.091), (17.604, 0.086), (13.112, 0.058)],
        [(59.508, 0.146), (28.822, 0.156), (27.090, 0.152), (9.602, 0.051)],
        [(64.126, 0.096), (20.309, 0.073), (18.500, 0.071), (14.620, 0.043)],
    ];
    for (index, (figures, queue)) in printed.iter().zip(results.queues.iter().chain([&results.total])).enumerate() {
        let simulated = [
            percent(queue.get(QueueMetric::ServiceLevel)),
            queue.get(QueueMetric::WaitS),
            queue.get(QueueMetric::AsaS),
            percent(queue.get(QueueMetric::AbandonRate)),
        ];
        for (what, (estimate, &(value, half_width))) in
            ["service level", "wait", "asa", "abandoned"].iter().zip(simulated.into_iter().zip(figures))
        {
            yardstick.compare(&format!("T{} {what}", index + 1), estimate, n, value, half_width);
        }
    }
    for (pair, served) in results.pairs.iter().zip([1876.1, 331.9, 1430.2, 238.5, 940.7, 306.8]) {
        yardstick.compare(&format!("served {pair:?}"), pair.answered, n, served, 3.0);
    }
    let teams = results.teams.iter().chain([&results.total_team]);
    for (team, occupancy) in teams.zip([86.501, 84.632, 86.446, 72.263, 82.976]) {
        yardstick.compare("occupancy", percent(team.get(TeamMetric::Occupancy)), n, occupancy, 0.10);
    }
    yardstick.verdict(27, None);
}
