//! Callers and calls by agents that make no sense together.

use super::support::{assert_message, floor, message, two, warning};

#[test]
fn a_menu_without_a_time() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
ivr = { self_served = "30%" }"#,
    ));
    let expected = r#"
error: `time` is missing in [queue.orders.ivr]
 --> floor.toml:9:7
  |
9 | ivr = { self_served = "30%" }
  |       ^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write for example time = "45s": time spent in the menu
"#;
    assert_message(&message, expected);
}

#[test]
fn an_announcement_that_takes_all_patience() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
announce = { patience = 0 }"#,
    ));
    let expected = r#"
error: `queue.orders.announce.patience`: 0% is out of range; allowed: 1% to 10000%
 --> floor.toml:9:25
  |
9 | announce = { patience = 0 }
  |                         ^
"#;
    assert_message(&message, expected);
}

#[test]
fn an_announcement_to_nobody() {
    let message = warning(&floor(
        r#"patience = "3m""#,
        r#"patience = "unlimited"
announce = {}"#,
    ));
    let expected = r#"
warning: `announce` changes nothing: callers of `orders` have unlimited patience
 --> floor.toml:9:1
  |
9 | announce = {}
  | ^^^^^^^^
  |
  = help: state a patience, or remove `announce`
"#;
    assert_message(&message, expected);
}

#[test]
fn call_backs_to_a_queue_that_does_not_exist() {
    let message = message(&two(
        r#"patience = "3m"
call_back = { accept = "40%", queue = "vips" }"#,
        r#"patience = "3m""#,
        "",
    ));
    let expected = r#"
error: there is no queue named `vips`
 --> floor.toml:9:39
  |
9 | call_back = { accept = "40%", queue = "vips" }
  |                                       ^^^^^^
  |
  = help: did you mean `vip`?
"#;
    assert_message(&message, expected);
}

#[test]
fn call_backs_that_nobody_makes() {
    let message = message(&two(
        r#"patience = "3m"
call_back = { accept = "40%", queue = "vip" }"#,
        r#"patience = "3m""#,
        "",
    ));
    let expected = r#"
error: call-backs go to `vip`, but nobody is called there
 --> floor.toml:9:39
  |
9 | call_back = { accept = "40%", queue = "vip" }
  |                                       ^^^^^
  |
  = help: write dial = { reach = "70%", attempts = 3 } in [queue.vip]
"#;
    assert_message(&message, expected);
}

#[test]
fn a_call_back_without_a_share() {
    let message = message(&two(
        r#"patience = "3m"
call_back = { queue = "vip" }"#,
        "dial = {}",
        "",
    ));
    let expected = r#"
error: `accept` is missing in [queue.orders.call_back]
 --> floor.toml:9:13
  |
9 | call_back = { queue = "vip" }
  |             ^^^^^^^^^^^^^^^^^
  |
  = help: write for example accept = "40%": share of those who are offered a call-back that accept
"#;
    assert_message(&message, expected);
}

#[test]
fn customers_who_are_called_do_not_wait() {
    let message = message(&two(
        r#"patience = "3m""#,
        r#"patience = "3m"
dial = {}"#,
        "",
    ));
    let expected = r#"
error: `patience` does not go with `dial`: agents call these customers, nobody waits on a line
  --> floor.toml:13:1
   |
13 | patience = "3m"
   | ^^^^^^^^
   |
   = help: remove `patience`, or `dial`
"#;
    assert_message(&message, expected);
}

#[test]
fn what_callers_do_does_not_go_with_dial() {
    let message = message(&two(
        r#"patience = "3m""#,
        r#"dial = {}
ivr = "3m"
lines = 4
balk = "10%"
callers = { redial = { probability = "40%", after = "10m" } }"#,
        "",
    ));
    let expected = r#"
error: `ivr` does not go with `dial`: agents call these customers, nobody waits on a line
  --> floor.toml:14:1
   |
14 | ivr = "3m"
   | ^^^
   |
   = help: remove `ivr`, or `dial`

error: `lines` does not go with `dial`: agents call these customers, nobody waits on a line
  --> floor.toml:15:1
   |
15 | lines = 4
   | ^^^^^
   |
   = help: remove `lines`, or `dial`

error: `balk` does not go with `dial`: agents call these customers, nobody waits on a line
  --> floor.toml:16:1
   |
16 | balk = "10%"
   | ^^^^
   |
   = help: remove `balk`, or `dial`

error: `redial` does not go with `dial`: agents call these customers, nobody waits on a line
  --> floor.toml:17:13
   |
17 | callers = { redial = { probability = "40%", after = "10m" } }
   |             ^^^^^^
   |
   = help: remove `redial`, or `dial`
"#;
    assert_message(&message, expected);
}

