//! Shifts that do not fit.

use super::shifts::floor;
use super::support::{Folder, assert_message};

fn message(team: &str, sets: &[&str]) -> String {
    Folder::new().with("floor.toml", &floor(team)).message("floor.toml", sets)
}

#[test]
fn two_ways() {
    let message = message(
        r#"agents = 5
shifts = [{ start = "08:00", length = "9h", agents = 3 }]"#,
        &[],
    );
    let expected = r#"
error: [team.desk] states its people in two ways: `agents` and `shifts`
  --> floor.toml:14:1
   |
13 | agents = 5
   | ------ the other one
14 | shifts = [{ start = "08:00", length = "9h", agents = 3 }]
   | ^^^^^^
   |
   = help: keep one: `agents` are people on the phone, `shifts` are people with their hours
"#;
    assert_message(&message, expected);
}

#[test]
fn a_shift_without_its_length() {
    let message = message(r#"shifts = [{ start = "08:00", agents = 3 }]"#, &[]);
    let expected = r#"
error: `length` is missing in [team.desk.shifts[0]]
  --> floor.toml:13:11
   |
13 | shifts = [{ start = "08:00", agents = 3 }]
   |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: write for example length = "8h": time that passes from its beginning to its end, in whole minutes
"#;
    assert_message(&message, expected);
}

#[test]
fn an_unknown_key_of_a_shift() {
    let message = message(r#"shifts = [{ start = "08:00", end = "16:00", length = "8h", agents = 3 }]"#, &[]);
    let expected = r#"
error: unknown key `end` in [team.desk.shifts[0]]
  --> floor.toml:13:30
   |
13 | shifts = [{ start = "08:00", end = "16:00", length = "8h", agents = 3 }]
   |                              ^^^
   |
   = help: it is called `length` here: length = "8h"
"#;
    assert_message(&message, expected);
}

#[test]
fn no_time_of_day() {
    let message = message(r#"shifts = [{ start = "8 am", length = "8h", agents = 3 }]"#, &[]);
    let expected = r#"
error: `team.desk.shifts[0].start`: `8 am` is not a time of day; write for example "08:00"
  --> floor.toml:13:21
   |
13 | shifts = [{ start = "8 am", length = "8h", agents = 3 }]
   |                     ^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_time_without_quotes() {
    let message = message(r#"shifts = [{ start = 08:00, length = "8h", agents = 3 }]"#, &[]);
    let expected = r#"
error: `team.desk.shifts[0].start`: a time of day stands in quotes; write "08:00"
  --> floor.toml:13:21
   |
13 | shifts = [{ start = 08:00, length = "8h", agents = 3 }]
   |                     ^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_length_in_seconds() {
    let message = message(r#"shifts = [{ start = "08:00", length = "7h30m20s", agents = 3 }]"#, &[]);
    let expected = r#"
error: 7h30m20s is not a whole number of minutes
  --> floor.toml:13:39
   |
13 | shifts = [{ start = "08:00", length = "7h30m20s", agents = 3 }]
   |                                       ^^^^^^^^^^
   |
   = help: write for example "7h30m"
"#;
    assert_message(&message, expected);
}

#[test]
fn a_length_beyond_a_day() {
    let message = message(r#"shifts = [{ start = "08:00", length = "25h", agents = 3 }]"#, &[]);
    let expected = r#"
error: `team.desk.shifts[0].length`: 25h is out of range; allowed: 1m to 24h
  --> floor.toml:13:39
   |
13 | shifts = [{ start = "08:00", length = "25h", agents = 3 }]
   |                                       ^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn no_shifts() {
    let message = message("shifts = []", &[]);
    let expected = r#"
error: [team.desk] has 0 shifts; allowed: 1 to 1000
  --> floor.toml:13:10
   |
13 | shifts = []
   |          ^^
   |
   = help: write for example shifts = [{ start = "08:00", length = "8h", agents = 25 }]
"#;
    assert_message(&message, expected);
}

#[test]
fn no_such_days() {
    let message = message(r#"shifts = [{ start = "08:00", length = "8h", agents = 3, days = "weekdays" }]"#, &[]);
    let expected = r#"
error: `team.desk.shifts[0].days`: "weekdays" is not a weekday or a group of weekdays; write "mon-fri" or "mon,wed"
  --> floor.toml:13:64
   |
13 | shifts = [{ start = "08:00", length = "8h", agents = 3, days = "weekdays" }]
   |                                                                ^^^^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn days_that_run_backwards() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "8h", agents = 3, days = { from = 2026-03-10, until = 2026-03-02 } }]"#,
        &[],
    );
    let expected = r#"
error: no day is from 2026-03-10 until 2026-03-02
  --> floor.toml:13:64
   |
13 | shifts = [{ start = "08:00", length = "8h", agents = 3, days = { from = 2026-03-10, until = 2026-03-02 } }]
   |                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: let `until` be `from` or later
"#;
    assert_message(&message, expected);
}

#[test]
fn two_shifts_of_one_name() {
    let message = message(
        r#"shifts = [{ name = "early", start = "08:00", length = "8h", agents = 3 }, { name = "early", start = "09:00", length = "8h", agents = 3 }]"#,
        &[],
    );
    let expected = r#"
error: two shifts are named `early`
  --> floor.toml:13:84
   |
13 | shifts = [{ name = "early", start = "08:00", length = "8h", agents = 3 }, { name = "early", start = "09:00", length = "8h", agents =...
   |                    ------- the other one                                           ^^^^^^^
   |
   = help: the name tells people apart: give each shift its own
"#;
    assert_message(&message, expected);
}

#[test]
fn a_shift_when_the_floor_is_closed() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "8h", agents = 3 }, { start = "22:00", length = "8h", agents = 2 }]"#,
        &[],
    );
    let expected = r#"
error: shift `22:00` (22:00-06:00) lies wholly outside the opening hours
  --> floor.toml:13:69
   |
13 | shifts = [{ start = "08:00", length = "8h", agents = 3 }, { start = "22:00", length = "8h", agents = 2 }]
   |                                                                     ^^^^^^^
   |
   = help: change its start, length or days, or `open`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_break_longer_than_its_window() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ name = "lunch", length = "1h", between = ["11:30", "12:00"] }] }]"#,
        &[],
    );
    let expected = r#"
error: 1h does not fit between 11:30 and 12:00
  --> floor.toml:13:110
   |
13 | shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ name = "lunch", length = "1h", between = ["11:30", "12:00"] }] }]
   |                                                                                                              ^^^^^^^^^^^^^^^^^^
   |
   = help: the first is the earliest beginning, the second the latest end
