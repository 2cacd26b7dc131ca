//! The one-kink linear program and its primal simplex.
//!
//! Notation: minimise Σ f(x_j) + Σ g(u_i) subject to A x + u = b. Each f and g is 0 at 0, has one slope below
//! and one above it (below ≤ above). Every nonbasic variable is 0. Rows split into R, whose slack u is basic,
//! and the kernel K; C are the basic columns, |C| = |K|. Only the dense inverse W of A_KC is kept, so an
//! iteration costs O(|K|²). Columns are kept in two levels, column → cells → rows: the prices of the cells are
//! what the pricing problems need.
//!
//! The simplex follows Fourer's piecewise-linear form (A simplex algorithm for piecewise-linear programming I,
//! Mathematical Programming 33, 1985) with devex pricing (Harris 1973) over a candidate list.

use crate::base::stop::StopCriterion;

/// Slopes of a convex function with value and kink at 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slopes {
    /// Slope for negative arguments.
    pub below: f64,
    /// Slope for positive arguments, not smaller.
    pub above: f64,
}

impl Slopes {
    /// Slopes `below` and `above`.
    #[must_use]
    pub const fn new(below: f64, above: f64) -> Self {
        Self { below, above }
    }
}

/// New entries of a column: its number, cells, cells with −1, direct entries.
pub type Rewritten = (usize, Vec<u32>, Vec<u32>, Vec<(u32, f64)>);

/// How a solve of the linear program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LpStatus {
    /// No improving direction is left.
    Optimal,
    /// A direction improves without end.
    Unbounded,
    /// The iteration limit was reached; the basis is usable.
    Limit,
}

#[derive(Clone)]
pub(super) struct Column {
    pub cells: Box<[u32]>,
    /// Cells in which it stands with −1.
    pub minus: Box<[u32]>,
    pub direct: Vec<(u32, f64)>,
    pub slopes: Slopes,
}

#[derive(Clone)]
pub(super) struct Row {
    pub rhs: f64,
    pub shift: f64,
    pub slopes: Slopes,
    pub cells: Vec<(u32, f64)>,
}

/// A one-kink linear program with its current basis. See the module.
#[derive(Clone)]
pub struct KinkLp {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    pub(super) cell_rows: Vec<Vec<(u32, f64)>>,
    /// Position in `basic` of each column, or -1.
    pub(super) column_at: Vec<i32>,
    /// Position in `kernel` of each row, or -1 while its slack is basic.
    pub(super) row_at: Vec<i32>,
    pub(super) basic: Vec<u32>,
    pub(super) kernel: Vec<u32>,
    /// Inverse of the kernel, column k (of kernel row k) at `k * stride`.
    pub(super) inverse: Vec<f64>,
    pub(super) stride: usize,
    /// Values of the basic columns, and whether the slope above is active.
    pub(super) x: Vec<f64>,
    pub(super) x_up: Vec<bool>,
    /// Values of the slacks by row (0 in the kernel).
    pub(super) u: Vec<f64>,
    pub(super) u_up: Vec<bool>,
    pub(super) y: Vec<f64>,
    pub(super) cell_y: Vec<f64>,
    pub(super) devex: Vec<f64>,
    pub(super) row_devex: Vec<f64>,
    pub(super) candidates: Vec<u32>,
    pub(super) tolerance: f64,
    pivots: u64,
    since_recompute: u32,
    pub(super) scratch_cells: Vec<f64>,
}

/// Pivots between recomputations of the primal values.
const RECOMPUTE: u32 = 200;
/// Values below this are rounded zeros.
const SNAP: f64 = 1e-9;

