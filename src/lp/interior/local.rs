//! What is eliminated before the rows: the row of every group with its counts, then T and B of spreads that share groups.

use super::spread::Hold;
use super::{Entry, Interior, Local};
use crate::lp::kink::dot;
use rayon::prelude::*;

/// A pivot of what shall not move.
const HELD: f64 = 1e200;

/// A group whose columns have more than one in so many of all rows is held over all of them: that is faster.
const FULL: usize = 3;

/// A symmetric matrix as unit lower triangle and diagonal, LDLᵀ.
#[derive(Clone, Debug, Default)]
struct Ldl {
    n: usize,
    /// By rows; the diagonal in place.
    of: Vec<f64>,
}

impl Ldl {
    /// Factors a matrix of which the first `done` columns are the factor already, and are taken off the others.
    fn new(n: usize, mut of: Vec<f64>, done: usize) -> Self {
        for i in done..n {
            for j in done..=i {
                let dot: f64 = (done..j).map(|k| of[i * n + k] * of[j * n + k] * of[k * n + k]).sum();
                let rest = of[i * n + j] - dot;
                of[i * n + j] = if i != j {
                    rest / of[j * n + j]
                } else if rest > 1e-15 * of[i * n + i] {
                    rest
                } else {
                    // What hangs on those before it stays as it is.
                    HELD
                };
            }
        }
        Self { n, of }
    }

    fn diagonal(&self, i: usize) -> f64 {
        self.of[i * self.n + i]
    }

    /// Puts L⁻¹ times some rows of `width` in their place; the first `done` of them are taken off the others already.
    fn forward(&self, rows: &mut [f64], width: usize, done: usize) {
        for i in done + 1..self.n {
            let (before, rest) = rows.split_at_mut(i * width);
            for (j, other) in before.chunks(width.max(1)).enumerate().skip(done) {
                let factor = self.of[i * self.n + j];
                if factor != 0.0 {
                    rest[..width].iter_mut().zip(other).for_each(|(r, o)| *r -= factor * o);
                }
            }
        }
    }

    /// Puts L⁻ᵀ times a vector in its place.
    fn backward(&self, side: &mut [f64]) {
        for i in (0..self.n).rev() {
            for j in 0..i {
                side[j] -= self.of[i * self.n + j] * side[i];
            }
        }
    }
}

/// A group: its own row, then its counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    ldl: Ldl,
    /// The rows that its columns have, in ascending order; empty where those are most of all rows.
    support: Vec<u32>,
    /// L⁻¹ times what ties them to these rows, by local row.
    link: Vec<f64>,
    /// L⁻¹ times what ties them to T and B of the spreads of its counts, by local row.
    pull: Vec<f64>,
}

/// Spreads that share groups, with the groups that have counts in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster {
    spreads: Vec<usize>,
    groups: Vec<usize>,
    ldl: Ldl,
    /// L⁻¹ times what ties T and B to the rows once the groups are gone.
    link: Vec<f64>,
}

/// A solution of all that is eliminated.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub y: Vec<f64>,
    pub v: Vec<f64>,
    pub q: Vec<f64>,
    /// By spread T and B.
    pub ends: Vec<[f64; 2]>,
}

/// Everything that is eliminated.
#[derive(Clone, Debug, Default)]
pub(super) struct Locals {
    n: usize,
    blocks: Vec<Block>,
    clusters: Vec<Cluster>,
    /// By spread the place among those of its cluster.
    place: Vec<usize>,
    /// By row the blocks with few rows that have it, and its place among those rows.
    touch: Vec<Vec<(u32, u32)>>,
    /// By group its columns, each with the places of its rows in the link.
    columns: Vec<Vec<(u32, Box<[u32]>)>>,
}

