//! Floors to report on: the retail floor of the planner's page, and variations of it.

use callwright::experiment::{Options, Results, simulate};
use callwright::model::compile;
use callwright::planner::{Need, TeamNeed};
use callwright::report::RunReport;
use callwright::scenario::*;

/// A floor with all that a report of it needs.
pub struct Ran {
    pub scenario: Scenario,
    pub results: Results,
    pub need: Need,
}

impl Ran {
    /// Simulates a floor; its need is by the square-root rule, which is near enough for a report's layout.
    pub fn new(scenario: Scenario) -> Self {
        let (results, need) = (results(&scenario, 2), rough_need(&scenario));
        Self { scenario, results, need }
    }

    pub fn report(&self) -> RunReport<'_> {
        RunReport {
            scenario: &self.scenario,
            results: &self.results,
            need: &self.need,
            beside: &[],
            input_hash: "0123456789abcdef",
            scenario_file: "scenarios/retail.toml",
            robust: None,
        }
    }
}

pub fn results(scenario: &Scenario, threads: usize) -> Results {
    let model = compile(scenario).expect("the floor compiles");
    simulate(scenario, &model, &Options { threads }, &()).expect("the floor runs")
}

/// Load plus 0.5 times its root, per team that is the first choice of a queue with a goal.
pub fn rough_need(scenario: &Scenario) -> Need {
    let interval_s = f64::from(scenario.timeline.interval_s);
    let first = |queue: usize| {
        let skilled = scenario.teams.iter().enumerate().filter(|(_, t)| t.skills.iter().any(|s| s.queue == queue));
        let preference = |t: &Team| t.skills.iter().find(|s| s.queue == queue).map(|s| s.preference);
        skilled.min_by_key(|(_, t)| preference(t)).map(|(index, _)| index)
    };
    let load = |team: usize, interval: usize| -> f64 {
        let own =
            scenario.queues.iter().enumerate().filter(|(q, stated)| stated.goal.is_some() && first(*q) == Some(team));
        own.map(|(_, q)| q.volume[interval] * aht(q) / interval_s).sum()
    };
    let teams = (0..scenario.teams.len()).filter_map(|team| {
        let loads: Vec<f64> = (0..scenario.timeline.intervals.len()).map(|i| load(team, i)).collect();
        let on_phone = loads.iter().map(|a| Some((a + 0.5 * a.sqrt()).ceil() as u32)).collect();
        (loads.iter().sum::<f64>() > 0.0).then_some(TeamNeed { teams: vec![team], on_phone })
    });
    Need { teams: teams.collect() }
}

fn aht(queue: &Queue) -> f64 {
    let hold = queue.handle.hold.as_ref().map_or(0.0, |(dist, p)| p * dist.mean());
    queue.handle.talk.mean() + hold + queue.handle.wrap.as_ref().map_or(0.0, Dist::mean)
}

/// `days` days of `per_day` intervals from `open` o'clock, starting on Monday 2 March 2026.
pub fn timeline(days: usize, per_day: usize, interval_s: u32, open: u32) -> Timeline {
    let first = jiff::civil::date(2026, 3, 2);
    let day = |d: usize| {
        let date = first.checked_add(jiff::Span::new().days(d as i64)).expect("a date");
        Day {
            label: date.strftime("%a %-d %b %Y").to_string(),
            date: Some(date),
            first_interval: d * per_day,
            interval_count: per_day,
        }
    };
    let interval = |i: usize| {
        let clock = u64::from(open) * 3600 + (i % per_day) as u64 * u64::from(interval_s);
        Interval {
            start_s: (i / per_day) as u64 * 86_400 + clock,
            label: format!("{:02}:{:02}", clock / 3600 % 24, clock / 60 % 60),
            day: i / per_day,
        }
    };
    Timeline {
        interval_s,
        timezone: "Europe/Paris".into(),
        days: (0..days).map(day).collect(),
        intervals: (0..days * per_day).map(interval).collect(),
        round_the_clock: false,
    }
}

pub fn queue(name: &str, volume: Vec<f64>, talk_s: f64) -> Queue {
    Queue {
        channel: Channel::Voice,
        counts: VolumeCounts::Offered,
        first_attempts: 1.0,
        stated_first_attempts: None,
        callers: Callers::default(),
        outcomes: callwright::scenario::Outcomes::default(),
        name: name.into(),
        volume,
        scale: 1.0,
        arrivals: Arrivals::Poisson,
        day_cv: 0.08,
        handle: Handle {
            talk: Dist::Lognormal { mean: talk_s, cv: 0.8 },
            hold: None,
            wrap: Some(Dist::Exponential { mean: 40.0 }),
            factor_by_interval: vec![],
        },
        patience: Some(Dist::Exponential { mean: 180.0 }),
        balk: 0.0,
        priority: 1,
        weight: 1.0,
        lines: None,
        queue_capacity: None,
        short_abandon_s: 5.0,
        target_time_s: 20.0,
        service_level_formula: ServiceLevelFormula::Offered,
        abandon_formula: AbandonFormula::All,
        goal: None,
        agent_choice: None,
    }
}

