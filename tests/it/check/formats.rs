//! What each format says, to the letter.

use callwright::check::{Drift, Finding, Outcome, Rule, Verdict};
use callwright::experiment::Unit;
use callwright::report::{
    Against, CheckReport, CheckedScenario, Style, annotations, check_json, check_junit, check_markdown, check_text,
};
use callwright::scenario::InputChange;

fn finding(scope: &str, metric: &str, unit: Unit, values: [f64; 3], half_width: f64, outcome: Outcome) -> Finding {
    let [before, value, tolerance] = values;
    Finding {
        scope: scope.into(),
        metric: metric.into(),
        unit,
        rule: Rule::Change { before: Some(before), difference: Some(value - before), tolerance },
        value: Some(value),
        half_width: Some(half_width),
        outcome,
        would_decide: (outcome == Outcome::Unsure).then_some(800),
    }
}

/// The example of a pull request.
fn report(strict: bool) -> CheckReport {
    let change = |path: &str, before: &str, after: &str| InputChange::Value {
        path: path.into(),
        before: Some(before.into()),
        after: Some(after.into()),
    };
    let findings = vec![
        finding("orders", "service_level", Unit::Share, [0.773, 0.739, 0.01], 0.006, Outcome::Fail),
        finding("orders", "asa_s", Unit::Seconds, [10.0, 12.0, 5.0], 1.0, Outcome::Pass),
        finding("billing", "abandon_rate", Unit::Share, [0.071, 0.074, 0.01], 0.004, Outcome::Unsure),
        finding("total", "cost", Unit::MoneyPerDay, [8_624.0, 8_432.0, 86.24], 0.0, Outcome::Better),
    ];
    let place = |line| Some(("scenarios/retail.toml".to_owned(), line));
    CheckReport {
        scenarios: vec![CheckedScenario {
            file: "scenarios/retail.toml".into(),
            name: "retail".into(),
            against: Against::Baseline { file: "retail.json".into(), version: "0.1.0".into() },
            changes: vec![
                change("team.tier1.shifts[1].agents", "8", "7"),
                change("queue.orders.volume.scale", "100%", "104%"),
                InputChange::Lines { file: "volumes.csv".into(), changed: 3, lines: 25 },
            ],
            drift: vec![],
            verdict: Verdict { findings, alpha: 0.01, replications: 200, seed: 1 },
            places: vec![place(12), place(12), place(31), None],
            people: None,
            currency: "€".into(),
            days: 1,
        }],
        strict,
        updated: false,
        sets: String::new(),
        settings: String::new(),
    }
}

#[test]
fn screen() {
    let expected = "\
FAIL  scenarios/retail.toml against baseline retail.json (callwright 0.1.0)              exit code 1
200 simulated days, seed 1 · risk of a false alarm 1 % · ± = 95 % · same callers before and after
changed   team.tier1.shifts[1].agents 8 -> 7 · queue.orders.volume.scale 100 % -> 104 % ·
          volumes.csv: 3 of 25 lines
  FAIL    orders   service_level    77.3 % -> 73.9 %  -3.4 ±0.6  worse than tolerance 1.0
  pass    orders   asa                  0:10 -> 0:12  +2.0 s ±1  tolerance 5.0 s
  unsure  billing  abandon            7.1 % -> 7.4 %  +0.3 ±0.4  800 days would decide (ran 200)
  better  total    cost           8,624 € -> 8,432 €     -192 €
NEXT      if this is meant to be: callwright check scenarios/retail.toml --baseline retail.json
          --update-baseline
";
    let text = check_text(&report(false), Style::plain(100));
    assert!(text == expected, "{text}");
}

