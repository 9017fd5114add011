//! Bad input: exit code 2, nothing on standard output, and words that say what to write.

use super::{json, refusal, screen};

#[test]
fn every_bad_figure_is_named() {
    let good = "--calls 240 --per 30m --aht 300s --goal 80/20";
    for (arguments, words) in [
        ("c --per 30m --aht 300s --goal 80/20", "--calls is missing"),
        ("c --calls 240 --aht 300s --goal 80/20", "--per is missing"),
        ("c --calls 240 --per 30m --goal 80/20", "--aht is missing"),
        ("c --calls -1 --per 30m --aht 300s --goal 80/20", "--calls -1: allowed are 0 to 1e15"),
        ("c --calls NaN --per 30m --aht 300s --goal 80/20", "--calls NaN"),
        ("c --calls inf --per 30m --aht 300s --goal 80/20", "--calls inf"),
        ("c --calls 1e300 --per 30m --aht 300s --goal 80/20", "--calls 1e300"),
        ("c --calls 1e14 --per 1s --aht 300s --goal 80/20", "allowed: 0 to 1e9"),
        ("c --calls 1,000 --per 30m --aht 300s --goal 80/20", "is not a number"),
        ("c --calls 240 --per 30m --aht 300 --goal 80/20", "write \"300s\" or \"5m\""),
        ("c --calls 240 --per 30m --aht 0s --goal 80/20", "--aht 0s: must be more than zero"),
        ("c --calls 240 --per 0m --aht 300s --goal 80/20", "--per 0m: must be more than zero"),
        ("c --calls 240 --per 30m --aht -300s --goal 80/20", "a time has no sign"),
        ("c --calls 240 --per 30m --aht NaNs --goal 80/20", "--aht NaNs"),
        ("c --calls 240 --per 30m --aht 300s --goal 80", "--goal 80"),
        ("c --calls 240 --per 30m --aht 300s --goal 80%", "within which time?"),
        ("c --calls 240 --per 30m --aht 300s --goal 120/20", "out of range"),
        ("c --calls 240 --per 30m --aht 300s", "no goal"),
        ("b --calls 240 --per 30m --aht 300s", "no goal"),
        ("a --calls 240 --per 30m --aht 300s --goal 80/20", "--patience is missing"),
        ("a --calls 240 --per 30m --aht 300s --goal 80/20 --patience 0s", "--patience 0s: must be more than zero"),
    ] {
        let said = refusal(arguments);
        assert!(said.contains(words), "{arguments}: {said}");
    }
    for (more, words) in [
        ("--shrinkage 100%", "nobody would be left"),
        ("--shrinkage -5%", "0% to 100%"),
        ("--shrinkage 30", "write \"30%\" or 0.3"),
        ("--occupancy 130%", "0% to 100%"),
        ("--asa 30", "a time needs a unit"),
        ("--min-agents 2.5", "whole numbers"),
        ("--agents -3", "whole numbers"),
        ("--lines many", "whole numbers"),
        ("--lines 0", "no call can come in"),
        ("--lines 40 --agents 50", "--agents 50 have only --lines 40"),
        ("--blocking 1%", "without --lines nobody is blocked"),
        ("--patience 3m", "in Erlang C nobody hangs up"),
        ("--abandon 5%", "in Erlang C nobody hangs up"),
        ("--plot staffing.pdf", "a .svg or a .png file"),
        ("--csv --json", "cannot be used with"),
    ] {
        let said = refusal(&format!("c {good} {more}"));
        assert!(said.contains(words), "{more}: {said}");
    }
    for (more, words) in [
        ("--formula erlang", "write one of offered,"),
        ("--formula net_of_short", "needs --short-abandon"),
        ("--short-abandon 5s", "not read by the formula offered"),
        ("--agents 0", "nobody would ever be answered"),
    ] {
        let said = refusal(&format!("a {good} --patience 3m {more}"));
        assert!(said.contains(words), "{more}: {said}");
    }
    let said = refusal(&format!("b {good} --shrinkage 30%"));
    assert!(said.contains("--goal, --shrinkage: Erlang B is about lines"), "{said}");
}

#[test]
fn all_problems_come_at_once() {
    let said = refusal("a --calls -5 --per 30 --aht 300 --goal 80 --shrinkage 30");
    for words in ["--calls -5", "--per 30", "--aht 300", "--goal 80", "--shrinkage 30", "--patience is missing"] {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[test]
fn a_goal_out_of_reach_has_a_reason() {
    for (arguments, words) in [
        (
            "c --goal 100/0",
            "service level 100 % in 0 s: no staffing meets this goal because 100 % in 0 s is never certain",
        ),
        ("c --asa 0s", "ASA at most 0 s: no staffing meets this goal because"),
        ("c --p-wait 0%", "no staffing meets this goal because calls come by chance"),
        ("c --occupancy 0%", "no staffing meets this goal because whoever answers calls is busy"),
        ("c --lines 41 --blocking 1%", "no staffing meets this goal because not even 41 agents, one for every line"),
        ("c --lines 50 --goal 80/20 --min-agents 60", "no staffing meets this goal because it asks for 60 agents"),
        ("a --patience 3m --abandon 0%", "no staffing meets this goal because callers have limited patience"),
        ("b --blocking 0%", "no staffing meets this goal because calls come by chance"),
    ] {
        let said = refusal(&format!("{arguments} --calls 240 --per 30m --aht 300s"));
        assert!(said.contains(words), "{arguments}: {said}");
    }
}

#[test]
fn no_calls_are_valid() {
    for model in ["c --goal 80/20", "a --patience 3m --goal 80/20", "a --patience 3m --abandon 0%"] {
        let answer = json(&format!("{model} --calls 0 --per 30m --aht 300s"));
        assert_eq!(answer["required"]["agents"], 0);
        assert_eq!((&answer["table"][0]["state"], answer["table"][0]["asa_s"].is_null()), (&"no calls".into(), true));
        assert_eq!(json(&format!("{model} --calls 0 --per 30m --aht 300s --min-agents 2"))["required"]["agents"], 2);
    }
    assert_eq!(json("b --calls 0 --per 30m --aht 300s --blocking 1%")["required"]["lines"], 0);
    assert!(screen("c --calls 0 --per 30m --aht 300s --goal 80/20").contains("Nobody calls, so nobody is needed."));
}
