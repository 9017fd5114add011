//! Folds the tallies of replications, in order, into sums that make the results.

mod figures;

use super::controls::{ControlledMetrics, Expected};
use super::goals;
use super::metrics::{
    AgentMetric, Counts, IntervalMetric, LOOP_QUEUE_METRICS, PLAIN_INTERVAL_METRICS, PLAIN_QUEUE_METRICS, Parts,
    Prices, QueueContext, QueueMetric, TeamDay, TeamMetric, Unit,
};
use super::results::Proportion;
use super::simulate::DayRow;
use super::waits::WaitBlocks;
use crate::engine::{LoopCell, OutcomeCell, QueueCell, Tally, TeamCell, WaitHistogram};
use crate::model::{Model, TICKS_PER_SECOND};
use crate::scenario::Scenario;
use crate::stats::{RatioSums, ShareSketch, ThinnedSample};

const QUEUE_METRICS: usize = QueueMetric::ALL.len();
const INTERVAL_METRICS: usize = IntervalMetric::ALL.len();
const TEAM_METRICS: usize = TeamMetric::ALL.len();
const AGENT_METRICS: usize = AgentMetric::ALL.len();

/// Days whose values are kept for percentiles, metric by metric, in one queue or team ...
const MOST_KEPT: usize = 8_192;
/// ... and in all of them together: some 90 MB.
const KEPT_IN_ALL: usize = 24 * MOST_KEPT;
/// Fewer would make no percentile.
const LEAST_KEPT: usize = 16;

/// Days to keep with so many queues and teams: half as many whenever the floor is twice as wide.
fn kept_days(parts: usize) -> usize {
    let affordable = (KEPT_IN_ALL / parts.max(1)).clamp(LEAST_KEPT, MOST_KEPT);
    1 << affordable.ilog2()
}

/// How many share the memory for waits and daily values: one floor, or all floors that are compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Queues and teams.
    parts: usize,
    /// Collections of waits.
    waits: usize,
}

impl Room {
    /// The room that some floors need. Each of them gets the same share, so that their waits fall into like blocks.
    pub(super) fn of<'m>(models: impl IntoIterator<Item = &'m Model>) -> Self {
        models.into_iter().fold(Self { parts: 0, waits: 0 }, |sum, model| Self {
            parts: sum.parts + model.queues.len() + model.teams.len(),
            waits: sum.waits + model.queues.len() + 1,
        })
    }
}

/// Sums over replications of one queue, or of all queues.
struct QueueSums {
    run: [RatioSums; QUEUE_METRICS],
    daily: [ThinnedSample; QUEUE_METRICS],
    intervals: Vec<IntervalSums>,
    controlled: ControlledMetrics,
    waits: WaitBlocks,
    goal_days: Proportion,
    /// Each part of the goal by itself, by day.
    part_days: [Proportion; goals::PARTS],
    goal_periods: Proportion,
    /// The same by replication: periods of one replication are no independent ones.
    goal_clusters: RatioSums,
}

crate::stored_by_fields!(QueueSums {
    run,
    daily,
    controlled,
    intervals,
    waits,
    goal_days,
    part_days,
    goal_periods,
    goal_clusters
});

/// Sums over replications of one queue in one interval.
#[derive(Clone, Default)]
struct IntervalSums {
    run: [RatioSums; PLAIN_INTERVAL_METRICS],
    /// The other metrics; empty where the model counts no loops.
    loops: Vec<RatioSums>,
    service_level: ShareSketch,
    abandon_rate: ShareSketch,
    goal_days: Proportion,
}

crate::stored_by_fields!(IntervalSums { run, loops, service_level, abandon_rate, goal_days });

/// Sums over replications of one team, or of all teams.
struct TeamSums {
    run: [RatioSums; TEAM_METRICS],
    daily: [ThinnedSample; TEAM_METRICS],
    controlled: ControlledMetrics,
    intervals: Vec<[RatioSums; 4]>,
}

crate::stored_by_fields!(TeamSums { run, daily, controlled, intervals });

/// A queue's counts of one day.
#[derive(Default)]
struct DayCounts {
    all: QueueCell,
    /// Over the open segments only.
    open: QueueCell,
    /// `None` where the model counts no loops.
    loops: Option<LoopCell>,
    /// `None` where people change nothing.
    outcomes: Option<OutcomeCell>,
}

