//! Why a team needs the people it needs in one interval: formula by formula, then by simulation, then with one or
//! two people more or fewer.

use super::demand::Demand;
use super::judge::Judge;
use super::plan::Plan;
use super::pools::{StaffPool, first_choice_pools, mean_handle_s, measure, without_formula};
use super::search::{SearchWatcher, simulate_all};
use crate::erlang::{GoalKind, Goals, Patience, Performance, Pool};
use crate::error::{Error, Result};
use crate::experiment::{Estimate, GoalPart, IntervalMetric, Options, Proportion, Results};
use crate::scenario::Scenario;

/// What is to be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Whose people.
    pub team: usize,
    /// Whose service is shown.
    pub queue: usize,
    /// When.
    pub interval: usize,
}

/// The story of a number of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Team, queue and interval.
    pub spot: Spot,
    /// The team with those that are equally the first choice of its queues; `None` for a team that only helps out.
    pub pool: Option<StaffPool>,
    /// The work of those queues; for a team that only helps out, about what it takes from each.
    pub work: Vec<Work>,
    /// About what the team takes from queues that try others first.
    pub other_work: Vec<Work>,
    /// What each goal alone would ask by Erlang A.
    pub asks: Vec<Ask>,
    /// Need by Erlang C.
    pub erlang_c: Option<Rung>,
    /// Need by Erlang A.
    pub erlang_a: Option<Rung>,
    /// People of the pool in the plan; of the team alone when it has no pool.
    pub planned: u32,
    /// Service level by Erlang A with as many people.
    pub same_people: Option<f64>,
    /// Service level of the plan if all days were equally busy; `None` when they are.
    pub steady_days: Option<Estimate>,
    /// The plan with other numbers of people in this team and interval, fewest first.
    pub rows: Vec<Neighbour>,
}

/// Contacts of a queue in the interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    /// The queue.
    pub queue: usize,
    /// Contacts.
    pub contacts: f64,
    /// Mean handle time \[s\].
    pub aht_s: f64,
    /// Erlangs.
    pub load: f64,
}

/// What one goal alone would ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The queue it belongs to, where it belongs to one.
    pub queue: Option<usize>,
    /// The goal.
    pub goal: GoalKind,
    /// People on the phone.
    pub people: u32,
}

/// The need by one formula.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rung {
    /// People on the phone.
    pub people: u32,
    /// Service level of the queue with them.
    pub service_level: Option<f64>,
    /// Share that hangs up.
    pub abandon: f64,
    /// Service level with one fewer; `None` where the queue would grow without end.
    pub one_fewer: Option<f64>,
}

/// Whether the interval reaches every goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A goal is missed on the average day.
    Missed,
    /// Reached on the average day, without the evidence that is asked for.
    Likely,
    /// Reached, with that evidence.
    Met,
}

/// The plan with another number of people in one team and interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// People of the team on the phone.
    pub people: u32,
    /// Service level of the queue in the interval.
    pub service_level: Estimate,
    /// Its abandonment rate.
    pub abandon: Estimate,
    /// Occupancy of the team.
    pub occupancy: Estimate,
    /// Share of days on which the queue meets its goal in this interval.
    pub met: Option<Proportion>,
    /// Whether every goal of the team's queues holds.
    pub verdict: Verdict,
}

