//! Days that start empty and change by the quarter hour, against exact values interval by interval.

use callwright::experiment::{Estimate, IntervalMetric, Results};

use super::reference::{Row, table};
use crate::floors::*;

/// Simulates a scenario of `inputs_by_interval.csv`; head counts fall by `surplus_first_done`.
fn simulate_inputs(file: &str, scenario: &str, replications: u32) -> Results {
    let rows: Vec<Row> = table("inputs_by_interval.csv")
        .into_iter()
        .filter(|r| r.text("file") == file && r.text("scenario") == scenario)
        .filter(|r| file != "transient.csv" || r.text("semantics") == "surplus_first_done")
        .collect();
    // A last row without calls is the time after closing.
    let open = rows.iter().rposition(|r| r.number("calls_per_hour") > 0.0).expect("calls") + 1;
    let rows = &rows[..open];
    let interval_s = rows[0].number("interval_s");
    let volume = rows.iter().map(|r| r.number("calls_per_hour") * interval_s / 3600.0).collect();
    let heads = rows.iter().map(|r| r.number("staffed") as u32).collect();
    let mut floor = floor(
        one_day(rows.len(), interval_s as u32),
        vec![queue("calls", volume, rows[0].number("aht_s"), rows[0].number("patience_s"))],
        vec![team("agents", heads, &[(0, 1, 1.0)])],
    );
    floor.queues[0].target_time_s = rows[0].maybe("target_s").unwrap_or(20.0);
    floor.run.replications = replications;
    run(&floor)
}

/// `transient.csv`, rule `surplus_first_done`: contacts by arrival interval, time averages by interval.
#[test]
fn falling_and_rising_head_counts_agree_with_the_exact_chain() {
    let rows = table("transient.csv");
    let mut yardstick = Yardstick::default();
    for scenario in ["T0-warmup", "T1-spike", "T2-spike-patient", "T3-day48", "T4-sharp"] {
        let results = simulate_inputs("transient.csv", scenario, 20_000);
        let (queue, team, n) = (&results.queues[0], &results.teams[0], results.replications);
        let of = |r: &&Row| r.text("scenario") == scenario && r.text("semantics") == "surplus_first_done";
        for row in rows.iter().filter(of) {
            let Some(interval) = row.maybe("interval").map(|i| i as usize - 1) else { continue };
            if interval >= queue.intervals.len() {
                continue;
            }
            let cell = &queue.intervals[interval];
            let mut compare = |column: &str, estimate: Estimate| {
                if let Some(exact) = row.maybe(column) {
                    let what = format!("{scenario} row {} {column}", row.text("id"));
                    yardstick.compare(&what, estimate, n, exact, 0.0);
                }
            };
            compare("offered", cell.get(IntervalMetric::Offered));
            compare("p_wait", cell.get(IntervalMetric::PWait));
            compare("sl_of_arrivals", cell.get(IntervalMetric::ServiceLevel));
            compare("abandon_frac_of_arrivals", cell.get(IntervalMetric::AbandonRate));
            compare("mean_wait_of_arrivals_s", cell.get(IntervalMetric::WaitS));
            // The table counts pick-ups inside the interval, not those at the instant a rise of staff begins it.
            let staff = |i: usize| team.intervals[i].on_duty.mean;
            if interval == 0 || staff(interval) <= staff(interval - 1) {
                compare("answered_in_interval", team.intervals[interval].answered);
            }
            compare("mean_queue", cell.get(IntervalMetric::MeanQueue));
            compare("mean_busy", team.intervals[interval].busy);
        }
    }
    yardstick.verdict(500, Some((0.5, 2.0)));
}

/// `mt_theta_eq_mu.csv`: patience as long as handle time, so the number in system is Poisson whatever the staffing.
#[test]
fn the_number_in_system_is_poisson_when_patience_equals_handle_time() {
    let results = simulate_inputs("mt_theta_eq_mu.csv", "day48", 20_000);
    let n = results.replications;
    let mut yardstick = Yardstick::default();
    for row in table("mt_theta_eq_mu.csv").iter().filter(|r| r.text("scenario") == "day48") {
        let cell = &results.queues[0].intervals[row.number("interval") as usize - 1];
        let what = format!("row {}", row.text("id"));
        yardstick.compare(&format!("{what} p_wait"), cell.get(IntervalMetric::PWait), n, row.number("p_wait"), 0.0);
        // Waiting and in service together: their covariance is unknown, so the two half-widths are added.
        let (waiting, served) = (cell.get(IntervalMetric::MeanQueue), cell.get(IntervalMetric::MeanInService));
        let both = Estimate {
            mean: Some(waiting.mean.unwrap() + served.mean.unwrap()),
            half_width: Some(waiting.half_width.unwrap() + served.half_width.unwrap()),
            ..waiting
        };
        yardstick.compare(&format!("{what} mean in system"), both, n, row.number("mean_in_system"), 0.0);
    }
    yardstick.verdict(50, None);
}
