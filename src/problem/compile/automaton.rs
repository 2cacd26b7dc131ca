//! From a rule's own small state machine to one table: reachable states, few symbols, equal states merged.
//!
//! A rule is written as a [`Machine`] in its own words; [`build`] walks it through the person's real options day
//! by day, so that only states that can occur become states of the table. Two options that lead every reachable
//! state to the same place at the same price share a symbol, whatever their day.

use crate::problem::{DayOption, FORBIDDEN, SequenceAutomaton};
use std::collections::{BTreeMap, BTreeSet};

/// A rule over a person's days as a state machine.
pub(super) trait Machine {
    /// What must be remembered; smaller should be better where there is such an order.
    type State: Clone + Ord;
    /// State before day 0.
    fn start(&self) -> Self::State;
    /// State and price after taking `option` on `day`; `None`: not allowed.
    fn step(&self, state: &Self::State, day: usize, option: &DayOption) -> Option<(Self::State, i64)>;
    /// Price of ending in a state; `None`: not allowed.
    fn finish(&self, _state: &Self::State) -> Option<i64> {
        Some(0)
    }
}

/// A table and the symbol of each option of each day.
pub(super) struct Built {
    /// The table.
    pub(super) automaton: SequenceAutomaton,
    /// `symbols[day][option]`.
    pub(super) symbols: Vec<Vec<u8>>,
}

/// What a symbol does in a state: nothing known, forbidden, or (next state, price).
type Entry = Option<Option<(usize, i64)>>;

/// Builds the table of a machine; `Ok(None)` when it can neither forbid nor cost anything.
///
/// # Errors
/// When the table needs more than 255 symbols or 65534 states.
pub(super) fn build<M: Machine>(
    machine: &M,
    options: &[Vec<DayOption>],
    rules: Vec<usize>,
) -> Result<Option<Built>, TooLarge> {
    let layers = reach(machine, options);
    let all: BTreeSet<&M::State> = layers.iter().flatten().collect();
    let states: Vec<&M::State> = all.into_iter().collect();
    if states.len() >= usize::from(FORBIDDEN) {
        return Err(TooLarge);
    }
    let index: BTreeMap<&M::State, usize> = states.iter().enumerate().map(|(i, s)| (*s, i)).collect();

    let mut table: Vec<Vec<Entry>> = Vec::new();
    let mut sources: Vec<(usize, usize)> = Vec::new();
    let mut symbols = Vec::with_capacity(options.len());
    for (day, list) in options.iter().enumerate() {
        let mut row = Vec::with_capacity(list.len());
        for (o, option) in list.iter().enumerate() {
            let mut entries: Vec<Entry> = vec![None; states.len()];
            for s in &layers[day] {
                entries[index[s]] = Some(machine.step(s, day, option).map(|(n, c)| (index[&n], c)));
            }
            let found = table.iter().position(|known| compatible(known, &entries));
            let symbol = found.unwrap_or_else(|| {
                table.push(vec![None; states.len()]);
                sources.push((day, o));
                table.len() - 1
            });
            for (known, new) in table[symbol].iter_mut().zip(entries) {
                if new.is_some() {
                    *known = new;
                }
            }
            row.push(u8::try_from(symbol).ok().filter(|&s| s < u8::MAX).ok_or(TooLarge)?);
        }
        symbols.push(row);
    }
    // A state that cannot occur with a symbol still gets the rule's own answer where that is a known state: the
    // table then has fewer distinct rows.
    for (entries, &(day, o)) in table.iter_mut().zip(&sources) {
        for (s, entry) in entries.iter_mut().enumerate() {
            if entry.is_none() {
                let answer = machine.step(states[s], day, &options[day][o]);
                *entry = Some(answer.and_then(|(n, c)| index.get(&n).map(|&i| (i, c))));
            }
        }
    }
    let finish: Vec<Option<i64>> = states.iter().map(|s| machine.finish(s)).collect();
    let last = &layers[options.len()];
    let free = table.iter().flatten().all(|e| matches!(e, Some(Some((_, 0)))))
        && last.iter().all(|s| machine.finish(s) == Some(0));
    if free {
        return Ok(None);
    }

    let class = merge_equal(&table, &finish);
    let count = class.iter().max().map_or(0, |m| m + 1);
    let mut next = vec![FORBIDDEN; count * table.len()];
    let mut cost = vec![0; count * table.len()];
    let mut finish_of = vec![None; count];
    for s in 0..states.len() {
        finish_of[class[s]] = finish[s];
        for (symbol, entries) in table.iter().enumerate() {
            if let Some(Some((n, c))) = entries[s] {
                next[class[s] * table.len() + symbol] = class[n] as u16;
                cost[class[s] * table.len() + symbol] = c;
            }
        }
    }
    let start = class[index[&machine.start()]] as u16;
    let mut automaton = SequenceAutomaton {
        symbols: table.len(),
        start,
        next,
        cost,
        finish: finish_of,
        smaller_is_better: false,
        rules,
    };
    let reachable: Vec<BTreeSet<usize>> =
        layers.iter().map(|l| l.iter().map(|s| class[index[s]]).collect()).collect();
    automaton.smaller_is_better = monotone(&automaton, &symbols, &reachable);
    Ok(Some(Built { automaton, symbols }))
}

