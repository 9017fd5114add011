//! `run --precision`: as many replications as it takes, and not one more.

use serde_json::Value;

use crate::cli::support::{Desk, FLOOR};

/// A floor on which something happens.
fn desk() -> Desk {
    Desk::with("floor.toml", &busy())
}

fn busy() -> String {
    FLOOR.replace("agents = 10", "agents = 6")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The summary without the lines that say why the run ended.
fn figures(text: &str) -> Value {
    let mut summary = json(text);
    for key in ["ended", "precision"] {
        summary["run"].as_object_mut().unwrap().remove(key);
    }
    summary
}

#[test]
fn replications_are_added_until_every_half_width_is_met() {
    let desk = desk();
    let args =
        ["run", "floor.toml", "-n", "1", "--precision", "1%", "--precision", "1s of queues.orders.asa", "--json"];
    let summary = json(&desk.good(&args));
    let n = summary["run"]["replications"].as_u64().unwrap();
    assert!(n >= 200 && n.is_multiple_of(100), "looked at after every 100 only: {n}");
    assert_eq!(summary["run"]["requested"].as_u64(), Some(n), "all that was asked for");
    let asked = summary["run"]["precision"].as_array().unwrap();
    assert_eq!([&asked[0]["figure"], &asked[1]["figure"]], ["queues.orders.service_level", "queues.orders.asa_s"]);
    let width = |summary: &Value, metric: &str| summary["queues"]["orders"][metric]["half_width"].as_f64().unwrap();
    assert!(width(&summary, "service_level") <= 0.01 && width(&summary, "asa_s") <= 1.0, "{summary}");
    // 100 fewer would not have done.
    let fewer = json(&desk.good(&["run", "floor.toml", "-n", &(n - 100).to_string(), "--json"]));
    assert!(width(&fewer, "service_level") > 0.01 || width(&fewer, "asa_s") > 1.0, "{n} are too many");
}

#[test]
fn a_precise_run_is_a_run_of_as_many_replications() {
    let desk = desk();
    let precise = ["--precision", "4% relative of queues.orders.asa_s"];
    for threads in ["1", "8"] {
        let out = format!("precise{threads}");
        let args = [&["run", "floor.toml", "-q", "--threads", threads, "--out", &out], &precise[..]].concat();
        desk.good(&args);
    }
    let read = |folder: &str, name: &str| std::fs::read(desk.path(folder).join(name)).unwrap();
    let summary = String::from_utf8(read("precise1", "summary.json")).unwrap();
    let n = json(&summary)["run"]["replications"].as_u64().unwrap();
    assert!(n > 200, "{n}");
    desk.good(&["run", "floor.toml", "-q", "-n", &n.to_string(), "--out", "plain"]);
    assert_eq!(desk.names("precise1"), desk.names("plain"));
    for name in desk.names("plain") {
        assert!(read("precise1", &name) == read("precise8", &name), "{name} on 1 and 8 threads");
        if name != "summary.json" {
            assert!(read("precise1", &name) == read("plain", &name), "{name}");
        }
    }
    assert_eq!(figures(&summary), json(&String::from_utf8(read("plain", "summary.json")).unwrap()));
    let screen = |args: &[&str]| desk.good(&[&["run", "floor.toml"], args].concat());
    let (with, without) = (screen(&precise), screen(&["-n", &n.to_string()]));
    let told: Vec<&str> = with.lines().filter(|line| !without.contains(line)).collect();
    assert_eq!(told.len(), 1, "only the line that says why it ended: {told:?}");
    assert!(
        told[0].replace(',', "").starts_with(&format!("precise after {n} replications: queues.orders.asa_s ±")),
        "{told:?}"
    );
}

#[test]
fn the_scenario_states_it_too_and_the_command_line_wins() {
    let floor =
        format!("{}\n[run]\nprecision = [\"1.5%\", \"3 of total.abandoned\"]\nmax_replications = 5000\n", busy());
    let desk = Desk::with("floor.toml", &floor);
    let stated = json(&desk.good(&["run", "floor.toml", "--json"]));
    let names: Vec<&str> =
        stated["run"]["precision"].as_array().unwrap().iter().map(|p| p["figure"].as_str().unwrap()).collect();
    assert_eq!(names, ["queues.orders.service_level", "total.abandoned"]);
    let other = json(&desk.good(&["run", "floor.toml", "--json", "--precision", "30 of total.abandoned"]));
    assert_eq!(other["run"]["precision"].as_array().unwrap().len(), 1);
    assert_eq!(other["run"]["replications"], 200, "that is met by the least number");
    // It is none of check's business, nor a difference between floors.
    std::fs::create_dir(desk.path("plain")).unwrap();
    std::fs::write(desk.path("plain/floor.toml"), busy()).unwrap();
    assert!(desk.good(&["check", "floor.toml"]).contains("200 simulated days"));
    let text = desk.good(&["compare", "floor.toml", "plain/floor.toml", "-n", "20"]);
    assert!(text.contains("nothing: A and B say the same"), "{text}");
    assert_eq!(stated["input_hash"], json(&desk.good(&["run", "plain/floor.toml", "--json"]))["input_hash"]);
}

#[test]
fn what_cannot_be_reached_stops_at_the_maximum_and_says_so() {
    let desk = desk();
    let args = ["run", "floor.toml", "--precision", "1ms of queues.orders.asa_s", "--max-replications", "250"];
    let text = desk.good(&args);
    assert!(text.contains("250 simulated days"), "{text}");
    assert!(
        text.contains("not as precise as asked for at the maximum of 250 replications: queues.orders.asa_s"),
        "{text}"
    );
    assert!(text.replace('\n', " ").contains("(asked for 1ms, not reached)"), "{text}");
    let (code, out, err) = desk.run(&[&args[..], &["--json"]].concat());
    assert_eq!((code, json(&out)["run"]["ended"].as_str()), (0, Some("max_replications")));
    assert!(err.contains("not as precise as asked for"), "{err}");
    // Nobody is ever blocked here: a share of a figure that has no value is never reached.
    let floor = FLOOR.replace("[10, 20, 30, 40]", "[0, 0, 0, 0]");
    let desk = Desk::with("floor.toml", &floor);
    let text = desk.good(&[
        "run",
        "floor.toml",
        "--precision",
        "1% of queues.orders.service_level",
        "--max-replications",
        "300",
    ]);
    let told = "queues.orders.service_level has no interval (asked for 1%, not reached)";
    assert!(text.replace('\n', " ").contains(told), "{text}");
}

#[test]
fn a_time_limit_ends_at_the_next_hundred() {
    let desk = desk();
    let (code, out, err) = desk.run(&["run", "floor.toml", "-n", "1000", "--time-limit", "0s", "--json"]);
    let summary = json(&out);
    assert_eq!(
        (code, summary["run"]["replications"].as_u64(), summary["run"]["requested"].as_u64()),
        (0, Some(100), Some(1000))
    );
    assert_eq!(err, "the time is up: 100 of 1000 replications done\n");
    assert_eq!(summary["run"]["ended"], "time_limit");
    let (cut, whole) = (figures(&out), json(&desk.good(&["run", "floor.toml", "-n", "100", "--json"])));
    assert_eq!(cut["queues"], whole["queues"]);
    let text = desk.good(&["run", "floor.toml", "-n", "1000", "--time-limit", "0s"]);
    assert!(text.contains("the time is up: 100 of 1,000 replications done"), "{text}");
    // A day is enough for this floor.
    assert!(!desk.good(&["run", "floor.toml", "--time-limit", "1d"]).contains("time is up"));
}

#[test]
fn what_makes_no_sense_is_refused_with_what_to_write() {
    let desk = desk();
    for (args, words) in [
        (&["--precision", "soon"][..], &["`soon` is no precision", "\"2% relative\""][..]),
        (&["--precision", "0%"], &["takes for ever"]),
        (&["--precision", "5"], &["does not say of what"]),
        (&["--precision", "1%", "--of", "queues.order.service_level"], &["did you mean `orders`?"]),
        (&["--precision", "1%", "--of", "queues.orders.servicelevel"], &["did you mean `service_level`?"]),
        (&["--precision", "1%", "--of", "queue.orders.occupancy"], &["no figure `occupancy` here"]),
        (&["--precision", "1%", "--of", "teams.tier2.occupancy"], &["no team named `tier2`", "tier1"]),
        (&["--precision", "1%", "--of", "sums.orders"], &["queues.NAME, teams.NAME, total and total_teams"]),
        (&["--precision", "1%", "--of", "asa"], &["`1%` is no precision of total.asa_s", "\"2s\""]),
        (&["--precision", "1s", "--of", "sl"], &["is a share", "\"0.5%\""]),
        (&["--precision", "1s", "--of", "cost"], &["is a number"]),
        (&["--of", "cost"], &["--precision"]),
        (&["--precision", "1%", "--precision", "2%", "--of", "sl"], &["2 --precision and 1 --of"]),
        (&["--precision", "1% of sl", "--of", "asa"], &["names its figure"]),
        (&["--precision", "1%", "--max-replications", "10"], &["at most 10 replications are fewer than the 200"]),
        (&["--precision", "1%", "--max-replications", "0"], &["allowed: 1 to 10000000"]),
        (&["--time-limit", "5"], &["unit"]),
    ] {
        let message = desk.bad(&[&["run", "floor.toml"], args].concat());
        assert!(words.iter().all(|word| message.contains(word)), "{args:?} should say {words:?}:\n{message}");
    }
    // In the file, with its line; all at once; and for `validate` as well.
    let floor = format!(
        "{}\n[run]\nprecision = [\n  \"1% of queues.orders.asa_s\",\n  \"2s of queues.sales.asa_s\",\n]\n",
        busy()
    );
    let desk = Desk::with("floor.toml", &floor);
    for command in ["run", "validate"] {
        let message = desk.bad(&[command, "floor.toml"]);
        assert!(message.contains("floor.toml:16:3") && message.contains("floor.toml:17:3"), "{message}");
        assert!(message.contains("`1%` is no precision") && message.contains("no queue named `sales`"), "{message}");
    }
}
