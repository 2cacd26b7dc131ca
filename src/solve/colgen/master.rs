//! The restricted master program over some people, the others fixed.
//!
//! minimise Σ cost·λ + Σ price of head counts + duty rows + fairness, subject to Σ λ = 1 for each free person.
//! A head-count block is one row with a kinked slack. A day block is a variable θ_b ≥ V_b(n) given by cuts
//! (Benders, Numerische Mathematik 4, 1962): θ_b ≥ β + α·n. Cuts hold for any people, so all masters of a solve
//! share them.

use super::central::Middle;
use super::days::Days;
use super::fair_groups::Aims;
use super::fair_rows::FairRows;
use super::model::{Column, Model};
use super::pricing::LinePrices;
use super::tolls::{self, Tolls};
use crate::base::stop::StopCriterion;
use crate::intraday::program::Course;
use crate::lp::{KinkLp, LpStatus, Slopes};
use crate::problem::{Block, FairCount};
use rustc_hash::FxHashSet;

/// Price of what must not happen, in scaled units.
pub(super) const BARRED: f64 = 1e6;
/// Price of a unit by which the estimate of a day block lies below one of its cuts. The duals of a block's cuts add
/// up to 1, so this bars; a dearer one would make the program throw its solution over for every new cut.
const BELOW_CUT: f64 = 2.0;
/// Price of a person without a line, in scaled units.
pub(super) const UNASSIGNED: f64 = 2e4;
/// By how much a solution from the inside misses a hard duty row that no solution keeps.
const MISSED: f64 = 0.05;
/// Price of a hard duty row missed by one, in scaled units.
pub(super) const HARD_ROW: f64 = 1e4;

/// A lower estimate of a day block: V(n) ≥ base + slopes·n, in true prices.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub block: usize,
    pub base: f64,
    pub slopes: Vec<f64>,
    /// How the handovers have to go for it to hold; `None` when it holds for all rotas.
    pub course: Option<Course>,
}

/// Which options of each day are still allowed, for one person.
#[derive(Clone, Debug)]
pub(super) struct Mask {
    days: Vec<u64>,
}

impl Mask {
    /// Everything allowed.
    pub(super) fn all(options: &[Vec<crate::problem::DayOption>]) -> Self {
        Self {
            days: options.iter().map(|o| if o.len() >= 64 { u64::MAX } else { (1 << o.len()) - 1 }).collect(),
        }
    }
    pub(super) fn allows(&self, day: usize, option: usize) -> bool {
        self.days[day] >> option & 1 == 1
    }
    pub(super) fn fix(&mut self, day: usize, option: usize) {
        self.days[day] = 1 << option;
    }
    /// Rules an option out, unless it is the only one left.
    pub(super) fn forbid(&mut self, day: usize, option: usize) {
        let left = self.days[day] & !(1 << option);
        if left != 0 {
            self.days[day] = left;
        }
    }
    /// Takes over a day of another mask.
    pub(super) fn copy(&mut self, day: usize, other: &Mask) {
        self.days[day] = other.days[day];
    }
    pub(super) fn fixed(&self, day: usize) -> bool {
        self.days[day].count_ones() == 1
    }
    pub(super) fn admits(&self, choice: &[u16]) -> bool {
        choice.iter().enumerate().all(|(d, &o)| self.allows(d, usize::from(o)))
    }
}

/// Dual prices of the coupling rows, in scaled units.
#[derive(Clone, Debug, Default)]
pub(super) struct Duals {
    pub cell: Vec<f64>,
    pub duty: Vec<f64>,
    /// Per fairness term: (member, dual of "not above the largest", dual of "not below the smallest").
    pub fair: Vec<Vec<(usize, f64, f64)>>,
    /// Convexity duals of the free people.
    pub convexity: Vec<f64>,
}

impl Duals {
    /// Rounds the prices of cells and duty rows to multiples of `grid`, which the tables of the pricings hold
    /// exactly.
    pub(super) fn round(&mut self, grid: f64) {
        self.cell.iter_mut().chain(&mut self.duty).for_each(|p| *p = (*p / grid).round() * grid);
    }

    /// `share`·other + (1 − share)·self; fairness and convexity are those of `self`.
    pub(super) fn blended(&self, other: &Duals, share: f64) -> Duals {
        let mix = |a: &[f64], b: &[f64]| -> Vec<f64> {
            a.iter().zip(b).map(|(x, y)| (1.0 - share) * x + share * y).collect()
        };
        Duals {
            cell: mix(&self.cell, &other.cell),
            duty: mix(&self.duty, &other.duty),
            fair: self.fair.clone(),
            convexity: self.convexity.clone(),
        }
    }
}

