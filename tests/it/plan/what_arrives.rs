//! Plans of floors on which more happens than calls come in: what arrives is staffed, and what is missed is said.

use callwright::experiment::QueueMetric;
use callwright::planner::{Demand, need_by_formula, open_at_the_end};
use callwright::scenario::{Request, Scenario, load};

use super::floor::{planned, shipped};
use crate::cli::support::{Desk, FLOOR};

const SECOND_LEVEL: &str = r#"interval = "30m"
open = "08:00-12:00"
[queue.first]
volume = { per_hour = 60 }
talk = { dist = "constant", mean = "4m" }
patience = "3m"
goal = { service_level = "80/20" }
transfer = { probability = "30%", queue = "second" }
[queue.second]
volume = { per_hour = 0 }
talk = "10m"
patience = "3m"
goal = { service_level = "80/60" }
[team.front]
agents = 6
skills = { first = 1 }
[team.back]
agents = 4
skills = { second = 1 }
[plan]
replications = 100
"#;

const EMAIL: &str = r#"interval = "30m"
open = "08:00-14:00"
[queue.mail]
channel = "email"
volume = { per_hour = 20 }
aht = "6m"
backlog = 10
goal = { service_level = "90% in 4h" }
[team.desk]
agents = 3
skills = { mail = 1 }
[plan]
replications = 40
"#;

fn read(text: &str) -> Scenario {
    let desk = Desk::with("floor.toml", text);
    load(&Request::file(desk.path("floor.toml"))).unwrap_or_else(|e| panic!("{e}")).scenario
}

#[test]
fn contacts_handed_on_come_one_conversation_later() {
    // Calls of exactly 4 minutes: 30 in half an hour, of which 9 are handed on, 4/30 of them in the next half hour.
    let demand = Demand::of(&read(SECOND_LEVEL));
    let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
    close(demand.at(0, 0), 30.0);
    close(demand.at(1, 0), 9.0 * 26.0 / 30.0);
    (1..8).for_each(|i| close(demand.at(1, i), 9.0));
    // A circle: 1 + 0.3 x 0.5 + (0.3 x 0.5)^2 + ... = 1 / 0.85 times the first calls, in the middle of a long day.
    let circle = SECOND_LEVEL
        .replace(
            "patience = \"3m\"\ngoal = { service_level = \"80/60\" }",
            "patience = \"3m\"\ntransfer = { probability = \"50%\", queue = \"first\" }",
        )
        .replace("08:00-12:00", "00:00-24:00");
    let demand = Demand::of(&read(&circle));
    assert!((demand.at(0, 40) - 30.0 / 0.85).abs() < 0.02, "{}", demand.at(0, 40));
    // Whom the menu serves needs nobody.
    let menu =
        SECOND_LEVEL.replace("[queue.second]", "ivr = { time = \"30s\", self_served = \"40%\" }\n[queue.second]");
    close(Demand::of(&read(&menu)).at(0, 3), 18.0);
}

#[test]
fn a_queue_fed_only_by_transfers_is_staffed() {
    let scenario = read(SECOND_LEVEL);
    let plan = planned(&scenario);
    assert!(plan.teams[1].on_phone.iter().all(|people| (3..8).contains(people)), "{:?}", plan.teams[1].on_phone);
    assert!(plan.unmet.is_empty() && plan.results.queues.iter().all(|queue| queue.goal.as_ref().unwrap().met));
    // 9 calls of ten minutes in half an hour are three erlangs.
    assert!((plan.formula[1].intervals[4].load - 3.0).abs() < 1e-9);
    let by_run: Vec<u32> = need_by_formula(&scenario).teams[1].on_phone.iter().map(|need| need.unwrap()).collect();
    let by_plan: Vec<u32> = plan.formula[1].intervals.iter().map(|need| need.erlang_a).collect();
    assert_eq!(by_run, by_plan);
}

#[test]
fn messages_do_not_pile_up_until_the_end() {
    let scenario = read(EMAIL);
    let plan = planned(&scenario);
    let open = open_at_the_end(&scenario, &plan.results.queues[0]);
    // All that come after ten o'clock are not due: 80 could stay. Ten were there at the start.
    assert!(open <= 10.5, "{open} stay: {:?}", plan.teams[0].on_phone);
    assert!(plan.unmet.is_empty(), "{:?}", plan.unmet);
    let desk = Desk::with("floor.toml", EMAIL);
    let (code, screen, _) = desk.run(&["plan", "floor.toml"]);
    assert!(code == 0 && screen.contains("mail: 10 in the backlog at the start, "), "{screen}");
    // With one person at most they do pile up, and the plan says so.
    desk.run(&["validate", "floor.toml"]);
    let few = Desk::with("floor.toml", &EMAIL.replace("agents = 3", "agents = 1\nmax_agents = 1"));
    let (code, screen, _) = few.run(&["plan", "floor.toml"]);
    assert!(code == 1 && screen.contains("messages are left at the end; 10 were there at the start"), "{screen}");
}

