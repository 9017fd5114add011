//! From goals to people: the smallest staffing, why, and when there is none.

use callwright::erlang::shrinkage::{agents_for_occupancy, gross_heads};
use callwright::erlang::{
    AbandonGoal, ErlangError, Formula, GoalKind, Goals, Patience, Pool, ServiceLevel, ServiceLevelGoal,
};

use super::table::{Gate, Row, rows};

fn pool(row: &Row) -> Pool {
    let patience_s = row.number("patience_s");
    let patience = if patience_s.is_finite() { Patience::exponential(patience_s).unwrap() } else { Patience::never() };
    Pool::new(row.number("calls_per_hour"), 3600.0, row.number("aht_s"), patience).unwrap()
}

fn measure(row: &Row) -> ServiceLevel {
    let formula = match row.text("sl_definition") {
        "P(W<=T)" | "sl_answered_over_offered" => Formula::Offered,
        "sl_answered_over_answered" => Formula::AnsweredOnly,
        "sl_incl_short_abandons" => Formula::CountAbandonsInGoal,
        "sl_excl_short_abandons" => Formula::IgnoreAbandonsInGoal,
        other => panic!("unknown definition {other}"),
    };
    ServiceLevel { formula, target_s: row.number("target_s"), short_abandon_s: 0.0 }
}

fn goals(row: &Row) -> Goals {
    let level = |share| ServiceLevelGoal { share, measure: measure(row) };
    Goals {
        service_levels: row.maybe("target_sl").map(level).into_iter().collect(),
        asa_s: row.maybe("target_asa_s"),
        p_wait: row.maybe("target_pwait"),
        abandon: row.maybe("target_abandon").map(|share| AbandonGoal { share, net_of_short_s: None }),
        max_occupancy: row.maybe("max_occupancy"),
        ..Goals::default()
    }
}

#[test]
fn every_required_row() {
    let mut gate = Gate::default();
    for row in rows("required") {
        let (pool, goals) = (pool(&row), goals(&row));
        let need = pool.requirement(&goals).unwrap();
        let scheduled = gross_heads(need.agents, row.number("shrinkage"), 0.0).unwrap();
        gate.holds(&row, need.agents == row.count("agents"), || format!("agents: got {need:?}"));
        gate.holds(&row, scheduled == row.count("scheduled"), || format!("scheduled: got {scheduled}"));
        if need.agents == 0 {
            continue;
        }
        let cond = 1.0 / (1.0 - (pool.load / need.agents as f64).min(1.0 - 1e-4));
        let relative = 1e-11 * cond;
        let floor = pool.evaluate(need.agents).unwrap();
        gate.close(&row, "sl", floor.service_level(&measure(&row)).unwrap(), relative);
        gate.close(&row, "asa_s", floor.asa_s(), relative);
        gate.close(&row, "p_wait", floor.p_wait(), relative);
        gate.close(&row, "p_abandon", floor.p_abandon(), relative);
        gate.close(&row, "occupancy", floor.occupancy(), relative);
        gate.holds(&row, need.binding().next().is_some(), || "no goal binds".into());
    }
    gate.done(7 * 120);
}

/// The requirement is the smallest, whatever the number of callers and their patience: one agent fewer misses a
/// goal, and
/// each goal alone asks for no more than all together.
#[test]
fn one_agent_fewer_misses_a_goal() {
    let patiences = [
        Patience::exponential(90.0).unwrap(),
        Patience::lognormal(150.0, 1.5).unwrap(),
        Patience::constant(45.0).unwrap(),
        Patience::weibull(60.0, 0.7).unwrap().with_balk(0.1).unwrap(),
        Patience::never(),
    ];
    for patience in patiences {
        for load in [0.05, 1.0, 4.2, 31.0, 155.5, 1200.0] {
            let pool = Pool { load, aht_s: 240.0, patience: patience.clone(), lines: None };
            let goals = Goals {
                service_levels: [
                    Formula::Offered,
                    Formula::IgnoreAbandonsInGoal,
                    Formula::AnsweredOnly,
                    Formula::NetOfShort,
                ]
                .map(|formula| ServiceLevelGoal {
                    share: 0.85,
                    measure: ServiceLevel { formula, target_s: 15.0, short_abandon_s: 5.0 },
                })
                .to_vec(),
                asa_s: Some(12.0),
                abandon: (patience != Patience::never())
                    .then_some(AbandonGoal { share: 0.04, net_of_short_s: Some(3.0) }),
                p_wait: Some(0.5),
                ..Goals::default()
            };
            let need = pool.requirement(&goals).unwrap();
            let met = |agents| misses(&pool, &goals, agents).is_empty();
            assert!(met(need.agents), "{need:?} {:?} {load}", misses(&pool, &goals, need.agents));
            assert!(need.agents == 1 || !met(need.agents - 1), "{need:?} is not the smallest at {load} {patience:?}");
            for ask in &need.asks {
                let alone = |agents| !misses(&pool, &goals, agents).contains(&ask.goal);
                assert!(
                    alone(ask.agents) && (ask.agents == 1 || !alone(ask.agents - 1)),
                    "{ask:?} at {load} {patience:?}"
                );
            }
        }
    }
}

