//! Who does which task when: after meals, meetings, handovers and messages, from those who are on the queue.
//!
//! Each piece goes to the person and place that cost least at the moment, then each is taken back once and given anew.
//! As long as somebody who may do a task is on the queue all through a place of it, nothing of it is left undone.

use super::state::State;

/// A person of a class who does a task in a range of slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tasked {
    /// Task of the block.
    pub(super) task: usize,
    /// Class of the person.
    pub(super) class: usize,
    /// Who of the class.
    pub(super) index: usize,
    /// Slots.
    pub(super) slots: (usize, usize),
}

/// Does all tasks, those with the fewest places first.
pub(super) fn do_tasks(state: &mut State<'_>) {
    let day = state.day;
    let mut order: Vec<usize> = (0..day.tasks.len()).collect();
    order.sort_by_key(|&t| (day.tasks[t].places.len(), t));
    for &t in &order {
        let mut left = day.tasks[t].people.unwrap_or(i64::MAX);
        while left > 0 {
            let Some(done) = cheapest(state, t) else { break };
            take_on(state, done);
            left -= 1;
        }
    }
    if state.tasked.len() > 1 {
        for i in 0..state.tasked.len() {
            let old = state.tasked.remove(i);
            put(state, &old, 1);
            let new = cheapest(state, old.task).unwrap_or(old);
            put(state, &new, -1);
            state.tasked.insert(i, new);
        }
    }
}

fn take_on(state: &mut State<'_>, done: Tasked) {
    put(state, &done, -1);
    state.tasked.push(done);
}

/// Puts somebody who does a task back on the queue, or takes them off it.
fn put(state: &mut State<'_>, done: &Tasked, people: i64) {
    let skill = state.frame.skill[state.frame.supply[done.class]];
    for s in done.slots.0..done.slots.1 {
        state.add(skill, s, people);
    }
    state.refresh();
}

/// The person and place that cost least; of equal ones the earliest. `None` when nobody can do it.
fn cheapest(state: &mut State<'_>, task: usize) -> Option<Tasked> {
    let slot = &state.day.tasks[task];
    let mut best: Option<(i64, (usize, usize), usize, usize)> = None;
    for &g in &slot.supplies {
        for class in state.frame.classes(g) {
            if state.eaters[class] == 0 {
                continue;
            }
            let here = |p: &(usize, usize)| {
                state.day.supplies[g].at_work(*p) && (p.0..p.1).all(|s| state.frame.class_on(class, s))
            };
            let places: Vec<(usize, usize)> = slot.places.iter().copied().filter(here).collect();
            if places.is_empty() {
                continue;
            }
            let people = state.decided().people(class);
            for place in places {
                let apart = |r: (usize, usize)| r.0.max(place.0) >= r.1.min(place.1);
                let free = people.iter().position(|w| {
                    w.reads.iter().all(|&r| apart(r))
                        && w.receives.iter().all(|&e| apart(state.day.events[e].slots))
                        && w.tasks.iter().all(|x| x.0 != task && apart(x.1))
                });
                let Some(index) = free else { continue };
                for s in place.0..place.1 {
                    state.suppose(state.frame.skill[state.frame.supply[class]], s, -1);
                }
                let price = state.trial();
                if best.is_none_or(|b| (price, place, class) < (b.0, b.1, b.2)) {
                    best = Some((price, place, class, index));
                }
            }
        }
    }
    best.map(|(_, slots, class, index)| Tasked { task, class, index, slots })
}
