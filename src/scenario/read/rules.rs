//! Rules that a team keeps when it takes contacts.

use super::channels::{channel_word, is_live};
use super::{Reader, or_default, section};
use crate::scenario::tree::{Entry, Node};
use crate::scenario::types::{Skill, Team};

/// What a team keeps to.
pub(super) struct Rules {
    pub reserve: Vec<(usize, u32)>,
    pub ring_s: f64,
    pub blend: bool,
}

impl Reader<'_> {
    pub(super) fn rules(&mut self, node: &Node, path: &str, queues: &[String], skills: &[Skill]) -> Option<Rules> {
        let keys = section("team");
        let stated = node.get("reserve").and_then(Node::table).map_or(&[][..], |t| &t.entries);
        let reserve: Vec<_> = stated.iter().map(|e| self.reserved(e, path, queues, skills)).collect();
        let rules = Rules {
            // Nobody kept free is nothing said.
            reserve: reserve.into_iter().collect::<Option<Vec<_>>>()?.into_iter().filter(|(_, n)| *n > 0).collect(),
            ring_s: or_default(node, keys, "ring_time", Node::seconds)?,
            blend: or_default(node, keys, "blend", Node::flag)?,
        };
        self.check_blend(node, path, queues, skills, &rules);
        Some(rules)
    }

    fn reserved(&mut self, entry: &Entry, path: &str, queues: &[String], skills: &[Skill]) -> Option<(usize, u32)> {
        let path = format!("{path}.reserve.{}", entry.key);
        let Some(queue) = queues.iter().position(|q| *q == entry.key) else {
            self.no_such_queue(&path, entry.key_place, &entry.key, queues);
            return None;
        };
        if !skills.iter().any(|s| s.queue == queue) {
            let message =
                format!("people are kept free for `{}`, which is not among the skills of the team", entry.key);
            let advice = format!("add `{}` to skills, or remove it from reserve", entry.key);
            self.problem(path, entry.key_place, message, advice);
            return None;
        }
        Some((queue, entry.node.count()?))
    }

    /// Whoever keeps everybody free for one queue serves no other.
    pub(super) fn check_reserve(&mut self, node: &Node, path: &str, team: &Team, queues: &[String]) {
        let most = team.on_phone.iter().copied().max().unwrap_or(0);
        let Some(stated) = node.get("reserve").and_then(Node::table) else { return };
        for &(queue, kept) in team.reserve.iter().filter(|(_, kept)| *kept >= most && most > 0) {
            let Some(entry) = stated.get(&queues[queue]) else { continue };
            if team.skills.iter().all(|skill| skill.queue == queue) {
                continue;
            }
            let message = format!(
                "{kept} people are kept free for `{}`, but there are never more than {most}: nobody is left for the \
                 other queues",
                queues[queue]
            );
            let advice =
                format!("write a smaller number, for example {}", (most / 4).max(1).min(most.saturating_sub(1)));
            self.warn(format!("{path}.reserve.{}", queues[queue]), entry.node.place, message, advice);
        }
    }

    /// Blending needs chats and calls to blend.
    fn check_blend(&mut self, node: &Node, path: &str, queues: &[String], skills: &[Skill], rules: &Rules) {
        let Some(place) = node.get("blend").map(|n| n.place).filter(|_| rules.blend) else { return };
        let channel = |skill: &Skill| self.root.get("queue")?.get(&queues[skill.queue]).and_then(channel_word);
        let has = |word: &str| skills.iter().any(|s| channel(s).as_deref() == Some(word));
        if has("chat") && has("voice") {
            return;
        }
        let message = "`blend` changes nothing: the team does not serve both chat and voice queues";
        self.warn(format!("{path}.blend"), place, message, "remove `blend`, or add the other kind of queue to skills");
    }

    /// The share that a team hands on instead of that of the queue.
    pub(super) fn skill_transfer(&mut self, entry: &Entry, path: &str) -> Option<Option<f64>> {
        let Some(stated) = entry.node.get("transfer") else { return Some(None) };
        let queue = self.root.get("queue").and_then(|q| q.get(&entry.key));
        let live = queue.and_then(channel_word).is_some_and(|word| is_live(&word));
        if queue.is_none_or(|q| q.get("transfer").is_some()) {
            return stated.share().map(Some);
        }
        let message = format!("`{}` does not say where its contacts are transferred to", entry.key);
        let advice = if live {
            format!("write transfer = {{ probability = \"15%\", queue = \"...\" }} in [queue.{}]", entry.key)
        } else {
            "messages are not transferred; remove `transfer`".into()
        };
        self.problem(format!("{path}.skills.{}.transfer", entry.key), stated.place, message, advice);
        None
    }
}