"#;
    assert_message(&message, expected);
}

#[test]
fn a_window_outside_the_shift() {
    let message = message(
        r#"shifts = [{ start = "12:00", length = "5h", agents = 3, breaks = [{ name = "lunch", length = "30m", between = ["11:30", "14:00"] }] }]"#,
        &[],
    );
    let expected = r#"
error: `lunch` (30m between 11:30 and 14:00) does not fit into shift `12:00` (12:00-17:00)
  --> floor.toml:13:67
   |
13 | shifts = [{ start = "12:00", length = "5h", agents = 3, breaks = [{ name = "lunch", length = "30m", between = ["11:30", "14:00"] }] }]
   |                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: let both times lie within the shift
"#;
    assert_message(&message, expected);
}

#[test]
fn a_break_after_the_end() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ length = "15m", after = "8h50m" }] }]"#,
        &[],
    );
    let expected = r#"
error: `break` (15m, 8h50m after the start) does not fit into shift `08:00` (08:00-17:00)
  --> floor.toml:13:67
   |
13 | shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ length = "15m", after = "8h50m" }] }]
   |                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: let it begin earlier, or make it shorter
"#;
    assert_message(&message, expected);
}

#[test]
fn a_break_without_a_time() {
    let message =
        message(r#"shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ length = "15m" }] }]"#, &[]);
    let expected = r#"
error: `break` does not say when it is
  --> floor.toml:13:67
   |
13 | shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ length = "15m" }] }]
   |                                                                   ^^^^^^^^^^^^^^^^^^
   |
   = help: write one of start = "10:00", after = "4h" or between = ["11:30", "14:00"]
