//! The command `sweep`: points, resuming, the best of them, what it refuses.

use std::collections::BTreeMap;
use std::path::Path;

use callwright::stats::{student_95, student_p_value};
use serde_json::Value;

use crate::cli::support::{BINARY, Desk, FLOOR};

const AGENTS: &str = "team.tier1.agents=5..9:2";
const PATIENCE: &str = "queue.orders.patience=1m,3m";

fn desk() -> Desk {
    Desk::with("floor.toml", &FLOOR.replace("skills =", "cost_per_hour = 20\nskills ="))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn read(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let names = desk.names(folder).into_iter();
    names.map(|name| (name.clone(), std::fs::read(desk.path(folder).join(name)).unwrap())).collect()
}

/// (point, figure) -> row.
fn rows(file: &Path) -> BTreeMap<(u64, String), csv::StringRecord> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let at =
        |reader: &mut csv::Reader<_>, name: &str| reader.headers().unwrap().iter().position(|h| h == name).unwrap();
    let [scope, name, metric] = ["scope", "name", "metric"].map(|column| at(&mut reader, column));
    let figure = |row: &csv::StringRecord| match &row[scope] {
        "queue" => format!("queues.{}.{}", &row[name], &row[metric]),
        "team" => format!("teams.{}.{}", &row[name], &row[metric]),
        "all_queues" => format!("total.{}", &row[metric]),
        _ => format!("total_teams.{}", &row[metric]),
    };
    let all: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let found: BTreeMap<_, _> = all.iter().map(|r| ((r[0].parse().unwrap(), figure(r)), r.clone())).collect();
    assert_eq!(found.len(), all.len(), "each point and figure once");
    found
}

#[test]
fn each_point_is_the_run_of_its_values() {
    let desk = desk();
    desk.good(&["sweep", "floor.toml", "--vary", AGENTS, "--vary", PATIENCE, "-n", "40", "-q", "--out", "out"]);
    assert_eq!(desk.names("out"), ["sweep.csv", "sweep.json", "sweep.png", "sweep.svg"]);
    let rows = rows(&desk.path("out/sweep.csv"));
    let points = [("5", "1m"), ("5", "3m"), ("7", "1m"), ("7", "3m"), ("9", "1m"), ("9", "3m")];
    for (number, (agents, patience)) in (1..).zip(points) {
        let sets = [format!("team.tier1.agents={agents}"), format!("queue.orders.patience={patience}")];
        let run = json(&desk.good(&["run", "floor.toml", "-n", "40", "--json", "--set", &sets[0], "--set", &sets[1]]));
        for (figure, path) in [
            ("queues.orders.service_level", &["queues", "orders", "service_level"][..]),
            ("total.answer_wait_p90_s", &["total", "answer_wait_p90_s"]),
            ("total_teams.cost", &["total_teams", "cost"]),
        ] {
            let row = &rows[&(number, figure.to_owned())];
            assert_eq!((&row[1], &row[2]), (agents, patience));
            let found = path.iter().fold(&run, |value, key| &value[*key]);
            for (column, key) in [(7, "mean"), (8, "half_width"), (11, "p05"), (12, "p95")] {
                assert_eq!(row[column].parse().ok(), found[key].as_f64(), "{number} {figure} {key}");
            }
        }
        let met = &rows[&(number, "queues.orders.goal_met_probability".to_owned())];
        let found = &run["queues"]["orders"]["goal_met_probability"];
        assert_eq!([met[9].parse().ok(), met[10].parse().ok()], [found["low"].as_f64(), found["high"].as_f64()]);
    }
}

