//! The screen: one literal screen, then what must be said in each case.

use callwright::experiment::{Ended, Proportion, QueueMetric};
use callwright::planner::Need;
use callwright::report::{Style, text};
use callwright::scenario::{AbandonFormula, AfterClose, Goal, Period, Scenario, ServiceLevelFormula};
use unicode_width::UnicodeWidthStr;

use super::floor::{self, Ran, everything, retail, single, thirty_queues, week};
use super::handmade;

fn screen(ran: &Ran) -> String {
    text(&ran.report(), Style::plain(100))
}

/// The screen with its sentences unwrapped.
fn flat(ran: &Ran) -> String {
    screen(ran).replace("\n         ", " ").replace("\n  ", " ")
}

fn changed(mut scenario: Scenario, change: impl FnOnce(&mut Scenario)) -> Ran {
    scenario.run.replications = scenario.run.replications.min(30);
    change(&mut scenario);
    Ran::new(scenario)
}

#[test]
fn a_small_floor_looks_exactly_like_this() {
    let expected = "\
Small floor, Mon 2 Mar 2026 · 08:00-10:00 Europe/Paris · 30 min · 40 simulated days, seed 7
SL = answered within 20 s / offered · ± = 95 % · days vary ±8 % · people effects: off

RESULT   calls misses its goal. 4 days in 20 meet it.

QUEUES offered answered aband.      SL       goal     abandon       ASA  p90  AHT  days met
calls    1,234    1,150     84  77.3 % ±0.9  80/20 !!   6.5 % ±0.2 0:10 0:41 4:48   4 of 20
visits      40       38    1.5  95.0 % ±1    -/20       6.5 % ±0.2 0:10 0:41 4:48         -
all      1,274    1,188     86  77.9 % ±0.9  own goal   6.5 % ±0.2 0:10 0:41 4:48   4 of 20
Nine days in ten: SL of calls 70-81 %, visits 86-100 %.
calls by other formulas: early abandons ignored 79.5, of answered only 82.6.

TEAMS  people  on phone h  paid h  occupancy  peak        short h  over h     cost per contact
front      14        24.0    34.3     85.2 %  99 % 08:30      2.0     2.5    823 €      1.18 €
back        4         8.0    11.4     85.2 %  99 % 08:30        -       -    274 €      1.83 €
all                  32.0    45.7     85.2 %                  2.0     2.5  1,097 €      1.29 €
people: most on the phone at once; paid h: shrinkage 30 %, overtime included; short and over: on the
  phone against the need by Erlang A

               08    09
calls SL %     99 34 71 83
front on phone 11 11 14 12
  needs         9 15 12 11
  short / over +2 -4 +2 +1
99 = 99 % or more

WORST    calls 08:30: SL 34 %, 33 % hang up; 11 on the phone, 15 needed; 3 more at 09:00
WHY      front has 24.0 h and needs 23.5: right number, wrong hours. Move people before hiring.
NEXT     in scenarios/retail.toml give front 4 more at 08:30 (2 to spare at 08:00) · details: --out
         DIR (CSV, JSON, plots)
";
    let found = screen(&handmade::ran());
    assert_eq!(found, expected, "found:\n{found}");
}

/// Every floor that has broken a report somewhere, by name.
fn odd_floors() -> Vec<(&'static str, Ran)> {
    let unstaffed = |s: &mut Scenario| s.teams[1].on_phone.fill(0);
    vec![
        ("retail", changed(retail(), |_| {})),
        ("one queue, one team", changed(single(), |_| {})),
        ("no goals", changed(retail(), |s| s.queues.iter_mut().for_each(|q| q.goal = None))),
        ("no contacts", changed(retail(), |s| s.queues.iter_mut().for_each(|q| q.volume.fill(0.0)))),
        ("one queue without contacts", changed(retail(), |s| s.queues[2].volume.fill(0.0))),
        ("nobody gives up", changed(retail(), |s| s.queues.iter_mut().for_each(|q| q.patience = None))),
        ("few lines", changed(retail(), |s| s.lines = Some(30))),
        ("closing drops", changed(retail(), |s| (s.after_close, s.teams[0].on_phone[23]) = (AfterClose::Drop, 1))),
        ("a team that never comes", changed(retail(), unstaffed)),
        ("one replication", changed(retail(), |s| s.run.replications = 1)),
        ("two replications", changed(single(), |s| s.run.replications = 2)),
        ("thirty queues", changed(thirty_queues(), |_| {})),
        ("a week", changed(week(7), |s| s.run.replications = 10)),
        ("six weeks", changed(week(42), |s| s.run.replications = 2)),
        ("warm-up", changed(single(), |s| s.run.warm_up_s = 7200.0)),
        (
            "no costs",
            changed(retail(), |s| {
                s.teams.iter_mut().for_each(|t| (t.cost_per_hour, t.cost_per_handled) = (None, None))
            }),
        ),
        ("five-minute intervals", changed(fine_grained(), |_| {})),
        ("hundreds of people", changed(hundreds(), |_| {})),
        ("mixed formulas", changed(mixed_formulas(), |_| {})),
        ("everything", changed(everything(), |_| {})),
        ("strange names", changed(strange_names(), |_| {})),
    ]
}

