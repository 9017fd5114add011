//! Where a formula is exact, simulation must ask for what it asks.

use callwright::erlang::{Patience, Pool, ServiceLevel};
use callwright::scenario::Goal;

use super::floor::*;
use crate::floors;

/// A goal over the day.
pub fn goal(service_level: Option<f64>, abandon: Option<f64>) -> Option<Goal> {
    let over = callwright::scenario::Period::Day;
    Some(Goal { service_level, abandon, asa_s: None, p_wait: None, over, on: None })
}

/// Ten equal hours of a floor with exponential times: after the first two it is steady, and needs Erlang A's people.
#[test]
fn a_long_steady_floor_needs_what_erlang_a_says() {
    for (calls, share, patience_s) in [(120.0, 0.8, 180.0), (300.0, 0.9, 90.0), (30.0, 0.7, 300.0)] {
        let mut queue = floors::queue("calls", vec![calls; 10], 240.0, patience_s);
        queue.goal = goal(Some(share), None);
        let team = floors::team("agents", vec![1; 10], &[(0, 1, 1.0)]);
        let mut scenario = floors::floor(floors::one_day(10, 3600), vec![queue], vec![team]);
        scenario.plan.replications = 600;
        let plan = planned(&scenario);
        let pool = Pool::new(calls, 3600.0, 240.0, Patience::exponential(patience_s).unwrap()).unwrap();
        let exact = |people: u32| {
            let level = pool.evaluate(u64::from(people)).unwrap().service_level(&ServiceLevel::offered(20.0));
            level.unwrap()
        };
        for i in 2..10 {
            let (people, formula) = (plan.teams[0].on_phone[i], plan.formula[0].intervals[i].erlang_a);
            assert!(people.abs_diff(formula) <= 1, "{calls} calls: {people} found, {formula} by formula");
            let level = plan.results.queues[0].intervals[i].get(callwright::experiment::IntervalMetric::ServiceLevel);
            // Three standard errors, and a point for what the hour before may have left.
            let noise = 1.5 * level.half_width.unwrap() + 0.01;
            assert!(exact(people) >= share - noise, "{people} people give {:.3} for {share}", exact(people));
        }
    }
}
