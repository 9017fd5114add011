//! From what the user wrote to what the engine runs.

use super::*;
use crate::error::{Error, Result};
use crate::scenario::limits::{MOST_CELLS, MOST_DAYS, MOST_PEOPLE};
use crate::scenario::{self, AgentChoice, CallChoice, Scenario, Timeline};

/// The language lets nothing pass that does not fit: an opening may end two days behind the start of its date, and an
/// hour later when the clock changes.
const _: () = {
    let end = (MOST_DAYS as u64 + 1) * 86_400_000_000 + 3_600_000_000;
    assert!(end + 2 * LONGEST_TIME <= LAST_TICK && MOST_PEOPLE as usize <= MOST_IN_A_GROUP);
};

/// More than any rank a scenario can state.
const LAST_RANK: i32 = 1 << 20;

/// Compiles a checked scenario.
///
/// # Errors
/// [`Error::Refused`] when the floor is larger than the engine can hold, or the warm-up leaves nothing to count.
pub fn compile(scenario: &Scenario) -> Result<Model> {
    let segments = segments(&scenario.timeline);
    check_size(scenario, segments.len())?;
    let counted_from = counted_from(scenario, &segments)?;
    let people = super::crew::peopled(scenario);
    let mut queues: Vec<Queue> =
        (0..scenario.queues.len()).map(|index| queue(scenario, index, &segments, people.as_ref())).collect();
    super::crew::share_tables(&mut queues);
    let mut teams: Vec<Team> =
        (0..scenario.teams.len()).map(|t| team(scenario, t, &segments, &queues, people.as_ref())).collect();
    if people.is_some() {
        let early = super::early::early_repeats(scenario);
        queues.iter_mut().zip(early).for_each(|(queue, early)| queue.early = early);
    }
    for target in scenario.queues.iter().filter_map(|q| q.callers.transfer.as_ref()).map(|t| t.queue) {
        // Whoever answers a caller handed on may free the one who kept company.
        queues[target].choices.iter_mut().for_each(|choice| choice.serving.has_company());
        let skills = teams.iter_mut().flat_map(|team| &mut team.skills);
        skills.filter(|skill| skill.queue as usize == target).for_each(|skill| skill.serving.has_company());
    }
    let days = days(&segments, scenario.timeline.days.len());
    for queue in queues.iter().filter(|q| q.pick == Pick::LeastOccupied) {
        queue.choices.iter().for_each(|c| teams[c.team as usize].tracks_load = true);
    }
    Ok(Model {
        seed: scenario.run.seed,
        segment_ends: segments.iter().map(|s| s.end).collect(),
        interval_starts: segments.iter().filter(|s| s.open).map(|s| s.start).collect(),
        interval_ticks: ticks(f64::from(scenario.timeline.interval_s)),
        days,
        counted_from,
        open_before: open_before(&segments),
        counts_loops: people.is_some() || queues.iter().any(|q| !q.plain),
        counts_duties: teams.iter().any(|t| t.people.is_some() || t.chats > 1),
        correlation: scenario
            .correlation
            .as_ref()
            .map(|c| Correlation { queues: c.queues, late: c.late.map(|(from, rho)| (ticks(from), rho)) }),
        counts_lines: scenario.lines.is_some() || queues.iter().any(|q| q.lines.is_some()),
        queues,
        teams,
        segments,
        lines: scenario.lines,
        queue_capacity: scenario.queue_capacity,
        counts_places: scenario.queue_capacity.is_some() || scenario.queues.iter().any(|q| q.queue_capacity.is_some()),
        after_close: scenario.after_close,
        people,
        zig: Ziggurat::default(),
    })
}

