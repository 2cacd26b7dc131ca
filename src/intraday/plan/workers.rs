//! From head counts to people: who takes which meal, is kept, receives and reads.

use crate::base::index::PersonIx;
use crate::intraday::evaluate::BlockPlan;
use crate::intraday::frame::Frame;
use crate::intraday::people::{Decided, Individual};
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
    /// What they do besides.
    pub(super) roles: Individual,
    /// Channels whose messages they read, with the slots.
    pub(super) reads: Vec<((usize, usize), Vec<usize>)>,
    /// Minutes of the block and the channel served, in order of time.
    pub(super) served: Vec<(crate::base::Span, usize)>,
    /// Ends of a segment that need a certain channel: (event, channel).
    pub(super) endings: Vec<(usize, usize)>,
    /// Minutes of the block at which they come early for a later segment.
    pub(super) comes_again: Vec<i32>,
}

impl Worker {
    /// Whether they are on the queue in a slot.
    pub(super) fn on(&self, day: &DayProblem, frame: &Frame, slot: usize) -> bool {
        self.roles.on(day, frame, self.class, slot)
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
    let eaters = plan.meals.concat();
    let decided = Decided {
        day,
        frame,
        eaters: &eaters,
        kept: &plan.kept,
        received: &plan.received,
        reading: &plan.reading,
        tasked: &plan.tasked,
    };
    let mut workers = Vec::with_capacity(people.len());
    let mut firsts = vec![0; eaters.len()];
    for supply in 0..plan.meals.len() {
        let mut list: Vec<PersonIx> =
            people.iter().filter(|m| m.supply == supply).map(|m| m.person).collect();
        if list.is_empty() {
            continue;
        }
        // The meals go round from day to day.
        let turn = day.supplies[supply].day % list.len();
        list.rotate_left(turn);
        let mut list = list.into_iter();
        for class in frame.classes(supply) {
            firsts[class] = workers.len();
            for (roles, person) in decided.people(class).into_iter().zip(list.by_ref()) {
                workers.push(Worker {
                    person,
                    supply,
                    class,
                    meal: frame.meal[class],
                    roles,
                    reads: Vec::new(),
                    served: Vec::new(),
                    endings: Vec::new(),
                    comes_again: Vec::new(),
                });
            }
        }
    }
    for r in &plan.reading {
        workers[firsts[r.class] + r.index].reads.push((r.slots, r.channels.clone()));
    }
    for ending in &plan.endings {
        let mut i = firsts[ending.class] + ending.first as usize;
        for &(channel, n) in &ending.chosen {
            for worker in &mut workers[i..i + n as usize] {
                worker.endings.push((ending.event, channel));
            }
            i += n as usize;
        }
    }
    workers
}

/// Gives the reading of messages to somebody who has not written them, where an equal colleague starts too.
pub(super) fn read_of_others(workers: &mut [Worker], authors: &[Vec<PersonIx>]) {
    for i in 0..workers.len() {
        let wrote = |p: PersonIx| {
            let channels = workers[i].reads.iter().flat_map(|r| &r.1);
            channels.filter_map(|&c| authors.get(c)).any(|list| list.contains(&p))
        };
        if !wrote(workers[i].person) {
            continue;
        }
        let equal = |j: &usize| workers[*j].supply == workers[i].supply && workers[*j].reads.is_empty();
        if let Some(j) = (0..workers.len()).find(|j| equal(j) && !wrote(workers[*j].person)) {
            let (a, b) = (workers[i].person, workers[j].person);
            (workers[i].person, workers[j].person) = (b, a);
        }
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::Worker;
    use crate::base::Span;
    use crate::intraday::people::Individual;
    use crate::problem::day::testing::p;

    /// A worker of the first supply who serves channels in stretches of minutes.
    pub(in super::super) fn worker(person: usize, served: &[((i32, i32), usize)]) -> Worker {
        Worker {
            person: p(person),
            supply: 0,
            class: 0,
            meal: (0, 0),
            roles: Individual::default(),
            reads: Vec::new(),
            served: served.iter().map(|&((a, b), c)| (Span::new(a, b), c)).collect(),
            endings: Vec::new(),
            comes_again: Vec::new(),
        }
    }
}
