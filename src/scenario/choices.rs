//! The words of the language for the choices of a [`super::Scenario`], in one place for reading and printing.

use super::types::{
    AbandonFormula, AfterClose, AgentChoice, Arrivals, CallChoice, Period, PlanScope, ServiceLevelFormula, VolumeCounts,
};
use crate::people::Trait;

macro_rules! words {
    ($($type:ident { $($word:literal = $variant:ident),+ $(,)? })+) => {
        $(impl $type {
            /// The choice this word of the scenario language stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// The word of the scenario language for this choice.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        })+
    };
}

words! {
    AfterClose { "serve" = Serve, "drop" = Drop }
    CallChoice { "priority" = Priority, "longest-wait" = LongestWait, "preference" = Preference, "weighted-wait" = WeightedWait, "closest-to-goal" = ClosestToGoal }
    PlanScope { "interval" = Interval, "day" = Day, "goal" = Goal }
    VolumeCounts { "offered" = Offered, "fresh" = Fresh }
    Period { "interval" = Interval, "day" = Day, "week" = Week }
    AbandonFormula { "all" = All, "net_of_short" = NetOfShort }
    ServiceLevelFormula {
        "offered" = Offered,
        "ignore_abandons_in_goal" = IgnoreAbandonsInGoal,
        "count_abandons_in_goal" = CountAbandonsInGoal,
        "answered_only" = AnsweredOnly,
        "count_short_abandons" = CountShortAbandons,
        "net_of_short" = NetOfShort,
    }
}

impl AgentChoice {
    /// The choice this word of the scenario language stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "longest-idle" => Self::LongestIdle,
            "least-occupied" => Self::LeastOccupied,
            "fastest" => Self::Fastest,
            "random" => Self::Random,
            _ => Self::Best(Trait::named(word.strip_prefix("best:")?)?),
        })
    }

    /// The word of the scenario language for this choice.
    pub fn word(self) -> String {
        match self {
            Self::LongestIdle => "longest-idle".into(),
            Self::LeastOccupied => "least-occupied".into(),
            Self::Fastest => "fastest".into(),
            Self::Random => "random".into(),
            Self::Best(best) => format!("best:{}", best.name()),
        }
    }
}

impl Arrivals {
    /// The word of the scenario language for this choice.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Poisson => "poisson",
            Self::Fixed => "fixed",
            Self::Trace(_) => "trace",
        }
    }
}