/// The spot to explain when only parts of it are given: where most people are missing, else where most are needed.
///
/// # Errors
/// [`Error::Refused`] when the team does not serve the queue, or is closed at all of `intervals`.
pub fn spot(
    scenario: &Scenario,
    plan: &Plan,
    team: Option<usize>,
    queue: Option<usize>,
    intervals: &[usize],
) -> Result<Spot> {
    let serves = |t: usize, q: usize| scenario.teams[t].skills.iter().any(|s| s.queue == q);
    if let (Some(t), Some(q)) = (team, queue)
        && !serves(t, q)
    {
        let (team, queue) = (&scenario.teams[t].name, &scenario.queues[q].name);
        return Err(Error::Refused(format!("team {team} does not serve {queue}: name another team or queue")));
    }
    let teams: Vec<usize> = match (team, queue) {
        (Some(team), _) => vec![team],
        (None, Some(queue)) => first_choice(scenario, queue),
        (None, None) => (0..scenario.teams.len()).filter(|&t| plan.teams[t].planned).collect(),
    };
    let open = |t: usize, i: usize| scenario.teams[t].open[i];
    let cells = teams.iter().flat_map(|&t| intervals.iter().map(move |&i| (t, i))).filter(|&(t, i)| open(t, i));
    let missing = |&(t, i): &(usize, usize)| {
        let (need, have) = (plan.teams[t].on_phone[i], scenario.teams[t].on_phone[i]);
        (need.saturating_sub(have), need, std::cmp::Reverse((t, i)))
    };
    let (team, interval) = cells.max_by_key(missing).ok_or_else(|| {
        let names: Vec<&str> = teams.iter().map(|&t| scenario.teams[t].name.as_str()).collect();
        Error::Refused(format!("{} is closed then: name another time or team", names.join(", ")))
    })?;
    Ok(Spot { team, interval, queue: queue.unwrap_or_else(|| main_queue(scenario, team, interval)) })
}

fn first_choice(scenario: &Scenario, queue: usize) -> Vec<usize> {
    let preference = |t: usize| scenario.teams[t].skills.iter().find(|s| s.queue == queue).map(|s| s.preference);
    let best = (0..scenario.teams.len()).filter_map(preference).min();
    (0..scenario.teams.len()).filter(|&t| best.is_some() && preference(t) == best).collect()
}

/// The queue a team is most for: one with a goal before one without, then the lowest preference, then most work.
fn main_queue(scenario: &Scenario, team: usize, interval: usize) -> usize {
    let (skills, demand) = (scenario.teams[team].skills.iter(), Demand::of(scenario));
    let rank = |s: &&crate::scenario::Skill| {
        let queue = &scenario.queues[s.queue];
        let work = (demand.at(s.queue, interval) * mean_handle_s(queue, interval)) as u64;
        (queue.goal.is_some(), std::cmp::Reverse(s.preference), work, std::cmp::Reverse(s.queue))
    };
    skills.max_by_key(rank).map_or(0, |s| s.queue)
}

/// Explains one number of a plan. Simulates it a few times with other numbers of people.
///
/// # Errors
/// [`Error::Refused`] when a formula refuses its arguments or the threads do not start; [`Error::Stopped`] when the
/// watcher wants an end.
pub fn explain(
    scenario: &Scenario,
    plan: &Plan,
    spot: Spot,
    options: &Options,
    watcher: &dyn SearchWatcher,
) -> Result<Explanation> {
    let run = |scenario: &Scenario| simulate_all(scenario, options, watcher);
    let pool = first_choice_pools(scenario).into_iter().find(|pool| pool.teams.contains(&spot.team));
    let staffed = plan.staffed(scenario);
    let people = |t: usize| plan.teams[t].on_phone[spot.interval];
    let planned = pool.as_ref().map_or(people(spot.team), |pool| pool.teams.iter().map(|&t| people(t)).sum());
    let demand = Demand::of(scenario);
    // Where a formula does not know the queue, it says nothing about the people for it.
    let known = pool.clone().filter(|_| without_formula(&scenario.queues[spot.queue]).is_none());
    let known = known.and_then(|pool| pool.with_formula(scenario));
    let formulas = known.as_ref().map(|pool| Formulas::new(scenario, &demand, pool, spot)).transpose()?;
    let formulas = formulas.flatten().unwrap_or_default();
    Ok(Explanation {
        spot,
        work: match &pool {
            Some(pool) => pool.queues.iter().map(|&q| stated_work(scenario, &demand, pool, q, spot.interval)).collect(),
            None => taken_work(scenario, plan, spot, &[]),
        },
        other_work: pool.as_ref().map_or(Vec::new(), |pool| taken_work(scenario, plan, spot, &pool.queues)),
        same_people: formulas.work.as_ref().and_then(|work| level(work, scenario, spot.queue, planned)),
        pool,
        asks: formulas.asks,
        erlang_c: formulas.erlang_c,
        erlang_a: formulas.erlang_a,
        planned,
        steady_days: steady_days(&staffed, spot, &run)?,
        rows: neighbours(scenario, &staffed, plan, spot, &run)?,
    })
}

