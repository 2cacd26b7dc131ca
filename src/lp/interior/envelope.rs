//! Convex costs of several rows' sums: the highest of some cuts β + α·n, each with a share λ of the prices, Σ λ = 1.
//!
//! θ lies above all cuts; the slack of a cut is θ − β − α·n, and its complement is the share. The price of a row, what one more
//! in it is worth, is −Σ λ α. Newton's step ties them by dy = g − H dn with H the covariance of the cuts' slopes, weighted by
//! λ over slack: the rows get H⁻¹ in the normal equations.

/// Keeps H from being singular: where one cut alone is near, prices do not answer to sums. H is badly conditioned near an
/// optimum, where some slacks are tiny: gaps below 5e-5 of the objective may take many steps.
const RIDGE: f64 = 1e-8;

/// The cuts over rows `first..first + width`.
#[derive(Clone, Debug)]
pub(super) struct Envelope {
    pub first: usize,
    pub width: usize,
    /// Base and slopes of each.
    pub cuts: Vec<(f64, Box<[f64]>)>,
}

/// Where an envelope stands: θ, the slacks of its cuts and their shares. A direction has the same shape.
#[derive(Clone, Debug, Default)]
pub(super) struct Stand {
    pub top: f64,
    pub slack: Vec<f64>,
    pub share: Vec<f64>,
}

/// What ties prices to sums in a step: dy = g − H dn.
#[derive(Clone, Debug, Default)]
pub(super) struct Tie {
    /// The inverse of H, by rows.
    inverse: Vec<f64>,
    /// H⁻¹ g.
    pub side: Vec<f64>,
    /// Steps of the shares at fixed slacks, and the shares over the slacks.
    own: Vec<f64>,
    weight: Vec<f64>,
}

impl Envelope {
    /// Highest cut at sums of all rows.
    pub(super) fn value(&self, sums: &[f64]) -> f64 {
        let n = self.of(sums);
        self.cuts.iter().map(|cut| at(cut, n)).fold(f64::NEG_INFINITY, f64::max)
    }

