//! JSON, CSV and plots: shapes, digits, and nothing half-written.

use std::fs;

use super::{json, refusal, screen};

const A: &str = "a --calls 240 --per 30m --aht 300s --patience 3m --goal 80%~in~20s --abandon 5% --shrinkage 30%";

#[test]
fn json_says_what_was_asked_and_what_is_needed() {
    let answer = json(A);
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&answer), "schema_version callwright model inputs load_erlangs required asks table");
    assert_eq!(keys(&answer["inputs"]), "calls per_s aht_s patience_s lines agents shrinkage goals");
    assert_eq!(keys(&answer["required"]), "agents scheduled binding");
    assert_eq!(
        keys(&answer["table"][0]),
        "agents scheduled service_level asa_s p_wait abandon_rate blocked_rate occupancy state goals_met missed required"
    );
    assert_eq!(answer["required"], serde_json::json!({ "agents": 43, "scheduled": 62, "binding": ["service_level"] }));
    assert_eq!(
        answer["asks"],
        serde_json::json!([
            { "goal": "steady_state", "agents": 1 },
            { "goal": "service_level", "agents": 43 },
            { "goal": "abandon", "agents": 42 },
        ])
    );
    let level = serde_json::json!({ "share": 0.8, "within_s": 20.0, "formula": "offered", "short_abandon_s": 0.0 });
    assert_eq!((&answer["inputs"]["goals"]["service_level"], &answer["inputs"]["patience_s"]), (&level, &180.0.into()));
    let judged = json("c --calls 240 --per 30m --aht 300s --agents 40");
    assert!(judged["required"].is_null() && judged["table"][0]["service_level"].is_null());
    assert_eq!(judged["table"][0]["state"], "unstable");
    let lines = json("b --calls 240 --per 30m --aht 300s --lines 50 --blocking 1%");
    assert_eq!(lines["required"], serde_json::json!({ "lines": 53, "binding": ["blocking"] }));
    assert_eq!((lines["table"].as_array().unwrap().len(), &lines["table"][0]["goals_met"]), (1, &false.into()));
}

#[test]
fn csv_has_nine_digits_and_empty_cells() {
    let text = screen("c --calls 240 --per 30m --aht 300s --goal 80/20 --csv");
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(
        rows[0],
        "agents,scheduled,service_level,asa_s,p_wait,abandon_rate,blocked_rate,occupancy,state,goals_met,missed,required"
    );
    assert_eq!(rows[1], "40,,,,,,,,unstable,false,steady_state service_level,false");
    assert!(
        rows.contains(&"45,,0.755873404,20.4423667,0.340706111,0,,0.888888889,steady,false,service_level,false"),
        "{text}"
    );
    assert!(rows.iter().any(|row| row.starts_with("46,") && row.ends_with("steady,true,,true")));
}

#[test]
fn plots_are_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let shown = screen(&format!("{A} --plot {}", at("a.svg")));
    assert!(shown.ends_with(&format!("wrote {}\n", at("a.svg"))));
    let svg = fs::read_to_string(at("a.svg")).unwrap();
    for words in ["Erlang A · 240 calls in 30 min, 5 min each", "43 agents: the fewest", "80 %", "83.5 % with 43"] {
        assert!(svg.contains(words), "{words}");
    }
    screen(&format!("b --calls 240 --per 30m --aht 300s --blocking 1% --json --plot {}", at("b.PNG")));
    assert!(fs::read(at("b.PNG")).unwrap().starts_with(b"\x89PNG"));
    for odd in [
        "c --calls 0 --per 30m --aht 300s --goal 80/20",
        "c --calls 240 --per 30m --aht 300s --agents 3",
        "c --calls 240 --per 30m --aht 300s --goal 80/20 --lines 48",
        "a --calls 400000 --per 30m --aht 300s --goal 80/20 --patience 1m",
    ] {
        screen(&format!("{odd} --plot {}", at("odd.svg")));
    }
    let missing = refusal(&format!("{A} --plot {}", at("nowhere/a.svg")));
    assert!(missing.contains("its folder must exist"), "{missing}");
    fs::create_dir(at("taken.svg")).unwrap();
    assert!(refusal(&format!("{A} --plot {}", at("taken.svg"))).contains("a folder has this name"));
    let names = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 4, "nothing is left behind");
}

#[test]
fn help_has_a_worked_example_per_model() {
    for (model, example) in [("c", "66 paid"), ("a", "43 agents"), ("b", "53 lines")] {
        let help = screen(&format!("{model} --help"));
        assert!(help.contains("Example:") && help.contains(example), "{help}");
        assert_eq!(help.contains("--patience"), model == "a");
    }
}
