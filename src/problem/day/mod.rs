//! The inside of a block of days as a problem on head counts.
//!
//! Input: how many people of each *supply* (cell: day, code, skill set) are at work. Every person of a supply
//! is on the queue of one of its channels in every slot in which they are present, except for
//!
//! * one **meal**: each person takes exactly one of the supply's meal starts (none when the list is empty);
//! * the **handover** at the end of each segment ([`Supply::own_handover`]): always off the queue;
//! * **receiving** an overlap handover ([`Event`]): of the people who can receive, as many distinct ones are off
//!   the queue for the event's slots as a largest matching of leavers to receivers (one leaver each) has edges;
//! * **meetings** that the supply attends: off the queue but for the people kept;
//! * **tasks** ([`TaskSlot`]): so many people, or as many as can, each in one piece; they come last, from those who are
//!   on the queue all through.
//!
//! Price: per interval and channel, `under` for every agent-minute below what is required, `over` above; `undone` for
//! every turn of a task that is not done. Windows of deferred work are intervals that overlap: an agent-minute counts for
//! one of those of its channel that are open then, the best for the whole.
//! Time on a channel while no interval of it is open costs nothing.
//!
//! Two refinements that only the integer evaluation knows (both can only add off-queue or misplaced minutes, and
//! are rare): a leaver's last minute on the queue is on a channel that the receiver has; and where a supply
//! has no `handover_minutes` row ([`Supply::early`] is false), messages are read in its first minutes
//! ([`Supply::reading`]).
//!
//! A cell exists for every day, code and person, whether or not the person may work then: a rota edited by hand
//! can be evaluated too. [`Supply::most`] says how many people may (0: skip the supply in an engine).

mod blocks;
mod build;
mod cells;
mod groups;
mod slots;
mod tasks;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use build::build;
pub use cells::{CellTable, Place};

use super::Cell;
use crate::base::Span;

/// A block of days.
#[derive(Clone, Debug, PartialEq)]
pub struct DayProblem {
    /// First day of the horizon in it; all minutes below count from the start of this day.
    pub first_day: usize,
    /// Disjoint ascending stretches of time; nobody changes what they do inside of one but between channels.
    pub slots: Vec<Span>,
    /// Number of channels.
    pub channels: usize,
    /// What is to be covered; each interval is a union of consecutive slots. Those of one channel are disjoint, or all of
    /// them are windows, which may overlap where their prices are equal.
    pub intervals: Vec<Interval>,
    /// Who is at work: one entry a cell.
    pub supplies: Vec<Supply>,
    /// Overlap handovers.
    pub events: Vec<Event>,
    /// Meetings.
    pub meetings: Vec<MeetingSlot>,
    /// Tasks.
    pub tasks: Vec<TaskSlot>,
    /// Whether anybody in the whole case may read messages at the cost of the first minutes: some supply is not
    /// [`Supply::early`]. Without it a block's price does not depend on the block before.
    pub reads: bool,
    /// By channel: whether at most one person of the whole staff serves it, so that nobody leaves a message on it.
    pub lone: Vec<bool>,
}

/// An interval of one channel, or a window of its deferred work.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// Channel index.
    pub channel: usize,
    /// First slot and one past the last.
    pub slots: (usize, usize),
    /// Agent-minutes required.
    pub minutes: i64,
    /// Price per agent-minute short.
    pub under: i64,
    /// Price per agent-minute spare.
    pub over: i64,
    /// Whether it is a window: each minute on the channel does the work of one of those that are open then.
    pub window: bool,
}

/// People of one skill set who work one code on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Supply {
    /// The cell that counts them.
    pub cell: Cell,
    /// Day of the horizon on which the shift starts.
    pub day: usize,
    /// Code.
    pub code: u16,
    /// Channels they can serve (indices, ascending).
    pub channels: Vec<usize>,
    /// Largest count possible: people employed and not on approved leave that day.
    pub most: i64,
    /// Slots in which they are at work, segments only.
    pub present: Vec<bool>,
    /// Slots of their own handovers (subset of `present`).
    pub own_handover: Vec<bool>,
    /// Choices for the meal: (first slot, one past the last); empty when the shift has none.
    pub meals: Vec<(usize, usize)>,
    /// Slots of each segment: (first slot, one past the last), ascending.
    pub segments: Vec<(usize, usize)>,
    /// For each segment the slots of its first handover minutes, in which messages are read without a
    /// `handover_minutes` row.
    pub reading: Vec<(usize, usize)>,
    /// Minutes of a handover: the rule's value, 15 without a row.
    pub handover: i32,
    /// Whether there is a `handover_minutes` row, so that these people come early.
    pub early: bool,
}

/// An end of segments, at which work is handed to people who stay. There is one for every minute at which
/// segments end and length of handover, even when nobody can receive.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The handover, minutes of the block; it ends when the segments end.
    pub time: Span,
    /// Slots of the handover; empty when its length is 0.
    pub slots: (usize, usize),
    /// Supplies whose segment ends with it.
    pub leavers: Vec<usize>,
    /// Supplies present throughout who do not hand over in it themselves. Those of them who are at a meal or in
    /// a meeting then cannot receive.
    pub receivers: Vec<usize>,
    /// Supplies whose segment starts when the event ends and who come early for it, by its length or more: a leaver who shares a
    /// channel with somebody of them hands over to them, and nobody who is at work is off the queue for it.
    pub arrivals: Vec<usize>,
}

/// A meeting inside the block.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingSlot {
    /// Index in the case.
    pub meeting: usize,
    /// When, minutes of the block.
    pub time: Span,
    /// Slots it takes.
    pub slots: (usize, usize),
    /// Supplies that attend it: in scope, their shift contains it.
    pub attends: Vec<usize>,
    /// Supplies that come in for it, their shift not containing it: off the queue while they are at work in it,
    /// never kept.
    pub comes_in: Vec<usize>,
    /// People to keep on each channel: the people out of scope count first, what they leave open is kept from
    /// the supplies that attend, as far as they reach; all others of them attend.
    pub keep: i64,
}

/// A task on a day of the block.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskSlot {
    /// Index in the case.
    pub task: usize,
    /// Where it may lie: (first slot, one past the last), in order of time. Not while a meeting takes place during
    /// which people are kept on their channels.
    pub places: Vec<(usize, usize)>,
    /// People who do it, where there are so many who can; `None`: everybody who can.
    pub people: Option<i64>,
    /// Supplies whose people may do it and are at work in some place.
    pub supplies: Vec<usize>,
    /// Where everybody does it: supplies each of whose people has a turn, done or not. Ascending; they contain
    /// [`TaskSlot::supplies`].
    pub wanted: Vec<usize>,
    /// Price of a turn (one person's) that is not done.
    pub undone: i64,
}
