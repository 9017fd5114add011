//! Nobody hangs up: Erlang C, priorities, general handle times.

use callwright::erlang::{ErlangError, c, general_service, priority};

use super::table::{Gate, rows};

#[test]
fn erlang_c() {
    let mut gate = Gate::default();
    for row in rows("erlang_c") {
        let (agents, load) = (row.count("agents"), row.load());
        let floor = c::erlang_c(agents, load, row.number("aht_s"));
        if row.text("stable") == "0" {
            gate.holds(&row, matches!(floor, Err(ErlangError::Unstable { .. })), || format!("{floor:?}"));
            continue;
        }
        let floor = floor.unwrap();
        let relative = 1e-12 + 8.0 * f64::EPSILON * row.number("cond");
        gate.close(&row, "occupancy", floor.occupancy(), relative);
        gate.close(&row, "p_wait", floor.p_wait(), relative);
        gate.close(&row, "asa_s", floor.asa_s(), relative);
        gate.close(&row, "mean_wait_of_waiters_s", floor.mean_wait_of_waiters_s(), relative);
        gate.close(&row, "service_level", floor.service_level(row.number("target_s")).unwrap(), relative);
        gate.close(&row, "mean_queue", floor.mean_queue(), relative);
        for (column, q) in
            [("p50_wait_s", 0.5), ("p80_wait_s", 0.8), ("p90_wait_s", 0.9), ("p95_wait_s", 0.95), ("p99_wait_s", 0.99)]
        {
            gate.close(&row, column, floor.wait_percentile_s(q).unwrap(), relative);
        }
    }
    gate.done(11 * 66);
}

#[test]
fn priorities() {
    let mut gate = Gate::default();
    for row in rows("priority") {
        let (agents, aht_s, class) =
            (row.count("agents"), row.number("aht_s"), row.count("priority_class") as usize - 1);
        let loads: Vec<f64> =
            row.text("calls_per_hour").split(' ').map(|calls| calls.parse::<f64>().unwrap() * aht_s / 3600.0).collect();
        let got = priority::priority_classes(agents, &loads, aht_s).unwrap()[class];
        gate.close(&row, "p_wait", got.p_wait, 1e-11);
        gate.close(&row, "mean_wait_s", got.mean_wait_s, 1e-11);
        gate.close(&row, "mean_wait_of_waiters_s", got.mean_wait_of_waiters_s, 1e-11);
        gate.close(&row, "mean_queue", got.mean_queue, 1e-11);
        if class == 0 {
            let level = priority::first_class_service_level(agents, &loads, aht_s, row.number("target_s")).unwrap();
            gate.close(&row, "service_level", level, 1e-11);
        }
    }
    gate.done(4 * 31);
}

#[test]
fn general_handle_times() {
    let mut gate = Gate::default();
    for row in rows("mgs") {
        let (agents, scv) = (row.count("agents"), row.number("scv"));
        let load = row.number("rho") * agents as f64;
        // Rows with 12 digits ("exact CTMC") print their approximation with 15.
        let approximate = general_service::approximate_mean_wait_s(agents, load, 1.0, scv).unwrap();
        gate.close(&row, "allen_cunneen", approximate, 1e-12);
        match row.text("model") {
            "M/G/1 PK" => {
                gate.close(&row, "mean_wait", general_service::mean_wait_one_server_s(load, 1.0, scv).unwrap(), 1e-9)
            }
            "M/M/s" => {
                let floor = c::erlang_c(agents, load, 1.0).unwrap();
                gate.close(&row, "mean_wait", floor.asa_s(), 1e-9);
                gate.close(&row, "p_wait", floor.p_wait(), 1e-9);
                gate.close(&row, "sl", floor.service_level(row.number("sl_t")).unwrap(), 1e-9);
            }
            "M/D/s" => {
                let constant = general_service::approximate_mean_wait_constant_s(agents, load, 1.0).unwrap();
                gate.close(&row, "kimura", constant, 1e-12);
            }
            _ => {}
        }
    }
    gate.done(158);
}

#[test]
fn service_level_of_general_handle_times_is_exact_for_exponential() {
    let exact = c::erlang_c(50, 45.0, 300.0).unwrap().service_level(20.0).unwrap();
    let approximate = general_service::approximate_service_level(50, 45.0, 300.0, 1.0, 20.0).unwrap();
    assert!((exact - approximate).abs() < 1e-15);
}

#[test]
fn bad_input_is_refused() {
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(c::erlang_c(3, bad, 300.0).is_err());
        assert!(c::erlang_c(3, 1.0, bad).is_err());
        assert!(c::erlang_c(3, 1.0, 300.0).unwrap().service_level(bad).is_err());
        assert!(c::erlang_c(3, 1.0, 300.0).unwrap().wait_percentile_s(bad).is_err());
        assert!(general_service::approximate_mean_wait_s(3, 1.0, 300.0, bad).is_err());
        assert!(priority::priority_classes(3, &[0.5, bad], 300.0).is_err());
    }
    let zero = c::erlang_c(3, 1.0, 0.0).unwrap_err();
    assert_eq!(
        zero.to_string(),
        "aht_s is 0; allowed: more than 0, up to 1e9. \
         Times are in seconds; a handle or patience time of zero has no queue."
    );
    assert!(c::erlang_c(3, 1.0, 300.0).unwrap().wait_percentile_s(1.0).is_err());
    let overload = c::erlang_c(10, 10.0, 300.0).unwrap_err();
    assert_eq!(overload, ErlangError::Unstable { agents: 10, load: 10.0, needed: 11 });
    assert!(overload.to_string().contains("at least 11 are needed"), "{overload}");
    assert!(matches!(priority::priority_classes(2, &[1.5, 0.5], 300.0), Err(ErlangError::Unstable { .. })));
}
