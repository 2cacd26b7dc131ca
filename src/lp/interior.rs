//! An interior point method for restricted masters: prices from the middle of the best ones, in few dear iterations.
//!
//! minimise Σ c_j x_j + Σ g_r(b_r − Σ x_j over the columns in row r), Σ x_j = w_p over the columns of each group p, x ≥ 0,
//! where g_r has one slope below 0 and one above it. Every entry of a column is 1. The slacks make a feasible point of
//! any x, and the slopes one of any prices between them, so both sides are kept feasible. Predictor and corrector as
//! Mehrotra has them (SIAM Journal on Optimization 2, 1992); the groups' rows are eliminated first, the others stand in
//! one dense matrix, factored by Cholesky. Column generation needs no more than rough answers at first, and prices in the
//! middle make it settle in fewer rounds than those of a vertex do (Gondzio, González-Brevis and Munari, New
//! developments in the primal-dual column generation technique, European Journal of Operational Research 224, 2013).

use super::kink::{Slopes, dot};
use rayon::prelude::*;

/// A restricted master.
#[derive(Clone, Debug, Default)]
pub struct Interior {
    /// Right-hand sides and slopes of the rows; a slope above is greater than the one below.
    rows: Vec<(f64, Slopes)>,
    /// Sums of the weights of the groups.
    groups: Vec<f64>,
    columns: Vec<Entry>,
    /// What costs the same whatever the weights are.
    constant: f64,
}

#[derive(Clone, Debug)]
struct Entry {
    group: u32,
    cost: f64,
    /// Rows in ascending order.
    rows: Box<[u32]>,
}

/// Weights of the columns with prices of the rows and groups.
#[derive(Clone, Debug, Default)]
pub struct Central {
    /// Weights of columns.
    pub x: Vec<f64>,
    /// Prices of rows.
    pub y: Vec<f64>,
    /// Prices of groups.
    pub v: Vec<f64>,
    /// Objective of the weights, not below the optimum.
    pub primal: f64,
    /// Objective of the prices, not above it.
    pub dual: f64,
    /// Factorisations.
    pub iterations: u64,
}

/// Share of the way to the border of what is feasible.
const NEARLY: f64 = 0.98;
const ITERATIONS: u64 = 60;
/// Share of equal weights in a point to start from.
const EVEN: f64 = 0.05;

/// Rows factored at once, and those of them that one task has: as many as stay near the processor.
const BLOCK: usize = 64;
const ABREAST: usize = 16;

/// A point with its complements: columns, missing and spare in rows.
struct Point {
    x: Vec<f64>,
    z: Vec<f64>,
    under: Vec<f64>,
    over: Vec<f64>,
    y: Vec<f64>,
    v: Vec<f64>,
}

/// A direction has the same shape.
type Move = Point;

impl Interior {
    /// Adds a row; returns its number.
    pub fn add_row(&mut self, rhs: f64, slopes: Slopes) -> usize {
        self.rows.push((rhs, slopes));
        self.rows.len() - 1
    }

    /// Adds to the objective what does not depend on the weights: how exact a solution has to be is measured with it.
    pub fn add_constant(&mut self, cost: f64) {
        self.constant += cost;
    }

    /// Adds a group whose weights sum up to `weight`; it must get a column.
    pub fn add_group(&mut self, weight: f64) -> usize {
        self.groups.push(weight);
        self.groups.len() - 1
    }

    /// Adds a column of a group with rows in ascending order.
    pub fn add_column(&mut self, group: usize, cost: f64, rows: Box<[u32]>) {
        self.columns.push(Entry { group: group as u32, cost, rows });
    }

