//! People in the language: every key read to its field, shown by `--explain`, set by `--set`.

use super::support::{FLOOR, Folder, floor, read, read_set, scenario};
use callwright::people::{Anchor, Effects, Kind, Mood, Reason, Spread, TRAITS, Tenure, Trait};
use callwright::scenario::*;

/// [`FLOOR`] with lines in its queue, in its callers, in its team and at the end.
pub fn people(queue: &str, callers: &str, team: &str, end: &str) -> String {
    floor("patience = \"3m\"", &format!("patience = \"3m\"\n{queue}\n[queue.orders.callers]\n{callers}"))
        + &format!("{team}\n{end}\n")
}

fn outcomes(queue: &str, callers: &str) -> Outcomes {
    scenario(&people(queue, callers, "", "")).queues[0].outcomes.clone()
}

fn crew(team: &str) -> Crew {
    scenario(&people("", "", team, "")).teams[0].crew.clone()
}

#[test]
fn nothing_is_said_of_people_by_default() {
    let s = scenario(FLOOR);
    assert_eq!(s.people, PeopleSettings::default());
    assert_eq!((&s.queues[0].outcomes, s.queues[0].outcomes.any()), (&Outcomes::default(), false));
    assert_eq!(s.teams[0].crew, Crew::default());
}

#[test]
fn figures_of_a_queue() {
    let o = outcomes("first_contact_resolution = \"72%\"\nsatisfaction = 0.78\nverify = \"20s\"", "");
    assert_eq!((o.first_contact_resolution, o.satisfaction, o.verify_s), (Some(0.72), Some(0.78), 20.0));
    assert_eq!((o.retention, o.value, o.moods), (None, None, None));
    assert_eq!(outcomes("", "value = 300").retention, Some(0.995));
    assert_eq!(outcomes("retention = \"97%\"", "value = 300").retention, Some(0.97));
}

#[test]
fn moods_that_are_left_out_do_not_occur() {
    let o = outcomes("abuse = { share = \"20%\", end_after = \"1m\" }", "mood = { calm = \"70%\", irate = 0.3 }");
    assert_eq!(o.moods, Some([0.7, 0.0, 0.0, 0.3]));
    assert_eq!(o.abuse, Some(Abuse { share: 0.2, end_after_s: Some(60.0) }));
    assert_eq!(outcomes("abuse = 0.1", "mood = { irate = 1.0 }").abuse, Some(Abuse { share: 0.1, end_after_s: None }));
}

#[test]
fn reasons_have_figures_of_their_own() {
    let text = "reason = { question = \"50%\", complaint = { share = 0.3, complexity = { mean = 0.6, sd = 0.1 }, \
                satisfaction = 0.5, first_contact_resolution = 0.6 }, cancellation = \"15%\", \
                sale = { share = \"5%\", retention = 0.9 } }\noffer = { conversion = \"8%\", chance = \"40%\" }";
    let o = outcomes("first_contact_resolution = 0.7", text);
    let of = |reason| o.reasons.iter().find(|r| r.reason == reason).unwrap();
    assert_eq!(o.reasons.len(), 4);
    let complaint = of(Reason::Complaint);
    assert_eq!((complaint.share, complaint.satisfaction), (0.3, Some(0.5)));
    assert_eq!(complaint.complexity, Some(ComplexityStated { mean: 0.6, sd: 0.1 }));
    assert_eq!(complaint.first_contact_resolution, Some(0.6));
    // Half of those who call to leave stay, and all who call to buy get the offer.
    assert_eq!((of(Reason::Cancellation).retention, of(Reason::Cancellation).chance), (Some(0.5), None));
    assert_eq!((of(Reason::Sale).retention, of(Reason::Sale).chance), (Some(0.9), Some(1.0)));
    assert_eq!((of(Reason::Question).retention, o.retention), (None, Some(0.995)));
    // Without an offer there is nothing to make to them.
    assert_eq!(outcomes("", "reason = { sale = 1.0 }").reasons[0].chance, None);
}

