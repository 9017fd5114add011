//! Commands that count people or leave them out, and verdicts under other strengths of effects.

use super::support::Desk;

const PEOPLE: &str = include_str!("../../data/people/floor.toml");

/// The floor of [`PEOPLE`] with its stated averages and nothing about people.
fn averages() -> String {
    let people =
        ["first_contact", "satisfaction", "traits", "tenure", "mood", "repeat", "offer", "value", "[queue.orders.c"];
    let kept = PEOPLE.lines().filter(|line| !people.iter().any(|key| line.starts_with(key)));
    kept.map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_plan_leaves_people_out_unless_it_is_asked() {
    let desk = Desk::with("shop.toml", PEOPLE);
    std::fs::write(desk.path("averages.toml"), averages()).unwrap();
    // One goal in reach of a few staffings is enough.
    let plan = |file: &str, more: &[&str]| {
        let args = [&["plan", file, "-n", "20"], more].concat();
        desk.run(&args).1
    };
    let (without, plain) = (plan("shop.toml", &["--csv"]), plan("averages.toml", &["--csv"]));
    assert!(!plain.is_empty());
    assert_eq!(without, plain, "what the file says of people must not count");
    let screen = plan("shop.toml", &[]);
    assert!(screen.contains("people effects: off (--with-people)"), "{screen}");
    assert!(plan("averages.toml", &[]).contains("people effects: off\n"));
    let with = plan("shop.toml", &["--with-people"]);
    assert!(with.contains("people effects: on, illustrative"), "{with}");
}

#[test]
fn a_check_leaves_people_out_unless_it_is_asked() {
    let desk = Desk::with("shop.toml", PEOPLE);
    let head = |more: &[&str]| {
        let screen = desk.run(&[&["check", "shop.toml", "-n", "20"], more].concat()).1;
        screen.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(head(&[]).contains("people effects: off (--with-people)"));
    assert!(head(&["--with-people"]).contains("people effects: on, illustrative"));
}

/// Everybody irate, no anchor: talk takes 1.25 times as long, 1.56 times with effects doubled. 12 erlangs then become
/// 15 and nearly 19: with 17 people the goal is met as stated and out of reach when doubled.
#[test]
fn a_verdict_that_hangs_on_the_size_of_effects_is_told() {
    let floor = |anchor: &str| {
        format!(
            "anchor = \"{anchor}\"\ninterval = \"30m\"\nopen = \"09:00-13:00\"\n[queue.q]\nvolume = {{ per_hour = 240 }}\n\
             talk = \"3m\"\npatience = \"5m\"\ngoal = {{ service_level = \"50/20\" }}\n[queue.q.callers]\n\
             mood = {{ calm = 0, confused = 0, upset = 0, irate = 1 }}\n[team.t]\nagents = 17\nskills = {{ q = 1 }}\n"
        )
    };
    let robust = |text: &str| {
        let desk = Desk::with("f.toml", text);
        let screen = desk.good(&["run", "f.toml", "-n", "20", "--robust"]);
        screen.split("\nROBUST").nth(1).expect("a paragraph").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let hangs = robust(&floor("none"));
    assert!(hangs.starts_with("The verdict depends") && hangs.contains("at 200 % q misses its goal"), "{hangs}");
    // Anchored, the stated handle time stays what it is.
    assert!(robust(&floor("stated")).starts_with("The verdict survives"));
    let plain = Desk::new().good(&["run", "floor.toml", "-n", "5", "--robust"]);
    assert!(plain.contains("says nothing of people"), "{plain}");
}

/// More people lower waits whatever the effects.
#[test]
fn a_difference_that_survives_is_told() {
    let desk = Desk::with("shop.toml", PEOPLE);
    let args = ["compare", "shop.toml", "--set", "team.shop.agents=+2", "-n", "30", "--robust"];
    let screen = desk.good(&args);
    assert!(screen.contains("ROBUST   None of the"), "{screen}");
    let json: serde_json::Value = serde_json::from_str(&desk.good(&[&args[..], &["--json"]].concat())).unwrap();
    assert_eq!(json["robust"]["survives"], true);
    assert!(json["robust"]["found"].as_u64().unwrap() > 0);
}
