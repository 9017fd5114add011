//! Whole numbers of people from shares, in exact arithmetic.
//!
//! `161 / (1 - 0.3)` is 230.00000000000003 in floating point and rounds up to a person too many. Here a share is the
//! decimal its writer meant - the shortest one that reads back as the same f64 - and the division is done in
//! integers.

use super::error::{Result, check_load, require, share, share_below_one};

/// Decimal places kept; a share with more is rounded up at this place.
const PLACES: u32 = 18;
const ONE: u128 = 10_u128.pow(PLACES);

/// A share as a whole number of `10^-18`.
fn parts(share: f64) -> u128 {
    // `Display` writes the shortest decimal that reads back as the same number, never with an exponent.
    let text = share.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let kept = &decimals[..decimals.len().min(PLACES as usize)];
    let beyond = decimals[kept.len()..].bytes().any(|digit| digit != b'0');
    let digits = format!("{whole}{kept:0<width$}", width = PLACES as usize);
    digits.parse::<u128>().unwrap_or(ONE) + u128::from(beyond)
}

/// The sum of planned and unplanned shrinkage, exact: 22 % and 8 % are 30 %.
fn shrinkage_parts(planned: f64, unplanned: f64) -> Result<u128> {
    let sum = parts(share_below_one("planned", planned)?) + parts(share_below_one("unplanned", unplanned)?);
    require(
        sum < ONE,
        "planned + unplanned",
        planned + unplanned,
        "below 1",
        "Shares of paid time are added; together they cannot take all of it.",
    )?;
    Ok(sum)
}

/// People to be paid so that `net` are on the phone: `net / (1 - planned - unplanned)`, rounded up.
///
/// # Errors
/// A share that is negative, 1 or more, or not a number; both together 1 or more; more people than a `u64` holds.
///
/// ```
/// use callwright::erlang::shrinkage::gross_heads;
/// assert_eq!(gross_heads(161, 0.3, 0.0), Ok(230));
/// assert_eq!(gross_heads(21, 0.22, 0.08), Ok(30));
/// ```
pub fn gross_heads(net: u64, planned: f64, unplanned: f64) -> Result<u64> {
    let present = ONE - shrinkage_parts(planned, unplanned)?;
    let gross = (u128::from(net) * ONE).div_ceil(present);
    u64::try_from(gross).map_err(|_| too_many("planned + unplanned", planned + unplanned))
}

/// Whole people on the phone out of `gross` paid: `gross * (1 - planned - unplanned)`, rounded down.
///
/// # Errors
/// As [`gross_heads`].
pub fn net_heads(gross: u64, planned: f64, unplanned: f64) -> Result<u64> {
    let present = ONE - shrinkage_parts(planned, unplanned)?;
    Ok((u128::from(gross) * present / ONE) as u64)
}

/// The fewest agents whose occupancy `load/agents` is at most `cap`: 57 erlangs at 57 % are 100 agents.
///
/// The load is read at 15 significant digits, so that the last-bit error of `calls * aht / interval` does not cost
/// a person.
///
/// # Errors
/// A negative or non-finite load; a cap outside 0 to 1, or 0 when there is load.
pub fn agents_for_occupancy(load: f64, cap: f64) -> Result<u64> {
    let (load, cap) = (check_load(load)?, share("cap", cap)?);
    if load == 0.0 {
        return Ok(0);
    }
    require(cap > 0.0, "cap", cap, "more than 0, up to 1", "Agents who take calls are busy for some of the time.")?;
    let agents = if (1e-3..1e15).contains(&load) { exact_quotient(load, cap) } else { libm::ceil(load / cap) as u64 };
    require(agents < u64::MAX, "cap", cap, "large enough for a u64 of agents", "Raise the cap.")?;
    Ok(agents.max(1))
}

/// `load / cap` rounded up; `load` from 1e-3 to 1e15 as a 15-digit decimal.
fn exact_quotient(load: f64, cap: f64) -> u64 {
    let text = format!("{load:.14e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: u128 = digits.replace('.', "").parse().unwrap_or(u128::MAX);
    // load = digits * 10^-places, 0 <= places <= 17
    let places = 14 - exponent.parse::<i32>().unwrap_or(0);
    let divisor = parts(cap) * 10_u128.pow(places.max(0) as u32);
    u64::try_from((digits * ONE).div_ceil(divisor)).unwrap_or(u64::MAX)
}

#[cold]
fn too_many(name: &'static str, value: f64) -> super::ErlangError {
    super::ErlangError::Parameter {
        name,
        value,
        allowed: "leaving a countable number of people",
        advice: "Lower the shrinkage.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_person_is_lost_or_made_by_rounding() {
        for (net, share, gross) in
            [(161, 0.3, 230), (21, 0.3, 30), (7, 0.3, 10), (1, 0.0, 1), (0, 0.3, 0), (89, 0.11, 100)]
        {
            assert_eq!(gross_heads(net, share, 0.0), Ok(gross), "{net} at {share}");
        }
        assert_eq!(gross_heads(100, 1e-20, 0.0), Ok(101), "any shrinkage at all needs one more");
        assert_eq!(net_heads(230, 0.3, 0.0), Ok(161));
    }

    #[test]
    fn shares_are_added_as_written() {
        // 0.1 + 0.2 > 0.3 in floating point.
        assert_eq!(gross_heads(7, 0.1, 0.2), Ok(10));
        assert!(gross_heads(7, 0.7, 0.3).is_err());
        assert!(
            gross_heads(7, -0.1, 0.0).is_err()
                && gross_heads(7, f64::NAN, 0.0).is_err()
                && gross_heads(7, 1.0, 0.0).is_err()
        );
    }

    #[test]
    fn occupancy_caps_hit_exactly() {
        for (load, cap, agents) in [
            (57.0, 0.57, 100),
            (85.0, 0.85, 100),
            (170.0, 0.85, 200),
            (9.0, 0.9, 10),
            (0.1 + 0.2, 0.3, 1),
            (1e-9, 0.5, 1),
        ] {
            assert_eq!(agents_for_occupancy(load, cap), Ok(agents), "{load} at {cap}");
        }
        assert!(agents_for_occupancy(1.0, 0.0).is_err());
    }
}