#[test]
fn neither_threads_nor_an_end_in_between_change_a_byte() {
    let desk = desk();
    let args =
        ["sweep", "floor.toml", "--vary", "team.tier1.agents=5..14", "--vary", PATIENCE, "-n", "20", "-q", "--out"];
    for (threads, out) in [("1", "one"), ("8", "eight")] {
        desk.good(&[&args[..], &[out, "--threads", threads]].concat());
    }
    assert_eq!(read(&desk, "one"), read(&desk, "eight"));
    // Cut off at any byte, the table goes on as if it never had been.
    let table = std::fs::read(desk.path("one/sweep.csv")).unwrap();
    let identity =
        json(&String::from_utf8(std::fs::read(desk.path("one/sweep.json")).unwrap()).unwrap())["identity"].clone();
    for cut in [0, 1, 60, 150, table.len() / 3, table.len() / 2 + 1, table.len() - 1] {
        let _ = std::fs::remove_dir_all(desk.path("cut"));
        std::fs::create_dir(desk.path("cut")).unwrap();
        std::fs::write(desk.path("cut/sweep.csv.part"), &table[..cut]).unwrap();
        std::fs::write(desk.path("cut/sweep.part.json"), format!("{{\"identity\": {identity}}}")).unwrap();
        desk.good(&[&args[..], &["cut"]].concat());
        assert!(read(&desk, "cut") == read(&desk, "one"), "cut at byte {cut} of {}", table.len());
    }
}

