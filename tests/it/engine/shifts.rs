//! Named people against exact values: `transient.csv`, rule `named_shift`, interval by interval.

use callwright::experiment::{Estimate, IntervalMetric, Results};
use callwright::scenario::*;

use super::reference::{Row, table};
use crate::floors::*;

/// When each shift of a scenario begins and ends \[s\], and its people, from the column "s1:4 s2:5" of its intervals.
fn people(rows: &[Row], interval_s: u64) -> People {
    let mut shifts: Vec<(String, u32, u64, u64)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let start = index as u64 * interval_s;
        for shift in row.text("shifts").split_whitespace() {
            let (name, heads) = shift.split_once(':').expect("name:people");
            match shifts.iter_mut().find(|s| s.0 == name) {
                Some(known) => known.3 = start + interval_s,
                None => shifts.push((name.into(), heads.parse().expect("a number"), start, start + interval_s)),
            }
        }
    }
    let person = |name: &str, position: u32, from_s: u64, to_s: u64| Person {
        shift: name.into(),
        position,
        profile: callwright::scenario::StatedProfile::default(),
        duties: vec![Duty { day: 0, on_phone: vec![Stretch { from_s, to_s }], paid_s: (to_s - from_s) as f64 }],
    };
    let persons = shifts.iter().flat_map(|(name, heads, from, to)| (0..*heads).map(|p| person(name, p, *from, *to)));
    People { persons: persons.collect(), absence: 0.0, lateness: None, paid_absence: true, activities: Vec::new() }
}

fn simulate_shifts(scenario: &str, replications: u32) -> Results {
    let of = |r: &Row| r.text("scenario") == scenario && r.number("calls_per_hour") > 0.0;
    let rows: Vec<Row> = table("inputs_by_interval.csv").into_iter().filter(of).collect();
    let interval_s = rows[0].number("interval_s");
    let volume = rows.iter().map(|r| r.number("calls_per_hour") * interval_s / 3600.0).collect();
    let on_phone = rows.iter().map(|r| r.number("staffed") as u32).collect();
    let mut floor = floor(
        one_day(rows.len(), interval_s as u32),
        vec![queue("calls", volume, rows[0].number("aht_s"), rows[0].number("patience_s"))],
        vec![team("agents", on_phone, &[(0, 1, 1.0)])],
    );
    floor.teams[0].people = Some(people(&rows, interval_s as u64));
    floor.queues[0].target_time_s = rows[0].number("target_s");
    floor.routing.agent_choice = AgentChoice::Random;
    floor.run.replications = replications;
    run(&floor)
}

#[test]
fn people_who_leave_by_name_agree_with_the_exact_chain() {
    let rows = table("transient.csv");
    let mut yardstick = Yardstick::default();
    for scenario in ["T5-shifts", "T6-handover"] {
        let results = simulate_shifts(scenario, 40_000);
        let (queue, team, n) = (&results.queues[0], &results.teams[0], results.replications);
        for row in rows.iter().filter(|r| r.text("scenario") == scenario) {
            let Some(interval) = row.maybe("interval").map(|i| i as usize - 1) else { continue };
            let Some(cell) = queue.intervals.get(interval) else { continue };
            let mut compare = |column: &str, estimate: Estimate| {
                let what = format!("{scenario} row {} {column}", row.text("id"));
                yardstick.compare(&what, estimate, n, row.number(column), 0.0);
            };
            compare("offered", cell.get(IntervalMetric::Offered));
            compare("p_wait", cell.get(IntervalMetric::PWait));
            compare("sl_of_arrivals", cell.get(IntervalMetric::ServiceLevel));
            compare("abandon_frac_of_arrivals", cell.get(IntervalMetric::AbandonRate));
            compare("mean_wait_of_arrivals_s", cell.get(IntervalMetric::WaitS));
            compare("mean_queue", cell.get(IntervalMetric::MeanQueue));
            compare("mean_busy", team.intervals[interval].busy);
        }
    }
    yardstick.verdict(280, Some((0.5, 2.0)));
}
