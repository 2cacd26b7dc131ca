//! What kind of day a date is: the shipped holiday table, replaced date by date by the user's `calendar.csv`.

use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Kind of a day in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DayKind {
    /// One of the 13 statutory days: work is paid at 300 % (Labour Law art. 44).
    Statutory,
    /// Another day off of the national arrangement: a rest day.
    Holiday,
    /// A make-up work day on a weekend.
    Workday,
    /// A promotion period.
    Promotion,
}

/// A named day.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarDay {
    /// Kind of the day.
    pub kind: DayKind,
    /// Name as written (`春节初一`).
    pub name: String,
    /// Factor on the forecast volume of the day.
    pub volume_factor: f64,
}

/// How much is known of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knowledge {
    /// Statutory days, bridge days and make-up days.
    Full,
    /// Only the statutory days that follow from the law.
    StatutoryOnly,
    /// Nothing.
    Unknown,
}

/// The calendar of a case.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    days: BTreeMap<NaiveDate, CalendarDay>,
    user_years: BTreeSet<i32>,
    full_years: BTreeSet<i32>,
    statutory_years: BTreeSet<i32>,
}

impl Calendar {
    /// An empty calendar, to be filled with [`Calendar::set`] and [`Calendar::know`].
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }
    /// Sets or replaces a day.
    pub fn set(&mut self, date: NaiveDate, day: CalendarDay) {
        self.days.insert(date, day);
    }
    /// Sets a day from the user's own table: its year then counts as known.
    pub fn set_by_user(&mut self, date: NaiveDate, day: CalendarDay) {
        self.user_years.insert(date.year());
        self.days.insert(date, day);
    }
    /// States how much the table knows of a year.
    pub fn know(&mut self, year: i32, knowledge: Knowledge) {
        match knowledge {
            Knowledge::Full => self.full_years.insert(year),
            Knowledge::StatutoryOnly => self.statutory_years.insert(year),
            Knowledge::Unknown => false,
        };
    }
    /// How much is known of a year; a year of which the user gave any day is known.
    #[must_use]
    pub fn knowledge(&self, year: i32) -> Knowledge {
        if self.full_years.contains(&year) || self.user_years.contains(&year) {
            Knowledge::Full
        } else if self.statutory_years.contains(&year) {
            Knowledge::StatutoryOnly
        } else {
            Knowledge::Unknown
        }
    }
    /// The entry of a date, if it has one.
    #[must_use]
    pub fn get(&self, date: NaiveDate) -> Option<&CalendarDay> {
        self.days.get(&date)
    }
    /// The kind of a date, if it has one.
    #[must_use]
    pub fn kind(&self, date: NaiveDate) -> Option<DayKind> {
        self.get(date).map(|d| d.kind)
    }
    /// Whether a date is one of the 13 statutory days.
    #[must_use]
    pub fn is_statutory(&self, date: NaiveDate) -> bool {
        self.kind(date) == Some(DayKind::Statutory)
    }
    /// Factor on the volume of a date, 1 when nothing is said.
    #[must_use]
    pub fn volume_factor(&self, date: NaiveDate) -> f64 {
        self.get(date).map_or(1.0, |d| d.volume_factor)
    }
}
