//! A floor on which people change nothing: what is stated are averages, and everybody has them.

use super::outcomes::{Crew, Outcomes, PeopleSettings, StatedProfile};
use super::people::People;
use super::types::{Scenario, Team};

impl Scenario {
    /// Takes out what the scenario says of its people and callers' moods: all contacts then have the stated averages.
    ///
    /// The time that training takes stays; its cost, repeats and follow-ups go. Says whether there was anything.
    pub fn leave_people_out(&mut self) -> bool {
        let in_team =
            |team: &Team| team.crew != Crew::default() || team.people.as_ref().is_some_and(People::has_profiles);
        let any = self.people.effects != PeopleSettings::default().effects
            || self.queues.iter().any(|queue| queue.outcomes != Outcomes::default())
            || self.teams.iter().any(in_team);
        self.people = PeopleSettings::default();
        self.queues.iter_mut().for_each(|queue| queue.outcomes = Outcomes::default());
        for team in &mut self.teams {
            // Shrinkage holds the time of training already.
            team.crew = Crew::default();
            let persons = team.people.iter_mut().flat_map(|people| &mut people.persons);
            persons.for_each(|person| person.profile = StatedProfile::default());
        }
        if any {
            // The stated share of first attempts is that of the floor with its people.
            self.queues.iter_mut().for_each(|queue| queue.stated_first_attempts = None);
        }
        self.people.left_out = any;
        any
    }
}
