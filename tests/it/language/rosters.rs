//! Rosters: rows of a CSV file as people.

use super::shifts::{all_hours, floor, people};
use super::support::Folder;
use callwright::scenario::{Loaded, explain};

fn roster_in(text: &str, csv: &str) -> Loaded {
    let folder = Folder::new().with("floor.toml", text).with("roster.csv", csv);
    folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}\nin\n{text}\n{csv}"))
}

fn roster(team: &str, csv: &str) -> Loaded {
    roster_in(&floor(team), csv)
}

const SHORT: &str = "roster = \"roster.csv\"";

#[test]
fn layers() {
    let csv = "agent,start,end,activity\n\
        Ann,2026-03-02 08:00,2026-03-02 16:00,Open time\n\
        Ann,2026-03-02 12:00,2026-03-02 12:30,Lunch\n\
        Ben,2026-03-02 10:00,2026-03-02 10:15,Coffee\n\
        Ben,2026-03-02 07:45,2026-03-02 15:45,Open time\n\
        Ben,2026-03-02 10:00,2026-03-02 12:00,Training\n\
        Cid,2026-03-02 08:00,2026-03-02 16:00,Open time\n\
        Cid,2026-03-02 08:00,2026-03-02 16:00,Sick\n";
    let loaded =
        roster("roster = { csv = \"roster.csv\", on_phone = [\"open time\"], unpaid = [\"Lunch\", \"Sick\"] }", csv);
    // Narrow rows lie on top wherever they stand, of equally long ones the later.
    assert_eq!(all_hours(&loaded), ["08:00-12:00 12:30-16:00", "08:00-10:00 12:00-15:45", ""]);
    let people = people(&loaded.scenario);
    let names: Vec<(&str, u32)> = people.persons.iter().map(|p| (p.shift.as_str(), p.position)).collect();
    assert_eq!(names, [("Ann", 0), ("Ben", 0), ("Cid", 0)]);
    assert_eq!(people.persons.iter().map(|p| p.duties[0].paid_s / 3_600.0).collect::<Vec<_>>(), [7.5, 8.0, 0.0]);
    let hours = |name: &str| people.activities.iter().find(|(n, _)| n == name).map(|(_, s)| s / 3_600.0);
    assert_eq!(hours("phone"), Some(7.5 + 5.75));
    assert_eq!(
        (hours("Lunch"), hours("Coffee"), hours("Training"), hours("Sick")),
        (Some(0.5), Some(0.25), Some(1.75), Some(8.0))
    );
    assert_eq!(hours("outside opening hours"), Some(0.25));
    assert_eq!(loaded.scenario.teams[0].on_phone[..5], [2, 2, 2, 2, 1]);
}

#[test]
fn ways_to_say_when() {
    let same = ["08:00-16:00"];
    for csv in [
        "agent,date,start,end\nAnn,2026-03-02,08:00,16:00\n",
        "agent;date;start;end\r\nAnn;2026-03-02;8:00;16:00\r\n",
        "\u{feff}\"agent\"\t\"date\"\t\"start\"\t\"end\"\n\"Ann\"\t\"2026-03-02\"\t\"08:00 AM\"\t\"4:00 PM\"\n",
        "Employee,weekday,from,to\nAnn,mon,08:00,16:00\nAnn,tue,09:00,16:00\n",
        "agent,start,end\nAnn,08:00,16:00\n",
        "agent,start,end\nAnn,2026-03-02T08:00:00Z,2026-03-02T16:00:00Z\n",
        "agent,start_time,end_time\nAnn,2026-03-02 08:00,16:00\nAnn,2026-03-03 08:00,16:00\n",
    ] {
        assert_eq!(all_hours(&roster(SHORT, csv)), same, "{csv}");
    }
    let dates = "roster = { csv = \"roster.csv\", dates = \"day/month/year\", columns = { agent = \"Who\", start = \"Begin\" } }";
    assert_eq!(all_hours(&roster(dates, "Who,Begin,end\nAnn,02/03/2026 08:00,16:00\n")), same);
}

