//! Channels: how their work arrives, and how fast it must be served.

use super::Origin;
use crate::base::Minute;
use crate::rules::ChannelKind;

/// What a service level is a share of. The four differ as soon as contacts leave before they are served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LevelDefinition {
    /// Served within the target ÷ offered.
    #[default]
    Offered,
    /// Served within the target ÷ served.
    Served,
    /// Served within the target ÷ (offered − abandoned within the target).
    LessEarlyAbandons,
    /// Wait of at most the target, whether then served or gone ÷ offered.
    WaitsWithin,
}

impl LevelDefinition {
    /// All four, with the word for files.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Offered, "offered"),
        (Self::Served, "served"),
        (Self::LessEarlyAbandons, "less_early_abandons"),
        (Self::WaitsWithin, "waits_within"),
    ];
    /// The word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(d, _)| *d == self).map_or("offered", |(_, word)| word)
    }
}

/// Another target wait from some time of the day on (the house rule of an answer within a minute in the evening).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LateTarget {
    /// From this minute of the day on, until the end of the day.
    pub from: Minute,
    /// Target wait in seconds.
    pub target_s: f64,
}

/// How deferred work is planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flexible {
    /// So many people in every interval, and nobody else.
    No,
    /// So many people in every interval; afterwards people whom their queue can spare, too.
    #[default]
    Spare,
    /// Windows ([`super::WorkWindow`]): wherever the rota has people for it before it is due.
    Planned,
}

/// A row of `channels.csv`, or a channel that only another file names.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Name (`voice`).
    pub name: String,
    /// How its work arrives.
    pub kind: ChannelKind,
    /// Share of contacts to be served within the target, 0 to 1.
    pub target_share: f64,
    /// Which share that is.
    pub level: LevelDefinition,
    /// Target wait in seconds.
    pub target_s: f64,
    /// Another target wait later in the day.
    pub late: Option<LateTarget>,
    /// Mean wait in seconds, at most.
    pub max_wait_s: Option<f64>,
    /// Share of contacts that leave unserved, at most.
    pub max_abandoned: Option<f64>,
    /// Mean patience in seconds, if abandonment is to be counted.
    pub patience_s: Option<f64>,
    /// Sessions a person holds at a time, at least 1 (chat).
    pub concurrency: f64,
    /// By what share of `aht_s` each further session of a person makes all of them longer; 0: `aht_s` is the length
    /// with all of them.
    pub session_growth: f64,
    /// Hours until deferred work is due.
    pub deadline_h: f64,
    /// Whether the deadline counts open hours only (those with a row of the forecast), not those of the clock.
    pub open_hours: bool,
    /// Contacts that wait when the horizon begins; `None`: as many as a usual week leaves.
    pub backlog: Option<f64>,
    /// Times that a contact is worked on, at least 1 (deferred), each for `aht_s`.
    pub touches: f64,
    /// How the rota plans its work (deferred).
    pub flexible: Flexible,
    /// Highest share of time busy, 0 to 1.
    pub max_occupancy: f64,
    /// Share of the time at work that is not available and that no rota knows of (absence, lateness, systems that are
    /// down), 0 to below 1.
    pub shrinkage: f64,
    /// Share of paid time that leave, meetings and training take. The rota has them already: it counts for the number
    /// of people employed only.
    pub planned_shrinkage: f64,
    /// Whether contacts of the interval before that are still in service are counted.
    pub lagged: bool,
    /// Least number of people in an interval with a row of the forecast.
    pub min_agents: i64,
    /// Where it was written.
    pub origin: Origin,
}

impl Channel {
    /// A channel of which only name and kind are known: 80 % within 20 seconds, one contact at a time, deferred work
    /// within a day, no limit of occupancy and no shrinkage.
    #[must_use]
    pub fn new(name: &str, kind: ChannelKind, origin: Origin) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            target_share: 0.8,
            level: LevelDefinition::Offered,
            target_s: 20.0,
            late: None,
            max_wait_s: None,
            max_abandoned: None,
            patience_s: None,
            concurrency: 1.0,
            session_growth: 0.0,
            deadline_h: 24.0,
            open_hours: false,
            backlog: None,
            touches: 1.0,
            flexible: Flexible::default(),
            max_occupancy: 1.0,
            shrinkage: 0.0,
            planned_shrinkage: 0.0,
            lagged: false,
            min_agents: 0,
            origin,
        }
    }
    /// Target wait in seconds of a contact that arrives at a minute of the day.
    #[must_use]
    pub fn target_at(&self, minute: Minute) -> f64 {
        match self.late {
            Some(late) if minute >= late.from => late.target_s,
            _ => self.target_s,
        }
    }
    /// The patience that counts, if any.
    #[must_use]
    pub fn impatience(&self) -> Option<f64> {
        self.patience_s.filter(|p| *p > 0.0)
    }
    /// Whether the deadline of deferred work is the only thing that is asked of it.
    #[must_use]
    pub fn is_deferred(&self) -> bool {
        self.kind == ChannelKind::Deferred
    }
}
