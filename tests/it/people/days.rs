//! What a working day does to people, and who takes whom: seen contact by contact.

use callwright::engine::{Contact, Conversation, Floor, Marks, Observer, Origin, PickUp, Sequel, profile};
use callwright::model::{Model, TICKS_PER_SECOND, Tick};
use callwright::people::*;

use super::{mean, model, read};

/// Everything that happens, in order.
#[derive(Default)]
pub(super) struct Log {
    pub(super) answered: Vec<(Contact, PickUp, Conversation)>,
    outcomes: Vec<(Contact, PickUp, Outcome, bool)>,
    absent: u64,
}

impl Observer for Log {
    fn begin(&mut self, _: u64) {}
    fn blocked(&mut self, _: usize, _: &Contact) {}
    fn answered(&mut self, contact: &Contact, pick_up: &PickUp, conversation: &Conversation) {
        self.answered.push((*contact, *pick_up, *conversation));
    }
    fn worked(&mut self, _: &PickUp, _: Tick) {}
    fn abandoned(&mut self, _: usize, _: &Contact) {}
    fn dropped(&mut self, _: usize, _: &Contact, _: Tick) {}
    fn staffed(&mut self, _: usize, _: usize, _: Tick) {}
    fn outcome(&mut self, contact: &Contact, pick_up: &PickUp, outcome: &Outcome, sequel: &Sequel) {
        self.outcomes.push((*contact, *pick_up, *outcome, sequel.returns));
    }
    fn absent(&mut self, _: usize, _: usize, _: Tick, _: Tick) {
        self.absent += 1;
    }
}

pub(super) fn watch(model: &Model, replications: u64) -> Vec<Log> {
    let mut floor = Floor::new(model);
    (0..replications)
        .map(|replication| {
            let mut log = Log::default();
            floor.run(replication, &mut log);
            log
        })
        .collect()
}

/// A floor with one team; lines of its queue, its callers and its team, and behind all that.
fn floor(per_hour: u32, queue: &str, callers: &str, team: &str, end: &str) -> String {
    format!(
        "interval = \"1h\"\nopen = \"08:00-18:00\"\nfirst_day = 2026-03-02\n[queue.calls]\n\
         volume = {{ per_hour = {per_hour} }}\ntalk = {{ dist = \"constant\", mean = \"4m\" }}\n\
         patience = \"unlimited\"\n{queue}\n[queue.calls.callers]\n{callers}\n[team.t]\nskills = {{ calls = 1 }}\n\
         {team}\n{end}\n"
    )
}

const SHIFT: &str = "shifts = [{ start = \"08:00\", length = \"10h\", agents = 3 }]\n\
                     breaks = [{ name = \"lunch\", length = \"30m\", after = \"4h\" }]";

/// Talk time by hours on the floor since 08:00, half an hour of lunch after four hours not counted.
#[test]
fn people_tire_after_four_hours_on_the_floor() {
    let model = model(&read(&floor(20, "", "", SHIFT, "[effects]\nfatigue = true"), &[]));
    let (mut late, mut early) = (0, 0);
    for log in watch(&model, 20) {
        for (_, at, conversation) in log.answered {
            let since_s = at.at as f64 / TICKS_PER_SECOND - 8.0 * 3600.0;
            if (4.0 * 3600.0..4.5 * 3600.0 + 1.0).contains(&since_s) {
                continue;
            }
            let hours = if since_s < 4.0 * 3600.0 { since_s / 3600.0 } else { since_s / 3600.0 - 0.5 };
            // Whoever was late for lunch came back as late; that is at most four minutes on the floor more.
            let factor = |hours: f64| f64::max(hours / 4.0, 1.0).powf(0.1);
            let found = conversation.talk as f64 / TICKS_PER_SECOND / 240.0;
            let most = factor(hours + 0.1);
            assert!(found >= factor(hours) - 1e-6 && found <= most + 1e-6, "{found} after {hours} h {at:?}");
            *(if hours > 4.2 { &mut late } else { &mut early }) += 1;
        }
    }
    assert!(late > 1_000 && early > 1_000);
}