/// The restricted master program.
pub(super) struct Master<'m, 'a> {
    pub model: &'m Model<'a>,
    /// Free people.
    pub people: Vec<usize>,
    pub masks: Vec<Mask>,
    /// Tolls of each free person's last pricing.
    pub tolls: Vec<Tolls>,
    pub columns: Vec<Column>,
    /// Head counts of the fixed people by cell.
    pub base: Vec<f64>,
    pub lp: KinkLp,
    /// Column of the linear program of each column, and back (`u32::MAX` for those that are no lines of work).
    pub(super) lp_column: Vec<u32>,
    pub(super) line_of: Vec<u32>,
    /// Key column of each free person ([`super::keys`]), and whether the mask allows each column.
    pub(super) keys: Vec<Option<usize>>,
    /// How many people each free person stands for.
    pub(super) stands_for: Vec<f64>,
    pub(super) allowed: Vec<bool>,
    /// Right-hand sides of the rows before the keys are taken off.
    pub(super) sides: Vec<f64>,
    pub(super) slot_of: Vec<usize>,
    known: FxHashSet<(u32, Vec<u16>)>,
    theta: Vec<Option<usize>>,
    /// Cuts of the day blocks, and the rows of those that hold for one course of the handovers only.
    pub(super) known_cuts: Vec<Cut>,
    bound_to: Vec<(usize, Cut)>,
    pub(super) duty_rows: Vec<[Option<usize>; 2]>,
    pub(super) fair: Vec<Option<FairRows>>,
    pub(super) columns_of: Vec<Vec<u32>>,
    pub(super) fairness: bool,
    /// The solution of the interior point method, where that was the last one.
    pub(super) middle: Option<Middle>,
    /// What stands for the fairness terms when they have no rows.
    pub(super) aims: Option<Aims>,
    #[cfg(all(test, feature = "highs"))]
    pub(super) recording: Option<super::record::Recording>,
}

impl<'m, 'a> Master<'m, 'a> {
    /// A master over `people`; `fixed` are the columns of everybody else.
    pub(super) fn new(model: &'m Model<'a>, people: Vec<usize>, fixed: &[&Column], cuts: &[Cut]) -> Self {
        let weights = vec![1.0; people.len()];
        Self::weighted(model, people, &weights, fixed, cuts)
    }

    /// A master in which each of `people` stands for as many as their weight says.
    pub(super) fn weighted(
        model: &'m Model<'a>,
        people: Vec<usize>,
        weights: &[f64],
        fixed: &[&Column],
        cuts: &[Cut],
    ) -> Self {
        let problem = model.problem;
        let days: Vec<usize> = model.days().map(|d| d.0).collect();
        let mut lp = KinkLp::new(problem.cells + days.len(), 1e-7);
        let mut base = vec![0.0; problem.cells];
        let mut base_duty = vec![0.0; problem.duty_rows.len()];
        for column in fixed {
            for &c in &column.cells {
                base[c as usize] += 1.0;
            }
            for &(r, n) in &column.duties {
                base_duty[r as usize] += n;
            }
        }
        for &weight in weights {
            lp.add_row(&[], weight, Slopes::new(-BARRED, UNASSIGNED));
        }
        for block in &problem.blocks {
            if let Block::HeadCount { cell, required, under, over } = *block {
                let slopes = Slopes::new(-(over as f64) / model.scale, under as f64 / model.scale);
                lp.add_row(&[(cell, 1.0)], required as f64 - base[cell as usize], slopes);
            }
        }
        let mut duty_rows = Vec::new();
        for (r, row) in problem.duty_rows.iter().enumerate() {
            let price = row.price.map_or(HARD_ROW, |p| p as f64 / model.scale);
            let low = (row.low > 0)
                .then(|| lp.add_row(&[], row.low as f64 - base_duty[r], Slopes::new(0.0, price)));
            let high = (row.high < i64::MAX)
                .then(|| lp.add_row(&[], row.high as f64 - base_duty[r], Slopes::new(-price, 0.0)));
            duty_rows.push([low, high]);
        }
        let mut theta = vec![None; problem.blocks.len()];
        for (i, &b) in days.iter().enumerate() {
            let cell = (problem.cells + i) as u32;
            theta[b] = Some(lp.add_column(&[cell], &[], Slopes::new(1.0, 1.0)));
            lp.add_row(&[(cell, -1.0)], 0.0, Slopes::new(-BELOW_CUT, 0.0));
        }
        let slot_of = {
            let mut slots = vec![usize::MAX; problem.people.len()];
            for (i, &p) in people.iter().enumerate() {
                slots[p] = i;
            }
            slots
        };
        let fair = FairRows::all(model, &slot_of, fixed);
        let masks = people.iter().map(|&p| Mask::all(&problem.people[p].options)).collect();
        let slots = people.len();
        let tolls = people.iter().map(|&p| tolls::none(&problem.people[p])).collect();
        let mut master = Self {
            model,
            people,
            masks,
            tolls,
            columns: Vec::new(),
            base,
            lp,
            lp_column: Vec::new(),
            line_of: Vec::new(),
            keys: vec![None; slots],
            stands_for: weights.to_vec(),
            allowed: Vec::new(),
            sides: Vec::new(),
            slot_of,
            known: FxHashSet::default(),
            theta,
            known_cuts: Vec::new(),
            bound_to: Vec::new(),
            duty_rows,
            fair,
            columns_of: vec![Vec::new(); slots],
            fairness: true,
            middle: None,
            aims: None,
            #[cfg(all(test, feature = "highs"))]
            recording: super::record::Recording::of(problem),
        };
        for cut in cuts {
            master.add_cut(cut);
        }
        master
    }

