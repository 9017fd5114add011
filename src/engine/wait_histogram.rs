//! How long the answered waited, in buckets.

use crate::model::Tick;

/// Counts of waits above zero of answered contacts, in buckets 10 ms wide up to 1.28 s and 1.6 % wide above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitHistogram {
    counts: Vec<u32>,
    /// All buckets from here on are empty.
    used: usize,
}

impl WaitHistogram {
    /// Ticks in the smallest bucket: 10 ms.
    const UNIT: Tick = 10_000;
    /// Buckets per doubling.
    const STEPS: u64 = 64;
    /// Buckets in all: two linear runs of `STEPS`, then doublings up to [`crate::model::LONGEST_TIME`] and beyond.
    pub const BUCKETS: usize = 22 * Self::STEPS as usize;

    /// All zero.
    pub fn new() -> Self {
        Self { counts: vec![0; Self::BUCKETS], used: 0 }
    }

    /// Counts one wait.
    #[inline]
    pub fn add(&mut self, wait: Tick) {
        let bucket = Self::bucket(wait);
        self.counts[bucket] += 1;
        self.used = self.used.max(bucket + 1);
    }

    /// Adds another histogram's counts.
    pub fn merge(&mut self, other: &Self) {
        self.counts.iter_mut().zip(other.counts()).for_each(|(a, b)| *a += b);
        self.used = self.used.max(other.used);
    }

    /// From counts by bucket, as [`WaitHistogram::counts`] gives them; further ones are left out.
    pub fn from_counts(counts: &[u32]) -> Self {
        let mut all = Self::new();
        all.used = counts.len().min(Self::BUCKETS);
        all.counts[..all.used].copy_from_slice(&counts[..all.used]);
        all
    }

    /// All zero again.
    pub fn clear(&mut self) {
        self.counts[..self.used].fill(0);
        self.used = 0;
    }

    /// Counts by bucket, up to the last that is not empty.
    pub fn counts(&self) -> &[u32] {
        &self.counts[..self.used]
    }

    /// How many waits were counted.
    pub fn total(&self) -> u64 {
        self.counts().iter().map(|&count| u64::from(count)).sum()
    }

    #[inline]
    fn bucket(wait: Tick) -> usize {
        let units = wait / Self::UNIT;
        let doublings = (units / Self::STEPS).checked_ilog2().unwrap_or(0);
        let bucket = u64::from(doublings) * Self::STEPS + (units >> doublings);
        (bucket as usize).min(Self::BUCKETS - 1)
    }

    /// Lower edge of a bucket \[s\]; that of the bucket behind it is its upper edge.
    pub fn edge_s(bucket: usize) -> f64 {
        let (bucket, steps) = (bucket as u64, Self::STEPS);
        let doublings = (bucket / steps).saturating_sub(1);
        let units = (bucket - doublings * steps) << doublings;
        (units * Self::UNIT) as f64 / crate::model::TICKS_PER_SECOND
    }
}

impl Default for WaitHistogram {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wait_lies_between_the_edges_of_its_bucket() {
        let mut wait = 1;
        while wait < crate::model::LONGEST_TIME {
            let bucket = WaitHistogram::bucket(wait);
            let seconds = wait as f64 / 1e6;
            assert!(WaitHistogram::edge_s(bucket) <= seconds && seconds < WaitHistogram::edge_s(bucket + 1), "{wait}");
            wait = wait * 21 / 20 + 1;
        }
    }
}