/// A table that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// States that can occur before each day and at the end.
fn reach<M: Machine>(machine: &M, options: &[Vec<DayOption>]) -> Vec<BTreeSet<M::State>> {
    let mut layers = vec![BTreeSet::from([machine.start()])];
    for (day, list) in options.iter().enumerate() {
        let mut after = BTreeSet::new();
        for state in &layers[day] {
            after.extend(list.iter().filter_map(|o| machine.step(state, day, o)).map(|(n, _)| n));
        }
        layers.push(after);
    }
    layers
}

fn compatible(known: &[Entry], new: &[Entry]) -> bool {
    known.iter().zip(new).all(|(a, b)| a.is_none() || b.is_none() || a == b)
}

/// Partition refinement (Moore 1956): the class of each state, classes numbered by their smallest state.
fn merge_equal(table: &[Vec<Entry>], finish: &[Option<i64>]) -> Vec<usize> {
    let mut class: Vec<usize> = renumber(finish.iter().map(|f| (*f, 0, Vec::new())));
    loop {
        let signature = |s: usize| {
            let row: Vec<Option<(usize, i64)>> =
                table.iter().map(|e| e[s].flatten().map(|(n, c)| (class[n], c))).collect();
            (None, class[s], row)
        };
        let refined = renumber((0..finish.len()).map(signature));
        if refined == class {
            return class;
        }
        class = refined;
    }
}

type Signature = (Option<i64>, usize, Vec<Option<(usize, i64)>>);

fn renumber(signatures: impl Iterator<Item = Signature>) -> Vec<usize> {
    let mut numbers: BTreeMap<Signature, usize> = BTreeMap::new();
    signatures
        .map(|s| {
            let fresh = numbers.len();
            *numbers.entry(s).or_insert(fresh)
        })
        .collect()
}

/// Whether, day by day, a smaller state allows what a larger one allows, costs no more and stays no larger.
fn monotone(a: &SequenceAutomaton, symbols: &[Vec<u8>], layers: &[BTreeSet<usize>]) -> bool {
    let step_keeps = |low: usize, high: usize, symbol: u8| {
        let (i, j) = (low * a.symbols + usize::from(symbol), high * a.symbols + usize::from(symbol));
        a.next[j] == FORBIDDEN || (a.next[i] != FORBIDDEN && a.next[i] <= a.next[j] && a.cost[i] <= a.cost[j])
    };
    let neighbours = |layer: &BTreeSet<usize>| -> Vec<(usize, usize)> {
        layer.iter().copied().zip(layer.iter().copied().skip(1)).collect()
    };
    let days = symbols.iter().zip(layers).all(|(row, layer)| {
        neighbours(layer).into_iter().all(|(low, high)| row.iter().all(|&s| step_keeps(low, high, s)))
    });
    // Neighbours suffice: the relation is transitive.
    days && layers.last().is_some_and(|layer| {
        neighbours(layer).into_iter().all(|(low, high)| match (a.finish[low], a.finish[high]) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(x), Some(y)) => x <= y,
        })
    })
}
