//! `--write-agents`: the file with the planned people in it loads to the plan, and stays what it was otherwise.

use super::support::{FLOOR, Folder, floor};
use callwright::scenario::{Loaded, Request, load, with_agents, write_text};
use std::path::Path;

/// People on the phone and paid, per team and interval.
type Plan = (Vec<Vec<u32>>, Vec<Vec<u32>>);

/// A plan that asks `heads(team, interval)` people on the phone wherever the team is open.
fn plan(loaded: &Loaded, heads: impl Fn(usize, usize) -> u32) -> Plan {
    let teams = loaded.scenario.teams.iter().enumerate();
    let staff: Vec<Vec<u32>> = teams
        .map(|(t, team)| team.open.iter().enumerate().map(|(i, open)| u32::from(*open) * heads(t, i)).collect())
        .collect();
    let paid = |(list, team): (&Vec<u32>, &callwright::scenario::Team)| {
        let left = 1.0 - team.shrinkage_planned - team.shrinkage_unplanned;
        list.iter().map(|n| (f64::from(*n) / left - 1e-9).ceil() as u32).collect()
    };
    let scheduled = staff.iter().zip(&loaded.scenario.teams).map(paid).collect();
    (staff, scheduled)
}

/// Writes a plan of `floor.toml` beside it, loads that and compares.
#[track_caller]
fn written(folder: &Folder, sets: &[&str], heads: impl Fn(usize, usize) -> u32) -> String {
    let loaded = folder.load("floor.toml", sets).unwrap_or_else(|e| panic!("{e}"));
    let (staff, scheduled) = plan(&loaded, heads);
    let text = with_agents(&loaded, &staff, &scheduled).unwrap_or_else(|e| panic!("{e}"));
    write_text(&folder.path("staffed.toml"), &text).unwrap();
    let again = folder.load("staffed.toml", &[]).unwrap_or_else(|e| panic!("{e}\n{text}"));
    for (t, team) in again.scenario.teams.iter().enumerate() {
        assert_eq!(team.on_phone, staff[t], "{}\n{text}", team.name);
        assert!(team.scheduled.as_ref().is_none_or(|paid| *paid == scheduled[t]), "{text}");
    }
    // Written once more it stays as it is.
    let twice = with_agents(&again, &staff, &scheduled).unwrap_or_else(|e| panic!("{e}"));
    assert!(twice == text, "{twice}\nand before\n{text}");
    text
}

#[track_caller]
fn written_text(text: &str, heads: impl Fn(usize, usize) -> u32) -> String {
    written(&Folder::new().with("floor.toml", text), &[], heads)
}

#[track_caller]
fn assert_has(text: &str, part: &str) {
    assert!(text.contains(part), "{text}");
}

const HEADER: &str = "# Staffed by callwright plan.\n\n";

fn shipped(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)).unwrap()
}

/// The retail floor with head counts.
fn retail() -> String {
    let text = shipped("retail-support.toml");
    let people = |text: &str, from: &str, heads: &str| {
        let start = text.find(from).unwrap();
        let end = start + text[start..].find("\nskills").unwrap();
        let after = end + text[end..].find("\nshrinkage").unwrap();
        let rest = after + 1 + text[after + 1..].find('\n').unwrap();
        format!("{}agents = [{heads}]{}{}", &text[..start], &text[end..after], &text[rest..])
    };
    let tier1 = "                       # people on the phone, per half hour
  11, 11, 11, 11,  19, 19, 19, 19,  23, 22, 22, 24,    # 08 09 10 11 12 13
  23, 23, 26, 24,  13, 12, 15, 15,   7,  7,  7,  7,    # 14 15 16 17 18 19
";
    let desk = "
   6,  7,  9, 10,  12, 13, 13, 12,  11, 11, 12, 12,
  12, 12, 11, 11,  10, 10,  9,  8,   7,  6,  6,  6,
";
    people(&people(&text, "shifts = [   ", tier1), "shifts = [", desk)
}