/// The goals that evaluations of the formulas say are missed.
fn misses(pool: &Pool, goals: &Goals, agents: u64) -> Vec<GoalKind> {
    let Ok(floor) = pool.evaluate(agents) else {
        let all = (0..goals.service_levels.len()).map(GoalKind::ServiceLevel);
        return all.chain([GoalKind::Asa, GoalKind::PWait, GoalKind::Abandon, GoalKind::SteadyState]).collect();
    };
    let mut missed = Vec::new();
    for (i, goal) in goals.service_levels.iter().enumerate() {
        if floor.service_level(&goal.measure).unwrap() < goal.share {
            missed.push(GoalKind::ServiceLevel(i));
        }
    }
    if goals.asa_s.is_some_and(|limit| floor.asa_s() > limit) {
        missed.push(GoalKind::Asa);
    }
    if goals.p_wait.is_some_and(|limit| floor.p_wait() > limit) {
        missed.push(GoalKind::PWait);
    }
    if let Some(AbandonGoal { share, net_of_short_s: Some(short_s) }) = goals.abandon {
        let early = floor.within(short_s).unwrap().abandoned;
        if (floor.p_abandon() - early) / (1.0 - early) > share {
            missed.push(GoalKind::Abandon);
        }
    }
    missed
}

#[test]
fn several_queues_share_the_agents() {
    let pool = Pool { load: 40.0, aht_s: 280.0, patience: Patience::exponential(150.0).unwrap(), lines: None };
    let goal = |share, target_s, formula| ServiceLevelGoal {
        share,
        measure: ServiceLevel { formula, target_s, short_abandon_s: 5.0 },
    };
    let both = [
        goal(0.8, 20.0, Formula::Offered),
        goal(0.9, 60.0, Formula::IgnoreAbandonsInGoal),
        goal(0.7, 5.0, Formula::CountShortAbandons),
    ];
    let need = pool.requirement(&Goals { service_levels: both.to_vec(), min_agents: 3, ..Goals::default() }).unwrap();
    let alone: Vec<u64> = both
        .iter()
        .map(|&goal| pool.requirement(&Goals { service_levels: vec![goal], ..Goals::default() }).unwrap().agents)
        .collect();
    let asked: Vec<u64> =
        need.asks.iter().filter(|ask| matches!(ask.goal, GoalKind::ServiceLevel(_))).map(|ask| ask.agents).collect();
    assert_eq!(asked, alone);
    assert_eq!(Some(&need.agents), alone.iter().max());
}

#[test]
fn the_binding_goal_is_named() {
    let pool = Pool::new(120.0, 1800.0, 287.5, Patience::exponential(180.0).unwrap()).unwrap();
    let mut goals = Goals::service_level(0.8, 20.0);
    goals.abandon = Some(AbandonGoal { share: 0.05, net_of_short_s: None });
    goals.max_occupancy = Some(0.88);
    goals.min_agents = 2;
    let need = pool.requirement(&goals).unwrap();
    let asks: Vec<(GoalKind, u64)> = need.asks.iter().map(|ask| (ask.goal, ask.agents)).collect();
    // The screen of `plan --explain` in the design: service level and abandonment 22 each, occupancy 21, minimum 2.
    let wanted = [
        (GoalKind::MinAgents, 2),
        (GoalKind::SteadyState, 1),
        (GoalKind::ServiceLevel(0), 22),
        (GoalKind::Abandon, 22),
        (GoalKind::Occupancy, 21),
    ];
    assert_eq!(asks, wanted);
    assert_eq!(need.binding().collect::<Vec<_>>(), [GoalKind::ServiceLevel(0), GoalKind::Abandon]);
    goals.min_agents = 30;
    assert_eq!(pool.requirement(&goals).unwrap().binding().collect::<Vec<_>>(), [GoalKind::MinAgents]);
}