#[test]
fn markdown() {
    let expected = "\
## callwright check: FAIL

### FAIL: scenarios/retail.toml against baseline retail.json (callwright 0.1.0)

Changed:

- `team.tier1.shifts[1].agents 8 -> 7`
- `queue.orders.volume.scale 100 % -> 104 %`
- `volumes.csv: 3 of 25 lines`

| verdict | | figure | | difference | |
|---|---|---|---|---|---|
| **FAIL** | orders | service\\_level | 77.3 % -> 73.9 % | -3.4 ±0.6 | worse than tolerance 1.0 |
| pass | orders | asa | 0:10 -> 0:12 | +2.0 s ±1 | tolerance 5.0 s |
| unsure | billing | abandon | 7.1 % -> 7.4 % | +0.3 ±0.4 | 800 days would decide (ran 200) |
| better | total | cost | 8,624 € -> 8,432 € | -192 € |  |

200 simulated days, seed 1; ± is a 95 % interval; risk of a false alarm 1 %.

Next: `if this is meant to be: callwright check scenarios/retail.toml --baseline retail.json --update-baseline`
";
    let text = check_markdown(&report(false));
    assert!(text == expected, "{text}");
}

#[test]
fn workflow_commands() {
    let expected = "\
::error file=scenarios/retail.toml,line=12,title=callwright check::retail/orders/service_level: orders service_level 77.3 %25 -> 73.9 %25, -3.4 ±0.6: FAIL, worse than tolerance 1.0
::warning file=scenarios/retail.toml,line=31,title=callwright check::retail/billing/abandon_rate: billing abandon 7.1 %25 -> 7.4 %25, +0.3 ±0.4: unsure, 800 days would decide (ran 200)
";
    let text = annotations(&report(false));
    assert!(text == expected, "{text}");
    assert_eq!(annotations(&report(true)).matches("::error ").count(), 2);
    assert!(!annotations(&CheckReport { updated: true, ..report(true) }).contains("::error "));
}

#[test]
fn json() {
    let json = check_json(&report(false));
    assert_eq!((json["verdict"].as_str(), json["failed"].as_bool()), (Some("fail"), Some(true)));
    let finding = &json["scenarios"][0]["findings"][2];
    let expected = serde_json::json!({
        "name": "retail/billing/abandon_rate", "queue": "billing", "metric": "abandon_rate", "unit": "share",
        "verdict": "unsure", "value": 0.074, "before": 0.071, "difference": 0.003, "half_width": 0.004,
        "target": null, "tolerance": 0.01, "replications_to_decide": 800,
        "file": "scenarios/retail.toml", "line": 31,
    });
    assert_eq!(*finding, expected, "{finding:#}");
    assert_eq!(json["scenarios"][0]["changed"][0], "team.tier1.shifts[1].agents 8 -> 7");
}

#[test]
fn what_the_program_changed_is_in_every_format() {
    let mut report = report(false);
    let drift = Drift { name: "orders/service_level".into(), kept: Some(0.77), now: Some(0.773) };
    report.scenarios[0].drift.push(drift);
    let words = "the program, not the scenario, changed";
    assert!(check_text(&report, Style::plain(100)).contains(words));
    assert!(check_junit(&report).contains(words) && annotations(&report).contains(words));
    assert!(check_markdown(&report).contains(words));
    assert_eq!(check_json(&report)["scenarios"][0]["changed_by_program"][0]["kept"], 0.77);
}

/// What the schemas of Jenkins and Surefire ask of a report: elements, their order of nesting, required attributes,
/// numbers that agree with what is there.
fn assert_is_junit(text: &str) {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    assert_counts(root);
    for suite in root.children().filter(|node| node.is_element()) {
        assert_eq!(suite.tag_name().name(), "testsuite");
        assert_counts(suite);
        let mut closing = false;
        for node in suite.children().filter(|node| node.is_element()) {
            match node.tag_name().name() {
                "testcase" => assert!(!closing, "cases come before the output of the suite"),
                "system-out" => closing = true,
                other => panic!("<{other}> in a suite"),
            }
        }
        for case in suite.children().filter(|node| node.has_tag_name("testcase")) {
            for required in ["name", "classname", "time"] {
                assert!(case.attribute(required).is_some_and(|value| !value.is_empty()), "{required}");
            }
            let results: Vec<_> = case.children().filter(|node| node.is_element()).collect();
            assert!(results.len() <= 1, "one result per case");
            for result in results {
                assert!(["failure", "skipped"].contains(&result.tag_name().name()));
                assert!(result.attribute("message").is_some());
                assert!(result.has_tag_name("skipped") || result.attribute("type").is_some());
            }
        }
    }
}