    /// Optimises until primal and dual objective are `gap` (relative to the primal one, or as such below 1) apart. `start`: weights of
    /// columns and prices of rows to begin near; columns beyond are new. When `stop` says so, the point reached is returned.
    #[must_use]
    pub fn solve(&self, start: Option<(&[f64], &[f64])>, gap: f64, stop: &dyn Fn() -> bool) -> Central {
        let mut point = self.begin(start);
        let mut factor = Factor::new(self);
        let mut iterations = 0;
        loop {
            let (primal, dual) = (self.primal(&point), self.dual(&point));
            let wide = primal - dual;
            if wide <= gap * primal.abs().max(1.0) || iterations >= ITERATIONS || stop() {
                let Point { x, y, v, .. } = point;
                return Central { x, y, v, primal, dual, iterations };
            }
            iterations += 1;
            factor.build(self, &point);
            let mu = self.complement(&point);
            let flat = self.direction(&point, &factor, 0.0, None);
            let (a, b) = self.steps(&point, &flat, 1.0);
            let ahead = self.complement_after(&point, &flat, a, b);
            let ratio = ahead / mu;
            let center = (ratio * ratio * ratio).max(1e-4) * mu;
            let step = self.direction(&point, &factor, center, Some(&flat));
            let (a, b) = self.steps(&point, &step, NEARLY);
            self.advance(&mut point, &step, a, b);
        }
    }

    /// Number of complementary pairs.
    fn pairs(&self) -> f64 {
        (self.columns.len() + 2 * self.rows.len()) as f64
    }

    fn worth(&self, column: &Entry, y: &[f64]) -> f64 {
        column.rows.iter().map(|&r| y[r as usize]).sum()
    }

    /// What the rows lack at given weights.
    fn lack(&self, x: &[f64]) -> Vec<f64> {
        let mut lack: Vec<f64> = self.rows.iter().map(|r| r.0).collect();
        for (column, &v) in self.columns.iter().zip(x) {
            column.rows.iter().for_each(|&r| lack[r as usize] -= v);
        }
        lack
    }

    fn primal(&self, p: &Point) -> f64 {
        let lines: f64 = self.columns.iter().zip(&p.x).map(|(c, x)| c.cost * x).sum();
        let price =
            |(lack, row): (f64, &(f64, Slopes))| lack * if lack > 0.0 { row.1.above } else { row.1.below };
        self.constant + lines + self.lack(&p.x).into_iter().zip(&self.rows).map(price).sum::<f64>()
    }

    fn dual(&self, p: &Point) -> f64 {
        let rows: f64 = self.rows.iter().zip(&p.y).map(|(r, y)| r.0 * y).sum();
        self.constant + rows + self.groups.iter().zip(&p.v).map(|(w, v)| w * v).sum::<f64>()
    }

    /// A point inside.
    fn begin(&self, start: Option<(&[f64], &[f64])>) -> Point {
        let mut count = vec![0.0; self.groups.len()];
        self.columns.iter().for_each(|c| count[c.group as usize] += 1.0);
        let even = |c: &Entry| self.groups[c.group as usize] / count[c.group as usize];
        let mut x: Vec<f64> = self.columns.iter().map(even).collect();
        let mut y: Vec<f64> = self.rows.iter().map(|r| 0.5 * (r.1.below + r.1.above)).collect();
        if let Some((weights, prices)) = start {
            let mut sum = vec![0.0; self.groups.len()];
            self.columns.iter().zip(weights).for_each(|(c, w)| sum[c.group as usize] += w.max(0.0));
            for (i, (own, c)) in x.iter_mut().zip(&self.columns).enumerate() {
                let g = c.group as usize;
                if sum[g] > 1e-6 {
                    let old = weights.get(i).map_or(0.0, |w| w.max(0.0)) * self.groups[g] / sum[g];
                    *own = EVEN * *own + (1.0 - EVEN) * old;
                }
            }
            for ((own, old), row) in y.iter_mut().zip(prices).zip(&self.rows) {
                let margin = 0.02 * (row.1.above - row.1.below);
                *own = old.clamp(row.1.below + margin, row.1.above - margin);
            }
        }
        let mut v = vec![f64::INFINITY; self.groups.len()];
        let reduced: Vec<f64> = self.columns.iter().map(|c| c.cost - self.worth(c, &y)).collect();
        for (c, r) in self.columns.iter().zip(&reduced) {
            let own = &mut v[c.group as usize];
            *own = own.min(*r);
        }
        let mean: f64 = {
            let above = self.columns.iter().zip(&reduced).zip(&x);
            above.map(|((c, r), x)| x * (r - v[c.group as usize])).sum::<f64>()
                / self.groups.iter().sum::<f64>().max(1.0)
        };
        let margin = (0.1 * mean).max(1e-4);
        v.iter_mut().for_each(|v| *v -= margin);
        let z: Vec<f64> = self.columns.iter().zip(&reduced).map(|(c, r)| r - v[c.group as usize]).collect();
        let mu = x.iter().zip(&z).map(|(x, z)| x * z).sum::<f64>() / self.columns.len().max(1) as f64;
        let lack = self.lack(&x);
        let mut under = Vec::with_capacity(lack.len());
        let mut over = Vec::with_capacity(lack.len());
        for ((lack, row), y) in lack.into_iter().zip(&self.rows).zip(&y) {
            let (a, b) = (row.1.above - y, y - row.1.below);
            // The pair whose smaller product is that of the columns.
            let least = (mu / a.max(b)).max(1e-3);
            under.push(lack.max(0.0) + least);
            over.push((-lack).max(0.0) + least);
        }
        Point { x, z, under, over, y, v }
    }

