//! Who does which task when: after meals, meetings, handovers and messages, from those who are on the queue.
//!
//! Each piece goes to the person and place that cost least at the moment; then turns are taken back and given anew, one by
//! one and, where they are few, two at a time. As long as somebody who may do a task is on the queue all through a place
//! of it, nothing of it is left undone.

use super::state::State;
use crate::problem::day::Event;

/// Rounds of giving turns anew at most.
const ROUNDS: usize = 3;
/// Turns up to which they are given anew two at a time.
const PAIRED: usize = 12;
/// Places of the first of two turns that are tried, the cheapest ones.
const FIRST: usize = 8;

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

/// Does all tasks.
pub(super) fn do_tasks(state: &mut State<'_>) {
    fill(state);
    for _ in 0..ROUNDS {
        let before = price(state);
        one_by_one(state);
        in_pairs(state);
        fill(state);
        if price(state) >= before {
            break;
        }
    }
}

/// Gives every turn that somebody can do, tasks with the fewest places first.
fn fill(state: &mut State<'_>) {
    let tasks = &state.day.tasks;
    let mut order = left_over(state);
    order.sort_by_key(|&t| (tasks[t].places.len(), t));
    for t in order {
        while left(state, t) > 0 {
            let Some(turn) = cheapest(state, t) else { break };
            take_on(state, turn);
        }
    }
}

/// The price with all tasks done as well as can be; the state is left as it was.
pub(super) fn price_with_tasks(state: &mut State<'_>) -> i64 {
    if state.day.tasks.is_empty() {
        return state.total;
    }
    do_tasks(state);
    let price = price(state);
    while !state.tasked.is_empty() {
        take_back(state, 0);
    }
    price
}

/// Price of the turns that are not done.
pub(super) fn undone(state: &State<'_>) -> i64 {
    (0..state.day.tasks.len()).map(|t| left(state, t) * state.day.tasks[t].undone).sum()
}

fn price(state: &State<'_>) -> i64 {
    state.total + undone(state)
}

/// Turns of a task that are not done.
fn left(state: &State<'_>, task: usize) -> i64 {
    let slot = &state.day.tasks[task];
    let everybody = || slot.wanted.iter().map(|&g| state.counts[g]).sum();
    let done = state.tasked.iter().filter(|x| x.task == task).count() as i64;
    slot.people.unwrap_or_else(everybody) - done
}

/// Takes each turn back once and gives it anew.
fn one_by_one(state: &mut State<'_>) {
    for _ in 0..state.tasked.len() {
        let old = take_back(state, 0);
        let new = cheapest(state, old.task).unwrap_or(old);
        take_on(state, new);
    }
}

/// Takes two turns back and gives them anew, the first in each of its best places, the second in the best that is left
/// then; also one turn with another that nobody could do so far, or that one in its stead.
fn in_pairs(state: &mut State<'_>) {
    if !(1..=PAIRED).contains(&state.tasked.len()) || left_over(state).is_empty() && state.tasked.len() < 2 {
        return;
    }
    for task in left_over(state) {
        for _ in 0..state.tasked.len() {
            if left(state, task) == 0 {
                break;
            }
            let before = price(state);
            let old = take_back(state, 0);
            if let Some(((first, second), _)) = pair(state, task, old.task) {
                take_on(state, first);
                take_on(state, second);
            } else if let Some(turn) = cheapest(state, task) {
                take_on(state, turn);
                if price(state) >= before {
                    take_back(state, state.tasked.len() - 1);
                    take_on(state, old);
                }
            } else {
                take_on(state, old);
            }
        }
    }
    let all = state.tasked.clone();
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            let place = |state: &State<'_>, turn: &Tasked| state.tasked.iter().position(|x| x == turn);
            let before = state.total;
            // A turn that was given anew meanwhile had its trial.
            let Some(at) = place(state, a) else { break };
            take_back(state, at);
            let Some(at) = place(state, b) else {
                take_on(state, a.clone());
                continue;
            };
            take_back(state, at);
            let ways = [pair(state, a.task, b.task), pair(state, b.task, a.task)];
            let best = ways.into_iter().flatten().min_by_key(|way| way.1);
            let (a, b) = best.filter(|way| way.1 < before).map_or((a.clone(), b.clone()), |way| way.0);
            take_on(state, a);
            take_on(state, b);
        }
    }
}

/// Tasks of which a turn is left that some people may do.
fn left_over(state: &State<'_>) -> Vec<usize> {
    let tasks = &state.day.tasks;
    (0..tasks.len()).filter(|&t| !tasks[t].supplies.is_empty() && left(state, t) > 0).collect()
}

