//! Circles in which a contact could go round for ever, and mechanisms that never come into play.

use super::Reader;
use crate::error::Place;
use crate::scenario::tree::{Entry, Node};
use crate::scenario::types::{Queue, Scenario};

/// What leads a contact of each queue on for certain, if anything does.
type Certain = [Option<usize>];

impl Reader<'_> {
    pub(super) fn check_callers(&mut self, scenario: &Scenario) {
        self.check_transfer_circles(scenario);
        self.check_redial_circles(scenario);
        for queue in &scenario.queues {
            self.check_redial_has_reason(scenario, queue);
            self.check_announce_has_listeners(queue);
        }
        for (index, queue) in scenario.queues.iter().enumerate() {
            self.check_somebody_is_called(scenario, index, queue);
        }
    }

    /// Transfers must end: some queue of a circle keeps some contacts, whichever team answers.
    fn check_transfer_circles(&mut self, scenario: &Scenario) {
        let next = |(index, queue): (usize, &Queue)| {
            let transfer = queue.callers.transfer.as_ref()?;
            (worst_transfer(scenario, index, transfer.probability) >= 1.0).then_some(transfer.queue)
        };
        let certain: Vec<_> = scenario.queues.iter().enumerate().map(next).collect();
        let Some((first, circle)) = circle(&certain) else { return };
        let message = format!("every contact is transferred for ever: {}", round(scenario, &circle));
        let queue = &scenario.queues[first].name;
        let place = self.place_in_queue(queue, &["transfer"]);
        let advice = "let the probability of one of these transfers, also that of its teams, be below 100%";
        self.problem(format!("queue.{queue}.transfer"), place, message, advice);
    }

    /// Attempts must end: by their number or by their probability.
    fn check_redial_circles(&mut self, scenario: &Scenario) {
        let next = |(index, queue): (usize, &Queue)| {
            let redial = queue.callers.redial.as_ref()?;
            let endless = redial.probability >= 1.0 && redial.attempts.is_none();
            endless.then_some(redial.queue.unwrap_or(index))
        };
        let certain: Vec<_> = scenario.queues.iter().enumerate().map(next).collect();
        let Some((first, circle)) = circle(&certain) else { return };
        let queue = &scenario.queues[first].name;
        let message = match circle.len() {
            1 => format!(
                "callers of `{queue}` who are not answered try again for ever: probability 100%, attempts \"unlimited\""
            ),
            _ => format!("callers who are not answered try again for ever: {}", round(scenario, &circle)),
        };
        let place = self.place_in_queue(queue, &["callers", "redial"]);
        let advice = "write a probability below 100%, or a number of attempts such as attempts = 3";
        self.problem(format!("queue.{queue}.callers.redial"), place, message, advice);
    }

    fn check_redial_has_reason(&mut self, scenario: &Scenario, queue: &Queue) {
        let gives_up = queue.patience.is_some() || queue.balk > 0.0;
        let limits = [scenario.queue_capacity, queue.lines, queue.queue_capacity];
        let busy = scenario.lines.filter(|_| queue.channel.word() == "voice");
        if queue.callers.redial.is_none() || gives_up || limits.iter().any(Option::is_some) || busy.is_some() {
            return;
        }
        let place = self.place_in_queue(&queue.name, &["callers", "redial"]);
        let message = format!("nobody of `{}` tries again: callers wait for ever and no line is busy", queue.name);
        let advice = "state a patience, `lines` or a `queue_capacity`, or remove `redial`";
        self.warn(format!("queue.{}.callers.redial", queue.name), place, message, advice);
    }

    fn check_announce_has_listeners(&mut self, queue: &Queue) {
        if queue.callers.announce.is_none() || queue.patience.is_some() {
            return;
        }
        let place = self.place_in_queue(&queue.name, &["announce"]);
        let message = format!("`announce` changes nothing: callers of `{}` have unlimited patience", queue.name);
        self.warn(format!("queue.{}.announce", queue.name), place, message, "state a patience, or remove `announce`");
    }

    fn check_somebody_is_called(&mut self, scenario: &Scenario, index: usize, queue: &Queue) {
        let called_back = scenario.queues.iter().filter_map(|q| q.callers.call_back.as_ref()).any(|c| c.queue == index);
        let followed_up =
            scenario.queues.iter().filter_map(|q| q.outcomes.follow_up.as_ref()).any(|f| f.queue == index);
        let fed = called_back || followed_up;
        if queue.callers.dial.is_none() || fed || queue.volume.iter().any(|v| *v > 0.0) {
            return;
        }
        let place = self.place_in_queue(&queue.name, &["dial"]);
        let message = format!(
            "nobody is called in `{0}`: it has no volume, and no call_back or follow_up leads to it",
            queue.name
        );
        let advice = format!("state a volume, or write queue = \"{}\" in the call_back of another queue", queue.name);
        self.warn(format!("queue.{}.dial", queue.name), place, message, advice);
    }

    /// Of a key of a queue, or a key below it.
    fn place_in_queue(&self, queue: &str, keys: &[&str]) -> Place {
        let mut node = self.root.get("queue").and_then(|q| q.get(queue));
        let mut place = node.map_or(self.root.place, |n| n.place);
        for key in keys {
            let entry: Option<&Entry> = node.and_then(Node::table).and_then(|t| t.get(key));
            place = entry.map_or(place, |e| e.key_place);
            node = entry.map(|e| &e.node);
        }
        place
    }
}

/// The largest share that is transferred, over the teams that answer.
fn worst_transfer(scenario: &Scenario, queue: usize, stated: f64) -> f64 {
    let skills = scenario.teams.iter().flat_map(|t| &t.skills).filter(|s| s.queue == queue);
    skills.map(|s| s.transfer.unwrap_or(stated)).fold(0.0, f64::max)
}

/// The first queue from which certain steps lead back to itself, and all queues on the way.
fn circle(certain: &Certain) -> Option<(usize, Vec<usize>)> {
    let mut seen = vec![usize::MAX; certain.len()];
    for start in 0..certain.len() {
        let mut path = Vec::new();
        let mut at = start;
        while seen[at] == usize::MAX {
            seen[at] = start;
            path.push(at);
            match certain[at] {
                Some(next) => at = next,
                None => break,
            }
        }
        if certain[at].is_some() && seen[at] == start {
            let from = path.iter().position(|q| *q == at)?;
            return Some((at, path.split_off(from)));
        }
    }
    None
}

/// "a, b, a", shortened when long.
fn round(scenario: &Scenario, circle: &[usize]) -> String {
    let names = circle.iter().chain(circle.first()).map(|q| scenario.queues[*q].name.as_str()).collect::<Vec<_>>();
    match names.len() {
        0..=8 => names.join(" -> "),
        n => format!("{} -> ... -> {}", names[..3].join(" -> "), names[n - 1]),
    }
}

#[cfg(test)]
mod tests {
    use super::circle;

    #[test]
    fn circles_are_found_and_chains_are_none() {
        assert_eq!(circle(&[Some(1), Some(2), None]), None);
        assert_eq!(circle(&[None, Some(0), Some(1)]), None);
        assert_eq!(circle(&[Some(0)]), Some((0, vec![0])));
        assert_eq!(circle(&[Some(1), Some(2), Some(1)]), Some((1, vec![1, 2])));
        assert_eq!(circle(&[]), None);
    }
}
