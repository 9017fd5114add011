//! The inverse of all formulas: the smallest number of agents for which every goal holds, and which goal decides.
//!
//! Each figure of a floor moves one way with the number of agents, so each goal alone has a smallest staffing and
//! the requirement is the largest of those. It is found by doubling steps from the offered load, then halving. All
//! goals
//! share one state: the Erlang B recursion is continued, never restarted, and the virtual wait is tilted from
//! one number of agents to the next (see [`super::tilted`]), so a test costs a fraction of a formula.

use super::b::{Recursion, SLACK};
use super::c::{ErlangC, smallest_stable};
use super::error::{ErlangError, Result, check_load, positive, require};
use super::finite::finite_line;
use super::goals::{GoalKind, Goals};
use super::pool::Pool;
use super::service_level::Formula;
use super::shrinkage::agents_for_occupancy;
use super::tilted::Tilted;

/// No search goes further.
const MOST_AGENTS: u64 = 1_000_000_000;

/// What one goal alone asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Which goal.
    pub goal: GoalKind,
    /// The smallest number of agents that meets it.
    pub agents: u64,
}

/// How many agents, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The smallest number of agents on the phone for which every goal holds.
    pub agents: u64,
    /// What each goal alone would ask: the minimum and the steady state, then the others in the order of [`Goals`].
    pub asks: Vec<Ask>,
}

impl Requirement {
    /// The goals that decide: those that alone ask for the most.
    pub fn binding(&self) -> impl Iterator<Item = GoalKind> {
        let most = self.asks.iter().map(|ask| ask.agents).max();
        self.asks.iter().filter(move |ask| Some(ask.agents) == most).map(|ask| ask.goal)
    }
}

impl Pool {
    /// The smallest number of agents for which every goal holds.
    ///
    /// Without calls nobody is needed but [`Goals::min_agents`]. With calls there is at least one agent, and when
    /// nobody hangs
    /// up more than the offered load; with patience it may be far fewer.
    ///
    /// # Errors
    /// [`ErlangError::Unreachable`] with the reason when no staffing meets a goal; an argument outside its domain.
    ///
    /// ```
    /// use callwright::erlang::{GoalKind, Goals, Patience, Pool};
    /// // 1000 calls an hour of 300 s, patience 2 minutes on average, 80 % in 20 s.
    /// let pool = Pool::new(1000.0, 3600.0, 300.0, Patience::exponential(120.0).unwrap()).unwrap();
    /// let need = pool.requirement(&Goals::service_level(0.8, 20.0)).unwrap();
    /// assert_eq!(need.agents, 82);
    /// assert_eq!(need.binding().collect::<Vec<_>>(), [GoalKind::ServiceLevel(0)]);
    /// ```
    pub fn requirement(&self, goals: &Goals) -> Result<Requirement> {
        check_load(self.load)?;
        positive("aht_s", self.aht_s)?;
        goals.check()?;
        let mut asks = Vec::with_capacity(goals.service_levels.len() + 4);
        if goals.min_agents > 0 {
            asks.push(Ask { goal: GoalKind::MinAgents, agents: goals.min_agents });
        }
        if self.load == 0.0 {
            return Ok(Requirement { agents: goals.min_agents, asks });
        }
        let mut search = Search::new(self, goals)?;
        search.ask_all(&mut asks)?;
        let agents = asks.iter().map(|ask| ask.agents).max().unwrap_or(0);
        if agents > search.most {
            let reason = format!("it asks for {agents} agents, and {} are the most there can be", search.most);
            return Err(ErlangError::Unreachable { goal: GoalKind::MinAgents, reason });
        }
        let agents = search.first_with_all(agents)?;
        Ok(Requirement { agents, asks })
    }
}

/// The figures of a pool at any number of agents.
enum Model<'p> {
    Patient(Recursion),
    Impatient(Box<Tilted<'p>>),
    Lines(u64),
}

struct Search<'p> {
    pool: &'p Pool,
    goals: &'p Goals,
    model: Model<'p>,
    fewest: u64,
    most: u64,
}

impl<'p> Search<'p> {
    fn new(pool: &'p Pool, goals: &'p Goals) -> Result<Self> {
        let load = pool.load;
        let (model, fewest, most) = if let Some(lines) = pool.lines {
            pool.line_patience_s()?;
            require(lines > 0, "lines", 0.0, "1 or more when there are calls", "No call can come in.")?;
            (Model::Lines(lines), 1, lines)
        } else if pool.patience.is_unlimited() {
            let fewest = smallest_stable(load);
            let mut recursion = Recursion::new(load);
            recursion.inverse(fewest);
            (Model::Patient(recursion), fewest, MOST_AGENTS)
        } else {
            let tilted = Tilted::new(load, pool.aht_s, &pool.patience, goals.times_s());
            let keeps_up = smallest_stable(load * (1.0 - pool.patience.balk()));
            let fewest = if pool.patience.never_hangs_up() { keeps_up.max(1) } else { 1 };
            (Model::Impatient(Box::new(tilted)), fewest, MOST_AGENTS)
        };
        require(fewest <= most, "load", load, "up to a billion erlangs", "Check the volume and its unit.")?;
        Ok(Self { pool, goals, model, fewest, most })
    }

