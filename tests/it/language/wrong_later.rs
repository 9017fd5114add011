//! Features of later versions are refused in words, never silently ignored.

use super::support::{assert_message, floor, message};

#[test]
fn chat() {
    let message = message(&floor(
        r#"talk = "4m""#,
        r#"talk = "4m"
channel = "chat""#,
    ));
    let expected = r#"
error: `queue.orders.channel`: "chat" is not supported yet by this version; only "voice" is simulated so far
 --> floor.toml:8:11
  |
8 | channel = "chat"
  |           ^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn callers() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"

[queue.orders.callers]
mood = { calm = 1.0 }"#,
    ));
    let expected = r#"
error: `callers` is not supported yet by this version
  --> floor.toml:10:15
   |
10 | [queue.orders.callers]
   |               ^^^^^^^
   |
   = help: moods, redials and repeats come later; leave the table out
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
fn fresh_volume() {
    let message = message(&floor("{ per_interval = [10, 20, 30, 40] }", r#"{ per_hour = 40, counts = "fresh" }"#));
    let expected = r#"
error: `counts` is not supported yet by this version
 --> floor.toml:6:27
  |
6 | volume = { per_hour = 40, counts = "fresh" }
  |                           ^^^^^^
  |
  = help: redials and repeats come later; until then all volume is offered volume
"#;
    assert_message(&message, expected);
}
