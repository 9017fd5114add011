//! Ways by which contacts come: what a queue states must go with its channel.

use super::series::Layout;
use super::{Reader, or_default, section};
use crate::error::Problem;
use crate::scenario::calendar::Calendar;
use crate::scenario::check;
use crate::scenario::grammar::Key;
use crate::scenario::keys;
use crate::scenario::tree::{Entry, Node};
use crate::scenario::types::Dist;
use crate::scenario::{Channel, Chat, Messages};

impl Reader<'_> {
    /// The channel of a queue, after a look at keys that it does not know.
    pub(super) fn channel(&mut self, node: &Node, path: &str, calendar: Option<&Calendar>) -> Option<Channel> {
        let word = channel_word(node)?;
        self.check_keys_of_channels(node, path, &word);
        let while_closed = self.while_closed(node, path, &word, calendar);
        let keys = section("queue");
        Some(match word.as_str() {
            "voice" => Channel::Voice,
            "chat" => Channel::Chat(Chat {
                concurrency: or_default(node, keys, "concurrency", Node::count)?,
                slowdown: or_default(node, keys, "slowdown", Node::share)?,
                silent: or_default(node, keys, "silent", Node::share)?,
                silent_timeout_s: or_default(node, keys, "silent_timeout", Node::seconds)?,
            }),
            word => {
                let messages = Messages {
                    preempt: or_default(node, keys, "preempt", Node::flag)?,
                    backlog: or_default(node, keys, "backlog", Node::count)?,
                    while_closed: while_closed?,
                };
                if word == "email" { Channel::Email(messages) } else { Channel::Social(messages) }
            }
        })
    }

    fn check_keys_of_channels(&mut self, node: &Node, path: &str, channel: &str) {
        let inside = [
            (section("queue"), Some(node), path.to_owned()),
            (keys::CALLERS, node.get("callers"), format!("{path}.callers")),
        ];
        for (keys, node, path) in inside {
            for entry in node.and_then(Node::table).map_or(&[][..], |t| &t.entries) {
                if let Some(key) = keys.get(&entry.key).filter(|k| !k.goes_with(channel)) {
                    self.problems.push(other_channel(entry, key, &path, channel));
                }
            }
        }
    }

    /// Messages that wait at each opening because they came while the floor was closed.
    fn while_closed(
        &mut self,
        node: &Node,
        path: &str,
        channel: &str,
        calendar: Option<&Calendar>,
    ) -> Option<Vec<f64>> {
        let Some(volume) = node.get("volume") else { return Some(Vec::new()) };
        let Some(entry) = volume.table().and_then(|t| t.get("while_closed")) else { return Some(Vec::new()) };
        let inner = format!("{path}.volume.while_closed");
        if is_live(channel) {
            let message =
                format!("`while_closed` goes with channel \"email\" or \"social\"; [{path}] is \"{channel}\"");
            let advice = "nobody calls or chats while the floor is closed: remove `while_closed`";
            self.problem(inner, entry.key_place, message, advice);
            return None;
        }
        let calendar = calendar?;
        if calendar.timeline.round_the_clock {
            let message = "`while_closed` has no say: the floor never closes";
            self.problem(inner, entry.key_place, message, "give these messages as volume of the hours they come in");
            return None;
        }
        let scale = volume.get("scale").map_or(Some(1.0), Node::share)?;
        let totals = self.day_totals(&entry.node, &inner, &Layout::floor(calendar))?;
        Some(calendar.weekdays.iter().map(|weekday| scale * totals[*weekday]).collect())
    }

    /// How long callers wait at most; only who waits in person has to have it.
    pub(super) fn patience(&mut self, node: &Node, path: &str) -> Option<Option<Dist>> {
        let must = is_live(&channel_word(node)?) && node.get("dial").is_none();
        match node.get("patience") {
            Some(n) if n.text() == Some("unlimited") => Some(None),
            Some(n) => self.stated_time(n, &format!("{path}.patience"), "patience").map(Some),
            None if must => self.missing_in_queue(node, path, "patience"),
            None => Some(None),
        }
    }

    /// Reports a key that this queue must have.
    pub(super) fn missing_in_queue<T>(&mut self, node: &Node, path: &str, key: &str) -> Option<T> {
        let key = section("queue").get(key)?;
        self.problems.push(check::missing(node, key, path));
        None
    }
}

/// The word after `channel`, if it is one of the language.
pub(super) fn channel_word(queue: &Node) -> Option<String> {
    let word = or_default(queue, section("queue"), "channel", |n| n.text().map(str::to_owned))?;
    ["voice", "chat", "email", "social"].contains(&word.as_str()).then_some(word)
}

/// Somebody waits and may leave.
pub(super) fn is_live(channel: &str) -> bool {
    ["voice", "chat"].contains(&channel)
}

fn other_channel(entry: &Entry, key: &Key, path: &str, channel: &str) -> Problem {
    let words = key.channels.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>();
    let message = format!("`{}` goes with channel {}; [{path}] is \"{channel}\"", key.name, words.join(" or "));
    let advice = match (key.name, is_live(channel)) {
        ("patience" | "balk" | "short_abandon", false) => {
            format!("nobody hangs up on a message, it waits until it is answered: remove `{}`", key.name)
        }
        (name @ ("transfer" | "redial"), false) => {
            format!("messages stay in their queue, and who wrote one does not write it again: remove `{name}`")
        }
        (name, false) if key.goes_with("voice") => format!("a message holds no line and nobody waits: remove `{name}`"),
        (name, _) => format!("remove `{name}`, or write channel = {}", words[0]),
    };
    Problem::new(format!("{path}.{}", key.name), message).at(entry.key_place).help(advice)
}
