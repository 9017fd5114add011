//! Shifts: who is on the phone when, worked out by hand.

use super::support::{Folder, read, read_set};
use callwright::scenario::{Dist, Duty, Lateness, Loaded, People, Person, Scenario, explain};

/// A floor that is open from 08:00 to 17:00 on Monday 2 March 2026, and its team.
pub fn floor(team: &str) -> String {
    format!(
        r#"
interval = "30m"
open = "08:00-17:00"
first_day = 2026-03-02

[queue.calls]
volume = {{ per_hour = 60 }}
talk = "5m"
patience = "4m"

[team.desk]
skills = {{ calls = 1 }}
{team}
"#
    )
}

pub fn people(scenario: &Scenario) -> &People {
    scenario.teams[0].people.as_ref().expect("people by name")
}

/// "08:00-11:30 12:00-16:00" for everything a person does; hours after midnight go on counting.
fn hours(person: &Person) -> String {
    let clock = |s: u64| format!("{:02}:{:02}", s / 3_600, s / 60 % 60);
    let stretches = person.duties.iter().flat_map(|d| &d.on_phone);
    stretches.map(|s| format!("{}-{}", clock(s.from_s), clock(s.to_s))).collect::<Vec<_>>().join(" ")
}

pub fn all_hours(loaded: &Loaded) -> Vec<String> {
    people(&loaded.scenario).persons.iter().map(hours).collect()
}

fn desk(team: &str) -> Loaded {
    read(&floor(team))
}

#[test]
fn a_small_plan() {
    let loaded = desk(
        r#"shifts = [
  { start = "07:30", length = "8h30m", agents = 2, breaks = [ { name = "lunch", length = "30m", between = ["11:30", "14:00"], paid = false } ] },
  { name = "late", start = "12:10", length = "5h20m", agents = 1 },
]"#,
    );
    assert_eq!(loaded.warnings, []);
    assert_eq!(all_hours(&loaded), ["08:00-11:30 12:00-16:00", "08:00-13:30 14:00-16:00", "12:10-17:00"]);
    let people = people(&loaded.scenario);
    let names: Vec<(&str, u32)> = people.persons.iter().map(|p| (p.shift.as_str(), p.position)).collect();
    assert_eq!(names, [("07:30", 0), ("07:30", 1), ("late", 0)]);
    // Half an hour before opening is paid, lunch is not; the last half hour of the late shift is after closing.
    let paid: Vec<f64> = people.persons.iter().map(|p| p.duties[0].paid_s / 3_600.0).collect();
    assert_eq!(paid, [8.0, 8.0, 5.0 + 1.0 / 3.0]);
    let phone = 7.5 + 7.5 + 4.0 + 5.0 / 6.0;
    let outside = 0.5 + 0.5 + 0.5;
    let expected = [("phone", phone), ("lunch", 1.0), ("outside opening hours", outside)];
    assert_eq!(people.activities, expected.map(|(name, h)| (name.to_owned(), (h * 3_600.0_f64).round())));
    // From 12:00: both early ones and 20 of 30 minutes of the late one; 11:30 and 13:30 one less.
    let team = &loaded.scenario.teams[0];
    assert_eq!(team.on_phone, [2, 2, 2, 2, 2, 2, 2, 1, 3, 3, 3, 2, 3, 3, 3, 3, 1, 1]);
    assert_eq!((team.scheduled.as_ref(), team.open.iter().all(|o| *o)), (None, true));
    assert_eq!((people.absence, people.lateness.as_ref(), people.paid_absence), (0.0, None, true));
}

#[test]
fn heads_are_rounded_to_the_nearest() {
    let on_phone = |length: &str| {
        let shift = format!("shifts = [{{ start = \"08:00\", length = \"{length}\", agents = 1 }}]");
        desk(&shift).scenario.teams[0].on_phone[0]
    };
    assert_eq!((on_phone("14m"), on_phone("15m"), on_phone("30m")), (0, 1, 1));
}

#[test]
fn a_team_with_hours_of_its_own() {
    let loaded = desk(
        r#"open = "09:00-12:00"
shifts = [{ start = "08:00", length = "8h", agents = 1 }]"#,
    );
    assert_eq!(all_hours(&loaded), ["09:00-12:00"]);
    assert_eq!(people(&loaded.scenario).persons[0].duties[0].paid_s, 8.0 * 3_600.0);
    assert!(!loaded.scenario.teams[0].open[0] && loaded.scenario.teams[0].open[2]);
}