impl Block {
    fn build(
        &mut self,
        lp: &Interior,
        columns: &[(u32, Box<[u32]>)],
        locals: &[Local],
        weights: &[f64],
        holds: &[Hold],
        n: usize,
    ) {
        let (k, width, ends) = (1 + locals.len(), self.width(n), 2 * locals.len());
        let mut matrix = vec![0.0; k * k];
        matrix[0] = 1e-12;
        self.link.clear();
        self.link.resize(k * width, 0.0);
        self.pull.clear();
        self.pull.resize(k * ends, 0.0);
        for (i, l) in locals.iter().enumerate() {
            let (high, low) = (holds[l.spread].high[l.member], holds[l.spread].low[l.member]);
            let both = high + low;
            matrix[(1 + i) * k + 1 + i] = 1.0 / both;
            let at = (1 + i) * ends + 2 * i;
            self.pull[at] = -high / both;
            self.pull[at + 1] = -low / both;
        }
        let counts = |j: u32| &lp.columns[j as usize].counts;
        for (j, places) in columns {
            let d = weights[*j as usize];
            matrix[0] += d;
            places.iter().for_each(|&r| self.link[r as usize] += d);
            counts(*j).iter().enumerate().for_each(|(i, a)| matrix[(1 + i) * k] += d * a);
        }
        // Counts enter as what they are beyond their mean: near an optimum one column outweighs all others, and the row of the
        // group taken off afterwards would leave nothing but rounding errors.
        (1..k).for_each(|i| matrix[i * k] /= matrix[0]);
        for (j, places) in columns.iter().filter(|_| k > 1) {
            let d = weights[*j as usize];
            let beyond = |i: usize| counts(*j)[i] - matrix[(1 + i) * k];
            let beyond: Vec<f64> = (0..k - 1).map(beyond).collect();
            for (i, a) in beyond.iter().enumerate() {
                let own = (1 + i) * k + 1;
                beyond[..=i].iter().enumerate().for_each(|(l, b)| matrix[own + l] += d * a * b);
                let link = &mut self.link[(1 + i) * width..(2 + i) * width];
                places.iter().for_each(|&r| link[r as usize] += d * a);
            }
        }
        self.ldl = Ldl::new(k, matrix, 1);
        self.ldl.forward(&mut self.link, width, 1);
        self.ldl.forward(&mut self.pull, ends, 1);
    }

    /// Entries of a local row of the link.
    fn width(&self, n: usize) -> usize {
        if self.support.is_empty() { n } else { self.support.len() }
    }

    fn link(&self, i: usize, n: usize) -> &[f64] {
        let width = self.width(n);
        &self.link[i * width..(i + 1) * width]
    }

    /// Adds a multiple of a local row to a vector over all rows.
    fn add(&self, i: usize, factor: f64, to: &mut [f64]) {
        let link = self.link(i, to.len());
        if self.support.is_empty() {
            to.iter_mut().zip(link).for_each(|(y, l)| *y += factor * l);
        } else {
            self.support.iter().zip(link).for_each(|(&r, l)| to[r as usize] += factor * l);
        }
    }

    /// Product of a local row with a vector over all rows.
    fn times(&self, i: usize, y: &[f64]) -> f64 {
        let link = self.link(i, y.len());
        if self.support.is_empty() {
            return dot(link, y);
        }
        self.support.iter().zip(link).map(|(&r, l)| l * y[r as usize]).sum()
    }
}

impl Locals {
    pub(super) fn new(lp: &Interior, n: usize) -> Self {
        let mut clusters: Vec<Cluster> = Vec::new();
        let mut cluster_of = vec![usize::MAX; lp.spreads.len()];
        for s in 0..lp.spreads.len() {
            if cluster_of[s] != usize::MAX {
                continue;
            }
            let mut cluster = Cluster { spreads: vec![s], ..Cluster::default() };
            cluster_of[s] = clusters.len();
            let mut next = 0;
            while let Some(&at) = cluster.spreads.get(next) {
                next += 1;
                for &g in &lp.spread_groups[at] {
                    for other in lp.locals[g].iter().map(|l| l.spread) {
                        if cluster_of[other] == usize::MAX {
                            cluster_of[other] = clusters.len();
                            cluster.spreads.push(other);
                        }
                    }
                }
            }
            let mut groups: Vec<usize> =
                cluster.spreads.iter().flat_map(|&s| lp.spread_groups[s].iter().copied()).collect();
            groups.sort_unstable();
            groups.dedup();
            cluster.groups = groups;
            clusters.push(cluster);
        }
        let mut place = vec![0; lp.spreads.len()];
        clusters.iter().flat_map(|c| c.spreads.iter().enumerate()).for_each(|(i, &s)| place[s] = i);
        let mut blocks = vec![Block::default(); lp.groups.len()];
        for c in &lp.columns {
            blocks[c.group as usize].support.extend(&*c.rows);
        }
        let mut touch = vec![Vec::new(); n];
        for (b, block) in blocks.iter_mut().enumerate() {
            block.support.sort_unstable();
            block.support.dedup();
            if block.support.len() * FULL > n {
                block.support.clear();
            }
            let rows = block.support.iter().enumerate();
            rows.for_each(|(place, &r)| touch[r as usize].push((b as u32, place as u32)));
        }
        let at = |c: &Entry| -> Box<[u32]> {
            let support = &blocks[c.group as usize].support;
            let known = c.rows.iter().filter_map(|r| support.binary_search(r).ok());
            if support.is_empty() { c.rows.clone() } else { known.map(|i| i as u32).collect() }
        };
        let mut columns = vec![Vec::new(); lp.groups.len()];
        for (j, c) in lp.columns.iter().enumerate() {
            columns[c.group as usize].push((j as u32, at(c)));
        }
        Self { n, blocks, clusters, place, touch, columns }
    }

