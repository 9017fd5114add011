//! The screen, the files and the story of one number.

use callwright::planner::{Plan, Unmet, explain, plan, spot};
use callwright::report::{
    PlanReport, Style, explanation_text, plan_text, prepare_plan, requirement_plot, requirements_csv, requirements_json,
};
use callwright::scenario::Scenario;
use std::sync::OnceLock;
use unicode_width::UnicodeWidthStr;

use super::floor::*;

struct Planned {
    scenario: Scenario,
    staffed: Scenario,
    plan: Plan,
}

impl Planned {
    fn new(scenario: Scenario) -> Self {
        let plan = plan(&scenario, &options(), &()).unwrap();
        Self { staffed: plan.staffed(&scenario), scenario, plan }
    }

    fn report(&self) -> PlanReport<'_> {
        PlanReport {
            scenario: &self.scenario,
            staffed: &self.staffed,
            plan: &self.plan,
            input_hash: "0123456789abcdef",
            scenario_file: "retail-support.toml",
        }
    }

    fn story(&self, team: Option<usize>, queue: Option<usize>, interval: Option<usize>, style: Style) -> String {
        let all: Vec<usize> = (0..self.scenario.timeline.intervals.len()).collect();
        let intervals = interval.map_or(all, |i| vec![i]);
        let spot = spot(&self.scenario, &self.plan, team, queue, &intervals).unwrap();
        let story = explain(&self.scenario, &self.plan, spot, &options(), &()).unwrap();
        explanation_text(&self.report(), &story, style)
    }
}

fn retail() -> &'static Planned {
    static RETAIL: OnceLock<Planned> = OnceLock::new();
    RETAIL.get_or_init(|| Planned::new(shipped("retail-support.toml", 210)))
}

fn helpdesk() -> Planned {
    Planned::new(shipped("helpdesk.toml", 210))
}