impl KinkLp {
    /// An empty program over `cells` cells. Reduced costs above `-tolerance` count as not improving.
    #[must_use]
    pub fn new(cells: usize, tolerance: f64) -> Self {
        Self {
            columns: Vec::new(),
            rows: Vec::new(),
            cell_rows: vec![Vec::new(); cells],
            column_at: Vec::new(),
            row_at: Vec::new(),
            basic: Vec::new(),
            kernel: Vec::new(),
            inverse: Vec::new(),
            stride: 0,
            x: Vec::new(),
            x_up: Vec::new(),
            u: Vec::new(),
            u_up: Vec::new(),
            y: Vec::new(),
            cell_y: vec![0.0; cells],
            devex: Vec::new(),
            row_devex: Vec::new(),
            candidates: Vec::new(),
            tolerance,
            pivots: 0,
            since_recompute: 0,
            scratch_cells: vec![0.0; cells],
        }
    }
    /// Adds the row Σ coefficient·(number in the cell) + (direct entries of columns) + u = `rhs`, where u costs
    /// `slopes`. Its slack becomes basic. Returns the row's index.
    pub fn add_row(&mut self, cells: &[(u32, f64)], rhs: f64, slopes: Slopes) -> usize {
        self.add_row_over(cells, &[], rhs, slopes)
    }
    /// [`KinkLp::add_row`] with entries of columns that are there already: (column, coefficient).
    pub fn add_row_over(
        &mut self,
        cells: &[(u32, f64)],
        columns: &[(u32, f64)],
        rhs: f64,
        slopes: Slopes,
    ) -> usize {
        let index = self.rows.len();
        for &(cell, coefficient) in cells {
            self.cell_rows[cell as usize].push((index as u32, coefficient));
        }
        self.rows.push(Row { rhs, shift: 0.0, slopes, cells: cells.to_vec() });
        for &(column, coefficient) in columns {
            self.columns[column as usize].direct.push((index as u32, coefficient));
        }
        self.row_at.push(-1);
        self.y.push(0.0);
        self.row_devex.push(1.0);
        let value = rhs - self.row_activity(index);
        self.u.push(value);
        self.u_up.push(value >= 0.0);
        index
    }
    /// Adds a column that stands in `cells` and has the entries `direct` (row, coefficient) besides.
    pub fn add_column(&mut self, cells: &[u32], direct: &[(u32, f64)], slopes: Slopes) -> usize {
        self.add_difference(cells, &[], direct, slopes)
    }
    /// [`KinkLp::add_column`] for a column that stands in the cells `minus` with −1.
    pub fn add_difference(
        &mut self,
        cells: &[u32],
        minus: &[u32],
        direct: &[(u32, f64)],
        slopes: Slopes,
    ) -> usize {
        self.columns.push(Column {
            cells: cells.into(),
            minus: minus.into(),
            direct: direct.to_vec(),
            slopes,
        });
        self.column_at.push(-1);
        self.devex.push(1.0);
        self.columns.len() - 1
    }
    /// Rewrites the entries of columns (column, cells, minus, direct entries). Each of `leaving` is a basic column
    /// that gives its place to the slack of a kernel row. The basis is rebuilt at once.
    pub fn rewrite(&mut self, columns: Vec<Rewritten>, leaving: &[(usize, usize)]) {
        for (c, cells, minus, direct) in columns {
            let column = &mut self.columns[c];
            (column.cells, column.minus, column.direct) = (cells.into(), minus.into(), direct);
        }
        for &(column, row) in leaving {
            if let Some(p) = self.basic.iter().position(|&b| b as usize == column) {
                self.basic.swap_remove(p);
                self.x_up.swap_remove(p);
                self.column_at[column] = -1;
                self.kernel.retain(|&r| r as usize != row);
                self.row_at[row] = -1;
                self.u_up[row] = true;
            }
        }
        self.refactor();
    }
    /// Right-hand side of a row.
    #[must_use]
    pub fn rhs(&self, row: usize) -> f64 {
        self.rows[row].rhs
    }
    /// Coefficients of a row by cell.
    #[must_use]
    pub fn row_cells(&self, row: usize) -> &[(u32, f64)] {
        &self.rows[row].cells
    }
    /// Whether the slack of a row is basic.
    #[must_use]
    pub fn slack_is_basic(&self, row: usize) -> bool {
        self.row_at[row] < 0
    }
    /// Number of rows.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }
    /// Number of columns.
    #[must_use]
    pub fn column_count(&self) -> usize {
        self.columns.len()
    }
    /// Size of the kernel.
    #[must_use]
    pub fn kernel_size(&self) -> usize {
        self.basic.len()
    }
    /// Pivots since the beginning: the deterministic measure of work.
    #[must_use]
    pub fn pivots(&self) -> u64 {
        self.pivots
    }
    /// Changes what a column costs.
    pub fn set_column_slopes(&mut self, column: usize, slopes: Slopes) {
        self.columns[column].slopes = slopes;
    }
    /// Changes what a row's slack costs.
    pub fn set_row_slopes(&mut self, row: usize, slopes: Slopes) {
        self.rows[row].slopes = slopes;
    }
    /// Changes a right-hand side; values are brought up to date by the next [`KinkLp::solve`].
    pub fn set_rhs(&mut self, row: usize, rhs: f64) {
        self.rows[row].rhs = rhs;
    }
    /// Value of a column.
    #[must_use]
    pub fn value(&self, column: usize) -> f64 {
        match self.column_at[column] {
            -1 => 0.0,
            at => self.x[at as usize],
        }
    }
    /// Value of a row's slack.
    #[must_use]
    pub fn slack(&self, row: usize) -> f64 {
        self.u[row]
    }
    /// Dual value of a row: the change of the optimum per unit of right-hand side.
    #[must_use]
    pub fn dual(&self, row: usize) -> f64 {
        self.y[row]
    }
    /// Dual price of a cell: Σ coefficient × dual over the rows it stands in.
    #[must_use]
    pub fn cell_price(&self, cell: usize) -> f64 {
        self.cell_y[cell]
    }
    /// Objective of the current basis.
    #[must_use]
    pub fn objective(&self) -> f64 {
        // The active slope counts, not the sign: a value of -1e-9 is a rounded 0.
        let cost = |s: Slopes, v: f64, up: bool| if up { s.above * v } else { s.below * v };
        let columns: f64 = (0..self.basic.len())
            .map(|p| cost(self.columns[self.basic[p] as usize].slopes, self.x[p], self.x_up[p]))
            .sum();
        let slacks: f64 =
            self.rows.iter().enumerate().map(|(i, r)| cost(r.slopes, self.u[i], self.u_up[i])).sum();
        columns + slacks
    }

