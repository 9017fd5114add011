//! Summary, tables and pictures: shape, numbers, escaping, and how they get into a folder.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use callwright::experiment::{Options, QueueMetric, TeamMetric, simulate};
use callwright::model::compile;
use callwright::report::{Style, nine_digits, plots, prepare, summary_json, text};
use serde_json::Value;

use super::floor::{Ran, results, retail, single, week};

fn small() -> Ran {
    let mut scenario = retail();
    scenario.run.replications = 25;
    Ran::new(scenario)
}

/// Simulates a floor into a folder, as the command line does.
fn write(ran: &Ran, dir: &Path) -> Vec<std::path::PathBuf> {
    let folder = prepare(dir).expect("the folder can be written");
    let rows = folder.replications(&ran.scenario).expect("the file can be written");
    let model = compile(&ran.scenario).expect("the floor compiles");
    simulate(&ran.scenario, &model, &Options { threads: 2 }, &rows).expect("the floor runs");
    folder.write(&ran.report(), rows).expect("the files can be written")
}

/// One folder for all tests that only read.
fn written() -> &'static (tempfile::TempDir, Ran) {
    static WRITTEN: OnceLock<(tempfile::TempDir, Ran)> = OnceLock::new();
    WRITTEN.get_or_init(|| {
        let (dir, ran) = (tempfile::tempdir().expect("a folder"), small());
        write(&ran, dir.path());
        (dir, ran)
    })
}

fn table(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(path).expect("a CSV file");
    let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    // The reader refuses rows of another length than the header.
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    (header, rows)
}

fn significant_digits(number: &str) -> usize {
    let mantissa = number.split(['e', 'E']).next().unwrap_or("");
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// Calls `check` with every number of a document and the path to it.
fn each_number(value: &Value, path: &str, check: &mut dyn FnMut(&str, &serde_json::Number)) {
    match value {
        Value::Number(number) => check(path, number),
        Value::Array(items) => items.iter().for_each(|item| each_number(item, path, check)),
        Value::Object(map) => map.iter().for_each(|(key, item)| each_number(item, &format!("{path}.{key}"), check)),
        _ => {}
    }
}

#[test]
fn the_summary_has_its_figures_under_their_names() {
    let ran = small();
    let summary = summary_json(&ran.report());
    assert_eq!(summary["schema_version"], 1);
    assert_eq!(summary["generator"], callwright::engine::GENERATOR);
    assert_eq!(summary["input_hash"], "0123456789abcdef");
    assert_eq!(summary["run"]["seed"], 1);
    assert_eq!(summary["run"]["replications"], 25);
    assert_eq!(summary["run"]["contacts"], ran.results.contacts);
    for metric in QueueMetric::ALL {
        for place in [&summary["total"], &summary["queues"]["orders"], &summary["queues"]["billing"]] {
            let estimate = place[metric.name()].as_object().unwrap_or_else(|| panic!("{} is missing", metric.name()));
            assert_eq!(estimate.keys().collect::<Vec<_>>(), ["mean", "half_width", "p05", "p95"]);
        }
        assert_eq!(summary["definitions"]["queue_metrics"][metric.name()]["definition"], metric.definition());
    }
    for metric in TeamMetric::ALL {
        for place in [&summary["total_teams"], &summary["teams"]["tier1"]] {
            assert!(place[metric.name()].is_object(), "{} is missing", metric.name());
        }
    }
    let level = ran.results.queues[0].get(QueueMetric::ServiceLevel).mean.and_then(nine_digits);
    assert_eq!(summary["queues"]["orders"]["service_level"]["mean"].as_f64(), level);
    let probability = &summary["queues"]["orders"]["goal_met_probability"];
    let (low, mean, high) = (&probability["low"], &probability["mean"], &probability["high"]);
    assert!(low.as_f64() <= mean.as_f64() && mean.as_f64() <= high.as_f64() && probability["half_width"].is_null());
    assert_eq!(summary["definitions"]["queues"]["returns"]["target_time_s"], 30.0);
    assert_eq!(summary["definitions"]["queues"]["returns"]["service_level_formula"], "offered");
    assert_eq!(summary["goals"]["queues"]["orders"]["parts"].as_array().map(Vec::len), Some(2));
    assert_eq!(summary["need"][0]["teams"][0], "tier1");
}

#[test]
fn what_is_undefined_is_null_never_zero() {
    let mut scenario = retail();
    scenario.run.replications = 1;
    scenario.queues[2].volume.fill(0.0);
    scenario.queues[2].goal = None;
    scenario.teams[0].cost_per_hour = None;
    let ran = Ran::new(scenario);
    let summary = summary_json(&ran.report());
    assert!(summary["queues"]["billing"]["service_level"]["mean"].is_null());
    assert!(summary["queues"]["billing"]["asa_s"]["mean"].is_null());
    assert_eq!(summary["queues"]["billing"]["offered"]["mean"], 0.0);
    assert!(summary["queues"]["billing"]["goal_met_probability"]["mean"].is_null());
    assert!(summary["queues"]["orders"]["service_level"]["half_width"].is_null());
    assert!(summary["teams"]["tier1"]["cost"]["mean"].is_null());
}

#[test]
fn numbers_have_nine_significant_digits_at_most() {
    let ran = small();
    let mut numbers = 0;
    each_number(&summary_json(&ran.report()), "", &mut |path, number| {
        numbers += 1;
        assert!(number.is_u64() || significant_digits(&number.to_string()) <= 9, "{path}: {number}");
        assert!(!number.to_string().starts_with("-0.0") || number.as_f64() != Some(0.0), "{path}: {number}");
    });
    assert!(numbers > 500, "{numbers}");
    for entry in fs::read_dir(written().0.path()).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|e| e != "csv") {
            continue;
        }
        let (header, rows) = table(&path);
        for (name, cell) in rows.iter().flat_map(|row| header.iter().zip(row)) {
            if let Ok(number) = cell.parse::<f64>() {
                assert!(number.is_finite() && cell != "-0" && significant_digits(cell) <= 9, "{path:?} {name}: {cell}");
            }
        }
    }
}