fn check_size(scenario: &Scenario, segments: usize) -> Result<()> {
    let refuse = |what: String| Err(Error::Refused(what));
    if scenario.queues.len() > MOST_IN_A_GROUP || scenario.teams.len() > MOST_IN_A_GROUP {
        return refuse(format!("more than {MOST_IN_A_GROUP} queues or teams: split the floor into several scenarios"));
    }
    for team in &scenario.teams {
        let most = most_people(team);
        if most > MOST_IN_A_GROUP {
            return refuse(format!(
                "team {} has {most} people; at most {MOST_IN_A_GROUP} fit in one team: split it",
                team.name
            ));
        }
    }
    let cells = (scenario.queues.len() + scenario.teams.len()).saturating_mul(segments);
    if cells > MOST_CELLS {
        return refuse(format!(
            "{} queues and {} teams over {segments} intervals make {cells} result cells; at most {MOST_CELLS} fit in \
             memory: simulate fewer days or use a longer interval",
            scenario.queues.len(),
            scenario.teams.len()
        ));
    }
    let end = scenario.timeline.intervals.last().map_or(0, |i| i.start_s + u64::from(scenario.timeline.interval_s));
    if ticks(end as f64) + 2 * LONGEST_TIME > LAST_TICK {
        return refuse(format!(
            "{} days are too many for one replication; at most {MOST_DAYS}",
            scenario.timeline.days.len()
        ));
    }
    Ok(())
}

/// Places for the people of a team.
fn most_people(team: &scenario::Team) -> usize {
    match &team.people {
        Some(people) => people.persons.len(),
        None => team.on_phone.iter().copied().max().unwrap_or(0) as usize,
    }
}

fn open_before(segments: &[Segment]) -> Vec<Tick> {
    let mut open = 0;
    let mut before = Vec::with_capacity(segments.len());
    for segment in segments {
        before.push(open);
        open += if segment.open { segment.end - segment.start } else { 0 };
    }
    before
}

fn counted_from(scenario: &Scenario, segments: &[Segment]) -> Result<usize> {
    let start = segments[0].start + ticks(scenario.run.warm_up_s);
    match segments.iter().position(|s| s.start >= start) {
        Some(index) if segments[index].open && (segments[index].start == start || index == 0) => Ok(index),
        Some(_) => Err(Error::Refused(format!(
            "run.warm_up of {} s does not end where an interval starts; write a multiple of {} s",
            scenario.run.warm_up_s, scenario.timeline.interval_s
        ))),
        None => Err(Error::Refused("run.warm_up is as long as the whole simulation: nothing would be counted".into())),
    }
}

/// Open intervals, and a gap behind each closing. Days that follow each other without a pause do not close.
fn segments(timeline: &Timeline) -> Vec<Segment> {
    let length = u64::from(timeline.interval_s);
    let mut segments = Vec::with_capacity(timeline.intervals.len() + timeline.days.len());
    for (index, interval) in timeline.intervals.iter().enumerate() {
        let end_s = interval.start_s + length;
        let next = timeline.intervals.get(index + 1);
        let closes = next.is_none_or(|next| next.start_s > end_s);
        let segment = Segment {
            start: ticks(interval.start_s as f64),
            end: ticks(end_s as f64),
            open: true,
            day: interval.day,
            closes,
            interval: index,
        };
        let gap_end = next.map_or(Tick::MAX, |next| ticks(next.start_s as f64));
        let gap = Segment { start: segment.end, end: gap_end, open: false, closes: false, ..segment.clone() };
        segments.push(segment);
        if closes {
            segments.push(gap);
        }
    }
    segments
}

fn days(segments: &[Segment], count: usize) -> Vec<DaySpan> {
    let mut days = vec![DaySpan { first: usize::MAX, intervals: 0, end: 0 }; count];
    for (index, segment) in segments.iter().enumerate() {
        let day = &mut days[segment.day];
        day.first = day.first.min(index);
        day.intervals += usize::from(segment.open);
        day.end = index + 1;
    }
    days
}

