//! The kernel inverse: products with it, its four updates, and rebuilding it.

use super::kink::{Entering, KinkLp, Leaving, Step, dot};

impl KinkLp {
    /// Σ entries × values of basic columns in a row.
    pub(super) fn row_activity(&mut self, row: usize) -> f64 {
        let entries = self.row_of_basics(row);
        dot(&entries, &self.x)
    }

    /// Entries of the basic columns in a row, by position.
    pub(super) fn row_of_basics(&mut self, row: usize) -> Vec<f64> {
        let mut weights = std::mem::take(&mut self.scratch_cells);
        weights.iter_mut().for_each(|w| *w = 0.0);
        for &(c, a) in &self.rows[row].cells {
            weights[c as usize] += a;
        }
        let entries = self
            .basic
            .iter()
            .map(|&c| {
                let column = &self.columns[c as usize];
                let cells: f64 = column.cells.iter().map(|&k| weights[k as usize]).sum();
                let minus: f64 = column.minus.iter().map(|&k| weights[k as usize]).sum();
                let direct = column.direct.iter().filter(|d| d.0 as usize == row);
                cells - minus + direct.map(|d| d.1).sum::<f64>()
            })
            .collect();
        self.scratch_cells = weights;
        entries
    }

    /// Adds `factor` × (a column of A) to a vector over rows.
    fn scatter(&self, column: usize, factor: f64, out: &mut [f64]) {
        let c = &self.columns[column];
        for &k in &c.cells {
            for &(r, a) in &self.cell_rows[k as usize] {
                out[r as usize] += factor * a;
            }
        }
        for &k in &c.minus {
            for &(r, a) in &self.cell_rows[k as usize] {
                out[r as usize] -= factor * a;
            }
        }
        for &(r, a) in &c.direct {
            out[r as usize] += factor * a;
        }
    }

    /// out −= A_C · v, for v over the positions of the basic columns.
    fn subtract_basics(&mut self, v: &[f64], out: &mut [f64]) {
        let mut sums = std::mem::take(&mut self.scratch_cells);
        sums.iter_mut().for_each(|s| *s = 0.0);
        for (&c, &value) in self.basic.iter().zip(v) {
            if value != 0.0 {
                let column = &self.columns[c as usize];
                for &k in &column.cells {
                    sums[k as usize] += value;
                }
                for &k in &column.minus {
                    sums[k as usize] -= value;
                }
                for &(r, a) in &column.direct {
                    out[r as usize] -= value * a;
                }
            }
        }
        for (k, &s) in sums.iter().enumerate() {
            if s != 0.0 {
                for &(r, a) in &self.cell_rows[k] {
                    out[r as usize] -= s * a;
                }
            }
        }
        self.scratch_cells = sums;
    }

    /// v = W · a_K for a vector over rows.
    fn times_inverse(&self, rows: &[f64], out: &mut Vec<f64>) {
        let n = self.basic.len();
        out.clear();
        out.resize(n, 0.0);
        for k in 0..n {
            let a = rows[self.kernel[k] as usize];
            if a != 0.0 {
                let w = &self.inverse[k * self.stride..k * self.stride + n];
                for (o, &v) in out.iter_mut().zip(w) {
                    *o += a * v;
                }
            }
        }
    }

    /// Columns of B⁻¹a: `alpha` over the basic columns, `alpha_rows` over all rows (meaningful where the slack
    /// is basic). Returns the largest residual on the kernel rows, the measure of accuracy.
    pub(super) fn ftran(
        &mut self,
        entering: Entering,
        alpha: &mut Vec<f64>,
        alpha_rows: &mut Vec<f64>,
    ) -> f64 {
        alpha_rows.clear();
        alpha_rows.resize(self.rows.len(), 0.0);
        match entering {
            Entering::Column(c) => self.scatter(c as usize, 1.0, alpha_rows),
            Entering::Slack(r) => alpha_rows[r as usize] = 1.0,
        }
        self.times_inverse(alpha_rows, alpha);
        self.subtract_basics(alpha, alpha_rows);
        self.kernel.iter().map(|&r| alpha_rows[r as usize].abs()).fold(0.0, f64::max)
    }

    /// Row of B⁻¹ that belongs to a basic variable, over all rows.
    pub(super) fn btran_unit(&mut self, leaving: Leaving, out: &mut Vec<f64>) {
        let n = self.basic.len();
        out.clear();
        out.resize(self.rows.len(), 0.0);
        match leaving {
            Leaving::Column(p) => {
                for k in 0..n {
                    out[self.kernel[k] as usize] = self.inverse[k * self.stride + p];
                }
            }
            Leaving::Slack(r) => {
                let entries = self.row_of_basics(r);
                out[r] = 1.0;
                let nonzero: Vec<usize> = (0..n).filter(|&p| entries[p] != 0.0).collect();
                for k in 0..n {
                    let w = &self.inverse[k * self.stride..k * self.stride + n];
                    out[self.kernel[k] as usize] = if nonzero.len() * 4 < n {
                        -nonzero.iter().map(|&p| entries[p] * w[p]).sum::<f64>()
                    } else {
                        -dot(&entries, w)
                    };
                }
            }
        }
    }