#[test]
fn tables_are_tidy() {
    let (dir, _) = written();
    let expected = [
        (
            "queues.csv",
            4,
            "scope,queue,target_time_s,service_level_formula,abandon_formula,goal_met,goal_met_probability",
        ),
        (
            "teams.csv",
            4,
            "scope,team,most_on_phone,planned_on_phone_h,needed_h,short_h,over_h,answered,answered_half_width",
        ),
        ("queue_teams.csv", 4, "queue,team,answered,answered_half_width,talk_s,talk_s_half_width,hold_s"),
        ("intervals.csv", 4 * 24, "scope,queue,day,date,interval,start,volume_expected,offered,offered_half_width"),
        (
            "team_intervals.csv",
            4 * 24,
            "scope,team,day,date,interval,start,on_phone,scheduled,needed,short_over,occupancy",
        ),
        ("replications.csv", 25 * 4, "replication,day,date,scope,queue,attempted,offered"),
    ];
    for (name, count, start) in expected {
        let (header, rows) = table(&dir.path().join(name));
        assert!(header.join(",").starts_with(start), "{name}: {}", header.join(","));
        assert_eq!(rows.len(), count, "{name}");
        let mut names = header.clone();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), header.len(), "{name}: every column has its own name");
        let tidy = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(header.iter().all(|h| h.chars().all(tidy)), "{name}: {header:?}");
    }
    let (header, rows) = table(&dir.path().join("intervals.csv"));
    let cell = |row: &[String], name: &str| row[header.iter().position(|h| h == name).expect("a column")].clone();
    assert_eq!(rows[3][..6], ["queue", "orders", "1", "2026-03-02", "3", "09:30"].map(str::to_owned));
    assert_eq!(cell(&rows[3], "volume_expected"), "90.2");
    assert!(!cell(&rows[3], "service_level_p05").is_empty());
    let (_, rows) = table(&dir.path().join("team_intervals.csv"));
    assert_eq!(
        rows[3][..10],
        ["team", "tier1", "1", "2026-03-02", "3", "09:30", "11", "", "17", "-6"].map(str::to_owned)
    );
    let partner = rows.iter().find(|row| row[1] == "partner").expect("partner has rows");
    assert_eq!(partner[8..10], ["", ""].map(str::to_owned), "who only helps out has no need");
}

