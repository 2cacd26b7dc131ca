//! An interior point method for restricted masters: prices from the middle of the best ones, in few dear iterations.
//!
//! minimise Σ c_j x_j + Σ g_r(b_r − Σ x_j over the columns in row r) + Σ V_e(n), Σ x_j = w_p over the columns of each group p,
//! x ≥ 0, where g_r has one slope below 0 and one above it, and V_e is the highest of some cuts over the sums n of rows that have
//! no g (`envelope.rs`). Every entry of a column is 1. The slacks make a feasible point of
//! any x, and the slopes one of any prices between them, so both sides are kept feasible. Predictor and corrector as
//! Mehrotra has them (SIAM Journal on Optimization 2, 1992); the groups' rows are eliminated first, the others stand in
//! one dense matrix, factored by Cholesky. Column generation needs no more than rough answers at first, and prices in the
//! middle make it settle in fewer rounds than those of a vertex do (Gondzio, González-Brevis and Munari, New
//! developments in the primal-dual column generation technique, European Journal of Operational Research 224, 2013).

mod envelope;
mod factor;
mod local;
mod spread;
#[cfg(test)]
mod tests;

use super::kink::Slopes;
use envelope::{Envelope, Stand};
use factor::Factor;
use local::Found;
pub use spread::Shares;
use spread::{Draft, Ends, Member, Spread};

/// A restricted master.
#[derive(Clone, Debug, Default)]
pub struct Interior {
    /// Right-hand sides and slopes of the rows; a slope above is greater than the one below.
    rows: Vec<(f64, Slopes)>,
    /// Sums of the weights of the groups.
    groups: Vec<f64>,
    columns: Vec<Entry>,
    envelopes: Vec<Envelope>,
    spreads: Vec<Spread>,
    /// By group its counts, and by spread the groups that it compares.
    locals: Vec<Vec<Local>>,
    spread_groups: Vec<Vec<usize>>,
    /// Counts of all groups.
    counted: usize,
    /// Rows of the envelopes, which come behind the others.
    enveloped: usize,
    /// What costs the same whatever the weights are.
    constant: f64,
}

#[derive(Clone, Debug)]
struct Entry {
    group: u32,
    cost: f64,
    /// Rows in ascending order.
    rows: Box<[u32]>,
    /// What it adds to the counts of its group.
    counts: Box<[f64]>,
}

/// A count of a group: its place among all counts, its spread and its place there.
#[derive(Clone, Copy, Debug)]
struct Local {
    count: usize,
    spread: usize,
    member: usize,
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
    /// By envelope the shares of its cuts.
    pub shares: Vec<Vec<f64>>,
    /// By spread the prices of its ends.
    pub spreads: Vec<Shares>,
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
/// Share of a group's weight by which the steps of its columns may miss it.
const REFINED: f64 = 1e-9;
/// Share of equal weights in a point to start from.
const EVEN: f64 = 0.05;

/// The same of equal shares of cuts, whose slopes are far apart.
const EVEN_CUTS: f64 = 0.01;

/// A solution to start near. Columns and cuts beyond it are new.
#[derive(Clone, Copy, Debug)]
pub struct Near<'s> {
    /// Weights of columns.
    pub x: &'s [f64],
    /// Prices of rows without envelope.
    pub y: &'s [f64],
    /// By envelope the shares of its cuts.
    pub shares: &'s [Vec<f64>],
    /// By spread the prices of its ends.
    pub spreads: &'s [Shares],
}

/// A point with its complements: columns, missing and spare in rows.
struct Point {
    x: Vec<f64>,
    z: Vec<f64>,
    under: Vec<f64>,
    over: Vec<f64>,
    y: Vec<f64>,
    v: Vec<f64>,
    /// What a unit of each count is worth.
    q: Vec<f64>,
    stands: Vec<Stand>,
    ends: Vec<Ends>,
}

/// A direction has the same shape.
type Move = Point;

impl Interior {
    /// Adds a row; returns its number. All of them come before those of envelopes.
    pub fn add_row(&mut self, rhs: f64, slopes: Slopes) -> usize {
        self.rows.push((rhs, slopes));
        self.rows.len() - 1
    }

    /// Adds `width` rows whose sums n cost the highest of some cuts, base + slopes·n, at least one; returns the first row.
    pub fn add_envelope(&mut self, width: usize, cuts: Vec<(f64, Box<[f64]>)>) -> usize {
        let first = self.width();
        self.envelopes.push(Envelope { first, width, cuts });
        self.enveloped += width;
        first
    }