pub fn goal(service_level: Option<f64>, abandon: Option<f64>) -> Option<Goal> {
    Some(Goal { service_level, abandon, asa_s: None, p_wait: None, over: Period::Day, on: None })
}

pub fn team(name: &str, on_phone: Vec<u32>, skills: &[(usize, i32)]) -> Team {
    Team {
        people: None,
        cost_per_talk_minute: None,
        min_commitment: None,
        reserve: Vec::new(),
        ring_s: 0.0,
        blend: false,
        crew: callwright::scenario::Crew::default(),
        name: name.into(),
        open: vec![true; on_phone.len()],
        on_phone,
        scheduled: None,
        skills: skills
            .iter()
            .map(|&(queue, preference)| Skill { queue, preference, handle_time: 1.0, after_s: 0.0, transfer: None })
            .collect(),
        shrinkage_planned: 0.22,
        shrinkage_unplanned: 0.08,
        cost_per_hour: Some(24.0),
        cost_per_handled: None,
        site: None,
        min_agents: None,
        max_agents: None,
        max_occupancy: None,
        call_choice: None,
    }
}

pub fn floor(name: &str, timeline: Timeline, queues: Vec<Queue>, teams: Vec<Team>) -> Scenario {
    Scenario {
        name: name.into(),
        timeline,
        after_close: AfterClose::Serve,
        lines: None,
        queue_capacity: None,
        currency: "€".into(),
        full_time_week_s: None,
        queues,
        teams,
        routing: Routing { agent_choice: AgentChoice::LongestIdle, call_choice: CallChoice::Priority },
        correlation: None,
        run: Run::plain(200, 1, 0.0),
        plan: PlanSettings::default(),
        check: CheckSettings::default(),
        people: callwright::scenario::PeopleSettings::default(),
    }
}

/// Contacts per half hour from 08:00 to 20:00, 100 in all.
const SHAPE: [f64; 24] = [
    1.9, 2.8, 3.9, 5.0, 6.1, 6.7, 6.4, 5.4, 4.9, 5.3, 6.0, 6.2, 5.6, 5.0, 4.6, 4.1, 4.0, 3.5, 3.1, 2.6, 2.2, 1.9, 1.6,
    1.2,
];

fn shaped(per_day: f64) -> Vec<f64> {
    SHAPE.iter().map(|share| share * per_day / 100.0).collect()
}

/// Three queues, three teams, 08:00-20:00: the floor of the planner's page.
pub fn retail() -> Scenario {
    let tier1 = vec![11, 11, 11, 11, 19, 19, 19, 19, 23, 22, 22, 24, 23, 23, 26, 24, 13, 12, 15, 15, 7, 7, 7, 7];
    let desk = vec![8, 8, 11, 11, 14, 15, 16, 16, 14, 14, 15, 15, 15, 14, 13, 12, 11, 11, 10, 10, 8, 8, 6, 6];
    let partner = vec![0, 0, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0];
    let mut orders = queue("orders", shaped(1804.0), 248.0);
    orders.goal = goal(Some(0.8), Some(0.05));
    let mut returns = queue("returns", shaped(646.0), 319.0);
    returns.goal = goal(Some(0.8), None);
    returns.target_time_s = 30.0;
    let mut billing = queue("billing", shaped(380.0), 411.0);
    billing.goal = goal(Some(0.7), Some(0.05));
    billing.target_time_s = 60.0;
    billing.priority = 2;
    let mut outside = team("partner", partner, &[(0, 2)]);
    (outside.cost_per_hour, outside.cost_per_handled) = (None, Some(3.1));
    (outside.shrinkage_planned, outside.shrinkage_unplanned) = (0.0, 0.0);
    let teams = vec![team("tier1", tier1, &[(0, 1)]), team("desk", desk, &[(1, 1), (2, 1)]), outside];
    floor("Retail floor", timeline(1, 24, 1800, 8), vec![orders, returns, billing], teams)
}

/// One queue and one team, a quarter of the retail floor.
pub fn single() -> Scenario {
    let mut calls = queue("calls", shaped(450.0), 248.0);
    calls.goal = goal(Some(0.8), None);
    let heads = shaped(450.0).iter().map(|v| (v * 288.0 / 1800.0 * 1.1 + 2.0).ceil() as u32).collect();
    floor("Helpdesk", timeline(1, 24, 1800, 8), vec![calls], vec![team("desk", heads, &[(0, 1)])])
}

/// The retail floor on several days, Saturday and Sunday quieter.
pub fn week(days: usize) -> Scenario {
    let mut scenario = retail();
    scenario.timeline = timeline(days, 24, 1800, 8);
    let by_day = |d: usize| [1.15, 1.0, 0.95, 0.97, 1.05, 0.6, 0.4][d % 7];
    for queue in &mut scenario.queues {
        queue.volume = (0..days).flat_map(|d| queue.volume.iter().map(move |v| v * by_day(d))).collect();
    }
    for team in &mut scenario.teams {
        team.on_phone = team.on_phone.repeat(days);
        team.open = team.open.repeat(days);
    }
    scenario.run.replications = 40;
    scenario
}

