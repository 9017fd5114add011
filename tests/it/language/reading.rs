//! What is written is what is meant: values, defaults, lists, volumes, distributions.

use super::support::{FLOOR, Folder, floor, read, read_set, scenario};
use callwright::scenario::*;

fn dist(text: &str) -> Dist {
    scenario(&floor("\"4m\"", text)).queues[0].handle.talk.clone()
}

#[test]
fn defaults_are_those_of_the_design() {
    let s = scenario(FLOOR);
    assert_eq!(
        (s.name.as_str(), s.timeline.timezone.as_str(), s.lines, s.currency.as_str()),
        ("floor", "UTC", None, "")
    );
    assert_eq!(
        (s.after_close, s.timeline.days.len(), s.timeline.days[0].label.as_str()),
        (AfterClose::Serve, 1, "day 1")
    );
    assert_eq!(s.routing, Routing { agent_choice: AgentChoice::LongestIdle, call_choice: CallChoice::Priority });
    assert_eq!(s.run, Run::plain(200, 1, 0.0));
    assert_eq!(s.plan, PlanSettings::default());
    let q = &s.queues[0];
    assert_eq!(q.volume, [10.0, 20.0, 30.0, 40.0]);
    assert_eq!(
        (q.day_cv, q.balk, q.priority, q.weight, q.short_abandon_s, q.target_time_s),
        (0.0, 0.0, 1, 1.0, 5.0, 20.0)
    );
    assert_eq!((q.service_level_formula, q.abandon_formula), (ServiceLevelFormula::Offered, AbandonFormula::All));
    assert_eq!((&q.arrivals, &q.goal, q.lines, q.agent_choice), (&Arrivals::Poisson, &None, None, None));
    assert_eq!(
        q.handle,
        Handle { talk: Dist::Exponential { mean: 240.0 }, hold: None, wrap: None, factor_by_interval: vec![] }
    );
    assert_eq!(q.patience, Some(Dist::Exponential { mean: 180.0 }));
    let t = &s.teams[0];
    assert_eq!((&t.on_phone, &t.scheduled), (&vec![5; 4], &None));
    assert_eq!(t.skills, [Skill { queue: 0, preference: 1, handle_time: 1.0, after_s: 0.0, transfer: None }]);
    assert_eq!(
        (t.shrinkage_planned, t.shrinkage_unplanned, t.cost_per_hour, t.min_agents, t.max_agents),
        (0.0, 0.0, None, None, None)
    );
}

#[test]
fn every_distribution() {
    for (text, expected) in [
        ("{ mean = \"4m\" }", Dist::Exponential { mean: 240.0 }),
        ("{ mean = \"4m\", cv = 0.8 }", Dist::Lognormal { mean: 240.0, cv: 0.8 }),
        ("{ dist = \"constant\", mean = \"4m\" }", Dist::Constant { mean: 240.0 }),
        ("{ dist = \"exponential\", mean = \"4m\" }", Dist::Exponential { mean: 240.0 }),
        ("{ dist = \"lognormal\", mean = \"4m\", cv = 1.2 }", Dist::Lognormal { mean: 240.0, cv: 1.2 }),
        ("{ dist = \"lognormal\", mean = \"4m\", cv = 0 }", Dist::Constant { mean: 240.0 }),
        ("{ dist = \"gamma\", mean = \"4m\", cv = 0.5 }", Dist::Gamma { mean: 240.0, cv: 0.5 }),
        ("{ dist = \"erlang\", mean = \"4m\", k = 2 }", Dist::Erlang { mean: 240.0, k: 2 }),
        ("{ dist = \"weibull\", mean = \"4m\", shape = 1.5 }", Dist::Weibull { mean: 240.0, shape: 1.5 }),
        ("{ dist = \"uniform\", min = \"2m\", max = \"6m\" }", Dist::Uniform { min: 120.0, max: 360.0 }),
        (
            "{ dist = \"triangular\", min = \"2m\", mode = \"3m\", max = \"7m\" }",
            Dist::Triangular { min: 120.0, mode: 180.0, max: 420.0 },
        ),
        ("{ dist = \"hyperexponential\", mean = \"4m\", cv = 1.5 }", Dist::Hyperexponential { mean: 240.0, cv: 1.5 }),
    ] {
        assert_eq!(dist(text), expected, "{text}");
    }
}

