//! Several tests at one risk.

/// Which hypotheses fall when the risk of felling any true one is to stay below `risk`, by their p-values (Holm 1979):
/// the smallest is held against risk / m, the next against risk / (m - 1), until one stands; it and the rest stand.
pub fn holm(p_values: &[f64], risk: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut fallen = vec![false; p_values.len()];
    for (step, &index) in order.iter().enumerate() {
        if p_values[index] >= risk / (p_values.len() - step) as f64 {
            break;
        }
        fallen[index] = true;
    }
    fallen
}

#[cfg(test)]
mod tests {
    use super::holm;

    #[test]
    fn each_step_has_its_own_bound() {
        // 0.001 < 0.05/4, 0.012 < 0.05/3, 0.026 > 0.05/2: the last falls with it, though 0.04 < 0.05.
        assert_eq!(holm(&[0.012, 0.04, 0.001, 0.026], 0.05), [true, false, true, false]);
        assert_eq!(holm(&[0.012, 0.04, 0.001, 0.024], 0.05), [true, true, true, true]);
        assert_eq!(holm(&[0.05], 0.05), [false]);
        assert_eq!(holm(&[], 0.05), Vec::<bool>::new());
    }
}
