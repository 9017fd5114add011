//! Values that are well formed and make no sense together.

use super::support::{FLOOR, Folder, assert_message, floor, message, message_with_csv};

#[test]
fn a_queue_nobody_serves() {
    let message = message(&floor(
        "skills = { orders = 1 }",
        r#"skills = { orders = 1 }

[queue.returns]
volume = { per_hour = 3 }
talk = "1m"
patience = "1m""#,
    ));
    let expected = r#"
error: no team is skilled for queue `returns`
  --> floor.toml:14:8
   |
14 | [queue.returns]
   |        ^^^^^^^
   |
   = help: write it into the skills of a team, for example skills = { returns = 1 } in [team.tier1]
"#;
    assert_message(&message, expected);
}

#[test]
fn an_interval_that_does_not_divide_an_hour() {
    let message = message(&floor(r#""30m""#, r#""25m""#));
    let expected = r#"
error: an interval of 25m does not divide an hour and is not a whole number of hours
 --> floor.toml:2:12
  |
2 | interval = "25m"
  |            ^^^^^
  |
  = help: write for example "15m", "30m", "1h" or "2h"
"#;
    assert_message(&message, expected);
}

#[test]
fn an_interval_that_does_not_divide_the_day() {
    let message = message(&floor("08:00-10:00", "08:00-10:15"));
    let expected = r#"
error: 08:00-10:15 is 2h15m long, not a whole number of intervals of 30m
 --> floor.toml:3:8
  |
3 | open = "08:00-10:15"
  |        ^^^^^^^^^^^^^
  |
  = help: close at 10:00 or at 10:30, or use a shorter interval
"#;
    assert_message(&message, expected);
}

#[test]
fn a_start_between_intervals() {
    let message = message(&floor("08:00-10:00", "08:15-10:15"));
    let expected = r#"
error: 08:15-10:15 does not start on a multiple of the interval of 30m
 --> floor.toml:3:8
  |
3 | open = "08:15-10:15"
  |        ^^^^^^^^^^^^^
  |
  = help: intervals start at 08:00, 08:30; or use a shorter interval
"#;
    assert_message(&message, expected);
}

#[test]
fn a_list_too_short() {
    let message = message(&floor("[10, 20, 30, 40]", "[10, 20, 30]"));
    let expected = r#"
error: `queue.orders.volume.per_interval` has 3 entries, but 08:00-10:00 in intervals of 30m needs 4
 --> floor.toml:6:27
  |
6 | volume = { per_interval = [10, 20, 30] }
  |                           ^^^^^^^^^^^^
  |
  = help: entry 3 is for 09:00; 09:30 is missing
"#;
    assert_message(&message, expected);
}

#[test]
fn a_list_much_too_short() {
    let message = message(&floor("[10, 20, 30, 40]", "[10, 20]"));
    let expected = r#"
error: `queue.orders.volume.per_interval` has 2 entries, but 08:00-10:00 in intervals of 30m needs 4
 --> floor.toml:6:27
  |
6 | volume = { per_interval = [10, 20] }
  |                           ^^^^^^^^
  |
  = help: entry 2 is for 08:30; those from 09:00 to 09:30 are missing
"#;
    assert_message(&message, expected);
}

#[test]
fn a_list_too_long() {
    let message = message(&floor("[10, 20, 30, 40]", "[10, 20, 30, 40, 50]"));
    let expected = r#"
error: `queue.orders.volume.per_interval` has 5 entries, but 08:00-10:00 in intervals of 30m needs 4
 --> floor.toml:6:27
  |
6 | volume = { per_interval = [10, 20, 30, 40, 50] }
  |                           ^^^^^^^^^^^^^^^^^^^^
  |
  = help: entry 4 is for 09:30, the last interval; 1 too many
"#;
    assert_message(&message, expected);
}

#[test]
fn hours_that_overlap() {
    let message = message(&floor(r#""08:00-10:00""#, r#"{ mon = "22:00-08:00", tue-fri = "07:00-09:00" }"#));
    let expected = r#"
error: opening hours overlap: mon 22:00-08:00 runs into tue 07:00-09:00
 --> floor.toml:3:8
  |
3 | open = { mon = "22:00-08:00", tue-fri = "07:00-09:00" }
  |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: let each opening end before the next one starts
"#;
    assert_message(&message, expected);
}

#[test]
fn one_list_for_different_days() {
    let message = message(&floor(
        r#""08:00-10:00""#,
        r#"{ mon-fri = "08:00-10:00", sat = "08:00-09:00" }
days = 7"#,
    ));
    let expected = r#"
error: one list cannot fit days of different length: mon has 4 intervals, sat has 2 intervals
 --> floor.toml:7:27
  |
7 | volume = { per_interval = [10, 20, 30, 40] }
  |                           ^^^^^^^^^^^^^^^^
  |
  = help: write one list per weekday group: { mon-fri = [...], sat = [...] }
"#;
    assert_message(&message, expected);
}

#[test]
fn a_weekday_without_volume() {
    let message =
        message(&floor("[10, 20, 30, 40]", "{ mon-thu = [10, 20, 30, 40] }").replace("open", "days = 7\nopen"));
    let expected = r#"
error: `queue.orders.volume.per_interval` says nothing for fri-sun, which is open
 --> floor.toml:7:27
  |
7 | volume = { per_interval = { mon-thu = [10, 20, 30, 40] } }
  |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: add the missing weekdays, for example { mon-fri = ..., sat-sun = ... }
"#;
    assert_message(&message, expected);
}

#[test]
fn a_floor_that_never_opens() {
    let message = message(&floor(r#""08:00-10:00""#, r#"{ sun = "08:00-10:00" }"#));
    let expected = r#"
error: the floor is not open on any of the simulated days; change open, closed, first_day or days
 --> floor.toml:3:8
  |
3 | open = { sun = "08:00-10:00" }
  |        ^^^^^^^^^^^^^^^^^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn two_ways_of_staffing() {
    let message = message(&floor(
        "agents = 5",
        r#"agents = 5
scheduled = 7"#,
    ));
    let expected = r#"
error: [team.tier1] states its people in two ways: `agents` and `scheduled`
  --> floor.toml:12:1
   |
11 | agents = 5
   | ------ the other one
12 | scheduled = 7
   | ^^^^^^^^^
   |
   = help: keep one: `agents` are people on the phone, `scheduled` are people paid
"#;
    assert_message(&message, expected);
}

#[test]
fn no_staffing() {
    let message = message(&floor("agents = 5", r#"site = "here""#));
    let expected = r#"
error: [team.tier1] does not say how many people it has
  --> floor.toml:10:1
   |
10 | [team.tier1]
   | ^^^^^^^^^^^^
   |
   = help: write agents = 12 for people on the phone (or one number per interval), scheduled = 16 for people paid, or shifts = [{ start = "08:00", length = "8h", agents = 12 }]
"#;
    assert_message(&message, expected);
}

#[test]
fn a_skill_for_no_queue() {
    let message = message(&floor("{ orders = 1 }", "{ ordres = 1 }"));
    let expected = r#"
error: no team is skilled for queue `orders`
 --> floor.toml:5:8
  |
5 | [queue.orders]
  |        ^^^^^^
  |
  = help: write it into the skills of a team, for example skills = { orders = 1 } in [team.tier1]

error: there is no queue named `ordres`
  --> floor.toml:12:12
   |
12 | skills = { ordres = 1 }
   |            ^^^^^^
   |
   = help: did you mean `orders`?
"#;
    assert_message(&message, expected);
}

#[test]
fn aht_and_talk() {
    let message = message(&floor(
        r#"talk = "4m""#,
        r#"talk = "4m"
aht = "5m""#,
    ));
    let expected = r#"
error: `aht` and `talk` both state the handle time
 --> floor.toml:7:1
  |
7 | talk = "4m"
  | ^^^^
8 | aht = "5m"
  | --- `aht` is all of talk, hold and wrap
  |
  = help: keep `aht`, or `talk` with `hold` and `wrap`
"#;
    assert_message(&message, expected);
}

#[test]
fn no_handle_time() {
    let message = message(&floor(r#"talk = "4m""#, r#"wrap = "1m""#));
    let expected = r#"
error: `talk` is missing in [queue.orders]
 --> floor.toml:7:1
  |
7 | wrap = "1m"
  | ^^^^
  |
  = help: write talk = { mean = "4m", cv = 0.8 }, or aht = "4m48s" for talk, hold and wrap together
"#;
    assert_message(&message, expected);
}

#[test]
fn two_volumes() {
    let message =
        message(&floor("{ per_interval = [10, 20, 30, 40] }", "{ per_interval = [10, 20, 30, 40], per_hour = 3 }"));
    let expected = r#"
error: `queue.orders.volume` states the contacts in two ways: `per_interval` and `per_hour`
 --> floor.toml:6:45
  |
6 | volume = { per_interval = [10, 20, 30, 40], per_hour = 3 }
  |            ------------ the other one       ^^^^^^^^
  |
  = help: keep one of them
"#;
    assert_message(&message, expected);
}

#[test]
fn no_volume() {
    let message = message(&floor("{ per_interval = [10, 20, 30, 40] }", r#"{ scale = "110%" }"#));
    let expected = r#"
error: `queue.orders.volume` states no number of contacts
 --> floor.toml:6:10
  |
6 | volume = { scale = "110%" }
  |          ^^^^^^^^^^^^^^^^^^
  |
  = help: write one of { per_interval = [...] }, { per_hour = 120 }, { per_day = 1800 } or { csv = "volumes.csv" }
"#;
    assert_message(&message, expected);
}

#[test]
fn a_shape_without_a_total() {
    let message = message(&floor("{ per_interval = [10, 20, 30, 40] }", "{ per_hour = 3, shape = [1, 2, 3, 4] }"));
    let expected = r#"
error: `shape` goes with `per_day`, but the volume is stated by `per_hour`
 --> floor.toml:6:34
  |
6 | volume = { per_hour = 3, shape = [1, 2, 3, 4] }
  |                                  ^^^^^^^^^^^^
  |
  = help: remove `shape`, or state the volume by `per_day`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_shape_that_does_not_exist() {
    let message = message(&format!(
        "{}\n[shape.weekday]\nweights = [1, 2, 3, 4]",
        floor("{ per_interval = [10, 20, 30, 40] }", "{ per_day = 3, shape = \"weekdya\" }")
    ));
    let expected = r#"
error: there is no shape named `weekdya`
 --> floor.toml:6:33
  |
6 | volume = { per_day = 3, shape = "weekdya" }
  |                                 ^^^^^^^^^
  |
  = help: did you mean "weekday"?
"#;
    assert_message(&message, expected);
}

#[test]
fn a_distribution_with_other_parameters() {
    let message = message(&floor(r#""4m""#, r#"{ dist = "erlang", mean = "4m", cv = 0.5 }"#));
    let expected = r#"
error: an erlang time has mean, cv, but takes mean, k
 --> floor.toml:7:8
  |
7 | talk = { dist = "erlang", mean = "4m", cv = 0.5 }
  |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write for example { dist = "erlang", mean = "4m", k = 2 }
"#;
    assert_message(&message, expected);
}

#[test]
fn a_distribution_left_open() {
    let message = message(&floor(r#""4m""#, r#"{ min = "2m", max = "4m" }"#));
    let expected = r#"
error: `queue.orders.talk` has min, max and no dist, so its shape is open
 --> floor.toml:7:8
  |
7 | talk = { min = "2m", max = "4m" }
  |        ^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: add dist = "uniform"
"#;
    assert_message(&message, expected);
}

#[test]
fn a_distribution_misspelt() {
    let message = message(&floor(r#""4m""#, r#"{ dist = "lognorm", mean = "4m", cv = 0.5 }"#));
    let expected = r#"
error: `queue.orders.talk.dist`: "lognorm" is none of "exponential", "lognormal", "gamma", "erlang", "weibull", "uniform", "triangular", "constant", "hyperexponential", "empirical"; did you mean "lognormal"?
 --> floor.toml:7:17
  |
7 | talk = { dist = "lognorm", mean = "4m", cv = 0.5 }
  |                 ^^^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_uniform_time_below_zero() {
    let message = message(&floor(r#""4m""#, r#"{ dist = "uniform", mean = "4m", cv = 0.9 }"#));
    let expected = r#"
error: a uniform time with cv 0.9 would be negative at times; its cv is at most 0.577
 --> floor.toml:7:46
  |
7 | talk = { dist = "uniform", mean = "4m", cv = 0.9 }
  |                                              ^^^
  |
  = help: write a smaller cv, or min and max
"#;
    assert_message(&message, expected);
}

#[test]
fn a_hyperexponential_time_without_spread() {
    let message = message(&floor(r#""4m""#, r#"{ dist = "hyperexponential", mean = "4m", cv = 0.9 }"#));
    let expected = r#"
error: a hyperexponential time varies more than an exponential one: its cv is at least 1, not 0.9
 --> floor.toml:7:55
  |
7 | talk = { dist = "hyperexponential", mean = "4m", cv = 0.9 }
  |                                                       ^^^
  |
  = help: write cv = 1.0 or more, or use dist = "gamma"
"#;
    assert_message(&message, expected);
}

#[test]
fn a_triangle_upside_down() {
    let message = message(&floor(r#""4m""#, r#"{ dist = "triangular", min = "4m", mode = "3m", max = "9m" }"#));
    let expected = r#"
error: min = 4m, mode = 3m, max = 9m are not in order
 --> floor.toml:7:8
  |
7 | talk = { dist = "triangular", min = "4m", mode = "3m", max = "9m" }
  |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: let min <= mode <= max, and the last be larger than the first
"#;
    assert_message(&message, expected);
}

#[test]
fn a_unit_without_a_file() {
    let message = message(&floor(r#""4m""#, r#"{ mean = "4m", cv = 0.8, unit = "m" }"#));
    let expected = r#"
error: `unit` only goes with dist = "empirical"
 --> floor.toml:7:40
  |
7 | talk = { mean = "4m", cv = 0.8, unit = "m" }
  |                                        ^^^
  |
  = help: remove `unit`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_goal_without_a_target() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
goal = { over = "day" }"#,
    ));
    let expected = r#"
error: the goal states nothing to reach
 --> floor.toml:9:8
  |
9 | goal = { over = "day" }
  |        ^^^^^^^^^^^^^^^^
  |
  = help: write for example goal = { service_level = "80% in 20s", abandon = "5%" }
"#;
    assert_message(&message, expected);
}

#[test]
fn a_goal_with_two_periods() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
goal = { asa = "20s", on = "90% of weeks" }"#,
    ));
    let expected = r#"
error: the goal is judged over each day, but `on` counts weeks
 --> floor.toml:9:28
  |
9 | goal = { asa = "20s", on = "90% of weeks" }
  |                            ^^^^^^^^^^^^^^
  |
  = help: write on = "90% of days", or over = "week"
"#;
    assert_message(&message, expected);
}

#[test]
fn a_time_zone_misspelt() {
    let message = message(&format!("timezone = \"Europe/Pariss\"\n{FLOOR}"));
    let expected = r#"
error: `Europe/Pariss` is not a known time zone
 --> floor.toml:1:12
  |
1 | timezone = "Europe/Pariss"
  |            ^^^^^^^^^^^^^^^
  |
  = help: did you mean "Europe/Paris"? write an IANA name such as "Europe/Paris" or "America/New_York"
"#;
    assert_message(&message, expected);
}

#[test]
fn closed_dates_without_dates() {
    let message = message(&format!("closed = [2026-12-25]\n{FLOOR}"));
    let expected = r#"
error: `closed` names dates, but the simulated days have none
 --> floor.toml:1:10
  |
1 | closed = [2026-12-25]
  |          ^^^^^^^^^^^^
  |
  = help: write first_day = 2026-03-02, the date of the first day
"#;
    assert_message(&message, expected);
}

#[test]
fn a_warm_up_longer_than_the_run() {
    let message = message(&format!("{FLOOR}\n[run]\nwarm_up = \"3h\""));
    let expected = r#"
error: a warm-up of 3h leaves nothing to count: the simulated days last 2h
  --> floor.toml:15:11
   |
15 | warm_up = "3h"
   |           ^^^^
   |
   = help: shorten warm_up or simulate more days
"#;
    assert_message(&message, expected);
}

#[test]
fn more_shrinkage_than_people() {
    let message = message(&floor(
        "agents = 5",
        r#"agents = 5
shrinkage = { planned = "60%", unplanned = "50%" }"#,
    ));
    let expected = r#"
error: 60% planned and 50% unplanned shrinkage leave almost nobody
  --> floor.toml:12:13
   |
12 | shrinkage = { planned = "60%", unplanned = "50%" }
   |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: the two are added; write at most 95% together
"#;
    assert_message(&message, expected);
}

#[test]
fn bounds_upside_down() {
    let message = message(&floor(
        "agents = 5",
        r#"agents = 5
min_agents = 5
max_agents = 2"#,
    ));
    let expected = r#"
error: max_agents = 2 is below min_agents = 5
  --> floor.toml:13:14
   |
13 | max_agents = 2
   |              ^
   |
   = help: let min_agents be at most max_agents
"#;
    assert_message(&message, expected);
}

#[test]
fn team_hours_outside_the_floor() {
    let message = message(&floor(
        "agents = 5",
        r#"agents = 5
open = "20:00-21:00""#,
    ));
    let expected = r#"
error: the team is never there while the floor is open
  --> floor.toml:12:8
   |
12 | open = "20:00-21:00"
   |        ^^^^^^^^^^^^^
   |
   = help: let its hours lie within those of the floor
"#;
    assert_message(&message, expected);
}

#[test]
fn too_many_intervals() {
    let message = message(&FLOOR.replace("\"08:00-10:00\"", "\"24h\"\ndays = 787").replace("30m", "1m"));
    let expected = r#"
error: 787 days in intervals of 1m are about 1139040 intervals; at most 400000: simulate fewer days or use a longer interval
 --> floor.toml:3:8
  |
3 | open = "24h"
  |        ^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn too_many_cells() {
    let teams: String = (2..8).map(|i| format!("\n[team.t{i}]\nagents = 1\nskills = {{ orders = 1 }}\n")).collect();
    let long = FLOOR.replace("\"08:00-10:00\"", "\"24h\"\ndays = 273").replace("30m", "1m") + &teams;
    let message = message(&long.replace("{ per_interval = [10, 20, 30, 40] }", "{ per_hour = 1 }"));
    let expected = r#"
error: 8 queues and teams in 393121 intervals (the time after each closing is one) are 3144968 cells; at most 3000000
 --> floor.toml:4:8
  |
4 | days = 273
  |        ^^^
  |
  = help: simulate fewer days, use a longer interval, or split the floor
"#;
    assert_message(&message, expected);
}

/// What is refused is what the model cannot run, so the largest floor that is not refused runs.
#[test]
fn the_limits_of_the_language_are_those_of_the_model() {
    let with = |sets: &[&str]| Folder::new().with("floor.toml", FLOOR).load("floor.toml", sets);
    let volume = "queue.orders.volume={per_hour=10}";
    for (largest, beyond, allowed) in [
        ("days=787", "days=788", "allowed: 1 to 787"),
        ("queue.orders.patience=7d", "queue.orders.patience=169h", "allowed: "),
        ("queue.orders.talk={ mean = \"7d\" }", "queue.orders.talk={ mean = \"8d\" }", "allowed: "),
        (
            "queue.orders.talk={ min = \"1s\", max = \"7d\", dist = \"uniform\" }",
            "queue.orders.talk={ mean = \"7d\", cv = 0.5, dist = \"uniform\" }",
            "allowed: ",
        ),
        ("team.tier1.agents=262144", "team.tier1.agents=262145", "allowed: 0 to 262144"),
    ] {
        let loaded = with(&["open=24h", volume, largest]).unwrap_or_else(|e| panic!("{largest}: {e}"));
        callwright::model::compile(&loaded.scenario).unwrap_or_else(|e| panic!("{largest}: {e}"));
        let message = with(&["open=24h", volume, beyond]).expect_err(beyond).to_string();
        assert!(message.contains(allowed), "{beyond}: {message}");
    }
}

#[test]
fn an_observed_time_of_months() {
    let text = floor("talk = \"4m\"", "talk = { dist = \"empirical\", file = \"v.csv\" }");
    let message = message_with_csv(&text, "talk_s\n100\n9000000\n");
    assert!(message.contains("holds a time of 2500h") && message.contains("allowed: up to 168h"), "{message}");
}

#[test]
fn too_many_contacts() {
    let message =
        message(&floor("{ per_interval = [10, 20, 30, 40] }", "{ per_hour = 1e7 }").replace("open", "days = 20\nopen"));
    let expected = r#"
error: 400,000,000 contacts in one replication are too many; at most 100,000,000
 --> floor.toml:7:10
  |
7 | volume = { per_hour = 1e7 }
  |          ^^^^^^^^^^^^^^^^^^
  |
  = help: simulate fewer days, or split the queue
"#;
    assert_message(&message, expected);
}

#[test]
fn a_warm_up_that_ends_at_no_interval() {
    let text = FLOOR.replace("\ninterval", "\ndays = 2\ninterval") + "\n[run]\nwarm_up = \"1h\"\n";
    let folder = Folder::new().with("floor.toml", &text);
    let message = |warm_up: &str| folder.message("floor.toml", &[&format!("run.warm_up={warm_up}")]);
    let closed = message("12h");
    assert!(closed.contains("a warm-up of 12h ends while the floor is closed"), "{closed}");
    assert!(closed.contains("write warm_up = \"24h\", which ends day 2 at 08:00"), "{closed}");
    let inside = message("40m");
    assert!(inside.contains("inside the interval that starts at 08:30"), "{inside}");
    assert!(inside.contains("write warm_up = \"1h\", which ends day 1 at 09:00"), "{inside}");
}
