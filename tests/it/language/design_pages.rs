//! The examples of the design pages are scenarios that load, as far as this version goes.

use super::support::{Folder, read};
use callwright::scenario::{Dist, explain};

/// The example of the scenario page.
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
first_contact_resolution = "72%"           # for an average agent and an average problem
satisfaction = "78%"                       # likewise: share of callers who rate top box after a resolved contact without waiting

[queue.orders.callers]           # who calls; each part optional, neutral when absent
mood    = { calm = 0.70, confused = 0.15, upset = 0.10, irate = 0.05 }
complexity = { mean = 0.3, sd = 0.2 }      # 0 trivial .. 1 hard
repeat  = { probability = 0.8, after = "1d" }                    # when the problem was not solved
offer   = { chance = 0.4, conversion = 0.08, revenue = 25.0, talk = "45s" }   # cross-selling and upselling
value   = 300.0                  # worth of keeping this customer, for the loyalty account
redial  = { probability = 0.4, after = "10m", attempts = 3 }     # after an abandonment or a busy signal

[team.tier1]
skills  = { orders = 1 }
traits  = { patience = 55, efficiency = { mean = 50, sd = 15 }, sales = 40 }  # 0-100, 50 = average, 20 points = one standard deviation
tenure  = { mean = "14 months", min = "1 month" }
cost_per_hour = 24.0
max_occupancy = "88%"            # a cap the planner keeps
shrinkage = { besides_schedule = "12%" }    # what the shifts below do not show; with `agents`: "30%" or { planned, unplanned }, added
shifts  = [ { start = "08:00", length = "8h", agents = 25, breaks = [ { name = "lunch", length = "30m", between = ["11:30", "14:00"], paid = false } ] } ]

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
    assert_eq!(loaded.scenario.teams[0].people.as_ref().map(|p| p.persons.len()), Some(25));
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
            .with("forecast.csv", VOLUMES)
            .with("roster.csv", ROSTER);
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
    let shifts =
        &SCENARIO_PAGE[SCENARIO_PAGE.find("shifts  = ").unwrap()..SCENARIO_PAGE.find("\n[team.partner]").unwrap()];
    let roster = page(
        shifts,
        "roster = { csv = \"roster.csv\", team = \"Tier 1\", on_phone = [\"Open time\"], unpaid = [\"Lunch\"] }\n",
    );
    assert_eq!(roster.teams[0].on_phone[7..9], [1, 0]);
    let set_breaks = "shifts = [{ start = \"08:00\", length = \"8h\", agents = 5 }]\nbreaks = [{ length = \"15m\", after = \"2h\" }]\n";
    assert_eq!(page(shifts, set_breaks).teams[0].people.as_ref().map(|p| p.persons.len()), Some(5));
    page("open     = \"08:00-20:00\"", "open = { mon-fri = \"08:00-20:00\", sat = \"09:00-17:00\" }");
}

const ROSTER: &str = "agent;team;start;end;activity
A1;Tier 1;2026-03-02 08:00;2026-03-02 16:00;Open time
A1;Tier 1;2026-03-02 12:00;2026-03-02 12:30;Lunch
B7;Tier 2;2026-03-02 08:00;2026-03-02 16:00;Open time
";

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
