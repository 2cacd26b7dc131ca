//! Where modes lead, laid out so that modes which share steps share the work of comparing them.
//!
//! After a night shift fewer shifts may follow than after an early one, and they lead to the same modes. So the steps of
//! one mode are mostly those of another and a few more, and the cheapest of them is found from the other's.

use super::tables::{LETTERS, NONE};
use crate::solve::modes::Modes;

/// Modes among which one with fewer steps is sought.
const BACK: usize = 256;

/// A step that at least one mode allows.
#[derive(Clone, Copy, PartialEq)]
struct Step {
    letter: u8,
    to: u16,
    cost: f32,
}

/// The steps of a mode: all of those of `like`, if there is one, and `extra[from..to]`.
struct Link {
    mode: u16,
    like: u16,
    from: u32,
    to: u32,
}

/// All steps of a person.
pub(super) struct Steps {
    steps: Vec<Step>,
    /// Every mode once, after the one that it is like.
    links: Vec<Link>,
    extra: Vec<u16>,
}

impl Steps {
    pub(super) fn new(modes: &Modes) -> Self {
        let mut steps: Vec<Step> = Vec::new();
        let mut sets: Vec<(u16, Vec<u16>)> = Vec::with_capacity(modes.count);
        for m in 0..modes.count {
            let mut set = Vec::new();
            for l in 0..modes.letters {
                let at = m * modes.letters + l;
                if modes.next[at] == u32::MAX {
                    continue;
                }
                let step = Step { letter: l as u8, to: modes.next[at] as u16, cost: modes.cost[at] as f32 };
                let known = steps.iter().position(|s| *s == step);
                set.push(known.unwrap_or(steps.len()) as u16);
                if known.is_none() {
                    steps.push(step);
                }
            }
            set.sort_unstable();
            sets.push((m as u16, set));
        }
        sets.sort_by_key(|(m, set)| (set.len(), *m));
        let (mut links, mut extra) = (Vec::with_capacity(sets.len()), Vec::new());
        for (i, (mode, set)) in sets.iter().enumerate() {
            let before = sets[i.saturating_sub(BACK)..i].iter().rev();
            let like = before.clone().find(|(_, other)| !other.is_empty() && within(other, set));
            let from = extra.len() as u32;
            match like {
                Some((_, other)) => extra.extend(set.iter().filter(|s| other.binary_search(s).is_err())),
                None => extra.extend(set),
            }
            let like = like.map_or(NONE, |l| l.0);
            links.push(Link { mode: *mode, like, from, to: extra.len() as u32 });
        }
        Self { steps, links, extra }
    }

    /// Lowers `now[mode]` to the cheapest step of each mode: the price of its letter, and what lies `ahead`.
    pub(super) fn relax<const W: usize>(
        &self,
        prices: &[f32; LETTERS],
        ahead: &[f32; W],
        now: &mut [f32],
        room: &mut Room,
    ) {
        room.steps.clear();
        room.steps.extend(self.steps.iter().map(|s| {
            prices[usize::from(s.letter) & (LETTERS - 1)] + ahead[usize::from(s.to) & (W - 1)] + s.cost
        }));
        room.modes.clear();
        room.modes.resize(self.links.len(), f32::INFINITY);
        for link in &self.links {
            let mut least =
                if link.like == NONE { f32::INFINITY } else { room.modes[usize::from(link.like)] };
            for &s in &self.extra[link.from as usize..link.to as usize] {
                let price = room.steps[usize::from(s)];
                least = if price < least { price } else { least };
            }
            let m = usize::from(link.mode);
            room.modes[m] = least;
            now[m] = if least < now[m] { least } else { now[m] };
        }
    }
}

/// Work space: a price for each step, and for each mode.
#[derive(Default)]
pub(super) struct Room {
    steps: Vec<f32>,
    modes: Vec<f32>,
}

/// Whether all of `few` is in `many`; both ascending.
fn within(few: &[u16], many: &[u16]) -> bool {
    let mut rest = many.iter();
    few.iter().all(|s| rest.any(|m| m == s))
}
