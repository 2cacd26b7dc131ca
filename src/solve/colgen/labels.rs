//! Labels: partial lines extended day by day, kept while nothing dominates them and their completion may lie below
//! the limit.
//!
//! A label is a partial line up to a day with its price and state. Labels with the same key (dimensions of sense
//! [`Sense::Equal`]) are kept only when no cheaper one is as small in every other dimension. Complexity: days ×
//! labels × options extensions; labels are cut off by a completion bound (Irnich and Desaulniers, Shortest path
//! problems with resource constraints, 2005).

use super::dense::{Dense, Spot};
use super::fill::Fill;
use super::line::{LineMachine, Sense};
use super::pricing::{LinePrices, PricedLine};
use super::tables::Tables;
use crate::base::stop::StopCriterion;
use crate::problem::LineProblem;

/// Keys' worth of labels that a beam keeps a day, those that promise most.
const SPREAD: usize = 32;

#[derive(Clone, Copy)]
struct Label {
    price: f64,
    /// Tolls paid so far.
    toll: f64,
    key: u64,
    parent: u32,
    option: u16,
    spot: Spot,
}

/// At what prices and how far labels are looked at.
#[derive(Clone, Copy)]
pub(super) struct View<'p> {
    pub prices: &'p LinePrices,
    /// Prices with tolls, at which the completions are priced.
    pub tolled: &'p LinePrices,
    /// What a line that keeps all limits pays in tolls at most.
    pub credit: f64,
    /// Only lines below this are wanted.
    pub limit: f64,
}

/// What the labels led to.
pub(super) struct Labelled {
    /// Cheapest line below the limit.
    pub line: Option<PricedLine>,
    /// Labels extended.
    pub labels: u64,
    /// Whether all labels were gone through.
    pub complete: bool,
    /// Whether the clock cut the search off.
    pub timed_out: bool,
}

/// Lower bounds on the price of the rest of a line.
pub(super) enum Completion<'d> {
    /// From tables over the state.
    Dense(&'d Dense, Tables<'d>),
    /// Without any rule, by day.
    Plain(Vec<f64>),
}

impl Completion<'_> {
    /// Without tables.
    pub(super) fn plain(prices: &LinePrices, machine: &LineMachine<'_>) -> Self {
        let days = prices.option.len();
        let mut rest = vec![0.0; days + 1];
        for d in (0..days).rev() {
            let least = prices.option[d].iter().copied().fold(f64::INFINITY, f64::min);
            let weekend = if machine.line.weekend[d] > 0 { prices.weekend.min(0.0) } else { 0.0 };
            rest[d] = rest[d + 1] + least + weekend + machine.least_step(d) as f64 / prices.scale;
        }
        Self::Plain(rest)
    }
    pub(super) fn start(&self, line: &LineProblem) -> Spot {
        match self {
            Self::Dense(dense, _) => dense.start(line),
            Self::Plain(_) => Spot::default(),
        }
    }
    pub(super) fn step(&self, line: &LineProblem, d: usize, o: usize, from: Spot) -> Option<Spot> {
        match self {
            Self::Dense(dense, _) => dense.step(line, d, o, from),
            Self::Plain(_) => Some(from),
        }
    }
    /// Whether what days off give back of overtime already priced is in the bounds.
    pub(super) fn gives_back(&self) -> bool {
        match self {
            Self::Dense(dense, _) => dense.fill.as_ref().is_some_and(Fill::answers),
            Self::Plain(_) => true,
        }
    }
    pub(super) fn at(&self, line: &LineProblem, d: usize, spot: Spot) -> f64 {
        match self {
            Self::Dense(_, tables) => tables.at(line, d, spot),
            Self::Plain(rest) => rest[d],
        }
    }
}

/// The label search below a limit, given up when more than `most` labels would be extended. With a `beam`, at most
/// that many labels are kept per key, and the result is a heuristic one.
pub(super) fn search(
    machine: &LineMachine<'_>,
    completion: &Completion<'_>,
    view: View<'_>,
    beam: Option<usize>,
    stop: Option<&StopCriterion>,
    most: u64,
) -> Labelled {
    let line = machine.line;
    let View { prices, tolled, credit, limit } = view;
    let days = line.options.len();
    let width = machine.width();
    let mut history: Vec<Vec<Label>> = Vec::with_capacity(days);
    let mut states = machine.start();
    let spot = completion.start(line);
    let mut labels = vec![Label { price: 0.0, toll: 0.0, key: 0, parent: 0, option: 0, spot }];
    let mut next_state = vec![0; width];
    let mut extended = 0;
    let nothing = |labels, complete, timed_out| Labelled { line: None, labels, complete, timed_out };
    let back = |state: &[i32]| machine.refundable(state) as f64 / prices.scale;
    let known = completion.gives_back();
    for d in 0..days {
        let least = machine.least_step(d) as f64 / prices.scale;
        let mut fresh: Vec<Label> = Vec::new();
        let mut fresh_states: Vec<i32> = Vec::new();
        for (i, label) in labels.iter().enumerate() {
            if i % 4096 == 4095 && stop.is_some_and(StopCriterion::expired) {
                return nothing(extended, false, true);
            }
            if extended > most {
                return nothing(extended, false, false);
            }
            let from = &states[i * width..(i + 1) * width];
            let least = if known { least } else { -back(from) };
            for (o, (&own, &priced)) in prices.option[d].iter().zip(&tolled.option[d]).enumerate() {
                if own == f64::INFINITY {
                    continue;
                }
                extended += 1;
                let Some(spot) = completion.step(line, d, o, label.spot) else { continue };
                let rest = completion.at(line, d + 1, spot) - credit;
                // Worth a look before the rules are gone through.
                if label.price + label.toll + priced + rest + tolled.weekend.min(0.0) + least >= limit {
                    continue;
                }
                let Some((step, weekend)) = machine.step(d, o, from, &mut next_state) else { continue };
                let mut price = label.price + own + step as f64 / prices.scale;
                let mut toll = label.toll + priced - own;
                if weekend {
                    price += prices.weekend;
                    toll += tolled.weekend - prices.weekend;
                }
                let rest = if known { rest } else { rest - back(&next_state) };
                if price + toll + rest >= limit {
                    continue;
                }
                let key = key_of(machine, &next_state);
                fresh.push(Label { price, toll, key, parent: i as u32, option: o as u16, spot });
                fresh_states.extend_from_slice(&next_state);
            }
        }
        let mut kept = undominated(machine, &fresh, &fresh_states, beam);
        if let Some(most) = beam.map(|b| b * SPREAD).filter(|&most| most < kept.len()) {
            let promise = |i: u32| {
                let l = &fresh[i as usize];
                l.price + l.toll + completion.at(line, d + 1, l.spot)
            };
            kept.sort_by(|&a, &b| promise(a).total_cmp(&promise(b)).then(a.cmp(&b)));
            kept.truncate(most);
        }
        labels = kept.iter().map(|&i| fresh[i as usize]).collect();
        states.clear();
        for &i in &kept {
            let i = i as usize;
            states.extend_from_slice(&fresh_states[i * width..(i + 1) * width]);
        }
        history.push(labels.clone());
        if labels.is_empty() {
            return nothing(extended, true, false);
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
    Labelled { line, labels: extended, complete: true, timed_out: false }
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