    fn complement(&self, p: &Point) -> f64 {
        let lines: f64 = p.x.iter().zip(&p.z).map(|(x, z)| x * z).sum();
        let rows = self.rows.iter().zip(&p.y).zip(p.under.iter().zip(&p.over));
        let rows: f64 = rows.map(|((r, y), (u, o))| u * (r.1.above - y) + o * (y - r.1.below)).sum();
        (lines + rows) / self.pairs()
    }

    fn complement_after(&self, p: &Point, m: &Move, a: f64, b: f64) -> f64 {
        let lines = p.x.iter().zip(&m.x).zip(p.z.iter().zip(&m.z));
        let lines: f64 = lines.map(|((x, dx), (z, dz))| (x + a * dx) * (z + b * dz)).sum();
        let rows: f64 = (0..self.rows.len())
            .map(|r| {
                let (slopes, y) = (self.rows[r].1, p.y[r] + b * m.y[r]);
                (p.under[r] + a * m.under[r]) * (slopes.above - y)
                    + (p.over[r] + a * m.over[r]) * (y - slopes.below)
            })
            .sum();
        (lines + rows) / self.pairs()
    }

    /// Largest steps of both sides that keep everything positive, times `nearly`, 1 at most.
    fn steps(&self, p: &Point, m: &Move, nearly: f64) -> (f64, f64) {
        let reach = |value: f64, step: f64| if step < 0.0 { -value / step } else { f64::INFINITY };
        let least = |values: &[f64], steps: &[f64]| {
            values.iter().zip(steps).map(|(v, s)| reach(*v, *s)).fold(f64::INFINITY, f64::min)
        };
        let primal = least(&p.x, &m.x).min(least(&p.under, &m.under)).min(least(&p.over, &m.over));
        let rows = self.rows.iter().zip(p.y.iter().zip(&m.y));
        let rows = rows.map(|(r, (y, dy))| reach(r.1.above - y, -dy).min(reach(y - r.1.below, *dy)));
        let dual = rows.fold(least(&p.z, &m.z), f64::min);
        ((nearly * primal).min(1.0), (nearly * dual).min(1.0))
    }

    fn advance(&self, p: &mut Point, m: &Move, a: f64, b: f64) {
        let add = |values: &mut [f64], steps: &[f64], t: f64| {
            values.iter_mut().zip(steps).for_each(|(v, s)| *v += t * s);
        };
        add(&mut p.x, &m.x, a);
        add(&mut p.under, &m.under, a);
        add(&mut p.over, &m.over, a);
        add(&mut p.y, &m.y, b);
        add(&mut p.v, &m.v, b);
        // Reduced costs follow from the prices, without the errors of many steps.
        for ((z, dz), c) in p.z.iter_mut().zip(&m.z).zip(&self.columns) {
            let exact = c.cost - self.worth(c, &p.y) - p.v[c.group as usize];
            *z = if exact > 0.0 { exact } else { (*z + b * dz).max(1e-14) };
        }
    }

