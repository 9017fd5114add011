//! Named people, compiled: who comes and leaves when, day by day.

use super::{Sampler, Segment, Tick, ticks};
use crate::scenario;

/// Everybody of a team.
#[derive(Debug, Clone)]
pub struct People {
    /// Name of each person's random streams.
    pub names: Vec<u64>,
    /// By day of the timeline: who works.
    pub days: Vec<Vec<Duty>>,
    /// Probability of being absent for a day.
    pub absence: f64,
    /// Probability of being late, and by how much \[s\].
    pub lateness: Option<(f64, Sampler)>,
    /// Time on the phone by plan, by segment [agent-ticks].
    pub planned: Vec<Tick>,
    /// Paid time by day without overtime [agent-ticks].
    pub paid: Vec<Tick>,
    /// Whether a day of absence is paid.
    pub paid_absence: bool,
}

/// One person's one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Number in the team.
    pub person: u32,
    /// Times on the phone, in order.
    pub stretches: Vec<Stretch>,
    /// Paid time without overtime.
    pub paid: Tick,
}

/// One stretch on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// When the person comes.
    pub from: Tick,
    /// When the person leaves.
    pub to: Tick,
    /// It reaches closing time: the person stays while contacts wait.
    pub closes: bool,
}

pub(super) fn people(stated: &scenario::People, team: &str, segments: &[Segment], days: usize) -> People {
    let mut people = People {
        names: stated.persons.iter().map(|person| name(team, person)).collect(),
        days: vec![Vec::new(); days],
        absence: stated.absence,
        lateness: stated.lateness.as_ref().map(|late| (late.probability, Sampler::new(&late.time))),
        planned: vec![0; segments.len()],
        paid: vec![0; days],
        paid_absence: stated.paid_absence,
    };
    for (number, person) in stated.persons.iter().enumerate() {
        for scenario::Duty { day, on_phone, paid_s } in &person.duties {
            let stretches = on_phone.iter().map(|s| stretch(s, segments)).collect();
            let duty = Duty { person: number as u32, stretches, paid: ticks(*paid_s) };
            duty.stretches.iter().for_each(|s| plan(&mut people.planned, s, segments));
            people.paid[*day] += duty.paid;
            people.days[*day].push(duty);
        }
    }
    people
}

fn segment_at(segments: &[Segment], at: Tick) -> usize {
    segments.partition_point(|s| s.end <= at).min(segments.len() - 1)
}

fn stretch(stated: &scenario::Stretch, segments: &[Segment]) -> Stretch {
    let (from, to) = (ticks(stated.from_s as f64), ticks(stated.to_s as f64));
    let closes = to > 0 && {
        let last = &segments[segment_at(segments, to - 1)];
        last.closes && last.end <= to
    };
    Stretch { from, to, closes }
}

fn plan(planned: &mut [Tick], stretch: &Stretch, segments: &[Segment]) {
    for index in segment_at(segments, stretch.from)..segments.len() {
        let segment = &segments[index];
        if segment.start >= stretch.to {
            break;
        }
        if segment.open {
            planned[index] += stretch.to.min(segment.end) - stretch.from.max(segment.start);
        }
    }
}

pub(super) fn name(team: &str, person: &scenario::Person) -> u64 {
    name_of(team, &person.shift, person.position)
}

/// FNV-1a over team, shift and position.
pub(super) fn name_of(team: &str, shift: &str, position: u32) -> u64 {
    let bytes = team.bytes().chain([0]).chain(shift.bytes()).chain([0]).chain(position.to_le_bytes());
    super::compile::hash_bytes(bytes)
}
