//! Asks the formulas: the requirement, and the rows of the table.

use super::{Model, Question};
use crate::erlang::shrinkage::gross_heads;
use crate::erlang::{Ask, ErlangError, GoalKind, Performance, Pool, Result, b};

/// A goal met exactly counts, within this relative rounding error; as in the search for the requirement.
const SLACK: f64 = 1e-12;

/// Everything about one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// Offered load (erlangs).
    pub load: f64,
    /// The requirement; `None` when no goal is stated.
    pub need: Option<Need>,
    /// From too few to comfortable, or the one number to be judged.
    pub rows: Vec<Row>,
    /// One agent (or line) fewer than required, where there are calls.
    pub one_fewer: Option<Row>,
}

/// How many, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Agents on the phone; lines for Erlang B.
    pub size: u64,
    /// People paid; `None` without a shrinkage.
    pub scheduled: Option<u64>,
    /// What each goal alone would ask.
    pub asks: Vec<Ask>,
    /// The goals that ask for the most.
    pub binding: Vec<GoalKind>,
}

/// What can be said about a number of agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A steady state with figures.
    Steady,
    /// The queue grows without end: no figures.
    Unstable,
    /// Nobody calls: no figures.
    NoCalls,
}

/// The figures of a steady state; `None` where a figure is not asked for or makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    /// By the formula of the goal.
    pub service_level: Option<f64>,
    /// Mean wait of answered calls (s).
    pub asa_s: Option<f64>,
    /// Share that finds no free agent.
    pub p_wait: Option<f64>,
    /// Share that hangs up.
    pub abandon: Option<f64>,
    /// Share that finds no free line.
    pub blocking: Option<f64>,
    /// Share of time an agent (a line, for Erlang B) is busy.
    pub occupancy: Option<f64>,
    /// Mean number of busy lines, for Erlang B (erlangs).
    pub carried: Option<f64>,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Agents on the phone; lines for Erlang B.
    pub size: u64,
    /// People paid; `None` without a shrinkage.
    pub scheduled: Option<u64>,
    /// Whether there are figures.
    pub state: State,
    /// The figures.
    pub figures: Figures,
    /// Goals that do not hold.
    pub missed: Vec<GoalKind>,
    /// Whether this is the requirement.
    pub required: bool,
}

/// The requirement with its reasons, and the table.
///
/// # Errors
/// A figure outside its domain; a goal that no staffing meets.
pub fn answer(question: &Question) -> Result<Answer> {
    let desk = Desk::new(question)?;
    let need = desk.need()?;
    let sizes = match (question.evaluate, &need) {
        (Some(size), _) => vec![size],
        (None, Some(need)) => desk.sizes(need.size),
        (None, None) => Vec::new(),
    };
    desk.answer(need, &sizes)
}

/// The requirement with its reasons, and of the table only its row.
///
/// # Errors
/// As [`answer`].
pub fn requirement_only(question: &Question) -> Result<Answer> {
    let desk = Desk::new(question)?;
    let need = desk.need()?;
    let sizes: Vec<u64> = need.iter().map(|need| need.size).collect();
    desk.answer(need, &sizes)
}

/// A question and the floor it is about.
pub(super) struct Desk<'q> {
    question: &'q Question,
    pool: Pool,
}

impl<'q> Desk<'q> {
    pub(super) fn new(question: &'q Question) -> Result<Self> {
        Ok(Self { question, pool: question.pool()? })
    }

    fn answer(&self, need: Option<Need>, sizes: &[u64]) -> Result<Answer> {
        let required = need.as_ref().map(|need| need.size);
        let row = |&size: &u64| Ok(Row { required: required == Some(size), ..self.row(size)? });
        let rows = sizes.iter().map(row).collect::<Result<_>>()?;
        let one_fewer = required.filter(|&size| size > self.fewest()).map(|size| self.row(size - 1)).transpose()?;
        Ok(Answer { question: self.question.clone(), load: self.pool.load, need, rows, one_fewer })
    }

    /// The smallest number there is something to say about.
    fn fewest(&self) -> u64 {
        u64::from(self.question.model != Model::B && self.pool.load > 0.0)
    }

    fn need(&self) -> Result<Option<Need>> {
        if !self.question.has_goals() {
            return Ok(None);
        }
        let need = match self.question.model {
            Model::B => self.lines_needed()?,
            Model::C | Model::A => {
                let found = self.pool.requirement(&self.question.goals)?;
                let binding = found.binding().collect();
                Need { size: found.agents, scheduled: self.paid(found.agents)?, asks: found.asks, binding }
            }
        };
        Ok(Some(need))
    }

    fn lines_needed(&self) -> Result<Need> {
        let target = self.question.goals.blocking.unwrap_or(1.0);
        if target == 0.0 && self.pool.load > 0.0 {
            let reason = "calls come by chance, so any number of lines is all taken at times".into();
            return Err(ErlangError::Unreachable { goal: GoalKind::Blocking, reason });
        }
        let size = b::servers_for_blocking(self.pool.load, target)?;
        let ask = Ask { goal: GoalKind::Blocking, agents: size };
        Ok(Need { size, scheduled: None, asks: vec![ask], binding: vec![GoalKind::Blocking] })
    }