impl DayCounts {
    fn counts(&self) -> Counts<'_> {
        Counts { cell: &self.all, loops: self.loops.as_ref(), outcomes: self.outcomes.as_ref() }
    }
}

/// What is known of a team's day before it is simulated.
struct DayPlan {
    /// Named people: agent-ticks on the phone by plan of the duties that begin on it.
    rostered: Option<u64>,
    /// Share of the day's plan that is counted (all but the warm-up).
    counted: f64,
    prices: Prices,
}

/// What one replication adds to the figures over the run: numerators and denominators, metric by metric.
pub(super) struct Reading {
    /// Queues, and last all of them together; indexed by [`QueueMetric`]. Quantiles have no parts.
    pub(super) queues: Vec<[Parts; QUEUE_METRICS]>,
    /// The same for days on which every goal held, of those with a goal and contacts.
    pub(super) goals: Vec<Parts>,
    /// Teams, and last all of them together; indexed by [`TeamMetric`]. `None` where there is nothing of the kind.
    pub(super) teams: Vec<[Option<Parts>; TEAM_METRICS]>,
}

/// Everything folded so far.
pub(super) struct Collector<'a> {
    scenario: &'a Scenario,
    model: &'a Model,
    replications: u64,
    contacts: u64,
    queues: Vec<QueueSums>,
    total: QueueSums,
    teams: Vec<TeamSums>,
    total_team: TeamSums,
    pairs: Vec<[RatioSums; 5]>,
    /// Everybody, team by team; empty where people change nothing.
    agents: Vec<[RatioSums; AGENT_METRICS]>,
    /// Counted days, by number.
    days: Vec<usize>,
    /// Team by team, each with all days.
    plans: Vec<Vec<DayPlan>>,
    /// What controls are held against, where they are wanted.
    expected: Option<Expected>,
    /// How many of the metrics of a queue exist on this floor.
    queue_metrics: usize,
}

