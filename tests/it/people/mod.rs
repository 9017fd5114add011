//! What agents and callers do to a floor: every arrow by itself, averages that stay as stated, loops, closed forms.

#![allow(clippy::disallowed_methods, reason = "what a test expects need not be the same bits on every machine")]

mod anchoring;
mod arrows;
mod closed_forms;
mod conservation;
mod days;
mod loops;
mod neutral;
mod population;

use callwright::experiment::{Options, Results, simulate};
use callwright::model::{Model, compile};
use callwright::scenario::{Request, Scenario, load};

/// Loads a floor from its text, with other files beside it.
fn read(text: &str, files: &[(&str, &str)]) -> Scenario {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("floor.toml");
    for (name, content) in files.iter().chain([&("floor.toml", text)]) {
        std::fs::write(folder.path().join(name), content).expect("a file");
    }
    load(&Request::file(&path)).unwrap_or_else(|e| panic!("{e}\nin\n{text}")).scenario
}

fn model(scenario: &Scenario) -> Model {
    compile(scenario).expect("the floor is well formed")
}

fn run_text(text: &str) -> Results {
    crate::floors::run(&read(text, &[]))
}

fn simulate_on(scenario: &Scenario, threads: usize) -> Results {
    simulate(scenario, &model(scenario), &Options { threads }, &()).expect("threads start")
}

/// Integrals of the tests' own, by midpoint sums.
mod mean {
    use statrs::distribution::{Beta, Continuous};

    /// Over a standard normal number.
    pub fn normal(steps: i32, of: impl Fn(f64) -> f64) -> f64 {
        let width = 16.0 / f64::from(steps);
        let part = |step: i32| {
            let x = -8.0 + (f64::from(step) + 0.5) * width;
            (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt() * width * of(x)
        };
        (0..steps).map(part).sum()
    }

    /// Over z of a score, normal with this mean and standard deviation in points, cut to 0..100.
    pub fn score(steps: i32, mean: f64, sd: f64, of: impl Fn(f64) -> f64) -> f64 {
        normal(steps, |x| of(((mean + sd * x).clamp(0.0, 100.0) - 50.0) / 20.0))
    }

    /// Over an exponential number with mean 1.
    pub fn exponential(steps: i32, of: impl Fn(f64) -> f64) -> f64 {
        let part = |step: i32| of(-((f64::from(step) + 0.5) / f64::from(steps)).ln());
        (0..steps).map(part).sum::<f64>() / f64::from(steps)
    }

    /// Parameters of the Beta distribution with this mean and standard deviation.
    pub fn beta_ab(mean: f64, sd: f64) -> (f64, f64) {
        let k = mean * (1.0 - mean) / (sd * sd) - 1.0;
        (mean * k, (1.0 - mean) * k)
    }

    /// Over a Beta number.
    pub fn beta(steps: i32, mean: f64, sd: f64, of: impl Fn(f64) -> f64) -> f64 {
        let (a, b) = beta_ab(mean, sd);
        let law = Beta::new(a, b).expect("a Beta distribution");
        let width = std::f64::consts::FRAC_PI_2 / f64::from(steps);
        let part = |step: i32| {
            let t = (f64::from(step) + 0.5) * width;
            let c = t.sin() * t.sin();
            law.pdf(c) * 2.0 * t.sin() * t.cos() * width * of(c)
        };
        (0..steps).map(part).sum()
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}
