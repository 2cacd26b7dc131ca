//! Which variable enters: duals, reduced costs, the candidate list and devex weights (Harris 1973).

use super::kink::{Column, Entering, KinkLp, Leaving, Slopes, Step, dot};

/// Candidate columns kept between full pricings.
const CANDIDATES: usize = 200;

impl KinkLp {
    /// Duals of all rows and prices of all cells from the active slopes.
    pub(super) fn price_rows(&mut self) {
        let n = self.basic.len();
        for (i, row) in self.rows.iter().enumerate() {
            self.y[i] = if self.row_at[i] >= 0 {
                0.0
            } else if self.u_up[i] {
                row.slopes.above
            } else {
                row.slopes.below
            };
        }
        self.price_cells();
        let mut gap = vec![0.0; n];
        for (p, &c) in self.basic.iter().enumerate() {
            let column = &self.columns[c as usize];
            let slope = if self.x_up[p] { column.slopes.above } else { column.slopes.below };
            gap[p] = slope - self.worth(column);
        }
        for k in 0..n {
            let w = &self.inverse[k * self.stride..k * self.stride + n];
            self.y[self.kernel[k] as usize] = dot(&gap, w);
        }
        self.price_cells();
    }

    pub(super) fn price_cells(&mut self) {
        for (cell, rows) in self.cell_rows.iter().enumerate() {
            self.cell_y[cell] = rows.iter().map(|&(r, a)| a * self.y[r as usize]).sum();
        }
    }

    /// Σ entry × dual of a column.
    pub(super) fn worth(&self, column: &Column) -> f64 {
        let cells: f64 = column.cells.iter().map(|&c| self.cell_y[c as usize]).sum();
        let minus: f64 = column.minus.iter().map(|&c| self.cell_y[c as usize]).sum();
        cells - minus + column.direct.iter().map(|&(r, a)| a * self.y[r as usize]).sum::<f64>()
    }

    /// Rate of change of the objective when a nonbasic variable with these slopes and worth moves the better
    /// way; (rate, upwards), `None` when neither way improves.
    fn improving(&self, slopes: Slopes, worth: f64) -> Option<(f64, bool)> {
        let up = slopes.above - worth;
        let down = worth - slopes.below;
        let tolerance = self.tolerance;
        if up < -tolerance && up <= down {
            Some((up, true))
        } else if down < -tolerance {
            Some((down, false))
        } else {
            None
        }
    }

    pub(super) fn entering(&mut self) -> Option<(Entering, f64, bool)> {
        for attempt in 0..2 {
            let mut best: Option<(f64, Entering, f64, bool)> = None;
            let mut keep = std::mem::take(&mut self.candidates);
            keep.retain(|&c| {
                if self.column_at[c as usize] >= 0 {
                    return false;
                }
                let column = &self.columns[c as usize];
                let Some((rate, up)) = self.improving(column.slopes, self.worth(column)) else {
                    return false;
                };
                let merit = rate * rate / self.devex[c as usize];
                if best.as_ref().is_none_or(|b| merit > b.0) {
                    best = Some((merit, Entering::Column(c), rate, up));
                }
                true
            });
            self.candidates = keep;
            for &r in &self.kernel {
                if let Some((rate, up)) = self.improving(self.rows[r as usize].slopes, self.y[r as usize]) {
                    let merit = rate * rate / self.row_devex[r as usize];
                    if best.as_ref().is_none_or(|b| merit > b.0) {
                        best = Some((merit, Entering::Slack(r), rate, up));
                    }
                }
            }
            if let Some((_, entering, rate, up)) = best {
                return Some((entering, rate, up));
            }
            if attempt == 0 {
                self.refill();
            }
        }
        None
    }

    fn refill(&mut self) {
        let mut found: Vec<(f64, u32)> = Vec::new();
        for (c, column) in self.columns.iter().enumerate() {
            if self.column_at[c] < 0
                && let Some((rate, _)) = self.improving(column.slopes, self.worth(column))
            {
                found.push((rate * rate / self.devex[c], c as u32));
            }
        }
        if found.len() > CANDIDATES {
            found.select_nth_unstable_by(CANDIDATES, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.truncate(CANDIDATES);
        }
        found.sort_unstable_by_key(|f| f.1);
        self.candidates = found.into_iter().map(|f| f.1).collect();
    }

    pub(super) fn update_devex(&mut self, entering: Entering, step: &Step, rho: &mut Vec<f64>) {
        // Row of the basis inverse that belongs to the leaving variable, spread over rows and cells.
        self.btran_unit(step.leaving, rho);
        let mut cell_rho = std::mem::take(&mut self.scratch_cells);
        for (cell, rows) in self.cell_rows.iter().enumerate() {
            cell_rho[cell] = rows.iter().map(|&(r, a)| a * rho[r as usize]).sum();
        }
        let weight = match entering {
            Entering::Column(c) => self.devex[c as usize],
            Entering::Slack(r) => self.row_devex[r as usize],
        };
        let pivot = step.pivot;
        let mut largest: f64 = 0.0;
        for &c in &self.candidates {
            let column = &self.columns[c as usize];
            let cells: f64 = column.cells.iter().map(|&k| cell_rho[k as usize]).sum();
            let minus: f64 = column.minus.iter().map(|&k| cell_rho[k as usize]).sum();
            let a = cells - minus + column.direct.iter().map(|&(r, v)| v * rho[r as usize]).sum::<f64>();
            let w = &mut self.devex[c as usize];
            *w = w.max((a / pivot) * (a / pivot) * weight);
            largest = largest.max(*w);
        }
        for &r in &self.kernel {
            let a = rho[r as usize] / pivot;
            let w = &mut self.row_devex[r as usize];
            *w = w.max(a * a * weight);
            largest = largest.max(*w);
        }
        let left = (weight / (pivot * pivot)).max(1.0);
        match step.leaving {
            Leaving::Column(p) => self.devex[self.basic[p] as usize] = left,
            Leaving::Slack(r) => self.row_devex[r] = left,
        }
        if largest.max(left) > 1e4 {
            self.devex.iter_mut().for_each(|w| *w = 1.0);
            self.row_devex.iter_mut().for_each(|w| *w = 1.0);
        }
        self.scratch_cells = cell_rho;
    }
}