"#;
    assert_message(&message, expected);
}

#[test]
fn a_break_with_two_times() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ length = "15m", after = "2h", start = "10:00" }] }]"#,
        &[],
    );
    let expected = r#"
error: `start` and `after` both say when it is
  --> floor.toml:13:93
   |
13 | shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ length = "15m", after = "2h", start = "10:00" }] }]
   |                                                                                             ^^^^
   |
   = help: write one of start = "10:00", after = "4h" or between = ["11:30", "14:00"]
"#;
    assert_message(&message, expected);
}

#[test]
fn a_window_of_three_times() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ length = "15m", between = ["10:00", "11:00", "12:00"] }] }]"#,
        &[],
    );
    let expected = r#"
error: `between` has 3 times, not two
  --> floor.toml:13:95
   |
13 | shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ length = "15m", between = ["10:00", "11:00", "12:00"] }] }]
   |                                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: write for example between = ["11:30", "14:00"]
"#;
    assert_message(&message, expected);
}

#[test]
fn a_break_that_no_shift_covers() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3 }]
breaks = [{ name = "supper", length = "30m", between = ["18:00", "20:00"] }]"#,
        &[],
    );
    let expected = r#"
error: `supper` (30m between 18:00 and 20:00) does not fit into any shift of the team
  --> floor.toml:14:11
   |
14 | breaks = [{ name = "supper", length = "30m", between = ["18:00", "20:00"] }]
   |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: let both times lie within one of its shifts
"#;
    assert_message(&message, expected);
}

#[test]
fn two_things_at_once() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3 }]
breaks = [{ length = "15m", after = "2h" }]
activities = [{ name = "meeting", start = "10:00", length = "1h" }]"#,
        &[],
    );
    let expected = r#"
error: `meeting` (10:00-11:00) and `break` (15m, 2h after the start) are at the same time in shift `08:00` (08:00-17:00)
  --> floor.toml:15:15
   |
14 | breaks = [{ length = "15m", after = "2h" }]
   |           -------------------------------- the other one
15 | activities = [{ name = "meeting", start = "10:00", length = "1h" }]
   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: move one of them, or let people take turns: between = ["11:30", "14:00"]
"#;
    assert_message(&message, expected);
}

#[test]
fn no_room_left() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3, breaks = [{ name = "lunch", length = "30m", between = ["12:00", "13:00"] }], activities = [{ name = "training", start = "12:00", length = "1h" }] }]"#,
        &[],
    );
    let expected = r#"
error: other breaks and activities leave no room for `lunch` (30m between 12:00 and 13:00) in shift `08:00` (08:00-17:00) on Mon 2 Mar 2026
  --> floor.toml:13:67
   |
13 | ...h = "9h", agents = 3, breaks = [{ name = "lunch", length = "30m", between = ["12:00", "13:00"] }], activities = [{ name = "traini...
   |                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: move it, or give it a longer window
"#;
    assert_message(&message, expected);
}

#[test]
fn breaks_of_head_counts() {
    let message = message(
        r#"agents = 5
breaks = [{ length = "15m", after = "2h" }]"#,
        &[],
    );
    let expected = r#"
error: `breaks` only goes with `shifts`
  --> floor.toml:14:10
   |
14 | breaks = [{ length = "15m", after = "2h" }]
   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: remove `breaks`
"#;
    assert_message(&message, expected);
}

#[test]
fn lateness_of_head_counts() {
    let message = message(
        r#"agents = 5
lateness = { probability = "10%", mean = "8m" }"#,
        &[],
    );
    let expected = r#"
error: `lateness` only goes with `shifts` or `roster`
  --> floor.toml:14:12
   |
14 | lateness = { probability = "10%", mean = "8m" }
   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: remove `lateness`
"#;
    assert_message(&message, expected);
}

#[test]
fn lateness_without_its_probability() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3 }]
lateness = { mean = "8m" }"#,
        &[],
    );
    let expected = r#"
