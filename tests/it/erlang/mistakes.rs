//! Published figures, and known errors of public tools that must not be ours.

use callwright::erlang::{Goals, Patience, Pool, ServiceLevel, a, b, c, shrinkage};

use super::table::{Gate, rows};

/// A widely copied package asks for 84.
#[test]
fn a_thousand_calls_need_82() {
    let pool = Pool::new(1000.0, 3600.0, 300.0, Patience::exponential(120.0).unwrap()).unwrap();
    assert_eq!(pool.requirement(&Goals::service_level(0.8, 20.0)).unwrap().agents, 82);
}

/// Tools that search from the offered load upwards never find that patience allows fewer people than erlangs.
#[test]
fn patience_allows_fewer_people_than_erlangs() {
    let pool = Pool::new(12_000.0, 3600.0, 300.0, Patience::exponential(120.0).unwrap()).unwrap();
    assert_eq!(pool.load, 1000.0);
    assert_eq!(pool.requirement(&Goals::service_level(0.8, 20.0)).unwrap().agents, 902);
}

/// A sum that overflows or an approximation out of its range makes the level fall again for long targets.
#[test]
fn the_level_never_collapses_for_long_targets() {
    for (agents, load, patience_s) in
        [(50, 50.0, 120.0), (1000, 1000.0, 120.0), (100, 130.0, 600.0), (10_000, 10_000.0, 30.0)]
    {
        let floor = a::erlang_a(agents, load, 300.0, patience_s).unwrap();
        let mut last = 0.0;
        for target_s in (0..400).map(|i| f64::from(i * i)) {
            let level = floor.service_level(&ServiceLevel::offered(target_s)).unwrap();
            assert!(level >= last - 1e-14, "{agents} agents: {level} at {target_s} s after {last}");
            last = level;
        }
        assert!((last - floor.p_answered()).abs() < 1e-12, "in the end everybody who is answered is answered in time");
    }
}

/// A widely copied "Erlang A" gives 1.0 here.
#[test]
fn not_everybody_hangs_up() {
    let lost = a::erlang_a(50, 50.0, 300.0, 120.0).unwrap().p_abandon();
    assert!((lost - 0.068_935_439_118_436_54).abs() < 1e-14, "{lost}");
}

/// Factorials and powers overflow at 171 agents, or at 1e308.
#[test]
fn large_floors_do_not_overflow() {
    let floor = c::erlang_c(1000, 970.0, 300.0).unwrap();
    assert!(floor.p_wait() > 0.1 && floor.p_wait() < 0.4);
    assert!(b::ln_blocking(1_000_000, 10.0).unwrap().is_finite());
    assert_eq!(b::blocking(1_000_000, 10.0), Ok(0.0));
}

/// An unstable floor is reported as a negative wait, or a level above 1, by formulas used outside their domain.
#[test]
fn overload_is_never_a_negative_wait() {
    let pool = Pool::new(120.0, 3600.0, 300.0, Patience::never()).unwrap();
    for agents in 0..=10 {
        assert!(pool.evaluate(agents).is_err(), "{agents}");
    }
    assert!(pool.evaluate(11).unwrap().asa_s() > 0.0);
}

/// Gross is net / (1 - shrinkage), not net x (1 + shrinkage), and not a person more by rounding.
#[test]
fn shrinkage_divides() {
    assert_eq!(shrinkage::gross_heads(100, 0.3, 0.0), Ok(143));
    assert_eq!(shrinkage::gross_heads(161, 0.3, 0.0), Ok(230));
}

#[test]
fn published_figures() {
    let mut gate = Gate::default();
    let c14 = c::erlang_c(14, 10.0, 180.0).unwrap();
    let c50 = c::erlang_c(50, 48.0, 60.0).unwrap();
    let a50 = a::erlang_a(50, 48.0, 60.0, 120.0).unwrap();
    let load = |lines, blocking| b::load_for_blocking(lines, blocking).unwrap();
    let level = |agents| c::erlang_c(agents, 100.0 * 600.0 / 1800.0, 600.0).unwrap().service_level(20.0).unwrap();
    for row in rows("published_misc") {
        let got = match row.count("id") {
            1 => c14.p_wait(),
            2 => c14.service_level(20.0).unwrap(),
            4 => c14.asa_s(),
            10 => c::erlang_c(10, 25.0 * 180.0 / 600.0, 180.0).unwrap().service_level(20.0).unwrap(),
            13 => load(10, 0.0001),
            14 => load(10, 0.0005),
            15 => load(10, 0.001),
            16 => load(10, 0.002),
            17 => load(10, 0.003),
            19 => load(5, 0.05),
            20 => load(9, 0.05),
            21 => load(7, 0.05),
            22 => b::blocking(30, 25.0).unwrap(),
            23 => level(38),
            24 => level(39),
            25 => level(40),
            26 => c50.asa_s(),
            27 => c50.wait_percentile_s(0.9).unwrap(),
            28 => c50.mean_queue(),
            30 => a50.p_abandon(),
            31 => a50.mean_wait_s(),
            32 => a50.mean_queue(),
            34 => a50.wait_percentile_s(0.9).unwrap(),
            other => {
                println!("row {other} names no formula's inputs in full");
                continue;
            }
        };
        gate.close(&row, "ours", got, 1e-12);
    }
    gate.done(23);
}
