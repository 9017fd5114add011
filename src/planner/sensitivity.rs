//! How the need moves with the world, and which queue causes it; both by formula, as differences.

use super::demand::Demand;
use super::formula::{PoolNeed, by_formula, interval_need};
use super::pools::StaffPool;
use super::search::Heads;
use crate::error::{Error, Result};
use crate::scenario::{Dist, Scenario};

/// What a change in the world asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// "+10 % volume".
    pub change: &'static str,
    /// Additional hours on the phone, by Erlang A.
    pub on_phone_h: f64,
    /// Additional paid hours.
    pub paid_h: f64,
    /// Additional cost, where a rate is stated.
    pub cost: Option<f64>,
}

/// How much of a shared need is one queue's.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueShare {
    /// The teams.
    pub teams: Vec<usize>,
    /// The queue.
    pub queue: usize,
    /// People the pool would need less without this queue, by open interval.
    pub people: Vec<u32>,
    /// The same in hours on the phone.
    pub on_phone_h: f64,
}

/// A tenth more volume, 15 s more handle time, two points more shrinkage; nothing where the formulas know no queue.
pub(super) fn sensitivities(scenario: &Scenario, now: &[PoolNeed]) -> Result<Vec<Sensitivity>> {
    if now.is_empty() {
        return Ok(Vec::new());
    }
    let mut busier = scenario.clone();
    busier.queues.iter_mut().for_each(|q| q.volume.iter_mut().for_each(|v| *v *= 1.1));
    let mut slower = scenario.clone();
    for queue in &mut slower.queues {
        // Fifteen seconds on top of the mean, whatever the parts: as a wrap-up that only the formulas see.
        let wrap = queue.handle.wrap.as_ref().map_or(0.0, Dist::mean);
        queue.handle.wrap = Some(Dist::Constant { mean: wrap + 15.0 });
    }
    let mut shrunk = scenario.clone();
    shrunk.teams.iter_mut().for_each(|t| t.shrinkage_planned = (t.shrinkage_planned + 0.02).min(0.95));
    let base = hours(scenario, now);
    [("+10 % volume", busier), ("+15 s handle time", slower), ("+2 points shrinkage", shrunk)]
        .into_iter()
        .map(|(change, scenario)| {
            let [on_phone_h, paid_h, cost] = hours(&scenario, &by_formula(&scenario)?);
            let priced = scenario.teams.iter().any(|t| t.cost_per_hour.is_some());
            Ok(Sensitivity {
                change,
                on_phone_h: on_phone_h - base[0],
                paid_h: paid_h - base[1],
                cost: priced.then_some(cost - base[2]),
            })
        })
        .collect()
}

/// Hours on the phone, paid hours (fractions of people allowed) and cost of a need by formula; shared needs at the
/// mean shrinkage and rate of their teams.
fn hours(scenario: &Scenario, needs: &[PoolNeed]) -> [f64; 3] {
    let length_h = f64::from(scenario.timeline.interval_s) / 3600.0;
    let mut sum = [0.0; 3];
    for need in needs {
        let teams = need.pool.teams.iter().map(|&t| &scenario.teams[t]);
        let n = need.pool.teams.len() as f64;
        let gross = teams.clone().map(|t| 1.0 / (1.0 - t.shrinkage_planned - t.shrinkage_unplanned)).sum::<f64>() / n;
        let rate = teams.map(|t| t.cost_per_hour.unwrap_or(0.0)).sum::<f64>() / n;
        let on_phone = need.intervals.iter().map(|i| f64::from(i.erlang_a)).sum::<f64>() * length_h;
        sum[0] += on_phone;
        sum[1] += on_phone * gross;
        sum[2] += on_phone * gross * rate;
    }
    sum
}

/// For every pool that serves several queues, what each adds to the need: by formula, and never more people than the
/// pool has in the plan.
pub(super) fn queue_shares(scenario: &Scenario, needs: &[PoolNeed], planned: &Heads) -> Result<Vec<QueueShare>> {
    let length_h = f64::from(scenario.timeline.interval_s) / 3600.0;
    let (demand, mut shares) = (Demand::of(scenario), Vec::new());
    for need in needs.iter().filter(|need| need.pool.queues.len() > 1) {
        for &queue in &need.pool.queues {
            let others: Vec<usize> = need.pool.queues.iter().copied().filter(|&q| q != queue).collect();
            let rest = StaffPool { teams: need.pool.teams.clone(), queues: others };
            let there = |i: usize| need.pool.teams.iter().map(|&t| planned[t][i]).sum::<u32>();
            let people = (0..need.intervals.len())
                .map(|i| {
                    let without = alone(scenario, &demand, &rest, i)?;
                    Ok(need.intervals[i].erlang_a.saturating_sub(without).min(there(i)))
                })
                .collect::<Result<Vec<u32>>>()?;
            let on_phone_h = people.iter().map(|&n| f64::from(n)).sum::<f64>() * length_h;
            shares.push(QueueShare { teams: need.pool.teams.clone(), queue, people, on_phone_h });
        }
    }
    Ok(shares)
}

/// Need of a pool by Erlang A; 0 when nobody in it states a goal.
fn alone(scenario: &Scenario, demand: &Demand, pool: &StaffPool, interval: usize) -> Result<u32> {
    let Some(goals) = pool.goals(scenario, demand, interval) else { return Ok(0) };
    let need = interval_need(scenario, demand, pool, interval, &goals);
    need.map(|need| need.erlang_a).map_err(|e| Error::Refused(e.to_string()))
}
