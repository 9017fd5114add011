//! The people of replication 1, one by one and by team.

use serde_json::{Map, Value, json};

use crate::people::{Agent, Effects, POINTS, Profile, TRAITS};
use crate::report::json::number;
use crate::report::layout::{Cell, Column, Style, Table, paragraph};
use crate::report::numbers::nine_digits_text;
use crate::report::people::{codes, mean_and_sd, of_profile, shifts};
use crate::scenario::Scenario;

/// Most people listed on a screen.
const MOST_ROWS: usize = 60;

/// One person.
#[derive(Debug, Clone, PartialEq)]
pub struct Individual {
    /// Team.
    pub team: usize,
    /// Number in the team.
    pub position: usize,
    /// Who it is.
    pub profile: Profile,
}

/// Everybody of a floor.
#[derive(Debug, Clone, Copy)]
pub struct AgentsReport<'a> {
    /// The floor.
    pub scenario: &'a Scenario,
    /// Its people in replication 1, team by team.
    pub people: &'a [Individual],
    /// Seed of all randomness.
    pub seed: u64,
    /// Whether the file says anything of people.
    pub stated: bool,
    /// Show the names of a roster.
    pub names: bool,
}

impl AgentsReport<'_> {
    fn agent(&self, of: &Individual) -> Agent {
        Agent::new(&of.profile, &self.scenario.people.effects)
    }

    fn of_team(&self, team: usize) -> Vec<&Individual> {
        self.people.iter().filter(|person| person.team == team).collect()
    }

    /// What scores come to: factors on talk and wrap-up against an average agent of long standing.
    fn factors(&self, of: &Individual) -> [f64; 2] {
        let (own, average) = (self.agent(of), Agent::new(&Profile::default(), &Effects::default()));
        [own.talk_factor() / average.talk_factor(), own.wrap_factor() / average.wrap_factor()]
    }
}

/// A row per person, the header first.
pub fn agents_csv_lines(report: &AgentsReport<'_>) -> Vec<Vec<String>> {
    let mut header: Vec<String> = ["agent", "team", "shift", "position", "replication"].map(String::from).into();
    header.extend(TRAITS.iter().map(|of| of.name().to_owned()).chain(["weeks".to_owned()]));
    header.extend(["talk_factor", "wrap_factor"].map(String::from));
    let (codes, shifts) = (codes(report.scenario), shifts(report.scenario, report.names));
    let row = |of: &Individual| {
        let shift = shifts[of.team].get(of.position).cloned().unwrap_or_default();
        let mut row = vec![codes[of.team].code(of.position), report.scenario.teams[of.team].name.clone(), shift];
        row.extend([(of.position + 1).to_string(), "1".to_owned()]);
        row.extend(of_profile(&of.profile));
        row.extend(report.factors(of).map(|factor| nine_digits_text(Some(factor))));
        row
    };
    [header].into_iter().chain(report.people.iter().map(row)).collect()
}

/// The same for programs, with a summary of each team.
pub fn agents_json(report: &AgentsReport<'_>) -> Value {
    let (codes, shifts) = (codes(report.scenario), shifts(report.scenario, report.names));
    let person = |of: &&Individual| {
        let scores = TRAITS.iter().zip(of.profile.scores);
        let scores: Map<String, Value> = scores.map(|(t, score)| (t.name().to_owned(), number(Some(score)))).collect();
        let [talk, wrap] = report.factors(of);
        let shift = shifts[of.team].get(of.position).filter(|shift| !shift.is_empty());
        json!({
            "agent": codes[of.team].code(of.position),
            "shift": shift,
            "position": of.position + 1,
            "traits": scores,
            "weeks": number(of.profile.weeks),
            "talk_factor": number(Some(talk)),
            "wrap_factor": number(Some(wrap)),
        })
    };
    let team = |(index, team): (usize, &crate::scenario::Team)| {
        let people = report.of_team(index);
        let traits = summary(&people)
            .map(|(name, [mean, sd])| (name.to_owned(), json!({ "mean": number(mean), "sd": number(sd) })));
        let value = json!({
            "people": people.len(),
            "summary": traits.collect::<Map<_, _>>(),
            "agents": people.iter().map(person).collect::<Vec<_>>(),
        });
        (team.name.clone(), value)
    };
    json!({
        "callwright": env!("CARGO_PKG_VERSION"),
        "people_effects": if report.stated { "on, illustrative" } else { "off" },
        "seed": report.seed,
        "replication": 1,
        "population": if report.scenario.people.fixed_population { "fixed" } else { "drawn anew in each replication" },
        "teams": report.scenario.teams.iter().enumerate().map(team).collect::<Map<_, _>>(),
    })
}

