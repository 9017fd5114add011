//! What must hold for any input. The seed is fixed: the same cases on every run.

use callwright::erlang::shrinkage::{gross_heads, net_heads};
use callwright::erlang::{Formula, Goals, Patience, Performance, Pool, ServiceLevel, a, b, c, finite};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// 256 cases from a fixed seed; failures are not persisted to files.
fn fixed() -> Config {
    Config { cases: 256, rng_seed: RngSeed::Fixed(0x6361_6c6c), failure_persistence: None, ..Config::default() }
}

const FORMULAS: [Formula; 6] = [
    Formula::Offered,
    Formula::IgnoreAbandonsInGoal,
    Formula::CountAbandonsInGoal,
    Formula::AnsweredOnly,
    Formula::CountShortAbandons,
    Formula::NetOfShort,
];

fn patience() -> impl Strategy<Value = Patience> {
    let mean = || 0.5_f64..2000.0;
    prop_oneof![
        mean().prop_map(|m| Patience::exponential(m).unwrap()),
        mean().prop_map(|m| Patience::constant(m).unwrap()),
        (mean(), 0.1_f64..4.0).prop_map(|(m, cv)| Patience::lognormal(m, cv).unwrap()),
        (mean(), 0.1_f64..3.0).prop_map(|(m, cv)| Patience::gamma(m, cv).unwrap()),
        (mean(), 1_u32..20).prop_map(|(m, k)| Patience::erlang(m, k).unwrap()),
        (mean(), 0.5_f64..5.0).prop_map(|(m, shape)| Patience::weibull(m, shape).unwrap()),
        (0.0_f64..100.0, mean()).prop_map(|(min, more)| Patience::uniform(min, min + more).unwrap()),
        (0.0_f64..100.0, mean(), mean()).prop_map(|(a, b, c)| Patience::triangular(a, a + b, a + b + c).unwrap()),
        (mean(), 1.0_f64..5.0).prop_map(|(m, cv)| Patience::hyperexponential(m, cv).unwrap()),
        prop::collection::vec(0.0_f64..500.0, 1..40)
            .prop_filter_map("only zeros", |values| Patience::empirical(&values).ok()),
    ]
}

fn balking() -> impl Strategy<Value = Patience> {
    (patience(), prop_oneof![3 => Just(0.0), 1 => 0.0_f64..0.9])
        .prop_map(|(patience, balk)| patience.with_balk(balk).unwrap())
}

/// Figures that may only fall with one more agent, then figures that may only rise.
fn figures(floor: &Performance, target_s: f64, short_s: f64) -> (Vec<f64>, Vec<f64>) {
    let falling = vec![
        floor.p_wait(),
        floor.p_abandon(),
        floor.p_block(),
        floor.asa_s(),
        floor.mean_wait_s(),
        floor.mean_queue(),
        floor.occupancy(),
    ];
    let level = |formula| {
        floor.service_level(&ServiceLevel { formula, target_s, short_abandon_s: short_s.min(target_s) }).unwrap()
    };
    (falling, FORMULAS.map(level).to_vec())
}

