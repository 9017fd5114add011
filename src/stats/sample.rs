//! Percentiles of many values in bounded memory.

use super::stored::{Stored, restore_list};

/// All values of a stream as long as they are few; every second, fourth ... of them when they become many.
///
/// The thinning depends only on how many values came, so the same stream always leaves the same sample.
#[derive(Debug, Clone, PartialEq)]
pub struct ThinnedSample {
    kept: Vec<f64>,
    /// Most values kept.
    capacity: usize,
    /// One value in `stride` is kept.
    stride: u64,
    seen: u64,
}

impl ThinnedSample {
    /// No values yet, and room for so many.
    pub fn new(capacity: usize) -> Self {
        Self { kept: Vec::new(), capacity: capacity.max(2), stride: 1, seen: 0 }
    }

    /// Adds the stream's next value.
    pub fn add(&mut self, value: f64) {
        if self.seen.is_multiple_of(self.stride) {
            if self.kept.len() == self.capacity {
                let mut index = 0;
                self.kept.retain(|_| {
                    index += 1;
                    index % 2 == 1
                });
                self.stride *= 2;
            }
            if self.seen.is_multiple_of(self.stride) {
                self.kept.push(value);
            }
        }
        self.seen += 1;
    }

    /// The `shares`-percentiles (type 7), or `None`s when there was no value.
    pub fn percentiles<const N: usize>(&self, shares: [f64; N]) -> [Option<f64>; N] {
        let mut sorted = self.kept.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        shares.map(|share| percentile(&sorted, share))
    }
}

impl Stored for ThinnedSample {
    fn store(&self, to: &mut Vec<u8>) {
        self.kept.store(to);
        self.stride.store(to);
        self.seen.store(to);
    }

    fn restore(&mut self, from: &mut &[u8]) -> Option<()> {
        self.kept = restore_list(from, self.capacity)?;
        self.stride.restore(from)?;
        self.seen.restore(from)?;
        (self.stride > 0).then_some(())
    }
}

/// The type 7 percentile of sorted values (Hyndman and Fan 1996): linear between the order statistics.
pub fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = share * last as f64;
    let below = (position as usize).min(last);
    let above = (below + 1).min(last);
    Some(sorted[below] + (position - below as f64) * (sorted[above] - sorted[below]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPACITY: usize = 8_192;

    #[test]
    fn percentiles_are_type_7() {
        // R: quantile(c(1, 2, 4, 8), c(.05, .5, .95)) = 1.15 3.00 7.40
        let mut sample = ThinnedSample::new(CAPACITY);
        [8.0, 1.0, 4.0, 2.0].into_iter().for_each(|v| sample.add(v));
        let [low, mid, high] = sample.percentiles([0.05, 0.5, 0.95]).map(Option::unwrap);
        assert!((low - 1.15).abs() < 1e-12 && (mid - 3.0).abs() < 1e-12 && (high - 7.4).abs() < 1e-12);
        assert_eq!(ThinnedSample::new(CAPACITY).percentiles([0.5]), [None]);
    }

    #[test]
    fn a_long_stream_stays_small_and_evenly_spread() {
        let mut sample = ThinnedSample::new(CAPACITY);
        (0..1_000_000).for_each(|i| sample.add(f64::from(i)));
        assert!(sample.kept.len() <= CAPACITY && sample.kept.len() > CAPACITY / 2 - 1);
        assert!(sample.kept.windows(2).all(|w| w[1] - w[0] == sample.stride as f64));
        let [p05, p95] = sample.percentiles([0.05, 0.95]).map(Option::unwrap);
        assert!((p05 - 50_000.0).abs() < 500.0 && (p95 - 950_000.0).abs() < 500.0);
    }

    #[test]
    fn a_small_room_is_never_left() {
        let mut sample = ThinnedSample::new(128);
        (0..10_000).for_each(|i| sample.add(f64::from(i)));
        assert!((64..=128).contains(&sample.kept.len()) && sample.kept.capacity() <= 128);
        let [p50] = sample.percentiles([0.5]).map(Option::unwrap);
        assert!((p50 - 5_000.0).abs() < 100.0);
    }
}
