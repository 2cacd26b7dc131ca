//! The same two people do not hand over to each other two days running, where others of the slot can change places.

use crate::base::index::PersonIx;
use crate::base::{DAY_MINUTES, Minute};
use crate::model::{Case, Handover, HandoverKind};
use std::collections::{BTreeMap, BTreeSet};

/// Who hands over to whom.
type Pair = (PersonIx, PersonIx);

/// Exchanges the receivers of handovers of one slot and kind while that lowers the number of pairs that the day before
/// had too. Nobody's load changes. `handovers` must be without batches yet.
pub(super) fn vary(case: &Case, handovers: &mut [Handover]) {
    let mut days: BTreeMap<usize, BTreeMap<(HandoverKey, Minute), Vec<usize>>> = BTreeMap::new();
    for (i, h) in handovers.iter().enumerate() {
        if let Some(key) = key(h).filter(|_| h.to.is_some_and(|to| to != h.from)) {
            let end = h.time.end + h.day as Minute * DAY_MINUTES;
            days.entry(h.day).or_default().entry((key, end)).or_default().push(i);
        }
    }
    let mut before: (usize, BTreeSet<Pair>) = (0, BTreeSet::new());
    for (day, slots) in days {
        let known = if before.0 + 1 == day { std::mem::take(&mut before.1) } else { BTreeSet::new() };
        for list in slots.values().filter(|_| !known.is_empty()) {
            while let Some((i, j)) = exchange(case, handovers, list, &known) {
                swap(handovers, i, j);
            }
        }
        let pairs = slots.values().flatten().filter_map(|&i| pair(&handovers[i]));
        before = (day, pairs.collect());
    }
}

/// Early arrival or overlap.
type HandoverKey = bool;

fn key(h: &Handover) -> Option<HandoverKey> {
    match h.kind {
        HandoverKind::EarlyArrival => Some(true),
        HandoverKind::Overlap => Some(false),
        HandoverKind::Message | HandoverKind::None => None,
    }
}

fn pair(h: &Handover) -> Option<Pair> {
    h.to.map(|to| (h.from, to))
}

/// Two handovers that had better change receivers.
fn exchange(
    case: &Case,
    handovers: &[Handover],
    list: &[usize],
    known: &BTreeSet<Pair>,
) -> Option<(usize, usize)> {
    let again = |from: PersonIx, to: PersonIx| usize::from(known.contains(&(from, to)));
    for &i in list {
        let a = &handovers[i];
        let Some(to_a) = a.to.filter(|&to| again(a.from, to) > 0) else { continue };
        for &j in list {
            let b = &handovers[j];
            let Some(to_b) = b.to.filter(|&to| to != to_a) else { continue };
            let may = to_b != a.from
                && to_a != b.from
                && case.person(to_b).serves(a.channel)
                && case.person(to_a).serves(b.channel);
            let now = again(a.from, to_a) + again(b.from, to_b);
            if may && again(a.from, to_b) + again(b.from, to_a) < now {
                return Some((i, j));
            }
        }
    }
    None
}

fn swap(handovers: &mut [Handover], i: usize, j: usize) {
    let (a, b) = (handovers[i].to, handovers[j].to);
    for (h, to, was) in [(i, b, a), (j, a, b)] {
        let h = &mut handovers[h];
        h.to = to;
        if h.backup == to {
            h.backup = was;
        }
    }
}