/// Strain a person brings to each call, followed by hand through one day: + 1 for an irate caller who is not calmed,
/// halved in two hours on the floor, halved by the break.
#[test]
fn strain_builds_up_wears_off_and_is_relieved_by_breaks() {
    let text = floor(20, "satisfaction = 0.8", "mood = { calm = 0.5, irate = 0.5 }", SHIFT, "[effects]\nstrain = true");
    let model = model(&read(&text, &[]));
    let mut most: f64 = 0.0;
    for log in watch(&model, 10) {
        // By person: strain, and when it was that.
        let mut people = [(0.0_f64, 0.0_f64); 3];
        let mut before_break = [true; 3];
        for (_, at, outcome, _) in &log.outcomes {
            let now = at.at as f64 / TICKS_PER_SECOND - 8.0 * 3600.0;
            let (strain, then) = &mut people[at.agent];
            if before_break[at.agent] && now > 4.25 * 3600.0 {
                before_break[at.agent] = false;
                // On the floor to the break and from its end on.
                *then += 1800.0;
                *strain *= 0.5;
            }
            let expected = *strain * f64::exp2(-(now - *then) / 7200.0);
            assert!(
                (outcome.strain - expected).abs() < 0.02 * expected + 1e-9,
                "{} and not {expected}",
                outcome.strain
            );
            most = most.max(expected);
            (*strain, *then) = (outcome.strain, now);
            if outcome.mood == Mood::Irate && !outcome.has(Came::Calmed) {
                *strain += 1.0;
            }
        }
    }
    assert!(most > 5.0, "{most}");
}

#[test]
fn a_quota_hurries_those_who_would_miss_it() {
    // 15 calls an hour are 4 minutes each: 4:30 with the wrap-up is a ninth too much; the fast ones need no hurry.
    let team = "agents = 5\nquota = 15";
    let text = floor(10, "wrap = { dist = \"constant\", mean = \"30s\" }", "", team, "");
    for (traits, talk_s, wrap_s) in [
        ("", 240.0 * (240.0 / 270.0), 30.0 * (240.0_f64 / 270.0).powi(2)),
        ("traits = { efficiency = 70 }", 240.0 * f64::exp(-0.18), 30.0 * f64::exp(-0.18)),
        ("traits = { efficiency = 0 }", 240.0 * f64::exp(0.45) * 0.8, 30.0 * f64::exp(0.45) * 0.64),
    ] {
        let text = format!("anchor = \"none\"\n{}", text.replace("quota = 15", &format!("quota = 15\n{traits}")));
        for (_, _, conversation) in &watch(&model(&read(&text, &[])), 1)[0].answered {
            assert!((conversation.talk as f64 / TICKS_PER_SECOND - talk_s).abs() < 1e-5, "{traits}");
            assert!((conversation.wrap as f64 / TICKS_PER_SECOND - wrap_s).abs() < 1e-5, "{traits}");
        }
    }
}

/// Who is idle is known from who was answered: the best of these takes the next caller who does not wait.
fn takes_the_best(model: &Model, score: impl Fn(&Profile, &Contact) -> Option<f64>) -> usize {
    let people: Vec<Profile> = (0..model.teams[0].most).map(|agent| profile(model, 0, agent, 0)).collect();
    let mut busy_until = vec![0; people.len()];
    let mut chosen = 0;
    for (contact, at, conversation) in &watch(model, 1)[0].answered {
        let idle = (0..people.len()).filter(|agent| busy_until[*agent] <= at.at);
        if let (false, Some(own)) = (contact.waited, score(&people[at.agent], contact)) {
            let best = idle.filter_map(|agent| score(&people[agent], contact)).fold(f64::MIN, f64::max);
            assert_eq!(own, best);
            chosen += 1;
        }
        busy_until[at.agent] = at.at + conversation.total();
    }
    chosen
}