    /// Number of all rows.
    fn width(&self) -> usize {
        self.rows.len() + self.enveloped
    }

    /// Adds to the objective what does not depend on the weights: how exact a solution has to be is measured with it.
    pub fn add_constant(&mut self, cost: f64) {
        self.constant += cost;
    }

    /// Adds a group whose weights sum up to `weight`; it must get a column.
    pub fn add_group(&mut self, weight: f64) -> usize {
        self.groups.push(weight);
        self.locals.push(Vec::new());
        self.groups.len() - 1
    }

    /// Adds a spread that costs `weight` × (largest − `slack` − smallest) of its members' counts; it must get a member.
    pub fn add_spread(&mut self, weight: f64, slack: f64) -> usize {
        self.spreads.push(Spread { weight, slack, members: Vec::new() });
        self.spread_groups.push(Vec::new());
        self.spreads.len() - 1
    }

    /// Adds a count of a group to a spread, `start` without any column: the next of the counts that its columns tell.
    pub fn add_member(&mut self, spread: usize, group: usize, start: f64) {
        let (count, member) = (self.counted, self.spreads[spread].members.len());
        self.counted += 1;
        self.locals[group].push(Local { count, spread, member });
        self.spreads[spread].members.push(Member { count, start });
        self.spread_groups[spread].push(group);
    }

    /// Adds a column of a group with rows in ascending order, and with what it adds to the counts of its group: numbers near 0
    /// keep the system well conditioned.
    pub fn add_column(&mut self, group: usize, cost: f64, rows: Box<[u32]>, counts: Box<[f64]>) {
        debug_assert_eq!(counts.len(), self.locals[group].len());
        self.columns.push(Entry { group: group as u32, cost, rows, counts });
    }

