//! Which points a sweep looks at: all of a grid, or a Latin hypercube.

use super::vary::Factor;
use crate::engine::{DayKey, Purpose};
use crate::model::Bits;

/// The points of a sweep, none of which is written out before it is its turn.
#[derive(Debug, Clone)]
pub struct Design {
    /// What is varied; the last one fastest.
    pub factors: Vec<Factor>,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Numbers of values, factor by factor.
    Grid(Vec<u64>),
    /// Factor by factor the stratum of each point.
    Samples { strata: Vec<Vec<u32>>, seed: u64 },
}

/// More points are not even counted.
const MOST_POINTS: u64 = 1 << 40;
/// Samples are shuffled in memory.
const MOST_SAMPLES: u64 = 10_000_000;

impl Design {
    /// Every combination of all values.
    ///
    /// # Errors
    /// Which factor has no step, or that there are more points than anybody could count.
    pub fn grid(factors: Vec<Factor>) -> Result<Self, String> {
        let counts = factors.iter().map(Factor::count).collect::<Result<Vec<_>, _>>()?;
        let points = counts.iter().try_fold(1_u64, |points, &count| points.checked_mul(count));
        match points.filter(|points| *points <= MOST_POINTS) {
            Some(_) => Ok(Self { factors, kind: Kind::Grid(counts) }),
            None => Err("that are more points than could ever be simulated; vary less, or use --samples".into()),
        }
    }

    /// So many points, each factor cut into as many strata with one point in each (McKay, Beckman and Conover 1979).
    ///
    /// # Errors
    /// That there are more than can be shuffled.
    pub fn samples(factors: Vec<Factor>, samples: u64, seed: u64) -> Result<Self, String> {
        if !(1..=MOST_SAMPLES).contains(&samples) {
            return Err(format!("{samples} samples; allowed: 1 to {MOST_SAMPLES}"));
        }
        let strata = (0..factors.len()).map(|factor| shuffled(samples as u32, factor as u64, seed)).collect();
        Ok(Self { factors, kind: Kind::Samples { strata, seed } })
    }

    /// How many points there are.
    pub fn points(&self) -> u64 {
        match &self.kind {
            Kind::Grid(counts) => counts.iter().product(),
            Kind::Samples { strata, .. } => strata.first().map_or(0, |strata| strata.len() as u64),
        }
    }

    /// Whether every combination is there.
    pub fn is_grid(&self) -> bool {
        matches!(self.kind, Kind::Grid(_))
    }

    /// The values of a point, factor by factor.
    pub fn values(&self, point: u64) -> Vec<String> {
        match &self.kind {
            Kind::Grid(counts) => {
                let mut rest = point;
                let mut values: Vec<String> = self
                    .factors
                    .iter()
                    .zip(counts)
                    .rev()
                    .map(|(factor, &count)| {
                        let value = factor.value(rest % count);
                        rest /= count;
                        value
                    })
                    .collect();
                values.reverse();
                values
            }
            Kind::Samples { strata, seed } => {
                let value = |(index, (factor, strata)): (usize, (&Factor, &Vec<u32>))| {
                    let within = uniform(*seed, index as u64, point + 1);
                    factor.at((f64::from(strata[point as usize]) + within) / strata.len() as f64)
                };
                self.factors.iter().zip(strata).enumerate().map(value).collect()
            }
        }
    }
}

/// A stream of its own for each factor: no replication has this number.
fn stream(seed: u64, factor: u64, point: u64) -> crate::engine::Stream {
    DayKey::new(seed, u64::MAX, factor, point).stream(Purpose::Arrivals)
}

fn uniform(seed: u64, factor: u64, point: u64) -> f64 {
    (stream(seed, factor, point).next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// The numbers below `n` in random order (Fisher and Yates).
fn shuffled(n: u32, factor: u64, seed: u64) -> Vec<u32> {
    let mut stream = stream(seed, factor, 0);
    let mut order: Vec<u32> = (0..n).collect();
    for last in (1..order.len()).rev() {
        let other = ((u128::from(stream.next_u64()) * (last as u128 + 1)) >> 64) as usize;
        order.swap(last, other);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors(texts: &[&str]) -> Vec<Factor> {
        texts.iter().map(|text| Factor::parse(text).unwrap()).collect()
    }

    #[test]
    fn a_grid_has_every_combination_once() {
        let grid = Design::grid(factors(&["a=1..3", "b=x,y"])).unwrap();
        let all: Vec<String> = (0..grid.points()).map(|point| grid.values(point).concat()).collect();
        assert_eq!(all, ["1x", "1y", "2x", "2y", "3x", "3y"]);
        let huge = factors(&["a=0..999999", "b=0..999999", "c=0..999999"]);
        assert!(Design::grid(huge).unwrap_err().contains("--samples"));
    }

    #[test]
    fn each_stratum_of_each_factor_has_one_sample() {
        let design = Design::samples(factors(&["a=0.0..1.0", "b=10..19", "c=2m..4m"]), 10, 7).unwrap();
        let points: Vec<Vec<String>> = (0..10).map(|point| design.values(point)).collect();
        let mut strata: Vec<u32> = points.iter().map(|p| (p[0].parse::<f64>().unwrap() * 10.0) as u32).collect();
        strata.sort_unstable();
        assert_eq!(strata, (0..10).collect::<Vec<_>>());
        let mut whole: Vec<&str> = points.iter().map(|p| p[1].as_str()).collect();
        whole.sort_unstable();
        assert_eq!(whole, ["10", "11", "12", "13", "14", "15", "16", "17", "18", "19"]);
        assert_ne!(
            points,
            Design::samples(factors(&["a=0.0..1.0", "b=10..19", "c=2m..4m"]), 10, 8)
                .map(|d| (0..10).map(|p| d.values(p)).collect::<Vec<_>>())
                .unwrap()
        );
        assert!(Design::samples(factors(&["a=1,2"]), 0, 1).is_err());
    }
}