    /// Position of a free person.
    pub(super) fn slot(&self, person: usize) -> usize {
        self.slot_of[person]
    }

    /// Adds a column of a free person unless it is there already. Returns whether it is new.
    pub(super) fn add_column(&mut self, column: Column) -> bool {
        if !self.known.insert((column.person as u32, column.choice.clone())) {
            return false;
        }
        let slot = self.slot_of[column.person];
        self.allowed.push(self.masks[slot].admits(&column.choice));
        self.columns_of[slot].push(self.columns.len() as u32);
        self.columns.push(column);
        self.enter(slot, self.columns.len() - 1);
        true
    }

    /// The newest column of a free person, one that the mask allows before others.
    pub(super) fn known_line(&self, slot: usize) -> Option<&Column> {
        let own = || self.columns_of[slot].iter().rev().map(|&c| &self.columns[c as usize]);
        own().find(|c| self.masks[slot].admits(&c.choice)).or_else(|| own().next())
    }

    /// The oldest line known of everybody.
    pub(super) fn first_lines(&self) -> Vec<Column> {
        let first = self.columns_of.iter().filter_map(|own| own.first());
        first.map(|&c| self.columns[c as usize].clone()).collect()
    }

    /// The lines known of a person, the newest first.
    pub(super) fn known_lines(&self, person: usize) -> impl Iterator<Item = &Column> {
        self.columns_of[self.slot_of[person]].iter().rev().map(|&c| &self.columns[c as usize])
    }

    /// Adds a cut of a day block.
    pub(super) fn add_cut(&mut self, cut: &Cut) {
        let Block::Day(day) = &self.model.problem.blocks[cut.block] else { return };
        let scale = self.model.scale;
        let theta_cell = self.theta_cell(cut.block);
        let mut cells = vec![(theta_cell, -1.0)];
        let mut rhs = -cut.base / scale;
        for (supply, &slope) in day.supplies.iter().zip(&cut.slopes) {
            if slope != 0.0 {
                cells.push((supply.cell, slope / scale));
                rhs -= slope / scale * self.base[supply.cell as usize];
            }
        }
        let row = self.lp.add_row(&cells, rhs, Slopes::new(-BELOW_CUT, 0.0));
        self.known_cuts.push(cut.clone());
        if cut.course.is_some() {
            self.bound_to.push((row, cut.clone()));
        }
    }

    /// Drops the cuts that do not hold as the handovers are expected to go; returns whether there were any.
    pub(super) fn drop_cuts(&mut self, days: &Days) -> bool {
        let (kept, dropped) = std::mem::take(&mut self.bound_to).into_iter().partition(|x| days.admits(&x.1));
        self.bound_to = kept;
        let dropped: Vec<(usize, Cut)> = dropped;
        dropped.iter().for_each(|(row, _)| self.lp.set_row_slopes(*row, Slopes::new(0.0, 0.0)));
        if !dropped.is_empty() {
            self.known_cuts.retain(|c| days.admits(c));
            // Shares of cuts stand by their place.
            self.middle = None;
        }
        !dropped.is_empty()
    }

