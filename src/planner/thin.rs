//! Taking people away.

use std::ops::Range;

use super::judge::{Judgement, Margin};
use super::plan::Binding;
use super::search::{Heads, Search, is_planned};
use crate::error::Result;

/// Nobody is tried whose going would, by what the last one's did, take a goal below its target by as much again as
/// is left: effects grow as a team shrinks.
const HOPELESS: f64 = 0.5;

/// What one person less in a team and interval did to the queue that was then closest to missing a goal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effect {
    queue: usize,
    interval: usize,
    /// Loss of margin.
    drop: f64,
}

/// What is known about who can go, team by team and interval by interval.
pub(super) struct Thinning {
    /// Who could not be spared once can never be, as long as all later staffings are smaller.
    needed: Vec<Vec<bool>>,
}

impl Thinning {
    pub(super) fn new(heads: &Heads) -> Self {
        Self { needed: heads.iter().map(|team| vec![false; team.len()]).collect() }
    }

    /// Somebody has been added since: who is near may be spared now. False when nobody was.
    pub(super) fn reopen(&mut self, thin: &Heads, filled: &Heads, reach: usize) -> bool {
        let intervals = thin.first().map_or(0, Vec::len);
        let added: Vec<usize> =
            (0..intervals).filter(|&i| (0..thin.len()).any(|t| thin[t][i] != filled[t][i])).collect();
        for &interval in &added {
            for near in interval.saturating_sub(reach - 1)..(interval + reach).min(intervals) {
                self.needed.iter_mut().for_each(|team| team[near] = false);
            }
        }
        !added.is_empty()
    }
}

impl Search<'_> {
    /// Takes people away where each interval is judged on its own.
    pub(super) fn thin_intervals(&mut self, replications: u32, thinning: &mut Thinning) -> Result<()> {
        let intervals = self.scenario.timeline.intervals.len();
        let mut now = self.judge(replications)?;
        loop {
            let mut tried = false;
            for phase in 0..self.reach {
                let cells: Vec<(usize, usize)> = (phase..intervals)
                    .step_by(self.reach)
                    .filter_map(|i| Some((self.next_to_try(&now, thinning, i)?, i)))
                    .collect();
                if !cells.is_empty() {
                    now = self.try_without(&cells, now, thinning, replications)?;
                    tried = true;
                }
            }
            if !tried {
                return Ok(());
            }
        }
    }

    /// The team to take somebody from next in an interval; those that cannot spare anybody, by what the last one's
    /// going did, are struck off unseen.
    fn next_to_try(&mut self, now: &Judgement, thinning: &mut Thinning, interval: usize) -> Option<usize> {
        for team in 0..self.heads.len() {
            let Some(effect) = self.effects[team][interval] else { continue };
            let margin = now.margins[effect.queue][effect.interval];
            if margin.distance < HOPELESS * effect.drop {
                thinning.needed[team][interval] = true;
                let part = margin.part.map(|part| Binding::Goal(effect.queue, part));
                self.binding[team][interval] = part.or(self.binding[team][interval]);
            }
        }
        self.most_spare(now, &thinning.needed, interval)
    }

    /// The team that can spare somebody most easily: whose queues are furthest from missing a goal, for what it
    /// costs; among equals the one with fewer skills, so that the flexible stay.
    fn most_spare(&self, judgement: &Judgement, needed: &[Vec<bool>], interval: usize) -> Option<usize> {
        let spare = |team: usize| {
            let queues = self.scenario.teams[team].skills.iter().map(|s| judgement.margins[s.queue][interval].distance);
            let least = queues.fold(1.0, f64::min);
            self.price(team) * (0.05 + least.max(0.0))
        };
        let skills = |team: usize| self.scenario.teams[team].skills.len();
        (0..self.heads.len())
            .filter(|&team| !needed[team][interval] && self.may_spare(team, interval))
            .max_by(|&a, &b| spare(a).total_cmp(&spare(b)).then(skills(b).cmp(&skills(a))).then(b.cmp(&a)))
    }

    fn may_spare(&self, team: usize, interval: usize) -> bool {
        let stated = &self.scenario.teams[team];
        let least = stated.min_agents.unwrap_or(0);
        is_planned(&self.scenario, team) && stated.open[interval] && self.heads[team][interval] > least
    }

    /// Takes one agent from each cell and gives back those that were needed; returns how things stand then.
    fn try_without(
        &mut self,
        cells: &[(usize, usize)],
        before: Judgement,
        thinning: &mut Thinning,
        replications: u32,
    ) -> Result<Judgement> {
        cells.iter().for_each(|&(team, interval)| self.heads[team][interval] -= 1);
        let mut after = self.judge(replications)?;
        for &(team, interval) in cells {
            let felt = interval..(interval + self.reach).min(self.scenario.timeline.intervals.len());
            let hardest = hardest_blow(&before, &after, felt.clone());
            if let Some((queue, at, drop)) = hardest {
                self.effects[team][interval] = Some(Effect { queue, interval: at, drop });
            }
            if !still_fine(&before, &after, team, felt.clone()) {
                self.heads[team][interval] += 1;
                thinning.needed[team][interval] = true;
                self.binding[team][interval] = missed(&after, hardest);
                after.restore(&before, felt);
            }
        }
        Ok(after)
    }

    /// Dearest teams first; among equals those with fewer skills, so that the flexible stay.
    fn removal_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.heads.len()).collect();
        order.sort_by(|&a, &b| {
            let skills = |t: usize| self.scenario.teams[t].skills.len();
            self.price(b).total_cmp(&self.price(a)).then(skills(a).cmp(&skills(b))).then(a.cmp(&b))
        });
        order
    }

    /// The next team in `order` that has somebody to spare in the interval; not one whose queue is `tight`.
    fn next_to_spare(&self, order: &[usize], next: &mut usize, interval: usize, tight: &[bool]) -> Option<usize> {
        while let Some(&team) = order.get(*next) {
            let skills = &self.scenario.teams[team].skills;
            if self.may_spare(team, interval) && !skills.iter().any(|s| tight[s.queue]) {
                return Some(team);
            }
            *next += 1;
        }
        None
    }

    /// Takes people away where only totals are judged: from the intervals with most to spare, many at a time, and
    /// half as many when that was too much.
    pub(super) fn thin_day(&mut self, replications: u32) -> Result<()> {
        let order = self.removal_order();
        let mut kept = vec![0; self.scenario.timeline.intervals.len()];
        let mut at_once = (kept.len() / 4).max(1);
        let mut least_drops = vec![f64::INFINITY; self.scenario.queues.len()];
        let mut now = self.judge(replications)?;
        loop {
            let mut cells = self.most_to_spare(&now, &order, &mut kept, &least_drops);
            cells.truncate(at_once);
            if cells.is_empty() {
                return Ok(());
            }
            cells.iter().for_each(|&(team, interval)| self.heads[team][interval] -= 1);
            let after = self.judge(replications)?;
            if let [(team, _)] = cells[..] {
                self.learn(&now, &after, team, &mut least_drops);
            }
            if after.totals.iter().all(|m| m.holds()) && after.days >= 0.0 {
                now = after;
                continue;
            }
            cells.iter().for_each(|&(team, interval)| self.heads[team][interval] += 1);
            if at_once == 1 {
                kept[cells[0].1] += 1;
            }
            at_once = (at_once / 2).max(1);
        }
    }

    /// Remembers the smallest loss of each queue's total by one person of a team that serves it.
    fn learn(&self, now: &Judgement, after: &Judgement, team: usize, least_drops: &mut [f64]) {
        for skill in &self.scenario.teams[team].skills {
            let drop = now.totals[skill.queue].distance - after.totals[skill.queue].distance;
            if drop > 1e-6 && drop.is_finite() {
                least_drops[skill.queue] = least_drops[skill.queue].min(drop);
            }
        }
    }

    /// Who could go from each interval, the intervals with most to spare first.
    fn most_to_spare(
        &self,
        now: &Judgement,
        order: &[usize],
        kept: &mut [usize],
        least_drops: &[f64],
    ) -> Vec<(usize, usize)> {
        let known = |(total, drop): (&Margin, &f64)| drop.is_finite() && total.distance < HOPELESS * drop;
        let tight: Vec<bool> = now.totals.iter().zip(least_drops).map(known).collect();
        let mut cells: Vec<(f64, usize, usize)> = (0..kept.len())
            .filter_map(|i| {
                let team = self.next_to_spare(order, &mut kept[i], i, &tight)?;
                let skills = &self.scenario.teams[team].skills;
                let spare = skills.iter().map(|s| now.margins[s.queue][i].distance).fold(f64::INFINITY, f64::min);
                Some((spare, team, i))
            })
            .collect();
        cells.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        cells.into_iter().map(|(_, team, interval)| (team, interval)).collect()
    }
}

