//! Percentiles of a share (0 to 1) in a few hundred bytes.

/// Number of steps of half a percentage point.
const STEPS: usize = 200;

/// Counts of shares rounded to half a percentage point.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareSketch {
    counts: Vec<u32>,
    n: u64,
}

impl Default for ShareSketch {
    fn default() -> Self {
        Self { counts: vec![0; STEPS + 1], n: 0 }
    }
}

crate::stored_by_fields!(ShareSketch { counts, n });

impl ShareSketch {
    /// Adds a share.
    pub fn add(&mut self, share: f64) {
        self.counts[((share * STEPS as f64).round() as usize).min(STEPS)] += 1;
        self.n += 1;
    }

    /// The smallest recorded share with at least `q` of all at or below it, to half a point.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let rank = ((q * self.n as f64).ceil() as u64).max(1);
        let mut below = 0;
        let step = self.counts.iter().position(|&count| {
            below += u64::from(count);
            below >= rank
        })?;
        (self.n > 0).then_some(step as f64 / STEPS as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_order_statistics_to_half_a_point() {
        let mut sketch = ShareSketch::default();
        assert_eq!(sketch.quantile(0.5), None);
        (1..=100).for_each(|i| sketch.add(f64::from(i) / 100.0));
        assert_eq!(sketch.quantile(0.05), Some(0.05));
        assert_eq!(sketch.quantile(0.95), Some(0.95));
    }
}
