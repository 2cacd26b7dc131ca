//! The inside of a day: who does what from when to when, and who hands over to whom.

use crate::base::Span;
use crate::base::index::{ChannelIx, PersonIx};

/// What a person does in a stretch of a shift.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Activity {
    /// Serves a channel.
    Channel(ChannelIx),
    /// Eats; unpaid.
    Meal,
    /// Attends the meeting with this index in [`crate::model::Case::meetings`].
    Meeting(usize),
    /// Does the work off the queue with this index in [`crate::model::Case::tasks`].
    Task(usize),
    /// Hands over or takes over.
    Handover,
    /// Expected overrun after the end; covers nothing.
    Tail,
}

/// One stretch of one person's day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Day on which the shift starts.
    pub day: usize,
    /// Who.
    pub person: PersonIx,
    /// When, minutes from the start of that day (may be negative for an early arrival before midnight).
    pub time: Span,
    /// What.
    pub activity: Activity,
}

/// How work passes from one person to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandoverKind {
    /// Both at work; both are off the queue.
    Overlap,
    /// The incoming one comes before the shift; only the outgoing one is off the queue.
    EarlyArrival,
    /// The last minutes of the outgoing, the first of the next opener.
    Message,
    /// Nobody with the skill is known to follow.
    None,
}

/// A row of `handover.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// Batch number (`HO-20260105-1630-VOICE-01`).
    pub batch: String,
    /// Day of the outgoing shift.
    pub day: usize,
    /// When the outgoing person hands over, minutes of that day.
    pub time: Span,
    /// Channel last served.
    pub channel: ChannelIx,
    /// How.
    pub kind: HandoverKind,
    /// Outgoing.
    pub from: PersonIx,
    /// Incoming, if anybody follows.
    pub to: Option<PersonIx>,
    /// Backup, if there is one.
    pub backup: Option<PersonIx>,
    /// What to know of it, in both languages.
    pub note: crate::base::Text,
}

/// The inside of all days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayPlan {
    /// All stretches, sorted by day, person and start.
    pub duties: Vec<Duty>,
    /// All handovers, sorted by day, start, channel and outgoing person.
    pub handovers: Vec<Handover>,
}