    /// Optimises from the current basis, with at most `limit` pivots.
    pub fn solve(&mut self, limit: u64) -> LpStatus {
        self.solve_within(limit, None)
    }

    /// [`KinkLp::solve`] that also ends when `stop` is out of time.
    pub fn solve_within(&mut self, limit: u64, stop: Option<&StopCriterion>) -> LpStatus {
        self.devex.iter_mut().for_each(|w| *w = 1.0);
        self.row_devex.iter_mut().for_each(|w| *w = 1.0);
        self.candidates.clear();
        // A row is shifted alike in every solve, so that a basis stays optimal from one to the next.
        for (i, row) in self.rows.iter_mut().enumerate() {
            let hash = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
            row.shift = 1e-6 * (0.5 + hash as f64 / f64::from(1u32 << 24));
        }
        self.recompute(SNAP);
        let mut status = self.iterate(limit, stop);
        for row in &mut self.rows {
            row.shift = 0.0;
        }
        // Values within the size of the shift are rounded zeros, whichever sign they have.
        if self.recompute(1e-4) {
            status = self.iterate(limit / 4 + 50, stop);
        }
        self.price_rows();
        status
    }

    fn iterate(&mut self, limit: u64, stop: Option<&StopCriterion>) -> LpStatus {
        let mut alpha_rows = Vec::new();
        let mut alpha = Vec::new();
        let mut rho = Vec::new();
        let mut fresh = false;
        let mut stale = true;
        for pivot in 0..limit {
            if pivot % 64 == 63 && stop.is_some_and(StopCriterion::out_of_time) {
                return LpStatus::Limit;
            }
            if stale {
                self.price_rows();
            }
            let Some((entering, rate, up)) = self.entering() else {
                if fresh {
                    return LpStatus::Optimal;
                }
                self.recompute(SNAP);
                self.candidates.clear();
                fresh = true;
                stale = true;
                continue;
            };
            let residual = self.ftran(entering, &mut alpha, &mut alpha_rows);
            if residual > 1e-7 && !fresh {
                self.refactor();
                self.recompute(SNAP);
                self.candidates.clear();
                fresh = true;
                stale = true;
                continue;
            }
            fresh = false;
            let Some(step) = self.ratio_test(rate, up, &alpha, &alpha_rows) else {
                return LpStatus::Unbounded;
            };
            self.update_devex(entering, &step, &mut rho);
            // Without a passed kink the duals move along the leaving row; otherwise slopes changed.
            stale = !step.passed.is_empty();
            let before = if stale { 0.0 } else { self.dual_step(entering, up, &step, rate) };
            self.pivot(entering, up, &step, &alpha, &alpha_rows, &rho);
            if !stale {
                for (y, r) in self.y.iter_mut().zip(&rho) {
                    *y += before * r;
                }
                self.price_cells();
            }
            self.pivots += 1;
            self.since_recompute += 1;
            if self.since_recompute >= RECOMPUTE {
                self.recompute(SNAP);
                stale = true;
            }
        }
        LpStatus::Limit
    }