#[test]
fn the_retail_floor_keeps_its_comments_and_columns() {
    let folder = Folder::new().with("floor.toml", &retail()).with("retail-volumes.csv", &shipped("retail-volumes.csv"));
    let text = written(&folder, &[], |team, i| if team == 2 { 2 + u32::from(i > 9) } else { 8 + 5 * (i as u32 % 3) });
    let expected = retail()
        .replace(
            "  11, 11, 11, 11,  19, 19, 19, 19,  23, 22, 22, 24,    # 08 09 10 11 12 13
  23, 23, 26, 24,  13, 12, 15, 15,   7,  7,  7,  7,    # 14 15 16 17 18 19
",
            "   8, 13, 18,  8,  13, 18,  8, 13,  18,  8, 13, 18,    # 08 09 10 11 12 13
   8, 13, 18,  8,  13, 18,  8, 13,  18,  8, 13, 18,    # 14 15 16 17 18 19
",
        )
        .replace(
            "   6,  7,  9, 10,  12, 13, 13, 12,  11, 11, 12, 12,
  12, 12, 11, 11,  10, 10,  9,  8,   7,  6,  6,  6,
",
            "   8, 13, 18,  8,  13, 18,  8, 13,  18,  8, 13, 18,
   8, 13, 18,  8,  13, 18,  8, 13,  18,  8, 13, 18,
",
        )
        .replace(
            "agents = 1\n",
            "agents = [
  2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3,   # 09:00-15:00
  3, 3, 3, 3,                           # 15:00-17:00
]
",
        );
    assert!(text == format!("{HEADER}{expected}"), "{text}");
}

#[test]
fn shipped_scenarios() {
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        // Shifts are not written over, see below.
        if load(&Request::file(&path)).unwrap().scenario.teams.iter().any(|t| t.people.is_some()) {
            continue;
        }
        let folder =
            Folder::new().with("floor.toml", &shipped(name)).with("retail-volumes.csv", &shipped("retail-volumes.csv"));
        written(&folder, &[], |t, i| (7 * i as u32 + t as u32) % 120);
        written(&folder, &[], |t, _| 3 + t as u32);
        // The plan that is in force changes nothing.
        let loaded = load(&Request::file(&path)).unwrap();
        let staff: Vec<Vec<u32>> = loaded.scenario.teams.iter().map(|t| t.on_phone.clone()).collect();
        assert_eq!(with_agents(&loaded, &staff, &staff).unwrap(), format!("{HEADER}{}", shipped(name)));
    }
}

#[test]
fn one_number_list_and_numbers_that_stay() {
    assert_eq!(written_text(FLOOR, |_, _| 6), format!("{HEADER}{}", floor("agents = 5", "agents = 6")));
    let listed = floor("agents = 5", "agents = [6, 7, 8, 9]");
    assert_eq!(written_text(FLOOR, |_, i| 6 + i as u32), format!("{HEADER}{listed}"));
    // Who wrote a list can go on editing a list.
    assert_has(&written_text(&listed, |_, _| 6), "agents = [6, 6, 6, 6]\n");
    let noted = floor("agents = 5", "agents = [5, # early\n   10,\n  100,   # late\n 1_000]   # all");
    let text = written_text(&noted, |_, i| [5, 9, 1_000, 1_000][i]);
    assert_has(&text, "agents = [5, # early\n    9,\n  1000,   # late\n 1_000]   # all\n");
}

#[test]
fn people_paid() {
    let text = floor("agents = 5", "scheduled = 9   # paid\nshrinkage = { planned = \"22%\", unplanned = \"8%\" }");
    assert_has(&written_text(&text, |_, i| [0, 21, 7, 161][i]), "scheduled = [0, 30, 10, 230]   # paid\n");
    for n in 0..300 {
        let loaded = super::support::read(&text);
        let (staff, scheduled) = plan(&loaded, |_, i| n + i as u32);
        assert!(with_agents(&loaded, &staff, &scheduled).is_ok(), "{n}");
    }
    let loaded = super::support::read(&text);
    let error = with_agents(&loaded, &[vec![21; 4]], &[vec![29; 4]]).unwrap_err().to_string();
    assert_eq!(error, "the people paid in team `tier1` leave fewer on the phone than are planned");
}

#[test]
fn a_team_with_hours_of_its_own() {
    let text = floor("agents = 5", "open = \"08:30-09:30\"\nagents = 5");
    assert_has(&written_text(&text, |_, i| i as u32), "agents = [1, 2]\n");
    // Its list covers all its hours, also those in which the floor is closed.
    let text = floor("agents = 5", "open = \"07:00-09:00\"\nagents = 5");
    assert_has(&written_text(&text, |_, i| 3 + i as u32), "agents = [3, 3, 3, 4]\n");
    let error = with_agents(&super::support::read(&text), &[vec![1; 4]], &[vec![1; 4]]).unwrap_err().to_string();
    assert_eq!(error, "the plan has people in team `tier1` at 09:00, outside its hours");
}

