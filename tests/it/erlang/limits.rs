//! Limits: large floors, extreme patience, extreme sizes.

use callwright::erlang::{Goals, Patience, Performance, Pool, ServiceLevel, a, b, c};

use super::table::{Gate, rows};

fn normal_density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / libm::sqrt(2.0 * std::f64::consts::PI)
}

fn normal_tail(x: f64) -> f64 {
    0.5 * libm::erfc(x / std::f64::consts::SQRT_2)
}

/// Halfin and Whitt 1981.
fn halfin_whitt(beta: f64) -> f64 {
    1.0 / (1.0 + beta * normal_tail(-beta) / normal_density(beta))
}

/// Garnett, Mandelbaum and Reiman 2002: P(wait) and sqrt(n) P(abandon).
fn garnett(beta: f64, ratio: f64) -> (f64, f64) {
    let hazard = |x: f64| normal_density(x) / normal_tail(x);
    let (root, d) = (libm::sqrt(ratio), beta / libm::sqrt(ratio));
    let p_wait = 1.0 / (1.0 + root * hazard(d) / hazard(-beta));
    (p_wait, root * (hazard(d) - d) * p_wait)
}

/// The limit formulas meet the table at 1e-6; the exact functions approach them like 1/sqrt(n).
#[test]
fn quality_and_efficiency_driven_limits() {
    let mut gate = Gate::default();
    let offered: f64 = 1e8;
    for row in rows("asymptotics") {
        let (beta, ratio) = (row.number("beta"), row.number("theta_over_mu"));
        let agents = (offered + beta * offered.sqrt()).round() as u64;
        // agents is rounded: the beta it stands for.
        let beta_exact = (agents as f64 - offered) / offered.sqrt();
        let root_n = libm::sqrt(agents as f64);
        if row.text("kind") == "halfin_whitt" {
            gate.close(&row, "p_wait", halfin_whitt(beta), 1e-6);
            let exact = c::erlang_c(agents, offered, 1.0).unwrap().p_wait();
            let limit = halfin_whitt(beta_exact);
            gate.holds(&row, (exact / limit - 1.0).abs() < 5e-3, || format!("erlang_c {exact}, limit {limit}"));
            continue;
        }
        let (p_wait, p_abandon) = garnett(beta, ratio);
        gate.close(&row, "p_wait", p_wait, 1e-6);
        gate.close(&row, "p_abandon_times_sqrt_n", p_abandon, 1e-6);
        let floor = a::erlang_a(agents, offered, 1.0, 1.0 / ratio).unwrap();
        let (p_wait, p_abandon) = garnett(beta_exact, ratio);
        let close =
            (floor.p_wait() / p_wait - 1.0).abs() < 5e-3 && (floor.p_abandon() * root_n / p_abandon - 1.0).abs() < 5e-3;
        gate.holds(&row, close, || {
            format!("erlang_a {} {}, limit {p_wait} {p_abandon}", floor.p_wait(), floor.p_abandon() * root_n)
        });
    }
    gate.done(2 * 70);
}

#[test]
fn endless_patience_is_erlang_c() {
    for (agents, load) in [(1, 0.7), (10, 8.0), (100, 95.0), (1000, 900.0)] {
        let endless = c::erlang_c(agents, load, 300.0).unwrap();
        let mut last_gap = f64::INFINITY;
        for patience_s in [1e6, 1e7, 1e8, 1e9] {
            let floor = a::erlang_a(agents, load, 300.0, patience_s).unwrap();
            let gap = (floor.asa_s() / endless.asa_s() - 1.0).abs();
            assert!(gap <= last_gap.max(1e-13), "{agents} {load} {patience_s}: {gap} after {last_gap}");
            assert!(gap < 1e6 / patience_s * 2e-2 + 1e-13, "{agents} {load} {patience_s}: {gap}");
            let level = floor.service_level(&ServiceLevel::offered(20.0)).unwrap();
            assert!((level - endless.service_level(20.0).unwrap()).abs() < 1e6 / patience_s * 2e-2 + 1e-13);
            last_gap = gap;
        }
    }
}

#[test]
fn no_patience_is_erlang_b() {
    for (agents, load) in [(1, 0.7), (10, 12.0), (100, 95.0), (1000, 900.0)] {
        let loss = b::blocking(agents, load).unwrap();
        for patience_s in [1e-3, 1e-6, 1e-12, 1e-100, 1e-300] {
            let floor = a::erlang_a(agents, load, 300.0, patience_s).unwrap();
            let gap = (floor.p_abandon() / loss - 1.0).abs();
            assert!(gap < 10.0 * agents as f64 * patience_s / 300.0 + 1e-12, "{agents} {load} {patience_s}: {gap}");
        }
    }
}

