//! Who calls and who answers, compiled: cases by reason of calling, people of the teams.

use super::{Pick, Queue, Sampler, Tick, ticks};
use crate::people::{Agent, Complexity, Effects, Profile, Reason, Spread, Stated, TRAITS, Tenure};
use crate::scenario::{self, AgentChoice, ComplexityStated, Scenario, StatedProfile, Who};

/// Money is counted in millionths, so that sums do not depend on their order.
pub const MILLION: f64 = 1e6;

/// How people change what happens, on a floor where they do.
#[derive(Debug, Clone)]
pub struct Peopled {
    /// All sizes.
    pub effects: Effects,
    /// The same people in every replication.
    pub fixed: bool,
    /// Whether any team has a quota.
    pub quotas: bool,
    /// Whether people are the same at all hours, but for good and bad days and switches of queue.
    pub steady: bool,
    /// A contact without a return within this time counts as solved.
    pub fcr_window: Tick,
}

/// Who calls a queue, and what may come of it.
#[derive(Debug, Clone)]
pub struct Outcomes {
    /// By reason of calling.
    pub cases: Vec<Case>,
    /// Share of the irate who are abusive.
    pub abusive: f64,
    /// Another contact when the problem was not solved.
    pub repeat: Option<Repeat>,
    /// A promise to come back to the customer.
    pub follow_up: Option<FollowUp>,
    /// Which agent callers of a mood or reason get.
    pub matching: Vec<(Who, Pick)>,
    /// Money of a sale \[millionths\].
    pub revenue: u64,
    /// Worth of keeping a customer \[millionths\]; 0 where none is stated.
    pub value: u64,
    /// Mean talk, hold and wrap of an average agent \[s\]: what a quota is held against.
    pub mean_times_s: [f64; 3],
}

/// Callers with one reason.
#[derive(Debug, Clone)]
pub struct Case {
    /// Cumulated share up to this one.
    pub upto: f64,
    /// The reason; `None` = nothing is stated.
    pub reason: Option<Reason>,
    /// What is stated about them, anchored.
    pub stated: Stated,
    /// How hard their problems are.
    pub complexity: Option<Complexity>,
}

/// Another contact when the problem was not solved.
#[derive(Debug, Clone)]
pub struct Repeat {
    /// Probability.
    pub probability: f64,
    /// Time until then \[s\].
    pub after: Sampler,
    /// Its queue.
    pub queue: u32,
    /// The agent of the contact before is asked first.
    pub same_agent: bool,
}

/// A promise to come back to the customer.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// Share of the unresolved.
    pub share: f64,
    /// Time until then \[s\]; `None` = at once.
    pub after: Option<Sampler>,
    /// Queue of the outgoing calls.
    pub queue: u32,
}

/// The people of a team.
#[derive(Debug, Clone)]
pub struct Crew {
    /// Name of each one's random streams.
    pub names: Vec<u64>,
    /// What is stated of each one; empty = of nobody.
    pub stated: Vec<StatedProfile>,
    /// By trait.
    pub spreads: [Spread; TRAITS.len()],
    /// Time on the job.
    pub tenure: Option<Tenure>,
    /// Points added by training.
    pub gains: [f64; TRAITS.len()],
    /// Contacts an hour everybody is to reach.
    pub quota: Option<f64>,
    /// What everybody comes to, where all are alike; `None` = drawn one by one.
    pub alike: Option<(Profile, Agent)>,
}

/// How people change what happens; `None` where nothing is stated about them.
pub(super) fn peopled(scenario: &Scenario) -> Option<Peopled> {
    let settings = &scenario.people;
    let effects = &settings.effects;
    let any = scenario.queues.iter().any(|queue| queue.outcomes.any())
        || scenario.teams.iter().any(|team| team.crew != scenario::Crew::default() || has_profiles(team))
        || effects.fatigue
        || effects.strain
        || effects.pressure;
    let quotas = scenario.teams.iter().any(|team| team.crew.quota.is_some());
    any.then(|| Peopled {
        effects: *effects,
        fixed: settings.fixed_population,
        quotas,
        steady: !(effects.fatigue || effects.strain || effects.pressure || quotas),
        fcr_window: ticks(settings.fcr_window_s),
    })
}

fn has_profiles(team: &scenario::Team) -> bool {
    team.people.as_ref().is_some_and(scenario::People::has_profiles)
}