#[test]
fn calls_by_agents_on_chat() {
    let message = message(&two(
        r#"patience = "3m""#,
        r#"channel = "chat"
patience = "3m"
dial = {}"#,
        "",
    ));
    let expected = r#"
error: `dial` goes with channel "voice"; [queue.vip] is "chat"
  --> floor.toml:15:1
   |
15 | dial = {}
   | ^^^^
   |
   = help: remove `dial`, or write channel = "voice"
"#;
    assert_message(&message, expected);
}

#[test]
fn nobody_is_called() {
    let message = warning(&two(r#"patience = "3m""#, "dial = {}", "").replacen(
        r#"volume = { per_hour = 10 }
"#,
        "",
        1,
    ));
    let expected = r#"
warning: nobody is called in `vip`: it has no volume, and no call_back or follow_up leads to it
  --> floor.toml:12:1
   |
12 | dial = {}
   | ^^^^
   |
   = help: state a volume, or write queue = "vip" in the call_back of another queue
"#;
    assert_message(&message, expected);
}

#[test]
fn a_call_log_that_is_missing() {
    let message = message(&floor("volume = { per_interval = [10, 20, 30, 40] }", r#"arrivals = "trace""#));
    let expected = r#"
error: `volume` is missing in [queue.orders]
 --> floor.toml:5:1
  |
5 | [queue.orders]
  | ^^^^^^^^^^^^^^
  |
  = help: write for example volume = { per_hour = 120 }: expected contacts, as the ACD counts offered calls
"#;
    assert_message(&message, expected);
}

#[test]
fn a_queue_without_volume() {
    let message = message(&floor(
        r#"volume = { per_interval = [10, 20, 30, 40] }
"#,
        "",
    ));
    let expected = r#"
error: `volume` is missing in [queue.orders]
 --> floor.toml:5:1
  |
5 | [queue.orders]
  | ^^^^^^^^^^^^^^
  |
  = help: write for example volume = { per_hour = 120 }: expected contacts, as the ACD counts offered calls
"#;
    assert_message(&message, expected);
}

#[test]
fn a_queue_without_patience() {
    let message = message(&floor(
        r#"patience = "3m"
"#,
        "",
    ));
    let expected = r#"
error: `patience` is missing in [queue.orders]
 --> floor.toml:5:1
  |
5 | [queue.orders]
  | ^^^^^^^^^^^^^^
  |
  = help: write for example patience = { mean = "3m" }: time a caller is willing to wait
"#;
    assert_message(&message, expected);
}

#[test]
fn a_transfer_to_itself() {
    let message = message(&two(
        r#"patience = "3m"
transfer = { probability = "15%", queue = "orders" }"#,
        r#"patience = "3m""#,
        "",
    ));
    let expected = r#"
error: `orders` cannot transfer to itself
 --> floor.toml:9:43
  |
9 | transfer = { probability = "15%", queue = "orders" }
  |                                           ^^^^^^^^
  |
  = help: name another queue, or lengthen `talk`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_transfer_to_a_queue_that_does_not_exist() {
    let message = message(&two(
        r#"patience = "3m"
transfer = { probability = "15%", queue = "tier2" }"#,
        r#"patience = "3m""#,
        "",
    ));
    let expected = r#"
error: there is no queue named `tier2`
 --> floor.toml:9:43
  |
9 | transfer = { probability = "15%", queue = "tier2" }
  |                                           ^^^^^^^
  |
  = help: the queues are: vip
"#;
    assert_message(&message, expected);
}

#[test]
fn a_cold_transfer_with_a_handover() {
    let message = message(&two(
        r#"patience = "3m"
transfer = { probability = "15%", queue = "vip", handover = "20s" }"#,
        r#"patience = "3m""#,
        "",
    ));
    let expected = r#"
error: `handover` is the time both agents talk, but a cold transfer has none
 --> floor.toml:9:61
  |
9 | transfer = { probability = "15%", queue = "vip", handover = "20s" }
  |                                                             ^^^^^
  |
  = help: add warm = true, or remove `handover`
"#;
    assert_message(&message, expected);
}

#[test]
fn transfers_that_never_end() {
    let message = message(&two(
        r#"patience = "3m"
transfer = { probability = "100%", queue = "vip" }"#,
        r#"patience = "3m"
transfer = { probability = 1, queue = "orders" }"#,
        "",
    ));
    let expected = r#"
error: every contact is transferred for ever: orders -> vip -> orders
 --> floor.toml:9:1
  |
9 | transfer = { probability = "100%", queue = "vip" }
  | ^^^^^^^^
  |
  = help: let the probability of one of these transfers, also that of its teams, be below 100%
"#;
    assert_message(&message, expected);
}

#[test]
fn transfers_that_never_end_with_one_team() {
    let message = message(
        &two(
            r#"patience = "3m"
transfer = { probability = "100%", queue = "vip" }"#,
            r#"patience = "3m"
transfer = { probability = "10%", queue = "orders" }"#,
            "",
        )
        .replacen("vip = 1 }", r#"vip = { transfer = "100%" } }"#, 1),
    );
    let expected = r#"
error: every contact is transferred for ever: orders -> vip -> orders
 --> floor.toml:9:1
  |
9 | transfer = { probability = "100%", queue = "vip" }
  | ^^^^^^^^
  |
  = help: let the probability of one of these transfers, also that of its teams, be below 100%
"#;
    assert_message(&message, expected);
}

#[test]
fn a_transfer_to_messages() {
    let message = message(&two(
        r#"patience = "3m"
transfer = { probability = "15%", queue = "vip" }"#,
        r#"channel = "email""#,
        "",
    ));
    let expected = r#"
error: `vip` cannot take callers over: it is "email"
 --> floor.toml:9:43
  |
9 | transfer = { probability = "15%", queue = "vip" }
  |                                           ^^^^^
  |
  = help: name a queue with channel "voice" or "chat"
"#;
    assert_message(&message, expected);
}

#[test]
fn a_transfer_from_messages() {
    let message = message(&two(
        r#"channel = "email"
transfer = { probability = "15%", queue = "vip" }"#,
        r#"patience = "3m""#,
        "",
    ));
    let expected = r#"
error: `transfer` goes with channel "voice" or "chat"; [queue.orders] is "email"
 --> floor.toml:9:1
  |
9 | transfer = { probability = "15%", queue = "vip" }
  | ^^^^^^^^
  |
  = help: messages stay in their queue, and who wrote one does not write it again: remove `transfer`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_warm_transfer_to_a_chat() {
    let message = message(&two(
        r#"patience = "3m"
transfer = { probability = "15%", queue = "vip", warm = true }"#,
        r#"patience = "3m"
channel = "chat""#,
        "",
    ));
    let expected = r#"
error: a warm transfer needs a telephone line at both ends, but `vip` is "chat"
 --> floor.toml:9:57
  |
9 | transfer = { probability = "15%", queue = "vip", warm = true }
  |                                                         ^^^^
  |
  = help: write warm = false
"#;
    assert_message(&message, expected);
}

#[test]
fn a_transfer_to_customers_who_are_called() {
    let message = message(&two(
        r#"patience = "3m"
transfer = { probability = "15%", queue = "vip" }"#,
        "dial = {}",
        "",
    ));
    let expected = r#"
error: `vip` cannot take callers over: it has `dial`, so agents call its customers
 --> floor.toml:9:43
  |
9 | transfer = { probability = "15%", queue = "vip" }
  |                                           ^^^^^
  |
  = help: name a queue without `dial`
"#;
    assert_message(&message, expected);
}

#[test]
fn a_team_that_transfers_to_nowhere() {
    let message = message(&two(r#"patience = "3m""#, r#"patience = "3m""#, "").replacen(
        "vip = 1 }",
        r#"vip = { transfer = "20%" } }"#,
        1,
    ));
    let expected = r#"
error: `vip` does not say where its contacts are transferred to
  --> floor.toml:17:43
   |
17 | skills = { orders = 1, vip = { transfer = "20%" } }
   |                                           ^^^^^
   |
   = help: write transfer = { probability = "15%", queue = "..." } in [queue.vip]
"#;
    assert_message(&message, expected);
}

#[test]
fn redials_without_end() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"

[queue.orders.callers]
redial = { probability = "100%", after = "10m" }"#,
    ));
    let expected = r#"
error: callers of `orders` who are not answered try again for ever: probability 100%, attempts "unlimited"
  --> floor.toml:11:1
   |
11 | redial = { probability = "100%", after = "10m" }
   | ^^^^^^
   |
   = help: write a probability below 100%, or a number of attempts such as attempts = 3
"#;
    assert_message(&message, expected);
}

#[test]
fn redials_in_a_circle() {
    let message = message(&two(
        r#"patience = "3m"
callers = { redial = { probability = 1, after = "1m", queue = "vip" } }"#,
        r#"patience = "3m"
callers = { redial = { probability = 1, after = "1m", queue = "orders" } }"#,
        "",
    ));
    let expected = r#"
error: callers who are not answered try again for ever: orders -> vip -> orders
 --> floor.toml:9:13
  |
9 | callers = { redial = { probability = 1, after = "1m", queue = "vip" } }
  |             ^^^^^^
  |
  = help: write a probability below 100%, or a number of attempts such as attempts = 3
"#;
    assert_message(&message, expected);
}

#[test]
fn redials_of_nobody() {
    let message = warning(&floor(
        r#"patience = "3m""#,
        r#"patience = "unlimited"
callers = { redial = { probability = "40%", after = "10m" } }"#,
    ));
    let expected = r#"
warning: nobody of `orders` tries again: callers wait for ever and no line is busy
 --> floor.toml:9:13
  |
9 | callers = { redial = { probability = "40%", after = "10m" } }
  |             ^^^^^^
  |
  = help: state a patience, `lines` or a `queue_capacity`, or remove `redial`
"#;
    assert_message(&message, expected);
}

#[test]
fn redials_to_customers_who_are_called() {
    let message = message(&two(
        r#"patience = "3m"
callers = { redial = { probability = "40%", after = "10m", queue = "vip" } }"#,
        "dial = {}",
        "",
    ));
    let expected = r#"
error: `vip` cannot take callers over: it has `dial`, so agents call its customers
 --> floor.toml:9:68
  |
9 | callers = { redial = { probability = "40%", after = "10m", queue = "vip" } }
  |                                                                    ^^^^^
  |
  = help: name a queue without `dial`
"#;
    assert_message(&message, expected);
}

#[test]
fn redials_without_a_probability() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"

[queue.orders.callers]
redial = { after = "10m", attempts = 3 }"#,
    ));
    let expected = r#"