#[test]
fn a_goal_that_the_table_misses_is_never_called_met() {
    // Every half hour reaches 80 % on the average day, which is far from every day.
    let text = FLOOR.replace("\"80/20\" }", "\"80/20\", on = \"99% of days\" }");
    let desk = Desk::with("floor.toml", &text);
    let (code, screen, _) = desk.run(&["plan", "floor.toml", "-n", "100"]);
    assert_eq!(code, 1, "{screen}");
    assert!(screen.contains("!!") && screen.contains("MISSED   orders: the goal holds in "), "{screen}");
    assert!(screen.contains("99 % were asked; scope = \"goal\"") && !screen.contains("meet every goal"), "{screen}");
}

#[test]
fn a_team_that_cannot_help_is_not_made_larger_without_end() {
    let text = r#"
[queue.orders]
volume = { per_hour = 200 }
talk = "5m"
patience = "3m"
goal = { service_level = "80/20" }
[team.own]
agents = 5
max_agents = 5
cost_per_hour = 30
skills = { orders = 1 }
[team.partner]
agents = 2
skills = { orders = { preference = 2, after = "60s" } }
"#;
    let scenario = read(&format!("interval = \"30m\"\nopen = \"08:00-10:00\"{text}[plan]\nreplications = 30\n"));
    let plan = planned(&scenario);
    assert!(!plan.unmet.is_empty());
    assert!(plan.teams[1].on_phone.iter().all(|people| *people < 100), "{:?}", plan.teams[1].on_phone);
}

#[test]
fn no_queue_is_worth_more_people_than_there_are() {
    for name in ["retail-support.toml", "chat-and-email.toml", "call-backs.toml"] {
        let plan = planned(&shipped(name, 30));
        for share in &plan.queue_shares {
            for (i, people) in share.people.iter().enumerate() {
                let there: u32 = share.teams.iter().map(|&team| plan.teams[team].on_phone[i]).sum();
                assert!(*people <= there, "{name}: {people} of {there} people for queue {}", share.queue);
            }
        }
        // Only calls have a formula, and one queue of them alone is no share.
        assert!(name == "retail-support.toml" || plan.queue_shares.is_empty(), "{name}: {:?}", plan.queue_shares);
    }
}

#[test]
fn what_cannot_be_done_is_not_offered_and_nobody_needs_nobody() {
    let shifts = FLOOR.replace("agents = 10", "shifts = [{ start = \"08:00\", length = \"2h\", agents = 10 }]");
    let named = Desk::with("floor.toml", &shifts).run(&["plan", "floor.toml", "-n", "40"]).1;
    assert!(named.contains("--out DIR") && !named.contains("--write-agents"), "{named}");
    assert!(Desk::new().run(&["plan", "floor.toml", "-n", "40"]).1.contains("--write-agents FILE"));
    let empty = Desk::with("floor.toml", &FLOOR.replace("[10, 20, 30, 40]", "[0, 0, 0, 0]"));
    let (code, screen, _) = empty.run(&["plan", "floor.toml", "-n", "40"]);
    assert!(code == 0 && screen.contains("ANSWER   Nobody comes: the expected volume is zero."), "{screen}");
    for wrong in ["out of reach", "decides: ", "meet every goal", "1 staffings"] {
        assert!(!screen.contains(wrong), "{wrong}\n{screen}");
    }
}

#[test]
fn who_does_not_get_in_is_told_beside_the_plan() {
    let text = FLOOR.replace("[queue.orders]", "lines = 1\n[queue.orders]");
    let desk = Desk::with("floor.toml", &text);
    let (_, screen, _) = desk.run(&["plan", "floor.toml", "-n", "40"]);
    assert!(screen.contains("find every line taken"), "{screen}");
    let json = desk.run(&["run", "floor.toml", "-n", "40", "--json"]).1;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["total"][QueueMetric::BlockedRate.name()]["mean"].as_f64().unwrap() > 0.5);
}