#[test]
fn no_calls_need_nobody() {
    for patience in [Patience::never(), Patience::exponential(60.0).unwrap()] {
        let pool = Pool::new(0.0, 1800.0, 300.0, patience).unwrap();
        assert_eq!(pool.requirement(&Goals::service_level(1.0, 0.0)).unwrap().agents, 0);
        let goals = Goals { min_agents: 2, ..Goals::service_level(0.8, 20.0) };
        let need = pool.requirement(&goals).unwrap();
        assert_eq!((need.agents, need.binding().collect::<Vec<_>>()), (2, vec![GoalKind::MinAgents]));
    }
}

fn unreachable(pool: &Pool, goals: &Goals) -> (GoalKind, String) {
    match pool.requirement(goals) {
        Err(ErlangError::Unreachable { goal, reason }) => (goal, reason),
        other => panic!("{other:?}"),
    }
}

#[test]
fn goals_out_of_reach_say_why() {
    let abandon = |share| Some(AbandonGoal { share, net_of_short_s: None });
    for patience in [Patience::exponential(120.0).unwrap(), Patience::lognormal(100.0, 2.0).unwrap(), Patience::never()]
    {
        let pool = Pool { load: 20.0, aht_s: 300.0, patience, lines: None };
        for target_s in [0.0, 20.0] {
            let (goal, reason) = unreachable(&pool, &Goals::service_level(1.0, target_s));
            assert_eq!(goal, GoalKind::ServiceLevel(0));
            assert!(reason.contains("never certain"), "{reason}");
        }
        assert_eq!(unreachable(&pool, &Goals { asa_s: Some(0.0), ..Goals::default() }).0, GoalKind::Asa);
        assert_eq!(unreachable(&pool, &Goals { p_wait: Some(0.0), ..Goals::default() }).0, GoalKind::PWait);
        assert_eq!(unreachable(&pool, &Goals { max_occupancy: Some(0.0), ..Goals::default() }).0, GoalKind::Occupancy);
        let none_lost = Goals { abandon: abandon(0.0), ..Goals::default() };
        if pool.patience.is_unlimited() {
            assert_eq!(pool.requirement(&none_lost).unwrap().agents, 21);
        } else {
            assert_eq!(unreachable(&pool, &none_lost).0, GoalKind::Abandon);
            let text = pool.requirement(&none_lost).unwrap_err().to_string();
            assert!(
                text.starts_with("no staffing meets the goal on abandonment: callers have limited patience"),
                "{text}"
            );
        }
    }
}

/// Goals just short of impossible have an answer.
#[test]
fn goals_almost_out_of_reach() {
    let pool = Pool { load: 20.0, aht_s: 300.0, patience: Patience::exponential(120.0).unwrap(), lines: None };
    for goals in [
        Goals::service_level(0.999_999_999, 0.0),
        Goals { asa_s: Some(1e-200), ..Goals::default() },
        Goals { p_wait: Some(1e-300), ..Goals::default() },
        Goals { abandon: Some(AbandonGoal { share: 1e-300, net_of_short_s: None }), ..Goals::default() },
    ] {
        let agents = pool.requirement(&goals).unwrap().agents;
        assert!((30..3000).contains(&agents), "{agents} for {goals:?}");
    }
    let capped = Goals { max_occupancy: Some(1e-5), ..Goals::default() };
    assert_eq!(pool.requirement(&capped).unwrap().agents, 2_000_000);
    assert!(
        pool.requirement(&Goals { max_occupancy: Some(1e-12), ..Goals::default() }).is_err(),
        "more than a billion"
    );
    // Everybody is gone after a minute, so nobody waits longer.
    let patience = Patience::uniform(0.0, 60.0).unwrap();
    let pool = Pool { load: 20.0, aht_s: 300.0, patience, lines: None };
    let measure = ServiceLevel { formula: Formula::CountAbandonsInGoal, target_s: 60.0, short_abandon_s: 0.0 };
    let goals = Goals { service_levels: vec![ServiceLevelGoal { share: 1.0, measure }], ..Goals::default() };
    assert_eq!(pool.requirement(&goals).unwrap().agents, 1);
}

