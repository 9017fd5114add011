//! How long a search will take on this machine, before it begins. The search itself never asks.

use std::time::{Duration, Instant};

use super::formula::rough_needs;
use super::judge::Judge;
use super::plan::first_guess;
use super::search::{COARSE, SearchWatcher, is_planned, simulate_all};
use crate::error::Result;
use crate::experiment::Options;
use crate::scenario::Scenario;

/// Replications that are timed ...
const TIMED: u32 = 16;
/// ... unless the first few of them took this long.
const LONG: Duration = Duration::from_secs(3);

/// Times a plan asks the formulas for every interval, in all.
const FORMULA_PASSES: f64 = 6.0;

/// What a search will probably take: often half as long, sometimes twice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// Staffings that are simulated ...
    pub staffings: u32,
    /// ... with so many replications in all.
    pub replications: u64,
    /// Seconds, on this machine and as busy as it is.
    pub seconds: f64,
}

/// Times the formulas and a few replications of the staffing a search begins with, and counts on as many staffings as
/// a search typically needs.
///
/// # Errors
/// As [`super::plan()`].
pub fn outlook(scenario: &Scenario, options: &Options, watcher: &dyn SearchWatcher) -> Result<Outlook> {
    let begin = Instant::now();
    let rough = rough_needs(scenario)?;
    let formulas_s = begin.elapsed().as_secs_f64();
    let mut floor = scenario.clone();
    for (team, heads) in floor.teams.iter_mut().zip(first_guess(scenario, &rough)) {
        team.on_phone = heads;
    }
    let [coarse, fine] = staffings(scenario);
    let asked = scenario.plan.replications;
    let replications = u64::from(coarse) * u64::from(COARSE) + u64::from(fine) * u64::from(asked);
    let cost = Cost::of(&mut floor, options, watcher)?;
    let simulated_s = f64::from(coarse + fine) * cost.staffing_s + replications as f64 * cost.replication_s;
    let seconds = FORMULA_PASSES * formulas_s + simulated_s;
    Ok(Outlook { staffings: coarse + fine, replications, seconds })
}

/// What a staffing costs, and each of its replications when all processors are at work.
struct Cost {
    staffing_s: f64,
    replication_s: f64,
}

impl Cost {
    fn of(floor: &mut Scenario, options: &Options, watcher: &dyn SearchWatcher) -> Result<Self> {
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads = if options.threads == 0 { processors() } else { options.threads };
        let mut time = |replications: u32| {
            floor.run.replications = replications;
            let begin = Instant::now();
            simulate_all(floor, options, watcher).map(|_| begin.elapsed())
        };
        let few = u32::try_from(threads).unwrap_or(TIMED);
        let (first, few_s) = (time(few)?, f64::from(few));
        if first > LONG {
            return Ok(Self { staffing_s: 0.0, replication_s: first.as_secs_f64() / few_s });
        }
        let more = time(few + TIMED)?.as_secs_f64();
        let replication_s = (more - first.as_secs_f64()).max(0.0) / f64::from(TIMED);
        Ok(Self { staffing_s: (first.as_secs_f64() - few_s * replication_s).max(0.0), replication_s })
    }
}

/// Staffings of the coarse pass and of the last one: counted on floors of 1 to 100 teams and 1 to 365 days, and
/// mostly right to a factor of two.
fn staffings(scenario: &Scenario) -> [u32; 2] {
    let planned: Vec<usize> = (0..scenario.teams.len()).filter(|&t| is_planned(scenario, t)).collect();
    let skills: usize = planned.iter().map(|&t| scenario.teams[t].skills.len()).sum();
    let two_passes = scenario.plan.replications > 2 * COARSE;
    let [coarse, fine] = if Judge::new(scenario).by_interval() {
        // Intervals are thinned at the same time, teams one after the other, those that share queues more often.
        if two_passes { [4 + 3 * skills, 8 + 2 * skills] } else { [0, 8 + 9 * skills / 2] }
    } else {
        // Where the day is judged, every interval of every team is tried on its own in the end; not so for one team,
        // whose first refusal tells of all the others.
        let tried = if planned.len() > 1 { skills * scenario.timeline.intervals.len() } else { 20 };
        if two_passes { [10 + tried / 3, 10 + tried / 3] } else { [0, 10 + tried / 2] }
    };
    [coarse, fine].map(|n| u32::try_from(n).unwrap_or(u32::MAX / 2))
}