crate::stored_by_fields!(Collector<'_> { replications, contacts, queues, total, teams, total_team, pairs, agents });

impl<'a> Collector<'a> {
    /// Nothing folded yet.
    pub(super) fn new(scenario: &'a Scenario, model: &'a Model, room: Room) -> Self {
        let intervals = model.interval_starts.len();
        let days: Vec<usize> = (0..model.days.len()).filter(|&d| model.days[d].end > model.counted_from).collect();
        let queues = model.queues.len();
        let kept = kept_days(room.parts);
        let controls = scenario.run.control_variates;
        let queue_sums = || QueueSums {
            run: [RatioSums::default(); QUEUE_METRICS],
            daily: std::array::from_fn(|_| ThinnedSample::new(kept)),
            intervals: vec![IntervalSums::new(model.counts_loops); intervals],
            controlled: ControlledMetrics::new(if controls { QUEUE_METRICS } else { 0 }),
            waits: WaitBlocks::new(room.waits, (days.len() == 1).then_some(kept)),
            goal_days: Proportion::default(),
            part_days: Default::default(),
            goal_periods: Proportion::default(),
            goal_clusters: RatioSums::default(),
        };
        let team_sums = || TeamSums {
            run: [RatioSums::default(); TEAM_METRICS],
            daily: std::array::from_fn(|_| ThinnedSample::new(kept)),
            controlled: ControlledMetrics::new(if controls { TEAM_METRICS } else { 0 }),
            intervals: vec![Default::default(); intervals],
        };
        Self {
            scenario,
            model,
            replications: 0,
            contacts: 0,
            queues: (0..queues).map(|_| queue_sums()).collect(),
            total: queue_sums(),
            teams: (0..model.teams.len()).map(|_| team_sums()).collect(),
            total_team: team_sums(),
            pairs: vec![Default::default(); queues * model.teams.len()],
            agents: vec![
                Default::default();
                if model.people.is_some() { model.teams.iter().map(|t| t.most).sum() } else { 0 }
            ],
            days,
            plans: (0..model.teams.len()).map(|team| plans_of_days(scenario, model, team)).collect(),
            expected: controls.then(|| Expected::of(scenario, model)),
            queue_metrics: match (model.counts_loops, &model.people) {
                (_, Some(_)) => QUEUE_METRICS,
                (true, None) => LOOP_QUEUE_METRICS,
                (false, None) => PLAIN_QUEUE_METRICS,
            },
        }
    }

    /// Replications folded so far.
    pub(super) fn replications(&self) -> u64 {
        self.replications
    }

    /// Adds the next replication. `on_day` receives its rows, day by day and queue by queue.
    pub(super) fn fold(&mut self, tally: &Tally<'_>, on_day: &mut dyn FnMut(&DayRow<'_>)) -> Reading {
        let days: Vec<Vec<DayCounts>> = (0..self.queues.len()).map(|queue| self.queue_days(tally, queue)).collect();
        let queues = self.fold_days(&days, on_day);
        self.fold_intervals(tally);
        if !tally.loops.is_empty() {
            self.fold_loops(tally);
        }
        let goals = self.fold_goals(tally, &days);
        self.fold_waits(tally, &days);
        let teams = self.fold_teams(tally);
        self.fold_pairs(tally);
        self.fold_agents(tally);
        self.fold_controls(tally, &queues, &teams);
        self.replications += 1;
        Reading { queues, goals, teams }
    }

    /// A queue's counts by counted day.
    fn queue_days(&self, tally: &Tally<'_>, queue: usize) -> Vec<DayCounts> {
        let cells = tally.queue(queue);
        let sum = |day: &usize| {
            let mut sum = DayCounts::default();
            for segment in self.segments_of(*day) {
                sum.all.add(&cells[segment]);
                if self.model.segments[segment].open {
                    sum.open.add(&cells[segment]);
                }
            }
            if !tally.loops.is_empty() {
                let loops = sum.loops.insert(LoopCell::default());
                self.segments_of(*day).for_each(|segment| loops.add(&tally.loops(queue, segment)));
            }
            if !tally.outcomes.is_empty() {
                let outcomes = sum.outcomes.insert(OutcomeCell::default());
                self.segments_of(*day).for_each(|segment| outcomes.add(&tally.outcomes(queue, segment)));
            }
            sum
        };
        self.days.iter().map(sum).collect()
    }

    fn segments_of(&self, day: usize) -> std::ops::Range<usize> {
        let day = &self.model.days[day];
        day.first.max(self.model.counted_from)..day.end
    }

    fn open_ticks(&self, day: usize) -> f64 {
        self.segments_of(day).map(|s| self.model.open_ticks(s)).sum::<u64>() as f64
    }

    fn context(&self, queue: usize, days: f64, open_ticks: f64) -> QueueContext {
        let queue = &self.scenario.queues[queue];
        QueueContext {
            formula: queue.service_level_formula,
            abandon_formula: queue.abandon_formula,
            messages: queue.channel.messages().is_some(),
            outgoing: queue.callers.dial.is_some(),
            fcr: queue.outcomes.repeat.is_some() && self.sees_returns(),
            valued: queue.outcomes.value.is_some(),
            days,
            open_ticks,
        }
    }

    /// Whether the run is long enough for returns within the window of `fcr`.
    fn sees_returns(&self) -> bool {
        let segments = &self.model.segments;
        let (first, last) = (segments[self.model.counted_from].start, segments.iter().rfind(|s| s.open));
        let length = last.map_or(0, |last| last.end - first);
        self.model.people.as_ref().is_some_and(|people| people.fcr_window <= length)
    }

    fn fold_days(
        &mut self,
        days: &[Vec<DayCounts>],
        on_day: &mut dyn FnMut(&DayRow<'_>),
    ) -> Vec<[Parts; QUEUE_METRICS]> {
        let metrics = &QueueMetric::ALL[..self.queue_metrics];
        let mut sums = vec![[(0.0, 0.0); QUEUE_METRICS]; self.queues.len() + 1];
        for (d, &day) in self.days.iter().enumerate() {
            let open_ticks = self.open_ticks(day);
            let mut total = [(0.0, 0.0); QUEUE_METRICS];
            for queue in 0..self.queues.len() {
                let context = self.context(queue, 1.0, open_ticks);
                let of_day = &days[queue][d];
                self.contacts += u64::from(of_day.all.offered) + u64::from(of_day.all.blocked);
                let mut parts = [(0.0, 0.0); QUEUE_METRICS];
                for (m, metric) in metrics.iter().enumerate() {
                    parts[m] = metric.parts(&of_day.counts(), &of_day.open, &context);
                    let largest = *metric == QueueMetric::WaitMaxS;
                    add_to_total(&mut total[m], parts[m], metric.shares_denominator(), largest);
                }
                record_day(&mut self.queues[queue].daily, &mut sums[queue], &parts[..metrics.len()]);
                on_day(&DayRow { replication: self.replications, day, queue: Some(queue), values: &parts.map(value) });
            }
            record_day(&mut self.total.daily, &mut sums[self.queues.len()], &total[..metrics.len()]);
            on_day(&DayRow { replication: self.replications, day, queue: None, values: &total.map(value) });
        }
        for (queue, sums) in self.queues.iter_mut().chain([&mut self.total]).zip(&sums) {
            queue.run.iter_mut().zip(&sums[..metrics.len()]).for_each(|(run, &(x, y))| run.add(x, y));
        }
        sums
    }

    fn fold_intervals(&mut self, tally: &Tally<'_>) {
        for (index, segment) in self.model.segments.iter().enumerate().skip(self.model.counted_from) {
            if !segment.open {
                continue;
            }
            let mut total = [(0.0, 0.0); PLAIN_INTERVAL_METRICS];
            for queue in 0..self.queues.len() {
                let context = self.context(queue, 1.0, self.model.interval_ticks as f64);
                let counts = self.counts(tally, queue, index);
                let parts: [Parts; PLAIN_INTERVAL_METRICS] =
                    std::array::from_fn(|m| IntervalMetric::ALL[m].parts(&counts, &context));
                for (m, (total, &part)) in total.iter_mut().zip(&parts).enumerate() {
                    let metric = IntervalMetric::ALL[m];
                    let largest = metric == IntervalMetric::WaitMaxS;
                    add_to_total(total, part, metric.shares_denominator(), largest);
                }
                let stated = &self.scenario.queues[queue];
                let met = stated.goal.as_ref().and_then(|goal| goals::holds(stated, goal, &counts));
                let interval = &mut self.queues[queue].intervals[segment.interval];
                interval.add(&parts);
                met.into_iter().for_each(|met| interval.goal_days.count(met));
            }
            self.total.intervals[segment.interval].add(&total);
        }
    }

    /// What only floors with redials, transfers, messages and their like have, by interval.
    fn fold_loops(&mut self, tally: &Tally<'_>) {
        let metrics = &IntervalMetric::ALL[PLAIN_INTERVAL_METRICS..];
        for (index, segment) in self.model.segments.iter().enumerate().skip(self.model.counted_from) {
            if !segment.open {
                continue;
            }
            let mut total = [(0.0, 0.0); INTERVAL_METRICS - PLAIN_INTERVAL_METRICS];
            for queue in 0..self.queues.len() {
                let context = self.context(queue, 1.0, self.model.interval_ticks as f64);
                let counts = self.counts(tally, queue, index);
                let sums = &mut self.queues[queue].intervals[segment.interval].loops;
                for ((metric, sum), total) in metrics.iter().zip(sums).zip(&mut total) {
                    let part = metric.parts(&counts, &context);
                    sum.add(part.0, part.1);
                    add_to_total(total, part, metric.shares_denominator(), false);
                }
            }
            let sums = &mut self.total.intervals[segment.interval].loops;
            sums.iter_mut().zip(total).for_each(|(sum, (x, y))| sum.add(x, y));
        }
    }

    fn counts<'t>(&self, tally: &'t Tally<'_>, queue: usize, segment: usize) -> Counts<'t> {
        let index = queue * self.model.segments.len() + segment;
        Counts { cell: &tally.queues[index], loops: tally.loops.get(index), outcomes: tally.outcomes.get(index) }
    }

    fn fold_goals(&mut self, tally: &Tally<'_>, days: &[Vec<DayCounts>]) -> Vec<Parts> {
        let segments = &self.model.segments;
        let counted = (self.model.counted_from..segments.len()).filter(|&s| segments[s].open);
        let mut every_goal = vec![None; self.days.len()];
        let mut parts = vec![(0.0, 0.0); self.queues.len() + 1];
        for (index, queue) in self.scenario.queues.iter().enumerate() {
            let Some(goal) = &queue.goal else { continue };
            let intervals: Vec<Counts<'_>> = counted.clone().map(|s| self.counts(tally, index, s)).collect();
            let totals: Vec<Counts<'_>> = days[index].iter().map(DayCounts::counts).collect();
            let sums = &mut self.queues[index];
            for (day, counts) in totals.iter().enumerate() {
                goals::count_parts(queue, goal, counts, &mut sums.part_days);
                if let Some(met) = goals::holds(queue, goal, counts) {
                    sums.goal_days.count(met);
                    count_day(&mut parts[index], met);
                    every_goal[day] = Some(every_goal[day].unwrap_or(true) && met);
                }
            }
            let mut periods = Proportion::default();
            goals::count_periods(queue, goal, &totals, &intervals, &mut periods);
            sums.goal_clusters.add(periods.hits as f64, periods.n as f64);
            sums.goal_periods.hits += periods.hits;
            sums.goal_periods.n += periods.n;
        }
        for met in every_goal.into_iter().flatten() {
            self.total.goal_days.count(met);
            count_day(&mut parts[self.queues.len()], met);
        }
        parts
    }

    fn fold_waits(&mut self, tally: &Tally<'_>, days: &[Vec<DayCounts>]) {
        let mut all = WaitHistogram::new();
        let mut all_answered = 0;
        for (queue, sums) in self.queues.iter_mut().enumerate() {
            let answered = days[queue].iter().map(|day| u64::from(day.all.answered)).sum();
            sums.waits.add(answered, &tally.waits[queue]);
            all.merge(&tally.waits[queue]);
            all_answered += answered;
        }
        self.total.waits.add(all_answered, &all);
    }

    fn fold_teams(&mut self, tally: &Tally<'_>) -> Vec<[Option<Parts>; TEAM_METRICS]> {
        let mut sums = vec![[None; TEAM_METRICS]; self.teams.len() + 1];
        for &day in &self.days {
            let mut total = [None; TEAM_METRICS];
            for (team, sums) in sums[..self.teams.len()].iter_mut().enumerate() {
                let day = self.team_day(tally, team, day);
                let parts: [Option<Parts>; TEAM_METRICS] = std::array::from_fn(|m| TeamMetric::ALL[m].parts(&day));
                for (m, metric) in TeamMetric::ALL.iter().enumerate() {
                    if let Some(part) = parts[m] {
                        let sum = total[m].get_or_insert((0.0, 0.0));
                        add_to_total(sum, part, metric.shares_denominator(), false);
                    }
                }
                record_team_day(&mut self.teams[team].daily, sums, &parts);
            }
            record_team_day(&mut self.total_team.daily, &mut sums[self.teams.len()], &total);
        }
        for (team, sums) in self.teams.iter_mut().chain([&mut self.total_team]).zip(&sums) {
            for (run, part) in team.run.iter_mut().zip(sums) {
                part.iter().for_each(|&(x, y)| run.add(x, y));
            }
        }
        self.fold_team_intervals(tally);
        sums
    }

    fn fold_team_intervals(&mut self, tally: &Tally<'_>) {
        let length = self.model.interval_ticks as f64;
        for (index, segment) in self.model.segments.iter().enumerate().skip(self.model.counted_from) {
            if !segment.open {
                continue;
            }
            let mut total = TeamCell::default();
            for (team, sums) in self.teams.iter_mut().enumerate() {
                let cell = &tally.team(team)[index];
                total.add(cell);
                add_team_interval(&mut sums.intervals[segment.interval], cell, length);
            }
            add_team_interval(&mut self.total_team.intervals[segment.interval], &total, length);
        }
    }

    fn team_day(&self, tally: &Tally<'_>, team: usize, day: usize) -> TeamDay {
        let (model, plan) = (&self.model.teams[team], &self.plans[team][day]);
        let mut sums =
            TeamDay { rostered: plan.rostered, chats: model.chats, prices: plan.prices, ..TeamDay::default() };
        for index in self.segments_of(day) {
            let cell = &tally.team(team)[index];
            sums.all.add(cell);
            if self.model.segments[index].open {
                sums.busy_open += cell.busy;
                self.add_plan(team, index, &mut sums);
            }
        }
        if !tally.team_outcomes.is_empty() {
            sums.outcomes = Some(tally.team_outcomes(team, day));
        }
        if !tally.duties.is_empty() {
            self.add_duties(tally, team, day, &mut sums);
        }
        if let Some(people) = &model.people {
            let unpaid = if people.paid_absence { 0 } else { sums.duties.absent_paid };
            let paid = people.paid[day].saturating_sub(unpaid) as f64 / TICKS_PER_SECOND / 3600.0;
            sums.paid_h = plan.counted * paid;
        }
        sums
    }

    /// Adds what only named people and chats have. Who is absent or late is told in the first segment of the day, even
    /// if the warm-up ends later.
    fn add_duties(&self, tally: &Tally<'_>, team: usize, day: usize, sums: &mut TeamDay) {
        for index in self.model.days[day].first..self.model.days[day].end {
            let mut cell = tally.duties(team, index);
            if index < self.model.counted_from {
                (cell.overrun, cell.in_hand, cell.in_hand_busy) = (0, 0, 0);
            }
            sums.duties.add(&cell);
        }
    }

    /// Adds what the plan says about an open segment: people on duty, and paid hours of head counts.
    fn add_plan(&self, team: usize, index: usize, sums: &mut TeamDay) {
        let (stated, model) = (&self.scenario.teams[team], &self.model.teams[team]);
        if let Some(people) = &model.people {
            sums.planned += people.planned[index];
            return;
        }
        let (heads, length) = (model.heads[index], self.model.interval_ticks);
        let shrinkage = 1.0 - stated.shrinkage_planned - stated.shrinkage_unplanned;
        let interval = self.model.segments[index].interval;
        let paid = stated.scheduled.as_ref().map_or(f64::from(heads) / shrinkage, |s| f64::from(s[interval]));
        sums.planned += u64::from(heads) * length;
        sums.paid_h += paid * length as f64 / TICKS_PER_SECOND / 3600.0;
    }

    fn fold_pairs(&mut self, tally: &Tally<'_>) {
        let days = self.days.len() as f64;
        for (sums, cell) in self.pairs.iter_mut().zip(&tally.pairs) {
            let answered = f64::from(cell.answered);
            let handled = &cell.handled;
            let times = [handled.talk, handled.hold, handled.wrap, handled.total()];
            sums[0].add(answered, days);
            for (sum, ticks) in sums[1..].iter_mut().zip(times) {
                sum.add(ticks as f64 / TICKS_PER_SECOND, answered);
            }
        }
    }

    /// Unless the same people serve in all replications, only the first has kept them.
    fn fold_agents(&mut self, tally: &Tally<'_>) {
        let days = self.days.len() as f64;
        for (sums, cell) in self.agents.iter_mut().zip(&tally.agents) {
            for (sum, metric) in sums.iter_mut().zip(AgentMetric::ALL) {
                let (x, y) = metric.parts(cell, days);
                sum.add(x, y);
            }
        }
    }

    fn fold_controls(
        &mut self,
        tally: &Tally<'_>,
        queues: &[[Parts; QUEUE_METRICS]],
        teams: &[[Option<Parts>; TEAM_METRICS]],
    ) {
        let Some(expected) = &self.expected else { return };
        let fresh = |parts: &[Parts; QUEUE_METRICS]| parts[QueueMetric::Fresh as usize].0;
        let fresh: Vec<f64> = queues[..self.queues.len()].iter().map(fresh).collect();
        let (mut callers, work) = expected.surplus(tally, &fresh);
        let in_all = callers.iter().sum();
        callers.push(in_all);
        let sums = self.queues.iter_mut().chain([&mut self.total]);
        for ((sums, parts), callers) in sums.zip(queues).zip(callers) {
            sums.controlled.add([callers, work], parts.iter().map(|part| Some(*part)));
        }
        for (sums, parts) in self.teams.iter_mut().chain([&mut self.total_team]).zip(teams) {
            sums.controlled.add([in_all, work], parts.iter().copied());
        }
    }
}

impl IntervalSums {
    fn new(counts_loops: bool) -> Self {
        let more = if counts_loops { INTERVAL_METRICS - PLAIN_INTERVAL_METRICS } else { 0 };
        Self { loops: vec![RatioSums::default(); more], ..Self::default() }
    }

    fn add(&mut self, parts: &[Parts; PLAIN_INTERVAL_METRICS]) {
        self.run.iter_mut().zip(parts).for_each(|(run, &(x, y))| run.add(x, y));
        let shares = [IntervalMetric::ServiceLevel, IntervalMetric::AbandonRate].map(|m| value(parts[m as usize]));
        shares[0].into_iter().for_each(|share| self.service_level.add(share));
        shares[1].into_iter().for_each(|share| self.abandon_rate.add(share));
    }
}

/// A day's value, if it has one.
fn value((x, y): Parts) -> Option<f64> {
    (y > 0.0).then(|| x / y)
}

/// Adds a queue's (or team's) parts to those of all of them together.
fn add_to_total(total: &mut Parts, part: Parts, shared_denominator: bool, largest: bool) {
    total.0 = if largest { total.0.max(part.0) } else { total.0 + part.0 };
    total.1 = if shared_denominator { part.1 } else { total.1 + part.1 };
}

/// One more day with a goal, and whether it was met.
fn count_day(days: &mut Parts, met: bool) {
    days.0 += f64::from(u8::from(met));
    days.1 += 1.0;
}

fn record_day(daily: &mut [ThinnedSample], sums: &mut [Parts], parts: &[Parts]) {
    for ((daily, sum), &part) in daily.iter_mut().zip(sums).zip(parts) {
        value(part).into_iter().for_each(|v| daily.add(v));
        sum.0 += part.0;
        sum.1 += part.1;
    }
}

fn record_team_day(daily: &mut [ThinnedSample], sums: &mut [Option<Parts>], parts: &[Option<Parts>]) {
    for ((daily, sum), part) in daily.iter_mut().zip(sums).zip(parts) {
        let Some(part) = *part else { continue };
        value(part).into_iter().for_each(|v| daily.add(v));
        let sum = sum.get_or_insert((0.0, 0.0));
        sum.0 += part.0;
        sum.1 += part.1;
    }
}

fn add_team_interval(sums: &mut [RatioSums; 4], cell: &TeamCell, length: f64) {
    let (busy, staffed) = (cell.busy as f64, cell.staffed as f64);
    let parts = [(busy, staffed), (staffed, length), (busy, length), (f64::from(cell.answered), 1.0)];
    sums.iter_mut().zip(parts).for_each(|(sum, (x, y))| sum.add(x, y));
}

/// What is known of each day of a team before it is simulated.
fn plans_of_days(scenario: &Scenario, model: &Model, team: usize) -> Vec<DayPlan> {
    let (stated, people) = (&scenario.teams[team], model.teams[team].people.as_ref());
    let plan = |(day, span): (usize, &crate::model::DaySpan)| {
        let intervals = &scenario.timeline.days[day];
        let mut open = stated.open.iter().skip(intervals.first_interval).take(intervals.interval_count);
        let open = open.any(|open| *open);
        let planned = |from: usize| {
            people.map_or(0, |people| people.planned[from.clamp(span.first, span.end)..span.end].iter().sum::<u64>())
        };
        let (all, counted) = (planned(span.first), planned(model.counted_from));
        let stretches = |people: &crate::model::People| {
            people.days[day].iter().flat_map(|duty| &duty.stretches).map(|s| s.to - s.from).sum()
        };
        DayPlan {
            rostered: people.map(stretches),
            counted: if all > counted { counted as f64 / all as f64 } else { 1.0 },
            prices: Prices {
                hour: stated.cost_per_hour,
                contact: stated.cost_per_handled,
                talk_minute: stated.cost_per_talk_minute,
                training: (stated.crew.training_cost > 0.0)
                    .then(|| stated.crew.training_cost * model.teams[team].most as f64),
                least_fee: stated.min_commitment.map(|least| if open { least } else { 0.0 }),
            },
        }
    };
    model.days.iter().enumerate().map(plan).collect()
}

/// Names of the units in the order of use, for output headers.
impl Unit {
    /// A short name: "share", "s", "h/day" ...
    pub fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Ratio => "ratio",
            Self::Seconds => "s",
            Self::Hours => "h/day",
            Self::PerDay => "1/day",
            Self::Average => "mean number",
            Self::MoneyPerDay => "money/day",
            Self::Money => "money",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn daily_values_stay_small_however_wide_the_floor() {
        assert_eq!([1, 20, 40, 41, 80, 2_000].map(kept_days), [8_192, 8_192, 4_096, 4_096, 2_048, 64]);
        let bytes = |parts: usize| parts * kept_days(parts) * QUEUE_METRICS.max(TEAM_METRICS) * size_of::<f64>();
        assert!((1..10_000).all(|parts| bytes(parts) < 100_000_000));
    }
}
