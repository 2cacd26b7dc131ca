//! The rows of the fairness terms in a master.
//!
//! A term costs weight × (T − B) with T ≥ count and B ≤ count of every member. A group of n people would bring 2n
//! rows of which few matter and which make the program very degenerate, so a row comes in only when a solution
//! breaks it. Rows that are not there have dual 0: every bound stays valid.

use super::fair_groups::Aims;
use super::master::{Master, rounding};
use super::model::{Column, Model};
use crate::lp::{KinkLp, Slopes};

/// One end of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Not above the largest.
    High,
    /// Not below the smallest.
    Low,
}

/// Units by which a row must be broken to come in.
const BROKEN: f64 = 1e-3;

struct Member {
    person: usize,
    slot: usize,
    /// Place of the term among the person's own.
    at: usize,
    history: f64,
    high: Option<usize>,
    low: Option<usize>,
}

/// A term with the rows that it has so far.
pub(super) struct FairRows {
    /// Columns of T and B, from the first row on.
    ends: Option<(usize, usize)>,
    weight: f64,
    /// Largest and smallest count of the fixed people of the term.
    fixed: Option<(f64, f64)>,
    /// Counts are rounded down: the real count may lie this much above.
    slack: f64,
    /// Price of a unit by which a row is broken.
    barred: f64,
    members: Vec<Member>,
}

impl FairRows {
    /// The terms with free members (`slot_of[person]`), the ends held by the fixed people.
    pub(super) fn all(model: &Model<'_>, slot_of: &[usize], fixed: &[&Column]) -> Vec<Option<Self>> {
        let terms = model.problem.fairness.iter().enumerate();
        terms
            .map(|(f, term)| {
                let free = |p: u32| slot_of[p as usize] != usize::MAX;
                (term.weight > 0 && term.members.iter().any(|m| free(m.0)))
                    .then(|| Self::new(model, slot_of, fixed, f))
            })
            .collect()
    }

    fn new(model: &Model<'_>, slot_of: &[usize], fixed: &[&Column], f: usize) -> Self {
        let term = &model.problem.fairness[f];
        let weight = term.weight as f64 / model.scale;
        let place = |p: usize| model.fair[p].iter().position(|h| h.0 as usize == f);
        let (mut high, mut low) = (f64::NEG_INFINITY, f64::INFINITY);
        for column in fixed {
            if let Some(at) = place(column.person) {
                let count = model.fair[column.person][at].1 + column.fair[at].1;
                high = high.max(count);
                low = low.min(count);
            }
        }
        let free = term.members.iter().map(|m| m.0 as usize).filter(|&p| slot_of[p] != usize::MAX);
        let members = free
            .filter_map(|person| {
                let at = place(person)?;
                let history = model.fair[person][at].1;
                Some(Member { person, slot: slot_of[person], at, history, high: None, low: None })
            })
            .collect();
        let slack = rounding(&term.count);
        let fixed = (high > f64::NEG_INFINITY).then_some((high, low));
        // Duals are at most the weight: twice it bars, and a new row does not throw the whole solution over.
        Self { ends: None, weight, fixed, slack, barred: 2.0 * weight, members }
    }

    /// The columns of T and B, made when they are first needed.
    fn ends(&mut self, lp: &mut KinkLp) -> (usize, usize) {
        if let Some(ends) = self.ends {
            return ends;
        }
        let order = lp.add_row(&[], 0.0, Slopes::new(-self.barred, 0.0));
        let (mut top, mut bottom) = (vec![(order as u32, -1.0)], vec![(order as u32, 1.0)]);
        if let Some((high, low)) = self.fixed {
            let row = lp.add_row(&[], self.slack - high, Slopes::new(-self.barred, 0.0));
            top.push((row as u32, -1.0));
            let row = lp.add_row(&[], -low, Slopes::new(0.0, self.barred));
            bottom.push((row as u32, -1.0));
        }
        let top = lp.add_column(&[], &top, Slopes::new(self.weight, self.weight));
        let bottom = lp.add_column(&[], &bottom, Slopes::new(-self.weight, -self.weight));
        *self.ends.insert((top, bottom))
    }