    fn ask_all(&mut self, asks: &mut Vec<Ask>) -> Result<()> {
        asks.push(Ask { goal: GoalKind::SteadyState, agents: self.fewest });
        for goal in self.goals.stated() {
            if let Some(reason) = self.hopeless(goal) {
                return Err(ErlangError::Unreachable { goal, reason });
            }
            let agents = self.ask(goal)?;
            asks.push(Ask { goal, agents });
        }
        Ok(())
    }

    /// The smallest number of agents that meets one goal.
    fn ask(&mut self, goal: GoalKind) -> Result<u64> {
        if let (GoalKind::Occupancy, Model::Patient(_), Some(cap)) = (goal, &self.model, self.goals.max_occupancy) {
            return Ok(agents_for_occupancy(self.pool.load, cap)?.max(self.fewest));
        }
        let (fewest, most) = (self.fewest, self.most);
        if goal == GoalKind::Blocking && self.more_agents_block_more() {
            return if self.holds(fewest, goal) { Ok(fewest) } else { Err(self.blocked_by_agents(fewest)) };
        }
        let guess = self.guess(goal);
        smallest(fewest, guess, most, |agents| self.holds(agents, goal)).ok_or_else(|| ErlangError::Unreachable {
            goal,
            reason: match self.pool.lines {
                Some(lines) => format!("not even {lines} agents, one for every line, are enough"),
                None => format!("not even {MOST_AGENTS} agents are enough"),
            },
        })
    }

    /// Where to begin: what the goal would ask if calls flowed evenly, and a margin for chance.
    fn guess(&self, goal: GoalKind) -> u64 {
        let (load, goals) = (self.pool.load, self.goals);
        let even = match goal {
            // Served at the target time are those whose patience has lasted so long.
            GoalKind::ServiceLevel(i) => {
                load * self.pool.patience.survival_and_cdf(goals.service_levels[i].measure.target_s).0
            }
            GoalKind::Abandon => load * (1.0 - goals.abandon.map_or(0.0, |goal| goal.share)),
            GoalKind::Occupancy => load / goals.max_occupancy.unwrap_or(1.0),
            _ => load,
        };
        ((even + 0.8 * libm::sqrt(even)) as u64).clamp(self.fewest, self.most)
    }

    /// The smallest number from `agents` on at which all goals hold together. Nearly always `agents` itself: each
    /// goal, once met,
    /// stays met, but for a service level that counts short abandons longer than its target, and for blocking by
    /// hasty callers.
    fn first_with_all(&mut self, mut agents: u64) -> Result<u64> {
        let stated: Vec<GoalKind> = self.goals.stated().collect();
        if stated.len() < 2 && agents < self.goals.min_agents.max(2) {
            return Ok(agents);
        }
        while let Some(&missed) = stated.iter().find(|&&goal| !self.holds(agents, goal)) {
            if missed == GoalKind::Blocking && self.more_agents_block_more() {
                return Err(self.blocked_by_agents(agents));
            }
            if agents == self.most {
                let reason = "the goals contradict each other".into();
                return Err(ErlangError::Unreachable { goal: missed, reason });
            }
            agents += 1;
        }
        Ok(agents)
    }

    /// With callers who hang up sooner than a call lasts, a served caller holds a line longer than a waiting one.
    fn more_agents_block_more(&self) -> bool {
        self.pool.lines.is_some() && self.pool.patience.exponential_mean_s().is_some_and(|mean| mean < self.pool.aht_s)
    }

    fn blocked_by_agents(&self, agents: u64) -> ErlangError {
        let reason = format!(
            "{agents} agents block more, and as callers hang up before a call is over, more agents hold more lines"
        );
        ErlangError::Unreachable { goal: GoalKind::Blocking, reason }
    }

    fn holds(&mut self, agents: u64, goal: GoalKind) -> bool {
        let (pool, goals) = (self.pool, self.goals);
        let figure = match &mut self.model {
            Model::Patient(recursion) => {
                let inverse = recursion.inverse(agents);
                Some(patient_figure(&ErlangC::from_inverse(agents, pool.load, pool.aht_s, inverse), goals, goal))
            }
            Model::Impatient(tilted) => tilted.figure(agents, goals, goal),
            Model::Lines(lines) => lines_figure(pool, *lines, agents, goals, goal),
        };
        figure.is_some_and(|figure| goals.met(goal, figure))
    }

