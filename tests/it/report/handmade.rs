//! A tiny floor whose results are made by hand, so that the whole screen can be compared.

use callwright::experiment::{
    Ended, Estimate, GoalPart, GoalReport, IntervalMetric, IntervalResult, PartReport, Proportion, QueueMetric,
    QueueResult, Results, TeamIntervalResult, TeamMetric, TeamResult, WaitBucket,
};
use callwright::planner::{Need, TeamNeed};
use callwright::scenario::Scenario;

use super::floor::{self, Ran};

fn estimate(mean: f64, half_width: f64) -> Estimate {
    Estimate { mean: Some(mean), half_width: Some(half_width), p05: Some(0.9 * mean), p95: Some(1.05 * mean) }
}

/// Two queues, two teams, two hours; calls miss their goal at 08:30, mail-ins have none.
pub fn ran() -> Ran {
    let scenario = scenario();
    let calls = queue(
        &[(QueueMetric::Offered, 1234.0), (QueueMetric::Answered, 1150.0), (QueueMetric::ServiceLevel, 0.7731)],
        0.0092,
    );
    let visits = queue(
        &[
            (QueueMetric::Offered, 40.0),
            (QueueMetric::Answered, 38.5),
            (QueueMetric::Abandoned, 1.5),
            (QueueMetric::ServiceLevel, 0.95),
        ],
        0.012,
    );
    let total = queue(
        &[
            (QueueMetric::Offered, 1274.0),
            (QueueMetric::Answered, 1188.5),
            (QueueMetric::Abandoned, 85.5),
            (QueueMetric::ServiceLevel, 0.7787),
        ],
        0.009,
    );
    let goal = GoalReport {
        parts: vec![PartReport {
            part: GoalPart::ServiceLevel,
            target: 0.8,
            value: Some(0.7731),
            met: false,
            days: Proportion { hits: 40, n: 200 },
        }],
        periods: Proportion { hits: 8, n: 40 },
        independent: 40.0,
        met: false,
    };
    let met = Some(Proportion { hits: 8, n: 40 });
    let calls = QueueResult { goal: Some(goal), goal_met: met, ..calls };
    let results = Results {
        replications: 40,
        requested: 40,
        ended: Ended::Complete,
        precision: vec![],
        seed: 7,
        contacts: 50_960,
        queues: vec![calls, visits],
        total: QueueResult { goal_met: met, ..total },
        teams: vec![team(24.0, 700.0), team(8.0, 150.0)],
        total_team: team(32.0, 850.0),
        pairs: vec![],
        agents: Vec::new(),
    };
    let need = Need { teams: vec![TeamNeed { teams: vec![0], on_phone: vec![Some(9), Some(15), Some(12), Some(11)] }] };
    Ran { scenario, results, need }
}

fn scenario() -> Scenario {
    let mut calls = floor::queue("calls", vec![250.0, 400.0, 330.0, 254.0], 240.0);
    calls.goal = floor::goal(Some(0.8), None);
    let visits = floor::queue("visits", vec![10.0; 4], 300.0);
    let teams =
        vec![floor::team("front", vec![11, 11, 14, 12], &[(0, 1)]), floor::team("back", vec![4; 4], &[(1, 1), (0, 2)])];
    floor::floor("Small floor", floor::timeline(1, 4, 1800, 8), vec![calls, visits], teams)
}

fn queue(figures: &[(QueueMetric, f64)], half_width: f64) -> QueueResult {
    let figure = |metric: &QueueMetric| {
        let stated = figures.iter().find(|(m, _)| m == metric).map(|(_, value)| *value);
        match (metric, stated) {
            (_, Some(value)) => estimate(value, half_width),
            (QueueMetric::Attempted, None) => estimate(1000.0, 1.0),
            (QueueMetric::Abandoned, None) => estimate(84.0, 2.0),
            (QueueMetric::AbandonRate, None) => estimate(0.0654, 0.0024),
            (QueueMetric::AsaS, None) => estimate(9.6, 0.3),
            (QueueMetric::AnswerWaitP90S, None) => estimate(41.2, 1.0),
            (QueueMetric::AhtS, None) => estimate(287.6, 1.0),
            (QueueMetric::Blocked | QueueMetric::Dropped, None) => estimate(0.0, 0.0),
            (QueueMetric::SlAnswered, None) => estimate(0.826, 0.01),
            (QueueMetric::SlIgnore, None) => estimate(0.795, 0.01),
            _ => Estimate::default(),
        }
    };
    let interval = |level: f64| IntervalResult {
        goal_met: None,
        metrics: IntervalMetric::ALL
            .iter()
            .map(|metric| match metric {
                IntervalMetric::Offered => estimate(300.0, 3.0),
                IntervalMetric::ServiceLevel => estimate(level, 0.02),
                IntervalMetric::AbandonRate => estimate(0.5 * (1.0 - level), 0.01),
                _ => Estimate::default(),
            })
            .collect(),
    };
    QueueResult {
        metrics: QueueMetric::ALL.iter().map(figure).collect(),
        goal_met: None,
        goal: None,
        intervals: [0.998, 0.34, 0.71, 0.83].map(interval).to_vec(),
        waits: vec![
            WaitBucket { up_to_s: 0.0, cumulative_share: 0.6 },
            WaitBucket { up_to_s: 20.0, cumulative_share: 0.826 },
            WaitBucket { up_to_s: 180.0, cumulative_share: 1.0 },
        ],
    }
}

fn team(hours: f64, answered: f64) -> TeamResult {
    let figure = |metric: &TeamMetric| match metric {
        TeamMetric::Answered => estimate(answered, 1.0),
        TeamMetric::Occupancy => estimate(0.852, 0.004),
        TeamMetric::PaidH => estimate(hours / 0.7, 0.0),
        TeamMetric::Cost => estimate(24.0 * hours / 0.7, 0.0),
        TeamMetric::CostPerHandled => estimate(24.0 * hours / 0.7 / answered, 0.01),
        _ => Estimate::default(),
    };
    let interval = |occupancy: f64| TeamIntervalResult {
        occupancy: estimate(occupancy, 0.01),
        on_duty: estimate(11.0, 0.0),
        busy: estimate(11.0 * occupancy, 0.1),
        answered: estimate(answered / 4.0, 1.0),
    };
    TeamResult {
        metrics: TeamMetric::ALL.iter().map(figure).collect(),
        intervals: [0.7, 0.987, 0.9, 0.82].map(interval).to_vec(),
    }
}
