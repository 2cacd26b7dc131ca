//! Last channels, messages and tasks: what the order of time decides once the meals are known.

use super::endings::{Ending, Reserve, follow_tasks, needed_endings, reserve};
use super::messages::read_messages;
use super::state::State;
use super::tasks::do_tasks;
use crate::base::Minute;

/// Messages that nobody has read yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Carry {
    /// For each channel when the messages were left that wait for the next one to start with it: minutes of the
    /// horizon, those before the end of the block's last day as one.
    pub pending: Vec<Vec<Minute>>,
}

/// What was settled.
#[derive(Clone, Debug, Default)]
pub(super) struct Settled {
    /// Endings that somebody's receiver needs.
    pub(super) endings: Vec<Ending>,
    /// Minutes put on a channel outside the flow.
    pub(super) reserves: Vec<Reserve>,
    /// Messages left over.
    pub(super) carry: Carry,
}

/// Settles readers (only where somebody may read at a cost) and endings.
pub(super) fn settle(state: &mut State<'_>, carry: &Carry) -> Settled {
    let mut settled = Settled { carry: carry.clone(), ..Settled::default() };
    settled.carry.pending.resize(state.day.channels, Vec::new());
    if state.day.reads {
        read_messages(state, &mut settled);
    }
    if !state.day.tasks.is_empty() {
        do_tasks(state);
        follow_tasks(state, &mut settled.endings);
    }
    for e in 0..state.day.events.len() {
        needed_endings(state, e, &mut settled.endings);
    }
    reserve(state, &mut settled);
    settled
}
