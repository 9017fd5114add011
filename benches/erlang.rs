//! How long a sizing takes. Targets: Erlang C at 100 agents 2 us and at 10,000 agents 100 us, Erlang A at 100 agents
//! 10 us,
//! a week of quarter hours (672 sizings) 10 ms.

use std::hint::black_box;

use callwright::erlang::{AbandonGoal, Formula, Goals, Patience, Pool, ServiceLevel, ServiceLevelGoal, a};
use criterion::{Criterion, criterion_group, criterion_main};

fn pool(load: f64, patience: Patience) -> Pool {
    Pool { load, aht_s: 300.0, patience, lines: None }
}

fn agents(pool: &Pool, goals: &Goals) -> u64 {
    black_box(pool).requirement(black_box(goals)).map_or(0, |need| need.agents)
}

fn sizings(c: &mut Criterion) {
    let exponential = |mean| Patience::exponential(mean).expect("positive");
    let level = Goals::service_level(0.8, 20.0);
    let all_goals = Goals {
        service_levels: vec![
            ServiceLevelGoal { share: 0.8, measure: ServiceLevel::offered(20.0) },
            ServiceLevelGoal {
                share: 0.9,
                measure: ServiceLevel { formula: Formula::NetOfShort, target_s: 60.0, short_abandon_s: 5.0 },
            },
        ],
        asa_s: Some(20.0),
        abandon: Some(AbandonGoal { share: 0.05, net_of_short_s: None }),
        max_occupancy: Some(0.9),
        ..Goals::default()
    };
    let cases = [
        ("erlang_c/100_agents", pool(92.0, Patience::never()), &level),
        ("erlang_c/10000_agents", pool(9980.0, Patience::never()), &level),
        ("erlang_a/100_agents", pool(105.0, exponential(180.0)), &level),
        ("erlang_a/10000_agents", pool(11_000.0, exponential(180.0)), &level),
        ("erlang_a/1000000_agents", pool(1.0e6, exponential(180.0)), &level),
        ("erlang_a/100_agents_five_goals", pool(100.0, exponential(180.0)), &all_goals),
        ("lognormal_patience/100_agents", pool(105.0, Patience::lognormal(180.0, 1.3).expect("positive")), &level),
        ("finite_lines/100_agents", pool(105.0, exponential(180.0)).with_lines(140), &level),
    ];
    for (name, pool, goals) in &cases {
        c.bench_function(&format!("sizing/{name}/answer_{}", agents(pool, goals)), |b| b.iter(|| agents(pool, goals)));
    }
}

/// Loads of a week of quarter hours: 7 days x 96, from 0.5 to about 120 erlangs.
fn week(patience: &Patience) -> Vec<Pool> {
    (0..672)
        .map(|i| {
            let hour = f64::from(i % 96) / 4.0;
            let day = libm::exp(-0.5 * (hour - 13.0) * (hour - 13.0) / 12.0);
            pool(0.5 + 120.0 * day * (1.0 - 0.08 * f64::from(i / 96)), patience.clone())
        })
        .collect()
}

fn weeks(c: &mut Criterion) {
    let goals = Goals::service_level(0.8, 20.0);
    for (name, patience) in
        [("erlang_c", Patience::never()), ("erlang_a", Patience::exponential(180.0).expect("positive"))]
    {
        let pools = week(&patience);
        c.bench_function(&format!("week_of_672_sizings/{name}"), |b| {
            b.iter(|| pools.iter().map(|pool| agents(pool, &goals)).sum::<u64>());
        });
    }
}

fn evaluations(c: &mut Criterion) {
    c.bench_function("evaluation/erlang_a/100_agents", |b| {
        b.iter(|| {
            let floor = a::erlang_a(black_box(100), black_box(105.0), 300.0, 180.0).expect("in its domain");
            floor.service_level(&ServiceLevel::offered(20.0)).expect("in its domain")
        });
    });
}

criterion_group!(benches, sizings, weeks, evaluations);
criterion_main!(benches);
