//! Published figures, and what must hold between the requirement and its table.

use proptest::prelude::*;
use serde_json::Value;

use super::json;

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is a number"))
}

#[test]
fn a_thousand_calls_an_hour_need_82() {
    let answer = json("a --calls 1000 --per 1h --aht 300s --patience 2m --goal 80/20");
    assert_eq!(answer["required"]["agents"], 82);
    let row = &answer["table"].as_array().unwrap().iter().find(|row| row["agents"] == 82).unwrap().clone();
    assert!(number(&row["service_level"]) >= 0.8 && row["required"] == true);
}

#[test]
fn no_person_is_lost_or_made_by_shrinkage() {
    for (agents, paid) in [(161, 230), (21, 30)] {
        let answer =
            json(&format!("c --calls 0 --per 1h --aht 300s --goal 80/20 --min-agents {agents} --shrinkage 30%"));
        assert_eq!((&answer["required"]["agents"], &answer["required"]["scheduled"]), (&agents.into(), &paid.into()));
        let judged = json(&format!("c --calls 1 --per 1h --aht 300s --agents {agents} --shrinkage 30%"));
        assert_eq!(judged["table"][0]["scheduled"], paid);
    }
    assert_eq!(json("c --calls 684 --per 1h --aht 300s --occupancy 57%")["required"]["agents"], 100);
}

#[test]
fn the_published_example_is_met() {
    // tests/data/reference/published_misc.csv, rows 1, 2 and 4.
    let answer = json("c --calls 100 --per 30m --aht 3m --goal 80/20");
    assert_eq!(answer["required"]["agents"], 14);
    let row = answer["table"].as_array().unwrap().iter().find(|row| row["agents"] == 14).unwrap();
    for (key, published) in [("p_wait", 0.174_131_934), ("service_level", 0.888_350_018), ("asa_s", 7.835_937_01)] {
        assert!((number(&row[key]) / published - 1.0).abs() < 5e-9, "{key}: {}", row[key]);
    }
}

#[test]
fn a_widely_copied_mistake_is_not_made() {
    let answer = json("a --calls 600 --per 1h --aht 300s --patience 2m --agents 50");
    assert!((number(&answer["table"][0]["abandon_rate"]) - 0.0689).abs() < 5e-5, "{}", answer["table"][0]);
}

#[test]
fn patience_without_end_is_erlang_c() {
    let (a, c) = (
        json("a --calls 240 --per 30m --aht 300s --patience unlimited --goal 80/20"),
        json("c --calls 240 --per 30m --aht 300s --goal 80/20"),
    );
    assert_eq!(a["table"], c["table"]);
}

#[test]
fn finite_lines_block() {
    let answer = json("c --calls 240 --per 30m --aht 300s --lines 50 --goal 80/20 --blocking 2%");
    let row = answer["table"].as_array().unwrap().iter().find(|row| row["required"] == true).unwrap();
    assert!(number(&row["blocked_rate"]) <= 0.02 && number(&row["service_level"]) >= 0.8);
    assert!(answer["table"].as_array().unwrap().iter().all(|row| number(&row["agents"]) <= 50.0));
}

#[test]
fn each_formula_counts_in_its_own_way() {
    let with = |more: &str| {
        let answer = json(&format!("a --calls 240 --per 30m --aht 300s --patience 3m --goal 80/20 --agents 40 {more}"));
        number(&answer["table"][0]["service_level"])
    };
    let offered = with("");
    assert_eq!(offered, with("--formula offered"));
    let short = with("--formula count_short_abandons --short-abandon 5s");
    let all = with("--formula count_abandons_in_goal");
    assert!(offered < short && short < all);
    for name in ["ignore_abandons_in_goal", "answered_only", "net_of_short --short-abandon 5s"] {
        assert!(with(&format!("--formula {name}")) > offered, "{name}");
    }
}

/// The requirement is the first row of the table where all goals hold.
fn check(answer: &Value, size: &str) {
    let rows = answer["table"].as_array().unwrap();
    let first = rows.iter().find(|row| row["goals_met"] == true).expect("one holds");
    assert_eq!(first[size], answer["required"][size]);
    for row in rows {
        assert_eq!(row["required"] == true, row[size] == first[size]);
        assert_eq!(row["goals_met"] == true, row["missed"].as_array().unwrap().is_empty());
    }
    let required = answer["required"][size].as_u64().unwrap();
    let before = rows.iter().filter_map(|row| row[size].as_u64()).rfind(|&n| n < required);
    assert!(
        required <= 1 || rows.len() == 1 || before.is_none_or(|n| n + 1 == required),
        "its neighbour is shown: {answer}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn the_requirement_is_the_first_good_row(
        calls in 0.0..3000.0_f64,
        aht in 20.0..900.0_f64,
        patience in 20.0..900.0_f64,
        share in 50_u32..99,
        target in 0_u32..120,
        lines in prop::option::of(2000_u32..4000),
    ) {
        let work = format!("--calls {calls} --per 30m --aht {aht}s --goal {share}/{target} --occupancy 90%");
        let lines = lines.map_or_else(String::new, |lines| format!("--lines {lines} --blocking 5%"));
        check(&json(&format!("c {work} {lines}")), "agents");
        check(&json(&format!("a {work} --patience {patience}s --abandon 6% --asa 30s --p-wait 60% --min-agents 3")), "agents");
        check(&json(&format!("b --calls {calls} --per 30m --aht {aht}s --blocking {}%", 100 - share)), "lines");
    }
}
