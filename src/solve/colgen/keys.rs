//! Key columns: the convexity rows of a master made implicit.
//!
//! Of every free person one column, the key, stands for what is left: with λ_key = 1 − Σ other λ (or the number
//! of people whom they stand for), each other column
//! is entered as its difference to the key, and the convexity row's slack is λ_key. While it is positive the row is
//! not in the kernel, so the kernel grows with what couples people and not with their number (generalised upper
//! bounds: Dantzig and Van Slyke, Journal of Computer and System Sciences 1, 1967). A key that has dropped to 0
//! gives its place to a column with weight between two solves.

use super::master::{Master, UNASSIGNED};
use super::model::Column;
use crate::lp::Slopes;

/// Price of a weight below 0, in scaled units.
const NEGATIVE: f64 = 4e6;

impl Master<'_, '_> {
    /// Price of a column in scaled units, dear when the mask forbids it.
    pub(super) fn line_price(&self, column: usize) -> f64 {
        let line = &self.columns[column];
        let aims = self.aims.as_ref().map_or(0.0, |a| a.price(self.model, line));
        if self.allowed[column] { line.cost as f64 / self.model.scale + aims } else { UNASSIGNED }
    }

    /// Slopes of the weight of a column that is no key.
    fn difference_slopes(&self, slot: usize, column: usize) -> Slopes {
        let key = self.keys[slot].map_or(0.0, |k| self.line_price(k));
        Slopes::new(-NEGATIVE, self.line_price(column) - key)
    }

    /// Reduced cost of a column in true prices, 0 for keys.
    pub(super) fn reduced_cost(&self, column: usize) -> f64 {
        match self.lp_column[column] {
            u32::MAX => 0.0,
            own => self.lp.reduced_cost(own as usize) * self.model.scale,
        }
    }

    /// Entries of a column in rows other than its convexity row, by row.
    pub(super) fn direct_entries(&self, column: &Column) -> Vec<(u32, f64)> {
        let mut entries = Vec::new();
        for &(r, n) in &column.duties {
            entries.extend(self.duty_rows[r as usize].iter().flatten().map(|&row| (row as u32, n)));
        }
        for &(f, n) in column.fair.iter().filter(|e| e.1 != 0.0) {
            if let Some(rows) = &self.fair[f as usize] {
                entries.extend(rows.of(column.person).map(|row| (row as u32, n)));
            }
        }
        entries
    }

    /// Cells, cells with −1 and direct entries of a column less those of the person's key.
    fn difference(&self, slot: usize, column: usize) -> (Vec<u32>, Vec<u32>, Vec<(u32, f64)>) {
        let own = &self.columns[column];
        let mut direct = self.direct_entries(own);
        let Some(key) = self.keys[slot].map(|k| &self.columns[k]) else {
            direct.push((slot as u32, 1.0));
            return (own.cells.clone(), Vec::new(), direct);
        };
        let options = &self.model.problem.people[own.person].options;
        let (mut cells, mut minus) = (Vec::new(), Vec::new());
        for (d, (&a, &b)) in own.choice.iter().zip(&key.choice).enumerate() {
            let (a, b) = (options[d][usize::from(a)].cell, options[d][usize::from(b)].cell);
            if a != b {
                cells.extend(a);
                minus.extend(b);
            }
        }
        for (row, n) in self.direct_entries(key) {
            match direct.iter_mut().find(|e| e.0 == row) {
                Some(e) => e.1 -= n,
                None => direct.push((row, -n)),
            }
        }
        direct.retain(|e| e.1 != 0.0);
        direct.push((slot as u32, 1.0));
        (cells, minus, direct)
    }

    /// Enters the newest column into the linear program: as the person's key if there is none yet.
    pub(super) fn enter(&mut self, slot: usize, column: usize) {
        if self.keys[slot].is_none() {
            self.keys[slot] = Some(column);
            self.lp.set_row_slopes(slot, Slopes::new(-NEGATIVE, 0.0));
            self.lp_column.push(u32::MAX);
            return;
        }
        let (cells, minus, direct) = self.difference(slot, column);
        let at = self.lp.add_difference(&cells, &minus, &direct, self.difference_slopes(slot, column));
        self.line_of.resize(at + 1, u32::MAX);
        self.line_of[at] = column as u32;
        self.lp_column.push(at as u32);
    }