    /// Moves along the step and exchanges the entering for the leaving variable. `rho` is the leaving row of
    /// the basis inverse ([`KinkLp::btran_unit`]).
    pub(super) fn pivot(
        &mut self,
        entering: Entering,
        up: bool,
        step: &Step,
        alpha: &[f64],
        alpha_rows: &[f64],
        rho: &[f64],
    ) {
        let sign = if up { 1.0 } else { -1.0 };
        let t = step.length;
        for (v, a) in self.x.iter_mut().zip(alpha) {
            *v -= sign * t * a;
        }
        for ((u, &at), a) in self.u.iter_mut().zip(&self.row_at).zip(alpha_rows) {
            if at < 0 {
                *u -= sign * t * a;
            }
        }
        for which in &step.passed {
            match *which {
                Leaving::Column(p) => self.x_up[p] = !self.x_up[p],
                Leaving::Slack(r) => self.u_up[r] = !self.u_up[r],
            }
        }
        let value = sign * t;
        match (entering, step.leaving) {
            (Entering::Column(c), Leaving::Column(p)) => {
                self.replace_column(p, alpha);
                self.column_at[self.basic[p] as usize] = -1;
                self.basic[p] = c;
                self.column_at[c as usize] = p as i32;
                self.x[p] = value;
                self.x_up[p] = up;
            }
            (Entering::Column(c), Leaving::Slack(r)) => {
                self.border(c, r, rho, alpha, alpha_rows[r]);
                self.u[r] = 0.0;
                let last = self.basic.len() - 1;
                self.x[last] = value;
                self.x_up[last] = up;
            }
            (Entering::Slack(r), Leaving::Column(p)) => {
                self.shrink(r as usize, p);
                self.u[r as usize] = value;
                self.u_up[r as usize] = up;
            }
            (Entering::Slack(r), Leaving::Slack(i)) => {
                self.exchange_rows(r as usize, i, rho);
                self.u[i] = 0.0;
                self.u[r as usize] = value;
                self.u_up[r as usize] = up;
            }
        }
    }

    /// A column takes the place of the one at position p.
    fn replace_column(&mut self, p: usize, alpha: &[f64]) {
        let n = self.basic.len();
        let pivot = alpha[p];
        for k in 0..n {
            let w = &mut self.inverse[k * self.stride..k * self.stride + n];
            let scaled = w[p] / pivot;
            if scaled != 0.0 {
                for (v, &a) in w.iter_mut().zip(alpha) {
                    *v -= scaled * a;
                }
            }
            w[p] = scaled;
        }
    }

    /// The kernel grows by column `c` and row `r`; `rho` is the row of the basis inverse of r's slack, `schur`
    /// the pivot.
    fn border(&mut self, c: u32, r: usize, rho: &[f64], alpha: &[f64], schur: f64) {
        let n = self.basic.len();
        self.reserve(n + 1);
        for k in 0..n {
            let w = &mut self.inverse[k * self.stride..k * self.stride + n + 1];
            let v = -rho[self.kernel[k] as usize] / schur;
            if v != 0.0 {
                for (x, &a) in w[..n].iter_mut().zip(alpha) {
                    *x += a * v;
                }
            }
            w[n] = -v;
        }
        let w = &mut self.inverse[n * self.stride..n * self.stride + n + 1];
        for (x, &a) in w[..n].iter_mut().zip(alpha) {
            *x = -a / schur;
        }
        w[n] = 1.0 / schur;
        self.column_at[c as usize] = n as i32;
        self.basic.push(c);
        self.row_at[r] = n as i32;
        self.kernel.push(r as u32);
        self.x.push(0.0);
        self.x_up.push(true);
    }

