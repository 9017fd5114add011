//! One root finder, and the percentile of a wait by it.

/// The smallest time at which `tail`, a share that falls with time, is at most `above`; 0 when it always is.
pub(super) fn time_with_tail(above: f64, first_step: f64, tail: impl Fn(f64) -> f64) -> f64 {
    if tail(0.0) <= above {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, first_step);
    while tail(high) > above {
        (low, high) = (high, 2.0 * high);
    }
    falling_root(low, high, |time| libm::log(tail(time) / above))
}

/// The root of a falling function between `low` (value above 0) and `high` (value 0 or below), to the last few
/// bits: regula falsi with the Illinois halving, and every fourth time a bisection, which also takes it past jumps and
/// values of minus infinity.
pub(super) fn falling_root(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut f_low, mut f_high) = (f(low), f(high));
    let mut raised_low_last = None;
    for round in 1..300 {
        if high - low <= 2.0 * f64::EPSILON * high.abs() {
            break;
        }
        let secant = low + (high - low) * (f_low / (f_low - f_high));
        let inside = round % 4 != 0 && secant > low && secant < high;
        let middle = if inside { secant } else { 0.5 * (low + high) };
        let value = f(middle);
        if value == 0.0 {
            return middle;
        }
        let raise_low = value > 0.0;
        let again = raised_low_last == Some(raise_low);
        if raise_low {
            (low, f_low) = (middle, value);
            f_high *= if again { 0.5 } else { 1.0 };
        } else {
            (high, f_high) = (middle, value);
            f_low *= if again { 0.5 } else { 1.0 };
        }
        raised_low_last = Some(raise_low);
    }
    high
}

#[cfg(test)]
mod tests {
    use super::falling_root;

    #[test]
    fn smooth_roots_and_jumps() {
        let smooth = falling_root(0.0, 9.0, |x| 2.0 - x * x);
        assert!((smooth - std::f64::consts::SQRT_2).abs() < 1e-15, "{smooth}");
        let jump = falling_root(0.0, 9.0, |x| if x < 4.25 { 1.0 } else { f64::NEG_INFINITY });
        assert!((jump - 4.25).abs() < 1e-14, "{jump}");
    }
}