    /// Optimises until primal and dual objective are `gap` (relative to the primal one, or as such below 1) apart. `start`: a
    /// solution to begin near. When `stop` says so, the point reached is returned.
    #[must_use]
    pub fn solve(&self, start: Option<Near<'_>>, gap: f64, stop: &dyn Fn() -> bool) -> Central {
        let mut point = self.begin(start);
        let mut factor = Factor::new(self);
        let mut iterations = 0;
        loop {
            let (primal, dual) = (self.primal(&point), self.dual(&point));
            let wide = primal - dual;
            if wide <= gap * primal.abs().max(1.0) || iterations >= ITERATIONS || stop() {
                let Point { x, y, v, stands, ends, .. } = point;
                let shares = stands.into_iter().map(|s| s.share).collect();
                let spreads = ends.into_iter().map(|e| e.shares).collect();
                return Central { x, y, v, shares, spreads, primal, dual, iterations };
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
        let cuts: usize = self.envelopes.iter().map(|e| e.cuts.len()).sum();
        let ends: usize = self.spreads.iter().map(|s| 2 * s.members.len() + 1).sum();
        (self.columns.len() + 2 * self.rows.len() + cuts + ends) as f64
    }

    fn worth(&self, column: &Entry, y: &[f64], q: &[f64]) -> f64 {
        let rows: f64 = column.rows.iter().map(|&r| y[r as usize]).sum();
        if column.counts.is_empty() {
            return rows;
        }
        let own = column.counts.iter().zip(&self.locals[column.group as usize]);
        rows + own.map(|(a, l)| a * q[l.count]).sum::<f64>()
    }

    /// Counts of all groups at given weights.
    fn counts(&self, x: &[f64]) -> Vec<f64> {
        let mut counts = vec![0.0; self.counted];
        for (column, &v) in self.columns.iter().zip(x) {
            let own = column.counts.iter().zip(&self.locals[column.group as usize]);
            own.for_each(|(a, l)| counts[l.count] += v * a);
        }
        counts
    }

    /// Sums of all rows at given weights.
    fn sums(&self, x: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.width()];
        for (column, &v) in self.columns.iter().zip(x) {
            column.rows.iter().for_each(|&r| sums[r as usize] += v);
        }
        sums
    }

    /// What the rows without envelope lack at given sums.
    fn lack(&self, sums: &[f64]) -> Vec<f64> {
        self.rows.iter().zip(sums).map(|(row, sum)| row.0 - sum).collect()
    }

    fn primal(&self, p: &Point) -> f64 {
        let lines: f64 = self.columns.iter().zip(&p.x).map(|(c, x)| c.cost * x).sum();
        let price =
            |(lack, row): (f64, &(f64, Slopes))| lack * if lack > 0.0 { row.1.above } else { row.1.below };
        let sums = self.sums(&p.x);
        let envelopes: f64 = self.envelopes.iter().map(|e| e.value(&sums)).sum();
        let counts = self.counts(&p.x);
        let spreads: f64 = self.spreads.iter().map(|s| s.value(&counts)).sum();
        self.constant
            + lines
            + envelopes
            + spreads
            + self.lack(&sums).into_iter().zip(&self.rows).map(price).sum::<f64>()
    }

    fn dual(&self, p: &Point) -> f64 {
        let rows: f64 = self.rows.iter().zip(&p.y).map(|(r, y)| r.0 * y).sum();
        let cuts: f64 = self.envelopes.iter().zip(&p.stands).map(|(e, s)| e.base(&s.share)).sum();
        let ends: f64 = self.spreads.iter().zip(&p.ends).map(|(s, e)| s.base(e)).sum();
        self.constant + rows + cuts + ends + self.groups.iter().zip(&p.v).map(|(w, v)| w * v).sum::<f64>()
    }

    /// A point inside.
    fn begin(&self, start: Option<Near<'_>>) -> Point {
        let mut count = vec![0.0; self.groups.len()];
        self.columns.iter().for_each(|c| count[c.group as usize] += 1.0);
        let even = |c: &Entry| self.groups[c.group as usize] / count[c.group as usize];
        let mut x: Vec<f64> = self.columns.iter().map(even).collect();
        let mut y: Vec<f64> = self.rows.iter().map(|r| 0.5 * (r.1.below + r.1.above)).collect();
        if let Some(Near { x: weights, y: prices, .. }) = start {
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
        y.resize(self.width(), 0.0);
        let old = |e: usize| start.and_then(|s| s.shares.get(e)).map(|s| &s[..]);
        let shares: Vec<Vec<f64>> =
            self.envelopes.iter().enumerate().map(|(e, own)| own.shares(old(e), EVEN_CUTS)).collect();
        self.envelopes.iter().zip(&shares).for_each(|(own, share)| own.price(share, &mut y));
        let old = |s: usize| start.and_then(|near| near.spreads.get(s));
        let mut ends: Vec<Ends> =
            self.spreads.iter().enumerate().map(|(s, own)| own.begin_shares(old(s), EVEN)).collect();
        let mut q = vec![0.0; self.counted];
        self.spreads.iter().zip(&ends).for_each(|(own, ends)| own.price(ends, &mut q));
        let mut v = vec![f64::INFINITY; self.groups.len()];
        let reduced: Vec<f64> = self.columns.iter().map(|c| c.cost - self.worth(c, &y, &q)).collect();
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
        let sums = self.sums(&x);
        let lack = self.lack(&sums);
        let mut under = Vec::with_capacity(lack.len());
        let mut over = Vec::with_capacity(lack.len());
        for ((lack, row), y) in lack.into_iter().zip(&self.rows).zip(&y) {
            let (a, b) = (row.1.above - y, y - row.1.below);
            // The pair whose smaller product is that of the columns.
            let least = (mu / a.max(b)).max(1e-3);
            under.push(lack.max(0.0) + least);
            over.push((-lack).max(0.0) + least);
        }
        let stands = self.envelopes.iter().zip(shares).map(|(e, share)| e.begin(share, &sums, mu)).collect();
        let counts = self.counts(&x);
        self.spreads.iter().zip(&mut ends).for_each(|(own, ends)| own.begin(ends, &counts, mu));
        Point { x, z, under, over, y, v, q, stands, ends }
    }

    fn complement(&self, p: &Point) -> f64 {
        let lines: f64 = p.x.iter().zip(&p.z).map(|(x, z)| x * z).sum();
        let rows = self.rows.iter().zip(&p.y).zip(p.under.iter().zip(&p.over));
        let rows: f64 = rows.map(|((r, y), (u, o))| u * (r.1.above - y) + o * (y - r.1.below)).sum();
        let cuts = p.stands.iter().flat_map(|s| s.slack.iter().zip(&s.share));
        let cuts: f64 = cuts.map(|(s, l)| s * l).sum();
        let ends: f64 = p.ends.iter().flat_map(Ends::pairs).map(|(a, p)| a * p).sum();
        (lines + rows + cuts + ends) / self.pairs()
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
        let after = |(s, m): (&Stand, &Stand)| -> f64 {
            let pair = |k: usize| (s.slack[k] + a * m.slack[k]) * (s.share[k] + b * m.share[k]);
            (0..s.slack.len()).map(pair).sum()
        };
        let cuts: f64 = p.stands.iter().zip(&m.stands).map(after).sum();
        let ends = p.ends.iter().flat_map(Ends::pairs).zip(m.ends.iter().flat_map(Ends::pairs));
        let ends: f64 = ends.map(|((at, price), (x, y))| (at + a * x) * (price + b * y)).sum();
        (lines + rows + cuts + ends) / self.pairs()
    }

    /// Largest steps of both sides that keep everything positive, times `nearly`, 1 at most.
    fn steps(&self, p: &Point, m: &Move, nearly: f64) -> (f64, f64) {
        let reach = |value: f64, step: f64| if step < 0.0 { -value / step } else { f64::INFINITY };
        let least = |values: &[f64], steps: &[f64]| {
            values.iter().zip(steps).map(|(v, s)| reach(*v, *s)).fold(f64::INFINITY, f64::min)
        };
        let mut primal = least(&p.x, &m.x).min(least(&p.under, &m.under)).min(least(&p.over, &m.over));
        let rows = self.rows.iter().zip(p.y.iter().zip(&m.y));
        let rows = rows.map(|(r, (y, dy))| reach(r.1.above - y, -dy).min(reach(y - r.1.below, *dy)));
        let mut dual = rows.fold(least(&p.z, &m.z), f64::min);
        for (s, m) in p.stands.iter().zip(&m.stands) {
            primal = primal.min(least(&s.slack, &m.slack));
            dual = dual.min(least(&s.share, &m.share));
        }
        let pairs = p.ends.iter().flat_map(Ends::pairs).zip(m.ends.iter().flat_map(Ends::pairs));
        for ((at, price), (x, y)) in pairs {
            primal = primal.min(reach(at, x));
            dual = dual.min(reach(price, y));
        }
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
        let sums = if self.envelopes.is_empty() { Vec::new() } else { self.sums(&p.x) };
        for ((e, s), m) in self.envelopes.iter().zip(&mut p.stands).zip(&m.stands) {
            s.top += a * m.top;
            add(&mut s.share, &m.share, b);
            e.settle(s, &sums);
            e.price(&s.share, &mut p.y);
        }
        let counts = if self.spreads.is_empty() { Vec::new() } else { self.counts(&p.x) };
        for ((spread, ends), m) in self.spreads.iter().zip(&mut p.ends).zip(&m.ends) {
            ends.advance(m, a, b);
            spread.settle(ends, &counts);
            spread.price(ends, &mut p.q);
        }
        // Reduced costs follow from the prices, without the errors of many steps.
        let mut behind = vec![0.0_f64; self.groups.len()];
        for ((z, dz), c) in p.z.iter_mut().zip(&m.z).zip(&self.columns) {
            let exact = c.cost - self.worth(c, &p.y, &p.q) - p.v[c.group as usize];
            let step = (*z + b * dz).max(1e-14);
            *z = if exact > 0.0 { exact } else { step };
            if exact <= 0.0 && !c.counts.is_empty() {
                let own = &mut behind[c.group as usize];
                *own = own.max(step - exact);
            }
        }
        // Prices of counts were made to add up: the price of a group gives way.
        p.v.iter_mut().zip(&behind).for_each(|(v, shift)| *v -= shift);
        for (z, c) in p.z.iter_mut().zip(&self.columns).filter(|(_, c)| behind[c.group as usize] > 0.0) {
            let exact = c.cost - self.worth(c, &p.y, &p.q) - p.v[c.group as usize];
            *z = exact.max(1e-14);
        }
    }

    /// Makes the steps of a group's weights add up where its price is not exact enough for that: near an optimum one column
    /// answers to it by many powers of ten more than the others.
    fn refine(&self, p: &Point, x: &mut [f64], v: &mut [f64]) {
        let mut open = self.groups.clone();
        let mut answer = vec![0.0; self.groups.len()];
        for (j, c) in self.columns.iter().enumerate() {
            open[c.group as usize] -= p.x[j] + x[j];
            answer[c.group as usize] += p.x[j] / p.z[j];
        }
        let off = |g: usize| open[g].abs() > REFINED * self.groups[g];
        for (j, c) in self.columns.iter().enumerate().filter(|(_, c)| off(c.group as usize)) {
            let g = c.group as usize;
            x[j] += p.x[j] / p.z[j] / answer[g] * open[g];
        }
        (0..v.len()).filter(|&g| off(g)).for_each(|g| v[g] += open[g] / answer[g]);
    }

    /// Newton's direction towards products of `center`; `before`: the predictor, whose products are corrected for.
    fn direction(&self, p: &Point, factor: &Factor, center: f64, before: Option<&Move>) -> Move {
        let n = self.rows.len();
        let mut sums: Vec<f64> = self.groups.clone();
        // The sums of envelopes have no side of their own: what is there already is given back.
        let mut side = if self.envelopes.is_empty() { vec![0.0; n] } else { self.sums(&p.x) };
        side.iter_mut().zip(&self.rows).for_each(|(side, row)| *side = row.0);
        let ties: Vec<_> = (self.envelopes.iter().zip(&p.stands).enumerate())
            .map(|(i, (e, s))| e.tie(s, center, before.map(|m| &m.stands[i])))
            .collect();
        for (e, tie) in self.envelopes.iter().zip(&ties) {
            side[e.first..e.first + e.width].iter_mut().zip(&tie.side).for_each(|(s, t)| *s += t);
        }
        // What the products would have to change by, over z or its like: the step at fixed prices.
        let drafts: Vec<Draft> = (self.spreads.iter().zip(&p.ends).enumerate())
            .map(|(i, (s, e))| s.draft(e, center, before.map(|m| &m.ends[i])))
            .collect();
        let mut count_sides = vec![0.0; self.counted];
        let end_sides: Vec<[f64; 2]> =
            (self.spreads.iter().zip(&p.ends).zip(factor.holds.iter().zip(&drafts)))
                .map(|((s, e), (hold, draft))| s.side(e, hold, draft, &mut count_sides))
                .collect();
        let mut own: Vec<f64> = Vec::with_capacity(p.x.len());
        for (j, c) in self.columns.iter().enumerate() {
            let second = before.map_or(0.0, |m| m.x[j] * m.z[j]);
            let step = (center - second) / p.z[j] - p.x[j];
            own.push(step);
            let now = p.x[j] + step;
            sums[c.group as usize] -= now;
            c.rows.iter().for_each(|&r| side[r as usize] -= now);
            let counts = c.counts.iter().zip(&self.locals[c.group as usize]);
            counts.for_each(|(a, l)| count_sides[l.count] -= a * step);
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
        let sides = Found { y: side, v: sums, q: count_sides, ends: end_sides };
        let Found { mut y, mut v, mut q, ends } = factor.solve(self, sides);
        let mut x = own;
        for (j, c) in self.columns.iter().enumerate() {
            x[j] += p.x[j] / p.z[j] * (self.worth(c, &y, &q) + v[c.group as usize]);
        }
        self.refine(p, &mut x, &mut v);
        for r in 0..n {
            let slopes = self.rows[r].1;
            own_under[r] += p.under[r] / (slopes.above - p.y[r]) * y[r];
            own_over[r] -= p.over[r] / (p.y[r] - slopes.below) * y[r];
        }
        let moved = if self.envelopes.is_empty() { Vec::new() } else { self.sums(&x) };
        let stands: Vec<Stand> = (self.envelopes.iter().zip(&p.stands).zip(&ties))
            .map(|((e, s), tie)| e.step(s, tie, &moved))
            .collect();
        self.envelopes.iter().zip(&stands).for_each(|(e, s)| e.price(&s.share, &mut y));
        let moved = if self.spreads.is_empty() { Vec::new() } else { self.counts(&x) };
        let ends: Vec<Ends> = (self.spreads.iter().zip(factor.holds.iter().zip(&drafts)).zip(ends))
            .map(|((s, (hold, draft)), by)| s.step(hold, draft, by, &moved))
            .collect();
        self.spreads.iter().zip(&ends).for_each(|(s, e)| s.price(e, &mut q));
        // By the prices as shares give them, so that reduced costs stay what they should be.
        let z = self.columns.iter().map(|c| -self.worth(c, &y, &q) - v[c.group as usize]).collect();
        Move { x, z, under: own_under, over: own_over, y, v, q, stands, ends }
    }
}