    /// Rows of a person.
    pub(super) fn of(&self, person: usize) -> impl Iterator<Item = usize> + '_ {
        let member = self.members.iter().find(|m| m.person == person);
        member.into_iter().flat_map(|m| [m.high, m.low]).flatten()
    }

    /// Position of a member among the free people, and of the term among their own.
    pub(super) fn place(&self, member: usize) -> (usize, usize) {
        (self.members[member].slot, self.members[member].at)
    }

    /// Smallest and largest count in a solution; `count` as in [`FairRows::broken`].
    pub(super) fn range(&self, count: impl Fn(usize, usize) -> f64) -> (f64, f64) {
        let counts = self.members.iter().map(|m| m.history + count(m.slot, m.at));
        counts.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), n| (low.min(n), high.max(n)))
    }

    /// (person, dual of the high row, dual of the low row) of the members with rows.
    pub(super) fn duals(&self, lp: &KinkLp) -> Vec<(usize, f64, f64)> {
        let dual = |row: Option<usize>| row.map_or(0.0, |r| lp.dual(r));
        let held = self.members.iter().filter(|m| m.high.is_some() || m.low.is_some());
        held.map(|m| (m.person, dual(m.high), dual(m.low))).collect()
    }

    /// The rows missing that a solution breaks most; `count(slot, at)` is what it counts in the horizon.
    pub(super) fn broken(&self, lp: &KinkLp, count: impl Fn(usize, usize) -> f64) -> Vec<(usize, Side)> {
        let counts: Vec<f64> = self.members.iter().map(|m| m.history + count(m.slot, m.at)).collect();
        let largest = counts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let smallest = counts.iter().copied().fold(f64::INFINITY, f64::min);
        let (top, bottom) = if let Some((top, bottom)) = self.ends {
            (lp.value(top), lp.value(bottom))
        } else if let Some((high, low)) = self.fixed {
            (high - self.slack, low)
        } else if largest - self.slack > smallest + BROKEN {
            (f64::NEG_INFINITY, f64::INFINITY)
        } else {
            return Vec::new();
        };
        let quota = (self.members.len() / 4).max(1);
        let mut rows = Vec::new();
        for side in [Side::High, Side::Low] {
            let mut list: Vec<(f64, usize)> = (0..self.members.len())
                .filter_map(|i| {
                    let m = &self.members[i];
                    let (known, amount) = match side {
                        Side::High => (m.high, (counts[i] - self.slack).min(1e9) - top.max(-1e9)),
                        Side::Low => (m.low, bottom.min(1e9) - counts[i]),
                    };
                    (known.is_none() && amount > BROKEN).then_some((amount, i))
                })
                .collect();
            list.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            rows.extend(list.into_iter().take(quota).map(|(_, i)| (i, side)));
        }
        rows
    }

    /// Lets the rows hold or not.
    pub(super) fn hold(&self, lp: &mut KinkLp, on: bool) {
        let barred = if on { self.barred } else { 0.0 };
        for m in &self.members {
            if let Some(row) = m.high {
                lp.set_row_slopes(row, Slopes::new(-barred, 0.0));
            }
            if let Some(row) = m.low {
                lp.set_row_slopes(row, Slopes::new(0.0, barred));
            }
        }
    }

    /// Adds a row over the person's columns so far: (column, count).
    pub(super) fn add(&mut self, lp: &mut KinkLp, member: usize, side: Side, columns: &[(u32, f64)]) {
        let barred = self.barred;
        let (top, bottom) = self.ends(lp);
        let m = &mut self.members[member];
        let (end, rhs, slopes, row) = match side {
            Side::High => (top, self.slack - m.history, Slopes::new(-barred, 0.0), &mut m.high),
            Side::Low => (bottom, -m.history, Slopes::new(0.0, barred), &mut m.low),
        };
        let mut entries = columns.to_vec();
        entries.push((end as u32, -1.0));
        *row = Some(lp.add_row_over(&[], &entries, rhs, slopes));
    }
}

impl Master<'_, '_> {
    /// Adds the rows of the fairness terms that the current solution breaks most; returns how many.
    pub(super) fn separate_fairness(&mut self) -> usize {
        if !self.fairness || self.middle.is_some() || self.fair.iter().all(Option::is_none) {
            return 0;
        }
        let counts = self.fair_counts();
        let mut added = 0;
        for f in 0..self.fair.len() {
            let Some(rows) = &mut self.fair[f] else { continue };
            for (member, side) in rows.broken(&self.lp, |slot, at| counts[slot][at]) {
                let (slot, at) = rows.place(member);
                let key = self.keys[slot].map_or(0.0, |k| self.columns[k].fair[at].1);
                let entries: Vec<(u32, f64)> = self.columns_of[slot]
                    .iter()
                    .map(|&c| (self.lp_column[c as usize], self.columns[c as usize].fair[at].1 - key))
                    .filter(|e| e.0 != u32::MAX && e.1 != 0.0)
                    .collect();
                rows.add(&mut self.lp, member, side, &entries);
                added += 1;
            }
        }
        added
    }

    /// What everybody counts in the fairness terms of their own, without the history.
    fn fair_counts(&self) -> Vec<Vec<f64>> {
        let fair = &self.model.fair;
        let mut counts: Vec<Vec<f64>> = self.people.iter().map(|&p| vec![0.0; fair[p].len()]).collect();
        for (c, v) in self.weights() {
            let own = &mut counts[self.slot_of[self.columns[c].person]];
            own.iter_mut().zip(&self.columns[c].fair).for_each(|(sum, f)| *sum += v * f.1);
        }
        counts
    }

    /// By fairness term the smallest and the largest count of the solution.
    pub(super) fn ranges(&self) -> Vec<(f64, f64)> {
        let mut ranges = vec![(f64::INFINITY, f64::NEG_INFINITY); self.model.problem.fairness.len()];
        for (&p, counts) in self.people.iter().zip(self.fair_counts()) {
            for (&(f, history), own) in self.model.fair[p].iter().zip(counts) {
                let range = &mut ranges[f as usize];
                *range = (range.0.min(history + own), range.1.max(history + own));
            }
        }
        ranges
    }

    /// Lets every line pay for its own counts outside the aims, in place of the rows of the fairness terms.
    pub(super) fn aim(&mut self, aims: Aims) {
        self.set_fairness(false);
        self.aims = Some(aims);
        self.apply_masks();
    }

    /// Turns the fairness terms on or off; the bounds of a master without them hold all the same.
    pub(super) fn set_fairness(&mut self, on: bool) {
        self.fairness = on;
        for rows in self.fair.iter().flatten() {
            rows.hold(&mut self.lp, on);
        }
    }
}
