//! Results against the goals of the scenario.

use super::evidence::Evidence;
use super::verdict::{Finding, Judgement, Outcome, Rule, Verdict, decide_alone};
use crate::error::{Error, Result};
use crate::experiment::{Estimate, GoalPart, QueueResult, Results, Unit};
use crate::scenario::{Goal, Period, Queue, Scenario, Timeline};
use crate::stats::student_95;

/// Judges every goal of the scenario, which is the only one that is judged.
///
/// # Errors
/// [`Error::Refused`] when the scenario states no goal.
pub fn judge_goals(scenario: &Scenario, results: &Results) -> Result<Verdict> {
    weigh_goals(scenario, results).map(decide_alone)
}

/// The evidence on every goal of the scenario: on run figures by Student's t, on shares of periods (`on`) by Wilson's
/// bounds, on goals over intervals interval by interval.
///
/// # Errors
/// [`Error::Refused`] when the scenario states no goal.
pub fn weigh_goals(scenario: &Scenario, results: &Results) -> Result<Judgement> {
    states_goals(scenario)?;
    let mut judged = Judged { replications: results.replications, findings: Vec::new(), evidence: Vec::new() };
    for (queue, result) in scenario.queues.iter().zip(&results.queues) {
        if let Some(goal) = &queue.goal {
            judged.goal(&scenario.timeline, queue, goal, result);
        }
    }
    let Judged { findings, evidence, .. } = judged;
    Ok(Judgement::new(findings, evidence, scenario.check.alpha, (results.replications, results.seed)))
}

/// Refuses a scenario that nothing can be checked against.
///
/// # Errors
/// [`Error::Refused`] when it states no goal.
pub fn states_goals(scenario: &Scenario) -> Result<()> {
    if scenario.queues.iter().any(|queue| queue.goal.is_some()) {
        return Ok(());
    }
    let queue = scenario.queues.first().map_or("orders", |queue| queue.name.as_str());
    Err(Error::Refused(format!(
        "{}: no queue states a goal, so there is nothing to check\n  help: write  goal = \"80% in 20s\"  into \
         [queue.{queue}]\n  help: or hold it against what it was: --baseline FILE, --against OLD.toml",
        scenario.name
    )))
}

struct Judged {
    replications: u64,
    findings: Vec<Finding>,
    evidence: Vec<Evidence>,
}

impl Judged {
    fn goal(&mut self, timeline: &Timeline, queue: &Queue, goal: &Goal, result: &QueueResult) {
        match (goal.on, goal.over) {
            (Some(share), over) => self.periods(queue, share, over, result),
            (None, Period::Interval) => {
                for (index, interval) in result.intervals.iter().enumerate() {
                    let at = moment(timeline, index);
                    for (part, target) in GoalPart::stated(goal) {
                        let estimate = interval.get(part.interval_metric());
                        if estimate.mean.is_some() {
                            self.figure(queue, part, target, estimate, &format!("@{at}"));
                        }
                    }
                }
            }
            (None, _) => {
                GoalPart::stated(goal).for_each(|(part, target)| {
                    self.figure(queue, part, target, result.get(part.metric()), "");
                });
            }
        }
    }

    fn figure(&mut self, queue: &Queue, part: GoalPart, target: f64, estimate: Estimate, at: &str) {
        let at_least = part == GoalPart::ServiceLevel;
        let degrees = self.replications.saturating_sub(1);
        let error = estimate.half_width.map(|half_width| half_width / student_95(degrees));
        let evidence = estimate.mean.map_or(Evidence::NOTHING_WRONG, |value| {
            let excess = if at_least { target - value } else { value - target };
            // A decimal target may differ from the figure it equals in the last bit.
            let excess = if excess.abs() < 1e-12 * target.abs() { 0.0 } else { excess };
            Evidence::of_mean(excess, error, degrees)
        });
        self.evidence.push(evidence);
        self.findings.push(Finding {
            scope: queue.name.clone(),
            metric: format!("{}{at}", part.metric().name()),
            unit: part.metric().unit(),
            rule: Rule::Goal { target, at_least },
            value: estimate.mean,
            half_width: estimate.half_width,
            outcome: Outcome::Unsure,
            would_decide: None,
        });
    }

    /// `on = "90% of days"`: the share of periods in which all parts hold.
    fn periods(&mut self, queue: &Queue, target: f64, over: Period, result: &QueueResult) {
        let Some(report) = &result.goal else { return };
        let share = report.periods.share();
        let n = report.independent;
        self.evidence.push(share.map_or(Evidence::NOTHING_WRONG, |share| match self.replications {
            0 | 1 => Evidence::NONE,
            _ => Evidence::of_share(share, n, target),
        }));
        let half_width = share.map(|share| student_95(u64::MAX) * (share * (1.0 - share) / n.max(1.0)).sqrt());
        self.findings.push(Finding {
            scope: queue.name.clone(),
            metric: match over {
                Period::Interval => "goal_intervals",
                Period::Day => "goal_days",
                Period::Week => "goal_weeks",
            }
            .to_owned(),
            unit: Unit::Share,
            rule: Rule::Goal { target, at_least: true },
            value: share,
            half_width,
            outcome: Outcome::Unsure,
            would_decide: None,
        });
    }
}

/// "08:30", with the day where there are several.
fn moment(timeline: &Timeline, interval: usize) -> String {
    let interval = &timeline.intervals[interval];
    match timeline.days.len() {
        1 => interval.label.clone(),
        _ => format!("{} {}", timeline.days[interval.day].label, interval.label),
    }
}
