//! Stated averages stay as stated: on simulated floors where nobody waits, and against integrals of the test's own.
//!
//! Floors: |z| < 4.5 per figure (7e-6 each if true, some 60 figures, seeds fixed). Four hundred people at half a percent occupancy
//! take equal numbers of contacts but for half a percent, which moves no figure by a fifth of its standard error.

use callwright::experiment::{Estimate, QueueMetric};
use callwright::people::*;

use super::{logistic, logit, mean, read, run_text};
use crate::floors::{Yardstick, run};

const TRAITS_SKEWED: &str = "efficiency = S, patience = S, sales = S, empathy = S, communication = S, knowledge = S, \
    memory = S, problem_solving = S, adaptability = S, attitude = S, professionalism = S, persuasion = S, \
    time_management = S";

/// A floor of many people and few callers; lines of its queue, its callers and its team, and behind all that.
fn floor(queue: &str, callers: &str, team: &str, end: &str) -> String {
    format!(
        r#"
interval = "1h"
open = "08:00-16:00"
[queue.orders]
volume = {{ per_hour = 30 }}
talk = {{ dist = "constant", mean = "4m" }}
hold = {{ dist = "constant", mean = "40s", probability = 0.5 }}
wrap = {{ dist = "constant", mean = "30s" }}
patience = "unlimited"
first_contact_resolution = 0.72
satisfaction = 0.78
retention = 0.96
{queue}
[queue.orders.callers]
{callers}
[team.tier1]
agents = 400
skills = {{ orders = 1 }}
{team}
[routing]
agent_choice = "random"
[run]
replications = 800
seed = 31
{end}
"#
    )
}

fn per(a: Estimate, b: f64) -> Estimate {
    Estimate { mean: a.mean.map(|m| m / b), half_width: a.half_width.map(|h| h / b), ..a }
}

/// Compares every stated figure.
fn stays(
    yardstick: &mut Yardstick,
    what: &str,
    results: &callwright::experiment::Results,
    stated: &[(QueueMetric, f64)],
) {
    let queue = &results.queues[0];
    assert!(queue.get(QueueMetric::PWait).mean.unwrap() < 1e-4, "{what}: somebody waits");
    for (metric, figure) in stated {
        let name = format!("{what}: {metric:?}");
        yardstick.compare(&name, queue.get(*metric), results.replications, *figure, 0.0);
    }
}

const TIMES: [(QueueMetric, f64); 3] =
    [(QueueMetric::TalkS, 240.0), (QueueMetric::HoldS, 20.0), (QueueMetric::WrapS, 30.0)];
const SHARES: [(QueueMetric, f64); 3] =
    [(QueueMetric::ResolutionRate, 0.72), (QueueMetric::Csat, 0.78), (QueueMetric::RetentionRate, 0.96)];
const MOODS: &str = "mood = { calm = 0.6, confused = 0.15, upset = 0.15, irate = 0.1 }";

