//! How sure it is on which side of a limit a figure lies.

use crate::stats::{student_one_sided, student_p_value};

/// More replications than anybody would simulate.
const TOO_MANY: f64 = 10_000_000.0;

/// A number of replications "would decide" when it does so in four cases out of five.
const FOUR_IN_FIVE: f64 = 0.841_621_233_572_914_2;

/// Degrees of freedom at which Student's distribution is the normal one.
const NORMAL: u64 = 1_000_000_000;

/// One figure's evidence, as probabilities of what was seen if the opposite were true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Evidence {
    /// Small = it is on the wrong side.
    pub(super) wrong: f64,
    /// Small = it is on the right side.
    pub(super) right: f64,
    /// Small = it is better than before.
    pub(super) better: f64,
    /// Distance from the limit in standard errors; `None` = unknown.
    distance: Option<f64>,
    degrees: u64,
}

impl Evidence {
    /// Nothing is known.
    pub(super) const NONE: Self = Self { wrong: 1.0, right: 1.0, better: 1.0, distance: None, degrees: 1 };

    /// There is nothing that could be wrong.
    pub(super) const NOTHING_WRONG: Self = Self { right: 0.0, ..Self::NONE };

    /// `excess` is how far a figure lies on the wrong side of its limit (negative: on the right side).
    pub(super) fn of_mean(excess: f64, error: Option<f64>, degrees: u64) -> Self {
        let Some(error) = error else { return Self::NONE };
        let t = in_errors(excess, error);
        Self { wrong: beyond(t, degrees), right: beyond(-t, degrees), better: 1.0, distance: Some(t.abs()), degrees }
    }

    /// The same for a share that is to be at least `target`, from `n` independent trials. By the score test: its bounds
    /// are Wilson's.
    pub(super) fn of_share(share: f64, n: f64, target: f64) -> Self {
        let error = (target * (1.0 - target) / n).sqrt();
        Self::of_mean(target - share, Some(error), NORMAL)
    }

    /// Adds how sure it is that a figure improved, from its worsening.
    pub(super) fn with_improvement(self, worsening: f64, error: Option<f64>) -> Self {
        let Some(error) = error.filter(|_| worsening < 0.0) else { return self };
        Self { better: beyond(in_errors(-worsening, error), self.degrees), ..self }
    }

    /// How many replications would probably decide at this risk, to two digits, if the figure is what it seems to be.
    pub(super) fn would_decide(&self, risk: f64, replications: u64) -> Option<u64> {
        let distance = self.distance.filter(|distance| *distance > 0.0)?;
        let asked = student_one_sided(self.degrees, 1.0 - risk) + FOUR_IN_FIVE;
        let needed = replications as f64 * ((asked / distance) * (asked / distance)).max(1.0);
        (needed < TOO_MANY).then(|| two_digits(needed))
    }
}

/// A distance in standard errors. What is the same in every replication is known exactly.
fn in_errors(excess: f64, error: f64) -> f64 {
    match error > 0.0 {
        true => excess / error,
        false if excess > 0.0 => f64::INFINITY,
        false => f64::NEG_INFINITY,
    }
}

/// P(T > t).
fn beyond(t: f64, degrees: u64) -> f64 {
    if t.is_infinite() {
        return if t > 0.0 { 0.0 } else { 1.0 };
    }
    let tail = 0.5 * student_p_value(degrees, t);
    if t > 0.0 { tail } else { 1.0 - tail }
}

/// The next number of at most two digits and zeros.
fn two_digits(value: f64) -> u64 {
    let mut unit = 1.0;
    while value / unit > 99.0 {
        unit *= 10.0;
    }
    ((value / unit).ceil() * unit) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_those_of_the_printed_tables() {
        // t(199; 99 %) = 2.345: 0.80 - 2.345 x 0.01 = 0.77655 is the figure whose upper bound just reaches 80 %.
        let at = |value: f64| Evidence::of_mean(0.80 - value, Some(0.01), 199);
        assert!(at(0.7765).wrong < 0.01 && at(0.7766).wrong > 0.01);
        assert!(at(0.8235).right < 0.01 && at(0.8234).right > 0.01);
        // t(19; 95 %) = 1.729, t(19; 99 %) = 2.539.
        let p = |t: f64| Evidence::of_mean(t, Some(1.0), 19).wrong;
        assert!((p(1.729_133) - 0.05).abs() < 1e-6 && (p(2.539_483) - 0.01).abs() < 1e-6);
    }

    #[test]
    fn shares_have_the_bounds_of_wilson() {
        // 81 of 263: Wilson's two-sided 95 % interval is 0.2553 to 0.3662 (Newcombe 1998), 2.5 % on either side.
        let at = |target: f64| Evidence::of_share(81.0 / 263.0, 263.0, target);
        assert!(at(0.3663).wrong < 0.025 && at(0.3661).wrong > 0.025);
        assert!(at(0.2552).right < 0.025 && at(0.2554).right > 0.025);
        assert!(at(1.0).wrong == 0.0);
    }

    #[test]
    fn what_never_varies_is_known() {
        let (above, on) = (Evidence::of_mean(1.0, Some(0.0), 9), Evidence::of_mean(0.0, Some(0.0), 9));
        assert_eq!((above.wrong, above.right, on.wrong, on.right), (0.0, 1.0, 1.0, 0.0));
        let many = Evidence::of_mean(1.0, Some(0.0), 100_000);
        assert_eq!((many.wrong, many.right), (0.0, 1.0));
        assert_eq!(Evidence::of_mean(1.0, None, 0), Evidence::NONE);
    }

    #[test]
    fn more_replications_are_named_to_two_digits() {
        // (2.345 + 0.842) / 1.5 = 2.124, squared 4.513, times 200 = 902.6.
        let evidence = Evidence::of_mean(1.5, Some(1.0), 199);
        assert_eq!(evidence.would_decide(0.01, 200), Some(910));
        assert_eq!(Evidence::of_mean(1e-6, Some(1.0), 199).would_decide(0.01, 200), None);
        assert_eq!([7.2, 99.1, 902.6, 12_345.0].map(two_digits), [8, 100, 910, 13_000]);
    }
}
