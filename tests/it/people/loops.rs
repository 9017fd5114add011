//! Problems that come back: how many there are on a floor where nobody gives up.

use callwright::experiment::{QueueMetric, first_attempts, settle_repeats, with_first_attempts};
use callwright::scenario::{Scenario, VolumeCounts};

use super::read;
use crate::floors::{Yardstick, run};

/// Days of 24 hours, or of nine.
fn floor(days: u32, open: &str, counts: &str, after: &str, run: &str) -> Scenario {
    let text = format!(
        "interval = \"1h\"\nopen = \"{open}\"\nfirst_day = 2026-03-02\ndays = {days}\n[queue.calls]\n\
         volume = {{ per_day = 600, shape = [4, 3, 2, 1, 1, 2, 5, 9, 4], counts = \"{counts}\" }}\n\
         talk = \"2m\"\npatience = \"unlimited\"\nfirst_contact_resolution = 0.6\n\
         [queue.calls.callers]\nrepeat = {{ probability = 0.75, after = {after} }}\n\
         [team.t]\nagents = 60\nskills = {{ calls = 1 }}\n[run]\n{run}\n"
    );
    let text = if open == "24h" {
        text.replace("shape = [4, 3, 2, 1, 1, 2, 5, 9, 4], ", "").replace("per_day = 600", "per_hour = 25")
    } else {
        text.replace("shape = [4, 3, 2, 1, 1, 2, 5, 9, 4]", "shape = \"day\"")
            + "[shape.day]\nweights = [4, 3, 2, 1, 1, 2, 5, 9, 4]\n"
    };
    read(&text, &[])
}

/// What the command line does before it simulates.
fn settled(stated: &Scenario) -> Scenario {
    let mut scenario = stated.clone();
    let shares = first_attempts(stated).expect("a pilot runs");
    with_first_attempts(&mut scenario, stated, &shares);
    settle_repeats(&mut scenario).expect("a pilot runs");
    scenario
}

const GAIN: f64 = 0.75 * (1.0 - 0.6);

/// r (1 - f) = 0.3 of all contacts bring another: offered / fresh = 1 / 0.7, where all come within the simulated time
/// but for the last ten delays of 10,000 (0.02 % of the figure). |z| < 4.5 (7e-6).
#[test]
fn each_contact_brings_its_share_of_others() {
    let mut scenario = floor(30, "24h", "fresh", "\"2m\"", "loops = \"none\"");
    scenario.run.replications = 60;
    let results = run(&scenario);
    let mut yardstick = Yardstick::default();
    let queue = &results.queues[0];
    let exact = 1.0 / (1.0 - GAIN);
    yardstick.compare("offered / fresh", queue.get(QueueMetric::OfferedPerFresh), results.replications, exact, 0.0);
    yardstick.verdict(1, None);
}

/// On a steady floor every day is like the next: 600 fresh contacts bring 600 / 0.7 a day, and a stated volume of 600
/// that counts what is offered stays 600; for one, two and seven days, in nine hours or round the clock, and in each
/// hour in proportion to the stated volume. Shares of first attempts come from pilots of some 100,000 contacts (and of
/// ten rounds): a standard error of 0.2 %, and as much for the delays drawn for earlier days. |z| < 4.5.
#[test]
fn a_steady_floor_is_steady_from_its_first_day() {
    let mut yardstick = Yardstick::default();
    for open in ["24h", "08:00-17:00"] {
        for days in [1, 2, 7] {
            for counts in ["offered", "fresh"] {
                let mut scenario = settled(&floor(days, open, counts, "{ dist = \"constant\", mean = \"1d\" }", ""));
                assert_eq!(scenario.queues[0].counts == VolumeCounts::Fresh, counts == "fresh");
                scenario.run.replications = 700 / days;
                let results = run(&scenario);
                let (queue, n) = (&results.queues[0], results.replications);
                let all = if counts == "fresh" { 600.0 / (1.0 - GAIN) } else { 600.0 };
                let what = format!("{open}, {days} days, {counts}");
                let own = 1.96 * 0.003 * all;
                yardstick.compare(&what, queue.get(QueueMetric::Offered), n, all, own);
                let fresh = all * (1.0 - GAIN);
                yardstick.compare(&what, queue.get(QueueMetric::Fresh), n, fresh, own);
                if open != "24h" {
                    let weights = [4.0, 3.0, 2.0, 1.0, 1.0, 2.0, 5.0, 9.0, 4.0];
                    for (hour, weight) in weights.iter().enumerate() {
                        let cell = queue.intervals[hour].get(callwright::experiment::IntervalMetric::Offered);
                        let stated = all * weight / 31.0;
                        yardstick.compare(&format!("{what}, hour {hour}"), cell, n, stated, 1.96 * 0.004 * stated);
                    }
                }
            }
        }
    }
    yardstick.verdict(60, None);
}

/// Delays of a few hours round the clock, over half of which fall into the next day.
#[test]
fn steady_floors_know_random_delays_too() {
    let mut yardstick = Yardstick::default();
    for after in ["\"9h\"", "{ mean = \"2d\", cv = 0.5 }"] {
        let mut scenario = settled(&floor(2, "24h", "fresh", after, ""));
        scenario.run.replications = 400;
        let results = run(&scenario);
        let all = 600.0 / (1.0 - GAIN);
        let offered = results.queues[0].get(QueueMetric::Offered);
        yardstick.compare(after, offered, results.replications, all, 1.96 * 0.003 * all);
    }
    yardstick.verdict(2, None);
}