/// In heavy overload all agents are busy and the queue is a fluid: the share `1 - s/a` hangs up.
#[test]
fn endless_patience_in_overload_is_a_fluid() {
    for (agents, load) in [(1, 50.0), (100, 150.0), (1_000_000, 1_100_000.0)] {
        for patience_s in [60.0, 1e4, 1e5, 1e7, 1e9] {
            let floor = a::erlang_a(agents, load, 300.0, patience_s).unwrap();
            let (lost, fluid) = (floor.p_abandon(), 1.0 - agents as f64 / load);
            assert!((lost / fluid - 1.0).abs() < 2e-3, "{agents} {load} {patience_s}: {lost} {fluid}");
            assert!((floor.mean_wait_s() / (lost * patience_s) - 1.0).abs() < 1e-9, "{agents} {load} {patience_s}");
        }
    }
}

/// Every size and occupancy of the domain gives finite, ordered figures.
#[test]
fn the_whole_domain_is_finite() {
    for agents in [1, 2, 10, 100, 1000, 10_000, 100_000, 1_000_000_u64] {
        for rho in [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.9999, 1.0, 1.0001, 1.01, 1.1, 2.0, 10.0, 50.0] {
            let load = rho * agents as f64;
            for patience_s in [1e-6, 0.1, 10.0, 120.0, 3600.0, 1e6] {
                let floor = a::erlang_a(agents, load, 300.0, patience_s).unwrap();
                let within = floor.within(20.0).unwrap();
                let shares = [
                    floor.p_wait(),
                    floor.p_abandon(),
                    floor.p_answered(),
                    floor.occupancy(),
                    within.answered,
                    within.abandoned,
                    within.waiting,
                ];
                let what = format!("{agents} agents, rho {rho}, patience {patience_s}: {shares:?}");
                assert!(shares.iter().all(|share| (0.0..=1.0 + 1e-12).contains(share)), "{what}");
                let balance = [shares[1] + shares[2], within.answered + within.abandoned + within.waiting];
                assert!(balance.iter().all(|sum| (sum - 1.0).abs() < 1e-11), "{what}");
                let flow = floor.mean_wait_s() / patience_s;
                assert!((floor.p_abandon() - flow).abs() <= 1e-11 * flow, "{what}: {flow}");
                assert!(floor.asa_s().is_finite() && floor.mean_offered_wait_s().is_finite(), "{what}");
            }
        }
    }
}

/// Spreads from nearly constant to absurd: every figure a share, nothing lost, no walk without end.
#[test]
fn odd_patiences_stay_in_bounds() {
    let mut patiences = Vec::new();
    for mean in [1e-3, 120.0, 1e4] {
        for spread in [0.001, 0.3, 30.0, 1000.0] {
            let tried = [
                Patience::lognormal(mean, spread),
                Patience::gamma(mean, spread),
                Patience::weibull(mean, 0.05 + spread),
                Patience::hyperexponential(mean, spread),
            ];
            patiences.extend(tried.into_iter().flatten());
        }
        patiences.push(Patience::triangular(0.0, 0.0, mean).unwrap());
        patiences.push(Patience::empirical(&[0.0, 0.5 * mean, mean]).unwrap());
    }
    for patience in patiences {
        for agents in [1_u64, 1000] {
            for rho in [1e-9, 0.01, 1.0, 1.2, 50.0] {
                let pool = Pool { load: rho * agents as f64, aht_s: 300.0, patience: patience.clone(), lines: None };
                let Performance::Impatient(floor) = pool.evaluate(agents).unwrap() else { panic!("{patience:?}") };
                let within = floor.within(20.0).unwrap();
                let balance =
                    [floor.p_abandon() + floor.p_answered(), within.answered + within.abandoned + within.waiting];
                let what = format!("{agents} agents, rho {rho}, {patience:?}: {balance:?} {within:?}");
                assert!(balance.iter().all(|sum| (sum - 1.0).abs() < 1e-9), "{what}");
                // What is answered is carried, and agents cannot carry more than all of their time.
                assert!(floor.occupancy() <= 1.0 + 1e-9 && floor.asa_s().is_finite(), "{what} {}", floor.occupancy());
            }
        }
    }
}

/// A million agents are sized without a loop over a million.
#[test]
fn a_million_agents_are_sized_at_once() {
    let load = 1e6;
    for patience in [Patience::never(), Patience::exponential(120.0).unwrap(), Patience::exponential(1e6).unwrap()] {
        let pool = Pool { load, aht_s: 300.0, patience, lines: None };
        for goals in [
            Goals::service_level(0.8, 20.0),
            Goals::service_level(0.01, 0.0),
            Goals { max_occupancy: Some(0.5), ..Goals::default() },
        ] {
            let start = std::time::Instant::now();
            let agents = pool.requirement(&goals).unwrap().agents;
            // Generous: a debug build on a busy machine. A loop over agents would take minutes.
            assert!(start.elapsed().as_secs() < 5, "{agents} agents took {:?}", start.elapsed());
            assert!((0.6e6..2.1e6).contains(&(agents as f64)), "{agents}");
        }
    }
}