#[test]
fn complexity_repeats_and_offers() {
    let stated = |text: &str| outcomes("first_contact_resolution = 0.7", text);
    assert_eq!(stated("complexity = 0.3").complexity, Some(ComplexityStated { mean: 0.3, sd: 0.0 }));
    let spread = stated("complexity = { mean = \"30%\", sd = 0.2 }").complexity;
    assert_eq!(spread, Some(ComplexityStated { mean: 0.3, sd: 0.2 }));
    let again = stated("repeat = { probability = \"80%\" }").repeat.unwrap();
    let day = Dist::Exponential { mean: 86_400.0 };
    assert_eq!(again, Repeat { probability: 0.8, after: day, queue: None, same_agent: false });
    let again =
        stated("repeat = { probability = 1.0, after = { dist = \"constant\", mean = \"2h\" }, same_agent = true }");
    let after = Dist::Constant { mean: 7_200.0 };
    assert_eq!(again.repeat, Some(Repeat { probability: 1.0, after, queue: None, same_agent: true }));
    let offer = "offer = { chance = 0.4, conversion = \"8%\", revenue = 25, talk = \"45s\" }";
    let expected = OfferStated { chance: 0.4, conversion: 0.08, revenue: 25.0, talk_s: 45.0 };
    assert_eq!(stated(offer).offer, Some(expected));
    let short = OfferStated { chance: 1.0, revenue: 0.0, talk_s: 0.0, ..expected };
    assert_eq!(stated("offer = { conversion = \"8%\" }").offer, Some(short));
}

#[test]
fn promises_and_repeats_go_to_other_queues() {
    let text = "interval = \"1h\"\nopen = \"08:00-10:00\"\nfirst_day = 2026-03-02\n\
        [queue.calls]\nvolume = { per_hour = 9 }\ntalk = \"4m\"\npatience = \"3m\"\nfirst_contact_resolution = 0.7\n\
        follow_up = { share = \"30%\", after = \"2h\", queue = \"promises\" }\n\
        callers = { repeat = { probability = 0.5, queue = \"mail\" } }\n\
        [queue.mail]\nchannel = \"email\"\nvolume = { per_hour = 2 }\ntalk = \"5m\"\nfirst_contact_resolution = 0.9\n\
        callers = { mood = { calm = 1 }, repeat = { probability = 0.1 } }\n\
        [queue.promises]\ndial = { reach = 0.8 }\ntalk = \"4m\"\nfirst_contact_resolution = 0.9\n\
        callers = { repeat = { probability = 0.2, queue = \"calls\" } }\n\
        [team.t]\nagents = 5\nskills = { calls = 1, mail = 1, promises = 1 }\n";
    let loaded = read(text);
    assert_eq!(loaded.warnings, []);
    let o = |queue: usize| &loaded.scenario.queues[queue].outcomes;
    let after = Some(Dist::Exponential { mean: 7_200.0 });
    assert_eq!(o(0).follow_up, Some(FollowUp { share: 0.3, after, queue: 2 }));
    let targets: Vec<_> = (0..3).map(|q| o(q).repeat.as_ref().unwrap().queue).collect();
    assert_eq!(targets, [Some(1), None, Some(0)]);
}

