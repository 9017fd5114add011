//! Differences and their standard errors against the same figures got in another way.

use std::sync::Mutex;

use callwright::experiment::*;
use callwright::model::compile;
use callwright::scenario::*;

use crate::floors::*;

/// Job A of the engine's tests with so many agents: 1000 calls an hour for twelve hours, 300 s, patience 120 s.
pub fn job_a(agents: u32, seed: u64, replications: u32) -> Scenario {
    let goal =
        Goal { service_level: Some(0.75), abandon: None, asa_s: None, p_wait: None, over: Period::Day, on: None };
    let calls = Queue { goal: Some(goal), ..queue("calls", vec![500.0; 24], 300.0, 120.0) };
    let people = Team { cost_per_hour: Some(20.0), ..team("agents", vec![agents; 24], &[(0, 1, 1.0)]) };
    let mut scenario = floor(one_day(24, 1800), vec![calls], vec![people]);
    (scenario.run.seed, scenario.run.replications) = (seed, replications);
    scenario
}

/// Three queues, three teams, goals and shifts: a shipped floor, changed as by --set.
fn retail(sets: &[&str]) -> Scenario {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/retail-support.toml");
    let request = sets.iter().fold(Request::file(path).set("run.replications=60"), |r, set| r.set(*set));
    load(&request).unwrap().scenario
}

pub fn compared(floors: &[&Scenario], threads: usize) -> Compared {
    let models: Vec<_> = floors.iter().map(|floor| compile(floor).unwrap()).collect();
    let pairs: Vec<_> = floors.iter().copied().zip(&models).collect();
    compare(&pairs, &Options { threads }, &()).unwrap()
}

pub fn of(compared: &Compared, scope: &Scope, metric: Metric) -> Difference {
    *compared.comparisons[0].scope(scope).unwrap().get(metric).unwrap()
}

fn all(compared: &Compared, metric: QueueMetric) -> Difference {
    of(compared, &Scope::AllQueues, Metric::Queue(metric))
}

/// Keeps the values of all queues together, one row per replication of a floor with one day.
#[derive(Default)]
struct Days(Mutex<Vec<Vec<Option<f64>>>>);

impl Watcher for Days {
    fn day(&self, row: &DayRow<'_>) {
        if row.queue.is_none() {
            self.0.lock().unwrap().push(row.values.to_vec());
        }
    }
}

/// Values of a metric, replication by replication, from a simulation of the floor alone.
fn alone(floor: &Scenario, metric: QueueMetric) -> Vec<f64> {
    let days = Days::default();
    simulate(floor, &compile(floor).unwrap(), &Options::default(), &days).unwrap();
    days.0.into_inner().unwrap().iter().map(|row| row[metric as usize].unwrap()).collect()
}

fn standard_error(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0) / n).sqrt()
}

#[test]
fn the_error_of_a_mean_is_that_of_the_differences_day_by_day() {
    let (a, b) = (job_a(80, 1, 300), job_a(81, 1, 300));
    let paired = compared(&[&a, &b], 0);
    for metric in [QueueMetric::Abandoned, QueueMetric::Answered, QueueMetric::MeanQueue, QueueMetric::WaitMaxS] {
        let days: Vec<f64> = alone(&b, metric).iter().zip(alone(&a, metric)).map(|(b, a)| b - a).collect();
        let found = all(&paired, metric);
        let mean = days.iter().sum::<f64>() / days.len() as f64;
        assert!((found.difference.unwrap() / mean - 1.0).abs() < 1e-9, "{found:?}");
        assert!((found.standard_error.unwrap() / standard_error(&days) - 1.0).abs() < 1e-6, "{found:?}");
    }
}

#[test]
fn the_error_of_a_ratio_is_that_of_the_jackknife() {
    let (a, b) = (job_a(80, 1, 300), job_a(82, 1, 300));
    let paired = compared(&[&a, &b], 0);
    let ratios = [
        (QueueMetric::ServiceLevel, QueueMetric::Offered),
        (QueueMetric::AsaS, QueueMetric::Answered),
        (QueueMetric::AbandonRate, QueueMetric::Offered),
    ];
    for (metric, weight) in ratios {
        let parts = |floor| alone(floor, metric).into_iter().zip(alone(floor, weight)).map(|(r, y)| (r * y, y));
        let (a, b): (Vec<_>, Vec<_>) = (parts(&a).collect(), parts(&b).collect());
        let sum = |parts: &[(f64, f64)]| parts.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
        let without = |parts: &[(f64, f64)], i: usize| (sum(parts).0 - parts[i].0) / (sum(parts).1 - parts[i].1);
        let left_out: Vec<f64> = (0..a.len()).map(|i| without(&b, i) - without(&a, i)).collect();
        let n = a.len() as f64;
        // Tukey 1958: (n - 1) / n times the sum of squares around the mean.
        let jackknife = standard_error(&left_out) * (n - 1.0);
        let found = all(&paired, metric).standard_error.unwrap();
        println!("{}: paired {found:.6}, jackknife {jackknife:.6}", metric.name());
        assert!((found / jackknife - 1.0).abs() < 0.02, "{}: {found} {jackknife}", metric.name());
    }
}

