//! The examples of the design pages are scenarios that load, as far as this version goes.

use super::support::{Folder, read};
use callwright::scenario::{Dist, explain};

/// The example of the scenario page, without what later versions bring: moods and problems of callers, repeats,
/// sales, outcomes, shifts, tenure and traits.
const SCENARIO_PAGE: &str = r#"
name     = "Retail support, a Monday"
interval = "30m"                 # reporting and planning interval: divides an hour or is a whole number of hours
open     = "08:00-20:00"         # or per weekday: { mon-fri = "08:00-20:00", sat = "09:00-17:00" }; may cross midnight; "24h"
days     = 1                     # simulated days per replication
lines    = 60                    # telephone lines; a caller who finds none hears a busy signal
first_day = 2026-03-02           # optional: names dates and weekdays in the output
timezone = "Europe/Paris"        # optional, IANA name; UTC when absent. A day has 23 or 25 hours when the clock changes.
after_close = "serve"            # callers still waiting at closing time: "serve" them or "drop" them

[queue.orders]                   # a queue = one kind of contact, as an ACD counts it
channel = "voice"                # voice | chat | email | social
volume  = { per_interval = [40, 55, 70, 90, 110, 120, 115, 100, 90, 95, 105, 110, 100, 95, 85, 80, 70, 60, 55, 45, 40, 30, 25, 20] }
arrivals = "poisson"             # poisson | fixed (exactly the stated counts, uniform in the interval) | trace (times from a CSV)
day_cv  = 0.08                   # day-to-day uncertainty of the whole volume
talk    = { mean = "4m", cv = 0.8 }        # lognormal
hold    = { mean = "25s", cv = 1.0, probability = 0.3 }
wrap    = "40s"                  # a bare duration is an exponential time with that mean (the Erlang assumption)
patience = { mean = "3m" }       # time a caller is willing to wait; "unlimited" = no abandonment
short_abandon = "5s"             # abandoned within this are "short"; used only by the formulas that say so
priority = 1                     # lower is served first
goal    = { service_level = "80% in 20s", abandon = "5%", asa = "45s", over = "day", on = "90% of days" }   # any subset; all must hold
service_level_formula = "offered"          # see semantics.md

[queue.orders.callers]           # who calls; each part optional, neutral when absent
redial  = { probability = 0.4, after = "10m", attempts = 3 }     # after an abandonment or a busy signal

[team.tier1]
agents  = 45
skills  = { orders = 1 }
cost_per_hour = 24.0
max_occupancy = "88%"            # a cap the planner keeps
shrinkage = { planned = "22%", unplanned = "8%" }

[team.partner]                   # an outsourcer: same floor, other contract
site = "outsourced"
agents = 20
skills = { orders = { preference = 3, after = "60s" } }     # helps out after 60 s in queue
cost_per_handled = 3.10

[routing]
agent_choice = "longest-idle"    # who gets the call
call_choice  = "priority"        # whom a freed agent takes

[run]
replications = 200
seed = 1
"#;

#[test]
fn the_example_of_the_scenario_page() {
    let loaded = read(SCENARIO_PAGE);
    assert_eq!(loaded.warnings, []);
    let queue = &loaded.scenario.queues[0];
    assert_eq!(queue.volume.iter().sum::<f64>(), 1_805.0);
    assert_eq!(queue.handle.hold, Some((Dist::Lognormal { mean: 25.0, cv: 1.0 }, 0.3)));
    let redial = queue.callers.redial.as_ref().map(|r| (r.probability, r.after.mean(), r.attempts));
    assert_eq!(redial, Some((0.4, 600.0, Some(3))));
    assert_eq!(loaded.scenario.teams[1].skills[0].after_s, 60.0);
    assert_eq!(queue.goal.as_ref().and_then(|g| g.on), Some(0.9));
    assert_eq!(loaded.scenario.timeline.days[0].label, "Mon 2 Mar 2026");
    assert!(explain(&loaded).contains("talk = { dist = \"lognormal\", mean = \"4m\", cv = 0.8 }"));
}

/// Values that the pages show in passing, in the section they belong to.
#[test]
fn the_values_of_the_pages() {
    let page = |from: &str, to: &str| {
        assert!(SCENARIO_PAGE.contains(from), "{from}");
        let folder = Folder::new()
            .with("floor.toml", &SCENARIO_PAGE.replacen(from, to, 1))
            .with("volumes.csv", VOLUMES)
            .with("forecast.csv", VOLUMES);
        folder.load("floor.toml", &[]).map_or_else(|e| panic!("{to}\n{e}"), |l| l.scenario)
    };
    let volume = &SCENARIO_PAGE[SCENARIO_PAGE.find("volume ").unwrap()..SCENARIO_PAGE.find("arrivals").unwrap()];
    let forms = [
        "{ per_hour = 120 }",
        "{ per_hour = 120, counts = \"fresh\" }",
        "{ per_day = 1800 }",
        "{ per_day = { mon = 2100, tue-fri = 1800 } }",
        "{ csv = \"volumes.csv\", column = \"orders\" }",
    ];
    for text in forms {
        let scenario = page(volume, &format!("volume = {text}\n"));
        assert!(scenario.queues[0].volume.iter().sum::<f64>() > 1_000.0, "{text}");
    }
    let handle = "talk    = { mean = \"4m\", cv = 0.8 }        # lognormal\nhold    = { mean = \"25s\", cv = 1.0, probability = 0.3 }\nwrap    = \"40s\"";
    assert_eq!(page(handle, "aht = \"4m48s\"").queues[0].handle.talk, Dist::Lognormal { mean: 288.0, cv: 0.8 });
    let by_interval = page(handle, "aht = { csv = \"forecast.csv\", column = \"orders_aht_s\", unit = \"s\" }");
    assert_eq!(by_interval.queues[0].handle.factor_by_interval.len(), 24);
    assert_eq!(page("{ mean = \"3m\" }", "\"unlimited\"").queues[0].patience, None);
    assert_eq!(page("\"80% in 20s\"", "\"80/20\"").queues[0].target_time_s, 20.0);
    assert_eq!(
        page(
            "{ orders = { preference = 3, after = \"60s\" } }",
            "{ orders = { preference = 2, handle_time = \"110%\" } }"
        )
        .teams[1]
            .skills[0]
            .handle_time,
        1.1
    );
    page("open     = \"08:00-20:00\"", "open = { mon-fri = \"08:00-20:00\", sat = \"09:00-17:00\" }");
}

const VOLUMES: &str = "start,orders,orders_aht_s
08:00,40,288
08:30,55,288
09:00,70,288
09:30,90,288
10:00,110,287.5
10:30,120,287.5
11:00,115,287.5
11:30,100,287.5
12:00,90,290
12:30,95,290
13:00,105,290
13:30,110,290
14:00,100,290
14:30,95,290
15:00,85,290
15:30,80,290
16:00,70,290
16:30,60,290
17:00,55,290
17:30,45,290
18:00,40,300
18:30,30,300
19:00,25,300
19:30,20,300
";