    /// Newton's direction towards products of `center`; `before`: the predictor, whose products are corrected for.
    fn direction(&self, p: &Point, factor: &Factor, center: f64, before: Option<&Move>) -> Move {
        let n = self.rows.len();
        let mut sums: Vec<f64> = self.groups.clone();
        let mut side: Vec<f64> = self.rows.iter().map(|r| r.0).collect();
        // What the products would have to change by, over z or its like: the step at fixed prices.
        let mut own: Vec<f64> = Vec::with_capacity(p.x.len());
        for (j, c) in self.columns.iter().enumerate() {
            let second = before.map_or(0.0, |m| m.x[j] * m.z[j]);
            let step = (center - second) / p.z[j] - p.x[j];
            own.push(step);
            let now = p.x[j] + step;
            sums[c.group as usize] -= now;
            c.rows.iter().for_each(|&r| side[r as usize] -= now);
        }
        let mut own_under = Vec::with_capacity(n);
        let mut own_over = Vec::with_capacity(n);
        for r in 0..n {
            let slopes = self.rows[r].1;
            let (a, b) = (slopes.above - p.y[r], p.y[r] - slopes.below);
            let (second_under, second_over) =
                before.map_or((0.0, 0.0), |m| (-m.under[r] * m.y[r], m.over[r] * m.y[r]));
            own_under.push((center - second_under) / a - p.under[r]);
            own_over.push((center - second_over) / b - p.over[r]);
            side[r] -= p.under[r] + own_under[r] - p.over[r] - own_over[r];
        }
        let (y, v) = factor.solve(side, &sums);
        let mut x = own;
        let mut z = Vec::with_capacity(x.len());
        for (j, c) in self.columns.iter().enumerate() {
            let dz = -self.worth(c, &y) - v[c.group as usize];
            x[j] -= p.x[j] / p.z[j] * dz;
            z.push(dz);
        }
        for r in 0..n {
            let slopes = self.rows[r].1;
            own_under[r] += p.under[r] / (slopes.above - p.y[r]) * y[r];
            own_over[r] -= p.over[r] / (p.y[r] - slopes.below) * y[r];
        }
        Move { x, z, under: own_under, over: own_over, y, v }
    }
}

/// The normal equations: groups eliminated, rows factored.
struct Factor {
    n: usize,
    /// Lower triangle by rows.
    matrix: Vec<f64>,
    /// Reciprocals of the diagonal of the factor.
    inverse: Vec<f64>,
    /// For each group its part of the rows, and its own element.
    links: Vec<Vec<f64>>,
    own: Vec<f64>,
    /// For each row the columns in it, and where in their lists it is.
    users: Vec<Vec<(u32, u32)>>,
}

impl Factor {
    fn new(lp: &Interior) -> Self {
        let (n, groups) = (lp.rows.len(), lp.groups.len());
        let mut users = vec![Vec::new(); n];
        for (j, column) in lp.columns.iter().enumerate() {
            for (i, &r) in column.rows.iter().enumerate() {
                users[r as usize].push((j as u32, i as u32));
            }
        }
        Self {
            users,
            n,
            matrix: vec![0.0; n * n],
            inverse: vec![0.0; n],
            links: vec![vec![0.0; n]; groups],
            own: vec![0.0; groups],
        }
    }