    /// Whether a cut lies above the estimate of its block at these head counts.
    pub(super) fn breaks(&self, cut: &Cut, counts: &[f64]) -> bool {
        let Block::Day(day) = &self.model.problem.blocks[cut.block] else { return false };
        let slopes = day.supplies.iter().zip(&cut.slopes);
        let value = cut.base + slopes.map(|(s, a)| a * counts[s.cell as usize]).sum::<f64>();
        value > self.theta(cut.block) + 1e-6 * (1.0 + value.abs())
    }

    fn theta_cell(&self, block: usize) -> u32 {
        let i = self.theta[..block].iter().flatten().count();
        (self.model.problem.cells + i) as u32
    }

    /// Estimate of a day block's cost in the current solution.
    pub(super) fn theta(&self, block: usize) -> f64 {
        if let Some(middle) = &self.middle {
            return middle.theta[block];
        }
        self.theta[block].map_or(0.0, |c| self.lp.value(c)) * self.model.scale
    }

    /// Solves the linear program; returns its objective in true prices, without the fixed people's lines.
    pub(super) fn solve(&mut self, stop: &StopCriterion) -> f64 {
        self.middle = None;
        #[cfg(all(test, feature = "highs"))]
        self.optimise_recorded(stop);
        #[cfg(not(all(test, feature = "highs")))]
        {
            self.renew();
            self.optimise(stop);
        }
        (self.lp.objective() + self.key_price()) * self.model.scale
    }

    /// Brings keys and right-hand sides up to date.
    pub(super) fn renew(&mut self) {
        self.renew_keys();
        self.refresh_sides();
    }

    /// Runs the simplex.
    pub(super) fn optimise(&mut self, stop: &StopCriterion) -> LpStatus {
        self.lp.solve_within(50_000, Some(stop))
    }

    /// Weight of people without a line.
    pub(super) fn unassigned(&self) -> f64 {
        if let Some(middle) = &self.middle {
            return middle.unassigned;
        }
        let nobody = (0..self.people.len()).filter(|&i| self.keys[i].is_none());
        let barred = self.weights().into_iter().filter(|w| !self.allowed[w.0]);
        nobody.map(|i| self.lp.slack(i).max(0.0)).sum::<f64>() + barred.map(|w| w.1).sum::<f64>()
    }

    /// Hard duty rows that the current solution misses.
    pub(super) fn broken_rows(&self) -> Vec<usize> {
        let rows = &self.model.problem.duty_rows;
        if self.middle.is_some() {
            let mut sums = vec![0.0; rows.len()];
            for (c, v) in self.weights() {
                self.columns[c].duties.iter().for_each(|&(r, n)| sums[r as usize] += v * n);
            }
            let missed = |r: usize| {
                let high = if rows[r].high == i64::MAX { f64::INFINITY } else { rows[r].high as f64 };
                sums[r] < rows[r].low as f64 - MISSED || sums[r] > high + MISSED
            };
            return (0..rows.len()).filter(|&r| rows[r].price.is_none() && missed(r)).collect();
        }
        (0..rows.len())
            .filter(|&r| {
                let [low, high] = self.duty_rows[r];
                let short = low.is_some_and(|row| self.lp.slack(row) > 1e-6);
                let spare = high.is_some_and(|row| self.lp.slack(row) < -1e-6);
                rows[r].price.is_none() && (short || spare)
            })
            .collect()
    }

    /// Allows every free person everything on all days.
    pub(super) fn free_all(&mut self) {
        let problem = self.model.problem;
        self.masks = self.people.iter().map(|&p| Mask::all(&problem.people[p].options)).collect();
        self.apply_masks();
    }

    /// Whether everybody is free.
    pub(super) fn whole(&self) -> bool {
        self.people.len() == self.model.problem.people.len()
    }

    /// Columns with their weights.
    pub(super) fn weights(&self) -> Vec<(usize, f64)> {
        if let Some(middle) = &self.middle {
            let weights = middle.weights.iter().copied().enumerate();
            return weights.filter(|w| w.1 > 1e-6).collect();
        }
        let mut list: Vec<(usize, f64)> = self
            .lp
            .basic_columns()
            .filter_map(|(c, v)| {
                let line = *self.line_of.get(c)?;
                (line != u32::MAX && v > 1e-9).then_some((line as usize, v))
            })
            .collect();
        let keys = self.keys.iter().enumerate();
        list.extend(keys.filter_map(|(slot, &k)| Some((k?, self.lp.slack(slot)))).filter(|w| w.1 > 1e-9));
        list.sort_unstable_by_key(|w| w.0);
        list
    }

