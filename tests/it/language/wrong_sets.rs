//! `--set` on paths that do not exist and values that do not fit: shown in the argument.

use super::support::{assert_message, message_set};

#[test]
fn a_queue_misspelt() {
    let message = message_set(&["queue.ordrs.patience=3m"]);
    let expected = r#"
error: --set: `queue.ordrs` does not exist: there is no queue named `ordrs`
 --> --set:1:7
  |
1 | queue.ordrs.patience=3m
  |       ^^^^^
  |
  = help: did you mean `orders`?
"#;
    assert_message(&message, expected);
}

#[test]
fn a_key_misspelt() {
    let message = message_set(&["queue.orders.patence=3m"]);
    let expected = r#"
error: --set: `queue.orders.patence` does not exist: there is no key `patence`
 --> --set:1:14
  |
1 | queue.orders.patence=3m
  |              ^^^^^^^
  |
  = help: did you mean `patience`?
"#;
    assert_message(&message, expected);
}

#[test]
fn a_section_misspelt() {
    let message = message_set(&["teams.tier1.agents=3"]);
    let expected = r#"
error: --set: `teams` does not exist: there is no key `teams`
 --> --set:1:1
  |
1 | teams.tier1.agents=3
  | ^^^^^
  |
  = help: did you mean `team`?
"#;
    assert_message(&message, expected);
}

#[test]
fn no_value() {
    let message = message_set(&["team.tier1.agents"]);
    let expected = r#"
error: `team.tier1.agents` sets nothing
 --> --set:1:1
  |
1 | team.tier1.agents
  | ^^^^^^^^^^^^^^^^^
  |
  = help: write path=value, for example team.tier1.agents=48
"#;
    assert_message(&message, expected);
}

#[test]
fn an_empty_value() {
    let message = message_set(&["team.tier1.agents="]);
    let expected = r#"
error: --set: the value is missing
 --> --set:1:19
  |
1 | team.tier1.agents=
  |                   ^
  |
  = help: write path=value; for an empty text path=""
"#;
    assert_message(&message, expected);
}

#[test]
fn bad_values() {
    let message = message_set(&["queue.orders.patience=180", "team.tier1.agents=-9"]);
    let expected = r#"
error: `queue.orders.patience`: a time needs a unit; write "180s" or "3m"
 --> --set:1:23
  |
1 | queue.orders.patience=180
  |                       ^^^

error: `team.tier1.agents`: -4 is out of range; allowed: 0 to 262144
 --> --set:1:19
  |
1 | team.tier1.agents=-9
  |                   ^^
"#;
    assert_message(&message, expected);
}

#[test]
fn an_entry_behind_the_end() {
    let message = message_set(&["queue.orders.volume.per_interval[4]=3"]);
    let expected = r#"
error: --set: `queue.orders.volume.per_interval[4]` does not exist: the list has 4 entries, counted from 0
 --> --set:1:21
  |
1 | queue.orders.volume.per_interval[4]=3
  |                     ^^^^^^^^^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_shift_of_a_team_without_shifts() {
    let message = message_set(&["team.tier1.shifts[0].agents=+3"]);
    let expected = r#"
error: --set: `team.tier1.shifts` does not exist: it is not stated
 --> --set:1:12
  |
1 | team.tier1.shifts[0].agents=+3
  |            ^^^^^^^^^
  |
  = help: `agents` is stated there; change that
"#;
    assert_message(&message, expected);
}

#[test]
fn a_change_of_nothing() {
    let message = message_set(&["team.tier1.cost_per_hour=*1.1"]);
    let expected = r#"
error: --set: `team.tier1.cost_per_hour` has no value yet that could be changed
 --> --set:1:26
  |
1 | team.tier1.cost_per_hour=*1.1
  |                          ^^^^
  |
  = help: set it to a value, without + - or *
"#;
    assert_message(&message, expected);
}

#[test]
fn a_change_of_the_other_way() {
    let message = message_set(&["team.tier1.scheduled=+3"]);
    let expected = r#"
error: --set: `team.tier1.scheduled` has no value yet that could be changed
 --> --set:1:22
  |
1 | team.tier1.scheduled=+3
  |                      ^^
  |
  = help: set it to a value, without + - or *
  = help: `agents` is stated there; change that
"#;
    assert_message(&message, expected);
}

#[test]
fn a_change_of_a_whole_volume() {
    let message = message_set(&["queue.orders.volume=*1.1"]);
    let expected = r#"
error: --set: `queue.orders.volume` cannot be changed so: it may be given in several ways; change its `scale`, for example scale=*1.1
 --> --set:1:21
  |
1 | queue.orders.volume=*1.1
  |                     ^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_change_without_a_unit() {
    let message = message_set(&["queue.orders.patience=+30"]);
    let expected = r#"
error: --set: `queue.orders.patience` = "3m" cannot be changed so: a time needs a unit; write "30s" if you mean seconds, "30m" if minutes
 --> --set:1:23
  |
1 | queue.orders.patience=+30
  |                       ^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_weekday_of_one_value() {
    let message = message_set(&["open.sat=09:00-10:00"]);
    let expected = r#"
error: --set: `open` does not exist: it is the same on all days; set it whole, for example { mon-fri = ..., sat = ... }
 --> --set:1:6
  |
1 | open.sat=09:00-10:00
  |      ^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_star_over_nothing() {
    let message = message_set(&["shape.*.weights=[1]"]);
    let expected = r#"
error: --set: `shape` does not exist: there is no shape
 --> --set:1:7
  |
1 | shape.*.weights=[1]
  |       ^
"#;
    assert_message(&message, expected);
}

#[test]
fn a_list_too_short() {
    let message = message_set(&["team.tier1.agents=[1,2,3]"]);
    let expected = r#"
error: `team.tier1.agents` has 3 entries, but 08:00-10:00 in intervals of 30m needs 4
 --> --set:1:19
  |
1 | team.tier1.agents=[1,2,3]
  |                   ^^^^^^^
  |
  = help: entry 3 is for 09:00; 09:30 is missing
"#;
    assert_message(&message, expected);
}

#[test]
fn a_skill_for_no_queue() {
    let message = message_set(&["team.tier1.skills.returns=1"]);
    let expected = r#"
error: --set: `team.tier1.skills.returns` does not exist: there is no queue named `returns`
 --> --set:1:19
  |
1 | team.tier1.skills.returns=1
  |                   ^^^^^^^
"#;
    assert_message(&message, expected);
}

#[test]
fn extends() {
    let message = message_set(&["extends=other.toml"]);
    let expected = r#"
error: `extends` is read before --set
 --> --set:1:1
  |
1 | extends=other.toml
  | ^^^^^^^^^^^^^^^^^^
  |
  = help: write it in the file
"#;
    assert_message(&message, expected);
}

#[test]
fn a_path_that_is_none() {
    let message = message_set(&["queue..orders=3"]);
    let expected = r#"
error: `queue..orders` is not a path: a name is missing
 --> --set:1:7
  |
1 | queue..orders=3
  |       ^
  |
  = help: write for example queue.orders.patience.mean=3m, or team.*.agents=+1
"#;
    assert_message(&message, expected);
}

#[test]
fn too_deep() {
    let message = message_set(&["run.seed.x=3"]);
    let expected = r#"
error: --set: `run.seed` does not exist: it is a single value
 --> --set:1:10
  |
1 | run.seed.x=3
  |          ^
"#;
    assert_message(&message, expected);
}