fn queue(scenario: &Scenario, index: usize, segments: &[Segment], people: Option<&Peopled>) -> Queue {
    let q = &scenario.queues[index];
    let delays = delays(scenario, index);
    let (choices, pick) = choices(scenario, index, &delays, people);
    let by_segment = |values: &[f64]| -> Vec<f64> {
        if values.is_empty() { Vec::new() } else { segments.iter().map(|s| values[s.interval]).collect() }
    };
    let gamma_factor = || Sampler::gamma(1.0, 1.0 / (q.day_cv * q.day_cv));
    let poisson = matches!(q.arrivals, scenario::Arrivals::Poisson);
    let (kind, callers) = (super::calls::kind(&q.channel), super::calls::callers(scenario, index));
    let receives = |other: &scenario::Queue| other.callers.transfer.as_ref().is_some_and(|t| t.queue == index);
    Queue {
        day_cv: if poisson { q.day_cv } else { 0.0 },
        plain: super::calls::is_plain(&kind, &callers) && !loops(scenario, index),
        outcomes: people.map(|_| super::crew::outcomes(scenario, index)),
        looks: pick != Pick::LongestIdle
            || !q.outcomes.matching.is_empty()
            || scenario.queues.iter().enumerate().any(|(from, other)| asks_the_same(other, from, index))
            || matches!(kind, Kind::Chat(_))
            || choices.iter().any(|c| c.reserve > 0 || blends(scenario, c)),
        holds_line: kind == Kind::Call && callers.dial.is_none(),
        sorted: callers.credit.is_some() || kind.is_message() || scenario.queues.iter().any(receives),
        kind,
        name_hash: name_hash(&q.name),
        arrivals: arrivals(q, &scenario.timeline),
        early: None,
        day_factor: (poisson && q.day_cv > 0.0).then(gamma_factor),
        talk: Sampler::new(&q.handle.talk),
        hold: q.handle.hold.as_ref().map(|(dist, p)| (Sampler::new(dist), *p)),
        wrap: q.handle.wrap.as_ref().map(Sampler::new),
        handle_factor: by_segment(&q.handle.factor_by_interval),
        patience: q.patience.as_ref().map(Sampler::new),
        balk: q.balk,
        target: ticks(q.target_time_s),
        short_abandon: ticks(q.short_abandon_s),
        lines: q.lines,
        queue_capacity: q.queue_capacity,
        delays,
        unserved_from: if kind.is_message() { usize::MAX } else { unserved_from(scenario, &choices, segments) },
        callers,
        choices,
        pick,
        formula: q.service_level_formula,
    }
}

/// Whether conversations of the queue lead to others.
fn loops(scenario: &Scenario, queue: usize) -> bool {
    let outcomes = &scenario.queues[queue].outcomes;
    outcomes.repeat.is_some() || outcomes.follow_up.is_some()
}

/// Whether repeats of one queue's contacts come to another and ask for the agent of before.
fn asks_the_same(queue: &scenario::Queue, from: usize, to: usize) -> bool {
    queue.outcomes.repeat.as_ref().is_some_and(|repeat| repeat.same_agent && repeat.queue.unwrap_or(from) == to)
}

fn arrivals(q: &scenario::Queue, timeline: &Timeline) -> Arrivals {
    match &q.arrivals {
        scenario::Arrivals::Poisson => Arrivals::Poisson(rate_pieces(&q.volume, timeline)),
        scenario::Arrivals::Fixed => Arrivals::Fixed(round_to_sum(&q.volume, timeline)),
        scenario::Arrivals::Trace(times) => Arrivals::Trace(times.iter().map(|&t| ticks(t)).collect()),
    }
}

pub(super) fn rate_pieces(expected: &[f64], timeline: &Timeline) -> Vec<RatePiece> {
    let length = f64::from(timeline.interval_s) * TICKS_PER_SECOND;
    let mut pieces = Vec::with_capacity(expected.len());
    for day in &timeline.days {
        let mut before = 0.0;
        for &volume in &expected[day.first_interval..day.first_interval + day.interval_count] {
            let through = before + volume;
            // From the difference, so that the last contact of an interval cannot fall behind its end.
            let width = through - before;
            pieces.push(RatePiece { before, through, ticks_each: if width > 0.0 { length / width } else { 0.0 } });
            before = through;
        }
    }
    pieces
}

/// Whole counts whose running sum is the rounded running sum of the volumes, day by day.
fn round_to_sum(volume: &[f64], timeline: &Timeline) -> Vec<u32> {
    let mut counts = Vec::with_capacity(volume.len());
    for day in &timeline.days {
        let mut sum = 0.0;
        let mut placed = 0.0;
        for v in &volume[day.first_interval..day.first_interval + day.interval_count] {
            sum += v;
            let count = (sum - placed).round().max(0.0);
            placed += count;
            counts.push(count as u32);
        }
    }
    counts
}

