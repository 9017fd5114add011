//! `agents.csv`: everybody, who they are and what came of their conversations.

use crate::experiment::AgentMetric;
use crate::people::{Profile, TRAITS};
use crate::report::RunReport;
use crate::report::csv_files::{cells_of_estimate, header_of_estimate};
use crate::report::numbers::nine_digits_text;
use crate::scenario::{Scenario, Team};

/// One row for each person. Scores are those of replication 1, which the column `profile_replication` says; figures
/// rest on the replications of the column `figures_replications`.
pub(in crate::report) fn agents_csv(report: &RunReport<'_>) -> Vec<Vec<String>> {
    let mut header: Vec<String> =
        ["agent", "team", "shift", "position", "profile_replication", "figures_replications"].map(String::from).into();
    // "sales" is a trait and a figure.
    header.extend(TRAITS.iter().map(|of| format!("score_{}", of.name())).chain(["weeks".to_owned()]));
    header.extend(AgentMetric::ALL.iter().flat_map(|metric| header_of_estimate(metric.name(), false)));
    let rests = if super::over_all(report.scenario) { report.results.replications } else { 1 };
    let (codes, shifts) = (codes(report.scenario), shifts(report.scenario, false));
    let row = |agent: &crate::experiment::AgentResult| {
        let (team, position) = (agent.team, agent.position);
        let shift = shifts[team].get(position).cloned().unwrap_or_default();
        let mut row = vec![codes[team].code(position), report.scenario.teams[team].name.clone(), shift];
        row.extend([(position + 1).to_string(), "1".to_owned(), rests.to_string()]);
        row.extend(of_profile(&agent.profile));
        row.extend(AgentMetric::ALL.iter().flat_map(|&metric| cells_of_estimate(agent.get(metric), false)));
        row
    };
    [header].into_iter().chain(report.results.agents.iter().map(row)).collect()
}

/// The thirteen scores and the weeks, as cells.
pub(in crate::report) fn of_profile(profile: &Profile) -> Vec<String> {
    profile.scores.iter().map(|score| nine_digits_text(Some(*score))).chain([nine_digits_text(profile.weeks)]).collect()
}

/// How the people of a team are called: "tier1-7".
pub(in crate::report) struct Codes(String);

impl Codes {
    pub(in crate::report) fn code(&self, position: usize) -> String {
        format!("{}-{}", self.0, position + 1)
    }
}

/// Team by team.
pub(in crate::report) fn codes(scenario: &Scenario) -> Vec<Codes> {
    scenario.teams.iter().map(|team| Codes(team.name.clone())).collect()
}

/// The shift of everybody, team by team; empty for head counts. A roster has names in their place, which are shown
/// on request only.
pub(in crate::report) fn shifts(scenario: &Scenario, names: bool) -> Vec<Vec<String>> {
    let of_team = |team: &Team| {
        let persons = team.people.as_ref().map_or(&[][..], |people| &people.persons);
        let by_name = persons.iter().all(|person| person.position == 0);
        let shown = |shift: &String| if by_name && !names { String::new() } else { shift.clone() };
        persons.iter().map(|person| shown(&person.shift)).collect()
    };
    scenario.teams.iter().map(of_team).collect()
}
