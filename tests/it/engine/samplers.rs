//! Every distribution: the right moments, the right shape, and the same bits on every machine.

use callwright::engine::{DayKey, Purpose, Stream};
use callwright::model::{Bits, Sampler, Ziggurat};
use callwright::scenario::Dist;

fn all() -> Vec<(&'static str, Dist, f64)> {
    vec![
        // name, distribution, coefficient of variation
        ("constant", Dist::Constant { mean: 30.0 }, 0.0),
        ("exponential", Dist::Exponential { mean: 30.0 }, 1.0),
        ("lognormal", Dist::Lognormal { mean: 30.0, cv: 0.8 }, 0.8),
        ("gamma", Dist::Gamma { mean: 30.0, cv: 0.5 }, 0.5),
        ("gamma below one", Dist::Gamma { mean: 30.0, cv: 1.6 }, 1.6),
        ("erlang", Dist::Erlang { mean: 30.0, k: 3 }, 1.0 / 3.0_f64.sqrt()),
        // cv² = Gamma(1 + 2/k) / Gamma(1 + 1/k)² - 1: k = 2 gives 4/pi - 1.
        ("weibull", Dist::Weibull { mean: 30.0, shape: 2.0 }, (4.0 / std::f64::consts::PI - 1.0).sqrt()),
        ("uniform", Dist::Uniform { min: 10.0, max: 50.0 }, 40.0 / 12.0_f64.sqrt() / 30.0),
        ("triangular", Dist::Triangular { min: 10.0, mode: 30.0, max: 50.0 }, 40.0 / 24.0_f64.sqrt() / 30.0),
        ("hyperexponential", Dist::Hyperexponential { mean: 30.0, cv: 2.0 }, 2.0),
        ("empirical", Dist::Empirical { values: vec![10.0, 20.0, 60.0].into() }, (1400.0_f64 / 3.0).sqrt() / 30.0),
    ]
}

fn stream() -> Stream {
    DayKey::new(42, 0, 0, 0).stream(Purpose::Arrivals)
}

fn draws(dist: &Dist, n: usize) -> Vec<f64> {
    let (sampler, zig, mut bits) = (Sampler::new(dist), Ziggurat::default(), stream());
    (0..n).map(|_| sampler.draw(&zig, &mut bits)).collect()
}

/// Means of a million draws: |z| < 4.5, seed fixed (false alarm 7e-6 each). The spread: within 2 % (heavy tails).
#[test]
fn means_and_spreads_are_as_stated() {
    for (name, dist, cv) in all() {
        let n = 1_000_000;
        let values = draws(&dist, n);
        let mean = values.iter().sum::<f64>() / n as f64;
        let sd = (values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n as f64).sqrt();
        assert!((dist.mean() - 30.0).abs() < 1e-12, "{name}");
        assert!((mean - 30.0).abs() <= 4.5 * 30.0 * cv / 1000.0, "{name}: mean {mean}");
        assert!((sd / 30.0 - cv).abs() <= 0.02 * cv.max(0.01), "{name}: cv {} instead of {cv}", sd / 30.0);
        assert!(values.iter().all(|x| *x >= 0.0), "{name}");
    }
}