#[test]
fn nights_and_midnight() {
    let text = floor(SHORT).replace("08:00-17:00", "24h").replace("2026-03-02", "2026-03-02\ndays = 2");
    // Every day: the night before the first day reaches into it.
    let loaded = roster_in(&text, "agent,start,end\nAnn,22:00,06:00\nBen,16:00,24:00\n");
    assert_eq!(all_hours(&loaded), ["00:00-06:00 22:00-30:00 46:00-48:00", "16:00-24:00 40:00-48:00"]);
    let dated = "agent,date,start,end\nAnn,2026-03-01,22:00,06:00\nAnn,2026-03-03,22:00,06:00\n";
    let loaded = roster_in(&text, dated);
    assert_eq!(all_hours(&loaded), ["00:00-06:00 46:00-48:00"]);
    assert_eq!(
        people(&loaded.scenario).persons[0].duties.iter().map(|d| d.paid_s).collect::<Vec<_>>(),
        [21_600.0, 7_200.0]
    );
}

#[test]
fn rows_of_other_days_are_counted() {
    let csv =
        "agent,date,start,end\nAnn,2026-03-02,08:00,17:00\nAnn,2026-03-03,08:00,17:00\nBen,2026-02-27,08:00,17:00\n";
    let loaded = roster(SHORT, csv);
    assert_eq!(all_hours(&loaded), ["08:00-17:00"]);
    let warnings: Vec<&str> = loaded.warnings.iter().map(|w| w.message.as_str()).collect();
    assert_eq!(warnings, ["2 rows of roster.csv are outside the simulated days and ignored"]);
}

#[test]
fn a_file_of_several_teams() {
    let csv =
        "agent,team,skill,start,end\nAnn,desk,IT,08:00,17:00\nBen,Tier 2,IT,08:00,17:00\nCid,tier 2,desk,09:00,17:00\n";
    let of = |more: &str| all_hours(&roster(&format!("roster = {{ csv = \"roster.csv\"{more} }}"), csv));
    assert_eq!(of(""), ["08:00-17:00"]);
    assert_eq!(of(", team = \"Tier 2\""), ["08:00-17:00", "09:00-17:00"]);
    assert_eq!(of(", team = \"skill\""), ["09:00-17:00"]);
    assert_eq!(of(", team = \"Tier 2\", where = { skill = \"IT\" }"), ["08:00-17:00"]);
}

#[test]
fn work_apart_from_the_opening_hours_is_paid() {
    let csv = "agent,start,end,activity\nAnn,08:00,12:00,phone\nAnn,18:00,19:30,training\nBen,18:00,19:00,training\n";
    let loaded = roster(SHORT, csv);
    let persons = &people(&loaded.scenario).persons;
    assert_eq!(persons[0].duties.iter().map(|d| d.paid_s / 3_600.0).collect::<Vec<_>>(), [5.5]);
    assert_eq!(
        persons[1].duties.iter().map(|d| (d.on_phone.len(), d.paid_s / 3_600.0)).collect::<Vec<_>>(),
        [(0, 1.0)]
    );
}

#[test]
fn shrinkage_besides_a_roster() {
    let csv = "agent,start,end\nAnn,08:00,10:00\nBen,08:00,10:00\n";
    let loaded = roster(&format!("{SHORT}\nshrinkage = {{ besides_schedule = \"25%\", unplanned = \"4%\" }}"), csv);
    assert_eq!(all_hours(&loaded), ["08:00-08:30 09:00-10:00", "08:00-09:30"]);
    assert_eq!(people(&loaded.scenario).absence, 0.04);
}

#[test]
fn explained_from_the_folder_of_the_scenario() {
    let folder = Folder::new()
        .with("data/base.toml", &floor(SHORT))
        .with("data/roster.csv", "agent,start,end,activity\nAnn,08:00,17:00,phone\n")
        .with("floor.toml", "extends = \"data/base.toml\"\nlines = 9\n");
    let loaded =
        folder.load("floor.toml", &["team.desk.roster.on_phone=[\"phone\"]"]).unwrap_or_else(|e| panic!("{e}"));
    let text = explain(&loaded);
    assert!(text.contains("roster = { csv = \"data/roster.csv\", on_phone = [\"phone\"], unpaid = [] }"), "{text}");
    std::fs::write(folder.path("again.toml"), &text).unwrap();
    let again = folder.load("again.toml", &[]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(again.scenario.teams, loaded.scenario.teams);
    let short = folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}"));
    assert!(explain(&short).contains("roster = \"data/roster.csv\""));
}

