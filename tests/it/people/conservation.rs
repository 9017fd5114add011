//! Laws that hold exactly in every replication of floors with people, whatever the floor.

use callwright::engine::{
    AgentCell, Contact, Conversation, Floor, Marks, Observer, Origin, OutcomeCell, PickUp, QueueCell, Sequel, Tally,
    TeamCell,
};
use callwright::model::{Model, Tick, compile};
use callwright::people::{Came, Outcome, Spread, Tenure};
use callwright::scenario::*;

use crate::engine::random_floors;

/// Counts contacts one by one, beside the tally.
#[derive(Default)]
struct Ledger {
    by_origin: [u64; 5],
    attempted: u64,
    handled: Tick,
    returns: u64,
    later: u64,
    on_duty: Tick,
    staffed: Tick,
    unsolved_first: u64,
}

impl Ledger {
    fn attempt(&mut self, contact: &Contact) {
        self.attempted += 1;
        self.by_origin[contact.origin as usize] += 1;
    }
}

impl Observer for Ledger {
    fn begin(&mut self, _: u64) {}
    fn blocked(&mut self, _: usize, contact: &Contact) {
        self.attempt(contact);
    }
    fn answered(&mut self, contact: &Contact, _: &PickUp, conversation: &Conversation) {
        self.attempt(contact);
        self.handled += conversation.total();
    }
    fn worked(&mut self, _: &PickUp, _: Tick) {}
    fn abandoned(&mut self, _: usize, contact: &Contact) {
        self.attempt(contact);
    }
    fn dropped(&mut self, _: usize, contact: &Contact, _: Tick) {
        self.attempt(contact);
    }
    fn staffed(&mut self, _: usize, _: usize, ticks: Tick) {
        self.staffed += ticks;
    }
    fn outcome(&mut self, contact: &Contact, _: &PickUp, outcome: &Outcome, sequel: &Sequel) {
        self.returns += u64::from(sequel.returns);
        assert!(!sequel.returns || outcome.is_unsolved());
        let calm = outcome.has(Came::Calmed) || !outcome.mood.is_heated();
        assert!(!outcome.has(Came::Offered) || (outcome.has(Came::Resolved) && calm));
        assert!(!outcome.has(Came::Sold) || outcome.has(Came::Offered));
        self.unsolved_first += u64::from(!outcome.has(Came::Resolved) && !contact.marks.has(Marks::HANDLED));
    }
    fn on_duty(&mut self, _: usize, _: usize, ticks: Tick) {
        self.on_duty += ticks;
    }
    fn repeat_later(&mut self, _: usize, _: usize) {
        self.later += 1;
    }
}

/// A random floor with everything that people bring.
fn peopled(seed: u64) -> Scenario {
    let mut scenario = random_floors::floor(seed);
    scenario.people.steady_loops = false;
    scenario.people.fcr_window_s = 1e9;
    scenario.people.fixed_population = seed % 2 == 1;
    let pick = |n: u64| (seed / n).is_multiple_of(2);
    let queues = scenario.queues.len();
    for (number, queue) in scenario.queues.iter_mut().enumerate() {
        queue.outcomes = Outcomes {
            first_contact_resolution: Some(0.6),
            satisfaction: pick(2).then_some(0.7),
            moods: pick(3).then_some([0.6, 0.1, 0.2, 0.1]),
            complexity: pick(5).then_some(ComplexityStated { mean: 0.4, sd: 0.25 }),
            abuse: pick(7).then_some(Abuse { share: 0.5, end_after_s: Some(30.0) }),
            retention: pick(5).then_some(0.9),
            value: Some(100.0),
            offer: pick(6).then_some(OfferStated { chance: 0.5, conversion: 0.3, revenue: 10.0, talk_s: 20.0 }),
            repeat: Some(Repeat {
                probability: 0.7,
                after: Dist::Exponential { mean: 900.0 },
                queue: pick(2).then_some((number + 1) % queues),
                same_agent: pick(3),
            }),
            ..Outcomes::default()
        };
    }
    let timeline = scenario.timeline.clone();
    for (number, team) in scenario.teams.iter_mut().enumerate() {
        // Every other team of every other floor has people by name.
        if pick(1) && number.is_multiple_of(2) {
            team.people = Some(by_name(&timeline, *team.on_phone.iter().max().unwrap()));
        }
        team.crew.stated = true;
        team.crew.spreads.iter_mut().for_each(|spread| *spread = Spread { mean: 45.0, sd: 20.0 });
        team.crew.tenure = pick(2).then_some(Tenure { mean_weeks: 30.0, min_weeks: 1.0 });
        team.crew.quota = pick(3).then_some(12.0);
    }
    let effects = &mut scenario.people.effects;
    (effects.fatigue, effects.strain, effects.pressure) = (pick(2), pick(3), pick(4));
    scenario
}

/// People who come and leave at different times and have a break of a quarter of an interval.
fn by_name(timeline: &Timeline, heads: u32) -> People {
    let length = u64::from(timeline.interval_s);
    let duty = |day: usize, person: u64| {
        let span = &timeline.days[day];
        let first = timeline.intervals[span.first_interval].start_s;
        let all = span.interval_count as u64 * length;
        let (from, to) = (first + all * (person % 3) / 8, first + all - all * (person % 2) / 8);
        let lunch = from + (to - from) / 2;
        let stretch = |from_s: u64, to_s: u64| Stretch { from_s, to_s };
        let on_phone = vec![stretch(from, lunch), stretch(lunch + length / 4, to)];
        Duty { day, on_phone, paid_s: (to - from) as f64 }
    };
    let person = |number: u32| Person {
        shift: "all".into(),
        position: number,
        duties: (0..timeline.days.len()).map(|day| duty(day, u64::from(number))).collect(),
        profile: StatedProfile::default(),
    };
    People {
        persons: (0..heads).map(person).collect(),
        absence: 0.1,
        lateness: Some(Lateness { probability: 0.3, time: Dist::Exponential { mean: 300.0 } }),
        paid_absence: true,
        activities: Vec::new(),
    }
}