/// The different delays after which teams help out with a queue.
fn delays(scenario: &Scenario, queue: usize) -> Vec<Tick> {
    let skills = scenario.teams.iter().flat_map(|team| &team.skills).filter(|s| s.queue == queue);
    let mut delays: Vec<Tick> = skills.map(|s| ticks(s.after_s)).filter(|&after| after > 0).collect();
    delays.sort_unstable();
    delays.dedup();
    delays
}

/// The level a queue must have for a team that helps out after a time to see its first contact.
fn level(delays: &[Tick], after: Tick) -> u32 {
    1 + delays.iter().filter(|&&delay| delay <= after).count() as u32
}

/// Teams in the order an arriving contact tries them, as pools.
fn choices(scenario: &Scenario, queue: usize, delays: &[Tick], people: Option<&Peopled>) -> (Vec<TeamChoice>, Pick) {
    let rule = scenario.queues[queue].agent_choice.unwrap_or(scenario.routing.agent_choice);
    let mut skilled: Vec<(i32, f64, usize, Tick)> = Vec::new();
    for (index, team) in scenario.teams.iter().enumerate() {
        for skill in team.skills.iter().filter(|s| s.queue == queue) {
            // "fastest" is a finer preference as long as all agents of a team are equally fast.
            let speed = if rule == AgentChoice::Fastest && people.is_none() { skill.handle_time } else { 1.0 };
            skilled.push((skill.preference, speed, index, ticks(skill.after_s)));
        }
    }
    skilled.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut choices: Vec<TeamChoice> = Vec::with_capacity(skilled.len());
    let mut pool = 0;
    for (i, &(preference, speed, team, after)) in skilled.iter().enumerate() {
        if i > 0 && (preference, speed) != (skilled[i - 1].0, skilled[i - 1].1) {
            pool += 1;
        }
        choices.push(TeamChoice {
            team: team as u32,
            pool,
            after,
            level: level(delays, after),
            reserve: reserve(&scenario.teams[team], queue),
            serving: serving(scenario, team, queue, people),
        });
    }
    (choices, super::crew::pick(rule, people.is_some()))
}

fn serving(scenario: &Scenario, team: usize, queue: usize, people: Option<&Peopled>) -> Serving {
    let skill = scenario.teams[team].skills.iter().find(|s| s.queue == queue);
    let stated = scenario.queues[queue].callers.transfer.as_ref();
    let own = &scenario.queues[queue];
    let plain_queue =
        own.callers.transfer.is_none() && own.callers.dial.is_none() && own.channel == scenario::Channel::Voice;
    let chats = |s: &scenario::Skill| scenario.queues[s.queue].channel.chat().is_some_and(|chat| chat.concurrency > 1);
    let plain_team = scenario.teams[team].ring_s == 0.0 && !scenario.teams[team].skills.iter().any(chats);
    let way = match people {
        _ if !plain_queue || !plain_team => Way::Special,
        None => Way::Plain,
        Some(people) if people.steady => Way::Steady,
        Some(_) => Way::Peopled,
    };
    let transfer = stated.map_or(0.0, |t| skill.and_then(|s| s.transfer).unwrap_or(t.probability));
    Serving {
        way,
        ticks_per_second: TICKS_PER_SECOND * skill.map_or(1.0, |s| s.handle_time),
        transfer,
        transfer_logit: if transfer > 0.0 {
            crate::people::stated_logit(transfer) + own.outcomes.anchor.transferred
        } else {
            f64::NEG_INFINITY
        },
    }
}

impl Serving {
    /// Somebody may be on the line who is freed when the contact is answered.
    fn has_company(&mut self) {
        self.way = Way::Special;
    }
}

/// Whether agents of the team with chats in hand take calls.
fn blends(scenario: &Scenario, choice: &TeamChoice) -> bool {
    scenario.teams[choice.team as usize].blend
}

/// Agents the team keeps free for other queues than this one.
fn reserve(team: &scenario::Team, queue: usize) -> u32 {
    team.reserve.iter().filter(|(kept_for, _)| *kept_for != queue).map(|(_, agents)| agents).sum()
}

