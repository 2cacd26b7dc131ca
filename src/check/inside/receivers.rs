//! The other side of handovers: receivers spread over the people at work, and no minute of handover without a
//! reason.

use super::handovers::{Floor, Opening, say};
use super::spans::without;
use super::{absolute, clocks, slot, worked};
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::base::{Minute, Span};
use crate::check::Facts;
use crate::check::findings::Findings;
use crate::model::{Handover, HandoverKind};
use std::collections::{BTreeMap, BTreeSet};

/// Who takes over in which slot, and the channels that are handed to them.
pub(super) type Receptions = BTreeMap<(Span2, PersonIx), Vec<ChannelIx>>;

/// A span that can be a key: start and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span2 {
    start: Minute,
    end: Minute,
}

impl From<Span> for Span2 {
    fn from(s: Span) -> Self {
        Self { start: s.start, end: s.end }
    }
}

impl From<Span2> for Span {
    fn from(s: Span2) -> Self {
        Self::new(s.start, s.end)
    }
}

/// Receivers of one slot are distinct people as far as there are enough, and nobody is in two slots at once.
pub(super) fn spread(floor: &mut Floor<'_, '_>, receptions: &Receptions, out: &mut Findings) {
    let f = floor.f;
    let mut by_slot: BTreeMap<Span2, BTreeMap<PersonIx, &Vec<ChannelIx>>> = BTreeMap::new();
    let mut by_person: BTreeMap<PersonIx, Vec<Span2>> = BTreeMap::new();
    for ((time, q), channels) in receptions {
        by_slot.entry(*time).or_default().insert(*q, channels);
        by_person.entry(*q).or_default().push(*time);
    }
    for (time, load) in &by_slot {
        let free: Vec<PersonIx> = floor.serving((*time).into()).to_vec();
        for (q, channels) in load.iter().filter(|(_, c)| c.len() > 1) {
            // Follow the channels that the overloaded receiver could pass on, receiver by receiver.
            let mut open: Vec<ChannelIx> = channels.to_vec();
            let mut seen: BTreeSet<ChannelIx> = BTreeSet::new();
            let mut relief = None;
            while let Some(c) = open.pop().filter(|_| relief.is_none()) {
                if !seen.insert(c) {
                    continue;
                }
                relief = free.iter().copied().find(|&r| f.person(r).serves(c) && !load.contains_key(&r));
                for (_, theirs) in load.iter().filter(|(r, _)| f.person(**r).serves(c)) {
                    open.extend(theirs.iter().filter(|x| !seen.contains(x)));
                }
            }
            if let Some(r) = relief {
                let d = time.start.div_euclid(crate::base::DAY_MINUTES).max(0) as usize;
                let (n, r) = (channels.len(), &f.person(r).id);
                let (en, zh) = (
                    format!("takes over {n} times at once while {r} takes over nothing"),
                    format!("同时接 {n} 个班，而 {r} 没有接班"),
                );
                say(f, out, *q, d.min(f.case.horizon.days - 1), 1, &en, &zh);
            }
        }
    }
    for (q, mut times) in by_person {
        times.sort_unstable();
        for pair in times.windows(2) {
            if pair[0].end > pair[1].start {
                let d = pair[1].start.div_euclid(crate::base::DAY_MINUTES).max(0) as usize;
                say(
                    f,
                    out,
                    q,
                    d.min(f.case.horizon.days - 1),
                    1,
                    "takes over in two slots at once",
                    "同时在两个时段接班",
                );
            }
        }
    }
}

/// No minute of handover without a reason: own slots, early arrivals, taking over, reading a message.
pub(super) fn justified(
    floor: &Floor<'_, '_>,
    known: &[&Handover],
    receptions: &Receptions,
    out: &mut Findings,
) {
    let (f, inside) = (floor.f, floor.inside);
    let mut reasons: Vec<Vec<Span>> = vec![Vec::new(); f.case.people.len()];
    for (time, q) in receptions.keys() {
        reasons[q.ix()].push((*time).into());
    }
    let mut readers: BTreeMap<PersonIx, BTreeSet<Minute>> = BTreeMap::new();
    for h in known {
        let end = absolute(h.day, h.time).end;
        match h.kind {
            HandoverKind::EarlyArrival => {
                readers.entry(h.to.unwrap_or(h.from)).or_default().insert(end);
            }
            HandoverKind::Message => {
                // Whoever opens the channel first may read, the outgoing person too.
                let opens = |x: &&Opening| floor.channels[x.person.ix()].contains(&h.channel);
                let first = floor.from(end).iter().find(opens).map(|x| x.start);
                let here = floor.from(end).iter().take_while(|x| Some(x.start) <= first).filter(opens);
                for x in here {
                    readers.entry(x.person).or_default().insert(x.start);
                }
                let own = floor.from(end).iter().find(|x| Some(x.person) == h.to);
                if let Some(x) = own {
                    readers.entry(x.person).or_default().insert(x.start);
                }
            }
            // Whoever shares a channel with the outgoing person may stand by.
            HandoverKind::Overlap => {
                let own = &floor.channels[h.from.ix()];
                for (q, list) in floor.channels.iter().enumerate() {
                    if list.iter().any(|c| own.contains(c)) {
                        reasons[q].push(absolute(h.day, h.time));
                    }
                }
            }
            HandoverKind::None => {}
        };
    }
    for p in f.case.person_indices() {
        for (t, s, first) in segments_of(f, p) {
            let (minutes, early) = f.handover(p, s);
            let reads = readers.get(&p).is_some_and(|r| r.contains(&t.start));
            reasons[p.ix()].push(slot(t, minutes));
            if early && (first || reads) {
                reasons[p.ix()].push(Span::new(t.start - minutes, t.start));
            }
            if reads && !(early && first) {
                reasons[p.ix()].push(Span::new(t.start, (t.start + minutes).min(t.end)));
            }
        }
    }
    for (p, d, _) in worked(f) {
        let there: Vec<Span> = inside.day(p, d).handover().into_iter().map(|t| absolute(d, t)).collect();
        for part in without(&there, &reasons[p.ix()]) {
            let c = clocks(part.shifted(-absolute(d, Span::new(0, 0)).start));
            let (en, zh) = (format!("on handover in {c} without one"), format!("{c} 处于交接但没有交接"));
            say(f, out, p, d, i64::from(part.len()), &en, &zh);
        }
    }
}

/// Segments of a person with absolute times, the shift, and whether they open it.
pub(super) fn segments_of<'f>(
    f: &'f Facts<'_>,
    p: PersonIx,
) -> impl Iterator<Item = (Span, ShiftIx, bool)> + use<'f> {
    let worked = (0..f.case.horizon.days).filter_map(move |d| f.shift(p, d).map(|s| (d, s)));
    worked.flat_map(move |(d, s)| {
        f.case.shift(s).times.iter().enumerate().map(move |(i, &t)| (absolute(d, t), s, i == 0))
    })
}