    /// Row `r` leaves the kernel together with the column at position p.
    fn shrink(&mut self, r: usize, p: usize) {
        let n = self.basic.len();
        let q = self.row_at[r] as usize;
        let leaving: Vec<f64> = self.inverse[q * self.stride..q * self.stride + n].to_vec();
        let pivot = leaving[p];
        for k in 0..n {
            if k != q {
                let w = &mut self.inverse[k * self.stride..k * self.stride + n];
                let factor = w[p] / pivot;
                if factor != 0.0 {
                    for (x, &l) in w.iter_mut().zip(&leaving) {
                        *x -= l * factor;
                    }
                }
                w[p] = w[n - 1];
            }
        }
        if q != n - 1 {
            let (head, tail) = self.inverse.split_at_mut((n - 1) * self.stride);
            head[q * self.stride..q * self.stride + n].copy_from_slice(&tail[..n]);
        }
        self.column_at[self.basic[p] as usize] = -1;
        self.basic.swap_remove(p);
        self.x.swap_remove(p);
        self.x_up.swap_remove(p);
        if p < n - 1 {
            self.column_at[self.basic[p] as usize] = p as i32;
        }
        self.row_at[r] = -1;
        self.kernel.swap_remove(q);
        if q < n - 1 {
            self.row_at[self.kernel[q] as usize] = q as i32;
        }
    }

    /// Row `r` leaves the kernel and row `i` takes its place.
    fn exchange_rows(&mut self, r: usize, i: usize, rho: &[f64]) {
        let n = self.basic.len();
        let q = self.row_at[r] as usize;
        let v: Vec<f64> = self.kernel.iter().map(|&k| -rho[k as usize]).collect();
        let pivot = v[q];
        let own: Vec<f64> =
            self.inverse[q * self.stride..q * self.stride + n].iter().map(|x| x / pivot).collect();
        for (k, &factor) in v.iter().enumerate() {
            if k != q && factor != 0.0 {
                let w = &mut self.inverse[k * self.stride..k * self.stride + n];
                for (x, &o) in w.iter_mut().zip(&own) {
                    *x -= o * factor;
                }
            }
        }
        self.inverse[q * self.stride..q * self.stride + n].copy_from_slice(&own);
        self.kernel[q] = i as u32;
        self.row_at[i] = q as i32;
        self.row_at[r] = -1;
    }

    fn reserve(&mut self, n: usize) {
        if n <= self.stride {
            return;
        }
        let old = self.stride;
        let stride = (n + n / 2).max(32);
        let mut grown = vec![0.0; stride * stride];
        for k in 0..self.basic.len() {
            grown[k * stride..k * stride + old].copy_from_slice(&self.inverse[k * old..(k + 1) * old]);
        }
        self.inverse = grown;
        self.stride = stride;
    }

    /// Rebuilds the inverse column by column with row pivoting; columns that turn out dependent are dropped.
    pub(super) fn refactor(&mut self) {
        let columns = std::mem::take(&mut self.basic);
        let rows = std::mem::take(&mut self.kernel);
        self.x.clear();
        let ups = std::mem::take(&mut self.x_up);
        for &c in &columns {
            self.column_at[c as usize] = -1;
        }
        for &r in &rows {
            self.row_at[r as usize] = -1;
        }
        let mut open: Vec<u32> = rows;
        let (mut alpha, mut alpha_rows, mut rho) = (Vec::new(), Vec::new(), Vec::new());
        let mut waiting: Vec<(u32, bool)> = columns.into_iter().zip(ups).collect();
        // A second round retries what had no good pivot at first.
        for threshold in [0.05, 1e-8] {
            let mut later = Vec::new();
            for (c, up) in waiting {
                self.ftran(Entering::Column(c), &mut alpha, &mut alpha_rows);
                let best = (0..open.len()).max_by(|&a, &b| {
                    let size = |i: usize| alpha_rows[open[i] as usize].abs();
                    size(a).total_cmp(&size(b))
                });
                match best.filter(|&b| alpha_rows[open[b] as usize].abs() > threshold) {
                    Some(b) => {
                        let r = open.swap_remove(b) as usize;
                        self.btran_unit(Leaving::Slack(r), &mut rho);
                        self.border(c, r, &rho, &alpha, alpha_rows[r]);
                        self.x_up[self.basic.len() - 1] = up;
                    }
                    None => later.push((c, up)),
                }
            }
            waiting = later;
        }
        self.solve_values();
    }

    /// x_C = W b_K and u_R = b_R − A_RC x_C.
    pub(super) fn solve_values(&mut self) {
        let mut rows: Vec<f64> = self.rows.iter().map(|r| r.rhs + r.shift).collect();
        let mut x = std::mem::take(&mut self.x);
        self.times_inverse(&rows, &mut x);
        self.subtract_basics(&x, &mut rows);
        // One step of iterative refinement on the kernel rows.
        let mut correction = Vec::new();
        self.times_inverse(&rows, &mut correction);
        if correction.iter().any(|c| c.abs() > 1e-12) {
            for (v, c) in x.iter_mut().zip(&correction) {
                *v += c;
            }
            self.subtract_basics(&correction, &mut rows);
        }
        self.x = x;
        for (i, value) in rows.into_iter().enumerate() {
            self.u[i] = if self.row_at[i] < 0 { value } else { 0.0 };
        }
    }
}
