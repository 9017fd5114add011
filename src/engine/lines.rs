//! Telephone lines: how many are taken at an instant, without asking who has them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::{FOREVER, Model, Tick};

/// Account of the lines shared by the floor and of each queue's own.
///
/// Entries are promises to change the count at an instant. A waiting caller promises to let go when patience ends;
/// if answered before that, the promise is cancelled by an opposite one at the same instant, so nothing ever has to
/// be looked up.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    taken: i64,
    taken_by_queue: Vec<i64>,
    promises: BinaryHeap<Reverse<(Tick, u32, i8)>>,
}

impl Lines {
    pub(super) fn reset(&mut self, queues: usize) {
        self.taken = 0;
        self.taken_by_queue.clear();
        self.taken_by_queue.resize(queues, 0);
        self.promises.clear();
    }

    /// Takes a line for an arriving contact; false when none is free.
    pub(super) fn seize(&mut self, model: &Model, queue: usize, now: Tick) -> bool {
        self.keep_promises(now);
        let own = model.queues[queue].lines.map_or(i64::MAX, i64::from);
        let shared = model.lines.map_or(i64::MAX, i64::from);
        let free = self.taken < shared && self.taken_by_queue[queue] < own;
        if free {
            self.change(queue, 1);
        }
        free
    }

    /// The holder lets go at `at` unless [`Lines::stays`] is called before.
    pub(super) fn lets_go(&mut self, queue: usize, at: Tick) {
        if at != FOREVER {
            self.promises.push(Reverse((at, queue as u32, -1)));
        }
    }

    /// The holder lets go now.
    pub(super) fn lets_go_at_once(&mut self, model: &Model, queue: usize) {
        if model.counts_lines {
            self.change(queue, -1);
        }
    }

    /// Cancels the promise to let go at `at`.
    pub(super) fn stays(&mut self, queue: usize, at: Tick) {
        if at != FOREVER {
            self.promises.push(Reverse((at, queue as u32, 1)));
        }
    }

    fn keep_promises(&mut self, now: Tick) {
        while let Some(&Reverse((at, queue, change))) = self.promises.peek() {
            if at > now {
                break;
            }
            self.promises.pop();
            self.change(queue as usize, i64::from(change));
        }
    }

    fn change(&mut self, queue: usize, by: i64) {
        self.taken += by;
        self.taken_by_queue[queue] += by;
    }
}