    /// Eliminates at given ratios of weights and reduced costs.
    pub(super) fn build(&mut self, lp: &Interior, weights: &[f64], holds: &[Hold]) {
        let n = self.n;
        let own = self.columns.par_iter().zip(&lp.locals);
        self.blocks.par_iter_mut().zip(own).for_each(|(block, (columns, locals))| {
            block.build(lp, columns, locals, weights, holds, n);
        });
        let (blocks, place) = (&self.blocks, &self.place);
        self.clusters.par_iter_mut().for_each(|cluster| cluster.build(lp, blocks, place, holds, n));
    }

    /// Vectors over all rows whose squares, over their pivots, come into the matrix; those of groups with few rows are left to
    /// [`Locals::add_few`].
    pub(super) fn squares(&self) -> Vec<(f64, &[f64])> {
        let n = self.n.max(1);
        let full = self.blocks.iter().filter(|b| b.support.is_empty());
        let blocks = full.map(|b| (-1.0, &b.ldl, &b.link));
        let clusters = self.clusters.iter().map(|c| (1.0, &c.ldl, &c.link));
        blocks
            .chain(clusters)
            .flat_map(|(sign, ldl, link)| {
                link.chunks(n).enumerate().map(move |(i, own)| (sign * ldl.diagonal(i), own))
            })
            .collect()
    }

    /// Adds to a row of the matrix what groups with few rows bring.
    pub(super) fn add_few(&self, r: usize, row: &mut [f64]) {
        for &(b, place) in &self.touch[r] {
            let block = &self.blocks[b as usize];
            let support = &block.support[..=place as usize];
            for i in 0..block.ldl.n {
                let link = block.link(i, self.n);
                let factor = link[place as usize] / block.ldl.diagonal(i);
                if factor != 0.0 {
                    support.iter().zip(link).for_each(|(&k, l)| row[k as usize] -= factor * l);
                }
            }
        }
    }

    /// Takes what is eliminated from the right-hand sides; `sides` has those of groups, counts and ends, in the form of what
    /// [`Locals::complete`] makes of them.
    pub(super) fn reduce(&self, lp: &Interior, sides: &mut Found) {
        let n = self.n;
        let mut own: Vec<Vec<f64>> = Vec::with_capacity(self.blocks.len());
        for (g, (block, locals)) in self.blocks.iter().zip(&lp.locals).enumerate() {
            let mut side = vec![sides.v[g]];
            side.extend(locals.iter().map(|l| sides.q[l.count]));
            block.ldl.forward(&mut side, 1, 0);
            for (i, s) in side.iter().enumerate() {
                let factor = s / block.ldl.diagonal(i);
                if factor != 0.0 {
                    block.add(i, -factor, &mut sides.y);
                }
            }
            own.push(side);
        }
        for cluster in &self.clusters {
            let mut side: Vec<f64> =
                cluster.spreads.iter().flat_map(|&s| sides.ends[s].map(|t| -t)).collect();
            for &g in &cluster.groups {
                let (block, locals) = (&self.blocks[g], &lp.locals[g]);
                for (i, s) in own[g].iter().enumerate() {
                    let factor = s / block.ldl.diagonal(i);
                    for (at, pull) in self.pulls(block, locals, i) {
                        side[at] += factor * pull;
                    }
                }
            }
            cluster.ldl.forward(&mut side, 1, 0);
            for (i, s) in side.iter().enumerate() {
                let factor = s / cluster.ldl.diagonal(i);
                let link = &cluster.link[i * n..(i + 1) * n];
                sides.y.iter_mut().zip(link).for_each(|(y, l)| *y -= factor * l);
            }
            for (&s, ends) in cluster.spreads.iter().zip(side.chunks(2)) {
                sides.ends[s] = [ends[0], ends[1]];
            }
        }
        for ((g, side), locals) in own.into_iter().enumerate().zip(&lp.locals) {
            sides.v[g] = side[0];
            locals.iter().zip(&side[1..]).for_each(|(l, s)| sides.q[l.count] = *s);
        }
    }