/// What the formulas say about a pool in an interval.
#[derive(Default)]
struct Formulas {
    work: Option<Pool>,
    asks: Vec<Ask>,
    erlang_c: Option<Rung>,
    erlang_a: Option<Rung>,
}

impl Formulas {
    /// `None` where no goal is stated.
    fn new(scenario: &Scenario, demand: &Demand, pool: &StaffPool, spot: Spot) -> Result<Option<Self>> {
        let refused = |e: crate::erlang::ErlangError| Error::Refused(e.to_string());
        let Some(goals) = pool.goals(scenario, demand, spot.interval) else { return Ok(None) };
        let work = pool.load(scenario, demand, spot.interval).map_err(refused)?;
        let need = work.requirement(&goals).map_err(refused)?;
        let with_level: Vec<usize> =
            pool.queues.iter().copied().filter(|&q| states_level(scenario, demand, q, spot)).collect();
        let asks = need.asks.iter().map(|ask| Ask {
            queue: match ask.goal {
                GoalKind::ServiceLevel(index) => with_level.get(index).copied(),
                _ => None,
            },
            goal: ask.goal,
            people: heads(ask.agents),
        });
        let patient = Pool { patience: Patience::never(), ..work.clone() };
        let by_c = patient.requirement(&Goals { abandon: None, ..goals.clone() }).ok();
        Ok(Some(Self {
            asks: asks.collect(),
            erlang_c: by_c.map(|need| rung(&patient, scenario, spot.queue, heads(need.agents))),
            erlang_a: Some(rung(&work, scenario, spot.queue, heads(need.agents))),
            work: Some(work),
        }))
    }
}

fn states_level(scenario: &Scenario, demand: &Demand, queue: usize, spot: Spot) -> bool {
    let goal = &scenario.queues[queue].goal;
    demand.at(queue, spot.interval) > 0.0 && goal.as_ref().is_some_and(|goal| goal.service_level.is_some())
}

fn heads(agents: u64) -> u32 {
    u32::try_from(agents).unwrap_or(u32::MAX)
}

fn rung(work: &Pool, scenario: &Scenario, queue: usize, people: u32) -> Rung {
    let performance = work.evaluate(u64::from(people)).ok();
    Rung {
        people,
        service_level: level(work, scenario, queue, people),
        abandon: performance.as_ref().map_or(0.0, Performance::p_abandon),
        one_fewer: people.checked_sub(1).and_then(|fewer| level(work, scenario, queue, fewer)),
    }
}

/// Service level of a queue by formula.
fn level(work: &Pool, scenario: &Scenario, queue: usize, people: u32) -> Option<f64> {
    let performance = work.evaluate(u64::from(people)).ok().filter(|_| work.load > 0.0)?;
    performance.service_level(&measure(&scenario.queues[queue])).ok()
}

fn stated_work(scenario: &Scenario, demand: &Demand, pool: &StaffPool, queue: usize, interval: usize) -> Work {
    let (contacts, aht_s) = (demand.at(queue, interval), pool.handle_s(scenario, queue, interval));
    Work { queue, contacts, aht_s, load: contacts * aht_s / f64::from(scenario.timeline.interval_s) }
}

