//! People who are average change nothing, to the last tick.

use callwright::engine::{Floor, Tally};
use callwright::model::compile;
use callwright::people::{Effects, Spread};
use callwright::scenario::*;

use super::simulate_on;
use crate::engine::random_floors;

/// Everything that was counted before there were people.
fn figures<'a>(tally: &'a Tally<'_>) -> impl PartialEq + std::fmt::Debug + 'a {
    (&tally.queues, &tally.teams, &tally.pairs, &tally.waits, &tally.duties)
}

#[test]
fn average_people_are_no_people() {
    for seed in 0..100 {
        let plain = random_floors::floor(seed);
        let mut average = plain.clone();
        for team in &mut average.teams {
            team.crew.stated = true;
            team.crew.spreads = [Spread::default(); 13];
            // Drawn one by one, and all come out the same.
            if seed % 2 == 0 {
                team.crew.spreads = [Spread { mean: 50.0, sd: 1e-300 }; 13];
            }
        }
        // Outcomes take no time; strain has nothing to come from.
        for queue in &mut average.queues {
            queue.outcomes.satisfaction = Some(0.7);
            queue.outcomes.first_contact_resolution = Some(0.6);
            queue.outcomes.value = Some(10.0);
        }
        average.people.effects = Effects { strain: true, switch_talk: 0.0, ..Effects::default() };
        let (before, after) = (compile(&plain).unwrap(), compile(&average).unwrap());
        assert!(before.people.is_none() && after.people.is_some());
        let (mut a, mut b) = (Tally::new(&before), Tally::new(&after));
        for replication in 0..3 {
            Floor::new(&before).run(replication, &mut a);
            Floor::new(&after).run(replication, &mut b);
            assert_eq!(figures(&a), figures(&b), "floor {seed}");
        }
    }
}

#[test]
fn a_switch_is_all_that_average_people_add_on_floors_with_several_queues() {
    let mut found = 0;
    for seed in 0..40 {
        let plain = random_floors::floor(seed);
        let mut average = plain.clone();
        average.teams.iter_mut().for_each(|team| team.crew.spreads = [Spread { mean: 50.0, sd: 1e-300 }; 13]);
        let (before, after) = (compile(&plain).unwrap(), compile(&average).unwrap());
        let (mut a, mut b) = (Tally::new(&before), Tally::new(&after));
        Floor::new(&before).run(0, &mut a);
        Floor::new(&after).run(0, &mut b);
        let skills = plain.teams.iter().map(|team| team.skills.len()).max().unwrap();
        if skills <= 1 {
            assert_eq!(figures(&a), figures(&b), "floor {seed}");
            found += 1;
        }
    }
    assert!(found > 2, "{found}");
}

#[test]
fn threads_do_not_matter_where_there_are_people() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/multi-skill-day.toml")).unwrap();
    let mut scenario = super::read(&text, &[]);
    for queue in &mut scenario.queues {
        queue.outcomes.first_contact_resolution = Some(0.7);
        queue.outcomes.satisfaction = Some(0.8);
        queue.outcomes.moods = Some([0.7, 0.1, 0.1, 0.1]);
        let after = Dist::Exponential { mean: 3_600.0 };
        queue.outcomes.repeat = Some(Repeat { probability: 0.5, after, queue: None, same_agent: true });
    }
    scenario.teams.iter_mut().for_each(|team| team.crew.spreads = [Spread { mean: 50.0, sd: 15.0 }; 13]);
    scenario.people.effects.strain = true;
    scenario.run.replications = 30;
    let one = simulate_on(&scenario, 1);
    assert_eq!(one, simulate_on(&scenario, 2));
    assert_eq!(one, simulate_on(&scenario, 7));
}
