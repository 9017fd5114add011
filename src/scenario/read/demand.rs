//! What moves the volume: promotions, and busyness that queues and parts of a day share.

use super::series::Layout;
use super::{Reader, or_default, section};
use crate::error::Place;
use crate::scenario::calendar::{self, Calendar};
use crate::scenario::tree::Node;
use crate::scenario::types::{Arrivals, Correlation, Queue};
use crate::scenario::words::{self, Hours, WEEKDAYS};
use crate::units;
use jiff::civil::Date;

/// A day in seconds of the clock on the wall.
const DAY_S: u32 = 86_400;

/// The openings a promotion falls into.
enum Days {
    All,
    Weekdays([bool; 7]),
    Dates(Vec<Date>),
}

impl Reader<'_> {
    /// Multiplies the volume of the intervals that start inside a promotion.
    pub(super) fn promote(
        &mut self,
        volume: &Node,
        path: &str,
        calendar: &Calendar,
        expected: &mut [f64],
    ) -> Option<()> {
        let promotions = volume.get("promotions").and_then(Node::list).unwrap_or(&[]);
        for (number, promotion) in promotions.iter().enumerate() {
            self.promotion(promotion, &format!("{path}.promotions[{number}]"), calendar, expected)?;
        }
        Some(())
    }

    fn promotion(&mut self, node: &Node, path: &str, calendar: &Calendar, expected: &mut [f64]) -> Option<()> {
        let from = node.get("from").map_or(Some(0), Node::time_of_day)?;
        let to = node.get("to").filter(|n| n.text() != Some("24:00")).map_or(Some(DAY_S), Node::time_of_day)?;
        let factor = node.get("factor")?.share()?;
        if from == to {
            let message = format!("the promotion starts and ends at {}", units::clock(from.into()));
            self.problem(path, node.place, message, "leave `from` and `to` out for whole days");
            return None;
        }
        let days = self.promotion_days(node, path, calendar)?;
        let hit = |interval: &usize| {
            let (wall, day) = (calendar.slots[*interval].wall, calendar.timeline.intervals[*interval].day);
            let at = u32::from(wall.hour().unsigned_abs()) * 3_600 + u32::from(wall.minute().unsigned_abs()) * 60;
            within(at, from, to) && days.contain(calendar, day)
        };
        let hits: Vec<usize> = (0..expected.len()).filter(hit).collect();
        hits.iter().for_each(|i| expected[*i] *= factor);
        if hits.is_empty() {
            self.no_hits(node, path, from, to);
        }
        Some(())
    }

    fn no_hits(&mut self, node: &Node, path: &str, from: u32, to: u32) {
        let message = format!(
            "no simulated interval starts between {} and {} on these days: the promotion changes nothing",
            units::clock(from.into()),
            units::clock(to.into())
        );
        self.warn(path, node.place, message, "let it lie inside the opening hours of simulated days, or remove it");
    }

    fn promotion_days(&mut self, node: &Node, path: &str, calendar: &Calendar) -> Option<Days> {
        let Some(days) = node.get("days") else { return Some(Days::All) };
        if let Some(text) = days.text() {
            return words::weekdays(text).map(Days::Weekdays);
        }
        let dates: Vec<Date> = days.list()?.iter().map(Node::date).collect::<Option<_>>()?;
        if !calendar.dated {
            let message = "the promotion names dates, but the simulated days have none";
            self.problem(path, days.place, message, "write first_day = 2026-03-02, the date of the first day");
            return None;
        }
        Some(Days::Dates(dates))
    }

    /// What ties the busyness of queues and of the parts of a day together; `None` inside when nothing does.
    pub(super) fn correlation(&mut self, calendar: &Calendar, queues: &[Queue]) -> Option<Option<Correlation>> {
        let root = self.root;
        let Some(node) = root.get("correlation") else { return Some(None) };
        let between = or_default(node, section("correlation"), "queues", Node::share)?;
        let late = match (node.get("late"), node.get("late_from")) {
            (None, None) => None,
            (Some(late), Some(from)) => Some((self.late_from(from, calendar)?, late.share()?)),
            (late, _) => {
                let (has, lacks, example) =
                    if late.is_some() { ("late", "late_from", "\"13:00\"") } else { ("late_from", "late", "\"70%\"") };
                let message = format!("[correlation] has `{has}` but not `{lacks}`");
                let advice = format!("add {lacks} = {example}, or remove `{has}`");
                self.problem("correlation", node.get(has)?.place, message, advice);
                return None;
            }
        };
        self.check_busy_queues(node.place, queues, between, late.is_some());
        Some((between > 0.0 || late.is_some()).then_some(Correlation { queues: between, late }))
    }

    /// Seconds from opening to a time of day, the same for every opening.
    fn late_from(&mut self, node: &Node, calendar: &Calendar) -> Option<f64> {
        let clock = node.time_of_day()?;
        let used = Layout::floor(calendar).used_weekdays();
        let open: Vec<(usize, Hours)> =
            (0..7).filter(|d| used[*d]).filter_map(|d| Some((d, calendar.open[d]?))).collect();
        let since = |hours: Hours| (clock + DAY_S - hours.start) % DAY_S;
        let shown = units::clock(clock.into());
        if let Some((day, hours)) = open.iter().find(|(_, h)| since(*h) == 0 || since(*h) >= h.end - h.start) {
            let message = format!(
                "late_from = {shown} is not inside the opening hours {} of {}",
                calendar::hours_text(*hours),
                WEEKDAYS[*day]
            );
            self.problem("correlation.late_from", node.place, message, "write a time between opening and closing");
            return None;
        }
        let (first, hours) = *open.first()?;
        if let Some((other, _)) = open.iter().find(|(_, h)| since(*h) != since(hours)) {
            let message = format!(
                "late_from = {shown} is not equally long after opening on all days: {} and {} open at different times",
                WEEKDAYS[first], WEEKDAYS[*other]
            );
            self.problem(
                "correlation.late_from",
                node.place,
                message,
                "leave `late` out, or simulate days that open at the same time",
            );
            return None;
        }
        Some(f64::from(since(hours)))
    }

    fn check_busy_queues(&mut self, place: Place, queues: &[Queue], between: f64, late: bool) {
        let busy = queues.iter().filter(|q| q.day_cv > 0.0 && q.arrivals == Arrivals::Poisson).count();
        let message = match busy {
            0 if between > 0.0 || late => "[correlation] changes nothing: no queue has a day_cv".to_owned(),
            1 if between > 0.0 => "`queues` changes nothing: only one queue has a day_cv".to_owned(),
            _ => return,
        };
        self.warn("correlation", place, message, "write for example day_cv = 0.1 in each queue whose busyness varies");
    }
}

impl Days {
    fn contain(&self, calendar: &Calendar, day: usize) -> bool {
        match self {
            Self::All => true,
            Self::Weekdays(days) => days[calendar.weekdays[day]],
            Self::Dates(dates) => dates.contains(&calendar.dates[day]),
        }
    }
}

/// Whether a time of day lies in a span that may run over midnight.
fn within(at: u32, from: u32, to: u32) -> bool {
    if from < to { (from..to).contains(&at) } else { at >= from || at < to }
}
