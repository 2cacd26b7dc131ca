//! From head counts to people: who takes which meal, is kept, receives and reads.

use crate::base::index::PersonIx;
use crate::intraday::evaluate::BlockPlan;
use crate::intraday::frame::Frame;
use crate::model::Rota;
use crate::problem::day::CellTable;
use crate::problem::{Block, DayProblem};

/// A person of a supply.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// Who.
    pub(super) person: PersonIx,
    /// Supply of the block.
    pub(super) supply: usize,
}

/// A person's shift in a block, with what they do in it.
#[derive(Clone, Debug)]
pub(super) struct Worker {
    /// Who.
    pub(super) person: PersonIx,
    /// Supply of the block.
    pub(super) supply: usize,
    /// Class: supply and meal.
    pub(super) class: usize,
    /// Slots of the meal, empty for none.
    pub(super) meal: (usize, usize),
    /// Meetings of the block for which they are kept on the queue.
    pub(super) kept: Vec<usize>,
    /// Events in which they receive.
    pub(super) receives: Vec<usize>,
    /// Slots in which they read messages.
    pub(super) reads: Vec<(usize, usize)>,
    /// Minutes of the block and the channel served, in order of time.
    pub(super) served: Vec<(crate::base::Span, usize)>,
    /// Ends of a segment that needs certain channels: (event, channels).
    pub(super) endings: Vec<(usize, Vec<usize>)>,
    /// Minutes of the block at which they come early for a later segment.
    pub(super) comes_again: Vec<i32>,
}

impl Worker {
    /// Whether they are on the queue in a slot.
    pub(super) fn on(&self, day: &DayProblem, frame: &Frame, slot: usize) -> bool {
        let inside = |r: (usize, usize)| r.0 <= slot && slot < r.1;
        let s = &day.supplies[self.supply];
        let kept = self.kept.iter().any(|&m| inside(day.meetings[m].slots))
            && s.present[slot]
            && !s.own_handover[slot];
        (kept || frame.class_on(self.class, slot))
            && !self.receives.iter().any(|&e| inside(day.events[e].slots))
            && !self.reads.iter().any(|&r| inside(r))
    }
}

/// The people of each day block, by person within each supply.
pub(super) fn by_block(rota: &Rota, blocks: &[Block], cells: &CellTable) -> Vec<Vec<Member>> {
    let mut lists: Vec<Vec<Member>> = vec![Vec::new(); blocks.len()];
    for (p, row) in rota.cells.iter().enumerate() {
        for (day, cell) in row.iter().enumerate() {
            let person = PersonIx::new(p);
            if let Some(cell) = cell.shift().and_then(|s| cells.cell(day, person, s)) {
                let place = cells.place(cell);
                lists[place.block].push(Member { person, supply: place.supply });
            }
        }
    }
    let is_day = |b: &Block| matches!(b, Block::Day(_));
    lists.into_iter().zip(blocks).filter(|(_, b)| is_day(b)).map(|(l, _)| l).collect()
}

/// Gives the people of a block their parts.
pub(super) fn roles(day: &DayProblem, frame: &Frame, people: &[Member], plan: &BlockPlan) -> Vec<Worker> {
    let mut workers = Vec::with_capacity(people.len());
    for (supply, meals) in plan.meals.iter().enumerate() {
        let mut list: Vec<PersonIx> =
            people.iter().filter(|m| m.supply == supply).map(|m| m.person).collect();
        if list.is_empty() {
            continue;
        }
        // The meals go round from day to day.
        let turn = day.supplies[supply].day % list.len();
        list.rotate_left(turn);
        let mut list = list.into_iter();
        for (class, &n) in frame.classes(supply).zip(meals) {
            for person in list.by_ref().take(n as usize) {
                workers.push(Worker {
                    person,
                    supply,
                    class,
                    meal: frame.meal[class],
                    kept: Vec::new(),
                    receives: Vec::new(),
                    reads: Vec::new(),
                    served: Vec::new(),
                    endings: Vec::new(),
                    comes_again: Vec::new(),
                });
            }
        }
    }
    for (m, kept) in plan.kept.iter().enumerate() {
        for (&g, &n) in day.meetings[m].attends.iter().zip(kept) {
            let stays = workers
                .iter_mut()
                .filter(|w| w.supply == g && !frame.eats_in(w.class, day.meetings[m].slots));
            for w in stays.take(n as usize) {
                w.kept.push(m);
            }
        }
    }
    for r in &plan.reading {
        let free = |w: &&mut Worker| w.class == r.class && !w.reads.contains(&r.slots);
        if let Some(w) = workers.iter_mut().find(free) {
            w.reads.push(r.slots);
        }
    }
    let overlap = |a: (usize, usize), b: (usize, usize)| a.0.max(b.0) < a.1.min(b.1);
    for (e, received) in plan.received.iter().enumerate() {
        let slots = day.events[e].slots;
        for &(class, n) in received {
            let mut able: Vec<usize> = (0..workers.len())
                .filter(|&i| {
                    let w = &workers[i];
                    w.class == class
                        && !w.reads.iter().any(|&r| overlap(r, slots))
                        && !w.receives.iter().any(|&f| overlap(day.events[f].slots, slots))
                })
                .collect();
            able.sort_by_key(|&i| (workers[i].receives.len(), i));
            for &i in able.iter().take(n as usize) {
                workers[i].receives.push(e);
            }
        }
    }
    for ending in &plan.endings {
        let free = workers
            .iter_mut()
            .filter(|w| w.class == ending.class && !w.endings.iter().any(|e| e.0 == ending.event));
        for w in free.take(ending.people as usize) {
            w.endings.push((ending.event, ending.channels.clone()));
        }
    }
    workers
}