fn fine_grained() -> Scenario {
    let mut calls = floor::queue("calls", vec![12.0; 288], 200.0);
    calls.goal = floor::goal(Some(0.8), None);
    let mut timeline = floor::timeline(1, 288, 300, 0);
    timeline.round_the_clock = true;
    timeline.days[0].date = None;
    timeline.days[0].label = "day 1".into();
    floor::floor("Round the clock", timeline, vec![calls], vec![floor::team("all", vec![11; 288], &[(0, 1)])])
}

fn hundreds() -> Scenario {
    let mut scenario = single();
    scenario.queues[0].volume.iter_mut().for_each(|v| *v *= 40.0);
    scenario.teams[0].on_phone.iter_mut().for_each(|n| *n *= 30);
    scenario
}

fn mixed_formulas() -> Scenario {
    let mut scenario = retail();
    scenario.queues[1].service_level_formula = ServiceLevelFormula::AnsweredOnly;
    scenario.queues[2].abandon_formula = AbandonFormula::NetOfShort;
    let goal = |over, on| {
        Some(Goal { service_level: Some(0.8), abandon: None, asa_s: Some(15.0), p_wait: Some(0.2), over, on })
    };
    scenario.queues[0].goal = goal(Period::Interval, None);
    scenario.queues[1].goal = goal(Period::Day, Some(0.9));
    scenario
}

fn strange_names() -> Scenario {
    let mut scenario = retail();
    scenario.name = "Tom & Jerry <\"quoted\">, a floor with a very long name that goes on and on and on, and on".into();
    scenario.queues[0].name = "a,\"b\"<c>&d".into();
    scenario.queues[1].name = "a-name-of-forty-characters-precisely-here".into();
    scenario.queues[2].name = "予約と返品".into();
    scenario.teams[0].name = "équipe n° 1; \u{7}bell".into();
    scenario
}

#[test]
fn every_floor_fits_every_width() {
    for (name, ran) in odd_floors() {
        for width in [20, 80, 100, 132] {
            let screen = text(&ran.report(), Style::plain(width));
            for line in screen.lines() {
                assert!(
                    line.width() <= width.max(80),
                    "{name} at {width}, line of {}:\n{line}\n{screen}",
                    line.width()
                );
                assert!(!line.contains(char::is_control), "{name}: control characters in a name stay off the screen");
                assert_eq!(line, line.trim_end(), "{name}: no blanks at line ends");
            }
            assert!(screen.ends_with('\n') && !screen.contains("NaN") && !screen.contains("inf "), "{name}:\n{screen}");
            for head in ["RESULT", "QUEUES", "TEAMS", "WHY", "NEXT"] {
                assert!(screen.lines().any(|line| line.starts_with(head)), "{name}: {head} is missing in\n{screen}");
            }
        }
    }
}

#[test]
fn colour_adds_nothing_but_colour() {
    let ran = changed(retail(), |_| {});
    let plain = text(&ran.report(), Style { colour: false, width: 100 });
    let coloured = text(&ran.report(), Style { colour: true, width: 100 });
    assert!(coloured.contains("\u{1b}[") && !plain.contains('\u{1b}'));
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        stripped.push_str(before);
        rest = after.split_once('m').expect("an ANSI sequence ends with m").1;
    }
    assert_eq!(stripped + rest, plain);
}

