//! The people each team needs by formula, interval by interval.

/// Need by formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// One entry per team that is the first choice of a queue with a goal; teams that only help out have none.
    pub teams: Vec<TeamNeed>,
}

/// What one team needs. Teams that are equally the first choice of a queue share one need.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamNeed {
    /// The teams it is for (usually one).
    pub teams: Vec<usize>,
    /// People on the phone by open interval of the timeline; `None` = no staffing meets the goal.
    pub on_phone: Vec<Option<u32>>,
}
