//! Quantiles of the wait of answered contacts, with an interval from consecutive groups of replications.

use super::results::{Estimate, WaitBucket};
use crate::engine::WaitHistogram;
use crate::stats::{PairedErrors, PairedRatioSums, RatioSums, Stored, ThinnedSample, restore_list, student_95};

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
    fn add(&mut self, at_once: u64, waits: &WaitHistogram) {
        self.at_once += at_once;
        self.waits.merge(waits);
    }

    fn merged<'a>(blocks: impl IntoIterator<Item = &'a Self>) -> Self {
        blocks.into_iter().fold(Self::default(), |mut sum, block| {
            sum.add(block.at_once, &block.waits);
            sum
        })
    }

    fn quantiles(&self) -> [Option<f64>; 4] {
        quantiles(self.at_once, &self.waits)
    }
}

impl Stored for Block {
    fn store(&self, to: &mut Vec<u8>) {
        self.at_once.store(to);
        self.waits.counts().store(to);
    }

    fn restore(&mut self, from: &mut &[u8]) -> Option<()> {
        self.at_once.restore(from)?;
        self.waits = WaitHistogram::from_counts(&restore_list::<u32>(from, WaitHistogram::BUCKETS)?);
        Some(())
    }
}

impl Stored for WaitBlocks {
    fn store(&self, to: &mut Vec<u8>) {
        self.blocks.store(to);
        self.per_block.store(to);
        self.in_last.store(to);
        self.daily.store(to);
    }

    fn restore(&mut self, from: &mut &[u8]) -> Option<()> {
        self.blocks = restore_list(from, self.limit)?;
        self.per_block.restore(from)?;
        self.in_last.restore(from)?;
        self.daily.restore(from)?;
        (self.per_block > 0).then_some(())
    }
}

/// A quantile on two floors that saw the same callers.
pub(super) struct PairedQuantile {
    /// Over all replications.
    pub(super) values: [Option<f64>; 2],
    /// Standard errors; `None` below two groups.
    pub(super) errors: Option<PairedErrors>,
    /// Groups in which both had a value.
    pub(super) groups: u64,
}

/// The waits that the ceil(q n)-th of the answered had, placed evenly inside their bucket \[s\]; all in one pass.
fn quantiles(at_once: u64, waits: &WaitHistogram) -> [Option<f64>; 4] {
    let n = at_once + waits.total();
    let mut found = [None; 4];
    if n == 0 {
        return found;
    }
    let ranks = QUANTILES.map(|q| ((q * n as f64).ceil() as u64).clamp(1, n));
    let mut next = ranks.iter().take_while(|&&rank| rank <= at_once).count();
    found[..next].fill(Some(0.0));
    let mut below = at_once;
    for (bucket, &count) in waits.counts().iter().enumerate() {
        let count = u64::from(count);
        while next < ranks.len() && ranks[next] <= below + count {
            let (low, high) = (WaitHistogram::edge_s(bucket), WaitHistogram::edge_s(bucket + 1));
            found[next] = Some(low + (high - low) * ((ranks[next] - below) as f64 - 0.5) / count as f64);
            next += 1;
        }
        below += count;
    }
    found
}

impl WaitBlocks {
    /// Room for one queue of `queues`; where a replication is a day, for the quantiles of so many `days`.
    pub(super) fn new(queues: usize, days: Option<usize>) -> Self {
        let block = 4 * WaitHistogram::BUCKETS;
        let affordable = BLOCK_MEMORY / (block * queues.max(1));
        Self {
            blocks: Vec::new(),
            limit: (affordable / GROUPS * GROUPS).clamp(2 * GROUPS, 16 * GROUPS),
            per_block: 1,
            in_last: 0,
            daily: days.map(|days| std::array::from_fn(|_| ThinnedSample::new(days))),
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
        let at_once = answered - waits.total();
        if let Some(daily) = &mut self.daily {
            for (sample, value) in daily.iter_mut().zip(quantiles(at_once, waits)) {
                value.into_iter().for_each(|value| sample.add(value));
            }
        }
        self.blocks.last_mut().expect("just made").add(at_once, waits);
        self.in_last += 1;
    }

    fn halve(&mut self) {
        self.blocks = self.blocks.chunks(2).map(Block::merged).collect();
        self.per_block *= 2;
    }

    /// The reported quantiles.
    pub(super) fn estimates(&self) -> [Estimate; 4] {
        let groups: Vec<[Option<f64>; 4]> = self.groups().iter().map(Block::quantiles).collect();
        let pooled = Block::merged(&self.blocks).quantiles();
        std::array::from_fn(|i| {
            let mut spread = RatioSums::default();
            let values: Vec<f64> = groups.iter().filter_map(|group| group[i]).collect();
            values.iter().for_each(|&value| spread.add(value, 1.0));
            let n = values.len() as u64;
            let half_width = spread.standard_error(n).map(|error| error * student_95(n - 1));
            let [p05, p95] = self.daily.as_ref().map_or([None; 2], |daily| daily[i].percentiles([0.05, 0.95]));
            Estimate { mean: pooled[i], half_width: pooled[i].and(half_width), p05, p95 }
        })
    }

    /// By how much the quantiles differ from those of `other`, by pairs of the groups; see [`PairedRatioSums`].
    ///
    /// Both must have had the same room and as many replications: their groups are then the same replications.
    pub(super) fn paired(&self, other: &Self) -> [PairedQuantile; 4] {
        let quantiles = |blocks: &Self| blocks.groups().iter().map(Block::quantiles).collect::<Vec<_>>();
        let (a, b) = (quantiles(self), quantiles(other));
        let pooled = [self, other].map(|waits| Block::merged(&waits.blocks).quantiles());
        std::array::from_fn(|i| {
            let (mut groups, mut n) = (PairedRatioSums::default(), 0);
            for (a, b) in a.iter().zip(&b).filter_map(|(a, b)| a[i].zip(b[i])) {
                groups.add((a, 1.0), (b, 1.0));
                n += 1;
            }
            PairedQuantile {
                values: pooled.map(|quantiles| quantiles[i]),
                errors: groups.standard_errors(n),
                groups: n,
            }
        })
    }

    /// Consecutive groups of nearly equal size.
    fn groups(&self) -> Vec<Block> {
        let count = self.blocks.len().min(GROUPS);
        let edge = |i: usize| i * self.blocks.len() / count;
        (0..count).map(|i| Block::merged(&self.blocks[edge(i)..edge(i + 1)])).collect()
    }

    /// The distribution function, thinned to buckets that hold somebody.
    pub(super) fn distribution(&self) -> Vec<WaitBucket> {
        let pooled = Block::merged(&self.blocks);
        let n = (pooled.at_once + pooled.waits.total()) as f64;
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