    fn paid(&self, agents: u64) -> Result<Option<u64>> {
        self.question.shrinkage.map(|shrinkage| gross_heads(agents, shrinkage, 0.0)).transpose()
    }

    /// One number of agents or lines.
    pub(super) fn row(&self, size: u64) -> Result<Row> {
        let (state, figures) = self.figures(size)?;
        let mut row = Row { size, scheduled: self.paid(size)?, state, figures, missed: Vec::new(), required: false };
        row.missed = self.missed(&row);
        Ok(row)
    }

    fn figures(&self, size: u64) -> Result<(State, Figures)> {
        if self.pool.load == 0.0 {
            return Ok((State::NoCalls, Figures::default()));
        }
        if self.question.model == Model::B {
            return Ok((State::Steady, self.line_figures(size)?));
        }
        match self.pool.evaluate(size) {
            Ok(floor) => Ok((State::Steady, self.floor_figures(&floor)?)),
            Err(ErlangError::Unstable { .. }) => Ok((State::Unstable, Figures::default())),
            Err(other) => Err(other),
        }
    }

    fn floor_figures(&self, floor: &Performance) -> Result<Figures> {
        let level = self.question.goals.service_levels.first();
        Ok(Figures {
            service_level: level.map(|goal| floor.service_level(&goal.measure)).transpose()?,
            asa_s: Some(floor.asa_s()),
            p_wait: Some(floor.p_wait()),
            abandon: Some(floor.p_abandon()),
            blocking: self.question.lines.map(|_| floor.p_block()),
            occupancy: Some(floor.occupancy()),
            carried: None,
        })
    }

    fn line_figures(&self, lines: u64) -> Result<Figures> {
        let carried = b::carried(lines, self.pool.load)?;
        Ok(Figures {
            blocking: Some(b::blocking(lines, self.pool.load)?),
            occupancy: (lines > 0).then(|| carried / lines as f64),
            carried: Some(carried),
            ..Figures::default()
        })
    }

    fn missed(&self, row: &Row) -> Vec<GoalKind> {
        let (goals, of) = (&self.question.goals, &row.figures);
        let mut missed = Vec::new();
        if row.size < goals.min_agents {
            missed.push(GoalKind::MinAgents);
        }
        match row.state {
            State::NoCalls => return missed,
            State::Unstable => missed.push(GoalKind::SteadyState),
            State::Steady => {}
        }
        // A figure that does not exist, of a queue that grows without end, meets no goal.
        let above = |figure: Option<f64>, limit: f64| figure.is_none_or(|figure| figure > limit * (1.0 + SLACK));
        if let Some(goal) = goals.service_levels.first()
            && of.service_level.is_none_or(|level| level < goal.share * (1.0 - SLACK))
        {
            missed.push(GoalKind::ServiceLevel(0));
        }
        let limits = [
            (GoalKind::Asa, goals.asa_s, of.asa_s),
            (GoalKind::PWait, goals.p_wait, of.p_wait),
            (GoalKind::Abandon, goals.abandon.map(|goal| goal.share), of.abandon),
            (GoalKind::Blocking, goals.blocking, of.blocking),
            (GoalKind::Occupancy, goals.max_occupancy, of.occupancy),
        ];
        missed.extend(limits.iter().filter(|(_, limit, of)| limit.is_some_and(|limit| above(*of, limit))).map(|l| l.0));
        missed
    }

    /// The rows of the table: one by one on a small floor, in strides on a large one, but always the requirement with
    /// its neighbours and the largest number that cannot keep up.
    fn sizes(&self, required: u64) -> Vec<u64> {
        if self.pool.load == 0.0 {
            return vec![required];
        }
        let stride = (libm::round(libm::sqrt(self.pool.load) / 8.0) as i64).max(1);
        let offsets = (-4..=5).map(|step| step * stride).chain([-1, 1]);
        let mut sizes: Vec<u64> = offsets.filter_map(|offset| required.checked_add_signed(offset)).collect();
        let keeps_up = self.keeps_up();
        let (fewest, most) = (self.fewest().max(keeps_up), self.question.lines.unwrap_or(u64::MAX));
        sizes.retain(|&size| (fewest..=most).contains(&size));
        sizes.extend(keeps_up.checked_sub(1).filter(|&size| size > 0));
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    /// The smallest number with which the queue does not grow without end.
    pub(super) fn keeps_up(&self) -> u64 {
        let Question { model, patience_s, lines, .. } = self.question;
        if *model == Model::B || patience_s.is_some() || lines.is_some() {
            return 0;
        }
        match self.pool.evaluate(0) {
            Err(ErlangError::Unstable { needed, .. }) => needed,
            _ => 0,
        }
    }
}
