//! Contacts per second of whole experiments on one thread: simulation, all statistics and the fold over
//! replications. `cargo bench --bench engine`; the figure criterion calls "elem/s" is contacts per second.

use std::hint::black_box;

use callwright::experiment::{Options, simulate};
use callwright::model::compile;
use callwright::scenario::*;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

#[allow(dead_code)]
#[path = "../tests/it/floors.rs"]
mod floors;

/// One experiment of `replications` on `threads`.
fn measure(c: &mut Criterion, id: BenchmarkId, mut scenario: Scenario, replications: u32, threads: usize) {
    scenario.run.replications = replications;
    let model = compile(&scenario).expect("a benchmark's floor is well formed");
    let run = || simulate(&scenario, &model, &Options { threads }, &()).expect("threads start");
    let mut group = c.benchmark_group("engine");
    group.sample_size(10).throughput(Throughput::Elements(run().contacts));
    group.bench_function(id, |b| b.iter(|| black_box(run())));
    group.finish();
}

fn shipped(file: &str) -> Scenario {
    let path = format!("{}/scenarios/{file}", env!("CARGO_MANIFEST_DIR"));
    load(&Request::file(path)).expect("a shipped scenario loads").scenario
}

/// Jobs A and B of the literature: `single-queue.toml` and `multi-skill-day.toml`.
fn jobs(c: &mut Criterion) {
    for threads in [1, 2] {
        measure(c, BenchmarkId::new("A single-queue", threads), shipped("single-queue.toml"), 200, threads);
        measure(c, BenchmarkId::new("B multi-skill-day", threads), shipped("multi-skill-day.toml"), 200, threads);
    }
}

/// Job B with people: traits, moods, complexity, outcomes, offers. Per contact it takes at most 1.6 times the time of the
/// job without.
fn people(c: &mut Criterion) {
    let mut floor = shipped("multi-skill-day.toml");
    for queue in &mut floor.queues {
        queue.outcomes = Outcomes {
            first_contact_resolution: Some(0.72),
            satisfaction: Some(0.78),
            retention: Some(0.995),
            value: Some(300.0),
            moods: Some([0.7, 0.15, 0.1, 0.05]),
            complexity: Some(ComplexityStated { mean: 0.3, sd: 0.2 }),
            offer: Some(OfferStated { chance: 0.4, conversion: 0.08, revenue: 25.0, talk_s: 0.0 }),
            ..Outcomes::default()
        };
    }
    let spread = callwright::people::Spread { mean: 50.0, sd: 15.0 };
    floor.teams.iter_mut().for_each(|team| team.crew.spreads = [spread; 13]);
    measure(c, BenchmarkId::new("B with people", 1), floor, 200, 1);
    measure(c, BenchmarkId::new("B without", 1), shipped("multi-skill-day.toml"), 200, 1);
}

/// One queue, one team, 95 % occupied, from 10 to 100,000 agents.
fn sizes(c: &mut Criterion) {
    for agents in [10_u32, 100, 1_000, 10_000, 100_000] {
        let per_half_hour = 0.95 * f64::from(agents) * 1800.0 / 300.0;
        let queue = floors::queue("calls", vec![per_half_hour; 16], 300.0, 120.0);
        let team = floors::team("agents", vec![agents; 16], &[(0, 1, 1.0)]);
        let floor = floors::floor(floors::one_day(16, 1800), vec![queue], vec![team]);
        measure(c, BenchmarkId::new("agents", agents), floor, (2_000_000 / (91 * agents)).max(1), 1);
    }
}

/// 50 queues, 100 teams of 12 with three skills each.
fn many_queues(c: &mut Criterion) {
    let queues = (0..50).map(|q| floors::queue(&format!("q{q}"), vec![130.0; 24], 300.0, 120.0)).collect();
    let teams = (0..100)
        .map(|t| {
            let skills = [(t % 50, 1, 1.0), ((t + 7) % 50, 2, 1.0), ((3 * t + 1) % 50, 3, 1.1)];
            floors::team(&format!("t{t}"), vec![12; 24], &skills)
        })
        .collect();
    let mut floor = floors::floor(floors::one_day(24, 1800), queues, teams);
    floor.routing.call_choice = CallChoice::LongestWait;
    measure(c, BenchmarkId::new("queues x teams", "50 x 100"), floor, 10, 1);
}

/// 200 people in 12 teams on shifts with a lunch, eight queues: redials, chats, a team that helps out after a time.
fn everything(c: &mut Criterion) {
    measure(c, BenchmarkId::new("shifts, breaks, overflow, redials, chat", "8 x 12"), floor_of_shifts(), 40, 1);
}

fn floor_of_shifts() -> Scenario {
    const OPEN: u64 = 12 * 3600;
    let queue = |q: usize| {
        let mut queue = floors::queue(&format!("q{q}"), vec![50.0; 24], 300.0, 120.0);
        let after = Dist::Exponential { mean: 600.0 };
        queue.callers.redial = Some(Redial { probability: 0.4, after, attempts: Some(3), queue: None });
        if q >= 6 {
            queue.channel = Channel::Chat(Chat { concurrency: 3, slowdown: 0.2, silent: 0.0, silent_timeout_s: 120.0 });
        }
        queue
    };
    // Half of each team comes in the morning, half four hours later; lunch is spread over two hours.
    let person = |number: usize| {
        let start = if number.is_multiple_of(2) { 0 } else { OPEN / 3 };
        let (lunch, end) = (start + 3 * 3600 + number as u64 % 8 * 900, start + 2 * OPEN / 3);
        let stretch = |from_s: u64, to_s: u64| Stretch { from_s, to_s };
        let on_phone = vec![stretch(start, lunch), stretch(lunch + 1800, end)];
        Person {
            shift: if start == 0 { "early".into() } else { "late".into() },
            position: number as u32,
            duties: vec![Duty { day: 0, on_phone, paid_s: (end - start) as f64 }],
            profile: Default::default(),
        }
    };
    let team = |t: usize| {
        let skills: Vec<(usize, i32, f64)> =
            if t < 8 { vec![(t, 1, 1.0)] } else { vec![(t - 8, 2, 1.1), (t - 4, 2, 1.1)] };
        let people = if t < 8 { 20 } else { 10 };
        let mut team = floors::team(&format!("t{t}"), vec![people / 2; 24], &skills);
        team.people = Some(People {
            persons: (0..people as usize).map(person).collect(),
            absence: 0.05,
            lateness: None,
            paid_absence: true,
            activities: Vec::new(),
        });
        if t == 8 {
            team.skills.iter_mut().for_each(|skill| skill.after_s = 60.0);
        }
        team
    };
    floors::floor(floors::one_day(24, 1800), (0..8).map(queue).collect(), (0..12).map(team).collect())
}

criterion_group!(benches, jobs, people, sizes, many_queues, everything);
criterion_main!(benches);
