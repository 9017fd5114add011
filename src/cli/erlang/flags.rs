//! The flags of `callwright erlang`. They are read as text, so that all that is wrong with them is said at once.

use std::path::PathBuf;

use clap::{Arg, Args};

const WORK: &str = "The work";
const GOALS: &str = "Goals (all must hold)";
const OUTPUT: &str = "Input and output";

/// Flags that make no sense where nobody hangs up.
pub(super) const NOT_C: [&str; 4] = ["patience", "abandon", "formula", "short_abandon"];

/// Flags that make no sense where nobody waits.
pub(super) const NOT_B: [&str; 11] = [
    "patience",
    "goal",
    "abandon",
    "asa",
    "p_wait",
    "occupancy",
    "min_agents",
    "formula",
    "short_abandon",
    "agents",
    "shrinkage",
];

/// Leaves an argument out of the help where its model has no use for it.
pub(super) fn hide(arg: Arg, useless: &[&str]) -> Arg {
    if useless.contains(&arg.get_id().as_str()) { arg.hide(true) } else { arg }
}

#[derive(Args)]
#[command(arg_required_else_help = true)]
pub(super) struct Flags {
    /// Number of calls: 240
    #[arg(long, value_name = "N", allow_hyphen_values = true, help_heading = WORK)]
    pub(super) calls: Option<String>,
    /// ... in how long: 30m, 1h
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help_heading = WORK)]
    pub(super) per: Option<String>,
    /// Mean handle time, wrap-up included: 300s, 4m48s
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help_heading = WORK)]
    pub(super) aht: Option<String>,
    /// How long callers wait on average before they hang up: 3m, or unlimited
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help_heading = WORK)]
    pub(super) patience: Option<String>,
    /// Telephone lines, talking and waiting together
    #[arg(long, value_name = "N", allow_hyphen_values = true, help_heading = WORK)]
    pub(super) lines: Option<String>,
    /// Share of paid time not on the phone: 30%
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true, help_heading = WORK)]
    pub(super) shrinkage: Option<String>,
    /// Service level: "80% in 20s" or 80/20
    #[arg(long, value_name = "GOAL", allow_hyphen_values = true, help_heading = GOALS)]
    pub(super) goal: Option<String>,
    /// Largest share that hangs up: 5%
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true, help_heading = GOALS)]
    pub(super) abandon: Option<String>,
    /// Longest mean wait of the answered: 30s
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help_heading = GOALS)]
    pub(super) asa: Option<String>,
    /// Largest share that finds no free agent: 30%
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true, help_heading = GOALS)]
    pub(super) p_wait: Option<String>,
    /// Largest share that finds no free line: 1%
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true, help_heading = GOALS)]
    pub(super) blocking: Option<String>,
    /// Largest share of time an agent is busy: 85%
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true, help_heading = GOALS)]
    pub(super) occupancy: Option<String>,
    /// Fewest agents, calls or not: 2
    #[arg(long, value_name = "N", allow_hyphen_values = true, help_heading = GOALS)]
    pub(super) min_agents: Option<String>,
    /// What the service level divides by what: offered (the default), ignore_abandons_in_goal,
    /// count_abandons_in_goal, answered_only, count_short_abandons, net_of_short
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, help_heading = GOALS)]
    pub(super) formula: Option<String>,
    /// Hanging up within this is a short abandon, for the formulas that name it: 5s
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help_heading = GOALS)]
    pub(super) short_abandon: Option<String>,
    /// Judge this many agents instead of looking for the fewest
    #[arg(long, value_name = "N", allow_hyphen_values = true, help_heading = OUTPUT)]
    pub(super) agents: Option<String>,
    /// One requirement per row of a CSV file with the column calls and, if they differ, aht and patience
    #[arg(long, value_name = "FILE", help_heading = OUTPUT)]
    pub(super) from: Option<PathBuf>,
    /// Print the table as CSV, and nothing else
    #[arg(long, conflicts_with = "json", help_heading = OUTPUT)]
    pub(super) csv: bool,
    /// Print inputs, requirement and table as JSON, and nothing else
    #[arg(long, help_heading = OUTPUT)]
    pub(super) json: bool,
    /// Draw the figures against the number of agents or lines: a .svg or .png file
    #[arg(long, value_name = "FILE", help_heading = OUTPUT)]
    pub(super) plot: Option<PathBuf>,
}