/// Killed again and again, each time a little later, until a sweep ends by itself.
#[cfg(unix)]
#[test]
fn a_killed_sweep_goes_on_from_the_points_that_are_done() {
    use std::process::{Command, Stdio};
    use std::time::Duration;
    let desk = desk();
    let args = ["sweep", "floor.toml", "--vary", "team.tier1.agents=4..63", "-n", "1500", "-q", "--out"];
    desk.good(&[&args[..], &["whole"]].concat());
    let (mut pause, mut kills, mut after_some) = (120, 0, 0);
    loop {
        let mut command = Command::new(BINARY);
        let command = command.current_dir(desk.path(".")).args(args).arg("cut").args(["--threads", "3"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        if child.try_wait().unwrap().is_some() {
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        (pause, kills) = (pause + 60, kills + 1);
        after_some +=
            u32::from(std::fs::metadata(desk.path("cut/sweep.csv.part")).map_or(0, |about| about.len()) > 200);
        assert!(kills < 100, "it never comes to an end");
    }
    assert!(after_some >= 1, "killed {kills} times, but never with a point done");
    desk.good(&[&args[..], &["cut"]].concat());
    assert_eq!(read(&desk, "cut"), read(&desk, "whole"), "{kills} kills");
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_the_points_that_are_done_and_shows_them() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let desk = desk();
    let args = ["sweep", "floor.toml", "--vary", "team.tier1.agents=1..9000", "-n", "200", "--yes", "--out", "out"];
    let mut command = Command::new(BINARY);
    let command = command.current_dir(desk.path(".")).args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let (part, deadline) = (desk.path("out/sweep.csv.part"), Instant::now() + Duration::from_secs(60));
    while std::fs::metadata(&part).map_or(0, |about| about.len()) < 10_000 {
        assert!(Instant::now() < deadline, "no point is ever done");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let (text, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(0), "{error}");
    assert!(text.contains("stopped early: ") && text.contains(" of 9,000 points done"), "{text}");
    assert!(error.contains(" of 9000 points are kept in out: the same command again goes on from them"), "{error}");
    assert_eq!(desk.names("out"), ["sweep.csv.part", "sweep.part.json"]);
}

#[test]
fn the_best_point_is_the_cheapest_of_those_that_are_shown_to_be_good_enough() {
    let desk = desk();
    let args = ["sweep", "floor.toml", "--vary", "team.tier1.agents=4..12", "-n", "100", "--out", "out"];
    let choice = ["--minimise", "cost", "--subject-to", "queues.orders.service_level >= 80%"];
    let text = desk.good(&[&args[..], &choice].concat());
    let rows = rows(&desk.path("out/sweep.csv"));
    let number =
        |point: u64, figure: &str, column: usize| rows[&(point, figure.to_owned())][column].parse::<f64>().unwrap();
    // By the definition of Student's one-sided test, from the columns of the table.
    let confidence = |point: u64| {
        let [mean, half_width] = [6, 7].map(|column| number(point, "queues.orders.service_level", column));
        let t = (mean - 0.8) / (half_width / student_95(99));
        let tail = 0.5 * student_p_value(99, t);
        if t > 0.0 { 1.0 - tail } else { tail }
    };
    let good: Vec<u64> = (1..=9).filter(|&point| confidence(point) >= 0.95).collect();
    assert!(!good.is_empty() && good.len() < 9, "{good:?}");
    let cost = |point: &u64| number(*point, "total_teams.cost", 6);
    let cheapest = *good.iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap();
    let found =
        json(&String::from_utf8(std::fs::read(desk.path("out/sweep.json")).unwrap()).unwrap())["choice"].clone();
    assert_eq!(found["best"]["point"].as_u64(), Some(cheapest));
    assert_eq!(found["best"]["values"]["team.tier1.agents"], (cheapest + 3).to_string());
    assert!((found["best"]["confidence"][0].as_f64().unwrap() - confidence(cheapest)).abs() < 1e-6, "{found}");
    let best = text.split("BEST").nth(1).unwrap().replace("\n         ", " ");
    assert!(best.contains(&format!("point {cheapest} has the smallest cost of all teams")), "{text}");
    assert!(best.contains("queues.orders.service_level >= 80% holds with a confidence of"), "{text}");
    assert!(text.lines().any(|line| line.starts_with('>')), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    // The folder knows all points: another question of the same figures simulates nothing.
    let hard = ["--maximise", "sl", "--subject-to", "queues.orders.service_level >= 80%", "--subject-to", "cost <= 1"];
    let (code, text, _) =
        desk.run(&[&["sweep", "floor.toml", "--vary", "team.tier1.agents=4..12", "-n", "100"], &hard[..]].concat());
    assert_eq!(code, 1, "a verdict that failed: {text}");
    assert!(text.contains("no point keeps to every bound with a confidence of 95 %"), "{text}");
}

#[test]
fn a_million_points_are_begun_only_when_that_is_wanted() {
    let desk = desk();
    let (a, b) = ("team.tier1.agents=1..1000", "queue.orders.patience=1.0s..1000.0s:1s");
    let message = desk.bad(&["sweep", "floor.toml", "--vary", a, "--vary", b, "--out", "out"]);
    assert!(message.starts_with("this sweep will take about "), "{message}");
    for words in ["1,000,000 points of 200 replications", "add --yes", "--samples 200"] {
        assert!(message.contains(words), "{words}: {message}");
    }
    assert!(!desk.path("out").exists());
    let text = desk.good(&["sweep", "floor.toml", "--vary", a, "--vary", b, "--samples", "12", "-n", "5"]);
    assert!(text.contains("12 points of a Latin hypercube"), "{text}");
}

#[test]
fn pictures_of_one_two_and_more_factors_are_well_formed() {
    let desk = desk();
    let more = "queue.orders.volume.scale=90%,110%";
    let routing = "routing.agent_choice=random,longest-idle";
    for (out, varied) in [("one", &[AGENTS][..]), ("two", &[AGENTS, PATIENCE]), ("three", &[AGENTS, more, routing])] {
        let vary: Vec<&str> = varied.iter().flat_map(|text| ["--vary", text]).collect();
        let args = [&["sweep", "floor.toml", "-n", "10", "-q", "--minimise", "cost", "--out", out], &vary[..]].concat();
        desk.good(&args);
        let svg = std::fs::read_to_string(desk.path(out).join("sweep.svg")).unwrap();
        let tree = roxmltree::Document::parse(&svg).unwrap();
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        let texts: String = tree.descendants().filter_map(|node| node.text()).collect();
        for path in varied.iter().map(|text| text.split('=').next().unwrap()) {
            assert!(texts.contains(path), "{path} is not named: {texts}");
        }
    }
}

#[test]
fn what_makes_no_sense_is_refused_and_leaves_nothing() {
    let desk = desk();
    let vary = ["--vary", AGENTS];
    for (args, words) in [
        (&[][..], &["--vary"][..]),
        (&["--vary", "team.tier1.agents"], &["varies nothing", "team.tier1.agents=40..60:2"]),
        (&["--vary", "team.tier1.agents=9..5"], &["backwards"]),
        (&["--vary", "team.tier2.agents=5..9"], &["no team named `tier2`"]),
        (&["--vary", "team.tier1.agents=5,many"], &["agents"]),
        (&["--vary", "queue.orders.patience=1m,0..1"], &["0s"]),
        (&["--vary", "queue.orders.patience=1m..2m"], &["needs a step", "--samples"]),
        (&["--vary", AGENTS, "--vary", "team.tier1.agents=1,2"], &["varied twice"]),
        (&[vary[0], vary[1], "--of", "queues.orders.servicelevel"], &["--of", "did you mean `service_level`?"]),
        (&[vary[0], vary[1], "--minimise", "costs"], &["--minimise", "did you mean `cost`?"]),
        (&[vary[0], vary[1], "--subject-to", "sl >= 80%"], &["add --minimise cost"]),
        (&[vary[0], vary[1], "--minimise", "cost", "--subject-to", "sl = 80%"], &[">= or <= is missing"]),
        (&[vary[0], vary[1], "--minimise", "cost", "--subject-to", "sl >= 80"], &["80%"]),
        (&[vary[0], vary[1], "--minimise", "cost", "--subject-to", "asa <= 5"], &["5s"]),
        (&[vary[0], vary[1], "--minimise", "cost", "--maximise", "sl"], &["cannot be used with"]),
        (&[vary[0], vary[1], "--confidence", "30%"], &["50%"]),
        (&[vary[0], vary[1], "--samples", "0"], &["allowed: 1 to"]),
    ] {
        let message = desk.bad(&[&["sweep", "floor.toml", "-n", "5", "--out", "out"], args].concat());
        assert!(words.iter().all(|word| message.contains(word)), "{args:?} should say {words:?}:\n{message}");
    }
    assert_eq!(desk.names("."), ["floor.toml"]);
    // Another sweep in the folder.
    let sweep = ["sweep", "floor.toml", "-n", "5", "-q", "--out", "out", "--vary"];
    desk.good(&[&sweep[..], &[AGENTS]].concat());
    let message = desk.bad(&[&sweep[..], &["team.tier1.agents=5,6"]].concat());
    assert!(
        message.contains("out holds a sweep of other values") && message.contains("name another folder"),
        "{message}"
    );
    let before = read(&desk, "out");
    desk.good(&[&sweep[..], &[AGENTS]].concat());
    assert_eq!(read(&desk, "out"), before, "done is done");
}

#[test]
fn redials_are_taken_out_of_the_volume_of_the_file_not_of_the_point() {
    let floor =
        FLOOR.replace("talk = \"4m\"", "talk = \"4m\"\ncallers = { redial = { probability = 0.5, after = \"5m\" } }");
    let desk = Desk::with("floor.toml", &floor.replace("agents = 10", "agents = 6"));
    let table = desk.good(&[
        "sweep",
        "floor.toml",
        "--vary",
        "team.tier1.agents=4,6",
        "-n",
        "30",
        "--of",
        "queues.orders.fresh",
        "--csv",
    ]);
    let fresh: Vec<&str> =
        table.lines().filter(|line| line.contains(",fresh,")).map(|line| line.split(',').nth(6).unwrap()).collect();
    let run = json(&desk.good(&["run", "floor.toml", "-n", "30", "--json", "--set", "team.tier1.agents=4"]));
    assert_eq!(fresh[0].parse::<f64>().ok(), run["queues"]["orders"]["fresh"]["mean"].as_f64());
    assert_eq!(fresh[0], fresh[1], "the same callers at each point");
}

/// Points are compared with the same callers.
#[test]
fn what_is_the_same_at_all_points_is_not_varied() {
    let message = desk().bad(&["sweep", "floor.toml", "--vary", "run.seed=1..3", "--vary", "run.replications=5,10"]);
    for words in ["--vary: run.seed is the same", "--seed 7", "--vary: run.replications is the same", "-n 500"] {
        assert!(message.contains(words), "{words}\n{message}");
    }
}

#[test]
fn one_replication_shows_no_bound() {
    let args = ["sweep", "floor.toml", "--vary", "team.tier1.agents=5,9", "-n", "1", "--minimise", "cost"];
    let (code, text, _) = desk().run(&[&args[..], &["--subject-to", "queues.orders.service_level >= 1%"]].concat());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("one replication cannot show that a bound is kept"), "{text}");
    assert!(text.contains("one simulated day of each") && text.contains("no ±"), "{text}");
}