/// Two-sample Kolmogorov-Smirnov against the samplers of `rand_distr`, 200,000 draws each.
/// The 0.1 % point of the statistic is 1.949 sqrt(2/n); seeds fixed.
#[test]
fn shapes_agree_with_another_library() {
    use rand::SeedableRng;
    use rand_distr::{Distribution, Exp1, Gamma, LogNormal, StandardNormal, Triangular, Weibull};
    let n = 200_000;
    let rng = &mut rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(7);
    let variance = libm::log(1.0 + 0.64);
    let normal = {
        let (zig, mut bits) = (Ziggurat::default(), stream());
        (0..n).map(|_| zig.normal(&mut bits)).collect::<Vec<f64>>()
    };
    let pairs: Vec<(&str, Vec<f64>, Vec<f64>)> = vec![
        ("normal", normal, StandardNormal.sample_iter(&mut *rng).take(n).collect()),
        (
            "exponential",
            draws(&Dist::Exponential { mean: 1.0 }, n),
            Distribution::<f64>::sample_iter(Exp1, &mut *rng).take(n).collect(),
        ),
        (
            "lognormal",
            draws(&Dist::Lognormal { mean: 1.0, cv: 0.8 }, n),
            LogNormal::new(-0.5 * variance, variance.sqrt()).unwrap().sample_iter(&mut *rng).take(n).collect(),
        ),
        (
            "gamma",
            draws(&Dist::Gamma { mean: 1.0, cv: 0.5 }, n),
            Gamma::new(4.0, 0.25).unwrap().sample_iter(&mut *rng).take(n).collect(),
        ),
        (
            "gamma below one",
            draws(&Dist::Gamma { mean: 1.0, cv: 2.0 }, n),
            Gamma::new(0.25, 4.0).unwrap().sample_iter(&mut *rng).take(n).collect(),
        ),
        (
            "weibull",
            draws(&Dist::Weibull { mean: libm::tgamma(1.0 + 1.0 / 0.7), shape: 0.7 }, n),
            Weibull::new(1.0, 0.7).unwrap().sample_iter(&mut *rng).take(n).collect(),
        ),
        (
            "triangular",
            draws(&Dist::Triangular { min: 1.0, mode: 2.0, max: 6.0 }, n),
            Triangular::new(1.0, 6.0, 2.0).unwrap().sample_iter(&mut *rng).take(n).collect(),
        ),
    ];
    for (name, mut ours, mut theirs) in pairs {
        ours.sort_by(f64::total_cmp);
        theirs.sort_by(f64::total_cmp);
        let (mut i, mut j, mut distance) = (0, 0, 0.0_f64);
        while i < n && j < n {
            if ours[i] <= theirs[j] {
                i += 1
            } else {
                j += 1
            }
            distance = distance.max((i as f64 - j as f64).abs() / n as f64);
        }
        assert!(distance < 1.949 * (2.0 / n as f64).sqrt(), "{name}: KS distance {distance}");
    }
}

/// Hash of the bits of 100,000 draws. A change here is a change of every result: it belongs under
/// "value-breaking" in the change log, with a new version of the generator's name.
#[test]
fn draws_are_the_same_bits_everywhere() {
    let hash = |dist: &Dist| {
        draws(dist, 100_000)
            .iter()
            .flat_map(|x| x.to_bits().to_le_bytes())
            .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
    };
    let found: Vec<(&str, String)> =
        all().iter().map(|(name, dist, _)| (*name, format!("{:016x}", hash(dist)))).collect();
    let golden = include_str!("../../data/golden/samplers.txt");
    let printed: String = found.iter().map(|(name, hash)| format!("{hash} {name}\n")).collect();
    assert_eq!(printed, golden, "samplers changed; found:\n{printed}");
}

/// The numbers by which a conversation is decided: each uniform (chi-square over 64 cells, 63 degrees of freedom: below 125
/// but with probability 5e-6), no two of them related (|z| < 4.5, 7e-6 for each pair). Seed fixed.
#[test]
fn decisions_are_uniform_and_unrelated() {
    const CONTACTS: usize = 200_000;
    const CELLS: usize = 64;
    let numbers = |contact: usize| {
        let key = DayKey::new(7, contact as u64 / 1_000, 0, 11).contact(contact as u64 % 1_000);
        let pairs = [Purpose::Mood, Purpose::Satisfied, Purpose::Offered].map(|purpose| key.pair(purpose));
        let [[mood, resolved], [satisfied, retained], [offered, sold]] = pairs;
        let [reason, complexity] = [Purpose::Reason, Purpose::Complexity].map(|p| key.caller().stream(p).uniform());
        let talk = key.stream(Purpose::Talk).uniform();
        [mood, resolved, satisfied, retained, offered, sold, reason, complexity, talk]
    };
    let all: Vec<_> = (0..CONTACTS).map(numbers).collect();
    let n = CONTACTS as f64;
    for which in 0..9 {
        let mut cells = [0.0; CELLS];
        all.iter().for_each(|numbers| cells[(numbers[which] * CELLS as f64) as usize] += 1.0);
        let expected = n / CELLS as f64;
        let chi_square: f64 = cells.iter().map(|count| (count - expected) * (count - expected) / expected).sum();
        assert!(chi_square < 125.0, "number {which}: {chi_square}");
        for other in 0..which {
            let product: f64 = all.iter().map(|numbers| (numbers[which] - 0.5) * (numbers[other] - 0.5)).sum();
            // The variance of a uniform number is 1/12.
            let z = 12.0 * product / n.sqrt();
            assert!(z.abs() < 4.5, "numbers {other} and {which}: {z}");
        }
    }
}
