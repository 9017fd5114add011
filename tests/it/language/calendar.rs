//! Days, dates, weekdays, midnight and clock changes.

use super::support::{floor, read, scenario};
use callwright::scenario::{Loaded, Scenario};

/// A floor in Paris that is open round the clock; one call more in each half hour of the day.
fn paris(first_day: &str, days: u32) -> Scenario {
    let list = (0..48).map(|i| i.to_string()).collect::<Vec<_>>().join(", ");
    scenario(
        &floor(
            "\"08:00-10:00\"",
            &format!("\"24h\"\nfirst_day = {first_day}\ndays = {days}\ntimezone = \"Europe/Paris\""),
        )
        .replace("10, 20, 30, 40", &list),
    )
}

#[test]
fn the_day_on_which_clocks_go_forward_has_23_hours() {
    let s = paris("2026-03-29", 1);
    assert_eq!(s.timeline.intervals.len(), 46);
    // 02:00 and 02:30 do not exist: their entries, 4 and 5, are left out.
    assert_eq!(s.queues[0].volume[..6], [0.0, 1.0, 2.0, 3.0, 6.0, 7.0]);
    assert_eq!(s.timeline.intervals[4].label, "03:00");
    assert_eq!(s.timeline.intervals[4].start_s, 2 * 3_600);
    assert!(s.timeline.intervals.windows(2).all(|w| w[1].start_s - w[0].start_s == 1_800));
}

#[test]
fn the_day_on_which_clocks_go_back_has_25_hours() {
    let s = paris("2026-10-25", 1);
    assert_eq!(s.timeline.intervals.len(), 50);
    // 02:00 and 02:30 come twice, and so do their entries.
    assert_eq!(s.queues[0].volume[3..10], [3.0, 4.0, 5.0, 4.0, 5.0, 6.0, 7.0]);
    assert_eq!(s.timeline.intervals[6].label, "02:00");
    assert!(s.timeline.intervals.windows(2).all(|w| w[1].start_s - w[0].start_s == 1_800));
}

#[test]
fn the_axis_never_jumps_over_a_clock_change() {
    let s = paris("2026-03-28", 3);
    assert!(s.timeline.round_the_clock);
    assert_eq!(s.timeline.intervals.len(), 48 + 46 + 48);
    assert!(s.timeline.intervals.windows(2).all(|w| w[1].start_s - w[0].start_s == 1_800));
    assert_eq!(s.timeline.days[2].label, "Mon 30 Mar 2026");
    assert_eq!(s.timeline.days[2].first_interval, 94);
}

#[test]
fn an_opening_over_the_night_of_the_change() {
    let night = |date: &str| {
        scenario(
            &floor("\"08:00-10:00\"", &format!("\"22:00-06:00\"\nfirst_day = {date}\ntimezone = \"Europe/Paris\""))
                .replace("\"30m\"", "\"1h\"")
                .replace("10, 20, 30, 40", "0, 1, 2, 3, 4, 5, 6, 7"),
        )
    };
    assert_eq!(night("2026-03-28").queues[0].volume, [0.0, 1.0, 2.0, 3.0, 5.0, 6.0, 7.0]);
    assert_eq!(night("2026-10-24").queues[0].volume, [0.0, 1.0, 2.0, 3.0, 4.0, 4.0, 5.0, 6.0, 7.0]);
    assert_eq!(night("2026-06-01").queues[0].volume.len(), 8);
}

#[test]
fn openings_at_the_edge_of_the_change_stay_in_one_piece() {
    // 02:30 comes twice on 25 October: whatever is chosen, an opening has no hole.
    for (hours, entries) in [("02:30-05:00", 5), ("23:00-02:30", 7), ("02:00-03:00", 2), ("02:30-03:30", 2)] {
        for day in ["2026-10-24", "2026-10-25", "2026-03-28", "2026-03-29"] {
            let list = vec!["1"; entries].join(", ");
            let s = scenario(
                &floor(
                    "\"08:00-10:00\"",
                    &format!("\"{hours}\"\nfirst_day = {day}\ndays = 2\ntimezone = \"Europe/Paris\""),
                )
                .replace("10, 20, 30, 40", &list),
            );
            for d in &s.timeline.days {
                let intervals = &s.timeline.intervals[d.first_interval..d.first_interval + d.interval_count];
                assert!(intervals.windows(2).all(|w| w[1].start_s - w[0].start_s == 1_800), "{hours} {day}");
            }
        }
    }
}

#[test]
fn a_list_per_day_may_count_the_intervals_that_really_pass() {
    let list = (0..50).map(|i| i.to_string()).collect::<Vec<_>>().join(", ");
    let text = floor("\"08:00-10:00\"", "\"24h\"\nfirst_day = 2026-10-25\ntimezone = \"Europe/Paris\"")
        .replace("[10, 20, 30, 40]", &format!("[[{list}]]"));
    assert_eq!(scenario(&text).queues[0].volume, (0..50).map(f64::from).collect::<Vec<_>>());
}

#[test]
fn an_interval_longer_than_the_change_is_refused() {
    let text = floor("\"08:00-10:00\"", "\"24h\"\nfirst_day = 2026-10-25\ntimezone = \"Europe/Paris\"")
        .replace("\"30m\"", "\"2h\"")
        .replace("[10, 20, 30, 40]", "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]");
    assert!(super::support::message(&text).contains(
        "on Sun 25 Oct 2026 the clock changes within an interval of 2h; use an interval that divides the change"
    ));
}

#[test]
fn closed_dates_and_closed_weekdays_are_left_out() {
    let s = scenario(&floor(
        "\"08:00-10:00\"",
        "{ mon-sat = \"08:00-10:00\" }\nfirst_day = 2026-12-21\ndays = 7\nclosed = [2026-12-25, 2026-12-26]",
    ));
    let labels: Vec<&str> = s.timeline.days.iter().map(|d| d.label.as_str()).collect();
    assert_eq!(labels, ["Mon 21 Dec 2026", "Tue 22 Dec 2026", "Wed 23 Dec 2026", "Thu 24 Dec 2026"]);
    assert!(!s.timeline.round_the_clock);
}

#[test]
fn an_opening_over_midnight_belongs_to_the_day_it_starts() {
    let s = scenario(&floor("\"08:00-10:00\"", "\"23:00-01:00\"\ndays = 2"));
    assert_eq!(s.timeline.intervals.iter().map(|i| i.day).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 1, 1, 1]);
    assert_eq!(s.timeline.intervals[3].start_s, 24 * 3_600 + 1_800);
    assert_eq!(s.queues[0].volume[4..], [10.0, 20.0, 30.0, 40.0]);
}

#[test]
fn days_without_a_date_start_on_a_monday() {
    let s: Loaded = read(&floor("\"08:00-10:00\"", "{ tue = \"08:00-10:00\" }\ndays = 3"));
    assert_eq!(s.scenario.timeline.days.len(), 1);
    assert_eq!(s.scenario.timeline.days[0].label, "day 2");
    assert_eq!(s.scenario.timeline.days[0].date, None);
    assert_eq!(s.scenario.timeline.intervals[0].start_s, 86_400 + 8 * 3_600);
}
