//! Time that is lost besides the schedule: whole intervals off the phone, taken by everybody in turn.

use super::people::{Person, Stretch};
use super::types::Timeline;
use std::collections::BTreeSet;

/// Most such intervals of a team.
const MAX_BLOCKS: f64 = 2e7;

/// Seconds on the phone of all these people together, by open interval.
pub(super) fn seconds_by_interval(persons: &[Person], timeline: &Timeline) -> Vec<u64> {
    let length = u64::from(timeline.interval_s);
    let count = timeline.intervals.len();
    // Intervals in the middle of a stretch are counted by where they begin and end, its edges second by second.
    let (mut seconds, mut changes) = (vec![0; count], vec![0_i64; count + 1]);
    for stretch in stretches(persons) {
        let (first, behind) = whole_intervals(timeline, stretch);
        let (first, behind) = (first.min(behind), behind);
        changes[first] += 1;
        changes[behind] -= 1;
        let edges = [first.checked_sub(1), Some(behind).filter(|i| *i < count)];
        for edge in edges.into_iter().flatten() {
            let start = timeline.intervals[edge].start_s;
            let (from, to) = (stretch.from_s.max(start), stretch.to_s.min(start + length));
            seconds[edge] += to.saturating_sub(from);
        }
    }
    let mut heads = 0;
    for (second, change) in seconds.iter_mut().zip(changes) {
        heads += change;
        *second += heads.unsigned_abs() * length;
    }
    seconds
}

fn stretches(persons: &[Person]) -> impl Iterator<Item = Stretch> + '_ {
    persons.iter().flat_map(|p| &p.duties).flat_map(|d| &d.on_phone).copied()
}

/// First interval that lies wholly in the stretch, and the first one behind it that does not.
fn whole_intervals(timeline: &Timeline, stretch: Stretch) -> (usize, usize) {
    let length = u64::from(timeline.interval_s);
    let first = timeline.intervals.partition_point(|i| i.start_s < stretch.from_s);
    let behind = timeline.intervals.partition_point(|i| i.start_s + length <= stretch.to_s);
    (first, behind)
}

/// Takes this share of the time on the phone off and returns it in seconds.
///
/// In every interval the people on the phone times the share are owed, with what is left from before; as many whole
/// people are off the phone for the whole interval, the next in turn among those who are on the phone throughout it.
///
/// # Errors
/// When that would be too many intervals for any computer.
pub(super) fn take_off(persons: &mut [Person], timeline: &Timeline, share: f64) -> Result<u64, String> {
    let owed = seconds_by_interval(persons, timeline);
    let length = f64::from(timeline.interval_s);
    let blocks = owed.iter().map(|s| *s as f64).sum::<f64>() / length * share;
    if blocks > MAX_BLOCKS {
        let shown = crate::units::thousands(blocks, 0);
        return Err(format!("shrinkage would take people off the phone in {shown} intervals; at most 20,000,000"));
    }
    if share <= 0.0 {
        return Ok(0);
    }
    let holes = holes(persons, timeline, &owed, share);
    let taken = holes.len() as u64 * u64::from(timeline.interval_s);
    cut(persons, timeline, holes);
    Ok(taken)
}

/// Who is off the phone in which interval.
fn holes(persons: &[Person], timeline: &Timeline, owed: &[u64], share: f64) -> Vec<(u32, u32)> {
    let (comings, goings) = comings_and_goings(persons, timeline);
    let (mut comings, mut goings) = (comings.into_iter().peekable(), goings.into_iter().peekable());
    let mut present: BTreeSet<u32> = BTreeSet::new();
    let (mut carry, mut next, mut holes) = (0.0, 0, Vec::new());
    for (interval, seconds) in (0_u32..).zip(owed) {
        while let Some((_, person)) = goings.next_if(|(i, _)| *i == interval) {
            present.remove(&person);
        }
        while let Some((_, person)) = comings.next_if(|(i, _)| *i == interval) {
            present.insert(person);
        }
        let heads_off = *seconds as f64 / f64::from(timeline.interval_s) * share;
        carry += heads_off;
        // What could not be taken before is made up for one person at a time. 10 x 0.1 ten times is 9.999... in
        // floating point and 10 on paper.
        let off = (carry + 1e-9).floor().min(heads_off.ceil() + 1.0) as usize;
        let turn = present.range(next..).chain(present.range(..next)).take(off);
        let turn: Vec<u32> = turn.copied().collect();
        carry -= turn.len() as f64;
        next = turn.last().map_or(next, |last| last + 1);
        holes.extend(turn.into_iter().map(|person| (person, interval)));
    }
    holes
}

/// When each person begins to be on the phone for whole intervals, and when no longer; by interval.
#[allow(clippy::type_complexity)]
fn comings_and_goings(persons: &[Person], timeline: &Timeline) -> (Vec<(u32, u32)>, Vec<(u32, u32)>) {
    let (mut comings, mut goings) = (Vec::new(), Vec::new());
    for (index, person) in (0_u32..).zip(persons) {
        for stretch in person.duties.iter().flat_map(|d| &d.on_phone) {
            let (first, behind) = whole_intervals(timeline, *stretch);
            if first < behind {
                comings.push((first as u32, index));
                goings.push((behind as u32, index));
            }
        }
    }
    comings.sort_unstable();
    goings.sort_unstable();
    (comings, goings)
}

/// Cuts whole intervals out of what people do.
fn cut(persons: &mut [Person], timeline: &Timeline, mut holes: Vec<(u32, u32)>) {
    holes.sort_unstable();
    let mut holes = holes.into_iter().peekable();
    for (index, person) in (0_u32..).zip(persons) {
        for stretches in person.duties.iter_mut().map(|d| &mut d.on_phone) {
            let mut left = Vec::with_capacity(stretches.len());
            for mut stretch in stretches.iter().copied() {
                let inside = |h: &(u32, u32)| h.0 == index && timeline.intervals[h.1 as usize].start_s < stretch.to_s;
                while let Some((_, interval)) = holes.next_if(inside) {
                    let from = timeline.intervals[interval as usize].start_s;
                    if stretch.from_s < from {
                        left.push(Stretch { from_s: stretch.from_s, to_s: from });
                    }
                    stretch.from_s = from + u64::from(timeline.interval_s);
                }
                if stretch.from_s < stretch.to_s {
                    left.push(stretch);
                }
            }
            *stretches = left;
        }
    }
}