    /// Brings the prices of all columns in line with the masks.
    pub(super) fn apply_masks(&mut self) {
        for (column, allowed) in self.columns.iter().zip(&mut self.allowed) {
            *allowed = self.masks[self.slot_of[column.person]].admits(&column.choice);
        }
        for slot in 0..self.people.len() {
            for i in 0..self.columns_of[slot].len() {
                let column = self.columns_of[slot][i] as usize;
                if self.lp_column[column] != u32::MAX {
                    let slopes = self.difference_slopes(slot, column);
                    self.lp.set_column_slopes(self.lp_column[column] as usize, slopes);
                }
            }
        }
    }

    /// Gives every person whose key has no weight a new one, when there are enough of them.
    pub(super) fn renew_keys(&mut self) {
        let mut heaviest: Vec<Option<(f64, usize)>> = vec![None; self.people.len()];
        for (c, v) in self.lp.basic_columns() {
            let line = self.line_of.get(c).copied().unwrap_or(u32::MAX);
            if line != u32::MAX {
                let slot = self.slot_of[self.columns[line as usize].person];
                if v > 1e-9 && !self.lp.slack_is_basic(slot) && heaviest[slot].is_none_or(|h| v > h.0) {
                    heaviest[slot] = Some((v, line as usize));
                }
            }
        }
        let spent = heaviest.iter().flatten().count();
        if spent < 4.max(self.lp.kernel_size() / 16) {
            return;
        }
        let mut rewritten = Vec::new();
        let mut leaving = Vec::new();
        for (slot, new) in heaviest.into_iter().enumerate() {
            let (Some((_, new)), Some(old)) = (new, self.keys[slot]) else { continue };
            let at = self.lp_column[new];
            leaving.push((at as usize, slot));
            self.lp_column[old] = at;
            self.line_of[at as usize] = old as u32;
            self.lp_column[new] = u32::MAX;
            self.keys[slot] = Some(new);
            for i in 0..self.columns_of[slot].len() {
                let column = self.columns_of[slot][i] as usize;
                let at = self.lp_column[column];
                if at != u32::MAX {
                    let (cells, minus, direct) = self.difference(slot, column);
                    rewritten.push((at as usize, cells, minus, direct));
                    let slopes = self.difference_slopes(slot, column);
                    self.lp.set_column_slopes(at as usize, slopes);
                }
            }
        }
        self.refresh_sides();
        self.lp.rewrite(rewritten, &leaving);
    }

    /// Right-hand sides less what the keys bring.
    pub(super) fn refresh_sides(&mut self) {
        for row in self.sides.len()..self.lp.row_count() {
            self.sides.push(self.lp.rhs(row));
        }
        let mut counts = vec![0.0; self.model.problem.cells];
        let mut direct = vec![0.0; self.lp.row_count()];
        for (key, weight) in self.keys.iter().zip(&self.stands_for) {
            let Some(column) = key.map(|k| &self.columns[k]) else { continue };
            column.cells.iter().for_each(|&c| counts[c as usize] += weight);
            self.direct_entries(column).into_iter().for_each(|(r, n)| direct[r as usize] += weight * n);
        }
        for (row, direct) in direct.into_iter().enumerate() {
            let cells = self.lp.row_cells(row).iter();
            let held: f64 = cells.map(|&(c, a)| a * counts.get(c as usize).copied().unwrap_or(0.0)).sum();
            self.lp.set_rhs(row, self.sides[row] - held - direct);
        }
    }

    /// What the keys cost, in scaled units.
    pub(super) fn key_price(&self) -> f64 {
        let keys = self.keys.iter().zip(&self.stands_for);
        keys.filter_map(|(key, weight)| key.map(|k| weight * self.line_price(k))).sum()
    }

    /// Dual of a person's convexity row in the program without keys.
    pub(super) fn convexity(&self, slot: usize) -> f64 {
        let own = self.lp.dual(slot);
        let Some(key) = self.keys[slot] else { return own };
        let column = &self.columns[key];
        let cells: f64 = column.cells.iter().map(|&c| self.lp.cell_price(c as usize)).sum();
        let direct: f64 =
            self.direct_entries(column).iter().map(|&(r, n)| n * self.lp.dual(r as usize)).sum();
        own + self.line_price(key) - cells - direct
    }
}