#[test]
fn columns_of_rare_events_appear_only_when_they_happen() {
    let usual = screen(&changed(retail(), |_| {}));
    assert!(!usual.contains("blocked") && !usual.contains("dropped"));
    let few_lines = flat(&changed(retail(), |s| s.lines = Some(30)));
    assert!(few_lines.contains(" blocked") && few_lines.contains("that is lines, not people"), "{few_lines}");
    let dropped = flat(&changed(retail(), |s| s.teams[1].on_phone[22..].fill(0)));
    assert!(dropped.contains(" dropped") && dropped.contains("are turned away"), "{dropped}");
    let free = screen(&changed(retail(), |s| {
        s.teams.iter_mut().for_each(|t| (t.cost_per_hour, t.cost_per_handled) = (None, None))
    }));
    assert!(usual.contains("per contact") && !free.contains("per contact") && !free.contains('€'));
}

#[test]
fn one_replication_has_no_half_widths() {
    let screen = screen(&changed(retail(), |s| s.run.replications = 1));
    assert!(screen.contains("1 simulated day, seed 1") && screen.contains("one replication: no ±"));
    assert_eq!(screen.matches('±').count(), 2, "only in the header (no ±, days vary ±8 %):\n{screen}");
}

#[test]
fn a_run_cut_short_says_so() {
    let mut ran = changed(single(), |_| {});
    (ran.results.requested, ran.results.ended) = (2_000, Ended::Stopped);
    assert!(screen(&ran).contains("stopped early: 30 of 2,000 replications kept"));
}

#[test]
fn the_verdict_is_in_plain_words() {
    let verdict = |ran: &Ran| {
        let screen = flat(ran);
        screen
            .lines()
            .find(|l| l.starts_with("RESULT"))
            .expect("a verdict")
            .trim_start_matches("RESULT")
            .trim()
            .to_owned()
    };
    let staffed = |factor: u32| {
        changed(retail(), |s| s.teams.iter_mut().for_each(|t| t.on_phone.iter_mut().for_each(|n| *n *= factor)))
    };
    assert_eq!(verdict(&staffed(4)), "All three queues meet their goals. Every day meets them all.");
    let nobody = changed(retail(), |s| s.teams.iter_mut().for_each(|t| t.on_phone.fill(1)));
    assert_eq!(verdict(&nobody), "All three queues miss a goal. No day meets them all.");
    let silent = changed(retail(), |s| s.queues.iter_mut().for_each(|q| q.volume.fill(0.0)));
    assert_eq!(verdict(&silent), "Nobody calls: no contacts in the simulated time.");
    let aimless = changed(retail(), |s| s.queues.iter_mut().for_each(|q| q.goal = None));
    assert!(verdict(&aimless).starts_with("No goals are stated. Service level "));
    let mut close = handmade::ran();
    close.results.total.goal_met = Some(Proportion { hits: 1, n: 200 });
    close.results.queues[0].goal.as_mut().expect("it has one").parts[0].value = Some(0.7925);
    let expected =
        "calls misses its goal. Fewer than 1 day in 20 meets it. Too close to call, within ± of the goal: calls";
    assert!(verdict(&close).starts_with(expected), "{}", verdict(&close));
}

#[test]
fn the_cause_follows_from_hours_and_days() {
    let why = |ran: &Ran| {
        let screen = flat(ran);
        screen.lines().find(|l| l.starts_with("WHY")).expect("a cause").to_owned()
    };
    assert!(why(&handmade::ran()).contains("front has 24.0 h and needs 23.5: right number, wrong hours."));
    let with_need = |need: u32, have: u32| {
        let mut ran = handmade::ran();
        ran.scenario.teams[0].on_phone.fill(have);
        ran.need.teams[0].on_phone.fill(Some(need));
        ran
    };
    assert!(why(&with_need(15, 11)).contains("front has 22.0 h and needs 30.0: 8.0 h too few"));
    assert!(why(&with_need(11, 11)).contains("days vary ±8 %: good days meet the goal"), "{}", why(&with_need(11, 11)));
    let mut steady = with_need(11, 11);
    steady.scenario.queues[0].day_cv = 0.0;
    assert!(why(&steady).contains("front has the people the formula asks for"));
    let mut hopeless = with_need(11, 11);
    hopeless.need.teams[0].on_phone[2] = None;
    assert!(why(&hopeless).contains("no number of people meets this goal at 09:00"));
    let mut unknown = handmade::ran();
    unknown.need = Need { teams: vec![] };
    assert!(why(&unknown).contains("no team has this queue as its first choice"));
}