/// About what the team takes in the interval from each queue but `others`: its contacts there, by the queues' shares
/// of its day.
fn taken_work(scenario: &Scenario, plan: &Plan, spot: Spot, others: &[usize]) -> Vec<Work> {
    let interval_s = f64::from(scenario.timeline.interval_s);
    let taken = plan.results.teams[spot.team].intervals[spot.interval].answered.mean.unwrap_or(0.0);
    let pairs: Vec<_> = plan.results.pairs.iter().filter(|p| p.team == spot.team).collect();
    let all: f64 = pairs.iter().filter_map(|p| p.answered.mean).sum();
    let own = pairs.iter().filter(|p| !others.contains(&p.queue));
    own.filter_map(|pair| {
        let contacts = taken * pair.answered.mean? / all.max(1e-9);
        let aht_s = pair.aht_s.mean?;
        (contacts > 0.0).then_some(Work { queue: pair.queue, contacts, aht_s, load: contacts * aht_s / interval_s })
    })
    .collect()
}

/// Service level of the plan if every day were equally busy.
fn steady_days(staffed: &Scenario, spot: Spot, run: &dyn Fn(&Scenario) -> Result<Results>) -> Result<Option<Estimate>> {
    if staffed.queues.iter().all(|q| q.day_cv == 0.0) {
        return Ok(None);
    }
    let mut steady = staffed.clone();
    steady.queues.iter_mut().for_each(|q| q.day_cv = 0.0);
    let results = run(&steady)?;
    Ok(Some(results.queues[spot.queue].intervals[spot.interval].get(IntervalMetric::ServiceLevel)))
}

/// Two fewer to two more than planned, and as many as the file has.
fn neighbours(
    scenario: &Scenario,
    staffed: &Scenario,
    plan: &Plan,
    spot: Spot,
    run: &dyn Fn(&Scenario) -> Result<Results>,
) -> Result<Vec<Neighbour>> {
    let planned = plan.teams[spot.team].on_phone[spot.interval];
    let mut numbers: Vec<u32> = (planned.saturating_sub(2)..=planned + 2).collect();
    numbers.push(scenario.teams[spot.team].on_phone[spot.interval]);
    numbers.sort_unstable();
    numbers.dedup();
    let mut other = staffed.clone();
    numbers
        .into_iter()
        .map(|people| {
            if people == planned {
                return Ok(neighbour(staffed, &plan.results, spot, people));
            }
            other.teams[spot.team].on_phone[spot.interval] = people;
            Ok(neighbour(staffed, &run(&other)?, spot, people))
        })
        .collect()
}

fn neighbour(scenario: &Scenario, results: &Results, spot: Spot, people: u32) -> Neighbour {
    let interval = &results.queues[spot.queue].intervals[spot.interval];
    Neighbour {
        people,
        service_level: interval.get(IntervalMetric::ServiceLevel),
        abandon: interval.get(IntervalMetric::AbandonRate),
        occupancy: results.teams[spot.team].intervals[spot.interval].occupancy,
        met: interval.goal_met,
        verdict: verdict(scenario, results, spot),
    }
}

/// Over all queues of the team.
fn verdict(scenario: &Scenario, results: &Results, spot: Spot) -> Verdict {
    let judgement = Judge::new(scenario).judge(results);
    let reaches = |queue: usize| {
        let goal = scenario.queues[queue].goal.iter().flat_map(GoalPart::stated);
        goal.into_iter().all(|(part, target)| {
            let mean = results.queues[queue].intervals[spot.interval].get(part.interval_metric()).mean;
            mean.is_none_or(|mean| part.distance(mean, 0.0, target) >= -1e-9)
        })
    };
    let mut queues = scenario.teams[spot.team].skills.iter().map(|s| s.queue);
    let on_average = queues.clone().all(reaches) && judgement.occupancy[spot.team][spot.interval] >= 0.0;
    match on_average {
        false => Verdict::Missed,
        true if queues.all(|q| judgement.margins[q][spot.interval].holds()) => Verdict::Met,
        true => Verdict::Likely,
    }
}
