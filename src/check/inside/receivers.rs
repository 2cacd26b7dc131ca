//! The other side of handovers: receivers spread over the people at work, one role at a time, and no minute of handover
//! without a reason.

use super::floor::{Floor, Opening};
use super::handovers::say;
use super::messages::Delivery;
use super::spans::without;
use super::{absolute, clocks, slot, worked};
use crate::base::index::{ChannelIx, PersonIx};
use crate::base::{DAY_MINUTES, Minute, Span, counted};
use crate::check::findings::Findings;
use crate::model::{Handover, HandoverKind};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Handovers of one slot and kind that pass to somebody by name, with the receivers.
type Slots<'h> = BTreeMap<(bool, Minute, Minute), Vec<(&'h Handover, PersonIx)>>;

/// Receivers of one slot are distinct people as far as there are enough, their load as even as the channels allow.
pub(super) fn spread(floor: &mut Floor<'_, '_>, known: &[&Handover], out: &mut Findings) {
    let mut slots: Slots<'_> = BTreeMap::new();
    for h in known {
        let overlap = h.kind == HandoverKind::Overlap;
        let time = absolute(h.day, h.time);
        if (overlap || h.kind == HandoverKind::EarlyArrival)
            && let Some(to) = h.to.filter(|&to| to != h.from)
        {
            slots.entry((overlap, time.start, time.end)).or_default().push((h, to));
        }
    }
    for ((overlap, start, end), items) in slots {
        let mut load: BTreeMap<PersonIx, usize> = BTreeMap::new();
        if overlap {
            load.extend(floor.serving(Span::new(start, end)).iter().map(|&q| (q, 0)));
        } else {
            let early = floor.at(end).iter().filter(|o| o.handover.1);
            load.extend(early.map(|o| (o.person, 0)));
        }
        for &(_, q) in &items {
            *load.entry(q).or_default() += 1;
        }
        let chains = Chains::new(floor, &items, &load);
        for (&q, &n) in load.iter().filter(|(_, n)| **n > 1) {
            let Some(r) = chains.relief(q, n) else { continue };
            let (f, d) = (floor.f, start.div_euclid(DAY_MINUTES).max(0) as usize);
            let (m, r) = (load[&r], &f.person(r).id);
            let (en, zh) = if m == 0 {
                (
                    format!("takes over {n} times at once while {r} takes over nothing"),
                    format!("同时接 {n} 个班，而 {r} 没有接班"),
                )
            } else {
                (
                    format!(
                        "takes over {n} times at once while {r} takes over {}",
                        counted(m, "time", "times")
                    ),
                    format!("同时接 {n} 个班，而 {r} 只接 {m} 个"),
                )
            };
            say(f, out, q, d.min(f.case.horizon.days - 1), 1, &en, &zh);
        }
    }
}

/// The ways by which handovers of a slot can pass from one receiver to another.
struct Chains<'l> {
    load: &'l BTreeMap<PersonIx, usize>,
    /// By receiver the handovers: who leaves, and the channel.
    taken: BTreeMap<PersonIx, Vec<(PersonIx, ChannelIx)>>,
    /// By channel the receivers who work on it.
    on: BTreeMap<ChannelIx, Vec<PersonIx>>,
    least: usize,
}

impl<'l> Chains<'l> {
    fn new(
        floor: &Floor<'_, '_>,
        items: &[(&Handover, PersonIx)],
        load: &'l BTreeMap<PersonIx, usize>,
    ) -> Self {
        let mut taken: BTreeMap<PersonIx, Vec<(PersonIx, ChannelIx)>> = BTreeMap::new();
        let mut on: BTreeMap<ChannelIx, Vec<PersonIx>> = BTreeMap::new();
        for &(h, to) in items {
            taken.entry(to).or_default().push((h.from, h.channel));
            on.entry(h.channel)
                .or_insert_with(|| load.keys().copied().filter(|&r| floor.works_on(r, h.channel)).collect());
        }
        Self { load, taken, on, least: load.values().copied().min().unwrap_or(0) }
    }

