//! The words of the language for the choices of a [`super::Scenario`], in one place for reading and printing.

use super::types::{
    AbandonFormula, AfterClose, AgentChoice, Arrivals, CallChoice, Period, PlanScope, ServiceLevelFormula, VolumeCounts,
};

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
    AgentChoice { "longest-idle" = LongestIdle, "least-occupied" = LeastOccupied, "fastest" = Fastest, "random" = Random }
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
