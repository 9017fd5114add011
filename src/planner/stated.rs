//! People on the phone as the file states them.

use crate::scenario::{Person, Scenario};

/// People of a team on the phone by open interval: head counts, or the mean number of named people by plan, to the
/// minute.
pub fn on_phone_by_plan(scenario: &Scenario, team: usize) -> Vec<f64> {
    let team = &scenario.teams[team];
    match &team.people {
        None => team.on_phone.iter().map(|&n| f64::from(n)).collect(),
        Some(people) => mean_number(scenario, &people.persons),
    }
}

fn mean_number(scenario: &Scenario, persons: &[Person]) -> Vec<f64> {
    let intervals = &scenario.timeline.intervals;
    let length_s = u64::from(scenario.timeline.interval_s);
    let mut seconds = vec![0_u64; intervals.len()];
    for stretch in persons.iter().flat_map(|person| &person.duties).flat_map(|duty| &duty.on_phone) {
        let first = intervals.partition_point(|interval| interval.start_s + length_s <= stretch.from_s);
        let touched = intervals.iter().zip(&mut seconds).skip(first);
        for (interval, seconds) in touched.take_while(|(interval, _)| interval.start_s < stretch.to_s) {
            let end_s = stretch.to_s.min(interval.start_s + length_s);
            *seconds += end_s - stretch.from_s.max(interval.start_s).min(end_s);
        }
    }
    seconds.into_iter().map(|seconds| seconds as f64 / length_s as f64).collect()
}
