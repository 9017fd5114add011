//! What keeps stated averages: hand-made floors against sums and integrals of their own, and which file is asked.

#![allow(clippy::disallowed_methods, reason = "what a test expects need not be the same bits on every machine")]

use super::people::{ALL, people};
use super::support::{Folder, read, read_set, scenario};
use callwright::people::Anchor;
use callwright::scenario::explain;

fn anchor(text: &str, sets: &[&str]) -> Anchor {
    read_set(text, sets).scenario.queues[0].outcomes.anchor
}

fn close(a: f64, b: f64, within: f64) {
    assert!((a - b).abs() <= within, "{a} and {b}");
}

/// Mean of a function of a normal score cut to 0..100, by the midpoint rule over twelve standard deviations.
fn over_scores(mean: f64, sd: f64, of: impl Fn(f64) -> f64) -> f64 {
    let steps = 120_000;
    let width = 12.0 / f64::from(steps);
    let part = |step: i32| {
        let x = -6.0 + (f64::from(step) + 0.5) * width;
        let density = (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
        density * width * of(((mean + sd * x).clamp(0.0, 100.0) - 50.0) / 20.0)
    };
    (0..steps).map(part).sum()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn handle_times_stay_where_agents_differ_in_efficiency() {
    for (mean, sd) in [(50.0, 15.0), (60.0, 15.0), (30.0, 25.0)] {
        let text =
            people("wrap = \"30s\"", "", &format!("traits = {{ efficiency = {{ mean = {mean}, sd = {sd} }} }}"), "");
        let factor = over_scores(mean, sd, |z| (-0.18 * z).exp());
        let found = anchor(&text, &[]);
        close(found.times[0] * factor, 1.0, 2e-4);
        close(found.times[2] * factor, 1.0, 2e-4);
        assert_eq!((found.times[1], found.resolved, found.satisfied), (1.0, 0.0, 0.0));
    }
}

#[test]
fn handle_times_stay_with_moods_and_two_teams() {
    // 20 heads for two hours at z = 1, 10 at z = -1: talk x exp(-0.18 z).
    let end = "[team.late]\nagents = 10\nskills = { orders = 1 }\ntraits = { efficiency = 30 }\n\
               [team.helpers]\nagents = 40\nskills = { orders = { after = \"60s\" } }\ntraits = { efficiency = 100 }\n";
    let text = people("", "mood = { calm = 0.5, upset = 0.3, irate = 0.2 }", "traits = { efficiency = 70 }", end);
    let text = text.replacen("agents = 5", "agents = 20", 1);
    let moods = 0.5 + 0.3 * 1.10 + 0.2 * 1.25;
    let teams = (20.0 * (-0.18_f64).exp() + 10.0 * 0.18_f64.exp()) / 30.0;
    close(anchor(&text, &[]).times[0], 1.0 / (moods * teams), 1e-12);
}

#[test]
fn offers_and_verifying_are_part_of_the_stated_talk() {
    let queue = "first_contact_resolution = 0.7\nverify = \"20s\"";
    let text = people(queue, "offer = { chance = 0.4, conversion = 0.1, talk = \"45s\" }", "", "");
    // 240 s are the talk itself, 20 s of verifying and, for the resolved, 0.4 x 45 s.
    close(anchor(&text, &[]).times[0] * 240.0 + 20.0 + 0.7 * 0.4 * 45.0, 240.0, 1e-9);
    // Verifying raises the logit of resolution by 0.5; what is stated has it in it already.
    close(anchor(&text, &[]).resolved, -0.5, 1e-9);
}

#[test]
fn resolution_stays_where_agents_differ_in_knowledge() {
    let text = people("first_contact_resolution = 0.72", "", "traits = { knowledge = { mean = 45, sd = 15 } }", "");
    let shift = anchor(&text, &[]).resolved;
    let stated = (0.72_f64 / 0.28).ln();
    close(over_scores(45.0, 15.0, |z| logistic(stated + shift + 0.35 * z)), 0.72, 2e-4);
}

#[test]
fn satisfaction_stays_with_moods_and_unsolved_problems() {
    let queue = "first_contact_resolution = 0.7\nsatisfaction = 0.78";
    let text = people(queue, "mood = { calm = 0.8, irate = 0.2 }", "", "");
    let shift = anchor(&text, &[]).satisfied;
    let stated = (0.78_f64 / 0.22).ln() + shift;
    // A quarter and a bit of the irate are calmed: logit -1.
    let irate = 0.2 * (1.0 - logistic(-1.0));
    let at = |logit: f64| (1.0 - irate) * logistic(logit) + irate * logistic(logit - 1.2);
    // Good and bad days are normal with a standard deviation of 0.15, as a score with one of 3 points is.
    let given = |solved: f64| over_scores(50.0, 3.0, |day| at(stated - solved + day));
    close(0.7 * given(0.0) + 0.3 * given(2.0), 0.78, 1e-6);
}

#[test]
fn a_roster_is_counted_by_hours_on_the_phone() {
    let text = people("", "", "", "").replace("agents = 5", "roster = \"r.csv\"");
    // Ana has three times Bea's hours.
    let csv = "agent,start,end,efficiency\nAna,08:00,09:30,70\nBea,08:00,08:30,10\n";
    let folder = Folder::new().with("floor.toml", &text).with("r.csv", csv);
    let s = folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
    let factor = 0.75 * (-0.18_f64).exp() + 0.25 * 0.36_f64.exp();
    close(s.queues[0].outcomes.anchor.times[0], 1.0 / factor, 1e-12);
}

#[test]
fn nothing_is_anchored_without_people_or_when_the_file_says_so() {
    assert_eq!(scenario(super::support::FLOOR).queues[0].outcomes.anchor, Anchor::default());
    let text = people("", "mood = { irate = 1.0 }", "traits = { efficiency = 60 }", "");
    assert_ne!(anchor(&text, &[]), Anchor::default());
    assert_eq!(anchor(&format!("anchor = \"none\"\n{text}"), &[]), Anchor::default());
}

#[test]
fn set_and_training_move_away_from_what_is_stated() {
    let text = people("satisfaction = 0.8", "mood = { calm = 0.8, irate = 0.2 }", "traits = { efficiency = 60 }", "");
    let stated = anchor(&text, &[]);
    assert_eq!(anchor(&text, &["team.tier1.traits.efficiency=70"]), stated);
    let sets = ["queue.orders.callers.mood={ calm = 0.5, irate = 0.5 }", "queue.orders.talk=5m", "team.*.agents=+3"];
    assert_eq!(anchor(&text, &sets), stated);
    let training = "[training.x]\nhours = \"8h\"\nevery = \"26w\"\ntraits = { efficiency = 10 }\n";
    assert_eq!(anchor(&format!("{text}{training}"), &[]), stated);
    // How strong effects are is a belief, not a change of the floor.
    assert_ne!(anchor(&text, &["effects.strength=50%"]), stated);
    let weak = anchor(&text, &["effects.strength=50%", "team.tier1.traits.efficiency=70"]);
    assert_eq!(weak, anchor(&format!("{text}[effects]\nstrength = \"50%\"\n"), &[]));
}

#[test]
fn the_file_whose_talk_time_is_in_force_is_asked() {
    let base = people("satisfaction = 0.8", "mood = { calm = 0.8, irate = 0.2 }", "traits = { efficiency = 60 }", "");
    let folder = Folder::new()
        .with("base.toml", &base)
        .with("middle.toml", "extends = \"base.toml\"\n[team.tier1]\ntraits = { efficiency = 70 }\n")
        .with("top.toml", "extends = \"middle.toml\"\n[queue.orders]\ntalk = \"5m\"\n")
        .with("late.toml", "extends = \"middle.toml\"\n[queue.orders]\nfirst_contact_resolution = 0.7\n");
    let of = |name: &str| folder.load(name, &[]).unwrap_or_else(|e| panic!("{e}")).scenario.queues[0].outcomes.anchor;
    assert_eq!(of("middle.toml"), of("base.toml"));
    // It states the talk time anew: over its own people.
    let factor = (0.8 + 0.2 * 1.25) * (-0.18_f64).exp();
    close(of("top.toml").times[0], 1.0 / factor, 1e-12);
    // A figure that the base does not state is anchored all the same, to the people of the base.
    let late = of("late.toml");
    assert_eq!(late.times, of("base.toml").times);
    assert_eq!(late.resolved, 0.0);
}

#[test]
fn a_base_that_is_no_complete_floor_leaves_it_to_the_next_file() {
    let folder = Folder::new()
        .with("base.toml", "[queue.orders]\nvolume = { per_hour = 60 }\ntalk = \"4m\"\npatience = \"3m\"\n")
        .with(
            "floor.toml",
            "extends = \"base.toml\"\ninterval = \"30m\"\nopen = \"08:00-10:00\"\n\
            [team.t]\nagents = 4\nskills = { orders = 1 }\ntraits = { efficiency = 70 }\n",
        );
    for sets in [&[][..], &["team.t.traits.efficiency=30"]] {
        let s = folder.load("floor.toml", sets).unwrap_or_else(|e| panic!("{e}")).scenario;
        close(s.queues[0].outcomes.anchor.times[0], 0.18_f64.exp(), 1e-12);
    }
}

#[test]
fn an_explained_file_keeps_its_anchors() {
    let over = "extends = \"base.toml\"\n[team.tier1.traits]\nefficiency = 80\n";
    let folder = Folder::new().with("base.toml", ALL).with("floor.toml", over);
    let text = super::explain::round_trip(&folder, &["queue.orders.callers.mood={ calm = 1 }"]);
    let line = text.lines().find(|line| line.starts_with("anchored = {")).unwrap();
    assert!(line.contains("  # from ") && line.ends_with("base.toml"), "{line}");
    // And so does what is kept of a floor in texts.
    let loaded = folder.load("floor.toml", &[]).unwrap();
    let kept = callwright::scenario::Request {
        shelf: Some(std::sync::Arc::new(loaded.shelf().unwrap())),
        ..callwright::scenario::Request::file(loaded.file_name())
    };
    assert_eq!(callwright::scenario::load(&kept).unwrap().scenario, loaded.scenario);
}

#[test]
fn anchors_are_shown_only_where_there_are_any() {
    assert!(!explain(&read(super::support::FLOOR)).contains("anchored:"));
    let text = explain(&read(&people("", "mood = { calm = 0.5, irate = 0.5 }", "", "")));
    assert!(text.contains("# anchored: talk 4m x 0.8889 = 3m33s\n"), "{text}");
}