#[test]
fn uniform_and_weibull_by_mean_and_cv_have_that_mean_and_cv() {
    let Dist::Uniform { min, max } = dist("{ dist = \"uniform\", mean = \"4m\", cv = 0.5 }") else { panic!() };
    let (mean, sd) = (0.5 * (min + max), (max - min) / 12f64.sqrt());
    assert!((mean - 240.0).abs() < 1e-9 && (sd / mean - 0.5).abs() < 1e-12);
    // A Weibull time of shape 1 is exponential, cv 1; of shape 2 (Rayleigh) the cv is sqrt(4 / pi - 1).
    for (cv, expected) in [(1.0, 1.0), ((4.0 / std::f64::consts::PI - 1.0).sqrt(), 2.0)] {
        let Dist::Weibull { shape, .. } = dist(&format!("{{ dist = \"weibull\", mean = \"4m\", cv = {cv:?} }}")) else {
            panic!()
        };
        assert!((shape - expected).abs() < 1e-9, "{shape}");
    }
}

#[test]
fn empirical_times_come_from_a_csv_column() {
    let folder = Folder::new()
        .with(
            "floor.toml",
            &floor("\"4m\"", "{ dist = \"empirical\", file = \"data/talk.csv\", column = \"talk\", unit = \"m\" }"),
        )
        .with("data/talk.csv", "agent;talk\na;2,5\nb;1\n");
    let loaded = folder.load("floor.toml", &[]).unwrap();
    let Dist::Empirical { values } = &loaded.scenario.queues[0].handle.talk else { panic!() };
    assert_eq!(**values, vec![60.0, 150.0]);
}

#[test]
fn handle_times() {
    let handle = |text: &str| scenario(&floor("talk = \"4m\"", text)).queues[0].handle.clone();
    let full = handle(
        "talk = \"4m\"\nhold = { mean = \"25s\", probability = 0.3 }\nwrap = { dist = \"constant\", mean = \"40s\" }",
    );
    assert_eq!(full.hold, Some((Dist::Exponential { mean: 25.0 }, 0.3)));
    assert_eq!(full.wrap, Some(Dist::Constant { mean: 40.0 }));
    assert_eq!(handle("talk = \"4m\"\nhold = \"none\"\nwrap = \"none\""), handle("talk = \"4m\""));
    assert_eq!(handle("aht = \"4m48s\"").talk, Dist::Lognormal { mean: 288.0, cv: 0.8 });
    assert_eq!(handle("aht = { mean = \"4m48s\", cv = 0.5 }").talk, Dist::Lognormal { mean: 288.0, cv: 0.5 });
    assert_eq!(handle("aht = { dist = \"exponential\", mean = \"4m48s\" }").talk, Dist::Exponential { mean: 288.0 });
}

#[test]
fn handle_times_per_interval_are_one_distribution_and_a_factor() {
    let h = scenario(&floor("talk = \"4m\"", "aht = { per_interval = [\"2m\", \"4m\", \"4m\", \"5m\"], cv = 0.6 }"))
        .queues[0]
        .handle
        .clone();
    // Weighted by the volume 10, 20, 30, 40: (2 x 10 + 4 x 50 + 5 x 40) / 100 = 4.2 minutes.
    let Dist::Lognormal { mean, cv } = h.talk else { panic!() };
    assert!((mean - 252.0).abs() < 1e-9 && cv == 0.6);
    for (factor, minutes) in h.factor_by_interval.iter().zip([2.0, 4.0, 4.0, 5.0]) {
        assert!((factor * mean - 60.0 * minutes).abs() < 1e-9);
    }
    let folder = Folder::new()
        .with(
            "floor.toml",
            &floor(
                "talk = \"4m\"",
                "aht = { csv = \"forecast.csv\", column = \"orders_aht\", unit = \"m\", cv = 0.6 }",
            ),
        )
        .with("forecast.csv", "start,orders_aht\n08:00,2\n08:30,4\n09:00,4\n09:30,5\n");
    assert_eq!(
        folder.load("floor.toml", &[]).unwrap().scenario.queues[0].handle,
        Handle { talk: Dist::Lognormal { mean, cv }, ..h }
    );
}