fn assert_counts(node: roxmltree::Node<'_, '_>) {
    let stated = |name: &str| node.attribute(name).unwrap_or_else(|| panic!("{name}")).parse::<usize>().unwrap();
    let found = |name: &str| node.descendants().filter(|n| n.has_tag_name(name)).count();
    assert!(node.attribute("name").is_some() && node.attribute("time").is_some());
    for (attribute, element) in
        [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]
    {
        assert_eq!(stated(attribute), found(element), "{attribute}");
    }
}

#[test]
fn junit() {
    let text = check_junit(&report(false));
    assert_is_junit(&text);
    let expected = "\
  <testsuite name=\"retail\" tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"0\">
    <testcase name=\"retail/orders/service_level\" classname=\"callwright.retail\" time=\"0\">
      <failure message=\"orders service_level 77.3 % -&gt; 73.9 %, -3.4 ±0.6: FAIL, worse than tolerance 1.0\" type=\"fail\">scenarios/retail.toml:12&#10;orders service_level 77.3 % -&gt; 73.9 %, -3.4 ±0.6: FAIL, worse than tolerance 1.0</failure>
    </testcase>
    <testcase name=\"retail/orders/asa_s\" classname=\"callwright.retail\" time=\"0\"/>
    <testcase name=\"retail/billing/abandon_rate\" classname=\"callwright.retail\" time=\"0\">
      <skipped message=\"billing abandon 7.1 % -&gt; 7.4 %, +0.3 ±0.4: unsure, 800 days would decide (ran 200)\"/>
    </testcase>
    <testcase name=\"retail/total/cost\" classname=\"callwright.retail\" time=\"0\"/>
";
    assert!(text.contains(expected), "{text}");
    let strict = check_junit(&report(true));
    assert_is_junit(&strict);
    assert!(strict.contains("failures=\"2\"") && strict.contains("skipped=\"0\""), "{strict}");
}

#[test]
fn hostile_names_break_no_format() {
    let mut report = report(false);
    let scenario = &mut report.scenarios[0];
    scenario.file = "a<b>&\"c\"\n::error::x,y:|`\u{1b}[31m.toml".into();
    scenario.name = "a<b>&\"c\"\u{0}.d".into();
    scenario.changes.clear();
    scenario.places = vec![None; 4];
    assert_is_junit(&check_junit(&report));
    let commands = annotations(&report);
    assert!(
        commands.lines().all(|line| line.starts_with("::error file=a<b>") || line.starts_with("::warning file=a<b>"))
    );
    assert!(check_text(&report, Style::plain(100)).lines().all(|line| !line.contains('\u{1b}')));
    assert!(!check_markdown(&report).contains('\u{1b}') && !check_markdown(&report).contains("<b>"));
}

#[test]
fn the_program_writes_all_of_them() {
    let desk = crate::cli::support::Desk::new();
    let args =
        ["check", "floor.toml", "-n", "50", "--junit", "j.xml", "--markdown", "m.md", "--json", "v.json", "--quiet"];
    let output = desk.command(&args).env("GITHUB_ACTIONS", "true").output().unwrap();
    let code = output.status.code();
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    assert_eq!(desk.names("."), ["floor.toml", "j.xml", "m.md", "v.json"]);
    assert_is_junit(&read("j.xml"));
    assert!(read("m.md").starts_with("## callwright check: "));
    let json: serde_json::Value = serde_json::from_str(&read("v.json")).unwrap();
    assert_eq!(json["failed"].as_bool(), Some(code == Some(1)));
    assert_eq!(json["scenarios"][0]["findings"][0]["line"], 8, "the line of the goal");
    let commands = String::from_utf8(output.stdout).unwrap();
    assert!(commands.lines().all(|line| line.starts_with("::")), "{commands}");
}