#[test]
fn callers_are_matched_to_agents_in_the_order_written() {
    let mood = "mood = { calm = 0.9, irate = 0.1 }\nreason = { sale = 0.2, question = 0.8 }";
    let text = "agent_choice = { sale = \"best:sales\", irate = \"best:patience\", others = \"random\" }";
    let s = scenario(&people(text, mood, "", "[routing]\nagent_choice = \"best:problem_solving\""));
    let best = |of| AgentChoice::Best(of);
    let expected = [(Who::Reason(Reason::Sale), best(Trait::Sales)), (Who::Mood(Mood::Irate), best(Trait::Patience))];
    assert_eq!(s.queues[0].outcomes.matching, expected);
    assert_eq!(s.queues[0].agent_choice, Some(AgentChoice::Random));
    assert_eq!(s.routing.agent_choice, best(Trait::ProblemSolving));
    let s = scenario(&people("agent_choice = { irate = \"best:empathy\" }", mood, "", ""));
    assert_eq!((s.queues[0].agent_choice, s.queues[0].outcomes.matching.len()), (None, 1));
    let set = ["queue.orders.agent_choice.irate=best:patience"];
    let s = read_set(&people("agent_choice = \"random\"", mood, "", ""), &set).scenario;
    assert_eq!((s.queues[0].agent_choice, s.queues[0].outcomes.matching.len()), (Some(AgentChoice::Random), 1));
    let s = scenario(&people("agent_choice = \"best:memory\"", "", "", ""));
    assert_eq!(s.queues[0].agent_choice, Some(best(Trait::Memory)));
}

#[test]
fn crews() {
    let c = crew("traits = { patience = 55, efficiency = { mean = 50, sd = 15 }, time_management = { sd = 5 } }");
    assert!(c.stated);
    assert_eq!(c.spreads[Trait::Patience as usize], Spread { mean: 55.0, sd: 0.0 });
    assert_eq!(c.spreads[Trait::Efficiency as usize], Spread { mean: 50.0, sd: 15.0 });
    assert_eq!(c.spreads[Trait::TimeManagement as usize], Spread { mean: 50.0, sd: 5.0 });
    assert_eq!(c.spreads[Trait::Empathy as usize], Spread::default());
    let months = |n: f64| n * 30.4375 / 7.0;
    let tenure = crew("tenure = { mean = \"14 months\", min = \"1 month\" }").tenure;
    assert_eq!(tenure, Some(Tenure { mean_weeks: months(14.0), min_weeks: months(1.0) }));
    let bare = crew("tenure = \"26w\"\nquota = 12");
    assert_eq!(bare.tenure, Some(Tenure { mean_weeks: 26.0, min_weeks: 0.0 }));
    assert_eq!(bare.quota, Some(12.0));
}

#[test]
fn training_takes_time_and_money_and_adds_points() {
    let end = "[training.listening]\nteams = [\"tier1\"]\nhours = \"8h\"\nevery = \"26w\"\ncost = 300.0\n\
               way = \"role-play\"\ntraits = { empathy = 10, patience = -2.5 }\n\
               [training.product]\nhours = \"26h\"\nevery = \"26w\"\ntraits = { empathy = 1 }\n";
    let c = scenario(&people("", "", "", end)).teams[0].crew.clone();
    assert_eq!((c.gains[Trait::Empathy as usize], c.gains[Trait::Patience as usize]), (11.0, -2.5));
    // 34 of 26 x 40 hours, 300 in 182 days.
    assert!((c.training_share - 34.0 / 1_040.0).abs() < 1e-15 && (c.training_cost - 300.0 / 182.0).abs() < 1e-12);
    let team = |staff: &str| {
        let text = people("", "", "", &format!("full_time_week = \"26h\"\n{end}")).replace("agents = 5", staff);
        // A key of the whole floor stands first.
        let text = text.replace("full_time_week = \"26h\"\n", "");
        scenario(&format!("full_time_week = \"26h\"\n{text}")).teams[0].clone()
    };
    // 34 of 26 x 26 hours are 5.03 %.
    let share = 34.0 / 676.0;
    let heads = team("agents = 5\nshrinkage = { planned = \"20%\", unplanned = \"5%\" }");
    assert_eq!((heads.on_phone[0], heads.shrinkage_unplanned), (5, 0.05));
    assert!((heads.shrinkage_planned - 0.2 - share).abs() < 1e-12);
    // 100 paid people, 30.03 % of them off the phone.
    assert_eq!(team("scheduled = 100\nshrinkage = { planned = \"20%\", unplanned = \"5%\" }").on_phone[0], 69);
    // Of the 2 x 50 hours of a shift one twentieth is taken off.
    let shifts = team("shifts = [{ start = \"08:00\", length = \"2h\", agents = 50 }]");
    let hours: f64 = shifts.people.unwrap().activities.iter().filter(|a| a.0 == "phone").map(|a| a.1 / 3_600.0).sum();
    assert!((hours - 100.0 * (1.0 - share)).abs() <= 0.5, "{hours}");
}

