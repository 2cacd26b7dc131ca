//! `handover`: not the same two people two days running, where receivers of one slot can change places.

use super::absolute;
use super::handovers::say;
use crate::base::Minute;
use crate::base::index::PersonIx;
use crate::check::Facts;
use crate::check::findings::Findings;
use crate::model::{Handover, HandoverKind};
use std::collections::{BTreeMap, BTreeSet};

/// Judges the pairs of every slot beside those of the day before.
pub(super) fn pairs(f: &Facts<'_>, known: &[&Handover], out: &mut Findings) {
    let mut met: BTreeMap<usize, BTreeSet<(PersonIx, PersonIx)>> = BTreeMap::new();
    let mut slots: BTreeMap<(bool, usize, Minute, Minute), Vec<(&Handover, PersonIx)>> = BTreeMap::new();
    for h in known {
        let overlap = h.kind == HandoverKind::Overlap;
        let in_person = overlap || h.kind == HandoverKind::EarlyArrival;
        if let Some(to) = h.to.filter(|&to| in_person && to != h.from) {
            met.entry(h.day).or_default().insert((h.from, to));
            // Who takes longer needs a receiver who is there for longer.
            let (end, minutes) = (absolute(h.day, h.time).end, h.time.len());
            slots.entry((overlap, h.day, end, minutes)).or_default().push((h, to));
        }
    }
    for ((_, day, ..), items) in slots {
        let Some(yesterday) = day.checked_sub(1).and_then(|d| met.get(&d)) else { continue };
        let again = |from: PersonIx, to: PersonIx| usize::from(yesterday.contains(&(from, to)));
        for &(a, to) in items.iter().filter(|(h, to)| again(h.from, *to) > 0) {
            let change = |&&(b, other): &&(&Handover, PersonIx)| {
                let able = f.person(other).serves(a.channel) && f.person(to).serves(b.channel);
                let distinct = other != to && other != a.from && to != b.from;
                able && distinct && again(a.from, other) + again(b.from, to) < 1 + again(b.from, other)
            };
            let Some((b, other)) = items.iter().find(change) else { continue };
            let name = |p: PersonIx| f.person(p).id.as_str();
            let (en, zh) = (
                format!(
                    "hands over to {} again, as the day before, though {} could change with {} (to {})",
                    name(to),
                    name(a.from),
                    name(b.from),
                    name(*other)
                ),
                format!(
                    "与前一天一样又交接给 {}，可与 {} 的接班人 {} 对调",
                    name(to),
                    name(b.from),
                    name(*other)
                ),
            );
            say(f, out, a.from, a.day, 1, &en, &zh);
        }
    }
}