#[test]
fn volumes_in_all_forms() {
    let volume = |text: &str| scenario(&floor("{ per_interval = [10, 20, 30, 40] }", text)).queues[0].volume.clone();
    assert_eq!(volume("{ per_hour = 120 }"), [60.0; 4]);
    assert_eq!(volume("{ per_day = 100 }"), [25.0; 4]);
    assert_eq!(volume("{ per_day = 100, shape = [1, 2, 3, 4] }"), [10.0, 20.0, 30.0, 40.0]);
    assert_eq!(volume("{ per_day = 100, shape = [1, 2, 3, 4], scale = \"110%\" }"), [11.0, 22.0, 33.0, 44.0]);
    let shared = floor("{ per_interval = [10, 20, 30, 40] }", "{ per_day = 100, shape = \"peak\" }");
    assert_eq!(
        scenario(&format!("{shared}\n[shape.peak]\nweights = [0, 1, 3, 0]\n")).queues[0].volume,
        [0.0, 25.0, 75.0, 0.0]
    );
    assert_eq!(volume("{ per_interval = [[1, 2, 3, 4]] }"), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(volume("{ per_hour = 0 }"), [0.0; 4]);
}

/// A week of two different opening hours, and lists, totals and heads by weekday.
const WEEK: &str = r#"
interval = "1h"
open = { mon-fri = "08:00-10:00", sat = "09:00-10:00" }
days = 7

[queue.orders]
volume = { per_interval = { mon = [10, 20], tue-fri = [1, 2], sat = [5] } }
aht = "4m"
patience = "unlimited"

[queue.returns]
volume = { per_day = { mon-fri = 30, sat = 7 }, shape = { mon-fri = [1, 2], sat = [1] } }
aht = "4m"
patience = "unlimited"

[team.tier1]
agents = { mon-fri = [3, 4], sat = 2 }
skills = { orders = 1, returns = { preference = 2, handle_time = "110%" } }
"#;

#[test]
fn weekday_groups() {
    let s = scenario(WEEK);
    assert_eq!(s.timeline.days.len(), 6);
    assert_eq!(s.timeline.days[5].label, "day 6");
    assert_eq!(s.timeline.intervals.len(), 11);
    assert_eq!(s.timeline.intervals[10].start_s, 5 * 86_400 + 9 * 3_600);
    assert_eq!(s.queues[0].volume, [10.0, 20.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 5.0]);
    assert_eq!(s.queues[1].volume, [10.0, 20.0, 10.0, 20.0, 10.0, 20.0, 10.0, 20.0, 10.0, 20.0, 7.0]);
    assert_eq!(s.teams[0].on_phone, [3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 2]);
    assert_eq!(s.queues[0].patience, None);
    assert_eq!(s.teams[0].skills[1], Skill { queue: 1, preference: 2, handle_time: 1.1, after_s: 0.0, transfer: None });
}

#[test]
fn people_paid_become_people_on_the_phone() {
    let team = |text: &str| scenario(&floor("agents = 5", text)).teams[0].clone();
    let t = team("scheduled = [10, 20, 30, 3]\nshrinkage = { planned = \"22%\", unplanned = \"8%\" }");
    assert_eq!(t.on_phone, [7, 14, 21, 2]);
    assert_eq!(t.scheduled, Some(vec![10, 20, 30, 3]));
    assert_eq!((t.shrinkage_planned, t.shrinkage_unplanned), (0.22, 0.08));
    let t = team("agents = 7\nshrinkage = \"30%\"");
    assert_eq!((t.on_phone, t.scheduled, t.shrinkage_planned), (vec![7; 4], None, 0.3));
}

#[test]
fn a_team_with_hours_of_its_own_is_away_outside_them() {
    let team = |text: &str| scenario(&floor("agents = 5", text)).teams[0].clone();
    let inner = team("open = \"08:30-09:30\"\nagents = [0, 4]");
    assert_eq!((inner.on_phone, inner.open), (vec![0, 0, 4, 0], vec![false, true, true, false]));
    let late = team("open = { mon = \"09:00-22:00\" }\nscheduled = 4");
    assert_eq!((late.on_phone, late.open), (vec![0, 0, 4, 4], vec![false, false, true, true]));
    assert_eq!(team("agents = 0").open, [true; 4]);
}

#[test]
fn a_team_on_a_floor_over_midnight() {
    let text = floor("\"08:00-10:00\"", "\"23:00-01:00\"")
        .replace("agents = 5", "open = { tue = \"00:00-00:30\" }\nagents = 9");
    let s = scenario(&text);
    assert_eq!(
        s.timeline.intervals.iter().map(|i| i.label.as_str()).collect::<Vec<_>>(),
        ["23:00", "23:30", "00:00", "00:30"]
    );
    assert_eq!(s.teams[0].on_phone, [0, 0, 9, 0]);
    assert_eq!(s.teams[0].open, [false, false, true, false]);
}

#[test]
fn everything_else_is_read() {
    let s = scenario(
        r#"
name = "Everything"
interval = "15m"
open = "00:00-24:00"
days = 2
first_day = 2026-03-02
timezone = "Europe/Paris"
after_close = "drop"
lines = 60
currency = "€"
full_time_week = "38h"

[queue."gold customers"]
channel = "voice"
volume = { per_hour = 12 }
arrivals = "fixed"
talk = "4m"
patience = "3m"
balk = "20%"
priority = -1
weight = 2.5
lines = 30
short_abandon = "3s"
target_time = "30s"
service_level_formula = "net_of_short"
abandon_formula = "net_of_short"
agent_choice = "random"
goal = { abandon = "5%", asa = "45s", p_wait = "30%", over = "week", on = "90% of weeks" }

[team.a]
agents = 2
skills = { "gold customers" = 3 }
min_agents = 1
max_agents = 9
max_occupancy = "88%"
cost_per_hour = 24
cost_per_handled = 3.10
site = "Lille"
call_choice = "weighted-wait"

[routing]
agent_choice = "fastest"
call_choice = "preference"

[run]
replications = 7
seed = 9
warm_up = "1h"
"#,
    );
    assert_eq!(
        (s.after_close, s.lines, s.currency.as_str(), s.full_time_week_s),
        (AfterClose::Drop, Some(60), "€", Some(136_800.0))
    );
    assert_eq!((s.timeline.timezone.as_str(), s.timeline.days[1].label.as_str()), ("Europe/Paris", "Tue 3 Mar 2026"));
    assert!(s.timeline.round_the_clock);
    let q = &s.queues[0];
    assert_eq!(
        (q.name.as_str(), &q.arrivals, q.balk, q.priority, q.weight),
        ("gold customers", &Arrivals::Fixed, 0.2, -1, 2.5)
    );
    assert_eq!(
        (q.lines, q.short_abandon_s, q.target_time_s, q.agent_choice),
        (Some(30), 3.0, 30.0, Some(AgentChoice::Random))
    );
    assert_eq!(
        (q.service_level_formula, q.abandon_formula),
        (ServiceLevelFormula::NetOfShort, AbandonFormula::NetOfShort)
    );
    let goal = Goal {
        service_level: None,
        abandon: Some(0.05),
        asa_s: Some(45.0),
        p_wait: Some(0.3),
        over: Period::Week,
        on: Some(0.9),
    };
    assert_eq!(q.goal, Some(goal));
    let t = &s.teams[0];
    assert_eq!(
        (t.min_agents, t.max_agents, t.max_occupancy, t.cost_per_hour),
        (Some(1), Some(9), Some(0.88), Some(24.0))
    );
    assert_eq!(
        (t.cost_per_handled, t.site.as_deref(), t.call_choice),
        (Some(3.1), Some("Lille"), Some(CallChoice::WeightedWait))
    );
    assert_eq!(s.routing, Routing { agent_choice: AgentChoice::Fastest, call_choice: CallChoice::Preference });
    assert_eq!(s.run, Run::plain(7, 9, 3_600.0));
}

#[test]
fn plan_settings() {
    let written = "[plan]\nevidence = \"99%\"\nscope = \"goal\"\ndays = 0.9\nreplications = 50\n";
    let plan = |text: &str, sets: &[&str]| read_set(&format!("{FLOOR}\n{text}"), sets).scenario.plan;
    let all = PlanSettings { evidence: 0.99, scope: PlanScope::Goal, days: Some(0.9), replications: 50 };
    assert_eq!(plan(written, &[]), all);
    let set = ["plan.replications=+950", "plan.scope=day"];
    assert_eq!(plan(written, &set), PlanSettings { scope: PlanScope::Day, replications: 1_000, ..all });
    assert_eq!(plan("", &["plan.days=90%"]), PlanSettings { days: Some(0.9), ..PlanSettings::default() });
}

#[test]
fn the_time_of_a_goal_wins() {
    let queue = |text: &str| scenario(&floor("patience", &format!("{text}\npatience"))).queues[0].clone();
    let q = queue("goal = { service_level = \"80/30\" }");
    assert_eq!((q.target_time_s, q.goal.unwrap().service_level), (30.0, Some(0.8)));
    assert_eq!(queue("goal = { service_level = 0.8 }\ntarget_time = \"45s\"").target_time_s, 45.0);
    assert_eq!(queue("goal = { service_level = \"90% in 1m\" }").target_time_s, 60.0);
}

#[test]
fn warnings() {
    let warnings = |text: &str| {
        read(text).warnings.iter().map(|w| format!("{}: {}", w.path, w.message)).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        warnings(&floor("patience", "arrivals = \"fixed\"\nday_cv = 0.1\npatience")),
        "queue.orders.day_cv: arrivals = \"fixed\" ignores day_cv: the counts are what the file says"
    );
    assert_eq!(
        warnings(&floor("agents = 5", "agents = 5\nmax_agents = 4")),
        "team.tier1.max_agents: up to 5 people are on the phone, more than max_agents = 4"
    );
    assert_eq!(
        warnings(&floor("agents = 5", "agents = 0")),
        "queue.orders: nobody who can take `orders` is on the phone at any time"
    );
    assert_eq!(
        warnings(&floor("patience", "goal = { service_level = \"80/30\" }\ntarget_time = \"45s\"\npatience")),
        "queue.orders.target_time: target_time = \"45s\" is not used: the goal says 30s"
    );
    assert_eq!(
        warnings(&format!("{FLOOR}\n[shape.day]\nweights = [1, 2, 3, 4]\n")),
        "shape.day: no queue uses the shape `day`"
    );
    assert_eq!(warnings(FLOOR), "");
}

#[test]
fn a_warning_is_drawn_like_an_error() {
    let loaded = read(&floor("agents = 5", "agents = 5\nmax_agents = 4"));
    let text = render(&loaded.warnings[0], Severity::Warning, &loaded.sources);
    assert!(text.starts_with("warning: up to 5 people") && text.contains("floor.toml:12:14"), "{text}");
}

#[test]
fn the_hash_names_the_content() {
    let hash = |text: &str, sets: &[&str]| read_set(text, sets).input_hash;
    let plain = hash(FLOOR, &[]);
    assert_eq!(plain.len(), 32);
    // Layout, comments, seed and replications are not content.
    assert_eq!(plain, hash(&format!("# a comment\n{}", FLOOR.replace("\"4m\"", "{ mean = \"240s\" }")), &[]));
    assert_eq!(plain, hash(FLOOR, &["run.seed=7", "run.replications=9", "plan.replications=9"]));
    assert_ne!(plain, hash(FLOOR, &["plan.evidence=99%"]));
    assert_ne!(plain, hash(FLOOR, &["queue.orders.volume.per_interval[0]=11"]));
    assert_ne!(plain, hash(FLOOR, &["routing.call_choice=preference"]));
    let csv = |name: &str, first: &str| {
        let text = floor("{ per_interval = [10, 20, 30, 40] }", &format!("{{ csv = \"{name}\" }}"));
        let folder = Folder::new()
            .with("floor.toml", &text)
            .with(name, &format!("start,orders\n08:00,{first}\n08:30,20\n09:00,30\n09:30,40\n"));
        folder.load("floor.toml", &[]).unwrap().input_hash
    };
    assert_eq!(csv("a.csv", "10"), plain);
    assert_eq!(csv("b.csv", "10"), plain);
    assert_ne!(csv("a.csv", "11"), plain);
}

#[test]
fn a_team_that_helps_out_later_and_places_in_queue() {
    let s = scenario(
        &floor("{ orders = 1 }", r#"{ orders = { preference = 2, after = "1m30s" } }"#)
            .replace("patience = \"3m\"", "patience = \"3m\"\nqueue_capacity = 0"),
    );
    assert_eq!((s.teams[0].skills[0].preference, s.teams[0].skills[0].after_s), (2, 90.0));
    assert_eq!((s.queues[0].queue_capacity, s.queue_capacity), (Some(0), None));
}