#[test]
fn training_of_other_teams_changes_nothing() {
    let end = "[team.other]\nagents = 1\nskills = { orders = 1 }\n[training.x]\nteams = [\"other\"]\nhours = \"1h\"\n\
               every = \"26w\"\ntraits = { empathy = 10 }\n";
    let s = scenario(&people("", "", "", end));
    assert_eq!(s.teams[0].crew, Crew::default());
    assert!(s.teams[1].crew.stated);
}

#[test]
fn effects_are_read_by_the_names_of_their_table() {
    for effect in Effects::TABLE {
        let (value, text) = match effect.kind {
            Kind::Time | Kind::Length => (90.0, "\"1m30s\""),
            _ => (0.375, "0.375"),
        };
        let s = scenario(&people("", "", "", &format!("[effects]\n{} = {text}", effect.name)));
        let mut expected = Effects::default();
        (effect.set)(&mut expected, value);
        assert_eq!(s.people.effects, expected, "{}", effect.name);
    }
}

#[test]
fn switches_and_strength_of_effects() {
    let s =
        scenario(&people("", "", "", "[effects]\nstrength = \"50%\"\nfatigue = true\nstrain = true\npressure = true"));
    let e = s.people.effects;
    assert_eq!((s.people.strength, e.fatigue, e.strain, e.pressure), (0.5, true, true, true));
    assert_eq!((e.efficiency_time, e.switch_talk, e.calmed_level), (0.09, 5.0, -1.0));
    assert!((e.talk_irate - 1.25_f64.sqrt()).abs() < 1e-15);
    let none = scenario(&people("", "", "", "[effects]\nstrength = \"0%\"")).people.effects;
    assert_eq!((none.efficiency_time, none.talk_irate), (0.0, 1.0));
}

#[test]
fn settings_of_the_whole_floor() {
    let s = scenario(&format!(
        "anchor = \"none\"\nfcr_window = \"14d\"\n{FLOOR}[run]\npopulation = \"fixed\"\nloops = \"none\""
    ));
    let expected = PeopleSettings {
        anchored: false,
        fcr_window_s: 14.0 * 86_400.0,
        fixed_population: true,
        steady_loops: false,
        ..PeopleSettings::default()
    };
    assert_eq!(s.people, expected);
}

/// Every key of people at once.
pub const ALL: &str = "anchor = \"stated\"\ninterval = \"30m\"\nopen = \"08:00-10:00\"\n\
    [queue.orders]\nvolume = { per_hour = 60 }\ntalk = { mean = \"4m\", cv = 0.8 }\n\
    hold = { mean = \"20s\", probability = 0.3 }\nwrap = \"30s\"\npatience = \"3m\"\n\
    first_contact_resolution = \"72%\"\nsatisfaction = \"78%\"\nverify = \"20s\"\nabuse = 0.1\n\
    follow_up = { share = \"30%\", queue = \"promises\" }\nagent_choice = { irate = \"best:patience\" }\n\
    transfer = { probability = \"10%\", queue = \"tier2\" }\n\
    [queue.orders.callers]\nmood = { calm = 0.7, confused = 0.15, upset = 0.1, irate = 0.05 }\n\
    reason = { question = \"50%\", complaint = { share = \"40%\", complexity = 0.5 }, cancellation = \"5%\", sale = 0.05 }\n\
    complexity = { mean = 0.3, sd = 0.2 }\nrepeat = { probability = 0.8, same_agent = true }\n\
    offer = { chance = 0.4, conversion = 0.08, revenue = 25.0, talk = \"45s\" }\nvalue = 300.0\n\
    [queue.tier2]\nvolume = { per_hour = 5 }\ntalk = \"6m\"\npatience = \"3m\"\n\
    [queue.promises]\ntalk = \"3m\"\ndial = { reach = 0.9 }\n\
    [team.tier1]\nagents = 8\nskills = { orders = 1, promises = 2 }\nquota = 12\n\
    traits = { patience = 55, efficiency = { mean = 52, sd = 15 }, knowledge = { mean = 45, sd = 10 } }\n\
    tenure = { mean = \"14 months\", min = \"1 month\" }\n\
    [team.second]\nagents = 3\nskills = { tier2 = 1, orders = { preference = 2, after = \"60s\" } }\ntenure = \"40w\"\n\
    [training.listening]\nteams = [\"tier1\"]\nhours = \"8h\"\nevery = \"26w\"\ncost = 300\ntraits = { empathy = 10 }\n\
    [effects]\nstrength = \"90%\"\nfatigue = true\nsold_sales = 0.3\nstrain_half_life = \"3h\"\n";

