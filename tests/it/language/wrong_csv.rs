//! CSV files that do not fit, with file, row and column.

use super::support::{FLOOR, assert_message, floor, message_with_csv};

#[test]
fn a_file_that_is_missing() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "w.csv" }"#),
        r#"start,orders
"#,
    );
    let expected = r#"
error: cannot read "w.csv": No such file or directory (os error 2)
 --> floor.toml:6:18
  |
6 | volume = { csv = "w.csv" }
  |                  ^^^^^^^
  |
  = help: did you mean "v.csv"? the path is relative to the scenario file
"#;
    assert_message(&message, expected);
}

#[test]
fn an_empty_file() {
    let message = message_with_csv(&floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#), "");
    let expected = r#"
error: cannot read "v.csv": the file has no header line with the names of its columns
 --> floor.toml:6:18
  |
6 | volume = { csv = "v.csv" }
  |                  ^^^^^^^
  |
  = help: the path is relative to the scenario file
"#;
    assert_message(&message, expected);
}

#[test]
fn a_missing_column() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv", column = "order" }"#),
        r#"start,orders,returns
08:00,1,1
08:30,1,1
09:00,1,1
09:30,1,1
"#,
    );
    let expected = r#"
error: v.csv has no column `order`; it has `start`, `orders`, `returns` (did you mean `orders`?)
 --> floor.toml:6:36
  |
6 | volume = { csv = "v.csv", column = "order" }
  |                                    ^^^^^^^
  |
  = help: name a column of the file with column = "..."
"#;
    assert_message(&message, expected);
}

#[test]
fn a_bad_cell() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#),
        r#"start,orders
08:00,1
08:30,12x
09:00,1
09:30,1
"#,
    );
    let expected = r#"
error: v.csv, line 3, column `orders`: `12x` is not a number
 --> v.csv:3:7
  |
3 | 08:30,12x
  |       ^^^
  |
  = note: named here: floor.toml:6
  = help: write a number of at least 0
"#;
    assert_message(&message, expected);
}

#[test]
fn a_negative_cell() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#),
        r#"start,orders
08:00,1
08:30,-12
09:00,1
09:30,1
"#,
    );
    let expected = r#"
error: v.csv, line 3, column `orders`: `-12` is negative
 --> v.csv:3:7
  |
3 | 08:30,-12
  |       ^^^
  |
  = note: named here: floor.toml:6
  = help: write a number of at least 0
"#;
    assert_message(&message, expected);
}

#[test]
fn an_empty_cell() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#),
        r#"start;orders
08:00;1
08:30;
09:00;1
09:30;1
"#,
    );
    let expected = r#"
error: v.csv, line 3, column `orders`: the cell is empty
 --> v.csv:3:7
  |
3 | 08:30;
  |       ^
  |
  = note: named here: floor.toml:6
  = help: write a number of at least 0
"#;
    assert_message(&message, expected);
}

#[test]
fn a_missing_interval() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#),
        r#"start;orders
08:00;1
09:00;1
09:30;1
"#,
    );
    let expected = r#"
error: the file has no row for 1 of 4 open intervals: day 1 08:30
 --> floor.toml:6:18
  |
6 | volume = { csv = "v.csv" }
  |                  ^^^^^^^
  |
  = help: add a row for day 1 08:30 (0 if nobody calls), or change `open`
"#;
    assert_message(&message, expected);
}

#[test]
fn an_interval_twice() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#),
        r#"start;orders
08:00;1
08:30;2
08:30;3
09:00;1
09:30;1
"#,
    );
    let expected = r#"
error: lines 3 and 4 are for the same interval
 --> v.csv:4:1
  |
4 | 08:30;3
  | ^^^^^
  |
  = note: named here: floor.toml:6
  = help: one row per interval; if the file holds several queues below each other, pick one: where = { queue = "..." }
"#;
    assert_message(&message, expected);
}

#[test]
fn contacts_in_closed_hours() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#),
        r#"start;orders