    /// The part of a vector over all rows.
    fn of<'v>(&self, all: &'v [f64]) -> &'v [f64] {
        &all[self.first..self.first + self.width]
    }

    /// Shares of the way: even ones, and `old` ones as far as they go.
    pub(super) fn shares(&self, old: Option<&[f64]>, even: f64) -> Vec<f64> {
        let count = self.cuts.len() as f64;
        let sum: f64 = old.map_or(0.0, |old| old.iter().sum());
        let known = |k: usize| old.and_then(|old| old.get(k)).map_or(0.0, |s| s / sum);
        let kept = if sum > 0.5 { 1.0 - even } else { 0.0 };
        (0..self.cuts.len()).map(|k| (1.0 - kept) / count + kept * known(k)).collect()
    }

    /// Writes the prices of the rows at given shares, or their steps at steps of these.
    pub(super) fn price(&self, share: &[f64], y: &mut [f64]) {
        let own = &mut y[self.first..self.first + self.width];
        own.iter_mut().for_each(|y| *y = 0.0);
        for (share, (_, slopes)) in share.iter().zip(&self.cuts) {
            own.iter_mut().zip(slopes).for_each(|(y, a)| *y -= share * a);
        }
    }

    /// What the shares prove: Σ λ β.
    pub(super) fn base(&self, share: &[f64]) -> f64 {
        share.iter().zip(&self.cuts).map(|(s, cut)| s * cut.0).sum()
    }

    /// A stand whose products of slack and share are about `mu`.
    pub(super) fn begin(&self, share: Vec<f64>, sums: &[f64], mu: f64) -> Stand {
        let n = self.of(sums);
        let values: Vec<f64> = self.cuts.iter().map(|cut| at(cut, n)).collect();
        let mean: f64 = values.iter().zip(&share).map(|(v, s)| v * s).sum();
        let highest = values.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
        let top = (mean + mu * share.len() as f64).max(highest + mu.max(1e-3));
        Stand { top, slack: values.into_iter().map(|v| top - v).collect(), share }
    }

    /// Slacks follow from sums, without the errors of many steps.
    pub(super) fn settle(&self, stand: &mut Stand, sums: &[f64]) {
        let n = self.of(sums);
        for (slack, cut) in stand.slack.iter_mut().zip(&self.cuts) {
            *slack = (stand.top - at(cut, n)).max(1e-14);
        }
    }

    /// How a step that leads to products of `center` ties prices to sums; `before`: a step whose products are corrected for.
    pub(super) fn tie(&self, stand: &Stand, center: f64, before: Option<&Stand>) -> Tie {
        let (width, cuts) = (self.width, self.cuts.len());
        let second = |k: usize| before.map_or(0.0, |b| b.slack[k] * b.share[k]);
        let own: Vec<f64> =
            (0..cuts).map(|k| (center - second(k)) / stand.slack[k] - stand.share[k]).collect();
        let weight: Vec<f64> = stand.share.iter().zip(&stand.slack).map(|(l, s)| l / s).collect();
        let total: f64 = weight.iter().sum();
        let mut mean = vec![0.0; width];
        for (w, (_, slopes)) in weight.iter().zip(&self.cuts) {
            mean.iter_mut().zip(slopes).for_each(|(m, a)| *m += w / total * a);
        }
        let mut matrix = vec![0.0; width * width];
        let rest = own.iter().sum::<f64>() - (1.0 - stand.share.iter().sum::<f64>());
        let mut g: Vec<f64> = mean.iter().map(|m| m * rest).collect();
        for ((w, own), (_, slopes)) in weight.iter().zip(&own).zip(&self.cuts) {
            let apart: Vec<f64> = slopes.iter().zip(&mean).map(|(a, m)| a - m).collect();
            for (i, a) in apart.iter().enumerate() {
                g[i] -= own * slopes[i];
                matrix[i * width..(i + 1) * width].iter_mut().zip(&apart).for_each(|(m, b)| *m += w * a * b);
            }
        }
        let largest = (0..width).map(|i| matrix[i * width + i]).fold(0.0, f64::max);
        (0..width).for_each(|i| matrix[i * width + i] += RIDGE + 1e-13 * largest);
        let inverse = inverse(matrix, width);
        let side =
            inverse.chunks(width.max(1)).map(|row| row.iter().zip(&g).map(|(a, b)| a * b).sum()).collect();
        Tie { inverse, side, own, weight }
    }

    /// The step of the stand when the sums of all rows move by `sums`.
    pub(super) fn step(&self, stand: &Stand, tie: &Tie, sums: &[f64]) -> Stand {
        let n = self.of(sums);
        let rise: Vec<f64> =
            self.cuts.iter().map(|(_, slopes)| slopes.iter().zip(n).map(|(a, n)| a * n).sum()).collect();
        let total: f64 = tie.weight.iter().sum();
        let open = 1.0 - stand.share.iter().sum::<f64>();
        let lifted: f64 = tie.weight.iter().zip(&rise).map(|(w, r)| w * r).sum();
        let top = (tie.own.iter().sum::<f64>() - open + lifted) / total;
        let slack: Vec<f64> = rise.iter().map(|r| top - r).collect();
        let share = tie.own.iter().zip(&tie.weight).zip(&slack).map(|((own, w), s)| own - w * s).collect();
        Stand { top, slack, share }
    }
}

impl Tie {
    /// Adds H⁻¹ to the lower triangle of a matrix over all rows.
    pub(super) fn add_to(&self, envelope: &Envelope, matrix: &mut [f64], n: usize) {
        let Envelope { first, width, .. } = *envelope;
        for i in 0..width {
            let row = &mut matrix[(first + i) * n + first..][..=i];
            row.iter_mut().zip(&self.inverse[i * width..]).for_each(|(m, a)| *m += a);
        }
    }
}

fn at((base, slopes): &(f64, Box<[f64]>), n: &[f64]) -> f64 {
    base + slopes.iter().zip(n).map(|(a, n)| a * n).sum::<f64>()
}

/// The inverse of a symmetric positive definite matrix, by Cholesky's factor.
fn inverse(mut matrix: Vec<f64>, n: usize) -> Vec<f64> {
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| matrix[i * n + k] * matrix[j * n + k]).sum();
            let rest = matrix[i * n + j] - dot;
            matrix[i * n + j] = if i == j { rest.max(1e-300).sqrt() } else { rest / matrix[j * n + j] };
        }
    }
    let mut out = vec![0.0; n * n];
    let mut column = vec![0.0; n];
    for c in 0..n {
        for i in 0..n {
            let dot: f64 = (0..i).map(|k| matrix[i * n + k] * column[k]).sum();
            column[i] = (f64::from(u8::from(i == c)) - dot) / matrix[i * n + i];
        }
        for i in (0..n).rev() {
            let dot: f64 = (i + 1..n).map(|k| matrix[k * n + i] * column[k]).sum();
            column[i] = (column[i] - dot) / matrix[i * n + i];
            out[c * n + i] = column[i];
        }
    }
    out
}
