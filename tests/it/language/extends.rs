//! `extends`: tables merge, what stands for one value is replaced whole, paths start from the file that names them.

use super::support::{FLOOR, Folder, assert_message};
use callwright::scenario::{Dist, Scenario};

fn extended(change: &str) -> Scenario {
    let folder =
        Folder::new().with("base.toml", FLOOR).with("floor.toml", &format!("extends = \"base.toml\"\n{change}"));
    folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}")).scenario
}

#[test]
fn an_empty_extension_is_its_base() {
    let s = extended("name = \"base\"");
    assert_eq!(s, super::support::read_set(FLOOR, &["name=base"]).scenario);
}

#[test]
fn tables_merge_and_values_are_replaced() {
    let s = extended(
        "days = 2\n[queue.orders]\npatience = { mean = \"5m\", cv = 0.5 }\n[team.tier1]\nskills = { orders = { handle_time = \"110%\" } }\n",
    );
    assert_eq!(s.timeline.days.len(), 2);
    assert_eq!(s.queues[0].patience, Some(Dist::Lognormal { mean: 300.0, cv: 0.5 }));
    assert_eq!(s.queues[0].handle.talk, Dist::Exponential { mean: 240.0 });
    assert_eq!(s.teams[0].skills[0].handle_time, 1.1);
}

#[test]
fn either_or_values_replace_each_other() {
    let s = extended(
        "[queue.orders]\nvolume = { per_hour = 10 }\naht = \"5m\"\n[team.tier1]\nscheduled = 10\nshrinkage = \"50%\"\n",
    );
    assert_eq!(s.queues[0].volume, [5.0; 4]);
    assert_eq!(s.queues[0].handle.talk, Dist::Lognormal { mean: 300.0, cv: 0.8 });
    assert_eq!(s.teams[0].on_phone, [5; 4]);
    let s = extended("open = { mon = \"08:00-09:00\" }\n[queue.orders]\nvolume = { per_interval = [1, 2] }\n");
    assert_eq!(s.queues[0].volume, [1.0, 2.0]);
}

#[test]
fn new_queues_and_teams_come_last() {
    let s = extended(
        "[queue.a]\nvolume = { per_hour = 1 }\naht = \"1m\"\npatience = \"1m\"\n[team.a]\nagents = 1\nskills = { a = 1 }\n[team.tier1]\nskills = { a = 2 }\n",
    );
    assert_eq!(s.queues.iter().map(|q| q.name.as_str()).collect::<Vec<_>>(), ["orders", "a"]);
    assert_eq!(s.teams[0].skills.len(), 2);
    assert_eq!(s.teams[1].name, "a");
}

#[test]
fn chains_and_folders() {
    let folder = Folder::new()
        .with("data/base.toml", &FLOOR.replace("{ per_interval = [10, 20, 30, 40] }", "{ csv = \"v.csv\" }"))
        .with("data/v.csv", "start,orders\n08:00,1\n08:30,2\n09:00,3\n09:30,4\n")
        .with("middle.toml", "extends = \"data/base.toml\"\n[team.tier1]\nagents = 6\n")
        .with("sub/floor.toml", "extends = \"../middle.toml\"\n[run]\nseed = 3\n");
    let s = folder.load("sub/floor.toml", &[]).unwrap().scenario;
    assert_eq!((&s.queues[0].volume, s.teams[0].on_phone[0], s.run.seed), (&vec![1.0, 2.0, 3.0, 4.0], 6, 3));
}

#[test]
fn a_problem_of_the_base_is_shown_in_the_base() {
    let folder = Folder::new()
        .with("base.toml", &FLOOR.replace("\"3m\"", "180"))
        .with("floor.toml", "extends = \"base.toml\"\n");
    let expected = r#"
error: `queue.orders.patience`: a time needs a unit; write "180s" or "3m"
 --> base.toml:8:12
  |
8 | patience = 180
  |            ^^^
"#;
    assert_message(&folder.message("floor.toml", &[]), expected);
}

#[test]
fn a_missing_base_and_a_circle() {
    let folder = Folder::new().with("floor.toml", "extends = \"bsae.toml\"\n").with("base.toml", FLOOR);
    let expected = r#"
error: cannot read bsae.toml: No such file or directory (os error 2)
 --> floor.toml:1:11
  |
1 | extends = "bsae.toml"
  |           ^^^^^^^^^^^
  |
  = help: did you mean base.toml?
"#;
    assert_message(&folder.message("floor.toml", &[]), expected);
    let folder =
        Folder::new().with("floor.toml", "extends = \"b.toml\"\n").with("b.toml", "extends = \"floor.toml\"\n");
    let expected = r#"
error: `extends` goes round in a circle: floor.toml is already part of it
 --> b.toml:1:11
  |
1 | extends = "floor.toml"
  |           ^^^^^^^^^^^^
  |
  = help: let the last file of the chain stand alone
"#;
    assert_message(&folder.message("floor.toml", &[]), expected);
}

#[test]
fn a_chain_has_an_end() {
    let mut folder = Folder::new();
    for i in 0..40 {
        folder = folder.with(&format!("{i}.toml"), &format!("extends = \"{}.toml\"\n", i + 1));
    }
    assert!(folder.message("0.toml", &[]).contains("more than 16 files extend each other"));
}