#[test]
fn the_same_callers_save_most_of_the_variance() {
    let (a, b) = (job_a(80, 1, 400), job_a(81, 1, 400));
    let (pairs, other) = (compared(&[&a, &b], 0), run(&job_a(81, 2, 400)));
    for metric in [QueueMetric::ServiceLevel, QueueMetric::AbandonRate, QueueMetric::AsaS] {
        let paired = all(&pairs, metric);
        // Independent seeds: the variances of both floors add up.
        let half_widths = [pairs.results[0].total.get(metric), other.total.get(metric)].map(|e| e.half_width.unwrap());
        let independent = libm::hypot(half_widths[0], half_widths[1]);
        let factor = libm::pow(independent / paired.half_width().unwrap(), 2.0);
        println!("{}: {factor:.1} times, stated {:.1}", metric.name(), paired.variance_factor().unwrap());
        assert!(factor > 5.0, "{}: {factor}", metric.name());
        assert!((paired.variance_factor().unwrap() / factor - 1.0).abs() < 0.25);
    }
}

#[test]
fn a_floor_does_not_differ_from_itself() {
    let floor = retail(&[]);
    for scope in &compared(&[&floor, &floor], 0).comparisons[0].scopes {
        for found in scope.differences.iter().filter(|d| d.values[0].is_some()) {
            assert_eq!((found.difference, found.standard_error), (Some(0.0), Some(0.0)), "{:?} {found:?}", scope.scope);
            assert_eq!((found.p_value(), found.variance_factor()), (Some(1.0), None));
        }
    }
}

#[test]
fn neither_order_nor_threads_matter() {
    let (a, b) = (retail(&[]), retail(&["team.tier1.shifts[0].agents=+2", "queue.orders.patience=2m"]));
    let there = compared(&[&a, &b], 1);
    assert_eq!(there, compared(&[&a, &b], 4));
    let back = compared(&[&b, &a], 3);
    let of = |compared: &Compared| compared.comparisons[0].scopes.clone();
    let mut seen = 0;
    for (there, back) in of(&there).iter().zip(&of(&back)) {
        for (there, back) in there.differences.iter().zip(&back.differences) {
            assert_eq!(there.difference, back.difference.map(|d| if d == 0.0 { d } else { -d }));
            assert_eq!(there.standard_error.map(f64::to_bits), back.standard_error.map(f64::to_bits));
            assert_eq!([there.values[0], there.values[1]], [back.values[1], back.values[0]]);
            seen += usize::from(there.difference.is_some());
        }
    }
    assert!(seen > 150, "{seen}");
}

#[test]
fn values_are_those_of_the_floors_alone() {
    let (a, b) = (retail(&[]), retail(&["team.tier1.shifts[0].agents=+2"]));
    let both = compared(&[&a, &b], 2);
    assert_eq!(both.results, [run(&a), run(&b)]);
    for (index, scope) in both.comparisons[0].scopes.iter().enumerate() {
        for found in &scope.differences {
            let Metric::Queue(metric) = found.metric else { continue };
            let results = if index == 0 { &both.results[1].total } else { &both.results[1].queues[index - 1] };
            assert_eq!(found.values[1], results.get(metric).mean, "{}", metric.name());
        }
    }
}

#[test]
fn what_only_one_floor_has_is_listed() {
    let (a, mut b) = (retail(&[]), retail(&[]));
    b.queues[0].name = "renamed".into();
    let both = compared(&[&a, &b], 2);
    let [only_a, only_b] = &both.comparisons[0].unmatched;
    assert_eq!((&only_a.queues, &only_b.queues), (&vec![a.queues[0].name.clone()], &vec!["renamed".into()]));
    assert!(only_a.teams.is_empty() && both.comparisons[0].scope(&Scope::Queue("renamed".into())).is_none());
}

#[test]
fn floors_without_one_seed_are_refused() {
    let (a, b) = (job_a(80, 1, 10), job_a(80, 2, 10));
    let models = [compile(&a).unwrap(), compile(&b).unwrap()];
    let message = |floors: &[(&Scenario, &_)]| compare(floors, &Options::default(), &()).unwrap_err().to_string();
    assert!(message(&[(&a, &models[0]), (&b, &models[1])]).contains("run.seed"));
    assert!(message(&[(&a, &models[0])]).contains("two floors"));
    assert!(message(&[]).contains("two floors"));
}

#[test]
fn an_early_end_keeps_whole_pairs() {
    struct StopAfter(std::sync::atomic::AtomicU32, std::sync::atomic::AtomicBool);
    impl Watcher for StopAfter {
        fn replication_done(&self) {
            use std::sync::atomic::Ordering::SeqCst;
            self.1.store(self.0.fetch_add(1, SeqCst) >= 20, SeqCst);
        }
        fn stop(&self) -> Option<&std::sync::atomic::AtomicBool> {
            Some(&self.1)
        }
    }
    let (a, b) = (job_a(80, 1, 500), job_a(81, 1, 500));
    let models = [compile(&a).unwrap(), compile(&b).unwrap()];
    let stop = StopAfter(Default::default(), Default::default());
    let compared = compare(&[(&a, &models[0]), (&b, &models[1])], &Options { threads: 2 }, &stop).unwrap();
    let done = compared.comparisons[0].replications;
    assert!((1..=12).contains(&done), "{done}");
    assert!(compared.results.iter().all(|r| r.replications == done && r.requested == 500));
}