#[test]
fn metrics_that_came_later_stand_behind_all_others() {
    let (dir, _) = written();
    let loops = [
        "transfers_in",
        "call_backs",
        "deferred",
        "open",
        "self_served",
        "unreached",
        "transferred",
        "lost_to_horizon",
        "undecided",
        "reached_rate",
        "offered_per_fresh",
    ];
    let people = [
        "resolution_rate",
        "unsolved",
        "fcr",
        "csat",
        "offers",
        "sales",
        "conversion",
        "revenue",
        "customers_lost",
        "retention_rate",
        "value_lost",
        "upset_rate",
        "calmed_rate",
        "abuse_ended",
        "repeats_due_later",
        "csat_mean",
    ];
    let people_by_interval =
        ["repeats", "resolution_rate", "fcr", "csat", "sales", "conversion", "revenue", "customers_lost", "csat_mean"];
    let queue = [&loops[..], &people].concat();
    let by_interval = [&["redials"], &loops[..7], &["undecided"], &people_by_interval].concat();
    let team = [
        &["scheduled_h", "overtime_h", "adherence", "absence", "concurrency_used", "fees"][..],
        &["resolution_rate", "csat", "sales", "conversion", "revenue", "retention_rate", "calmed_rate", "strain"],
        &["training_cost", "csat_mean", "answered_in_goal_rate"],
    ]
    .concat();
    let estimates = |names: &[&str], parts: &[&str]| -> Vec<String> {
        names.iter().flat_map(|name| parts.iter().map(move |part| format!("{name}{part}"))).collect()
    };
    let spread = ["", "_half_width", "_p05", "_p95"];
    let expected = [
        ("queues.csv", "erlang_a_abandon_rate", estimates(&queue, &spread)),
        ("intervals.csv", "goal_met_probability", estimates(&by_interval, &spread[..2])),
        ("teams.csv", "cost_per_handled_p95", [estimates(&team, &spread), vec!["fte".to_owned()]].concat()),
        ("replications.csv", "mean_in_service", estimates(&queue, &spread[..1])),
    ];
    for (name, last, later) in expected {
        let (header, rows) = table(&dir.path().join(name));
        let at = header.len() - later.len();
        assert_eq!((header[at - 1].as_str(), &header[at..]), (last, &later[..]), "{name}");
        let known = |row: &Vec<String>| row[at..].iter().any(|cell| !cell.is_empty());
        assert_eq!(
            rows.iter().any(known),
            name == "teams.csv",
            "{name}: empty on a floor that has nothing of the kind"
        );
    }
}

#[test]
fn replications_add_up_to_the_results() {
    let (dir, ran) = written();
    let (header, rows) = table(&dir.path().join("replications.csv"));
    let offered = header.iter().position(|h| h == "offered").expect("a column");
    let orders = rows.iter().filter(|row| row[4] == "orders");
    let mean = orders.map(|row| row[offered].parse::<f64>().expect("a number")).sum::<f64>() / 25.0;
    let expected = ran.results.queues[0].get(QueueMetric::Offered).mean.expect("contacts were offered");
    assert!((mean - expected).abs() < 1e-9 * expected, "{mean} {expected}");
    assert_eq!((rows[0][0].as_str(), rows[99][0].as_str()), ("1", "25"));
}