#[test]
fn a_day_is_a_date_or_a_weekday_as_its_cells_are() {
    for (column, monday, tuesday) in
        [("Day", "2026-03-02", "2026-03-03"), ("shift_date", "2026-03-02", "2026-03-03"), ("day", "Mon", "tue")]
    {
        let csv = format!("Employee,{column},From,To\nAnn,{monday},08:00,16:00\nBen,{tuesday},09:00,16:00\n");
        let loaded = roster(SHORT, &csv);
        assert_eq!(all_hours(&loaded)[0], "08:00-16:00", "{column}");
        // Ben does not work on the simulated Monday.
        assert!(all_hours(&loaded).iter().all(|hours| !hours.contains("09:00")), "{column}: {:?}", all_hours(&loaded));
        assert!(loaded.warnings.iter().all(|w| !w.message.contains("not read")), "{column}");
    }
}

#[test]
fn columns_that_are_not_read_are_named() {
    let csv = "agent,start,end,Site,note\nAnn,2026-03-02 08:00,2026-03-02 16:00,Leeds,late bus\n";
    let warnings = roster(SHORT, csv).warnings;
    let named = |w: &&callwright::error::Problem| w.message == "columns `Site`, `note` of roster.csv are not read";
    assert!(warnings.iter().any(|w| named(&w)), "{warnings:?}");
    let read = "agent,team,start,end,activity\nAnn,desk,2026-03-02 08:00,2026-03-02 16:00,phone\n";
    assert!(roster(SHORT, read).warnings.iter().all(|w| !w.message.contains("not read")));
    for (column, cell, key) in [("Planned for", "05/03/2026", "date"), ("Wochentag", "thu", "weekday")] {
        let folder = Folder::new().with("floor.toml", &floor(SHORT));
        let folder = folder.with("roster.csv", &format!("agent,{column},start,end\nAnn,{cell},08:00,16:00\n"));
        let message = folder.message("floor.toml", &[]);
        let expected = format!("column `{column}` of roster.csv holds {key}s, but is not read as such");
        assert!(message.contains(&expected), "{message}");
        assert!(message.contains(&format!("columns = {{ {key} = \"{column}\" }}")), "{message}");
    }
}

#[test]
fn all_bad_rows_are_reported() {
    let csv = "agent,date,start,end\nAnn,2026-03-02,25:00,16:00\nBen,2026-13-02,08:00,16:00\n,2026-03-02,08:00,16:00\n";
    let message = Folder::new().with("floor.toml", &floor(SHORT)).with("roster.csv", csv).message("floor.toml", &[]);
    for words in ["25:00", "2026-13-02", "does not say whose it is"] {
        assert!(message.contains(words), "{words} is missing in\n{message}");
    }
}

#[test]
fn targets_of_days_and_reserves_of_everybody() {
    let goal = "goal = { service_level = \"95% in 2 days\" }";
    let text = floor("agents = 5").replace("patience = \"4m\"", &format!("patience = \"4m\"\n{goal}"));
    let days = |time: &str| super::support::scenario(&text.replace("2 days", time)).queues[0].target_time_s;
    assert_eq!((days("48h"), days("7d")), (172_800.0, 604_800.0));
    assert!(super::support::message(&text.replace("2 days", "169h")).contains("at most 100% in at most 7 days"));
    let two = text.replace("2 days", "2d").replace(
        "[team.desk]",
        "[queue.vip]\nvolume = { per_hour = 5 }\ntalk = \"5m\"\npatience = \"4m\"\n[team.desk]",
    );
    let two = two.replace("skills = { calls = 1 }", "skills = { calls = 1, vip = 1 }");
    let warnings = |kept: u32| {
        let loaded = super::support::read(&format!("{two}reserve = {{ vip = {kept} }}\n"));
        loaded.warnings.iter().filter(|w| w.message.contains("nobody is left for the other queues")).count()
    };
    assert_eq!((warnings(4), warnings(5), warnings(50)), (0, 1, 1));
}
