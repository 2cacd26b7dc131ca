//! Moving people from one meal to another, with what that means for the receivers of handovers.

use super::derive::pair_up;
use super::state::{Share, State};

/// By how much a move raises the price. An upper bound where receivers change: the true one is known after
/// [`commit`].
pub(super) fn price_of(state: &mut State<'_>, from: usize, to: usize, n: i64) -> i64 {
    if tangled(state, from, to) {
        let before = state.snapshot();
        let total = state.total;
        state.move_meal(from, to, n);
        state.derive();
        let price = state.total - total;
        state.restore(&before);
        return price;
    }
    let events = changed_events(state, from, to);
    if events.is_empty() {
        return state.try_meal(from, to, n);
    }
    let mut best: Option<i64> = None;
    let mut options: Vec<Vec<(usize, usize, i64)>> = vec![Vec::new()];
    for e in events {
        let ways = receiver_ways(state, e, from, to, n);
        options = options
            .iter()
            .flat_map(|o| ways.iter().map(move |w| o.iter().chain(w).copied().collect()))
            .take(12)
            .collect();
    }
    for option in options {
        for (e, skill, people) in option {
            let slots = state.day.events[e].slots;
            for s in slots.0..slots.1 {
                state.suppose(skill, s, -people);
            }
        }
        let price = state.try_meal(from, to, n);
        best = Some(best.map_or(price, |b| b.min(price)));
    }
    best.unwrap_or(0)
}

/// Makes a move and what follows from it; takes it back when the price does not fall and `only_better`.
/// Returns whether the move stands.
pub(super) fn commit(state: &mut State<'_>, from: usize, to: usize, n: i64, only_better: bool) -> bool {
    let total = state.total;
    let full = tangled(state, from, to);
    let mut events = changed_events(state, from, to);
    for e in 0..state.day.events.len() {
        let used: i64 = state.received[e].iter().filter(|r| r.0 == from).map(|r| r.1).sum();
        if used > state.eaters[from] - n && !events.contains(&e) {
            events.push(e);
        }
    }
    let before = (only_better && (full || !events.is_empty())).then(|| state.snapshot());
    if full {
        state.move_meal(from, to, n);
        state.derive();
    } else {
        for &e in &events {
            state.release(e);
        }
        state.move_meal(from, to, n);
        state.refresh();
        events.sort_unstable();
        for &e in &events {
            state.receive(e);
        }
        state.refresh();
    }
    match before {
        Some(before) if state.total >= total => {
            state.restore(&before);
            false
        }
        _ => true,
    }
}

/// Whether a move changes more than single events: who is kept from a meeting, or events that overlap.
fn tangled(state: &State<'_>, from: usize, to: usize) -> bool {
    let eats = |slots| state.frame.eats_in(from, slots) || state.frame.eats_in(to, slots);
    state.tangled || state.day.meetings.iter().any(|m| m.keep > 0 && !m.attends.is_empty() && eats(m.slots))
}

/// Events in which exactly one of two classes can receive.
fn changed_events(state: &State<'_>, from: usize, to: usize) -> Vec<usize> {
    let g = state.frame.supply[from];
    let mut list = Vec::new();
    for (e, event) in state.day.events.iter().enumerate() {
        if !state.leaving[e].is_empty()
            && state.frame.eats_in(from, event.slots) != state.frame.eats_in(to, event.slots)
            && state.frame.can_receive(e, g)
        {
            list.push(e);
        }
    }
    list
}

/// Ways in which the receivers of an event can follow a move: changes (event, skill set, people more).
fn receiver_ways(
    state: &State<'_>,
    event: usize,
    from: usize,
    to: usize,
    n: i64,
) -> Vec<Vec<(usize, usize, i64)>> {
    let frame = state.frame;
    let k = frame.skill[frame.supply[from]];
    let left = &state.leaving[event];
    let wanted: i64 = left.iter().map(|l| l.1).sum();
    let size: i64 = state.received[event].iter().map(|r| r.1).sum();
    let fits = |a: usize, b: usize| frame.shares(a, b);
    let chosen = || -> Vec<Share> {
        let mut sum = vec![0; frame.skills.len()];
        for &(class, people) in &state.received[event] {
            sum[frame.skill[frame.supply[class]]] += people;
        }
        sum.into_iter().enumerate().collect()
    };
    if !frame.eats_in(to, state.day.events[event].slots) {
        // More can receive.
        if size == wanted {
            return vec![Vec::new()];
        }
        let mut more = chosen();
        more[k].1 += n;
        let gain = pair_up(left, &more, fits).0 - size;
        return vec![vec![(event, k, gain)]];
    }
    let short = n - state.spare[event][k];
    if short <= 0 {
        return vec![Vec::new()];
    }
    let mut fewer = chosen();
    fewer[k].1 -= short;
    let mut ways = Vec::new();
    for j in (0..frame.skills.len()).filter(|&j| j != k && state.spare[event][j] >= short) {
        fewer[j].1 += short;
        if pair_up(left, &fewer, fits).0 == size {
            ways.push(vec![(event, k, -short), (event, j, short)]);
        }
        fewer[j].1 -= short;
    }
    if ways.is_empty() {
        ways.push(vec![(event, k, -short)]);
    }
    ways
}
