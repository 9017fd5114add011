//! What callers do besides waiting, and calls that agents make.

use super::channels::{channel_word, is_live};
use super::times::{Bare, dist_toml};
use super::{Reader, default_node, or_default, section};
use crate::scenario::grammar::{Fields, fields};
use crate::scenario::keys;
use crate::scenario::tree::{Entry, Node};
use crate::scenario::types::Dist;
use crate::scenario::words::nearest;
use crate::scenario::{Announce, CallBack, Callers, Credit, Dial, Ivr, Redial, Transfer};
use crate::units;

/// Time both agents talk at a warm transfer, where none is stated.
const HANDOVER_S: f64 = 30.0;

impl Reader<'_> {
    pub(super) fn callers(&mut self, node: &Node, path: &str, name: &str) -> Option<Callers> {
        self.check_dial(node, path);
        let below = |key: &str| format!("{path}.{key}");
        let callers = node.get("callers");
        let who = |key: &str| callers.and_then(|c| c.get(key));
        let ivr = optional(node.get("ivr"), |n| self.ivr(n, &below("ivr")));
        let announce = optional(node.get("announce"), announce);
        let call_back = optional(node.get("call_back"), |n| self.call_back(n, &below("call_back"), name));
        let transfer = optional(node.get("transfer"), |n| self.transfer(n, &below("transfer"), name));
        let dial = optional(node.get("dial"), |n| self.dial(n, &below("dial")));
        let redial = optional(who("redial"), |n| self.redial(n, &below("callers.redial"), name));
        let credit = optional(who("credit"), credit);
        Some(Callers {
            ivr: ivr?,
            announce: announce?,
            call_back: call_back?,
            redial: redial?,
            credit: credit?,
            transfer: transfer?,
            dial: dial?,
        })
    }

    fn ivr(&mut self, node: &Node, path: &str) -> Option<Ivr> {
        let keys = keys_of("ivr");
        let self_served = or_default(node, keys, "self_served", Node::share)?;
        if node.table().is_some() {
            let time = self.random_time(node, path, keys, "time")??;
            return Some(Ivr { time, self_served });
        }
        let time = Dist::Exponential { mean: node.seconds()? };
        let shown = format!("{{ time = {}, self_served = \"{}\" }}", dist_toml(&time)?, units::share(self_served));
        self.shown.insert(path.into(), shown);
        Some(Ivr { time, self_served })
    }

    fn call_back(&mut self, node: &Node, path: &str, own: &str) -> Option<CallBack> {
        let keys = keys_of("call_back");
        let after = self.random_time(node, path, keys, "after");
        let queue = self.queue_named(node, path, own)?;
        self.is_dialled(node, path, queue, "call-backs")?;
        Some(CallBack {
            over_s: or_default(node, keys, "over", Node::seconds)?,
            accept: node.get("accept")?.share()?,
            queue,
            after: after?,
        })
    }

    /// Calls that agents make go to a queue with `dial`.
    pub(super) fn is_dialled(&mut self, node: &Node, path: &str, queue: usize, what: &str) -> Option<()> {
        let other = queue_entry(self.root, queue)?;
        if other.node.get("dial").is_some() {
            return Some(());
        }
        let message = format!("{what} go to `{}`, but nobody is called there", other.key);
        let advice = format!("write dial = {{ reach = \"70%\", attempts = 3 }} in [queue.{}]", other.key);
        self.problem(format!("{path}.queue"), node.get("queue")?.place, message, advice);
        None
    }

    fn redial(&mut self, node: &Node, path: &str, own: &str) -> Option<Redial> {
        let keys = fields(keys::CALLERS.get("redial")?.forms)?;
        let after = self.random_time(node, path, keys, "after");
        let queue = optional(node.get("queue"), |_| self.queue_of_callers(node, path, own))?;
        let attempts = or_default(node, keys, "attempts", |n| match n.text() {
            Some(_) => Some(None),
            None => n.count().map(Some),
        })?;
        let own = self.names("queue").iter().position(|name| name == own);
        Some(Redial {
            probability: node.get("probability")?.share()?,
            after: after??,
            attempts,
            queue: queue.filter(|q| Some(*q) != own),
        })
    }

    fn transfer(&mut self, node: &Node, path: &str, own: &str) -> Option<Transfer> {
        let warm = or_default(node, keys_of("transfer"), "warm", Node::flag)?;
        let handover_s = self.handover(node, path, warm);
        let queue = self.queue_of_callers(node, path, own)?;
        self.check_transfer_target(node, path, own, queue_entry(self.root, queue)?, warm)?;
        Some(Transfer { probability: node.get("probability")?.share()?, queue, warm, handover_s: handover_s? })
    }

    fn check_transfer_target(&mut self, node: &Node, path: &str, own: &str, target: &Entry, warm: bool) -> Option<()> {
        let chats = |queue: &Node| channel_word(queue).is_some_and(|word| word == "chat");
        let own_chats = self.root.get("queue")?.get(own).is_some_and(chats);
        let target_chats = chats(&target.node);
        let (key, message, advice) = if target.key == own {
            ("queue", format!("`{own}` cannot transfer to itself"), "name another queue, or lengthen `talk`")
        } else if warm && (own_chats || target_chats) {
            let chat = if own_chats { own } else { &target.key };
            let message = format!("a warm transfer needs a telephone line at both ends, but `{chat}` is \"chat\"");
            ("warm", message, "write warm = false")
        } else {
            return Some(());
        };
        self.problem(format!("{path}.{key}"), node.get(key)?.place, message, advice);
        None
    }

    fn handover(&mut self, node: &Node, path: &str, warm: bool) -> Option<f64> {
        match (node.get("handover"), warm) {
            (Some(stated), true) => stated.seconds(),
            (None, false) => Some(0.0),
            (None, true) => {
                self.shown.insert(format!("{path}.handover"), format!("\"{}\"", units::duration(HANDOVER_S)));
                Some(HANDOVER_S)
            }
            (Some(stated), false) => {
                let message = "`handover` is the time both agents talk, but a cold transfer has none";
                self.problem(
                    format!("{path}.handover"),
                    stated.place,
                    message,
                    "add warm = true, or remove `handover`",
                );
                None
            }
        }
    }

    fn dial(&mut self, node: &Node, path: &str) -> Option<Dial> {
        let keys = keys_of("dial");
        Some(Dial {
            retry: self.random_time(node, path, keys, "retry")??,
            reach: or_default(node, keys, "reach", Node::share)?,
            no_answer_s: or_default(node, keys, "no_answer", Node::seconds)?,
            attempts: or_default(node, keys, "attempts", Node::count)?,
        })
    }

    /// Customers who are called wait for nothing, so what waiting callers do has no say.
    fn check_dial(&mut self, node: &Node, path: &str) {
        // With another channel it is `dial` that is out of place.
        if node.get("dial").is_none() || channel_word(node).is_none_or(|word| word != "voice") {
            return;
        }
        let says = |entry: &Entry| match entry.key.as_str() {
            "patience" | "lines" | "queue_capacity" => entry.node.text() != Some("unlimited"),
            "balk" => entry.node.share().is_some_and(|x| x > 0.0),
            "ivr" | "announce" | "call_back" => true,
            _ => false,
        };
        let redial = entries(node.get("callers")).filter(|e| e.key == "redial");
        for entry in entries(Some(node)).filter(|e| says(e)).chain(redial) {
            let message =
                format!("`{}` does not go with `dial`: agents call these customers, nobody waits on a line", entry.key);
            let advice = format!("remove `{}`, or `dial`", entry.key);
            self.problem(format!("{path}.{}", entry.key), entry.key_place, message, advice);
        }
    }

    /// The queue named by `queue`, which customers reach by themselves.
    fn queue_of_callers(&mut self, node: &Node, path: &str, own: &str) -> Option<usize> {
        let queue = self.queue_named(node, path, own)?;
        let other = queue_entry(self.root, queue)?;
        let channel = channel_word(&other.node)?;
        let (message, advice) = if !is_live(&channel) {
            let message = format!("`{}` cannot take callers over: it is \"{channel}\"", other.key);
            (message, "name a queue with channel \"voice\" or \"chat\"")
        } else if other.node.get("dial").is_some() {
            let message =
                format!("`{}` cannot take callers over: it has `dial`, so agents call its customers", other.key);
            (message, "name a queue without `dial`")
        } else {
            return Some(queue);
        };
        self.problem(format!("{path}.queue"), node.get("queue")?.place, message, advice);
        None
    }

    pub(super) fn queue_named(&mut self, node: &Node, path: &str, own: &str) -> Option<usize> {
        let (stated, names) = (node.get("queue")?, self.names("queue"));
        let name = stated.text()?;
        let found = names.iter().position(|n| n == name);
        if found.is_none() {
            let others: Vec<String> = names.into_iter().filter(|n| n != own).collect();
            self.no_such_queue(&format!("{path}.queue"), stated.place, name, &others);
        }
        found
    }

    pub(super) fn no_such_queue(&mut self, path: &str, place: crate::error::Place, name: &str, queues: &[String]) {
        let near = nearest(name, queues.iter().map(String::as_str));
        let advice = match (near, queues.len()) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, 1..=20) => format!("the queues are: {}", queues.join(", ")),
            _ => format!("add a section [queue.{name}]"),
        };
        self.problem(path, place, format!("there is no queue named `{name}`"), advice);
    }

    /// A random time of a mechanism, shown with its distribution; `Some(None)` when it is left out and has no default.
    pub(super) fn random_time(&mut self, node: &Node, path: &str, keys: Fields, key: &str) -> Option<Option<Dist>> {
        let Some(stated) = node.get(key).cloned().or_else(|| default_node(keys, key)) else { return Some(None) };
        let path = format!("{path}.{key}");
        let dist = self.time(&stated, &path, Bare::Exponential, fields(keys.get(key)?.forms)?)?;
        if let Some(text) = dist_toml(&dist) {
            self.shown.insert(path, text);
        }
        Some(Some(dist))
    }
}