#[test]
fn several_days_show_the_worst_and_say_so() {
    let screen = screen(&changed(week(7), |s| s.run.replications = 10));
    assert!(screen.starts_with("Retail floor, Mon 2 Mar 2026 to Sun 8 Mar 2026 (7 days) · 08:00-20:00 Europe/Paris"));
    assert!(screen.contains("\nMon 2 Mar 2026, of 7 days the worst for "), "{screen}");
    assert!(screen.contains("hours and cost per day;"));
}

#[test]
fn fine_intervals_are_shown_hour_by_hour() {
    let ran = changed(fine_grained(), |_| {});
    let screen = screen(&ran);
    assert!(screen.contains("hour by hour, averages"), "{screen}");
    assert!(screen.contains("Round the clock · round the clock · 5 min · 30 simulated days, seed 1"), "{screen}");
    let hours =
        screen.lines().filter(|line| line.trim_start().starts_with("00 ") || line.trim_start().starts_with("12 "));
    assert!(hours.count() >= 1, "{screen}");
}

#[test]
fn goals_over_other_periods_are_spelled_out() {
    let screen = screen(&changed(mixed_formulas(), |_| {}));
    assert!(screen.contains("orders: goal asked in the average of every interval, in 20 s; held on "), "{screen}");
    assert!(screen.contains("returns: goal asked on 90 % of days, in 30 s; held on "), "{screen}");
    assert!(screen.contains("SL of returns = answered in time / answered"), "{screen}");
    assert!(screen.contains("abandon of billing net of short ones"), "{screen}");
    assert!(screen.contains("must wait"), "{screen}");
}

#[test]
fn many_queues_are_summed_up() {
    let ran = changed(thirty_queues(), |_| {});
    let rest: f64 = ran.results.queues.iter().filter_map(|q| q.get(QueueMetric::Offered).mean).sum();
    assert!(rest > 0.0);
    let screen = screen(&ran);
    assert!(screen.contains("and 18 more queues with "), "{screen}");
    assert!(screen.lines().count() < 70, "{screen}");
}

/// Both hours from two to three have a column and a name of their own, whatever the interval.
#[test]
fn the_hour_that_comes_twice_is_shown_twice() {
    let screen = |date: &str, interval: &str, command: &[&str]| {
        let desk = crate::cli::support::Desk::with(
            "night.toml",
            &format!(
                "interval = \"{interval}\"\nopen = \"00:00-06:00\"\nfirst_day = {date}\ntimezone = \"Europe/Paris\"\n\
                 [queue.q]\nvolume = {{ per_hour = 30 }}\ntalk = \"4m\"\npatience = \"3m\"\n\
                 goal = {{ service_level = \"80/20\" }}\n[team.t]\nagents = 5\nskills = {{ q = 1 }}\n"
            ),
        );
        desk.run(&[command, &["night.toml", "-n", "5"]].concat()).1
    };
    let hours = |screen: &str| {
        let line =
            screen.lines().find(|line| line.trim_start().starts_with("00 ")).expect("a line of hours").to_owned();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    for (interval, columns) in [("1h", 7), ("30m", 14), ("5m", 7)] {
        let back = screen("2026-10-25", interval, &["run"]);
        assert_eq!(hours(&back), ["00", "01", "02", "02", "03", "04", "05"], "{back}");
        assert!(back.contains("the clock goes back: 02 comes twice"), "{back}");
        let on_phone = back.lines().find(|line| line.starts_with("t on phone")).expect("a row of the team");
        assert_eq!(on_phone.split_whitespace().count(), 3 + columns, "{back}");
        let plain = screen("2026-10-26", interval, &["run"]);
        assert_eq!(hours(&plain), ["00", "01", "02", "03", "04", "05"], "{plain}");
        assert!(!plain.contains("clock"), "{plain}");
    }
    let plan = screen("2026-10-25", "1h", &["plan"]);
    assert_eq!(hours(&plan), ["00", "01", "02", "02", "03", "04", "05"], "{plan}");
    assert!(plan.contains("02 comes twice"), "{plan}");
}