/// Monday and Tuesday; a day of the axis has 24 hours.
#[test]
fn days_of_the_week_and_of_the_calendar() {
    let worked = |days: &str| {
        let shift = format!("shifts = [{{ start = \"08:00\", length = \"1h\", agents = 1{days} }}]");
        let text = floor(&shift).replace("2026-03-02", "2026-03-02\ndays = 7");
        let loaded = read(&text);
        people(&loaded.scenario).persons[0].duties.iter().map(|d| d.day).collect::<Vec<_>>()
    };
    assert_eq!(worked(""), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(worked(", days = \"mon-wed\""), [0, 1, 2]);
    assert_eq!(worked(", days = \"sat,mon\""), [0, 5]);
    assert_eq!(worked(", days = [2026-03-04, 2026-03-08, 2026-04-01]"), [2, 6]);
    assert_eq!(worked(", days = { from = 2026-03-06 }"), [4, 5, 6]);
    assert_eq!(worked(", days = { from = 2026-02-01, until = 2026-03-03 }"), [0, 1]);
}

#[test]
fn a_night_belongs_to_the_day_it_starts() {
    let text = floor("shifts = [{ start = \"21:30\", length = \"9h\", agents = 1 }]")
        .replace("08:00-17:00", "22:00-06:00")
        .replace("2026-03-02", "2026-03-02\ndays = 2");
    let loaded = read(&text);
    assert_eq!(all_hours(&loaded), ["22:00-30:00 46:00-54:00"]);
    let duties = &people(&loaded.scenario).persons[0].duties;
    assert_eq!(duties.iter().map(|d| (d.day, d.paid_s)).collect::<Vec<_>>(), [(0, 32_400.0), (1, 32_400.0)]);
}

/// On a floor that never closes the first morning is worked by those who came the evening before, and every hour is
/// paid once.
#[test]
fn round_the_clock() {
    let text = floor("shifts = [{ start = \"22:00\", length = \"8h\", agents = 1 }]")
        .replace("08:00-17:00", "24h")
        .replace("2026-03-02", "2026-03-02\ndays = 2");
    let loaded = read(&text);
    assert_eq!(all_hours(&loaded), ["00:00-06:00 22:00-30:00 46:00-48:00"]);
    let duties = &people(&loaded.scenario).persons[0].duties;
    assert_eq!(duties.iter().map(|d| (d.day, d.paid_s / 3_600.0)).collect::<Vec<_>>(), [(0, 14.0), (1, 2.0)]);
    // On a floor that closes at night nobody comes from the evening before, and the end of the shift is paid.
    let loaded = read(
        &floor("shifts = [{ start = \"16:00\", length = \"8h\", agents = 1 }]").replace("08:00-17:00", "08:00-20:00"),
    );
    assert_eq!(all_hours(&loaded), ["16:00-20:00"]);
    assert_eq!(people(&loaded.scenario).persons[0].duties[0].paid_s, 8.0 * 3_600.0);
}

/// A shift begins by the clock on the wall and lasts as long as it lasts.
#[test]
fn clock_changes() {
    let night = |date: &str, shift: &str| {
        let text = floor(&format!("shifts = [{shift}]"))
            .replace("08:00-17:00", "24h")
            .replace("2026-03-02", &format!("{date}\ntimezone = \"Europe/Paris\""));
        all_hours(&read(&text))
    };
    let early = r#"{ start = "01:00", length = "8h", agents = 1 }"#;
    let morning = r#"{ start = "08:00", length = "8h", agents = 1, breaks = [{ length = "30m", between = ["12:00", "12:30"] }] }"#;
    // Axis and wall agree until the change; then the axis is an hour behind in spring and ahead in autumn.
    assert_eq!(night("2026-03-29", early), ["01:00-09:00"]);
    assert_eq!(night("2026-03-29", morning), ["07:00-11:00 11:30-15:00"]);
    assert_eq!(night("2026-10-25", early), ["01:00-09:00"]);
    assert_eq!(night("2026-10-25", morning), ["09:00-13:00 13:30-17:00"]);
    // Eight hours from 22:00 end at 05:00 when an hour comes twice, six hours after midnight; a break at 05:30 moves
    // to the end of the shift.
    let late = r#"{ start = "22:00", length = "8h", agents = 1, breaks = [{ length = "30m", start = "05:30" }] }"#;
    assert_eq!(night("2026-10-25", late), ["00:00-05:30 23:00-25:00"]);
    // Without a gap: people of a shift of 24 hours do not overlap themselves on the day of 23 hours.
    let day = r#"{ start = "08:00", length = "24h", agents = 1 }"#;
    assert_eq!(night("2026-03-29", day), ["00:00-23:00"]);
}

#[test]
fn breaks_of_a_team_are_spread_over_all_shifts_that_cover_them() {
    let loaded = desk(
        r#"breaks = [{ name = "lunch", length = "30m", between = ["11:30", "13:00"] }]
shifts = [
  { start = "08:00", length = "5h", agents = 2 },
  { start = "09:00", length = "8h", agents = 1 },
  { start = "12:00", length = "5h", agents = 1 },
]"#,
    );
    let expected = ["08:00-11:30 12:00-13:00", "08:00-12:00 12:30-13:00", "09:00-12:30 13:00-17:00", "12:00-17:00"];
    assert_eq!(all_hours(&loaded), expected);
}

#[test]
fn a_break_at_a_fixed_time_is_for_everybody() {
    let loaded = desk(
        r#"shifts = [{ start = "08:10", length = "4h", agents = 2, breaks = [{ length = "15m", after = "2h" }, { length = "5m", start = "11:00" }] }]"#,
    );
    assert_eq!(all_hours(&loaded), ["08:10-10:10 10:25-11:00 11:05-12:10"; 2]);
    let warning = &loaded.warnings[0].message;
    assert_eq!(warning, "2 of 2 people of [team.desk] are on a break or at other work at once, Mon 2 Mar 2026 10:10");
    // One of two away cannot be helped.
    let loaded = desk(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 2, breaks = [{ length = "15m", between = ["10:00", "10:30"] }] }]"#,
    );
    assert_eq!(loaded.warnings, []);
}