#[test]
fn contacts_people_and_outcomes_are_conserved() {
    let (mut repeats, mut warm) = (0, 0);
    for seed in 0..150 {
        let mut scenario = peopled(seed);
        for warm_up_s in [0.0, f64::from(scenario.timeline.interval_s)] {
            scenario.run.warm_up_s = warm_up_s;
            // Some floors are over after one interval, or do not open on the hour.
            let Ok(model) = compile(&scenario) else {
                assert!(warm_up_s > 0.0);
                continue;
            };
            warm += u32::from(warm_up_s > 0.0);
            let (mut floor, mut tally) = (Floor::new(&model), Tally::new(&model));
            for replication in 0..3 {
                floor.run(replication, &mut tally);
                sums_agree(&model, &tally, seed);
                // Who is drawn anew in each replication is seen in the first only.
                let kept = replication == 0 || scenario.people.fixed_population;
                assert!(kept || tally.agents.is_empty());
                if kept {
                    people_agree(&model, &tally, seed);
                }
                if warm_up_s == 0.0 {
                    let mut ledger = Ledger::default();
                    Floor::new(&model).run(replication, &mut ledger);
                    books_agree(&tally, &ledger, seed);
                    repeats += ledger.by_origin[Origin::Repeat as usize];
                }
            }
        }
    }
    assert!(repeats > 1_000 && warm > 50, "{repeats} {warm}");
}

/// Sums over people are sums over teams.
fn people_agree(model: &Model, tally: &Tally<'_>, seed: u64) {
    let mut first = 0;
    for (number, team) in model.teams.iter().enumerate() {
        let mut people = AgentCell::default();
        for agent in &tally.agents[first..first + team.most] {
            people.answered += agent.answered;
            people.handled.add(&agent.handled);
            people.busy += agent.busy;
            people.on_duty += agent.on_duty;
            people.outcomes.add(&agent.outcomes);
        }
        first += team.most;
        let mut all = TeamCell::default();
        let mut open = TeamCell::default();
        for (cell, segment) in tally.team(number).iter().zip(&model.segments).skip(model.counted_from) {
            all.add(cell);
            if segment.open {
                open.add(cell);
            }
        }
        assert_eq!((people.answered, people.handled), (all.answered, all.handled), "floor {seed}");
        assert_eq!(
            (people.busy, people.on_duty),
            (open.busy, open.staffed),
            "floor {seed} from {}",
            model.counted_from
        );
        let days: Vec<_> = (0..model.days.len()).map(|day| tally.team_outcomes(number, day)).collect();
        assert_eq!(people.outcomes, sum(&days), "floor {seed}");
    }
}

fn sum(cells: &[OutcomeCell]) -> OutcomeCell {
    let mut sum = OutcomeCell::default();
    cells.iter().for_each(|cell| sum.add(cell));
    sum
}

/// Outcomes are the same sum whoever adds them up.
fn sums_agree(model: &Model, tally: &Tally<'_>, seed: u64) {
    if model.counted_from == 0 {
        assert_eq!(sum(&tally.outcomes), sum(&tally.team_outcomes), "floor {seed}");
    }
}

fn books_agree(tally: &Tally<'_>, ledger: &Ledger, seed: u64) {
    let mut cells = QueueCell::default();
    tally.queues.iter().for_each(|cell| cells.add(cell));
    assert_eq!(u64::from(cells.offered + cells.blocked), ledger.attempted, "floor {seed}");
    assert_eq!(cells.offered, cells.answered + cells.abandoned + cells.dropped);
    assert_eq!(cells.handled.total(), ledger.handled);
    let mut teams = TeamCell::default();
    tally.teams.iter().for_each(|cell| teams.add(cell));
    assert_eq!((teams.answered, teams.answered_in_goal), (cells.answered, cells.answered_in_goal), "floor {seed}");
    let loops =
        |of: fn(&callwright::engine::LoopCell) -> u32| tally.loops.iter().map(|c| u64::from(of(c))).sum::<u64>();
    assert_eq!(loops(|c| c.repeats), ledger.by_origin[Origin::Repeat as usize], "floor {seed}");
    assert_eq!(loops(|c| c.redials), ledger.by_origin[Origin::Redial as usize], "floor {seed}");
    assert_eq!(loops(|c| c.repeats_later), ledger.later);
    // Whoever will come again does, or would after the end.
    assert_eq!(ledger.returns, ledger.by_origin[Origin::Repeat as usize] + ledger.later, "floor {seed}");
    if tally.duties.is_empty() {
        assert_eq!(ledger.on_duty, ledger.staffed, "floor {seed}");
    }
    let outcomes = |of: fn(&OutcomeCell) -> u32| tally.outcomes.iter().map(|c| u64::from(of(c))).sum::<u64>();
    assert_eq!(outcomes(|c| c[Came::Handled]), u64::from(cells.answered));
    assert_eq!(outcomes(|c| c[Came::First] - c[Came::FirstResolved]), ledger.unsolved_first);
}