const WEEK: &str = r#"
interval = "30m"
open = { mon-fri = "08:00-10:00", sat = "09:00-10:00" }
days = 14
queue.orders = { volume = { per_hour = 20 }, talk = "4m", patience = "3m" }

# The people.
[team.tier1]
agents = 5    # all week
skills = { orders = 1 }
"#;

#[test]
fn a_week_with_a_short_saturday() {
    let heads = |_: usize, i: usize| if i % 22 < 20 { 3 + i as u32 % 22 % 4 } else { 2 };
    let text = written_text(WEEK, heads);
    let expected = WEEK.replace("agents = 5 ", "agents = { mon-fri = [3, 4, 5, 6], sat = 2 } ");
    assert_eq!(text, format!("{HEADER}{expected}"));
    let text = written_text(WEEK, |_, i| if i % 22 / 4 == 1 || i % 22 / 4 == 3 { 9 } else { i as u32 % 22 % 4 });
    assert_has(&text, "agents = { \"mon,wed,fri\" = [0, 1, 2, 3], \"tue,thu\" = 9, sat = [0, 1] }    # all week\n");
    // Two different weeks need a list per day.
    let text = written_text(WEEK, |_, i| i as u32 / 2);
    assert_has(&text, "agents = [\n  [0, 0, 1, 1],  # day 1\n  [2, 2, 3, 3],  # day 2\n");
    assert_has(&text, "  [10, 10],  # day 6\n  [11, 11, 12, 12],  # day 8\n");
}

#[test]
fn hours_that_come_twice() {
    let text = floor("{ per_interval = [10, 20, 30, 40] }", "{ per_hour = 10 }")
        .replace("\"08:00-10:00\"", "\"01:00-04:00\"\nfirst_day = 2026-10-25\ntimezone = \"Europe/Paris\"")
        .replace("\"30m\"", "\"1h\"");
    assert_has(&written_text(&text, |_, i| [1, 2, 2, 3][i]), "agents = [1, 2, 3]\n");
    assert_has(&written_text(&text, |_, i| [1, 2, 5, 3][i]), "agents = [\n  [1, 2, 5, 3],  # Sun 25 Oct 2026\n]\n");
    // A team with its own hours has one entry for both: the larger number.
    let own = text.replace("agents = 5", "open = \"01:00-04:00\"\nagents = 5");
    let loaded = super::support::read(&own);
    let staff = [vec![1, 2, 5, 3]];
    assert_has(&with_agents(&loaded, &staff, &staff).unwrap(), "agents = { sun = [1, 5, 3] }\n");
    let spring = text.replace("2026-10-25", "2026-03-29");
    assert_has(&written_text(&spring, |_, i| 4 + i as u32), "agents = [4, 4, 5]\n");
}

#[test]
fn over_midnight_and_round_the_clock() {
    let night = floor("\"08:00-10:00\"", "\"24h\"\ndays = 3")
        .replace("{ per_interval = [10, 20, 30, 40] }", "{ per_hour = 10 }")
        .replace("agents = 5", "open = \"22:00-06:00\"\nagents = 5");
    let text = written_text(&night, |_, i| if i % 48 < 24 { 2 } else { 3 });
    assert_has(
        &text,
        "agents = [\n  3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2,   # 22:00-04:00\n  2, 2, 2, 2,                           # 04:00-06:00\n]\n",
    );
    written_text(&night, |_, i| i as u32);
}

