//! Long steady floors against exact queueing formulas: Erlang A, finite lines, general patience, general handle
//! times, priorities. Each row is simulated in 40 long replications after a warm-up of ten relaxation times.

use callwright::experiment::{QueueMetric, Results, TeamMetric};
use callwright::scenario::*;

use super::reference::{Row, table};
use crate::floors::*;

/// Relaxation time of M/M/s: 1 / (sqrt(s mu) - sqrt(lambda))^2 (Morse 1958), for the busier half of the rows.
fn relaxation_s(agents: f64, per_hour: f64, aht_s: f64) -> f64 {
    let gap = (agents / aht_s).sqrt() - (per_hour / 3600.0).sqrt();
    if gap > 0.0 { (1.0 / (gap * gap)).max(aht_s) } else { f64::INFINITY }
}

/// Contacts per replication that one test row may cost.
const AFFORDABLE: f64 = 250_000.0;

fn affordable(watch: &Watch, per_hour: f64) -> bool {
    (watch.warm_up_h + watch.counted_h) as f64 * per_hour <= AFFORDABLE && watch.warm_up_h <= 2_000
}

/// A seed of its own for each row, so that rows are independent.
fn seed_of(row: &Row) -> u64 {
    1_000 + row.number("id") as u64
}

/// One queue, one team.
fn simple(row: &Row, watch: &Watch, patience: Option<Dist>, talk: Option<Dist>) -> Scenario {
    let mut queue = queue("calls", vec![row.number("calls_per_hour")], row.number("aht_s"), 0.0);
    queue.patience = patience;
    queue.target_time_s = row.maybe("target_s").unwrap_or(20.0);
    if let Some(talk) = talk {
        queue.handle.talk = talk;
    }
    let mut scenario = watch.floor(vec![queue], &[("agents", row.number("agents") as u32, &[(0, 1, 1.0)])]);
    scenario.run.seed = seed_of(row);
    scenario
}

/// Compares the named columns with the queue's metrics, leaving out rates too small to be seen.
fn compare_row(yardstick: &mut Yardstick, file: &str, row: &Row, results: &Results, columns: &[(&str, QueueMetric)]) {
    let offered = results.contacts as f64;
    for &(column, metric) in columns {
        let exact = row.number(column);
        let rate = matches!(metric.unit(), callwright::experiment::Unit::Share);
        if rate && (exact * offered < 30.0 || (1.0 - exact) * offered < 30.0) {
            continue;
        }
        let what = format!("{file} row {} {column}", row.text("id"));
        yardstick.compare(&what, results.queues[0].get(metric), results.replications, exact, 0.0);
    }
}

#[test]
fn erlang_a() {
    let mut yardstick = Yardstick::default();
    for row in table("erlang_a.csv") {
        let (agents, per_hour, aht) = (row.number("agents"), row.number("calls_per_hour"), row.number("aht_s"));
        let patience = row.number("patience_s");
        if patience < 0.001 {
            continue; // a few ticks of the engine's clock
        }
        // An overloaded floor forgets with its callers' patience, a light one as fast as it serves.
        let tau =
            if per_hour / 3600.0 * aht < 0.9 * agents { aht.max(patience.min(3600.0)) } else { aht.max(patience) };
        let watch = Watch::steady(tau, per_hour);
        if !affordable(&watch, per_hour) {
            continue;
        }
        let results = run(&simple(&row, &watch, Some(Dist::Exponential { mean: patience }), None));
        let columns = [
            ("p_wait", QueueMetric::PWait),
            ("p_abandon", QueueMetric::AbandonRate),
            ("mean_wait_s", QueueMetric::WaitS),
            ("mean_wait_answered_s", QueueMetric::AsaS),
            ("mean_queue", QueueMetric::MeanQueue),
            ("sl_answered_over_offered", QueueMetric::SlOffered),
            ("sl_answered_over_answered", QueueMetric::SlAnswered),
            ("sl_incl_short_abandons", QueueMetric::SlCount),
            ("sl_excl_short_abandons", QueueMetric::SlIgnore),
        ];
        if row.number("p_abandon") * results.contacts as f64 > 30.0 {
            compare_row(&mut yardstick, "erlang_a", &row, &results, &columns);
            let what = format!("erlang_a row {} occupancy", row.text("id"));
            let occupancy = results.teams[0].get(TeamMetric::Occupancy);
            if row.number("occupancy") < 1.0 - 1e-6 {
                yardstick.compare(&what, occupancy, results.replications, row.number("occupancy"), 0.0);
            }
        }
    }
    yardstick.verdict(250, Some((0.5, 2.0)));
}

