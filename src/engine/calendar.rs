//! What the calendar brings: intervals and their head counts, openings and closings.

use super::floor::Floor;
use super::observer::Observer;
use crate::model::{Kind, Tick};
use crate::scenario::AfterClose;

impl Floor<'_> {
    /// What the calendar holds for its first instant is due: chats end, people leave, people come, the segment ends.
    /// Waiting contacts are handed out after all of it.
    #[inline(never)]
    pub(super) fn on_calendar<O: Observer>(&mut self, observer: &mut O) {
        self.now = self.calendar;
        while self.calendar == self.now {
            if self.desk.next_end() == self.now {
                self.on_chat_end(observer);
            } else if self.duties.next() == self.now {
                self.on_duty(observer);
            } else {
                self.on_boundary(observer);
            }
            self.look_at_calendar();
        }
    }

    /// Brings [`Floor::calendar`] up to date.
    pub(super) fn look_at_calendar(&mut self) {
        self.calendar = self.boundary.min(self.duties.next()).min(self.desk.next_end());
    }

    fn on_boundary<O: Observer>(&mut self, observer: &mut O) {
        let ended = &self.model.segments[self.segment];
        if ended.open {
            for team in 0..self.teams.len() {
                self.count_staffed(team, ended.end, observer);
            }
        }
        if ended.closes {
            self.teams.iter_mut().for_each(|team| team.close_stints(ended.end));
            self.close(ended.end, observer);
        }
        self.enter_segment(self.segment + 1, observer);
    }

    pub(super) fn enter_segment<O: Observer>(&mut self, index: usize, observer: &mut O) {
        let segment = &self.model.segments[index];
        let now = segment.start;
        self.now = now;
        self.segment = index;
        self.boundary = if segment.closes { segment.end + 1 } else { segment.end };
        if segment.open {
            self.change_staffing(index, now, observer);
        }
        if index == self.model.counted_from {
            self.teams.iter_mut().for_each(|team| team.forget_stints(now));
        }
        if self.model.days[segment.day].first == index {
            self.messages_of_the_night(now);
        }
        for queue in 0..self.waiting.len() {
            let model = &self.model.queues[queue];
            if model.unserved_from == index {
                self.drop_all(queue, now, observer);
            } else if model.kind.is_message() {
                self.level_changes(queue, now, true);
            }
        }
        self.look_at_calendar();
    }

    fn change_staffing<O: Observer>(&mut self, index: usize, now: Tick, observer: &mut O) {
        let new_day = self.model.days[self.model.segments[index].day].first == index;
        let after_gap = index == 0 || !self.model.segments[index - 1].open;
        for (team, model) in self.model.teams.iter().enumerate() {
            if new_day {
                let day = self.model.segments[index].day;
                self.crew.start_day(self.model, self.replication, team, day, now);
            }
            if model.people.is_some() {
                if new_day {
                    self.start_duties(team, now, after_gap, observer);
                }
                continue;
            }
            if new_day {
                self.teams[team].start_day(now, after_gap);
            }
            self.teams[team].want(model.heads[index], now);
            self.watch(team);
        }
        if new_day {
            self.duties.sort();
        }
    }

    /// Closing time: callers still waiting are turned away, or stay where somebody on duty can serve them.
    fn close<O: Observer>(&mut self, now: Tick, observer: &mut O) {
        for queue in 0..self.waiting.len() {
            if matches!(self.model.queues[queue].kind, Kind::Message(_)) {
                continue;
            }
            if self.model.after_close == AfterClose::Drop || !self.is_served(queue) {
                self.drop_all(queue, now, observer);
            }
        }
    }

    /// Whether anybody on duty can serve the queue.
    pub(super) fn is_served(&self, queue: usize) -> bool {
        self.model.queues[queue].choices.iter().any(|c| self.teams[c.team as usize].is_staffed())
    }

    /// Tells the observer how long the team's people have been on duty in the current segment.
    pub(super) fn count_staffed<O: Observer>(&mut self, team: usize, now: Tick, observer: &mut O) {
        let ticks = self.teams[team].count_staffed(now);
        if self.model.segments[self.segment].open {
            observer.staffed(team, self.segment, ticks);
        }
    }
}