#[test]
fn explain_shows_people_and_reads_back() {
    let folder = Folder::new().with("floor.toml", ALL);
    let text = super::explain::round_trip(&folder, &["queue.orders.talk.mean=+10s", "run.population=fixed"]);
    let has = |part: &str| assert!(text.contains(part), "{part}\nis not in\n{text}");
    has("efficiency_time = 0.18  # default; grade A, illustrative\n");
    has("sold_sales = 0.3  # grade B, illustrative\n");
    has("strain_half_life = \"3h\"  # grade C, illustrative\n");
    has("retention = \"99.5%\"  # default\n");
    has("cancellation = { share = \"5%\", retention = \"50%\" }");
    has("sale = { share = \"5%\", chance = \"100%\" }");
    has("complaint = { share = \"40%\", complexity = 0.5 }");
    has("tenure = { mean = \"40w\", min = \"0s\" }\n");
    has("# training takes 0.7692% of paid time, added to planned shrinkage; 1.65 per person and day; empathy +10\n");
    has("# anchored: talk 4m10s x ");
    has("# anchored: first_contact_resolution 72%, logit ");
    assert_eq!(
        Effects::TABLE.iter().filter(|e| text.contains(&format!("\n{} = ", e.name))).count(),
        Effects::TABLE.len()
    );
}

#[test]
fn set_reaches_every_key_of_people() {
    let text =
        people("first_contact_resolution = 0.7", "mood = { calm = 0.9, irate = 0.1 }", "traits = { empathy = 55 }", "");
    let sets = [
        "queue.orders.callers.mood.irate=20%",
        "queue.orders.callers.mood.calm=-10%",
        "queue.orders.callers.repeat={ probability = 0.5 }",
        "queue.orders.callers.offer.conversion=8%",
        "queue.orders.satisfaction=80%",
        "queue.orders.agent_choice.irate=best:patience",
        "team.*.traits.patience.sd=10",
        "team.tier1.traits.empathy=+5",
        "team.tier1.tenure.mean=26w",
        "effects.strength=200%",
        "effects.talk_irate=1.5",
        "fcr_window=3d",
        "anchor=none",
    ];
    let folder = Folder::new().with("floor.toml", &text);
    let s = folder.load("floor.toml", &sets).unwrap_or_else(|e| panic!("{e}")).scenario;
    let (o, c) = (&s.queues[0].outcomes, &s.teams[0].crew);
    assert_eq!(o.moods.map(|m| m.map(|x| (x * 1e9).round() / 1e9)), Some([0.8, 0.0, 0.0, 0.2]));
    assert_eq!((o.satisfaction, o.offer.map(|offer| offer.conversion)), (Some(0.8), Some(0.08)));
    assert_eq!(o.matching, [(Who::Mood(Mood::Irate), AgentChoice::Best(Trait::Patience))]);
    assert_eq!(c.spreads[Trait::Patience as usize], Spread { mean: 50.0, sd: 10.0 });
    assert_eq!(c.spreads[Trait::Empathy as usize].mean, 60.0);
    assert_eq!(c.tenure, Some(Tenure { mean_weeks: 26.0, min_weeks: 0.0 }));
    assert!((s.people.effects.talk_irate - 2.25).abs() < 1e-12 && s.people.fcr_window_s == 259_200.0);
    assert_eq!(o.anchor, Anchor::default());
}

