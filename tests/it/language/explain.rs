//! `--explain` prints a scenario that loads again to the same floor.

use super::support::{FLOOR, Folder, floor};
use callwright::scenario::{Request, explain, load};
use std::path::Path;

/// Explains, loads what was printed from the same folder, and compares.
#[track_caller]
pub fn round_trip(folder: &Folder, sets: &[&str]) -> String {
    let first = folder.load("floor.toml", sets).unwrap_or_else(|e| panic!("{e}"));
    let text = explain(&first);
    std::fs::write(folder.path("explained.toml"), &text).unwrap();
    let second = folder.load("explained.toml", &[]).unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_eq!(first.scenario, second.scenario, "{text}");
    assert_eq!(first.input_hash, second.input_hash);
    // What is explained twice is the same text but for the notes on where values come from.
    let plain = |t: &str| t.lines().map(|l| l.split("  # ").next().unwrap_or("").to_owned()).collect::<Vec<_>>();
    assert_eq!(plain(&explain(&second)), plain(&text));
    text
}

#[test]
fn every_default_is_shown() {
    let text = round_trip(&Folder::new().with("floor.toml", FLOOR), &["team.tier1.agents=6"]);
    let expected = r#"# Every value of this scenario, defaults included.
name = "floor"  # default
interval = "30m"
open = "08:00-10:00"
days = 1  # default
# first_day is not stated: days are counted from a Monday and have no date
timezone = "UTC"  # default
closed = []  # default
after_close = "serve"  # default
lines = "unlimited"  # default
queue_capacity = "unlimited"  # default
currency = ""  # default
# full_time_week is not stated: full-time equivalents are not reported
anchor = "stated"  # default
fcr_window = "7d"  # default

[queue.orders]
channel = "voice"  # default
volume = { per_interval = [10, 20, 30, 40], scale = "100%", counts = "offered" }
arrivals = "poisson"  # default
day_cv = 0  # default
talk = { dist = "exponential", mean = "4m" }
hold = "none"  # default
wrap = "none"  # default
patience = { dist = "exponential", mean = "3m" }
balk = "0%"  # default
# ivr is not stated: there is no menu
# announce is not stated: nothing is announced
# call_back is not stated: none is offered
# transfer is not stated: nobody is transferred
# dial is not stated: the customers call
priority = 1  # default
weight = 1  # default
lines = "unlimited"  # default
queue_capacity = "unlimited"  # default
short_abandon = "5s"  # default
# target_time is not stated: the time of the goal, else 20s
service_level_formula = "offered"  # default
abandon_formula = "all"  # default
# goal is not stated: no goal is judged
# agent_choice is not stated: that of [routing]
# first_contact_resolution is not stated: all problems are solved at once
# satisfaction is not stated: nobody is asked
# retention is not stated: customers are not counted; 99.5% where `value` or cancellations are stated
verify = "0s"  # default
# follow_up is not stated: nobody is called again
# abuse is not stated: nobody is abusive
# callers is not stated: callers are all alike and call once

[team.tier1]
agents = 6  # --set team.tier1.agents=6
# breaks is not stated: no breaks but those of the shifts
# activities is not stated: no work off the phone but that of the shifts
skills = { orders = { preference = 1, handle_time = "100%", after = "0s" } }
# open is not stated: the hours of the floor
shrinkage = "0%"  # default
# lateness is not stated: everybody is on time
# paid_absence is not stated: absent people are paid
# min_agents is not stated: none
# max_agents is not stated: none
# max_occupancy is not stated: no cap
# cost_per_hour is not stated: cost is not reported
# cost_per_handled is not stated: no fee
# cost_per_talk_minute is not stated: no fee
# min_commitment is not stated: none
# site is not stated: no site is named
# call_choice is not stated: that of [routing]
# reserve is not stated: nobody is kept free
ring_time = "0s"  # default
blend = false  # default
# traits is not stated: everybody is average
# tenure is not stated: everybody has learnt the job
# quota is not stated: no quota

[routing]
agent_choice = "longest-idle"  # default
call_choice = "priority"  # default

[correlation]
queues = "0%"  # default
# late is not stated: one busyness factor rules the whole day
# late_from is not stated: one busyness factor rules the whole day

[run]
replications = 200  # default
seed = 1  # default
warm_up = "0s"  # default
# precision is not stated: exactly `replications` are simulated
# max_replications is not stated: 10000, or `replications` where that is more
control_variates = false  # default
population = "per-replication"  # default
loops = "steady"  # default

[plan]
evidence = "95%"  # default
scope = "interval"  # default
# days is not stated: the share of days that meet every goal is only reported
replications = 500  # default

[check]
alpha = "1%"  # default
shares = "1%"  # default
times = "5%"  # default
cost = "1%"  # default
# service_level is not stated: `shares` holds for it
# abandon is not stated: `shares` holds for it

[effects]
strength = "100%"  # default
fatigue = false  # default
strain = false  # default
pressure = false  # default
efficiency_time = 0.18  # default; grade A, illustrative
"#;
    // One line for each of the sizes, which have a test of their own.
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn every_kind_of_value_survives() {
    let text = r#"
name = "Odd \"name\""
interval = "30m"
open = { mon-fri = "08:00-10:00", sat = "09:00-10:00" }
days = 7
first_day = 2026-03-02
timezone = "Europe/Paris"
closed = [2026-03-05]
currency = "€"
full_time_week = "38h"

[queue."gold customers"]
volume = { csv = "v.csv", scale = "110%" }
aht = { csv = "aht.csv", unit = "s", dist = "gamma", cv = 0.6 }
patience = "unlimited"
goal = { service_level = "80/20", on = "90% of days" }

[queue.returns]
volume = { per_day = { mon-fri = 30, sat = 7 }, shape = "short" }
talk = { dist = "empirical", file = "talk.csv" }
hold = { mean = "25.3s", cv = 1.1, probability = 0.3 }
wrap = { dist = "weibull", mean = "40s", cv = 0.7 }
patience = { dist = "uniform", mean = "3m", cv = 0.3 }
arrivals = "fixed"

[queue.log]
volume = { csv = "log.csv", time = "at" }
arrivals = "trace"
talk = { dist = "triangular", min = "10s", mode = "20s", max = "1m0.1s" }
patience = { dist = "hyperexponential", mean = "3m", cv = 1.7 }

[team.tier1]
scheduled = { mon-fri = [3, 4, 4, 5], sat = 2 }
shrinkage = { planned = "22%", unplanned = "8.3%" }
skills = { "gold customers" = 1, returns = { preference = 2, handle_time = "110%" }, log = 3 }
open = { mon-fri = "08:00-10:00", sat = "09:00-10:00" }
cost_per_hour = 24.5

[shape.short]
weights = { mon-fri = [1, 2, 2, 1], sat = [1, 1] }
"#;
    let rows = |day: &str, times: &[&str]| {
        times.iter().enumerate().map(|(i, t)| format!("{day},{t},{}\n", i as f64 + 0.1)).collect::<String>()
    };
    let week: String =
        ["mon", "tue", "wed", "fri"].iter().map(|d| rows(d, &["08:00", "08:30", "09:00", "09:30"])).collect::<String>()
            + &rows("sat", &["09:00", "09:30"]);
    let folder = Folder::new()
        .with("floor.toml", text)
        .with("v.csv", &format!("weekday,start,gold customers\n{week}"))
        .with("aht.csv", &format!("weekday,start,gold customers\n{}", week.replace(".1\n", "7.3\n")))
        .with("talk.csv", "seconds\n10\n200\n33.3\n")
        .with("log.csv", "at\n2026-03-02 08:00:01\n2026-03-07 09:59\n");
    let text = round_trip(&folder, &[]);
    assert!(text.contains("per_interval = [[0.1, 1.1, 2.1, 3.1], "), "{text}");
}

#[test]
fn every_default_of_a_mechanism_is_shown() {
    let text = r#"
interval = "30m"
open = "08:00-10:00"
days = 2

[queue.orders]
volume = { csv = "v.csv", where = { site = "a" }, counts = "fresh", promotions = [{ from = "08:00", to = "09:00", days = "mon", factor = 2 }] }
talk = "4m"
patience = "3m"
day_cv = 0.1
ivr = "45s"
announce = {}
call_back = { accept = "40%", queue = "call-backs" }
transfer = { probability = "10%", queue = "chat" }

[queue.orders.callers]
redial = { probability = "40%", after = "10m", queue = "second" }
credit = { share = "10%", time = "2m" }

[queue.second]
volume = { per_hour = 9 }
talk = "4m"
patience = "3m"
day_cv = 0.1
transfer = { probability = "10%", queue = "orders", warm = true }

[queue.call-backs]
dial = {}
talk = "4m"

[queue.chat]
channel = "chat"
volume = { per_hour = 9 }
talk = "4m"
patience = "3m"
ivr = { time = { dist = "empirical", file = "talk.csv" } }

[queue.email]
channel = "email"
volume = { per_hour = 9, while_closed = { mon = 9, tue-sun = 3 } }
aht = "4m"

[team.tier1]
agents = 5
skills = { orders = { transfer = "5%" }, second = 1, call-backs = 1, chat = 1, email = 1 }
reserve = { second = 1 }
blend = true

[correlation]
queues = "60%"
late = "70%"
late_from = "09:00"
"#;
    let folder = Folder::new()
        .with("floor.toml", text)
        .with("v.csv", "site,start,orders\na,08:00,1\na,08:30,2\na,09:00,3\na,09:30,4\nb,08:00,9\n")
        .with("talk.csv", "seconds\n10\n20\n");
    let text = round_trip(&folder, &[]);
    for line in [
        "volume = { per_interval = [[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]], scale = \"100%\", counts = \"fresh\", promotions = [{ from = \"08:00\", to = \"09:00\", days = \"mon\", factor = 2 }] }",
        "ivr = { time = { dist = \"exponential\", mean = \"45s\" }, self_served = \"0%\" }",
        "announce = { balk = \"100%\", patience = \"100%\" }",
        "call_back = { over = \"0s\", accept = \"40%\", queue = \"call-backs\" }",
        "transfer = { probability = \"10%\", queue = \"chat\", warm = false }",
        "callers = { redial = { probability = \"40%\", after = { dist = \"exponential\", mean = \"10m\" }, attempts = \"unlimited\", queue = \"second\" }, credit = { share = \"10%\", time = \"2m\" } }",
        "transfer = { probability = \"10%\", queue = \"orders\", warm = true, handover = \"30s\" }",
        "dial = { reach = \"100%\", no_answer = \"30s\", retry = { dist = \"exponential\", mean = \"30m\" }, attempts = 1 }",
        "silent_timeout = \"2m\"  # default",
        "preempt = false  # default",
        "volume = { per_hour = 9, scale = \"100%\", counts = \"offered\", while_closed = { mon = 9, tue-sun = 3 } }",
    ] {
        assert!(text.contains(&format!("\n{line}\n")), "{line}\n{text}");
    }
    let email = text.split("[queue.email]").nth(1).and_then(|t| t.split("\n[").next()).unwrap_or_default();
    assert!(!email.contains("patience") && !email.contains("lines") && !email.contains("concurrency"), "{email}");
}

#[test]
fn a_base_in_another_folder_keeps_its_files() {
    let folder = Folder::new()
        .with("data/base.toml", &floor("\"4m\"", "{ dist = \"empirical\", file = \"talk.csv\" }"))
        .with("data/talk.csv", "seconds\n10\n20\n")
        .with("floor.toml", "extends = \"data/base.toml\"\nlines = 9\n");
    let text = round_trip(&folder, &[]);
    assert!(text.contains("file = \"data/talk.csv\"") && text.contains("base.toml:11\n"), "{text}");
}

#[test]
fn hours_that_come_twice_survive() {
    let text = floor("{ per_interval = [10, 20, 30, 40] }", "{ csv = \"v.csv\" }")
        .replace("\"08:00-10:00\"", "\"01:00-04:00\"\nfirst_day = 2026-10-25\ntimezone = \"Europe/Paris\"")
        .replace("\"30m\"", "\"1h\"");
    let csv = "date,start,orders\n2026-10-25,01:00,1\n2026-10-25,02:00,5\n2026-10-25,02:00,6\n2026-10-25,03:00,9\n";
    round_trip(&Folder::new().with("floor.toml", &text).with("v.csv", csv), &[]);
}

#[test]
fn shipped_scenarios_survive() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let first = load(&Request::file(&path)).unwrap();
            let copy = Folder::new().with("floor.toml", &explain(&first));
            let second = copy.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(first.scenario, second.scenario);
        }
    }
}