fn more_agents_never_hurt(pool: &Pool, agents: u64, target_s: f64, short_s: f64) -> Result<(), TestCaseError> {
    let one = |agents| figures(&pool.evaluate(agents).unwrap(), target_s, short_s);
    let ((falling, rising), (falling_next, rising_next)) = (one(agents), one(agents + 1));
    for (before, after) in falling.iter().zip(&falling_next) {
        prop_assert!(after <= &(before * (1.0 + 1e-11) + 1e-300), "{agents} {pool:?}\n{falling:?}\n{falling_next:?}");
    }
    for (before, after) in rising.iter().zip(&rising_next) {
        prop_assert!(
            after >= &(before * (1.0 - 1e-11)),
            "{agents} {pool:?} {target_s} {short_s}\n{rising:?}\n{rising_next:?}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(fixed())]

    #[test]
    fn more_agents_never_hurt_whatever_the_patience(
        patience in balking(), agents in 1_u64..300, rho in 0.05_f64..3.0, aht_s in 20.0_f64..900.0,
        target_s in 0.0_f64..120.0, short_s in 0.0_f64..20.0,
    ) {
        let pool = Pool { load: rho * agents as f64, aht_s, patience, lines: None };
        more_agents_never_hurt(&pool, agents, target_s, short_s)?;
    }

    #[test]
    fn more_agents_never_hurt_when_nobody_hangs_up(
        agents in 1_u64..2000, rho in 0.01_f64..0.999, aht_s in 20.0_f64..900.0, target_s in 0.0_f64..120.0,
    ) {
        let pool = Pool { load: rho * agents as f64, aht_s, patience: Patience::never(), lines: None };
        more_agents_never_hurt(&pool, agents, target_s, 0.0)?;
    }

    #[test]
    fn more_agents_never_hurt_with_finite_lines(
        agents in 1_u64..120, places in 1_u64..60, rho in 0.05_f64..3.0,
        patience_s in prop_oneof![Just(None), (1.0_f64..2000.0).prop_map(Some)],
        target_s in 0.0_f64..120.0,
    ) {
        let patience = patience_s.map_or(Patience::never(), |mean| Patience::exponential(mean).unwrap());
        let pool = Pool { load: rho * agents as f64, aht_s: 240.0, patience, lines: Some(agents + places) };
        let (now, next) = (pool.evaluate(agents).unwrap(), pool.evaluate(agents + 1).unwrap());
        // A caller who hangs up sooner than a call lasts frees a line sooner: then more agents block more.
        let (more, fewer) = if patience_s.is_none_or(|mean| mean >= 240.0) { (&next, &now) } else { (&now, &next) };
        prop_assert!(more.p_block() <= fewer.p_block() * (1.0 + 1e-11), "{} {}", now.p_block(), next.p_block());
        prop_assert!(next.p_wait() <= now.p_wait() * (1.0 + 1e-11));
        prop_assert!(next.asa_s() <= now.asa_s() * (1.0 + 1e-11));
        let level = |floor: &Performance| floor.service_level(&ServiceLevel::offered(target_s)).unwrap();
        prop_assert!(level(&next) >= level(&now) * (1.0 - 1e-11));
    }

    #[test]
    fn what_comes_in_goes_out(
        patience in balking(), agents in 1_u64..300, rho in 0.05_f64..5.0, time_s in 0.0_f64..300.0,
    ) {
        let pool = Pool { load: rho * agents as f64, aht_s: 240.0, patience, lines: None };
        let Performance::Impatient(floor) = pool.evaluate(agents).unwrap() else { panic!() };
        prop_assert!((floor.p_answered() + floor.p_abandon() - 1.0).abs() < 1e-11, "{pool:?} {agents}");
        // Flow balance: what is answered is carried, and agents cannot carry more than all of their time.
        prop_assert!(floor.occupancy() <= 1.0 + 1e-11);
        let within = floor.within(time_s).unwrap();
        prop_assert!((within.answered + within.abandoned + within.waiting - 1.0).abs() < 1e-11, "{within:?}");
        prop_assert!(within.answered <= floor.p_answered() * (1.0 + 1e-11));
        prop_assert!(within.abandoned <= floor.p_abandon() * (1.0 + 1e-11));
    }

    #[test]
    fn exponential_patience_loses_callers_at_its_rate(
        agents in 1_u64..500, rho in 0.01_f64..5.0, patience_s in 0.01_f64..1e5,
    ) {
        let floor = a::erlang_a(agents, rho * agents as f64, 240.0, patience_s).unwrap();
        let flow = floor.mean_wait_s() / patience_s;
        prop_assert!((floor.p_abandon() - flow).abs() <= 1e-11 * flow, "{} {flow}", floor.p_abandon());
    }

    #[test]
    fn formulas_are_ordered(
        patience in balking(), agents in 1_u64..200, rho in 0.05_f64..3.0, target_s in 0.0_f64..120.0,
    ) {
        let pool = Pool { load: rho * agents as f64, aht_s: 240.0, patience, lines: None };
        let floor = pool.evaluate(agents).unwrap();
        let measure = |formula, short_abandon_s| ServiceLevel { formula, target_s, short_abandon_s };
        let level = |formula, short_s| floor.service_level(&measure(formula, short_s)).unwrap();
        let offered = level(Formula::Offered, 0.0);
        let slack = 1e-12;
        for short_s in [0.0, 0.5 * target_s, target_s] {
            // Forgiving some abandons helps, forgiving more helps more; counting them as served helps more than
            // leaving them out.
            let (ignore, count) = (level(Formula::NetOfShort, short_s), level(Formula::CountShortAbandons, short_s));
            prop_assert!(offered <= ignore + slack && ignore <= count + slack, "{offered} {ignore} {count}");
            prop_assert!(ignore <= level(Formula::IgnoreAbandonsInGoal, 0.0) + slack);
            prop_assert!(count <= level(Formula::CountAbandonsInGoal, 0.0) + slack);
        }
        prop_assert!(offered <= level(Formula::AnsweredOnly, 0.0) + slack);
    }

    #[test]
    fn less_patience_means_shorter_waits_and_more_lost(
        agents in 1_u64..300, rho in 0.05_f64..3.0, patience_s in 1.0_f64..2000.0, factor in 1.01_f64..10.0,
    ) {
        let load = rho * agents as f64;
        let [hasty, patient] = [1.0, factor].map(|k| a::erlang_a(agents, load, 240.0, patience_s * k).unwrap());
        prop_assert!(hasty.p_abandon() >= patient.p_abandon() * (1.0 - 1e-11));
        prop_assert!(hasty.p_wait() <= patient.p_wait() * (1.0 + 1e-11));
        // Between Erlang B (lost at once) and Erlang C (never).
        let loss = b::blocking(agents, load).unwrap();
        prop_assert!(hasty.p_abandon() <= loss * (1.0 + 1e-11) && hasty.p_wait() >= loss * (1.0 - 1e-11));
        if load < agents as f64 {
            prop_assert!(hasty.p_wait() <= c::erlang_c(agents, load, 240.0).unwrap().p_wait() * (1.0 + 1e-11));
        }
    }

    #[test]
    fn more_lines_block_less(
        agents in 1_u64..100, places in 0_u64..60, rho in 0.05_f64..3.0, patience_s in 1.0_f64..2000.0,
    ) {
        let load = rho * agents as f64;
        let block = |lines| finite::finite_line(agents, lines, load, 240.0, Some(patience_s)).unwrap().p_block();
        prop_assert!(block(agents + places + 1) <= block(agents + places) * (1.0 + 1e-11));
    }

    #[test]
    fn the_search_agrees_with_the_formulas(
        patience in balking(), load in 0.01_f64..400.0, share in 0.05_f64..0.995, target_s in 0.0_f64..60.0,
    ) {
        let pool = Pool { load, aht_s: 240.0, patience, lines: None };
        let need = pool.requirement(&Goals::service_level(share, target_s)).unwrap().agents;
        let level = |agents| pool.evaluate(agents).unwrap().service_level(&ServiceLevel::offered(target_s)).unwrap();
        prop_assert!(level(need) >= share * (1.0 - 1e-9), "{need} {}", level(need));
        prop_assert!(need == 1 || level(need - 1) < share * (1.0 + 1e-9), "{need} {}", level(need - 1));
    }

    #[test]
    fn paid_people_cover_the_phones(net in 0_u64..5000, planned in 0.0_f64..0.6, unplanned in 0.0_f64..0.3) {
        let gross = gross_heads(net, planned, unplanned).unwrap();
        prop_assert!(net_heads(gross, planned, unplanned).unwrap() >= net);
        prop_assert!(gross == 0 || net_heads(gross - 1, planned, unplanned).unwrap() < net);
    }

    #[test]
    fn blocking_inverts(load in 0.001_f64..3000.0, target in 1e-9_f64..0.9) {
        let servers = b::servers_for_blocking(load, target).unwrap();
        prop_assert!(b::blocking(servers, load).unwrap() <= target * (1.0 + 1e-11));
        prop_assert!(servers == 0 || b::blocking(servers - 1, load).unwrap() > target * (1.0 - 1e-11));
        let most = b::load_for_blocking(servers.max(1), target).unwrap();
        prop_assert!((b::blocking(servers.max(1), most).unwrap() / target - 1.0).abs() < 1e-9);
    }
}