#[test]
fn the_best_idle_agent_takes_the_caller() {
    let team = "agents = 12\ntraits = { patience = { sd = 15 }, efficiency = { sd = 15 }, sales = { sd = 15 } }";
    let moods = "mood = { calm = 0.6, irate = 0.4 }";
    let best = model(&read(&floor(90, "agent_choice = \"best:patience\"", moods, team, ""), &[]));
    assert!(takes_the_best(&best, |p, _| Some(p.scores[Trait::Patience as usize])) > 500);
    let fastest = model(&read(&floor(90, "agent_choice = \"fastest\"", moods, team, ""), &[]));
    assert!(takes_the_best(&fastest, |p, _| Some(p.scores[Trait::Efficiency as usize])) > 500);
    let matched = "agent_choice = { irate = \"best:patience\", others = \"best:sales\" }";
    let matched = model(&read(&floor(90, matched, moods, team, ""), &[]));
    let log = watch(&matched, 1);
    let mut irate: Vec<_> = log[0].outcomes.iter().filter(|o| o.2.mood == Mood::Irate).map(|o| o.0.key).collect();
    irate.sort_unstable();
    let count = takes_the_best(&matched, |p, contact| {
        let of = if irate.binary_search(&contact.key).is_ok() { Trait::Patience } else { Trait::Sales };
        Some(p.scores[of as usize])
    });
    assert!(count > 500 && irate.len() > 200, "{count} {}", irate.len());
}

/// A caller who comes again to the same agent gets him or her, if idle then, and whoever else if not.
#[test]
fn callers_who_come_again_get_their_agent() {
    let again = "repeat = { probability = 1, after = \"20m\", same_agent = true }";
    let text = floor(60, "first_contact_resolution = 0.5", again, "agents = 12", "[run]\nloops = \"none\"");
    let model = model(&read(&text, &[]));
    let log = &watch(&model, 1)[0];
    let mut busy_until = [0; 12];
    let (mut same, mut other) = (0, 0);
    for (contact, at, conversation) in &log.answered {
        if contact.origin == Origin::Repeat && !contact.waited {
            let before = log.answered.iter().find(|(c, ..)| c.key.next(Origin::Repeat) == contact.key);
            let asked = before.expect("it was answered before").1.agent;
            if busy_until[asked] <= at.at {
                assert_eq!(at.agent, asked);
                same += 1;
            } else {
                other += 1;
            }
            assert!(contact.marks.has(Marks::HANDLED));
        }
        busy_until[at.agent] = at.at + conversation.total();
    }
    assert!(same > 100 && other > 20, "{same} {other}");
}

/// Promises are kept by calls of their own, at their time; customers who have one do not call again.
#[test]
fn promised_calls_are_made_and_nobody_calls_as_well() {
    let text = floor(
        60,
        "first_contact_resolution = 0.4\n\
         follow_up = { share = 0.5, after = { dist = \"constant\", mean = \"30m\" }, queue = \"promises\" }",
        "repeat = { probability = 1, after = { dist = \"constant\", mean = \"10m\" } }",
        "agents = 40",
        "[queue.promises]\ntalk = \"1m\"\nfirst_contact_resolution = 0.9\ndial = { reach = 0.999 }\n\
         [team.back]\nagents = 30\nskills = { promises = 1 }\n[run]\nloops = \"none\"",
    );
    let log = &watch(&model(&read(&text, &[])), 1)[0];
    let (mut promised, mut again) = (0, 0);
    for (contact, at, outcome, returns) in &log.outcomes {
        let conversation = &log.answered.iter().find(|(c, ..)| c.key == contact.key).unwrap().2;
        let end = at.at + conversation.talk + conversation.hold;
        let next = |origin| log.answered.iter().find(|(c, ..)| c.key == contact.key.next(origin));
        let (call, repeat) = (next(Origin::CallBack), next(Origin::Repeat));
        assert!(call.is_none() || repeat.is_none());
        assert!(outcome.is_unsolved() || (call.is_none() && repeat.is_none() && !returns));
        if let Some((call, to, _)) = call.filter(|_| at.queue == 0) {
            assert_eq!((to.queue, call.arrived - end), (1, 1800 * 1_000_000));
            assert!(!returns);
            promised += 1;
        }
        if let Some((repeat, to, _)) = repeat {
            assert_eq!((at.queue, to.queue, repeat.arrived - end), (0, 0, 600 * 1_000_000));
            assert!(returns);
            again += 1;
        }
    }
    assert!(promised > 100 && again > 100, "{promised} {again}");
}