#[test]
fn a_base_stays_untouched() {
    let folder = Folder::new()
        .with("data/base.toml", &FLOOR.replace("{ per_interval = [10, 20, 30, 40] }", "{ csv = \"v.csv\" }"))
        .with("data/v.csv", "start,orders\n08:00,1\n08:30,2\n09:00,3\n09:30,4\n")
        .with("floor.toml", "extends = \"data/base.toml\"   # as always\n\n[run]\nseed = 3\n# the end\n");
    let text = written(&folder, &[], |_, i| i as u32);
    let expected = "extends = \"data/base.toml\"   # as always\n\n[run]\nseed = 3\n\n[team.tier1]\nagents = [0, 1, 2, 3]\n# the end\n";
    assert_eq!(text, format!("{HEADER}{expected}"));
    // A value that stands for one is written whole, its file seen from here.
    let text = written(&folder, &["queue.orders.volume.scale=110%"], |_, i| i as u32);
    assert_has(&text, "[queue.orders]\nvolume = { csv = \"data/v.csv\", scale = \"110%\" }\n");
    let folder = folder.with("floor.toml", "extends = \"data/base.toml\"\n[team.tier1]\nskills.orders = 2\n");
    assert_has(&written(&folder, &[], |_, _| 4), "[team.tier1]\nskills.orders = 2\nagents = 4\n");
}

#[test]
fn values_that_were_set_are_written() {
    let folder = Folder::new().with("floor.toml", &floor("talk = \"4m\"", "talk = \"4m\"   # measured"));
    let sets = [
        "queue.*.volume.scale=110%",
        "queue.orders.volume.per_interval[1]=25",
        "queue.orders.talk.mean=5m",
        "queue.orders.goal={ service_level = \"80/20\" }",
        "team.tier1.skills.orders.handle_time=120%",
        "team.tier1.scheduled=9",
        "team.tier1.shrinkage=25%",
        "plan.scope=day",
        "lines=60",
        "run.seed=9",
        "plan.replications=50",
    ];
    let text = written(&folder, &sets, |_, i| 6 + i as u32);
    let expected = r#"# Staffed by callwright plan.
# With --set queue.*.volume.scale=110%
# With --set queue.orders.volume.per_interval[1]=25
# With --set queue.orders.talk.mean=5m
# With --set queue.orders.goal={ service_level = "80/20" }
# With --set team.tier1.skills.orders.handle_time=120%
# With --set team.tier1.scheduled=9
# With --set team.tier1.shrinkage=25%
# With --set plan.scope=day
# With --set lines=60


interval = "30m"
open = "08:00-10:00"
lines = 60

[queue.orders]
volume = { per_interval = [10, 25, 30, 40], scale = "110%" }
talk = { mean = "5m" }   # measured
patience = "3m"
goal = { service_level = "80/20" }

[team.tier1]
skills = { orders = { preference = 1, handle_time = "120%" } }
scheduled = [8, 10, 11, 12]
shrinkage = "25%"

[plan]
scope = "day"
"#;
    assert!(text == expected, "{text}");
}

#[test]
fn windows_line_ends_and_lists_that_do_not_fit() {
    let folder = Folder::new().with("floor.toml", &FLOOR.replace('\n', "\r\n"));
    let text = written(&folder, &[], |_, i| i as u32);
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let loaded = folder.load("floor.toml", &[]).unwrap();
    let error = with_agents(&loaded, &[vec![1; 3]], &[vec![1; 4]]).unwrap_err().to_string();
    assert_eq!(error, "a plan of this floor has 1 lists of 4 numbers");
}

#[test]
fn texts_are_written_whole() {
    let folder = Folder::new().with("there.toml", "old");
    write_text(&folder.path("there.toml"), "new").unwrap();
    assert_eq!(std::fs::read_to_string(folder.path("there.toml")).unwrap(), "new");
    let error = write_text(&folder.path("nowhere/file.toml"), "new").unwrap_err().to_string();
    assert!(error.starts_with("cannot write ") && error.contains("create the folder first"), "{error}");
    assert!(write_text(&folder.path(""), "new").unwrap_err().to_string().contains("a folder has this name"));
    assert_eq!(std::fs::read_dir(folder.path("")).unwrap().count(), 1);
}

#[test]
fn shifts_are_not_written_over() {
    let text = shipped("helpdesk.toml");
    let loaded = Folder::new().with("floor.toml", &text).load("floor.toml", &[]).unwrap();
    let heads = vec![vec![5; 18]];
    let expected = "the planned people cannot be written into the file: team `helpdesk` states its people by shifts or a \
                    roster, and the plan is in head counts per interval\n  help: leave --write-agents out and change the \
                    shifts by the plan's table, or write `agents` in place of the shifts first";
    assert_eq!(with_agents(&loaded, &heads, &heads).unwrap_err().to_string(), expected);
}
