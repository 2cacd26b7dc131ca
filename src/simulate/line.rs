//! What waits: callers in the order in which they came, and deferred work, oldest first.

use std::collections::VecDeque;

/// A contact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contact {
    /// Place of its arrivals; `None`: from before the horizon.
    pub(super) place: Option<u32>,
    pub(super) channel: u32,
    pub(super) came: f64,
    /// Leaves then, if nobody has taken it.
    pub(super) leaves: f64,
    /// Work to do in seconds (of one held alone).
    pub(super) work: f64,
    /// Deferred work is due then.
    pub(super) due: f64,
}

/// The contacts that wait on a channel.
#[derive(Debug, Default)]
pub(super) struct Line {
    waiting: VecDeque<Contact>,
    /// Those who left, not yet counted.
    pub(super) gone: Vec<Contact>,
}

impl Line {
    pub(super) fn join(&mut self, contact: Contact) {
        self.waiting.push_back(contact);
    }
    /// Work that somebody had begun.
    pub(super) fn put_back(&mut self, contact: Contact) {
        self.waiting.push_front(contact);
    }
    /// The first one who is still there.
    pub(super) fn first(&mut self, now: f64) -> Option<&Contact> {
        while self.waiting.front().is_some_and(|c| c.leaves <= now) {
            self.gone.extend(self.waiting.pop_front());
        }
        self.waiting.front()
    }
    pub(super) fn take(&mut self, now: f64) -> Option<Contact> {
        self.first(now)?;
        self.waiting.pop_front()
    }
    /// How many wait.
    pub(super) fn len(&self, now: f64) -> usize {
        self.waiting.iter().filter(|c| c.leaves > now).count()
    }
    /// Everybody leaves: the channel has closed, and nobody is there.
    pub(super) fn close(&mut self, now: f64) {
        self.waiting.iter_mut().for_each(|c| c.leaves = c.leaves.min(now));
    }
    /// Seconds of work that is due before a moment.
    pub(super) fn work_due_before(&self, moment: f64) -> f64 {
        self.waiting.iter().filter(|c| c.due < moment).map(|c| c.work).sum()
    }
    /// Seconds of work that are due by some moments: by the first one of every so many seconds.
    pub(super) fn due_by(&self, step_s: f64) -> Vec<(f64, f64)> {
        let mut found: Vec<(f64, f64)> = Vec::new();
        let mut sum = 0.0;
        for c in &self.waiting {
            sum += c.work;
            match found.last_mut() {
                Some(last) if c.due < last.0 + step_s => last.1 = sum,
                _ => found.push((c.due, sum)),
            }
        }
        found
    }
    /// Everybody left at the end.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Contact> + '_ {
        self.gone.drain(..).chain(self.waiting.drain(..))
    }
}