#[test]
fn general_patience() {
    let mut yardstick = Yardstick::default();
    for row in table("mms_general_patience.csv") {
        let (per_hour, mean) = (row.number("calls_per_hour"), row.number("patience_mean_s"));
        let patience = match row.text("patience_dist") {
            "exponential" | "balk 20% else exponential" => Dist::Exponential { mean },
            "deterministic" => Dist::Constant { mean },
            "weibull k=0.7" => Dist::Weibull { mean, shape: 0.7 },
            "weibull k=2" => Dist::Weibull { mean, shape: 2.0 },
            // sigma = 1 of the logarithm: cv² = e - 1.
            "lognormal sigma=1" => Dist::Lognormal { mean, cv: (std::f64::consts::E - 1.0).sqrt() },
            "uniform 0..2*mean" => Dist::Uniform { min: 0.0, max: 2.0 * mean },
            "gamma shape 2" => Dist::Gamma { mean, cv: 0.5_f64.sqrt() },
            other => panic!("unknown patience {other}"),
        };
        let watch = Watch::steady(row.number("aht_s").max(2.0 * mean), per_hour);
        if !affordable(&watch, per_hour) {
            continue;
        }
        let mut scenario = simple(&row, &watch, Some(patience), None);
        scenario.queues[0].balk = if row.text("patience_dist").starts_with("balk") { 0.2 } else { 0.0 };
        let results = run(&scenario);
        let columns = [
            ("p_wait", QueueMetric::PWait),
            ("p_abandon", QueueMetric::AbandonRate),
            ("mean_wait_s", QueueMetric::WaitS),
            ("mean_wait_answered_s", QueueMetric::AsaS),
            ("mean_queue", QueueMetric::MeanQueue),
            ("sl_answered_over_offered", QueueMetric::SlOffered),
            ("sl_answered_over_answered", QueueMetric::SlAnswered),
            ("sl_incl_short_abandons", QueueMetric::SlCount),
            ("sl_excl_short_abandons", QueueMetric::SlIgnore),
        ];
        compare_row(&mut yardstick, "mms_general_patience", &row, &results, &columns);
    }
    yardstick.verdict(250, Some((0.5, 2.0)));
}

#[test]
fn finite_lines() {
    let mut yardstick = Yardstick::default();
    for row in table("mmsk.csv") {
        let (per_hour, patience) = (row.number("calls_per_hour"), row.number("patience_s"));
        let tau = row.number("aht_s") * (1.0 + (row.number("lines") - row.number("agents")) / row.number("agents"));
        let watch = Watch::steady(2.0 * tau, per_hour);
        if !affordable(&watch, per_hour) || row.number("p_block") < 1e-12 {
            continue;
        }
        let patience = patience.is_finite().then_some(Dist::Exponential { mean: patience });
        let mut scenario = simple(&row, &watch, patience, None);
        // The shared lines and a queue's own trunk group are two doors of the same kind.
        let lines = Some(row.number("lines") as u32);
        if (row.number("id") as u32).is_multiple_of(2) {
            scenario.lines = lines
        } else {
            scenario.queues[0].lines = lines
        }
        let results = run(&scenario);
        let columns = [
            ("p_block", QueueMetric::BlockedRate),
            ("p_wait_accepted", QueueMetric::PWait),
            ("p_abandon_accepted", QueueMetric::AbandonRate),
            ("mean_wait_accepted_s", QueueMetric::WaitS),
            ("mean_wait_answered_s", QueueMetric::AsaS),
            ("mean_queue", QueueMetric::MeanQueue),
            ("sl_answered_over_accepted", QueueMetric::SlOffered),
            ("sl_answered_over_answered", QueueMetric::SlAnswered),
            ("sl_excl_short_abandons", QueueMetric::SlIgnore),
        ];
        compare_row(&mut yardstick, "mmsk", &row, &results, &columns);
    }
    yardstick.verdict(120, Some((0.5, 2.0)));
}

