//! The normal equations of an interior point method, and their dense factor.

use super::local::{Found, Locals};
use super::spread::{Ends, Hold};
use super::{Interior, Point};
use crate::lp::kink::dot;
use rayon::prelude::*;

/// Rows factored at once, and those of them that one task has: as many as stay near the processor.
const BLOCK: usize = 64;
const ABREAST: usize = 16;

/// The normal equations: groups eliminated, rows factored.
pub(super) struct Factor {
    pub(super) n: usize,
    /// Lower triangle by rows.
    pub(super) matrix: Vec<f64>,
    /// Reciprocals of the diagonal of the factor.
    pub(super) inverse: Vec<f64>,
    /// What is eliminated before the rows.
    pub(super) locals: Locals,
    /// How the prices of spreads answer.
    pub(super) holds: Vec<Hold>,
    /// For each row the columns in it, and where in their lists it is.
    pub(super) users: Vec<Vec<(u32, u32)>>,
}

impl Factor {
    pub(super) fn new(lp: &Interior) -> Self {
        let n = lp.width();
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
            locals: Locals::new(lp, n),
            holds: Vec::new(),
        }
    }

    pub(super) fn build(&mut self, lp: &Interior, p: &Point) {
        let n = self.n;
        self.matrix.iter_mut().for_each(|m| *m = 0.0);
        let weights: Vec<f64> = p.x.iter().zip(&p.z).map(|(x, z)| x / z).collect();
        self.holds = p.ends.iter().map(Ends::hold).collect();
        self.locals.build(lp, &weights, &self.holds);
        let squares = self.locals.squares();
        let (users, locals) = (&self.users, &self.locals);
        self.matrix.par_chunks_mut(n.max(1)).enumerate().for_each(|(r, row)| {
            for &(j, i) in &users[r] {
                let d = weights[j as usize];
                lp.columns[j as usize].rows[..=i as usize].iter().for_each(|&k| row[k as usize] += d);
            }
            for (pivot, link) in squares.iter().filter(|s| s.1[r] != 0.0) {
                let factor = link[r] / pivot;
                row[..=r].iter_mut().zip(*link).for_each(|(m, l)| *m += factor * l);
            }
            locals.add_few(r, row);
        });
        for (envelope, stand) in lp.envelopes.iter().zip(&p.stands) {
            envelope.tie(stand, 0.0, None).add_to(envelope, &mut self.matrix, n);
        }
        for r in 0..lp.rows.len() {
            let slopes = lp.rows[r].1;
            self.matrix[r * n + r] +=
                p.under[r] / (slopes.above - p.y[r]) + p.over[r] / (p.y[r] - slopes.below) + 1e-12;
        }
        self.factorise();
    }

    /// Cholesky's factor in place of the matrix, some rows at a time.
    pub(super) fn factorise(&mut self) {
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

    /// The solution to right-hand sides in the same form.
    pub(super) fn solve(&self, lp: &Interior, mut found: Found) -> Found {
        self.locals.reduce(lp, &mut found);
        self.solve_rows(&mut found.y);
        self.locals.complete(lp, &mut found);
        found
    }

    /// The same for the rows alone.
    pub(super) fn solve_rows(&self, y: &mut [f64]) {
        let n = self.n;
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
