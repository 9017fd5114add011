//! `--out`: all files or none.

use super::support::Desk;

/// Every file of the folder.
const FILES: [&str; 17] = [
    "abandonment.png",
    "abandonment.svg",
    "intervals.csv",
    "occupancy.png",
    "occupancy.svg",
    "queue_teams.csv",
    "queues.csv",
    "replications.csv",
    "service_level.png",
    "service_level.svg",
    "summary.json",
    "team_intervals.csv",
    "teams.csv",
    "volume_and_staffing.png",
    "volume_and_staffing.svg",
    "wait_distribution.png",
    "wait_distribution.svg",
];

#[test]
fn the_folder_is_made_filled_and_named() {
    let desk = Desk::new();
    let text = desk.good(&["run", "floor.toml", "-n", "5", "--out", "a/b"]);
    assert!(text.contains("wrote a/b: "), "{text}");
    assert_eq!(desk.names("a/b"), FILES);
    let json = desk.good(&["run", "floor.toml", "-n", "5", "--out", "c", "--json"]);
    assert_eq!(json, std::fs::read_to_string(desk.path("c/summary.json")).unwrap());
}

#[test]
fn other_files_stay_and_old_results_are_replaced() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("out")).unwrap();
    std::fs::write(desk.path("out/notes.txt"), "mine").unwrap();
    desk.good(&["run", "floor.toml", "-n", "5", "--out", "out", "-q"]);
    let first = std::fs::read(desk.path("out/queues.csv")).unwrap();
    desk.good(&["run", "floor.toml", "-n", "6", "--out", "out", "-q"]);
    assert_ne!(std::fs::read(desk.path("out/queues.csv")).unwrap(), first);
    assert_eq!(std::fs::read_to_string(desk.path("out/notes.txt")).unwrap(), "mine");
    assert_eq!(desk.names("out").len(), FILES.len() + 1);
}

#[test]
fn a_place_that_cannot_be_written_is_refused_before_the_simulation() {
    let desk = Desk::new();
    // More replications than anybody would wait for: a refusal that came late would time out.
    let bad = |out: &str| desk.bad(&["run", "floor.toml", "-n", "10000000", "--out", out]);
    assert!(bad("floor.toml").contains("a file has this name"));
    assert!(bad("floor.toml/inside").contains("cannot create the folder"));
    std::fs::create_dir_all(desk.path("taken/summary.json")).unwrap();
    assert!(bad("taken").contains("rename it"));
    assert_eq!(desk.names("taken"), ["summary.json"]);
    assert_eq!(desk.names("."), ["floor.toml", "taken"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let desk = Desk::new();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(super::support::BINARY);
    let output =
        command.current_dir(desk.path(".")).args(["run", "floor.toml", "-n", "2"]).stdout(full).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("cannot write standard output"), "{message}");
}
