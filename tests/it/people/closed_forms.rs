//! Figures that can be written down: quantiles, mixtures, learning curves, logits integrated.

use callwright::experiment::{AgentMetric, QueueMetric};
use callwright::people::*;
use statrs::distribution::{Beta, ContinuousCDF};

use super::{logistic, logit, mean, run_text};
use crate::floors::Yardstick;

#[test]
fn complexity_has_the_quantiles_of_a_beta_distribution() {
    let shapes =
        [(0.3, 0.2), (0.5, 0.45), (0.5, 0.05), (0.1, 0.05), (0.9, 0.25), (0.5, 0.288_675), (0.02, 0.1), (0.35, 0.28)];
    for (stated, sd) in shapes {
        let (a, b) = mean::beta_ab(stated, sd);
        let (law, complexity) = (Beta::new(a, b).unwrap(), Complexity::new(stated, sd));
        assert_eq!(complexity.mean(), stated);
        let (mut first, mut second) = (0.0, 0.0);
        for step in 0..200_000 {
            let c = complexity.at((f64::from(step) + 0.5) / 200_000.0);
            (first, second) = (first + c / 200_000.0, second + c * c / 200_000.0);
        }
        assert!((first - stated).abs() < 2e-4, "a = {a}, b = {b}: mean {first}");
        assert!(
            ((second - first * first).sqrt() - sd).abs() < 3e-4,
            "a = {a}, b = {b}: sd {}",
            (second - first * first).sqrt()
        );
        for p in [0.005, 0.05, 0.25, 0.5, 0.75, 0.95, 0.995] {
            // Where the distribution is flat places are close, where it is steep values are.
            let (value, place) = (complexity.at(p), law.cdf(complexity.at(p)));
            let close = (place - p).abs() < 1e-3 || (value - law.inverse_cdf(p)).abs() < 1e-6;
            assert!(close, "a = {a}, b = {b}: {p} comes out at {place}");
        }
        assert!((0.0..=1.0).contains(&complexity.at(1e-12)) && (0.0..=1.0).contains(&complexity.at(1.0 - 1e-12)));
    }
    let alike = Complexity::new(0.4, 0.0);
    assert_eq!((alike.at(0.001), alike.at(0.999)), (0.4, 0.4));
}

#[test]
fn the_learning_curve_averages_over_a_tenure_mix() {
    for (mean_weeks, min_weeks) in [(60.0, 4.0), (10.0, 0.0), (200.0, 1.0), (30.0, 30.0)] {
        let exact = mean::exponential(2_000_000, |x| {
            (52.0 / (min_weeks + (mean_weeks - min_weeks) * x).clamp(1.0, 52.0)).powf(0.125)
        });
        let found = mean_experience(&Tenure { mean_weeks, min_weeks }, &Effects::default());
        assert!((found - exact).abs() < 2e-5, "{mean_weeks} {min_weeks}: {found} and not {exact}");
    }
}

/// A floor of its own effects, not anchored, with far more people than callers.
fn floor(queue: &str, callers: &str, team: &str) -> String {
    format!(
        "anchor = \"none\"\ninterval = \"1h\"\nopen = \"08:00-16:00\"\n[queue.orders]\nvolume = {{ per_hour = 30 }}\n\
         talk = {{ dist = \"constant\", mean = \"4m\" }}\nwrap = {{ dist = \"constant\", mean = \"30s\" }}\n\
         patience = \"unlimited\"\n{queue}\n[queue.orders.callers]\n{callers}\n{team}\n\
         [routing]\nagent_choice = \"random\"\n[effects]\nshock_sd = 0\n[run]\nreplications = 600\nseed = 8\n"
    )
}

fn team(name: &str, agents: u32, traits: &str) -> String {
    format!("[team.{name}]\nagents = {agents}\nskills = {{ orders = 1 }}\n{traits}\n")
}

/// Two kinds of people, 300 and 100: each takes a share of the contacts by their number. |z| < 4.5 (7e-6 each).
#[test]
fn a_mixture_of_two_kinds_has_the_mean_of_both() {
    let teams = team("fast", 300, "traits = { efficiency = 80 }")
        + &team("kind", 100, "traits = { empathy = 90, patience = 60 }");
    let moods = "mood = { calm = 0.5, confused = 0.1, upset = 0.25, irate = 0.15 }";
    let results = run_text(&floor("satisfaction = 0.75\nfirst_contact_resolution = 0.8", moods, &teams));
    let (queue, n) = (&results.queues[0], results.replications);
    let moods = [(0.5, 1.0_f64, 0.0), (0.1, 1.15, 0.2), (0.25, 1.10, 0.6), (0.15, 1.25, 1.2)];
    let kinds = [(0.75, 1.5, 0.0, 0.0), (0.25, 0.0, 2.0, 0.5)];
    let (mut talk, mut wrap, mut calmed, mut heated) = (0.0, 0.0, 0.0, 0.0);
    // Ratings at most so many steps below the top box.
    let mut within = [0.0; 4];
    for (kind, (share, efficiency, empathy, patience)) in kinds.into_iter().enumerate() {
        let shield = f64::exp(-0.35 * patience);
        wrap += share * 30.0 * f64::exp(-0.18 * efficiency);
        for (mood, (part, longer, worse)) in moods.into_iter().enumerate() {
            let part = share * part;
            talk += part * 240.0 * longer.powf(shield) * f64::exp(-0.18 * efficiency + 0.02 * empathy);
            let given = |own: f64, worse: f64, below: f64| {
                let at = |unsolved: f64| logistic(logit(0.75) + below + own * empathy - worse * shield - unsolved);
                0.8 * at(0.0) + 0.2 * at(2.0)
            };
            let calm = if mood >= 2 { logistic(-1.0 + 0.5 * empathy + 0.3 * patience) } else { 0.0 };
            let own = if mood >= 2 { 0.5 } else { 0.25 };
            for (steps, within) in within.iter_mut().enumerate() {
                let below = steps as f64;
                *within += part * (calm * given(0.25, 0.0, below) + (1.0 - calm) * given(own, worse, below));
            }
            (heated, calmed) = if mood >= 2 { (heated + part, calmed + part * calm) } else { (heated, calmed) };
        }
        assert!(kind < 2);
    }
    let mut yardstick = Yardstick::default();
    let exact = [
        (QueueMetric::TalkS, talk),
        (QueueMetric::WrapS, wrap),
        (QueueMetric::Csat, within[0]),
        (QueueMetric::CsatMean, 1.0 + within.iter().sum::<f64>()),
        (QueueMetric::UpsetRate, 0.4),
        (QueueMetric::CalmedRate, calmed / heated),
        (QueueMetric::ResolutionRate, 0.8),
    ];
    for (metric, exact) in exact {
        yardstick.compare(&format!("{metric:?}"), queue.get(metric), n, exact, 0.0);
    }
    yardstick.verdict(7, None);
}

