//! The people of a class one by one: who of them is kept from a meeting, receives and reads. The price needs only
//! numbers; the last channel of a leaver and the names need to know who does what.

use super::frame::Frame;
use super::state::{Reading, Share};
use super::tasks::Tasked;
use crate::problem::DayProblem;

/// What one person of a class does besides the class's meal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Individual {
    /// Meetings of the block for which they are kept on the queue.
    pub(super) kept: Vec<usize>,
    /// Events in which they receive.
    pub(super) receives: Vec<usize>,
    /// Slots in which they read messages.
    pub(super) reads: Vec<(usize, usize)>,
    /// Tasks of the block that they do, with the slots.
    pub(super) tasks: Vec<(usize, (usize, usize))>,
}

impl Individual {
    /// Whether they are on the queue in a slot.
    pub(super) fn on(&self, day: &DayProblem, frame: &Frame, class: usize, slot: usize) -> bool {
        let inside = |r: (usize, usize)| r.0 <= slot && slot < r.1;
        let s = &day.supplies[frame.supply[class]];
        let kept = self.kept.iter().any(|&m| inside(day.meetings[m].slots))
            && s.present[slot]
            && !s.own_handover[slot];
        (kept || frame.class_on(class, slot))
            && !self.receives.iter().any(|&e| inside(day.events[e].slots))
            && !self.reads.iter().any(|&r| inside(r))
            && !self.tasks.iter().any(|t| inside(t.1))
    }
}

/// What is decided of a block, by class.
#[derive(Clone, Copy)]
pub(super) struct Decided<'a> {
    /// The block.
    pub(super) day: &'a DayProblem,
    /// The block, prepared.
    pub(super) frame: &'a Frame,
    /// People of each class.
    pub(super) eaters: &'a [i64],
    /// For each meeting the people kept of each supply that attends.
    pub(super) kept: &'a [Vec<i64>],
    /// For each event who receives.
    pub(super) received: &'a [Vec<Share>],
    /// Who reads.
    pub(super) reading: &'a [Reading],
    /// Who does which task.
    pub(super) tasked: &'a [Tasked],
}

impl Decided<'_> {
    /// How many people of a class are kept from a meeting: its first ones, classes in order.
    pub(super) fn kept_of(&self, meeting: usize, class: usize) -> i64 {
        let m = &self.day.meetings[meeting];
        let g = self.frame.supply[class];
        let place = m.attends.iter().position(|&x| x == g);
        let Some(place) = place.filter(|_| !self.frame.eats_in(class, m.slots)) else { return 0 };
        let earlier = self.frame.classes(g).take_while(|&c| c < class);
        let before: i64 = earlier.filter(|&c| !self.frame.eats_in(c, m.slots)).map(|c| self.eaters[c]).sum();
        (self.kept[meeting][place] - before).clamp(0, self.eaters[class])
    }
    /// The people of a class.
    pub(super) fn people(&self, class: usize) -> Vec<Individual> {
        let overlap = |a: (usize, usize), b: (usize, usize)| a.0.max(b.0) < a.1.min(b.1);
        let mut people = vec![Individual::default(); self.eaters[class] as usize];
        for m in 0..self.day.meetings.len() {
            for person in &mut people[..self.kept_of(m, class) as usize] {
                person.kept.push(m);
            }
        }
        for r in self.reading.iter().filter(|r| r.class == class) {
            people[r.index].reads.push(r.slots);
        }
        for (e, received) in self.received.iter().enumerate() {
            let slots = self.day.events[e].slots;
            for &(_, n) in received.iter().filter(|r| r.0 == class) {
                let busy = |w: &Individual| {
                    w.reads.iter().any(|&r| overlap(r, slots))
                        || w.receives.iter().any(|&f| overlap(self.day.events[f].slots, slots))
                };
                let mut able: Vec<usize> = (0..people.len()).filter(|&i| !busy(&people[i])).collect();
                able.sort_by_key(|&i| (people[i].receives.len(), i));
                for &i in able.iter().take(n as usize) {
                    people[i].receives.push(e);
                }
            }
        }
        for t in self.tasked.iter().filter(|t| t.class == class) {
            people[t.index].tasks.push((t.task, t.slots));
        }
        people
    }
}