pub(super) fn outcomes(scenario: &Scenario, queue: usize) -> Outcomes {
    let q = &scenario.queues[queue];
    let stated = &q.outcomes;
    let times = stated.anchor.times;
    let hold = q.handle.hold.as_ref().map_or(0.0, |(length, p)| length.mean() * p);
    let means = [q.handle.talk.mean(), hold, q.handle.wrap.as_ref().map_or(0.0, scenario::Dist::mean)];
    Outcomes {
        cases: cases(q),
        abusive: stated.abuse.map_or(0.0, |abuse| abuse.share),
        repeat: stated.repeat.as_ref().map(|repeat| Repeat {
            probability: repeat.probability,
            after: Sampler::new(&repeat.after),
            queue: repeat.queue.unwrap_or(queue) as u32,
            same_agent: repeat.same_agent,
        }),
        follow_up: stated.follow_up.as_ref().map(|promise| FollowUp {
            share: promise.share,
            after: promise.after.as_ref().map(Sampler::new),
            queue: promise.queue as u32,
        }),
        matching: stated.matching.iter().map(|(who, choice)| (*who, pick(*choice, true))).collect(),
        revenue: stated.offer.map_or(0, |offer| (offer.revenue * MILLION).round() as u64),
        value: (stated.value.unwrap_or(0.0) * MILLION).round() as u64,
        mean_times_s: std::array::from_fn(|part| means[part] * times[part]),
    }
}

fn cases(queue: &scenario::Queue) -> Vec<Case> {
    let stated = &queue.outcomes;
    let everybody = [(1.0, None)];
    let reasons: Vec<_> = stated.reasons.iter().map(|reason| (reason.share, Some(reason))).collect();
    let mut upto = 0.0;
    let list = if reasons.is_empty() { &everybody[..] } else { &reasons[..] };
    let mut cases: Vec<Case> = list
        .iter()
        .map(|(share, reason)| {
            upto += share;
            case(stated, *reason, upto)
        })
        .collect();
    if let Some(last) = cases.last_mut() {
        last.upto = 1.0;
    }
    cases
}

/// Where problems are equally hard, one table of them serves all queues: fewer stay longer at hand.
pub(super) fn share_tables(queues: &mut [Queue]) {
    let mut tables: Vec<Complexity> = Vec::new();
    let cases = queues.iter_mut().filter_map(|queue| queue.outcomes.as_mut()).flat_map(|outcomes| &mut outcomes.cases);
    for complexity in cases.filter_map(|case| case.complexity.as_mut()) {
        match tables.iter().find(|table| *table == complexity) {
            Some(table) => *complexity = table.clone(),
            None => tables.push(complexity.clone()),
        }
    }
}

fn case(stated: &scenario::Outcomes, reason: Option<&scenario::ReasonShare>, upto: f64) -> Case {
    let complexity = stated.complexity_of(reason);
    Case {
        upto,
        reason: reason.map(|r| r.reason),
        complexity: complexity.map(|ComplexityStated { mean, sd }| Complexity::new(mean, sd)),
        stated: stated.stated(reason),
    }
}

/// The rule for one of several idle agents; where people differ the fastest must be looked for.
pub(super) fn pick(rule: AgentChoice, people: bool) -> Pick {
    match rule {
        AgentChoice::Fastest if people => Pick::Fastest,
        AgentChoice::LongestIdle | AgentChoice::Fastest => Pick::LongestIdle,
        AgentChoice::LeastOccupied => Pick::LeastOccupied,
        AgentChoice::Random => Pick::Random,
        AgentChoice::Best(best) => Pick::Best(best),
    }
}

pub(super) fn crew(team: &scenario::Team, most: usize, effects: &Effects) -> Crew {
    let (names, stated) = match &team.people {
        Some(people) => (
            people.persons.iter().map(|person| super::people::name(&team.name, person)).collect(),
            people.persons.iter().map(|person| person.profile.clone()).collect(),
        ),
        None => (
            (0..most as u32).map(|position| super::people::name_of(&team.name, "heads", position)).collect(),
            Vec::new(),
        ),
    };
    let crew = &team.crew;
    let alike = crew.tenure.is_none() && crew.spreads.iter().all(|spread| spread.sd == 0.0) && !has_profiles(team);
    let profile = trained(Profile { scores: crew.spreads.map(|spread| spread.score(0.0)), weeks: None }, &crew.gains);
    Crew {
        names,
        stated,
        spreads: crew.spreads,
        tenure: crew.tenure,
        gains: crew.gains,
        quota: crew.quota,
        alike: alike.then(|| (profile, Agent::new(&profile, effects))),
    }
}

/// A profile with what training adds.
pub fn trained(mut profile: Profile, gains: &[f64; TRAITS.len()]) -> Profile {
    for (score, gain) in profile.scores.iter_mut().zip(gains) {
        *score = (*score + gain).clamp(0.0, crate::people::MOST_SCORE);
    }
    profile
}