error: `probability` is missing in [team.desk.lateness]
  --> floor.toml:14:12
   |
14 | lateness = { mean = "8m" }
   |            ^^^^^^^^^^^^^^^
   |
   = help: write for example probability = "10%": share of a person's days that begin late
"#;
    assert_message(&message, expected);
}

#[test]
fn shrinkage_besides_head_counts() {
    let message = message(
        r#"agents = 5
shrinkage = { besides_schedule = "12%" }"#,
        &[],
    );
    let expected = r#"
error: `besides_schedule` only goes with `shifts` or `roster`
  --> floor.toml:14:34
   |
14 | shrinkage = { besides_schedule = "12%" }
   |                                  ^^^^^
   |
   = help: write planned and unplanned shares
"#;
    assert_message(&message, expected);
}

#[test]
fn shrinkage_counted_twice() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3 }]
shrinkage = "22%"
activities = [{ name = "meeting", start = "10:00", length = "1h" }]"#,
        &[],
    );
    let expected = r#"
error: planned shrinkage of 22% is counted twice: the schedule shows `meeting` already
  --> floor.toml:14:13
   |
14 | shrinkage = "22%"
   |             ^^^^^
   |
   = help: write shrinkage = { besides_schedule = "12%" }: what is not in the schedule
"#;
    assert_message(&message, expected);
}

#[test]
fn planned_and_besides_the_schedule() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3 }]
shrinkage = { planned = "10%", besides_schedule = "12%" }"#,
        &[],
    );
    let expected = r#"
error: `planned` and `besides_schedule` both say what is taken off the schedule
  --> floor.toml:14:13
   |
14 | shrinkage = { planned = "10%", besides_schedule = "12%" }
   |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: keep `besides_schedule`
"#;
    assert_message(&message, expected);
}

#[test]
fn paid_in_quotes() {
    let message = message(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3 }]
paid_absence = "true""#,
        &[],
    );
    let expected = r#"
error: `team.desk.paid_absence`: true stands without quotes; write true
  --> floor.toml:14:16
   |
14 | paid_absence = "true"
   |                ^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn too_many_people() {
    let message = message(r#"shifts = [{ start = "08:00", length = "9h", agents = 100001 }]"#, &[]);
    let expected = r#"
error: 100,001 people by name are too many; at most 100,000
  --> floor.toml:13:10
   |
13 | shifts = [{ start = "08:00", length = "9h", agents = 100001 }]
   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: split the floor, or state large teams with `agents`
"#;
    assert_message(&message, expected);
}

#[test]
fn agents_on_the_command_line() {
    let message = message(r#"shifts = [{ start = "08:00", length = "9h", agents = 3 }]"#, &["team.desk.agents=+3"]);
    let expected = r#"
error: --set: `team.desk` states its people by `shifts`, not by `agents`
 --> --set:1:11
  |
1 | team.desk.agents=+3
  |           ^^^^^^
  |
  = help: change a shift: team.desk.shifts[0].agents=+3
"#;
    assert_message(&message, expected);
}

#[test]
fn a_shift_that_is_not_there() {
    let message =
        message(r#"shifts = [{ start = "08:00", length = "9h", agents = 3 }]"#, &["team.desk.shifts[1].agents=+3"]);
    let expected = r#"
error: --set: `team.desk.shifts[1]` does not exist: the list has 1 entries, counted from 0
 --> --set:1:11
  |
1 | team.desk.shifts[1].agents=+3
  |           ^^^^^^^^^
"#;
    assert_message(&message, expected);
}
