//! From sums over runs to figures with confidence intervals.

use super::tally::Count;
use crate::model::LevelDefinition;

/// A mean over runs with its 95 % confidence interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval95 {
    /// The estimate.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval95 {
    fn around(mean: f64, half: f64) -> Self {
        Self { mean, low: mean - half, high: mean + half }
    }
    /// A share: between 0 and 1.
    fn share(self) -> Self {
        Self { low: self.low.max(0.0), high: self.high.min(1.0), ..self }
    }
    /// Whether a value lies inside.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// Figures of a group of intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Contacts a run.
    pub offered: f64,
    /// Contacts a run that were served within the target (deferred work: done before it was due).
    pub in_time: f64,
    /// The service level in each definition, in the order of [`LevelDefinition::ALL`]; `None`: nothing was offered.
    levels: [Option<Interval95>; 4],
    /// Mean wait of all contacts in seconds (deferred work: until it is done).
    pub wait_s: Option<Interval95>,
    /// Share that left unserved.
    pub abandoned: Option<Interval95>,
    /// Contacts that wait at the end.
    pub queue: Interval95,
    /// Contacts a run that were not done when they were due.
    pub late: Interval95,
}

impl Figures {
    /// The service level.
    #[must_use]
    pub fn level(&self, definition: LevelDefinition) -> Option<Interval95> {
        let place = LevelDefinition::ALL.iter().position(|(d, _)| *d == definition)?;
        self.levels[place]
    }
}

/// Sums, squares and products of the counts of a group over runs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    ratios: [Ratio; 6],
    queue: Sum,
    late: Sum,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    x: u128,
    xx: u128,
}

impl Sum {
    fn add(&mut self, x: u64) {
        self.x += u128::from(x);
        self.xx += u128::from(x) * u128::from(x);
    }
    fn merge(&mut self, o: &Self) {
        self.x += o.x;
        self.xx += o.xx;
    }
    fn mean(&self, runs: usize) -> Interval95 {
        let n = runs as f64;
        let mean = self.x as f64 / n;
        let variance = ((self.xx as f64 - n * mean * mean) / (n - 1.0)).max(0.0);
        let around = Interval95::around(mean, student(runs) * (variance / n).sqrt());
        Interval95 { low: around.low.max(0.0), ..around }
    }
}

/// Part and whole of a share (or seconds and contacts of a mean).
#[derive(Clone, Copy, Debug, Default)]
struct Ratio {
    x: Sum,
    y: Sum,
    xy: u128,
}

impl Ratio {
    fn add(&mut self, x: u64, y: u64) {
        self.x.add(x);
        self.y.add(y);
        self.xy += u128::from(x) * u128::from(y);
    }
    fn merge(&mut self, o: &Self) {
        self.x.merge(&o.x);
        self.y.merge(&o.y);
        self.xy += o.xy;
    }
    /// Σx ÷ Σy, its variance by linearisation (Cochran 1977, ch. 6).
    fn estimate(&self, runs: usize) -> Option<Interval95> {
        if self.y.x == 0 {
            return None;
        }
        let n = runs as f64;
        let (y, r) = (self.y.x as f64 / n, self.x.x as f64 / self.y.x as f64);
        let squares = self.x.xx as f64 - 2.0 * r * self.xy as f64 + r * r * self.y.xx as f64;
        let variance = (squares / (n - 1.0)).max(0.0);
        Some(Interval95::around(r, student(runs) * (variance / n).sqrt() / y))
    }
}

impl Moments {
    pub(super) fn add(&mut self, c: &Count) {
        let n = u64::from;
        let judged = [
            (n(c.in_time), n(c.offered)),
            (n(c.in_time), n(c.served)),
            (n(c.in_time), n(c.offered - c.gone_early)),
            (n(c.in_time + c.gone_early), n(c.offered)),
            (c.waited_ms, n(c.offered)),
            (n(c.gone), n(c.offered)),
        ];
        self.ratios.iter_mut().zip(judged).for_each(|(r, (x, y))| r.add(x, y));
        self.queue.add(n(c.queue));
        self.late.add(n(c.late));
    }
    pub(super) fn merge(&mut self, o: &Self) {
        self.ratios.iter_mut().zip(&o.ratios).for_each(|(a, b)| a.merge(b));
        self.queue.merge(&o.queue);
        self.late.merge(&o.late);
    }
    pub(super) fn figures(&self, runs: usize) -> Figures {
        let [a, b, c, d, waited, gone] = self.ratios;
        let thousandth = |i: Interval95| Interval95 {
            mean: i.mean / 1000.0,
            low: (i.low / 1000.0).max(0.0),
            high: i.high / 1000.0,
        };
        Figures {
            offered: a.y.x as f64 / runs as f64,
            in_time: a.x.x as f64 / runs as f64,
            levels: [a, b, c, d].map(|r| r.estimate(runs).map(Interval95::share)),
            wait_s: waited.estimate(runs).map(thousandth),
            abandoned: gone.estimate(runs).map(Interval95::share),
            queue: self.queue.mean(runs),
            late: self.late.mean(runs),
        }
    }
}

/// The 97.5 % quantile of Student's distribution with `runs` − 1 degrees of freedom (Abramowitz and Stegun 26.7.5).
fn student(runs: usize) -> f64 {
    let (z, f) = (1.959_963_984_540_054_f64, runs.max(2) as f64 - 1.0);
    let g1 = (z.powi(3) + z) / 4.0;
    let g2 = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let g3 = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    z + g1 / f + g2 / f.powi(2) + g3 / f.powi(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_the_usual_one() {
        let mut s = Sum::default();
        [3, 5, 4, 8].into_iter().for_each(|x| s.add(x));
        let i = s.mean(4);
        // Mean 5, standard deviation 2.1602, t = 3.182.
        assert!((i.mean - 5.0).abs() < 1e-12 && (i.high - 5.0 - 3.182 * 2.1602 / 2.0).abs() < 0.03, "{i:?}");
        assert!((student(11) - 2.228).abs() < 1e-3 && (student(1001) - 1.9623).abs() < 1e-3);
    }

    #[test]
    fn a_share_that_never_varies_has_no_width() {
        let mut r = Ratio::default();
        [(5, 10), (10, 20), (20, 40)].into_iter().for_each(|(x, y)| r.add(x, y));
        assert_eq!(r.estimate(3), Some(Interval95 { mean: 0.5, low: 0.5, high: 0.5 }));
        assert_eq!(Ratio::default().estimate(3), None);
    }
}