#[test]
fn who_is_in_a_meeting_takes_the_break_at_another_time() {
    let loaded = desk(
        r#"shifts = [{ start = "08:00", length = "8h", agents = 4, breaks = [{ name = "lunch", length = "30m", between = ["11:00", "13:00"] }],
  activities = [{ name = "meeting", start = "11:30", length = "30m", agents = 2 }] }]"#,
    );
    // Lunch would be at 11:00, 11:30, 12:00 and 12:30; the second person is in the meeting until 12:00.
    let expected =
        ["08:00-11:00 12:00-16:00", "08:00-11:30 12:30-16:00", "08:00-12:00 12:30-16:00", "08:00-12:30 13:00-16:00"];
    assert_eq!(all_hours(&loaded), expected);
    let activities: Vec<&str> = people(&loaded.scenario).activities.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(activities, ["phone", "meeting", "lunch"]);
}

#[test]
fn activities_have_days() {
    let text = floor(
        r#"activities = [{ name = "training", start = "09:00", length = "1h", days = "tue", paid = false }]
shifts = [{ start = "08:00", length = "3h", agents = 1 }]"#,
    );
    let loaded = read(&text.replace("2026-03-02", "2026-03-02\ndays = 2"));
    assert_eq!(all_hours(&loaded), ["08:00-11:00 32:00-33:00 34:00-35:00"]);
    let paid: Vec<f64> = people(&loaded.scenario).persons[0].duties.iter().map(|d| d.paid_s / 3_600.0).collect();
    assert_eq!(paid, [3.0, 2.0]);
}

/// A tenth of ten is one person per half hour, the next in turn; of five, one in every other half hour.
#[test]
fn shrinkage_besides_the_schedule_goes_round() {
    let loaded = desk(
        r#"shrinkage = { besides_schedule = "10%" }
shifts = [{ start = "08:00", length = "2h", agents = 10 }, { start = "10:00", length = "1h", agents = 5 }]"#,
    );
    let hours = all_hours(&loaded);
    assert_eq!(
        hours[..5],
        ["08:30-10:00", "08:00-08:30 09:00-10:00", "08:00-09:00 09:30-10:00", "08:00-09:30", "08:00-10:00"]
    );
    // 0.5 and 0.5: due in the second half hour, and the turn goes on behind the fourth person.
    assert_eq!(hours[10..], ["10:00-10:30", "10:00-11:00", "10:00-11:00", "10:00-11:00", "10:00-11:00"]);
    let expected = [("phone", 22.5 * 3_600.0), ("not in the schedule", 2.5 * 3_600.0)];
    assert_eq!(people(&loaded.scenario).activities, expected.map(|(name, s)| (name.to_owned(), s)));
    // It is paid.
    assert_eq!(people(&loaded.scenario).persons[0].duties[0].paid_s, 7_200.0);
    assert_eq!(loaded.scenario.teams[0].on_phone[..7], [9, 9, 9, 9, 5, 4, 0]);
    assert_eq!((loaded.scenario.teams[0].shrinkage_planned, loaded.scenario.teams[0].shrinkage_unplanned), (0.1, 0.0));
}

