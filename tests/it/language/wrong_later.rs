//! Features of later versions are refused in words, never silently ignored.

use super::support::{assert_message, floor, message};

#[test]
fn shifts() {
    let message = message(&floor("agents = 5", r#"shifts = [ { start = "08:00", length = "8h", agents = 25 } ]"#));
    let expected = r#"
error: `shifts` is not supported yet by this version
  --> floor.toml:11:1
   |
11 | shifts = [ { start = "08:00", length = "8h", agents = 25 } ]
   | ^^^^^^
   |
   = help: write `agents` = people on the phone, one number or one per interval
"#;
    assert_message(&message, expected);
}

#[test]
fn a_roster() {
    let message = message(&floor("agents = 5", r#"roster = "roster.csv""#));
    let expected = r#"
error: `roster` is not supported yet by this version
  --> floor.toml:11:1
   |
11 | roster = "roster.csv"
   | ^^^^^^
   |
   = help: write `agents` = people on the phone, one number or one per interval
"#;
    assert_message(&message, expected);
}

#[test]
fn moods() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"

[queue.orders.callers]
mood = { calm = 1.0 }"#,
    ));
    let expected = r#"
error: `mood` is not supported yet by this version
  --> floor.toml:11:1
   |
11 | mood = { calm = 1.0 }
   | ^^^^
   |
   = help: moods come with people; leave it out
"#;
    assert_message(&message, expected);
}

#[test]
fn best_agent() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
agent_choice = "best:sales""#,
    ));
    let expected = r#"
error: `queue.orders.agent_choice`: "best:sales" is not supported yet by this version; choosing by a trait comes with people; write "longest-idle"
 --> floor.toml:9:16
  |
9 | agent_choice = "best:sales"
  |                ^^^^^^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn shrinkage_besides_the_schedule() {
    let message = message(&floor(
        "agents = 5",
        r#"agents = 5
shrinkage = { besides_schedule = "12%" }"#,
    ));
    let expected = r#"
error: `besides_schedule` is not supported yet by this version
  --> floor.toml:12:15
   |
12 | shrinkage = { besides_schedule = "12%" }
   |               ^^^^^^^^^^^^^^^^
   |
   = help: it belongs to `shifts` and `roster`; write { planned, unplanned }
"#;
    assert_message(&message, expected);
}
