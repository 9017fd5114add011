//! Promotions and correlations that make no sense.

use super::support::{assert_message, floor, message, two, warning};

#[test]
fn a_promotion_of_a_call_log() {
    let message = message(&floor(
        "{ per_interval = [10, 20, 30, 40] }",
        r#"{ csv = "calls.csv", promotions = [{ from = "08:00", to = "09:00", factor = 2 }] }
arrivals = "trace""#,
    ));
    let expected = r#"
error: `promotions` does not go with arrivals = "trace": the file has one row per contact
 --> floor.toml:6:44
  |
6 | volume = { csv = "calls.csv", promotions = [{ from = "08:00", to = "09:00", factor = 2 }] }
  |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: remove `promotions`
"#;
    assert_message(&message, expected);
}

#[test]
fn times_and_days_that_are_none() {
    let message = message(&floor(
        "{ per_interval = [10, 20, 30, 40] }",
        r#"{ per_hour = 9, promotions = [{ from = "8", to = "9:60", days = "someday", factor = 2 }] }"#,
    ));
    let expected = r#"
error: `queue.orders.volume.promotions[0].from`: `8` is not a time of day; write for example "08:00"
 --> floor.toml:6:49
  |
6 | volume = { per_hour = 9, promotions = [{ from = "8", to = "9:60", days = "someday", factor = 2 }] }
  |                                                 ^^^

error: `queue.orders.volume.promotions[0].to`: `9:60` is not a time of day; write for example "08:00"
 --> floor.toml:6:59
  |
6 | volume = { per_hour = 9, promotions = [{ from = "8", to = "9:60", days = "someday", factor = 2 }] }
  |                                                           ^^^^^^

error: `queue.orders.volume.promotions[0].days`: "someday" is not a weekday or a group of weekdays; write "mon-fri" or "mon,wed"
 --> floor.toml:6:74
  |
6 | volume = { per_hour = 9, promotions = [{ from = "8", to = "9:60", days = "someday", factor = 2 }] }
  |                                                                          ^^^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_promotion_of_no_length() {
    let message = message(&floor(
        "{ per_interval = [10, 20, 30, 40] }",
        r#"{ per_hour = 9, promotions = [{ from = "08:00", to = "08:00", factor = 2 }] }"#,
    ));
    let expected = r#"
error: the promotion starts and ends at 08:00
 --> floor.toml:6:40
  |
6 | volume = { per_hour = 9, promotions = [{ from = "08:00", to = "08:00", factor = 2 }] }
  |                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: leave `from` and `to` out for whole days
"#;
    assert_message(&message, expected);
}

#[test]
fn dates_on_a_floor_without_dates() {
    let message = message(&floor(
        "{ per_interval = [10, 20, 30, 40] }",
        r#"{ per_hour = 9, promotions = [{ from = "08:00", to = "09:00", days = [2026-03-02], factor = 2 }] }"#,
    ));
    let expected = r#"
error: the promotion names dates, but the simulated days have none
 --> floor.toml:6:79
  |
6 | volume = { per_hour = 9, promotions = [{ from = "08:00", to = "09:00", days = [2026-03-02], factor = 2 }] }
  |                                                                               ^^^^^^^^^^^^
  |
  = help: write first_day = 2026-03-02, the date of the first day
"#;
    assert_message(&message, expected);
}

#[test]
fn a_promotion_while_the_floor_is_closed() {
    let message = warning(&floor(
        "{ per_interval = [10, 20, 30, 40] }",
        r#"{ per_hour = 9, promotions = [{ from = "12:00", to = "14:00", factor = 2 }] }"#,
    ));
    let expected = r#"
warning: no simulated interval starts between 12:00 and 14:00 on these days: the promotion changes nothing
 --> floor.toml:6:40
  |
6 | volume = { per_hour = 9, promotions = [{ from = "12:00", to = "14:00", factor = 2 }] }
  |                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: let it lie inside the opening hours of simulated days, or remove it
"#;
    assert_message(&message, expected);
}

#[test]
fn a_promotion_without_a_factor() {
    let message = message(&floor(
        "{ per_interval = [10, 20, 30, 40] }",
        r#"{ per_hour = 9, promotions = [{ from = "08:00" }] }"#,
    ));
    let expected = r#"
error: `factor` is missing in [queue.orders.volume.promotions[0]]
 --> floor.toml:6:40
  |
6 | volume = { per_hour = 9, promotions = [{ from = "08:00" }] }
  |                                        ^^^^^^^^^^^^^^^^^^
  |
  = help: write for example factor = "150%": factor on the volume
"#;
    assert_message(&message, expected);
}

#[test]
fn promotions_that_multiply_beyond_all_floors() {
    let message = message(&floor(
        "{ per_interval = [10, 20, 30, 40] }",
        r#"{ per_hour = 9000, promotions = [{ from = "00:00", to = "24:00", factor = "90000%" }, { from = "08:00", to = "09:00", factor = "90000%" }] }"#,
    ));
    let expected = r#"
error: 7,298,100,000 contacts in one replication are too many; at most 100,000,000
 --> floor.toml:6:10
  |
6 | ... = { per_hour = 9000, promotions = [{ from = "00:00", to = "24:00", factor = "90000%" }, { from = "08:00", to = "09:00", factor = "90000%" }] }
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: simulate fewer days, or split the queue
"#;
    assert_message(&message, expected);
}

#[test]
fn a_late_factor_without_a_time() {
    let message = message(&two(
        r#"patience = "3m""#,
        r#"patience = "3m""#,
        r#"
[correlation]
late = "70%""#,
    ));
    let expected = r#"
error: [correlation] has `late` but not `late_from`
  --> floor.toml:20:8
   |
20 | late = "70%"
   |        ^^^^^
   |
   = help: add late_from = "13:00", or remove `late`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_late_time_without_a_factor() {
    let message = message(&two(
        r#"patience = "3m""#,
        r#"patience = "3m""#,
        r#"
[correlation]
late_from = "09:00""#,
    ));
    let expected = r#"
error: [correlation] has `late_from` but not `late`
  --> floor.toml:20:13
   |
20 | late_from = "09:00"
   |             ^^^^^^^
   |
   = help: add late = "70%", or remove `late_from`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_late_time_after_closing() {
    let message = message(&two(
        r#"patience = "3m"
day_cv = 0.1"#,
        r#"patience = "3m""#,
        r#"
[correlation]
late = "70%"
late_from = "10:00""#,
    ));
    let expected = r#"
error: late_from = 10:00 is not inside the opening hours 08:00-10:00 of mon
  --> floor.toml:22:13
   |
22 | late_from = "10:00"
   |             ^^^^^^^
   |
   = help: write a time between opening and closing
"#;
    assert_message(&message, expected);
}

#[test]
fn a_late_time_on_days_of_different_hours() {
    let message = message(
        &two(
            r#"patience = "3m"
day_cv = 0.1"#,
            r#"patience = "3m""#,
            r#"
[correlation]
late = "70%"
late_from = "09:30""#,
        )
        .replacen(
            r#"open = "08:00-10:00""#,
            r#"days = 7
open = { mon-fri = "08:00-10:00", sat = "09:00-11:00" }"#,
            1,
        ),
    );
    let expected = r#"
error: late_from = 09:30 is not equally long after opening on all days: mon and sat open at different times
  --> floor.toml:23:13
   |
23 | late_from = "09:30"
   |             ^^^^^^^
   |
   = help: leave `late` out, or simulate days that open at the same time
"#;
    assert_message(&message, expected);
}

#[test]
fn correlation_of_one_queue() {
    let message = warning(&two(
        r#"patience = "3m"
day_cv = 0.1"#,
        r#"patience = "3m""#,
        r#"
[correlation]
queues = "60%""#,
    ));
    let expected = r#"
warning: `queues` changes nothing: only one queue has a day_cv
  --> floor.toml:20:1
   |
20 | [correlation]
   | ^^^^^^^^^^^^^
   |
   = help: write for example day_cv = 0.1 in each queue whose busyness varies
"#;
    assert_message(&message, expected);
}

#[test]
fn correlation_of_floors_without_busy_days() {
    let message = warning(&two(
        r#"patience = "3m""#,
        r#"patience = "3m""#,
        r#"
[correlation]
queues = "60%""#,
    ));
    let expected = r#"
warning: [correlation] changes nothing: no queue has a day_cv
  --> floor.toml:19:1
   |
19 | [correlation]
   | ^^^^^^^^^^^^^
   |
   = help: write for example day_cv = 0.1 in each queue whose busyness varies
"#;
    assert_message(&message, expected);
}