/// +1 z of one trait across the floor, as a planner sees it: every figure against the closed form (|z| < 4.5, 7e-6 each,
/// some 80 figures). Callers are calm and problems alike, so that every form is one logistic.
#[test]
fn each_trait_of_a_whole_floor_has_its_stated_effect() {
    let mut yardstick = Yardstick::default();
    let stated = "satisfaction = 0.75\nfirst_contact_resolution = 0.7\nretention = 0.9\n\
                  hold = { dist = \"constant\", mean = \"20s\" }";
    let offer = "offer = { conversion = 0.2 }";
    for of in TRAITS {
        let text = floor(stated, offer, &team("tier1", 400, &format!("traits = {{ {} = 70 }}", of.name())));
        let text = text.replace("replications = 600", "replications = 150");
        let results = run_text(&text);
        let (queue, n) = (&results.queues[0], results.replications);
        let when = |traits: &[(Trait, f64)]| traits.iter().find(|(t, _)| *t == of).map_or(0.0, |(_, x)| *x);
        use Trait::*;
        let times = [
            (
                QueueMetric::TalkS,
                240.0,
                when(&[(Efficiency, -0.18), (Empathy, 0.02), (Communication, -0.03), (Knowledge, -0.04)]),
            ),
            (QueueMetric::HoldS, 20.0, when(&[(Knowledge, -0.15), (Memory, -0.10)])),
            (QueueMetric::WrapS, 30.0, when(&[(Efficiency, -0.18), (Memory, -0.10), (TimeManagement, -0.12)])),
        ];
        for (metric, base, log) in times {
            // Everybody takes the same time, but for parts of a microsecond.
            let found = queue.get(metric).mean.unwrap();
            assert!((found - base * f64::exp(log)).abs() < 1e-6, "{} {metric:?}: {found}", of.name());
        }
        let resolved = logistic(logit(0.7) + when(&[(Knowledge, 0.35), (Communication, 0.10)]));
        let level = logit(0.75) + when(&[(Empathy, 0.25), (Communication, 0.20), (Attitude, 0.10)]);
        let (happy, cross) = (logistic(level), logistic(level - 2.0));
        let stay = logit(0.9) + when(&[(Persuasion, 0.40)]);
        let kept =
            |solved: f64, happy: f64| happy * logistic(stay - solved) + (1.0 - happy) * logistic(stay - solved - 0.5);
        let shares = [
            (QueueMetric::ResolutionRate, resolved),
            (QueueMetric::Csat, resolved * happy + (1.0 - resolved) * cross),
            (QueueMetric::Conversion, logistic(logit(0.2) + when(&[(Sales, 0.40), (Persuasion, 0.15)]))),
            (QueueMetric::RetentionRate, resolved * kept(0.0, happy) + (1.0 - resolved) * kept(1.0, cross)),
        ];
        for (metric, exact) in shares {
            yardstick.compare(&format!("{} {metric:?}", of.name()), queue.get(metric), n, exact, 0.0);
        }
    }
    yardstick.verdict(52, Some((0.5, 1.6)));
}

/// Resolution where knowledge is spread widely: the mean of logistics, not the logistic of the mean. |z| < 4.5.
#[test]
fn logits_are_integrated_over_the_people() {
    let team =
        team("tier1", 400, "traits = { knowledge = { mean = 40, sd = 25 }, communication = { mean = 60, sd = 15 } }");
    let results = run_text(&floor("first_contact_resolution = 0.75", "complexity = { mean = 0.4, sd = 0.3 }", &team));
    let exact = mean::score(300, 40.0, 25.0, |knowledge| {
        mean::score(60, 60.0, 15.0, |communication| {
            mean::beta(60, 0.4, 0.3, |c| {
                logistic(logit(0.75) + 0.35 * knowledge + 0.10 * communication - 2.0 * (c - 0.4))
            })
        })
    });
    let mut yardstick = Yardstick::default();
    yardstick.compare(
        "resolution",
        results.queues[0].get(QueueMetric::ResolutionRate),
        results.replications,
        exact,
        1e-4,
    );
    assert!(results.agents.iter().all(|agent| agent.get(AgentMetric::TalkS).half_width.is_none()));
    yardstick.verdict(1, None);
}
