//! Small floors built by hand, and the yardstick for simulated figures.

use callwright::experiment::{Estimate, Options, Results, simulate};
use callwright::model::compile;
use callwright::scenario::*;
use callwright::stats::student_95;

/// `count` intervals of `interval_s` in one opening that starts at 08:00 and closes.
pub fn one_day(count: usize, interval_s: u32) -> Timeline {
    days(1, count, interval_s, 0, 0)
}

/// Round the clock, in hours, without a closing in between.
pub fn round_the_clock(hours: usize) -> Timeline {
    Timeline { round_the_clock: true, ..days(1, hours, 3600, 0, 0) }
}

/// `days` openings of `count` intervals, `pause_s` apart, the first at `start_s`.
pub fn days(days: usize, count: usize, interval_s: u32, pause_s: u64, start_s: u64) -> Timeline {
    let length = u64::from(interval_s);
    let day_start = |day: usize| start_s + day as u64 * (count as u64 * length + pause_s);
    Timeline {
        interval_s,
        timezone: "UTC".into(),
        round_the_clock: false,
        days: (0..days)
            .map(|day| Day {
                label: format!("day {}", day + 1),
                date: None,
                first_interval: day * count,
                interval_count: count,
            })
            .collect(),
        intervals: (0..days * count)
            .map(|i| Interval {
                start_s: day_start(i / count) + (i % count) as u64 * length,
                label: format!("#{i}"),
                day: i / count,
            })
            .collect(),
    }
}

/// A queue with exponential handle times and patience (0 = unlimited), the same volume in each interval.
pub fn queue(name: &str, volume: Vec<f64>, aht_s: f64, patience_s: f64) -> Queue {
    Queue {
        name: name.into(),
        channel: Channel::Voice,
        volume,
        scale: 1.0,
        counts: VolumeCounts::Offered,
        first_attempts: 1.0,
        stated_first_attempts: None,
        arrivals: Arrivals::Poisson,
        day_cv: 0.0,
        handle: Handle {
            talk: Dist::Exponential { mean: aht_s },
            hold: None,
            wrap: None,
            factor_by_interval: Vec::new(),
        },
        patience: (patience_s > 0.0).then_some(Dist::Exponential { mean: patience_s }),
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
        callers: Callers::default(),
        outcomes: callwright::scenario::Outcomes::default(),
    }
}

/// A team on the phone with `heads` per interval and skills (queue, preference, handle time).
pub fn team(name: &str, heads: Vec<u32>, skills: &[(usize, i32, f64)]) -> Team {
    Team {
        name: name.into(),
        open: vec![true; heads.len()],
        on_phone: heads,
        scheduled: None,
        people: None,
        skills: skills
            .iter()
            .map(|&(queue, preference, handle_time)| Skill {
                queue,
                preference,
                handle_time,
                after_s: 0.0,
                transfer: None,
            })
            .collect(),
        shrinkage_planned: 0.0,
        shrinkage_unplanned: 0.0,
        cost_per_hour: None,
        cost_per_handled: None,
        cost_per_talk_minute: None,
        min_commitment: None,
        site: None,
        min_agents: None,
        max_agents: None,
        max_occupancy: None,
        call_choice: None,
        reserve: Vec::new(),
        ring_s: 0.0,
        blend: false,
        crew: callwright::scenario::Crew::default(),
    }
}

/// A floor with default routing, 200 replications, seed 1.
pub fn floor(timeline: Timeline, queues: Vec<Queue>, teams: Vec<Team>) -> Scenario {
    Scenario {
        name: "test".into(),
        timeline,
        after_close: AfterClose::Serve,
        lines: None,
        queue_capacity: None,
        currency: String::new(),
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

/// Simulates a floor on all processors.
pub fn run(scenario: &Scenario) -> Results {
    let model = compile(scenario).expect("the floor is well formed");
    simulate(scenario, &model, &Options::default(), &()).expect("threads start")
}

/// A team of a steady floor: name, people, skills (queue, preference, handle time).
pub type Heads<'a> = (&'a str, u32, &'a [(usize, i32, f64)]);

/// How long a steady floor is watched: `replications` times `counted_s` after `warm_up_s` (whole hours both).
pub struct Watch {
    pub replications: u32,
    pub warm_up_h: usize,
    pub counted_h: usize,
}

impl Watch {
    /// Enough for a floor with relaxation time `tau_s` and `per_hour` contacts: ten relaxation times of warm-up,
    /// at least ten of counting, some 20,000 contacts per replication.
    pub fn steady(tau_s: f64, per_hour: f64) -> Self {
        let warm_up_h = (10.0 * tau_s / 3600.0).ceil().max(1.0);
        let counted_h = warm_up_h.max((20_000.0 / per_hour).ceil()).min(4_000.0);
        Self { replications: 40, warm_up_h: warm_up_h as usize, counted_h: counted_h as usize }
    }

    /// A floor that is the same in every hour.
    pub fn floor(&self, queues: Vec<Queue>, heads: &[Heads<'_>]) -> Scenario {
        let hours = self.warm_up_h + self.counted_h;
        let queues = queues.into_iter().map(|q| Queue { volume: vec![q.volume[0]; hours], ..q }).collect();
        let teams = heads.iter().map(|(name, n, skills)| team(name, vec![*n; hours], skills)).collect();
        let mut scenario = floor(round_the_clock(hours), queues, teams);
        scenario.run.replications = self.replications;
        scenario.run.warm_up_s = 3600.0 * self.warm_up_h as f64;
        scenario
    }
}

/// Compares simulated figures with exact ones and remembers every z.
#[derive(Default)]
pub struct Yardstick {
    pub scores: Vec<f64>,
    failures: Vec<String>,
}

impl Yardstick {
    /// |z| must stay below this: a true figure fails with probability 7e-6 (normal), and seeds are fixed.
    pub const LIMIT: f64 = 4.5;

    /// `reference_half_width` is the reference's own 95 % half-width, 0 for an exact value.
    pub fn compare(
        &mut self,
        what: &str,
        estimate: Estimate,
        replications: u64,
        exact: f64,
        reference_half_width: f64,
    ) {
        let mean = estimate.mean.unwrap_or(f64::NAN);
        let half_width = estimate.half_width.unwrap_or(f64::NAN);
        let error = half_width / student_95(replications - 1);
        let spread = libm::hypot(error, reference_half_width / 1.96);
        let z = (mean - exact) / spread;
        let equal = (mean - exact).abs() <= 1e-9 * exact.abs();
        if equal {
            return;
        }
        self.scores.push(z);
        if z.is_nan() || z.abs() >= Self::LIMIT {
            self.failures.push(format!("{what}: simulated {mean:.9} ± {half_width:.2e}, exact {exact:.9}, z = {z:.2}"));
        }
    }

    /// All comparisons passed; `mean_square` bounds the mean of z² (only meaningful for many independent rows).
    #[track_caller]
    pub fn verdict(&self, at_least: usize, mean_square: Option<(f64, f64)>) {
        let n = self.scores.len();
        assert!(self.failures.is_empty(), "{} of {n} failed:\n{}", self.failures.len(), self.failures.join("\n"));
        assert!(n >= at_least, "only {n} figures were compared, expected at least {at_least}");
        let square = self.scores.iter().map(|z| z * z).sum::<f64>() / n as f64;
        if let Some((low, high)) = mean_square {
            assert!((low..high).contains(&square), "mean z² over {n} figures is {square:.3}");
        }
    }
}
