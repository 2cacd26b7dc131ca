//! The same two people do not hand over to each other two days running, where others of the slot can change places.

use crate::base::index::PersonIx;
use crate::base::{DAY_MINUTES, Minute, Span};
use crate::model::{Case, Handover, HandoverKind};
use std::collections::{BTreeMap, BTreeSet};

/// Who hands over to whom.
type Pair = (PersonIx, PersonIx);

/// Handovers of one day, kind and slot, whose receivers can change places.
type Slots = BTreeMap<(HandoverKey, Span), Vec<usize>>;

/// The slots of handovers in person, as they are before batches.
pub(super) struct Pairs<'a> {
    case: &'a Case,
    /// By the day of the leavers' shift; indices of the handovers.
    days: BTreeMap<usize, Slots>,
}

impl<'a> Pairs<'a> {
    /// `handovers` must be without batches yet.
    pub(super) fn new(case: &'a Case, handovers: &[Handover]) -> Self {
        let mut days: BTreeMap<usize, Slots> = BTreeMap::new();
        for (i, h) in handovers.iter().enumerate() {
            if let Some(key) = key(h).filter(|_| h.to.is_some_and(|to| to != h.from)) {
                let time = h.time.shifted(h.day as Minute * DAY_MINUTES);
                days.entry(h.day).or_default().entry((key, time)).or_default().push(i);
            }
        }
        Self { case, days }
    }

    /// Exchanges the receivers of handovers of one slot and kind while that lowers the number of pairs that the day
    /// before had too. Nobody's load changes.
    pub(super) fn vary(&self, handovers: &mut [Handover]) {
        for (&day, slots) in &self.days {
            let known = self.met_before(handovers, day);
            for list in slots.values() {
                while let Some((i, j)) = exchange(self.case, handovers, list, &known) {
                    swap(handovers, i, j);
                }
            }
        }
    }

    /// Whether no exchange is left that [`vary`](Self::vary) would make on a day or the day after it.
    pub(super) fn settled(&self, handovers: &[Handover], day: usize) -> bool {
        [day, day + 1].into_iter().all(|day| {
            let known = self.met_before(handovers, day);
            let settled = |list: &Vec<usize>| exchange(self.case, handovers, list, &known).is_none();
            self.days.get(&day).is_none_or(|slots| slots.values().all(settled))
        })
    }

    /// The pairs of the day before.
    fn met_before(&self, handovers: &[Handover], day: usize) -> BTreeSet<Pair> {
        let slots = day.checked_sub(1).and_then(|before| self.days.get(&before));
        slots.into_iter().flat_map(BTreeMap::values).flatten().filter_map(|&i| pair(&handovers[i])).collect()
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
            let Some(to_b) = b.to else { continue };
            let now = again(a.from, to_a) + again(b.from, to_b);
            if may_exchange(case, a, b) && again(a.from, to_b) + again(b.from, to_a) < now {
                return Some((i, j));
            }
        }
    }
    None
}

/// Whether two handovers of a slot can have each other's receivers.
pub(super) fn may_exchange(case: &Case, a: &Handover, b: &Handover) -> bool {
    let (Some(to_a), Some(to_b)) = (a.to, b.to) else { return false };
    to_a != to_b
        && to_b != a.from
        && to_a != b.from
        && case.person(to_b).serves(a.channel)
        && case.person(to_a).serves(b.channel)
}

/// In how many handovers of the day before and the day after the two people of a handover meet like this.
/// `handovers` in order of days.
pub(super) fn repeated(handovers: &[Handover], i: usize) -> usize {
    let h = &handovers[i];
    let of = |day: usize| {
        let at = |d: usize| handovers.partition_point(|h| h.day < d);
        handovers[at(day)..at(day + 1)].iter().filter(|o| pair(o) == pair(h) && key(o) == key(h)).count()
    };
    of(h.day + 1) + h.day.checked_sub(1).map_or(0, of)
}

/// Exchanges the receivers of two handovers.
pub(super) fn swap(handovers: &mut [Handover], i: usize, j: usize) {
    let (a, b) = (handovers[i].to, handovers[j].to);
    for (h, to, was) in [(i, b, a), (j, a, b)] {
        let h = &mut handovers[h];
        h.to = to;
        if h.backup == to {
            h.backup = was;
        }
    }
}
