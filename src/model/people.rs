//! People and what they can do.

use super::{Origin, Wage};
use crate::base::index::ChannelIx;
use chrono::NaiveDate;

/// A word that marks a person, for all time or between two dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The word (`senior`, `no_night`, …).
    pub word: String,
    /// First and last date it holds; `None` for always.
    pub dates: Option<(NaiveDate, NaiveDate)>,
}

/// A row of `staff.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Staff number, text (`007` stays `007`).
    pub id: String,
    /// Display name; the id when missing.
    pub name: String,
    /// Team, empty for the one group.
    pub team: String,
    /// Contract, empty for the one group.
    pub contract: String,
    /// Channels the person can serve, sorted; a person for whom none is written serves all.
    pub skills: Vec<ChannelIx>,
    /// Band of the period before, when there is no history.
    pub band: Option<String>,
    /// First day of employment.
    pub start_date: Option<NaiveDate>,
    /// Last day of employment.
    pub end_date: Option<NaiveDate>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// What an hour costs; the rota does not depend on it.
    pub wage: Option<Wage>,
    /// Where it was written.
    pub origin: Origin,
}

impl Person {
    /// A person of whom only the id is written: it is the name too.
    #[must_use]
    pub fn new(id: &str, origin: Origin) -> Self {
        Self {
            id: id.to_owned(),
            name: id.to_owned(),
            team: String::new(),
            contract: String::new(),
            skills: Vec::new(),
            band: None,
            start_date: None,
            end_date: None,
            tags: Vec::new(),
            wage: None,
            origin,
        }
    }
    /// Whether the person is employed on a date.
    #[must_use]
    pub fn employed(&self, date: NaiveDate) -> bool {
        self.start_date.is_none_or(|d| d <= date) && self.end_date.is_none_or(|d| date <= d)
    }
    /// Whether a tag holds on a date.
    #[must_use]
    pub fn has_tag(&self, word: &str, date: NaiveDate) -> bool {
        self.tags
            .iter()
            .any(|t| t.word == word && t.dates.is_none_or(|(from, to)| from <= date && date <= to))
    }
    /// Whether the person can serve a channel.
    #[must_use]
    pub fn serves(&self, channel: ChannelIx) -> bool {
        self.skills.contains(&channel)
    }
}
