//! Plans for the shipped floors, tested as the staffing chapter of the decisions asks, and the published shares of
//! days of a floor with 82, 83 and 84 people.

use callwright::planner::{Binding, Plan};
use callwright::scenario::Scenario;

use super::floor::*;

/// Another seed than the plan's.
const OTHER_SEED: u64 = 20_261;

/// With another seed every interval is within three standard errors of its target or above.
///
/// A plan has each of its n figures at the target or above with 95 % confidence, so even one that is exactly at its
/// target fails here with probability 0.0013 only: 0.06 for 48 independent ones, and the seed is fixed.
fn holds_with_another_seed(scenario: &Scenario, plan: &Plan) {
    let results = simulated(&plan.staffed(scenario), OTHER_SEED, scenario.plan.replications);
    for (queue, interval, distance, error) in distances(scenario, &results) {
        assert!(
            distance >= -3.0 * error,
            "queue {queue}, interval {interval}: {distance:.4} is more than 3 x {error:.4} below"
        );
    }
}

/// With one agent fewer in the interval of least slack that interval is below its target, with another seed.
fn misses_with_one_fewer(scenario: &Scenario, plan: &Plan) {
    let slack = distances(scenario, &plan.results);
    let (queue, interval, ..) = *slack.iter().min_by(|a, b| a.2.total_cmp(&b.2)).expect("it has goals");
    let serves = |t: &usize| scenario.teams[*t].skills.iter().any(|s| s.queue == queue && s.preference == 1);
    let team = (0..scenario.teams.len()).find(serves).expect("somebody serves it");
    let mut fewer = plan.staffed(scenario);
    fewer.teams[team].on_phone[interval] -= 1;
    let results = simulated(&fewer, OTHER_SEED, 2 * scenario.plan.replications);
    let missed = distances(scenario, &results).into_iter().any(|d| (d.0, d.1) == (queue, interval) && d.2 < 0.0);
    assert!(missed, "queue {queue}, interval {interval} does without an agent of team {team}");
}

/// With the plan's own random numbers nobody can be taken away: a sample of team and interval.
fn nobody_can_be_spared(scenario: &Scenario, plan: &Plan, step: usize) {
    let cells = (0..scenario.teams.len()).flat_map(|t| (0..plan.teams[t].on_phone.len()).map(move |i| (t, i)));
    for (team, interval) in cells.step_by(step) {
        let mut fewer = plan.staffed(scenario);
        if fewer.teams[team].on_phone[interval] == 0 {
            continue;
        }
        fewer.teams[team].on_phone[interval] -= 1;
        let results = simulated(&fewer, scenario.run.seed, scenario.plan.replications);
        let felt = interval..interval + 3;
        assert!(!holds_with_evidence(scenario, &results, felt), "team {team} can spare one in interval {interval}");
        assert!(matches!(plan.teams[team].binding[interval], Some(Binding::Goal(..))));
    }
}

#[test]
fn the_plan_of_the_single_queue_holds_and_is_minimal() {
    let scenario = shipped("single-queue.toml", 220);
    let plan = planned(&scenario);
    assert!(plan.unmet.is_empty());
    // 82 by Erlang A; the proof of each quarter hour by itself costs about one agent, the empty start saves some.
    assert!(plan.teams[0].on_phone[0] < 80 && plan.teams[0].on_phone[2..].iter().all(|n| (81..=85).contains(n)));
    assert!(plan.formula[0].intervals.iter().all(|need| (need.erlang_a, need.erlang_c) == (82, Some(91))));
    holds_with_another_seed(&scenario, &plan);
    misses_with_one_fewer(&scenario, &plan);
    nobody_can_be_spared(&scenario, &plan, 11);
}

#[test]
fn the_plan_of_the_multi_skill_day_holds_and_is_minimal() {
    let scenario = shipped("multi-skill-day.toml", 300);
    let plan = planned(&scenario);
    assert!(plan.unmet.is_empty());
    // 595 to 602 h have been found over seeds and versions; 620 would be a search gone wrong.
    let effort = plan.effort(&scenario).unwrap();
    assert!((585.0..610.0).contains(&effort.on_phone_h), "{effort:?}");
    holds_with_another_seed(&scenario, &plan);
    misses_with_one_fewer(&scenario, &plan);
    nobody_can_be_spared(&scenario, &plan, 31);
}

/// Job A at 80 % in 20 s: 82 people give a day service level of 80.7 %, but 80 % on only 63 % of days.
///
/// A true share fails with probability 6e-5 (four standard errors; the published ones are rounded to a point).
#[test]
fn a_day_reaches_its_goal_as_often_as_published() {
    for (people, published) in [(82, 0.63), (83, 0.88), (84, 0.98_f64)] {
        let mut scenario = shipped("single-queue.toml", 100);
        scenario.teams[0].on_phone.fill(people);
        let met = simulated(&scenario, 1, 700).queues[0].goal_met.expect("it has a goal");
        let (share, n) = (met.share().unwrap(), met.n as f64);
        let error = (published * (1.0 - published) / n).sqrt();
        assert!((share - published).abs() < 0.005 + 4.0 * error, "{people} people: {share:.3}, published {published}");
    }
}
