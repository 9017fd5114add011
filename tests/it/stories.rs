//! The stories of `docs/people.md`: each pair of shipped floors shows the trade-off its comment speaks of.
//!
//! A difference counts when it is more than 4.5 of its standard errors (by pairs, 150 days, fixed seed) in the stated
//! direction: by chance alone one of the 29 figures below would do that once in ten thousand runs of this file.

use callwright::experiment::{
    Comparison, Metric, Options, QueueMetric as Q, Scope, TeamMetric as T, compare, settle_repeats,
};
use callwright::model::compile;
use callwright::scenario::{Request, Scenario, load};
use std::path::Path;

const SURE: f64 = 4.5;

fn floor(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/stories").join(name).with_extension("toml");
    let loaded = load(&Request::file(&path)).unwrap_or_else(|e| panic!("{name}\n{e}"));
    assert_eq!(loaded.warnings, [], "{name}");
    let mut scenario = loaded.scenario;
    scenario.run.replications = 150;
    settle_repeats(&mut scenario).expect("a floor that can be simulated");
    scenario
}

fn told(name: &str) -> Comparison {
    let (before, after) = (floor("floor"), floor(name));
    let models = [compile(&before).unwrap(), compile(&after).unwrap()];
    let floors = [(&before, &models[0]), (&after, &models[1])];
    compare(&floors, &Options::default(), &()).unwrap().comparisons.remove(0)
}

/// The difference in standard errors.
fn z(story: &Comparison, scope: &Scope, metric: Metric) -> f64 {
    let difference = story.scope(scope).and_then(|s| s.get(metric)).expect("a figure of both floors");
    difference.difference.expect("defined") / difference.standard_error.expect("two replications").max(1e-12)
}

fn rises(story: &Comparison, scope: &Scope, metrics: &[Q]) {
    for &metric in metrics {
        let z = z(story, scope, Metric::Queue(metric));
        assert!(z > SURE, "{} should rise: {z} standard errors", metric.name());
    }
}

fn falls(story: &Comparison, scope: &Scope, metrics: &[Q]) {
    for &metric in metrics {
        let z = z(story, scope, Metric::Queue(metric));
        assert!(z < -SURE, "{} should fall: {z} standard errors", metric.name());
    }
}

fn cost(story: &Comparison) -> f64 {
    z(story, &Scope::AllTeams, Metric::Team(T::Cost))
}

fn service() -> Scope {
    Scope::Queue("service".into())
}

fn sales() -> Scope {
    Scope::Queue("sales".into())
}

#[test]
fn empathy_is_paid_for_and_felt() {
    let story = told("empathy-training");
    rises(&story, &service(), &[Q::Csat, Q::CalmedRate]);
    rises(&story, &sales(), &[Q::Csat]);
    assert!(cost(&story) > SURE, "training costs");
}

#[test]
fn verifying_takes_time_and_saves_calls() {
    let story = told("verify-the-fix");
    rises(&story, &service(), &[Q::AhtS, Q::ResolutionRate, Q::Csat]);
    falls(&story, &service(), &[Q::Repeats, Q::Offered, Q::CustomersLost]);
}

#[test]
fn a_quota_buys_speed_with_quality() {
    let story = told("quota-pressure");
    falls(&story, &service(), &[Q::AhtS, Q::ResolutionRate, Q::Csat]);
    rises(&story, &service(), &[Q::ServiceLevel, Q::Repeats]);
}

#[test]
fn the_patient_calm_the_irate() {
    let story = told("match-irate-to-patient");
    rises(&story, &service(), &[Q::CalmedRate, Q::Csat]);
    let z = z(&story, &service(), Metric::Queue(Q::ServiceLevel));
    assert!(z.abs() < SURE, "nobody should wait longer or less: {z} standard errors");
}

#[test]
fn sellers_sell() {
    rises(&told("sellers-on-sales"), &sales(), &[Q::Conversion, Q::Sales, Q::Revenue]);
}

#[test]
fn new_hires_are_slow_and_solve_less() {
    let story = told("new-hires");
    rises(&story, &service(), &[Q::AhtS, Q::Repeats, Q::AsaS]);
    falls(&story, &service(), &[Q::ServiceLevel, Q::ResolutionRate]);
}

#[test]
fn a_cheap_partner_is_paid_for_by_customers() {
    let story = told("outsourcer-quality");
    falls(&story, &service(), &[Q::ResolutionRate]);
    rises(&story, &service(), &[Q::Repeats]);
    assert!(cost(&story) < -SURE, "the partner is cheaper");
}
