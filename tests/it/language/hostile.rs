//! No input panics, hangs or exhausts memory; large floors load quickly or are refused with a reason.

use super::support::{FLOOR, Folder};
use callwright::Error;
use callwright::scenario::{Loaded, explain};
use proptest::prelude::*;
use std::fmt::Write;
use std::time::{Duration, Instant};

fn load(text: &[u8]) -> Result<Loaded, Error> {
    let folder = Folder::new().with("v.csv", "start,orders\n08:00,1\n");
    std::fs::write(folder.path("floor.toml"), text).unwrap();
    folder.load("floor.toml", &[])
}

/// Pieces of the language, so that mutations reach deeper than the parser.
const PIECES: [&str; 41] = [
    "[queue.orders]",
    "[team.tier1]",
    "[queue.orders.goal]",
    "[shape.day]",
    "[run]",
    "\"24h\"",
    "\"22:00-06:00\"",
    "{ mon-fri = 3 }",
    "[[1, 2], [3]]",
    "nan",
    "-1",
    "1e300",
    "\"1e9h\"",
    "\"-5%\"",
    "first_day = 2026-03-29",
    "timezone = \"Europe/Paris\"",
    "days = 3660",
    "interval = \"1m\"",
    "{ csv = \"v.csv\" }",
    "{ mean = \"4m\", cv = 0.8 }",
    "extends = \"floor.toml\"",
    "\"80/20\"",
    "\"é\u{301}日本\"",
    "9223372036854775807",
    "{ dist = \"weibull\", mean = \"1s\", cv = 3 }",
    "arrivals = \"trace\"",
    "scheduled = 4",
    "open = \"23:59-24:00\"",
    "\0",
    "\u{feff}",
    "channel = \"chat\"\nconcurrency = 3",
    "channel = \"email\"",
    "dial = {}",
    "ivr = \"30s\"",
    "announce = { patience = 2.0 }",
    "call_back = { accept = 0.4, queue = \"orders\" }",
    "transfer = { probability = 1, queue = \"orders\", warm = true }",
    "[queue.orders.callers]\nredial = { probability = 1, after = \"1m\", attempts = 2 }",
    "promotions = [{ from = \"08:00\", to = \"24:00\", factor = 2 }], counts = \"fresh\"",
    "[correlation]\nlate = 0.5\nlate_from = \"09:00\"",
    "reserve = { orders = 1 }",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = load(&bytes);
    }

    #[test]
    fn mutated_scenarios(cuts in prop::collection::vec((0usize..400, 0usize..40, 0usize..PIECES.len()), 1..5)) {
        let mut text = FLOOR.to_owned();
        for (at, length, piece) in cuts {
            let at = at % (text.len() + 1);
            let end = (at + length).min(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, PIECES[piece]);
            }
        }
        if let Ok(loaded) = load(text.as_bytes()) {
            let again = load(explain(&loaded).as_bytes()).unwrap_or_else(|e| panic!("{e}\n{text}"));
            prop_assert_eq!(loaded.scenario, again.scenario);
        }
    }

    #[test]
    fn arbitrary_settings(path in "[a-z.*\\[\\]0-9\"]{0,30}", value in "[-+*a-z0-9%{}\\[\\], =\"]{0,20}", real in prop::sample::select(vec!["queue.orders.volume", "team.*.agents", "open", "queue.*.talk.mean", "days", "team.tier1.skills.orders", "queue.orders.callers.redial", "queue.orders.dial", "team.tier1.reserve", "correlation"])) {
        let folder = Folder::new().with("floor.toml", FLOOR);
        let _ = folder.load("floor.toml", &[&format!("{path}={value}")]);
        let _ = folder.load("floor.toml", &[&format!("{real}={value}")]);
        let _ = folder.load("floor.toml", &[&format!("{real}.{path}={value}")]);
    }

    #[test]
    fn arbitrary_tables(csv in "[a-z0-9:;,.\"\n\t -]{0,200}", column in prop::sample::select(vec!["", ", column = \"a\"", ", time = \"a\"", ", dates = \"day/month/year\""])) {
        let text = FLOOR.replace("{ per_interval = [10, 20, 30, 40] }", &format!("{{ csv = \"v.csv\"{column} }}"));
        let _ = Folder::new().with("floor.toml", &text).with("v.csv", &csv).load("floor.toml", &[]);
        let _ = Folder::new().with("floor.toml", &text).with("v.csv", &format!("start,orders\n{csv}")).load("floor.toml", &[]);
    }
}