07:30;5
08:00;1
08:30;2
09:00;1
09:30;1
10:00;2
10:30;0
"#,
    );
    let expected = r#"
error: column `orders` has 7 contacts in hours in which the floor is closed: lines 2, 7
 --> v.csv:2:7
  |
2 | 07:30;5
  |       ^
  |
  = note: named here: floor.toml:6
  = help: change `open`, or leave these rows out
"#;
    assert_message(&message, expected);
}

#[test]
fn a_row_between_intervals() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#),
        r#"start;orders
08:00;1
08:15;2
09:00;1
09:30;1
"#,
    );
    let expected = r#"
error: 08:15 is not the start of an interval of 30m
 --> v.csv:3:1
  |
3 | 08:15;2
  | ^^^^^
  |
  = note: named here: floor.toml:6
  = help: give one row per interval of the scenario, or change `interval`
"#;
    assert_message(&message, expected);
}

#[test]
fn no_time_column() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#),
        r#"hour,orders
08:00,1
"#,
    );
    let expected = r#"
error: the file has no column `interval` or `start`; it has `hour`, `orders`
 --> floor.toml:6:18
  |
6 | volume = { csv = "v.csv" }
  |                  ^^^^^^^
  |
  = help: name the column of the time: time = "...", or ["date", "..."] if date and time of day stand apart
"#;
    assert_message(&message, expected);
}

#[test]
fn dates_without_a_first_day() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv", time = ["date", "start"] }"#),
        r#"date,start,orders
2026-03-02,08:00,1
"#,
    );
    let expected = r#"
error: the file has dates, but the scenario does not say which days it simulates
 --> v.csv:2:1
  |
2 | 2026-03-02,08:00,1
  | ^^^^^^^^^^
  |
  = note: named here: floor.toml:6
  = help: write first_day = 2026-03-02 at the top of the scenario
"#;
    assert_message(&message, expected);
}

#[test]
fn a_date_that_can_be_read_in_two_ways() {
    let message = message_with_csv(
        &format!("first_day = 2026-03-02\n{}", floor("{ per_interval = [10, 20, 30, 40] }", "{ csv = \"v.csv\" }")),
        r#"date,start,orders
02/03/2026,08:00,1
"#,
    );
    let expected = r#"
error: `02/03/2026` is not a date that can be read in one way only
 --> v.csv:2:1
  |
2 | 02/03/2026,08:00,1
  | ^^^^^^^^^^
  |
  = note: named here: floor.toml:7
  = help: say how dates are written: dates = "day/month/year" or "month/day/year"
"#;
    assert_message(&message, expected);
}

#[test]
fn a_time_that_is_none() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#),
        r#"start,orders
eight,1
"#,
    );
    let expected = r#"
error: `eight` is not a time
 --> v.csv:2:1
  |
2 | eight,1
  | ^^^^^
  |
  = note: named here: floor.toml:6
  = help: write for example 08:00, 2026-03-02 08:00, or the number of the interval from 0
"#;
    assert_message(&message, expected);
}

#[test]
fn a_number_that_can_be_read_in_two_ways() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#),
        r#"start;orders
08:00;1,804
08:30;2
09:00;1
09:30;1
"#,
    );
    let expected = r#"
error: `1,804` can be read as 1804 or 1.804
 --> v.csv:2:7
  |
2 | 08:00;1,804
  |       ^^^^^
  |
  = note: named here: floor.toml:6
  = help: write decimal = "." if the comma groups thousands, decimal = "," if it is the decimal sign
"#;
    assert_message(&message, expected);
}

#[test]
fn a_filter_that_finds_nothing() {
    let message = message_with_csv(
        &floor(
            "{ per_interval = [10, 20, 30, 40] }",
            r#"{ csv = "v.csv", column = "n", where = { queue = "Acounts" } }"#,
        ),
        r#"queue,start,n
Accounts,08:00,1
Sales,08:00,1
"#,
    );
    let expected = r#"
error: no row of the file has "Acounts" in column `queue`
 --> floor.toml:6:49
  |
6 | volume = { csv = "v.csv", column = "n", where = { queue = "Acounts" } }
  |                                                 ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: found there: "Accounts", "Sales"
"#;
    assert_message(&message, expected);
}

