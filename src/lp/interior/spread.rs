//! Costs of what lies apart: weight × (largest − smallest) of some counts, each a sum over the columns of one group, where the
//! largest may be taken a slack lower; never below nothing.
//!
//! T and B are free: T ≥ count − slack and B ≤ count of every member with prices λ and μ, T ≥ B with τ, so Σ λ + τ = Σ μ + τ
//! = weight. A unit of a member's count is worth μ − λ. Newton's step ties prices to counts by dq = −κ + ω dT + η dB −
//! (ω + η) dc with ω = λ/(T − count), η = μ/(count − B). The counts of a group are eliminated with its own row, and then T and
//! B of the spreads that share groups: thousands of people who are compared with each other in small groups make the dense
//! matrix no larger.

/// Smallest distance of a count from T and B in a point to start from.
const APART: f64 = 1e-2;

/// Counts that are compared.
#[derive(Clone, Debug)]
pub(super) struct Spread {
    pub weight: f64,
    pub slack: f64,
    pub members: Vec<Member>,
}

/// One of the counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// Its place among the counts of all groups.
    pub count: usize,
    /// What it is without any column.
    pub start: f64,
}

/// Prices of the ends of a spread, by member.
#[derive(Clone, Debug, Default)]
pub struct Shares {
    /// What a unit costs at the top: λ.
    pub high: Vec<f64>,
    /// What a unit saves at the bottom: μ.
    pub low: Vec<f64>,
}

/// Where a spread stands: T, B, what lies between them and the counts, and the prices of that. A direction has the same shape.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    pub top: f64,
    pub bottom: f64,
    pub above: Vec<f64>,
    pub below: Vec<f64>,
    pub width: f64,
    pub shares: Shares,
    /// τ.
    pub idle: f64,
}

/// How prices answer to the ends: ω and η by member, and the same of the width.
#[derive(Clone, Debug, Default)]
pub(super) struct Hold {
    pub high: Vec<f64>,
    pub low: Vec<f64>,
    pub width: f64,
}

/// Steps of the prices at fixed ends and counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    high: Vec<f64>,
    low: Vec<f64>,
    idle: f64,
}

impl Spread {
    fn counts<'c>(&'c self, counts: &'c [f64]) -> impl Iterator<Item = f64> + 'c {
        self.members.iter().map(|m| m.start + counts[m.count])
    }

    /// Largest and smallest count.
    fn reach(&self, counts: &[f64]) -> (f64, f64) {
        let ends = |(high, low): (f64, f64), c| (f64::max(high, c), f64::min(low, c));
        self.counts(counts).fold((f64::NEG_INFINITY, f64::INFINITY), ends)
    }

    /// What it costs; `counts` of all groups.
    pub(super) fn value(&self, counts: &[f64]) -> f64 {
        let (high, low) = self.reach(counts);
        self.weight * (high - self.slack - low).max(0.0)
    }

    /// What the prices prove.
    pub(super) fn base(&self, ends: &Ends) -> f64 {
        let shares = ends.shares.high.iter().zip(&ends.shares.low);
        let part = |(m, (high, low)): (&Member, (&f64, &f64))| high * (m.start - self.slack) - low * m.start;
        self.members.iter().zip(shares).map(part).sum()
    }

    /// Writes what a unit of each count is worth, or the steps of that.
    pub(super) fn price(&self, ends: &Ends, q: &mut [f64]) {
        for (m, (high, low)) in self.members.iter().zip(ends.shares.high.iter().zip(&ends.shares.low)) {
            q[m.count] = low - high;
        }
    }

    /// Prices to begin with: even ones, and `old` ones as far as they go.
    pub(super) fn begin_shares(&self, old: Option<&Shares>, even: f64) -> Ends {
        let n = self.members.len();
        let each = 0.5 * self.weight / n as f64;
        let old = old.filter(|old| old.high.len() == n);
        let kept = if old.is_some() { 1.0 - even } else { 0.0 };
        let mix = |own: Option<&Vec<f64>>| -> Vec<f64> {
            let known = |i: usize| own.map_or(0.0, |own| own[i].max(0.0));
            (0..n).map(|i| (1.0 - kept) * each + kept * known(i)).collect()
        };
        let mut shares = Shares { high: mix(old.map(|o| &o.high)), low: mix(old.map(|o| &o.low)) };
        // Both ends leave the same for the width.
        let sums = [&shares.high, &shares.low].map(|own| own.iter().sum::<f64>());
        let most = sums[0].min(sums[1]).min((1.0 - 0.1 * even) * self.weight);
        shares.high.iter_mut().for_each(|p| *p *= most / sums[0]);
        shares.low.iter_mut().for_each(|p| *p *= most / sums[1]);
        Ends { shares, idle: self.weight - most, ..Ends::default() }
    }

