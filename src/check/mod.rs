//! Verdicts: does a floor meet its goals, and has it got worse?
//!
//! ```text
//! weigh_goals()    results against the goals of the scenario -> Judgement
//! weigh_changes()  paired differences against the tolerances of the scenario -> Judgement
//! decide()         all judgements of a call -> Verdicts
//! Baseline         scenarios and figures as they were, in a file
//! ```
//!
//! Every verdict says what the evidence says. `Fail` and `Pass` are both shown with the stated risk for all figures of
//! all scenarios together (Holm 1979); what is neither is `Unsure`, with the number of replications that would decide.

mod baseline;
mod changes;
mod evidence;
mod goals;
mod verdict;

pub use baseline::{Baseline, Drift, Kept, figures};
pub use changes::{Change, judge_changes, paired_changes, weigh_changes};
pub use goals::{judge_goals, states_goals, weigh_goals};
pub use verdict::{Finding, Judgement, Outcome, Rule, Verdict, decide};