/// Abusive callers are sent off after a minute; those borne are not.
#[test]
fn abuse_ends_calls_on_the_floor() {
    let callers = "mood = { calm = 0.6, irate = 0.4 }";
    let text = floor(
        60,
        "abuse = { share = 0.5, end_after = \"1m\" }\nfirst_contact_resolution = 0.9",
        callers,
        "agents = 40",
        "",
    );
    let logs = watch(&model(&read(&text, &[])), 40);
    let (mut ended, mut all) = (0.0, 0.0);
    for log in &logs {
        for ((_, _, conversation), (_, _, outcome, _)) in log.answered.iter().zip(&log.outcomes) {
            all += 1.0;
            ended += f64::from(u8::from(outcome.has(Came::Ended)));
            assert_eq!(outcome.has(Came::Ended), conversation.talk == 60_000_000);
            assert!(!outcome.has(Came::Ended) || (outcome.mood == Mood::Irate && outcome.is_unsolved()));
        }
    }
    // 0.4 x 0.5 of some 24,000; |z| < 4.5 (7e-6).
    let z = (ended / all - 0.2) / f64::sqrt(0.2 * 0.8 / all);
    assert!(z.abs() < 4.5, "{ended} of {all}, z = {z}");
}

/// Absence x exp(-0.20 z) of professionalism, in 20,000 days of people each; |z| < 4.5 (7e-6).
#[test]
fn professional_people_are_absent_less() {
    for (score, factor) in [(50, 1.0), (90, f64::exp(-0.40)), (10, f64::exp(0.40))] {
        let team = format!(
            "shifts = [{{ start = \"08:00\", length = \"10h\", agents = 50 }}]\nshrinkage = {{ unplanned = \"8%\" }}\n\
             traits = {{ professionalism = {score} }}"
        );
        let logs = watch(&model(&read(&floor(1, "", "", &team, ""), &[])), 400);
        let absent: u64 = logs.iter().map(|log| log.absent).sum();
        let (n, p) = (20_000.0, 0.08 * factor);
        let z = (absent as f64 / n - p) / f64::sqrt(p * (1.0 - p) / n);
        assert!(z.abs() < 4.5, "{score}: {absent}, z = {z}");
    }
}

/// Good and bad days: the same for a whole day of a person, normal with 0.15 exp(-0.20 z) on the logit. The mean rating
/// of person-days varies by as much more than chance: in 4,000 person-days (|z| < 4.5).
#[test]
fn people_have_good_and_bad_days() {
    let text = floor(6, "satisfaction = 0.5", "", "agents = 4\ntraits = { professionalism = 0 }", "anchor_test = 1")
        .replace("anchor_test = 1", "[effects]\nshock_sd = 0.8");
    let model = model(&read(&text, &[]));
    let sd = 0.8 * f64::exp(0.5);
    let rates: Vec<(f64, f64)> = watch(&model, 1_000)
        .iter()
        .flat_map(|log| {
            (0..4).map(|agent| {
                let own = log.outcomes.iter().filter(|o| o.1.agent == agent);
                own.fold((0.0, 0.0), |(n, yes), o| (n + 1.0, yes + f64::from(u8::from(o.2.has(Came::Satisfied)))))
            })
        })
        .collect();
    // Pairs of ratings on one day agree more often than by chance: E[p²].
    let pairs: Vec<f64> =
        rates.iter().filter(|r| r.0 > 1.0).map(|(n, yes)| yes * (yes - 1.0) / (n * (n - 1.0))).collect();
    let n = pairs.len() as f64;
    let found = pairs.iter().sum::<f64>() / n;
    let spread = (pairs.iter().map(|p| (p - found).powi(2)).sum::<f64>() / n / n).sqrt();
    let exact = mean::normal(4_000, |x| super::logistic(sd * x).powi(2));
    assert!(n > 3_900.0 && ((found - exact) / spread).abs() < 4.5, "{found} ± {spread} and not {exact}");
}