#[test]
fn lines_bound_the_search() {
    let patience = Patience::exponential(120.0).unwrap();
    let pool = Pool { load: 20.0, aht_s: 300.0, patience: patience.clone(), lines: Some(26) };
    let need = pool.requirement(&Goals::service_level(0.8, 20.0)).unwrap();
    let level = |agents| pool.evaluate(agents).unwrap().service_level(&ServiceLevel::offered(20.0)).unwrap();
    assert!(level(need.agents) >= 0.8 && level(need.agents - 1) < 0.8, "{need:?}");
    let blocking = Goals { blocking: Some(0.001), ..Goals::default() };
    assert!(pool.requirement(&Goals { min_agents: 27, ..Goals::default() }).is_err());
    let patient = Pool { patience: Patience::exponential(400.0).unwrap(), ..pool.clone() };
    assert!(unreachable(&patient, &blocking).1.contains("26 agents, one for every line"));
    // Callers hang up sooner than a call lasts: people who talk hold the lines, so one agent meets a blocking goal that
    // those who answer in time miss.
    assert_eq!(pool.requirement(&blocking).unwrap().agents, 1);
    let (goal, reason) = unreachable(&pool, &Goals { blocking: Some(0.001), ..Goals::service_level(0.8, 20.0) });
    assert_eq!(goal, GoalKind::Blocking);
    assert!(reason.contains("more agents hold more lines"), "{reason}");
    // Every call that gets a line gets an agent.
    assert_eq!(pool.requirement(&Goals::service_level(1.0, 0.0)).unwrap().agents, 26);
    let unsupported = Pool { patience: Patience::constant(60.0).unwrap(), ..pool };
    assert!(unsupported.requirement(&blocking).is_err() && unsupported.evaluate(5).is_err());
}

#[test]
fn bad_input_is_refused() {
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(Pool::new(bad, 1800.0, 300.0, Patience::never()).is_err());
        assert!(Pool::new(10.0, bad, 300.0, Patience::never()).is_err());
        assert!(Pool::new(10.0, 1800.0, bad, Patience::never()).is_err());
        let pool = Pool::new(10.0, 1800.0, 300.0, Patience::exponential(60.0).unwrap()).unwrap();
        for goals in [
            Goals::service_level(bad, 20.0),
            Goals::service_level(0.8, bad),
            Goals { asa_s: Some(bad), ..Goals::default() },
            Goals { p_wait: Some(bad), ..Goals::default() },
            Goals { blocking: Some(bad), ..Goals::default() },
            Goals { max_occupancy: Some(bad), ..Goals::default() },
            Goals { abandon: Some(AbandonGoal { share: bad, net_of_short_s: None }), ..Goals::default() },
            Goals { abandon: Some(AbandonGoal { share: 0.1, net_of_short_s: Some(bad) }), ..Goals::default() },
        ] {
            assert!(matches!(pool.requirement(&goals), Err(ErlangError::Parameter { .. })), "{goals:?}");
        }
        assert!(Pool { load: bad, ..pool.clone() }.requirement(&Goals::default()).is_err());
        assert!(
            gross_heads(5, bad, 0.0).is_err()
                && agents_for_occupancy(bad, 0.5).is_err()
                && agents_for_occupancy(5.0, bad).is_err()
        );
    }
    assert!(Pool::new(10.0, 1800.0, 0.0, Patience::never()).is_err(), "zero handle time");
}

#[test]
fn people_paid_for_people_on_the_phone() {
    assert_eq!(gross_heads(161, 0.3, 0.0), Ok(230));
    assert_eq!(gross_heads(161, 0.22, 0.08), Ok(230));
    assert_eq!(gross_heads(21, 0.3, 0.0), Ok(30));
    assert_eq!(agents_for_occupancy(57.0, 0.57), Ok(100));
    // Every whole percentage and every head count that divides: never one too many, never one too few.
    for percent in 0..100_u64 {
        for gross in 1..=300 {
            if gross * (100 - percent) % 100 == 0 {
                let net = gross * (100 - percent) / 100;
                assert_eq!(gross_heads(net, percent as f64 / 100.0, 0.0), Ok(gross), "{net} at {percent} %");
            }
        }
    }
}
