//! Who the people of a floor are.

use callwright::engine::profile;
use callwright::people::{Profile, TRAITS, Trait};

use super::{mean, model, read};

fn floor(agents: usize, team: &str, end: &str) -> String {
    format!(
        "interval = \"30m\"\nopen = \"08:00-10:00\"\n[queue.orders]\nvolume = {{ per_hour = 10 }}\ntalk = \"4m\"\n\
         patience = \"3m\"\nsatisfaction = 0.8\n[team.tier1]\nagents = {agents}\nskills = {{ orders = 1 }}\n{team}\n{end}\n"
    )
}

fn people(text: &str, agents: usize, replication: u64) -> Vec<Profile> {
    let model = model(&read(text, &[]));
    (0..agents).map(|agent| profile(&model, 0, agent, replication)).collect()
}

const SPREAD: &str = "traits = { efficiency = { mean = 55, sd = 12 }, empathy = { mean = 30, sd = 25 } }\n\
                      tenure = { mean = \"40w\", min = \"4w\" }";

#[test]
fn one_more_agent_or_trait_leaves_the_others_as_they_are() {
    let before = people(&floor(10, SPREAD, ""), 10, 4);
    let after = people(&floor(17, SPREAD, ""), 17, 4);
    assert_eq!(before, after[..10]);
    let more = SPREAD.replace("efficiency", "patience = { sd = 10 }, efficiency");
    for (a, b) in before.iter().zip(people(&floor(10, &more, ""), 10, 4)) {
        let others = TRAITS.into_iter().filter(|of| *of != Trait::Patience);
        assert!(others.into_iter().all(|of| a.scores[of as usize] == b.scores[of as usize]));
        assert_eq!(a.weeks, b.weeks);
        assert_ne!(a.scores[Trait::Patience as usize], b.scores[Trait::Patience as usize]);
    }
    // Nobody is like another, and nobody is in two replications.
    let again = people(&floor(10, SPREAD, ""), 10, 5);
    let scores = |people: &[Profile]| people.iter().map(|p| p.scores[1].to_bits()).collect::<Vec<_>>();
    let mut all = [scores(&before), scores(&again)].concat();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 20);
}

/// Means and standard deviations against integrals; |z| < 4.5 each (7e-6), 60,000 people.
#[test]
fn scores_and_time_on_the_job_are_spread_as_stated() {
    let people: Vec<Profile> =
        (0..60).flat_map(|replication| people(&floor(1000, SPREAD, ""), 1000, replication)).collect();
    let n = people.len() as f64;
    let moments = |of: &dyn Fn(&Profile) -> f64| {
        let first = people.iter().map(of).sum::<f64>() / n;
        let second = people.iter().map(|p| (of(p) - first).powi(2)).sum::<f64>() / n;
        let fourth = people.iter().map(|p| (of(p) - first).powi(4)).sum::<f64>() / n;
        (first, second, fourth)
    };
    let check = |what: &str, (first, second, fourth): (f64, f64, f64), expected: f64, square: f64| {
        let z = (first - expected) / (second / n).sqrt();
        assert!(z.abs() < 4.5, "{what}: mean {first} and not {expected}, z = {z}");
        let z = (second - (square - expected * expected)) / ((fourth - second * second) / n).sqrt();
        assert!(z.abs() < 4.5, "{what}: variance {second}, z = {z}");
    };
    for (of, stated, sd) in [(Trait::Efficiency, 55.0, 12.0), (Trait::Empathy, 30.0, 25.0)] {
        let cut = |power: i32| mean::score(20_000, stated, sd, |z| (50.0 + 20.0 * z).powi(power));
        check(of.name(), moments(&|p| p.scores[of as usize]), cut(1), cut(2));
    }
    check("weeks", moments(&|p| p.weeks.unwrap()), 40.0, 36.0_f64.powi(2) + 40.0 * 40.0);
    // What is not stated is average.
    assert!(people.iter().all(|p| p.scores[Trait::Sales as usize] == 50.0));
    // Two traits of a person have nothing to do with one another: correlation within 4.5 / sqrt(n).
    let (e, s) = (moments(&|p| p.scores[1]), moments(&|p| p.scores[3]));
    let together = people.iter().map(|p| (p.scores[1] - e.0) * (p.scores[3] - s.0)).sum::<f64>() / n;
    assert!((together / (e.1 * s.1).sqrt()).abs() < 4.5 / n.sqrt());
}

#[test]
fn training_adds_points_up_to_the_end_of_the_scale() {
    let training = "[training.listening]\nhours = \"8h\"\nevery = \"26w\"\ntraits = { empathy = 20, efficiency = -60 }\n\
                    [training.more]\nhours = \"8h\"\nevery = \"26w\"\ntraits = { empathy = 5 }\n";
    let before = people(&floor(300, SPREAD, ""), 300, 0);
    let after = people(&floor(300, SPREAD, training), 300, 0);
    let mut cut = 0;
    for (a, b) in before.iter().zip(&after) {
        for of in TRAITS {
            let (from, to) = (a.scores[of as usize], b.scores[of as usize]);
            let gain = match of {
                Trait::Empathy => 25.0,
                Trait::Efficiency => -60.0,
                _ => 0.0,
            };
            let expected = (from + gain).clamp(0.0, 100.0);
            cut += usize::from(expected != from + gain);
            assert_eq!(to, expected, "{of:?}");
        }
    }
    assert!(cut > 50, "{cut}");
}

/// The same people in all replications, where the file says so; else others in each. Seen from outside: an agent's mean
/// handle time where everybody always takes the same time.
#[test]
fn a_fixed_population_serves_in_all_replications() {
    for fixed in [true, false] {
        let run = if fixed { "population = \"fixed\"\n" } else { "" };
        let text = floor(3, "traits = { efficiency = { mean = 50, sd = 20 } }", &format!("[run]\n{run}"))
            .replace("talk = \"4m\"", "talk = { dist = \"constant\", mean = \"4m\" }");
        let model = model(&read(&text, &[]));
        let mut of_first = Vec::new();
        for log in super::days::watch(&model, 20) {
            of_first.extend(log.answered.iter().find(|(_, at, _)| at.agent == 0).map(|(.., times)| times.total()));
        }
        of_first.sort_unstable();
        of_first.dedup();
        assert_eq!(of_first.len() == 1, fixed, "{of_first:?}");
        assert!(fixed || of_first.len() > 15);
    }
}