error: `probability` is missing in [queue.orders.callers.redial]
  --> floor.toml:11:10
   |
11 | redial = { after = "10m", attempts = 3 }
   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: write for example probability = "40%": probability that a caller who gave up, or heard a busy signal, tries again; each time anew
"#;
    assert_message(&message, expected);
}

#[test]
fn a_misspelt_number_of_attempts() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"

[queue.orders.callers]
redial = { probability = "40%", after = "10m", attempts = "unlimitd" }"#,
    ));
    let expected = r#"
error: `queue.orders.callers.redial.attempts` cannot be "unlimitd"
  --> floor.toml:11:59
   |
11 | redial = { probability = "40%", after = "10m", attempts = "unlimitd" }
   |                                                           ^^^^^^^^^^
   |
   = help: allowed: "unlimited" or a whole number from 1 to 1000
   = help: for example attempts = 3
"#;
    assert_message(&message, expected);
}

#[test]
fn a_key_of_callers_in_the_queue() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"
redial = { probability = "40%", after = "10m" }"#,
    ));
    let expected = r#"
error: unknown key `redial` in [queue.orders]
 --> floor.toml:9:1
  |
9 | redial = { probability = "40%", after = "10m" }
  | ^^^^^^
  |
  = help: `redial` belongs to [queue.NAME.callers]