#[test]
fn averages_stay_on_floors_where_nobody_waits() {
    let mut yardstick = Yardstick::default();
    let skewed = |spread: &str| format!("traits = {{ {} }}", TRAITS_SKEWED.replace('S', spread));
    let wide = skewed("{ mean = 30, sd = 25 }");
    let hires = "tenure = { mean = \"16w\", min = \"1w\" }";
    let offer = "offer = { chance = 0.4, conversion = 0.15, talk = \"45s\" }";
    let hard = "complexity = { mean = 0.35, sd = 0.28 }";
    let reasons = "reason = { question = { share = 0.5, complexity = 0.2, satisfaction = 0.85 }, support = { share = 0.3, \
                   complexity = { mean = 0.6, sd = 0.2 }, first_contact_resolution = 0.6 }, cancellation = 0.1, sale = 0.1 }";
    let floors = [
        ("moods", "", MOODS.to_string(), String::new()),
        ("skewed people", "", String::new(), wide.clone()),
        ("new hires", "", hard.to_string(), hires.to_string()),
        ("moods, hard problems, skewed people", "", format!("{MOODS}\n{hard}"), format!("{wide}\n{hires}")),
        ("offers, verifying", "verify = \"20s\"", format!("{MOODS}\n{offer}"), skewed("{ mean = 60, sd = 20 }")),
        (
            "abuse",
            "abuse = { share = 0.5, end_after = \"1m\" }",
            format!("mood = {{ calm = 0.6, irate = 0.4 }}\n{offer}"),
            skewed("{ mean = 50, sd = 15 }"),
        ),
    ];
    for (name, queue, callers, team) in floors {
        let results = run_text(&floor(queue, &callers, &team, ""));
        stays(&mut yardstick, name, &results, &TIMES);
        stays(&mut yardstick, name, &results, &SHARES);
        if callers.contains("offer") {
            stays(&mut yardstick, name, &results, &[(QueueMetric::Conversion, 0.15)]);
        }
    }
    // Calls cut off, of talk times that differ.
    let abuse = "abuse = { share = 0.8, end_after = \"2m\" }\nverify = \"20s\"";
    for (talk, wide) in [("{ mean = \"4m\", cv = 0.9 }", &wide), ("\"4m\"", &String::new())] {
        let text = floor(abuse, "mood = { calm = 0.8, irate = 0.2 }", wide, "")
            .replace("{ dist = \"constant\", mean = \"4m\" }", talk);
        let results = run_text(&text);
        stays(&mut yardstick, "abuse", &results, &[(QueueMetric::TalkS, 240.0), (QueueMetric::Csat, 0.78)]);
    }
    // Reasons with figures of their own: their means.
    let results = run_text(&floor("", &format!("{MOODS}\n{reasons}"), &wide, ""));
    let own = [
        (QueueMetric::ResolutionRate, 0.7 * 0.72 + 0.3 * 0.6),
        (QueueMetric::Csat, 0.5 * 0.85 + 0.5 * 0.78),
        (QueueMetric::RetentionRate, 0.9 * 0.96 + 0.1 * 0.5),
    ];
    stays(&mut yardstick, "reasons", &results, &TIMES);
    stays(&mut yardstick, "reasons", &results, &own);
    // Those handed on; they are not rated, and not solved here.
    let other = "[queue.tier2]\ntalk = \"1m\"\npatience = \"unlimited\"\nvolume = { per_hour = 0 }\n\
                 [team.second]\nagents = 100\nskills = { tier2 = 1 }";
    let handed = "transfer = { probability = 0.12, queue = \"tier2\" }";
    let results = run_text(&floor(handed, MOODS, &wide, other));
    stays(&mut yardstick, "transfers", &results, &TIMES);
    stays(&mut yardstick, "transfers", &results, &SHARES[1..]);
    let answered = results.queues[0].get(QueueMetric::Answered).mean.unwrap();
    let share = per(results.queues[0].get(QueueMetric::Transferred), answered);
    yardstick.compare("transfers", share, results.replications, 0.12, 0.0);
    yardstick.verdict(45, None);
}

/// Thirty people by name, no two alike, in a floor that hardly ever calls on them.
#[test]
fn averages_stay_with_the_people_of_a_roster() {
    let mut csv = String::from("agent,start,end,efficiency,knowledge,empathy,patience,persuasion,weeks\n");
    for n in 0..30_u32 {
        let score = |step: u32| (n * step) % 101;
        csv.push_str(&format!(
            "p{n},08:00,16:00,{},{},{},{},{},{}\n",
            score(37),
            score(53),
            score(29),
            score(71),
            score(43),
            2 + n * 3
        ));
    }
    let text =
        floor("", MOODS, "", "").replace("agents = 400", "roster = \"r.csv\"").replace("per_hour = 30", "per_hour = 2");
    let text = text.replace("replications = 800", "replications = 6000\npopulation = \"fixed\"");
    let results = run(&read(&text, &[("r.csv", &csv)]));
    let mut yardstick = Yardstick::default();
    let queue = &results.queues[0];
    for (metric, stated) in TIMES.into_iter().chain(SHARES) {
        yardstick.compare(&format!("{metric:?}"), queue.get(metric), results.replications, stated, 0.0);
    }
    yardstick.verdict(6, None);
}

