//! `validate --explain`: what it prints gives the results of the file it was asked about.

use super::support::{Desk, shipped};
use serde_json::Value;

/// Means of all queues, and of the teams.
fn means(desk: &Desk, file: &str, more: &[&str]) -> [Value; 2] {
    let json: Value =
        serde_json::from_str(&desk.good(&[&["run", file, "--json", "-n", "3", "--quiet"], more].concat())).unwrap();
    [json["queues"].clone(), json["teams"].clone()]
}

#[track_caller]
fn same_results(file: &str, sets: &[&str]) -> String {
    let desk = Desk::new();
    let text = desk.good(&[&["validate", "--explain", file], sets].concat());
    std::fs::write(desk.path("explained.toml"), &text).unwrap();
    let (stated, explained) = (means(&desk, file, sets), means(&desk, "explained.toml", &[]));
    assert!(stated[0]["service"]["offered"]["mean"].as_f64().is_some_and(|offered| offered > 0.0), "{file}");
    assert_eq!(stated, explained, "{file}\n{text}");
    text
}

/// The volume of most stories is that of another file, whose floor has another share of repeats in it.
#[test]
fn every_story_gives_the_same_results() {
    for entry in std::fs::read_dir(shipped("stories")).unwrap() {
        let path = entry.unwrap().path();
        let text = same_results(path.to_str().unwrap(), &[]);
        let own = std::fs::read_to_string(&path).unwrap().contains("volume");
        assert_eq!(text.contains("first_attempts = "), !own, "{}\n{text}", path.display());
    }
}

/// So do values on the command line: the share belongs to the file without them.
#[test]
fn a_changed_floor_gives_the_same_results() {
    let floor = shipped("stories/floor.toml");
    let sets = ["--set", "queue.service.first_contact_resolution=90%"];
    let text = same_results(floor.to_str().unwrap(), &sets);
    assert!(text.contains("counts = \"offered\", first_attempts = 0."), "{text}");
}

#[test]
fn a_share_of_first_attempts_that_nothing_uses_is_told() {
    let text = super::support::FLOOR.replace("40] }", "40], counts = \"fresh\", first_attempts = 0.9 }");
    let (code, _, errors) = Desk::with("floor.toml", &text).run(&["validate", "floor.toml"]);
    assert!(code == 0 && errors.contains("first_attempts is not used with counts = \"fresh\""), "{errors}");
}