#[test]
fn days_of_different_hours_without_a_day_column() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", "{ csv = \"v.csv\" }")
            .replace("\"08:00-10:00\"", "{ mon-fri = \"08:00-10:00\", sat = \"08:00-09:00\" }\ndays = 7"),
        r#"start,orders
08:00,1
"#,
    );
    let expected = r#"
error: the file does not say which day its rows are for, and sat has other hours than mon
 --> floor.toml:7:18
  |
7 | volume = { csv = "v.csv" }
  |                  ^^^^^^^
  |
  = help: add a column `weekday` or `date` to the file
"#;
    assert_message(&message, expected);
}

#[test]
fn a_call_log_in_closed_hours() {
    let message = message_with_csv(
        &floor("{ per_interval = [10, 20, 30, 40] }", "{ csv = \"v.csv\", time = \"at\" }")
            .replace("talk =", "arrivals = \"trace\"\ntalk ="),
        r#"at
08:00:12
07:59:59
"#,
    );
    let expected = r#"
error: contacts arrive in hours in which the floor is closed: line 3 (1 in all)
 --> v.csv:3:1
  |
3 | 07:59:59
  | ^^^^^^^^
  |
  = note: named here: floor.toml:6
  = help: change `open`, or leave these rows out
"#;
    assert_message(&message, expected);
}

#[test]
fn a_call_log_that_is_no_file() {
    let message = message_with_csv(&FLOOR.replace("talk =", "arrivals = \"trace\"\ntalk ="), "");
    let expected = r#"
error: arrivals = "trace" takes its instants from a CSV file with one row per contact
 --> floor.toml:6:27
  |
6 | volume = { per_interval = [10, 20, 30, 40] }
  |                           ^^^^^^^^^^^^^^^^
  |
  = help: write volume = { csv = "calls.csv", time = "arrived" }
"#;
    assert_message(&message, expected);
}

#[test]
fn everything_that_is_wrong_with_a_file_is_shown_at_once() {
    let two = FLOOR.replace("{ per_interval = [10, 20, 30, 40] }", r#"{ csv = "v.csv" }"#)
        + r#"
[queue.returns]
volume = { csv = "v.csv" }
talk = "4m"
patience = "3m"
"#;
    let text = two.replace("{ orders = 1 }", "{ orders = 1, returns = 2 }");
    let message = message_with_csv(&text, "start,orders,returns\n08:00,x,3\n08:30,-3,4\n09:00,1,z\n");
    let expected = r#"
error: the file has no row for 1 of 4 open intervals: day 1 09:30
 --> floor.toml:6:18
  |
6 | volume = { csv = "v.csv" }
  |                  ^^^^^^^
  |
  = help: add a row for day 1 09:30 (0 if nobody calls), or change `open`

error: v.csv, line 2, column `orders`: `x` is not a number; see also line 3
 --> v.csv:2:7
  |
2 | 08:00,x,3
  |       ^
  |
  = note: named here: floor.toml:6
  = help: write a number of at least 0

error: v.csv, line 4, column `returns`: `z` is not a number
 --> v.csv:4:9
  |
4 | 09:00,1,z
  |         ^
  |
  = note: named here: floor.toml:15
  = help: write a number of at least 0
"#;
    assert_message(&message, expected);
    let message = message_with_csv(&text, "start,orders,returns\n08:00,x,3\n8h,3,4\n09:00,1,2\n9h,1,2\n");
    for part in ["`8h` is not a time; see also line 5", "`x` is not a number"] {
        assert_eq!(message.matches(part).count(), 1, "{part}: {message}");
    }
    assert!(!message.contains("no row for"), "{message}");
}