/// Whether nothing is missed that was reached before, and nothing that was missed got worse.
fn still_fine(before: &Judgement, after: &Judgement, team: usize, felt: Range<usize>) -> bool {
    felt.into_iter().all(|i| {
        let mut queues = before.margins.iter().zip(&after.margins);
        let goals = queues.all(|(was, is)| is[i].holds() || (!was[i].holds() && is[i].distance >= was[i].distance));
        goals && (after.occupancy[team][i] >= 0.0 || after.occupancy[team][i] >= before.occupancy[team][i])
    })
}

/// The queue and interval that lost margin and is now closest to missing a goal (or furthest beyond), and the loss.
fn hardest_blow(before: &Judgement, after: &Judgement, felt: Range<usize>) -> Option<(usize, usize, f64)> {
    let places = felt.flat_map(|i| (0..after.margins.len()).map(move |q| (q, i)));
    let lost = |&(q, i): &(usize, usize)| before.margins[q][i].distance - after.margins[q][i].distance;
    places
        .filter(|place| {
            lost(place) > 1e-4 && lost(place).is_finite() && after.margins[place.0][place.1].distance.is_finite()
        })
        .min_by(|a, b| after.margins[a.0][a.1].distance.total_cmp(&after.margins[b.0][b.1].distance))
        .map(|place| (place.0, place.1, lost(&place)))
}

/// What was missed when a person was taken away.
fn missed(after: &Judgement, hardest: Option<(usize, usize, f64)>) -> Option<Binding> {
    let goal = hardest.filter(|&(q, i, _)| !after.margins[q][i].holds());
    match goal.and_then(|(q, i, _)| Some((q, after.margins[q][i].part?))) {
        Some((queue, part)) => Some(Binding::Goal(queue, part)),
        None => Some(Binding::Occupancy),
    }
}
