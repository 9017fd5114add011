//! Commands that count people or leave them out, and verdicts under other strengths of effects.

use super::support::Desk;
use serde_json::Value;

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
fn irate(anchor: &str) -> String {
    format!(
        "anchor = \"{anchor}\"\ninterval = \"30m\"\nopen = \"09:00-13:00\"\n[queue.q]\nvolume = {{ per_hour = 240 }}\n\
         talk = \"3m\"\npatience = \"5m\"\ngoal = {{ service_level = \"50/20\" }}\n[queue.q.callers]\n\
         mood = {{ calm = 0, confused = 0, upset = 0, irate = 1 }}\n[team.t]\nagents = 17\nskills = {{ q = 1 }}\n"
    )
}

#[test]
fn a_verdict_that_hangs_on_the_size_of_effects_is_told() {
    let robust = |text: &str| {
        let desk = Desk::with("f.toml", text);
        let screen = desk.good(&["run", "f.toml", "-n", "20", "--robust"]);
        screen.split("\nROBUST").nth(1).expect("a paragraph").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let hangs = robust(&irate("none"));
    assert!(hangs.starts_with("The verdict depends") && hangs.contains("at 200 % q misses its goal"), "{hangs}");
    // Anchored, the stated handle time stays what it is.
    assert!(robust(&irate("stated")).starts_with("The verdict survives"));
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
    let json: Value = serde_json::from_str(&desk.good(&[&args[..], &["--json"]].concat())).unwrap();
    assert_eq!(json["robust"]["survives"], true);
    assert!(json["robust"]["found"].as_u64().unwrap() > 0);
}

/// What a command prints as JSON, and the file it leaves in a folder.
fn printed_and_left(desk: &Desk, args: &[&str], file: &str) -> [Value; 2] {
    let printed = desk.good(&[args, &["--json", "--out", "out"]].concat());
    let left = std::fs::read_to_string(desk.path("out").join(file)).unwrap();
    [printed, left].map(|text| serde_json::from_str(&text).unwrap())
}

/// A program reads the same verdict as a planner, wherever it looks, and nothing of it where nobody asked.
#[test]
fn files_tell_whether_a_verdict_survives() {
    let desk = Desk::with("f.toml", &irate("none"));
    let run = ["run", "f.toml", "-n", "20"];
    let [printed, left] = printed_and_left(&desk, &[&run[..], &["--robust"]].concat(), "summary.json");
    assert_eq!(printed, left);
    let robust = &left["robust"];
    assert_eq!(robust["factors"], serde_json::json!([0.5, 2.0]));
    assert_eq!((&robust["survives"], &robust["replications"]), (&false.into(), &20.into()));
    let turned = robust["turned"].as_array().unwrap();
    assert!(turned.len() == 1 && turned[0]["factor"] == 2.0 && turned[0]["queue"] == "q", "{robust}");
    assert!(turned[0]["met"] == false && turned[0]["service_level"].as_f64().unwrap() < 0.5, "{robust}");
    // The floor at double strength by itself has the level that is told.
    let double = desk.good(&[&run[..], &["--set", "effects.strength=200%", "--json"]].concat());
    let double: Value = serde_json::from_str(&double).unwrap();
    assert_eq!(turned[0]["service_level"], double["queues"]["q"]["service_level"]["mean"]);

    let [mut printed, left] = printed_and_left(&desk, &run, "summary.json");
    assert_eq!(printed, left);
    assert!(left.get("robust").is_none());
    // All other keys are the same with --robust as without it.
    printed["robust"] = robust.clone();
    let [again, _] = printed_and_left(&desk, &[&run[..], &["--robust"]].concat(), "summary.json");
    assert_eq!(printed, again);
    let plain = Desk::new();
    let [_, left] = printed_and_left(&plain, &["run", "floor.toml", "-n", "5", "--robust"], "summary.json");
    assert!(left.get("robust").is_none());
}

#[test]
fn files_tell_whether_differences_survive() {
    let desk = Desk::with("shop.toml", PEOPLE);
    let args = ["compare", "shop.toml", "--set", "team.shop.agents=+2", "-n", "30"];
    let [printed, left] = printed_and_left(&desk, &[&args[..], &["--robust"]].concat(), "compare.json");
    assert_eq!(printed, left);
    assert_eq!((&left["robust"]["survives"], &left["robust"]["replications"]), (&true.into(), &30.into()));
    assert_eq!(left["robust"]["turned"], serde_json::json!([]));
    let [_, left] = printed_and_left(&desk, &args, "compare.json");
    assert!(left.get("robust").is_none());
}