/// Figures of a team that differs in knowledge and time on the job, with problems of all kinds and all moods: integrals
/// over the three at once, of formulas typed by hand. Within 3e-4: the lattice of 1,021 people.
#[test]
fn anchors_agree_with_integrals_of_ones_own() {
    let (mean_c, sd_c) = (0.35, 0.2);
    let mut spreads = [Spread::default(); TRAITS.len()];
    spreads[Trait::Knowledge as usize] = Spread { mean: 40.0, sd: 20.0 };
    spreads[Trait::Empathy as usize] = Spread { mean: 30.0, sd: 25.0 };
    let tenure = Some(Tenure { mean_weeks: 20.0, min_weeks: 2.0 });
    let group = Group { spreads, tenure, profiles: Vec::new(), weight: 3.0 };
    let complexity = Complexity::new(mean_c, sd_c);
    let moods = [0.5, 0.2, 0.2, 0.1];
    let stated = Stated {
        moods: Moods::new(moods),
        complexity: mean_c,
        resolved: Some(logit(0.7)),
        satisfied: Some(logit(0.8)),
        retained: Some(logit(0.9)),
        ..Stated::default()
    };
    let case = Case { share: 1.0, stated, complexity: Some(&complexity), abusive: 0.0 };
    let targets = Targets {
        talk_s: 240.0,
        talk_spread: [1.0; SPREAD],
        resolved: Some(0.7),
        transferred: 0.0,
        satisfied: Some(0.8),
        sold: None,
        retained: Some(0.9),
    };
    // Without good and bad days, which are added below.
    for shock_sd in [0.0, 0.6] {
        let effects = Effects { shock_sd, ..Effects::default() };
        let found = anchor(std::slice::from_ref(&group), std::slice::from_ref(&case), &targets, &effects);
        let learning = |x: f64| (52.0 / (2.0 + 18.0 * x).clamp(1.0, 52.0)).ln();
        let learnt = |of: &dyn Fn(f64) -> f64| mean::exponential(400, |x| of(learning(x)));
        let solved_with = |z: f64, l: f64| {
            mean::beta(200, mean_c, sd_c, |c| {
                logistic(logit(0.7) + found.resolved + 0.35 * z - 0.3 * l - 2.0 * (c - mean_c))
            })
        };
        let solved = mean::score(200, 40.0, 20.0, |z| learnt(&|l| solved_with(z, l)));
        assert!((solved - 0.7).abs() < 3e-4, "{solved}");
        // Satisfaction: empathy is independent of what solves problems.
        let day = |of: &dyn Fn(f64) -> f64| mean::normal(60, |x| of(shock_sd * x));
        let content_with = |z: f64, solved: bool, mood: usize| {
            let level = logit(0.8) + found.satisfied - if solved { 0.0 } else { 2.0 };
            let own = if mood >= 2 { 0.5 } else { 0.25 };
            day(&|shock| logistic(level + own * z - [0.0, 0.2, 0.6, 1.2][mood] + shock))
        };
        let mut sums = [0.0; 2];
        for (mood, share) in moods.iter().enumerate() {
            for (is_solved, p) in [(true, solved), (false, 1.0 - solved)] {
                let calmed = |z: f64| if mood >= 2 { logistic(-1.0 + 0.5 * z) } else { 0.0 };
                let content = mean::score(400, 30.0, 25.0, |z| {
                    calmed(z) * content_with(z, is_solved, 0) + (1.0 - calmed(z)) * content_with(z, is_solved, mood)
                });
                let level = logit(0.9) + found.retained - if is_solved { 0.0 } else { 1.0 };
                sums[0] += share * p * content;
                sums[1] += share * p * (content * logistic(level) + (1.0 - content) * logistic(level - 0.5));
            }
        }
        assert!((sums[0] - 0.8).abs() < 3e-4, "shock {shock_sd}: {}", sums[0]);
        assert!((sums[1] - 0.9).abs() < 3e-4, "shock {shock_sd}: {}", sums[1]);
        let hard = mean::beta(2_000, mean_c, sd_c, |c| (0.6 * (c - mean_c)).exp());
        let slow = |z: f64, part: f64| learnt(&|l| (0.125 * l - part * z).exp());
        let talk = mean::score(200, 40.0, 20.0, |z| slow(z, 0.04))
            * mean::score(200, 30.0, 25.0, |z| (0.02 * z).exp())
            * (0.5 + 0.2 * 1.15 + 0.2 * 1.10 + 0.1 * 1.25);
        let hold = mean::score(200, 40.0, 20.0, |z| slow(z, 0.15));
        let wrap = slow(0.0, 0.0);
        for (factor, sum) in found.times.iter().zip([talk * hard, hold, wrap * hard]) {
            assert!((factor * sum - 1.0).abs() < 5e-4, "{} against {}", factor, 1.0 / sum);
        }
    }
}