/// Mean and standard deviation of each trait, and of the weeks.
fn summary<'p>(people: &'p [&Individual]) -> impl Iterator<Item = (&'static str, [Option<f64>; 2])> + 'p {
    let of = |values: Vec<f64>| {
        let (mean, sd) = mean_and_sd(&values);
        [mean, sd]
    };
    let traits = TRAITS
        .into_iter()
        .map(move |t| (t.name(), of(people.iter().map(|person| person.profile.scores[t as usize]).collect())));
    traits.chain([("weeks", of(people.iter().filter_map(|person| person.profile.weeks).collect()))])
}

/// What the columns of scores are called.
const SHORT: [&str; TRAITS.len()] =
    ["pat", "eff", "sal", "emp", "com", "kno", "mem", "pro", "ada", "att", "prf", "per", "tim"];

/// The list on a terminal, with a summary of each team and what it comes to.
pub fn agents_text(report: &AgentsReport<'_>, style: Style) -> String {
    let people = match (report.stated, report.scenario.people.fixed_population) {
        (false, _) => "off · the file says nothing of people: everybody is average",
        (true, true) => "on, illustrative · the same people in every replication",
        (true, false) => "on, illustrative · drawn anew in each replication",
    };
    let mut sections = vec![
        [
            paragraph(
                "",
                &format!("{} · people of replication 1, seed {}", report.scenario.name, report.seed),
                0,
                style,
            ),
            format!("people effects: {people}"),
        ]
        .join("\n"),
    ];
    let mut room = MOST_ROWS;
    for team in 0..report.scenario.teams.len() {
        sections.push(team_section(report, team, &mut room, style));
    }
    let key: Vec<String> = SHORT.iter().zip(TRAITS).map(|(short, t)| format!("{short} {}", t.name())).collect();
    let legend = format!(
        "scores 0 to 100, 50 is average, {POINTS} points are one standard deviation: {}; weeks on the job (-: long \
         enough); talk, wrap: times with a calm caller against an average agent's",
        key.join(", ")
    );
    sections.push(paragraph("", &legend, 2, style));
    sections.join("\n\n") + "\n"
}

fn team_section(report: &AgentsReport<'_>, team: usize, room: &mut usize, style: Style) -> String {
    let (stated, people) = (&report.scenario.teams[team], report.of_team(team));
    let shown = people.len().min(*room);
    *room -= shown;
    let mut columns = vec![Column::left("AGENT", 0), Column::left("shift", 2).spare(1)];
    columns.extend(SHORT.map(|title| Column::right(title, 1)));
    columns.extend([Column::right("weeks", 2), Column::right("talk", 2), Column::right("wrap", 2)]);
    let (codes, shifts) = (codes(report.scenario), shifts(report.scenario, report.names));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for of in &people[..shown] {
        let shift = shifts[team].get(of.position).cloned().unwrap_or_default();
        let mut row = vec![Cell::from(codes[team].code(of.position)), shift.into()];
        row.extend(of.profile.scores.map(|score| Cell::from(format!("{score:.0}"))));
        row.push(of.profile.weeks.map_or_else(|| "-".to_owned(), |weeks| format!("{weeks:.0}")).into());
        row.extend(report.factors(of).map(|factor| Cell::from(format!("x{factor:.2}"))));
        rows.push(row);
    }
    let [talk, wrap] = [0, 1].map(|at| mean_and_sd(&people.iter().map(|p| report.factors(p)[at]).collect::<Vec<_>>()));
    let tails = [(0, "mean", talk.0, wrap.0), (1, "sd", talk.1, wrap.1)];
    for (at, name, talk, wrap) in tails {
        let mut row = vec![Cell::from(format!("{} {name}", stated.name)), "".into()];
        let text = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.0}"));
        row.extend(summary(&people).map(|(_, figures)| Cell::from(text(figures[at]))));
        row.extend([talk, wrap].map(|x| Cell::from(x.map_or_else(|| "-".to_owned(), |x| format!("{x:.2}")))));
        rows.push(row);
    }
    let mut lines = Table { columns, rows }.lines(style);
    if people.len() > shown {
        let text = format!("and {} more of {}: --csv or --json", people.len() - shown, stated.name);
        lines.push(paragraph("", &text, 2, style));
    }
    lines.push(paragraph("", &comes_to(report, &people), 2, style));
    lines.join("\n")
}

/// "9 people; nine in ten need 0.81 to 1.24 times the talk time of an average agent."
fn comes_to(report: &AgentsReport<'_>, people: &[&Individual]) -> String {
    let n = people.len();
    let mut talk: Vec<f64> = people.iter().map(|person| report.factors(person)[0]).collect();
    talk.sort_unstable_by(f64::total_cmp);
    let ends = [0.05, 0.95].map(|share| crate::stats::percentile(&talk, share));
    let who = if n == 1 { "1 person".to_owned() } else { format!("{n} people") };
    match ends {
        [Some(low), Some(high)] if n > 1 => {
            format!("{who}: nine in ten take {low:.2} to {high:.2} times the talk time of an average agent")
        }
        _ => who,
    }
}
