//! Problems that come back: whether they come to an end, and whether the simulated days see them come back.

use super::Problems;
use super::outcomes::Outcomes;
use super::people::Person;
use super::tree::Node;
use super::types::{Scenario, Team};
use crate::error::{Place, Problem};
use crate::people::{Agent, MOST_SCORE, Profile, State, TRAITS, resolution};
use crate::units;

/// With more contacts than this from each one, a floor is never done: each fresh contact brings a hundred.
const MOST_GAIN: f64 = 0.99;

pub(super) fn check(scenario: &Scenario, root: &Node, problems: &mut Problems, warnings: &mut Vec<Problem>) {
    let returns = |outcomes: &Outcomes| outcomes.repeat.is_some() || outcomes.follow_up.is_some();
    if !scenario.queues.iter().any(|queue| returns(&queue.outcomes)) {
        return;
    }
    let worst: Vec<f64> = (0..scenario.queues.len()).map(|queue| worst_resolution(scenario, queue)).collect();
    let (queue, gain) = gain(&next(scenario, &worst));
    if gain > MOST_GAIN {
        let name = &scenario.queues[queue].name;
        let message = format!(
            "problems of `{name}` come back without end: each contact brings {gain:.3} more (the gain of the loop) where \
             {} are solved, as by the agents who solve fewest; at most {MOST_GAIN}",
            units::share((worst[queue] * 1e4).round() / 1e4)
        );
        let help = "lower the probability of `repeat`, or state a higher first_contact_resolution";
        let path = format!("queue.{name}.callers.repeat");
        problems.push(Problem::new(path, message).at(place(root, name)).help(help));
    }
    warnings.extend(scenario.queues.iter().filter_map(|queue| {
        let after = queue.outcomes.repeat.as_ref()?.after.mean();
        let (name, length) = (&queue.name, length_s(scenario));
        let message = format!(
            "callers of `{name}` come again after {} on average, but the simulated days last {} and nobody comes from before",
            units::duration(after),
            units::duration(length)
        );
        let problem = Problem::new(format!("queue.{name}.callers.repeat.after"), message).at(place(root, name));
        let help = "write loops = \"steady\" in [run], or simulate more days";
        (after > length && !scenario.people.steady_loops).then(|| problem.help(help))
    }));
}

fn place(root: &Node, queue: &str) -> Place {
    let steps = ["queue", queue, "callers", "repeat"];
    let reach = |count: usize| steps[..count].iter().try_fold(root, |node, step| node.get(step));
    (2..=steps.len()).rev().find_map(reach).map_or(root.place, |node| node.place)
}

fn length_s(scenario: &Scenario) -> f64 {
    let intervals = &scenario.timeline.intervals;
    let ends = intervals.first().zip(intervals.last());
    ends.map_or(0.0, |(first, last)| (last.start_s - first.start_s) as f64 + f64::from(scenario.timeline.interval_s))
}

/// Expected contacts of each queue that a contact of a queue brings next: handed on, come again, called again.
fn next(scenario: &Scenario, worst: &[f64]) -> Vec<Vec<(usize, f64)>> {
    let of = |(index, queue): (usize, &super::types::Queue)| {
        let (mut to, transfer) = (Vec::new(), queue.callers.transfer.as_ref());
        let handed_on = transfer.map_or(0.0, |transfer| transfer.probability);
        to.extend(transfer.map(|transfer| (transfer.queue, handed_on)));
        let unsolved = (1.0 - handed_on) * (1.0 - worst[index]);
        let promised = queue.outcomes.follow_up.as_ref().map_or(0.0, |promise| promise.share);
        to.extend(queue.outcomes.follow_up.as_ref().map(|promise| (promise.queue, unsolved * promised)));
        let again = |repeat: &super::Repeat| unsolved * (1.0 - promised) * repeat.probability;
        to.extend(queue.outcomes.repeat.as_ref().map(|repeat| (repeat.queue.unwrap_or(index), again(repeat))));
        to
    };
    scenario.queues.iter().enumerate().map(of).collect()
}