fn announce(node: &Node) -> Option<Announce> {
    let keys = keys_of("announce");
    Some(Announce {
        balk: or_default(node, keys, "balk", Node::share)?,
        patience: or_default(node, keys, "patience", Node::share)?,
    })
}

fn credit(node: &Node) -> Option<Credit> {
    Some(Credit { share: node.get("share")?.share()?, time_s: node.get("time")?.seconds()? })
}

/// `Some(None)` when nothing is stated, `None` when it cannot be read.
pub(super) fn optional<T>(stated: Option<&Node>, read: impl FnOnce(&Node) -> Option<T>) -> Option<Option<T>> {
    match stated {
        Some(node) => read(node).map(Some),
        None => Some(None),
    }
}

pub(super) fn queue_entry(root: &Node, index: usize) -> Option<&Entry> {
    root.get("queue")?.table()?.entries.get(index)
}

pub(super) fn entries(node: Option<&Node>) -> impl Iterator<Item = &Entry> {
    node.and_then(Node::table).map_or(&[][..], |t| &t.entries).iter()
}

/// The keys of a mechanism of a queue.
fn keys_of(mechanism: &str) -> Fields {
    let forms = section("queue").get(mechanism).map(|k| k.forms);
    forms.and_then(fields).unwrap_or(Fields { keys: &[], lone: None })
}