/// Who is away for a part of the half hour cannot be off for the whole of it.
#[test]
fn shrinkage_takes_people_who_are_there_all_the_time() {
    let loaded = desk(
        r#"shrinkage = { besides_schedule = "50%" }
shifts = [{ start = "08:00", length = "1h", agents = 2, breaks = [{ length = "10m", between = ["08:00", "08:20"] }] }]"#,
    );
    // 40 of 60 minutes are left in the first half hour: 0.67 people owed and nobody there throughout.
    // In the second 1.67 are owed: one is off, the rest is lost with the end of the shift.
    assert_eq!(all_hours(&loaded), ["08:10-08:30", "08:00-08:10 08:20-09:00"]);
}

#[test]
fn planned_shrinkage_is_taken_off_in_the_same_way() {
    let with = |shrinkage: &str| {
        desk(&format!("shrinkage = {shrinkage}\nshifts = [{{ start = \"08:00\", length = \"9h\", agents = 10 }}]"))
    };
    let (planned, besides) = (with("\"20%\""), with("{ besides_schedule = \"20%\" }"));
    assert_eq!(planned.scenario, besides.scenario);
    assert_eq!(planned.scenario.teams[0].on_phone, [8; 18]);
}

#[test]
fn absence_and_lateness() {
    let loaded = desk(
        r#"shifts = [{ start = "08:00", length = "9h", agents = 3 }]
shrinkage = { besides_schedule = "5%", unplanned = "8%" }
lateness = { probability = "10%", mean = "8m" }
paid_absence = false"#,
    );
    let people = people(&loaded.scenario);
    assert_eq!((people.absence, people.paid_absence), (0.08, false));
    assert_eq!(people.lateness, Some(Lateness { probability: 0.1, time: Dist::Exponential { mean: 480.0 } }));
    assert_eq!(loaded.scenario.teams[0].shrinkage_unplanned, 0.08);
    // Absence is no part of the plan of who is on the phone.
    assert_eq!(loaded.scenario.teams[0].on_phone[0], 3);
}

#[test]
fn what_is_settable() {
    let text = floor(
        "shifts = [{ start = \"08:00\", length = \"9h\", agents = 3 }, { start = \"09:00\", length = \"8h\", agents = 2 }]",
    );
    let heads = |sets: &[&str]| read_set(&text, sets).scenario.teams[0].on_phone[..3].to_vec();
    assert_eq!(heads(&["team.desk.shifts[0].agents=+3"]), [6, 6, 8]);
    assert_eq!(heads(&["team.*.shifts[1].agents=*2", "team.desk.shifts[1].start=08:30"]), [3, 7, 7]);
    assert_eq!(heads(&["team.desk.shifts=[{ start = \"08:00\", length = \"1h\", agents = 1 }]"]), [1, 1, 0]);
    assert_eq!(heads(&["team.desk.shrinkage.besides_schedule=40%"]), [2, 2, 3]);
    let head_count = text.replace("shifts = [", "agents = 5 # ");
    let set = read_set(&head_count, &["team.desk.shifts=[{ start = \"08:00\", length = \"1h\", agents = 4 }]"]);
    assert_eq!(set.scenario.teams[0].on_phone[..3], [4, 4, 0]);
}