/// The first segment from which on no skilled team has anybody; a team on duty when the floor closes for the last
/// time stays until the waiting are served.
fn unserved_from(scenario: &Scenario, choices: &[TeamChoice], segments: &[Segment]) -> usize {
    let teams = choices.iter().map(|c| &scenario.teams[c.team as usize]);
    match teams.filter_map(|team| last_staffed(team, segments)).max() {
        Some(last) if last + 1 == segments.len() => usize::MAX,
        Some(last) => last + 1,
        None => 0,
    }
}

/// The last segment in which anybody of the team is on duty, by plan; those who are there at closing stay.
fn last_staffed(team: &scenario::Team, segments: &[Segment]) -> Option<usize> {
    let Some(people) = &team.people else { return segments.iter().rposition(|s| team.on_phone[s.interval] > 0) };
    let duties = people.persons.iter().flat_map(|person| &person.duties);
    let end = ticks(duties.flat_map(|duty| &duty.on_phone).map(|s| s.to_s).max()? as f64);
    let last = segments.partition_point(|s| s.end < end).min(segments.len() - 1);
    Some(if segments[last].closes && segments[last].end == end { last + 1 } else { last })
}

fn team(scenario: &Scenario, index: usize, segments: &[Segment], queues: &[Queue], people: Option<&Peopled>) -> Team {
    let team = &scenario.teams[index];
    let rule = team.call_choice.unwrap_or(scenario.routing.call_choice);
    let mut skills: Vec<Skill> = team
        .skills
        .iter()
        .map(|s| Skill {
            queue: s.queue as u32,
            // Messages come after all calls.
            rank: LAST_RANK * i32::from(scenario.queues[s.queue].channel.messages().is_some())
                + match rule {
                    CallChoice::Priority => scenario.queues[s.queue].priority,
                    CallChoice::Preference => s.preference,
                    CallChoice::LongestWait | CallChoice::WeightedWait => 0,
                    CallChoice::ClosestToGoal => i32::from(scenario.queues[s.queue].goal.is_none()),
                },
            weight: if rule == CallChoice::WeightedWait { scenario.queues[s.queue].weight } else { 1.0 },
            head_start: match rule {
                CallChoice::ClosestToGoal => ticks(scenario.queues[s.queue].target_time_s) as f64,
                _ => 0.0,
            },
            level: level(&queues[s.queue].delays, ticks(s.after_s)),
            reserve: reserve(team, s.queue),
            in_hand: match &scenario.queues[s.queue].channel {
                scenario::Channel::Chat(chat) => chat.concurrency.saturating_sub(1),
                scenario::Channel::Voice if team.blend => u32::MAX,
                _ => 0,
            },
            serving: serving(scenario, index, s.queue, people),
        })
        .collect();
    skills.sort_by_key(|s| (s.rank, s.queue));
    let named = team.people.as_ref();
    let heads = match named {
        Some(_) => Vec::new(),
        None => segments.iter().map(|s| team.on_phone[s.interval]).collect(),
    };
    Team {
        heads,
        most: most_people(team),
        scored: matches!(rule, CallChoice::WeightedWait | CallChoice::ClosestToGoal),
        ranks_transfers: rule == CallChoice::Priority && scenario.queues.iter().any(|q| q.callers.transfer.is_some()),
        tracks_load: false,
        people: named.map(|p| super::people::people(p, &team.name, segments, scenario.timeline.days.len())),
        ring: ticks(team.ring_s),
        chats: team
            .skills
            .iter()
            .filter_map(|s| scenario.queues[s.queue].channel.chat())
            .map(|c| c.concurrency)
            .max()
            .unwrap_or(1),
        crew: people.map(|people| super::crew::crew(team, most_people(team), &people.effects)),
        blend: team.blend,
        reserves: skills.iter().any(|s| s.reserve > 0),
        skills,
    }
}

/// FNV-1a, 64 bits: the same on every platform, unlike the standard library's hash.
pub(super) fn hash_bytes(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

fn name_hash(name: &str) -> u64 {
    hash_bytes(name.bytes())
}
