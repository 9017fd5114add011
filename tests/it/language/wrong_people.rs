//! What people are said to be that cannot be.

use super::people::people;
use super::support::{Folder, assert_message, floor, message, message_set, warning};

/// The text of a message without its picture.
#[track_caller]
fn says(text: &str, expected: &str) {
    let message = message(text);
    assert!(message.starts_with(&format!("error: {expected}")), "{message}");
}

#[test]
fn moods_that_do_not_sum_to_one() {
    let message = message(&people("", "mood = { calm = \"70%\", confused = 0.15, upset = \"10%\" }", "", ""));
    let expected = r#"
error: the shares of the moods sum to 95%: 5% is missing
  --> floor.toml:11:8
   |
11 | mood = { calm = "70%", confused = 0.15, upset = "10%" }
   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: let them sum to 100%; who changes one changes another, for example `calm`, as well
"#;
    assert_message(&message, expected);
    says(
        &people("", "mood = { calm = 0.9, irate = 0.2 }", "", ""),
        "the shares of the moods sum to 110%: 10% is too much",
    );
    // A third three times is one third three times.
    let thirds = format!("mood = {{ calm = {0}, upset = {0}, irate = {0} }}", 1.0 / 3.0);
    super::support::read(&people("", &thirds, "", ""));
}

#[test]
fn one_mood_set_alone() {
    let folder = Folder::new().with("floor.toml", &people("", "mood = { calm = 0.9, irate = 0.1 }", "", ""));
    let message = folder.message("floor.toml", &["queue.orders.callers.mood.irate=20%"]);
    assert!(message.contains("sum to 110%: 10% is too much") && message.contains("as well"), "{message}");
}

#[test]
fn reasons_that_do_not_sum_to_one() {
    let text = people("", "reason = { question = \"50%\", complaint = { share = \"60%\" } }", "", "");
    says(&text, "the shares of the reasons sum to 110%: 10% is too much");
}

#[test]
fn a_trait_nobody_has() {
    let message = message(&floor("agents = 5", "agents = 5\ntraits = { pateince = 55 }"));
    let expected = r#"
error: unknown key `pateince` in [team.tier1.traits]
  --> floor.toml:12:12
   |
12 | traits = { pateince = 55 }
   |            ^^^^^^^^
   |
   = help: did you mean `patience`?
"#;
    assert_message(&message, expected);
    let text = floor("agents = 5", "agents = 5\ntraits = { empathy = 120 }");
    says(&text, "`team.tier1.traits.empathy`: 120 is out of range; allowed: 0 to 100");
}

#[test]
fn complexity_that_is_spread_too_far() {
    let message = message(&people("", "complexity = { mean = 0.1, sd = 0.4 }", "", ""));
    let expected = r#"
error: problems between 0 and 1 with mean 0.1 cannot have a standard deviation of 0.4
  --> floor.toml:11:33
   |
11 | complexity = { mean = 0.1, sd = 0.4 }
   |                                 ^^^
   |
   = help: write at most 0.294 with this mean
"#;
    assert_message(&message, expected);
}

#[test]
fn parts_that_need_another() {
    says(
        &people("", "repeat = { probability = 0.5 }", "", ""),
        "nobody comes again: the queue does not say how many problems are solved",
    );
    says(
        &people("", "reason = { sale = { share = 1.0, chance = 0.5 } }", "", ""),
        "`chance` says how many get the offer, but there is none",
    );
    let unknown = people("agent_choice = { irate = \"best:patience\" }", "", "", "");
    says(&unknown, "callers of [queue.orders] have no mood `irate`");
    let unknown = people("agent_choice = { sale = \"best:sales\" }", "reason = { question = 1.0 }", "", "");
    says(&unknown, "callers of [queue.orders] have no reason `sale`");
    let verify = warning(&people("verify = \"20s\"", "", "", ""));
    assert!(verify.contains("`verify` takes time but changes nothing"), "{verify}");
    let abuse = warning(&people("abuse = 0.1", "", "", ""));
    assert!(abuse.contains("`abuse` changes nothing: no caller is irate"), "{abuse}");
}

#[test]
fn shares_that_are_certain() {
    let text = people("first_contact_resolution = \"100%\"", "", "", "");
    says(&text, "`queue.orders.first_contact_resolution`: 100% is out of range; allowed: 0.1% to 99.9%");
}

#[test]
fn a_choice_by_a_trait_nobody_has() {
    let message = message(&people("agent_choice = \"best:pateince\"", "", "", ""));
    assert!(message.contains("did you mean \"best:patience\"?"), "{message}");
}