#[test]
fn a_base_with_shifts() {
    let folder = Folder::new()
        .with("base.toml", &floor("shifts = [{ start = \"08:00\", length = \"9h\", agents = 3 }]\nbreaks = [{ length = \"15m\", after = \"2h\" }]"))
        .with("heads.toml", "extends = \"base.toml\"\n[team.desk]\nagents = 4\n")
        .with("more.toml", "extends = \"base.toml\"\n[team.desk]\nshifts = [{ start = \"10:00\", length = \"7h\", agents = 3 }]\n");
    let heads = folder.load("heads.toml", &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
    assert_eq!((heads.teams[0].people.as_ref(), heads.teams[0].on_phone[0]), (None, 4));
    let more = folder.load("more.toml", &[]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(all_hours(&more), ["10:00-12:00 12:15-17:00"; 3]);
}

/// What `--explain` prints says every default and loads again to the same people.
#[test]
fn explained() {
    let loaded = desk(
        r#"shifts = [{ start = "08:00", length = "8h", agents = 2, activities = [{ length = "15m", start = "09:00", agents = 1 }] }, { start = "08:00", length = "4h", agents = 1, days = "sat" }]
breaks = [{ length = "30m", between = ["11:30", "14:00"], paid = false }]
lateness = { probability = "10%", mean = "8m", cv = 0.5 }
shrinkage = { besides_schedule = "12%" }"#,
    );
    let text = explain(&loaded);
    for line in [
        "shifts = [{ name = \"08:00\", start = \"08:00\", length = \"8h\", agents = 2, days = \"mon-sun\", activities = [{ name = \"other work\", length = \"15m\", start = \"09:00\", agents = 1, days = \"mon-sun\", paid = true }] }, { name = \"08:00 (2)\", start = \"08:00\", length = \"4h\", agents = 1, days = \"sat\" }]",
        "breaks = [{ name = \"break\", length = \"30m\", between = [\"11:30\", \"14:00\"], paid = false }]",
        "lateness = { dist = \"lognormal\", mean = \"8m\", cv = 0.5, probability = \"10%\" }",
        "shrinkage = { planned = \"0%\", unplanned = \"0%\", besides_schedule = \"12%\" }",
        "# paid_absence is not stated: absent people are paid",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\nis not in\n{text}");
    }
    let again = read(&text);
    assert_eq!(again.scenario.teams, loaded.scenario.teams);
    assert_eq!(again.input_hash, loaded.input_hash);
}

#[test]
fn the_hash_knows_the_people() {
    let hash = |start: &str| {
        desk(&format!("shifts = [{{ name = \"a\", start = \"{start}\", length = \"4h\", agents = 1 }}]")).input_hash
    };
    // Both have one person on the phone from 09:00 to 13:00 after rounding.
    assert_ne!(hash("09:00"), hash("09:01"));
}

#[test]
fn gaps_are_warned_of() {
    let loaded = desk("shifts = [{ start = \"08:00\", length = \"7h\", agents = 4 }]");
    let expected = "nobody who can take `calls` is on the phone in 4 of the open intervals, in which 120 contacts come: 15:00, 15:30, 16:00, 16:30";
    assert_eq!(loaded.warnings.iter().map(|w| w.message.as_str()).collect::<Vec<_>>(), [expected]);
}

#[test]
fn arrays_of_tables() {
    let loaded = desk(
        "[[team.desk.shifts]]\nstart = \"08:00\"\nlength = \"9h\"\nagents = 1\n\n[[team.desk.shifts]]\nstart = \"10:00\"\nlength = \"7h\"\nagents = 2\n",
    );
    assert_eq!(all_hours(&loaded), ["08:00-17:00", "10:00-17:00", "10:00-17:00"]);
}

#[test]
fn every_duty_is_sound() {
    let text = floor(
        r#"breaks = [{ length = "30m", between = ["11:30", "14:00"] }, { length = "15m", between = ["09:00", "11:00"] }]
shifts = [{ start = "07:15", length = "8h20m", agents = 13, days = "mon-thu" }, { start = "09:50", length = "9h", agents = 7 }]
activities = [{ name = "meeting", length = "20m", between = ["10:00", "12:00"], agents = 9, days = "tue" }]
shrinkage = { besides_schedule = "13%" }"#,
    );
    let loaded = read(&text.replace("2026-03-02", "2026-03-02\ndays = 14"));
    let timeline = &loaded.scenario.timeline;
    for person in &people(&loaded.scenario).persons {
        assert!(person.duties.windows(2).all(|w| w[0].day < w[1].day));
        for Duty { day, on_phone, paid_s } in &person.duties {
            let day = &timeline.days[*day];
            let opens = timeline.intervals[day.first_interval].start_s;
            let closes = opens + day.interval_count as u64 * 1_800;
            assert!(on_phone.iter().all(|s| opens <= s.from_s && s.from_s < s.to_s && s.to_s <= closes));
            assert!(on_phone.windows(2).all(|w| w[0].to_s < w[1].from_s));
            assert!([30_000.0, 32_400.0].contains(paid_s), "{paid_s}");
        }
    }
}