"#;
    assert_message(&message, expected);
}

#[test]
fn a_key_of_the_queue_among_callers() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"

[queue.orders.callers]
redial = { probability = "40%", after = "10m" }
priority = 1"#,
    ));
    let expected = r#"
error: `priority` belongs to [queue.orders]; you wrote it under [queue.orders.callers]: move it above line 10
  --> floor.toml:12:1
   |
10 | [queue.orders.callers]
   | ---------------------- above this line
11 | redial = { probability = "40%", after = "10m" }
12 | priority = 1
   | ^^^^^^^^
   |
   = help: in TOML a key belongs to the last [section] above it
"#;
    assert_message(&message, expected);
}

#[test]
fn a_forgotten_percent_sign() {
    let message = message(&floor(
        r#"patience = "3m""#,
        r#"patience = "3m"

[queue.orders.callers]
credit = { share = 10, time = "2m" }"#,
    ));
    let expected = r#"
error: `queue.orders.callers.credit.share`: a share is between 0 and 1 or has a percent sign; write "10%" or 0.1
  --> floor.toml:11:20
   |
11 | credit = { share = 10, time = "2m" }
   |                    ^^
"#;
    assert_message(&message, expected);
}

#[test]
fn people_kept_free_for_a_queue_that_does_not_exist() {
    let message = message(&two(r#"patience = "3m""#, r#"patience = "3m""#, "reserve = { vpi = 2 }"));
    let expected = r#"
error: there is no queue named `vpi`
  --> floor.toml:18:13
   |
18 | reserve = { vpi = 2 }
   |             ^^^
   |
   = help: did you mean `vip`?
"#;
    assert_message(&message, expected);
}

#[test]
fn people_kept_free_for_a_queue_they_cannot_serve() {
    let message = message(
        &two(
            r#"patience = "3m""#,
            r#"patience = "3m""#,
            r#"reserve = { vip = 2 }

[team.tier2]
agents = 1
skills = { vip = 1 }"#,
        )
        .replacen("skills = { orders = 1, vip = 1 }", "skills = { orders = 1 }", 1),
    );
    let expected = r#"
error: people are kept free for `vip`, which is not among the skills of the team
  --> floor.toml:18:13
   |
18 | reserve = { vip = 2 }
   |             ^^^
   |
   = help: add `vip` to skills, or remove it from reserve
"#;
    assert_message(&message, expected);
}
