//! Erlang B and what is built on it.

use callwright::erlang::{b, redial};

use super::table::{Gate, rows};

#[test]
fn blocking_carried_and_logarithm() {
    let mut gate = Gate::default();
    for row in rows("erlang_b") {
        let (servers, load) = (row.count("servers"), row.number("offered_load"));
        gate.close_above(&row, "blocking", b::blocking(servers, load).unwrap(), 1e-12, 1e-300);
        gate.close(&row, "carried", b::carried(servers, load).unwrap(), 1e-12);
        gate.close(&row, "ln_blocking", b::ln_blocking(servers, load).unwrap(), 1e-12);
    }
    gate.done(3 * 54);
}

#[test]
fn fractional_servers() {
    let mut gate = Gate::default();
    for row in rows("erlang_b_fractional") {
        let (x, a) = (row.number("servers"), row.number("offered_load"));
        let blocking = b::blocking_fractional(x, a).unwrap();
        gate.close(&row, "blocking", blocking, 1e-12);
        let erlang_c = if a < x { x * blocking / (x - a * (1.0 - blocking)) } else { 1.0 };
        gate.close(&row, "erlang_c", erlang_c, 1e-12);
    }
    gate.done(2 * 11);
}

#[test]
fn fractional_meets_whole() {
    for (servers, load) in [(1, 0.3), (7, 5.5), (100, 84.0), (1000, 1250.0), (3, 1e-3)] {
        let (whole, fractional) =
            (b::blocking(servers, load).unwrap(), b::blocking_fractional(servers as f64, load).unwrap());
        assert!((whole / fractional - 1.0).abs() < 1e-13, "{servers} {load}: {whole} {fractional}");
    }
}

#[test]
fn inverses() {
    let mut gate = Gate::default();
    for row in rows("erlang_b_inverse") {
        let (servers, load, target) = (row.count("servers"), row.number("offered_load"), row.number("target_blocking"));
        if row.text("kind") == "max_load" {
            gate.close(&row, "offered_load", b::load_for_blocking(servers, target).unwrap(), 1e-12);
            continue;
        }
        let got = b::servers_for_blocking(load, target).unwrap();
        gate.holds(&row, got == servers, || format!("servers: got {got}"));
        gate.close(&row, "blocking", b::blocking(got, load).unwrap(), 1e-12);
        gate.close(&row, "blocking_one_less", b::blocking(got - 1, load).unwrap(), 1e-12);
    }
    gate.done(203);
}

#[test]
fn extended_erlang_b() {
    let mut gate = Gate::default();
    for row in rows("erlang_b_extended") {
        let got = redial::extended_erlang_b(row.count("lines"), row.number("fresh_load"), row.number("recall_factor"))
            .unwrap();
        gate.close(&row, "total_load", got.total_load, 1e-12);
        gate.close(&row, "blocking", got.blocking, 1e-12);
        gate.close(&row, "carried", got.carried, 1e-12);
    }
    gate.done(3 * 34);
}

#[test]
fn bad_input_is_refused() {
    for load in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(b::blocking(3, load).is_err());
        assert!(b::ln_blocking(3, load).is_err());
        assert!(b::carried(3, load).is_err());
        assert!(b::blocking_fractional(3.5, load).is_err());
        assert!(b::blocking_fractional(load, 1.0).is_err());
        assert!(b::servers_for_blocking(load, 0.01).is_err());
    }
    for target in [-0.1, 1.1, f64::NAN] {
        assert!(b::servers_for_blocking(1.0, target).is_err());
        assert!(b::load_for_blocking(5, target).is_err());
    }
    assert!(b::servers_for_blocking(1.0, 0.0).is_err(), "no finite number of lines loses nothing");
    assert!(b::load_for_blocking(5, 1.0).is_err(), "any load meets it");
    assert!(redial::extended_erlang_b(5, 5.0, 1.0).is_err(), "everybody redials, nobody is ever lost, too few lines");
}
