//! What agents are like: thirteen scores and the time on the job.

/// A quality of an agent, scored from 0 to 100; 50 is average and 20 points are one standard deviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Trait {
    /// Bears upset and irate callers.
    Patience,
    /// Works fast.
    Efficiency,
    /// Turns offers into sales.
    Sales,
    /// Feels with the caller.
    Empathy,
    /// Listens and explains.
    Communication,
    /// Knows the answers.
    Knowledge,
    /// Remembers cases and where things are.
    Memory,
    /// Finds answers nobody has written down.
    ProblemSolving,
    /// Switches between kinds of work.
    Adaptability,
    /// Likes the work.
    Attitude,
    /// Delivers the same quality every day.
    Professionalism,
    /// Wins people over.
    Persuasion,
    /// Keeps records short and times kept.
    TimeManagement,
}

/// All of them, in the order of every table.
pub const TRAITS: [Trait; 13] = [
    Trait::Patience,
    Trait::Efficiency,
    Trait::Sales,
    Trait::Empathy,
    Trait::Communication,
    Trait::Knowledge,
    Trait::Memory,
    Trait::ProblemSolving,
    Trait::Adaptability,
    Trait::Attitude,
    Trait::Professionalism,
    Trait::Persuasion,
    Trait::TimeManagement,
];

/// The highest score.
pub const MOST_SCORE: f64 = 100.0;
/// The score of an average agent.
pub(super) const AVERAGE: f64 = 50.0;
/// Points of one standard deviation.
pub const POINTS: f64 = 20.0;

impl Trait {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patience => "patience",
            Self::Efficiency => "efficiency",
            Self::Sales => "sales",
            Self::Empathy => "empathy",
            Self::Communication => "communication",
            Self::Knowledge => "knowledge",
            Self::Memory => "memory",
            Self::ProblemSolving => "problem_solving",
            Self::Adaptability => "adaptability",
            Self::Attitude => "attitude",
            Self::Professionalism => "professionalism",
            Self::Persuasion => "persuasion",
            Self::TimeManagement => "time_management",
        }
    }

    /// The trait of this name.
    pub fn named(name: &str) -> Option<Self> {
        TRAITS.into_iter().find(|t| t.name() == name)
    }
}

/// Scores of one agent, and the time on the job.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    /// By [`Trait`], 0 to 100.
    pub scores: [f64; TRAITS.len()],
    /// Weeks on the job; `None` = long enough to have learnt it.
    pub weeks: Option<f64>,
}

impl Default for Profile {
    fn default() -> Self {
        Self { scores: [AVERAGE; TRAITS.len()], weeks: None }
    }
}

impl Profile {
    /// Standard deviations above the average.
    pub fn z(&self, of: Trait) -> f64 {
        (self.scores[of as usize] - AVERAGE) / POINTS
    }
}

/// How a trait is spread over the people of a team: normal, cut to 0..100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Mean score before cutting.
    pub mean: f64,
    /// Standard deviation before cutting \[points\]; 0 = everybody has the mean.
    pub sd: f64,
}

impl Default for Spread {
    fn default() -> Self {
        Self { mean: AVERAGE, sd: 0.0 }
    }
}

impl Spread {
    /// The score at a standard normal number.
    pub fn score(&self, normal: f64) -> f64 {
        (self.mean + self.sd * normal).clamp(0.0, MOST_SCORE)
    }
}

/// Time on the job over the people of a team: `min` + an exponential time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tenure {
    /// Mean \[weeks\].
    pub mean_weeks: f64,
    /// Shortest \[weeks\].
    pub min_weeks: f64,
}

impl Tenure {
    /// The time at a standard exponential number \[weeks\].
    pub fn weeks(&self, exponential: f64) -> f64 {
        self.min_weeks + (self.mean_weeks - self.min_weeks) * exponential
    }
}
