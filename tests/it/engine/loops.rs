//! Redials against the exact chain (`retrial.csv`), weighted waits against a published day.

use callwright::experiment::{Estimate, QueueMetric, TeamMetric, first_attempts};
use callwright::scenario::*;

use super::reference::table;
use crate::floors::*;

/// The same figure per accepted attempt instead of per attempt, or per hour instead of per replication.
fn scaled(estimate: Estimate, by: f64) -> Estimate {
    Estimate { mean: estimate.mean.map(|m| m * by), half_width: estimate.half_width.map(|h| h * by), ..estimate }
}

#[test]
fn redials_agree_with_the_exact_chain() {
    let mut yardstick = Yardstick::default();
    for row in table("retrial.csv") {
        let number = |column: &str| row.number(column);
        let (per_hour, aht, patience) = (number("fresh_calls_per_hour"), number("aht_s"), number("patience_s"));
        let delay = number("redial_mean_delay_s");
        let watch = Watch::steady(4.0 * aht.max(delay), per_hour);
        let mut calls = queue("calls", vec![per_hour], aht, if patience.is_finite() { patience } else { 0.0 });
        let probability = number("redial_prob");
        let after = Dist::Exponential { mean: delay };
        calls.callers.redial = Some(Redial { probability, after, attempts: None, queue: None });
        let mut scenario = watch.floor(vec![calls], &[("agents", number("agents") as u32, &[(0, 1, 1.0)])]);
        scenario.lines = Some(number("lines") as u32);
        scenario.run.seed = 77 + number("id") as u64;
        let results = run(&scenario);
        let (queue, n, hours) = (&results.queues[0], results.replications, watch.counted_h as f64);
        let accepted = 1.0 - number("p_block_attempt");
        let figures = [
            ("attempts_per_hour", scaled(queue.get(QueueMetric::Attempted), 1.0 / hours), 1.0),
            ("p_block_attempt", queue.get(QueueMetric::BlockedRate), 1.0),
            ("p_wait_attempt", queue.get(QueueMetric::PWait), accepted),
            ("p_abandon_attempt", queue.get(QueueMetric::AbandonRate), accepted),
            ("mean_queue", queue.get(QueueMetric::MeanQueue), 1.0),
            ("occupancy", results.teams[0].get(TeamMetric::Occupancy), 1.0),
        ];
        for (column, estimate, share) in figures {
            // Rarer than one in 30 in the whole test.
            if number(column) * results.contacts as f64 > 30.0 {
                let what = format!("row {} {column}", row.text("id"));
                yardstick.compare(&what, estimate, n, number(column) / share, 0.0);
            }
        }
    }
    yardstick.verdict(35, Some((0.5, 2.0)));
}

/// A floor that is stated to be offered as many calls as the exact chain offers it: its fresh calls are those of the
/// chain, to one percent (the last of ten rounds of 100,000 calls leaves a standard error of some 0.2 %: five of them).
#[test]
fn redials_are_taken_out_of_a_volume_that_contains_them() {
    for row in table("retrial.csv").iter().filter(|r| r.number("p_block_attempt") < 1e-6) {
        let (aht, patience) = (row.number("aht_s"), row.number("patience_s"));
        let hours = 1_000;
        let mut calls = queue("calls", vec![row.number("attempts_per_hour"); hours], aht, patience);
        let after = Dist::Exponential { mean: row.number("redial_mean_delay_s") };
        let probability = row.number("redial_prob");
        calls.callers.redial = Some(Redial { probability, after, attempts: None, queue: None });
        let heads = vec![row.number("agents") as u32; hours];
        let scenario = floor(round_the_clock(hours), vec![calls], vec![team("agents", heads, &[(0, 1, 1.0)])]);
        let share = first_attempts(&scenario).expect("the floor can be simulated")[0];
        let exact = row.number("fresh_calls_per_hour") / row.number("attempts_per_hour");
        assert!((share / exact - 1.0).abs() < 0.01, "row {}: {share} and not {exact}", row.text("id"));
        let fresh =
            Scenario { queues: vec![Queue { counts: VolumeCounts::Fresh, ..scenario.queues[0].clone() }], ..scenario };
        assert_eq!(first_attempts(&fresh).expect("nothing to simulate"), [1.0]);
    }
}

/// Two types, specialists and generalists, weights 3 and 0.8: an hour from empty, then drained. Printed results of
/// an established simulator (means and 95 % half-widths over many days).
#[test]
fn weighted_waits_agree_with_a_published_day() {
    let minutes = |per_minute: f64| vec![15.0 * per_minute; 4];
    let mut first = queue("first", minutes(6.0), 60.0, 120.0);
    let mut second = queue("second", minutes(2.0), 48.0, 192.0);
    for (queue, weight) in [(&mut first, 3.0), (&mut second, 0.8)] {
        queue.weight = weight;
        queue.target_time_s = 19.8;
        queue.service_level_formula = ServiceLevelFormula::IgnoreAbandonsInGoal;
    }
    let heads = |n: u32| vec![n; 4];
    // Generalists take 96 s whatever the type.
    let teams = vec![
        team("specialists 1", heads(3), &[(0, 1, 1.0)]),
        team("specialists 2", heads(2), &[(1, 1, 1.0)]),
        team("generalists", heads(4), &[(0, 2, 1.6), (1, 2, 2.0)]),
    ];
    let mut scenario = floor(one_day(4, 900), vec![first, second], teams);
    scenario.routing.call_choice = CallChoice::WeightedWait;
    scenario.run.replications = 100_000;
    let results = run(&scenario);
    let n = results.replications;
    let mut yardstick = Yardstick::default();
    let queues = [&results.queues[0], &results.queues[1], &results.total];
    for (queue, (service_level, abandoned)) in queues.iter().zip([(53.288, 18.041), (77.117, 6.378), (59.551, 15.125)])
    {
        let percent = |metric| scaled(queue.get(metric), 100.0);
        yardstick.compare("service level", percent(QueueMetric::ServiceLevel), n, service_level, 0.12);
        yardstick.compare("abandoned", percent(QueueMetric::AbandonRate), n, abandoned, 0.045);
    }
    for (team, occupancy) in results.teams.iter().zip([92.442, 63.199, 90.689]) {
        // The source gives no half-width for these; that of abandonment is the smallest it gives.
        yardstick.compare("occupancy", scaled(team.get(TeamMetric::Occupancy), 100.0), n, occupancy, 0.045);
    }
    yardstick.verdict(9, None);
}
