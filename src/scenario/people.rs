//! People with names of their own: shifts and rosters, written out person by person and day by day.

use super::outcomes::StatedProfile;
use super::types::Dist;

/// Everybody of a team whose time is planned.
#[derive(Debug, Clone, PartialEq)]
pub struct People {
    /// In the order of the file.
    pub persons: Vec<Person>,
    /// Probability that a person is absent for a whole day.
    pub absence: f64,
    /// How late people come, if ever.
    pub lateness: Option<Lateness>,
    /// Whether the day of an absent person is paid.
    pub paid_absence: bool,
    /// Scheduled time by what it is for, summed over persons and days \[s\]: ("phone", ...), ("lunch", ...).
    pub activities: Vec<(String, f64)>,
}

impl People {
    /// Whether a roster says what anybody is like.
    pub fn has_profiles(&self) -> bool {
        self.persons.iter().any(|person| person.profile != StatedProfile::default())
    }
}

/// One person.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Name of the shift, or of the person in a roster.
    pub shift: String,
    /// Number within that shift, from 0.
    pub position: u32,
    /// Days of work, in order.
    pub duties: Vec<Duty>,
    /// What a roster says of the person.
    pub profile: StatedProfile,
}

/// One person's one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// The opening it belongs to.
    pub day: usize,
    /// Times on the phone, in order, disjoint, inside opening hours.
    pub on_phone: Vec<Stretch>,
    /// Paid time without overtime \[s\].
    pub paid_s: f64,
}

/// A stretch of time on the axis of the [`super::Timeline`] \[s\].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// First second.
    pub from_s: u64,
    /// First second behind it.
    pub to_s: u64,
}

/// Lateness at the beginning of a day's work.
#[derive(Debug, Clone, PartialEq)]
pub struct Lateness {
    /// Share of days.
    pub probability: f64,
    /// By how much.
    pub time: Dist,
}