#[track_caller]
fn refused(text: &str, reason: &str) {
    let started = Instant::now();
    let message = load(text.as_bytes()).expect_err("too large").to_string();
    assert!(message.contains(reason), "{message}");
    assert!(started.elapsed() < Duration::from_secs(20), "{reason}: {:?}", started.elapsed());
}

#[test]
fn nesting_lengths_and_counts_have_limits() {
    refused(&format!("x = {}", "[".repeat(100_000)), "not valid TOML");
    refused(&format!("{} = 1", vec!["a"; 100_000].join(".")), "not valid TOML");
    refused(&format!("{} = 1", vec!["a"; 40].join(".")), "nested more than 16 deep");
    refused(&format!("x = [{}]", "1,".repeat(60_000)), "a list of 60000 values is too long");
    let keys = (0..6_000).fold(String::new(), |mut text, i| {
        let _ = writeln!(text, "k{i} = 1");
        text
    });
    refused(&keys, "a table of 6000 keys is too long");
    let unknown = (0..4_000).fold(String::new(), |mut text, i| {
        let _ = writeln!(text, "patence{i} = 1");
        text
    });
    refused(&unknown, "more problems");
    refused(&FLOOR.replace("\"3m\"", &format!("\"{}\"", "x".repeat(1_000_000))), "not a number with a unit");
}

/// A floor of so many queues and teams, half-hourly round the clock.
fn large(queues: usize, days: usize) -> String {
    let mut text = format!(
        "interval = \"30m\"\nopen = \"24h\"\ndays = {days}\nfirst_day = 2026-01-01\ntimezone = \"Europe/Paris\"\n"
    );
    for i in 0..queues {
        let _ = writeln!(
            text,
            "[queue.q{i}]\nvolume = {{ csv = \"v.csv\" }}\naht = \"4m\"\npatience = \"3m\"\n[team.t{i}]\nagents = 10\nskills = {{ q{i} = 1 }}"
        );
    }
    text
}

fn volumes(queues: usize) -> String {
    let mut csv = String::from("interval");
    (0..queues).for_each(|i| csv.push_str(&format!(",q{i}")));
    for interval in 0..48 {
        csv.push_str(&format!("\n{interval}"));
        (0..queues).for_each(|i| csv.push_str(&format!(",{}", (i + interval) % 40)));
    }
    csv
}

#[test]
fn a_thousand_queues_and_ten_thousand_agents_load() {
    let folder = Folder::new().with("floor.toml", &large(1_000, 7)).with("v.csv", &volumes(1_000));
    let started = Instant::now();
    let scenario = folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
    assert_eq!(scenario.teams.iter().map(|t| u64::from(t.on_phone[0])).sum::<u64>(), 10_000);
    assert_eq!(scenario.queues[999].volume[1], 0.0);
    // Generous: a debug build on a busy machine.
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn a_year_of_a_hundred_queues_loads_and_of_a_thousand_is_refused() {
    let folder = Folder::new().with("floor.toml", &large(100, 365)).with("v.csv", &volumes(100));
    let started = Instant::now();
    let scenario = folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
    // The year loses an hour in March and gets it back in October.
    assert_eq!(scenario.timeline.intervals.len(), 365 * 48);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    let folder = Folder::new().with("floor.toml", &large(1_000, 365)).with("v.csv", &volumes(1_000));
    let message = folder.message("floor.toml", &[]);
    assert!(message.contains("2000 queues and teams in 17520 open intervals are 35040000 cells"), "{message}");
}
