//! `--set`: new values, changes, paths with stars and indices, and what a value replaces.

use super::support::{FLOOR, read_set};
use callwright::scenario::{Arrivals, CallChoice, Dist, Goal, Period, Scenario};

fn set(arguments: &[&str]) -> Scenario {
    read_set(FLOOR, arguments).scenario
}

#[test]
fn values_need_no_quotes() {
    let s = set(&[
        "queue.orders.patience=4m",
        "routing.call_choice=longest-wait",
        "name=Another floor",
        "first_day=2026-03-02",
        "queue.orders.balk=5%",
    ]);
    assert_eq!(s.queues[0].patience, Some(Dist::Exponential { mean: 240.0 }));
    assert_eq!(
        (s.routing.call_choice, s.name.as_str(), s.queues[0].balk),
        (CallChoice::LongestWait, "Another floor", 0.05)
    );
    assert_eq!(s.timeline.days[0].label, "Mon 2 Mar 2026");
    assert_eq!(
        set(&["queue.orders.patience=\"4m\"", "queue.orders.arrivals = fixed"]).queues[0].arrivals,
        Arrivals::Fixed
    );
}

#[test]
fn whole_tables_are_values() {
    let s = set(&["queue.orders.talk={ mean = \"5m\", cv = 0.5 }", "queue.orders.volume={ per_hour = 10 }"]);
    assert_eq!(s.queues[0].handle.talk, Dist::Lognormal { mean: 300.0, cv: 0.5 });
    assert_eq!(s.queues[0].volume, [5.0; 4]);
}

#[test]
fn a_path_exists_if_the_language_allows_it() {
    let s = set(&[
        "queue.orders.goal.service_level=80/30",
        "queue.orders.goal.over=interval",
        "run.seed=9",
        "queue.orders.volume.scale=50%",
        "lines=7",
    ]);
    let goal =
        Goal { service_level: Some(0.8), abandon: None, asa_s: None, p_wait: None, over: Period::Interval, on: None };
    assert_eq!(s.queues[0].goal, Some(goal));
    assert_eq!((s.queues[0].target_time_s, s.run.seed, s.lines), (30.0, 9, Some(7)));
    assert_eq!(s.queues[0].volume, [5.0, 10.0, 15.0, 20.0]);
}

#[test]
fn a_bare_time_has_a_mean_and_can_get_a_spread() {
    let s = set(&[
        "queue.orders.patience.mean=5m",
        "queue.orders.talk.cv=0.8",
        "team.tier1.skills.orders.handle_time=110%",
    ]);
    assert_eq!(s.queues[0].patience, Some(Dist::Exponential { mean: 300.0 }));
    assert_eq!(s.queues[0].handle.talk, Dist::Lognormal { mean: 240.0, cv: 0.8 });
    assert_eq!((s.teams[0].skills[0].preference, s.teams[0].skills[0].handle_time), (1, 1.1));
}

#[test]
fn changes() {
    let heads = |arguments: &[&str]| set(arguments).teams[0].on_phone.clone();
    assert_eq!(heads(&["team.tier1.agents=+3"]), [8; 4]);
    assert_eq!(heads(&["team.tier1.agents=-2"]), [3; 4]);
    assert_eq!(heads(&["team.tier1.agents=*1.5"]), [8; 4]);
    assert_eq!(heads(&["team.tier1.agents=[1,2,3,4]", "team.tier1.agents=+3"]), [4, 5, 6, 7]);
    assert_eq!(
        heads(&["team.tier1.agents=[1,2,3,4]", "team.tier1.agents=*110%", "team.tier1.agents[3]=+1"]),
        [1, 2, 3, 5]
    );
    let patience = |argument: &str| set(&[argument]).queues[0].patience.clone().map(|d| d.mean());
    assert_eq!(patience("queue.orders.patience=+30s"), Some(210.0));
    assert_eq!(patience("queue.orders.patience.mean=-30s"), Some(150.0));
    assert_eq!(patience("queue.orders.patience=*1.5"), Some(270.0));
    let s = set(&[
        "queue.orders.volume.scale=*1.5",
        "queue.orders.balk=5%",
        "queue.orders.balk=+2%",
        "run.replications=*0.5",
    ]);
    assert_eq!((s.queues[0].volume[0], s.queues[0].balk, s.run.replications), (15.0, 0.07, 100));
}

#[test]
fn a_change_of_a_table_time_changes_its_mean() {
    let s = set(&["queue.orders.talk={ mean = \"4m\", cv = 0.8 }", "queue.orders.talk=*1.1"]);
    assert_eq!(s.queues[0].handle.talk, Dist::Lognormal { mean: 264.0, cv: 0.8 });
}

#[test]
fn stars_stand_for_every_name() {
    let s = set(&["queue.*.volume.scale=110%", "team.*.agents=+1", "team.*.skills.*.preference=4"]);
    assert_eq!(s.queues[0].volume[3], 44.0);
    assert_eq!((s.teams[0].on_phone[0], s.teams[0].skills[0].preference), (6, 4));
}

#[test]
fn another_way_to_say_it_replaces_the_first() {
    let s = set(&[
        "team.tier1.scheduled=10",
        "team.tier1.shrinkage=30%",
        "queue.orders.aht=5m",
        "queue.orders.volume.per_hour=10",
    ]);
    assert_eq!((s.teams[0].on_phone[0], s.teams[0].scheduled.clone()), (7, Some(vec![10; 4])));
    assert_eq!(s.queues[0].handle.talk, Dist::Lognormal { mean: 300.0, cv: 0.8 });
    assert_eq!(s.queues[0].volume, [5.0; 4]);
}

#[test]
fn entries_of_lists_and_weekday_groups() {
    assert_eq!(set(&["queue.orders.volume.per_interval[2]=99"]).queues[0].volume, [10.0, 20.0, 99.0, 40.0]);
    let s = set(&[
        "open={ mon = \"08:00-10:00\" }",
        "open.tue=08:00-10:00",
        "days=3",
        "team.tier1.agents={ mon = 3, tue = 4 }",
        "team.tier1.agents.tue=+1",
    ]);
    assert_eq!(s.teams[0].on_phone, [3, 3, 3, 3, 5, 5, 5, 5]);
}

#[test]
fn a_new_skill_of_a_known_queue() {
    let text = format!(
        "{FLOOR}\n[team.extra]\nagents = 1\nskills = {{ orders = 2 }}\n[queue.returns]\nvolume = {{ per_hour = 1 }}\naht = \"1m\"\npatience = \"1m\"\n"
    );
    let s = read_set(&text, &["team.extra.skills.returns=3"]).scenario;
    assert_eq!((s.teams[1].skills[1].queue, s.teams[1].skills[1].preference), (1, 3));
}