    /// Step of the duals along the leaving row of the basis inverse in a pivot that passes no kink: the entering
    /// variable's reduced cost over the pivot, less the slope that the leaving one still has.
    fn dual_step(&self, _entering: Entering, up: bool, step: &Step, rate: f64) -> f64 {
        let reduced = if up { rate } else { -rate };
        reduced / step.pivot
    }

    /// Reduced cost of a column at the current duals, moving up from 0.
    #[must_use]
    pub fn reduced_cost(&self, column: usize) -> f64 {
        let c = &self.columns[column];
        c.slopes.above - self.worth(c)
    }

    /// Columns that are basic.
    pub fn basic_columns(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.basic.iter().zip(&self.x).map(|(&c, &v)| (c as usize, v))
    }

    /// Primal values from the right-hand side; the active slope follows the sign of values beyond `snap`.
    /// Returns whether any changed.
    pub(super) fn recompute(&mut self, snap: f64) -> bool {
        self.since_recompute = 0;
        self.solve_values();
        let mut changed = false;
        for (v, up) in self.x.iter().zip(&mut self.x_up) {
            if v.abs() > snap && *up != (*v > 0.0) {
                *up = *v > 0.0;
                changed = true;
            }
        }
        for i in 0..self.rows.len() {
            let v = self.u[i];
            if self.row_at[i] < 0 && v.abs() > snap && self.u_up[i] != (v > 0.0) {
                self.u_up[i] = v > 0.0;
                changed = true;
            }
        }
        changed
    }
}

/// Variable that enters the basis.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entering {
    Column(u32),
    Slack(u32),
}

/// Variable that leaves the basis: position of a basic column, or a row whose slack is basic.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leaving {
    Column(usize),
    Slack(usize),
}

/// Result of the ratio test.
pub(super) struct Step {
    pub length: f64,
    pub leaving: Leaving,
    pub pivot: f64,
    pub passed: Vec<Leaving>,
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0f64; 8];
    let (ca, cb) = (a.chunks_exact(8), b.chunks_exact(8));
    let tail: f64 = ca.remainder().iter().zip(cb.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in ca.zip(cb) {
        for i in 0..8 {
            sums[i] += x[i] * y[i];
        }
    }
    sums.iter().sum::<f64>() + tail
}
