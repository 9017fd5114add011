//! Rosters that do not fit.

use super::shifts::floor;
use super::support::{Folder, assert_message};

fn message(team: &str, csv: &str, sets: &[&str]) -> String {
    Folder::new().with("floor.toml", &floor(team)).with("roster.csv", csv).message("floor.toml", sets)
}

#[test]
fn a_roster_without_people() {
    let message = message(r#"roster = "roster.csv""#, "name,start,end\nAnn,08:00,17:00\n", &[]);
    let expected = r#"
error: roster.csv has no column `agent`; it has `name`, `start`, `end`
  --> floor.toml:13:10
   |
13 | roster = "roster.csv"
   |          ^^^^^^^^^^^^
   |
   = help: say which column it is: columns = { agent = "..." }
"#;
    assert_message(&message, expected);
}

#[test]
fn a_time_that_is_none() {
    let message = message(r#"roster = "roster.csv""#, "agent,start,end\nAnn,08:00,17:00\nBen,8,17:00\n", &[]);
    let expected = r#"
error: `8` is not a time
 --> roster.csv:3:5
  |
3 | Ben,8,17:00
  |     ^
  |
  = note: named here: floor.toml:13
  = help: write for example 08:00 or 2026-03-02 08:00
"#;
    assert_message(&message, expected);
}

#[test]
fn an_end_before_the_beginning() {
    let message = message(r#"roster = "roster.csv""#, "agent,start,end\nAnn,2026-03-02 12:00,2026-03-02 08:00\n", &[]);
    let expected = r#"
error: the row ends 2026-03-02 08:00:00, not after it begins 2026-03-02 12:00:00
 --> roster.csv:2:22
  |
2 | Ann,2026-03-02 12:00,2026-03-02 08:00
  |                      ^^^^^^^^^^^^^^^^
  |
  = note: named here: floor.toml:13
  = help: correct one of the two times
"#;
    assert_message(&message, expected);
}

#[test]
fn a_date_in_two_readings() {
    let message = message(r#"roster = "roster.csv""#, "agent,date,start,end\nAnn,02/03/2026,08:00,17:00\n", &[]);
    let expected = r#"
error: `02/03/2026` is not a date that can be read in one way only
 --> roster.csv:2:5
  |
2 | Ann,02/03/2026,08:00,17:00
  |     ^^^^^^^^^^
  |
  = note: named here: floor.toml:13
  = help: say how dates are written: dates = "day/month/year" or "month/day/year"
"#;
    assert_message(&message, expected);
}

#[test]
fn nobody_of_the_team() {
    let message = message(
        r#"roster = "roster.csv""#,
        "agent,team,start,end\nAnn,Tier 1,08:00,17:00\nBen,Tier 2,08:00,17:00\n",
        &[],
    );
    let expected = r#"
error: no row of roster.csv has "desk" in column `team`
  --> floor.toml:13:10
   |
13 | roster = "roster.csv"
   |          ^^^^^^^^^^^^
   |
   = help: found there: "Tier 1", "Tier 2"; say which is this team: team = "..."
"#;
    assert_message(&message, expected);
}

#[test]
fn a_team_without_its_column() {
    let message =
        message(r#"roster = { csv = "roster.csv", team = "Tier 1" }"#, "agent,start,end\nAnn,08:00,17:00\n", &[]);
    let expected = r#"
error: roster.csv has neither a column `team` nor one named `Tier 1`
  --> floor.toml:13:39
   |
13 | roster = { csv = "roster.csv", team = "Tier 1" }
   |                                       ^^^^^^^^
   |
   = help: leave `team` out if all rows are of this team, or name the column of the teams
"#;
    assert_message(&message, expected);
}

#[test]
fn activities_without_a_word() {
    let message = message(
        r#"roster = "roster.csv""#,
        "agent,start,end,activity\nAnn,08:00,17:00,Open time\nAnn,12:00,12:30,Lunch\n",
        &[],
    );
    let expected = r#"
error: no activity of roster.csv is "phone"
  --> floor.toml:13:10
   |
13 | roster = "roster.csv"
   |          ^^^^^^^^^^^^
   |
   = help: found there: "Open time" (9.0 h), "Lunch" (0.5 h)
   = help: say which are on the phone: on_phone = ["Open time"]
"#;
    assert_message(&message, expected);
}

#[test]
fn an_unknown_activity() {
    let message = message(
        r#"roster = { csv = "roster.csv", on_phone = ["Open time"], unpaid = ["Break"] }"#,
        "agent,start,end,activity\nAnn,08:00,17:00,Open time\nAnn,12:00,12:30,Lunch\n",
        &[],
    );
    let expected = r#"
error: no activity of roster.csv is "Break"
  --> floor.toml:13:67
   |
13 | roster = { csv = "roster.csv", on_phone = ["Open time"], unpaid = ["Break"] }
   |                                                                   ^^^^^^^^^
   |
   = help: found there: "Open time" (9.0 h), "Lunch" (0.5 h)
"#;
    assert_message(&message, expected);
}

#[test]
fn no_row_on_a_simulated_day() {
    let message = message(r#"roster = "roster.csv""#, "agent,date,start,end\nAnn,2026-04-02,08:00,17:00\n", &[]);
    let expected = r#"
error: no row of roster.csv is on a simulated day
  --> floor.toml:13:10
   |
13 | roster = "roster.csv"
   |          ^^^^^^^^^^^^
   |
   = help: change first_day and days, or give the roster of these days
"#;
    assert_message(&message, expected);
}

#[test]
fn a_row_of_nobody() {
    let message = message(r#"roster = "roster.csv""#, "agent,start,end\n,08:00,17:00\n", &[]);
    let expected = r#"
error: the row does not say whose it is
 --> roster.csv:2:1
  |
2 | ,08:00,17:00
  | ^
  |
  = note: named here: floor.toml:13
  = help: write a name or number
"#;
    assert_message(&message, expected);
}

#[test]
fn breaks_beside_a_roster() {
    let message = message(
        r#"roster = "roster.csv"
breaks = [{ length = "15m", after = "2h" }]"#,
        "agent,start,end\nAnn,08:00,17:00\n",
        &[],
    );
    let expected = r#"
error: `breaks` only goes with `shifts`: a roster shows them itself
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
fn a_missing_file() {
    let message = message(r#"roster = "rooster.csv""#, "agent,start,end\nAnn,08:00,17:00\n", &[]);
    let expected = r#"
error: cannot read "rooster.csv": No such file or directory (os error 2)
  --> floor.toml:13:10
   |
13 | roster = "rooster.csv"
   |          ^^^^^^^^^^^^^
   |
   = help: did you mean "roster.csv"? the path is relative to the scenario file
"#;
    assert_message(&message, expected);
}

#[test]
fn agents_over_a_roster() {
    let message = message(r#"roster = "roster.csv""#, "agent,start,end\nAnn,08:00,17:00\n", &["team.desk.agents=12"]);
    let expected = r#"
error: --set: `team.desk` states its people by `roster`, not by `agents`
 --> --set:1:11
  |
1 | team.desk.agents=12
  |           ^^^^^^
  |
  = help: change the file of the roster, or write `agents` in place of it into the scenario
"#;
    assert_message(&message, expected);
}

#[test]
fn counted_twice_in_a_roster() {
    let message = message(
        r#"roster = { csv = "roster.csv", on_phone = ["phone"] }
shrinkage = "20%""#,
        "agent,start,end,activity\nAnn,08:00,17:00,phone\nAnn,12:00,12:30,training\n",
        &[],
    );
    let expected = r#"
error: planned shrinkage of 20% is counted twice: the schedule shows `training` already
  --> floor.toml:14:13
   |
14 | shrinkage = "20%"
   |             ^^^^^
   |
   = help: write shrinkage = { besides_schedule = "12%" }: what is not in the schedule
"#;
    assert_message(&message, expected);
}

#[test]
fn a_trait_in_two_columns() {
    let csv = "agent,start,end,knowledge,Knowledge\nAnn,08:00,17:00,60,20\n";
    let expected = r#"
error: roster.csv says `knowledge` twice: `knowledge` (column 4) and `Knowledge` (column 5)
  --> floor.toml:13:10
   |
13 | roster = "roster.csv"
   |          ^^^^^^^^^^^^
   |
   = help: remove or rename one of them
"#;
    let team = r#"roster = "roster.csv""#;
    assert_message(&message(team, csv, &[]), expected);
    let twice = message(team, "agent,start,end,sales,sales\nAnn,08:00,17:00,60,20\n", &[]);
    assert!(twice.contains("`sales` (column 4) and `sales` (column 5)"), "{twice}");
    let twice = message(team, "agent,start,end,activity,activity\nAnn,08:00,17:00,phone,lunch\n", &[]);
    assert!(twice.contains("has 2 columns named `activity`; rename all but one"), "{twice}");
}
