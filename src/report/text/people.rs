//! SHIFTS: what only named people have, and how full the hands of agents with chats are.

use crate::experiment::TeamMetric;
use crate::report::RunReport;
use crate::report::layout::{Cell, Column, Style, Table, paragraph};
use crate::report::numbers::{hours, percent, thousands};

/// Most teams in the table, and with a line.
const MOST_ROWS: usize = 12;

/// The table; nothing on floors of head counts.
pub(super) fn section(report: &RunReport<'_>, style: Style) -> String {
    let teams = &report.scenario.teams;
    let named: Vec<usize> = (0..teams.len()).filter(|&team| teams[team].people.is_some()).collect();
    if named.is_empty() {
        return String::new();
    }
    let columns = vec![
        Column::left("SHIFTS", 0),
        Column::right("people in all", 2),
        Column::right("there h", 2),
        Column::right("overtime h", 2),
        Column::right("absence", 2),
        Column::right("adherence", 2),
    ];
    let rows = named.iter().take(MOST_ROWS).map(|&team| row(report, team)).collect();
    let mut lines = Table { columns, rows }.lines(style);
    if named.len() > MOST_ROWS {
        let text = format!("and {} more: --json or teams.csv", named.len() - MOST_ROWS);
        lines.push(paragraph("", &text, 2, style));
    }
    let legend = "there h: on the phone without those absent or late; absence: of the time on the phone by plan; \
                  adherence: of that of those who came; overtime: after closing or past the planned end, for a contact";
    lines.push(paragraph("", legend, 2, style));
    lines.join("\n")
}

/// How full the hands of agents with chats are, team by team.
pub(super) fn hands(report: &RunReport<'_>) -> Vec<String> {
    (0..report.scenario.teams.len()).filter_map(|team| chats(report, team)).take(MOST_ROWS).collect()
}

fn row(report: &RunReport<'_>, team: usize) -> Vec<Cell> {
    let (stated, result) = (&report.scenario.teams[team], &report.results.teams[team]);
    let mean = |metric, text: fn(f64) -> String| -> Cell {
        result.get(metric).mean.map_or_else(|| "-".to_owned(), text).into()
    };
    let people = stated.people.as_ref().map_or(0, |people| people.persons.len());
    vec![
        stated.name.as_str().into(),
        thousands(people as f64).into(),
        mean(TeamMetric::OnPhoneH, hours),
        mean(TeamMetric::OvertimeH, hours),
        mean(TeamMetric::Absence, percent),
        mean(TeamMetric::Adherence, percent),
    ]
}

/// "web: 2.1 of 3 chats in hand, while there are any (70.3 % of concurrency used)"
fn chats(report: &RunReport<'_>, team: usize) -> Option<String> {
    let stated = &report.scenario.teams[team];
    let concurrency = |skill: &crate::scenario::Skill| report.scenario.queues[skill.queue].channel.chat();
    let most =
        stated.skills.iter().filter_map(concurrency).map(|chat| chat.concurrency).max().filter(|&most| most > 1)?;
    let used = report.results.teams[team].get(TeamMetric::ConcurrencyUsed).mean?;
    Some(format!(
        "{}: agents with chats have {:.1} of {most} in hand ({} of concurrency used)",
        stated.name,
        used * f64::from(most),
        percent(used)
    ))
}

/// The most people of a team at work at once: on the phone, or on a break between two times on the phone.
pub(super) fn most_at_work(report: &RunReport<'_>, team: usize) -> u32 {
    let stated = &report.scenario.teams[team];
    let counted = report.counted();
    let Some(people) = &stated.people else {
        return stated.on_phone[counted].iter().copied().max().unwrap_or(0);
    };
    let intervals = &report.scenario.timeline.intervals;
    let from_s = intervals.get(counted.start).map_or(0, |interval| interval.start_s);
    // Who leaves at an instant has left before others come.
    let mut changes: Vec<(u64, i64)> = Vec::new();
    for duty in people.persons.iter().flat_map(|person| &person.duties) {
        if let (Some(first), Some(last)) = (duty.on_phone.first(), duty.on_phone.last())
            && last.to_s > from_s
        {
            changes.extend([(first.from_s.max(from_s), 1), (last.to_s, -1)]);
        }
    }
    changes.sort_unstable();
    let mut at_work = 0;
    let most = changes.iter().map(|(_, change)| {
        at_work += change;
        at_work
    });
    most.max().and_then(|most| u32::try_from(most).ok()).unwrap_or(0)
}