    /// The rest of a solution whose rows are known, from what [`Locals::reduce`] left.
    pub(super) fn complete(&self, lp: &Interior, found: &mut Found) {
        let n = self.n;
        for cluster in &self.clusters {
            let mut side: Vec<f64> = cluster.spreads.iter().flat_map(|&s| found.ends[s]).collect();
            for (i, s) in side.iter_mut().enumerate() {
                *s = (*s + dot(&cluster.link[i * n..(i + 1) * n], &found.y)) / cluster.ldl.diagonal(i);
            }
            cluster.ldl.backward(&mut side);
            for (&s, ends) in cluster.spreads.iter().zip(side.chunks(2)) {
                found.ends[s] = [ends[0], ends[1]];
            }
        }
        for (g, (block, locals)) in self.blocks.iter().zip(&lp.locals).enumerate() {
            let mut side = vec![found.v[g]];
            side.extend(locals.iter().map(|l| found.q[l.count]));
            for (i, s) in side.iter_mut().enumerate() {
                let mut rest = *s - block.times(i, &found.y);
                let width = 2 * locals.len();
                for (l, pull) in locals.iter().zip(block.pull[i * width..(i + 1) * width].chunks(2)) {
                    let ends = found.ends[l.spread];
                    rest -= pull[0] * ends[0] + pull[1] * ends[1];
                }
                *s = rest / block.ldl.diagonal(i);
            }
            block.ldl.backward(&mut side);
            found.v[g] = side[0];
            locals.iter().zip(&side[1..]).for_each(|(l, s)| found.q[l.count] = *s);
        }
    }

    /// What a local row of a group pulls at: places among the ends of its cluster.
    fn pulls<'s>(
        &'s self,
        block: &'s Block,
        locals: &'s [Local],
        i: usize,
    ) -> impl Iterator<Item = (usize, f64)> + 's {
        pulls(block, locals, &self.place, i)
    }
}

fn pulls<'s>(
    block: &'s Block,
    locals: &'s [Local],
    place: &'s [usize],
    i: usize,
) -> impl Iterator<Item = (usize, f64)> + 's {
    let width = 2 * locals.len();
    let own = &block.pull[i * width..(i + 1) * width];
    own.iter().enumerate().map(move |(at, pull)| (2 * place[locals[at / 2].spread] + at % 2, *pull))
}

impl Cluster {
    fn build(&mut self, lp: &Interior, blocks: &[Block], place: &[usize], holds: &[Hold], n: usize) {
        let m = 2 * self.spreads.len();
        let mut matrix = vec![0.0; m * m];
        self.link.clear();
        self.link.resize(m * n, 0.0);
        for (i, &s) in self.spreads.iter().enumerate() {
            let hold = &holds[s];
            let parts = hold.high.iter().zip(&hold.low).map(|(high, low)| high * low / (high + low));
            let r = hold.width + parts.sum::<f64>();
            matrix[2 * i * m + 2 * i] = r;
            matrix[(2 * i + 1) * m + 2 * i] = -r;
            matrix[(2 * i + 1) * m + 2 * i + 1] = r;
        }
        for &g in &self.groups {
            let (block, locals) = (&blocks[g], &lp.locals[g]);
            for i in 0..=locals.len() {
                let own: Vec<(usize, f64)> = pulls(block, locals, place, i).filter(|p| p.1 != 0.0).collect();
                let inverse = 1.0 / block.ldl.diagonal(i);
                for &(a, x) in &own {
                    for &(b, y) in own.iter().filter(|p| p.0 <= a) {
                        matrix[a * m + b] += inverse * x * y;
                    }
                    block.add(i, -inverse * x, &mut self.link[a * n..(a + 1) * n]);
                }
            }
        }
        self.ldl = Ldl::new(m, matrix, 0);
        self.ldl.forward(&mut self.link, n, 0);
    }
}