    fn build(&mut self, lp: &Interior, p: &Point) {
        let n = self.n;
        self.matrix.iter_mut().for_each(|m| *m = 0.0);
        self.links.iter_mut().flatten().for_each(|m| *m = 0.0);
        self.own.iter_mut().for_each(|m| *m = 1e-12);
        let weights: Vec<f64> = p.x.iter().zip(&p.z).map(|(x, z)| x / z).collect();
        for (c, d) in lp.columns.iter().zip(&weights) {
            let link = &mut self.links[c.group as usize];
            self.own[c.group as usize] += d;
            c.rows.iter().for_each(|&r| link[r as usize] += d);
        }
        let (links, own) = (&self.links, &self.own);
        let users = &self.users;
        self.matrix.par_chunks_mut(n.max(1)).enumerate().for_each(|(r, row)| {
            for &(j, i) in &users[r] {
                let d = weights[j as usize];
                lp.columns[j as usize].rows[..=i as usize].iter().for_each(|&k| row[k as usize] += d);
            }
            for (link, own) in links.iter().zip(own).filter(|l| l.0[r] != 0.0) {
                let factor = link[r] / own;
                row[..=r].iter_mut().zip(link).for_each(|(m, l)| *m -= factor * l);
            }
        });
        for r in 0..n {
            let slopes = lp.rows[r].1;
            self.matrix[r * n + r] +=
                p.under[r] / (slopes.above - p.y[r]) + p.over[r] / (p.y[r] - slopes.below) + 1e-12;
        }
        self.factorise();
    }

    /// Cholesky's factor in place of the matrix, some rows at a time.
    fn factorise(&mut self) {
        let n = self.n;
        for first in (0..n).step_by(BLOCK) {
            let end = n.min(first + BLOCK);
            let (done, rest) = self.matrix.split_at_mut(first * n);
            let block = &mut rest[..(end - first) * n];
            let inverse = &self.inverse;
            block.par_chunks_mut(ABREAST * n).for_each(|rows| eliminate(done, inverse, rows, n, first));
            let halves = block.chunks_mut(n).map(|row| row.split_at_mut(first));
            let (before, mut own): (Vec<&[f64]>, Vec<&mut [f64]>) =
                halves.map(|(before, own)| (&*before, &mut own[..end - first])).unzip();
            own.par_chunks_mut(4).enumerate().for_each(|(i, own)| subtract_products(&before, own, 4 * i));
            for i in 0..own.len() {
                let (above, rest) = own.split_at_mut(i);
                let row = &mut *rest[0];
                for (j, other) in above.iter().enumerate() {
                    row[j] = (row[j] - dot(&row[..j], &other[..j])) * self.inverse[first + j];
                }
                let pivot = row[i] - dot(&row[..i], &row[..i]);
                // A row that hangs on those before it stays as it is.
                self.inverse[first + i] = if pivot > 1e-13 { 1.0 / pivot.sqrt() } else { 0.0 };
            }
        }
    }

    /// Prices of rows and groups.
    fn solve(&self, side: Vec<f64>, sums: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let n = self.n;
        let mut y = side;
        for ((link, own), sum) in self.links.iter().zip(&self.own).zip(sums) {
            let factor = sum / own;
            y.iter_mut().zip(link).for_each(|(y, l)| *y -= factor * l);
        }
        for i in 0..n {
            let row = &self.matrix[i * n..i * n + i];
            y[i] = (y[i] - dot(row, &y[..i])) * self.inverse[i];
        }
        for i in (0..n).rev() {
            y[i] *= self.inverse[i];
            let (head, tail) = y.split_at_mut(i);
            let row = &self.matrix[i * n..i * n + i];
            head.iter_mut().zip(row).for_each(|(h, m)| *h -= tail[0] * m);
        }
        let v = self.links.iter().zip(&self.own).zip(sums);
        let v = v.map(|((link, own), sum)| (sum - dot(link, &y)) / own).collect();
        (y, v)
    }
}

/// The part of some rows before column `first`, from the factor's rows above: two of those at a time for all of ours, so that
/// they come from afar but once.
fn eliminate(done: &[f64], inverse: &[f64], rows: &mut [f64], n: usize, first: usize) {
    let mut own: Vec<&mut [f64]> = rows.chunks_mut(n).collect();
    for j in (0..first).step_by(2) {
        let one = &done[j * n..j * n + j];
        if j + 1 == first {
            for row in &mut own {
                row[j] = (row[j] - dot(&row[..j], one)) * inverse[j];
            }
            break;
        }
        let two = &done[(j + 1) * n..(j + 1) * n + j + 1];
        for rows in own.chunks_mut(4) {
            if let [a, b, c, d] = rows {
                let (sums, others) = products([&a[..j], &b[..j], &c[..j], &d[..j]], one, &two[..j]);
                for (row, (sum, other)) in rows.iter_mut().zip(sums.into_iter().zip(others)) {
                    row[j] = (row[j] - sum) * inverse[j];
                    row[j + 1] = (row[j + 1] - other - row[j] * two[j]) * inverse[j + 1];
                }
            } else {
                for row in rows {
                    row[j] = (row[j] - dot(&row[..j], one)) * inverse[j];
                    row[j + 1] = (row[j + 1] - dot(&row[..j + 1], two)) * inverse[j + 1];
                }
            }
        }
    }
}

