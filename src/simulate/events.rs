//! What happens next.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Something that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A contact of this channel comes.
    Arrival(u32),
    /// A person finishes a contact, unless what they hold has changed since (the number is that of the change).
    Done(u32, u32),
}

#[derive(Clone, Copy, Debug)]
struct Timed {
    at: f64,
    order: u64,
    event: Event,
}

impl PartialEq for Timed {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Timed {}
impl PartialOrd for Timed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Timed {
    /// The earliest is the greatest; of equals the one that was put in first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.total_cmp(&self.at).then(other.order.cmp(&self.order))
    }
}

/// Events by their time.
#[derive(Default)]
pub(super) struct Agenda {
    heap: BinaryHeap<Timed>,
    order: u64,
}

impl Agenda {
    pub(super) fn put(&mut self, at: f64, event: Event) {
        self.order += 1;
        self.heap.push(Timed { at, order: self.order, event });
    }
    /// When the next one is.
    pub(super) fn next_at(&self) -> f64 {
        self.heap.peek().map_or(f64::INFINITY, |t| t.at)
    }
    pub(super) fn take(&mut self) -> Option<(f64, Event)> {
        self.heap.pop().map(|t| (t.at, t.event))
    }
}
