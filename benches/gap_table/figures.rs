//! The arithmetic of the tables. What a run did not reach is `None` and counts as worse than anything.

use std::cmp::Ordering;

/// The middle figure, the mean of the two middle ones of an even number; `None` where the middle was not reached.
pub(crate) fn median(figures: &[Option<f64>]) -> Option<f64> {
    let mut sorted = figures.to_vec();
    sorted.sort_by(worse_last);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some(lower?.midpoint(upper?))
}

/// The largest figure; `None` where any is missing.
pub(crate) fn largest(figures: &[Option<f64>]) -> Option<f64> {
    figures.iter().copied().max_by(worse_last)?
}

/// The smallest figure; `None` where any is missing.
pub(crate) fn smallest(figures: &[Option<f64>]) -> Option<f64> {
    let turned: Vec<_> = figures.iter().map(|f| f.map(|f| -f)).collect();
    largest(&turned).map(|f| -f)
}

fn worse_last(a: &Option<f64>, b: &Option<f64>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.total_cmp(b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// `seconds ≈ factor · size^exponent`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Power {
    /// Seconds at size 1.
    pub(crate) factor: f64,
    /// How fast they grow.
    pub(crate) exponent: f64,
}

/// Least squares over the logarithms of (size, seconds); `None` with fewer than three points: two always
/// fit. Times below a millisecond count as one.
pub(crate) fn power(points: &[(f64, f64)]) -> Option<Power> {
    let logs: Vec<(f64, f64)> = points.iter().map(|&(x, y)| (x.ln(), y.max(1e-3).ln())).collect();
    let n = logs.len() as f64;
    let (mean_x, mean_y) =
        (logs.iter().map(|p| p.0).sum::<f64>() / n, logs.iter().map(|p| p.1).sum::<f64>() / n);
    let spread: f64 = logs.iter().map(|p| (p.0 - mean_x).powi(2)).sum();
    if logs.len() < 3 || spread < 1e-12 {
        return None;
    }
    let together: f64 = logs.iter().map(|p| (p.0 - mean_x) * (p.1 - mean_y)).sum();
    let exponent = together / spread;
    Some(Power { factor: (mean_y - exponent * mean_x).exp(), exponent })
}
