//! Callers who hang up: Erlang A, general patience, finite lines, redials.

use callwright::erlang::{Formula, Patience, Performance, Pool, ServiceLevel, a, finite, general_patience, redial};

use super::table::{Gate, Row, rows};

const FORMULAS: [(&str, Formula); 4] = [
    ("sl_answered_over_offered", Formula::Offered),
    ("sl_answered_over_answered", Formula::AnsweredOnly),
    ("sl_incl_short_abandons", Formula::CountAbandonsInGoal),
    ("sl_excl_short_abandons", Formula::IgnoreAbandonsInGoal),
];

/// Compares every column the tables of Erlang A and of general patience share.
fn compare(gate: &mut Gate, row: &Row, floor: &general_patience::ImpatientQueue, relative: f64, negligible: f64) {
    let target_s = row.number("target_s");
    let within = floor.within(target_s).unwrap();
    for (column, got) in [
        ("p_wait", floor.p_wait()),
        ("p_abandon", floor.p_abandon()),
        ("mean_wait_s", floor.mean_wait_s()),
        ("mean_wait_answered_s", floor.asa_s()),
        ("mean_wait_abandoned_s", floor.mean_wait_abandoned_s().unwrap()),
        ("mean_offered_wait_s", floor.mean_offered_wait_s()),
        ("mean_queue", floor.mean_queue()),
        ("occupancy", floor.occupancy()),
        ("p_abandon_within", within.abandoned),
    ] {
        gate.close_above(row, column, got, relative, negligible);
    }
    for (column, formula) in FORMULAS {
        let measure = ServiceLevel { formula, target_s, short_abandon_s: 0.0 };
        gate.close_above(row, column, floor.service_level(&measure).unwrap(), relative, negligible);
    }
}

#[test]
fn erlang_a() {
    let mut gate = Gate::default();
    for row in rows("erlang_a") {
        let floor =
            a::erlang_a(row.count("agents"), row.load(), row.number("aht_s"), row.number("patience_s")).unwrap();
        compare(&mut gate, &row, &floor, 1e-11, 1e-30);
        let within = floor.within(row.number("target_s")).unwrap();
        gate.close_above(&row, "p_answered_within", within.answered, 1e-11, 1e-30);
        gate.close_above(&row, "p_wait_gt_target", within.waiting, 1e-11, 1e-30);
    }
    gate.done(15 * 57);
}

fn patience(row: &Row) -> Patience {
    let mean = row.number("patience_mean_s");
    match row.text("patience_dist") {
        "exponential" => Patience::exponential(mean),
        "deterministic" => Patience::constant(mean),
        "weibull k=0.7" => Patience::weibull(mean, 0.7),
        "weibull k=2" => Patience::weibull(mean, 2.0),
        // sigma of the logarithm 1: cv^2 = e - 1
        "lognormal sigma=1" => Patience::lognormal(mean, libm::sqrt(libm::expm1(1.0))),
        "uniform 0..2*mean" => Patience::uniform(0.0, 2.0 * mean),
        "gamma shape 2" => Patience::erlang(mean, 2),
        "balk 20% else exponential" => Patience::exponential(mean).and_then(|patience| patience.with_balk(0.2)),
        other => panic!("unknown patience {other}"),
    }
    .unwrap()
}

#[test]
fn general_patience() {
    let mut gate = Gate::default();
    for row in rows("mms_general_patience") {
        let floor =
            general_patience::impatient_queue(row.count("agents"), row.load(), row.number("aht_s"), &patience(&row))
                .unwrap();
        compare(&mut gate, &row, &floor, 1e-9, 1e-30);
    }
    gate.done(13 * 58);
}

/// The same distribution by two of its names gives the same floor.
#[test]
fn distributions_that_coincide() {
    let patience_s = 120.0;
    let exponential = Patience::exponential(patience_s).unwrap();
    let many: Vec<f64> = (0..20_000).map(|i| -patience_s * libm::log1p(-(f64::from(i) + 0.5) / 20_000.0)).collect();
    let pairs = [
        (exponential.clone(), Patience::gamma(patience_s, 1.0).unwrap(), 1e-12),
        (exponential.clone(), Patience::erlang(patience_s, 1).unwrap(), 1e-12),
        (exponential.clone(), Patience::weibull(patience_s, 1.0).unwrap(), 1e-12),
        (exponential.clone(), Patience::hyperexponential(patience_s, 1.0).unwrap(), 1e-12),
        (exponential, Patience::empirical(&many).unwrap(), 1e-3),
        (Patience::constant(60.0).unwrap(), Patience::empirical(&[60.0, 60.0, 60.0]).unwrap(), 1e-12),
        (Patience::constant(60.0).unwrap(), Patience::gamma(60.0, 1e-3).unwrap(), 3e-3),
        (Patience::constant(60.0).unwrap(), Patience::lognormal(60.0, 1e-3).unwrap(), 3e-3),
        (Patience::uniform(50.0, 70.0).unwrap(), Patience::triangular(50.0, 60.0, 70.0).unwrap(), 2e-2),
        (
            Patience::weibull(90.0, 2.0).unwrap().with_balk(1.0).unwrap(),
            Patience::never().with_balk(1.0).unwrap(),
            1e-12,
        ),
    ];
    for (one, other, relative) in pairs {
        for agents in [8, 10, 14] {
            let [one, other] = [&one, &other]
                .map(|patience| general_patience::impatient_queue(agents, 10.0, 300.0, patience).unwrap());
            for (a, b) in
                [(one.p_abandon(), other.p_abandon()), (one.asa_s(), other.asa_s()), (one.p_wait(), other.p_wait())]
            {
                assert!((a - b).abs() <= relative * b.abs(), "{agents} agents: {a} {b}\n{one:?}\n{other:?}");
            }
        }
    }
}

