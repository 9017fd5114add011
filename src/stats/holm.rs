//! Verdicts about many figures at once.

/// What became of one of several tests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// Whether there is evidence.
    pub found: bool,
    /// The risk its p-value was held against.
    pub level: f64,
}

/// Holm's procedure (1979): the probability that any of the findings is none stays below `risk`, however the figures
/// hang together. The smallest p-value is held against risk / m, the next against risk / (m - 1), and so on up to the
/// first that is too large; all the rest are held against the same level as that one, and found wanting.
pub fn holm(p_values: &[f64], risk: f64) -> Vec<Tested> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let level = |found: usize| risk / (p_values.len() - found) as f64;
    let findings = order.iter().enumerate().take_while(|&(found, &index)| p_values[index] <= level(found)).count();
    let mut tested = vec![Tested { found: false, level: risk }; p_values.len()];
    for (rank, &index) in order.iter().enumerate() {
        tested[index] = Tested { found: rank < findings, level: level(rank.min(findings)) };
    }
    tested
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_worked_example() {
        // R: p.adjust(c(.01, .04, .03, .005), "holm") = .03 .06 .06 .02
        let tested = holm(&[0.01, 0.04, 0.03, 0.005], 0.05);
        assert_eq!(tested.iter().map(|t| t.found).collect::<Vec<_>>(), [true, false, false, true]);
        assert_eq!(tested.iter().map(|t| t.level).collect::<Vec<_>>(), [0.05 / 3.0, 0.025, 0.025, 0.0125]);
        assert!(holm(&[], 0.05).is_empty() && holm(&[0.05], 0.05)[0].found);
    }
}
