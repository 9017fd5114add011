//! `[team.*]`: people, skills, bounds; and whether every queue has somebody to serve it.

use super::series::Layout;
use super::{Reader, or_default, section};
use crate::error::Problem;
use crate::scenario::calendar::Calendar;
use crate::scenario::grammar::{Fields, fields, named};
use crate::scenario::people::People;
use crate::scenario::tree::{Entry, Node};
use crate::scenario::types::{CallChoice, Scenario, Skill, Team};
use crate::units;

/// Ways to state the people of a team.
const WAYS: [&str; 4] = ["agents", "scheduled", "shifts", "roster"];

/// Shares of time in which people are not on the phone.
#[derive(Default)]
pub(super) struct Shrinkage {
    pub planned: f64,
    pub unplanned: f64,
    /// Besides what shifts or roster show.
    pub besides: f64,
    /// Training, on top of all that is stated.
    pub training: f64,
}

/// A team by open interval of the floor.
struct Staff {
    open: Vec<bool>,
    on_phone: Vec<u32>,
    /// Paid, where the file states it.
    scheduled: Option<Vec<u32>>,
    by_name: Option<People>,
}

impl Reader<'_> {
    pub(super) fn teams(&mut self, calendar: Option<&Calendar>, queues: &[String]) -> Option<Vec<Team>> {
        let root = self.root;
        let table = root.get("team").and_then(Node::table)?;
        let teams: Vec<Option<Team>> = table.entries.iter().map(|entry| self.team(entry, calendar, queues)).collect();
        self.check_every_queue_has_a_team(queues);
        teams.into_iter().collect()
    }

    fn team(&mut self, entry: &Entry, calendar: Option<&Calendar>, queues: &[String]) -> Option<Team> {
        let node = &entry.node;
        node.table()?;
        let path = format!("team.{}", entry.key);
        let mut crew = self.crew_of(node, &path, &entry.key)?;
        let mut shrinkage = self.shrinkage(node, &path)?;
        shrinkage.training = crew.training_share;
        self.check_time_left(node, &path, &shrinkage)?;
        let staff = self.staff(node, &path, &shrinkage, calendar);
        let skills = self.skills(node, &path, queues);
        let Staff { open, on_phone, scheduled, by_name } = staff?;
        let skills = skills?;
        let rules = self.rules(node, &path, queues, &skills)?;
        crew.stated |= by_name.as_ref().is_some_and(People::has_profiles);
        let optional =
            |key: &str, read: fn(&Node) -> Option<f64>| node.get(key).map_or(Some(None), |n| read(n).map(Some));
        let count = |key: &str| node.get(key).map_or(Some(None), |n| n.count().map(Some));
        let team = Team {
            name: entry.key.clone(),
            open,
            on_phone,
            scheduled,
            people: by_name,
            crew,
            skills,
            shrinkage_planned: shrinkage.planned + shrinkage.besides + shrinkage.training,
            shrinkage_unplanned: shrinkage.unplanned,
            cost_per_hour: optional("cost_per_hour", Node::amount)?,
            cost_per_handled: optional("cost_per_handled", Node::amount)?,
            cost_per_talk_minute: optional("cost_per_talk_minute", Node::amount)?,
            min_commitment: optional("min_commitment", Node::amount)?,
            reserve: rules.reserve,
            ring_s: rules.ring_s,
            blend: rules.blend,
            site: node.get("site").and_then(Node::text).map(str::to_owned),
            min_agents: count("min_agents")?,
            max_agents: count("max_agents")?,
            max_occupancy: optional("max_occupancy", Node::share)?,
            call_choice: match node.get("call_choice") {
                Some(n) => Some(CallChoice::from_word(n.text()?)?),
                None => None,
            },
        };
        self.check_bounds(node, &path, &team);
        self.check_reserve(node, &path, &team, queues);
        Some(team)
    }

    /// Planned and unplanned shares of paid time; they are added.
    fn shrinkage(&mut self, node: &Node, path: &str) -> Option<Shrinkage> {
        let Some(stated) = node.get("shrinkage") else { return Some(Shrinkage::default()) };
        if let Some(planned) = stated.share() {
            return Some(Shrinkage { planned, ..Shrinkage::default() });
        }
        let keys = fields(section("team").get("shrinkage")?.forms)?;
        let (planned, unplanned) =
            (or_default(stated, keys, "planned", Node::share)?, or_default(stated, keys, "unplanned", Node::share)?);
        let besides = stated.get("besides_schedule").map_or(Some(0.0), Node::share)?;
        if planned + unplanned + besides > 0.95 {
            let message = format!(
                "{} planned and {} unplanned shrinkage leave almost nobody",
                units::share(planned + besides),
                units::share(unplanned)
            );
            self.problem(
                format!("{path}.shrinkage"),
                stated.place,
                message,
                "the two are added; write at most 95% together",
            );
            return None;
        }
        Some(Shrinkage { planned, unplanned, besides, training: 0.0 })
    }

    /// Training comes on top of the stated shrinkage.
    fn check_time_left(&mut self, node: &Node, path: &str, shrinkage: &Shrinkage) -> Option<()> {
        let stated = shrinkage.planned + shrinkage.unplanned + shrinkage.besides;
        if shrinkage.training == 0.0 || stated + shrinkage.training <= 0.95 {
            return Some(());
        }
        let shown = |share: f64| units::share((share * 1e4).round() / 1e4);
        let message = format!(
            "{} of training and {} of other shrinkage leave almost nobody",
            shown(shrinkage.training),
            shown(stated)
        );
        let help = "the two are added; write at most 95% together: fewer `hours` of training, or a longer `every`";
        self.problem(format!("{path}.shrinkage"), node.place, message, help);
        None
    }

    fn staff(&mut self, node: &Node, path: &str, shrinkage: &Shrinkage, calendar: Option<&Calendar>) -> Option<Staff> {
        let stated: Vec<&Entry> = WAYS.iter().filter_map(|w| node.table()?.get(w)).collect();
        let entry = match stated[..] {
            [one] => one,
            [] => {
                self.problem(format!("{path}.agents"), node.place, format!("[{path}] does not say how many people it has"), "write agents = 12 for people on the phone (or one number per interval), scheduled = 16 for people paid, or shifts = [{ start = \"08:00\", length = \"8h\", agents = 12 }]");
                return None;
            }
            [first, second, ..] => {
                let message = format!("[{path}] states its people in two ways: `{}` and `{}`", first.key, second.key);
                let mut problem = Problem::new(path, message).at(second.key_place);
                problem.related.push((first.key_place, "the other one".into()));
                self.problems.push(problem.help(keep_one(&first.key, &second.key)));
                return None;
            }
        };
        let is_by_name = ["shifts", "roster"].contains(&entry.key.as_str());
        self.no_schedule_keys(node, path, is_by_name)?;
        let calendar = calendar?;
        let layout = self.team_layout(node, path, calendar)?;
        if is_by_name {
            let (people, on_phone) = self.by_name(node, path, entry, shrinkage, calendar, &layout)?;
            let open = layout.spots.iter().map(Option::is_some).collect();
            return Some(Staff { open, on_phone, scheduled: None, by_name: Some(people) });
        }
        let heads = self.series(&entry.node, &format!("{path}.{}", entry.key), &layout, Node::count)?;
        let open = layout.spots.iter().map(Option::is_some).collect();
        Some(match entry.key.as_str() {
            "scheduled" => {
                let shrinkage = shrinkage.planned + shrinkage.unplanned + shrinkage.training;
                let on_phone = heads.iter().map(|n| left_on_phone(*n, shrinkage)).collect();
                Staff { open, on_phone, scheduled: Some(heads), by_name: None }
            }
            _ => Staff { open, on_phone: heads, scheduled: None, by_name: None },
        })
    }

    /// What only named people have.
    fn no_schedule_keys(&mut self, node: &Node, path: &str, is_by_name: bool) -> Option<()> {
        let home = "`shifts` or `roster`";
        self.no_strays(node, path, &["lateness", "paid_absence"], is_by_name, home)?;
        self.no_strays(node, path, &["breaks", "activities"], is_by_name, "`shifts`")?;
        let besides = node.get("shrinkage").and_then(|s| s.get("besides_schedule"));
        let Some(besides) = besides.filter(|_| !is_by_name) else { return Some(()) };
        let message = format!("`besides_schedule` only goes with {home}");
        self.problem(format!("{path}.shrinkage"), besides.place, message, "write planned and unplanned shares");
        None
    }

    /// Which entry of its lists a team takes in each interval.
    pub fn layout_of(&mut self, team: &str, calendar: &Calendar) -> Option<Layout> {
        let node = self.root.get("team")?.get(team)?;
        self.team_layout(node, &format!("team.{team}"), calendar)
    }

    fn team_layout(&mut self, node: &Node, path: &str, calendar: &Calendar) -> Option<Layout> {
        let Some(open) = node.get("open") else { return Some(Layout::floor(calendar)) };
        let path = format!("{path}.open");
        let hours = self.hours(open, &path, Some(calendar.timeline.interval_s))?;
        let layout = Layout::team(calendar, hours);
        if layout.spots.iter().all(Option::is_none) {
            self.problem(
                &path,
                open.place,
                "the team is never there while the floor is open",
                "let its hours lie within those of the floor",
            );
            return None;
        }
        Some(layout)
    }

    fn skills(&mut self, node: &Node, path: &str, queues: &[String]) -> Option<Vec<Skill>> {
        let (_, inner) = named(section("team").get("skills")?.forms)?;
        let keys = fields(inner).unwrap_or(Fields { keys: &[], lone: None });
        let entries = &node.get("skills")?.table()?.entries;
        let skills: Vec<Option<Skill>> = entries.iter().map(|entry| self.skill(entry, path, queues, keys)).collect();
        skills.into_iter().collect()
    }

    fn skill(&mut self, entry: &Entry, path: &str, queues: &[String], keys: Fields) -> Option<Skill> {
        let Some(queue) = queues.iter().position(|q| *q == entry.key) else {
            self.no_such_queue(&format!("{path}.skills.{}", entry.key), entry.key_place, &entry.key, queues);
            return None;
        };
        let preference = match entry.node.whole() {
            Some(number) => number,
            None => or_default(&entry.node, keys, "preference", Node::whole)?,
        };
        Some(Skill {
            queue,
            preference: i32::try_from(preference).ok()?,
            handle_time: or_default(&entry.node, keys, "handle_time", Node::share)?,
            after_s: or_default(&entry.node, keys, "after", Node::seconds)?,
            transfer: self.skill_transfer(entry, path)?,
        })
    }

    fn check_bounds(&mut self, node: &Node, path: &str, team: &Team) {
        if let (Some(min), Some(max)) = (team.min_agents, team.max_agents)
            && min > max
        {
            let place = node.get("max_agents").map_or(node.place, |n| n.place);
            self.problem(
                format!("{path}.max_agents"),
                place,
                format!("max_agents = {max} is below min_agents = {min}"),
                "let min_agents be at most max_agents",
            );
        }
        let most = team.on_phone.iter().max().copied().unwrap_or(0);
        if let Some(max) = team.max_agents.filter(|max| most > *max) {
            let place = node.get("max_agents").map_or(node.place, |n| n.place);
            self.warn(
                format!("{path}.max_agents"),
                place,
                format!("up to {most} people are on the phone, more than max_agents = {max}"),
                "the bounds bind plans, not `run`; change one of the two numbers",
            );
        }
    }

    fn check_every_queue_has_a_team(&mut self, queues: &[String]) {
        let root = self.root;
        let teams = root.get("team").and_then(Node::table).map_or(&[][..], |t| &t.entries);
        let served = |queue: &str| teams.iter().any(|t| t.node.get("skills").is_some_and(|s| s.get(queue).is_some()));
        for queue in queues.iter().filter(|q| !served(q)) {
            let entry = root.get("queue").and_then(Node::table).and_then(|t| t.get(queue));
            let Some(entry) = entry.filter(|e| e.node.table().is_some()) else { continue };
            let first = teams.first().map_or("NAME", |t| t.key.as_str());
            let advice =
                format!("write it into the skills of a team, for example skills = {{ {queue} = 1 }} in [team.{first}]");
            self.problem(
                format!("queue.{queue}"),
                entry.key_place,
                format!("no team is skilled for queue `{queue}`"),
                advice,
            );
        }
    }

    /// Somebody has to be there at some time for each queue.
    pub(super) fn check_coverage(&mut self, scenario: &Scenario) {
        for (index, queue) in scenario.queues.iter().enumerate() {
            let skilled = scenario.teams.iter().filter(|t| t.skills.iter().any(|s| s.queue == index));
            let staffed = skilled.flat_map(|t| &t.on_phone).any(|n| *n > 0);
            if !staffed && queue.volume.iter().any(|v| *v > 0.0) {
                let place =
                    self.root.get("queue").and_then(|q| q.get(&queue.name)).map_or(self.root.place, |n| n.place);
                self.warn(
                    format!("queue.{}", queue.name),
                    place,
                    format!("nobody who can take `{}` is on the phone at any time", queue.name),
                    "raise `agents` of a team that has it among its skills",
                );
            }
        }
    }
}

fn keep_one(first: &str, second: &str) -> String {
    let meaning = |way: &str| match way {
        "agents" => "`agents` are people on the phone",
        "scheduled" => "`scheduled` are people paid",
        "shifts" => "`shifts` are people with their hours",
        _ => "`roster` is a file with everybody's hours",
    };
    format!("keep one: {}, {}", meaning(first), meaning(second))
}

/// People on the phone when so many are paid: rounded down, because a part of a person answers no calls.
fn left_on_phone(scheduled: u32, shrinkage: f64) -> u32 {
    // 30 x (1 - 0.3) is 20.999999999999996 in floating point and 21 on paper.
    (f64::from(scheduled) * (1.0 - shrinkage) + 1e-9).floor() as u32
}

#[cfg(test)]
mod tests {
    use super::left_on_phone;

    #[test]
    fn paid_people_are_rounded_down_on_paper() {
        assert_eq!(left_on_phone(30, 0.3), 21);
        assert_eq!(left_on_phone(230, 0.3), 161);
        assert_eq!(left_on_phone(32, 0.3), 22);
        assert_eq!(left_on_phone(1, 0.3), 0);
        assert_eq!(left_on_phone(1_000_000, 0.0), 1_000_000);
    }
}