/// Takes from up to four rows of a block, the first one number `from`, the products of what stands before the block.
fn subtract_products(before: &[&[f64]], own: &mut [&mut [f64]], from: usize) {
    for j in (0..from + own.len()).step_by(2) {
        if let ([a, b, c, d], Some(&[one, two])) = (&before[from..from + own.len()], before.get(j..j + 2)) {
            let (sums, others) = products([a, b, c, d], one, two);
            for (row, (sum, other)) in own.iter_mut().zip(sums.into_iter().zip(others)) {
                row[j] -= sum;
                row[j + 1] -= other;
            }
        } else {
            for (i, row) in own.iter_mut().enumerate() {
                for (k, other) in before.iter().enumerate().skip(j).take(2) {
                    row[k] -= dot(before[from + i], other);
                }
            }
        }
    }
}

/// Scalar products of four vectors with each of two others, all of one length: each number is loaded once.
fn products(rows: [&[f64]; 4], one: &[f64], two: &[f64]) -> ([f64; 4], [f64; 4]) {
    const LANES: usize = 2;
    let mut sums = [[[0.0; LANES]; 2]; 4];
    let whole = one.len() / LANES * LANES;
    let [a, b, c, d] = rows.map(|row| row.chunks_exact(LANES));
    let others = one.chunks_exact(LANES).zip(two.chunks_exact(LANES));
    for ((((a, b), c), d), (one, two)) in a.zip(b).zip(c).zip(d).zip(others) {
        for (row, sums) in [a, b, c, d].into_iter().zip(&mut sums) {
            for l in 0..LANES {
                sums[0][l] += row[l] * one[l];
                sums[1][l] += row[l] * two[l];
            }
        }
    }
    let total = |k: usize, other: &[f64]| {
        std::array::from_fn(|i| {
            let rest = rows[i][whole..].iter().zip(&other[whole..]).map(|(x, y)| x * y);
            sums[i][k].iter().sum::<f64>() + rest.sum::<f64>()
        })
    };
    (total(0, one), total(1, two))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Random;
    use crate::lp::{KinkLp, LpStatus};

    /// A made-up master in both forms; few prices, so that many solutions are as good.
    fn twin(r: &mut Random) -> (Interior, KinkLp) {
        let (rows, groups) = (1 + r.below(40), 1 + r.below(12));
        let mut inside = Interior::default();
        let mut vertex = KinkLp::new(rows, 1e-9);
        for _ in 0..groups {
            let weight = 1.0 + r.below(3) as f64;
            inside.add_group(weight);
            vertex.add_row(&[], weight, Slopes::new(-1e6, 1e6));
        }
        for row in 0..rows as u32 {
            let (over, under) = [(1.0, 100.0), (0.0, 100.0), (10.0, 10.0)][r.below(3)];
            let (side, slopes) = (r.below(1 + groups) as f64, Slopes::new(-over, under));
            inside.add_row(side, slopes);
            vertex.add_row(&[(row, 1.0)], side, slopes);
        }
        for i in 0..groups + r.below(10 * groups) {
            let group = if i < groups { i } else { r.below(groups) };
            let cost = [0.0, 0.0, 10.0, 50.0][r.below(4)];
            let cells: Vec<u32> = (0..rows as u32).filter(|_| r.below(3) == 0).collect();
            inside.add_column(group, cost, cells.clone().into());
            vertex.add_column(&cells, &[(group as u32, 1.0)], Slopes::new(-1e6, cost));
        }
        (inside, vertex)
    }

    /// Rows between their slopes, groups filled, no line better than its group's price.
    fn inspect(lp: &Interior, found: &Central) {
        let mut sums = lp.groups.clone();
        for (c, x) in lp.columns.iter().zip(&found.x) {
            assert!(*x >= 0.0);
            sums[c.group as usize] -= x;
            let reduced = c.cost - lp.worth(c, &found.y) - found.v[c.group as usize];
            assert!(reduced > -1e-6, "{reduced}");
        }
        assert!(sums.iter().all(|s| s.abs() < 1e-6), "{sums:?}");
        let within = |(r, y): (&(f64, Slopes), &f64)| r.1.below <= *y && *y <= r.1.above;
        assert!(lp.rows.iter().zip(&found.y).all(within));
    }

    #[test]
    fn both_sides_close_in_on_what_the_simplex_finds() {
        for seed in 0..400 {
            let mut r = Random::new(seed);
            let (inside, mut vertex) = twin(&mut r);
            assert_eq!(vertex.solve(100_000), LpStatus::Optimal);
            let best = vertex.objective();
            let size = best.abs().max(1.0);
            let mut start: Option<Central> = None;
            for gap in [0.02, 1e-5] {
                let near = start.as_ref().map(|c| (&c.x[..], &c.y[..]));
                let found = inside.solve(near, gap, &|| false);
                inspect(&inside, &found);
                assert!(found.dual <= best + 1e-6 * size, "seed {seed}: {} above {best}", found.dual);
                assert!(found.primal >= best - 1e-6 * size, "seed {seed}: {} below {best}", found.primal);
                let wide = found.primal - found.dual;
                let most = gap * found.primal.abs().max(1.0);
                assert!(wide <= most, "seed {seed}: {wide} after {} factorisations", found.iterations);
                start = Some(found);
            }
        }
    }

    #[test]
    fn systems_of_all_sizes_are_solved() {
        for n in [1, 2, 5, 63, 64, 65, 67, 128, 131, 198] {
            let mut r = Random::new(n as u64);
            let root: Vec<f64> = (0..n * n).map(|_| r.unit() - 0.5).collect();
            let full: Vec<f64> = (0..n * n)
                .map(|k| {
                    let (i, j) = (k / n, k % n);
                    let ridge = if i == j { 1.0 } else { 0.0 };
                    dot(&root[i * n..(i + 1) * n], &root[j * n..(j + 1) * n]) + ridge
                })
                .collect();
            let side: Vec<f64> = (0..n).map(|_| r.unit() - 0.5).collect();
            // What is above the diagonal counts for nothing.
            let matrix = full.iter().enumerate().map(|(k, m)| if k % n > k / n { 7.0 } else { *m });
            let (matrix, inverse) = (matrix.collect(), vec![0.0; n]);
            let (links, own, users) = (Vec::new(), Vec::new(), Vec::new());
            let mut factor = Factor { n, matrix, inverse, links, own, users };
            factor.factorise();
            let (y, _) = factor.solve(side.clone(), &[]);
            for (row, side) in full.chunks(n).zip(side) {
                assert!((dot(row, &y) - side).abs() < 1e-9, "{n} rows");
            }
        }
    }

    #[test]
    fn a_new_line_is_taken_up_from_an_old_solution() {
        let mut lp = Interior::default();
        lp.add_row(1.0, Slopes::new(-1.0, 100.0));
        lp.add_group(1.0);
        lp.add_column(0, 0.0, Box::new([]));
        let before = lp.solve(None, 1e-6, &|| false);
        assert!((before.primal - 100.0).abs() < 1e-3);
        lp.add_constant(3.0);
        lp.add_column(0, 7.0, Box::new([0]));
        let after = lp.solve(Some((&before.x, &before.y)), 1e-6, &|| false);
        assert!(
            (after.primal - 10.0).abs() < 1e-3 && (after.dual - 10.0).abs() < 1e-3 && after.x[1] > 0.999,
            "{after:?}"
        );
    }
}