    /// Sets the ends so that products with the prices are about `mu`.
    pub(super) fn begin(&self, ends: &mut Ends, counts: &[f64], mu: f64) {
        let (high, low) = self.reach(counts);
        let apart = (mu * self.members.len() as f64 / self.weight).max(APART);
        ends.top = (high - self.slack).max(low) + apart;
        ends.bottom = low - apart;
        self.settle(ends, counts);
    }

    /// What lies between ends and counts follows from them, and prices add up, without the errors of many steps.
    pub(super) fn settle(&self, ends: &mut Ends, counts: &[f64]) {
        ends.above = self.counts(counts).map(|c| (ends.top + self.slack - c).max(1e-14)).collect();
        ends.below = self.counts(counts).map(|c| (c - ends.bottom).max(1e-14)).collect();
        ends.width = (ends.top - ends.bottom).max(1e-14);
        let rest = self.weight - ends.idle;
        for own in [&mut ends.shares.high, &mut ends.shares.low] {
            let sum: f64 = own.iter().sum();
            own.iter_mut().for_each(|p| *p *= rest / sum);
        }
    }

    /// Steps of the prices that lead to products of `center` if nothing else moves; `before`: a step whose products are
    /// corrected for.
    pub(super) fn draft(&self, ends: &Ends, center: f64, before: Option<&Ends>) -> Draft {
        let own = |at: f64, price: f64, second: f64| (center - second) / at - price;
        let n = self.members.len();
        let high = |i: usize| {
            let second = before.map_or(0.0, |b| b.above[i] * b.shares.high[i]);
            own(ends.above[i], ends.shares.high[i], second)
        };
        let low = |i: usize| {
            let second = before.map_or(0.0, |b| b.below[i] * b.shares.low[i]);
            own(ends.below[i], ends.shares.low[i], second)
        };
        let idle = own(ends.width, ends.idle, before.map_or(0.0, |b| b.width * b.idle));
        Draft { high: (0..n).map(high).collect(), low: (0..n).map(low).collect(), idle }
    }

    /// Adds the draft to the right-hand sides of the counts; returns those of T and B.
    pub(super) fn side(&self, ends: &Ends, hold: &Hold, draft: &Draft, q: &mut [f64]) -> [f64; 2] {
        let open = |own: &[f64]| self.weight - ends.idle - own.iter().sum::<f64>();
        let mut top = open(&ends.shares.high) - draft.idle;
        let mut bottom = draft.idle - open(&ends.shares.low);
        for (i, m) in self.members.iter().enumerate() {
            let both = hold.high[i] + hold.low[i];
            let kappa = draft.high[i] - draft.low[i];
            q[m.count] -= kappa / both;
            top -= draft.high[i] - hold.high[i] / both * kappa;
            bottom += draft.low[i] + hold.low[i] / both * kappa;
        }
        [top, bottom]
    }

    /// The step when T and B move by `by` and the counts of all groups by `counts`.
    pub(super) fn step(&self, hold: &Hold, draft: &Draft, by: [f64; 2], counts: &[f64]) -> Ends {
        let [top, bottom] = by;
        let above: Vec<f64> = self.members.iter().map(|m| top - counts[m.count]).collect();
        let below: Vec<f64> = self.members.iter().map(|m| counts[m.count] - bottom).collect();
        let answer = |draft: &[f64], hold: &[f64], at: &[f64]| -> Vec<f64> {
            draft.iter().zip(hold).zip(at).map(|((own, h), at)| own - h * at).collect()
        };
        let shares = Shares {
            high: answer(&draft.high, &hold.high, &above),
            low: answer(&draft.low, &hold.low, &below),
        };
        let width = top - bottom;
        Ends { top, bottom, above, below, width, shares, idle: draft.idle - hold.width * width }
    }
}

impl Ends {
    /// How prices answer here.
    pub(super) fn hold(&self) -> Hold {
        let over = |prices: &[f64], at: &[f64]| prices.iter().zip(at).map(|(p, a)| p / a).collect();
        Hold {
            high: over(&self.shares.high, &self.above),
            low: over(&self.shares.low, &self.below),
            width: self.idle / self.width,
        }
    }

    /// Pairs of what lies between and its price.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let high = self.above.iter().zip(&self.shares.high);
        let low = self.below.iter().zip(&self.shares.low);
        high.chain(low).map(|(a, p)| (*a, *p)).chain([(self.width, self.idle)])
    }

    /// Goes `a` of a step with the ends and `b` of it with the prices.
    pub(super) fn advance(&mut self, by: &Ends, a: f64, b: f64) {
        let add = |values: &mut [f64], steps: &[f64]| {
            values.iter_mut().zip(steps).for_each(|(v, s)| *v += b * s);
        };
        self.top += a * by.top;
        self.bottom += a * by.bottom;
        add(&mut self.shares.high, &by.shares.high);
        add(&mut self.shares.low, &by.shares.low);
        self.idle += b * by.idle;
    }
}
