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
const PIECES: [&str; 49] = [
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
    "shifts = [{ start = \"08:10\", length = \"8h\", agents = 3, breaks = [{ length = \"10m\", between = [\"08:30\", \"09:30\"] }] }]",
    "shifts = [{ start = \"22:00\", length = \"24h\", agents = 2, days = \"sat-mon\" }]",
    "shrinkage = { besides_schedule = \"90%\" }",
    "breaks = [{ length = \"5m\", after = \"1h\" }]",
    "activities = [{ length = \"1h\", start = \"09:00\", agents = 1 }]",
    "roster = \"v.csv\"",
    "lateness = { probability = 0.1, mean = \"8m\" }",
    "days = { from = 2026-03-28, until = 2026-03-30 }",
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_shifts(start in 0u32..1440, length in 1u32..1441, agents in 0u32..9, between in (0u32..1440, 0u32..1440), pause in 1u32..90, after in 0u32..600, share in 0u32..96, date in prop::sample::select(vec!["2026-03-28", "2026-10-24", "2026-03-02"]), open in prop::sample::select(vec!["24h", "08:00-20:00", "22:00-06:00"])) {
        let clock = |m: u32| format!("{:02}:{:02}", m / 60, m % 60);
        let shifts = format!(
            "shifts = [{{ start = \"{}\", length = \"{length}m\", agents = {agents}, breaks = [{{ length = \"{pause}m\", between = [\"{}\", \"{}\"] }}, {{ length = \"7m\", after = \"{after}m\" }}] }}, {{ start = \"07:50\", length = \"9h\", agents = 2 }}]\nshrinkage = {{ besides_schedule = \"{share}%\" }}",
            clock(start), clock(between.0), clock(between.1)
        );
        let text = FLOOR
            .replace("agents = 5", &shifts)
            .replace("\"08:00-10:00\"", &format!("\"{open}\"\nfirst_day = {date}\ndays = 3\ntimezone = \"Europe/Paris\""))
            .replace("{ per_interval = [10, 20, 30, 40] }", "{ per_hour = 10 }");
        if let Ok(loaded) = load(text.as_bytes()) {
            for person in loaded.scenario.teams.iter().filter_map(|t| t.people.as_ref()).flat_map(|p| &p.persons) {
                prop_assert!(person.duties.windows(2).all(|w| w[0].day < w[1].day));
                let stretches: Vec<_> = person.duties.iter().flat_map(|d| &d.on_phone).collect();
                prop_assert!(stretches.iter().all(|s| s.from_s < s.to_s), "{text}");
                prop_assert!(stretches.windows(2).all(|w| w[0].to_s <= w[1].from_s), "{text}");
            }
        }
    }

    #[test]
    fn arbitrary_rosters(csv in "[ABagent0-9:;,.\"\n\t -]{0,200}", rows in prop::collection::vec((0u8..3, 0u32..60, 0u32..1500, 0u32..1500), 0..12)) {
        let text = FLOOR.replace("agents = 5", "roster = \"v.csv\"").replace("\"08:00-10:00\"", "\"08:00-10:00\"\nfirst_day = 2026-03-02");
        let _ = Folder::new().with("floor.toml", &text).with("v.csv", &csv).load("floor.toml", &[]);
        let row = |(who, day, from, to): &(u8, u32, u32, u32)| format!("{who},2026-03-{day:02},{:02}:{:02},{:02}:{:02}\n", from / 60, from % 60, to / 60, to % 60);
        let rows = rows.iter().map(row).collect::<String>();
        let _ = Folder::new().with("floor.toml", &text).with("v.csv", &format!("agent,date,start,end\n{rows}{csv}")).load("floor.toml", &[]);
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
fn a_year_of_eighty_queues_loads_and_of_a_thousand_is_refused() {
    let folder = Folder::new().with("floor.toml", &large(80, 365)).with("v.csv", &volumes(80));
    let started = Instant::now();
    let scenario = folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
    // The year loses an hour in March and gets it back in October.
    assert_eq!(scenario.timeline.intervals.len(), 365 * 48);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    let folder = Folder::new().with("floor.toml", &large(1_000, 365)).with("v.csv", &volumes(1_000));
    let message = folder.message("floor.toml", &[]);
    assert!(
        message.contains(
            "2000 queues and teams in 17521 intervals (the time after each closing is one) are 35042000 cells"
        ),
        "{message}"
    );
}

#[test]
fn people_by_name_have_limits() {
    let floor = |days: u32, team: &str| {
        FLOOR.replace("agents = 5", team).replace("\"08:00-10:00\"", &format!("\"08:00-10:00\"\ndays = {days}"))
    };
    refused(
        &floor(1, "shifts = [{ start = \"08:00\", length = \"2h\", agents = 1000000 }]"),
        "1,000,000 people by name",
    );
    refused(&floor(3_660, "shifts = [{ start = \"08:00\", length = \"2h\", agents = 1000 }]"), "days of work");
    let shift = "{ start = \"08:00\", length = \"2h\", agents = 1 },";
    refused(&floor(1, &format!("shifts = [{}]", shift.repeat(1_001))), "has 1001 shifts");
    refused(&floor(3_660, &format!("shifts = [{}]", shift.repeat(1_000))), "days of work");
    let nobody = "{ start = \"08:00\", length = \"2h\", agents = 0 },";
    let pause = "{ length = \"1m\", between = [\"08:00\", \"09:00\"] },";
    let idle = format!("shifts = [{}]\nbreaks = [{}]", nobody.repeat(1_000), pause.repeat(50));
    refused(&floor(3_660, &idle), "pieces of schedule");
    let csv: String = (0..100_000).map(|i| format!("a{i},08:00,10:00\n")).collect();
    let folder = Folder::new()
        .with("floor.toml", &floor(3_660, "roster = \"r.csv\""))
        .with("r.csv", &format!("agent,start,end\n{csv}"));
    let started = Instant::now();
    assert!(folder.message("floor.toml", &[]).contains("pieces of schedule are too many; at most 10,000,000"));
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn a_year_of_a_thousand_people_loads() {
    let team = "shifts = [{ start = \"08:00\", length = \"8h\", agents = 1000 }]\nbreaks = [{ length = \"30m\", between = [\"11:30\", \"14:00\"] }]\nshrinkage = { besides_schedule = \"10%\" }";
    let text = FLOOR
        .replace("agents = 5", team)
        .replace("\"08:00-10:00\"", "\"08:00-20:00\"\ndays = 365")
        .replace("{ per_interval = [10, 20, 30, 40] }", "{ per_hour = 10 }");
    let started = Instant::now();
    let loaded = load(text.as_bytes()).unwrap_or_else(|e| panic!("{e}"));
    let people = loaded.scenario.teams[0].people.as_ref().unwrap();
    assert_eq!(people.persons.iter().map(|p| p.duties.len()).sum::<usize>(), 365_000);
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
}

#[test]
fn many_names_load_quickly() {
    let pauses = |shift: usize| {
        let pause = |i| format!("{{ name = \"b{shift}x{i}\", length = \"1m\", between = [\"08:00\", \"09:30\"] }},");
        (0..50).map(pause).collect::<String>()
    };
    let shift =
        |i| format!("{{ start = \"08:00\", length = \"2h\", agents = 1, days = \"mon\", breaks = [{}] }},", pauses(i));
    let shifts = format!("shifts = [{}]", (0..1_000).map(shift).collect::<String>());
    let started = Instant::now();
    load(FLOOR.replace("agents = 5", &shifts).as_bytes()).unwrap_or_else(|e| panic!("{e}"));
    let csv: String = (0..100_000).map(|i| format!("a{},08:00,10:00,x{i}\n", i % 1_000)).collect();
    let words = (0..40_000).map(|i| format!("\"x{i}\",")).collect::<String>();
    let text = FLOOR.replace("agents = 5", &format!("roster = {{ csv = \"r.csv\", on_phone = [{words}] }}"));
    let folder = Folder::new().with("floor.toml", &text).with("r.csv", &format!("agent,start,end,activity\n{csv}"));
    folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}"));
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
}