/// With everybody balking nobody waits: Erlang B.
#[test]
fn everybody_balks() {
    let patience = Patience::exponential(120.0).unwrap().with_balk(1.0).unwrap();
    for (agents, load) in [(1, 0.5), (10, 8.0), (100, 150.0)] {
        let floor = general_patience::impatient_queue(agents, load, 300.0, &patience).unwrap();
        let loss = callwright::erlang::b::blocking(agents, load).unwrap();
        assert!((floor.p_abandon() / loss - 1.0).abs() < 1e-12, "{agents} {load}: {} {loss}", floor.p_abandon());
        assert_eq!(floor.asa_s(), 0.0);
    }
}

#[test]
fn finite_lines() {
    let mut gate = Gate::default();
    for row in rows("mmsk") {
        let patience_s = Some(row.number("patience_s")).filter(|patience| patience.is_finite());
        let floor =
            finite::finite_line(row.count("agents"), row.count("lines"), row.load(), row.number("aht_s"), patience_s)
                .unwrap();
        let target_s = row.number("target_s");
        let level = |formula| floor.service_level(&ServiceLevel { formula, target_s, short_abandon_s: 0.0 }).unwrap();
        for (column, got) in [
            ("p_block", floor.p_block()),
            ("p_wait_offered", floor.p_wait_of_attempted()),
            ("p_wait_accepted", floor.p_wait()),
            ("p_abandon", floor.p_abandon_of_attempted()),
            ("p_abandon_accepted", floor.p_abandon()),
            ("mean_wait_accepted_s", floor.mean_wait_s()),
            ("mean_wait_answered_s", floor.asa_s()),
            ("mean_queue", floor.mean_queue()),
            ("occupancy", floor.occupancy()),
            ("sl_answered_over_offered", floor.within_of_attempted(target_s).unwrap().answered),
            ("sl_answered_over_accepted", level(Formula::Offered)),
            ("sl_answered_over_answered", level(Formula::AnsweredOnly)),
            ("sl_excl_short_abandons", level(Formula::IgnoreAbandonsInGoal)),
        ] {
            gate.close(&row, column, got, 1e-11);
        }
    }
    gate.done(13 * 29);
}

/// Birth-and-death sums with so many lines that none is ever full, against the integrals of the virtual wait: two
/// methods that share nothing but Erlang B.
#[test]
fn many_lines_are_erlang_a() {
    for (agents, load, patience_s) in
        [(5, 4.0, 60.0), (50, 50.0, 120.0), (100, 140.0, 240.0), (20, 10.0, 5.0), (300, 291.0, 3000.0)]
    {
        let lines = agents + 8 * load as u64 + 4000;
        let sums = finite::finite_line(agents, lines, load, 300.0, Some(patience_s)).unwrap();
        let integrals = a::erlang_a(agents, load, 300.0, patience_s).unwrap();
        for target_s in [0.0, 0.5, 20.0, 90.0] {
            let (sums, integrals) = (sums.within(target_s).unwrap(), integrals.within(target_s).unwrap());
            let pairs = [(sums.answered, integrals.answered), (sums.waiting, integrals.waiting)];
            for (a, b) in pairs {
                assert!((a - b).abs() <= 1e-11 * b, "{agents} agents, {load} erlangs, {target_s} s: {a} {b}");
            }
        }
        for q in [0.3, 0.9, 0.999] {
            let (a, b) = (sums.answer_wait_percentile_s(q).unwrap(), integrals.answer_wait_percentile_s(q).unwrap());
            assert!((a - b).abs() <= 1e-10 * b, "{agents} agents, {load} erlangs, q {q}: {a} {b}");
        }
        for (a, b) in [
            (sums.asa_s(), integrals.asa_s()),
            (sums.p_abandon(), integrals.p_abandon()),
            (sums.mean_wait_s(), integrals.mean_wait_s()),
        ] {
            assert!((a / b - 1.0).abs() < 1e-11, "{agents} agents, {load} erlangs, patience {patience_s} s: {a} {b}");
        }
    }
}

