//! Quantiles of the wait of answered contacts, with an interval from consecutive groups of replications.

use super::results::{Estimate, WaitBucket};
use crate::engine::WaitHistogram;
use crate::stats::{RatioSums, ThinnedSample};

/// Groups whose quantiles make the interval.
const GROUPS: usize = 20;

/// Memory for blocks of one experiment, in bytes.
const BLOCK_MEMORY: usize = 96 << 20;

/// The quantiles that are reported.
pub(super) const QUANTILES: [f64; 4] = [0.50, 0.90, 0.95, 0.99];

/// Waits of one queue over consecutive blocks of replications.
///
/// The number of blocks stays between half of its limit and the limit: when it is reached, neighbours are merged
/// and blocks become twice as long. So memory is fixed, and what is left depends only on the replications.
#[derive(Debug, Clone)]
pub(super) struct WaitBlocks {
    blocks: Vec<Block>,
    limit: usize,
    per_block: u64,
    in_last: u64,
    /// Quantiles of single replications, for the spread of days.
    daily: Option<[ThinnedSample; 4]>,
}

#[derive(Debug, Clone, Default)]
struct Block {
    /// Answered without waiting.
    at_once: u64,
    waits: WaitHistogram,
}

impl Block {
    fn merge(&mut self, other: &Self) {
        self.at_once += other.at_once;
        self.waits.merge(&other.waits);
    }

    /// The wait that the ceil(q n)-th of the answered had, placed evenly inside its bucket [s].
    fn quantile(&self, q: f64) -> Option<f64> {
        let waited: u64 = self.waits.counts().iter().map(|&c| u64::from(c)).sum();
        let n = self.at_once + waited;
        let rank = ((q * n as f64).ceil() as u64).clamp(1, n.max(1));
        if n == 0 {
            return None;
        }
        let mut below = self.at_once;
        if rank <= below {
            return Some(0.0);
        }
        for (bucket, &count) in self.waits.counts().iter().enumerate() {
            let count = u64::from(count);
            if rank <= below + count {
                let (low, high) = (WaitHistogram::edge_s(bucket), WaitHistogram::edge_s(bucket + 1));
                return Some(low + (high - low) * ((rank - below) as f64 - 0.5) / count as f64);
            }
            below += count;
        }
        None
    }
}

impl WaitBlocks {
    /// Room for one queue of `queues`; `one_day` = a replication is a day.
    pub(super) fn new(queues: usize, one_day: bool) -> Self {
        let block = 4 * WaitHistogram::default().counts().len();
        let affordable = BLOCK_MEMORY / (block * queues.max(1));
        Self {
            blocks: Vec::new(),
            limit: (affordable / GROUPS * GROUPS).clamp(2 * GROUPS, 16 * GROUPS),
            per_block: 1,
            in_last: 0,
            daily: one_day.then(Default::default),
        }
    }

    /// Adds a replication.
    pub(super) fn add(&mut self, answered: u64, waits: &WaitHistogram) {
        if self.blocks.is_empty() || self.in_last == self.per_block {
            if self.blocks.len() == self.limit {
                self.halve();
            }
            self.blocks.push(Block::default());
            self.in_last = 0;
        }
        let waited: u64 = waits.counts().iter().map(|&c| u64::from(c)).sum();
        let one = Block { at_once: answered - waited, waits: waits.clone() };
        if let Some(daily) = &mut self.daily {
            for (sample, q) in daily.iter_mut().zip(QUANTILES) {
                one.quantile(q).into_iter().for_each(|value| sample.add(value));
            }
        }
        self.blocks.last_mut().expect("just made").merge(&one);
        self.in_last += 1;
    }

    fn halve(&mut self) {
        let old = std::mem::take(&mut self.blocks);
        for pair in old.chunks(2) {
            let mut block = pair[0].clone();
            pair[1..].iter().for_each(|other| block.merge(other));
            self.blocks.push(block);
        }
        self.per_block *= 2;
    }

    fn pooled(&self) -> Block {
        self.blocks.iter().fold(Block::default(), |mut sum, block| {
            sum.merge(block);
            sum
        })
    }

    /// The reported quantiles.
    pub(super) fn estimates(&self) -> [Estimate; 4] {
        let groups = self.groups();
        let pooled = self.pooled();
        std::array::from_fn(|i| {
            let mut spread = RatioSums::default();
            let mut n = 0;
            for value in groups.iter().filter_map(|group| group.quantile(QUANTILES[i])) {
                spread.add(value, 1.0);
                n += 1;
            }
            let mean = pooled.quantile(QUANTILES[i]);
            let [p05, p95] = self.daily.as_ref().map_or([None; 2], |daily| daily[i].percentiles([0.05, 0.95]));
            Estimate { mean, half_width: mean.and(spread.half_width_95(n)), p05, p95 }
        })
    }

    /// Consecutive groups of nearly equal size.
    fn groups(&self) -> Vec<Block> {
        let count = self.blocks.len().min(GROUPS);
        let edge = |i: usize| i * self.blocks.len() / count;
        (0..count)
            .map(|i| {
                self.blocks[edge(i)..edge(i + 1)].iter().fold(Block::default(), |mut sum, block| {
                    sum.merge(block);
                    sum
                })
            })
            .collect()
    }

    /// The distribution function, thinned to buckets that hold somebody.
    pub(super) fn distribution(&self) -> Vec<WaitBucket> {
        let pooled = self.pooled();
        let waited: u64 = pooled.waits.counts().iter().map(|&c| u64::from(c)).sum();
        let n = (pooled.at_once + waited) as f64;
        if n == 0.0 {
            return Vec::new();
        }
        let mut below = pooled.at_once;
        let mut steps = vec![WaitBucket { up_to_s: 0.0, cumulative_share: below as f64 / n }];
        for (bucket, &count) in pooled.waits.counts().iter().enumerate().filter(|(_, c)| **c > 0) {
            below += u64::from(count);
            steps.push(WaitBucket { up_to_s: WaitHistogram::edge_s(bucket + 1), cumulative_share: below as f64 / n });
        }
        steps
    }
}
