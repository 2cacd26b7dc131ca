//! Meal times: every combination where there are few, else construction, moves, and pairs of moves.

use super::moves::{commit, price_of};
use super::program::DayLp;
use super::state::State;
use super::tasks::price_with_tasks;

/// Combinations of meals up to which all are tried.
const EXACT: u128 = 81;
/// Worsening moves that may begin a pair of moves.
const KICKS: usize = 6;

/// Finds meals for everybody, and what follows from them. The `program` is that of the day, as it always stands.
pub(super) fn optimise(state: &mut State<'_>, program: impl FnOnce() -> DayLp) {
    let supplies: Vec<usize> = (0..state.counts.len()).filter(|&g| state.counts[g] > 0).collect();
    let choices: Vec<usize> =
        supplies.iter().copied().filter(|&g| state.frame.classes(g).len() > 1).collect();
    for &g in supplies.iter().filter(|g| !choices.contains(g)) {
        state.eat(state.frame.class[g], state.counts[g]);
    }
    state.refresh();
    let combinations = choices.iter().fold(1u128, |product, &g| {
        product.saturating_mul(ways(state.counts[g], state.frame.classes(g).len()))
    });
    if combinations <= EXACT {
        enumerate(state, &choices);
        return;
    }
    construct(state, &choices);
    state.derive();
    let most = choices.iter().map(|&g| state.counts[g]).max().unwrap_or(0);
    let mut step = most / 6;
    while step > 1 {
        descend(state, &choices, step, 2);
        step /= 3;
    }
    descend(state, &choices, 1, 20);
    kick(state, &choices);
    let before = state.snapshot();
    let total = state.total;
    state.derive();
    if state.total >= total {
        state.restore(&before);
    }
    let price = price_with_tasks(state);
    if price > 0
        && let Some(meals) = program().whole_meals(state.counts, price)
    {
        let before = state.snapshot();
        for &g in &choices {
            let first = state.frame.class[g];
            for (i, &n) in meals[g].iter().enumerate() {
                state.eat(first + i, n - state.eaters[first + i]);
            }
        }
        state.refresh();
        state.derive();
        descend(state, &choices, 1, 4);
        if price_with_tasks(state) >= price {
            state.restore(&before);
        }
    }
}

/// Ways to spread people over meals.
fn ways(people: i64, meals: usize) -> u128 {
    let mut result = 1u128;
    for i in 0..meals as u128 - 1 {
        result = result.saturating_mul(people as u128 + i + 1) / (i + 1);
        if result > EXACT * 1000 {
            return result;
        }
    }
    result
}

/// Tries all combinations.
fn enumerate(state: &mut State<'_>, choices: &[usize]) {
    let mut best = None;
    descend_tree(state, choices, 0, &mut best);
    if let Some((_, s)) = best {
        state.restore(&s);
    }
}

type Best = Option<(i64, super::state::Snapshot)>;

fn descend_tree(state: &mut State<'_>, choices: &[usize], at: usize, best: &mut Best) {
    if at == choices.len() {
        state.derive();
        let price = price_with_tasks(state);
        if best.as_ref().is_none_or(|b| price < b.0) {
            *best = Some((price, state.snapshot()));
        }
        return;
    }
    let classes = state.frame.classes(choices[at]);
    let people = state.counts[choices[at]];
    spread(state, choices, at, classes.start, classes.end, people, best);
}

fn spread(
    state: &mut State<'_>,
    choices: &[usize],
    at: usize,
    class: usize,
    end: usize,
    people: i64,
    best: &mut Best,
) {
    if class + 1 == end {
        state.eat(class, people);
        descend_tree(state, choices, at + 1, best);
        state.eat(class, -people);
        return;
    }
    for n in (0..=people).rev() {
        state.eat(class, n);
        spread(state, choices, at, class + 1, end, people - n, best);
        state.eat(class, -n);
    }
}

/// Gives everybody the meal that costs least at the moment, a few people at a time.
fn construct(state: &mut State<'_>, choices: &[usize]) {
    for &g in choices {
        let chunk = (state.counts[g] / 6).max(1);
        let mut left = state.counts[g];
        while left > 0 {
            let n = chunk.min(left);
            let mut best = (i64::MAX, state.frame.class[g]);
            for class in state.frame.classes(g) {
                let (a, b) = state.frame.meal[class];
                for s in a..b {
                    if state.frame.on[g * state.frame.slots + s] {
                        state.suppose(state.frame.skill[g], s, -n);
                    }
                }
                // Equal prices: the emptier meal, so that people are spread.
                let price = state.trial().saturating_mul(1024) + state.eaters[class].min(1023);
                best = best.min((price, class));
            }
            state.eat(best.1, n);
            state.refresh();
            left -= n;
        }
    }
}

/// Moves people between meals as long as that helps, at most `sweeps` times through all supplies.
fn descend(state: &mut State<'_>, choices: &[usize], step: i64, sweeps: usize) {
    for _ in 0..sweeps {
        let mut improved = false;
        for &g in choices {
            for from in state.frame.classes(g) {
                let n = step.min(state.eaters[from]);
                if n == 0 {
                    continue;
                }
                let mut best = (0, from);
                for to in state.frame.classes(g).filter(|&to| to != from) {
                    let price = price_of(state, from, to, n);
                    best = best.min((price, to));
                }
                if best.0 < 0 {
                    improved |= commit(state, from, best.1, n, true);
                }
            }
        }
        if !improved {
            return;
        }
    }
}

/// Begins pairs of moves with the least bad ones.
fn kick(state: &mut State<'_>, choices: &[usize]) {
    let mut begun: Vec<(i64, usize, usize)> = Vec::new();
    for &g in choices {
        for from in state.frame.classes(g) {
            for to in state.frame.classes(g) {
                if to != from && state.eaters[from] > 0 {
                    begun.push((state.try_meal(from, to, 1), from, to));
                }
            }
        }
    }
    begun.sort_unstable();
    let mut tried = 0;
    for (price, from, to) in begun {
        if tried == KICKS {
            return;
        }
        // A move that reaches a slot with slack on both sides has no follow-up that gains from it.
        if state.eaters[from] == 0 || price <= 0 && state.total == 0 {
            continue;
        }
        tried += 1;
        let before = state.snapshot();
        let total = state.total;
        let touched = clusters_of(state, &[from, to]);
        commit(state, from, to, 1, false);
        let mut best = (total - state.total, from, from);
        for &g in choices {
            for a in state.frame.classes(g) {
                for b in state.frame.classes(g) {
                    let moves = state.eaters[a] > 0 && b != a && (a, b) != (to, from);
                    if moves && clusters_of(state, &[a, b]).iter().any(|c| touched.contains(c)) {
                        best = best.min((price_of(state, a, b, 1), a, b));
                    }
                }
            }
        }
        if best.1 != best.2 {
            commit(state, best.1, best.2, 1, false);
        }
        if state.total < total {
            descend(state, choices, 1, 4);
        } else {
            state.restore(&before);
        }
    }
}

/// Clusters in which people of these classes eat.
fn clusters_of(state: &State<'_>, classes: &[usize]) -> Vec<u32> {
    let mut list = Vec::with_capacity(8);
    for &class in classes {
        let (a, b) = state.frame.meal[class];
        for s in a..b {
            let c = state.frame.cluster[s];
            if c != super::frame::NONE && !list.contains(&c) {
                list.push(c);
            }
        }
    }
    list
}