/// Spectral radius of what brings what, by powers; and the queue from which most goes out.
fn gain(next: &[Vec<(usize, f64)>]) -> (usize, f64) {
    const STEPS: i32 = 64;
    let mut sums = vec![1.0; next.len()];
    let mut grown = 1.0;
    for step in 0..2 * STEPS {
        if step == STEPS {
            grown = 1.0;
        }
        sums = next.iter().map(|to| to.iter().map(|(queue, share)| share * sums[*queue]).sum()).collect();
        let most = sums.iter().fold(0.0, |a: f64, b| a.max(*b));
        if most == 0.0 {
            return (0, 0.0);
        }
        sums.iter_mut().for_each(|sum| *sum /= most);
        grown *= most;
    }
    let first = sums.iter().position(|sum| *sum == 1.0).unwrap_or(0);
    (first, libm::pow(grown, 1.0 / f64::from(STEPS)))
}

/// Share of a queue's problems that the agent who solves fewest would solve.
fn worst_resolution(scenario: &Scenario, queue: usize) -> f64 {
    let outcomes = &scenario.queues[queue].outcomes;
    let effects = &scenario.people.effects;
    let serves = |team: &&Team| team.skills.iter().any(|skill| skill.queue == queue);
    let of_team = |team: &Team| {
        let hurry = if team.crew.quota.is_some() { effects.quota_most } else { 0.0 };
        let state = State { hurry, pressed: effects.pressure, ..State::default() };
        let solved = |profile: &Profile| {
            let agent = Agent::new(profile, effects);
            let of = |reason| {
                let complexity = outcomes.complexity_of(reason).map(|c| c.mean);
                resolution(&agent, &state, &outcomes.stated(reason), effects, complexity)
            };
            match outcomes.reasons.is_empty() {
                true => of(None),
                false => outcomes.reasons.iter().map(|reason| reason.share * of(Some(reason))).sum(),
            }
        };
        let persons = team.people.as_ref().map_or(&[][..], |people| &people.persons);
        let by_name = persons.iter().map(|person| solved(&lowest(team, Some(person))));
        by_name.reduce(f64::min).unwrap_or_else(|| solved(&lowest(team, None)))
    };
    scenario.teams.iter().filter(serves).map(of_team).fold(1.0, f64::min)
}

/// The lowest scores that somebody can have.
fn lowest(team: &Team, person: Option<&Person>) -> Profile {
    let crew = &team.crew;
    let scores = crew.spreads.map(|spread| if spread.sd > 0.0 { 0.0 } else { spread.mean });
    let drawn = Profile { scores, weeks: crew.tenure.map(|tenure| tenure.min_weeks) };
    let mut profile = person.map_or(drawn, |person| person.profile.over(drawn));
    for of in TRAITS {
        let score = &mut profile.scores[of as usize];
        *score = (*score + crew.gains[of as usize]).clamp(0.0, MOST_SCORE);
    }
    profile
}

#[cfg(test)]
mod tests {
    use super::gain;

    #[test]
    fn gains_of_loops_are_found() {
        let near =
            |next: &[Vec<(usize, f64)>], expected: f64| assert!((gain(next).1 - expected).abs() < 1e-3, "{next:?}");
        near(&[vec![(0, 0.3)]], 0.3);
        near(&[vec![(1, 0.9)], vec![]], 0.0);
        // Round two queues: the geometric mean.
        near(&[vec![(1, 0.9)], vec![(0, 0.4)]], 0.6);
        // [[0.5, 0.5], [0.25, 0]] has the eigenvalues (0.5 +- sqrt(0.75)) / 2.
        near(&[vec![(0, 0.5), (1, 0.5)], vec![(0, 0.25)]], 0.25 + 0.75_f64.sqrt() / 2.0);
    }
}
