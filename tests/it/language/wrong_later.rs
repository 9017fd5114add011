//! Features of later versions are refused in words, never silently ignored.

use super::support::{assert_message, floor, message};

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