/// The cheapest turns of two tasks found, and the price of the day with both. The state is left as it was.
fn pair(state: &mut State<'_>, first: usize, second: usize) -> Option<((Tasked, Tasked), i64)> {
    let mut firsts: Vec<(i64, Tasked)> =
        choices(state, first).into_iter().map(|turn| (rise(state, &turn), turn)).collect();
    firsts.sort_by_cached_key(|(rise, turn)| (*rise, order(state, turn)));
    firsts.truncate(FIRST);
    let mut best: Option<((Tasked, Tasked), i64)> = None;
    for (_, turn) in firsts {
        take_on(state, turn.clone());
        if let Some(other) = cheapest(state, second) {
            let total = state.total + rise(state, &other);
            if best.as_ref().is_none_or(|b| total < b.1) {
                best = Some(((turn, other), total));
            }
        }
        take_back(state, state.tasked.len() - 1);
    }
    best
}

fn take_on(state: &mut State<'_>, turn: Tasked) {
    put(state, &turn, -1);
    state.tasked.push(turn);
}

fn take_back(state: &mut State<'_>, at: usize) -> Tasked {
    let turn = state.tasked.remove(at);
    put(state, &turn, 1);
    turn
}

/// Puts somebody who does a task back on the queue, or takes them off it.
fn put(state: &mut State<'_>, turn: &Tasked, people: i64) {
    let skill = state.frame.skill[state.frame.supply[turn.class]];
    for s in turn.slots.0..turn.slots.1 {
        state.add(skill, s, people);
    }
    state.refresh();
}

/// By how much a turn raises the price.
fn rise(state: &mut State<'_>, turn: &Tasked) -> i64 {
    let skill = state.frame.skill[state.frame.supply[turn.class]];
    for s in turn.slots.0..turn.slots.1 {
        state.suppose(skill, s, -1);
    }
    state.trial()
}

/// The person and place that cost least; of equal ones the first in [`order`]. `None` when nobody can do it.
fn cheapest(state: &mut State<'_>, task: usize) -> Option<Tasked> {
    let priced: Vec<(i64, Tasked)> =
        choices(state, task).into_iter().map(|turn| (rise(state, &turn), turn)).collect();
    let least = priced.iter().map(|p| p.0).min()?;
    let equal = priced.into_iter().filter(|p| p.0 == least).map(|p| p.1);
    equal.min_by_key(|turn| order(state, turn))
}

/// Which of two turns of equal price comes first: the one with less beside handovers, then the earlier one.
fn order(state: &State<'_>, turn: &Tasked) -> (usize, (usize, usize), usize) {
    (beside_handovers(state, turn.slots), turn.slots, turn.class)
}

/// Slots of a place in intervals in which somebody hands over at work: batches need whoever is free there.
fn beside_handovers(state: &State<'_>, place: (usize, usize)) -> usize {
    let day = state.day;
    let held = |e: &&Event| e.slots.0 < e.slots.1 && e.leavers.iter().any(|&g| state.counts[g] > 0);
    let with_event = |slots: (usize, usize)| {
        day.events.iter().filter(held).any(|e| slots.0 <= e.slots.0 && e.slots.1 <= slots.1)
    };
    let both = |slots: (usize, usize)| slots.1.min(place.1).saturating_sub(slots.0.max(place.0));
    let near = day.intervals.iter().map(|i| i.slots).filter(|&slots| both(slots) > 0 && with_event(slots));
    near.map(both).max().unwrap_or(0)
}

/// For each class and place the first of its people who is on the queue all through and does not do the task yet.
fn choices(state: &State<'_>, task: usize) -> Vec<Tasked> {
    let slot = &state.day.tasks[task];
    let mut turns = Vec::new();
    for &g in &slot.supplies {
        for class in state.frame.classes(g).filter(|&class| state.eaters[class] > 0) {
            let here = |p: &(usize, usize)| {
                state.day.supplies[g].at_work(*p) && (p.0..p.1).all(|s| state.frame.class_on(class, s))
            };
            let places: Vec<(usize, usize)> = slot.places.iter().copied().filter(here).collect();
            if places.is_empty() {
                continue;
            }
            let people = state.decided().people(class);
            for slots in places {
                let apart = |r: (usize, usize)| r.0.max(slots.0) >= r.1.min(slots.1);
                let free = people.iter().position(|w| {
                    w.reads.iter().all(|&r| apart(r))
                        && w.receives.iter().all(|&e| apart(state.day.events[e].slots))
                        && w.tasks.iter().all(|x| x.0 != task && apart(x.1))
                });
                turns.extend(free.map(|index| Tasked { task, class, index, slots }));
            }
        }
    }
    turns
}