#[test]
fn all_outputs_are_the_same_for_any_number_of_threads() {
    let one = small();
    let mut two = small();
    two.results = results(&two.scenario, 1);
    assert_eq!(text(&one.report(), Style::plain(100)), text(&two.report(), Style::plain(100)));
    assert_eq!(summary_json(&one.report()).to_string(), summary_json(&two.report()).to_string());
    assert_eq!(plots(&one.report()), plots(&two.report()));
}

#[test]
fn names_are_data() {
    let mut scenario = retail();
    scenario.run.replications = 2;
    scenario.name = "<script>alert(1)</script> & \"co\"".into();
    scenario.queues[0].name = "a,\"b\"\n<c>&'d'".into();
    scenario.teams[0].name = "team;1 \u{1} \u{202e}".into();
    let ran = Ran::new(scenario);
    for plot in plots(&ran.report()) {
        assert!(!plot.svg.contains("<script") && !plot.svg.contains('\u{1}'), "{}", plot.name);
        resvg::usvg::Tree::from_str(&plot.svg, &resvg::usvg::Options::default())
            .unwrap_or_else(|e| panic!("{} is no XML: {e}", plot.name));
    }
    let dir = tempfile::tempdir().expect("a folder");
    write(&ran, dir.path());
    let (_, rows) = table(&dir.path().join("queues.csv"));
    assert_eq!(rows[0][1], "a,\"b\"\n<c>&'d'");
    let summary: Value =
        serde_json::from_slice(&fs::read(dir.path().join("summary.json")).expect("a file")).expect("JSON");
    assert!(summary["queues"]["a,\"b\"\n<c>&'d'"].is_object());
}

#[test]
fn plots_have_no_undefined_coordinates() {
    let mut silent = retail();
    silent.queues.iter_mut().for_each(|q| q.volume.fill(0.0));
    let mut idle = retail();
    idle.teams.iter_mut().for_each(|t| t.on_phone.fill(0));
    for mut scenario in [silent, idle, single(), week(42)] {
        scenario.run.replications = 2;
        for plot in plots(&Ran::new(scenario).report()) {
            assert!(!plot.svg.contains("NaN") && !plot.svg.contains("inf"), "{}", plot.name);
            assert!(plot.svg.len() < 400_000, "{}: {}", plot.name, plot.svg.len());
        }
    }
}

#[test]
fn a_folder_gets_all_files_and_keeps_what_was_there() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("new/deep");
    let ran = small();
    let paths = write(&ran, &out);
    assert_eq!(paths.len(), 17);
    let png = fs::read(out.join("service_level.png")).expect("a file");
    assert!(png.starts_with(b"\x89PNG") && png.len() > 10_000);
    fs::write(out.join("notes.txt"), "mine").expect("written");
    let before = fs::read(out.join("summary.json")).expect("a file");
    write(&ran, &out);
    assert_eq!(fs::read(out.join("summary.json")).expect("a file"), before, "the same run gives the same bytes");
    assert_eq!(fs::read_to_string(out.join("notes.txt")).expect("a file"), "mine");
    assert_eq!(fs::read_dir(&out).expect("a folder").count(), 18, "nothing else is left");
}

#[test]
fn a_run_that_fails_leaves_nothing_behind() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("new/deep");
    let folder = prepare(&out).expect("the folder can be written");
    let rows = folder.replications(&retail()).expect("the file can be written");
    drop((folder, rows));
    assert!(!dir.path().join("new").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_at_once() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("file"), "").expect("written");
    for out in ["file", "file/below"] {
        let error = prepare(&dir.path().join(out)).expect_err("a file is no folder").to_string();
        assert!(error.starts_with("cannot create the folder ") && error.contains("help: "), "{error}");
    }
    let taken = dir.path().join("taken");
    fs::create_dir_all(taken.join("summary.json")).expect("made");
    let error = prepare(&taken).expect_err("a folder has the name of a file").to_string();
    assert!(error.contains("summary.json") && error.contains("rename it"), "{error}");
    assert_eq!(fs::read_dir(&taken).expect("a folder").count(), 1, "nothing is left behind");
}