/// Thirty queues with long names, six teams.
pub fn thirty_queues() -> Scenario {
    let names = |q: usize| format!("customers-of-region-{q:02}-with-contract-äöü");
    let queues = (0..30)
        .map(|q| Queue { goal: goal(Some(0.8), None), ..queue(&names(q), shaped(60.0 + 10.0 * q as f64), 200.0) });
    let skills: Vec<Vec<(usize, i32)>> = (0..6).map(|t| (5 * t..5 * t + 5).map(|q| (q, 1)).collect()).collect();
    let heads = |t: usize| {
        shaped(1.0).iter().map(|v| (v * (400.0 + 250.0 * t as f64) * 240.0 / 1800.0 + 1.0).ceil() as u32).collect()
    };
    let teams = skills
        .iter()
        .enumerate()
        .map(|(t, s)| team(&format!("team-for-regions-number-{t}-and-some-more"), heads(t), s));
    floor("A floor of many regions", timeline(1, 24, 1800, 8), queues.collect(), teams.collect())
}

/// The retail floor, smaller, with a menu, redials, call-backs, a back office that contacts are handed on to, mail, chats
/// and named people.
pub fn everything() -> Scenario {
    let constant = |mean| Dist::Constant { mean };
    let mut orders = queue("orders", shaped(600.0), 248.0);
    orders.goal = goal(Some(0.8), Some(0.05));
    orders.callers = Callers {
        ivr: Some(Ivr { time: constant(40.0), self_served: 0.18 }),
        announce: Some(Announce { balk: 0.3, patience: 1.2 }),
        call_back: Some(CallBack { over_s: 60.0, accept: 0.4, queue: 1, after: Some(constant(1_800.0)) }),
        redial: Some(Redial {
            probability: 0.5,
            after: Dist::Exponential { mean: 600.0 },
            attempts: Some(3),
            queue: None,
        }),
        credit: Some(Credit { share: 0.1, time_s: 60.0 }),
        transfer: Some(Transfer { probability: 0.15, queue: 2, warm: true, handover_s: 20.0 }),
        dial: None,
    };
    let mut call_backs = queue("call-backs", vec![0.0; 24], 240.0);
    call_backs.priority = 3;
    call_backs.callers.dial = Some(Dial { reach: 0.7, no_answer_s: 30.0, retry: constant(1_800.0), attempts: 3 });
    let mut back = queue("back-office", vec![0.0; 24], 400.0);
    back.goal = goal(Some(0.7), None);
    let mut mail = queue("mail", shaped(300.0), 420.0);
    mail.channel = Channel::Email(Messages { preempt: true, backlog: 5, while_closed: vec![20.0] });
    mail.goal = goal(Some(0.9), None);
    mail.target_time_s = 4.0 * 3_600.0;
    let mut chats = queue("chats", shaped(300.0), 500.0);
    chats.channel = Channel::Chat(Chat { concurrency: 3, slowdown: 0.25, silent: 0.3, silent_timeout_s: 120.0 });
    let heads: Vec<u32> = shaped(600.0).iter().map(|v| (v * 0.9 * 300.0 / 1800.0).ceil() as u32 + 1).collect();
    let mut front = team("front", heads, &[(0, 1), (1, 2), (3, 3)]);
    (front.cost_per_talk_minute, front.min_commitment) = (Some(0.2), Some(500.0));
    let mut shifts = team("shifts", vec![5; 24], &[(2, 1), (0, 2)]);
    shifts.people = Some(two_shifts());
    let web = team("web", vec![3; 24], &[(4, 1)]);
    let queues = vec![orders, call_backs, back, mail, chats];
    let mut scenario = floor("Everything", timeline(1, 24, 1800, 8), queues, vec![front, shifts, web]);
    scenario.run.replications = 20;
    scenario
}

/// Five from 08:00 to 15:00 and five from 13:00 to 20:00, with half an hour of break; some are absent, some late.
fn two_shifts() -> People {
    let person = |shift: &str, position: u32, start_h: u64| Person {
        shift: shift.into(),
        position,
        profile: callwright::scenario::StatedProfile::default(),
        duties: vec![Duty {
            day: 0,
            on_phone: vec![
                Stretch { from_s: start_h * 3_600, to_s: (start_h + 3) * 3_600 },
                Stretch { from_s: (start_h + 3) * 3_600 + 1_800, to_s: (start_h + 7) * 3_600 },
            ],
            paid_s: 6.5 * 3_600.0,
        }],
    };
    let persons = (0..5).map(|p| person("early", p, 8)).chain((0..5).map(|p| person("late", p, 13)));
    People {
        persons: persons.collect(),
        absence: 0.06,
        lateness: Some(Lateness { probability: 0.1, time: Dist::Exponential { mean: 600.0 } }),
        paid_absence: true,
        activities: Vec::new(),
    }
}