/// `mgs.csv`: times in units of the mean handle time, here 100 s. Only loads up to 0.95.
#[test]
fn general_handle_times() {
    const AHT: f64 = 100.0;
    let mut yardstick = Yardstick::default();
    let mut seen = Vec::new();
    for row in table("mgs.csv") {
        let (agents, rho, scv) = (row.number("agents"), row.number("rho"), row.number("scv"));
        let talk = match row.text("dist") {
            "deterministic" => Dist::Constant { mean: AHT },
            "exponential" => Dist::Exponential { mean: AHT },
            _ if scv == 0.5 => Dist::Erlang { mean: AHT, k: 2 },
            _ if scv > 1.0 && agents == 1.0 => Dist::Lognormal { mean: AHT, cv: scv.sqrt() },
            _ if scv > 0.0 && scv < 1.0 && agents == 1.0 => Dist::Gamma { mean: AHT, cv: scv.sqrt() },
            _ => continue,
        };
        let per_hour = rho * agents * 3600.0 / AHT;
        let tau = relaxation_s(agents, per_hour, AHT) * (1.0 + scv) / 2.0;
        let watch = Watch::steady(tau, per_hour);
        // One row per floor: the target is part of the row, but once per floor is enough here.
        let floor =
            (row.text("model").to_owned(), agents as u32, row.text("rho").to_owned(), row.text("scv").to_owned());
        if rho > 0.95 || !affordable(&watch, per_hour) || seen.contains(&floor) {
            continue;
        }
        seen.push(floor);
        let mut queue = queue("calls", vec![per_hour], AHT, 0.0);
        queue.handle.talk = talk;
        queue.target_time_s = row.maybe("sl_t").unwrap_or(0.0) * AHT;
        let mut scenario = watch.floor(vec![queue], &[("agents", agents as u32, &[(0, 1, 1.0)])]);
        scenario.run.seed = seed_of(&row);
        let results = run(&scenario);
        let n = results.replications;
        if row.maybe("p_wait").is_some_and(|p| p * (results.contacts as f64) < 30.0) {
            continue;
        }
        let mut compare = |column: &str, metric: QueueMetric, scale: f64| {
            if let Some(exact) = row.maybe(column) {
                let what = format!("mgs row {} {column}", row.text("id"));
                yardstick.compare(&what, results.queues[0].get(metric), n, exact * scale, 0.0);
            }
        };
        compare("mean_wait", QueueMetric::WaitS, AHT);
        compare("p_wait", QueueMetric::PWait, 1.0);
        compare("sl", QueueMetric::ServiceLevel, 1.0);
    }
    yardstick.verdict(60, Some((0.5, 2.0)));
}

/// `priority.csv`: lower `priority` first, the longest wait inside it; all classes of a floor in one simulation.
#[test]
fn priorities() {
    let rows = table("priority.csv");
    let mut yardstick = Yardstick::default();
    let mut seen: Vec<String> = Vec::new();
    for row in &rows {
        let floor = [row.text("agents"), row.text("calls_per_hour"), row.text("target_s")].join("|");
        if seen.contains(&floor) {
            continue;
        }
        let rates: Vec<f64> = row.text("calls_per_hour").split(' ').map(|x| x.parse().unwrap()).collect();
        let (agents, aht, total) = (row.number("agents"), row.number("aht_s"), rates.iter().sum::<f64>());
        // The lowest class forgets more slowly than the floor as a whole, by 1 / (1 - load of the others).
        let above = (total - rates.last().unwrap()) * aht / 3600.0 / agents;
        let watch = Watch::steady(relaxation_s(agents, total, aht) / (1.0 - above), total);
        if !affordable(&watch, total) {
            continue;
        }
        let queues = rates
            .iter()
            .enumerate()
            .map(|(i, &rate)| Queue {
                priority: i as i32 + 1,
                target_time_s: row.number("target_s"),
                ..queue(&format!("class {}", i + 1), vec![rate], aht, 0.0)
            })
            .collect();
        let skills: Vec<(usize, i32, f64)> = (0..rates.len()).map(|q| (q, 1, 1.0)).collect();
        let mut scenario = watch.floor(queues, &[("agents", agents as u32, &skills)]);
        scenario.run.seed = seed_of(row);
        let results = run(&scenario);
        let same = |r: &&Row| [r.text("agents"), r.text("calls_per_hour"), r.text("target_s")].join("|") == floor;
        for row in rows.iter().filter(same) {
            let queue = &results.queues[row.number("priority_class") as usize - 1];
            for (column, metric) in [
                ("p_wait", QueueMetric::PWait),
                ("mean_wait_s", QueueMetric::WaitS),
                ("mean_wait_of_waiters_s", QueueMetric::WaitGivenWaitS),
                ("mean_queue", QueueMetric::MeanQueue),
                ("service_level", QueueMetric::ServiceLevel),
            ] {
                let what = format!("priority row {} {column}", row.text("id"));
                yardstick.compare(&what, queue.get(metric), results.replications, row.number(column), 0.0);
            }
        }
        seen.push(floor);
    }
    yardstick.verdict(80, None);
}
