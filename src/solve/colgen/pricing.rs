//! The pricing problem: the cheapest line of work of a person at given prices, by labels.
//!
//! A label is a partial line up to a day with its price and state. Labels with the same key (dimensions of
//! sense [`Sense::Equal`]) are kept only when no cheaper one is as small in every other dimension. Complexity:
//! days × labels × options extensions; labels are cut off by a completion bound (Irnich and Desaulniers,
//! Shortest path problems with resource constraints, 2005).

use super::completion::CompletionBound;
use super::line::{LineMachine, Sense};
use crate::base::stop::StopCriterion;

/// Prices a line is measured at.
pub(super) struct LinePrices {
    /// `option[day][o]`: price of the option, own cost included; infinite when it is not allowed.
    pub option: Vec<Vec<f64>>,
    /// Price of each weekend counted.
    pub weekend: f64,
    /// The line's own prices (automata, sums, overtime) are divided by this.
    pub scale: f64,
}

/// The cheapest line found.
pub(super) struct PricedLine {
    /// Price at the given prices.
    pub price: f64,
    /// Options by day.
    pub choice: Vec<u16>,
}

/// What a pricing returned.
pub(super) struct Pricing {
    /// Cheapest line below the limit, if any.
    pub line: Option<PricedLine>,
    /// Labels extended: the deterministic measure of work.
    pub labels: u64,
    /// Whether the search was carried to its end (the clock may cut it off): only then the price bounds anything.
    pub complete: bool,
}

#[derive(Clone, Copy)]
struct Label {
    price: f64,
    key: u64,
    parent: u32,
    option: u16,
}

/// Finds the cheapest line with a price below `limit`. With a `beam`, at most that many labels are kept per
/// key, and the result is a heuristic one.
pub(super) fn price_line(
    machine: &LineMachine<'_>,
    prices: &LinePrices,
    limit: f64,
    beam: Option<usize>,
    stop: Option<&StopCriterion>,
) -> Pricing {
    let days = machine.line.options.len();
    let width = machine.width();
    let automata = machine.line.automata.len();
    let bound = CompletionBound::new(machine, prices);
    let mut history: Vec<Vec<Label>> = Vec::with_capacity(days);
    let mut states = machine.start();
    let mut labels = vec![Label { price: 0.0, key: 0, parent: 0, option: 0 }];
    let mut next_state = vec![0; width];
    let mut extended = 0;
    for d in 0..days {
        let mut fresh: Vec<Label> = Vec::new();
        let mut fresh_states: Vec<i32> = Vec::new();
        for (i, label) in labels.iter().enumerate() {
            if i % 4096 == 4095 && stop.is_some_and(StopCriterion::expired) {
                return Pricing { line: None, labels: extended, complete: false };
            }
            let from = &states[i * width..(i + 1) * width];
            for (o, &option_price) in prices.option[d].iter().enumerate() {
                if option_price == f64::INFINITY {
                    continue;
                }
                extended += 1;
                let Some((step, weekend)) = machine.step(d, o, from, &mut next_state) else { continue };
                let mut price = label.price + option_price + step as f64 / prices.scale;
                if weekend {
                    price += prices.weekend;
                }
                if price + bound.at(d + 1, &next_state, automata) >= limit {
                    continue;
                }
                let key = key_of(machine, &next_state);
                fresh.push(Label { price, key, parent: i as u32, option: o as u16 });
                fresh_states.extend_from_slice(&next_state);
            }
        }
        let kept = undominated(machine, &fresh, &fresh_states, beam);
        labels = kept.iter().map(|&i| fresh[i as usize]).collect();
        states.clear();
        for &i in &kept {
            let i = i as usize;
            states.extend_from_slice(&fresh_states[i * width..(i + 1) * width]);
        }
        history.push(labels.clone());
        if labels.is_empty() {
            return Pricing { line: None, labels: extended, complete: true };
        }
    }
    let best = labels
        .iter()
        .enumerate()
        .filter_map(|(i, l)| {
            let finish = machine.finish(&states[i * width..(i + 1) * width])?;
            Some((l.price + finish as f64 / prices.scale, i))
        })
        .filter(|b| b.0 < limit)
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let line = best.map(|(price, mut i)| {
        let mut choice = vec![0; days];
        for d in (0..days).rev() {
            choice[d] = history[d][i].option;
            i = history[d][i].parent as usize;
        }
        PricedLine { price, choice }
    });
    Pricing { line, labels: extended, complete: true }
}

fn key_of(machine: &LineMachine<'_>, state: &[i32]) -> u64 {
    let mut key = 0u64;
    for (&s, &sense) in state.iter().zip(&machine.senses) {
        if sense == Sense::Equal {
            key = (key.rotate_left(7) ^ s as u32 as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }
    key
}

/// Indices of the labels that no other label dominates, by key, then price.
fn undominated(machine: &LineMachine<'_>, labels: &[Label], states: &[i32], beam: Option<usize>) -> Vec<u32> {
    let width = machine.width();
    let state = |i: u32| &states[i as usize * width..(i as usize + 1) * width];
    let mut order: Vec<u32> = (0..labels.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| {
        let (x, y) = (&labels[a as usize], &labels[b as usize]);
        x.key.cmp(&y.key).then(x.price.total_cmp(&y.price)).then(a.cmp(&b))
    });
    let dominates = |a: &[i32], b: &[i32]| {
        a.iter().zip(b).zip(&machine.senses).all(|((x, y), sense)| match sense {
            Sense::Equal => x == y,
            Sense::Smaller => x <= y,
        })
    };
    let mut kept: Vec<u32> = Vec::new();
    let mut group = 0;
    for i in order {
        if group < kept.len() && labels[kept[group] as usize].key != labels[i as usize].key {
            group = kept.len();
        }
        if beam.is_some_and(|b| kept.len() - group >= b) {
            continue;
        }
        let candidate = state(i);
        if !kept[group..].iter().any(|&k| dominates(state(k), candidate)) {
            kept.push(i);
        }
    }
    kept
}
