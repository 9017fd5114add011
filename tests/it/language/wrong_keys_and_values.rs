//! Keys that do not exist, values of a wrong form: what the planner reads.

use super::support::{FLOOR, assert_message, floor, message};

#[test]
fn toml_that_is_none() {
    let message = message(&floor(r#"open = "08:00-10:00""#, "open = 08:00-10:00"));
    let expected = r#"
error: this is not valid TOML: invalid datetime
 --> floor.toml:3:8
  |
3 | open = 08:00-10:00
  |        ^^^^^^^^^^^
  |
  = help: text, times, hours and shares stand in quotes: "voice", "45s", "08:00-20:00", "80%"
"#;
    assert_message(&message, expected);
}

#[test]
fn a_key_twice() {
    let message = message(&floor(
        r#"talk = "4m""#,
        r#"talk = "4m"
talk = "5m""#,
    ));
    let expected = r#"
error: this is not valid TOML: duplicate key
 --> floor.toml:8:1
  |
8 | talk = "5m"
  | ^^^^
  |
  = help: every key stands once in its table; remove one of the two
"#;
    assert_message(&message, expected);
}

#[test]
fn a_date_that_is_none() {
    let message = message(&format!("first_day = 2026-02-30\n{FLOOR}"));
    let expected = r#"
error: this is not valid TOML: invalid date, expected day between 01 and 28
 --> floor.toml:1:13
  |
1 | first_day = 2026-02-30
  |             ^^^^^^^^^^
  |
  = help: there is no such day in the calendar
"#;
    assert_message(&message, expected);
}

#[test]
fn an_unknown_key_names_the_nearest() {
    let message = message(&floor("patience", "patence"));
    let expected = r#"
error: `patience` is missing in [queue.orders]
 --> floor.toml:5:1
  |
5 | [queue.orders]
  | ^^^^^^^^^^^^^^
  |
  = help: write for example patience = { mean = "3m" }: time a caller is willing to wait

error: unknown key `patence` in [queue.orders]
 --> floor.toml:8:1
  |
8 | patence = "3m"
  | ^^^^^^^
  |
  = help: did you mean `patience`?
"#;
    assert_message(&message, expected);
}

#[test]
fn a_key_under_another_name() {
    let message = message(&floor(r#"talk = "4m""#, r#"service_time = "4m""#));
    let expected = r#"
error: `talk` is missing in [queue.orders]
 --> floor.toml:5:1
  |
5 | [queue.orders]
  | ^^^^^^^^^^^^^^
  |
  = help: write talk = { mean = "4m", cv = 0.8 }, or aht = "4m48s" for talk, hold and wrap together

error: unknown key `service_time` in [queue.orders]
 --> floor.toml:7:1
  |
7 | service_time = "4m"
  | ^^^^^^^^^^^^
  |
  = help: it is called `aht` here: aht = "4m48s"
"#;
    assert_message(&message, expected);
}

#[test]
fn a_key_of_another_section() {
    let message = message(&floor(
        r#"talk = "4m""#,
        r#"talk = "4m"
replications = 3"#,
    ));
    let expected = r#"
error: unknown key `replications` in [queue.orders]
 --> floor.toml:8:1
  |
8 | replications = 3
  | ^^^^^^^^^^^^
  |
  = help: `replications` belongs to [run]
"#;
    assert_message(&message, expected);
}

#[test]
fn a_key_nobody_knows() {
    let message = message(&floor(
        "agents = 5",
        r#"agents = 5
zzzzzz = 3"#,
    ));
    let expected = r#"
error: unknown key `zzzzzz` in [team.tier1]
  --> floor.toml:12:1
   |
12 | zzzzzz = 3
   | ^^^^^^
   |
   = help: known keys in [team.tier1]: agents, scheduled, shifts, breaks, activities, roster, skills, open, shrinkage, lateness, paid_absence, min_agents, max_agents, max_occupancy, cost_per_hour, cost_per_handled, cost_per_talk_minute, min_commitment, site, call_choice, reserve, ring_time, blend, traits, tenure, quota
"#;
    assert_message(&message, expected);
}

#[test]
fn a_section_without_a_name() {
    let message = message(&FLOOR.replace("[queue.orders]", "[queue]"));
    let expected = r#"
error: every queue has a name, and `volume` stands in [queue]
 --> floor.toml:5:1
  |
5 | [queue]
  | ^^^^^^^
  |
  = help: write [queue.NAME] above it, for example [queue.orders]
"#;
    assert_message(&message, expected);
}

#[test]
fn a_queue_that_is_a_value() {
    let message = message(&FLOOR.replace("[queue.orders]", "[queue]\nanything = 3\n[queue.orders]"));
    let expected = r#"
error: `queue.anything` is 3, not a queue
 --> floor.toml:6:1
  |
6 | anything = 3
  | ^^^^^^^^
  |
  = help: every queue has a section of its own: [queue.NAME]
"#;
    assert_message(&message, expected);
}

#[test]
fn a_bare_duration() {
    let message = message(&floor(r#""3m""#, "180"));
    let expected = r#"
error: `queue.orders.patience`: a time needs a unit; write "180s" or "3m"
 --> floor.toml:8:12
  |
8 | patience = 180
  |            ^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_bare_duration_of_no_whole_minutes() {
    let message = message(&floor(r#""3m""#, "200"));
    let expected = r#"
error: `queue.orders.patience`: a time needs a unit; write "200s" if you mean seconds, "200m" if minutes
 --> floor.toml:8:12
  |
8 | patience = 200
  |            ^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_bare_share() {
    let message = message(&floor(
        r#"talk = "4m""#,
        r#"talk = "4m"
balk = 80"#,
    ));
    let expected = r#"
error: `queue.orders.balk`: a share is between 0 and 1 or has a percent sign; write "80%" or 0.8
 --> floor.toml:8:8
  |
8 | balk = 80
  |        ^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_bare_share_in_a_goal() {
    let message = message(&floor(
        r#"talk = "4m""#,
        r#"talk = "4m"
goal = { abandon = 5 }"#,
    ));
    let expected = r#"
error: `queue.orders.goal.abandon`: a share is between 0 and 1 or has a percent sign; write "5%" or 0.05
 --> floor.toml:8:20
  |
8 | goal = { abandon = 5 }
  |                    ^
"#;
    assert_message(&message, expected);
}

#[test]
fn months_are_never_mo() {
    let message = message(&floor(r#""3m""#, r#""14mo""#));
    let expected = r#"
error: `queue.orders.patience`: `mo` is not a unit of time; write "14 months"
 --> floor.toml:8:12
  |
8 | patience = "14mo"
  |            ^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_word_nearly_right() {
    let message = message(&floor(r#""3m""#, r#""unlimted""#));
    let expected = r#"
error: `queue.orders.patience`: `unlimted` is not a number with a unit; write for example "45s" or "4m30s"
 --> floor.toml:8:12
  |
8 | patience = "unlimted"
  |            ^^^^^^^^^^
  |
  = help: did you mean "unlimited"?
"#;
    assert_message(&message, expected);
}

#[test]
fn a_negative_time() {
    let message = message(&floor(r#""3m""#, "-180"));
    let expected = r#"
error: `queue.orders.patience`: a time cannot be negative, and -180 has no unit; write for example "45s"
 --> floor.toml:8:12
  |
8 | patience = -180
  |            ^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_negative_volume() {
    let message = message(&floor("[10, 20, 30, 40]", "[10, -20, 30, 40]"));
    let expected = r#"
error: `queue.orders.volume.per_interval[1]`: -20 is out of range; allowed: 0 to 10000000
 --> floor.toml:6:32
  |
6 | volume = { per_interval = [10, -20, 30, 40] }
  |                                ^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn numbers_that_are_none() {
    let message = message(&floor("[10, 20, 30, 40]", "[10, nan, 30, inf]"));
    let expected = r#"
error: `queue.orders.volume.per_interval[1]`: that is not a finite number
 --> floor.toml:6:32
  |
6 | volume = { per_interval = [10, nan, 30, inf] }
  |                                ^^^

error: `queue.orders.volume.per_interval[3]`: that is not a finite number
 --> floor.toml:6:41
  |
6 | volume = { per_interval = [10, nan, 30, inf] }
  |                                         ^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_number_too_large() {
    let message = message(&floor("[10, 20, 30, 40]", "[10, 99999999999999999999, 30]"));
    let expected = r#"
error: 99999999999999999999 is too large a number
 --> floor.toml:6:32
  |
6 | volume = { per_interval = [10, 99999999999999999999, 30] }
  |                                ^^^^^^^^^^^^^^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn part_of_a_person() {
    let message = message(&floor("agents = 5", "agents = 5.5"));
    let expected = r#"
error: `team.tier1.agents`: 5.5 is not a whole number; allowed: 0 to 262144
  --> floor.toml:11:10
   |
11 | agents = 5.5
   |          ^^^
   |
   = help: for example agents = 45
"#;
    assert_message(&message, expected);
}

#[test]
fn a_number_for_a_volume() {
    let message = message(&floor("{ per_interval = [10, 20, 30, 40] }", "120"));
    let expected = r#"
error: `queue.orders.volume` cannot be 120
 --> floor.toml:6:10
  |
6 | volume = 120
  |          ^^^
  |
  = help: allowed: a table { per_interval, per_hour, per_day, shape, csv, column, where, time, dates, decimal, scale, counts, first_attempts, while_closed, promotions }
  = help: for example volume = { per_hour = 120 }
"#;
    assert_message(&message, expected);
}

#[test]
fn a_text_for_a_goal() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
goal = "80/20""#,
    ));
    let expected = r#"
error: `queue.orders.goal` cannot be "80/20"
 --> floor.toml:9:8
  |
9 | goal = "80/20"
  |        ^^^^^^^
  |
  = help: allowed: a table { service_level, abandon, asa, p_wait, over, on }
  = help: for example goal = { service_level = "80% in 20s", abandon = "5%" }
"#;
    assert_message(&message, expected);
}

#[test]
fn a_goal_in_words() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
goal = { service_level = "fast" }"#,
    ));
    let expected = r#"
error: `queue.orders.goal.service_level`: `fast` is not a share; write for example "80%" or 0.8
 --> floor.toml:9:26
  |
9 | goal = { service_level = "fast" }
  |                          ^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_choice_nearly_right() {
    let message = message(&format!("{FLOOR}\n[routing]\ncall_choice = \"longest_wait\"\n"));
    let expected = r#"
error: `routing.call_choice`: "longest_wait" is none of "priority", "longest-wait", "preference", "weighted-wait", "closest-to-goal"; did you mean "longest-wait"?
  --> floor.toml:15:15
   |
15 | call_choice = "longest_wait"
   |               ^^^^^^^^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_date_in_quotes() {
    let message = message(&format!("first_day = \"2026-03-02\"\n{FLOOR}"));
    let expected = r#"
error: `first_day`: a date stands without quotes; write 2026-03-02
 --> floor.toml:1:13
  |
1 | first_day = "2026-03-02"
  |             ^^^^^^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn hours_that_are_none() {
    let message = message(&floor(r#""08:00-10:00""#, r#""8-10""#));
    let expected = r#"
error: `open`: `8` is not a time of day; write "08:00-20:00", "22:00-06:00" over midnight, or "24h"
 --> floor.toml:3:8
  |
3 | open = "8-10"
  |        ^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_weekday_that_is_none() {
    let message = message(&floor(r#""08:00-10:00""#, r#"{ monday-thursday = "08:00-10:00", fryday = "08:00-10:00" }"#));
    let expected = r#"
error: `fryday` is not a weekday or a group of weekdays
 --> floor.toml:3:43
  |
3 | open = { monday-thursday = "08:00-10:00", fryday = "08:00-10:00" }
  |                                           ^^^^^^
  |
  = help: write mon, tue, wed, thu, fri, sat, sun, a range like mon-fri, or "mon,wed" in quotes
"#;
    assert_message(&message, expected);
}

#[test]
fn a_weekday_in_two_groups() {
    let message = message(&floor(r#""08:00-10:00""#, r#"{ mon-fri = "08:00-10:00", fri = "07:00-09:00" }"#));
    let expected = r#"
error: fri is in two groups: `mon-fri` and `fri`
 --> floor.toml:3:35
  |
3 | open = { mon-fri = "08:00-10:00", fri = "07:00-09:00" }
  |          ------- the other group  ^^^
  |
  = help: let every weekday stand in one group only
"#;
    assert_message(&message, expected);
}

#[test]
fn a_name_with_a_dot() {
    let message = message(&FLOOR.replace("queue.orders]", "queue.\"or.ders\"]"));
    let expected = r#"
error: `or.ders` cannot be the name of a queue
 --> floor.toml:5:8
  |
5 | [queue."or.ders"]
  |        ^^^^^^^^^
  |
  = help: a name has 1 to 64 letters, digits, spaces, `-` or `_`, and no space at its ends

error: there is no queue named `orders`
  --> floor.toml:12:12
   |
12 | skills = { orders = 1 }
   |            ^^^^^^
   |
   = help: did you mean `or.ders`?
"#;
    assert_message(&message, expected);
}

#[test]
fn the_trap_of_toml() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"

[queue.orders.goal]
service_level = "80/20"
priority = 2"#,
    ));
    let expected = r#"
error: `priority` belongs to [queue.orders]; you wrote it under [queue.orders.goal]: move it above line 10
  --> floor.toml:12:1
   |
10 | [queue.orders.goal]
   | ------------------- above this line
11 | service_level = "80/20"
12 | priority = 2
   | ^^^^^^^^
   |
   = help: in TOML a key belongs to the last [section] above it
"#;
    assert_message(&message, expected);
}

#[test]
fn the_trap_of_toml_for_the_header() {
    let message = message(&floor(
        "agents = 5",
        r#"agents = 5
lines = 20"#,
    ));
    let expected = r#"
error: `lines` belongs to the top of the file; you wrote it under [team.tier1]: move it above line 5
  --> floor.toml:12:1
   |
 5 | [queue.orders]
   | -------------- above this line
...
12 | lines = 20
   | ^^^^^
   |
   = help: in TOML a key belongs to the last [section] above it
"#;
    assert_message(&message, expected);
}

#[test]
fn an_empty_file() {
    let message = message("");
    let expected = r#"
error: `interval` is missing at the top of the file
--> floor.toml
 = help: write for example interval = "30m": reporting and planning interval; it divides an hour or is a whole number of hours

error: `open` is missing at the top of the file
--> floor.toml
 = help: write for example open = "08:00-20:00": opening hours, for every day or by weekday; they may cross midnight; "24h" never closes

error: the floor has no queue
--> floor.toml
 = help: write at least one section [queue.NAME] with volume, talk (or aht) and patience

error: the floor has no team
--> floor.toml
 = help: write at least one section [team.NAME] with agents and skills
"#;
    assert_message(&message, expected);
}

#[test]
fn evidence_that_is_none() {
    let message = message(&format!("{FLOOR}\n[plan]\nevidence = \"50%\"\n"));
    let expected = r#"
error: `plan.evidence`: 50% is out of range; allowed: 50.1% to 99.99%
  --> floor.toml:15:12
   |
15 | evidence = "50%"
   |            ^^^^^
"#;
    assert_message(&message, expected);
}