#[test]
fn problems_that_come_back_without_end() {
    let text = people("first_contact_resolution = 0.001", "repeat = { probability = \"100%\" }", "", "");
    let message = message(&text);
    let expected = r#"
error: problems of `orders` come back without end: each contact brings 0.999 more (the gain of the loop) where 0.1% are solved, as by the agents who solve fewest; at most 0.99
  --> floor.toml:11:10
   |
11 | repeat = { probability = "100%" }
   |          ^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: lower the probability of `repeat`, or state a higher first_contact_resolution
"#;
    assert_message(&message, expected);
    // The worst agents decide: 30 % are solved on average.
    let worst = people(
        "first_contact_resolution = 0.05",
        "repeat = { probability = 1.0 }",
        "traits = { knowledge = { mean = 50, sd = 20 } }\ntenure = \"20w\"",
        "",
    );
    says(&worst, "problems of `orders` come back without end: each contact brings 0.99");
    super::support::read(
        &worst.replace("knowledge = { mean = 50, sd = 20 }", "knowledge = 60").replace("tenure = \"20w\"", ""),
    );
}

#[test]
fn repeats_behind_the_end_of_the_run() {
    let text =
        people("first_contact_resolution = 0.7", "repeat = { probability = 0.5 }", "", "[run]\nloops = \"none\"");
    let warned = warning(&text);
    let expected = "warning: callers of `orders` come again after 24h on average, but the simulated days last 2h and nobody comes from before";
    assert!(warned.starts_with(expected), "{warned}");
    assert_eq!(warning(&text.replace("\"none\"", "\"steady\"")), "");
}

#[test]
fn talk_that_is_shorter_than_what_is_in_it() {
    let text = people("first_contact_resolution = 0.7\nverify = \"5m\"", "", "", "");
    let message = message(&text);
    let expected = r#"
error: the stated talk time of 4m contains 5m of verifying, which alone take longer
 --> floor.toml:7:8
  |
7 | talk = "4m"
  |        ^^^^
  |
  = help: state the talk time with all that is in it, or write anchor = "none" at the top of the file
"#;
    assert_message(&message, expected);
    super::support::read(&format!("anchor = \"none\"\n{text}"));
}

#[test]
fn training_of_a_team_that_is_not_there() {
    let training = |rest: &str| format!("[training.x]\nhours = \"8h\"\nevery = \"26w\"\n{rest}\n");
    let text = people("", "", "", &training("teams = [\"tier\"]\ntraits = { empathy = 10 }"));
    let message = message(&text);
    assert!(
        message.starts_with("error: there is no team named `tier`") && message.contains("did you mean \"tier1\"?"),
        "{message}"
    );
    says(&people("", "", "", &training("")), "`traits` is missing in [training.x]");
    let much = training("traits = { empathy = 10 }").replace("8h", "1000h");
    says(&people("", "", "", &much), "96.15% of training and 0% of other shrinkage leave almost nobody");
}

#[test]
fn tenures_and_effects_out_of_range() {
    says(
        &people("", "", "tenure = { mean = \"1 month\", min = \"2 months\" }", ""),
        "the shortest time on the job, \"2 months\", is longer than the mean",
    );
    says(
        &people("", "", "", "[effects]\ntalk_irate = 0"),
        "`effects.talk_irate`: 0 is out of range; allowed: 0.1 to 10",
    );
    says(&people("", "", "", "[effects]\nquota_most = 2"), "`effects.quota_most`:");
    says(&people("", "", "", "[effects]\nswitch_talk = 10"), "`effects.switch_talk`: a time needs a unit");
    says(&people("", "", "", "[effects]\neficiency_time = 0.2"), "unknown key `eficiency_time` in [effects]");
    let message = message_set(&["effects.strength=2000%"]);
    assert!(message.contains("2000% is out of range; allowed: 0% to 1000%"), "{message}");
}

#[test]
fn follow_ups_that_nobody_makes() {
    let text = super::support::two(
        "patience = \"3m\"\nfirst_contact_resolution = 0.7\nfollow_up = { share = 0.3, queue = \"vip\" }",
        "patience = \"3m\"",
        "",
    );
    says(&text, "follow-ups go to `vip`, but nobody is called there");
}

#[test]
fn two_things_said_of_one_person() {
    let text = floor("agents = 5", "roster = \"v.csv\"");
    let csv = "agent,start,end,patience\nAna,08:00,09:00,60\nAna,09:00,10:00,55\n";
    let message = super::support::message_with_csv(&text, csv);
    let expected = r#"
error: Ana has `patience` = 55 here and 60 in a row before
 --> v.csv:3:17
  |
3 | Ana,09:00,10:00,55
  |                 ^^
  |
  = note: named here: floor.toml:11
  = help: say it once, or the same in all rows of the person
"#;
    assert_message(&message, expected);
    let message = super::support::message_with_csv(&text, &csv.replace("55", "155"));
    assert!(message.contains("155 is out of range; allowed: 0 to 100"), "{message}");
}

/// Neither offers nor verifying: the effects alone leave no talk time.
#[test]
fn effects_too_strong_for_the_stated_talk_time() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/stories/floor.toml");
    let error = callwright::scenario::load(&callwright::scenario::Request::file(path).set("effects.strength=1000%"))
        .expect_err("no talk time")
        .to_string();
    for words in ["strength = \"1000%\" in [effects]", "the stated 4m30s", "help: lower `strength`"] {
        assert!(error.contains(words), "{words}\n{error}");
    }
    assert!(!error.contains("contains ,"), "{error}");
}