/// The percentile is where the distribution function says it is.
#[test]
fn percentiles_invert_the_distribution() {
    let patiences = [
        Patience::exponential(120.0).unwrap(),
        Patience::lognormal(150.0, 1.3).unwrap(),
        Patience::constant(60.0).unwrap(),
        Patience::uniform(10.0, 100.0).unwrap(),
    ];
    for patience in patiences {
        for (agents, load) in [(10, 9.0), (50, 55.0), (400, 420.0)] {
            let floor = general_patience::impatient_queue(agents, load, 300.0, &patience).unwrap();
            for q in [0.01, 0.5, 0.9, 0.99, 0.9999] {
                let time_s = floor.answer_wait_percentile_s(q).unwrap();
                let reached = floor.within(time_s).unwrap().answered / floor.p_answered();
                let exact = time_s == 0.0 && reached >= q || (reached - q).abs() < 1e-11;
                assert!(exact, "{agents} agents, q {q}: {time_s} s has {reached}");
                let time_s = floor.wait_percentile_s(q).unwrap();
                let waiting = floor.within(time_s).unwrap().waiting;
                let jump = time_s >= 60.0 * (1.0 - 1e-12) && patience == Patience::constant(60.0).unwrap();
                let exact = waiting <= 1.0 - q + 1e-12 && (time_s == 0.0 || jump || waiting > 1.0 - q - 1e-11);
                assert!(exact, "{agents} agents, q {q}: {time_s} s leaves {waiting}");
            }
        }
    }
}

#[test]
fn redial_fixed_point() {
    let mut gate = Gate::default();
    for row in rows("retrial") {
        let aht_s = row.number("aht_s");
        let patience_s = row.number("patience_s");
        let patience =
            if patience_s.is_finite() { Patience::exponential(patience_s).unwrap() } else { Patience::never() };
        let pool = Pool::new(row.number("fresh_calls_per_hour"), 3600.0, aht_s, patience)
            .unwrap()
            .with_lines(row.count("lines"));
        let got = redial::with_redials(&pool, row.count("agents"), row.number("redial_prob")).unwrap();
        // The table prints twelve digits.
        gate.close(&row, "fp_attempts_per_hour", got.total_load * 3600.0 / aht_s, 1e-11);
        gate.close(&row, "fp_p_block", got.performance.p_block(), 1e-11);
        let Performance::FiniteLine(floor) = &got.performance else { panic!("not a finite line") };
        gate.close(&row, "fp_p_abandon", floor.p_abandon_of_attempted(), 1e-11);
        // The approximation is optimistic, as its documentation says.
        let exact_loss = row.number("p_block_attempt") + row.number("p_abandon_attempt");
        let loss = floor.p_block() + floor.p_abandon_of_attempted();
        gate.holds(&row, loss <= exact_loss, || format!("loss {loss} above the exact {exact_loss}"));
    }
    gate.done(4 * 8);
}

#[test]
fn bad_input_is_refused() {
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(a::erlang_a(3, bad, 300.0, 60.0).is_err());
        assert!(a::erlang_a(3, 1.0, bad, 60.0).is_err());
        assert!(a::erlang_a(3, 1.0, 300.0, bad).is_err());
        assert!(finite::finite_line(3, 5, bad, 300.0, None).is_err());
        assert!(finite::finite_line(3, 5, 1.0, 300.0, Some(bad)).is_err());
        assert!(
            Patience::lognormal(60.0, bad).is_err()
                && Patience::gamma(bad, 1.0).is_err()
                && Patience::weibull(60.0, bad).is_err()
        );
        assert!(
            Patience::uniform(bad, 3.0).is_err()
                && Patience::triangular(0.0, bad, 3.0).is_err()
                && Patience::empirical(&[1.0, bad]).is_err()
        );
        assert!(Patience::never().with_balk(bad).is_err());
        let floor = a::erlang_a(3, 1.0, 300.0, 60.0).unwrap();
        assert!(floor.within(bad).is_err() && floor.answer_wait_percentile_s(bad).is_err());
        assert!(
            floor
                .service_level(&ServiceLevel { formula: Formula::NetOfShort, target_s: 20.0, short_abandon_s: bad })
                .is_err()
        );
    }
    assert!(a::erlang_a(0, 1.0, 300.0, 60.0).is_err(), "nobody on the phone");
    assert!(a::erlang_a(0, 0.0, 300.0, 60.0).is_ok(), "no calls");
    assert!(finite::finite_line(5, 4, 1.0, 300.0, None).is_err(), "fewer lines than agents");
    assert!(
        Patience::hyperexponential(60.0, 0.9).is_err()
            && Patience::empirical(&[]).is_err()
            && Patience::empirical(&[0.0]).is_err()
    );
    assert!(
        Patience::erlang(60.0, 0).is_err()
            && Patience::triangular(5.0, 3.0, 9.0).is_err()
            && Patience::uniform(3.0, 3.0).is_err()
    );
    let balking = Patience::never().with_balk(0.2).unwrap();
    assert!(general_patience::impatient_queue(9, 10.0, 300.0, &balking).is_ok(), "8 erlangs wait");
    assert!(general_patience::impatient_queue(8, 10.0, 300.0, &balking).is_err(), "8 erlangs wait for 8 agents");
}