    /// Somebody with two handovers less, to whom a chain of handovers can pass one of an overloaded receiver's.
    fn relief(&self, q: PersonIx, n: usize) -> Option<PersonIx> {
        if self.least + 2 > n {
            return None;
        }
        let mut seen = BTreeSet::from([q]);
        let mut queue = VecDeque::from([q]);
        // Channels that have been passed on, and who could not take over there for being the one who left.
        let mut passed: BTreeMap<ChannelIx, PersonIx> = BTreeMap::new();
        while let Some(at) = queue.pop_front() {
            if self.load[&at] + 2 <= n {
                return Some(at);
            }
            for &(from, channel) in self.taken.get(&at).into_iter().flatten() {
                let on = &self.on[&channel];
                match passed.get(&channel) {
                    None => {
                        passed.insert(channel, from);
                        queue.extend(on.iter().copied().filter(|&r| r != from && seen.insert(r)));
                    }
                    Some(&left) if left != from => {
                        queue.extend(on.iter().copied().filter(|&r| r == left && seen.insert(r)));
                    }
                    Some(_) => {}
                }
            }
        }
        None
    }
}

/// Why somebody is on handover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Hands over, or comes early.
    Own,
    /// Takes over in an overlap.
    Receives,
    /// Reads messages in the first minutes.
    Reads,
}

/// A role in a handover: minutes from the start of the horizon, and why.
pub(super) type Role = (Span, Why);

/// Everybody's roles: own slots, early arrivals, taking over, reading messages.
pub(super) fn roles(floor: &Floor<'_, '_>, known: &[&Handover], all: &[Delivery]) -> Vec<Vec<Role>> {
    let f = floor.f;
    let mut roles: Vec<Vec<Role>> = vec![Vec::new(); f.case.people.len()];
    let mut add = |p: PersonIx, time: Span, why: Why| {
        if !roles[p.ix()].contains(&(time, why)) {
            roles[p.ix()].push((time, why));
        }
    };
    let arrival = |o: &Opening| Span::new(o.start - o.handover.0, o.start);
    for o in &floor.openings {
        let (minutes, early) = o.handover;
        add(o.person, slot(Span::new(o.start, o.end), minutes), Why::Own);
        if early && o.first {
            add(o.person, arrival(o), Why::Own);
        }
    }
    for h in known {
        let (Some(to), time) = (h.to, absolute(h.day, h.time)) else { continue };
        match h.kind {
            HandoverKind::Overlap => add(to, time, Why::Receives),
            HandoverKind::EarlyArrival => {
                for o in floor.at(time.end).iter().filter(|o| o.person == to) {
                    add(to, arrival(o), Why::Own);
                }
            }
            HandoverKind::Message | HandoverKind::None => {}
        }
    }
    for delivery in all {
        for &i in &delivery.messages {
            let Some(o) = delivery.reader(floor, known[i]) else { continue };
            if o.handover.1 {
                add(o.person, arrival(&o), Why::Own);
            } else {
                add(o.person, floor.reading(&o), Why::Reads);
            }
        }
    }
    roles
}

/// Nobody takes over or reads in two places at once, and no minute of handover is without a reason.
pub(super) fn justified(floor: &Floor<'_, '_>, roles: &[Vec<Role>], out: &mut Findings) {
    let (f, inside) = (floor.f, floor.inside);
    for (p, roles) in f.case.person_indices().zip(roles) {
        let mut times: Vec<Span> = roles.iter().filter(|r| r.1 != Why::Own).map(|r| r.0).collect();
        times.sort_unstable();
        for pair in times.windows(2).filter(|w| w[0].overlap(w[1]) > 0) {
            let d = pair[1].start.div_euclid(DAY_MINUTES).max(0) as usize;
            let (en, zh) = ("takes over in two slots at once", "同时在两个时段接班");
            say(f, out, p, d.min(f.case.horizon.days - 1), 1, en, zh);
        }
    }
    for (p, d, _) in worked(f) {
        let there: Vec<Span> = inside.day(p, d).handover().into_iter().map(|t| absolute(d, t)).collect();
        let reasons: Vec<Span> = roles[p.ix()].iter().map(|r| r.0).collect();
        for part in without(&there, &reasons) {
            let c = clocks(part.shifted(-absolute(d, Span::new(0, 0)).start));
            let (en, zh) = (format!("on handover in {c} without one"), format!("{c} 处于交接但没有交接"));
            say(f, out, p, d, i64::from(part.len()), &en, &zh);
        }
    }
}
