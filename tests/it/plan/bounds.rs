//! Goals, bounds and caps: what they may do to a plan.

use callwright::planner::{Binding, Unmet, plan};
use callwright::scenario::{PlanScope, Scenario};

use super::floor::*;
use super::steady::goal;
use crate::floors;

/// Two queues, a team for each and one that helps out; eight half hours.
fn small() -> Scenario {
    let volume = |f: f64| [10.0, 16.0, 24.0, 30.0, 28.0, 20.0, 14.0, 8.0].map(|v| v * f).to_vec();
    let mut orders = floors::queue("orders", volume(1.5), 240.0, 180.0);
    orders.goal = goal(Some(0.8), None);
    let mut returns = floors::queue("returns", volume(1.0), 300.0, 240.0);
    returns.goal = goal(Some(0.75), None);
    let teams = vec![
        floors::team("front", vec![6; 8], &[(0, 1, 1.0)]),
        floors::team("back", vec![5; 8], &[(1, 1, 1.0)]),
        floors::team("both", vec![1; 8], &[(0, 2, 1.0), (1, 2, 1.1)]),
    ];
    let mut scenario = floors::floor(floors::one_day(8, 1800), vec![orders, returns], teams);
    scenario.plan.replications = 250;
    scenario
}

fn hours(scenario: &Scenario) -> f64 {
    planned(scenario).effort(scenario).unwrap().on_phone_h
}

#[test]
fn more_goals_never_need_fewer_people() {
    let one = small();
    let mut more = small();
    more.queues[0].goal = goal(Some(0.8), Some(0.03));
    let mut most = more.clone();
    most.queues[1].goal.as_mut().unwrap().asa_s = Some(5.0);
    let found = [one, more, most].map(|scenario| hours(&scenario));
    assert!(found[0] <= found[1] && found[1] <= found[2] && found[0] < found[2], "{found:?}");
}

#[test]
fn bounds_are_kept_and_say_so() {
    let mut scenario = small();
    (scenario.teams[0].min_agents, scenario.teams[1].max_agents) = (Some(7), Some(4));
    scenario.teams[2].max_agents = Some(1);
    let plan = planned(&scenario);
    assert!(plan.teams[0].on_phone.iter().all(|&n| n >= 7));
    assert_eq!(plan.teams[0].binding[7], Some(Binding::Minimum));
    assert!(plan.teams[1].on_phone.iter().all(|&n| n <= 4) && plan.teams[2].on_phone.iter().all(|&n| n <= 1));
    // At the peak returns alone are five people's work.
    assert!(plan.unmet.contains(&Unmet::Interval { queue: 1, interval: 3 }), "{:?}", plan.unmet);
    assert!(plan.unmet.iter().all(|u| matches!(u, Unmet::Interval { queue: 1, .. })), "{:?}", plan.unmet);
}

#[test]
fn an_occupancy_cap_is_kept() {
    let mut scenario = small();
    scenario.teams[0].max_occupancy = Some(0.6);
    let plan = planned(&scenario);
    assert!(plan.unmet.is_empty());
    for (i, interval) in plan.results.teams[0].intervals.iter().enumerate() {
        assert!(interval.occupancy.mean.unwrap() <= 0.6 + 1e-9, "interval {i}");
    }
    assert!(plan.teams[0].binding.contains(&Some(Binding::Occupancy)));
}

#[test]
fn closed_teams_and_teams_without_a_goal_stay_out() {
    let mut scenario = small();
    scenario.teams[2].open = vec![true, true, true, false, false, true, true, true];
    scenario.teams[2].on_phone = vec![1, 1, 1, 0, 0, 1, 1, 1];
    scenario.queues[1].goal = None;
    let plan = planned(&scenario);
    assert_eq!(plan.teams[2].on_phone[3..5], [0, 0]);
    assert!(!plan.teams[1].planned && plan.teams[1].on_phone == scenario.teams[1].on_phone);
    assert!(plan.teams[0].planned && plan.unmet.is_empty());
}

#[test]
fn other_scopes_are_judged_as_they_say() {
    let by_interval = hours(&small());
    let mut day = small();
    day.plan.scope = PlanScope::Day;
    let plan_of_day = planned(&day);
    assert!(plan_of_day.unmet.is_empty());
    assert!(plan_of_day.effort(&day).unwrap().on_phone_h < by_interval, "a day may have a bad half hour");
    let mut sure = small();
    sure.plan.days = Some(0.9);
    let plan_of_days = planned(&sure);
    assert!(plan_of_days.results.total.goal_met.unwrap().share().unwrap() >= 0.9 && plan_of_days.unmet.is_empty());
    let mut promised = small();
    promised.plan.scope = PlanScope::Goal;
    promised.queues.iter_mut().for_each(|q| q.goal.as_mut().unwrap().on = Some(0.9));
    let kept = planned(&promised);
    assert!(kept.results.queues.iter().all(|q| q.goal_met.unwrap().share().unwrap() >= 0.9) && kept.unmet.is_empty());
}

#[test]
fn certainty_costs_more_and_more() {
    let scenario = small();
    let plan = plan(&scenario, &options(), &()).unwrap();
    assert_eq!(plan.certainty.iter().map(|c| c.asked).collect::<Vec<_>>(), [None, Some(0.9), Some(0.95)]);
    for pair in plan.certainty.windows(2) {
        assert!(pair[0].effort.on_phone_h <= pair[1].effort.on_phone_h);
    }
    for level in &plan.certainty[1..] {
        assert!(level.met.unwrap().share() >= level.asked);
    }
    assert!(plan.trials < 150, "{}", plan.trials);
}

#[test]
fn threads_do_not_change_a_plan() {
    let scenario = small();
    let of = |threads| plan(&scenario, &callwright::experiment::Options { threads }, &()).unwrap();
    assert_eq!(of(1), of(2));
}