#[test]
fn a_file_that_extends_replaces_moods_whole_and_traits_one_by_one() {
    let base = people("", "mood = { calm = 0.9, irate = 0.1 }", "traits = { empathy = 55, patience = 60 }", "");
    let over = "extends = \"base.toml\"\n[queue.orders.callers]\nmood = { calm = 0.8, upset = 0.2 }\n\
                [team.tier1.traits]\nempathy = { mean = 65, sd = 5 }\n";
    let folder = Folder::new().with("base.toml", &base).with("floor.toml", over);
    let s = folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
    assert_eq!(s.queues[0].outcomes.moods, Some([0.8, 0.0, 0.2, 0.0]));
    let spreads = s.teams[0].crew.spreads;
    assert_eq!(spreads[Trait::Empathy as usize], Spread { mean: 65.0, sd: 5.0 });
    assert_eq!(spreads[Trait::Patience as usize], Spread { mean: 60.0, sd: 0.0 });
}

#[test]
fn rosters_say_what_their_people_are_like() {
    let csv = "agent;start;end;patience;efficiency;weeks\nAna;08:00;09:00;60,5;;10\nBea;08:00;10:00;;40;\n\
               Ana;09:00;10:00;60,5;;\nCid;08:00;10:00;;;\n";
    let text = floor("agents = 5", "roster = \"r.csv\"\ntraits = { empathy = 55 }");
    let folder = Folder::new().with("floor.toml", &text).with("r.csv", csv);
    let s = folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
    let persons = &s.teams[0].people.as_ref().unwrap().persons;
    let score = |person: usize, of: Trait| persons[person].profile.scores[of as usize];
    assert_eq!((score(0, Trait::Patience), persons[0].profile.weeks), (Some(60.5), Some(10.0)));
    assert_eq!(
        (score(1, Trait::Efficiency), score(1, Trait::Patience), persons[1].profile.weeks),
        (Some(40.0), None, None)
    );
    assert_eq!(persons[2].profile, StatedProfile::default());
    assert!(s.teams[0].crew.stated);
    assert_eq!(TRAITS.len(), 13);
}

#[test]
fn what_people_are_like_names_another_floor() {
    let hash = |text: &str| read(text).input_hash;
    let plain = people("", "", "", "");
    let texts = [
        people("satisfaction = 0.8", "", "", ""),
        people("", "mood = { calm = 0.9, irate = 0.1 }", "", ""),
        people("", "", "quota = 12", ""),
        people("", "", "", "[effects]\nfatigue = true"),
        people("", "", "", "[run]\nloops = \"none\""),
    ];
    let mut all: Vec<String> = texts.iter().map(|t| hash(t)).chain([hash(&plain)]).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 6);
    // What says nothing new changes nothing.
    assert_eq!(hash(&plain), hash(&people("verify = \"0s\"", "", "", "[effects]\nstrength = \"100%\"")));
    assert_eq!(hash(&plain), hash(FLOOR));
}

#[test]
fn two_floors_differ_in_their_people() {
    let a = read(&people("", "mood = { calm = 0.9, irate = 0.1 }", "", ""));
    let b = read_set(&people("", "mood = { calm = 0.9, irate = 0.1 }", "", ""), &["team.tier1.traits.empathy=60"]);
    let changes: Vec<String> = differences(&a, &b).into_iter().map(|c| c.path).collect();
    assert!(changes.iter().any(|path| path.starts_with("team.tier1.traits")), "{changes:?}");
    assert!(changes.iter().all(|path| path.starts_with("team.tier1.traits")), "{changes:?}");
}