    /// Why no number of agents can meet a goal, where that can be told beforehand.
    fn hopeless(&self, goal: GoalKind) -> Option<String> {
        let (goals, patience) = (self.goals, &self.pool.patience);
        if goal == GoalKind::Occupancy && goals.max_occupancy == Some(0.0) {
            return Some("whoever answers calls is busy for some of the time".into());
        }
        if let Model::Lines(_) = self.model {
            return None;
        }
        let zero = |limit: Option<f64>| limit == Some(0.0);
        match goal {
            GoalKind::ServiceLevel(i) => self.certainty(i),
            GoalKind::Asa if zero(goals.asa_s) && patience.balk() < 1.0 => {
                Some("with any number of agents some callers wait, so the mean is above zero".into())
            }
            GoalKind::PWait if zero(goals.p_wait) => {
                Some("calls come by chance, so with any number of agents some find all of them busy".into())
            }
            GoalKind::Abandon if zero(goals.abandon.map(|goal| goal.share)) && !patience.is_unlimited() => Some(
                "callers have limited patience, and with any number of agents some of them wait and hang up".into(),
            ),
            _ => None,
        }
    }

    /// Why a service level of 100 % is out of reach; below that it never is.
    fn certainty(&self, index: usize) -> Option<String> {
        let goal = &self.goals.service_levels[index];
        if goal.share <= 1.0 - SLACK {
            return None;
        }
        let nobody_left = self.pool.patience.survival_and_cdf(goal.measure.target_s).0 == 0.0;
        let forgives =
            !matches!(goal.measure.formula, Formula::Offered | Formula::CountShortAbandons | Formula::NetOfShort);
        let why = format!(
            "100 % in {} s is never certain: with any number of agents some callers wait longer",
            goal.measure.target_s
        );
        (!(nobody_left && forgives)).then_some(why)
    }
}

/// The figure a goal is about, by Erlang C.
fn patient_figure(floor: &ErlangC, goals: &Goals, goal: GoalKind) -> f64 {
    match goal {
        GoalKind::ServiceLevel(i) => floor.share_within(goals.service_levels[i].measure.target_s),
        GoalKind::Asa => floor.asa_s(),
        GoalKind::PWait => floor.p_wait(),
        GoalKind::Occupancy => floor.occupancy(),
        GoalKind::Abandon | GoalKind::Blocking | GoalKind::MinAgents | GoalKind::SteadyState => 0.0,
    }
}

/// The figure a goal is about, by the finite-line formulas.
fn lines_figure(pool: &Pool, lines: u64, agents: u64, goals: &Goals, goal: GoalKind) -> Option<f64> {
    let floor = finite_line(agents, lines, pool.load, pool.aht_s, pool.patience.exponential_mean_s()).ok()?;
    Some(match goal {
        GoalKind::ServiceLevel(i) => floor.service_level(&goals.service_levels[i].measure).ok()?,
        GoalKind::Asa => floor.asa_s(),
        GoalKind::PWait => floor.p_wait(),
        GoalKind::Abandon => match goals.abandon.and_then(|goal| goal.net_of_short_s) {
            None => floor.p_abandon(),
            Some(short_s) => {
                let early = floor.within(short_s).ok()?;
                (floor.p_abandon() - early.abandoned).max(0.0) / (early.answered + early.waiting)
            }
        },
        GoalKind::Blocking => floor.p_block(),
        GoalKind::Occupancy => floor.occupancy(),
        GoalKind::MinAgents | GoalKind::SteadyState => 0.0,
    })
}

/// The smallest number from `fewest` to `most` at which `holds` is true, if it is false below and true from some number
/// on: by doubling steps from `guess`, then halving the gap.
fn smallest(fewest: u64, guess: u64, most: u64, mut holds: impl FnMut(u64) -> bool) -> Option<u64> {
    let (mut low, mut high, mut step) = (guess, guess, 1);
    // Afterwards `low` fails (or is just below `fewest`) and `high` holds.
    if holds(guess) {
        loop {
            if high == fewest {
                return Some(high);
            }
            low = high.saturating_sub(step).max(fewest);
            if !holds(low) {
                break;
            }
            (high, step) = (low, step * 2);
        }
    } else {
        loop {
            if low == most {
                return None;
            }
            high = (low + step).min(most);
            if holds(high) {
                break;
            }
            (low, step) = (high, step * 2);
        }
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::smallest;

    #[test]
    fn finds_every_threshold_from_every_guess() {
        for threshold in 3..40 {
            for guess in 3..40 {
                assert_eq!(smallest(3, guess, 39, |n| n >= threshold), Some(threshold));
            }
        }
        assert_eq!(smallest(3, 10, 39, |_| false), None);
        assert_eq!(smallest(3, 10, 39, |_| true), Some(3));
    }
}
