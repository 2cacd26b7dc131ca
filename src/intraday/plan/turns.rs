//! Who does a task goes round: among equals it is whoever has done it least often so far.

use super::Staffed;
use crate::base::index::PersonIx;
use std::collections::BTreeMap;

/// How often each person has done each task.
#[derive(Default)]
pub(super) struct Turns {
    done: BTreeMap<(usize, PersonIx), usize>,
}

impl Turns {
    /// Exchanges people of a supply, so that nobody does a task twice before an equal colleague has done it once. Meals,
    /// channels and handovers stay with the place, not the person. Blocks come in order of time.
    pub(super) fn take(&mut self, block: &mut Staffed<'_>) {
        let done = &mut self.done;
        for i in 0..block.workers.len() {
            let (tasks, supply) = (&block.workers[i].roles.tasks, block.workers[i].supply);
            // What everybody does has no turns.
            let counted = |t: &&(usize, (usize, usize))| block.day.tasks[t.0].people.is_some();
            let Some(task) = tasks.iter().find(counted).map(|t| block.day.tasks[t.0].task) else { continue };
            let times = |p: PersonIx| done.get(&(task, p)).copied().unwrap_or(0);
            let equal = |j: &usize| {
                let w = &block.workers[*j];
                w.supply == supply && !w.roles.tasks.iter().any(|t| counted(&t)) && w.reads.is_empty()
            };
            // Who reads messages has been chosen with a view to who wrote them.
            let free = block.workers[i].reads.is_empty();
            let others = (0..block.workers.len()).filter(|_| free).filter(equal);
            let least = others.map(|j| (times(block.workers[j].person), j)).min();
            if let Some((n, j)) = least
                && n < times(block.workers[i].person)
            {
                let (a, b) = (block.workers[i].person, block.workers[j].person);
                (block.workers[i].person, block.workers[j].person) = (b, a);
            }
        }
        for w in &block.workers {
            for t in &w.roles.tasks {
                *done.entry((block.day.tasks[t.0].task, w.person)).or_default() += 1;
            }
        }
    }
}
