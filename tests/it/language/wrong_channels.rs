//! What does not go with the channel of a queue.

use super::support::{assert_message, floor, message, two, warning};

#[test]
fn a_key_of_chat_on_the_telephone() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
concurrency = 3"#,
    ));
    let expected = r#"
error: `concurrency` goes with channel "chat"; [queue.orders] is "voice"
 --> floor.toml:9:1
  |
9 | concurrency = 3
  | ^^^^^^^^^^^
  |
  = help: remove `concurrency`, or write channel = "chat"
"#;
    assert_message(&message, expected);
}

#[test]
fn nobody_hangs_up_on_an_email() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
channel = "email""#,
    ));
    let expected = r#"
error: `patience` goes with channel "voice" or "chat"; [queue.orders] is "email"
 --> floor.toml:8:1
  |
8 | patience = "3m"
  | ^^^^^^^^
  |
  = help: nobody hangs up on a message, it waits until it is answered: remove `patience`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_chat_holds_no_line() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
channel = "chat"
lines = 4"#,
    ));
    let expected = r#"
error: `lines` goes with channel "voice"; [queue.orders] is "chat"
  --> floor.toml:10:1
   |
10 | lines = 4
   | ^^^^^
   |
   = help: remove `lines`, or write channel = "voice"
"#;
    assert_message(&message, expected);
}

#[test]
fn a_message_passes_no_menu() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"channel = "social"
ivr = "30s""#,
    ));
    let expected = r#"
error: `ivr` goes with channel "voice" or "chat"; [queue.orders] is "social"
 --> floor.toml:9:1
  |
9 | ivr = "30s"
  | ^^^
  |
  = help: a message holds no line and nobody waits: remove `ivr`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_key_of_messages_on_chat() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
channel = "chat"
backlog = 9"#,
    ));
    let expected = r#"
error: `backlog` goes with channel "email" or "social"; [queue.orders] is "chat"
  --> floor.toml:10:1
   |
10 | backlog = 9
   | ^^^^^^^
   |
   = help: remove `backlog`, or write channel = "email"
"#;
    assert_message(&message, expected);
}

#[test]
fn a_channel_nobody_knows() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
channel = "chatt""#,
    ));
    let expected = r#"
error: `queue.orders.channel`: "chatt" is none of "voice", "chat", "email", "social"; did you mean "chat"?
 --> floor.toml:9:11
  |
9 | channel = "chatt"
  |           ^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_word_for_true_or_false() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"channel = "email"
preempt = "yes""#,
    ));
    let expected = r#"
error: `queue.orders.preempt` cannot be "yes"
 --> floor.toml:9:11
  |
9 | preempt = "yes"
  |           ^^^^^
  |
  = help: allowed: true or false
  = help: for example preempt = true
"#;
    assert_message(&message, expected);
}

#[test]
fn true_in_quotes() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"channel = "email"
preempt = "true""#,
    ));
    let expected = r#"
error: `queue.orders.preempt`: true stands without quotes; write true
 --> floor.toml:9:11
  |
9 | preempt = "true"
  |           ^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn too_many_chats_at_a_time() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
channel = "chat"
concurrency = 40"#,
    ));
    let expected = r#"
error: `queue.orders.concurrency`: 40 is out of range; allowed: 1 to 20
  --> floor.toml:10:15
   |
10 | concurrency = 40
   |               ^^
"#;
    assert_message(&message, expected);
}

#[test]
fn calls_while_the_floor_is_closed() {
    let message = message(&floor("{ per_interval = [10, 20, 30, 40] }", "{ per_hour = 5, while_closed = 5 }"));
    let expected = r#"
error: `while_closed` goes with channel "email" or "social"; [queue.orders] is "voice"
 --> floor.toml:6:26
  |
6 | volume = { per_hour = 5, while_closed = 5 }
  |                          ^^^^^^^^^^^^
  |
  = help: nobody calls or chats while the floor is closed: remove `while_closed`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_floor_that_never_closes() {
    let message = message(
        &floor(r#"patience = "3m""#, r#"channel = "email""#)
            .replacen("{ per_interval = [10, 20, 30, 40] }", "{ per_hour = 5, while_closed = 5 }", 1)
            .replacen(r#""08:00-10:00""#, r#""24h""#, 1),
    );
    let expected = r#"
error: `while_closed` has no say: the floor never closes
 --> floor.toml:6:26
  |
6 | volume = { per_hour = 5, while_closed = 5 }
  |                          ^^^^^^^^^^^^
  |
  = help: give these messages as volume of the hours they come in
"#;
    assert_message(&message, expected);
}

#[test]
fn messages_before_an_opening_without_a_number() {
    let message = message(&floor(r#"patience = "3m""#, r#"channel = "email""#).replacen(
        "{ per_interval = [10, 20, 30, 40] }",
        "{ per_hour = 5, while_closed = { tue = 5 } }",
        1,
    ));
    let expected = r#"
error: `queue.orders.volume.while_closed` says nothing for mon, which is open
 --> floor.toml:6:41
  |
6 | volume = { per_hour = 5, while_closed = { tue = 5 } }
  |                                         ^^^^^^^^^^^
  |
  = help: add the weekday, for example { mon = 2100, tue-fri = 1800 }
"#;
    assert_message(&message, expected);
}

#[test]
fn blending_without_chat() {
    let message = warning(&two(r#"patience = "3m""#, r#"patience = "3m""#, "blend = true"));
    let expected = r#"
warning: `blend` changes nothing: the team does not serve both chat and voice queues
  --> floor.toml:18:9
   |
18 | blend = true
   |         ^^^^
   |
   = help: remove `blend`, or add the other kind of queue to skills
"#;
    assert_message(&message, expected);
}
