//! Erlang A by the density of the offered wait, for systems of any size.
//!
//! A contact with endless patience that finds everybody busy would wait V, with density on v > 0 proportional to
//! exp h(v), h(v) = −D·v + (λ ÷ θ)·(1 − e^(−θv)), D the rate at which a full floor finishes contacts (Baccelli and
//! Hebuterne 1981; Mandelbaum and Zeltyn 2007). h is concave, its maximum is known, and the figures are integrals of
//! positive functions times exp h: nothing cancels and nothing overflows, whatever the load and the patience. They
//! are taken by Gauss-Legendre rules on panels that double away from the maximum: about 60 panels at most.

use std::sync::LazyLock;

/// Points of a rule.
const POINTS: usize = 24;
/// The integrand is left out where it is below exp(−this) of its maximum.
const NEGLIGIBLE: f64 = 60.0;

/// Integrals of exp(h(v) − h(v*)) times a function, v* the place of the maximum. Seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Integrals {
    /// ln ∫ D·exp h(v) dv: the logarithm of A(x, y) of [`super::abandonment`].
    pub(super) ln_a: f64,
    /// Share of those who wait that are served, up to the target.
    pub(super) served_early: f64,
    /// Share served after the target.
    pub(super) served_late: f64,
    /// Share gone within the target.
    pub(super) gone_early: f64,
    /// Share gone after the target.
    pub(super) gone_late: f64,
    /// Mean of the wait over those who wait, counted as 0 for whoever leaves.
    pub(super) served_wait_s: f64,
}

impl Integrals {
    /// With arrivals λ and departures D a second of a full floor, impatience θ, and a target wait of T seconds.
    pub(super) fn of(rate: f64, drain: f64, theta: f64, target_s: f64) -> Self {
        let shape = Shape::of(rate, drain, theta);
        let mut sums = Sums::default();
        for side in [1.0, -1.0] {
            let limit = if side > 0.0 { f64::INFINITY } else { shape.peak };
            let (mut near, mut width) = (0.0f64, shape.width);
            while near < limit && -shape.below(side * near) < NEGLIGIBLE {
                let far = (near + width).min(limit);
                let (from, to) = if side > 0.0 {
                    (shape.peak + near, shape.peak + far)
                } else {
                    (shape.peak - far, shape.peak - near)
                };
                if from < target_s && target_s < to {
                    sums.panel(&shape, (from, target_s), target_s);
                    sums.panel(&shape, (target_s, to), target_s);
                } else {
                    sums.panel(&shape, (from, to), target_s);
                }
                near = far;
                width = near;
            }
        }
        let all = sums.all;
        let leave_at_target = -(-theta * target_s).exp_m1();
        Self {
            ln_a: (drain * all).ln() + shape.top,
            served_early: sums.served_early / all,
            served_late: sums.served_late / all,
            gone_early: (sums.gone_early + sums.after * leave_at_target) / all,
            gone_late: (sums.gone_after - sums.after * leave_at_target).max(0.0) / all,
            served_wait_s: sums.served_wait / all,
        }
    }
}

/// The function h.
struct Shape {
    theta: f64,
    /// v*, not negative.
    peak: f64,
    /// h(v*).
    top: f64,
    /// h falls by `slope`·d and by `bend`·g(θd) at a distance d from v*.
    slope: f64,
    bend: f64,
    /// Width of the panel beside v*.
    width: f64,
}

impl Shape {
    fn of(rate: f64, drain: f64, theta: f64) -> Self {
        let (peak, top, slope, bend) = if rate > drain {
            let over = (rate - drain) / drain;
            (over.ln_1p() / theta, drain / theta * (over - over.ln_1p()), 0.0, drain / theta)
        } else {
            (0.0, 0.0, drain - rate, rate / theta)
        };
        let curved = (2.0 / bend).sqrt() / theta;
        let straight = if slope > 0.0 { 1.0 / slope } else { f64::INFINITY };
        Self { theta, peak, top, slope, bend, width: 0.5 * curved.min(straight).min(1.0 / theta) }
    }
    /// h(v* + d) − h(v*), not positive.
    fn below(&self, d: f64) -> f64 {
        -(self.slope * d + self.bend * bow(self.theta * d))
    }
}

/// g(u) = u − 1 + e^(−u), not negative, without cancellation near 0.
fn bow(u: f64) -> f64 {
    if u.abs() < 0.05 {
        let mut term = 0.5 * u * u;
        let mut sum = term;
        for k in 3..11 {
            term *= -u / f64::from(k);
            sum += term;
        }
        return sum;
    }
    u + (-u).exp_m1()
}

#[derive(Default)]
struct Sums {
    all: f64,
    /// Of waits beyond the target.
    after: f64,
    served_early: f64,
    served_late: f64,
    gone_early: f64,
    gone_after: f64,
    served_wait: f64,
}

impl Sums {
    fn panel(&mut self, shape: &Shape, (from, to): (f64, f64), target_s: f64) {
        let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
        let late = middle > target_s;
        for (node, weight) in RULE.iter() {
            let v = middle + half * node;
            let mass = weight * half * shape.below(v - shape.peak).exp();
            let gone = -(-shape.theta * v).exp_m1();
            let stays = (-shape.theta * v).exp();
            self.all += mass;
            self.served_wait += mass * stays * v;
            if late {
                self.after += mass;
                self.served_late += mass * stays;
                self.gone_after += mass * gone;
            } else {
                self.served_early += mass * stays;
                self.gone_early += mass * gone;
            }
        }
    }
}

/// Nodes and weights on [−1, 1]: the zeros of the Legendre polynomial by Newton's method.
static RULE: LazyLock<[(f64, f64); POINTS]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        let n = POINTS as f64;
        let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n + 0.5)).cos();
        let mut slope = 1.0;
        for _ in 0..100 {
            let (mut before, mut value) = (1.0, x);
            for k in 2..=POINTS {
                let k = k as f64;
                (before, value) = (value, ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k);
            }
            slope = n * (x * value - before) / (x * x - 1.0);
            let step = value / slope;
            x -= step;
            if step.abs() < 1e-16 {
                break;
            }
        }
        (x, 2.0 / ((1.0 - x * x) * slope * slope))
    })
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_integrates_polynomials() {
        let sum = |f: &dyn Fn(f64) -> f64| RULE.iter().map(|(x, w)| w * f(*x)).sum::<f64>();
        assert!((sum(&|_| 1.0) - 2.0).abs() < 1e-14);
        assert!((sum(&|x| x.powi(40)) - 2.0 / 41.0).abs() < 1e-14);
    }

    #[test]
    fn g_is_smooth_where_its_two_forms_meet() {
        let (below, above) = (bow(0.05 - 1e-12), bow(0.05 + 1e-12));
        assert!((above - below).abs() < 1e-12 && below > 0.0 && bow(-0.3) > 0.0);
    }
}