    /// Head counts by cell, fixed people included.
    pub(super) fn counts(&self) -> Vec<f64> {
        let mut counts = self.base.clone();
        for (c, v) in self.weights() {
            for &cell in &self.columns[c].cells {
                counts[cell as usize] += v;
            }
        }
        counts
    }

    /// Current duals.
    pub(super) fn duals(&self) -> Duals {
        if let Some(middle) = &self.middle {
            return Duals {
                cell: middle.cell.clone(),
                duty: middle.duty.clone(),
                fair: match &self.aims {
                    Some(aims) => aims.fair.clone(),
                    None if middle.fair.is_empty() => vec![Vec::new(); self.fair.len()],
                    None => middle.fair.clone(),
                },
                convexity: middle.convexity.clone(),
            };
        }
        let sum = |rows: &[Option<usize>; 2]| rows.iter().flatten().map(|&r| self.lp.dual(r)).sum();
        Duals {
            cell: (0..self.model.problem.cells).map(|c| self.lp.cell_price(c)).collect(),
            duty: self.duty_rows.iter().map(sum).collect(),
            fair: match &self.aims {
                Some(aims) => aims.fair.clone(),
                None => {
                    self.fair.iter().map(|f| f.as_ref().map_or(Vec::new(), |f| f.duals(&self.lp))).collect()
                }
            },
            convexity: (0..self.people.len()).map(|i| self.convexity(i)).collect(),
        }
    }

    /// Prices of a free person's options at given duals, without the convexity dual.
    pub(super) fn prices(&self, slot: usize, duals: &Duals) -> LinePrices {
        line_prices(self.model, self.people[slot], duals, Some(&self.masks[slot]))
    }

    /// Reduced cost of the cheapest known allowed column of a person at given duals.
    pub(super) fn cheapest_known(&self, slot: usize, prices: &LinePrices) -> f64 {
        let known = self.columns_of[slot].iter().map(|&c| &self.columns[c as usize]);
        known.map(|column| price_of(self.model, prices, column)).fold(f64::INFINITY, f64::min)
    }
}

/// Hours are rounded down: the real sum may lie this much above the count.
pub(super) fn rounding(count: &FairCount) -> f64 {
    if *count == FairCount::PaidHours { 59.0 / 60.0 } else { 0.0 }
}

/// What a line costs at given prices of its person's options; infinite when they do not allow it.
pub(super) fn price_of(model: &Model<'_>, prices: &LinePrices, column: &Column) -> f64 {
    let machine = &model.machines[column.person];
    let (mut price, mut own) = (0.0, 0);
    for (d, &o) in column.choice.iter().enumerate() {
        price += prices.option[d][usize::from(o)];
        own += machine.line.options[d][usize::from(o)].cost;
    }
    price += (column.cost - own) as f64 / model.scale;
    if prices.weekend != 0.0 {
        price += prices.weekend * machine.weekends(&column.choice) as f64;
    }
    price
}

/// Prices of a person's options at given duals.
pub(super) fn line_prices(
    model: &Model<'_>,
    person: usize,
    duals: &Duals,
    mask: Option<&Mask>,
) -> LinePrices {
    let line = &model.problem.people[person];
    let mut weekend = 0.0;
    let mut per_hour = 0.0;
    let mut marked: Vec<(u32, f64)> = Vec::new();
    for &(f, _) in &model.fair[person] {
        let Some(&(_, high, low)) = duals.fair[f as usize].iter().find(|m| m.0 == person) else { continue };
        match model.problem.fairness[f as usize].count {
            FairCount::Weekends => weekend -= high + low,
            FairCount::PaidHours => per_hour -= high + low,
            FairCount::Marked(bit) => marked.push((bit, -(high + low))),
        }
    }
    let mut option: Vec<Vec<f64>> = line
        .options
        .iter()
        .enumerate()
        .map(|(d, options)| {
            options
                .iter()
                .enumerate()
                .map(|(o, x)| {
                    if mask.is_some_and(|m| !m.allows(d, o)) {
                        return f64::INFINITY;
                    }
                    let mut price = x.cost as f64 / model.scale;
                    if let Some(c) = x.cell {
                        price -= duals.cell[c as usize];
                    }
                    price += per_hour * f64::from(x.paid) / 60.0;
                    for &(bit, p) in &marked {
                        if x.marks >> bit & 1 == 1 {
                            price += p;
                        }
                    }
                    price
                })
                .collect()
        })
        .collect();
    for &(day, o, row) in &model.duties[person] {
        option[day][usize::from(o)] -= duals.duty[row as usize];
    }
    LinePrices { option, weekend, scale: model.scale }
}