/// The text of a file under `tests/data/plan`; `CALLWRIGHT_BLESS=1` writes it.
#[track_caller]
fn is_as_before(name: &str, found: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/plan").join(name);
    if std::env::var_os("CALLWRIGHT_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, found).unwrap();
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(before == found, "{name} was\n{before}\nand is\n{found}");
}

#[test]
fn the_screen_of_a_plan_is_as_before() {
    is_as_before("retail.txt", &plan_text(&retail().report(), Style::plain(100)));
    is_as_before("helpdesk.txt", &plan_text(&helpdesk().report(), Style::plain(80)));
}

#[test]
fn the_story_of_a_number_is_as_before() {
    let style = Style::plain(100);
    is_as_before("explain-tier1-1030.txt", &retail().story(Some(0), None, Some(5), style));
    is_as_before("explain-billing.txt", &retail().story(None, Some(2), Some(6), style));
    is_as_before("explain-partner.txt", &retail().story(Some(2), None, Some(6), style));
    is_as_before("explain-helpdesk.txt", &helpdesk().story(None, None, None, style));
}

#[test]
fn every_line_fits_and_colour_adds_only_colour() {
    let mut missed =
        Planned { scenario: retail().scenario.clone(), staffed: retail().staffed.clone(), plan: retail().plan.clone() };
    missed.plan.unmet = vec![
        Unmet::Interval { queue: 0, interval: 3 },
        Unmet::Total { queue: 1 },
        Unmet::Occupancy { team: 0, interval: 4 },
        Unmet::Days,
    ];
    for planned in [retail(), &missed] {
        for width in [80, 100, 132] {
            let texts = [
                plan_text(&planned.report(), Style::plain(width)),
                planned.story(None, None, None, Style::plain(width)),
            ];
            for line in texts.iter().flat_map(|text| text.lines()) {
                assert!(line.width() <= width, "{} columns at {width}:\n{line}", line.width());
                assert_eq!(line, line.trim_end());
            }
        }
    }
    assert!(plan_text(&missed.report(), Style::plain(100)).contains("\nMISSED   orders 09:30: "));
    let coloured = plan_text(&retail().report(), Style { colour: true, width: 100 });
    let mut plain = String::new();
    for (index, part) in coloured.split("\u{1b}[").enumerate() {
        plain.push_str(if index == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(plain, plan_text(&retail().report(), Style::plain(100)));
}

#[test]
fn the_table_is_tidy() {
    let planned = retail();
    let lines = requirements_csv(&planned.report());
    let (header, rows) = lines.split_first().unwrap();
    let start = "day,date,interval,start,team,load,erlang_c,erlang_a,required,paid,stated,stated_basis,short_over,\
                 binding_goal,binding_queue,queue,service_level,service_level_half_width";
    assert!(header.join(",").starts_with(start), "{header:?}");
    assert_eq!(rows.len(), 3 * 24);
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    for row in rows {
        assert_eq!(row.len(), header.len());
        let number = |name: &str| row[column(name)].parse::<f64>().unwrap();
        assert!((number("short_over") - (number("stated") - number("required"))).abs() < 1e-6, "{row:?}");
        assert!(number("paid") >= number("required"));
        assert_eq!(row[column("load")].is_empty(), row[column("team")] == "partner");
    }
    let first = &rows[0];
    assert_eq!(first[..5], ["1", "2026-03-02", "0", "08:00", "tier1"].map(str::to_owned));
}

#[test]
fn the_summary_has_the_whole_plan() {
    let planned = retail();
    let json = requirements_json(&planned.report());
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["input_hash"], "0123456789abcdef");
    assert_eq!((&json["plan"]["seed"], &json["plan"]["replications"]), (&1.into(), &210.into()));
    assert_eq!(json["goals_met"], true);
    assert_eq!(json["intervals"].as_array().unwrap().len(), 24);
    assert_eq!(json["intervals"][5]["start"], "10:30");
    for key in
        ["load", "erlang_c", "erlang_a", "required", "paid", "stated", "short_over", "binding_goal", "binding_queue"]
    {
        assert_eq!(json["teams"]["tier1"][key].as_array().map(Vec::len), Some(24), "{key}");
    }
    assert!(json["teams"]["partner"]["load"].is_null());
    for key in ["service_level", "service_level_half_width", "abandon_rate", "goal_met_probability"] {
        assert_eq!(json["queues"]["billing"][key].as_array().map(Vec::len), Some(24), "{key}");
    }
    assert_eq!(json["sensitivity"].as_array().unwrap().len(), 3);
    let effort = planned.plan.effort(&planned.scenario).unwrap();
    assert_eq!(json["totals"]["required"]["on_phone_h"].as_f64(), Some(effort.on_phone_h));
    assert!(json["days_met"]["every_goal"]["low"].as_f64() <= json["days_met"]["every_goal"]["high"].as_f64());
}

#[test]
fn people_paid_are_compared_where_the_file_states_them() {
    let mut scenario = shipped("helpdesk.toml", 100);
    let team = &mut scenario.teams[0];
    team.people = None;
    team.shrinkage_planned = 0.3;
    team.scheduled = Some(team.on_phone.iter().map(|&n| n * 10 / 7).collect());
    let planned = Planned::new(scenario);
    let screen = plan_text(&planned.report(), Style::plain(100));
    let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("  file has paid") && flat.contains("The file has 127.0 h paid: "), "{screen}");
    let lines = requirements_csv(&planned.report());
    let stated: u32 = lines[1][10].parse().unwrap();
    assert_eq!((stated, lines[1][11].as_str()), (planned.scenario.teams[0].scheduled.as_ref().unwrap()[0], "paid"));
}

#[test]
fn a_folder_gets_table_summary_and_plot() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("new");
    let paths = prepare_plan(&out).unwrap().write(&retail().report()).unwrap();
    let names: Vec<_> = paths.iter().map(|p| p.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(names, ["requirements.csv", "requirement.svg", "requirement.png", "requirements.json"]);
    assert!(std::fs::read(&paths[2]).unwrap().starts_with(b"\x89PNG"));
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 4, "nothing else is left");
    let svg = requirement_plot(&retail().report());
    assert!(svg.contains("needed (simulation)") && svg.contains("tier1") && svg.contains("stroke-dasharray"));
    drop(prepare_plan(&dir.path().join("never")).unwrap());
    assert!(!dir.path().join("never").exists());
}
