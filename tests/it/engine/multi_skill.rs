//! Small floors with shared teams, solved exactly as Markov chains (`multiskill_ctmc.csv`).

use callwright::experiment::{QueueMetric, TeamMetric};
use callwright::scenario::*;

use super::reference::{Row, table};
use crate::floors::*;

/// "A C | B C" -> [["A", "C"], ["B", "C"]]
fn lists(text: &str) -> Vec<Vec<String>> {
    text.split('|').map(|part| part.split_whitespace().map(str::to_owned).collect()).collect()
}

/// Preference numbers that order groups for each class and classes for each group as the row asks. One number
/// serves both: level by level through the order that both lists imply.
fn preferences(group_skills: &[Vec<usize>], class_groups: &[Vec<usize>]) -> Vec<Vec<i32>> {
    let mut level = vec![vec![1; class_groups.len()]; group_skills.len()];
    for _ in 0..group_skills.len() * class_groups.len() {
        for (class, groups) in class_groups.iter().enumerate() {
            for pair in groups.windows(2) {
                level[pair[1]][class] = level[pair[1]][class].max(level[pair[0]][class] + 1);
            }
        }
        for (group, classes) in group_skills.iter().enumerate() {
            for pair in classes.windows(2) {
                level[group][pair[1]] = level[group][pair[1]].max(level[group][pair[0]] + 1);
            }
        }
    }
    level
}

fn build(row: &Row) -> (Scenario, usize) {
    let numbers =
        |column: &str| -> Vec<f64> { row.text(column).split_whitespace().map(|x| x.parse().unwrap()).collect() };
    let (agents, rates, patience) = (numbers("agents_per_group"), numbers("calls_per_hour"), numbers("patience_s"));
    let skills: Vec<Vec<usize>> = lists(row.text("group_skills"))
        .iter()
        .map(|l| l.iter().map(|x| x.parse::<usize>().unwrap() - 1).collect())
        .collect();
    let groups: Vec<Vec<usize>> = lists(row.text("class_group_pref"))
        .iter()
        .map(|l| l.iter().map(|x| (x.as_bytes()[0] - b'A') as usize).collect())
        .collect();
    let aht: Vec<Vec<Option<f64>>> =
        lists(row.text("aht_s")).iter().map(|l| l.iter().map(|x| x.parse().ok()).collect()).collect();
    let preference = preferences(&skills, &groups);
    let base: Vec<f64> = aht.iter().map(|by_group| by_group.iter().flatten().copied().next().unwrap()).collect();

    let tau = aht.iter().flatten().flatten().chain(&patience).copied().filter(|x| x.is_finite()).fold(0.0, f64::max);
    let steadier = if patience.iter().all(|p| p.is_finite()) { 1.0 } else { 5.0 };
    let mut watch = Watch::steady(steadier * tau, rates.iter().sum());
    watch.counted_h = watch.counted_h.max(1_000);
    let queues = (0..rates.len())
        .map(|class| {
            let patience = if patience[class].is_finite() { patience[class] } else { 0.0 };
            Queue {
                target_time_s: row.number("target_s"),
                ..queue(&format!("class {}", class + 1), vec![rates[class]], base[class], patience)
            }
        })
        .collect();
    let names: Vec<String> = (0..agents.len()).map(|g| char::from(b'A' + g as u8).to_string()).collect();
    let skill_lists: Vec<Vec<(usize, i32, f64)>> = skills
        .iter()
        .enumerate()
        .map(|(g, classes)| classes.iter().map(|&c| (c, preference[g][c], aht[c][g].unwrap() / base[c])).collect())
        .collect();
    let teams: Vec<Heads<'_>> =
        (0..agents.len()).map(|g| (names[g].as_str(), agents[g] as u32, skill_lists[g].as_slice())).collect();
    let mut scenario = watch.floor(queues, &teams);
    scenario.run.seed = 1_000 + row.number("id") as u64;
    scenario.routing.call_choice =
        if row.text("rule") == "priority" { CallChoice::Preference } else { CallChoice::LongestWait };
    scenario.lines = row.number("lines").is_finite().then(|| row.number("lines") as u32);
    (scenario, row.number("cls") as usize - 1)
}

/// Every row (both rules, all designs) but three with limited lines and much blocking: their two classes are
/// blocked with different probabilities, which neither a limit on callers nor one on waiting places gives.
#[test]
fn shared_teams_agree_with_the_exact_chains() {
    let mut yardstick = Yardstick::default();
    for row in table("multiskill_ctmc.csv").into_iter().filter(|row| row.number("p_block") < 1e-3) {
        let (scenario, class) = build(&row);
        let results = run(&scenario);
        let (queue, n) = (&results.queues[class], results.replications);
        let mut compare = |column: &str, estimate, exact| {
            let what = format!("row {} ({}, {}) {column}", row.text("id"), row.text("model"), row.text("note"));
            yardstick.compare(&what, estimate, n, exact, 0.0);
        };
        let accepted = 1.0 - row.number("p_block");
        compare("p_wait", queue.get(QueueMetric::PWait), row.number("p_wait") / accepted);
        compare("p_abandon", queue.get(QueueMetric::AbandonRate), row.number("p_abandon") / accepted);
        compare("mean_queue", queue.get(QueueMetric::MeanQueue), row.number("mean_queue"));
        compare("mean_wait", queue.get(QueueMetric::WaitS), row.number("mean_wait_accepted_s"));
        compare("sl", queue.get(QueueMetric::ServiceLevel), row.number("sl_answered_over_offered") / accepted);
        for served in row.text("served_by").split_whitespace() {
            let (group, share) = served.split_once(':').unwrap();
            let group = (group.as_bytes()[0] - b'A') as usize;
            let pair = results.pairs.iter().find(|p| p.queue == class && p.team == group).unwrap();
            // `answered` is per counted day, and the whole run is one day.
            let expected = share.parse::<f64>().unwrap()
                * scenario.queues[class].volume[0]
                * (scenario.queues[class].volume.len() as f64 - scenario.run.warm_up_s / 3600.0);
            compare("served_by", pair.answered, expected);
        }
        for (group, occupancy) in row.text("group_occupancy").split_whitespace().enumerate() {
            compare("occupancy", results.teams[group].get(TeamMetric::Occupancy), occupancy.parse().unwrap());
        }
    }
    yardstick.verdict(300, Some((0.5, 2.0)));
}
